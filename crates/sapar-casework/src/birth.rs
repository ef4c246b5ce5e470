//! A birth date of which parts may be unknown.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// Year, month and day, each known or not.
///
/// Guarantee: the known parts name a day of some year. `Debug` does not show them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct BirthDate {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
}

/// How it stands in an event.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    year: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    month: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    day: Option<i8>,
}

impl BirthDate {
    /// Nothing is known.
    pub const UNKNOWN: BirthDate = BirthDate {
        year: None,
        month: None,
        day: None,
    };

    /// From what is known.
    ///
    /// # Errors
    /// [`Refusal::BirthDateImpossible`] if no day has these parts, or the year is not of four digits.
    pub fn new(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> Result<Self, Refusal> {
        // A leap year where none is known: 29 February may exist.
        let in_year = year.unwrap_or(2000);
        // January where the month is not known: it has a 31st.
        let exists = (1000..=9999).contains(&in_year)
            && Date::new(in_year, month.unwrap_or(1), day.unwrap_or(1)).is_ok();
        exists
            .then_some(Self { year, month, day })
            .ok_or(Refusal::BirthDateImpossible)
    }

    /// A date of which all is known.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self {
            year: Some(date.year()),
            month: Some(date.month()),
            day: Some(date.day()),
        }
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> Option<i16> {
        self.year
    }

    /// The month.
    #[must_use]
    pub fn month(self) -> Option<i8> {
        self.month
    }

    /// The day of the month.
    #[must_use]
    pub fn day(self) -> Option<i8> {
        self.day
    }

    /// Whether both can be the same date: no part is known in both and differs.
    ///
    /// Unknown never excludes.
    #[must_use]
    pub fn may_equal(self, other: Self) -> bool {
        fn agree<T: PartialEq>(left: Option<T>, right: Option<T>) -> bool {
            !matches!((left, right), (Some(left), Some(right)) if left != right)
        }
        agree(self.year, other.year) && agree(self.month, other.month) && agree(self.day, other.day)
    }

    /// How many parts are known in both and the same.
    #[must_use]
    pub fn shared_parts(self, other: Self) -> usize {
        usize::from(self.year.is_some() && self.year == other.year)
            + usize::from(self.month.is_some() && self.month == other.month)
            + usize::from(self.day.is_some() && self.day == other.day)
    }
}

impl TryFrom<Parts> for BirthDate {
    type Error = Refusal;
    fn try_from(parts: Parts) -> Result<Self, Refusal> {
        Self::new(parts.year, parts.month, parts.day)
    }
}

impl From<BirthDate> for Parts {
    fn from(date: BirthDate) -> Self {
        Self {
            year: date.year,
            month: date.month,
            day: date.day,
        }
    }
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BirthDate(withheld)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_name_a_day_that_exists() {
        for (year, month, day) in [
            (None, None, None),
            (Some(2008), None, None),
            (None, Some(2), Some(29)),
            (Some(2008), Some(2), Some(29)),
            (Some(2007), None, Some(31)),
        ] {
            assert!(BirthDate::new(year, month, day).is_ok());
        }
        for (year, month, day) in [
            (Some(2007), Some(2), Some(29)),
            (None, Some(2), Some(30)),
            (None, Some(13), None),
            (None, None, Some(32)),
            (Some(75), None, None),
        ] {
            assert_eq!(
                BirthDate::new(year, month, day),
                Err(Refusal::BirthDateImpossible)
            );
        }
        assert!(serde_json::from_str::<BirthDate>(r#"{"month":13}"#).is_err());
    }

    #[test]
    fn an_unknown_part_excludes_nothing() {
        let whole = BirthDate::new(Some(2008), Some(3), Some(7)).unwrap();
        let year = BirthDate::new(Some(2008), None, None).unwrap();
        let other = BirthDate::new(Some(2009), None, None).unwrap();
        assert!(whole.may_equal(year) && year.may_equal(whole));
        assert!(whole.may_equal(BirthDate::UNKNOWN));
        assert!(!whole.may_equal(other));
        assert_eq!(
            (whole.shared_parts(year), whole.shared_parts(whole)),
            (1, 3)
        );
    }
}
