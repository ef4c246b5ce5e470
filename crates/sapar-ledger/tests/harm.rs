//! Every single field is in the chain: whichever is altered is found, and named where it was altered.
//!
//! `chain.rs` damages bytes at random; here nothing is left to chance.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests stop at the first surprise"
)]

use sapar_ledger::{
    Actor, Break, Broken, Code, Command, CommandId, Draft, Event, EventId, EventName, Hash, Head,
    NodeId, Sealed, Verifier,
};
use uuid::Uuid;

fn v7(number: u64) -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 | u128::from(number))
}

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

/// Commands of one, two, and one event; sealed and not, by a user and by a program.
fn chain() -> (Vec<Event>, Head) {
    let mut head = Head::start(NodeId::new(v7(1)).unwrap());
    let mut events = Vec::new();
    for (number, parts) in [(1, 1), (2, 2), (3, 1)] {
        let actor = if number == 3 {
            Actor::Program(code("escalation"))
        } else {
            Actor::User(v7(2))
        };
        let command = Command {
            id: CommandId::new(v7(100 + number)).unwrap(),
            actor,
            purpose: code("screening"),
        };
        let drafts = (0..parts)
            .map(|part| Draft {
                id: EventId::new(v7(200 + number * 10 + part)).unwrap(),
                name: EventName::new("person.named").unwrap(),
                version: 1,
                stream: v7(300),
                subject: (number < 3).then(|| v7(300)),
                open: br#"{"a":1}"#.to_vec(),
                sealed: (part == 0 && number < 3).then(|| vec![1, 2, 3]),
            })
            .collect();
        let extended = head.extend(&command, drafts, 1_000 * number).unwrap();
        head = extended.head;
        events.extend(extended.events);
    }
    (events, head)
}

fn prove(events: &[Event], head: Head) -> Result<u64, Broken> {
    let mut verifier = Verifier::new(Head::start(head.node));
    events.iter().try_for_each(|event| verifier.push(event))?;
    Ok(verifier.finish(Some(head))?.events)
}

type Alter = fn(&mut Event);

/// Each a change of one field, or of two that hold the same bytes together.
fn alterations() -> Vec<(&'static str, Alter)> {
    vec![
        ("event", |event| event.id = EventId::new(v7(999)).unwrap()),
        ("node", |event| event.node = NodeId::new(v7(999)).unwrap()),
        ("sequence", |event| event.sequence += 1),
        ("clock", |event| {
            event.clock = event.clock.tick(0).unwrap().clock;
        }),
        ("command", |event| {
            event.command.id = CommandId::new(v7(999)).unwrap();
        }),
        ("actor", |event| {
            event.command.actor = match &event.command.actor {
                Actor::User(_) => Actor::User(v7(999)),
                Actor::Program(_) => Actor::Program(code("escalatiom")),
            };
        }),
        ("kind of actor", |event| {
            event.command.actor = match &event.command.actor {
                Actor::User(_) => Actor::Program(code("u")),
                Actor::Program(_) => Actor::User(v7(2)),
            };
        }),
        ("purpose", |event| event.command.purpose = code("return")),
        ("part", |event| event.part += 1),
        ("parts", |event| event.parts += 1),
        ("name", |event| {
            event.name = EventName::new("person.erased").unwrap();
        }),
        ("version", |event| event.version ^= 1),
        ("stream", |event| event.stream = v7(999)),
        ("subject", |event| {
            event.subject = match event.subject {
                Some(_) => None,
                None => Some(v7(300)),
            };
        }),
        ("open", |event| event.open.push(b' ')),
        ("open emptied", |event| event.open.clear()),
        ("sealed", |event| {
            event.sealed = match &event.sealed {
                Sealed::Present(bytes) => Sealed::Present([bytes.as_slice(), &[0]].concat()),
                _ => Sealed::Present(Vec::new()),
            };
        }),
        ("sealed taken away", |event| {
            event.sealed = match &event.sealed {
                Sealed::None => Sealed::Withheld(Hash::NONE),
                _ => Sealed::None,
            };
        }),
        ("digest of what is withheld", |event| {
            event.sealed = Sealed::Withheld(Hash([7; 32]));
        }),
        ("previous", |event| event.previous.0[31] ^= 1),
        ("hash", |event| event.hash.0[0] ^= 1),
        // Bytes that move from one field to the next leave the whole the same where lengths do not tell them apart.
        ("purpose to name", |event| {
            event.command.purpose = code("screenin");
            event.name = EventName::new("gperson.named").unwrap();
        }),
        ("open to sealed", |event| {
            let moved = event.open.pop().unwrap();
            let rest = event.sealed.bytes().unwrap_or_default();
            event.sealed = Sealed::Present([&[moved], rest].concat());
        }),
    ]
}

#[test]
fn every_altered_field_is_found_where_it_was_altered() {
    let (events, head) = chain();
    assert_eq!(prove(&events, head), Ok(4));
    for at in 0..events.len() {
        for (field, alter) in alterations() {
            let mut damaged = events.clone();
            alter(&mut damaged[at]);
            assert_ne!(damaged[at], events[at], "{field} was not altered");
            let broken = prove(&damaged, head).unwrap_err();
            let how = if field == "node" {
                Break::OtherNode
            } else {
                Break::Altered
            };
            assert_eq!(
                (broken.sequence, broken.how),
                (damaged[at].sequence, how),
                "{field}"
            );
        }
    }
}

/// Whoever can write the database can also work out the hash anew; then the next link tells, or the head that is known.
#[test]
fn every_altered_field_with_a_hash_to_fit_is_found() {
    let (events, head) = chain();
    for at in 0..events.len() {
        for (field, alter) in alterations() {
            if field == "hash" {
                continue;
            }
            let mut damaged = events.clone();
            alter(&mut damaged[at]);
            damaged[at].hash = damaged[at].hash_now();
            assert_ne!(damaged[at].hash, events[at].hash, "{field} is in no hash");
            assert!(prove(&damaged, head).is_err(), "{field} of event {at}");
        }
    }
}

/// Every event taken out, put in a second time anywhere, and moved anywhere.
#[test]
fn every_removal_insertion_and_move_is_found() {
    let (events, head) = chain();
    for one in 0..events.len() {
        let mut without = events.clone();
        without.remove(one);
        assert!(prove(&without, head).is_err(), "without {one}");
        for other in 0..=events.len() {
            let mut twice = events.clone();
            twice.insert(other, events[one].clone());
            assert!(prove(&twice, head).is_err(), "{one} again at {other}");
            let mut moved = events.clone();
            let taken = moved.remove(one);
            moved.insert(other.min(moved.len()), taken);
            assert_eq!(
                prove(&moved, head).is_ok(),
                moved == events,
                "{one} moved to {other}"
            );
        }
    }
}

/// The end cut off leaves a chain that is whole in itself; the head that is known elsewhere tells.
#[test]
fn a_chain_cut_off_at_a_command_is_told_by_the_known_head_alone() {
    let (events, head) = chain();
    for kept in [0, 1, 3] {
        let broken = prove(&events[..kept], head).unwrap_err();
        assert_eq!(broken.how, Break::OtherEnd { known: 4 });
    }
    // In the middle of a command no head is needed.
    let broken = prove(&events[..2], head).unwrap_err();
    assert_eq!(broken.how, Break::CommandCut);
}
