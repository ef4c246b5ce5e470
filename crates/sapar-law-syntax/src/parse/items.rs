//! Instruments, norms, orders, tests, todos and invariants.

use std::ops::Range;

use sapar_diagnostics::{Diagnostic, Span, code, nearest};

use super::condition;
use super::cursor::{Cursor, Problem, Reading};
use super::required::{Required, missing};
use crate::ast::{
    Duration, Expectation, ExpectedStatus, Include, Instrument, Limit, LimitKind, Modality, Name,
    Never, Norm, Order, Rank, Spanned, Test, Todo, Translations, Unit, Validity, Verification,
};
use crate::layout::{Clause, RawItem, keywords_of};
use crate::lexer::{Token, TokenKind};

/// Reads a clause with `read`, keeps the mistake if there is one.
pub fn keep<T>(result: Reading<T>, problems: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|problem| problems.push(*problem)).ok()
}

/// A cursor over a clause.
pub fn over(clause: &Clause) -> Cursor<'_> {
    Cursor::new(&clause.tokens, clause.span)
}

/// Puts a value where it may stand once; a second one is a mistake.
pub fn once<T>(
    slot: &mut Option<T>,
    value: Option<T>,
    clause: &Clause,
    problems: &mut Vec<Diagnostic>,
) {
    if slot.is_some() {
        problems.push(
            Diagnostic::new(
                &code::L0108,
                clause.span,
                format!(
                    "`{}` stands twice in this item",
                    clause.keyword.unwrap_or("this")
                ),
            )
            .help("keep the one that is right and remove the other"),
        );
    } else {
        *slot = value;
    }
}

/// A clause that the item does not have.
pub fn misplaced(raw: &RawItem, clause: &Clause) -> Diagnostic {
    let keywords = keywords_of(&raw.keyword).unwrap_or(&[]);
    let written = clause.tokens.first().and_then(Token::word).unwrap_or("");
    let help = nearest(written, keywords.iter().copied()).map_or_else(
        || {
            format!(
                "the clauses of `{}` are: {}",
                raw.keyword,
                keywords.join(", ")
            )
        },
        |known| format!("did you mean `{known}`?"),
    );
    Diagnostic::new(
        &code::L0102,
        clause.span,
        format!("`{}` has no such clause", raw.keyword),
    )
    .help(help)
}

/// A word from a list.
pub fn word_of<T: Copy>(
    cursor: &mut Cursor<'_>,
    what: &str,
    words: &[(&str, T)],
) -> Reading<Spanned<T>> {
    word_among(cursor.name_until(what, &[])?, what, words)
}

/// The value a word stands for.
pub fn word_among<T: Copy>(name: Name, what: &str, words: &[(&str, T)]) -> Reading<Spanned<T>> {
    match words.iter().find(|(word, _)| *word == name.value) {
        Some((_, value)) => Ok(Spanned::new(*value, name.span)),
        None => {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let help = nearest(&name.value, known.iter().copied()).map_or_else(
                || format!("write one of: {}", known.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            Err(Box::new(
                Diagnostic::new(
                    &code::L0208,
                    name.span,
                    format!("`{}` is not {what}", name.value),
                )
                .help(help),
            ))
        }
    }
}

/// `en "…" ru "…" kk "…"`.
pub fn translations(cursor: &mut Cursor<'_>) -> Reading<Translations> {
    let mut result = Translations::default();
    while !cursor.is_done() {
        let slot = if cursor.take_words("en") {
            &mut result.en
        } else if cursor.take_words("ru") {
            &mut result.ru
        } else if cursor.take_words("kk") {
            &mut result.kk
        } else {
            return Err(cursor.expected("a language (`en`, `ru` or `kk`) and its text"));
        };
        *slot = Some(cursor.text()?);
    }
    Ok(result)
}

/// `from DATE [until DATE]`.
fn validity(cursor: &mut Cursor<'_>) -> Reading<Validity> {
    if !cursor.take_words("from") {
        return Err(cursor.expected("`from` and a date"));
    }
    let from = cursor.date()?;
    let until = if cursor.take_words("until") {
        Some(cursor.date()?)
    } else {
        None
    };
    cursor.finish()?;
    Ok(Validity { from, until })
}

pub fn header_identifier(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Name> {
    let mut cursor = Cursor::new(&raw.header, raw.keyword_span);
    let result = cursor
        .identifier("an identifier of one word with hyphens")
        .and_then(|name| cursor.finish().map(|()| name));
    keep(result, problems)
}

pub fn instrument(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Instrument> {
    let id = header_identifier(raw, problems);
    let (mut title, mut number, mut jurisdiction, mut rank) = (None, None, None, None);
    let (mut source, mut in_force) = (None, None);
    let before = problems.len();
    for clause in &raw.clauses {
        let mut cursor = over(clause);
        match clause.keyword {
            Some("title") => once(
                &mut title,
                keep(translations(&mut cursor), problems),
                clause,
                problems,
            ),
            Some("number") => once(&mut number, keep(cursor.text(), problems), clause, problems),
            Some("jurisdiction") => {
                once(
                    &mut jurisdiction,
                    keep(cursor.identifier("a jurisdiction"), problems),
                    clause,
                    problems,
                );
            }
            Some("rank") => {
                once(
                    &mut rank,
                    keep(word_of(&mut cursor, "a rank", &Rank::WORDS), problems),
                    clause,
                    problems,
                );
            }
            Some("source") => once(&mut source, keep(cursor.text(), problems), clause, problems),
            Some("in force") => once(
                &mut in_force,
                keep(validity(&mut cursor), problems),
                clause,
                problems,
            ),
            Some("note") => {
                keep(cursor.text(), problems);
            }
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
                lacks: jurisdiction.is_none(),
                what: "jurisdiction",
                help: "add `jurisdiction kazakhstan`, or whose law it is",
            },
            Required {
                lacks: rank.is_none(),
                what: "rank",
                help: "add `rank law`, or the rank it has",
            },
            Required {
                lacks: in_force.is_none(),
                what: "date of entry into force",
                help: "add `in force from 2010-01-01`, with its date",
            },
        ];
        missing(raw, required, problems);
    }
    Some(Instrument {
        id: id?,
        title: title?,
        number,
        jurisdiction: jurisdiction?,
        rank: rank?,
        source,
        validity: in_force?,
    })
}

pub fn norm(
    raw: &RawItem,
    heading: Option<&(String, Range<usize>)>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Norm> {
    let before = problems.len();
    let header = keep(norm_header(raw), problems);
    let Some((heading, _)) = heading else {
        problems.push(
            Diagnostic::new(
                &code::L0110,
                raw.keyword_span,
                "this norm stands under no article",
            )
            .help("put a heading above the block, such as `## Article 33. Prohibition of return`"),
        );
        return None;
    };
    let mut sentence = None;
    let (mut condition, mut exceptions, mut limits, mut overrides) = (None, vec![], vec![], vec![]);
    let (mut in_force, mut verification, mut note) = (None, None, None);
    let mut replaces = Vec::new();
    for clause in &raw.clauses {
        let mut cursor = over(clause);
        match clause.keyword {
            None if sentence.is_none() => {
                sentence = Some(keep(bearer_modality_act(&mut cursor), problems));
            }
            Some("when") => {
                once(
                    &mut condition,
                    keep(condition::whole(&mut cursor), problems),
                    clause,
                    problems,
                );
            }
            Some("unless") => exceptions.extend(keep(condition::whole(&mut cursor), problems)),
            Some("overrides") => {
                let read = cursor
                    .identifier("the identifier of a norm")
                    .and_then(|name| cursor.finish().map(|()| name));
                overrides.extend(keep(read, problems));
            }
            Some("replaces") => {
                let read = cursor
                    .identifier("the identifier of a norm")
                    .and_then(|name| cursor.finish().map(|()| name));
                replaces.extend(keep(read, problems));
            }
            Some("in force") => once(
                &mut in_force,
                keep(validity(&mut cursor), problems),
                clause,
                problems,
            ),
            Some(word @ ("seen" | "memory" | "reviewed" | "proposed")) => {
                let read = keep(verified(word, &mut cursor), problems);
                once(&mut verification, read, clause, problems);
            }
            Some("note") => once(&mut note, keep(cursor.text(), problems), clause, problems),
            Some(word) => limits.extend(keep(limit(word, &mut cursor, clause), problems)),
            None => problems.push(misplaced(raw, clause)),
        }
    }
    if problems.len() == before {
        let lacks_sentence = Required {
            lacks: sentence.is_none(),
            what: "sentence",
            help: "say who must do what, such as `the border service must refer to asylum authority`",
        };
        missing(raw, [lacks_sentence], problems);
        if verification.is_none() {
            problems.push(
                Diagnostic::new(
                    &code::L0311,
                    raw.keyword_span,
                    "this norm does not say how far it was verified",
                )
                .help(
                    "add `seen \"what was read\" on 2026-11-24`, or `memory` if nobody checked it",
                ),
            );
        }
    }
    let (id, at) = header?;
    let (bearer, modality, act) = sentence??;
    // A norm with a broken condition would mean something else: it is left out as a whole.
    if problems.len() > before {
        return None;
    }
    Some(Norm {
        provision: Spanned::new(provision(heading, &at), id.span),
        id,
        bearer,
        modality,
        act,
        condition,
        exceptions,
        limits,
        overrides,
        replaces,
        validity: in_force,
        verification,
        note,
        span: raw.span,
    })
}

/// `Article 33(1)`, or `Article 33 first sentence`.
fn provision(heading: &str, at: &str) -> String {
    let gap = if at.is_empty() || at.starts_with('(') {
        ""
    } else {
        " "
    };
    format!("{heading}{gap}{at}")
}

/// `non-refoulement [at (1)(a)]`.
fn norm_header(raw: &RawItem) -> Reading<(Name, String)> {
    let mut cursor = Cursor::new(&raw.header, raw.keyword_span);
    let id = cursor.identifier("an identifier of one word with hyphens")?;
    if !cursor.take_words("at") {
        cursor.finish()?;
        return Ok((id, String::new()));
    }
    if cursor.is_done() {
        return Err(cursor.expected("a paragraph such as (1)"));
    }
    Ok((id, provision_words(&mut cursor)))
}

/// The rest of a clause as a provision is written: `Article 33(1)(a)`.
fn provision_words(cursor: &mut Cursor<'_>) -> String {
    let mut words = String::new();
    let mut opened = true;
    while let Some(token) = cursor.bump() {
        // `Article 33 (1)` and `Article 33(1)` are the same provision.
        let glued = matches!(
            token.kind,
            TokenKind::Open | TokenKind::Close | TokenKind::Comma
        );
        if !glued && !opened {
            words.push(' ');
        }
        opened = token.kind == TokenKind::Open;
        words.push_str(&token.raw);
    }
    words
}

fn bearer_modality_act(cursor: &mut Cursor<'_>) -> Reading<(Name, Spanned<Modality>, Name)> {
    const MODAL_WORDS: [&str; 3] = ["must", "should", "may"];
    let bearer = cursor.name_until("who bears it", &MODAL_WORDS)?;
    let start = cursor.peek().map_or(cursor.last_span(), |token| token.span);
    let modality = if cursor.take_words("must not") {
        Modality::MustNot
    } else if cursor.take_words("must") {
        Modality::Must
    } else if cursor.take_words("should not") {
        Modality::ShouldNot
    } else if cursor.take_words("should") {
        Modality::Should
    } else if cursor.at_words("may not") {
        // In statutes "may not" forbids, in speech it can mean "perhaps not": the language keeps it out.
        return Err(Box::new(
            Diagnostic::new(&code::L0103, start, "`may not` can be read in two ways")
                .help("write `must not` for a prohibition"),
        ));
    } else if cursor.take_words("may") {
        Modality::May
    } else {
        return Err(cursor.expected("`must`, `must not`, `should`, `should not` or `may`"));
    };
    let modality = Spanned::new(modality, start.to(cursor.last_span()));
    let act = cursor.name_until("an act", &MODAL_WORDS)?;
    cursor.finish()?;
    Ok((bearer, modality, act))
}

fn verified(word: &str, cursor: &mut Cursor<'_>) -> Reading<Verification> {
    let verification = match word {
        "memory" => Verification::Memory,
        "proposed" => Verification::Proposed,
        "reviewed" => {
            if !cursor.take_words("by") {
                return Err(cursor.expected("`by` and the reviewer's name"));
            }
            Verification::Reviewed {
                by: cursor.text()?,
                on: on_date(cursor)?,
            }
        }
        _ => Verification::Seen {
            source: cursor.text()?,
            on: on_date(cursor)?,
        },
    };
    cursor.finish()?;
    Ok(verification)
}

fn on_date(cursor: &mut Cursor<'_>) -> Reading<Option<Spanned<jiff::civil::Date>>> {
    if cursor.take_words("on") {
        cursor.date().map(Some)
    } else {
        Ok(None)
    }
}

fn limit(word: &str, cursor: &mut Cursor<'_>, clause: &Clause) -> Reading<Limit> {
    let kind = match word {
        "within" => LimitKind::Within(duration(cursor)?),
        "for at least" => LimitKind::AtLeast(duration(cursor)?),
        "for at most" => LimitKind::AtMost(duration(cursor)?),
        "every" => LimitKind::Every(duration(cursor)?),
        "at once" => LimitKind::AtOnce,
        "without delay" => LimitKind::WithoutDelay,
        "as soon as possible" => LimitKind::AsSoonAsPossible,
        _ => LimitKind::Until,
    };
    if kind != LimitKind::Until && !cursor.take_words("from") {
        return Err(without_event(cursor, clause));
    }
    if cursor.is_done() {
        return Err(without_event(cursor, clause));
    }
    let event = cursor.name_until("an event", &[])?;
    cursor.finish()?;
    Ok(Limit {
        kind,
        event,
        span: clause.span,
    })
}

fn without_event(cursor: &Cursor<'_>, clause: &Clause) -> Problem {
    if cursor.is_done() {
        Box::new(
            Diagnostic::new(
                &code::L0114,
                clause.span,
                "this limit does not say what it runs from",
            )
            .help("add `from` and an event, such as `from arrival`"),
        )
    } else {
        cursor.expected("`from` and an event")
    }
}

fn duration(cursor: &mut Cursor<'_>) -> Reading<Duration> {
    let amount = cursor.number("how many, as a number")?;
    if amount.value == 0 {
        return Err(Box::new(
            Diagnostic::new(&code::L0111, amount.span, "a limit of nothing")
                .help("write `at once` when there is no time to lose"),
        ));
    }
    for (plural, unit) in Unit::WORDS {
        let singular = plural.strip_suffix('s').unwrap_or(plural);
        if cursor.take_words(plural) || cursor.take_words(singular) {
            return Ok(Duration {
                amount: amount.value,
                unit,
            });
        }
    }
    Err(cursor.expected("a unit: hours, days, working days, weeks, months or years"))
}

pub fn never(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Never> {
    let mut cursor = Cursor::new(&raw.header, raw.keyword_span);
    let condition = keep(condition::whole(&mut cursor), problems);
    let mut because = None;
    for clause in &raw.clauses {
        let mut cursor = over(clause);
        match clause.keyword {
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
    Some(Never {
        condition: condition?,
        because,
        span: raw.span,
    })
}

pub fn order(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Order> {
    let id = header_identifier(raw, problems);
    let mut label = None;
    let mut includes = Vec::new();
    let mut priority = None;
    for clause in &raw.clauses {
        let mut cursor = over(clause);
        match clause.keyword {
            Some("label") => once(
                &mut label,
                keep(translations(&mut cursor), problems),
                clause,
                problems,
            ),
            Some("includes") => includes.extend(keep(include(&mut cursor), problems)),
            Some("priority") => once(
                &mut priority,
                keep(ranks(&mut cursor), problems),
                clause,
                problems,
            ),
            Some("note") => {
                keep(cursor.text(), problems);
            }
            _ => problems.push(misplaced(raw, clause)),
        }
    }
    Some(Order {
        id: id?,
        label: label.unwrap_or_default(),
        includes,
        priority: priority.unwrap_or_default(),
    })
}

fn include(cursor: &mut Cursor<'_>) -> Reading<Include> {
    let path = cursor.identifier("a package, or package/instrument")?;
    let from = if cursor.take_words("from") {
        Some(cursor.date()?)
    } else {
        None
    };
    let until = if cursor.take_words("until") {
        Some(cursor.date()?)
    } else {
        None
    };
    cursor.finish()?;
    Ok(Include { path, from, until })
}

fn ranks(cursor: &mut Cursor<'_>) -> Reading<Vec<Spanned<Rank>>> {
    let mut ranks = vec![word_of(cursor, "a rank", &Rank::WORDS)?];
    while matches!(
        cursor.peek().map(|token| &token.kind),
        Some(TokenKind::Comma)
    ) {
        cursor.bump();
        ranks.push(word_of(cursor, "a rank", &Rank::WORDS)?);
    }
    cursor.finish()?;
    Ok(ranks)
}

pub fn test(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Test> {
    let before = problems.len();
    let mut header = Cursor::new(&raw.header, raw.keyword_span);
    let name = keep(
        header
            .text()
            .and_then(|name| header.finish().map(|()| name)),
        problems,
    );
    let mut under = None;
    let mut given = Vec::new();
    let mut expects: Vec<Expectation> = Vec::new();
    for clause in &raw.clauses {
        let mut cursor = over(clause);
        match clause.keyword {
            Some("under") => once(
                &mut under,
                keep(order_and_date(&mut cursor), problems),
                clause,
                problems,
            ),
            Some("given") => given.extend(
                keep(condition::list(&mut cursor), problems)
                    .into_iter()
                    .flatten(),
            ),
            Some(word @ ("certain" | "excluded" | "open")) => {
                let status = match word {
                    "certain" => ExpectedStatus::Certain,
                    "excluded" => ExpectedStatus::Excluded,
                    _ => ExpectedStatus::Open,
                };
                expects.extend(keep(expectation(status, &mut cursor, clause), problems));
            }
            Some("by") => match expects.last_mut() {
                Some(last) => last.by.extend(keep(provision_of(&mut cursor), problems)),
                None => problems.push(
                    Diagnostic::new(
                        &code::L0102,
                        clause.span,
                        "`by` follows no expected position",
                    )
                    .help("put it under a line with `certain`, `open` or `excluded`"),
                ),
            },
            Some("note") => {
                keep(cursor.text(), problems);
            }
            _ => problems.push(misplaced(raw, clause)),
        }
    }
    if problems.len() == before {
        let required = [
            Required {
                lacks: under.is_none(),
                what: "legal order",
                help: "add `under kazakhstan on 2016-06-06`",
            },
            Required {
                lacks: expects.is_empty(),
                what: "expected position",
                help: "add a line such as `certain the state must not return to danger`",
            },
        ];
        missing(raw, required, problems);
    }
    let (under, on) = under?;
    Some(Test {
        name: name?,
        under,
        on,
        given,
        expects,
        span: raw.span,
    })
}

fn order_and_date(cursor: &mut Cursor<'_>) -> Reading<(Name, Spanned<jiff::civil::Date>)> {
    let under = cursor.identifier("a legal order")?;
    if !cursor.take_words("on") {
        return Err(cursor.expected("`on` and a date"));
    }
    let on = cursor.date()?;
    cursor.finish()?;
    Ok((under, on))
}

fn expectation(
    status: ExpectedStatus,
    cursor: &mut Cursor<'_>,
    clause: &Clause,
) -> Reading<Expectation> {
    let (bearer, modality, act) = bearer_modality_act(cursor)?;
    let keyword_span = clause
        .lines
        .first()
        .and_then(|line| line.tokens.first())
        .map_or(clause.span, |token| token.span);
    Ok(Expectation {
        status: Spanned::new(status, keyword_span),
        bearer,
        modality,
        act,
        by: Vec::new(),
        span: clause.span,
    })
}

fn provision_of(cursor: &mut Cursor<'_>) -> Reading<(Name, Spanned<String>)> {
    let instrument = cursor.identifier("the identifier of an instrument")?;
    if cursor.is_done() {
        return Err(cursor.expected("a provision such as Article 33(1)"));
    }
    let start: Span = cursor.peek().map_or(instrument.span, |token| token.span);
    let provision = provision_words(cursor);
    Ok((
        instrument,
        Spanned::new(provision, start.to(cursor.last_span())),
    ))
}

pub fn todo(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Todo> {
    let mut cursor = Cursor::new(&raw.header, raw.keyword_span);
    let header = cursor.text().and_then(|provision| {
        let because = if cursor.take_words("because") {
            Some(cursor.text()?)
        } else {
            None
        };
        cursor.finish()?;
        Ok((provision, because))
    });
    let (provision, mut because) = keep(header, problems)?;
    for clause in &raw.clauses {
        let mut cursor = over(clause);
        match clause.keyword {
            Some("because") => once(
                &mut because,
                keep(cursor.text(), problems),
                clause,
                problems,
            ),
            _ => problems.push(misplaced(raw, clause)),
        }
    }
    if because.is_none() {
        let lacks_reason = Required {
            lacks: true,
            what: "reason",
            help: "add `because \"why it is left out\"`",
        };
        missing(raw, [lacks_reason], problems);
    }
    Some(Todo {
        provision,
        because: because?,
    })
}
