//! A clock that never goes back.

/// An instant of a hybrid clock: the wall's milliseconds, and a count among those of one millisecond.
///
/// Moments of one node are ordered as its events are. Moments of two nodes are ordered as their events are wherever one
/// node had seen the other's event; otherwise by the wall, as far as the two walls agree.
/// The scheme is that of Kulkarni and others, "Logical Physical Clocks" (2014).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Moment {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub millis: u64,
    /// Counts events while the wall stands still or has gone back.
    pub count: u32,
}

/// The latest moment a node has given or seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    latest: Moment,
}

impl Clock {
    /// A clock that goes on after a moment, for instance that of the last event kept.
    #[must_use]
    pub fn after(latest: Moment) -> Self {
        Self { latest }
    }

    /// The latest moment.
    #[must_use]
    pub fn latest(self) -> Moment {
        self.latest
    }

    /// A moment later than all before, as near to the wall as that allows.
    ///
    /// `wall` is in milliseconds since 1970-01-01T00:00:00Z.
    pub fn tick(&mut self, wall: u64) -> Moment {
        self.latest = if wall > self.latest.millis {
            Moment {
                millis: wall,
                count: 0,
            }
        } else {
            self.latest.next()
        };
        self.latest
    }

    /// Takes a moment of another node in: what is written from now on is later than it.
    pub fn see(&mut self, other: Moment) {
        self.latest = self.latest.max(other);
    }

    /// By how many milliseconds the wall lies behind what was given already; more than a little means that it was set back.
    #[must_use]
    pub fn behind(self, wall: u64) -> u64 {
        self.latest.millis.saturating_sub(wall)
    }
}

impl Moment {
    fn next(self) -> Self {
        match self.count.checked_add(1) {
            Some(count) => Self { count, ..self },
            // Four thousand million events in one millisecond do not happen; time goes on all the same.
            None => Self {
                millis: self.millis.saturating_add(1),
                count: 0,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_wall_set_back_does_not_take_time_back() {
        let mut clock = Clock::default();
        let before = clock.tick(5_000);
        let after = clock.tick(1_000);
        assert!(after > before);
        assert_eq!(
            after,
            Moment {
                millis: 5_000,
                count: 1
            }
        );
        assert_eq!(clock.behind(1_000), 4_000);
        assert_eq!(
            clock.tick(6_000),
            Moment {
                millis: 6_000,
                count: 0
            }
        );
    }

    #[test]
    fn a_full_count_goes_on_in_the_next_millisecond() {
        let mut clock = Clock::after(Moment {
            millis: 7,
            count: u32::MAX,
        });
        assert_eq!(
            clock.tick(7),
            Moment {
                millis: 8,
                count: 0
            }
        );
    }

    proptest! {
        #[test]
        fn every_moment_is_later_than_all_before(
            walls in prop::collection::vec((0u64..50, prop::option::of((0u64..50, 0u32..3))), 1..40)
        ) {
            let mut clock = Clock::default();
            let mut latest = Moment::default();
            for (wall, seen) in walls {
                if let Some((millis, count)) = seen {
                    let seen = Moment { millis, count };
                    clock.see(seen);
                    latest = latest.max(seen);
                }
                let moment = clock.tick(wall);
                prop_assert!(moment > latest);
                prop_assert!(moment.millis >= wall);
                latest = moment;
            }
        }
    }
}
