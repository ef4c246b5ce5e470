//! What to ask next, and when nothing more can matter.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sapar_law_syntax::ast::Role;

use crate::engine::{Engine, PositionId};
use crate::evaluate::StatusFunction;
use crate::model::FactId;
use crate::permitted::Permitted;
use crate::{Contradiction, Knowledge, Situation};

/// An answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// What is known now.
    Known(Knowledge),
    /// The person does not know. An answer: the fact stays as it was known, and is not asked again.
    DoesNotKnow,
    /// The person does not want to say. An answer: the fact stays as it was known, and is not asked again.
    DoesNotWantToSay,
}

/// An answer and the fact it is about, in the order of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// The fact.
    pub fact: FactId,
    /// The answer.
    pub answer: Answer,
}

/// The next question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The fact to learn.
    pub fact: FactId,
    /// Positions whose status the answer can change, or the answers to the questions it opens:
    /// the legal reason for asking.
    pub decides: Vec<PositionId>,
    /// Facts that this role may not ask for yet, and may come to ask for after this answer.
    pub opens: Vec<FactId>,
}

/// What remains open after an interview, and what would decide it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    /// The open position.
    pub position: PositionId,
    /// Facts that could still decide it, which this role may not ask or which nobody could answer.
    pub facts: Vec<FactId>,
}

/// An answer that contradicts the others; nothing was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterviewError {
    /// What contradicts what.
    pub contradiction: Contradiction,
}

/// One interview for one role.
///
/// Guarantee: when [`Interview::next`] returns `None`, no answers to questions this role may still ask, now or after
/// other answers, could change the status of any position in scope, whatever the facts that stay unknown.
/// A fact with an `only` clause is never asked for by a lower role while its condition may hold, see
/// [`Engine::may_ask`]; where another answer can rule the condition out, that is asked first.
/// Every question can change the status of each position it names, after some answers to the others, or opens one that can;
/// only where that would take too long to find out is more asked than needed, never less.
#[derive(Debug, Clone)]
pub struct Interview {
    engine: Arc<Engine>,
    role: Role,
    scope: Vec<PositionId>,
    /// What was known before the first question.
    start: Situation,
    situation: Situation,
    answered: Vec<Answered>,
    /// What this role may ask for, now or later.
    permitted: Permitted,
    /// What matters to each position in scope, by place; `None` when it must be found again.
    support: BTreeMap<PositionId, BTreeSet<u32>>,
}

impl Interview {
    /// Starts with what is known already, with every position of the order in scope.
    ///
    /// # Errors
    /// When what is known contradicts itself.
    pub fn new(engine: Arc<Engine>, role: Role, known: Situation) -> Result<Self, InterviewError> {
        let scope = engine.position_ids().map(|(id, _)| id).collect();
        Self::with_scope(engine, role, known, scope)
    }

    /// The same for some positions.
    ///
    /// # Errors
    /// When what is known contradicts itself.
    pub fn with_scope(
        engine: Arc<Engine>,
        role: Role,
        known: Situation,
        scope: Vec<PositionId>,
    ) -> Result<Self, InterviewError> {
        engine
            .evaluate(&known)
            .map_err(|contradiction| InterviewError { contradiction })?;
        let mut interview = Self {
            engine,
            role,
            scope,
            start: known.clone(),
            situation: known,
            answered: Vec::new(),
            permitted: Permitted::default(),
            support: BTreeMap::new(),
        };
        interview.find_support(None);
        Ok(interview)
    }

    /// An interview as it stood: with what was known at its start, what is known now, and the answers that count, in order.
    ///
    /// It goes on like the one that was left, and costs as much as one question, however many were answered.
    /// That the parts belong together is for the caller to see to: the situation is the start with the answers worked in.
    ///
    /// # Errors
    /// When what is known contradicts itself.
    pub fn resume(
        engine: Arc<Engine>,
        role: Role,
        start: Situation,
        situation: Situation,
        answered: Vec<Answered>,
    ) -> Result<Self, InterviewError> {
        engine
            .evaluate(&situation)
            .map_err(|contradiction| InterviewError { contradiction })?;
        let mut interview = Self {
            scope: engine.position_ids().map(|(id, _)| id).collect(),
            engine,
            role,
            start,
            situation,
            answered,
            permitted: Permitted::default(),
            support: BTreeMap::new(),
        };
        interview.find_support(None);
        Ok(interview)
    }

    /// What is known so far.
    #[must_use]
    pub fn situation(&self) -> &Situation {
        &self.situation
    }

    /// Answers so far, in order.
    #[must_use]
    pub fn answered(&self) -> &[Answered] {
        &self.answered
    }

    /// Who asks.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The engine that answers.
    #[must_use]
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// The next question in the safe order, or `None` when no further question can matter.
    #[must_use]
    pub fn next(&self) -> Option<Question> {
        let library = self.engine.library();
        let mut wanted: BTreeMap<u32, Wanted> = BTreeMap::new();
        for (position, places) in &self.support {
            for place in places {
                let asked = self.permitted.asked_for(*place);
                for first in &asked {
                    let wanted = wanted.entry(*first).or_default();
                    wanted.decides.insert(*position);
                    if first != place {
                        wanted.opens.insert(*place);
                    }
                }
            }
        }
        let fact_at = |place: u32| self.engine.fact_at(place);
        wanted
            .into_iter()
            .filter_map(|(place, wanted)| {
                Some(Question {
                    fact: fact_at(place)?,
                    decides: wanted.decides.into_iter().collect(),
                    opens: wanted.opens.into_iter().filter_map(fact_at).collect(),
                })
            })
            .min_by_key(|question| {
                // Step by step in the safe order; within a step, what decides most comes first.
                (
                    library.fact(question.fact).step,
                    usize::MAX - question.decides.len(),
                    question.fact,
                )
            })
    }

    /// How many facts could still be asked, an upper bound for the questions to come.
    #[must_use]
    pub fn questions_left_max(&self) -> usize {
        let mut places: BTreeSet<u32> = self.support.values().flatten().copied().collect();
        let opening: Vec<u32> = places
            .iter()
            .flat_map(|place| self.permitted.asked_for(*place))
            .collect();
        places.extend(opening);
        places.len()
    }

    /// Records an answer. A fact may be answered again: the new answer counts.
    ///
    /// # Errors
    /// When the answer contradicts the others; then nothing is recorded.
    pub fn answer(&mut self, fact: FactId, answer: Answer) -> Result<(), InterviewError> {
        let situation = match answer {
            Answer::Known(knowledge) => {
                let mut situation = self.situation.clone();
                situation.set(fact, knowledge);
                self.engine
                    .evaluate(&situation)
                    .map_err(|contradiction| InterviewError { contradiction })?;
                situation
            }
            Answer::DoesNotKnow | Answer::DoesNotWantToSay => self.as_at_start(fact),
        };
        // What no longer mattered stays so after an answer that was counted on. It can matter again when what
        // was known is taken back, or when something is learned that this role would not have asked.
        let counted_on = self.situation.get(fact) == Knowledge::Unknown
            && self
                .engine
                .place(fact)
                .is_some_and(|place| self.permitted.is_askable(place));
        self.situation = situation;
        self.answered.retain(|before| before.fact != fact);
        self.answered.push(Answered { fact, answer });
        self.find_support(counted_on.then_some(fact));
        Ok(())
    }

    /// Takes the last answer back; the fact it was about, or `None` at the start.
    pub fn back(&mut self) -> Option<FactId> {
        let last = self.answered.pop()?;
        self.situation = self.as_at_start(last.fact);
        self.find_support(None);
        Some(last.fact)
    }

    /// The situation with one fact as it was known before the first question, or unknown where that
    /// contradicts what was answered since.
    fn as_at_start(&self, fact: FactId) -> Situation {
        let mut situation = self.situation.clone();
        situation.set(fact, self.start.get(fact));
        if self.engine.evaluate(&situation).is_err() {
            situation.set(fact, Knowledge::Unknown);
        }
        situation
    }

    /// Open positions in scope and what could still decide them beyond this interview.
    #[must_use]
    pub fn unanswered(&self) -> Vec<Unanswered> {
        let Ok(evaluation) = self.engine.evaluate(&self.situation) else {
            return Vec::new();
        };
        self.scope
            .iter()
            .filter(|position| evaluation.status(**position) == crate::Status::Open)
            .map(|position| Unanswered {
                position: *position,
                facts: self.engine.deciding(&self.situation, *position),
            })
            .collect()
    }

    /// Finds what matters to each position: all of them, or those a new answer touches.
    fn find_support(&mut self, changed: Option<FactId>) {
        let engine = Arc::clone(&self.engine);
        let allowed = engine.allowed(&self.situation);
        self.permitted = Permitted::new(&engine, self.role, &allowed, self.unanswered_facts());
        let changed = changed.and_then(|fact| engine.place(fact));
        let mut before = std::mem::take(&mut self.support);
        // Positions with the same diagrams share one answer.
        let mut known: BTreeMap<(u32, u32), BTreeSet<u32>> = BTreeMap::new();
        let mut status = StatusFunction::new(&engine, &allowed, self.permitted.askable());
        for id in &self.scope {
            let position = engine.position(*id);
            let places = match (changed, before.remove(id)) {
                // Nothing mattered before one more answer: nothing matters after it.
                (Some(_), None) => BTreeSet::new(),
                _ => known
                    .entry((position.yes, position.no))
                    .or_insert_with(|| status.support(position.holds, position.yes, position.no))
                    .clone(),
            };
            if !places.is_empty() {
                self.support.insert(*id, places);
            }
        }
    }

    /// For each place, whether its fact is of this role or a lower one, and was not answered yet.
    fn unanswered_facts(&self) -> Vec<bool> {
        let library = self.engine.library();
        self.engine
            .facts()
            .map(|fact| {
                library.fact(fact).role <= self.role
                    && !self.answered.iter().any(|before| before.fact == fact)
            })
            .collect()
    }
}

/// Why a question is asked.
#[derive(Debug, Default)]
struct Wanted {
    decides: BTreeSet<PositionId>,
    opens: BTreeSet<u32>,
}
