//! No locked crate has a known vulnerability, where a database of advisories is at hand.
//!
//! The RustSec database is a git repository and comes with no package registry, so a machine that reaches registries only cannot get it.
//! Where the variable `SAPAR_ADVISORY_DB` names a checkout of it, every advisory is read and held against the lock file; where it does not, the check says plainly that nothing was looked at.

use std::path::Path;

use cargo_metadata::semver::{Version, VersionReq};

use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

const VARIABLE: &str = "SAPAR_ADVISORY_DB";

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    let Some(folder) = std::env::var_os(VARIABLE) else {
        return Ok(Report::default().with_note(format!(
            "NOT CHECKED: no advisory database on this machine; set {VARIABLE} to a checkout of the RustSec advisory-db"
        )));
    };
    let advisories = read_folder(&Path::new(&folder).join("crates"))?;
    let locked: Vec<(String, Version)> = repository
        .metadata()?
        .packages
        .iter()
        .filter(|package| package.source.is_some())
        .map(|package| (package.name.to_string(), package.version.clone()))
        .collect();
    Ok(Report::from(check(&advisories, &locked)).with_note(format!(
        "{} advisories against {} locked crates",
        advisories.len(),
        locked.len()
    )))
}

/// What is needed of one advisory.
#[derive(Debug)]
struct Advisory {
    id: String,
    package: String,
    /// Versions that do not have the weakness: never had it, or had it mended.
    safe: Vec<VersionReq>,
}

impl Advisory {
    /// Reads the TOML front matter of an advisory; nothing where it was withdrawn or only informs.
    fn parse(text: &str) -> Result<Option<Self>, String> {
        let front = text
            .split("```toml")
            .nth(1)
            .and_then(|rest| rest.split("```").next())
            .ok_or("has no ```toml block")?;
        let table: toml::Table = front
            .parse()
            .map_err(|error: toml::de::Error| error.to_string())?;
        let advisory = table.get("advisory").ok_or("has no [advisory] table")?;
        let text_of = |key: &str| advisory.get(key).and_then(toml::Value::as_str);
        if text_of("withdrawn").is_some()
            || text_of("informational").is_some_and(|kind| kind != "unsound")
        {
            return Ok(None);
        }
        let mut safe = Vec::new();
        for kind in ["patched", "unaffected"] {
            let listed = table
                .get("versions")
                .and_then(|versions| versions.get(kind));
            for version in listed.and_then(toml::Value::as_array).into_iter().flatten() {
                let wanted = version.as_str().ok_or("has a version that is no text")?;
                safe.push(
                    wanted
                        .parse()
                        .map_err(|error| format!("`{wanted}`: {error}"))?,
                );
            }
        }
        Ok(Some(Self {
            id: text_of("id").ok_or("has no id")?.to_owned(),
            package: text_of("package").ok_or("names no package")?.to_owned(),
            safe,
        }))
    }
}

fn check(advisories: &[Advisory], locked: &[(String, Version)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for advisory in advisories {
        for (name, version) in locked {
            if *name == advisory.package && !advisory.safe.iter().any(|safe| safe.matches(version))
            {
                findings.push(Finding::of(
                    name,
                    format!("version {version} is open to {}", advisory.id),
                ));
            }
        }
    }
    findings
}

/// Every advisory under a folder of one folder a crate.
/// One that cannot be read is a failure, for it could be the one that matters.
fn read_folder(folder: &Path) -> Result<Vec<Advisory>, Failure> {
    let mut advisories = Vec::new();
    for package in entries(folder)? {
        for path in entries(&package)? {
            if path.extension().is_some_and(|extension| extension == "md") {
                let text = std::fs::read_to_string(&path)
                    .map_err(|error| Failure::Advisories(format!("{}: {error}", path.display())))?;
                let advisory = Advisory::parse(&text)
                    .map_err(|error| Failure::Advisories(format!("{}: {error}", path.display())))?;
                advisories.extend(advisory);
            }
        }
    }
    if advisories.is_empty() {
        return Err(Failure::Advisories(format!(
            "{}: holds no advisories",
            folder.display()
        )));
    }
    Ok(advisories)
}

fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>, Failure> {
    let said =
        |error: std::io::Error| Failure::Advisories(format!("{}: {error}", folder.display()));
    std::fs::read_dir(folder)
        .map_err(said)?
        .map(|entry| entry.map(|entry| entry.path()).map_err(said))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "```toml\n[advisory]\nid = \"RUSTSEC-0000-0000\"\npackage = \"leaky\"\ndate = \"2026-01-01\"\n\n[versions]\npatched = [\">= 1.2.3\"]\nunaffected = [\"< 1.0.0\"]\n```\n\n# It leaks\n";

    fn found(version: &str) -> usize {
        let advisory = Advisory::parse(SAMPLE).unwrap().unwrap();
        check(
            &[advisory],
            &[("leaky".to_owned(), version.parse().unwrap())],
        )
        .len()
    }

    #[test]
    fn only_versions_between_the_safe_ones_are_found() {
        assert_eq!(found("0.9.0"), 0);
        assert_eq!(found("1.0.0"), 1);
        assert_eq!(found("1.2.2"), 1);
        assert_eq!(found("1.2.3"), 0);
    }

    #[test]
    fn an_advisory_without_a_mended_version_covers_all() {
        let text = SAMPLE
            .replace("[\">= 1.2.3\"]", "[]")
            .replace("[\"< 1.0.0\"]", "[]");
        let advisory = Advisory::parse(&text).unwrap().unwrap();
        assert_eq!(
            check(&[advisory], &[("leaky".to_owned(), Version::new(9, 0, 0))]).len(),
            1
        );
    }

    #[test]
    fn withdrawn_and_informing_advisories_are_passed_over() {
        let withdrawn = SAMPLE.replace("date =", "withdrawn = \"2026-02-01\"\ndate =");
        assert!(Advisory::parse(&withdrawn).unwrap().is_none());
        let informing = SAMPLE.replace("date =", "informational = \"unmaintained\"\ndate =");
        assert!(Advisory::parse(&informing).unwrap().is_none());
    }

    #[test]
    fn an_unreadable_advisory_is_an_error() {
        assert!(Advisory::parse("# no front matter").is_err());
        assert!(Advisory::parse(&SAMPLE.replace(">= 1.2.3", "soon")).is_err());
    }
}
