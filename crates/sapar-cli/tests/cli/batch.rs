//! `sapar law run`, `impact` and `sample`

use std::fs;

use serde_json::Value;

use crate::{folder, sapar};

#[test]
fn invented_people_are_counted_and_compared() {
    let folder = folder();
    let people = folder.join("people.parquet");
    let people = people.to_str().expect("text");
    let run = sapar(&[
        "law",
        "sample",
        "--rows",
        "500",
        "--unknown",
        "0.2",
        "--id",
        "--out",
        people,
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    let run = sapar(&[
        "law",
        "run",
        "--law",
        "kazakhstan@2016-06-06",
        "--in",
        people,
        "--count-by",
        "act",
        "--format",
        "json",
        "--ignore-other-columns",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    let counts: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(counts["rows"], 500);
    let positions = counts["groups"][0]["positions"]
        .as_array()
        .expect("positions");
    for position in positions {
        let sum: u64 = ["certain", "open", "excluded"]
            .iter()
            .filter_map(|status| position[status].as_u64())
            .sum();
        assert_eq!(sum, 500, "{position}");
    }
    let run = sapar(&[
        "law",
        "impact",
        "--law",
        "kazakhstan@2016-06-06",
        "--with",
        "kazakhstan@2016-06-06",
        "--in",
        people,
        "--id",
        "id",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out
            .contains("Nobody in this table is treated differently."),
        "{}",
        run.out
    );
    // With an amendment, the same rows under the law of one day without it and with it.
    let amendment = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../laws/kazakhstan/amendments/trafficked-persons-stay-safe.md"
    );
    let run = sapar(&[
        "law",
        "impact",
        "--law",
        "kazakhstan",
        "--amendment",
        amendment,
        "--in",
        people,
        "--id",
        "id",
        "--format",
        "json",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    let impact: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(impact["before"], "kazakhstan@2016-07-01");
    assert_eq!(
        impact["after"],
        "kazakhstan@2016-07-01 + trafficked-persons-stay-safe"
    );
    let changed = impact["groups"][0]["changed"].as_u64().expect("a count");
    assert!(changed > 0 && changed < 500, "{changed} of 500");
    let check = sapar(&[
        "law",
        "amend",
        "--check",
        amendment,
        "--own-law",
        "--people",
        people,
        "--format",
        "json",
    ]);
    assert_eq!(check.code, 0, "{}", check.err);
    let checked: Value = serde_json::from_str(&check.out).expect("JSON");
    assert_eq!(checked["people"]["groups"][0]["changed"], changed);
    let out = folder.join("outcomes.csv");
    let run = sapar(&[
        "law",
        "run",
        "--law",
        "international@2016-06-06",
        "--in",
        people,
        "--keep",
        "id",
        "--out",
        out.to_str().expect("text"),
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    let written = fs::read_to_string(&out).expect("written");
    assert_eq!(written.lines().count(), 501);
    assert!(written.starts_with("id,contradictory,"));
    // Nothing unfinished is left behind.
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 2);
}

#[test]
fn a_table_that_cannot_be_used_is_refused_with_what_to_do() {
    let folder = folder();
    let table = folder.join("people.csv");
    let path = table.to_str().expect("text");
    let count = [
        "law",
        "run",
        "--law",
        "kazakhstan",
        "--count-by",
        "act",
        "--in",
        path,
    ];
    fs::write(&table, "age,sexx\n17,male\n").expect("written");
    let run = sapar(&count);
    assert_eq!(run.code, 65);
    assert!(run.err.contains("did you mean `sex`?"), "{}", run.err);
    fs::write(&table, "age\n17\n4711\n").expect("written");
    let run = sapar(&count);
    assert_eq!(run.code, 65);
    assert!(run.err.contains("row 2, column `age`"), "{}", run.err);
    assert!(!run.err.contains("4711"), "a value is personal data");
    let mut tolerant = count.to_vec();
    tolerant.extend(["--on-bad-value", "unknown"]);
    let run = sapar(&tolerant);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("1 value is none"), "{}", run.out);
    assert_eq!(
        sapar(&[
            "law",
            "run",
            "--law",
            "atlantis",
            "--count-by",
            "act",
            "--in",
            path
        ])
        .code,
        2
    );
    fs::remove_file(&table).expect("removed");
    assert_eq!(sapar(&count).code, 66);
}
