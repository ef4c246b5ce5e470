//! Signing in by OpenID Connect, for headquarters that has a directory of its own.
//!
//! The browser is sent to the provider and comes back with a code; the server exchanges the code for a signed token.
//! State, nonce and PKCE verifier are random, kept in one record a sign-in, and taken out once.
//! What comes out is an issuer and a subject, and nothing else: a user is known by exactly these two, which an administrator linked.
//! No account is made by signing in, and none is found by e-mail or name, which a provider lets people change.
//!
//! The crate makes no connection: each request is passed to a function of the server, which follows no redirects and has a limit of time.
//! It reads no clock; the random values come from the system through the library below.

mod pending;
mod provider;
mod refused;

pub use openidconnect::{HttpRequest, HttpResponse};
pub use pending::{MINUTES_MAX, PendingSignIn};
pub use provider::{Answer, Client, ExternalIdentity, Provider, Started};
pub use refused::Refused;
