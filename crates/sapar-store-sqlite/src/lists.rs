//! Lines of lists: which of them, answered from indexes alone, and then the lines themselves.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use sapar_ledger::Code;
use sapar_store::{Cursor, Entry, Group, LIMIT_MAX, Order, Page, Query, StoreError};
use uuid::Uuid;

use crate::failure::OrFailure;
use crate::rows::{ENTRY_COLUMNS, NO_TIME, blob, code, entry, integer, text, unsigned, uuid};

/// More ways through the indexes than this are not worth going one by one.
const WAYS_MAX: usize = 100;

/// A statement in the making: what every line must fulfil, and values by number.
struct Asked<'q> {
    query: &'q Query,
    values: Vec<Value>,
    conditions: String,
}

impl<'q> Asked<'q> {
    fn new(query: &'q Query, after: Option<Cursor>) -> Self {
        let mut asked = Self {
            query,
            values: Vec::new(),
            conditions: String::new(),
        };
        let list = asked.takes(query.list.as_str().to_owned());
        let hidden = asked.takes(i64::from(!query.classes));
        asked.conditions = format!("list = {list} AND (classes & {hidden}) = 0");
        if let Some(person) = query.person {
            let person = asked.takes(bytes(person));
            asked.and(&format!("person = {person}"));
        }
        if let Some(from) = query.from_ms {
            let from = asked.takes(from);
            asked.and(&format!("at >= {from} AND at <> {NO_TIME}"));
        }
        if let Some(before) = query.before_ms {
            let before = asked.takes(before);
            asked.and(&format!("at < {before}"));
        }
        if let Some(after) = after {
            let at = asked.takes(after.at_ms.unwrap_or(NO_TIME));
            let id = asked.takes(bytes(after.id));
            let than = match query.order {
                Order::EarliestFirst => '>',
                Order::LatestFirst => '<',
            };
            asked.and(&format!("(at, id) {than} ({at}, {id})"));
        }
        asked
    }

    /// Takes a value, and gives what stands for it in the statement.
    fn takes(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn and(&mut self, condition: &str) {
        self.conditions.push_str(" AND ");
        self.conditions.push_str(condition);
    }

    /// What stands for each owner and each state asked for, every one once.
    fn owners_and_states(&mut self) -> (Vec<String>, Vec<String>) {
        let owners: BTreeSet<Uuid> = self.query.owners.iter().copied().collect();
        let states: BTreeSet<&Code> = self.query.states.iter().collect();
        let owners = owners
            .into_iter()
            .map(|owner| self.takes(bytes(owner)))
            .collect();
        let states = states
            .into_iter()
            .map(|state| self.takes(state.as_str().to_owned()))
            .collect();
        (owners, states)
    }

    /// Ways through the indexes that together give every line once, each in order of time: an index, and a condition more.
    ///
    /// SQLite would often go through a whole list by its time instead, to spare itself the sorting of a few lines.
    fn ways(&mut self) -> Vec<(&'static str, String)> {
        let (owners, states) = self.owners_and_states();
        let ways = owners.len() * states.len().max(1);
        if self.query.person.is_some() {
            vec![("entries_by_person", among(&owners, &states))]
        } else if owners.is_empty() {
            vec![("entries_by_time", among(&owners, &states))]
        } else if ways > WAYS_MAX {
            vec![("entries_by_owner", among(&owners, &states))]
        } else if states.is_empty() {
            let way = |owner| ("entries_by_owner_and_time", format!(" AND owner = {owner}"));
            owners.iter().map(way).collect()
        } else {
            let mut all = Vec::with_capacity(ways);
            for owner in &owners {
                for state in &states {
                    let way = format!(" AND owner = {owner} AND state = {state}");
                    all.push(("entries_by_owner", way));
                }
            }
            all
        }
    }
}

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

fn among(owners: &[String], states: &[String]) -> String {
    let mut condition = String::new();
    for (column, values) in [("owner", owners), ("state", states)] {
        if !values.is_empty() {
            condition.push_str(&format!(" AND {column} IN ({})", values.join(", ")));
        }
    }
    condition
}

pub(crate) fn entries(connection: &Connection, query: &Query) -> Result<Page, StoreError> {
    let limit = query.limit.min(LIMIT_MAX);
    let mut asked = Asked::new(query, query.after);
    // One more than asked for tells whether anything follows.
    let one_more = asked.takes(i64::from(limit) + 1);
    let order = match query.order {
        Order::EarliestFirst => "at, id",
        Order::LatestFirst => "at DESC, id DESC",
    };
    let places: Vec<String> = asked
        .ways()
        .into_iter()
        .map(|(index, condition)| {
            format!(
                "SELECT * FROM (SELECT id, at FROM entries INDEXED BY {index} WHERE {}{condition} ORDER BY {order} LIMIT {one_more})",
                asked.conditions
            )
        })
        .collect();
    // Only the lines of the page are fetched, in the order written here (`CROSS JOIN`).
    let sql = format!(
        "SELECT {ENTRY_COLUMNS} FROM (SELECT id AS place FROM ({}) ORDER BY {order} LIMIT {one_more}) \
         CROSS JOIN entries ON list = ?1 AND id = place ORDER BY {order}",
        places.join(" UNION ALL ")
    );
    let mut statement = connection.prepare_cached(&sql).or_failure()?;
    let mut rows = statement
        .query(params_from_iter(asked.values))
        .or_failure()?;
    let mut found: Vec<Entry> = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        found.push(entry(row)?);
    }
    Ok(Page::cut(found, limit))
}

pub(crate) fn count(connection: &Connection, query: &Query) -> Result<Vec<Group>, StoreError> {
    let mut asked = Asked::new(query, None);
    let (owners, states) = asked.owners_and_states();
    let sql = format!(
        "SELECT owner, state, count(*) FROM entries WHERE {}{} GROUP BY owner, state ORDER BY owner, state",
        asked.conditions,
        among(&owners, &states)
    );
    let mut statement = connection.prepare_cached(&sql).or_failure()?;
    let mut rows = statement
        .query(params_from_iter(asked.values))
        .or_failure()?;
    let mut groups = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        groups.push(Group {
            owner: uuid(blob(row, 0)?)?,
            state: code(text(row, 1)?)?,
            count: unsigned(integer(row, 2)?)?,
        });
    }
    Ok(groups)
}
