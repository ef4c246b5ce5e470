//! Personal data, sealed with a key of its own for each person.
//!
//! Whoever has the database alone can read no name; whoever destroys a person's key has erased the person, also in old copies of the log.
//!
//! # The road through this crate
//!
//! * [`NodeKey`] is kept outside the database, in a file that others read; it wraps all other keys.
//! * [`DataKey`] is one person's: it seals the personal parts of events and files, each bound to what it belongs to ([`Bound`]).
//! * [`Wrapped`] is a data key as the database holds it; [`rewrap`] hands it from one node key to another.
//! * [`IndexKey`] turns a document number or a name into a [`Token`], by which it is found without being stored.
//!
//! # What is guaranteed
//!
//! * Changed bytes, another person's key, another event's part and a key wrapped by another node key are refused, never opened as something else.
//! * Keys and opened texts are wiped from memory when dropped, and `Debug` shows neither.
//! * No error says what was sealed.
//!
//! # What it does not do
//!
//! * It makes no random bytes: the caller passes them in through [`Random`], and they must come from the operating system.
//! * It does not hide how long a text is, nor which persons share a token: who has the database *and* can guess a name's frequency learns something from the index.
//! * There is no design of our own below the envelope: XChaCha20-Poly1305 and HMAC-SHA-256 are those of RustCrypto.
//!
//! ```
//! use sapar_sealing::{Bound, DataKey, NodeKey};
//! use uuid::Uuid;
//!
//! // A stand-in for the operating system's random bytes.
//! let mut count = 0_u8;
//! let mut random = |bytes: &mut [u8]| bytes.fill_with(|| { count = count.wrapping_add(7); count });
//! let node_key = NodeKey::make(&mut random);
//! let person = Uuid::from_u128(1);
//! let event = Uuid::from_u128(2);
//!
//! let key = DataKey::make(person, &mut random);
//! let wrapped = key.wrap(&node_key, &mut random);
//! let sealed = key.seal(Bound::Event(event), b"a name", &mut random);
//!
//! let again = DataKey::unwrap(&wrapped, person, &node_key)?;
//! assert_eq!(again.open(Bound::Event(event), &sealed)?.as_slice(), b"a name");
//! // The part of another event is refused.
//! assert!(again.open(Bound::Event(Uuid::from_u128(3)), &sealed).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod aead;
mod data_key;
mod index;
mod node_key;

pub use data_key::{Bound, DataKey, OpenError, Wrapped, rewrap};
pub use index::{Field, IndexKey, Token, normalise_document_number};
pub use node_key::{NodeKey, NodeKeyError, NodeKeyId};

/// Random bytes, from the operating system.
///
/// Any `FnMut(&mut [u8])` is one. Bytes that can be guessed, or that come twice, break every promise of this crate.
pub trait Random {
    /// Fills the whole slice.
    fn fill(&mut self, bytes: &mut [u8]);
}

impl<F: FnMut(&mut [u8])> Random for F {
    fn fill(&mut self, bytes: &mut [u8]) {
        self(bytes);
    }
}
