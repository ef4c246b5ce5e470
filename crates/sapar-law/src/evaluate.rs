//! Exact answers for complete and partial situations.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::{SmallVec, smallvec};

use crate::Situation;
use crate::conflict::Conflict;
use crate::diagram::{Classes, FALSE, NodeId, Reach, TRUE, classes_of};
use crate::engine::{Engine, NormDiagrams, PositionId};
use crate::limits;
use crate::model::{FactId, LimitDef, NormId};

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
                self.fact_ids(StatusFunction::new(self, allowed, &askable).support(holds, yes, no))
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

/// How a position's status depends on the facts that can still be asked, whatever the others are.
///
/// Facts that nobody will ask stay unknown: the status after all questions is certain if the position
/// holds for all their values, excluded if for none, else open. This builds that function of the
/// askable facts as a small diagram of its own, exactly.
pub(crate) struct StatusFunction<'e> {
    engine: &'e Engine,
    allowed: &'e [Classes],
    askable: &'e [bool],
    reach: Reach,
    memo: FxHashMap<(Nodes, Nodes), u32>,
    /// How many entries `memo` may grow to for the position at hand.
    memo_max: usize,
    unique: FxHashMap<(u32, Vec<u32>), u32>,
    merges: FxHashMap<(u32, u32), Option<u32>>,
    /// The same for `merges`.
    merges_max: usize,
    /// Facts and children of the nodes made, after the four leaves.
    made: Vec<(u32, Vec<u32>)>,
    /// The last place that can be asked.
    last_askable: Option<u32>,
    /// The only places asked about for the position at hand, where these settle it.
    only: Option<BTreeSet<u32>>,
}

/// A set of nodes of which any may reach true; mostly one or two.
type Nodes = SmallVec<[NodeId; 4]>;

const CERTAIN: u32 = 0;
const EXCLUDED: u32 = 1;
const OPEN: u32 = 2;
/// The answers so far cannot occur together.
const IMPOSSIBLE: u32 = 3;
const LEAVES: u32 = 4;
/// Past so many steps for one position, every askable fact is said to matter: asking too much is safe, asking too little is not.
const STEPS_MAX: usize = 20_000;

impl<'e> StatusFunction<'e> {
    pub fn new(engine: &'e Engine, allowed: &'e [Classes], askable: &'e [bool]) -> Self {
        let last_askable = (0u32..)
            .zip(askable)
            .filter(|(place, askable)| {
                **askable
                    && allowed
                        .get(*place as usize)
                        .is_some_and(|classes| !classes.is_power_of_two())
            })
            .map(|(place, _)| place)
            .last();
        Self {
            engine,
            allowed,
            askable,
            reach: engine.reach(allowed),
            memo: FxHashMap::default(),
            memo_max: 0,
            unique: FxHashMap::default(),
            merges: FxHashMap::default(),
            merges_max: 0,
            made: Vec::new(),
            last_askable,
            only: None,
        }
    }

    /// Places of askable facts whose answers settle the status, whatever the others are answered;
    /// each of them can change it after some answers to others, unless the bound on steps was met.
    ///
    /// `holds` is the diagram without the invariants, `yes` and `no` those within them.
    pub fn support(&mut self, holds: NodeId, yes: NodeId, no: NodeId) -> BTreeSet<u32> {
        let own = self.engine.table.support(holds);
        self.aim(&own);
        let Some(mut root) = self.status(smallvec![yes], smallvec![no]) else {
            let mut places = self.engine.table.support(yes);
            places.extend(self.engine.table.support(no));
            places.retain(|place| self.asks(*place));
            return places;
        };
        // A fact can stand in the diagram only because some of its answers exclude others; then the
        // rest decides without it, and it need not be asked. The facts of the norms' own words are
        // given up last, and later facts before earlier ones.
        let mut nodes = self.nodes_by_place(root);
        let foreign: BTreeSet<u32> = nodes
            .keys()
            .copied()
            .filter(|place| !own.contains(place))
            .collect();
        let mut candidates: Vec<u32> = nodes.keys().rev().copied().collect();
        if !foreign.is_empty()
            && let Some(simpler) = self.without(root, &foreign, &mut FxHashMap::default())
        {
            root = simpler;
            nodes = self.nodes_by_place(root);
            candidates.retain(|place| !foreign.contains(place));
        }
        let mut kept = BTreeSet::new();
        for place in candidates {
            let Some(at) = nodes.get(&place) else {
                continue;
            };
            if at.iter().all(|node| self.is_indifferent(*node))
                && let Some(simpler) =
                    self.without(root, &BTreeSet::from([place]), &mut FxHashMap::default())
            {
                root = simpler;
                nodes = self.nodes_by_place(root);
            } else {
                kept.insert(place);
            }
        }
        kept
    }

    /// Whether answers to the askable facts can rule out what holds in some completion; too many steps count as yes.
    pub fn can_be_excluded(&mut self, holds: NodeId, yes: NodeId, no: NodeId) -> bool {
        let own = self.engine.table.support(holds);
        self.aim(&own);
        let Some(root) = self.status(smallvec![yes], smallvec![no]) else {
            return own.iter().any(|place| self.asks(*place));
        };
        let mut seen = FxHashSet::default();
        let mut todo = vec![root];
        while let Some(node) = todo.pop() {
            if node == EXCLUDED {
                return true;
            }
            if let Some((_, children)) = self.inner(node)
                && seen.insert(node)
            {
                todo.extend(children);
            }
        }
        false
    }

    /// Turns to another position, whose norms speak of these places.
    fn aim(&mut self, own: &BTreeSet<u32>) {
        let only = Some(self.telling(own));
        if only != self.only {
            // What was found counted on other questions.
            self.memo = FxHashMap::default();
            self.only = only;
        }
        self.memo_max = self.memo.len() + STEPS_MAX;
        self.merges_max = self.merges.len() + STEPS_MAX;
    }

    /// The facts that can tell anything about a position whose norms speak of these places: they themselves,
    /// and whatever an invariant ties to one of them that cannot be asked. What is tied only by way of facts that
    /// are known or of the norms' own words that can be asked tells nothing more once these are answered.
    fn telling(&self, own: &BTreeSet<u32>) -> BTreeSet<u32> {
        let ends =
            |place: &u32| self.is_known(*place) || (own.contains(place) && self.is_askable(*place));
        let mut telling = own.clone();
        let mut todo: Vec<u32> = own.iter().copied().filter(|place| !ends(place)).collect();
        let mut used = vec![false; self.engine.ties.len()];
        while let Some(place) = todo.pop() {
            for (tie, used) in self.engine.ties.iter().zip(&mut used) {
                if *used || !tie.contains(&place) {
                    continue;
                }
                *used = true;
                for other in tie {
                    if !ends(other) && telling.insert(*other) {
                        todo.push(*other);
                    }
                }
            }
        }
        telling
    }

    /// Whether one function can stand for all answers to the question at this node.
    fn is_indifferent(&mut self, node: u32) -> bool {
        let Some((_, children)) = self.inner(node).cloned() else {
            return true;
        };
        children
            .into_iter()
            .try_fold(IMPOSSIBLE, |all, child| self.merged(all, child))
            .is_some()
    }

    /// Nodes below a root, by the place of their fact.
    fn nodes_by_place(&self, root: u32) -> BTreeMap<u32, Vec<u32>> {
        let mut nodes: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut seen = FxHashSet::default();
        let mut todo = vec![root];
        while let Some(node) = todo.pop() {
            if let Some((place, children)) = self.inner(node)
                && seen.insert(node)
            {
                nodes.entry(*place).or_default().push(node);
                todo.extend(children);
            }
        }
        nodes
    }

    fn inner(&self, node: u32) -> Option<&(u32, Vec<u32>)> {
        node.checked_sub(LEAVES)
            .and_then(|made| self.made.get(made as usize))
    }

    /// The same function without these facts; `None` when they make a difference.
    fn without(
        &mut self,
        node: u32,
        places: &BTreeSet<u32>,
        done: &mut FxHashMap<u32, Option<u32>>,
    ) -> Option<u32> {
        let Some((at, children)) = self.inner(node).cloned() else {
            return Some(node);
        };
        if places.last().is_none_or(|last| at > *last) {
            return Some(node);
        }
        if let Some(known) = done.get(&node) {
            return *known;
        }
        let simpler: Option<Vec<u32>> = children
            .into_iter()
            .map(|child| self.without(child, places, done))
            .collect();
        let result = match simpler {
            Some(children) if places.contains(&at) => children
                .into_iter()
                .try_fold(IMPOSSIBLE, |all, child| self.merged(all, child)),
            Some(children) => Some(self.make(at, children)),
            None => None,
        };
        done.insert(node, result);
        result
    }

    /// One function that agrees with both wherever they are possible; `None` when they differ somewhere.
    fn merged(&mut self, left: u32, right: u32) -> Option<u32> {
        if left == right || right == IMPOSSIBLE {
            return Some(left);
        }
        if left == IMPOSSIBLE {
            return Some(right);
        }
        let key = (left.min(right), left.max(right));
        if let Some(known) = self.merges.get(&key) {
            return *known;
        }
        if self.merges.len() >= self.merges_max {
            return None;
        }
        let at = |node: Option<&(u32, Vec<u32>)>| node.map_or(u32::MAX, |(place, _)| *place);
        let place = at(self.inner(left)).min(at(self.inner(right)));
        let result = if place == u32::MAX {
            // Two different statuses.
            None
        } else {
            let below = |status: &Self, node: u32, count: usize| match status.inner(node) {
                Some((at, children)) if *at == place => children.clone(),
                _ => vec![node; count],
            };
            let nodes = self.inner(left).into_iter().chain(self.inner(right));
            let count = nodes
                .filter(|(at, _)| *at == place)
                .map(|(_, all)| all.len())
                .max()
                .unwrap_or(0);
            let (one, other) = (below(self, left, count), below(self, right, count));
            let merged: Option<Vec<u32>> = one
                .into_iter()
                .zip(other)
                .map(|(one, other)| self.merged(one, other))
                .collect();
            merged.map(|children| self.make(place, children))
        };
        self.merges.insert(key, result);
        result
    }

    fn asks(&self, place: u32) -> bool {
        self.is_askable(place)
            && !self.is_known(place)
            && self.only.as_ref().is_none_or(|only| only.contains(&place))
    }

    fn is_askable(&self, place: u32) -> bool {
        self.askable.get(place as usize).copied().unwrap_or(false)
    }

    fn is_known(&self, place: u32) -> bool {
        self.allowed
            .get(place as usize)
            .is_some_and(|classes| classes.is_power_of_two())
    }

    /// The status as a node; `None` when there are too many steps.
    fn status(&mut self, mut yes: Nodes, mut no: Nodes) -> Option<u32> {
        self.prune(&mut yes);
        self.prune(&mut no);
        match (yes.is_empty(), no.is_empty()) {
            (true, true) => return Some(IMPOSSIBLE),
            (true, false) => return Some(EXCLUDED),
            (false, true) => return Some(CERTAIN),
            (false, false) => {}
        }
        let place = yes
            .iter()
            .chain(&no)
            .map(|node| self.engine.table.place(*node))
            .min()
            .unwrap_or(u32::MAX);
        if self.last_askable.is_none_or(|last| place > last) {
            return Some(OPEN);
        }
        let key = (yes, no);
        if let Some(known) = self.memo.get(&key) {
            return Some(*known);
        }
        if self.memo.len() >= self.memo_max {
            return None;
        }
        let (yes, no) = &key;
        let classes = self.allowed.get(place as usize).copied().unwrap_or(0);
        let result = if self.asks(place) {
            let mut children = Vec::new();
            for class in classes_of(classes) {
                let yes = self.step(yes, place, 1 << class);
                let no = self.step(no, place, 1 << class);
                children.push(self.status(yes, no)?);
            }
            self.make(place, children)
        } else {
            let yes = self.step(yes, place, classes);
            let no = self.step(no, place, classes);
            self.status(yes, no)?
        };
        self.memo.insert(key, result);
        Some(result)
    }

    /// The nodes after one fact has one of these classes.
    fn step(&self, nodes: &Nodes, place: u32, classes: Classes) -> Nodes {
        let table = &self.engine.table;
        let mut next = Nodes::new();
        for node in nodes {
            if table.place(*node) == place {
                let children = table.children(*node);
                next.extend(
                    classes_of(classes).filter_map(|class| children.get(class as usize).copied()),
                );
            } else {
                next.push(*node);
            }
        }
        next
    }

    /// Drops nodes that no longer reach true; a true among them settles the set.
    fn prune(&mut self, nodes: &mut Nodes) {
        if nodes.contains(&TRUE) {
            nodes.clear();
            nodes.push(TRUE);
            return;
        }
        nodes.retain(|node| *node != FALSE && self.reach.get(*node));
        if nodes.len() > 1 {
            nodes.sort_unstable();
            nodes.dedup();
        }
    }

    fn make(&mut self, place: u32, children: Vec<u32>) -> u32 {
        if let Some(first) = children.first()
            && children.iter().all(|child| child == first)
        {
            return *first;
        }
        let key = (place, children);
        if let Some(node) = self.unique.get(&key) {
            return *node;
        }
        let node = LEAVES + u32::try_from(self.made.len()).unwrap_or(u32::MAX - LEAVES);
        self.made.push(key.clone());
        self.unique.insert(key, node);
        node
    }
}
