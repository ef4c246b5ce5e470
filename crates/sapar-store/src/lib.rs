//! What is stored, and what every database promises about it.
//!
//! # What is kept
//!
//! | kept | from where | what it is for |
//! |---|---|---|
//! | the log | appended, never changed | the truth; every state is a fold over it |
//! | keys | with the event that needs them | one wrapped key a person; destroyed with the event of erasure, and then for ever |
//! | files | with the event that names them | sealed documents, too large for the log |
//! | entries and tokens | worked out from events by the caller ([`Change`]) | lists and search; [`Store::rebuild`] makes them again from the log |
//! | records | put and removed | sessions, users, settings; not part of the log |
//!
//! Lists are one table of [`Entry`]: tasks by agency and due time, referrals by agency and state, encounters by post and day,
//! views by person and time. What a list means is for the caller; the store finds by owner, state, time, person and data class.
//! A view of a person is an event like any other, so that who looked is in the chain too.
//!
//! # What is promised
//!
//! * An acknowledged [`Store::append`] is on the disk, whole, and in the chain; one that was not acknowledged is there whole or not at all.
//! * The same command appended twice is stored once.
//! * Two decisions on the same version of a stream: the second is refused with [`StoreError::Conflict`].
//! * A personal part is stored only while its person's key exists, and no key comes back after its destruction.
//! * Rows whose classes go beyond [`Query::classes`] are neither returned nor counted.
//!
//! # Where to look next
//!
//! [`Store`] is the trait, [`Batch`] what is appended, [`verify`] the proof of the whole log, [`copy`] a copy in another database,
//! [`Projector`] what makes lists and search again.
//! With the feature `story`, `story::story` runs every promise against a database.

mod batch;
mod copy;
mod error;
mod query;
mod rebuild;
mod store;
#[cfg(feature = "story")]
pub mod story;
mod verify;

pub use batch::{Batch, Change, ENTRY_BYTES_MAX, Entry, FILE_BYTES_MAX, File, Received};
pub use copy::{Copied, copy};
pub use error::StoreError;
pub use query::{Cursor, Group, LIMIT_MAX, Order, Page, Query};
pub use rebuild::{Persons, Projector, Rebuilding, Rebuilt};
pub use store::{
    Appended, Expected, KeyState, RECORD_BYTES_MAX, Receipt, Record, Recorded, Rewrapped, Store,
};
pub use verify::{Proof, verify};
