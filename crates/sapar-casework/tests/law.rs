//! People screened on the real law of Kazakhstan, and what follows for the agencies.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "shared/support.rs"]
mod support;

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::date;
use sapar_casework::encounter::{Beginning, Encounter, EncounterCommand, Place};
use sapar_casework::happenings::happenings;
use sapar_casework::outcome::{Force, NormKey, RecordedOutcome, Standing};
use sapar_casework::refusal::Refusal;
use sapar_casework::return_check::ReturnCheck;
use sapar_casework::screening::{
    Given, Occasion, Screening, ScreeningCommand, ScreeningEvent, ScreeningState,
};
use sapar_casework::stamp::{Aggregate, Fold, Stamp};
use sapar_casework::tasks::{Due, Patience, TaskCommand, TaskState, Tasks};
use sapar_law::{Answer, Engine, Interview, Role};
use support::*;

const CHILD: &[(&str, &str)] = &[
    ("at crossing point", "yes"),
    ("irregular entry", "yes"),
    ("looks under 18", "yes"),
    ("travel document", "none"),
    ("citizenship", "AFG"),
    ("age", "15"),
    ("sex", "female"),
    ("unaccompanied", "yes"),
    ("seeks protection", "yes"),
];

const WORKER: &[(&str, &str)] = &[
    ("at crossing point", "yes"),
    ("travel document", "valid"),
    ("entry right", "yes"),
    ("lawfully in territory", "yes"),
    ("entry conditions met", "yes"),
    ("citizenship", "KGZ"),
    ("age", "23"),
    ("sex", "male"),
];

/// Asks as the interview wants, answers from the list and no to everything else, all by commands.
fn screened(
    engine: &std::sync::Arc<Engine>,
    story: &[(&str, &str)],
) -> (Screening, Vec<(ScreeningEvent, Stamp)>) {
    screened_by(engine, story, Role::FirstLine)
}

fn screened_by(
    engine: &std::sync::Arc<Engine>,
    story: &[(&str, &str)],
    role: Role,
) -> (Screening, Vec<(ScreeningEvent, Stamp)>) {
    let mut screening = Screening::default();
    let mut log = Vec::new();
    let mut run = |screening: &mut Screening, command| {
        let stamp = at(i64::try_from(log.len()).unwrap());
        let events = screening.carry_out(engine, command, &stamp).unwrap();
        log.extend(events.into_iter().map(|event| (event, stamp)));
    };
    run(
        &mut screening,
        ScreeningCommand::Start {
            person: person(1),
            encounter: None,
            role,
            known: Vec::new(),
        },
    );
    let library = engine.library();
    let mut interview = screening.interview(engine).unwrap();
    while let Some(question) = interview.next() {
        let name = library.fact(question.fact).name.clone();
        let value = story
            .iter()
            .find(|(fact, _)| *fact == name)
            .map_or("no", |(_, value)| value);
        let derived =
            sapar_screening::derived(library, "KAZ", interview.situation(), question.fact);
        let value = derived.map_or(value.to_owned(), |known| {
            library.value_to_text(question.fact, known)
        });
        let knowledge = library.value_from_text(question.fact, &value).unwrap();
        run(
            &mut screening,
            ScreeningCommand::Answer(known(&name, &value)),
        );
        interview
            .answer(question.fact, Answer::Known(knowledge))
            .unwrap();
        assert!(interview.answered().len() < 100);
    }
    same(&screening.interview(engine).unwrap(), &interview);
    run(&mut screening, ScreeningCommand::Finish);
    (screening, log)
}

fn same(left: &Interview, right: &Interview) {
    assert_eq!(left.situation(), right.situation());
    assert_eq!(left.answered(), right.answered());
    assert_eq!(left.next(), right.next());
    assert_eq!(left.questions_left_max(), right.questions_left_max());
    assert_eq!(left.role(), right.role());
}

fn ids() -> impl FnMut() -> sapar_casework::ids::TaskId {
    let mut next = 1000;
    move || {
        next += 1;
        task(next)
    }
}

/// The tasks of a person met at a crossing point.
fn tasks_of(screening: &Screening) -> Tasks {
    let mut encounter = Encounter::default();
    let place = Place::Post { post: post(1) };
    let open = EncounterCommand::Open {
        place,
        beginning: Beginning::VoluntaryApproach,
        met: minute(-10),
    };
    encounter.carry_out(open, &at(-5)).unwrap();
    let mut tasks = Tasks::default();
    for (event, when) in happenings(Some(&encounter), screening) {
        let happened = TaskCommand::Happened {
            event: event.to_owned(),
            at: when,
            correction: None,
        };
        tasks.carry_out(happened, calendar(), &at(60)).unwrap();
    }
    let events = tasks.follow(
        support::screening(1),
        screening.outcome().unwrap(),
        calendar(),
        ids(),
    );
    tasks.apply_all(&events, &at(60));
    tasks
}

fn duties(outcome: &RecordedOutcome) -> Vec<String> {
    outcome
        .certain(Force::Duty)
        .map(|duty| duty.position.to_string())
        .collect()
}

#[test]
fn a_child_alone_who_asks_for_protection_gets_tasks_with_clocks_and_is_not_returned() {
    let (screening, _) = screened(&engine(), CHILD);
    let outcome = screening.outcome().unwrap();
    // Prohibitions come first, and that of return is certain.
    assert_eq!(
        outcome.positions.first().unwrap().position.force,
        Force::Prohibition
    );
    assert_eq!(
        outcome.prohibited("return to danger"),
        Some(Standing::Certain)
    );
    assert_eq!(outcome.prohibited("refuse entry"), Some(Standing::Certain));
    let first_duty = outcome
        .positions
        .iter()
        .position(|one| one.position.force == Force::Duty)
        .unwrap();
    let danger = outcome
        .positions
        .iter()
        .position(|one| one.position.act == "return to danger")
        .unwrap();
    assert!(danger < first_duty);

    let tasks = tasks_of(&screening);
    let open: Vec<String> = tasks
        .open()
        .map(|(_, task)| task.duty().unwrap().position.to_string())
        .collect();
    assert!(
        open.contains(&"border service must call guardianship authority".to_owned()),
        "{open:?}"
    );
    assert!(
        open.contains(&"state must appoint guardian".to_owned()),
        "{open:?}"
    );
    let mut demanded = duties(outcome);
    let mut made = open.clone();
    demanded.sort();
    made.sort();
    assert_eq!(made, demanded, "every certain duty has exactly one task");
    // Every norm behind a task can be found again in the law.
    let library = library();
    for (_, task) in tasks.open() {
        let duty = task.duty().unwrap();
        assert!(!duty.norms.is_empty());
        for norm in &duty.norms {
            let found = norm.norm.find(&library).unwrap();
            assert_eq!(NormKey::of(&library, found), norm.norm);
            assert!(!norm.provision.is_empty());
        }
    }
    // Clocks with numbers run where their event is known, and wait where it is not.
    let counted = tasks
        .open()
        .filter(|(_, task)| task.ends().is_some())
        .count();
    let waiting = tasks.open().filter(|(_, task)| task.waits()).count();
    println!(
        "{counted} tasks counted, {waiting} waiting of {}",
        open.len()
    );
    assert!(counted + waiting > 0, "no clock at all");
    for (_, task) in tasks.open() {
        for limit in &task.limits {
            let law = limit.law.as_ref().unwrap();
            assert_eq!(
                limit.due == Due::Waits {},
                !tasks.happened.contains_key(&law.event) && limit.due != Due::NoEnd {}
            );
        }
    }
}

#[test]
fn a_labour_migrant_with_papers_gets_none_of_a_childs_tasks() {
    let (worker, _) = screened(&engine(), WORKER);
    let (child, _) = screened(&engine(), CHILD);
    let of_worker = duties(worker.outcome().unwrap());
    for duty in [
        "border service must call guardianship authority",
        "state must appoint guardian",
    ] {
        assert!(duties(child.outcome().unwrap()).contains(&duty.to_owned()));
        assert!(!of_worker.contains(&duty.to_owned()));
    }
    assert_ne!(
        worker.outcome().unwrap().prohibited("return to danger"),
        Some(Standing::Certain)
    );
    assert_ne!(
        worker.outcome().unwrap().prohibited("refuse entry"),
        Some(Standing::Certain)
    );
}

#[test]
fn when_she_says_that_she_is_nineteen_the_difference_is_recorded_and_tasks_follow() {
    let engine = engine();
    let (mut screening, _) = screened(&engine, CHILD);
    let before = screening.clone();
    let mut tasks = tasks_of(&screening);
    let open_before = tasks.open().count();
    // One task is done before the age turns out otherwise.
    let (done, _) = tasks
        .open()
        .find(|(_, task)| task.duty().unwrap().position.act == "appoint guardian")
        .map(|(id, task)| (id, task.clone()))
        .unwrap();
    tasks
        .carry_out(
            TaskCommand::Complete {
                task: done,
                at: minute(70),
                next: Some(task(1)),
            },
            calendar(),
            &at(71),
        )
        .unwrap();

    screening
        .carry_out(&engine, ScreeningCommand::Resume, &at(80))
        .unwrap();
    // Being a child alone cannot be true of somebody who is certainly grown: the officer is told what stands against it.
    let nineteen = known("age", "19");
    let refused = screening
        .decide(&engine, ScreeningCommand::Answer(nineteen.clone()), &at(81))
        .unwrap_err();
    assert_eq!(refused, Refusal::Contradiction);
    let against: Vec<String> = screening
        .contradicting(&engine, &nineteen)
        .unwrap()
        .into_iter()
        .map(|fact| library().fact(fact).name.clone())
        .collect();
    assert!(against.contains(&"unaccompanied".to_owned()), "{against:?}");
    let answer = |screening: &mut Screening, answer| {
        screening
            .carry_out(&engine, ScreeningCommand::Answer(answer), &at(82))
            .unwrap()
    };
    // As long as the age is in doubt she is presumed a child, whatever she says.
    answer(&mut screening, known("age uncertain", "yes"));
    answer(&mut screening, nineteen);
    screening
        .carry_out(&engine, ScreeningCommand::Evaluate, &at(82))
        .unwrap();
    assert!(
        duties(screening.outcome().unwrap())
            .contains(&"border service must call guardianship authority".to_owned())
    );
    // When the doubt is gone, she is not.
    answer(
        &mut screening,
        answered("unaccompanied", Given::DoesNotKnow),
    );
    answer(&mut screening, known("looks under 18", "no"));
    answer(&mut screening, known("age uncertain", "no"));
    let events = screening
        .carry_out(&engine, ScreeningCommand::Evaluate, &at(83))
        .unwrap();
    let [
        ScreeningEvent::Evaluated {
            occasion,
            difference: Some(difference),
            ..
        },
    ] = events.as_slice()
    else {
        panic!("{events:?}")
    };
    assert_eq!(*occasion, Occasion::Correction);
    let lost: Vec<String> = difference
        .lost()
        .map(|one| one.position.to_string())
        .collect();
    assert!(
        lost.contains(&"border service must call guardianship authority".to_owned()),
        "{lost:?}"
    );
    assert_eq!(
        difference.moves().len(),
        difference.gained().count() + difference.lost().count() + difference.changed().count()
    );
    // Protection does not depend on her age.
    assert_eq!(
        screening.outcome().unwrap().prohibited("return to danger"),
        Some(Standing::Certain)
    );
    // Nothing is erased: the first answer and the first outcome are still there.
    assert_eq!(screening.outcomes.len(), 3);
    assert_eq!(screening.outcomes.first(), before.outcomes.first());
    let ages: Vec<&str> = screening
        .answers
        .iter()
        .filter_map(|answer| answer.answer.get())
        .filter(|answer| answer.fact == "age")
        .map(|answer| match &answer.given {
            Given::Known(value) => value.as_str(),
            _ => "",
        })
        .collect();
    assert_eq!(ages, ["15", "19"]);

    let follow = tasks.follow(
        support::screening(1),
        screening.outcome().unwrap(),
        calendar(),
        ids_from(5000),
    );
    tasks.apply_all(&follow, &at(84));
    assert!(
        matches!(
            tasks.tasks.get(&done).unwrap().state,
            TaskState::Done { .. }
        ),
        "what was done stays done"
    );
    assert!(tasks.open().count() < open_before);
    let gone = tasks
        .tasks
        .values()
        .find(|task| task.duty().unwrap().position.act == "call guardianship authority")
        .unwrap();
    assert!(matches!(gone.state, TaskState::Replaced { by: None, .. }));
    let again = tasks.follow(
        support::screening(1),
        screening.outcome().unwrap(),
        calendar(),
        ids_from(6000),
    );
    assert_eq!(
        again,
        [],
        "following the same outcome twice changes nothing"
    );
}

fn ids_from(start: u64) -> impl FnMut() -> sapar_casework::ids::TaskId {
    let mut next = start;
    move || {
        next += 1;
        task(next)
    }
}

#[test]
fn the_interview_is_rebuilt_exactly_after_corrections_and_going_back() {
    let engine = engine();
    let library = library();
    let mut screening = Screening::default();
    let stamp = at(0);
    let start = ScreeningCommand::Start {
        person: person(1),
        encounter: None,
        role: Role::FirstLine,
        known: vec![known("citizenship", "AFG")],
    };
    let mut log: Vec<ScreeningEvent> = screening.carry_out(&engine, start, &stamp).unwrap();
    let mut situation = sapar_law::Situation::new();
    let citizenship = library.fact_named("citizenship").unwrap();
    situation.set(
        citizenship,
        library.value_from_text(citizenship, "AFG").unwrap(),
    );
    let mut live =
        Interview::new(std::sync::Arc::clone(&engine), Role::FirstLine, situation).unwrap();
    let steps: &[Option<(&str, Given)>] = &[
        Some(("age", Given::Known(text("15")))),
        Some(("seeks protection", Given::DoesNotWantToSay)),
        Some(("sex", Given::Known(text("female")))),
        None,
        Some(("age", Given::DoesNotKnow)),
        Some(("seeks protection", Given::Known(text("yes")))),
        Some(("citizenship", Given::Known(text("IRN")))),
        None,
        None,
        Some(("sex", Given::Known(text("male")))),
    ];
    for step in steps {
        let command = match step {
            Some((fact, given)) => {
                let answer = answered(fact, given.clone());
                let (fact, knowledge) = answer.read(&library).unwrap();
                live.answer(fact, knowledge).unwrap();
                ScreeningCommand::Answer(answer)
            }
            None => {
                live.back().unwrap();
                ScreeningCommand::TakeBack
            }
        };
        log.extend(screening.carry_out(&engine, command, &stamp).unwrap());
        same(&screening.interview(&engine).unwrap(), &live);
        assert_eq!(&screening.situation(&engine).unwrap(), live.situation());
    }
    // A fold of the log is the live screening, and every answer ever given is in it.
    let folded = Screening::fold(log.iter().map(|event| (event, &stamp)));
    assert_eq!(folded, screening);
    assert_eq!(folded.answers.len(), steps.iter().flatten().count());
    // What was taken back fills the form when it is asked again.
    let last = folded.last_given("seeks protection").unwrap();
    assert_eq!(last.given, Given::Known(text("yes")));
}

#[test]
fn an_answer_that_contradicts_is_refused_and_not_recorded() {
    let engine = engine();
    let mut screening = Screening::default();
    let start = ScreeningCommand::Start {
        person: person(1),
        encounter: None,
        role: Role::FirstLine,
        known: vec![],
    };
    screening.carry_out(&engine, start, &at(0)).unwrap();
    let refused = |screening: &Screening, answer| {
        screening
            .decide(&engine, ScreeningCommand::Answer(answer), &at(1))
            .unwrap_err()
    };
    assert_eq!(
        refused(&screening, known("shoe size", "43")),
        Refusal::FactUnknown
    );
    assert_eq!(
        refused(&screening, known("age", "many")),
        Refusal::ValueUnknown
    );
    assert_eq!(
        refused(&screening, known("age", "unknown")),
        Refusal::ValueUnknown
    );
    for (fact, value) in [
        ("age", "40"),
        ("age uncertain", "no"),
        ("looks under 18", "no"),
    ] {
        screening
            .carry_out(
                &engine,
                ScreeningCommand::Answer(known(fact, value)),
                &at(2),
            )
            .unwrap();
    }
    let before = screening.clone();
    let child_alone = known("unaccompanied", "yes");
    assert_eq!(
        refused(&screening, child_alone.clone()),
        Refusal::Contradiction
    );
    assert!(
        !screening
            .contradicting(&engine, &child_alone)
            .unwrap()
            .is_empty()
    );
    assert!(
        screening
            .contradicting(&engine, &known("sex", "male"))
            .unwrap()
            .is_empty()
    );
    assert_eq!(screening, before);
}

#[test]
fn a_law_of_another_day_is_followed_only_when_asked_and_the_difference_recorded() {
    let engine = engine();
    let old = engine_on(date(2016, 6, 6));
    let (mut screening, _) = screened(&old, CHILD);
    let resumed = screening
        .carry_out(&old, ScreeningCommand::Resume, &at(90))
        .unwrap();
    assert_eq!(resumed, [ScreeningEvent::Resumed {}]);
    let answer = ScreeningCommand::Answer(known("age", "16"));
    assert_eq!(
        screening.decide(&engine, answer, &at(91)),
        Err(Refusal::OtherLaw)
    );
    let events = screening
        .carry_out(&engine, ScreeningCommand::FollowLaw, &at(92))
        .unwrap();
    let [
        ScreeningEvent::Evaluated {
            occasion: Occasion::LawChanged,
            difference: Some(difference),
            outcome,
        },
    ] = events.as_slice()
    else {
        panic!("{events:?}")
    };
    assert_eq!(outcome.law.on, TODAY);
    assert!(!difference.is_empty());
    screening
        .carry_out(
            &engine,
            ScreeningCommand::Answer(known("age", "16")),
            &at(93),
        )
        .unwrap();
    assert_eq!(screening.state, ScreeningState::Running);
}

#[test]
fn while_the_law_may_forbid_it_no_return_is_opened_and_the_reason_is_not_told() {
    use sapar_casework::case::{Case, CaseKind};
    use sapar_casework::classes::{Classes, DataClass};
    let (child, _) = screened(&engine(), CHILD);
    let check = ReturnCheck::of([], [], child.outcome());
    let seen = Classes::ALL.without(Classes::one(DataClass::Asylum));
    for kind in [CaseKind::Return, CaseKind::Readmission] {
        let refusal = Case::default()
            .open(kind, person(1), user(1), team(1), check)
            .unwrap_err();
        assert_eq!(refusal, Refusal::ProtectionPossible);
        assert_eq!(refusal.shown_to(seen), Refusal::CannotBeOpened);
        let never_asked = ReturnCheck::of([], [], []);
        let other = Case::default()
            .open(kind, person(1), user(1), team(1), never_asked)
            .unwrap_err();
        assert_eq!(other.shown_to(seen), refusal.shown_to(seen));
    }
    assert!(
        Case::default()
            .open(CaseKind::Protection, person(1), user(1), team(1), check)
            .is_ok()
    );
}

#[test]
fn positions_of_asylum_do_not_exist_for_who_may_not_see_them() {
    use sapar_casework::classes::{Classes, DataClass};
    let engine = engine();
    let seen = Classes::ALL.without(Classes::one(DataClass::Asylum));
    let of = |wish: &str| {
        let story: Vec<(&str, &str)> = CHILD
            .iter()
            .map(|(fact, value)| {
                if *fact == "seeks protection" {
                    (*fact, wish)
                } else {
                    (*fact, *value)
                }
            })
            .collect();
        let mut situation = sapar_law::Situation::new();
        let library = library();
        for (fact, value) in story {
            let fact = library.fact_named(fact).unwrap();
            situation.set(fact, library.value_from_text(fact, value).unwrap());
        }
        RecordedOutcome::of(&engine, &situation).unwrap()
    };
    let (asked, did_not) = (of("yes"), of("no"));
    assert_ne!(asked, did_not);
    let (left, right) = (asked.visible_to(seen), did_not.visible_to(seen));
    let bytes = |outcome: &RecordedOutcome| serde_json::to_string(outcome).unwrap();
    assert_eq!(
        bytes(&left),
        bytes(&right),
        "only a protected fact differs, so nothing visible may"
    );
    println!(
        "{} of {} positions are visible without the class",
        left.positions.len(),
        asked.positions.len()
    );
    assert!(!left.positions.is_empty());
}

#[test]
fn overdue_is_a_function_of_now_and_never_falls() {
    let (screening, _) = screened(&engine(), CHILD);
    let tasks = tasks_of(&screening);
    let hour = SignedDuration::from_hours(1);
    let patience = Patience {
        at_once: hour,
        without_delay: hour * 24,
        as_soon_as_possible: hour * 72,
        level: hour * 24,
    };
    let mut before: BTreeMap<_, u32> = BTreeMap::new();
    let mut some = 0;
    for day in 0..400 {
        let now = minute(day * 24 * 60);
        for (id, task) in tasks.open() {
            let level = task.escalation(now, &patience);
            assert!(level >= before.insert(id, level).unwrap_or(0));
            assert_eq!(
                level > 0,
                task.overdue_from(&patience).is_some_and(|from| now >= from)
            );
            some += level;
        }
    }
    assert!(some > 0, "no task is ever overdue");
}

#[test]
fn a_specialist_can_rule_the_danger_out_and_only_then_is_a_return_possible() {
    use sapar_casework::case::{Case, CaseKind};
    let engine = engine();
    let of = |role| {
        let (screening, _) = screened_by(&engine, WORKER, role);
        let check = ReturnCheck::of([], [], screening.outcome());
        Case::default()
            .open(CaseKind::Return, person(1), user(1), team(1), check)
            .map(|_| ())
    };
    assert_eq!(of(Role::FirstLine), Err(Refusal::ProtectionPossible));
    assert_eq!(of(Role::Specialist), Ok(()));
}

/// A hint of what an answer and the next question cost; figures are taken on an idle machine.
#[test]
#[ignore = "measures"]
fn how_long_an_answer_takes() {
    let engine = engine();
    let (mut screening, log) = screened(&engine, CHILD);
    screening
        .carry_out(&engine, ScreeningCommand::Resume, &at(99))
        .unwrap();
    let rounds = 200;
    let start = std::time::Instant::now();
    for _ in 0..rounds {
        let command = ScreeningCommand::Answer(known("age", "16"));
        std::hint::black_box(screening.decide(&engine, command, &at(99)).unwrap());
    }
    let decide = start.elapsed() / rounds;
    let start = std::time::Instant::now();
    for _ in 0..20 {
        std::hint::black_box(screening.interview(&engine).unwrap().next());
    }
    let rebuild = start.elapsed() / 20;
    let start = std::time::Instant::now();
    for _ in 0..20 {
        let situation = screening.situation(&engine).unwrap();
        std::hint::black_box(RecordedOutcome::of(&engine, &situation).unwrap());
    }
    let outcome = start.elapsed() / 20;
    let bytes = serde_json::to_string(screening.outcome().unwrap())
        .unwrap()
        .len();
    println!(
        "{} events; answer {decide:?}, interview {rebuild:?}, outcome {outcome:?}, {bytes} bytes",
        log.len()
    );
}
