//! Why a ceremony was refused.

use webauthn_rp::request::auth::error::RequestOptionsErr;
use webauthn_rp::request::register::error::CreationOptionsErr;
use webauthn_rp::response::auth::error::AuthCeremonyErr;
use webauthn_rp::response::register::error::RegCeremonyErr;

/// A ceremony that was not finished; nobody is signed in, and no passkey is kept.
///
/// The page says "try again or use the password" for each of them; which one it was is for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// What the browser sent is no answer of an authenticator.
    #[error("the browser sent no answer of an authenticator; start the ceremony anew")]
    Unreadable,
    /// What was kept between the two steps is damaged or of another kind.
    #[error("what was kept of the ceremony cannot be read; start it anew")]
    Lost,
    /// More than five minutes passed.
    #[error("the five minutes for an answer have passed; start the ceremony anew")]
    Late,
    /// The answer is to another challenge, so it may be one that was overheard.
    #[error("the answer is to another challenge; start the ceremony anew")]
    OtherChallenge,
    /// The answer was given on a page of another origin, as a page made for phishing would.
    #[error("the answer was given on another site; open this site by its own address")]
    OtherSite,
    /// Nobody showed that it is the person: no PIN, no body.
    #[error("the authenticator did not verify the person; set a PIN on it and start anew")]
    PersonNotVerified,
    /// The signature is not by the passkey's key.
    #[error("the signature is not by this passkey; use the device on which it was made")]
    Signature,
    /// The counter did not grow, so there may be two copies of the key.
    #[error(
        "the passkey's counter went back, so it may have been copied; remove it and make a new one"
    )]
    Copied,
    /// The answer names another passkey or user than the one that was looked up.
    #[error("the answer is of another passkey than the one looked up; look up the one it names")]
    OtherPasskey,
    /// The passkey is registered already.
    #[error("this passkey is registered already; use it to sign in")]
    AlreadyRegistered,
    /// The name cannot be shown by authenticators.
    #[error(
        "an authenticator cannot show this name; use letters, digits and dots for the account, and no control signs"
    )]
    Name,
    /// Anything else that the standard forbids.
    #[error("the authenticator's answer does not follow the standard; use another authenticator")]
    NotByTheStandard,
}

/// A domain or origin that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotARelyingParty {
    /// The domain is not one in lower-case ASCII.
    #[error(
        "passkeys belong to a domain in lower-case ASCII, such as post.example; set the server's address to one"
    )]
    Domain,
    /// No origin, or one that is not of the domain.
    #[error(
        "each origin is https:// and the domain or one below it, or http://localhost for trying out; mend the server's address"
    )]
    Origin,
}

impl From<CreationOptionsErr> for Refused {
    fn from(_: CreationOptionsErr) -> Self {
        Self::Lost
    }
}

impl From<RequestOptionsErr> for Refused {
    fn from(_: RequestOptionsErr) -> Self {
        Self::Lost
    }
}

impl From<RegCeremonyErr> for Refused {
    fn from(error: RegCeremonyErr) -> Self {
        use RegCeremonyErr as E;
        match error {
            E::Timeout => Self::Late,
            E::ChallengeMismatch => Self::OtherChallenge,
            E::OriginMismatch | E::CrossOrigin | E::TopOriginMismatch | E::RpIdHashMismatch => {
                Self::OtherSite
            }
            E::UserNotPresent | E::UserNotVerified => Self::PersonNotVerified,
            E::AttestationSignature => Self::Signature,
            E::CollectedClientData(_) | E::CollectedClientDataRelaxed(_) => Self::Unreadable,
            _ => Self::NotByTheStandard,
        }
    }
}

impl From<AuthCeremonyErr> for Refused {
    fn from(error: AuthCeremonyErr) -> Self {
        use AuthCeremonyErr as E;
        match error {
            E::Timeout => Self::Late,
            E::ChallengeMismatch => Self::OtherChallenge,
            E::OriginMismatch | E::CrossOrigin | E::TopOriginMismatch | E::RpIdHashMismatch => {
                Self::OtherSite
            }
            E::UserNotVerified => Self::PersonNotVerified,
            E::AssertionSignature | E::PubKey(_) => Self::Signature,
            E::SignatureCounter => Self::Copied,
            E::UserHandleMismatch
            | E::CredentialIdMismatch
            | E::NoMatchingAllowedCredential
            | E::MissingUserHandle => Self::OtherPasskey,
            E::CollectedClientData(_) | E::CollectedClientDataRelaxed(_) => Self::Unreadable,
            _ => Self::NotByTheStandard,
        }
    }
}
