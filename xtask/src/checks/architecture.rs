//! ARCHITECTURE.md lists exactly the crates there are, on their floors.
//!
//! A crate has its line in a table whose first cell is the crate's name in backticks and whose second is its floor.
//! A crate's name anywhere else in the text must be one that exists.

use std::collections::BTreeMap;

use super::floors::Room;
use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

const DOCUMENT: &str = "ARCHITECTURE.md";

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    let rooms: Vec<Room> = repository
        .members()?
        .into_iter()
        .map(|package| Room::of(package, repository))
        .filter(|room| room.in_house)
        .collect();
    Ok(Report::from(check(&repository.read(DOCUMENT)?, &rooms)))
}

fn check(text: &str, rooms: &[Room]) -> Vec<Finding> {
    let floors: BTreeMap<&str, Option<u64>> = rooms
        .iter()
        .map(|room| (room.name.as_str(), room.floor))
        .collect();
    let mut findings = Vec::new();
    let mut listed: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        for name in crate_names(line) {
            if !floors.contains_key(name) {
                findings.push(Finding::at(
                    DOCUMENT,
                    number,
                    format!("names `{name}`, and there is no such crate"),
                ));
            }
        }
        let Some((name, floor)) = table_row(line) else {
            continue;
        };
        if let Some(first) = listed.insert(name, number) {
            findings.push(Finding::at(
                DOCUMENT,
                number,
                format!("`{name}` is already listed on line {first}"),
            ));
        }
        if let Some(Some(declared)) = floors.get(name)
            && floor != declared.to_string()
        {
            findings.push(Finding::at(
                DOCUMENT,
                number,
                format!("puts `{name}` on floor {floor}; its manifest says {declared}"),
            ));
        }
    }
    for name in floors.keys() {
        if !listed.contains_key(name) {
            findings.push(Finding::of(
                DOCUMENT,
                format!("has no line for the crate `{name}`; add a row `| `{name}` | FLOOR | what it is for |`"),
            ));
        }
    }
    findings
}

/// The name and the floor of a row such as ``| `sapar-law` | 1 | ... |``.
fn table_row(line: &str) -> Option<(&str, &str)> {
    let mut cells = line.trim().strip_prefix('|')?.split('|').map(str::trim);
    let name = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
    let floor = cells.next()?;
    name.starts_with("sapar-").then_some((name, floor))
}

/// Every word of the line that is a crate's name by its form.
fn crate_names(line: &str) -> Vec<&str> {
    line.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'))
        .map(|word| word.trim_end_matches('-'))
        .filter(|word| word.len() > "sapar-".len() && word.starts_with("sapar-"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rooms() -> Vec<Room> {
        ["sapar-calendar", "sapar-law"]
            .into_iter()
            .zip([0, 1])
            .map(|(name, floor)| Room {
                name: name.to_owned(),
                floor: Some(floor),
                in_house: true,
                dependencies: Vec::new(),
            })
            .collect()
    }

    fn said(text: &str) -> Vec<String> {
        check(text, &rooms())
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn a_full_table_passes() {
        assert!(
            said("| `sapar-calendar` | 0 | dates |\n| `sapar-law` | 1 | law, on sapar-calendar |")
                .is_empty()
        );
    }

    #[test]
    fn a_missing_crate_is_found() {
        assert_eq!(said("| `sapar-calendar` | 0 | dates |").len(), 1);
    }

    #[test]
    fn a_crate_that_does_not_exist_is_found() {
        let text =
            "| `sapar-calendar` | 0 | a |\n| `sapar-law` | 1 | b |\nThen sapar-server answers.";
        assert_eq!(
            said(text),
            ["ARCHITECTURE.md:3: names `sapar-server`, and there is no such crate"]
        );
    }

    #[test]
    fn a_wrong_floor_and_a_second_row_are_found() {
        let text = "| `sapar-calendar` | 0 | a |\n| `sapar-law` | 2 | b |";
        assert_eq!(said(text).len(), 1);
        let text = "| `sapar-calendar` | 0 | a |\n| `sapar-law` | 1 | b |\n| `sapar-law` | 1 | b |";
        assert_eq!(said(text).len(), 1);
    }
}
