//! Conditions: names to facts and terms, values to numbers.

use sapar_diagnostics::{Diagnostic, SourceId, code, nearest};
use sapar_law_syntax::ast::{Condition, Count, Name};

use super::names::{FactOrTerm, Names};
use crate::model::{FactDef, FactId, TermId, ValueKind};
use crate::{Formula, country};

/// What conditions are resolved against.
pub struct Scope<'a> {
    pub names: &'a Names,
    /// The file, for an instrument's own terms.
    pub source: SourceId,
    pub facts: &'a [FactDef],
}

impl Scope<'_> {
    /// The formula, if every name in it is known; mistakes are reported.
    pub fn formula(
        &self,
        condition: &Condition,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Formula> {
        match condition {
            Condition::Name(name) => self.name(name, problems),
            Condition::Number {
                fact,
                comparison,
                value,
            } => {
                let id = self.fact(fact)?;
                let ValueKind::Number { from, to, unit } = &self.facts.get(id.index())?.kind else {
                    problems.push(self.other_type(fact, id, "a number"));
                    return None;
                };
                // A comparison with the bound itself may still be meant ("at least 0"), beyond it never.
                if value.value < *from || value.value > to.saturating_add(1) {
                    problems.push(
                        Diagnostic::new(
                            &code::L0213,
                            value.span,
                            format!("`{}` goes from {from} to {to} {unit}", fact.value),
                        )
                        .help("compare with a number within these bounds"),
                    );
                    return None;
                }
                Some(Formula::Number {
                    fact: id,
                    comparison: *comparison,
                    value: value.value,
                })
            }
            Condition::Value {
                fact,
                values,
                negated,
            } => {
                let formula = self.values(fact, values, problems)?;
                Some(if *negated {
                    Formula::Not(Box::new(formula))
                } else {
                    formula
                })
            }
            Condition::Not(inner, _) => {
                Some(Formula::Not(Box::new(self.formula(inner, problems)?)))
            }
            Condition::And(parts) => Some(Formula::And(self.all(parts, problems)?)),
            Condition::Or(parts) => Some(Formula::Or(self.all(parts, problems)?)),
            Condition::Count { count, of, span } => {
                let parts = self.all(of, problems)?;
                let size = u32::try_from(parts.len()).unwrap_or(u32::MAX);
                let (least, most) = match count {
                    Count::Any => return Some(Formula::Or(parts)),
                    Count::All => return Some(Formula::And(parts)),
                    Count::None => return Some(Formula::Not(Box::new(Formula::Or(parts)))),
                    Count::AtLeast(least) => (*least, size),
                    Count::AtMost(most) => (0, *most),
                    Count::Exactly(exactly) => (*exactly, *exactly),
                };
                if least > size || (least == 0 && most >= size) {
                    let what = if least > size {
                        "can never be reached"
                    } else {
                        "always holds"
                    };
                    problems.push(
                        Diagnostic::new(
                            &code::L0309,
                            *span,
                            format!("this count {what}: the list has {size} parts"),
                        )
                        .help("correct the number or the list"),
                    );
                    return None;
                }
                Some(Formula::Count {
                    least,
                    most,
                    of: parts,
                })
            }
        }
    }

    /// All parts; every part is looked at, so that every mistake is reported.
    fn all(&self, parts: &[Condition], problems: &mut Vec<Diagnostic>) -> Option<Vec<Formula>> {
        let formulas: Vec<Option<Formula>> = parts
            .iter()
            .map(|part| self.formula(part, problems))
            .collect();
        formulas.into_iter().collect()
    }

    fn name(&self, name: &Name, problems: &mut Vec<Diagnostic>) -> Option<Formula> {
        match self.names.fact_or_term(self.source, name)? {
            FactOrTerm::Term(term) => Some(Formula::Term(TermId(term))),
            FactOrTerm::Fact(fact) => {
                let id = FactId(fact);
                if self.facts.get(id.index())?.kind != ValueKind::YesNo {
                    problems.push(self.other_type(name, id, "a yes/no fact"));
                    return None;
                }
                Some(Formula::Fact(id))
            }
        }
    }

    fn fact(&self, name: &Name) -> Option<FactId> {
        self.names.get(super::names::Kind::Fact, name).map(FactId)
    }

    fn values(
        &self,
        fact: &Name,
        values: &[Name],
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Formula> {
        let id = self.fact(fact)?;
        let kind = &self.facts.get(id.index())?.kind;
        let mut numbers = Vec::new();
        for value in values {
            let number = match kind {
                ValueKind::OneOf(known) => {
                    let found = known.iter().position(|(name, _)| name == &value.value);
                    if found.is_none() {
                        let names: Vec<&str> =
                            known.iter().map(|(name, _)| name.as_str()).collect();
                        let help = nearest(&value.value, names.iter().copied()).map_or_else(
                            || format!("its values are: {}", names.join(", ")),
                            |near| format!("did you mean `{near}`?"),
                        );
                        problems.push(
                            Diagnostic::new(
                                &code::L0208,
                                value.span,
                                format!("`{}` has no value `{}`", fact.value, value.value),
                            )
                            .help(help),
                        );
                    }
                    found.and_then(|index| u32::try_from(index).ok())
                }
                ValueKind::Country => {
                    let code_word = value.value.to_uppercase();
                    let found = country::index_of(&code_word);
                    if found.is_none() {
                        let help = nearest(&code_word, country::CODES).map_or_else(
                            || {
                                "write the three capital letters a passport shows, such as KAZ"
                                    .to_owned()
                            },
                            |near| format!("did you mean `{near}`?"),
                        );
                        problems.push(
                            Diagnostic::new(
                                &code::L0211,
                                value.span,
                                format!("`{}` is no country code", value.value),
                            )
                            .help(help),
                        );
                    }
                    found
                }
                ValueKind::YesNo | ValueKind::Number { .. } => {
                    problems.push(self.other_type(fact, id, "one of a list"));
                    return None;
                }
            };
            numbers.push(number);
        }
        let mut numbers: Vec<u32> = numbers.into_iter().collect::<Option<_>>()?;
        numbers.sort_unstable();
        numbers.dedup();
        Some(Formula::Value {
            fact: id,
            values: numbers,
        })
    }

    fn other_type(&self, name: &Name, id: FactId, expected: &str) -> Diagnostic {
        let Some(fact) = self.facts.get(id.index()) else {
            return Diagnostic::new(&code::L0209, name.span, "a fact of another type");
        };
        let (is, write) = match &fact.kind {
            ValueKind::YesNo => (
                "a yes/no fact",
                format!("write `{}` or `not {}`", name.value, name.value),
            ),
            ValueKind::Number { .. } => (
                "a number",
                format!("compare it, such as `{} is under 18`", name.value),
            ),
            ValueKind::OneOf(values) => (
                "one of a list",
                format!(
                    "write `{} is {}`",
                    name.value,
                    values.first().map_or("…", |(value, _)| value.as_str())
                ),
            ),
            ValueKind::Country => ("a country", format!("write `{} is KAZ`", name.value)),
        };
        Diagnostic::new(
            &code::L0209,
            name.span,
            format!("`{}` is {is}, here stands {expected}", name.value),
        )
        .related(fact.span, "defined here")
        .help(write)
    }
}
