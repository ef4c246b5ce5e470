//! What may happen in a screening, and what it changes.

use sapar_law::{Answer, Engine};

use super::replay::start;
use super::{
    AnswerGiven, Evaluated, Occasion, RecordedAnswer, Screening, ScreeningCommand, ScreeningEvent,
    ScreeningState, Step,
};
use crate::outcome::{Difference, Law, RecordedOutcome};
use crate::personal::Personal;
use crate::refusal::Refusal;
use crate::stamp::{Fold, Stamp};

impl Screening {
    /// What happens if the command is carried out now, under the law of this engine.
    ///
    /// An answer that contradicts the others is refused and nothing is recorded.
    /// [`ScreeningCommand::Stop`] and [`ScreeningCommand::Finish`] record the outcome too, where it is not recorded yet.
    ///
    /// # Errors
    /// When the command does not fit the state, the answers or the law; the refusal says what to do.
    pub fn decide(
        &self,
        engine: &Engine,
        command: ScreeningCommand,
        _: &Stamp,
    ) -> Result<Vec<ScreeningEvent>, Refusal> {
        match command {
            ScreeningCommand::Start {
                person,
                encounter,
                role,
                known,
            } => {
                if self.state != ScreeningState::NotStarted {
                    return Err(Refusal::ExistsAlready);
                }
                let situation = start(&known, engine)?;
                engine
                    .contradiction(&situation)
                    .map_err(|_| Refusal::Contradiction)?;
                Ok(vec![ScreeningEvent::Started {
                    person,
                    encounter,
                    law: Law::of(engine),
                    role,
                    personal: Personal::known(known),
                }])
            }
            ScreeningCommand::Answer(given) => {
                self.running()?;
                self.same_law(engine)?;
                self.answered(engine, given).map(|event| vec![event])
            }
            ScreeningCommand::TakeBack => {
                self.running()?;
                let number = *self.stack.last().ok_or(Refusal::NothingToTakeBack)?;
                Ok(vec![ScreeningEvent::TakenBack { number }])
            }
            ScreeningCommand::HandOver { role } => {
                self.running()?;
                if self.role >= Some(role) {
                    return Err(Refusal::RoleNotHigher);
                }
                Ok(vec![ScreeningEvent::HandedOver { role }])
            }
            ScreeningCommand::Evaluate => {
                self.started()?;
                self.same_law(engine)?;
                Ok(self.evaluated(engine)?.into_iter().collect())
            }
            ScreeningCommand::FollowLaw => {
                self.started()?;
                Ok(self.evaluated(engine)?.into_iter().collect())
            }
            ScreeningCommand::Stop { reason } => {
                self.running()?;
                self.same_law(engine)?;
                let end = ScreeningEvent::Stopped { reason };
                Ok(self.evaluated(engine)?.into_iter().chain([end]).collect())
            }
            ScreeningCommand::Finish => {
                self.running()?;
                self.same_law(engine)?;
                Ok(self
                    .evaluated(engine)?
                    .into_iter()
                    .chain([ScreeningEvent::Finished {}])
                    .collect())
            }
            ScreeningCommand::Resume => match self.state {
                ScreeningState::NotStarted => Err(Refusal::NotThere),
                ScreeningState::Running => Err(Refusal::ScreeningRuns),
                ScreeningState::Stopped(_) | ScreeningState::Finished => {
                    Ok(vec![ScreeningEvent::Resumed {}])
                }
            },
        }
    }

    /// Decides, and takes what happened in.
    ///
    /// # Errors
    /// As [`Screening::decide`]; then nothing has changed.
    pub fn carry_out(
        &mut self,
        engine: &Engine,
        command: ScreeningCommand,
        stamp: &Stamp,
    ) -> Result<Vec<ScreeningEvent>, Refusal> {
        let events = self.decide(engine, command, stamp)?;
        self.apply_all(&events, stamp);
        Ok(events)
    }

    fn started(&self) -> Result<(), Refusal> {
        if self.state == ScreeningState::NotStarted {
            Err(Refusal::NotThere)
        } else {
            Ok(())
        }
    }

    fn running(&self) -> Result<(), Refusal> {
        self.started()?;
        if self.state == ScreeningState::Running {
            Ok(())
        } else {
            Err(Refusal::ScreeningEnded)
        }
    }

    fn same_law(&self, engine: &Engine) -> Result<(), Refusal> {
        if self.law == Some(Law::of(engine)) {
            Ok(())
        } else {
            Err(Refusal::OtherLaw)
        }
    }

    fn answered(&self, engine: &Engine, given: AnswerGiven) -> Result<ScreeningEvent, Refusal> {
        let (fact, answer) = given.read(engine.library())?;
        let mut situation = self.situation(engine)?;
        if let Answer::Known(knowledge) = answer {
            situation.set(fact, knowledge);
            engine
                .contradiction(&situation)
                .map_err(|_| Refusal::Contradiction)?;
        }
        let corrects = self
            .current()
            .find(|other| {
                other
                    .answer
                    .get()
                    .is_some_and(|other| other.fact == given.fact)
            })
            .map(|other| other.number);
        let number = self
            .answers
            .iter()
            .map(|answer| answer.number + 1)
            .max()
            .unwrap_or(0);
        Ok(ScreeningEvent::Answered {
            number,
            corrects,
            personal: Personal::known(given),
        })
    }

    /// What follows now, if it is not what was recorded last under the same law.
    fn evaluated(&self, engine: &Engine) -> Result<Option<ScreeningEvent>, Refusal> {
        let situation = self.situation(engine)?;
        let outcome =
            RecordedOutcome::of(engine, &situation).map_err(|_| Refusal::Contradiction)?;
        if self.outcome() == Some(&outcome) {
            return Ok(None);
        }
        let occasion = if self.law.as_ref() != Some(&outcome.law) {
            Occasion::LawChanged
        } else if self.corrected {
            Occasion::Correction
        } else {
            Occasion::Answers
        };
        let difference = self
            .outcome()
            .map(|before| Difference::between(before, &outcome));
        Ok(Some(ScreeningEvent::Evaluated {
            occasion,
            outcome,
            difference,
        }))
    }
}

impl Fold for Screening {
    type Event = ScreeningEvent;

    fn apply(&mut self, event: &ScreeningEvent, stamp: &Stamp) {
        match event {
            ScreeningEvent::Started {
                person,
                encounter,
                law,
                role,
                personal,
            } => {
                self.state = ScreeningState::Running;
                self.person = Some(*person);
                self.encounter = *encounter;
                self.law = Some(law.clone());
                self.role = Some(*role);
                self.started = Some(*stamp);
                self.known = personal.clone();
            }
            ScreeningEvent::Answered {
                number,
                corrects,
                personal,
            } => {
                self.answers.push(RecordedAnswer {
                    stamp: *stamp,
                    number: *number,
                    corrects: *corrects,
                    taken_back: None,
                    answer: personal.clone(),
                });
                self.steps.push(Step::Answer(*number));
                if let Some(corrected) = corrects {
                    self.stack.retain(|other| other != corrected);
                    self.corrected = true;
                }
                self.stack.push(*number);
            }
            ScreeningEvent::TakenBack { number } => {
                if let Some(answer) = self
                    .answers
                    .iter_mut()
                    .find(|answer| answer.number == *number)
                {
                    answer.taken_back = Some(*stamp);
                }
                self.stack.retain(|other| other != number);
                self.steps.push(Step::Back);
                self.corrected = true;
            }
            ScreeningEvent::HandedOver { role } => self.role = Some(*role),
            ScreeningEvent::Evaluated {
                occasion,
                outcome,
                difference,
            } => {
                self.law = Some(outcome.law.clone());
                self.outcomes.push(Evaluated {
                    stamp: *stamp,
                    occasion: *occasion,
                    outcome: outcome.clone(),
                    difference: difference.clone(),
                });
                self.corrected = false;
            }
            ScreeningEvent::Stopped { reason } => self.state = ScreeningState::Stopped(*reason),
            ScreeningEvent::Finished {} => self.state = ScreeningState::Finished,
            ScreeningEvent::Resumed {} => self.state = ScreeningState::Running,
        }
    }
}
