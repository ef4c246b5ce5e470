//! One provider, and a sign-in there in two steps.

use std::error::Error;
use std::fmt;
use std::future::Future;

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken, CoreIdTokenClaims,
    CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, DiscoveryError, HttpRequest,
    HttpResponse, IssuerUrl, JsonWebKeySet, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, TokenResponse,
};
use serde::{Deserialize, Serialize};

use crate::pending::PendingSignIn;
use crate::refused::Refused;

/// Signatures with a public key, which the provider alone can make.
///
/// None with the client's secret, which lies here too and would let whoever reads the settings sign for anyone.
const SIGNATURES: [CoreJwsSigningAlgorithm; 8] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
];

/// How old a token may be, and how far the provider's clock may be ahead.
const TOKEN_AGE_MAX_SECONDS: i64 = 600;
const CLOCK_AHEAD_MAX_SECONDS: i64 = 60;

/// This server as the provider knows it.
#[derive(Clone)]
pub struct Client {
    /// The name registered at the provider.
    pub id: String,
    /// The secret, where the provider gave one.
    pub secret: Option<String>,
    /// Where the browser comes back to, exactly as registered.
    pub redirect: String,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("id", &self.id)
            .field("redirect", &self.redirect)
            .finish_non_exhaustive()
    }
}

/// A provider, discovered.
#[derive(Debug, Clone)]
pub struct Provider {
    metadata: CoreProviderMetadata,
    client: Client,
}

/// A sign-in under way.
#[derive(Debug)]
pub struct Started {
    /// Where to send the browser.
    pub address: String,
    /// What to keep until it comes back, to be taken out once by its state.
    pub pending: PendingSignIn,
}

/// What the browser brings back in the query of the redirect.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The state.
    pub state: String,
    /// The code.
    pub code: String,
    /// The issuer, where the provider says it (RFC 9207).
    #[serde(default)]
    pub iss: Option<String>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer(..)")
    }
}

/// Who was signed in: the provider's address and its name for the person, which it never gives to another.
///
/// Compared as they are, sign by sign; an administrator linked a user to exactly these two, or nobody is signed in.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ExternalIdentity {
    issuer: String,
    subject: String,
}

impl ExternalIdentity {
    /// The identity that an administrator links a user to.
    #[must_use]
    pub fn new(issuer: &str, subject: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            subject: subject.to_owned(),
        }
    }

    /// The provider.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The provider's name for the person.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }
}

impl fmt::Debug for ExternalIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExternalIdentity")
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

impl Provider {
    /// Asks the provider for its addresses and keys; once at the start, and again every day or so.
    ///
    /// # Errors
    /// If an address could be overheard, or the provider does not answer as the standard says.
    pub async fn discover<F, A, E>(issuer: &str, client: Client, send: &F) -> Result<Self, Refused>
    where
        F: Fn(HttpRequest) -> A,
        A: Future<Output = Result<HttpResponse, E>>,
        E: Error + 'static,
    {
        confidential(issuer)?;
        confidential(&client.redirect)?;
        let issuer = IssuerUrl::new(issuer.to_owned()).map_err(|_| Refused::Address)?;
        let metadata = CoreProviderMetadata::discover_async(issuer, send)
            .await
            .map_err(|error| match error {
                DiscoveryError::Validation(_) => Refused::Issuer,
                _ => Refused::Provider,
            })?;
        confidential(metadata.authorization_endpoint().as_str())?;
        confidential(metadata.jwks_uri().as_str())?;
        let token = metadata.token_endpoint().ok_or(Refused::Provider)?;
        confidential(token.as_str())?;
        RedirectUrl::new(client.redirect.clone()).map_err(|_| Refused::Address)?;
        Ok(Self { metadata, client })
    }

    /// Starts a sign-in.
    ///
    /// # Errors
    /// If the address to come back to is none, which [`Provider::discover`] excludes.
    pub fn start(&self, now: Timestamp) -> Result<Started, Refused> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = CoreClient::from_provider_metadata(
            self.metadata.clone(),
            ClientId::new(self.client.id.clone()),
            None,
        )
        .set_redirect_uri(self.redirect()?)
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        )
        .set_pkce_challenge(challenge)
        .url();
        Ok(Started {
            address: address.to_string(),
            pending: PendingSignIn {
                state: state.into_secret(),
                nonce: nonce.secret().clone(),
                verifier: verifier.into_secret(),
                until: PendingSignIn::end(now),
            },
        })
    }

    /// Finishes a sign-in with the record that was taken out for its state.
    ///
    /// Keys that the provider changed since it was discovered are asked for once.
    ///
    /// # Errors
    /// If the answer is not to this sign-in, the provider does not take the code, or its token breaks a rule.
    pub async fn finish<F, A, E>(
        &self,
        pending: PendingSignIn,
        answer: &Answer,
        now: Timestamp,
        send: &F,
    ) -> Result<ExternalIdentity, Refused>
    where
        F: Fn(HttpRequest) -> A,
        A: Future<Output = Result<HttpResponse, E>>,
        E: Error + 'static,
    {
        if pending.state != answer.state || now >= pending.until {
            return Err(Refused::State);
        }
        let issuer = self.metadata.issuer();
        if answer
            .iss
            .as_ref()
            .is_some_and(|iss| iss != issuer.as_str())
        {
            return Err(Refused::Issuer);
        }
        let response = CoreClient::from_provider_metadata(
            self.metadata.clone(),
            ClientId::new(self.client.id.clone()),
            self.client.secret.clone().map(ClientSecret::new),
        )
        .set_redirect_uri(self.redirect()?)
        .set_auth_type(self.auth_type())
        .exchange_code(AuthorizationCode::new(answer.code.clone()))
        .map_err(|_| Refused::Provider)?
        .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier))
        .request_async(send)
        .await
        .map_err(|error| match error {
            RequestTokenError::ServerResponse(_) => Refused::Code,
            _ => Refused::Provider,
        })?;
        let token = response.id_token().ok_or(Refused::NoToken)?;
        let nonce = Nonce::new(pending.nonce);
        let claims = match self.claims(token, self.metadata.jwks().clone(), &nonce, now) {
            Err(Refused::Key) => {
                let keys: CoreJsonWebKeySet =
                    JsonWebKeySet::fetch_async(self.metadata.jwks_uri(), send)
                        .await
                        .map_err(|_| Refused::Provider)?;
                self.claims(token, keys, &nonce, now)?
            }
            claims => claims?,
        };
        Ok(ExternalIdentity::new(issuer, claims.subject()))
    }

    fn claims(
        &self,
        token: &CoreIdToken,
        keys: CoreJsonWebKeySet,
        nonce: &Nonce,
        now: Timestamp,
    ) -> Result<CoreIdTokenClaims, Refused> {
        let now = DateTime::<Utc>::from_timestamp(now.as_second(), 0).ok_or(Refused::Time)?;
        let id = ClientId::new(self.client.id.clone());
        // As for a client without a secret, so that no signature is made with it.
        let verifier =
            CoreIdTokenVerifier::new_public_client(id, self.metadata.issuer().clone(), keys)
                .set_allowed_algs(SIGNATURES)
                .set_time_fn(move || now)
                .set_issue_time_verifier_fn(move |issued| {
                    let age = (now - issued).num_seconds();
                    if (-CLOCK_AHEAD_MAX_SECONDS..=TOKEN_AGE_MAX_SECONDS).contains(&age) {
                        Ok(())
                    } else {
                        Err("issued too long ago or in the future".to_owned())
                    }
                });
        Ok(token.claims(&verifier, nonce)?.clone())
    }

    fn redirect(&self) -> Result<RedirectUrl, Refused> {
        RedirectUrl::new(self.client.redirect.clone()).map_err(|_| Refused::Address)
    }

    /// The secret goes in a header unless the provider only takes it in the form.
    fn auth_type(&self) -> AuthType {
        let known = self.metadata.token_endpoint_auth_methods_supported();
        let header = known.is_none_or(|known| {
            known.contains(&CoreClientAuthMethod::ClientSecretBasic)
                || !known.contains(&CoreClientAuthMethod::ClientSecretPost)
        });
        if header {
            AuthType::BasicAuth
        } else {
            AuthType::RequestBody
        }
    }
}

/// Codes and tokens go over connections that nobody overhears; on the machine itself, for trying out, any will do.
fn confidential(address: &str) -> Result<(), Refused> {
    let url = openidconnect::url::Url::parse(address).map_err(|_| Refused::Address)?;
    let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if url.scheme() == "https" || (url.scheme() == "http" && local) {
        Ok(())
    } else {
        Err(Refused::Address)
    }
}
