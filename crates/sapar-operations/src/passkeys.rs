//! Passkeys: adding, naming and removing one's own, and signing in with one.
//!
//! They are kept with the directory and not in the log, so that they go with their user; that one was added or removed, and by whom, is in the log.
//! Whoever adds one types the password again: an open session alone must not make a way in that lasts.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use sapar_access::{UserId, UserState, Word};
use sapar_ledger::Code;
use sapar_passkeys::{
    Passkey, PasskeyId, PendingAuthentication, PendingRegistration, Refused, RelyingParty,
    UserHandle,
};
use sapar_sign_in::attempts::{AttemptLimits, Attempts, Turn};
use sapar_sign_in::password::Password;
use sapar_sign_in::session::{SessionId, SessionToken};
use sapar_sign_in::waiting::Waiting;
use sapar_store::{Expected, StoreError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Operations;
use crate::audit::{PASSKEY_ADDED, PASSKEY_REMOVED};
use crate::caller::Caller;
use crate::error::OperationError;
use crate::sign_in::SignedIn;

/// A user's handle and passkeys, by user.
const HOLDERS: &str = "passkey-holders";
/// Whose a handle is.
const HANDLES: &str = "passkey-handles";
/// Whose a passkey is, so that no two users have one of the same identifier.
const IDS: &str = "passkey-ids";

/// How many passkeys a user may have.
pub const PASSKEYS_MAX: usize = 20;

/// How long the name of a passkey may be, in characters.
pub const NAME_MAX: usize = 60;

/// How often a change is tried anew that another one came before.
const TRIES: usize = 4;

/// What an authenticator shows for a user whose own name it cannot.
const NAMELESS: &str = "sapar";

/// As long as an authenticator is waited for.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);

/// How many ceremonies of a kind may wait at once.
const WAITING_MAX: usize = 4_096;

/// Ceremonies under way, at most one of a kind for each session or visit.
pub(crate) struct Ceremonies {
    registrations: Mutex<Waiting<SessionId, (PendingRegistration, String)>>,
    sign_ins: Mutex<Waiting<SessionId, PendingAuthentication>>,
}

impl Default for Ceremonies {
    fn default() -> Self {
        Self {
            registrations: Mutex::new(Waiting::new(PATIENCE, WAITING_MAX)),
            sign_ins: Mutex::new(Waiting::new(PATIENCE, WAITING_MAX)),
        }
    }
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A user's passkeys as they are kept.
#[derive(Serialize, Deserialize)]
struct Holder {
    handle: UserHandle,
    passkeys: Vec<Kept>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    passkey: Passkey,
    name: String,
    added: Timestamp,
    used: Option<Timestamp>,
}

/// A passkey as its user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPasskey {
    /// Which.
    pub id: String,
    /// What the user called it.
    pub name: String,
    /// When it was added.
    pub added: Timestamp,
    /// When somebody last signed in with it.
    pub used: Option<Timestamp>,
}

impl Operations {
    /// Starts to add a passkey of this name: the options for the browser, as JSON.
    ///
    /// # Errors
    /// If the password is wrong, the name empty or long, or there are too many passkeys; [`OperationError::Wait`] after too many wrong passwords.
    pub async fn begin_passkey(
        &self,
        signed_in: &SignedIn,
        site: &RelyingParty,
        password: Password,
        name: &str,
    ) -> Result<String, OperationError> {
        let name = named(name)?;
        let caller = &signed_in.caller;
        let (account, _) = self.own_password(caller, password, "password").await?;
        let user = signed_in.user.id;
        let holder = self.holder_or_new(user, caller.now).await?;
        if holder.passkeys.len() >= PASSKEYS_MAX {
            return Err(OperationError::field("passkey_name", "passkey-too-many"));
        }
        let existing: Vec<Passkey> = holder
            .passkeys
            .iter()
            .map(|kept| kept.passkey.clone())
            .collect();
        let called = &signed_in.user.name;
        let started = match site.start_registration(&holder.handle, &account, called, &existing) {
            // A name that no authenticator can show bars nobody from having a passkey.
            Err(Refused::Name) => {
                site.start_registration(&holder.handle, NAMELESS, NAMELESS, &existing)?
            }
            started => started?,
        };
        let pending = (started.pending, name);
        locked(&self.ceremonies.registrations).keep(signed_in.session, pending, caller.now);
        Ok(started.challenge)
    }

    /// Finishes to add the passkey that this session began to add.
    ///
    /// # Errors
    /// [`OperationError::Passkey`] if the answer is not to it; nothing is kept then.
    pub async fn finish_passkey(
        &self,
        signed_in: &SignedIn,
        site: &RelyingParty,
        response: &str,
    ) -> Result<(), OperationError> {
        let caller = &signed_in.caller;
        let (pending, name) = locked(&self.ceremonies.registrations)
            .take(&signed_in.session, caller.now)
            .ok_or(Refused::Late)?;
        let passkey = site.finish_registration(pending, response)?;
        let user = signed_in.user.id;
        let taken = self
            .store
            .put_record(
                Code::new(IDS)?,
                key_of(passkey.id()),
                user.uuid().as_bytes().to_vec(),
                None,
                Expected::New,
            )
            .await;
        match taken {
            Err(StoreError::RecordConflict) => return Err(Refused::AlreadyRegistered.into()),
            taken => taken?,
        };
        self.account_for(
            caller,
            PASSKEY_ADDED,
            user.uuid(),
            signed_in.caller.purpose.name(),
        )
        .await?;
        self.change_holder(user, caller.now, |holder| {
            if holder.handle != *passkey.user() {
                return Err(Refused::OtherPasskey.into());
            }
            if holder.passkeys.len() >= PASSKEYS_MAX {
                return Err(OperationError::field("passkey_name", "passkey-too-many"));
            }
            holder.passkeys.push(Kept {
                passkey: passkey.clone(),
                name: name.clone(),
                added: caller.now,
                used: None,
            });
            Ok(())
        })
        .await
    }

    /// The passkeys of whoever is signed in, in the order in which they were added.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn passkeys(&self, signed_in: &SignedIn) -> Result<Vec<OwnPasskey>, OperationError> {
        self.shown(signed_in.user.id, signed_in.caller.now).await
    }

    /// Calls a passkey of one's own something else.
    ///
    /// # Errors
    /// If there is none such, or the name is empty or long.
    pub async fn rename_passkey(
        &self,
        signed_in: &SignedIn,
        id: &str,
        name: &str,
    ) -> Result<(), OperationError> {
        let name = named(name)?;
        let id = PasskeyId::parse(id).ok_or(OperationError::NotThere)?;
        self.change_holder(signed_in.user.id, signed_in.caller.now, |holder| {
            holder.kept(&id)?.name.clone_from(&name);
            Ok(())
        })
        .await
    }

    /// Removes a passkey of one's own; nobody signs in with it any more.
    ///
    /// # Errors
    /// If there is none such.
    pub async fn remove_passkey(
        &self,
        signed_in: &SignedIn,
        id: &str,
    ) -> Result<(), OperationError> {
        let id = PasskeyId::parse(id).ok_or(OperationError::NotThere)?;
        self.remove_passkeys(&signed_in.caller, signed_in.user.id, Some(&id))
            .await
    }

    /// The passkeys of a user, for an administrator.
    ///
    /// # Errors
    /// [`OperationError::NotPermitted`] for everybody else, and if there is no such user.
    pub async fn passkeys_of(
        &self,
        caller: &Caller,
        user: UserId,
    ) -> Result<Vec<OwnPasskey>, OperationError> {
        self.administered(caller, user)?;
        self.shown(user, caller.now).await
    }

    /// Removes all passkeys of a user, as after a lost telephone; the password stays.
    ///
    /// # Errors
    /// [`OperationError::NotPermitted`] where the caller is no administrator, and if the user has none.
    pub async fn remove_passkeys_of(
        &self,
        caller: &Caller,
        user: UserId,
    ) -> Result<(), OperationError> {
        self.administered(caller, user)?;
        self.remove_passkeys(caller, user, None).await
    }

    /// Starts to sign in with a passkey: the options for the browser, as JSON. Nobody needs to say who they are.
    ///
    /// `visit` is the browser's, which alone may finish it.
    ///
    /// # Errors
    /// If the system's clock stands before 1970.
    pub fn begin_passkey_sign_in(
        &self,
        visit: SessionId,
        site: &RelyingParty,
        now: Timestamp,
    ) -> Result<String, OperationError> {
        let started = site.start_authentication()?;
        locked(&self.ceremonies.sign_ins).keep(visit, started.pending, now);
        Ok(started.challenge)
    }

    /// Finishes to sign in with a passkey, and gives the token of a new session.
    ///
    /// Failures are counted by `address` and by passkey, as those of passwords are by address and name.
    /// A name that is locked for wrong passwords does not lock its passkeys: nobody can guess these, and anybody could lock an officer out.
    ///
    /// # Errors
    /// [`OperationError::Passkey`] or [`OperationError::WrongSignIn`], which the page must not tell apart; [`OperationError::Wait`] after too many attempts.
    pub async fn finish_passkey_sign_in(
        &self,
        visit: SessionId,
        site: &RelyingParty,
        response: &str,
        address: &str,
        now: Timestamp,
    ) -> Result<SessionToken, OperationError> {
        let of_address = (format!("address:{address}"), AttemptLimits::OF_ADDRESS);
        let mut counters = vec![self.turn(of_address, now).await?];
        let tried = async {
            let pending = locked(&self.ceremonies.sign_ins)
                .take(&visit, now)
                .ok_or(Refused::Late)?;
            let asked = RelyingParty::asked(response)?;
            let user = self
                .user_of_handle(&asked.user, now)
                .await?
                .ok_or(OperationError::WrongSignIn)?;
            let of_passkey = format!("passkey:{}", asked.passkey.text());
            counters.push(
                self.turn((of_passkey, AttemptLimits::OF_ACCOUNT), now)
                    .await?,
            );
            self.change_holder(user, now, |holder| {
                let kept = holder
                    .kept(&asked.passkey)
                    .map_err(|_| OperationError::WrongSignIn)?;
                site.finish_authentication(&pending, response, &mut kept.passkey)?;
                kept.used = Some(now);
                Ok(())
            })
            .await?;
            self.user(user)
                .filter(|user| user.state == UserState::Active)
                .ok_or(OperationError::WrongSignIn)
        }
        .await;
        let user = match tried {
            Ok(user) => user,
            Err(
                error @ (OperationError::Passkey(_)
                | OperationError::WrongSignIn
                | OperationError::NotThere),
            ) => {
                for (key, limits, so_far) in counters {
                    self.put_attempts(&key, so_far.failed(now, limits), now)
                        .await?;
                }
                return Err(error);
            }
            Err(error) => return Err(error),
        };
        for (key, _, so_far) in counters {
            if so_far.failures > 0 {
                self.put_attempts(&key, Attempts::succeeded(), now).await?;
            }
        }
        self.start_session(&user, now).await
    }

    /// The attempts so far of one counter, if one more may be made now.
    async fn turn(
        &self,
        (key, limits): (String, AttemptLimits),
        now: Timestamp,
    ) -> Result<(String, AttemptLimits, Attempts), OperationError> {
        let so_far = self.attempts(&key, now).await?;
        match so_far.turn(now, limits) {
            Turn::Now => Ok((key, limits, so_far)),
            Turn::Wait(until) | Turn::Locked(until) => Err(OperationError::Wait(until)),
        }
    }

    fn administered(&self, caller: &Caller, user: UserId) -> Result<(), OperationError> {
        let directory = self.administer(caller)?;
        if directory.users.contains_key(&user.uuid()) {
            Ok(())
        } else {
            Err(OperationError::NotThere)
        }
    }

    async fn shown(&self, user: UserId, now: Timestamp) -> Result<Vec<OwnPasskey>, OperationError> {
        let Some((holder, _)) = self.holder(user, now).await? else {
            return Ok(Vec::new());
        };
        Ok(holder
            .passkeys
            .into_iter()
            .map(|kept| OwnPasskey {
                id: kept.passkey.id().text(),
                name: kept.name,
                added: kept.added,
                used: kept.used,
            })
            .collect())
    }

    /// Removes one passkey of a user, or all; first it is recorded that it is done.
    async fn remove_passkeys(
        &self,
        caller: &Caller,
        user: UserId,
        only: Option<&PasskeyId>,
    ) -> Result<(), OperationError> {
        let goes = |kept: &Kept| only.is_none_or(|id| kept.passkey.id() == id);
        let (holder, _) = self
            .holder(user, caller.now)
            .await?
            .ok_or(OperationError::NotThere)?;
        if !holder.passkeys.iter().any(goes) {
            return Err(OperationError::NotThere);
        }
        self.account_for(caller, PASSKEY_REMOVED, user.uuid(), caller.purpose.name())
            .await?;
        let gone = self
            .change_holder(user, caller.now, |holder| {
                let (gone, stay) = std::mem::take(&mut holder.passkeys)
                    .into_iter()
                    .partition::<Vec<Kept>, _>(goes);
                holder.passkeys = stay;
                Ok(gone)
            })
            .await?;
        for kept in gone {
            self.store
                .remove_record(Code::new(IDS)?, key_of(kept.passkey.id()))
                .await?;
        }
        Ok(())
    }

    async fn holder(
        &self,
        user: UserId,
        now: Timestamp,
    ) -> Result<Option<(Holder, u64)>, OperationError> {
        let record = self
            .store
            .record(
                Code::new(HOLDERS)?,
                user.uuid().as_bytes().to_vec(),
                now.as_millisecond(),
            )
            .await?;
        Ok(match record {
            Some(record) => Some((serde_json::from_slice(&record.value)?, record.version)),
            None => None,
        })
    }

    /// The user's holder; the first time with a new handle, which the user keeps for good.
    async fn holder_or_new(&self, user: UserId, now: Timestamp) -> Result<Holder, OperationError> {
        if let Some((holder, _)) = self.holder(user, now).await? {
            return Ok(holder);
        }
        let holder = Holder {
            handle: UserHandle::of_random(self.keys.bytes()),
            passkeys: Vec::new(),
        };
        // The way back from the handle first: a handle that leads nowhere would sign nobody in.
        self.store
            .put_record(
                Code::new(HANDLES)?,
                holder.handle.as_bytes().to_vec(),
                user.uuid().as_bytes().to_vec(),
                None,
                Expected::New,
            )
            .await?;
        self.put_holder(user, &holder, Expected::New).await?;
        Ok(holder)
    }

    async fn put_holder(
        &self,
        user: UserId,
        holder: &Holder,
        expected: Expected,
    ) -> Result<(), OperationError> {
        self.store
            .put_record(
                Code::new(HOLDERS)?,
                user.uuid().as_bytes().to_vec(),
                serde_json::to_vec(holder)?,
                None,
                expected,
            )
            .await?;
        Ok(())
    }

    /// Changes a user's passkeys; where another change came between, it is made anew on what stands then.
    async fn change_holder<T>(
        &self,
        user: UserId,
        now: Timestamp,
        mut change: impl FnMut(&mut Holder) -> Result<T, OperationError>,
    ) -> Result<T, OperationError> {
        for _ in 0..TRIES {
            let (mut holder, version) = self
                .holder(user, now)
                .await?
                .ok_or(OperationError::NotThere)?;
            let done = change(&mut holder)?;
            match self
                .put_holder(user, &holder, Expected::Version(version))
                .await
            {
                Err(OperationError::Store(StoreError::RecordConflict)) => {}
                put => {
                    put?;
                    return Ok(done);
                }
            }
        }
        Err(StoreError::RecordConflict.into())
    }

    async fn user_of_handle(
        &self,
        handle: &UserHandle,
        now: Timestamp,
    ) -> Result<Option<UserId>, OperationError> {
        let record = self
            .store
            .record(
                Code::new(HANDLES)?,
                handle.as_bytes().to_vec(),
                now.as_millisecond(),
            )
            .await?;
        Ok(record
            .and_then(|record| Uuid::from_slice(&record.value).ok())
            .and_then(|user| UserId::new(user).ok()))
    }
}

impl Holder {
    fn kept(&mut self, id: &PasskeyId) -> Result<&mut Kept, OperationError> {
        self.passkeys
            .iter_mut()
            .find(|kept| kept.passkey.id() == id)
            .ok_or(OperationError::NotThere)
    }
}

fn key_of(id: &PasskeyId) -> Vec<u8> {
    id.text().into_bytes()
}

fn named(name: &str) -> Result<String, OperationError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(OperationError::field("passkey_name", "form-required"));
    }
    if name.chars().count() > NAME_MAX {
        return Err(OperationError::field(
            "passkey_name",
            "passkey-name-too-long",
        ));
    }
    Ok(name.to_owned())
}
