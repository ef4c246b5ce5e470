//! What is asked of each row: whether it can occur, and for each position whether it can hold and whether it can fail.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};
use sapar_law::diagrams::Classes;
use sapar_law::{Engine, NormId, PositionId, Situation, Status, TermId};

use crate::condition::{Condition, ConditionId, Conditions};
use crate::exact::{Exact, STEPS_MAX};
use crate::reading::{Reading, diagram};
use crate::tidy::tidy;

/// The two questions asked of a row about one position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The position.
    pub position: PositionId,
    /// It holds in some completion of the row.
    pub(crate) can_hold: ConditionId,
    /// It fails in some completion of the row.
    pub(crate) can_fail: ConditionId,
}

/// An order turned into questions with two answers each; the form that becomes SQL text.
///
/// Answering them row by row equals [`Engine::evaluate`]: [`Plan::answer`] does so without a database.
pub struct Plan {
    pub(crate) conditions: Conditions,
    pub(crate) can_occur: ConditionId,
    pub(crate) asked: Vec<Asked>,
    /// Norms with limits, each with the question whether it can fail to apply.
    pub(crate) norms: Vec<(NormId, ConditionId)>,
    pub(crate) terms: BTreeMap<TermId, ConditionId>,
    diagrams: usize,
}

impl Plan {
    /// Works out the questions for some positions of an order.
    #[must_use]
    pub fn new(engine: &Engine, positions: &[PositionId]) -> Self {
        Self::with_steps(engine, positions, STEPS_MAX)
    }

    /// The same without the norms, whose own questions are needed for limits alone.
    pub(crate) fn without_norms(mut self) -> Self {
        self.norms.clear();
        self
    }

    /// The same with another bound on the steps that taking one condition apart may take; past it, the condition
    /// is asked along its decision diagram, which is as exact and longer to read.
    #[must_use]
    pub fn with_steps(engine: &Engine, positions: &[PositionId], steps_max: usize) -> Self {
        let reading = Reading::of(engine);
        let Reading {
            mut conditions,
            invariants,
            norms,
            positions: holds,
            terms,
        } = reading;
        let mut named: Vec<ConditionId> = terms.values().copied().collect();
        named.sort_unstable();
        named.dedup();
        let mut exact = Exact::new(&mut conditions, named, steps_max);
        let mut drawn = FxHashMap::default();
        let mut diagrams = 0;
        let mut along = |conditions: &mut Conditions, root| {
            diagrams += 1;
            diagram(engine, conditions, root, &mut drawn)
        };
        let can_occur = match exact.possible(&invariants, &[]) {
            Ok(condition) => condition,
            Err(_) => {
                let groups: Vec<ConditionId> = engine
                    .invariant_roots()
                    .map(|root| along(exact.conditions, root))
                    .collect();
                exact.conditions.all(groups)
            }
        };
        let mut asked = Vec::new();
        for position in positions {
            let so = holds
                .get(position.index())
                .copied()
                .unwrap_or(ConditionId::NEVER);
            let not = exact.conditions.not(so);
            let roots = engine.position(*position);
            let can_hold = match exact.possible(&[so], &invariants) {
                Ok(condition) => condition,
                Err(_) => along(exact.conditions, roots.can_hold()),
            };
            let can_fail = match exact.possible(&[not], &invariants) {
                Ok(condition) => condition,
                Err(_) => along(exact.conditions, roots.can_fail()),
            };
            asked.push(Asked {
                position: *position,
                can_hold,
                can_fail,
            });
        }
        let members: FxHashSet<usize> = positions
            .iter()
            .flat_map(|position| engine.position(*position).members())
            .copied()
            .collect();
        let mut with_limits = Vec::new();
        for (place, (norm, applies)) in engine.norm_diagrams().iter().zip(&norms).enumerate() {
            if !members.contains(&place) || engine.library().norm(norm.norm).limits.is_empty() {
                continue;
            }
            let not = exact.conditions.not(*applies);
            let can_fail = match exact.possible(&[not], &invariants) {
                Ok(condition) => condition,
                Err(_) => along(exact.conditions, norm.no),
            };
            with_limits.push((norm.norm, can_fail));
        }
        let mut plan = Self {
            conditions,
            can_occur,
            asked,
            norms: with_limits,
            terms,
            diagrams,
        };
        plan.tidy();
        plan
    }

    fn tidy(&mut self) {
        let terms: Vec<ConditionId> = self.terms.values().copied().collect();
        let mut named = FxHashSet::default();
        for term in terms {
            named.insert(term);
            named.insert(self.conditions.not(term));
        }
        let roots: Vec<ConditionId> = self.roots().collect();
        let mut roots = tidy(&mut self.conditions, &roots, &named).into_iter();
        self.can_occur = roots.next().unwrap_or(self.can_occur);
        for asked in &mut self.asked {
            asked.can_hold = roots.next().unwrap_or(asked.can_hold);
            asked.can_fail = roots.next().unwrap_or(asked.can_fail);
        }
        for (_, can_fail) in &mut self.norms {
            *can_fail = roots.next().unwrap_or(*can_fail);
        }
    }

    /// The positions asked about, in the order given.
    pub fn positions(&self) -> impl Iterator<Item = PositionId> + '_ {
        self.asked.iter().map(|asked| asked.position)
    }

    /// How many conditions had to be asked along their decision diagrams.
    #[must_use]
    pub fn diagrams(&self) -> usize {
        self.diagrams
    }

    /// How many different conditions are asked, single facts left out.
    #[must_use]
    pub fn len(&self) -> usize {
        let mut seen = rustc_hash::FxHashSet::default();
        let mut todo: Vec<ConditionId> = self.roots().collect();
        while let Some(id) = todo.pop() {
            let node = self.conditions.get(id);
            if !matches!(node, Condition::Is { .. }) && seen.insert(id) {
                todo.extend(node.parts());
            }
        }
        seen.len()
    }

    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// Places of the facts that are asked about.
    pub(crate) fn places(&mut self) -> BTreeSet<u32> {
        let roots: Vec<ConditionId> = self.roots().collect();
        roots
            .into_iter()
            .flat_map(|root| {
                self.conditions
                    .literals(root)
                    .keys()
                    .copied()
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    pub(crate) fn roots(&self) -> impl Iterator<Item = ConditionId> + '_ {
        std::iter::once(self.can_occur)
            .chain(
                self.asked
                    .iter()
                    .flat_map(|asked| [asked.can_hold, asked.can_fail]),
            )
            .chain(self.norms.iter().map(|(_, can_fail)| *can_fail))
    }

    /// The facts, by place, at which reading the questions as "may be" would not be exact: always none.
    ///
    /// A test asks this of every plan it makes, so that exactness rests on a property that can be looked up.
    #[must_use]
    pub fn torn(&mut self) -> Vec<u32> {
        let roots: Vec<ConditionId> = self.roots().collect();
        let mut torn: Vec<u32> = roots
            .into_iter()
            .flat_map(|root| self.conditions.torn(root).to_vec())
            .collect();
        torn.sort_unstable();
        torn.dedup();
        torn
    }

    /// The status of each position asked about; `None` for a situation that contradicts itself.
    ///
    /// This reads the questions as the SQL text does, so that their exactness can be tested without a database.
    /// `engine` is the one the plan was made from.
    #[must_use]
    pub fn answer(&self, engine: &Engine, situation: &Situation) -> Option<Vec<Status>> {
        let allowed = allowed(engine, situation);
        let mut seen = FxHashMap::default();
        if !self.may(self.can_occur, &allowed, &mut seen) {
            return None;
        }
        let statuses = self
            .asked
            .iter()
            .map(|asked| {
                if !self.may(asked.can_fail, &allowed, &mut seen) {
                    Status::Certain
                } else if self.may(asked.can_hold, &allowed, &mut seen) {
                    Status::Open
                } else {
                    Status::Excluded
                }
            })
            .collect();
        Some(statuses)
    }

    /// The norms with limits that certainly apply, among those of the positions asked about;
    /// `None` for a situation that contradicts itself. `engine` is the one the plan was made from.
    #[must_use]
    pub fn certain_norms(&self, engine: &Engine, situation: &Situation) -> Option<Vec<NormId>> {
        let allowed = allowed(engine, situation);
        let mut seen = FxHashMap::default();
        if !self.may(self.can_occur, &allowed, &mut seen) {
            return None;
        }
        let certain = self
            .norms
            .iter()
            .filter(|(_, can_fail)| !self.may(*can_fail, &allowed, &mut seen))
            .map(|(norm, _)| *norm)
            .collect();
        Some(certain)
    }

    fn may(
        &self,
        id: ConditionId,
        allowed: &[Classes],
        seen: &mut FxHashMap<ConditionId, bool>,
    ) -> bool {
        if let Some(known) = seen.get(&id) {
            return *known;
        }
        let result = match self.conditions.get(id) {
            Condition::Never => false,
            Condition::Always => true,
            Condition::Is { place, classes } => {
                allowed.get(*place as usize).copied().unwrap_or(0) & classes != 0
            }
            Condition::All(of) => of.iter().all(|part| self.may(*part, allowed, seen)),
            Condition::Any(of) => of.iter().any(|part| self.may(*part, allowed, seen)),
            Condition::AtLeast { least, of } => {
                let count = of
                    .iter()
                    .filter(|part| self.may(**part, allowed, seen))
                    .count();
                count >= *least as usize
            }
        };
        seen.insert(id, result);
        result
    }
}

/// For each place, the classes that agree with the situation.
fn allowed(engine: &Engine, situation: &Situation) -> Vec<Classes> {
    engine
        .layouts()
        .iter()
        .map(|layout| layout.classes(situation.get(layout.fact)))
        .collect()
}
