//! The log: whole, in order, once, and provable.

use sapar_ledger::{ExtendError, Head, Sealed, StreamId};

use super::{all, batch, code, command, draft, node, v7, wrapped};
use crate::batch::{Batch, Change, FILE_BYTES_MAX, File};
use crate::error::StoreError;
use crate::query::Query;
use crate::store::{KeyState, Store};
use crate::verify::{Proof, verify};

fn person(number: u64) -> StreamId {
    StreamId::new("person", v7(number))
}

async fn whole(store: &dyn Store, events: u64) {
    match verify(store).await.unwrap() {
        Proof::Whole(chains) => {
            assert_eq!(chains.iter().map(|chain| chain.events).sum::<u64>(), events)
        }
        Proof::Broken(broken) => panic!("{broken}"),
    }
}

pub(super) async fn reads_back_what_was_appended(store: &dyn Store) {
    assert_eq!(store.node(), node());
    assert_eq!(store.log(0, 10).await.unwrap(), []);
    whole(store, 0).await;
    let mut sealed = draft(2, "person.named", 50);
    sealed.subject = Some(v7(50));
    sealed.sealed = Some(vec![1, 2, 3]);
    let mut first = Batch::new(
        command(1),
        5_000,
        vec![
            draft(1, "person.registered", 50),
            sealed,
            draft(3, "task.set", 50),
        ],
    );
    first.new_keys = vec![(v7(50), wrapped(v7(50), 1))];
    let appended = store.append(first).await.unwrap();
    assert!(!appended.repeated);
    assert_eq!(appended.behind_ms, 0);
    let places: Vec<_> = appended
        .receipts
        .iter()
        .map(|receipt| (receipt.sequence, receipt.version))
        .collect();
    // The tasks of a person are another stream with the same identifier.
    assert_eq!(places, [(1, 1), (2, 2), (3, 1)]);
    let second = store.append(batch(4, 50)).await.unwrap();

    let stream = store.stream(person(50), 0).await.unwrap();
    let read: Vec<_> = stream
        .iter()
        .map(|one| (one.version, one.event.name.as_str()))
        .collect();
    assert_eq!(
        read,
        [
            (1, "person.registered"),
            (2, "person.named"),
            (3, "person.changed")
        ]
    );
    assert_eq!(stream[1].event.sealed, Sealed::Present(vec![1, 2, 3]));
    assert_eq!(stream[1].event.subject, Some(v7(50)));
    assert_eq!((stream[1].event.part, stream[1].event.parts), (2, 3));
    assert_eq!(stream[0].event.open, br#"{"number":1}"#);
    assert_eq!(stream[0].event.command, command(1));
    assert_eq!(stream[0].event.clock, appended.receipts[0].clock);
    assert_eq!(store.stream(person(50), 2).await.unwrap(), stream[2..]);
    assert_eq!(store.stream(person(51), 0).await.unwrap(), []);

    let log = store.log(0, 10).await.unwrap();
    assert_eq!(log.len(), 4);
    assert!(log.windows(2).all(|two| two[0].position < two[1].position && two[0].event.clock < two[1].event.clock));
    assert_eq!(store.log(log[1].position, 1).await.unwrap(), log[2..3]);
    let chain = store.chain(node(), 1, 2).await.unwrap();
    assert_eq!(chain, [log[1].event.clone(), log[2].event.clone()]);
    let last = &log[3].event;
    assert_eq!(second.receipts[0].position, log[3].position);
    assert_eq!(
        store.heads().await.unwrap(),
        [Head {
            node: node(),
            sequence: 4,
            hash: last.hash,
            clock: last.clock
        }]
    );
    whole(store, 4).await;
    store.check().await.unwrap();
}

pub(super) async fn refuses_a_decision_on_an_old_version(store: &dyn Store) {
    let on = |number, version| {
        let mut one = batch(number, 50);
        one.expected = vec![(person(50), version)];
        one
    };
    store.append(on(1, 0)).await.unwrap();
    store.append(on(2, 1)).await.unwrap();
    let refused = store.append(on(3, 1)).await.unwrap_err();
    assert_eq!(
        refused,
        StoreError::Conflict {
            kind: "person".into(),
            expected: 1,
            found: 2
        }
    );
    assert!(matches!(
        store.append(on(3, 0)).await,
        Err(StoreError::Conflict { .. })
    ));
    assert!(matches!(
        store.append(on(3, 3)).await,
        Err(StoreError::Conflict { .. })
    ));
    // A version of a stream that the batch only read, not writes.
    let mut reads = batch(4, 60);
    reads.expected = vec![(person(50), 1)];
    assert!(matches!(
        store.append(reads).await,
        Err(StoreError::Conflict { .. })
    ));
    assert_eq!(store.log(0, 10).await.unwrap().len(), 2);
    store.append(on(3, 2)).await.unwrap();
    whole(store, 3).await;
}

pub(super) async fn stores_a_command_once(store: &dyn Store) {
    let mut two = batch(1, 50);
    two.events.push(draft(2, "person.named", 50));
    two.expected = vec![(person(50), 0)];
    let first = store.append(two.clone()).await.unwrap();
    // A retry decides anew, so its events have other identifiers, and the version it expects has passed.
    two.events[0].id = draft(9, "person.changed", 50).id;
    let again = store.append(two).await.unwrap();
    assert!(again.repeated);
    assert_eq!(again.receipts, first.receipts);
    let mut other = batch(3, 50);
    other.events[0].id = draft(1, "person.changed", 50).id;
    assert_eq!(store.append(other).await.unwrap_err(), StoreError::IdTaken);
    whole(store, 2).await;
}

pub(super) async fn stores_all_of_a_batch_or_nothing(store: &dyn Store) {
    store.append(batch(1, 50)).await.unwrap();
    let mut fails = batch(2, 51);
    fails.new_keys = vec![(v7(51), wrapped(v7(51), 1))];
    fails.files = vec![File {
        id: v7(70),
        subject: v7(51),
        sealed: vec![1],
    }];
    fails.changes = vec![Change::Put(super::lists::entry("tasks", 1))];
    // The last event uses the identifier of one that is stored.
    fails.events.push(draft(1, "person.changed", 51));
    assert_eq!(
        store.append(fails.clone()).await.unwrap_err(),
        StoreError::IdTaken
    );
    assert_eq!(store.log(0, 10).await.unwrap().len(), 1);
    assert_eq!(store.key(v7(51)).await.unwrap(), KeyState::Never);
    assert_eq!(store.file(v7(70)).await.unwrap(), None);
    assert_eq!(
        store
            .entries(Query::new(code("tasks"), u32::MAX))
            .await
            .unwrap()
            .entries,
        []
    );
    fails.events.pop();
    store.append(fails).await.unwrap();
    assert_eq!(store.file(v7(70)).await.unwrap(), Some(vec![1]));
    assert_eq!(
        store
            .entries(Query::new(code("tasks"), u32::MAX))
            .await
            .unwrap()
            .entries
            .len(),
        1
    );
    whole(store, 2).await;
}

pub(super) async fn lets_one_of_many_win(store: &dyn Store) {
    let tries = (1..=40)
        .map(|number| {
            let mut one = batch(number, 50);
            one.expected = vec![(person(50), 0)];
            store.append(one)
        })
        .collect();
    let results = all(tries).await;
    let (won, lost): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 39));
    assert!(
        lost.iter()
            .all(|error| matches!(error, Err(StoreError::Conflict { found: 1, .. })))
    );
    whole(store, 1).await;
}

pub(super) async fn takes_many_appends_at_once(store: &dyn Store) {
    let many: Vec<_> = (1..=300)
        .map(|number| store.append(batch(number, number % 7)))
        .collect();
    let mut sequences: Vec<u64> = all(many)
        .await
        .into_iter()
        .map(|one| one.unwrap().receipts[0].sequence)
        .collect();
    sequences.sort_unstable();
    assert!(sequences.into_iter().eq(1..=300));
    whole(store, 300).await;
}

pub(super) async fn goes_on_when_the_clock_is_set_back(store: &dyn Store) {
    let at = |number, wall_ms| Batch {
        wall_ms,
        ..batch(number, 50)
    };
    let noon = store.append(at(1, 50_000_000)).await.unwrap();
    let back = store.append(at(2, 10_000_000)).await.unwrap();
    assert_eq!(back.behind_ms, 40_000_000);
    assert!(back.receipts[0].clock > noon.receipts[0].clock);
    let right = store.append(at(3, 50_000_001)).await.unwrap();
    assert_eq!(right.behind_ms, 0);
    assert!(right.receipts[0].clock > back.receipts[0].clock);
    whole(store, 3).await;
}

pub(super) async fn refuses_what_cannot_be_recorded(store: &dyn Store) {
    let none = Batch {
        events: Vec::new(),
        ..batch(1, 50)
    };
    assert_eq!(
        store.append(none).await.unwrap_err(),
        StoreError::Extend(ExtendError::Count { events: 0 })
    );
    let mut large = batch(1, 50);
    large.files = vec![File {
        id: v7(70),
        subject: v7(50),
        sealed: vec![0; FILE_BYTES_MAX + 1],
    }];
    assert!(matches!(
        store.append(large).await,
        Err(StoreError::TooMuch { .. })
    ));
    whole(store, 0).await;
}

pub(super) async fn refuses_everything_when_closed(store: &dyn Store) {
    store.append(batch(1, 50)).await.unwrap();
    store.close().await;
    assert_eq!(
        store.append(batch(2, 50)).await.unwrap_err(),
        StoreError::Closed
    );
    assert_eq!(store.log(0, 10).await.unwrap_err(), StoreError::Closed);
    store.close().await;
}
