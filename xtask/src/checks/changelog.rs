//! CHANGELOG.md has a place for what is not released.

use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

const DOCUMENT: &str = "CHANGELOG.md";

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    Ok(Report::from(check(&repository.read(DOCUMENT)?)))
}

fn check(text: &str) -> Vec<Finding> {
    let mut versions = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.starts_with("## "));
    match versions.next() {
        Some((_, heading)) if heading.trim_end() == "## [Unreleased]" => Vec::new(),
        Some((index, _)) => vec![Finding::at(
            DOCUMENT,
            index + 1,
            "the first version must be `## [Unreleased]`; a released section is not added to",
        )],
        None => vec![Finding::of(DOCUMENT, "has no `## [Unreleased]` section")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unreleased_section_comes_first() {
        assert!(check("# Changelog\n\n## [Unreleased]\n\n## [0.1.0]\n").is_empty());
        assert_eq!(
            check("# Changelog\n\n## [0.1.0]\n\n## [Unreleased]\n").len(),
            1
        );
        assert_eq!(check("# Changelog\n").len(), 1);
    }
}
