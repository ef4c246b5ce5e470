//! Conjunctions that a cover can do without.

use sapar_law::CompileError;
use sapar_law::diagrams::{FALSE, NodeId};

use super::{Chosen, width};
use crate::sets::Sets;

/// Drops conjunctions whose situations the others cover, the narrowest first; the region may get another number.
pub(super) fn irredundant(
    sets: &mut Sets,
    chosen: &mut Vec<Chosen>,
    region: &mut NodeId,
) -> Result<(), CompileError> {
    if chosen.len() < 2 {
        return Ok(());
    }
    chosen.sort_by_cached_key(|one| {
        let wide = width(sets.share_of_both(*region, one.holds));
        (wide, std::cmp::Reverse(one.kept.clone()))
    });
    let mut thinning = Thinning {
        sets,
        needed: vec![true; chosen.len()],
        chosen,
        region,
        outside: vec![FALSE],
        before: FALSE,
    };
    thinning.thin(0, thinning.chosen.len())?;
    let mut needed = thinning.needed.into_iter();
    chosen.retain(|_| needed.next().unwrap_or(true));
    Ok(())
}

/// So many are looked at together, each with its own union alive.
const AT_ONCE_MAX: usize = 64;

/// Halves of a long list are taken in turn, so that few unions are alive at a time: they are the largest sets of a cover.
struct Thinning<'c> {
    sets: &'c mut Sets,
    chosen: &'c mut Vec<Chosen>,
    needed: Vec<bool>,
    region: &'c mut NodeId,
    /// For each part of the list being looked at, from the whole inwards: what the needed ones before it and all
    /// those behind it cover.
    outside: Vec<NodeId>,
    /// What the needed ones before the one being looked at cover, of those looked at together.
    before: NodeId,
}

impl Thinning<'_> {
    /// Decides on the conjunctions from `from` to before `to`, beside what is covered outside of them.
    fn thin(&mut self, from: usize, to: usize) -> Result<(), CompileError> {
        if to - from <= AT_ONCE_MAX {
            return self.thin_at_once(from, to);
        }
        let middle = from + (to - from) / 2;
        self.enter(middle, to)?;
        self.thin(from, middle)?;
        self.outside.pop();
        self.enter(from, middle)?;
        self.thin(middle, to)?;
        self.outside.pop();
        Ok(())
    }

    /// The same with a union for each of them.
    fn thin_at_once(&mut self, from: usize, to: usize) -> Result<(), CompileError> {
        // From the last to the first: what is covered outside of all, and by those behind it.
        self.outside.push(self.covered());
        for index in (from + 1..to).rev() {
            let covered = self.sets.or(self.covered(), self.holds(index))?;
            self.outside.push(covered);
            self.make_room()?;
        }
        self.before = FALSE;
        for index in from..to {
            let part = self.sets.and(*self.region, self.holds(index))?;
            let alone = self.sets.minus(part, self.before)?;
            let needed = self.sets.minus(alone, self.covered())? != FALSE;
            self.outside.pop();
            if needed {
                self.before = self.sets.or(self.before, self.holds(index))?;
            }
            if let Some(slot) = self.needed.get_mut(index) {
                *slot = needed;
            }
            self.make_room()?;
        }
        Ok(())
    }

    /// Adds the needed ones of a part of the list to what is covered outside of the next part.
    fn enter(&mut self, from: usize, to: usize) -> Result<(), CompileError> {
        self.outside.push(self.covered());
        for index in from..to {
            if !self.needed.get(index).copied().unwrap_or(true) {
                continue;
            }
            let covered = self.sets.or(self.covered(), self.holds(index))?;
            if let Some(last) = self.outside.last_mut() {
                *last = covered;
            }
            self.make_room()?;
        }
        Ok(())
    }

    /// What is covered outside of the part being looked at.
    fn covered(&self) -> NodeId {
        self.outside.last().copied().unwrap_or(FALSE)
    }

    /// Where a conjunction holds.
    fn holds(&self, index: usize) -> NodeId {
        self.chosen.get(index).map_or(FALSE, |one| one.holds)
    }

    fn make_room(&mut self) -> Result<(), CompileError> {
        if !self.sets.is_crowded() {
            return Ok(());
        }
        let mut needed = vec![&mut *self.region, &mut self.before];
        needed.extend(self.outside.iter_mut());
        needed.extend(self.chosen.iter_mut().map(|one| &mut one.holds));
        self.sets.keep(needed)
    }
}
