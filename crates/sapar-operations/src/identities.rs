//! Signing in through headquarters' provider: a user is whom an administrator linked to issuer and subject, and nobody else.
//!
//! Nothing is made of somebody who is not linked, and nobody is found by e-mail or name, which a provider lets people change.

use jiff::Timestamp;
use sapar_access::{UserId, UserState};
use sapar_ledger::Code;
use sapar_openid::ExternalIdentity;
use sapar_sign_in::session::SessionToken;
use sapar_store::{Expected, StoreError};
use uuid::Uuid;

use crate::Operations;
use crate::audit::{IDENTITY_LINKED, IDENTITY_UNLINKED};
use crate::caller::Caller;
use crate::error::OperationError;

/// Whom issuer and subject name.
const USERS: &str = "identities";
/// Issuer and subject of a user.
const OF_USERS: &str = "identities-of-users";

/// The longest issuer or subject, in bytes; the standard allows a subject 255.
const BYTES_MAX: usize = 255;

impl Operations {
    /// Starts a session for whom the provider signed in.
    ///
    /// # Errors
    /// [`OperationError::WrongSignIn`] where nobody is linked, or the account is closed; which of the two is not told.
    pub async fn sign_in_external(
        &self,
        identity: &ExternalIdentity,
        now: Timestamp,
    ) -> Result<SessionToken, OperationError> {
        let record = self
            .store
            .record(Code::new(USERS)?, key(identity), now.as_millisecond())
            .await?;
        let user = record
            .and_then(|record| Uuid::from_slice(&record.value).ok())
            .and_then(|user| UserId::new(user).ok())
            .and_then(|user| self.user(user))
            .filter(|user| user.state == UserState::Active)
            .ok_or(OperationError::WrongSignIn)?;
        self.start_session(&user, now).await
    }

    /// Whom a user is linked to, for an administrator.
    ///
    /// # Errors
    /// [`OperationError::NotPermitted`] for everybody else.
    pub async fn identity_of(
        &self,
        caller: &Caller,
        user: UserId,
    ) -> Result<Option<ExternalIdentity>, OperationError> {
        self.administer(caller)?;
        self.linked(user, caller.now).await
    }

    /// Links a user to issuer and subject, in the place of what was linked before; an empty subject takes the link away.
    ///
    /// # Errors
    /// If the caller is no administrator, there is no such user, or another user is linked to the same.
    pub async fn link_identity(
        &self,
        caller: &Caller,
        user: UserId,
        issuer: &str,
        subject: &str,
    ) -> Result<(), OperationError> {
        let directory = self.administer(caller)?;
        if !directory.users.contains_key(&user.uuid()) {
            return Err(OperationError::NotThere);
        }
        // Neither is trimmed of anything inside or changed in case: they are compared sign by sign.
        let (issuer, subject) = (issuer.trim(), subject.trim());
        let before = self.linked(user, caller.now).await?;
        if subject.is_empty() {
            if let Some(before) = before {
                self.account_for(caller, IDENTITY_UNLINKED, user.uuid(), "administration")
                    .await?;
                self.unlink(user, &before).await?;
            }
            return Ok(());
        }
        if issuer.is_empty() {
            return Err(OperationError::field("issuer", "form-required"));
        }
        let readable = |text: &str| text.len() <= BYTES_MAX && !text.chars().any(char::is_control);
        for (text, field) in [(issuer, "issuer"), (subject, "subject")] {
            if !readable(text) {
                return Err(OperationError::field(field, "identity-unreadable"));
            }
        }
        let identity = ExternalIdentity::new(issuer, subject);
        if before.as_ref() == Some(&identity) {
            return Ok(());
        }
        let taken = OperationError::field("subject", "identity-taken");
        let now = caller.now.as_millisecond();
        if self
            .store
            .record(Code::new(USERS)?, key(&identity), now)
            .await?
            .is_some()
        {
            return Err(taken);
        }
        self.account_for(caller, IDENTITY_LINKED, user.uuid(), "administration")
            .await?;
        let put = self
            .store
            .put_record(
                Code::new(USERS)?,
                key(&identity),
                user.uuid().as_bytes().to_vec(),
                None,
                Expected::New,
            )
            .await;
        match put {
            // Another administrator was faster.
            Err(StoreError::RecordConflict) => return Err(taken),
            put => put?,
        };
        if let Some(before) = before {
            self.unlink(user, &before).await?;
        }
        self.store
            .put_record(
                Code::new(OF_USERS)?,
                user.uuid().as_bytes().to_vec(),
                serde_json::to_vec(&identity)?,
                None,
                Expected::Any,
            )
            .await?;
        Ok(())
    }

    async fn linked(
        &self,
        user: UserId,
        now: Timestamp,
    ) -> Result<Option<ExternalIdentity>, OperationError> {
        let record = self
            .store
            .record(
                Code::new(OF_USERS)?,
                user.uuid().as_bytes().to_vec(),
                now.as_millisecond(),
            )
            .await?;
        Ok(match record {
            Some(record) => Some(serde_json::from_slice(&record.value)?),
            None => None,
        })
    }

    async fn unlink(
        &self,
        user: UserId,
        identity: &ExternalIdentity,
    ) -> Result<(), OperationError> {
        // First the way in, then what tells of it.
        self.store
            .remove_record(Code::new(USERS)?, key(identity))
            .await?;
        self.store
            .remove_record(Code::new(OF_USERS)?, user.uuid().as_bytes().to_vec())
            .await?;
        Ok(())
    }
}

/// No sign of control stands in either, so this one parts them.
fn key(identity: &ExternalIdentity) -> Vec<u8> {
    [identity.issuer(), "\0", identity.subject()]
        .concat()
        .into_bytes()
}
