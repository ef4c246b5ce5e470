//! From a file's bytes to its items, with every mistake.

mod amendment;
mod condition;
mod cursor;
mod items;
mod required;
mod vocabulary;

use sapar_diagnostics::{Diagnostic, SourceId, Span, code, nearest};

use crate::ast::{Condition, Item, Name};
use crate::layout::{self, ITEM_KEYWORDS, RawItem};
use crate::{FILE_BYTES_MAX, ITEMS_MAX, lexer, markdown};
use cursor::Cursor;

/// What was understood of a file, and every mistake in it.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// Items in order.
    pub items: Vec<Item>,
    /// Names whose defining item has a mistake in it, in order. They are defined, though not understood:
    /// using them is no further mistake.
    pub broken: Vec<Broken>,
    /// Mistakes in order of their place.
    pub problems: Vec<Diagnostic>,
}

/// A name whose defining item was reported and left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The kind of item: `fact`, `norm`, ...; the nearest kind where the word itself was mistaken,
    /// or nothing where no kind is near.
    pub kind: Option<&'static str>,
    /// The name in its header.
    pub name: Name,
}

/// Reads one Markdown file.
///
/// Never fails: whatever is understood is returned, and every mistake is in `problems`.
/// Takes time and memory linear in the text; a text over [`FILE_BYTES_MAX`] is refused unread.
#[must_use]
pub fn parse(source: SourceId, text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    if text.len() > FILE_BYTES_MAX {
        let start = Span {
            source,
            start: 0,
            end: 0,
        };
        parsed.problems.push(
            Diagnostic::new(
                &code::L0002,
                start,
                format!(
                    "the file has {} bytes; a law file has at most {FILE_BYTES_MAX}",
                    text.len()
                ),
            )
            .help("cut it into one file for each instrument or chapter"),
        );
        return parsed;
    }
    let mut seen = 0;
    for block in markdown::blocks(text) {
        let inside = text.get(block.range.clone()).unwrap_or("");
        let layout = layout::layout(source, inside, block.range.start, &mut parsed.problems);
        for raw in &layout.items {
            // Broken items count too, or a file of nothing but mistakes would have no bound.
            seen += 1;
            if seen > ITEMS_MAX {
                parsed.problems.push(
                    Diagnostic::new(
                        &code::L0004,
                        raw.span,
                        format!("a file has at most {ITEMS_MAX} items"),
                    )
                    .help("cut it into several files"),
                );
                return parsed;
            }
            item(raw, block.provision.as_ref(), &mut parsed);
        }
    }
    parsed.problems.sort_by_key(|problem| problem.span());
    parsed
}

/// Reads one condition on a line of its own, as `given` lines and facts files hold them.
#[must_use]
pub fn parse_condition(source: SourceId, text: &str) -> (Option<Condition>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let line = lexer::line(source, text, 0, &mut problems);
    if !problems.is_empty() {
        return (None, problems);
    }
    let mut cursor = Cursor::new(&line.tokens, line.span);
    match condition::whole(&mut cursor) {
        Ok(condition) => (Some(condition), problems),
        Err(problem) => (None, vec![*problem]),
    }
}

fn item(raw: &RawItem, provision: Option<&(String, std::ops::Range<usize>)>, parsed: &mut Parsed) {
    if layout::keywords_of(&raw.keyword).is_none() {
        let known = nearest(&raw.keyword, ITEM_KEYWORDS);
        let help = known.map_or_else(
            || {
                format!(
                    "an item starts with one of: {}; indent a clause",
                    ITEM_KEYWORDS.join(", ")
                )
            },
            |known| format!("did you mean `{known}`?"),
        );
        parsed.broken.extend(broken(raw, known));
        parsed.problems.push(
            Diagnostic::new(
                &code::L0101,
                raw.keyword_span,
                format!("`{}` is not a kind of item", raw.keyword),
            )
            .help(help),
        );
        return;
    }
    // A line cut short by a lexical mistake would only produce follow-up messages.
    if raw.broken {
        parsed.broken.extend(broken(raw, kind_of(&raw.keyword)));
        return;
    }
    let before = parsed.problems.len();
    let built = match raw.keyword.as_str() {
        "norm" => items::norm(raw, provision, &mut parsed.problems).map(Item::Norm),
        "instrument" => items::instrument(raw, &mut parsed.problems).map(Item::Instrument),
        "order" => items::order(raw, &mut parsed.problems).map(Item::Order),
        "test" => items::test(raw, &mut parsed.problems).map(Item::Test),
        "todo" => items::todo(raw, &mut parsed.problems).map(Item::Todo),
        "fact" => vocabulary::fact(raw, &mut parsed.problems).map(Item::Fact),
        "term" => vocabulary::term(raw, &mut parsed.problems).map(Item::Term),
        "actor" => vocabulary::actor(raw, &mut parsed.problems).map(Item::Actor),
        "act" => vocabulary::act(raw, &mut parsed.problems).map(Item::Act),
        "event" => vocabulary::event(raw, &mut parsed.problems).map(Item::Event),
        "amendment" => amendment::amendment(raw, &mut parsed.problems).map(Item::Amendment),
        "repeal" => amendment::repeal(raw, &mut parsed.problems).map(Item::Repeal),
        "never" => items::never(raw, &mut parsed.problems).map(Item::Never),
        _ => None,
    };
    debug_assert!(
        built.is_some() || parsed.problems.len() > before,
        "an item was dropped without a diagnostic"
    );
    if built.is_none() {
        parsed.broken.extend(broken(raw, kind_of(&raw.keyword)));
    }
    parsed.items.extend(built);
}

fn kind_of(keyword: &str) -> Option<&'static str> {
    ITEM_KEYWORDS.into_iter().find(|known| *known == keyword)
}

/// The name an item that is left out would have defined, as far as its header can be read.
fn broken(raw: &RawItem, kind: Option<&'static str>) -> Option<Broken> {
    let mut header = Cursor::new(&raw.header, raw.keyword_span);
    let name = match kind {
        Some("never" | "test" | "todo") => return None,
        // The header of a norm goes on after its identifier.
        Some("norm" | "instrument" | "order") => header.identifier("an identifier"),
        _ => header.name_until("a name", &[]),
    };
    name.ok().map(|name| Broken { kind, name })
}

#[cfg(test)]
mod tests;
