//! A screening's events played again.

use std::sync::Arc;

use sapar_law::{Answer, Answered, Engine, FactId, Interview, Knowledge, Role, Situation};

use super::{AnswerGiven, Screening, Step};
use crate::refusal::Refusal;

/// Why an interview could not be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RebuildError {
    /// It never started.
    #[error("the screening has not started; start it first")]
    NotStarted,
    /// A personal part is gone.
    #[error(
        "the answers of this screening were erased; only what was recorded of its outcome is left"
    )]
    Erased,
    /// The law has another word for it.
    #[error(
        "an answer uses a word that the law loaded here does not have; load the law packages it was given under"
    )]
    Word,
    /// The law does not permit these answers together.
    #[error(
        "the answers contradict each other under the law loaded here; correct the one that is wrong"
    )]
    Contradiction,
}

impl From<RebuildError> for Refusal {
    fn from(error: RebuildError) -> Self {
        match error {
            RebuildError::NotStarted => Refusal::NotThere,
            RebuildError::Erased => Refusal::Erased,
            RebuildError::Word => Refusal::FactUnknown,
            RebuildError::Contradiction => Refusal::Contradiction,
        }
    }
}

/// What was known before the first question.
pub(super) fn start(known: &[AnswerGiven], engine: &Engine) -> Result<Situation, Refusal> {
    let mut situation = Situation::new();
    for answer in known {
        let (fact, answer) = answer.read(engine.library())?;
        if let Answer::Known(knowledge) = answer {
            situation.set(fact, knowledge);
        }
    }
    Ok(situation)
}

/// One step with its answer read.
enum Read {
    Answer(FactId, Answer),
    Back,
}

fn read(
    screening: &Screening,
    engine: &Engine,
) -> Result<(Role, Situation, Vec<Read>), RebuildError> {
    let role = screening.role.ok_or(RebuildError::NotStarted)?;
    let known = screening.known.get().ok_or(RebuildError::Erased)?;
    let start = start(known, engine).map_err(|_| RebuildError::Word)?;
    let mut steps = Vec::with_capacity(screening.steps.len());
    for step in &screening.steps {
        steps.push(match step {
            Step::Back => Read::Back,
            Step::Answer(number) => {
                let given = screening
                    .answer(*number)
                    .and_then(|answer| answer.answer.get());
                let given = given.ok_or(RebuildError::Erased)?;
                let (fact, answer) = given
                    .read(engine.library())
                    .map_err(|_| RebuildError::Word)?;
                Read::Answer(fact, answer)
            }
        });
    }
    Ok((role, start, steps))
}

/// What is known now, and the answers that count: the steps as [`Interview`] takes them,
/// without finding the next question after every one.
struct Now {
    start: Situation,
    situation: Situation,
    answered: Vec<Answered>,
}

fn now(start: Situation, steps: Vec<Read>, engine: &Engine) -> Now {
    let mut situation = start.clone();
    let mut answered: Vec<Answered> = Vec::new();
    let forget = |situation: &mut Situation, fact: FactId| {
        situation.set(fact, start.get(fact));
        if engine.contradiction(situation).is_err() {
            situation.set(fact, Knowledge::Unknown);
        }
    };
    for step in steps {
        match step {
            Read::Answer(fact, answer) => {
                match answer {
                    Answer::Known(knowledge) => situation.set(fact, knowledge),
                    Answer::DoesNotKnow | Answer::DoesNotWantToSay => forget(&mut situation, fact),
                }
                answered.retain(|other| other.fact != fact);
                answered.push(Answered { fact, answer });
            }
            Read::Back => {
                if let Some(last) = answered.pop() {
                    forget(&mut situation, last.fact);
                }
            }
        }
    }
    Now {
        start,
        situation,
        answered,
    }
}

pub(super) fn interview(
    screening: &Screening,
    engine: &Arc<Engine>,
) -> Result<Interview, RebuildError> {
    let (role, start, steps) = read(screening, engine)?;
    let Now {
        start,
        situation,
        answered,
    } = now(start, steps, engine);
    Interview::resume(Arc::clone(engine), role, start, situation, answered)
        .map_err(|_| RebuildError::Contradiction)
}

pub(super) fn situation(screening: &Screening, engine: &Engine) -> Result<Situation, RebuildError> {
    let (_, start, steps) = read(screening, engine)?;
    Ok(now(start, steps, engine).situation)
}
