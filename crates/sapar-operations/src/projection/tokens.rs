//! By what persons are found: keyed tokens of names, years and document numbers.

use std::collections::BTreeSet;

use sapar_casework::duplicate::{lookup_words, lookup_year, normalised_number};
use sapar_casework::likeness::sounds;
use sapar_casework::person::{Details, Papers};
use sapar_sealing::{Field, IndexKey, Token};
use uuid::Uuid;

/// How many letters of a sound begin a word in search.
const BEGINNING: usize = 3;

fn name_sounds(details: &Details) -> BTreeSet<String> {
    details
        .names
        .iter()
        .flat_map(|name| [&name.surname, &name.given])
        .flatten()
        .flat_map(|part| sounds(part.as_str()))
        .collect()
}

/// What a query can be found by within a scope: whole words first, then beginnings, then a document number.
pub(crate) fn query_tokens(index: &IndexKey, scope: Uuid, query: &str) -> [Vec<Token>; 3] {
    let words: BTreeSet<String> = sounds(query).into_iter().collect();
    let whole = words
        .iter()
        .map(|word| scoped(index, Field::NameLikeness, scope, word));
    let beginnings = words
        .iter()
        .map(|word| word.chars().take(BEGINNING).collect::<String>())
        .map(|word| scoped(index, Field::NameBeginning, scope, &word));
    let number = normalised_number(query);
    let number = (number.chars().any(|sign| sign.is_ascii_digit()) && number.len() >= 3)
        .then(|| scoped(index, Field::DocumentNumber, scope, &number));
    [
        whole.collect(),
        beginnings.collect(),
        number.into_iter().collect(),
    ]
}

fn scoped(index: &IndexKey, field: Field, scope: Uuid, text: &str) -> Token {
    index.token(field, &format!("{scope}/{text}"))
}

/// By what somebody who is registered now may be found to be registered already, anywhere.
fn duplicate_tokens(index: &IndexKey, details: &Details) -> Vec<Token> {
    let mut tokens = number_tokens(index, details);
    tokens.extend(birth_tokens(index, details, lookup_year(details.birth)));
    tokens
}

/// Documents that somebody may be found by, anywhere.
pub(crate) fn number_tokens(index: &IndexKey, details: &Details) -> Vec<Token> {
    let Papers::Held(documents) = &details.papers else {
        return Vec::new();
    };
    let numbers = documents
        .iter()
        .map(|document| normalised_number(document.number.as_str()));
    numbers
        .map(|number| scoped(index, Field::DocumentNumber, Uuid::nil(), &number))
        .collect()
}

fn birth_tokens(index: &IndexKey, details: &Details, year: Option<i16>) -> Vec<Token> {
    let year = year.map_or_else(String::new, |year| year.to_string());
    lookup_words(details)
        .iter()
        .map(|word| {
            scoped(
                index,
                Field::BirthDate,
                Uuid::nil(),
                &format!("{year}/{word}"),
            )
        })
        .collect()
}

/// The same to ask for, with how many must fit and how many persons are enough: documents, and apart from them names with the year or where it is not known on one side.
///
/// Apart, because among a million people hundreds share a year and the beginning of a name, and would push out whoever has the document.
/// For somebody whose year is not known, each year a living person may have is asked for.
pub(crate) fn duplicate_query(
    index: &IndexKey,
    details: &Details,
    this_year: i16,
) -> [(Vec<Token>, u32, u32); 2] {
    let mut names = birth_tokens(index, details, None);
    let (mut at_least, mut enough) = (1, 100);
    if let Some(year) = lookup_year(details.birth) {
        names.extend(birth_tokens(index, details, Some(year)));
    } else {
        // One beginning of a name alone, in whatever year, is no likeness.
        at_least = u32::try_from(names.len()).unwrap_or(1).clamp(1, 2);
        enough = 500;
        let years = this_year.saturating_sub(OLDEST)..=this_year;
        names.extend(years.flat_map(|year| birth_tokens(index, details, Some(year))));
    }
    [
        (number_tokens(index, details), 1, 100),
        (names, at_least, enough),
    ]
}

/// How many years ago anybody who is met may have been born.
const OLDEST: i16 = 110;

/// Everything a person is found by: anywhere as a duplicate, and by name and number within each scope.
///
/// A scope is a post, an agency or a team. Who searches asks within the own ones, so that nobody else's persons are
/// counted, ranked or timed.
pub(super) fn person_tokens(
    index: &IndexKey,
    details: &Details,
    scopes: &BTreeSet<Uuid>,
) -> Vec<Token> {
    let mut tokens: BTreeSet<Token> = duplicate_tokens(index, details).into_iter().collect();
    let words = name_sounds(details);
    let numbers: Vec<String> = match &details.papers {
        Papers::Held(documents) => documents
            .iter()
            .map(|document| normalised_number(document.number.as_str()))
            .collect(),
        Papers::NotAsked | Papers::Absent(_) => Vec::new(),
    };
    for scope in scopes {
        for word in &words {
            tokens.insert(scoped(index, Field::NameLikeness, *scope, word));
            let beginning: String = word.chars().take(BEGINNING).collect();
            tokens.insert(scoped(index, Field::NameBeginning, *scope, &beginning));
        }
        for number in &numbers {
            tokens.insert(scoped(index, Field::DocumentNumber, *scope, number));
        }
    }
    tokens.into_iter().take(TOKENS_MAX).collect()
}

/// The most the store takes for one person.
const TOKENS_MAX: usize = 1_000;
