//! Whether the server lives, is ready, and how much it does.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::state::App;

type Labels = Vec<(&'static str, String)>;

/// How much the server does. No label holds personal data: routes stand as patterns.
pub(crate) struct Figures {
    registry: Mutex<Registry>,
    requests: Family<Labels, Counter>,
    seconds: Family<Labels, Histogram>,
    running: Gauge,
    refused: Family<Labels, Counter>,
    clock_behind: Gauge,
}

impl Figures {
    pub(crate) fn new() -> Self {
        let requests = Family::<Labels, Counter>::default();
        let seconds = Family::<Labels, Histogram>::new_with_constructor(|| {
            Histogram::new([
                0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0,
            ])
        });
        let running = Gauge::default();
        let mut registry = Registry::with_prefix("sapar");
        registry.register("requests", "Requests answered", requests.clone());
        registry.register("request_seconds", "How long they took", seconds.clone());
        registry.register(
            "requests_running",
            "Requests being answered",
            running.clone(),
        );
        let refused = Family::<Labels, Counter>::default();
        registry.register(
            "requests_limited",
            "Requests not answered since one session or address asked too many",
            refused.clone(),
        );
        let clock_behind = Gauge::default();
        registry.register(
            "clock_behind_seconds",
            "How far the machine's clock is behind the newest record; more than 0 where somebody must set it",
            clock_behind.clone(),
        );
        Self {
            clock_behind,
            refused,
            registry: Mutex::new(registry),
            requests,
            seconds,
            running,
        }
    }

    /// Counts a request that was one too many, by which limit.
    pub(crate) fn refuse(&self, limit: &'static str) {
        self.refused
            .get_or_create(&vec![("limit", limit.to_owned())])
            .inc();
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        // Writing into a string does not fail.
        let _ = encode(&mut text, &registry);
        text
    }
}

/// Counts and logs each request, by its route and never by its address.
pub(crate) async fn measured(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().as_str().to_owned();
    let started = Instant::now();
    app.figures.running.inc();
    let response = next.run(request).await;
    app.figures.running.dec();
    let took = started.elapsed();
    let status = response.status().as_u16();
    app.figures
        .requests
        .get_or_create(&vec![
            ("route", route.clone()),
            ("method", method.clone()),
            ("status", status.to_string()),
        ])
        .inc();
    app.figures
        .seconds
        .get_or_create(&vec![("route", route.clone())])
        .observe(took.as_secs_f64());
    tracing::info!(target: "request", method, route, status, micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    response
}

/// The process lives.
pub(crate) async fn health() -> &'static str {
    "alive\n"
}

/// The database answers, and requests are taken.
pub(crate) async fn ready(State(app): State<Arc<App>>) -> Response {
    let heads = app.operations.store().heads();
    let answered = tokio::time::timeout(Duration::from_secs(2), heads).await;
    if app.open.load(Ordering::Relaxed) && matches!(answered, Ok(Ok(_))) {
        "ready\n".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response()
    }
}

/// Figures for Prometheus.
pub(crate) async fn metrics(State(app): State<Arc<App>>) -> Response {
    let now = app.now();
    let newest = app.operations.clock_went_back(now).unwrap_or(now);
    app.figures
        .clock_behind
        .set(newest.duration_since(now).as_secs());
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], app.figures.text()).into_response()
}
