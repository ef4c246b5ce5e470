//! Two laws of 40 norms over 35 facts compared by Sapar; both laws and the covers are printed as JSON for `z3_cover.py`.
//!
//! The first argument is the seed of the first law; the second law has the next one.

#[allow(dead_code, reason = "shared with the comparison of rule engines")]
#[path = "../../src/law.rs"]
mod law;
mod text;

use std::time::Instant;

use jiff::civil::date;
use law::{CIRCUMSTANCES, Condition, Norm, OUTCOMES, Random, make_law};
use sapar_analysis::{Comparison, Literal, Request};
use sapar_law::Library;
use serde_json::{Value, json};

const RUNS: usize = 7;

fn main() {
    let seed: u64 = std::env::args().nth(1).and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let laws = [make_law(&mut Random(seed)), make_law(&mut Random(seed + 1))];
    let library = text::library([&laws[0], &laws[1]], CIRCUMSTANCES, OUTCOMES);
    let on = date(2026, 11, 24);
    let order = |name: &str| (library.order_named(name).expect("the order is there"), on);
    let request = Request::new(order("first"), order("second"));
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            let comparison = Comparison::new(&library, &request).expect("the laws are small");
            std::hint::black_box(comparison.gaps().len());
            begun.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let begun = processor_seconds();
    let comparison = Comparison::new(&library, &request).expect("the laws are small");
    let processor = processor_seconds() - begun;
    let gaps: Vec<Value> = comparison
        .gaps()
        .iter()
        .map(|gap| {
            let cover: Vec<Vec<Value>> = gap
                .cover
                .conjunctions
                .iter()
                .map(|one| one.literals.iter().map(|literal| json_of(&library, literal)).collect())
                .collect();
            let place = library.norm(gap.standard).id.trim_start_matches("norm-").parse::<usize>().expect("a number") - 1;
            json!({ "norm": place, "kind": gap.kind.slug(), "cover": cover })
        })
        .collect();
    let all = json!({
        "seed": seed,
        "sapar_seconds_median": seconds[RUNS / 2],
        "sapar_processor_seconds": processor,
        "circumstances": CIRCUMSTANCES,
        "numbers": law::NUMBERS.iter().map(|(name, _, most)| json!([name, most])).collect::<Vec<_>>(),
        "documents": law::DOCUMENTS,
        "laws": laws.iter().map(|law| law.iter().map(norm).collect::<Vec<_>>()).collect::<Vec<_>>(),
        "gaps": gaps,
    });
    println!("{all}");
}

/// Seconds this thread had a processor: tells the work apart from the waiting on a busy machine. Zero where unknown.
fn processor_seconds() -> f64 {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split(' ').next()?.parse::<f64>().ok())
        .map_or(0.0, |nanoseconds| nanoseconds / 1e9)
}

fn json_of(library: &Library, literal: &Literal) -> Value {
    match literal {
        Literal::Fact { fact, holds } => json!(["fact", library.fact(*fact).name, holds]),
        Literal::Number { fact, from, to } => json!(["number", library.fact(*fact).name, from, to]),
        Literal::Values { values, .. } => json!(["document", values]),
        Literal::Term { .. } => unreachable!("these laws have no terms"),
    }
}

fn norm(norm: &Norm) -> Value {
    json!({
        "outcome": norm.outcome,
        "condition": condition(&norm.condition),
        "exception": norm.exception.as_ref().map(condition),
        "overridden_by": norm.overridden_by,
    })
}

fn condition(this: &Condition) -> Value {
    let list = |parts: &[Condition]| parts.iter().map(condition).collect::<Vec<_>>();
    match this {
        Condition::Yes(fact) => json!(["yes", fact]),
        Condition::No(fact) => json!(["no", fact]),
        Condition::AtLeast(number, least) => json!(["at least", number, least]),
        Condition::Under(number, bound) => json!(["under", number, bound]),
        Condition::Document(values) => json!(["document", values]),
        Condition::All(parts) => json!(["all", list(parts)]),
        Condition::Any(parts) => json!(["any", list(parts)]),
        Condition::Count(least, facts) => json!(["count", least, facts]),
    }
}
