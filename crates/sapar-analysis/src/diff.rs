//! Which situations two legal orders treat differently, whatever their words.
//!
//! Orders are compared position by position: who, how strongly, what. A position may hold on one side only,
//! or on both with other limits. Two texts that say the same in other words do not differ.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use oxidd::BooleanFunction;
use oxidd::bdd::BDDFunction;
use sapar_law::diagrams::{norms_in_force, ok};
use sapar_law::{
    ActId, ActorId, CompileError, Library, LimitDef, Modality, NormId, OrderId, Stake, limits,
};

use crate::region::minus;
use crate::situations::{Spoken, Teller};
use crate::{AnalysisError, Bounds, Ground, Provision, Side, Situations};

/// What becomes of a position from one side to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// It holds only on the first side.
    Ends,
    /// It holds on both, with a weaker limit on the second.
    Weaker,
    /// It holds on both with limits of which none is the stronger as a whole.
    Other,
    /// It holds on both, with a stronger limit on the second.
    Stronger,
    /// It holds only on the second side.
    Begins,
}

impl Change {
    /// The change as it stands in JSON.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Change::Ends => "ends",
            Change::Weaker => "weaker",
            Change::Other => "other-limit",
            Change::Stronger => "stronger",
            Change::Begins => "begins",
        }
    }
}

/// Situations in which a position is another on the second side than on the first.
#[derive(Debug, Clone)]
pub struct PositionChange {
    /// Who.
    pub bearer: ActorId,
    /// How strongly, and which way.
    pub modality: Modality,
    /// What.
    pub act: ActId,
    /// What is at stake.
    pub stake: Stake,
    /// What becomes of it.
    pub change: Change,
    /// Limits on the first side.
    pub before: Vec<LimitDef>,
    /// Limits on the second side.
    pub after: Vec<LimitDef>,
    /// Norms that support it on the first side in some of these situations.
    pub norms_before: Vec<NormId>,
    /// Norms that support it on the second side in some of these situations.
    pub norms_after: Vec<NormId>,
    /// The situations.
    pub situations: Situations,
}

/// What differs between two orders, or between two days of one.
#[derive(Debug, Clone)]
pub struct Diff {
    /// Every difference, gravest stake first; the same order every time.
    pub changes: Vec<PositionChange>,
}

impl Diff {
    /// Compares two orders at two days; `acts` restricts it to these acts, none is all.
    ///
    /// A situation is in some change of a position exactly if the position differs in it.
    ///
    /// # Errors
    /// When a bound is met, with the norms at which it was; or when an order cannot be compiled.
    pub fn new(
        library: &Library,
        first: (OrderId, Date),
        second: (OrderId, Date),
        acts: &[ActId],
        bounds: Bounds,
    ) -> Result<Self, AnalysisError> {
        let near = |(order, on): (OrderId, Date)| {
            let norms = norms_in_force(library, order, on);
            crate::comparison::on_acts(library, &norms, acts)
        };
        let (left, right) = (near(first), near(second));
        let together: BTreeSet<NormId> = left.iter().chain(&right).copied().collect();
        let mut ground = Ground::new(library, &together, bounds)?;
        let left = ground.side_of(first.0, first.1, &left)?;
        let right = ground.side_of(second.0, second.1, &right)?;
        let teller = Teller::new(&ground, None);
        let mut changes = differences(&mut ground, &left, &right, &teller)?;
        changes.retain(|change| acts.is_empty() || acts.contains(&change.act));
        Ok(Self { changes })
    }
}

/// A part of the situations in which a position holds: those with the same limits.
struct Cell {
    limits: Vec<LimitDef>,
    region: BDDFunction,
}

type Key = (ActId, ActorId, Modality);

/// Every difference between two sides of one ground.
pub(crate) fn differences(
    ground: &mut Ground<'_>,
    left: &Side,
    right: &Side,
    teller: &Teller,
) -> Result<Vec<PositionChange>, AnalysisError> {
    let library = ground.library();
    let mut positions: BTreeMap<Key, (Vec<&Provision>, Vec<&Provision>)> = BTreeMap::new();
    let key = |provision: &Provision| (provision.act, provision.bearer, provision.modality);
    for provision in &left.provisions {
        positions
            .entry(key(provision))
            .or_default()
            .0
            .push(provision);
    }
    for provision in &right.provisions {
        positions
            .entry(key(provision))
            .or_default()
            .1
            .push(provision);
    }
    let mut changes = Vec::new();
    for ((act, bearer, modality), (before, after)) in positions {
        let norms: Vec<NormId> = before.iter().chain(&after).map(|norm| norm.norm).collect();
        let spoken = Spoken::of(before.iter().chain(&after).copied());
        let nodes_max = ground.bounds().nodes_max;
        let at = |error| AnalysisError::at(error, nodes_max, &norms);
        let truth = ground.compiler.truth();
        let left = cells(&truth, &before).map_err(at)?;
        let right = cells(&truth, &after).map_err(at)?;
        for one in &left {
            for other in &right {
                let Some(change) = change(one.as_ref(), other.as_ref()) else {
                    continue;
                };
                let region = meet(&truth, &left, &right, (one, other)).map_err(at)?;
                let Some(situations) = teller.tell(ground, &region, &spoken, &norms)? else {
                    continue;
                };
                let world = ground.world(&spoken.facts)?;
                let inside = ok(world.and(&region)).map_err(at)?;
                let there = |of: &[&Provision]| -> Result<Vec<NormId>, AnalysisError> {
                    let mut norms = Vec::new();
                    for norm in of {
                        if ok(inside.and(&norm.applies)).map_err(at)?.satisfiable() {
                            norms.push(norm.norm);
                        }
                    }
                    Ok(norms)
                };
                let limits = |cell: &Option<Cell>| {
                    cell.as_ref().map_or(Vec::new(), |cell| cell.limits.clone())
                };
                changes.push(PositionChange {
                    bearer,
                    modality,
                    act,
                    stake: library.act(act).stake,
                    change,
                    before: limits(one),
                    after: limits(other),
                    norms_before: there(&before)?,
                    norms_after: there(&after)?,
                    situations,
                });
            }
        }
    }
    changes.sort_by_cached_key(|change| {
        (
            change.stake,
            library.act(change.act).name.clone(),
            change.modality,
            library.actor(change.bearer).name.clone(),
            change.change,
            change.before.iter().map(order_of).collect::<Vec<_>>(),
            change.after.iter().map(order_of).collect::<Vec<_>>(),
        )
    });
    Ok(changes)
}

fn order_of(limit: &LimitDef) -> (sapar_law::LimitKind, sapar_law::EventId) {
    (limit.kind, limit.event)
}

/// The situations in two cells; no cell is where the position does not hold.
fn meet(
    truth: &BDDFunction,
    left: &[Option<Cell>],
    right: &[Option<Cell>],
    (one, other): (&Option<Cell>, &Option<Cell>),
) -> Result<BDDFunction, CompileError> {
    let region = |side: &[Option<Cell>], cell: &Option<Cell>| match cell {
        Some(cell) => Ok(cell.region.clone()),
        None => {
            let mut outside = truth.clone();
            for cell in side.iter().flatten() {
                outside = minus(&outside, &cell.region)?;
            }
            Ok::<_, CompileError>(outside)
        }
    };
    ok(region(left, one)?.and(&region(right, other)?))
}

/// The situations of a position by the limits it has there; the first entry stands for where it does not hold.
fn cells(truth: &BDDFunction, norms: &[&Provision]) -> Result<Vec<Option<Cell>>, CompileError> {
    let mut outside = truth.clone();
    let mut cells: Vec<Cell> = Vec::new();
    for norm in norms {
        let mut next: Vec<Cell> = Vec::new();
        let fresh = ok(outside.and(&norm.applies))?;
        outside = minus(&outside, &norm.applies)?;
        add(&mut next, strongest(&[], norm), fresh)?;
        for cell in cells {
            let with = ok(cell.region.and(&norm.applies))?;
            let without = minus(&cell.region, &norm.applies)?;
            add(&mut next, strongest(&cell.limits, norm), with)?;
            add(&mut next, cell.limits, without)?;
        }
        cells = next;
    }
    cells.sort_by_cached_key(|cell| cell.limits.iter().map(order_of).collect::<Vec<_>>());
    let mut result = vec![None];
    result.extend(cells.into_iter().map(Some));
    Ok(result)
}

fn add(
    cells: &mut Vec<Cell>,
    limits: Vec<LimitDef>,
    region: BDDFunction,
) -> Result<(), CompileError> {
    if !region.satisfiable() {
        return Ok(());
    }
    match cells.iter_mut().find(|cell| cell.limits == limits) {
        Some(cell) => cell.region = ok(cell.region.or(&region))?,
        None => cells.push(Cell { limits, region }),
    }
    Ok(())
}

/// The strongest limits of each event and direction when a norm joins others; sorted.
fn strongest(limits: &[LimitDef], norm: &Provision) -> Vec<LimitDef> {
    let mut kept: Vec<(LimitDef, NormId)> =
        limits.iter().map(|limit| (*limit, norm.norm)).collect();
    for limit in &norm.limits {
        limits::keep_strongest(&mut kept, *limit, norm.norm);
    }
    let mut kept: Vec<LimitDef> = kept.into_iter().map(|(limit, _)| limit).collect();
    kept.sort_by_key(order_of);
    kept
}

fn change(before: Option<&Cell>, after: Option<&Cell>) -> Option<Change> {
    match (before, after) {
        (None, None) => None,
        (Some(_), None) => Some(Change::Ends),
        (None, Some(_)) => Some(Change::Begins),
        (Some(before), Some(after)) if before.limits == after.limits => None,
        (Some(before), Some(after)) => {
            let worth = |these: &[LimitDef], those: &[LimitDef]| {
                those.iter().all(|that| {
                    these.iter().any(|this| {
                        matches!(
                            limits::compare(*this, *that),
                            Some(Ordering::Greater | Ordering::Equal)
                        )
                    })
                })
            };
            match (
                worth(&after.limits, &before.limits),
                worth(&before.limits, &after.limits),
            ) {
                // Thirty days and five weeks are not; seven days and one week are the same.
                (true, true) => None,
                (true, false) => Some(Change::Stronger),
                (false, true) => Some(Change::Weaker),
                (false, false) => Some(Change::Other),
            }
        }
    }
}
