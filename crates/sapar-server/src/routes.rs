//! Every address and who answers it.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::state::App;
use crate::{api, health, limits, pages, respond};

/// The longest body of a request: a document, and what a form adds to it.
const BODY_BYTES_MAX: usize = 21 << 20;

/// How long a request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The whole application.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(pages::desk::show))
        .route(
            "/sign-in",
            get(pages::signing::show).post(pages::signing::sign_in),
        )
        .route("/sign-out", post(pages::signing::sign_out))
        .route("/language", post(pages::signing::language))
        .route("/purpose", post(pages::signing::purpose))
        .route(
            "/encounters/new",
            get(pages::encounters::new).post(pages::encounters::open),
        )
        .route("/encounters/{id}", get(pages::encounters::show))
        .route("/encounters/{id}/end", post(pages::encounters::end))
        .route("/encounters/{id}/groups", post(pages::encounters::group))
        .route(
            "/encounters/{id}/groups/departures",
            post(pages::encounters::leave_group),
        )
        .route(
            "/encounters/{id}/people/new",
            get(pages::encounters::person_form).post(pages::encounters::register),
        )
        .route("/zone", post(pages::encounters::zone))
        .merge(pages::people::routes())
        .merge(pages::screenings::routes())
        .merge(pages::work::routes())
        .merge(pages::papers::routes())
        .merge(pages::office::routes())
        .merge(pages::passkeys::routes())
        .merge(pages::openid::routes())
        .merge(api::routes())
        .fallback(pages::signing::nothing)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn_with_state(Arc::clone(&app), limits::limited))
        .layer(from_fn_with_state(Arc::clone(&app), health::measured))
        .layer(from_fn(respond::guarded))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            PATIENCE,
        ))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/style.css", get(pages::assets::style))
        .route("/script.js", get(pages::assets::script))
        .with_state(app)
}
