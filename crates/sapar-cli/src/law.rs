//! The law author's tools: check, tidy, look up and test law packages.

mod check;
mod diagnostics;
mod explain_error;
mod format;
mod packages;
mod show;
mod sql;
mod table;
mod test;

use sapar_messages::Language;

use crate::ending::{Failure, Report};

/// What can be done with law packages.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Check every package: words, names and meaning
    Check(check::Arguments),
    /// Tidy the law blocks of files in place; prose and comments stay
    Fmt(format::Arguments),
    /// Show facts, terms, orders, instruments, norms and what is left out
    Show(show::Arguments),
    /// Explain a code of a diagnostic, or list all codes
    ExplainError(explain_error::Arguments),
    /// Write a legal order as one SQL statement for PostgreSQL, DuckDB or Spark
    Sql(sql::Arguments),
    /// Run the tests that stand beside the laws
    Test(test::Arguments),
}

/// Does it.
pub fn run(command: Command, language: Language) -> Result<Report, Failure> {
    match command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Fmt(arguments) => format::run(&arguments),
        Command::Show(arguments) => show::run(&arguments, language),
        Command::ExplainError(arguments) => explain_error::run(&arguments),
        Command::Sql(arguments) => sql::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
    }
}
