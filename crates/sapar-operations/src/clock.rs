//! Whether the machine's clock was set back, by what was recorded before.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// Clocks of machines on one network differ, and are set right, by less than this.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(1);

/// The time of the newest record, in milliseconds since 1970.
#[derive(Default)]
pub(crate) struct NewestTime(AtomicU64);

impl NewestTime {
    /// Something was recorded at this time.
    pub(crate) fn took(&self, ms: u64) {
        self.0.fetch_max(ms, Ordering::Relaxed);
    }

    /// The time of the newest record, where the clock is too far behind it.
    pub(crate) fn later_than(&self, now: Timestamp) -> Option<Timestamp> {
        let ms = i64::try_from(self.0.load(Ordering::Relaxed)).ok()?;
        let newest = Timestamp::from_millisecond(ms).ok()?;
        (newest.duration_since(now) > TOLERANCE).then_some(newest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_set_back_is_noticed_and_one_that_is_a_little_off_is_not() {
        let newest = NewestTime::default();
        let at = |second: i64| Timestamp::from_second(1_700_000_000 + second).unwrap();
        assert_eq!(newest.later_than(at(0)), None, "nothing was recorded");
        newest.took(1_700_000_000_000);
        newest.took(1_600_000_000_000);
        assert_eq!(newest.later_than(at(0)), None);
        assert_eq!(newest.later_than(at(-60)), None);
        assert_eq!(newest.later_than(at(-61)), Some(at(0)));
    }
}
