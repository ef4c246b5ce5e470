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

/// Pairs of facts that lie far apart make every diagram double with each pair.
#[test]
fn law_whose_diagrams_outgrow_their_bound_gives_one_message() {
    const PAIRS: usize = 24;
    let mut law = String::from(
        "```law\ninstrument example-law\n  title en \"x\" ru \"x\" kk \"x\"\n  jurisdiction example\n  rank law\n  in force from 2010-01-01\n\n",
    );
    for index in 0..2 * PAIRS {
        law.push_str(&format!(
            "fact sign {index}\n  yes or no\n  group journey\n  learned by observing\n  role first line\n  step {index}\n  sensitivity travel\n  label en \"x\" ru \"x\" kk \"x\"\n  question en \"x\" ru \"x\" kk \"x\"\n\n"
        ));
    }
    let pairs: Vec<String> = (0..PAIRS)
        .map(|index| format!("sign {index} and sign {}", index + PAIRS))
        .collect();
    law.push_str(&format!(
        "```\n\n## Article 1. All signs\n\n```law\nnorm pairs at (1)\n  the state must not return to danger\n  when any of ({})\n  memory\n```\n",
        pairs.join(", ")
    ));
    let read = Library::read([("vocabulary/words.md", WORDS), ("lesson/a.md", &law)].map(
        |(path, text)| LawFile {
            path: path.to_owned(),
            bytes: text.into(),
        },
    ));
    let told: Vec<(&str, &str)> = read
        .problems
        .iter()
        .map(|problem| (problem.code().name, problem.message()))
        .collect();
    assert_eq!(
        told,
        [(
            "L0401",
            "the decision diagram of `pairs` needs more than 2097152 nodes"
        )]
    );
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
