//! What a national norm gives beside a norm of the standard, case by case: the table of `docs/analysis.md`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

use jiff::civil::date;
use sapar_analysis::{Comparison, Request};
use sapar_law::{LawFile, Library};

const WORDS: &str = "# Words

```law
fact alone
  yes or no
  group person
  learned by asking
  role first line
  step 1
  sensitivity identity
  label en \"alone\" ru \"x\" kk \"x\"
  question en \"x\" ru \"x\" kk \"x\"

actor state
  label en \"the state\" ru \"x\" kk \"x\"

actor police
  part of state
  label en \"police\" ru \"x\" kk \"x\"

actor person
  label en \"the person\" ru \"x\" kk \"x\"

act help
  severity life
  label en \"help\" ru \"x\" kk \"x\"

event start
  label en \"start\" ru \"x\" kk \"x\"
```
";

fn instrument(name: &str, norms: &str) -> LawFile {
    let text = format!(
        "# {name}\n\n```law\ninstrument {name}-law\n  title en \"x\" ru \"x\" kk \"x\"\n  number \"1\"\n  jurisdiction international\n  rank law\n  source \"x\"\n  in force from 2000-01-01\n\norder {name}\n  label en \"x\" ru \"x\" kk \"x\"\n  includes {name}\n  priority law\n```\n\n## Article 1. All\n```law\n{norms}```\n"
    );
    LawFile {
        path: format!("{name}/law.md"),
        bytes: text.into_bytes(),
    }
}

/// Norms from sentences, clauses after a `/`.
fn norms(sentences: &[&str]) -> String {
    sentences
        .iter()
        .enumerate()
        .map(|(index, sentence)| {
            let clauses: String = sentence
                .split('/')
                .map(|clause| format!("  {}\n", clause.trim()))
                .collect();
            format!("norm n{index}\n{clauses}  memory\n\n")
        })
        .collect()
}

/// The kinds of the gaps at the first norm of the standard.
fn kinds(standard: &str, national: &[&str]) -> Vec<String> {
    let read = Library::read_unchecked([
        LawFile {
            path: String::from("vocabulary/words.md"),
            bytes: WORDS.as_bytes().to_vec(),
        },
        instrument("standard", &norms(&[standard])),
        instrument("nation", &norms(national)),
    ]);
    assert!(!read.has_errors(), "{:?}", read.problems);
    let on = date(2026, 1, 1);
    let order = |name: &str| (read.library.order_named(name).unwrap(), on);
    let request = Request::new(order("standard"), order("nation"));
    let comparison = Comparison::new(&read.library, &request).unwrap();
    comparison
        .gaps()
        .iter()
        .map(|gap| {
            assert!(gap.id.0.starts_with("standard-law/n0/"), "{}", gap.id);
            gap.kind.slug().to_owned()
        })
        .collect()
}

#[test]
fn every_row_of_the_table() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        // Words and bearers.
        ("the state must help", &["the state must help"], &[]),
        ("the state must help", &["the police must help"], &[]),
        ("the police must help", &["the state must help"], &[]),
        (
            "the state must help",
            &["the person must help"],
            &["silent"],
        ),
        (
            "the state must help",
            &["the state should help"],
            &["weaker-modality"],
        ),
        (
            "the state must help",
            &["the state may help"],
            &["weaker-modality"],
        ),
        ("the state should help", &["the state must help"], &[]),
        ("the state must not help", &["the state must not help"], &[]),
        (
            "the police must not help",
            &["the state must not help"],
            &[],
        ),
        (
            "the state must not help",
            &["the police must not help"],
            &["too-narrow"],
        ),
        (
            "the state must not help",
            &["the state should not help"],
            &["weaker-modality"],
        ),
        ("the state must help", &[], &["silent"]),
        ("the state may help", &[], &[]),
        ("the person may help", &[], &["silent"]),
        ("the person may help", &["the person may help"], &[]),
        // The opposite.
        (
            "the state must not help",
            &["the police may help"],
            &["contrary"],
        ),
        (
            "the state must help",
            &["the state must not help"],
            &["contrary"],
        ),
        (
            "the state must help",
            &["the police must not help"],
            &["silent"],
        ),
        (
            "the person may help",
            &["the person must not help"],
            &["contrary"],
        ),
        (
            "the state must not help",
            &["the state must not help", "the police may help"],
            &["contested"],
        ),
        // Where.
        (
            "the state must help",
            &["the state must help / when alone"],
            &["too-narrow"],
        ),
        (
            "the state must help / when alone",
            &["the state must help"],
            &[],
        ),
        (
            "the state must help",
            &["the state must help / unless alone"],
            &["taken-away"],
        ),
        (
            "the state must help",
            &[
                "the state must help",
                "the state may help / when alone / overrides n0",
            ],
            &["taken-away"],
        ),
        // Limits.
        (
            "the state must help / within 3 days from start",
            &["the state must help / within 2 days from start"],
            &[],
        ),
        (
            "the state must help / within 3 days from start",
            &["the state must help / within 4 days from start"],
            &["limit-too-weak"],
        ),
        (
            "the state must help / within 3 days from start",
            &["the state must help"],
            &["limit-too-weak"],
        ),
        (
            "the state must help / within 30 days from start",
            &["the state must help / within 1 months from start"],
            &["limit-unsaid"],
        ),
        (
            "the state must help / without delay from start",
            &["the state must help / within 1 days from start"],
            &["limit-unsaid"],
        ),
        (
            "the state must help",
            &["the state must help / within 4 days from start"],
            &[],
        ),
        (
            "the state must help",
            &["the state must help / until start"],
            &["limit-too-weak"],
        ),
        (
            "the state must help",
            &["the state must help / for at most 4 days from start"],
            &["limit-unsaid"],
        ),
        (
            "the state must not help",
            &["the state must not help / for at least 30 days from start"],
            &["limit-too-weak"],
        ),
        (
            "the state must not help / for at least 30 days from start",
            &["the state must not help / for at least 90 days from start"],
            &[],
        ),
        // One norm meets one limit, another the other.
        (
            "the state must help / within 3 days from start / for at least 10 days from start",
            &[
                "the state must help / within 2 days from start",
                "the state must help / for at least 10 days from start",
            ],
            &[],
        ),
        (
            "the state must help / within 3 days from start / for at least 10 days from start",
            &["the state must help / within 2 days from start"],
            &["limit-too-weak"],
        ),
        // A right is used within a time: longer is stronger.
        (
            "the person may help / within 10 days from start",
            &["the person may help / within 30 days from start"],
            &[],
        ),
        (
            "the person may help / within 10 days from start",
            &["the person may help / within 3 days from start"],
            &["limit-too-weak"],
        ),
        (
            "the person may help",
            &["the person may help / within 3 days from start"],
            &["limit-unsaid"],
        ),
        // A power with a ceiling.
        (
            "the state may help / for at most 10 days from start",
            &["the police may help / for at most 30 days from start"],
            &["limit-too-weak"],
        ),
        (
            "the state may help / for at most 10 days from start",
            &["the police may help / for at most 9 days from start"],
            &[],
        ),
        (
            "the state may help / for at most 10 days from start",
            &["the police may help"],
            &["limit-too-weak"],
        ),
        (
            "the state may help / for at most 10 days from start",
            &[],
            &[],
        ),
        (
            "the state may help / for at most 10 days from start",
            &["the state must not help"],
            &[],
        ),
    ];
    for (standard, national, expected) in cases {
        assert_eq!(
            kinds(standard, national),
            *expected,
            "{standard} beside {national:?}"
        );
    }
}
