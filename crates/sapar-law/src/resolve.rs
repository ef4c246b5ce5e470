//! Gives every name its meaning, and says which names have none.

mod condition;
mod items;
mod names;

use sapar_diagnostics::{Diagnostic, SourceId, Sources};
use sapar_law_syntax::{Broken, ast::Item};

use crate::Library;
pub use items::words;
use names::Names;

/// Builds the library from the items of all files; every unresolved name is reported once.
pub fn resolve(
    files: &[(String, SourceId, Vec<Item>)],
    broken: &[Broken],
    sources: &Sources,
    problems: &mut Vec<Diagnostic>,
) -> Library {
    let mut library = Library::default();
    let names = Names::collect(files, broken, sources, problems);
    items::vocabulary(files, &names, &mut library, problems);
    items::norms(files, &names, &mut library, problems);
    items::orders(files, &names, &mut library, problems);
    items::tests(files, &names, &mut library, problems);
    problems.extend(names.into_unknown());
    library
}
