//! The JSON interface that other systems use, and the document that describes it.
//!
//! It answers with the same operations as the pages, so what somebody may not see does not exist here either.
//! Who asks signs in for a session and sends its token as `Authorization: Bearer`; cookies are not read, so that no page can ask in somebody's name.

use std::sync::Arc;

use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use sapar_casework::personal::Text as Said;
use sapar_casework::referral::{Completion, DeclineReason};
use sapar_casework::screening::{AnswerGiven, Given, HowLearned, ScreeningState};
use sapar_operations::tasks::Board;
use sapar_operations::{Caller, OperationError};
use sapar_sign_in::password::Password;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use uuid::Uuid;

use crate::respond::kind_of;
use crate::state::App;
use crate::visit::{Visit, hex, token_of};
use crate::words::{code_of, name, named};

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/openapi.json", get(document))
        .route("/api/v1/sessions", post(sign_in).delete(sign_out))
        .route("/api/v1/tasks", get(tasks))
        .route(
            "/api/v1/people/{person}/tasks/{task}/completion",
            post(complete_task),
        )
        .route("/api/v1/people/{person}", get(person))
        .route("/api/v1/search", post(search))
        .route("/api/v1/referrals", get(referrals))
        .route("/api/v1/referrals/{id}/acceptance", post(accept))
        .route("/api/v1/referrals/{id}/refusal", post(decline))
        .route("/api/v1/referrals/{id}/arrival", post(arrive))
        .route("/api/v1/referrals/{id}/completion", post(complete))
        .route("/api/v1/screenings/{id}", get(screening))
        .route("/api/v1/screenings/{id}/answers", post(answer))
        .route("/api/v1/screenings/{id}/end", post(finish))
        .route("/api/v1/screenings/{id}/outcome", get(outcome))
        .route(
            "/api/{*rest}",
            delete(nothing).get(nothing).post(nothing).put(nothing),
        )
}

/// The document of the interface.
#[derive(OpenApi)]
#[openapi(
    info(title = "Sapar", description = "Screening, referrals and tasks, for other systems. Sign in for a token, and send it as a bearer."),
    paths(
        sign_in, sign_out, tasks, complete_task, person, search, referrals, accept, decline, arrive, complete, screening,
        answer, finish, outcome
    ),
    modifiers(&Bearer)
)]
struct Description;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
        let components = document.components.get_or_insert_default();
        components.add_security_scheme(
            "session",
            SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
        );
    }
}

async fn document() -> Response {
    Json(Description::openapi()).into_response()
}

async fn nothing() -> Fault {
    Fault(OperationError::NotThere)
}

/// What went wrong.
#[derive(Serialize, ToSchema)]
struct Problem {
    /// The status of HTTP again.
    status: u16,
    /// What happened and what to do; never personal data.
    message: String,
    /// Fields that need another look, by name.
    fields: Vec<String>,
}

/// An error as this interface answers it.
struct Fault(OperationError);

impl From<OperationError> for Fault {
    fn from(error: OperationError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = match &self.0 {
            OperationError::SignedOut | OperationError::WrongSignIn => StatusCode::UNAUTHORIZED,
            error => StatusCode::from_u16(kind_of(error).status())
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        };
        if status.is_server_error() {
            tracing::error!(target: "fault", error = %self.0);
        }
        let fields = match &self.0 {
            OperationError::Fields(fields) => {
                fields.iter().map(|field| field.field.to_owned()).collect()
            }
            OperationError::Contradiction(facts) => facts.clone(),
            _ => Vec::new(),
        };
        let problem = Problem {
            status: status.as_u16(),
            message: self.0.to_string(),
            fields,
        };
        (status, Json(problem)).into_response()
    }
}

/// A request that is one too many, as this interface answers it.
pub(crate) fn too_many(error: OperationError) -> Response {
    Fault(error).into_response()
}

/// A body that is refused in the words of this interface.
struct Body<T>(T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let read: Result<Json<T>, JsonRejection> = Json::from_request(request, app).await;
        match read {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => {
                let status = match rejection.status() {
                    StatusCode::BAD_REQUEST => StatusCode::UNPROCESSABLE_ENTITY,
                    other => other,
                };
                let problem = Problem {
                    status: status.as_u16(),
                    message: "the body is not the JSON that this address takes; see the document at /api/openapi.json".to_owned(),
                    fields: Vec::new(),
                };
                Err((status, Json(problem)).into_response())
            }
        }
    }
}

/// Who asks.
struct Asker {
    app: Arc<App>,
    caller: Caller,
    session: sapar_sign_in::session::SessionId,
}

impl FromRequestParts<Arc<App>> for Asker {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Fault> {
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .and_then(token_of)
            .ok_or(OperationError::SignedOut)?;
        let signed_in = app.operations.signed_in(&token, app.now()).await?;
        Ok(Self {
            app: Arc::clone(app),
            session: signed_in.session,
            caller: signed_in.caller,
        })
    }
}

type Id = Result<Path<Uuid>, PathRejection>;

fn id<T: TryFrom<Uuid>>(path: Id) -> Result<T, Fault> {
    let Path(id) = path.map_err(|_| OperationError::NotThere)?;
    T::try_from(id).map_err(|_| Fault(OperationError::NotThere))
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
struct SignIn {
    name: String,
    password: String,
}

/// A session.
#[derive(Serialize, ToSchema)]
struct Session {
    /// 64 hexadecimal digits; send it as a bearer.
    token: String,
}

#[utoipa::path(post, path = "/api/v1/sessions", request_body = SignIn, responses(
    (status = 201, body = Session), (status = 401, body = Problem), (status = 415, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn sign_in(
    State(app): State<Arc<App>>,
    visit: Visit,
    Body(body): Body<SignIn>,
) -> Result<Response, Fault> {
    let token = app
        .operations
        .sign_in(
            &body.name,
            Password::typed(body.password),
            &visit.address,
            app.now(),
        )
        .await?;
    let session = Session {
        token: hex(token.bytes()),
    };
    Ok((StatusCode::CREATED, Json(session)).into_response())
}

#[utoipa::path(delete, path = "/api/v1/sessions", security(("session" = [])), responses(
    (status = 204), (status = 401, body = Problem)))]
async fn sign_out(asker: Asker) -> Result<StatusCode, Fault> {
    asker.app.operations.sign_out(asker.session).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A task.
#[derive(Serialize, ToSchema)]
struct Task {
    id: Uuid,
    person: Uuid,
    /// Who must, by the vocabulary's word.
    bearer: String,
    /// What, by the vocabulary's word; nothing for a task that somebody added.
    act: Option<String>,
    /// Articles.
    provisions: Vec<String>,
    /// When it is due, in RFC 3339; nothing where the law counts none, or not yet.
    due: Option<String>,
    /// 0 in time, 1 late, and one more for each further level that is told.
    escalation: u32,
}

#[utoipa::path(get, path = "/api/v1/tasks", security(("session" = [])), responses(
    (status = 200, body = Vec<Task>), (status = 401, body = Problem)))]
async fn tasks(asker: Asker) -> Result<Json<Vec<Task>>, Fault> {
    let found = asker
        .app
        .operations
        .board(&asker.caller, Board::Own, 500)
        .await?;
    Ok(Json(
        found
            .iter()
            .map(|view| Task {
                id: view.id.uuid(),
                person: view.person.id.uuid(),
                bearer: view.task.bearer.clone(),
                act: view.task.duty().map(|duty| duty.position.act.clone()),
                provisions: view
                    .task
                    .duty()
                    .map(|duty| {
                        duty.norms
                            .iter()
                            .map(|norm| norm.provision.clone())
                            .collect()
                    })
                    .unwrap_or_default(),
                due: view.due.map(|due| due.to_string()),
                escalation: view.escalation,
            })
            .collect(),
    ))
}

#[utoipa::path(post, path = "/api/v1/people/{person}/tasks/{task}/completion", security(("session" = [])),
    params(("person" = Uuid, Path), ("task" = Uuid, Path)), responses(
    (status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn complete_task(
    asker: Asker,
    path: Result<Path<(Uuid, Uuid)>, PathRejection>,
) -> Result<StatusCode, Fault> {
    let Path((person, task)) = path.map_err(|_| OperationError::NotThere)?;
    let there = |found: Option<_>| found.ok_or(OperationError::NotThere);
    let person = there(sapar_casework::ids::PersonId::new(person).ok())?;
    let task = sapar_casework::ids::TaskId::new(task).map_err(|_| OperationError::NotThere)?;
    asker
        .app
        .operations
        .complete_task(&asker.caller, person, task)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A person, as far as the asker may see.
#[derive(Serialize, ToSchema)]
struct Person {
    id: Uuid,
    /// As written, in Latin letters where there are any.
    name: Option<String>,
    erased: bool,
    /// Screenings with their states.
    screenings: Vec<Stated>,
    /// Referrals with their states.
    referrals: Vec<Stated>,
    /// Cases with their states.
    cases: Vec<Stated>,
    /// Whether a return is on hold; only where one is under way.
    return_on_hold: bool,
}

/// A thing and where it stands.
#[derive(Serialize, ToSchema)]
struct Stated {
    id: Uuid,
    state: String,
    /// What it is for or of which kind; nothing for a screening.
    kind: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/people/{person}", security(("session" = [])), params(("person" = Uuid, Path)), responses(
    (status = 200, body = Person), (status = 401, body = Problem), (status = 404, body = Problem)))]
async fn person(asker: Asker, path: Id) -> Result<Json<Person>, Fault> {
    let found = asker
        .app
        .operations
        .person(&asker.caller, id(path)?)
        .await?;
    Ok(Json(Person {
        id: found.person.id.uuid(),
        name: found
            .person
            .details
            .as_ref()
            .and_then(|details| name(details, sapar_messages::Language::English)),
        erased: found.person.erased,
        screenings: found
            .screenings
            .iter()
            .map(|(id, _, state)| Stated {
                id: id.uuid(),
                state: state.clone(),
                kind: None,
            })
            .collect(),
        referrals: found
            .referrals
            .iter()
            .map(|line| Stated {
                id: line.id.uuid(),
                state: line.state.clone(),
                kind: code_of(&line.purpose),
            })
            .collect(),
        cases: found
            .cases
            .iter()
            .map(|line| Stated {
                id: line.id.uuid(),
                state: line.state.clone(),
                kind: code_of(&line.kind),
            })
            .collect(),
        return_on_hold: found.return_hold,
    }))
}

/// What to search for: a name or a document number. It never stands in an address.
#[derive(Deserialize, ToSchema)]
struct Query {
    query: String,
}

/// Somebody who was found.
#[derive(Serialize, ToSchema)]
struct Hit {
    id: Uuid,
    name: Option<String>,
}

#[utoipa::path(post, path = "/api/v1/search", security(("session" = [])), request_body = Query, responses(
    (status = 200, body = Vec<Hit>), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 415, body = Problem), (status = 422, body = Problem)))]
async fn search(asker: Asker, Body(query): Body<Query>) -> Result<Json<Vec<Hit>>, Fault> {
    if query.query.len() > 400 {
        return Err(Fault(OperationError::field(
            "query",
            "refusal-text-too-long",
        )));
    }
    let found = asker
        .app
        .operations
        .search(&asker.caller, &query.query)
        .await?;
    Ok(Json(
        found
            .persons
            .iter()
            .map(|line| Hit {
                id: line.id.uuid(),
                name: line
                    .details
                    .as_ref()
                    .and_then(|details| name(details, sapar_messages::Language::English)),
            })
            .collect(),
    ))
}

/// A referral.
#[derive(Serialize, ToSchema)]
struct Referral {
    id: Uuid,
    person: Uuid,
    from: Uuid,
    to: Uuid,
    purpose: String,
    state: String,
    reply_by: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/referrals", security(("session" = [])), responses(
    (status = 200, body = Vec<Referral>), (status = 401, body = Problem)))]
async fn referrals(asker: Asker) -> Result<Json<Vec<Referral>>, Fault> {
    let operations = &asker.app.operations;
    let mut found = operations.inbox(&asker.caller).await?;
    found.extend(operations.sent(&asker.caller).await?);
    Ok(Json(
        found
            .iter()
            .map(|line| Referral {
                id: line.id.uuid(),
                person: line.person.id.uuid(),
                from: line.from,
                to: line.to,
                purpose: code_of(&line.purpose).unwrap_or_default(),
                state: line.state.clone(),
                reply_by: line.reply_by.map(|by: Timestamp| by.to_string()),
            })
            .collect(),
    ))
}

/// The case that accepting opened, if any.
#[derive(Serialize, ToSchema)]
struct Accepted {
    case: Option<Uuid>,
}

#[utoipa::path(post, path = "/api/v1/referrals/{id}/acceptance", security(("session" = [])), params(("id" = Uuid, Path)), responses(
    (status = 200, body = Accepted), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn accept(asker: Asker, path: Id) -> Result<Json<Accepted>, Fault> {
    let case = asker
        .app
        .operations
        .accept(&asker.caller, id(path)?)
        .await?;
    Ok(Json(Accepted {
        case: case.map(|case| case.uuid()),
    }))
}

/// Why a referral is declined.
#[derive(Deserialize, ToSchema)]
struct Decline {
    /// `no-capacity`, `not-competent`, `incomplete`, `person-refuses` or `other`.
    reason: String,
    #[serde(default)]
    words: String,
}

#[utoipa::path(post, path = "/api/v1/referrals/{id}/refusal", security(("session" = [])), params(("id" = Uuid, Path)),
    request_body = Decline, responses(
    (status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem)))]
async fn decline(asker: Asker, path: Id, Body(body): Body<Decline>) -> Result<StatusCode, Fault> {
    let reason: DeclineReason =
        named(&body.reason).ok_or(OperationError::field("reason", "form-required"))?;
    asker
        .app
        .operations
        .decline(&asker.caller, id(path)?, reason, &body.words)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

#[utoipa::path(post, path = "/api/v1/referrals/{id}/arrival", security(("session" = [])), params(("id" = Uuid, Path)), responses(
    (status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn arrive(asker: Asker, path: Id) -> Result<StatusCode, Fault> {
    asker
        .app
        .operations
        .arrived(&asker.caller, id(path)?)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How a referral ended.
#[derive(Deserialize, ToSchema)]
struct Complete {
    /// `helped`, `helped-in-part`, `passed-on`, `person-left` or `not-needed`.
    outcome: String,
    #[serde(default)]
    words: String,
}

#[utoipa::path(post, path = "/api/v1/referrals/{id}/completion", security(("session" = [])), params(("id" = Uuid, Path)),
    request_body = Complete, responses(
    (status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem)))]
async fn complete(asker: Asker, path: Id, Body(body): Body<Complete>) -> Result<StatusCode, Fault> {
    let outcome: Completion =
        named(&body.outcome).ok_or(OperationError::field("outcome", "form-required"))?;
    asker
        .app
        .operations
        .complete_referral(&asker.caller, id(path)?, outcome, &body.words)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A screening and what to ask next.
#[derive(Serialize, ToSchema)]
struct Screening {
    id: Uuid,
    person: Uuid,
    /// `running`, `stopped` or `finished`.
    state: String,
    /// The fact to ask for next; nothing when nothing is left that this user may ask.
    next: Option<String>,
    /// Whether questions are left that only others may ask, such as a higher role: then an answer can still matter though there is no `next`.
    left_to_others: bool,
    /// Facts that were answered.
    answered: Vec<String>,
}

#[utoipa::path(get, path = "/api/v1/screenings/{id}", security(("session" = [])), params(("id" = Uuid, Path)), responses(
    (status = 200, body = Screening), (status = 401, body = Problem), (status = 404, body = Problem)))]
async fn screening(asker: Asker, path: Id) -> Result<Json<Screening>, Fault> {
    let found = asker
        .app
        .operations
        .screening(&asker.caller, id(path)?)
        .await?;
    let library = found.engine.library();
    Ok(Json(Screening {
        id: found.id.uuid(),
        person: found.person.id.uuid(),
        state: state(found.state).to_owned(),
        next: found
            .question
            .as_ref()
            .map(|question| library.fact(question.question.fact).name.clone()),
        left_to_others: found.for_others,
        answered: found
            .answers
            .iter()
            .map(|answer| library.fact(answer.fact).name.clone())
            .collect(),
    }))
}

fn state(state: ScreeningState) -> &'static str {
    match state {
        ScreeningState::NotStarted => "not-started",
        ScreeningState::Running => "running",
        ScreeningState::Stopped(_) => "stopped",
        ScreeningState::Finished => "finished",
    }
}

/// An answer to a question.
#[derive(Deserialize, ToSchema)]
struct Answer {
    /// The fact, by the vocabulary's name.
    fact: String,
    /// The value, as the vocabulary writes it; nothing where the person does not know or does not want to say.
    value: Option<String>,
    /// Whether the person does not want to say; otherwise no value means that they do not know.
    #[serde(default)]
    refused: bool,
    /// `observed`, `asked`, `document`, `specialist` or `authority`; asked, if left out.
    how: Option<String>,
}

#[utoipa::path(post, path = "/api/v1/screenings/{id}/answers", security(("session" = [])), params(("id" = Uuid, Path)),
    request_body = Answer, responses(
    (status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem)))]
async fn answer(asker: Asker, path: Id, Body(body): Body<Answer>) -> Result<StatusCode, Fault> {
    let given = match (&body.value, body.refused) {
        (Some(value), _) => Given::Known(Said::new(value)),
        (None, true) => Given::DoesNotWantToSay,
        (None, false) => Given::DoesNotKnow,
    };
    let how = match &body.how {
        Some(how) => named(how).ok_or(OperationError::field("how", "form-required"))?,
        None => HowLearned::Asked,
    };
    let given = AnswerGiven {
        fact: body.fact,
        given,
        how,
    };
    asker
        .app
        .operations
        .answer(&asker.caller, id(path)?, given)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

#[utoipa::path(post, path = "/api/v1/screenings/{id}/end", security(("session" = [])), params(("id" = Uuid, Path)), responses(
    (status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn finish(asker: Asker, path: Id) -> Result<StatusCode, Fault> {
    asker
        .app
        .operations
        .finish_screening(&asker.caller, id(path)?)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A position of an outcome.
#[derive(Serialize, ToSchema)]
struct Position {
    /// `prohibition`, `duty`, `advice-against`, `advice` or `permission`.
    force: String,
    bearer: String,
    act: String,
    /// `certain`, or `open`: not decided by what is known, which is not a no.
    standing: String,
    /// Articles.
    provisions: Vec<String>,
}

#[utoipa::path(get, path = "/api/v1/screenings/{id}/outcome", security(("session" = [])), params(("id" = Uuid, Path)), responses(
    (status = 200, body = Vec<Position>), (status = 401, body = Problem), (status = 404, body = Problem)))]
async fn outcome(asker: Asker, path: Id) -> Result<Json<Vec<Position>>, Fault> {
    let screening: sapar_casework::ids::ScreeningId = id(path)?;
    // That somebody looked is recorded with the whole outcome.
    asker
        .app
        .operations
        .outcome(&asker.caller, screening)
        .await?;
    let found = asker
        .app
        .operations
        .outcome_in_short(&asker.caller, screening)
        .await?
        .ok_or(OperationError::NotThere)?;
    Ok(Json(
        found
            .positions
            .iter()
            .map(|one| Position {
                force: code_of(&one.position.force).unwrap_or_default(),
                bearer: one.position.bearer.clone(),
                act: one.position.act.clone(),
                standing: code_of(&one.standing).unwrap_or_default(),
                provisions: one
                    .norms
                    .iter()
                    .map(|norm| norm.provision.clone())
                    .collect(),
            })
            .collect(),
    ))
}
