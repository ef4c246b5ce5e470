//! Events as they are kept.
//!
//! * [`Event`] is the envelope: which node wrote it, when, who acted for which purpose, what it is about, and two parts
//!   of which this crate knows only the bytes. The open part identifies nobody; the sealed part is closed with the key
//!   of one person and can be read by nobody once that key is destroyed.
//! * [`Clock`] gives each event a [`Moment`] that lies after every moment the node has seen, also where the machine's
//!   clock is set back.
//! * [`Writer`] chains the events of one node: each carries the hash of the one before, so [`verify`] finds any event
//!   that was altered, taken out, put in or moved, and names the first.
//!
//! A chain proves that nothing inside it changed. That nothing was cut off at its end is proved by comparing its head
//! with a head kept elsewhere: [`verify`] returns it for that.
//!
//! Nothing here reads a clock or a disk.
//!
//! ```
//! use sapar_ledger::{Clock, Draft, NodeId, Writer, verify};
//! use uuid::Uuid;
//!
//! let node = NodeId(Uuid::from_u128(7));
//! let mut writer = Writer::new(node);
//! let draft = Draft {
//!     id: Uuid::from_u128(1),
//!     actor: Uuid::from_u128(2),
//!     purpose: String::from("screening"),
//!     stream: Uuid::from_u128(3),
//!     about: None,
//!     type_name: String::from("encounter.begun"),
//!     version: 1,
//!     open: b"{}".to_vec(),
//!     sealed: None,
//! };
//! let event = writer.write(draft, 1_764_000_000_000)?;
//! assert_eq!(verify(node, [&event])?.events, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bytes;
mod chain;
mod clock;
mod event;

pub use bytes::FORMAT;
pub use chain::{Broken, BrokenLink, Head, TooLong, Writer, verify, verify_from};
pub use clock::{Clock, Moment};
pub use event::{Draft, Event, Hash, NodeId};
