//! Signing in through headquarters: out to its provider, back from it, and the links that administrators make.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use sapar_access::UserId;
use sapar_openid::{Answer, MINUTES_MAX, Refused};
use sapar_operations::OperationError;
use sapar_pages::{Form, Text, sign_in as view};

use crate::headquarters::{BACK, BEGIN, Headquarters};
use crate::pages::office::user_page;
use crate::pages::signing::shown;
use crate::posted::Posted;
use crate::respond::{fault, page, page_with, see_other};
use crate::state::App;
use crate::visit::{At, User, Visit, cookie, session_cookie, with_cookie};

/// Holds the state of a sign-in, so that only the browser that began it can finish it.
const STATE: &str = "sapar-openid";

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(BEGIN, get(begin))
        .route(BACK, get(back))
        .route("/administration/users/{id}/identity", post(link))
}

/// Where browsers begin; empty where headquarters has no provider.
pub(crate) fn address(app: &App) -> String {
    match (&app.headquarters, app.site.get()) {
        // The whole address: the provider sends back to the site's own, and the cookie must be there.
        (Some(_), Some(site)) => format!("{}{BEGIN}", site.origin()),
        _ => String::new(),
    }
}

/// The provider, and the address of the site.
fn configured(app: &App) -> Result<(&Headquarters, &str), OperationError> {
    match (&app.headquarters, app.site.get()) {
        (Some(headquarters), Some(site)) => Ok((headquarters, site.origin())),
        _ => Err(OperationError::NotThere),
    }
}

/// The page to sign in, with why headquarters' way in did not work; the password does.
fn told(visit: Visit, status: StatusCode, text: Text) -> Response {
    let mut visit = visit;
    let guard = visit.guard();
    let mut form = Form::default();
    form.refuse("", text);
    let response = page_with(status, view::page(&visit.frame, &shown(&visit, form)));
    let response = with_cookie(response, &state_cookie(&visit.app, "", 0));
    match guard {
        Some(cookie) => with_cookie(response, &cookie),
        None => response,
    }
}

/// Which refusal it was is for the log; none of them holds a name or a token.
fn refused(visit: Visit, refused: Refused) -> Response {
    tracing::warn!(target: "sign-in", step = "openid", error = %refused);
    match refused {
        Refused::Provider => told(
            visit,
            StatusCode::SERVICE_UNAVAILABLE,
            Text::key("openid-unreachable"),
        ),
        _ => told(
            visit,
            StatusCode::UNPROCESSABLE_ENTITY,
            Text::key("openid-refused"),
        ),
    }
}

/// Sends the browser to the provider.
async fn begin(visit: Visit) -> Response {
    let app = Arc::clone(&visit.app);
    let (headquarters, origin) = match configured(&app) {
        Ok(configured) => configured,
        Err(error) => return fault(&app, &visit.frame, &error),
    };
    match headquarters.begin(origin, app.now()).await {
        Ok(begun) => with_cookie(
            see_other(&begun.address),
            &state_cookie(&app, &begun.state, MINUTES_MAX * 60),
        ),
        Err(error) => refused(visit, error),
    }
}

/// What the provider sends the browser back with.
#[derive(serde::Deserialize)]
struct Back {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
}

/// Takes the browser back from the provider.
async fn back(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Query(back): Query<Back>,
    visit: Visit,
) -> Response {
    let (headquarters, origin) = match configured(&app) {
        Ok(configured) => configured,
        Err(error) => return fault(&app, &visit.frame, &error),
    };
    // Without a code the person or the provider said no.
    let (Some(state), Some(code)) = (back.state, back.code) else {
        return refused(visit, Refused::Code);
    };
    // An answer that another browser began would sign its own person in here.
    if cookie(&headers, STATE).is_none_or(|began| began != state) {
        return refused(visit, Refused::State);
    }
    let answer = Answer {
        state,
        code,
        iss: back.iss,
    };
    let now = app.now();
    let identity = match headquarters.finish(origin, &answer, now).await {
        Ok(identity) => identity,
        Err(error) => return refused(visit, error),
    };
    match app.operations.sign_in_external(&identity, now).await {
        Ok(token) => {
            // A redirect would still count as coming from the provider's site, and the cookie of the session is not sent then.
            let mut response = page(view::signed_in(&visit.frame));
            response.headers_mut().insert(
                HeaderName::from_static("refresh"),
                HeaderValue::from_static("0; url=/"),
            );
            let response = with_cookie(response, &session_cookie(&app, &token));
            with_cookie(response, &state_cookie(&app, "", 0))
        }
        Err(OperationError::WrongSignIn) => told(
            visit,
            StatusCode::FORBIDDEN,
            Text::key("openid-unknown").with("subject", identity.subject()),
        ),
        Err(error) => fault(&app, &visit.frame, &error),
    }
}

/// Sent along when the provider sends the browser back, which the others are not.
fn state_cookie(app: &App, state: &str, seconds: i64) -> String {
    let secure = if app.secure { "; Secure" } else { "" };
    format!("{STATE}={state}; Path={BEGIN}; SameSite=Lax; HttpOnly{secure}; Max-Age={seconds}")
}

/// Links a user to somebody of the provider.
async fn link(user: User, At(id): At, posted: Posted) -> Response {
    user.form_step(
        posted,
        "subject",
        async |user: &User, posted: &Posted| {
            let of = UserId::new(id).map_err(|_| OperationError::NotThere)?;
            user.operations()
                .link_identity(
                    user.caller(),
                    of,
                    posted.value("issuer"),
                    posted.value("subject"),
                )
                .await?;
            Ok(format!("/administration/users/{id}"))
        },
        async |user: &User, form: Form| user_page(user, id, None, Some(form)).await,
    )
    .await
}
