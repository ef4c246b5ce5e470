//! Lists and search made again from the log: stream by stream, in one step, or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use sapar_sealing::{Token, Wrapped};
use uuid::Uuid;

use super::lists::{entry, token};
use super::{batch, code, command, draft, v7, wrapped};
use crate::batch::{Batch, Change, ENTRY_BYTES_MAX, Entry};
use crate::error::StoreError;
use crate::query::Query;
use crate::rebuild::{Persons, Projector, Rebuilt};
use crate::store::{Recorded, Store};

/// Where a projector fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fails {
    Never,
    /// At this number of its chain.
    At(u64),
    /// At the end of the first case.
    CaseEnds,
    /// At the end of the first person.
    PersonEnds,
    /// It gives a line that is too long.
    TooLong,
}

/// Counts the events of each case into a line of the person it is about, puts a line for each event of a view, and makes
/// a person found by the owners of these lines, and by whether there is a key.
struct Counting {
    fails: Fails,
    stream: Option<Uuid>,
    count: u64,
    keyed: bool,
    /// What it was told, to be looked at afterwards.
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    events: Vec<(String, Uuid, u64)>,
    /// How many events had been told when a stream ended.
    ends: Vec<(usize, Option<BTreeSet<Uuid>>)>,
}

impl Counting {
    fn new(fails: Fails) -> (Box<Self>, Arc<Mutex<Seen>>) {
        let seen = Arc::<Mutex<Seen>>::default();
        let counting = Self {
            fails,
            stream: None,
            count: 0,
            keyed: false,
            seen: Arc::clone(&seen),
        };
        (Box::new(counting), seen)
    }

    fn ends(&mut self, owners: Option<&BTreeSet<Uuid>>) -> (Uuid, u64, bool) {
        let mut seen = self.seen.lock().unwrap();
        let so_far = seen.events.len();
        seen.ends.push((so_far, owners.cloned()));
        let ended = (self.stream.take().unwrap(), self.count, self.keyed);
        (self.count, self.keyed) = (0, false);
        ended
    }
}

/// Whose list a case stands in: one of two for each person.
fn owner(case: u64) -> Uuid {
    v7(800 + (case % 5 + case / 5 % 2) % 3)
}

/// The line of a case after so many events; a case is about one of five persons.
fn counted(case: u64, count: u64) -> Entry {
    Entry {
        id: v7(case),
        owner: owner(case),
        person: Some(v7(50 + case % 5)),
        open: count.to_string().into_bytes(),
        ..entry("counts", 0)
    }
}

/// The line of an event of a view, which stays one line however often it is put.
fn viewed(view: u64, number: u64) -> Entry {
    Entry {
        id: v7(view),
        owner: v7(900),
        person: Some(v7(50 + view % 5)),
        open: number.to_string().into_bytes(),
        ..entry("views", 0)
    }
}

fn number(stream: Uuid) -> u64 {
    u64::try_from(stream.as_u128() - v7(0).as_u128()).unwrap()
}

impl Projector for Counting {
    fn persons(&self) -> Persons {
        Persons {
            kind: code("person"),
            lists: vec![code("counts"), code("tasks")],
        }
    }

    fn event(&mut self, event: &Recorded, key: Option<&Wrapped>) -> Result<Vec<Entry>, String> {
        if self.fails == Fails::At(event.event.sequence) {
            return Err("the event is of a newer program".to_owned());
        }
        let stream = event.event.stream;
        let kind = event.event.stream().kind;
        let mut seen = self.seen.lock().unwrap();
        seen.events.push((kind.to_string(), stream, event.version));
        self.stream = Some(stream);
        self.count += 1;
        self.keyed |= key.is_some();
        let line = viewed(number(stream), event.event.sequence);
        Ok((&*kind == "view").then_some(line).into_iter().collect())
    }

    fn ended(&mut self) -> Result<Vec<Entry>, String> {
        let (stream, count, _) = self.ends(None);
        let long = vec![b' '; ENTRY_BYTES_MAX + 1];
        match self.fails {
            Fails::CaseEnds => Err("the case cannot be".to_owned()),
            Fails::TooLong => Ok(vec![Entry {
                open: long,
                ..counted(number(stream), count)
            }]),
            _ if number(stream) < 200 => Ok(vec![counted(number(stream), count)]),
            _ => Ok(Vec::new()),
        }
    }

    fn found_by(&mut self, owners: &BTreeSet<Uuid>) -> Result<Vec<Token>, String> {
        let (_, _, keyed) = self.ends(Some(owners));
        if self.fails == Fails::PersonEnds {
            return Err("the person cannot be".to_owned());
        }
        let mut tokens = found(owners);
        tokens.extend(keyed.then(|| token("keyed")));
        Ok(tokens)
    }
}

fn found(owners: &BTreeSet<Uuid>) -> Vec<Token> {
    let token = |owner: &Uuid| token(&format!("owner {owner}"));
    owners.iter().map(token).collect()
}

fn owners(person: u64) -> BTreeSet<Uuid> {
    let cases = (100..130_u64).filter(|case| 50 + case % 5 == person);
    cases.map(owner).collect()
}

/// Events of six persons, thirty cases and five views by turns, and what lists say of them. Two of the persons have keys.
async fn fill(store: &dyn Store) {
    let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
    for number in 0..600_u64 {
        let turn = number / 3;
        let (name, stream, person) = match number % 3 {
            0 => ("person.changed", 50 + turn % 6, 50 + turn % 6),
            1 => ("case.changed", 100 + turn % 30, 50 + turn % 5),
            _ => ("view.seen", 200 + turn % 5, 50 + turn % 5),
        };
        let mut one = Batch::new(
            command(number),
            1_000_000,
            vec![draft(number, name, stream)],
        );
        one.events[0].subject = Some(v7(person));
        match name {
            "person.changed" => {
                if turn < 2 {
                    one.new_keys = vec![(v7(person), wrapped(v7(person), 1))];
                }
                let mut tokens = found(&owners(person));
                tokens.extend((person < 52).then(|| token("keyed")));
                let person = v7(person);
                one.changes = vec![Change::Tokens { person, tokens }];
            }
            "case.changed" => {
                let count = counts.entry(stream).or_default();
                *count += 1;
                one.changes = vec![Change::Put(counted(stream, *count))];
            }
            // Numbers of a chain begin with 1.
            _ => one.changes = vec![Change::Put(viewed(stream, number + 1))],
        }
        store.append(one).await.unwrap();
    }
}

async fn look(store: &dyn Store) -> (Vec<Entry>, Vec<Vec<(Uuid, u32)>>) {
    let mut lines = Vec::new();
    for list in ["counts", "views", "tasks"] {
        let query = Query::new(code(list), u32::MAX);
        lines.extend(store.entries(query).await.unwrap().entries);
    }
    let mut persons = Vec::new();
    let owners: BTreeSet<Uuid> = (800..803).chain([900]).map(v7).collect();
    for token in found(&owners).into_iter().chain([token("keyed")]) {
        persons.push(store.find(vec![token], 1, 100).await.unwrap());
    }
    (lines, persons)
}

pub(super) async fn makes_tables_again_from_the_log(store: &dyn Store) {
    fill(store).await;
    let before = look(store).await;
    assert_eq!(before.0.len(), 35);
    assert_eq!(before.1[4], [(v7(50), 1), (v7(51), 1)]);

    // Lines that follow from no event, and one that is wrong.
    let mut stray = Batch::new(command(700), 1_000, vec![draft(700, "other.changed", 290)]);
    stray.changes = vec![
        Change::Put(entry("tasks", 3)),
        Change::Put(counted(101, 9_999)),
        Change::Tokens {
            person: v7(99),
            tokens: vec![token("keyed")],
        },
    ];
    store.append(stray).await.unwrap();
    let broken = look(store).await;

    for fails in [
        Fails::At(599),
        Fails::At(601),
        Fails::CaseEnds,
        Fails::PersonEnds,
    ] {
        let refused = store.rebuild(Counting::new(fails).0).await.unwrap_err();
        assert!(
            matches!(refused, StoreError::Projection { position, .. } if position > 0),
            "{refused}"
        );
        assert!(look(store).await == broken, "{fails:?}");
    }
    let refused = store.rebuild(Counting::new(Fails::TooLong).0).await;
    assert!(matches!(refused, Err(StoreError::TooMuch { .. })));
    assert!(look(store).await == broken);

    for _ in 0..2 {
        let rebuilt = store.rebuild(Counting::new(Fails::Never).0).await.unwrap();
        assert_eq!(
            rebuilt,
            Rebuilt {
                events: 601,
                lines: 230,
                persons: 5
            }
        );
        assert_eq!(look(store).await, before);
    }
    assert_eq!(store.log(0, 1_000).await.unwrap().len(), 601);

    // Whoever is erased has no key and is found by nothing, whatever a projector says.
    let mut erased = draft(900, "person.erased", 50);
    erased.subject = Some(v7(50));
    let erasing = Batch {
        destroyed_keys: vec![v7(50)],
        ..Batch::new(command(900), 2_000, vec![erased])
    };
    store.append(erasing).await.unwrap();
    store.rebuild(Counting::new(Fails::Never).0).await.unwrap();
    let after = look(store).await;
    assert_eq!(after.0, before.0);
    for (found, before) in after.1.iter().zip(&before.1) {
        let mut before = before.clone();
        before.retain(|(person, _)| *person != v7(50));
        assert_eq!(*found, before);
    }
}

/// A projector holds one state at a time, so it must be told when one has ended, and each only once.
pub(super) async fn reads_each_stream_whole_and_persons_last(store: &dyn Store) {
    // Nothing to make anything of.
    let (counting, seen) = Counting::new(Fails::Never);
    assert_eq!(store.rebuild(counting).await.unwrap(), Rebuilt::default());
    assert!(seen.lock().unwrap().ends.is_empty());

    fill(store).await;
    // One stream that is longer than any page.
    for number in 1_000..2_300 {
        store.append(batch(number, 58)).await.unwrap();
    }
    let (counting, seen) = Counting::new(Fails::Never);
    store.rebuild(counting).await.unwrap();
    let mut expected: BTreeMap<(bool, String, Uuid), u64> = BTreeMap::new();
    for one in store.log(0, 10_000).await.unwrap() {
        let stream = one.event.stream();
        let place = (
            &*stream.kind == "person",
            stream.kind.to_string(),
            stream.id,
        );
        *expected.entry(place).or_default() += 1;
    }
    let seen = seen.lock().unwrap();
    let mut from = 0;
    let mut told = Vec::new();
    for (to, owners) in &seen.ends {
        let events = &seen.events[from..*to];
        let (kind, stream, _) = events.first().unwrap().clone();
        for (version, event) in (1..).zip(events) {
            assert_eq!(*event, (kind.clone(), stream, version));
        }
        let is_person = kind == "person";
        assert_eq!(owners.is_some(), is_person);
        if let Some(told) = owners {
            assert_eq!(*told, self::owners(number(stream)), "owners of {stream}");
        }
        told.push(((is_person, kind, stream), events.len() as u64));
        from = *to;
    }
    assert_eq!(from, seen.events.len(), "the last stream ends too");
    assert!(
        told.windows(2).all(|two| two[0].0.0 <= two[1].0.0),
        "persons come last"
    );
    told.sort();
    assert_eq!(told, expected.into_iter().collect::<Vec<_>>());
}
