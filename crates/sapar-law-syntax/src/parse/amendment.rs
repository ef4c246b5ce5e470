//! Amendments and what they repeal; inserted and replacing norms are read as any norm is.

use sapar_diagnostics::Diagnostic;

use super::cursor::{Cursor, Reading};
use super::items::{header_identifier, keep, misplaced, once, over, translations};
use super::required::{Required, missing};
use crate::ast::{Amendment, Name, Repeal, Spanned};
use crate::layout::RawItem;

pub fn amendment(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Amendment> {
    let before = problems.len();
    let id = header_identifier(raw, problems);
    let (mut title, mut amends, mut in_force) = (None, None, None);
    let (mut source, mut note) = (None, None);
    for clause in &raw.clauses {
        let mut cursor = over(clause);
        match clause.keyword {
            Some("title") => once(
                &mut title,
                keep(translations(&mut cursor), problems),
                clause,
                problems,
            ),
            Some("amends") => once(
                &mut amends,
                keep(
                    identifier(&mut cursor, "the identifier of an instrument"),
                    problems,
                ),
                clause,
                problems,
            ),
            Some("in force") => once(
                &mut in_force,
                keep(first_day(&mut cursor), problems),
                clause,
                problems,
            ),
            Some("source") => once(&mut source, keep(cursor.text(), problems), clause, problems),
            Some("note") => once(&mut note, keep(cursor.text(), problems), clause, problems),
            _ => problems.push(misplaced(raw, clause)),
        }
    }
    if problems.len() == before {
        let required = [
            Required {
                lacks: title.is_none(),
                what: "title",
                help: "add `title en \"…\" ru \"…\" kk \"…\"`",
            },
            Required {
                lacks: amends.is_none(),
                what: "instrument to amend",
                help: "add `amends refugees-law-2009`, with the identifier of the instrument it changes",
            },
            Required {
                lacks: in_force.is_none(),
                what: "date from which it is in force",
                help: "add `in force from 2027-01-01`, with its date",
            },
        ];
        missing(raw, required, problems);
    }
    Some(Amendment {
        id: id?,
        title: title?,
        amends: amends?,
        from: in_force?,
        source,
        note,
        span: raw.span,
    })
}

pub fn repeal(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Repeal> {
    let norm = keep(
        identifier(
            &mut Cursor::new(&raw.header, raw.keyword_span),
            "the identifier of a norm",
        ),
        problems,
    );
    let before = problems.len();
    let (mut from, mut because) = (None, None);
    for clause in &raw.clauses {
        let mut cursor = over(clause);
        match clause.keyword {
            Some("in force") => once(
                &mut from,
                keep(first_day(&mut cursor), problems),
                clause,
                problems,
            ),
            Some("because") => once(
                &mut because,
                keep(cursor.text(), problems),
                clause,
                problems,
            ),
            Some("note") => {
                keep(cursor.text(), problems);
            }
            _ => problems.push(misplaced(raw, clause)),
        }
    }
    // A repeal whose date was not understood would begin on another day: it is left out as a whole.
    if problems.len() > before {
        return None;
    }
    Some(Repeal {
        norm: norm?,
        from,
        because,
        span: raw.span,
    })
}

fn identifier(cursor: &mut Cursor<'_>, what: &str) -> Reading<Name> {
    let name = cursor.identifier(what)?;
    cursor.finish()?;
    Ok(name)
}

/// `from DATE`: what is amended or repealed does not come back by itself, so there is no last day.
fn first_day(cursor: &mut Cursor<'_>) -> Reading<Spanned<jiff::civil::Date>> {
    if !cursor.take_words("from") {
        return Err(cursor.expected("`from` and a date"));
    }
    let from = cursor.date()?;
    cursor.finish()?;
    Ok(from)
}
