//! What a check says: the findings that make it fail, and notes that do not.

use std::fmt;

/// One thing that is wrong, where it is, and what would mend it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file relative to the root of the repository, or the name of a crate.
    pub place: String,
    /// The line in that file, counted from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong and what to do about it.
    pub message: String,
}

impl Finding {
    pub fn at(place: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            place: place.to_owned(),
            line: Some(line),
            message: message.into(),
        }
    }

    pub fn of(place: &str, message: impl Into<String>) -> Self {
        Self {
            place: place.to_owned(),
            line: None,
            message: message.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(out, "{}:{line}: {}", self.place, self.message),
            None => write!(out, "{}: {}", self.place, self.message),
        }
    }
}

/// The result of one check.
#[derive(Debug, Default)]
pub struct Report {
    /// Anything here fails the check.
    pub findings: Vec<Finding>,
    /// What was looked at, or could not be looked at; said plainly, never a failure.
    pub notes: Vec<String>,
}

impl From<Vec<Finding>> for Report {
    fn from(mut findings: Vec<Finding>) -> Self {
        findings.sort();
        Self {
            findings,
            notes: Vec::new(),
        }
    }
}

impl Report {
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}
