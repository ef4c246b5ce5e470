//! The key of a node, which wraps every other key and is never in the database.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::Random;
use crate::aead::{KeyBytes, random_key};

const PREFIX: &str = "sapar-node-key-1";
const KEY_DIGITS: usize = 64;
const CHECK_DIGITS: usize = 8;

/// The key of a node.
pub struct NodeKey {
    bytes: KeyBytes,
    id: NodeKeyId,
}

/// Which node key wrapped something; tells nothing of the key itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeKeyId(pub [u8; 8]);

/// Why a key file cannot be used. No text repeats what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NodeKeyError {
    /// Nothing but comments and empty lines.
    #[error("the key file holds no key; put back the copy that was made when the node was set up")]
    Empty,
    /// More than one key.
    #[error("the key file holds more than one line that is not a comment; leave only the one key")]
    Several,
    /// Another kind of file.
    #[error(
        "the key file does not hold a node key, a line that begins with `{PREFIX}:`; is it the right file?"
    )]
    NotAKey,
    /// Too short or too long.
    #[error(
        "the key has {digits} digits where {KEY_DIGITS} and {CHECK_DIGITS} belong; it was cut or joined with something, put back the copy"
    )]
    Length {
        /// How many there are.
        digits: usize,
    },
    /// A sign that is no hexadecimal digit.
    #[error("the key holds a sign that is not one of 0-9 and a-f; put back the copy")]
    Digit,
    /// The check digits do not fit.
    #[error("a digit of the key is wrong: its check digits do not fit; put back the copy")]
    Check,
}

impl NodeKey {
    /// Makes a new key.
    #[must_use]
    pub fn make(random: &mut impl Random) -> Self {
        Self::of(random_key(random))
    }

    /// Reads a key file: one line `sapar-node-key-1:` with 64 hexadecimal digits, `:` and 8 check digits; empty lines and lines that begin with `#` are passed over.
    ///
    /// # Errors
    /// If it holds no key, several, or one in which a digit is wrong or missing.
    pub fn parse(text: &str) -> Result<Self, NodeKeyError> {
        let mut lines = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let line = lines.next().ok_or(NodeKeyError::Empty)?;
        if lines.next().is_some() {
            return Err(NodeKeyError::Several);
        }
        let rest = line
            .strip_prefix(PREFIX)
            .and_then(|rest| rest.strip_prefix(':'))
            .ok_or(NodeKeyError::NotAKey)?;
        let (key, check) = rest.split_once(':').unwrap_or((rest, ""));
        if key.len() != KEY_DIGITS || check.len() != CHECK_DIGITS {
            return Err(NodeKeyError::Length {
                digits: key.len() + check.len(),
            });
        }
        let mut bytes = Zeroizing::new([0; 32]);
        read_hex(key, bytes.as_mut_slice())?;
        let mut read_check = [0; CHECK_DIGITS / 2];
        read_hex(check, &mut read_check)?;
        if read_check != check_of(&bytes) {
            return Err(NodeKeyError::Check);
        }
        Ok(Self::of(bytes))
    }

    /// The line of a key file. Wiped from memory when dropped; write it where only the program and its keeper can read it.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        // Room for everything at once, since a string that grows leaves copies behind.
        let mut text = Zeroizing::new(String::with_capacity(
            PREFIX.len() + KEY_DIGITS + CHECK_DIGITS + 3,
        ));
        text.push_str(PREFIX);
        text.push(':');
        write_hex(self.bytes.as_slice(), &mut text);
        text.push(':');
        write_hex(&check_of(&self.bytes), &mut text);
        text.push('\n');
        text
    }

    /// Which key this is.
    #[must_use]
    pub const fn id(&self) -> NodeKeyId {
        self.id
    }

    /// A key of its own for another use, the same whenever it is asked for: the expansion of HKDF with SHA-256, for one block.
    ///
    /// Two labels give keys of which neither tells anything of the other, or of the node key.
    /// Wiped from memory when dropped.
    #[must_use]
    pub fn derive(&self, label: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(hmac_of(
            &self.bytes,
            &[b"sapar derived key", label.as_bytes(), &[1]],
        ))
    }

    pub(crate) const fn bytes(&self) -> &KeyBytes {
        &self.bytes
    }

    fn of(bytes: KeyBytes) -> Self {
        let named = hmac_of(&bytes, &[b"sapar node key id"]);
        let mut id = [0; 8];
        id.copy_from_slice(named.split_at(8).0);
        Self {
            bytes,
            id: NodeKeyId(id),
        }
    }
}

/// HMAC-SHA-256 over parts, each with its length before it, so that no two lists of parts give the same bytes.
pub(crate) fn hmac_of(key: &KeyBytes, parts: &[&[u8]]) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_slice()).expect("any length is a key");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn check_of(key: &KeyBytes) -> [u8; CHECK_DIGITS / 2] {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(b"sapar node key check")
        .chain_update(key.as_slice())
        .finalize()
        .into();
    let [a, b, c, d, ..] = digest;
    [a, b, c, d]
}

fn read_hex(digits: &str, into: &mut [u8]) -> Result<(), NodeKeyError> {
    let mut digits = digits.chars().map(|digit| {
        digit
            .to_digit(16)
            .and_then(|value| u8::try_from(value).ok())
    });
    for byte in into {
        match (digits.next().flatten(), digits.next().flatten()) {
            (Some(high), Some(low)) => *byte = high << 4 | low,
            _ => return Err(NodeKeyError::Digit),
        }
    }
    Ok(())
}

fn write_hex(bytes: &[u8], into: &mut String) {
    for byte in bytes {
        for value in [byte >> 4, byte & 15] {
            into.extend(char::from_digit(u32::from(value), 16));
        }
    }
}

impl fmt::Debug for NodeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NodeKey({})", self.id)
    }
}

impl fmt::Display for NodeKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for NodeKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
