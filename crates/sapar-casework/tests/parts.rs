//! The two parts of every event, and what is left when the personal one is gone.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "shared/support.rs"]
mod support;

use std::collections::BTreeSet;

use sapar_casework::birth::BirthDate;
use sapar_casework::case::{Case, CaseEvent, CaseKind, CaseOutcome};
use sapar_casework::classes::{Classes, DataClass};
use sapar_casework::document::{
    CheckedFile, Document, DocumentDetails, DocumentEvent, DocumentKind, Hash,
};
use sapar_casework::encounter::{Beginning, EncounterEvent, Place};
use sapar_casework::event::{Body, Event, Parts, PartsError, Stream};
use sapar_casework::note::{Note, NoteEvent};
use sapar_casework::outcome::{Difference, NormKey, RecordedOutcome};
use sapar_casework::person::*;
use sapar_casework::personal::Personal;
use sapar_casework::purpose::Purpose;
use sapar_casework::referral::{
    Completion, DeclineReason, Offer, Permission, Referral, ReferralEvent,
};
use sapar_casework::screening::{Occasion, Screening, ScreeningEvent, StopReason};
use sapar_casework::stamp::Fold;
use sapar_casework::tasks::{Due, Duty, TaskEvent, TaskLimit, Tasks, WaiveReason};
use sapar_law::{Role, Situation};
use serde_json::json;
use support::*;

/// A word that stands in every personal part of the samples and must stand in no open part.
const SECRET: &str = "Qyzghaldaq";

fn details() -> Details {
    Details {
        names: vec![Name {
            script: Script::Latin,
            surname: Some(text(SECRET)),
            given: None,
        }],
        birth: BirthDate::new(Some(2011), Some(3), None).unwrap(),
        nationalities: vec![Nationality::Of("AFG".to_owned()), Nationality::None],
        sex: Some(Sex::Female),
        papers: Papers::Held(vec![TravelDocument {
            kind: TravelDocumentKind::Passport,
            number: text(SECRET),
            issuer: None,
            zone_read: true,
        }]),
    }
}

fn secret() -> Personal<sapar_casework::personal::Text> {
    Personal::known(text(SECRET))
}

/// One event of every type, in an order that could happen.
fn samples() -> Vec<Event> {
    let engine = engine();
    let library = library();
    let mut situation = Situation::new();
    let first = RecordedOutcome::of(&engine, &situation).unwrap();
    let facts = [
        ("age", "15"),
        ("unaccompanied", "yes"),
        ("seeks protection", "yes"),
        ("at crossing point", "yes"),
    ];
    for (fact, value) in facts {
        let fact = library.fact_named(fact).unwrap();
        situation.set(fact, library.value_from_text(fact, value).unwrap());
    }
    let second = RecordedOutcome::of(&engine, &situation).unwrap();
    let position = second
        .positions
        .iter()
        .find(|one| !one.limits.is_empty())
        .unwrap();
    let duty = Duty {
        position: position.position.clone(),
        norms: position.norms.clone(),
        barred_by: position.barred_by.clone(),
    };
    let limits = vec![
        TaskLimit {
            law: position.limits.first().cloned(),
            due: Due::Waits {},
        },
        TaskLimit {
            law: None,
            due: Due::By {
                ends: minute(5),
                last_day: TODAY,
            },
        },
    ];
    let classes = Classes::one(DataClass::Child);
    let file = CheckedFile::check(None, b"%PDF-1.7").unwrap();
    let offer = Offer {
        referral: referral(1),
        person: person(1),
        to: agency(2),
        purpose: Purpose::ChildCare,
        discloses: Classes::one(DataClass::Identity),
        permission: Permission::Law {
            norm: NormKey::named("kazakhstan/x#y"),
            provision: "Article 1".to_owned(),
        },
        reply_by: minute(60),
        task: Some(task(1)),
    };
    let age_said = |value: &str| Personal::known(known(&format!("age {SECRET}"), value));
    let mut bodies = Vec::new();
    let mut of_person = |event| bodies.push(Body::Person(person(1), event));
    of_person(PersonEvent::Registered {
        person: person(1),
        personal: Personal::known(details()),
    });
    of_person(PersonEvent::Corrected {
        personal: Personal::known(CorrectedDetails {
            details: details(),
            reason: text(SECRET),
        }),
    });
    of_person(PersonEvent::LinkClaimed {
        link: link(1),
        other: person(2),
        kind: LinkKind::Sibling,
        basis: Basis::Said,
        personal: secret(),
    });
    of_person(PersonEvent::LinkWithdrawn { link: link(1) });
    of_person(PersonEvent::LinkSettled {
        link: link(1),
        holds: false,
        basis: Basis::Document,
    });
    of_person(PersonEvent::ConsentAnswered {
        consent: consent(1),
        purpose: Purpose::Health,
        agency: None,
        answer: ConsentAnswer::Given,
    });
    of_person(PersonEvent::ConsentWithdrawn {
        consent: consent(1),
    });
    of_person(PersonEvent::Erased {});
    let mut of_encounter = |event| bodies.push(Body::Encounter(encounter(1), event));
    of_encounter(EncounterEvent::Opened {
        place: Place::GreenBorder {
            sector: Some("S-4".to_owned()),
        },
        beginning: Beginning::Interception,
        met: minute(0),
    });
    of_encounter(EncounterEvent::PersonAdded { person: person(1) });
    of_encounter(EncounterEvent::PersonRemoved { person: person(2) });
    of_encounter(EncounterEvent::GroupFormed {
        group: group(1),
        persons: BTreeSet::from([person(1), person(3)]),
    });
    of_encounter(EncounterEvent::GroupLeft {
        group: group(1),
        person: person(3),
    });
    of_encounter(EncounterEvent::Closed {});
    let mut of_screening = |event| bodies.push(Body::Screening(screening(1), event));
    of_screening(ScreeningEvent::Started {
        person: person(1),
        encounter: Some(encounter(1)),
        law: first.law.clone(),
        role: Role::FirstLine,
        personal: Personal::known(vec![known(SECRET, "yes")]),
    });
    of_screening(ScreeningEvent::Answered {
        number: 0,
        corrects: None,
        personal: age_said("15"),
    });
    of_screening(ScreeningEvent::Answered {
        number: 1,
        corrects: Some(0),
        personal: age_said("16"),
    });
    of_screening(ScreeningEvent::TakenBack { number: 1 });
    of_screening(ScreeningEvent::HandedOver {
        role: Role::Specialist,
    });
    of_screening(ScreeningEvent::Evaluated {
        occasion: Occasion::Correction,
        difference: Some(Difference::between(&first, &second)),
        outcome: second.clone(),
    });
    of_screening(ScreeningEvent::Stopped {
        reason: StopReason::NoInterpreter,
    });
    of_screening(ScreeningEvent::Resumed {});
    of_screening(ScreeningEvent::Finished {});
    let mut of_tasks = |event| bodies.push(Body::Tasks(person(1), event));
    of_tasks(TaskEvent::Made {
        task: task(1),
        duty,
        limits: limits.clone(),
        classes,
        follows: BTreeSet::from([screening(1)]),
    });
    of_tasks(TaskEvent::Added {
        task: task(2),
        bearer: "police".to_owned(),
        due: Some(minute(9)),
        classes,
        personal: secret(),
    });
    of_tasks(TaskEvent::Joined {
        task: task(1),
        screening: screening(2),
        classes,
    });
    of_tasks(TaskEvent::Left {
        task: task(1),
        screening: screening(1),
        classes,
    });
    of_tasks(TaskEvent::Happened {
        event: "arrival".to_owned(),
        at: minute(1),
        classes,
        personal: secret(),
    });
    of_tasks(TaskEvent::Counted {
        task: task(1),
        limits,
        classes,
    });
    of_tasks(TaskEvent::Done {
        task: task(1),
        at: minute(2),
        late: true,
        classes,
    });
    of_tasks(TaskEvent::Waived {
        task: task(2),
        reason: WaiveReason::Other,
        classes,
        personal: secret(),
    });
    of_tasks(TaskEvent::Replaced {
        task: task(2),
        by: Some(task(3)),
        classes,
    });
    let mut of_referral = |event| bodies.push(Body::Referral(referral(1), event));
    of_referral(ReferralEvent::Offered {
        offer,
        personal: secret(),
    });
    of_referral(ReferralEvent::Accepted {});
    of_referral(ReferralEvent::Arrived { at: minute(3) });
    of_referral(ReferralEvent::Completed {
        outcome: Completion::Helped,
        personal: secret(),
    });
    of_referral(ReferralEvent::Declined {
        reason: DeclineReason::NoCapacity,
        personal: secret(),
    });
    of_referral(ReferralEvent::Withdrawn { personal: secret() });
    let mut of_case = |event| bodies.push(Body::Case(case(1), event));
    of_case(CaseEvent::Opened {
        kind: CaseKind::UnaccompaniedChild,
        person: person(1),
        owner: user(1),
        team: team(1),
    });
    of_case(CaseEvent::PersonLinked { person: person(2) });
    of_case(CaseEvent::Assigned { owner: user(2) });
    of_case(CaseEvent::HandoverOffered {
        team: team(2),
        personal: secret(),
    });
    of_case(CaseEvent::HandoverDeclined { personal: secret() });
    of_case(CaseEvent::HandoverCancelled {});
    of_case(CaseEvent::HandoverAccepted {
        team: team(2),
        owner: user(2),
    });
    of_case(CaseEvent::Closed {
        outcome: CaseOutcome::InCare,
        personal: secret(),
    });
    let mut of_document = |event| bodies.push(Body::Document(document(1), event));
    of_document(DocumentEvent::Kept {
        person: person(1),
        kind: DocumentKind::Photograph,
        media: file.media(),
        bytes: file.bytes(),
        classes,
        personal: Personal::known(DocumentDetails {
            title: text(SECRET),
            hash: Hash(file.hash()),
        }),
    });
    of_document(DocumentEvent::ClassesAdded {
        classes: Classes::one(DataClass::Health),
    });
    of_document(DocumentEvent::Withdrawn { personal: secret() });
    let mut of_note = |event| bodies.push(Body::Note(note(1), event));
    of_note(NoteEvent::Written {
        person: person(1),
        case: Some(case(1)),
        classes,
        personal: secret(),
    });
    of_note(NoteEvent::Corrected {
        classes,
        personal: secret(),
    });
    bodies
        .into_iter()
        .map(|body| Event {
            about: (!matches!(body, Body::Encounter(..))).then(|| person(1)),
            stamp: at(10),
            body,
        })
        .collect()
}

/// The type names of every event there is, as they are stored: a name that changes breaks every log.
const TYPES: &[(&str, bool)] = &[
    ("case.assigned", false),
    ("case.closed", true),
    ("case.handover-accepted", false),
    ("case.handover-cancelled", false),
    ("case.handover-declined", true),
    ("case.handover-offered", true),
    ("case.opened", false),
    ("case.person-linked", false),
    ("document.classes-added", false),
    ("document.kept", true),
    ("document.withdrawn", true),
    ("encounter.closed", false),
    ("encounter.group-formed", false),
    ("encounter.group-left", false),
    ("encounter.opened", false),
    ("encounter.person-added", false),
    ("encounter.person-removed", false),
    ("note.corrected", true),
    ("note.written", true),
    ("person.consent-answered", false),
    ("person.consent-withdrawn", false),
    ("person.corrected", true),
    ("person.erased", false),
    ("person.link-claimed", true),
    ("person.link-settled", false),
    ("person.link-withdrawn", false),
    ("person.registered", true),
    ("referral.accepted", false),
    ("referral.arrived", false),
    ("referral.completed", true),
    ("referral.declined", true),
    ("referral.offered", true),
    ("referral.withdrawn", true),
    ("screening.answered", true),
    ("screening.evaluated", false),
    ("screening.finished", false),
    ("screening.handed-over", false),
    ("screening.resumed", false),
    ("screening.started", true),
    ("screening.stopped", false),
    ("screening.taken-back", false),
    ("task.added", true),
    ("task.counted", false),
    ("task.done", false),
    ("task.happened", true),
    ("task.joined", false),
    ("task.left", false),
    ("task.made", false),
    ("task.replaced", false),
    ("task.waived", true),
];

#[test]
fn every_event_comes_back_from_its_parts_as_it_was() {
    let mut seen = BTreeSet::new();
    for event in samples() {
        let parts = event.parts().unwrap();
        seen.insert((parts.type_name.clone(), parts.personal.is_some()));
        // Through text, as a store keeps it.
        let text = |value: &serde_json::Value| serde_json::from_str(&value.to_string()).unwrap();
        let stored = Parts {
            open: text(&parts.open),
            personal: parts.personal.as_ref().map(text),
            ..parts.clone()
        };
        assert_eq!(
            Event::from_parts(stored).unwrap(),
            event,
            "{}",
            parts.type_name
        );
        let stream = Stream::new(parts.type_name.split('.').next().unwrap(), parts.stream).unwrap();
        assert_eq!(stream, event.body.stream());
    }
    let expected: BTreeSet<(String, bool)> = TYPES
        .iter()
        .map(|(name, personal)| ((*name).to_owned(), *personal))
        .collect();
    assert_eq!(seen, expected);
}

#[test]
fn nothing_personal_stands_in_an_open_part_or_in_debug_output() {
    let mut personal = 0;
    for event in samples() {
        let parts = event.parts().unwrap();
        let shown = format!("{} {event:?} {parts:?}", parts.open);
        assert!(!shown.contains(SECRET), "{}", parts.type_name);
        if let Some(part) = parts.personal {
            assert!(part.to_string().contains(SECRET), "{}", parts.type_name);
            personal += 1;
        }
    }
    assert!(personal > 10);
}

/// Everything but what is personal: state, counts and ids.
fn without_personal(events: &[Event]) -> Vec<Event> {
    let strip = |event: &Event| {
        let parts = event.parts().unwrap();
        Event::from_parts(Parts {
            personal: None,
            ..parts
        })
        .unwrap()
    };
    events.iter().map(strip).collect()
}

/// The open state of each thing, as text: `Debug` shows nothing personal, save whether it is there.
fn state(events: &[Event]) -> String {
    let (mut person, mut screening, mut tasks) =
        (Person::default(), Screening::default(), Tasks::default());
    let (mut referral, mut case) = (Referral::default(), Case::default());
    let (mut document, mut note) = (Document::default(), Note::default());
    for event in events {
        let stamp = &event.stamp;
        match &event.body {
            Body::Person(_, event) => person.apply(event, stamp),
            Body::Screening(_, event) => screening.apply(event, stamp),
            Body::Tasks(_, event) => tasks.apply(event, stamp),
            Body::Referral(_, event) => referral.apply(event, stamp),
            Body::Case(_, event) => case.apply(event, stamp),
            Body::Document(_, event) => document.apply(event, stamp),
            Body::Note(_, event) => note.apply(event, stamp),
            Body::Encounter(..) => {}
        }
    }
    let all =
        format!("{person:?} {screening:?} {tasks:?} {referral:?} {case:?} {document:?} {note:?}");
    all.replace("Personal(withheld)", "Personal")
        .replace("Personal(erased)", "Personal")
}

#[test]
fn without_the_personal_parts_states_counts_and_ids_are_the_same() {
    let events = samples();
    for length in 0..=events.len() {
        let some = &events[..length];
        assert_eq!(
            state(&without_personal(some)),
            state(some),
            "the first {length}"
        );
    }
}

#[test]
fn what_cannot_be_read_says_so_and_nothing_of_what_stands_there() {
    let event = samples().remove(0);
    let parts = event.parts().unwrap();
    let read = |parts: Parts| Event::from_parts(parts).unwrap_err();
    assert_eq!(
        read(Parts {
            version: 2,
            ..parts.clone()
        }),
        PartsError::VersionUnknown
    );
    for name in ["person.cloned", "ghost.registered", "registered"] {
        assert_eq!(
            read(Parts {
                type_name: name.to_owned(),
                ..parts.clone()
            }),
            PartsError::TypeUnknown,
            "{name}"
        );
    }
    assert_eq!(
        read(Parts {
            open: json!({ "name": SECRET }),
            ..parts.clone()
        }),
        PartsError::Open
    );
    assert_eq!(
        read(Parts {
            personal: Some(json!({ "name": SECRET })),
            ..parts.clone()
        }),
        PartsError::Personal
    );
    let four = uuid::Uuid::from_u128(0x0190_0000_0000_4000_8000_0000_0000_0001);
    assert!(matches!(
        read(Parts {
            stream: four,
            ..parts.clone()
        }),
        PartsError::Id(_)
    ));
    // A personal part where there can be none is not dropped in silence.
    let closed = samples()
        .into_iter()
        .find(|event| matches!(event.body, Body::Encounter(..)))
        .unwrap();
    let parts = Parts {
        personal: Some(json!({})),
        ..closed.parts().unwrap()
    };
    assert_eq!(read(parts), PartsError::Personal);
}

#[test]
fn a_case_of_protection_tells_nothing_to_who_may_not_see_asylum() {
    let seen = Classes::ALL.without(Classes::one(DataClass::Asylum));
    let open = |kind| Event {
        about: Some(person(1)),
        stamp: at(0),
        body: Body::Case(
            case(1),
            CaseEvent::Opened {
                kind,
                person: person(1),
                owner: user(1),
                team: team(1),
            },
        ),
    };
    assert!(!open(CaseKind::Protection).classes().visible_to(seen));
    assert!(!open(CaseKind::AsylumReferral).classes().visible_to(seen));
    assert!(open(CaseKind::Return).classes().visible_to(seen));
}
