//! What every answer of the server holds, request by request, without a socket.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

#[path = "shared/post.rs"]
mod post;

use axum::http::{StatusCode, header};
use post::{NAME, PASSWORD, Post, config_in, csrf};
use sapar_server::{Config, keep, open};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_signed_in_sees_the_page_to_sign_in_and_nothing_else() {
    let post = Post::new(None, None).await;
    let mut stranger = post.browser();
    for path in [
        "/",
        "/tasks",
        "/search",
        "/administration",
        "/people/019a0000-0000-7000-8000-000000000001",
    ] {
        let answer = stranger.get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(answer.location, "/sign-in", "{path}");
    }
    let answer = stranger.get("/api/v1/tasks").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    for path in ["/health", "/ready", "/law", "/help", "/api/openapi.json"] {
        stranger.page(path).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_guarded_and_only_styles_and_script_are_kept() {
    let post = Post::new(None, None).await;
    let mut stranger = post.browser();
    for path in ["/sign-in", "/nowhere", "/law", "/people/not-an-identifier"] {
        let answer = stranger.get(path).await;
        let policy = answer.header(header::CONTENT_SECURITY_POLICY.as_str());
        assert!(policy.starts_with("default-src 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let style = stranger.get("/style.css").await;
    assert!(style.header("cache-control").contains("immutable"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_password_signs_in_and_a_wrong_one_tells_nothing() {
    let post = Post::new(None, None).await;
    let mut browser = post.browser();
    let refused = browser.sign_in(NAME, "seven calm camels").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut browser = post.signed_in().await;
    browser.page("/administration").await;
    // What does not exist and what is not for this role are the same page, and an address that is none too.
    let mut bodies = Vec::new();
    for path in [
        "/people/019a0000-0000-7000-8000-000000000001",
        "/cases/019a0000-0000-7000-8000-000000000001",
        "/referrals/not-an-identifier",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        bodies.push(answer.text.replace(path, ""));
    }
    assert!(bodies[0].contains("404"));
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[0], bodies[2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_the_sessions_token_does_nothing() {
    let post = Post::new(None, None).await;
    let mut browser = post.signed_in().await;
    let new = "/administration/agencies/new";
    let page = browser.page(new).await;
    for token in ["", "0000"] {
        let form = [("name", "Forged"), ("kind", "ngo")];
        let forged = browser.post_with(new, token, &form).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
        let forged = browser.post_with("/sign-out", token, &[]).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
    }
    assert!(!browser.page("/administration").await.contains("Forged"));
    // The same with the token is done.
    let form = [("name", "Helpers"), ("kind", "ngo")];
    browser.done(new, &page, &form).await;
    assert!(browser.page("/administration").await.contains("Helpers"));
    let mut stolen = browser.clone();
    assert_eq!(browser.done("/sign-out", &page, &[]).await, "/sign-in");
    assert_eq!(stolen.get("/").await.location, "/sign-in");
    assert_eq!(csrf(&page).len(), 64, "long enough not to be guessed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demonstration_over_real_records_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let config = config_in(folder.path());
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
