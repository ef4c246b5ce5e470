//! Making lists and search again from the log.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior, params_from_iter};
use sapar_ledger::Code;
use sapar_sealing::{Token, Wrapped};
use sapar_store::{Change, KeyState, Projector, Rebuilding, Rebuilt, StoreError};
use uuid::Uuid;

use crate::append::apply;
use crate::failure::OrFailure;
use crate::rows::{EVENT_COLUMNS, blob, key, recorded, uuid};

/// How much of the file is kept in memory meanwhile, in kibibytes.
const CACHE_KIB: i64 = 64 << 10;

/// How many tokens are put at once, 32 bytes each.
const TOKENS_AT_ONCE: usize = 1 << 20;

/// One transaction, so that readers see the old tables until all is done, and so that a failure leaves them.
pub(crate) fn rebuild(
    connection: &mut Connection,
    projector: Box<dyn Projector>,
) -> Result<Rebuilt, StoreError> {
    let usual: i64 = connection
        .pragma_query_value(None, "cache_size", |row| row.get(0))
        .or_failure()?;
    connection
        .pragma_update(None, "cache_size", -CACHE_KIB)
        .or_failure()?;
    let rebuilt = in_one_step(connection, projector);
    // What was done is done, also where memory cannot be given back.
    drop(connection.pragma_update(None, "cache_size", usual));
    drop(connection.execute_batch("PRAGMA shrink_memory"));
    rebuilt
}

fn in_one_step(
    connection: &mut Connection,
    projector: Box<dyn Projector>,
) -> Result<Rebuilt, StoreError> {
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .or_failure()?;
    transaction
        .execute_batch("DELETE FROM entries; DELETE FROM tokens;")
        .or_failure()?;
    let mut making = Rebuilding::new(projector);
    let mut tokens = Tokens::new();
    let persons = making.persons().kind.as_str().to_owned();
    for kind in kinds(&transaction)? {
        if kind != persons {
            read(&transaction, &kind, &mut making, &mut tokens)?;
        }
    }
    read(&transaction, &persons, &mut making, &mut tokens)?;
    tokens.put(&transaction)?;
    transaction.commit().or_failure()?;
    Ok(making.done())
}

/// Kinds of streams, each found from the one before it, without reading the log.
fn kinds(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut next = connection
        .prepare("SELECT min(kind) FROM events WHERE kind > ?1")
        .or_failure()?;
    let mut kinds: Vec<String> = Vec::new();
    loop {
        let last = kinds.last().map_or("", String::as_str);
        let found: Option<String> = next.query_row([last], |row| row.get(0)).or_failure()?;
        match found {
            Some(kind) => kinds.push(kind),
            None => return Ok(kinds),
        }
    }
}

/// What [`read`] asks; the index of streams gives this order, so that nothing is sorted.
fn streams() -> String {
    format!("SELECT {EVENT_COLUMNS} FROM events WHERE kind = ?1 ORDER BY stream, stream_version")
}

/// Goes through the streams of a kind.
fn read(
    connection: &Connection,
    kind: &str,
    making: &mut Rebuilding,
    tokens: &mut Tokens,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare(&streams()).or_failure()?;
    let mut rows = statement.query([kind]).or_failure()?;
    let lists = making.persons().lists.clone();
    let owners = |person| owners(connection, person, &lists);
    // Events of one person follow each other.
    let mut known: Option<(Uuid, Option<Wrapped>)> = None;
    while let Some(row) = rows.next().or_failure()? {
        let event = recorded(row)?;
        let wrapped = match event.event.subject {
            Some(subject) => {
                if known.as_ref().is_none_or(|(of, _)| *of != subject) {
                    known = Some((subject, wrapped(connection, subject)?));
                }
                known.as_ref().and_then(|(_, wrapped)| wrapped.as_ref())
            }
            None => None,
        };
        let changes = making.event(&event, wrapped, owners)?;
        tokens.take(connection, changes)?;
    }
    let changes = making.ended(owners)?;
    tokens.take(connection, changes)
}

fn wrapped(connection: &Connection, subject: Uuid) -> Result<Option<Wrapped>, StoreError> {
    Ok(match key(connection, subject)? {
        KeyState::Wrapped(wrapped) => Some(wrapped),
        KeyState::Never | KeyState::Destroyed => None,
    })
}

/// Owners of the lines about a person.
fn owners(
    connection: &Connection,
    person: Uuid,
    lists: &[Code],
) -> Result<BTreeSet<Uuid>, StoreError> {
    let mut owners = BTreeSet::new();
    if lists.is_empty() {
        // No index answers a question about none, and naming one would be refused.
        return Ok(owners);
    }
    let sql = format!(
        "SELECT DISTINCT owner FROM entries INDEXED BY entries_by_person WHERE person = ? AND list IN ({})",
        vec!["?"; lists.len()].join(", ")
    );
    let mut values = vec![Value::from(person.as_bytes().to_vec())];
    values.extend(
        lists
            .iter()
            .map(|list| Value::from(list.as_str().to_owned())),
    );
    let mut statement = connection.prepare_cached(&sql).or_failure()?;
    let mut rows = statement.query(params_from_iter(values)).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        owners.insert(uuid(blob(row, 0)?)?);
    }
    Ok(owners)
}

/// Tokens that wait to be put.
///
/// They are as good as random, so that each put by itself is another page of the file. Many at once in their order, each page is
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
    fn take(&mut self, connection: &Connection, changes: Vec<Change>) -> Result<(), StoreError> {
        for change in changes {
            match change {
                Change::Tokens { person, tokens } => {
                    if self.waiting.len() + tokens.len() > TOKENS_AT_ONCE {
                        self.put(connection)?;
                    }
                    // Whoever was erased is found no more, whatever is made of events before that.
                    if key(connection, person)? != KeyState::Destroyed {
                        let tokens = tokens.into_iter().map(|token| (token, person));
                        self.waiting.extend(tokens);
                    }
                }
                line => apply(connection, &[line])?,
            }
        }
        Ok(())
    }

    fn put(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.waiting.sort_unstable();
        let mut insert = connection
            .prepare_cached("INSERT OR IGNORE INTO tokens (token, person) VALUES (?1, ?2)")
            .or_failure()?;
        for (token, person) in self.waiting.drain(..) {
            insert.execute((token.0, person.as_bytes())).or_failure()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrate::migrate;
    use sapar_store::story::node;

    /// Sorting millions of events would take the memory that going stream by stream spares.
    #[test]
    fn nothing_is_sorted() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, node()).unwrap();
        let mut statement = connection
            .prepare(&format!("EXPLAIN QUERY PLAN {}", streams()))
            .unwrap();
        let rows = statement.query_map(["person"], |row| row.get(3)).unwrap();
        let plan: Vec<String> = rows.collect::<Result<_, _>>().unwrap();
        assert_eq!(
            plan,
            ["SEARCH events USING INDEX sqlite_autoindex_events_3 (kind=?)"]
        );
    }
}
