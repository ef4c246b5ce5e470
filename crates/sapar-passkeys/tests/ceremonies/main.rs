//! Both ceremonies with an authenticator in software, and every way in which it, a browser or a thief may be wrong.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod authenticator;

use authenticator::Authenticator;
use data_encoding::BASE64URL_NOPAD as B64;
use sapar_passkeys::{
    NotARelyingParty, Passkey, PasskeyId, PendingAuthentication, PendingRegistration, Refused,
    RelyingParty, USER_HANDLE_BYTES, UserHandle,
};
use serde_json::Value;

const ACCOUNT: &str = "айгүл.с";
const NAME: &str = "Айгүл С.";

fn site() -> RelyingParty {
    RelyingParty::new("post.example", &["https://post.example"]).unwrap()
}

fn user(seed: u8) -> UserHandle {
    UserHandle::of_random([seed; USER_HANDLE_BYTES])
}

fn register(authenticator: &mut Authenticator) -> Passkey {
    let started = site()
        .start_registration(&user(7), ACCOUNT, NAME, &[])
        .unwrap();
    let answer = authenticator.create(&started.challenge);
    site()
        .finish_registration(started.pending, &answer)
        .unwrap()
}

fn refused_registration(change: impl FnOnce(&mut Authenticator)) -> Refused {
    let mut authenticator = Authenticator::new(3);
    change(&mut authenticator);
    let started = site()
        .start_registration(&user(7), ACCOUNT, NAME, &[])
        .unwrap();
    let answer = authenticator.create(&started.challenge);
    site()
        .finish_registration(started.pending, &answer)
        .unwrap_err()
}

/// The refusal of a sign-in in which the authenticator does this and the answer is changed so.
fn refused_sign_in(
    change: impl FnOnce(&mut Authenticator),
    tamper: impl FnOnce(&mut Value),
) -> Refused {
    let mut authenticator = Authenticator::new(3);
    let mut passkey = register(&mut authenticator);
    let before = passkey.clone();
    change(&mut authenticator);
    let started = site().start_authentication().unwrap();
    let mut answer: Value = serde_json::from_str(&authenticator.get(&started.challenge)).unwrap();
    tamper(&mut answer);
    let refused = site()
        .finish_authentication(&started.pending, &answer.to_string(), &mut passkey)
        .unwrap_err();
    assert_eq!(passkey, before, "a refused sign-in changes nothing");
    refused
}

fn as_is(_: &mut Value) {}

#[test]
fn a_passkey_is_registered_and_signs_in_again_and_again() {
    let mut authenticator = Authenticator::new(3);
    let mut passkey = register(&mut authenticator);
    assert_eq!(passkey.user(), &user(7));
    assert_eq!(passkey.id().text(), B64.encode(&authenticator.id));
    for times in 1..=3 {
        let started = site().start_authentication().unwrap();
        // What lies between the steps, and what is kept, go through the store.
        let pending: PendingAuthentication =
            serde_json::from_str(&serde_json::to_string(&started.pending).unwrap()).unwrap();
        passkey = serde_json::from_str(&serde_json::to_string(&passkey).unwrap()).unwrap();
        let answer = authenticator.get(&started.challenge);
        let asked = RelyingParty::asked(&answer).unwrap();
        assert_eq!(&asked.passkey, passkey.id());
        assert_eq!(&asked.user, passkey.user());
        site()
            .finish_authentication(&pending, &answer, &mut passkey)
            .unwrap();
        assert_eq!(passkey.signatures(), times);
    }
}

#[test]
fn a_registration_goes_through_the_store_between_its_steps() {
    let mut authenticator = Authenticator::new(3);
    let started = site()
        .start_registration(&user(7), ACCOUNT, NAME, &[])
        .unwrap();
    let pending: PendingRegistration =
        serde_json::from_str(&serde_json::to_string(&started.pending).unwrap()).unwrap();
    let answer = authenticator.create(&started.challenge);
    site().finish_registration(pending, &answer).unwrap();
}

#[test]
fn an_authenticator_that_does_not_count_signs_in() {
    let mut authenticator = Authenticator::new(3);
    authenticator.counts = false;
    let mut passkey = register(&mut authenticator);
    for _ in 0..2 {
        let started = site().start_authentication().unwrap();
        let answer = authenticator.get(&started.challenge);
        site()
            .finish_authentication(&started.pending, &answer, &mut passkey)
            .unwrap();
        assert_eq!(passkey.signatures(), 0);
    }
}

#[test]
fn no_challenge_is_like_another_and_none_holds_a_name_for_the_user() {
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..50 {
        let started = site()
            .start_registration(&user(7), ACCOUNT, NAME, &[])
            .unwrap();
        let options: Value = serde_json::from_str(&started.challenge).unwrap();
        assert!(seen.insert(options["challenge"].to_string()));
        let id = options["user"]["id"].as_str().unwrap();
        assert_eq!(B64.decode(id.as_bytes()).unwrap(), [7; USER_HANDLE_BYTES]);
        assert_eq!(options["attestation"], "none");
        let started = site().start_authentication().unwrap();
        let options: Value = serde_json::from_str(&started.challenge).unwrap();
        assert!(seen.insert(options["challenge"].to_string()));
        // Which passkeys there are is told to nobody who is not signed in.
        let allowed = &options["allowCredentials"];
        assert!(allowed.is_null() || allowed.as_array().unwrap().is_empty());
    }
}

#[test]
fn an_answer_is_for_one_challenge() {
    let mut authenticator = Authenticator::new(3);
    let mut passkey = register(&mut authenticator);
    let (overheard, fresh) = (
        site().start_authentication().unwrap(),
        site().start_authentication().unwrap(),
    );
    let answer = authenticator.get(&overheard.challenge);
    assert_eq!(
        site().finish_authentication(&fresh.pending, &answer, &mut passkey),
        Err(Refused::OtherChallenge)
    );
    // The same answer twice: even where the caller forgot to take the challenge out, the counter refuses it.
    site()
        .finish_authentication(&overheard.pending, &answer, &mut passkey)
        .unwrap();
    assert_eq!(
        site().finish_authentication(&overheard.pending, &answer, &mut passkey),
        Err(Refused::Copied)
    );
    let (first, second) = (
        site()
            .start_registration(&user(7), ACCOUNT, NAME, &[])
            .unwrap(),
        site()
            .start_registration(&user(7), ACCOUNT, NAME, &[])
            .unwrap(),
    );
    let answer = Authenticator::new(4).create(&first.challenge);
    assert_eq!(
        site().finish_registration(second.pending, &answer),
        Err(Refused::OtherChallenge)
    );
}

#[test]
fn registrations_that_break_a_rule_are_refused() {
    for origin in [
        "https://post.example.evil",
        "http://post.example",
        "https://post.example:8443",
        "https://sub.post.example",
    ] {
        let refused = refused_registration(|it| it.origin = origin.to_owned());
        assert_eq!(refused, Refused::OtherSite, "{origin}");
    }
    assert_eq!(
        refused_registration(|it| it.domain = "evil.example".to_owned()),
        Refused::OtherSite
    );
    assert_eq!(
        refused_registration(|it| it.verifies_person = false),
        Refused::PersonNotVerified
    );
    assert_eq!(
        refused_registration(|it| it.person_present = false),
        Refused::PersonNotVerified
    );
}

#[test]
fn a_passkey_is_not_registered_twice() {
    let mut authenticator = Authenticator::new(3);
    let passkey = register(&mut authenticator);
    let started = site()
        .start_registration(&user(7), ACCOUNT, NAME, std::slice::from_ref(&passkey))
        .unwrap();
    let options: Value = serde_json::from_str(&started.challenge).unwrap();
    assert_eq!(options["excludeCredentials"][0]["id"], passkey.id().text());
    // One that minds nothing.
    let answer = authenticator.create(&started.challenge);
    assert_eq!(
        site().finish_registration(started.pending, &answer),
        Err(Refused::AlreadyRegistered)
    );
}

#[test]
fn sign_ins_that_break_a_rule_are_refused() {
    let site_of = |origin: &'static str| refused_sign_in(|it| it.origin = origin.to_owned(), as_is);
    assert_eq!(site_of("https://p0st.example"), Refused::OtherSite);
    assert_eq!(site_of("http://post.example"), Refused::OtherSite);
    assert_eq!(
        refused_sign_in(|it| it.domain = "evil.example".to_owned(), as_is),
        Refused::OtherSite
    );
    assert_eq!(
        refused_sign_in(|it| it.verifies_person = false, as_is),
        Refused::PersonNotVerified
    );
    // The same identifier and another key.
    let other_key = |it: &mut Authenticator| {
        let mut other = Authenticator::new(9);
        (other.id, other.user) = (it.id.clone(), it.user.clone());
        *it = other;
    };
    assert_eq!(refused_sign_in(other_key, as_is), Refused::Signature);
    assert_eq!(
        refused_sign_in(|it| it.user = vec![8; USER_HANDLE_BYTES], as_is),
        Refused::OtherPasskey
    );
    assert_eq!(
        refused_sign_in(|it| it.id = vec![8; 32], as_is),
        Refused::OtherPasskey
    );
}

#[test]
fn whatever_bit_of_an_answer_is_changed_it_is_refused() {
    for part in [
        "clientDataJSON",
        "authenticatorData",
        "signature",
        "userHandle",
    ] {
        for place in [0, 7, 33, 36, 40] {
            let flip = |answer: &mut Value| {
                let text = answer["response"][part].as_str().unwrap().to_owned();
                let mut bytes = B64.decode(text.as_bytes()).unwrap();
                let place = place % bytes.len();
                bytes[place] ^= 1;
                answer["response"][part] = B64.encode(&bytes).into();
            };
            // The place and kind are free; that nothing passes is what counts, which the helper checks.
            refused_sign_in(|_| {}, flip);
        }
    }
    for lost in [
        "clientDataJSON",
        "authenticatorData",
        "signature",
        "userHandle",
    ] {
        let refused = refused_sign_in(
            |_| {},
            |answer| {
                answer["response"].as_object_mut().unwrap().remove(lost);
            },
        );
        assert_eq!(refused, Refused::Unreadable, "{lost}");
    }
    for text in ["", "{}", "null", "[1]", "{\"id\":\"AAAA\"}"] {
        assert_eq!(RelyingParty::asked(text), Err(Refused::Unreadable));
    }
}

#[test]
fn a_copied_passkey_is_noticed() {
    let mut original = Authenticator::new(3);
    let mut passkey = register(&mut original);
    let mut copy = original.clone();
    let mut sign_in = |authenticator: &mut Authenticator| {
        let started = site().start_authentication().unwrap();
        let answer = authenticator.get(&started.challenge);
        site().finish_authentication(&started.pending, &answer, &mut passkey)
    };
    for _ in 0..3 {
        sign_in(&mut original).unwrap();
    }
    assert_eq!(sign_in(&mut copy), Err(Refused::Copied));
    // The original still works, and a clever copy is only noticed by the original's next use.
    sign_in(&mut original).unwrap();
    copy.counter = 100;
    sign_in(&mut copy).unwrap();
    assert_eq!(sign_in(&mut original), Err(Refused::Copied));
}

#[test]
fn what_was_kept_is_not_taken_from_another_ceremony() {
    let registration = site()
        .start_registration(&user(7), ACCOUNT, NAME, &[])
        .unwrap();
    let state = serde_json::to_value(&registration.pending).unwrap()["state"].clone();
    let pending: PendingAuthentication = serde_json::from_value(state).unwrap();
    let mut authenticator = Authenticator::new(3);
    let mut passkey = register(&mut authenticator);
    let answer = authenticator.get(&site().start_authentication().unwrap().challenge);
    assert_eq!(
        site().finish_authentication(&pending, &answer, &mut passkey),
        Err(Refused::Lost)
    );
}

#[test]
fn a_late_answer_is_refused() {
    let mut authenticator = Authenticator::new(3);
    let mut passkey = register(&mut authenticator);
    let started = site().start_authentication().unwrap();
    let answer = authenticator.get(&started.challenge);
    // The last twelve bytes of what is kept are the end: seconds and nanoseconds.
    let text: String =
        serde_json::from_value(serde_json::to_value(&started.pending).unwrap()).unwrap();
    let mut bytes = B64.decode(text.as_bytes()).unwrap();
    let end = bytes.len() - 12;
    let seconds = u64::from_le_bytes(bytes[end..end + 8].try_into().unwrap());
    let put = |bytes: &mut Vec<u8>, seconds: u64| {
        bytes[end..end + 8].copy_from_slice(&seconds.to_le_bytes());
        serde_json::from_value::<PendingAuthentication>(B64.encode(bytes).into()).unwrap()
    };
    let late = put(&mut bytes, seconds - 301);
    assert_eq!(
        site().finish_authentication(&late, &answer, &mut passkey),
        Err(Refused::Late)
    );
    // Changed back it passes, so that it was the time and nothing else.
    let in_time = put(&mut bytes, seconds);
    site()
        .finish_authentication(&in_time, &answer, &mut passkey)
        .unwrap();
}

#[test]
fn a_site_is_one_domain_and_what_is_below_it() {
    for origins in [
        &["https://post.example"][..],
        &["https://post.example:8443", "https://north.post.example"],
    ] {
        RelyingParty::new("post.example", origins).unwrap();
    }
    RelyingParty::new("localhost", &["http://localhost:8080"]).unwrap();
    for origin in [
        "http://post.example",
        "https://badpost.example",
        "https://post.example.evil",
        "https://post.example/path",
        "https://post.example:port",
        "post.example",
    ] {
        assert_eq!(
            RelyingParty::new("post.example", &[origin]).unwrap_err(),
            NotARelyingParty::Origin,
            "{origin}"
        );
    }
    assert_eq!(
        RelyingParty::new("post.example", &[]).unwrap_err(),
        NotARelyingParty::Origin
    );
    for domain in ["", "Post.example", "пост.example", "a b"] {
        assert_eq!(
            RelyingParty::new(domain, &["https://post.example"]).unwrap_err(),
            NotARelyingParty::Domain,
            "{domain}"
        );
    }
}

#[test]
fn nothing_that_is_kept_prints_who_or_which() {
    let mut authenticator = Authenticator::new(3);
    let passkey = register(&mut authenticator);
    let started = site().start_authentication().unwrap();
    let printed = format!("{passkey:?} {:?} {:?}", passkey.id(), started.pending);
    assert!(!printed.contains(&passkey.id().text()), "{printed}");
    assert!(!printed.contains("[7, 7"), "{printed}");
    assert_eq!(
        PasskeyId::parse(&passkey.id().text()).as_ref(),
        Some(passkey.id())
    );
    assert_eq!(PasskeyId::parse("not base64!"), None);
}

#[test]
fn a_name_that_cannot_be_shown_is_refused() {
    for name in ["", "a\u{0007}b"] {
        for (account, called) in [(name, NAME), (ACCOUNT, name)] {
            assert_eq!(
                site()
                    .start_registration(&user(7), account, called, &[])
                    .unwrap_err(),
                Refused::Name,
                "{name:?}"
            );
        }
    }
}
