//! Which of two periods is longer, whatever the event and the holidays.

use std::cmp::Ordering;

use crate::period::{DayBounds, Period, Unit};

/// Compares two periods without a calendar: `Less` if `a` is never longer than `b`, `Greater` if
/// it is never shorter, `Equal` if they are always the same, `None` if it cannot be said.
///
/// Units that convert exactly are compared exactly (weeks with days, years with months).
/// Others are compared by their bounds, and where the bounds only touch the answer says which
/// one cannot win: 1 month is `Less` than 31 days, because it is never longer and in February
/// shorter.
/// Hours run from the moment and days to the end of a day, so 48 hours are `Less` than 2 days,
/// which take at least 48 hours and nearly 72.
/// Clock changes are disregarded.
///
/// Whether the longer one is stronger for the person depends on the limit: the law decides that.
///
/// ```
/// use std::cmp::Ordering;
/// use sapar_calendar::{Period, compare_periods};
///
/// assert_eq!(compare_periods(Period::weeks(2), Period::days(14)), Some(Ordering::Equal));
/// assert_eq!(compare_periods(Period::months(1), Period::days(32)), Some(Ordering::Less));
/// assert_eq!(compare_periods(Period::months(1), Period::days(30)), None);
/// assert_eq!(compare_periods(Period::working_days(10), Period::days(7)), Some(Ordering::Greater));
/// assert_eq!(compare_periods(Period::working_days(3), Period::days(7)), None);
/// ```
#[must_use]
pub fn compare_periods(a: Period, b: Period) -> Option<Ordering> {
    match (exact(a), exact(b)) {
        (Some((family_a, count_a)), Some((family_b, count_b))) if family_a == family_b => {
            return Some(count_a.cmp(&count_b));
        }
        _ => {}
    }
    match (a.day_bounds(), b.day_bounds()) {
        (Some(days_a), Some(days_b)) => by_bounds(days_a, days_b),
        (None, Some(days)) => hours_with_days(u64::from(a.amount), days),
        (Some(days), None) => hours_with_days(u64::from(b.amount), days).map(Ordering::reverse),
        (None, None) => Some(a.amount.cmp(&b.amount)),
    }
}

/// The families whose members convert into each other without loss.
#[derive(PartialEq, Eq)]
enum Family {
    Hours,
    Days,
    WorkingDays,
    Months,
}

fn exact(period: Period) -> Option<(Family, u64)> {
    let amount = u64::from(period.amount);
    Some(match period.unit {
        Unit::Hours => (Family::Hours, amount),
        Unit::Days => (Family::Days, amount),
        Unit::Weeks => (Family::Days, amount * 7),
        Unit::WorkingDays => (Family::WorkingDays, amount),
        Unit::Months => (Family::Months, amount),
        Unit::Years => (Family::Months, amount * 12),
    })
}

fn by_bounds(a: DayBounds, b: DayBounds) -> Option<Ordering> {
    let never_longer = a.days_max.is_some_and(|max| max <= b.days_min);
    let never_shorter = b.days_max.is_some_and(|max| max <= a.days_min);
    match (never_longer, never_shorter) {
        (true, true) => Some(Ordering::Equal),
        (true, false) => Some(Ordering::Less),
        (false, true) => Some(Ordering::Greater),
        (false, false) => None,
    }
}

/// A number of hours against days that end at a midnight: the event's day may have any part left.
fn hours_with_days(hours: u64, days: DayBounds) -> Option<Ordering> {
    if hours <= days.days_min * 24 {
        return Some(Ordering::Less);
    }
    let longest_hours = days.days_max?.saturating_add(1).saturating_mul(24);
    (hours >= longest_hours).then_some(Ordering::Greater)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: Period, b: Period, expected: Option<Ordering>) {
        assert_eq!(compare_periods(a, b), expected, "{a} against {b}");
        assert_eq!(
            compare_periods(b, a),
            expected.map(Ordering::reverse),
            "{b} against {a}"
        );
    }

    #[test]
    fn exact_families() {
        check(Period::years(1), Period::months(12), Some(Ordering::Equal));
        check(Period::weeks(1), Period::days(7), Some(Ordering::Equal));
        check(Period::hours(24), Period::hours(48), Some(Ordering::Less));
        check(
            Period::working_days(5),
            Period::working_days(5),
            Some(Ordering::Equal),
        );
    }

    #[test]
    fn months_against_days() {
        check(Period::months(1), Period::days(27), Some(Ordering::Greater));
        check(Period::months(1), Period::days(28), Some(Ordering::Greater));
        check(Period::months(1), Period::days(29), None);
        check(Period::months(1), Period::days(30), None);
        check(Period::months(1), Period::days(31), Some(Ordering::Less));
        // Three months are 89 to 92 days: November to February, clamped or not.
        check(Period::months(3), Period::days(89), Some(Ordering::Greater));
        check(Period::months(3), Period::days(90), None);
        check(Period::months(3), Period::days(92), Some(Ordering::Less));
        check(
            Period::months(18),
            Period::years(1),
            Some(Ordering::Greater),
        );
        check(Period::months(0), Period::days(0), Some(Ordering::Equal));
    }

    #[test]
    fn working_days_are_bounded_below_only() {
        check(
            Period::working_days(10),
            Period::days(10),
            Some(Ordering::Greater),
        );
        check(
            Period::working_days(10),
            Period::days(12),
            Some(Ordering::Greater),
        );
        check(Period::working_days(10), Period::days(13), None);
        check(
            Period::working_days(0),
            Period::days(0),
            Some(Ordering::Equal),
        );
        check(Period::working_days(1), Period::months(1), None);
        check(
            Period::working_days(30),
            Period::months(1),
            Some(Ordering::Greater),
        );
    }

    #[test]
    fn hours_against_days() {
        check(Period::hours(48), Period::days(2), Some(Ordering::Less));
        check(Period::hours(49), Period::days(2), None);
        check(Period::hours(72), Period::days(2), Some(Ordering::Greater));
        check(
            Period::hours(3),
            Period::working_days(1),
            Some(Ordering::Less),
        );
        check(Period::hours(72), Period::working_days(1), None);
    }
}
