//! What Sapar says to people, in English, Russian and Kazakh.
//!
//! A sentence is asked for by its key and told in one language, with plural
//! forms and word order decided by the catalogue and never by code.
//! The catalogue is embedded; nothing is read at run time and nothing here can
//! fail: a sentence missing in one language is told in English, and a key that
//! no language has is shown as it is, so that the gap is seen.
//!
//! The labels of facts, acts and actors are not here but in the vocabulary of
//! the law packages. How to add a sentence is told in this crate's `README.md`.
//!
//! ```
//! use sapar_messages::{Language, Messages};
//!
//! let english = Messages::new(Language::English);
//! assert_eq!(
//!     english.text_with(
//!         "limit-within",
//!         &[
//!             ("amount", 1.into()),
//!             ("unit", "working days".into()),
//!             ("event", "arrival".into()),
//!         ],
//!     ),
//!     "within 1 working day from arrival",
//! );
//! ```

mod catalogue;
mod functions;
mod language;
mod value;

use catalogue::{Bundle, bundle_of};
use fluent_bundle::FluentArgs;

pub use catalogue::{files, keys};
pub use language::{Language, UnknownLanguage};
pub use value::MessageValue;

/// The sentences of one language.
///
/// A small handle on the shared catalogue: cheap to copy, and safe to use from
/// many threads at once.
#[derive(Clone, Copy)]
pub struct Messages {
    language: Language,
    bundle: &'static Bundle,
    english: &'static Bundle,
}

impl Messages {
    /// The sentences of `language`; the catalogue is read once in the life of the program.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self {
            language,
            bundle: bundle_of(language),
            english: bundle_of(Language::English),
        }
    }

    /// The language in which these sentences are told.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether this language itself has the sentence, without falling back.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The sentence of that key.
    ///
    /// Falls back to the English sentence, and then to the key itself.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.text_with(key, &[])
    }

    /// The sentence of that key with these values in it.
    ///
    /// A value the sentence asks for and does not get is shown as `{$name}`;
    /// a value it does not ask for is ignored.
    /// No invisible marks of writing direction are put around the values.
    ///
    /// ```
    /// # use sapar_messages::{Language, Messages};
    /// let kazakh = Messages::new(Language::Kazakh);
    /// assert_eq!(
    ///     kazakh.text_with("interview-progress", &[("count", 21.into())]),
    ///     "21 сұраққа жауап берілді",
    /// );
    /// ```
    #[must_use]
    pub fn text_with(&self, key: &str, values: &[(&str, MessageValue<'_>)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set((*name).to_owned(), value.to_fluent());
        }
        tell(self.bundle, key, &args)
            .or_else(|| tell(self.english, key, &args))
            .unwrap_or_else(|| key.to_owned())
    }
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Messages").field(&self.language).finish()
    }
}

fn tell(bundle: &Bundle, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    // A missing value leaves its name in the text, which is the visible sign wanted;
    // the list of errors would tell the officer nothing more.
    let mut errors = Vec::new();
    Some(
        bundle
            .format_pattern(pattern, Some(args), &mut errors)
            .into_owned(),
    )
}

/// Runs the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_no_language_has_is_shown_as_it_is() {
        for language in Language::ALL {
            assert_eq!(Messages::new(language).text("no-such-key"), "no-such-key");
        }
    }

    #[test]
    fn a_sentence_missing_in_one_language_is_told_in_english() {
        static EMPTY: std::sync::LazyLock<Bundle> =
            std::sync::LazyLock::new(|| catalogue::bundle_with(Language::Kazakh, &[]));
        let messages = Messages {
            language: Language::Kazakh,
            bundle: &EMPTY,
            english: bundle_of(Language::English),
        };
        assert!(!messages.has("yes"));
        assert_eq!(messages.text("yes"), "yes");
        assert_eq!(messages.text("status-excluded"), "ruled out");
    }

    #[test]
    fn a_missing_value_is_seen() {
        let told = Messages::new(Language::English)
            .text_with("citation", &[("title", "Law on Refugees".into())]);
        assert_eq!(told, "Law on Refugees, {$provision}");
    }

    #[test]
    fn values_carry_no_invisible_marks() {
        for language in Language::ALL {
            let told = Messages::new(language).text_with(
                "citation",
                &[("title", "A".into()), ("provision", "Article 1".into())],
            );
            assert_eq!(told, "A, Article 1");
        }
    }

    #[test]
    fn many_threads_may_tell_at_once() {
        fn shared<T: Send + Sync + Copy + 'static>(_: T) {}
        let messages = Messages::new(Language::Russian);
        shared(messages);
        let told: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (1..=4_i64)
                .map(|count| {
                    scope.spawn(move || {
                        messages.text_with("interview-progress", &[("count", count.into())])
                    })
                })
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        assert_eq!(
            told,
            [
                "Отвечено на 1 вопрос",
                "Отвечено на 2 вопроса",
                "Отвечено на 3 вопроса",
                "Отвечено на 4 вопроса",
            ]
        );
    }
}
