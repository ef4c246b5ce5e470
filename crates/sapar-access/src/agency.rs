//! Agencies, teams, posts and users.
//!
//! What a record holds of a member of staff is a name for display; how the user proves who they are is `sapar-sign-in`'s.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::words::{AgencyKind, Purposes, Role};

/// A UUID that is not of version 7, and so was not made by this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the identifier is not a UUID of version 7; copy it again from the page of administration")]
pub struct NotVersion7;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "Uuid", into = "Uuid")]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an identifier made elsewhere.
            ///
            /// # Errors
            /// If it is not of version 7.
            pub fn new(id: Uuid) -> Result<Self, NotVersion7> {
                if id.get_version_num() == 7 { Ok(Self(id)) } else { Err(NotVersion7) }
            }

            /// The UUID itself.
            #[must_use]
            pub fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl TryFrom<Uuid> for $name {
            type Error = NotVersion7;
            fn try_from(id: Uuid) -> Result<Self, NotVersion7> {
                Self::new(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// An agency.
    AgencyId
    /// A team of an agency.
    TeamId
    /// A post of an agency.
    PostId
    /// A user.
    UserId
}

/// A body with one mandate; a body that both returns and protects people is entered as two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Which.
    pub id: AgencyId,
    /// What it is called.
    pub name: String,
    /// What kind of body it is.
    pub kind: AgencyKind,
    /// The purposes its users may act for; [`AgencyKind::usual_mandate`] is the start.
    pub mandate: Purposes,
}

/// People of an agency who share cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Which.
    pub id: TeamId,
    /// Of which agency.
    pub agency: AgencyId,
    /// What it is called.
    pub name: String,
}

/// A place of work: a border crossing point, an office, a shelter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Which.
    pub id: PostId,
    /// Of which agency.
    pub agency: AgencyId,
    /// What it is called.
    pub name: String,
    /// In which its pages tell the time.
    pub time_zone: TimeZoneName,
}

/// A time zone the program knows, by its name in the IANA database, such as `Asia/Almaty`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeZoneName(String);

/// A name that is no time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no time zone of that name; write it as in the IANA database, for example Asia/Almaty"
)]
pub struct UnknownTimeZone;

impl TimeZoneName {
    /// Checks that there is such a zone.
    ///
    /// # Errors
    /// If the database carried in the program has no zone of that name.
    pub fn parse(name: &str) -> Result<Self, UnknownTimeZone> {
        let zone = jiff::tz::TimeZone::get(name).map_err(|_| UnknownTimeZone)?;
        // The database's own spelling, so that one zone has one name.
        let name = zone.iana_name().ok_or(UnknownTimeZone)?;
        Ok(Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TimeZoneName {
    type Error = UnknownTimeZone;
    fn try_from(name: String) -> Result<Self, UnknownTimeZone> {
        Self::parse(&name)
    }
}

impl From<TimeZoneName> for String {
    fn from(zone: TimeZoneName) -> String {
        zone.0
    }
}

/// Whether an account may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UserState {
    /// It may.
    Active,
    /// It was closed; the user stays in the records of what was done.
    Closed,
}

/// A member of staff, with one role in one agency; who has two duties has two accounts.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Which.
    pub id: UserId,
    /// The name that colleagues see.
    pub name: String,
    /// Of which agency.
    pub agency: AgencyId,
    /// In which team, if any.
    pub team: Option<TeamId>,
    /// At which post, if any.
    pub post: Option<PostId>,
    /// Trusted with what.
    pub role: Role,
    /// Whether the account may be used.
    pub state: UserState,
}

impl fmt::Debug for User {
    /// Without the name, which belongs in no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .field("agency", &self.agency)
            .field("role", &self.role)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_has_a_time_zone_that_exists() {
        assert_eq!(
            TimeZoneName::parse("asia/almaty").unwrap().as_str(),
            "Asia/Almaty"
        );
        assert_eq!(TimeZoneName::parse("Asia/Nowhere"), Err(UnknownTimeZone));
        assert_eq!(TimeZoneName::parse(""), Err(UnknownTimeZone));
    }

    #[test]
    fn an_identifier_of_another_version_is_refused() {
        assert_eq!(UserId::new(Uuid::nil()), Err(NotVersion7));
    }

    #[test]
    fn debug_output_of_a_user_has_no_name() {
        let id = Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0001);
        let user = User {
            id: UserId::new(id).unwrap(),
            name: "Aigerim".to_owned(),
            agency: AgencyId::new(id).unwrap(),
            team: None,
            post: None,
            role: Role::FirstLine,
            state: UserState::Active,
        };
        assert!(!format!("{user:?}").contains("Aigerim"));
    }
}
