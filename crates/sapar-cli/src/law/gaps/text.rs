//! The register and one gap's story for reading in a terminal.

use std::fmt::Write;

use jiff::civil::Date;
use sapar_analysis::{Degree, Kind, kind_key};
use sapar_law::{NormId, OrderId, Stake};

use super::Shown;
use super::entry::{Entry, NormWords, percent, stake_words};
use crate::law::table;

/// How wide the columns of the register may be; names are never broken, so that they can be copied.
const WIDTHS: [Option<u16>; 7] = [
    Some(12),
    Some(14),
    Some(32),
    Some(32),
    Some(32),
    Some(10),
    None,
];

/// The summary, the register as a table, and the matrix where it was asked for.
pub fn register(shown: &Shown<'_>) -> String {
    let messages = &shown.messages;
    let mut text = head(shown);
    if shown.entries.is_empty() {
        let _ = writeln!(text, "\n{}", messages.text("gaps-none"));
    } else {
        let _ = writeln!(
            text,
            "\n{}",
            messages.text_with("gaps-count", &[("count", shown.entries.len().into())])
        );
        let _ = write!(text, "\n{}", table::numbers(&summary(shown)));
        let _ = write!(text, "\n{}", table::wrapped(&rows(shown), &WIDTHS));
        if let Some(first) = shown.entries.first() {
            let command = format!("{}{}", shown.asked, first.id);
            let _ = writeln!(
                text,
                "\n{}",
                messages.text_with("gaps-tell-one", &[("command", (&command).into())])
            );
        }
    }
    if shown.matrix.is_some() {
        let _ = write!(
            text,
            "\n{}\n{}",
            messages.text("gaps-heading-matrix"),
            table::words(&matrix(shown))
        );
    }
    let _ = writeln!(text, "\n{}", messages.text("gaps-encoded"));
    text
}

/// Each gap told as what happens to a person.
pub fn story(shown: &Shown<'_>) -> String {
    let messages = &shown.messages;
    let mut text = head(shown);
    for entry in &shown.entries {
        let _ = writeln!(
            text,
            "\n{}: {}\n{}",
            entry.stake_words, entry.kind_words, entry.kind_means
        );
        let mut section = |key: &str, lines: Vec<String>| {
            let _ = writeln!(text, "\n{}", messages.text(key));
            for line in lines {
                let _ = writeln!(text, "  {line}");
            }
        };
        section("gaps-section-person", vec![format!("{}.", entry.person)]);
        section("gaps-section-demand", norm_lines(&entry.standard));
        let national: Vec<String> = if entry.national.is_empty() {
            vec![messages.text("gaps-no-provision")]
        } else {
            entry
                .national
                .iter()
                .flat_map(|(part, norm)| {
                    let mut lines = norm_lines(norm);
                    lines.push(format!("    ← {part}"));
                    lines
                })
                .collect()
        };
        section("gaps-section-national", national);
        let mut when = vec![messages.text("gaps-when-any")];
        when.extend(entry.when.iter().map(|line| format!("- {line}")));
        section("gaps-section-when", when);
        section(
            "gaps-section-share",
            vec![entry.share_words(messages), entry.likely_words(messages)],
        );
        if !entry.comparators.is_empty() {
            let lines = entry
                .comparators
                .iter()
                .flat_map(|beside| {
                    let mut lines = vec![format!("{}: {}", beside.order, beside.gives)];
                    lines.extend(beside.not_when.iter().map(|line| format!("  - {line}")));
                    lines.extend(
                        beside
                            .norms
                            .iter()
                            .map(|norm| format!("    {}", norm.citation)),
                    );
                    lines
                })
                .collect();
            section("gaps-section-comparators", lines);
        }
        section("gaps-section-id", vec![entry.id.clone()]);
    }
    let _ = writeln!(text, "\n{}", messages.text("gaps-encoded"));
    text
}

fn norm_lines(norm: &NormWords) -> Vec<String> {
    let caution = norm
        .caution
        .as_ref()
        .map_or_else(String::new, |caution| format!(" ({caution})"));
    vec![
        norm.sentence.clone(),
        format!("    {}{caution}", norm.citation),
    ]
}

fn head(shown: &Shown<'_>) -> String {
    let messages = &shown.messages;
    let mut text = String::new();
    let _ = writeln!(text, "{}", title(shown));
    for side in [shown.request.national, shown.request.standard] {
        let _ = writeln!(text, "{}", as_of(shown, side));
    }
    if shown.request.scope.own_law_only {
        let _ = writeln!(text, "{}", messages.text("gaps-own-law"));
    }
    text
}

/// "Gaps: Kazakhstan beside International standards".
pub fn title(shown: &Shown<'_>) -> String {
    let label = |order: OrderId| {
        shown
            .library
            .order(order)
            .label
            .get(shown.messages.language().code())
    };
    shown.messages.text_with(
        "gaps-title",
        &[
            ("national", label(shown.request.national.0).into()),
            ("standard", label(shown.request.standard.0).into()),
        ],
    )
}

/// "Kazakhstan, law as of 2016-06-06".
pub fn as_of(shown: &Shown<'_>, (order, on): (OrderId, Date)) -> String {
    let label = shown
        .library
        .order(order)
        .label
        .get(shown.messages.language().code());
    shown.messages.text_with(
        "gaps-order-as-of",
        &[("order", label.into()), ("date", on.to_string().into())],
    )
}

/// How many gaps of each kind there are, by severity; with a heading and a last row for all.
pub fn summary(shown: &Shown<'_>) -> Vec<Vec<String>> {
    let messages = &shown.messages;
    let kinds: Vec<Kind> = Kind::ALL
        .into_iter()
        .filter(|kind| shown.entries.iter().any(|entry| entry.kind == *kind))
        .collect();
    let mut heading = vec![messages.text("gaps-column-severity")];
    heading.extend(kinds.iter().map(|kind| messages.text(&kind_key(*kind))));
    heading.push(messages.text("gaps-all"));
    let mut rows = vec![heading];
    let counts = |name: String, of: &dyn Fn(&Entry) -> bool| {
        let count = |kind: Option<Kind>| {
            shown
                .entries
                .iter()
                .filter(|entry| of(entry) && kind.is_none_or(|kind| entry.kind == kind))
                .count()
                .to_string()
        };
        let mut row = vec![name];
        row.extend(kinds.iter().map(|kind| count(Some(*kind))));
        row.push(count(None));
        row
    };
    for (_, stake) in Stake::WORDS {
        if shown.entries.iter().any(|entry| entry.stake == stake) {
            rows.push(counts(stake_words(stake, messages), &|entry| {
                entry.stake == stake
            }));
        }
    }
    rows.push(counts(messages.text("gaps-all"), &|_| true));
    rows
}

pub fn rows(shown: &Shown<'_>) -> Vec<Vec<String>> {
    let messages = &shown.messages;
    let mut rows = vec![
        [
            "gaps-column-severity",
            "gaps-column-kind",
            "gaps-column-demand",
            "gaps-column-standard",
            "gaps-column-national",
            "gaps-column-likely",
            "gaps-column-id",
        ]
        .map(|key| messages.text(key))
        .to_vec(),
    ];
    for entry in &shown.entries {
        rows.push(vec![
            entry.stake_words.clone(),
            entry.kind_words.clone(),
            entry.standard.sentence.clone(),
            entry.standard.citation.clone(),
            national_words(shown, entry),
            percent(entry.share.likely),
            entry.id.clone(),
        ]);
    }
    rows
}

/// The first national norm, and how many more.
fn national_words(shown: &Shown<'_>, entry: &Entry) -> String {
    let messages = &shown.messages;
    match entry.national.as_slice() {
        [] => messages.text("gaps-no-provision"),
        [(_, only)] => only.citation.clone(),
        [(_, first), rest @ ..] => format!(
            "{} {}",
            first.citation,
            messages.text_with("gaps-more-norms", &[("count", rest.len().into())])
        ),
    }
}

/// Each norm of the standard with the national norms that have to do with it.
fn matrix(shown: &Shown<'_>) -> Vec<Vec<String>> {
    let messages = &shown.messages;
    let name = |norm: NormId| NormWords::new(shown.library, norm, messages).citation;
    let mut rows = vec![
        [
            "gaps-column-standard",
            "gaps-column-best",
            "gaps-column-national",
        ]
        .map(|key| messages.text(key))
        .to_vec(),
    ];
    let Some(matrix) = &shown.matrix else {
        return rows;
    };
    for standard in &matrix.standard {
        let cells: Vec<&(NormId, NormId, Degree)> = matrix
            .cells
            .iter()
            .filter(|(row, _, _)| row == standard)
            .collect();
        if cells.is_empty() {
            rows.push(vec![
                name(*standard),
                messages.text("gaps-degree-none"),
                String::from("—"),
            ]);
        }
        for (_, national, degree) in cells {
            rows.push(vec![
                name(*standard),
                messages.text(degree_key(*degree)),
                name(*national),
            ]);
        }
    }
    rows
}

pub fn degree_key(degree: Degree) -> &'static str {
    match degree {
        Degree::Full => "gaps-degree-full",
        Degree::Partial => "gaps-degree-partial",
        Degree::Contrary => "gaps-degree-contrary",
    }
}
