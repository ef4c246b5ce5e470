//! What holds of sessions, attempts and form tokens whatever the times and the secrets.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use sapar_sign_in::attempts::{AttemptLimits, Attempts, Turn};
use sapar_sign_in::csrf::FormKey;
use sapar_sign_in::session::{Session, SessionId, SessionLimits, SessionToken, Standing};

const LIMITS: SessionLimits = SessionLimits::OF_A_SHIFT;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

proptest! {
    /// A session holds exactly as long as no gap reaches the idle limit and the sum not the absolute one.
    #[test]
    fn a_session_holds_within_both_limits(gaps in prop::collection::vec(0_i64..2_400, 1..60)) {
        let mut session = Session::start(&SessionToken::new([1; 32]), at(0));
        let mut now = 0;
        for gap in gaps {
            now += gap;
            let expected = if now >= 12 * 3_600 { "old" } else if gap >= 1_800 { "idle" } else { "holds" };
            match session.at(at(now), LIMITS) {
                Standing::Holds(next) => {
                    prop_assert_eq!(expected, "holds");
                    prop_assert_eq!(next.seen_at, at(now));
                    prop_assert_eq!(next.signed_in_at, at(0));
                    session = next;
                }
                Standing::Old => { prop_assert_eq!(expected, "old"); break; }
                Standing::Idle => { prop_assert_eq!(expected, "idle"); break; }
                Standing::ClockSetBack => prop_assert!(false, "the clock ran forward"),
            }
        }
    }

    /// Setting the clock back never makes a session live longer.
    #[test]
    fn a_clock_set_back_ends_a_session_or_changes_nothing(seen in 0_i64..1_000, back in 1_i64..100_000) {
        let session = Session { seen_at: at(seen), ..Session::start(&SessionToken::new([1; 32]), at(0)) };
        match session.at(at(seen - back), LIMITS) {
            Standing::Holds(kept) => { prop_assert!(back <= 60); prop_assert_eq!(kept, session); }
            Standing::ClockSetBack => prop_assert!(back > 60 || seen - back < -60),
            other => prop_assert!(false, "{other:?}"),
        }
    }

    /// However an attacker times the tries, no more of them are checked in a day than the limits give.
    #[test]
    fn guesses_in_a_day_are_few(pauses in prop::collection::vec(0_i64..1_200, 1..400)) {
        let limits = AttemptLimits::OF_ACCOUNT;
        let mut attempts = Attempts::default();
        let mut now = 0;
        let mut checked: Vec<i64> = Vec::new();
        for pause in pauses {
            now += pause;
            match attempts.turn(at(now), limits) {
                Turn::Now => { attempts = attempts.failed(at(now), limits); checked.push(now); }
                Turn::Wait(until) => { prop_assert!(until > at(now)); prop_assert!(attempts.failures < limits.lock_after); }
                Turn::Locked(until) => { prop_assert!(until > at(now)); prop_assert!(attempts.failures >= limits.lock_after); }
            }
        }
        // Ten before the lock, then one each quarter of an hour.
        for (place, start) in checked.iter().enumerate() {
            let in_a_day = checked.iter().skip(place).take_while(|at| **at < start + 86_400).count();
            prop_assert!(in_a_day <= 10 + 24 * 4, "{in_a_day}");
        }
        if checked.len() > 10 {
            prop_assert!(checked.windows(2).skip(9).all(|pair| pair[1] - pair[0] >= 900));
        }
    }

    /// Waiting never grows shorter with another failure, and ends at the instant it names.
    #[test]
    fn waits_grow_and_end(failures in 0_u32..2_000) {
        for limits in [AttemptLimits::OF_ACCOUNT, AttemptLimits::OF_ADDRESS] {
            let until = |failures| {
                let attempts = Attempts { failures, last_failure_at: Some(at(0)) };
                match attempts.turn(at(0), limits) {
                    Turn::Now => at(0),
                    Turn::Wait(until) | Turn::Locked(until) => {
                        assert_eq!(attempts.turn(until, limits), Turn::Now);
                        assert_ne!(attempts.turn(until - SignedDuration::from_nanos(1), limits), Turn::Now);
                        until
                    }
                }
            };
            prop_assert!(until(failures) <= until(failures + 1));
            prop_assert_eq!(until(failures) == at(0), failures <= limits.free);
        }
    }

    /// A form's token fits its own session and key and no other.
    #[test]
    fn a_form_token_fits_one_session(key in any::<[u8; 32]>(), other_key in any::<[u8; 32]>(), a in any::<[u8; 32]>(), b in any::<[u8; 32]>(), place in 0_usize..64) {
        prop_assume!(key != other_key && a != b);
        let form_key = FormKey::new(key);
        let (a, b) = (SessionId::stored(a), SessionId::stored(b));
        let token = form_key.token(&a);
        prop_assert!(form_key.is_token(&a, &token));
        prop_assert!(!form_key.is_token(&b, &token));
        prop_assert!(!FormKey::new(other_key).is_token(&a, &token));
        let mut changed = token.clone().into_bytes();
        changed[place] = if changed[place] == b'0' { b'1' } else { b'0' };
        prop_assert!(!form_key.is_token(&a, std::str::from_utf8(&changed).unwrap()));
        prop_assert!(!form_key.is_token(&a, &token[..place]));
    }
}

#[test]
fn a_long_silence_forgets_failures() {
    let limits = AttemptLimits::OF_ACCOUNT;
    let nine = Attempts {
        failures: 9,
        last_failure_at: Some(at(0)),
    };
    assert_eq!(nine.failed(at(86_399), limits).failures, 10);
    assert_eq!(nine.failed(at(86_400), limits).failures, 1);
    assert_eq!(Attempts::succeeded().turn(at(0), limits), Turn::Now);
    // Setting the clock back neither opens the account sooner nor forgets.
    let back = nine.failed(at(-500_000), limits);
    assert_eq!(back.last_failure_at, Some(at(0)));
    assert!(matches!(back.turn(at(-500_000), limits), Turn::Locked(_)));
}

#[test]
fn a_new_token_ends_the_old_one_and_keeps_the_age() {
    let (old, new) = (SessionToken::new([1; 32]), SessionToken::new([2; 32]));
    let session = Session::start(&old, at(0));
    let rotated = session.rotate(&new);
    assert_eq!(rotated.id, new.id());
    assert_ne!(rotated.id, old.id());
    assert_eq!(rotated.signed_in_at, session.signed_in_at);
    // The store never holds what the cookie holds.
    assert_ne!(session.id.bytes(), old.bytes());
    assert_eq!(format!("{old:?}"), "SessionToken(hidden)");
}

/// The HMAC-SHA-256 of RFC 4231 is what the library computes; here the whole construction is held to a value computed apart with Python's `hmac`.
#[test]
fn the_form_token_is_hmac_sha_256() {
    let token = FormKey::new([3; 32]).token(&SessionId::stored([4; 32]));
    assert_eq!(
        token,
        "33cfb2f0babcf6e2b919d0cdfb70c2af055549a05f358b29fb01e89b9e560ec0"
    );
}
