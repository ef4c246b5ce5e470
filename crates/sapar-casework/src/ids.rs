//! Identifiers, made where the record is made.
//!
//! Each is a UUID of version 7 in a type of its own, so that a person cannot be passed where a case is meant.
//! The crate makes none: they are passed in, which keeps a decision repeatable.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A UUID that is not of version 7, and so was not made by this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the identifier is not a UUID of version 7; copy it again from the record's page")]
pub struct NotVersion7;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    )*};
}

ids! {
    /// A person.
    PersonId
    /// One meeting of officers with one person or a group.
    EncounterId
    /// Persons met together.
    GroupId
    /// One screening of one person.
    ScreeningId
    /// Something an agency must do for a person.
    TaskId
    /// A handing over of a person's matter to an agency or partner.
    ReferralId
    /// A case.
    CaseId
    /// A kept document.
    DocumentId
    /// A note.
    NoteId
    /// An answer to a request for consent.
    ConsentId
    /// A claimed link between two persons.
    LinkId
    /// A user of the program.
    UserId
    /// An agency or partner organisation.
    AgencyId
    /// A team of an agency.
    TeamId
    /// A post.
    PostId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_version_7_is_accepted_in_code_and_in_json() {
        let seven = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
        let four = Uuid::from_u128(0x0190_0000_0000_4000_8000_0000_0000_0001);
        assert_eq!(PersonId::new(seven).map(PersonId::uuid), Ok(seven));
        assert_eq!(PersonId::new(four), Err(NotVersion7));
        let json = serde_json::to_string(&PersonId::new(seven).unwrap()).unwrap();
        assert_eq!(
            serde_json::from_str::<PersonId>(&json).unwrap().uuid(),
            seven
        );
        assert!(serde_json::from_str::<PersonId>(&format!("\"{four}\"")).is_err());
    }
}
