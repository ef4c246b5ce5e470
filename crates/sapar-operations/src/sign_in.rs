//! Signing in, sessions, and what a session acts for.

use jiff::Timestamp;
use sapar_access::{Purpose, User, UserId, UserState, Word};
use sapar_casework::ids::PersonId;
use sapar_ledger::Code;
use sapar_sign_in::attempts::{AttemptLimits, Attempts, Turn};
use sapar_sign_in::password::{Check, Password, StoredHash, Weakness, check_new};
use sapar_sign_in::session::{
    Session, SessionId, SessionLimits, SessionToken, Standing, TOKEN_BYTES,
};
use sapar_store::Expected;
use serde::{Deserialize, Serialize};

use crate::Operations;
use crate::caller::Caller;
use crate::error::OperationError;

const NAMES: &str = "sign-in-names";
const SESSIONS: &str = "sessions";
const ATTEMPTS: &str = "attempts";
const FEEDS: &str = "feeds";

/// How a name signs in.
#[derive(Serialize, Deserialize)]
pub(crate) struct Credential {
    user: UserId,
    hash: String,
}

/// A session as it is kept: outside the log, by the hash of its token.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct KeptSession {
    user: UserId,
    session: Session,
    purpose: Purpose,
    /// For whom glass was broken, until when.
    glass: Option<(PersonId, Timestamp)>,
}

/// A session that holds.
#[derive(Clone)]
pub struct SignedIn {
    /// Who, and for what.
    pub caller: Caller,
    /// Which session.
    pub session: SessionId,
    /// The user.
    pub user: User,
    /// When the session was seen last, this time not counted.
    pub seen_at: Timestamp,
}

/// How long broken glass shows what is behind it.
const GLASS_MINUTES: i64 = 30;

/// A session's last sight is written again only after this long, so that reading a page writes nothing.
const SEEN_AGAIN_SECONDS: i64 = 60;

impl Operations {
    /// Signs a user in by name and password, and gives the token of a new session.
    ///
    /// It takes as long for a name that does not exist as for a wrong password.
    /// `address` is what attempts are counted by besides the name.
    ///
    /// # Errors
    /// [`OperationError::WrongSignIn`], or [`OperationError::Wait`] after too many attempts.
    pub async fn sign_in(
        &self,
        name: &str,
        password: Password,
        address: &str,
        now: Timestamp,
    ) -> Result<SessionToken, OperationError> {
        let name = name.trim().to_lowercase();
        let counters = [
            (format!("name:{name}"), AttemptLimits::OF_ACCOUNT),
            (format!("address:{address}"), AttemptLimits::OF_ADDRESS),
        ];
        let mut attempts = Vec::new();
        for (key, limits) in &counters {
            let so_far = self.attempts(key, now).await?;
            match so_far.turn(now, *limits) {
                Turn::Now => attempts.push(so_far),
                Turn::Wait(until) | Turn::Locked(until) => {
                    return Err(OperationError::Wait(until));
                }
            }
        }
        let credential = self.credential(&name, now).await?;
        let stored = credential
            .as_ref()
            .map(|credential| StoredHash::stored(credential.hash.clone()));
        let checked = self.hashing.check(password, stored).await?;
        let user = credential
            .and_then(|credential| self.user(credential.user))
            .filter(|user| user.state == UserState::Active);
        let right = matches!(checked, Check::Right | Check::RightAndRehash);
        let Some(user) = user.filter(|_| right) else {
            for ((key, limits), so_far) in counters.iter().zip(attempts) {
                self.put_attempts(key, so_far.failed(now, *limits), now)
                    .await?;
            }
            return Err(OperationError::WrongSignIn);
        };
        if attempts.iter().any(|attempts| attempts.failures > 0) {
            for (key, _) in &counters {
                self.put_attempts(key, Attempts::succeeded(), now).await?;
            }
        }
        self.start_session(&user, now).await
    }

    /// Starts a session for a user who proved who they are by other means.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn start_session(
        &self,
        user: &User,
        now: Timestamp,
    ) -> Result<SessionToken, OperationError> {
        let token = SessionToken::new(self.keys.bytes::<TOKEN_BYTES>());
        let kept = KeptSession {
            user: user.id,
            session: Session::start(&token, now),
            purpose: self.first_purpose(user),
            glass: None,
        };
        self.put_session(&kept).await?;
        Ok(token)
    }

    /// The user of a session's token, at this moment.
    ///
    /// # Errors
    /// [`OperationError::SignedOut`] where there is none that holds.
    pub async fn signed_in(
        &self,
        token: &SessionToken,
        now: Timestamp,
    ) -> Result<SignedIn, OperationError> {
        let (signed_in, mut kept) = self.session(token.id(), now).await?;
        let unseen = now.duration_since(signed_in.seen_at);
        if unseen.as_secs() >= SEEN_AGAIN_SECONDS {
            kept.session.seen_at = now;
            self.put_session(&kept).await?;
        }
        Ok(signed_in)
    }

    /// Whether a token is of a session that holds; nothing is noted of it.
    pub async fn has_session(&self, token: &SessionToken, now: Timestamp) -> bool {
        self.session(token.id(), now).await.is_ok()
    }

    async fn session(
        &self,
        id: SessionId,
        now: Timestamp,
    ) -> Result<(SignedIn, KeptSession), OperationError> {
        let record = self
            .store
            .record(
                Code::new(SESSIONS)?,
                id.bytes().to_vec(),
                now.as_millisecond(),
            )
            .await?
            .ok_or(OperationError::SignedOut)?;
        let kept: KeptSession = serde_json::from_slice(&record.value)?;
        let seen_at = kept.session.seen_at;
        let Standing::Holds(session) = kept.session.at(now, SessionLimits::OF_A_SHIFT) else {
            self.sign_out(id).await?;
            return Err(OperationError::SignedOut);
        };
        let user = self
            .user(kept.user)
            .filter(|user| user.state == UserState::Active)
            .ok_or(OperationError::SignedOut)?;
        let caller = self
            .caller_of(&user, kept.purpose, now)
            .ok_or(OperationError::SignedOut)?;
        let glass = kept
            .glass
            .filter(|(_, until)| *until > now)
            .map(|(person, _)| person);
        let signed_in = SignedIn {
            caller: Caller { glass, ..caller },
            session: session.id,
            user,
            seen_at,
        };
        Ok((signed_in, kept))
    }

    /// A user acting for a purpose; `None` where the directory does not have the user's agency.
    #[must_use]
    pub fn caller_of(&self, user: &User, purpose: Purpose, now: Timestamp) -> Option<Caller> {
        let profile = self.directory().profile(user)?;
        Some(Caller {
            user: user.id.uuid().try_into().ok()?,
            agency: user.agency.uuid().try_into().ok()?,
            team: user.team.and_then(|team| team.uuid().try_into().ok()),
            post: user.post.and_then(|post| post.uuid().try_into().ok()),
            profile,
            purpose,
            now,
            glass: None,
        })
    }

    /// Purposes a user may act for: those of the agency's mandate for which the role may do anything.
    #[must_use]
    pub fn purposes(&self, caller: &Caller) -> Vec<Purpose> {
        caller
            .profile
            .mandate
            .iter()
            .filter(|purpose| self.has_use(caller, *purpose))
            .collect()
    }

    fn has_use(&self, caller: &Caller, purpose: Purpose) -> bool {
        use sapar_access::{Action, Protection, Relations};
        let permits = caller.acting_for(purpose).permits(&self.access);
        [
            Action::See,
            Action::Search,
            Action::Count,
            Action::Administer,
            Action::Audit,
        ]
        .into_iter()
        .any(|action| {
            [Relations::all(), Relations::NONE]
                .into_iter()
                .any(|relations| {
                    !permits
                        .classes(action, relations, Protection::NotRevealed)
                        .is_empty()
                })
        })
    }

    /// The purpose a user most likely starts the day with.
    fn first_purpose(&self, user: &User) -> Purpose {
        const ORDER: [Purpose; 12] = [
            Purpose::Screening,
            Purpose::Protection,
            Purpose::ChildProtection,
            Purpose::TraffickingAssistance,
            Purpose::Return,
            Purpose::DetentionReview,
            Purpose::Readmission,
            Purpose::BorderCheck,
            Purpose::Audit,
            Purpose::Administration,
            Purpose::Statistics,
            Purpose::Referral,
        ];
        let fits = |purpose: &Purpose| {
            self.caller_of(user, *purpose, Timestamp::UNIX_EPOCH)
                .is_some_and(|caller| self.purposes(&caller).contains(purpose))
        };
        ORDER.into_iter().find(fits).unwrap_or(Purpose::Referral)
    }

    /// What the session acts for from now on.
    ///
    /// # Errors
    /// [`OperationError::NotPermitted`] where the purpose is not among those of the user.
    pub async fn act_for(&self, signed_in: &SignedIn, purpose: &str) -> Result<(), OperationError> {
        let purpose = Purpose::named(purpose).ok_or(OperationError::NotPermitted)?;
        if !self.purposes(&signed_in.caller).contains(&purpose) {
            return Err(OperationError::NotPermitted);
        }
        let (_, mut kept) = self
            .session(signed_in.session, signed_in.caller.now)
            .await?;
        kept.purpose = purpose;
        // What an emergency showed for one purpose it does not show for another.
        kept.glass = None;
        self.put_session(&kept).await
    }

    /// Breaks glass for this session: see [`Operations::break_glass`].
    ///
    /// # Errors
    /// As there.
    pub async fn break_glass_in_session(
        &self,
        signed_in: &SignedIn,
        person: PersonId,
        reason: &str,
    ) -> Result<(), OperationError> {
        self.break_glass(&signed_in.caller, person, reason).await?;
        let now = signed_in.caller.now;
        let (_, mut kept) = self.session(signed_in.session, now).await?;
        let until = now
            .checked_add(jiff::SignedDuration::from_mins(GLASS_MINUTES))
            .unwrap_or(now);
        kept.glass = Some((person, until));
        self.put_session(&kept).await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn sign_out(&self, session: SessionId) -> Result<(), OperationError> {
        Ok(self
            .store
            .remove_record(Code::new(SESSIONS)?, session.bytes().to_vec())
            .await?)
    }

    /// Gives a user a name to sign in with and a password; for the first administrator and demonstration data.
    ///
    /// # Errors
    /// If the name is empty or the database fails.
    pub async fn set_password_unchecked(
        &self,
        user: UserId,
        name: &str,
        password: Password,
    ) -> Result<(), OperationError> {
        let name = name.trim().to_lowercase();
        if name.is_empty() {
            return Err(OperationError::field(
                "sign-in-name",
                "refusal-words-needed",
            ));
        }
        let hash = self.hashing.hash(password, self.keys.bytes()).await?;
        let credential = Credential {
            user,
            hash: hash.as_str().to_owned(),
        };
        self.store
            .put_record(
                Code::new(NAMES)?,
                name.into_bytes(),
                serde_json::to_vec(&credential)?,
                None,
                Expected::Any,
            )
            .await?;
        Ok(())
    }

    /// Gives a user of the directory a name and a first password.
    ///
    /// # Errors
    /// If the caller is no administrator, the name is taken by another user, or the password is weak.
    pub async fn set_password(
        &self,
        caller: &Caller,
        user: UserId,
        name: &str,
        password: Password,
    ) -> Result<(), OperationError> {
        self.administer(caller)?;
        let taken = self
            .credential(&name.trim().to_lowercase(), caller.now)
            .await?;
        if taken.is_some_and(|taken| taken.user != user) {
            return Err(OperationError::field("sign_in_name", "sign-in-name-taken"));
        }
        strong(&password, &[name], "password")?;
        self.set_password_unchecked(user, name, password).await
    }

    /// Changes the caller's own password.
    ///
    /// # Errors
    /// If the old one is wrong or the new one weak, or [`OperationError::Wait`] after too many attempts.
    pub async fn change_password(
        &self,
        caller: &Caller,
        old: Password,
        new: Password,
    ) -> Result<(), OperationError> {
        let (name, credential) = self.own_password(caller, old, "old").await?;
        strong(&new, &[&name], "new")?;
        self.set_password_unchecked(credential.user, &name, new)
            .await
    }

    /// That whoever holds the session also knows its user's password; a wrong one counts as at signing in.
    ///
    /// `field` is the one of the form that the password was typed into.
    pub(crate) async fn own_password(
        &self,
        caller: &Caller,
        typed: Password,
        field: &'static str,
    ) -> Result<(String, Credential), OperationError> {
        let now = caller.now;
        let name = self
            .sign_in_name(caller)
            .await?
            .ok_or(OperationError::NotThere)?;
        let counter = format!("name:{name}");
        let so_far = self.attempts(&counter, now).await?;
        if let Turn::Wait(until) | Turn::Locked(until) = so_far.turn(now, AttemptLimits::OF_ACCOUNT)
        {
            return Err(OperationError::Wait(until));
        }
        let credential = self.credential(&name, now).await?;
        let stored = credential
            .as_ref()
            .filter(|credential| credential.user.uuid() == caller.user.uuid())
            .map(|credential| StoredHash::stored(credential.hash.clone()));
        let checked = self.hashing.check(typed, stored).await?;
        let (Check::Right | Check::RightAndRehash, Some(credential)) = (checked, credential) else {
            let failed = so_far.failed(now, AttemptLimits::OF_ACCOUNT);
            self.put_attempts(&counter, failed, now).await?;
            return Err(OperationError::field(field, "sign-in-old-wrong"));
        };
        if so_far.failures > 0 {
            self.put_attempts(&counter, Attempts::succeeded(), now)
                .await?;
        }
        Ok((name, credential))
    }

    /// The name the caller signs in with.
    async fn sign_in_name(&self, caller: &Caller) -> Result<Option<String>, OperationError> {
        let mut after = Vec::new();
        loop {
            let page = self
                .store
                .records(
                    Code::new(NAMES)?,
                    after.clone(),
                    caller.now.as_millisecond(),
                    1_000,
                )
                .await?;
            let Some((last, _)) = page.last() else {
                return Ok(None);
            };
            after.clone_from(last);
            for (name, record) in &page {
                let credential: Credential = serde_json::from_slice(&record.value)?;
                if credential.user.uuid() == caller.user.uuid() {
                    return Ok(String::from_utf8(name.clone()).ok());
                }
            }
        }
    }

    /// Whether a name and a first password could be given to a new user, asked before anything is put.
    ///
    /// # Errors
    /// As [`Operations::set_password`].
    pub async fn check_sign_in(
        &self,
        caller: &Caller,
        name: &str,
        password: &Password,
    ) -> Result<(), OperationError> {
        self.administer(caller)?;
        let name = name.trim().to_lowercase();
        if name.is_empty() {
            return Err(OperationError::field(
                "sign_in_name",
                "refusal-words-needed",
            ));
        }
        if self.credential(&name, caller.now).await?.is_some() {
            return Err(OperationError::field("sign_in_name", "sign-in-name-taken"));
        }
        strong(password, &[&name], "password")
    }

    /// A new identifier for an entry of the directory.
    #[must_use]
    pub fn fresh_id(&self, caller: &Caller) -> uuid::Uuid {
        self.keys.id(caller.now)
    }

    /// The token that forms of a session carry.
    #[must_use]
    pub fn form_token(&self, session: &SessionId) -> String {
        self.form_key.token(session)
    }

    /// Whether a form carried the session's token.
    #[must_use]
    pub fn is_form_token(&self, session: &SessionId, token: &str) -> bool {
        self.form_key.is_token(session, token)
    }

    /// A new key under which a calendar program reads the caller's tasks; the one before stops working.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn new_feed_key(&self, caller: &Caller) -> Result<String, OperationError> {
        let user = caller.user.uuid();
        let space = Code::new(FEEDS)?;
        let own = [b"user:".as_slice(), user.as_bytes()].concat();
        let now = caller.now.as_millisecond();
        if let Some(before) = self.store.record(space.clone(), own.clone(), now).await? {
            self.store
                .remove_record(space.clone(), before.value)
                .await?;
        }
        let token = SessionToken::new(self.keys.bytes::<TOKEN_BYTES>());
        let id = token.id().bytes().to_vec();
        self.store
            .put_record(
                space.clone(),
                id.clone(),
                serde_json::to_vec(&(user, caller.purpose))?,
                None,
                Expected::Any,
            )
            .await?;
        self.store
            .put_record(space, own, id, None, Expected::Any)
            .await?;
        Ok(token
            .bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect())
    }

    /// Who reads a calendar feed by such a key.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where the key is not, or no longer, one.
    pub async fn feed_reader(&self, key: &str, now: Timestamp) -> Result<Caller, OperationError> {
        let mut bytes = [0_u8; TOKEN_BYTES];
        if key.len() != 2 * TOKEN_BYTES || !key.is_ascii() {
            return Err(OperationError::NotThere);
        }
        for (byte, place) in bytes.iter_mut().zip((0..).step_by(2)) {
            let digits = key.get(place..place + 2).ok_or(OperationError::NotThere)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| OperationError::NotThere)?;
        }
        let id = SessionToken::new(bytes).id();
        let record = self
            .store
            .record(Code::new(FEEDS)?, id.bytes().to_vec(), now.as_millisecond())
            .await?
            .ok_or(OperationError::NotThere)?;
        let (user, purpose): (UserId, Purpose) = serde_json::from_slice(&record.value)?;
        let user = self
            .user(user)
            .filter(|user| user.state == UserState::Active)
            .ok_or(OperationError::NotThere)?;
        self.caller_of(&user, purpose, now)
            .ok_or(OperationError::NotThere)
    }

    async fn credential(
        &self,
        name: &str,
        now: Timestamp,
    ) -> Result<Option<Credential>, OperationError> {
        let record = self
            .store
            .record(
                Code::new(NAMES)?,
                name.as_bytes().to_vec(),
                now.as_millisecond(),
            )
            .await?;
        Ok(match record {
            Some(record) => Some(serde_json::from_slice(&record.value)?),
            None => None,
        })
    }

    pub(crate) async fn attempts(
        &self,
        key: &str,
        now: Timestamp,
    ) -> Result<Attempts, OperationError> {
        let record = self
            .store
            .record(
                Code::new(ATTEMPTS)?,
                key.as_bytes().to_vec(),
                now.as_millisecond(),
            )
            .await?;
        Ok(match record {
            Some(record) => serde_json::from_slice(&record.value)?,
            None => Attempts::default(),
        })
    }

    pub(crate) async fn put_attempts(
        &self,
        key: &str,
        attempts: Attempts,
        now: Timestamp,
    ) -> Result<(), OperationError> {
        let forgotten = now
            .checked_add(AttemptLimits::OF_ACCOUNT.forgotten_after)
            .unwrap_or(now);
        self.store
            .put_record(
                Code::new(ATTEMPTS)?,
                key.as_bytes().to_vec(),
                serde_json::to_vec(&attempts)?,
                Some(forgotten.as_millisecond()),
                Expected::Any,
            )
            .await?;
        Ok(())
    }

    async fn put_session(&self, kept: &KeptSession) -> Result<(), OperationError> {
        let limit = SessionLimits::OF_A_SHIFT.absolute;
        let expires = kept.session.signed_in_at.checked_add(limit).ok();
        self.store
            .put_record(
                Code::new(SESSIONS)?,
                kept.session.id.bytes().to_vec(),
                serde_json::to_vec(kept)?,
                expires.map(Timestamp::as_millisecond),
                Expected::Any,
            )
            .await?;
        Ok(())
    }
}

fn strong(
    password: &Password,
    context: &[&str],
    field: &'static str,
) -> Result<(), OperationError> {
    check_new(password, context).map_err(|weakness| {
        OperationError::field(
            field,
            match weakness {
                Weakness::TooShort => "sign-in-weak-short",
                Weakness::TooLong => "sign-in-weak-long",
                Weakness::Repetitive | Weakness::HoldsContext | Weakness::Common => {
                    "sign-in-weak-common"
                }
            },
        )
    })
}
