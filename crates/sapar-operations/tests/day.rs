//! A day at a post, from the first meeting to a case in the right hands.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

#[path = "shared/support.rs"]
mod support;

use sapar_access::Purpose;
use sapar_casework::birth::BirthDate;
use sapar_casework::case::{CaseKind, CaseOutcome};
use sapar_casework::person::Details;
use sapar_casework::personal::Text;
use sapar_casework::purpose::Purpose as ReferredFor;
use sapar_casework::referral::Completion;
use sapar_casework::refusal::Refusal;
use sapar_casework::screening::{AnswerGiven, Given, HowLearned};
use sapar_operations::OperationError;
use sapar_operations::people::Registered;
use sapar_operations::referrals::{Ground, NewReferral};
use sapar_operations::tasks::Board;
use sapar_store::Proof;
use support::*;

const SEEKS: &[(&str, &str)] = &[
    ("seeks protection", "yes"),
    ("fear of persecution on convention ground", "yes"),
    ("at crossing point", "yes"),
];

fn refer(world: &World, to: &str, purpose: ReferredFor) -> NewReferral {
    NewReferral {
        to: world.agency(to),
        purpose,
        ground: Ground::ConsentNow,
        words: "Needs an interpreter.".to_owned(),
        task: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_seeks_protection_comes_to_the_asylum_authority() {
    let world = World::new(1).await;
    let operations = &world.operations;
    let (encounter, person) = world
        .met(details("Karimi", "Farid", 1995, "AFG", "P123456"), 0)
        .await;
    let screening = world.screened("second", encounter, person, SEEKS, 10).await;
    let officer = world.by("second", Purpose::Screening, 20);

    let outcome = operations.outcome(&officer, screening).await.unwrap();
    let engine = &outcome.engine;
    let acts = |list: &[sapar_screening::Entry]| -> Vec<String> {
        list.iter()
            .map(|entry| {
                let position = engine.position(entry.position);
                engine.library().act(position.act).name.clone()
            })
            .collect()
    };
    assert!(acts(&outcome.outcome.prohibitions).contains(&"return to danger".to_owned()));
    assert!(!outcome.partial);
    assert!(!outcome.happened.is_empty(), "a clock has started");

    let tasks = operations.board(&officer, Board::Here, 100).await.unwrap();
    let acts: Vec<_> = tasks
        .iter()
        .filter_map(|task| task.task.duty().map(|duty| duty.position.act.as_str()))
        .collect();
    assert!(acts.contains(&"register asylum application"), "{acts:?}");
    // What binds towards everybody is no task for one person.
    assert!(!acts.contains(&"train officials"), "{acts:?}");
    assert!(tasks.iter().all(|task| task.person.details.is_some()));

    // The clock of registering starts when the application is recorded.
    let registers = |tasks: &[sapar_operations::tasks::TaskView]| {
        let task = tasks.iter().find(|task| {
            task.task
                .duty()
                .is_some_and(|duty| duty.position.act == "register asylum application")
        });
        task.and_then(|task| task.due)
    };
    assert_eq!(registers(&tasks), None);
    operations
        .happened(&officer, person, "application", officer.now)
        .await
        .unwrap();
    let tasks = operations.board(&officer, Board::Here, 100).await.unwrap();
    let due = officer.now + jiff::SignedDuration::from_hours(24);
    assert_eq!(registers(&tasks), Some(due));

    // Nobody of the authority knows of the person before.
    let asylum = world.by("asylum", Purpose::Protection, 25);
    assert!(matches!(
        operations.person(&asylum, person).await,
        Err(OperationError::NotThere)
    ));
    let referral = operations
        .refer(
            &officer,
            person,
            refer(&world, "asylum", ReferredFor::Protection),
        )
        .await
        .unwrap();
    let asylum = world.by("asylum", Purpose::Protection, 30);
    assert_eq!(operations.inbox(&asylum).await.unwrap().len(), 1);
    assert_eq!(operations.waits(&asylum).await.unwrap().referrals, 1);
    let case = operations.accept(&asylum, referral).await.unwrap().unwrap();
    let view = operations.case(&asylum, case).await.unwrap();
    assert_eq!(view.line.kind, CaseKind::AsylumReferral);
    assert!(view.line.person.details.is_some());
    operations.arrived(&asylum, referral).await.unwrap();
    operations
        .complete_referral(&asylum, referral, Completion::Helped, "Registered.")
        .await
        .unwrap();
    operations
        .close_case(&asylum, case, CaseOutcome::PassedToAsylumAuthority, "Done.")
        .await
        .unwrap();

    // Who looked stands on the person's page.
    let page = operations
        .person(&world.by("second", Purpose::Screening, 60), person)
        .await
        .unwrap();
    let looked: Vec<_> = page.views.iter().map(|view| view.agency).collect();
    assert!(looked.contains(&world.agency("asylum").uuid()));
    assert!(!page.timeline.is_empty() && !page.referrals.is_empty());

    // The chain is whole, and lists made again from the log are the same.
    let proof = sapar_store::verify(&**operations.store()).await.unwrap();
    assert!(matches!(proof, Proof::Whole(_)));
    let before = everything(&world).await;
    operations.rebuild(node_key()).await.unwrap();
    assert_eq!(everything(&world).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_is_barred_until_danger_is_ruled_out_and_stops_when_it_is_not() {
    let world = World::new(2).await;
    let operations = &world.operations;
    let (encounter, person) = world
        .met(details("Usmonov", "Anvar", 1990, "UZB", "AB1234567"), 0)
        .await;
    let officer = world.by("second", Purpose::Screening, 5);
    let offer =
        |caller| operations.refer(caller, person, refer(&world, "police", ReferredFor::Return));
    // Without a screening nothing is known, and unknown is never no.
    assert_eq!(
        offer(&officer).await.unwrap_err(),
        OperationError::Refused(Refusal::ReturnNotAssessed)
    );
    let screening = world
        .screened("specialist", encounter, person, &[], 10)
        .await;
    let officer = world.by("second", Purpose::Screening, 20);
    let referral = match offer(&officer).await {
        Ok(referral) => referral,
        Err(error) => {
            let whole = operations.outcome(&officer, screening).await.unwrap();
            let open: Vec<_> = whole
                .outcome
                .undecided
                .iter()
                .map(|open| {
                    let position = whole.engine.position(open.position);
                    let library = whole.engine.library();
                    let facts: Vec<_> = open
                        .facts
                        .iter()
                        .map(|fact| library.fact(*fact).name.as_str())
                        .collect();
                    format!(
                        "{:?} {} {facts:?}",
                        position.modality,
                        library.act(position.act).name
                    )
                })
                .filter(|text| {
                    ["return to danger", "expel", "remove", "readmit"]
                        .iter()
                        .any(|act| text.contains(act))
                })
                .collect();
            panic!("{error}: {open:#?}")
        }
    };
    let police = world.by("police", Purpose::Return, 30);
    let case = operations.accept(&police, referral).await.unwrap().unwrap();
    assert!(!operations.case(&police, case).await.unwrap().hold);

    // The person asks for protection after all.
    let officer = world.by("second", Purpose::Screening, 40);
    operations
        .answer(
            &officer,
            screening,
            sapar_casework::screening::AnswerGiven {
                fact: "seeks protection".to_owned(),
                given: sapar_casework::screening::Given::Known(
                    sapar_casework::personal::Text::new("yes"),
                ),
                how: sapar_casework::screening::HowLearned::Asked,
            },
        )
        .await
        .unwrap();
    let police = world.by("police", Purpose::Return, 50);
    assert!(operations.case(&police, case).await.unwrap().hold);
    assert_eq!(
        operations
            .close_case(&police, case, CaseOutcome::Returned, "Flew at noon.")
            .await
            .unwrap_err(),
        OperationError::Refused(Refusal::CannotBeOpened)
    );
    assert_eq!(
        operations.arrived(&police, referral).await.unwrap_err(),
        OperationError::Refused(Refusal::CannotBeOpened)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ended_never_pushes_out_what_an_agency_is_waited_for() {
    let world = World::new(6).await;
    let operations = &world.operations;
    let offer = || NewReferral {
        to: world.agency("asylum"),
        purpose: ReferredFor::Protection,
        ground: Ground::ConsentNow,
        words: String::new(),
        task: None,
    };
    let officer = world.by("second", Purpose::Screening, 5);
    let (_, waits) = world
        .met(details("Karimi", "Laila", 1991, "AFG", ""), 0)
        .await;
    let waiting = operations.refer(&officer, waits, offer()).await.unwrap();
    let (_, other) = world
        .met(details("Asanov", "Ulan", 1988, "KGZ", ""), 0)
        .await;
    for minutes in 10..220 {
        let officer = world.by("second", Purpose::Screening, minutes);
        let referral = operations.refer(&officer, other, offer()).await.unwrap();
        operations
            .withdraw(&officer, referral, "Mistyped.")
            .await
            .unwrap();
    }
    let asylum = world.by("asylum", Purpose::Protection, 230);
    let inbox = operations.inbox(&asylum).await.unwrap();
    assert_eq!(inbox[0].id, waiting, "who waits longest stands first");
    assert!(inbox.len() <= 201, "{}", inbox.len());
    let officer = world.by("second", Purpose::Screening, 230);
    let sent = operations.sent(&officer).await.unwrap();
    assert!(sent.iter().any(|line| line.id == waiting));
}

#[tokio::test(flavor = "multi_thread")]
async fn protection_in_another_record_with_the_same_document_bars_a_return_without_saying_why() {
    let world = World::new(8).await;
    let operations = &world.operations;
    let passport = "AB1234567";
    let offer = |to: &str, purpose| NewReferral {
        to: world.agency(to),
        purpose,
        ground: Ground::ConsentNow,
        words: String::new(),
        task: None,
    };
    let for_return = || offer("police", ReferredFor::Return);
    let refused = Err(OperationError::Refused(Refusal::CannotBeOpened));
    // Registered again under another name, and cleared by a whole interview.
    let cleared = async |surname: &str, country: &str, number: &str, minutes| {
        let (encounter, person) = world
            .met(details(surname, "Anvar", 1990, country, number), minutes)
            .await;
        let expired = [("travel document", "expired")];
        world
            .screened("specialist", encounter, person, &expired, minutes)
            .await;
        person
    };
    let again = cleared("Rahimov", "UZB", passport, 10).await;
    let officer = world.by("second", Purpose::Screening, 20);
    let referral = operations
        .refer(&officer, again, for_return())
        .await
        .unwrap();
    let police = world.by("police", Purpose::Return, 21);
    assert!(!operations.referral(&police, referral).await.unwrap().hold);

    // Under the first name the same passport asked for protection: an answer is enough, and so is a referral.
    let (encounter, asked) = world
        .met(details("Usmonov", "Anvar", 1990, "UZB", passport), 22)
        .await;
    let second = world.by("second", Purpose::Screening, 23);
    let screening = operations
        .start_screening(&second, asked, Some(encounter))
        .await
        .unwrap();
    let wish = |value: &str| AnswerGiven {
        fact: "seeks protection".to_owned(),
        given: Given::Known(Text::new(value)),
        how: HowLearned::Asked,
    };
    operations
        .answer(&second, screening, wish("yes"))
        .await
        .unwrap();
    assert!(operations.referral(&police, referral).await.unwrap().hold);
    operations.take_back(&second, screening).await.unwrap();
    assert!(!operations.referral(&police, referral).await.unwrap().hold);
    let (_, first) = world
        .met(details("Usmonov", "Anvar", 1990, "UZB", passport), 30)
        .await;
    let officer = world.by("second", Purpose::Screening, 31);
    let protection = offer("asylum", ReferredFor::Protection);
    operations.refer(&officer, first, protection).await.unwrap();
    assert!(operations.referral(&police, referral).await.unwrap().hold);
    assert_eq!(
        operations.accept(&police, referral).await.map(drop),
        refused
    );
    let third = cleared("Karimov", "UZB", "ab 1234567", 40).await;
    let officer = world.by("second", Purpose::Screening, 50);
    let sent = operations.refer(&officer, third, for_return()).await;
    assert_eq!(sent.map(drop), refused, "in words that tell nothing");
    // Another state's passport of the same number is another document.
    let other = cleared("Asanov", "KGZ", passport, 60).await;
    let officer = world.by("second", Purpose::Screening, 70);
    operations
        .refer(&officer, other, for_return())
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_noticed_among_hundreds_with_the_year_and_the_name_and_a_name_without_a_year()
{
    let world = World::new(4).await;
    let operations = &world.operations;
    for number in 0..110 {
        let name = format!("Karim{number}");
        world.met(details(&name, "Ali", 1990, "AFG", ""), 0).await;
    }
    let (encounter, last) = world
        .met(details("Zhumabaev", "Erlan", 1971, "KGZ", "AC7654321"), 1)
        .await;
    let officer = world.by("second", Purpose::Screening, 5);
    let alike = async |details: Details| match operations
        .register(&officer, encounter, details, false)
        .await
        .unwrap()
    {
        Registered::Doubtful(warnings) => warnings.iter().map(|one| one.id).collect(),
        Registered::New(_) => Vec::new(),
    };
    // Their passport under a name and a year that a hundred others have.
    let borrowed = details("Karimi", "Ali", 1990, "AFG", "AC7654321");
    assert!(alike(borrowed).await.contains(&last));
    // Who knows no year of birth is compared with everybody of the name.
    let mut unknown = details("Жумабаев", "Ерлан", 1971, "KGZ", "");
    unknown.birth = BirthDate::new(None, None, None).unwrap();
    assert_eq!(alike(unknown).await, [last]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_person_is_noticed_across_scripts_and_found_by_name_and_number() {
    let world = World::new(3).await;
    let operations = &world.operations;
    let (encounter, person) = world
        .met(details("Akhmetov", "Nurlan", 1988, "KGZ", "AC7654321"), 0)
        .await;
    let officer = world.by("second", Purpose::Screening, 5);
    let again = details("Ахметов", "Нурлан", 1988, "KGZ", "");
    let Registered::Doubtful(warnings) = operations
        .register(&officer, encounter, again.clone(), false)
        .await
        .unwrap()
    else {
        panic!("the same name in Cyrillic is noticed")
    };
    assert_eq!(
        warnings[0].person.as_ref().map(|line| line.id),
        Some(person)
    );
    let number = details("Somebody", "Else", 1970, "KGZ", "ас 7654321");
    assert!(matches!(
        operations
            .register(&officer, encounter, number, false)
            .await
            .unwrap(),
        Registered::Doubtful(_)
    ));
    for query in ["Akhmetov", "Ахметов Нурлан", "AC7654321", "akhm"] {
        let found = operations.search(&officer, query).await.unwrap();
        assert_eq!(
            found.persons.iter().map(|line| line.id).collect::<Vec<_>>(),
            [person],
            "{query}"
        );
    }
    let police = world.by("police", Purpose::Return, 6);
    assert!(
        operations
            .search(&police, "Akhmetov")
            .await
            .unwrap()
            .persons
            .is_empty()
    );

    // After erasure nobody is found, and the record says that it was.
    let leader = world.by("leader", Purpose::Screening, 10);
    operations.erase(&leader, person).await.unwrap();
    assert!(
        operations
            .search(&officer, "Akhmetov")
            .await
            .unwrap()
            .persons
            .is_empty()
    );
    let page = operations
        .person(&world.by("second", Purpose::Screening, 11), person)
        .await
        .unwrap();
    assert!(page.person.erased && page.person.details.is_none());
    operations.rebuild(node_key()).await.unwrap();
    assert!(
        operations
            .search(&officer, "Akhmetov")
            .await
            .unwrap()
            .persons
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn glass_is_broken_with_a_reason_and_reviewed_by_another() {
    let world = World::new(4).await;
    let operations = &world.operations;
    let (_, person) = world
        .met(details("Petrov", "Ivan", 1980, "RUS", "771234567"), 0)
        .await;
    let ngo = world.by("ngo", Purpose::Protection, 5);
    assert!(matches!(
        operations.person(&ngo, person).await,
        Err(OperationError::NotThere)
    ));
    assert!(matches!(
        operations.break_glass(&ngo, person, "why").await,
        Err(OperationError::Fields(_))
    ));
    operations
        .break_glass(
            &ngo,
            person,
            "He collapsed at our door and needs his insulin dose.",
        )
        .await
        .unwrap();
    let broken = sapar_operations::Caller {
        glass: Some(person),
        ..world.by("ngo", Purpose::Protection, 6)
    };
    assert!(
        operations
            .person(&broken, person)
            .await
            .unwrap()
            .person
            .details
            .is_some()
    );
    // The police has no glass to break.
    let police = world.by("police", Purpose::Return, 7);
    assert!(matches!(
        operations
            .break_glass(&police, person, "We would like to know where he is.")
            .await,
        Err(OperationError::NotThere)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_after_the_end_is_recomputed_at_once_and_a_refused_one_changes_nothing() {
    let world = World::new(5).await;
    let operations = &world.operations;
    let (encounter, person) = world
        .met(details("Bekov", "Azamat", 1992, "KGZ", "AC1112223"), 0)
        .await;
    let screening = world
        .screened(
            "second",
            encounter,
            person,
            &[("at crossing point", "yes")],
            10,
        )
        .await;
    let officer = world.by("second", Purpose::Screening, 20);
    let acts = |tasks: Vec<sapar_operations::tasks::TaskView>| -> Vec<String> {
        tasks
            .iter()
            .filter(|view| view.task.is_open())
            .filter_map(|view| view.task.duty().map(|duty| duty.position.act.clone()))
            .collect()
    };
    let before = acts(operations.board(&officer, Board::Here, 200).await.unwrap());
    assert!(!before.contains(&"register asylum application".to_owned()));

    let answer = |fact: &str, value: &str| sapar_casework::screening::AnswerGiven {
        fact: fact.to_owned(),
        given: sapar_casework::screening::Given::Known(sapar_casework::personal::Text::new(value)),
        how: sapar_casework::screening::HowLearned::Asked,
    };
    // An answer that the question cannot have is refused, and the screening has not gone on.
    let refused = operations
        .answer(&officer, screening, answer("seeks protection", "perhaps"))
        .await;
    assert_eq!(refused, Err(OperationError::Refused(Refusal::ValueUnknown)));
    let last = operations.last_screening(&officer, person).await.unwrap();
    assert_eq!(last.map(|(_, state)| state), Some("finished".to_owned()));

    let corrects = operations
        .answer(&officer, screening, answer("seeks protection", "yes"))
        .await
        .unwrap();
    assert!(corrects);
    let after = acts(operations.board(&officer, Board::Here, 200).await.unwrap());
    assert!(
        after.contains(&"register asylum application".to_owned()),
        "{after:?}"
    );
    let outcome = operations.outcome(&officer, screening).await.unwrap();
    assert!(!outcome.history.is_empty(), "the difference is recorded");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_forbids_to_send_somebody_away_bars_a_return() {
    let world = World::new(6).await;
    let operations = &world.operations;
    let (encounter, person) = world
        .met(details("Saidov", "Rustam", 1989, "TJK", "P7654321"), 0)
        .await;
    let answers = [
        ("trafficking signs", "yes"),
        ("reasonable grounds trafficked", "yes"),
        ("identified trafficked", "yes"),
    ];
    let screening = world
        .screened("specialist", encounter, person, &answers, 10)
        .await;
    let officer = world.by("second", Purpose::Screening, 20);
    let outcome = operations
        .outcome_in_short(&officer, screening)
        .await
        .unwrap()
        .unwrap();
    let barred = |act: &str| outcome.prohibited(act).is_some();
    // No danger is in sight, and yet the Law on Migration forbids to expel an identified victim.
    let forbidden: Vec<_> = outcome
        .positions
        .iter()
        .filter(|one| one.position.force == sapar_casework::outcome::Force::Prohibition)
        .map(|one| (one.position.act.clone(), one.standing))
        .collect();
    assert!(
        !barred("return to danger") && (barred("expel") || barred("remove")),
        "{forbidden:?}"
    );
    assert_eq!(
        operations
            .refer(
                &officer,
                person,
                refer(&world, "police", ReferredFor::Return)
            )
            .await
            .unwrap_err(),
        OperationError::Refused(Refusal::RemovalForbidden)
    );

    // The law of a day on which nothing forbade it lifts no bar: today's counts as well.
    let specialist = world.by("specialist", Purpose::Screening, 30);
    operations
        .follow_law(&specialist, screening, jiff::civil::date(1990, 1, 1))
        .await
        .unwrap();
    let old = operations
        .outcome_in_short(&officer, screening)
        .await
        .unwrap()
        .unwrap();
    assert!(
        old.prohibited("expel").is_none() && old.prohibited("return to danger").is_none(),
        "the old law forbids nothing, so the test would notice"
    );
    assert_eq!(
        operations
            .refer(
                &officer,
                person,
                refer(&world, "police", ReferredFor::Return)
            )
            .await
            .unwrap_err(),
        OperationError::Refused(Refusal::RemovalForbidden)
    );
}
