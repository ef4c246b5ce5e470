//! How a person's matter changes hands: referrals and cases, every state against every command, and what bars a return.

#[path = "shared/support.rs"]
mod support;

use std::collections::BTreeSet;

use jiff::SignedDuration;
use sapar_casework::case::{Case, CaseCommand, CaseKind, CaseOutcome};
use sapar_casework::classes::{Classes, DataClass};
use sapar_casework::outcome::NormKey;
use sapar_casework::person::*;
use sapar_casework::purpose::Purpose;
use sapar_casework::referral::{
    Completion, DeclineReason, Offer, Permission, Referral, ReferralCommand, ReferralState,
};
use sapar_casework::refusal::Refusal::{self, *};
use sapar_casework::return_check::ReturnCheck;
use sapar_casework::stamp::{Aggregate, Fold};
use support::*;

fn offer() -> Offer {
    Offer {
        referral: referral(1),
        person: support::person(1),
        to: agency(2),
        purpose: Purpose::ChildCare,
        discloses: Classes::one(DataClass::Identity).with(DataClass::Child),
        permission: Permission::Law {
            norm: NormKey::named("kazakhstan/a#b"),
            provision: "Article 1".to_owned(),
        },
        reply_by: minute(60),
        task: None,
    }
}

#[test]
fn referral_states() {
    let none = Referral::default();
    let mut offered = none.clone();
    let events = none
        .offer(&registered(), offer(), text(""), &at(0))
        .unwrap();
    offered.apply_all(&events, &at(0));
    let step = |from: &Referral, command, agency| {
        let mut next = from.clone();
        next.carry_out(command, &by(agency, 10)).unwrap();
        next
    };
    let arrive = || ReferralCommand::Arrive { at: minute(20) };
    let complete = || ReferralCommand::Complete {
        outcome: Completion::Helped,
        words: text(""),
    };
    let decline = || ReferralCommand::Decline {
        reason: DeclineReason::NoCapacity,
        words: text(""),
    };
    let withdraw = || ReferralCommand::Withdraw {
        words: text("sent by mistake"),
    };
    let accepted = step(&offered, ReferralCommand::Accept, 2);
    let declined = step(&offered, decline(), 2);
    let mut arrived = accepted.clone();
    arrived.carry_out(arrive(), &by(2, 30)).unwrap();
    let completed = step(&arrived, complete(), 2);
    let withdrawn = step(&offered, withdraw(), 1);
    let states = [
        &none, &offered, &accepted, &declined, &arrived, &completed, &withdrawn,
    ];
    let ok = Ok(());
    let (missing, answered, not_yet) = (
        Err(NotThere),
        Err(ReferralNotOffered),
        Err(ReferralNotAccepted),
    );
    let (no_arrival, ended) = (Err(ReferralNotArrived), Err(ReferralEnded));
    let check = |name: &str,
                 command: &dyn Fn() -> ReferralCommand,
                 by_agency,
                 expected: [Result<(), Refusal>; 7]| {
        row(&states, command, &expected, by_agency, name);
    };
    check(
        "accept",
        &|| ReferralCommand::Accept,
        2,
        [
            missing, ok, answered, answered, answered, answered, answered,
        ],
    );
    check(
        "decline",
        &decline,
        2,
        [
            missing, ok, answered, answered, answered, answered, answered,
        ],
    );
    check(
        "arrive",
        &arrive,
        2,
        [missing, not_yet, ok, not_yet, not_yet, not_yet, not_yet],
    );
    check(
        "complete",
        &complete,
        2,
        [
            missing, no_arrival, no_arrival, no_arrival, ok, no_arrival, no_arrival,
        ],
    );
    check(
        "withdraw",
        &withdraw,
        1,
        [missing, ok, ok, ended, ended, ended, ended],
    );
    // Others than the two agencies do nothing.
    for command in [ReferralCommand::Accept, decline(), arrive(), complete()] {
        assert_eq!(offered.decide(command, &by(3, 30)), Err(NotTheReceiver));
    }
    assert_eq!(offered.decide(withdraw(), &by(2, 30)), Err(NotTheSender));
    // No answer is noticed from the wanted time on, and told ever higher.
    let hour = SignedDuration::from_hours(1);
    let levels: Vec<u32> = [59, 60, 119, 120, 180]
        .iter()
        .map(|minutes| offered.escalation(minute(*minutes), hour))
        .collect();
    assert_eq!(levels, [0, 1, 1, 2, 3]);
    assert_eq!(accepted.escalation(minute(600), hour), 0);
    assert_eq!(
        completed.state,
        ReferralState::Completed(Completion::Helped)
    );
}

#[test]
fn a_referral_discloses_only_what_its_purpose_needs_and_is_permitted() {
    let refused = |person: &Person, change: &dyn Fn(&mut Offer)| {
        let mut offer = offer();
        change(&mut offer);
        Referral::default()
            .offer(person, offer, text(""), &at(0))
            .map(|_| ())
    };
    let mut person = registered();
    assert_eq!(refused(&person, &|_| ()), Ok(()));
    assert_eq!(
        refused(&person, &|one| one.discloses = Classes::NONE),
        Err(NothingToDisclose)
    );
    assert_eq!(
        refused(&person, &|one| one.discloses =
            Classes::one(DataClass::Asylum)),
        Err(MoreThanNeeded)
    );
    for purpose in [Purpose::Return, Purpose::Readmission] {
        for class in [DataClass::Asylum, DataClass::Trafficking, DataClass::Health] {
            let change =
                |one: &mut Offer| (one.purpose, one.discloses) = (purpose, Classes::one(class));
            assert_eq!(refused(&person, &change), Err(MoreThanNeeded));
        }
    }
    assert_eq!(
        refused(&person, &|one| one.reply_by = minute(0)),
        Err(ReplyTooEarly)
    );
    assert_eq!(
        refused(&person, &|one| one.person = support::person(7)),
        Err(NotThere)
    );
    let no_article = Permission::Law {
        norm: NormKey::named("a/b#c"),
        provision: " ".to_owned(),
    };
    assert_eq!(
        refused(&person, &|one| one.permission = no_article.clone()),
        Err(ArticleNeeded)
    );
    // Consent: for this purpose, towards this agency, and not withdrawn.
    let with_consent = |one: &mut Offer| {
        one.permission = Permission::Consent {
            consent: consent(1),
        }
    };
    assert_eq!(refused(&person, &with_consent), Err(ConsentNeeded));
    let consents = |purpose, agency, answer| PersonCommand::AnswerConsent {
        consent: consent(1),
        purpose,
        agency,
        answer,
    };
    for (purpose, to, answer, expected) in [
        (Purpose::ChildCare, None, ConsentAnswer::Given, Ok(())),
        (
            Purpose::ChildCare,
            Some(agency(2)),
            ConsentAnswer::Given,
            Ok(()),
        ),
        (
            Purpose::ChildCare,
            Some(agency(3)),
            ConsentAnswer::Given,
            Err(ConsentNeeded),
        ),
        (
            Purpose::Health,
            None,
            ConsentAnswer::Given,
            Err(ConsentNeeded),
        ),
        (
            Purpose::ChildCare,
            None,
            ConsentAnswer::Refused,
            Err(ConsentNeeded),
        ),
    ] {
        let mut person = person.clone();
        person
            .carry_out(consents(purpose, to, answer), &at(-5))
            .unwrap();
        assert_eq!(refused(&person, &with_consent), expected);
    }
    person
        .carry_out(
            consents(Purpose::ChildCare, None, ConsentAnswer::Given),
            &at(-5),
        )
        .unwrap();
    let mut offer = offer();
    with_consent(&mut offer);
    let mut referral = Referral::default();
    let events = referral.offer(&person, offer, text(""), &at(0)).unwrap();
    referral.apply_all(&events, &at(0));
    assert!(!referral.has_lost_consent(&person));
    person
        .carry_out(
            PersonCommand::WithdrawConsent {
                consent: consent(1),
            },
            &at(1),
        )
        .unwrap();
    assert!(referral.has_lost_consent(&person));
    assert_eq!(refused(&person, &with_consent), Err(ConsentNeeded));
}

fn opened(kind: CaseKind) -> Case {
    let mut case = Case::default();
    // Any kind that the check does not bar; the others are opened as from the log.
    let event = sapar_casework::case::CaseEvent::Opened {
        kind,
        person: support::person(1),
        owner: user(1),
        team: team(1),
    };
    case.apply(&event, &at(0));
    case
}

#[test]
fn case_states() {
    let none = Case::default();
    let open = opened(CaseKind::UnaccompaniedChild);
    let step = |from: &Case, command, team| {
        let mut next = from.clone();
        next.carry_out(command, &by(team, 10)).unwrap();
        next
    };
    let handover = || CaseCommand::OfferHandover {
        team: team(2),
        words: text(""),
    };
    let close = || CaseCommand::Close {
        outcome: CaseOutcome::InCare,
        words: text("with her aunt"),
    };
    let decline = || CaseCommand::DeclineHandover {
        words: text("no room"),
    };
    let link = || CaseCommand::LinkPerson {
        person: support::person(2),
    };
    let offered = step(&open, handover(), 1);
    let handed = step(&offered, CaseCommand::AcceptHandover, 2);
    let closed = step(&open, close(), 1);
    let states = [&none, &open, &offered, &handed, &closed];
    let check = |name: &str,
                 command: &dyn Fn() -> CaseCommand,
                 by_team,
                 expected: [Result<(), Refusal>; 5]| {
        row(&states, command, &expected, by_team, name);
    };
    let ok = Ok(());
    let (missing, over, idle) = (Err(NotThere), Err(CaseClosed), Err(NoHandover));
    check("link", &link, 1, [missing, ok, ok, ok, over]);
    check(
        "assign",
        &|| CaseCommand::Assign { owner: user(5) },
        1,
        [missing, ok, ok, ok, over],
    );
    check(
        "offer",
        &handover,
        1,
        [missing, ok, Err(HandoverOffered), Err(SameTeam), over],
    );
    check(
        "accept",
        &|| CaseCommand::AcceptHandover,
        2,
        [missing, idle, ok, idle, over],
    );
    check(
        "accept by another",
        &|| CaseCommand::AcceptHandover,
        3,
        [missing, idle, Err(NotTheOfferedTeam), idle, over],
    );
    check("decline", &decline, 2, [missing, idle, ok, idle, over]);
    check(
        "cancel",
        &|| CaseCommand::CancelHandover,
        1,
        [missing, idle, ok, idle, over],
    );
    check(
        "close",
        &close,
        1,
        [missing, ok, Err(HandoverOffered), ok, over],
    );
    assert_eq!(
        handed.file.as_ref().map(|file| (file.team, file.owner)),
        Some((team(2), user(2)))
    );
    assert_eq!(
        step(&open, link(), 1).decide(link(), &at(1)),
        Err(LinkedAlready)
    );
}

#[test]
fn a_case_ends_only_as_its_kind_can() {
    let every: BTreeSet<CaseOutcome> = CaseKind::ALL
        .iter()
        .flat_map(|kind| kind.outcomes())
        .copied()
        .collect();
    for kind in CaseKind::ALL {
        for outcome in &every {
            let close = CaseCommand::Close {
                outcome: *outcome,
                words: text("decided"),
            };
            let expected = if kind.outcomes().contains(outcome) {
                Ok(())
            } else {
                Err(OutcomeNotOfKind)
            };
            assert_eq!(
                opened(kind).decide(close, &at(1)).map(|_| ()),
                expected,
                "{kind:?} {outcome:?}"
            );
        }
    }
}

#[test]
fn protection_that_is_sought_or_held_bars_return_whatever_else_is_known() {
    let close = |kind, outcome| {
        let mut case = opened(kind);
        case.carry_out(
            CaseCommand::Close {
                outcome,
                words: text("decided"),
            },
            &at(1),
        )
        .unwrap();
        case
    };
    let barred = |case: &Case| ReturnCheck::of([case], [], []).permits() == Err(ProtectionOpen);
    assert!(barred(&opened(CaseKind::Protection)) && barred(&opened(CaseKind::AsylumReferral)));
    assert!(barred(&close(
        CaseKind::Protection,
        CaseOutcome::ProtectionGranted
    )));
    assert!(barred(&close(
        CaseKind::Protection,
        CaseOutcome::PersonGone
    )));
    assert!(barred(&close(
        CaseKind::AsylumReferral,
        CaseOutcome::PassedToAsylumAuthority
    )));
    assert!(!barred(&close(
        CaseKind::Protection,
        CaseOutcome::ProtectionRefused
    )));
    assert!(!barred(&opened(CaseKind::TraffickingVictim)));
    let mut offer = offer();
    offer.purpose = Purpose::Protection;
    let mut referral = Referral::default();
    let events = referral
        .offer(&registered(), offer, text(""), &at(0))
        .unwrap();
    referral.apply_all(&events, &at(0));
    assert_eq!(
        ReturnCheck::of([], [&referral], []).permits(),
        Err(ProtectionOpen)
    );
    // No screening is not a screening that found nothing.
    assert_eq!(
        ReturnCheck::of([], [], []).permits(),
        Err(ReturnNotAssessed)
    );
    let law = sapar_casework::outcome::Law {
        order: "kazakhstan".to_owned(),
        on: TODAY,
    };
    let clear = sapar_casework::outcome::RecordedOutcome {
        law,
        positions: vec![],
        conflicts: vec![],
    };
    let check = ReturnCheck::of([], [], [&clear]);
    assert_eq!(check.permits(), Ok(()));
    assert!(
        Case::default()
            .open(
                CaseKind::Return,
                support::person(1),
                user(1),
                team(1),
                check
            )
            .is_ok()
    );
}
