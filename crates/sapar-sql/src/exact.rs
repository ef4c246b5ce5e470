//! Conditions taken apart until "may be" answers exactly.
//!
//! The question is always the same: can what is asked hold together with the invariants, for a row in which
//! some facts are unknown? Reading every literal as "may be" errs in one way only: a row may seem to allow two
//! things that exclude each other, because both ask of one unknown fact. Such a fact is *torn*.
//! What is torn is decided class by class: "the fact may be under 18, and then ...; or it may be 18 or more, and then ...".
//!
//! # Which invariants matter
//! For rows that contradict no invariant, most invariants need not be looked at again.
//! Let `u` be some way to complete the row that keeps all invariants, and take a way `s` to complete it that makes the
//! conditions looked at hold, and departs from `u` only where a literal of theirs asks for it.
//! An invariant that was left out stays kept if each of its own literals on a fact holds, or is held by, each literal
//! the others have on that fact: a value moved into the smaller set cannot leave the larger one,
//! and a value that was in the smaller set was not moved. So only invariants with a fact on which the sets are not
//! nested, or which is decided class by class, are looked at, and then those that are tied to these in the same way.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use sapar_law::diagrams::{Classes, classes_of};

use crate::condition::{Condition, ConditionId, Conditions, Literals, add_literals, nested};

/// More steps than this for one condition, and the way is given up.
pub const STEPS_MAX: usize = 20_000;

/// Taking apart took too many steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong;

type State = (Vec<ConditionId>, Vec<ConditionId>);

/// Takes conditions apart, and remembers what it found.
pub struct Exact<'c> {
    /// The store.
    pub conditions: &'c mut Conditions,
    /// Conditions with a name, which are decided as a whole where that helps.
    named: Vec<ConditionId>,
    memo: FxHashMap<State, ConditionId>,
    steps: usize,
    steps_max: usize,
}

impl<'c> Exact<'c> {
    /// `named`: what a lawyer has a word for; `steps_max`: how many steps one condition may take.
    pub fn new(conditions: &'c mut Conditions, named: Vec<ConditionId>, steps_max: usize) -> Self {
        Self {
            conditions,
            named,
            memo: FxHashMap::default(),
            steps: 0,
            steps_max,
        }
    }

    /// A condition that, read as "may be" over a row, says whether all of `asked` can hold together in it,
    /// provided that the row can be completed so that all of `invariants` hold.
    ///
    /// # Errors
    /// When it takes more steps than allowed.
    pub fn possible(
        &mut self,
        asked: &[ConditionId],
        invariants: &[ConditionId],
    ) -> Result<ConditionId, TooLong> {
        self.steps = 0;
        self.together(asked.to_vec(), invariants.to_vec())
    }

    fn together(
        &mut self,
        asked: Vec<ConditionId>,
        invariants: Vec<ConditionId>,
    ) -> Result<ConditionId, TooLong> {
        let Some((asked, invariants)) = self.settle(asked, invariants) else {
            return Ok(ConditionId::NEVER);
        };
        let (kept, _) = self.that_matter(&asked, &invariants);
        let mut results = Vec::new();
        for (asked, kept) in self.components(&asked, &kept) {
            let result = self.component(asked, kept)?;
            if result == ConditionId::NEVER {
                return Ok(result);
            }
            results.push(result);
        }
        Ok(self.conditions.all(results))
    }

    /// Splits conjunctions, and tells all others what single literals say; `None` when nothing can hold.
    fn settle(
        &mut self,
        asked: Vec<ConditionId>,
        mut invariants: Vec<ConditionId>,
    ) -> Option<State> {
        let mut todo = asked;
        let mut asked: Vec<ConditionId> = Vec::new();
        let mut told: BTreeSet<ConditionId> = BTreeSet::new();
        let mut wholes: BTreeSet<ConditionId> = BTreeSet::new();
        loop {
            while let Some(next) = todo.pop() {
                // What is asked as a whole need not be asked again as a part of something else.
                if !matches!(self.conditions.get(next), Condition::Is { .. }) && wholes.insert(next)
                {
                    let opposite = self.conditions.not(next);
                    let supposed: FxHashMap<ConditionId, ConditionId> =
                        [(next, ConditionId::ALWAYS), (opposite, ConditionId::NEVER)]
                            .into_iter()
                            .collect();
                    let mut done = FxHashMap::default();
                    for other in std::mem::take(&mut todo)
                        .into_iter()
                        .chain(std::mem::take(&mut asked))
                    {
                        // Twice the same asks nothing more.
                        todo.push(self.conditions.supposing(other, &supposed, &mut done));
                    }
                    let mut left = Vec::new();
                    for other in invariants {
                        let now = self.conditions.supposing(other, &supposed, &mut done);
                        if now == other {
                            left.push(other);
                        } else {
                            todo.push(now);
                        }
                    }
                    invariants = left;
                }
                match self.conditions.get(next) {
                    Condition::Never => return None,
                    Condition::Always => {}
                    Condition::All(of) => todo.extend(of.iter().rev().copied()),
                    _ if asked.contains(&next) => {}
                    _ => asked.push(next),
                }
            }
            // Literals of one fact become one.
            let literal = asked.iter().find_map(|id| match self.conditions.get(*id) {
                Condition::Is { place, classes } if !told.contains(id) => {
                    Some((*id, *place, *classes))
                }
                _ => None,
            });
            let Some((id, place, classes)) = literal else {
                break;
            };
            told.insert(id);
            let mut done = FxHashMap::default();
            let mut same = Vec::new();
            let mut merged = false;
            for other in std::mem::take(&mut asked) {
                if other == id {
                    same.push(other);
                    continue;
                }
                if let Condition::Is {
                    place: at,
                    classes: also,
                } = *self.conditions.get(other)
                    && at == place
                {
                    let both = self.conditions.is(place, classes & also);
                    merged |= both != id;
                    todo.push(both);
                    continue;
                }
                let now = self.conditions.given(other, place, classes, &mut done);
                if now == other {
                    same.push(other);
                } else {
                    todo.push(now);
                }
            }
            if merged {
                // A smaller set of classes of the same fact takes its place.
                same.retain(|other| *other != id);
            }
            asked.extend(same);
            let mut left = Vec::new();
            for other in invariants {
                let now = self.conditions.given(other, place, classes, &mut done);
                if now == other {
                    left.push(other);
                } else {
                    todo.push(now);
                }
            }
            invariants = left;
        }
        asked.sort_unstable();
        Some((asked, invariants))
    }

    /// The invariants that must be looked at, and the others.
    fn that_matter(
        &mut self,
        asked: &[ConditionId],
        invariants: &[ConditionId],
    ) -> (Vec<ConditionId>, Vec<ConditionId>) {
        let mut kept: Vec<ConditionId> = Vec::new();
        let mut others = invariants.to_vec();
        let mut literals = Literals::new();
        for id in asked {
            let own = self.conditions.literals(*id);
            add_literals(&mut literals, &own);
        }
        loop {
            let together: Vec<ConditionId> = asked.iter().chain(&kept).copied().collect();
            let torn = self.torn(&together);
            let mut more = Vec::new();
            let mut rest = Vec::new();
            for id in others {
                let own = self.conditions.literals(id);
                let matters = own.iter().any(|(place, sets)| {
                    torn.contains(place)
                        || literals.get(place).is_some_and(|known| {
                            sets.iter()
                                .any(|set| known.iter().any(|other| !nested(*set, *other)))
                        })
                });
                if matters {
                    more.push(id);
                } else {
                    rest.push(id);
                }
            }
            others = rest;
            if more.is_empty() {
                return (kept, others);
            }
            for id in &more {
                let own = self.conditions.literals(*id);
                add_literals(&mut literals, &own);
            }
            kept.extend(more);
        }
    }

    /// Places torn when all of these must hold together.
    fn torn(&mut self, of: &[ConditionId]) -> BTreeSet<u32> {
        let mut torn: BTreeSet<u32> = self.conditions.torn_between(of).into_iter().collect();
        for id in of {
            torn.extend(self.conditions.torn(*id).iter());
        }
        torn
    }

    /// Conditions that share facts, directly or through others.
    fn components(&mut self, asked: &[ConditionId], kept: &[ConditionId]) -> Vec<State> {
        let mut components: Vec<(BTreeSet<u32>, State)> = Vec::new();
        let all = asked
            .iter()
            .map(|id| (*id, true))
            .chain(kept.iter().map(|id| (*id, false)));
        for (id, is_asked) in all {
            let mut places: BTreeSet<u32> = self.conditions.literals(id).keys().copied().collect();
            let mut state: State = (Vec::new(), Vec::new());
            components.retain_mut(|(others, (asked, kept))| {
                let shared = !places.is_disjoint(others);
                if shared {
                    places.append(others);
                    state.0.append(asked);
                    state.1.append(kept);
                }
                !shared
            });
            if is_asked {
                state.0.push(id);
            } else {
                state.1.push(id);
            }
            components.push((places, state));
        }
        let mut components: Vec<State> = components
            .into_iter()
            .map(|(_, (mut asked, mut kept))| {
                asked.sort_unstable();
                kept.sort_unstable();
                (asked, kept)
            })
            // Invariants alone can be kept: the row contradicts none.
            .filter(|(asked, _)| !asked.is_empty())
            .collect();
        components.sort();
        components
    }

    fn component(
        &mut self,
        asked: Vec<ConditionId>,
        kept: Vec<ConditionId>,
    ) -> Result<ConditionId, TooLong> {
        let state = (asked, kept);
        if let Some(known) = self.memo.get(&state) {
            return Ok(*known);
        }
        self.steps += 1;
        if self.steps > self.steps_max {
            return Err(TooLong);
        }
        let (asked, kept) = &state;
        let together: Vec<ConditionId> = asked.iter().chain(kept).copied().collect();
        let torn = self.torn(&together);
        let result = if torn.is_empty() {
            self.conditions.all(together)
        } else {
            match self.choose(asked, kept, &torn) {
                Choice::Fact(place, sets) => {
                    let mut ways = Vec::new();
                    for (classes, asked, kept) in self.by_class(asked, kept, place, &sets) {
                        let so = self.conditions.is(place, classes);
                        let then = self.together(asked, kept)?;
                        ways.push(self.conditions.all([so, then]));
                    }
                    self.conditions.any(ways)
                }
                Choice::Named(id) => {
                    let opposite = self.conditions.not(id);
                    let mut ways = Vec::new();
                    for (so, other) in [(id, opposite), (opposite, id)] {
                        let (asked, kept) = self.supposing(asked, kept, so, other);
                        ways.push(self.together(asked, kept)?);
                    }
                    self.conditions.any(ways)
                }
            }
        };
        self.memo.insert(state, result);
        Ok(result)
    }

    /// What is left to ask, class by class; classes with the same rest stand together.
    fn by_class(
        &mut self,
        asked: &[ConditionId],
        kept: &[ConditionId],
        place: u32,
        sets: &[Classes],
    ) -> Vec<(Classes, Vec<ConditionId>, Vec<ConditionId>)> {
        let mut ways: Vec<(Classes, Vec<ConditionId>, Vec<ConditionId>)> = Vec::new();
        for classes in alike(self.conditions.every(place), sets) {
            let mut done = FxHashMap::default();
            let mut now = Vec::new();
            let mut left = Vec::new();
            for id in asked {
                now.push(self.conditions.given(*id, place, classes, &mut done));
            }
            for id in kept {
                let then = self.conditions.given(*id, place, classes, &mut done);
                if then == *id {
                    left.push(then);
                } else {
                    now.push(then);
                }
            }
            now.retain(|id| *id != ConditionId::ALWAYS);
            if now.contains(&ConditionId::NEVER) {
                continue;
            }
            match ways
                .iter_mut()
                .find(|(_, asked, kept)| *asked == now && *kept == left)
            {
                Some((known, _, _)) => *known |= classes,
                None => ways.push((classes, now, left)),
            }
        }
        ways
    }

    fn supposing(
        &mut self,
        asked: &[ConditionId],
        kept: &[ConditionId],
        so: ConditionId,
        opposite: ConditionId,
    ) -> State {
        let supposed: FxHashMap<ConditionId, ConditionId> =
            [(so, ConditionId::ALWAYS), (opposite, ConditionId::NEVER)]
                .into_iter()
                .collect();
        let mut done = FxHashMap::default();
        let mut now = vec![so];
        let mut left = Vec::new();
        for id in asked {
            now.push(self.conditions.supposing(*id, &supposed, &mut done));
        }
        for id in kept {
            let then = self.conditions.supposing(*id, &supposed, &mut done);
            if then == *id {
                left.push(then);
            } else {
                now.push(then);
            }
        }
        (now, left)
    }

    /// What to decide first: what leaves the least torn, by a look one step ahead.
    fn choose(
        &mut self,
        asked: &[ConditionId],
        kept: &[ConditionId],
        torn: &BTreeSet<u32>,
    ) -> Choice {
        let mut literals = Literals::new();
        for id in asked.iter().chain(kept) {
            let own = self.conditions.literals(*id);
            add_literals(&mut literals, &own);
        }
        let mut best: Option<(u64, Choice)> = None;
        for place in torn {
            let sets = literals.get(place).cloned().unwrap_or_default();
            let mut cost = 0;
            for (_, asked, kept) in self.by_class(asked, kept, *place, &sets) {
                cost += self.cost(&asked, &kept);
            }
            if best.as_ref().is_none_or(|(known, _)| cost < *known) {
                best = Some((cost, Choice::Fact(*place, sets)));
            }
        }
        for id in self.named.clone() {
            let own = self.conditions.literals(id);
            // Only what is torn anyway may be decided: the invariants left out were left out counting on that.
            if own.len() < 2 || !own.keys().all(|place| torn.contains(place)) {
                continue;
            }
            let opposite = self.conditions.not(id);
            let mut cost = 0;
            let mut helps = false;
            for (so, other) in [(id, opposite), (opposite, id)] {
                let (now, left) = self.supposing(asked, kept, so, other);
                helps |= now.len() + left.len() != asked.len() + kept.len() + 1
                    || left.len() != kept.len();
                cost += self.cost(&now, &left);
            }
            if helps && best.as_ref().is_none_or(|(known, _)| cost < *known) {
                best = Some((cost, Choice::Named(id)));
            }
        }
        // There is a torn place, and each is a choice.
        best.map_or(Choice::Named(ConditionId::ALWAYS), |(_, choice)| choice)
    }

    fn cost(&mut self, asked: &[ConditionId], kept: &[ConditionId]) -> u64 {
        let mut cost = 1;
        for (asked, kept) in self.components(asked, kept) {
            let together: Vec<ConditionId> = asked.iter().chain(&kept).copied().collect();
            let torn = self.torn(&together).len().min(20);
            cost += (1u64 << torn) - 1;
        }
        cost
    }
}

enum Choice {
    Fact(u32, Vec<Classes>),
    Named(ConditionId),
}

/// The classes of a fact, those together that none of the sets tells apart.
fn alike(every: Classes, sets: &[Classes]) -> Vec<Classes> {
    let mut groups: Vec<(Vec<bool>, Classes)> = Vec::new();
    for class in classes_of(every) {
        let bit: Classes = 1 << class;
        let signature: Vec<bool> = sets.iter().map(|set| set & bit != 0).collect();
        match groups.iter_mut().find(|(known, _)| *known == signature) {
            Some((_, classes)) => *classes |= bit,
            None => groups.push((signature, bit)),
        }
    }
    groups.into_iter().map(|(_, classes)| classes).collect()
}
