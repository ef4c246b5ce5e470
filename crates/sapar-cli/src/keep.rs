//! `sapar db`, `sapar audit` and `sapar users`: keeping the database of the web application.

use std::io::BufRead;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use sapar_server::keep;

use crate::ending::{Ending, Failure, Report};
use crate::serve::{Place, block_on};

/// Copy, restore and rebuild the database.
#[derive(Debug, Subcommand)]
pub enum DbCommand {
    /// Make lists and search again from the log
    #[command(after_help = "Examples:\n  sapar db rebuild --data /var/lib/sapar")]
    Rebuild(Place),
    /// Copy the database as it stands, while the application runs
    #[command(after_help = "Examples:\n  sapar db backup --data /var/lib/sapar /backup/monday.db")]
    Backup(Copy),
    /// Put a backup in the place of all that is stored; whoever was erased since stays erased
    #[command(after_help = "Examples:\n  sapar db restore --data /var/lib/sapar /backup/monday.db")]
    Restore(Copy),
}

/// A place and a file.
#[derive(Debug, Args)]
pub struct Copy {
    #[command(flatten)]
    place: Place,
    /// The file of the backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Prove that no record was altered.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Prove every chain of the log whole, or name the first broken link
    #[command(after_help = "Examples:\n  sapar audit verify --data /var/lib/sapar")]
    Verify(Place),
}

/// Users.
#[derive(Debug, Subcommand)]
pub enum UsersCommand {
    /// Make an administrator, who makes the others in the application; the password is read from the input
    #[command(
        after_help = "Examples:\n  sapar users add-administrator --data /var/lib/sapar arman 'Arman Z.' < password.txt"
    )]
    AddAdministrator(NewUser),
}

/// Somebody new.
#[derive(Debug, Args)]
pub struct NewUser {
    #[command(flatten)]
    place: Place,
    /// The name to sign in with
    #[arg(value_name = "NAME")]
    name: String,
    /// The name that colleagues see
    #[arg(value_name = "CALLED")]
    called: String,
}

pub fn run_db(command: &DbCommand) -> Result<Report, Failure> {
    match command {
        DbCommand::Rebuild(place) => {
            let rebuilt = block_on(keep::rebuild(&place.config(false)))?;
            Ok(Report::fine(format!(
                "{} events read, {} changes of lists and search made of them",
                rebuilt.events, rebuilt.changes
            )))
        }
        DbCommand::Backup(copy) => {
            block_on(keep::backup(&copy.place.config(false), &copy.file))?;
            Ok(Report::fine(format!(
                "{} is a whole copy; it is of no use without the key file",
                copy.file.display()
            )))
        }
        DbCommand::Restore(copy) => {
            block_on(keep::restore(&copy.place.config(false), &copy.file))?;
            Ok(Report::fine(format!(
                "the database is as it was in {}; events after that are lost here",
                copy.file.display()
            )))
        }
    }
}

pub fn run_audit(command: &AuditCommand) -> Result<Report, Failure> {
    let AuditCommand::Verify(place) = command;
    match block_on(keep::prove(&place.config(false)))? {
        sapar_server::Proof::Whole(chains) => {
            let lines: Vec<String> = chains
                .iter()
                .map(|chain| {
                    format!(
                        "node {}: {} events, whole; head {}",
                        chain.head.node, chain.head.sequence, chain.head.hash
                    )
                })
                .collect();
            Ok(Report::fine(lines.join("\n")))
        }
        sapar_server::Proof::Broken(broken) => {
            Err(Failure::new(Ending::Findings, broken.to_string()))
        }
    }
}

pub fn run_users(command: &UsersCommand) -> Result<Report, Failure> {
    let UsersCommand::AddAdministrator(new) = command;
    let mut password = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut password)
        .map_err(|error| Failure::new(Ending::NoInput, format!("the password: {error}")))?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    block_on(keep::add_administrator(
        &new.place.config(false),
        &new.name,
        &new.called,
        password,
    ))?;
    Ok(Report::fine(format!("{} may sign in now", new.name)))
}
