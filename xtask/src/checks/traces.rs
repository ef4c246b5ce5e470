//! No registry host and no path of one machine in a committed file.
//!
//! A package is named, never where one machine happened to get it from; a path that exists on one machine only breaks on the next.

use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

/// Hosts of package registries, parted so that this file does not hold what it forbids.
const HOSTS: &[&str] = &[
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("pypi", ".org"),
    concat!("files.python", "hosted.org"),
    concat!("registry.npm", "js.org"),
    concat!("registry.yarn", "pkg.com"),
    concat!("deb.debian", ".org"),
    concat!("security.debian", ".org"),
    concat!("snapshot.debian", ".org"),
];

/// Folders that belong to one machine or one person.
const MACHINE_PATHS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/tm", "p/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Use", "rs/"),
    concat!("C:", "\\Users\\"),
];

/// What cargo writes for every crate of the public registry; any other source in the lock file is a trace.
const LOCK_SOURCE: &str = concat!(
    "source = \"registry+https://github.com/rust-lang/crates",
    ".io-index\""
);

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    let mut findings = Vec::new();
    for path in repository.files() {
        // A file that is not text has nothing to read here.
        if let Some(text) = repository.read_if_text(path)? {
            findings.extend(check(path, &text));
        }
    }
    Ok(Report::from(findings))
}

fn check(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if path.ends_with("Cargo.lock") && line.starts_with("source = ") && line != LOCK_SOURCE {
            findings.push(Finding::at(
                path,
                index + 1,
                "a crate comes from elsewhere than the public registry",
            ));
        }
        for host in HOSTS {
            if line.contains(host) {
                findings.push(Finding::at(
                    path,
                    index + 1,
                    format!("names the registry host `{host}`; name the package instead"),
                ));
            }
        }
        for folder in MACHINE_PATHS {
            if line
                .match_indices(folder)
                .any(|(at, _)| starts_a_path(line, at))
            {
                findings.push(Finding::at(
                    path,
                    index + 1,
                    format!("holds a path of one machine, `{folder}`"),
                ));
            }
        }
    }
    findings
}

/// Whether the text at `at` begins a path, rather than standing inside an address or a longer path.
fn starts_a_path(line: &str, at: usize) -> bool {
    let before = line.get(..at).unwrap_or_default();
    before.ends_with("file://")
        || before.chars().next_back().is_none_or(|letter| {
            !(letter.is_alphanumeric() || matches!(letter, '/' | '.' | '_' | '-' | '}' | '*'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(path, text).len()
    }

    #[test]
    fn a_registry_host_is_found() {
        assert_eq!(
            count("a.md", &format!("see https://{}/simple", HOSTS[2])),
            1
        );
    }

    #[test]
    fn a_machine_path_is_found_at_the_start_of_a_path_only() {
        let folder = MACHINE_PATHS[0];
        assert_eq!(count("a.sh", &format!("cd {folder}main")), 1);
        assert_eq!(count("a.sh", &format!("DIR=\"{folder}main\"")), 1);
        assert_eq!(count("a.sh", &format!("file://{folder}main")), 1);
        assert_eq!(
            count("a.md", &format!("https://example.org{folder}page")),
            0
        );
        assert_eq!(
            count("a.sh", &format!("target{folder}x ${{x}}{folder}y")),
            0
        );
    }

    #[test]
    fn a_lock_file_names_the_public_registry_only() {
        assert_eq!(count("Cargo.lock", LOCK_SOURCE), 0);
        assert_eq!(
            count("Cargo.lock", "source = \"sparse+https://mirror.example/\""),
            1
        );
    }
}
