//! The two ceremonies, each in two steps.

use std::fmt;

use serde::{Deserialize, Serialize};
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::{AuthenticationVerificationOptions, SignatureCounterEnforcement};
use webauthn_rp::request::register::{
    CredProtect, Nickname, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, Username,
};
use webauthn_rp::request::{AsciiDomain, BackupReq, ExtensionInfo, RpId};
use webauthn_rp::response::register::Registration;
use webauthn_rp::{
    DiscoverableAuthentication, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions,
    RegistrationServerState,
};

use crate::bytes::Bytes;
use crate::kept::{Passkey, PasskeyId, USER_HANDLE_BYTES, UserHandle};
use crate::refused::{NotARelyingParty, Refused};

/// The site that passkeys belong to.
#[derive(Debug, Clone)]
pub struct RelyingParty {
    id: RpId,
    origins: Vec<String>,
}

/// A ceremony under way: what to send and what to keep.
#[derive(Debug)]
pub struct Started<T> {
    /// The options for the browser, as the JSON that its `parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON` takes.
    pub challenge: String,
    /// What to keep until the answer comes, to be taken out once.
    pub pending: T,
}

/// A registration that waits for its answer.
#[derive(Clone, Serialize, Deserialize)]
pub struct PendingRegistration {
    state: Bytes,
    existing: Vec<PasskeyId>,
}

/// A sign-in that waits for its answer.
#[derive(Clone, Serialize, Deserialize)]
pub struct PendingAuthentication(Bytes);

/// Which passkey an answer says it is by; not to be believed before the ceremony is finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which passkey to look up.
    pub passkey: PasskeyId,
    /// Whose it says to be.
    pub user: UserHandle,
}

impl RelyingParty {
    /// The site of a domain, answering at these origins, such as `https://post.example` with the port where it is not 443.
    ///
    /// # Errors
    /// If the domain is not one, or an origin is not of it or could be overheard.
    pub fn new(domain: &str, origins: &[&str]) -> Result<Self, NotARelyingParty> {
        let id = AsciiDomain::try_from(domain.to_owned()).map_err(|_| NotARelyingParty::Domain)?;
        // The library takes any sign of ASCII.
        if !domain
            .bytes()
            .all(|sign| matches!(sign, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'))
        {
            return Err(NotARelyingParty::Domain);
        }
        let fits = |origin: &&str| {
            let (host, local) = match (
                origin.strip_prefix("https://"),
                origin.strip_prefix("http://"),
            ) {
                (Some(host), _) => (host, false),
                (_, Some(host)) => (host, true),
                _ => return false,
            };
            let host = match host.split_once(':') {
                Some((host, port)) if port.parse::<u16>().is_ok() => host,
                Some(_) => return false,
                None => host,
            };
            let below = host
                .strip_suffix(domain)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            below && (!local || host == "localhost")
        };
        if origins.is_empty() || !origins.iter().all(fits) {
            return Err(NotARelyingParty::Origin);
        }
        Ok(Self {
            id: RpId::Domain(id),
            origins: origins.iter().map(|origin| (*origin).to_owned()).collect(),
        })
    }

    /// Starts to register a passkey for a signed-in user.
    ///
    /// The authenticator shows the name of the `account`, which has no spaces, and how the user is called.
    /// `existing` are all passkeys of the user, so that no authenticator makes a second one.
    ///
    /// # Errors
    /// If an authenticator could not show the name, or a kept passkey is damaged.
    pub fn start_registration(
        &self,
        user: &UserHandle,
        account: &str,
        called: &str,
        existing: &[Passkey],
    ) -> Result<Started<PendingRegistration>, Refused> {
        let handle = user.for_library();
        let user = PublicKeyCredentialUserEntity {
            name: Username::try_from(account).map_err(|_| Refused::Name)?,
            id: &handle,
            display_name: Some(Nickname::try_from(called).map_err(|_| Refused::Name)?),
        };
        let exclude = existing
            .iter()
            .map(Passkey::descriptor)
            .collect::<Result<Vec<_>, _>>()?;
        let mut options = PublicKeyCredentialCreationOptions::passkey(&self.id, user, exclude);
        // Asked for and not enforced: many authenticators in telephones and computers lack it, and each sign-in verifies the person.
        options.extensions.cred_protect =
            CredProtect::UserVerificationRequired(ExtensionInfo::AllowDontEnforceValue);
        let (server, client) = options.start_ceremony()?;
        Ok(Started {
            challenge: serde_json::to_string(&client).map_err(|_| Refused::Lost)?,
            pending: PendingRegistration {
                state: Bytes(server.encode().map_err(|_| Refused::Lost)?),
                existing: existing
                    .iter()
                    .map(|passkey| passkey.id().clone())
                    .collect(),
            },
        })
    }

    /// Finishes to register: the new passkey, to be kept under its identifier, which no other user's passkey may have.
    ///
    /// # Errors
    /// If the answer is not to this ceremony or breaks a rule of the standard; nothing is to be kept then.
    pub fn finish_registration(
        &self,
        pending: PendingRegistration,
        response: &str,
    ) -> Result<Passkey, Refused> {
        let state: RegistrationServerState<USER_HANDLE_BYTES> =
            RegistrationServerState::decode(&pending.state.0).map_err(|_| Refused::Lost)?;
        let answer = Registration::from_json_relaxed(response.as_bytes())
            .map_err(|_| Refused::Unreadable)?;
        let options = RegistrationVerificationOptions::<String, String> {
            allowed_origins: &self.origins,
            // What nobody asked for is ignored, as the standard advises; browsers differ in it.
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        let credential = state.verify(&self.id, &answer, &options)?;
        let passkey = Passkey::of(&credential);
        if pending.existing.contains(passkey.id()) {
            return Err(Refused::AlreadyRegistered);
        }
        Ok(passkey)
    }

    /// Starts a sign-in; nobody needs to say who they are.
    ///
    /// # Errors
    /// If the system's clock stands before 1970.
    pub fn start_authentication(&self) -> Result<Started<PendingAuthentication>, Refused> {
        let options = DiscoverableCredentialRequestOptions::passkey(&self.id);
        let (server, client) = options.start_ceremony()?;
        Ok(Started {
            challenge: serde_json::to_string(&client).map_err(|_| Refused::Lost)?,
            pending: PendingAuthentication(Bytes(server.encode().map_err(|_| Refused::Lost)?)),
        })
    }

    /// Which passkey an answer names, to look it up before [finishing](Self::finish_authentication).
    ///
    /// # Errors
    /// If it is no answer.
    pub fn asked(response: &str) -> Result<Asked, Refused> {
        let answer = Self::answer(response)?;
        Ok(Asked {
            passkey: PasskeyId::of_bytes(answer.raw_id().as_ref()),
            user: UserHandle::of(answer.response().user_handle()),
        })
    }

    /// Finishes a sign-in: the user of this passkey is there, and the passkey is to be kept anew, with its counter.
    ///
    /// # Errors
    /// If the answer is not to this ceremony, not by this passkey, or its counter did not grow; the passkey is unchanged then.
    pub fn finish_authentication(
        &self,
        pending: &PendingAuthentication,
        response: &str,
        passkey: &mut Passkey,
    ) -> Result<(), Refused> {
        let state = DiscoverableAuthenticationServerState::decode(&pending.0.0)
            .map_err(|_| Refused::Lost)?;
        let answer = Self::answer(response)?;
        let backup = if passkey.is_backed_up()? {
            BackupReq::Eligible
        } else {
            BackupReq::NotEligible
        };
        let options = AuthenticationVerificationOptions::<String, String> {
            allowed_origins: &self.origins,
            backup_requirement: Some(backup),
            error_on_unsolicited_extensions: false,
            sig_counter_enforcement: SignatureCounterEnforcement::Fail,
            ..Default::default()
        };
        let user = passkey.user().for_library();
        let mut credential = passkey.credential(&user)?;
        state.verify(&self.id, &answer, &mut credential, &options)?;
        let changed = credential.dynamic_state();
        passkey.keep_state(changed);
        Ok(())
    }

    fn answer(response: &str) -> Result<DiscoverableAuthentication<USER_HANDLE_BYTES>, Refused> {
        DiscoverableAuthentication::from_json_relaxed(response.as_bytes())
            .map_err(|_| Refused::Unreadable)
    }
}

impl fmt::Debug for PendingRegistration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PendingRegistration(..)")
    }
}

impl fmt::Debug for PendingAuthentication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PendingAuthentication(..)")
    }
}
