//! The envelope.

use std::fmt;

use uuid::Uuid;

use crate::Moment;

/// A machine that writes events: a post, or headquarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub Uuid);

/// A SHA-256 hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Stands before the first event of a node.
    pub const NONE: Hash = Hash([0; 32]);
}

impl fmt::Display for Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// What is to be written, before it has its place in a chain.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// The event's own identifier, a UUIDv7 made by whoever writes.
    pub id: Uuid,
    /// Who acted.
    pub actor: Uuid,
    /// What for: a code, never a sentence.
    pub purpose: String,
    /// The thing whose history this continues.
    pub stream: Uuid,
    /// The person whose key closes the sealed part.
    pub about: Option<Uuid>,
    /// What happened, such as `person.registered`.
    pub type_name: String,
    /// Version of that type's parts.
    pub version: u16,
    /// Identifies nobody; survives erasure.
    pub open: Vec<u8>,
    /// Closed with the person's key; `None` where there is nothing personal.
    pub sealed: Option<Vec<u8>>,
}

/// An event as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Event {
    /// What was written.
    pub draft: Draft,
    /// The node that wrote it.
    pub node: NodeId,
    /// Its place among the node's events, from 1.
    pub sequence: u64,
    /// When, later than every event of the node before it.
    pub moment: Moment,
    /// The hash of the node's event before it; [`Hash::NONE`] for the first.
    pub previous: Hash,
    /// The hash of all of the above.
    pub hash: Hash,
}

/// Shows no content: neither part may reach a log line.
impl fmt::Debug for Draft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Draft")
            .field("id", &self.id)
            .field("type_name", &self.type_name)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// Shows no content.
impl fmt::Debug for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Event")
            .field("draft", &self.draft)
            .field("node", &self.node)
            .field("sequence", &self.sequence)
            .field("moment", &self.moment)
            .field("hash", &self.hash)
            .finish_non_exhaustive()
    }
}
