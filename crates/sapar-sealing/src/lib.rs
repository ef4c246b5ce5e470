//! Personal data, closed with a key a person.
//!
//! * Each person has a [`PersonKey`]; the personal part of every event about the person is closed with it, see [`seal`].
//! * Person keys are kept wrapped by the [`NodeKey`], which is never in the database.
//! * Erasing a person is destroying the wrapped key: from then on nobody can open what was closed with it,
//!   in the database, in its backups or at another post.
//! * [`Index`] makes tokens by which a document number or a name is found without standing in the database.
//!   Whoever holds the database alone learns from a token neither the word nor whether it is a word he guesses.
//!   Tokens of an erased person must be deleted with the key; they are not closed with it.
//!
//! Closed parts are bound to their place: a part copied to another event or to another person does not open.
//! The cipher is XChaCha20-Poly1305; nothing below that is of our own making.
//! Random bytes are passed in; keys are wiped from memory when they are dropped, and no `Debug` shows them.
//!
//! ```
//! use sapar_sealing::{NodeKey, Nonce, PersonKey, Place, open, seal};
//! use uuid::Uuid;
//!
//! # let (random, more, nonce) = ([7; 32], [8; 32], [9; 24]);
//! let node = NodeKey::from_random(random);
//! let key = PersonKey::from_random(more);
//! let person = Uuid::from_u128(1);
//! let wrapped = node.wrap(person, &key, Nonce(nonce));
//!
//! let place = Place { person, event: Uuid::from_u128(2) };
//! let closed = seal(&key, place, b"Aigul", Nonce(nonce));
//! assert_eq!(open(&node.unwrap(person, &wrapped)?, place, &closed)?, b"Aigul");
//! # Ok::<(), sapar_sealing::SealError>(())
//! ```

mod index;
mod keys;
mod sealed;

pub use index::{Index, Token};
pub use keys::{KeyTextError, NodeKey, NodeKeyId, PersonKey, WrappedKey};
pub use sealed::{Nonce, Place, SealError, open, seal};
