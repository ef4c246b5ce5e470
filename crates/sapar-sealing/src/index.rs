//! Finding what does not stand in the database.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Makes tokens of words.
#[derive(Clone)]
pub struct Index(Hmac<Sha256>);

/// What stands in the database for a word: equal for equal words of one field, and telling nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Token(pub [u8; 16]);

impl Index {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        // A key shorter than a block is filled up with zeros, which RFC 2104 does as well.
        let mut block = Zeroizing::new([0; 64]);
        block.split_at_mut(key.len()).0.copy_from_slice(key);
        Self(Hmac::<Sha256>::new(&(*block).into()))
    }

    /// The token of a word in a field, such as `document number`; the same word in another field has another token.
    ///
    /// The word is taken as it is: whoever asks puts it in one form first, as it was put when it was kept.
    #[must_use]
    pub fn token(&self, field: &str, word: &str) -> Token {
        let mut mac = self.0.clone();
        // The length keeps a field's end from being taken for a word's beginning.
        mac.update(&(field.len() as u64).to_be_bytes());
        mac.update(field.as_bytes());
        mac.update(word.as_bytes());
        let whole: [u8; 32] = mac.finalize().into_bytes().into();
        let mut token = [0; 16];
        token.copy_from_slice(whole.split_at(16).0);
        Token(token)
    }
}

/// Shows nothing of the key.
impl std::fmt::Debug for Index {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Index")
    }
}
