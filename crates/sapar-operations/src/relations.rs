//! How a caller stands to a person, and what of the person exists for them.

use sapar_access::{Action, Relation, Relations};
use sapar_casework::classes::Classes;
use sapar_casework::ids::PersonId;
use sapar_store::{Entry, Query};
use uuid::Uuid;

use crate::Operations;
use crate::caller::{Caller, Sight, sight};
use crate::error::OperationError;
use crate::projection::{ReferralLine, code, lists};

/// How a caller stands to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// At the own post, or in a case of the own team.
    own: Relations,
    /// What referrals to the own agency disclose; nothing where there is none.
    referred: Option<Classes>,
    /// Whether glass was broken for this person.
    glass: bool,
}

/// States of a referral in which its receiver sees what it discloses.
const DISCLOSING: [&str; 4] = ["offered", "accepted", "arrived", "completed"];

impl Standing {
    /// What may be done with data of a person of which records of these classes tell.
    pub(crate) fn sight(
        self,
        operations: &Operations,
        caller: &Caller,
        action: Action,
        classes: Classes,
    ) -> Sight {
        let access = &operations.access;
        let own = if self.own.is_empty() {
            Sight::NONE
        } else {
            sight(access, caller, action, self.own, classes)
        };
        let referred = self.referred.map_or(Sight::NONE, |discloses| {
            let relation = Relations::one(Relation::OwnAgencyReferral);
            sight(access, caller, action, relation, classes).only(discloses)
        });
        let glass = if self.glass && action == Action::See {
            let permits = caller.permits(access);
            // The reason was given and recorded when the glass was broken.
            let (words, _) = permits.break_glass(
                &crate::reviews::given_before(),
                self.own,
                crate::caller::protection(classes),
            );
            Sight::of(words)
        } else {
            Sight::NONE
        };
        own.or(referred).or(glass)
    }

    pub(crate) fn relations(self) -> Relations {
        if self.referred.is_some() {
            self.own.with(Relation::OwnAgencyReferral)
        } else {
            self.own
        }
    }
}

impl Operations {
    /// How the caller stands to a person.
    pub(crate) async fn standing(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Standing, OperationError> {
        let met = async {
            let mut query = of_person(lists::MET, person);
            query.owners = vec![caller.desk()];
            query.limit = 1;
            self.store.entries(query).await
        };
        let referrals = async {
            let mut query = of_person(lists::REFERRALS, person);
            query.owners = vec![caller.agency.uuid()];
            query.states = DISCLOSING.iter().map(|state| code(state)).collect();
            self.store.entries(query).await
        };
        let cases = async {
            let mut query = of_person(lists::CASES, person);
            query.owners = caller.team.map(|team| team.uuid()).into_iter().collect();
            query.limit = 1;
            if query.owners.is_empty() {
                return Ok(None);
            }
            self.store.entries(query).await.map(Some)
        };
        let (met, referrals, cases) =
            futures_util::future::try_join3(met, referrals, cases).await?;
        let mut own = Relations::NONE;
        if !met.entries.is_empty() {
            own = own.with(Relation::OwnPost);
        }
        if cases.is_some_and(|cases| !cases.entries.is_empty()) {
            own = own.with(Relation::OwnTeamCase);
        }
        let mut referred = None;
        for entry in &referrals.entries {
            let line: ReferralLine = line(entry)?;
            let before: Classes = referred.unwrap_or(Classes::NONE);
            referred = Some(before.and(line.discloses));
        }
        Ok(Standing {
            own,
            referred,
            glass: caller.glass == Some(person),
        })
    }

    /// What the caller may see of a person's own record.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where that is nothing.
    pub(crate) async fn sees(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<(Standing, Sight), OperationError> {
        self.may(caller, person, Action::See, Classes::NONE).await
    }

    /// What the caller may do with a person's data.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where that is nothing.
    pub(crate) async fn may(
        &self,
        caller: &Caller,
        person: PersonId,
        action: Action,
        classes: Classes,
    ) -> Result<(Standing, Sight), OperationError> {
        let standing = self.standing(caller, person).await?;
        let sight = standing.sight(self, caller, action, classes);
        if sight.is_nothing() {
            Err(OperationError::NotThere)
        } else {
            Ok((standing, sight))
        }
    }

    /// Entries of a list about a person, of every owner and class; what of it is shown is for the caller of this.
    pub(crate) async fn entries_of(
        &self,
        list: &str,
        person: PersonId,
    ) -> Result<Vec<Entry>, OperationError> {
        Ok(self.store.entries(of_person(list, person)).await?.entries)
    }
}

fn of_person(list: &str, person: PersonId) -> Query {
    let mut query = Query::new(code(list), u32::MAX);
    query.person = Some(person.uuid());
    query.limit = 1_000;
    query
}

/// What an entry shows.
pub(crate) fn line<T: serde::de::DeserializeOwned>(entry: &Entry) -> Result<T, OperationError> {
    Ok(serde_json::from_slice(&entry.open)?)
}

/// The identifier of an entry, as one of the kinds of casework.
pub(crate) fn id<T: TryFrom<Uuid>>(id: Uuid) -> Result<T, OperationError> {
    T::try_from(id).map_err(|_| OperationError::NotThere)
}
