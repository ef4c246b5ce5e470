//! Questions, each answered from one snapshot.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Params, params_from_iter};
use sapar_ledger::{Code, Event, NodeId, StreamId};
use sapar_sealing::{Token, Wrapped};
use sapar_store::{
    Cursor, Entry, Group, LIMIT_MAX, Order, Page, Query, Record, Recorded, StoreError,
};
use uuid::Uuid;

use crate::failure::OrFailure;
use crate::rows::{
    ENTRY_COLUMNS, EVENT_COLUMNS, NO_TIME, blob, code, entry, integer, recorded, signed, text,
    unsigned, uuid,
};

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

/// The conditions of a query, and their values in order.
fn conditions(query: &Query, after: Option<Cursor>) -> (String, Vec<Value>) {
    let mut sql = "list = ? AND (classes & ?) = 0".to_owned();
    let mut values = vec![
        Value::from(query.list.as_str().to_owned()),
        Value::from(i64::from(!query.classes)),
    ];
    let mut and = |condition: &str, more: &mut dyn Iterator<Item = Value>| {
        sql.push_str(" AND ");
        sql.push_str(condition);
        values.extend(more);
    };
    let among = |count: usize| vec!["?"; count].join(", ");
    if !query.owners.is_empty() {
        let mut owners = query
            .owners
            .iter()
            .map(|owner| Value::from(owner.as_bytes().to_vec()));
        and(
            &format!("owner IN ({})", among(query.owners.len())),
            &mut owners,
        );
    }
    if !query.states.is_empty() {
        let mut states = query
            .states
            .iter()
            .map(|state| Value::from(state.as_str().to_owned()));
        and(
            &format!("state IN ({})", among(query.states.len())),
            &mut states,
        );
    }
    if let Some(person) = query.person {
        and(
            "person = ?",
            &mut std::iter::once(Value::from(person.as_bytes().to_vec())),
        );
    }
    if let Some(from) = query.from_ms {
        and(
            "at >= ? AND at <> ?",
            &mut [Value::from(from), Value::from(NO_TIME)].into_iter(),
        );
    }
    if let Some(before) = query.before_ms {
        and("at < ?", &mut std::iter::once(Value::from(before)));
    }
    if let Some(after) = after {
        let condition = match query.order {
            Order::EarliestFirst => "(at, id) > (?, ?)",
            Order::LatestFirst => "(at, id) < (?, ?)",
        };
        let place = [
            Value::from(after.at_ms.unwrap_or(NO_TIME)),
            Value::from(after.id.as_bytes().to_vec()),
        ];
        and(condition, &mut place.into_iter());
    }
    (sql, values)
}

pub(crate) fn entries(connection: &Connection, query: &Query) -> Result<Page, StoreError> {
    let limit = query.limit.min(LIMIT_MAX);
    let (conditions, mut values) = conditions(query, query.after);
    let order = match query.order {
        Order::EarliestFirst => "at, id",
        Order::LatestFirst => "at DESC, id DESC",
    };
    // One more than asked for tells whether anything follows.
    values.push(Value::from(i64::from(limit) + 1));
    let sql =
        format!("SELECT {ENTRY_COLUMNS} FROM entries WHERE {conditions} ORDER BY {order} LIMIT ?");
    let mut statement = connection.prepare_cached(&sql).or_failure()?;
    let mut rows = statement.query(params_from_iter(values)).or_failure()?;
    let mut found: Vec<Entry> = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        found.push(entry(row)?);
    }
    Ok(Page::cut(found, limit))
}

pub(crate) fn count(connection: &Connection, query: &Query) -> Result<Vec<Group>, StoreError> {
    let (conditions, values) = conditions(query, None);
    let sql = format!(
        "SELECT owner, state, count(*) FROM entries WHERE {conditions} GROUP BY owner, state ORDER BY owner, state"
    );
    let mut statement = connection.prepare_cached(&sql).or_failure()?;
    let mut rows = statement.query(params_from_iter(values)).or_failure()?;
    let mut groups = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        groups.push(Group {
            owner: uuid(blob(row, 0)?)?,
            state: code(text(row, 1)?)?,
            count: unsigned(integer(row, 2)?)?,
        });
    }
    Ok(groups)
}

pub(crate) fn find(
    connection: &Connection,
    tokens: &[Token],
    at_least: u32,
    limit: u32,
) -> Result<Vec<(Uuid, u32)>, StoreError> {
    if tokens.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT person, count(*) AS hits FROM tokens WHERE token IN ({}) GROUP BY person HAVING hits >= ? \
         ORDER BY hits DESC, person LIMIT ?",
        vec!["?"; tokens.len()].join(", ")
    );
    let values = tokens
        .iter()
        .map(|token| Value::from(token.0.to_vec()))
        .chain([
            Value::from(i64::from(at_least)),
            Value::from(i64::from(limit.min(LIMIT_MAX))),
        ]);
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
