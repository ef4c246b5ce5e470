//! Why a position holds: as a tree, and as sentences in three languages.

mod sentence;
mod tree;

pub use sentence::{
    citation, conflict_lines, limit_words, position_words, reason_lines, value_words,
};
pub use tree::{Explainer, NormReason, Part, PartKind, Truth, explain_norm, explain_position};
