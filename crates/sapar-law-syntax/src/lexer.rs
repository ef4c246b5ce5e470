//! Cuts one line into words, numbers, dates, texts and marks.

use jiff::civil::Date;
use sapar_diagnostics::{Diagnostic, SourceId, Span, code};

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenKind {
    /// A word, lower-cased unless it is all capitals (a country code).
    Word(String),
    /// A whole number.
    Number(u32),
    /// A date that exists.
    Date(Date),
    /// A text between quotes, without them.
    Text(String),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
}

/// A token and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// As it was written.
    pub raw: String,
    /// Where.
    pub span: Span,
}

impl Token {
    /// The word, if it is one.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// One line: its indentation, tokens and comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Spaces before the first token (a tab counts as two).
    pub indent: usize,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// The comment with its `#`, if there is one.
    pub comment: Option<String>,
    /// A mistake was reported on it, so its tokens may be incomplete.
    pub broken: bool,
    /// The line without its end.
    pub span: Span,
}

/// Cuts a line; `start` is its place in the file.
pub fn line(source: SourceId, text: &str, start: usize, problems: &mut Vec<Diagnostic>) -> Line {
    let span = |from: usize, to: usize| Span {
        source,
        start: u32::try_from(start + from).unwrap_or(u32::MAX),
        end: u32::try_from(start + to).unwrap_or(u32::MAX),
    };
    let mut result = Line {
        indent: 0,
        tokens: Vec::new(),
        comment: None,
        broken: false,
        span: span(0, text.len()),
    };
    let mut at_start = true;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        match char {
            ' ' | '\t' | '\r' | '\u{a0}' => {
                if at_start {
                    result.indent += if char == '\t' { 2 } else { 1 };
                }
                continue;
            }
            '#' => {
                let comment = text.get(at..).unwrap_or("").trim_end();
                result.comment = Some(comment.to_owned());
                break;
            }
            '(' => push(&mut result, TokenKind::Open, "(", span(at, at + 1)),
            ')' => push(&mut result, TokenKind::Close, ")", span(at, at + 1)),
            ',' => push(&mut result, TokenKind::Comma, ",", span(at, at + 1)),
            '"' => {
                let rest = text.get(at + 1..).unwrap_or("");
                if let Some(length) = rest.find('"') {
                    let inside = rest.get(..length).unwrap_or("").to_owned();
                    let end = at + 1 + length;
                    while chars.next_if(|(next, _)| *next <= end).is_some() {}
                    let raw = text.get(at..=end).unwrap_or("");
                    push(&mut result, TokenKind::Text(inside), raw, span(at, end + 1));
                } else {
                    problems.push(
                        Diagnostic::new(
                            &code::L0106,
                            span(at, text.trim_end().len().max(at + 1)),
                            "this text has no closing quotation mark",
                        )
                        .help("end the text with `\"` on the same line"),
                    );
                    result.broken = true;
                    break;
                }
            }
            char if is_word_char(char) => {
                let mut end = at + char.len_utf8();
                while let Some((next, inner)) = chars.next_if(|(_, next)| is_word_char(*next)) {
                    end = next + inner.len_utf8();
                }
                let raw = text.get(at..end).unwrap_or("");
                let kind = word_kind(raw, span(at, end), problems, &mut result.broken);
                push(&mut result, kind, raw, span(at, end));
            }
            other => {
                problems.push(
                    Diagnostic::new(
                        &code::L0113,
                        span(at, at + other.len_utf8()),
                        format!(
                            "the law language does not use the character `{}`",
                            other.escape_debug()
                        ),
                    )
                    .help(
                        "put running text between quotation marks, or make it a comment with `#`",
                    ),
                );
                result.broken = true;
                break;
            }
        }
        at_start = false;
    }
    result
}

fn push(line: &mut Line, kind: TokenKind, raw: &str, span: Span) {
    line.tokens.push(Token {
        kind,
        raw: raw.to_owned(),
        span,
    });
}

fn is_word_char(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '-' | '\'' | '’' | '/' | '_' | '.' | '§')
}

/// A number, a date or a word.
fn word_kind(
    raw: &str,
    span: Span,
    problems: &mut Vec<Diagnostic>,
    broken: &mut bool,
) -> TokenKind {
    if raw.bytes().all(|byte| byte.is_ascii_digit()) {
        return match raw.parse::<u32>() {
            Ok(number) if number <= 1_000_000 => TokenKind::Number(number),
            _ => {
                problems.push(
                    Diagnostic::new(&code::L0111, span, "this number is too large")
                        .help("numbers go up to 1000000"),
                );
                *broken = true;
                TokenKind::Number(0)
            }
        };
    }
    let mut parts = raw.split('-');
    let looks_like_date = matches!(
        (parts.next(), parts.next(), parts.next(), parts.next()),
        (Some(year), Some(month), Some(day), None)
            if year.len() == 4 && [year, month, day].iter().all(|part| !part.is_empty()
                && part.bytes().all(|byte| byte.is_ascii_digit()))
    );
    if looks_like_date {
        if let Ok(date) = raw.parse::<Date>() {
            return TokenKind::Date(date);
        }
        problems.push(
            Diagnostic::new(
                &code::L0107,
                span,
                format!("`{raw}` is not a date of the calendar"),
            )
            .help("write year, month and day as 2016-06-06, and check that the month has that day"),
        );
        *broken = true;
    }
    let is_code = raw.len() > 1 && raw.bytes().all(|byte| byte.is_ascii_uppercase());
    TokenKind::Word(if is_code {
        raw.to_owned()
    } else {
        raw.to_lowercase().replace('’', "'")
    })
}
