//! The chain of a node: how it grows, and how it is proved whole.

use crate::clock::{Clock, ClockError};
use crate::event::{Command, Draft, DraftError, Event, Hash, Sealed};
use crate::id::{CommandId, NodeId};

/// The end of a node's chain: all that is needed to go on, and what a proof is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Whose chain.
    pub node: NodeId,
    /// The place of its last event; 0 before the first.
    pub sequence: u64,
    /// The hash of its last event.
    pub hash: Hash,
    /// The time of its last event.
    pub clock: Clock,
}

/// What [`Head::extend`] gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extended {
    /// The events with their places, times and hashes.
    pub events: Vec<Event>,
    /// The new end of the chain.
    pub head: Head,
    /// How far the wall time lags behind the chain's, in milliseconds; see [`crate::Tick::behind_ms`].
    pub behind_ms: u64,
}

/// Why a chain cannot grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExtendError {
    /// A command without events, or with more than can be counted.
    #[error("a step has {events} events; it must have 1 to 65535")]
    Count {
        /// How many.
        events: usize,
    },
    /// A draft cannot be recorded.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// The clock cannot step.
    #[error(transparent)]
    Clock(#[from] ClockError),
}

impl Head {
    /// Before the first event of a node.
    #[must_use]
    pub const fn start(node: NodeId) -> Self {
        Self {
            node,
            sequence: 0,
            hash: Hash::NONE,
            clock: Clock::START,
        }
    }

    /// Records the drafts of one command, in their order.
    ///
    /// # Errors
    /// If a draft cannot be recorded, there are none or too many, or the clock is at its end.
    pub fn extend(
        &self,
        command: &Command,
        drafts: Vec<Draft>,
        wall_ms: u64,
    ) -> Result<Extended, ExtendError> {
        let count = drafts.len();
        let parts = u16::try_from(count)
            .ok()
            .filter(|&parts| parts > 0)
            .ok_or(ExtendError::Count { events: count })?;
        drafts.iter().try_for_each(Draft::check)?;
        let mut head = *self;
        let mut behind_ms = 0;
        let mut events = Vec::with_capacity(count);
        for (part, draft) in (1..=parts).zip(drafts) {
            let tick = head.clock.tick(wall_ms)?;
            behind_ms = behind_ms.max(tick.behind_ms);
            let mut event = Event {
                id: draft.id,
                node: head.node,
                sequence: head.sequence + 1,
                clock: tick.clock,
                command: command.clone(),
                part,
                parts,
                name: draft.name,
                version: draft.version,
                stream: draft.stream,
                subject: draft.subject,
                open: draft.open,
                sealed: draft.sealed.map_or(Sealed::None, Sealed::Present),
                previous: head.hash,
                hash: Hash::NONE,
            };
            event.hash = event.hash_now();
            head = Head {
                node: head.node,
                sequence: event.sequence,
                hash: event.hash,
                clock: event.clock,
            };
            events.push(event);
        }
        Ok(Extended {
            events,
            head,
            behind_ms,
        })
    }
}

/// How a chain is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// Its fields are not those it was recorded with.
    #[error("the event was altered after it was recorded")]
    Altered,
    /// Events before it are gone.
    #[error("{count} events before it are missing")]
    Missing {
        /// How many.
        count: u64,
    },
    /// It stands after one with the same or a higher number.
    #[error("it stands out of order: number {expected} was due")]
    OutOfOrder {
        /// The number due.
        expected: u64,
    },
    /// It was recorded after another event than the one before it.
    #[error(
        "it was recorded after another event than the one that stands before it; that one was replaced"
    )]
    WrongPrevious,
    /// It is in another node's chain.
    #[error("it was recorded by another node")]
    OtherNode,
    /// Its time is not later than the one before it.
    #[error("its time is not later than that of the event before it")]
    TimeWentBack,
    /// The events of one command are not together and complete.
    #[error("the events of one step are not together and complete")]
    CommandCut,
    /// The chain ends before the known head, or after it, or elsewhere.
    #[error("the chain does not end at the head that is known, number {known}")]
    OtherEnd {
        /// The number of the known head.
        known: u64,
    },
}

/// The first broken link of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the chain of node {node} is broken at number {sequence}: {how}")]
pub struct Broken {
    /// Whose chain.
    pub node: NodeId,
    /// The number of the event at which it shows; for an end that is wrong, the last one there is.
    pub sequence: u64,
    /// How.
    pub how: Break,
}

/// A chain proved whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole {
    /// How many events were read.
    pub events: u64,
    /// Of those, how many had their personal part left out.
    pub withheld: u64,
    /// Where it ends; whoever keeps this elsewhere can later prove that nothing before it was changed.
    pub head: Head,
}

/// Reads the events of one node in their order.
///
/// Holds only the head, so that chains of any length are proved in constant memory.
#[derive(Debug, Clone)]
pub struct Verifier {
    head: Head,
    events: u64,
    withheld: u64,
    /// The command whose events are being read: how many were read, and how many there must be.
    within: Option<(CommandId, u16, u16)>,
}

impl Verifier {
    /// Begins after a known head, or with [`Head::start`] at the first event.
    #[must_use]
    pub const fn new(after: Head) -> Self {
        Self {
            head: after,
            events: 0,
            withheld: 0,
            within: None,
        }
    }

    /// Takes the next event.
    ///
    /// # Errors
    /// If the link to it is broken; nothing after it can then be said of this chain.
    pub fn push(&mut self, event: &Event) -> Result<(), Broken> {
        if let Err(how) = self.check(event) {
            return Err(Broken {
                node: self.head.node,
                sequence: event.sequence,
                how,
            });
        }
        self.within =
            (event.part < event.parts).then_some((event.command.id, event.part, event.parts));
        self.events += 1;
        self.withheld += u64::from(matches!(event.sealed, Sealed::Withheld(_)));
        self.head = Head {
            node: event.node,
            sequence: event.sequence,
            hash: event.hash,
            clock: event.clock,
        };
        Ok(())
    }

    /// Ends the proof; `known` is the head the chain must end at, where one is known.
    ///
    /// # Errors
    /// If the last command is cut, or the chain ends elsewhere.
    pub fn finish(self, known: Option<Head>) -> Result<Whole, Broken> {
        let broken = |how| {
            Err(Broken {
                node: self.head.node,
                sequence: self.head.sequence,
                how,
            })
        };
        if self.within.is_some() {
            return broken(Break::CommandCut);
        }
        match known {
            Some(known) if known != self.head => broken(Break::OtherEnd {
                known: known.sequence,
            }),
            _ => Ok(Whole {
                events: self.events,
                withheld: self.withheld,
                head: self.head,
            }),
        }
    }

    /// What is wrong in the reader's order of interest: first where the event stands, then what it says.
    fn check(&self, event: &Event) -> Result<(), Break> {
        if event.node != self.head.node {
            return Err(Break::OtherNode);
        }
        // An altered number would else be told as a missing event.
        if event.hash_now() != event.hash {
            return Err(Break::Altered);
        }
        let expected = self.head.sequence + 1;
        if event.sequence > expected {
            return Err(Break::Missing {
                count: event.sequence - expected,
            });
        }
        if event.sequence < expected {
            return Err(Break::OutOfOrder { expected });
        }
        if event.previous != self.head.hash {
            return Err(Break::WrongPrevious);
        }
        if event.clock <= self.head.clock {
            return Err(Break::TimeWentBack);
        }
        let follows = match self.within {
            Some((command, part, parts)) => {
                event.command.id == command && event.parts == parts && event.part == part + 1
            }
            None => event.part == 1 && event.parts >= 1,
        };
        if follows {
            Ok(())
        } else {
            Err(Break::CommandCut)
        }
    }
}
