//! Facts, terms, actors, acts and events.

use sapar_diagnostics::{Diagnostic, code};

use super::condition;
use super::cursor::{Cursor, Reading};
use super::items::{keep, misplaced, once, over, translations, word_among, word_of};
use super::required::{Required, missing};
use crate::ast::{
    Act, Actor, Event, Fact, FactKind, Learned, Name, Only, Role, Spanned, Stake, Term,
    Translations,
};
use crate::layout::{Clause, RawItem};
use crate::lexer::TokenKind;

/// A name of several words that fills the header.
fn header_name(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Name> {
    const RESERVED: [&str; 7] = ["and", "or", "not", "is", "must", "should", "may"];
    let mut cursor = Cursor::new(&raw.header, raw.keyword_span);
    let read = cursor.name_until("a name", &RESERVED).and_then(|name| {
        if let Some(word) = cursor
            .peek()
            .and_then(|token| token.word())
            .filter(|word| RESERVED.contains(word))
        {
            return Err(Box::new(
                Diagnostic::new(
                    &code::L0103,
                    cursor.peek().map_or(name.span, |token| token.span),
                    format!("a name cannot contain the word `{word}`"),
                )
                .help("conditions use this word themselves; choose other words for the name"),
            ));
        }
        cursor.finish().map(|()| name)
    });
    keep(read, problems)
}

/// Label (and nothing else) of an item, with the rest handled by `other`.
fn clauses(
    raw: &RawItem,
    problems: &mut Vec<Diagnostic>,
    mut other: impl FnMut(&Clause, &mut Vec<Diagnostic>) -> bool,
) -> Translations {
    let mut label = None;
    for clause in &raw.clauses {
        match clause.keyword {
            Some("label") => {
                let read = keep(translations(&mut over(clause)), problems);
                once(&mut label, read, clause, problems);
            }
            Some("note") => {
                keep(over(clause).text(), problems);
            }
            _ if other(clause, problems) => {}
            _ => problems.push(misplaced(raw, clause)),
        }
    }
    label.unwrap_or_default()
}

pub fn term(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Term> {
    let name = header_name(raw, problems);
    let before = problems.len();
    let mut means = None;
    let label = clauses(raw, problems, |clause, problems| {
        let is_means = clause.keyword == Some("means");
        if is_means {
            let read = keep(condition::whole(&mut over(clause)), problems);
            once(&mut means, read, clause, problems);
        }
        is_means
    });
    if problems.len() == before {
        let lacks_meaning = Required {
            lacks: means.is_none(),
            what: "meaning",
            help: "add `means` and a condition",
        };
        missing(raw, [lacks_meaning], problems);
    }
    Some(Term {
        name: name?,
        means: means?,
        label,
    })
}

pub fn actor(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Actor> {
    let name = header_name(raw, problems);
    let mut part_of = None;
    let label = clauses(raw, problems, |clause, problems| {
        let is_part = clause.keyword == Some("part of");
        if is_part {
            let read = keep(over(clause).name_until("an actor", &[]), problems);
            once(&mut part_of, read, clause, problems);
        }
        is_part
    });
    Some(Actor {
        name: name?,
        part_of,
        label,
    })
}

pub fn act(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Act> {
    let name = header_name(raw, problems);
    let before = problems.len();
    let mut severity = None;
    let label = clauses(raw, problems, |clause, problems| {
        let is_severity = clause.keyword == Some("severity");
        if is_severity {
            let read = keep(
                word_of(&mut over(clause), "a severity", &Stake::WORDS),
                problems,
            );
            once(&mut severity, read, clause, problems);
        }
        is_severity
    });
    if problems.len() == before {
        let lacks_severity = Required {
            lacks: severity.is_none(),
            what: "severity",
            help: "add `severity life`, or what is at stake",
        };
        missing(raw, [lacks_severity], problems);
    }
    Some(Act {
        name: name?,
        severity: severity?,
        label,
    })
}

pub fn event(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Event> {
    let name = header_name(raw, problems);
    let label = clauses(raw, problems, |_, _| false);
    Some(Event { name: name?, label })
}

/// Parts of a fact as they are found.
#[derive(Default)]
struct FactParts {
    kind: Option<FactKind>,
    group: Option<Name>,
    learned: Option<Spanned<Learned>>,
    role: Option<Spanned<Role>>,
    only: Vec<Only>,
    step: Option<Spanned<u32>>,
    sensitivity: Option<Name>,
    applies: Option<crate::ast::Condition>,
    question: Option<Translations>,
    values: Vec<(Name, Translations)>,
}

pub fn fact(raw: &RawItem, problems: &mut Vec<Diagnostic>) -> Option<Fact> {
    let name = header_name(raw, problems);
    let before = problems.len();
    let mut parts = FactParts::default();
    let label = clauses(raw, problems, |clause, problems| {
        fact_clause(&mut parts, clause, problems)
    });
    if problems.len() == before {
        let required = [
            Required {
                lacks: parts.kind.is_none(),
                what: "type",
                help: "add `yes or no`, `one of (…)`, `whole number of years from 0 to 120` or `country`",
            },
            Required {
                lacks: parts.group.is_none(),
                what: "group",
                help: "add `group journey`, or the group it is asked with",
            },
            Required {
                lacks: parts.learned.is_none(),
                what: "way of learning it",
                help: "add `learned by observing`, `document`, `asking`, `specialist` or `deriving`",
            },
            Required {
                lacks: parts.role.is_none(),
                what: "role",
                help: "add `role first line`, `second line` or `specialist`",
            },
            Required {
                lacks: parts.step.is_none(),
                what: "step",
                help: "add `step 40`, its place in the safe order",
            },
            Required {
                lacks: parts.sensitivity.is_none(),
                what: "sensitivity",
                help: "add `sensitivity travel`, or the class of data",
            },
        ];
        missing(raw, required, problems);
    }
    let kind = match parts.kind? {
        FactKind::OneOf(values) => FactKind::OneOf(with_labels(values, parts.values, problems)),
        kind => kind,
    };
    Some(Fact {
        name: name?,
        kind,
        group: parts.group?,
        learned: parts.learned?,
        role: parts.role?,
        only: parts.only,
        step: parts.step?.value,
        sensitivity: parts.sensitivity?,
        applies: parts.applies,
        label,
        question: parts.question.unwrap_or_default(),
    })
}

fn fact_clause(parts: &mut FactParts, clause: &Clause, problems: &mut Vec<Diagnostic>) -> bool {
    let mut cursor = over(clause);
    match clause.keyword {
        Some("yes or no") => once(&mut parts.kind, Some(FactKind::YesNo), clause, problems),
        Some("country") => once(&mut parts.kind, Some(FactKind::Country), clause, problems),
        Some("one of") => once(
            &mut parts.kind,
            keep(one_of(&mut cursor), problems),
            clause,
            problems,
        ),
        Some("whole number") => once(
            &mut parts.kind,
            keep(whole_number(&mut cursor), problems),
            clause,
            problems,
        ),
        Some("group") => once(
            &mut parts.group,
            keep(cursor.name_until("a group", &[]), problems),
            clause,
            problems,
        ),
        Some("learned by") => once(
            &mut parts.learned,
            keep(
                word_of(&mut cursor, "a way to learn a fact", &Learned::WORDS),
                problems,
            ),
            clause,
            problems,
        ),
        Some("role") => once(
            &mut parts.role,
            keep(word_of(&mut cursor, "a role", &Role::WORDS), problems),
            clause,
            problems,
        ),
        Some("only") => parts.only.extend(keep(only(&mut cursor, clause), problems)),
        Some("step") => once(
            &mut parts.step,
            keep(cursor.number("a number"), problems),
            clause,
            problems,
        ),
        Some("sensitivity") => once(
            &mut parts.sensitivity,
            keep(cursor.name_until("a class of data", &[]), problems),
            clause,
            problems,
        ),
        Some("applies when") => {
            once(
                &mut parts.applies,
                keep(condition::whole(&mut cursor), problems),
                clause,
                problems,
            );
        }
        Some("question") => once(
            &mut parts.question,
            keep(translations(&mut cursor), problems),
            clause,
            problems,
        ),
        Some("value") => {
            let read = cursor
                .name_until("a value", &["en", "ru", "kk"])
                .and_then(|name| Ok((name, translations(&mut cursor)?)));
            parts.values.extend(keep(read, problems));
        }
        _ => return false,
    }
    true
}

/// `specialist when presumed child`.
fn only(cursor: &mut Cursor<'_>, clause: &Clause) -> Reading<Only> {
    let name = cursor.name_until("a role", &["when"])?;
    let role = word_among(name, "a role", &Role::WORDS)?;
    if !cursor.take_words("when") {
        return Err(cursor.expected("`when` and a condition"));
    }
    Ok(Only {
        role,
        condition: condition::whole(cursor)?,
        span: clause.span,
    })
}

fn one_of(cursor: &mut Cursor<'_>) -> Reading<FactKind> {
    if !matches!(
        cursor.peek().map(|token| &token.kind),
        Some(TokenKind::Open)
    ) {
        return Err(cursor.expected("`(` and the values"));
    }
    cursor.bump();
    let mut values = Vec::new();
    loop {
        values.push((cursor.name("a value")?, Translations::default()));
        match cursor.bump().map(|token| &token.kind) {
            Some(TokenKind::Comma) => {}
            Some(TokenKind::Close) => break,
            _ => return Err(cursor.expected("`,` or `)`")),
        }
    }
    cursor.finish()?;
    Ok(FactKind::OneOf(values))
}

/// `of years from 0 to 120`.
fn whole_number(cursor: &mut Cursor<'_>) -> Reading<FactKind> {
    if !cursor.take_words("of") {
        return Err(cursor.expected("`of` and a unit"));
    }
    let unit = cursor.name_until("a unit", &["from"])?;
    if !cursor.take_words("from") {
        return Err(cursor.expected("`from` and the least value"));
    }
    let from = cursor.number("the least value")?;
    if !cursor.take_words("to") {
        return Err(cursor.expected("`to` and the greatest value"));
    }
    let to = cursor.number("the greatest value")?;
    cursor.finish()?;
    if from.value > to.value {
        return Err(Box::new(
            Diagnostic::new(
                &code::L0111,
                to.span,
                "the greatest value is below the least",
            )
            .related(from.span, "the least value")
            .help("exchange the two numbers"),
        ));
    }
    Ok(FactKind::Number {
        unit,
        from: from.value,
        to: to.value,
    })
}

/// Gives each value its label; a label for no value is a mistake.
fn with_labels(
    mut values: Vec<(Name, Translations)>,
    labels: Vec<(Name, Translations)>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(Name, Translations)> {
    for (name, label) in labels {
        match values
            .iter_mut()
            .find(|(value, _)| value.value == name.value)
        {
            Some((_, slot)) => *slot = label,
            None => problems.push(
                Diagnostic::new(
                    &code::L0208,
                    name.span,
                    format!("`{}` is not among the values of this fact", name.value),
                )
                .help("add it to `one of (…)`, or correct the name"),
            ),
        }
    }
    values
}
