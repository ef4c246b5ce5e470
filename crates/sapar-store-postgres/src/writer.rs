//! The task that writes.

use sapar_ledger::{Clock, Code, Head, NodeId};
use sapar_store::{Appended, Batch, Expected, Projector, Rebuilt, Received, Rewrapped, StoreError};
use tokio::sync::{mpsc, oneshot};
use tokio_postgres::Config;

use crate::connection::{Connection, Options};
use crate::decide::{Needed, Writes};
use crate::rows::{head, signed, unsigned, value};
use crate::{group, rebuild, receive};

/// How many commands share one commit at most, so that the first never waits long for the last.
const GROUP_MAX: usize = 512;

/// How many bytes of files they hold together, at most; one command alone may hold more.
const GROUP_FILE_BYTES_MAX: usize = 64 << 20;

pub(crate) type Answer<T> = oneshot::Sender<Result<T, StoreError>>;

/// Work for the task that writes.
pub(crate) enum Write {
    /// Together with others.
    Grouped(Grouped),
    /// Makes lists and search again, by itself.
    Rebuild(Box<dyn Projector>, Answer<Rebuilt>),
    /// Takes over what another store holds, by itself.
    Receive(Received, Answer<u64>),
    /// Begins another chain, by itself.
    GoOnAs(NodeId, Answer<()>),
    /// The last one.
    Close(oneshot::Sender<()>),
}

/// Work that shares a transaction with others.
pub(crate) enum Grouped {
    Append(Batch, Answer<Appended>),
    PutRecord(PutRecord, Answer<u64>),
    RemoveRecord(Code, Vec<u8>, Answer<()>),
    RemoveExpired(i64, Answer<u64>),
    ReplaceKeys(Vec<Rewrapped>, Answer<()>),
}

/// A record to be put.
pub(crate) struct PutRecord {
    pub space: Code,
    pub key: Vec<u8>,
    pub value: Vec<u8>,
    pub expires_ms: Option<i64>,
    pub expected: Expected,
}

/// What came of it, if the transaction is committed.
enum Outcome {
    Appended(Result<Appended, StoreError>),
    Counted(Result<u64, StoreError>),
    Done(Result<(), StoreError>),
}

impl Grouped {
    fn file_bytes(&self) -> usize {
        match self {
            Self::Append(batch, _) => batch.files.iter().map(|file| file.sealed.len()).sum(),
            _ => 0,
        }
    }

    fn refuse(self, why: StoreError) {
        // Who asked may have gone away.
        match self {
            Self::Append(_, answer) => drop(answer.send(Err(why))),
            Self::PutRecord(_, answer) | Self::RemoveExpired(_, answer) => {
                drop(answer.send(Err(why)));
            }
            Self::RemoveRecord(_, _, answer) | Self::ReplaceKeys(_, answer) => {
                drop(answer.send(Err(why)));
            }
        }
    }

    fn tell(self, outcome: Outcome) {
        match (self, outcome) {
            (Self::Append(_, answer), Outcome::Appended(done)) => drop(answer.send(done)),
            (
                Self::PutRecord(_, answer) | Self::RemoveExpired(_, answer),
                Outcome::Counted(done),
            ) => drop(answer.send(done)),
            (
                Self::RemoveRecord(_, _, answer) | Self::ReplaceKeys(_, answer),
                Outcome::Done(done),
            ) => drop(answer.send(done)),
            // An outcome of another kind cannot be; whoever asked would be told that the store is closed.
            _ => {}
        }
    }
}

impl Write {
    fn refuse(self, why: StoreError) {
        match self {
            Self::Grouped(grouped) => grouped.refuse(why),
            Self::Rebuild(_, answer) => drop(answer.send(Err(why))),
            Self::Receive(_, answer) => drop(answer.send(Err(why))),
            Self::GoOnAs(_, answer) => drop(answer.send(Err(why))),
            Self::Close(answer) => {
                let _ = answer.send(());
            }
        }
    }
}

/// Writes until it is told to close or nobody is left to ask.
pub(crate) struct Writer {
    pub config: Config,
    pub options: Options,
    pub connection: Connection,
    pub queue: mpsc::Receiver<Write>,
}

impl Writer {
    pub(crate) async fn run(mut self) {
        let mut left_over = None;
        loop {
            let next = match left_over.take() {
                Some(next) => Some(next),
                None => self.queue.recv().await,
            };
            let Some(next) = next else { return };
            // Closing needs no server.
            if !matches!(next, Write::Close(_))
                && let Err(why) = self.connect_again().await
            {
                next.refuse(why);
                continue;
            }
            match next {
                Write::Grouped(first) => {
                    let (group, other) = self.gather(first);
                    left_over = other;
                    write_group(&self.connection, group).await;
                }
                Write::Rebuild(projector, answer) => {
                    drop(answer.send(rebuild::rebuild(&self.connection, projector).await));
                }
                Write::Receive(received, answer) => {
                    let on = &self.connection;
                    let done = in_transaction(on, receive::receive(on, &received)).await;
                    drop(answer.send(done));
                }
                Write::GoOnAs(node, answer) => {
                    drop(answer.send(go_on_as(&self.connection, node).await));
                }
                Write::Close(answer) => {
                    let _ = answer.send(());
                    return;
                }
            }
        }
    }

    /// All that waits and can go together, and the first that cannot.
    fn gather(&mut self, first: Grouped) -> (Vec<Grouped>, Option<Write>) {
        let mut bytes = first.file_bytes();
        let mut group = vec![first];
        while group.len() < GROUP_MAX && bytes < GROUP_FILE_BYTES_MAX {
            match self.queue.try_recv() {
                Ok(Write::Grouped(more)) => {
                    bytes += more.file_bytes();
                    group.push(more);
                }
                Ok(other) => return (group, Some(other)),
                Err(_) => break,
            }
        }
        (group, None)
    }

    async fn connect_again(&mut self) -> Result<(), StoreError> {
        if self.connection.is_lost() {
            self.connection = Connection::open(&self.config, self.options.patience).await?;
        }
        Ok(())
    }
}

async fn write_group(connection: &Connection, group: Vec<Grouped>) {
    match try_group(connection, &group).await {
        Ok(done) => tell(group, done),
        // One of them is to blame and not the server: the others shall not suffer from it.
        Err(StoreError::Failed { .. } | StoreError::IdTaken | StoreError::Corrupt)
            if group.len() > 1 =>
        {
            for one in group {
                match try_group(connection, std::slice::from_ref(&one)).await {
                    Ok(done) => tell(vec![one], done),
                    Err(why) => one.refuse(why),
                }
            }
        }
        Err(why) => {
            for one in group {
                one.refuse(why.clone());
            }
        }
    }
}

fn tell(group: Vec<Grouped>, done: Vec<Outcome>) {
    for (one, outcome) in group.into_iter().zip(done) {
        one.tell(outcome);
    }
}

async fn try_group(connection: &Connection, group: &[Grouped]) -> Result<Vec<Outcome>, StoreError> {
    in_transaction(connection, async {
        let mut appended = append_all(connection, group).await?.into_iter();
        let mut done = Vec::with_capacity(group.len());
        for one in group {
            done.push(match one {
                Grouped::Append(..) => {
                    Outcome::Appended(appended.next().unwrap_or(Err(StoreError::Closed)))
                }
                Grouped::PutRecord(record, _) => {
                    Outcome::Counted(refusal_within(put(connection, record).await)?)
                }
                Grouped::RemoveRecord(space, key, _) => {
                    let sql = "DELETE FROM records WHERE space = $1 AND key = $2";
                    connection.execute(sql, &[&space.as_str(), key]).await?;
                    Outcome::Done(Ok(()))
                }
                Grouped::RemoveExpired(now_ms, _) => {
                    let sql = "DELETE FROM records WHERE expires <= $1";
                    Outcome::Counted(Ok(connection.execute(sql, &[now_ms]).await?))
                }
                Grouped::ReplaceKeys(keys, _) => {
                    Outcome::Done(refusal_within(group::replace_keys(connection, keys).await)?)
                }
            });
        }
        Ok(done)
    })
    .await
}

/// A refusal that leaves the transaction as it is; anything else ends it.
fn refusal_within<T>(done: Result<T, StoreError>) -> Result<Result<T, StoreError>, StoreError> {
    match done {
        Err(StoreError::RecordConflict | StoreError::KeyChanged) | Ok(_) => Ok(done),
        Err(other) => Err(other),
    }
}

/// Commits if the work is done, and takes everything back otherwise.
pub(crate) async fn in_transaction<T>(
    connection: &Connection,
    work: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    // A transaction whose lock was refused has begun as well.
    let done = async {
        group::begin(connection).await?;
        work.await
    };
    match done.await {
        Ok(done) => connection.run("COMMIT").await.map(|()| done),
        Err(why) => {
            // A connection that is lost has taken it back by itself.
            drop(connection.run("ROLLBACK").await);
            Err(why)
        }
    }
}

async fn append_all(
    connection: &Connection,
    group: &[Grouped],
) -> Result<Vec<Result<Appended, StoreError>>, StoreError> {
    let batches: Vec<&Batch> = group
        .iter()
        .filter_map(|one| match one {
            Grouped::Append(batch, _) => Some(batch),
            _ => None,
        })
        .collect();
    if batches.is_empty() {
        return Ok(Vec::new());
    }
    let needed = Needed::by(batches.iter().copied());
    let mut known = group::ask(connection, &needed).await?;
    let mut writes = Writes::default();
    let decided = batches
        .into_iter()
        .map(|batch| known.decide(batch, &mut writes))
        .collect();
    group::write(connection, &known, &writes).await?;
    Ok(decided)
}

async fn put(connection: &Connection, record: &PutRecord) -> Result<u64, StoreError> {
    let place = [
        &record.space.as_str() as &(dyn tokio_postgres::types::ToSql + Sync),
        &record.key,
    ];
    let found = connection
        .query(
            "SELECT version FROM records WHERE space = $1 AND key = $2",
            &place,
        )
        .await?;
    let found = found
        .first()
        .map(|row| unsigned(value(row, 0)?))
        .transpose()?;
    let fits = match record.expected {
        Expected::Any => true,
        Expected::New => found.is_none(),
        Expected::Version(version) => found == Some(version),
    };
    if !fits {
        return Err(StoreError::RecordConflict);
    }
    let version = found.unwrap_or(0) + 1;
    connection
        .execute(
            "INSERT INTO records (space, key, value, version, expires) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (space, key) DO UPDATE SET value = excluded.value, version = excluded.version, expires = excluded.expires",
            &[
                &record.space.as_str(),
                &record.key,
                &record.value,
                &signed(version)?,
                &record.expires_ms,
            ],
        )
        .await?;
    Ok(version)
}

/// Begins the chain of another node, later than everything there is.
async fn go_on_as(connection: &Connection, new_node: NodeId) -> Result<(), StoreError> {
    in_transaction(connection, async {
        let rows = connection
            .query("SELECT node, sequence, hash, clock FROM chains", &[])
            .await?;
        let mut clock = Clock::START;
        for row in &rows {
            let head = head(row)?;
            if head.node == new_node {
                return Err(StoreError::IdTaken);
            }
            clock = clock.max(head.clock);
        }
        let start = Head {
            clock,
            ..Head::start(new_node)
        };
        group::put_head(connection, &start).await?;
        connection
            .execute("UPDATE sapar_store SET node = $1", &[&new_node.uuid()])
            .await
            .map(drop)
    })
    .await
}
