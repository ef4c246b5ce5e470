//! Today; the only place in the program that looks at the clock.

use jiff::ZonedDateTime;
use jiff::civil::Date;

/// Today in the time zone of this machine.
pub fn today() -> Date {
    ZonedDateTime::now().date()
}

/// A date given as an argument.
pub fn date(text: &str) -> Result<Date, String> {
    let date: Date = text.parse().map_err(|_| {
        "write an existing day as YEAR-MONTH-DAY, for example 2026-11-24".to_owned()
    })?;
    // The parser also takes a day with a time behind it, and would drop the time in silence.
    if date.to_string() == text {
        Ok(date)
    } else {
        Err("write a day alone, as YEAR-MONTH-DAY, for example 2026-11-24".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist() {
        assert!(date("2024-02-29").is_ok());
        for wrong in [
            "2026-02-29",
            "2026-13-01",
            "24.11.2026",
            "2026-11-24T10:00",
            "",
        ] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }
}
