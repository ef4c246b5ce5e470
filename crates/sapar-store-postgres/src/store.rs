//! The store: asks the readers and the writer, and waits for their answers.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use sapar_ledger::{Code, Event, Head, NodeId, StreamId};
use sapar_sealing::{Token, Wrapped};
use sapar_store::{
    Appended, Batch, Expected, Group, KeyState, Page, Projector, Query, RECORD_BYTES_MAX, Rebuilt,
    Received, Record, Recorded, Rewrapped, Store, StoreError,
};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::connection::{self, Connection, Options, Pool};
use crate::writer::{Answer, Grouped, PutRecord, Write, Writer};
use crate::{group, lists, migrate, read, receive};

/// How many commands may wait; whoever comes later waits to be let in.
const QUEUE_MAX: usize = 1_024;

/// A store in a database of a PostgreSQL server.
pub struct PostgresStore {
    node: Mutex<NodeId>,
    writer: Mutex<Option<mpsc::Sender<Write>>>,
    readers: Pool,
}

impl PostgresStore {
    /// Connects to a database, `postgres://user@host/database` or the like, and brings it to this program's version.
    ///
    /// Must be called within a Tokio runtime with input, output and time, which the store then needs until it is closed.
    ///
    /// # Errors
    /// If the server does not answer or refuses, or the database is newer than this program or another program's.
    /// Nothing has been changed then.
    pub async fn connect(address: &str, options: Options) -> Result<Self, StoreError> {
        let config = connection::config(address, &options)?;
        let connection = Connection::open(&config, options.patience).await?;
        let node = migrate::migrate(&connection, options.new_node).await?;
        let (writer, queue) = mpsc::channel(QUEUE_MAX);
        let readers = Pool::new(config.clone(), &options);
        let task = Writer {
            config,
            options,
            connection,
            queue,
        };
        tokio::spawn(task.run());
        Ok(Self {
            node: Mutex::new(node),
            writer: Mutex::new(Some(writer)),
            readers,
        })
    }

    /// Begins the chain of another node, later than everything there is.
    ///
    /// To be done once after a database was put back from a backup: events after the backup are lost here and may be known elsewhere,
    /// and no number shall be used for two events.
    ///
    /// # Errors
    /// If the identifier was used before, or the database fails.
    pub async fn go_on_as(&self, new_node: NodeId) -> Result<(), StoreError> {
        self.write(|answer| Write::GoOnAs(new_node, answer)).await?;
        *self.node.lock().unwrap_or_else(PoisonError::into_inner) = new_node;
        Ok(())
    }

    async fn write<T>(&self, write: impl FnOnce(Answer<T>) -> Write) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let writer = self
            .writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        writer
            .ok_or(StoreError::Closed)?
            .send(write(answer))
            .await
            .map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    async fn write_grouped<T>(
        &self,
        write: impl FnOnce(Answer<T>) -> Grouped,
    ) -> Result<T, StoreError> {
        self.write(|answer| Write::Grouped(write(answer))).await
    }
}

#[async_trait]
impl Store for PostgresStore {
    fn node(&self) -> NodeId {
        *self.node.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn append(&self, batch: Batch) -> Result<Appended, StoreError> {
        batch.check()?;
        self.write_grouped(|answer| Grouped::Append(batch, answer))
            .await
    }

    async fn stream(
        &self,
        stream: StreamId,
        after_version: u64,
    ) -> Result<Vec<Recorded>, StoreError> {
        let stream = &stream;
        self.readers
            .ask(|on| async move { read::stream(&on, stream, after_version).await })
            .await
    }

    async fn log(&self, after_position: u64, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        self.readers
            .ask(|on| async move { read::log(&on, after_position, limit).await })
            .await
    }

    async fn chain(
        &self,
        node: NodeId,
        after_sequence: u64,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError> {
        self.readers
            .ask(|on| async move { read::chain(&on, node, after_sequence, limit).await })
            .await
    }

    async fn heads(&self) -> Result<Vec<Head>, StoreError> {
        self.readers
            .ask(|on| async move { read::heads(&on).await })
            .await
    }

    async fn key(&self, subject: Uuid) -> Result<KeyState, StoreError> {
        self.readers
            .ask(|on| async move { group::key(&on, subject).await })
            .await
    }

    async fn keys(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<(Uuid, Wrapped)>, StoreError> {
        self.readers
            .ask(|on| async move { read::keys(&on, after, limit).await })
            .await
    }

    async fn replace_keys(&self, keys: Vec<Rewrapped>) -> Result<(), StoreError> {
        self.write_grouped(|answer| Grouped::ReplaceKeys(keys, answer))
            .await
    }

    async fn file(&self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        self.readers
            .ask(|on| async move { read::file(&on, id).await })
            .await
    }

    async fn entries(&self, query: Query) -> Result<Page, StoreError> {
        let query = &query;
        self.readers
            .ask(|on| async move { lists::entries(&on, query).await })
            .await
    }

    async fn count(&self, query: Query) -> Result<Vec<Group>, StoreError> {
        let query = &query;
        self.readers
            .ask(|on| async move { lists::count(&on, query).await })
            .await
    }

    async fn find(
        &self,
        tokens: Vec<Token>,
        at_least: u32,
        limit: u32,
    ) -> Result<Vec<(Uuid, u32)>, StoreError> {
        let tokens = &tokens;
        self.readers
            .ask(|on| async move { read::find(&on, tokens, at_least, limit).await })
            .await
    }

    async fn record(
        &self,
        space: Code,
        key: Vec<u8>,
        now_ms: i64,
    ) -> Result<Option<Record>, StoreError> {
        let (space, key) = (&space, &key);
        self.readers
            .ask(|on| async move { read::record(&on, space, key, now_ms).await })
            .await
    }

    async fn records(
        &self,
        space: Code,
        after: Vec<u8>,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<(Vec<u8>, Record)>, StoreError> {
        let (space, after) = (&space, &after);
        self.readers
            .ask(|on| async move { read::records(&on, space, after, now_ms, limit).await })
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
        let record = PutRecord {
            space,
            key,
            value,
            expires_ms,
            expected,
        };
        self.write_grouped(|answer| Grouped::PutRecord(record, answer))
            .await
    }

    async fn remove_record(&self, space: Code, key: Vec<u8>) -> Result<(), StoreError> {
        self.write_grouped(|answer| Grouped::RemoveRecord(space, key, answer))
            .await
    }

    async fn remove_expired(&self, now_ms: i64) -> Result<u64, StoreError> {
        self.write_grouped(|answer| Grouped::RemoveExpired(now_ms, answer))
            .await
    }

    async fn key_states(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<(Uuid, KeyState)>, StoreError> {
        self.readers
            .ask(|on| async move { receive::key_states(&on, after, limit).await })
            .await
    }

    async fn file_ids(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
        self.readers
            .ask(|on| async move { receive::file_ids(&on, after, limit).await })
            .await
    }

    async fn all_records(
        &self,
        after: Option<(Code, Vec<u8>)>,
        limit: u32,
    ) -> Result<Vec<(Code, Vec<u8>, Record)>, StoreError> {
        let after = after.as_ref();
        self.readers
            .ask(|on| async move { receive::all_records(&on, after, limit).await })
            .await
    }

    async fn receive(&self, received: Received) -> Result<u64, StoreError> {
        self.write(|answer| Write::Receive(received, answer)).await
    }

    async fn rebuild(&self, projector: Box<dyn Projector>) -> Result<Rebuilt, StoreError> {
        self.write(|answer| Write::Rebuild(projector, answer)).await
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.readers
            .ask(|on| async move { read::check(&on).await })
            .await
    }

    async fn close(&self) {
        self.readers.close();
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

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore")
            .field("node", &self.node())
            .finish_non_exhaustive()
    }
}
