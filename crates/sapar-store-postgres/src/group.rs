//! One transaction for a whole group: a few questions, a few statements.

use std::collections::{HashMap, HashSet};

use sapar_ledger::{Actor, Event, Head, StreamId};
use sapar_sealing::Token;
use sapar_store::{KeyState, Rewrapped, StoreError};
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use crate::connection::Connection;
use crate::decide::{Known, Lists, Needed, Writes};
use crate::rows::{
    NO_TIME, RECEIPT_COLUMNS, head, key_state, number, receipt, signed, value, wrapped,
};

/// What stands for a value in a statement.
type Value<'v> = &'v (dyn ToSql + Sync);

/// Begins a transaction that nobody else writes beside.
pub(crate) async fn begin(connection: &Connection) -> Result<(), StoreError> {
    connection
        .run("BEGIN; SELECT 1 FROM sapar_store FOR UPDATE")
        .await
}

/// Asks all that the decisions of a group need. All questions are on their way before the first is answered.
pub(crate) async fn ask(connection: &Connection, needed: &Needed) -> Result<Known, StoreError> {
    let commands: Vec<Uuid> = needed.commands.iter().map(|id| id.uuid()).collect();
    // No event has such a kind, and the server would not even take every text.
    let streams = needed
        .streams
        .iter()
        .filter(|stream| sapar_ledger::Code::new(&stream.kind).is_ok());
    let (kinds, ids): (Vec<&str>, Vec<Uuid>) =
        streams.map(|stream| (&*stream.kind, stream.id)).unzip();
    let subjects: Vec<Uuid> = needed.subjects.iter().copied().collect();
    let events: Vec<Uuid> = needed.events.iter().copied().collect();
    let files: Vec<Uuid> = needed.files.iter().copied().collect();
    let receipts = format!(
        "SELECT {RECEIPT_COLUMNS} FROM events WHERE command = ANY ($1) ORDER BY command, part"
    );
    let of_commands: [Value<'_>; 1] = [&commands];
    let of_streams: [Value<'_>; 2] = [&kinds, &ids];
    let (end, receipts, versions, keys, events, files) = tokio::join!(
        connection.query_one(
            "SELECT c.node, c.sequence, c.hash, c.clock, s.position FROM sapar_store s JOIN chains c USING (node)",
            &[],
        ),
        connection.query(&receipts, &of_commands),
        connection.query(
            "SELECT asked.kind, asked.stream, \
             (SELECT max(e.stream_version) FROM events e WHERE e.kind = asked.kind AND e.stream = asked.stream) \
             FROM unnest($1::TEXT[], $2::UUID[]) AS asked (kind, stream)",
            &of_streams,
        ),
        query_unless_empty(connection, "SELECT subject, wrapped FROM keys WHERE subject = ANY ($1)", &subjects),
        query_unless_empty(connection, "SELECT id FROM events WHERE id = ANY ($1)", &events),
        query_unless_empty(connection, "SELECT id FROM files WHERE id = ANY ($1)", &files),
    );
    cause([
        end.as_ref().err(),
        receipts.as_ref().err(),
        versions.as_ref().err(),
        keys.as_ref().err(),
        events.as_ref().err(),
        files.as_ref().err(),
    ])?;
    let end = end?;
    let mut known = Known {
        head: head(&end)?,
        position: number(&end, 4)?,
        receipts: HashMap::new(),
        versions: HashMap::new(),
        keys: HashMap::new(),
        events: HashSet::new(),
        files: HashSet::new(),
    };
    for row in &receipts? {
        let (command, receipt) = receipt(row)?;
        known.receipts.entry(command).or_default().push(receipt);
    }
    for row in &versions? {
        let stream = StreamId::new(value(row, 0)?, value(row, 1)?);
        if let Some(version) = value::<Option<i64>>(row, 2)? {
            known
                .versions
                .insert(stream, crate::rows::unsigned(version)?);
        }
    }
    for row in &keys? {
        known.keys.insert(value(row, 0)?, key_state(row, 1)?);
    }
    for row in &events? {
        known.events.insert(value(row, 0)?);
    }
    for row in &files? {
        known.files.insert(value(row, 0)?);
    }
    Ok(known)
}

/// The error that was the first: statements that were on their way behind it were refused because of it, and say nothing.
fn cause<const N: usize>(errors: [Option<&StoreError>; N]) -> Result<(), StoreError> {
    let follows =
        |error: &StoreError| matches!(error, StoreError::Failed { code } if &**code == FOLLOWS);
    let errors = || errors.into_iter().flatten();
    match errors().find(|error| !follows(error)).or(errors().next()) {
        Some(first) => Err(first.clone()),
        None => Ok(()),
    }
}

/// The server's code for a statement in a transaction that has failed already.
const FOLLOWS: &str = "25P02";

async fn query_unless_empty(
    connection: &Connection,
    sql: &str,
    ids: &Vec<Uuid>,
) -> Result<Vec<tokio_postgres::Row>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    connection.query(sql, &[ids]).await
}

/// Writes what was decided.
pub(crate) async fn write(
    connection: &Connection,
    known: &Known,
    writes: &Writes<'_>,
) -> Result<(), StoreError> {
    if writes.events.is_empty() {
        return Ok(());
    }
    let position = signed(known.position)?;
    let stored: [Value<'_>; 1] = [&position];
    let (events, head, place, keys, files) = tokio::join!(
        insert_events(connection, &writes.events),
        put_head(connection, &known.head),
        connection.execute("UPDATE sapar_store SET position = $1", &stored),
        insert_keys(connection, writes),
        insert_files(connection, writes),
    );
    cause([
        events.as_ref().err(),
        head.as_ref().err(),
        place.as_ref().err(),
        keys.as_ref().err(),
        files.as_ref().err(),
    ])?;
    if !writes.destroyed.is_empty() {
        let destroyed: [Value<'_>; 1] = [&writes.destroyed];
        let (keys, files) = tokio::join!(
            connection.execute(
                "UPDATE keys SET wrapped = NULL WHERE subject = ANY ($1)",
                &destroyed,
            ),
            connection.execute("DELETE FROM files WHERE subject = ANY ($1)", &destroyed),
        );
        cause([keys.as_ref().err(), files.as_ref().err()])?;
    }
    write_lists(connection, &writes.lists).await
}

/// Writes lists and search; after keys were destroyed, so that nobody erased is found.
pub(crate) async fn write_lists(
    connection: &Connection,
    lists: &Lists<'_>,
) -> Result<(), StoreError> {
    let (put, removed, tokens) = tokio::join!(
        put_lines(connection, lists),
        remove_lines(connection, lists),
        remove_tokens(connection, lists),
    );
    cause([
        put.as_ref().err(),
        removed.as_ref().err(),
        tokens.as_ref().err(),
    ])?;
    let mut tokens = Vec::new();
    for (person, of_person) in &lists.tokens {
        tokens.extend(of_person.iter().map(|token| (*token, *person)));
    }
    put_tokens(connection, &tokens).await
}

/// Makes persons found by tokens; whoever was erased is left out.
pub(crate) async fn put_tokens(
    connection: &Connection,
    tokens: &[(Token, Uuid)],
) -> Result<(), StoreError> {
    if tokens.is_empty() {
        return Ok(());
    }
    let (tokens, persons): (Vec<&[u8]>, Vec<Uuid>) = tokens
        .iter()
        .map(|(token, person)| (token.0.as_slice(), *person))
        .unzip();
    connection
        .execute(
            "INSERT INTO tokens (token, person) SELECT token, person FROM unnest($1::BYTEA[], $2::UUID[]) AS new (token, person) \
             WHERE NOT EXISTS (SELECT FROM keys WHERE subject = new.person AND wrapped IS NULL) ON CONFLICT DO NOTHING",
            &[&tokens, &persons],
        )
        .await
        .map(drop)
}

pub(crate) async fn put_head(connection: &Connection, head: &Head) -> Result<(), StoreError> {
    connection
        .execute(
            "INSERT INTO chains (node, sequence, hash, clock) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (node) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash, clock = excluded.clock",
            &[
                &head.node.uuid(),
                &signed(head.sequence)?,
                &head.hash.0.as_slice(),
                &signed(head.clock.packed())?,
            ],
        )
        .await
        .map(drop)
}

/// Inserts events with their places in the log and in their streams.
pub(crate) async fn insert_events(
    connection: &Connection,
    all: &[(Event, u64, u64)],
) -> Result<(), StoreError> {
    let count = all.len();
    macro_rules! column {
        ($event:ident, $value:expr) => {{
            let mut column = Vec::with_capacity(count);
            for ($event, _, _) in all {
                column.push($value);
            }
            column
        }};
    }
    let digests = column!(event, event.sealed.digest());
    let positions: Vec<i64> = all
        .iter()
        .map(|(_, position, _)| signed(*position))
        .collect::<Result<_, _>>()?;
    let versions: Vec<i64> = all
        .iter()
        .map(|(_, _, version)| signed(*version))
        .collect::<Result<_, _>>()?;
    let users = column!(
        event,
        match &event.command.actor {
            Actor::User(id) => Some(*id),
            Actor::Program(_) => None,
        }
    );
    let programs = column!(
        event,
        match &event.command.actor {
            Actor::User(_) => None,
            Actor::Program(code) => Some(code.as_str()),
        }
    );
    connection
        .execute(
            "INSERT INTO events (position, id, node, sequence, clock, command, part, parts, actor_user, actor_program, purpose, \
             name, stream, stream_version, version, subject, open, sealed, sealed_digest, previous, hash) \
             SELECT * FROM unnest($1::BIGINT[], $2::UUID[], $3::UUID[], $4::BIGINT[], $5::BIGINT[], $6::UUID[], $7::INTEGER[], \
             $8::INTEGER[], $9::UUID[], $10::TEXT[], $11::TEXT[], $12::TEXT[], $13::UUID[], $14::BIGINT[], $15::INTEGER[], \
             $16::UUID[], $17::BYTEA[], $18::BYTEA[], $19::BYTEA[], $20::BYTEA[], $21::BYTEA[])",
            &[
                &positions,
                &column!(event, event.id.uuid()),
                &column!(event, event.node.uuid()),
                &column!(event, signed(event.sequence)?),
                &column!(event, signed(event.clock.packed())?),
                &column!(event, event.command.id.uuid()),
                &column!(event, i32::from(event.part)),
                &column!(event, i32::from(event.parts)),
                &users,
                &programs,
                &column!(event, event.command.purpose.as_str()),
                &column!(event, event.name.as_str()),
                &column!(event, event.stream),
                &versions,
                &column!(event, i32::from(event.version)),
                &column!(event, event.subject),
                &column!(event, event.open.as_slice()),
                &column!(event, event.sealed.bytes()),
                &digests
                    .iter()
                    .map(|digest| digest.as_ref().map(|digest| digest.0.as_slice()))
                    .collect::<Vec<_>>(),
                &column!(event, event.previous.0.as_slice()),
                &column!(event, event.hash.0.as_slice()),
            ],
        )
        .await
        .map(drop)
}

async fn insert_keys(connection: &Connection, writes: &Writes<'_>) -> Result<(), StoreError> {
    if writes.keys.is_empty() {
        return Ok(());
    }
    let (subjects, wrapped): (Vec<Uuid>, Vec<&[u8]>) = writes
        .keys
        .iter()
        .map(|(subject, wrapped)| (*subject, wrapped.as_bytes()))
        .unzip();
    connection
        .execute(
            "INSERT INTO keys (subject, wrapped) SELECT * FROM unnest($1::UUID[], $2::BYTEA[])",
            &[&subjects, &wrapped],
        )
        .await
        .map(drop)
}

async fn insert_files(connection: &Connection, writes: &Writes<'_>) -> Result<(), StoreError> {
    // One by one: files are large, and few.
    for file in &writes.files {
        connection
            .execute(
                "INSERT INTO files (id, subject, sealed) VALUES ($1, $2, $3)",
                &[&file.id, &file.subject, &file.sealed],
            )
            .await?;
    }
    Ok(())
}

async fn put_lines(connection: &Connection, lists: &Lists<'_>) -> Result<(), StoreError> {
    let lines: Vec<_> = lists.lines.values().flatten().collect();
    if lines.is_empty() {
        return Ok(());
    }
    macro_rules! column {
        ($line:ident, $value:expr) => {
            &lines.iter().map(|$line| $value).collect::<Vec<_>>()
        };
    }
    connection
        .execute(
            "INSERT INTO entries (list, id, owner, person, state, at, classes, open) \
             SELECT * FROM unnest($1::TEXT[], $2::UUID[], $3::UUID[], $4::UUID[], $5::TEXT[], $6::BIGINT[], $7::BIGINT[], $8::BYTEA[]) \
             ON CONFLICT (list, id) DO UPDATE SET owner = excluded.owner, person = excluded.person, state = excluded.state, \
             at = excluded.at, classes = excluded.classes, open = excluded.open",
            &[
                column!(line, line.list.as_str()),
                column!(line, line.id),
                column!(line, line.owner),
                column!(line, line.person),
                column!(line, line.state.as_str()),
                column!(line, line.at_ms.unwrap_or(NO_TIME)),
                column!(line, i64::from(line.classes)),
                column!(line, line.open.as_slice()),
            ],
        )
        .await
        .map(drop)
}

async fn remove_lines(connection: &Connection, lists: &Lists<'_>) -> Result<(), StoreError> {
    let (of, ids): (Vec<&str>, Vec<Uuid>) = lists
        .lines
        .iter()
        .filter(|(_, line)| line.is_none())
        .map(|(place, _)| *place)
        .unzip();
    if ids.is_empty() {
        return Ok(());
    }
    connection
        .execute(
            "DELETE FROM entries USING unnest($1::TEXT[], $2::UUID[]) AS gone (list, id) \
             WHERE entries.list = gone.list AND entries.id = gone.id",
            &[&of, &ids],
        )
        .await
        .map(drop)
}

async fn remove_tokens(connection: &Connection, lists: &Lists<'_>) -> Result<(), StoreError> {
    if lists.tokens.is_empty() {
        return Ok(());
    }
    let persons: Vec<Uuid> = lists.tokens.keys().copied().collect();
    connection
        .execute("DELETE FROM tokens WHERE person = ANY ($1)", &[&persons])
        .await
        .map(drop)
}

/// Puts newly wrapped keys in the place of others, all or none: the transaction is not spoilt when it refuses.
pub(crate) async fn replace_keys(
    connection: &Connection,
    keys: &[Rewrapped],
) -> Result<(), StoreError> {
    let subjects: Vec<Uuid> = keys.iter().map(|one| one.subject).collect();
    let rows = connection
        .query(
            "SELECT subject, wrapped FROM keys WHERE subject = ANY ($1)",
            &[&subjects],
        )
        .await?;
    let mut there = HashMap::new();
    for row in &rows {
        if let Some(bytes) = value::<Option<Vec<u8>>>(row, 1)? {
            there.insert(value::<Uuid>(row, 0)?, wrapped(bytes)?);
        }
    }
    for one in keys {
        // Taken out, so that one person named twice is refused the second time.
        if there.remove(&one.subject).as_ref() != Some(&one.from) {
            return Err(StoreError::KeyChanged);
        }
    }
    let new: Vec<&[u8]> = keys.iter().map(|one| one.to.as_bytes()).collect();
    connection
        .execute(
            "UPDATE keys SET wrapped = new.wrapped FROM unnest($1::UUID[], $2::BYTEA[]) AS new (subject, wrapped) \
             WHERE keys.subject = new.subject",
            &[&subjects, &new],
        )
        .await
        .map(drop)
}

/// The state of a person's key.
pub(crate) async fn key(connection: &Connection, subject: Uuid) -> Result<KeyState, StoreError> {
    let rows = connection
        .query("SELECT wrapped FROM keys WHERE subject = $1", &[&subject])
        .await?;
    rows.first()
        .map_or(Ok(KeyState::Never), |row| key_state(row, 0))
}
