//! Random sequences of commands: nothing panics, and what must always hold does.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "shared/support.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use sapar_casework::birth::BirthDate;
use sapar_casework::case::{Case, CaseCommand, CaseEvent, CaseKind, CaseOutcome};
use sapar_casework::classes::{Classes, DataClass, of_fact};
use sapar_casework::event::{Body, Event, Parts};
use sapar_casework::likeness::{likeness, sounds};
use sapar_casework::outcome::*;
use sapar_casework::person::*;
use sapar_casework::purpose::Purpose;
use sapar_casework::screening::{Given, Screening, ScreeningCommand, ScreeningEvent};
use sapar_casework::stamp::{Aggregate, Fold, Stamp};
use sapar_casework::tasks::{TaskCommand, TaskEvent, TaskState, Tasks, WaiveReason};
use sapar_law::Role;
use support::*;

/// Each event survives its parts, and loses nothing but the personal one without it.
fn through_parts(body: Body, stamp: &Stamp) {
    let event = Event {
        about: Some(person(1)),
        stamp: *stamp,
        body,
    };
    let parts = event.parts().unwrap();
    assert_eq!(Event::from_parts(parts.clone()).unwrap(), event);
    let bare = Event::from_parts(Parts {
        personal: None,
        ..parts.clone()
    })
    .unwrap()
    .parts()
    .unwrap();
    assert_eq!(
        (bare.open, bare.type_name, bare.personal),
        (parts.open, parts.type_name, None)
    );
}

/// A law of few norms: each norm binds one bearer under one law, and under another law perhaps another.
fn an_outcome() -> impl Strategy<Value = RecordedOutcome> {
    let duty = (0..6_u8, 0..2_u8, 0..4_u8, any::<bool>());
    prop::collection::vec(duty, 0..6).prop_map(|duties| {
        let mut positions: BTreeMap<PositionKey, RecordedPosition> = BTreeMap::new();
        let mut norms = BTreeSet::new();
        for (norm, bearer, limit, certain) in duties {
            // Within one law a norm has one position.
            if !norms.insert(norm) {
                continue;
            }
            let key = PositionKey {
                force: Force::Duty,
                bearer: format!("bearer {bearer}"),
                act: format!("act {}", norm / 2),
            };
            let norm = NormKey::named(&format!("p/i#n{norm}"));
            let length = Length {
                amount: u32::from(limit),
                unit: LimitUnit::WorkingDays,
            };
            let limits = match limit {
                0 => vec![],
                1 => vec![Limit::AtOnce],
                2 => vec![Limit::Within(length), Limit::Every(length)],
                _ => vec![Limit::Within(length)],
            };
            let limits: Vec<LimitRef> = limits
                .into_iter()
                .map(|limit| LimitRef {
                    limit,
                    event: format!("event {}", limit == Limit::AtOnce),
                    norm: norm.clone(),
                })
                .collect();
            let standing = if certain {
                Standing::Certain
            } else {
                Standing::Open
            };
            let norm = NormRef {
                norm,
                provision: "Article".to_owned(),
            };
            positions
                .entry(key.clone())
                .and_modify(|one| one.norms.push(norm.clone()))
                .or_insert(RecordedPosition {
                    position: key,
                    standing,
                    norms: vec![norm],
                    limits,
                    barred_by: vec![],
                    classes: Classes::NONE,
                });
        }
        let law = Law {
            order: "invented".to_owned(),
            on: TODAY,
        };
        RecordedOutcome {
            law,
            positions: positions.into_values().collect(),
            conflicts: vec![],
        }
    })
}

#[derive(Debug, Clone)]
enum TaskStep {
    Follow(u64, RecordedOutcome),
    Complete(prop::sample::Index, i64),
    Waive(prop::sample::Index),
    Happened(bool, i64, bool),
    Add(Option<i64>),
}

fn a_task_step() -> impl Strategy<Value = TaskStep> {
    prop_oneof![
        4 => (1..3_u64, an_outcome()).prop_map(|(screening, outcome)| TaskStep::Follow(screening, outcome)),
        2 => (any::<prop::sample::Index>(), -10..100_i64).prop_map(|(which, at)| TaskStep::Complete(which, at)),
        1 => any::<prop::sample::Index>().prop_map(TaskStep::Waive),
        1 => (any::<bool>(), -100..50_i64, any::<bool>()).prop_map(|(event, at, again)| TaskStep::Happened(event, at, again)),
        1 => prop::option::of(0..1000_i64).prop_map(TaskStep::Add),
    ]
}

fn open_norms(tasks: &Tasks) -> Vec<NormKey> {
    tasks
        .open()
        .filter_map(|(_, task)| task.duty())
        .flat_map(|duty| duty.norms.iter().map(|norm| norm.norm.clone()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tasks_are_never_double_and_never_undone(steps in prop::collection::vec(a_task_step(), 0..25)) {
        let mut tasks = Tasks::default();
        let mut log: Vec<(TaskEvent, Stamp)> = Vec::new();
        let mut next = 0;
        for (number, step) in steps.iter().enumerate() {
            let stamp = at(number as i64);
            let mut fresh = || { next += 1; task(next) };
            let before = tasks.clone();
            let pick = |which: &prop::sample::Index| {
                (!before.tasks.is_empty()).then(|| *which.get(&before.tasks.keys().collect::<Vec<_>>()))
            };
            let events = match step {
                TaskStep::Follow(number, outcome) => Ok(tasks.follow(screening(*number), outcome, calendar(), fresh)),
                TaskStep::Complete(which, at) => {
                    let Some(id) = pick(which) else { continue };
                    tasks.decide(TaskCommand::Complete { task: *id, at: minute(*at), next: Some(fresh()) }, calendar(), &stamp)
                }
                TaskStep::Waive(which) => {
                    let Some(id) = pick(which) else { continue };
                    let reason = WaiveReason::DoneElsewhere;
                    tasks.decide(TaskCommand::Waive { task: *id, reason, words: text("x") }, calendar(), &stamp)
                }
                TaskStep::Happened(event, at, again) => tasks.decide(
                    TaskCommand::Happened {
                        event: format!("event {event}"),
                        at: minute(*at),
                        correction: again.then(|| text("misread")),
                    },
                    calendar(),
                    &stamp,
                ),
                TaskStep::Add(due) => tasks.decide(
                    TaskCommand::Add {
                        task: fresh(),
                        bearer: "police".to_owned(),
                        due: due.map(minute),
                        classes: Classes::NONE,
                        words: text("x"),
                    },
                    calendar(),
                    &stamp,
                ),
            };
            for event in events.unwrap_or_default() {
                tasks.apply(&event, &stamp);
                through_parts(Body::Tasks(person(1), event.clone()), &stamp);
                log.push((event, stamp));
                // After every single event, not only at the end of a step.
                let norms = open_norms(&tasks);
                prop_assert_eq!(norms.iter().collect::<BTreeSet<_>>().len(), norms.len());
                prop_assert!(tasks.doubles().is_empty());
            }
            for (id, task) in &before.tasks {
                let after = tasks.tasks.get(id).unwrap();
                prop_assert!(task.is_open() || after == task, "what has ended changed");
            }
            if let TaskStep::Follow(number, outcome) = step {
                for duty in outcome.certain(Force::Duty) {
                    let of_this = || tasks.tasks.values().filter(|task| task.duty().is_some_and(|other| other.position == duty.position));
                    let open = of_this().filter(|task| task.is_open()).count();
                    let settled = of_this().any(|task| {
                        task.follows.contains(&screening(*number))
                            && matches!(task.state, TaskState::Done { .. } | TaskState::Waived { .. })
                    });
                    prop_assert!(open == 1 || (open == 0 && settled), "a certain duty has no task");
                }
                prop_assert_eq!(tasks.follow(screening(*number), outcome, calendar(), || task(999_999)), vec![]);
            }
        }
        let folded = Tasks::fold(log.iter().map(|(event, stamp)| (event, stamp)));
        prop_assert_eq!(folded, tasks);
    }

    #[test]
    fn a_difference_leads_from_one_outcome_to_the_other(before in an_outcome(), after in an_outcome()) {
        let difference = Difference::between(&before, &after);
        let mut standings: BTreeMap<PositionKey, Standing> =
            before.positions.iter().map(|one| (one.position.clone(), one.standing)).collect();
        for one in difference.moves() {
            prop_assert_eq!(standings.get(&one.position).copied(), one.before);
            match one.after {
                Some(standing) => { standings.insert(one.position.clone(), standing); }
                None => { standings.remove(&one.position); }
            }
        }
        let expected: BTreeMap<PositionKey, Standing> =
            after.positions.iter().map(|one| (one.position.clone(), one.standing)).collect();
        prop_assert_eq!(standings, expected);
        prop_assert_eq!(difference.is_empty(), before == after);
    }

    #[test]
    fn a_persons_earlier_versions_stay_until_erasure(steps in prop::collection::vec((0..7_u8, 1..4_u64, any::<bool>()), 0..30)) {
        let mut record = Person::default();
        let mut log: Vec<(PersonEvent, Stamp)> = Vec::new();
        for (number, (kind, id, flag)) in steps.into_iter().enumerate() {
            let stamp = at(number as i64);
            let details = Details {
                names: vec![],
                birth: BirthDate::new(None, None, Some(number as i8 + 1)).unwrap(),
                nationalities: vec![],
                sex: flag.then_some(Sex::Female),
                papers: Papers::NotAsked,
            };
            let command = match kind {
                0 | 1 => PersonCommand::Register { person: person(1), details },
                2 => PersonCommand::Correct { details, reason: text("misread") },
                3 => PersonCommand::ClaimLink {
                    link: link(id), other: person(id), kind: LinkKind::Sibling, basis: Basis::Said, words: text("says so"),
                },
                4 => PersonCommand::SettleLink { link: link(id), holds: flag, basis: Basis::Document },
                5 => PersonCommand::AnswerConsent {
                    consent: consent(id), purpose: Purpose::Health, agency: None,
                    answer: if flag { ConsentAnswer::Given } else { ConsentAnswer::Refused },
                },
                _ if number > 20 && flag => PersonCommand::Erase,
                _ => PersonCommand::WithdrawConsent { consent: consent(id) },
            };
            let before = record.clone();
            for event in record.carry_out(command, &stamp).unwrap_or_default() {
                through_parts(Body::Person(person(1), event.clone()), &stamp);
                log.push((event, stamp));
            }
            if record.state == PersonState::Erased {
                prop_assert_eq!(record.versions.len(), before.versions.len());
                prop_assert!(record.versions.iter().all(|one| !one.details.is_known()));
                prop_assert!(record.links.values().all(|one| !one.words.is_known()));
            } else {
                prop_assert_eq!(&record.versions[..before.versions.len()], &before.versions[..]);
            }
            for (id, consent) in &before.consents {
                prop_assert!(consent.withdrawn.is_none() || record.consents[id].withdrawn == consent.withdrawn);
            }
        }
        prop_assert_eq!(Person::fold(log.iter().map(|(event, stamp)| (event, stamp))), record);
    }

    #[test]
    fn a_closed_case_stays_closed_and_a_case_has_one_team(steps in prop::collection::vec((0..7_u8, 1..4_u64), 0..25)) {
        let mut record = Case::default();
        let opened = CaseEvent::Opened { kind: CaseKind::SmuggledMigrant, person: person(1), owner: user(1), team: team(1) };
        record.apply(&opened, &at(0));
        for (number, (kind, id)) in steps.into_iter().enumerate() {
            let words = text("x");
            let command = match kind {
                0 => CaseCommand::LinkPerson { person: person(id) },
                1 => CaseCommand::Assign { owner: user(id) },
                2 => CaseCommand::OfferHandover { team: team(id), words },
                3 => CaseCommand::AcceptHandover,
                4 => CaseCommand::DeclineHandover { words },
                5 => CaseCommand::CancelHandover,
                _ => CaseCommand::Close { outcome: CaseOutcome::PersonGone, words },
            };
            let before = record.clone();
            let stamp = by(id, number as i64);
            for event in record.carry_out(command.clone(), &stamp).unwrap_or_default() {
                through_parts(Body::Case(case(1), event), &stamp);
            }
            let (old, new) = (before.file.as_ref().unwrap(), record.file.as_ref().unwrap());
            prop_assert!(old.closed.is_none() || before == record);
            if old.team != new.team {
                prop_assert_eq!(&command, &CaseCommand::AcceptHandover);
                prop_assert_eq!((old.offered_to, stamp.by.team), (Some(new.team), Some(new.team)));
            }
            prop_assert!(new.closed.is_none() || new.offered_to.is_none());
        }
    }

    #[test]
    fn likeness_is_symmetric_and_bounded(left in "\\PC{0,24}", right in "\\PC{0,24}") {
        let forth = likeness(&left, &right);
        prop_assert!((0.0..=1.0).contains(&forth));
        prop_assert!((forth - likeness(&right, &left)).abs() < 0.2, "{} {}", left, right);
        if !sounds(&left).is_empty() {
            prop_assert!(likeness(&left, &left) > 0.999);
        }
    }
}

/// Facts of the real law with values that often contradict each other.
const FACTS: &[(&str, &[&str])] = &[
    ("age", &["15", "19", "12-20", "40"]),
    ("age uncertain", &["yes", "no"]),
    ("looks under 18", &["yes", "no"]),
    ("unaccompanied", &["yes", "no"]),
    ("citizenship", &["AFG", "KAZ", "KGZ"]),
    ("stateless", &["yes", "no"]),
    ("seeks protection", &["yes", "no"]),
    ("travel document", &["none", "valid", "expired"]),
    ("sex", &["female", "male"]),
];

fn a_screening_step() -> impl Strategy<Value = ScreeningCommand> {
    let answer = (
        prop::sample::select(FACTS),
        any::<prop::sample::Index>(),
        0..8_u8,
    )
        .prop_map(|((fact, values), which, kind)| {
            ScreeningCommand::Answer(match kind {
                0 => answered(fact, Given::DoesNotKnow),
                1 => answered(fact, Given::DoesNotWantToSay),
                _ => known(fact, which.get::<&str>(values)),
            })
        });
    prop_oneof![
        10 => answer,
        4 => Just(ScreeningCommand::TakeBack),
        1 => Just(ScreeningCommand::Evaluate),
        1 => Just(ScreeningCommand::Finish),
        1 => Just(ScreeningCommand::Resume),
        1 => Just(ScreeningCommand::HandOver { role: Role::SecondLine }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_screening_loses_no_answer_and_is_rebuilt_exactly(steps in prop::collection::vec(a_screening_step(), 0..20)) {
        let engine = engine();
        let mut record = Screening::default();
        let mut log: Vec<(ScreeningEvent, Stamp)> = Vec::new();
        let start = ScreeningCommand::Start {
            person: person(1), encounter: None, role: Role::FirstLine, known: vec![known("at crossing point", "yes")],
        };
        for (number, command) in std::iter::once(start).chain(steps).enumerate() {
            let stamp = at(number as i64);
            let before = record.clone();
            for event in record.carry_out(&engine, command, &stamp).unwrap_or_default() {
                through_parts(Body::Screening(screening(1), event.clone()), &stamp);
                log.push((event, stamp));
            }
            // Corrected and taken back answers stay, word by word.
            for (old, new) in before.answers.iter().zip(&record.answers) {
                prop_assert_eq!((&old.answer, old.stamp, old.number), (&new.answer, new.stamp, new.number));
            }
            prop_assert!(before.answers.len() <= record.answers.len());
            prop_assert!(before.outcomes.iter().eq(record.outcomes.iter().take(before.outcomes.len())));
        }
        // The rebuilt interview goes on like one that took every step itself.
        let mut start = sapar_law::Situation::new();
        let place = library().fact_named("at crossing point").unwrap();
        start.set(place, sapar_law::Knowledge::YesNo(true));
        let mut live = sapar_law::Interview::new(Arc::clone(&engine), record.role.unwrap(), start).unwrap();
        for (event, _) in &log {
            match event {
                ScreeningEvent::Answered { personal, .. } => {
                    let (fact, answer) = personal.get().unwrap().read(&library()).unwrap();
                    live.answer(fact, answer).unwrap();
                }
                ScreeningEvent::TakenBack { .. } => {
                    live.back().unwrap();
                }
                _ => {}
            }
        }
        let rebuilt = record.interview(&engine).unwrap();
        prop_assert_eq!(rebuilt.next(), live.next());
        prop_assert_eq!(rebuilt.questions_left_max(), live.questions_left_max());
        prop_assert_eq!(rebuilt.answered(), live.answered());
        prop_assert_eq!(rebuilt.situation(), live.situation());
        let interview = record.interview(&engine).unwrap();
        prop_assert_eq!(interview.situation(), &record.situation(&engine).unwrap());
        let current: Vec<String> = record.current().filter_map(|one| one.answer.get()).map(|one| one.fact.clone()).collect();
        let asked: Vec<String> = interview.answered().iter().map(|one| library().fact(one.fact).name.clone()).collect();
        prop_assert_eq!(current, asked);
        prop_assert_eq!(Screening::fold(log.iter().map(|(event, stamp)| (event, stamp))), record);
    }

    #[test]
    fn who_may_not_see_asylum_learns_nothing_of_it_from_an_outcome(
        answers in prop::collection::btree_map(0..FACTS.len(), any::<prop::sample::Index>(), 0..FACTS.len()),
        asylum in prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8), 1..6),
    ) {
        let engine = engine();
        let library = library();
        let seen = Classes::ALL.without(Classes::one(DataClass::Asylum));
        let protected: Vec<_> = library
            .facts()
            .filter(|(id, fact)| !of_fact(&library, *id).visible_to(seen) && fact.kind == sapar_law::ValueKind::YesNo)
            .map(|(id, _)| id)
            .collect();
        prop_assert!(protected.len() > 5);
        let start = ScreeningCommand::Start {
            person: person(1), encounter: None, role: Role::FirstLine, known: vec![],
        };
        let mut plain = Screening::default();
        plain.carry_out(&engine, start, &at(0)).unwrap();
        for (fact, value) in answers {
            let (fact, values) = FACTS[fact];
            if !of_fact(&library, library.fact_named(fact).unwrap()).visible_to(seen) {
                continue;
            }
            let _ = plain.carry_out(&engine, ScreeningCommand::Answer(known(fact, value.get::<&str>(values))), &at(1));
        }
        let mut other = plain.clone();
        for (which, value) in asylum {
            let fact = &library.fact(*which.get(&protected)).name;
            let given = match value {
                0 => Given::DoesNotWantToSay,
                1 => Given::Known(text("yes")),
                _ => Given::Known(text("no")),
            };
            // Where it contradicts, it is not recorded, and nothing differs.
            let _ = other.carry_out(&engine, ScreeningCommand::Answer(answered(fact, given)), &at(2));
        }
        let shown = |screening: &Screening| {
            serde_json::to_string(&screening.outcome_seen(&engine, seen).unwrap()).unwrap()
        };
        prop_assert_eq!(shown(&plain), shown(&other));
        prop_assert!(shown(&plain).len() > 100);
    }
}
