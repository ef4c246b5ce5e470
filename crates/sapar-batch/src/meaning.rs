//! Norms as gates: what applies where every fact is known, and what can apply and can fail where some are not.
//!
//! The second form follows three-valued logic, which is right whenever it decides:
//! a norm that cannot apply by it applies in no completion. Where it does not decide, nothing is concluded from it;
//! [`crate::reach`] then answers exactly.

use std::collections::HashMap;

use sapar_law::diagrams::{Classes, Layout, LayoutKind, by_override};
use sapar_law::{Comparison, Engine, EngineError, FactId, Formula, Library, NormId, TermId};

use crate::gates::{Gates, Signal};
use crate::planes::Planes;

/// Whether a condition can hold and can fail; both, where that is not decided.
#[derive(Debug, Clone, Copy)]
pub struct Rails {
    /// It can hold.
    pub can_hold: Signal,
    /// It can fail.
    pub can_fail: Signal,
}

impl Rails {
    fn not(self) -> Self {
        Self {
            can_hold: self.can_fail,
            can_fail: self.can_hold,
        }
    }
}

/// How far rows are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Every fact the law asks for.
    All,
    /// Some facts, or none.
    Some,
}

/// Turns formulas of one law into gates.
pub struct Meaning<'e> {
    library: &'e Library,
    layouts: &'e [Layout],
    planes: &'e Planes,
    place_of: HashMap<FactId, usize>,
    terms: HashMap<TermId, Rails>,
    known: Known,
    /// The net so far.
    pub gates: Gates,
}

impl<'e> Meaning<'e> {
    /// Nothing yet.
    pub fn new(engine: &'e Engine, planes: &'e Planes, known: Known) -> Self {
        Self {
            library: engine.library(),
            layouts: engine.layouts(),
            planes,
            place_of: engine
                .layouts()
                .iter()
                .enumerate()
                .map(|(place, layout)| (layout.fact, place))
                .collect(),
            terms: HashMap::new(),
            known,
            gates: Gates::default(),
        }
    }

    /// For each norm of [`Engine::norm_diagrams`], whether it applies, exceptions and overriding norms minded.
    ///
    /// # Errors
    /// When norms override each other in a circle.
    pub fn norms(&mut self, engine: &Engine) -> Result<Vec<Rails>, EngineError> {
        let ids: Vec<NormId> = engine.norm_ids().collect();
        let place_of: HashMap<NormId, usize> = ids
            .iter()
            .enumerate()
            .map(|(place, id)| (*id, place))
            .collect();
        let never = Rails {
            can_hold: Signal::NEVER,
            can_fail: Signal::ALWAYS,
        };
        let mut result = vec![never; ids.len()];
        for id in by_override(self.library, &ids)? {
            let Some(place) = place_of.get(&id).copied() else {
                continue;
            };
            let norm = self.library.norm(id);
            let mut parts = Vec::new();
            if let Some(condition) = &norm.condition {
                parts.push(self.formula(condition));
            }
            for exception in &norm.exceptions {
                parts.push(self.formula(exception).not());
            }
            for over in engine.overriders().get(place).into_iter().flatten() {
                parts.push(result.get(*over).copied().unwrap_or(never).not());
            }
            let applies = self.all(&parts);
            if let Some(slot) = result.get_mut(place) {
                *slot = applies;
            }
        }
        Ok(result)
    }

    /// Any of these holds.
    pub fn any(&mut self, parts: &[Rails]) -> Rails {
        let parts: Vec<Rails> = parts.iter().map(|part| part.not()).collect();
        self.all(&parts).not()
    }

    fn all(&mut self, parts: &[Rails]) -> Rails {
        let can_hold = self.gates.all_of(parts.iter().map(|part| part.can_hold));
        self.rails(can_hold, |gates| {
            gates.any_of(parts.iter().map(|part| part.can_fail))
        })
    }

    /// Where all is known, failing is not holding, and needs no gates of its own.
    fn rails(&mut self, can_hold: Signal, can_fail: impl FnOnce(&mut Gates) -> Signal) -> Rails {
        let can_fail = match self.known {
            Known::All => !can_hold,
            Known::Some => can_fail(&mut self.gates),
        };
        Rails { can_hold, can_fail }
    }

    /// A condition.
    pub fn formula(&mut self, formula: &Formula) -> Rails {
        match formula {
            Formula::Fact(fact) => self.classes(*fact, 0b10),
            Formula::Number {
                fact,
                comparison,
                value,
            } => {
                let classes = self.number_classes(*fact, *comparison, *value);
                self.classes(*fact, classes)
            }
            Formula::Value { fact, values } => {
                let classes = self.value_classes(*fact, values);
                self.classes(*fact, classes)
            }
            Formula::Term(term) => {
                if let Some(known) = self.terms.get(term) {
                    return *known;
                }
                // The engine was compiled from the same terms, so none is defined by itself.
                let means = &self.library.term(*term).means;
                let rails = self.formula(means);
                self.terms.insert(*term, rails);
                rails
            }
            Formula::Not(inner) => self.formula(inner).not(),
            Formula::And(parts) => {
                let parts: Vec<Rails> = parts.iter().map(|part| self.formula(part)).collect();
                self.all(&parts)
            }
            Formula::Or(parts) => {
                let parts: Vec<Rails> = parts.iter().map(|part| self.formula(part)).collect();
                self.any(&parts)
            }
            Formula::Count { least, most, of } => {
                let parts: Vec<Rails> = of.iter().map(|part| self.formula(part)).collect();
                let enough = self.at_least(*least as usize, &parts);
                let too_many = self.at_least((*most as usize).saturating_add(1), &parts);
                self.all(&[enough, too_many.not()])
            }
        }
    }

    fn at_least(&mut self, least: usize, parts: &[Rails]) -> Rails {
        let can: Vec<Signal> = parts.iter().map(|part| part.can_hold).collect();
        let can_hold = self.gates.at_least(least, &can);
        self.rails(can_hold, |gates| {
            let must: Vec<Signal> = parts.iter().map(|part| !part.can_fail).collect();
            !gates.at_least(least, &must)
        })
    }

    fn classes(&mut self, fact: FactId, wanted: Classes) -> Rails {
        let Some(place) = self.place_of.get(&fact).copied() else {
            // Every fact of the norms and of the invariants tied to them has a place.
            return Rails {
                can_hold: Signal::ALWAYS,
                can_fail: Signal::ALWAYS,
            };
        };
        match self.known {
            Known::All => {
                let holds = self.planes.is_one_of(&mut self.gates, place, wanted);
                Rails {
                    can_hold: holds,
                    can_fail: !holds,
                }
            }
            Known::Some => Rails {
                can_hold: self.planes.can_be(&mut self.gates, place, wanted),
                can_fail: self.planes.can_be(&mut self.gates, place, !wanted),
            },
        }
    }

    fn layout(&self, fact: FactId) -> Option<&Layout> {
        self.place_of
            .get(&fact)
            .and_then(|place| self.layouts.get(*place))
    }

    /// The classes whose numbers compare so; the law's constants are where classes begin, so each is whole.
    fn number_classes(&self, fact: FactId, comparison: Comparison, value: u32) -> Classes {
        let Some(Layout {
            kind: LayoutKind::Number { starts, .. },
            ..
        }) = self.layout(fact)
        else {
            return 0;
        };
        starts
            .iter()
            .enumerate()
            .filter(|(_, start)| match comparison {
                Comparison::Under => **start < value,
                Comparison::AtMost => **start <= value,
                Comparison::Is => **start == value,
                Comparison::AtLeast => **start >= value,
                Comparison::Over => **start > value,
            })
            .fold(0, |classes, (class, _)| classes | 1 << class)
    }

    fn value_classes(&self, fact: FactId, values: &[u32]) -> Classes {
        let Some(Layout {
            kind: LayoutKind::Values(classes),
            ..
        }) = self.layout(fact)
        else {
            return 0;
        };
        values
            .iter()
            .filter_map(|value| classes.get(*value as usize))
            .fold(0, |wanted, class| wanted | 1 << class)
    }
}
