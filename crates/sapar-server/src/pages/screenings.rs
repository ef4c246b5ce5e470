//! The interview, one question a page, and what follows.

mod steps;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::{get, post};
use sapar_casework::ids::ScreeningId;
use sapar_casework::personal::Text as Said;
use sapar_casework::screening::{AnswerGiven, Given, HowLearned, ScreeningState, StopReason};
use sapar_law::{
    Answer, Engine, FactId, Knowledge, Learned, NormId, PositionId, Role, ValueKind, explain,
};
use sapar_messages::{Language, Messages};
use sapar_operations::OperationError;
use sapar_operations::screenings::{AnswerLine, OutcomeView, QuestionView, ScreeningView};
use sapar_pages::outcome::{
    Change, Checked, Conflict, Deciding, Force, Limit, Position, Reason, Undecided,
};
use sapar_pages::{
    Choice, Due, Form, Markup, Prose, RefusedForm, Text, answers, interview, outcome, traveller,
};
use serde::Deserialize;
use uuid::Uuid;

use crate::posted::Posted;
use crate::respond::{fault, into_form, page_with, refused, see_other};
use crate::state::App;
use crate::visit::{At, User, with_cookie};
use crate::words::{Words, named, word};

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/screenings/{id}", get(show))
        .route("/screenings/{id}/answers", get(all_answers).post(answer))
        .route("/screenings/{id}/answers/{fact}", get(again))
        .route("/screenings/{id}/traveller", get(turned))
        .route("/screenings/{id}/back", post(back))
        .route("/screenings/{id}/stop", post(stop))
        .route("/screenings/{id}/finish", post(finish))
        .route("/screenings/{id}/takeover", post(steps::take_over))
        .route("/screenings/{id}/law", post(steps::follow_law))
        .route("/screenings/{id}/outcome", get(outcome_page))
}

fn screening_id(id: Uuid) -> Result<ScreeningId, OperationError> {
    id.try_into().map_err(|_| OperationError::NotThere)
}

async fn show(user: User, At(id): At) -> Response {
    match shown(&user, id, Form::default()).await {
        Ok(Shown::Page(markup)) => crate::respond::page(markup),
        Ok(Shown::Ended) => see_other(&format!("/screenings/{id}/outcome")),
        Err(error) => user.page(Err(error)),
    }
}

enum Shown {
    Page(Markup),
    Ended,
}

async fn shown(user: &User, id: Uuid, form: Form) -> Result<Shown, OperationError> {
    let found = user
        .operations()
        .screening(user.caller(), screening_id(id)?)
        .await?;
    if found.state != ScreeningState::Running {
        return Ok(Shown::Ended);
    }
    let question = found.question.clone();
    Ok(Shown::Page(interview_page(
        user, &found, question, form, false,
    )))
}

fn interview_page(
    user: &User,
    found: &ScreeningView,
    question: Option<QuestionView>,
    form: Form,
    correcting: bool,
) -> Markup {
    let operations = user.operations();
    let directory = operations.directory();
    let words = Words {
        frame: &user.frame,
        law: operations.law(),
        library: operations.law().library(),
        directory: &directory,
    };
    let form = match &question {
        Some(question) if form.values.is_empty() => kept(&words, question),
        _ => form,
    };
    let view = interview::View {
        screening: found.id.to_string(),
        person: words.person(&found.person),
        question: question.map(|question| put(&words, &found.engine, &question, words.messages())),
        form,
        answered: u32::try_from(found.answers.len()).unwrap_or(u32::MAX),
        answers: answer_lines(&words, found, true),
        may_go_back: !correcting
            && !found.is_taken_over
            && found
                .answers
                .iter()
                .any(|answer| answer.given.how != HowLearned::Derived),
        take_over_as: if found.may_take_over {
            role_words(user)
        } else {
            Text::default()
        },
        left_to: match (found.is_taken_over, found.for_others) {
            (true, _) => interview::LeftTo::TakenOver,
            (false, true) => interview::LeftTo::Higher,
            (false, false) => interview::LeftTo::Nobody,
        },
        correcting,
    };
    interview::page(&user.frame, &view)
}

/// The role in which the reader asks.
fn role_words(user: &User) -> Text {
    use sapar_operations::screenings::asks_as;
    match asks_as(user.caller().profile.role) {
        Some(Role::FirstLine) => Text::key("role-first-line"),
        Some(Role::SecondLine) => Text::key("role-second-line"),
        Some(Role::Specialist) => Text::key("role-specialist"),
        None => Text::default(),
    }
}

/// What was answered before, so that going back loses nothing.
fn kept(words: &Words<'_>, question: &QuestionView) -> Form {
    let Some(last) = &question.last else {
        return Form::default();
    };
    let how = crate::words::code_of(&last.how).unwrap_or_default();
    let form = Form::default().with("how", how);
    match &last.given {
        Given::Known(value) => match &words.library.fact(question.question.fact).kind {
            ValueKind::Number { .. } => form.with("number", value.as_str()),
            ValueKind::YesNo | ValueKind::OneOf(_) | ValueKind::Country => {
                form.with("value", value.as_str())
            }
        },
        Given::DoesNotKnow => form.with("unknown", "does-not-know"),
        Given::DoesNotWantToSay => form.with("unknown", "does-not-want-to-say"),
    }
}

/// A question as a page puts it, in the language of these messages.
fn put(
    words: &Words<'_>,
    engine: &Engine,
    question: &QuestionView,
    messages: Messages,
) -> interview::Question {
    let library = engine.library();
    let code = messages.language().code();
    let fact = library.fact(question.question.fact);
    let kind = match &fact.kind {
        ValueKind::YesNo => interview::QuestionKind::YesNo,
        ValueKind::OneOf(values) => interview::QuestionKind::OneOf(
            values
                .iter()
                .map(|(name, label)| Choice::new(name.as_str(), label.get(code)))
                .collect(),
        ),
        ValueKind::Country => interview::QuestionKind::OneOf(crate::words::countries()),
        ValueKind::Number { from, to, .. } => interview::QuestionKind::Number {
            least: i64::from(*from),
            most: i64::from(*to),
        },
    };
    let how = match fact.learned {
        Learned::Observing => "observed",
        Learned::Document => "document",
        Learned::Specialist => "specialist",
        Learned::Asking | Learned::Deriving => "asked",
    };
    let because = question
        .question
        .decides
        .iter()
        .take(REASONS_SHOWN)
        .map(|position| {
            let position = engine.position(*position);
            interview::Because {
                position: explain::position_words(library, position, &messages).into(),
                articles: position
                    .norms
                    .iter()
                    .take(2)
                    .map(|norm| words.article(*norm))
                    .collect(),
            }
        })
        .collect();
    interview::Question {
        fact: fact.name.clone(),
        words: Prose::in_language(fact.question.get(code), code),
        kind,
        how: how.to_owned(),
        hows: [how, "asked", "observed", "document"].into_iter().fold(
            Vec::new(),
            |mut hows, how| {
                if !hows.iter().any(|one| one == how) {
                    hows.push(how.to_owned());
                }
                hows
            },
        ),
        because,
        ..interview::Question::default()
    }
}

/// How many positions behind a question are named.
const REASONS_SHOWN: usize = 5;

fn answer_lines(
    words: &Words<'_>,
    found: &ScreeningView,
    may_correct: bool,
) -> Vec<answers::AnswerLine> {
    found
        .answers
        .iter()
        .map(|answer| answer_line(words, &found.engine, answer, may_correct))
        .collect()
}

fn answer_line(
    words: &Words<'_>,
    engine: &Engine,
    answer: &AnswerLine,
    may_correct: bool,
) -> answers::AnswerLine {
    let library = engine.library();
    let fact = library.fact(answer.fact);
    let given = match answer.given.read(library) {
        Ok((fact, Answer::Known(known))) => value(words, engine, fact, known),
        Ok((_, Answer::DoesNotKnow)) | Err(_) => Text::key("answer-does-not-know"),
        Ok((_, Answer::DoesNotWantToSay)) => Text::key("answer-does-not-want-to-say"),
    };
    answers::AnswerLine {
        fact: fact.name.clone(),
        question: fact.label.get(words.code()).into(),
        answer: given,
        how: word("how", &answer.given.how),
        who: words.directory.name(answer.user).into(),
        at: answer.at,
        corrected: answer.corrects,
        may_correct: may_correct && answer.given.how != HowLearned::Derived,
    }
}

fn value(words: &Words<'_>, engine: &Engine, fact: FactId, known: Knowledge) -> Text {
    explain::value_words(engine.library(), fact, known, &words.messages()).into()
}

async fn all_answers(user: User, At(id): At) -> Response {
    let made = async {
        let found = user
            .operations()
            .screening(user.caller(), screening_id(id)?)
            .await?;
        let operations = user.operations();
        let directory = operations.directory();
        let words = Words {
            frame: &user.frame,
            law: operations.law(),
            library: operations.law().library(),
            directory: &directory,
        };
        let view = answers::View {
            screening: found.id.to_string(),
            person: words.person(&found.person),
            answers: answer_lines(&words, &found, true),
            running: found.state == ScreeningState::Running,
        };
        Ok(answers::page(&user.frame, &view))
    };
    let made = made.await;
    user.page(made)
}

async fn again(user: User, Path((id, fact)): Path<(Uuid, String)>) -> Response {
    let made = correct_page(&user, id, &fact, Form::default()).await;
    user.page(made)
}

async fn correct_page(
    user: &User,
    id: Uuid,
    fact: &str,
    form: Form,
) -> Result<Markup, OperationError> {
    let (found, question) = user
        .operations()
        .question_again(user.caller(), screening_id(id)?, fact)
        .await?;
    Ok(interview_page(user, &found, Some(question), form, true))
}

/// Records an answer; what contradicts others is shown with the form as it was.
async fn answer(mut user: User, At(id): At, posted: Posted) -> Response {
    if let Err(response) = user.ours(&posted) {
        return *response;
    }
    let fact = posted.value("fact").to_owned();
    if let Some(cookie) = user.switched(&posted) {
        let made = form_again(&user, id, &fact, posted.form).await;
        return with_cookie(user.page(made), &cookie);
    }
    let step = async {
        let given = given(&user, &posted)?;
        user.operations()
            .answer(user.caller(), screening_id(id)?, given)
            .await
    };
    match step.await {
        Ok(true) => see_other(&format!("/screenings/{id}/answers")),
        // Turned to the traveller, the next question stays so.
        Ok(false) => match posted.value("traveller").parse::<Language>() {
            Ok(language) => see_other(&format!(
                "/screenings/{id}/traveller?language={}",
                language.code()
            )),
            Err(_) => see_other(&format!("/screenings/{id}")),
        },
        Err(OperationError::Contradiction(facts)) => {
            let mut form = posted.form;
            let labels = labels(&user, &facts);
            form.refuse(
                "value",
                Text::key("screen-contradiction").with("facts", labels),
            );
            match form_again(&user, id, &fact, form).await {
                Ok(markup) => refused(markup),
                Err(error) => user.page(Err(error)),
            }
        }
        Err(error) => match into_form(posted.form, error, "value") {
            Ok((status, form)) => match form_again(&user, id, &fact, form).await {
                Ok(markup) => page_with(status, markup),
                Err(error) => user.page(Err(error)),
            },
            Err(error) => fault(&user.app, &user.frame, &error),
        },
    }
}

async fn form_again(
    user: &User,
    id: Uuid,
    fact: &str,
    form: Form,
) -> Result<Markup, OperationError> {
    // A fact that counts already is being corrected.
    match correct_page(user, id, fact, form.clone()).await {
        Err(OperationError::NotThere) => {}
        made => return made,
    }
    match shown(user, id, form).await? {
        Shown::Page(markup) => Ok(markup),
        Shown::Ended => Err(OperationError::NotThere),
    }
}

fn labels(user: &User, facts: &[String]) -> String {
    let library = user.operations().law().library();
    facts
        .iter()
        .filter_map(|fact| library.fact_named(fact))
        .map(|fact| library.fact(fact).label.get(user.language().code()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The answer that a form gives.
pub(crate) fn given(user: &User, posted: &Posted) -> Result<AnswerGiven, OperationError> {
    let library = user.operations().law().library();
    let fact = library
        .fact_named(posted.value("fact"))
        .ok_or(OperationError::NotThere)?;
    let unknown = posted.value("unknown");
    let value = match &library.fact(fact).kind {
        ValueKind::Number { .. } => posted.value("number"),
        ValueKind::YesNo | ValueKind::OneOf(_) | ValueKind::Country => posted.value("value"),
    };
    let given = match (unknown, value) {
        ("does-not-know", _) | ("", "does-not-know") => Given::DoesNotKnow,
        ("does-not-want-to-say", _) | ("", "does-not-want-to-say") => Given::DoesNotWantToSay,
        (_, "") => return Err(OperationError::field("value", "interview-answer-needed")),
        (_, value) => Given::Known(Said::new(value)),
    };
    Ok(AnswerGiven {
        fact: library.fact(fact).name.clone(),
        given,
        how: named(posted.value("how")).unwrap_or(HowLearned::Asked),
    })
}

/// The language to show the traveller.
#[derive(Deserialize)]
struct Turned {
    language: Option<String>,
}

/// The question in large letters in the traveller's language.
async fn turned(user: User, At(id): At, Query(turned): Query<Turned>) -> Response {
    let language = turned
        .language
        .and_then(|code| code.parse::<Language>().ok())
        .unwrap_or(user.language());
    let made = async {
        let found = user
            .operations()
            .screening(user.caller(), screening_id(id)?)
            .await?;
        let Some(question) = found.question.clone() else {
            return Ok(interview_page(&user, &found, None, Form::default(), false));
        };
        let operations = user.operations();
        let directory = operations.directory();
        let words = Words {
            frame: &user.frame,
            law: operations.law(),
            library: operations.law().library(),
            directory: &directory,
        };
        let view = traveller::View {
            screening: found.id.to_string(),
            language,
            question: put(&words, &found.engine, &question, Messages::new(language)),
            form: Form::default(),
        };
        Ok(traveller::page(&user.frame, &view))
    };
    let made = made.await;
    user.page(made)
}

async fn back(user: User, At(id): At, posted: Posted) -> Response {
    let step = async {
        let taken = user
            .operations()
            .take_back(user.caller(), screening_id(id)?)
            .await;
        match taken {
            // Already at the first question: stay there.
            Err(OperationError::Refused(sapar_casework::refusal::Refusal::NothingToTakeBack))
            | Ok(()) => Ok(format!("/screenings/{id}")),
            Err(error) => Err(error),
        }
    };
    user.step(&posted, step).await
}

async fn stop(user: User, At(id): At, posted: Posted) -> Response {
    let reason: StopReason = named(posted.value("reason")).unwrap_or(StopReason::Circumstances);
    let step = async {
        user.operations()
            .stop_screening(user.caller(), screening_id(id)?, reason)
            .await?;
        Ok(format!("/screenings/{id}/outcome"))
    };
    user.step(&posted, step).await
}

async fn finish(user: User, At(id): At, posted: Posted) -> Response {
    let step = async {
        user.operations()
            .finish_screening(user.caller(), screening_id(id)?)
            .await?;
        Ok(format!("/screenings/{id}/outcome"))
    };
    user.step(&posted, step).await
}

async fn outcome_page(user: User, At(id): At) -> Response {
    let made = outcome_made(&user, id, None).await;
    user.page(made)
}

async fn outcome_made(
    user: &User,
    id: Uuid,
    refused: Option<RefusedForm>,
) -> Result<Markup, OperationError> {
    let operations = user.operations();
    let found = operations.outcome(user.caller(), screening_id(id)?).await?;
    let directory = operations.directory();
    let words = Words {
        frame: &user.frame,
        law: operations.law(),
        library: operations.law().library(),
        directory: &directory,
    };
    let view = outcome::View {
        refused,
        ..outcome_view(user, &words, &found)
    };
    Ok(outcome::page(&user.frame, &view))
}

fn outcome_view(user: &User, words: &Words<'_>, found: &OutcomeView) -> outcome::View {
    let engine = &found.engine;
    let library = engine.library();
    let code = words.code();
    let teller = Teller { words, found };
    let list = |entries: &[sapar_screening::Entry], force: Force| -> Vec<Position> {
        entries
            .iter()
            // What holds for everybody would bury what holds for this person.
            .filter(|entry| !teller.is_standing(entry))
            .map(|entry| teller.position(entry, force))
            .collect()
    };
    let mut checked = Checked::default();
    for norm in found.outcome.norms() {
        match words.verification(norm) {
            outcome::Verification::Seen { .. } => checked.seen += 1,
            outcome::Verification::Reviewed { .. } => checked.reviewed += 1,
            outcome::Verification::Memory | outcome::Verification::Proposed => {
                checked.memory += 1;
            }
        }
    }
    let screens = user.operations().screens(user.caller()).is_some();
    outcome::View {
        screening: found.screening.to_string(),
        person: words.person(&found.person),
        order: library.order(engine.order()).label.get(code).into(),
        law_as_of: Some(engine.on()),
        stopped: match found.state {
            ScreeningState::Stopped(reason) => word("stop-reason", &reason),
            ScreeningState::Running => Text::key("stage-running"),
            ScreeningState::NotStarted | ScreeningState::Finished => Text::default(),
        },
        prohibitions: list(&found.outcome.prohibitions, Force::Prohibition),
        duties: list(&found.outcome.duties, Force::Duty),
        recommendations: list(&found.outcome.recommendations, Force::Advice),
        rights: list(&found.outcome.permissions, Force::Right),
        undecided: teller.undecided(),
        conflicts: teller.conflicts(),
        changes: teller.changes(),
        checked,
        notices: crate::pages::papers::languages(),
        may_go_on: screens && found.state == ScreeningState::Running,
        take_over_as: if found.may_take_over {
            role_words(user)
        } else {
            Text::default()
        },
        may_follow_law: found
            .may_follow_law
            .then(|| user.operations().today(user.caller().now)),
        refused: None,
    }
}

/// Puts an outcome into words.
struct Teller<'a> {
    words: &'a Words<'a>,
    found: &'a OutcomeView,
}

impl Teller<'_> {
    fn is_standing(&self, entry: &sapar_screening::Entry) -> bool {
        entry.barred_by.is_empty()
            && entry.norms.iter().all(|norm| {
                let norm = self.found.engine.library().norm(*norm);
                norm.condition.is_none() && norm.exceptions.is_empty()
            })
    }

    fn act(&self, position: PositionId) -> Prose {
        let library = self.found.engine.library();
        let act = self.found.engine.position(position).act;
        library.act(act).label.get(self.words.code()).into()
    }

    fn bearer(&self, position: PositionId) -> Prose {
        let library = self.found.engine.library();
        let bearer = self.found.engine.position(position).bearer;
        library.actor(bearer).label.get(self.words.code()).into()
    }

    fn sentence(&self, position: PositionId) -> Prose {
        let engine = &self.found.engine;
        explain::position_words(
            engine.library(),
            engine.position(position),
            &self.words.messages(),
        )
        .into()
    }

    fn position(&self, entry: &sapar_screening::Entry, force: Force) -> Position {
        let engine = &self.found.engine;
        let library = engine.library();
        let messages = self.words.messages();
        let force = match engine.position(entry.position).modality {
            sapar_law::Modality::ShouldNot => Force::AdviceAgainst,
            _ => force,
        };
        Position {
            force,
            act: self.act(entry.position),
            bearer: self.bearer(entry.position),
            limits: entry
                .limits
                .iter()
                .map(|(limit, _)| Limit {
                    words: explain::limit_words(library, *limit, &messages).into(),
                    due: self.due(*limit),
                })
                .collect(),
            barred_by: entry
                .barred_by
                .iter()
                .map(|position| self.sentence(*position))
                .collect(),
            articles: self.articles(&entry.norms),
            why: entry
                .norms
                .first()
                .map_or_else(Vec::new, |norm| self.why(*norm)),
        }
    }

    fn articles(&self, norms: &[NormId]) -> Vec<outcome::Article> {
        norms.iter().map(|norm| self.words.article(*norm)).collect()
    }

    fn why(&self, norm: NormId) -> Vec<Reason> {
        let engine = &self.found.engine;
        let reason = explain::explain_norm(engine, &self.found.situation, norm);
        explain::reason_lines(
            engine,
            &self.found.situation,
            &reason,
            &self.words.messages(),
        )
        .into_iter()
        .map(|line| Reason {
            words: line.into(),
            parts: Vec::new(),
        })
        .collect()
    }

    /// When a limit ends, if its event has happened; or that it waits.
    fn due(&self, limit: sapar_law::LimitDef) -> Due {
        use sapar_calendar::DeadlineError;
        let library = self.found.engine.library();
        let Some((since, counted)) = self.words.counted(library, &self.found.happened, limit)
        else {
            let event = library.event(limit.event);
            return Due::Waits {
                event: event.label.get(self.words.code()).into(),
            };
        };
        match counted {
            Some(Ok(deadline)) => Due::By {
                ends: deadline.ends().timestamp(),
            },
            Some(Err(DeadlineError::Uncertain {
                earliest, latest, ..
            })) => Due::Between {
                ends: since,
                earliest,
                latest,
            },
            Some(Err(_)) => Due::NotCounted { since },
            None => Due::Promptly { since },
        }
    }

    fn undecided(&self) -> Vec<Undecided> {
        let engine = &self.found.engine;
        let library = engine.library();
        self.found
            .outcome
            .undecided
            .iter()
            .map(|open| Undecided {
                force: match engine.position(open.position).modality {
                    sapar_law::Modality::MustNot => Force::Prohibition,
                    sapar_law::Modality::Must => Force::Duty,
                    sapar_law::Modality::ShouldNot => Force::AdviceAgainst,
                    sapar_law::Modality::Should => Force::Advice,
                    sapar_law::Modality::May => Force::Right,
                },
                act: self.act(open.position),
                bearer: self.bearer(open.position),
                questions: open
                    .facts
                    .iter()
                    .take(4)
                    .map(|fact| Deciding {
                        words: library.fact(*fact).label.get(self.words.code()).into(),
                        link: String::new(),
                    })
                    .collect(),
                asker: match open.role {
                    Some(Role::FirstLine) => Text::key("role-first-line"),
                    Some(Role::SecondLine) => Text::key("role-second-line"),
                    Some(Role::Specialist) => Text::key("role-specialist"),
                    None => Text::default(),
                },
                articles: self.articles(open.norms.get(..1).unwrap_or_default()),
            })
            .collect()
    }

    fn conflicts(&self) -> Vec<Conflict> {
        self.found
            .outcome
            .evaluation
            .conflicts
            .iter()
            .map(|conflict| Conflict {
                asks: self.sentence(conflict.for_it),
                forbids: self.sentence(conflict.against_it),
                preferred: conflict
                    .preferred
                    .map_or_else(Prose::default, |(position, _)| self.sentence(position)),
            })
            .collect()
    }

    fn changes(&self) -> Vec<Change> {
        let library = self.found.engine.library();
        let Some((_, _, difference)) = self.found.history.first() else {
            return Vec::new();
        };
        let change = |one: &sapar_casework::outcome::Move, begins: bool| Change {
            begins,
            force: match one.position.force {
                sapar_casework::outcome::Force::Prohibition => Force::Prohibition,
                sapar_casework::outcome::Force::Duty => Force::Duty,
                sapar_casework::outcome::Force::AdviceAgainst => Force::AdviceAgainst,
                sapar_casework::outcome::Force::Advice => Force::Advice,
                sapar_casework::outcome::Force::Permission => Force::Right,
            },
            act: library
                .act_named(&one.position.act)
                .map_or_else(
                    || one.position.act.clone(),
                    |act| library.act(act).label.get(self.words.code()).to_owned(),
                )
                .into(),
        };
        difference
            .gained()
            .map(|one| change(one, true))
            .chain(difference.lost().map(|one| change(one, false)))
            .collect()
    }
}
