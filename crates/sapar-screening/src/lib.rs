//! From a traveller to an outcome: pure, without clock, screen or store.
//!
//! [`document_facts`] says what a travel document tells of the person and what it leaves open;
//! the interview itself is `sapar_law::Interview`;
//! [`Outcome::of`] sorts the answers as an officer reads them, prohibitions first,
//! and [`due`] counts a limit from an event on a country's calendar.
//!
//! This crate never turns an unanswered question into a no, and never hides an open prohibition.

mod document;
mod outcome;

pub use document::{DocumentFacts, DocumentNote, derived, document_facts};
pub use outcome::{Entry, Outcome, Undecided, due, due_of};
