//! What an amendment does: gaps closed and opened, conflicts made and removed, positions changed.
//!
//! Both laws are compiled on one ground, the law as it would be without the amendment and the law with it,
//! on the same day; so what changes is exact and not a difference between two lists.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use oxidd::BooleanFunction;
use oxidd::bdd::BDDFunction;
use sapar_law::diagrams::{norms_in_force, ok};
use sapar_law::{ActId, AmendedLaw, NormId, OrderId, Stake, TestOutcome};

use crate::diff::differences;
use crate::inspect::{ConflictRegion, conflict_regions, told};
use crate::region::{GapRegion, minus};
use crate::situations::{Spoken, Teller, any};
use crate::{
    AnalysisError, Bounds, Conflict, Ground, Kind, PositionChange, Prior, Side, Situations,
    gap_regions,
};

/// What is looked at when an amendment is checked.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// The national order.
    pub national: OrderId,
    /// The standard, where gaps are asked for.
    pub standard: Option<OrderId>,
    /// The day on which both are read.
    pub on: Date,
    /// Leaves out national norms that are themselves norms of the standard.
    pub own_law_only: bool,
    /// How likely facts are; [`Prior::standard`] where none is given.
    pub prior: Option<Prior>,
    /// What the comparison may use.
    pub bounds: Bounds,
}

/// What becomes of the gaps at one norm of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GapOutcome {
    /// There was none, and now there is one.
    Opened,
    /// There are more situations in it, and all that were.
    Widened,
    /// Some situations left it and others came into it.
    Moved,
    /// There was one, and now there is none.
    Closed,
    /// There are fewer situations in it, and no new ones.
    Narrowed,
    /// The situations are the same, for other reasons.
    OtherReason,
}

impl GapOutcome {
    /// The outcome as it stands in JSON.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            GapOutcome::Opened => "opened",
            GapOutcome::Widened => "widened",
            GapOutcome::Moved => "moved",
            GapOutcome::OtherReason => "other-reason",
            GapOutcome::Narrowed => "narrowed",
            GapOutcome::Closed => "closed",
        }
    }

    /// Whether some situation is worse off than without the amendment.
    #[must_use]
    pub fn is_worse(self) -> bool {
        matches!(
            self,
            GapOutcome::Opened | GapOutcome::Widened | GapOutcome::Moved
        )
    }
}

/// What an amendment does to the gaps at one norm of the standard, all their kinds together.
#[derive(Debug, Clone)]
pub struct GapChange {
    /// The norm of the standard.
    pub standard: NormId,
    /// The act.
    pub act: ActId,
    /// What is at stake.
    pub stake: Stake,
    /// What becomes of them.
    pub outcome: GapOutcome,
    /// Kinds of the gaps without the amendment.
    pub before: Vec<Kind>,
    /// Kinds of the gaps with it.
    pub after: Vec<Kind>,
    /// Situations in which the demand is met only with the amendment.
    pub closed: Option<Situations>,
    /// Situations in which it is met only without the amendment.
    pub opened: Option<Situations>,
    /// Situations in which it is met neither way.
    pub left: Option<Situations>,
}

/// What an amendment does to one conflict.
#[derive(Debug, Clone)]
pub struct ConflictChange {
    /// Whether the amendment makes it; otherwise it removes it.
    pub made: bool,
    /// The conflict, in the situations in which it is made or removed.
    pub conflict: Conflict,
}

/// What an amendment does on one day.
#[derive(Debug, Clone)]
pub struct AmendmentCheck {
    /// What was looked at.
    pub reviewed: Reviewed,
    /// Gaps that change, gravest stake first.
    pub gaps: Vec<GapChange>,
    /// Conflicts made and removed.
    pub conflicts: Vec<ConflictChange>,
    /// Positions that change.
    pub positions: Vec<PositionChange>,
}

impl AmendmentCheck {
    /// Whether no situation is worse off: no gap opened or widened, and no conflict made.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        !self.gaps.iter().any(|gap| gap.outcome.is_worse())
            && !self.conflicts.iter().any(|change| change.made)
    }
}

/// Both laws and the standard on one ground.
struct Prepared<'l> {
    ground: Ground<'l>,
    before: Side,
    after: Side,
    standard: Option<Side>,
    /// Acts on which something can change.
    acts: Vec<ActId>,
}

impl<'l> Prepared<'l> {
    fn new(law: &'l AmendedLaw, reviewed: &Reviewed) -> Result<Self, AnalysisError> {
        let library = &law.read.library;
        let acts: Vec<ActId> = touched_acts(law).into_iter().collect();
        let of_standard: Vec<NormId> = reviewed
            .standard
            .map(|order| norms_in_force(library, order, reviewed.on))
            .unwrap_or_default();
        let on_acts = |norms: &[NormId]| {
            if acts.is_empty() {
                Vec::new()
            } else {
                crate::comparison::on_acts(library, norms, &acts)
            }
        };
        let own = |mut norms: Vec<NormId>| -> Vec<NormId> {
            norms.retain(|norm| !reviewed.own_law_only || !of_standard.contains(norm));
            on_acts(&norms)
        };
        let before = own(law.before(reviewed.national, reviewed.on));
        let after = own(law.after(reviewed.national, reviewed.on));
        let standard = on_acts(&of_standard);
        let together: BTreeSet<NormId> = before
            .iter()
            .chain(&after)
            .chain(&standard)
            .copied()
            .collect();
        let mut ground = Ground::new(library, &together, reviewed.bounds)?;
        let before = ground.side_of(reviewed.national, reviewed.on, &before)?;
        let after = ground.side_of(reviewed.national, reviewed.on, &after)?;
        let standard = match reviewed.standard {
            Some(order) => Some(ground.side_of(order, reviewed.on, &standard)?),
            None => None,
        };
        Ok(Self {
            ground,
            before,
            after,
            standard,
            acts,
        })
    }
}

/// Finds everything an amendment changes on a day.
///
/// Only acts are looked at on which some norm begins, ends, or is overridden otherwise: no other can change.
///
/// # Errors
/// When a bound is met, with the norms at which it was; or when an order cannot be compiled.
pub fn review(law: &AmendedLaw, reviewed: &Reviewed) -> Result<AmendmentCheck, AnalysisError> {
    let Prepared {
        mut ground,
        before,
        after,
        standard,
        acts,
    } = Prepared::new(law, reviewed)?;
    let teller = Teller::new(&ground, reviewed.prior.as_ref());
    let gaps = match &standard {
        Some(standard) => gap_changes(&mut ground, &teller, standard, (&before, &after), &acts)?,
        None => Vec::new(),
    };
    let conflicts = conflict_changes(&mut ground, &teller, &before, &after)?;
    let mut positions = differences(&mut ground, &before, &after, &teller)?;
    positions.retain(|change| acts.contains(&change.act));
    Ok(AmendmentCheck {
        reviewed: reviewed.clone(),
        gaps,
        conflicts,
        positions,
    })
}

/// Whether an amendment closes a gap without opening one and without making a conflict.
///
/// The same questions as [`review`] asks, without telling the answers.
///
/// # Errors
/// As [`review`].
pub fn closes(
    law: &AmendedLaw,
    reviewed: &Reviewed,
    standard_norm: NormId,
    kind: Kind,
) -> Result<bool, AnalysisError> {
    let Prepared {
        mut ground,
        before,
        after,
        standard,
        acts,
    } = Prepared::new(law, reviewed)?;
    let Some(standard) = standard else {
        return Ok(false);
    };
    let wanted = |norm: &crate::Provision| acts.contains(&norm.act);
    let old = gap_regions(&mut ground, &standard, &before, wanted)?;
    let target: Vec<BDDFunction> = old
        .iter()
        .filter(|gap| gap.standard == standard_norm && gap.kind == kind)
        .map(|gap| gap.region.clone())
        .collect();
    if target.is_empty() {
        return Ok(false);
    }
    let mut old = Together::of(old);
    let new = Together::of(gap_regions(&mut ground, &standard, &after, wanted)?);
    let nodes_max = ground.bounds().nodes_max;
    let at = |error| AnalysisError::at(error, nodes_max, &[standard_norm]);
    let nothing = ground.compiler.falsehood();
    let target = any(&nothing, &target).map_err(at)?;
    for (norm, new) in new {
        // The same name must not come back for other situations: a reader would see the gap still there.
        if norm == standard_norm && new.kinds.contains(&kind) {
            return Ok(false);
        }
        let old = old.remove(&norm).unwrap_or_default();
        let mut spoken = old.spoken;
        spoken.add(&new.spoken);
        let world = ground.world(&spoken.facts)?;
        let was = any(&nothing, &old.regions).map_err(at)?;
        let is = ok(any(&nothing, &new.regions).map_err(at)?.and(&world)).map_err(at)?;
        if minus(&is, &was).map_err(at)?.satisfiable() {
            return Ok(false);
        }
        if norm == standard_norm && ok(is.and(&target)).map_err(at)?.satisfiable() {
            return Ok(false);
        }
    }
    let made = conflict_regions(&mut ground, &after)?;
    let known = conflict_regions(&mut ground, &before)?;
    for conflict in made {
        let mut fresh = conflict.region.clone();
        for other in known.iter().filter(|other| other.same_positions(&conflict)) {
            fresh = minus(&fresh, &other.region).map_err(at)?;
        }
        if fresh.satisfiable() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Acts of norms that begin or end, and of norms that these override, directly or through others.
fn touched_acts(law: &AmendedLaw) -> BTreeSet<ActId> {
    let library = &law.read.library;
    let mut todo: Vec<NormId> = law.begun.clone();
    todo.extend(law.ended.iter().map(|(norm, _)| *norm));
    let mut seen: BTreeSet<NormId> = BTreeSet::new();
    while let Some(norm) = todo.pop() {
        if seen.insert(norm) {
            todo.extend(&library.norm(norm).overrides);
        }
    }
    seen.into_iter()
        .map(|norm| library.norm(norm).act)
        .collect()
}

/// The gaps at one norm of the standard together.
#[derive(Default)]
struct Together {
    regions: Vec<BDDFunction>,
    kinds: Vec<Kind>,
    spoken: Spoken,
    norms: BTreeSet<NormId>,
}

impl Together {
    fn of(found: Vec<GapRegion>) -> BTreeMap<NormId, Self> {
        let mut all: BTreeMap<NormId, Self> = BTreeMap::new();
        for gap in found {
            let together = all.entry(gap.standard).or_default();
            together.regions.push(gap.region);
            together.kinds.push(gap.kind);
            together.spoken.facts.extend(gap.facts);
            together.spoken.plain.extend(gap.plain_facts);
            together.norms.insert(gap.standard);
            together
                .norms
                .extend(gap.involved.iter().map(|involved| involved.norm));
        }
        all
    }
}

fn gap_changes(
    ground: &mut Ground<'_>,
    teller: &Teller,
    standard: &Side,
    (before, after): (&Side, &Side),
    acts: &[ActId],
) -> Result<Vec<GapChange>, AnalysisError> {
    let library = ground.library();
    let wanted = |norm: &crate::Provision| acts.contains(&norm.act);
    let mut before = Together::of(gap_regions(ground, standard, before, wanted)?);
    let mut after = Together::of(gap_regions(ground, standard, after, wanted)?);
    let mut changes = Vec::new();
    for norm in standard.provisions.iter().filter(|norm| wanted(norm)) {
        let old = before.remove(&norm.norm).unwrap_or_default();
        let new = after.remove(&norm.norm).unwrap_or_default();
        if old.regions.is_empty() && new.regions.is_empty() {
            continue;
        }
        let norms: Vec<NormId> = old.norms.union(&new.norms).copied().collect();
        let nodes_max = ground.bounds().nodes_max;
        let at = |error| AnalysisError::at(error, nodes_max, &norms);
        let mut spoken = old.spoken.clone();
        spoken.add(&new.spoken);
        let nothing = ground.compiler.falsehood();
        let world = ground.world(&spoken.facts)?;
        let was = ok(any(&nothing, &old.regions).map_err(at)?.and(&world)).map_err(at)?;
        let is = ok(any(&nothing, &new.regions).map_err(at)?.and(&world)).map_err(at)?;
        let closed = teller.tell(ground, &minus(&was, &is).map_err(at)?, &spoken, &norms)?;
        let opened = teller.tell(ground, &minus(&is, &was).map_err(at)?, &spoken, &norms)?;
        let left = ok(was.and(&is)).map_err(at)?;
        let outcome = match (closed.is_some(), opened.is_some(), left.satisfiable()) {
            (false, false, _) => {
                if same_reasons(&old, &new) {
                    continue;
                }
                GapOutcome::OtherReason
            }
            (true, false, false) => GapOutcome::Closed,
            (true, false, true) => GapOutcome::Narrowed,
            (false, true, _) if was.satisfiable() => GapOutcome::Widened,
            (false, true, _) => GapOutcome::Opened,
            (true, true, _) => GapOutcome::Moved,
        };
        changes.push(GapChange {
            standard: norm.norm,
            act: norm.act,
            stake: library.act(norm.act).stake,
            outcome,
            before: old.kinds,
            after: new.kinds,
            closed,
            opened,
            left: teller.tell(ground, &left, &spoken, &norms)?,
        });
    }
    changes.sort_by_cached_key(|change| {
        (
            change.outcome,
            change.stake,
            crate::literal::name_of(library, change.standard),
        )
    });
    Ok(changes)
}

fn same_reasons(old: &Together, new: &Together) -> bool {
    old.kinds == new.kinds && old.regions == new.regions
}

fn conflict_changes(
    ground: &mut Ground<'_>,
    teller: &Teller,
    before: &Side,
    after: &Side,
) -> Result<Vec<ConflictChange>, AnalysisError> {
    let old = conflict_regions(ground, before)?;
    let new = conflict_regions(ground, after)?;
    let mut changes = only_in(ground, teller, after, &new, &old, true)?;
    changes.extend(only_in(ground, teller, before, &old, &new, false)?);
    Ok(changes)
}

/// The conflicts of a side, in the situations in which the other side has none between the same positions.
fn only_in(
    ground: &mut Ground<'_>,
    teller: &Teller,
    side: &Side,
    these: &[ConflictRegion],
    those: &[ConflictRegion],
    made: bool,
) -> Result<Vec<ConflictChange>, AnalysisError> {
    let mut changes = Vec::new();
    for this in these {
        let mut here = this.clone();
        for that in those.iter().filter(|that| that.same_positions(this)) {
            let nodes_max = ground.bounds().nodes_max;
            here.region = minus(&here.region, &that.region)
                .map_err(|error| AnalysisError::at(error, nodes_max, &[]))?;
            here.spoken.add(&that.spoken);
        }
        if here.region.satisfiable() {
            changes.extend(
                told(ground, teller, side.order, side, here)?
                    .map(|conflict| ConflictChange { made, conflict }),
            );
        }
    }
    Ok(changes)
}

/// Tests that passed without the amendment and fail with it: package and name.
#[must_use]
pub fn test_changes(before: &[TestOutcome], after: &[TestOutcome]) -> Vec<TestOutcome> {
    let passed: BTreeSet<(&str, &str)> = before
        .iter()
        .filter(|outcome| outcome.problems.is_empty())
        .map(|outcome| (outcome.package.as_str(), outcome.name.as_str()))
        .collect();
    after
        .iter()
        .filter(|outcome| !outcome.problems.is_empty())
        .filter(|outcome| passed.contains(&(outcome.package.as_str(), outcome.name.as_str())))
        .cloned()
        .collect()
}
