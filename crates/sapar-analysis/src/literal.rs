//! Short conjunctions of readable conditions.

use sapar_law::{Comparison, FactId, Formula, Library, NormId, TermId, ValueKind, country};

/// One condition that a reader sees at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Literal {
    /// A term holds, or does not.
    Term {
        /// The term.
        term: TermId,
        /// Whether it holds.
        holds: bool,
    },
    /// A yes/no fact is so, or is not.
    Fact {
        /// The fact.
        fact: FactId,
        /// Whether it is so.
        holds: bool,
    },
    /// A number lies between two bounds, both counted in.
    Number {
        /// The fact.
        fact: FactId,
        /// Least.
        from: u32,
        /// Most.
        to: u32,
    },
    /// A fact has one of these values.
    Values {
        /// The fact.
        fact: FactId,
        /// Indices of its list, or of the countries; sorted.
        values: Vec<u32>,
    },
}

/// Conditions that hold together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Conjunction {
    /// The conditions, what is so before what is not; none is always.
    pub literals: Vec<Literal>,
}

impl Literal {
    /// The condition as a formula of the law language.
    #[must_use]
    pub fn formula(&self, library: &Library) -> Formula {
        let unless = |holds: bool, formula: Formula| {
            if holds {
                formula
            } else {
                Formula::Not(Box::new(formula))
            }
        };
        match self {
            Literal::Term { term, holds } => unless(*holds, Formula::Term(*term)),
            Literal::Fact { fact, holds } => unless(*holds, Formula::Fact(*fact)),
            Literal::Values { fact, values } => Formula::Value {
                fact: *fact,
                values: values.clone(),
            },
            Literal::Number { fact, from, to } => {
                let (least, most) = bounds(library, *fact);
                let number = |comparison, value| Formula::Number {
                    fact: *fact,
                    comparison,
                    value,
                };
                match (*from > least, *to < most) {
                    (true, false) => number(Comparison::AtLeast, *from),
                    (false, true) => number(Comparison::Under, to.saturating_add(1)),
                    (false, false) => Formula::And(Vec::new()),
                    (true, true) if from == to => number(Comparison::Is, *from),
                    (true, true) => Formula::And(vec![
                        number(Comparison::AtLeast, *from),
                        number(Comparison::Under, to.saturating_add(1)),
                    ]),
                }
            }
        }
    }

    /// The condition as it would be written in the law language.
    ///
    /// A term that an instrument defines for itself has its name alone: the reader sees the instrument beside it.
    #[must_use]
    pub fn text(&self, library: &Library) -> String {
        let not = |holds: bool, name: &str| {
            if holds {
                name.to_owned()
            } else {
                format!("not {name}")
            }
        };
        match self {
            Literal::Term { term, holds } => not(*holds, &library.term(*term).name),
            Literal::Fact { fact, holds } => not(*holds, &library.fact(*fact).name),
            Literal::Number { fact, from, to } => {
                let name = &library.fact(*fact).name;
                let (least, most) = bounds(library, *fact);
                match (*from > least, *to < most) {
                    (true, true) if from == to => format!("{name} is {from}"),
                    (true, true) => {
                        format!(
                            "{name} is at least {from} and {name} is under {}",
                            to.saturating_add(1)
                        )
                    }
                    (false, true) => format!("{name} is under {}", to.saturating_add(1)),
                    (true, false) => format!("{name} is at least {from}"),
                    (false, false) => format!("{name} is at least {least}"),
                }
            }
            Literal::Values { fact, values } => {
                let name = &library.fact(*fact).name;
                let others = others(library, *fact, values);
                if others.len() < values.len() {
                    return match others.as_slice() {
                        [only] => format!("{name} is not {}", value_name(library, *fact, *only)),
                        several => {
                            format!("not {name} is one of ({})", list(library, *fact, several))
                        }
                    };
                }
                match values.as_slice() {
                    [only] => format!("{name} is {}", value_name(library, *fact, *only)),
                    several => format!("{name} is one of ({})", list(library, *fact, several)),
                }
            }
        }
    }

    /// Whether it says that something is not so.
    #[must_use]
    pub fn is_denial(&self) -> bool {
        matches!(
            self,
            Literal::Term { holds: false, .. } | Literal::Fact { holds: false, .. }
        )
    }

    /// The fact, where the condition is about one.
    #[must_use]
    pub fn fact(&self) -> Option<FactId> {
        match self {
            Literal::Term { .. } => None,
            Literal::Fact { fact, .. }
            | Literal::Number { fact, .. }
            | Literal::Values { fact, .. } => Some(*fact),
        }
    }
}

impl Conjunction {
    /// The conjunction as a formula of the law language.
    #[must_use]
    pub fn formula(&self, library: &Library) -> Formula {
        Formula::And(
            self.literals
                .iter()
                .map(|literal| literal.formula(library))
                .collect(),
        )
    }

    /// The conjunction as it would be written in the law language; empty where it is always so.
    #[must_use]
    pub fn text(&self, library: &Library) -> String {
        let parts: Vec<String> = self
            .literals
            .iter()
            .map(|literal| literal.text(library))
            .collect();
        parts.join(" and ")
    }
}

/// Least and greatest value of a number; 0 and the greatest number for other facts.
pub(crate) fn bounds(library: &Library, fact: FactId) -> (u32, u32) {
    match library.fact(fact).kind {
        ValueKind::Number { from, to, .. } => (from, to),
        _ => (0, u32::MAX),
    }
}

/// How many values a fact of a list has.
pub(crate) fn value_count(library: &Library, fact: FactId) -> u32 {
    let count = match &library.fact(fact).kind {
        ValueKind::OneOf(values) => values.len(),
        ValueKind::Country => country::CODES.len(),
        ValueKind::YesNo => 2,
        ValueKind::Number { from, to, .. } => (to - from) as usize + 1,
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The values a literal leaves out.
pub(crate) fn others(library: &Library, fact: FactId, values: &[u32]) -> Vec<u32> {
    (0..value_count(library, fact))
        .filter(|value| values.binary_search(value).is_err())
        .collect()
}

fn list(library: &Library, fact: FactId, values: &[u32]) -> String {
    let names: Vec<&str> = values
        .iter()
        .map(|value| value_name(library, fact, *value))
        .collect();
    names.join(", ")
}

fn value_name(library: &Library, fact: FactId, value: u32) -> &str {
    match &library.fact(fact).kind {
        ValueKind::OneOf(values) => values
            .get(value as usize)
            .map_or("unknown", |(name, _)| name.as_str()),
        _ => country::code_of(value),
    }
}

/// `instrument/norm`.
pub(crate) fn name_of(library: &Library, norm: NormId) -> String {
    crate::error::norm_name(library, norm)
}
