//! One conjunction that cannot be made wider: conditions given up one after another while the region is still implied.

use rustc_hash::FxHashMap;
use sapar_law::CompileError;
use sapar_law::diagrams::NodeId;

use super::atoms::{Asked, Atom, Candidate};
use crate::Ground;
use crate::search::{Dead, Search};
use crate::sets::Sets;

/// How atoms are ordered before they are given up, first to go first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The narrowest first, so that what is left is wide.
    Narrow,
    /// Facts before terms, so that what is left is in the law's words.
    Facts,
    /// Denied terms, then facts, then terms that hold.
    Denials,
    /// Terms before facts.
    Terms,
}

impl Way {
    const ALL: [Way; 4] = [Way::Facts, Way::Denials, Way::Narrow, Way::Terms];
}

/// A situation: the class of the fact at each place.
pub(super) type One = Vec<u32>;

/// What conjunctions of one region are made with.
pub(super) struct Builder<'g, 'l> {
    pub ground: &'g Ground<'l>,
    pub sets: &'g mut Sets,
    /// Possible, and not in the region.
    pub bad: NodeId,
    pub candidates: Vec<Candidate>,
    /// Terms brought to the table, by their numbers.
    pub terms: FxHashMap<usize, NodeId>,
    /// What is left of something bad where an atom about a term holds.
    /// The same few terms meet again and again, so each set of them is multiplied once.
    pub fewer: FxHashMap<(NodeId, usize), NodeId>,
    pub dead: Dead,
}

impl Builder<'_, '_> {
    /// The orders that differ: without terms all are the same.
    pub fn ways(&self) -> &'static [Way] {
        let terms = self
            .candidates
            .iter()
            .any(|candidate| matches!(candidate.atom, Atom::Term { .. }));
        if terms { &Way::ALL } else { &[Way::Narrow] }
    }

    /// Forgets all sets but these and what the builder needs itself; these get new numbers.
    pub fn make_room(&mut self, nodes: Vec<&mut NodeId>) -> Result<(), CompileError> {
        self.fewer.clear();
        let mut nodes = nodes;
        nodes.extend(self.terms.values_mut());
        nodes.push(&mut self.bad);
        self.sets.keep(nodes)
    }

    /// Whether an atom is true of a situation.
    pub fn is_said(&self, index: usize, of: &One) -> bool {
        match self.candidates.get(index).map(|one| one.asked) {
            Some(Asked::Fact(place, classes)) => of
                .get(place as usize)
                .is_some_and(|class| classes & (1 << class) != 0),
            Some(Asked::Term { root, holds, .. }) => self.ground.words.holds(root, of) == holds,
            None => false,
        }
    }

    /// All that is true of a situation.
    pub fn said_of(&self, one: &One) -> Vec<usize> {
        (0..self.candidates.len())
            .filter(|index| self.is_said(*index, one))
            .collect()
    }

    /// Everything that can be said of all situations of `inside`, of which `one` is one.
    pub fn implied_by(&mut self, inside: NodeId, one: &One) -> Result<Vec<usize>, CompileError> {
        // Most atoms fail already in one of two situations.
        let high = self.sets.one(inside, true);
        let possible = self.sets.possible(inside);
        let mut implied = Vec::new();
        for index in self.said_of(one) {
            let Some(asked) = self.candidates.get(index).map(|candidate| candidate.asked) else {
                continue;
            };
            let always = self.is_said(index, &high)
                && match asked {
                    Asked::Fact(place, classes) => possible
                        .get(place as usize)
                        .is_some_and(|possible| possible & !classes == 0),
                    Asked::Term { .. } => self.where_term(inside, index)? == inside,
                };
            if always {
                implied.push(index);
            }
        }
        Ok(implied)
    }

    /// The part of a set where an atom about a term is true.
    fn where_term(&mut self, set: NodeId, index: usize) -> Result<NodeId, CompileError> {
        let Some(Asked::Term { number, holds, .. }) =
            self.candidates.get(index).map(|candidate| candidate.asked)
        else {
            return Ok(set);
        };
        let term = match self.terms.get(&number) {
            Some(known) => *known,
            None => {
                let word = self.ground.terms.get(number).map(|word| &word.holds);
                let brought = self.sets.bring(word.as_slice())?;
                let Some(term) = brought.first().copied() else {
                    return Ok(set);
                };
                self.terms.insert(number, term);
                term
            }
        };
        if holds {
            self.sets.and(set, term)
        } else {
            self.sets.minus(set, term)
        }
    }

    /// Holds one atom more.
    fn hold(&mut self, held: &mut Search, index: usize) -> Result<(), CompileError> {
        match self.candidates.get(index).map(|candidate| candidate.asked) {
            Some(Asked::Fact(place, classes)) => held.narrow(place, classes),
            Some(Asked::Term { .. }) => {
                held.root = match self.fewer.get(&(held.root, index)) {
                    Some(known) => *known,
                    None => {
                        let fewer = self.where_term(held.root, index)?;
                        self.fewer.insert((held.root, index), fewer);
                        fewer
                    }
                };
            }
            None => {}
        }
        Ok(())
    }

    fn is_term(&self, index: usize) -> bool {
        self.candidates
            .get(index)
            .is_some_and(|candidate| matches!(candidate.asked, Asked::Term { .. }))
    }

    /// Gives up one atom after another while the rest still implies the region; all of them hold of `near`.
    pub fn give_up(
        &mut self,
        said: &[usize],
        near: &One,
        way: Way,
    ) -> Result<Vec<usize>, CompileError> {
        let mut order: Vec<usize> = said.to_vec();
        order.sort_by_cached_key(|index| self.turn(*index, way));
        let mut kept = Vec::new();
        let mut rest = order.as_slice();
        let mut held = Search::new(self.bad, self.sets);
        let mut one = Vec::new();
        // The next atom to stay is the first that leaves something bad although all after it hold. Every bad
        // situation bounds its place: it is not behind the last atom that is false of the situation. So one bad
        // situation is asked for after another, each with the facts from the last bound on held, until there is
        // none. A term costs more to hold than a fact, so it is held only once it was broken by a situation;
        // most atoms are never needed, and most are never broken.
        loop {
            let mut more = held.clone();
            self.dead.forget(self.sets);
            let mut stays = rest.len();
            while more.find(self.sets, near, &mut self.dead, &mut one) {
                let broken = rest.iter().rposition(|index| !self.is_said(*index, &one));
                let Some(place) = broken else {
                    // Not even all of them imply the region, so none can be given up.
                    kept.extend_from_slice(rest);
                    kept.sort_unstable();
                    return Ok(kept);
                };
                for (at, index) in rest.iter().enumerate().take(stays).skip(place) {
                    if at == place || !self.is_term(*index) {
                        self.hold(&mut more, *index)?;
                    }
                }
                if place >= stays
                    && let Some(term) = rest.get(place)
                {
                    self.hold(&mut more, *term)?;
                }
                stays = stays.min(place);
            }
            let Some((index, after)) = rest.get(stays..).and_then(<[usize]>::split_first) else {
                break;
            };
            self.hold(&mut held, *index)?;
            kept.push(*index);
            rest = after;
        }
        kept.sort_unstable();
        Ok(kept)
    }

    fn turn(&self, index: usize, way: Way) -> (u8, u32, usize) {
        let Some(candidate) = self.candidates.get(index) else {
            return (0, 0, index);
        };
        let class = match (way, candidate.atom) {
            (Way::Narrow, _) => 0,
            (Way::Facts | Way::Denials, Atom::Term { holds: true, .. })
            | (Way::Facts, Atom::Term { .. }) => 2,
            (Way::Denials, Atom::Term { .. }) => 0,
            (Way::Facts | Way::Denials, _) => 1,
            (Way::Terms, Atom::Term { .. }) => 0,
            (Way::Terms, _) => 1,
        };
        (class, candidate.width, index)
    }

    /// The situations in which all of these atoms hold.
    pub fn conjunction(&mut self, kept: &[usize]) -> Result<NodeId, CompileError> {
        let mut allowed: FxHashMap<u32, u64> = FxHashMap::default();
        for index in kept {
            if let Some(Asked::Fact(place, classes)) =
                self.candidates.get(*index).map(|candidate| candidate.asked)
            {
                *allowed.entry(place).or_insert(u64::MAX) &= classes;
            }
        }
        let allowed: Vec<(u32, u64)> = allowed.into_iter().collect();
        let mut cube = self.sets.block(&allowed)?;
        for index in kept {
            cube = self.where_term(cube, *index)?;
        }
        Ok(cube)
    }
}
