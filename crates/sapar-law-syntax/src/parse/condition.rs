//! Conditions: names, comparisons, counting, `and`, `or`, `not`.

use sapar_diagnostics::{Diagnostic, Span, code};

use super::cursor::{Cursor, Reading};
use crate::DEPTH_MAX;
use crate::ast::{Comparison, Condition, Count, Name};
use crate::lexer::{Token, TokenKind};

/// A condition that fills the clause.
pub fn whole(cursor: &mut Cursor<'_>) -> Reading<Condition> {
    let condition = condition(cursor, 0)?;
    cursor.finish()?;
    Ok(condition)
}

/// Conditions between commas, as `given` has them.
pub fn list(cursor: &mut Cursor<'_>) -> Reading<Vec<Condition>> {
    let mut conditions = vec![condition(cursor, 0)?];
    while matches!(
        cursor.peek().map(|token| &token.kind),
        Some(TokenKind::Comma)
    ) {
        cursor.bump();
        conditions.push(condition(cursor, 0)?);
    }
    cursor.finish()?;
    Ok(conditions)
}

fn condition(cursor: &mut Cursor<'_>, depth: usize) -> Reading<Condition> {
    let first = unary(cursor, depth)?;
    let mut parts = vec![first];
    let mut joiner: Option<(&'static str, Span)> = None;
    while let Some(token) = cursor.peek() {
        let word = match token.word() {
            Some("and") => "and",
            Some("or") => "or",
            _ => break,
        };
        if let Some((before, place)) = joiner
            && before != word
        {
            return Err(Box::new(
                Diagnostic::new(
                    &code::L0105,
                    token.span,
                    format!("`{before}` and `{word}` stand side by side, so the sentence has two meanings"),
                )
                .label(format!("here `{word}`"))
                .related(place, format!("here `{before}`"))
                .help("put parentheses around the part that belongs together"),
            ));
        }
        joiner = Some((word, token.span));
        cursor.bump();
        parts.push(unary(cursor, depth)?);
    }
    Ok(match joiner {
        Some(("and", _)) => Condition::And(parts),
        Some(_) => Condition::Or(parts),
        None => parts.swap_remove(0),
    })
}

fn unary(cursor: &mut Cursor<'_>, depth: usize) -> Reading<Condition> {
    if depth > DEPTH_MAX {
        let span = cursor.peek().map_or(cursor.last_span(), |token| token.span);
        return Err(Box::new(
            Diagnostic::new(
                &code::L0003,
                span,
                format!("parentheses and `not` nest more than {DEPTH_MAX} deep"),
            )
            .help("give the inner part a name with `term`"),
        ));
    }
    if cursor.at_words("not") {
        let not = cursor.bump().map_or(cursor.last_span(), |token| token.span);
        let inner = unary(cursor, depth + 1)?;
        let span = not.to(cursor.last_span());
        return Ok(Condition::Not(Box::new(inner), span));
    }
    if let Some(Token {
        kind: TokenKind::Open,
        span,
        ..
    }) = cursor.peek()
    {
        cursor.bump();
        let inner = condition(cursor, depth + 1)?;
        close(cursor, *span)?;
        return Ok(inner);
    }
    match count(cursor)? {
        Some((count, start)) => counted(cursor, count, start, depth),
        None => atom(cursor),
    }
}

fn close(cursor: &mut Cursor<'_>, open: Span) -> Reading<()> {
    match cursor.peek() {
        Some(Token {
            kind: TokenKind::Close,
            ..
        }) => {
            cursor.bump();
            Ok(())
        }
        None => Err(Box::new(
            Diagnostic::new(&code::L0104, open, "this parenthesis is not closed")
                .help("add `)` where the part ends"),
        )),
        Some(_) => Err(cursor.expected("`and`, `or` or `)`")),
    }
}

/// `at least 2 of`, `any of`, ... if one comes next.
fn count(cursor: &mut Cursor<'_>) -> Reading<Option<(Count, Span)>> {
    let start = cursor.peek().map_or(cursor.last_span(), |token| token.span);
    let opens_at = |ahead| {
        matches!(
            cursor.peek_at(ahead),
            Some(Token {
                kind: TokenKind::Open,
                ..
            })
        )
    };
    for (words, count) in [
        ("any of", Count::Any),
        ("all of", Count::All),
        ("none of", Count::None),
    ] {
        if cursor.at_words(words) && opens_at(2) {
            cursor.take_words(words);
            return Ok(Some((count, start)));
        }
    }
    let make: fn(u32) -> Count = if cursor.take_words("at least") {
        Count::AtLeast
    } else if cursor.take_words("at most") {
        Count::AtMost
    } else if cursor.take_words("exactly") {
        Count::Exactly
    } else {
        return Ok(None);
    };
    let number = cursor.number("how many, as a number")?;
    if !cursor.take_words("of") {
        return Err(cursor.expected("`of` and the list in parentheses"));
    }
    Ok(Some((make(number.value), start)))
}

fn counted(cursor: &mut Cursor<'_>, count: Count, start: Span, depth: usize) -> Reading<Condition> {
    let Some(Token {
        kind: TokenKind::Open,
        span: open,
        ..
    }) = cursor.peek()
    else {
        return Err(cursor.expected("`(` and the list to count"));
    };
    cursor.bump();
    let mut of = vec![condition(cursor, depth + 1)?];
    while matches!(
        cursor.peek().map(|token| &token.kind),
        Some(TokenKind::Comma)
    ) {
        cursor.bump();
        // A comma before the closing parenthesis is harmless and common in long lists.
        if matches!(
            cursor.peek().map(|token| &token.kind),
            Some(TokenKind::Close)
        ) {
            break;
        }
        of.push(condition(cursor, depth + 1)?);
    }
    close(cursor, *open)?;
    let span = start.to(cursor.last_span());
    Ok(Condition::Count { count, of, span })
}

/// A name, or a comparison of a fact.
fn atom(cursor: &mut Cursor<'_>) -> Reading<Condition> {
    let fact = cursor.name("a fact or a term")?;
    if !cursor.take_words("is") {
        return Ok(Condition::Name(fact));
    }
    let negated = cursor.take_words("not");
    let comparison = if cursor.take_words("under") {
        Comparison::Under
    } else if cursor.take_words("at least") {
        Comparison::AtLeast
    } else if cursor.take_words("at most") {
        Comparison::AtMost
    } else if cursor.take_words("over") {
        Comparison::Over
    } else if matches!(
        cursor.peek().map(|token| &token.kind),
        Some(TokenKind::Number(_))
    ) {
        Comparison::Is
    } else {
        let values = values(cursor)?;
        return Ok(Condition::Value {
            fact,
            values,
            negated,
        });
    };
    let value = cursor.number("a number")?;
    let whole = fact.span.to(value.span);
    let number = Condition::Number {
        fact,
        comparison,
        value,
    };
    Ok(if negated {
        Condition::Not(Box::new(number), whole)
    } else {
        number
    })
}

/// `female`, or `one of (KAZ, RUS)`.
fn values(cursor: &mut Cursor<'_>) -> Reading<Vec<Name>> {
    let opens = matches!(
        cursor.peek_at(2),
        Some(Token {
            kind: TokenKind::Open,
            ..
        })
    );
    if !(cursor.at_words("one of") && opens) {
        return Ok(vec![cursor.name("a value")?]);
    }
    cursor.take_words("one of");
    let open = cursor.bump().map_or(cursor.last_span(), |token| token.span);
    let mut values = vec![cursor.name("a value")?];
    while matches!(
        cursor.peek().map(|token| &token.kind),
        Some(TokenKind::Comma)
    ) {
        cursor.bump();
        values.push(cursor.name("a value")?);
    }
    close(cursor, open)?;
    Ok(values)
}
