//! Clauses that an item must have.

use sapar_diagnostics::{Diagnostic, code};

use crate::layout::RawItem;

/// A clause that an item must have.
pub struct Required {
    /// Whether it is missing.
    pub lacks: bool,
    /// What it says of the item.
    pub what: &'static str,
    /// How to write it.
    pub help: &'static str,
}

/// Reports the clauses an item lacks: one message, however many they are.
pub fn missing(
    raw: &RawItem,
    required: impl IntoIterator<Item = Required>,
    problems: &mut Vec<Diagnostic>,
) {
    let lacking: Vec<Required> = required.into_iter().filter(|clause| clause.lacks).collect();
    let Some((last, others)) = lacking.split_last() else {
        return;
    };
    let named = if others.is_empty() {
        format!("no {}", last.what)
    } else {
        let names: Vec<String> = others
            .iter()
            .map(|clause| format!("no {}", clause.what))
            .collect();
        format!("{} and no {}", names.join(", "), last.what)
    };
    let help: Vec<&str> = lacking.iter().map(|clause| clause.help).collect();
    problems.push(
        Diagnostic::new(
            &code::L0109,
            raw.keyword_span,
            format!("this {} has {named}", raw.keyword),
        )
        .help(help.join("; ")),
    );
}
