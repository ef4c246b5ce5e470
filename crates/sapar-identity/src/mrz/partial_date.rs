//! Dates of a zone: two digits of the year, and any part may be unknown.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::mrz::field::ProblemKind;

/// A date without its century, of which year, month and day may each be unknown.
///
/// Guarantee: a stated month is 1 to 12, and a stated day exists in that month in some year.
///
/// Unknown is not early and not late: every question about age is answered for all dates the
/// parts leave open.
///
/// ```
/// use sapar_identity::{civil::date, mrz::PartialDate};
///
/// let only_year = PartialDate::new(Some(8), None, None).unwrap();
/// let today = date(2026, 11, 24);
/// assert_eq!(only_year.possible_years(today), [2008, 1908]);
/// // Born between 1 January and 31 December 2008, or in 1908.
/// assert_eq!(only_year.possible_ages(today), Some(17..=118));
/// assert!(only_year.may_be_under(18, today));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartialDate {
    year: Option<u8>,
    month: Option<u8>,
    day: Option<u8>,
}

/// No living person is taken to be older, so an earlier century is not offered beyond it.
const AGE_MAX: i16 = 125;

impl PartialDate {
    /// A date from its parts; `None` if they name no day of any year.
    #[must_use]
    pub fn new(year: Option<u8>, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let longest = match month {
            Some(2) => 29,
            Some(4 | 6 | 9 | 11) => 30,
            Some(1..=12) | None => 31,
            Some(_) => return None,
        };
        let year_fits = year.is_none_or(|year| year < 100);
        let day_fits = day.is_none_or(|day| (1..=longest).contains(&day));
        // No century has 29 February in a year that four does not divide.
        let leap_day = month == Some(2) && day == Some(29);
        let exists = !leap_day || year.is_none_or(|year| year % 4 == 0);
        (year_fits && day_fits && exists).then_some(Self { year, month, day })
    }

    /// Reads six characters, in which each pair is two digits or two fillers.
    pub(crate) fn read(text: &str) -> Result<Self, ProblemKind> {
        let pair = |start: usize| match text.get(start..start + 2) {
            Some("<<") => Ok(None),
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().map(Some).map_err(|_| ProblemKind::NotDate)
            }
            _ => Err(ProblemKind::NotDate),
        };
        let (year, month, day) = (pair(0)?, pair(2)?, pair(4)?);
        Self::new(year, month, day).ok_or(ProblemKind::ImpossibleDate)
    }

    pub(crate) fn write(self) -> String {
        let pair = |part: Option<u8>| part.map_or("<<".to_owned(), |part| format!("{part:02}"));
        [self.year, self.month, self.day].map(pair).concat()
    }

    /// The last two digits of the year.
    #[must_use]
    pub fn year_of_century(self) -> Option<u8> {
        self.year
    }

    /// The month.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        self.day
    }

    /// Whether all three parts are stated.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// The years of birth that the two digits leave open on the day of reading, the latest first;
    /// empty where the year is unknown.
    ///
    /// A zone has no century. A year is possible if the person was born by the day of reading and
    /// is not older than 125; two years are possible for the very young and the very old, and
    /// only a person can tell which.
    #[must_use]
    pub fn possible_years(self, reading_day: Date) -> Vec<i16> {
        let Some(in_century) = self.year else {
            return Vec::new();
        };
        let century = reading_day.year() / 100 * 100;
        [century, century - 100, century - 200]
            .into_iter()
            .map(|century| century + i16::from(in_century))
            .filter(|&year| {
                let age = reading_day.year() - year;
                age <= AGE_MAX && self.earliest_in(year).is_some_and(|day| day <= reading_day)
            })
            .collect()
    }

    /// The youngest and the oldest age in years the holder can have on a day, if this is a date
    /// of birth; `None` where the year is unknown or lies in the future.
    #[must_use]
    pub fn possible_ages(self, on: Date) -> Option<RangeInclusive<i16>> {
        self.possible_ages_in(&self.possible_years(on), on)
    }

    /// Whether the holder may be younger than a number of years on a day, if this is a date of
    /// birth; true whenever it cannot be excluded.
    #[must_use]
    pub fn may_be_under(self, years: i16, on: Date) -> bool {
        self.possible_ages(on)
            .is_none_or(|ages| *ages.start() < years)
    }

    pub(crate) fn possible_ages_in(self, years: &[i16], on: Date) -> Option<RangeInclusive<i16>> {
        let latest = self.latest_in(*years.iter().max()?)?.min(on);
        let earliest = self.earliest_in(*years.iter().min()?)?;
        Some(age(latest, on)..=age(earliest, on))
    }

    /// The first day the stated parts allow in a year; `None` for 29 February of a common year.
    fn earliest_in(self, year: i16) -> Option<Date> {
        self.in_year(year, 1, |_| 1)
    }

    /// The last day the stated parts allow in a year.
    fn latest_in(self, year: i16) -> Option<Date> {
        self.in_year(year, 12, Date::days_in_month)
    }

    fn in_year(self, year: i16, month: i8, day: impl Fn(Date) -> i8) -> Option<Date> {
        let month = self
            .month
            .map_or(Some(month), |stated| i8::try_from(stated).ok())?;
        let first = Date::new(year, month, 1).ok()?;
        match self.day {
            None => Date::new(year, month, day(first)).ok(),
            Some(stated) => {
                let stated = i8::try_from(stated).ok()?;
                // With the month unknown, the 31st is looked for in a month that has it: both
                // January and December do.
                Date::new(year, month, stated).ok()
            }
        }
    }
}

/// Completed years between a birth and a day; someone born on 29 February completes a year on
/// 1 March of a common year.
fn age(birth: Date, on: Date) -> i16 {
    let before_birthday = (on.month(), on.day()) < (birth.month(), birth.day());
    on.year() - birth.year() - i16::from(before_birthday)
}

/// Until when a document is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expiry {
    /// The zone states no date: six fillers.
    NotStated,
    /// A date, perhaps in part.
    Stated(PartialDate),
}

impl Expiry {
    pub(crate) fn read(text: &str) -> Result<Self, ProblemKind> {
        let date = PartialDate::read(text)?;
        let nothing = date
            == PartialDate {
                year: None,
                month: None,
                day: None,
            };
        Ok(if nothing {
            Self::NotStated
        } else {
            Self::Stated(date)
        })
    }

    pub(crate) fn write(self) -> String {
        match self {
            Self::NotStated => "<<<<<<".to_owned(),
            Self::Stated(date) => date.write(),
        }
    }

    /// The last day of validity; `None` where it is not stated, in whole or in the year.
    ///
    /// Project rule for the century: the year within 49 years before and 50 after the day of
    /// reading, since no document is valid longer. An unknown month or day is the last there is.
    ///
    /// ```
    /// use sapar_identity::{civil::date, mrz::{Expiry, PartialDate}};
    /// let expiry = Expiry::Stated(PartialDate::new(Some(94), Some(6), Some(23)).unwrap());
    /// assert_eq!(expiry.last_day(date(2026, 11, 24)), Some(date(1994, 6, 23)));
    /// assert_eq!(expiry.is_over(date(2026, 11, 24)), Some(true));
    /// ```
    #[must_use]
    pub fn last_day(self, reading_day: Date) -> Option<Date> {
        let Self::Stated(date) = self else {
            return None;
        };
        let in_century = i16::from(date.year?);
        let century = reading_day.year() / 100 * 100;
        let year = [century + 100, century, century - 100]
            .into_iter()
            .map(|century| century + in_century)
            .find(|&year| year <= reading_day.year() + 50)?;
        date.latest_in(year)
    }

    /// Whether the document's validity is over on a day; `None` where the zone does not say.
    #[must_use]
    pub fn is_over(self, on: Date) -> Option<bool> {
        self.last_day(on).map(|last| last < on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 24);

    fn read(text: &str) -> PartialDate {
        PartialDate::read(text).expect("a date")
    }

    #[test]
    fn only_pairs_are_unknown() {
        for good in [
            "740812", "75<<<<", "7505<<", "<<<<<<", "<<0512", "75<<12", "000229",
        ] {
            assert_eq!(read(good).write(), good);
        }
        for bad in ["7<0812", "74081<", "7408A2", "74O812", ""] {
            assert_eq!(PartialDate::read(bad), Err(ProblemKind::NotDate), "{bad}");
        }
        for bad in [
            "741312", "740832", "740231", "740800", "740012", "750431", "010229",
        ] {
            assert_eq!(
                PartialDate::read(bad),
                Err(ProblemKind::ImpossibleDate),
                "{bad}"
            );
        }
    }

    #[test]
    fn centuries() {
        assert_eq!(read("740812").possible_years(TODAY), [1974]);
        assert_eq!(read("261124").possible_years(TODAY), [2026, 1926]);
        assert_eq!(read("261125").possible_years(TODAY), [1926]);
        assert_eq!(read("100101").possible_years(TODAY), [2010, 1910]);
        assert_eq!(read("01<<<<").possible_years(TODAY), [2001, 1901]);
        assert_eq!(read("00<<<<").possible_years(TODAY), [2000]);
        assert_eq!(read("<<0512").possible_years(TODAY), [0i16; 0]);
        // 1900 had no 29 February, and is too long ago besides.
        assert_eq!(read("000229").possible_years(date(2020, 1, 1)), [2000]);
    }

    #[test]
    fn ages_cover_everything_left_open() {
        assert_eq!(read("740812").possible_ages(TODAY), Some(52..=52));
        assert_eq!(read("081124").possible_ages(TODAY), Some(18..=118));
        assert!(!read("081124").may_be_under(18, TODAY));
        assert!(read("081125").may_be_under(18, TODAY));
        assert!(read("08<<<<").may_be_under(18, TODAY));
        assert!(read("0811<<").may_be_under(18, TODAY));
        assert!(!read("0810<<").may_be_under(18, TODAY));
        assert!(!read("07<<<<").may_be_under(18, TODAY));
        assert!(read("<<<<<<").may_be_under(18, TODAY));
        assert!(read("26<<<<").may_be_under(1, TODAY));
    }

    #[test]
    fn a_birthday_on_29_february() {
        let birth = read("080229");
        assert!(birth.may_be_under(18, date(2026, 2, 28)));
        assert!(!birth.may_be_under(18, date(2026, 3, 1)));
    }

    #[test]
    fn expiry() {
        let read = |text| Expiry::read(text).expect("a date");
        assert_eq!(read("<<<<<<").last_day(TODAY), None);
        assert_eq!(read("<<<<<<").is_over(TODAY), None);
        assert_eq!(read("300131").last_day(TODAY), Some(date(2030, 1, 31)));
        assert_eq!(read("761231").last_day(TODAY), Some(date(2076, 12, 31)));
        assert_eq!(read("771231").last_day(TODAY), Some(date(1977, 12, 31)));
        assert_eq!(read("3002<<").last_day(TODAY), Some(date(2030, 2, 28)));
        assert_eq!(read("261124").is_over(TODAY), Some(false));
        assert_eq!(read("261123").is_over(TODAY), Some(true));
        // Documents read after 2050 reach into the next century.
        assert_eq!(
            read("050101").last_day(date(2098, 1, 1)),
            Some(date(2105, 1, 1))
        );
    }
}
