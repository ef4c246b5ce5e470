//! The law author's tools: check, tidy, look up and test law packages.

mod check;
mod diagnostics;
mod explain_error;
mod format;
mod impact;
mod packages;
mod run;
mod sample;
mod show;
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
    /// Run the tests that stand beside the laws
    Test(test::Arguments),
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
        Command::ExplainError(arguments) => explain_error::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Run(arguments) => run::run(&arguments, language),
        Command::Impact(arguments) => impact::run(&arguments, language),
        Command::Sample(arguments) => sample::run(&arguments, language),
    }
}
