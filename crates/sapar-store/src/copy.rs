//! A copy of one store in another, whatever databases they are.

use uuid::Uuid;

use crate::batch::{File, Received};
use crate::error::StoreError;
use crate::store::{KeyState, Store};

const PAGE: u32 = 1_000;

/// What a copy took over that was not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Copied {
    /// Events that were new.
    pub events: u64,
    /// Persons whose keys were looked at.
    pub persons: u64,
    /// Files that were looked at.
    pub files: u64,
    /// Records that were looked at.
    pub records: u64,
}

/// Copies the log, keys, files and records; lists and search are then to be made again from the log ([`Store::rebuild`]).
///
/// It moves a post from one database to another, and makes a copy in a SQLite file of what a server holds.
/// Whoever was erased in one of the two is erased in both. What broke off can be done again; it goes on where it stopped.
/// The copy writes on as its own node: give a new store a node of its own.
///
/// # Errors
/// If the two wrote as the same node, the log of the first is broken, or one of the databases fails.
pub async fn copy(from: &dyn Store, to: &dyn Store) -> Result<Copied, StoreError> {
    let mut copied = Copied::default();
    // Keys first: what is sealed must be openable whenever the copy breaks off.
    let mut after: Option<Uuid> = None;
    loop {
        let keys = from.key_states(after, PAGE).await?;
        let Some((last, _)) = keys.last() else { break };
        after = Some(*last);
        copied.persons += keys.len() as u64;
        let received = Received {
            keys,
            ..Received::default()
        };
        to.receive(received).await?;
    }
    let mut after = 0;
    let mut begun = Vec::new();
    loop {
        let log = from.log(after, PAGE).await?;
        let Some(last) = log.last() else { break };
        after = last.position;
        let mut events = std::mem::take(&mut begun);
        events.extend(log.into_iter().map(|one| one.event));
        // The last command of a page may go on in the next one.
        let whole = events
            .iter()
            .rposition(|event: &sapar_ledger::Event| event.part == event.parts)
            .map_or(0, |last| last + 1);
        begun = events.split_off(whole);
        let received = Received {
            events,
            ..Received::default()
        };
        copied.events += to.receive(received).await?;
    }
    if !begun.is_empty() {
        let received = Received {
            events: begun,
            ..Received::default()
        };
        // Half a command: this says so.
        to.receive(received).await?;
    }
    copied.files = copy_files(from, to).await?;
    let mut after = None;
    loop {
        let records = from.all_records(after, PAGE).await?;
        let Some((space, key, _)) = records.last() else {
            return Ok(copied);
        };
        after = Some((space.clone(), key.clone()));
        copied.records += records.len() as u64;
        let received = Received {
            records,
            ..Received::default()
        };
        to.receive(received).await?;
    }
}

/// One by one, since they are large.
async fn copy_files(from: &dyn Store, to: &dyn Store) -> Result<u64, StoreError> {
    let mut count = 0;
    let mut after = None;
    loop {
        let ids = from.file_ids(after, PAGE).await?;
        let Some((last, _)) = ids.last() else {
            return Ok(count);
        };
        after = Some(*last);
        for (id, subject) in ids {
            count += 1;
            let erased = to.key(subject).await? == KeyState::Destroyed;
            // It may be gone meanwhile, with its person.
            if !erased && let Some(sealed) = from.file(id).await? {
                let file = File {
                    id,
                    subject,
                    sealed,
                };
                let received = Received {
                    files: vec![file],
                    ..Received::default()
                };
                to.receive(received).await?;
            }
        }
    }
}
