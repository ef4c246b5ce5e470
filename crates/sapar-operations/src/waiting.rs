//! What waits for an answer: kept in memory, for a short time, and taken out once.
//!
//! Whoever is not signed in can start a ceremony, and must not be able to fill the database by it.
//! A restart loses what waits, and people start again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use sapar_sign_in::session::SessionId;

/// As long as an authenticator is waited for.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);

/// How many may wait at once; one more pushes the oldest out.
const WAITING_MAX: usize = 4_096;

/// Things that wait, at most one for each session or visit.
pub(crate) struct Waiting<T> {
    by_session: Mutex<HashMap<SessionId, (Timestamp, T)>>,
}

impl<T> Default for Waiting<T> {
    fn default() -> Self {
        Self {
            by_session: Mutex::new(HashMap::new()),
        }
    }
}

impl<T> Waiting<T> {
    /// Keeps one, in the place of what the same session began before.
    pub(crate) fn keep(&self, session: SessionId, one: T, now: Timestamp) {
        let mut waiting = self
            .by_session
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= WAITING_MAX {
            waiting.retain(|_, (since, _)| !is_late(*since, now));
        }
        if waiting.len() >= WAITING_MAX {
            let oldest = waiting
                .iter()
                .min_by_key(|(_, (since, _))| *since)
                .map(|(session, _)| *session);
            if let Some(oldest) = oldest {
                waiting.remove(&oldest);
            }
        }
        waiting.insert(session, (now, one));
    }

    /// Takes it out; a second time there is nothing.
    pub(crate) fn take(&self, session: SessionId, now: Timestamp) -> Option<T> {
        self.by_session
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&session)
            .filter(|(since, _)| !is_late(*since, now))
            .map(|(_, one)| one)
    }
}

fn is_late(since: Timestamp, now: Timestamp) -> bool {
    now.duration_since(since).abs() > PATIENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(number: u32) -> SessionId {
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&number.to_be_bytes());
        SessionId::stored(bytes)
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_600_000 + seconds).unwrap()
    }

    #[test]
    fn what_waits_is_taken_once_by_the_session_that_began_it_and_in_time() {
        let waiting = Waiting::default();
        waiting.keep(session(1), "first", at(0));
        waiting.keep(session(1), "second", at(1));
        assert_eq!(waiting.take(session(2), at(2)), None);
        assert_eq!(waiting.take(session(1), at(2)), Some("second"));
        assert_eq!(waiting.take(session(1), at(2)), None);
        waiting.keep(session(1), "late", at(0));
        assert_eq!(waiting.take(session(1), at(301)), None);
        waiting.keep(session(1), "clock set back", at(400));
        assert_eq!(waiting.take(session(1), at(0)), None);
    }

    #[test]
    fn beginning_many_fills_no_memory_and_pushes_out_the_oldest_only() {
        let waiting = Waiting::default();
        let many = u32::try_from(WAITING_MAX).unwrap();
        for number in 0..=many {
            waiting.keep(session(number), number, at(i64::from(number) / 100));
        }
        assert_eq!(waiting.by_session.lock().unwrap().len(), WAITING_MAX);
        assert_eq!(waiting.take(session(many), at(60)), Some(many));
        let gone = (0..100).filter(|number| waiting.take(session(*number), at(60)).is_none());
        assert_eq!(gone.count(), 1);
    }
}
