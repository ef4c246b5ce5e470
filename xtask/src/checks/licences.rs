//! Every locked crate may be used under a licence we accept.
//!
//! Sapar is given away under Apache-2.0 or MIT; a licence that would ask more of those who pass it on needs a decision first, recorded in docs/adr.

use spdx::{Expression, LicenseReq, ParseMode};

use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

/// Licences that ask for a notice at most.
const ACCEPTED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    let packages = &repository.metadata()?.packages;
    let findings = packages
        .iter()
        .filter_map(|package| check(&package.name, package.license.as_deref()))
        .collect::<Vec<_>>();
    Ok(Report::from(findings).with_note(format!("{} crates, ours included", packages.len())))
}

fn check(name: &str, licence: Option<&str>) -> Option<Finding> {
    let Some(licence) = licence else {
        return Some(Finding::of(name, "states no licence"));
    };
    // Old crates write `MIT/Apache-2.0`, which the lax mode reads as `MIT OR Apache-2.0`.
    let Ok(expression) = Expression::parse_mode(licence, ParseMode::LAX) else {
        return Some(Finding::of(
            name,
            format!("states a licence that is no SPDX expression: `{licence}`"),
        ));
    };
    (!expression.evaluate(is_accepted)).then(|| {
        Finding::of(
            name,
            format!("is under `{licence}`, which needs a decision in docs/adr before it is used"),
        )
    })
}

fn is_accepted(requirement: &LicenseReq) -> bool {
    ACCEPTED.contains(&requirement.to_string().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_needs_one_accepted_side_and_a_sum_both() {
        assert_eq!(check("a", Some("MIT OR GPL-3.0-only")), None);
        assert!(check("a", Some("MIT AND GPL-3.0-only")).is_some());
        assert_eq!(check("a", Some("MIT/Apache-2.0")), None);
        assert_eq!(check("a", Some("Apache-2.0 WITH LLVM-exception")), None);
        assert_eq!(
            check("a", Some("(MIT OR Apache-2.0) AND Unicode-3.0")),
            None
        );
    }

    #[test]
    fn a_licence_that_is_not_accepted_missing_or_unreadable_is_found() {
        assert!(check("a", Some("AGPL-3.0-or-later")).is_some());
        assert!(check("a", None).is_some());
        assert!(check("a", Some("see the file")).is_some());
    }

    #[test]
    fn every_accepted_name_is_an_spdx_expression() {
        for name in ACCEPTED {
            assert_eq!(check("a", Some(name)), None);
        }
    }
}
