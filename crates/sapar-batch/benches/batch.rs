//! How fast a real law runs over tables: `cargo bench -p sapar-batch`.
//!
//! The people are invented, from a fixed seed; `docs/batch.md` says what the figures mean, and
//! `bench/batch` compares with other engines.
#![expect(
    clippy::expect_used,
    reason = "a benchmark that cannot prepare itself has nothing to measure"
)]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, Throughput};
use jiff::civil::date;
use sapar_batch::{BadValue, Columns, Counts, Marginals, Program, Sampler, Worker};
use sapar_law::{Engine, FactId, LawFile, Library};

const ROWS: usize = 65_536;
const SEED: u64 = 20_261_125;

fn main() {
    let library = library();
    let order = library.order_named("kazakhstan").expect("the order");
    let engine = Engine::new(Arc::clone(&library), order, date(2026, 11, 24)).expect("a law");
    let engine = Arc::new(engine);
    let program = Program::new(Arc::clone(&engine)).expect("a program");
    let (known, partial) = program.step_counts();
    println!(
        "kazakhstan: {} positions, {} facts; {known} steps a block all known, {partial} with unknowns before the diagrams; seed {SEED}",
        engine.positions().len(),
        engine.facts().count(),
    );
    let facts: Vec<FactId> = engine.facts().collect();
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("count kazakhstan");
    group.throughput(Throughput::Elements(ROWS as u64));
    group.sample_size(10);
    for unknown in [0.0, 0.001, 0.1] {
        let sampler = Sampler::new(
            &library,
            &facts,
            &Marginals::default(),
            SEED,
            unknown,
            false,
        )
        .expect("shares");
        let batch = sampler.rows(0, ROWS).expect("rows");
        let columns = Columns::find(&program, &batch.schema(), &BTreeSet::new()).expect("columns");
        let mut worker = Worker::new(&program);
        group.bench_function(format!("{unknown} unknown"), |bencher| {
            bencher.iter(|| {
                let mut counts = Counts::new(&program, &[]);
                let groups = counts.groups_of(&batch).expect("one group");
                worker
                    .run(&columns, &batch, 0, BadValue::Refuse, |block| {
                        counts.add(block, &groups);
                    })
                    .expect("values in order");
                black_box(counts)
            });
        });
    }
    group.finish();
    let mut group = criterion.benchmark_group("invent");
    group.throughput(Throughput::Elements(ROWS as u64));
    group.sample_size(10);
    let sampler =
        Sampler::new(&library, &facts, &Marginals::default(), SEED, 0.1, false).expect("shares");
    group.bench_function("people", |bencher| bencher.iter(|| sampler.rows(0, ROWS)));
    group.finish();
    criterion.final_summary();
}

fn library() -> Arc<Library> {
    let laws = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws");
    let mut files = Vec::new();
    for package in std::fs::read_dir(laws).expect("the laws") {
        let package = package.expect("a package");
        let name = package.file_name().to_string_lossy().into_owned();
        for file in std::fs::read_dir(package.path()).expect("a package") {
            let file = file.expect("a file");
            if file.path().extension().is_some_and(|ending| ending == "md") {
                files.push(LawFile {
                    path: format!("{name}/{}", file.file_name().to_string_lossy()),
                    bytes: std::fs::read(file.path()).expect("a law file"),
                });
            }
        }
    }
    Arc::new(Library::read_unchecked(files).library)
}
