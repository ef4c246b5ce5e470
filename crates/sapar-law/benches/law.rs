//! How long the law takes, on the real packages of this repository: `cargo bench -p sapar-law`.
//!
//! The situations are those of the law's own tests, so the figures follow the law as it grows.
//! `docs/benchmarks.md` says what each figure contains and holds the last ones.
#![expect(
    clippy::expect_used,
    reason = "a benchmark that cannot prepare itself has nothing to measure"
)]

use std::cell::LazyCell;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use criterion::{BatchSize, Criterion, Throughput};
use jiff::civil::{Date, date};
use sapar_law::explain::{
    Explainer, citation, explain_position, limit_words, position_words, reason_lines,
};
use sapar_law::{
    Answer, Engine, Evaluation, FactId, Interview, Knowledge, LawFile, Library, Role, Situation,
    Status, Statuses, run_tests,
};
use sapar_messages::{Language, Messages};

/// The day for which the engine is made.
const TODAY: Date = date(2026, 11, 24);

fn main() {
    let files = law_files();
    let library = Arc::new(Library::read(files.clone()).library);
    let engine = Arc::new(kazakhstan(&library));
    println!(
        "{} files, {} norms; order kazakhstan on {TODAY}: {} norms, {} positions, {} facts, {} diagram nodes",
        files.len(),
        library.norms().count(),
        engine.norm_ids().count(),
        engine.positions().len(),
        engine.facts().count(),
        engine.diagram_nodes(),
    );
    let mut criterion = Criterion::default().configure_from_args();
    reading(&mut criterion, &files, &library);
    evaluation(&mut criterion, &engine);
    interview(&mut criterion, &engine);
    many_interviews(&library);
    criterion.final_summary();
}

/// Reading and compiling: what happens once.
fn reading(criterion: &mut Criterion, files: &[LawFile], library: &Arc<Library>) {
    let mut group = criterion.benchmark_group("once");
    group.sample_size(10);
    group.bench_function("read and check all packages", |bencher| {
        bencher.iter_batched(|| files.to_vec(), Library::read, BatchSize::PerIteration);
    });
    group.bench_function("compile kazakhstan", |bencher| {
        bencher.iter(|| kazakhstan(library))
    });
    group.bench_function("run all law tests", |bencher| {
        bencher.iter(|| run_tests(library))
    });
    group.finish();
}

/// Answers for a person.
fn evaluation(criterion: &mut Criterion, engine: &Arc<Engine>) {
    let partial = test_situations(engine);
    let complete: Vec<Situation> = partial
        .iter()
        .map(|situation| completed(engine, situation))
        .collect();
    let messages = Messages::new(Language::English);
    let mut group = criterion.benchmark_group("evaluate");
    group.throughput(Throughput::Elements(1));

    let mut next = cycle(&complete);
    group.bench_function("complete", |bencher| {
        bencher.iter(|| answers(engine, black_box(next())))
    });

    let mut next = cycle(&complete);
    group.bench_function(
        "complete, with the tree of every certain position",
        |bencher| {
            bencher.iter(|| {
                let situation = black_box(next());
                let evaluation = answers(engine, situation);
                let explainer = Explainer::new(engine, situation);
                for answer in evaluation.with_status(Status::Certain) {
                    black_box(explainer.position(answer.position));
                }
                evaluation
            });
        },
    );

    let mut next = cycle(&complete);
    group.bench_function(
        "complete, with the tree of the gravest certain position",
        |bencher| {
            bencher.iter(|| {
                let situation = black_box(next());
                let evaluation = answers(engine, situation);
                let gravest = evaluation.with_status(Status::Certain).next();
                let tree =
                    gravest.map(|answer| explain_position(engine, situation, answer.position));
                (evaluation, tree)
            });
        },
    );

    let mut next = cycle(&complete);
    group.bench_function(
        "complete, with the tree and sentences of the gravest certain position",
        |bencher| {
            bencher.iter(|| {
                let situation = black_box(next());
                let evaluation = answers(engine, situation);
                let lines = sentences(engine, situation, &evaluation, 1, &messages);
                (evaluation, lines)
            });
        },
    );

    let mut next = cycle(&complete);
    group.bench_function(
        "complete, with the tree and sentences of every certain position",
        |bencher| {
            bencher.iter(|| {
                let situation = black_box(next());
                let evaluation = answers(engine, situation);
                let lines = sentences(engine, situation, &evaluation, usize::MAX, &messages);
                (evaluation, lines)
            });
        },
    );

    let mut next = cycle(&partial);
    group.bench_function("partial", |bencher| {
        bencher.iter(|| answers(engine, black_box(next())))
    });

    let mut next = cycle(&complete);
    let mut statuses = Statuses::new();
    group.bench_function("complete, status of every position alone", |bencher| {
        bencher.iter(|| {
            engine
                .statuses(black_box(next()), &mut statuses)
                .expect("the situation can occur");
            black_box(&mut statuses);
        })
    });

    let nothing = Situation::new();
    group.bench_function("nothing known", |bencher| {
        bencher.iter(|| answers(engine, black_box(&nothing)))
    });
    group.finish();
}

/// Questions: the first step, and all steps of interviews with persons whom the law's tests describe.
fn interview(criterion: &mut Criterion, engine: &Arc<Engine>) {
    let mut group = criterion.benchmark_group("interview");
    for (role, name) in [
        (Role::FirstLine, "first line"),
        (Role::SecondLine, "second line"),
        (Role::Specialist, "specialist"),
    ] {
        group.bench_function(format!("first step, {name}"), |bencher| {
            bencher.iter(|| started(engine, role).next());
        });
    }
    for (person, test) in [
        (
            "labour migrant",
            "A labour migrant with valid papers, today",
        ),
        (
            "child alone who asks for protection",
            "A girl of fifteen alone who asks for protection, today",
        ),
    ] {
        let Some(known) = test_situation(engine, test) else {
            println!("no test is named {test:?} any more: its interview is not measured");
            continue;
        };
        for (role, name) in [
            (Role::FirstLine, "first line"),
            (Role::Specialist, "specialist"),
        ] {
            // Made only where the measurement is asked for.
            let steps = LazyCell::new(|| {
                let steps = steps(engine, role, &completed(engine, &known));
                println!("{person}, {name}: {} questions", steps.len());
                steps
            });
            group.bench_function(
                format!("slowest following step, {person}, {name}"),
                |bencher| {
                    let slowest = slowest(&steps).expect("somebody is asked something");
                    bencher.iter_batched(|| slowest.clone(), Step::take, BatchSize::SmallInput);
                },
            );
            group.bench_function(format!("whole, {person}, {name}"), |bencher| {
                bencher.iter(|| {
                    let mut interview = started(engine, role);
                    for step in steps.iter() {
                        black_box(interview.next());
                        interview
                            .answer(step.fact, step.answer)
                            .expect("the answers agree");
                    }
                    interview
                });
            });
        }
    }
    group.finish();
}

/// Interviews with people who answer as chance has it, some of them that they do not know: how long their steps take.
///
/// Printed, not measured by criterion: what counts is the slowest step. Each is taken three times, and the shortest
/// time counts, so that a pause of the machine does not make a step slow.
fn many_interviews(library: &Arc<Library>) {
    for name in ["kazakhstan", "kazakhstan-screening"] {
        let order = library
            .order_named(name)
            .expect("the packages have this order");
        let engine = Engine::new(Arc::clone(library), order, TODAY).expect("the order compiles");
        let engine = Arc::new(engine);
        for role in [Role::FirstLine, Role::SecondLine, Role::Specialist] {
            let first_time = Instant::now();
            let start = started(&engine, role);
            let first_time = first_time.elapsed();
            let mut chance = proptest::test_runner::TestRng::deterministic_rng(
                proptest::test_runner::RngAlgorithm::ChaCha,
            );
            let mut times = Vec::new();
            for _ in 0..20 {
                let mut interview = start.clone();
                while let Some(question) = interview.next() {
                    let answer = some_answer(&engine, question.fact, &mut chance);
                    let step = Step {
                        before: interview.clone(),
                        fact: question.fact,
                        answer,
                    };
                    times.extend(
                        (0..3)
                            .map(|_| {
                                let step = step.clone();
                                let started = Instant::now();
                                black_box(step.take());
                                started.elapsed()
                            })
                            .min(),
                    );
                    if interview.answer(question.fact, answer).is_err() {
                        interview
                            .answer(question.fact, Answer::DoesNotKnow)
                            .expect("not knowing contradicts nothing");
                    }
                }
            }
            times.sort_unstable();
            let at = |percent: usize| {
                times
                    .get((times.len() - 1) * percent / 100)
                    .copied()
                    .unwrap_or_default()
            };
            println!(
                "{name}, {role:?}: {} steps, median {:?}, 99th percentile {:?}, slowest {:?}; first interview of the role prepared in {first_time:?}",
                times.len(),
                at(50),
                at(99),
                at(100),
            );
        }
    }
}

/// One answer in eight is that the person does not know.
fn some_answer(engine: &Engine, fact: FactId, chance: &mut impl proptest::prelude::Rng) -> Answer {
    let values = engine.representative_values(fact);
    if chance.next_u32().is_multiple_of(8) {
        return Answer::DoesNotKnow;
    }
    let pick = chance.next_u32() as usize % values.len().max(1);
    values
        .get(pick)
        .copied()
        .map_or(Answer::DoesNotKnow, Answer::Known)
}

/// An interview just before an answer.
#[derive(Clone)]
struct Step {
    before: Interview,
    fact: FactId,
    answer: Answer,
}

impl Step {
    /// Records the answer and finds the next question.
    fn take(mut self) -> Self {
        // An answer that contradicts the others is refused; finding that out is a step too.
        let _ = self.before.answer(self.fact, self.answer);
        black_box(self.before.next());
        self
    }
}

fn started(engine: &Arc<Engine>, role: Role) -> Interview {
    Interview::new(Arc::clone(engine), role, Situation::new()).expect("nothing contradicts nothing")
}

/// Every step of the interview with this person.
fn steps(engine: &Arc<Engine>, role: Role, person: &Situation) -> Vec<Step> {
    let mut interview = started(engine, role);
    let mut steps = Vec::new();
    while let Some(question) = interview.next() {
        let answer = Answer::Known(person.get(question.fact));
        steps.push(Step {
            before: interview.clone(),
            fact: question.fact,
            answer,
        });
        interview
            .answer(question.fact, answer)
            .expect("the answers agree");
    }
    steps
}

fn slowest(steps: &[Step]) -> Option<&Step> {
    steps.iter().max_by_key(|step| {
        // The least of a few, so that a pause of the machine does not choose the step.
        (0..5)
            .map(|_| {
                let step = (*step).clone();
                let started = Instant::now();
                black_box(step.take());
                started.elapsed()
            })
            .min()
    })
}

fn answers(engine: &Engine, situation: &Situation) -> Evaluation {
    engine.evaluate(situation).expect("the situation can occur")
}

/// What a person reads of the first `most` certain positions: who must do what, until when, by which article, and why.
fn sentences(
    engine: &Engine,
    situation: &Situation,
    evaluation: &Evaluation,
    most: usize,
    messages: &Messages,
) -> Vec<String> {
    let library = engine.library();
    let explainer = Explainer::new(engine, situation);
    let mut lines = Vec::new();
    for answer in evaluation.with_status(Status::Certain).take(most) {
        lines.push(position_words(
            library,
            engine.position(answer.position),
            messages,
        ));
        for (limit, _) in &answer.limits {
            lines.push(limit_words(library, *limit, messages));
        }
        for reason in explainer.position(answer.position) {
            lines.push(citation(library, reason.norm, messages));
            lines.extend(reason_lines(engine, situation, &reason, messages));
        }
    }
    lines
}

/// What the tests of this order and day give.
fn test_situations(engine: &Engine) -> Vec<Situation> {
    engine
        .library()
        .tests()
        .iter()
        .filter(|test| test.order == engine.order() && test.on == engine.on())
        .map(|test| given(&test.given))
        .collect()
}

fn test_situation(engine: &Engine, name: &str) -> Option<Situation> {
    engine
        .library()
        .tests()
        .iter()
        .find(|test| test.name == name)
        .map(|test| given(&test.given))
}

fn given<T>(given: &[(FactId, Knowledge, T)]) -> Situation {
    let mut situation = Situation::new();
    for (fact, knowledge, _) in given {
        situation.set(*fact, *knowledge);
    }
    situation
}

/// The situation with every other fact answered too: no where that can be, else the first value that can be.
fn completed(engine: &Engine, situation: &Situation) -> Situation {
    let mut complete = situation.clone();
    for fact in engine.facts() {
        if complete.get(fact) != Knowledge::Unknown {
            continue;
        }
        let mut values = engine.representative_values(fact);
        values.sort_by_key(|value| *value != Knowledge::YesNo(false));
        for value in values {
            complete.set(fact, value);
            if engine.evaluate(&complete).is_ok() {
                break;
            }
        }
    }
    complete
}

/// Goes round and round, so that no figure rests on one person.
fn cycle<'s>(situations: &'s [Situation]) -> impl FnMut() -> &'s Situation {
    let mut all = situations.iter().cycle();
    move || all.next().expect("the law's tests describe somebody")
}

fn kazakhstan(library: &Arc<Library>) -> Engine {
    let order = library
        .order_named("kazakhstan")
        .expect("the packages hold the order");
    Engine::new(Arc::clone(library), order, TODAY).expect("the order compiles")
}

fn law_files() -> Vec<LawFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<LawFile>) {
    for entry in std::fs::read_dir(folder).expect("the laws can be listed") {
        let path = entry.expect("the laws can be listed").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let name = path
                .strip_prefix(root)
                .expect("it was found there")
                .to_string_lossy()
                .replace('\\', "/");
            files.push(LawFile {
                path: name,
                bytes: std::fs::read(&path).expect("the law can be read"),
            });
        }
    }
}
