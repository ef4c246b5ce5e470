//! Tables of people as files: opened, matched with a law's facts, and written whole or not at all.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use sapar_batch::{BadValue, BatchError, Columns, Format, Input, Program};

use crate::ending::{Ending, Failure};
use crate::law::packages::unreadable;

/// The input, and what is read of it.
#[derive(Debug, clap::Args)]
pub struct InputArguments {
    /// Table of people: Parquet, Arrow or CSV, by its ending
    #[arg(long = "in", value_name = "FILE")]
    pub input: PathBuf,
    /// Format of the input, where its ending does not tell
    #[arg(long, value_name = "FORMAT")]
    pub in_format: Option<FormatName>,
    /// What to do with a value its fact cannot have
    #[arg(long, value_name = "WHAT", default_value = "error")]
    pub on_bad_value: OnBadValue,
    /// Pass over columns that are neither facts nor named
    #[arg(long)]
    pub ignore_other_columns: bool,
    /// Threads [default: one for each processor]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Folder of law packages [default: the packages inside this program]
    #[arg(long, value_name = "FOLDER")]
    pub laws: Option<PathBuf>,
}

impl InputArguments {
    /// A table as it is, with the given packages: nothing else asked for.
    pub fn of(input: PathBuf, laws: Option<PathBuf>) -> Self {
        Self {
            input,
            in_format: None,
            on_bad_value: OnBadValue::Error,
            ignore_other_columns: true,
            threads: None,
            laws,
        }
    }
}

/// A format by its name.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum FormatName {
    /// Apache Parquet
    Parquet,
    /// Arrow IPC file or stream
    Arrow,
    /// Comma-separated values with a header
    Csv,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Parquet => Format::Parquet,
            FormatName::Arrow => Format::Arrow,
            FormatName::Csv => Format::Csv,
        }
    }
}

/// What becomes of a value its fact cannot have.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum OnBadValue {
    /// Stop and name column and row
    Error,
    /// Count the fact as unknown in that row
    Unknown,
}

impl From<OnBadValue> for BadValue {
    fn from(what: OnBadValue) -> Self {
        match what {
            OnBadValue::Error => BadValue::Refuse,
            OnBadValue::Unknown => BadValue::Unknown,
        }
    }
}

impl InputArguments {
    /// Opens the table for some laws: their columns, and the further ones that are named.
    pub fn open(
        &self,
        programs: &[&Program],
        named: &[String],
    ) -> Result<(Input, Vec<Columns>), Failure> {
        let format = format(&self.input, self.in_format)?;
        let path = self.input.clone();
        let open = move || File::open(&path);
        let file = open().map_err(|error| unreadable(&self.input, &error))?;
        let fail = |error| failure(error, &self.input);
        let all = sapar_batch::columns_of(format, file).map_err(fail)?;
        for name in named {
            if all.field_with_name(name).is_err() {
                let columns: Vec<&str> = all
                    .fields()
                    .iter()
                    .map(|field| field.name().as_str())
                    .take(200)
                    .collect();
                return Err(Failure::new(
                    Ending::Usage,
                    format!(
                        "{} has no column `{name}`; it has: {}",
                        self.input.display(),
                        columns.join(", ")
                    ),
                ));
            }
        }
        let mut others: BTreeSet<String> = named.iter().cloned().collect();
        if self.ignore_other_columns {
            others.extend(all.fields().iter().map(|field| field.name().clone()));
        }
        let mut wanted: BTreeSet<String> = named.iter().cloned().collect();
        for program in programs {
            let columns = Columns::find(program, &all, &others).map_err(fail)?;
            wanted.extend(
                columns
                    .used()
                    .filter_map(|place| all.fields().get(place))
                    .map(|field| field.name().clone()),
            );
        }
        let input = sapar_batch::read(format, &wanted, open).map_err(fail)?;
        // Places are those among the columns that are read.
        let columns = programs
            .iter()
            .map(|program| Columns::find(program, &input.schema, &others).map_err(fail))
            .collect::<Result<_, _>>()?;
        Ok((input, columns))
    }

    /// How many threads work.
    pub fn thread_count(&self) -> usize {
        self.threads.map_or_else(
            || std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            usize::from,
        )
    }
}

/// The format that was named, or that of the file's ending.
pub fn format(path: &Path, named: Option<FormatName>) -> Result<Format, Failure> {
    if let Some(named) = named {
        return Ok(named.into());
    }
    path.extension()
        .and_then(|ending| Format::of_ending(&ending.to_string_lossy()))
        .ok_or_else(|| {
            Failure::new(
                Ending::Usage,
                format!(
                    "{} ends in no format that is known; let it end in .parquet, .arrow or .csv, or name the format",
                    path.display()
                ),
            )
        })
}

/// What went wrong with a table, and how the program ends.
pub fn failure(error: BatchError, path: &Path) -> Failure {
    let ending = match &error {
        BatchError::Io(_) => Ending::NoInput,
        BatchError::Request(_) => Ending::Usage,
        _ => Ending::BadInput,
    };
    let message = match &error {
        BatchError::Columns(_) | BatchError::Value(_) => {
            format!("{}: {error}", path.display())
        }
        BatchError::Io(error) => return unreadable(path, error),
        BatchError::Format(message) => format!(
            "{} cannot be read as its format, or not be written: {message}; name the right format, or write the file anew",
            path.display()
        ),
        _ => error.to_string(),
    };
    Failure::new(ending, message)
}

/// A file that takes its name only when it is whole.
pub struct Unfinished {
    path: PathBuf,
    temporary: PathBuf,
    done: bool,
}

impl Unfinished {
    /// Begins a file beside its place.
    pub fn create(path: &Path) -> Result<(Self, BufWriter<File>), Failure> {
        let mut name = path
            .file_name()
            .map(std::ffi::OsStr::to_os_string)
            .unwrap_or_default();
        name.push(format!(".{}.part", std::process::id()));
        let temporary = path.with_file_name(name);
        let file = File::create(&temporary).map_err(|error| unwritable(path, &error))?;
        Ok((
            Self {
                path: path.to_owned(),
                temporary,
                done: false,
            },
            BufWriter::with_capacity(1 << 20, file),
        ))
    }

    /// Gives the file its name.
    pub fn finish(mut self) -> Result<(), Failure> {
        std::fs::rename(&self.temporary, &self.path)
            .map_err(|error| unwritable(&self.path, &error))?;
        self.done = true;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.done {
            let _ = std::fs::remove_file(&self.temporary);
        }
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(
        Ending::NoInput,
        format!(
            "{} cannot be written ({error}); check the folder, its permissions and the space left",
            path.display()
        ),
    )
}
