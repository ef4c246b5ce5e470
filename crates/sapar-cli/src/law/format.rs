//! `sapar law fmt`: tidies law blocks in place, so that nothing is lost if the machine stops meanwhile.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sapar_law_syntax::format_text;

use super::packages::{law_files, text_of, unreadable};
use crate::ending::{Ending, Failure, Report};

/// What to tidy.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar law fmt laws                       tidy every law file below a folder
  sapar law fmt laws/kazakhstan/orders.md  tidy one file
  sapar law fmt --check laws               list what would change, change nothing

Ends with 1 when --check finds a file to tidy.
A block with mistakes is left as it is: run `sapar law check` first.")]
pub struct Arguments {
    /// Folders of law packages, or law files
    #[arg(required = true, value_name = "FOLDER or FILE")]
    paths: Vec<PathBuf>,
    /// Only list the files that would change
    #[arg(long)]
    check: bool,
}

/// Tidies, or lists what would change.
pub fn run(arguments: &Arguments) -> Result<Report, Failure> {
    let mut files = Vec::new();
    for path in &arguments.paths {
        let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if metadata.is_dir() {
            files.extend(law_files(path)?);
        } else if metadata.is_file() {
            files.push(path.clone());
        } else {
            return Err(Failure::new(
                Ending::NoInput,
                format!(
                    "{} is neither a file nor a folder; name a law file",
                    path.display()
                ),
            ));
        }
    }
    // Everything is read before anything is written, so that a bad file stops the run while all is as it was.
    let mut changes = Vec::new();
    for path in files.iter() {
        let text = text_of(path)?;
        let tidy = format_text(&text);
        if tidy != text {
            changes.push((path, tidy));
        }
    }
    let mut report = String::new();
    for (path, tidy) in &changes {
        if !arguments.check {
            replace(path, tidy)?;
        }
        let _ = writeln!(report, "{}", path.display());
    }
    let done = if arguments.check { "to tidy" } else { "tidied" };
    let _ = writeln!(report, "{} of {} files {done}", changes.len(), files.len());
    Ok(Report::found(
        report,
        arguments.check && !changes.is_empty(),
    ))
}

/// Writes beside the file and puts the new one in its place in one step.
fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    // A link stays a link: what it leads to is replaced.
    let path = &path
        .canonicalize()
        .map_err(|error| unreadable(path, &error))?;
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let written = write_like(path, &beside, text).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        Failure::new(
            Ending::NoInput,
            format!("{} could not be written ({error}); it is as it was: check permissions and space on the disk", path.display()),
        )
    })
}

fn write_like(old: &Path, new: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(new)?;
    file.set_permissions(fs::metadata(old)?.permissions())?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
