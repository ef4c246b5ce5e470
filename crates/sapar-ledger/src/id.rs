//! Identifiers, made where the record is made.

use uuid::Uuid;

/// An identifier is not a UUID of version 7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "an identifier is not a UUID of version 7; make it where the record is made, from the time and a random source"
)]
pub struct NotVersion7;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes an identifier of version 7.
            ///
            /// # Errors
            /// If it is of another version: its order would say nothing of when it was made.
            pub fn new(id: Uuid) -> Result<Self, NotVersion7> {
                if id.get_version_num() == 7 { Ok(Self(id)) } else { Err(NotVersion7) }
            }

            /// The bare identifier.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )* };
}

ids! {
    /// An event.
    EventId;
    /// A database that writes a chain of its own: a post, headquarters.
    NodeId;
    /// What one user did in one step; its events are stored together or not at all, and storing it twice stores it once.
    CommandId;
}
