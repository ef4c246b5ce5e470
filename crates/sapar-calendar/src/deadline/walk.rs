//! The count itself, day by day through the calendar.

use jiff::{
    Span,
    civil::{Date, DateTime},
};

use super::{Caveat, DeadlineError, EndRule, SkippedDay, SkippedWhile};
use crate::calendar::Calendar;
use crate::period::{Period, Unit};
use crate::status::{Checked, DayStatus, OffReason};

/// The latest end over the days on which a holiday not announced yet may fall.
///
/// The holiday is one day, so each candidate is tried alone.
/// Where the period meets candidates of two years, two holidays are possible and the bound for
/// all candidates being off stands.
pub(super) fn latest_of_each(
    calendar: &Calendar,
    period: Period,
    event: DateTime,
    rule: EndRule,
    candidates: &[SkippedDay],
    bound: Date,
) -> Result<Date, DeadlineError> {
    let year = candidates.first().map(|day| day.date.year());
    if candidates.iter().any(|day| Some(day.date.year()) != year) {
        return Ok(bound);
    }
    let mut latest = Date::MIN;
    for candidate in candidates {
        let mut walk = Walk::new(calendar, Uncertain::OffOnly(candidate.date));
        latest = latest.max(walk.last_day(period, event, rule)?);
    }
    Ok(latest)
}

/// What a count supposes of the days on which a holiday not announced yet may fall.
#[derive(Clone, Copy)]
pub(super) enum Uncertain {
    Worked,
    Off,
    OffOnly(Date),
}

/// One count through the calendar under one assumption about uncertain days.
pub(super) struct Walk<'c> {
    calendar: &'c Calendar,
    assumed: Uncertain,
    pub(super) skipped: Vec<SkippedDay>,
    pub(super) uncertain: Vec<SkippedDay>,
    pub(super) caveats: Vec<Caveat>,
}

impl<'c> Walk<'c> {
    pub(super) fn new(calendar: &'c Calendar, assumed: Uncertain) -> Self {
        let (skipped, uncertain, caveats) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            calendar,
            assumed,
            skipped,
            uncertain,
            caveats,
        }
    }

    pub(super) fn last_day(
        &mut self,
        period: Period,
        event: DateTime,
        rule: EndRule,
    ) -> Result<Date, DeadlineError> {
        let too_long = |_| DeadlineError::TooLong { period, event };
        let amount = i64::from(period.amount);
        let span = match period.unit {
            Unit::Hours | Unit::WorkingDays => Ok(Span::new()),
            Unit::Days => Span::new().try_days(amount),
            Unit::Weeks => Span::new().try_weeks(amount),
            // Adding months keeps the day of the month, or takes the last day there is.
            Unit::Months => Span::new().try_months(amount),
            Unit::Years => Span::new().try_years(amount),
        };
        let mut last = span
            .and_then(|span| event.date().checked_add(span))
            .map_err(too_long)?;
        if period.unit == Unit::WorkingDays {
            let counting = SkippedWhile::Counting;
            last = self.working_days_after(last, period.amount, counting)?;
        }
        if rule == EndRule::AsCounted {
            return Ok(last);
        }
        last = self.roll_forward(last)?;
        let two_days_or_more = period.unit != Unit::Days || period.amount >= 2;
        if rule == EndRule::Regulation1182 && two_days_or_more && period.amount > 0 {
            last = self.two_working_days(event.date(), last)?;
        }
        Ok(last)
    }

    /// The day on which the given number of working days after `day` is complete.
    fn working_days_after(
        &mut self,
        mut day: Date,
        count: u32,
        skipped_while: SkippedWhile,
    ) -> Result<Date, DeadlineError> {
        let mut counted = 0;
        while counted < count {
            day = self.tomorrow(day)?;
            match self.reasons_off(day)? {
                None => counted += 1,
                Some(reasons) => {
                    self.skipped.push(SkippedDay {
                        date: day,
                        reasons,
                        skipped_while,
                    });
                }
            }
        }
        Ok(day)
    }

    fn roll_forward(&mut self, mut day: Date) -> Result<Date, DeadlineError> {
        while let Some(reasons) = self.reasons_off(day)? {
            let skipped_while = SkippedWhile::RollingForward;
            self.skipped.push(SkippedDay {
                date: day,
                reasons,
                skipped_while,
            });
            day = self.tomorrow(day)?;
        }
        Ok(day)
    }

    /// Lengthens the period until it includes two working days after the event's day.
    fn two_working_days(&mut self, event: Date, last: Date) -> Result<Date, DeadlineError> {
        let mut counted = 0;
        let mut day = event;
        while day < last && counted < 2 {
            day = self.tomorrow(day)?;
            if self.reasons_off(day)?.is_none() {
                counted += 1;
            }
        }
        let missing = 2 - counted;
        if missing == 0 {
            return Ok(last);
        }
        self.working_days_after(last, missing, SkippedWhile::ReachingTwoWorkingDays)
    }

    fn tomorrow(&self, day: Date) -> Result<Date, DeadlineError> {
        day.tomorrow().map_err(|_| self.outside(day))
    }

    fn outside(&self, date: Date) -> DeadlineError {
        let (first, last) = self.calendar.covers();
        DeadlineError::OutsideCalendar { date, first, last }
    }

    /// Why a day is off, or `None` where it is worked; notes what must be told besides.
    fn reasons_off(&mut self, date: Date) -> Result<Option<Vec<OffReason>>, DeadlineError> {
        let status = self
            .calendar
            .status(date)
            .ok_or_else(|| self.outside(date))?;
        if !self.calendar.transfers_recorded(date.year()) {
            self.note(Caveat::TransfersNotRecorded { year: date.year() });
        }
        Ok(match status {
            DayStatus::Working => None,
            DayStatus::WorkedInsteadOf { checked, .. } => {
                if checked == Checked::Memory {
                    self.note(Caveat::FromMemory { date });
                }
                None
            }
            DayStatus::Off(reasons) => {
                // One checked reason suffices for the day to be off.
                if reasons
                    .iter()
                    .all(|reason| reason.checked == Checked::Memory)
                {
                    self.note(Caveat::FromMemory { date });
                }
                Some(reasons)
            }
            DayStatus::Uncertain(reason) => {
                let reasons = vec![reason];
                let skipped_while = SkippedWhile::Counting;
                if !self.uncertain.iter().any(|day| day.date == date) {
                    let reasons = reasons.clone();
                    self.uncertain.push(SkippedDay {
                        date,
                        reasons,
                        skipped_while,
                    });
                }
                let off = match self.assumed {
                    Uncertain::Worked => false,
                    Uncertain::Off => true,
                    Uncertain::OffOnly(only) => only == date,
                };
                off.then_some(reasons)
            }
        })
    }

    fn note(&mut self, caveat: Caveat) {
        if !self.caveats.contains(&caveat) {
            self.caveats.push(caveat);
        }
    }
}
