//! Answers: pages, redirects, and what went wrong, with the headers that every answer carries.

use std::sync::atomic::Ordering;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sapar_casework::refusal::Refusal;
use sapar_operations::OperationError;
use sapar_pages::{Form, Frame, Markup, Text, problem};
use sapar_store::StoreError;

use crate::state::App;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Adds the headers that every answer carries.
pub(crate) async fn guarded(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, POLICY);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "same-origin");
    put(header::CACHE_CONTROL, "no-store");
    put(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    put(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    );
    response
}

/// A page.
pub(crate) fn page(markup: Markup) -> Response {
    with_status(StatusCode::OK, markup)
}

/// A page with a form that was not taken.
pub(crate) fn refused(markup: Markup) -> Response {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, markup)
}

/// A page of another status.
pub(crate) fn page_with(status: StatusCode, markup: Markup) -> Response {
    with_status(status, markup)
}

fn with_status(status: StatusCode, markup: Markup) -> Response {
    let kind = (header::CONTENT_TYPE, "text/html; charset=utf-8");
    (status, [kind], markup.into_string()).into_response()
}

/// On to another page, after a form was taken.
pub(crate) fn see_other(path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(path) => (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response(),
        Err(_) => StatusCode::SEE_OTHER.into_response(),
    }
}

/// What went wrong, on a page of its own.
pub(crate) fn fault(app: &App, frame: &Frame, error: &OperationError) -> Response {
    if matches!(error, OperationError::SignedOut) {
        return see_other("/sign-in");
    }
    let kind = kind_of(error);
    let mut view = problem::View {
        problem: kind,
        ..problem::View::default()
    };
    match error {
        OperationError::Refused(refusal) => view.about = Text::key(refusal.key()),
        OperationError::Fields(fields) => {
            if let Some(field) = fields.first() {
                view.about = Text::key(field.key);
            }
        }
        _ => {}
    }
    if kind.status() >= 500 {
        let number = app.next_reference.fetch_add(1, Ordering::Relaxed);
        view.reference = format!("{}-{number}", frame.now.as_second());
        // The text of no error holds personal data.
        tracing::error!(target: "fault", reference = view.reference, %error);
    }
    if kind == problem::Problem::NotReady {
        view.retry_after_seconds = 5;
    }
    if let OperationError::Wait(until) = error {
        let seconds = until.duration_since(frame.now).as_secs();
        view.retry_after_seconds = u32::try_from(seconds).unwrap_or(0);
    }
    let status = StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = with_status(status, problem::page(frame, &view));
    if view.retry_after_seconds > 0 {
        let seconds = HeaderValue::from(view.retry_after_seconds);
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

/// The problem that an error is.
pub(crate) fn kind_of(error: &OperationError) -> problem::Problem {
    use problem::Problem;
    match error {
        OperationError::NotThere | OperationError::Refused(Refusal::NotThere) => Problem::NotFound,
        OperationError::NotPermitted => Problem::NotAllowed,
        OperationError::Refused(_)
        | OperationError::Fields(_)
        | OperationError::Contradiction(_)
        | OperationError::WrongSignIn
        | OperationError::Passkey(_)
        | OperationError::SignedOut => Problem::NotUnderstood,
        OperationError::Wait(_) => Problem::TooMany,
        OperationError::Store(StoreError::Conflict { .. } | StoreError::RecordConflict) => {
            Problem::Conflict
        }
        OperationError::Store(StoreError::TooMuch { .. }) => Problem::TooLarge,
        OperationError::Store(
            StoreError::Busy
            | StoreError::DiskFull
            | StoreError::Unreachable
            | StoreError::Disk
            | StoreError::Closed,
        ) => Problem::NotReady,
        OperationError::Store(StoreError::KeyDestroyed) => Problem::NotUnderstood,
        OperationError::Store(_)
        | OperationError::Parts(_)
        | OperationError::Open(_)
        | OperationError::LawMissing
        | OperationError::Own(_) => Problem::OurMistake,
    }
}

/// Puts what is wrong into a form, so that it is shown again with what was typed, with the status to answer; gives back what no form can show.
///
/// # Errors
/// What a page of its own must say.
pub(crate) fn into_form(
    mut form: Form,
    error: OperationError,
    first_field: &str,
) -> Result<(StatusCode, Form), OperationError> {
    let not_taken = StatusCode::UNPROCESSABLE_ENTITY;
    match error {
        OperationError::Fields(fields) => {
            for field in fields {
                form.refuse(field.field, Text::key(field.key));
            }
            Ok((not_taken, form))
        }
        OperationError::Refused(refusal) if refusal != Refusal::NotThere => {
            form.refuse(field_of(refusal, first_field), Text::key(refusal.key()));
            Ok((not_taken, form))
        }
        // The database takes nothing now; what was typed is not lost for that.
        error if kind_of(&error) == problem::Problem::NotReady => {
            tracing::error!(target: "fault", %error);
            form.refuse(first_field, Text::key("form-not-recorded"));
            Ok((StatusCode::SERVICE_UNAVAILABLE, form))
        }
        other => Err(other),
    }
}

/// The field that a refusal is about, as forms name it.
fn field_of(refusal: Refusal, first_field: &str) -> &str {
    match refusal {
        Refusal::NameNeeded | Refusal::NameEmpty => "surname",
        Refusal::BirthDateImpossible => "birth",
        Refusal::CountryUnknown => "nationality",
        Refusal::DocumentNumberNeeded | Refusal::DocumentNeeded => "document_number",
        Refusal::ConsentNeeded => "consent",
        Refusal::EvidenceNeeded => "basis",
        Refusal::ArticleNeeded => "legal_basis",
        Refusal::WordsNeeded | Refusal::TextTooLong => "words",
        _ => first_field,
    }
}
