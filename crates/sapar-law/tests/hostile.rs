//! Input that is far too large, too deep or no text at all is refused soon and in words.

#![cfg(test)]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use sapar_law::{LawFile, Library, facts_from_text};

const WORDS: &str = include_str!("vocabulary.md");
const SOON: Duration = Duration::from_secs(5);

fn words() -> Library {
    Library::read([LawFile {
        path: "vocabulary/words.md".to_owned(),
        bytes: WORDS.into(),
    }])
    .library
}

#[test]
fn ten_thousand_parentheses_give_one_message() {
    let start = Instant::now();
    let deep = format!(
        "```law\nterm deep\n  means {}child{}\n```\n",
        "(".repeat(10_000),
        ")".repeat(10_000)
    );
    let read = Library::read([LawFile {
        path: "lesson/a.md".to_owned(),
        bytes: deep.into_bytes(),
    }]);
    let codes: Vec<&str> = read
        .problems
        .iter()
        .map(|problem| problem.code().name)
        .collect();
    assert_eq!(codes, ["L0003"]);
    assert!(start.elapsed() < SOON);
}

#[test]
fn facts_that_are_no_facts_are_refused() {
    let library = words();
    let start = Instant::now();
    for bytes in [
        vec![b'a'; 10_000_000],
        vec![0xff, 0xfe],
        b"{\"age\": ".to_vec(),
        vec![b'['; 100_000],
    ] {
        let errors = facts_from_text(&library, &bytes).expect_err("no facts");
        assert!(errors.iter().all(|error| error.message.len() > 20));
    }
    assert!(start.elapsed() < SOON);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_as_facts_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..80), name in "(age|detained|citizenship)[:=]", value in "\\PC{0,12}") {
        thread_local!(static LIBRARY: Library = words());
        LIBRARY.with(|library| {
            let _ = facts_from_text(library, &bytes);
            let _ = facts_from_text(library, format!("{name}{value}").as_bytes());
        });
    }
}
