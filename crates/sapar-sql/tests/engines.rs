//! The statements run on DuckDB, Spark and PostgreSQL, and every answer is compared with the engine's.
//!
//! `.ci/sql-engines` installs what is needed and sets `SAPAR_SQL_ENGINES=duckdb,spark,postgres`; an engine named there
//! and missing is a failure. Without the variable, DuckDB alone is tried where `target/sql-venv` has it,
//! and a note says so where it has not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

#[path = "../../sapar-law/tests/exactness/laws.rs"]
#[allow(dead_code)]
mod laws;
#[path = "engines/support.rs"]
mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use laws::law;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sapar_law::explain::limit_words;
use sapar_law::{Engine, Knowledge, Situation, Status, ValueKind};
use sapar_messages::{Language, Messages};
use sapar_sql::{Dialect, Options, column_of_fact, create_table, statement};
use support::{Numbers, engine_of, partial_situation, read, real_engine};

const SEED: u64 = 20_261_125;

const DIALECTS: [(&str, Dialect); 3] = [
    ("postgres", Dialect::Postgres),
    ("duckdb", Dialect::DuckDb),
    ("spark", Dialect::Spark),
];

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The engines that must answer; `None` where nobody said so.
fn demanded() -> Option<Vec<String>> {
    let list = std::env::var("SAPAR_SQL_ENGINES").ok()?;
    Some(list.split(',').map(|name| name.trim().to_owned()).collect())
}

/// Runs the cases in a folder on the engines.
fn run(folder: &Path, engines: &[String]) {
    let python = target().join("sql-venv/bin/python");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines/run.py");
    let output = Command::new(&python)
        .arg(script)
        .arg(folder)
        .args(engines)
        .output()
        .unwrap_or_else(|error| {
            panic!(
                "{} cannot be run ({error}); run .ci/sql-engines",
                python.display()
            )
        });
    print!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(
        output.status.success(),
        "the engines do not agree, or one is missing:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn engines_at_hand(test: &str) -> Vec<String> {
    if let Some(demanded) = demanded() {
        return demanded;
    }
    let has_duckdb = Command::new(target().join("sql-venv/bin/python"))
        .args(["-c", "import duckdb"])
        .output()
        .is_ok_and(|output| output.status.success());
    if has_duckdb {
        return vec!["duckdb".to_owned()];
    }
    println!("{test}: NOT RUN on any database; `.ci/sql-engines` installs them and runs it");
    Vec::new()
}

fn cell(engine: &Engine, fact: sapar_law::FactId, knowledge: Knowledge) -> String {
    match knowledge {
        Knowledge::Unknown => String::new(),
        Knowledge::YesNo(yes) => yes.to_string(),
        other => engine.library().value_to_text(fact, other),
    }
}

/// A row of a table of people, without its key.
fn row(engine: &Engine, situation: &Situation) -> String {
    engine
        .facts()
        .map(|fact| format!(",{}", cell(engine, fact, situation.get(fact))))
        .collect()
}

fn header(engine: &Engine) -> String {
    let mut header = "id".to_owned();
    for fact in engine.facts() {
        let _ = write!(header, ",{}", column_of_fact(engine.library(), fact));
    }
    header
}

/// Writes one case: statements, tables, rows and what must come out of them.
fn write_case(
    folder: &Path,
    engine: &Engine,
    situations: &[Situation],
    limits: bool,
    with_expected: bool,
) {
    fs::create_dir_all(folder).unwrap();
    let loose = Options {
        table: "loose".to_owned(),
        limits,
        ..Options::default()
    };
    let messages = Messages::new(Language::English);
    let mut limit_names = Vec::new();
    let mut names = Vec::new();
    for (name, dialect) in DIALECTS {
        let made = statement(engine, dialect, &loose).unwrap();
        fs::write(folder.join(format!("{name}.sql")), &made.text).unwrap();
        let table = create_table(engine, dialect, &Options::default()).unwrap();
        fs::write(folder.join(format!("{name}-table.sql")), table).unwrap();
        names = made.columns;
        limit_names = made.limit_columns;
    }
    let mut people = header(engine) + "\n";
    let mut expected = "id,row_state".to_owned();
    for (_, name) in names.iter().chain(&limit_names) {
        let _ = write!(expected, ",{name}");
    }
    let no_limits = ",".repeat(limit_names.len());
    expected.push('\n');
    for (id, situation) in situations.iter().enumerate() {
        let _ = writeln!(people, "{id}{}", row(engine, situation));
        if !with_expected {
            continue;
        }
        match engine.evaluate(situation) {
            Ok(evaluation) => {
                let _ = write!(expected, "{id},possible");
                for (position, _) in &names {
                    let status = match evaluation.status(*position) {
                        Status::Certain => "certain",
                        Status::Open => "open",
                        Status::Excluded => "excluded",
                    };
                    let _ = write!(expected, ",{status}");
                }
                for (position, _) in &limit_names {
                    let told: Vec<String> = evaluation
                        .answer(*position)
                        .iter()
                        .flat_map(|answer| &answer.limits)
                        .map(|(limit, _)| limit_words(engine.library(), *limit, &messages))
                        .collect();
                    let _ = write!(expected, ",\"{}\"", told.join("; "));
                }
            }
            Err(_) => {
                let _ = write!(
                    expected,
                    "{id},contradictory{}{no_limits}",
                    ",contradictory".repeat(names.len())
                );
            }
        }
        expected.push('\n');
    }
    // Each fact that is not yes or no takes a value it cannot have, alone in a row.
    let mut refused = header(engine) + "\n";
    let mut id = 1_000_000;
    for wrong in engine.facts() {
        let value = match engine.library().fact(wrong).kind {
            ValueKind::YesNo => continue,
            ValueKind::Number { to, .. } => (to + 1).to_string(),
            ValueKind::OneOf(_) | ValueKind::Country => "no such value".to_owned(),
        };
        let _ = write!(refused, "{id}");
        for fact in engine.facts() {
            let _ = write!(refused, ",{}", if fact == wrong { &value } else { "" });
        }
        refused.push('\n');
        let _ = writeln!(
            expected,
            "{id},value outside its bounds{}{no_limits}",
            ",contradictory".repeat(names.len())
        );
        id += 1;
    }
    fs::write(folder.join("people.csv"), people).unwrap();
    if with_expected {
        fs::write(folder.join("refused.csv"), refused).unwrap();
        fs::write(folder.join("expected.csv"), expected).unwrap();
    }
}

fn fresh(name: &str) -> PathBuf {
    let folder = target().join("sql-engines").join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn number_from(variable: &str, default: usize) -> usize {
    std::env::var(variable)
        .ok()
        .map_or(default, |text| text.parse().unwrap())
}

#[test]
fn random_laws_answer_alike_on_every_engine() {
    let engines = engines_at_hand("random_laws_answer_alike_on_every_engine");
    if engines.is_empty() {
        return;
    }
    let seed = number_from("SAPAR_SQL_SEED", usize::try_from(SEED).unwrap()) as u64;
    println!("random laws: seed {seed} (SAPAR_SQL_SEED)");
    let folder = fresh("random");
    let mut bytes = [0u8; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut numbers = Numbers::new(seed);
    for number in 0..24 {
        let law = law(9).new_tree(&mut runner).unwrap().current();
        let library = read(&law);
        let engine = engine_of(&library);
        let mut situations = vec![Situation::new()];
        for _ in 0..120 {
            let mut situation = Situation::new();
            for fact in engine.facts() {
                let values = engine.representative_values(fact);
                let value = values[numbers.below(values.len())];
                // A row knows a number exactly or not at all.
                let value = match value {
                    Knowledge::Number(low, _) => Knowledge::Number(low, low),
                    other => other,
                };
                if numbers.below(2) == 0 {
                    situation.set(fact, value);
                }
            }
            situations.push(situation);
        }
        write_case(
            &folder.join(format!("law-{number:02}")),
            &engine,
            &situations,
            false,
            true,
        );
    }
    run(&folder, &engines);
}

#[test]
fn real_orders_answer_alike_on_every_engine() {
    let engines = engines_at_hand("real_orders_answer_alike_on_every_engine");
    if engines.is_empty() {
        return;
    }
    println!("real orders: seed {SEED}");
    let folder = fresh("real");
    for (order, year, month, day) in support::REAL_ORDERS {
        let engine = real_engine(order, jiff::civil::date(year, month, day));
        let mut numbers = Numbers::new(SEED);
        let situations: Vec<Situation> = (0..number_from("SAPAR_SQL_ROWS", 1500))
            .map(|number| partial_situation(&engine, &mut numbers, number))
            .collect();
        let open = situations
            .iter()
            .filter_map(|situation| engine.evaluate(situation).ok())
            .map(|evaluation| evaluation.with_status(Status::Open).count())
            .sum::<usize>();
        assert!(
            open > situations.len(),
            "too little is unknown to prove much"
        );
        write_case(
            &folder.join(format!("{order}-{year}")),
            &engine,
            &situations,
            (order, year) == ("kazakhstan", 2026),
            true,
        );
    }
    run(&folder, &engines);
}

/// Not a test but a measurement: `cargo test -p sapar-sql --test engines measure -- --ignored --nocapture`.
#[test]
#[ignore = "measures; run it on an idle machine"]
fn measure() {
    let engines = demanded().unwrap_or_else(|| {
        DIALECTS
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect()
    });
    let folder = fresh("measure");
    let engine = real_engine("kazakhstan", jiff::civil::date(2026, 11, 24));
    let mut numbers = Numbers::new(SEED);
    let few: Vec<Situation> = (0..2000)
        .map(|number| partial_situation(&engine, &mut numbers, number))
        .collect();
    let rows = number_from("SAPAR_SQL_ROWS", 100_000);
    let situations: Vec<Situation> = few.iter().cycle().take(rows).cloned().collect();
    write_case(
        &folder.join("kazakhstan-2026"),
        &engine,
        &situations,
        false,
        false,
    );
    run(&folder, &engines);
}
