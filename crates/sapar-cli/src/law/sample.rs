//! `sapar law sample`: a table of invented people.

use std::path::PathBuf;

use sapar_batch::{BATCH_ROWS, Marginals, Sampler};
use sapar_law::FactId;
use sapar_messages::{Language, Messages};

use super::run::order;
use super::run::rows::Rows;
use super::run::table::{self, FormatName, Unfinished};
use super::run::tell;
use crate::ending::{Ending, Failure, Report};

/// How many, and whom.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar law sample --rows 1000000 --out people.parquet
  sapar law sample --law kazakhstan --rows 1000 --seed 7 --unknown 0.1 --out people.csv
  sapar law sample --rows 1000000 --marginals shares.txt --id --out people.parquet

A file of shares has lines such as `sex: female 45%`, `age: 0-17 20%, 18-59 70%`, `wants asylum: yes 4%`, and
`column crossing_point: Korday 60%, Dostyk 40%` for a column that is no fact. What is left of a hundred is spread
evenly; without a line, yes is 8 % and other values are equal. The people are invented and no statistics.")]
pub struct Arguments {
    /// Only the facts this order asks for, also with a day [default: every fact]
    #[arg(long, value_name = "ORDER[@DATE]")]
    law: Option<String>,
    /// How many people
    #[arg(long, value_name = "NUMBER")]
    rows: u64,
    /// The same seed gives the same people
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// File of shares
    #[arg(long, value_name = "FILE")]
    marginals: Option<PathBuf>,
    /// Share of values left unknown, from 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
    unknown: f64,
    /// Number the people in a column `id`
    #[arg(long)]
    id: bool,
    /// Parquet, Arrow or CSV file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Format of the file, where its ending does not tell
    #[arg(long, value_name = "FORMAT")]
    out_format: Option<FormatName>,
    /// Folder of law packages [default: the packages inside this program]
    #[arg(long, value_name = "FOLDER")]
    laws: Option<PathBuf>,
}

/// The most bytes of a file of shares.
const MARGINALS_BYTES_MAX: usize = 1 << 20;

/// Draws and writes.
pub fn run(arguments: &Arguments, language: Language) -> Result<Report, Failure> {
    if !(0.0..=1.0).contains(&arguments.unknown) {
        return Err(Failure::new(
            Ending::Usage,
            "--unknown is a share from 0 to 1, such as 0.1",
        ));
    }
    let library = order::library(arguments.laws.as_deref())?;
    let facts: Vec<FactId> = match &arguments.law {
        None => library.facts().map(|(id, _)| id).collect(),
        Some(law) => order::program(&library, law)?.engine().facts().collect(),
    };
    let marginals = match &arguments.marginals {
        None => Marginals::default(),
        Some(path) => {
            let text = super::packages::text_of(path)?;
            if text.len() > MARGINALS_BYTES_MAX {
                return Err(Failure::new(
                    Ending::BadInput,
                    format!(
                        "{} is larger than 1 MiB; shares need a few kilobytes",
                        path.display()
                    ),
                ));
            }
            Marginals::parse(&library, &text).map_err(|error| {
                Failure::new(Ending::BadInput, format!("{}, {error}", path.display()))
            })?
        }
    };
    let out = &arguments.out;
    let fail = |error| table::failure(error, out);
    let sampler = Sampler::new(
        &library,
        &facts,
        &marginals,
        arguments.seed,
        arguments.unknown,
        arguments.id,
    )
    .map_err(fail)?;
    let format = table::format(out, arguments.out_format)?;
    let (unfinished, sink) = Unfinished::create(out)?;
    let about = [
        (
            "sapar.invented",
            "yes: synthetic people, no statistics".to_owned(),
        ),
        ("sapar.seed", arguments.seed.to_string()),
        ("sapar.unknown", arguments.unknown.to_string()),
        ("sapar.version", env!("CARGO_PKG_VERSION").to_owned()),
    ];
    let schema = sapar_batch::schema_for(format, sampler.schema());
    let mut output = sapar_batch::write(format, sink, &schema, &about).map_err(fail)?;
    let sign = Rows::new(Some(arguments.rows));
    let mut row = 0;
    while row < arguments.rows {
        let count =
            usize::try_from(arguments.rows - row).map_or(BATCH_ROWS, |left| left.min(BATCH_ROWS));
        output
            .write(&sampler.rows(row, count).map_err(fail)?)
            .map_err(fail)?;
        row += count as u64;
        sign.done(row);
    }
    output.finish().map_err(fail)?;
    unfinished.finish()?;
    drop(sign);
    let path = out.display().to_string();
    Ok(Report::fine(Messages::new(language).text_with(
        "batch-sampled",
        &[
            ("count", tell::count(arguments.rows)),
            ("path", path.as_str().into()),
        ],
    )))
}
