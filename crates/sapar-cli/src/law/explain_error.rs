//! `sapar law explain-error`: the page of a code, or the list of all.

use sapar_diagnostics::{Severity, all_codes, code_named, nearest};

use super::table;
use crate::ending::{Ending, Failure, Report};

/// Which code.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar law explain-error L0201      what the code means and what to do
  sapar law explain-error            list all codes")]
pub struct Arguments {
    /// A code as a diagnostic shows it, for example L0201 [default: list all]
    code: Option<String>,
}

/// The page or the list.
pub fn run(arguments: &Arguments) -> Result<Report, Failure> {
    let Some(name) = &arguments.code else {
        return Ok(Report::fine(list()));
    };
    match code_named(name) {
        Some(code) => Ok(Report::fine(code.page)),
        None => {
            let upper = name.trim().to_uppercase();
            let near = nearest(&upper, all_codes().iter().map(|code| code.name));
            let hint = near.map_or_else(String::new, |near| format!("did you mean {near}? "));
            Err(Failure::new(
                Ending::Usage,
                format!(
                    "no diagnostic has this code; {hint}`sapar law explain-error` lists all codes"
                ),
            ))
        }
    }
}

fn list() -> String {
    let rows: Vec<Vec<String>> = all_codes()
        .iter()
        .map(|code| {
            let severity = match code.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            [code.name, severity, code.title]
                .map(str::to_owned)
                .to_vec()
        })
        .collect();
    table::words(&rows)
}
