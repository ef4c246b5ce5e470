//! Sapar's batches beside a hand-written bit-sliced program, a plain read of memory, OpenFisca, DuckDB and Polars,
//! on the same law and the same cases, in one run; every answer is compared.
//!
//! `batch` runs everything that is installed; `batch --write-bitsliced` prints `bitsliced.rs` anew;
//! `batch --rows N` takes other numbers of cases. `docs/batch.md` says how to prepare the Python contestants.

mod bitsliced;
mod cases;
mod engine;
#[path = "../../src/law.rs"]
#[allow(dead_code)]
mod law;
mod python;
#[path = "../../src/sapar.rs"]
#[allow(dead_code)]
mod sapar;
mod write_bitsliced;

use std::collections::BTreeSet;
use std::fs::File;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow_array::RecordBatch;
use cases::Cases;
use engine::{SEED, engine, outcomes};
use law::{NORMS, Norm, OUTCOMES, Random};
use sapar_batch::{
    BadValue, Block, Columns, Counts, Format, Input, Program, Run, Settings, Worker,
};

const ROWS: usize = 8_000_000;
/// Contestants take turns, so that a busy machine troubles all alike; the best run counts.
const RUNS: usize = 7;

/// What `sapar.rs` implements for `peers`.
#[allow(dead_code)]
trait Contestant {
    fn name(&self) -> &'static str;
    fn contains(&self) -> &'static str;
    fn run(&mut self, case: usize);
    fn answer(&mut self, case: usize) -> Result<law::Answer, Box<dyn std::error::Error>>;
}

/// Rows in which each outcome holds, and the sum of their strongest limits in days.
type Totals = Vec<(u64, u64)>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let law = law::make_law(&mut Random(SEED));
    if arguments
        .iter()
        .any(|argument| argument == "--write-bitsliced")
    {
        print!("{}", write_bitsliced::source(&law));
        return Ok(());
    }
    let rows = arguments
        .windows(2)
        .find(|pair| pair[0] == "--rows")
        .map_or(Ok(ROWS), |pair| pair[1].parse())?;
    println!(
        "law: {NORMS} norms, 35 facts, {OUTCOMES} outcomes with limits; {rows} cases; seed {SEED:#x}"
    );
    let program = Program::new(Arc::new(engine(&law)?))?;
    let outcome_of = outcomes(&program)?;
    let cases = Cases::make(rows, SEED);
    let batches = cases.batches();
    let columns = Columns::find(&program, &batches[0].schema(), &BTreeSet::new())?;
    println!(
        "{} MB of columns, {:.2} bytes a case; {} steps a block\n",
        cases.bytes() / 1_000_000,
        cases.bytes() as f64 / rows as f64,
        program.step_counts().0
    );

    let expected = totals_of(&program, &columns, &batches, &outcome_of)?;
    check_rows(&law, &program, &columns, &cases, &batches, &outcome_of)?;
    let by_hand = bitsliced::run(&cases);
    agree("bit-sliced by hand", &expected, &by_hand)?;

    let positions = program.engine().positions().len();
    let mut contestants: Vec<(&str, Box<dyn FnMut() -> u64 + '_>)> = vec![
        (
            "plain read of the same bytes",
            Box::new(|| cases.sum_of_bytes()),
        ),
        (
            "Sapar: statuses and limits counted",
            Box::new(|| {
                totals_of(&program, &columns, &batches, &outcome_of)
                    .map_or(0, |totals| totals.iter().map(|(rows, _)| rows).sum())
            }),
        ),
        (
            "Sapar: statuses and limits as bits in memory",
            Box::new(|| {
                let mut worker = Worker::new(&program);
                let mut memory: Vec<Vec<u64>> = vec![Vec::new(); 2 * positions + 64];
                for batch in &batches {
                    let run = worker.run(&columns, batch, 0, BadValue::Refuse, |block| {
                        let mut place = 0;
                        for position in 0..positions {
                            memory[place].extend_from_slice(block.certain(position));
                            place += 1;
                            for limit in &program.limits()[position] {
                                if !limit_is_certainty(&program, position) {
                                    memory[place].extend_from_slice(&block.limit(limit));
                                    place += 1;
                                }
                            }
                        }
                    });
                    run.expect("the cases are in order");
                }
                black_box(&memory)
                    .iter()
                    .map(|plane| plane.len() as u64)
                    .sum()
            }),
        ),
        (
            "bit-sliced by hand, untuned",
            Box::new(|| bitsliced::run(&cases).iter().map(|(rows, _)| rows).sum()),
        ),
    ];
    let mut best = vec![Duration::MAX; contestants.len()];
    for _ in 0..RUNS {
        for ((_, contestant), best) in contestants.iter_mut().zip(&mut best) {
            let begun = Instant::now();
            black_box(contestant());
            *best = (*best).min(begun.elapsed());
        }
    }
    println!("from Arrow memory, one thread");
    for ((name, _), best) in contestants.iter().zip(&best) {
        print_line(name, rows, *best);
    }
    drop(contestants);
    let share = best[0].as_secs_f64() / best[1].as_secs_f64();
    println!(
        "Sapar reads at {:.0} % of the speed of a plain read\n",
        share * 100.0
    );

    threads(&program, &columns, &batches, &outcome_of, rows)?;
    files(&program, &batches, &outcome_of, &expected, rows)?;
    python::run(&law, &expected, rows, &folder())?;
    Ok(())
}

fn folder() -> PathBuf {
    std::env::temp_dir().join("sapar-bench-batch")
}

fn print_line(name: &str, rows: usize, time: Duration) {
    println!(
        "  {name:<48} {:>9.2} M cases/s {:>9.1} ms",
        rows as f64 / time.as_secs_f64() / 1e6,
        time.as_secs_f64() * 1e3
    );
}

/// A position of one norm has that norm's limit wherever it holds.
fn limit_is_certainty(program: &Program, position: usize) -> bool {
    program.engine().positions()[position].norms.len() == 1
}

fn add_block(program: &Program, outcome_of: &[usize], block: &Block<'_>, totals: &mut Totals) {
    for (position, outcome) in outcome_of.iter().enumerate() {
        let rows = block.certain_count(position);
        totals[*outcome].0 += rows;
        for limit in &program.limits()[position] {
            let sapar_law::LimitKind::Within(length) = limit.limit.kind else {
                continue;
            };
            let holding = if limit_is_certainty(program, position) {
                rows
            } else {
                block.limit_count(limit)
            };
            totals[*outcome].1 += holding * u64::from(length.amount);
        }
    }
}

fn totals_of(
    program: &Program,
    columns: &Columns,
    batches: &[RecordBatch],
    outcome_of: &[usize],
) -> Result<Totals, Box<dyn std::error::Error>> {
    let mut worker = Worker::new(program);
    let mut totals = vec![(0, 0); OUTCOMES];
    for batch in batches {
        worker.run(columns, batch, 0, BadValue::Refuse, |block| {
            add_block(program, outcome_of, block, &mut totals);
        })?;
    }
    Ok(totals)
}

/// The first rows, against what the law plainly means.
fn check_rows(
    law: &[Norm],
    program: &Program,
    columns: &Columns,
    cases: &Cases,
    batches: &[RecordBatch],
    outcome_of: &[usize],
) -> Result<(), Box<dyn std::error::Error>> {
    let mut row = 0;
    let mut wrong = 0;
    Worker::new(program).run(columns, &batches[0], 0, BadValue::Refuse, |block| {
        for local in 0..block.rows.len() {
            let mut answer = 0;
            for (position, outcome) in outcome_of.iter().enumerate() {
                let bit = block.certain(position)[local / 64] >> (local % 64) & 1;
                answer |= (bit as u32) << outcome;
            }
            wrong += usize::from(answer != law::meaning(law, &cases.case(row)));
            row += 1;
        }
    })?;
    if wrong > 0 {
        return Err(format!("{wrong} of {row} rows differ from the law's plain meaning").into());
    }
    println!("{row} rows compared one by one with the law's plain meaning: all agree");
    Ok(())
}

fn agree(name: &str, expected: &Totals, found: &Totals) -> Result<(), Box<dyn std::error::Error>> {
    if expected == found {
        println!("{name}: the same rows and limits for each outcome");
        return Ok(());
    }
    Err(format!("{name} differs:\n{expected:?}\n{found:?}").into())
}

fn threads(
    program: &Program,
    columns: &Columns,
    batches: &[RecordBatch],
    outcome_of: &[usize],
    rows: usize,
) -> Result<(), Box<dyn std::error::Error>> {
    let cores = std::thread::available_parallelism()?.get();
    println!("from Arrow memory, threads");
    let mut times = Vec::new();
    for threads in [1, cores] {
        let mut best = Duration::MAX;
        for _ in 0..RUNS {
            let begun = Instant::now();
            std::thread::scope(|scope| {
                let shares: Vec<_> = batches
                    .chunks(batches.len().div_ceil(threads))
                    .map(|share| {
                        scope.spawn(move || {
                            totals_of(program, columns, share, outcome_of)
                                .map_err(|error| error.to_string())
                        })
                    })
                    .collect();
                for share in shares {
                    black_box(share.join().expect("a thread").expect("cases in order"));
                }
            });
            best = best.min(begun.elapsed());
        }
        print_line(&format!("Sapar, {threads} threads"), rows, best);
        times.push(best);
    }
    println!(
        "{cores} threads are {:.2} times one\n",
        times[0].as_secs_f64() / times[1].as_secs_f64()
    );
    Ok(())
}

/// From Parquet to counts, and how the time divides.
fn files(
    program: &Program,
    batches: &[RecordBatch],
    outcome_of: &[usize],
    expected: &Totals,
    rows: usize,
) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(folder())?;
    let path = folder().join("cases.parquet");
    let mut output = sapar_batch::write(
        Format::Parquet,
        File::create(&path)?,
        &batches[0].schema(),
        &[],
    )?;
    for batch in batches {
        output.write(batch)?;
    }
    output.finish()?;
    let wanted: BTreeSet<String> = batches[0]
        .schema()
        .fields()
        .iter()
        .map(|field| field.name().clone())
        .collect();
    let open = || {
        let path = path.clone();
        sapar_batch::read(Format::Parquet, &wanted, move || File::open(&path))
    };
    println!(
        "from Parquet ({} MB), one thread",
        std::fs::metadata(&path)?.len() / 1_000_000
    );
    let (mut decoding, mut evaluating) = (Duration::ZERO, Duration::ZERO);
    let mut totals = vec![(0, 0); OUTCOMES];
    let input = open()?;
    let columns = Columns::find(program, &input.schema, &BTreeSet::new())?;
    let mut worker = Worker::new(program);
    for part in input.parts {
        let mut begun = Instant::now();
        for batch in part.open()? {
            let batch = batch?;
            decoding += begun.elapsed();
            begun = Instant::now();
            worker.run(&columns, &batch, 0, BadValue::Refuse, |block| {
                add_block(program, outcome_of, block, &mut totals);
            })?;
            evaluating += begun.elapsed();
            begun = Instant::now();
        }
        decoding += begun.elapsed();
    }
    agree("from Parquet", expected, &totals)?;
    print_line("decoder", rows, decoding);
    print_line("evaluation", rows, evaluating);
    println!(
        "  the decoder takes {:.0} % of the time",
        100.0 * decoding.as_secs_f64() / (decoding + evaluating).as_secs_f64()
    );
    let cores = std::thread::available_parallelism()?.get();
    for threads in [1, cores] {
        let input: Input = open()?;
        let begun = Instant::now();
        let settings = Settings {
            threads,
            bad_value: BadValue::Refuse,
            progress: &|_| {},
        };
        let run = Run {
            program,
            columns: &columns,
        };
        let (counts, tally): (Counts, _) = sapar_batch::count(run, input, &[], &settings)?;
        black_box(counts);
        assert_eq!(tally.rows, rows as u64);
        print_line(
            &format!("file to counts, {threads} threads"),
            rows,
            begun.elapsed(),
        );
    }
    println!();
    Ok(())
}
