//! The `sapar` command.
//!
//! Each subcommand is a module: it takes its arguments and the language, and returns what to print and how to end.
//! Only this crate reads the clock, the environment and files; the crates below get values.
//! It holds no law, no interview and no arithmetic of dates of its own.
//!
//! Start with [`Command`], then [`ending`] for the exit codes and `law` for the law author's tools.

mod clock;
mod completions;
mod deadline;
mod ending;
mod keep;
mod law;
mod mrz;
mod output;
mod progress;
mod screen;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use sapar_messages::Language;

use ending::{Ending, Failure, Report};

/// Manages mixed migration at borders on executable law.
#[derive(Debug, Parser)]
#[command(name = "sapar", version, after_help = AFTER_HELP, arg_required_else_help = true)]
struct Arguments {
    /// Language of what is said to an officer: en, ru or kk [default: from LC_ALL, LC_MESSAGES or LANG, else en]
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = language)]
    lang: Option<Language>,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  sapar screen                              screen a traveller, question by question
  sapar serve --demo                        the web application with invented people
  sapar law check                           check the laws this program carries
  sapar mrz < zone.txt                      read the zone of a passport
  sapar deadline \"3 working days\" --from 2026-03-19 --country kazakhstan

Exit codes:
  0   fine
  1   the law, a test or the document has findings
  2   the command was used wrongly
  65  the input cannot be read
  66  a file or folder is missing or unreadable
  70  a fault of this program";

/// What sapar can do.
#[derive(Debug, Subcommand)]
enum Command {
    /// Screen a traveller: what the law requires now, article by article
    Screen(screen::Arguments),
    /// Check, tidy, show and test law packages
    #[command(subcommand)]
    Law(law::Command),
    /// Run the web application of a post
    Serve(serve::Arguments),
    /// Copy, restore and rebuild the database of the web application
    #[command(subcommand)]
    Db(keep::DbCommand),
    /// Prove that no record of the web application was altered
    #[command(subcommand)]
    Audit(keep::AuditCommand),
    /// Make the first administrator of the web application
    #[command(subcommand)]
    Users(keep::UsersCommand),
    /// Read the machine readable zone of a passport, card or visa
    Mrz(mrz::Arguments),
    /// Count a legal period: its last day, and every day that does not count
    Deadline(deadline::Arguments),
    /// Print a completion script for a shell
    Completions(completions::Arguments),
}

/// Whoever signs in takes some twenty megabytes for a moment; these go back to the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    output::keep_faults_short();
    let arguments = Arguments::parse();
    let language = arguments.lang.unwrap_or_else(language_of_environment);
    // A fault of ours must not look like a finding in the law: its exit code is its own.
    std::panic::catch_unwind(|| run(arguments.command, language))
        .unwrap_or_else(|_| Ending::Fault.into())
}

fn run(command: Command, language: Language) -> ExitCode {
    let result: Result<Report, Failure> = match command {
        Command::Screen(arguments) => return screen::run(arguments, language),
        Command::Law(command) => law::run(command, language),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Db(command) => keep::run_db(&command),
        Command::Audit(command) => keep::run_audit(&command),
        Command::Users(command) => keep::run_users(&command),
        Command::Mrz(arguments) => mrz::run(arguments, language),
        Command::Deadline(arguments) => deadline::run(arguments, language),
        Command::Completions(arguments) => Ok(completions::run(&arguments)),
    };
    output::finish(result)
}

fn language(text: &str) -> Result<Language, String> {
    text.parse()
        .map_err(|error: sapar_messages::UnknownLanguage| error.to_string())
}

/// The first of the three variables that is set decides, as POSIX has it.
fn language_of_environment() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| value.parse().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_description_of_the_arguments_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples_and_help_in_every_argument() {
        fn visit(command: &clap::Command) {
            let help = command
                .get_after_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            let runs_itself = !command.has_subcommands();
            // The screening's help is kept with the screening.
            if runs_itself && command.get_name() != "screen" {
                assert!(
                    help.contains("Examples:"),
                    "{} has no examples",
                    command.get_name()
                );
            }
            for argument in command.get_arguments() {
                assert!(
                    argument.get_help().is_some(),
                    "{} {}",
                    command.get_name(),
                    argument.get_id()
                );
            }
            command.get_subcommands().for_each(visit);
        }
        visit(&Arguments::command());
    }
}
