//! Keys: one a person, destroyed for ever, and handed to a new node key without a gap.

use sapar_ledger::{Draft, Sealed, StreamId};

use super::{batch, command, draft, v7, wrapped};
use crate::batch::{Batch, Change, File};
use crate::error::StoreError;
use crate::store::{KeyState, Rewrapped, Store};

fn sealed(number: u64, name: &str, person: u64) -> Draft {
    Draft {
        subject: Some(v7(person)),
        sealed: Some(vec![7; 40]),
        ..draft(number, name, person)
    }
}

fn registering(number: u64, person: u64) -> Batch {
    let mut one = Batch::new(
        command(number),
        1_000,
        vec![sealed(number, "person.registered", person)],
    );
    one.new_keys = vec![(v7(person), wrapped(v7(person), number))];
    one
}

fn erasing(number: u64, person: u64) -> Batch {
    let erased = Draft {
        subject: Some(v7(person)),
        ..draft(number, "person.erased", person)
    };
    Batch {
        destroyed_keys: vec![v7(person)],
        ..Batch::new(command(number), 2_000, vec![erased])
    }
}

pub(super) async fn keeps_a_key_a_person(store: &dyn Store) {
    assert_eq!(store.key(v7(50)).await.unwrap(), KeyState::Never);
    let keyless = Batch {
        new_keys: Vec::new(),
        ..registering(1, 50)
    };
    assert_eq!(
        store.append(keyless).await.unwrap_err(),
        StoreError::KeyMissing
    );
    store.append(registering(1, 50)).await.unwrap();
    assert_eq!(
        store.key(v7(50)).await.unwrap(),
        KeyState::Wrapped(wrapped(v7(50), 1))
    );
    assert_eq!(
        store.append(registering(2, 50)).await.unwrap_err(),
        StoreError::KeyExists
    );
    assert_eq!(
        store.key(v7(50)).await.unwrap(),
        KeyState::Wrapped(wrapped(v7(50), 1))
    );
    // A file is sealed with a key as well.
    let mut file = batch(3, 51);
    file.files = vec![File {
        id: v7(70),
        subject: v7(51),
        sealed: vec![1],
    }];
    assert_eq!(
        store.append(file).await.unwrap_err(),
        StoreError::KeyMissing
    );
}

pub(super) async fn erases_a_person_for_ever(store: &dyn Store) {
    let mut one = registering(1, 50);
    one.files = vec![File {
        id: v7(70),
        subject: v7(50),
        sealed: vec![1; 9],
    }];
    one.changes = vec![Change::Tokens {
        person: v7(50),
        tokens: vec![super::lists::token("aigul")],
    }];
    store.append(one).await.unwrap();
    store.append(registering(2, 51)).await.unwrap();

    let unrecorded = Batch {
        destroyed_keys: vec![v7(50)],
        ..batch(3, 50)
    };
    assert_eq!(
        store.append(unrecorded).await.unwrap_err(),
        StoreError::DestructionUnrecorded
    );
    assert_eq!(
        store.append(erasing(3, 99)).await.unwrap_err(),
        StoreError::KeyMissing
    );
    store.append(erasing(3, 50)).await.unwrap();

    assert_eq!(store.key(v7(50)).await.unwrap(), KeyState::Destroyed);
    assert_eq!(store.file(v7(70)).await.unwrap(), None);
    assert_eq!(
        store
            .find(vec![super::lists::token("aigul")], 1, 10)
            .await
            .unwrap(),
        []
    );
    assert_eq!(
        store.append(registering(4, 50)).await.unwrap_err(),
        StoreError::KeyDestroyed
    );
    let late = Batch::new(command(5), 3_000, vec![sealed(5, "person.named", 50)]);
    assert_eq!(
        store.append(late).await.unwrap_err(),
        StoreError::KeyDestroyed
    );
    assert_eq!(
        store.append(erasing(6, 50)).await.unwrap_err(),
        StoreError::KeyDestroyed
    );
    // The events are still there, and still count; nobody opens what is sealed in them.
    let stream = store
        .stream(StreamId::new("person", v7(50)), 0)
        .await
        .unwrap();
    assert_eq!(stream.len(), 2);
    assert!(matches!(stream[0].event.sealed, Sealed::Present(_)));
    // Events without a personal part can still be recorded about the person.
    store.append(batch(7, 50)).await.unwrap();
    // Nothing can make the person found again.
    let mut again = batch(8, 50);
    again.changes = vec![Change::Tokens {
        person: v7(50),
        tokens: vec![super::lists::token("aigul")],
    }];
    store.append(again).await.unwrap();
    assert_eq!(
        store
            .find(vec![super::lists::token("aigul")], 1, 10)
            .await
            .unwrap(),
        []
    );
    // Nobody else is touched.
    assert!(matches!(
        store.key(v7(51)).await.unwrap(),
        KeyState::Wrapped(_)
    ));
    assert_eq!(store.keys(None, 10).await.unwrap().len(), 1);
}

pub(super) async fn changes_node_keys(store: &dyn Store) {
    for person in 50..55 {
        store.append(registering(person, person)).await.unwrap();
    }
    let first = store.keys(None, 2).await.unwrap();
    let rest = store.keys(Some(first[1].0), 10).await.unwrap();
    let persons: Vec<_> = first
        .iter()
        .chain(&rest)
        .map(|(person, _)| *person)
        .collect();
    assert_eq!(persons, (50..55).map(v7).collect::<Vec<_>>());
    let changed = |person, from| Rewrapped {
        subject: v7(person),
        from: wrapped(v7(person), from),
        to: wrapped(v7(person), 900 + person),
    };
    store
        .replace_keys(vec![changed(50, 50), changed(51, 51)])
        .await
        .unwrap();
    assert_eq!(
        store.key(v7(50)).await.unwrap(),
        KeyState::Wrapped(wrapped(v7(50), 950))
    );
    // The second is not what it was: none is changed.
    let refused = store
        .replace_keys(vec![changed(52, 52), changed(51, 51)])
        .await
        .unwrap_err();
    assert_eq!(refused, StoreError::KeyChanged);
    assert_eq!(
        store.key(v7(52)).await.unwrap(),
        KeyState::Wrapped(wrapped(v7(52), 52))
    );
    store.append(erasing(60, 53)).await.unwrap();
    assert_eq!(
        store.replace_keys(vec![changed(53, 53)]).await.unwrap_err(),
        StoreError::KeyChanged
    );
}
