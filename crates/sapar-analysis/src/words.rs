//! Conditions and stories as sentences, in the language of a catalogue of messages.

use sapar_law::{FactId, Knowledge, Library, ValueKind, explain};
use sapar_messages::{MessageValue, Messages};

use crate::literal::{bounds, others};
use crate::{Conjunction, Example, Kind, Literal, Part};

/// "A child of 15, of whom this is so: is without a parent or another responsible adult; asks for protection".
#[must_use]
pub fn story(library: &Library, example: &Example, messages: &Messages) -> String {
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
        return messages.text_with("gaps-story-ordinary", &[("who", (&who).into())]);
    }
    let facts = facts.join("; ");
    messages.text_with(
        "gaps-story",
        &[("who", (&who).into()), ("facts", (&facts).into())],
    )
}

/// A fact with its value: the label alone where a yes/no fact is so.
#[must_use]
pub fn fact_words(
    library: &Library,
    fact: FactId,
    known: Knowledge,
    messages: &Messages,
) -> String {
    let definition = library.fact(fact);
    let label = definition.label.get(messages.language().code());
    match (known, &definition.kind) {
        (Knowledge::YesNo(true), _) => label.to_owned(),
        (Knowledge::YesNo(false), _) => denied(label, messages),
        (_, ValueKind::YesNo) => label.to_owned(),
        _ => {
            let value = explain::value_words(library, fact, known, messages);
            messages.text_with(
                "gaps-value",
                &[("label", label.into()), ("value", (&value).into())],
            )
        }
    }
}

/// Conditions that hold together, one after another; "always" where there is none.
#[must_use]
pub fn conjunction_words(
    library: &Library,
    conjunction: &Conjunction,
    messages: &Messages,
) -> String {
    if conjunction.literals.is_empty() {
        return messages.text("gaps-when-always");
    }
    let parts: Vec<String> = conjunction
        .literals
        .iter()
        .map(|literal| literal_words(library, literal, messages))
        .collect();
    parts.join("; ")
}

/// One condition, by the labels of its term or fact.
#[must_use]
pub fn literal_words(library: &Library, literal: &Literal, messages: &Messages) -> String {
    let language = messages.language().code();
    match literal {
        Literal::Term { term, holds } => {
            let label = library.term(*term).label.get(language);
            if *holds {
                label.to_owned()
            } else {
                denied(label, messages)
            }
        }
        Literal::Fact { fact, holds } => {
            fact_words(library, *fact, Knowledge::YesNo(*holds), messages)
        }
        Literal::Number { fact, from, to } => {
            let label = library.fact(*fact).label.get(language);
            let (least, most) = bounds(library, *fact);
            let under = to.saturating_add(1);
            let (key, values): (&str, Vec<(&str, MessageValue<'_>)>) =
                match (*from > least, *to < most) {
                    (true, true) if from == to => {
                        ("gaps-number-is", vec![("number", (*from).into())])
                    }
                    (true, true) => (
                        "gaps-number-between",
                        vec![("from", (*from).into()), ("to", (*to).into())],
                    ),
                    (false, true) => ("gaps-number-under", vec![("number", under.into())]),
                    (_, false) => ("gaps-number-from", vec![("number", (*from).into())]),
                };
            let mut all = vec![("label", MessageValue::from(label))];
            all.extend(values);
            messages.text_with(key, &all)
        }
        Literal::Values { fact, values } => {
            let label = library.fact(*fact).label.get(language);
            let left_out = others(library, *fact, values);
            let shorter = left_out.len() < values.len();
            let names: Vec<String> = if shorter { &left_out } else { values }
                .iter()
                .map(|value| {
                    explain::value_words(library, *fact, Knowledge::Value(*value), messages)
                })
                .collect();
            let names = names.join(", ");
            if shorter {
                messages.text_with(
                    "gaps-values-none",
                    &[("label", label.into()), ("values", (&names).into())],
                )
            } else {
                messages.text_with(
                    "gaps-value",
                    &[("label", label.into()), ("value", (&names).into())],
                )
            }
        }
    }
}

fn denied(label: &str, messages: &Messages) -> String {
    messages.text_with("gaps-not", &[("label", label.into())])
}

/// The key of a kind's name; that of its meaning has `means` for `kind`.
#[must_use]
pub fn kind_key(kind: Kind) -> String {
    format!("gaps-kind-{}", kind.slug())
}

/// The key of what a national norm has to do with a gap.
#[must_use]
pub fn part_key(part: Part) -> &'static str {
    match part {
        Part::Opposes => "gaps-part-opposes",
        Part::Gives => "gaps-part-gives",
        Part::TakenAway => "gaps-part-taken-away",
        Part::Overrides => "gaps-part-overrides",
        Part::WeakLimit => "gaps-part-weak-limit",
        Part::UnsaidLimit => "gaps-part-unsaid-limit",
        Part::Weaker => "gaps-part-weaker",
        Part::NarrowBearer => "gaps-part-narrow-bearer",
        Part::GivesElsewhere => "gaps-part-gives-elsewhere",
    }
}
