//! Questions, each one statement and so answered from one snapshot.

use std::collections::BTreeSet;

use sapar_ledger::{Code, Event, Head, NodeId, StreamId};
use sapar_sealing::{Token, Wrapped};
use sapar_store::{LIMIT_MAX, Record, Recorded, StoreError};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use crate::connection::Connection;
use crate::rows::{self, EVENT_COLUMNS, number, recorded, signed, value, wrapped};

pub(crate) async fn stream(
    connection: &Connection,
    stream: &StreamId,
    after: u64,
) -> Result<Vec<Recorded>, StoreError> {
    if Code::new(&stream.kind).is_err() {
        return Ok(Vec::new());
    }
    let rest = "WHERE kind = $1 AND stream = $2 AND stream_version > $3 ORDER BY stream_version";
    events(
        connection,
        rest,
        &[&&*stream.kind, &stream.id, &signed(after)?],
    )
    .await
}

pub(crate) async fn log(
    connection: &Connection,
    after: u64,
    limit: u32,
) -> Result<Vec<Recorded>, StoreError> {
    events(
        connection,
        "WHERE position > $1 ORDER BY position LIMIT $2",
        &[&signed(after)?, &most(limit)],
    )
    .await
}

/// Events of streams of a kind, stream by stream, after a stream and a version.
pub(crate) async fn kind_after(
    connection: &Connection,
    kind: &str,
    after: Option<(Uuid, u64)>,
    limit: u32,
) -> Result<Vec<Recorded>, StoreError> {
    // No version is before the first.
    let (stream, version) = after.unwrap_or((Uuid::nil(), 0));
    events(
        connection,
        "WHERE kind = $1 AND (stream, stream_version) > ($2, $3) ORDER BY stream, stream_version LIMIT $4",
        &[&kind, &stream, &signed(version)?, &most(limit)],
    )
    .await
}

pub(crate) async fn chain(
    connection: &Connection,
    node: NodeId,
    after: u64,
    limit: u32,
) -> Result<Vec<Event>, StoreError> {
    let rest = "WHERE node = $1 AND sequence > $2 ORDER BY sequence LIMIT $3";
    let found = events(
        connection,
        rest,
        &[&node.uuid(), &signed(after)?, &most(limit)],
    )
    .await?;
    Ok(found.into_iter().map(|one| one.event).collect())
}

async fn events(
    connection: &Connection,
    rest: &str,
    values: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Recorded>, StoreError> {
    let sql = format!("SELECT {EVENT_COLUMNS} FROM events {rest}");
    let rows = connection.query(&sql, values).await?;
    rows.iter().map(recorded).collect()
}

fn most(limit: u32) -> i64 {
    i64::from(limit.min(LIMIT_MAX))
}

pub(crate) async fn heads(connection: &Connection) -> Result<Vec<Head>, StoreError> {
    let rows = connection
        .query(
            "SELECT node, sequence, hash, clock FROM chains ORDER BY node",
            &[],
        )
        .await?;
    rows.iter().map(rows::head).collect()
}

pub(crate) async fn keys(
    connection: &Connection,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<(Uuid, Wrapped)>, StoreError> {
    let rows = connection
        .query(
            "SELECT subject, wrapped FROM keys WHERE ($1::UUID IS NULL OR subject > $1) AND wrapped IS NOT NULL ORDER BY subject LIMIT $2",
            &[&after, &most(limit)],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((value(row, 0)?, wrapped(value(row, 1)?)?)))
        .collect()
}

pub(crate) async fn file(connection: &Connection, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
    let rows = connection
        .query("SELECT sealed FROM files WHERE id = $1", &[&id])
        .await?;
    rows.first().map(|row| value(row, 0)).transpose()
}

pub(crate) async fn find(
    connection: &Connection,
    tokens: &[Token],
    at_least: u32,
    limit: u32,
) -> Result<Vec<(Uuid, u32)>, StoreError> {
    let tokens: BTreeSet<Token> = tokens.iter().copied().collect();
    let count = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
    let rows = if tokens.is_empty() || at_least > count {
        return Ok(Vec::new());
    } else if at_least == count {
        having_all(connection, &tokens, limit).await?
    } else {
        let tokens: Vec<&[u8]> = tokens.iter().map(|token| token.0.as_slice()).collect();
        connection
            .query(
                "SELECT person, count(*) AS hits FROM tokens WHERE token = ANY ($1) GROUP BY person HAVING count(*) >= $2 \
                 ORDER BY hits DESC, person LIMIT $3",
                &[&tokens, &i64::from(at_least), &most(limit)],
            )
            .await?
    };
    rows.iter()
        .map(|row| {
            let hits = u32::try_from(number(row, 1)?).map_err(|_| StoreError::Corrupt)?;
            Ok((value(row, 0)?, hits))
        })
        .collect()
}

/// Goes through the persons of the rarest token, in their order, and looks up the others: with a common name and a rare one
/// that takes as long as the rare one, and with common ones enough are found soon.
async fn having_all(
    connection: &Connection,
    tokens: &BTreeSet<Token>,
    limit: u32,
) -> Result<Vec<Row>, StoreError> {
    let mut by_persons = Vec::with_capacity(tokens.len());
    for token in tokens {
        let row = connection
            .query_one(
                "SELECT count(*) FROM (SELECT FROM tokens WHERE token = $1 LIMIT $2) AS counted",
                &[&token.0.as_slice(), &COMMON],
            )
            .await?;
        by_persons.push((number(&row, 0)?, token));
    }
    by_persons.sort_unstable();
    let tokens: Vec<&[u8]> = by_persons
        .iter()
        .map(|(_, token)| token.0.as_slice())
        .collect();
    let mut sql = format!(
        "SELECT person, {}::BIGINT FROM tokens AS rarest WHERE token = $2",
        tokens.len()
    );
    let limit = most(limit);
    let mut values: Vec<&(dyn ToSql + Sync)> = vec![&limit];
    for (number, token) in (2..).zip(&tokens) {
        if number > 2 {
            sql.push_str(&format!(" AND EXISTS (SELECT FROM tokens AS other WHERE other.token = ${number} AND other.person = rarest.person)"));
        }
        values.push(token);
    }
    sql.push_str(" ORDER BY person LIMIT $1");
    connection.query(&sql, &values).await
}

/// A token of so many persons is common, however many more there are.
const COMMON: i64 = 5_000;

pub(crate) async fn record(
    connection: &Connection,
    space: &Code,
    key: &Vec<u8>,
    now_ms: i64,
) -> Result<Option<Record>, StoreError> {
    let rows = connection
        .query(
            "SELECT value, version, expires FROM records WHERE space = $1 AND key = $2 AND (expires IS NULL OR expires > $3)",
            &[&space.as_str(), key, &now_ms],
        )
        .await?;
    rows.first().map(rows::record).transpose()
}

pub(crate) async fn records(
    connection: &Connection,
    space: &Code,
    after: &Vec<u8>,
    now_ms: i64,
    limit: u32,
) -> Result<Vec<(Vec<u8>, Record)>, StoreError> {
    let rows = connection
        .query(
            "SELECT value, version, expires, key FROM records \
             WHERE space = $1 AND key > $2 AND (expires IS NULL OR expires > $3) ORDER BY key LIMIT $4",
            &[&space.as_str(), after, &now_ms, &most(limit)],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((value(row, 3)?, rows::record(row)?)))
        .collect()
}

/// Every row of every table is read, which finds what the server's checksums find; then the places of events,
/// which no hash covers since they are this database's own.
pub(crate) async fn check(connection: &Connection) -> Result<(), StoreError> {
    connection.query_one(READ_ALL, &[]).await?;
    let misplaced = connection.query_one(MISPLACED, &[]).await?;
    if value(&misplaced, 0)? {
        return Err(StoreError::Corrupt);
    }
    Ok(())
}

const READ_ALL: &str = "SELECT (SELECT count(e.*::TEXT) FROM events e), (SELECT count(k.*::TEXT) FROM keys k), \
     (SELECT sum(length(sealed)) FROM files), (SELECT count(l.*::TEXT) FROM entries l), \
     (SELECT count(t.*::TEXT) FROM tokens t), (SELECT sum(length(value)) FROM records)";

/// Versions of a stream count from 1 without a gap, in a stream as in a chain later places come later in the log,
/// and the last place is the one that is counted on from.
const MISPLACED: &str = "SELECT EXISTS (
        SELECT FROM (
            SELECT stream_version, position, lag(stream_version, 1, 0::BIGINT) OVER stream AS version_before,
                   lag(position, 1, 0::BIGINT) OVER stream AS position_before
            FROM events WINDOW stream AS (PARTITION BY kind, stream ORDER BY stream_version)
        ) AS places WHERE stream_version <> version_before + 1 OR position <= position_before
    ) OR EXISTS (
        SELECT FROM (
            SELECT position, lag(position, 1, 0::BIGINT) OVER chain AS position_before
            FROM events WINDOW chain AS (PARTITION BY node ORDER BY sequence)
        ) AS places WHERE position <= position_before
    ) OR (SELECT position FROM sapar_store) <> (SELECT coalesce(max(position), 0) FROM events)";
