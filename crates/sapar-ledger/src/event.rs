//! What an event carries besides its meaning.

use std::fmt;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::canonical;
use crate::clock::Clock;
use crate::code::{Code, EventName};
use crate::id::{CommandId, EventId, NodeId};

/// The longest open part, in bytes.
pub const OPEN_BYTES_MAX: usize = 1 << 20;

/// The longest sealed part, in bytes; files are kept beside the log, not in it.
pub const SEALED_BYTES_MAX: usize = 1 << 20;

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Stands where there is no previous event.
    pub const NONE: Hash = Hash([0; 32]);

    /// The digest of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A user, by an identifier; agency, team and post stand in the open part.
    User(Uuid),
    /// A part of the program acting by itself, such as `escalation`.
    Program(Code),
}

/// Who decided, for what, in one step.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Command {
    /// The step; storing it twice stores it once.
    pub id: CommandId,
    /// Who.
    pub actor: Actor,
    /// For which purpose, as access decided it.
    pub purpose: Code,
}

/// The thing whose state an event changes: its kind and its identifier.
///
/// Two kinds may share an identifier, as a person and the tasks of that person do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StreamId {
    /// The first word of the names of its events.
    pub kind: Box<str>,
    /// Which one.
    pub id: Uuid,
}

impl StreamId {
    /// A stream by kind and identifier.
    #[must_use]
    pub fn new(kind: &str, id: Uuid) -> Self {
        Self {
            kind: kind.into(),
            id,
        }
    }
}

/// What a decision wants recorded, before it has its place in the log.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// Made by whoever decides, so that the sealed part can be bound to it.
    pub id: EventId,
    /// What happened.
    pub name: EventName,
    /// Version of that type.
    pub version: u16,
    /// The thing it happened to; its kind is the first word of the name.
    pub stream: Uuid,
    /// Whose key seals the personal part.
    pub subject: Option<Uuid>,
    /// Identifies nobody; JSON, which is not looked into.
    pub open: Vec<u8>,
    /// The personal part, sealed.
    pub sealed: Option<Vec<u8>>,
}

/// Why an event cannot be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The open part is too long.
    #[error(
        "the open part of an event has {bytes} bytes, more than the {OPEN_BYTES_MAX} allowed; part the step into smaller ones"
    )]
    OpenTooLong {
        /// How long it is.
        bytes: usize,
    },
    /// The sealed part is too long.
    #[error(
        "the sealed part of an event has {bytes} bytes, more than the {SEALED_BYTES_MAX} allowed; shorten the text, or keep it as a document"
    )]
    SealedTooLong {
        /// How long it is.
        bytes: usize,
    },
    /// A sealed part without a person whose key opens it: nobody could ever read or erase it.
    #[error("an event has a sealed part but names no person whose key opens it")]
    SealedWithoutSubject,
}

impl Draft {
    /// The stream it belongs to.
    #[must_use]
    pub fn stream(&self) -> StreamId {
        StreamId::new(self.name.kind(), self.stream)
    }

    /// Whether it may be recorded.
    ///
    /// # Errors
    /// If a part is too long, or a sealed part belongs to nobody.
    pub fn check(&self) -> Result<(), DraftError> {
        if self.open.len() > OPEN_BYTES_MAX {
            return Err(DraftError::OpenTooLong {
                bytes: self.open.len(),
            });
        }
        if let Some(sealed) = &self.sealed {
            if sealed.len() > SEALED_BYTES_MAX {
                return Err(DraftError::SealedTooLong {
                    bytes: sealed.len(),
                });
            }
            if self.subject.is_none() {
                return Err(DraftError::SealedWithoutSubject);
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("version", &self.version)
            .field("stream", &self.stream)
            .finish_non_exhaustive()
    }
}

/// The personal part of a recorded event.
///
/// The chain covers its digest and not its bytes, so that an event can be handed on without them and still be proved.
#[derive(Clone, PartialEq, Eq)]
pub enum Sealed {
    /// The event never had one.
    None,
    /// Here it is; whether a key still opens it is another question.
    Present(Vec<u8>),
    /// The event has one, and it was left out of this copy.
    Withheld(Hash),
}

impl Sealed {
    /// What the chain covers.
    #[must_use]
    pub fn digest(&self) -> Option<Hash> {
        match self {
            Self::None => None,
            Self::Present(bytes) => Some(Hash::of(bytes)),
            Self::Withheld(digest) => Some(*digest),
        }
    }

    /// The sealed bytes, where they are here.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Present(bytes) => Some(bytes),
            Self::None | Self::Withheld(_) => None,
        }
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Present(_) => "Present",
            Self::Withheld(_) => "Withheld",
        })
    }
}

/// A recorded event.
///
/// The fields are open because it is read from disk and from other nodes as it is; only a [`crate::Verifier`] says whether to believe it.
#[derive(Clone, PartialEq, Eq)]
pub struct Event {
    /// Which event.
    pub id: EventId,
    /// Who recorded it.
    pub node: NodeId,
    /// Its place on that node, from 1 without a gap.
    pub sequence: u64,
    /// When, by that node's clock.
    pub clock: Clock,
    /// Who decided, and for what.
    pub command: Command,
    /// Its place among the events of that command, from 1.
    pub part: u16,
    /// How many events that command has.
    pub parts: u16,
    /// What happened.
    pub name: EventName,
    /// Version of that type.
    pub version: u16,
    /// The thing it happened to.
    pub stream: Uuid,
    /// Whose key seals the personal part.
    pub subject: Option<Uuid>,
    /// Identifies nobody; JSON.
    pub open: Vec<u8>,
    /// The personal part.
    pub sealed: Sealed,
    /// The hash of the node's previous event, or [`Hash::NONE`] before its first.
    pub previous: Hash,
    /// The hash it was recorded with.
    pub hash: Hash,
}

impl Event {
    /// The stream it belongs to.
    #[must_use]
    pub fn stream(&self) -> StreamId {
        StreamId::new(self.name.kind(), self.stream)
    }

    /// The hash its fields have now; differs from [`Event::hash`] if any was changed.
    #[must_use]
    pub fn hash_now(&self) -> Hash {
        Hash::of(&canonical::hashed_bytes(self))
    }

    /// The same event without its personal part, for a reader who needs the proof only.
    #[must_use]
    pub fn withholding(self) -> Self {
        let sealed = match self.sealed.digest() {
            Some(digest) => Sealed::Withheld(digest),
            None => Sealed::None,
        };
        Self { sealed, ..self }
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("id", &self.id)
            .field("node", &self.node)
            .field("sequence", &self.sequence)
            .field("clock", &self.clock)
            .field("name", &self.name)
            .field("stream", &self.stream)
            .field("sealed", &self.sealed)
            .field("hash", &self.hash)
            .finish_non_exhaustive()
    }
}
