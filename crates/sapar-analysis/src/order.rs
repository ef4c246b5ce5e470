//! An order of facts in which the diagrams stay small: found, not hoped for.
//!
//! A diagram grows where facts that are asked together stand far apart. Each norm's condition and each
//! invariant is taken as an edge over its facts, and FORCE (Aloul, Markov, Sakallah, "FORCE: a fast and
//! easy-to-implement variable-ordering heuristic", 2003) moves every fact to the middle of its edges
//! until their total length stops falling. It starts from several orders and keeps the best end.
//! The library of diagrams cannot move variables once they are placed, so the order is settled before.

use std::collections::{BTreeMap, BTreeSet};

use sapar_law::diagrams::{facts_of, invariants};
use sapar_law::{CompileError, FactId, Formula, Library, Role};

/// Steps after which FORCE has settled on any law met so far.
const STEPS_MAX: usize = 60;

/// The facts of these formulas and of the invariants tied to them, in a good order.
pub(crate) fn found_order(
    library: &Library,
    formulas: &[&Formula],
) -> Result<Vec<FactId>, CompileError> {
    let mut edges: BTreeSet<BTreeSet<FactId>> = BTreeSet::new();
    for formula in formulas {
        edges.insert(facts_of(library, formula)?);
    }
    let mut facts: BTreeSet<FactId> = edges.iter().flatten().copied().collect();
    let mut waiting: Vec<BTreeSet<FactId>> = invariants(library)
        .iter()
        .map(|invariant| facts_of(library, invariant))
        .collect::<Result<_, _>>()?;
    loop {
        let before = waiting.len();
        waiting.retain(|edge| {
            let tied = !edge.is_disjoint(&facts);
            if tied {
                facts.extend(edge);
                edges.insert(edge.clone());
            }
            !tied
        });
        if waiting.len() == before {
            break;
        }
    }
    let mut questions: Vec<FactId> = facts.iter().copied().collect();
    questions.sort_by_key(|id| {
        let fact = library.fact(*id);
        (fact.role != Role::FirstLine, fact.step, *id)
    });
    let mut met: Vec<FactId> = Vec::new();
    let mut seen = BTreeSet::new();
    for fact in edges.iter().flatten() {
        if seen.insert(*fact) {
            met.push(*fact);
        }
    }
    let starts = [questions, met];
    let best = starts
        .iter()
        .flat_map(|start| [start.clone(), force(start.clone(), &edges)])
        .min_by_key(|order| span(order, &edges));
    Ok(best.unwrap_or_default())
}

/// How far the facts of each edge stand apart, all together.
fn span(order: &[FactId], edges: &BTreeSet<BTreeSet<FactId>>) -> u64 {
    let at = places(order);
    edges
        .iter()
        .map(|edge| {
            let places = edge.iter().filter_map(|fact| at.get(fact));
            let (low, high) = places.fold((u32::MAX, 0), |(low, high), place| {
                (low.min(*place), high.max(*place))
            });
            u64::from(high.saturating_sub(low))
        })
        .sum()
}

fn places(order: &[FactId]) -> BTreeMap<FactId, u32> {
    order.iter().copied().zip(0u32..).collect()
}

fn force(mut order: Vec<FactId>, edges: &BTreeSet<BTreeSet<FactId>>) -> Vec<FactId> {
    let mut best = span(&order, edges);
    for _ in 0..STEPS_MAX {
        let at = places(&order);
        // Whole numbers, so that every machine finds the same order: middles in thousandths of a place.
        let mut pull: BTreeMap<FactId, (u64, u64)> = BTreeMap::new();
        for edge in edges.iter().filter(|edge| edge.len() > 1) {
            let sum: u64 = edge
                .iter()
                .filter_map(|fact| at.get(fact))
                .map(|place| u64::from(*place) * 1000)
                .sum();
            let middle = sum / edge.len() as u64;
            for fact in edge {
                let (total, count) = pull.entry(*fact).or_default();
                *total += middle;
                *count += 1;
            }
        }
        let mut next = order.clone();
        next.sort_by_key(|fact| {
            let place = at.get(fact).copied().unwrap_or(u32::MAX);
            let middle = match pull.get(fact) {
                Some((total, count)) if *count > 0 => total / count,
                _ => u64::from(place) * 1000,
            };
            (middle, place)
        });
        let length = span(&next, edges);
        if length >= best {
            break;
        }
        best = length;
        order = next;
    }
    order
}
