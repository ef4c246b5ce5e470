//! Each dependency in a Cargo.toml has a comment with its reason.
//!
//! The comment stands on the line directly above the dependency or at the end of its own line.
//! A dependency is a decision; its reason is what the next person weighs when they want to remove it.

use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    let mut findings = Vec::new();
    for path in repository.files() {
        if path == "Cargo.toml" || path.ends_with("/Cargo.toml") {
            findings.extend(check(path, &repository.read(path)?));
        }
    }
    Ok(Report::from(findings))
}

fn check(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut in_dependencies = false;
    let mut commented = false;
    // A value that runs over several lines belongs to the dependency that opened it.
    let mut open_brackets = 0_i32;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        let (content, comment) = split_comment(line);
        if open_brackets > 0 {
            open_brackets += balance(content);
            continue;
        }
        if content.starts_with('[') {
            let table = content.trim_matches(['[', ']']).trim();
            in_dependencies = is_dependency_table(table);
            if let Some(name) = single_dependency(table)
                && !commented
                && !says_something(comment)
            {
                findings.push(Finding::at(path, index + 1, unexplained(name)));
            }
            commented = false;
            continue;
        }
        if content.is_empty() {
            // An empty line parts a comment from what follows it.
            commented = says_something(comment);
            continue;
        }
        open_brackets = balance(content).max(0);
        if in_dependencies && !commented && !says_something(comment) {
            let name = content.split(['=', '.']).next().unwrap_or(content).trim();
            findings.push(Finding::at(path, index + 1, unexplained(name)));
        }
        commented = false;
    }
    findings
}

fn unexplained(name: &str) -> String {
    format!("`{name}` has no reason; say in a comment above it why it is needed")
}

fn is_dependency_table(table: &str) -> bool {
    matches!(
        table.rsplit('.').next(),
        Some("dependencies" | "dev-dependencies" | "build-dependencies")
    )
}

/// The dependency's name in a header such as `[dependencies.jiff]`.
fn single_dependency(table: &str) -> Option<&str> {
    let (parent, name) = table.rsplit_once('.')?;
    is_dependency_table(parent).then_some(name)
}

fn says_something(comment: &str) -> bool {
    comment
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .count()
        >= 8
}

/// Parts a line at the first `#` that is not inside a text.
fn split_comment(line: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, letter) in line.char_indices() {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, '#') => {
                let (content, comment) = line.split_at(at);
                return (content.trim(), comment);
            }
            _ => {}
        }
    }
    (line, "")
}

fn balance(content: &str) -> i32 {
    content.chars().fold(0, |depth, letter| match letter {
        '[' | '{' => depth + 1,
        ']' | '}' => depth - 1,
        _ => depth,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        check("Cargo.toml", text)
            .iter()
            .filter_map(|finding| finding.line)
            .collect()
    }

    #[test]
    fn a_reason_above_or_beside_is_enough() {
        let text = "[dependencies]\n# Civil dates apart from instants.\njiff = \"1\"\nspdx = \"0.13\" # Decides licence expressions.\n";
        assert!(lines(text).is_empty());
    }

    #[test]
    fn a_dependency_without_a_reason_is_found() {
        assert_eq!(lines("[dependencies]\njiff = \"1\"\n"), [2]);
        assert_eq!(lines("[dev-dependencies]\n# why\njiff = \"1\"\n"), [3]);
        assert_eq!(
            lines("[target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n"),
            [2]
        );
        assert_eq!(
            lines("[workspace.dependencies]\njiff.version = \"1\"\n"),
            [2]
        );
        assert_eq!(lines("[dependencies.jiff]\nversion = \"1\"\n"), [1]);
    }

    #[test]
    fn one_comment_does_not_serve_two() {
        let text =
            "[dependencies]\n# Civil dates apart from instants.\njiff = \"1\"\nspdx = \"0.13\"\n";
        assert_eq!(lines(text), [4]);
    }

    #[test]
    fn an_empty_line_parts_a_comment_from_a_dependency() {
        assert_eq!(
            lines("[dependencies]\n# Civil dates apart from instants.\n\njiff = \"1\"\n"),
            [4]
        );
    }

    #[test]
    fn a_value_over_several_lines_is_one_dependency() {
        let text = "[dependencies]\n# Civil dates apart from instants.\njiff = { version = \"1\", features = [\n  \"std\",\n] }\n";
        assert!(lines(text).is_empty());
    }

    #[test]
    fn other_tables_are_left_alone() {
        assert!(lines("[package]\nname = \"a\"\n[lints]\nworkspace = true\n").is_empty());
    }
}
