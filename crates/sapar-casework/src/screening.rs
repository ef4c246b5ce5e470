//! A screening: one interview of one person, kept so that it can be rebuilt exactly.
//!
//! Answers are kept for good: a correction and going back are events of their own.
//! What the screening holds is enough to make the [`Interview`] again, see [`Screening::interview`].

use std::sync::Arc;

use sapar_law::{Answer, Engine, FactId, Interview, Knowledge, Library, Role, Situation};
use serde::{Deserialize, Serialize};

use crate::classes::{self, Classes};
use crate::ids::{EncounterId, PersonId};
use crate::outcome::{Difference, Law, RecordedOutcome};
use crate::personal::{Personal, Text, sealed_in};
use crate::refusal::Refusal;
use crate::stamp::{Stamp, role_json};

mod decide;
mod replay;

pub use replay::RebuildError;

/// How an answer was learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HowLearned {
    /// An officer saw it.
    Observed,
    /// The person was asked.
    Asked,
    /// A document says so.
    Document,
    /// A specialist found it.
    Specialist,
    /// Another authority says so.
    Authority,
    /// It follows from other answers.
    Derived,
}

/// What was answered, in the vocabulary's own words. `Debug` does not show a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Given {
    /// A value, as `Library::value_to_text` writes it.
    Known(Text),
    /// The person does not know: not the same as no.
    DoesNotKnow,
    /// The person does not want to say: not the same as no.
    DoesNotWantToSay,
}

/// An answer to one question.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerGiven {
    /// The fact, by name.
    pub fact: String,
    /// What was answered.
    pub given: Given,
    /// How it was learned.
    pub how: HowLearned,
}

// Which questions were asked tells what was answered before, so not even the fact is shown.
impl std::fmt::Debug for AnswerGiven {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AnswerGiven(withheld)")
    }
}

impl AnswerGiven {
    /// An answer as the law has it.
    #[must_use]
    pub fn of(library: &Library, fact: FactId, answer: Answer, how: HowLearned) -> Self {
        Self {
            fact: library.fact(fact).name.clone(),
            given: match answer {
                Answer::Known(knowledge) => {
                    Given::Known(Text::new(&library.value_to_text(fact, knowledge)))
                }
                Answer::DoesNotKnow => Given::DoesNotKnow,
                Answer::DoesNotWantToSay => Given::DoesNotWantToSay,
            },
            how,
        }
    }

    /// The answer by the numbers of a library.
    ///
    /// # Errors
    /// [`Refusal::FactUnknown`] or [`Refusal::ValueUnknown`] where the library has no such fact or value.
    pub fn read(&self, library: &Library) -> Result<(FactId, Answer), Refusal> {
        let fact = library.fact_named(&self.fact).ok_or(Refusal::FactUnknown)?;
        let answer = match &self.given {
            Given::Known(text) => {
                match library
                    .value_from_text(fact, text.as_str())
                    .map_err(|_| Refusal::ValueUnknown)?
                {
                    // Nothing learned is no answer: the two that are have names of their own.
                    Knowledge::Unknown => return Err(Refusal::ValueUnknown),
                    known => Answer::Known(known),
                }
            }
            Given::DoesNotKnow => Answer::DoesNotKnow,
            Given::DoesNotWantToSay => Answer::DoesNotWantToSay,
        };
        Ok((fact, answer))
    }

    /// The classes of the answer; every class where the vocabulary does not know the fact any more.
    #[must_use]
    pub fn classes(&self, library: &Library) -> Classes {
        library
            .fact_named(&self.fact)
            .map_or(Classes::ALL, |fact| classes::of_fact(library, fact))
    }
}

/// Why an outcome was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// The first outcome, or more answers.
    Answers,
    /// An earlier answer was corrected or taken back.
    Correction,
    /// The law or its day changed.
    LawChanged,
}

/// Why an interview was stopped before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopReason {
    /// The person did not want to go on.
    PersonStopped,
    /// The person needs help first.
    NeedsHelpFirst,
    /// No interpreter.
    NoInterpreter,
    /// Time or place does not permit.
    Circumstances,
    /// A higher line goes on.
    PassedOn,
}

/// What somebody wants of a screening.
#[derive(Debug, Clone)]
pub enum ScreeningCommand {
    /// Start.
    Start {
        /// Of whom.
        person: PersonId,
        /// At which encounter.
        encounter: Option<EncounterId>,
        /// Who asks.
        role: Role,
        /// What is known already, from a document or from looking.
        known: Vec<AnswerGiven>,
    },
    /// Answer a question, or answer it again.
    Answer(AnswerGiven),
    /// Go back one question.
    TakeBack,
    /// Hand the interview to a higher role, which goes on with all answers.
    HandOver {
        /// Who asks from now on.
        role: Role,
    },
    /// Evaluate, and record what follows.
    Evaluate,
    /// Evaluate under the engine passed in, whose law or day is another one.
    FollowLaw,
    /// Stop before the end.
    Stop {
        /// Why.
        reason: StopReason,
    },
    /// Nothing more is to be asked.
    Finish,
    /// Go on after the end.
    Resume,
}

/// What happened in a screening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ScreeningEvent {
    /// Started.
    Started {
        /// Of whom.
        person: PersonId,
        /// At which encounter.
        encounter: Option<EncounterId>,
        /// Under which law.
        law: Law,
        /// Who asks.
        #[serde(with = "role_json")]
        role: Role,
        /// What was known already.
        #[serde(skip)]
        personal: Personal<Vec<AnswerGiven>>,
    },
    /// A question was answered.
    Answered {
        /// Number of the answer within the screening, from 0; never used twice.
        number: u32,
        /// The answer this one corrects.
        corrects: Option<u32>,
        /// The answer.
        #[serde(skip)]
        personal: Personal<AnswerGiven>,
    },
    /// The last answer was taken back. It stays recorded.
    TakenBack {
        /// Its number.
        number: u32,
    },
    /// Another role asks.
    HandedOver {
        /// Which.
        #[serde(with = "role_json")]
        role: Role,
    },
    /// What follows was recorded.
    Evaluated {
        /// Why now.
        occasion: Occasion,
        /// What follows.
        outcome: RecordedOutcome,
        /// What changed; `None` for the first outcome.
        difference: Option<Difference>,
    },
    /// Stopped.
    Stopped {
        /// Why.
        reason: StopReason,
    },
    /// Finished.
    Finished {},
    /// Goes on.
    Resumed {},
}

sealed_in!(ScreeningEvent: Started Answered);

/// Where a screening stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScreeningState {
    /// Not started.
    #[default]
    NotStarted,
    /// Running.
    Running,
    /// Stopped before its end.
    Stopped(StopReason),
    /// Finished.
    Finished,
}

/// An answer as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedAnswer {
    /// Who recorded it, when.
    pub stamp: Stamp,
    /// Its number.
    pub number: u32,
    /// The answer it corrects.
    pub corrects: Option<u32>,
    /// Whether and when it was taken back.
    pub taken_back: Option<Stamp>,
    /// The answer.
    pub answer: Personal<AnswerGiven>,
}

/// One outcome in the screening's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluated {
    /// Who asked for it, when.
    pub stamp: Stamp,
    /// Why.
    pub occasion: Occasion,
    /// What follows.
    pub outcome: RecordedOutcome,
    /// What changed.
    pub difference: Option<Difference>,
}

/// A step of the interview, in order, to play it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Answer number so much.
    Answer(u32),
    /// Back.
    Back,
}

/// A screening.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Screening {
    /// Where it stands.
    pub state: ScreeningState,
    /// Of whom.
    pub person: Option<PersonId>,
    /// At which encounter.
    pub encounter: Option<EncounterId>,
    /// Under which law; the last evaluation's, once there is one.
    pub law: Option<Law>,
    /// Who asks now.
    pub role: Option<Role>,
    /// When it started, and who started it.
    pub started: Option<Stamp>,
    /// What was known before the first question.
    pub known: Personal<Vec<AnswerGiven>>,
    /// Every answer ever given, corrected and taken back ones included.
    pub answers: Vec<RecordedAnswer>,
    /// Every outcome, the first first.
    pub outcomes: Vec<Evaluated>,
    steps: Vec<Step>,
    /// Numbers of the answers that count, in the order in which going back takes them.
    stack: Vec<u32>,
    /// Whether an answer was corrected or taken back since the last outcome.
    corrected: bool,
}

impl Screening {
    /// The last outcome.
    #[must_use]
    pub fn outcome(&self) -> Option<&RecordedOutcome> {
        self.outcomes.last().map(|evaluated| &evaluated.outcome)
    }

    /// The answer of that number.
    #[must_use]
    pub fn answer(&self, number: u32) -> Option<&RecordedAnswer> {
        self.answers.iter().find(|answer| answer.number == number)
    }

    /// Answers that count now, in the order of asking.
    pub fn current(&self) -> impl Iterator<Item = &RecordedAnswer> {
        self.stack.iter().filter_map(|number| self.answer(*number))
    }

    /// What was last answered to a question, also if it was taken back: to fill the form when it is asked again.
    #[must_use]
    pub fn last_given(&self, fact: &str) -> Option<&AnswerGiven> {
        self.answers
            .iter()
            .rev()
            .filter_map(|answer| answer.answer.get())
            .find(|answer| answer.fact == fact)
    }

    /// When a yes to this fact was recorded, among the answers that count; what was known at the start counts from the start.
    #[must_use]
    pub fn said_yes(&self, fact: &str) -> Option<Stamp> {
        let yes = |answer: &AnswerGiven| {
            answer.fact == fact
                && matches!(&answer.given, Given::Known(text) if text.as_str() == "yes")
        };
        let mut asked = self
            .current()
            .filter(|answer| answer.answer.get().is_some_and(|given| given.fact == fact));
        if let Some(last) = asked.next() {
            return last
                .answer
                .get()
                .filter(|given| yes(given))
                .map(|_| last.stamp);
        }
        self.known
            .get()
            .filter(|known| known.iter().any(yes))
            .and(self.started)
    }

    /// What is known now, as the rebuilt interview has it, and cheaper.
    ///
    /// # Errors
    /// [`RebuildError`] where the personal part is gone or the library does not know a word of it.
    pub fn situation(&self, engine: &Engine) -> Result<Situation, RebuildError> {
        replay::situation(self, engine)
    }

    /// What a reader of these classes may see of what follows: computed without the facts they may not see,
    /// and without the positions that tell of such facts.
    ///
    /// Guarantee: two screenings that differ only in facts of other classes give the same, byte for byte.
    ///
    /// # Errors
    /// [`RebuildError`] where the personal part is gone or the library does not know a word of it.
    pub fn outcome_seen(
        &self,
        engine: &Engine,
        seen: Classes,
    ) -> Result<RecordedOutcome, RebuildError> {
        let situation = classes::situation_seen(engine.library(), &self.situation(engine)?, seen);
        let outcome =
            RecordedOutcome::of(engine, &situation).map_err(|_| RebuildError::Contradiction)?;
        Ok(outcome.visible_to(seen))
    }

    /// The facts of which one must be wrong if this answer is right; none where it contradicts nothing.
    ///
    /// What is shown of them is filtered by [`classes::of_fact`] like any other answer.
    ///
    /// # Errors
    /// As the answer itself would be refused, contradictions aside.
    pub fn contradicting(
        &self,
        engine: &Engine,
        given: &AnswerGiven,
    ) -> Result<Vec<FactId>, Refusal> {
        let (fact, answer) = given.read(engine.library())?;
        let mut situation = self.situation(engine)?;
        let Answer::Known(knowledge) = answer else {
            return Ok(Vec::new());
        };
        situation.set(fact, knowledge);
        Ok(engine
            .contradiction(&situation)
            .err()
            .map(|contradiction| contradiction.facts)
            .unwrap_or_default())
    }

    /// The interview as it was, so that it can go on.
    ///
    /// # Errors
    /// [`RebuildError`] where the personal part is gone or the library does not know a word of it.
    pub fn interview(&self, engine: &Arc<Engine>) -> Result<Interview, RebuildError> {
        replay::interview(self, engine)
    }
}
