//! Why nobody was signed in.

use openidconnect::{ClaimsVerificationError, SignatureVerificationError};

/// Nobody is signed in.
///
/// The page says "start again, or sign in with a password" for each; which one it was is for the log, and none holds a token or a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// An address that is none, or that could be overheard.
    #[error("an address of the provider or of this server is not https; mend the settings")]
    Address,
    /// The provider did not answer, or not by the standard.
    #[error("the provider gave no usable answer; try again, and look at the provider if it stays")]
    Provider,
    /// The provider says that it is another than the one set.
    #[error(
        "the answer is from another provider than the one set; mend the issuer in the settings"
    )]
    Issuer,
    /// The state was never given out, was used, or is too old.
    #[error("the sign-in is unknown, used or older than ten minutes; start it again")]
    State,
    /// The provider did not take the code.
    #[error("the provider did not take the code; start the sign-in again")]
    Code,
    /// The provider sent no identity.
    #[error("the provider sent no identity; set it to the scope openid for this client")]
    NoToken,
    /// The token was made for another sign-in.
    #[error("the token is of another sign-in; start it again")]
    Nonce,
    /// The token is for another client too, or only.
    #[error("the token is for another client; mend the client's name in the settings")]
    Audience,
    /// The token is too old or of the future.
    #[error("the token is not of this moment; start again, and compare the clocks if it stays")]
    Time,
    /// The token's key is none of the provider's, also of those it shows now.
    #[error("the token is signed with an unknown key; look at the provider")]
    Key,
    /// The signature is wrong, absent or of a kind that is not accepted.
    #[error("the token's signature is not accepted; look at the provider")]
    Signature,
    /// Another rule of the standard is broken.
    #[error("the token does not follow the standard; look at the provider")]
    NotByTheStandard,
}

impl From<ClaimsVerificationError> for Refused {
    fn from(error: ClaimsVerificationError) -> Self {
        use ClaimsVerificationError as E;
        match error {
            E::Expired(_) => Self::Time,
            E::InvalidAudience(_) => Self::Audience,
            E::InvalidIssuer(_) => Self::Issuer,
            E::InvalidNonce(_) => Self::Nonce,
            E::SignatureVerification(
                SignatureVerificationError::NoMatchingKey
                | SignatureVerificationError::AmbiguousKeyId(_),
            ) => Self::Key,
            E::SignatureVerification(_) => Self::Signature,
            _ => Self::NotByTheStandard,
        }
    }
}
