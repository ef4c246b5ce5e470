//! Positions that cannot both be followed.
//!
//! Two kinds. A duty and a prohibition of the same act conflict when their bearers are the same or one contains
//! the other. A permission and a prohibition conflict when the prohibition binds the one who is permitted:
//! a body of the state may still be forbidden what another body may do.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;
use oxidd::BooleanFunction;
use oxidd::bdd::BDDFunction;
use sapar_law::diagrams::ok;
use sapar_law::{ActId, ActorId, Library, Modality, NormId, OrderId, PreferredBy, Stake};

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
    /// The modality of the side that the order prefers, and why, if it prefers one.
    ///
    /// By the best rank among the norms of each side, as in an evaluation. Of equal ranks the later law is preferred
    /// where every norm of that rank on one side is later than every one on the other; where some are and some are
    /// not, it depends on the situation, and neither is named. The conflict stays a conflict.
    pub preferred: Option<(Modality, PreferredBy)>,
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
    let preferred = preferred(library, order, &asking, &forbidding).map(|(side, why)| match side {
        Preferred::Asking => (conflict.asks.1, why),
        Preferred::Forbidding => (Modality::MustNot, why),
    });
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

enum Preferred {
    Asking,
    Forbidding,
}

fn preferred(
    library: &Library,
    order: OrderId,
    asking: &[NormId],
    forbidding: &[NormId],
) -> Option<(Preferred, PreferredBy)> {
    let priority = &library.order(order).priority;
    // The place of the best rank, and the first and the last day on which a norm of it began to bind.
    let best = |norms: &[NormId]| {
        let ranked = norms.iter().filter_map(|norm| {
            let rank = library.instrument(library.norm(*norm).instrument).rank;
            let place = priority.iter().position(|known| *known == rank)?;
            Some((place, library.binds_since(order, *norm)))
        });
        let ranked: Vec<(usize, Date)> = ranked.collect();
        let place = ranked.iter().map(|(place, _)| *place).min()?;
        let days = || {
            ranked
                .iter()
                .filter(|(other, _)| *other == place)
                .map(|(_, day)| *day)
        };
        Some((place, days().min()?, days().max()?))
    };
    let (asks, asks_from, asks_to) = best(asking)?;
    let (forbids, forbids_from, forbids_to) = best(forbidding)?;
    match asks.cmp(&forbids) {
        Ordering::Less => Some((Preferred::Asking, PreferredBy::Rank)),
        Ordering::Greater => Some((Preferred::Forbidding, PreferredBy::Rank)),
        Ordering::Equal if asks_from > forbids_to => {
            Some((Preferred::Asking, PreferredBy::LaterLaw))
        }
        Ordering::Equal if forbids_from > asks_to => {
            Some((Preferred::Forbidding, PreferredBy::LaterLaw))
        }
        Ordering::Equal => None,
    }
}
