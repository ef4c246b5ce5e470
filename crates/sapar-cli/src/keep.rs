//! `sapar db`, `sapar audit` and `sapar users`: keeping the database of the web application.

use std::io::BufRead;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use sapar_server::{Database, keep};

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
    /// Copy everything into another database: from a file to a PostgreSQL server, or back
    #[command(after_help = "\
Examples:
  sapar db copy --data /var/lib/sapar --to-database postgres://sapar@localhost/sapar
  sapar db copy --database postgres://sapar@localhost/sapar --key-file node.key --to /var/lib/sapar")]
    Copy(Move),
    /// Begin the chain of a new node, once after a PostgreSQL database was put back from a backup
    #[command(
        after_help = "Examples:\n  sapar db go-on --database postgres://sapar@localhost/sapar"
    )]
    GoOn(Place),
}

/// A place, and where it is copied to.
#[derive(Debug, Args)]
pub struct Move {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    target: Target,
}

/// Where something is copied to.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Target {
    /// The folder of the copy; its file is made if there is none
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// The address of the PostgreSQL database of the copy
    #[arg(long, value_name = "ADDRESS")]
    to_database: Option<String>,
}

impl Target {
    fn database(&self) -> Database {
        match (&self.to, &self.to_database) {
            (_, Some(address)) => Database::Postgres(address.clone()),
            (folder, None) => Database::Sqlite(folder.clone().unwrap_or_default().join("sapar.db")),
        }
    }
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
                "{} events read; {} lines of lists written, and {} persons can be found",
                rebuilt.events, rebuilt.lines, rebuilt.persons
            )))
        }
        DbCommand::Backup(copy) => {
            block_on(keep::backup(&copy.place.config(false), &copy.file))?;
            Ok(Report::fine(format!(
                "{} is a whole copy; it is of no use without the key file",
                copy.file.display()
            )))
        }
        DbCommand::Copy(copy) => {
            let config = copy.place.config(false);
            let (copied, rebuilt) = block_on(keep::copy(&config, &copy.target.database()))?;
            Ok(Report::fine(format!(
                "{} events, the keys of {} persons, {} files and {} records copied; {} events read again for lists and search\nthe copy opens with the key file {}",
                copied.events,
                copied.persons,
                copied.files,
                copied.records,
                rebuilt.events,
                config.key_file.display()
            )))
        }
        DbCommand::GoOn(place) => {
            let node = block_on(keep::go_on(&place.config(false)))?;
            Ok(Report::fine(format!("the database goes on as node {node}")))
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
