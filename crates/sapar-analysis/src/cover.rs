//! A region as few short conjunctions that cover it exactly.
//!
//! Each conjunction is a prime implicant relative to the world: together with what can occur it implies the region,
//! and does so no longer when any one of its conditions is left out or widened.
//! No conjunction can be left out either. What a conjunction says of situations that cannot occur does not matter.
//!
//! The way there: take a situation that is not covered yet and everything a reader could say of it,
//! give up one condition after another while the region is still implied, in several orders, and keep
//! the conjunction that covers most of what is left.

mod atoms;
mod irredundant;
mod prime;

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use sapar_law::diagrams::{FALSE, NodeId};
use sapar_law::{CompileError, FactId, InstrumentId};

use atoms::{candidates, words, worth};
use irredundant::irredundant;
use prime::Builder;

use crate::search::Dead;
use crate::sets::Sets;
use crate::{Conjunction, Ground};

/// A region as conjunctions, the widest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cover {
    /// The conjunctions.
    pub conjunctions: Vec<Conjunction>,
}

impl Cover {
    /// How many conditions all conjunctions have together.
    #[must_use]
    pub fn literal_count(&self) -> usize {
        self.conjunctions
            .iter()
            .map(|conjunction| conjunction.literals.len())
            .sum()
    }
}

/// A conjunction chosen: its atoms, and the situations in which they hold.
struct Chosen {
    kept: Vec<usize>,
    holds: NodeId,
}

/// Covers a region, within what can occur, with terms over `facts` and conditions on `plain` ones;
/// terms of these instruments may be used beside the vocabulary's. `region` and `world` are nodes of `sets`,
/// whose nodes have other numbers afterwards.
///
/// The region must be a function of these terms and facts wherever `world` holds, as every region of gaps is.
pub(crate) fn cover(
    ground: &Ground<'_>,
    sets: &mut Sets,
    (mut region, mut world): (NodeId, NodeId),
    facts: &BTreeSet<FactId>,
    plain: &BTreeSet<FactId>,
    instruments: &BTreeSet<InstrumentId>,
) -> Result<Cover, CompileError> {
    let bad = sets.minus(world, region)?;
    let mut builder = Builder {
        ground,
        sets,
        bad,
        candidates: candidates(ground, facts, plain, instruments),
        terms: FxHashMap::default(),
        fewer: FxHashMap::default(),
        dead: Dead::default(),
    };
    let mut chosen: Vec<Chosen> = Vec::new();
    let mut left = region;
    while left != FALSE {
        let Some(one) = widest(&mut builder, left)? else {
            break;
        };
        left = builder.sets.minus(left, one.holds)?;
        chosen.push(one);
        if builder.sets.is_crowded() {
            let mut needed = vec![&mut left, &mut region, &mut world];
            needed.extend(chosen.iter_mut().map(|one| &mut one.holds));
            builder.make_room(needed)?;
        }
    }
    reword(&mut builder, world, &mut chosen)?;
    irredundant(builder.sets, &mut chosen, &mut region)?;
    let mut said: Vec<(u64, Conjunction)> = chosen
        .iter()
        .map(|one| {
            let wide = builder.sets.share_of_both(region, one.holds);
            let words = words(&builder.candidates, &one.kept, ground.layouts());
            (u64::MAX - width(wide), words)
        })
        .collect();
    said.sort();
    Ok(Cover {
        conjunctions: said.into_iter().map(|(_, words)| words).collect(),
    })
}

/// The conjunction that covers most of what is left, of some that cover a situation of it.
fn widest(builder: &mut Builder<'_, '_>, left: NodeId) -> Result<Option<Chosen>, CompileError> {
    let mut best: Option<(u64, Chosen)> = None;
    let most = width(builder.sets.share(left));
    for high in [false, true] {
        let one = builder.sets.one(left, high);
        let said = builder.said_of(&one);
        for way in builder.ways() {
            let kept = builder.give_up(&said, &one, *way)?;
            if best.as_ref().is_some_and(|(_, known)| known.kept == kept) {
                continue;
            }
            let holds = builder.conjunction(&kept)?;
            let gain = width(builder.sets.share_of_both(left, holds));
            let better = best.as_ref().is_none_or(|(most, shortest)| {
                let worth = |kept: &[usize]| worth(&builder.candidates, kept);
                gain > *most || (gain == *most && worth(&kept) < worth(&shortest.kept))
            });
            if better {
                best = Some((gain, Chosen { kept, holds }));
            }
            // Nothing is left to gain; better words are looked for later.
            if gain >= most {
                return Ok(best.map(|(_, chosen)| chosen));
            }
        }
    }
    Ok(best.map(|(_, chosen)| chosen))
}

/// A share as a key that sorts as shares do, without the last digits, in which equal shares may differ by rounding.
fn width(share: f64) -> u64 {
    // Numbers that are not negative sort as their bits do.
    (share.to_bits() + (1 << 11)) >> 12
}

/// Says each in the fewest and best words: anything it implies may be said of it.
fn reword(
    builder: &mut Builder<'_, '_>,
    world: NodeId,
    chosen: &mut [Chosen],
) -> Result<(), CompileError> {
    if builder.ways().len() == 1 {
        // Without terms there are no other words.
        return Ok(());
    }
    for Chosen { kept, holds } in chosen {
        let inside = builder.sets.and(*holds, world)?;
        let one = builder.sets.one(inside, false);
        let implied = builder.implied_by(inside, &one)?;
        for way in builder.ways() {
            let other = builder.give_up(&implied, &one, *way)?;
            if worth(&builder.candidates, &other) < worth(&builder.candidates, kept) {
                *holds = builder.conjunction(&other)?;
                *kept = other;
            }
        }
    }
    Ok(())
}
