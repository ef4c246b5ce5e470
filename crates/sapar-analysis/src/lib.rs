//! Law compared: every gap between a standard and a national order, exactly.
//!
//! The road through this crate: [`Ground`] compiles several legal orders into diagrams over common facts;
//! [`gap_regions`] says in which situations the standard demands what the national order does not give, and why;
//! [`Comparison`] adds what a reader needs: a [`Cover`] of each region by few short conjunctions,
//! an [`Example`] person, the [`Share`] of situations, what other orders give there, and a [`Matrix`].
//! The meaning of every word is in `docs/analysis.md`.
//!
//! The crate knows no persons, does no I/O and holds no clock. It compares what was encoded, and
//! says nothing of whether a state keeps its law.

mod alignment;
mod amendment;
mod comparison;
mod cover;
mod diff;
mod error;
mod example;
mod flat;
mod ground;
mod inspect;
mod literal;
mod matrix;
mod order;
mod prior;
mod propose;
mod region;
mod search;
mod sets;
mod share;
mod situations;
mod words;

pub use alignment::{Alignment, Demand, LimitAnswer, align, demand, limit_answer};
pub use amendment::{
    AmendmentCheck, ConflictChange, GapChange, GapOutcome, Reviewed, closes, review, test_changes,
};
pub use comparison::{Comparator, ComparatorAnswer, Comparison, Gap, GapId, Gives, Request, Scope};
pub use cover::Cover;
pub use diff::{Change, Diff, PositionChange};
pub use error::AnalysisError;
pub use example::Example;
pub use ground::{Bounds, Ground, Provision, Side};
pub use inspect::{Conflict, Finding, Inspection, Silence, Why};
pub use literal::{Conjunction, Literal};
pub use matrix::{Degree, Matrix};
pub use prior::{PRIOR_BYTES_MAX, Prior, PriorError};
pub use propose::{EditKind, PROPOSALS_MAX, Proposal, Proposals, ProposeError, Sought, propose};
pub use region::{GapRegion, Involved, Kind, Part, gap_regions};
pub use share::Share;
pub use situations::Situations;
pub use words::{conjunction_words, fact_words, kind_key, literal_words, part_key, story};
