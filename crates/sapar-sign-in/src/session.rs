//! Sessions: how long they hold, and when their token changes.
//!
//! The token is 32 random bytes in the user's cookie; the store keeps only its hash, so that who reads the database signs in as nobody.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The bytes of a token, from a secure random source.
pub const TOKEN_BYTES: usize = 32;

/// What the user's cookie holds; wiped when dropped, hidden from `Debug`.
pub struct SessionToken(Zeroizing<[u8; TOKEN_BYTES]>);

impl SessionToken {
    /// Takes random bytes, or those of a cookie.
    #[must_use]
    pub fn new(bytes: [u8; TOKEN_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for the cookie.
    #[must_use]
    pub fn bytes(&self) -> &[u8; TOKEN_BYTES] {
        &self.0
    }

    /// The identifier under which the session is stored: SHA-256 of the token.
    #[must_use]
    pub fn id(&self) -> SessionId {
        SessionId(Sha256::digest(self.0.as_slice()).into())
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(hidden)")
    }
}

/// The hash of a session's token; it opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SessionId([u8; 32]);

impl SessionId {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Takes what the store kept.
    #[must_use]
    pub fn stored(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// How long sessions hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// After so long without a request, the user signs in again.
    pub idle: SignedDuration,
    /// After so long in all, the user signs in again.
    pub absolute: SignedDuration,
}

impl SessionLimits {
    /// Half an hour without a request, and a shift of twelve hours in all.
    pub const OF_A_SHIFT: Self = Self {
        idle: SignedDuration::from_mins(30),
        absolute: SignedDuration::from_hours(12),
    };
}

/// A session of a signed-in user, as it is stored beside the user's identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The hash of the token.
    pub id: SessionId,
    /// When the user signed in.
    pub signed_in_at: Timestamp,
    /// When the last request came.
    pub seen_at: Timestamp,
}

/// Whether a session still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does; the store keeps this.
    Holds(Session),
    /// Too long without a request.
    Idle,
    /// Too long since signing in.
    Old,
    /// The clock stands before the session's own times, so how old it is cannot be known: the user signs in again.
    ClockSetBack,
}

/// How far the clock may be set back, as time servers do, before a session ends for it.
const CLOCK_STEP: SignedDuration = SignedDuration::from_secs(60);

impl Session {
    /// Starts a session at sign-in, always with a new token: a token from before signing in is never carried over.
    #[must_use]
    pub fn start(token: &SessionToken, now: Timestamp) -> Self {
        Self {
            id: token.id(),
            signed_in_at: now,
            seen_at: now,
        }
    }

    /// Whether it holds at a request, and what to keep then; a limit is reached at its last instant.
    #[must_use]
    pub fn at(self, now: Timestamp, limits: SessionLimits) -> Standing {
        let since_sign_in = now.duration_since(self.signed_in_at);
        let since_seen = now.duration_since(self.seen_at);
        if since_sign_in.saturating_add(CLOCK_STEP).is_negative()
            || since_seen.saturating_add(CLOCK_STEP).is_negative()
        {
            return Standing::ClockSetBack;
        }
        if since_sign_in >= limits.absolute {
            return Standing::Old;
        }
        if since_seen >= limits.idle {
            return Standing::Idle;
        }
        Standing::Holds(Self {
            seen_at: self.seen_at.max(now),
            ..self
        })
    }

    /// The same session under a new token, when the user changes password or purpose; the old token opens nothing any more.
    #[must_use]
    pub fn rotate(self, token: &SessionToken) -> Self {
        Self {
            id: token.id(),
            ..self
        }
    }
}
