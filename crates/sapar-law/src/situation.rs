//! What is known of a person's situation.

use crate::model::{FactId, ValueKind};
use crate::{Library, country};

/// What is known of one fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Knowledge {
    /// Nothing. Never treated as no.
    #[default]
    Unknown,
    /// Yes or no.
    YesNo(bool),
    /// A value of its list, or a country, by number.
    Value(u32),
    /// A number between two bounds, both counted in; an exact number has equal bounds.
    Number(u32, u32),
}

/// Facts with what is known of them; the others are unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Situation {
    known: Vec<Knowledge>,
}

/// A value that a fact cannot have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError {
    /// The fact's name.
    pub fact: String,
    /// What it can have, in words.
    pub expected: String,
}

impl std::fmt::Display for ValueError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "`{}` takes {}", self.fact, self.expected)
    }
}

impl std::error::Error for ValueError {}

impl Situation {
    /// Nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Records what is known of a fact, replacing what was.
    pub fn set(&mut self, fact: FactId, knowledge: Knowledge) {
        if self.known.len() <= fact.index() {
            self.known.resize(fact.index() + 1, Knowledge::Unknown);
        }
        if let Some(slot) = self.known.get_mut(fact.index()) {
            *slot = knowledge;
        }
    }

    /// What is known of a fact.
    #[must_use]
    pub fn get(&self, fact: FactId) -> Knowledge {
        self.known.get(fact.index()).copied().unwrap_or_default()
    }

    /// Facts of which something is known.
    pub fn known(&self) -> impl Iterator<Item = (FactId, Knowledge)> + '_ {
        self.known
            .iter()
            .enumerate()
            .filter(|(_, knowledge)| **knowledge != Knowledge::Unknown)
            .map(|(index, knowledge)| {
                (FactId(u32::try_from(index).unwrap_or(u32::MAX)), *knowledge)
            })
    }
}

impl Library {
    /// Reads a value as people write it: `yes`, `no`, `unknown`, `female`, `KAZ`, `17`, `16-18`.
    ///
    /// # Errors
    /// Names the fact and says what it can have, when the text is none of these. The text itself is not repeated.
    pub fn value_from_text(&self, fact: FactId, text: &str) -> Result<Knowledge, ValueError> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("unknown") {
            return Ok(Knowledge::Unknown);
        }
        let parsed = match &self.fact(fact).kind {
            ValueKind::YesNo => match text.to_lowercase().as_str() {
                "yes" | "true" | "y" => Some(Knowledge::YesNo(true)),
                "no" | "false" | "n" => Some(Knowledge::YesNo(false)),
                _ => None,
            },
            ValueKind::OneOf(values) => values
                .iter()
                .position(|(name, _)| name == &text.to_lowercase())
                .and_then(|index| u32::try_from(index).ok())
                .map(Knowledge::Value),
            ValueKind::Country => country::index_of(&text.to_uppercase()).map(Knowledge::Value),
            ValueKind::Number { from, to, .. } => {
                let (low, high) = text.split_once('-').unwrap_or((text, text));
                match (low.trim().parse::<u32>(), high.trim().parse::<u32>()) {
                    (Ok(low), Ok(high)) if *from <= low && low <= high && high <= *to => {
                        Some(Knowledge::Number(low, high))
                    }
                    _ => None,
                }
            }
        };
        parsed.ok_or_else(|| ValueError {
            fact: self.fact(fact).name.clone(),
            expected: self.values_in_words(fact),
        })
    }

    /// What a fact can have, in English words.
    #[must_use]
    pub fn values_in_words(&self, fact: FactId) -> String {
        match &self.fact(fact).kind {
            ValueKind::YesNo => "yes, no or unknown".to_owned(),
            ValueKind::OneOf(values) => {
                let names: Vec<&str> = values.iter().map(|(name, _)| name.as_str()).collect();
                format!("one of {}, or unknown", names.join(", "))
            }
            ValueKind::Country => "a three-letter country code such as KAZ, or unknown".to_owned(),
            ValueKind::Number { unit, from, to } => {
                format!(
                    "a whole number of {unit} from {from} to {to}, a range such as {from}-{to}, or unknown"
                )
            }
        }
    }

    /// A value as people write it; the other way round of [`Library::value_from_text`].
    #[must_use]
    pub fn value_to_text(&self, fact: FactId, knowledge: Knowledge) -> String {
        match (knowledge, &self.fact(fact).kind) {
            (Knowledge::Unknown, _) => "unknown".to_owned(),
            (Knowledge::YesNo(yes), _) => if yes { "yes" } else { "no" }.to_owned(),
            (Knowledge::Value(value), ValueKind::OneOf(values)) => values
                .get(value as usize)
                .map_or_else(|| "unknown".to_owned(), |(name, _)| name.clone()),
            (Knowledge::Value(value), _) => country::code_of(value).to_owned(),
            (Knowledge::Number(low, high), _) if low == high => low.to_string(),
            (Knowledge::Number(low, high), _) => format!("{low}-{high}"),
        }
    }
}
