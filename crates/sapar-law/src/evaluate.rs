//! Exact answers for complete and partial situations.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Situation;
use crate::conflict::Conflict;
use crate::diagram::{Classes, NodeId, Reach, TRUE, classes_of};
use crate::engine::{Engine, NormDiagrams, PositionId};
use crate::limits;
use crate::model::{FactId, LimitDef, NormId};
use crate::status_function::{Aim, StatusFunction};
use crate::world::Known;

/// Whether a position holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// In every completion of the situation.
    Certain,
    /// In some completions, not in all.
    Open,
    /// In no completion.
    Excluded,
}

/// The answer for one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionAnswer {
    /// Which.
    pub position: PositionId,
    /// Whether it holds.
    pub status: Status,
    /// Norms that certainly apply.
    pub supporting: Vec<NormId>,
    /// Norms that apply in some completions.
    pub possible: Vec<NormId>,
    /// The strongest limits of the norms that certainly apply, each with its norm.
    pub limits: Vec<(LimitDef, NormId)>,
    /// Norms whose own condition holds, or may hold, but which are certainly overridden, and by whom.
    pub overridden: Vec<(NormId, NormId)>,
}

/// All answers for one situation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// One answer a position, in the engine's order; excluded positions with nothing overridden are left out.
    pub answers: Vec<PositionAnswer>,
    /// Conflicts among what is certain.
    pub conflicts: Vec<Conflict>,
    /// Conflicts of which one side is certain and the other open.
    pub possible_conflicts: Vec<Conflict>,
}

impl Evaluation {
    /// The status of a position.
    #[must_use]
    pub fn status(&self, position: PositionId) -> Status {
        self.answer(position)
            .map_or(Status::Excluded, |answer| answer.status)
    }

    /// The answer for a position, if it is not simply excluded.
    #[must_use]
    pub fn answer(&self, position: PositionId) -> Option<&PositionAnswer> {
        self.answers
            .binary_search_by_key(&position, |answer| answer.position)
            .ok()
            .and_then(|place| self.answers.get(place))
    }

    /// Answers with a status.
    pub fn with_status(&self, status: Status) -> impl Iterator<Item = &PositionAnswer> {
        self.answers
            .iter()
            .filter(move |answer| answer.status == status)
    }
}

/// A situation that cannot occur, with the facts that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// Known facts of which at least one must be wrong.
    pub facts: Vec<FactId>,
    /// Reasons the vocabulary gives.
    pub because: Vec<String>,
}

impl Engine {
    /// Answers for every position, exactly.
    ///
    /// A position is certain if it holds in every completion of the situation that the invariants permit,
    /// excluded if in none, else open.
    ///
    /// # Errors
    /// When no completion exists: the answers contradict each other.
    pub fn evaluate(&self, situation: &Situation) -> Result<Evaluation, Contradiction> {
        let class_of: Option<Vec<u8>> = self
            .layouts
            .iter()
            .map(|layout| layout.class(situation.get(layout.fact)))
            .collect();
        if let Some(class_of) = class_of {
            return self.evaluate_complete(situation, &class_of);
        }
        let allowed = self.allowed(situation);
        let reach = self.reach(&allowed);
        self.check_possible(&reach, &allowed)?;
        let mut answers = Vec::new();
        for (id, position) in self.position_ids() {
            let status = match (reach.get(position.yes), reach.get(position.no)) {
                (true, false) => Status::Certain,
                (true, true) => Status::Open,
                _ => Status::Excluded,
            };
            let mut answer = PositionAnswer {
                position: id,
                status,
                supporting: Vec::new(),
                possible: Vec::new(),
                limits: Vec::new(),
                overridden: Vec::new(),
            };
            for place in &position.members {
                let Some(norm) = self.norms.get(*place) else {
                    continue;
                };
                match (reach.get(norm.yes), reach.get(norm.no)) {
                    (true, false) => answer.supporting.push(norm.norm),
                    (true, true) => answer.possible.push(norm.norm),
                    _ if reach.get(norm.overridden) => {
                        for over in self.overriders.get(*place).into_iter().flatten() {
                            if let Some(over) = self.norms.get(*over)
                                && reach.get(over.yes)
                                && !reach.get(over.no)
                            {
                                answer.overridden.push((norm.norm, over.norm));
                            }
                        }
                    }
                    _ => {}
                }
            }
            self.finish(answer, &mut answers);
        }
        Ok(self.with_conflicts(answers))
    }

    /// The same for a situation in which every fact that matters is known: one walk a norm.
    fn evaluate_complete(
        &self,
        situation: &Situation,
        class_of: &[u8],
    ) -> Result<Evaluation, Contradiction> {
        let walks = &self.walks;
        if !walks.is_possible(class_of) {
            let allowed = self.allowed(situation);
            self.check_possible(&self.reach(&allowed), &allowed)?;
        }
        let mut answers = Vec::with_capacity(self.positions().len());
        for (id, position) in self.position_ids() {
            let mut answer = PositionAnswer {
                position: id,
                status: Status::Excluded,
                supporting: Vec::new(),
                possible: Vec::new(),
                limits: Vec::new(),
                overridden: Vec::new(),
            };
            for place in &position.members {
                let Some(norm) = self.norms.get(*place) else {
                    continue;
                };
                if walks.applies(*place, class_of) {
                    answer.status = Status::Certain;
                    answer.supporting.push(norm.norm);
                    continue;
                }
                let overriders = self.overriders.get(*place).map_or(&[][..], Vec::as_slice);
                if !overriders.is_empty() && walks.base(*place, class_of) {
                    answer.overridden.extend(
                        overriders
                            .iter()
                            .filter(|over| walks.applies(**over, class_of))
                            .filter_map(|over| self.norms.get(*over))
                            .map(|over| (norm.norm, over.norm)),
                    );
                }
            }
            self.finish(answer, &mut answers);
        }
        Ok(self.with_conflicts(answers))
    }

    fn finish(&self, mut answer: PositionAnswer, answers: &mut Vec<PositionAnswer>) {
        if answer.status == Status::Excluded && answer.overridden.is_empty() {
            return;
        }
        let library = self.library();
        for norm in &answer.supporting {
            for limit in &library.norm(*norm).limits {
                limits::keep_strongest(&mut answer.limits, *limit, *norm);
            }
        }
        answers.push(answer);
    }

    fn with_conflicts(&self, answers: Vec<PositionAnswer>) -> Evaluation {
        let (conflicts, possible_conflicts) = self.conflicts(&answers);
        Evaluation {
            answers,
            conflicts,
            possible_conflicts,
        }
    }

    /// Whether any completion exists.
    ///
    /// # Errors
    /// When none does: the answers contradict each other.
    pub fn contradiction(&self, situation: &Situation) -> Result<(), Contradiction> {
        let allowed = self.allowed(situation);
        let mut seen = FxHashMap::default();
        let is_possible = self
            .groups
            .iter()
            .all(|(_, root)| self.table.can_reach(*root, &allowed, &mut seen));
        if is_possible {
            return Ok(());
        }
        self.check_possible(&self.reach(&allowed), &allowed)
    }

    pub(crate) fn check_possible(
        &self,
        reach: &Reach,
        allowed: &[Classes],
    ) -> Result<(), Contradiction> {
        let Some((members, root)) = self.groups.iter().find(|(_, root)| !reach.get(*root)) else {
            return Ok(());
        };
        let facts = self.minimal(*root, allowed);
        let because = members
            .iter()
            .filter_map(|index| self.library().nevers.get(*index))
            .filter(|never| {
                crate::compile::facts_of(self.library(), &never.formula)
                    .is_ok_and(|used| facts.iter().all(|fact| used.contains(fact)))
            })
            .map(|never| never.because.clone())
            .collect();
        Err(Contradiction { facts, because })
    }

    /// The facts that decide a position in this situation.
    ///
    /// For a certain or excluded position: known facts that suffice alone, none of which can be left out.
    /// For an open one: unknown facts whose answers can still change it, in the safe order.
    #[must_use]
    pub fn deciding(&self, situation: &Situation, position: PositionId) -> Vec<FactId> {
        let allowed = self.allowed(situation);
        let position = self.position(position);
        self.deciding_between(position.holds, position.yes, position.no, &allowed)
    }

    /// Whether a norm certainly applies, may apply, or does not, and the facts that decide it.
    ///
    /// The status is exact. The facts are those of the norm's own words where these decide alone,
    /// so that its article can be read with them; else as for [`Engine::deciding`].
    /// A norm that is not of this engine is excluded by no fact.
    #[must_use]
    pub fn norm_reason(&self, situation: &Situation, norm: NormId) -> (Status, Vec<FactId>) {
        match self.norms.iter().find(|known| known.norm == norm) {
            Some(norm) => self.reason(&self.allowed(situation), norm),
            None => (Status::Excluded, Vec::new()),
        }
    }

    /// The same, for a norm of this engine and the classes the situation allows.
    pub(crate) fn reason(&self, allowed: &[Classes], norm: &NormDiagrams) -> (Status, Vec<FactId>) {
        let mut seen = FxHashMap::default();
        // What holds whatever the invariants say holds within them; these diagrams are small.
        if !self.table.can_reach(norm.fails, allowed, &mut seen) {
            return (Status::Certain, self.minimal(norm.fails, allowed));
        }
        if !self.table.can_reach(norm.applies, allowed, &mut seen) {
            return (Status::Excluded, self.minimal(norm.applies, allowed));
        }
        let status = match (
            self.table.can_reach(norm.yes, allowed, &mut seen),
            self.table.can_reach(norm.no, allowed, &mut seen),
        ) {
            (true, false) => Status::Certain,
            (true, true) => Status::Open,
            _ => Status::Excluded,
        };
        let deciding = self.deciding_between(norm.applies, norm.yes, norm.no, allowed);
        (status, deciding)
    }

    /// Whether a norm certainly applies, may apply, or does not.
    #[must_use]
    pub fn norm_status(&self, situation: &Situation, norm: NormId) -> Status {
        self.norm_reason(situation, norm).0
    }

    fn deciding_between(
        &self,
        holds: NodeId,
        yes: NodeId,
        no: NodeId,
        allowed: &[Classes],
    ) -> Vec<FactId> {
        let mut seen = FxHashMap::default();
        let can_yes = self.table.can_reach(yes, allowed, &mut seen);
        let can_no = self.table.can_reach(no, allowed, &mut seen);
        match (can_yes, can_no) {
            (true, false) => self.minimal(no, allowed),
            (false, _) => self.minimal(yes, allowed),
            (true, true) => {
                let askable = vec![true; self.layouts.len()];
                let known = Known::new(self, allowed);
                let mut status = StatusFunction::new(self, &known, &askable);
                self.fact_ids(status.settle(&Aim::new(&self.table, holds)).support)
            }
        }
    }

    /// Known facts that alone keep true from being reached below `root`; none can be left out.
    ///
    /// Later facts in the safe order are given up first, so that what was observed explains.
    /// That is from the bottom of the diagram up: what can be reached below a place is settled
    /// before the place itself is tried, so every node is looked at once.
    fn minimal(&self, root: NodeId, allowed: &[Classes]) -> Vec<FactId> {
        let mut reached: Vec<(u32, NodeId)> = Vec::new();
        let mut visited = FxHashSet::default();
        let mut todo = vec![root];
        while let Some(node) = todo.pop() {
            if node <= TRUE || !visited.insert(node) {
                continue;
            }
            let place = self.table.place(node);
            reached.push((place, node));
            let children = self.table.children(node);
            let mask = allowed.get(place as usize).copied().unwrap_or(0);
            todo.extend(classes_of(mask).filter_map(|class| children.get(class as usize)));
        }
        reached.sort_unstable();
        // Where no way passes, a fact keeps nothing from anything.
        let mut kept = self.anything.clone();
        let mut seen = FxHashMap::default();
        let mut result = BTreeSet::new();
        for nodes in reached.chunk_by(|(one, _), (other, _)| one == other).rev() {
            let Some((place, _)) = nodes.first() else {
                continue;
            };
            let at = *place as usize;
            let (Some(known), Some(slot)) = (allowed.get(at), kept.get_mut(at)) else {
                continue;
            };
            if *known == *slot {
                continue;
            }
            let opens = nodes
                .iter()
                .flat_map(|(_, node)| self.table.children(*node))
                .any(|child| self.table.can_reach(*child, &kept, &mut seen));
            if opens {
                if let Some(slot) = kept.get_mut(at) {
                    *slot = *known;
                }
                result.insert(*place);
            }
        }
        self.fact_ids(result)
    }

    pub(crate) fn fact_ids(&self, places: BTreeSet<u32>) -> Vec<FactId> {
        places
            .into_iter()
            .filter_map(|place| self.layouts.get(place as usize).map(|layout| layout.fact))
            .collect()
    }
}
