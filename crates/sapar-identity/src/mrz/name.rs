//! The holder's name as the zone has it.

use crate::mrz::field::ProblemKind;

/// A name in two parts, each of one or more words of `A` to `Z`.
///
/// The zone has neither accents nor hyphens, and the part before `<<` is what the issuer takes
/// as the surname; some persons have one name only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Name {
    primary: Vec<String>,
    secondary: Vec<String>,
    may_be_truncated: bool,
}

impl Name {
    /// Splits the name field; the whole field is one name where it has no `<<`.
    pub(crate) fn read(field: &str) -> Result<Self, ProblemKind> {
        if !field
            .bytes()
            .all(|byte| byte == b'<' || byte.is_ascii_uppercase())
        {
            return Err(ProblemKind::NotLetters);
        }
        if field.starts_with('<') || field.is_empty() {
            return Err(ProblemKind::Empty);
        }
        Ok(Self::of_words(field))
    }

    /// The words of a field even if it is no name, so that an officer can see what was read.
    pub(crate) fn of_words(field: &str) -> Self {
        let (primary, secondary) = field.split_once("<<").unwrap_or((field, ""));
        Self {
            primary: split_words(primary),
            secondary: split_words(secondary),
            may_be_truncated: !field.ends_with('<'),
        }
    }

    /// The words of the surname, or of the only name.
    #[must_use]
    pub fn primary(&self) -> &[String] {
        &self.primary
    }

    /// The words of the given names; empty where there are none.
    #[must_use]
    pub fn secondary(&self) -> &[String] {
        &self.secondary
    }

    /// The surname with spaces between its words.
    #[must_use]
    pub fn surname(&self) -> String {
        self.primary.join(" ")
    }

    /// The given names with spaces between them.
    #[must_use]
    pub fn given_names(&self) -> String {
        self.secondary.join(" ")
    }

    /// Whether the field is full to its last place, which is how a shortened name is marked.
    ///
    /// The name may then be longer than it looks; compare with [`Name::may_equal`].
    #[must_use]
    pub fn may_be_truncated(&self) -> bool {
        self.may_be_truncated
    }

    /// Whether two names may be the same, if one or both were shortened to fit.
    ///
    /// False does not prove that they are different persons: transliterations differ.
    ///
    /// ```
    /// use sapar_identity::mrz::Reading;
    /// let read = |lines: &str| Reading::read(lines).map(|reading| reading.name().clone());
    /// let short = read("I<PRT007777779<ZZ92<<<<<<<<<<<\n8303143M3405282PRT<<<<<<<<<<<2\nCACADOR<DE<ARAUJO<<ANDRE<ESTEV")?;
    /// let long = read("P<PRTCACADOR<DE<ARAUJO<<ANDRE<ESTEVES<<<<<<<\nL898902C36PRT8303143M3405282<<<<<<<<<<<<<<02")?;
    /// assert!(short.may_equal(&long) && short != long);
    /// # Ok::<(), sapar_identity::mrz::MrzError>(())
    /// ```
    #[must_use]
    pub fn may_equal(&self, other: &Self) -> bool {
        words_may_equal(
            self.may_be_truncated,
            &self.primary,
            other.may_be_truncated,
            &other.primary,
        ) && words_may_equal(
            self.may_be_truncated,
            &self.secondary,
            other.may_be_truncated,
            &other.secondary,
        )
    }
}

fn split_words(part: &str) -> Vec<String> {
    part.split('<')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Shortening cuts the ends of words and may drop the last ones.
fn words_may_equal(a_cut: bool, a: &[String], b_cut: bool, b: &[String]) -> bool {
    let counts_fit =
        (a.len() == b.len()) || (a_cut && a.len() < b.len()) || (b_cut && b.len() < a.len());
    counts_fit
        && a.iter().zip(b).all(|(a, b)| {
            a == b || (a_cut && b.starts_with(a.as_str())) || (b_cut && a.starts_with(b.as_str()))
        })
}

/// Writes a name into a field of a given length, shortened if it must be; `None` where not even
/// one letter of each word fits.
///
/// The longest word loses its last letter until the name fits, so that as much of each word
/// stays as can, and the field is then full to its last place.
pub(crate) fn write_name(
    primary: &[String],
    secondary: &[String],
    length: usize,
) -> Option<String> {
    let mut words: Vec<String> = primary.iter().chain(secondary).cloned().collect();
    let joined = |words: &[String]| {
        let (primary, secondary) = words.split_at(primary.len().min(words.len()));
        if secondary.is_empty() {
            primary.join("<")
        } else {
            format!("{}<<{}", primary.join("<"), secondary.join("<"))
        }
    };
    // Each round takes one letter, so there are never more rounds than letters.
    while joined(&words).len() > length {
        let longest = words.iter_mut().rev().max_by_key(|word| word.len())?;
        if longest.len() <= 1 {
            return None;
        }
        longest.pop();
    }
    Some(joined(&words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn one_name_only() {
        let name = Name::read("MAYELA<<<<<<<").expect("a name");
        assert_eq!(
            (name.surname().as_str(), name.given_names().as_str()),
            ("MAYELA", "")
        );
        assert!(!name.may_be_truncated());
    }

    #[test]
    fn digits_and_nothing_are_refused() {
        assert_eq!(
            Name::read("ERIK5SON<<ANNA").err(),
            Some(ProblemKind::NotLetters)
        );
        assert_eq!(Name::read("<<<<<<").err(), Some(ProblemKind::Empty));
        assert_eq!(Name::read("<ERIKSSON<<").err(), Some(ProblemKind::Empty));
    }

    #[test]
    fn a_long_name_is_shortened_to_the_last_place() {
        let written = write_name(
            &words("PAPANDROPOULOUS"),
            &words("JONATHON WARREN TREVOR"),
            30,
        );
        let written = written.expect("fits");
        assert_eq!(written.len(), 30);
        let short = Name::read(&written).expect("a name");
        let long = Name::read("PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR<<").expect("a name");
        assert!(
            short.may_be_truncated() && short.may_equal(&long),
            "{written}"
        );
        assert_eq!(write_name(&words("A B C D E F"), &[], 5), None);
    }
}
