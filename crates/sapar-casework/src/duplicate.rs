//! A warning that somebody may be registered already.
//!
//! Two signs count: the same document number, or a birth date that can be the same with a similar name.
//! Nothing is decided: a person looks at both and links or not.

use crate::birth::BirthDate;
use crate::ids::PersonId;
use crate::likeness::{ALIKE_MIN, likeness, sounds};
use crate::person::{Details, Name, Papers};

/// Why two registrations may be one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The same number on a travel document.
    SameDocument {
        /// Both issuers are known and differ: numbers are unique within one issuer only.
        issuers_differ: bool,
    },
    /// A similar name, and no known part of the birth dates differs.
    SimilarName {
        /// How alike the names are, in per cent.
        likeness_percent: u8,
        /// How many of year, month and day are known in both: with none the sign is weak.
        birth_parts_shared: usize,
    },
}

/// A registered person who may be the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// Who.
    pub person: PersonId,
    /// Why; the strongest first.
    pub signs: Vec<Sign>,
}

/// Which of these persons the new registration may be, the most likely first.
///
/// An unknown part of a birth date never excludes anybody.
#[must_use]
pub fn duplicates<'c>(
    new: &Details,
    candidates: impl IntoIterator<Item = (PersonId, &'c Details)>,
) -> Vec<Duplicate> {
    let mut found: Vec<Duplicate> = candidates
        .into_iter()
        .filter_map(|(person, known)| {
            let signs: Vec<Sign> = [same_document(new, known), similar_name(new, known)]
                .into_iter()
                .flatten()
                .collect();
            (!signs.is_empty()).then_some(Duplicate { person, signs })
        })
        .collect();
    found.sort_by_key(|duplicate| {
        let weight: u32 = duplicate.signs.iter().map(|sign| weight(*sign)).sum();
        (std::cmp::Reverse(weight), duplicate.person)
    });
    found
}

fn weight(sign: Sign) -> u32 {
    match sign {
        Sign::SameDocument {
            issuers_differ: false,
        } => 1000,
        Sign::SameDocument {
            issuers_differ: true,
        } => 300,
        Sign::SimilarName {
            likeness_percent,
            birth_parts_shared,
        } => {
            // Seven days of a month are shared by chance more often than a name is spelt alike.
            u32::from(likeness_percent) + 100 * u32::try_from(birth_parts_shared).unwrap_or(0)
        }
    }
}

/// Whether two records hold the same document: the same number, and no two issuers.
#[must_use]
pub fn hold_same_document(one: &Details, other: &Details) -> bool {
    let same = Sign::SameDocument {
        issuers_differ: false,
    };
    same_document(one, other) == Some(same)
}

fn same_document(new: &Details, known: &Details) -> Option<Sign> {
    let (Papers::Held(new), Papers::Held(known)) = (&new.papers, &known.papers) else {
        return None;
    };
    let pairs = new
        .iter()
        .flat_map(|new| known.iter().map(move |known| (new, known)));
    pairs
        .filter(|(new, known)| {
            let number = normalised_number(new.number.as_str());
            !number.is_empty() && number == normalised_number(known.number.as_str())
        })
        .map(|(new, known)| {
            matches!((&new.issuer, &known.issuer), (Some(new), Some(known)) if new != known)
        })
        .min()
        .map(|issuers_differ| Sign::SameDocument { issuers_differ })
}

/// A document number as it is compared, and as a blind index is to be made of it.
///
/// Upper case, without spaces and signs; Cyrillic letters that look like Latin ones become those, and `O` and `I` digits,
/// because people and scanners confuse them.
#[must_use]
pub fn normalised_number(number: &str) -> String {
    number
        .chars()
        .flat_map(char::to_uppercase)
        .filter(|letter| letter.is_alphanumeric())
        .map(|letter| match letter {
            'А' => 'A',
            'В' => 'B',
            'Е' => 'E',
            'К' => 'K',
            'М' => 'M',
            'Н' => 'H',
            'О' | 'O' => '0',
            'Р' => 'P',
            'С' => 'C',
            'Т' => 'T',
            'Х' => 'X',
            'У' => 'Y',
            'І' | 'I' => '1',
            other => other,
        })
        .collect()
}

fn similar_name(new: &Details, known: &Details) -> Option<Sign> {
    if !new.birth.may_equal(known.birth) {
        return None;
    }
    let pairs = new
        .names
        .iter()
        .flat_map(|new| known.names.iter().map(move |known| (new, known)));
    let best = pairs
        .map(|(new, known)| likeness(&written(new), &written(known)))
        .max_by(f64::total_cmp)
        .filter(|likeness| *likeness >= ALIKE_MIN)?;
    // Between 0 and 100 by the contract of `likeness`.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 100 fits"
    )]
    let likeness_percent = (best * 100.0) as u8;
    Some(Sign::SimilarName {
        likeness_percent,
        birth_parts_shared: new.birth.shared_parts(known.birth),
    })
}

fn written(name: &Name) -> String {
    let parts = [&name.surname, &name.given];
    parts
        .into_iter()
        .flatten()
        .map(|part| part.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Words by which candidates can be looked up: whoever shares none of them and no document is not similar enough to be worth comparing,
/// save for spellings that differ in the first two sounds.
#[must_use]
pub fn lookup_words(details: &Details) -> Vec<String> {
    let mut words: Vec<String> = details
        .names
        .iter()
        .flat_map(|name| sounds(&written(name)))
        .map(|word| word.chars().take(2).collect())
        .collect();
    words.sort();
    words.dedup();
    words
}

/// The years of birth a candidate may have to be looked up by; empty where any may be.
#[must_use]
pub fn lookup_year(birth: BirthDate) -> Option<i16> {
    birth.year()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::{Script, TravelDocument, TravelDocumentKind};
    use crate::personal::Text;
    use uuid::Uuid;

    fn person(number: u128) -> PersonId {
        PersonId::new(Uuid::from_u128(
            0x0190_0000_0000_7000_8000_0000_0000_0000 + number,
        ))
        .unwrap()
    }

    fn details(
        surname: &str,
        given: &str,
        birth: (Option<i16>, Option<i8>, Option<i8>),
        number: &str,
    ) -> Details {
        let papers = if number.is_empty() {
            Papers::NotAsked
        } else {
            Papers::Held(vec![TravelDocument {
                kind: TravelDocumentKind::Passport,
                number: Text::new(number),
                issuer: Some(Text::new("KGZ")),
                zone_read: false,
            }])
        };
        Details {
            names: vec![Name {
                script: Script::Latin,
                surname: Some(Text::new(surname)),
                given: Some(Text::new(given)),
            }],
            birth: BirthDate::new(birth.0, birth.1, birth.2).unwrap(),
            nationalities: Vec::new(),
            sex: None,
            papers,
        }
    }

    const BORN: (Option<i16>, Option<i8>, Option<i8>) = (Some(2008), Some(3), Some(7));

    #[test]
    fn the_same_number_is_found_however_it_is_written() {
        let known = details("Other", "Name", (Some(1970), None, None), "АС 1234567");
        let new = details("Akmatova", "Aigul", BORN, "ac1234567");
        let found = duplicates(&new, [(person(1), &known)]);
        assert_eq!(
            found[0].signs,
            [Sign::SameDocument {
                issuers_differ: false
            }]
        );
        let other = details("Other", "Name", (Some(1970), None, None), "AC1234568");
        assert!(duplicates(&new, [(person(1), &other)]).is_empty());
    }

    #[test]
    fn a_similar_name_counts_only_where_the_birth_date_can_be_the_same() {
        let new = details("Akmatova", "Aigul", BORN, "");
        let same = details("Акматова", "Айгүл", BORN, "");
        let year = details("Акматова", "Айгүл", (Some(2008), None, None), "");
        let unknown = details("Акматова", "Айгүл", (None, None, None), "");
        let younger = details("Акматова", "Айгүл", (Some(2009), None, None), "");
        let other = details("Сидорова", "Анна", BORN, "");
        let candidates = [
            (person(1), &unknown),
            (person(2), &year),
            (person(3), &younger),
            (person(4), &other),
            (person(5), &same),
        ];
        let order: Vec<PersonId> = duplicates(&new, candidates)
            .iter()
            .map(|one| one.person)
            .collect();
        // The strongest first; a year that differs and a name that differs are no duplicates, an unknown date is.
        assert_eq!(order, [person(5), person(2), person(1)]);
    }

    #[test]
    fn the_warning_names_nobody() {
        let new = details("Akmatova", "Aigul", BORN, "AC1234567");
        let text = format!("{:?} {new:?}", duplicates(&new, [(person(1), &new)]));
        for told in ["Akmatova", "Aigul", "2008", "AC123"] {
            assert!(!text.contains(told), "{text}");
        }
    }
}
