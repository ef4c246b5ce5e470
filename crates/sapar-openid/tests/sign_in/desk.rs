//! A small provider: it answers requests in memory, and signs with a key of its own.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::convert::Infallible;

use data_encoding::{BASE64, BASE64URL_NOPAD as B64};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use sapar_openid::{HttpRequest, HttpResponse};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub const ISSUER: &str = "https://directory.example";
pub const CLIENT: &str = "sapar";
pub const SECRET: &str = "the client's secret";
pub const REDIRECT: &str = "https://post.example/sign-in/directory";
pub const NOW: i64 = 1_795_600_000;

/// How the provider behaves; well, unless a test changes it.
pub struct Desk {
    /// The key that tokens are signed with, and its name in the token's head.
    pub signs: (SigningKey, &'static str),
    /// The keys that the provider shows.
    pub shown: RefCell<Vec<(SigningKey, &'static str)>>,
    /// The claims of the next token over the usual ones; null takes one away.
    pub claims: Value,
    /// The head of the next token over the usual one.
    pub head: Value,
    /// The settings of the provider over the usual ones.
    pub metadata: Value,
    /// Whether the answer has a token.
    pub sends_token: bool,
    /// Whether the last sign of the signature is changed.
    pub breaks_signature: bool,
    /// How often it was asked for its keys.
    pub keys_asked: Cell<u32>,
    /// The code given out, with challenge and nonce of the sign-in.
    pub code: RefCell<Option<(String, String)>>,
}

pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).unwrap()
}

impl Desk {
    pub fn new() -> Self {
        Self {
            signs: (key(1), "first"),
            shown: RefCell::new(vec![(key(1), "first")]),
            claims: json!({}),
            head: json!({}),
            metadata: json!({}),
            sends_token: true,
            breaks_signature: false,
            keys_asked: Cell::new(0),
            code: RefCell::new(None),
        }
    }

    /// The person signs in at the provider: what the browser brings back, state and code.
    pub fn visit(&self, address: &str) -> (String, String) {
        let (page, query) = address.split_once('?').unwrap();
        assert_eq!(page, "https://directory.example/authorize");
        let query = fields(query);
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["client_id"], CLIENT);
        assert_eq!(query["redirect_uri"], REDIRECT);
        assert_eq!(query["scope"], "openid");
        assert_eq!(query["code_challenge_method"], "S256");
        let ask = (query["code_challenge"].clone(), query["nonce"].clone());
        *self.code.borrow_mut() = Some(ask);
        (query["state"].clone(), "a-code".to_owned())
    }

    pub async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, Infallible> {
        let (status, body) = match request.uri().to_string().as_str() {
            "https://directory.example/.well-known/openid-configuration" => (200, self.settings()),
            "https://directory.example/keys" => (200, self.keys()),
            "https://directory.example/token" => self.token(&request),
            other => panic!("nobody should ask {other}"),
        };
        let response = openidconnect::http::Response::builder()
            .status(status)
            .header("content-type", "application/json")
            .body(body.to_string().into_bytes());
        Ok(response.unwrap())
    }

    fn settings(&self) -> Value {
        over(
            json!({
                "issuer": ISSUER,
                "authorization_endpoint": "https://directory.example/authorize",
                "token_endpoint": "https://directory.example/token",
                "jwks_uri": "https://directory.example/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
            }),
            &self.metadata,
        )
    }

    fn keys(&self) -> Value {
        self.keys_asked.set(self.keys_asked.get() + 1);
        let shown = self.shown.borrow();
        let keys: Vec<Value> = shown
            .iter()
            .map(|(key, name)| {
                let point = key.verifying_key().to_encoded_point(false);
                json!({
                    "kty": "EC", "crv": "P-256", "use": "sig", "kid": name,
                    "x": B64.encode(point.x().unwrap()),
                    "y": B64.encode(point.y().unwrap()),
                })
            })
            .collect();
        json!({ "keys": keys })
    }

    /// Gives a token for the code, once, to the client with its secret and the verifier of the challenge.
    fn token(&self, request: &HttpRequest) -> (u16, Value) {
        let form = fields(std::str::from_utf8(request.body()).unwrap());
        let refused = (400, json!({ "error": "invalid_grant" }));
        let Some((challenge, nonce)) = self.code.borrow_mut().take() else {
            return refused;
        };
        let verified = B64.encode(&Sha256::digest(&form["code_verifier"])) == challenge;
        let known = match request.headers().get("authorization") {
            Some(header) => {
                let text = header.to_str().unwrap().strip_prefix("Basic ").unwrap();
                let text = BASE64.decode(text.as_bytes()).unwrap();
                text == b"sapar:the+client%27s+secret"
            }
            None => form.get("client_secret").map(String::as_str) == Some(SECRET),
        };
        let asked = form["grant_type"] == "authorization_code"
            && form["code"] == "a-code"
            && form["redirect_uri"] == REDIRECT;
        if !(verified && known && asked) {
            return refused;
        }
        let mut answer =
            json!({ "access_token": "unused", "token_type": "Bearer", "expires_in": 60 });
        if self.sends_token {
            answer["id_token"] = self.id_token(&nonce).into();
        }
        (200, answer)
    }

    fn id_token(&self, nonce: &str) -> String {
        let (key, name) = &self.signs;
        let head = over(
            json!({ "alg": "ES256", "typ": "JWT", "kid": name }),
            &self.head,
        );
        let claims = over(
            json!({
                "iss": ISSUER, "sub": "4711", "aud": CLIENT, "nonce": nonce,
                "iat": NOW, "exp": NOW + 300, "email": "someone@directory.example",
            }),
            &self.claims,
        );
        let signed = format!(
            "{}.{}",
            B64.encode(head.to_string().as_bytes()),
            B64.encode(claims.to_string().as_bytes())
        );
        let signature: Signature = key.sign(signed.as_bytes());
        let mut signature = signature.to_bytes().to_vec();
        if self.breaks_signature {
            signature[40] ^= 1;
        }
        match head["alg"].as_str() {
            Some("none") => format!("{signed}."),
            _ => format!("{signed}.{}", B64.encode(&signature)),
        }
    }
}

/// One object over another.
fn over(mut usual: Value, changed: &Value) -> Value {
    for (name, value) in changed.as_object().unwrap() {
        let usual = usual.as_object_mut().unwrap();
        if value.is_null() {
            usual.remove(name);
        } else {
            usual.insert(name.clone(), value.clone());
        }
    }
    usual
}

pub fn fields(form: &str) -> BTreeMap<String, String> {
    openidconnect::url::form_urlencoded::parse(form.as_bytes())
        .into_owned()
        .collect()
}
