//! The text of an instrument with an amendment worked into it.
//!
//! Nothing is taken out: a norm that ends keeps its words and gets a last day, a new norm gets a first one,
//! so that the text still says what the law was on every day before.
//! What ends, begins and yields is decided by `sapar-law`; here it is only written down.

use std::ops::Range;

use jiff::civil::Date;
use sapar_diagnostics::SourceId;

use crate::format_text;
use crate::layout::{self, Clause, RawItem};
use crate::markdown;

/// A norm of the text that ends, with its last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Identifier of the norm.
    pub norm: String,
    /// First day, for a norm that does not say it.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

/// A norm that overrides a replaced one and from now on also overrides the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overriding {
    /// Identifier of the norm that overrides.
    pub norm: String,
    /// What it overrides as well: `norm` or `instrument/norm`.
    pub also: String,
}

/// The text with these norms ended and these overrides added.
#[must_use]
pub fn with_endings(text: &str, endings: &[Ending], overriding: &[Overriding]) -> String {
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for item in norms(text) {
        let name = identifier(&item);
        for ending in endings
            .iter()
            .filter(|ending| Some(ending.norm.as_str()) == name)
        {
            changes.push(end(text, &item, ending));
        }
        let also: Vec<&Overriding> = overriding
            .iter()
            .filter(|overriding| Some(overriding.norm.as_str()) == name)
            .collect();
        if let Some(last) = item
            .clauses
            .iter()
            .rfind(|clause| clause.keyword == Some("overrides"))
        {
            let at = line_end(text, last.span.end as usize);
            let lines: String = also
                .iter()
                .map(|overriding| format!("\n  overrides {}", overriding.also))
                .collect();
            if !lines.is_empty() {
                changes.push((at..at, lines));
            }
        }
    }
    applied(text, changes)
}

/// The text with the norms of an amendment's articles put under the articles of the same name.
///
/// `from` gives the first day of a norm that does not say it; `name` is the amendment's identifier.
#[must_use]
pub fn with_insertions(text: &str, amendment: &str, name: &str, from: Date) -> String {
    let mut text = text.to_owned();
    for (label, heading, body) in sections(amendment, from) {
        let stands = markdown::headings(&text);
        let (place, with_heading) = match stands.iter().rposition(|known| known.label == label) {
            Some(place) => (
                stands
                    .get(place + 1)
                    .map_or(text.len(), |next| next.range.start),
                false,
            ),
            None => (
                stands
                    .iter()
                    .find(|known| number_of(&known.label) > number_of(&label))
                    .map_or(text.len(), |next| next.range.start),
                true,
            ),
        };
        let heading = if with_heading {
            format!("{}\n", heading.trim_end())
        } else {
            String::new()
        };
        let before = text.get(..place).unwrap_or("").trim_end();
        let after = text.get(place..).unwrap_or("");
        let gap = if after.is_empty() { "" } else { "\n" };
        text = format!(
            "{before}\n\n{heading}From {from} on, by the amendment `{name}`:\n\n{}\n{gap}{after}",
            body.trim()
        );
    }
    format_text(&text)
}

/// Articles of an amendment that hold norms: label, heading, and what stands below it as the law will say it.
fn sections(amendment: &str, from: Date) -> Vec<(String, String, String)> {
    let headings = markdown::headings(amendment);
    let mut sections = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        let end = headings
            .get(index + 1)
            .map_or(amendment.len(), |next| next.range.start);
        let Some(body) = amendment.get(heading.range.end..end) else {
            continue;
        };
        if !norms(body).is_empty() {
            let title = amendment.get(heading.range.clone()).unwrap_or("");
            sections.push((heading.label.clone(), title.to_owned(), as_law(body, from)));
        }
    }
    sections
}

/// The body of an article without what only an amendment says.
fn as_law(body: &str, from: Date) -> String {
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut emptied: Vec<Range<usize>> = Vec::new();
    for block in markdown::blocks(body) {
        let inside = body.get(block.range.clone()).unwrap_or("");
        if norms_of(&items_of(inside, 0)).next().is_none() {
            // Only repeals and tests: the fences go too, with the blank line below them.
            let start = line_start(body, block.range.start.saturating_sub(1));
            let end = next_line(body, block.range.end);
            let blank = body.get(end..).is_some_and(|after| after.starts_with('\n'));
            changes.push((start..end + usize::from(blank), String::new()));
            emptied.push(block.range);
        }
    }
    let kept = items(body).into_iter().filter(|item| {
        !emptied
            .iter()
            .any(|range| range.contains(&(item.span.start as usize)))
    });
    for item in kept {
        if item.keyword != "norm" {
            let start = line_start(body, item.span.start as usize);
            changes.push((
                start..next_line(body, item.span.end as usize),
                String::new(),
            ));
            continue;
        }
        for clause in &item.clauses {
            if clause.keyword == Some("replaces") {
                let start = line_start(body, clause.span.start as usize);
                changes.push((
                    start..next_line(body, clause.span.end as usize),
                    String::new(),
                ));
            }
        }
        if !item
            .clauses
            .iter()
            .any(|clause| clause.keyword == Some("in force"))
        {
            let at = before_verification(body, &item);
            changes.push((at..at, format!("  in force from {from}\n")));
        }
    }
    applied(body, changes)
}

fn end(text: &str, item: &RawItem, ending: &Ending) -> (Range<usize>, String) {
    let written = item
        .clauses
        .iter()
        .find(|clause| clause.keyword == Some("in force"));
    match written {
        Some(clause) => {
            let from = clause
                .tokens
                .iter()
                .find_map(|token| match token.kind {
                    crate::lexer::TokenKind::Date(date) => Some(date),
                    _ => None,
                })
                .unwrap_or(ending.from);
            (
                clause.span.range(),
                format!("in force from {from} until {}", ending.until),
            )
        }
        None => {
            let at = before_verification(text, item);
            (
                at..at,
                format!("  in force from {} until {}\n", ending.from, ending.until),
            )
        }
    }
}

/// The start of the line that says how far the norm was verified; the line after the norm if none does.
fn before_verification(text: &str, item: &RawItem) -> usize {
    let verification = |clause: &&Clause| {
        matches!(
            clause.keyword,
            Some("seen" | "memory" | "reviewed" | "proposed")
        )
    };
    match item.clauses.iter().find(verification) {
        Some(clause) => line_start(text, clause.span.start as usize),
        None => next_line(text, item.span.end as usize),
    }
}

fn items(text: &str) -> Vec<RawItem> {
    markdown::blocks(text)
        .into_iter()
        .flat_map(|block| {
            let inside = text.get(block.range.clone()).unwrap_or("");
            items_of(inside, block.range.start)
        })
        .collect()
}

/// The items of a block that starts at a byte of its file.
fn items_of(block: &str, start: usize) -> Vec<RawItem> {
    layout::layout(SourceId(0), block, start, &mut Vec::new()).items
}

fn norms(text: &str) -> Vec<RawItem> {
    items(text)
        .into_iter()
        .filter(|item| item.keyword == "norm")
        .collect()
}

fn norms_of(items: &[RawItem]) -> impl Iterator<Item = &RawItem> {
    items.iter().filter(|item| item.keyword == "norm")
}

fn identifier(item: &RawItem) -> Option<&str> {
    item.header.first().and_then(|token| token.word())
}

/// The first number of a label such as `Article 12-1`.
fn number_of(label: &str) -> Option<u32> {
    label
        .split(|character: char| !character.is_ascii_digit())
        .find_map(|digits| digits.parse().ok())
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |found| found + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..)
        .and_then(|after| after.find('\n'))
        .map_or(text.len(), |found| at + found)
}

fn next_line(text: &str, at: usize) -> usize {
    (line_end(text, at) + 1).min(text.len())
}

/// The text with these places replaced; places do not overlap.
fn applied(text: &str, mut changes: Vec<(Range<usize>, String)>) -> String {
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for (range, words) in changes {
        result.push_str(text.get(done..range.start).unwrap_or(""));
        result.push_str(&words);
        done = range.end;
    }
    result.push_str(text.get(done..).unwrap_or(""));
    result
}
