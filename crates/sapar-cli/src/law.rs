//! The law author's tools: check, tidy, look up and test law packages.

mod amend;
mod check;
mod diagnostics;
mod diff;
mod explain_error;
mod format;
mod gaps;
mod impact;
mod inspect;
mod order_at;
mod packages;
mod propose;
mod run;
mod sample;
mod show;
mod sql;
mod table;
mod test;
mod told;

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
    /// Find every gap between a standard and a national law, exactly
    Gaps(gaps::Arguments),
    /// Explain a code of a diagnostic, or list all codes
    ExplainError(explain_error::Arguments),
    /// Write a legal order as one SQL statement for PostgreSQL, DuckDB or Spark
    Sql(sql::Arguments),
    /// Run the tests that stand beside the laws
    Test(test::Arguments),
    /// Check an amendment: gaps closed and opened, conflicts, positions, tests
    Amend(amend::Arguments),
    /// Tell which situations two legal orders, or two days of one, treat differently
    Diff(diff::Arguments),
    /// Look one legal order through: conflicts, dead and needless norms, silence
    Inspect(inspect::Arguments),
    /// Find the smallest edits that close a gap, each with its proof
    Propose(propose::Arguments),
    /// Evaluate a table of people: outcomes for every row, or counts
    Run(run::Arguments),
    /// Compare two laws over a table of people: who is treated differently
    Impact(impact::Arguments),
    /// Write a table of invented people, for trials
    Sample(sample::Arguments),
}

/// Does it.
pub fn run(command: Command, language: Language) -> Result<Report, Failure> {
    match command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Fmt(arguments) => format::run(&arguments),
        Command::Show(arguments) => show::run(&arguments, language),
        Command::Gaps(arguments) => gaps::run(&arguments, language),
        Command::ExplainError(arguments) => explain_error::run(&arguments),
        Command::Sql(arguments) => sql::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Amend(arguments) => amend::run(&arguments, language),
        Command::Diff(arguments) => diff::run(&arguments, language),
        Command::Inspect(arguments) => inspect::run(&arguments, language),
        Command::Propose(arguments) => propose::run(&arguments, language),
        Command::Run(arguments) => run::run(&arguments, language),
        Command::Impact(arguments) => impact::run(&arguments, language),
        Command::Sample(arguments) => sample::run(&arguments, language),
    }
}
