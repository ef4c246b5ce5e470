//! A browser as far as a measurement needs one: it keeps a connection, a cookie and the token of forms.

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// The password of every invented user.
const PASSWORD: &str = "demonstration only";

/// Somebody at a computer.
pub struct Browser {
    connection: SendRequest<Full<Bytes>>,
    address: String,
    cookie: String,
    bearer: String,
    token: String,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Where to go next.
    pub location: String,
    /// The page, or JSON.
    pub body: String,
}

impl Browser {
    /// Connects; nobody is signed in.
    pub async fn connect(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (connection, driver) = handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(driver);
        Self {
            connection,
            address: address.to_owned(),
            cookie: String::new(),
            bearer: String::new(),
            token: String::new(),
        }
    }

    /// Connects and signs in on the page.
    pub async fn sign_in(address: &str, name: &str) -> Self {
        let mut browser = Self::connect(address).await;
        browser.get("/sign-in").await;
        let answer = browser
            .post("/sign-in", &[("name", name), ("password", PASSWORD)])
            .await;
        assert_eq!(answer.status, 303, "{name} signs in");
        // The token of forms belongs to the session.
        browser.get("/encounters/new").await;
        browser
    }

    /// Connects and opens a session of the JSON interface.
    pub async fn open_session(address: &str, name: &str) -> Self {
        let mut browser = Self::connect(address).await;
        let body = format!(r#"{{"name":"{name}","password":"{PASSWORD}"}}"#);
        let answer = browser.json("/api/v1/sessions", body).await;
        assert_eq!(answer.status, 201, "{name} signs in");
        browser.bearer = between(&answer.body, "\"token\":\"", "\"")
            .unwrap()
            .to_owned();
        browser
    }

    /// A page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.ask(Method::GET, path, "", String::new()).await
    }

    /// A form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("csrf", &self.token)
            .extend_pairs(fields)
            .finish();
        self.ask(
            Method::POST,
            path,
            "application/x-www-form-urlencoded",
            form,
        )
        .await
    }

    /// A request of the JSON interface.
    pub async fn json(&mut self, path: &str, body: String) -> Answer {
        self.ask(Method::POST, path, "application/json", body).await
    }

    async fn ask(&mut self, method: Method, path: &str, kind: &str, body: String) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.address)
            .header(header::ACCEPT_ENCODING, "gzip;q=0");
        if !self.cookie.is_empty() {
            request = request.header(header::COOKIE, &self.cookie);
        }
        if !self.bearer.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.bearer));
        }
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(Full::new(Bytes::from(body))).unwrap();
        self.connection.ready().await.unwrap();
        let response = self.connection.send_request(request).await.unwrap();
        for value in response.headers().get_all(header::SET_COOKIE) {
            let value = value.to_str().unwrap().split(';').next().unwrap();
            if value.contains("session") || self.cookie.is_empty() {
                self.cookie = value.to_owned();
            }
        }
        let status = response.status().as_u16();
        let location = response
            .headers()
            .get(header::LOCATION)
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let body = String::from_utf8_lossy(&body).into_owned();
        if let Some(token) = between(&body, "name=\"csrf\" value=\"", "\"") {
            self.token = token.to_owned();
        }
        Answer {
            status,
            location,
            body,
        }
    }
}

/// What stands between two texts, the first time.
pub fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}
