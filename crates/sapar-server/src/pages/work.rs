//! Referrals, tasks and cases.

mod cases;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use sapar_casework::case::CaseOutcome;
use sapar_casework::classes::Classes;
use sapar_casework::ids::{AgencyId, CaseId, ConsentId, PersonId, ReferralId, TaskId, TeamId};
use sapar_casework::purpose::Purpose;
use sapar_casework::referral::{Completion, DeclineReason, Permission, ReferralState};
use sapar_casework::tasks::WaiveReason;
use sapar_operations::OperationError;
use sapar_operations::referrals::{Ground, NewReferral};
use sapar_operations::tasks::{Board, TaskView};
use sapar_pages::{
    Choice, Due, Form, Frame, Markup, RefusedForm, Text, case as case_view, cases as cases_view,
    referral as referral_view, referral_new, referrals as referrals_view, tasks as tasks_view,
};
use serde::Deserialize;
use uuid::Uuid;

use crate::pages::people::{classes, person_id};
use crate::posted::Posted;
use crate::respond::fault;
use crate::state::App;
use crate::visit::{At, User, Visit};
use crate::words::{Words, code_of, named, word};

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/people/{id}/referrals/new", get(refer_form).post(refer))
        .route("/referrals", get(referrals))
        .route("/referrals/{id}", get(referral))
        .route("/referrals/{id}/acceptance", post(accept))
        .route("/referrals/{id}/refusal", post(decline))
        .route("/referrals/{id}/arrival", post(arrive))
        .route("/referrals/{id}/completion", post(complete))
        .route("/referrals/{id}/withdrawal", post(withdraw))
        .route("/tasks", get(tasks))
        .route("/tasks/feed", post(feed_key))
        .route("/tasks.ics", get(feed))
        .route("/tasks/{id}/completion", post(task_done))
        .route("/tasks/{id}/waiver", post(task_waived))
        .route("/cases", get(cases::cases))
        .route("/cases/{id}", get(cases::case))
        .route("/cases/{id}/notes", post(cases::case_note))
        .route("/cases/{id}/people", post(cases::case_person))
        .route("/cases/{id}/handover", post(cases::hand_over))
        .route("/cases/{id}/closure", post(cases::close_case))
}

fn words<'a>(user: &'a User, directory: &'a sapar_operations::directory::Directory) -> Words<'a> {
    let law = user.operations().law();
    Words {
        frame: &user.frame,
        law,
        library: law.library(),
        directory,
    }
}

fn parsed<T: TryFrom<Uuid>>(text: &str) -> Option<T> {
    text.parse::<Uuid>()
        .ok()
        .and_then(|id| T::try_from(id).ok())
}

fn of<T: TryFrom<Uuid>>(id: Uuid) -> Result<T, OperationError> {
    T::try_from(id).map_err(|_| OperationError::NotThere)
}

// Referrals.

async fn refer_form(user: User, At(id): At) -> Response {
    let made = refer_page(&user, id, Form::default()).await;
    user.page(made)
}

async fn refer_page(user: &User, id: Uuid, form: Form) -> Result<Markup, OperationError> {
    let operations = user.operations();
    let person = person_id(id)?;
    let receivers = operations.receivers(user.caller(), person).await?;
    let line = operations
        .person_in_line(user.caller(), person)
        .await?
        .ok_or(OperationError::NotThere)?;
    let directory = operations.directory();
    let words = words(user, &directory);
    let mut agencies: Vec<Choice> = Vec::new();
    let mut purposes: Vec<Choice> = Vec::new();
    let mut disclosed = Classes::NONE;
    for receiver in &receivers {
        let agency = receiver.agency.to_string();
        if !agencies.iter().any(|one| one.value == agency) {
            agencies.push(Choice::new(agency, directory.name(receiver.agency)));
        }
        let code = code_of(&receiver.purpose).unwrap_or_default();
        if !purposes.iter().any(|one| one.value == code) {
            purposes.push(Choice::word("purpose", &code));
        }
        disclosed = disclosed.and(receiver.discloses);
    }
    let consents = operations
        .given_consents(user.caller(), person)
        .await?
        .iter()
        .map(|consent| Choice::new(consent.id.to_string(), word("purpose", &consent.purpose)))
        .collect::<Vec<_>>();
    let mut offered = vec![Choice::new("now", Text::key("consent-given-now"))];
    offered.extend(consents);
    let view = referral_new::View {
        person: words.person(&line),
        form,
        agencies,
        purposes,
        consents: offered,
        legal_bases: operations
            .grounds(user.caller(), person)
            .await?
            .iter()
            .filter_map(|norm| operations.law().norm_named(norm).map(|id| (norm, id)))
            .map(|(norm, id)| Choice::new(norm.as_str(), words.citation(id).words))
            .collect(),
        classes: Vec::new(),
    };
    Ok(referral_new::page(&user.frame, &view))
}

async fn refer(user: User, At(id): At, posted: Posted) -> Response {
    user.form_step(
        posted,
        "agency",
        async |user: &User, posted: &Posted| {
            let to: AgencyId = parsed(posted.value("agency"))
                .ok_or(OperationError::field("agency", "form-required"))?;
            let purpose: Purpose = named(posted.value("purpose"))
                .ok_or(OperationError::field("purpose", "form-required"))?;
            let ground = match (posted.value("consent"), posted.value("legal_basis")) {
                ("now", _) => Ground::ConsentNow,
                ("", "") => {
                    return Err(OperationError::field("consent", "refusal-consent-needed"));
                }
                ("", norm) => Ground::Law(norm.to_owned()),
                (consent, _) => Ground::Consent(
                    parsed::<ConsentId>(consent)
                        .ok_or(OperationError::field("consent", "refusal-consent-needed"))?,
                ),
            };
            let new = NewReferral {
                to,
                purpose,
                ground,
                words: posted.value("words").to_owned(),
                task: parsed::<TaskId>(posted.value("task")),
            };
            let referral = user
                .operations()
                .refer(user.caller(), person_id(id)?, new)
                .await?;
            Ok(format!("/referrals/{referral}"))
        },
        async |user: &User, form: Form| refer_page(user, id, form).await,
    )
    .await
}

async fn referrals(user: User) -> Response {
    let made = async {
        let operations = user.operations();
        let inbox = operations.inbox(user.caller()).await?;
        let sent = operations.sent(user.caller()).await?;
        let directory = operations.directory();
        let words = words(&user, &directory);
        let live = |state: &str| matches!(state, "offered" | "accepted" | "arrived");
        let mut view = referrals_view::View::default();
        for line in &inbox {
            let shown = words.referral(line, true, true);
            if live(&line.state) {
                view.inbox.push(shown);
            } else {
                view.ended.push(shown);
            }
        }
        for line in &sent {
            let shown = words.referral(line, false, true);
            if live(&line.state) {
                view.sent.push(shown);
            } else {
                view.ended.push(shown);
            }
        }
        Ok(referrals_view::page(&user.frame, &view))
    };
    let made = made.await;
    user.page(made)
}

async fn referral(user: User, At(id): At) -> Response {
    let made = referral_page(&user, id, None).await;
    user.page(made)
}

async fn referral_page(
    user: &User,
    id: Uuid,
    refused: Option<RefusedForm>,
) -> Result<Markup, OperationError> {
    let operations = user.operations();
    let found = operations.referral(user.caller(), of(id)?).await?;
    let directory = operations.directory();
    let words = words(user, &directory);
    let offer = found
        .referral
        .offer
        .as_ref()
        .ok_or(OperationError::NotThere)?;
    let line = words.referral(&found.line, true, false);
    let text = |personal: &sapar_casework::personal::Personal<sapar_casework::personal::Text>| {
        personal
            .get()
            .map_or_else(String::new, |words| words.as_str().to_owned())
    };
    let view = referral_view::View {
        id: id.to_string(),
        person: words.person(&found.line.person),
        from: directory.name(found.line.from).into(),
        to: directory.name(found.line.to).into(),
        purpose: word("purpose", &found.line.purpose),
        state: line.state,
        ended_how: match found.referral.state {
            ReferralState::Declined(reason) => word("decline-reason", &reason),
            ReferralState::Completed(completion) => word("completion", &completion),
            // One text for every reason, so that none is told.
            _ if found.hold => Text::key("return-on-hold"),
            _ => Text::default(),
        },
        at: found.line.offered,
        reply: line.reply,
        words: [text(&found.referral.message), text(&found.referral.reply)]
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n"),
        permission: match &offer.permission {
            Permission::Consent { .. } => Text::key("consent-given"),
            Permission::Law { norm, provision } => operations
                .law()
                .norm_named(norm)
                .map_or_else(|| provision.clone(), |norm| words.citation(norm).words)
                .into(),
        },
        discloses: found
            .discloses
            .iter()
            .map(|class| Text::key(format!("access-class-{}", class.name())))
            .collect(),
        received: found
            .line
            .person
            .details
            .as_ref()
            .map(|details| words.details(details))
            .unwrap_or_default(),
        // None for a referral that has ended, nor for a return on hold.
        forms: match found.referral.state {
            ReferralState::Offered | ReferralState::Accepted | ReferralState::Arrived
                if !found.hold =>
            {
                crate::pages::papers::languages()
            }
            _ => Vec::new(),
        },
        consent_lost: found.consent_lost,
        may: referral_view::Actions {
            answer: found.may_answer && found.referral.state == ReferralState::Offered,
            arrival: found.may_carry && found.referral.state == ReferralState::Accepted,
            complete: found.may_carry && found.referral.state == ReferralState::Arrived,
            withdraw: found.may_withdraw
                && matches!(
                    found.referral.state,
                    ReferralState::Offered | ReferralState::Accepted
                ),
        },
        refused,
        ..referral_view::View::default()
    };
    Ok(referral_view::page(&user.frame, &view))
}

/// A step on a referral's page.
async fn referral_step(
    user: User,
    id: Uuid,
    action: &'static str,
    posted: Posted,
    step: impl AsyncFnOnce(&User, ReferralId, &Posted) -> Result<String, OperationError>,
) -> Response {
    user.form_step(
        posted,
        "reason",
        async |user: &User, posted: &Posted| step(user, of(id)?, posted).await,
        async |user: &User, form: Form| {
            let refused = RefusedForm {
                action: action.to_owned(),
                form,
            };
            referral_page(user, id, Some(refused)).await
        },
    )
    .await
}

async fn accept(user: User, At(id): At, posted: Posted) -> Response {
    let step = async {
        let opened = user.operations().accept(user.caller(), of(id)?).await?;
        Ok(match opened {
            Some(case) => format!("/cases/{case}"),
            None => format!("/referrals/{id}"),
        })
    };
    user.step(&posted, step).await
}

async fn decline(user: User, At(id): At, posted: Posted) -> Response {
    referral_step(
        user,
        id,
        "refusal",
        posted,
        async |user, referral, posted| {
            let reason: DeclineReason = named(posted.value("reason"))
                .ok_or(OperationError::field("reason", "form-required"))?;
            user.operations()
                .decline(user.caller(), referral, reason, posted.value("words"))
                .await?;
            Ok(format!("/referrals/{id}"))
        },
    )
    .await
}

async fn arrive(user: User, At(id): At, posted: Posted) -> Response {
    let step = async {
        user.operations().arrived(user.caller(), of(id)?).await?;
        Ok(format!("/referrals/{id}"))
    };
    user.step(&posted, step).await
}

async fn complete(user: User, At(id): At, posted: Posted) -> Response {
    referral_step(
        user,
        id,
        "completion",
        posted,
        async |user, referral, posted| {
            let outcome: Completion = named(posted.value("outcome"))
                .ok_or(OperationError::field("outcome", "form-required"))?;
            user.operations()
                .complete_referral(user.caller(), referral, outcome, posted.value("words"))
                .await?;
            Ok(format!("/referrals/{id}"))
        },
    )
    .await
}

async fn withdraw(user: User, At(id): At, posted: Posted) -> Response {
    referral_step(
        user,
        id,
        "withdrawal",
        posted,
        async |user, referral, posted| {
            user.operations()
                .withdraw(user.caller(), referral, posted.value("reason"))
                .await
                .map_err(|error| match error {
                    OperationError::Refused(sapar_casework::refusal::Refusal::WordsNeeded) => {
                        OperationError::field("reason", "refusal-words-needed")
                    }
                    other => other,
                })?;
            Ok(format!("/referrals/{id}"))
        },
    )
    .await
}

// Tasks.

/// What a board is filtered by.
#[derive(Deserialize, Default)]
struct Filter {
    agency: Option<String>,
    state: Option<String>,
}

async fn tasks(user: User, Query(filter): Query<Filter>) -> Response {
    let made = tasks_page(&user, filter, String::new()).await;
    user.page(made)
}

/// How many tasks a board shows, and a calendar takes.
const TASKS_SHOWN: u32 = 200;

async fn tasks_page(user: &User, filter: Filter, feed: String) -> Result<Markup, OperationError> {
    let operations = user.operations();
    let directory = operations.directory();
    let words = words(user, &directory);
    let state = filter.state.unwrap_or_default();
    let agency = filter.agency.unwrap_or_default();
    let board = match state.as_str() {
        "ended" => Board::Ended,
        "here" => Board::Here,
        _ if agency.is_empty() => Board::Own,
        _ => Board::Here,
    };
    // One more tells whether there are more.
    let mut found = operations
        .board(user.caller(), board, TASKS_SHOWN + 1)
        .await?;
    let shown = usize::try_from(TASKS_SHOWN).unwrap_or(usize::MAX);
    let more = found.len() > shown;
    found.truncate(shown);
    let now = user.caller().now;
    let mut view = tasks_view::View {
        agency: agency.clone(),
        state,
        feed,
        more,
        ..tasks_view::View::default()
    };
    for task in &found {
        if let Some(one) = task.agency
            && !view
                .agencies
                .iter()
                .any(|choice| choice.value == one.to_string())
        {
            view.agencies
                .push(Choice::new(one.to_string(), directory.name(one)));
        }
        let of_agency = task.agency.is_some_and(|one| one.to_string() == agency);
        if !agency.is_empty() && !of_agency {
            continue;
        }
        let line = words.task(task, true);
        if board == Board::Ended {
            view.ended.push(line);
        } else if task.escalation > 0 || line.due.is_past(now) {
            view.overdue.push(line);
        } else if matches!(line.due, Due::Waits { .. }) {
            view.waiting.push(line);
        } else {
            view.open.push(line);
        }
    }
    Ok(tasks_view::page(&user.frame, &view))
}

async fn feed_key(user: User, posted: Posted) -> Response {
    if let Err(response) = user.ours(&posted) {
        return *response;
    }
    let made = async {
        let key = user.operations().new_feed_key(user.caller()).await?;
        tasks_page(&user, Filter::default(), format!("/tasks.ics?key={key}")).await
    };
    let made = made.await;
    user.page(made)
}

#[derive(Deserialize)]
struct FeedKey {
    key: String,
}

/// Tasks with a due time for a calendar program. It names no person: such a feed leaves this program.
async fn feed(
    State(app): State<Arc<App>>,
    visit: Visit,
    Query(FeedKey { key }): Query<FeedKey>,
) -> Response {
    let made = async {
        let caller = app.operations.feed_reader(&key, app.now()).await?;
        app.operations.board(&caller, Board::Own, TASKS_SHOWN).await
    };
    match made.await {
        Ok(tasks) => {
            let directory = app.operations.directory();
            let law = app.operations.law();
            let words = Words {
                frame: &visit.frame,
                law,
                library: law.library(),
                directory: &directory,
            };
            let text = calendar(&words, &tasks, &visit.frame);
            (
                [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")],
                text,
            )
                .into_response()
        }
        Err(error) => fault(&app, &visit.frame, &error),
    }
}

fn calendar(words: &Words<'_>, tasks: &[TaskView], frame: &Frame) -> String {
    use icalendar::{Calendar, Component, Event, EventLike};
    let mut calendar = Calendar::new();
    calendar.name(&frame.text("nav-tasks"));
    for task in tasks {
        let Some(due) = task.due else { continue };
        let line = words.task(task, false);
        let Some(at) = icalendar_time(due) else {
            continue;
        };
        let event = Event::new()
            .uid(&task.id.to_string())
            .summary(&line.what.words)
            .description(&line.article.words)
            .starts(at.clone())
            .ends(at)
            .done();
        calendar.push(event);
    }
    calendar.done().to_string()
}

fn icalendar_time(at: jiff::Timestamp) -> Option<icalendar::DatePerhapsTime> {
    let at = chrono::DateTime::from_timestamp(at.as_second(), 0)?;
    Some(at.into())
}

/// A task's address names its person too: `person.task`.
fn task_id(text: &str) -> Result<(PersonId, TaskId), OperationError> {
    let (person, task) = text.split_once('.').ok_or(OperationError::NotThere)?;
    match (parsed(person), parsed(task)) {
        (Some(person), Some(task)) => Ok((person, task)),
        _ => Err(OperationError::NotThere),
    }
}

async fn task_done(
    user: User,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Response {
    let step = async {
        let (person, task) = task_id(&id)?;
        user.operations()
            .complete_task(user.caller(), person, task)
            .await?;
        Ok(back(&headers, person))
    };
    user.step(&posted, step).await
}

async fn task_waived(
    user: User,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Response {
    let step = async {
        let (person, task) = task_id(&id)?;
        let reason: WaiveReason = named(posted.value("reason")).unwrap_or(WaiveReason::Other);
        user.operations()
            .waive_task(user.caller(), person, task, reason, posted.value("words"))
            .await?;
        Ok(back(&headers, person))
    };
    user.step(&posted, step).await
}

/// Back to the page the button was on, or to the person's tasks.
fn back(headers: &HeaderMap, person: PersonId) -> String {
    let came_from = headers
        .get(header::REFERER)
        .and_then(|from| from.to_str().ok())
        .and_then(|from| from.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').and_then(|place| rest.get(place..)));
    match came_from {
        Some(path) => super::signing::own_path(path).to_owned(),
        None => format!("/people/{person}#tasks"),
    }
}
