//! Copies: everything, once, also after breaking off; and nothing that does not belong.

use sapar_ledger::{Break, Head, StreamId};

use super::{batch, code, command, draft, v7, wrapped};
use crate::batch::{Batch, Change, File, Received};
use crate::copy::{Copied, copy};
use crate::error::StoreError;
use crate::store::{Expected, KeyState, Recorded, Store};
use crate::verify::{Proof, verify};

async fn fill(store: &dyn Store) {
    for number in 1..=1_200_u64 {
        let mut one = batch(number, number % 50);
        // Pages of a copy end within commands.
        for part in 1..=number % 4 {
            one.events.push(draft(
                10_000 + number * 10 + part,
                "case.changed",
                number % 7,
            ));
        }
        if number <= 20 {
            let person = v7(number);
            one.events[0].subject = Some(person);
            one.events[0].sealed = Some(vec![7; 50]);
            one.new_keys = vec![(person, wrapped(person, number))];
            one.files = vec![File {
                id: v7(5_000 + number),
                subject: person,
                sealed: vec![3; 500],
            }];
            one.changes = vec![Change::Tokens {
                person,
                tokens: vec![super::lists::token("copied")],
            }];
        }
        store.append(one).await.unwrap();
    }
    store.append(erasing(2_000, 3)).await.unwrap();
    for (space, key) in [("users", "a"), ("users", "b"), ("zones", "a")] {
        let put = store.put_record(
            code(space),
            key.into(),
            space.into(),
            Some(9),
            Expected::Any,
        );
        put.await.unwrap();
    }
}

fn erasing(number: u64, person: u64) -> Batch {
    let mut erased = draft(number, "person.erased", person);
    erased.subject = Some(v7(person));
    Batch {
        destroyed_keys: vec![v7(person)],
        ..Batch::new(command(number), 2_000, vec![erased])
    }
}

async fn whole_log(store: &dyn Store) -> Vec<Recorded> {
    let mut all = Vec::new();
    loop {
        let after = all.last().map_or(0, |one: &Recorded| one.position);
        let more = store.log(after, 10_000).await.unwrap();
        if more.is_empty() {
            return all;
        }
        all.extend(more);
    }
}

async fn same(one: &dyn Store, other: &dyn Store) {
    let (mut log, mut copied) = (whole_log(one).await, whole_log(other).await);
    for place in log.iter_mut().chain(&mut copied) {
        // Places in the log are each database's own.
        place.position = 0;
    }
    assert!(log == copied, "the logs differ");
    assert_eq!(
        one.key_states(None, 10_000).await.unwrap(),
        other.key_states(None, 10_000).await.unwrap()
    );
    let files = one.file_ids(None, 10_000).await.unwrap();
    assert_eq!(files, other.file_ids(None, 10_000).await.unwrap());
    for (file, _) in files {
        assert_eq!(
            one.file(file).await.unwrap(),
            other.file(file).await.unwrap()
        );
    }
    assert_eq!(
        one.all_records(None, 10).await.unwrap(),
        other.all_records(None, 10).await.unwrap()
    );
    // A copy in a store of another node has that node's chain besides, which has not begun.
    let begun = async |store: &dyn Store| -> Vec<Head> {
        let mut heads = store.heads().await.unwrap();
        heads.retain(|head| head.sequence > 0);
        heads
    };
    assert_eq!(
        begun(one).await,
        begun(other).await,
        "the chains end elsewhere"
    );
    assert!(matches!(verify(other).await.unwrap(), Proof::Whole(_)));
    other.check().await.unwrap();
}

/// Copies one store to another of any kind; both new and empty.
///
/// # Panics
/// If anything is not copied as it is.
pub async fn copies_everything(from: &dyn Store, to: &dyn Store) {
    fill(from).await;
    let copied = copy(from, to).await.unwrap();
    let events = whole_log(from).await.len() as u64;
    assert_eq!(
        copied,
        Copied {
            events,
            persons: 20,
            files: 19,
            records: 3
        }
    );
    same(from, to).await;
    assert_eq!(to.key(v7(3)).await.unwrap(), KeyState::Destroyed);

    // By pages of one as by one page.
    let mut spaces = Vec::new();
    let mut after = None;
    while let Some((space, key, _)) = from.all_records(after, 1).await.unwrap().pop() {
        spaces.push((space.as_str().to_owned(), key.clone()));
        after = Some((space, key));
    }
    let expected = [("users", b"a"), ("users", b"b"), ("zones", b"a")];
    assert_eq!(
        spaces,
        expected.map(|(space, key)| (space.to_owned(), key.to_vec()))
    );

    // A second time nothing is new; what came since is.
    assert_eq!(copy(from, to).await.unwrap().events, 0);
    from.append(batch(3_000, 50)).await.unwrap();
    from.append(erasing(3_001, 4)).await.unwrap();
    assert_eq!(copy(from, to).await.unwrap().events, 2);
    same(from, to).await;
    assert_eq!(to.file(v7(5_004)).await.unwrap(), None);
}

pub(super) async fn takes_over_only_what_goes_on(from: &dyn Store, to: &dyn Store) {
    for number in 1..=6 {
        let mut one = batch(number, 50);
        one.events.push(draft(100 + number, "person.changed", 50));
        from.append(one).await.unwrap();
    }
    let events: Vec<_> = whole_log(from)
        .await
        .into_iter()
        .map(|one| one.event)
        .collect();
    let of = |events: &[sapar_ledger::Event]| Received {
        events: events.to_vec(),
        ..Received::default()
    };
    let refused = async |events: &[sapar_ledger::Event]| match to.receive(of(events)).await {
        Err(StoreError::Chain(broken)) => broken.how,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&events[..3]).await, Break::CommandCut);
    assert_eq!(refused(&events[2..]).await, Break::Missing { count: 2 });
    let mut altered = events.clone();
    altered[5].open.push(b' ');
    assert_eq!(refused(&altered).await, Break::Altered);
    assert_eq!(to.log(0, 10).await.unwrap(), []);

    assert_eq!(to.receive(of(&events[..4])).await, Ok(4));
    // From before the end here on, as when a copy broke off.
    assert_eq!(to.receive(of(&events[2..8])).await, Ok(4));
    let versions: Vec<u64> = to
        .stream(StreamId::new("person", v7(50)), 0)
        .await
        .unwrap()
        .iter()
        .map(|one| one.version)
        .collect();
    assert_eq!(versions, (1..=8).collect::<Vec<_>>());

    // Both write on as the same node: no copy can make one chain of that.
    to.append(batch(50, 50)).await.unwrap();
    let forked = to.receive(of(&events[6..])).await.unwrap_err();
    assert!(
        matches!(forked, StoreError::Forked { sequence: 9, .. })
            || matches!(forked, StoreError::Chain(_)),
        "{forked}"
    );
    assert!(matches!(
        copy(from, to).await,
        Err(StoreError::Forked { .. } | StoreError::Chain(_))
    ));
    assert_eq!(to.log(0, 20).await.unwrap().len(), 9);
    assert!(matches!(verify(to).await.unwrap(), Proof::Whole(_)));

    // A file needs the key it is sealed with, and an erased person gets none.
    let file = |person| Received {
        files: vec![File {
            id: v7(70),
            subject: v7(person),
            sealed: vec![1],
        }],
        ..Received::default()
    };
    assert_eq!(to.receive(file(60)).await, Err(StoreError::KeyMissing));
    let keys = |keys| Received {
        keys,
        ..Received::default()
    };
    let key = KeyState::Wrapped(wrapped(v7(61), 1));
    to.receive(keys(vec![(v7(61), KeyState::Destroyed)]))
        .await
        .unwrap();
    to.receive(keys(vec![(v7(61), key)])).await.unwrap();
    assert_eq!(to.key(v7(61)).await.unwrap(), KeyState::Destroyed);
    to.receive(file(61)).await.unwrap();
    assert_eq!(to.file(v7(70)).await.unwrap(), None);
}
