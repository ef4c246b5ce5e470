//! The machine readable zone of travel documents: TD1, TD2, TD3, MRV-A and MRV-B.
//!
//! The rules are those of ICAO Doc 9303, 8th edition, parts 3 to 7, in our own words; where a
//! rule of the project goes beyond it, the item says so.
//!
//! Two steps, so that a damaged document can still be shown to an officer:
//!
//! 1. [`Reading::read`] takes pasted or scanned text, finds the lines and cuts the fields.
//!    It fails only where there is no zone to speak of: wrong number of lines, a line too short,
//!    a foreign character, an unknown document code.
//! 2. [`Reading::problems`] lists every check digit that failed and every field that holds what
//!    it cannot; [`Mrz`] is a reading without problems.
//!
//! Check digits find every single wrong digit, but not everything: two characters whose values
//! are equal modulo ten (`A` and `K`, `0` and `<`) are the same to them, and issuing state,
//! nationality, sex and name are covered by none.

mod check_digit;
mod clean;
mod document;
mod error;
mod field;
mod layout;
mod name;
mod partial_date;
mod reading;
mod state;
mod suggestion;
mod verified;
mod write;

pub use check_digit::check_digit;
pub use clean::{Adjustment, INPUT_BYTES_MAX};
pub use document::{DocumentKind, Sex};
pub use error::MrzError;
pub use field::{CheckResult, Checks, Field, Problem, ProblemKind};
pub use layout::Format;
pub use name::Name;
pub use partial_date::{Expiry, PartialDate};
pub use reading::{DocumentNumber, Reading};
pub use state::{State, StateKind};
pub use suggestion::{Change, Evidence, Suggestion};
pub use verified::Mrz;
pub use write::{Draft, WriteError};
