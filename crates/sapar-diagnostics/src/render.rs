//! Diagnostics as text for a terminal.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::{Diagnostic, Severity, Sources, Span};

/// How the text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With terminal colours.
    Coloured,
    /// Plain text, the same on every machine.
    Plain,
}

/// All diagnostics, in the order given, a blank line between two.
#[must_use]
pub fn render_all(sources: &Sources, diagnostics: &[Diagnostic], style: Style) -> String {
    let parts: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| render(sources, diagnostic, style))
        .collect();
    parts.join("\n\n")
}

/// One diagnostic with its source lines.
///
/// Places outside the sources are left out rather than drawn wrongly.
#[must_use]
pub fn render(sources: &Sources, diagnostic: &Diagnostic, style: Style) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut report = vec![];
    let mut group = level
        .primary_title(diagnostic.message())
        .id(diagnostic.code().name)
        .elements(Vec::<
            annotate_snippets::Snippet<'_, annotate_snippets::Annotation<'_>>,
        >::new());
    let mut places: Vec<(Span, &str, bool)> =
        vec![(diagnostic.span(), diagnostic.label_text(), true)];
    places.extend(
        diagnostic
            .related_places()
            .iter()
            .map(|related| (related.span, related.label.as_str(), false)),
    );
    let mut drawn: Vec<crate::SourceId> = Vec::new();
    for (span, _, _) in &places {
        if drawn.contains(&span.source) {
            continue;
        }
        drawn.push(span.source);
        let Some(source) = sources.get(span.source) else {
            continue;
        };
        let mut snippet = Snippet::source(source.text.as_str())
            .path(source.path.as_str())
            .fold(true);
        for (other, label, primary) in &places {
            if other.source != span.source || source.text.get(other.range()).is_none() {
                continue;
            }
            let kind = if *primary {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let annotation = kind.span(other.range());
            snippet = snippet.annotation(if label.is_empty() {
                annotation
            } else {
                annotation.label(*label)
            });
        }
        group = group.element(snippet);
    }
    if let Some(help) = diagnostic.help_text() {
        group = group.element(Level::HELP.message(help));
    }
    report.push(group);
    let renderer = match style {
        Style::Coloured => Renderer::styled(),
        Style::Plain => Renderer::plain(),
    };
    renderer.render(&report).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code;

    #[test]
    fn draws_code_place_and_help() {
        let mut sources = Sources::new();
        let source = sources.add("law.md", "when presumd refugee\n");
        let span = Span {
            source,
            start: 5,
            end: 20,
        };
        let text = render(
            &sources,
            &Diagnostic::new(
                &code::L0201,
                span,
                "no fact or term is called `presumd refugee`",
            )
            .label("not known")
            .help("did you mean `presumed refugee`?"),
            Style::Plain,
        );
        assert!(text.contains("error[L0201]"), "{text}");
        assert!(text.contains("law.md:1:6"), "{text}");
        assert!(text.contains("^^^^^^^^^^^^^^^ not known"), "{text}");
        assert!(text.contains("did you mean"), "{text}");
    }
}
