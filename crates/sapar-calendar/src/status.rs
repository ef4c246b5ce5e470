//! What a calendar knows of one day, and how well it knows it.

use jiff::civil::Date;
use serde::Deserialize;

/// How far a row of a holiday table was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Checked {
    /// The text named as the source was read.
    Seen,
    /// Known, but no text was read.
    Memory,
}

/// The name of a holiday in the three languages of the interface.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalName {
    /// English.
    pub en: String,
    /// Russian.
    pub ru: String,
    /// Kazakh.
    pub kk: String,
}

/// Whether work is done on a day, as far as the tables say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayStatus {
    /// An ordinary working day.
    Working,
    /// A day that would be off, worked because the authority moved the day off elsewhere.
    WorkedInsteadOf {
        /// The day that became free in exchange.
        day_off: Date,
        /// Where the transfer was read.
        source: String,
        /// How far that was checked.
        checked: Checked,
    },
    /// A day off, with every reason for it; there is at least one.
    Off(Vec<OffReason>),
    /// A working day unless a holiday that is not announced yet falls on it.
    ///
    /// Never treated as either silently: see [`DeadlineError::Uncertain`](crate::DeadlineError).
    Uncertain(OffReason),
}

impl DayStatus {
    /// Whether the day is worked: `None` where the tables cannot say.
    #[must_use]
    pub fn is_working(&self) -> Option<bool> {
        match self {
            Self::Working | Self::WorkedInsteadOf { .. } => Some(true),
            Self::Off(_) => Some(false),
            Self::Uncertain(_) => None,
        }
    }
}

/// Why a day is off, or may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OffReason {
    /// What kind of day off it is.
    pub kind: OffKind,
    /// The holiday's name; none for a plain weekend or a transfer.
    pub name: Option<LocalName>,
    /// Where the row was read, in the words of the table.
    pub source: String,
    /// How far the row was checked.
    pub checked: Checked,
}

/// The kinds of days off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffKind {
    /// The weekly rest of the country.
    Weekend,
    /// A public holiday or a religious day off.
    Holiday,
    /// The working day that follows a holiday which fell on a weekend.
    InsteadOfHoliday {
        /// The holiday that fell on a weekend.
        holiday: Date,
    },
    /// A working day made free by the authority against another day that is worked.
    Transferred {
        /// The day worked in exchange.
        worked: Date,
    },
}
