//! `sapar mrz`

use serde_json::Value;

use crate::{sapar, sapar_with};

const SPECIMEN: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n";
/// The letter O read for the zero of the date of birth.
const MISREAD: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO74O8122F1204159ZE184226B<<<<<10\n";

#[test]
fn the_specimen_passport() {
    for arguments in [
        &["mrz", "--today", "2026-11-24"][..],
        &["mrz", "-", "--today", "2026-11-24"],
    ] {
        let run = sapar_with(SPECIMEN.as_bytes(), arguments);
        assert_eq!(run.code, 0, "{}", run.err);
        for part in [
            "ERIKSSON",
            "ANNA MARIA",
            "L898902C3",
            "12 August 1974",
            "expired",
        ] {
            assert!(run.out.contains(part), "{part} is missing in {}", run.out);
        }
        assert!(run.err.is_empty(), "{}", run.err);
    }
}

#[test]
fn lines_as_arguments_and_json() {
    let lines: Vec<&str> = SPECIMEN.lines().collect();
    let run = sapar(&["mrz", "--json", "--today", "2010-01-01", lines[0], lines[1]]);
    assert_eq!(run.code, 0);
    let value: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(value["sound"], true);
    assert_eq!(value["number"], "L898902C3");
    assert_eq!(value["birth"]["possible_years"], serde_json::json!([1974]));
    assert_eq!(value["expiry"]["last_day"], "2012-04-15");
    assert_eq!(value["expiry"]["is_over"], false);
    assert_eq!(value["checks"]["composite"], "passed");
}

#[test]
fn a_misreading_is_suggested_and_never_corrected() {
    let run = sapar_with(MISREAD.as_bytes(), &["mrz", "--today", "2026-11-24"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out
            .contains("Line 2, character 16: perhaps 0 instead of O"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("Date of birth: (cannot be read)"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("1974"), "{}", run.out);
    assert!(run.out.contains("may be under 18"), "{}", run.out);

    let run = sapar_with(
        MISREAD.as_bytes(),
        &["mrz", "--json", "--today", "2026-11-24"],
    );
    let value: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(value["birth"], Value::Null);
    assert_eq!(value["may_be_under_18"], true);
    assert_eq!(value["suggestions"][0]["changes"][0]["suggested"], "0");
}

#[test]
fn a_text_that_is_no_zone() {
    let long = "A".repeat(1_000_000);
    for (input, says) in [
        (&b""[..], "not a machine-readable zone"),
        (b"hello", "not a machine-readable zone"),
        (b"P<UTO\xff", "not text"),
        (long.as_bytes(), "far too long"),
    ] {
        let run = sapar_with(input, &["mrz"]);
        assert_eq!(run.code, 65, "{}", run.err);
        assert!(run.err.contains(says), "{}", run.err);
        assert!(run.out.is_empty());
    }
}

#[test]
fn an_error_shows_nothing_of_the_document() {
    let short = &SPECIMEN[..SPECIMEN.len() - 3];
    for language in ["en", "ru", "kk"] {
        let run = sapar_with(short.as_bytes(), &["mrz", "--lang", language]);
        assert_eq!(run.code, 65);
        assert!(
            !run.err.contains("ERIKSSON") && !run.err.contains("L898902C3"),
            "{}",
            run.err
        );
        assert!(
            run.err.contains("42") && run.err.contains("44"),
            "{}",
            run.err
        );
    }
}

#[test]
fn a_day_that_does_not_exist() {
    let run = sapar(&["mrz", "--today", "2026-02-30"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("existing day"), "{}", run.err);
}
