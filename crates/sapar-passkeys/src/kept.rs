//! What is kept of a passkey.

use std::fmt;

use serde::{Deserialize, Serialize};
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::PublicKeyCredentialDescriptor;
use webauthn_rp::response::register::{DynamicState, StaticState};
use webauthn_rp::response::{AuthTransports, Backup, CredentialId};
use webauthn_rp::{AuthenticatedCredential, RegisteredCredential};

use crate::bytes::Bytes;
use crate::refused::Refused;

/// The length of a user handle.
pub const USER_HANDLE_BYTES: usize = 64;

pub(crate) type Handle = webauthn_rp::request::register::UserHandle<USER_HANDLE_BYTES>;

/// What a passkey knows a user by: random bytes, made once a user and kept with the account.
///
/// A name or number would lie readable on every authenticator, also a lost one.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Bytes", into = "Bytes")]
pub struct UserHandle([u8; USER_HANDLE_BYTES]);

impl UserHandle {
    /// A handle of these bytes, which come from a random source and serve no other user.
    #[must_use]
    pub fn of_random(bytes: [u8; USER_HANDLE_BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes, to find the user by.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; USER_HANDLE_BYTES] {
        &self.0
    }

    pub(crate) fn of(handle: &Handle) -> Self {
        let Ok(bytes) = handle.encode();
        Self(bytes)
    }

    pub(crate) fn for_library(&self) -> Handle {
        let Ok(handle) = Handle::decode(self.0);
        handle
    }
}

impl TryFrom<Bytes> for UserHandle {
    type Error = &'static str;

    fn try_from(bytes: Bytes) -> Result<Self, Self::Error> {
        bytes
            .0
            .try_into()
            .map(Self)
            .map_err(|_| "a user handle has 64 bytes")
    }
}

impl From<UserHandle> for Bytes {
    fn from(handle: UserHandle) -> Self {
        Self(handle.0.to_vec())
    }
}

impl fmt::Debug for UserHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserHandle(..)")
    }
}

/// Which passkey; unique among all users, which the store sees to.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PasskeyId(Bytes);

impl PasskeyId {
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self(Bytes(bytes.to_vec()))
    }

    /// As text, the same that browsers write, to store and find it by.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.text()
    }

    /// The identifier of that text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Bytes::parse(text).map(Self)
    }

    fn as_library(&self) -> Result<CredentialId<&[u8]>, Refused> {
        <CredentialId<&[u8]> as Decode>::decode(&self.0.0).map_err(|_| Refused::Lost)
    }
}

impl fmt::Debug for PasskeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasskeyId(..)")
    }
}

/// A registered passkey as it is kept: no secret is among it, since the key in it is the public one.
///
/// It changes with each sign-in, its counter above all, and is to be kept anew each time.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    id: PasskeyId,
    user: UserHandle,
    /// The public key and what never changes, as the library below writes it.
    key: Bytes,
    /// Counter and flags, as the library below writes them.
    state: [u8; 7],
    /// How the authenticator can be reached, as the library below writes it.
    transports: u8,
}

/// The public key in the form in which it is read back.
type Key = webauthn_rp::response::register::CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;

impl Passkey {
    /// Which passkey it is.
    #[must_use]
    pub fn id(&self) -> &PasskeyId {
        &self.id
    }

    /// Whose it is.
    #[must_use]
    pub fn user(&self) -> &UserHandle {
        &self.user
    }

    /// How many times the authenticator says that it signed; some always say zero.
    #[must_use]
    pub fn signatures(&self) -> u32 {
        self.dynamic_state().map_or(0, |state| state.sign_count)
    }

    pub(crate) fn of(credential: &RegisteredCredential<'_, USER_HANDLE_BYTES>) -> Self {
        let (id, transports, user, fixed, changing, _) = credential.as_parts();
        let (Ok(key), Ok(state), Ok(transports)) =
            (fixed.encode(), changing.encode(), transports.encode());
        Self {
            id: PasskeyId::of_bytes(id.as_ref()),
            user: UserHandle::of(user),
            key: Bytes(key),
            state,
            transports,
        }
    }

    /// So that an authenticator that has it makes no second one.
    pub(crate) fn descriptor(&self) -> Result<PublicKeyCredentialDescriptor<Vec<u8>>, Refused> {
        Ok(PublicKeyCredentialDescriptor {
            id: self.id.as_library()?.into(),
            transports: AuthTransports::decode(self.transports).map_err(|_| Refused::Lost)?,
        })
    }

    pub(crate) fn credential<'a>(
        &'a self,
        user: &'a Handle,
    ) -> Result<AuthenticatedCredential<'a, 'a, USER_HANDLE_BYTES, Key>, Refused> {
        let key = StaticState::<Key>::decode(&self.key.0).map_err(|_| Refused::Lost)?;
        AuthenticatedCredential::new(self.id.as_library()?, user, key, self.dynamic_state()?)
            .map_err(|_| Refused::Lost)
    }

    /// Whether the passkey may lie on several devices; this never changes, and a change is refused.
    pub(crate) fn is_backed_up(&self) -> Result<bool, Refused> {
        Ok(!matches!(self.dynamic_state()?.backup, Backup::NotEligible))
    }

    pub(crate) fn keep_state(&mut self, state: DynamicState) {
        let Ok(state) = state.encode();
        self.state = state;
    }

    fn dynamic_state(&self) -> Result<DynamicState, Refused> {
        DynamicState::decode(self.state).map_err(|_| Refused::Lost)
    }
}

impl fmt::Debug for Passkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passkey")
            .field("signatures", &self.signatures())
            .finish_non_exhaustive()
    }
}
