//! The end of a legal period, and every day that was skipped on the way to it.

use std::fmt;

use jiff::{
    SignedDuration, Timestamp, ToSpan as _, ZonedDateTime,
    civil::{Date, DateTime},
};

use crate::calendar::Calendar;
use crate::period::{Period, Unit};
use crate::status::OffReason;

mod walk;

use walk::{Uncertain, Walk, latest_of_each};

/// What happens at the end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EndRule {
    /// The period ends on the day it was counted to, whether that day is worked or not.
    ///
    /// The right rule where the period protects liberty: a longest detention does not grow
    /// because a Sunday follows.
    AsCounted,
    /// A last day that is off moves to the next working day; periods in hours do not move.
    RollForward,
    /// Regulation (EEC, Euratom) No 1182/71, article 3.
    ///
    /// The hour of the event is not counted, so hours run from the next full hour.
    /// A period not expressed in hours that would end on a day off ends on the next working day.
    /// A period of two days or more includes at least two working days; this crate reads that
    /// paragraph as not reaching periods in hours.
    ///
    /// Paragraphs 1, 4 and 5 were read as quoted in public texts, the rest is from memory.
    /// For the longest time a person may be held, [`EndRule::AsCounted`] errs on the safe side:
    /// it never ends later.
    Regulation1182,
}

/// The end of a legal period.
///
/// Guarantee: the event's own day is never counted (for hours, the very moment is), and every
/// day that did not count is listed with its reasons.
///
/// ```
/// use sapar_calendar::{Calendar, Deadline, EndRule, Period, civil::date};
///
/// let calendar = Calendar::kazakhstan()?;
/// let event = date(2025, 1, 31).at(9, 0, 0, 0);
/// let month = Deadline::compute(&calendar, Period::months(1), event, EndRule::AsCounted)?;
/// assert_eq!(month.last_day(), date(2025, 2, 28));
///
/// let hours = Deadline::compute(&calendar, Period::hours(72), event, EndRule::RollForward)?;
/// assert_eq!(hours.ends().datetime(), date(2025, 2, 3).at(9, 0, 0, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    period: Period,
    event: DateTime,
    rule: EndRule,
    last_day: Date,
    ends: ZonedDateTime,
    skipped: Vec<SkippedDay>,
    caveats: Vec<Caveat>,
}

/// A day that did not count, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedDay {
    /// The day.
    pub date: Date,
    /// Every reason for which it is off.
    pub reasons: Vec<OffReason>,
    /// At which step it was skipped.
    pub skipped_while: SkippedWhile,
}

/// At which step of the computation a day was skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkippedWhile {
    /// While working days were counted.
    Counting,
    /// The period would have ended on it, and rolled forward.
    RollingForward,
    /// The period was lengthened to include two working days.
    ReachingTwoWorkingDays,
}

/// Something the reader must know although it does not change the answer today.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Caveat {
    /// The decrees that move days off in this year are not recorded; they are often published
    /// late, and one may still shift the deadline.
    TransfersNotRecorded {
        /// The year.
        year: i16,
    },
    /// The day counted as it did because of a row that was never checked against a text.
    FromMemory {
        /// The day.
        date: Date,
    },
}

/// Why a deadline could not be given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DeadlineError {
    /// A day that matters lies outside the years of the calendar.
    #[error("the calendar covers {first} to {last}, and the period needs {date}")]
    OutsideCalendar {
        /// The day that was needed.
        date: Date,
        /// First day covered.
        first: Date,
        /// Last day covered.
        last: Date,
    },
    /// The answer depends on a day that may or may not be off.
    ///
    /// The earlier day is the safe one for whoever must act.
    #[error("the last day is {earliest} or as late as {latest}: a holiday is not announced yet")]
    Uncertain {
        /// The last day if every uncertain day is worked.
        earliest: Date,
        /// The last day if every uncertain day is off.
        latest: Date,
        /// The uncertain days that were met, with the holiday each may be.
        days: Vec<SkippedDay>,
    },
    /// The period leads beyond the dates that can be written.
    #[error("{period} from {event} is beyond what a date can hold")]
    TooLong {
        /// The period.
        period: Period,
        /// The event.
        event: DateTime,
    },
}

impl Deadline {
    /// Counts a period from an event shown on the wall clock of the calendar's time zone.
    ///
    /// A wall clock time that occurs twice when clocks go back is taken as the first, one that
    /// does not occur when they go forward as the later: the earlier end of hours follows.
    ///
    /// # Errors
    /// If the calendar does not cover a day that matters, if the answer depends on a day that is
    /// not certain, or if the period is beyond all dates.
    pub fn compute(
        calendar: &Calendar,
        period: Period,
        event: DateTime,
        rule: EndRule,
    ) -> Result<Self, DeadlineError> {
        if period.unit == Unit::Hours {
            return Self::in_hours(calendar, period, event, rule);
        }
        let mut walk = Walk::new(calendar, Uncertain::Worked);
        let earliest = walk.last_day(period, event, rule)?;
        // More days off can only make a deadline later, so the other extreme bounds every case.
        let mut all_off = Walk::new(calendar, Uncertain::Off);
        let bound = all_off.last_day(period, event, rule)?;
        if earliest != bound {
            let latest = latest_of_each(calendar, period, event, rule, &all_off.uncertain, bound)?;
            if earliest != latest {
                let days = all_off.uncertain;
                return Err(DeadlineError::Uncertain {
                    earliest,
                    latest,
                    days,
                });
            }
        }
        let too_long = |_| DeadlineError::TooLong { period, event };
        let midnight = earliest.tomorrow().map_err(too_long)?.at(0, 0, 0, 0);
        let ends = calendar
            .time_zone()
            .to_zoned_datetime(midnight)
            .map_err(too_long)?;
        let Walk {
            skipped, caveats, ..
        } = walk;
        Ok(Self {
            period,
            event,
            rule,
            last_day: earliest,
            ends,
            skipped,
            caveats,
        })
    }

    fn in_hours(
        calendar: &Calendar,
        period: Period,
        event: DateTime,
        rule: EndRule,
    ) -> Result<Self, DeadlineError> {
        let too_long = |_| DeadlineError::TooLong { period, event };
        let mut start = calendar
            .time_zone()
            .to_zoned_datetime(event)
            .map_err(too_long)?;
        if rule == EndRule::Regulation1182 {
            let full_hour = event.date().at(event.hour(), 0, 0, 0);
            start = calendar
                .time_zone()
                .to_zoned_datetime(full_hour)
                .and_then(|hour| hour.checked_add(1.hour()))
                .map_err(too_long)?;
        }
        let ends = start
            .checked_add(SignedDuration::from_hours(i64::from(period.amount)))
            .map_err(too_long)?;
        // A period that ends at midnight ends with the day before.
        let last_day = ends.checked_sub(1.nanosecond()).map_err(too_long)?.date();
        let (skipped, caveats) = (Vec::new(), Vec::new());
        Ok(Self {
            period,
            event,
            rule,
            last_day,
            ends,
            skipped,
            caveats,
        })
    }

    /// The last day on which the duty can be done.
    #[must_use]
    pub fn last_day(&self) -> Date {
        self.last_day
    }

    /// The first moment at which the period is over: for days, the midnight after the last day.
    #[must_use]
    pub fn ends(&self) -> &ZonedDateTime {
        &self.ends
    }

    /// Whether the period is over at an instant.
    #[must_use]
    pub fn is_over_at(&self, now: Timestamp) -> bool {
        now >= self.ends.timestamp()
    }

    /// The days that did not count, in order.
    #[must_use]
    pub fn skipped(&self) -> &[SkippedDay] {
        &self.skipped
    }

    /// What the reader must know besides; empty most of the time.
    #[must_use]
    pub fn caveats(&self) -> &[Caveat] {
        &self.caveats
    }

    /// The period that was counted.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// The event it was counted from.
    #[must_use]
    pub fn event(&self) -> DateTime {
        self.event
    }

    /// The rule for its end.
    #[must_use]
    pub fn rule(&self) -> EndRule {
        self.rule
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            period,
            event,
            last_day,
            ends,
            skipped,
            ..
        } = self;
        write!(
            f,
            "{period} from {event}: last day {last_day}, over at {ends}"
        )?;
        match skipped.len() {
            0 => Ok(()),
            1 => f.write_str(", one day skipped"),
            count => write!(f, ", {count} days skipped"),
        }
    }
}
