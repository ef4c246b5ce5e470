//! What every answer of the server holds, request by request, without a socket.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use sapar_server::{App, Config, Database, keep, open, router};
use tower::ServiceExt;

const NAME: &str = "arman";
const PASSWORD: &str = "seven calm horses";

struct Post {
    app: Arc<App>,
    _folder: tempfile::TempDir,
}

impl Post {
    /// An empty post with one administrator.
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            listen: ([127, 0, 0, 1], 0).into(),
            database: Database::Sqlite(folder.path().join("sapar.db")),
            key_file: folder.path().join("node.key"),
            order: "kazakhstan-screening".to_owned(),
            demonstration: false,
            secure: false,
            origin: None,
            openid: None,
        };
        keep::add_administrator(&config, NAME, "Arman Z.", PASSWORD.to_owned())
            .await
            .unwrap();
        Self {
            app: open(&config).await.unwrap(),
            _folder: folder,
        }
    }

    fn router(&self) -> Router {
        router(Arc::clone(&self.app))
    }

    async fn get(&self, path: &str, cookie: &str) -> Response<Body> {
        let request = Request::get(path)
            .header(header::COOKIE, cookie)
            .body(Body::empty())
            .unwrap();
        self.router().oneshot(request).await.unwrap()
    }

    async fn post(&self, path: &str, cookie: &str, form: &str) -> Response<Body> {
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .unwrap();
        self.router().oneshot(request).await.unwrap()
    }

    /// Signs in as a browser does, and gives the cookie of the session.
    async fn signed_in(&self, password: &str) -> (StatusCode, String) {
        let page = self.get("/sign-in", "").await;
        let guest = cookie(&page);
        let token = csrf(&text(page).await);
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("csrf", &token)
            .append_pair("name", NAME)
            .append_pair("password", password)
            .finish();
        let answer = self.post("/sign-in", &guest, &form).await;
        (answer.status(), cookie(&answer))
    }
}

fn cookie(response: &Response<Body>) -> String {
    response
        .headers()
        .get(header::SET_COOKIE)
        .map(|value| {
            value
                .to_str()
                .unwrap()
                .split(';')
                .next()
                .unwrap()
                .to_owned()
        })
        .unwrap_or_default()
}

async fn text(response: Response<Body>) -> String {
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn csrf(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"csrf\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn location(response: &Response<Body>) -> &str {
    response.headers()[header::LOCATION].to_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_signed_in_sees_the_page_to_sign_in_and_nothing_else() {
    let post = Post::new().await;
    for path in [
        "/",
        "/tasks",
        "/search",
        "/administration",
        "/people/019a0000-0000-7000-8000-000000000001",
    ] {
        let answer = post.get(path, "").await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        assert_eq!(location(&answer), "/sign-in", "{path}");
    }
    let answer = post.get("/api/v1/tasks", "").await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    for path in ["/health", "/ready", "/law", "/help", "/api/openapi.json"] {
        assert_eq!(post.get(path, "").await.status(), StatusCode::OK, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_guarded_and_only_styles_and_script_are_kept() {
    let post = Post::new().await;
    for path in ["/sign-in", "/nowhere", "/law", "/people/not-an-identifier"] {
        let answer = post.get(path, "").await;
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(
            answer.headers()[header::CACHE_CONTROL],
            "no-store",
            "{path}"
        );
        assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
    let style = post.get("/style.css", "").await;
    assert!(
        style.headers()[header::CACHE_CONTROL]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_password_signs_in_and_a_wrong_one_tells_nothing() {
    let post = Post::new().await;
    let (status, _) = post.signed_in("seven calm camels").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, session) = post.signed_in(PASSWORD).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let page = post.get("/administration", &session).await;
    assert_eq!(page.status(), StatusCode::OK);
    // What does not exist and what is not for this role are the same page, and an address that is none too.
    let mut bodies = Vec::new();
    for path in [
        "/people/019a0000-0000-7000-8000-000000000001",
        "/cases/019a0000-0000-7000-8000-000000000001",
        "/referrals/not-an-identifier",
    ] {
        let answer = post.get(path, &session).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        bodies.push(text(answer).await.replace(path, ""));
    }
    assert!(bodies[0].contains("404"));
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[0], bodies[2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_the_sessions_token_does_nothing() {
    let post = Post::new().await;
    let (_, session) = post.signed_in(PASSWORD).await;
    let forged = post
        .post(
            "/administration/agencies/new",
            &session,
            "name=Forged&kind=ngo",
        )
        .await;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    let forged = post.post("/sign-out", &session, "csrf=0000").await;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    let page = text(post.get("/administration", &session).await).await;
    assert!(!page.contains("Forged"));
    // The same with the token is done.
    let token = csrf(&text(post.get("/administration/agencies/new", &session).await).await);
    let form = format!("csrf={token}&name=Helpers&kind=ngo");
    let done = post
        .post("/administration/agencies/new", &session, &form)
        .await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert!(
        text(post.get("/administration", &session).await)
            .await
            .contains("Helpers")
    );
    let out = post
        .post("/sign-out", &session, &format!("csrf={token}"))
        .await;
    assert_eq!(location(&out), "/sign-in");
    assert_eq!(location(&post.get("/", &session).await), "/sign-in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demonstration_over_real_records_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        listen: ([127, 0, 0, 1], 0).into(),
        database: Database::Sqlite(folder.path().join("sapar.db")),
        key_file: folder.path().join("node.key"),
        order: "kazakhstan-screening".to_owned(),
        demonstration: false,
        secure: false,
        origin: None,
        openid: None,
    };
    keep::add_administrator(&config, NAME, "Arman Z.", PASSWORD.to_owned())
        .await
        .unwrap();
    let wished = Config {
        demonstration: true,
        ..config.clone()
    };
    let refused = open(&wished).await.err().map(|error| error.to_string());
    assert!(refused.is_some_and(|text| text.contains("not invented")));
    // Without its key file nothing of it opens, and no new key is made in silence.
    std::fs::remove_file(&config.key_file).unwrap();
    let refused = open(&config).await.err().map(|error| error.to_string());
    assert!(refused.is_some_and(|text| text.contains("key file")));
    assert!(!config.key_file.exists());
}
