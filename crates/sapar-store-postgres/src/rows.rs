//! Rows to values and back.

use sapar_ledger::{
    Actor, Clock, Code, Command, CommandId, Event, EventId, EventName, Hash, Head, NodeId, Sealed,
};
use sapar_sealing::Wrapped;
use sapar_store::{Entry, KeyState, Receipt, Record, Recorded, StoreError};
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;
use uuid::Uuid;

/// Stands for no time: later than any.
pub(crate) const NO_TIME: i64 = i64::MAX;

/// What [`recorded`] reads, in this order.
pub(crate) const EVENT_COLUMNS: &str = "position, stream_version, node, sequence, id, clock, command, part, parts, \
     actor_user, actor_program, purpose, name, version, stream, subject, open, sealed, sealed_digest, previous, hash";

/// What [`receipt`] reads, in this order, and then the command.
pub(crate) const RECEIPT_COLUMNS: &str = "id, position, sequence, stream_version, clock, command";

/// What [`entry`] reads, in this order.
pub(crate) const ENTRY_COLUMNS: &str = "list, id, owner, person, state, at, classes, open";

/// PostgreSQL counts in signed numbers; ours never come near the end of these.
pub(crate) fn signed(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::TooMuch {
        what: "a number",
        max: i64::MAX as usize,
    })
}

pub(crate) fn unsigned(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| StoreError::Corrupt)
}

pub(crate) fn value<'r, T: FromSql<'r>>(row: &'r Row, column: usize) -> Result<T, StoreError> {
    row.try_get(column).map_err(|_| StoreError::Corrupt)
}

pub(crate) fn number(row: &Row, column: usize) -> Result<u64, StoreError> {
    unsigned(value(row, column)?)
}

fn small(row: &Row, column: usize) -> Result<u16, StoreError> {
    u16::try_from(value::<i32>(row, column)?).map_err(|_| StoreError::Corrupt)
}

pub(crate) fn code(text: &str) -> Result<Code, StoreError> {
    Code::new(text).map_err(|_| StoreError::Corrupt)
}

fn hash(bytes: &[u8]) -> Result<Hash, StoreError> {
    bytes.try_into().map(Hash).map_err(|_| StoreError::Corrupt)
}

fn clock(row: &Row, column: usize) -> Result<Clock, StoreError> {
    Clock::from_packed(number(row, column)?).map_err(|_| StoreError::Corrupt)
}

pub(crate) fn node_id(id: Uuid) -> Result<NodeId, StoreError> {
    NodeId::new(id).map_err(|_| StoreError::Corrupt)
}

fn event_id(row: &Row, column: usize) -> Result<EventId, StoreError> {
    EventId::new(value(row, column)?).map_err(|_| StoreError::Corrupt)
}

fn command_id(row: &Row, column: usize) -> Result<CommandId, StoreError> {
    CommandId::new(value(row, column)?).map_err(|_| StoreError::Corrupt)
}

/// An event as it stands there. One that cannot be read is named by its place, so that a proof can say where the chain is broken.
pub(crate) fn recorded(row: &Row) -> Result<Recorded, StoreError> {
    let node = node_id(value(row, 2)?)?;
    let sequence = number(row, 3)?;
    read_event(row, node, sequence).map_err(|error| match error {
        StoreError::Corrupt => StoreError::Unreadable { node, sequence },
        other => other,
    })
}

fn read_event(row: &Row, node: NodeId, sequence: u64) -> Result<Recorded, StoreError> {
    let actor = match (
        value::<Option<Uuid>>(row, 9)?,
        value::<Option<&str>>(row, 10)?,
    ) {
        (Some(user), None) => Actor::User(user),
        (None, Some(program)) => Actor::Program(code(program)?),
        _ => return Err(StoreError::Corrupt),
    };
    let sealed = match (
        value::<Option<Vec<u8>>>(row, 17)?,
        value::<Option<&[u8]>>(row, 18)?,
    ) {
        (None, None) => Sealed::None,
        (Some(bytes), Some(_)) => Sealed::Present(bytes),
        (None, Some(digest)) => Sealed::Withheld(hash(digest)?),
        (Some(_), None) => return Err(StoreError::Corrupt),
    };
    Ok(Recorded {
        position: number(row, 0)?,
        version: number(row, 1)?,
        event: Event {
            id: event_id(row, 4)?,
            node,
            sequence,
            clock: clock(row, 5)?,
            command: Command {
                id: command_id(row, 6)?,
                actor,
                purpose: code(value(row, 11)?)?,
            },
            part: small(row, 7)?,
            parts: small(row, 8)?,
            name: EventName::new(value(row, 12)?).map_err(|_| StoreError::Corrupt)?,
            version: small(row, 13)?,
            stream: value(row, 14)?,
            subject: value(row, 15)?,
            open: value(row, 16)?,
            sealed,
            previous: hash(value(row, 19)?)?,
            hash: hash(value(row, 20)?)?,
        },
    })
}

pub(crate) fn receipt(row: &Row) -> Result<(CommandId, Receipt), StoreError> {
    let receipt = Receipt {
        id: event_id(row, 0)?,
        position: number(row, 1)?,
        sequence: number(row, 2)?,
        version: number(row, 3)?,
        clock: clock(row, 4)?,
    };
    Ok((command_id(row, 5)?, receipt))
}

pub(crate) fn entry(row: &Row) -> Result<Entry, StoreError> {
    let at: i64 = value(row, 5)?;
    Ok(Entry {
        list: code(value(row, 0)?)?,
        id: value(row, 1)?,
        owner: value(row, 2)?,
        person: value(row, 3)?,
        state: code(value(row, 4)?)?,
        at_ms: (at != NO_TIME).then_some(at),
        classes: u32::try_from(value::<i64>(row, 6)?).map_err(|_| StoreError::Corrupt)?,
        open: value(row, 7)?,
    })
}

/// A head from node, sequence, hash and clock.
pub(crate) fn head(row: &Row) -> Result<Head, StoreError> {
    Ok(Head {
        node: node_id(value(row, 0)?)?,
        sequence: number(row, 1)?,
        hash: hash(value(row, 2)?)?,
        clock: clock(row, 3)?,
    })
}

/// A record from its value, version and end.
pub(crate) fn record(row: &Row) -> Result<Record, StoreError> {
    Ok(Record {
        value: value(row, 0)?,
        version: number(row, 1)?,
        expires_ms: value(row, 2)?,
    })
}

pub(crate) fn wrapped(bytes: Vec<u8>) -> Result<Wrapped, StoreError> {
    Wrapped::from_bytes(bytes).map_err(|_| StoreError::Corrupt)
}

/// The state of a key that has a row.
pub(crate) fn key_state(row: &Row, column: usize) -> Result<KeyState, StoreError> {
    Ok(match value::<Option<Vec<u8>>>(row, column)? {
        None => KeyState::Destroyed,
        Some(bytes) => KeyState::Wrapped(wrapped(bytes)?),
    })
}
