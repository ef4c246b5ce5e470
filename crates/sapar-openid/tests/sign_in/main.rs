//! Signing in at a small provider, and each way in which a provider, a token or a browser may be wrong.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod desk;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use desk::{CLIENT, Desk, ISSUER, NOW, REDIRECT, SECRET, key};
use jiff::{SignedDuration, Timestamp};
use sapar_openid::{
    Answer, Client, ExternalIdentity, HttpResponse, PendingSignIn, Provider, Refused,
};
use serde_json::{Value, json};

/// Nothing here waits, so that asking once is enough.
fn run<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the small provider answers at once"),
    }
}

fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

fn client() -> Client {
    Client {
        id: CLIENT.to_owned(),
        secret: Some(SECRET.to_owned()),
        redirect: REDIRECT.to_owned(),
    }
}

fn discover(desk: &Desk) -> Result<Provider, Refused> {
    run(Provider::discover(ISSUER, client(), &|request| {
        desk.answer(request)
    }))
}

fn answer(state: String, code: String) -> Answer {
    Answer {
        state,
        code,
        iss: None,
    }
}

fn finish(
    desk: &Desk,
    provider: &Provider,
    pending: PendingSignIn,
    answer: &Answer,
) -> Result<ExternalIdentity, Refused> {
    run(provider.finish(pending, answer, now(), &|request| desk.answer(request)))
}

/// A whole sign-in.
fn sign_in(desk: &Desk) -> Result<ExternalIdentity, Refused> {
    let provider = discover(desk)?;
    let started = provider.start(now())?;
    let (state, code) = desk.visit(&started.address);
    finish(desk, &provider, started.pending, &answer(state, code))
}

fn with_claims(claims: Value) -> Result<ExternalIdentity, Refused> {
    sign_in(&Desk {
        claims,
        ..Desk::new()
    })
}

#[test]
fn a_person_is_known_by_issuer_and_subject_and_nothing_else() {
    let who = sign_in(&Desk::new()).unwrap();
    assert_eq!(who, ExternalIdentity::new(ISSUER, "4711"));
    // The same e-mail address and another subject is another person, and the other way round the same.
    let other = with_claims(json!({ "sub": "4712" })).unwrap();
    assert_ne!(who, other);
    let renamed = with_claims(json!({ "email": "other@directory.example" })).unwrap();
    assert_eq!(who, renamed);
    assert_ne!(who, ExternalIdentity::new("https://other.example", "4711"));
    // Its JSON has no third thing, and nothing of the subject is printed.
    assert_eq!(
        serde_json::to_value(&who).unwrap(),
        json!({ "issuer": ISSUER, "subject": "4711" })
    );
    assert!(!format!("{who:?}").contains("4711"));
}

#[test]
fn tokens_that_break_a_rule_are_refused() {
    for (claims, refused) in [
        (json!({ "nonce": "of another sign-in" }), Refused::Nonce),
        (json!({ "nonce": null }), Refused::Nonce),
        (json!({ "aud": "another client" }), Refused::Audience),
        (
            json!({ "aud": [CLIENT, "another client"] }),
            Refused::Audience,
        ),
        (json!({ "iss": "https://other.example" }), Refused::Issuer),
        (json!({ "exp": NOW }), Refused::Time),
        (
            json!({ "exp": NOW - 3_600, "iat": NOW - 4_000 }),
            Refused::Time,
        ),
        (json!({ "iat": NOW - 601 }), Refused::Time),
        (json!({ "iat": NOW + 61, "exp": NOW + 900 }), Refused::Time),
    ] {
        assert_eq!(with_claims(claims.clone()), Err(refused), "{claims}");
    }
    // At the edges it is accepted.
    for claims in [
        json!({ "exp": NOW + 1 }),
        json!({ "iat": NOW - 600 }),
        json!({ "iat": NOW + 60 }),
        json!({ "aud": [CLIENT] }),
    ] {
        with_claims(claims.clone()).unwrap_or_else(|refused| panic!("{claims}: {refused}"));
    }
    // A claim without which a token is none.
    for lost in ["iss", "sub", "aud", "exp", "iat"] {
        assert!(with_claims(json!({ lost: null })).is_err(), "{lost}");
    }
}

#[test]
fn signatures_that_are_not_the_providers_are_refused() {
    let broken = Desk {
        breaks_signature: true,
        ..Desk::new()
    };
    assert_eq!(sign_in(&broken), Err(Refused::Signature));
    // Another key under the name of the provider's.
    let stolen_name = Desk {
        signs: (key(2), "first"),
        ..Desk::new()
    };
    assert_eq!(sign_in(&stolen_name), Err(Refused::Signature));
    let unknown = Desk {
        signs: (key(2), "second"),
        ..Desk::new()
    };
    assert_eq!(sign_in(&unknown), Err(Refused::Key));
    assert_eq!(unknown.keys_asked.get(), 2, "asked once more, and no more");
    for alg in ["none", "HS256"] {
        let desk = Desk {
            head: json!({ "alg": alg }),
            ..Desk::new()
        };
        let refused = sign_in(&desk).unwrap_err();
        assert!(
            matches!(refused, Refused::Signature | Refused::Provider),
            "{alg}: {refused}"
        );
    }
}

#[test]
fn a_key_that_the_provider_changed_is_fetched() {
    let desk = Desk {
        signs: (key(2), "second"),
        ..Desk::new()
    };
    let provider = discover(&desk).unwrap();
    let started = provider.start(now()).unwrap();
    let (state, code) = desk.visit(&started.address);
    desk.shown.borrow_mut().push((key(2), "second"));
    let who = finish(&desk, &provider, started.pending, &answer(state, code)).unwrap();
    assert_eq!(who.subject(), "4711");
    assert_eq!(desk.keys_asked.get(), 2);
}

#[test]
fn an_answer_is_taken_for_the_state_that_was_given_out_and_its_code_once() {
    let desk = Desk::new();
    let provider = discover(&desk).unwrap();
    let started = provider.start(now()).unwrap();
    let (state, code) = desk.visit(&started.address);
    let pending = started.pending;
    let made_up = answer("made up".to_owned(), code.clone());
    assert_eq!(
        finish(&desk, &provider, pending.clone(), &made_up),
        Err(Refused::State)
    );
    let came_back = answer(state, code);
    finish(&desk, &provider, pending.clone(), &came_back).unwrap();
    // Even with the record kept by mistake, the provider takes its code once.
    assert_eq!(
        finish(&desk, &provider, pending, &came_back),
        Err(Refused::Code)
    );
    // The answer to one sign-in with the record of another.
    let (mine, theirs) = (
        provider.start(now()).unwrap(),
        provider.start(now()).unwrap(),
    );
    let (state, code) = desk.visit(&theirs.address);
    assert_eq!(
        finish(&desk, &provider, mine.pending, &answer(state, code)),
        Err(Refused::State)
    );
}

#[test]
fn a_stolen_code_is_worth_nothing_in_another_sign_in() {
    let desk = Desk::new();
    let provider = discover(&desk).unwrap();
    let (mine, theirs) = (
        provider.start(now()).unwrap(),
        provider.start(now()).unwrap(),
    );
    let (_, stolen) = desk.visit(&theirs.address);
    let state = mine.pending.state().to_owned();
    assert_eq!(
        finish(&desk, &provider, mine.pending, &answer(state, stolen)),
        Err(Refused::Code),
        "the verifier is of another challenge"
    );
}

#[test]
fn a_late_answer_is_refused() {
    let desk = Desk::new();
    let provider = discover(&desk).unwrap();
    let started = provider.start(now()).unwrap();
    let end = started.pending.until();
    assert_eq!(end - now(), SignedDuration::from_mins(10));
    let (state, code) = desk.visit(&started.address);
    let late = run(
        provider.finish(started.pending, &answer(state, code), end, &|request| {
            desk.answer(request)
        }),
    );
    assert_eq!(late, Err(Refused::State));
}

#[test]
fn no_two_sign_ins_are_alike_and_none_is_printed() {
    let provider = discover(&Desk::new()).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..50 {
        let started = provider.start(now()).unwrap();
        let query = desk::fields(started.address.split_once('?').unwrap().1);
        for secret in ["state", "nonce", "code_challenge"] {
            assert!(query[secret].len() >= 20);
            assert!(seen.insert(query[secret].clone()));
        }
        let printed = format!("{:?} {:?}", started.pending, client());
        assert!(!printed.contains(&query["state"]) && !printed.contains(SECRET));
    }
}

#[test]
fn other_answers_of_the_provider_are_refused() {
    let silent = Desk {
        sends_token: false,
        ..Desk::new()
    };
    assert_eq!(sign_in(&silent), Err(Refused::NoToken));
    for (metadata, refused) in [
        (
            json!({ "issuer": "https://other.example" }),
            Refused::Issuer,
        ),
        (json!({ "token_endpoint": null }), Refused::Provider),
        (json!({ "jwks_uri": null }), Refused::Provider),
        (
            json!({ "token_endpoint": "http://directory.example/token" }),
            Refused::Address,
        ),
        (
            json!({ "authorization_endpoint": "http://directory.example/authorize" }),
            Refused::Address,
        ),
    ] {
        let desk = Desk {
            metadata: metadata.clone(),
            ..Desk::new()
        };
        assert_eq!(discover(&desk).unwrap_err(), refused, "{metadata}");
    }
    let desk = Desk::new();
    let plain = run(Provider::discover(
        "http://directory.example",
        client(),
        &|request| desk.answer(request),
    ));
    assert_eq!(plain.unwrap_err(), Refused::Address);
    // One that says who it is, in the redirect.
    let provider = discover(&desk).unwrap();
    for (iss, fits) in [(ISSUER, true), ("https://other.example", false)] {
        let started = provider.start(now()).unwrap();
        let (state, code) = desk.visit(&started.address);
        let answer = Answer {
            iss: Some(iss.to_owned()),
            ..answer(state, code)
        };
        let who = finish(&desk, &provider, started.pending, &answer);
        assert_eq!(who.is_ok(), fits);
    }
}

#[test]
fn a_provider_that_takes_the_secret_in_the_form_only_gets_it_there() {
    let desk = Desk {
        metadata: json!({ "token_endpoint_auth_methods_supported": ["client_secret_post"] }),
        ..Desk::new()
    };
    sign_in(&desk).unwrap();
    let wrong = Client {
        secret: Some("a guess".to_owned()),
        ..client()
    };
    let desk = Desk::new();
    let provider = run(Provider::discover(ISSUER, wrong, &|request| {
        desk.answer(request)
    }))
    .unwrap();
    let started = provider.start(now()).unwrap();
    let (state, code) = desk.visit(&started.address);
    assert_eq!(
        finish(&desk, &provider, started.pending, &answer(state, code)),
        Err(Refused::Code)
    );
}

#[test]
fn a_server_of_many_threads_can_wait_for_it() {
    fn goes_between_threads<T: Send>(future: T) -> T {
        future
    }
    let down = |_| async { Err::<HttpResponse, _>(std::io::Error::other("the line is down")) };
    let discovered = goes_between_threads(Provider::discover(ISSUER, client(), &down));
    assert_eq!(run(discovered).unwrap_err(), Refused::Provider);
    let desk = Desk::new();
    let provider = discover(&desk).unwrap();
    let started = provider.start(now()).unwrap();
    let (state, code) = desk.visit(&started.address);
    let came_back = answer(state, code);
    let finished = goes_between_threads(provider.finish(started.pending, &came_back, now(), &down));
    assert_eq!(run(finished), Err(Refused::Provider));
}
