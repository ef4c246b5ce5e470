//! A hybrid logical clock: wall time where it runs on, a counter where it does not.
//!
//! The idea is that of Kulkarni, Demirbas, Madappa, Avva and Leone, "Logical Physical Clocks" (2014).

/// The latest wall time a clock can hold, in milliseconds since 1970: in the year 6429, so that the packed clock fits a signed 64-bit column.
pub const WALL_MS_MAX: u64 = (1 << 47) - 1;

const COUNTER_BITS: u32 = 16;
const COUNTER_MAX: u64 = (1 << COUNTER_BITS) - 1;

/// A time that is later than every earlier one of its node, and than every one its node had seen.
///
/// Milliseconds since 1970 in the upper 48 bits and a counter in the lower 16, so that order of numbers is order of time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Clock(u64);

/// A step of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    /// The new time.
    pub clock: Clock,
    /// How far the wall time lags behind the last time, in milliseconds.
    ///
    /// More than a few mean that the machine's clock was set back, or that another node's runs ahead; somebody should be told.
    pub behind_ms: u64,
}

/// Why a clock cannot step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// Wall time outside what a clock can hold.
    #[error("the machine's clock says a time after the year 6429; set it, then try again")]
    WallOutOfRange,
    /// Another node's time is too far ahead to be taken over.
    #[error(
        "another node's clock is {ahead_ms} ms ahead of this machine, more than the {ahead_ms_max} ms allowed; set the clocks, then try again"
    )]
    RemoteAhead {
        /// By how much.
        ahead_ms: u64,
        /// How much is allowed.
        ahead_ms_max: u64,
    },
}

impl Clock {
    /// Before every event.
    pub const START: Clock = Clock(0);

    /// The packed number, which fits a signed 64-bit column.
    #[must_use]
    pub const fn packed(self) -> u64 {
        self.0
    }

    /// Reads a packed number.
    ///
    /// # Errors
    /// If it is later than any clock can be.
    pub const fn from_packed(packed: u64) -> Result<Self, ClockError> {
        if packed >> COUNTER_BITS > WALL_MS_MAX {
            return Err(ClockError::WallOutOfRange);
        }
        Ok(Self(packed))
    }

    /// Milliseconds since 1970; the wall time where it did not go back.
    #[must_use]
    pub const fn ms(self) -> u64 {
        self.0 >> COUNTER_BITS
    }

    /// Which of several events of one millisecond.
    #[must_use]
    pub const fn counter(self) -> u64 {
        self.0 & COUNTER_MAX
    }

    /// The time of the next event, strictly later than this one whatever the wall time says.
    ///
    /// # Errors
    /// If the wall time, or this clock, is at the end of what can be held.
    pub const fn tick(self, wall_ms: u64) -> Result<Tick, ClockError> {
        if wall_ms > WALL_MS_MAX {
            return Err(ClockError::WallOutOfRange);
        }
        if wall_ms > self.ms() {
            return Ok(Tick {
                clock: Self(wall_ms << COUNTER_BITS),
                behind_ms: 0,
            });
        }
        // A full counter runs over into the milliseconds, which is what is wanted: the time stays later.
        let next = self.0 + 1;
        if next >> COUNTER_BITS > WALL_MS_MAX {
            return Err(ClockError::WallOutOfRange);
        }
        Ok(Tick {
            clock: Self(next),
            behind_ms: self.ms() - wall_ms,
        })
    }

    /// The time after having seen an event of another node: later than both.
    ///
    /// # Errors
    /// If the other's time is further ahead of the wall time than allowed: taking it over would carry one wrong clock to every node.
    pub const fn witness(
        self,
        remote: Clock,
        wall_ms: u64,
        ahead_ms_max: u64,
    ) -> Result<Tick, ClockError> {
        let ahead_ms = remote.ms().saturating_sub(wall_ms);
        if ahead_ms > ahead_ms_max {
            return Err(ClockError::RemoteAhead {
                ahead_ms,
                ahead_ms_max,
            });
        }
        let later = if remote.0 > self.0 { remote } else { self };
        later.tick(wall_ms)
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ms + {}", self.ms(), self.counter())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_clock_set_back_is_told_and_times_still_go_on() {
        let noon = Clock::START.tick(1_000_000).unwrap().clock;
        let tick = noon.tick(400_000).unwrap();
        assert!(tick.clock > noon);
        assert_eq!(tick.behind_ms, 600_000);
        assert_eq!((tick.clock.ms(), tick.clock.counter()), (1_000_000, 1));
    }

    #[test]
    fn a_full_counter_runs_over_into_the_next_millisecond() {
        let full = Clock((7 << COUNTER_BITS) | COUNTER_MAX);
        let tick = full.tick(7).unwrap();
        assert_eq!((tick.clock.ms(), tick.clock.counter()), (8, 0));
    }

    #[test]
    fn a_clock_far_ahead_is_not_taken_over() {
        let remote = Clock::START.tick(90_000).unwrap().clock;
        assert_eq!(
            Clock::START.witness(remote, 20_000, 60_000),
            Err(ClockError::RemoteAhead {
                ahead_ms: 70_000,
                ahead_ms_max: 60_000
            })
        );
        assert!(Clock::START.witness(remote, 30_000, 60_000).unwrap().clock > remote);
    }

    #[test]
    fn the_end_of_time_is_an_error() {
        assert_eq!(
            Clock::START.tick(WALL_MS_MAX + 1),
            Err(ClockError::WallOutOfRange)
        );
        let last = Clock((WALL_MS_MAX << COUNTER_BITS) | COUNTER_MAX);
        assert_eq!(last.tick(0), Err(ClockError::WallOutOfRange));
        assert!(Clock::from_packed(last.packed()).is_ok());
        assert!(i64::try_from(last.packed()).is_ok());
        assert!(Clock::from_packed(last.packed() + 1).is_err());
    }

    proptest! {
        #[test]
        fn times_never_go_back(walls in prop::collection::vec(0..=WALL_MS_MAX / 2, 1..60), remote in 0..=WALL_MS_MAX / 2) {
            let mut clock = Clock::START;
            for wall_ms in walls {
                let tick = clock.tick(wall_ms).unwrap();
                prop_assert!(tick.clock > clock);
                prop_assert!(tick.clock.ms() >= wall_ms);
                prop_assert_eq!(tick.behind_ms, clock.ms().saturating_sub(wall_ms));
                clock = tick.clock;
            }
            let remote = Clock::START.tick(remote).unwrap().clock;
            let seen = clock.witness(remote, 0, WALL_MS_MAX).unwrap().clock;
            prop_assert!(seen > clock && seen > remote);
        }
    }
}
