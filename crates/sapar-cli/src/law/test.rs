//! `sapar law test`: runs the tests that stand beside the laws.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use sapar_law::{TestOutcome, run_tests};
use serde_json::{Value, json};

use super::diagnostics;
use super::packages::Packages;
use super::table;
use crate::ending::{Failure, Report};
use crate::progress;

/// Whose tests.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar law test                 run the tests of the laws this program carries
  sapar law test laws            run the tests of a folder of packages
  sapar law test laws --json     results for a script

Ends with 0 when all tests pass, with 1 when one fails or the laws have errors.")]
pub struct Arguments {
    /// Folder of law packages [default: the packages inside this program]
    folder: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs and reports.
pub fn run(arguments: &Arguments) -> Result<Report, Failure> {
    let packages = Packages::read(arguments.folder.as_deref())?;
    let read = progress::during("reading the laws", || packages.unchecked());
    if read.has_errors() {
        // A test of law that was not understood would prove nothing.
        let text = if arguments.json {
            let problems = diagnostics::json(&read.sources, &read.problems);
            format!("{:#}", json!({ "diagnostics": problems, "tests": [] }))
        } else {
            let drawn = diagnostics::text(&read.sources, &read.problems);
            format!("{drawn}\n\nThe laws have errors, so no test was run; mend them first.")
        };
        return Ok(Report::found(text, true));
    }
    let library = Arc::new(read.library);
    let outcomes = progress::during("running the tests of the laws", || run_tests(&library));
    let failed = outcomes
        .iter()
        .filter(|outcome| !outcome.problems.is_empty())
        .count();
    let text = if arguments.json {
        as_json(&read.sources, &outcomes)
    } else {
        as_text(&read.sources, &outcomes, failed)
    };
    Ok(Report::found(text, failed > 0))
}

fn as_text(
    sources: &sapar_diagnostics::Sources,
    outcomes: &[TestOutcome],
    failed: usize,
) -> String {
    let mut text = String::new();
    for outcome in outcomes
        .iter()
        .filter(|outcome| !outcome.problems.is_empty())
    {
        let _ = writeln!(text, "FAILED {}: {}", outcome.package, outcome.name);
        text.push_str(&diagnostics::text(sources, &outcome.problems));
        text.push_str("\n\n");
    }
    let mut packages: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for outcome in outcomes {
        let (passed, failed) = packages.entry(&outcome.package).or_default();
        *(if outcome.problems.is_empty() {
            passed
        } else {
            failed
        }) += 1;
    }
    let mut rows = vec![["package", "passed", "failed"].map(str::to_owned).to_vec()];
    rows.extend(packages.iter().map(|(name, (passed, failed))| {
        vec![(*name).to_owned(), passed.to_string(), failed.to_string()]
    }));
    if !packages.is_empty() {
        text.push_str(&table::numbers(&rows));
        text.push('\n');
    }
    let _ = writeln!(text, "{} passed, {failed} failed", outcomes.len() - failed);
    text
}

fn as_json(sources: &sapar_diagnostics::Sources, outcomes: &[TestOutcome]) -> String {
    let tests: Vec<Value> = outcomes
        .iter()
        .map(|outcome| {
            let problems = diagnostics::json(sources, &outcome.problems);
            json!({
                "package": outcome.package,
                "name": outcome.name,
                "passed": outcome.problems.is_empty(),
                "diagnostics": problems,
            })
        })
        .collect();
    format!("{:#}", json!({ "diagnostics": [], "tests": tests }))
}
