//! Automation of the repository: the checks that keep its shape.
//!
//! `cargo run -p xtask -- ci` runs every check and prints what it found;
//! `cargo run -p xtask -- list` names them, and a check's name runs it alone.
//!
//! Each check is a room under `checks/`: a function from text or metadata to findings, with unit tests on bad samples, so that a check which could never fail is noticed.
//! Only `fill-readme` changes a file, README.md, with what the program printed.
//! Nothing here reaches the network by itself; `cargo metadata` may fetch crates that are not on the machine yet.

mod checks;
mod finding;
mod repository;

use std::process::ExitCode;
use std::time::Instant;

use checks::{CHECKS, Check};
use repository::Repository;

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let chosen: Vec<&Check> = match asked.first().map(String::as_str) {
        None | Some("help" | "--help" | "-h") => {
            println!("usage: cargo run -p xtask -- ci | list | fill-readme | CHECK...\n");
            list();
            return ExitCode::SUCCESS;
        }
        Some("list") => {
            list();
            return ExitCode::SUCCESS;
        }
        Some("fill-readme") => return exit(run(&[&FILL_README])),
        Some("ci") => CHECKS.iter().collect(),
        Some(_) => {
            let mut chosen = Vec::new();
            for name in &asked {
                let Some(check) = CHECKS.iter().find(|check| check.name == name) else {
                    eprintln!("there is no check `{name}`; these there are:");
                    list();
                    return ExitCode::from(2);
                };
                chosen.push(check);
            }
            chosen
        }
    };
    exit(run(&chosen))
}

/// Not among the checks, because it writes.
const FILL_README: Check = Check {
    name: "fill-readme",
    about: "writes the program's own output into README.md",
    run: checks::readme::fill,
};

fn exit(result: Result<usize, repository::Failure>) -> ExitCode {
    match result {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("xtask could not work: {failure}");
            ExitCode::from(2)
        }
    }
}

/// Runs the checks, prints their findings, and returns how many checks found something.
fn run(chosen: &[&Check]) -> Result<usize, repository::Failure> {
    let repository = Repository::open()?;
    let mut failed = 0;
    for check in chosen {
        let started = Instant::now();
        let report = (check.run)(&repository)?;
        let verdict = if report.findings.is_empty() {
            "ok"
        } else {
            failed += 1;
            "FAILED"
        };
        println!(
            "{verdict:>6}  {:<20} {:>5} ms",
            check.name,
            started.elapsed().as_millis()
        );
        for note in &report.notes {
            println!("        note: {note}");
        }
        for finding in &report.findings {
            println!("        {finding}");
        }
    }
    println!("{} checks, {failed} with findings", chosen.len());
    Ok(failed)
}

fn list() {
    for check in CHECKS {
        println!("  {:<20} {}", check.name, check.about);
    }
}
