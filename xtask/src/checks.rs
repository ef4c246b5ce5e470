//! The list of checks; each has a room of its own below.

mod advisories;
mod architecture;
mod changelog;
mod dependency_reasons;
mod floors;
mod glossary;
mod licences;
mod links;
mod purity;
pub mod readme;
mod shape;
mod traces;
mod translations;

use crate::finding::Report;
use crate::repository::{Failure, Repository};

/// A check: its name on the command line, what it watches, and how it is made.
pub struct Check {
    pub name: &'static str,
    pub about: &'static str,
    pub run: fn(&Repository) -> Result<Report, Failure>,
}

/// Every check, in the order they run.
pub const CHECKS: &[Check] = &[
    Check {
        name: "floors",
        about: "a crate depends only on lower floors",
        run: floors::run,
    },
    Check {
        name: "purity",
        about: "domain crates know no files, network, clock or async",
        run: purity::run,
    },
    Check {
        name: "architecture",
        about: "ARCHITECTURE.md lists exactly the crates there are, on their floors",
        run: architecture::run,
    },
    Check {
        name: "dependency-reasons",
        about: "each dependency in a Cargo.toml has a comment with its reason",
        run: dependency_reasons::run,
    },
    Check {
        name: "shape",
        about: "no mod.rs, and no source file past 800 lines",
        run: shape::run,
    },
    Check {
        name: "links",
        about: "relative links and anchors in Markdown lead somewhere",
        run: links::run,
    },
    Check {
        name: "translations",
        about: "en, ru and kk have the same messages with the same variables",
        run: translations::run,
    },
    Check {
        name: "glossary",
        about: "each term stands in three languages with its source",
        run: glossary::run,
    },
    Check {
        name: "changelog",
        about: "CHANGELOG.md has a place for what is not released",
        run: changelog::run,
    },
    Check {
        name: "readme",
        about: "the decision printed in README.md is the one the program prints",
        run: readme::run,
    },
    Check {
        name: "traces",
        about: "no registry host and no path of one machine in a committed file",
        run: traces::run,
    },
    Check {
        name: "licences",
        about: "every locked crate may be used under a licence we accept",
        run: licences::run,
    },
    Check {
        name: "advisories",
        about: "no locked crate has a known vulnerability, where a database is at hand",
        run: advisories::run,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The repository itself keeps every rule; this is what `xtask ci` proves, run with the other tests.
    fn repository_keeps(name: &str) {
        let check = CHECKS.iter().find(|check| check.name == name).unwrap();
        let report = (check.run)(&Repository::open().unwrap()).unwrap();
        let said: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
        assert!(said.is_empty(), "{}", said.join("\n"));
    }

    #[test]
    fn crates_keep_their_floors() {
        repository_keeps("floors");
    }

    #[test]
    fn domain_crates_are_pure() {
        repository_keeps("purity");
    }

    #[test]
    fn architecture_names_every_crate() {
        repository_keeps("architecture");
    }

    #[test]
    fn check_names_are_unique() {
        let mut names: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
