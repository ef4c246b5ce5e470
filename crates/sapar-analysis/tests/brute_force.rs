//! On random small laws: regions, kinds, covers, shares and examples against every complete situation.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

#[path = "../../sapar-law/tests/exactness/laws.rs"]
#[allow(
    dead_code,
    reason = "shared with the tests of evaluation, which use more of it"
)]
mod laws;
#[path = "../../sapar-law/tests/exactness/naive.rs"]
#[allow(
    dead_code,
    reason = "shared with the tests of evaluation, which use more of it"
)]
mod naive;
#[path = "against/naive_gaps.rs"]
mod naive_gaps;
#[path = "against/seeded.rs"]
mod seeded;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use proptest::prelude::*;
use sapar_analysis::{
    Comparison, Conjunction, Gap, Gives, Kind, LimitAnswer, Literal, Prior, Request, align,
};
use sapar_law::{LawFile, Library, NormId, Situation, ValueKind};

const LIMITS: [&str; 12] = [
    "",
    "",
    "",
    "within 3 days from start",
    "within 10 days from start",
    "within 1 months from start",
    "within 30 days from start",
    "without delay from start",
    "for at most 30 days from start",
    "for at most 10 days from start",
    "for at least 20 days from start",
    "until start",
];

/// The law's files with limits put in, a standard of one instrument and a nation of the other.
fn files(law: &laws::Law, limits: &[u8]) -> Vec<LawFile> {
    let mut limits = limits.iter().cycle();
    let mut files = law.files(false);
    for file in &mut files {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let mut out = String::new();
        for line in text.lines() {
            // A court outside the state has rights and not powers.
            if out.ends_with("actor court\n") && line == "  part of state" {
                continue;
            }
            if line == "  memory" {
                let chosen = LIMITS[usize::from(*limits.next().unwrap()) % LIMITS.len()];
                if !chosen.is_empty() {
                    out += &format!("  {chosen}\n");
                }
            }
            out += line;
            out.push('\n');
        }
        file.bytes = out.into_bytes();
    }
    let more = "# More\n\n```law\nevent start\n  label en \"x\" ru \"x\" kk \"x\"\n\n\
        order standard\n  label en \"x\" ru \"x\" kk \"x\"\n  includes package/one\n  priority treaty, law\n\n\
        order nation\n  label en \"x\" ru \"x\" kk \"x\"\n  includes package/second\n  priority treaty, law\n\n\
        order both\n  label en \"x\" ru \"x\" kk \"x\"\n  includes package/one\n  includes package/second\n  priority treaty, law\n```\n";
    files.push(LawFile {
        path: String::from("package/more.md"),
        bytes: more.as_bytes().to_vec(),
    });
    files
}

fn situation_of(library: &Library, values: &naive::Values) -> Situation {
    let mut situation = Situation::new();
    for (fact, value) in values {
        situation.set(*fact, naive::knowledge(library, *fact, *value));
    }
    situation
}

/// Every possible situation with the norms that apply on both sides.
struct Row {
    values: naive::Values,
    situation: Situation,
    standard: BTreeSet<NormId>,
    national: naive_gaps::Here,
}

fn rows(library: &Library, comparison: &Comparison<'_>) -> Vec<Row> {
    let of = |side: &sapar_analysis::Side| -> Vec<NormId> {
        side.provisions.iter().map(|norm| norm.norm).collect()
    };
    let (standard, national) = (of(comparison.standard()), of(comparison.national()));
    let mut all = standard.clone();
    all.extend(&national);
    // Another order may bring norms on other acts, because they override.
    all.extend(of(&comparison.comparators()[0]));
    all.sort_unstable();
    all.dedup();
    let world = naive::World::of(library, all);
    world
        .rows
        .into_iter()
        .map(|row| {
            let situation = situation_of(library, &row.values);
            let worded = national
                .iter()
                .copied()
                .filter(|norm| {
                    let condition = &library.norm(*norm).condition;
                    condition
                        .as_ref()
                        .is_none_or(|condition| naive::holds(library, condition, &row.values))
                })
                .collect();
            Row {
                situation,
                standard: naive::applying(library, &standard, &row.values).0,
                national: naive_gaps::Here {
                    applies: naive::applying(library, &national, &row.values).0,
                    worded,
                },
                values: row.values,
            }
        })
        .collect()
}

fn said(library: &Library, conjunction: &Conjunction, row: &Row) -> bool {
    naive::holds(library, &conjunction.formula(library), &row.values)
}

/// A conjunction with one condition left out or widened, in every way.
fn wider(library: &Library, conjunction: &Conjunction) -> Vec<Conjunction> {
    let mut all = Vec::new();
    for (index, literal) in conjunction.literals.iter().enumerate() {
        let mut without = conjunction.clone();
        without.literals.remove(index);
        let with = |literal: Literal| {
            let mut other = without.clone();
            other.literals.push(literal);
            other
        };
        match literal {
            Literal::Number { fact, from, to } => {
                let ValueKind::Number {
                    from: least,
                    to: most,
                    ..
                } = library.fact(*fact).kind
                else {
                    panic!("a number of a fact that is none");
                };
                if *from > least {
                    all.push(with(Literal::Number {
                        fact: *fact,
                        from: from - 1,
                        to: *to,
                    }));
                }
                if *to < most {
                    all.push(with(Literal::Number {
                        fact: *fact,
                        from: *from,
                        to: to + 1,
                    }));
                }
            }
            Literal::Values { fact, values } => {
                for value in naive::domain(library, *fact) {
                    if !values.contains(&value) {
                        let mut values = values.clone();
                        values.push(value);
                        values.sort_unstable();
                        all.push(with(Literal::Values {
                            fact: *fact,
                            values,
                        }));
                    }
                }
            }
            _ => {}
        }
        all.push(without);
    }
    all
}

fn check_cover(library: &Library, gap: &Gap, comparison: &Comparison<'_>, rows: &[Row]) {
    let inside = |row: &Row| comparison.ground().holds(&gap.region, &row.situation);
    let conjunctions = &gap.cover.conjunctions;
    for row in rows {
        assert_eq!(
            conjunctions.iter().any(|one| said(library, one, row)),
            inside(row),
            "the cover of {} is not exact at {:?}",
            gap.id,
            row.values
        );
    }
    for (index, one) in conjunctions.iter().enumerate() {
        for more in wider(library, one) {
            assert!(
                rows.iter()
                    .any(|row| said(library, &more, row) && !inside(row)),
                "`{}` of {} can be widened to `{}`",
                one.text(library),
                gap.id,
                more.text(library)
            );
        }
        let alone = rows.iter().any(|row| {
            let others = conjunctions
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index);
            inside(row) && !others.clone().any(|(_, other)| said(library, other, row))
        });
        assert!(
            alone,
            "`{}` of {} can be left out",
            one.text(library),
            gap.id
        );
    }
}

fn check_share(library: &Library, gap: &Gap, comparison: &Comparison<'_>, rows: &[Row]) {
    let country = rows.first().is_some_and(|row| {
        row.values
            .keys()
            .any(|fact| library.fact(*fact).kind == ValueKind::Country)
    });
    // The slow way knows four countries only.
    if !country {
        let inside = rows
            .iter()
            .filter(|row| comparison.ground().holds(&gap.region, &row.situation))
            .count();
        assert_eq!(
            &gap.share.situations * rows.len(),
            &gap.share.possible * inside,
            "share of {}",
            gap.id
        );
    }
    assert!((0.0..=1.0 + 1e-9).contains(&gap.share.likely));
}

fn check_example(prior: &Prior, gap: &Gap, comparison: &Comparison<'_>, rows: &[Row]) {
    let ground = comparison.ground();
    assert!(
        ground.holds(&gap.region, &gap.example.situation),
        "the example of {} lies outside",
        gap.id
    );
    let cost = |situation: &Situation| -> u64 {
        ground
            .layouts()
            .iter()
            .map(|layout| {
                let class = layout.classes(situation.get(layout.fact)).trailing_zeros();
                // Facts that have nothing to do with the gap are as they mostly are.
                prior.surprise(layout)[class as usize]
            })
            .sum()
    };
    let mut full = gap.example.situation.clone();
    for layout in ground.layouts() {
        if full.get(layout.fact) == sapar_law::Knowledge::Unknown {
            let ordinary = prior
                .surprise(layout)
                .iter()
                .position(|cost| *cost == 0)
                .unwrap();
            full.set(
                layout.fact,
                layout.example(u32::try_from(ordinary).unwrap()),
            );
        }
    }
    let least = rows
        .iter()
        .filter(|row| ground.holds(&gap.region, &row.situation))
        .map(|row| cost(&row.situation))
        .min()
        .unwrap();
    // Facts outside the gap may be tied to each other, which makes every whole row dearer; never cheaper.
    assert!(
        cost(&full) <= least,
        "the example of {} is too surprising",
        gap.id
    );
}

fn check(law: &laws::Law, limits: &[u8], met: &mut BTreeMap<Kind, usize>) {
    let read = Library::read_unchecked(files(law, limits));
    assert!(
        !read.has_errors(),
        "the law is not written as laws are: {:?}",
        read.problems
    );
    let library = &read.library;
    // A nation whose law is the other instrument, and one that the standard binds too.
    for national in ["nation", "both"] {
        check_against(library, national, met);
    }
}

fn check_against(library: &Library, national: &str, met: &mut BTreeMap<Kind, usize>) {
    let on = date(2026, 1, 1);
    let order = |name: &str| (library.order_named(name).unwrap(), on);
    let mut request = Request::new(order("standard"), order(national));
    request.comparators.push(order("both"));
    let prior = Prior::standard(library);
    let comparison = Comparison::new(library, &request).unwrap();
    let rows = rows(library, &comparison);
    if rows.is_empty() {
        // Invariants that contradict each other are an error of the vocabulary, and checked elsewhere.
        return;
    }
    let (standard, national) = (comparison.standard(), comparison.national());
    let somewhere: BTreeSet<NormId> = standard
        .provisions
        .iter()
        .filter(|norm| {
            rows.iter().any(|row| {
                naive_gaps::gives(
                    library,
                    norm,
                    national,
                    &row.national.applies,
                    LimitAnswer::Met,
                )
            })
        })
        .map(|norm| norm.norm)
        .collect();
    let mut expected: BTreeMap<(NormId, Kind), usize> = BTreeMap::new();
    for row in &rows {
        let kinds = naive_gaps::kinds(
            library,
            standard,
            national,
            &row.standard,
            &row.national,
            &somewhere,
        );
        for (norm, kind) in &kinds {
            *expected.entry((*norm, *kind)).or_default() += 1;
        }
        for gap in comparison.gaps() {
            assert_eq!(
                comparison.ground().holds(&gap.region, &row.situation),
                kinds.get(&gap.standard) == Some(&gap.kind),
                "{} at {:?}; it is {:?}",
                gap.id,
                row.values,
                kinds.get(&gap.standard)
            );
        }
    }
    let found: BTreeSet<(NormId, Kind)> = comparison
        .gaps()
        .iter()
        .map(|gap| (gap.standard, gap.kind))
        .collect();
    assert_eq!(
        found,
        expected.into_keys().collect(),
        "which gaps there are"
    );
    for gap in comparison.gaps() {
        check_cover(library, gap, &comparison, &rows);
        check_share(library, gap, &comparison, &rows);
        check_example(&prior, gap, &comparison, &rows);
        assert_eq!(gap.comparators.len(), 1);
        check_comparator(library, gap, &comparison, &rows, standard);
        met.entry(gap.kind)
            .and_modify(|count| *count += 1)
            .or_insert(1);
    }
    let again = Comparison::new(library, &request).unwrap();
    for (one, other) in comparison.gaps().iter().zip(again.gaps()) {
        assert_eq!(
            (&one.id, &one.cover, &one.example),
            (&other.id, &other.cover, &other.example)
        );
    }
}

/// The comparator reads both instruments together.
fn check_comparator(
    library: &Library,
    gap: &Gap,
    comparison: &Comparison<'_>,
    rows: &[Row],
    standard: &sapar_analysis::Side,
) {
    let answer = &gap.comparators[0];
    let side = &comparison.comparators()[0];
    let norm = standard
        .provisions
        .iter()
        .find(|norm| norm.norm == gap.standard)
        .unwrap();
    let norms: Vec<NormId> = side.provisions.iter().map(|norm| norm.norm).collect();
    let mut given = 0;
    let mut missing = 0;
    for row in rows
        .iter()
        .filter(|row| comparison.ground().holds(&gap.region, &row.situation))
    {
        let applies = naive::applying(library, &norms, &row.values).0;
        let opposed = side.provisions.iter().any(|other| {
            applies.contains(&other.norm)
                && align(library, norm, other) == sapar_analysis::Alignment::Opposite
        });
        let gives = naive_gaps::gives(library, norm, side, &applies, LimitAnswer::Met) && !opposed;
        if gives {
            given += 1;
        } else {
            missing += 1;
        }
        if let Gives::InPart(not) = &answer.gives {
            assert_eq!(
                not.conjunctions.iter().any(|one| said(library, one, row)),
                !gives,
                "where the comparator does not give, at {:?}",
                row.values
            );
        }
    }
    match answer.gives {
        Gives::Everywhere => assert_eq!(missing, 0),
        Gives::InPart(_) => assert!(given > 0 && missing > 0),
        Gives::Nowhere => assert_eq!(given, 0),
    }
}

#[test]
fn gaps_are_exact_on_random_laws() {
    let met = RefCell::new(BTreeMap::new());
    let mut runner = seeded::runner(1500);
    let strategy = (laws::law(7), prop::collection::vec(any::<u8>(), 8));
    runner
        .run(&strategy, |(law, limits)| {
            check(&law, &limits, &mut met.borrow_mut());
            Ok(())
        })
        .unwrap();
    // A test that never meets a kind says nothing of it.
    let met = met.into_inner();
    for kind in Kind::ALL {
        let count = met.get(&kind).copied().unwrap_or(0);
        assert!(count >= 5, "{kind:?} was met {count} times among {met:?}");
    }
}
