//! Which column holds which fact.
//!
//! A column is named by its fact, with underscores for spaces. A number may also come as a range, in two columns
//! ending in `_min` and `_max`. A fact without a column is unknown in every row.

use std::collections::BTreeSet;

use arrow_schema::{DataType, Schema};
use sapar_diagnostics::nearest;
use sapar_law::{FactId, Library, ValueKind};

use crate::error::{BatchError, ColumnError};
use crate::program::Program;

/// The columns of a fact, as places in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactColumns {
    /// None: unknown in every row.
    Absent,
    /// One.
    One(usize),
    /// A range: least and most; where one of the two is missing, the fact's own bound.
    Range(Option<usize>, Option<usize>),
}

/// The columns of a schema for one law.
#[derive(Debug, Clone)]
pub struct Columns {
    /// For each place of the law.
    pub places: Vec<FactColumns>,
    /// Columns of facts of the vocabulary that this law does not ask for.
    pub not_asked: Vec<String>,
    /// Facts of this law that have no column.
    pub absent: Vec<FactId>,
}

/// The name of a fact's column.
#[must_use]
pub fn column_name(fact: &str) -> String {
    slug(fact)
}

/// A name as a column carries it: small letters, digits and underscores.
#[must_use]
pub fn slug(name: &str) -> String {
    name.chars()
        .map(|char| {
            if char.is_alphanumeric() {
                char.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect()
}

impl Columns {
    /// Finds the facts' columns; `others` are columns that may be there without being facts.
    ///
    /// # Errors
    /// Every column that is neither, or whose type its fact cannot have.
    pub fn find(
        program: &Program,
        schema: &Schema,
        others: &BTreeSet<String>,
    ) -> Result<Self, BatchError> {
        let engine = program.engine();
        let library = engine.library();
        let by_column: std::collections::HashMap<String, FactId> = library
            .facts()
            .map(|(id, fact)| (slug(&fact.name), id))
            .collect();
        let mut errors = Vec::new();
        let mut found: std::collections::HashMap<FactId, FactColumns> = Default::default();
        let mut not_asked = Vec::new();
        let asked: BTreeSet<FactId> = engine.facts().collect();
        for (place, field) in schema.fields().iter().enumerate() {
            let name = slug(field.name().trim());
            let mut error = |message: String| {
                errors.push(ColumnError {
                    column: shown(field.name()),
                    message,
                });
            };
            let Some((fact, part)) = named(library, &by_column, &name) else {
                if !others.contains(field.name()) {
                    error(unknown(&name, &by_column));
                }
                continue;
            };
            if let Err(message) = fits(library, fact, part, field.data_type()) {
                error(message);
                continue;
            }
            if !asked.contains(&fact) {
                not_asked.push(field.name().clone());
                continue;
            }
            let columns = found.entry(fact).or_insert(FactColumns::Absent);
            let merged = match (*columns, part) {
                (FactColumns::Absent, Part::Whole) => Some(FactColumns::One(place)),
                (FactColumns::Absent, Part::Least) => Some(FactColumns::Range(Some(place), None)),
                (FactColumns::Absent, Part::Most) => Some(FactColumns::Range(None, Some(place))),
                (FactColumns::Range(None, most), Part::Least) => {
                    Some(FactColumns::Range(Some(place), most))
                }
                (FactColumns::Range(least, None), Part::Most) => {
                    Some(FactColumns::Range(least, Some(place)))
                }
                _ => None,
            };
            match merged {
                Some(merged) => *columns = merged,
                None => error(
                    "tells a fact that another column tells already; keep one of them, or for a number one pair of `_min` and `_max`".to_owned(),
                ),
            }
        }
        if !errors.is_empty() {
            return Err(BatchError::Columns(errors));
        }
        let places: Vec<FactColumns> = engine
            .facts()
            .map(|fact| found.get(&fact).copied().unwrap_or(FactColumns::Absent))
            .collect();
        let absent = engine
            .facts()
            .zip(&places)
            .filter(|(_, columns)| **columns == FactColumns::Absent)
            .map(|(fact, _)| fact)
            .collect();
        Ok(Self {
            places,
            not_asked,
            absent,
        })
    }

    /// The places in the schema of all columns that are read.
    pub fn used(&self) -> impl Iterator<Item = usize> + '_ {
        self.places
            .iter()
            .flat_map(|columns| match columns {
                FactColumns::Absent => [None, None],
                FactColumns::One(place) => [Some(*place), None],
                FactColumns::Range(least, most) => [*least, *most],
            })
            .flatten()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Least,
    Most,
}

fn named(
    library: &Library,
    by_column: &std::collections::HashMap<String, FactId>,
    name: &str,
) -> Option<(FactId, Part)> {
    if let Some(fact) = by_column.get(name) {
        return Some((*fact, Part::Whole));
    }
    [("_min", Part::Least), ("_max", Part::Most)]
        .into_iter()
        .find_map(|(ending, part)| {
            let fact = by_column.get(name.strip_suffix(ending)?)?;
            matches!(library.fact(*fact).kind, ValueKind::Number { .. }).then_some((*fact, part))
        })
}

fn unknown(name: &str, by_column: &std::collections::HashMap<String, FactId>) -> String {
    let known = by_column.keys().map(String::as_str);
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    let near = nearest(name, known).map_or_else(
        || ".".to_owned(),
        |near| format!("; did you mean `{near}`?"),
    );
    format!(
        "is no fact of the vocabulary{near} A fact's column is its name with underscores (`sapar law show facts` lists them); an identifier or group to carry along is named with --keep, --id or --count-by, and --ignore-other-columns passes over the rest"
    )
}

fn fits(library: &Library, fact: FactId, part: Part, found: &DataType) -> Result<(), String> {
    let text = |found: &DataType| {
        matches!(
            found,
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
        )
    };
    let is_text = text(found)
        || matches!(found, DataType::Dictionary(key, value) if key.is_dictionary_key_type() && text(value));
    let is_number = found.is_integer() || matches!(found, DataType::Float32 | DataType::Float64);
    let is_null = *found == DataType::Null;
    let fits = is_null
        || match (&library.fact(fact).kind, part) {
            (ValueKind::YesNo, _) => *found == DataType::Boolean || is_text,
            (ValueKind::Number { .. }, Part::Whole) => is_number || is_text,
            (ValueKind::Number { .. }, _) => is_number,
            _ => is_text,
        };
    if fits {
        return Ok(());
    }
    let wanted = match (&library.fact(fact).kind, part) {
        (ValueKind::YesNo, _) => "booleans, or texts `yes`, `no` and `unknown`",
        (ValueKind::Number { .. }, Part::Whole) => {
            "whole numbers, or texts such as `17`, `16-18` and `unknown`"
        }
        (ValueKind::Number { .. }, _) => "whole numbers",
        (ValueKind::Country, _) => "texts: three-letter country codes",
        (ValueKind::OneOf(_), _) => "texts: one of the fact's values",
    };
    Err(format!(
        "holds {found}, and the fact `{}` needs {wanted}; convert the column",
        library.fact(fact).name
    ))
}

/// A name from outside, cut short for an error text.
fn shown(name: &str) -> String {
    name.chars()
        .filter(|char| !char.is_control())
        .take(60)
        .collect()
}
