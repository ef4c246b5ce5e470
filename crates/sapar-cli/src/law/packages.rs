//! Reading a folder of law packages safely.
//!
//! A folder is foreign: it may hold huge files, pipes, or links that lead in a circle.
//! Only ordinary `.md` files are opened, none beyond the bound of a law file is read,
//! and no folder is entered twice.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use sapar_diagnostics::{Diagnostic, Span, code};
use sapar_law::{LawFile, Library, ReadLibrary};
use sapar_law_syntax::FILE_BYTES_MAX;

use crate::ending::{Ending, Failure};

/// More files than any state's law; a mistyped folder ends here and not after hours.
const FILES_MAX: usize = 20_000;
/// Folders within folders.
const DEPTH_MAX: usize = 16;

/// A file that was too large to be read: its path in the packages, and its size.
#[derive(Debug)]
pub struct TooLarge {
    path: String,
    bytes: u64,
}

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Packages {
    files: Vec<LawFile>,
    too_large: Vec<TooLarge>,
}

impl Packages {
    /// The packages in a folder, or those this program carries.
    ///
    /// A folder that itself holds law files is one package; it is read together with the carried ones,
    /// so that one package can be worked on alone.
    pub fn read(folder: Option<&Path>) -> Result<Self, Failure> {
        let Some(folder) = folder else {
            return Ok(Self {
                files: sapar_packages::files(),
                too_large: Vec::new(),
            });
        };
        let listed = law_files(folder)?;
        let root = folder
            .canonicalize()
            .map_err(|error| unreadable(folder, &error))?;
        let alone = listed.iter().any(|path| path.parent() == Some(folder));
        let name = root.file_name().map_or_else(
            || "package".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        let mut packages = Self::default();
        for path in listed {
            let inner = path
                .strip_prefix(folder)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            let shown = if alone {
                format!("{name}/{inner}")
            } else {
                inner
            };
            match read_bounded(&path)? {
                Ok(bytes) => packages.files.push(LawFile { path: shown, bytes }),
                Err(bytes) => packages.too_large.push(TooLarge { path: shown, bytes }),
            }
        }
        if alone {
            let own = format!("{name}/");
            packages.files.extend(
                sapar_packages::files()
                    .into_iter()
                    .filter(|file| !file.path.starts_with(&own)),
            );
        }
        Ok(packages)
    }

    /// The files, for working an amendment into them; a file too large to be read ends it.
    pub fn into_files(self) -> Result<Vec<LawFile>, Failure> {
        match self.too_large.first() {
            None => Ok(self.files),
            Some(file) => Err(Failure::new(
                Ending::BadInput,
                format!(
                    "{} has {} bytes, and a law file has at most {FILE_BYTES_MAX}; cut it into one file for each instrument or chapter",
                    file.path, file.bytes
                ),
            )),
        }
    }

    /// Gives the packages their meaning and checks it.
    pub fn checked(self) -> ReadLibrary {
        let (files, too_large) = (self.files, self.too_large);
        with_refused(Library::read(files), too_large)
    }

    /// Gives the packages their meaning without the checks that take longer.
    pub fn unchecked(self) -> ReadLibrary {
        let (files, too_large) = (self.files, self.too_large);
        with_refused(Library::read_unchecked(files), too_large)
    }
}

/// Adds a diagnostic for each file that was not read.
///
/// What such a file defines is then missing everywhere; those messages would bury the one mistake there is,
/// so messages about names and meaning are left out until every file can be read.
fn with_refused(mut read: ReadLibrary, too_large: Vec<TooLarge>) -> ReadLibrary {
    for file in too_large {
        let source = read.sources.add(file.path, "");
        read.problems.push(
            Diagnostic::new(
                &code::L0002,
                Span {
                    source,
                    start: 0,
                    end: 0,
                },
                format!(
                    "the file has {} bytes; a law file has at most {FILE_BYTES_MAX}",
                    file.bytes
                ),
            )
            .help("cut it into one file for each instrument or chapter"),
        );
    }
    let unread = |problem: &Diagnostic| matches!(problem.code().name, "L0001" | "L0002");
    if read.problems.iter().any(unread) {
        read.problems
            .retain(|problem| problem.code().name < "L0200");
    }
    read
}

/// The file's bytes, or its size where that is beyond the bound.
fn read_bounded(path: &Path) -> Result<Result<Vec<u8>, u64>, Failure> {
    let fail = |error: std::io::Error| unreadable(path, &error);
    let file = File::open(path).map_err(fail)?;
    let size = file.metadata().map_err(fail)?.len();
    if size > FILE_BYTES_MAX as u64 {
        return Ok(Err(size));
    }
    let mut bytes = Vec::new();
    // The file may have grown since; one byte more than allowed shows that it did.
    file.take(FILE_BYTES_MAX as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(fail)?;
    if bytes.len() > FILE_BYTES_MAX {
        return Ok(Err(bytes.len() as u64));
    }
    Ok(Ok(bytes))
}

/// A law file's text, for a tool that works on one file.
pub fn text_of(path: &Path) -> Result<String, Failure> {
    let bytes = read_bounded(path)?.map_err(|size| {
        Failure::new(
            Ending::BadInput,
            format!(
                "{} has {size} bytes, and a law file has at most {FILE_BYTES_MAX}; cut it into one file for each instrument or chapter",
                path.display()
            ),
        )
    })?;
    String::from_utf8(bytes).map_err(|error| {
        Failure::new(
            Ending::BadInput,
            format!(
                "{} stops being UTF-8 text at byte {}; save it as UTF-8 in your editor and check the character at this place",
                path.display(),
                error.utf8_error().valid_up_to()
            ),
        )
    })
}

/// Every `.md` file below a folder, in order of their paths.
pub fn law_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut walk = Walk::default();
    walk.enter(folder, 0)?;
    if walk.files.is_empty() {
        return Err(Failure::new(
            Ending::NoInput,
            format!(
                "{} holds no law file; law files are Markdown files whose names end in .md",
                folder.display()
            ),
        ));
    }
    walk.files.sort();
    Ok(walk.files)
}

#[derive(Default)]
struct Walk {
    entered: BTreeSet<PathBuf>,
    files: Vec<PathBuf>,
}

impl Walk {
    fn enter(&mut self, folder: &Path, depth: usize) -> Result<(), Failure> {
        let fail = |error: std::io::Error| unreadable(folder, &error);
        // A link may lead back to a folder above.
        if depth > DEPTH_MAX || !self.entered.insert(folder.canonicalize().map_err(fail)?) {
            return Ok(());
        }
        for entry in fs::read_dir(folder).map_err(fail)? {
            let path = entry.map_err(fail)?.path();
            let hidden = path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'));
            // A link that leads nowhere is not a law file; neither is a pipe, which would never end.
            let Ok(metadata) = fs::metadata(&path) else {
                continue;
            };
            if metadata.is_dir() && !hidden {
                self.enter(&path, depth + 1)?;
            } else if metadata.is_file()
                && !hidden
                && path.extension().is_some_and(|extension| extension == "md")
            {
                self.files.push(path);
                if self.files.len() > FILES_MAX {
                    return Err(Failure::new(
                        Ending::BadInput,
                        format!(
                            "{} holds more than {FILES_MAX} Markdown files; name the folder of law packages",
                            folder.display()
                        ),
                    ));
                }
            }
        }
        Ok(())
    }
}

/// The failure for a path that cannot be read.
pub fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let what = match error.kind() {
        std::io::ErrorKind::NotFound => "does not exist; check the path".to_owned(),
        std::io::ErrorKind::NotADirectory => {
            "is not a folder; name the folder of law packages".to_owned()
        }
        std::io::ErrorKind::PermissionDenied => {
            "may not be read by you; check its permissions".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    };
    Failure::new(Ending::NoInput, format!("{} {what}", path.display()))
}
