//! Headquarters' provider of identities: what is known of it, what waits for it, and the requests made to it.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client as HttpClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use jiff::{SignedDuration, Timestamp};
use sapar_openid::{
    Answer, Client, ExternalIdentity, HttpRequest, HttpResponse, MINUTES_MAX, PendingSignIn,
    Provider, Refused,
};
use sapar_sign_in::waiting::Waiting;

use crate::config::OpenIdConfig;

/// Where browsers begin.
pub(crate) const BEGIN: &str = "/sign-in/openid";

/// Where the provider sends them back to; registered there with the address of the site before it.
pub(crate) const BACK: &str = "/sign-in/openid/back";

/// How long one request to the provider may take.
const PATIENCE: Duration = Duration::from_secs(8);

/// How long what the provider said of itself is believed.
const BELIEVED: SignedDuration = SignedDuration::from_hours(24);

/// How many sign-ins may wait for their answer at once.
const WAITING_MAX: usize = 10_000;

/// The longest answer of a provider, in bytes.
const ANSWER_BYTES_MAX: usize = 1 << 20;

type Http = HttpClient<HttpsConnector<HttpConnector>, Full<bytes::Bytes>>;

/// A request under way.
type Answering = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send>>;

/// Headquarters' provider.
pub(crate) struct Headquarters {
    config: OpenIdConfig,
    /// Nothing where the system has no certificates to trust.
    http: Option<Http>,
    known: Mutex<Option<(Arc<Provider>, Timestamp)>>,
    /// Sign-ins under way, by state.
    waiting: Mutex<Waiting<String, PendingSignIn>>,
}

/// A request that got no answer.
#[derive(Debug, thiserror::Error)]
#[error("the provider did not answer")]
pub(crate) struct NoAnswer;

/// A sign-in begun: where to send the browser, and what it brings back.
pub(crate) struct Begun {
    pub(crate) address: String,
    pub(crate) state: String,
}

impl Headquarters {
    pub(crate) fn new(config: OpenIdConfig) -> Self {
        let http = HttpsConnectorBuilder::new()
            .with_native_roots()
            .ok()
            .map(|builder| {
                // Which addresses may go without https, sapar-openid decides: those of the machine itself.
                let connector = builder.https_or_http().enable_http1().build();
                HttpClient::builder(TokioExecutor::new()).build(connector)
            });
        if http.is_none() {
            tracing::error!(target: "sign-in", "the system trusts no certificates, so headquarters cannot be asked; install ca-certificates");
        }
        Self {
            config,
            http,
            known: Mutex::new(None),
            waiting: Mutex::new(Waiting::new(
                SignedDuration::from_mins(MINUTES_MAX),
                WAITING_MAX,
            )),
        }
    }

    /// Who it is.
    pub(crate) fn issuer(&self) -> &str {
        &self.config.issuer
    }

    /// Starts a sign-in for a browser of the site at this address.
    pub(crate) async fn begin(&self, origin: &str, now: Timestamp) -> Result<Begun, Refused> {
        let provider = self.provider(origin, now).await?;
        let started = provider.start(now)?;
        let state = started.pending.state().to_owned();
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .keep(state.clone(), started.pending, now);
        Ok(Begun {
            address: started.address,
            state,
        })
    }

    /// Finishes a sign-in: whom the provider says it is.
    pub(crate) async fn finish(
        &self,
        origin: &str,
        answer: &Answer,
        now: Timestamp,
    ) -> Result<ExternalIdentity, Refused> {
        let pending = self
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take(&answer.state, now)
            .ok_or(Refused::State)?;
        let provider = self.provider(origin, now).await?;
        let send = sender(self.http.clone());
        provider.finish(pending, answer, now, &send).await
    }

    /// What the provider says of itself, asked again every day.
    ///
    /// Nothing is asked at the start of the server, which must not wait for headquarters.
    async fn provider(&self, origin: &str, now: Timestamp) -> Result<Arc<Provider>, Refused> {
        let known = self
            .known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some((provider, since)) = known
            && now.duration_since(since).abs() < BELIEVED
        {
            return Ok(provider);
        }
        let client = Client {
            id: self.config.client.clone(),
            secret: self.config.secret.clone(),
            redirect: format!("{origin}{BACK}"),
        };
        let send = sender(self.http.clone());
        let provider = Provider::discover(&self.config.issuer, client, &send).await?;
        let provider = Arc::new(provider);
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Arc::clone(&provider), now));
        Ok(provider)
    }
}

/// What makes requests; it borrows nothing, since the library asks that of it.
fn sender(http: Option<Http>) -> impl Fn(HttpRequest) -> Answering + Send + Sync {
    move |request| Box::pin(send(http.clone(), request))
}

/// One request: it follows no redirects, and waits and reads so long and so much only.
async fn send(http: Option<Http>, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
    let http = http.ok_or(NoAnswer)?;
    let request = request.map(|body| Full::new(bytes::Bytes::from(body)));
    let asked = async {
        let response = http.request(request).await.map_err(|_| NoAnswer)?;
        let (parts, body) = response.into_parts();
        let body = Limited::new(body, ANSWER_BYTES_MAX)
            .collect()
            .await
            .map_err(|_| NoAnswer)?;
        Ok(HttpResponse::from_parts(parts, body.to_bytes().to_vec()))
    };
    tokio::time::timeout(PATIENCE, asked)
        .await
        .map_err(|_| NoAnswer)?
}
