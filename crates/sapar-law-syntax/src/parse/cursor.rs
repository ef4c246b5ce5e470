//! Walks over the tokens of a clause and says what was expected.

use jiff::civil::Date;
use sapar_diagnostics::{Diagnostic, Span, code};

use crate::ast::{Name, Spanned};
use crate::lexer::{Token, TokenKind};

/// A mistake; boxed because it is large and rare.
pub type Problem = Box<Diagnostic>;
/// Result of reading a part of a clause.
pub type Reading<T> = Result<T, Problem>;

/// Words that end a name inside a condition.
const CONDITION_WORDS: [&str; 4] = ["and", "or", "not", "is"];

/// Tokens of a clause and how far they were read.
pub struct Cursor<'a> {
    tokens: &'a [Token],
    next: usize,
    whole: Span,
}

impl<'a> Cursor<'a> {
    /// At the start; `whole` is where to point when the tokens run out.
    pub fn new(tokens: &'a [Token], whole: Span) -> Self {
        Self {
            tokens,
            next: 0,
            whole,
        }
    }

    /// The next token.
    pub fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.next)
    }

    /// The token after the next ones.
    pub fn peek_at(&self, ahead: usize) -> Option<&'a Token> {
        self.tokens.get(self.next + ahead)
    }

    /// Takes the next token.
    pub fn bump(&mut self) -> Option<&'a Token> {
        let token = self.tokens.get(self.next)?;
        self.next += 1;
        Some(token)
    }

    /// Where the last taken token stands.
    pub fn last_span(&self) -> Span {
        self.next
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last))
            .map_or(self.whole, |token| token.span)
    }

    /// Whether the next words are these.
    pub fn at_words(&self, words: &str) -> bool {
        words
            .split(' ')
            .enumerate()
            .all(|(ahead, word)| self.peek_at(ahead).and_then(Token::word) == Some(word))
    }

    /// Takes these words if they come next.
    pub fn take_words(&mut self, words: &str) -> bool {
        let found = self.at_words(words);
        if found {
            self.next += words.split(' ').count();
        }
        found
    }

    /// Whether everything was read.
    pub fn is_done(&self) -> bool {
        self.next >= self.tokens.len()
    }

    /// "expected X" at the next token, or at the end of the clause.
    pub fn expected(&self, what: &str) -> Problem {
        let (span, found) = match self.peek() {
            Some(token) => (token.span, describe(token)),
            None => (self.last_span(), "the end of the clause".to_owned()),
        };
        Box::new(
            Diagnostic::new(
                &code::L0103,
                span,
                format!("expected {what}, found {found}"),
            )
            .help(format!("write {what} here")),
        )
    }

    /// Everything must have been read.
    pub fn finish(&self) -> Reading<()> {
        if self.is_done() {
            Ok(())
        } else {
            Err(self.expected("the end of the clause"))
        }
    }

    /// A number.
    pub fn number(&mut self, what: &str) -> Reading<Spanned<u32>> {
        match self.peek() {
            Some(Token {
                kind: TokenKind::Number(number),
                span,
                ..
            }) => {
                self.next += 1;
                Ok(Spanned::new(*number, *span))
            }
            _ => Err(self.expected(what)),
        }
    }

    /// A date.
    pub fn date(&mut self) -> Reading<Spanned<Date>> {
        match self.peek() {
            Some(Token {
                kind: TokenKind::Date(date),
                span,
                ..
            }) => {
                self.next += 1;
                Ok(Spanned::new(*date, *span))
            }
            _ => Err(self.expected("a date such as 2016-06-06")),
        }
    }

    /// A text in quotation marks.
    pub fn text(&mut self) -> Reading<Spanned<String>> {
        match self.peek() {
            Some(Token {
                kind: TokenKind::Text(text),
                span,
                ..
            }) => {
                self.next += 1;
                Ok(Spanned::new(text.clone(), *span))
            }
            _ => Err(self.expected("a text in \"quotation marks\"")),
        }
    }

    /// One word, as identifiers are.
    pub fn identifier(&mut self, what: &str) -> Reading<Name> {
        match self.peek() {
            Some(Token {
                kind: TokenKind::Word(word),
                span,
                ..
            }) => {
                self.next += 1;
                Ok(Spanned::new(word.clone(), *span))
            }
            _ => Err(self.expected(what)),
        }
    }

    /// A name in a condition: words up to a word of the language or a mark.
    pub fn name(&mut self, what: &str) -> Reading<Name> {
        self.name_until(what, &CONDITION_WORDS)
    }

    /// A name: words up to one of `stops`, a mark, or the end.
    pub fn name_until(&mut self, what: &str, stops: &[&str]) -> Reading<Name> {
        let mut words: Vec<String> = Vec::new();
        let mut span: Option<Span> = None;
        while let Some(token) = self.peek() {
            let word = match &token.kind {
                TokenKind::Word(word) => word.clone(),
                // A number may stand inside a name ("form 5"), never at its start.
                TokenKind::Number(number) if !words.is_empty() => number.to_string(),
                _ => break,
            };
            if stops.contains(&word.as_str()) {
                break;
            }
            self.next += 1;
            if words.is_empty() && span.is_none() && is_article(&word) && self.continues_name(stops)
            {
                continue;
            }
            span = Some(span.map_or(token.span, |so_far| so_far.to(token.span)));
            words.push(word);
        }
        match span {
            Some(span) => Ok(Spanned::new(words.join(" "), span)),
            None => Err(self.expected(what)),
        }
    }

    fn continues_name(&self, stops: &[&str]) -> bool {
        self.peek()
            .and_then(Token::word)
            .is_some_and(|word| !stops.contains(&word))
    }
}

fn is_article(word: &str) -> bool {
    matches!(word, "the" | "a" | "an")
}

fn describe(token: &Token) -> String {
    match &token.kind {
        TokenKind::Word(word) => format!("`{word}`"),
        TokenKind::Number(number) => format!("`{number}`"),
        TokenKind::Date(date) => format!("`{date}`"),
        TokenKind::Text(_) => "a text".to_owned(),
        TokenKind::Open => "`(`".to_owned(),
        TokenKind::Close => "`)`".to_owned(),
        TokenKind::Comma => "`,`".to_owned(),
    }
}
