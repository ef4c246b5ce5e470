//! Deadlines worked out by hand from the published calendars.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use sapar_calendar::{
    Calendar, Caveat, Checked, Deadline, DeadlineError, EndRule, OffKind, Period, SkippedWhile,
    Timestamp,
    civil::{Date, DateTime, date},
};

fn kz() -> Calendar {
    Calendar::kazakhstan().unwrap()
}

fn lv() -> Calendar {
    Calendar::latvia().unwrap()
}

fn pt() -> Calendar {
    Calendar::portugal().unwrap()
}

fn noon(year: i16, month: i8, day: i8) -> DateTime {
    date(year, month, day).at(12, 0, 0, 0)
}

#[track_caller]
fn check(
    calendar: &Calendar,
    period: Period,
    event: DateTime,
    rule: EndRule,
    expected: Date,
) -> Deadline {
    let deadline = Deadline::compute(calendar, period, event, rule).unwrap();
    assert_eq!(deadline.last_day(), expected, "{deadline}");
    deadline
}

#[track_caller]
fn works(calendar: &Calendar, day: Date, expected: bool) {
    let status = calendar.status(day).unwrap();
    assert_eq!(status.is_working(), Some(expected), "{day}: {status:?}");
}

#[test]
fn nauryz_2026_is_five_days_long() {
    let deadline = check(
        &kz(),
        Period::working_days(3),
        noon(2026, 3, 20),
        EndRule::AsCounted,
        date(2026, 3, 30),
    );
    let skipped: Vec<i8> = deadline
        .skipped()
        .iter()
        .map(|day| day.date.day())
        .collect();
    assert_eq!(skipped, [21, 22, 23, 24, 25, 28, 29]);
    // The 21st is off twice over: a Saturday and the first day of Nauryz.
    let kinds: Vec<OffKind> = deadline.skipped()[0]
        .reasons
        .iter()
        .map(|r| r.kind)
        .collect();
    assert_eq!(kinds, [OffKind::Weekend, OffKind::Holiday]);
    assert_eq!(
        deadline.skipped()[3].reasons[0].kind,
        OffKind::InsteadOfHoliday {
            holiday: date(2026, 3, 21)
        }
    );
    assert_eq!(
        deadline.skipped()[2].reasons[0].name.as_ref().unwrap().kk,
        "Наурыз мейрамы, үшінші күн"
    );
    assert_eq!(deadline.caveats(), []);
}

#[test]
fn five_calendar_days_over_nauryz_roll_to_thursday() {
    let event = noon(2026, 3, 18);
    check(
        &kz(),
        Period::days(5),
        event,
        EndRule::AsCounted,
        date(2026, 3, 23),
    );
    let rolled = check(
        &kz(),
        Period::days(5),
        event,
        EndRule::RollForward,
        date(2026, 3, 26),
    );
    assert_eq!(rolled.skipped().len(), 3);
    assert!(
        rolled
            .skipped()
            .iter()
            .all(|day| day.skipped_while == SkippedWhile::RollingForward)
    );
}

#[test]
fn new_year_and_christmas_in_kazakhstan() {
    let event = noon(2025, 12, 30);
    let deadline = check(
        &kz(),
        Period::working_days(5),
        event,
        EndRule::AsCounted,
        date(2026, 1, 9),
    );
    assert_eq!(deadline.skipped().len(), 5);
    // In 2025 Sunday 5 January was worked so that Friday 3 January was free.
    check(
        &kz(),
        Period::working_days(3),
        noon(2024, 12, 30),
        EndRule::AsCounted,
        date(2025, 1, 6),
    );
    works(&kz(), date(2025, 1, 3), false);
    works(&kz(), date(2025, 1, 5), true);
}

#[test]
fn may_2016_moves_two_holidays() {
    // Published in April 2016: 2 and 10 May off in place of 1 and 7 May.
    works(&kz(), date(2016, 5, 2), false);
    works(&kz(), date(2016, 5, 10), false);
    check(
        &kz(),
        Period::days(1),
        noon(2016, 5, 6),
        EndRule::RollForward,
        date(2016, 5, 11),
    );
}

#[test]
fn published_days_in_place_of_holidays() {
    // New Year 2016, Nauryz 2021, Women's Day and Victory Day 2026, Independence Day 2023.
    works(&kz(), date(2016, 1, 4), false);
    works(&kz(), date(2016, 1, 5), true);
    works(&kz(), date(2021, 3, 24), false);
    works(&kz(), date(2021, 3, 25), true);
    works(&kz(), date(2026, 3, 9), false);
    works(&kz(), date(2026, 5, 11), false);
    works(&kz(), date(2026, 10, 26), false);
    works(&kz(), date(2023, 12, 18), false);
}

#[test]
fn a_decree_may_move_the_day_that_replaces_a_holiday() {
    // 9 May 2020 was a Saturday; Monday the 11th would have been off, and was worked for the 8th.
    works(&kz(), date(2020, 5, 8), false);
    works(&kz(), date(2020, 5, 11), true);
}

#[test]
fn kurban_ait_does_not_move_and_was_corrected_in_2024() {
    works(&kz(), date(2024, 6, 17), true);
    works(&kz(), date(2026, 5, 27), false);
    works(&kz(), date(2022, 7, 11), true);
}

#[test]
fn constitution_day_moves_from_august_to_march() {
    works(&kz(), date(2025, 9, 1), false);
    works(&kz(), date(2026, 8, 31), true);
    works(&kz(), date(2026, 3, 16), true);
    works(&kz(), date(2027, 3, 15), false);
}

#[test]
fn a_feast_not_announced_makes_the_answer_uncertain() {
    let result = Deadline::compute(
        &kz(),
        Period::working_days(2),
        noon(2027, 5, 13),
        EndRule::AsCounted,
    );
    let Err(DeadlineError::Uncertain {
        earliest,
        latest,
        days,
    }) = result
    else {
        panic!("expected uncertainty");
    };
    assert_eq!((earliest, latest), (date(2027, 5, 17), date(2027, 5, 18)));
    assert_eq!(days[0].date, date(2027, 5, 14));
    // A period that does not need the uncertain days is answered.
    let event = noon(2027, 5, 13);
    check(
        &kz(),
        Period::days(10),
        event,
        EndRule::AsCounted,
        date(2027, 5, 23),
    );
    check(
        &kz(),
        Period::days(7),
        event,
        EndRule::RollForward,
        date(2027, 5, 20),
    );
}

#[test]
fn a_year_without_recorded_transfers_says_so() {
    let event = noon(2026, 12, 28);
    let deadline = check(
        &kz(),
        Period::working_days(5),
        event,
        EndRule::AsCounted,
        date(2027, 1, 6),
    );
    assert_eq!(
        deadline.caveats(),
        [Caveat::TransfersNotRecorded { year: 2027 }]
    );
}

#[test]
fn a_row_from_memory_says_so() {
    let deadline = check(
        &kz(),
        Period::working_days(1),
        noon(2021, 7, 19),
        EndRule::AsCounted,
        date(2021, 7, 21),
    );
    assert_eq!(
        deadline.caveats(),
        [Caveat::FromMemory {
            date: date(2021, 7, 20)
        }]
    );
    assert_eq!(deadline.skipped()[0].reasons[0].checked, Checked::Memory);
}

#[test]
fn outside_the_table_is_an_error_never_a_working_day() {
    assert_eq!(kz().status(date(2029, 1, 8)), None);
    let result = Deadline::compute(
        &kz(),
        Period::working_days(3),
        noon(2028, 12, 29),
        EndRule::AsCounted,
    );
    assert!(
        matches!(result, Err(DeadlineError::OutsideCalendar { .. })),
        "{result:?}"
    );
    // Calendar days as counted need no table.
    check(
        &kz(),
        Period::days(3),
        noon(2030, 1, 1),
        EndRule::AsCounted,
        date(2030, 1, 4),
    );
}

#[test]
fn latvia_midsummer_and_independence() {
    check(
        &lv(),
        Period::working_days(2),
        noon(2026, 6, 18),
        EndRule::AsCounted,
        date(2026, 6, 25),
    );
    works(&lv(), date(2026, 6, 27), true);
    works(&lv(), date(2024, 5, 6), false);
    works(&lv(), date(2023, 5, 29), false);
    works(&lv(), date(2023, 7, 10), false);
    works(&lv(), date(2026, 5, 10), false);
}

#[test]
fn portugal_suspended_four_holidays() {
    works(&pt(), date(2015, 6, 4), true);
    works(&pt(), date(2026, 6, 4), false);
    works(&pt(), date(2015, 10, 5), true);
    works(&pt(), date(2016, 10, 5), false);
    let event = noon(2026, 5, 29);
    check(
        &pt(),
        Period::working_days(10),
        event,
        EndRule::AsCounted,
        date(2026, 6, 16),
    );
}

#[test]
fn regulation_1182_includes_two_working_days() {
    // Good Friday and Easter Monday leave one working day up to Tuesday; a second is due.
    let event = noon(2026, 4, 2);
    check(
        &lv(),
        Period::days(2),
        event,
        EndRule::AsCounted,
        date(2026, 4, 4),
    );
    check(
        &lv(),
        Period::days(2),
        event,
        EndRule::RollForward,
        date(2026, 4, 7),
    );
    let deadline = check(
        &lv(),
        Period::days(2),
        event,
        EndRule::Regulation1182,
        date(2026, 4, 8),
    );
    assert_eq!(deadline.skipped().len(), 3);
    // One day is not reached by the paragraph.
    check(
        &lv(),
        Period::days(1),
        event,
        EndRule::Regulation1182,
        date(2026, 4, 7),
    );
    // From a Friday, two days would hold one working day after rolling to Monday.
    check(
        &lv(),
        Period::days(2),
        noon(2026, 9, 4),
        EndRule::Regulation1182,
        date(2026, 9, 8),
    );
}

#[test]
fn hours_run_from_the_moment_and_through_clock_changes() {
    let event = date(2026, 3, 28).at(12, 0, 0, 0);
    let deadline = check(
        &lv(),
        Period::hours(24),
        event,
        EndRule::AsCounted,
        date(2026, 3, 29),
    );
    // Clocks in Riga go forward in between, so the wall clock shows one hour more.
    assert_eq!(
        deadline.ends().datetime(),
        date(2026, 3, 29).at(13, 0, 0, 0)
    );
    let event = date(2026, 3, 3).at(10, 20, 0, 0);
    let regulation = check(
        &lv(),
        Period::hours(48),
        event,
        EndRule::Regulation1182,
        date(2026, 3, 5),
    );
    assert_eq!(
        regulation.ends().datetime(),
        date(2026, 3, 5).at(11, 0, 0, 0)
    );
    let midnight = date(2026, 3, 3).at(0, 0, 0, 0);
    check(
        &kz(),
        Period::hours(24),
        midnight,
        EndRule::AsCounted,
        date(2026, 3, 3),
    );
}

#[test]
fn months_and_years_end_on_the_last_day_there_is() {
    let rule = EndRule::AsCounted;
    check(
        &kz(),
        Period::months(1),
        noon(2024, 1, 31),
        rule,
        date(2024, 2, 29),
    );
    check(
        &kz(),
        Period::months(3),
        noon(2025, 11, 30),
        rule,
        date(2026, 2, 28),
    );
    check(
        &kz(),
        Period::years(1),
        noon(2024, 2, 29),
        rule,
        date(2025, 2, 28),
    );
    check(
        &kz(),
        Period::months(3),
        noon(2026, 1, 15),
        rule,
        date(2026, 4, 15),
    );
    check(
        &kz(),
        Period::weeks(2),
        noon(2026, 1, 15),
        rule,
        date(2026, 1, 29),
    );
}

#[test]
fn a_period_in_days_is_over_at_the_midnight_after() {
    let deadline = check(
        &kz(),
        Period::days(3),
        noon(2026, 11, 24),
        EndRule::AsCounted,
        date(2026, 11, 27),
    );
    let ends: Timestamp = "2026-11-28T00:00:00+05:00".parse().unwrap();
    assert_eq!(deadline.ends().timestamp(), ends);
    assert!(deadline.is_over_at(ends));
    assert!(!deadline.is_over_at("2026-11-27T23:59:59+05:00".parse().unwrap()));
}

#[test]
fn time_zone_of_a_post_can_be_chosen() {
    // Until 1 March 2024 the east of Kazakhstan was one hour ahead of the west.
    let west = kz().with_time_zone("Asia/Aqtau").unwrap();
    let event = noon(2023, 6, 1);
    let in_west = Deadline::compute(&west, Period::hours(3), event, EndRule::AsCounted).unwrap();
    let in_east = Deadline::compute(&kz(), Period::hours(3), event, EndRule::AsCounted).unwrap();
    assert_eq!(
        in_west.ends().timestamp() - in_east.ends().timestamp(),
        jiff::SignedDuration::from_hours(1)
    );
    assert!(kz().with_time_zone("Asia/Nowhere").is_err());
}

#[test]
fn beyond_all_dates_is_an_error() {
    for period in [
        Period::years(u32::MAX),
        Period::days(u32::MAX),
        Period::hours(u32::MAX),
    ] {
        let result = Deadline::compute(&kz(), period, noon(9990, 1, 1), EndRule::AsCounted);
        assert!(
            matches!(result, Err(DeadlineError::TooLong { .. })),
            "{result:?}"
        );
    }
}
