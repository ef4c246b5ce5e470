//! The one function that decides.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use cedar_policy::{
    Authorizer, Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet,
    RestrictedExpression, Schema,
};
use std::str::FromStr;

use crate::agency::{Agency, User, UserState};
use crate::break_glass::FollowUp;
use crate::permits::Permits;
use crate::policies::{self, PolicyFault};
use crate::word::{Word, Words};
use crate::words::{
    Action, AgencyKind, DataClass, Protection, Purpose, Purposes, Relation, Relations, Role,
};

/// What of a user and of the agency decides; two users with one profile may do the same to records they stand to alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Profile {
    /// Trusted with what.
    pub role: Role,
    /// At what kind of agency.
    pub agency_kind: AgencyKind,
    /// For which purposes the agency may act.
    pub mandate: Purposes,
    /// Whether the account may be used.
    pub state: UserState,
}

impl Profile {
    /// The profile of a user of that agency, or nothing where the user is of another one.
    #[must_use]
    pub fn of(user: &User, agency: &Agency) -> Option<Self> {
        (user.agency == agency.id).then_some(Self {
            role: user.role,
            agency_kind: agency.kind,
            mandate: agency.mandate,
            state: user.state,
        })
    }

    /// The profile of an active user of an agency with the usual mandate of its kind.
    #[must_use]
    pub fn usual(agency_kind: AgencyKind, role: Role) -> Self {
        Self {
            role,
            agency_kind,
            mandate: agency_kind.usual_mandate(),
            state: UserState::Active,
        }
    }
}

/// One question: may this user, for this purpose, do this with data of this class in such a record?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Request {
    /// Who.
    pub who: Profile,
    /// For what.
    pub purpose: Purpose,
    /// Doing what.
    pub action: Action,
    /// With data of which class.
    pub class: DataClass,
    /// How the user stands to the record.
    pub relations: Relations,
    /// Whether the record reveals that protection was sought.
    pub protection: Protection,
    /// Whether a reason was written down; only [`Action::BreakGlass`] needs one.
    pub reason_given: bool,
}

/// Whether, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// No policy permits it, or one forbids it.
    Denied,
    /// It may be done.
    Allowed,
    /// It may be seen in an emergency, and something must follow.
    AllowedByBreakGlass,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether, and how.
    pub verdict: Verdict,
    /// The policies that decided, by name and sorted; for the audit log and never for the user.
    /// None for a denial because nothing permits it.
    pub policies: Vec<String>,
    /// What must follow.
    pub follow_ups: &'static [FollowUp],
}

impl Decision {
    /// Whether it may be done at all.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.verdict != Verdict::Denied
    }
}

/// The policies, read and checked; one for the whole program, shared by all threads.
pub struct Access {
    /// By the action they speak of: a policy about other actions cannot hold, and need not be asked.
    policies: Vec<PolicySet>,
    schema: Schema,
    authorizer: Authorizer,
    /// Permits by profile and purpose, each filled as it is asked.
    permits: RwLock<HashMap<(Profile, Purpose), Arc<Permits>>>,
}

/// Profiles differ by agency kind, role and mandate, so a country has tens; more than this is forgotten and decided anew.
const PERMITS_KEPT_MAX: usize = 4_096;

impl Access {
    /// Reads the policies carried in the program.
    ///
    /// # Errors
    /// If they cannot be read or do not fit their schema, which the tests of this crate exclude.
    pub fn new() -> Result<Arc<Self>, PolicyFault> {
        Self::with_policies(policies::policy_files())
    }

    /// Reads these policies instead, each a name of a file and its text.
    ///
    /// # Errors
    /// If they cannot be read or do not fit their schema.
    pub fn with_policies(files: &[(&str, &str)]) -> Result<Arc<Self>, PolicyFault> {
        let (schema, policies) = policies::read(files)?;
        let policies = policies::by_action(&policies)?;
        Ok(Arc::new(Self {
            policies,
            schema,
            authorizer: Authorizer::new(),
            permits: RwLock::new(HashMap::new()),
        }))
    }

    /// Decides.
    ///
    /// Denies what nothing permits, what anything forbids, and whatever a policy fails to evaluate on.
    #[must_use]
    pub fn decide(&self, request: &Request) -> Decision {
        let denied = Decision {
            verdict: Verdict::Denied,
            policies: Vec::new(),
            follow_ups: &[],
        };
        let (Some((asked, entities)), Some(policies)) =
            (self.put(request), self.policies.get(request.action.index()))
        else {
            return denied;
        };
        let response = self.authorizer.is_authorized(&asked, policies, &entities);
        let diagnostics = response.diagnostics();
        let mut policies: Vec<String> = diagnostics.reason().map(ToString::to_string).collect();
        policies.sort();
        // Cedar leaves out a policy that fails, also one that forbids; here a failure denies.
        if response.decision() != cedar_policy::Decision::Allow
            || diagnostics.errors().next().is_some()
        {
            return Decision { policies, ..denied };
        }
        let (verdict, follow_ups) = match request.action {
            Action::BreakGlass => (Verdict::AllowedByBreakGlass, FollowUp::OF_BREAK_GLASS),
            _ => (Verdict::Allowed, [].as_slice()),
        };
        Decision {
            verdict,
            policies,
            follow_ups,
        }
    }

    /// What users of this profile may do for this purpose, decided as it is asked and then remembered.
    #[must_use]
    pub fn permits(self: &Arc<Self>, who: Profile, purpose: Purpose) -> Arc<Permits> {
        let key = (who, purpose);
        // The map is whole after any panic: it is only ever given finished entries.
        if let Some(permits) = self
            .permits
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
        {
            return Arc::clone(permits);
        }
        let mut kept = self.permits.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= PERMITS_KEPT_MAX {
            kept.clear();
        }
        let permits = kept
            .entry(key)
            .or_insert_with(|| Arc::new(Permits::new(Arc::clone(self), who, purpose)));
        Arc::clone(permits)
    }

    /// The question in the policies' terms; nothing if it cannot be put, which denies.
    fn put(&self, request: &Request) -> Option<(cedar_policy::Request, Entities)> {
        let user = uid("User", "asking")?;
        let agency = uid("Agency", "of-user")?;
        let record = uid("Record", "asked-about")?;
        let who = &request.who;
        let entities = [
            Entity::new(
                agency.clone(),
                HashMap::from([
                    ("kind".to_owned(), word(who.agency_kind)?),
                    ("mandate".to_owned(), words(who.mandate)?),
                ]),
                HashSet::new(),
            )
            .ok()?,
            Entity::new(
                user.clone(),
                HashMap::from([
                    ("role".to_owned(), word(who.role)?),
                    (
                        "agency".to_owned(),
                        RestrictedExpression::new_entity_uid(agency),
                    ),
                    (
                        "active".to_owned(),
                        RestrictedExpression::new_bool(who.state == UserState::Active),
                    ),
                ]),
                HashSet::new(),
            )
            .ok()?,
            Entity::new(
                record.clone(),
                HashMap::from([
                    ("class".to_owned(), word(request.class)?),
                    ("relations".to_owned(), words(request.relations)?),
                    (
                        "reveals_protection".to_owned(),
                        RestrictedExpression::new_bool(request.protection.may_be_revealed()),
                    ),
                ]),
                HashSet::new(),
            )
            .ok()?,
        ];
        let context = Context::from_pairs([
            ("purpose".to_owned(), word(request.purpose)?),
            (
                "reason_given".to_owned(),
                RestrictedExpression::new_bool(request.reason_given),
            ),
        ])
        .ok()?;
        let action = uid(Action::TYPE, request.action.name())?;
        let asked =
            cedar_policy::Request::new(user, action, record, context, Some(&self.schema)).ok()?;
        // These entities are of our own making, and a test holds them against the schema.
        let entities = Entities::from_entities(entities, None).ok()?;
        Some((asked, entities))
    }
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Access")
            .field(
                "policies",
                &self
                    .policies
                    .iter()
                    .map(PolicySet::num_of_policies)
                    .collect::<Vec<_>>(),
            )
            .finish_non_exhaustive()
    }
}

/// The names of types, read once: reading one takes longer than deciding.
static TYPES: LazyLock<HashMap<&'static str, EntityTypeName>> = LazyLock::new(|| {
    [
        "User",
        "Agency",
        "Record",
        Action::TYPE,
        AgencyKind::TYPE,
        Role::TYPE,
        Purpose::TYPE,
        DataClass::TYPE,
        Relation::TYPE,
    ]
    .into_iter()
    .filter_map(|name| Some((name, EntityTypeName::from_str(name).ok()?)))
    .collect()
});

fn uid(type_name: &str, id: &str) -> Option<EntityUid> {
    let type_name = TYPES.get(type_name)?.clone();
    Some(EntityUid::from_type_name_and_id(
        type_name,
        EntityId::new(id),
    ))
}

fn word<T: Word>(word: T) -> Option<RestrictedExpression> {
    Some(RestrictedExpression::new_entity_uid(uid(
        T::TYPE,
        word.name(),
    )?))
}

fn words<T: Word>(words: Words<T>) -> Option<RestrictedExpression> {
    let words: Option<Vec<_>> = words.iter().map(word).collect();
    Some(RestrictedExpression::new_set(words?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_fits_the_schema() {
        let access = Access::new().unwrap();
        let request = Request {
            who: Profile::usual(AgencyKind::Iom, Role::Specialist),
            purpose: Purpose::Protection,
            action: Action::BreakGlass,
            class: DataClass::Asylum,
            relations: Relations::one(Relation::OwnPost),
            protection: Protection::NotKnown,
            reason_given: true,
        };
        let (_, entities) = access.put(&request).unwrap();
        let entities: Vec<Entity> = entities.iter().cloned().collect();
        assert_eq!(entities.len(), 3);
        Entities::from_entities(entities, Some(&access.schema)).unwrap();
    }
}
