//! The one story of tests that every database must pass.
//!
//! A crate that implements [`Store`] calls [`story`] with a function that opens a new, empty store.
//! Each chapter has a store of its own; a promise that does not hold is a panic that names it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "this module is tests, which stop at the first surprise; it is a feature that no program enables"
)]

mod copies;
mod keys;
mod lists;
mod log;
mod many;
mod rebuild;
mod records;

pub use copies::copies_everything;
pub use many::Many;

use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use sapar_ledger::{Actor, Code, Command, CommandId, Draft, EventId, EventName, NodeId};
use sapar_sealing::{DataKey, NodeKey, Wrapped};
use uuid::Uuid;

use crate::batch::{Batch, Change, Entry};
use crate::store::Store;

/// Runs every promise against new, empty stores.
///
/// # Panics
/// If a promise does not hold.
pub async fn story<F: AsyncFn() -> Arc<dyn Store>>(fresh: F) {
    log::reads_back_what_was_appended(&*fresh().await).await;
    log::refuses_a_decision_on_an_old_version(&*fresh().await).await;
    log::stores_a_command_once(&*fresh().await).await;
    log::stores_all_of_a_batch_or_nothing(&*fresh().await).await;
    log::lets_one_of_many_win(&*fresh().await).await;
    log::takes_many_appends_at_once(&*fresh().await).await;
    log::goes_on_when_the_clock_is_set_back(&*fresh().await).await;
    log::refuses_what_cannot_be_recorded(&*fresh().await).await;
    keys::keeps_a_key_a_person(&*fresh().await).await;
    keys::erases_a_person_for_ever(&*fresh().await).await;
    keys::changes_node_keys(&*fresh().await).await;
    lists::finds_lines_and_counts_them(&*fresh().await).await;
    lists::hides_lines_of_other_classes(&*fresh().await).await;
    lists::answers_as_a_filter_does(&*fresh().await).await;
    lists::pages_without_loss(&*fresh().await).await;
    lists::finds_persons_by_tokens(&*fresh().await).await;
    rebuild::makes_tables_again_from_the_log(&*fresh().await).await;
    rebuild::reads_each_stream_whole_and_persons_last(&*fresh().await).await;
    records::puts_and_expires_records(&*fresh().await).await;
    copies::copies_everything(&*fresh().await, &*fresh().await).await;
    copies::takes_over_only_what_goes_on(&*fresh().await, &*fresh().await).await;
    log::refuses_everything_when_closed(&*fresh().await).await;
}

/// An identifier of version 7 from a number, for tests.
#[must_use]
pub fn v7(number: u64) -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 | u128::from(number))
}

/// The node of the stores a story is told of.
///
/// # Panics
/// Never.
#[must_use]
pub fn node() -> NodeId {
    NodeId::new(v7(1)).unwrap()
}

/// A command by a number.
///
/// # Panics
/// Never.
#[must_use]
pub fn command(number: u64) -> Command {
    Command {
        id: CommandId::new(v7(0x1000_0000 + number)).unwrap(),
        actor: Actor::User(v7(2)),
        purpose: Code::new("screening").unwrap(),
    }
}

/// An event by a number, of the stream `person` of another.
///
/// # Panics
/// If the name is none.
#[must_use]
pub fn draft(number: u64, name: &str, stream: u64) -> Draft {
    Draft {
        id: EventId::new(v7(0x2000_0000 + number)).unwrap(),
        name: EventName::new(name).unwrap(),
        version: 1,
        stream: v7(stream),
        subject: None,
        open: format!(r#"{{"number":{number}}}"#).into_bytes(),
        sealed: None,
    }
}

/// A batch of one event, by a number, of the stream `person` of another.
#[must_use]
pub fn batch(number: u64, stream: u64) -> Batch {
    Batch::new(
        command(number),
        1_000_000 + number,
        vec![draft(number, "person.changed", stream)],
    )
}

/// What recording one answer of an interview writes, by a number: an event with a sealed part, and a line of a list.
///
/// The screening is another stream after every forty answers; the key of the person must be there, see [`person_key`].
#[must_use]
pub fn answer(number: u64) -> Batch {
    let screening = 0x3000_0000 + number / 40;
    let event = Draft {
        subject: Some(v7(PERSON)),
        sealed: Some(vec![7; 300]),
        ..draft(number, "screening.answered", screening)
    };
    let line = Entry {
        list: code("screenings"),
        id: v7(screening),
        owner: v7(800),
        person: Some(v7(PERSON)),
        state: code("running"),
        at_ms: Some(1_000_000 + i64::try_from(number).unwrap()),
        classes: 1,
        open: br#"{"answers":12,"role":"officer"}"#.to_vec(),
    };
    Batch {
        changes: vec![Change::Put(line)],
        ..Batch::new(command(number), 1_000_000 + number, vec![event])
    }
}

/// Gives the person of [`answer`] a key, by a number that no answer has.
#[must_use]
pub fn person_key(number: u64) -> Batch {
    Batch {
        new_keys: vec![(v7(PERSON), wrapped(v7(PERSON), 1))],
        ..Batch::new(
            command(number),
            1_000_000,
            vec![draft(number, "person.registered", PERSON)],
        )
    }
}

const PERSON: u64 = 700;

/// Bytes that look random and are the same in every run.
pub fn random(seed: u64) -> impl FnMut(&mut [u8]) {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    move |bytes: &mut [u8]| {
        bytes.fill_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        });
    }
}

fn code(name: &str) -> Code {
    Code::new(name).unwrap()
}

fn wrapped(subject: Uuid, seed: u64) -> Wrapped {
    let mut random = random(seed);
    let node_key = NodeKey::make(&mut random);
    DataKey::make(subject, &mut random).wrap(&node_key, &mut random)
}

/// Waits for all, which go on together.
async fn all<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<Pin<Box<_>>> = futures.into_iter().map(Box::pin).collect();
    let mut done: Vec<Option<T>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, done) in waiting.iter_mut().zip(&mut done) {
            if done.is_none()
                && let Poll::Ready(value) = future.as_mut().poll(context)
            {
                *done = Some(value);
            }
        }
        if done.iter().all(Option::is_some) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    done.into_iter().flatten().collect()
}
