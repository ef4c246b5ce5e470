//! On the real laws: sampled situations inside a region are a gap of that kind, and sampled situations outside are not,
//! as the engines of both orders answer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

#[path = "against/naive_gaps.rs"]
mod naive_gaps;
#[path = "against/real.rs"]
mod real;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::{Date, date};
use oxidd::BooleanFunction;
use real::{LIBRARY, Random, exact, holds};
use sapar_analysis::{Comparison, Kind, LimitAnswer, Request};
use sapar_law::diagrams::Layout;
use sapar_law::{Engine, Knowledge, NormId, Situation};

fn applying(engine: &Engine, situation: &Situation) -> Option<BTreeSet<NormId>> {
    let evaluation = engine.evaluate(situation).ok()?;
    Some(
        evaluation
            .answers
            .iter()
            .flat_map(|answer| answer.supporting.iter().copied())
            .collect(),
    )
}

/// Every fact of the comparison with a value: as in the start, or as it mostly is not.
fn complete(
    layouts: &[Layout],
    start: &Situation,
    random: &mut Random,
    changes: usize,
) -> Situation {
    let mut situation = start.clone();
    for layout in layouts {
        if situation.get(layout.fact) == Knowledge::Unknown {
            situation.set(layout.fact, exact(layout.example(0)));
        }
    }
    for _ in 0..changes {
        let layout = &layouts[random.below(layouts.len())];
        let class = u32::try_from(random.below(layout.count as usize)).unwrap();
        situation.set(layout.fact, exact(layout.example(class)));
    }
    situation
}

fn check(on: Date, seed: u64) {
    println!("seed {seed}");
    let library = &**LIBRARY;
    let order = |name: &str| (library.order_named(name).unwrap(), on);
    let request = Request::new(order("international"), order("kazakhstan"));
    let comparison = Comparison::new(library, &request).unwrap();
    let (standard, national) = (comparison.standard(), comparison.national());
    let engine = |name: &str| {
        Engine::new(Arc::clone(&LIBRARY), library.order_named(name).unwrap(), on).unwrap()
    };
    let (one, other) = (engine("international"), engine("kazakhstan"));
    let layouts = comparison.ground().layouts();
    let mut random = Random(seed);
    let mut met: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut inside = 0usize;
    let mut outside = 0usize;
    // Where a national norm applies at all, it can give enough somewhere; sampling alone would miss rare ones.
    let somewhere: BTreeSet<NormId> = standard
        .provisions
        .iter()
        .filter(|norm| {
            national.provisions.iter().any(|candidate| {
                let alone = BTreeSet::from([candidate.norm]);
                naive_gaps::gives(library, norm, national, &alone, LimitAnswer::Met)
                    && candidate.applies.satisfiable()
            })
        })
        .map(|norm| norm.norm)
        .collect();
    for gap in comparison.gaps() {
        for sample in 0..16 {
            let situation = complete(layouts, &gap.example.situation, &mut random, sample / 2);
            let (Some(demanded), Some(applies)) =
                (applying(&one, &situation), applying(&other, &situation))
            else {
                // The facts contradict each other.
                continue;
            };
            let worded = national
                .provisions
                .iter()
                .filter(|norm| {
                    let condition = &library.norm(norm.norm).condition;
                    condition
                        .as_ref()
                        .is_none_or(|condition| holds(library, condition, &situation))
                })
                .map(|norm| norm.norm)
                .collect();
            let here = naive_gaps::Here { applies, worded };
            let kinds =
                naive_gaps::kinds(library, standard, national, &demanded, &here, &somewhere);
            // Not only this gap: the situation is inside or outside of every other one too.
            for gap in comparison.gaps() {
                let said = comparison.ground().holds(&gap.region, &situation);
                assert_eq!(
                    said,
                    kinds.get(&gap.standard) == Some(&gap.kind),
                    "{} in {situation:?}; it is {:?}",
                    gap.id,
                    kinds.get(&gap.standard)
                );
                let covered =
                    gap.cover.conjunctions.iter().any(|conjunction| {
                        holds(library, &conjunction.formula(library), &situation)
                    });
                assert_eq!(said, covered, "the cover of {} in {situation:?}", gap.id);
                if said {
                    inside += 1;
                    *met.entry(gap.kind).or_default() += 1;
                } else {
                    outside += 1;
                }
            }
            for norm in kinds.keys() {
                assert!(
                    comparison.gaps().iter().any(|gap| {
                        gap.standard == *norm && comparison.ground().holds(&gap.region, &situation)
                    }),
                    "a gap at {norm:?} is missing in {situation:?}"
                );
            }
        }
    }
    println!("{inside} inside, {outside} outside, {met:?}");
    assert!(inside > 2_000 && outside > 50_000);
    for gap in comparison.gaps() {
        assert!(met.contains_key(&gap.kind));
    }
}

#[test]
fn sampled_situations_agree_with_the_engines_in_2016() {
    check(date(2016, 6, 6), 20_160_606);
}

#[test]
fn sampled_situations_agree_with_the_engines_today() {
    check(date(2026, 11, 25), 20_261_125);
}

#[test]
fn an_unaccompanied_child_is_told_as_one() {
    let library = &**LIBRARY;
    let on = date(2016, 6, 6);
    let order = |name: &str| (library.order_named(name).unwrap(), on);
    let comparison = Comparison::new(
        library,
        &Request::new(order("international"), order("kazakhstan")),
    )
    .unwrap();
    let texts: Vec<String> = comparison
        .gaps()
        .iter()
        .flat_map(|gap| &gap.cover.conjunctions)
        .map(|conjunction| conjunction.text(library))
        .collect();
    assert!(
        texts
            .iter()
            .any(|text| text.contains("presumed trafficked"))
    );
    assert!(
        texts
            .iter()
            .any(|text| text.contains("unaccompanied child"))
    );
    // What the term says is not said again in facts.
    for text in &texts {
        assert!(
            !(text.contains("unaccompanied child") && text.contains("age is under 18")),
            "{text}"
        );
    }
}

#[test]
fn a_bound_that_is_met_names_the_norms() {
    let library = &**LIBRARY;
    let on = date(2016, 6, 6);
    let order = |name: &str| (library.order_named(name).unwrap(), on);
    let mut request = Request::new(order("international"), order("kazakhstan"));
    let mut named = 0;
    for nodes_max in [1_000, 4_000, 16_000] {
        request.bounds.nodes_max = nodes_max;
        if let Err(error) = Comparison::new(library, &request) {
            let words = error.words(library);
            assert!(
                words.contains(&nodes_max.to_string()) && words.contains("--nodes-max"),
                "{words}"
            );
            named += usize::from(words.contains('/'));
        }
    }
    assert!(named > 0, "no bound named a norm");
}
