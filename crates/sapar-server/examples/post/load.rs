//! Officers at work: how long each page takes, from the moment it was due to be asked for.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;
use tokio::task::JoinSet;

use crate::browser::{Answer, Browser, between};
use crate::fill::{Seed, document_number};

/// Who screens, at three posts.
const OFFICERS: [&str; 3] = ["second", "second-nurzholy", "second-qonysbaev"];

/// How many officers work at once; each asks for one page after the other, as a browser does.
const AT_ONCE: u64 = 48;

/// How long the first requests are not counted, in seconds.
const WARM_UP: u64 = 5;

/// When requests are due, and how long they took.
struct Clock {
    begun: Instant,
    rate: u64,
    ends: Duration,
    next: AtomicU64,
    took: Mutex<BTreeMap<&'static str, Vec<Duration>>>,
}

impl Clock {
    fn new(seconds: u64, rate: u64) -> Arc<Self> {
        Arc::new(Self {
            begun: Instant::now(),
            rate,
            ends: Duration::from_secs(WARM_UP + seconds),
            next: AtomicU64::new(0),
            took: Mutex::default(),
        })
    }

    /// Waits until the next request is due; `None` once time is over.
    ///
    /// Requests are due at a steady rate, whether earlier ones were answered or not: a slow server is not asked less.
    async fn due(&self) -> Option<Duration> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let due = Duration::from_nanos(number * 1_000_000_000 / self.rate);
        if due > self.ends {
            return None;
        }
        tokio::time::sleep_until((self.begun + due).into()).await;
        Some(due)
    }

    async fn took(&self, page: &'static str, due: Duration) {
        if due >= Duration::from_secs(WARM_UP) {
            let took = self.begun.elapsed() - due;
            self.took.lock().await.entry(page).or_default().push(took);
        }
    }
}

/// An officer with a browser, who asks when the clock says so.
struct Officer {
    browser: Browser,
    clock: Arc<Clock>,
}

impl Officer {
    async fn get(&mut self, page: &'static str, path: &str) -> Option<Answer> {
        let due = self.clock.due().await?;
        let answer = self.browser.get(path).await;
        self.clock.took(page, due).await;
        assert_eq!(answer.status, 200, "{page}");
        Some(answer)
    }

    async fn post(
        &mut self,
        page: &'static str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Option<Answer> {
        let due = self.clock.due().await?;
        let answer = self.browser.post(path, fields).await;
        self.clock.took(page, due).await;
        assert!(
            [200, 303, 409, 422].contains(&answer.status),
            "{page} {}",
            answer.status
        );
        Some(answer)
    }

    /// One person from the encounter to the outcome; `None` once time is over.
    async fn screen(&mut self, seed: &mut Seed) -> Option<()> {
        self.get("desk", "/").await?;
        self.get("form of an encounter", "/encounters/new").await?;
        let opened = self
            .post(
                "open an encounter",
                "/encounters/new",
                &[("place_kind", "post"), ("beginning", "check")],
            )
            .await?;
        let encounter = opened.location;
        let register = format!("{encounter}/people/new");
        self.get("form of a person", &register).await?;
        let (surname, birth) = (name(seed), format!("{}", 1950 + seed.below(60)));
        let fields = [
            ("surname", surname.as_str()),
            ("given", "Aman"),
            ("birth", &birth),
            ("nationality", "UZB"),
            ("no_document", "lost"),
        ];
        let answer = self.post("register a person", &register, &fields).await?;
        if answer.status != 303 {
            let mut other = fields.to_vec();
            other.push(("different", "yes"));
            self.post("register after a warning", &register, &other)
                .await?;
        }
        let page = self.get("encounter", &encounter).await?;
        let person = format!("/people/{}", between(&page.body, "href=\"/people/", "\"")?);
        let id = encounter.rsplit('/').next()?.to_owned();
        let started = self
            .post(
                "start a screening",
                &format!("{person}/screenings"),
                &[("encounter", &id), ("role", "second line")],
            )
            .await?;
        let screening = started.location;
        loop {
            let page = self.get("question", &screening).await?;
            let Some(fact) = question(&page.body) else {
                break;
            };
            let (field, value) = answer_to(&page.body, seed);
            self.post(
                "answer",
                &format!("{screening}/answers"),
                &[("fact", &fact), (field, value), ("how", "asked")],
            )
            .await?;
        }
        self.post("finish", &format!("{screening}/finish"), &[])
            .await?;
        self.get("outcome", &format!("{screening}/outcome")).await?;
        self.get("person", &person).await?;
        self.post("close an encounter", &format!("{encounter}/end"), &[])
            .await?;
        self.get("task board", "/tasks").await?;
        self.post("search by name", "/search", &[("q", &name(seed))])
            .await?;
        Some(())
    }
}

/// A name that some of the invented people have.
fn name(seed: &mut Seed) -> String {
    const FIRST: [&str; 8] = [
        "Kari", "Nurbo", "Dilshu", "Saman", "Bekti", "Rayza", "Mofar", "Zhador",
    ];
    const LAST: [&str; 2] = ["ov", "uly"];
    format!(
        "{}{}",
        FIRST[seed.below(8) as usize],
        LAST[seed.below(2) as usize]
    )
}

/// The fact that a page asks for.
fn question(page: &str) -> Option<String> {
    let fact = between(page, "name=\"fact\" value=\"", "\"")?;
    Some(fact.replace("&amp;", "&").replace("&#39;", "'"))
}

/// "No" in most cases, "does not know" in some, and where there is no "no".
fn answer_to(page: &str, seed: &mut Seed) -> (&'static str, &'static str) {
    if page.contains("name=\"value\" value=\"no\"") && seed.below(10) > 0 {
        ("value", "no")
    } else {
        ("unknown", "does-not-know")
    }
}

async fn officers(address: &str, count: u64) -> Vec<Browser> {
    let mut browsers = Vec::new();
    for number in 0..count {
        browsers.push(Browser::sign_in(address, OFFICERS[number as usize % OFFICERS.len()]).await);
    }
    browsers
}

/// The officer's path at a steady rate.
pub async fn path(address: &str, seconds: u64, rate: u64) {
    let browsers = officers(address, AT_ONCE).await;
    let clock = Clock::new(seconds, rate);
    let mut at_work = JoinSet::new();
    for (number, browser) in (0..).zip(browsers) {
        let mut officer = Officer {
            browser,
            clock: Arc::clone(&clock),
        };
        at_work.spawn(async move {
            let mut seed = Seed(number * 1_000_003);
            while officer.screen(&mut seed).await.is_some() {}
        });
    }
    while let Some(ended) = at_work.join_next().await {
        ended.unwrap();
    }
    let mut took = std::mem::take(&mut *clock.took.lock().await);
    let mut all: Vec<Duration> = took.values().flatten().copied().collect();
    println!("| page | requests | median | 99th percentile | longest |");
    println!("|---|---:|---:|---:|---:|");
    for (page, of_page) in &mut took {
        line(page, of_page);
    }
    line("**all**", &mut all);
    let rate = all.len() as f64 / seconds as f64;
    println!("\n{rate:.0} requests a second were due and answered, {AT_ONCE} officers at once.");
}

fn line(page: &str, took: &mut [Duration]) {
    took.sort();
    let at = |share: usize| took[(took.len() * share / 1_000).min(took.len() - 1)];
    println!(
        "| {page} | {} | {:.1} ms | {:.1} ms | {:.1} ms |",
        took.len(),
        ms(at(500)),
        ms(at(990)),
        ms(took[took.len() - 1])
    );
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

/// Answers as fast as they are recorded, each by a request of its own that is answered once it is on the disk.
pub async fn answers(address: &str, seconds: u64, officers_at_once: u64) {
    let browsers = officers(address, officers_at_once).await;
    let ends = Instant::now() + Duration::from_secs(seconds + WARM_UP);
    let begun = Instant::now();
    let counted = Arc::new(AtomicU64::new(0));
    let took = Arc::new(Mutex::new(Vec::new()));
    let mut at_work = JoinSet::new();
    for (number, mut browser) in (0_u64..).zip(browsers) {
        let (counted, took) = (Arc::clone(&counted), Arc::clone(&took));
        let address = address.to_owned();
        at_work.spawn(async move {
            let mut seed = Seed(number * 7_919);
            let user = OFFICERS[number as usize % OFFICERS.len()];
            let mut machine = Browser::open_session(&address, user).await;
            let mut own = Vec::new();
            while Instant::now() < ends {
                let screening = screening(&mut browser, &mut seed).await;
                let facts = FACTS.iter();
                for fact in facts {
                    let body = format!(r#"{{"fact":"{fact}","value":"no"}}"#);
                    let asked = Instant::now();
                    let answer = machine
                        .json(&format!("/api/v1{screening}/answers"), body)
                        .await;
                    assert!(
                        [204, 409, 422].contains(&answer.status),
                        "{} {}",
                        answer.status,
                        answer.body
                    );
                    if answer.status == 204 && begun.elapsed() > Duration::from_secs(WARM_UP) {
                        counted.fetch_add(1, Ordering::Relaxed);
                        own.push(asked.elapsed());
                    }
                }
            }
            took.lock().await.extend(own);
        });
    }
    while let Some(ended) = at_work.join_next().await {
        ended.unwrap();
    }
    let mut took = std::mem::take(&mut *took.lock().await);
    println!("| page | requests | median | 99th percentile | longest |");
    println!("|---|---:|---:|---:|---:|");
    line("answer by the JSON interface", &mut took);
    println!(
        "\n{:.0} answers a second were recorded, {officers_at_once} officers at once, each for persons they met and registered meanwhile.",
        counted.load(Ordering::Relaxed) as f64 / seconds as f64
    );
}

/// Facts that are asked in the first interview, in any order.
const FACTS: [&str; 12] = [
    "at crossing point",
    "needs interpreter",
    "irregular entry",
    "smuggled",
    "seeks protection",
    "fear of persecution on convention ground",
    "danger of torture",
    "unaccompanied",
    "trafficking signs",
    "labour exploitation suspected",
    "needs urgent care",
    "serious illness",
];

/// Somebody who was met, registered, and is to be asked now.
async fn screening(browser: &mut Browser, seed: &mut Seed) -> String {
    let opened = browser
        .post(
            "/encounters/new",
            &[("place_kind", "post"), ("beginning", "check")],
        )
        .await;
    let encounter = opened.location;
    let (surname, birth) = (name(seed), format!("{}", 1950 + seed.below(60)));
    browser
        .post(
            &format!("{encounter}/people/new"),
            &[
                ("surname", surname.as_str()),
                ("given", "Aman"),
                ("birth", &birth),
                ("nationality", "UZB"),
                ("no_document", "lost"),
                ("different", "yes"),
            ],
        )
        .await;
    let page = browser.get(&encounter).await;
    let person = between(&page.body, "href=\"/people/", "\"").unwrap();
    let id = encounter.rsplit('/').next().unwrap();
    let started = browser
        .post(
            &format!("/people/{person}/screenings"),
            &[("encounter", id), ("role", "second line")],
        )
        .await;
    started.location
}

/// Searches of one officer, one after the other.
pub async fn search(address: &str) {
    let mut browser = Browser::sign_in(address, OFFICERS[0]).await;
    let mut seed = Seed(11);
    println!("| search | requests | median | 99th percentile | longest |");
    println!("|---|---:|---:|---:|---:|");
    for what in ["by name", "by document"] {
        let mut took = Vec::new();
        for _ in 0..200 {
            let query = if what == "by name" {
                name(&mut seed)
            } else {
                document_number(seed.below(1_000_000))
            };
            let asked = Instant::now();
            let answer = browser.post("/search", &[("q", &query)]).await;
            took.push(asked.elapsed());
            assert_eq!(answer.status, 200);
        }
        line(what, &mut took);
    }
}
