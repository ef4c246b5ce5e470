//! `sapar deadline`

use serde_json::Value;

use crate::sapar;

fn deadline(period: &str, from: &str, more: &[&str]) -> crate::Run {
    let mut arguments = vec!["deadline", period, "--from", from, "--country"];
    arguments.extend(more);
    sapar(&arguments)
}

#[test]
fn working_days_over_nauryz() {
    let run = deadline("3 working days", "2026-03-20T16:30", &["kazakhstan"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out.contains("Last day: 30 March 2026, Monday"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("31 March 2026, 00:00:00 (Asia/Almaty)"),
        "{}",
        run.out
    );
    assert!(run.out.contains("7 days do not count"), "{}", run.out);
    assert!(run.out.contains("Nauryz, third day"), "{}", run.out);
}

#[test]
fn the_same_for_a_script() {
    let run = deadline("3 working days", "2026-03-20", &["kazakhstan", "--json"]);
    let value: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(value["last_day"], "2026-03-30");
    assert_eq!(value["certain"], true);
    assert_eq!(value["skipped"].as_array().expect("a list").len(), 7);
    assert_eq!(value["skipped"][0]["reasons"][0]["kind"], "weekend");
    assert_eq!(value["asked"]["rule"], "as-counted");
}

#[test]
fn three_languages() {
    for (language, last_day) in [
        ("ru", "Последний день: 30 марта 2026"),
        ("kk", "Соңғы күні: 2026 жылғы 30 наурыз"),
    ] {
        let run = deadline("3 working days", "2026-03-20", &["KZ", "--lang", language]);
        assert!(run.out.contains(last_day), "{}", run.out);
    }
}

#[test]
fn the_rule_decides_about_a_last_day_that_is_off() {
    // 21 November 2026 is a Saturday.
    let run = deadline("1 day", "2026-11-20", &["latvia"]);
    assert!(
        run.out.contains("Last day: 21 November 2026"),
        "{}",
        run.out
    );
    let run = deadline("1 day", "2026-11-20", &["latvia", "--rule", "roll-forward"]);
    assert!(
        run.out.contains("Last day: 23 November 2026"),
        "{}",
        run.out
    );
}

#[test]
fn hours_run_from_a_moment() {
    let run = deadline("72 hours", "2026-03-19T14:00", &["kazakhstan"]);
    assert!(run.out.contains("22 March 2026, 14:00:00"), "{}", run.out);
    let run = deadline("72 hours", "2026-03-19", &["kazakhstan"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("Give the time"), "{}", run.err);
}

#[test]
fn a_holiday_not_announced_yet_gives_both_days() {
    // Kurban Ait moves back by eleven days a year and is announced late, so some coming spring is open.
    let starts = (2027..=2035)
        .flat_map(|year| ["05-01", "04-20", "04-08", "03-25"].map(|day| format!("{year}-{day}")));
    let run = starts
        .map(|from| deadline("10 working days", &from, &["kazakhstan", "--json"]))
        .find(|run| run.code == 1)
        .expect("a year that is not announced");
    let value: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(value["certain"], false);
    assert!(value["earliest_last_day"].as_str() < value["latest_last_day"].as_str());
}

#[test]
fn beyond_the_calendar_is_said_and_not_guessed() {
    let run = deadline("3 working days", "1950-01-01", &["portugal"]);
    assert_eq!(run.code, 65);
    assert!(run.err.contains("Count it by hand"), "{}", run.err);
}

#[test]
fn wrong_use() {
    for (period, from, country) in [
        ("3 fortnights", "2026-03-19", "kazakhstan"),
        ("0 days", "2026-03-19", "kazakhstan"),
        ("99999999999 days", "2026-03-19", "kazakhstan"),
        ("3 days", "2026-02-30", "kazakhstan"),
        ("3 days", "2026-03-19T25:00", "kazakhstan"),
        ("3 days", "2026-03-19T14:00Z", "kazakhstan"),
        ("3 days", "2026-03-19", "atlantis"),
    ] {
        let run = deadline(period, from, &[country]);
        assert_eq!(run.code, 2, "{period} {from} {country}: {}", run.out);
        assert!(run.out.is_empty());
    }
}
