//! `sapar law run`: what the law says of every row of a table.

pub mod order;
pub mod rows;
pub mod table;
pub mod tell;

use std::path::PathBuf;

use sapar_batch::{Outcomes, Run, Settings, Tally};
use sapar_law::explain::limit_words;
use sapar_messages::{Language, Messages};

use crate::ending::{Ending, Failure, Report};
use rows::Rows;
use table::{FormatName, InputArguments, Unfinished};

/// Which law, which rows, and what of the answers.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar law run --law kazakhstan --in people.parquet --out outcomes.parquet --keep id
  sapar law run --law kazakhstan@2016-06-06 --in people.csv --count-by act
  sapar law run --law kazakhstan --in people.parquet --count-by act,nationality --format csv

A fact's column is its name with underscores; a missing value or column is unknown, and never counts as no.
docs/batch.md tells the columns. Ends with 1 when rows contradict themselves or values were counted as unknown.")]
pub struct Arguments {
    /// Legal order, also with a day, such as kazakhstan@2016-06-06 [default day: today]
    #[arg(long, value_name = "ORDER[@DATE]")]
    law: String,
    #[command(flatten)]
    table: InputArguments,
    /// Write a row of outcomes for each row, to a Parquet, Arrow or CSV file
    #[arg(long, value_name = "FILE", required_unless_present = "count_by")]
    out: Option<PathBuf>,
    /// Format of the output, where its ending does not tell
    #[arg(long, value_name = "FORMAT")]
    out_format: Option<FormatName>,
    /// Columns of the input to carry along, such as an identifier
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    keep: Vec<String>,
    /// Count by `act` and by columns of the input, without writing rows
    #[arg(long, value_name = "act,COLUMNS", value_delimiter = ',')]
    count_by: Vec<String>,
    /// Form of the counts
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
}

/// Form of a printed result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// A table for people
    Text,
    /// One JSON value
    Json,
    /// Comma-separated values
    Csv,
}

/// Runs and reports.
pub fn run(arguments: &Arguments, language: Language) -> Result<Report, Failure> {
    if arguments.out.is_some() && !arguments.count_by.is_empty() {
        return Err(Failure::new(
            Ending::Usage,
            "give --out or --count-by, not both; run the command twice to have both",
        ));
    }
    let messages = Messages::new(language);
    let library = order::library(arguments.table.laws.as_deref())?;
    let program = order::program(&library, &arguments.law)?;
    let by_act = arguments.count_by.iter().any(|name| name == "act");
    let groups: Vec<String> = arguments
        .count_by
        .iter()
        .filter(|name| *name != "act")
        .cloned()
        .collect();
    let named: Vec<String> = arguments.keep.iter().chain(&groups).cloned().collect();
    let (input, columns) = arguments.table.open(&[&program], &named)?;
    let Some(columns) = columns.first() else {
        return Err(Failure::new(Ending::Fault, "a law has no columns"));
    };
    let run = Run {
        program: &program,
        columns,
    };
    let sign = Rows::new(input.rows);
    let settings = Settings {
        threads: arguments.table.thread_count(),
        bad_value: arguments.table.on_bad_value.into(),
        progress: &|rows| sign.done(rows),
    };
    let fail = |error| table::failure(error, &arguments.table.input);
    let Some(out) = &arguments.out else {
        let (counts, tally) = sapar_batch::count(run, input, &groups, &settings).map_err(fail)?;
        drop(sign);
        let told = tell::Told {
            program: &program,
            columns,
            tally,
            messages: &messages,
            groups: &groups,
            by_act,
        };
        let text = match arguments.format {
            Form::Text => told.text(&counts),
            Form::Json => told.json(&counts),
            Form::Csv => told.csv(&counts),
        };
        return Ok(Report::found(text, found(&tally)));
    };
    refuse_same_file(&arguments.table.input, out)?;
    let format = table::format(out, arguments.out_format)?;
    // Column texts are for programs, so they are the same in every language.
    let english = Messages::new(Language::English);
    let outcomes = Outcomes::new(&program, &input.schema, &arguments.keep, |limit| {
        limit_words(&library, limit, &english)
    })
    .map_err(fail)?;
    let (unfinished, sink) = Unfinished::create(out)?;
    let about = [
        (
            "sapar.law",
            library.order(program.engine().order()).id.clone(),
        ),
        ("sapar.on", program.engine().on().to_string()),
        ("sapar.version", env!("CARGO_PKG_VERSION").to_owned()),
    ];
    let schema = sapar_batch::schema_for(format, outcomes.schema());
    let mut output = sapar_batch::write(format, sink, &schema, &about).map_err(fail)?;
    let tally =
        sapar_batch::outcomes(run, input, &outcomes, &mut output, &settings).map_err(fail)?;
    output.finish().map_err(fail)?;
    unfinished.finish()?;
    drop(sign);
    let text = tell::written(&program, columns, &tally, out, &messages);
    Ok(Report::found(text, found(&tally)))
}

/// Whether the rows themselves need somebody's look.
pub fn found(tally: &Tally) -> bool {
    tally.contradictory > 0 || tally.bad_values > 0
}

fn refuse_same_file(input: &std::path::Path, out: &std::path::Path) -> Result<(), Failure> {
    let same = input
        .canonicalize()
        .ok()
        .zip(out.canonicalize().ok())
        .is_some_and(|(input, out)| input == out);
    if same {
        return Err(Failure::new(
            Ending::Usage,
            "--out names the input itself; name another file",
        ));
    }
    Ok(())
}
