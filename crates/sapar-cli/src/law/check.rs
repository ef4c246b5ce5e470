//! `sapar law check`: every mistake, then what the packages hold and how far it was checked.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Instant;

use sapar_diagnostics::Severity;
use sapar_law::{Library, ReadLibrary, VerificationDef};
use serde_json::{Value, json};

use super::diagnostics;
use super::packages::Packages;
use super::table;
use crate::ending::{Failure, Report};
use crate::progress;

/// What to check.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar law check                      check the laws this program carries
  sapar law check laws                 check a folder of packages
  sapar law check laws/kazakhstan      check one package together with the carried ones
  sapar law check laws --json          diagnostics and counts for a script

Ends with 0 when there is no error, with 1 when there is one, with 66 when the folder cannot be read.")]
pub struct Arguments {
    /// Folder of law packages [default: the packages inside this program]
    folder: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Checks and reports.
pub fn run(arguments: &Arguments) -> Result<Report, Failure> {
    let begun = Instant::now();
    let read = progress::during("checking the laws", || {
        Packages::read(arguments.folder.as_deref()).map(Packages::checked)
    })?;
    let milliseconds = begun.elapsed().as_millis();
    let text = if arguments.json {
        as_json(&read, milliseconds)
    } else {
        as_text(&read, milliseconds)
    };
    Ok(Report::found(text, read.has_errors()))
}

/// What one package holds.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    instruments: usize,
    norms: usize,
    reviewed: usize,
    seen: usize,
    memory: usize,
    todos: usize,
    tests: usize,
}

impl Counts {
    fn add(&mut self, other: Counts) {
        self.instruments += other.instruments;
        self.norms += other.norms;
        self.reviewed += other.reviewed;
        self.seen += other.seen;
        self.memory += other.memory;
        self.todos += other.todos;
        self.tests += other.tests;
    }

    fn row(&self, name: &str) -> Vec<String> {
        let numbers = [
            self.instruments,
            self.norms,
            self.reviewed,
            self.seen,
            self.memory,
            self.todos,
            self.tests,
        ];
        std::iter::once(name.to_owned())
            .chain(numbers.map(|number| number.to_string()))
            .collect()
    }

    fn json(&self) -> Value {
        json!({
            "instruments": self.instruments,
            "norms": self.norms,
            "reviewed": self.reviewed,
            "seen": self.seen,
            "memory": self.memory,
            "todos": self.todos,
            "tests": self.tests,
        })
    }
}

fn counts(library: &Library) -> BTreeMap<String, Counts> {
    let mut packages: BTreeMap<String, Counts> = BTreeMap::new();
    for (_, instrument) in library.instruments() {
        packages
            .entry(instrument.package.clone())
            .or_default()
            .instruments += 1;
    }
    for (_, norm) in library.norms() {
        let package = &library.instrument(norm.instrument).package;
        let counts = packages.entry(package.clone()).or_default();
        counts.norms += 1;
        match norm.verification {
            VerificationDef::Seen { .. } => counts.seen += 1,
            // What nobody adopted was compared with no source either.
            VerificationDef::Memory | VerificationDef::Proposed => counts.memory += 1,
            VerificationDef::Reviewed { .. } => counts.reviewed += 1,
        }
    }
    for todo in library.todos() {
        packages.entry(todo.package.clone()).or_default().todos += 1;
    }
    for test in library.tests() {
        packages.entry(test.package.clone()).or_default().tests += 1;
    }
    packages
}

fn total(packages: &BTreeMap<String, Counts>) -> Counts {
    let mut total = Counts::default();
    packages.values().for_each(|counts| total.add(*counts));
    total
}

fn severities(read: &ReadLibrary) -> (usize, usize) {
    let errors = read
        .problems
        .iter()
        .filter(|problem| problem.severity() == Severity::Error)
        .count();
    (errors, read.problems.len() - errors)
}

fn as_text(read: &ReadLibrary, milliseconds: u128) -> String {
    let mut text = String::new();
    if !read.problems.is_empty() {
        text.push_str(&diagnostics::text(&read.sources, &read.problems));
        text.push_str("\n\n");
    }
    let packages = counts(&read.library);
    let mut rows = vec![
        [
            "package",
            "instruments",
            "norms",
            "reviewed",
            "seen",
            "memory",
            "todo",
            "tests",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    rows.extend(packages.iter().map(|(name, counts)| counts.row(name)));
    rows.push(total(&packages).row("total"));
    text.push_str(&table::numbers(&rows));
    let facts = read.library.facts().count();
    let terms = read.library.terms().count();
    let orders = read.library.orders().count();
    let _ = writeln!(
        text,
        "\nThe vocabulary has {facts} facts and {terms} terms; there are {orders} legal orders."
    );
    text.push_str("reviewed: checked by a named person; seen: its source was read; memory: not checked against a source.\n");
    let (errors, warnings) = severities(read);
    if read
        .problems
        .iter()
        .any(|problem| matches!(problem.code().name, "L0001" | "L0002"))
    {
        text.push_str("A file could not be read, so names and meaning were not checked.\n");
    }
    let _ = writeln!(
        text,
        "{errors} errors, {warnings} warnings, {milliseconds} ms"
    );
    if let Some(first) = read.problems.first() {
        let _ = writeln!(
            text,
            "For a code's page: sapar law explain-error {}",
            first.code().name
        );
    }
    text
}

fn as_json(read: &ReadLibrary, milliseconds: u128) -> String {
    let packages = counts(&read.library);
    let (errors, warnings) = severities(read);
    let by_name: serde_json::Map<String, Value> = packages
        .iter()
        .map(|(name, counts)| (name.clone(), counts.json()))
        .collect();
    let whole = json!({
        "diagnostics": diagnostics::json(&read.sources, &read.problems),
        "packages": by_name,
        "total": total(&packages).json(),
        "errors": errors,
        "warnings": warnings,
        "milliseconds": u64::try_from(milliseconds).unwrap_or(u64::MAX),
    });
    format!("{whole:#}")
}
