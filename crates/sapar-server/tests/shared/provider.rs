//! A provider of identities on a socket of this machine, well-behaved unless a test changes it.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use data_encoding::{BASE64, BASE64URL_NOPAD as B64};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub const CLIENT: &str = "sapar";
pub const SECRET: &str = "a secret of the client";

/// What the provider says, and what it was asked.
pub struct Desk {
    pub issuer: String,
    /// Whom it says the person is.
    pub subject: String,
    /// The issuer in the token, where it lies.
    pub says: Option<String>,
    /// The key that it signs with, by seed; the first is the one it shows.
    pub signs: u8,
    /// Challenge and nonce of the sign-in that a code was given for.
    asked: Option<(String, String, String)>,
    /// How often a code was exchanged.
    pub exchanged: u32,
}

pub type Shared = Arc<Mutex<Desk>>;

pub struct Provider {
    pub desk: Shared,
    pub issuer: String,
    /// Its own, so that its connections end with it.
    runtime: Option<tokio::runtime::Runtime>,
}

impl Drop for Provider {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Provider {
    pub fn start() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let desk = Arc::new(Mutex::new(Desk {
            issuer: issuer.clone(),
            subject: "4711".to_owned(),
            says: None,
            signs: 1,
            asked: None,
            exchanged: 0,
        }));
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(settings))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&desk));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, routes).await.unwrap();
        });
        Self {
            desk,
            issuer,
            runtime: Some(runtime),
        }
    }

    /// The person signs in there: the query that the browser comes back with.
    pub fn visit(&self, address: &str) -> String {
        let (page, query) = address.split_once('?').unwrap();
        assert_eq!(page, format!("{}/authorize", self.issuer));
        let query = fields(query.as_bytes());
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["client_id"], CLIENT);
        assert_eq!(query["scope"], "openid");
        assert_eq!(query["code_challenge_method"], "S256");
        self.desk.lock().unwrap().asked = Some((
            query["code_challenge"].clone(),
            query["nonce"].clone(),
            query["redirect_uri"].clone(),
        ));
        form_urlencoded::Serializer::new(String::new())
            .append_pair("state", &query["state"])
            .append_pair("code", "a-code")
            .finish()
    }
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).unwrap()
}

async fn settings(State(desk): State<Shared>) -> Json<Value> {
    let issuer = desk.lock().unwrap().issuer.clone();
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    }))
}

async fn keys() -> Json<Value> {
    let point = key(1).verifying_key().to_encoded_point(false);
    Json(json!({ "keys": [{
        "kty": "EC", "crv": "P-256", "use": "sig", "kid": "first",
        "x": B64.encode(point.x().unwrap()),
        "y": B64.encode(point.y().unwrap()),
    }] }))
}

/// Gives a token for the code, once, to the client with its secret and the verifier of the challenge.
async fn token(
    State(desk): State<Shared>,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, Json<Value>) {
    let mut desk = desk.lock().unwrap();
    let form = fields(body.as_bytes());
    let refused = (
        StatusCode::BAD_REQUEST,
        Json(json!({ "error": "invalid_grant" })),
    );
    let Some((challenge, nonce, redirect)) = desk.asked.take() else {
        return refused;
    };
    let basic = headers["authorization"].to_str().unwrap();
    let basic = BASE64
        .decode(basic.strip_prefix("Basic ").unwrap().as_bytes())
        .unwrap();
    let right = basic == b"sapar:a+secret+of+the+client"
        && form["code"] == "a-code"
        && form["redirect_uri"] == redirect
        && B64.encode(&Sha256::digest(&form["code_verifier"])) == challenge;
    if !right {
        return refused;
    }
    desk.exchanged += 1;
    let now = jiff::Timestamp::now().as_second();
    let head = json!({ "alg": "ES256", "typ": "JWT", "kid": "first" });
    let claims = json!({
        "iss": desk.says.as_ref().unwrap_or(&desk.issuer), "sub": desk.subject, "aud": CLIENT,
        "nonce": nonce, "iat": now, "exp": now + 300, "email": "arman@directory.example",
        "preferred_username": "arman", "name": "Arman Z.",
    });
    let signed = format!(
        "{}.{}",
        B64.encode(head.to_string().as_bytes()),
        B64.encode(claims.to_string().as_bytes())
    );
    let signature: Signature = key(desk.signs).sign(signed.as_bytes());
    let id_token = format!("{signed}.{}", B64.encode(&signature.to_bytes()));
    let answer = json!({
        "access_token": "unused", "token_type": "Bearer", "expires_in": 60, "id_token": id_token,
    });
    (StatusCode::OK, Json(answer))
}

fn fields(form: &[u8]) -> BTreeMap<String, String> {
    form_urlencoded::parse(form).into_owned().collect()
}
