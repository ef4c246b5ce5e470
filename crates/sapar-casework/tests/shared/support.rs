//! What the tests share: the law, ids, stamps.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    reason = "helpers of tests: not every test uses all of them, and a test may stop at the first surprise"
)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use jiff::Timestamp;
use jiff::civil::{Date, date};
use sapar_calendar::Calendar;
use sapar_casework::birth::BirthDate;
use sapar_casework::ids::*;
use sapar_casework::person::*;
use sapar_casework::personal::Text;
use sapar_casework::refusal::Refusal;
use sapar_casework::screening::{AnswerGiven, Given, HowLearned};
use sapar_casework::stamp::{Actor, Aggregate, Stamp};
use sapar_law::{Engine, Library};
use uuid::Uuid;

pub const TODAY: Date = date(2026, 11, 25);

pub fn library() -> Arc<Library> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    Arc::clone(LIBRARY.get_or_init(|| {
        let read = sapar_packages::library();
        assert!(!read.has_errors());
        Arc::new(read.library)
    }))
}

pub fn engine_on(on: Date) -> Arc<Engine> {
    static ENGINES: OnceLock<Mutex<BTreeMap<Date, Arc<Engine>>>> = OnceLock::new();
    let mut engines = ENGINES.get_or_init(Mutex::default).lock().unwrap();
    let engine = engines.entry(on).or_insert_with(|| {
        let library = library();
        let order = library.order_named("kazakhstan-screening").unwrap();
        Arc::new(Engine::new(library, order, on).unwrap())
    });
    Arc::clone(engine)
}

pub fn engine() -> Arc<Engine> {
    engine_on(TODAY)
}

pub fn calendar() -> &'static Calendar {
    static CALENDAR: OnceLock<Calendar> = OnceLock::new();
    CALENDAR.get_or_init(|| Calendar::kazakhstan().unwrap())
}

pub fn uuid(number: u64) -> Uuid {
    Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 | u128::from(number))
}

macro_rules! id {
    ($($function:ident $type:ident)*) => {$(
        pub fn $function(number: u64) -> $type {
            $type::new(uuid(number)).unwrap()
        }
    )*};
}
id! {
    person PersonId encounter EncounterId group GroupId screening ScreeningId task TaskId referral ReferralId
    case CaseId document DocumentId note NoteId consent ConsentId link LinkId user UserId agency AgencyId
    team TeamId post PostId
}

/// Ten in the morning of the day of the tests at Almaty, and so many minutes.
pub fn minute(minutes: i64) -> Timestamp {
    let start: Timestamp = "2026-11-25T05:00:00Z".parse().unwrap();
    start + jiff::SignedDuration::from_mins(minutes)
}

/// By a user of agency and team 1.
pub fn at(minutes: i64) -> Stamp {
    by(1, minutes)
}

/// By a user of another agency and team.
pub fn by(agency_number: u64, minutes: i64) -> Stamp {
    let by = Actor {
        user: user(agency_number),
        agency: agency(agency_number),
        team: Some(team(agency_number)),
        post: None,
    };
    Stamp {
        at: minute(minutes),
        by,
    }
}

pub fn text(words: &str) -> Text {
    Text::new(words)
}

pub fn known(fact: &str, value: &str) -> AnswerGiven {
    AnswerGiven {
        fact: fact.to_owned(),
        given: Given::Known(text(value)),
        how: HowLearned::Asked,
    }
}

pub fn answered(fact: &str, given: Given) -> AnswerGiven {
    AnswerGiven {
        fact: fact.to_owned(),
        given,
        how: HowLearned::Asked,
    }
}

pub fn details() -> Details {
    Details {
        names: vec![Name {
            script: Script::Cyrillic,
            surname: Some(text("Ахметова")),
            given: Some(text("Айгүл")),
        }],
        birth: BirthDate::UNKNOWN,
        nationalities: Vec::new(),
        sex: None,
        papers: Papers::Absent(NoDocument::HeldByAnother),
    }
}

pub fn registered() -> Person {
    let mut person_record = Person::default();
    let command = PersonCommand::Register {
        person: person(1),
        details: details(),
    };
    person_record.carry_out(command, &at(0)).unwrap();
    person_record
}

/// Checks one row: for each state, whether the command is taken or why not.
pub fn row<A: Aggregate>(
    states: &[&A],
    command: impl Fn() -> A::Command,
    expected: &[Result<(), Refusal>],
    by_agency: u64,
    name: &str,
) {
    assert_eq!(states.len(), expected.len(), "{name}");
    for (number, (state, expected)) in states.iter().zip(expected).enumerate() {
        let decided = state.decide(command(), &by(by_agency, 30)).map(|_| ());
        assert_eq!(decided, *expected, "{name} in state {number}");
    }
}
