//! Making lists and search again from the log.

use std::collections::{BTreeSet, HashMap};

use sapar_ledger::Code;
use sapar_sealing::{Token, Wrapped};
use sapar_store::{Change, Projector, Rebuilding, Rebuilt, Recorded, StoreError};
use uuid::Uuid;

use crate::connection::Connection;
use crate::decide::Lists;
use crate::group::{put_tokens, write_lists};
use crate::read::kind_after;
use crate::rows::{value, wrapped};
use crate::writer::in_transaction;

/// How many events are read at once.
const PAGE: u32 = 500;

/// How many tokens are put at once, 32 bytes each and about as much again while they are sent.
const TOKENS_AT_ONCE: usize = 1 << 18;

/// One transaction, so that readers see the old tables until all is done, and so that a failure leaves them.
pub(crate) async fn rebuild(
    connection: &Connection,
    projector: Box<dyn Projector>,
) -> Result<Rebuilt, StoreError> {
    in_transaction(connection, async {
        // Not emptied at once (`TRUNCATE`): readers would have to wait.
        connection
            .run("DELETE FROM entries; DELETE FROM tokens")
            .await?;
        let mut making = Rebuilding::new(projector);
        let mut tokens = Tokens::new();
        let persons = making.persons().kind.as_str().to_owned();
        for kind in kinds(connection).await? {
            if kind != persons {
                read(connection, &kind, &mut making, &mut tokens).await?;
            }
        }
        read(connection, &persons, &mut making, &mut tokens).await?;
        tokens.put(connection).await?;
        Ok(making.done())
    })
    .await
}

/// Kinds of streams, each found from the one before it, without reading the log.
async fn kinds(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut kinds: Vec<String> = Vec::new();
    loop {
        let last = kinds.last().map_or("", String::as_str);
        let row = connection
            .query_one("SELECT min(kind) FROM events WHERE kind > $1", &[&last])
            .await?;
        match value(&row, 0)? {
            Some(kind) => kinds.push(kind),
            None => return Ok(kinds),
        }
    }
}

/// Goes through the streams of a kind.
async fn read(
    connection: &Connection,
    kind: &str,
    making: &mut Rebuilding,
    tokens: &mut Tokens,
) -> Result<(), StoreError> {
    let lists = making.persons().lists.clone();
    let mut after = None;
    loop {
        let events = kind_after(connection, kind, after, PAGE).await?;
        let Some(last) = events.last() else { break };
        after = Some((last.event.stream, last.version));
        let keys = keys(connection, &events).await?;
        let owners = owners(connection, ending(making, &events), &lists).await?;
        let owners = |person| Ok(owners.get(&person).cloned().unwrap_or_default());
        let mut changes = Vec::new();
        for event in &events {
            let key = event.event.subject.and_then(|subject| keys.get(&subject));
            changes.extend(making.event(event, key, owners)?);
        }
        tokens.take(connection, changes).await?;
    }
    let owners = owners(connection, ending(making, &[]), &lists).await?;
    let changes = making.ended(|person| Ok(owners.get(&person).cloned().unwrap_or_default()))?;
    tokens.take(connection, changes).await
}

/// Keys of the persons whom events are about, as far as there are any.
async fn keys(
    connection: &Connection,
    events: &[Recorded],
) -> Result<HashMap<Uuid, Wrapped>, StoreError> {
    let subjects: BTreeSet<Uuid> = events.iter().filter_map(|one| one.event.subject).collect();
    let subjects: Vec<Uuid> = subjects.into_iter().collect();
    let rows = connection
        .query(
            "SELECT subject, wrapped FROM keys WHERE subject = ANY ($1) AND wrapped IS NOT NULL",
            &[&subjects],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((value(row, 0)?, wrapped(value(row, 1)?)?)))
        .collect()
}

/// Persons whose streams may end with these events.
fn ending(making: &Rebuilding, events: &[Recorded]) -> Vec<Uuid> {
    let kind = making.persons().kind.as_str();
    let streams = events.iter().map(|one| one.event.stream());
    let persons: BTreeSet<Uuid> = streams
        .filter(|stream| *stream.kind == *kind)
        .map(|stream| stream.id)
        .chain(making.person())
        .collect();
    persons.into_iter().collect()
}

/// Owners of the lines about persons; all of these lines are written by then.
async fn owners(
    connection: &Connection,
    persons: Vec<Uuid>,
    lists: &[Code],
) -> Result<HashMap<Uuid, BTreeSet<Uuid>>, StoreError> {
    let mut owners: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
    if persons.is_empty() {
        return Ok(owners);
    }
    let lists: Vec<&str> = lists.iter().map(Code::as_str).collect();
    let rows = connection
        .query(
            "SELECT DISTINCT person, owner FROM entries WHERE person = ANY ($1) AND list = ANY ($2)",
            &[&persons, &lists],
        )
        .await?;
    for row in &rows {
        let of_person = owners.entry(value(row, 0)?).or_default();
        of_person.insert(value(row, 1)?);
    }
    Ok(owners)
}

/// Tokens that wait to be put.
///
/// They are as good as random, so that each put by itself is another page of the index. Many at once in their order, each page is
/// written once for all of its tokens.
struct Tokens {
    waiting: Vec<(Token, Uuid)>,
}

impl Tokens {
    /// None yet, and room for as many as ever wait.
    fn new() -> Self {
        Self {
            waiting: Vec::with_capacity(TOKENS_AT_ONCE),
        }
    }

    /// Takes the tokens out of changes, and carries out the others.
    async fn take(
        &mut self,
        connection: &Connection,
        changes: Vec<Change>,
    ) -> Result<(), StoreError> {
        let mut lines = Vec::with_capacity(changes.len());
        for change in changes {
            match change {
                Change::Tokens { person, tokens } => {
                    if self.waiting.len() + tokens.len() > TOKENS_AT_ONCE {
                        self.put(connection).await?;
                    }
                    let tokens = tokens.into_iter().map(|token| (token, person));
                    self.waiting.extend(tokens);
                }
                line => lines.push(line),
            }
        }
        let mut lists = Lists::default();
        lists.change(&lines);
        write_lists(connection, &lists).await?;
        Ok(())
    }

    async fn put(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.waiting.sort_unstable();
        put_tokens(connection, &self.waiting).await?;
        self.waiting.clear();
        Ok(())
    }
}
