//! The law packages of this release, embedded in the program.
//!
//! [`files`] gives them as text, [`library`] with their names resolved.
//! The test of this crate checks every package and runs every test that stands beside a law,
//! so a released program carries no law with a mistake the checker knows.

use include_dir::{Dir, include_dir};
use sapar_law::{LawFile, Library, ReadLibrary};

static LAWS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../laws");

/// Every file of every package, sorted by path.
#[must_use]
pub fn files() -> Vec<LawFile> {
    let mut files = Vec::new();
    collect(&LAWS, &mut files);
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
}

fn collect(folder: &Dir<'_>, files: &mut Vec<LawFile>) {
    for file in folder.files() {
        if file
            .path()
            .extension()
            .is_some_and(|extension| extension == "md")
        {
            files.push(LawFile {
                path: file.path().to_string_lossy().replace('\\', "/"),
                bytes: file.contents().to_vec(),
            });
        }
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

/// The packages with their names resolved; checked when the program was built and tested.
#[must_use]
pub fn library() -> ReadLibrary {
    Library::read_unchecked(files())
}
