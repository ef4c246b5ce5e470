//! What a travel document tells of the person's situation.

use sapar_identity::civil::Date;
use sapar_identity::mrz::{Field, Reading, Sex, StateKind};
use sapar_law::{FactId, Knowledge, Library, country};

/// Facts a document states, a fact it suggests, and what the officer should know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentFacts {
    /// Facts taken from fields whose checks held.
    pub stated: Vec<(FactId, Knowledge)>,
    /// Facts an officer must confirm by looking at the document: a zone cannot show that it is genuine.
    pub suggested: Vec<(FactId, Knowledge)>,
    /// What should be said aloud.
    pub notes: Vec<DocumentNote>,
}

/// Something about the document that the officer should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentNote {
    /// A check failed, so this field was not used.
    FieldNotUsed(Field),
    /// The last day of validity has passed.
    Expired(Date),
    /// The document states no expiry, or one that cannot be read.
    NoExpiry,
    /// The birth date is incomplete or fits more than one century: the age is a range.
    AgeUncertain,
    /// The name reaches the end of its field and may be cut off.
    NameMayBeTruncated,
    /// The issuing state declares the holder stateless or a refugee.
    IssuedAsProtected,
    /// No check digit covers name, nationality and sex.
    NotProtected,
}

/// What a reading says on a day, by the names of the shared vocabulary.
///
/// A field whose check digit failed is not used. The age is a range when the document leaves it open.
/// That the document is valid or expired is only suggested: whether it is genuine is for the officer to see.
#[must_use]
pub fn document_facts(library: &Library, reading: &Reading, today: Date) -> DocumentFacts {
    let mut facts = DocumentFacts::default();
    let failed: Vec<Field> = reading
        .problems()
        .iter()
        .map(|problem| problem.field)
        .collect();
    for field in &failed {
        if !facts.notes.contains(&DocumentNote::FieldNotUsed(*field)) {
            facts.notes.push(DocumentNote::FieldNotUsed(*field));
        }
    }
    let sound = |field: Field| !failed.contains(&field);
    // A failed composite digit leaves open which of the covered fields is wrong.
    let whole = sound(Field::Composite);
    if sound(Field::Nationality) {
        nationality(library, reading, &mut facts);
    }
    if sound(Field::Birth) && whole {
        age(library, reading, today, &mut facts);
    }
    if sound(Field::Sex) {
        let value = match reading.sex() {
            Some(Sex::Female) => Some("female"),
            Some(Sex::Male) => Some("male"),
            _ => None,
        };
        if let Some(value) = value {
            state(library, "sex", value, &mut facts.stated);
        }
    }
    if sound(Field::Expiry) && whole {
        expiry(library, reading, today, &mut facts);
    }
    if reading.name().may_be_truncated() {
        facts.notes.push(DocumentNote::NameMayBeTruncated);
    }
    facts.notes.push(DocumentNote::NotProtected);
    facts
}

/// Adds a fact by its names, where the vocabulary has it.
fn state(library: &Library, fact: &str, value: &str, list: &mut Vec<(FactId, Knowledge)>) {
    if let Some(fact) = library.fact_named(fact)
        && let Ok(knowledge) = library.value_from_text(fact, value)
    {
        list.push((fact, knowledge));
    }
}

fn nationality(library: &Library, reading: &Reading, facts: &mut DocumentFacts) {
    let Some(nationality) = reading.nationality() else {
        return;
    };
    match nationality.kind() {
        StateKind::Stateless => {
            state(library, "stateless", "yes", &mut facts.stated);
            facts.notes.push(DocumentNote::IssuedAsProtected);
        }
        // The citizenship of a recognised refugee is not in the document, and must not be guessed.
        StateKind::Refugee | StateKind::OtherRefugee => {
            facts.notes.push(DocumentNote::IssuedAsProtected)
        }
        _ => {
            if country::index_of(nationality.code()).is_some() {
                state(
                    library,
                    "citizenship",
                    nationality.code(),
                    &mut facts.stated,
                );
                // The document speaks against statelessness; the person may know better.
                state(library, "stateless", "no", &mut facts.suggested);
            }
        }
    }
}

fn age(library: &Library, reading: &Reading, today: Date, facts: &mut DocumentFacts) {
    let Some(birth) = reading.birth() else { return };
    // The personal number of Kazakhstan can settle the century; otherwise every possible year counts.
    let years = reading.possible_birth_years(today);
    let (Some(first), Some(last)) = (years.iter().min(), years.iter().max()) else {
        return;
    };
    let oldest = i32::from(today.year()) - i32::from(*first);
    let youngest = i32::from(today.year()) - i32::from(*last);
    // Within the year of birth, the birthday decides; where month or day is missing, both ages are possible.
    let passed = match (birth.month(), birth.day()) {
        (Some(month), Some(day)) => {
            let (month, day) = (i16::from(month), i16::from(day));
            Some((month, day) <= (i16::from(today.month()), i16::from(today.day())))
        }
        _ => None,
    };
    let (low, high) = match passed {
        Some(true) => (youngest, oldest),
        Some(false) => (youngest - 1, oldest - 1),
        None => (youngest - 1, oldest),
    };
    let clamp = |age: i32| u32::try_from(age.clamp(0, 120)).unwrap_or(0);
    let (low, high) = (clamp(low), clamp(high));
    if low != high {
        facts.notes.push(DocumentNote::AgeUncertain);
    }
    if let Some(fact) = library.fact_named("age") {
        facts.stated.push((fact, Knowledge::Number(low, high)));
    }
}

fn expiry(library: &Library, reading: &Reading, today: Date, facts: &mut DocumentFacts) {
    let Some(expiry) = reading.expiry() else {
        facts.notes.push(DocumentNote::NoExpiry);
        return;
    };
    match expiry.is_over(today) {
        Some(true) => {
            if let Some(last) = expiry.last_day(today) {
                facts.notes.push(DocumentNote::Expired(last));
            }
            state(library, "travel document", "expired", &mut facts.suggested);
        }
        Some(false) => state(library, "travel document", "valid", &mut facts.suggested),
        None => facts.notes.push(DocumentNote::NoExpiry),
    }
}

/// What follows from answers without asking: on the ground of a country, whoever is a citizen of
/// another is outside the country of nationality.
///
/// `host` is the three-letter code of the country in which the screening takes place.
#[must_use]
pub fn derived(
    library: &Library,
    host: &str,
    situation: &sapar_law::Situation,
    fact: FactId,
) -> Option<Knowledge> {
    if library.fact_named("outside country of nationality") != Some(fact) {
        return None;
    }
    let citizenship = library.fact_named("citizenship")?;
    match situation.get(citizenship) {
        Knowledge::Value(value) => Some(Knowledge::YesNo(country::code_of(value) != host)),
        _ => None,
    }
}
