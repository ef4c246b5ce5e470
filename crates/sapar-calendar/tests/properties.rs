//! What holds for every event, period and rule.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use std::cmp::Ordering;

use proptest::prelude::*;
use sapar_calendar::{
    Calendar, Deadline, EndRule, Period, Unit,
    civil::{Date, DateTime, date},
    compare_periods,
};

/// A country that moves no days by decree, so that bounds without a calendar must hold; UTC, so
/// that no clock change comes between hours and days.
fn calendar() -> Calendar {
    Calendar::portugal().unwrap().with_time_zone("UTC").unwrap()
}

fn events() -> impl Strategy<Value = DateTime> {
    (2014i16..2030, 1i8..=12, 1i8..=31, 0i8..24, 0i8..60).prop_filter_map(
        "a day that exists",
        |(year, month, day, hour, minute)| {
            Some(Date::new(year, month, day).ok()?.at(hour, minute, 0, 0))
        },
    )
}

fn periods() -> impl Strategy<Value = Period> {
    let unit = prop_oneof![
        Just((Unit::Hours, 2000u32)),
        Just((Unit::Days, 400)),
        Just((Unit::WorkingDays, 200)),
        Just((Unit::Weeks, 60)),
        Just((Unit::Months, 30)),
        Just((Unit::Years, 3)),
    ];
    unit.prop_flat_map(|(unit, max)| (0..=max).prop_map(move |amount| Period::new(amount, unit)))
}

fn rules() -> impl Strategy<Value = EndRule> {
    prop_oneof![
        Just(EndRule::AsCounted),
        Just(EndRule::RollForward),
        Just(EndRule::Regulation1182)
    ]
}

fn is_working(calendar: &Calendar, day: Date) -> bool {
    calendar.status(day).unwrap().is_working().unwrap()
}

fn working_days_between(calendar: &Calendar, event: Date, last: Date) -> usize {
    event
        .series(jiff::ToSpan::days(1))
        .skip(1)
        .take_while(|&day| day <= last)
        .filter(|&day| is_working(calendar, day))
        .count()
}

proptest! {
    #[test]
    fn working_days_are_counted_exactly(event in events(), count in 1u32..200) {
        let calendar = calendar();
        let deadline =
            Deadline::compute(&calendar, Period::working_days(count), event, EndRule::AsCounted).unwrap();
        prop_assert!(is_working(&calendar, deadline.last_day()));
        let counted = working_days_between(&calendar, event.date(), deadline.last_day());
        prop_assert_eq!(counted, count as usize);
        // Every day between is either counted or listed as skipped.
        let days = (deadline.last_day() - event.date()).get_days();
        prop_assert_eq!(days as usize, counted + deadline.skipped().len());
    }

    #[test]
    fn skipped_days_are_off_and_in_order(event in events(), period in periods(), rule in rules()) {
        let calendar = calendar();
        let deadline = Deadline::compute(&calendar, period, event, rule).unwrap();
        for day in deadline.skipped() {
            prop_assert!(!is_working(&calendar, day.date));
            prop_assert!(!day.reasons.is_empty());
        }
        prop_assert!(deadline.skipped().is_sorted_by(|a, b| a.date < b.date));
    }

    #[test]
    fn rules_only_lengthen(event in events(), period in periods()) {
        let calendar = calendar();
        let end = |rule| Deadline::compute(&calendar, period, event, rule).unwrap();
        let (counted, rolled, regulation) =
            (end(EndRule::AsCounted), end(EndRule::RollForward), end(EndRule::Regulation1182));
        prop_assert!(counted.ends() <= rolled.ends() && rolled.ends() <= regulation.ends());
        if period.unit != Unit::Hours {
            prop_assert!(is_working(&calendar, rolled.last_day()));
            prop_assert!(is_working(&calendar, regulation.last_day()));
        }
    }

    #[test]
    fn regulation_has_two_working_days(event in events(), count in 2u32..40) {
        let calendar = calendar();
        let deadline =
            Deadline::compute(&calendar, Period::days(count), event, EndRule::Regulation1182).unwrap();
        prop_assert!(working_days_between(&calendar, event.date(), deadline.last_day()) >= 2);
    }

    #[test]
    fn more_is_never_earlier(event in events(), period in periods(), rule in rules()) {
        let calendar = calendar();
        let longer = Period::new(period.amount + 1, period.unit);
        let end = |period| Deadline::compute(&calendar, period, event, rule).unwrap();
        prop_assert!(end(period).ends() <= end(longer).ends());
    }

    #[test]
    fn later_events_never_end_earlier(event in events(), period in periods(), rule in rules()) {
        let calendar = calendar();
        let next = event.checked_add(jiff::ToSpan::days(1)).unwrap();
        let end = |event| Deadline::compute(&calendar, period, event, rule).unwrap();
        prop_assert!(end(event).ends() <= end(next).ends());
    }

    #[test]
    fn day_bounds_hold(event in events(), period in periods()) {
        let deadline =
            Deadline::compute(&calendar(), period, event, EndRule::AsCounted).unwrap();
        if let Some(bounds) = period.day_bounds() {
            let days = (deadline.last_day() - event.date()).get_days() as u64;
            prop_assert!(days >= bounds.days_min, "{}", deadline);
            prop_assert!(bounds.days_max.is_none_or(|max| days <= max), "{}", deadline);
        }
    }

    #[test]
    fn comparison_is_never_contradicted(event in events(), a in periods(), b in periods()) {
        let end = |period| {
            Deadline::compute(&calendar(), period, event, EndRule::AsCounted).unwrap().ends().clone()
        };
        let actual = end(a).cmp(&end(b));
        match compare_periods(a, b) {
            Some(Ordering::Less) => prop_assert_ne!(actual, Ordering::Greater, "{} {}", a, b),
            Some(Ordering::Greater) => prop_assert_ne!(actual, Ordering::Less, "{} {}", a, b),
            Some(Ordering::Equal) => prop_assert_eq!(actual, Ordering::Equal, "{} {}", a, b),
            None => {}
        }
        prop_assert_eq!(compare_periods(b, a), compare_periods(a, b).map(Ordering::reverse));
    }

    #[test]
    fn comparison_is_an_order(a in periods(), b in periods(), c in periods()) {
        let never_longer = |a, b| {
            matches!(compare_periods(a, b), Some(Ordering::Less | Ordering::Equal))
        };
        prop_assert_eq!(compare_periods(a, a), Some(Ordering::Equal));
        if never_longer(a, b) && never_longer(b, c) {
            prop_assert!(never_longer(a, c), "{} {} {}", a, b, c);
        }
    }

    #[test]
    fn tables_never_panic(text in "\\PC{0,400}") {
        let _ = Calendar::parse(&text);
    }
}

#[test]
fn every_country_answers_for_every_day_it_covers() {
    for calendar in [
        Calendar::kazakhstan().unwrap(),
        Calendar::latvia().unwrap(),
        Calendar::portugal().unwrap(),
    ] {
        let (first, last) = calendar.covers();
        let mut days = first
            .series(jiff::ToSpan::days(1))
            .take_while(|&day| day <= last);
        assert!(days.all(|day| calendar.status(day).is_some()));
        assert_eq!(calendar.status(date(1900, 1, 1)), None);
    }
}
