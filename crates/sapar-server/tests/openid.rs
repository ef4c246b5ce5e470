//! Signing in through headquarters' provider, which the test runs itself on this machine.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

#[path = "shared/post.rs"]
mod post;
#[path = "shared/provider.rs"]
mod provider;

use axum::http::StatusCode;
use post::{Answer, Browser, ORIGIN, Post};
use provider::{CLIENT, Provider, SECRET};
use sapar_server::OpenIdConfig;

async fn post_with(provider: &Provider) -> Post {
    let openid = OpenIdConfig {
        issuer: provider.issuer.clone(),
        client: CLIENT.to_owned(),
        secret: Some(SECRET.to_owned()),
    };
    Post::new(Some(ORIGIN), Some(openid)).await
}

/// The administrator links their own account.
async fn link(post: &Post, issuer: &str, subject: &str) -> Answer {
    let mut browser = post.signed_in().await;
    let path = format!("/administration/users/{}/identity", post.administrator());
    let fields = [("issuer", issuer), ("subject", subject)];
    browser.post(&path, &fields).await
}

/// Out to the provider and back with what it said.
async fn come_in(provider: &Provider, browser: &mut Browser) -> Answer {
    let out = browser.get("/sign-in/openid").await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text);
    let state = out
        .cookies
        .iter()
        .find(|one| one.starts_with("sapar-openid="))
        .unwrap();
    for part in [
        "; SameSite=Lax",
        "; HttpOnly",
        "; Secure",
        "; Path=/sign-in/openid",
    ] {
        assert!(state.contains(part), "{part}");
    }
    let query = provider.visit(&out.location);
    browser.get(&format!("/sign-in/openid/back?{query}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_an_administrator_linked_comes_in_and_nobody_else() {
    let provider = Provider::start();
    let post = post_with(&provider).await;
    let mut browser = post.browser();
    let page = browser.get("/sign-in").await.text;
    assert!(page.contains(&format!("href=\"{ORIGIN}/sign-in/openid\"")));

    // Known there by the very name and address of the administrator, and not linked: nobody.
    let users = post.app.operations.directory().users.len();
    let answer = come_in(&provider, &mut browser).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text.contains("4711") && answer.text.contains("name=\"password\""));
    assert!(!browser.has("sapar-session") && !browser.has("sapar-openid"));
    assert_eq!(post.app.operations.directory().users.len(), users);

    assert_eq!(
        link(&post, &provider.issuer, "4711").await.status,
        StatusCode::SEE_OTHER
    );
    let answer = come_in(&provider, &mut browser).await;
    assert_eq!(
        (answer.status, answer.header("refresh")),
        (StatusCode::OK, "0; url=/")
    );
    assert!(post.is_in(&mut browser).await);

    let mut other = post.browser();
    "4712".clone_into(&mut provider.desk.lock().unwrap().subject);
    let answer = come_in(&provider, &mut other).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    // The link is taken away again.
    "4711".clone_into(&mut provider.desk.lock().unwrap().subject);
    assert_eq!(
        link(&post, &provider.issuer, "").await.status,
        StatusCode::SEE_OTHER
    );
    let answer = come_in(&provider, &mut other).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(!other.has("sapar-session"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_for_the_browser_that_began_and_for_once() {
    let provider = Provider::start();
    let post = post_with(&provider).await;
    link(&post, &provider.issuer, "4711").await;
    let mut browser = post.browser();
    let out = browser.get("/sign-in/openid").await;
    let back = format!("/sign-in/openid/back?{}", provider.visit(&out.location));
    // Somebody else is given the address.
    let mut other = post.browser();
    let answer = other.get(&back).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Also where they began a sign-in of their own.
    other.get("/sign-in/openid").await;
    let answer = other.get(&back).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!other.has("sapar-session"));
    assert_eq!(provider.desk.lock().unwrap().exchanged, 0);

    let mut again = browser.clone();
    assert_eq!(browser.get(&back).await.status, StatusCode::OK);
    let answer = again.get(&back).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(provider.desk.lock().unwrap().exchanged, 1);

    // The person said no there, or the address is made up.
    for query in ["error=access_denied&state=x", "", "state=&code="] {
        let answer = other.get(&format!("/sign-in/openid/back?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(answer.text.contains("did not succeed"), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_the_providers_signs_nobody_in() {
    let provider = Provider::start();
    let post = post_with(&provider).await;
    link(&post, &provider.issuer, "4711").await;
    let mut browser = post.browser();
    provider.desk.lock().unwrap().signs = 2;
    let answer = come_in(&provider, &mut browser).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    provider.desk.lock().unwrap().signs = 1;
    provider.desk.lock().unwrap().says = Some("https://other.example".to_owned());
    let answer = come_in(&provider, &mut browser).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!browser.has("sapar-session"));
    provider.desk.lock().unwrap().says = None;
    assert_eq!(
        come_in(&provider, &mut browser).await.status,
        StatusCode::OK
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_provider_the_password_still_signs_in() {
    let provider = Provider::start();
    let post = post_with(&provider).await;
    link(&post, &provider.issuer, "4711").await;
    let mut waiting = post.browser();
    let out = waiting.get("/sign-in/openid").await;
    let back = format!("/sign-in/openid/back?{}", provider.visit(&out.location));
    let issuer = provider.issuer.clone();
    drop(provider);
    let answer = waiting.get(&back).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);

    // A server that was started while nobody answers.
    let openid = OpenIdConfig {
        issuer,
        client: CLIENT.to_owned(),
        secret: None,
    };
    let post = Post::new(Some(ORIGIN), Some(openid)).await;
    let mut browser = post.browser();
    let answer = browser.get("/sign-in/openid").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.text.contains("does not answer") && answer.text.contains("name=\"password\""));
    let fields = [("name", post::NAME), ("password", post::PASSWORD)];
    let answer = browser.post("/sign-in", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(post.is_in(&mut browser).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_provider_is_set_up_there_is_no_way_to_one() {
    let post = Post::new(Some(ORIGIN), None).await;
    let mut browser = post.browser();
    let page = browser.get("/sign-in").await.text;
    assert!(!page.contains("/sign-in/openid"));
    for path in ["/sign-in/openid", "/sign-in/openid/back?state=a&code=b"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut administrator = post.signed_in().await;
    let path = format!("/administration/users/{}", post.administrator());
    let page = administrator.get(&path).await.text;
    assert!(!page.contains("name=\"subject\""));
}
