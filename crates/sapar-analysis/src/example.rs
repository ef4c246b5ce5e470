//! The least surprising person of a region, and their story in a sentence.

use std::collections::BTreeSet;

use oxidd::bdd::BDDFunction;
use sapar_law::{FactId, Knowledge, Library, Role, Situation, ValueKind, explain};
use sapar_messages::{MessageValue, Messages};

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

/// The person of a region whose unusual facts are together the least surprising.
///
/// `None` only for an empty region.
pub(crate) fn example(
    ground: &Ground<'_>,
    prior: &Prior,
    costs: &[Vec<(u64, u64)>],
    region: &BDDFunction,
    facts: &BTreeSet<FactId>,
) -> Option<Example> {
    let flat = Flat::new(&ground.compiler, &[region]);
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

/// "A child of 15: is without a parent or another responsible adult; seeks protection."
#[must_use]
pub fn story(library: &Library, example: &Example, messages: &Messages) -> String {
    let language = messages.language().code();
    let who = match example.age {
        Some(age) if age < 18 => messages.text_with("gaps-child-aged", &[("age", age.into())]),
        Some(age) => messages.text_with("gaps-adult-aged", &[("age", age.into())]),
        None => messages.text("gaps-someone"),
    };
    let facts: Vec<String> = example
        .unusual
        .iter()
        .map(|(fact, known)| fact_words(library, *fact, *known, messages))
        .collect();
    if facts.is_empty() {
        return messages.text_with("gaps-story-ordinary", &[("who", who.as_str().into())]);
    }
    let separator = if language == "en" { ", " } else { "; " };
    let facts = facts.join(separator);
    messages.text_with(
        "gaps-story",
        &[
            ("who", MessageValue::from(who.as_str())),
            ("facts", facts.as_str().into()),
        ],
    )
}

/// A fact with its value in words: the label alone where a yes/no fact is so.
#[must_use]
pub(crate) fn fact_words(
    library: &Library,
    fact: FactId,
    known: Knowledge,
    messages: &Messages,
) -> String {
    let definition = library.fact(fact);
    let label = definition.label.get(messages.language().code());
    match (known, &definition.kind) {
        (Knowledge::YesNo(true), _) => label.to_owned(),
        (Knowledge::YesNo(false), _) => messages.text_with("gaps-not", &[("label", label.into())]),
        (_, ValueKind::YesNo) => label.to_owned(),
        _ => {
            let value = explain::value_words(library, fact, known, messages);
            messages.text_with(
                "gaps-value",
                &[("label", label.into()), ("value", value.as_str().into())],
            )
        }
    }
}
