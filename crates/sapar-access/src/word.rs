//! The words that policies are written in, and small sets of them.
//!
//! A word has one name, used alike in policies, in JSON and in the key of its label.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One of a fixed list of words.
pub trait Word: Copy + Eq + fmt::Debug + 'static {
    /// Every word of the list, in the order in which tables show them.
    const ALL: &'static [Self];
    /// The type of the word in the policies' schema.
    const TYPE: &'static str;
    /// The start of the key of its label in `access.ftl`.
    const LABEL: &'static str;

    /// The name, as policies and JSON write it.
    fn name(self) -> &'static str;

    /// The place in [`Word::ALL`].
    fn index(self) -> usize;

    /// The word of that name, or nothing if the list has no such word.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|word| word.name() == name)
    }

    /// The key of its label in the catalogue of messages.
    fn label_key(self) -> String {
        format!("{}-{}", Self::LABEL, self.name())
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $type:ident, $label:literal, { $($(#[$word_doc:meta])* $word:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $type {
            $($(#[$word_doc])* #[serde(rename = $name)] $word,)*
        }

        impl $crate::Word for $type {
            const ALL: &'static [Self] = &[$(Self::$word,)*];
            const TYPE: &'static str = stringify!($type);
            const LABEL: &'static str = $label;

            fn name(self) -> &'static str {
                match self { $(Self::$word => $name,)* }
            }

            fn index(self) -> usize {
                self as usize
            }
        }
    };
}
pub(crate) use words;

/// A set of words of one list; no list has more than sixteen.
pub struct Words<T> {
    bits: u16,
    of: PhantomData<T>,
}

impl<T: Word> Words<T> {
    /// No word.
    pub const NONE: Self = Self::of_bits(0);

    const fn of_bits(bits: u16) -> Self {
        Self {
            bits,
            of: PhantomData,
        }
    }

    pub(crate) fn from_bits(bits: u16) -> Self {
        Self::of_bits(bits)
    }

    pub(crate) fn bits(self) -> u16 {
        self.bits
    }

    /// Every word of the list.
    #[must_use]
    pub fn all() -> Self {
        T::ALL.iter().copied().collect()
    }

    /// Exactly this word.
    #[must_use]
    pub fn one(word: T) -> Self {
        Self::of_bits(1 << word.index())
    }

    /// These and one more.
    #[must_use]
    pub fn with(self, word: T) -> Self {
        Self::of_bits(self.bits | 1 << word.index())
    }

    /// The words in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::of_bits(self.bits | other.bits)
    }

    /// The words in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::of_bits(self.bits & other.bits)
    }

    /// Whether the word is among them.
    #[must_use]
    pub fn has(self, word: T) -> bool {
        self.bits & 1 << word.index() != 0
    }

    /// Whether all of these are among the others: a thing of several classes is shown only where all are seen.
    #[must_use]
    pub fn within(self, others: Self) -> bool {
        self.bits & !others.bits == 0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Each word, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = T> {
        T::ALL.iter().copied().filter(move |word| self.has(*word))
    }
}

impl<T> Clone for Words<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Words<T> {}

impl<T> PartialEq for Words<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}

impl<T> Eq for Words<T> {}

impl<T> std::hash::Hash for Words<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.bits.hash(state);
    }
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Self {
            bits: 0,
            of: PhantomData,
        }
    }
}

impl<T: Word> FromIterator<T> for Words<T> {
    fn from_iter<I: IntoIterator<Item = T>>(words: I) -> Self {
        words.into_iter().fold(Self::NONE, Self::with)
    }
}

impl<T: Word> fmt::Debug for Words<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl<T: Word + Serialize> Serialize for Words<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de, T: Word + Deserialize<'de>> Deserialize<'de> for Words<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<T>::deserialize(deserializer)?.into_iter().collect())
    }
}
