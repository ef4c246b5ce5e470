//! The text of the law language: from bytes to a syntax tree, and back to tidy text.
//!
//! [`parse`] reads one Markdown file and returns whatever it understood, together with every mistake.
//! [`format_text`] tidies the law blocks of a file, keeps every comment and leaves prose alone.
//! Nothing here knows what the words mean; that is the room of `sapar-law`.
//!
//! The stages, in order: [`markdown`] finds blocks and the headings above them,
//! [`lexer`] cuts lines into words, [`layout`] groups lines into items and clauses,
//! and `parse` turns these into the [`ast`].

pub mod ast;
pub mod consolidate;
mod format;
pub mod layout;
pub mod lexer;
pub mod markdown;
mod parse;

pub use format::format_text;
pub use parse::{Broken, Parsed, parse, parse_condition};

/// The longest file read, in bytes: larger than any statute, small enough never to stall.
pub const FILE_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How deeply parentheses may nest.
pub const DEPTH_MAX: usize = 32;
/// How many items one file may hold.
pub const ITEMS_MAX: usize = 10_000;
