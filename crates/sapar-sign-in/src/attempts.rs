//! Slowing down and locking out whoever guesses passwords.
//!
//! A pure function of the attempts so far and of now.
//! The server counts by account and, with wider limits, by network address; the account is the name that was typed, whether or not there is such a user.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How many failures are borne, and what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptLimits {
    /// Failures without any waiting.
    pub free: u32,
    /// The wait after the first failure beyond; it doubles with each.
    pub first_wait: SignedDuration,
    /// No wait is longer.
    pub longest_wait: SignedDuration,
    /// After so many failures in a row the account is locked for [`AttemptLimits::locked_for`].
    pub lock_after: u32,
    /// How long a lock lasts: not for ever, or anybody could lock out an officer.
    pub locked_for: SignedDuration,
    /// After so long without a failure all are forgotten.
    pub forgotten_after: SignedDuration,
}

impl AttemptLimits {
    /// For one account.
    pub const OF_ACCOUNT: Self = Self {
        free: 3,
        first_wait: SignedDuration::from_secs(2),
        longest_wait: SignedDuration::from_secs(60),
        lock_after: 10,
        locked_for: SignedDuration::from_mins(15),
        forgotten_after: SignedDuration::from_hours(24),
    };

    /// For one network address, behind which a whole post may stand.
    pub const OF_ADDRESS: Self = Self {
        free: 20,
        first_wait: SignedDuration::from_secs(1),
        longest_wait: SignedDuration::from_secs(30),
        lock_after: 100,
        locked_for: SignedDuration::from_mins(15),
        forgotten_after: SignedDuration::from_hours(1),
    };
}

/// The failures in a row of one account or address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attempts {
    /// How many.
    pub failures: u32,
    /// When the last was.
    pub last_failure_at: Option<Timestamp>,
}

/// Whether a password may be tried now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It may.
    Now,
    /// Not before this instant; the password is not even checked.
    Wait(Timestamp),
    /// Locked until this instant; the supervisor is told once, when it begins.
    Locked(Timestamp),
}

impl Attempts {
    /// Whether a password may be tried now.
    ///
    /// A clock set back does not shorten a wait, and one far ahead of `last_failure_at` forgets by the rule.
    #[must_use]
    pub fn turn(&self, now: Timestamp, limits: AttemptLimits) -> Turn {
        let Some(last) = self.last_failure_at else {
            return Turn::Now;
        };
        let wait = self.wait(limits);
        let since = now.duration_since(last);
        if since >= limits.forgotten_after || since >= wait {
            return Turn::Now;
        }
        // A sum past the end of time waits until then.
        let until = last.saturating_add(wait).unwrap_or(Timestamp::MAX);
        if self.failures >= limits.lock_after {
            Turn::Locked(until)
        } else {
            Turn::Wait(until)
        }
    }

    /// After one more failure.
    #[must_use]
    pub fn failed(self, now: Timestamp, limits: AttemptLimits) -> Self {
        let before = match self.last_failure_at {
            Some(last) if now.duration_since(last) >= limits.forgotten_after => 0,
            _ => self.failures,
        };
        Self {
            failures: before.saturating_add(1),
            // The later of the two, so that setting the clock back wins nothing.
            last_failure_at: Some(self.last_failure_at.map_or(now, |last| last.max(now))),
        }
    }

    /// After a right password: nothing is held against the account.
    #[must_use]
    pub fn succeeded() -> Self {
        Self::default()
    }

    fn wait(&self, limits: AttemptLimits) -> SignedDuration {
        if self.failures >= limits.lock_after {
            return limits.locked_for;
        }
        let Some(beyond) = self.failures.checked_sub(limits.free + 1) else {
            return SignedDuration::ZERO;
        };
        1_i32
            .checked_shl(beyond.min(30))
            .and_then(|times| limits.first_wait.checked_mul(times))
            .map_or(limits.longest_wait, |wait| wait.min(limits.longest_wait))
    }
}
