//! Finding a person by a number or a name that is not stored.

use std::fmt;

use uuid::Uuid;

use crate::Random;
use crate::aead::{KeyBytes, random_key};
use crate::data_key::{OpenError, Wrapped, unwrap, wrap};
use crate::node_key::{NodeKey, hmac_of};

const KEY_LABEL: &[u8] = b"sapar index key 1";

/// What a token is made of; the same text gives another token in another field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The number of a document, as [`normalise_document_number`] leaves it.
    DocumentNumber,
    /// A number that a state gives a person.
    PersonalNumber,
    /// One word of a name, written as the caller compares names.
    NameWord,
    /// The beginning of a word of a name, for searching while typing.
    NameBeginning,
    /// What similar names share, by whatever rule the caller compares them.
    NameLikeness,
    /// A date of birth, `YYYY-MM-DD`.
    BirthDate,
}

impl Field {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::DocumentNumber => b"document number",
            Self::PersonalNumber => b"personal number",
            Self::NameWord => b"name word",
            Self::NameBeginning => b"name beginning",
            Self::NameLikeness => b"name likeness",
            Self::BirthDate => b"birth date",
        }
    }
}

/// What stands in the index in place of a number or a name.
///
/// Who has the database without the index key cannot tell what it was made of, nor try out guesses.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Token(pub [u8; 16]);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// The key of the index: one for a whole database, random, and wrapped by the node key, so that a new node key does not change a single token.
pub struct IndexKey {
    bytes: KeyBytes,
}

impl IndexKey {
    /// Makes a new key. With another key every token is another, so this is done once in the life of a database.
    #[must_use]
    pub fn make(random: &mut impl Random) -> Self {
        Self {
            bytes: random_key(random),
        }
    }

    /// The key as the database holds it.
    #[must_use]
    pub fn wrap(&self, node_key: &NodeKey, random: &mut impl Random) -> Wrapped {
        wrap(&self.bytes, KEY_LABEL, Uuid::nil(), node_key, random)
    }

    /// Takes the key out of its wrapping.
    ///
    /// # Errors
    /// If another node key wrapped it, it is a person's key, or it was changed.
    pub fn unwrap(wrapped: &Wrapped, node_key: &NodeKey) -> Result<Self, OpenError> {
        Ok(Self {
            bytes: unwrap(wrapped, KEY_LABEL, Uuid::nil(), node_key)?,
        })
    }

    /// The token of a text that the caller has brought into the one form in which it is compared.
    #[must_use]
    pub fn token(&self, field: Field, normalised: &str) -> Token {
        let digest = hmac_of(
            &self.bytes,
            &[b"sapar blind index 1", field.label(), normalised.as_bytes()],
        );
        let mut token = [0; 16];
        token.copy_from_slice(digest.split_at(16).0);
        Token(token)
    }
}

impl fmt::Debug for IndexKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IndexKey")
    }
}

/// A document number in the one form in which it is compared: letters and digits only, capital, and Cyrillic letters that look like Latin ones as these.
///
/// An officer who types `с 012345` from a booklet means what the machine-readable zone writes as `C012345`.
/// Nothing is guessed beyond that: `O` and `0` stay two signs.
#[must_use]
pub fn normalise_document_number(number: &str) -> String {
    number
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .map(|letter| match letter {
            'А' => 'A',
            'В' => 'B',
            'Е' => 'E',
            'К' => 'K',
            'М' => 'M',
            'Н' => 'H',
            'О' => 'O',
            'Р' => 'P',
            'С' => 'C',
            'Т' => 'T',
            'У' => 'Y',
            'Х' => 'X',
            'І' => 'I',
            'Ѕ' => 'S',
            other => other,
        })
        .collect()
}
