//! Keys of persons and of a node.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::sealed::{close, reopen};
use crate::{Index, Nonce, SealError};

/// The key of one person.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct PersonKey([u8; 32]);

/// The key of a node: it wraps the keys of persons, and stands in a file outside the database.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct NodeKey([u8; 32]);

/// Names a node key without telling it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeKeyId(pub [u8; 8]);

/// A person's key as the database keeps it: the name of the node key (8), then as every closed part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey(pub Vec<u8>);

/// Why a text is no node key. No text repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyTextError {
    /// It has another length.
    #[error("a node key is 64 hexadecimal digits, and this file holds {0}; is it the right file?")]
    Length(usize),
    /// It has other letters.
    #[error("a node key has only the digits 0 to 9 and the letters a to f; is it the right file?")]
    Digit,
    /// All of it is one digit: nobody made it by chance.
    #[error("this node key was not made by chance; make one of 32 random bytes")]
    NotRandom,
}

impl PersonKey {
    /// From random bytes.
    #[must_use]
    pub fn from_random(random: [u8; 32]) -> Self {
        Self(random)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl NodeKey {
    /// From random bytes.
    #[must_use]
    pub fn from_random(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// From what a key file holds: 64 hexadecimal digits, with blanks and ends of lines around them.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn from_text(text: &str) -> Result<Self, KeyTextError> {
        let digits = text.trim();
        let count = digits.chars().count();
        if count != 64 {
            return Err(KeyTextError::Length(count));
        }
        let mut bytes = Zeroizing::new([0; 32]);
        let mut values = digits.chars().map(|digit| digit.to_digit(16));
        for byte in bytes.iter_mut() {
            for _ in 0..2 {
                let value = values.next().flatten().ok_or(KeyTextError::Digit)?;
                *byte = *byte << 4 | u8::try_from(value).unwrap_or(0);
            }
        }
        let first = digits.chars().next();
        if digits.chars().all(|digit| Some(digit) == first) {
            return Err(KeyTextError::NotRandom);
        }
        Ok(Self(*bytes))
    }

    /// What a key file holds.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(65));
        for byte in &self.0 {
            for digit in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(u32::from(digit), 16));
            }
        }
        text.push('\n');
        text
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> NodeKeyId {
        let mut id = [0; 8];
        self.derive(b"sapar node key id v1", &mut id);
        NodeKeyId(id)
    }

    /// The index of this node.
    #[must_use]
    pub fn index(&self) -> Index {
        let mut key = Zeroizing::new([0; 32]);
        self.derive(b"sapar index v1", key.as_mut());
        Index::new(&key)
    }

    /// A person's key as the database keeps it.
    #[must_use]
    pub fn wrap(&self, person: Uuid, key: &PersonKey, nonce: Nonce) -> WrappedKey {
        let closed = close(&self.wrapping(), &bound_to(person), &key.0, nonce);
        let mut wrapped = self.id().0.to_vec();
        wrapped.extend_from_slice(&closed);
        WrappedKey(wrapped)
    }

    /// The key again.
    ///
    /// # Errors
    /// When another node key wrapped it, or when it was altered or is another person's.
    pub fn unwrap(&self, person: Uuid, wrapped: &WrappedKey) -> Result<PersonKey, SealError> {
        let (id, closed) = wrapped
            .0
            .split_first_chunk::<8>()
            .ok_or(SealError::DoesNotOpen)?;
        if NodeKeyId(*id) != self.id() {
            return Err(SealError::OtherNodeKey);
        }
        let plain = Zeroizing::new(reopen(&self.wrapping(), &bound_to(person), closed)?);
        let bytes: [u8; 32] = plain
            .as_slice()
            .try_into()
            .map_err(|_| SealError::DoesNotOpen)?;
        Ok(PersonKey(bytes))
    }

    /// The same key wrapped by another node key, when this one is replaced.
    ///
    /// # Errors
    /// As [`NodeKey::unwrap`].
    pub fn rewrap(
        &self,
        next: &NodeKey,
        person: Uuid,
        wrapped: &WrappedKey,
        nonce: Nonce,
    ) -> Result<WrappedKey, SealError> {
        Ok(next.wrap(person, &self.unwrap(person, wrapped)?, nonce))
    }

    fn wrapping(&self) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        self.derive(b"sapar wrapping v1", key.as_mut());
        key
    }

    /// A key of one use out of this one.
    fn derive(&self, what_for: &[u8], into: &mut [u8]) {
        let kdf = Hkdf::<Sha256>::new(None, &self.0);
        // It refuses only more than 8,160 bytes.
        let derived = kdf.expand(what_for, into);
        debug_assert!(derived.is_ok(), "a derived key is short");
    }
}

impl WrappedKey {
    /// The name of the node key that wrapped it; `None` for what is no wrapped key.
    #[must_use]
    pub fn wrapped_by(&self) -> Option<NodeKeyId> {
        self.0.first_chunk().map(|id| NodeKeyId(*id))
    }
}

fn bound_to(person: Uuid) -> Vec<u8> {
    let mut bound = b"sapar key v1".to_vec();
    bound.extend_from_slice(person.as_bytes());
    bound
}

/// Shows nothing of the key.
impl fmt::Debug for PersonKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PersonKey")
    }
}

/// Shows its name alone.
impl fmt::Debug for NodeKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "NodeKey({:02x?})", self.id().0)
    }
}
