//! Lines of lists.

use std::collections::BTreeSet;

use sapar_store::{Cursor, Group, LIMIT_MAX, Order, Page, Query, StoreError};
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use crate::connection::Connection;
use crate::rows::{ENTRY_COLUMNS, NO_TIME, code, entry, number, value};

/// More ways through the indexes than this are not worth going one by one.
const WAYS_MAX: usize = 100;

/// A statement in the making: what every line must fulfil, and values by number.
struct Asked<'q> {
    query: &'q Query,
    values: Vec<Box<dyn ToSql + Sync + Send>>,
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
            let person = asked.takes(person);
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
            let id = asked.takes(after.id);
            let than = match query.order {
                Order::EarliestFirst => '>',
                Order::LatestFirst => '<',
            };
            asked.and(&format!("(at, id) {than} ({at}, {id})"));
        }
        asked
    }

    /// Takes a value, and gives what stands for it in the statement.
    fn takes(&mut self, value: impl ToSql + Sync + Send + 'static) -> String {
        self.values.push(Box::new(value));
        format!("${}", self.values.len())
    }

    fn and(&mut self, condition: &str) {
        self.conditions.push_str(" AND ");
        self.conditions.push_str(condition);
    }

    /// Conditions that together fit every line once, each answered by an index in order of time.
    ///
    /// The server would often go through a whole list by its time instead, to spare itself the sorting of a few lines.
    fn ways(&mut self) -> Vec<String> {
        let owners: BTreeSet<Uuid> = self.query.owners.iter().copied().collect();
        let states: BTreeSet<&str> = self
            .query
            .states
            .iter()
            .map(|state| state.as_str())
            .collect();
        let ways = owners.len() * states.len().max(1);
        if self.query.person.is_some() || owners.is_empty() || ways > WAYS_MAX {
            return vec![self.among()];
        }
        let owners: Vec<String> = owners.into_iter().map(|owner| self.takes(owner)).collect();
        let states: Vec<String> = states
            .into_iter()
            .map(|state| self.takes(state.to_owned()))
            .collect();
        let mut all = Vec::with_capacity(ways);
        for owner in &owners {
            if states.is_empty() {
                all.push(format!(" AND owner = {owner}"));
            }
            for state in &states {
                all.push(format!(" AND owner = {owner} AND state = {state}"));
            }
        }
        all
    }

    fn among(&mut self) -> String {
        let mut condition = String::new();
        if !self.query.owners.is_empty() {
            let owners = self.takes(self.query.owners.clone());
            condition.push_str(&format!(" AND owner = ANY ({owners})"));
        }
        if !self.query.states.is_empty() {
            let states = self.query.states.iter();
            let states: Vec<String> = states.map(|state| state.as_str().to_owned()).collect();
            let states = self.takes(states);
            condition.push_str(&format!(" AND state = ANY ({states})"));
        }
        condition
    }

    fn values(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.values
            .iter()
            .map(|value| &**value as &(dyn ToSql + Sync))
            .collect()
    }
}

pub(crate) async fn entries(connection: &Connection, query: &Query) -> Result<Page, StoreError> {
    let limit = query.limit.min(LIMIT_MAX);
    let mut asked = Asked::new(query, query.after);
    // One more than asked for tells whether anything follows.
    let one_more = asked.takes(i64::from(limit) + 1);
    let order = match query.order {
        Order::EarliestFirst => "at, id",
        Order::LatestFirst => "at DESC, id DESC",
    };
    let parts: Vec<String> = asked
        .ways()
        .into_iter()
        .map(|condition| {
            format!(
                "(SELECT {ENTRY_COLUMNS} FROM entries WHERE {}{condition} ORDER BY {order} LIMIT {one_more})",
                asked.conditions
            )
        })
        .collect();
    let sql = format!(
        "SELECT * FROM ({}) AS lines ORDER BY {order} LIMIT {one_more}",
        parts.join(" UNION ALL ")
    );
    let rows = connection.query(&sql, &asked.values()).await?;
    let found = rows.iter().map(entry).collect::<Result<_, _>>()?;
    Ok(Page::cut(found, limit))
}

pub(crate) async fn count(
    connection: &Connection,
    query: &Query,
) -> Result<Vec<Group>, StoreError> {
    let mut asked = Asked::new(query, None);
    let among = asked.among();
    let sql = format!(
        "SELECT owner, state, count(*) FROM entries WHERE {}{among} GROUP BY owner, state ORDER BY owner, state",
        asked.conditions
    );
    let rows = connection.query(&sql, &asked.values()).await?;
    rows.iter()
        .map(|row| {
            Ok(Group {
                owner: value(row, 0)?,
                state: code(value(row, 1)?)?,
                count: number(row, 2)?,
            })
        })
        .collect()
}
