//! What is remembered is never shown as it was, and what is brought in is as if it had happened here.
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
use sapar_casework::purpose::Purpose as ReferredFor;
use sapar_casework::screening::{AnswerGiven, Given, HowLearned};
use sapar_operations::referrals::{Ground, NewReferral};
use support::*;

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_wrote_or_erased_is_seen_at_once() {
    let world = World::new(11).await;
    let here = &world.operations;
    let (encounter, person) = world
        .met(details("Karimi", "Farid", 1995, "AFG", "P123456"), 0)
        .await;
    let screening = world
        .screened(
            "second",
            encounter,
            person,
            &[("seeks protection", "yes")],
            5,
        )
        .await;
    let officer = world.by("second", Purpose::Screening, 20);
    let there = world.another(12).await;
    for program in [here, &there] {
        let page = program.person(&officer, person).await.unwrap();
        assert!(page.person.details.is_some());
        assert!(program.outcome(&officer, screening).await.is_ok());
    }

    here.correct(
        &officer,
        person,
        details("Karimi", "Farhad", 1995, "AFG", "P123456"),
        "Heard wrongly.",
    )
    .await
    .unwrap();
    let corrected = there.person(&officer, person).await.unwrap();
    let names = corrected.person.details.unwrap().names;
    assert_eq!(
        names[0]
            .given
            .as_ref()
            .map(sapar_casework::personal::Text::as_str),
        Some("Farhad")
    );

    // An interview that is held in memory goes on where another program left it.
    let again = here
        .start_screening(&officer, person, Some(encounter))
        .await
        .unwrap();
    let mut answered = Vec::new();
    for program in [here, &there, here] {
        let view = program.screening(&officer, again).await.unwrap();
        answered.push(view.answers.len());
        let fact = view.question.unwrap().question.fact;
        program
            .answer(
                &officer,
                again,
                AnswerGiven {
                    fact: library().fact(fact).name.clone(),
                    given: Given::DoesNotKnow,
                    how: HowLearned::Asked,
                },
            )
            .await
            .unwrap();
    }
    assert_eq!(answered[1] - answered[0], 1);
    assert_eq!(answered[2] - answered[1], 1);

    let leader = world.by("leader", Purpose::Screening, 30);
    here.erase(&leader, person).await.unwrap();
    // The one that did not erase is asked for the answers first: they must be gone without anybody opening the person.
    for program in [&there, here] {
        let screened = program.screening(&officer, screening).await;
        assert!(
            screened.is_err() || screened.is_ok_and(|view| view.answers.is_empty()),
            "no answer of an erased person is shown"
        );
        let page = program.person(&officer, person).await.unwrap();
        assert!(page.person.erased && page.person.details.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn records_that_were_brought_in_stand_in_the_same_lists() {
    let world = World::new(13).await;
    let (encounter, person) = world
        .met(details("Karimi", "Farid", 1995, "AFG", "P123456"), 0)
        .await;
    let answers = [("seeks protection", "yes"), ("at crossing point", "yes")];
    world
        .screened("second", encounter, person, &answers, 5)
        .await;
    let referral = NewReferral {
        to: world.agency("asylum"),
        purpose: ReferredFor::Protection,
        ground: Ground::ConsentNow,
        words: "Needs an interpreter.".to_owned(),
        task: None,
    };
    let officer = world.by("second", Purpose::Screening, 20);
    let referral = world
        .operations
        .refer(&officer, person, referral)
        .await
        .unwrap();
    let asylum = world.by("asylum", Purpose::Protection, 30);
    world.operations.accept(&asylum, referral).await.unwrap();

    let (events, last) = world.operations.events_unchecked(0, 1_000).await.unwrap();
    let (none, same) = world
        .operations
        .events_unchecked(last, 1_000)
        .await
        .unwrap();
    assert!(none.is_empty() && same == last && events.len() > 10);
    let other = World::new(14).await;
    let brought = |events| other.operations.bring_in_unchecked(&officer, events);
    brought(events.clone()).await.unwrap();
    assert_eq!(everything(&other).await, everything(&world).await);
    let before = everything(&other).await;
    assert!(brought(events).await.is_err(), "nobody is brought in twice");
    other.operations.rebuild(node_key()).await.unwrap();
    assert_eq!(everything(&other).await, before);
}
