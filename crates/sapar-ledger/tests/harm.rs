//! Whatever is done to a chain is found, and named where it was done.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

use proptest::prelude::*;
use sapar_ledger::{Broken, Draft, Event, Hash, Head, Moment, NodeId, Writer, verify, verify_from};
use uuid::Uuid;

const NODE: NodeId = NodeId(Uuid::from_u128(7));

fn draft() -> impl Strategy<Value = Draft> {
    (
        any::<u128>(),
        any::<u128>(),
        "[a-z-]{0,12}",
        any::<u128>(),
        prop::option::of(any::<u128>()),
        "[a-z.]{0,12}",
        any::<u16>(),
        prop::collection::vec(any::<u8>(), 0..8),
        prop::option::of(prop::collection::vec(any::<u8>(), 0..8)),
    )
        .prop_map(
            |(id, actor, purpose, stream, about, type_name, version, open, sealed)| Draft {
                id: Uuid::from_u128(id),
                actor: Uuid::from_u128(actor),
                purpose,
                stream: Uuid::from_u128(stream),
                about: about.map(Uuid::from_u128),
                type_name,
                version,
                open,
                sealed,
            },
        )
}

fn chain(drafts: &[(Draft, u64)]) -> Vec<Event> {
    let mut writer = Writer::new(NODE);
    drafts
        .iter()
        .map(|(draft, wall)| writer.write(draft.clone(), *wall).unwrap())
        .collect()
}

fn drafts(least: usize) -> impl Strategy<Value = Vec<(Draft, u64)>> {
    prop::collection::vec((draft(), 0u64..1000), least..8)
}

/// Every way to alter one event a little, told by a number.
fn alter(event: &mut Event, how: usize) {
    let flip = |uuid: &mut Uuid| *uuid = Uuid::from_u128(uuid.as_u128() ^ 1);
    let draft = &mut event.draft;
    match how {
        0 => flip(&mut draft.id),
        1 => flip(&mut draft.actor),
        2 => draft.purpose.push('x'),
        3 => flip(&mut draft.stream),
        4 => draft.about = draft.about.map_or(Some(Uuid::nil()), |_| None),
        5 => draft.type_name.push('x'),
        6 => draft.version ^= 1,
        7 => draft.open.push(0),
        8 => draft.sealed = draft.sealed.take().map_or(Some(Vec::new()), |_| None),
        9 => event.moment.millis ^= 1,
        10 => event.moment.count ^= 1,
        11 => event.previous.0[31] ^= 1,
        12 => event.hash.0[0] ^= 1,
        // Bytes that move from one part to the next leave the whole the same, and are found too.
        13 => {
            let moved = draft.purpose.pop().unwrap_or('x');
            draft.type_name.insert(0, moved);
        }
        14 => {
            let moved = draft.open.pop().unwrap_or(0);
            draft.sealed.get_or_insert_default().insert(0, moved);
        }
        _ => event.node = NodeId(Uuid::nil()),
    }
}

proptest! {
    #[test]
    fn a_chain_as_it_was_written_is_whole(drafts in drafts(0)) {
        let events = chain(&drafts);
        let head = verify(NODE, &events).unwrap();
        prop_assert_eq!(head.events, events.len() as u64);
        prop_assert_eq!(head.hash, events.last().map_or(Hash::NONE, |event| event.hash));
        // Proved in two halves, it is as whole.
        let (first, second) = events.split_at(events.len() / 2);
        prop_assert_eq!(verify_from(NODE, verify(NODE, first).unwrap(), second).unwrap(), head);
    }

    #[test]
    fn an_altered_event_is_found_and_named(drafts in drafts(1), at in any::<prop::sample::Index>(), how in 0usize..16) {
        let mut events = chain(&drafts);
        let at = at.index(events.len());
        alter(&mut events[at], how);
        let found = verify(NODE, &events).unwrap_err();
        prop_assert_eq!(found.sequence, at as u64 + 1);
    }

    #[test]
    fn an_altered_event_with_a_hash_to_fit_breaks_the_next_link(
        drafts in drafts(2),
        at in any::<prop::sample::Index>(),
    ) {
        let mut events = chain(&drafts);
        let at = at.index(events.len() - 1);
        // Whoever can write the database can also work the hash out anew.
        let mut forged = drafts.clone();
        forged[at].0.open.push(1);
        events[at] = chain(&forged[..=at]).pop().unwrap();
        let found = verify(NODE, &events).unwrap_err();
        prop_assert_eq!(found.sequence, at as u64 + 2);
        prop_assert_eq!(found.how, Broken::Replaced);
    }

    #[test]
    fn an_event_taken_out_put_in_or_moved_is_found(
        drafts in drafts(3),
        one in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
    ) {
        let events = chain(&drafts);
        let (one, other) = (one.index(events.len()), other.index(events.len()));

        let mut without = events.clone();
        without.remove(one);
        // Cut off at its end, a chain is whole, and its head tells.
        match verify(NODE, &without) {
            Ok(head) => {
                prop_assert_eq!(one, events.len() - 1);
                prop_assert_ne!(head, verify(NODE, &events).unwrap());
            }
            Err(found) => prop_assert_eq!(found.how, Broken::Sequence { expected: one as u64 + 1 }),
        }

        let mut twice = events.clone();
        twice.insert(one, events[other].clone());
        prop_assert!(verify(NODE, &twice).is_err());

        if one != other {
            let mut moved = events.clone();
            moved.swap(one, other);
            let found = verify(NODE, &moved).unwrap_err();
            prop_assert_eq!(found.how, Broken::Sequence { expected: one.min(other) as u64 + 1 });
        }
    }

    #[test]
    fn times_only_go_on(drafts in drafts(2)) {
        let events = chain(&drafts);
        prop_assert!(events.windows(2).all(|pair| pair[0].moment < pair[1].moment));
    }
}

#[test]
fn a_sentence_is_no_code() {
    let mut writer = Writer::new(NODE);
    let draft = Draft {
        id: Uuid::nil(),
        actor: Uuid::nil(),
        purpose: "x".repeat(201),
        stream: Uuid::nil(),
        about: None,
        type_name: String::new(),
        version: 1,
        open: Vec::new(),
        sealed: None,
    };
    assert!(writer.write(draft, 1).is_err());
    assert_eq!(writer.head(), Head::EMPTY);
}

/// The hash was worked out by another program, in Python, from the order of bytes that `bytes.rs` documents.
/// The bytes of the hash are part of every database there is: they may never change.
#[test]
fn the_hash_of_a_known_event_stays() {
    let mut writer = Writer::new(NODE);
    let event = writer
        .write(
            Draft {
                id: Uuid::from_u128(1),
                actor: Uuid::from_u128(2),
                purpose: String::from("screening"),
                stream: Uuid::from_u128(3),
                about: Some(Uuid::from_u128(4)),
                type_name: String::from("person.registered"),
                version: 1,
                open: b"{}".to_vec(),
                sealed: Some(vec![1, 2, 3]),
            },
            1_764_000_000_000,
        )
        .unwrap();
    assert_eq!(
        event.moment,
        Moment {
            millis: 1_764_000_000_000,
            count: 0
        }
    );
    assert_eq!(
        event.hash.to_string(),
        "eba7cddbc09de83eb8e45fdf5b1f86bef986aff6f42658dbf72bf1cc1b4b4ee9"
    );
    assert!(!format!("{event:?}").contains("[1, 2, 3]"));
}
