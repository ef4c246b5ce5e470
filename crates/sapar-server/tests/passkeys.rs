//! The two ceremonies of passkeys over HTTP, with an authenticator in software.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

#[allow(dead_code, reason = "shared with the tests of the ceremonies")]
#[path = "../../sapar-passkeys/tests/ceremonies/authenticator.rs"]
mod authenticator;
#[path = "shared/post.rs"]
mod post;

use authenticator::Authenticator;
use axum::http::StatusCode;
use post::{Answer, Browser, ORIGIN, PASSWORD, Post};

async fn add(browser: &mut Browser, device: &mut Authenticator) -> Answer {
    let fields = [("password", PASSWORD), ("passkey_name", "Blue key")];
    let begun = browser.post("/account/passkeys/begin", &fields).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text);
    let answer = device.create(&begun.text);
    let fields = [("response", answer.as_str())];
    browser.post("/account/passkeys/finish", &fields).await
}

async fn come_in(browser: &mut Browser, device: &mut Authenticator) -> Answer {
    browser.get("/sign-in").await;
    let begun = browser.post("/sign-in/passkey/begin", &[]).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text);
    let answer = device.get(&begun.text);
    let fields = [("response", answer.as_str())];
    browser.post("/sign-in/passkey/finish", &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_added_signs_in_and_is_removed() {
    let post = Post::new(Some(ORIGIN), None).await;
    let mut browser = post.signed_in().await;
    let mut device = Authenticator::new(1);
    let added = add(&mut browser, &mut device).await;
    assert_eq!(
        (added.status, added.text.as_str()),
        (StatusCode::OK, "{\"to\":\"/account\"}")
    );
    let page = browser.get("/account").await.text;
    assert!(page.contains("Blue key"));

    let mut other = post.browser();
    let came = come_in(&mut other, &mut device).await;
    assert_eq!(
        (came.status, came.text.as_str()),
        (StatusCode::OK, "{\"to\":\"/\"}")
    );
    let session = came
        .cookies
        .iter()
        .find(|one| one.starts_with("sapar-session="))
        .unwrap();
    for part in ["; SameSite=Strict", "; HttpOnly", "; Secure"] {
        assert!(session.contains(part), "{part}");
    }
    assert!(post.is_in(&mut other).await);

    // Its name, and the way out of it.
    let (_, rest) = page.split_once("name=\"passkey\" value=\"").unwrap();
    let id = rest.split('"').next().unwrap().to_owned();
    let fields = [("passkey", id.as_str()), ("passkey_name", "Old key")];
    let renamed = browser.post("/account/passkeys/rename", &fields).await;
    assert_eq!(renamed.location, "/account");
    let page = browser.get("/account").await.text;
    assert!(page.contains("Old key") && !page.contains("Blue key"));
    let fields = [("passkey", id.as_str()), ("passkey_name", "")];
    let nameless = browser.post("/account/passkeys/rename", &fields).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    let admin = format!("/administration/users/{}", post.administrator());
    assert!(browser.get(&admin).await.text.contains("Old key"));
    let removed = browser.post(&format!("{admin}/passkeys"), &[]).await;
    assert_eq!(removed.location, admin);
    assert!(!browser.get("/account").await.text.contains("Old key"));
    let mut other = post.browser();
    let refused = come_in(&mut other, &mut device).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!post.is_in(&mut other).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_reads_alike() {
    let post = Post::new(Some(ORIGIN), None).await;
    let mut browser = post.signed_in().await;
    let mut device = Authenticator::new(2);
    add(&mut browser, &mut device).await;
    let mut unknown = Authenticator::new(3);
    unknown.user = vec![9; 64];
    let mut unverified = device.clone();
    unverified.verifies_person = false;
    let mut phished = device.clone();
    phished.origin = "https://p0st.example".to_owned();
    let mut forged = Authenticator::new(4);
    forged.id.clone_from(&device.id);
    forged.user.clone_from(&device.user);
    let mut bodies = Vec::new();
    for device in [&mut unknown, &mut unverified, &mut phished, &mut forged] {
        let mut visitor = post.browser();
        let answer = come_in(&mut visitor, device).await;
        assert!(!visitor.has("sapar-session"));
        bodies.push((answer.status, answer.text));
    }
    let mut visitor = post.browser();
    visitor.get("/sign-in").await;
    for response in ["", "{}", "[]", "null"] {
        visitor.post("/sign-in/passkey/begin", &[]).await;
        let fields = [("response", response)];
        let answer = visitor.post("/sign-in/passkey/finish", &fields).await;
        bodies.push((answer.status, answer.text));
    }
    assert_eq!(bodies[0].0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ceremonies_need_our_page_and_the_password() {
    let post = Post::new(Some(ORIGIN), None).await;
    let mut forger = post.browser();
    for path in ["/sign-in/passkey/begin", "/sign-in/passkey/finish"] {
        let answer = forger.post(path, &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    let mut browser = post.signed_in().await;
    let wrong = [("password", "not the password"), ("passkey_name", "Key")];
    let answer = browser.post("/account/passkeys/begin", &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("\"field\":\"password\""));
    let right = [("password", PASSWORD), ("passkey_name", "Key")];
    for path in ["begin", "finish", "rename", "remove"] {
        let path = format!("/account/passkeys/{path}");
        // Each page of the session brings the token along.
        browser.csrf = "0000".to_owned();
        let answer = browser.post(&path, &right).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    // Choosing a language in the form loses nothing typed, the password excepted.
    browser.get("/account").await;
    let fields = [
        ("passkey_name", "Kept"),
        ("password", PASSWORD),
        ("language", "ru"),
    ];
    let answer = browser.post("/account/passkeys/begin", &fields).await;
    assert!(answer.text.contains("lang=\"ru\"") && answer.text.contains("value=\"Kept\""));
    assert!(!answer.text.contains(PASSWORD));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_numbers_has_no_passkeys_and_says_so() {
    for origin in [None, Some("https://192.0.2.1")] {
        let post = Post::new(origin, None).await;
        let mut visitor = post.browser();
        let page = visitor.get("/sign-in").await.text;
        assert!(!page.contains("data-passkey"));
        let answer = visitor.post("/sign-in/passkey/begin", &[]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text.contains("an address with a name"));
        let mut browser = post.signed_in().await;
        let page = browser.get("/account").await.text;
        assert!(page.contains("an address with a name"));
    }
}
