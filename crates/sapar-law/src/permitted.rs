//! What a role may ask for: at once, after other answers, or never.
//!
//! A fact can be for a higher role where a condition holds ("of a child only a specialist asks").
//! As long as the condition may hold, it is not asked for; where answers to permitted questions
//! can rule the condition out, those questions open it. No question is asked for its own sake here:
//! the interview asks what opens a fact only when the fact matters.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use sapar_law_syntax::ast::Role;

use crate::diagram::{Classes, classes_of};
use crate::engine::{Bar, Engine};
use crate::status_function::{Aim, StatusFunction};
use crate::world::Known;

/// What a role may ask for, by place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Permitted {
    /// May be asked for at once or after other answers.
    askable: Vec<bool>,
    /// Those that may be asked for only after other answers, and what opens them: each is itself
    /// askable at once, or opened by what came into this list before it.
    opened_by: BTreeMap<u32, BTreeSet<u32>>,
}

impl Permitted {
    /// `open`: for each place, whether its fact is not answered and, leaving conditions aside, for this role.
    pub fn new(engine: &Engine, role: Role, so_far: &Known<'_>, open: Vec<bool>) -> Self {
        let mut never = BTreeSet::new();
        loop {
            let (permitted, doubtful) = Self::except(engine, role, so_far, open.clone(), &never);
            // A fact opened by facts that were opened themselves was found as if those were open whatever
            // is answered. Each such fact is looked for again, answer by answer; one that no answers open
            // opens nothing further either, so what rested on it is found anew.
            let reached = match doubtful.is_empty() {
                true => return permitted,
                false => opened_by_answers(engine, role, so_far.allowed, &open, &doubtful),
            };
            match reached {
                Some(reached) if !doubtful.is_subset(&reached) => {
                    never.extend(doubtful.difference(&reached));
                }
                // All can be opened, or that would take too long to find out: asking too much is safe.
                _ => return permitted,
            }
        }
    }

    /// The same, where what is in `never` is not asked for; with the places of which it is not certain that
    /// some answers open them.
    fn except(
        engine: &Engine,
        role: Role,
        so_far: &Known<'_>,
        open: Vec<bool>,
        never: &BTreeSet<u32>,
    ) -> (Self, BTreeSet<u32>) {
        let mut doubtful = BTreeSet::new();
        let mut permitted = Self {
            askable: open,
            opened_by: BTreeMap::new(),
        };
        let mut seen = FxHashMap::default();
        let mut waiting: Vec<(u32, Bar)> = Vec::new();
        for ((place, askable), bars) in (0u32..).zip(&mut permitted.askable).zip(&engine.bars) {
            if *askable
                && let Some(bar) = bars.of(role)
                && engine.table.can_reach(bar.yes, so_far.allowed, &mut seen)
            {
                *askable = false;
                if !never.contains(&place) {
                    waiting.push((place, bar));
                }
            }
        }
        if waiting.is_empty() {
            return (permitted, doubtful);
        }
        // What was opened can open more; each round counts on the questions of the rounds before.
        for round in 0.. {
            let mut opened: Vec<(u32, BTreeSet<u32>)> = Vec::new();
            let mut status = StatusFunction::new(engine, so_far, &permitted.askable);
            // Facts that share a condition share the answer.
            let mut known: FxHashMap<u32, Option<BTreeSet<u32>>> = FxHashMap::default();
            waiting.retain(|(place, bar)| {
                let opens = known.entry(bar.holds).or_insert_with(|| {
                    let aim = Aim::new(&engine.table, bar.holds);
                    status
                        .can_be_excluded(&aim)
                        .then(|| status.settle(&aim).support)
                        .filter(|opens| !opens.is_empty())
                });
                if let Some(opens) = opens {
                    opened.push((*place, opens.clone()));
                }
                opens.is_none()
            });
            if opened.is_empty() {
                break;
            }
            for (place, opens) in opened {
                if round > 0 {
                    doubtful.insert(place);
                }
                if let Some(askable) = permitted.askable.get_mut(place as usize) {
                    *askable = true;
                }
                permitted.opened_by.insert(place, opens);
            }
        }
        (permitted, doubtful)
    }

    /// For each place, whether it may be asked for at once or after other answers.
    pub fn askable(&self) -> &[bool] {
        &self.askable
    }

    /// Whether a place may be asked for at once.
    pub fn is_askable_now(&self, place: u32) -> bool {
        self.askable.get(place as usize).copied().unwrap_or(false)
            && !self.opened_by.contains_key(&place)
    }

    /// Adds what may be asked for at once on the way to a fact: the fact itself, or what opens it.
    pub fn add_asked_for(&self, place: u32, first: &mut BTreeSet<u32>) {
        match self.opened_by.get(&place) {
            // What opens a place came before it, so this ends.
            Some(opens) => {
                for place in opens {
                    self.add_asked_for(*place, first);
                }
            }
            None => {
                first.insert(place);
            }
        }
    }
}

/// Past so many steps it is not found out which answers open a fact.
const ANSWERS_MAX: usize = 4_000;

/// Of `wanted`, the places that some possible answers open, each question asked only once it is permitted;
/// `None` when there are too many answers to go through.
fn opened_by_answers(
    engine: &Engine,
    role: Role,
    allowed: &[Classes],
    open: &[bool],
    wanted: &BTreeSet<u32>,
) -> Option<BTreeSet<u32>> {
    let barred: Vec<(u32, Bar)> = (0u32..)
        .zip(open)
        .zip(&engine.bars)
        .filter(|((_, open), _)| **open)
        .filter_map(|((place, _), bars)| Some((place, bars.of(role)?)))
        .collect();
    // Only what a bar rests on opens anything, by itself or through the invariants.
    let mut telling: BTreeSet<u32> = BTreeSet::new();
    for (_, bar) in &barred {
        telling.extend(engine.table.support(bar.yes));
        telling.extend(engine.table.support(bar.no));
    }
    telling.retain(|place| open.get(*place as usize).copied().unwrap_or(false));
    let mut answers = Answers {
        engine,
        barred: &barred,
        telling: &telling,
        wanted,
        reached: BTreeSet::new(),
        steps: 0,
    };
    answers
        .go_through(&mut allowed.to_vec())
        .then_some(answers.reached)
}

/// Goes through the answers that a role can be given.
struct Answers<'e> {
    engine: &'e Engine,
    /// What is not for the role somewhere.
    barred: &'e [(u32, Bar)],
    /// What may open something.
    telling: &'e BTreeSet<u32>,
    wanted: &'e BTreeSet<u32>,
    reached: BTreeSet<u32>,
    steps: usize,
}

impl Answers<'_> {
    /// Every answer to every question permitted after these; false when there are too many.
    fn go_through(&mut self, allowed: &mut Vec<Classes>) -> bool {
        self.steps += 1;
        if self.steps > ANSWERS_MAX {
            return false;
        }
        let table = &self.engine.table;
        let mut seen = FxHashMap::default();
        let groups = &self.engine.groups;
        if !groups
            .iter()
            .all(|(_, root)| table.can_reach(*root, allowed, &mut seen))
        {
            return true;
        }
        let mut shut = BTreeSet::new();
        for (place, bar) in self.barred {
            if table.can_reach(bar.yes, allowed, &mut seen) {
                shut.insert(*place);
            } else if self.wanted.contains(place) {
                self.reached.insert(*place);
            }
        }
        if self.wanted.is_subset(&self.reached) {
            return true;
        }
        let known = |place: &u32| {
            let classes = allowed.get(*place as usize);
            classes.is_none_or(|classes| classes.is_power_of_two())
        };
        let Some(next) = self
            .telling
            .iter()
            .copied()
            .find(|place| !shut.contains(place) && !known(place))
        else {
            return true;
        };
        let before = allowed.get(next as usize).copied().unwrap_or(0);
        for class in classes_of(before) {
            if let Some(slot) = allowed.get_mut(next as usize) {
                *slot = 1 << class;
            }
            if !self.go_through(allowed) {
                return false;
            }
        }
        if let Some(slot) = allowed.get_mut(next as usize) {
            *slot = before;
        }
        true
    }
}
