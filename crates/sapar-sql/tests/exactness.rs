//! The plan behind the statement is asked without a database and compared with the engine.
//!
//! What turns the plan into text is tested on the databases themselves, by `.ci/sql-engines`.

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

use std::sync::Arc;

use laws::law;
use proptest::prelude::*;
use sapar_law::{Engine, Knowledge, Library, Situation, Status};
use sapar_sql::Plan;
use support::{Numbers, engine_of, partial_situation, read, real_engine};

/// Every situation the law can tell apart: each fact unknown, or of one class. More than so many are sampled.
const SITUATIONS_MAX: usize = 4000;

fn expected(engine: &Engine, plan: &Plan, situation: &Situation) -> Option<Vec<Status>> {
    let evaluation = engine.evaluate(situation).ok()?;
    Some(plan.positions().map(|id| evaluation.status(id)).collect())
}

fn check(library: &Arc<Library>, engine: &Engine, steps_max: usize) {
    let positions: Vec<_> = engine.position_ids().map(|(id, _)| id).collect();
    let mut plan = Plan::with_steps(engine, &positions, steps_max);
    assert_eq!(
        plan.torn(),
        Vec::<u32>::new(),
        "read as `may be` this is not exact"
    );
    let choices: Vec<(sapar_law::FactId, Vec<Knowledge>)> = engine
        .facts()
        .map(|fact| {
            let mut values = vec![Knowledge::Unknown];
            values.extend(engine.representative_values(fact));
            (fact, values)
        })
        .collect();
    let all = choices
        .iter()
        .fold(1usize, |all, (_, values)| all.saturating_mul(values.len()));
    let mut numbers = Numbers::new(20_261_125);
    for number in 0..all.min(SITUATIONS_MAX) {
        let mut left = if all > SITUATIONS_MAX {
            usize::try_from(numbers.next() % (all as u64)).unwrap()
        } else {
            number
        };
        let mut situation = Situation::new();
        for (fact, values) in &choices {
            situation.set(*fact, values[left % values.len()]);
            left /= values.len();
        }
        let known: Vec<String> = situation
            .known()
            .map(|(fact, value)| {
                format!(
                    "{}={}",
                    library.fact(fact).name,
                    library.value_to_text(fact, value)
                )
            })
            .collect();
        assert_eq!(
            plan.answer(engine, &situation),
            expected(engine, &plan, &situation),
            "{known:?}"
        );
    }
}

/// How many random laws; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").map_or(300, |text| text.parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn answers_equal_the_engine_for_every_partial_situation(law in law(8)) {
        let library = read(&law);
        let engine = engine_of(&library);
        check(&library, &engine, 20_000);
    }

    #[test]
    fn answers_along_diagrams_are_the_same(law in law(6)) {
        let library = read(&law);
        let engine = engine_of(&library);
        check(&library, &engine, 0);
    }
}

#[test]
fn answers_for_the_real_orders_equal_the_engine() {
    for (order, year, month, day) in support::REAL_ORDERS {
        let engine = real_engine(order, jiff::civil::date(year, month, day));
        let positions: Vec<_> = engine.position_ids().map(|(id, _)| id).collect();
        let mut plan = Plan::new(&engine, &positions);
        assert_eq!(plan.torn(), Vec::<u32>::new());
        assert_eq!(
            plan.diagrams(),
            0,
            "{order}: something was too hard to take apart"
        );
        let mut numbers = Numbers::new(7);
        let (mut possible, mut open, mut certain) = (0, 0, 0);
        for number in 0..400 {
            let situation = partial_situation(&engine, &mut numbers, number);
            let answers = plan.answer(&engine, &situation);
            assert_eq!(
                answers,
                expected(&engine, &plan, &situation),
                "{order}, situation {number}"
            );
            let certain_norms = engine.evaluate(&situation).ok().map(|evaluation| {
                let mut norms: Vec<_> = evaluation
                    .answers
                    .iter()
                    .flat_map(|answer| &answer.supporting)
                    .filter(|norm| !engine.library().norm(**norm).limits.is_empty())
                    .copied()
                    .collect();
                norms.sort();
                norms
            });
            let told = plan.certain_norms(&engine, &situation).map(|mut norms| {
                norms.sort();
                norms
            });
            assert_eq!(told, certain_norms, "{order}, situation {number}");
            if let Some(answers) = answers {
                possible += 1;
                open += answers
                    .iter()
                    .filter(|status| **status == Status::Open)
                    .count();
                certain += answers
                    .iter()
                    .filter(|status| **status == Status::Certain)
                    .count();
            }
        }
        println!("{order}: {possible} of 400 possible, {open} open, {certain} certain");
        assert!(possible > 200 && possible < 400 && open > 1000 && certain > 1000);
    }
}
