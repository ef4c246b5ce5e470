//! Bad input through the program: each gives a clear error with its place and what to do, and soon.

use std::time::{Duration, Instant};

use crate::{sapar, sapar_with};

/// Runs with facts from standard input; the error text must hold all of these.
fn refused(facts: &[u8], told: &[&str]) {
    let start = Instant::now();
    let run = sapar_with(facts, &["screen", "--facts", "-", "--json"]);
    assert!(start.elapsed() < Duration::from_secs(20), "it hangs");
    assert_eq!(run.code, 65, "{}", run.err);
    assert_eq!(run.out, "");
    for words in told {
        assert!(
            run.err.contains(words),
            "{words:?} is not said: {}",
            run.err
        );
    }
}

#[test]
fn facts_of_100_megabytes() {
    refused(
        &vec![b'a'; 100_000_000],
        &["larger than 1 MiB", "one person's facts"],
    );
}

#[test]
fn facts_that_are_no_text() {
    refused(
        b"age: 15\n\xff\xfe: yes\n",
        &["line 2", "not UTF-8", "save"],
    );
}

#[test]
fn facts_nested_deeply() {
    let deep = format!("{{{}", "\"age\": [".repeat(100_000));
    refused(deep.as_bytes(), &["line 1", "write {\"age\": 15"]);
    let parentheses = format!("age: {}15\n", "(".repeat(100_000));
    refused(parentheses.as_bytes(), &["line 1", "whole number of years"]);
}

#[test]
fn facts_that_nobody_knows_are_all_told_with_the_nearest() {
    refused(
        b"age: 15\nseeks protecton: yes\nqqq: 1\nage\n",
        &[
            "line 2: no fact is called `seeks protecton`; did you mean `seeks protection`?",
            "line 3: no fact is called `qqq`; `sapar law show facts` lists all facts",
            "line 4: write a fact, a colon and its value",
        ],
    );
}

#[test]
fn values_that_a_fact_cannot_have() {
    refused(
        b"age: 200\nsex: x\ncitizenship: ZZZ\n",
        &[
            "line 1: `age` takes a whole number of years from 0 to 120",
            "line 2: `sex` takes one of female, male",
            "line 3: `citizenship` takes a three-letter country code such as KAZ",
        ],
    );
}

#[test]
fn answers_that_contradict_each_other() {
    refused(
        b"age: 15\nage: 16\n",
        &["line 2: `age` stands twice with different values; keep the one that is true"],
    );
    refused(
        b"{\"age\": 15, \"age\": 16}",
        &["`age` stands twice with different values"],
    );
    let facts = b"refugee status granted: yes\nasylum claim decided: no\n";
    refused(
        facts,
        &[
            "cannot all be true",
            "`refugee status granted`",
            "`asylum claim decided`",
            "Correct at least one",
        ],
    );
    for (language, words) in [
        ("ru", "не могут быть верны"),
        ("kk", "бірге дұрыс бола алмайды"),
    ] {
        let run = sapar_with(
            facts,
            &["--lang", language, "screen", "--facts", "-", "--json"],
        );
        assert!(run.err.contains(words), "{}", run.err);
        assert!(run.err.contains("`asylum claim decided`"), "{}", run.err);
    }
}

#[test]
fn days_that_do_not_exist() {
    for (arguments, told) in [
        (
            &["screen", "--at", "2026-02-30", "--json"][..],
            &["2026-02-30", "--at", "1..=28"][..],
        ),
        (
            &["screen", "--law", "kazakhstan@2016-06-31", "--json"],
            &["does not exist", "kazakhstan@2016-06-06"],
        ),
        (
            &[
                "deadline",
                "3 days",
                "--from",
                "2026-02-30",
                "--country",
                "KZ",
            ],
            &["2026-02-30", "existing day"],
        ),
        (
            &["law", "show", "norms", "--at", "2023-02-29"],
            &["2023-02-29", "--at"],
        ),
    ] {
        let run = sapar(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        for words in told {
            assert!(
                run.err.contains(words),
                "{words:?} is not said: {}",
                run.err
            );
        }
    }
}

#[test]
fn law_with_days_that_do_not_exist() {
    let folder = crate::folder();
    std::fs::create_dir_all(folder.join("lesson")).expect("a folder");
    let law = "# Law\n\n```law\ninstrument a-law\n  title en \"x\" ru \"x\" kk \"x\"\n  jurisdiction example\n  rank law\n  in force from 2010-01-01\n```\n\n## Article 1. One\n\n```law\nnorm first\n  the state must not return to danger\n  in force from 2015-02-29\n  memory\n```\n";
    std::fs::write(folder.join("lesson/a.md"), law).expect("written");
    let run = sapar(&["law", "check", folder.to_str().expect("text")]);
    assert_eq!(run.code, 1, "{}", run.err);
    let told = run.out + &run.err;
    for words in ["L0107", "lesson/a.md:16:", "help:"] {
        assert!(told.contains(words), "{words:?} is not said: {told}");
    }
}
