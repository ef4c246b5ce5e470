//! Chains of events, one a node.

use crate::bytes::hash_of;
use crate::{Clock, Draft, Event, Hash, Moment, NodeId};

/// How long a purpose or the name of a type may be, in bytes: they are codes.
const CODE_MAX: usize = 200;

/// Where a chain ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// How many events it has, which is the sequence of the last.
    pub events: u64,
    /// The hash of the last.
    pub hash: Hash,
    /// The moment of the last.
    pub moment: Moment,
}

impl Head {
    /// That of a chain without events.
    pub const EMPTY: Head = Head {
        events: 0,
        hash: Hash::NONE,
        moment: Moment {
            millis: 0,
            count: 0,
        },
    };
}

/// A code is longer than any code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the purpose or the type of an event is longer than 200 bytes; write a code, not a sentence"
)]
pub struct TooLong;

/// Gives drafts their place in the chain of one node.
#[derive(Debug, Clone)]
pub struct Writer {
    node: NodeId,
    head: Head,
    clock: Clock,
}

impl Writer {
    /// Begins a chain.
    #[must_use]
    pub fn new(node: NodeId) -> Self {
        Self::after(node, Head::EMPTY)
    }

    /// Goes on after the last event kept.
    #[must_use]
    pub fn after(node: NodeId, head: Head) -> Self {
        Self {
            node,
            head,
            clock: Clock::after(head.moment),
        }
    }

    /// Where the chain ends now.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    /// The node's clock.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Takes the moment of another node's event in.
    pub fn see(&mut self, other: Moment) {
        self.clock.see(other);
    }

    /// The event that comes next. `wall` is in milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// Whoever keeps it must keep all or none of what was written since the last [`Writer::head`] it is sure of;
    /// after a failure, go on from that with [`Writer::after`].
    ///
    /// # Errors
    /// When the purpose or the type is longer than a code is; nothing has changed then.
    pub fn write(&mut self, draft: Draft, wall: u64) -> Result<Event, TooLong> {
        if draft.purpose.len() > CODE_MAX || draft.type_name.len() > CODE_MAX {
            return Err(TooLong);
        }
        let mut event = Event {
            draft,
            node: self.node,
            sequence: self.head.events + 1,
            moment: self.clock.tick(wall),
            previous: self.head.hash,
            hash: Hash::NONE,
        };
        event.hash = hash_of(&event);
        self.head = Head {
            events: event.sequence,
            hash: event.hash,
            moment: event.moment,
        };
        Ok(event)
    }
}

/// How a link is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// It was written by another node.
    #[error("it is an event of another node")]
    OtherNode,
    /// Its sequence does not follow: an event is missing before it, or it was put in or moved.
    #[error("event {expected} should stand here")]
    Sequence {
        /// The sequence that should stand here.
        expected: u64,
    },
    /// Its bytes do not have its hash: it was altered.
    #[error("it was altered after it was written")]
    Altered,
    /// It does not carry the hash of the event before it: one of the two was replaced.
    #[error("it does not follow the event before it; one of the two was replaced")]
    Replaced,
    /// It is not later than the event before it.
    #[error("its time is not later than that of the event before it")]
    Time,
}

/// The first broken link of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the chain is broken at event {sequence}: {how}; keep this database as it is, restore a backup beside it and compare the two"
)]
pub struct BrokenLink {
    /// The sequence that stands on the event.
    pub sequence: u64,
    /// How it is broken.
    pub how: Broken,
}

/// Proves the whole chain of a node, from its first event; its events are given in the order they are kept.
///
/// # Errors
/// Names the first link that is broken.
pub fn verify<'e>(
    node: NodeId,
    events: impl IntoIterator<Item = &'e Event>,
) -> Result<Head, BrokenLink> {
    verify_from(node, Head::EMPTY, events)
}

/// The same from a head that is known to be right, such as one that was proved or printed before.
///
/// # Errors
/// Names the first link that is broken.
pub fn verify_from<'e>(
    node: NodeId,
    head: Head,
    events: impl IntoIterator<Item = &'e Event>,
) -> Result<Head, BrokenLink> {
    let mut head = head;
    for event in events {
        let broken = |how| BrokenLink {
            sequence: event.sequence,
            how,
        };
        if event.node != node {
            return Err(broken(Broken::OtherNode));
        }
        let expected = head.events + 1;
        if event.sequence != expected {
            return Err(broken(Broken::Sequence { expected }));
        }
        if hash_of(event) != event.hash {
            return Err(broken(Broken::Altered));
        }
        if event.previous != head.hash {
            return Err(broken(Broken::Replaced));
        }
        if event.moment <= head.moment && expected > 1 {
            return Err(broken(Broken::Time));
        }
        head = Head {
            events: event.sequence,
            hash: event.hash,
            moment: event.moment,
        };
    }
    Ok(head)
}
