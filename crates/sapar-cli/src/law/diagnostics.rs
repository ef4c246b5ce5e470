//! Diagnostics for a reader or a script.

use sapar_diagnostics::{Diagnostic, Severity, Sources, Span, render_all};
use serde_json::{Value, json};

use crate::output;

/// Nobody reads more; a file of nothing but mistakes could make any number of them.
/// The counts are always of all.
const SHOWN_MAX: usize = 1000;

/// The diagnostics drawn with their lines.
pub fn text(sources: &Sources, problems: &[Diagnostic]) -> String {
    let shown = first(problems);
    let mut text = render_all(sources, shown, output::style());
    let more = problems.len() - shown.len();
    if more > 0 {
        text.push_str(&format!("\n\nand {more} more; mend these first"));
    }
    text
}

/// The diagnostics as a list.
pub fn json(sources: &Sources, problems: &[Diagnostic]) -> Vec<Value> {
    first(problems)
        .iter()
        .map(|problem| one(sources, problem))
        .collect()
}

fn first(problems: &[Diagnostic]) -> &[Diagnostic] {
    problems.get(..SHOWN_MAX).unwrap_or(problems)
}

/// A diagnostic for a script; lines and columns count from one, columns in characters.
fn one(sources: &Sources, problem: &Diagnostic) -> Value {
    let related: Vec<Value> = problem
        .related_places()
        .iter()
        .map(|related| {
            let mut value = place(sources, related.span);
            if let Some(map) = value.as_object_mut() {
                map.insert("message".to_owned(), json!(related.label));
            }
            value
        })
        .collect();
    let mut value = place(sources, problem.span());
    if let Some(map) = value.as_object_mut() {
        let severity = if problem.severity() == Severity::Error {
            "error"
        } else {
            "warning"
        };
        map.insert("code".to_owned(), json!(problem.code().name));
        map.insert("severity".to_owned(), json!(severity));
        map.insert("message".to_owned(), json!(problem.message()));
        map.insert("help".to_owned(), json!(problem.help_text()));
        map.insert("related".to_owned(), json!(related));
    }
    value
}

fn place(sources: &Sources, span: Span) -> Value {
    let (line, column) = sources.line_column(span);
    let path = sources
        .get(span.source)
        .map_or("", |source| source.path.as_str());
    json!({ "path": path, "line": line, "column": column })
}
