//! `sapar law sql`: a legal order as one statement for a database.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use sapar_law::{Engine, Library};
use sapar_sql::{Dialect, Options, create_table, statement};

use super::packages::Packages;
use crate::clock;
use crate::ending::{Ending, Failure, Report};
use crate::progress;

/// Which order, for which database.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar law sql --law kazakhstan --dialect postgres              every position, from the table `people`
  sapar law sql --law kazakhstan@2016-06-06 --dialect duckdb --table \"read_parquet('people.parquet')\"
  sapar law sql --law kazakhstan --dialect spark --bearer \"border service\"
  sapar law sql --law kazakhstan --dialect postgres --create-table   the table itself, with every question

A fact is a column, named with _ for spaces and hyphens; NULL is unknown.
The answers are 'certain', 'open' and 'excluded', as exact as a screening's; docs/scale-out.md tells why.")]
pub struct Arguments {
    /// The legal order, and the day it is read at [default day: today]
    #[arg(long, value_name = "ORDER[@DATE]")]
    law: String,
    /// Whose SQL
    #[arg(long, value_enum)]
    dialect: DialectName,
    /// What stands after FROM
    #[arg(long, default_value = "people")]
    table: String,
    /// Column that tells rows apart; given back with the answers
    #[arg(long, default_value = "id")]
    key: String,
    /// Only this act; can be given again
    #[arg(long, value_name = "ACT")]
    act: Vec<String>,
    /// Only this bearer and its parts; can be given again
    #[arg(long, value_name = "ACTOR")]
    bearer: Vec<String>,
    /// Give the strongest limits of what is certain too, in a column of their own
    #[arg(long)]
    limits: bool,
    /// Print the statement that makes the table
    #[arg(long, conflicts_with_all = ["act", "bearer", "limits"])]
    create_table: bool,
    /// Folder of law packages [default: the packages inside this program]
    #[arg(long = "in", value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum DialectName {
    Postgres,
    Duckdb,
    Spark,
}

impl From<DialectName> for Dialect {
    fn from(name: DialectName) -> Self {
        match name {
            DialectName::Postgres => Dialect::Postgres,
            DialectName::Duckdb => Dialect::DuckDb,
            DialectName::Spark => Dialect::Spark,
        }
    }
}

/// Writes the statement.
pub fn run(arguments: &Arguments) -> Result<Report, Failure> {
    let packages = Packages::read(arguments.folder.as_deref())?;
    let read = progress::during("reading the laws", || packages.unchecked());
    if read.has_errors() {
        return Err(Failure::new(
            Ending::BadInput,
            "the laws have errors, and a statement made from them could not be relied on; run `sapar law check` and mend them first",
        ));
    }
    let library = Arc::new(read.library);
    let (order, on) = order_and_day(&arguments.law)?;
    let Some(order) = library.order_named(order) else {
        let known: Vec<&str> = library
            .orders()
            .map(|(_, order)| order.id.as_str())
            .collect();
        return Err(Failure::new(
            Ending::Usage,
            format!(
                "there is no order `{order}`; the orders are {}",
                known.join(", ")
            ),
        ));
    };
    let options = options(arguments, &library)?;
    let engine = progress::during("compiling the order", || {
        Engine::new(Arc::clone(&library), order, on)
    })
    .map_err(|error| Failure::new(Ending::BadInput, error.to_string()))?;
    let dialect = arguments.dialect.into();
    let text = progress::during("writing the statement", || {
        if arguments.create_table {
            create_table(&engine, dialect, &options)
        } else {
            statement(&engine, dialect, &options).map(|statement| statement.text)
        }
    })
    .map_err(|error| Failure::new(Ending::Usage, error.to_string()))?;
    Ok(Report::fine(text))
}

fn order_and_day(law: &str) -> Result<(&str, Date), Failure> {
    let Some((order, day)) = law.split_once('@') else {
        return Ok((law, clock::today()));
    };
    let day = clock::date(day).map_err(|error| {
        Failure::new(
            Ending::Usage,
            format!("`{day}` is not a day to read the law at: {error}"),
        )
    })?;
    Ok((order, day))
}

fn options(arguments: &Arguments, library: &Library) -> Result<Options, Failure> {
    let mut options = Options {
        table: arguments.table.clone(),
        key: arguments.key.clone(),
        limits: arguments.limits,
        ..Options::default()
    };
    for name in &arguments.act {
        let act = library
            .act_named(name)
            .ok_or_else(|| unknown("act", name, "acts"))?;
        options.acts.push(act);
    }
    for name in &arguments.bearer {
        let bearer = library
            .actor_named(name)
            .ok_or_else(|| unknown("actor", name, "actors"))?;
        options.bearers.push(bearer);
    }
    Ok(options)
}

fn unknown(what: &str, name: &str, list: &str) -> Failure {
    Failure::new(
        Ending::Usage,
        format!("there is no {what} `{name}`; `sapar law show {list}` lists them"),
    )
}
