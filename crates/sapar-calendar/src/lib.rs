//! Working days, public holidays and legal periods.
//!
//! A duty without its last day is no duty, and a last day nobody can explain is not believed.
//! This crate computes the end of a legal period and says which days were skipped and why.
//!
//! * [`Calendar`] knows the days off of a country, from tables in which every row carries its
//!   source and how far it was checked.
//! * [`Deadline`] is the end of a [`Period`] counted from an event under an [`EndRule`].
//! * [`compare_periods`] says which of two periods is longer without any calendar, or that it
//!   cannot be said.
//!
//! What it refuses to do: it has no clock and reads no machine setting; dates and instants are
//! passed in, and the time zone database is bundled. It does not guess: a day that may or may
//! not be off (a holiday that follows the moon and is not announced yet) makes a deadline that
//! depends on it an error that carries both possible answers.
//!
//! Which rule a law uses belongs to the law package, not here.
//!
//! ```
//! use sapar_calendar::{Calendar, Deadline, EndRule, Period, civil::date};
//!
//! let kazakhstan = Calendar::kazakhstan()?;
//! let friday = date(2026, 3, 20).at(16, 30, 0, 0);
//! let deadline = Deadline::compute(&kazakhstan, Period::working_days(3), friday, EndRule::AsCounted)?;
//!
//! // Nauryz fell on a weekend in part, so Tuesday and Wednesday were off as well.
//! assert_eq!(deadline.last_day(), date(2026, 3, 30));
//! assert_eq!(deadline.skipped().len(), 7);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod calendar;
mod compare;
mod deadline;
mod easter;
mod period;
mod status;
mod table;

pub use calendar::{Calendar, CalendarError};
pub use compare::compare_periods;
pub use deadline::{Caveat, Deadline, DeadlineError, EndRule, SkippedDay, SkippedWhile};
pub use period::{DayBounds, Period, Unit};
pub use status::{Checked, DayStatus, LocalName, OffKind, OffReason};

/// An instant, the same everywhere on Earth.
pub use jiff::Timestamp;
/// An instant together with the time zone it is shown in.
pub use jiff::ZonedDateTime;
/// Civil dates and times: what a wall calendar and a wall clock show.
pub use jiff::civil;
