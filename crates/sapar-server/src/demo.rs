//! A demonstration: invented agencies, users, and a week of invented people at three crossing points.
//!
//! The same seed and the same day give the same records. Nobody in it exists: names are drawn from lists, numbers from a seed.

mod people;
mod week;

use sapar_access::{
    Agency, AgencyId, AgencyKind, Post, PostId, Role, Team, TeamId, TimeZoneName, User, UserId,
    UserState,
};
use sapar_operations::directory::DirectoryEntry;
use sapar_operations::{OperationError, Operations, RandomBytes};
use sapar_sign_in::password::Password;
use uuid::Uuid;

pub use week::{Filled, fill};

/// The password of every invented user; it protects nothing.
pub(crate) const PASSWORD: &str = "demonstration only";

/// An invented user.
pub(crate) struct Invented {
    /// The name to sign in with.
    pub(crate) name: &'static str,
    called: &'static str,
    role: Role,
    kind: AgencyKind,
    /// The post, by its place in [`POSTS`].
    post: Option<usize>,
    number: u128,
}

const fn invented(
    number: u128,
    name: &'static str,
    called: &'static str,
    role: Role,
    kind: AgencyKind,
    post: Option<usize>,
) -> Invented {
    Invented {
        name,
        called,
        role,
        kind,
        post,
        number,
    }
}

/// Identifiers of version 7 that are the same in every demonstration.
pub(crate) fn fixed(number: u128) -> Uuid {
    Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + number)
}

impl Invented {
    pub(crate) fn id(&self) -> Uuid {
        fixed(1_000 + self.number)
    }
}

/// Crossing points: real places, invented records.
const POSTS: [&str; 3] = ["Qordai", "Nur Zholy", "Qonysbaev"];

const KINDS: [(AgencyKind, &str); 10] = [
    (AgencyKind::BorderService, "Border Service"),
    (AgencyKind::MigrationPolice, "Migration Police"),
    (
        AgencyKind::AsylumAuthority,
        "Asylum authority of the region",
    ),
    (AgencyKind::GuardianshipAuthority, "Guardianship authority"),
    (AgencyKind::SocialServices, "Social services centre"),
    (AgencyKind::Ngo, "Legal aid foundation"),
    (AgencyKind::Iom, "International Organization for Migration"),
    (AgencyKind::AntiTrafficking, "Anti-trafficking unit"),
    (AgencyKind::Monitor, "Ombudsman's monitors"),
    (AgencyKind::Headquarters, "Headquarters"),
];

pub(crate) const USERS: [Invented; 20] = [
    invented(
        1,
        "officer",
        "Aigerim S.",
        Role::FirstLine,
        AgencyKind::BorderService,
        Some(0),
    ),
    invented(
        2,
        "second",
        "Daniyar K.",
        Role::SecondLine,
        AgencyKind::BorderService,
        Some(0),
    ),
    invented(
        3,
        "specialist",
        "Saltanat M.",
        Role::Specialist,
        AgencyKind::BorderService,
        Some(0),
    ),
    invented(
        4,
        "leader",
        "Yerlan T.",
        Role::Supervisor,
        AgencyKind::BorderService,
        Some(0),
    ),
    invented(
        5,
        "officer-nurzholy",
        "Bauyrzhan A.",
        Role::FirstLine,
        AgencyKind::BorderService,
        Some(1),
    ),
    invented(
        6,
        "second-nurzholy",
        "Zarina O.",
        Role::SecondLine,
        AgencyKind::BorderService,
        Some(1),
    ),
    invented(
        7,
        "officer-qonysbaev",
        "Madina I.",
        Role::FirstLine,
        AgencyKind::BorderService,
        Some(2),
    ),
    invented(
        8,
        "second-qonysbaev",
        "Timur B.",
        Role::SecondLine,
        AgencyKind::BorderService,
        Some(2),
    ),
    invented(
        9,
        "police",
        "Askar N.",
        Role::CaseOfficer,
        AgencyKind::MigrationPolice,
        None,
    ),
    invented(
        10,
        "asylum",
        "Gulnara R.",
        Role::AgencyCaseworker,
        AgencyKind::AsylumAuthority,
        None,
    ),
    invented(
        11,
        "guardian",
        "Nazgul E.",
        Role::AgencyCaseworker,
        AgencyKind::GuardianshipAuthority,
        None,
    ),
    invented(
        12,
        "social",
        "Olga P.",
        Role::AgencyCaseworker,
        AgencyKind::SocialServices,
        None,
    ),
    invented(
        13,
        "ngo",
        "Ruslan V.",
        Role::AgencyCaseworker,
        AgencyKind::Ngo,
        None,
    ),
    invented(
        14,
        "iom",
        "Maria F.",
        Role::AgencyCaseworker,
        AgencyKind::Iom,
        None,
    ),
    invented(
        15,
        "antitrafficking",
        "Nurlan D.",
        Role::CaseOfficer,
        AgencyKind::AntiTrafficking,
        None,
    ),
    invented(
        16,
        "monitor",
        "Svetlana G.",
        Role::AgencyCaseworker,
        AgencyKind::Monitor,
        None,
    ),
    invented(
        17,
        "analyst",
        "Kamila U.",
        Role::Analyst,
        AgencyKind::Headquarters,
        None,
    ),
    invented(
        18,
        "admin",
        "Arman Z.",
        Role::Administrator,
        AgencyKind::Headquarters,
        None,
    ),
    invented(
        19,
        "auditor",
        "Tatyana L.",
        Role::Auditor,
        AgencyKind::Headquarters,
        None,
    ),
    invented(
        20,
        "iom-lead",
        "Pedro C.",
        Role::Supervisor,
        AgencyKind::Iom,
        None,
    ),
];

/// Bytes from a seed, for identifiers and keys of invented people only.
pub(crate) fn seeded() -> RandomBytes {
    let mut seed = people::Seed(20_261_125);
    Box::new(move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(8) {
            for (byte, drawn) in chunk.iter_mut().zip(seed.next().to_le_bytes()) {
                *byte = drawn;
            }
        }
    })
}

fn place(kind: AgencyKind) -> u128 {
    KINDS
        .iter()
        .position(|(one, _)| *one == kind)
        .map_or(0, |place| place as u128)
}

pub(crate) fn agency_id(kind: AgencyKind) -> Uuid {
    fixed(100 + place(kind))
}

fn id<T: TryFrom<Uuid>>(uuid: Uuid) -> Result<T, OperationError> {
    T::try_from(uuid).map_err(|_| OperationError::Own("an invented identifier"))
}

/// Puts the invented agencies, posts, teams and users.
async fn fill_directory(operations: &Operations) -> Result<(), OperationError> {
    for (kind, name) in KINDS {
        let agency: AgencyId = id(agency_id(kind))?;
        operations
            .put_unchecked(DirectoryEntry::Agency(Agency {
                id: agency,
                name: name.to_owned(),
                kind,
                mandate: kind.usual_mandate(),
            }))
            .await?;
        let team: TeamId = id(fixed(200 + place(kind)))?;
        operations
            .put_unchecked(DirectoryEntry::Team(Team {
                id: team,
                agency,
                name: format!("{name}, casework"),
            }))
            .await?;
    }
    for (number, name) in (0_u128..).zip(POSTS) {
        let post: PostId = id(fixed(300 + number))?;
        operations
            .put_unchecked(DirectoryEntry::Post(Post {
                id: post,
                agency: id(agency_id(AgencyKind::BorderService))?,
                name: name.to_owned(),
                time_zone: TimeZoneName::parse("Asia/Almaty")
                    .map_err(|_| OperationError::Own("a time zone"))?,
            }))
            .await?;
    }
    // One password for all: nobody is protected by it.
    let password = || Password::typed(PASSWORD.to_owned());
    for invented in &USERS {
        let user: UserId = id(invented.id())?;
        let in_team = invented.post.is_none() && invented.kind != AgencyKind::Headquarters;
        let team = in_team
            .then(|| id(fixed(200 + place(invented.kind))))
            .transpose()?;
        let post = invented
            .post
            .map(|post| id(fixed(300 + post as u128)))
            .transpose()?;
        operations
            .put_unchecked(DirectoryEntry::User(User {
                id: user,
                name: invented.called.to_owned(),
                agency: id(agency_id(invented.kind))?,
                team,
                post,
                role: invented.role,
                state: UserState::Active,
            }))
            .await?;
        operations
            .set_password_unchecked(user, invented.name, password())
            .await?;
    }
    Ok(())
}
