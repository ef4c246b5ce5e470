//! Forms as browsers send them: bounded, and only from our own pages.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sapar_messages::Language;
use sapar_pages::Form;

use crate::state::App;

/// The longest form, in bytes; files come another way.
const FORM_BYTES_MAX: usize = 256 << 10;

/// A form that was sent.
pub(crate) struct Posted {
    /// What was typed, without what belongs to the page.
    pub(crate) form: Form,
    /// The token against forged forms.
    pub(crate) csrf: String,
    /// The language that was switched to instead of sending the form.
    pub(crate) language: Option<Language>,
}

impl Posted {
    /// A field, without space at its ends.
    pub(crate) fn value(&self, field: &str) -> &str {
        self.form.value(field).trim()
    }

    pub(crate) fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut csrf = String::new();
        let mut language = None;
        let mut rest = Vec::new();
        for (field, value) in pairs {
            match field.as_str() {
                "csrf" => csrf = value,
                "language" => language = value.parse().ok(),
                _ => rest.push((field, value)),
            }
        }
        Self {
            form: Form::from_posted(rest),
            csrf,
            language,
        }
    }
}

impl FromRequest<Arc<App>> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, _: &Arc<App>) -> Result<Self, Response> {
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        if !is_form {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
        }
        let bytes = to_bytes(request.into_body(), FORM_BYTES_MAX)
            .await
            .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE.into_response())?;
        Ok(Self::of(form_urlencoded::parse(&bytes).into_owned()))
    }
}
