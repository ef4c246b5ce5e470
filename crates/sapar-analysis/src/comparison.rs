//! The register of gaps: every region told, measured, and set beside what other orders give.

use std::collections::BTreeSet;

use jiff::civil::Date;
use oxidd::BooleanFunction;
use oxidd::bdd::BDDFunction;
use sapar_law::diagrams::{norms_in_force, ok};
use sapar_law::{ActId, ActorId, FactId, InstrumentId, Library, Modality, NormId, OrderId, Stake};

use crate::cover::{Cover, cover};
use crate::example::{Example, costs, example};
use crate::flat::{Flat, class_sizes};
use crate::matrix::{Matrix, matrix};
use crate::region::{GapRegion, given, minus};
use crate::{
    AnalysisError, Bounds, Ground, Involved, Kind, Prior, Provision, Share, Side, gap_regions,
};

/// What is compared with what.
#[derive(Debug, Clone)]
pub struct Request {
    /// The standard: an order and a day.
    pub standard: (OrderId, Date),
    /// The national order, and a day.
    pub national: (OrderId, Date),
    /// Other orders, to see what they give where the national order does not.
    pub comparators: Vec<(OrderId, Date)>,
    /// What to look at.
    pub scope: Scope,
    /// How likely facts are; [`Prior::standard`] where none is given.
    pub prior: Option<Prior>,
    /// What the comparison may use.
    pub bounds: Bounds,
}

impl Request {
    /// Everything the standard demands, without comparators, within the ordinary bounds.
    #[must_use]
    pub fn new(standard: (OrderId, Date), national: (OrderId, Date)) -> Self {
        Self {
            standard,
            national,
            comparators: Vec::new(),
            scope: Scope::default(),
            prior: None,
            bounds: Bounds::default(),
        }
    }
}

/// What to look at; the default is everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only these acts; none is all.
    pub acts: Vec<ActId>,
    /// Only acts with these stakes; none is all.
    pub stakes: Vec<Stake>,
    /// Only these norms of the standard; none is all.
    pub norms: Vec<NormId>,
    /// Leaves out national norms that are themselves norms of the standard.
    ///
    /// A treaty in force is part of the national order and gives what it demands; left out, one sees
    /// what the state's own laws give.
    pub own_law_only: bool,
}

impl Scope {
    fn holds(&self, library: &Library, norm: NormId) -> bool {
        let act = library.norm(norm).act;
        (self.norms.is_empty() || self.norms.contains(&norm))
            && (self.acts.is_empty() || self.acts.contains(&act))
            && (self.stakes.is_empty() || self.stakes.contains(&library.act(act).stake))
    }
}

/// A name for a gap that stays the same while the law does: `instrument/norm/kind`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GapId(pub String);

impl GapId {
    /// The name of the gap of this kind at a norm of the standard.
    #[must_use]
    pub fn new(library: &Library, standard: NormId, kind: Kind) -> Self {
        Self(format!(
            "{}/{}",
            crate::literal::name_of(library, standard),
            kind.slug()
        ))
    }
}

impl std::fmt::Display for GapId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Situations in which the standard demands and the national order gives less, with all that a reader needs.
#[derive(Clone)]
pub struct Gap {
    /// Its name.
    pub id: GapId,
    /// Why the national order gives less.
    pub kind: Kind,
    /// The norm of the standard.
    pub standard: NormId,
    /// The act.
    pub act: ActId,
    /// Who is bound by the standard.
    pub bearer: ActorId,
    /// How strongly, and which way, the standard speaks.
    pub modality: Modality,
    /// What is at stake: the register is sorted by it.
    pub stake: Stake,
    /// National norms that have to do with it.
    pub involved: Vec<Involved>,
    /// Facts it depends on.
    pub facts: BTreeSet<FactId>,
    /// The situations, within `world`; diagrams of the comparison's ground.
    pub region: BDDFunction,
    /// The situations that can occur, as far as `facts` are concerned.
    pub world: BDDFunction,
    /// The same situations as short conjunctions.
    pub cover: Cover,
    /// The least surprising person to whom it happens.
    pub example: Example,
    /// Which share of situations it holds.
    pub share: Share,
    /// What each comparator gives in these situations.
    pub comparators: Vec<ComparatorAnswer>,
}

/// One of the orders a gap is set beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparator {
    /// The order.
    pub order: OrderId,
    /// The day.
    pub on: Date,
}

/// What a comparator gives in the situations of a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparatorAnswer {
    /// Which.
    pub comparator: Comparator,
    /// Where it gives at least as much as the standard demands.
    pub gives: Gives,
    /// Its norms that do so somewhere in these situations.
    pub norms: Vec<NormId>,
}

/// Where an order gives at least as much as the standard demands, without giving the opposite too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gives {
    /// In all situations of the gap.
    Everywhere,
    /// In some; not in these.
    InPart(Cover),
    /// In none.
    Nowhere,
}

/// A standard and a national order compared.
pub struct Comparison<'l> {
    ground: Ground<'l>,
    scope: Scope,
    standard: Side,
    national: Side,
    comparators: Vec<Side>,
    gaps: Vec<Gap>,
}

impl<'l> Comparison<'l> {
    /// Finds every gap.
    ///
    /// The gaps come gravest first and in the same order every time.
    ///
    /// # Errors
    /// When a bound is met, with the norms at which it was; or when an order cannot be compiled.
    pub fn new(library: &'l Library, request: &Request) -> Result<Self, AnalysisError> {
        let standing = norms_in_force(library, request.standard.0, request.standard.1);
        let acts: BTreeSet<ActId> = standing
            .iter()
            .filter(|norm| request.scope.holds(library, **norm))
            .map(|norm| library.norm(*norm).act)
            .collect();
        let own = |norm: NormId| !request.scope.own_law_only || !standing.contains(&norm);
        let near = |(order, on): (OrderId, Date), own: &dyn Fn(NormId) -> bool| {
            let mut norms = norms_in_force(library, order, on);
            norms.retain(|norm| own(*norm));
            with_overriders(library, &norms, &acts)
        };
        let all = |_: NormId| true;
        let standard = near(request.standard, &all);
        let national = near(request.national, &own);
        let others: Vec<BTreeSet<NormId>> = request
            .comparators
            .iter()
            .map(|order| near(*order, &all))
            .collect();
        let mut together: BTreeSet<NormId> = standard.union(&national).copied().collect();
        together.extend(others.iter().flatten());
        let mut ground = Ground::new(library, &together, request.bounds)?;
        let side =
            |ground: &mut Ground<'l>, (order, on): (OrderId, Date), norms: &BTreeSet<NormId>| {
                ground.side(order, on, |norm| norms.contains(&norm))
            };
        let standard = side(&mut ground, request.standard, &standard)?;
        let national = side(&mut ground, request.national, &national)?;
        let mut comparators = Vec::new();
        for (order, norms) in request.comparators.iter().zip(&others) {
            comparators.push(side(&mut ground, *order, norms)?);
        }
        let mut comparison = Self {
            ground,
            scope: request.scope.clone(),
            standard,
            national,
            comparators,
            gaps: Vec::new(),
        };
        let prior = match &request.prior {
            Some(prior) => prior.clone(),
            None => Prior::standard(library),
        };
        comparison.find(&prior)?;
        Ok(comparison)
    }

    /// Every gap, gravest first.
    #[must_use]
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// The gap of that name.
    #[must_use]
    pub fn gap(&self, id: &str) -> Option<&Gap> {
        self.gaps.iter().find(|gap| gap.id.0 == id)
    }

    /// The standard.
    #[must_use]
    pub fn standard(&self) -> &Side {
        &self.standard
    }

    /// The national order.
    #[must_use]
    pub fn national(&self) -> &Side {
        &self.national
    }

    /// The comparators, in the order asked for.
    #[must_use]
    pub fn comparators(&self) -> &[Side] {
        &self.comparators
    }

    /// The ground on which all regions stand.
    #[must_use]
    pub fn ground(&self) -> &Ground<'l> {
        &self.ground
    }

    /// The ground on which all regions stand, for combining them further.
    pub fn ground_mut(&mut self) -> &mut Ground<'l> {
        &mut self.ground
    }

    /// Provision against provision.
    ///
    /// # Errors
    /// When a bound is met.
    pub fn matrix(&mut self) -> Result<Matrix, AnalysisError> {
        let library = self.ground.library();
        let scope = &self.scope;
        matrix(&mut self.ground, &self.standard, &self.national, |norm| {
            scope.holds(library, norm.norm)
        })
    }

    fn find(&mut self, prior: &Prior) -> Result<(), AnalysisError> {
        let library = self.ground.library();
        let scope = &self.scope;
        let regions = gap_regions(&mut self.ground, &self.standard, &self.national, |norm| {
            scope.holds(library, norm.norm)
        })?;
        let measures = Measures::new(&self.ground, prior);
        let mut gaps = Vec::new();
        for region in regions {
            gaps.extend(self.gap_of(region, prior, &measures)?);
        }
        gaps.sort_by(|left, right| {
            (left.stake, left.kind, &left.id).cmp(&(right.stake, right.kind, &right.id))
        });
        self.gaps = gaps;
        Ok(())
    }

    fn gap_of(
        &mut self,
        found: GapRegion,
        prior: &Prior,
        measures: &Measures,
    ) -> Result<Option<Gap>, AnalysisError> {
        let library = self.ground.library();
        let nodes_max = self.ground.bounds().nodes_max;
        let mut norms = vec![found.standard];
        norms.extend(found.involved.iter().map(|involved| involved.norm));
        let at = |error| AnalysisError::at(error, nodes_max, &norms);
        let instruments: BTreeSet<InstrumentId> = norms
            .iter()
            .map(|norm| library.norm(*norm).instrument)
            .collect();
        let mut flat = self
            .ground
            .flat(&[&found.region, &found.world])
            .map_err(at)?;
        let Some(person) = example(&self.ground, prior, &measures.costs, &flat, &found.facts)
        else {
            return Ok(None);
        };
        let share = measures.share(&flat);
        let pair = (flat.root(0), flat.root(1));
        let words = cover(
            &self.ground,
            flat.sets_mut(),
            pair,
            &found.facts,
            &found.plain_facts,
            &instruments,
        )
        .map_err(at)?;
        let comparators = self.comparators_at(&found, &instruments)?;
        let norm = library.norm(found.standard);
        Ok(Some(Gap {
            id: GapId::new(library, found.standard, found.kind),
            kind: found.kind,
            standard: found.standard,
            act: norm.act,
            bearer: norm.bearer,
            modality: norm.modality,
            stake: library.act(norm.act).stake,
            involved: found.involved,
            cover: words,
            example: person,
            share,
            comparators,
            facts: found.facts,
            region: found.region,
            world: found.world,
        }))
    }

    fn comparators_at(
        &mut self,
        found: &GapRegion,
        instruments: &BTreeSet<InstrumentId>,
    ) -> Result<Vec<ComparatorAnswer>, AnalysisError> {
        let Some(provision) = self
            .standard
            .provisions
            .iter()
            .find(|provision| provision.norm == found.standard)
        else {
            return Ok(Vec::new());
        };
        let mut answers = Vec::new();
        for side in &self.comparators {
            answers.push(answer(
                &mut self.ground,
                provision,
                side,
                found,
                instruments,
            )?);
        }
        Ok(answers)
    }
}

/// What a comparator gives in the situations of a gap.
fn answer(
    ground: &mut Ground<'_>,
    provision: &Provision,
    side: &Side,
    found: &GapRegion,
    instruments: &BTreeSet<InstrumentId>,
) -> Result<ComparatorAnswer, AnalysisError> {
    let (given, opposed, norms) = given(ground, provision, side)?;
    let mut facts = found.facts.clone();
    let mut plain = found.plain_facts.clone();
    for norm in side.on_act(provision.act) {
        facts.extend(&norm.facts);
        plain.extend(&norm.plain_facts);
    }
    let world = ground.world(&facts)?;
    let nodes_max = ground.bounds().nodes_max;
    let at = |error| AnalysisError::at(error, nodes_max, &[provision.norm]);
    let region = ok(world.and(&found.region)).map_err(at)?;
    let clean = minus(&given, &opposed).map_err(at)?;
    let missing = minus(&region, &clean).map_err(at)?;
    let gives = if !missing.satisfiable() {
        Gives::Everywhere
    } else if missing == region {
        Gives::Nowhere
    } else {
        // Where not, among the situations of the gap: that it is one need not be said again.
        let mut flat = ground.flat(&[&missing, &region]).map_err(at)?;
        let pair = (flat.root(0), flat.root(1));
        let sets = flat.sets_mut();
        Gives::InPart(cover(ground, sets, pair, &facts, &plain, instruments).map_err(at)?)
    };
    let mut there = Vec::new();
    for norm in norms {
        let applies = side
            .provisions
            .iter()
            .find(|provision| provision.norm == norm)
            .map(|provision| &provision.applies);
        if gives != Gives::Nowhere
            && let Some(applies) = applies
            && ok(region.and(applies)).map_err(at)?.satisfiable()
        {
            there.push(norm);
        }
    }
    Ok(ComparatorAnswer {
        comparator: Comparator {
            order: side.order,
            on: side.on,
        },
        gives,
        norms: there,
    })
}

/// The norms on these acts, and all that override them.
fn with_overriders(
    library: &Library,
    norms: &[NormId],
    acts: &BTreeSet<ActId>,
) -> BTreeSet<NormId> {
    let mut kept: BTreeSet<NormId> = norms
        .iter()
        .copied()
        .filter(|norm| acts.contains(&library.norm(*norm).act))
        .collect();
    loop {
        let more: Vec<NormId> = norms
            .iter()
            .copied()
            .filter(|norm| {
                let overrides = &library.norm(*norm).overrides;
                !kept.contains(norm) && overrides.iter().any(|over| kept.contains(over))
            })
            .collect();
        if more.is_empty() {
            return kept;
        }
        kept.extend(more);
    }
}

/// What is the same for all gaps of a ground.
pub(crate) struct Measures {
    pub(crate) costs: Vec<Vec<(u64, u64)>>,
    chances: Vec<Vec<f64>>,
    sizes: Vec<Vec<u32>>,
}

impl Measures {
    pub(crate) fn new(ground: &Ground<'_>, prior: &Prior) -> Self {
        Self {
            costs: costs(ground, prior),
            chances: ground
                .layouts()
                .iter()
                .map(|layout| prior.of_classes(layout))
                .collect(),
            sizes: ground.layouts().iter().map(class_sizes).collect(),
        }
    }

    /// Which share of the second set of this table the first is.
    pub(crate) fn share(&self, flat: &Flat) -> Share {
        let places = flat.support();
        let possible = flat.likelihood(flat.root(1), &self.chances);
        let likely = flat.likelihood(flat.root(0), &self.chances);
        Share {
            situations: flat.count(flat.root(0), &places, &self.sizes),
            possible: flat.count(flat.root(1), &places, &self.sizes),
            likely: if possible > 0.0 {
                likely / possible
            } else {
                0.0
            },
        }
    }
}

/// The norms on these acts and all that override them; all norms where no act is named.
pub(crate) fn on_acts(library: &Library, norms: &[NormId], acts: &[ActId]) -> Vec<NormId> {
    if acts.is_empty() {
        return norms.to_vec();
    }
    with_overriders(library, norms, &acts.iter().copied().collect())
        .into_iter()
        .collect()
}
