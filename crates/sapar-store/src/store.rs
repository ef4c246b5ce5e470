//! The trait that every database implements.

use std::fmt;

use async_trait::async_trait;
use sapar_ledger::{Clock, Code, Event, EventId, Head, NodeId, StreamId};
use sapar_sealing::{Token, Wrapped};
use uuid::Uuid;

use crate::batch::{Batch, Received};
use crate::error::StoreError;
use crate::query::{Group, Page, Query};
use crate::rebuild::{Projector, Rebuilt};

/// The longest value of a record, in bytes.
pub const RECORD_BYTES_MAX: usize = 1 << 20;

/// A database with a log, keys, files, lists and records.
///
/// The order of positions is the order in which events became visible here: whoever has read up to a position has missed nothing before it.
#[async_trait]
pub trait Store: Send + Sync {
    /// The node whose chain this database writes.
    fn node(&self) -> NodeId;

    /// Stores a batch whole, and returns when it is on the disk.
    ///
    /// A command that was stored before is not stored again; the receipts are those of the first time.
    ///
    /// # Errors
    /// If a stream has another version than expected, a key is missing or destroyed, a limit is passed, or the database fails; nothing is stored then.
    async fn append(&self, batch: Batch) -> Result<Appended, StoreError>;

    /// The events of a stream after a version, in their order; all of them after 0.
    ///
    /// # Errors
    /// If the database fails.
    async fn stream(
        &self,
        stream: StreamId,
        after_version: u64,
    ) -> Result<Vec<Recorded>, StoreError>;

    /// Events of all nodes after a position, in their order; at most `limit`, and never more than [`crate::LIMIT_MAX`].
    ///
    /// # Errors
    /// If the database fails.
    async fn log(&self, after_position: u64, limit: u32) -> Result<Vec<Recorded>, StoreError>;

    /// Events of one node after a number, in their order; at most `limit`, and never more than [`crate::LIMIT_MAX`].
    ///
    /// # Errors
    /// If the database fails.
    async fn chain(
        &self,
        node: NodeId,
        after_sequence: u64,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError>;

    /// The end of every chain this database holds.
    ///
    /// # Errors
    /// If the database fails.
    async fn heads(&self) -> Result<Vec<Head>, StoreError>;

    /// A person's key.
    ///
    /// # Errors
    /// If the database fails.
    async fn key(&self, subject: Uuid) -> Result<KeyState, StoreError>;

    /// Keys that exist, in the order of their persons' identifiers; for changing the node key.
    ///
    /// # Errors
    /// If the database fails.
    async fn keys(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<(Uuid, Wrapped)>, StoreError>;

    /// Puts newly wrapped keys in the place of others, all or none.
    ///
    /// # Errors
    /// If one of them was changed or destroyed meanwhile, or the database fails.
    async fn replace_keys(&self, keys: Vec<Rewrapped>) -> Result<(), StoreError>;

    /// The sealed bytes of a file; `None` if there is none, or its person was erased.
    ///
    /// # Errors
    /// If the database fails.
    async fn file(&self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError>;

    /// Lines of a list.
    ///
    /// # Errors
    /// If the database fails.
    async fn entries(&self, query: Query) -> Result<Page, StoreError>;

    /// How many lines there are for each owner and state; order, place and limit of the query do not matter.
    ///
    /// # Errors
    /// If the database fails.
    async fn count(&self, query: Query) -> Result<Vec<Group>, StoreError>;

    /// Persons who have at least so many of the tokens, with how many they have: those with most first, then by identifier.
    ///
    /// # Errors
    /// If the database fails.
    async fn find(
        &self,
        tokens: Vec<Token>,
        at_least: u32,
        limit: u32,
    ) -> Result<Vec<(Uuid, u32)>, StoreError>;

    /// A record that has not expired at the time given.
    ///
    /// # Errors
    /// If the database fails.
    async fn record(
        &self,
        space: Code,
        key: Vec<u8>,
        now_ms: i64,
    ) -> Result<Option<Record>, StoreError>;

    /// Records of a space that have not expired, in the order of their keys, after a key.
    ///
    /// # Errors
    /// If the database fails.
    async fn records(
        &self,
        space: Code,
        after: Vec<u8>,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<(Vec<u8>, Record)>, StoreError>;

    /// Puts a record, and gives its new version; on the disk when it returns.
    ///
    /// # Errors
    /// If it is not at the version expected, is too long, or the database fails.
    async fn put_record(
        &self,
        space: Code,
        key: Vec<u8>,
        value: Vec<u8>,
        expires_ms: Option<i64>,
        expected: Expected,
    ) -> Result<u64, StoreError>;

    /// Removes a record, if it is there.
    ///
    /// # Errors
    /// If the database fails.
    async fn remove_record(&self, space: Code, key: Vec<u8>) -> Result<(), StoreError>;

    /// Removes records that have expired, and says how many.
    ///
    /// # Errors
    /// If the database fails.
    async fn remove_expired(&self, now_ms: i64) -> Result<u64, StoreError>;

    /// Every person who has or had a key, in the order of their identifiers; for copies.
    ///
    /// # Errors
    /// If the database fails.
    async fn key_states(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<(Uuid, KeyState)>, StoreError>;

    /// Identifiers of files and of the persons they belong to, in the order of the files'; for copies.
    ///
    /// # Errors
    /// If the database fails.
    async fn file_ids(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<(Uuid, Uuid)>, StoreError>;

    /// Records of all spaces, also such as have expired, by space and key; for copies.
    ///
    /// # Errors
    /// If the database fails.
    async fn all_records(
        &self,
        after: Option<(Code, Vec<u8>)>,
        limit: u32,
    ) -> Result<Vec<(Code, Vec<u8>, Record)>, StoreError>;

    /// Takes over what another store holds, all or nothing, and says how many events were new; lists and search are not made of it.
    ///
    /// What is here already is not taken a second time, so a copy that broke off can be made again.
    /// A key that was destroyed in one of the two stays or becomes destroyed.
    ///
    /// # Errors
    /// If a chain does not go on where it ends here, or the database fails.
    async fn receive(&self, received: Received) -> Result<u64, StoreError>;

    /// Empties lists and search and makes them again from the log, in one step: until it is done everybody reads the old ones.
    /// Nothing is appended meanwhile. It goes through the log stream by stream, persons' last, and memory does not grow with the log.
    ///
    /// # Errors
    /// If the projector fails on an event or the database fails; the tables are then as they were.
    async fn rebuild(&self, projector: Box<dyn Projector>) -> Result<Rebuilt, StoreError>;

    /// Whether the database itself is sound, apart from what stands in it.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if it is not.
    async fn check(&self) -> Result<(), StoreError>;

    /// Finishes what was begun and closes; everything after that is refused.
    async fn close(&self);
}

/// An event with its places in this database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its place among all events here.
    pub position: u64,
    /// Its place in its stream, from 1.
    pub version: u64,
    /// The event.
    pub event: Event,
}

/// What is known after appending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// One for each event, in their order.
    pub receipts: Vec<Receipt>,
    /// How far the wall time lags behind the log's, in milliseconds; more than a few mean that the clock was set back, and somebody should be told.
    pub behind_ms: u64,
    /// Whether the command had been stored before.
    pub repeated: bool,
}

/// Where an event went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The event.
    pub id: EventId,
    /// Its place among all events here.
    pub position: u64,
    /// Its place in the node's chain.
    pub sequence: u64,
    /// Its place in its stream.
    pub version: u64,
    /// Its time.
    pub clock: Clock,
}

/// A person's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyState {
    /// This database never had one.
    Never,
    /// The key, wrapped.
    Wrapped(Wrapped),
    /// It was destroyed: the person is erased.
    Destroyed,
}

/// A key that is to be wrapped by another node key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrapped {
    /// Whose.
    pub subject: Uuid,
    /// As it is.
    pub from: Wrapped,
    /// As it shall be.
    pub to: Wrapped,
}

/// A value kept outside the log.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// The value.
    pub value: Vec<u8>,
    /// How often it was put.
    pub version: u64,
    /// From when on it does not exist, in milliseconds since 1970.
    pub expires_ms: Option<i64>,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// Which version of a record is to be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Whatever is there.
    Any,
    /// Nothing may be there.
    New,
    /// This one.
    Version(u64),
}
