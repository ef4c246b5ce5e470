//! Agencies, teams, posts and users: kept as records, read into memory, changed by administrators.
//!
//! They are not part of the log, so that a member of staff can be removed; that something was changed, and by whom, is.

use std::collections::BTreeMap;
use std::sync::Arc;

use sapar_access::{
    Action, Agency, AgencyId, AgencyKind, DataClass, Post, PostId, Profile, Protection, Purpose,
    Relations, Role, Team, TeamId, User, UserId, UserState,
};
use sapar_ledger::Code;
use sapar_store::{Expected, Store};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::Operations;
use crate::audit::{ADMINISTERED, Audited, MandateChanged};
use crate::caller::Caller;
use crate::error::OperationError;
use crate::log::{Other, Writing};
use crate::projection::code;

const AGENCIES: &str = "agencies";
const TEAMS: &str = "teams";
const POSTS: &str = "posts";
const USERS: &str = "users";

/// Everybody and every place there is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directory {
    /// Agencies.
    pub agencies: BTreeMap<Uuid, Agency>,
    /// Teams.
    pub teams: BTreeMap<Uuid, Team>,
    /// Posts.
    pub posts: BTreeMap<Uuid, Post>,
    /// Users, closed accounts included.
    pub users: BTreeMap<Uuid, User>,
}

/// An entry of the directory that is put or replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DirectoryEntry {
    /// An agency.
    Agency(Agency),
    /// A team.
    Team(Team),
    /// A post.
    Post(Post),
    /// A user.
    User(User),
}

impl Directory {
    pub(crate) async fn read(store: &dyn Store) -> Result<Self, OperationError> {
        Ok(Self {
            agencies: all(store, AGENCIES).await?,
            teams: all(store, TEAMS).await?,
            posts: all(store, POSTS).await?,
            users: all(store, USERS).await?,
        })
    }

    /// The first agency of a kind, which answers for duties of that kind.
    #[must_use]
    pub fn agency_for(&self, kind: AgencyKind) -> Option<&Agency> {
        self.agencies.values().find(|agency| agency.kind == kind)
    }

    /// An agency.
    #[must_use]
    pub fn agency(&self, id: Uuid) -> Option<&Agency> {
        self.agencies.get(&id)
    }

    /// The name of a user, an agency, a team or a post; empty where it is not known here.
    #[must_use]
    pub fn name(&self, id: Uuid) -> &str {
        let user = || self.users.get(&id).map(|user| user.name.as_str());
        let agency = || self.agencies.get(&id).map(|agency| agency.name.as_str());
        let team = || self.teams.get(&id).map(|team| team.name.as_str());
        let post = || self.posts.get(&id).map(|post| post.name.as_str());
        user()
            .or_else(agency)
            .or_else(team)
            .or_else(post)
            .unwrap_or("")
    }

    fn insert(&mut self, entry: DirectoryEntry) {
        match entry {
            DirectoryEntry::Agency(agency) => {
                self.agencies.insert(agency.id.uuid(), agency);
            }
            DirectoryEntry::Team(team) => {
                self.teams.insert(team.id.uuid(), team);
            }
            DirectoryEntry::Post(post) => {
                self.posts.insert(post.id.uuid(), post);
            }
            DirectoryEntry::User(user) => {
                self.users.insert(user.id.uuid(), user);
            }
        }
    }

    /// Whether anybody could set up users: without one nobody ever could again.
    fn has_administrator(&self) -> bool {
        self.users.values().any(|user| {
            user.state == UserState::Active
                && user.role == Role::Administrator
                && self
                    .profile(user)
                    .is_some_and(|profile| profile.mandate.has(Purpose::Administration))
        })
    }

    /// What decides for a user.
    #[must_use]
    pub fn profile(&self, user: &User) -> Option<Profile> {
        Profile::of(user, self.agency(user.agency.uuid())?)
    }
}

async fn all<T: DeserializeOwned>(
    store: &dyn Store,
    space: &str,
) -> Result<BTreeMap<Uuid, T>, OperationError> {
    let mut found = BTreeMap::new();
    let mut after = Vec::new();
    loop {
        let page = store.records(code(space), after.clone(), 0, 1_000).await?;
        let Some((last, _)) = page.last() else {
            return Ok(found);
        };
        after.clone_from(last);
        for (key, record) in &page {
            if let Ok(id) = Uuid::from_slice(key) {
                found.insert(id, serde_json::from_slice(&record.value)?);
            }
        }
    }
}

impl Operations {
    /// Everybody and every place, as last changed.
    #[must_use]
    pub fn directory(&self) -> Arc<Directory> {
        Arc::clone(
            &self
                .directory
                .read()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        )
    }

    /// The directory, for administrators.
    ///
    /// # Errors
    /// [`OperationError::NotPermitted`] for everybody else.
    pub fn administer(&self, caller: &Caller) -> Result<Arc<Directory>, OperationError> {
        self.may_administer(caller)?;
        Ok(self.directory())
    }

    fn may_administer(&self, caller: &Caller) -> Result<(), OperationError> {
        let caller = caller.acting_for(sapar_access::Purpose::Administration);
        let allowed = caller
            .permits(&self.access)
            .classes(Action::Administer, Relations::NONE, Protection::NotRevealed)
            .has(DataClass::Work);
        if allowed {
            Ok(())
        } else {
            Err(OperationError::NotPermitted)
        }
    }

    /// Puts or replaces an entry of the directory.
    ///
    /// # Errors
    /// If the caller is no administrator, the entry names an agency, team or post that does not exist,
    /// or nobody could administer any more.
    pub async fn put_entry(
        &self,
        caller: &Caller,
        entry: DirectoryEntry,
    ) -> Result<(), OperationError> {
        self.may_administer(caller)?;
        self.check_entry(&entry)?;
        // First that it is done, then the doing: a change nobody can account for must not exist.
        let mandate = self.mandate_changed(&entry);
        self.account(
            caller,
            ADMINISTERED,
            entry_id(&entry),
            "administration",
            mandate,
        )
        .await?;
        self.put_unchecked(entry).await
    }

    /// Records that the caller changed an entry of the directory, or how its user signs in.
    pub(crate) async fn account_for(
        &self,
        caller: &Caller,
        name: &'static str,
        entry: Uuid,
        purpose: &str,
    ) -> Result<(), OperationError> {
        self.account(caller, name, entry, purpose, None).await
    }

    async fn account(
        &self,
        caller: &Caller,
        name: &'static str,
        entry: Uuid,
        purpose: &str,
        mandate: Option<MandateChanged>,
    ) -> Result<(), OperationError> {
        let other = Other {
            id: self.keys.event_id(caller.now)?,
            name,
            stream: entry,
            about: None,
            open: serde_json::to_value(Audited {
                stamp: caller.stamp(),
                person: None,
                mandate,
                what: None,
                purpose: purpose.to_owned(),
            })?,
            personal: None,
        };
        let writing = Writing {
            others: vec![other],
            ..Writing::default()
        };
        self.write(caller, writing).await?;
        Ok(())
    }

    fn mandate_changed(&self, entry: &DirectoryEntry) -> Option<MandateChanged> {
        let DirectoryEntry::Agency(agency) = entry else {
            return None;
        };
        let before = self.directory().agency(agency.id.uuid())?.mandate;
        (before != agency.mandate).then_some(MandateChanged {
            before,
            after: agency.mandate,
        })
    }

    fn check_entry(&self, entry: &DirectoryEntry) -> Result<(), OperationError> {
        let directory = self.directory();
        let name = match entry {
            DirectoryEntry::Agency(agency) => &agency.name,
            DirectoryEntry::Team(team) => &team.name,
            DirectoryEntry::Post(post) => &post.name,
            DirectoryEntry::User(user) => &user.name,
        };
        if name.trim().is_empty() {
            return Err(OperationError::field("name", "form-required"));
        }
        let mut after = Directory::clone(&directory);
        after.insert(entry.clone());
        if directory.has_administrator() && !after.has_administrator() {
            let field = match entry {
                DirectoryEntry::Agency(_) => "mandate[]",
                _ => "role",
            };
            return Err(OperationError::field(field, "administration-last"));
        }
        let known_agency = |agency: AgencyId| directory.agencies.contains_key(&agency.uuid());
        let fits = match entry {
            DirectoryEntry::Agency(agency) => {
                if agency.mandate.is_empty() {
                    return Err(OperationError::field(
                        "mandate[]",
                        "administration-mandate-needed",
                    ));
                }
                true
            }
            DirectoryEntry::Team(team) => known_agency(team.agency),
            DirectoryEntry::Post(post) => known_agency(post.agency),
            DirectoryEntry::User(user) => {
                let team = |team: TeamId| {
                    directory
                        .teams
                        .get(&team.uuid())
                        .is_some_and(|team| team.agency == user.agency)
                };
                let post = |post: PostId| {
                    directory
                        .posts
                        .get(&post.uuid())
                        .is_some_and(|post| post.agency == user.agency)
                };
                known_agency(user.agency)
                    && user.team.is_none_or(team)
                    && user.post.is_none_or(post)
            }
        };
        if fits {
            Ok(())
        } else {
            Err(OperationError::NotThere)
        }
    }

    /// Puts an entry without asking who does: for the first administrator and for demonstration data.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn put_unchecked(&self, entry: DirectoryEntry) -> Result<(), OperationError> {
        let (space, key, value) = match &entry {
            DirectoryEntry::Agency(agency) => (AGENCIES, agency.id.uuid(), json(agency)?),
            DirectoryEntry::Team(team) => (TEAMS, team.id.uuid(), json(team)?),
            DirectoryEntry::Post(post) => (POSTS, post.id.uuid(), json(post)?),
            DirectoryEntry::User(user) => (USERS, user.id.uuid(), json(user)?),
        };
        self.store
            .put_record(
                Code::new(space)?,
                key.as_bytes().to_vec(),
                value,
                None,
                Expected::Any,
            )
            .await?;
        let mut kept = self
            .directory
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::make_mut(&mut kept).insert(entry);
        Ok(())
    }

    /// The user of an identifier that access knows.
    pub(crate) fn user(&self, id: UserId) -> Option<User> {
        self.directory().users.get(&id.uuid()).cloned()
    }
}

fn entry_id(entry: &DirectoryEntry) -> Uuid {
    match entry {
        DirectoryEntry::Agency(agency) => agency.id.uuid(),
        DirectoryEntry::Team(team) => team.id.uuid(),
        DirectoryEntry::Post(post) => post.id.uuid(),
        DirectoryEntry::User(user) => user.id.uuid(),
    }
}

fn json(entry: &impl Serialize) -> Result<Vec<u8>, OperationError> {
    Ok(serde_json::to_vec(entry)?)
}
