//! `sapar law amend`: what amendments do, before anybody adopts them.

mod check;
mod report;

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use sapar_analysis::Bounds;
use sapar_law::{AmendedLaw, Edit, LawFile, Library, ReadLibrary, consolidate};
use sapar_messages::Language;
use serde_json::json;

use super::diagnostics;
use super::order_at::{OrderAt, order_at};
use super::packages::{Packages, text_of};
use crate::clock;
use crate::ending::{Failure, Report};
use crate::progress;

/// Text for a reader, or JSON for a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// Sentences.
    #[default]
    Text,
    /// JSON.
    Json,
}

/// Which amendments, and what to do with them.
#[derive(Debug, clap::Args)]
#[command(
    group(clap::ArgGroup::new("action").required(true).args(["check", "consolidate"])),
    after_help = "\
Examples:
  sapar law amend --check draft.md                          against the international standard
  sapar law amend --check draft.md --at 2027-06-01          as the law will be on that day
  sapar law amend --check draft.md --own-law                without the treaties that bind anyway
  sapar law amend --check draft.md --people people.parquet  also who in a table is affected
  sapar law amend --consolidate draft.md                    the amended instrument, as it would read

Nothing is changed: the laws and the draft stay as they are.
Several files are applied one after the other.
--check ends with 1 when the draft has a mistake, opens a gap, makes a conflict or fails a test of its own."
)]
pub struct Arguments {
    /// Tell what the amendments close, open, make and change
    #[arg(long)]
    check: bool,
    /// Print every changed file with the amendments worked in
    #[arg(long)]
    consolidate: bool,
    /// Files of amendments
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The national order
    #[arg(long, value_name = "ORDER", value_parser = order_at, default_value = "kazakhstan")]
    national: OrderAt,
    /// The standard gaps are measured by
    #[arg(long, value_name = "ORDER", value_parser = order_at, default_value = "international")]
    standard: OrderAt,
    /// Table of people: also count who is treated differently, as `sapar law impact` does
    #[arg(long, value_name = "FILE", conflicts_with = "consolidate")]
    people: Option<PathBuf>,
    /// The day [default: the first on which every amendment is in force]
    #[arg(long, value_name = "DATE", value_parser = clock::date)]
    at: Option<Date>,
    /// Leave out national norms that are themselves norms of the standard, such as treaties
    #[arg(long)]
    own_law: bool,
    /// Folder of law packages [default: the packages inside this program]
    #[arg(long = "in", value_name = "FOLDER")]
    laws: Option<PathBuf>,
    /// Text for a reader, or JSON for a script
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Show long lists whole
    #[arg(long)]
    full: bool,
    /// The most nodes of the decision diagrams
    #[arg(long, value_name = "COUNT", default_value_t = Bounds::default().nodes_max)]
    nodes_max: usize,
}

/// Checks or consolidates.
pub fn run(arguments: &Arguments, language: Language) -> Result<Report, Failure> {
    let files = Packages::read(arguments.laws.as_deref())?.into_files()?;
    let amendments = drafts(&arguments.files)?;
    let law = progress::during("reading the laws", || {
        Library::read_amended(files.clone(), amendments)
    });
    if let Some(report) = mistakes(&law.read, arguments.format) {
        return Ok(report);
    }
    if arguments.consolidate {
        return Ok(Report::fine(consolidated(&law)));
    }
    check::run(arguments, files, law, language)
}

/// The first day on which every amendment is in force; `None` where they change nothing.
pub fn first_day(law: &AmendedLaw) -> Option<Date> {
    law.amendments
        .iter()
        .flat_map(|amendment| amendment.edits.iter().map(Edit::from))
        .max()
}

/// The files of amendments; a path of its own for each, so that places in it can be told.
pub fn drafts(paths: &[PathBuf]) -> Result<Vec<LawFile>, Failure> {
    paths
        .iter()
        .map(|path: &PathBuf| {
            Ok(LawFile {
                path: shown(path),
                bytes: text_of(path)?.into_bytes(),
            })
        })
        .collect()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The mistakes of the law or of an amendment, where there is an error among them.
pub fn mistakes(read: &ReadLibrary, format: Format) -> Option<Report> {
    if !read.has_errors() {
        return None;
    }
    let text = match format {
        Format::Text => {
            let drawn = diagnostics::text(&read.sources, &read.problems);
            format!("{drawn}\n\nNothing was analysed; mend the errors first.")
        }
        Format::Json => {
            let problems = diagnostics::json(&read.sources, &read.problems);
            format!("{:#}", json!({ "diagnostics": problems }))
        }
    };
    Some(Report::found(text, true))
}

/// Every changed file; their paths stand between them where there are several.
fn consolidated(law: &AmendedLaw) -> String {
    let changed = consolidate(law);
    match changed.as_slice() {
        [(_, text)] => text.clone(),
        several => several
            .iter()
            .map(|(path, text)| format!("<!-- {path} -->\n\n{text}"))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}
