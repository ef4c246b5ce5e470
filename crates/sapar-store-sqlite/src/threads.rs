//! The thread that writes and those that read.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};
use sapar_store::StoreError;
use tokio::sync::{mpsc, oneshot};

use crate::failure::{OrFailure, failure};

/// How many commands share one sync of the disk at most, so that the first never waits long for the last.
const GROUP_MAX: usize = 256;

/// Does its part of a transaction, or is told why there is none.
pub(crate) type Grouped = Box<dyn FnOnce(Result<&Connection, StoreError>) -> Done + Send>;

/// What is left to do for one who asked.
pub(crate) struct Done {
    /// Why it could not be done.
    refused: Option<StoreError>,
    /// Answers, once it is known whether the transaction was committed.
    answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

/// Has the connection for itself.
pub(crate) type Alone = Box<dyn FnOnce(&mut Connection) + Send>;
pub(crate) type Read = Box<dyn FnOnce(&Connection) + Send>;

/// Work for the thread that writes.
pub(crate) enum Write {
    /// Together with others.
    Grouped(Grouped),
    /// By itself.
    Alone(Alone),
    /// Leave nothing in the write-ahead log, now or as soon as no reader needs it.
    EmptyLog(oneshot::Sender<()>),
    /// The last one.
    Close(oneshot::Sender<()>),
}

/// Wraps work for a group: a savepoint around it, and an answer when the group is on the disk.
pub(crate) fn grouped<T: Send + 'static>(
    work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    answer: oneshot::Sender<Result<T, StoreError>>,
) -> Write {
    Write::Grouped(Box::new(move |connection| {
        let done = connection.and_then(|connection| in_savepoint(connection, work));
        Done {
            refused: done.as_ref().err().cloned(),
            // Who asked may have gone away; what was written stays.
            answer: Box::new(move |committed| drop(answer.send(committed.and(done)))),
        }
    }))
}

/// Takes work until it is told to close or nobody is left to ask.
pub(crate) fn write(mut connection: Connection, mut queue: mpsc::Receiver<Write>) {
    let mut left_over = None;
    // What was left by a program that was killed may hold a destroyed key.
    let mut log_to_empty = !empty_write_ahead_log(&connection);
    while let Some(next) = left_over.take().or_else(|| queue.blocking_recv()) {
        match next {
            Write::Grouped(first) => {
                let mut group = vec![first];
                while group.len() < GROUP_MAX {
                    match queue.try_recv() {
                        Ok(Write::Grouped(more)) => group.push(more),
                        Ok(other) => {
                            left_over = Some(other);
                            break;
                        }
                        Err(_) => break,
                    }
                }
                write_group(&mut connection, group);
            }
            Write::Alone(work) => work(&mut connection),
            Write::EmptyLog(answer) => {
                log_to_empty = !empty_write_ahead_log(&connection);
                let _ = answer.send(());
                continue;
            }
            Write::Close(answer) => {
                // Closing the last connection would empty the write-ahead log as well, but another program may hold the file.
                empty_write_ahead_log(&connection);
                drop(connection);
                let _ = answer.send(());
                return;
            }
        }
        if log_to_empty {
            log_to_empty = !empty_write_ahead_log(&connection);
        }
    }
}

/// Takes questions, one thread after the other.
pub(crate) fn read(connection: &Connection, queue: &Arc<Mutex<mpsc::Receiver<Read>>>) {
    loop {
        // Only one thread waits within; the lock is free again before the work begins.
        let next = queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .blocking_recv();
        match next {
            Some(work) => work(connection),
            None => return,
        }
    }
}

/// Moves what the write-ahead log holds into the file and leaves nothing in it; says whether it could.
///
/// It does not wait: while a reader needs the log, as a long backup does, the writer goes on and tries again later.
pub(crate) fn empty_write_ahead_log(connection: &Connection) -> bool {
    let patience: i64 = connection
        .pragma_query_value(None, "busy_timeout", |row| row.get(0))
        .unwrap_or(5_000);
    drop(connection.busy_timeout(Duration::ZERO));
    let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
        row.get::<_, i64>(0)
    });
    drop(connection.busy_timeout(Duration::from_millis(patience.unsigned_abs())));
    busy == Ok(0)
}

fn write_group(connection: &mut Connection, group: Vec<Grouped>) {
    let transaction = match connection.transaction_with_behavior(TransactionBehavior::Immediate) {
        Ok(transaction) => transaction,
        Err(error) => {
            let failed = failure(&error);
            for work in group {
                (work(Err(failed.clone())).answer)(Err(failed.clone()));
            }
            return;
        }
    };
    let mut all_done: Vec<Done> = Vec::with_capacity(group.len());
    let mut lost = None;
    for work in group {
        let done = work(lost.clone().map_or(Ok(&*transaction), Err));
        // A full disk and the like end the whole transaction, and what others wrote in it is gone.
        if lost.is_none() && transaction.is_autocommit() {
            lost = done.refused.clone().or(Some(StoreError::Disk));
        }
        all_done.push(done);
    }
    let committed = match lost {
        Some(error) => Err(error),
        None => transaction.commit().or_failure(),
    };
    for done in all_done {
        (done.answer)(committed.clone());
    }
}

fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.execute_batch("SAVEPOINT step").or_failure()?;
    let done = work(connection);
    let ended = match &done {
        Ok(_) => connection.execute_batch("RELEASE step"),
        // Where the whole transaction is gone there is no savepoint left, and nothing to take back.
        Err(_) if connection.is_autocommit() => Ok(()),
        Err(_) => connection.execute_batch("ROLLBACK TO step; RELEASE step"),
    };
    ended.or_failure()?;
    done
}
