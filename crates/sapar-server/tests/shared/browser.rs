//! A browser without script: it keeps cookies, and sends forms with the token of the page it is on; no socket is open.
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

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use sapar_server::{App, router};
use tower::ServiceExt;

pub const PASSWORD: &str = "seven calm horses";

#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// The token of the page it is on.
    pub csrf: String,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    /// The bytes as text.
    pub text: String,
    /// Where it leads, or nothing.
    pub location: String,
    /// Cookies it sets, whole.
    pub cookies: Vec<String>,
}

impl Answer {
    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

impl Browser {
    pub fn new(app: &Arc<App>) -> Self {
        Self {
            router: router(Arc::clone(app)),
            cookies: BTreeMap::new(),
            csrf: String::new(),
        }
    }

    /// A browser in which this user signed in.
    pub async fn signed_in(app: &Arc<App>, name: &str) -> Self {
        let mut browser = Self::new(app);
        let answer = browser.sign_in(name, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name} signs in");
        browser.page("/account").await;
        browser
    }

    pub async fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        self.page("/sign-in").await;
        let form = [("name", name), ("password", password)];
        self.post("/sign-in", &form).await
    }

    /// Goes on with the same cookies at a server that was started again.
    pub fn at(&mut self, app: &Arc<App>) {
        self.router = router(Arc::clone(app));
    }

    pub fn has(&self, cookie: &str) -> bool {
        self.cookies.contains_key(cookie)
    }

    pub fn cookie(&self, name: &str) -> &str {
        &self.cookies[name]
    }

    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    pub fn forget(&mut self, cookie: &str) {
        self.cookies.remove(cookie);
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path)
            .body(Body::empty())
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        self.ask(request).await
    }

    /// A page that is there.
    pub async fn page(&mut self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        answer.text
    }

    /// Sends a form of the page the browser is on.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        self.post_with(path, &csrf, form).await
    }

    /// Sends a form with this token.
    pub async fn post_with(&mut self, path: &str, csrf: &str, form: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("csrf", csrf)
            .extend_pairs(form)
            .finish();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.ask(request).await
    }

    /// Sends a form of a page that was opened before.
    pub async fn send(&mut self, path: &str, page: &str, form: &[(&str, &str)]) -> Answer {
        self.post_with(path, &csrf(page), form).await
    }

    /// Sends a form that is taken, and gives where it leads.
    pub async fn done(&mut self, path: &str, page: &str, form: &[(&str, &str)]) -> String {
        let answer = self.send(path, page, form).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{path}: {}",
            answer.text
        );
        answer.location
    }

    /// Sends a form that is refused, and gives the page with it.
    pub async fn refused(&mut self, path: &str, page: &str, form: &[(&str, &str)]) -> String {
        let answer = self.send(path, page, form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        answer.text
    }

    /// Asks for anything, with the browser's cookies.
    pub async fn ask(&mut self, mut request: Request<Body>) -> Answer {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            let value = cookies.join("; ").parse().unwrap();
            request.headers_mut().insert(header::COOKIE, value);
        }
        let (parts, body) = self
            .router
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .into_parts();
        let bytes = to_bytes(body, 4 << 20).await.unwrap().to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let values = |name: header::HeaderName| {
            let values = parts.headers.get_all(name).iter();
            values.map(|value| value.to_str().unwrap().to_owned())
        };
        let cookies: Vec<String> = values(header::SET_COOKIE).collect();
        for cookie in &cookies {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some((_, rest)) = text.split_once("name=\"csrf\" content=\"") {
            self.csrf = rest.split('"').next().unwrap().to_owned();
        }
        Answer {
            status: parts.status,
            location: values(header::LOCATION).next().unwrap_or_default(),
            cookies,
            headers: parts.headers,
            bytes,
            text,
        }
    }
}

/// The token of a page's forms.
pub fn csrf(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"csrf\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// The first address on a page that begins and ends so.
pub fn address(page: &str, begins: &str, ends: &str) -> String {
    page.split('"')
        .find(|part| part.starts_with(begins) && part.ends_with(ends))
        .unwrap_or_else(|| panic!("no {begins}…{ends}"))
        .to_owned()
}
