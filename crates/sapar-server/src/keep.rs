//! Keeping the database: rebuilding, proving, copying, and the first administrator.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use sapar_access::{Agency, AgencyId, AgencyKind, Role, User, UserId, UserState};
use sapar_ledger::{Code, NodeId};
use sapar_operations::directory::DirectoryEntry;
use sapar_operations::{OperationError, Operations};
use sapar_sealing::{IndexKey, NodeKey, Wrapped};
use sapar_sign_in::password::Password;
use sapar_store::{Copied, Proof, Rebuilt, Store, verify};
use sapar_store_sqlite::{Options, SqliteStore};
use uuid::Uuid;

use crate::config::{Config, Database, StartError};
use crate::serve::{new_node, node_key, operations, system_random};
use crate::visit::random;

fn file(config: &Config) -> Result<SqliteStore, StartError> {
    let Database::Sqlite(path) = &config.database else {
        return Err(StartError::OnlyFiles);
    };
    if !path.exists() {
        return Err(StartError::File {
            path: path.clone(),
            error: std::io::ErrorKind::NotFound.into(),
        });
    }
    Ok(SqliteStore::open(path, Options::new(new_node()?))?)
}

/// Makes lists and search again from the log.
///
/// # Errors
/// If an event cannot be read; lists and search are then as they were.
pub async fn rebuild(config: &Config) -> Result<Rebuilt, StartError> {
    if let Database::Sqlite(_) = &config.database {
        file(config)?.close().await;
    }
    let operations = operations(config, system_random()).await?;
    let rebuilt = operations
        .rebuild(node_key(&config.key_file, false)?)
        .await?;
    operations.store().close().await;
    Ok(rebuilt)
}

/// Proves every chain of the log whole, or names the first broken link.
///
/// # Errors
/// If the database cannot be read.
pub async fn prove(config: &Config) -> Result<Proof, StartError> {
    let store: Arc<dyn Store> = match &config.database {
        Database::Sqlite(_) => Arc::new(file(config)?),
        Database::Postgres(_) => crate::serve::store(config).await?.0,
    };
    store.check().await?;
    let proof = verify(&*store).await?;
    store.close().await;
    Ok(proof)
}

/// Copies the database as it stands into a new file, while others go on reading and writing.
///
/// # Errors
/// If the copy cannot be written; no file is left then.
pub async fn backup(config: &Config, to: &Path) -> Result<(), StartError> {
    let store = file(config)?;
    store.backup(to).await?;
    store.close().await;
    Ok(())
}

/// Puts a backup in the place of all that is stored; whoever was erased since stays erased.
///
/// # Errors
/// If the backup cannot be used; what is stored stays as it is.
pub async fn restore(config: &Config, from: &Path) -> Result<(), StartError> {
    let store = file(config)?;
    store.restore(from, new_node()?).await?;
    store.close().await;
    Ok(())
}

/// Copies everything into another database, such as from a file to a server or back, and makes its lists and search from the log.
///
/// The copy is sealed with the same node key, and goes on as a node of its own.
/// What broke off can be done again: it goes on where it stopped.
///
/// # Errors
/// If either database fails or was sealed with another key, or the log of the first is broken.
pub async fn copy(config: &Config, to: &Database) -> Result<(Copied, Rebuilt), StartError> {
    let target = Config {
        database: to.clone(),
        ..config.clone()
    };
    let from: Arc<dyn Store> = match &config.database {
        Database::Sqlite(_) => Arc::new(file(config)?),
        Database::Postgres(_) => crate::serve::store(config).await?.0,
    };
    // Before anything is written: without the key the copy would be of no use.
    let key = node_key(&config.key_file, false)?;
    let (into, _) = crate::serve::store(&target).await?;
    let copied = async {
        for store in [&from, &into] {
            opens(&**store, &key).await?;
        }
        Ok(sapar_store::copy(&*from, &*into).await?)
    };
    let copied: Result<Copied, StartError> = copied.await;
    from.close().await;
    into.close().await;
    Ok((copied?, rebuild(&target).await?))
}

/// Refuses a database whose keys another node key has wrapped; an empty one takes any.
async fn opens(store: &dyn Store, key: &NodeKey) -> Result<(), StartError> {
    // The key of search is wrapped when a database is first opened, before there is anybody in it.
    let settings = Code::new("settings").map_err(|_| StartError::Policies)?;
    let kept = store.record(settings, b"index-key".to_vec(), 0).await?;
    if let Some(record) = kept {
        let wrapped = Wrapped::from_bytes(record.value).map_err(OperationError::from)?;
        IndexKey::unwrap(&wrapped, key).map_err(OperationError::from)?;
    }
    Ok(())
}

/// Begins the chain of another node, once after a PostgreSQL database was put back from a backup.
///
/// # Errors
/// If the database is a file, which gets its new node by [`restore`], or the database fails.
pub async fn go_on(config: &Config) -> Result<NodeId, StartError> {
    let Database::Postgres(address) = &config.database else {
        return Err(StartError::OnlyServers);
    };
    let options = sapar_store_postgres::Options::new(new_node()?);
    let store = sapar_store_postgres::PostgresStore::connect(address, options).await?;
    let node = new_node()?;
    let gone_on = store.go_on_as(node).await;
    store.close().await;
    gone_on?;
    Ok(node)
}

/// Makes the first administrator, at an agency of the kind headquarters.
///
/// # Errors
/// If the password is weak or the database fails.
pub async fn add_administrator(
    config: &Config,
    name: &str,
    called: &str,
    password: String,
) -> Result<(), StartError> {
    let operations: Operations = operations(config, system_random()).await?;
    let password = Password::typed(password);
    sapar_sign_in::password::check_new(&password, &[name, called]).map_err(StartError::Password)?;
    let directory = operations.directory();
    let headquarters = directory
        .agencies
        .values()
        .find(|agency| agency.kind == AgencyKind::Headquarters)
        .map(|agency| agency.id);
    let agency = match headquarters {
        Some(agency) => agency,
        None => {
            let id = AgencyId::new(fresh()).map_err(|_| StartError::Policies)?;
            operations
                .put_unchecked(DirectoryEntry::Agency(Agency {
                    id,
                    name: "Headquarters".to_owned(),
                    kind: AgencyKind::Headquarters,
                    mandate: AgencyKind::Headquarters.usual_mandate(),
                }))
                .await?;
            id
        }
    };
    let id = UserId::new(fresh()).map_err(|_| StartError::Policies)?;
    operations
        .put_unchecked(DirectoryEntry::User(User {
            id,
            name: called.to_owned(),
            agency,
            team: None,
            post: None,
            role: Role::Administrator,
            state: UserState::Active,
        }))
        .await?;
    operations
        .set_password_unchecked(id, name, password)
        .await?;
    Arc::clone(operations.store()).close().await;
    Ok(())
}

fn fresh() -> Uuid {
    let ms = u64::try_from(Timestamp::now().as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(ms, &random()).into_uuid()
}
