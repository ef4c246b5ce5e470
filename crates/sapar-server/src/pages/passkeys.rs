//! Passkeys: the two ceremonies as JSON for the script of the pages, and the forms to rename and remove one.
//!
//! The ceremonies answer every failure alike: whether a user or a passkey exists is told to nobody, and why it failed is in the log.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use sapar_access::UserId;
use sapar_operations::OperationError;
use sapar_operations::passkeys::OwnPasskey;
use sapar_pages::{Form, Frame, Text, account as account_view};
use sapar_passkeys::RelyingParty;
use sapar_sign_in::password::Password;
use serde::Serialize;

use crate::pages::office::account_page;
use crate::posted::Posted;
use crate::respond::kind_of;
use crate::state::App;
use crate::visit::{At, User, Visit, session_cookie, with_cookie};

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/sign-in/passkey/begin", post(begin_sign_in))
        .route("/sign-in/passkey/finish", post(finish_sign_in))
        .route("/account/passkeys/begin", post(begin))
        .route("/account/passkeys/finish", post(finish))
        .route("/account/passkeys/rename", post(rename))
        .route("/account/passkeys/remove", post(remove))
        .route("/administration/users/{id}/passkeys", post(remove_all))
}

/// Where the script goes on to.
#[derive(Serialize)]
struct Onward {
    to: &'static str,
}

/// What went wrong, for people.
#[derive(Serialize)]
struct Problem {
    message: String,
    /// The field that it is about; empty for none.
    field: &'static str,
}

/// The site's passkeys, where its address can have any.
pub(crate) fn party(app: &App) -> Option<&RelyingParty> {
    app.site.get().and_then(|site| site.party())
}

/// The address that passkeys work at; empty where there are none.
pub(crate) fn origin(app: &App) -> String {
    app.site
        .get()
        .filter(|site| site.party().is_some())
        .map(|site| site.origin().to_owned())
        .unwrap_or_default()
}

/// Options are JSON already.
fn options(json: String) -> Response {
    let kind = (axum::http::header::CONTENT_TYPE, "application/json");
    ([kind], json).into_response()
}

fn problem(frame: &Frame, error: &OperationError) -> Response {
    let status =
        StatusCode::from_u16(kind_of(error).status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let (text, field) = match error {
        OperationError::Wait(until) => (Text::key("sign-in-locked").with("moment", *until), ""),
        OperationError::Fields(fields) => match fields.first() {
            Some(field) => (Text::key(field.key), field.field),
            None => (Text::key("passkey-refused"), ""),
        },
        _ => (Text::key("passkey-refused"), ""),
    };
    tell(frame, status, &text, field)
}

fn tell(frame: &Frame, status: StatusCode, text: &Text, field: &'static str) -> Response {
    let message = frame.say(text);
    (status, Json(Problem { message, field })).into_response()
}

fn none_here(frame: &Frame) -> Response {
    tell(
        frame,
        StatusCode::UNPROCESSABLE_ENTITY,
        &Text::key("passkey-none-here"),
        "",
    )
}

/// What is told to nobody, for whoever looks after the server.
fn noted(step: &'static str, error: &OperationError) {
    // No text of these holds a name or a key.
    tracing::warn!(target: "sign-in", step, %error);
}

async fn begin_sign_in(visit: Visit, posted: Posted) -> Response {
    let Some(guest) = visit.guest_of(&posted) else {
        return stale(&visit.frame);
    };
    let Some(party) = party(&visit.app) else {
        return none_here(&visit.frame);
    };
    let operations = &visit.app.operations;
    match operations.begin_passkey_sign_in(guest, party, visit.app.now()) {
        Ok(json) => options(json),
        Err(error) => {
            noted("begin", &error);
            problem(&visit.frame, &error)
        }
    }
}

async fn finish_sign_in(visit: Visit, posted: Posted) -> Response {
    let Some(guest) = visit.guest_of(&posted) else {
        return stale(&visit.frame);
    };
    let Some(party) = party(&visit.app) else {
        return none_here(&visit.frame);
    };
    let signed = visit
        .app
        .operations
        .finish_passkey_sign_in(
            guest,
            party,
            posted.value("response"),
            &visit.address,
            visit.app.now(),
        )
        .await;
    match signed {
        Ok(token) => with_cookie(
            Json(Onward { to: "/" }).into_response(),
            &session_cookie(&visit.app, &token),
        ),
        Err(error) => {
            noted("finish", &error);
            problem(&visit.frame, &error)
        }
    }
}

/// The cookie of the form ran out, or another site sent it.
fn stale(frame: &Frame) -> Response {
    tell(
        frame,
        StatusCode::FORBIDDEN,
        &Text::key("sign-in-again"),
        "",
    )
}

async fn begin(mut user: User, posted: Posted) -> Response {
    if let Err(response) = user.ours(&posted) {
        return *response;
    }
    // A language was chosen instead: the same page with what was typed.
    if let Some(cookie) = user.switched(&posted) {
        let made = account_page(&user, Form::default(), posted.form).await;
        return with_cookie(user.page(made), &cookie);
    }
    let Some(party) = party(&user.app) else {
        return none_here(&user.frame);
    };
    let password = Password::typed(posted.form.value("password").to_owned());
    let begun = user
        .operations()
        .begin_passkey(
            &user.signed_in,
            party,
            password,
            posted.value("passkey_name"),
        )
        .await;
    match begun {
        Ok(json) => options(json),
        Err(error) => problem(&user.frame, &error),
    }
}

async fn finish(user: User, posted: Posted) -> Response {
    if let Err(response) = user.ours(&posted) {
        return *response;
    }
    let Some(party) = party(&user.app) else {
        return none_here(&user.frame);
    };
    let kept = user
        .operations()
        .finish_passkey(&user.signed_in, party, posted.value("response"))
        .await;
    match kept {
        Ok(()) => Json(Onward { to: "/account" }).into_response(),
        Err(error) => {
            noted("add", &error);
            problem(&user.frame, &error)
        }
    }
}

async fn rename(user: User, posted: Posted) -> Response {
    user.form_step(
        posted,
        "passkey_name",
        async |user: &User, posted: &Posted| {
            user.operations()
                .rename_passkey(
                    &user.signed_in,
                    posted.value("passkey"),
                    posted.value("passkey_name"),
                )
                .await?;
            Ok("/account".to_owned())
        },
        async |user: &User, form: Form| account_page(user, Form::default(), form).await,
    )
    .await
}

async fn remove(user: User, posted: Posted) -> Response {
    let step = async {
        user.operations()
            .remove_passkey(&user.signed_in, posted.value("passkey"))
            .await?;
        Ok("/account".to_owned())
    };
    user.step(&posted, step).await
}

async fn remove_all(user: User, At(id): At, posted: Posted) -> Response {
    let step = async {
        let of = UserId::new(id).map_err(|_| OperationError::NotThere)?;
        user.operations()
            .remove_passkeys_of(user.caller(), of)
            .await?;
        Ok(format!("/administration/users/{id}"))
    };
    user.step(&posted, step).await
}

/// Passkeys as pages show them.
pub(crate) fn lines(passkeys: Vec<OwnPasskey>) -> Vec<account_view::Passkey> {
    passkeys
        .into_iter()
        .map(|one| account_view::Passkey {
            id: one.id,
            name: one.name,
            added: one.added,
            used: one.used,
        })
        .collect()
}
