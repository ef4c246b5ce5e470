//! Batches say what the engine says, row by row: on random laws, and on the real ones with unknown facts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

// The laws are the ones the engine itself is tested with.
#[allow(dead_code)]
#[path = "../../sapar-law/tests/exactness/laws.rs"]
mod laws;
#[path = "agreement/rows.rs"]
mod rows;

use std::path::Path;
use std::sync::Arc;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use rows::{Random, compare, random_situation};
use sapar_batch::Program;
use sapar_law::{Engine, LawFile, Library, Situation};

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_shrink_iters: 2000, ..ProptestConfig::default() })]

    #[test]
    fn random_laws(law in laws::law(8), seed in any::<u64>(), count in 0usize..150) {
        let read = Library::read_unchecked(law.files(false));
        prop_assert!(!read.has_errors());
        let library = Arc::new(read.library);
        let order = library.order_named("here").unwrap();
        let engine = Engine::new(Arc::clone(&library), order, date(2026, 11, 24)).unwrap();
        let program = Program::new(Arc::new(engine)).unwrap();
        let mut random = Random(seed);
        let situations: Vec<Situation> = (0..count)
            .map(|_| {
                let known = [0, 40, 80, 100][random.below(4) as usize];
                random_situation(program.engine(), known, &mut random)
            })
            .collect();
        compare(&program, &situations, &mut random);
        let known: Vec<Situation> = (0..count)
            .map(|_| random_situation(program.engine(), 100, &mut random))
            .collect();
        compare(&program, &known, &mut random);
    }
}

fn library() -> Arc<Library> {
    let laws = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws");
    let mut files = Vec::new();
    for package in std::fs::read_dir(laws).unwrap() {
        let package = package.unwrap();
        let name = package.file_name().into_string().unwrap();
        for file in std::fs::read_dir(package.path()).unwrap() {
            let file = file.unwrap();
            if file.path().extension().is_some_and(|ending| ending == "md") {
                files.push(LawFile {
                    path: format!("{name}/{}", file.file_name().into_string().unwrap()),
                    bytes: std::fs::read(file.path()).unwrap(),
                });
            }
        }
    }
    let read = Library::read_unchecked(files);
    assert!(!read.has_errors());
    Arc::new(read.library)
}

fn real(order: &str, on: Date, rows: usize) {
    // Another seed each day would find more; a fixed one fails for everyone alike. SAPAR_SEED overrides it.
    let seed = std::env::var("SAPAR_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(20_261_125);
    println!("order {order} on {on}, seed {seed}");
    let library = library();
    let engine = Engine::new(
        Arc::clone(&library),
        library.order_named(order).unwrap(),
        on,
    );
    let program = Program::new(Arc::new(engine.unwrap())).unwrap();
    let mut random = Random(seed);
    // Row counts that are no multiple of a block, a word or a byte.
    for (known, part) in [(100, 1), (97, 4), (90, 4), (50, 3), (10, 1)] {
        let situations: Vec<Situation> = (0..rows * part / 13 + 1)
            .map(|_| possible_mostly(program.engine(), known, &mut random))
            .collect();
        compare(&program, &situations, &mut random);
    }
}

/// Random values contradict each other in nearly every row of a real law, so all but a few rows are mended:
/// yes is taken back until the engine accepts the rest.
fn possible_mostly(engine: &Engine, known: u64, random: &mut Random) -> Situation {
    let mut situation = random_situation(engine, known, random);
    if random.chance(10) {
        return situation;
    }
    for _ in 0..60 {
        let Err(contradiction) = engine.evaluate(&situation) else {
            break;
        };
        let at = random.below(contradiction.facts.len() as u64) as usize;
        let fact = contradiction.facts[at];
        situation.set(fact, sapar_law::Knowledge::Unknown);
        if known == 100 {
            situation.set(fact, rows::random_value(engine, fact, random));
        }
    }
    situation
}

#[test]
fn kazakhstan_in_2016() {
    real("kazakhstan", date(2016, 6, 6), 5000);
}

#[test]
fn kazakhstan_today() {
    real("kazakhstan", date(2026, 11, 24), 5000);
}

#[test]
fn international() {
    real("international", date(2026, 11, 24), 3000);
}

#[test]
fn european_union() {
    real("european-union", date(2026, 11, 24), 1500);
}
