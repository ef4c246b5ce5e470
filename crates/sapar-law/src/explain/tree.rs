//! The tree from a norm through terms to facts.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagram::Classes;
use crate::engine::{Engine, PositionId};
use crate::formula::compares;
use crate::model::{FactId, NormId, TermId};
use crate::{Comparison, Formula, Knowledge, Situation, Status};

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
    /// What it rests on. A term that many norms use is opened once and shared.
    pub parts: Arc<[Part]>,
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
///
/// Where several positions of one situation are explained, an [`Explainer`] does it with less work.
#[must_use]
pub fn explain_position(
    engine: &Engine,
    situation: &Situation,
    position: PositionId,
) -> Vec<NormReason> {
    Explainer::new(engine, situation).position(position)
}

/// Why a norm applies, may apply, or does not.
///
/// A norm that is not of this engine is excluded by no fact.
#[must_use]
pub fn explain_norm(engine: &Engine, situation: &Situation, norm: NormId) -> NormReason {
    let (status, deciding) = engine.norm_reason(situation, norm);
    Explainer::new(engine, situation).reason(norm, status, deciding)
}

/// Explains what one situation leads to, position by position.
#[derive(Debug)]
pub struct Explainer<'a> {
    engine: &'a Engine,
    situation: &'a Situation,
    allowed: Vec<Classes>,
    terms: RefCell<FxHashMap<TermId, Part>>,
    /// What a fact rests on.
    nothing: Arc<[Part]>,
}

impl<'a> Explainer<'a> {
    /// Prepares to explain a situation.
    #[must_use]
    pub fn new(engine: &'a Engine, situation: &'a Situation) -> Self {
        Self {
            engine,
            situation,
            allowed: engine.allowed(situation),
            terms: RefCell::default(),
            nothing: Arc::from([]),
        }
    }

    /// Reasons of all norms that support the position or may.
    #[must_use]
    pub fn position(&self, position: PositionId) -> Vec<NormReason> {
        self.engine
            .position(position)
            .members()
            .iter()
            .filter_map(|place| self.engine.norm_diagrams().get(*place))
            .filter_map(|norm| {
                let (status, deciding) = self.engine.reason(&self.allowed, norm);
                (status != Status::Excluded).then(|| self.reason(norm.norm, status, deciding))
            })
            .collect()
    }

    fn reason(&self, norm: NormId, status: Status, deciding: Vec<FactId>) -> NormReason {
        let definition = self.engine.library().norm(norm);
        NormReason {
            norm,
            status,
            condition: (definition.condition.as_ref()).map(|condition| self.part(condition)),
            exceptions: (definition.exceptions.iter())
                .map(|exception| self.part(exception))
                .collect(),
            deciding,
        }
    }

    fn part(&self, formula: &Formula) -> Part {
        match formula {
            Formula::Fact(fact) => {
                let known = self.situation.get(*fact);
                let truth = match known {
                    Knowledge::YesNo(true) => Truth::Holds,
                    Knowledge::YesNo(false) => Truth::Fails,
                    _ => Truth::Open,
                };
                self.leaf(*fact, known, truth)
            }
            Formula::Number {
                fact,
                comparison,
                value,
            } => {
                let known = self.situation.get(*fact);
                self.leaf(*fact, known, number_compares(known, *comparison, *value))
            }
            Formula::Value { fact, values } => {
                let known = self.situation.get(*fact);
                let truth = match known {
                    Knowledge::Value(value) if values.contains(&value) => Truth::Holds,
                    Knowledge::Value(_) => Truth::Fails,
                    _ => Truth::Open,
                };
                self.leaf(*fact, known, truth)
            }
            Formula::Term(term) => self.term(*term),
            Formula::Not(inner) => {
                let inner = self.part(inner);
                let truth = match inner.truth {
                    Truth::Holds => Truth::Fails,
                    Truth::Fails => Truth::Holds,
                    Truth::Open => Truth::Open,
                };
                Part {
                    kind: PartKind::Not,
                    truth,
                    parts: Arc::from([inner]),
                }
            }
            Formula::And(of) => self.counted(PartKind::And, of, count(of), u32::MAX),
            Formula::Or(of) => self.counted(PartKind::Or, of, 1, u32::MAX),
            Formula::Count { least, most, of } => {
                let kind = PartKind::Count {
                    least: *least,
                    most: *most,
                };
                self.counted(kind, of, *least, *most)
            }
        }
    }

    /// A term; what is inside it is the same wherever it is used in one situation.
    fn term(&self, term: TermId) -> Part {
        if let Some(known) = self.terms.borrow().get(&term) {
            return known.clone();
        }
        let inner = self.part(&self.engine.library().term(term).means);
        let part = Part {
            kind: PartKind::Term(term),
            truth: inner.truth,
            parts: Arc::from([inner]),
        };
        self.terms.borrow_mut().insert(term, part.clone());
        part
    }

    fn leaf(&self, fact: FactId, known: Knowledge, truth: Truth) -> Part {
        Part {
            kind: PartKind::Fact { fact, known },
            truth,
            parts: Arc::clone(&self.nothing),
        }
    }

    /// A part that holds when from `least` to `most` of its own parts do.
    fn counted(&self, kind: PartKind, of: &[Formula], least: u32, most: u32) -> Part {
        let parts: Arc<[Part]> = of.iter().map(|inner| self.part(inner)).collect();
        let with = |truth: Truth| {
            let number = parts.iter().filter(|part| part.truth == truth).count();
            u32::try_from(number).unwrap_or(u32::MAX)
        };
        let (holds, open) = (with(Truth::Holds), with(Truth::Open));
        let truth = if holds >= least && holds + open <= most {
            Truth::Holds
        } else if holds + open < least || holds > most {
            Truth::Fails
        } else {
            Truth::Open
        };
        Part { kind, truth, parts }
    }
}

fn number_compares(known: Knowledge, comparison: Comparison, value: u32) -> Truth {
    let Knowledge::Number(low, high) = known else {
        return Truth::Open;
    };
    // Comparisons are monotone but for equality, where only an exact number can hold.
    let inside = (low..=high).contains(&value);
    match (
        compares(low, comparison, value),
        compares(high, comparison, value),
    ) {
        (true, true) => Truth::Holds,
        (false, false) if !(inside && comparison == Comparison::Is) => Truth::Fails,
        _ => Truth::Open,
    }
}

fn count<T>(of: &[T]) -> u32 {
    u32::try_from(of.len()).unwrap_or(u32::MAX)
}
