//! Duties of public bodies that the state's own law does not know.
//!
//! A treaty may give a duty to a body, such as a guardianship authority, that no law of the state names.
//! Then nobody can be held to the duty. A body is known when a norm in force of the order's own jurisdiction
//! binds it or a body that is part of it. The state as a whole, and persons and companies, need no law to exist.
//! The order's own jurisdiction is the one of most of its instruments that are not treaties.

use std::collections::BTreeMap;

use sapar_law::diagrams::norms_in_force;
use sapar_law::{ActId, ActorId, Library, Modality, NormId, OrderId, Rank};

use super::Finding;
use crate::Side;

pub fn without_a_law(
    library: &Library,
    order: OrderId,
    side: &Side,
    wanted: impl Fn(ActId) -> bool,
) -> Vec<Finding> {
    let Some(own) = own_jurisdiction(library, order) else {
        return Vec::new();
    };
    let Some(state) = library.actor_named("state") else {
        return Vec::new();
    };
    let known: Vec<ActorId> = norms_in_force(library, order, side.on)
        .into_iter()
        .map(|norm| library.norm(norm))
        .filter(|norm| library.instrument(norm.instrument).jurisdiction == own)
        .map(|norm| norm.bearer)
        .collect();
    let mut unknown: BTreeMap<ActorId, Vec<NormId>> = BTreeMap::new();
    for norm in &side.provisions {
        let duty = matches!(norm.modality, Modality::Must | Modality::MustNot);
        let body = norm.bearer != state && library.actor_contains(state, norm.bearer);
        let named = known
            .iter()
            .any(|known| library.actor_contains(norm.bearer, *known));
        if duty && body && !named && wanted(norm.act) {
            unknown.entry(norm.bearer).or_default().push(norm.norm);
        }
    }
    unknown
        .into_iter()
        .map(|(actor, norms)| Finding::NoBearer { actor, norms })
        .collect()
}

/// The jurisdiction of most instruments of an order that are not treaties; by name where two have as many.
fn own_jurisdiction(library: &Library, order: OrderId) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (instrument, _, _) in &library.order(order).instruments {
        let instrument = library.instrument(*instrument);
        if instrument.rank != Rank::Treaty {
            *counts.entry(&instrument.jurisdiction).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)))
        .map(|(name, _)| name.to_owned())
}
