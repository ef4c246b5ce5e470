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

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use jiff::civil::{Date, date};
use oxidd::BooleanFunction;
use sapar_analysis::{Comparison, Kind, LimitAnswer, Request};
use sapar_law::diagrams::Layout;
use sapar_law::{
    Comparison as Than, Engine, Formula, Knowledge, LawFile, Library, NormId, Situation,
};

static LIBRARY: LazyLock<Arc<Library>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws");
    let mut paths = Vec::new();
    let mut todo = vec![root.clone()];
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|kind| kind == "md") {
                paths.push(path);
            }
        }
    }
    let files = paths.into_iter().map(|path| LawFile {
        bytes: std::fs::read(&path).unwrap(),
        path: path
            .strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/"),
    });
    let read = Library::read_unchecked(files);
    assert!(!read.has_errors());
    Arc::new(read.library)
});

/// SplitMix64, so that a failure comes again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }
}

fn exact(known: Knowledge) -> Knowledge {
    match known {
        Knowledge::Number(low, _) => Knowledge::Number(low, low),
        other => other,
    }
}

/// Whether a condition holds in a complete situation, worked out from its words.
fn holds(library: &Library, formula: &Formula, situation: &Situation) -> bool {
    let is = |formula: &Formula| holds(library, formula, situation);
    match formula {
        Formula::Fact(fact) => situation.get(*fact) == Knowledge::YesNo(true),
        Formula::Term(term) => is(&library.term(*term).means),
        Formula::Number {
            fact,
            comparison,
            value,
        } => match situation.get(*fact) {
            Knowledge::Number(number, _) => match comparison {
                Than::Under => number < *value,
                Than::AtMost => number <= *value,
                Than::Is => number == *value,
                Than::AtLeast => number >= *value,
                Than::Over => number > *value,
            },
            other => panic!("a number that is {other:?}"),
        },
        Formula::Value { fact, values } => match situation.get(*fact) {
            Knowledge::Value(value) => values.contains(&value),
            other => panic!("a value that is {other:?}"),
        },
        Formula::Not(inner) => !is(inner),
        Formula::And(parts) => parts.iter().all(is),
        Formula::Or(parts) => parts.iter().any(is),
        Formula::Count { least, most, of } => {
            let count = of.iter().filter(|part| is(part)).count();
            (*least as usize..=*most as usize).contains(&count)
        }
    }
}

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
