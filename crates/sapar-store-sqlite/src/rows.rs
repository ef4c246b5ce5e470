//! Rows to values and back.

use rusqlite::{Connection, OptionalExtension, Row};
use sapar_ledger::{
    Actor, Clock, Code, Command, CommandId, Event, EventId, EventName, Hash, Head, NodeId, Sealed,
};
use sapar_sealing::Wrapped;
use sapar_store::{Entry, KeyState, Recorded, StoreError};
use uuid::Uuid;

use crate::failure::OrFailure;

/// Stands for no time: later than any.
pub(crate) const NO_TIME: i64 = i64::MAX;

/// What [`recorded`] reads, in this order.
pub(crate) const EVENT_COLUMNS: &str = "position, stream_version, node, sequence, id, clock, command, part, parts, \
     actor_user, actor_program, purpose, name, version, stream, subject, open, sealed, sealed_digest, previous, hash";

/// What [`entry`] reads, in this order.
pub(crate) const ENTRY_COLUMNS: &str = "list, id, owner, person, state, at, classes, open";

/// SQLite counts in signed numbers; ours never come near the end of these.
pub(crate) fn signed(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::TooMuch {
        what: "a number",
        max: i64::MAX as usize,
    })
}

pub(crate) fn unsigned(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| StoreError::Corrupt)
}

pub(crate) fn uuid(bytes: &[u8]) -> Result<Uuid, StoreError> {
    Uuid::from_slice(bytes).map_err(|_| StoreError::Corrupt)
}

pub(crate) fn code(text: &str) -> Result<Code, StoreError> {
    Code::new(text).map_err(|_| StoreError::Corrupt)
}

fn hash(bytes: &[u8]) -> Result<Hash, StoreError> {
    bytes.try_into().map(Hash).map_err(|_| StoreError::Corrupt)
}

fn node_id(bytes: &[u8]) -> Result<NodeId, StoreError> {
    NodeId::new(uuid(bytes)?).map_err(|_| StoreError::Corrupt)
}

pub(crate) fn blob<'r>(row: &'r Row<'_>, column: usize) -> Result<&'r [u8], StoreError> {
    row.get_ref(column)
        .or_failure()?
        .as_blob()
        .map_err(|_| StoreError::Corrupt)
}

fn blob_or_none<'r>(row: &'r Row<'_>, column: usize) -> Result<Option<&'r [u8]>, StoreError> {
    row.get_ref(column)
        .or_failure()?
        .as_blob_or_null()
        .map_err(|_| StoreError::Corrupt)
}

pub(crate) fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<&'r str, StoreError> {
    row.get_ref(column)
        .or_failure()?
        .as_str()
        .map_err(|_| StoreError::Corrupt)
}

pub(crate) fn integer(row: &Row<'_>, column: usize) -> Result<i64, StoreError> {
    row.get_ref(column)
        .or_failure()?
        .as_i64()
        .map_err(|_| StoreError::Corrupt)
}

fn small(row: &Row<'_>, column: usize) -> Result<u16, StoreError> {
    u16::try_from(integer(row, column)?).map_err(|_| StoreError::Corrupt)
}

/// An event as it stands there. One that cannot be read is named by its place, so that a proof can say where the chain is broken.
pub(crate) fn recorded(row: &Row<'_>) -> Result<Recorded, StoreError> {
    let node = node_id(blob(row, 2)?)?;
    let sequence = unsigned(integer(row, 3)?)?;
    read_event(row, node, sequence).map_err(|error| match error {
        StoreError::Corrupt => StoreError::Unreadable { node, sequence },
        other => other,
    })
}

fn read_event(row: &Row<'_>, node: NodeId, sequence: u64) -> Result<Recorded, StoreError> {
    let actor = match (
        blob_or_none(row, 9)?,
        row.get_ref(10)
            .or_failure()?
            .as_str_or_null()
            .map_err(|_| StoreError::Corrupt)?,
    ) {
        (Some(user), None) => Actor::User(uuid(user)?),
        (None, Some(program)) => Actor::Program(code(program)?),
        _ => return Err(StoreError::Corrupt),
    };
    let sealed = match (blob_or_none(row, 17)?, blob_or_none(row, 18)?) {
        (None, None) => Sealed::None,
        (Some(bytes), Some(_)) => Sealed::Present(bytes.to_vec()),
        (None, Some(digest)) => Sealed::Withheld(hash(digest)?),
        (Some(_), None) => return Err(StoreError::Corrupt),
    };
    Ok(Recorded {
        position: unsigned(integer(row, 0)?)?,
        version: unsigned(integer(row, 1)?)?,
        event: Event {
            id: EventId::new(uuid(blob(row, 4)?)?).map_err(|_| StoreError::Corrupt)?,
            node,
            sequence,
            clock: Clock::from_packed(unsigned(integer(row, 5)?)?)
                .map_err(|_| StoreError::Corrupt)?,
            command: Command {
                id: CommandId::new(uuid(blob(row, 6)?)?).map_err(|_| StoreError::Corrupt)?,
                actor,
                purpose: code(text(row, 11)?)?,
            },
            part: small(row, 7)?,
            parts: small(row, 8)?,
            name: EventName::new(text(row, 12)?).map_err(|_| StoreError::Corrupt)?,
            version: small(row, 13)?,
            stream: uuid(blob(row, 14)?)?,
            subject: blob_or_none(row, 15)?.map(uuid).transpose()?,
            open: blob(row, 16)?.to_vec(),
            sealed,
            previous: hash(blob(row, 19)?)?,
            hash: hash(blob(row, 20)?)?,
        },
    })
}

pub(crate) fn entry(row: &Row<'_>) -> Result<Entry, StoreError> {
    let at = integer(row, 5)?;
    Ok(Entry {
        list: code(text(row, 0)?)?,
        id: uuid(blob(row, 1)?)?,
        owner: uuid(blob(row, 2)?)?,
        person: blob_or_none(row, 3)?.map(uuid).transpose()?,
        state: code(text(row, 4)?)?,
        at_ms: (at != NO_TIME).then_some(at),
        classes: u32::try_from(integer(row, 6)?).map_err(|_| StoreError::Corrupt)?,
        open: blob(row, 7)?.to_vec(),
    })
}

pub(crate) fn node_of(connection: &Connection) -> Result<NodeId, StoreError> {
    let bytes: Vec<u8> = connection
        .query_row("SELECT node FROM store", [], |row| row.get(0))
        .or_failure()?;
    node_id(&bytes)
}

pub(crate) fn heads(connection: &Connection) -> Result<Vec<Head>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT node, sequence, hash, clock FROM chains ORDER BY node")
        .or_failure()?;
    let mut rows = statement.query([]).or_failure()?;
    let mut heads = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        heads.push(Head {
            node: node_id(blob(row, 0)?)?,
            sequence: unsigned(integer(row, 1)?)?,
            hash: hash(blob(row, 2)?)?,
            clock: Clock::from_packed(unsigned(integer(row, 3)?)?)
                .map_err(|_| StoreError::Corrupt)?,
        });
    }
    Ok(heads)
}

pub(crate) fn insert_head(connection: &Connection, head: &Head) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO chains (node, sequence, hash, clock) VALUES (?1, ?2, ?3, ?4)",
        )
        .or_failure()?
        .execute((
            head.node.uuid().as_bytes(),
            signed(head.sequence)?,
            head.hash.0,
            signed(head.clock.packed())?,
        ))
        .or_failure()?;
    Ok(())
}

pub(crate) fn key(connection: &Connection, subject: Uuid) -> Result<KeyState, StoreError> {
    let wrapped: Option<Option<Vec<u8>>> = connection
        .prepare_cached("SELECT wrapped FROM keys WHERE subject = ?1")
        .or_failure()?
        .query_row([subject.as_bytes()], |row| row.get(0))
        .optional()
        .or_failure()?;
    key_state(wrapped)
}

/// The state of a key from its row, if there is one.
pub(crate) fn key_state(wrapped: Option<Option<Vec<u8>>>) -> Result<KeyState, StoreError> {
    Ok(match wrapped {
        None => KeyState::Never,
        Some(None) => KeyState::Destroyed,
        Some(Some(bytes)) => {
            KeyState::Wrapped(Wrapped::from_bytes(bytes).map_err(|_| StoreError::Corrupt)?)
        }
    })
}
