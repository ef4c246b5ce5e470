//! In exactly which situations a national order gives less than the standard demands, and why.

use std::collections::BTreeSet;

use oxidd::BooleanFunction;
use oxidd::bdd::BDDFunction;
use sapar_law::diagrams::ok;
use sapar_law::{CompileError, FactId, NormId};

use crate::alignment::{Alignment, Demand, LimitAnswer, align, demand};
use crate::{AnalysisError, Ground, Provision, Side};

/// Why the national order gives less; each situation of a gap has exactly one kind, the first that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// It demands or allows the opposite, and nothing in it gives what the standard demands.
    Contrary,
    /// It gives what the standard demands, and demands or allows the opposite at the same time.
    Contested,
    /// It would give enough, but an exception or an overriding norm takes it away.
    TakenAway,
    /// It acts, but later, for a shorter time, or for a longer one where that is worse.
    LimitTooWeak,
    /// It acts, but whether its limit is as strong cannot be said.
    LimitUnsaid,
    /// It says so with a weaker modality, as *may* for *must*.
    WeakerModality,
    /// It gives enough in other situations, or forbids it to others.
    TooNarrow,
    /// No norm of it would give enough in any situation.
    Silent,
}

impl Kind {
    /// All kinds, in the order in which they are tried.
    pub const ALL: [Kind; 8] = [
        Kind::Contrary,
        Kind::Contested,
        Kind::TakenAway,
        Kind::LimitTooWeak,
        Kind::LimitUnsaid,
        Kind::WeakerModality,
        Kind::TooNarrow,
        Kind::Silent,
    ];

    /// The kind as it stands in an identifier.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Kind::Contrary => "contrary",
            Kind::Contested => "contested",
            Kind::TakenAway => "taken-away",
            Kind::LimitTooWeak => "limit-too-weak",
            Kind::LimitUnsaid => "limit-unsaid",
            Kind::WeakerModality => "weaker-modality",
            Kind::TooNarrow => "too-narrow",
            Kind::Silent => "silent",
        }
    }
}

/// What a national norm has to do with a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// It demands or allows the opposite here.
    Opposes,
    /// It gives enough here, and another norm opposes it.
    Gives,
    /// It would give enough here but for an exception of its own or a norm that overrides it.
    TakenAway,
    /// It overrides a norm that would give enough.
    Overrides,
    /// Its limit is too weak or missing.
    WeakLimit,
    /// Its limit cannot be compared.
    UnsaidLimit,
    /// Its modality is weaker.
    Weaker,
    /// It binds only a part of those whom the standard binds.
    NarrowBearer,
    /// It gives enough in other situations.
    GivesElsewhere,
}

/// A national norm and what it has to do with a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Involved {
    /// What it has to do with it.
    pub part: Part,
    /// The norm.
    pub norm: NormId,
}

/// Situations in which a norm of the standard demands what the national order does not give, all for one reason.
#[derive(Clone)]
pub struct GapRegion {
    /// The norm of the standard.
    pub standard: NormId,
    /// Why the national order gives less.
    pub kind: Kind,
    /// The situations, within `world`; never none.
    pub region: BDDFunction,
    /// The situations that can occur, as far as `facts` are concerned.
    pub world: BDDFunction,
    /// Facts that the norm of the standard and the national norms near it speak of.
    pub facts: BTreeSet<FactId>,
    /// Those of them that a cover may speak of, beside terms.
    pub plain_facts: BTreeSet<FactId>,
    /// National norms that have to do with it.
    pub involved: Vec<Involved>,
}

/// Every gap between two sides whose provision of the standard passes `wanted`, in the standard's order.
///
/// The regions of one norm are disjoint, and together they are exactly the situations in which it applies
/// and the national side does not give at least as much, or gives it and the opposite at once.
///
/// # Errors
/// When a bound is met: the norms being compared are named.
pub fn gap_regions(
    ground: &mut Ground<'_>,
    standard: &Side,
    national: &Side,
    wanted: impl Fn(&Provision) -> bool,
) -> Result<Vec<GapRegion>, AnalysisError> {
    let mut gaps = Vec::new();
    for provision in standard.provisions.iter().filter(|norm| wanted(norm)) {
        let Some(near) = Near::new(ground, provision, national) else {
            continue;
        };
        let world = ground.world(&near.facts)?;
        let names = || {
            let mut names = vec![provision.norm];
            names.extend(near.national.iter().map(|(norm, _)| norm.norm));
            names
        };
        let found = near
            .regions(&ground.compiler.falsehood(), &world, national)
            .map_err(|error| AnalysisError::at(error, ground.bounds().nodes_max, &names()))?;
        gaps.extend(found);
    }
    Ok(gaps)
}

/// Where, within what can occur, a side gives at least as much as a provision demands; with the norms that can give it.
///
/// The second is true where the side also demands or allows the opposite.
///
/// # Errors
/// When a bound is met.
pub(crate) fn given(
    ground: &mut Ground<'_>,
    provision: &Provision,
    side: &Side,
) -> Result<(BDDFunction, BDDFunction, Vec<NormId>), AnalysisError> {
    let truth = ground.compiler.truth();
    let nothing = ground.compiler.falsehood();
    let Some(near) = Near::new(ground, provision, side) else {
        return Ok((truth, nothing, Vec::new()));
    };
    let at = |error| AnalysisError::at(error, ground.bounds().nodes_max, &[provision.norm]);
    let given = near.given(&nothing, |norm| &norm.applies).map_err(at)?;
    let opposed = near.opposed(&nothing).map_err(at)?;
    let norms = near
        .national
        .iter()
        .filter(|(_, alignment)| matches!(alignment, Alignment::Strong(_)))
        .map(|(norm, _)| norm.norm)
        .collect();
    Ok((given, opposed, norms))
}

/// A norm of the standard and the national norms on the same act.
struct Near<'n> {
    standard: &'n Provision,
    demand: Demand,
    national: Vec<(&'n Provision, Alignment)>,
    facts: BTreeSet<FactId>,
    plain_facts: BTreeSet<FactId>,
}

impl<'n> Near<'n> {
    fn new(ground: &Ground<'_>, standard: &'n Provision, side: &'n Side) -> Option<Self> {
        let library = ground.library();
        let demand = demand(library, standard)?;
        let national: Vec<(&Provision, Alignment)> = side
            .on_act(standard.act)
            .map(|norm| (norm, align(library, standard, norm)))
            .filter(|(_, alignment)| *alignment != Alignment::Unrelated)
            .collect();
        let mut facts = standard.facts.clone();
        let mut plain_facts = standard.plain_facts.clone();
        for (norm, _) in &national {
            facts.extend(&norm.facts);
            plain_facts.extend(&norm.plain_facts);
        }
        Some(Self {
            standard,
            demand,
            national,
            facts,
            plain_facts,
        })
    }

    fn regions(
        &self,
        nothing: &BDDFunction,
        world: &BDDFunction,
        side: &Side,
    ) -> Result<Vec<GapRegion>, CompileError> {
        let demanded = ok(world.and(&self.standard.applies))?;
        let mut gaps = Vec::new();
        if !demanded.satisfiable() {
            return Ok(gaps);
        }
        let given = self.given(nothing, |norm| &norm.applies)?;
        let opposed = self.opposed(nothing)?;
        let mut left = minus(&demanded, &given)?;
        let mut take = |kind: Kind, of: &BDDFunction, left: BDDFunction| {
            let region = ok(left.and(of))?;
            let rest = minus(&left, of)?;
            if region.satisfiable() {
                gaps.push(GapRegion {
                    standard: self.standard.norm,
                    kind,
                    involved: self.involved(kind, &region, world, side)?,
                    region,
                    world: world.clone(),
                    facts: self.facts.clone(),
                    plain_facts: self.plain_facts.clone(),
                });
            }
            Ok::<_, CompileError>(rest)
        };
        left = take(Kind::Contrary, &opposed, left)?;
        let both = ok(ok(demanded.and(&given))?.and(&opposed))?;
        take(Kind::Contested, &opposed, both)?;
        if self.demand != Demand::Bounded {
            let worded = self.given(nothing, |norm| &norm.worded)?;
            left = take(Kind::TakenAway, &worded, left)?;
        }
        let acting = self.any(nothing, |alignment| {
            matches!(alignment, Alignment::Strong(_))
        })?;
        let perhaps = self.within(nothing, LimitAnswer::Unsaid, |norm| &norm.applies)?;
        left = take(Kind::LimitTooWeak, &minus(&acting, &perhaps)?, left)?;
        left = take(Kind::LimitUnsaid, &acting, left)?;
        let weaker = self.any(nothing, |alignment| *alignment == Alignment::Weaker)?;
        left = take(Kind::WeakerModality, &weaker, left)?;
        let mut narrow = self.any(nothing, |alignment| *alignment == Alignment::NarrowBearer)?;
        if ok(world.and(&given))?.satisfiable() {
            narrow = left.clone();
        }
        left = take(Kind::TooNarrow, &narrow, left)?;
        let rest = left.clone();
        take(Kind::Silent, &rest, left)?;
        Ok(gaps)
    }

    /// Where the national norms give at least as much, each applying where `place` says.
    fn given(
        &self,
        nothing: &BDDFunction,
        place: impl Fn(&'n Provision) -> &'n BDDFunction,
    ) -> Result<BDDFunction, CompileError> {
        self.within(nothing, LimitAnswer::Met, place)
    }

    /// The same with limits that may be as strong counted too, where `worst` is [`LimitAnswer::Unsaid`].
    fn within(
        &self,
        nothing: &BDDFunction,
        worst: LimitAnswer,
        place: impl Fn(&'n Provision) -> &'n BDDFunction,
    ) -> Result<BDDFunction, CompileError> {
        if self.demand == Demand::Bounded {
            // A power that is not given at all is not used for too long.
            let mut beyond = nothing.clone();
            for (norm, alignment) in &self.national {
                if let Alignment::Strong(answers) = alignment
                    && answers.iter().any(|answer| *answer > worst)
                {
                    beyond = ok(beyond.or(place(norm)))?;
                }
            }
            return ok(beyond.not());
        }
        let count = self
            .national
            .iter()
            .map(|(_, alignment)| match alignment {
                Alignment::Strong(answers) => answers.len(),
                _ => 0,
            })
            .max()
            .unwrap_or(0);
        if count == 0 {
            return Ok(nothing.clone());
        }
        // Every limit must be met, but one norm may meet one and another the next.
        let mut all = ok(nothing.not())?;
        for limit in 0..count {
            let mut met = nothing.clone();
            for (norm, alignment) in &self.national {
                if let Alignment::Strong(answers) = alignment
                    && answers.get(limit).is_some_and(|answer| *answer <= worst)
                {
                    met = ok(met.or(place(norm)))?;
                }
            }
            all = ok(all.and(&met))?;
        }
        Ok(all)
    }

    fn any(
        &self,
        nothing: &BDDFunction,
        which: impl Fn(&Alignment) -> bool,
    ) -> Result<BDDFunction, CompileError> {
        let mut any = nothing.clone();
        for (norm, alignment) in &self.national {
            if which(alignment) {
                any = ok(any.or(&norm.applies))?;
            }
        }
        Ok(any)
    }

    fn opposed(&self, nothing: &BDDFunction) -> Result<BDDFunction, CompileError> {
        self.any(nothing, |alignment| *alignment == Alignment::Opposite)
    }

    /// The national norms that have to do with a region.
    fn involved(
        &self,
        kind: Kind,
        region: &BDDFunction,
        world: &BDDFunction,
        side: &Side,
    ) -> Result<Vec<Involved>, CompileError> {
        let meets = |of: &BDDFunction| Ok::<_, CompileError>(ok(region.and(of))?.satisfiable());
        let mut involved = BTreeSet::new();
        for (norm, alignment) in &self.national {
            let applies = meets(&norm.applies)?;
            let part = match (kind, alignment) {
                (Kind::Contrary | Kind::Contested, Alignment::Opposite) if applies => {
                    Some(Part::Opposes)
                }
                (Kind::Contested, Alignment::Strong(answers)) if applies && all_met(answers) => {
                    Some(Part::Gives)
                }
                (Kind::TakenAway, Alignment::Strong(answers))
                    if any_met(answers) && !applies && meets(&norm.worded)? =>
                {
                    for over in norm
                        .overriders
                        .iter()
                        .filter_map(|over| side.provisions.get(*over))
                    {
                        if meets(&over.applies)? {
                            involved.insert(Involved {
                                part: Part::Overrides,
                                norm: over.norm,
                            });
                        }
                    }
                    Some(Part::TakenAway)
                }
                (Kind::LimitTooWeak | Kind::LimitUnsaid, Alignment::Strong(answers))
                    if applies && !all_met(answers) =>
                {
                    Some(if answers.contains(&LimitAnswer::Weak) {
                        Part::WeakLimit
                    } else {
                        Part::UnsaidLimit
                    })
                }
                (Kind::WeakerModality, Alignment::Weaker) if applies => Some(Part::Weaker),
                (Kind::TooNarrow, Alignment::NarrowBearer) if applies => Some(Part::NarrowBearer),
                (Kind::TooNarrow, Alignment::Strong(answers))
                    if any_met(answers) && ok(world.and(&norm.applies))?.satisfiable() =>
                {
                    Some(Part::GivesElsewhere)
                }
                _ => None,
            };
            involved.extend(part.map(|part| Involved {
                part,
                norm: norm.norm,
            }));
        }
        Ok(involved.into_iter().collect())
    }
}

fn all_met(answers: &[LimitAnswer]) -> bool {
    answers.iter().all(|answer| *answer == LimitAnswer::Met)
}

fn any_met(answers: &[LimitAnswer]) -> bool {
    answers.contains(&LimitAnswer::Met)
}

/// What is in `left` and not in `right`.
pub(crate) fn minus(left: &BDDFunction, right: &BDDFunction) -> Result<BDDFunction, CompileError> {
    ok(right.imp_strict(left))
}
