//! An event of any kind, and its two parts.
//!
//! The open part identifies nobody and survives erasure: identifiers, codes, states, times, references to law.
//! The personal part is sealed with the person's key by whoever stores the event, and may be gone when it is read back.
//! An event without it still folds into the same states, counts and identifiers.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::case::CaseEvent;
use crate::classes::{Classes, DataClass};
use crate::document::DocumentEvent;
use crate::encounter::EncounterEvent;
use crate::ids::{
    CaseId, DocumentId, EncounterId, NotVersion7, NoteId, PersonId, ReferralId, ScreeningId,
};
use crate::note::NoteEvent;
use crate::person::{LinkKind, PersonEvent};
use crate::personal::Part;
use crate::referral::ReferralEvent;
use crate::screening::ScreeningEvent;
use crate::stamp::Stamp;
use crate::tasks::TaskEvent;

/// The newest version of every event type.
///
/// A change that older programs cannot read makes a new version, and reading keeps the older ones.
pub const EVENT_VERSION: u16 = 1;

macro_rules! streams {
    ($($(#[$doc:meta])* $name:ident $prefix:literal $id:ty, $event:ty;)*) => {
        /// The stream an event belongs to: the thing whose state it changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Stream {
            $($(#[$doc])* $name($id),)*
        }

        impl Stream {
            /// The first word of the types of its events.
            #[must_use]
            pub const fn prefix(self) -> &'static str {
                match self { $(Stream::$name(_) => $prefix,)* }
            }

            /// The identifier of the thing.
            #[must_use]
            pub fn uuid(self) -> Uuid {
                match self { $(Stream::$name(id) => id.uuid(),)* }
            }

            /// The stream of a thing.
            ///
            /// # Errors
            /// If there is no such prefix, or the identifier is not of version 7.
            pub fn new(prefix: &str, id: Uuid) -> Result<Self, PartsError> {
                match prefix {
                    $($prefix => Ok(Stream::$name(<$id>::new(id)?)),)*
                    _ => Err(PartsError::TypeUnknown),
                }
            }
        }

        /// What happened, with the thing it happened to.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Body {
            $($(#[$doc])* $name($id, $event),)*
        }

        impl Body {
            /// The stream it belongs to.
            #[must_use]
            pub fn stream(&self) -> Stream {
                match self { $(Body::$name(id, _) => Stream::$name(*id),)* }
            }

            fn sealed(&self) -> Option<&dyn Part> {
                match self { $(Body::$name(_, event) => event.sealed(),)* }
            }

            fn sealed_mut(&mut self) -> Option<&mut dyn Part> {
                match self { $(Body::$name(_, event) => event.sealed_mut(),)* }
            }

            fn open(&self) -> Result<(String, Value), serde_json::Error> {
                match self { $(Body::$name(_, event) => open($prefix, event),)* }
            }

            fn read(stream: Stream, name: &str, open: Value) -> Result<Self, PartsError> {
                match stream { $(Stream::$name(id) => Ok(Body::$name(id, read(name, open)?)),)* }
            }
        }
    };
}

streams! {
    /// A person's record.
    Person "person" PersonId, PersonEvent;
    /// An encounter.
    Encounter "encounter" EncounterId, EncounterEvent;
    /// A screening.
    Screening "screening" ScreeningId, ScreeningEvent;
    /// The tasks of a person.
    Tasks "task" PersonId, TaskEvent;
    /// A referral.
    Referral "referral" ReferralId, ReferralEvent;
    /// A case.
    Case "case" CaseId, CaseEvent;
    /// A document.
    Document "document" DocumentId, DocumentEvent;
    /// A note.
    Note "note" NoteId, NoteEvent;
}

/// Something that happened: to what, about whom, by whom, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Whose key seals the personal part; `None` only for encounters, which have none.
    pub about: Option<PersonId>,
    /// Who and when.
    pub stamp: Stamp,
    /// What, and to which thing.
    pub body: Body,
}

/// An event as it is stored.
#[derive(Clone, PartialEq)]
pub struct Parts {
    /// `person.registered`.
    pub type_name: String,
    /// Version of that type.
    pub version: u16,
    /// The identifier of the stream; its kind is the first word of the type.
    pub stream: Uuid,
    /// Identifies nobody.
    pub open: Value,
    /// To be sealed; `None` where there is none.
    pub personal: Option<Value>,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts")
            .field("type_name", &self.type_name)
            .field("version", &self.version)
            .field("stream", &self.stream)
            .finish_non_exhaustive()
    }
}

/// Why an event could not be written or read. No text repeats what stands in the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartsError {
    /// The type has no meaning here.
    #[error("an event has a type this program does not know; update the program")]
    TypeUnknown,
    /// The version is newer.
    #[error("an event was written by a newer program; update this one")]
    VersionUnknown,
    /// The open part is not what its type says.
    #[error(
        "the open part of an event does not fit its type; check the log with `sapar audit verify`"
    )]
    Open,
    /// The personal part is not what its type says.
    #[error(
        "the personal part of an event does not fit its type; check the log with `sapar audit verify`"
    )]
    Personal,
    /// An identifier is not of version 7.
    #[error(transparent)]
    Id(#[from] NotVersion7),
}

/// The open part in JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Open {
    about: Option<PersonId>,
    stamp: Stamp,
    /// What the type itself holds.
    what: Value,
}

impl Event {
    /// Takes the event apart.
    ///
    /// # Errors
    /// Only for values JSON cannot hold; no event has one.
    pub fn parts(&self) -> Result<Parts, PartsError> {
        let (type_name, what) = self.body.open().map_err(|_| PartsError::Open)?;
        let open = Open {
            about: self.about,
            stamp: self.stamp,
            what,
        };
        Ok(Parts {
            type_name,
            version: EVENT_VERSION,
            stream: self.body.stream().uuid(),
            open: serde_json::to_value(open).map_err(|_| PartsError::Open)?,
            personal: match self.body.sealed() {
                Some(part) => part.to_json().map_err(|_| PartsError::Personal)?,
                None => None,
            },
        })
    }

    /// Puts an event together; without its personal part it is one whose personal data is gone.
    ///
    /// # Errors
    /// If type, version or a part is not one this program can read.
    pub fn from_parts(parts: Parts) -> Result<Self, PartsError> {
        if parts.version != EVENT_VERSION {
            return Err(PartsError::VersionUnknown);
        }
        let (prefix, name) = parts
            .type_name
            .split_once('.')
            .ok_or(PartsError::TypeUnknown)?;
        let stream = Stream::new(prefix, parts.stream)?;
        let open: Open = serde_json::from_value(parts.open).map_err(|_| PartsError::Open)?;
        let mut body = Body::read(stream, name, open.what)?;
        if let Some(personal) = parts.personal {
            body.sealed_mut()
                .ok_or(PartsError::Personal)?
                .fill(personal)
                .map_err(|_| PartsError::Personal)?;
        }
        Ok(Self {
            about: open.about,
            stamp: open.stamp,
            body,
        })
    }

    /// What the open part tells of the person by itself.
    ///
    /// A case's kind is known from its first event only, so for the later ones the caller adds [`crate::case::Case::classes`];
    /// so it is with a referral and [`crate::referral::Referral::classes`], a note and a document.
    #[must_use]
    pub fn classes(&self) -> Classes {
        match &self.body {
            Body::Person(_, event) => match event {
                PersonEvent::LinkClaimed { kind, .. } => match kind {
                    LinkKind::TravelsWith => Classes::one(DataClass::Travel),
                    LinkKind::GuardianOf
                    | LinkKind::WardOf
                    | LinkKind::ParentOf
                    | LinkKind::ChildOf => Classes::one(DataClass::Identity).with(DataClass::Child),
                    LinkKind::Spouse | LinkKind::Sibling | LinkKind::OtherRelative => {
                        Classes::one(DataClass::Identity)
                    }
                },
                PersonEvent::ConsentAnswered { purpose, .. } => purpose.tells(),
                // For which purpose is told by the consent itself; without it, any may be meant.
                PersonEvent::ConsentWithdrawn { .. } => Classes::ALL,
                PersonEvent::LinkSettled { .. } | PersonEvent::LinkWithdrawn { .. } => {
                    Classes::one(DataClass::Identity)
                }
                PersonEvent::Registered { .. }
                | PersonEvent::Corrected { .. }
                | PersonEvent::Erased {} => Classes::NONE,
            },
            Body::Encounter(..) => Classes::NONE,
            Body::Screening(_, event) => match event {
                // How many positions are open or gained tells of the person as the positions do.
                ScreeningEvent::Evaluated { outcome, .. } => outcome
                    .positions
                    .iter()
                    .fold(Classes::NONE, |classes, one| classes.and(one.classes)),
                // A specialist is called where a person may be trafficked or need protection.
                ScreeningEvent::HandedOver { .. } => Classes::ALL,
                _ => Classes::NONE,
            },
            Body::Tasks(_, event) => event.classes(),
            Body::Referral(_, ReferralEvent::Offered { offer, .. }) => offer.classes(),
            Body::Case(_, CaseEvent::Opened { kind, .. }) => kind.classes(),
            // What closes a case tells its kind.
            Body::Case(_, CaseEvent::Closed { .. }) => Classes::ALL,
            Body::Referral(..) | Body::Case(..) => Classes::NONE,
            Body::Document(_, event) => match event {
                DocumentEvent::Kept { classes, .. } | DocumentEvent::ClassesAdded { classes } => {
                    *classes
                }
                DocumentEvent::Withdrawn { .. } => Classes::NONE,
            },
            Body::Note(_, event) => match event {
                NoteEvent::Written { classes, .. } | NoteEvent::Corrected { classes, .. } => {
                    *classes
                }
            },
        }
    }
}

/// Serde writes a variant as `{"registered": {…}}`: its name is the type, and what it holds the open part.
fn open<E: Serialize>(prefix: &str, event: &E) -> Result<(String, Value), serde_json::Error> {
    let Value::Object(variant) = serde_json::to_value(event)? else {
        return Err(serde::ser::Error::custom("an event is not an object"));
    };
    match variant.into_iter().next() {
        Some((name, held)) => Ok((format!("{prefix}.{name}"), held)),
        None => Err(serde::ser::Error::custom("an event has no name")),
    }
}

fn read<E: DeserializeOwned>(name: &str, open: Value) -> Result<E, PartsError> {
    let variant = serde_json::Map::from_iter([(name.to_owned(), open)]);
    serde_json::from_value(Value::Object(variant)).map_err(|error| {
        // Serde has no other way to tell a type of a newer program from a broken part.
        if error.to_string().starts_with("unknown variant") {
            PartsError::TypeUnknown
        } else {
            PartsError::Open
        }
    })
}
