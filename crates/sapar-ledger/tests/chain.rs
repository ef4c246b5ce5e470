//! Any damage to a chain is found; a chain nobody touched is proved whole.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests stop at the first surprise"
)]

use proptest::prelude::*;
use sapar_ledger::canonical::{decode, encode, hashed_bytes};
use sapar_ledger::{
    Actor, Break, Broken, Clock, Code, Command, CommandId, Draft, DraftError, Event, EventId,
    EventName, ExtendError, Hash, Head, NodeId, OPEN_BYTES_MAX, Sealed, Verifier, Whole,
};
use uuid::Uuid;

fn v7(number: u64) -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 | u128::from(number))
}

fn start() -> Head {
    Head::start(NodeId::new(v7(1)).unwrap())
}

fn draft(number: u64, sealed: Option<Vec<u8>>) -> Draft {
    Draft {
        id: EventId::new(v7(number)).unwrap(),
        name: EventName::new("person.registered").unwrap(),
        version: 1,
        stream: v7(900),
        subject: sealed.as_ref().map(|_| v7(900)),
        open: format!(r#"{{"number":{number}}}"#).into_bytes(),
        sealed,
    }
}

/// What a random command holds: how many events, whether sealed, and the wall time, which may go back.
#[derive(Debug, Clone)]
struct Step {
    sealed: Vec<Option<Vec<u8>>>,
    wall_ms: u64,
    by_program: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let sealed = prop::option::of(prop::collection::vec(any::<u8>(), 0..12));
    (
        prop::collection::vec(sealed, 1..4),
        0_u64..1_000,
        any::<bool>(),
    )
        .prop_map(|(sealed, wall_ms, by_program)| Step {
            sealed,
            wall_ms,
            by_program,
        })
}

fn chain(steps: &[Step]) -> (Vec<Event>, Head) {
    let mut head = start();
    let mut events: Vec<Event> = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let number = number as u64;
        let actor = if step.by_program {
            Actor::Program(Code::new("escalation").unwrap())
        } else {
            Actor::User(v7(3))
        };
        let command = Command {
            id: CommandId::new(v7(10_000 + number)).unwrap(),
            actor,
            purpose: Code::new("screening").unwrap(),
        };
        let drafts = step
            .sealed
            .iter()
            .zip(0..)
            .map(|(sealed, part)| draft(100_000 + number * 10 + part, sealed.clone()))
            .collect();
        let extended = head.extend(&command, drafts, step.wall_ms).unwrap();
        head = extended.head;
        events.extend(extended.events);
    }
    (events, head)
}

fn prove<'e>(
    events: impl IntoIterator<Item = &'e Event>,
    known: Option<Head>,
) -> Result<Whole, Broken> {
    let mut verifier = Verifier::new(start());
    for event in events {
        verifier.push(event)?;
    }
    verifier.finish(known)
}

fn chains() -> impl Strategy<Value = (Vec<Event>, Head)> {
    prop::collection::vec(step(), 1..8).prop_map(|steps| chain(&steps))
}

proptest! {
    #[test]
    fn a_chain_nobody_touched_is_whole((events, head) in chains()) {
        let whole = prove(&events, Some(head)).unwrap();
        prop_assert_eq!(whole.events, events.len() as u64);
        prop_assert_eq!(whole.withheld, 0);
        for event in &events {
            prop_assert_eq!(&decode(&encode(event)).unwrap(), event);
        }
    }

    #[test]
    fn a_copy_without_personal_parts_is_proved_too((events, head) in chains()) {
        let with_sealed = events.iter().filter(|event| event.sealed != Sealed::None).count() as u64;
        let copy: Vec<Event> = events.into_iter().map(Event::withholding).collect();
        let whole = prove(&copy, Some(head)).unwrap();
        prop_assert_eq!(whole.withheld, with_sealed);
    }

    /// Every byte of the chain is tried at every place proptest picks: either it can no longer be read, or the proof fails.
    #[test]
    fn any_changed_byte_is_found((events, head) in chains(), which in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(), change in 1_u8..) {
        let at = which.index(events.len());
        let mut bytes = encode(&events[at]);
        let place = place.index(bytes.len());
        bytes[place] ^= change;
        if let Ok(altered) = decode(&bytes) {
            let mut damaged = events.clone();
            damaged[at] = altered;
            let broken = prove(&damaged, Some(head)).unwrap_err();
            prop_assert!(broken.how == Break::Altered || broken.how == Break::OtherNode, "{broken}");
        }
    }

    /// An alteration with its own hash worked out anew is found at the next event, or at the known head.
    #[test]
    fn an_altered_event_with_a_new_hash_is_found((events, head) in chains(), which in any::<prop::sample::Index>()) {
        let at = which.index(events.len());
        let mut damaged = events.clone();
        damaged[at].open.push(b' ');
        damaged[at].hash = damaged[at].hash_now();
        let broken = prove(&damaged, Some(head)).unwrap_err();
        if at + 1 < events.len() {
            prop_assert_eq!(broken.how, Break::WrongPrevious);
            prop_assert_eq!(broken.sequence, events[at + 1].sequence);
        } else {
            prop_assert_eq!(broken.how, Break::OtherEnd { known: head.sequence });
        }
    }

    #[test]
    fn a_removed_event_is_found((events, head) in chains(), which in any::<prop::sample::Index>()) {
        let at = which.index(events.len());
        let mut damaged = events.clone();
        damaged.remove(at);
        let broken = prove(&damaged, Some(head)).unwrap_err();
        if at + 1 < events.len() {
            prop_assert_eq!(broken.how, Break::Missing { count: 1 });
            prop_assert_eq!(broken.sequence, events[at].sequence + 1);
        } else {
            let told = matches!(broken.how, Break::OtherEnd { .. } | Break::CommandCut);
            prop_assert!(told, "{broken}");
        }
    }

    #[test]
    fn swapped_events_are_found((events, head) in chains(), one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let (one, other) = (one.index(events.len()), other.index(events.len()));
        prop_assume!(one != other);
        let mut damaged = events.clone();
        damaged.swap(one, other);
        let broken = prove(&damaged, Some(head)).unwrap_err();
        let told = matches!(broken.how, Break::Missing { .. });
        prop_assert!(told, "{broken}");
    }

    #[test]
    fn an_inserted_event_is_found((events, head) in chains(), from in any::<prop::sample::Index>(), into in any::<prop::sample::Index>()) {
        let mut damaged = events.clone();
        damaged.insert(into.index(events.len() + 1), events[from.index(events.len())].clone());
        prop_assert!(prove(&damaged, Some(head)).is_err());
    }

    /// Even one that fits in number, time and previous hash: the rest no longer follows it.
    #[test]
    fn a_forged_event_is_found((events, head) in chains(), at in any::<prop::sample::Index>()) {
        let at = at.index(events.len());
        let mut forged = events[at].clone();
        forged.id = EventId::new(v7(7_777_777)).unwrap();
        forged.hash = forged.hash_now();
        let mut damaged = events.clone();
        damaged.insert(at, forged);
        prop_assert!(prove(&damaged, Some(head)).is_err());
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), cut in any::<prop::sample::Index>(), (events, _) in chains()) {
        let _ = decode(&bytes);
        let whole = encode(&events[0]);
        prop_assert!(decode(&whole[..cut.index(whole.len())]).is_err());
        prop_assert!(decode(&[whole, vec![0]].concat()).is_err());
    }
}

/// Two rooms of text that touch: without lengths "ab" + "c" and "a" + "bc" would have the same bytes.
#[test]
fn no_two_events_have_the_same_bytes() {
    let (events, _) = chain(&[Step {
        sealed: vec![None],
        wall_ms: 5,
        by_program: true,
    }]);
    let one = Event {
        name: EventName::new("ab.c").unwrap(),
        ..events[0].clone()
    };
    let mut other = Event {
        name: EventName::new("a.bc").unwrap(),
        ..events[0].clone()
    };
    assert_ne!(hashed_bytes(&one), hashed_bytes(&other));
    other.command.purpose = Code::new("screeninga").unwrap();
    other.name = EventName::new("b.c").unwrap();
    assert_ne!(hashed_bytes(&one), hashed_bytes(&other));
}

/// Kept so that a change of the format is seen: chains that exist must stay provable.
#[test]
fn the_format_is_the_one_documented() {
    let (events, _) = chain(&[Step {
        sealed: vec![Some(b"sealed".to_vec())],
        wall_ms: 5,
        by_program: true,
    }]);
    let bytes = hashed_bytes(&events[0]);
    assert_eq!(&bytes[..16], b"sapar event v001");
    assert_eq!(&bytes[16..20], [0, 0, 0, 16]);
    assert_eq!(&bytes[20..36], events[0].id.uuid().as_bytes());
    assert_eq!(&bytes[bytes.len() - 32..], [0; 32]);
    assert_eq!(events[0].hash.to_string(), FORMAT_HASH);
}

/// Worked out by another program from the table in `canonical`.
const FORMAT_HASH: &str = "8f664700afd09fa31c6985d02c12438cbc82d46113343357de77a60e3c138c4d";

#[test]
fn an_event_of_another_node_is_told_as_such() {
    let (mut events, _) = chain(&[Step {
        sealed: vec![None],
        wall_ms: 5,
        by_program: false,
    }]);
    events[0].node = NodeId::new(v7(2)).unwrap();
    assert_eq!(prove(&events, None).unwrap_err().how, Break::OtherNode);
}

#[test]
fn a_time_that_went_back_is_found_even_with_right_hashes() {
    let (mut events, _) = chain(&[
        Step {
            sealed: vec![None],
            wall_ms: 5,
            by_program: false,
        },
        Step {
            sealed: vec![None],
            wall_ms: 6,
            by_program: false,
        },
    ]);
    events[1].clock = Clock::START.tick(1).unwrap().clock;
    events[1].hash = events[1].hash_now();
    assert_eq!(prove(&events, None).unwrap_err().how, Break::TimeWentBack);
}

#[test]
fn half_a_command_is_found_without_a_known_head() {
    let (events, _) = chain(&[Step {
        sealed: vec![None, None],
        wall_ms: 5,
        by_program: false,
    }]);
    let broken = prove(&events[..1], None).unwrap_err();
    assert_eq!((broken.how, broken.sequence), (Break::CommandCut, 1));
}

#[test]
fn a_proof_can_go_on_from_a_head_known_elsewhere() {
    let (events, head) = chain(&[
        Step {
            sealed: vec![None],
            wall_ms: 5,
            by_program: false,
        },
        Step {
            sealed: vec![None, None],
            wall_ms: 6,
            by_program: false,
        },
    ]);
    let mut first = Verifier::new(start());
    first.push(&events[0]).unwrap();
    let after = first.finish(None).unwrap().head;
    let mut rest = Verifier::new(after);
    for event in &events[1..] {
        rest.push(event).unwrap();
    }
    assert_eq!(rest.finish(Some(head)).unwrap().events, 2);
}

#[test]
fn what_cannot_be_recorded_is_refused_before_anything_is() {
    let command = Command {
        id: CommandId::new(v7(1)).unwrap(),
        actor: Actor::User(v7(2)),
        purpose: Code::new("p").unwrap(),
    };
    assert_eq!(
        start().extend(&command, Vec::new(), 1),
        Err(ExtendError::Count { events: 0 })
    );
    let mut nobodys = draft(1, Some(vec![1]));
    nobodys.subject = None;
    assert_eq!(
        start().extend(&command, vec![nobodys], 1),
        Err(ExtendError::Draft(DraftError::SealedWithoutSubject))
    );
    let mut long = draft(1, None);
    long.open = vec![b' '; OPEN_BYTES_MAX + 1];
    assert!(matches!(
        start().extend(&command, vec![long], 1),
        Err(ExtendError::Draft(DraftError::OpenTooLong { .. }))
    ));
}

#[test]
fn debug_shows_neither_part() {
    let mut one = draft(1, Some(b"AIGUL".to_vec()));
    one.open = b"KORDAY".to_vec();
    let command = Command {
        id: CommandId::new(v7(1)).unwrap(),
        actor: Actor::User(v7(2)),
        purpose: Code::new("p").unwrap(),
    };
    let said = format!(
        "{one:?} {:?}",
        start().extend(&command, vec![one.clone()], 1).unwrap()
    );
    let as_numbers = format!("{:?}", b"AIGUL");
    assert!(
        !said.contains("AIGUL")
            && !said.contains("KORDAY")
            && !said.contains(&as_numbers[1..as_numbers.len() - 1])
    );
    assert_eq!(Hash::NONE.to_string().len(), 64);
}
