//! Which of two limits is stronger for the person.

use std::cmp::Ordering;

use sapar_calendar::{Period, compare_periods};
use sapar_law_syntax::ast::{Duration, LimitKind, Unit};

use crate::model::{LimitDef, NormId};

/// A length as the calendar counts it.
#[must_use]
pub fn period(duration: Duration) -> Period {
    let unit = match duration.unit {
        Unit::Hours => sapar_calendar::Unit::Hours,
        Unit::Days => sapar_calendar::Unit::Days,
        Unit::WorkingDays => sapar_calendar::Unit::WorkingDays,
        Unit::Weeks => sapar_calendar::Unit::Weeks,
        Unit::Months => sapar_calendar::Unit::Months,
        Unit::Years => sapar_calendar::Unit::Years,
    };
    Period::new(duration.amount, unit)
}

/// Whether `left` is stronger (`Greater`), weaker or as strong as `right` for the person.
///
/// `None` where it cannot be said: other events, other directions, or units that do not compare.
/// `At once` is stronger than any length; other words without a number compare only with themselves.
#[must_use]
pub fn compare(left: LimitDef, right: LimitDef) -> Option<Ordering> {
    if left.event != right.event {
        return None;
    }
    use LimitKind::{AtLeast, AtMost, AtOnce, Every, Within};
    match (left.kind, right.kind) {
        (Within(a), Within(b)) | (AtMost(a), AtMost(b)) | (Every(a), Every(b)) => {
            compare_periods(period(b), period(a))
        }
        (AtLeast(a), AtLeast(b)) => compare_periods(period(a), period(b)),
        (AtOnce, Within(_)) => Some(Ordering::Greater),
        (Within(_), AtOnce) => Some(Ordering::Less),
        (a, b) if a == b => Some(Ordering::Equal),
        _ => None,
    }
}

/// Adds a limit unless a kept one is at least as strong; drops kept ones that are weaker.
pub fn keep_strongest(kept: &mut Vec<(LimitDef, NormId)>, limit: LimitDef, norm: NormId) {
    let beaten = kept.iter().any(|(other, _)| {
        matches!(
            compare(*other, limit),
            Some(Ordering::Greater | Ordering::Equal)
        )
    });
    if beaten {
        return;
    }
    kept.retain(|(other, _)| compare(limit, *other) != Some(Ordering::Greater));
    kept.push((limit, norm));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventId;

    fn limit(kind: LimitKind) -> LimitDef {
        LimitDef {
            kind,
            event: EventId(0),
        }
    }

    fn length(amount: u32, unit: Unit) -> Duration {
        Duration { amount, unit }
    }

    #[test]
    fn the_shorter_deadline_and_the_longer_respite_win() {
        let mut kept = Vec::new();
        keep_strongest(
            &mut kept,
            limit(LimitKind::Within(length(5, Unit::Days))),
            NormId(0),
        );
        keep_strongest(
            &mut kept,
            limit(LimitKind::Within(length(3, Unit::Days))),
            NormId(1),
        );
        keep_strongest(
            &mut kept,
            limit(LimitKind::Within(length(1, Unit::Weeks))),
            NormId(2),
        );
        keep_strongest(
            &mut kept,
            limit(LimitKind::AtLeast(length(30, Unit::Days))),
            NormId(3),
        );
        keep_strongest(
            &mut kept,
            limit(LimitKind::AtLeast(length(90, Unit::Days))),
            NormId(4),
        );
        let norms: Vec<NormId> = kept.iter().map(|(_, norm)| *norm).collect();
        assert_eq!(norms, [NormId(1), NormId(4)]);
    }

    #[test]
    fn limits_that_do_not_compare_are_both_kept() {
        let mut kept = Vec::new();
        keep_strongest(
            &mut kept,
            limit(LimitKind::Within(length(1, Unit::Months))),
            NormId(0),
        );
        keep_strongest(
            &mut kept,
            limit(LimitKind::Within(length(30, Unit::Days))),
            NormId(1),
        );
        assert_eq!(kept.len(), 2);
    }
}
