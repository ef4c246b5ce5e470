//! Easter Sunday of the Western churches.

use jiff::civil::Date;

/// Easter Sunday of a year of the Gregorian calendar.
///
/// Uses the rule published anonymously in 1876 (Meeus, Jones and Butcher), which needs no table.
/// `None` only where the year is outside what a date can hold.
pub(crate) fn easter_sunday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let golden = y % 19;
    let (century, in_century) = (y / 100, y % 100);
    let moon = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let serial = epact + weekday - 7 * late + 114;
    let month = i8::try_from(serial / 31).ok()?;
    let day = i8::try_from(serial % 31 + 1).ok()?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};

    #[test]
    fn known_years() {
        // Dates of Easter as printed in ordinary calendars of those years.
        for (year, month, day) in [
            (1943, 4, 25),
            (2008, 3, 23),
            (2016, 3, 27),
            (2023, 4, 9),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ] {
            assert_eq!(easter_sunday(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn always_a_sunday_between_22_march_and_25_april() {
        for year in 1600..=4000 {
            let easter = easter_sunday(year).expect("in range");
            assert_eq!(easter.weekday(), Weekday::Sunday, "{easter}");
            assert!(
                easter >= date(year, 3, 22) && easter <= date(year, 4, 25),
                "{easter}"
            );
        }
    }
}
