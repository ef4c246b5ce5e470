//! What to ask next, and when nothing more can matter.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;
use sapar_law_syntax::ast::Role;

use crate::diagram::Classes;
use crate::engine::{Engine, PositionId};
use crate::model::FactId;
use crate::permitted::Permitted;
use crate::status_function::{News, Settled, StatusFunction};
use crate::world::Known;
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
    /// What matters to each position in scope that answers can still change.
    settled: BTreeMap<PositionId, Arc<Settled>>,
    /// The classes allowed when that was found.
    allowed: Vec<Classes>,
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
            .contradiction(&known)
            .map_err(|contradiction| InterviewError { contradiction })?;
        let mut interview = Self {
            engine,
            role,
            scope,
            start: known.clone(),
            situation: known,
            answered: Vec::new(),
            permitted: Permitted::default(),
            settled: BTreeMap::new(),
            allowed: Vec::new(),
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
            .contradiction(&situation)
            .map_err(|contradiction| InterviewError { contradiction })?;
        let mut interview = Self {
            scope: engine.position_ids().map(|(id, _)| id).collect(),
            engine,
            role,
            start,
            situation,
            answered,
            permitted: Permitted::default(),
            settled: BTreeMap::new(),
            allowed: Vec::new(),
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
        // How many positions each question decides; each position counts once.
        let mut decided: Vec<u32> = vec![0; self.allowed.len()];
        let mut firsts = BTreeSet::new();
        for settled in self.settled.values() {
            firsts.clear();
            for place in &settled.support {
                self.permitted.add_asked_for(*place, &mut firsts);
            }
            for first in &firsts {
                if let Some(count) = decided.get_mut(*first as usize) {
                    *count += 1;
                }
            }
        }
        // Step by step in the safe order; within a step, what decides most comes first.
        let (first, fact) = (0u32..)
            .zip(&decided)
            .filter(|(_, count)| **count > 0)
            .filter_map(|(place, count)| Some((place, *count, self.engine.fact_at(place)?)))
            .min_by_key(|(_, count, fact)| (library.fact(*fact).step, u32::MAX - count, *fact))
            .map(|(place, _, fact)| (place, fact))?;
        let mut decides = Vec::new();
        let mut opens = BTreeSet::new();
        for (position, settled) in &self.settled {
            let mut is_decided = false;
            for place in &settled.support {
                firsts.clear();
                self.permitted.add_asked_for(*place, &mut firsts);
                if firsts.contains(&first) {
                    is_decided = true;
                    if *place != first {
                        opens.insert(*place);
                    }
                }
            }
            if is_decided {
                decides.push(*position);
            }
        }
        Some(Question {
            fact,
            decides,
            opens: self.engine.fact_ids(opens),
        })
    }

    /// How many facts could still be asked, an upper bound for the questions to come.
    #[must_use]
    pub fn questions_left_max(&self) -> usize {
        let mut places: BTreeSet<u32> = self
            .settled
            .values()
            .flat_map(|settled| &settled.support)
            .copied()
            .collect();
        for place in places.clone() {
            self.permitted.add_asked_for(place, &mut places);
        }
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
                    .contradiction(&situation)
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
                .is_some_and(|place| self.permitted.is_askable_now(place));
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
        if self.engine.contradiction(&situation).is_err() {
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

    /// Finds what matters to each position: from what mattered before, or anew when something was taken back.
    fn find_support(&mut self, changed: Option<FactId>) {
        let engine = Arc::clone(&self.engine);
        let allowed = engine.allowed(&self.situation);
        let start = engine.start(self.role);
        let so_far = Known::new(&engine, &allowed);
        let permitted = Permitted::new(&engine, self.role, &so_far, self.unanswered_facts());
        let before = std::mem::take(&mut self.settled);
        // Without a change to go on from, all that is known counts as learned just now.
        let (askable_before, allowed_before) = match changed {
            Some(_) => (self.permitted.askable(), self.allowed.as_slice()),
            None => (start.askable.as_slice(), engine.anything.as_slice()),
        };
        let mut permission = FixedBitSet::with_capacity(allowed.len());
        let changes = askable_before.iter().zip(permitted.askable()).zip(&allowed);
        for (place, ((before, now), classes)) in changes.enumerate() {
            if before != now && !classes.is_power_of_two() {
                permission.insert(place);
            }
        }
        let news = News {
            consequences: engine
                .ties
                .consequences(&engine.table, allowed_before, &allowed),
            permission,
        };
        // Positions with the same diagrams share one answer.
        let mut known: FxHashMap<u32, Arc<Settled>> = FxHashMap::default();
        let mut status = StatusFunction::new(&engine, &so_far, permitted.askable());
        for id in &self.scope {
            let settled = match changed {
                Some(_) => before.get(id),
                None => start.settled.get(id.index()),
            };
            // Nothing mattered before one more answer: nothing matters after it.
            let (Some(settled), Some(aim)) = (settled, engine.aims.get(id.index())) else {
                continue;
            };
            let settled = known
                .entry(aim.holds)
                .or_insert_with(|| status.carry(aim, settled, &news));
            if !settled.support.is_empty() {
                self.settled.insert(*id, Arc::clone(settled));
            }
        }
        self.permitted = permitted;
        self.allowed = allowed;
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
