//! Bringing a file to this program's version.

use rusqlite::{Connection, TransactionBehavior};
use sapar_ledger::{Head, NodeId};
use sapar_store::StoreError;

use crate::failure::OrFailure;
use crate::rows::{insert_head, node_of};

/// Says that the file is Sapar's: `SAPR` in ASCII.
const APPLICATION: i64 = 0x5341_5052;

/// In their order; the version of a database is how many were run. A released one is never changed.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_store.sql"),
    include_str!("../migrations/0002_lists_from_indexes.sql"),
];

/// The newest version this program knows.
pub(crate) const VERSION: i64 = MIGRATIONS.len() as i64;

/// Runs what is missing, all or nothing, and gives the node of the file; a new file gets the node given.
pub(crate) fn migrate(connection: &mut Connection, new_node: NodeId) -> Result<NodeId, StoreError> {
    // Most starts have nothing to do, and need not wait for whoever writes.
    if version(connection)? == Some(VERSION) {
        return node_of(connection);
    }
    run(connection, new_node, MIGRATIONS)
}

fn run(
    connection: &mut Connection,
    new_node: NodeId,
    migrations: &[&str],
) -> Result<NodeId, StoreError> {
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .or_failure()?;
    // Another program may have migrated while this one waited.
    let found = version(&transaction)?;
    let done = usize::try_from(found.unwrap_or(0)).map_err(|_| StoreError::Corrupt)?;
    for migration in migrations.iter().skip(done) {
        transaction.execute_batch(migration).or_failure()?;
    }
    if found.is_none() {
        transaction
            .execute(
                "INSERT INTO store (one, node) VALUES (1, ?1)",
                [new_node.uuid().as_bytes()],
            )
            .or_failure()?;
        insert_head(&transaction, &Head::start(new_node))?;
        transaction
            .pragma_update(None, "application_id", APPLICATION)
            .or_failure()?;
    }
    transaction
        .pragma_update(None, "user_version", migrations.len() as i64)
        .or_failure()?;
    let node = node_of(&transaction)?;
    transaction.commit().or_failure()?;
    Ok(node)
}

/// The version of a file; `None` if it is empty.
///
/// Refuses another program's file and a newer one; nothing has been written then.
pub(crate) fn version(connection: &Connection) -> Result<Option<i64>, StoreError> {
    let pragma = |name| {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .or_failure()
    };
    let found = pragma("user_version")?;
    if pragma("application_id")? != APPLICATION {
        let tables: i64 = connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .or_failure()?;
        return if tables == 0 && found == 0 {
            Ok(None)
        } else {
            Err(StoreError::OtherDatabase)
        };
    }
    if found > VERSION {
        return Err(StoreError::Newer {
            found,
            known: VERSION,
        });
    }
    Ok(Some(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sapar_store::story::node;

    fn user_version(connection: &Connection) -> i64 {
        connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn a_migration_that_breaks_off_leaves_the_version_before_it() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, node()).unwrap();
        let with = |one_more| [MIGRATIONS, &[one_more]].concat();
        let breaks = with(
            "CREATE TABLE half (a); INSERT INTO half VALUES (1); INSERT INTO none VALUES (1);",
        );
        assert!(run(&mut connection, node(), &breaks).is_err());
        assert_eq!(user_version(&connection), VERSION);
        assert!(connection.prepare("SELECT a FROM half").is_err());
        assert_eq!(node_of(&connection), Ok(node()));

        // Only what is missing runs: the first a second time would fail.
        let works = with("CREATE TABLE more (a); INSERT INTO more VALUES (1);");
        run(&mut connection, node(), &works).unwrap();
        assert_eq!(user_version(&connection), VERSION + 1);
        // The program that knows one version less leaves it alone.
        let refused = StoreError::Newer {
            found: VERSION + 1,
            known: VERSION,
        };
        assert_eq!(migrate(&mut connection, node()), Err(refused));
    }

    /// A database of each version that was ever made becomes the same as a new one.
    #[test]
    fn every_older_version_becomes_this_one() {
        let schema = |connection: &Connection| -> Vec<String> {
            let mut statement = connection
                .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
                .unwrap();
            let rows = statement.query_map([], |row| row.get(0)).unwrap();
            rows.collect::<Result<_, _>>().unwrap()
        };
        let mut new = Connection::open_in_memory().unwrap();
        migrate(&mut new, node()).unwrap();
        for version in 1..MIGRATIONS.len() {
            let mut old = Connection::open_in_memory().unwrap();
            run(&mut old, node(), &MIGRATIONS[..version]).unwrap();
            assert_ne!(schema(&old), schema(&new));
            migrate(&mut old, node()).unwrap();
            assert_eq!(schema(&old), schema(&new));
        }
    }

    #[test]
    fn a_new_file_that_cannot_be_made_is_empty() {
        let mut connection = Connection::open_in_memory().unwrap();
        let breaks = "CREATE TABLE store (one, node); INSERT INTO none VALUES (1);";
        assert!(run(&mut connection, node(), &[breaks]).is_err());
        assert_eq!(version(&connection), Ok(None));
    }
}
