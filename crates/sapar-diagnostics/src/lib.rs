//! Diagnostics for people who write law.
//!
//! A [`Diagnostic`] has a stable [`Code`], a place, related places and help.
//! Every code has a page (`sapar law explain-error L0123`), kept in `codes/`.
//! This crate knows nothing of law: it carries what the checks above it found.
//! Look next at `sapar-law-syntax`, which makes most of the diagnostics.

mod codes;
mod diagnostic;
mod nearest;
mod render;
mod source;

pub use codes::{Code, all_codes, code_named};
pub use diagnostic::{Diagnostic, Related, Severity};
pub use nearest::nearest;
pub use render::{Style, render, render_all};
pub use source::{Source, SourceId, Sources, Span};

/// The codes themselves, one constant each.
pub mod code {
    pub use crate::codes::constants::*;
}
