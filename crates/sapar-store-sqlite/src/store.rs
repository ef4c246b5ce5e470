//! The store: asks the threads, and waits for their answers.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use sapar_ledger::{Code, Event, Head, NodeId, StreamId};
use sapar_sealing::{Token, Wrapped};
use sapar_store::{
    Appended, Batch, Expected, Group, KeyState, Page, Projector, Query, RECORD_BYTES_MAX, Rebuilt,
    Received, Record, Recorded, Rewrapped, Store, StoreError,
};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::failure::OrFailure;
use crate::threads::{self, Read, Write, grouped};
use crate::{append, lists, migrate, read, rebuild, receive, records, rows};

/// How many commands may wait; whoever comes later waits to be let in.
const QUEUE_MAX: usize = 1_024;

/// How a file is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// The node of a file that is new; one that exists keeps its own.
    pub new_node: NodeId,
    /// How many threads read what may take long.
    pub readers: usize,
    /// How many short questions are answered at once where they are asked, without another thread.
    pub at_hand: usize,
    /// How long to wait for another program that holds the file.
    pub busy: Duration,
    /// How much of the file each reader keeps in memory, in kibibytes.
    pub reader_cache_kib: u32,
}

impl Options {
    /// What suits a post: two readers of each kind, and five seconds of patience.
    #[must_use]
    pub const fn new(new_node: NodeId) -> Self {
        Self {
            new_node,
            readers: 2,
            at_hand: 2,
            busy: Duration::from_secs(5),
            reader_cache_kib: 8_192,
        }
    }
}

/// With how many tokens a question is still a short one.
const TOKENS_AT_HAND: usize = 32;

/// A store in one SQLite file.
pub struct SqliteStore {
    pub(crate) path: PathBuf,
    pub(crate) options: Options,
    node: Arc<Mutex<NodeId>>,
    writer: Mutex<Option<mpsc::Sender<Write>>>,
    readers: Mutex<Option<mpsc::Sender<Read>>>,
    /// Connections for short questions, those that nobody uses just now; `None` once the store is closed.
    at_hand: Mutex<Option<Vec<AtHand>>>,
    /// Ends when the last reader has closed its connection; nothing is ever sent.
    readers_ended: tokio::sync::Mutex<mpsc::Receiver<std::convert::Infallible>>,
}

/// A connection for short questions.
struct AtHand {
    connection: Connection,
    /// Dropped after the connection, which tells that it is closed.
    _reading: mpsc::Sender<std::convert::Infallible>,
}

impl SqliteStore {
    /// Opens a file, or makes it, and brings it to this program's version.
    ///
    /// # Errors
    /// If it is newer than this program, another program's, damaged, held by another program, or may not be written.
    /// Nothing has been changed then.
    pub fn open(path: &Path, options: Options) -> Result<Self, StoreError> {
        make_private(path)?;
        let mut connection = connect(path, &options)?;
        let node = migrate::migrate(&mut connection, options.new_node)?;
        let (writer, queue) = mpsc::channel(QUEUE_MAX);
        spawn("sapar-store-writer", move || {
            threads::write(connection, queue)
        })?;
        let (readers, questions) = mpsc::channel(QUEUE_MAX);
        let questions = Arc::new(Mutex::new(questions));
        let (reading, readers_ended) = mpsc::channel(1);
        let reader = || {
            let connection = connect(path, &options)?;
            connection
                .pragma_update(None, "query_only", true)
                .or_failure()?;
            Ok::<_, StoreError>(connection)
        };
        let mut at_hand = Vec::with_capacity(options.at_hand);
        for _ in 0..options.at_hand {
            at_hand.push(AtHand {
                connection: reader()?,
                _reading: reading.clone(),
            });
        }
        for _ in 0..options.readers.max(1) {
            let connection = reader()?;
            let (questions, reading) = (Arc::clone(&questions), reading.clone());
            spawn("sapar-store-reader", move || {
                threads::read(&connection, &questions);
                drop(connection);
                drop(reading);
            })?;
        }
        Ok(Self {
            path: path.to_owned(),
            options,
            node: Arc::new(Mutex::new(node)),
            writer: Mutex::new(Some(writer)),
            readers: Mutex::new(Some(readers)),
            at_hand: Mutex::new(Some(at_hand)),
            readers_ended: tokio::sync::Mutex::new(readers_ended),
        })
    }

    /// Lets the file grow to so many pages of 4 KiB and no further: a limit for a post whose disk is shared, and a full disk for tests.
    ///
    /// The limit holds until the store is opened anew; it is never below what is there already.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        self.write_alone(move |connection| {
            connection
                .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
                .or_failure()
        })
        .await
    }

    pub(crate) fn node_cell(&self) -> Arc<Mutex<NodeId>> {
        Arc::clone(&self.node)
    }

    async fn write_grouped<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.send(grouped(work, answer)).await?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    pub(crate) async fn write_alone<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.send(Write::Alone(Box::new(move |connection| {
            drop(answer.send(work(connection)))
        })))
        .await?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let readers = self
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        readers
            .ok_or(StoreError::Closed)?
            .send(Box::new(move |connection| {
                drop(answer.send(work(connection)))
            }))
            .await
            .map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// A question that an index answers: here, since waking another thread takes longer than the answer.
    ///
    /// Where all connections at hand are in use, it waits for a thread like any other.
    async fn read_here<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let Some(reader) = self.take_reader()? else {
            return self.read(work).await;
        };
        let answer = work(&reader.connection);
        self.give_back(reader);
        answer
    }

    fn take_reader(&self) -> Result<Option<AtHand>, StoreError> {
        let mut at_hand = self.at_hand.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(at_hand.as_mut().ok_or(StoreError::Closed)?.pop())
    }

    fn give_back(&self, reader: AtHand) {
        let mut at_hand = self.at_hand.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at_hand) = at_hand.as_mut() {
            at_hand.push(reader);
        }
    }

    async fn empty_log(&self) -> Result<(), StoreError> {
        let (answer, answered) = oneshot::channel();
        self.send(Write::EmptyLog(answer)).await?;
        answered.await.map_err(|_| StoreError::Closed)
    }

    async fn send(&self, write: Write) -> Result<(), StoreError> {
        let writer = self
            .writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        writer
            .ok_or(StoreError::Closed)?
            .send(write)
            .await
            .map_err(|_| StoreError::Closed)
    }
}

/// Opens a connection as every thread needs it.
pub(crate) fn connect(path: &Path, options: &Options) -> Result<Connection, StoreError> {
    // Each connection stays on the thread that has it, so SQLite need not lock it.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).or_failure()?;
    connection.busy_timeout(options.busy).or_failure()?;
    // Looked at before anything is set: setting the journal writes to the file, and a newer one must stay as it is.
    migrate::version(&connection)?;
    connection
        .pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))
        .or_failure()?;
    for (name, value) in [
        ("synchronous", "FULL".to_owned()),
        ("foreign_keys", "ON".to_owned()),
        // What is deleted is overwritten: a destroyed key shall not be found in the file.
        ("secure_delete", "ON".to_owned()),
        ("journal_size_limit", (64 << 20).to_string()),
        ("cache_size", format!("-{}", options.reader_cache_kib)),
        ("temp_store", "MEMORY".to_owned()),
    ] {
        connection.pragma_update(None, name, value).or_failure()?;
    }
    // Plans follow from the indexes alone; otherwise SQLite prepares a statement anew for each person asked about.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .or_failure()?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Makes a file that only its owner can read, if there is none; SQLite gives its other files the same rights.
pub(crate) fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).or_failure().map(drop)
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), StoreError> {
    let spawned = std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work);
    spawned.map(drop).map_err(|_| StoreError::Failed {
        code: "of threads".into(),
    })
}

#[async_trait]
impl Store for SqliteStore {
    fn node(&self) -> NodeId {
        *self.node.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn append(&self, batch: Batch) -> Result<Appended, StoreError> {
        batch.check()?;
        let destroys = !batch.destroyed_keys.is_empty();
        let appended = self
            .write_grouped(|connection| append::append(connection, batch))
            .await?;
        if destroys {
            // The key still stands in the write-ahead log until that is emptied.
            self.empty_log().await?;
        }
        Ok(appended)
    }

    async fn stream(
        &self,
        stream: StreamId,
        after_version: u64,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.read_here(move |connection| read::stream(connection, &stream, after_version))
            .await
    }

    async fn log(&self, after_position: u64, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        self.read(move |connection| read::log(connection, after_position, limit))
            .await
    }

    async fn chain(
        &self,
        node: NodeId,
        after_sequence: u64,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError> {
        self.read(move |connection| read::chain(connection, node, after_sequence, limit))
            .await
    }

    async fn heads(&self) -> Result<Vec<Head>, StoreError> {
        self.read(rows::heads).await
    }

    async fn key(&self, subject: Uuid) -> Result<KeyState, StoreError> {
        self.read_here(move |connection| rows::key(connection, subject))
            .await
    }

    async fn keys(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<(Uuid, Wrapped)>, StoreError> {
        self.read(move |connection| read::keys(connection, after, limit))
            .await
    }

    async fn replace_keys(&self, keys: Vec<Rewrapped>) -> Result<(), StoreError> {
        self.write_grouped(move |connection| append::replace_keys(connection, &keys))
            .await?;
        // What the old node key opened shall not be left behind either.
        self.empty_log().await
    }

    async fn file(&self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        self.read_here(move |connection| read::file(connection, id))
            .await
    }

    async fn entries(&self, query: Query) -> Result<Page, StoreError> {
        self.read_here(move |connection| lists::entries(connection, &query))
            .await
    }

    async fn count(&self, query: Query) -> Result<Vec<Group>, StoreError> {
        self.read(move |connection| lists::count(connection, &query))
            .await
    }

    async fn find(
        &self,
        tokens: Vec<Token>,
        at_least: u32,
        limit: u32,
    ) -> Result<Vec<(Uuid, u32)>, StoreError> {
        // So many tokens are no short question.
        if tokens.len() > TOKENS_AT_HAND {
            return self
                .read(move |connection| read::find(connection, &tokens, at_least, limit))
                .await;
        }
        self.read_here(move |connection| read::find(connection, &tokens, at_least, limit))
            .await
    }

    async fn record(
        &self,
        space: Code,
        key: Vec<u8>,
        now_ms: i64,
    ) -> Result<Option<Record>, StoreError> {
        self.read_here(move |connection| read::record(connection, &space, &key, now_ms))
            .await
    }

    async fn records(
        &self,
        space: Code,
        after: Vec<u8>,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<(Vec<u8>, Record)>, StoreError> {
        self.read(move |connection| read::records(connection, &space, &after, now_ms, limit))
            .await
    }

    async fn put_record(
        &self,
        space: Code,
        key: Vec<u8>,
        value: Vec<u8>,
        expires_ms: Option<i64>,
        expected: Expected,
    ) -> Result<u64, StoreError> {
        if value.len() > RECORD_BYTES_MAX {
            return Err(StoreError::TooMuch {
                what: "a record",
                max: RECORD_BYTES_MAX,
            });
        }
        self.write_grouped(move |connection| {
            records::put(connection, &space, &key, &value, expires_ms, expected)
        })
        .await
    }

    async fn remove_record(&self, space: Code, key: Vec<u8>) -> Result<(), StoreError> {
        self.write_grouped(move |connection| records::remove(connection, &space, &key))
            .await
    }

    async fn remove_expired(&self, now_ms: i64) -> Result<u64, StoreError> {
        self.write_grouped(move |connection| records::remove_expired(connection, now_ms))
            .await
    }

    async fn key_states(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<(Uuid, KeyState)>, StoreError> {
        self.read(move |connection| receive::key_states(connection, after, limit))
            .await
    }

    async fn file_ids(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
        self.read(move |connection| receive::file_ids(connection, after, limit))
            .await
    }

    async fn all_records(
        &self,
        after: Option<(Code, Vec<u8>)>,
        limit: u32,
    ) -> Result<Vec<(Code, Vec<u8>, Record)>, StoreError> {
        self.read(move |connection| receive::all_records(connection, after, limit))
            .await
    }

    async fn receive(&self, received: Received) -> Result<u64, StoreError> {
        let erases = received
            .keys
            .iter()
            .any(|(_, state)| *state == KeyState::Destroyed);
        let new = self
            .write_grouped(move |connection| receive::receive(connection, &received))
            .await?;
        if erases {
            self.empty_log().await?;
        }
        Ok(new)
    }

    async fn rebuild(&self, projector: Box<dyn Projector>) -> Result<Rebuilt, StoreError> {
        self.write_alone(|connection| rebuild::rebuild(connection, projector))
            .await
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.read(read::check).await
    }

    async fn close(&self) {
        // Readers end when they have answered what was asked before.
        drop(
            self.readers
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
        drop(
            self.at_hand
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
        // The writer closes the file last: of two that close it at once, each would leave the write-ahead log to the other.
        while self.readers_ended.lock().await.recv().await.is_some() {}
        let writer = self
            .writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(writer) = writer {
            let (answer, answered) = oneshot::channel();
            if writer.send(Write::Close(answer)).await.is_ok() {
                drop(answered.await);
            }
        }
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore")
            .field("node", &self.node())
            .finish_non_exhaustive()
    }
}
