//! The tree from a norm through terms to facts.

use crate::engine::{Engine, PositionId};
use crate::formula::compares;
use crate::model::{FactId, NormId, TermId};
use crate::{Formula, Knowledge, Library, Situation, Status};

/// Whether a part of a condition holds, as far as its own facts are known.
///
/// The status of a whole norm is exact; a part is judged from its own parts,
/// so a part may read `Open` although the whole is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Truth {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// Not known.
    Open,
}

/// One part of a condition with its truth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Whether it holds.
    pub truth: Truth,
    /// What it rests on.
    pub parts: Vec<Part>,
}

/// Kinds of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartKind {
    /// A fact, or a comparison of a fact.
    Fact {
        /// The fact.
        fact: FactId,
        /// What is known of it.
        known: Knowledge,
    },
    /// A term, opened into its meaning.
    Term(TermId),
    /// Not.
    Not,
    /// All.
    And,
    /// Any.
    Or,
    /// A count.
    Count {
        /// At least.
        least: u32,
        /// At most.
        most: u32,
    },
}

/// Why a norm applies, may apply, or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormReason {
    /// The norm.
    pub norm: NormId,
    /// Exact status.
    pub status: Status,
    /// The condition; `None` when there is none.
    pub condition: Option<Part>,
    /// Exceptions.
    pub exceptions: Vec<Part>,
    /// The facts that decide it.
    pub deciding: Vec<FactId>,
}

/// Reasons of all norms that support a position or may.
#[must_use]
pub fn explain_position(
    engine: &Engine,
    situation: &Situation,
    position: PositionId,
) -> Vec<NormReason> {
    engine
        .position(position)
        .norms
        .iter()
        .map(|norm| explain_norm(engine, situation, *norm))
        .filter(|reason| reason.status != Status::Excluded)
        .collect()
}

/// Why a norm applies, may apply, or does not.
#[must_use]
pub fn explain_norm(engine: &Engine, situation: &Situation, norm: NormId) -> NormReason {
    let library = engine.library();
    let definition = library.norm(norm);
    let tree = |formula: &Formula| part(library, situation, formula);
    let (status, deciding) = engine.norm_reason(situation, norm);
    NormReason {
        norm,
        status,
        condition: definition.condition.as_ref().map(tree),
        exceptions: definition.exceptions.iter().map(tree).collect(),
        deciding,
    }
}

fn part(library: &Library, situation: &Situation, formula: &Formula) -> Part {
    match formula {
        Formula::Fact(fact) => {
            let known = situation.get(*fact);
            let truth = match known {
                Knowledge::YesNo(true) => Truth::Holds,
                Knowledge::YesNo(false) => Truth::Fails,
                _ => Truth::Open,
            };
            leaf(*fact, known, truth)
        }
        Formula::Number {
            fact,
            comparison,
            value,
        } => {
            let known = situation.get(*fact);
            let truth = match known {
                Knowledge::Number(low, high) => {
                    // Comparisons are monotone but for equality, where only an exact number can hold.
                    let inside = (low..=high).contains(value);
                    match (
                        compares(low, *comparison, *value),
                        compares(high, *comparison, *value),
                    ) {
                        (true, true) => Truth::Holds,
                        (false, false) if !(inside && *comparison == crate::Comparison::Is) => {
                            Truth::Fails
                        }
                        _ => Truth::Open,
                    }
                }
                _ => Truth::Open,
            };
            leaf(*fact, known, truth)
        }
        Formula::Value { fact, values } => {
            let known = situation.get(*fact);
            let truth = match known {
                Knowledge::Value(value) if values.contains(&value) => Truth::Holds,
                Knowledge::Value(_) => Truth::Fails,
                _ => Truth::Open,
            };
            leaf(*fact, known, truth)
        }
        Formula::Term(term) => {
            let inner = part(library, situation, &library.term(*term).means);
            Part {
                kind: PartKind::Term(*term),
                truth: inner.truth,
                parts: vec![inner],
            }
        }
        Formula::Not(inner) => {
            let inner = part(library, situation, inner);
            let truth = match inner.truth {
                Truth::Holds => Truth::Fails,
                Truth::Fails => Truth::Holds,
                Truth::Open => Truth::Open,
            };
            Part {
                kind: PartKind::Not,
                truth,
                parts: vec![inner],
            }
        }
        Formula::And(of) => {
            let parts = all(library, situation, of);
            let truth = counted(&parts, count(of), u32::MAX);
            Part {
                kind: PartKind::And,
                truth,
                parts,
            }
        }
        Formula::Or(of) => {
            let parts = all(library, situation, of);
            let truth = counted(&parts, 1, u32::MAX);
            Part {
                kind: PartKind::Or,
                truth,
                parts,
            }
        }
        Formula::Count { least, most, of } => {
            let parts = all(library, situation, of);
            let truth = counted(&parts, *least, *most);
            Part {
                kind: PartKind::Count {
                    least: *least,
                    most: *most,
                },
                truth,
                parts,
            }
        }
    }
}

fn leaf(fact: FactId, known: Knowledge, truth: Truth) -> Part {
    Part {
        kind: PartKind::Fact { fact, known },
        truth,
        parts: Vec::new(),
    }
}

fn all(library: &Library, situation: &Situation, of: &[Formula]) -> Vec<Part> {
    of.iter()
        .map(|inner| part(library, situation, inner))
        .collect()
}

fn count<T>(of: &[T]) -> u32 {
    u32::try_from(of.len()).unwrap_or(u32::MAX)
}

/// Whether from `least` to `most` parts hold.
fn counted(parts: &[Part], least: u32, most: u32) -> Truth {
    let holds = count(
        &parts
            .iter()
            .filter(|part| part.truth == Truth::Holds)
            .collect::<Vec<_>>(),
    );
    let open = count(
        &parts
            .iter()
            .filter(|part| part.truth == Truth::Open)
            .collect::<Vec<_>>(),
    );
    if holds >= least && holds + open <= most {
        Truth::Holds
    } else if holds + open < least || holds > most {
        Truth::Fails
    } else {
        Truth::Open
    }
}
