//! Copies of the whole database, made and taken back while it is in use.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use sapar_ledger::{Clock, Head, NodeId};
use sapar_store::StoreError;
use tokio::sync::oneshot;

use crate::append::forget;
use crate::failure::OrFailure;
use crate::migrate;
use crate::read::check;
use crate::rows::{heads, insert_head, uuid};
use crate::store::{SqliteStore, connect, make_private};

impl SqliteStore {
    /// Copies the database as it stands at one moment into a new file, while others go on reading and writing.
    ///
    /// The copy is checked and on the disk before it gets its name; whatever had that name is replaced.
    /// It holds wrapped keys and no node key, so that it is of no use without the key file.
    ///
    /// # Errors
    /// If the copy cannot be written, or what was copied is damaged. No file is left then.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let (from, to, options) = (self.path.clone(), to.to_owned(), self.options.clone());
        let (answer, answered) = oneshot::channel();
        // A thread of its own: a copy of gigabytes shall keep no reader from answering.
        let copying = std::thread::Builder::new()
            .name("sapar-store-backup".to_owned())
            .spawn(move || {
                let part = beside(&to, "part");
                let done = connect(&from, &options)
                    .and_then(|source| copy(&source, &part))
                    .and_then(|()| {
                        // What a program left beside the copy that is replaced would be taken for the new one's.
                        remove(&to, &["-journal", "-wal", "-shm"])?;
                        std::fs::rename(&part, &to).or_failure()?;
                        sync_folder(&to)
                    });
                if done.is_err() {
                    drop(std::fs::remove_file(&part));
                }
                drop(answer.send(done));
            });
        copying.map_err(|_| StoreError::Failed {
            code: "of threads".into(),
        })?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// Puts a backup in the place of all that is stored, in one step, while the store is in use.
    ///
    /// Whoever was erased since the backup stays erased: their keys are not taken back.
    /// Events after the backup are lost here, and may be known elsewhere; so that no number is used for two events,
    /// the database goes on as another node.
    ///
    /// # Errors
    /// If the backup is damaged, newer or another program's, was made by the same node identifier, or cannot be read; what is stored stays as it is.
    pub async fn restore(&self, from: &Path, new_node: NodeId) -> Result<(), StoreError> {
        let (from, part, options) = (
            from.to_owned(),
            beside(&self.path, "restoring"),
            self.options.clone(),
        );
        let cell = self.node_cell();
        self.write_alone(move |connection| {
            let done = prepare(connection, &from, &part, &options, new_node).and_then(|prepared| {
                step_all(&prepared, connection)?;
                // Under the same lock that readers of the node take, after the copy is in place.
                *cell.lock().unwrap_or_else(PoisonError::into_inner) = new_node;
                Ok(())
            });
            for name in ["", "-wal", "-shm"] {
                let mut path = part.clone().into_os_string();
                path.push(name);
                drop(std::fs::remove_file(path));
            }
            done
        })
        .await
    }
}

/// A copy of the backup beside the database, checked, brought to this version, with what must outlive it.
fn prepare(
    live: &Connection,
    from: &Path,
    part: &Path,
    options: &crate::Options,
    new_node: NodeId,
) -> Result<Connection, StoreError> {
    let source =
        Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY).or_failure()?;
    if migrate::version(&source)?.is_none() {
        return Err(StoreError::OtherDatabase);
    }
    copy(&source, part)?;
    let mut prepared = connect(part, options)?;
    migrate::migrate(&mut prepared, new_node)?;
    let (theirs, ours) = (heads(&prepared)?, heads(live)?);
    if theirs.iter().chain(&ours).any(|head| head.node == new_node) {
        return Err(StoreError::IdTaken);
    }
    let clock = theirs
        .iter()
        .chain(&ours)
        .map(|head| head.clock)
        .max()
        .unwrap_or(Clock::START);
    let erased = erased(live)?;
    let transaction = prepared
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .or_failure()?;
    for subject in erased {
        transaction
            .execute(
                "INSERT OR REPLACE INTO keys (subject, wrapped) VALUES (?1, NULL)",
                [&subject],
            )
            .or_failure()?;
        forget(&transaction, uuid(&subject)?)?;
    }
    transaction
        .execute("UPDATE store SET node = ?1", [new_node.uuid().as_bytes()])
        .or_failure()?;
    insert_head(
        &transaction,
        &Head {
            clock,
            ..Head::start(new_node)
        },
    )?;
    transaction.commit().or_failure()?;
    Ok(prepared)
}

fn erased(live: &Connection) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut statement = live
        .prepare("SELECT subject FROM keys WHERE wrapped IS NULL")
        .or_failure()?;
    let subjects = statement.query_map([], |row| row.get(0)).or_failure()?;
    subjects.collect::<Result<_, _>>().or_failure()
}

/// Copies everything into a new file, which is checked and on the disk afterwards.
fn copy(source: &Connection, to: &Path) -> Result<(), StoreError> {
    // What a program left that was killed; a write-ahead log of another copy would be taken for this one's.
    remove(to, &["-journal", "-wal", "-shm", ""])?;
    make_private(to)?;
    let mut target =
        Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE).or_failure()?;
    step_all(source, &mut target)?;
    // One file, with nothing beside it that could be forgotten.
    target
        .pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))
        .or_failure()?;
    check(&target)?;
    drop(target);
    std::fs::File::open(to)
        .and_then(|file| file.sync_all())
        .or_failure()
}

/// Removes the files of this name with these endings that are there.
fn remove(path: &Path, endings: &[&str]) -> Result<(), StoreError> {
    for ending in endings {
        let mut left = path.as_os_str().to_owned();
        left.push(ending);
        match std::fs::remove_file(left) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).or_failure();
            }
            _ => {}
        }
    }
    Ok(())
}

/// One step for all pages: a copy of one moment, which writers need not wait for.
fn step_all(source: &Connection, target: &mut Connection) -> Result<(), StoreError> {
    match Backup::new(source, target)
        .and_then(|backup| backup.step(-1))
        .or_failure()?
    {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::Busy),
    }
}

fn sync_folder(of: &Path) -> Result<(), StoreError> {
    let folder = of
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .or_failure()
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
