//! Sign-ins that wait for their answer.

use std::collections::HashMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::refused::Refused;

/// How long an answer is waited for: time enough for a second factor at the provider.
pub const MINUTES_MAX: i64 = 10;

/// How many sign-ins may wait at once, so that starting many fills no memory.
pub const WAITING_MAX: usize = 10_000;

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

/// The sign-ins that wait, kept in memory: a restart loses them, and people start again.
#[derive(Debug, Default)]
pub struct Waiting {
    by_state: HashMap<String, PendingSignIn>,
}

impl Waiting {
    /// Keeps one until its answer comes.
    ///
    /// # Errors
    /// If as many as may wait do.
    pub fn keep(&mut self, pending: PendingSignIn, now: Timestamp) -> Result<(), Refused> {
        if self.by_state.len() >= WAITING_MAX {
            self.by_state.retain(|_, waiting| now < waiting.until);
        }
        if self.by_state.len() >= WAITING_MAX {
            return Err(Refused::TooMany);
        }
        self.by_state.insert(pending.state.clone(), pending);
        Ok(())
    }

    /// Takes out the one of this state; the same state finds nothing again.
    ///
    /// # Errors
    /// If it was never kept, was taken, or is too old.
    pub fn take(&mut self, state: &str, now: Timestamp) -> Result<PendingSignIn, Refused> {
        self.by_state
            .remove(state)
            .filter(|pending| now < pending.until)
            .ok_or(Refused::State)
    }

    /// How many wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_state.len()
    }

    /// Whether none waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_state.is_empty()
    }
}
