//! How a command ends: what it prints and its exit code.

use std::process::ExitCode;

/// The exit codes, from 64 on as in `sysexits.h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Done, nothing found.
    Fine,
    /// Done, and the law, a test or the document has findings.
    Findings,
    /// The command was used wrongly; clap ends with the same code.
    Usage,
    /// The input cannot be read for what it should be.
    BadInput,
    /// A file or folder is missing or cannot be read.
    NoInput,
    /// A fault of this program or of the system under it.
    Fault,
}

impl Ending {
    /// The number a shell sees.
    pub const fn code(self) -> u8 {
        match self {
            Ending::Fine => 0,
            Ending::Findings => 1,
            Ending::Usage => 2,
            Ending::BadInput => 65,
            Ending::NoInput => 66,
            Ending::Fault => 70,
        }
    }
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        ExitCode::from(ending.code())
    }
}

/// What a command that did its work prints on standard output, and how it ends.
#[derive(Debug)]
pub struct Report {
    /// The whole text.
    pub text: String,
    /// Fine or findings.
    pub ending: Ending,
}

impl Report {
    /// A report without findings.
    pub fn fine(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ending: Ending::Fine,
        }
    }

    /// A report that ends by whether something was found.
    pub fn found(text: impl Into<String>, findings: bool) -> Self {
        let ending = if findings {
            Ending::Findings
        } else {
            Ending::Fine
        };
        Self {
            text: text.into(),
            ending,
        }
    }
}

/// Why a command could not do its work: what happened, and what to do about it.
///
/// Never holds what stands in a document.
#[derive(Debug)]
pub struct Failure {
    /// What happened and what to do.
    pub message: String,
    /// How the program ends.
    pub ending: Ending,
}

impl Failure {
    /// A failure with what to do about it.
    pub fn new(ending: Ending, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ending,
        }
    }
}
