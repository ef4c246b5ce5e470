//! A table is used whole or not at all.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use sapar_calendar::{Calendar, CalendarError};

const HEAD: &str = r#"
code = "XX"
time_zone = "UTC"
weekend = ["saturday", "sunday"]
first_year = 2024
last_year = 2025
checked = "memory"
source = "invented for this test"
"#;

fn parse(rows: &str) -> Result<Calendar, CalendarError> {
    Calendar::parse(&format!("{HEAD}{rows}"))
}

const NAME: &str = r#"name = { en = "Feast", ru = "Праздник", kk = "Мереке" }"#;

#[test]
fn the_smallest_table_is_read() {
    assert_eq!(parse("").unwrap().code(), "XX");
}

#[test]
fn a_misspelt_key_is_refused() {
    let rows = format!(
        "[[fixed]]\n{NAME}\nmonth = 1\nday = 1\nuntill = 2024\nmoves = false\nchecked = \"memory\"\nsource = \"\""
    );
    assert!(matches!(parse(&rows), Err(CalendarError::Syntax(_))));
}

#[test]
fn a_day_that_does_not_exist_is_refused() {
    let rows = format!(
        "[[fixed]]\n{NAME}\nmonth = 2\nday = 30\nmoves = false\nchecked = \"memory\"\nsource = \"\""
    );
    assert!(matches!(parse(&rows), Err(CalendarError::NoSuchDay { .. })));
}

#[test]
fn a_yearly_feast_must_have_every_year() {
    let rows = format!(
        "[[yearly]]\n{NAME}\nmoves = false\nchecked = \"memory\"\nsource = \"\"\ndate = [{{ date = \"2024-06-16\", checked = \"memory\", source = \"\" }}]"
    );
    let error = parse(&rows).unwrap_err();
    assert!(
        matches!(error, CalendarError::MissingYear { year: 2025, .. }),
        "{error}"
    );
}

#[test]
fn a_transfer_must_move_a_day_off_to_a_working_day() {
    let row = |off: &str, worked: &str| {
        parse(&format!(
            "[[transfer]]\nday_off = \"{off}\"\nworked = \"{worked}\"\nchecked = \"memory\"\nsource = \"\""
        ))
    };
    assert!(row("2024-05-08", "2024-05-04").is_ok());
    // The other way round, and a day that is no day off.
    assert!(row("2024-05-04", "2024-05-08").is_err());
    assert!(row("2024-05-08", "2024-05-07").is_err());
    assert!(row("2026-05-08", "2026-05-09").is_err());
}

#[test]
fn years_must_make_sense() {
    let table = HEAD.replace("last_year = 2025", "last_year = 2023");
    assert!(matches!(
        Calendar::parse(&table),
        Err(CalendarError::BadYears(_))
    ));
    let table = HEAD.replace("last_year = 2025", "last_year = 9000");
    assert!(matches!(
        Calendar::parse(&table),
        Err(CalendarError::BadYears(_))
    ));
}

#[test]
fn a_time_zone_must_exist() {
    let table = HEAD.replace("UTC", "Mars/Olympus");
    assert!(matches!(
        Calendar::parse(&table),
        Err(CalendarError::UnknownTimeZone(_))
    ));
}
