//! Lists and search made again from the log are those that were made live, whatever happened.
//!
//! `SAPAR_LIVES=100 SAPAR_LIVES_SEED=7` lives more of them, from another seed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

#[path = "shared/support.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};

use sapar_access::{Purpose, Team, TeamId, User, UserId};
use sapar_casework::case::{CaseKind, CaseOutcome};
use sapar_casework::classes::{Classes, DataClass};
use sapar_casework::document::DocumentKind;
use sapar_casework::ids::{CaseId, EncounterId, PersonId, ReferralId, ScreeningId};
use sapar_casework::person::{Basis, ConsentAnswer, LinkKind};
use sapar_casework::personal::Text;
use sapar_casework::purpose::Purpose as ReferredFor;
use sapar_casework::referral::{Completion, DeclineReason};
use sapar_casework::screening::{AnswerGiven, Given, HowLearned};
use sapar_casework::tasks::WaiveReason;
use sapar_ledger::Code;
use sapar_operations::directory::DirectoryEntry;
use sapar_operations::papers::NewDocument;
use sapar_operations::people::Registered;
use sapar_operations::referrals::{Ground, NewReferral};
use sapar_operations::tasks::Board;
use sapar_operations::{Caller, OperationError};
use sapar_store::{Entry, Query};
use support::*;

/// Every list there is.
const LISTS: [&str; 13] = [
    "encounters",
    "met",
    "screenings",
    "outcomes",
    "tasks",
    "tasks-here",
    "referrals",
    "referrals-sent",
    "cases",
    "documents",
    "notes",
    "views",
    "glass",
];

const NAMES: [(&str, &str, &str); 5] = [
    ("Karimi", "Farid", "P123456"),
    ("Ахметов", "Нурлан", "AC7654321"),
    ("Usmonova", "Zarina", ""),
    ("Petrov", "Ivan", "771234567"),
    ("Osmani", "Zahra", "K9912345"),
];

/// Whoever works, and what for.
const WORKERS: [(&str, Purpose); 6] = [
    ("second", Purpose::Screening),
    ("specialist", Purpose::Screening),
    ("asylum", Purpose::Protection),
    ("guardian", Purpose::ChildProtection),
    ("ngo", Purpose::Protection),
    ("police", Purpose::Return),
];

const ANSWERS: [&[(&str, &str)]; 4] = [
    &[("at crossing point", "yes")],
    &[("seeks protection", "yes"), ("at crossing point", "yes")],
    &[("trafficking signs", "yes")],
    &[],
];

fn env(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

/// What was done, and how often it was taken.
type Done = BTreeMap<&'static str, u64>;

/// People at a post and what happens to them.
struct Life {
    world: World,
    other: User,
    random: sapar_operations::RandomBytes,
    minutes: i64,
    people: Vec<(EncounterId, PersonId)>,
    screenings: Vec<ScreeningId>,
    referrals: Vec<ReferralId>,
    cases: Vec<CaseId>,
}

impl Life {
    async fn new(seed: u64) -> Self {
        let world = World::new(seed).await;
        let first = world.user("asylum");
        let team = TeamId::new(v7(250)).unwrap();
        let other = User {
            id: UserId::new(v7(450)).unwrap(),
            name: "other".to_owned(),
            team: Some(team),
            ..first.clone()
        };
        let entries = [
            DirectoryEntry::Team(Team {
                id: team,
                agency: first.agency,
                name: "Other team".to_owned(),
            }),
            DirectoryEntry::User(other.clone()),
        ];
        for entry in entries {
            world.operations.put_unchecked(entry).await.unwrap();
        }
        Self {
            world,
            other,
            random: random(seed ^ 0x5eed),
            minutes: 0,
            people: Vec::new(),
            screenings: Vec::new(),
            referrals: Vec::new(),
            cases: Vec::new(),
        }
    }

    fn below(&mut self, end: usize) -> usize {
        let mut bytes = [0; 4];
        (self.random)(&mut bytes);
        u32::from_le_bytes(bytes) as usize % end
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let place = self.below(all.len().max(1));
        all.get(place).copied()
    }

    fn by(&self, name: &str, purpose: Purpose) -> Caller {
        if name == "other" {
            let now = self.world.by("asylum", purpose, self.minutes).now;
            let caller = self.world.operations.caller_of(&self.other, purpose, now);
            return caller.unwrap();
        }
        self.world.by(name, purpose, self.minutes)
    }

    fn anybody(&mut self) -> Caller {
        let place = self.below(WORKERS.len());
        let (name, purpose) = WORKERS[place];
        self.by(name, purpose)
    }

    fn somebody(&mut self) -> sapar_casework::person::Details {
        let (surname, given, number) = NAMES[self.below(NAMES.len())];
        let year = [1985, 1995, 2014][self.below(3)];
        details(surname, given, year, "AFG", number)
    }

    /// Whatever happens next; what is refused does not.
    async fn step(&mut self, done: &mut Done) {
        self.minutes += 1 + i64::try_from(self.below(40)).unwrap();
        let officer = self.by("second", Purpose::Screening);
        let people = self.people.clone();
        let Some((encounter, person)) = self.one_of(&people) else {
            return self.meet(done).await;
        };
        let what = self.below(26);
        let (name, taken) = match what {
            0 => return self.meet(done).await,
            1 | 2 => return self.screen(encounter, person, done).await,
            3..=5 => return self.refer(person, done).await,
            6..=10 => return self.answer_referral(done).await,
            11..=14 => return self.go_on_with_case(person, done).await,
            15 => return self.go_on_with_task(done).await,
            _ => self.other_step(what, &officer, encounter, person).await,
        };
        if taken.is_ok() {
            *done.entry(name).or_default() += 1;
        }
    }

    async fn other_step(
        &mut self,
        what: usize,
        officer: &Caller,
        encounter: EncounterId,
        person: PersonId,
    ) -> (&'static str, Result<(), OperationError>) {
        let anybody = self.anybody();
        let (somebody, other) = (self.somebody(), self.people.clone());
        let (at, other) = self.one_of(&other).unwrap();
        let asylum = Classes::one(DataClass::Asylum);
        let leader = self.by("leader", Purpose::Screening);
        let ngo = self.by("ngo", Purpose::Protection);
        let operations = &self.world.operations;
        match what {
            17 => (
                "corrected",
                operations
                    .correct(officer, person, somebody, "Heard wrongly.")
                    .await,
            ),
            18 => (
                "looked",
                operations.person(&anybody, person).await.map(drop),
            ),
            19 => (
                "linked",
                operations
                    .claim_link(
                        officer,
                        person,
                        other,
                        LinkKind::Sibling,
                        Basis::Said,
                        "Says so.",
                    )
                    .await,
            ),
            20 => (
                "consented",
                operations
                    .answer_consent(
                        officer,
                        person,
                        ReferredFor::LegalHelp,
                        None,
                        ConsentAnswer::Given,
                    )
                    .await
                    .map(drop),
            ),
            21 => (
                "note",
                operations
                    .write_note(&anybody, person, None, asylum, "Waits outside.")
                    .await
                    .map(drop),
            ),
            22 => {
                let new = NewDocument {
                    kind: DocumentKind::Photograph,
                    title: "At the gate".to_owned(),
                    classes: Classes::NONE,
                    declared: None,
                    bytes: b"\x89PNG\r\n\x1a\nrest",
                };
                let kept = operations.keep_document(officer, person, new).await;
                ("document", kept.map(drop))
            }
            23 => {
                let reason = "He collapsed at our door and needs his insulin dose.";
                let broken = operations.break_glass(&ngo, person, reason).await;
                for glass in operations.broken_glass(&leader).await.unwrap_or_default() {
                    let reviewed = operations.review_glass(&leader, glass.id, true, "It was so.");
                    drop(reviewed.await);
                }
                ("glass", broken)
            }
            24 => {
                let grouped = operations
                    .form_group(officer, encounter, BTreeSet::from([person, other]))
                    .await;
                drop(grouped);
                ("closed", operations.close_encounter(officer, at).await)
            }
            25 => ("erased", operations.erase(&leader, person).await),
            _ => {
                let page = operations.person(officer, person).await;
                let known = page.ok().and_then(|page| page.person.details);
                let details = known.unwrap_or(somebody);
                let met = operations.register_known(officer, at, &details, person);
                ("known", met.await)
            }
        }
    }

    async fn meet(&mut self, done: &mut Done) {
        let details = self.somebody();
        let met = self.world.met(details, self.minutes).await;
        self.people.push(met);
        *done.entry("met").or_default() += 1;
    }

    async fn screen(&mut self, encounter: EncounterId, person: PersonId, done: &mut Done) {
        let specialist = self.by("specialist", Purpose::Screening);
        let screenings = self.screenings.clone();
        let again = self.one_of(&screenings);
        let operations = &self.world.operations;
        if let Some(screening) = again.filter(|_| screenings.len() > 2) {
            // What was found falls away, or something is found after all.
            let yes = ["yes", "no"][usize::try_from(self.minutes).unwrap() % 2];
            let answer = AnswerGiven {
                fact: "seeks protection".to_owned(),
                given: Given::Known(Text::new(yes)),
                how: HowLearned::Asked,
            };
            if operations
                .answer(&specialist, screening, answer)
                .await
                .is_ok()
            {
                *done.entry("screened anew").or_default() += 1;
            }
            return;
        }
        let started = operations
            .start_screening(&specialist, person, Some(encounter))
            .await;
        let Ok(screening) = started else { return };
        let answers = ANSWERS[self.below(ANSWERS.len())];
        self.world.answer_all(&specialist, screening, answers).await;
        // Some interviews are left in the middle.
        if self.below(4) > 0 {
            let finished = self
                .world
                .operations
                .finish_screening(&specialist, screening);
            finished.await.unwrap();
        } else {
            drop(
                self.world
                    .operations
                    .take_back(&specialist, screening)
                    .await,
            );
        }
        self.screenings.push(screening);
        *done.entry("screened").or_default() += 1;
    }

    async fn refer(&mut self, person: PersonId, done: &mut Done) {
        let officer = self.by("second", Purpose::Screening);
        let to = [
            ("asylum", ReferredFor::Protection),
            ("asylum", ReferredFor::Protection),
            ("guardian", ReferredFor::ChildCare),
            ("ngo", ReferredFor::LegalHelp),
            ("police", ReferredFor::Return),
        ];
        let (to, purpose) = to[self.below(to.len())];
        let new = NewReferral {
            to: self.world.agency(to),
            purpose,
            ground: Ground::ConsentNow,
            words: "Needs an interpreter.".to_owned(),
            task: None,
        };
        if let Ok(referral) = self.world.operations.refer(&officer, person, new).await {
            self.referrals.push(referral);
            *done.entry("referred").or_default() += 1;
        }
    }

    async fn answer_referral(&mut self, done: &mut Done) {
        let referrals = self.referrals.clone();
        let Some(referral) = self.one_of(&referrals) else {
            return;
        };
        let what = self.below(9);
        for (name, purpose) in WORKERS {
            let caller = self.by(name, purpose);
            let operations = &self.world.operations;
            let (name, taken) = match what {
                0..=2 => match operations.accept(&caller, referral).await {
                    Ok(case) => {
                        self.cases.extend(case);
                        ("accepted", Ok(()))
                    }
                    Err(error) => ("accepted", Err(error)),
                },
                3 => {
                    let reason = DeclineReason::NoCapacity;
                    let declined = operations.decline(&caller, referral, reason, "Full.");
                    ("declined", declined.await)
                }
                4 | 5 => ("arrived", operations.arrived(&caller, referral).await),
                6 | 7 => {
                    drop(operations.arrived(&caller, referral).await);
                    let outcome = Completion::Helped;
                    let completed =
                        operations.complete_referral(&caller, referral, outcome, "Done.");
                    ("completed", completed.await)
                }
                _ => (
                    "withdrawn",
                    operations.withdraw(&caller, referral, "By mistake.").await,
                ),
            };
            if taken.is_ok() {
                *done.entry(name).or_default() += 1;
            }
        }
    }

    async fn go_on_with_case(&mut self, person: PersonId, done: &mut Done) {
        let cases = self.cases.clone();
        let Some(case) = self.one_of(&cases) else {
            let asylum = self.by("asylum", Purpose::Protection);
            let opened = self
                .world
                .operations
                .open_case(&asylum, person, CaseKind::Statelessness);
            self.cases.extend(opened.await.ok());
            return;
        };
        let what = self.below(9);
        let teams = ["asylum", "ngo"].map(|name| self.world.user(name).team);
        let team = [teams[0], teams[1], self.other.team][self.below(3)].unwrap();
        let team = team.uuid().try_into().unwrap();
        for name in ["asylum", "other", "ngo", "police", "guardian"] {
            let purpose = match name {
                "police" => Purpose::Return,
                "guardian" => Purpose::ChildProtection,
                _ => Purpose::Protection,
            };
            let caller = self.by(name, purpose);
            let operations = &self.world.operations;
            if (2..6).contains(&what) {
                // By the team that has it; the others come to answer afterwards.
                drop(
                    operations
                        .offer_handover(&caller, case, team, "Speaks Dari.")
                        .await,
                );
            }
            let (name, taken) = match what {
                0 | 1 => (
                    "handed over",
                    operations
                        .offer_handover(&caller, case, team, "Speaks Dari.")
                        .await,
                ),
                2 => (
                    "taken over",
                    operations.answer_handover(&caller, case, true, "").await,
                ),
                3 => (
                    "not taken over",
                    operations
                        .answer_handover(&caller, case, false, "Full.")
                        .await,
                ),
                4 | 5 => (
                    "kept after all",
                    operations.cancel_handover(&caller, case).await,
                ),
                6 | 7 => {
                    let mut linked = Err(OperationError::NotThere);
                    for (_, other) in &self.people {
                        if linked.is_err() {
                            linked = operations.link_to_case(&caller, case, *other).await;
                        }
                    }
                    ("linked to a case", linked)
                }
                _ => {
                    let outcome = CaseOutcome::ApplicationWithdrawn;
                    let closed = operations.close_case(&caller, case, outcome, "Left.");
                    ("case closed", closed.await)
                }
            };
            if taken.is_ok() {
                *done.entry(name).or_default() += 1;
            }
        }
    }

    async fn go_on_with_task(&mut self, done: &mut Done) {
        let caller = self.by("second", Purpose::Screening);
        let people = self.people.clone();
        let (_, person) = self.one_of(&people).unwrap();
        let what = self.below(4);
        let operations = &self.world.operations;
        let tasks = operations.board(&caller, Board::Here, 200).await.unwrap();
        let place = self.below(tasks.len().max(1));
        let operations = &self.world.operations;
        let (name, taken) = match (what, tasks.get(place)) {
            (0 | 1, Some(task)) => (
                "task done",
                operations
                    .complete_task(&caller, task.person.id, task.id)
                    .await,
            ),
            (2, Some(task)) => {
                let reason = WaiveReason::DoneElsewhere;
                let waived =
                    operations.waive_task(&caller, task.person.id, task.id, reason, "There.");
                ("task waived", waived.await)
            }
            _ => {
                let due = caller.now + jiff::SignedDuration::from_hours(5);
                let nothing = Classes::one(DataClass::Identity);
                let added = operations.add_task(
                    &caller,
                    person,
                    "border service",
                    Some(due),
                    nothing,
                    "Call.",
                );
                ("task added", added.await)
            }
        };
        if taken.is_ok() {
            *done.entry(name).or_default() += 1;
        }
    }

    /// Every line of every list as it stands in the database.
    async fn lines(&self) -> Vec<Entry> {
        let operations = &self.world.operations;
        let mut lines = Vec::new();
        for list in LISTS {
            let query = Query::new(Code::new(list).unwrap(), u32::MAX);
            let query = Query {
                limit: 10_000,
                ..query
            };
            let page = operations.store().entries(query).await.unwrap();
            assert_eq!(page.next, None);
            lines.extend(page.entries);
        }
        lines
    }

    /// Whom everybody finds by whatever they may be found by; that they searched is in the lists afterwards.
    async fn found(&self) -> Vec<String> {
        let operations = &self.world.operations;
        let mut found = Vec::new();
        for (surname, given, number) in NAMES {
            for word in [surname, given, number] {
                let beginning: String = word.chars().take(3).collect();
                for query in [word, &beginning] {
                    for (who, purpose) in
                        WORKERS.into_iter().chain([("other", Purpose::Protection)])
                    {
                        let caller = self.by(who, purpose);
                        let persons = operations.search(&caller, query).await.unwrap().persons;
                        let ids: Vec<_> = persons.iter().map(|person| person.id).collect();
                        found.push(format!("{who} finds by {query}: {ids:?}"));
                    }
                }
            }
        }
        found
    }

    /// Whom registering each of the names again would be warned of, for those of whom it is.
    async fn warned_of(&self) -> Vec<(PersonId, Vec<PersonId>)> {
        let officer = self.by("second", Purpose::Screening);
        let mut warned = Vec::new();
        for (encounter, person) in &self.people {
            let page = self
                .world
                .operations
                .person(&officer, *person)
                .await
                .unwrap();
            let Some(details) = page.person.details else {
                continue;
            };
            let registered = self
                .world
                .operations
                .register(&officer, *encounter, details, false)
                .await;
            // Nobody is registered at an encounter that is closed.
            let Ok(registered) = registered else { continue };
            let Registered::Doubtful(warnings) = registered else {
                panic!("somebody of the same name and number is not noticed");
            };
            let mut ids: Vec<_> = warnings.iter().map(|warning| warning.id).collect();
            assert!(ids.contains(person));
            ids.sort();
            warned.push((*person, ids));
        }
        warned
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_made_again_are_those_made_live_whatever_happened() {
    let lives = env("SAPAR_LIVES", 8);
    let first = env("SAPAR_LIVES_SEED", 1);
    let mut done = Done::new();
    for seed in first..first + lives {
        println!("life of seed {seed}");
        let mut life = Life::new(seed).await;
        for step in 0..90 {
            life.step(&mut done).await;
            // In the middle as well, so that what comes after stands on lists that were made again.
            if step == 45 {
                life.rebuilt_as_before().await;
            }
        }
        life.minutes += 1;
        let warned = life.warned_of().await;
        life.rebuilt_as_before().await;
        assert_eq!(life.warned_of().await, warned);
    }
    println!("{done:#?}");
    // A history in which nothing happens would show nothing.
    if lives >= 8 {
        for what in [
            "met",
            "screened",
            "screened anew",
            "referred",
            "accepted",
            "declined",
            "completed",
            "withdrawn",
            "handed over",
            "taken over",
            "kept after all",
            "case closed",
            "task done",
            "task waived",
            "task added",
            "corrected",
            "looked",
            "linked",
            "linked to a case",
            "consented",
            "note",
            "document",
            "glass",
            "closed",
            "arrived",
            "erased",
            "known",
        ] {
            assert!(done.contains_key(what), "nobody was ever {what}");
        }
    }
}

impl Life {
    async fn rebuilt_as_before(&self) {
        let found = self.found().await;
        let before = self.lines().await;
        let rebuilt = self.world.operations.rebuild(node_key()).await.unwrap();
        let after = self.lines().await;
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(
                (before, String::from_utf8_lossy(&before.open)),
                (after, String::from_utf8_lossy(&after.open))
            );
        }
        assert_eq!(before, after);
        assert!(rebuilt.lines >= after.len() as u64);
        assert_eq!(self.found().await, found);
    }
}
