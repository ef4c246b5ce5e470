//! Why a text could not be taken as a machine readable zone.

use crate::mrz::clean::INPUT_BYTES_MAX;
use crate::mrz::field::{Field, Problem};
use crate::mrz::reading::Reading;

/// Why a text could not be taken as a machine readable zone.
///
/// Each has a field and a message key for the interface. Lines and places count from one. No
/// text holds a character of the document: the officer sees it, a log must not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MrzError {
    /// The text is longer than any zone with any white space a person would paste.
    #[error(
        "the text is longer than {INPUT_BYTES_MAX} bytes and cannot be a machine readable zone"
    )]
    TooLong,
    /// There is no line with anything on it.
    #[error("the machine readable zone is empty")]
    Empty,
    /// Neither two lines nor three, and not one that could be cut.
    #[error("a machine readable zone has 2 or 3 lines, and {found} were given")]
    LineCount {
        /// How many lines had anything on them.
        found: usize,
    },
    /// A line is too short or too long.
    #[error("line {line} has {found} characters, and {expected} are expected")]
    LineLength {
        /// Which line.
        line: usize,
        /// How many characters it has, white space aside.
        found: usize,
        /// How many it should have, going by the other lines.
        expected: usize,
    },
    /// A character that no zone has.
    #[error("character {position} of line {line} is not a letter A to Z, a digit or <")]
    Character {
        /// Which line.
        line: usize,
        /// Which place, white space aside.
        position: usize,
        /// The character, which is none of the document's data: no zone has it.
        character: char,
    },
    /// The first letter does not go with the shape of the zone.
    #[error("no document of this shape ({lines} lines of {length}) begins with this letter")]
    DocumentCode {
        /// How many lines there are.
        lines: usize,
        /// How long they are.
        length: usize,
    },
    /// The zone was read, and something in it is wrong; the reading is inside.
    #[error("the machine readable zone does not check: {}", list(problems))]
    Problems {
        /// Everything that is wrong.
        problems: Vec<Problem>,
        /// What was read, to be shown beside the document.
        reading: Box<Reading>,
    },
}

impl MrzError {
    /// The field of the zone the error belongs to.
    #[must_use]
    pub fn field(&self) -> Field {
        match self {
            Self::DocumentCode { .. } => Field::DocumentCode,
            Self::Problems { problems, .. } => problems
                .first()
                .map_or(Field::Zone, |problem| problem.field),
            _ => Field::Zone,
        }
    }

    /// The key under which the interface keeps the text in the user's language.
    ///
    /// Its variables are the fields of the variant; for `Problems` it is the first problem's.
    #[must_use]
    pub fn message_key(&self) -> &'static str {
        match self {
            Self::TooLong | Self::Empty | Self::LineCount { .. } => "document-not-read",
            Self::LineLength { .. } => "document-line-length",
            Self::Character { .. } => "document-character",
            Self::DocumentCode { .. } => "document-code-unknown",
            Self::Problems { problems, .. } => problems
                .first()
                .map_or("document-not-read", Problem::message_key),
        }
    }
}

fn list(problems: &[Problem]) -> String {
    let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
    texts.join("; ")
}
