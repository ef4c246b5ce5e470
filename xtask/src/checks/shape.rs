//! The shape of source files: `foo.rs` beside `foo/`, never `mod.rs`; no room past 800 lines.

use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

/// Past this a file holds more than one idea; 100 to 400 is a good room.
const LINES_MAX: usize = 800;

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    let mut findings = Vec::new();
    for path in repository.files_with_extension("rs") {
        findings.extend(check(path, &repository.read(path)?));
    }
    Ok(Report::from(findings))
}

fn check(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if path.ends_with("/mod.rs") {
        findings.push(Finding::of(
            path,
            "name the file after its module and put it beside the folder",
        ));
    }
    let lines = text.lines().count();
    if lines > LINES_MAX {
        findings.push(Finding::of(
            path,
            format!("has {lines} lines; past {LINES_MAX} part the ideas that share it"),
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mod_file_is_found() {
        assert_eq!(check("crates/a/src/b/mod.rs", "").len(), 1);
        assert!(check("crates/a/src/b.rs", "").is_empty());
    }

    #[test]
    fn a_long_file_is_found() {
        assert!(check("crates/a/src/b.rs", &"\n".repeat(LINES_MAX)).is_empty());
        assert_eq!(
            check("crates/a/src/b.rs", &"\n".repeat(LINES_MAX + 1)).len(),
            1
        );
    }
}
