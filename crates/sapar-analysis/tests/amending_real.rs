//! On the real laws: sampled situations are in a difference or a conflict exactly if the engines say so,
//! and what is proposed for real gaps is confirmed when it is read as anybody's amendment.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

#[path = "against/real.rs"]
mod real;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::{Date, date};
use real::{FILES, LIBRARY, Random, exact, holds};
use sapar_analysis::{
    Bounds, Change, Comparison, Diff, Finding, GapOutcome, Inspection, Request, Reviewed, Scope,
    Situations, Sought, propose, review,
};
use sapar_law::{
    ActId, ActorId, Engine, Knowledge, Library, LimitDef, Modality, NormId, PreferredBy, Situation,
    ValueKind, limits,
};

const JUNE_2016: Date = date(2016, 6, 6);

/// The start with every other fact at its first value, and some facts of the engines at another one.
fn sample(
    engines: &[&Engine],
    start: &Situation,
    random: &mut Random,
    changes: usize,
) -> Situation {
    let library = &**LIBRARY;
    let mut situation = Situation::new();
    for (fact, definition) in library.facts() {
        let first = match definition.kind {
            ValueKind::YesNo => Knowledge::YesNo(false),
            ValueKind::Number { from, .. } => Knowledge::Number(from, from),
            _ => Knowledge::Value(0),
        };
        let known = match start.get(fact) {
            Knowledge::Unknown => first,
            known => exact(known),
        };
        situation.set(fact, known);
    }
    for _ in 0..changes {
        let engine = engines[random.below(engines.len())];
        let facts: Vec<_> = engine.facts().collect();
        let fact = facts[random.below(facts.len())];
        let values = engine.representative_values(fact);
        situation.set(fact, exact(values[random.below(values.len())]));
    }
    situation
}

fn inside(situations: &Situations, situation: &Situation) -> bool {
    let conjunctions = &situations.cover.conjunctions;
    conjunctions
        .iter()
        .any(|one| holds(&LIBRARY, &one.formula(&LIBRARY), situation))
}

type Key = (ActorId, Modality, ActId);

/// The positions of a complete situation with all limits of the norms that apply; `None` where it cannot occur.
fn positions(engine: &Engine, situation: &Situation) -> Option<BTreeMap<Key, Vec<LimitDef>>> {
    let evaluation = engine.evaluate(situation).ok()?;
    let mut positions: BTreeMap<Key, Vec<LimitDef>> = BTreeMap::new();
    let norms: BTreeSet<NormId> = evaluation
        .answers
        .iter()
        .flat_map(|answer| answer.supporting.iter().copied())
        .collect();
    for norm in norms {
        let norm = LIBRARY.norm(norm);
        positions
            .entry((norm.bearer, norm.modality, norm.act))
            .or_default()
            .extend(&norm.limits);
    }
    Some(positions)
}

fn as_strong(these: &[LimitDef], those: &[LimitDef]) -> bool {
    those.iter().all(|that| {
        these.iter().any(|this| {
            matches!(
                limits::compare(*this, *that),
                Some(Ordering::Greater | Ordering::Equal)
            )
        })
    })
}

fn expected(before: Option<&Vec<LimitDef>>, after: Option<&Vec<LimitDef>>) -> Option<Change> {
    match (before, after) {
        (None, None) => None,
        (None, Some(_)) => Some(Change::Begins),
        (Some(_), None) => Some(Change::Ends),
        (Some(before), Some(after)) => match (as_strong(after, before), as_strong(before, after)) {
            (true, true) => None,
            (true, false) => Some(Change::Stronger),
            (false, true) => Some(Change::Weaker),
            (false, false) => Some(Change::Other),
        },
    }
}

fn check_diff(first: (&str, Date), second: (&str, Date), seed: u64) {
    println!("seed {seed}");
    let side = |(name, on): (&str, Date)| (LIBRARY.order_named(name).unwrap(), on);
    let (first, second) = (side(first), side(second));
    let diff = Diff::new(&LIBRARY, first, second, &[], Bounds::default()).unwrap();
    assert!(!diff.changes.is_empty());
    let engine = |(order, on)| Engine::new(Arc::clone(&LIBRARY), order, on).unwrap();
    let (first, second) = (engine(first), engine(second));
    let mut random = Random(seed);
    let mut starts: Vec<Situation> = diff
        .changes
        .iter()
        .map(|change| change.situations.example.situation.clone())
        .collect();
    starts.push(Situation::new());
    let (mut seen, mut met) = (0, BTreeSet::new());
    for round in 0..2500 {
        let start = &starts[round % starts.len()];
        let changes = random.below(12);
        let situation = sample(&[&first, &second], start, &mut random, changes);
        let (Some(before), Some(after)) = (
            positions(&first, &situation),
            positions(&second, &situation),
        ) else {
            continue;
        };
        seen += 1;
        let mut told: BTreeMap<Key, Vec<Change>> = BTreeMap::new();
        for (index, change) in diff.changes.iter().enumerate() {
            if inside(&change.situations, &situation) {
                told.entry((change.bearer, change.modality, change.act))
                    .or_default()
                    .push(change.change);
                met.insert(index);
            }
        }
        let keys: BTreeSet<&Key> = before
            .keys()
            .chain(after.keys())
            .chain(told.keys())
            .collect();
        for key in keys {
            let expected: Vec<Change> = expected(before.get(key), after.get(key))
                .into_iter()
                .collect();
            assert_eq!(
                told.get(key).cloned().unwrap_or_default(),
                expected,
                "{} {:?} {} at {:?}",
                LIBRARY.actor(key.0).name,
                key.1,
                LIBRARY.act(key.2).name,
                situation.known().collect::<Vec<_>>()
            );
        }
    }
    assert!(seen > 500, "only {seen} situations can occur");
    assert!(
        met.len() * 2 > diff.changes.len(),
        "few differences were met"
    );
}

#[test]
fn two_days_of_one_order_differ_as_the_engines_say() {
    check_diff(
        ("kazakhstan", JUNE_2016),
        ("kazakhstan", date(2026, 11, 24)),
        1,
    );
}

#[test]
fn two_orders_differ_as_the_engines_say() {
    check_diff(("latvia", JUNE_2016), ("portugal", JUNE_2016), 2);
}

/// In the example of each conflict the engine, which looks at one situation alone, prefers the same side as the later law.
#[test]
fn of_equal_ranks_the_later_law_is_preferred_as_the_engine_says() {
    let order = LIBRARY.order_named("kazakhstan").unwrap();
    let today = date(2026, 11, 25);
    let inspection = Inspection::new(&LIBRARY, order, today, &[], Bounds::default()).unwrap();
    let engine = Engine::new(Arc::clone(&LIBRARY), order, today).unwrap();
    let mut later = 0;
    for finding in &inspection.findings {
        let Finding::Conflict(conflict) = finding else {
            continue;
        };
        let Some((side, PreferredBy::LaterLaw)) = conflict.preferred else {
            continue;
        };
        later += 1;
        let evaluation = engine
            .evaluate(&conflict.situations.example.situation)
            .unwrap();
        let same = evaluation.conflicts.iter().find(|found| {
            let (asks, forbids) = (
                engine.position(found.for_it),
                engine.position(found.against_it),
            );
            asks.act == conflict.act
                && (asks.bearer, asks.modality) == conflict.asks
                && forbids.bearer == conflict.forbids
        });
        let (preferred, why) = same.unwrap().preferred.unwrap();
        assert_eq!(engine.position(preferred).modality, side);
        assert_eq!(why, PreferredBy::LaterLaw);
    }
    assert!(later > 0, "no conflict is told by the later law");
}

#[test]
fn conflicts_are_where_the_engine_says() {
    let seed = 3;
    println!("seed {seed}");
    let order = LIBRARY.order_named("kazakhstan").unwrap();
    let inspection = Inspection::new(&LIBRARY, order, JUNE_2016, &[], Bounds::default()).unwrap();
    let conflicts: Vec<_> = inspection
        .findings
        .iter()
        .filter_map(|finding| match finding {
            Finding::Conflict(conflict) => Some(conflict),
            _ => None,
        })
        .collect();
    assert!(!conflicts.is_empty());
    let engine = Engine::new(Arc::clone(&LIBRARY), order, JUNE_2016).unwrap();
    let mut random = Random(seed);
    let mut clashes = 0;
    for round in 0..2500 {
        let start = &conflicts[round % conflicts.len()]
            .situations
            .example
            .situation;
        let changes = random.below(8);
        let situation = sample(&[&engine], start, &mut random, changes);
        let Some(positions) = positions(&engine, &situation) else {
            continue;
        };
        let mut expected = BTreeSet::new();
        for (asker, modality, act) in positions.keys() {
            for (forbidden, not, same) in positions.keys() {
                let contains = |whole, part| LIBRARY.actor_contains(whole, part);
                let opposed = match modality {
                    Modality::Must => contains(*asker, *forbidden) || contains(*forbidden, *asker),
                    Modality::May => contains(*forbidden, *asker),
                    _ => false,
                };
                if *not == Modality::MustNot && same == act && opposed {
                    expected.insert((*act, (*asker, *modality), *forbidden));
                }
            }
        }
        let told: BTreeSet<_> = conflicts
            .iter()
            .filter(|conflict| inside(&conflict.situations, &situation))
            .map(|conflict| (conflict.act, conflict.asks, conflict.forbids))
            .collect();
        clashes += usize::from(!told.is_empty());
        assert_eq!(
            told,
            expected,
            "{:?}",
            situation.known().collect::<Vec<_>>()
        );
    }
    assert!(clashes > 100, "only {clashes} situations had a conflict");
}

#[test]
fn what_is_proposed_for_real_gaps_is_confirmed() {
    let gaps = [
        (
            "coe-trafficking-convention-2005/emergency-care/silent",
            false,
        ),
        (
            "coe-trafficking-convention-2005/no-removal-during-identification/too-narrow",
            false,
        ),
        (
            "statelessness-convention-1954/stateless-time-for-admission/too-narrow",
            false,
        ),
        (
            "coe-trafficking-convention-2005/guardian-for-child-victim/limit-unsaid",
            true,
        ),
        (
            "child-convention-1989/refugee-child-tracing/too-narrow",
            true,
        ),
        ("iccpr-1966/no-removal-to-irreparable-harm/too-narrow", true),
        (
            "unhcr-detention-guidelines-2012/no-detention-of-disabled/contrary",
            true,
        ),
    ];
    let order = |library: &Library, name: &str| library.order_named(name).unwrap();
    for (gap, own_law_only) in gaps {
        let sought = Sought {
            gap: gap.to_owned(),
            national: order(&LIBRARY, "kazakhstan"),
            standard: order(&LIBRARY, "international"),
            on: JUNE_2016,
            own_law_only,
            bounds: Bounds::default(),
        };
        let proposals = propose(&FILES, &LIBRARY, &sought).unwrap();
        assert!(!proposals.found.is_empty(), "{gap}");
        let weights: Vec<u32> = proposals.found.iter().map(|found| found.weight).collect();
        assert!(weights.is_sorted(), "{gap}: {weights:?}");
        for proposal in &proposals.found {
            let law = Library::read_amended(FILES.iter().cloned(), proposal.files.clone());
            assert!(!law.read.has_errors(), "{gap}: {:#?}", law.read.problems);
            let library = &law.read.library;
            let reviewed = Reviewed {
                national: order(library, "kazakhstan"),
                standard: Some(order(library, "international")),
                on: JUNE_2016,
                own_law_only,
                prior: None,
                bounds: Bounds::default(),
            };
            let check = review(&law, &reviewed).unwrap();
            assert!(check.is_clean(), "{gap}");
            assert!(
                check.gaps.iter().any(|change| matches!(
                    change.outcome,
                    GapOutcome::Closed | GapOutcome::Narrowed
                )),
                "{gap}"
            );
            // And the register of the amended law no longer has it.
            let mut request = Request::new(
                (order(library, "international"), JUNE_2016),
                (order(library, "kazakhstan"), JUNE_2016),
            );
            request.scope = Scope {
                acts: check.gaps.iter().map(|change| change.act).collect(),
                own_law_only,
                ..Scope::default()
            };
            let after = Comparison::new(library, &request).unwrap();
            assert!(after.gap(gap).is_none(), "{gap} is still in the register");
        }
    }
}
