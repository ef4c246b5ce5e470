//! A full disk, a locked database and a clock that was set back, as an officer meets them: told what to do, and nothing is lost.
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

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
use std::sync::mpsc;
use std::time::Duration;

use axum::http::StatusCode;
use browser::{Browser, PASSWORD};
use jiff::{SignedDuration, Timestamp};
use sapar_access::{Access, AgencyKind, Purpose};
use sapar_ledger::{Code, NodeId};
use sapar_operations::{LawBook, Operations, Parts};
use sapar_sealing::{NodeKey, Token, Wrapped};
use sapar_server::{App, Limits};
use sapar_store::{Entry, Persons, Projector, Proof, Recorded, Store, verify};
use sapar_store_sqlite::{Options, SqliteStore};
use uuid::Uuid;

struct World {
    app: Arc<App>,
    store: Arc<SqliteStore>,
    minutes: Arc<AtomicI64>,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

fn start() -> Timestamp {
    "2026-11-25T05:00:00Z".parse().unwrap()
}

fn random() -> sapar_operations::RandomBytes {
    Box::new(|bytes: &mut [u8]| getrandom::fill(bytes).unwrap())
}

fn options() -> Options {
    let mut options = Options::new(NodeId::new(staff::v7(1)).unwrap());
    options.busy = Duration::from_millis(100);
    options
}

async fn app(store: &Arc<SqliteStore>, minutes: &Arc<AtomicI64>) -> Arc<App> {
    let clock = Arc::clone(minutes);
    let now = move || start() + SignedDuration::from_mins(clock.load(Relaxed));
    let parts = Parts {
        store: Arc::clone(store) as Arc<dyn Store>,
        node_key: NodeKey::make(&mut |bytes: &mut [u8]| bytes.fill(7)),
        access: Access::new().unwrap(),
        law: LawBook::new(
            Arc::new(sapar_packages::library().library),
            "kazakhstan-screening",
        )
        .unwrap(),
        random: random(),
    };
    let operations = Operations::open(parts, now()).await.unwrap();
    let guest = operations.guest_form_key();
    App::new(operations, Box::new(now), guest, false, false, None)
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sapar.db");
        let store = Arc::new(SqliteStore::open(&path, options()).unwrap());
        let minutes = Arc::new(AtomicI64::new(0));
        let app = app(&store, &minutes).await;
        // Asked as fast as a test asks.
        app.limit(Limits {
            writes: 0,
            interface: 0,
        });
        staff::fill(&app.operations, PASSWORD).await;
        Self {
            app,
            store,
            minutes,
            path,
            _folder: folder,
        }
    }

    async fn events(&self) -> u64 {
        let heads = self.store.heads().await.unwrap();
        heads.iter().map(|head| head.sequence).sum()
    }

    async fn is_whole(&self) -> bool {
        matches!(verify(&*self.store).await.unwrap(), Proof::Whole(_))
    }

    /// An interview of the second line, at its first question: its address, and the fact asked for.
    async fn interview(&self, officer: &mut Browser) -> (String, String) {
        let caller = staff::by(
            &self.app.operations,
            "second",
            Purpose::Screening,
            self.app.now(),
        );
        let details = staff::details("Karimi", "Laila", 1991, "AFG", "P7654321");
        let (encounter, person) = staff::met(&self.app.operations, &caller, details).await;
        let screening = self
            .app
            .operations
            .start_screening(&caller, person, Some(encounter))
            .await
            .unwrap();
        let path = format!("/screenings/{screening}");
        let page = officer.page(&path).await;
        let (_, rest) = page.split_once("name=\"fact\" value=\"").unwrap();
        (path, rest.split('"').next().unwrap().to_owned())
    }
}

const WORDS: &str = "She waits with her mother in room 2.";

/// A form with words that somebody typed, and where to send it.
fn referral() -> Vec<(&'static str, String)> {
    let agency = staff::agency(AgencyKind::SocialServices);
    vec![
        ("agency", agency.to_string()),
        ("purpose", "basic-needs".to_owned()),
        ("consent", "now".to_owned()),
        ("words", WORDS.to_owned()),
    ]
}

fn borrowed<'f>(form: &'f [(&'static str, String)]) -> Vec<(&'static str, &'f str)> {
    form.iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_every_step_says_so_and_nothing_is_lost() {
    let world = World::new().await;
    let mut officer = Browser::signed_in(&world.app, "second").await;
    let (interview, fact) = world.interview(&mut officer).await;
    let page = officer.page(&interview).await;
    let encounters = officer.page("/encounters/new").await;
    world.store.limit_pages(1).await.unwrap();

    // Steps are taken until the last page of the file is full, and each is either recorded or refused.
    let post = staff::post().to_string();
    let new = [
        ("place_kind", "post"),
        ("post", post.as_str()),
        ("beginning", "check"),
    ];
    let mut before = world.events().await;
    let mut taken = 0;
    let refused = loop {
        let answer = officer.send("/encounters/new", &encounters, &new).await;
        if answer.status != StatusCode::SEE_OTHER {
            break answer;
        }
        assert!(
            world.events().await > before,
            "what was acknowledged is there"
        );
        before = world.events().await;
        taken += 1;
        assert!(taken < 500, "the disk never gets full");
    };
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        refused.text.contains("Sapar cannot record now"),
        "{}",
        refused.text
    );
    assert!(
        refused.text.contains("write on paper"),
        "what to do is said"
    );
    assert_eq!(world.events().await, before, "nothing of it was recorded");

    let answer = [("fact", fact.as_str()), ("value", "yes")];
    let told = officer
        .send(&format!("{interview}/answers"), &page, &answer)
        .await;
    assert_eq!(told.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(world.events().await, before);
    // Another program is told the same in its own form, and probes see that the process lives.
    assert_eq!(officer.page("/health").await, "alive\n");
    assert_eq!(
        officer.page("/ready").await,
        "ready\n",
        "what needs no room is answered"
    );

    // With room again the same forms are taken.
    world.store.limit_pages(100_000).await.unwrap();
    officer.done("/encounters/new", &encounters, &new).await;
    officer
        .done(&format!("{interview}/answers"), &page, &answer)
        .await;
    assert!(world.is_whole().await);
    world.store.check().await.unwrap();
}

/// Holds the write lock of the database, as making the lists again does, until it is told to go on.
struct Holding {
    held: mpsc::Sender<()>,
    go_on: mpsc::Receiver<()>,
    waited: bool,
}

impl Projector for Holding {
    fn persons(&self) -> Persons {
        Persons {
            kind: Code::new("person").unwrap(),
            lists: Vec::new(),
        }
    }

    fn event(&mut self, _: &Recorded, _: Option<&Wrapped>) -> Result<Vec<Entry>, String> {
        if !self.waited {
            self.waited = true;
            self.held.send(()).unwrap();
            self.go_on.recv().unwrap();
        }
        Err("the lists stay as they are".to_owned())
    }

    fn ended(&mut self) -> Result<Vec<Entry>, String> {
        Ok(Vec::new())
    }

    fn found_by(&mut self, _: &BTreeSet<Uuid>) -> Result<Vec<Token>, String> {
        Ok(Vec::new())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_another_program_holds_the_database_what_was_typed_stays_in_the_form() {
    let world = World::new().await;
    let mut officer = Browser::signed_in(&world.app, "second").await;
    let (interview, fact) = world.interview(&mut officer).await;
    let page = officer.page(&interview).await;
    let encounters = officer.page("/encounters/new").await;
    let before = world.events().await;

    let (held, is_held) = mpsc::channel();
    let (go_on, told_to) = mpsc::channel();
    let path = world.path.clone();
    let other = std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let other = SqliteStore::open(&path, options()).unwrap();
            let holding = Holding {
                held,
                go_on: told_to,
                waited: false,
            };
            assert!(other.rebuild(Box::new(holding)).await.is_err());
            other.close().await;
        });
    });
    is_held.recv().unwrap();

    let post = staff::post().to_string();
    let new = [
        ("place_kind", "airport-transit"),
        ("post", post.as_str()),
        ("beginning", "check"),
    ];
    let told = officer.send("/encounters/new", &encounters, &new).await;
    assert_eq!(told.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        told.text.contains("nothing of this was recorded"),
        "{}",
        told.text
    );
    assert!(
        told.text.contains("value=\"airport-transit\" checked"),
        "what was typed is still there"
    );
    let answer = [("fact", fact.as_str()), ("value", "yes")];
    let refused = officer
        .send(&format!("{interview}/answers"), &page, &answer)
        .await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(world.events().await, before);

    go_on.send(()).unwrap();
    other.join().unwrap();
    officer.done("/encounters/new", &told.text, &new).await;
    officer
        .done(&format!("{interview}/answers"), &page, &answer)
        .await;
    assert!(world.is_whole().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_set_back_is_told_on_every_page_and_records_stay_in_order() {
    let world = World::new().await;
    let mut officer = Browser::signed_in(&world.app, "second").await;
    let (interview, fact) = world.interview(&mut officer).await;
    let warning = "The clock of this machine is wrong";
    assert!(!officer.page("/tasks").await.contains(warning));

    world.minutes.store(-30, Relaxed);
    // How old a session is cannot be known then; the page to sign in says why.
    assert_eq!(officer.get(&interview).await.location, "/sign-in");
    assert!(officer.page("/sign-in").await.contains(warning));
    let mut officer = Browser::signed_in(&world.app, "second").await;
    let page = officer.page(&interview).await;
    assert!(
        page.contains(warning) && page.contains("2026-11-25 10:00"),
        "{page}"
    );
    let before = world.events().await;
    let answer = [("fact", fact.as_str()), ("value", "yes")];
    officer
        .done(&format!("{interview}/answers"), &page, &answer)
        .await;
    assert!(world.events().await > before, "work goes on");
    assert!(world.is_whole().await, "no time in the log goes back");
    let metrics = officer.page("/metrics").await;
    assert!(
        metrics.contains("sapar_clock_behind_seconds 1800"),
        "{metrics}"
    );
    // Also after the program was started again.
    let again = app(&world.store, &world.minutes).await;
    let mut stranger = Browser::new(&again);
    assert!(stranger.page("/sign-in").await.contains(warning));

    world.minutes.store(5, Relaxed);
    let mut officer = Browser::signed_in(&world.app, "second").await;
    assert!(
        !officer.page("/tasks").await.contains(warning),
        "set right again"
    );
    let metrics = officer.page("/metrics").await;
    assert!(metrics.contains("sapar_clock_behind_seconds 0"));
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_a_referral_survive_a_database_that_takes_nothing() {
    let world = World::new().await;
    let mut officer = Browser::signed_in(&world.app, "second").await;
    let (interview, _) = world.interview(&mut officer).await;
    let page = officer.page(&interview).await;
    let person = browser::address(&page, "/people/", "");
    let new = format!("{person}/referrals/new");
    let page = officer.page(&new).await;
    world.store.limit_pages(1).await.unwrap();
    let encounters = officer.page("/encounters/new").await;
    let post = staff::post().to_string();
    let full = [
        ("place_kind", "post"),
        ("post", post.as_str()),
        ("beginning", "check"),
    ];
    for _ in 0..500 {
        officer.send("/encounters/new", &encounters, &full).await;
    }
    let form = referral();
    let told = officer.send(&new, &page, &borrowed(&form)).await;
    assert_eq!(told.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(told.text.contains(WORDS), "{}", told.text);
    world.store.limit_pages(100_000).await.unwrap();
    let sent = officer.done(&new, &told.text, &borrowed(&form)).await;
    assert!(officer.page(&sent).await.contains(WORDS));
}
