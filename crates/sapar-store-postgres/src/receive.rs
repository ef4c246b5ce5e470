//! Taking over what another store holds; the caller has begun the transaction.

use sapar_ledger::{Clock, Code, Event, Head};
use sapar_store::{KeyState, LIMIT_MAX, Received, Record, StoreError};
use uuid::Uuid;

use crate::connection::Connection;
use crate::decide::Needed;
use crate::group::{ask, insert_events, key, put_head};
use crate::read::heads;
use crate::rows::{self, code, key_state, signed, value};

/// Takes all over that is not here; gives how many events were new.
pub(crate) async fn receive(
    connection: &Connection,
    received: &Received,
) -> Result<u64, StoreError> {
    receive_keys(connection, &received.keys).await?;
    let heads = heads(connection).await?;
    let (new, ends) = received.new_events(&heads)?;
    let old = received.events.iter().filter(|event| {
        let before = heads.iter().find(|head| head.node == event.node);
        before.is_some_and(|head| event.sequence <= head.sequence)
    });
    refuse_a_fork(connection, old.collect()).await?;
    append(connection, &new).await?;
    for end in &ends {
        put_head(connection, end).await?;
    }
    begin_later(connection, &heads, &ends).await?;
    for file in &received.files {
        match key(connection, file.subject).await? {
            KeyState::Destroyed => continue,
            KeyState::Never => return Err(StoreError::KeyMissing),
            KeyState::Wrapped(_) => {}
        }
        connection
            .execute(
                "INSERT INTO files (id, subject, sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                &[&file.id, &file.subject, &file.sealed],
            )
            .await?;
    }
    for (space, key, record) in &received.records {
        connection
            .execute(
                "INSERT INTO records (space, key, value, version, expires) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                &[
                    &space.as_str(),
                    key,
                    &record.value,
                    &signed(record.version)?,
                    &record.expires_ms,
                ],
            )
            .await?;
    }
    Ok(new.len() as u64)
}

async fn append(connection: &Connection, new: &[&Event]) -> Result<(), StoreError> {
    if new.is_empty() {
        return Ok(());
    }
    let mut needed = Needed::default();
    for event in new {
        needed.streams.insert(event.stream());
        needed.events.insert(event.id.uuid());
    }
    let mut known = ask(connection, &needed).await?;
    if !known.events.is_empty() {
        return Err(StoreError::IdTaken);
    }
    let mut placed = Vec::with_capacity(new.len());
    for event in new {
        known.position += 1;
        let version = known.versions.entry(event.stream()).or_default();
        *version += 1;
        placed.push(((*event).clone(), known.position, *version));
    }
    insert_events(connection, &placed).await?;
    connection
        .execute(
            "UPDATE sapar_store SET position = $1",
            &[&signed(known.position)?],
        )
        .await
        .map(drop)
}

/// What is here already must be the same.
async fn refuse_a_fork(connection: &Connection, old: Vec<&Event>) -> Result<(), StoreError> {
    if old.is_empty() {
        return Ok(());
    }
    let nodes: Vec<Uuid> = old.iter().map(|event| event.node.uuid()).collect();
    let sequences: Vec<i64> = old
        .iter()
        .map(|event| signed(event.sequence))
        .collect::<Result<_, _>>()?;
    let hashes: Vec<&[u8]> = old.iter().map(|event| event.hash.0.as_slice()).collect();
    let rows = connection
        .query(
            "SELECT coalesce(events.hash = given.hash, FALSE) \
             FROM unnest($1::UUID[], $2::BIGINT[], $3::BYTEA[]) WITH ORDINALITY AS given (node, sequence, hash, place) \
             LEFT JOIN events USING (node, sequence) ORDER BY given.place",
            &[&nodes, &sequences, &hashes],
        )
        .await?;
    for (row, event) in rows.iter().zip(old) {
        if !value::<bool>(row, 0)? {
            return Err(StoreError::Forked {
                node: event.node,
                sequence: event.sequence,
            });
        }
    }
    Ok(())
}

/// What this node writes first is later than all that was taken over before it.
async fn begin_later(
    connection: &Connection,
    before: &[Head],
    ends: &[Head],
) -> Result<(), StoreError> {
    let row = connection
        .query_one("SELECT node FROM sapar_store", &[])
        .await?;
    let node = rows::node_id(value(&row, 0)?)?;
    let latest = ends
        .iter()
        .map(|head| head.clock)
        .max()
        .unwrap_or(Clock::START);
    if ends.iter().any(|head| head.node == node) {
        return Ok(());
    }
    for own in before {
        if own.node == node && own.sequence == 0 && own.clock < latest {
            let later = Head {
                clock: latest,
                ..*own
            };
            put_head(connection, &later).await?;
        }
    }
    Ok(())
}

async fn receive_keys(
    connection: &Connection,
    keys: &[(Uuid, KeyState)],
) -> Result<(), StoreError> {
    if keys.is_empty() {
        return Ok(());
    }
    let (mut subjects, mut wrapped): (Vec<Uuid>, Vec<&[u8]>) = Default::default();
    let mut destroyed: Vec<Uuid> = Vec::new();
    for (subject, state) in keys {
        match state {
            KeyState::Never => {}
            KeyState::Wrapped(key) => {
                subjects.push(*subject);
                wrapped.push(key.as_bytes());
            }
            KeyState::Destroyed => destroyed.push(*subject),
        }
    }
    connection
        .execute(
            "INSERT INTO keys (subject, wrapped) SELECT * FROM unnest($1::UUID[], $2::BYTEA[]) ON CONFLICT DO NOTHING",
            &[&subjects, &wrapped],
        )
        .await?;
    for sql in [
        "INSERT INTO keys (subject) SELECT unnest($1::UUID[]) ON CONFLICT (subject) DO UPDATE SET wrapped = NULL",
        "DELETE FROM files WHERE subject = ANY ($1)",
        "DELETE FROM tokens WHERE person = ANY ($1)",
    ] {
        connection.execute(sql, &[&destroyed]).await?;
    }
    Ok(())
}

pub(crate) async fn key_states(
    connection: &Connection,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<(Uuid, KeyState)>, StoreError> {
    let rows = connection
        .query(
            "SELECT subject, wrapped FROM keys WHERE ($1::UUID IS NULL OR subject > $1) ORDER BY subject LIMIT $2",
            &[&after, &i64::from(limit.min(LIMIT_MAX))],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((value(row, 0)?, key_state(row, 1)?)))
        .collect()
}

pub(crate) async fn file_ids(
    connection: &Connection,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    let rows = connection
        .query(
            "SELECT id, subject FROM files WHERE ($1::UUID IS NULL OR id > $1) ORDER BY id LIMIT $2",
            &[&after, &i64::from(limit.min(LIMIT_MAX))],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((value(row, 0)?, value(row, 1)?)))
        .collect()
}

pub(crate) async fn all_records(
    connection: &Connection,
    after: Option<&(Code, Vec<u8>)>,
    limit: u32,
) -> Result<Vec<(Code, Vec<u8>, Record)>, StoreError> {
    // No space is as short as the empty one.
    let (space, key) = after.map_or(("", &[][..]), |(space, key)| (space.as_str(), key));
    let rows = connection
        .query(
            "SELECT value, version, expires, space, key FROM records WHERE (space, key) > ($1, $2) ORDER BY space, key LIMIT $3",
            &[&space, &key, &i64::from(limit.min(LIMIT_MAX))],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((code(value(row, 3)?)?, value(row, 4)?, rows::record(row)?)))
        .collect()
}
