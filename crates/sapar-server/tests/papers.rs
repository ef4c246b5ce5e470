//! The papers that the server prints: who gets one, what it says, and what it never says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use sapar_access::{
    Agency, AgencyKind, Post as CrossingPoint, Purpose as Acting, Role, Team, TimeZoneName, User,
    UserState,
};
use sapar_casework::birth::BirthDate;
use sapar_casework::encounter::{Beginning, Place};
use sapar_casework::ids::{PersonId, ReferralId, ScreeningId};
use sapar_casework::person::{
    Details, Name, Nationality, Papers, Script, TravelDocument, TravelDocumentKind,
};
use sapar_casework::personal::Text;
use sapar_casework::purpose::Purpose;
use sapar_casework::referral::DeclineReason;
use sapar_casework::screening::{AnswerGiven, Given, HowLearned};
use sapar_operations::directory::DirectoryEntry;
use sapar_operations::people::Registered;
use sapar_operations::referrals::{Ground, NewReferral};
use sapar_operations::{Caller, Looked};
use sapar_server::{App, Config, Database, open, router};
use sapar_sign_in::password::Password;
use tower::ServiceExt;
use uuid::Uuid;

const PASSWORD: &str = "seven calm horses";
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

fn v7(number: u128) -> Uuid {
    Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + number)
}

/// A border post with an agency that receives people, and one that has nothing to do with them.
struct World {
    app: Arc<App>,
    _folder: tempfile::TempDir,
}

const KINDS: [AgencyKind; 4] = [
    AgencyKind::BorderService,
    AgencyKind::AsylumAuthority,
    AgencyKind::SocialServices,
    AgencyKind::GuardianshipAuthority,
];

const USERS: [(&str, usize, Role); 4] = [
    ("specialist", 0, Role::Specialist),
    ("asylum", 1, Role::AgencyCaseworker),
    ("social", 2, Role::AgencyCaseworker),
    ("guardian", 3, Role::AgencyCaseworker),
];

impl World {
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
        let app = open(&config).await.unwrap();
        let operations = &app.operations;
        let put = async |entry| operations.put_unchecked(entry).await.unwrap();
        for (number, kind) in (0_u128..).zip(KINDS) {
            put(DirectoryEntry::Agency(Agency {
                id: v7(100 + number).try_into().unwrap(),
                name: format!("{kind:?}"),
                kind,
                mandate: kind.usual_mandate(),
            }))
            .await;
            put(DirectoryEntry::Team(Team {
                id: v7(200 + number).try_into().unwrap(),
                agency: v7(100 + number).try_into().unwrap(),
                name: "Team".to_owned(),
            }))
            .await;
        }
        put(DirectoryEntry::Post(CrossingPoint {
            id: v7(300).try_into().unwrap(),
            agency: v7(100).try_into().unwrap(),
            name: "Qorghas".to_owned(),
            time_zone: TimeZoneName::parse("Asia/Almaty").unwrap(),
        }))
        .await;
        for (number, (name, agency, role)) in (0_u128..).zip(USERS) {
            put(DirectoryEntry::User(User {
                id: v7(400 + number).try_into().unwrap(),
                name: name.to_owned(),
                agency: v7(100 + agency as u128).try_into().unwrap(),
                team: (agency > 0).then(|| v7(200 + agency as u128).try_into().unwrap()),
                post: (agency == 0).then(|| v7(300).try_into().unwrap()),
                role,
                state: UserState::Active,
            }))
            .await;
            operations
                .set_password_unchecked(
                    v7(400 + number).try_into().unwrap(),
                    name,
                    Password::typed(PASSWORD.to_owned()),
                )
                .await
                .unwrap();
        }
        Self {
            app,
            _folder: folder,
        }
    }

    fn by(&self, name: &str, purpose: Acting) -> Caller {
        let place = USERS.iter().position(|(one, ..)| *one == name).unwrap();
        let directory = self.app.operations.directory();
        let user = &directory.users[&v7(400 + place as u128)];
        self.app
            .operations
            .caller_of(user, purpose, self.app.now())
            .unwrap()
    }

    /// Somebody met at the post, with a passport, who gave these answers.
    async fn screened(&self, answers: &[(&str, &str)]) -> (PersonId, ScreeningId) {
        self.born(1991, answers).await
    }

    async fn born(&self, year: i16, answers: &[(&str, &str)]) -> (PersonId, ScreeningId) {
        let operations = &self.app.operations;
        let officer = self.by("specialist", Acting::Screening);
        let encounter = operations
            .open_encounter(
                &officer,
                Place::Post {
                    post: v7(300).try_into().unwrap(),
                },
                Beginning::Check,
                officer.now,
            )
            .await
            .unwrap();
        let details = Details {
            names: vec![Name {
                script: Script::Latin,
                surname: Some(Text::new(SURNAME)),
                given: Some(Text::new(GIVEN)),
            }],
            birth: BirthDate::new(Some(year), Some(3), Some(14)).unwrap(),
            nationalities: vec![Nationality::Of("AFG".to_owned())],
            sex: None,
            papers: Papers::Held(vec![TravelDocument {
                kind: TravelDocumentKind::Passport,
                number: Text::new(PASSPORT),
                issuer: Some(Text::new("AFG")),
                zone_read: false,
            }]),
        };
        let Registered::New(person) = operations
            .register(&officer, encounter, details, true)
            .await
            .unwrap()
        else {
            panic!("said to be different");
        };
        let screening = operations
            .start_screening(&officer, person, Some(encounter))
            .await
            .unwrap();
        for (fact, value) in answers {
            let given = AnswerGiven {
                fact: (*fact).to_owned(),
                given: Given::Known(Text::new(value)),
                how: HowLearned::Asked,
            };
            operations.answer(&officer, screening, given).await.unwrap();
        }
        operations
            .finish_screening(&officer, screening)
            .await
            .unwrap();
        (person, screening)
    }

    async fn referred(&self, person: PersonId, to: usize, purpose: Purpose) -> ReferralId {
        let new = NewReferral {
            to: v7(100 + to as u128).try_into().unwrap(),
            purpose,
            ground: Ground::ConsentNow,
            words: "She waits in room 2.".to_owned(),
            task: None,
        };
        self.app
            .operations
            .refer(&self.by("specialist", Acting::Screening), person, new)
            .await
            .unwrap()
    }

    async fn get(&self, path: &str, cookie: &str) -> Response<Body> {
        let request = Request::get(path)
            .header(header::COOKIE, cookie)
            .body(Body::empty())
            .unwrap();
        router(Arc::clone(&self.app))
            .oneshot(request)
            .await
            .unwrap()
    }

    /// Signs in as a browser does, and gives the cookie of the session.
    async fn signed_in(&self, name: &str) -> String {
        let page = self.get("/sign-in", "").await;
        let guest = cookie(&page);
        let page = text(page).await;
        let (_, rest) = page.split_once("name=\"csrf\" value=\"").unwrap();
        let token = rest.split('"').next().unwrap();
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("csrf", token)
            .append_pair("name", name)
            .append_pair("password", PASSWORD)
            .finish();
        let request = Request::post("/sign-in")
            .header(header::COOKIE, guest)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .unwrap();
        let answer = router(Arc::clone(&self.app))
            .oneshot(request)
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{name} signs in");
        cookie(&answer)
    }

    /// How often a paper of this person was printed, by the list of who looked.
    async fn printed(&self, person: PersonId) -> usize {
        let officer = self.by("specialist", Acting::Screening);
        let page = self.app.operations.person(&officer, person).await.unwrap();
        page.views
            .iter()
            .filter(|view| view.what == Some(Looked::Print))
            .count()
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

async fn bytes(response: Response<Body>) -> Vec<u8> {
    to_bytes(response.into_body(), 4 << 20)
        .await
        .unwrap()
        .to_vec()
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(bytes(response).await).unwrap()
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '\u{200B}')
        .collect()
}

/// What stands on a paper, without spaces; checks what every paper's answer holds.
async fn paper(response: Response<Body>, name: &str) -> String {
    assert_eq!(response.status(), StatusCode::OK);
    let headers = response.headers();
    assert_eq!(headers[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(
        headers[header::CONTENT_DISPOSITION],
        format!("inline; filename=\"{name}.pdf\"")
    );
    let pdf = bytes(response).await;
    assert!(pdf.starts_with(b"%PDF-"));
    squeezed(&pdf_extract::extract_text_from_mem(&pdf).unwrap())
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
    let officer = world.signed_in("specialist").await;
    let (person, screening) = world.screened(ALL).await;
    let (_, plain) = world.screened(PLAIN).await;
    let before = world.printed(person).await;
    for (code, title, dignity) in [
        ("en", "Your rights", "dignity"),
        ("ru", "Ваши права", "достоинств"),
        ("kk", "Сіздің құқықтарыңыз", "қадір-қасиет"),
    ] {
        let name = format!("notice-of-rights-{code}");
        let path = format!("/screenings/{screening}/notice.pdf?language={code}");
        let said = paper(world.get(&path, &officer).await, &name).await;
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
        let other = paper(world.get(&path, &officer).await, &name).await;
        assert_eq!(
            said.replace(&screening.to_string(), "REFERENCE"),
            other.replace(&plain.to_string(), "REFERENCE")
        );
    }
    assert_eq!(world.printed(person).await, before + 3);
    let page = text(
        world
            .get(&format!("/screenings/{screening}/outcome"), &officer)
            .await,
    )
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
    let (person, screening) = world.screened(ALL).await;
    let path = format!("/screenings/{screening}/notice.pdf?language=kk");
    let stranger = world.signed_in("guardian").await;
    let outcome = format!("/screenings/{screening}/outcome");
    assert_eq!(
        world.get(&outcome, &stranger).await.status(),
        StatusCode::NOT_FOUND
    );
    let refused = world.get(&path, &stranger).await;
    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
    let page = text(refused).await;
    assert!(!page.contains(SURNAME));
    // What does not exist is answered alike.
    let nothing = world
        .get("/screenings/not-an-identifier/notice.pdf", &stranger)
        .await;
    assert_eq!(nothing.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        world.get(&path, "").await.status(),
        StatusCode::SEE_OTHER,
        "nobody is signed in"
    );
    assert_eq!(world.printed(person).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_holds_what_its_receiver_may_see_also_when_the_sender_prints_it() {
    let world = World::new().await;
    let (person, _) = world.screened(ALL).await;
    let referral = world.referred(person, 2, Purpose::BasicNeeds).await;
    let officer = world.signed_in("specialist").await;
    let receiver = world.signed_in("social").await;
    for (code, title) in [
        ("en", "Referral"),
        ("ru", "Перенаправление"),
        ("kk", "Қайта бағыттау"),
    ] {
        let path = format!("/referrals/{referral}/form.pdf?language={code}");
        let name = format!("referral-{code}");
        let sent = paper(world.get(&path, &officer).await, &name).await;
        let received = paper(world.get(&path, &receiver).await, &name).await;
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
    assert!(world.printed(person).await >= 6);
    let page = text(
        world
            .get(&format!("/referrals/{referral}"), &receiver)
            .await,
    )
    .await;
    for code in ["en", "ru", "kk"] {
        assert!(page.contains(&format!("/referrals/{referral}/form.pdf?language={code}")));
    }
    // The sender sees the passport on other pages, so the test would notice.
    let page = text(world.get(&format!("/people/{person}"), &officer).await).await;
    assert!(page.contains(PASSPORT));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_for_sender_and_receiver_and_only_while_the_referral_lives() {
    let world = World::new().await;
    let (person, _) = world.screened(ALL).await;
    let referral = world.referred(person, 1, Purpose::Protection).await;
    let path = format!("/referrals/{referral}/form.pdf?language=ru");
    for other in ["social", "guardian"] {
        let stranger = world.signed_in(other).await;
        let refused = world.get(&path, &stranger).await;
        assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{other}");
        assert!(!text(refused).await.contains(SURNAME));
    }
    let receiver = world.signed_in("asylum").await;
    let said = paper(world.get(&path, &receiver).await, "referral-ru").await;
    assert!(holds(&said, SURNAME));
    world
        .app
        .operations
        .decline(
            &world.by("asylum", Acting::Protection),
            referral,
            DeclineReason::NoCapacity,
            "Full until Monday.",
        )
        .await
        .unwrap();
    assert_eq!(
        world.get(&path, &receiver).await.status(),
        StatusCode::NOT_FOUND
    );
    let page = text(
        world
            .get(&format!("/referrals/{referral}"), &receiver)
            .await,
    )
    .await;
    assert!(!page.contains("form.pdf"));
}

/// Writes papers of invented people into the folder named, to be looked at.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "for eyes: SAPAR_PAPERS=folder cargo test -p sapar-server --test papers -- --ignored"]
async fn papers_to_look_at() {
    let folder = std::env::var("SAPAR_PAPERS").unwrap();
    let world = World::new().await;
    let officer = world.signed_in("specialist").await;
    let (person, child) = world
        .born(
            2012,
            &[
                ("at crossing point", "yes"),
                ("looks under 18", "yes"),
                ("unaccompanied", "yes"),
                ("seeks protection", "yes"),
            ],
        )
        .await;
    let (_, adult) = world.screened(ALL).await;
    let referral = world.referred(person, 3, Purpose::ChildCare).await;
    for code in ["en", "ru", "kk"] {
        for (name, path) in [
            ("child", format!("/screenings/{child}/notice.pdf")),
            ("adult", format!("/screenings/{adult}/notice.pdf")),
            ("form", format!("/referrals/{referral}/form.pdf")),
        ] {
            let answer = world
                .get(&format!("{path}?language={code}"), &officer)
                .await;
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            std::fs::write(format!("{folder}/{name}-{code}.pdf"), bytes(answer).await).unwrap();
        }
    }
}
