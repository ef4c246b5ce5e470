//! Bringing a database to this program's version.

use sapar_ledger::{Head, NodeId};
use sapar_store::StoreError;

use crate::connection::Connection;
use crate::group::put_head;
use crate::rows::{node_id, value};

/// In their order; the version of a database is how many were run. A released one is never changed.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_store.sql"),
    include_str!("../migrations/0002_lists_from_indexes.sql"),
];

/// The newest version this program knows.
const VERSION: i64 = MIGRATIONS.len() as i64;

/// The lock under which one program migrates while others wait: `SAPR` in ASCII.
const LOCK: i64 = 0x5341_5052;

/// Runs what is missing, all or nothing, and gives the node of the database; a new one gets the node given.
pub(crate) async fn migrate(
    connection: &Connection,
    new_node: NodeId,
) -> Result<NodeId, StoreError> {
    let durable = connection
        .query_one(
            "SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'",
            &[],
        )
        .await?;
    if !value::<bool>(&durable, 0)? {
        return Err(StoreError::NotDurable);
    }
    // Most starts have nothing to do, and need not wait for whoever writes.
    if version(connection).await? == Some(VERSION) {
        return node_of(connection).await;
    }
    run(connection, new_node, MIGRATIONS).await
}

async fn run(
    connection: &Connection,
    new_node: NodeId,
    migrations: &[&str],
) -> Result<NodeId, StoreError> {
    connection.run("BEGIN").await?;
    let done = run_within(connection, new_node, migrations).await;
    let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = connection.run(end).await;
    done.and_then(|node| ended.map(|()| node))
}

async fn run_within(
    connection: &Connection,
    new_node: NodeId,
    migrations: &[&str],
) -> Result<NodeId, StoreError> {
    connection
        .query("SELECT pg_advisory_xact_lock($1)", &[&LOCK])
        .await?;
    // Another program may have migrated while this one waited.
    let found = version(connection).await?;
    let done = usize::try_from(found.unwrap_or(0)).map_err(|_| StoreError::Corrupt)?;
    for migration in migrations.iter().skip(done) {
        connection.run(migration).await?;
    }
    let now = i32::try_from(migrations.len()).map_err(|_| StoreError::Corrupt)?;
    if found.is_none() {
        connection
            .execute(
                "INSERT INTO sapar_store (one, version, node, position) VALUES (1, $1, $2, 0)",
                &[&now, &new_node.uuid()],
            )
            .await?;
        put_head(connection, &Head::start(new_node)).await?;
    } else {
        connection
            .execute("UPDATE sapar_store SET version = $1", &[&now])
            .await?;
    }
    node_of(connection).await
}

/// The version of a database; `None` if it is empty.
///
/// Refuses another program's database and a newer one; nothing has been written then.
async fn version(connection: &Connection) -> Result<Option<i64>, StoreError> {
    let found = connection
        .query_one(
            "SELECT to_regclass('sapar_store') IS NOT NULL, \
             (SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f'))",
            &[],
        )
        .await?;
    match (value::<bool>(&found, 0)?, value::<i64>(&found, 1)?) {
        (false, 0) => return Ok(None),
        (false, _) => return Err(StoreError::OtherDatabase),
        (true, _) => {}
    }
    let row = connection
        .query_one("SELECT version::BIGINT FROM sapar_store", &[])
        .await?;
    let found = value::<i64>(&row, 0)?;
    if found > VERSION {
        return Err(StoreError::Newer {
            found,
            known: VERSION,
        });
    }
    Ok(Some(found))
}

async fn node_of(connection: &Connection) -> Result<NodeId, StoreError> {
    let row = connection
        .query_one("SELECT node FROM sapar_store", &[])
        .await?;
    node_id(value(&row, 0)?)
}
