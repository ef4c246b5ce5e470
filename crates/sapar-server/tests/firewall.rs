//! The asylum firewall as the wire shows it: change only what is protected, and every byte the migration police gets stays the same.
//!
//! Each life is lived in a world of its own, made from the same seed: the same person, whose return is lawfully referred
//! and accepted before anything protected happens. Then a browser and a program of the migration police ask for everything:
//! each page that a link or an address leads to, forms and their refusals, search, counts, calendar, papers, JSON, errors.
//! One bit is released on purpose, that a return is on hold, so each life must look like one of two: free, or on hold.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

#[path = "shared/browser.rs"]
mod browser;
#[path = "shared/staff.rs"]
mod staff;

use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use axum::body::Body;
use axum::http::{Request, header};
use browser::{Answer, Browser, PASSWORD};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use sapar_access::{Access, AgencyKind, Purpose};
use sapar_casework::case::CaseKind;
use sapar_casework::classes::{Classes, DataClass, of_fact};
use sapar_casework::document::DocumentKind;
use sapar_casework::ids::{CaseId, EncounterId, PersonId, ReferralId, ScreeningId};
use sapar_casework::purpose::Purpose as ReferredFor;
use sapar_casework::screening::{AnswerGiven, Given, HowLearned};
use sapar_law::{Library, ValueKind};
use sapar_ledger::NodeId;
use sapar_operations::papers::NewDocument;
use sapar_operations::referrals::{Ground, NewReferral};
use sapar_operations::{Caller, LawBook, Operations, Parts};
use sapar_sealing::NodeKey;
use sapar_server::{App, Limits};
use sapar_store_sqlite::{Options, SqliteStore};
use serde_json::json;

/// What is protected of a life; everything else of it is the same in all.
#[derive(Debug, Clone, Default)]
struct Life {
    /// Answers of the class asylum: fact, and whether it is so.
    answers: Vec<(String, bool)>,
    /// Referred for protection, accepted, with a note, a document and a case.
    referred: bool,
    /// Somebody else of the same name came that day, and asked for protection.
    namesake: bool,
}

struct World {
    app: Arc<App>,
    minutes: Arc<AtomicI64>,
    /// Where random bytes come from.
    seed: Arc<AtomicU64>,
    _folder: tempfile::TempDir,
}

/// What the migration police may know the address of, from before or by guessing.
struct Known {
    encounter: EncounterId,
    person: PersonId,
    screening: ScreeningId,
    referral: ReferralId,
    case: CaseId,
}

fn library() -> Arc<Library> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    Arc::clone(LIBRARY.get_or_init(|| Arc::new(sapar_packages::library().library)))
}

fn random(seed: &Arc<AtomicU64>) -> sapar_operations::RandomBytes {
    let seed = Arc::clone(seed);
    Box::new(move |bytes: &mut [u8]| {
        let mut state = seed.load(Relaxed);
        bytes.fill_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 24) as u8
        });
        seed.store(state, Relaxed);
    })
}

impl World {
    async fn new() -> Self {
        static ACCESS: OnceLock<Arc<Access>> = OnceLock::new();
        let access = ACCESS.get_or_init(|| Access::new().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let node = NodeId::new(staff::v7(1)).unwrap();
        let store = SqliteStore::open(&folder.path().join("sapar.db"), Options::new(node)).unwrap();
        let (minutes, seed) = (Arc::new(AtomicI64::new(0)), Arc::new(AtomicU64::new(7)));
        let clock = Arc::clone(&minutes);
        let now = move || start() + SignedDuration::from_mins(clock.load(Relaxed));
        let parts = Parts {
            store: Arc::new(store),
            node_key: NodeKey::make(&mut random(&Arc::new(AtomicU64::new(99)))),
            access: Arc::clone(access),
            law: LawBook::new(library(), "kazakhstan-screening").unwrap(),
            random: random(&seed),
        };
        let operations = Operations::open(parts, start()).await.unwrap();
        staff::fill(&operations, PASSWORD).await;
        let guest = operations.guest_form_key();
        let app = App::new(operations, Box::new(now), guest, false, false, None);
        // Answered as fast as this asks.
        app.limit(Limits {
            writes: 0,
            interface: 0,
        });
        Self {
            app,
            minutes,
            seed,
            _folder: folder,
        }
    }

    fn operations(&self) -> &Operations {
        &self.app.operations
    }

    fn by(&self, name: &str, purpose: Purpose, minutes: i64) -> Caller {
        let now = start() + SignedDuration::from_mins(minutes);
        staff::by(self.operations(), name, purpose, now)
    }

    /// Answers every question: these answers, "no" to what is left, "does not know" where "no" cannot be.
    async fn answer_all(&self, officer: &Caller, screening: ScreeningId, answers: &[(&str, &str)]) {
        let operations = self.operations();
        for _ in 0..200 {
            let view = operations.screening(officer, screening).await.unwrap();
            let Some(question) = view.question else {
                return;
            };
            let fact = view.engine.library().fact(question.question.fact);
            let wished = answers.iter().find(|(name, _)| *name == fact.name);
            let value = match (wished, &fact.kind) {
                (Some((_, value)), _) => Some(*value),
                (None, ValueKind::YesNo) => Some("no"),
                _ => None,
            };
            if let Some(value) = value {
                let given = staff::answer(&fact.name, value);
                if operations.answer(officer, screening, given).await.is_ok() {
                    continue;
                }
            }
            let given = AnswerGiven {
                fact: fact.name.clone(),
                given: Given::DoesNotKnow,
                how: HowLearned::Asked,
            };
            operations.answer(officer, screening, given).await.unwrap();
        }
        panic!("an interview ends");
    }

    async fn referred(
        &self,
        person: PersonId,
        to: AgencyKind,
        purpose: ReferredFor,
        minutes: i64,
    ) -> ReferralId {
        let new = NewReferral {
            to: staff::agency(to).try_into().unwrap(),
            purpose,
            ground: Ground::ConsentNow,
            words: "Please come.".to_owned(),
            task: None,
        };
        let officer = self.by("second", Purpose::Screening, minutes);
        self.operations()
            .refer(&officer, person, new)
            .await
            .unwrap()
    }

    /// What happens before anything protected does.
    async fn open_part(&self, passport: &str) -> Known {
        let operations = self.operations();
        let officer = self.by("second", Purpose::Screening, 1);
        let details = staff::details("Usmonov", "Anvar", 1990, "UZB", passport);
        let (encounter, person) = staff::met(operations, &officer, details).await;
        let specialist = self.by("specialist", Purpose::Screening, 10);
        let screening = operations
            .start_screening(&specialist, person, Some(encounter))
            .await
            .unwrap();
        let answers = [("travel document", "expired")];
        self.answer_all(&specialist, screening, &answers).await;
        operations
            .finish_screening(&specialist, screening)
            .await
            .unwrap();
        let referral = self
            .referred(person, AgencyKind::MigrationPolice, ReferredFor::Return, 20)
            .await;
        let police = self.by("police", Purpose::Return, 30);
        let case = operations.accept(&police, referral).await.unwrap().unwrap();
        operations
            .write_note(
                &police,
                person,
                Some(case),
                Classes::NONE,
                "Ticket asked for.",
            )
            .await
            .unwrap();
        Known {
            encounter,
            person,
            screening,
            referral,
            case,
        }
    }

    /// What is protected.
    async fn protected_part(&self, known: &Known, life: &Life) {
        let operations = self.operations();
        let specialist = self.by("specialist", Purpose::Screening, 40);
        for (fact, yes) in &life.answers {
            let given = staff::answer(fact, if *yes { "yes" } else { "no" });
            // What contradicts the rest is refused, and then nothing has changed.
            let _ = operations.answer(&specialist, known.screening, given).await;
        }
        let _ = operations
            .finish_screening(&specialist, known.screening)
            .await;
        if life.referred {
            let referral = self
                .referred(
                    known.person,
                    AgencyKind::AsylumAuthority,
                    ReferredFor::Protection,
                    45,
                )
                .await;
            let asylum = self.by("one", Purpose::Protection, 50);
            operations.accept(&asylum, referral).await.unwrap();
            let protected = Classes::one(DataClass::Asylum);
            operations
                .write_note(&asylum, known.person, None, protected, "In tears.")
                .await
                .unwrap();
            let paper = NewDocument {
                kind: DocumentKind::Other,
                title: "Application".to_owned(),
                classes: protected,
                declared: None,
                bytes: b"%PDF-1.4\n%%EOF\n",
            };
            operations
                .keep_document(&asylum, known.person, paper)
                .await
                .unwrap();
            let _ = operations
                .open_case(&asylum, known.person, CaseKind::AsylumReferral)
                .await;
        }
        if life.namesake {
            let officer = self.by("second", Purpose::Screening, 55);
            let details = staff::details("Usmonov", "Anvar", 1990, "UZB", "AB1234567");
            let (encounter, person) = staff::met(operations, &officer, details).await;
            let screening = operations
                .start_screening(&officer, person, Some(encounter))
                .await
                .unwrap();
            let given = staff::answer("seeks protection", "yes");
            operations.answer(&officer, screening, given).await.unwrap();
            operations
                .finish_screening(&officer, screening)
                .await
                .unwrap();
            self.referred(
                person,
                AgencyKind::AsylumAuthority,
                ReferredFor::Protection,
                60,
            )
            .await;
        }
    }
}

fn start() -> Timestamp {
    "2026-11-25T05:00:00Z".parse().unwrap()
}

/// What was asked and what came back, for each request.
type Transcript = Vec<(String, Vec<u8>)>;

/// Whoever asks for everything.
struct Curious {
    browser: Browser,
    /// The token of the session's forms.
    token: String,
    said: Transcript,
}

impl Curious {
    fn note(&mut self, asked: String, answer: &Answer) {
        let mut bytes = format!("{}\n", answer.status).into_bytes();
        for (name, value) in &answer.headers {
            bytes.extend_from_slice(name.as_str().as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value.as_bytes());
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(&answer.bytes);
        self.said.push((asked, bytes));
    }

    async fn get(&mut self, asked_for: &str, path: &str) -> Answer {
        let answer = self.browser.get(path).await;
        self.note(format!("{asked_for}: GET {path}"), &answer);
        answer
    }

    async fn post(&mut self, asked_for: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let answer = self.browser.post_with(path, &self.token, form).await;
        self.note(format!("{asked_for}: POST {path} {form:?}"), &answer);
        answer
    }

    async fn json(&mut self, method: &str, path: &str, body: Option<serde_json::Value>) {
        let token = self.browser.cookie("sapar-session").to_owned();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(
                body.as_ref()
                    .map_or_else(Body::empty, |body| Body::from(body.to_string())),
            )
            .unwrap();
        let answer = self.browser.ask(request).await;
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        self.note(format!("JSON {method} {path} {body}"), &answer);
    }

    /// Every page that links lead to.
    async fn follow_links(&mut self, purpose: &str) {
        let mut seen = BTreeSet::new();
        let mut waiting = VecDeque::from(["/".to_owned()]);
        while let Some(path) = waiting.pop_front() {
            // The law is public and long.
            let is_ours = path.starts_with('/') && !path.starts_with("/law/");
            let path = path.split('#').next().unwrap().replace("&amp;", "&");
            if !is_ours || path.contains("?v=") || !seen.insert(path.clone()) {
                continue;
            }
            let page = self.get(purpose, &path).await.text;
            assert!(seen.len() < 200, "a small world");
            for part in page.split("href=\"").skip(1) {
                waiting.push_back(part.split('"').next().unwrap().to_owned());
            }
        }
    }
}

/// Everything that a user of the migration police gets, and whether the return is on hold.
async fn all_that_is_seen(life: &Life, passport: &str) -> (Transcript, bool) {
    let world = World::new().await;
    let known = world.open_part(passport).await;
    world.protected_part(&known, life).await;
    // How many numbers were drawn meanwhile is nobody's to see, but must not make later ones differ.
    world.seed.store(11, Relaxed);
    world.minutes.store(100, Relaxed);
    let browser = Browser::signed_in(&world.app, "police").await;
    let mut police = Curious {
        token: browser.csrf.clone(),
        browser,
        said: Vec::new(),
    };
    // The form of signing in is guarded with random bytes of the system, which nobody could make the same.
    police.browser.forget("sapar-guest");

    let Known {
        encounter,
        person,
        screening,
        referral,
        case,
    } = &known;
    let nothing = staff::v7(999_999);
    for (purpose, language) in [
        ("return", "en"),
        ("readmission", "ru"),
        ("detention-review", "kk"),
        ("referral", "en"),
    ] {
        let fields = [("language", language), ("back", "/")];
        police.post(purpose, "/language", &fields).await;
        let fields = [("purpose", purpose), ("back", "/")];
        police.post(purpose, "/purpose", &fields).await;
        police.follow_links(purpose).await;
        for path in [
            format!("/people/{person}"),
            format!("/people/{person}/referrals/new"),
            format!("/people/{person}/break-glass"),
            format!("/encounters/{encounter}"),
            format!("/encounters/{encounter}/people/new"),
            format!("/screenings/{screening}"),
            format!("/screenings/{screening}/answers"),
            format!("/screenings/{screening}/traveller?language=kk"),
            format!("/screenings/{screening}/outcome"),
            format!("/screenings/{screening}/notice.pdf?language=kk"),
            format!("/referrals/{referral}"),
            format!("/referrals/{referral}/form.pdf?language=ru"),
            format!("/cases/{case}"),
            format!("/documents/{nothing}"),
            format!("/people/{nothing}"),
            "/people/not-an-identifier".to_owned(),
            "/tasks?state=here".to_owned(),
            "/tasks?state=ended".to_owned(),
            "/cases".to_owned(),
            "/referrals".to_owned(),
            "/search".to_owned(),
            "/dashboard".to_owned(),
            "/reviews".to_owned(),
            "/administration".to_owned(),
            "/nowhere".to_owned(),
        ] {
            police.get(purpose, &path).await;
        }
        let asylum = staff::agency(AgencyKind::AsylumAuthority).to_string();
        for (path, form) in [
            ("/search".to_owned(), vec![("q", "Usmonov")]),
            ("/search".to_owned(), vec![("q", "AB1234567")]),
            ("/search".to_owned(), vec![("q", "Усмонов")]),
            (
                format!("/people/{person}/corrections"),
                vec![("surname", "Usmanov")],
            ),
            (
                format!("/people/{person}/notes"),
                vec![("text", "Asked."), ("classes[]", "asylum")],
            ),
            (
                format!("/people/{person}/consents"),
                vec![("purpose", "protection"), ("answer", "given")],
            ),
            (
                format!("/people/{person}/cases"),
                vec![("kind", "asylum-referral")],
            ),
            (format!("/people/{person}/cases"), vec![("kind", "return")]),
            (
                format!("/people/{person}/screenings"),
                vec![("encounter", "")],
            ),
            (
                format!("/people/{person}/break-glass"),
                vec![("reason", "Nobody answers the telephone.")],
            ),
            (
                format!("/people/{person}/referrals/new"),
                vec![
                    ("agency", asylum.as_str()),
                    ("purpose", "protection"),
                    ("consent", "now"),
                ],
            ),
            (
                format!("/screenings/{screening}/answers"),
                vec![("fact", "seeks protection"), ("value", "yes")],
            ),
            (format!("/screenings/{screening}/finish"), vec![]),
            (format!("/screenings/{screening}/takeover"), vec![]),
            (
                format!("/screenings/{screening}/law"),
                vec![("on", "2009-01-01")],
            ),
            (format!("/referrals/{referral}/acceptance"), vec![]),
            (format!("/referrals/{referral}/completion"), vec![]),
            (format!("/referrals/{referral}/withdrawal"), vec![]),
            (format!("/cases/{case}/closure"), vec![]),
            (format!("/cases/{case}/handover"), vec![("words", "Who?")]),
            (format!("/cases/{case}/people"), vec![("person", "")]),
        ] {
            police.post(purpose, &path, &form).await;
        }
        let calendar = police.post(purpose, "/tasks/feed", &[]).await.text;
        let feed = calendar
            .split(['"', '<', '>'])
            .find(|part| part.starts_with("/tasks.ics?key="));
        police.get(purpose, feed.unwrap_or("/tasks.ics")).await;
        for path in [
            "/api/v1/tasks".to_owned(),
            "/api/v1/referrals".to_owned(),
            format!("/api/v1/people/{person}"),
            format!("/api/v1/screenings/{screening}"),
            format!("/api/v1/screenings/{screening}/outcome"),
            format!("/api/v1/people/{nothing}"),
        ] {
            police.json("GET", &path, None).await;
        }
        for (path, body) in [
            ("/api/v1/search".to_owned(), json!({"query": "Usmonov"})),
            (
                format!("/api/v1/screenings/{screening}/answers"),
                json!({"fact": "seeks protection", "value": "yes"}),
            ),
            (format!("/api/v1/screenings/{screening}/end"), json!({})),
            (
                format!("/api/v1/referrals/{referral}/acceptance"),
                json!({}),
            ),
            (
                format!("/api/v1/referrals/{referral}/completion"),
                json!({"outcome": "nonsense"}),
            ),
        ] {
            police.json("POST", &path, Some(body)).await;
        }
    }
    // Steps that change something come last: with the glass broken, the return goes on or is on hold.
    police
        .post("end", "/purpose", &[("purpose", "return"), ("back", "/")])
        .await;
    police
        .post("end", &format!("/referrals/{referral}/arrival"), &[])
        .await;
    police.follow_links("end").await;
    police
        .post(
            "end",
            &format!("/referrals/{referral}/completion"),
            &[("outcome", "returned")],
        )
        .await;
    police.follow_links("end").await;
    let caller = world.by("police", Purpose::Return, 100);
    let held = world
        .operations()
        .referral(&caller, known.referral)
        .await
        .map(|view| view.hold)
        .unwrap();
    world.operations().store().close().await;
    (police.said, held)
}

/// The first request that was answered otherwise, and both answers around that place.
fn first_difference(left: &Transcript, right: &Transcript) -> Option<String> {
    let cut = |bytes: &[u8], at: usize| {
        let range = at.saturating_sub(200)..(at + 300).min(bytes.len());
        String::from_utf8_lossy(&bytes[range]).into_owned()
    };
    for ((asked, one), (other_asked, other)) in left.iter().zip(right) {
        if asked != other_asked {
            return Some(format!("{asked} against {other_asked}"));
        }
        if one != other {
            let at = one.iter().zip(other).position(|(one, other)| one != other);
            let at = at.unwrap_or(one.len().min(other.len()));
            return Some(format!(
                "{asked}\n--- {}\n+++ {}",
                cut(one, at),
                cut(other, at)
            ));
        }
    }
    (left.len() != right.len()).then(|| "more was asked".to_owned())
}

const PASSPORT: &str = "AB1234567";

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// What a return that nothing bars looks like, and what one on hold does.
fn looks(held: bool) -> &'static Transcript {
    static FREE: OnceLock<Transcript> = OnceLock::new();
    static HELD: OnceLock<Transcript> = OnceLock::new();
    let (kept, life) = if held {
        let answers = vec![("seeks protection".to_owned(), true)];
        (
            &HELD,
            Life {
                answers,
                ..Life::default()
            },
        )
    } else {
        (&FREE, Life::default())
    };
    kept.get_or_init(|| {
        let (said, is_held) =
            std::thread::spawn(move || runtime().block_on(all_that_is_seen(&life, PASSPORT)))
                .join()
                .unwrap();
        assert_eq!(is_held, held);
        said
    })
}

/// Yes-or-no facts of the class asylum.
fn asylum_facts() -> Vec<String> {
    let library = library();
    library
        .facts()
        .filter(|(id, fact)| {
            of_fact(&library, *id) == Classes::one(DataClass::Asylum)
                && fact.kind == ValueKind::YesNo
        })
        .map(|(_, fact)| fact.name.clone())
        .collect()
}

fn life() -> impl Strategy<Value = Life> {
    let facts = asylum_facts();
    let answer =
        (0..facts.len(), any::<bool>()).prop_map(move |(place, yes)| (facts[place].clone(), yes));
    (
        prop::collection::vec(answer, 0..4),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(answers, referred, namesake)| Life {
            answers,
            referred,
            namesake,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_byte_is_one_of_two_whatever_is_protected(life in life()) {
        let (said, held) = runtime().block_on(all_that_is_seen(&life, PASSPORT));
        prop_assert_eq!(first_difference(looks(held), &said), None);
    }
}

#[test]
fn a_life_referred_for_protection_looks_like_any_return_on_hold() {
    let life = Life {
        answers: Vec::new(),
        referred: true,
        namesake: true,
    };
    let (said, held) = runtime().block_on(all_that_is_seen(&life, PASSPORT));
    assert!(held, "a return stops once protection is sought");
    assert_eq!(first_difference(looks(true), &said), None);
    assert!(said.len() > 200, "{} requests", said.len());
}

#[test]
fn the_comparison_would_notice() {
    let free = looks(false);
    assert!(
        first_difference(free, looks(true)).is_some(),
        "the one bit that is released"
    );
    let (said, _) = runtime().block_on(all_that_is_seen(&Life::default(), "AB7654321"));
    let difference = first_difference(free, &said).unwrap();
    assert!(
        difference.contains("AB"),
        "another passport is seen: {difference}"
    );
    // Pages are really shown: the person, the case, the referral, what was found and the calendar.
    let shown = |asked: &str, words: &str| {
        let answer = free.iter().find(|(one, _)| one.contains(asked)).unwrap();
        let text = String::from_utf8_lossy(&answer.1);
        assert!(
            text.starts_with("200") && text.contains(words),
            "{asked}: {text}"
        );
    };
    shown("GET /people/", "Usmonov");
    shown("GET /cases/", "Usmonov");
    shown("GET /referrals/", "Usmonov");
    shown("POST /search", "1 person found");
    shown("JSON POST /api/v1/search", "Usmonov");
    shown("JSON GET /api/v1/people/", "Usmonov");
    shown("GET /tasks.ics", "BEGIN:VCALENDAR");
    shown("GET /referrals/0", "form.pdf");
}
