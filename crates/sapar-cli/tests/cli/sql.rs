//! `sapar law sql`: what stands in the statement; what it answers is tested on the databases.

use crate::{Run, sapar};

fn sql(arguments: &[&str]) -> Run {
    let mut all = vec!["law", "sql"];
    all.extend(arguments);
    sapar(&all)
}

#[test]
fn a_position_is_a_column_with_its_norms_above_it() {
    let run = sql(&[
        "--law",
        "kazakhstan@2026-11-24",
        "--dialect",
        "postgres",
        "--act",
        "return to danger",
        "--table",
        "border.people",
        "--key",
        "case_number",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out
            .starts_with("-- kazakhstan on 2026-11-24, for PostgreSQL.")
    );
    assert!(run.out.contains("FROM border.people"));
    assert!(run.out.contains("SELECT\n  case_number,"));
    assert!(run.out.contains(
        "-- refugees-law-2009/non-refoulement: Law of the Republic of Kazakhstan on Refugees, Article 18(2)"
    ));
    assert!(run.out.contains("AS state_must_not_return_to_danger"));
    assert!(!run.out.contains("AS state_must_not_expel"));
    let again = sql(&[
        "--law",
        "kazakhstan@2016-06-06",
        "--dialect",
        "postgres",
        "--act",
        "return to danger",
    ]);
    assert_ne!(run.out, again.out);
}

#[test]
fn a_bearer_includes_its_parts() {
    let all = sql(&["--law", "kazakhstan@2026-11-24", "--dialect", "duckdb"]);
    let border = sql(&[
        "--law",
        "kazakhstan@2026-11-24",
        "--dialect",
        "duckdb",
        "--bearer",
        "border service",
    ]);
    assert_eq!((all.code, border.code), (0, 0), "{}{}", all.err, border.err);
    assert!(border.out.contains("AS border_service_"));
    assert!(!border.out.contains("AS court_"));
    assert!(all.out.contains("AS court_"));
    assert_eq!(
        all.out,
        sql(&["--law", "kazakhstan@2026-11-24", "--dialect", "duckdb"]).out
    );
}

#[test]
fn the_table_has_a_column_a_fact_with_its_question() {
    for (dialect, kind) in [
        ("postgres", "INTEGER CHECK (age BETWEEN 0 AND 120)"),
        ("spark", "INT COMMENT"),
    ] {
        let run = sql(&[
            "--law",
            "kazakhstan@2026-11-24",
            "--dialect",
            dialect,
            "--create-table",
        ]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.out.contains("CREATE TABLE people ("));
        assert!(run.out.contains(&format!("age {kind}")), "{}", run.out);
        assert!(run.out.contains("Does the person look younger than 18?"));
        assert!(run.out.contains("seeks_protection BOOLEAN"));
    }
}

#[test]
fn what_cannot_be_asked_is_said() {
    for (arguments, says) in [
        (
            &["--law", "nowhere", "--dialect", "spark"][..],
            "the orders are",
        ),
        (
            &["--law", "kazakhstan@2026-02-30", "--dialect", "spark"],
            "write an existing day",
        ),
        (
            &["--law", "kazakhstan", "--dialect", "spark", "--act", "fly"],
            "sapar law show acts",
        ),
        (
            &[
                "--law",
                "kazakhstan",
                "--dialect",
                "spark",
                "--bearer",
                "nobody",
            ],
            "sapar law show actors",
        ),
        (
            &["--law", "kazakhstan", "--dialect", "spark", "--key", "age"],
            "--key",
        ),
        (&["--law", "kazakhstan", "--dialect", "oracle"], "postgres"),
    ] {
        let run = sql(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        assert!(run.err.contains(says), "{}", run.err);
        assert!(run.out.is_empty());
    }
}

#[test]
fn limits_are_given_on_request() {
    let arguments = [
        "--law",
        "kazakhstan@2026-11-24",
        "--dialect",
        "spark",
        "--bearer",
        "police",
    ];
    let without = sql(&arguments);
    let with = sql(&[&arguments[..], &["--limits"]].concat());
    assert_eq!(
        (without.code, with.code),
        (0, 0),
        "{}{}",
        without.err,
        with.err
    );
    assert!(!without.out.contains("_limits"));
    assert!(with.out.contains("_limits") && with.out.contains("CONCAT_WS"));
}
