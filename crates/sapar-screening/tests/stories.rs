//! People at the border, screened on the real law of Kazakhstan.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::sync::{Arc, OnceLock};

use jiff::civil::{Date, date};
use sapar_identity::mrz::{Field, Reading};
use sapar_law::{Answer, Engine, Interview, Knowledge, Learned, Library, Role, Situation};
use sapar_screening::{DocumentNote, Outcome, document_facts, due};

const SPECIMEN: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

fn library() -> Arc<Library> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    Arc::clone(LIBRARY.get_or_init(|| {
        let read = sapar_packages::library();
        assert!(!read.has_errors());
        Arc::new(read.library)
    }))
}

fn engine(order: &str, on: Date) -> Arc<Engine> {
    let library = library();
    let order = library.order_named(order).unwrap();
    Arc::new(Engine::new(library, order, on).unwrap())
}

fn situation(facts: &[(&str, &str)]) -> Situation {
    let library = library();
    let mut situation = Situation::new();
    for (name, value) in facts {
        let fact = library
            .fact_named(name)
            .unwrap_or_else(|| panic!("no fact {name}"));
        situation.set(fact, library.value_from_text(fact, value).unwrap());
    }
    situation
}

/// Answers from a list, no to everything else; what was asked, by name.
fn interview(
    engine: &Arc<Engine>,
    role: Role,
    known: Situation,
    answers: &[(&str, &str)],
) -> (Interview, Vec<String>) {
    let library = library();
    let mut interview = Interview::new(Arc::clone(engine), role, known).unwrap();
    let mut asked = Vec::new();
    while let Some(question) = interview.next() {
        let name = library.fact(question.fact).name.clone();
        assert!(
            !question.decides.is_empty(),
            "{name} was asked without a reason"
        );
        let derived =
            sapar_screening::derived(&library, "KAZ", interview.situation(), question.fact);
        let text = answers
            .iter()
            .find(|(fact, _)| *fact == name)
            .map_or("no", |(_, value)| value);
        let known =
            derived.unwrap_or_else(|| library.value_from_text(question.fact, text).unwrap());
        interview
            .answer(question.fact, Answer::Known(known))
            .unwrap();
        if derived.is_none() {
            asked.push(name);
        }
        assert!(asked.len() < 100, "the interview does not end: {asked:?}");
    }
    (interview, asked)
}

fn says(engine: &Engine, entries: &[sapar_screening::Entry], bearer: &str, act: &str) -> bool {
    let library = library();
    entries.iter().any(|entry| {
        let position = engine.position(entry.position);
        library.actor(position.bearer).name == bearer && library.act(position.act).name == act
    })
}

#[test]
fn the_specimen_passport_gives_facts_and_its_expiry_only_a_suggestion() {
    let library = library();
    let reading = Reading::read(SPECIMEN).unwrap();
    let facts = document_facts(&library, &reading, date(2016, 6, 6));
    let stated: Vec<(String, String)> = facts
        .stated
        .iter()
        .map(|(fact, known)| {
            (
                library.fact(*fact).name.clone(),
                library.value_to_text(*fact, *known),
            )
        })
        .collect();
    let expected = [("citizenship", "UTO"), ("age", "41"), ("sex", "female")]
        .map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(stated, expected);
    assert!(
        facts
            .notes
            .contains(&DocumentNote::Expired(date(2012, 4, 15)))
    );
    let document = library.fact_named("travel document").unwrap();
    assert!(facts.suggested.iter().any(
        |(fact, known)| *fact == document && library.value_to_text(*fact, *known) == "expired"
    ));
}

#[test]
fn a_field_whose_check_failed_is_not_used() {
    let library = library();
    // The birth date's own digit is wrong: an age must not come from it.
    let reading = Reading::read(&SPECIMEN.replace("7408122", "7408123")).unwrap();
    let facts = document_facts(&library, &reading, date(2016, 6, 6));
    let age = library.fact_named("age").unwrap();
    assert!(facts.stated.iter().all(|(fact, _)| *fact != age));
    assert!(
        facts
            .notes
            .contains(&DocumentNote::FieldNotUsed(Field::Birth))
    );
}

#[test]
fn an_unknown_birthday_leaves_both_ages_open() {
    let library = library();
    // Only the year of birth is known: 75.
    let zone = "P<UTOUNKNOWN<<BIRTH<<<<<<<<<<<<<<<<<<<<<<<<<\nA0000001<3UTO75<<<<4M3506307<<<<<<<<<<<<<<04";
    let reading = Reading::read(zone).unwrap();
    let facts = document_facts(&library, &reading, date(2026, 11, 24));
    let age = library.fact_named("age").unwrap();
    let known = facts
        .stated
        .iter()
        .find(|(fact, _)| *fact == age)
        .map(|(_, known)| *known);
    assert_eq!(known, Some(Knowledge::Number(50, 51)));
    assert!(facts.notes.contains(&DocumentNote::AgeUncertain));
}

#[test]
fn a_labour_migrant_with_papers_is_done_in_a_few_questions() {
    let migrant = [
        ("at crossing point", "yes"),
        ("travel document", "valid"),
        ("entry right", "yes"),
        ("lawfully in territory", "yes"),
        ("entry conditions met", "yes"),
    ];
    for on in [date(2016, 6, 6), date(2026, 11, 24)] {
        let engine = engine("kazakhstan-screening", on);
        let known = situation(&[("citizenship", "KGZ"), ("age", "23"), ("sex", "male")]);
        let (interview, asked) = interview(&engine, Role::FirstLine, known, &migrant);
        let library = library();
        let observed = asked
            .iter()
            .filter(|name| {
                library.fact(library.fact_named(name).unwrap()).learned == Learned::Observing
            })
            .count();
        assert!(observed <= 6, "{observed} observed facts: {asked:?}");
        assert!(asked.len() - observed <= 8, "too many questions: {asked:?}");
        let outcome = Outcome::of(&engine, interview.situation()).unwrap();
        assert!(outcome.evaluation.conflicts.is_empty());
        // Nobody said that return would be safe, so nothing may say that it is.
        assert!(!says(
            &engine,
            &outcome.permissions,
            "state",
            "return to danger"
        ));
    }
}

#[test]
fn a_child_alone_who_asks_for_asylum_is_protected_at_both_dates() {
    let child = [
        ("at crossing point", "yes"),
        ("irregular entry", "yes"),
        ("looks under 18", "yes"),
        ("travel document", "none"),
        ("citizenship", "AFG"),
        ("age", "15"),
        ("sex", "male"),
        ("unaccompanied", "yes"),
        ("seeks protection", "yes"),
    ];
    for on in [date(2016, 6, 6), date(2026, 11, 24)] {
        let engine = engine("kazakhstan-screening", on);
        let (interview, asked) = interview(&engine, Role::FirstLine, Situation::new(), &child);
        let library = library();
        assert!(asked.len() <= 18, "too many questions: {asked:?}");
        for name in &asked {
            let fact = library.fact(library.fact_named(name).unwrap());
            assert_eq!(
                fact.role,
                Role::FirstLine,
                "{name} is not for the first line"
            );
            assert_ne!(
                fact.learned,
                Learned::Specialist,
                "{name} is for a specialist"
            );
        }
        let outcome = Outcome::of(&engine, interview.situation()).unwrap();
        assert!(says(
            &engine,
            &outcome.prohibitions,
            "state",
            "return to danger"
        ));
        assert!(says(
            &engine,
            &outcome.prohibitions,
            "state",
            "refuse entry"
        ));
        assert!(says(
            &engine,
            &outcome.duties,
            "border service",
            "call guardianship authority"
        ));
        assert!(says(&engine, &outcome.duties, "state", "appoint guardian"));
        // Whatever the law allows against a prohibition that stands is marked as barred.
        let library = engine.library();
        for entry in outcome.permissions.iter().chain(&outcome.duties) {
            let position = engine.position(entry.position);
            let forbidden = outcome.prohibitions.iter().any(|other| {
                let other = engine.position(other.position);
                other.act == position.act && library.actor_contains(other.bearer, position.bearer)
            });
            assert!(
                !forbidden || !entry.barred_by.is_empty(),
                "{} is allowed and forbidden",
                library.act(position.act).name
            );
        }
    }
}

#[test]
fn an_answer_nobody_has_is_never_taken_for_a_no() {
    let engine = engine("kazakhstan-screening", date(2026, 11, 24));
    let library = library();
    let mut interview =
        Interview::new(Arc::clone(&engine), Role::FirstLine, Situation::new()).unwrap();
    while let Some(question) = interview.next() {
        interview
            .answer(question.fact, Answer::DoesNotKnow)
            .unwrap();
    }
    let outcome = Outcome::of(&engine, interview.situation()).unwrap();
    let open = outcome.undecided.iter().any(|open| {
        let position = engine.position(open.position);
        library.act(position.act).name == "return to danger"
    });
    assert!(
        open,
        "the prohibition of return must stay open when nothing is known"
    );
}

#[test]
fn going_back_and_answering_anew_gives_the_same_as_answering_at_once() {
    let engine = engine("kazakhstan-screening", date(2026, 11, 24));
    let mut interview =
        Interview::new(Arc::clone(&engine), Role::FirstLine, Situation::new()).unwrap();
    let mut asked = Vec::new();
    for _ in 0..4 {
        let question = interview.next().unwrap();
        asked.push(question.fact);
        interview
            .answer(question.fact, Answer::Known(Knowledge::YesNo(true)))
            .unwrap();
    }
    for expected in asked.iter().rev() {
        assert_eq!(interview.back(), Some(*expected));
        assert_eq!(interview.next().unwrap().fact, *expected);
    }
    assert_eq!(interview.back(), None);
    assert_eq!(interview.situation().known().count(), 0);
}

#[test]
fn a_limit_is_counted_over_the_holidays_of_the_country() {
    let engine = engine("kazakhstan", date(2026, 3, 19));
    let calendar = sapar_calendar::Calendar::kazakhstan().unwrap();
    let library = library();
    let limits = library.norms().flat_map(|(_, norm)| norm.limits.clone());
    let with_number = limits
        .filter_map(|limit| due(limit, engine.on().at(14, 0, 0, 0), &calendar))
        .count();
    assert!(with_number > 20, "{with_number}");
}

/// Who was asked what is painful: details of exploitation, which of a child only a specialist asks for.
fn painful(library: &Library, asked: &[String]) -> Vec<String> {
    asked
        .iter()
        .filter(|name| {
            let fact = library.fact(library.fact_named(name).unwrap());
            fact.only
                .iter()
                .any(|clause| clause.role == Role::Specialist)
        })
        .cloned()
        .collect()
}

#[test]
fn of_a_child_or_who_may_be_one_only_a_specialist_asks_for_details_of_exploitation() {
    let engine = engine("kazakhstan-screening", date(2026, 11, 24));
    let library = library();
    let suspected = ("labour exploitation suspected", "yes");
    let of = |role: Role, answers: &[(&str, &str)]| {
        let mut known = vec![
            suspected,
            ("citizenship", "KGZ"),
            ("travel document", "none"),
            ("sex", "male"),
        ];
        known.extend_from_slice(answers);
        let (_, asked) = interview(&engine, role, situation(&known), answers);
        painful(&library, &asked)
    };
    // A child, and somebody of uncertain age who looks like one.
    for person in [
        &[("age", "15")][..],
        &[
            ("age", "19"),
            ("age uncertain", "yes"),
            ("looks under 18", "yes"),
        ],
    ] {
        assert_eq!(of(Role::FirstLine, person), [""; 0]);
        assert_eq!(of(Role::SecondLine, person), [""; 0]);
        assert!(!of(Role::Specialist, person).is_empty());
    }
    // A grown person is asked by the second line.
    let adult = [("age", "30"), ("age uncertain", "no")];
    assert_eq!(of(Role::FirstLine, &adult), [""; 0]);
    assert!(!of(Role::SecondLine, &adult).is_empty());
}

#[test]
fn while_the_age_is_not_known_it_is_asked_before_anything_painful_and_unknown_is_never_grown() {
    let engine = engine("kazakhstan-screening", date(2026, 11, 24));
    let library = library();
    let known = situation(&[
        ("labour exploitation suspected", "yes"),
        ("travel document", "none"),
        ("sex", "male"),
    ]);
    let mut interview = Interview::new(Arc::clone(&engine), Role::SecondLine, known).unwrap();
    let mut opened = Vec::new();
    while let Some(question) = interview.next() {
        let fact = library.fact(question.fact);
        assert!(
            fact.only.is_empty(),
            "{} was asked of somebody who may be a child",
            fact.name
        );
        assert!(engine.may_ask(Role::SecondLine, question.fact, interview.situation()));
        if !question.opens.is_empty() {
            opened.push(fact.name.clone());
        }
        // Nobody can tell the age; everything else is answered no.
        let answer = match fact.name.as_str() {
            "age" | "age uncertain" | "looks under 18" => Answer::DoesNotKnow,
            name => Answer::Known(
                sapar_screening::derived(&library, "KAZ", interview.situation(), question.fact)
                    .unwrap_or_else(|| {
                        let value = if name == "citizenship" { "KGZ" } else { "no" };
                        library.value_from_text(question.fact, value).unwrap()
                    }),
            ),
        };
        interview.answer(question.fact, answer).unwrap();
    }
    assert!(opened.contains(&"age".to_owned()), "{opened:?}");
    // What is left open and painful is for a specialist, as things stand.
    let outcome = Outcome::of(&engine, interview.situation()).unwrap();
    let mut left: Vec<_> = outcome
        .undecided
        .iter()
        .flat_map(|open| &open.facts)
        .collect();
    left.retain(|fact| !library.fact(**fact).only.is_empty());
    assert!(!left.is_empty());
    for fact in left {
        assert_eq!(
            engine.lowest_role(*fact, interview.situation()),
            Role::Specialist
        );
    }
}
