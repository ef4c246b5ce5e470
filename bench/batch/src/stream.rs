//! A hundred million rows through `sapar-batch` to counts, and how much memory that takes.
//!
//! `stream` makes the rows as they are asked for and holds none of them longer than its threads work on them;
//! `stream --parquet` first writes them to a file and reads that.
//! `--rows N` takes another number of rows and `--threads N` another number of threads.
//! The counts are compared with those of the program written by hand, over the same rows.

mod bitsliced;
// `batch` also asks for single cases.
#[allow(dead_code)]
mod cases;
mod engine;
#[path = "../../src/law.rs"]
#[allow(dead_code)]
mod law;
#[path = "../../src/sapar.rs"]
#[allow(dead_code)]
mod sapar;

use std::collections::{BTreeSet, VecDeque};
use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use arrow_schema::SchemaRef;
use cases::{BATCH_ROWS, Cases};
use engine::{SEED, engine, outcomes};
use law::{OUTCOMES, Random};
use sapar_batch::{BadValue, Batches, Columns, Format, Input, Part, Program, Run, Settings};

const ROWS: usize = 100_000_000;
/// Rows that one thread takes at once.
const PART_ROWS: usize = 8 * BATCH_ROWS;

type Failure = Box<dyn std::error::Error>;

/// What `sapar.rs` implements for `peers`.
#[allow(dead_code)]
trait Contestant {
    fn name(&self) -> &'static str;
    fn contains(&self) -> &'static str;
    fn run(&mut self, case: usize);
    fn answer(&mut self, case: usize) -> Result<law::Answer, Failure>;
}

/// Rows in which each outcome holds.
type Totals = Vec<u64>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |name: &str, otherwise: usize| -> Result<usize, Failure> {
        let given = arguments.windows(2).find(|pair| pair[0] == name);
        Ok(given.map_or(Ok(otherwise), |pair| pair[1].parse())?)
    };
    let rows = number("--rows", ROWS)?;
    let threads = number("--threads", std::thread::available_parallelism()?.get())?;
    let parquet = arguments.iter().any(|argument| argument == "--parquet");

    let program = Program::new(Arc::new(engine(&law::make_law(&mut Random(SEED)))?))?;
    let outcome_of = outcomes(&program)?;
    let schema = Cases::make(1, SEED).batches()[0].schema();
    let columns = Columns::find(&program, &schema, &BTreeSet::new())?;
    let by_hand = Arc::new(Mutex::new(vec![0; OUTCOMES]));
    let file = std::env::temp_dir().join(format!("sapar-bench-stream-{}.parquet", std::process::id()));

    let input = if parquet {
        let begun = Instant::now();
        write(&file, rows, &schema, &by_hand)?;
        let size = std::fs::metadata(&file)?.len() / 1_000_000;
        println!("wrote {rows} rows to a Parquet file of {size} MB in {:.1} s", begun.elapsed().as_secs_f64());
        let names: BTreeSet<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
        let path = file.clone();
        sapar_batch::read(Format::Parquet, &names, move || File::open(&path))?
    } else {
        made(rows, &schema, &by_hand)
    };
    let settings = Settings { threads, bad_value: BadValue::Refuse, progress: &|_| {} };
    let run = Run { program: &program, columns: &columns };
    let begun = Instant::now();
    let counted = sapar_batch::count(run, input, &[], &settings);
    let seconds = begun.elapsed().as_secs_f64();
    if parquet {
        std::fs::remove_file(&file)?;
    }
    let (counts, tally) = counted?;

    let mut found: Totals = vec![0; OUTCOMES];
    for (_, _, _, positions) in counts.groups() {
        for (position, outcome) in positions.iter().zip(&outcome_of) {
            found[*outcome] += position.certain;
        }
    }
    let expected = by_hand.lock().map_err(|_| "a thread failed")?.clone();
    if found != expected || tally.rows != rows as u64 {
        return Err(format!("the counts differ from those made by hand:\n{found:?}\n{expected:?}").into());
    }
    println!("{} rows counted on {threads} threads; the program written by hand counts the same", tally.rows);
    let contains = if parquet { "reading the file" } else { "making the rows and counting them by hand too" };
    println!("{seconds:.1} s, {:.1} M rows/s, {contains} included", rows as f64 / seconds / 1e6);
    println!("peak resident memory of the whole program: {:.1} MB", peak_kilobytes()? as f64 / 1000.0);
    Ok(())
}

/// The rows from `first` on, counted by hand before they are handed out.
fn cases(first: usize, rows: usize, by_hand: &Mutex<Totals>) -> Cases {
    let cases = Cases::make(rows, SEED.wrapping_add(first as u64));
    let mut totals = by_hand.lock().expect("no thread fails while it adds");
    for (total, (rows, _)) in totals.iter_mut().zip(bitsliced::run(&cases)) {
        *total += rows;
    }
    cases
}

fn parts(rows: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..rows).step_by(PART_ROWS).map(move |first| (first, PART_ROWS.min(rows - first)))
}

/// Parts that make their rows when a thread opens them.
fn made(rows: usize, schema: &SchemaRef, by_hand: &Arc<Mutex<Totals>>) -> Input {
    let parts: VecDeque<Part> = parts(rows)
        .map(|(first, count)| {
            let by_hand = Arc::clone(by_hand);
            Part::new(first as u64, move || {
                let batches = cases(first, count, &by_hand).batches();
                Ok(Box::new(batches.into_iter().map(Ok)) as Batches)
            })
        })
        .collect();
    Input { schema: Arc::clone(schema), rows: Some(rows as u64), parts }
}

fn write(path: &Path, rows: usize, schema: &SchemaRef, by_hand: &Mutex<Totals>) -> Result<(), Failure> {
    let mut output = sapar_batch::write(Format::Parquet, File::create(path)?, schema, &[])?;
    for (first, count) in parts(rows) {
        for batch in cases(first, count, by_hand).batches() {
            output.write(&batch)?;
        }
    }
    output.finish()?;
    Ok(())
}

/// The most memory this process has had at once, as Linux counts it.
fn peak_kilobytes() -> Result<u64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().split(' ').next());
    Ok(number.ok_or("this system does not tell the peak memory in /proc/self/status")?.parse()?)
}
