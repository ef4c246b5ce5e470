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

/// A cost in thousandths of a bit for each class, 0 for the likeliest, and a number that tells classes apart.
pub(crate) fn costs(ground: &Ground<'_>, prior: &Prior) -> Vec<Vec<(u64, u64)>> {
    // What the prior holds for impossible still costs a finite amount: it may be the only way.
    const LEAST: f64 = 1e-9;
    ground
        .layouts()
        .iter()
        .map(|layout| {
            let chances = prior.of_classes(layout);
            let best = chances.iter().copied().fold(LEAST, f64::max);
            // Of classes that are equally likely only the first may be free, so that what lies off the way is known.
            let free = chances
                .iter()
                .position(|chance| *chance >= best)
                .unwrap_or(0);
            (0u64..)
                .zip(&chances)
                .map(|(class, chance)| {
                    let bits = (best / chance.max(LEAST)).log2() * 1000.0;
                    if class == free as u64 {
                        return (0, 0);
                    }
                    // Bits from 0 to about 30, so the rounded number is small and not negative.
                    let cost = (bits.round() as u64).max(1);
                    let place = layout.fact.index() as u64 + 1;
                    (cost, place * place * 97 + class)
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
