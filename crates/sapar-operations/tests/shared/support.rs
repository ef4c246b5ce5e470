//! A border post, agencies and users, on a database in a folder of the test's own.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "each test uses a part of it, and stops at the first surprise"
)]

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use sapar_access::{
    Access, Agency, AgencyKind, Post, Purpose, Role, Team, TimeZoneName, User, UserState,
};
use sapar_casework::birth::BirthDate;
use sapar_casework::encounter::{Beginning, Place};
use sapar_casework::ids::{EncounterId, PersonId, ScreeningId};
use sapar_casework::person::{
    Details, Name, Nationality, NoDocument, Papers, Script, Sex, TravelDocument, TravelDocumentKind,
};
use sapar_casework::personal::Text;
use sapar_casework::screening::{AnswerGiven, Given, HowLearned};
use sapar_law::{Knowledge, Library, ValueKind};
use sapar_ledger::NodeId;
use sapar_operations::directory::DirectoryEntry;
use sapar_operations::people::Registered;
use sapar_operations::{Caller, LawBook, Operations, Parts};
use sapar_sealing::NodeKey;
use sapar_store_sqlite::{Options, SqliteStore};
use uuid::Uuid;

pub const START: &str = "2026-11-25T05:00:00Z";

/// Identifiers of version 7 that are the same in every run.
pub fn v7(number: u128) -> Uuid {
    Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + number)
}

pub fn library() -> Arc<Library> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    Arc::clone(LIBRARY.get_or_init(|| Arc::new(sapar_packages::library().library)))
}

fn access() -> Arc<Access> {
    static ACCESS: OnceLock<Arc<Access>> = OnceLock::new();
    Arc::clone(ACCESS.get_or_init(|| Access::new().unwrap()))
}

/// Bytes from a seed, the same in every run.
pub fn random(seed: u64) -> sapar_operations::RandomBytes {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    Box::new(move |bytes: &mut [u8]| {
        bytes.fill_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 24) as u8
        });
    })
}

pub fn node_key() -> NodeKey {
    NodeKey::make(&mut random(99))
}

pub struct World {
    pub operations: Operations,
    pub folder: tempfile::TempDir,
    users: Vec<(&'static str, User)>,
}

/// Users by name: agency kind, role, whether at the post, whether in the agency's team.
const USERS: [(&str, AgencyKind, Role, bool, bool); 10] = [
    (
        "first",
        AgencyKind::BorderService,
        Role::FirstLine,
        true,
        false,
    ),
    (
        "second",
        AgencyKind::BorderService,
        Role::SecondLine,
        true,
        false,
    ),
    (
        "specialist",
        AgencyKind::BorderService,
        Role::Specialist,
        true,
        false,
    ),
    (
        "leader",
        AgencyKind::BorderService,
        Role::Supervisor,
        true,
        false,
    ),
    (
        "asylum",
        AgencyKind::AsylumAuthority,
        Role::AgencyCaseworker,
        false,
        true,
    ),
    (
        "guardian",
        AgencyKind::GuardianshipAuthority,
        Role::AgencyCaseworker,
        false,
        true,
    ),
    ("ngo", AgencyKind::Ngo, Role::AgencyCaseworker, false, true),
    (
        "police",
        AgencyKind::MigrationPolice,
        Role::CaseOfficer,
        false,
        true,
    ),
    (
        "admin",
        AgencyKind::Headquarters,
        Role::Administrator,
        false,
        false,
    ),
    (
        "analyst",
        AgencyKind::Headquarters,
        Role::Analyst,
        false,
        false,
    ),
];

impl World {
    pub async fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let node = NodeId::new(v7(1)).unwrap();
        let store = SqliteStore::open(&folder.path().join("sapar.db"), Options::new(node)).unwrap();
        let operations = Operations::open(
            Parts {
                store: Arc::new(store),
                node_key: node_key(),
                access: access(),
                law: LawBook::new(library(), "kazakhstan-screening").unwrap(),
                random: random(seed),
            },
            START.parse().unwrap(),
        )
        .await
        .unwrap();
        let mut world = Self {
            operations,
            folder,
            users: Vec::new(),
        };
        world.fill().await;
        world
    }

    async fn fill(&mut self) {
        let kinds = [
            AgencyKind::BorderService,
            AgencyKind::AsylumAuthority,
            AgencyKind::GuardianshipAuthority,
            AgencyKind::Ngo,
            AgencyKind::MigrationPolice,
            AgencyKind::Headquarters,
        ];
        let agency = |kind: AgencyKind| {
            let number = kinds.iter().position(|one| *one == kind).unwrap() as u128;
            sapar_access::AgencyId::new(v7(100 + number)).unwrap()
        };
        let team = |kind: AgencyKind| {
            sapar_access::TeamId::new(v7(
                200 + kinds.iter().position(|one| *one == kind).unwrap() as u128
            ))
            .unwrap()
        };
        let post = sapar_access::PostId::new(v7(300)).unwrap();
        let put = |entry| self.operations.put_unchecked(entry);
        for kind in kinds {
            put(DirectoryEntry::Agency(Agency {
                id: agency(kind),
                name: format!("{kind:?}"),
                kind,
                mandate: kind.usual_mandate(),
            }))
            .await
            .unwrap();
            put(DirectoryEntry::Team(Team {
                id: team(kind),
                agency: agency(kind),
                name: "Team".to_owned(),
            }))
            .await
            .unwrap();
        }
        put(DirectoryEntry::Post(Post {
            id: post,
            agency: agency(AgencyKind::BorderService),
            name: "Qorghas".to_owned(),
            time_zone: TimeZoneName::parse("Asia/Almaty").unwrap(),
        }))
        .await
        .unwrap();
        let mut users = Vec::new();
        for (number, (name, kind, role, at_post, in_team)) in (0..).zip(USERS) {
            let user = User {
                id: sapar_access::UserId::new(v7(400 + number)).unwrap(),
                name: name.to_owned(),
                agency: agency(kind),
                team: in_team.then(|| team(kind)),
                post: at_post.then_some(post),
                role,
                state: UserState::Active,
            };
            put(DirectoryEntry::User(user.clone())).await.unwrap();
            users.push((name, user));
        }
        self.users = users;
    }

    pub fn user(&self, name: &str) -> &User {
        &self.users.iter().find(|(one, _)| *one == name).unwrap().1
    }

    /// A user acting for a purpose so many minutes after the start.
    pub fn by(&self, name: &str, purpose: Purpose, minutes: i64) -> Caller {
        let start: Timestamp = START.parse().unwrap();
        let now = start + jiff::SignedDuration::from_mins(minutes);
        self.operations
            .caller_of(self.user(name), purpose, now)
            .unwrap()
    }

    pub fn agency(&self, name: &str) -> sapar_casework::ids::AgencyId {
        self.user(name).agency.uuid().try_into().unwrap()
    }

    /// Somebody met at the post and registered.
    pub async fn met(&self, details: Details, minutes: i64) -> (EncounterId, PersonId) {
        let caller = self.by("second", Purpose::Screening, minutes);
        let post = self.user("second").post.unwrap().uuid();
        let encounter = self
            .operations
            .open_encounter(
                &caller,
                Place::Post {
                    post: post.try_into().unwrap(),
                },
                Beginning::Check,
                caller.now,
            )
            .await
            .unwrap();
        match self
            .operations
            .register(&caller, encounter, details, true)
            .await
            .unwrap()
        {
            Registered::New(person) => (encounter, person),
            Registered::Doubtful(_) => unreachable!("said to be different"),
        }
    }

    /// A whole screening: these answers, "no" to every other yes-or-no question, and "does not know" to the rest.
    pub async fn screened(
        &self,
        who: &str,
        encounter: EncounterId,
        person: PersonId,
        answers: &[(&str, &str)],
        minutes: i64,
    ) -> ScreeningId {
        let caller = self.by(who, Purpose::Screening, minutes);
        let screening = self
            .operations
            .start_screening(&caller, person, Some(encounter))
            .await
            .unwrap();
        self.answer_all(&caller, screening, answers).await;
        self.operations
            .finish_screening(&caller, screening)
            .await
            .unwrap();
        screening
    }

    pub async fn answer_all(
        &self,
        caller: &Caller,
        screening: ScreeningId,
        answers: &[(&str, &str)],
    ) -> usize {
        let mut asked = 0;
        loop {
            let view = self.operations.screening(caller, screening).await.unwrap();
            let Some(question) = view.question else {
                return asked;
            };
            asked += 1;
            assert!(asked < 200, "an interview ends");
            let library = view.engine.library();
            let fact = question.question.fact;
            let name = library.fact(fact).name.clone();
            let given = match answers.iter().find(|(one, _)| *one == name) {
                Some((_, value)) => Given::Known(Text::new(value)),
                None => match &library.fact(fact).kind {
                    ValueKind::YesNo => Given::Known(Text::new(
                        &library.value_to_text(fact, Knowledge::YesNo(false)),
                    )),
                    _ => Given::DoesNotKnow,
                },
            };
            let answer = AnswerGiven {
                fact: name.clone(),
                given,
                how: HowLearned::Asked,
            };
            let said = self.operations.answer(caller, screening, answer).await;
            if said.is_err() {
                // "No" contradicts what was said before, so that it is "yes" or not known.
                let answer = AnswerGiven {
                    fact: name,
                    given: Given::DoesNotKnow,
                    how: HowLearned::Asked,
                };
                self.operations
                    .answer(caller, screening, answer)
                    .await
                    .unwrap();
            }
        }
    }
}

pub fn name(surname: &str, given: &str) -> Name {
    let cyrillic = !surname.is_ascii();
    Name {
        script: if cyrillic {
            Script::Cyrillic
        } else {
            Script::Latin
        },
        surname: Some(Text::new(surname)),
        given: Some(Text::new(given)),
    }
}

pub fn details(surname: &str, given: &str, year: i16, country: &str, number: &str) -> Details {
    Details {
        names: vec![name(surname, given)],
        birth: BirthDate::new(Some(year), Some(3), Some(14)).unwrap(),
        nationalities: vec![Nationality::Of(country.to_owned())],
        sex: Some(Sex::Male),
        papers: if number.is_empty() {
            Papers::Absent(NoDocument::Lost)
        } else {
            Papers::Held(vec![TravelDocument {
                kind: TravelDocumentKind::Passport,
                number: Text::new(number),
                issuer: Some(Text::new(country)),
                zone_read: false,
            }])
        },
    }
}
