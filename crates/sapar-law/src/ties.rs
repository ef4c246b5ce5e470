//! Which facts tell about which: those that share an invariant.

use std::cell::RefCell;
use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use crate::diagram::{Classes, NodeId, Table, classes_of};

/// What can never be, as diagrams of the engine's table.
#[derive(Debug, Clone)]
pub(crate) struct Invariant {
    /// Places of its facts.
    pub places: Vec<u32>,
    /// It is kept.
    pub kept: NodeId,
    /// It is broken.
    pub broken: NodeId,
}

/// All invariants that have a part in an engine's diagrams.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ties {
    invariants: Vec<Invariant>,
    /// The invariants of each place, by number.
    of_place: Vec<Vec<usize>>,
    /// What is left of each invariant while nothing is known; `None` if it can never be broken.
    at_first: Vec<Option<Residual>>,
    /// For each place, every class: nothing is known.
    anything: Vec<Classes>,
}

/// A fact of which one class is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Learned {
    /// How many smaller classes were allowed before: the place of the class among those.
    pub child: usize,
}

/// What follows from learning one fact more.
#[derive(Debug, Clone, Default)]
pub(crate) struct Consequences {
    /// Facts of which one class is left: this one, and those that one invariant alone settles, step by step.
    pub learned: BTreeMap<u32, Learned>,
    /// Facts of which fewer classes are left than before, and more than one.
    narrowed: FixedBitSet,
    /// Places of unknown facts that what was learned may say something about beyond that.
    stirred: FixedBitSet,
    /// Invariants among these that can still be broken.
    residual: Residuals,
    /// Those of them that speak of something learned, by their place in the list.
    touched: Vec<usize>,
}

/// What is left of an invariant once some of its facts are known.
#[derive(Debug, Clone)]
struct Residual {
    /// Which invariant.
    number: usize,
    /// Its unknown facts, and for each the classes with which it is kept whatever the others are.
    unknown: Vec<(u32, Classes)>,
}

/// Invariants that can still be broken.
#[derive(Debug, Clone, Default)]
pub(crate) struct Residuals(Vec<Residual>);

impl Residuals {
    /// Those that cannot be kept whatever these facts are, by their place in the list.
    ///
    /// A fact that is not among them and has a value with which all its invariants are kept is given that value,
    /// and these need no more thought; and so on.
    fn that_bind(&self, telling: &FixedBitSet) -> FixedBitSet {
        let mut left = FixedBitSet::with_capacity(self.0.len());
        left.insert_range(..);
        // For each fact that is free to choose, what keeps all its invariants that are left.
        let mut keeps: Vec<Classes> = Vec::new();
        loop {
            keeps.clear();
            for residual in left.ones().filter_map(|index| self.0.get(index)) {
                for (place, classes) in &residual.unknown {
                    let place = *place as usize;
                    if keeps.len() <= place {
                        keeps.resize(place + 1, Classes::MAX);
                    }
                    if let Some(keeps) = keeps.get_mut(place) {
                        *keeps &= if telling.contains(place) { 0 } else { *classes };
                    }
                }
            }
            let is_kept = |index: &usize| {
                let mut places = self.0.get(*index).into_iter().flat_map(|one| &one.unknown);
                places.any(|(place, _)| keeps.get(*place as usize).is_some_and(|keeps| *keeps != 0))
            };
            let kept: Vec<usize> = left.ones().filter(is_kept).collect();
            if kept.is_empty() {
                return left;
            }
            for index in kept {
                left.remove(index);
            }
        }
    }

    /// Whether an invariant is among them.
    pub fn contains(&self, number: usize) -> bool {
        self.0
            .binary_search_by_key(&number, |residual| residual.number)
            .is_ok()
    }

    /// The numbers of the invariants that can rule out values of these facts: without those that can be kept
    /// whatever these facts are, and without those that nothing ties to them.
    pub fn bearing_on(&self, telling: &FixedBitSet) -> Vec<usize> {
        let mut waiting: Vec<&Residual> = self
            .that_bind(telling)
            .ones()
            .filter_map(|index| self.0.get(index))
            .collect();
        let mut reached = telling.clone();
        let mut numbers = Vec::new();
        loop {
            let before = numbers.len();
            waiting.retain(|residual| {
                let mut places = residual.unknown.iter().map(|(place, _)| *place as usize);
                let is_tied = places.any(|place| reached.contains(place));
                if is_tied {
                    numbers.push(residual.number);
                    reached.extend(residual.unknown.iter().map(|(place, _)| *place as usize));
                }
                !is_tied
            });
            if numbers.len() == before {
                numbers.sort_unstable();
                return numbers;
            }
        }
    }
}

impl Consequences {
    /// Whether what was found by the answers to the facts `asked` still says all, once those learned have one answer;
    /// `telling` are all facts that can tell anything, asked or not.
    ///
    /// It does where every invariant that speaks of something learned can be kept whatever `telling` are:
    /// such an invariant rules out no answers that were not ruled out before.
    pub fn leave(&self, asked: &FixedBitSet, telling: &FixedBitSet) -> bool {
        let mut learned = self.learned.keys().map(|place| *place as usize);
        learned.all(|place| asked.contains(place) || !telling.contains(place))
            && telling.is_disjoint(&self.narrowed)
            && (telling.is_disjoint(&self.stirred) || self.can_be_kept(telling))
    }

    /// Whether the touched invariants can be kept whatever these facts are.
    fn can_be_kept(&self, telling: &FixedBitSet) -> bool {
        let binding = self.residual.that_bind(telling);
        self.touched.iter().all(|index| !binding.contains(*index))
    }
}

impl Ties {
    /// `anything`: for each place, every class of its fact.
    pub fn new(invariants: Vec<Invariant>, table: &Table, anything: Vec<Classes>) -> Self {
        let mut of_place = vec![Vec::new(); anything.len()];
        for (number, invariant) in invariants.iter().enumerate() {
            for place in &invariant.places {
                if let Some(of_place) = of_place.get_mut(*place as usize) {
                    of_place.push(number);
                }
            }
        }
        let mut ties = Self {
            invariants,
            of_place,
            at_first: Vec::new(),
            anything,
        };
        let mut learning = Learning::new(&ties, table, &ties.anything);
        ties.at_first = (0..ties.invariants.len())
            .map(|number| learning.residual(number))
            .collect();
        ties
    }

    fn of(&self, place: u32) -> &[usize] {
        self.of_place.get(place as usize).map_or(&[], Vec::as_slice)
    }

    /// Adds all that these invariants tie to some places, directly or through others: without what is left out,
    /// and without going beyond an end.
    pub fn spread(
        &self,
        start: impl IntoIterator<Item = u32>,
        all: &mut FixedBitSet,
        ties: impl Fn(usize, &Invariant) -> bool,
        is_left_out: impl Fn(u32) -> bool,
        ends: impl Fn(u32) -> bool,
    ) {
        let mut todo: Vec<u32> = start.into_iter().collect();
        let mut used = FixedBitSet::with_capacity(self.invariants.len());
        while let Some(place) = todo.pop() {
            for number in self.of(place) {
                if used.put(*number) {
                    continue;
                }
                let Some(invariant) = self.invariants.get(*number) else {
                    continue;
                };
                if !ties(*number, invariant) {
                    continue;
                }
                for other in &invariant.places {
                    if !is_left_out(*other) && !all.put(*other as usize) && !ends(*other) {
                        todo.push(*other);
                    }
                }
            }
        }
    }

    /// What is left of the invariants where these classes are allowed.
    pub fn residuals(&self, table: &Table, allowed: &[Classes]) -> Residuals {
        Learning::new(self, table, allowed).residuals(|_| true)
    }

    /// The diagram of what an invariant permits.
    pub fn kept(&self, number: usize) -> Option<NodeId> {
        self.invariants.get(number).map(|invariant| invariant.kept)
    }

    /// What follows as the classes `before` become those allowed `now`, one fact after the other;
    /// these contradict nothing.
    pub fn consequences(
        &self,
        table: &Table,
        before: &[Classes],
        now: &[Classes],
    ) -> Vec<Consequences> {
        let mut so_far = before.to_vec();
        let mut all = Vec::new();
        for (place, (before, now)) in (0u32..).zip(before.iter().zip(now)) {
            if before == now {
                continue;
            }
            let mut learning = Learning::new(self, table, &so_far);
            learning.narrow(place, *now);
            all.push(learning.consequences(place));
            if let Some(slot) = so_far.get_mut(place as usize) {
                *slot = *now;
            }
        }
        all
    }
}

struct Learning<'t> {
    ties: &'t Ties,
    table: &'t Table,
    before: &'t [Classes],
    now: Vec<Classes>,
    learned: BTreeMap<u32, Learned>,
    narrowed: FixedBitSet,
    /// What reaches true, for one question at a time.
    seen: RefCell<FxHashMap<NodeId, bool>>,
}

impl<'t> Learning<'t> {
    fn new(ties: &'t Ties, table: &'t Table, before: &'t [Classes]) -> Self {
        Self {
            ties,
            table,
            before,
            now: before.to_vec(),
            learned: BTreeMap::new(),
            narrowed: FixedBitSet::with_capacity(before.len()),
            seen: RefCell::default(),
        }
    }

    fn consequences(mut self, place: u32) -> Consequences {
        let touched = self.follow(self.ties.of(place).to_vec());
        let mut stirred = self.narrowed.clone();
        let broken: Vec<&Invariant> = touched
            .ones()
            .filter_map(|number| self.ties.invariants.get(number))
            .filter(|invariant| self.can_be_broken(invariant))
            .collect();
        for invariant in broken {
            let unknown = invariant
                .places
                .iter()
                .filter(|place| !self.is_known(**place));
            stirred.extend(unknown.map(|place| *place as usize));
        }
        let start: Vec<u32> = stirred
            .ones()
            .filter_map(|place| u32::try_from(place).ok())
            .collect();
        self.ties.spread(
            start,
            &mut stirred,
            |_, invariant| self.can_be_broken(invariant),
            |place| self.is_known(place),
            |_| false,
        );
        let residual = self.residuals(|invariant| {
            let mut places = invariant.places.iter();
            places.any(|place| stirred.contains(*place as usize))
        });
        let touched = (0..)
            .zip(&residual.0)
            .filter(|(_, residual)| touched.contains(residual.number))
            .map(|(index, _)| index)
            .collect();
        Consequences {
            narrowed: self.narrowed,
            learned: self.learned,
            stirred,
            residual,
            touched,
        }
    }

    /// What is left of those invariants that can still be broken.
    fn residuals(&mut self, counts: impl Fn(&Invariant) -> bool) -> Residuals {
        let ties = self.ties;
        let mut all = Vec::new();
        for (number, invariant) in ties.invariants.iter().enumerate() {
            if !counts(invariant) {
                continue;
            }
            let anything = |place: &u32| ties.anything.get(*place as usize).copied();
            let is_new = |place| anything(place) == Some(self.left(*place));
            if invariant.places.iter().all(is_new) {
                all.extend(ties.at_first.get(number).cloned().flatten());
            } else {
                all.extend(self.residual(number));
            }
        }
        Residuals(all)
    }

    fn residual(&mut self, number: usize) -> Option<Residual> {
        let invariant = self.ties.invariants.get(number)?;
        if !self.can_be_broken(invariant) {
            return None;
        }
        let mut unknown = Vec::new();
        for place in &invariant.places {
            if !self.is_known(*place) {
                unknown.push((*place, self.keeping(invariant, *place)));
            }
        }
        Some(Residual { number, unknown })
    }

    /// Narrows what these invariants narrow, and so on; the invariants that speak of something narrowed.
    fn follow(&mut self, mut todo: Vec<usize>) -> FixedBitSet {
        let ties = self.ties;
        let mut touched = FixedBitSet::with_capacity(ties.invariants.len());
        while let Some(number) = todo.pop() {
            let Some(invariant) = ties.invariants.get(number) else {
                continue;
            };
            touched.insert(number);
            if !self.can_be_broken(invariant) {
                continue;
            }
            for place in &invariant.places {
                let left = self.left(*place);
                if left.is_power_of_two() {
                    continue;
                }
                let possible = self.classes(*place, |learning| learning.can_reach(invariant.kept));
                if possible != left {
                    self.narrow(*place, possible);
                    todo.extend_from_slice(ties.of(*place));
                }
            }
        }
        touched
    }

    /// The classes of a fact with which an invariant is kept whatever the others are.
    fn keeping(&mut self, invariant: &Invariant, place: u32) -> Classes {
        self.classes(place, |learning| !learning.can_be_broken(invariant))
    }

    /// The classes left of a fact with which something is so.
    fn classes(&mut self, place: u32, is_so: impl Fn(&Self) -> bool) -> Classes {
        let left = self.left(place);
        let mut found = 0;
        for class in classes_of(left) {
            if let Some(slot) = self.now.get_mut(place as usize) {
                *slot = 1 << class;
            }
            if is_so(self) {
                found |= 1 << class;
            }
        }
        if let Some(slot) = self.now.get_mut(place as usize) {
            *slot = left;
        }
        found
    }

    /// Only these classes of a fact are left.
    fn narrow(&mut self, place: u32, classes: Classes) {
        if let Some(slot) = self.now.get_mut(place as usize) {
            *slot = classes;
        }
        if classes.is_power_of_two() {
            let before = self.before.get(place as usize).copied().unwrap_or(0);
            let smaller = before & (classes - 1);
            let child = smaller.count_ones() as usize;
            self.learned.insert(place, Learned { child });
            self.narrowed.set(place as usize, false);
        } else {
            self.narrowed.insert(place as usize);
        }
    }

    fn left(&self, place: u32) -> Classes {
        self.now.get(place as usize).copied().unwrap_or(0)
    }

    fn is_known(&self, place: u32) -> bool {
        self.left(place).is_power_of_two()
    }

    fn can_be_broken(&self, invariant: &Invariant) -> bool {
        self.can_reach(invariant.broken)
    }

    fn can_reach(&self, node: NodeId) -> bool {
        let mut seen = self.seen.borrow_mut();
        seen.clear();
        self.table.can_reach(node, &self.now, &mut seen)
    }
}
