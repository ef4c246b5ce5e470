//! An empty post with one administrator, asked request by request without a socket.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "each test uses a part of it, and stops at the first surprise"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use sapar_server::{App, Config, Database, OpenIdConfig, keep, open, router};
use tower::ServiceExt;

pub const NAME: &str = "arman";
pub const PASSWORD: &str = "seven calm horses";
pub const ORIGIN: &str = "https://post.example";

pub struct Post {
    pub app: Arc<App>,
    _folder: tempfile::TempDir,
}

/// A browser: its cookies, and the page it is on.
#[derive(Clone, Default)]
pub struct Browser {
    cookies: BTreeMap<String, String>,
    pub csrf: String,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub cookies: Vec<String>,
    pub refresh: String,
    pub text: String,
}

impl Post {
    pub async fn new(origin: Option<&str>, openid: Option<OpenIdConfig>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            listen: ([127, 0, 0, 1], 0).into(),
            database: Database::Sqlite(folder.path().join("sapar.db")),
            key_file: folder.path().join("node.key"),
            order: "kazakhstan-screening".to_owned(),
            demonstration: false,
            secure: false,
            origin: origin.map(str::to_owned),
            openid,
        };
        keep::add_administrator(&config, NAME, "Arman Z.", PASSWORD.to_owned())
            .await
            .unwrap();
        Self {
            app: open(&config).await.unwrap(),
            _folder: folder,
        }
    }

    /// The identifier of the administrator, the one user there is.
    pub fn administrator(&self) -> String {
        let directory = self.app.operations.directory();
        directory.users.keys().next().unwrap().to_string()
    }

    pub async fn get(&self, browser: &mut Browser, path: &str) -> Answer {
        let request = Request::get(path).body(Body::empty()).unwrap();
        self.send(browser, request).await
    }

    /// Sends a form of the page the browser is on.
    pub async fn post(&self, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("csrf", &browser.csrf)
            .extend_pairs(fields)
            .finish();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .unwrap();
        self.send(browser, request).await
    }

    async fn send(&self, browser: &mut Browser, mut request: Request<Body>) -> Answer {
        let cookies: Vec<String> = browser
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            let value = cookies.join("; ").parse().unwrap();
            request.headers_mut().insert(header::COOKIE, value);
        }
        let response = router(Arc::clone(&self.app))
            .oneshot(request)
            .await
            .unwrap();
        let answer = read(response).await;
        for cookie in &answer.cookies {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                browser.cookies.remove(name);
            } else {
                browser.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some((_, rest)) = answer.text.split_once("name=\"csrf\" content=\"") {
            browser.csrf = rest.split('"').next().unwrap().to_owned();
        }
        answer
    }

    /// A browser that signed in with the password.
    pub async fn signed_in(&self) -> Browser {
        let mut browser = Browser::default();
        self.get(&mut browser, "/sign-in").await;
        let fields = [("name", NAME), ("password", PASSWORD)];
        let answer = self.post(&mut browser, "/sign-in", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        self.get(&mut browser, "/account").await;
        browser
    }

    /// Whether the browser's session holds.
    pub async fn is_in(&self, browser: &mut Browser) -> bool {
        self.get(browser, "/account").await.status == StatusCode::OK
    }
}

impl Browser {
    pub fn has(&self, cookie: &str) -> bool {
        self.cookies.contains_key(cookie)
    }

    pub fn forget(&mut self, cookie: &str) {
        self.cookies.remove(cookie);
    }
}

async fn read(response: Response<Body>) -> Answer {
    let (parts, body) = response.into_parts();
    let header = |name: &str| {
        parts
            .headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default()
    };
    let cookies = parts
        .headers
        .get_all(header::SET_COOKIE)
        .iter()
        .map(|value| value.to_str().unwrap().to_owned())
        .collect();
    let bytes = to_bytes(body, 1 << 20).await.unwrap();
    Answer {
        status: parts.status,
        location: header("location"),
        refresh: header("refresh"),
        cookies,
        text: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}
