//! The papers that the server prints: who gets one, what it says, and what it never says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

#[path = "shared/world.rs"]
mod world;

use axum::http::StatusCode;
use sapar_access::{AgencyKind, Purpose as Acting};
use sapar_casework::ids::{PersonId, ReferralId, ScreeningId};
use sapar_casework::purpose::Purpose;
use sapar_casework::referral::DeclineReason;
use sapar_operations::Looked;
use sapar_operations::referrals::{Ground, NewReferral};
use world::staff;
use world::{Answer, Browser, World};

const SURNAME: &str = "Karimova";
const GIVEN: &str = "Laila";
const PASSPORT: &str = "P7654321";

/// Beginnings of words that must not stand on a notice of rights, without spaces since those are not read reliably.
const PROTECTED: [&str; 19] = [
    "asylum",
    "refugee",
    "traffick",
    "exploit",
    "persecut",
    "smuggl",
    "убежищ",
    "беженц",
    "торговл",
    "эксплуат",
    "преследован",
    // The word alone also means a roof over one's head.
    "баспанабер",
    "баспанаалу",
    "баспанасұра",
    "баспанатуралы",
    "босқын",
    "саудасы",
    "қанау",
    "қудала",
];

/// Somebody met at the post, with a passport, who gave these answers.
async fn screened(world: &World, answers: &[(&str, &str)]) -> (PersonId, ScreeningId) {
    born(world, 1991, answers).await
}

async fn born(world: &World, year: i16, answers: &[(&str, &str)]) -> (PersonId, ScreeningId) {
    let operations = &world.app.operations;
    let officer = world.by("specialist", Acting::Screening);
    let details = staff::details(SURNAME, GIVEN, year, "AFG", PASSPORT);
    let (encounter, person) = staff::met(operations, &officer, details).await;
    let screening = operations
        .start_screening(&officer, person, Some(encounter))
        .await
        .unwrap();
    for (fact, value) in answers {
        let given = staff::answer(fact, value);
        operations.answer(&officer, screening, given).await.unwrap();
    }
    operations
        .finish_screening(&officer, screening)
        .await
        .unwrap();
    (person, screening)
}

async fn referred(world: &World, person: PersonId, to: AgencyKind, purpose: Purpose) -> ReferralId {
    let new = NewReferral {
        to: staff::agency(to).try_into().unwrap(),
        purpose,
        ground: Ground::ConsentNow,
        words: "She waits in room 2.".to_owned(),
        task: None,
    };
    world
        .app
        .operations
        .refer(&world.by("specialist", Acting::Screening), person, new)
        .await
        .unwrap()
}

/// How often a paper of this person was printed, by the list of who looked.
async fn printed(world: &World, person: PersonId) -> usize {
    let officer = world.by("specialist", Acting::Screening);
    let page = world.app.operations.person(&officer, person).await.unwrap();
    page.views
        .iter()
        .filter(|view| view.what == Some(Looked::Print))
        .count()
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '\u{200B}')
        .collect()
}

/// What stands on a paper, without spaces; checks what every paper's answer holds.
fn paper(answer: &Answer, name: &str) -> String {
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(
        answer.header("content-disposition"),
        format!("inline; filename=\"{name}.pdf\"")
    );
    assert!(answer.bytes.starts_with(b"%PDF-"));
    squeezed(&pdf_extract::extract_text_from_mem(&answer.bytes).unwrap())
}

fn holds(text: &str, words: &str) -> bool {
    text.contains(&squeezed(words))
}

const PLAIN: &[(&str, &str)] = &[("at crossing point", "yes"), ("needs interpreter", "yes")];

const ALL: &[(&str, &str)] = &[
    ("at crossing point", "yes"),
    ("needs interpreter", "yes"),
    ("seeks protection", "yes"),
    ("fear of persecution on convention ground", "yes"),
    ("trafficking signs", "yes"),
    ("labour exploitation suspected", "yes"),
    ("serious illness", "yes"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_says_rights_in_three_languages_and_nothing_that_is_protected() {
    let world = World::new().await;
    let mut officer = world.browser("specialist").await;
    let (person, screening) = screened(&world, ALL).await;
    let (_, plain) = screened(&world, PLAIN).await;
    let before = printed(&world, person).await;
    for (code, title, dignity) in [
        ("en", "Your rights", "dignity"),
        ("ru", "Ваши права", "достоинств"),
        ("kk", "Сіздің құқықтарыңыз", "қадір-қасиет"),
    ] {
        let name = format!("notice-of-rights-{code}");
        let path = format!("/screenings/{screening}/notice.pdf?language={code}");
        let said = paper(&officer.get(&path).await, &name);
        for wanted in [title, dignity, SURNAME, GIVEN, "1991", "Qorghas", "2026"] {
            assert!(holds(&said, wanted), "{wanted} in {said}");
        }
        assert!(holds(&said, &screening.to_string()));
        let low = said.to_lowercase();
        for word in PROTECTED {
            assert!(!low.contains(word), "{code}: {word} in {said}");
        }
        assert!(!said.contains(PASSPORT));
        // Word for word what somebody of whom nothing is protected gets.
        let path = format!("/screenings/{plain}/notice.pdf?language={code}");
        let other = paper(&officer.get(&path).await, &name);
        assert_eq!(
            said.replace(&screening.to_string(), "REFERENCE"),
            other.replace(&plain.to_string(), "REFERENCE")
        );
    }
    assert_eq!(printed(&world, person).await, before + 3);
    let page = officer
        .page(&format!("/screenings/{screening}/outcome"))
        .await;
    for code in ["en", "ru", "kk"] {
        let link = format!("/screenings/{screening}/notice.pdf?language={code}");
        assert!(page.contains(&link), "{link}");
    }
    // The outcome itself tells what the notice leaves out, so the test would notice.
    let low = page.to_lowercase();
    assert!(low.contains("asylum") && low.contains("traffick"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_see_the_outcome_gets_no_notice() {
    let world = World::new().await;
    let (person, screening) = screened(&world, ALL).await;
    let path = format!("/screenings/{screening}/notice.pdf?language=kk");
    let mut stranger = world.browser("guardian").await;
    let outcome = format!("/screenings/{screening}/outcome");
    assert_eq!(stranger.get(&outcome).await.status, StatusCode::NOT_FOUND);
    let refused = stranger.get(&path).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let page = refused.text;
    assert!(!page.contains(SURNAME));
    // What does not exist is answered alike.
    let nothing = stranger
        .get("/screenings/not-an-identifier/notice.pdf")
        .await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    assert_eq!(
        Browser::new(&world.app).get(&path).await.status,
        StatusCode::SEE_OTHER,
        "nobody is signed in"
    );
    assert_eq!(printed(&world, person).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_holds_what_its_receiver_may_see_also_when_the_sender_prints_it() {
    let world = World::new().await;
    let (person, _) = screened(&world, ALL).await;
    let referral = referred(
        &world,
        person,
        AgencyKind::SocialServices,
        Purpose::BasicNeeds,
    )
    .await;
    let mut officer = world.browser("specialist").await;
    let mut receiver = world.browser("social").await;
    for (code, title) in [
        ("en", "Referral"),
        ("ru", "Перенаправление"),
        ("kk", "Қайта бағыттау"),
    ] {
        let path = format!("/referrals/{referral}/form.pdf?language={code}");
        let name = format!("referral-{code}");
        let sent = paper(&officer.get(&path).await, &name);
        let received = paper(&receiver.get(&path).await, &name);
        for said in [&sent, &received] {
            for wanted in [title, SURNAME, "SocialServices", "She waits in room 2."] {
                assert!(holds(said, wanted), "{wanted} in {said}");
            }
            // Basic needs ask for no passport, and for nothing of protection or trafficking.
            assert!(!said.contains(PASSPORT), "{said}");
            let low = said.to_lowercase();
            for word in PROTECTED {
                assert!(!low.contains(word), "{code}: {word} in {said}");
            }
        }
    }
    assert!(printed(&world, person).await >= 6);
    let page = receiver.page(&format!("/referrals/{referral}")).await;
    for code in ["en", "ru", "kk"] {
        assert!(page.contains(&format!("/referrals/{referral}/form.pdf?language={code}")));
    }
    // The sender sees the passport on other pages, so the test would notice.
    let page = officer.page(&format!("/people/{person}")).await;
    assert!(page.contains(PASSPORT));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_for_sender_and_receiver_and_only_while_the_referral_lives() {
    let world = World::new().await;
    let (person, _) = screened(&world, ALL).await;
    let referral = referred(
        &world,
        person,
        AgencyKind::AsylumAuthority,
        Purpose::Protection,
    )
    .await;
    let path = format!("/referrals/{referral}/form.pdf?language=ru");
    for other in ["social", "guardian"] {
        let mut stranger = world.browser(other).await;
        let refused = stranger.get(&path).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{other}");
        assert!(!refused.text.contains(SURNAME));
    }
    let mut receiver = world.browser("one").await;
    let said = paper(&receiver.get(&path).await, "referral-ru");
    assert!(holds(&said, SURNAME));
    world
        .app
        .operations
        .decline(
            &world.by("one", Acting::Protection),
            referral,
            DeclineReason::NoCapacity,
            "Full until Monday.",
        )
        .await
        .unwrap();
    assert_eq!(receiver.get(&path).await.status, StatusCode::NOT_FOUND);
    // Whoever declined has nothing more to see of the person.
    let page = receiver.get(&format!("/referrals/{referral}")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

/// Writes papers of invented people into the folder named, to be looked at.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "for eyes: SAPAR_PAPERS=folder cargo test -p sapar-server --test papers -- --ignored"]
async fn papers_to_look_at() {
    let folder = std::env::var("SAPAR_PAPERS").unwrap();
    let world = World::new().await;
    let mut officer = world.browser("specialist").await;
    let (person, child) = born(
        &world,
        2012,
        &[
            ("at crossing point", "yes"),
            ("looks under 18", "yes"),
            ("unaccompanied", "yes"),
            ("seeks protection", "yes"),
        ],
    )
    .await;
    let (_, adult) = screened(&world, ALL).await;
    let referral = referred(
        &world,
        person,
        AgencyKind::GuardianshipAuthority,
        Purpose::ChildCare,
    )
    .await;
    for code in ["en", "ru", "kk"] {
        for (name, path) in [
            ("child", format!("/screenings/{child}/notice.pdf")),
            ("adult", format!("/screenings/{adult}/notice.pdf")),
            ("form", format!("/referrals/{referral}/form.pdf")),
        ] {
            let answer = officer.get(&format!("{path}?language={code}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            std::fs::write(format!("{folder}/{name}-{code}.pdf"), answer.bytes).unwrap();
        }
    }
}
