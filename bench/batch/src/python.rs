//! The contestants in Python: OpenFisca, DuckDB and Polars, each in its own process over the same Parquet file.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::law::{Condition, DOCUMENTS, NUMBERS, Norm};
use crate::engine::limit_days;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Runs those that are installed in the Python named by `SAPAR_BENCH_PYTHON`, else `python3`.
pub fn run(law: &[Norm], expected: &[(u64, u64)], rows: usize, folder: &Path) -> Result<()> {
    let law = law
        .iter()
        .enumerate()
        .map(|(place, norm)| {
            json!({
                "outcome": norm.outcome,
                "condition": condition(&norm.condition),
                "exception": norm.exception.as_ref().map(condition),
                "overridden_by": norm.overridden_by,
                "days": limit_days(place),
            })
        })
        .collect::<Vec<Value>>();
    std::fs::write(folder.join("law.json"), serde_json::to_string(&law)?)?;
    let python = std::env::var("SAPAR_BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR"));
    println!("other engines, from their own memory; counts and limits compared");
    for script in ["openfisca.py", "duck.py", "pola.py"] {
        let ran = Command::new(&python)
            .arg(scripts.join(script))
            .arg(folder)
            .output();
        let output = match ran {
            Ok(output) if output.status.success() => output,
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr);
                let last = said.lines().last().unwrap_or("it said nothing");
                println!("  {script} did not run: {last}");
                continue;
            }
            Err(error) => {
                println!("  {script} did not run: {error}");
                continue;
            }
        };
        let told: Value = serde_json::from_slice(&output.stdout)?;
        let pairs = |name: &str| -> Vec<u64> {
            told[name]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_u64)
                .collect()
        };
        let (rows_found, limits): (Vec<u64>, Vec<u64>) = expected.iter().copied().unzip();
        // An engine that took fewer rows, because it is slow, is compared by its own first rows elsewhere.
        if told["rows"].as_u64() == Some(rows as u64)
            && (pairs("counts") != rows_found || pairs("days") != limits)
        {
            return Err(format!("{script} gives other answers").into());
        }
        println!(
            "  {:<48} {:>9.2} M cases/s {:>9.1} ms",
            told["name"].as_str().unwrap_or(script),
            told["rows"].as_f64().unwrap_or(0.0) / told["seconds"].as_f64().unwrap_or(1.0) / 1e6,
            told["seconds"].as_f64().unwrap_or(0.0) * 1e3,
        );
    }
    Ok(())
}

fn condition(condition: &Condition) -> Value {
    let circumstance = |fact: &usize| format!("circumstance_{}", fact + 1);
    let number = |fact: &usize| NUMBERS[*fact].0.replace(' ', "_");
    let all = |parts: &[Condition]| parts.iter().map(self::condition).collect::<Vec<_>>();
    match condition {
        Condition::Yes(fact) => json!(["yes", circumstance(fact)]),
        Condition::No(fact) => json!(["no", circumstance(fact)]),
        Condition::AtLeast(fact, least) => json!(["at_least", number(fact), least]),
        Condition::Under(fact, bound) => json!(["under", number(fact), bound]),
        Condition::Document(values) => {
            let names: Vec<&str> = values.iter().map(|value| DOCUMENTS[*value]).collect();
            json!(["one_of", "travel_document", names])
        }
        Condition::All(parts) => json!(["all", all(parts)]),
        Condition::Any(parts) => json!(["any", all(parts)]),
        Condition::Count(least, facts) => {
            let names: Vec<String> = facts.iter().map(circumstance).collect();
            json!(["count", least, names])
        }
    }
}
