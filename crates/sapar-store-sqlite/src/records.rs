//! Records: values outside the log.

use rusqlite::{Connection, OptionalExtension};
use sapar_ledger::Code;
use sapar_store::{Expected, StoreError};

use crate::failure::OrFailure;
use crate::rows::{signed, unsigned};

pub(crate) fn put(
    connection: &Connection,
    space: &Code,
    key: &[u8],
    value: &[u8],
    expires_ms: Option<i64>,
    expected: Expected,
) -> Result<u64, StoreError> {
    let found: Option<i64> = connection
        .prepare_cached("SELECT version FROM records WHERE space = ?1 AND key = ?2")
        .or_failure()?
        .query_row((space.as_str(), key), |row| row.get(0))
        .optional()
        .or_failure()?;
    let found = found.map(unsigned).transpose()?;
    let fits = match expected {
        Expected::Any => true,
        Expected::New => found.is_none(),
        Expected::Version(version) => found == Some(version),
    };
    if !fits {
        return Err(StoreError::RecordConflict);
    }
    let version = found.unwrap_or(0) + 1;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO records (space, key, value, version, expires) VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .or_failure()?
        .execute((space.as_str(), key, value, signed(version)?, expires_ms))
        .or_failure()?;
    Ok(version)
}

pub(crate) fn remove(connection: &Connection, space: &Code, key: &[u8]) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM records WHERE space = ?1 AND key = ?2")
        .or_failure()?
        .execute((space.as_str(), key))
        .or_failure()?;
    Ok(())
}

pub(crate) fn remove_expired(connection: &Connection, now_ms: i64) -> Result<u64, StoreError> {
    let removed = connection
        .prepare_cached("DELETE FROM records WHERE expires <= ?1")
        .or_failure()?
        .execute([now_ms])
        .or_failure()?;
    Ok(removed as u64)
}
