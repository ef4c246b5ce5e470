//! Questions, each answered from one snapshot.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Params, params_from_iter};
use sapar_ledger::{Code, Event, NodeId, StreamId};
use sapar_sealing::{Token, Wrapped};
use sapar_store::{LIMIT_MAX, Record, Recorded, StoreError};
use uuid::Uuid;

use crate::failure::OrFailure;
use crate::rows::{EVENT_COLUMNS, blob, integer, recorded, signed, unsigned, uuid};

pub(crate) fn stream(
    connection: &Connection,
    stream: &StreamId,
    after: u64,
) -> Result<Vec<Recorded>, StoreError> {
    let rest = "WHERE kind = ?1 AND stream = ?2 AND stream_version > ?3 ORDER BY stream_version";
    events(
        connection,
        rest,
        (&*stream.kind, stream.id.as_bytes(), signed(after)?),
    )
}

pub(crate) fn log(
    connection: &Connection,
    after: u64,
    limit: u32,
) -> Result<Vec<Recorded>, StoreError> {
    events(
        connection,
        "WHERE position > ?1 ORDER BY position LIMIT ?2",
        (signed(after)?, limit.min(LIMIT_MAX)),
    )
}

pub(crate) fn chain(
    connection: &Connection,
    node: NodeId,
    after: u64,
    limit: u32,
) -> Result<Vec<Event>, StoreError> {
    let rest = "WHERE node = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3";
    let found = events(
        connection,
        rest,
        (node.uuid().as_bytes(), signed(after)?, limit.min(LIMIT_MAX)),
    )?;
    Ok(found.into_iter().map(|one| one.event).collect())
}

fn events(
    connection: &Connection,
    rest: &str,
    parameters: impl Params,
) -> Result<Vec<Recorded>, StoreError> {
    let mut statement = connection
        .prepare_cached(&format!("SELECT {EVENT_COLUMNS} FROM events {rest}"))
        .or_failure()?;
    let mut rows = statement.query(parameters).or_failure()?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        found.push(recorded(row)?);
    }
    Ok(found)
}

pub(crate) fn keys(
    connection: &Connection,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<(Uuid, Wrapped)>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT subject, wrapped FROM keys WHERE subject > ?1 AND wrapped IS NOT NULL ORDER BY subject LIMIT ?2")
        .or_failure()?;
    // No identifier is as short as the empty one.
    let after = after.as_ref().map_or(&[][..], |subject| subject.as_bytes());
    let mut rows = statement
        .query((after, limit.min(LIMIT_MAX)))
        .or_failure()?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        let wrapped =
            Wrapped::from_bytes(blob(row, 1)?.to_vec()).map_err(|_| StoreError::Corrupt)?;
        found.push((uuid(blob(row, 0)?)?, wrapped));
    }
    Ok(found)
}

pub(crate) fn file(connection: &Connection, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
    connection
        .prepare_cached("SELECT sealed FROM files WHERE id = ?1")
        .or_failure()?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()
        .or_failure()
}

pub(crate) fn find(
    connection: &Connection,
    tokens: &[Token],
    at_least: u32,
    limit: u32,
) -> Result<Vec<(Uuid, u32)>, StoreError> {
    let tokens: BTreeSet<Token> = tokens.iter().copied().collect();
    let count = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
    let (sql, mut values) = if tokens.is_empty() || at_least > count {
        return Ok(Vec::new());
    } else if at_least == count {
        having_all(connection, &tokens)?
    } else {
        having_some(&tokens, at_least)
    };
    values.push(Value::from(i64::from(limit.min(LIMIT_MAX))));
    let mut statement = connection.prepare_cached(&sql).or_failure()?;
    let mut rows = statement.query(params_from_iter(values)).or_failure()?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        found.push((
            uuid(blob(row, 0)?)?,
            u32::try_from(integer(row, 1)?).map_err(|_| StoreError::Corrupt)?,
        ));
    }
    Ok(found)
}

fn having_some(tokens: &BTreeSet<Token>, at_least: u32) -> (String, Vec<Value>) {
    let sql = format!(
        "SELECT person, count(*) AS hits FROM tokens WHERE token IN ({}) GROUP BY person HAVING hits >= ? \
         ORDER BY hits DESC, person LIMIT ?",
        vec!["?"; tokens.len()].join(", ")
    );
    let mut values: Vec<Value> = tokens
        .iter()
        .map(|token| Value::from(token.0.to_vec()))
        .collect();
    values.push(Value::from(i64::from(at_least)));
    (sql, values)
}

/// Goes through the persons of the rarest token, in their order, and looks up the others: with a common name and a rare one
/// that takes as long as the rare one, and with common ones enough are found soon.
fn having_all(
    connection: &Connection,
    tokens: &BTreeSet<Token>,
) -> Result<(String, Vec<Value>), StoreError> {
    let mut persons = connection
        .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM tokens WHERE token = ?1 LIMIT ?2)")
        .or_failure()?;
    let mut by_persons = Vec::with_capacity(tokens.len());
    for token in tokens {
        let count: i64 = persons
            .query_row((token.0, COMMON), |row| row.get(0))
            .or_failure()?;
        by_persons.push((count, token));
    }
    by_persons.sort_unstable();
    let mut sql = format!(
        "SELECT person, {} FROM tokens AS rarest WHERE token = ?",
        tokens.len()
    );
    for _ in 1..tokens.len() {
        sql.push_str(" AND EXISTS (SELECT 1 FROM tokens AS other WHERE other.token = ? AND other.person = rarest.person)");
    }
    sql.push_str(" ORDER BY person LIMIT ?");
    let values = by_persons
        .into_iter()
        .map(|(_, token)| Value::from(token.0.to_vec()))
        .collect();
    Ok((sql, values))
}

/// A token of so many persons is common, however many more there are.
const COMMON: i64 = 5_000;

pub(crate) fn record(
    connection: &Connection,
    space: &Code,
    key: &[u8],
    now_ms: i64,
) -> Result<Option<Record>, StoreError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT value, version, expires FROM records WHERE space = ?1 AND key = ?2 AND (expires IS NULL OR expires > ?3)",
        )
        .or_failure()?;
    let mut rows = statement
        .query((space.as_str(), key, now_ms))
        .or_failure()?;
    let Some(row) = rows.next().or_failure()? else {
        return Ok(None);
    };
    Ok(Some(Record {
        value: blob(row, 0)?.to_vec(),
        version: unsigned(integer(row, 1)?)?,
        expires_ms: row.get(2).or_failure()?,
    }))
}

pub(crate) fn records(
    connection: &Connection,
    space: &Code,
    after: &[u8],
    now_ms: i64,
    limit: u32,
) -> Result<Vec<(Vec<u8>, Record)>, StoreError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT value, version, expires, key FROM records \
             WHERE space = ?1 AND key > ?2 AND (expires IS NULL OR expires > ?3) ORDER BY key LIMIT ?4",
        )
        .or_failure()?;
    let mut rows = statement
        .query((space.as_str(), after, now_ms, limit.min(LIMIT_MAX)))
        .or_failure()?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        let record = Record {
            value: blob(row, 0)?.to_vec(),
            version: unsigned(integer(row, 1)?)?,
            expires_ms: row.get(2).or_failure()?,
        };
        found.push((blob(row, 3)?.to_vec(), record));
    }
    Ok(found)
}

/// Every page and every index against its table; then the places of events, which no hash covers since they are this database's own.
pub(crate) fn check(connection: &Connection) -> Result<(), StoreError> {
    let answer: String = connection
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .or_failure()?;
    let misplaced: bool = connection
        .query_row(MISPLACED, [], |row| row.get(0))
        .or_failure()?;
    if answer == "ok" && !misplaced {
        Ok(())
    } else {
        Err(StoreError::Corrupt)
    }
}

/// Versions of a stream count from 1 without a gap, and in a stream as in a chain later places come later in the log.
const MISPLACED: &str = "SELECT EXISTS (
        SELECT 1 FROM (
            SELECT stream_version, position, lag(stream_version, 1, 0) OVER stream AS version_before,
                   lag(position, 1, 0) OVER stream AS position_before
            FROM events WINDOW stream AS (PARTITION BY kind, stream ORDER BY stream_version)
        ) WHERE stream_version <> version_before + 1 OR position <= position_before
    ) OR EXISTS (
        SELECT 1 FROM (
            SELECT position, lag(position, 1, 0) OVER chain AS position_before
            FROM events WINDOW chain AS (PARTITION BY node ORDER BY sequence)
        ) WHERE position <= position_before
    )";
