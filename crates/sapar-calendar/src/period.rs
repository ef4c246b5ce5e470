//! A length of time as laws write it: a number and a unit.

use std::fmt;

/// The unit in which a law counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Elapsed hours from the very moment of the event.
    Hours,
    /// Calendar days, working or not.
    Days,
    /// Days that are worked where the duty is performed.
    WorkingDays,
    /// Seven calendar days each.
    Weeks,
    /// Calendar months: to the same day of the month, or to its last day.
    Months,
    /// Twelve months each.
    Years,
}

/// A number of units, for instance ten working days.
///
/// ```
/// use sapar_calendar::Period;
/// assert_eq!(Period::working_days(10).to_string(), "10 working days");
/// assert_eq!(Period::hours(1).to_string(), "1 hour");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many; zero means the event's own day, or the very moment for hours.
    pub amount: u32,
    /// Of what.
    pub unit: Unit,
}

impl Period {
    /// A period of `amount` units.
    #[must_use]
    pub const fn new(amount: u32, unit: Unit) -> Self {
        Self { amount, unit }
    }

    /// Elapsed hours.
    #[must_use]
    pub const fn hours(amount: u32) -> Self {
        Self::new(amount, Unit::Hours)
    }

    /// Calendar days.
    #[must_use]
    pub const fn days(amount: u32) -> Self {
        Self::new(amount, Unit::Days)
    }

    /// Working days.
    #[must_use]
    pub const fn working_days(amount: u32) -> Self {
        Self::new(amount, Unit::WorkingDays)
    }

    /// Weeks.
    #[must_use]
    pub const fn weeks(amount: u32) -> Self {
        Self::new(amount, Unit::Weeks)
    }

    /// Months.
    #[must_use]
    pub const fn months(amount: u32) -> Self {
        Self::new(amount, Unit::Months)
    }

    /// Years.
    #[must_use]
    pub const fn years(amount: u32) -> Self {
        Self::new(amount, Unit::Years)
    }

    /// How many calendar days lie between the event's day and the last day, over all possible
    /// events and without knowing any holiday; `None` for hours, which are not counted in days.
    ///
    /// A month is 28 to 31 days.
    /// Working days have a least number only, because holidays can lengthen them without bound;
    /// the least number supposes a week of five working days and an event on any day of the
    /// week, so ten working days that begin on a Sunday end on the twelfth day.
    /// A Saturday worked by decree can shorten that further and is disregarded.
    ///
    /// ```
    /// use sapar_calendar::{DayBounds, Period};
    /// let bounds = |min, max| Some(DayBounds { days_min: min, days_max: max });
    /// assert_eq!(Period::months(1).day_bounds(), bounds(28, Some(31)));
    /// assert_eq!(Period::years(1).day_bounds(), bounds(365, Some(366)));
    /// assert_eq!(Period::working_days(10).day_bounds(), bounds(12, None));
    /// assert_eq!(Period::hours(48).day_bounds(), None);
    /// ```
    #[must_use]
    pub fn day_bounds(self) -> Option<DayBounds> {
        let amount = u64::from(self.amount);
        let exactly = |days| DayBounds {
            days_min: days,
            days_max: Some(days),
        };
        Some(match self.unit {
            Unit::Hours => return None,
            Unit::Days => exactly(amount),
            Unit::Weeks => exactly(amount * 7),
            Unit::WorkingDays if amount == 0 => exactly(0),
            Unit::WorkingDays => {
                let weekends = amount.saturating_sub(1) / 5;
                DayBounds {
                    days_min: amount + 2 * weekends,
                    days_max: None,
                }
            }
            Unit::Months => month_bounds(amount),
            Unit::Years => month_bounds(amount * 12),
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Hours => "hour",
            Unit::Days => "day",
            Unit::WorkingDays => "working day",
            Unit::Weeks => "week",
            Unit::Months => "month",
            Unit::Years => "year",
        };
        let plural = if self.amount == 1 { "" } else { "s" };
        write!(f, "{} {unit}{plural}", self.amount)
    }
}

/// The fewest and the most calendar days a period can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayBounds {
    /// It is never shorter than this.
    pub days_min: u64,
    /// It is never longer than this; `None` where nothing bounds it.
    pub days_max: Option<u64>,
}

/// Shortest and longest `months` over every month of the 400 years after which dates repeat.
fn month_bounds(months: u64) -> DayBounds {
    const MONTHS_IN_CYCLE: u64 = 400 * 12;
    let (mut min, mut max) = (u64::MAX, 0);
    for start in 0..MONTHS_IN_CYCLE {
        let end = start + months;
        let days = days_before_month(end) - days_before_month(start);
        // From the 31st to a month of 28 days the end is pulled back by three days.
        let clamped = days_in_month(start).saturating_sub(days_in_month(end));
        min = min.min(days - clamped.min(days));
        max = max.max(days);
    }
    DayBounds {
        days_min: min,
        days_max: Some(max),
    }
}

fn days_in_month(month: u64) -> u64 {
    days_before_month(month + 1) - days_before_month(month)
}

/// Days from 1 March of the year 0 of the cycle to the first of a month counted from there.
///
/// Beginning in March puts the leap day at the end of the year, so no case is special.
fn days_before_month(month: u64) -> u64 {
    let (year, in_year) = (month / 12, month % 12);
    365 * year + year / 4 - year / 100 + year / 400 + (153 * in_year + 2) / 5
}
