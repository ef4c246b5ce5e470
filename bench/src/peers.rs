//! Runs Sapar, zen-engine and regorus on the same law and the same cases and checks that they agree.
//!
//! `peers` measures; `peers --show` prints the law in the three languages instead.
//! One thread; everything that each engine lets its user prepare is prepared before the clock starts.

mod law;
mod rego;
mod sapar;
mod zen;

use std::time::{Duration, Instant};

use law::{Answer, CIRCUMSTANCES, Case, DOCUMENTS, NORMS, NUMBERS, OUTCOMES, Random};
use serde_json::{Map, Value};

/// Where the law and the cases come from.
const SEED: u64 = 0x5a_9a_20_26;
/// Cases of one pass.
const CASES: usize = 3_000;
/// Runs of each engine; they take turns, so that a busy machine troubles all alike.
const RUNS: usize = 7;
/// A run lasts at least this long, and at least one pass.
const RUN_MIN: Duration = Duration::from_millis(250);

/// An engine with law and cases prepared.
trait Contestant {
    /// Name in the table.
    fn name(&self) -> &'static str;
    /// What the measured time contains.
    fn contains(&self) -> &'static str;
    /// Decides a case and throws the result away: what is measured.
    fn run(&mut self, case: usize);
    /// Decides a case in the same way and reads the result: what is compared.
    fn answer(&mut self, case: usize) -> Result<Answer, Box<dyn std::error::Error>>;
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut random = Random(SEED);
    let law = law::make_law(&mut random);
    if std::env::args().any(|argument| argument == "--show") {
        println!("{}\n{}", sapar::vocabulary(), sapar::statute(&law));
        println!("{}\n", serde_json::to_string_pretty(&zen::decision(&law))?);
        println!("{}", rego::policy(&law));
        return Ok(());
    }
    let cases = law::make_cases(&mut random, CASES);
    let mut contestants: Vec<Box<dyn Contestant>> = vec![
        Box::new(sapar::Answering::new(&law, &cases)?),
        Box::new(sapar::Sapar::new(&law, &cases)?),
        Box::new(zen::Zen::new(&law, &cases, false)?),
        Box::new(zen::Zen::new(&law, &cases, true)?),
        Box::new(rego::Interpreter::new(&law, &cases)?),
        Box::new(rego::Machine::new(&law, &cases)?),
    ];
    let facts = CIRCUMSTANCES + NUMBERS.len() + 1;
    println!(
        "law: {NORMS} norms, {facts} facts, {OUTCOMES} outcomes; {CASES} cases; seed {SEED:#x}"
    );
    let holding = check(&law, &cases, &mut contestants)?;
    println!(
        "all engines give the same answer for every case, {holding:.1} outcomes each on average\n"
    );

    // Comparing has warmed everything up; one pass more says how many make a run long enough.
    let passes: Vec<usize> = contestants
        .iter_mut()
        .map(|contestant| {
            let once = pass(contestant.as_mut(), 1).as_secs_f64();
            ((RUN_MIN.as_secs_f64() / once).ceil() as usize).max(1)
        })
        .collect();
    let mut seconds: Vec<Vec<f64>> = vec![Vec::new(); contestants.len()];
    for _ in 0..RUNS {
        for ((contestant, passes), seconds) in contestants.iter_mut().zip(&passes).zip(&mut seconds)
        {
            seconds
                .push(pass(contestant.as_mut(), *passes).as_secs_f64() / (passes * CASES) as f64);
        }
    }
    print_table(&contestants, &mut seconds);
    Ok(())
}

/// Fails when any engine answers otherwise than the law means; the mean number of outcomes that hold.
fn check(
    law: &[law::Norm],
    cases: &[Case],
    contestants: &mut [Box<dyn Contestant>],
) -> Result<f64, Box<dyn std::error::Error>> {
    let mut holding = 0;
    for (place, case) in cases.iter().enumerate() {
        let expected = law::meaning(law, case);
        holding += expected.count_ones();
        for contestant in contestants.iter_mut() {
            let found = contestant
                .answer(place)
                .map_err(|error| format!("{}: {error}", contestant.name()))?;
            if found != expected {
                let name = contestant.name();
                return Err(format!(
                    "{name} differs on case {place}: {found:025b}, not {expected:025b}: {case:?}"
                )
                .into());
            }
        }
    }
    Ok(f64::from(holding) / cases.len() as f64)
}

fn pass(contestant: &mut dyn Contestant, times: usize) -> Duration {
    let started = Instant::now();
    for _ in 0..times {
        for case in 0..CASES {
            contestant.run(case);
        }
    }
    started.elapsed()
}

fn print_table(contestants: &[Box<dyn Contestant>], seconds: &mut [Vec<f64>]) {
    println!("{RUNS} runs each, taking turns; one thread");
    println!(
        "{:<26}{:>14}{:>14}{:>14}{:>14}{:>12}",
        "", "best µs each", "median µs", "median a sec", "slowest µs", "Sapar is"
    );
    for times in seconds.iter_mut() {
        times.sort_by(f64::total_cmp);
    }
    let ours = seconds
        .first()
        .map_or(f64::NAN, |times| times[times.len() / 2]);
    for (contestant, times) in contestants.iter().zip(seconds) {
        let median = times[times.len() / 2];
        println!(
            "{:<26}{:>14.3}{:>14.3}{:>14.0}{:>14.3}{:>9.1} x",
            contestant.name(),
            times[0] * 1e6,
            median * 1e6,
            1.0 / median,
            times[times.len() - 1] * 1e6,
            median / ours,
        );
    }
    println!("\nwhat the time contains:");
    for contestant in contestants {
        println!("  {:<26}{}", contestant.name(), contestant.contains());
    }
}

/// The cases as JSON objects, for engines that take such.
fn inputs(cases: &[Case]) -> Vec<Value> {
    cases
        .iter()
        .map(|case| {
            let mut input = Map::new();
            for (place, yes) in case.yes.iter().enumerate() {
                input.insert(format!("circumstance_{}", place + 1), Value::from(*yes));
            }
            for (place, value) in case.numbers.iter().enumerate() {
                input.insert(number_key(place), Value::from(*value));
            }
            input.insert(
                "travel_document".to_owned(),
                Value::from(DOCUMENTS[case.document]),
            );
            Value::Object(input)
        })
        .collect()
}

/// A number's name where names have no spaces.
fn number_key(number: usize) -> String {
    NUMBERS[number].0.replace(' ', "_")
}
