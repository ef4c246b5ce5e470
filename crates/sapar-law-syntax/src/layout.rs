//! Groups lines into items and clauses by indentation and keyword.

use sapar_diagnostics::{Diagnostic, SourceId, Span, code};

use crate::lexer::{self, Line, Token, TokenKind};

/// A clause keyword: one to four words at the start of a line.
pub type Keyword = &'static str;

/// A clause: its keyword (none for the sentence of a norm) and the tokens after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The keyword.
    pub keyword: Option<Keyword>,
    /// Tokens after the keyword, of all its lines.
    pub tokens: Vec<Token>,
    /// Its lines, for the formatter.
    pub lines: Vec<Line>,
    /// Comment lines and blank lines above it.
    pub above: Vec<Line>,
    /// From its first word to its last.
    pub span: Span,
}

/// An item: keyword, the header's tokens, and clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawItem {
    /// `norm`, `fact`, ... as written.
    pub keyword: String,
    /// The keyword's place.
    pub keyword_span: Span,
    /// Tokens after the keyword.
    pub header: Vec<Token>,
    /// The header's lines.
    pub lines: Vec<Line>,
    /// Comment lines and blank lines above it.
    pub above: Vec<Line>,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// A lexical mistake was reported inside.
    pub broken: bool,
    /// From its first word to its last.
    pub span: Span,
}

/// Items of one block and the comments that follow the last of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// The items.
    pub items: Vec<RawItem>,
    /// Comment lines and blank lines at the end.
    pub below: Vec<Line>,
    /// Lines that belong to no item, which were reported.
    pub stray: bool,
}

/// Clause keywords of an item; the longest that fits wins.
#[must_use]
pub fn keywords_of(item: &str) -> Option<&'static [Keyword]> {
    Some(match item {
        "instrument" => &[
            "title",
            "number",
            "jurisdiction",
            "rank",
            "source",
            "in force",
            "note",
        ],
        "norm" => &[
            "when",
            "unless",
            "within",
            "for at least",
            "for at most",
            "every",
            "without delay",
            "at once",
            "as soon as possible",
            "until",
            "overrides",
            "replaces",
            "in force",
            "seen",
            "memory",
            "reviewed",
            "proposed",
            "note",
        ],
        "fact" => &[
            "yes or no",
            "one of",
            "whole number",
            "country",
            "group",
            "learned by",
            "role",
            "only",
            "step",
            "sensitivity",
            "applies when",
            "label",
            "question",
            "value",
            "note",
        ],
        "term" => &["means", "label", "note"],
        "actor" => &["part of", "label", "note"],
        "act" => &["severity", "label", "note"],
        "event" => &["label", "note"],
        "never" => &["because", "note"],
        "order" => &["label", "includes", "priority", "note"],
        "test" => &[
            "under", "given", "certain", "excluded", "open", "by", "note",
        ],
        "todo" => &["because"],
        "amendment" => &["title", "amends", "in force", "source", "note"],
        "repeal" => &["in force", "because", "note"],
        _ => return None,
    })
}

/// Every item keyword.
pub const ITEM_KEYWORDS: [&str; 13] = [
    "instrument",
    "norm",
    "fact",
    "term",
    "actor",
    "act",
    "event",
    "never",
    "order",
    "test",
    "todo",
    "amendment",
    "repeal",
];

/// Cuts a block into items.
pub fn layout(
    source: SourceId,
    text: &str,
    start: usize,
    problems: &mut Vec<Diagnostic>,
) -> Layout {
    let mut result = Layout::default();
    let mut above: Vec<Line> = Vec::new();
    let mut depth: usize = 0;
    let mut offset = start;
    for raw in text.split_inclusive('\n') {
        let bare = raw.trim_end_matches(['\n', '\r']);
        let line = lexer::line(source, bare, offset, problems);
        offset += raw.len();
        if line.tokens.is_empty() && !line.broken {
            above.push(line);
            continue;
        }
        if line.indent == 0 && depth > 0 {
            // An item cannot start inside a parenthesis: the parenthesis was never closed.
            depth = 0;
        }
        if line.indent == 0 {
            depth = open_after(0, &line);
            start_item(line, std::mem::take(&mut above), &mut result);
            continue;
        }
        let Some(item) = result.items.last_mut() else {
            // The lines below it stray for the same reason.
            if !result.stray {
                problems.push(
                    Diagnostic::new(&code::L0112, line.span, "this line belongs to no item")
                        .help("items such as `norm` or `fact` start at the first column; indent only their clauses"),
                );
            }
            result.stray = true;
            continue;
        };
        depth = add_line(item, line, std::mem::take(&mut above), depth);
    }
    result.below = above;
    result
}

fn start_item(line: Line, above: Vec<Line>, result: &mut Layout) {
    let (keyword, keyword_span) = match line.tokens.first() {
        Some(token) => (token.word().unwrap_or_default().to_owned(), token.span),
        None => (String::new(), line.span),
    };
    result.items.push(RawItem {
        keyword,
        keyword_span,
        header: line.tokens.iter().skip(1).cloned().collect(),
        broken: line.broken,
        span: tokens_span(&line),
        lines: vec![line],
        above,
        clauses: Vec::new(),
    });
}

/// Adds an indented line to an item; the new depth of parentheses.
fn add_line(item: &mut RawItem, line: Line, above: Vec<Line>, depth: usize) -> usize {
    item.broken |= line.broken;
    item.span = item.span.to(tokens_span(&line));
    let keyword = keyword_at(&item.keyword, &line.tokens);
    // A line that starts with a keyword no deeper than the clauses around it ends an unclosed parenthesis.
    let clause_indent = item
        .clauses
        .first()
        .and_then(|clause| clause.lines.first())
        .map_or(usize::MAX, |first| first.indent);
    let inside = depth > 0 && !(keyword.is_some() && line.indent <= clause_indent);
    let continues = inside
        || (keyword.is_none()
            && match item.clauses.last() {
                Some(last) => last
                    .lines
                    .first()
                    .is_some_and(|first| line.indent > first.indent),
                None => item.keyword == "never" || depth > 0,
            });
    if !continues {
        let skip = keyword.map_or(0, |keyword| keyword.split(' ').count());
        let opened = open_after(0, &line);
        item.clauses.push(Clause {
            keyword,
            tokens: line.tokens.iter().skip(skip).cloned().collect(),
            span: tokens_span(&line),
            lines: vec![line],
            above,
        });
        return opened;
    }
    let depth = open_after(depth, &line);
    // Comments between the lines of one clause stay with its lines.
    let mut lines = above;
    let tokens = line.tokens.clone();
    let span = tokens_span(&line);
    lines.push(line);
    match item.clauses.last_mut() {
        Some(clause) => {
            clause.tokens.extend(tokens);
            clause.span = clause.span.to(span);
            clause.lines.extend(lines);
        }
        None => {
            item.header.extend(tokens);
            item.lines.extend(lines);
        }
    }
    depth
}

fn open_after(depth: usize, line: &Line) -> usize {
    line.tokens
        .iter()
        .fold(depth, |depth, token| match token.kind {
            TokenKind::Open => depth + 1,
            TokenKind::Close => depth.saturating_sub(1),
            _ => depth,
        })
}

fn tokens_span(line: &Line) -> Span {
    match (line.tokens.first(), line.tokens.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => line.span,
    }
}

/// The longest clause keyword of the item at the start of a line.
#[must_use]
pub fn keyword_at(item: &str, tokens: &[Token]) -> Option<Keyword> {
    keywords_of(item)?
        .iter()
        .copied()
        .filter(|keyword| {
            let mut words = keyword.split(' ');
            let mut tokens = tokens.iter();
            words.all(|word| tokens.next().and_then(Token::word) == Some(word))
        })
        .max_by_key(|keyword| keyword.len())
}
