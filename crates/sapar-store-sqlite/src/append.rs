//! Storing what one command writes; the caller has opened the savepoint.

use std::collections::BTreeSet;

use rusqlite::{Connection, ErrorCode};
use sapar_ledger::{Actor, Clock, CommandId, Event, EventId, Head, StreamId};
use sapar_store::{Appended, Batch, Change, Entry, File, KeyState, Receipt, Rewrapped, StoreError};
use uuid::Uuid;

use crate::failure::{OrFailure, failure};
use crate::rows::{
    NO_TIME, blob, heads, insert_head, integer, key, node_of, signed, unsigned, uuid,
};

/// Stores a batch.
pub(crate) fn append(connection: &Connection, batch: Batch) -> Result<Appended, StoreError> {
    let repeated = receipts_of(connection, batch.command.id)?;
    if !repeated.is_empty() {
        return Ok(Appended {
            receipts: repeated,
            behind_ms: 0,
            repeated: true,
        });
    }
    for (stream, expected) in &batch.expected {
        let found = version_of(connection, stream)?;
        if found != *expected {
            return Err(StoreError::Conflict {
                kind: stream.kind.clone(),
                expected: *expected,
                found,
            });
        }
    }
    for (subject, wrapped) in &batch.new_keys {
        match key(connection, *subject)? {
            KeyState::Never => {}
            KeyState::Wrapped(_) => return Err(StoreError::KeyExists),
            KeyState::Destroyed => return Err(StoreError::KeyDestroyed),
        }
        connection
            .prepare_cached("INSERT INTO keys (subject, wrapped) VALUES (?1, ?2)")
            .or_failure()?
            .execute((subject.as_bytes(), wrapped.as_bytes()))
            .or_failure()?;
    }
    check_keys(connection, &batch)?;
    let node = node_of(connection)?;
    let head = heads(connection)?
        .into_iter()
        .find(|head| head.node == node)
        .unwrap_or(Head::start(node));
    let extended = head.extend(&batch.command, batch.events, batch.wall_ms)?;
    let receipts = extended
        .events
        .iter()
        .map(|event| insert(connection, event))
        .collect::<Result<_, _>>()?;
    insert_head(connection, &extended.head)?;
    for file in &batch.files {
        insert_file(connection, file)?;
    }
    apply(connection, &batch.changes)?;
    // After the changes, so that none of them can make an erased person found.
    for subject in &batch.destroyed_keys {
        connection
            .prepare_cached("UPDATE keys SET wrapped = NULL WHERE subject = ?1")
            .or_failure()?
            .execute([subject.as_bytes()])
            .or_failure()?;
        forget(connection, *subject)?;
    }
    Ok(Appended {
        receipts,
        behind_ms: extended.behind_ms,
        repeated: false,
    })
}

/// Removes what is kept of an erased person besides the log.
pub(crate) fn forget(connection: &Connection, subject: Uuid) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM files WHERE subject = ?1",
        "DELETE FROM tokens WHERE person = ?1",
    ] {
        connection
            .prepare_cached(statement)
            .or_failure()?
            .execute([subject.as_bytes()])
            .or_failure()?;
    }
    Ok(())
}

/// Applies changes of lists and search.
pub(crate) fn apply(connection: &Connection, changes: &[Change]) -> Result<(), StoreError> {
    for change in changes {
        match change {
            Change::Put(entry) => put(connection, entry)?,
            Change::Remove { list, id } => {
                connection
                    .prepare_cached("DELETE FROM entries WHERE list = ?1 AND id = ?2")
                    .or_failure()?
                    .execute((list.as_str(), id.as_bytes()))
                    .or_failure()?;
            }
            Change::Tokens { person, tokens } => {
                connection
                    .prepare_cached("DELETE FROM tokens WHERE person = ?1")
                    .or_failure()?
                    .execute([person.as_bytes()])
                    .or_failure()?;
                // Whoever was erased is found no more, whatever is made of events before that.
                let mut insert = connection
                    .prepare_cached(
                        "INSERT OR IGNORE INTO tokens (token, person) SELECT ?1, ?2 \
                         WHERE NOT EXISTS (SELECT 1 FROM keys WHERE subject = ?2 AND wrapped IS NULL)",
                    )
                    .or_failure()?;
                for token in tokens {
                    insert.execute((token.0, person.as_bytes())).or_failure()?;
                }
            }
        }
    }
    Ok(())
}

/// Puts newly wrapped keys in the place of others.
pub(crate) fn replace_keys(connection: &Connection, keys: &[Rewrapped]) -> Result<(), StoreError> {
    let mut update = connection
        .prepare_cached("UPDATE keys SET wrapped = ?3 WHERE subject = ?1 AND wrapped = ?2")
        .or_failure()?;
    for one in keys {
        let changed = update
            .execute((
                one.subject.as_bytes(),
                one.from.as_bytes(),
                one.to.as_bytes(),
            ))
            .or_failure()?;
        if changed != 1 {
            return Err(StoreError::KeyChanged);
        }
    }
    Ok(())
}

fn receipts_of(connection: &Connection, command: CommandId) -> Result<Vec<Receipt>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id, position, sequence, stream_version, clock FROM events WHERE command = ?1 ORDER BY part")
        .or_failure()?;
    let mut rows = statement.query([command.uuid().as_bytes()]).or_failure()?;
    let mut receipts = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        receipts.push(Receipt {
            id: EventId::new(uuid(blob(row, 0)?)?).map_err(|_| StoreError::Corrupt)?,
            position: unsigned(integer(row, 1)?)?,
            sequence: unsigned(integer(row, 2)?)?,
            version: unsigned(integer(row, 3)?)?,
            clock: Clock::from_packed(unsigned(integer(row, 4)?)?)
                .map_err(|_| StoreError::Corrupt)?,
        });
    }
    Ok(receipts)
}

fn version_of(connection: &Connection, stream: &StreamId) -> Result<u64, StoreError> {
    let found: i64 = connection
        .prepare_cached(
            "SELECT coalesce(max(stream_version), 0) FROM events WHERE kind = ?1 AND stream = ?2",
        )
        .or_failure()?
        .query_row((&*stream.kind, stream.id.as_bytes()), |row| row.get(0))
        .or_failure()?;
    unsigned(found)
}

/// Whatever is sealed must be openable, and whoever is erased must have been there.
fn check_keys(connection: &Connection, batch: &Batch) -> Result<(), StoreError> {
    let sealed = batch
        .events
        .iter()
        .filter(|draft| draft.sealed.is_some())
        .filter_map(|draft| draft.subject);
    let files = batch.files.iter().map(|file| file.subject);
    let needed: BTreeSet<Uuid> = sealed
        .chain(files)
        .chain(batch.destroyed_keys.iter().copied())
        .collect();
    for subject in needed {
        match key(connection, subject)? {
            KeyState::Wrapped(_) => {}
            KeyState::Never => return Err(StoreError::KeyMissing),
            KeyState::Destroyed => return Err(StoreError::KeyDestroyed),
        }
    }
    Ok(())
}

pub(crate) fn insert(connection: &Connection, event: &Event) -> Result<Receipt, StoreError> {
    let version = version_of(connection, &event.stream())? + 1;
    let (user, program) = match &event.command.actor {
        Actor::User(id) => (Some(id.as_bytes()), None),
        Actor::Program(code) => (None, Some(code.as_str())),
    };
    connection
        .prepare_cached(
            "INSERT INTO events (id, node, sequence, clock, command, part, parts, actor_user, actor_program, purpose, \
             stream, stream_version, name, version, subject, open, sealed, sealed_digest, previous, hash) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        )
        .or_failure()?
        .execute(rusqlite::params![
            event.id.uuid().as_bytes(),
            event.node.uuid().as_bytes(),
            signed(event.sequence)?,
            signed(event.clock.packed())?,
            event.command.id.uuid().as_bytes(),
            event.part,
            event.parts,
            user,
            program,
            event.command.purpose.as_str(),
            event.stream.as_bytes(),
            signed(version)?,
            event.name.as_str(),
            event.version,
            event.subject.as_ref().map(Uuid::as_bytes),
            event.open,
            event.sealed.bytes(),
            event.sealed.digest().map(|digest| digest.0),
            event.previous.0,
            event.hash.0,
        ])
        .map_err(|error| taken(&error))?;
    Ok(Receipt {
        id: event.id,
        position: unsigned(connection.last_insert_rowid())?,
        sequence: event.sequence,
        version,
        clock: event.clock,
    })
}

pub(crate) fn insert_file(connection: &Connection, file: &File) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO files (id, subject, sealed) VALUES (?1, ?2, ?3)")
        .or_failure()?
        .execute((file.id.as_bytes(), file.subject.as_bytes(), &file.sealed))
        .map_err(|error| taken(&error))?;
    Ok(())
}

/// The only constraint a caller can break here is that identifiers are used once.
fn taken(error: &rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => StoreError::IdTaken,
        _ => failure(error),
    }
}

fn put(connection: &Connection, entry: &Entry) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO entries (list, id, owner, person, state, at, classes, open) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .or_failure()?
        .execute((
            entry.list.as_str(),
            entry.id.as_bytes(),
            entry.owner.as_bytes(),
            entry.person.as_ref().map(Uuid::as_bytes),
            entry.state.as_str(),
            entry.at_ms.unwrap_or(NO_TIME),
            entry.classes,
            &entry.open,
        ))
        .or_failure()?;
    Ok(())
}
