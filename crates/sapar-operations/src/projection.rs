//! What states mean for lists and search, live and when the tables are made again from the log.
//!
//! Entries identify nobody. A list that is about a person carries the classes it tells of, so that the store leaves it out
//! for whoever may not see them.

mod folded;
mod rebuild;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use sapar_access::AgencyKind;
use sapar_casework::case::Case;
use sapar_casework::classes::Classes;
use sapar_casework::document::Document;
use sapar_casework::encounter::{Encounter, Place};
use sapar_casework::event::{Body, Event, Stream};
use sapar_casework::ids::PersonId;
use sapar_casework::note::Note;
use sapar_casework::outcome::{Force, RecordedOutcome};
use sapar_casework::person::{Person, PersonState};
use sapar_casework::referral::{Referral, ReferralState};
use sapar_casework::screening::{Screening, ScreeningState};
use sapar_casework::stamp::{Fold, Stamp};
use sapar_casework::tasks::{Due, Task, TaskState, Tasks};
use sapar_ledger::Code;
use sapar_sealing::{DataKey, IndexKey, NodeKey, Token, Wrapped};
use sapar_store::{Change, Entry, Persons, Projector, Recorded};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::directory::Directory;
use crate::error::OperationError;
use crate::log::open_event;

pub(crate) use folded::Folded;
pub(crate) use rebuild::Rebuilder;
pub(crate) use tokens::{duplicate_query, number_tokens, query_tokens};

use tokens::person_tokens;

/// Lists, by name.
pub(crate) mod lists {
    /// Encounters, by desk.
    pub(crate) const ENCOUNTERS: &str = "encounters";
    /// Persons as met at a desk.
    pub(crate) const MET: &str = "met";
    /// Screenings, by desk.
    pub(crate) const SCREENINGS: &str = "screenings";
    /// What screenings found, by desk.
    pub(crate) const OUTCOMES: &str = "outcomes";
    /// Tasks, by who must do them.
    pub(crate) const TASKS: &str = "tasks";
    /// Tasks of others for persons met at a desk.
    pub(crate) const TASKS_HERE: &str = "tasks-here";
    /// Referrals, by receiver.
    pub(crate) const REFERRALS: &str = "referrals";
    /// Referrals, by the desk that made them.
    pub(crate) const SENT: &str = "referrals-sent";
    /// Cases, by team.
    pub(crate) const CASES: &str = "cases";
    /// Documents, by agency.
    pub(crate) const DOCUMENTS: &str = "documents";
    /// Notes, by agency.
    pub(crate) const NOTES: &str = "notes";
    /// Who looked, by user.
    pub(crate) const VIEWS: &str = "views";
    /// Glass that was broken, by agency.
    pub(crate) const GLASS: &str = "glass";
}

/// What projecting needs besides the state: agencies, and the key of search.
pub(crate) struct Tables {
    pub(crate) directory: Arc<Directory>,
    pub(crate) index: Arc<IndexKey>,
}

/// A state to be projected.
pub(crate) enum View<'s> {
    /// A person stands in no list of its own; see [`tokens_of`].
    Person,
    Encounter(&'s Encounter),
    Screening(&'s Screening),
    Tasks(&'s Tasks),
    Referral(&'s Referral),
    Case(&'s Case),
    Document(&'s Document),
    Note(&'s Note),
}

macro_rules! views {
    ($($name:ident)*) => { $(
        impl<'s> From<&'s $name> for View<'s> {
            fn from(state: &'s $name) -> Self {
                View::$name(state)
            }
        }
    )* };
}

impl From<&Person> for View<'_> {
    fn from(_: &Person) -> Self {
        View::Person
    }
}

views! { Encounter Screening Tasks Referral Case Document Note }

/// Whose desk recorded something.
fn desk(stamp: &Stamp) -> Uuid {
    stamp
        .by
        .post
        .map_or(stamp.by.agency.uuid(), |post| post.uuid())
}

/// What an entry of the task list shows without opening anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TaskLine {
    /// Who must, by the law's word.
    pub(crate) bearer: String,
    /// What must be done, by the law's word; nothing for a task somebody added.
    pub(crate) act: Option<String>,
    /// The articles.
    pub(crate) provisions: Vec<String>,
    /// Whether a prohibition may stand against it.
    pub(crate) barred: bool,
    /// At which desk it arose.
    pub(crate) desk: Uuid,
}

/// What an entry of the referral lists shows without opening anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReferralLine {
    pub(crate) purpose: sapar_casework::purpose::Purpose,
    pub(crate) from: Uuid,
    pub(crate) to: Uuid,
    pub(crate) discloses: Classes,
    pub(crate) offered: Timestamp,
    pub(crate) answered: Option<Timestamp>,
}

/// What an entry of the case list shows without opening anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CaseLine {
    pub(crate) kind: sapar_casework::case::CaseKind,
    pub(crate) owner: Uuid,
    pub(crate) offered_to: Option<Uuid>,
}

/// What an entry of the encounter list shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EncounterLine {
    pub(crate) persons: usize,
    pub(crate) beginning: sapar_casework::encounter::Beginning,
}

/// Codes that stand in lists are written by this program, so that one is always made.
pub(crate) fn code(name: &str) -> Code {
    #[expect(clippy::expect_used, reason = "only names of this program come here")]
    Code::new(name).expect("names of lists and states are codes")
}

/// One identifier of two: the same two give the same, in either order.
pub(crate) fn joint(one: Uuid, other: Uuid) -> Uuid {
    Uuid::from_u128(one.as_u128() ^ other.as_u128())
}

fn ms(at: Timestamp) -> Option<i64> {
    Some(at.as_millisecond())
}

struct Line {
    list: &'static str,
    id: Uuid,
    owner: Uuid,
    person: Option<PersonId>,
    state: &'static str,
    at_ms: Option<i64>,
    classes: Classes,
}

fn put(into: &mut Vec<Change>, line: Line, open: Option<serde_json::Value>) {
    into.push(Change::Put(Entry {
        list: code(line.list),
        id: line.id,
        owner: line.owner,
        person: line.person.map(PersonId::uuid),
        state: code(line.state),
        at_ms: line.at_ms,
        classes: bits(line.classes),
        open: open.map_or_else(Vec::new, |open| open.to_string().into_bytes()),
    }));
}

/// Classes as the store compares them.
pub(crate) fn bits(classes: Classes) -> u32 {
    classes
        .iter()
        .map(|class| 1_u32 << class as u32)
        .fold(0, |bits, bit| bits | bit)
}

/// Everything that a state means for lists: the lines it has, and the removal of any that an earlier state may have had.
///
/// So the last state of a stream tells its lines, however it came about.
pub(crate) fn changes(tables: &Tables, stream: Stream, view: View<'_>, into: &mut Vec<Change>) {
    match view {
        View::Person => {}
        View::Encounter(encounter) => of_encounter(stream.uuid(), encounter, into),
        View::Screening(screening) => of_screening(stream.uuid(), screening, into),
        View::Tasks(tasks) => of_tasks(tables, stream, tasks, into),
        View::Referral(referral) => of_referral(stream.uuid(), referral, into),
        View::Case(case) => of_case(stream.uuid(), case, into),
        View::Document(document) => of_document(stream.uuid(), document, into),
        View::Note(note) => of_note(stream.uuid(), note, into),
    }
}

/// Whose desk an encounter is: the post where it was, or else the desk that recorded it.
pub(crate) fn encounter_desk(encounter: &Encounter) -> Option<Uuid> {
    let opening = encounter.opening.as_ref()?;
    Some(match &opening.place {
        Place::Post { post } | Place::AirportTransit { post } => post.uuid(),
        Place::GreenBorder { .. } | Place::Inland { .. } => desk(&opening.stamp),
    })
}

fn of_encounter(id: Uuid, encounter: &Encounter, into: &mut Vec<Change>) {
    let (Some(opening), Some(owner)) = (&encounter.opening, encounter_desk(encounter)) else {
        return;
    };
    let line = EncounterLine {
        persons: encounter.persons.len(),
        beginning: opening.beginning,
    };
    put(
        into,
        Line {
            list: lists::ENCOUNTERS,
            id,
            owner,
            person: None,
            state: if encounter.closed { "closed" } else { "open" },
            at_ms: ms(opening.met),
            classes: Classes::NONE,
        },
        serde_json::to_value(line).ok(),
    );
    for person in &encounter.persons {
        put(
            into,
            Line {
                list: lists::MET,
                id: joint(id, person.uuid()),
                owner,
                person: Some(*person),
                state: "met",
                at_ms: ms(opening.met),
                classes: Classes::NONE,
            },
            Some(serde_json::json!({ "encounter": id })),
        );
    }
    for person in &encounter.removed {
        into.push(Change::Remove {
            list: code(lists::MET),
            id: joint(id, person.uuid()),
        });
    }
}

/// What a screening found, in the words of the dashboard, each with what it tells of the person.
pub(crate) fn findings(outcome: &RecordedOutcome) -> BTreeMap<&'static str, Classes> {
    const FINDINGS: [(&str, Force, &[&str]); 6] = [
        (
            "protection",
            Force::Duty,
            &[
                "accept asylum application",
                "refer to asylum authority",
                "pass asylum application on",
                "treat wish as asylum application",
                "register asylum application",
            ],
        ),
        (
            "child-alone",
            Force::Duty,
            &[
                "call guardianship authority",
                "appoint guardian",
                "assign temporary representative",
                "give child special protection",
            ],
        ),
        (
            "trafficking",
            Force::Duty,
            &[
                "refer for trafficking identification",
                "identify trafficked person",
                "treat as presumed trafficked",
                "assist trafficked person",
            ],
        ),
        ("health", Force::Duty, &["give urgent medical care"]),
        (
            "return",
            Force::Duty,
            &["issue return decision", "expel", "refuse entry"],
        ),
        ("entry", Force::Permission, &["grant entry"]),
    ];
    let mut found = BTreeMap::new();
    for (name, force, acts) in FINDINGS {
        let mut classes: Option<Classes> = None;
        for position in outcome.certain(force) {
            if acts.contains(&position.position.act.as_str()) {
                // Of several ways to find it, the one that tells least.
                let better = classes
                    .is_none_or(|before| position.classes.iter().count() < before.iter().count());
                if better {
                    classes = Some(position.classes);
                }
            }
        }
        if let Some(classes) = classes {
            found.insert(name, classes);
        }
    }
    if found.is_empty() {
        found.insert("nothing", Classes::NONE);
    }
    found
}

/// Every word of what a screening can find.
pub const FINDINGS: [&str; 7] = [
    "protection",
    "child-alone",
    "trafficking",
    "health",
    "return",
    "entry",
    "nothing",
];

fn of_screening(id: Uuid, screening: &Screening, into: &mut Vec<Change>) {
    let (Some(person), Some(started)) = (screening.person, &screening.started) else {
        return;
    };
    let state = match screening.state {
        ScreeningState::NotStarted => return,
        ScreeningState::Running => "running",
        ScreeningState::Stopped(_) => "stopped",
        ScreeningState::Finished => "finished",
    };
    put(
        into,
        Line {
            list: lists::SCREENINGS,
            id,
            owner: desk(started),
            person: Some(person),
            state,
            at_ms: ms(started.at),
            classes: Classes::NONE,
        },
        None,
    );
    let found = screening.outcome().map(findings).unwrap_or_default();
    for (place, name) in (1_u128..).zip(FINDINGS) {
        // The same identifier whenever it is found, so that a finding that fell away is taken off.
        let id = joint(id, Uuid::from_u128(place));
        match (found.get(name), screening.outcomes.last()) {
            (Some(classes), Some(evaluated)) => put(
                into,
                Line {
                    list: lists::OUTCOMES,
                    id,
                    owner: desk(started),
                    person: Some(person),
                    state: name,
                    at_ms: ms(evaluated.stamp.at),
                    classes: *classes,
                },
                None,
            ),
            _ => into.push(Change::Remove {
                list: code(lists::OUTCOMES),
                id,
            }),
        }
    }
}

/// The kind of agency that answers for an actor of the vocabulary.
pub(crate) fn kind_of_bearer(bearer: &str) -> Option<AgencyKind> {
    Some(match bearer {
        "state" | "border service" | "specialised staff" => AgencyKind::BorderService,
        "police" | "criminal investigator" | "prosecutor" => AgencyKind::AntiTrafficking,
        "migration police" | "detention facility" => AgencyKind::MigrationPolice,
        "asylum authority" | "migration authority" | "local executive body" => {
            AgencyKind::AsylumAuthority
        }
        "guardianship authority" | "guardian" => AgencyKind::GuardianshipAuthority,
        "social services" | "medical staff" => AgencyKind::SocialServices,
        "partner organisation" | "legal aid provider" => AgencyKind::Ngo,
        _ => return None,
    })
}

/// When a task is due: the earliest end of its limits.
pub(crate) fn due_at(task: &Task) -> Option<Timestamp> {
    task.limits
        .iter()
        .filter_map(|limit| match &limit.due {
            Due::At { ends } | Due::By { ends, .. } | Due::Between { ends, .. } => Some(*ends),
            Due::Promptly { since } | Due::NotCounted { since } => Some(*since),
            Due::Waits {} | Due::NoEnd {} => None,
        })
        .min()
}

fn of_tasks(tables: &Tables, stream: Stream, tasks: &Tasks, into: &mut Vec<Change>) {
    let Stream::Tasks(person) = stream else {
        return;
    };
    for (id, task) in &tasks.tasks {
        let here = desk(&task.made);
        let owner = match kind_of_bearer(&task.bearer) {
            // What nobody here must do, such as a court, stands with the person and on no desk.
            None => Uuid::nil(),
            Some(AgencyKind::BorderService) => here,
            Some(kind) => tables
                .directory
                .agency_for(kind)
                .map_or(here, |agency| agency.id.uuid()),
        };
        let state = match task.state {
            TaskState::Open => "open",
            TaskState::Done { late: false, .. } => "done",
            TaskState::Done { late: true, .. } => "done-late",
            TaskState::Waived { .. } => "waived",
            TaskState::Replaced { .. } => "replaced",
        };
        let line = TaskLine {
            bearer: task.bearer.clone(),
            act: task.duty().map(|duty| duty.position.act.clone()),
            provisions: task
                .duty()
                .map(|duty| {
                    let all: BTreeSet<&str> = duty
                        .norms
                        .iter()
                        .map(|norm| norm.provision.as_str())
                        .collect();
                    all.into_iter().take(3).map(str::to_owned).collect()
                })
                .unwrap_or_default(),
            barred: task.duty().is_some_and(|duty| !duty.barred_by.is_empty()),
            desk: here,
        };
        let open = serde_json::to_value(line).ok();
        let of = |list: &'static str, owner: Uuid| Line {
            list,
            id: id.uuid(),
            owner,
            person: Some(person),
            state,
            // From when it counts as late, so that counting what is before now counts what is late.
            at_ms: task.overdue_from(&crate::tasks::PATIENCE).and_then(ms),
            classes: task.classes,
        };
        put(into, of(lists::TASKS, owner), open.clone());
        put(into, of(lists::TASKS_HERE, here), open);
    }
}

/// States of a case's lines while it goes on: of its person, of those linked, and of the team it is offered to.
pub(crate) const CASES_GOING_ON: [&str; 3] = ["open", "linked", "offered"];

/// States in which a referral goes on, as lists name them.
pub(crate) const REFERRALS_GOING_ON: [&str; 3] = ["offered", "accepted", "arrived"];

/// States in which a referral is at its end.
pub(crate) const REFERRALS_ENDED: [&str; 3] = ["declined", "completed", "withdrawn"];

/// A referral's state as lists name it.
pub(crate) fn referral_state(state: ReferralState) -> &'static str {
    match state {
        ReferralState::None => "none",
        ReferralState::Offered => "offered",
        ReferralState::Accepted => "accepted",
        ReferralState::Declined(_) => "declined",
        ReferralState::Arrived => "arrived",
        ReferralState::Completed(_) => "completed",
        ReferralState::Withdrawn => "withdrawn",
    }
}

fn of_referral(id: Uuid, referral: &Referral, into: &mut Vec<Change>) {
    let (Some(offer), Some(offered)) = (&referral.offer, &referral.offered) else {
        return;
    };
    let line = ReferralLine {
        purpose: offer.purpose,
        from: offered.by.agency.uuid(),
        to: offer.to.uuid(),
        discloses: offer.discloses,
        offered: offered.at,
        answered: referral.answered.map(|stamp| stamp.at),
    };
    let open = serde_json::to_value(line).ok();
    for (list, owner) in [
        (lists::REFERRALS, offer.to.uuid()),
        (lists::SENT, desk(offered)),
    ] {
        put(
            into,
            Line {
                list,
                id,
                owner,
                person: Some(offer.person),
                state: referral_state(referral.state),
                at_ms: ms(offer.reply_by),
                classes: offer.classes(),
            },
            open.clone(),
        );
    }
}

fn of_case(id: Uuid, case: &Case, into: &mut Vec<Change>) {
    let Some(file) = &case.file else { return };
    let line = CaseLine {
        kind: file.kind,
        owner: file.owner.uuid(),
        offered_to: file.offered_to.map(|team| team.uuid()),
    };
    let open = serde_json::to_value(line).ok();
    let of = |id: Uuid, owner: Uuid, person: PersonId, state: &'static str| Line {
        list: lists::CASES,
        id,
        owner,
        person: Some(person),
        state,
        at_ms: ms(file.opened.at),
        classes: case.classes(),
    };
    let state = if file.closed.is_some() {
        "closed"
    } else {
        "open"
    };
    put(
        into,
        of(id, file.team.uuid(), file.person, state),
        open.clone(),
    );
    for person in &file.linked {
        put(
            into,
            of(
                joint(id, person.uuid()),
                file.team.uuid(),
                *person,
                if file.closed.is_some() {
                    "linked-closed"
                } else {
                    "linked"
                },
            ),
            open.clone(),
        );
    }
    // The team it is offered to must be able to see what it is asked to take.
    let offered = joint(id, Uuid::from_u128(1));
    match file.offered_to {
        Some(team) => put(into, of(offered, team.uuid(), file.person, "offered"), open),
        None => into.push(Change::Remove {
            list: code(lists::CASES),
            id: offered,
        }),
    }
}

fn of_document(id: Uuid, document: &Document, into: &mut Vec<Change>) {
    let Some(kept) = &document.kept else { return };
    put(
        into,
        Line {
            list: lists::DOCUMENTS,
            id,
            owner: kept.stamp.by.agency.uuid(),
            person: Some(kept.person),
            state: if kept.withdrawn.is_some() {
                "withdrawn"
            } else {
                "kept"
            },
            at_ms: ms(kept.stamp.at),
            classes: kept.classes,
        },
        None,
    );
}

fn of_note(id: Uuid, note: &Note, into: &mut Vec<Change>) {
    let (Some(person), Some(first)) = (note.person, note.texts.first()) else {
        return;
    };
    put(
        into,
        Line {
            list: lists::NOTES,
            id,
            owner: first.stamp.by.agency.uuid(),
            person: Some(person),
            state: "kept",
            at_ms: ms(first.stamp.at),
            classes: note.classes,
        },
        None,
    );
}

/// The kind of streams that are persons' records.
const PERSONS: &str = "person";

/// Lists that make somebody's scope.
pub(crate) const SCOPE_LISTS: [&str; 3] = [lists::MET, lists::REFERRALS, lists::CASES];

/// Persons whose scopes changes may touch.
pub(crate) fn scope_persons(changes: &[Change]) -> BTreeSet<Uuid> {
    changes
        .iter()
        .filter_map(|change| match change {
            Change::Put(entry) if SCOPE_LISTS.contains(&entry.list.as_str()) => entry.person,
            _ => None,
        })
        .collect()
}

/// Takes changes of lists into what is known of whose lists a person stands in.
pub(crate) fn take_owners(
    person: Uuid,
    changes: &[Change],
    owners: &mut BTreeMap<(String, Uuid), Uuid>,
) {
    for change in changes {
        match change {
            Change::Put(entry)
                if entry.person == Some(person) && SCOPE_LISTS.contains(&entry.list.as_str()) =>
            {
                owners.insert((entry.list.as_str().to_owned(), entry.id), entry.owner);
            }
            Change::Remove { list, id } => {
                owners.remove(&(list.as_str().to_owned(), *id));
            }
            Change::Put(_) | Change::Tokens { .. } => {}
        }
    }
}

/// By what a person is found in the state of their record.
pub(crate) fn tokens_of(index: &IndexKey, state: &Person, scopes: &BTreeSet<Uuid>) -> Vec<Token> {
    match (state.state, state.details()) {
        (PersonState::Registered, Some(details)) => person_tokens(index, details, scopes),
        _ => Vec::new(),
    }
}
