//! On random small laws: differences, findings about one order, and proposals against every complete situation.

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
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use proptest::prelude::*;
use sapar_analysis::{
    Bounds, Change, Comparison, Diff, Finding, Inspection, Kind, LimitAnswer, Request, Situations,
    Sought, Why, propose,
};
use sapar_law::{
    ActId, ActorId, LawFile, Library, LimitDef, Modality, NormId, OrderId, Rank, diagrams, limits,
};

const LIMITS: [&str; 10] = [
    "",
    "",
    "",
    "within 3 days from start",
    "within 10 days from start",
    "within 1 months from start",
    "within 30 days from start",
    "for at most 30 days from start",
    "for at least 20 days from start",
    "until start",
];
const ON: Date = date(2026, 1, 1);

/// The law's files with limits put in; a standard of one instrument, a nation of the other, and both together.
fn files(law: &laws::Law, limits: &[u8]) -> Vec<LawFile> {
    // Random conditions seldom have to do with each other: some laws are made wider, so that more is found.
    let wider = limits.first().copied().unwrap_or_default() % 3;
    let mut limits = limits.iter().cycle();
    let mut conditions = 0;
    let mut files = law.files(false);
    for file in &mut files {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let mut out = String::new();
        for line in text.lines() {
            if line.starts_with("  when ") {
                conditions += 1;
                if wider == 1 && conditions % 2 == 0 {
                    continue;
                }
            }
            if wider == 2 && line.starts_with("  unless ") {
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

fn library(files: &[LawFile]) -> Library {
    let read = Library::read_unchecked(files.iter().cloned());
    assert!(!read.has_errors(), "{:?}", read.problems);
    read.library
}

fn order(library: &Library, name: &str) -> OrderId {
    library.order_named(name).unwrap()
}

fn in_force(library: &Library, name: &str) -> Vec<NormId> {
    diagrams::norms_in_force(library, order(library, name), ON)
}

/// Every possible situation over the facts of all norms.
fn rows(library: &Library) -> Vec<naive::Values> {
    let all = library.norms().map(|(id, _)| id).collect();
    naive::World::of(library, all)
        .rows
        .into_iter()
        .map(|row| row.values)
        .collect()
}

fn inside(library: &Library, situations: &Situations, values: &naive::Values) -> bool {
    let conjunctions = &situations.cover.conjunctions;
    conjunctions
        .iter()
        .any(|one| naive::holds(library, &one.formula(library), values))
}

fn applying(library: &Library, norms: &[NormId], values: &naive::Values) -> BTreeSet<NormId> {
    naive::applying(library, norms, values).0
}

type Key = (ActorId, Modality, ActId);

/// The positions of one situation with their strongest limits.
fn positions(
    library: &Library,
    norms: &[NormId],
    values: &naive::Values,
) -> BTreeMap<Key, Vec<LimitDef>> {
    let mut positions: BTreeMap<Key, Vec<LimitDef>> = BTreeMap::new();
    for id in applying(library, norms, values) {
        let norm = library.norm(id);
        let all = positions
            .entry((norm.bearer, norm.modality, norm.act))
            .or_default();
        all.extend(&norm.limits);
    }
    positions
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

fn check_diff(library: &Library, rows: &[naive::Values], met: &mut BTreeMap<String, usize>) {
    let sides = ["standard", "nation"].map(|name| (order(library, name), ON));
    let diff = Diff::new(library, sides[0], sides[1], &[], Bounds::default()).unwrap();
    let norms = ["standard", "nation"].map(|name| in_force(library, name));
    for values in rows {
        let [before, after] = [0, 1].map(|side| positions(library, &norms[side], values));
        let keys: BTreeSet<Key> = library
            .norms()
            .map(|(_, norm)| (norm.bearer, norm.modality, norm.act))
            .collect();
        for key in keys {
            let here: Vec<Change> = diff
                .changes
                .iter()
                .filter(|change| (change.bearer, change.modality, change.act) == key)
                .filter(|change| inside(library, &change.situations, values))
                .map(|change| change.change)
                .collect();
            let expected: Vec<Change> = expected(before.get(&key), after.get(&key))
                .into_iter()
                .collect();
            assert_eq!(here, expected, "{key:?} at {values:?}");
        }
    }
    for change in &diff.changes {
        *met.entry(format!("diff {:?}", change.change)).or_default() += 1;
    }
    // The other way round, what begins ends.
    let back = Diff::new(library, sides[1], sides[0], &[], Bounds::default()).unwrap();
    assert_eq!(diff.changes.len(), back.changes.len());
}

fn opposed(library: &Library, asks: (ActorId, Modality), forbids: ActorId) -> bool {
    match asks.1 {
        Modality::Must => {
            library.actor_contains(asks.0, forbids) || library.actor_contains(forbids, asks.0)
        }
        Modality::May => library.actor_contains(forbids, asks.0),
        _ => false,
    }
}

type Opposition = (ActId, (ActorId, Modality), ActorId);

/// The conflicts of one situation.
fn conflicts(library: &Library, norms: &[NormId], values: &naive::Values) -> BTreeSet<Opposition> {
    let positions = positions(library, norms, values);
    let mut found = BTreeSet::new();
    for (bearer, modality, act) in positions.keys() {
        for (forbidden, other, same) in positions.keys() {
            if *other == Modality::MustNot
                && same == act
                && opposed(library, (*bearer, *modality), *forbidden)
            {
                found.insert((*act, (*bearer, *modality), *forbidden));
            }
        }
    }
    found
}

fn check_conflicts(library: &Library, rows: &[naive::Values], found: &[Finding]) {
    let norms = in_force(library, "both");
    for values in rows {
        let here: BTreeSet<Opposition> = found
            .iter()
            .filter_map(|finding| match finding {
                Finding::Conflict(conflict) => Some(conflict),
                _ => None,
            })
            .filter(|conflict| inside(library, &conflict.situations, values))
            .map(|conflict| (conflict.act, conflict.asks, conflict.forbids))
            .collect();
        assert_eq!(here, conflicts(library, &norms, values), "{values:?}");
    }
}

fn check_norms(library: &Library, rows: &[naive::Values], found: &[Finding]) {
    let norms = in_force(library, "both");
    let everywhere: Vec<BTreeSet<NormId>> = rows
        .iter()
        .map(|values| applying(library, &norms, values))
        .collect();
    let mut dead: BTreeMap<NormId, &Why> = BTreeMap::new();
    let mut needless: BTreeSet<NormId> = BTreeSet::new();
    let mut exceptions: BTreeSet<(NormId, usize)> = BTreeSet::new();
    for finding in found {
        match finding {
            Finding::Dead { norm, why } => {
                dead.insert(*norm, why);
            }
            Finding::Redundant { norm, .. } => {
                needless.insert(*norm);
            }
            Finding::Exception {
                norm, exception, ..
            } => {
                exceptions.insert((*norm, *exception));
            }
            _ => {}
        }
    }
    for id in &norms {
        let norm = library.norm(*id);
        let holds = |formula: &sapar_law::Formula, values: &naive::Values| {
            naive::holds(library, formula, values)
        };
        let base = |values: &naive::Values| {
            norm.condition
                .as_ref()
                .is_none_or(|when| holds(when, values))
                && !norm.exceptions.iter().any(|unless| holds(unless, values))
        };
        let applies = everywhere.iter().any(|here| here.contains(id));
        assert_eq!(dead.contains_key(id), !applies, "{}", norm.id);
        if let Some(why) = dead.get(id) {
            let would = rows.iter().any(base);
            assert_eq!(matches!(why, Why::Overridden(_)), would, "{}", norm.id);
        }
        for (index, exception) in norm.exceptions.iter().enumerate() {
            let bites = rows.iter().zip(&everywhere).any(|(values, here)| {
                let overridden = norms
                    .iter()
                    .any(|over| here.contains(over) && library.norm(*over).overrides.contains(id));
                norm.condition
                    .as_ref()
                    .is_none_or(|when| holds(when, values))
                    && holds(exception, values)
                    && !norm
                        .exceptions
                        .iter()
                        .enumerate()
                        .any(|(other, unless)| other != index && holds(unless, values))
                    && !overridden
            });
            assert_eq!(
                exceptions.contains(&(*id, index)),
                !bites,
                "{} {index}",
                norm.id
            );
        }
    }
    // Without all that are needless, every position holds where it did with limits as strong, or something gives more.
    let request = Request::new((order(library, "both"), ON), (order(library, "both"), ON));
    let comparison = Comparison::new(library, &request).unwrap();
    let side = comparison.national();
    for here in &everywhere {
        let left: BTreeSet<NormId> = here.difference(&needless).copied().collect();
        for id in here.intersection(&needless) {
            let norm = library.norm(*id);
            assert_ne!(library.instrument(norm.instrument).rank, Rank::Treaty);
            let provision = side
                .provisions
                .iter()
                .find(|provision| provision.norm == *id)
                .unwrap();
            let given = if norm.modality == Modality::May {
                left.iter().any(|other| {
                    let other = library.norm(*other);
                    (other.bearer, other.modality, other.act)
                        == (norm.bearer, norm.modality, norm.act)
                        && other.limits.len() == norm.limits.len()
                        && other.limits.iter().all(|limit| norm.limits.contains(limit))
                })
            } else {
                naive_gaps::gives(library, provision, side, &left, LimitAnswer::Met)
            };
            assert!(given, "{} is not needless", norm.id);
        }
    }
}

fn check_silence(library: &Library, rows: &[naive::Values], found: &[Finding]) {
    let norms = in_force(library, "nation");
    let regulated: BTreeSet<ActId> = norms.iter().map(|norm| library.norm(*norm).act).collect();
    for values in rows {
        let here = applying(library, &norms, values);
        // All norms stand in one article, so every act is related to every other of the same instrument.
        let mut expected = BTreeSet::new();
        for (_, norm) in library.norms() {
            let duty = matches!(norm.modality, Modality::Must | Modality::MustNot);
            let base = norm
                .condition
                .as_ref()
                .is_none_or(|when| naive::holds(library, when, values))
                && !norm
                    .exceptions
                    .iter()
                    .any(|unless| naive::holds(library, unless, values));
            let beside = library.norms().any(|(_, other)| {
                other.instrument == norm.instrument
                    && regulated.contains(&other.act)
                    && here.iter().any(|own| library.norm(*own).act == other.act)
            });
            if duty && base && beside && !regulated.contains(&norm.act) {
                expected.insert(norm.act);
            }
        }
        let told: BTreeSet<ActId> = found
            .iter()
            .filter_map(|finding| match finding {
                Finding::Silence(silence) => Some(silence),
                _ => None,
            })
            .filter(|silence| inside(library, &silence.situations, values))
            .map(|silence| silence.act)
            .collect();
        assert_eq!(told, expected, "{values:?}");
    }
}

fn kinds_of(findings: &[Finding], met: &mut BTreeMap<String, usize>) {
    for finding in findings {
        let kind = match finding {
            Finding::Conflict(_) => "conflict",
            Finding::Dead {
                why: Why::Overridden(_),
                ..
            } => "dead, overridden",
            Finding::Dead { .. } => "dead",
            Finding::Redundant { .. } => "needless",
            Finding::Exception { .. } => "exception",
            Finding::Silence(_) => "silence",
            Finding::NoBearer { .. } => "no bearer",
        };
        *met.entry(kind.to_owned()).or_default() += 1;
    }
}

#[test]
fn differences_and_findings_are_exact_on_random_laws() {
    let met = RefCell::new(BTreeMap::new());
    let mut runner = seeded::runner(1500);
    let strategy = (laws::law(6), prop::collection::vec(any::<u8>(), 8));
    runner
        .run(&strategy, |(law, limits)| {
            let library = library(&files(&law, &limits));
            let rows = rows(&library);
            if rows.is_empty() {
                return Ok(());
            }
            check_diff(&library, &rows, &mut met.borrow_mut());
            let inspect = |name| {
                Inspection::new(&library, order(&library, name), ON, &[], Bounds::default())
                    .unwrap()
                    .findings
            };
            let both = inspect("both");
            check_conflicts(&library, &rows, &both);
            check_norms(&library, &rows, &both);
            let nation = inspect("nation");
            check_silence(&library, &rows, &nation);
            kinds_of(&both, &mut met.borrow_mut());
            kinds_of(&nation, &mut met.borrow_mut());
            Ok(())
        })
        .unwrap();
    // A test that never meets a finding says nothing of it.
    let met = met.into_inner();
    for kind in [
        "diff Begins",
        "diff Ends",
        "diff Stronger",
        "diff Weaker",
        "diff Other",
        "conflict",
        "dead",
        "dead, overridden",
        "needless",
        "exception",
        "silence",
    ] {
        let count = met.get(kind).copied().unwrap_or(0);
        assert!(count >= 5, "{kind} was met {count} times among {met:?}");
    }
}

/// The gaps of one situation, by the name of the standard's norm.
fn gaps(
    comparison: &Comparison<'_>,
    library: &Library,
    values: &naive::Values,
) -> BTreeMap<String, Kind> {
    let of = |side: &sapar_analysis::Side| -> Vec<NormId> {
        side.provisions.iter().map(|norm| norm.norm).collect()
    };
    let (standard, national) = (of(comparison.standard()), of(comparison.national()));
    let worded = national
        .iter()
        .copied()
        .filter(|norm| {
            let condition = &library.norm(*norm).condition;
            condition
                .as_ref()
                .is_none_or(|when| naive::holds(library, when, values))
        })
        .collect();
    let here = naive_gaps::Here {
        applies: applying(library, &national, values),
        worded,
    };
    naive_gaps::kinds(
        library,
        comparison.standard(),
        comparison.national(),
        &applying(library, &standard, values),
        &here,
        &BTreeSet::new(),
    )
    .into_iter()
    .map(|(norm, kind)| (library.norm(norm).id.clone(), kind))
    .collect()
}

fn check_proposals(files: &[LawFile], met: &mut BTreeMap<String, usize>) {
    let library = library(files);
    let request = |library: &Library| {
        Request::new(
            (order(library, "standard"), ON),
            (order(library, "nation"), ON),
        )
    };
    let before = Comparison::new(&library, &request(&library)).unwrap();
    for gap in before.gaps().iter().take(4) {
        let sought = Sought {
            gap: gap.id.to_string(),
            national: order(&library, "nation"),
            standard: order(&library, "standard"),
            on: ON,
            own_law_only: false,
            bounds: Bounds::default(),
        };
        let proposals = propose(files, &library, &sought).unwrap();
        assert!(proposals.found.is_empty() || proposals.tried > 0);
        let target = library.norm(gap.standard).id.clone();
        for proposal in &proposals.found {
            let amended = &proposal.law.read.library;
            let after = Comparison::new(amended, &request(amended)).unwrap();
            let (old, new) = (in_force(&library, "nation"), in_force(amended, "nation"));
            // Facts have the same numbers in both libraries: the vocabulary is the same files in the same order.
            for values in rows(amended) {
                let was = gaps(&before, &library, &values);
                let is = gaps(&after, amended, &values);
                for name in is.keys() {
                    assert!(was.contains_key(name), "{name} opened at {values:?}");
                }
                let in_gap = inside_gap(&library, gap, &values);
                assert!(
                    !(in_gap && is.contains_key(&target)),
                    "{} is still open at {values:?}",
                    gap.id
                );
                let made = conflicts(amended, &new, &values);
                let known = conflicts(&library, &old, &values);
                assert!(made.is_subset(&known), "a conflict is made at {values:?}");
            }
            for edit in &proposal.edits {
                let edit = format!("{edit:?}");
                let word = edit.split('(').next().unwrap().to_owned();
                *met.entry(word).or_default() += 1;
            }
            // What is printed is what was proved: the files are read again as anybody's amendment.
            let again = Library::read_amended(files.iter().cloned(), proposal.files.clone());
            assert!(!again.read.has_errors(), "{:?}", again.read.problems);
            assert!(proposal.check.is_clean());
        }
    }
}

fn inside_gap(library: &Library, gap: &sapar_analysis::Gap, values: &naive::Values) -> bool {
    gap.cover
        .conjunctions
        .iter()
        .any(|one| naive::holds(library, &one.formula(library), values))
}

#[test]
fn proposals_close_their_gap_and_open_none_on_random_laws() {
    let met = RefCell::new(BTreeMap::new());
    let mut runner = seeded::runner(5000);
    let strategy = (laws::law(5), prop::collection::vec(any::<u8>(), 8));
    runner
        .run(&strategy, |(law, limits)| {
            let files = files(&law, &limits);
            // Proposals are read with the law's own checks, so a law with a mistake has none.
            if !Library::read(files.clone()).has_errors() {
                check_proposals(&files, &mut met.borrow_mut());
            }
            Ok(())
        })
        .unwrap();
    let met = met.into_inner();
    for edit in [
        "Limit",
        "Modality",
        "Widen",
        "NarrowException",
        "Except",
        "Insert",
    ] {
        let count = met.get(edit).copied().unwrap_or(0);
        assert!(count >= 3, "{edit} was met {count} times among {met:?}");
    }
}
