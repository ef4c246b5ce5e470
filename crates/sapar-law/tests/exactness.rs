//! The engine's answers are compared with going through every completion, on random laws and on the real ones.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

#[path = "exactness/laws.rs"]
mod laws;
#[path = "exactness/naive.rs"]
mod naive;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use laws::{Law, law};
use naive::{Values, World};
use proptest::prelude::*;
use sapar_law::{
    Answer, Engine, FactId, Formula, Interview, Knowledge, LawFile, Library, Modality, NormId,
    PositionId, Role, Situation, Status, Statuses, ValueKind,
};

/// For each fact by number: what is known of it, as two numbers to be taken modulo its values.
type Hints = Vec<Option<(u8, u8)>>;

fn hints() -> impl Strategy<Value = Hints> {
    prop::collection::vec(prop::option::weighted(0.45, any::<(u8, u8)>()), 12)
}

fn read(law: &Law, reversed: bool) -> Arc<Library> {
    let read = Library::read_unchecked(law.files(reversed));
    let errors: Vec<String> = read
        .problems
        .iter()
        .map(|problem| format!("{problem:?}"))
        .collect();
    assert!(!read.has_errors(), "{errors:#?}");
    Arc::new(read.library)
}

fn engine(library: &Arc<Library>) -> Engine {
    let order = library.order_named("here").unwrap();
    Engine::new(Arc::clone(library), order, jiff::civil::date(2026, 11, 24)).unwrap()
}

fn known(library: &Library, fact: FactId, (first, second): (u8, u8)) -> Knowledge {
    let domain = naive::domain(library, fact);
    let pick = |number: u8| domain[usize::from(number) % domain.len()];
    match library.fact(fact).kind {
        ValueKind::Number { .. } => {
            let (a, b) = (pick(first), pick(second));
            Knowledge::Number(a.min(b), a.max(b))
        }
        _ => naive::knowledge(library, fact, pick(first)),
    }
}

fn situation(library: &Library, hints: &Hints) -> Situation {
    let mut situation = Situation::new();
    for ((fact, _), hint) in library.facts().zip(hints) {
        if let Some(hint) = hint {
            situation.set(fact, known(library, fact, *hint));
        }
    }
    situation
}

fn only(situation: &Situation, facts: &BTreeSet<FactId>) -> Situation {
    let mut less = Situation::new();
    for (fact, knowledge) in situation.known().filter(|(fact, _)| facts.contains(fact)) {
        less.set(fact, knowledge);
    }
    less
}

fn key(engine: &Engine, id: PositionId) -> naive::Key {
    let position = engine.position(id);
    (position.bearer, position.modality, position.act)
}

/// Every part of an evaluation, and the facts that decide, against all completions.
fn check_evaluation(world: &World<'_>, engine: &Engine, situation: &Situation) {
    let library = world.library;
    if world.rows.is_empty() {
        // The invariants leave nothing, which the check reports; no situation is possible then.
        assert!(engine.evaluate(situation).is_err());
        assert!(engine.statuses(situation, &mut Statuses::new()).is_err());
        return;
    }
    let mut statuses = Statuses::new();
    assert_eq!(
        engine.statuses(situation, &mut statuses).is_ok(),
        engine.evaluate(situation).is_ok(),
        "the short answer and the whole one disagree on what is possible"
    );
    let evaluation = match engine.evaluate(situation) {
        Ok(evaluation) => evaluation,
        Err(contradiction) => {
            assert_eq!(
                world.completions(situation).count(),
                0,
                "a possible situation was refused"
            );
            let facts: BTreeSet<FactId> = contradiction.facts.iter().copied().collect();
            assert_eq!(
                world.completions(&only(situation, &facts)).count(),
                0,
                "the facts named do not contradict"
            );
            for fact in &facts {
                let mut fewer = facts.clone();
                fewer.remove(fact);
                assert_ne!(
                    world.completions(&only(situation, &fewer)).count(),
                    0,
                    "a fact named plays no part"
                );
            }
            return;
        }
    };
    assert_ne!(
        world.completions(situation).count(),
        0,
        "an impossible situation was answered"
    );
    assert_eq!(engine.positions().len(), world.positions.len());
    for (id, position) in engine.position_ids() {
        let key = key(engine, id);
        let expected = world.status(&key, situation).unwrap();
        assert_eq!(evaluation.status(id), expected, "status of {key:?}");
        assert_eq!(statuses.get(id), expected, "short status of {key:?}");
        let mut members = position.norms.clone();
        members.sort();
        assert_eq!(&members, &world.positions[&key]);
        let answer = evaluation.answer(id);
        let norms = |status: Status| -> BTreeSet<NormId> {
            let with = |norm: &&NormId| world.norm_status(**norm, situation) == Some(status);
            position.norms.iter().filter(with).copied().collect()
        };
        let supporting: BTreeSet<NormId> = answer
            .iter()
            .flat_map(|answer| &answer.supporting)
            .copied()
            .collect();
        let possible: BTreeSet<NormId> = answer
            .iter()
            .flat_map(|answer| &answer.possible)
            .copied()
            .collect();
        assert_eq!(supporting, norms(Status::Certain), "supporting norms");
        assert_eq!(possible, norms(Status::Open), "possible norms");
        let mut overridden = BTreeSet::new();
        for norm in norms(Status::Excluded) {
            assert_eq!(engine.norm_status(situation, norm), Status::Excluded);
            // Its own condition holds or may hold, and somebody certainly overrides it.
            if world
                .completions(situation)
                .any(|row| row.bases.contains(&norm))
            {
                for other in &world.norms {
                    if library.norm(*other).overrides.contains(&norm)
                        && world.norm_status(*other, situation) == Some(Status::Certain)
                    {
                        overridden.insert((norm, *other));
                    }
                }
            }
        }
        let said: BTreeSet<_> = answer
            .iter()
            .flat_map(|answer| &answer.overridden)
            .copied()
            .collect();
        assert_eq!(said, overridden, "overridden norms");
        check_deciding(world, engine, situation, id);
    }
    check_conflicts(world, engine, situation, &evaluation);
}

fn check_conflicts(
    world: &World<'_>,
    engine: &Engine,
    situation: &Situation,
    evaluation: &sapar_law::Evaluation,
) {
    let library = world.library;
    // Both sides certain, or one certain and the other open: then both hold in some completion.
    let mut expected = [BTreeSet::new(), BTreeSet::new()];
    for against in world
        .positions
        .keys()
        .filter(|key| key.1 == Modality::MustNot)
    {
        for for_it in world.positions.keys() {
            let opposed = matches!(for_it.1, Modality::Must | Modality::May)
                && for_it.2 == against.2
                && (library.actor_contains(for_it.0, against.0)
                    || library.actor_contains(against.0, for_it.0));
            if !opposed {
                continue;
            }
            let together = naive::status(
                world
                    .completions(situation)
                    .map(|row| world.holds(for_it, row) && world.holds(against, row)),
            );
            let one_is_certain = [for_it, against]
                .iter()
                .any(|key| world.status(key, situation) == Some(Status::Certain));
            match together {
                Some(Status::Certain) => expected[0].insert((*for_it, *against)),
                Some(Status::Open) if one_is_certain => expected[1].insert((*for_it, *against)),
                _ => false,
            };
        }
    }
    let said = [&evaluation.conflicts, &evaluation.possible_conflicts].map(|conflicts| {
        conflicts
            .iter()
            .map(|conflict| {
                let (for_it, against) = (
                    key(engine, conflict.for_it),
                    key(engine, conflict.against_it),
                );
                assert_eq!(
                    conflict.kind == sapar_law::ConflictKind::Duty,
                    for_it.1 == Modality::Must
                );
                (for_it, against)
            })
            .collect::<BTreeSet<_>>()
    });
    assert_eq!(said, expected, "conflicts");
}

/// Decided: the facts named suffice, and none can be left out.
/// Open: completions that agree on the facts named agree on the position.
fn check_deciding(world: &World<'_>, engine: &Engine, situation: &Situation, id: PositionId) {
    let key = key(engine, id);
    let status = world.status(&key, situation).unwrap();
    let deciding: BTreeSet<FactId> = engine.deciding(situation, id).into_iter().collect();
    if status == Status::Open {
        let mut groups: BTreeMap<Vec<u32>, bool> = BTreeMap::new();
        for row in world.completions(situation) {
            let holds = world.holds(&key, row);
            let answers: Vec<u32> = deciding.iter().map(|fact| row.values[fact]).collect();
            assert_eq!(
                *groups.entry(answers).or_insert(holds),
                holds,
                "the facts named do not decide"
            );
        }
        return;
    }
    let of = |facts: &BTreeSet<FactId>| world.status(&key, &only(situation, facts));
    assert_eq!(
        of(&deciding),
        Some(status),
        "the facts named do not suffice"
    );
    for fact in &deciding {
        let mut fewer = deciding.clone();
        fewer.remove(fact);
        assert_ne!(of(&fewer), Some(status), "a fact named can be left out");
    }
}

/// Facts the role may still learn something of.
fn askable(world: &World<'_>, interview: &Interview) -> Vec<FactId> {
    let situation = interview.situation();
    world
        .facts
        .iter()
        .filter(|fact| world.library.fact(**fact).role <= interview.role())
        .filter(|fact| {
            !interview
                .answered()
                .iter()
                .any(|answered| answered.fact == **fact)
        })
        .filter(|fact| {
            let left = |value: &&u32| naive::agrees(situation.get(**fact), **value);
            naive::domain(world.library, **fact)
                .iter()
                .filter(left)
                .count()
                > 1
        })
        .copied()
        .collect()
}

/// The guarantee: whatever is asked and answered from here, in any order the role is permitted, no position changes.
fn check_finished(world: &World<'_>, interview: &Interview) {
    let situation = interview.situation();
    let rows: Vec<&naive::Row> = world.completions(situation).collect();
    let before: Vec<Option<Status>> = world
        .positions
        .keys()
        .map(|key| world.status(key, situation))
        .collect();
    check_no_answer_matters(
        world,
        interview.role(),
        &askable(world, interview),
        &rows,
        &before,
    );
}

/// Asks for all that may be asked for of whoever is one of these rows, and goes on with each answer.
/// Nobody learns more than this by asking less, since knowing more never forbids a question.
fn check_no_answer_matters(
    world: &World<'_>,
    role: Role,
    unanswered: &[FactId],
    rows: &[&naive::Row],
    before: &[Option<Status>],
) {
    let (now, later): (Vec<FactId>, Vec<FactId>) = unanswered
        .iter()
        .partition(|fact| !world.barred(role, **fact, rows.iter().copied()));
    if now.is_empty() {
        for (key, before) in world.positions.keys().zip(before) {
            let after = naive::status(rows.iter().map(|row| world.holds(key, row)));
            assert_eq!(after, *before, "answers would change {key:?}");
        }
        return;
    }
    let mut groups: BTreeMap<Vec<u32>, Vec<&naive::Row>> = BTreeMap::new();
    for row in rows {
        let answers = now.iter().map(|fact| row.values[fact]).collect();
        groups.entry(answers).or_default().push(row);
    }
    for rows in groups.values() {
        check_no_answer_matters(world, role, &later, rows, before);
    }
}

/// What a question opens is not permitted yet, and some answers to it and to others permit it.
fn check_opens(world: &World<'_>, interview: &Interview, question: &sapar_law::Question) {
    let rows: Vec<&naive::Row> = world.completions(interview.situation()).collect();
    let role = interview.role();
    for opened in &question.opens {
        assert!(
            world.barred(role, *opened, rows.iter().copied()),
            "it is open already"
        );
        assert!(
            can_be_opened(world, role, *opened, &askable(world, interview), &rows),
            "nothing opens {opened:?}"
        );
    }
}

fn can_be_opened(
    world: &World<'_>,
    role: Role,
    wanted: FactId,
    unanswered: &[FactId],
    rows: &[&naive::Row],
) -> bool {
    if !world.barred(role, wanted, rows.iter().copied()) {
        return true;
    }
    let (now, later): (Vec<FactId>, Vec<FactId>) = unanswered
        .iter()
        .partition(|fact| !world.barred(role, **fact, rows.iter().copied()));
    let mut groups: BTreeMap<Vec<u32>, Vec<&naive::Row>> = BTreeMap::new();
    for row in rows {
        let answers = now.iter().map(|fact| row.values[fact]).collect();
        groups.entry(answers).or_default().push(row);
    }
    !now.is_empty()
        && groups
            .values()
            .any(|rows| can_be_opened(world, role, wanted, &later, rows))
}

/// A question can change a position: after some answers to others, its answer makes a difference.
fn check_question(world: &World<'_>, interview: &Interview, question: &sapar_law::Question) {
    let others: Vec<FactId> = askable(world, interview)
        .into_iter()
        .filter(|fact| *fact != question.fact)
        .collect();
    if others.len() > 5 || !question.opens.is_empty() {
        return;
    }
    for position in &question.decides {
        let key = key(interview.engine(), *position);
        // For every set of other facts: rows by their values, and by the asked fact's value below.
        let changes = (0u32..1 << others.len()).any(|subset| {
            let mut groups: BTreeMap<Vec<u32>, BTreeMap<u32, Vec<bool>>> = BTreeMap::new();
            for row in world.completions(interview.situation()) {
                let chosen = others
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| subset & (1 << index) != 0);
                groups
                    .entry(chosen.map(|(_, fact)| row.values[fact]).collect())
                    .or_default()
                    .entry(row.values[&question.fact])
                    .or_default()
                    .push(world.holds(&key, row));
            }
            groups.values().any(|answers| {
                let before = naive::status(answers.values().flatten().copied());
                answers
                    .values()
                    .any(|after| naive::status(after.iter().copied()) != before)
            })
        });
        assert!(
            changes,
            "asking {:?} can never change {key:?}",
            question.fact
        );
    }
}

fn check_interview(
    world: &World<'_>,
    engine: &Arc<Engine>,
    role: Role,
    start: Situation,
    answers: &[(u8, u8, u8)],
) {
    let Ok(mut interview) = Interview::new(Arc::clone(engine), role, start) else {
        return;
    };
    let mut answers = answers.iter().cycle();
    // Corrections can make an interview longer, but each fact is asked about a bounded number of times.
    for _ in 0..60 {
        let Some(question) = interview.next() else {
            check_finished(world, &interview);
            // Even then somebody may correct what was known.
            let (_, first, second) = *answers.next().unwrap();
            let facts: Vec<FactId> = world.facts.iter().copied().collect();
            let Some(index) = usize::from(first).checked_rem(facts.len()) else {
                return;
            };
            let _ = interview.answer(
                facts[index],
                Answer::Known(known(world.library, facts[index], (second, first))),
            );
            if interview.next().is_none() {
                check_finished(world, &interview);
                return;
            }
            continue;
        };
        assert!(
            !world.barred(
                role,
                question.fact,
                world.completions(interview.situation())
            ),
            "asked what is not for this role"
        );
        check_opens(world, &interview, &question);
        for fact in &world.facts {
            assert_eq!(
                engine.may_ask(role, *fact, interview.situation()),
                !world.barred(role, *fact, world.completions(interview.situation())),
                "whether this role may ask"
            );
        }
        assert!(
            askable(world, &interview).contains(&question.fact),
            "asked again"
        );
        check_question(world, &interview, &question);
        let (how, first, second) = *answers.next().unwrap();
        let answer = if how % 4 == 0 {
            Answer::DoesNotKnow
        } else {
            Answer::Known(known(world.library, question.fact, (first, second)))
        };
        if interview.answer(question.fact, answer).is_err() {
            // What contradicts the others is refused; not knowing never contradicts.
            interview
                .answer(question.fact, Answer::DoesNotKnow)
                .unwrap();
        }
        if how % 16 == 3 {
            interview.back();
        }
        if how % 16 == 5 {
            // Somebody corrects an answer to another question, or tells what was not asked.
            let facts: Vec<FactId> = world
                .facts
                .iter()
                .copied()
                .filter(|fact| world.library.fact(*fact).role <= role)
                .collect();
            if let Some(fact) = usize::from(second)
                .checked_rem(facts.len())
                .map(|index| facts[index])
            {
                let _ = interview.answer(
                    fact,
                    Answer::Known(known(world.library, fact, (second, first))),
                );
            }
        }
    }
    if interview.next().is_none() {
        check_finished(world, &interview);
    }
}

proptest! {
    #[test]
    fn evaluation_equals_going_through_every_completion(
        law in law(10),
        situations in prop::collection::vec(hints(), 4),
    ) {
        let library = read(&law, false);
        let world = World::new(&library);
        let engine = engine(&library);
        check_evaluation(&world, &engine, &Situation::new());
        for hints in &situations {
            check_evaluation(&world, &engine, &situation(&library, hints));
        }
        // Complete situations take another road through the engine.
        for row in world.rows.iter().step_by(world.rows.len() / 5 + 1) {
            let mut complete = Situation::new();
            for (fact, value) in &row.values {
                complete.set(*fact, naive::knowledge(&library, *fact, *value));
            }
            check_evaluation(&world, &engine, &complete);
        }
    }

    #[test]
    fn nothing_more_can_matter_when_an_interview_ends(
        law in law(7),
        start in prop_oneof![Just(vec![]), hints()],
        role in prop_oneof![Just(Role::FirstLine), Just(Role::SecondLine), Just(Role::Specialist)],
        answers in prop::collection::vec(any::<(u8, u8, u8)>(), 12),
    ) {
        let library = read(&law, false);
        let world = World::new(&library);
        let engine = Arc::new(engine(&library));
        check_interview(&world, &engine, role, situation(&library, &start), &answers);
    }

    #[test]
    fn the_order_of_files_and_items_does_not_matter(
        law in law(8),
        situations in prop::collection::vec(hints(), 3),
    ) {
        let (library, other_library) = (read(&law, false), read(&law, true));
        let (engine, other_engine) = (engine(&library), engine(&other_library));
        for hints in &situations {
            let situation = situation(&library, hints);
            let mut other = Situation::new();
            for (fact, knowledge) in situation.known() {
                other.set(other_library.fact_named(&library.fact(fact).name).unwrap(), knowledge);
            }
            prop_assert_eq!(names(&engine, &situation), names(&other_engine, &other));
        }
    }
}

fn collect(folder: &std::path::Path, root: &std::path::Path, files: &mut Vec<LawFile>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, root, files);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            files.push(LawFile {
                path: name,
                bytes: std::fs::read(&path).unwrap(),
            });
        }
    }
}

fn real_library() -> Arc<Library> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    let read = Library::read_unchecked(files);
    assert!(!read.has_errors());
    Arc::new(read.library)
}

/// Numbers that look random and are the same in every run.
fn numbers(mut state: u64) -> impl FnMut() -> u8 {
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u8::try_from(state >> 56).unwrap()
    }
}

/// Engines of the real orders, today.
fn real_engines(library: &Arc<Library>) -> impl Iterator<Item = Arc<Engine>> {
    ["kazakhstan", "international"].into_iter().map(|order| {
        let order = library.order_named(order).unwrap();
        Arc::new(Engine::new(Arc::clone(library), order, jiff::civil::date(2026, 11, 24)).unwrap())
    })
}

/// A complete situation that can occur: random, then mended until nothing is violated.
fn sample(
    library: &Library,
    engine: &Engine,
    nevers: &[Formula],
    number: &mut impl FnMut() -> u8,
) -> Option<Values> {
    let facts: Vec<FactId> = engine.facts().collect();
    let mut values: Values = facts
        .iter()
        .map(|fact| {
            let domain = naive::domain(library, *fact);
            // Mostly no, since most people are in few of the law's situations at once.
            let pick = if number() < 170 {
                0
            } else {
                usize::from(number()) % domain.len()
            };
            (*fact, domain[pick])
        })
        .collect();
    for _ in 0..400 {
        let Some(violated) = nevers
            .iter()
            .find(|never| naive::holds(library, never, &values))
        else {
            return Some(values);
        };
        let mut used = BTreeSet::new();
        naive::facts(library, violated, &mut used);
        let used: Vec<FactId> = used.into_iter().collect();
        let fact = used[usize::from(number()) % used.len()];
        let domain = naive::domain(library, fact);
        values.insert(fact, domain[usize::from(number()) % domain.len()]);
    }
    None
}

/// Sampled completions: a certain position holds in each, an excluded one in none, as the facts are learned one by one.
#[test]
fn sampled_completions_of_the_real_orders_agree() {
    let library = real_library();
    for engine in real_engines(&library) {
        let norms: Vec<NormId> = engine.norm_ids().collect();
        let (_, nevers) = naive::relevant(&library, &norms);
        let mut number = numbers(20_261_124);
        let mut sampled = 0;
        for _ in 0..60 {
            let Some(values) = sample(&library, &engine, &nevers, &mut number) else {
                continue;
            };
            sampled += 1;
            let (applies, _) = naive::applying(&library, &norms, &values);
            let mut situation = Situation::new();
            for percent in [20, 60, 100] {
                for (fact, value) in &values {
                    if percent == 100 || u32::from(number()) * 100 / 256 < percent {
                        situation.set(*fact, naive::knowledge(&library, *fact, *value));
                    }
                }
                let evaluation = engine.evaluate(&situation).expect("a completion exists");
                let mut statuses = Statuses::new();
                engine
                    .statuses(&situation, &mut statuses)
                    .expect("a completion exists");
                for (id, position) in engine.position_ids() {
                    assert_eq!(statuses.get(id), evaluation.status(id));
                    let holds = position.norms.iter().any(|norm| applies.contains(norm));
                    match evaluation.status(id) {
                        Status::Certain => assert!(holds, "certain, but not in every completion"),
                        Status::Excluded => {
                            assert!(!holds, "excluded, but it holds in a completion")
                        }
                        Status::Open => assert!(percent < 100, "everything is known"),
                    }
                }
            }
        }
        assert!(sampled > 20, "too few situations could be made: {sampled}");
    }
}

/// Positions of the real orders that rest on few facts, alone with all completions.
#[test]
fn small_positions_of_the_real_orders_equal_every_completion() {
    let library = real_library();
    for engine in real_engines(&library) {
        let mut checked = 0;
        let mut number = numbers(7);
        for position in engine.positions() {
            // The position's norms and whoever overrides them, alone.
            let mut norms: BTreeSet<NormId> = position.norms.iter().copied().collect();
            while let Some(more) = engine.norm_ids().find(|id| {
                !norms.contains(id)
                    && library
                        .norm(*id)
                        .overrides
                        .iter()
                        .any(|over| norms.contains(over))
            }) {
                norms.insert(more);
            }
            let norms: Vec<NormId> = norms.into_iter().collect();
            let (facts, _) = naive::relevant(&library, &norms);
            let combinations = facts.iter().fold(1usize, |all, fact| {
                all.saturating_mul(naive::domain(&library, *fact).len())
            });
            if combinations > 4 * laws::COMBINATIONS_MAX {
                continue;
            }
            checked += 1;
            let alone = Arc::new(
                Engine::of_norms(Arc::clone(&library), engine.order(), engine.on(), &norms)
                    .unwrap(),
            );
            let world = World::of(&library, norms);
            check_evaluation(&world, &alone, &Situation::new());
            for _ in 0..4 {
                let mut situation = Situation::new();
                for fact in &facts {
                    if number() < 128 {
                        situation.set(*fact, known(&library, *fact, (number(), number())));
                    }
                }
                check_evaluation(&world, &alone, &situation);
                let answers = [
                    (number(), number(), number()),
                    (number(), number(), number()),
                    (1, number(), number()),
                ];
                check_interview(&world, &alone, Role::FirstLine, situation, &answers);
            }
        }
        assert!(
            checked >= 5,
            "too few small positions: {checked} of {}",
            engine.positions().len()
        );
    }
}

/// Everything an evaluation says, by names instead of numbers.
fn names(engine: &Engine, situation: &Situation) -> Option<BTreeSet<String>> {
    let library = engine.library();
    let norm = |norm: &NormId| library.norm(*norm).id.clone();
    let evaluation = engine.evaluate(situation).ok()?;
    let mut said = BTreeSet::new();
    for answer in &evaluation.answers {
        let position = engine.position(answer.position);
        let sorted = |norms: &[NormId]| norms.iter().map(norm).collect::<BTreeSet<_>>();
        let overridden: BTreeSet<_> = answer
            .overridden
            .iter()
            .map(|(one, other)| (norm(one), norm(other)))
            .collect();
        said.insert(format!(
            "{} {:?} {} {:?} {:?} {:?} {:?}",
            library.actor(position.bearer).name,
            position.modality,
            library.act(position.act).name,
            answer.status,
            sorted(&answer.supporting),
            sorted(&answer.possible),
            overridden,
        ));
    }
    Some(said)
}
