//! The register for a script; names are those of the law language and stay English.

use sapar_analysis::{Degree, Gives, Part};
use sapar_law::{Knowledge, OrderId, country};
use serde_json::{Value, json};

use super::Shown;
use super::entry::{Entry, NormWords};

/// Everything that is known of each gap.
pub fn register(shown: &Shown<'_>) -> String {
    let library = shown.library;
    let side = |(order, on): (OrderId, jiff::civil::Date)| json!({ "order": library.order(order).id, "date": on.to_string() });
    let request = shown.request;
    let comparators: Vec<Value> = request.comparators.iter().copied().map(side).collect();
    let gaps: Vec<Value> = shown
        .entries
        .iter()
        .map(|entry| gap(shown, entry))
        .collect();
    let mut all = json!({
        "standard": side(request.standard),
        "national": side(request.national),
        "comparators": comparators,
        "own_law_only": request.scope.own_law_only,
        "gaps": gaps,
    });
    if let Some(matrix) = &shown.matrix {
        let name = |norm| NormWords::new(library, norm, &shown.messages).name;
        let cells: Vec<Value> = matrix
            .cells
            .iter()
            .map(|(standard, national, degree)| {
                json!({ "standard": name(*standard), "national": name(*national), "degree": degree_name(*degree) })
            })
            .collect();
        let rows: Vec<String> = matrix.standard.iter().map(|norm| name(*norm)).collect();
        if let Some(all) = all.as_object_mut() {
            all.insert(
                String::from("matrix"),
                json!({ "standard": rows, "cells": cells }),
            );
        }
    }
    serde_json::to_string_pretty(&all).unwrap_or_default()
}

fn gap(shown: &Shown<'_>, entry: &Entry) -> Value {
    let library = shown.library;
    let gap = &entry.gap;
    let involved: Vec<Value> = gap
        .involved
        .iter()
        .zip(&entry.national)
        .map(|(involved, (_, norm))| {
            json!({ "part": part_name(involved.part), "norm": norm.name, "citation": norm.citation, "says": norm.sentence })
        })
        .collect();
    let known: serde_json::Map<String, Value> = gap
        .example
        .situation
        .known()
        .map(|(fact, known)| {
            let value = match known {
                Knowledge::YesNo(yes) => json!(yes),
                Knowledge::Number(number, _) => json!(number),
                Knowledge::Value(value) => match &library.fact(fact).kind {
                    sapar_law::ValueKind::OneOf(values) => {
                        json!(values.get(value as usize).map(|(name, _)| name))
                    }
                    _ => json!(country::code_of(value)),
                },
                Knowledge::Unknown => Value::Null,
            };
            (library.fact(fact).name.clone(), value)
        })
        .collect();
    let comparators: Vec<Value> = gap
        .comparators
        .iter()
        .zip(&entry.comparators)
        .map(|(answer, beside)| {
            let (gives, not) = match &answer.gives {
                Gives::Everywhere => ("everywhere", Vec::new()),
                Gives::Nowhere => ("nowhere", Vec::new()),
                Gives::InPart(not) => (
                    "in part",
                    not.conjunctions
                        .iter()
                        .map(|one| one.text(library))
                        .collect(),
                ),
            };
            let norms: Vec<&str> = beside.norms.iter().map(|norm| norm.name.as_str()).collect();
            json!({
                "order": library.order(answer.comparator.order).id,
                "date": answer.comparator.on.to_string(),
                "gives": gives,
                "not_when": not,
                "norms": norms,
            })
        })
        .collect();
    json!({
        "gap": entry.id,
        "severity": library_stake(entry.stake),
        "kind": entry.kind.slug(),
        "standard": { "norm": entry.standard.name, "citation": entry.standard.citation, "says": entry.standard.sentence },
        "national": involved,
        "when": entry.conditions,
        "when_in_words": entry.when,
        "example": { "story": entry.person, "facts": known },
        "share": {
            "counted": entry.share.counted(),
            "situations": entry.share.situations.to_string(),
            "possible": entry.share.possible.to_string(),
            "likely": entry.share.likely,
        },
        "comparators": comparators,
    })
}

fn library_stake(stake: sapar_law::Stake) -> &'static str {
    sapar_law::Stake::WORDS
        .iter()
        .find(|(_, known)| *known == stake)
        .map_or("other", |(word, _)| word)
}

pub fn degree_name(degree: Degree) -> &'static str {
    match degree {
        Degree::Full => "full",
        Degree::Partial => "partial",
        Degree::Contrary => "contrary",
    }
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Opposes => "opposes",
        Part::Gives => "gives",
        Part::TakenAway => "taken away",
        Part::Overrides => "overrides",
        Part::WeakLimit => "weak limit",
        Part::UnsaidLimit => "limit cannot be compared",
        Part::Weaker => "weaker modality",
        Part::NarrowBearer => "narrow bearer",
        Part::GivesElsewhere => "gives elsewhere",
    }
}
