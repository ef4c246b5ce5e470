//! How the status of a position depends on the answers that can still be given.

use std::collections::BTreeSet;
use std::sync::Arc;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::diagram::{Classes, FALSE, NodeId, TRUE, Table, classes_of};
use crate::engine::Engine;
use crate::functions::{CERTAIN, Children, EXCLUDED, Function, Functions, IMPOSSIBLE, OPEN};
use crate::ties::{Consequences, Ties};
use crate::world::{Known, World};

/// What is asked about: a position, or a condition that keeps a role from asking.
#[derive(Debug, Clone, Default)]
pub(crate) struct Aim {
    /// Places of the facts it speaks of itself.
    pub own: BTreeSet<u32>,
    /// It holds; the invariants are left out.
    pub holds: NodeId,
}

impl Aim {
    /// What is asked about, in the engine's table.
    pub fn new(table: &Table, holds: NodeId) -> Self {
        Self {
            own: table.support(holds),
            holds,
        }
    }
}

/// What was found for a position, kept until something is learned that can change it.
#[derive(Debug, Clone)]
pub(crate) struct Settled {
    /// Places of askable facts whose answers settle the status, whatever the others are answered;
    /// each of them can change it after some answers to others, unless the bound on steps was met.
    pub support: BTreeSet<u32>,
    /// The status by the answers to the facts asked about; `None` when finding it took too many steps.
    function: Option<Function>,
    /// Places of the facts that can tell anything about it.
    telling: FixedBitSet,
    /// Those of them that were asked about.
    asked: FixedBitSet,
}

/// What changed since something was settled.
#[derive(Debug, Clone)]
pub(crate) struct News {
    /// What follows from each fact that was learned.
    pub consequences: Vec<Consequences>,
    /// Places of unknown facts that can be asked for now and could not before, or the other way round.
    pub permission: FixedBitSet,
}

/// How a position's status depends on the facts that can still be asked, whatever the others are.
///
/// Facts that nobody will ask stay unknown: the status after all questions is certain if the position
/// holds for all their values, excluded if for none, else open. This builds that function of the
/// askable facts as a small diagram of its own, exactly.
pub(crate) struct StatusFunction<'e> {
    ties: &'e Ties,
    known: &'e Known<'e>,
    world: World<'e>,
    allowed: &'e [Classes],
    askable: &'e [bool],
    /// Sets of several nodes of which any may reach true, each with the first place it depends on.
    sets: Vec<(u32, Nodes)>,
    set_ids: FxHashMap<Nodes, SetId>,
    /// What was found, by what may make it hold, what may not, and what is asked from there on.
    memo: FxHashMap<(SetId, SetId, u32), u32>,
    /// How many entries `memo` may grow to for the position at hand.
    memo_max: usize,
    functions: Functions,
    /// The places asked about for the position at hand.
    asked: FixedBitSet,
    /// The last place that is.
    last_asked: Option<u32>,
    /// For each place, a number for what is asked from it on: positions of which the same is asked
    /// from there on share what was found.
    rest: Vec<u32>,
    rest_ids: FxHashMap<(bool, u32), u32>,
}

/// Several nodes, in order.
type Nodes = SmallVec<[NodeId; 4]>;

/// A set of nodes of which any may reach true: a node stands for itself alone, false for none,
/// and a number from [`SEVERAL`] on for several.
type SetId = u32;
const SEVERAL: SetId = 1 << 31;

/// Past so many steps for one position, every askable fact is said to matter: asking too much is safe, asking too little is not.
pub(crate) const STEPS_MAX: usize = 20_000;

impl<'e> StatusFunction<'e> {
    /// `askable`: for each place, whether its fact can be asked for.
    pub fn new(engine: &'e Engine, known: &'e Known<'e>, askable: &'e [bool]) -> Self {
        Self {
            ties: &engine.ties,
            known,
            world: World::new(known),
            allowed: known.allowed,
            askable,
            sets: Vec::new(),
            set_ids: FxHashMap::default(),
            memo: FxHashMap::default(),
            memo_max: 0,
            functions: Functions::default(),
            asked: FixedBitSet::new(),
            last_asked: None,
            rest: Vec::new(),
            rest_ids: FxHashMap::default(),
        }
    }

    /// What matters to a position.
    pub fn settle(&mut self, aim: &Aim) -> Settled {
        let telling = self.turn_to(aim);
        let root = self.status_of(aim, &telling);
        let support = match root {
            Some(root) => self.functions.minimal_support(&aim.own, root),
            None => self.asked_places(),
        };
        Settled {
            support,
            function: root.map(|root| self.functions.taken_out(root)),
            telling,
            asked: self.asked.clone(),
        }
    }

    fn asked_places(&self) -> BTreeSet<u32> {
        let places = self.asked.ones();
        places
            .filter_map(|place| u32::try_from(place).ok())
            .collect()
    }

    /// What matters to a position after something was learned: from what was found before, where that still says it.
    ///
    /// What was found before is a function of the answers to the facts that tell about the position. Learning one of
    /// them leaves that function with one answer. Learning another fact changes it only through invariants
    /// that are not satisfied yet, and these lead to what [`Consequences`] calls stirred.
    pub fn carry(&mut self, aim: &Aim, before: &Arc<Settled>, news: &News) -> Arc<Settled> {
        let is_left = before.telling.is_disjoint(&news.permission)
            && news
                .consequences
                .iter()
                .all(|one| one.leave(&before.asked, &before.telling));
        let Some(function) = before.function.as_ref().filter(|_| is_left) else {
            return Arc::new(self.settle(aim));
        };
        let learned = |place: u32| {
            let mut all = news.consequences.iter();
            all.find_map(|one| one.learned.get(&place)).copied()
        };
        if !function.places().any(|place| learned(place).is_some()) {
            return Arc::clone(before);
        }
        let root = self.functions.taken_in(function, learned);
        Arc::new(Settled {
            function: Some(self.functions.taken_out(root)),
            support: self.functions.minimal_support(&aim.own, root),
            telling: before.telling.clone(),
            asked: before.asked.clone(),
        })
    }

    /// Whether answers to the askable facts can rule out what holds in some completion; too many steps count as yes.
    pub fn can_be_excluded(&mut self, aim: &Aim) -> bool {
        let telling = self.turn_to(aim);
        let Some(root) = self.status_of(aim, &telling) else {
            return !self.asked.is_clear();
        };
        self.functions.has_leaf(root, EXCLUDED)
    }

    /// Turns to another position; the facts that can tell anything about it.
    fn turn_to(&mut self, aim: &Aim) -> FixedBitSet {
        let mut asked = FixedBitSet::with_capacity(self.askable.len());
        let mut last = None;
        let telling = self.telling(&aim.own);
        for place in telling.ones() {
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            if self.is_askable(place) && !self.is_known(place) {
                asked.insert(place as usize);
                last = Some(place);
            }
        }
        if asked != self.asked {
            self.rest = vec![0; asked.len()];
            let mut after = 0;
            for (place, rest) in self.rest.iter_mut().enumerate().rev() {
                let next = u32::try_from(self.rest_ids.len()).unwrap_or(u32::MAX) + 1;
                after = *self
                    .rest_ids
                    .entry((asked.contains(place), after))
                    .or_insert(next);
                *rest = after;
            }
            self.asked = asked;
            self.last_asked = last;
        }
        self.memo_max = self.memo.len() + STEPS_MAX;
        telling
    }

    /// The facts that can tell anything about a position whose norms speak of these places: they themselves,
    /// and whatever an invariant that can still be broken ties to one of them that cannot be asked. What is tied only
    /// by way of facts that are known or can be asked tells nothing more once these are answered.
    fn telling(&self, own: &BTreeSet<u32>) -> FixedBitSet {
        let mut telling = FixedBitSet::with_capacity(self.allowed.len());
        telling.extend(own.iter().map(|place| *place as usize));
        let ends = |place: u32| self.is_known(place) || self.is_askable(place);
        let start = own.iter().copied().filter(|place| !ends(*place));
        self.ties.spread(
            start,
            &mut telling,
            |number, _| self.known.residuals().contains(number),
            |place| self.is_known(place),
            ends,
        );
        telling
    }

    fn asks(&self, place: u32) -> bool {
        self.asked.contains(place as usize)
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
    fn status_of(&mut self, aim: &Aim, telling: &FixedBitSet) -> Option<u32> {
        let (yes, no) = self.world.split(aim.holds, telling)?;
        self.status(yes, no)
    }

    /// The same for sets of nodes, none of them false.
    fn status(&mut self, mut yes: SetId, mut no: SetId) -> Option<u32> {
        loop {
            match (yes == FALSE, no == FALSE) {
                (true, true) => return Some(IMPOSSIBLE),
                (true, false) => return Some(EXCLUDED),
                (false, true) => return Some(CERTAIN),
                (false, false) => {}
            }
            let place = self.place(yes).min(self.place(no));
            if self.last_asked.is_none_or(|last| place > last) {
                return Some(OPEN);
            }
            let rest = self.rest.get(place as usize).copied().unwrap_or(0);
            if let Some(known) = self.memo.get(&(yes, no, rest)) {
                return Some(*known);
            }
            if self.memo.len() >= self.memo_max {
                return None;
            }
            let classes = self.allowed.get(place as usize).copied().unwrap_or(0);
            if self.asks(place) {
                let mut children = Children::new();
                for class in classes_of(classes) {
                    let yes = self.step(yes, place, 1 << class);
                    let no = self.step(no, place, 1 << class);
                    children.push(self.status(yes, no)?);
                }
                let result = self.functions.make(place, children);
                self.memo.insert((yes, no, rest), result);
                return Some(result);
            }
            let before = (yes, no, rest);
            yes = self.step(yes, place, classes);
            no = self.step(no, place, classes);
            if classes.is_power_of_two() {
                // A step in which nothing is decided, and which is cheaper than remembering it.
                continue;
            }
            let result = self.status(yes, no)?;
            self.memo.insert(before, result);
            return Some(result);
        }
    }

    /// The first place that a set depends on.
    fn place(&self, set: SetId) -> u32 {
        match set.checked_sub(SEVERAL) {
            None => self.world.table().place(set),
            Some(several) => self
                .sets
                .get(several as usize)
                .map_or(u32::MAX, |(place, _)| *place),
        }
    }

    /// The nodes after one fact has one of these classes.
    fn step(&mut self, set: SetId, place: u32, classes: Classes) -> SetId {
        let single = [set];
        let nodes: &[NodeId] = match set.checked_sub(SEVERAL) {
            None => &single,
            Some(several) => match self.sets.get(several as usize) {
                Some((first, nodes)) if *first == place => nodes,
                _ => return set,
            },
        };
        let table = self.world.table();
        let mut next = Nodes::new();
        for node in nodes {
            if table.place(*node) != place {
                next.push(*node);
                continue;
            }
            let children = table.children(*node);
            for class in classes_of(classes) {
                let child = children.get(class as usize).copied().unwrap_or(FALSE);
                if child == TRUE {
                    return TRUE;
                }
                if child != FALSE {
                    next.push(child);
                }
            }
        }
        match next.as_slice() {
            [] => FALSE,
            [node] => *node,
            _ => self.several(next),
        }
    }

    /// The number of a set of nodes.
    fn several(&mut self, mut nodes: Nodes) -> SetId {
        nodes.sort_unstable();
        nodes.dedup();
        if let [node] = nodes.as_slice() {
            return *node;
        }
        if let Some(known) = self.set_ids.get(&nodes) {
            return *known;
        }
        let table = self.world.table();
        let first = nodes.iter().map(|node| table.place(*node)).min();
        let set = SEVERAL + u32::try_from(self.sets.len()).unwrap_or(u32::MAX - SEVERAL);
        self.sets.push((first.unwrap_or(u32::MAX), nodes.clone()));
        self.set_ids.insert(nodes, set);
        set
    }
}
