//! How much one session and one address may ask in a second, so that nobody keeps the others from working.
//!
//! Whoever asks more is told to wait; nothing of what they sent is done.
//! What is counted is kept in memory only, and forgotten when it counts for nothing any more.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use jiff::Timestamp;
use sapar_operations::OperationError;
use sapar_sign_in::session::{SessionId, SessionToken};

use crate::respond::fault;
use crate::state::App;
use crate::visit::{address_of, frame_of, session_token};

/// How many requests a second are answered; 0 for any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests that write, of one session; of one address where there is no session yet.
    pub writes: u32,
    /// Requests to the JSON interface, of one address.
    pub interface: u32,
}

impl Default for Limits {
    /// Far more than a person at a desk or a system that reads lists needs.
    fn default() -> Self {
        Self {
            writes: 50,
            interface: 500,
        }
    }
}

/// After so many seconds without a request nothing is owed any more.
const BURST_SECONDS: u32 = 2;

/// So many who ask are remembered before those of whom nothing counts any more are forgotten.
const KEPT_MAX: usize = 20_000;

/// Who asks, and whether of the JSON interface.
type Who = (bool, Asker);

/// A session or an address.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Asker {
    Session(SessionId),
    Address(String),
}

/// What was asked lately.
pub(crate) struct Limiter {
    writes: AtomicU32,
    interface: AtomicU32,
    asked: Mutex<HashMap<Who, Bucket>>,
}

/// Requests that may still be made at once, in thousandths, when it was last counted.
#[derive(Clone, Copy)]
struct Bucket {
    left: u64,
    at_ms: i64,
}

impl Limiter {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            writes: AtomicU32::new(limits.writes),
            interface: AtomicU32::new(limits.interface),
            asked: Mutex::default(),
        }
    }

    pub(crate) fn set(&self, limits: Limits) {
        self.writes.store(limits.writes, Ordering::Relaxed);
        self.interface.store(limits.interface, Ordering::Relaxed);
    }

    /// Counts one request; gives after how many seconds to ask again where it is one too many.
    fn take(&self, who: Who, a_second: u32, now: Timestamp) -> Result<(), u32> {
        if a_second == 0 {
            return Ok(());
        }
        let full = u64::from(a_second) * u64::from(BURST_SECONDS) * 1_000;
        let now_ms = now.as_millisecond();
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.len() >= KEPT_MAX {
            let spent = i64::from(BURST_SECONDS) * 1_000;
            asked.retain(|_, bucket| now_ms.saturating_sub(bucket.at_ms).abs() < spent);
            if asked.len() >= KEPT_MAX {
                // So many at once that they cannot be told apart: all begin anew.
                asked.clear();
            }
        }
        let bucket = asked.entry(who).or_insert(Bucket {
            left: full,
            at_ms: now_ms,
        });
        // A clock that was set back gives nothing and takes nothing.
        let passed = u64::try_from(now_ms.saturating_sub(bucket.at_ms)).unwrap_or(0);
        bucket.left = bucket
            .left
            .saturating_add(passed.saturating_mul(u64::from(a_second)))
            .min(full);
        bucket.at_ms = now_ms;
        match bucket.left.checked_sub(1_000) {
            Some(left) => {
                bucket.left = left;
                Ok(())
            }
            None => Err(1),
        }
    }
}

/// A session counts for itself only where it holds, so that making tokens up wins nothing.
async fn asker(
    app: &App,
    session: Option<SessionToken>,
    address: String,
    is_interface: bool,
) -> Who {
    match session {
        Some(token) if app.operations.has_session(&token, app.now()).await => {
            (is_interface, Asker::Session(token.id()))
        }
        _ => (is_interface, Asker::Address(address)),
    }
}

/// Refuses a request that is one too many.
pub(crate) async fn limited(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let is_interface = request.uri().path().starts_with("/api/");
    let limiter = &app.limiter;
    let a_second = if is_interface {
        limiter.interface.load(Ordering::Relaxed)
    } else if request.method().is_safe() {
        0
    } else {
        limiter.writes.load(Ordering::Relaxed)
    };
    if a_second == 0 {
        return next.run(request).await;
    }
    let session = session_token(request.headers()).filter(|_| !is_interface);
    let address = address_of(&app, request.headers(), request.extensions());
    let who = asker(&app, session, address, is_interface).await;
    let Err(seconds) = limiter.take(who, a_second, app.now()) else {
        return next.run(request).await;
    };
    app.figures
        .refuse(if is_interface { "interface" } else { "writes" });
    let until = app
        .now()
        .checked_add(jiff::SignedDuration::from_secs(i64::from(seconds)))
        .unwrap_or(app.now());
    let error = OperationError::Wait(until);
    let mut response = if is_interface {
        crate::api::too_many(error)
    } else {
        let (parts, _) = request.into_parts();
        fault(&app, &frame_of(&app, &parts), &error)
    };
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn who(number: u32) -> Who {
        (false, Asker::Address(number.to_string()))
    }

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_700_000_000_000 + ms).unwrap()
    }

    #[test]
    fn in_any_second_of_a_long_time_no_more_are_taken_than_the_limit() {
        let limiter = Limiter::new(Limits::default());
        let (mut taken, seconds) = (0, 100);
        for ms in 0..seconds * 1_000 {
            taken += u32::from(limiter.take(who(7), 5, at(ms)).is_ok());
        }
        // What may come at once, and five in every second after.
        let most = 5 * u32::try_from(seconds).unwrap() + 5 * BURST_SECONDS;
        assert!((most - 1..=most).contains(&taken), "{taken} of {most}");
    }

    #[test]
    fn others_are_not_kept_from_working_and_a_clock_set_back_gives_nothing() {
        let limiter = Limiter::new(Limits::default());
        let mut refused = 0;
        for _ in 0..100 {
            refused += u32::from(limiter.take(who(1), 10, at(0)).is_err());
        }
        assert_eq!(refused, 80);
        assert!(limiter.take(who(2), 10, at(0)).is_ok());
        assert!(limiter.take((true, who(1).1), 10, at(0)).is_ok());
        assert!(limiter.take(who(1), 10, at(-60_000)).is_err());
        // And after that it goes on as ever.
        assert!(limiter.take(who(1), 10, at(-59_000)).is_ok());
    }

    #[test]
    fn memory_is_bounded() {
        let limiter = Limiter::new(Limits::default());
        for number in 0_u32..50_000 {
            let _ = limiter.take(who(number), 10, at(i64::from(number)));
        }
        assert!(limiter.asked.lock().unwrap().len() <= KEPT_MAX);
    }

    #[test]
    fn no_limit_counts_nothing() {
        let limiter = Limiter::new(Limits::default());
        assert!((0..1_000).all(|_| limiter.take(who(3), 0, at(0)).is_ok()));
        assert!(limiter.asked.lock().unwrap().is_empty());
    }
}
