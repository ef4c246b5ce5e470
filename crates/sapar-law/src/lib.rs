//! Law as norms: checked, evaluated exactly, explained, and turned into questions.
//!
//! The road through this crate: [`Library::read`] gives the packages' text its meaning and reports every mistake;
//! [`Engine::new`] compiles one legal order at one date into decision diagrams;
//! [`Engine::evaluate`] answers for a complete or partial [`Situation`], exactly;
//! [`explain`] says why; [`Interview`] says what to ask next and when nothing more can matter.
//!
//! The crate knows no persons, does no I/O and holds no clock: facts and dates come in as values.
//! It does not decide conflicts between norms: it shows them, and says which side the order prefers.

mod amend;
mod cases;
mod check;
mod compile;
mod conflict;
pub mod country;
mod diagram;
pub mod diagrams;
mod engine;
mod evaluate;
pub mod explain;
mod facts_file;
mod formula;
mod functions;
mod interview;
mod library;
pub mod limits;
mod model;
mod permitted;
mod resolve;
mod situation;
mod start;
mod status_function;
mod statuses;
mod testing;
mod ties;
mod walks;
mod world;

pub use amend::{AmendedLaw, AmendmentDef, Edit, consolidate};
pub use compile::{CompileError, DIAGRAM_NODES_MAX};
pub use conflict::{Conflict, ConflictKind, PreferredBy};
pub use engine::{Engine, EngineError, Position, PositionId};
pub use evaluate::{Contradiction, Evaluation, PositionAnswer, Status};
pub use facts_file::{FACTS_BYTES_MAX, FactsError, facts_from_text};
pub use formula::Formula;
pub use interview::{Answer, Answered, Interview, InterviewError, Question, Unanswered};
pub use library::{LawFile, Library, ReadLibrary};
pub use model::*;
/// A file with its law blocks tidied, as `sapar law fmt` writes it.
pub use sapar_law_syntax::format_text as tidy;
pub use situation::{Knowledge, Situation, ValueError};
pub use statuses::Statuses;
pub use testing::{TestOutcome, run_tests, run_tests_on};

/// The words the syntax tree and the model share.
pub use sapar_law_syntax::ast::{
    Comparison, Duration, Learned, LimitKind, Modality, Rank, Role, Stake, Unit,
};
