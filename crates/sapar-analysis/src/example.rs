//! The least surprising person of a region.

use std::collections::BTreeSet;

use sapar_law::{FactId, Knowledge, Role, Situation};

use crate::flat::Flat;
use crate::{Ground, Prior};

/// A person to whom a gap happens: as ordinary as the gap allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Every fact that matters has a value.
    pub situation: Situation,
    /// What is not as it is with most people, in the order of questions.
    pub unusual: Vec<(FactId, Knowledge)>,
    /// The age, where it matters.
    pub age: Option<u32>,
}

/// What each class costs, and a number that tells ways of the same cost apart whatever the order of the facts.
pub(crate) fn costs(ground: &Ground<'_>, prior: &Prior) -> Vec<Vec<(u64, u64)>> {
    ground
        .layouts()
        .iter()
        .map(|layout| {
            let place = layout.fact.index() as u64 + 1;
            (0u64..)
                .zip(prior.surprise(layout))
                .map(|(class, cost)| match cost {
                    0 => (0, 0),
                    cost => (cost, place * place * 97 + class),
                })
                .collect()
        })
        .collect()
}

/// The person of a region, the first in this table, whose unusual facts are together the least surprising.
///
/// `None` only for an empty region.
pub(crate) fn example(
    ground: &Ground<'_>,
    prior: &Prior,
    costs: &[Vec<(u64, u64)>],
    flat: &Flat,
    facts: &BTreeSet<FactId>,
) -> Option<Example> {
    let way = flat.cheapest(flat.root(0), costs)?;
    let library = ground.library();
    let mut situation = Situation::new();
    let mut unusual = Vec::new();
    let mut age = None;
    let told: BTreeSet<FactId> = ground.compiler.tied(facts);
    for (place, layout) in (0u32..).zip(ground.layouts()) {
        if !told.contains(&layout.fact) {
            continue;
        }
        let free = costs
            .get(place as usize)
            .and_then(|costs| costs.iter().position(|cost| cost.0 == 0))
            .and_then(|class| u32::try_from(class).ok())
            .unwrap_or(0);
        let class = way
            .iter()
            .find(|(at, _)| *at == place)
            .map_or(free, |(_, class)| *class);
        let known = prior.likeliest(library, layout, class);
        situation.set(layout.fact, known);
        let definition = library.fact(layout.fact);
        if definition.name == "age"
            && facts.contains(&layout.fact)
            && let Knowledge::Number(years, _) = known
        {
            age = Some(years);
        } else if class != free {
            unusual.push((layout.fact, known));
        }
    }
    unusual.sort_by_key(|(fact, _)| {
        let definition = library.fact(*fact);
        (definition.role != Role::FirstLine, definition.step, *fact)
    });
    Some(Example {
        situation,
        unusual,
        age,
    })
}
