//! Signing in with a passkey, after the standard Web Authentication, level 3.
//!
//! A ceremony has two steps: the server starts it and sends the browser a challenge, the authenticator answers, the server finishes it.
//! What lies between the steps is a value that the caller keeps, once and for five minutes, and takes out to finish:
//! an answer is accepted for one challenge, and a challenge for one answer.
//!
//! Every passkey asks for the person behind the key, by PIN or body, so that it stands for password and second factor together.
//! It is found by the browser itself, so no name is typed, and a user is known to it by random bytes, never by a name or number.
//! The authenticator's make is not asked for: it would tell which device an officer carries, and no list of makes is kept here.
//!
//! The crate stores nothing and knows no users.
//! The library below makes each challenge from the system's random source and reads the system's clock for the five minutes.

mod bytes;
mod ceremony;
mod kept;
mod refused;

pub use ceremony::{Asked, PendingAuthentication, PendingRegistration, RelyingParty, Started};
pub use kept::{Passkey, PasskeyId, USER_HANDLE_BYTES, UserHandle};
pub use refused::{NotARelyingParty, Refused};
