//! The shape of a holiday table, exactly as it is written in TOML.
//!
//! An unknown key is an error: a misspelt `until` would otherwise make a holiday eternal.

use serde::Deserialize;

use crate::status::{Checked, LocalName};

/// The tables built into this crate.
pub(crate) const KAZAKHSTAN: &str = include_str!("../data/kz.toml");
pub(crate) const LATVIA: &str = include_str!("../data/lv.toml");
pub(crate) const PORTUGAL: &str = include_str!("../data/pt.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    pub code: String,
    pub time_zone: String,
    pub weekend: Vec<WeekdayName>,
    pub first_year: i16,
    pub last_year: i16,
    /// Absent where the country moves no days off by decree.
    pub transfers_recorded_until: Option<i16>,
    pub checked: Checked,
    pub source: String,
    #[serde(default)]
    pub fixed: Vec<Fixed>,
    #[serde(default)]
    pub easter: Vec<Easter>,
    #[serde(default)]
    pub nth_weekday: Vec<NthWeekday>,
    #[serde(default)]
    pub yearly: Vec<Yearly>,
    #[serde(default)]
    pub transfer: Vec<Transfer>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum WeekdayName {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// The same day and month every year.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fixed {
    pub name: LocalName,
    pub month: i8,
    pub day: i8,
    pub from: Option<i16>,
    pub until: Option<i16>,
    /// Whether a holiday on a weekend makes the next working day free.
    pub moves: bool,
    pub checked: Checked,
    pub source: String,
}

/// A number of days before or after Easter Sunday.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Easter {
    pub name: LocalName,
    pub offset_days: i32,
    pub from: Option<i16>,
    pub until: Option<i16>,
    pub moves: bool,
    pub checked: Checked,
    pub source: String,
}

/// The first, second, ... given weekday of a month.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NthWeekday {
    pub name: LocalName,
    pub month: i8,
    pub nth: i8,
    pub weekday: WeekdayName,
    pub from: Option<i16>,
    pub until: Option<i16>,
    pub moves: bool,
    pub checked: Checked,
    pub source: String,
}

/// A day that no rule gives and that is written down year by year.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Yearly {
    pub name: LocalName,
    pub moves: bool,
    /// Whether every year has such a day, so that a year without a row is an error of the table.
    #[serde(default = "yes")]
    pub every_year: bool,
    #[expect(
        dead_code,
        reason = "the rule itself is checked too; each date carries its own mark"
    )]
    pub checked: Checked,
    #[expect(
        dead_code,
        reason = "documents the rule in the file; each date carries its own source"
    )]
    pub source: String,
    pub date: Vec<YearlyDate>,
    #[serde(default)]
    pub expected: Vec<YearlyWindow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct YearlyDate {
    pub date: String,
    pub checked: Checked,
    pub source: String,
}

/// Between which days the holiday of a year is expected, where it is not announced yet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct YearlyWindow {
    pub first: String,
    pub last: String,
    pub checked: Checked,
    pub source: String,
}

/// A day off moved by the authority from one day to another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Transfer {
    pub day_off: String,
    pub worked: String,
    pub checked: Checked,
    pub source: String,
}

fn yes() -> bool {
    true
}
