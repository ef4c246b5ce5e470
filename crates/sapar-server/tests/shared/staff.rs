//! A border post, agencies with teams, and users.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "each test uses a part of it, and stops at the first surprise"
)]

use jiff::Timestamp;
use sapar_access::{Agency, AgencyKind, Post, Purpose, Role, Team, TimeZoneName, User, UserState};
use sapar_casework::birth::BirthDate;
use sapar_casework::encounter::{Beginning, Place};
use sapar_casework::ids::{EncounterId, PersonId};
use sapar_casework::person::{
    Details, Name, Nationality, Papers, Script, TravelDocument, TravelDocumentKind,
};
use sapar_casework::personal::Text;
use sapar_casework::screening::{AnswerGiven, Given, HowLearned};
use sapar_operations::directory::DirectoryEntry;
use sapar_operations::people::Registered;
use sapar_operations::{Caller, Operations};
use sapar_sign_in::password::Password;
use uuid::Uuid;

use AgencyKind::{
    AsylumAuthority, BorderService, GuardianshipAuthority, Headquarters, MigrationPolice,
    SocialServices,
};

const KINDS: [AgencyKind; 6] = [
    BorderService,
    AsylumAuthority,
    SocialServices,
    GuardianshipAuthority,
    MigrationPolice,
    Headquarters,
];

/// Name, agency, role, and which team of the agency; those of the Border Service are at the post.
const USERS: [(&str, AgencyKind, Role, Option<u128>); 9] = [
    ("first", BorderService, Role::FirstLine, None),
    ("second", BorderService, Role::SecondLine, None),
    ("specialist", BorderService, Role::Specialist, None),
    ("one", AsylumAuthority, Role::AgencyCaseworker, Some(0)),
    ("two", AsylumAuthority, Role::AgencyCaseworker, Some(1)),
    ("social", SocialServices, Role::AgencyCaseworker, Some(0)),
    (
        "guardian",
        GuardianshipAuthority,
        Role::AgencyCaseworker,
        Some(0),
    ),
    ("police", MigrationPolice, Role::CaseOfficer, Some(0)),
    ("admin", Headquarters, Role::Administrator, None),
];

/// Identifiers of version 7 that are the same in every run.
pub fn v7(number: u128) -> Uuid {
    Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + number)
}

pub fn agency(kind: AgencyKind) -> Uuid {
    let place = KINDS.iter().position(|one| *one == kind).unwrap();
    v7(100 + place as u128)
}

/// The agency's first team, or its second.
pub fn team(kind: AgencyKind, number: u128) -> Uuid {
    let place = KINDS.iter().position(|one| *one == kind).unwrap();
    v7(200 + 2 * place as u128 + number)
}

pub fn post() -> Uuid {
    v7(300)
}

pub fn user(name: &str) -> Uuid {
    let place = USERS.iter().position(|(one, ..)| *one == name).unwrap();
    v7(400 + place as u128)
}

/// A user acting for a purpose.
pub fn by(operations: &Operations, name: &str, purpose: Purpose, now: Timestamp) -> Caller {
    let directory = operations.directory();
    let user = &directory.users[&user(name)];
    operations.caller_of(user, purpose, now).unwrap()
}

/// Puts them all there, with the password of the browser.
pub async fn fill(operations: &Operations, password: &str) {
    let put = async |entry| operations.put_unchecked(entry).await.unwrap();
    for kind in KINDS {
        put(DirectoryEntry::Agency(Agency {
            id: agency(kind).try_into().unwrap(),
            name: format!("{kind:?}"),
            kind,
            mandate: kind.usual_mandate(),
        }))
        .await;
        for number in 0..2 {
            put(DirectoryEntry::Team(Team {
                id: team(kind, number).try_into().unwrap(),
                agency: agency(kind).try_into().unwrap(),
                name: format!("Team {}", number + 1),
            }))
            .await;
        }
    }
    put(DirectoryEntry::Post(Post {
        id: post().try_into().unwrap(),
        agency: agency(BorderService).try_into().unwrap(),
        name: "Qorghas".to_owned(),
        time_zone: TimeZoneName::parse("Asia/Almaty").unwrap(),
    }))
    .await;
    for (name, kind, role, of) in USERS {
        put(DirectoryEntry::User(User {
            id: user(name).try_into().unwrap(),
            name: name.to_owned(),
            agency: agency(kind).try_into().unwrap(),
            team: of.map(|number| team(kind, number).try_into().unwrap()),
            post: (kind == BorderService).then(|| post().try_into().unwrap()),
            role,
            state: UserState::Active,
        }))
        .await;
        let password = Password::typed(password.to_owned());
        operations
            .set_password_unchecked(user(name).try_into().unwrap(), name, password)
            .await
            .unwrap();
    }
}

/// Somebody with a passport, born on a fourteenth of March.
pub fn details(surname: &str, given: &str, year: i16, country: &str, passport: &str) -> Details {
    Details {
        names: vec![Name {
            script: Script::Latin,
            surname: Some(Text::new(surname)),
            given: Some(Text::new(given)),
        }],
        birth: BirthDate::new(Some(year), Some(3), Some(14)).unwrap(),
        nationalities: vec![Nationality::Of(country.to_owned())],
        sex: None,
        papers: Papers::Held(vec![TravelDocument {
            kind: TravelDocumentKind::Passport,
            number: Text::new(passport),
            issuer: Some(Text::new(country)),
            zone_read: false,
        }]),
    }
}

/// Somebody met at the post and registered.
pub async fn met(
    operations: &Operations,
    officer: &Caller,
    details: Details,
) -> (EncounterId, PersonId) {
    let place = Place::Post {
        post: post().try_into().unwrap(),
    };
    let encounter = operations
        .open_encounter(officer, place, Beginning::Check, officer.now)
        .await
        .unwrap();
    match operations
        .register(officer, encounter, details, true)
        .await
        .unwrap()
    {
        Registered::New(person) => (encounter, person),
        Registered::Doubtful(_) => unreachable!("said to be different"),
    }
}

/// What was answered when this was asked.
pub fn answer(fact: &str, value: &str) -> AnswerGiven {
    AnswerGiven {
        fact: fact.to_owned(),
        given: Given::Known(Text::new(value)),
        how: HowLearned::Asked,
    }
}
