//! The key of a person.

use std::fmt;

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::Random;
use crate::aead::{self, KeyBytes, random_key};
use crate::node_key::{NodeKey, NodeKeyId};

const SEALED_VERSION: u8 = 1;
const WRAPPED_VERSION: u8 = 1;
const WRAPPED_BYTES: usize = 1 + 8 + aead::NONCE_BYTES + 32 + 16;
const KEY_LABEL: &[u8] = b"sapar data key 1";

/// What sealed bytes belong to; they open nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// The personal part of an event.
    Event(Uuid),
    /// A file kept beside the log.
    File(Uuid),
    /// A record outside the log that belongs to the subject, such as a half-finished form.
    Record(Uuid),
}

/// Why sealed bytes or a wrapped key cannot be opened. No text says what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// They are not of this format.
    #[error(
        "sealed data has a format this program does not know; it was cut, or written by a newer program"
    )]
    Format,
    /// They were changed, or belong to another person, event or file.
    #[error(
        "sealed data does not open with this key in this place; it was changed or moved, check the log with `sapar audit verify`"
    )]
    Refused,
    /// The key was wrapped by another node key.
    #[error(
        "a person's key was wrapped by node key {wrapped_by}, and this is node key {given}; give the right key file"
    )]
    OtherNodeKey {
        /// Which one wrapped it.
        wrapped_by: NodeKeyId,
        /// Which one was given.
        given: NodeKeyId,
    },
}

/// The key of one person.
pub struct DataKey {
    bytes: KeyBytes,
    subject: Uuid,
}

impl DataKey {
    /// Makes a new key for a person.
    #[must_use]
    pub fn make(subject: Uuid, random: &mut impl Random) -> Self {
        Self {
            bytes: random_key(random),
            subject,
        }
    }

    /// Whose key it is.
    #[must_use]
    pub const fn subject(&self) -> Uuid {
        self.subject
    }

    /// Seals a text that belongs to this person and to the thing named.
    #[must_use]
    pub fn seal(&self, bound: Bound, text: &[u8], random: &mut impl Random) -> Vec<u8> {
        let mut sealed = vec![SEALED_VERSION];
        sealed.append(&mut aead::seal(
            &self.bytes,
            &self.bound_to(bound),
            text,
            random,
        ));
        sealed
    }

    /// Opens what [`DataKey::seal`] sealed for the same person and thing. The text is wiped from memory when dropped.
    ///
    /// # Errors
    /// If it was changed, or sealed for another person or thing.
    pub fn open(&self, bound: Bound, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        match sealed.split_first() {
            Some((&SEALED_VERSION, sealed)) => {
                aead::open(&self.bytes, &self.bound_to(bound), sealed).ok_or(OpenError::Refused)
            }
            _ => Err(OpenError::Format),
        }
    }

    /// The key as the database holds it.
    #[must_use]
    pub fn wrap(&self, node_key: &NodeKey, random: &mut impl Random) -> Wrapped {
        wrap(&self.bytes, KEY_LABEL, self.subject, node_key, random)
    }

    /// Takes a person's key out of its wrapping.
    ///
    /// # Errors
    /// If another node key wrapped it, it is another person's, or it was changed.
    pub fn unwrap(wrapped: &Wrapped, subject: Uuid, node_key: &NodeKey) -> Result<Self, OpenError> {
        Ok(Self {
            bytes: unwrap(wrapped, KEY_LABEL, subject, node_key)?,
            subject,
        })
    }

    fn bound_to(&self, bound: Bound) -> Vec<u8> {
        let (kind, id) = match bound {
            Bound::Event(id) => (b'e', id),
            Bound::File(id) => (b'f', id),
            Bound::Record(id) => (b'r', id),
        };
        [
            b"sapar sealed 1".as_slice(),
            &[kind],
            id.as_bytes(),
            self.subject.as_bytes(),
        ]
        .concat()
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataKey(of {})", self.subject)
    }
}

/// A key as the database holds it: of no use without the node key.
#[derive(Clone, PartialEq, Eq)]
pub struct Wrapped(Vec<u8>);

impl Wrapped {
    /// Takes bytes from the database; whether they open shows when they are opened.
    ///
    /// # Errors
    /// If they cannot be a wrapped key at all.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, OpenError> {
        if bytes.len() == WRAPPED_BYTES && bytes.first() == Some(&WRAPPED_VERSION) {
            Ok(Self(bytes))
        } else {
            Err(OpenError::Format)
        }
    }

    /// The bytes for the database.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Which node key wrapped it, so that a change of node keys can go on where it stopped.
    #[must_use]
    pub fn wrapped_by(&self) -> NodeKeyId {
        let mut id = [0; 8];
        for (to, from) in id.iter_mut().zip(self.0.iter().skip(1)) {
            *to = *from;
        }
        NodeKeyId(id)
    }
}

impl fmt::Debug for Wrapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Wrapped(by {})", self.wrapped_by())
    }
}

/// Hands a person's key from one node key to another; what it sealed stays as it is.
///
/// # Errors
/// If the old node key did not wrap it, it is another person's, or it was changed.
pub fn rewrap(
    wrapped: &Wrapped,
    subject: Uuid,
    from: &NodeKey,
    to: &NodeKey,
    random: &mut impl Random,
) -> Result<Wrapped, OpenError> {
    Ok(DataKey::unwrap(wrapped, subject, from)?.wrap(to, random))
}

pub(crate) fn wrap(
    bytes: &KeyBytes,
    label: &[u8],
    subject: Uuid,
    node_key: &NodeKey,
    random: &mut impl Random,
) -> Wrapped {
    let bound_to = [label, &node_key.id().0, subject.as_bytes()].concat();
    let sealed = aead::seal(node_key.bytes(), &bound_to, bytes.as_slice(), random);
    Wrapped([&[WRAPPED_VERSION], node_key.id().0.as_slice(), &sealed].concat())
}

pub(crate) fn unwrap(
    wrapped: &Wrapped,
    label: &[u8],
    subject: Uuid,
    node_key: &NodeKey,
) -> Result<KeyBytes, OpenError> {
    if wrapped.wrapped_by() != node_key.id() {
        return Err(OpenError::OtherNodeKey {
            wrapped_by: wrapped.wrapped_by(),
            given: node_key.id(),
        });
    }
    let bound_to = [label, &node_key.id().0, subject.as_bytes()].concat();
    let (_, sealed) = wrapped.0.split_at_checked(9).ok_or(OpenError::Format)?;
    let opened = aead::open(node_key.bytes(), &bound_to, sealed).ok_or(OpenError::Refused)?;
    let mut bytes = Zeroizing::new([0; 32]);
    if opened.len() != bytes.len() {
        return Err(OpenError::Format);
    }
    bytes.copy_from_slice(&opened);
    Ok(bytes)
}
