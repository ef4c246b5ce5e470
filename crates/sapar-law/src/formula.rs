//! Conditions whose names have found their meaning.

use sapar_law_syntax::ast::Comparison;

use crate::{FactId, TermId};

/// A condition over facts and terms.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Formula {
    /// A yes/no fact holds.
    Fact(FactId),
    /// A term holds.
    Term(TermId),
    /// A number compares so.
    Number {
        /// The fact.
        fact: FactId,
        /// The comparison.
        comparison: Comparison,
        /// The constant.
        value: u32,
    },
    /// A fact has one of these values (indices of its list, or of the countries).
    Value {
        /// The fact.
        fact: FactId,
        /// Sorted, without doubles.
        values: Vec<u32>,
    },
    /// Not.
    Not(Box<Formula>),
    /// All; true when empty.
    And(Vec<Formula>),
    /// Any; false when empty.
    Or(Vec<Formula>),
    /// From so many to so many of these, both counted in.
    Count {
        /// At least.
        least: u32,
        /// At most.
        most: u32,
        /// Of these.
        of: Vec<Formula>,
    },
}

impl Formula {
    /// The formula's parts, one level down.
    #[must_use]
    pub fn parts(&self) -> &[Formula] {
        match self {
            Formula::Not(inner) => std::slice::from_ref(inner),
            Formula::And(parts) | Formula::Or(parts) | Formula::Count { of: parts, .. } => parts,
            _ => &[],
        }
    }

    /// Calls `visit` on the formula and everything inside it; terms are not opened.
    pub fn walk(&self, visit: &mut impl FnMut(&Formula)) {
        visit(self);
        for part in self.parts() {
            part.walk(visit);
        }
    }

    /// The fact this formula asks about, if it is about one fact.
    #[must_use]
    pub fn fact(&self) -> Option<FactId> {
        match self {
            Formula::Fact(fact) | Formula::Number { fact, .. } | Formula::Value { fact, .. } => {
                Some(*fact)
            }
            _ => None,
        }
    }
}

/// Whether a number compares so.
#[must_use]
pub fn compares(number: u32, comparison: Comparison, value: u32) -> bool {
    match comparison {
        Comparison::Under => number < value,
        Comparison::AtMost => number <= value,
        Comparison::Is => number == value,
        Comparison::AtLeast => number >= value,
        Comparison::Over => number > value,
    }
}
