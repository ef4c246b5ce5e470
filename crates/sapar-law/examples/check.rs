//! Checks the packages in a folder and runs their tests: `cargo run -p sapar-law --example check -- laws`.

use std::path::Path;

use sapar_diagnostics::{Style, render_all};
use sapar_law::{LawFile, Library};

fn collect(root: &Path, folder: &Path, files: &mut Vec<LawFile>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let name = path.strip_prefix(root).unwrap_or(&path);
            files.push(LawFile {
                path: name.to_string_lossy().replace('\\', "/"),
                bytes: std::fs::read(&path)?,
            });
        }
    }
    Ok(())
}

fn main() -> std::io::Result<()> {
    let root = std::env::args().nth(1).unwrap_or_else(|| "laws".to_owned());
    let mut files = Vec::new();
    collect(Path::new(&root), Path::new(&root), &mut files)?;
    let started = std::time::Instant::now();
    let read = Library::read(files);
    println!(
        "{}",
        render_all(&read.sources, &read.problems, Style::Plain)
    );
    println!(
        "{} problems, {} norms, {:?}",
        read.problems.len(),
        read.library.norms().count(),
        started.elapsed()
    );
    let library = std::sync::Arc::new(read.library);
    let outcomes = sapar_law::run_tests(&library);
    for outcome in &outcomes {
        if !outcome.problems.is_empty() {
            println!("FAILED {}: {}", outcome.package, outcome.name);
            println!(
                "{}",
                render_all(&read.sources, &outcome.problems, Style::Plain)
            );
        }
    }
    let failed = outcomes
        .iter()
        .filter(|outcome| !outcome.problems.is_empty())
        .count();
    println!(
        "{} tests, {failed} failed, {:?}",
        outcomes.len(),
        started.elapsed()
    );
    Ok(())
}
