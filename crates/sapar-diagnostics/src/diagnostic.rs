//! One mistake, with its place and remedy.

use crate::{Code, Span};

/// Whether the law can be used in spite of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The law cannot be relied on until it is mended.
    Error,
    /// Worth a look; the law means what it says all the same.
    Warning,
}

/// Another place that matters to the mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub span: Span,
    /// What is there.
    pub label: String,
}

/// One mistake of a law's author: a code, a message, a place, related places and help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    code: &'static Code,
    message: String,
    span: Span,
    label: String,
    related: Vec<Related>,
    help: Option<String>,
}

impl Diagnostic {
    /// A mistake of that kind at that place.
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            span,
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    /// Words under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place and what is there.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push(Related {
            span,
            label: label.into(),
        });
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static Code {
        self.code
    }

    /// One sentence: what is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Words under the caret; may be empty.
    #[must_use]
    pub fn label_text(&self) -> &str {
        &self.label
    }

    /// Other places that matter.
    #[must_use]
    pub fn related_places(&self) -> &[Related] {
        &self.related
    }

    /// The remedy.
    #[must_use]
    pub fn help_text(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Error or warning, as the code says.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity
    }
}
