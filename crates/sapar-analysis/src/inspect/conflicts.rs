//! Positions that cannot both be followed.
//!
//! Two kinds. A duty and a prohibition of the same act conflict when their bearers are the same or one contains
//! the other. A permission and a prohibition conflict when the prohibition binds the one who is permitted:
//! a body of the state may still be forbidden what another body may do.

use std::collections::BTreeMap;

use oxidd::BooleanFunction;
use oxidd::bdd::BDDFunction;
use sapar_law::diagrams::ok;
use sapar_law::{ActId, ActorId, Library, Modality, NormId, OrderId, Stake};

use crate::situations::{Spoken, Teller, any};
use crate::{AnalysisError, Ground, Provision, Side, Situations};

/// Two positions that cannot both be followed, and where.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// What.
    pub act: ActId,
    /// What is at stake.
    pub stake: Stake,
    /// Who must or may: bearer and modality.
    pub asks: (ActorId, Modality),
    /// Who must not.
    pub forbids: ActorId,
    /// Norms that ask, in some of the situations.
    pub asking: Vec<NormId>,
    /// Norms that forbid, in some of the situations.
    pub forbidding: Vec<NormId>,
    /// The modality of the side that the order's priority of ranks prefers, if it prefers one.
    ///
    /// By the best rank among the norms of each side, as in an evaluation; the conflict stays a conflict.
    pub preferred: Option<Modality>,
    /// The situations.
    pub situations: Situations,
}

/// A conflict before it is told.
#[derive(Clone)]
pub(crate) struct ConflictRegion {
    pub act: ActId,
    pub asks: (ActorId, Modality),
    pub forbids: ActorId,
    pub region: BDDFunction,
    pub spoken: Spoken,
}

impl ConflictRegion {
    /// Whether both are between the same two positions.
    pub fn same_positions(&self, other: &Self) -> bool {
        (self.act, self.asks, self.forbids) == (other.act, other.asks, other.forbids)
    }
}

/// Every conflict of a side, in the order of acts and actors.
pub(crate) fn conflict_regions(
    ground: &mut Ground<'_>,
    side: &Side,
) -> Result<Vec<ConflictRegion>, AnalysisError> {
    let library = ground.library();
    let mut positions: BTreeMap<(ActId, ActorId, Modality), Vec<&Provision>> = BTreeMap::new();
    for norm in &side.provisions {
        positions
            .entry((norm.act, norm.bearer, norm.modality))
            .or_default()
            .push(norm);
    }
    let mut found = Vec::new();
    for ((act, asker, modality), asking) in &positions {
        for ((_, forbidden, _), forbidding) in positions
            .iter()
            .filter(|((other, _, modality), _)| other == act && *modality == Modality::MustNot)
        {
            if !opposed(library, (*asker, *modality), *forbidden) {
                continue;
            }
            let norms: Vec<NormId> = asking
                .iter()
                .chain(forbidding)
                .map(|norm| norm.norm)
                .collect();
            let nodes_max = ground.bounds().nodes_max;
            let at = |error| AnalysisError::at(error, nodes_max, &norms);
            let spoken = Spoken::of(asking.iter().chain(forbidding).copied());
            let world = ground.world(&spoken.facts)?;
            let nothing = ground.compiler.falsehood();
            let asked = any(&nothing, asking.iter().map(|norm| &norm.applies)).map_err(at)?;
            let barred = any(&nothing, forbidding.iter().map(|norm| &norm.applies)).map_err(at)?;
            let both = ok(asked.and(&barred)).map_err(at)?;
            let region = ok(world.and(&both)).map_err(at)?;
            if region.satisfiable() {
                found.push(ConflictRegion {
                    act: *act,
                    asks: (*asker, *modality),
                    forbids: *forbidden,
                    region,
                    spoken,
                });
            }
        }
    }
    found.sort_by_cached_key(|conflict| {
        (
            library.act(conflict.act).stake,
            library.act(conflict.act).name.clone(),
            conflict.asks.1,
            library.actor(conflict.asks.0).name.clone(),
            library.actor(conflict.forbids).name.clone(),
        )
    });
    Ok(found)
}

fn opposed(library: &Library, (asker, modality): (ActorId, Modality), forbidden: ActorId) -> bool {
    match modality {
        Modality::Must => {
            library.actor_contains(asker, forbidden) || library.actor_contains(forbidden, asker)
        }
        Modality::May => library.actor_contains(forbidden, asker),
        _ => false,
    }
}

/// The conflict with its norms, its words and its example.
pub(crate) fn told(
    ground: &mut Ground<'_>,
    teller: &Teller,
    order: OrderId,
    side: &Side,
    conflict: ConflictRegion,
) -> Result<Option<Conflict>, AnalysisError> {
    let library = ground.library();
    let there = |bearer: ActorId, modality: Modality| -> Result<Vec<NormId>, AnalysisError> {
        let mut norms = Vec::new();
        for norm in side.on_act(conflict.act) {
            if norm.bearer == bearer && norm.modality == modality {
                let nodes_max = ground.bounds().nodes_max;
                let meets = ok(conflict.region.and(&norm.applies))
                    .map_err(|error| AnalysisError::at(error, nodes_max, &[norm.norm]))?;
                if meets.satisfiable() {
                    norms.push(norm.norm);
                }
            }
        }
        Ok(norms)
    };
    let asking = there(conflict.asks.0, conflict.asks.1)?;
    let forbidding = there(conflict.forbids, Modality::MustNot)?;
    let norms: Vec<NormId> = asking.iter().chain(&forbidding).copied().collect();
    let Some(situations) = teller.tell(ground, &conflict.region, &conflict.spoken, &norms)? else {
        return Ok(None);
    };
    let priority = &library.order(order).priority;
    let best = |norms: &[NormId]| {
        norms
            .iter()
            .filter_map(|norm| {
                let rank = library.instrument(library.norm(*norm).instrument).rank;
                priority.iter().position(|known| *known == rank)
            })
            .min()
    };
    let preferred = match (best(&asking), best(&forbidding)) {
        (Some(asks), Some(forbids)) if asks < forbids => Some(conflict.asks.1),
        (Some(asks), Some(forbids)) if forbids < asks => Some(Modality::MustNot),
        _ => None,
    };
    Ok(Some(Conflict {
        act: conflict.act,
        stake: library.act(conflict.act).stake,
        asks: conflict.asks,
        forbids: conflict.forbids,
        asking,
        forbidding,
        preferred,
        situations,
    }))
}
