//! Screenings: one question after another, what follows, and the tasks that come of it.

mod duties;
mod ending;
mod known;
mod outcomes;
mod rights;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use sapar_access::{Action, Role as AccessRole};
use sapar_casework::classes::{self, Classes};
use sapar_casework::encounter::Encounter;
use sapar_casework::event::{Body, Event, Stream};
use sapar_casework::happenings::happenings;
use sapar_casework::ids::{EncounterId, PersonId, ScreeningId, TaskId, UserId};
use sapar_casework::outcome::{
    LimitRef, NormKey, NormRef, PositionKey, RecordedOutcome, RecordedPosition,
};
use sapar_casework::person::{Details, Nationality, Papers, Person, Sex};
use sapar_casework::refusal::Refusal;
use sapar_casework::screening::{
    AnswerGiven, HowLearned, Screening, ScreeningCommand, ScreeningEvent, ScreeningState,
    StopReason,
};
use sapar_casework::tasks::{TaskCommand, Tasks};
use sapar_law::{
    Answer, Engine, FactId, Interview, Knowledge, Library, Question, Role, Situation, country,
};
use sapar_screening::Outcome;
use sapar_store::{KeyState, StoreError};

use crate::Operations;
use crate::audit::Looked;
use crate::caller::{Caller, Sight};
use crate::error::OperationError;
use crate::log::{Loaded, Writing};
use crate::people::PersonLine;
use crate::projection::lists;
use crate::relations::{Standing, id};

pub use rights::RightsView;

/// How many interviews are kept in memory; others are made again from the log when they go on.
const INTERVIEWS_MAX: usize = 64;

/// Interviews that go on, as they stood after a version of their stream.
#[derive(Default)]
pub(crate) struct Interviews {
    held: Mutex<HashMap<ScreeningId, Held>>,
    seen: Mutex<HashMap<(ScreeningId, UserId), Timestamp>>,
}

/// How many sights are remembered.
const SEEN_MAX: usize = 4_096;

/// For so long one record says that somebody was looking at an interview.
const SEEN_FOR: jiff::SignedDuration = jiff::SignedDuration::from_mins(15);

struct Held {
    loaded: Loaded<Screening>,
    engine: Arc<Engine>,
    /// Made when a question is asked for.
    interview: Option<Interview>,
    /// Answers recorded since the interview was made.
    pending: Vec<(FactId, Answer)>,
    used: Timestamp,
}

impl Interviews {
    /// Taken out while somebody works with it: whoever comes at the same time reads the log.
    fn take(&self, screening: ScreeningId) -> Option<Held> {
        self.held
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&screening)
    }

    /// Whether the user was shown this screening lately, so that the log says so already.
    fn seen_by(&self, screening: ScreeningId, caller: &Caller) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= SEEN_MAX {
            seen.clear();
        }
        let before = seen.insert((screening, caller.user), caller.now);
        before.is_some_and(|before| caller.now.duration_since(before) < SEEN_FOR)
    }

    fn put(&self, screening: ScreeningId, held: Held) {
        let mut all = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= INTERVIEWS_MAX
            && let Some(oldest) = all
                .iter()
                .min_by_key(|(_, held)| held.used)
                .map(|(screening, _)| *screening)
        {
            all.remove(&oldest);
        }
        all.insert(screening, held);
    }

    pub(crate) fn forget_person(&self, person: PersonId) {
        self.held
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, held| held.loaded.state.person != Some(person));
    }
}

/// A question to put, with the law behind it.
#[derive(Debug, Clone)]
pub struct QuestionView {
    /// The question.
    pub question: Question,
    /// What was answered to it before, if it was taken back or is to be corrected.
    pub last: Option<AnswerGiven>,
    /// What the document suggests, for the officer to confirm by looking.
    pub suggested: Option<Knowledge>,
}

/// An answer that counts.
#[derive(Debug, Clone)]
pub struct AnswerLine {
    /// The fact.
    pub fact: FactId,
    /// What was answered.
    pub given: AnswerGiven,
    /// When.
    pub at: Timestamp,
    /// By which user it was recorded.
    pub user: uuid::Uuid,
    /// Whether it corrects another one.
    pub corrects: bool,
}

/// A screening as it stands.
pub struct ScreeningView {
    /// Which.
    pub id: ScreeningId,
    /// Of whom.
    pub person: PersonLine,
    /// At which encounter.
    pub encounter: Option<EncounterId>,
    /// Where it stands.
    pub state: ScreeningState,
    /// Who asks.
    pub role: Role,
    /// The law.
    pub engine: Arc<Engine>,
    /// What to ask next, as long as it runs; nothing where no answer can matter any more.
    pub question: Option<QuestionView>,
    /// Whether a question may be left that only others may ask.
    pub for_others: bool,
    /// Whether it runs in a higher role than the caller asks in.
    pub is_taken_over: bool,
    /// Whether the caller is of a higher role than who asks, and may take the interview over.
    pub may_take_over: bool,
    /// Answers that count, in the order of asking.
    pub answers: Vec<AnswerLine>,
    /// At most so many questions are left.
    pub questions_left_max: usize,
}

/// What follows for a person, as far as the caller may see.
pub struct OutcomeView {
    /// Which screening.
    pub screening: ScreeningId,
    /// Of whom.
    pub person: PersonLine,
    /// Where the screening stands: what follows from a running one is what is certain so far.
    pub state: ScreeningState,
    /// The law.
    pub engine: Arc<Engine>,
    /// What is known, as far as the caller may see.
    pub situation: Situation,
    /// What follows from that.
    pub outcome: Outcome,
    /// When events happened that clocks run from.
    pub happened: Vec<(String, Timestamp)>,
    /// Answers given.
    pub answered: usize,
    /// Earlier outcomes of this screening and what changed, the newest first; only for who sees everything it tells.
    pub history: Vec<(
        Timestamp,
        sapar_casework::screening::Occasion,
        sapar_casework::outcome::Difference,
    )>,
    /// Whether something of the outcome was left out for this caller.
    pub partial: bool,
    /// Whether the caller is of a higher role than who asked, and may take the interview over.
    pub may_take_over: bool,
    /// Whether the caller may have it evaluated under the law of another day.
    pub may_follow_law: bool,
}

/// A duty that follows from what somebody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeenDuty {
    pub(crate) position: PositionKey,
    pub(crate) norms: Vec<NormKey>,
    /// Events that limits run from, with the norms that set them.
    pub(crate) limits: Vec<(String, NormKey)>,
    pub(crate) barred: bool,
    /// The norms, as tasks name them.
    pub(crate) refs: Vec<NormRef>,
    /// The limits, as tasks name them.
    pub(crate) laws: Vec<LimitRef>,
}

/// The roles of access that ask questions, and as whom.
#[must_use]
pub fn asks_as(role: AccessRole) -> Option<Role> {
    match role {
        AccessRole::FirstLine => Some(Role::FirstLine),
        AccessRole::SecondLine | AccessRole::Supervisor => Some(Role::SecondLine),
        AccessRole::Specialist => Some(Role::Specialist),
        AccessRole::CaseOfficer
        | AccessRole::AgencyCaseworker
        | AccessRole::Analyst
        | AccessRole::Administrator
        | AccessRole::Auditor => None,
    }
}

impl Operations {
    /// As whom the caller asks, by the word of the vocabulary; nothing where they screen nobody.
    #[must_use]
    pub fn screens(&self, caller: &Caller) -> Option<&'static str> {
        self.meets(caller).ok()?;
        let role = asks_as(caller.profile.role)?;
        Role::WORDS
            .iter()
            .find(|(_, one)| *one == role)
            .map(|(name, _)| *name)
    }

    /// The last screening of a person and its state.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where the person does not exist for the caller.
    pub async fn last_screening(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Option<(ScreeningId, String)>, OperationError> {
        self.sees(caller, person).await?;
        match self.entries_of(lists::SCREENINGS, person).await?.pop() {
            Some(entry) => Ok(Some((id(entry.id)?, entry.state.as_str().to_owned()))),
            None => Ok(None),
        }
    }

    /// Starts a screening with what the person's record states.
    ///
    /// # Errors
    /// If the caller does not screen, or the person does not exist for them.
    pub async fn start_screening(
        &self,
        caller: &Caller,
        person: PersonId,
        encounter: Option<EncounterId>,
    ) -> Result<ScreeningId, OperationError> {
        let role = asks_as(caller.profile.role).ok_or(OperationError::NotPermitted)?;
        self.may_record(caller, person, Classes::NONE).await?;
        if let Some(encounter) = encounter {
            let present = self.own_encounter(caller, encounter).await?;
            if !present.state.persons.contains(&person) {
                return Err(OperationError::NotThere);
            }
        }
        let today = self.today(caller.now);
        let engine = self.law.engine_on(today)?;
        let details = self
            .state::<Person>(Stream::Person(person))
            .await?
            .details()
            .cloned()
            .ok_or(OperationError::Refused(Refusal::Erased))?;
        let known = known::stated(engine.library(), &details, today, self.law.host());
        let screening: ScreeningId = id(self.keys.id(caller.now))?;
        let mut loaded = Loaded {
            state: Screening::default(),
            version: 0,
            events: Vec::new(),
            stream: Stream::Screening(screening),
        };
        let command = ScreeningCommand::Start {
            person,
            encounter,
            role,
            known,
        };
        let events = loaded.state.decide(&engine, command, &caller.stamp())?;
        self.record(caller, &mut loaded, Some(person), events, |event| {
            Body::Screening(screening, event)
        })
        .await?;
        Ok(screening)
    }

    /// A screening and what to ask next.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where the person does not exist for the caller, or they may not see a screening's answers.
    pub async fn screening(
        &self,
        caller: &Caller,
        screening: ScreeningId,
    ) -> Result<ScreeningView, OperationError> {
        let mut held = self.hold(caller, screening).await?;
        let (person, standing, sight) = self.of_screening(caller, &held).await?;
        if held.loaded.state.state == ScreeningState::Running {
            self.look_once(caller, screening, person.id).await?;
        }
        let may_take_over = self.may_take_over(caller, &held, standing);
        let mut view = self.view(caller, screening, &mut held, person, sight)?;
        view.may_take_over = may_take_over;
        self.interviews.put(screening, held);
        Ok(view)
    }

    /// The question about one fact, to correct what was answered.
    ///
    /// # Errors
    /// As [`Operations::screening`], and [`OperationError::NotThere`] where the fact was not answered here.
    pub async fn question_again(
        &self,
        caller: &Caller,
        screening: ScreeningId,
        fact: &str,
    ) -> Result<(ScreeningView, QuestionView), OperationError> {
        let view = self.screening(caller, screening).await?;
        let fact = view
            .engine
            .library()
            .fact_named(fact)
            .filter(|fact| view.answers.iter().any(|answer| answer.fact == *fact))
            .ok_or(OperationError::NotThere)?;
        let last = view
            .answers
            .iter()
            .find(|answer| answer.fact == fact)
            .map(|answer| answer.given.clone());
        let question = QuestionView {
            question: Question {
                fact,
                decides: Vec::new(),
                opens: Vec::new(),
            },
            last,
            suggested: None,
        };
        Ok((view, question))
    }

    fn view(
        &self,
        caller: &Caller,
        screening: ScreeningId,
        held: &mut Held,
        person: PersonLine,
        sight: Sight,
    ) -> Result<ScreeningView, OperationError> {
        let engine = Arc::clone(&held.engine);
        let library = engine.library();
        let runs = held.loaded.state.state == ScreeningState::Running;
        let mut question = None;
        let mut left = 0;
        if runs {
            let interview = held.interview()?;
            question = interview.next();
            left = interview.questions_left_max();
        }
        // A question whose answer the caller may not see is left to others, and so are all once a higher role has taken over:
        // what a specialist asks, nobody of a lower role may ask.
        let asks = asks_as(caller.profile.role) >= held.loaded.state.role;
        let hidden = question.as_ref().is_some_and(|next| {
            !asks || !classes::of_fact(library, next.fact).visible_to(sight.classes)
        });
        let for_others =
            hidden || (runs && question.is_none() && held.is_left_to_higher(sight.classes)?);
        let question = question.filter(|_| !hidden).map(|question| QuestionView {
            last: held
                .loaded
                .state
                .last_given(&library.fact(question.fact).name)
                .cloned(),
            suggested: None,
            question,
        });
        let answers = held
            .loaded
            .state
            .current()
            .filter_map(|recorded| {
                let given = recorded.answer.get()?.clone();
                let fact = library.fact_named(&given.fact)?;
                classes::of_fact(library, fact)
                    .visible_to(sight.classes)
                    .then_some(AnswerLine {
                        fact,
                        given,
                        at: recorded.stamp.at,
                        user: recorded.stamp.by.user.uuid(),
                        corrects: recorded.corrects.is_some(),
                    })
            })
            .collect();
        held.used = caller.now;
        Ok(ScreeningView {
            id: screening,
            person,
            encounter: held.loaded.state.encounter,
            state: held.loaded.state.state,
            role: held.loaded.state.role.unwrap_or(Role::FirstLine),
            engine: Arc::clone(&held.engine),
            question,
            for_others,
            is_taken_over: runs && !asks,
            may_take_over: false,
            answers,
            questions_left_max: left,
        })
    }

    /// Records an answer: the next, or a correction of one given before; says whether it was one.
    ///
    /// # Errors
    /// [`OperationError::Contradiction`] with the facts of which one must be wrong, as far as the caller may see them.
    pub async fn answer(
        &self,
        caller: &Caller,
        screening: ScreeningId,
        given: AnswerGiven,
    ) -> Result<bool, OperationError> {
        let mut held = self.hold(caller, screening).await?;
        let (person, standing, sight) = self.of_screening(caller, &held).await?;
        let engine = Arc::clone(&held.engine);
        let library = engine.library();
        let (fact, answer) = given.read(library)?;
        let needed = given.classes(library);
        let records = standing.sight(self, caller, Action::Record, Classes::NONE);
        if !needed.visible_to(records.classes) {
            self.interviews.put(screening, held);
            return Err(OperationError::NotPermitted);
        }
        let stamp = caller.stamp();
        let mut state = held.loaded.state.clone();
        let had_ended = matches!(
            state.state,
            ScreeningState::Finished | ScreeningState::Stopped(_)
        );
        // Going on is recorded with the answer, so that a refused answer leaves the screening as it was.
        let mut resumed = Vec::new();
        if had_ended {
            resumed = state.decide(&engine, ScreeningCommand::Resume, &stamp)?;
            sapar_casework::stamp::Fold::apply_all(&mut state, &resumed, &stamp);
        }
        let decided = state.decide(&engine, ScreeningCommand::Answer(given.clone()), &stamp);
        let mut events = match decided {
            Ok(events) => events,
            Err(Refusal::Contradiction) => {
                let facts = state
                    .contradicting(&engine, &given)?
                    .into_iter()
                    .filter(|fact| classes::of_fact(library, *fact).visible_to(sight.classes))
                    .map(|fact| library.fact(fact).name.clone())
                    .collect();
                self.interviews.put(screening, held);
                return Err(OperationError::Contradiction(facts));
            }
            Err(refusal) => {
                self.interviews.put(screening, held);
                return Err(refusal.into());
            }
        };
        let corrects = events.iter().any(|event| {
            matches!(
                event,
                ScreeningEvent::Answered {
                    corrects: Some(_),
                    ..
                }
            )
        });
        let mut pending = vec![(fact, answer)];
        sapar_casework::stamp::Fold::apply_all(&mut state, &events, &stamp);
        // What follows without asking is recorded with what it follows from.
        if let Some((derived, knowledge)) = self.derivable(&state, &engine)? {
            let derived_given = AnswerGiven::of(
                library,
                derived,
                Answer::Known(knowledge),
                HowLearned::Derived,
            );
            if let Ok(more) = state.decide(&engine, ScreeningCommand::Answer(derived_given), &stamp)
            {
                events.extend(more);
                pending.push((derived, Answer::Known(knowledge)));
            }
        }
        resumed.extend(events);
        self.write_screening(caller, screening, &mut held, person.id, resumed)
            .await?;
        held.pending.extend(pending);
        held.used = caller.now;
        if had_ended {
            // What followed before may follow no more: the outcome and the tasks must not wait for somebody to end it again.
            self.end_held(caller, screening, held, ScreeningCommand::Evaluate)
                .await?;
        } else {
            self.interviews.put(screening, held);
        }
        Ok(corrects)
    }

    fn derivable(
        &self,
        state: &Screening,
        engine: &Engine,
    ) -> Result<Option<(FactId, Knowledge)>, OperationError> {
        let library = engine.library();
        let Some(fact) = library.fact_named("outside country of nationality") else {
            return Ok(None);
        };
        let situation = state.situation(engine)?;
        if situation.get(fact) != Knowledge::Unknown {
            return Ok(None);
        }
        Ok(
            sapar_screening::derived(library, self.law.host(), &situation, fact)
                .map(|knowledge| (fact, knowledge)),
        )
    }

    /// Takes the last answer back; it stays recorded.
    ///
    /// # Errors
    /// If there is none.
    pub async fn take_back(
        &self,
        caller: &Caller,
        screening: ScreeningId,
    ) -> Result<(), OperationError> {
        let mut held = self.hold(caller, screening).await?;
        let (person, ..) = self.of_screening(caller, &held).await?;
        // What a higher role was told is not a lower one's to take back.
        if asks_as(caller.profile.role) < held.loaded.state.role {
            self.interviews.put(screening, held);
            return Err(OperationError::NotPermitted);
        }
        let stamp = caller.stamp();
        let mut state = held.loaded.state.clone();
        let mut events = Vec::new();
        loop {
            // What was derived would be derived again at once, so going back goes on to what was asked.
            let derived = state
                .current()
                .last()
                .and_then(|last| last.answer.get())
                .is_some_and(|given| given.how == HowLearned::Derived);
            let step = state.decide(&held.engine, ScreeningCommand::TakeBack, &stamp)?;
            sapar_casework::stamp::Fold::apply_all(&mut state, &step, &stamp);
            events.extend(step);
            if !derived {
                break;
            }
        }
        self.write_screening(caller, screening, &mut held, person.id, events)
            .await?;
        held.interview = None;
        self.interviews.put(screening, held);
        Ok(())
    }

    /// The screening in hand, for whoever may go on with it: see and record its answers.
    async fn hold(&self, caller: &Caller, screening: ScreeningId) -> Result<Held, OperationError> {
        if asks_as(caller.profile.role).is_none() {
            return Err(OperationError::NotThere);
        }
        self.hold_any(caller, screening).await
    }

    async fn hold_any(
        &self,
        caller: &Caller,
        screening: ScreeningId,
    ) -> Result<Held, OperationError> {
        // Another program may have gone on with it, or erased the person: what is in memory is used only if it is the newest.
        let newest = self
            .state::<Screening>(Stream::Screening(screening))
            .await?;
        if let Some(person) = newest.person
            && self.store.key(person.uuid()).await? == KeyState::Destroyed
        {
            self.forget_person(person);
        }
        if let Some(held) = self.interviews.take(screening)
            && held.loaded.version == newest.version()
        {
            return Ok(held);
        }
        let mut loaded = self.load::<Screening>(Stream::Screening(screening)).await?;
        loaded.events = Vec::new();
        let law = loaded.state.law.clone().ok_or(OperationError::NotThere)?;
        Ok(Held {
            engine: self.law.engine_of(&law)?,
            loaded,
            interview: None,
            pending: Vec::new(),
            used: caller.now,
        })
    }

    /// Whose screening it is, and what the caller may see of it.
    async fn of_screening(
        &self,
        caller: &Caller,
        held: &Held,
    ) -> Result<(PersonLine, Standing, Sight), OperationError> {
        let person = held.loaded.state.person.ok_or(OperationError::NotThere)?;
        let (standing, sight) = self.sees(caller, person).await?;
        if !sight.work {
            return Err(OperationError::NotThere);
        }
        let line = self
            .line_standing(caller, person, standing)
            .await?
            .ok_or(OperationError::NotThere)?;
        Ok((line, standing, sight))
    }

    /// Looking is recorded when an interview is opened, not with every question.
    async fn look_once(
        &self,
        caller: &Caller,
        screening: ScreeningId,
        person: PersonId,
    ) -> Result<(), OperationError> {
        if self.interviews.seen_by(screening, caller) {
            return Ok(());
        }
        self.look(caller, person, Looked::Screening).await
    }

    async fn write_screening(
        &self,
        caller: &Caller,
        screening: ScreeningId,
        held: &mut Held,
        person: PersonId,
        events: Vec<ScreeningEvent>,
    ) -> Result<(), OperationError> {
        let mut loaded = held.loaded.clone();
        let written = self
            .record(caller, &mut loaded, Some(person), events, |event| {
                Body::Screening(screening, event)
            })
            .await;
        match written {
            Ok(()) => {
                loaded.events = Vec::new();
                held.loaded = loaded;
                Ok(())
            }
            // Somebody else went on meanwhile: what is in hand is old and is not put back.
            Err(OperationError::Store(error @ StoreError::Conflict { .. })) => {
                Err(OperationError::Store(error))
            }
            Err(error) => Err(error),
        }
    }
}

/// Events that tell nothing of the person: they happen to anyone at a border.
pub(crate) const PLAIN_EVENTS: [&str; 4] = [
    "arrival",
    "presentation at border",
    "apprehension",
    "disembarkation",
];

impl Held {
    /// Whether a specialist would be given a question where this role is given none.
    ///
    /// For who may not see all that was said the answer is the same whatever it was.
    fn is_left_to_higher(&self, seen: Classes) -> Result<bool, OperationError> {
        let mut state = self.loaded.state.clone();
        if state.role >= Some(Role::Specialist) {
            return Ok(false);
        }
        if !Classes::ALL.visible_to(seen) {
            return Ok(true);
        }
        state.role = Some(Role::Specialist);
        Ok(state.interview(&self.engine)?.next().is_some())
    }

    fn interview(&mut self) -> Result<&Interview, OperationError> {
        let mut interview = match self.interview.take() {
            Some(mut interview) => {
                let mut whole = true;
                for (fact, answer) in self.pending.drain(..) {
                    whole = whole && interview.answer(fact, answer).is_ok();
                }
                whole.then_some(interview)
            }
            None => None,
        };
        self.pending.clear();
        if interview.is_none() {
            interview = Some(self.loaded.state.interview(&self.engine)?);
        }
        Ok(self
            .interview
            .insert(interview.ok_or(OperationError::Own("an interview"))?))
    }
}

/// Whether an event of a screening changes what lists show.
pub(crate) fn shows_in_lists(events: &[Event]) -> bool {
    events.iter().any(|event| {
        !matches!(
            &event.body,
            Body::Screening(
                _,
                ScreeningEvent::Answered { .. } | ScreeningEvent::TakenBack { .. }
            )
        )
    })
}
