//! The languages Sapar speaks.

use std::fmt;
use std::str::FromStr;

use unic_langid::LanguageIdentifier;

/// A language in which every sentence can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English, which also stands in for a sentence missing elsewhere.
    #[default]
    English,
    /// Russian.
    Russian,
    /// Kazakh, in Cyrillic letters.
    Kazakh,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Language; 3] = [Language::English, Language::Russian, Language::Kazakh];

    /// The code of ISO 639: `en`, `ru` or `kk`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Russian => "ru",
            Language::Kazakh => "kk",
        }
    }

    /// The language's name for itself, so that its speakers find it in any list.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Russian => "Русский",
            Language::Kazakh => "Қазақша",
        }
    }

    /// The name under which the plural rules of this language are found.
    pub(crate) fn identifier(self) -> LanguageIdentifier {
        // A test holds that every code parses, so the default is never taken.
        self.code().parse().unwrap_or_default()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads `en`, `ru` or `kk`, in any case of letters; a country or an encoding after it,
    /// as in `ru-KZ` or `kk_KZ.UTF-8`, is allowed and ignored.
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let language = code
            .trim()
            .split(['-', '_', '.'])
            .next()
            .unwrap_or_default();
        Language::ALL
            .into_iter()
            .find(|known| known.code().eq_ignore_ascii_case(language))
            .ok_or_else(|| UnknownLanguage {
                code: code.trim().chars().take(CODE_CHARS_MAX).collect(),
            })
    }
}

/// So much of a wrong code is repeated, lest a whole file given by mistake fill the screen.
const CODE_CHARS_MAX: usize = 40;

/// A code that names none of the languages Sapar speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLanguage {
    code: String,
}

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a language of Sapar; use ", self.code)?;
        let mut separator = "";
        for language in Language::ALL {
            write!(
                f,
                "{separator}{} ({})",
                language.code(),
                language.own_name()
            )?;
            separator = ", ";
        }
        if self.code.eq_ignore_ascii_case("kz") {
            f.write_str("; kz is the country, and its language is kk")?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownLanguage {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_with_or_without_a_country() {
        for language in Language::ALL {
            assert_eq!(language.code().parse(), Ok(language));
            assert_eq!(language.identifier().language.as_str(), language.code());
        }
        assert_eq!("RU".parse(), Ok(Language::Russian));
        assert_eq!(" kk_KZ.UTF-8 ".parse(), Ok(Language::Kazakh));
        assert_eq!("en-GB".parse(), Ok(Language::English));
    }

    #[test]
    fn a_wrong_code_is_answered_with_the_right_ones() {
        let refused = "kz".parse::<Language>().unwrap_err().to_string();
        assert_eq!(
            refused,
            "`kz` is not a language of Sapar; use en (English), ru (Русский), kk (Қазақша); \
             kz is the country, and its language is kk"
        );
        assert!("".parse::<Language>().is_err());
        assert!("english".parse::<Language>().is_err());
    }
}
