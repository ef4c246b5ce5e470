//! Runs the tests that stand beside the laws.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use sapar_diagnostics::{Diagnostic, code};

use crate::model::{ExpectDef, OrderId, TestDef};
use crate::{Engine, Library, Situation, Status};

/// What came of one test.
#[derive(Debug, Clone)]
pub struct TestOutcome {
    /// The package.
    pub package: String,
    /// Its story in a line.
    pub name: String,
    /// Nothing when it passed.
    pub problems: Vec<Diagnostic>,
}

/// Runs every test of an order as if it asked about another day.
///
/// Shows which of today's expectations the law of that day no longer meets.
#[must_use]
pub fn run_tests_on(library: &Arc<Library>, order: OrderId, on: Date) -> Vec<TestOutcome> {
    let engine = Engine::new(Arc::clone(library), order, on);
    library
        .tests()
        .iter()
        .filter(|test| test.order == order)
        .map(|test| TestOutcome {
            package: test.package.clone(),
            name: test.name.clone(),
            problems: match &engine {
                Ok(engine) => run(engine, test),
                Err(error) => vec![Diagnostic::new(&code::L0501, test.span, error.to_string())],
            },
        })
        .collect()
}

/// Runs every test of the library; each order is compiled once a date.
#[must_use]
pub fn run_tests(library: &Arc<Library>) -> Vec<TestOutcome> {
    let mut engines: HashMap<(OrderId, Date), Result<Engine, crate::EngineError>> = HashMap::new();
    library
        .tests()
        .iter()
        .map(|test| {
            let engine = engines
                .entry((test.order, test.on))
                .or_insert_with(|| Engine::new(Arc::clone(library), test.order, test.on));
            let problems = match engine {
                Ok(engine) => run(engine, test),
                Err(error) => vec![Diagnostic::new(&code::L0501, test.span, error.to_string())],
            };
            TestOutcome {
                package: test.package.clone(),
                name: test.name.clone(),
                problems,
            }
        })
        .collect()
}

fn run(engine: &Engine, test: &TestDef) -> Vec<Diagnostic> {
    let mut situation = Situation::new();
    for (fact, knowledge, _) in &test.given {
        situation.set(*fact, *knowledge);
    }
    let evaluation = match engine.evaluate(&situation) {
        Ok(evaluation) => evaluation,
        Err(contradiction) => {
            let names: Vec<&str> = contradiction
                .facts
                .iter()
                .map(|fact| engine.library().fact(*fact).name.as_str())
                .collect();
            return vec![
                Diagnostic::new(
                    &code::L0503,
                    test.span,
                    format!("these facts cannot stand together: {}", names.join(", ")),
                )
                .help(contradiction.because.join("; ")),
            ];
        }
    };
    test.expects
        .iter()
        .flat_map(|expect| check(engine, &situation, &evaluation, expect))
        .collect()
}

fn check(
    engine: &Engine,
    situation: &Situation,
    evaluation: &crate::Evaluation,
    expect: &ExpectDef,
) -> Vec<Diagnostic> {
    let library = engine.library();
    let found = engine.position_ids().find(|(_, position)| {
        position.bearer == expect.bearer
            && position.modality == expect.modality
            && position.act == expect.act
    });
    let status = found.map_or(Status::Excluded, |(id, _)| evaluation.status(id));
    let mut problems = Vec::new();
    if status != expect.status {
        let mut diagnostic = Diagnostic::new(
            &code::L0501,
            expect.span,
            format!("expected {}, found {}", word(expect.status), word(status)),
        );
        let same_act: Vec<String> = evaluation
            .answers
            .iter()
            .map(|answer| (engine.position(answer.position), answer.status))
            .filter(|(position, _)| position.act == expect.act)
            .map(|(position, status)| {
                format!(
                    "{} {} ({})",
                    library.actor(position.bearer).name,
                    position.modality.words(),
                    word(status)
                )
            })
            .collect();
        diagnostic = match found {
            None => diagnostic.help(format!(
                "no norm in force makes this position; on this act stand: {}",
                if same_act.is_empty() {
                    "none".to_owned()
                } else {
                    same_act.join(", ")
                }
            )),
            Some((id, _)) => {
                let facts: Vec<&str> = engine
                    .deciding(situation, id)
                    .iter()
                    .take(8)
                    .map(|fact| library.fact(*fact).name.as_str())
                    .collect();
                diagnostic.help(format!(
                    "decided by: {}",
                    if facts.is_empty() {
                        "nothing given".to_owned()
                    } else {
                        facts.join(", ")
                    }
                ))
            }
        };
        problems.push(diagnostic);
        return problems;
    }
    let norms: Vec<crate::NormId> = found
        .and_then(|(id, _)| evaluation.answer(id))
        .map(|answer| {
            answer
                .supporting
                .iter()
                .chain(&answer.possible)
                .copied()
                .collect()
        })
        .unwrap_or_default();
    for (instrument, provision, span) in &expect.by {
        let supports = norms.iter().any(|norm| {
            let norm = library.norm(*norm);
            norm.instrument == *instrument && norm.provision.eq_ignore_ascii_case(provision)
        });
        if !supports {
            let are: Vec<String> = norms
                .iter()
                .map(|norm| {
                    let norm = library.norm(*norm);
                    format!(
                        "{} {}",
                        library.instrument(norm.instrument).id,
                        norm.provision
                    )
                })
                .collect();
            problems.push(
                Diagnostic::new(
                    &code::L0502,
                    *span,
                    "this provision does not support the position",
                )
                .help(format!(
                    "it rests on: {}",
                    if are.is_empty() {
                        "nothing".to_owned()
                    } else {
                        are.join(", ")
                    }
                )),
            );
        }
    }
    problems
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Certain => "certain",
        Status::Open => "open",
        Status::Excluded => "excluded",
    }
}
