//! Steps that others wait for: cases handed over, links settled, consents taken back, interviews taken over, another day's law.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

#[path = "shared/support.rs"]
mod support;

use sapar_access::{Purpose, Team, TeamId, User, UserId};
use sapar_casework::ids::CaseId;
use sapar_casework::person::{Basis, Claim, LinkKind};
use sapar_casework::purpose::Purpose as ReferredFor;
use sapar_casework::refusal::Refusal;
use sapar_operations::directory::DirectoryEntry;
use sapar_operations::referrals::{Ground, NewReferral};
use sapar_operations::{Caller, OperationError};
use support::*;

/// A second team of the asylum authority, with one caseworker.
async fn other_team(world: &World) -> (TeamId, User) {
    let first = world.user("asylum");
    let team = TeamId::new(v7(250)).unwrap();
    let user = User {
        id: UserId::new(v7(450)).unwrap(),
        name: "other".to_owned(),
        team: Some(team),
        ..first.clone()
    };
    for entry in [
        DirectoryEntry::Team(Team {
            id: team,
            agency: first.agency,
            name: "Other team".to_owned(),
        }),
        DirectoryEntry::User(user.clone()),
    ] {
        world.operations.put_unchecked(entry).await.unwrap();
    }
    (team, user)
}

/// Somebody referred for protection, whose case the asylum authority opened.
async fn protected(world: &World) -> CaseId {
    let (encounter, person) = world
        .met(details("Karimi", "Farid", 1995, "AFG", "P123456"), 0)
        .await;
    let seeks = [("seeks protection", "yes"), ("at crossing point", "yes")];
    world
        .screened("second", encounter, person, &seeks, 10)
        .await;
    let new = NewReferral {
        to: world.agency("asylum"),
        purpose: ReferredFor::Protection,
        ground: Ground::ConsentNow,
        words: "Seeks protection.".to_owned(),
        task: None,
    };
    let officer = world.by("second", Purpose::Screening, 20);
    let referral = world.operations.refer(&officer, person, new).await.unwrap();
    let asylum = world.by("asylum", Purpose::Protection, 30);
    let opened = world.operations.accept(&asylum, referral).await.unwrap();
    opened.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_goes_to_another_team_only_when_it_says_so() {
    let world = World::new(41).await;
    let operations = &world.operations;
    let case = protected(&world).await;
    let (team, user) = other_team(&world).await;
    let ours = |minutes| world.by("asylum", Purpose::Protection, minutes);
    let theirs = |minutes| -> Caller {
        let now = ours(minutes).now;
        operations
            .caller_of(&user, Purpose::Protection, now)
            .unwrap()
    };
    let team: sapar_casework::ids::TeamId = team.uuid().try_into().unwrap();

    operations
        .offer_handover(&ours(40), case, team, "She speaks Dari.")
        .await
        .unwrap();
    let (here, there) = (
        operations.case(&ours(41), case).await.unwrap(),
        operations.case(&theirs(41), case).await.unwrap(),
    );
    assert_eq!((here.may_answer, here.may_cancel), (false, true));
    assert_eq!((there.may_answer, there.may_cancel), (true, false));
    assert!(!here.may_offer && !there.may_offer);

    // Who is offered a case cannot take the offer back, nor offer it on, nor answer without a word.
    let refused = operations.cancel_handover(&theirs(42), case).await;
    assert!(matches!(refused, Err(OperationError::NotPermitted)));
    let refused = operations.offer_handover(&theirs(42), case, team, "").await;
    assert!(matches!(refused, Err(OperationError::NotPermitted)));
    let refused = operations
        .answer_handover(&theirs(42), case, false, " ")
        .await;
    assert!(matches!(
        refused,
        Err(OperationError::Refused(Refusal::WordsNeeded))
    ));
    // Nor can the team that offers it answer for the other.
    let refused = operations.answer_handover(&ours(42), case, true, "").await;
    assert!(matches!(
        refused,
        Err(OperationError::Refused(Refusal::NotTheOfferedTeam))
    ));
    // Whoever is of neither team knows of no case.
    let police = world.by("police", Purpose::Return, 42);
    for refused in [
        operations.cancel_handover(&police, case).await,
        operations.answer_handover(&police, case, true, "").await,
    ] {
        assert!(matches!(refused, Err(OperationError::NotThere)));
    }

    operations
        .answer_handover(&theirs(43), case, false, "Nobody is free.")
        .await
        .unwrap();
    let here = operations.case(&ours(44), case).await.unwrap();
    let declined = here.declined.unwrap();
    assert_eq!(declined.words.as_deref(), Some("Nobody is free."));
    assert!(here.may_offer);
    // The same agency still sees the case, since the person was referred to it, and has nothing to say in it.
    let there = operations.case(&theirs(44), case).await.unwrap();
    assert!(!there.may_answer && !there.may_offer && !there.may_cancel);

    operations
        .offer_handover(&ours(45), case, team, "")
        .await
        .unwrap();
    assert_eq!(
        operations.case(&ours(45), case).await.unwrap().declined,
        None,
        "an earlier no is not the answer to a new offer"
    );
    operations.cancel_handover(&ours(46), case).await.unwrap();
    operations
        .offer_handover(&ours(47), case, team, "")
        .await
        .unwrap();
    operations
        .answer_handover(&theirs(48), case, true, "")
        .await
        .unwrap();
    let there = operations.case(&theirs(49), case).await.unwrap();
    assert_eq!(there.line.owner, user.id.uuid());
    assert!(there.may_offer && there.declined.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claimed_link_is_settled_once_or_taken_back() {
    let world = World::new(42).await;
    let operations = &world.operations;
    let (_, father) = world
        .met(details("Karimi", "Farid", 1985, "AFG", "P123456"), 0)
        .await;
    let (_, child) = world
        .met(details("Karimi", "Zahra", 2014, "AFG", "P123457"), 1)
        .await;
    let officer = |minutes| world.by("second", Purpose::Screening, minutes);
    for minutes in [2, 3, 4] {
        operations
            .claim_link(
                &officer(minutes),
                father,
                child,
                LinkKind::ParentOf,
                Basis::Said,
                "He says so.",
            )
            .await
            .unwrap();
    }
    let page = operations.person(&officer(5), father).await.unwrap();
    let ids: Vec<_> = page.links.iter().map(|link| link.id).collect();
    let settle = |link, holds| {
        let caller = officer(6);
        async move {
            operations
                .settle_link(&caller, father, link, holds, Basis::Document)
                .await
        }
    };
    settle(ids[0], true).await.unwrap();
    settle(ids[1], false).await.unwrap();
    operations
        .withdraw_link(&officer(7), father, ids[2])
        .await
        .unwrap();
    let page = operations.person(&officer(8), father).await.unwrap();
    let claims: Vec<_> = page.links.iter().map(|link| link.claim).collect();
    assert_eq!(claims, [Claim::Confirmed, Claim::Refuted, Claim::Withdrawn]);
    for link in ids {
        let twice = operations.withdraw_link(&officer(9), father, link).await;
        assert!(matches!(
            twice,
            Err(OperationError::Refused(Refusal::LinkSettled))
        ));
        assert!(settle(link, true).await.is_err());
    }
    // At a border check nobody settles what concerns a child.
    let check = world.by("first", Purpose::BorderCheck, 10);
    let refused = operations.withdraw_link(&check, father, page.links[0].id);
    assert!(matches!(refused.await, Err(OperationError::NotPermitted)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_rests_on_a_consent_taken_back_is_named() {
    let world = World::new(43).await;
    let operations = &world.operations;
    let case = protected(&world).await;
    let officer = |minutes| world.by("second", Purpose::Screening, minutes);
    let asylum = world.by("asylum", Purpose::Protection, 40);
    let person = operations.case(&asylum, case).await.unwrap().line.person.id;

    let page = operations.person(&officer(41), person).await.unwrap();
    let consent = &page.consents[0];
    assert_eq!(consent.resting.len(), 1, "the referral rests on it");
    let referral = consent.resting[0].id;
    let seen = operations.referral(&officer(42), referral).await.unwrap();
    assert!(!seen.consent_lost);

    // Who may not see for what it was given cannot take it back, and does not learn that it is there.
    let police = world.by("police", Purpose::Return, 43);
    let refused = operations.withdraw_consent(&police, person, consent.id);
    assert!(matches!(refused.await, Err(OperationError::NotThere)));
    let check = world.by("first", Purpose::BorderCheck, 43);
    let refused = operations.withdraw_consent(&check, person, consent.id);
    assert!(matches!(refused.await, Err(OperationError::NotThere)));

    operations
        .withdraw_consent(&officer(44), person, consent.id)
        .await
        .unwrap();
    for caller in [officer(45), asylum] {
        let seen = operations.referral(&caller, referral).await.unwrap();
        assert!(seen.consent_lost, "both sides are told");
    }
    let page = operations.person(&officer(46), person).await.unwrap();
    assert!(page.consents[0].withdrawn.is_some());
    assert_eq!(page.consents[0].resting.len(), 1, "and it goes on resting");
    let twice = operations
        .withdraw_consent(&officer(47), person, page.consents[0].id)
        .await;
    assert!(matches!(
        twice,
        Err(OperationError::Refused(Refusal::ConsentNotGiven))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_is_taken_over_by_a_higher_role_only() {
    let world = World::new(44).await;
    let operations = &world.operations;
    let (encounter, person) = world
        .met(details("Akhmetov", "Dias", 1990, "UZB", "AB123456"), 0)
        .await;
    let by = |name, minutes| world.by(name, Purpose::Screening, minutes);
    let screening = operations
        .start_screening(&by("first", 1), person, Some(encounter))
        .await
        .unwrap();
    let may = async |name, minutes| {
        operations
            .screening(&by(name, minutes), screening)
            .await
            .unwrap()
            .may_take_over
    };
    assert!(!may("first", 2).await);
    assert!(may("second", 2).await && may("specialist", 2).await);
    operations
        .take_over(&by("specialist", 3), screening)
        .await
        .unwrap();
    for name in ["first", "second", "specialist"] {
        assert!(!may(name, 4).await, "{name}");
        let refused = operations.take_over(&by(name, 5), screening).await;
        assert!(matches!(
            refused,
            Err(OperationError::Refused(Refusal::RoleNotHigher))
        ));
    }
    // What a specialist asks, nobody of a lower role is given to ask.
    for (name, asks) in [("first", false), ("second", false), ("specialist", true)] {
        let view = operations.screening(&by(name, 6), screening).await.unwrap();
        assert_eq!(view.question.is_some(), asks, "{name}");
        if !asks {
            let back = operations.take_back(&by(name, 6), screening).await;
            assert_eq!(back, Err(OperationError::NotPermitted), "{name}");
        }
        assert_eq!(
            (view.is_taken_over, view.for_others),
            (!asks, !asks),
            "{name}"
        );
    }
    // After a second line's interview it is left to a specialist to ask of persecution; after a specialist's nothing is left.
    for (number, who, left) in [
        ("AB123457", "second", true),
        ("AB123458", "specialist", false),
    ] {
        let (encounter, person) = world
            .met(details("Alimov", "Timur", 1985, "UZB", number), 7)
            .await;
        let asks = by(who, 8);
        let screening = operations
            .start_screening(&asks, person, Some(encounter))
            .await
            .unwrap();
        world
            .answer_all(&asks, screening, &[("travel document", "valid")])
            .await;
        let view = operations.screening(&asks, screening).await.unwrap();
        assert!(view.question.is_none() && !view.is_taken_over);
        assert_eq!(view.for_others, left, "{who}");
    }
    // At a border check nobody takes an interview over, whatever the role.
    let check = world.by("specialist", Purpose::BorderCheck, 6);
    let refused = operations.take_over(&check, screening).await;
    assert!(refused.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_days_law_is_followed_and_the_difference_recorded() {
    let world = World::new(45).await;
    let operations = &world.operations;
    let (encounter, person) = world
        .met(details("Karimi", "Farid", 1995, "AFG", "P123456"), 0)
        .await;
    let seeks = [("seeks protection", "yes"), ("at crossing point", "yes")];
    let screening = world
        .screened("second", encounter, person, &seeks, 10)
        .await;
    let officer = |minutes| world.by("second", Purpose::Screening, minutes);
    let before = operations.outcome(&officer(11), screening).await.unwrap();
    assert!(before.may_follow_law && before.history.is_empty());

    let today = operations.today(officer(12).now);
    let follow = |day| {
        let caller = officer(12);
        async move { operations.follow_law(&caller, screening, day).await }
    };
    let to_come = follow(today.tomorrow().unwrap()).await.unwrap_err();
    assert!(
        matches!(to_come, OperationError::Fields(ref fields) if fields[0].key == "law-day-to-come")
    );
    // The day before the law of asylum of the country began.
    let old = jiff::civil::date(2009, 1, 1);
    follow(old).await.unwrap();
    let after = operations.outcome(&officer(13), screening).await.unwrap();
    assert_eq!(after.engine.on(), old);
    let (_, occasion, difference) = &after.history[0];
    assert_eq!(*occasion, sapar_casework::screening::Occasion::LawChanged);
    assert!(
        difference.lost().count() > 0,
        "what began later is not there"
    );
    follow(today).await.unwrap();
    let again = operations.outcome(&officer(14), screening).await.unwrap();
    assert_eq!(again.engine.on(), today);
    assert_eq!(again.outcome, before.outcome);
    // Whoever asks nobody has no such step.
    let police = world.by("police", Purpose::Return, 15);
    let refused = operations.follow_law(&police, screening, old).await;
    assert!(matches!(refused, Err(OperationError::NotThere)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_for_a_day_stands_on_the_shift_leaders_desk() {
    let world = World::new(46).await;
    let operations = &world.operations;
    let case = protected(&world).await;
    let asylum = world.by("asylum", Purpose::Protection, 40);
    let person = operations.case(&asylum, case).await.unwrap().line.person.id;
    let leader = |minutes| world.by("leader", Purpose::Screening, minutes);
    let escalated = async |minutes| operations.escalated(&leader(minutes)).await.unwrap();
    assert!(escalated(41).await.is_empty(), "nothing is late yet");

    // Every clock that waits for an event starts.
    let officer = world.by("second", Purpose::Screening, 42);
    for event in operations.awaited(&officer, person).await.unwrap() {
        operations
            .happened(&officer, person, event.as_str(), officer.now)
            .await
            .unwrap();
    }
    let late = 60 * 24 * 40;
    let found = escalated(late).await;
    assert!(!found.is_empty());
    let now = leader(late).now;
    let since: Vec<_> = found.iter().map(|task| task.late_from.unwrap()).collect();
    assert!(since.is_sorted(), "the longest late first");
    for task in &found {
        let waited = now.duration_since(task.late_from.unwrap());
        assert!(waited.as_hours() >= 24 && task.task.is_open());
        assert_eq!(task.person.id, person);
    }
    let desk = operations.desk(&leader(late)).await.unwrap();
    assert_eq!(desk.escalated[0].id, found[0].id);
    assert!(
        desk.tasks
            .iter()
            .all(|one| found.iter().all(|task| task.id != one.id))
    );
    let board = operations.dashboard(&leader(late)).await.unwrap();
    assert_eq!(board.escalated.len(), found.len());

    // Nobody but a supervisor has such a list.
    for name in ["first", "second", "specialist"] {
        let caller = world.by(name, Purpose::Screening, late);
        assert!(operations.escalated(&caller).await.unwrap().is_empty());
    }
    // What is done is late no more.
    operations
        .complete_task(&leader(late + 1), person, found[0].id)
        .await
        .unwrap();
    let left = escalated(late + 2).await;
    assert!(left.iter().all(|task| task.id != found[0].id));
    assert_eq!(left.len(), found.len() - 1);
}
