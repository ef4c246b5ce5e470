//! No text makes the parser or the formatter panic, and formatting twice is formatting once.

#![cfg(test)]

use proptest::prelude::*;
use sapar_diagnostics::Sources;
use sapar_law_syntax::{format_text, parse};

/// Items, and the codes of the mistakes.
fn read(text: &str) -> (usize, Vec<&'static str>) {
    let mut sources = Sources::new();
    let source = sources.add("law.md", text);
    let parsed = parse(source, text);
    (
        parsed.items.len(),
        parsed
            .problems
            .iter()
            .map(|problem| problem.code().name)
            .collect(),
    )
}

/// Pieces of which law is made, in any order, so that most texts reach deep into the parser.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "norm a at (1)",
            "term a",
            "fact a",
            "test \"a\"",
            "order a",
            "never",
            "todo \"a\"",
            "act a",
            "instrument a",
            "\n",
            "\n",
            "\n  ",
            "\n  ",
            "\n    ",
            "when ",
            "unless ",
            "means ",
            "the state must not act",
            " and ",
            " or ",
            " not ",
            "(",
            ")",
            ",",
            "a",
            " b ",
            "at least 2 of (",
            " is ",
            "under 18",
            "memory",
            "seen \"t\" on 2026-11-24",
            "label en \"a\" ru \"б\" kk \"в\"",
            "within 3 days from ",
            "# c",
            "\"",
            "2023-02-30",
            "```",
            "\n```law\n",
            "## Article 1. A\n",
            "\t",
            "é",
            "\r\n",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ]
}

/// Formats once and twice, and reads what came of it.
fn check(law: &str) {
    let text = format!("## Article 1. A\n\n```law\n{law}\n```\n");
    let tidy = format_text(&text);
    assert_eq!(format_text(&tidy), tidy);
    let (items, mistakes) = read(&text);
    assert!(mistakes.iter().all(|code| *code != "L0103"), "{mistakes:?}");
    assert_eq!(read(&tidy), (items, mistakes));
}

/// Found by libFuzzer: the second line of a broken header was read as a clause.
#[test]
fn a_long_header_stays_on_its_line() {
    let many = "arrival and ".repeat(12);
    check(&format!("norm a at {many}arrival"));
    check(&format!("norm a at {many}arrival\n  memory"));
    check(&format!("never {many}arrival"));
}

/// A line that starts with the keyword of a clause would be that clause.
#[test]
fn a_line_is_not_broken_before_a_keyword() {
    let many = "not one thing, ".repeat(5);
    for keyword in ["certain", "open", "under", "by", "note"] {
        check(&format!(
            "test \"a\"\n  under b on 2026-11-24\n  given {many}a, {keyword} thing taken\n  certain the state must act"
        ));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_formatted(text in any::<String>()) {
        read(&text);
        let tidy = format_text(&text);
        prop_assert_eq!(format_text(&tidy), tidy);
    }

    #[test]
    fn formatting_keeps_what_law_means(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = format!("## Article 1. A\n\n```law\n{}\n```\n", pieces.concat());
        let tidy = format_text(&text);
        prop_assert_eq!(format_text(&tidy), tidy.clone());
        let before = read(&text);
        if before.1.is_empty() {
            prop_assert_eq!(before, read(&tidy));
        }
    }
}
