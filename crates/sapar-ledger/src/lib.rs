//! The log of events: what an event carries besides its meaning, and the proof that nobody changed it.
//!
//! Nothing here knows what an event means.
//! Its open part identifies nobody and is readable for ever; its sealed part is bytes that only the key of one person opens.
//!
//! # The road through this crate
//!
//! * [`Draft`] is what a decision wants recorded, [`Command`] who decided and why; [`Head::extend`] turns drafts into [`Event`]s.
//! * [`Clock`] gives times that never go back on a node, also where the machine's clock does.
//! * [`Verifier`] reads a node's events in their order and proves the chain whole, or names the first broken link and how it is broken.
//! * [`canonical`] says byte for byte what is hashed, and carries whole events as bytes between programs.
//!
//! # What the chain proves
//!
//! A chain is proved against the [`Head`] its reader knows.
//! Whoever can write the database can also work out a whole new chain; that is found only by comparing with a head known elsewhere:
//! at headquarters, on another post, or on paper. Without such a head the proof is that nothing was changed by accident or by halves.
//!
//! # What is refused
//!
//! No clock is read and no random number is made: times and identifiers are passed in.
//! No personal data stands in an error or in `Debug` output.
//!
//! ```
//! use sapar_ledger::{Actor, Code, Command, CommandId, Draft, EventId, EventName, Head, NodeId, Verifier};
//! use uuid::Uuid;
//!
//! // Whoever owns the clock and the random source makes identifiers of version 7.
//! let v7 = |n: u128| Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 | n);
//! let command = Command {
//!     id: CommandId::new(v7(1))?,
//!     actor: Actor::User(v7(2)),
//!     purpose: Code::new("border-check")?,
//! };
//! let draft = Draft {
//!     id: EventId::new(v7(3))?,
//!     name: EventName::new("encounter.opened")?,
//!     version: 1,
//!     stream: v7(4),
//!     subject: None,
//!     open: br#"{"post":"korday"}"#.to_vec(),
//!     sealed: None,
//! };
//! let start = Head::start(NodeId::new(v7(5))?);
//! let extended = start.extend(&command, vec![draft], 1_764_000_000_000)?;
//!
//! let mut verifier = Verifier::new(start);
//! for event in &extended.events {
//!     verifier.push(event)?;
//! }
//! assert_eq!(verifier.finish(Some(extended.head))?.events, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod canonical;
mod chain;
mod clock;
mod code;
mod event;
mod id;

pub use chain::{Break, Broken, ExtendError, Extended, Head, Verifier, Whole};
pub use clock::{Clock, ClockError, Tick, WALL_MS_MAX};
pub use code::{Code, CodeError, EventName, NAME_BYTES_MAX};
pub use event::{
    Actor, Command, Draft, DraftError, Event, Hash, OPEN_BYTES_MAX, SEALED_BYTES_MAX, Sealed,
    StreamId,
};
pub use id::{CommandId, EventId, NodeId, NotVersion7};
