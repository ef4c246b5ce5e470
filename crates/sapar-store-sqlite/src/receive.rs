//! Taking over what another store holds; the caller has opened the savepoint.

use rusqlite::{Connection, OptionalExtension};
use sapar_ledger::{Clock, Code, Head};
use sapar_store::{File, KeyState, LIMIT_MAX, Received, Record, StoreError};
use uuid::Uuid;

use crate::append::{forget, insert, insert_file};
use crate::failure::OrFailure;
use crate::rows::{
    blob, code, heads, insert_head, key, key_state, node_of, signed, text, unsigned, uuid,
};

/// Takes all over that is not here; gives how many events were new.
pub(crate) fn receive(connection: &Connection, received: &Received) -> Result<u64, StoreError> {
    for (subject, state) in &received.keys {
        receive_key(connection, *subject, state)?;
    }
    let heads = heads(connection)?;
    let (new, ends) = received.new_events(&heads)?;
    for event in received.events.iter().filter(|event| {
        let before = heads.iter().find(|head| head.node == event.node);
        before.is_some_and(|head| event.sequence <= head.sequence)
    }) {
        let same: Option<bool> = connection
            .prepare_cached("SELECT hash = ?3 FROM events WHERE node = ?1 AND sequence = ?2")
            .or_failure()?
            .query_row(
                (
                    event.node.uuid().as_bytes(),
                    signed(event.sequence)?,
                    event.hash.0,
                ),
                |row| row.get(0),
            )
            .optional()
            .or_failure()?;
        if same != Some(true) {
            return Err(StoreError::Forked {
                node: event.node,
                sequence: event.sequence,
            });
        }
    }
    for event in &new {
        insert(connection, event)?;
    }
    for end in &ends {
        insert_head(connection, end)?;
    }
    begin_later(connection, &ends)?;
    for file in &received.files {
        receive_file(connection, file)?;
    }
    for (space, key, record) in &received.records {
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO records (space, key, value, version, expires) VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .or_failure()?
            .execute((
                space.as_str(),
                key,
                &record.value,
                signed(record.version)?,
                record.expires_ms,
            ))
            .or_failure()?;
    }
    Ok(new.len() as u64)
}

/// What this node writes first is later than all that was taken over before it.
fn begin_later(connection: &Connection, ends: &[Head]) -> Result<(), StoreError> {
    let node = node_of(connection)?;
    let latest = ends
        .iter()
        .map(|head| head.clock)
        .max()
        .unwrap_or(Clock::START);
    for own in heads(connection)? {
        if own.node == node && own.sequence == 0 && own.clock < latest {
            insert_head(
                connection,
                &Head {
                    clock: latest,
                    ..own
                },
            )?;
        }
    }
    Ok(())
}

fn receive_key(connection: &Connection, subject: Uuid, state: &KeyState) -> Result<(), StoreError> {
    match state {
        KeyState::Never => Ok(()),
        KeyState::Wrapped(wrapped) => connection
            .prepare_cached("INSERT OR IGNORE INTO keys (subject, wrapped) VALUES (?1, ?2)")
            .or_failure()?
            .execute((subject.as_bytes(), wrapped.as_bytes()))
            .or_failure()
            .map(drop),
        KeyState::Destroyed => {
            connection
                .prepare_cached("INSERT OR REPLACE INTO keys (subject, wrapped) VALUES (?1, NULL)")
                .or_failure()?
                .execute([subject.as_bytes()])
                .or_failure()?;
            forget(connection, subject)
        }
    }
}

fn receive_file(connection: &Connection, file: &File) -> Result<(), StoreError> {
    match key(connection, file.subject)? {
        KeyState::Destroyed => return Ok(()),
        KeyState::Never => return Err(StoreError::KeyMissing),
        KeyState::Wrapped(_) => {}
    }
    let there: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM files WHERE id = ?1)")
        .or_failure()?
        .query_row([file.id.as_bytes()], |row| row.get(0))
        .or_failure()?;
    if there {
        return Ok(());
    }
    insert_file(connection, file)
}

pub(crate) fn key_states(
    connection: &Connection,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<(Uuid, KeyState)>, StoreError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT subject, wrapped FROM keys WHERE subject > ?1 ORDER BY subject LIMIT ?2",
        )
        .or_failure()?;
    // No identifier is as short as the empty one.
    let after = after.as_ref().map_or(&[][..], |subject| subject.as_bytes());
    let mut rows = statement
        .query((after, limit.min(LIMIT_MAX)))
        .or_failure()?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        let wrapped: Option<Vec<u8>> = row.get(1).or_failure()?;
        found.push((uuid(blob(row, 0)?)?, key_state(Some(wrapped))?));
    }
    Ok(found)
}

pub(crate) fn file_ids(
    connection: &Connection,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id, subject FROM files WHERE id > ?1 ORDER BY id LIMIT ?2")
        .or_failure()?;
    let after = after.as_ref().map_or(&[][..], |file| file.as_bytes());
    let mut rows = statement
        .query((after, limit.min(LIMIT_MAX)))
        .or_failure()?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        found.push((uuid(blob(row, 0)?)?, uuid(blob(row, 1)?)?));
    }
    Ok(found)
}

pub(crate) fn all_records(
    connection: &Connection,
    after: Option<(Code, Vec<u8>)>,
    limit: u32,
) -> Result<Vec<(Code, Vec<u8>, Record)>, StoreError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT value, version, expires, space, key FROM records WHERE (space, key) > (?1, ?2) ORDER BY space, key LIMIT ?3",
        )
        .or_failure()?;
    // No space is as short as the empty one.
    let (space, key) = after
        .as_ref()
        .map_or(("", &[][..]), |(space, key)| (space.as_str(), key));
    let mut rows = statement
        .query((space, key, limit.min(LIMIT_MAX)))
        .or_failure()?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        let record = Record {
            value: blob(row, 0)?.to_vec(),
            version: unsigned(row.get(1).or_failure()?)?,
            expires_ms: row.get(2).or_failure()?,
        };
        found.push((code(text(row, 3)?)?, blob(row, 4)?.to_vec(), record));
    }
    Ok(found)
}
