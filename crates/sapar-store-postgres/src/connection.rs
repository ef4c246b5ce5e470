//! Connections: opened as every part of the store needs them, shared by readers, and opened again when lost.

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sapar_ledger::NodeId;
use sapar_store::StoreError;
use tokio::sync::Semaphore;
use tokio_postgres::config::SslMode;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, NoTls, Row, Statement};

use crate::failure::OrFailure;

/// How a server is spoken to.
#[derive(Debug, Clone)]
pub struct Options {
    /// The node of a database that is new; one that exists keeps its own.
    pub new_node: NodeId,
    /// How many questions are answered at once.
    pub readers: usize,
    /// How long to wait for a connection, or for another program that writes.
    pub patience: Duration,
}

impl Options {
    /// Eight readers, and five seconds of patience.
    #[must_use]
    pub const fn new(new_node: NodeId) -> Self {
        Self {
            new_node,
            readers: 8,
            patience: Duration::from_secs(5),
        }
    }
}

/// Reads the address of a server.
pub(crate) fn config(address: &str, options: &Options) -> Result<Config, StoreError> {
    // The driver repeats parts of the address, and with it a password, in its error.
    let mut config: Config = address.parse().map_err(|_| StoreError::Failed {
        code: "of an address that is none; write it as postgres://user@host/database".into(),
    })?;
    if config.get_ssl_mode() == SslMode::Require {
        return Err(StoreError::Failed {
            code: "of an address that asks for TLS, which this program does not speak; use a local socket or an encrypted tunnel".into(),
        });
    }
    config
        .ssl_mode(SslMode::Disable)
        .application_name("sapar")
        .connect_timeout(options.patience)
        .tcp_user_timeout(Duration::from_secs(15))
        .keepalives_idle(Duration::from_secs(30));
    Ok(config)
}

/// A connection with the statements that were prepared on it.
pub(crate) struct Connection {
    client: Client,
    statements: Mutex<HashMap<String, Statement>>,
}

impl Connection {
    /// Opens one.
    pub(crate) async fn open(config: &Config, patience: Duration) -> Result<Self, StoreError> {
        let opening = tokio::time::timeout(patience, config.connect(NoTls));
        let (client, driver) = opening
            .await
            .map_err(|_| StoreError::Unreachable)?
            .or_failure()?;
        // Ends with the client, or when the server goes away; what was asked then is told so.
        tokio::spawn(async move { drop(driver.await) });
        client
            // Every question has an index: a plan made while a table was small must not outlive that, and none is worth compiling.
            .batch_execute(&format!(
                "SET synchronous_commit = on; SET lock_timeout = {}; SET enable_seqscan = off; SET jit = off",
                patience.as_millis().max(1)
            ))
            .await
            .or_failure()?;
        Ok(Self {
            client,
            statements: Mutex::default(),
        })
    }

    /// Whether the server is gone.
    pub(crate) fn is_lost(&self) -> bool {
        self.client.is_closed()
    }

    /// Statements without values or answers.
    pub(crate) async fn run(&self, sql: &str) -> Result<(), StoreError> {
        self.client.batch_execute(sql).await.or_failure()
    }

    /// A statement's rows.
    pub(crate) async fn query(
        &self,
        sql: &str,
        values: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, StoreError> {
        let statement = self.statement(sql).await?;
        self.client.query(&statement, values).await.or_failure()
    }

    /// A statement's one row.
    pub(crate) async fn query_one(
        &self,
        sql: &str,
        values: &[&(dyn ToSql + Sync)],
    ) -> Result<Row, StoreError> {
        let mut rows = self.query(sql, values).await?;
        match (rows.pop(), rows.is_empty()) {
            (Some(row), true) => Ok(row),
            _ => Err(StoreError::Corrupt),
        }
    }

    /// How many rows a statement changed.
    pub(crate) async fn execute(
        &self,
        sql: &str,
        values: &[&(dyn ToSql + Sync)],
    ) -> Result<u64, StoreError> {
        let statement = self.statement(sql).await?;
        self.client.execute(&statement, values).await.or_failure()
    }

    async fn statement(&self, sql: &str) -> Result<Statement, StoreError> {
        let prepared = self
            .statements
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(sql)
            .cloned();
        if let Some(prepared) = prepared {
            return Ok(prepared);
        }
        let prepared = self.client.prepare(sql).await.or_failure()?;
        self.statements
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(sql.to_owned(), prepared.clone());
        Ok(prepared)
    }
}

/// Connections for readers.
pub(crate) struct Pool {
    config: Config,
    patience: Duration,
    /// One permit a reader; closed with the store.
    permits: Semaphore,
    idle: Mutex<Vec<Arc<Connection>>>,
    closed: AtomicBool,
}

impl Pool {
    pub(crate) fn new(config: Config, options: &Options) -> Self {
        Self {
            config,
            patience: options.patience,
            permits: Semaphore::new(options.readers.max(1)),
            idle: Mutex::default(),
            closed: AtomicBool::new(false),
        }
    }

    /// Asks on a connection that nobody else uses meanwhile; once more on a new one if it was lost, since questions change nothing.
    pub(crate) async fn ask<T, F: Future<Output = Result<T, StoreError>>>(
        &self,
        question: impl Fn(Arc<Connection>) -> F,
    ) -> Result<T, StoreError> {
        let _permit = self
            .permits
            .acquire()
            .await
            .map_err(|_| StoreError::Closed)?;
        let idle = self.take();
        let was_used = idle.is_some();
        let connection = match idle {
            Some(connection) => connection,
            None => self.open().await?,
        };
        let mut answer = question(Arc::clone(&connection)).await;
        let mut connection = connection;
        if was_used && matches!(answer, Err(StoreError::Unreachable)) {
            connection = self.open().await?;
            answer = question(Arc::clone(&connection)).await;
        }
        if !connection.is_lost() && !self.closed.load(Ordering::Acquire) {
            self.idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
        }
        answer
    }

    /// Refuses whoever asks from now on, and drops every connection.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.permits.close();
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    fn take(&self) -> Option<Arc<Connection>> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(connection) = idle.pop() {
            if !connection.is_lost() {
                return Some(connection);
            }
        }
        None
    }

    async fn open(&self) -> Result<Arc<Connection>, StoreError> {
        Connection::open(&self.config, self.patience)
            .await
            .map(Arc::new)
    }
}
