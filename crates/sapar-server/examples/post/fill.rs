//! A million people who never were: the journeys of the demonstration, again and again, each with persons, keys and times of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use sapar_access::{Access, Purpose};
use sapar_casework::birth::BirthDate;
use sapar_casework::encounter::EncounterEvent;
use sapar_casework::event::{Body, Event, Parts};
use sapar_casework::person::{
    Details, Name, Papers, PersonEvent, Script, TravelDocument, TravelDocumentKind,
};
use sapar_casework::personal::{Personal, Text};
use sapar_casework::stamp::Fold;
use sapar_casework::tasks::{TaskState, Tasks};
use sapar_ledger::NodeId;
use sapar_operations::{Caller, LawBook, Operations, Parts as Needed};
use sapar_sealing::NodeKey;
use sapar_server::{Config, Database};
use sapar_store::Store;
use sapar_store_postgres::PostgresStore;
use sapar_store_sqlite::SqliteStore;
use serde_json::Value;
use tokio::task::JoinSet;
use uuid::Uuid;

/// How many people are brought in by one step, so that many share a sync of the disk.
const PEOPLE_PER_STEP: u64 = 20;

/// How many steps are under way.
const STEPS: usize = 500;

/// Over how many weeks before now the people are spread.
const WEEKS: u64 = 150;

/// One person's journey, as it is stored, and the identifiers that are its own.
struct Journey {
    parts: Vec<Parts>,
    own: Vec<Uuid>,
}

/// Fills a new database.
pub async fn fill(config: &Config, people: u64, events: u64) {
    let app = sapar_server::open(config).await.unwrap();
    app.operations.store().close().await;
    let operations = Arc::new(with_room(config).await);
    let caller = caller(&operations);
    let whole = journeys(&operations, false).await;
    let short = journeys(&operations, true).await;
    let mean = |of: &[Journey]| {
        of.iter().map(|one| one.parts.len()).sum::<usize>() as f64 / of.len() as f64
    };
    // Every so many people have a whole journey, the others were only met, so that there are as many events as wished.
    let wished = events as f64 / people as f64;
    let share = ((wished - mean(&short)) / (mean(&whole) - mean(&short))).clamp(0.0, 1.0);
    println!(
        "{} whole journeys of {:.1} events on average, {} short ones of {:.1}; {:.1} % are whole",
        whole.len(),
        mean(&whole),
        short.len(),
        mean(&short),
        share * 100.0
    );
    let (whole, short) = (Arc::new(whole), Arc::new(short));
    let begun = Instant::now();
    let mut steps = JoinSet::new();
    let mut written = 0;
    for first in (0..people).step_by(PEOPLE_PER_STEP as usize) {
        if steps.len() >= STEPS {
            written += steps.join_next().await.unwrap().unwrap();
        }
        let (operations, caller) = (Arc::clone(&operations), caller.clone());
        let (whole, short) = (Arc::clone(&whole), Arc::clone(&short));
        steps.spawn(async move {
            let mut events = Vec::new();
            for number in first..(first + PEOPLE_PER_STEP).min(people) {
                let mut seed = Seed(number);
                let from = if (seed.below(100_000) as f64) < share * 100_000.0 {
                    &whole
                } else {
                    &short
                };
                let journey = &from[seed.below(from.len() as u64) as usize];
                again(
                    &operations,
                    &caller,
                    journey,
                    number,
                    &mut seed,
                    &mut events,
                );
            }
            let count = events.len();
            operations
                .bring_in_unchecked(&caller, events)
                .await
                .unwrap();
            count
        });
        if first % 50_000 == 0 {
            println!(
                "{first} people after {:.0} s",
                begun.elapsed().as_secs_f64()
            );
        }
    }
    while let Some(count) = steps.join_next().await {
        written += count.unwrap();
    }
    println!(
        "{people} people with {written} events in {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    operations.store().close().await;
}

/// The same database with a large cache, so that steps write each page of the indexes once for many people.
async fn with_room(config: &Config) -> Operations {
    let node = NodeId::new(v7()).unwrap();
    let store: Arc<dyn Store> = match &config.database {
        Database::Sqlite(path) => {
            let options = sapar_store_sqlite::Options {
                reader_cache_kib: 3 << 20,
                ..sapar_store_sqlite::Options::new(node)
            };
            Arc::new(SqliteStore::open(path, options).unwrap())
        }
        Database::Postgres(address) => {
            let options = sapar_store_postgres::Options::new(node);
            Arc::new(PostgresStore::connect(address, options).await.unwrap())
        }
    };
    let library = Arc::new(sapar_packages::library().library);
    let parts = Needed {
        store,
        node_key: NodeKey::parse(&std::fs::read_to_string(&config.key_file).unwrap()).unwrap(),
        access: Access::new().unwrap(),
        law: LawBook::new(library, &config.order).unwrap(),
        random: Box::new(|bytes| getrandom::fill(bytes).unwrap()),
    };
    Operations::open(parts, Timestamp::now()).await.unwrap()
}

fn v7() -> Uuid {
    let mut random = [0; 10];
    getrandom::fill(&mut random).unwrap();
    let now = Timestamp::now().as_millisecond();
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(now).unwrap(), &random).into_uuid()
}

/// Somebody in whose name the people are brought in.
fn caller(operations: &Operations) -> Caller {
    let directory = operations.directory();
    directory
        .users
        .values()
        .find_map(|user| operations.caller_of(user, Purpose::Screening, Timestamp::now()))
        .unwrap()
}

/// The journeys of the demonstration that left nothing to do; or only that somebody was met and registered.
async fn journeys(operations: &Operations, short: bool) -> Vec<Journey> {
    let mut events = Vec::new();
    let mut after = 0;
    loop {
        let (more, last) = operations.events_unchecked(after, 1_000).await.unwrap();
        if last == after {
            break;
        }
        after = last;
        events.extend(more);
    }
    let mut of_encounter: HashMap<Uuid, Vec<&Event>> = HashMap::new();
    let mut of_person: BTreeMap<Uuid, Vec<&Event>> = BTreeMap::new();
    let mut met: HashMap<Uuid, Uuid> = HashMap::new();
    for event in &events {
        if let Body::Encounter(encounter, what) = &event.body {
            of_encounter
                .entry(encounter.uuid())
                .or_default()
                .push(event);
            if let EncounterEvent::PersonAdded { person } = what {
                met.insert(person.uuid(), encounter.uuid());
            }
        } else if let Some(person) = event.about {
            of_person.entry(person.uuid()).or_default().push(event);
        }
    }
    let directory = operations.directory();
    let fixed: BTreeSet<Uuid> = directory
        .users
        .keys()
        .chain(directory.agencies.keys())
        .chain(directory.posts.keys())
        .chain(directory.teams.keys())
        .copied()
        .collect();
    let mut journeys = Vec::new();
    for (person, of_this) in of_person {
        let tasks = Tasks::fold(of_this.iter().filter_map(|event| match &event.body {
            Body::Tasks(_, what) => Some((what, &event.stamp)),
            _ => None,
        }));
        let waits = tasks
            .tasks
            .values()
            .any(|task| matches!(task.state, TaskState::Open));
        if waits && !short {
            continue;
        }
        let encounter = of_encounter[&met[&person]].iter();
        let parts: Vec<Parts> = of_this
            .iter()
            .filter(|event| {
                !short || matches!(event.body, Body::Person(_, PersonEvent::Registered { .. }))
            })
            .chain(encounter)
            .map(|event| event.parts().unwrap())
            .collect();
        let mut own = BTreeSet::new();
        for one in &parts {
            own.insert(one.stream);
            identifiers(&one.open, &mut own);
            if let Some(personal) = &one.personal {
                identifiers(personal, &mut own);
            }
        }
        let own = own.difference(&fixed).copied().collect();
        journeys.push(Journey { parts, own });
    }
    assert!(
        journeys.len() > 20,
        "the demonstration has journeys that ended"
    );
    journeys
}

fn identifiers(value: &Value, into: &mut BTreeSet<Uuid>) {
    match value {
        Value::String(text) => into.extend(identifier(text)),
        Value::Array(values) => values.iter().for_each(|one| identifiers(one, into)),
        Value::Object(fields) => {
            for (name, one) in fields {
                into.extend(identifier(name));
                identifiers(one, into);
            }
        }
        _ => {}
    }
}

fn identifier(text: &str) -> Option<Uuid> {
    (text.len() == 36).then(|| Uuid::parse_str(text).ok())?
}

/// The journey once more, of another person in another week.
fn again(
    operations: &Operations,
    caller: &Caller,
    journey: &Journey,
    number: u64,
    seed: &mut Seed,
    into: &mut Vec<Event>,
) {
    let new: HashMap<Uuid, Uuid> = journey
        .own
        .iter()
        .map(|own| (*own, operations.fresh_id(caller)))
        .collect();
    let weeks = i64::try_from(1 + seed.below(WEEKS)).unwrap();
    let earlier = SignedDuration::from_hours(24 * 7 * weeks);
    let person = invented(number, seed);
    for one in &journey.parts {
        let mut event = Event::from_parts(Parts {
            type_name: one.type_name.clone(),
            version: one.version,
            stream: new[&one.stream],
            open: other(&one.open, &new, earlier),
            personal: one.personal.as_ref().map(|part| other(part, &new, earlier)),
        })
        .unwrap();
        if let Body::Person(_, PersonEvent::Registered { personal, .. }) = &mut event.body {
            *personal = Personal::known(person.clone());
        }
        into.push(event);
    }
}

fn other(value: &Value, new: &HashMap<Uuid, Uuid>, earlier: SignedDuration) -> Value {
    match value {
        Value::String(text) => Value::String(other_text(text, new, earlier)),
        Value::Array(values) => {
            Value::Array(values.iter().map(|one| other(one, new, earlier)).collect())
        }
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, one)| (other_text(name, new, earlier), other(one, new, earlier)))
                .collect(),
        ),
        same => same.clone(),
    }
}

fn other_text(text: &str, new: &HashMap<Uuid, Uuid>, earlier: SignedDuration) -> String {
    if let Some(known) = identifier(text).and_then(|id| new.get(&id)) {
        return known.to_string();
    }
    if text.len() >= 20
        && text.as_bytes().get(10) == Some(&b'T')
        && let Ok(at) = text.parse::<Timestamp>()
    {
        return at.checked_sub(earlier).unwrap().to_string();
    }
    text.to_owned()
}

/// Somebody with a name of syllables: a few names are common, most are rare, as anywhere.
fn invented(number: u64, seed: &mut Seed) -> Details {
    const SYLLABLES: [(&str, &str); 24] = [
        ("ka", "ка"),
        ("ri", "ри"),
        ("mo", "мо"),
        ("sa", "са"),
        ("bek", "бек"),
        ("nur", "нур"),
        ("dil", "дил"),
        ("tu", "ту"),
        ("ray", "рай"),
        ("shu", "шу"),
        ("zha", "жа"),
        ("el", "эл"),
        ("man", "ман"),
        ("gul", "гуль"),
        ("or", "ор"),
        ("ash", "аш"),
        ("bo", "бо"),
        ("ti", "ти"),
        ("lan", "лан"),
        ("far", "фар"),
        ("za", "за"),
        ("mi", "ми"),
        ("dor", "дор"),
        ("yu", "ю"),
    ];
    const ENDINGS: [(&str, &str); 4] =
        [("ov", "ов"), ("ev", "ев"), ("zoda", "зода"), ("uly", "улы")];
    let mut word = |count: u64| {
        let mut both = (String::new(), String::new());
        for _ in 0..count {
            let (latin, cyrillic) = SYLLABLES[seed.below(24) as usize];
            both.0.push_str(latin);
            both.1.push_str(cyrillic);
        }
        both
    };
    let mut surname = word(2 + number % 2);
    let given = word(2);
    let ending = ENDINGS[seed.below(4) as usize];
    surname.0.push_str(ending.0);
    surname.1.push_str(ending.1);
    let name = |script, surname: &str, given: &str| Name {
        script,
        surname: Some(Text::new(&capital(surname))),
        given: Some(Text::new(&capital(given))),
    };
    let year = 1950 + i16::try_from(seed.below(65)).unwrap();
    let (month, day) = (1 + seed.below(12), 1 + seed.below(28));
    Details {
        names: vec![
            name(Script::Latin, &surname.0, &given.0),
            name(Script::Cyrillic, &surname.1, &given.1),
        ],
        birth: BirthDate::new(Some(year), Some(month as i8), Some(day as i8)).unwrap(),
        nationalities: Vec::new(),
        sex: None,
        papers: Papers::Held(vec![TravelDocument {
            kind: TravelDocumentKind::Passport,
            number: Text::new(&document_number(number)),
            issuer: Some(Text::new("UTO")),
            zone_read: true,
        }]),
    }
}

/// The number of a person's passport; the state of UTO is nowhere.
pub fn document_number(number: u64) -> String {
    format!("X{number:08}")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Numbers from a seed: SplitMix64.
pub struct Seed(pub u64);

impl Seed {
    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }
}
