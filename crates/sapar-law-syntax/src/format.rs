//! Tidies the law blocks of a file; prose stays as it is, and no comment is lost.
//!
//! The layout is by line: an item at the first column, its clauses indented by two spaces,
//! words one space apart, long clauses broken at `and`, `or` and commas.
//! A clause whose lines carry comments inside keeps its lines and only gets its spacing tidied.

use sapar_diagnostics::SourceId;

use crate::layout::{self, RawItem};
use crate::lexer::{Line, Token, TokenKind};
use crate::markdown;

/// Lines are broken before this column where a break is allowed.
const COLUMNS: usize = 100;

/// Mistakes of a block that can be tidied all the same.
const READ_ALL_THE_SAME: [&str; 5] = ["L0108", "L0109", "L0110", "L0114", "L0311"];

/// The file with tidy law blocks.
///
/// Formatting twice gives the same text as once, and parsing gives the same items as before.
/// A block with mistakes is left as it is.
#[must_use]
pub fn format_text(text: &str) -> String {
    // Line ends of two characters are set aside while the lines are moved about.
    if text.contains("\r\n") {
        return format_text(&text.replace("\r\n", "\n")).replace('\n', "\r\n");
    }
    let broken = crate::parse(SourceId(0), text).problems;
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for block in markdown::blocks(text) {
        let inside = text.get(block.range.clone()).unwrap_or("");
        result.push_str(text.get(done..block.range.start).unwrap_or(""));
        // A block with a mistake may not mean what its layout suggests: it is left to its author.
        // What is only missing, doubled or out of place does not change how the lines are read.
        let has_mistake = broken
            .iter()
            .filter(|problem| !READ_ALL_THE_SAME.contains(&problem.code().name))
            .any(|problem| block.range.contains(&(problem.span().start as usize)));
        let formatted = if has_mistake {
            None
        } else {
            format_block(inside)
        };
        result.push_str(&formatted.unwrap_or_else(|| inside.to_owned()));
        done = block.range.end;
    }
    result.push_str(text.get(done..).unwrap_or(""));
    result
}

fn format_block(text: &str) -> Option<String> {
    let mut problems = Vec::new();
    let layout = layout::layout(SourceId(0), text, 0, &mut problems);
    if !problems.is_empty() || layout.stray || layout.items.is_empty() {
        return None;
    }
    let mut lines: Vec<String> = Vec::new();
    for (index, item) in layout.items.iter().enumerate() {
        if index > 0 {
            lines.push(String::new());
        }
        comments(&item.above, "", &mut lines);
        write_item(item, &mut lines);
    }
    if layout.below.iter().any(|line| line.comment.is_some()) && !lines.is_empty() {
        lines.push(String::new());
    }
    comments(&layout.below, "", &mut lines);
    let mut result = lines.join("\n");
    if !result.is_empty() {
        result.push('\n');
    }
    Some(result)
}

fn comments(above: &[Line], indent: &str, lines: &mut Vec<String>) {
    for line in above {
        if let Some(comment) = &line.comment {
            lines.push(format!("{indent}{comment}"));
        }
    }
}

fn write_item(item: &RawItem, lines: &mut Vec<String>) {
    // Only what can never be goes on in further lines; after any other header they would be read as clauses.
    let columns = if item.keyword == "never" {
        COLUMNS
    } else {
        usize::MAX
    };
    write_lines(item, &item.lines, 0, columns, lines);
    for clause in &item.clauses {
        comments(&clause.above, "  ", lines);
        write_lines(item, &clause.lines, 2, COLUMNS, lines);
    }
}

/// Writes the lines of an item's header or clause at an indentation.
fn write_lines(
    item: &RawItem,
    source: &[Line],
    indent: usize,
    columns: usize,
    lines: &mut Vec<String>,
) {
    let last = source.len().saturating_sub(1);
    let commented_inside = source
        .iter()
        .enumerate()
        .any(|(index, line)| line.comment.is_some() && index != last);
    let pad = " ".repeat(indent);
    let deeper = " ".repeat(indent + 4);
    if commented_inside {
        for (index, line) in source.iter().enumerate() {
            let pad = if index == 0 { &pad } else { &deeper };
            let words = join(&line.tokens);
            let comment = line.comment.as_deref().unwrap_or("");
            let gap = if words.is_empty() || comment.is_empty() {
                ""
            } else {
                "  "
            };
            if !words.is_empty() || !comment.is_empty() {
                lines.push(format!("{pad}{words}{gap}{comment}"));
            }
        }
        return;
    }
    let tokens: Vec<Token> = source.iter().flat_map(|line| line.tokens.clone()).collect();
    let comment = source.last().and_then(|line| line.comment.clone());
    let mut wrapped = wrap(&item.keyword, &tokens, columns - indent);
    if let (Some(comment), Some(line)) = (comment, wrapped.last_mut()) {
        line.push_str("  ");
        line.push_str(&comment);
    }
    for (index, line) in wrapped.into_iter().enumerate() {
        let pad = if index == 0 { &pad } else { &deeper };
        lines.push(format!("{pad}{line}"));
    }
}

/// Tokens as text, one space between words, none inside parentheses.
fn join(tokens: &[Token]) -> String {
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        if before.is_some_and(|before| spaced(before, token)) {
            text.push(' ');
        }
        text.push_str(&token.raw);
    }
    text
}

fn spaced(before: &Token, token: &Token) -> bool {
    match (&before.kind, &token.kind) {
        (TokenKind::Open, _) | (_, TokenKind::Close | TokenKind::Comma) => false,
        // `(1)(a)` and `33(1)` are one word of a provision.
        (TokenKind::Close, TokenKind::Open) | (TokenKind::Number(_), TokenKind::Open) => false,
        _ => true,
    }
}

/// Breaks a clause into lines before `and` and `or`, after commas, and before a language's text;
/// never where the next line would begin with the keyword of another clause.
fn wrap(item: &str, tokens: &[Token], columns: usize) -> Vec<String> {
    let whole = join(tokens);
    let translated = tokens.windows(2).any(is_language);
    if whole.chars().count() <= columns && !translated {
        return vec![whole];
    }
    let mut lines: Vec<Vec<Token>> = vec![Vec::new()];
    for (index, token) in tokens.iter().enumerate() {
        let pair = tokens.get(index..index + 2).unwrap_or(&[]);
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        let may_break = (matches!(token.word(), Some("and" | "or"))
            || is_language(pair)
            || before.is_some_and(|before| before.kind == TokenKind::Comma))
            && layout::keyword_at(item, tokens.get(index..).unwrap_or(&[])).is_none();
        let line = lines.last().map_or(&[][..], Vec::as_slice);
        // Looked at only where a line may break: a clause of thousands of parentheses has no such place.
        let full = may_break
            && !line.is_empty()
            && join(line).chars().count() + next_words(tokens, index) >= columns;
        // Each language stands on its own line when they do not all fit on one.
        let forced = is_language(pair) && whole.chars().count() > columns && index > 1;
        if may_break && !line.is_empty() && (full || forced) {
            lines.push(Vec::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push(token.clone());
        }
    }
    lines.iter().map(|line| join(line)).collect()
}

/// Width of the tokens up to the next place where a line may break.
fn next_words(tokens: &[Token], from: usize) -> usize {
    let rest = tokens.get(from..).unwrap_or(&[]);
    let end = rest
        .iter()
        .enumerate()
        .skip(1)
        .find(|(_, token)| {
            matches!(token.word(), Some("and" | "or")) || token.kind == TokenKind::Comma
        })
        .map_or(rest.len(), |(index, _)| index + 1);
    join(rest.get(..end).unwrap_or(&[])).chars().count()
}

fn is_language(pair: &[Token]) -> bool {
    matches!(pair, [language, text]
        if matches!(language.word(), Some("en" | "ru" | "kk")) && matches!(text.kind, TokenKind::Text(_)))
}
