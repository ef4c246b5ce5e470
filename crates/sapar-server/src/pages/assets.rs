//! Styles and the little script, kept by browsers for a year: their addresses change with their content.

use axum::http::header;
use axum::response::{IntoResponse, Response};

const KEPT: &str = "public, max-age=31536000, immutable";

pub(crate) async fn style() -> Response {
    answer("text/css; charset=utf-8", sapar_pages::STYLE)
}

pub(crate) async fn script() -> Response {
    answer("text/javascript; charset=utf-8", sapar_pages::SCRIPT)
}

fn answer(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, KEPT),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text).into_response()
}
