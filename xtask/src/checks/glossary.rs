//! Each term of docs/glossary.md stands in English, Russian and Kazakh with its source, in order, and once.

use std::collections::BTreeMap;

use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

const DOCUMENT: &str = "docs/glossary.md";
const COLUMNS: [&str; 5] = ["en", "ru", "kk", "meaning", "source"];

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    let (findings, terms) = check(&repository.read(DOCUMENT)?);
    Ok(Report::from(findings).with_note(format!("{terms} terms")))
}

/// The findings, and how many terms there are.
fn check(text: &str) -> (Vec<Finding>, usize) {
    let mut findings = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let Some(row) = line.trim().strip_prefix('|') else {
            continue;
        };
        let cells: Vec<&str> = row
            .trim_end_matches('|')
            .split('|')
            .map(str::trim)
            .collect();
        let is_head = cells.first() == COLUMNS.first();
        let is_rule = cells
            .iter()
            .all(|cell| cell.chars().all(|letter| matches!(letter, '-' | ':')));
        if is_head || (is_rule && !row.is_empty()) {
            continue;
        }
        let number = index + 1;
        for (at, column) in COLUMNS.iter().enumerate() {
            if cells.get(at).is_none_or(|cell| cell.is_empty()) {
                findings.push(Finding::at(
                    DOCUMENT,
                    number,
                    format!("the cell `{column}` is empty"),
                ));
            }
        }
        if cells.len() > COLUMNS.len() {
            findings.push(Finding::at(DOCUMENT, number, "has more cells than columns"));
        }
        let (en, kk) = (
            cells.first().copied().unwrap_or_default(),
            cells.get(2).copied().unwrap_or_default(),
        );
        if kk.chars().any(|letter| letter.is_ascii_alphabetic()) {
            findings.push(Finding::at(
                DOCUMENT,
                number,
                format!("the Kazakh of `{en}` has Latin letters"),
            ));
        }
        if let Some(first) = seen.insert(en.to_lowercase(), number) {
            findings.push(Finding::at(
                DOCUMENT,
                number,
                format!("`{en}` is already on line {first}"),
            ));
        }
    }
    if seen.is_empty() {
        findings.push(Finding::of(DOCUMENT, "holds no terms"));
    }
    (findings, seen.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "| en | ru | kk | meaning | source |\n|---|---|---|---|---|\n";

    fn lines(rows: &str) -> Vec<Option<usize>> {
        check(&format!("{HEAD}{rows}"))
            .0
            .iter()
            .map(|finding| finding.line)
            .collect()
    }

    #[test]
    fn a_full_row_passes_and_counts() {
        let (findings, terms) = check(&format!(
            "{HEAD}| child | ребёнок | бала | under 18 | CRC art. 1 |\n"
        ));
        assert!(findings.is_empty());
        assert_eq!(terms, 1);
    }

    #[test]
    fn an_empty_or_missing_cell_is_found() {
        assert_eq!(lines("| child | ребёнок | | under 18 | CRC |\n"), [Some(3)]);
        assert_eq!(lines("| child | ребёнок | бала | under 18 |\n"), [Some(3)]);
    }

    #[test]
    fn a_term_twice_and_latin_letters_in_kazakh_are_found() {
        let row = "| child | ребёнок | бала | under 18 | CRC |\n";
        assert_eq!(lines(&format!("{row}{row}")), [Some(4)]);
        assert_eq!(
            lines("| child | ребёнок | bala | under 18 | CRC |\n"),
            [Some(3)]
        );
    }

    #[test]
    fn an_empty_glossary_is_found() {
        assert_eq!(lines(""), [None]);
    }
}
