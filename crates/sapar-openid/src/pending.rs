//! A sign-in that waits for its answer.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long an answer is waited for: time enough for a second factor at the provider.
pub const MINUTES_MAX: i64 = 10;

/// A sign-in under way; all of it is secret until it is over.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingSignIn {
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
    pub(crate) until: Timestamp,
}

impl PendingSignIn {
    /// The state, under which the record is kept and which the browser brings back.
    ///
    /// The browser gets it in a cookie too, so that an answer is accepted only from the browser that started.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Until when an answer is accepted.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.until
    }

    pub(crate) fn end(now: Timestamp) -> Timestamp {
        now.checked_add(SignedDuration::from_mins(MINUTES_MAX))
            .unwrap_or(Timestamp::MAX)
    }
}

impl fmt::Debug for PendingSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingSignIn")
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
}
