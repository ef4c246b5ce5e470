//! Finding persons by name or document number, within the own post, agency and team.

use std::collections::BTreeMap;

use sapar_access::{Action, Purpose, Relation, Relations};
use sapar_casework::classes::{Classes, DataClass};
use sapar_casework::ids::PersonId;
use uuid::Uuid;

use crate::Operations;
use crate::audit::Looked;
use crate::caller::{Caller, Sight, sight};
use crate::error::OperationError;
use crate::people::PersonLine;
use crate::projection::query_tokens;
use crate::relations::id;

/// How many persons one search shows.
pub const FOUND_MAX: usize = 50;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The persons, those that match most first.
    pub persons: Vec<PersonLine>,
    /// Whether there are more than are shown: a longer query finds fewer.
    pub more: bool,
}

impl Operations {
    /// Persons of the caller's own post, agency or team whose names sound like the query, or who have such a document number.
    ///
    /// Nobody else is counted, ranked or timed: tokens are made for each scope. That the caller saw those found is recorded.
    ///
    /// # Errors
    /// [`OperationError::NotPermitted`] for who may not search at all for this purpose.
    pub async fn search(&self, caller: &Caller, query: &str) -> Result<Found, OperationError> {
        let scopes = self.scopes(caller);
        if scopes.is_empty() {
            return Err(OperationError::NotPermitted);
        }
        let mut found: BTreeMap<Uuid, u32> = BTreeMap::new();
        let mut more = false;
        for scope in scopes {
            let [words, beginnings, number] = query_tokens(&self.index, scope, query);
            let limit = u32::try_from(FOUND_MAX + 1).unwrap_or(u32::MAX);
            let mut hits = Vec::new();
            if !number.is_empty() {
                hits.extend(self.store.find(number, 1, limit).await?);
            }
            if !words.is_empty() {
                let all = u32::try_from(words.len()).unwrap_or(1);
                let whole = self.store.find(words, all, limit).await?;
                if whole.is_empty() {
                    let all = u32::try_from(beginnings.len()).unwrap_or(1);
                    hits.extend(self.store.find(beginnings, all, limit).await?);
                }
                hits.extend(whole);
            }
            more |= hits.len() > FOUND_MAX;
            for (person, count) in hits {
                let best = found.entry(person).or_default();
                *best = (*best).max(count);
            }
        }
        let mut ranked: Vec<(u32, Uuid)> = found
            .into_iter()
            .map(|(person, count)| (count, person))
            .collect();
        ranked.sort_by_key(|(count, person)| (std::cmp::Reverse(*count), *person));
        let mut persons = Vec::new();
        for (_, person) in ranked {
            let person: PersonId = id(person)?;
            if let Some(line) = self.person_line(caller, person).await?
                && line.details.is_some()
            {
                if persons.len() == FOUND_MAX {
                    more = true;
                    break;
                }
                self.look(caller, person, Looked::Search).await?;
                persons.push(line);
            }
        }
        Ok(Found { persons, more })
    }

    /// Whether the caller may search at all.
    #[must_use]
    pub fn may_search(&self, caller: &Caller) -> bool {
        !self.scopes(caller).is_empty()
    }

    fn scopes(&self, caller: &Caller) -> Vec<Uuid> {
        let may = |relation: Relation| {
            let found: Sight = sight(
                &self.access,
                caller,
                Action::Search,
                Relations::one(relation),
                Classes::NONE,
            );
            found.classes.has(DataClass::Identity)
        };
        let mut scopes = Vec::new();
        if may(Relation::OwnPost) && caller.profile.mandate.has(Purpose::Screening) {
            scopes.push(caller.desk());
        }
        if may(Relation::OwnAgencyReferral) {
            scopes.push(caller.agency.uuid());
        }
        if may(Relation::OwnTeamCase) {
            scopes.extend(caller.team.map(|team| team.uuid()));
        }
        scopes.sort();
        scopes.dedup();
        scopes
    }
}
