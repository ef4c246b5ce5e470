//! Closing and opening.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use uuid::Uuid;

use crate::PersonKey;

/// Version of the form of what is closed: this byte, the nonce (24), the closed bytes with their tag (16).
const VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;

/// Random bytes that are used once. Two closed parts with one key and one nonce would tell about each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nonce(pub [u8; NONCE_BYTES]);

/// Where a closed part belongs; it opens nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Whose key closes it.
    pub person: Uuid,
    /// The event it is a part of.
    pub event: Uuid,
}

/// Why something does not open. No text tells anything of what was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It was altered, moved here from elsewhere, or closed with another key.
    #[error(
        "a closed part does not open: it was altered, or belongs to another event or person; check the log with `sapar audit verify`"
    )]
    DoesNotOpen,
    /// It was closed by a newer program.
    #[error("a closed part was written by a newer program; update this one")]
    VersionUnknown,
    /// The key was wrapped by the key of another node.
    #[error(
        "a person's key was wrapped by another node key; give this program the key file that belongs to this database"
    )]
    OtherNodeKey,
}

/// Closes a part with a person's key.
#[must_use]
pub fn seal(key: &PersonKey, place: Place, plain: &[u8], nonce: Nonce) -> Vec<u8> {
    close(key.bytes(), &bound_to(place), plain, nonce)
}

/// Opens it again.
///
/// # Errors
/// When it was altered, belongs elsewhere, was closed with another key or by a newer program.
pub fn open(key: &PersonKey, place: Place, closed: &[u8]) -> Result<Vec<u8>, SealError> {
    reopen(key.bytes(), &bound_to(place), closed)
}

fn bound_to(place: Place) -> Vec<u8> {
    let mut bound = b"sapar part v1".to_vec();
    bound.extend_from_slice(place.person.as_bytes());
    bound.extend_from_slice(place.event.as_bytes());
    bound
}

pub(crate) fn close(key: &[u8; 32], bound: &[u8], plain: &[u8], nonce: Nonce) -> Vec<u8> {
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let payload = Payload {
        msg: plain,
        aad: bound,
    };
    // The cipher refuses only what is longer than 256 GB, which no memory holds; an empty result does not open.
    let closed = cipher
        .encrypt(&XNonce::from(nonce.0), payload)
        .unwrap_or_default();
    let mut all = Vec::with_capacity(1 + NONCE_BYTES + closed.len());
    all.push(VERSION);
    all.extend_from_slice(&nonce.0);
    all.extend_from_slice(&closed);
    all
}

pub(crate) fn reopen(key: &[u8; 32], bound: &[u8], closed: &[u8]) -> Result<Vec<u8>, SealError> {
    let (version, rest) = closed.split_first().ok_or(SealError::DoesNotOpen)?;
    if *version > VERSION {
        return Err(SealError::VersionUnknown);
    }
    let (nonce, msg) = rest
        .split_first_chunk::<NONCE_BYTES>()
        .filter(|_| *version == VERSION)
        .ok_or(SealError::DoesNotOpen)?;
    XChaCha20Poly1305::new(&Key::from(*key))
        .decrypt(&XNonce::from(*nonce), Payload { msg, aad: bound })
        .map_err(|_| SealError::DoesNotOpen)
}
