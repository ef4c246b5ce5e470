//! Items of the syntax tree to definitions of the library.

use sapar_diagnostics::{Diagnostic, SourceId, Span, code, nearest};
use sapar_law_syntax::ast::{self, Condition, ExpectedStatus, FactKind, Item, Translations};

use super::condition::Scope;
use super::names::{Kind, Names};
use crate::model::*;
use crate::{Formula, Knowledge, Library, Status};

type Files = [(String, SourceId, Vec<Item>)];

/// Text in three languages; a missing one is reported with the item.
pub fn words(
    text: &Translations,
    what: &str,
    name: &str,
    span: Span,
    problems: &mut Vec<Diagnostic>,
) -> Words {
    let missing: Vec<&str> = [("en", &text.en), ("ru", &text.ru), ("kk", &text.kk)]
        .into_iter()
        .filter(|(_, text)| {
            text.as_ref()
                .is_none_or(|text| text.value.trim().is_empty())
        })
        .map(|(language, _)| language)
        .collect();
    if !missing.is_empty() {
        problems.push(
            Diagnostic::new(
                &code::L0306,
                span,
                format!(
                    "the {what} of `{name}` is missing in: {}",
                    missing.join(", ")
                ),
            )
            .help(format!(
                "add `{what} en \"…\" ru \"…\" kk \"…\"`; officers read all three languages"
            )),
        );
    }
    let get = |text: &Option<ast::Spanned<String>>| {
        text.as_ref()
            .map_or(String::new(), |text| text.value.clone())
    };
    Words {
        en: get(&text.en),
        ru: get(&text.ru),
        kk: get(&text.kk),
    }
}

fn period(validity: &ast::Validity, problems: &mut Vec<Diagnostic>) -> Period {
    if let Some(until) = &validity.until
        && until.value < validity.from.value
    {
        problems.push(
            Diagnostic::new(&code::L0307, until.span, "this ends before it begins")
                .related(validity.from.span, "begins here")
                .help("`until` is the last day in force"),
        );
    }
    Period {
        from: validity.from.value,
        until: validity.until.as_ref().map(|until| until.value),
    }
}

pub fn vocabulary(
    files: &Files,
    names: &Names,
    library: &mut Library,
    problems: &mut Vec<Diagnostic>,
) {
    // Facts first: conditions need their types. Names numbered every item in this same order.
    for (_, _, items) in files {
        for item in items {
            match item {
                Item::Fact(fact) => push_fact(fact, library, problems),
                Item::Act(act) => library.acts.push(ActDef {
                    name: act.name.value.clone(),
                    stake: act.severity.value,
                    label: words(
                        &act.label,
                        "label",
                        &act.name.value,
                        act.name.span,
                        problems,
                    ),
                }),
                Item::Event(event) => library.events.push(EventDef {
                    name: event.name.value.clone(),
                    label: words(
                        &event.label,
                        "label",
                        &event.name.value,
                        event.name.span,
                        problems,
                    ),
                }),
                Item::Actor(actor) => library.actors.push(ActorDef {
                    name: actor.name.value.clone(),
                    part_of: actor
                        .part_of
                        .as_ref()
                        .and_then(|whole| names.get(Kind::Actor, whole))
                        .map(ActorId),
                    label: words(
                        &actor.label,
                        "label",
                        &actor.name.value,
                        actor.name.span,
                        problems,
                    ),
                    span: actor.name.span,
                }),
                Item::Instrument(instrument) => {
                    push_instrument(instrument, files, library, problems)
                }
                _ => {}
            }
        }
    }
    for (id, fact) in (0..).map(FactId).zip(&library.facts) {
        library.fact_names.insert(fact.name.clone(), id);
    }
    let facts = std::mem::take(&mut library.facts);
    let mut applies: Vec<(FactId, Option<Formula>)> = Vec::new();
    let mut only: Vec<(FactId, OnlyDef)> = Vec::new();
    for (_, source, items) in files {
        let scope = Scope {
            names,
            source: *source,
            facts: &facts,
        };
        let instrument = instrument_of(items, names);
        for item in items {
            match item {
                Item::Fact(fact) => {
                    if let Some(condition) = &fact.applies
                        && !matches!(fact.kind, FactKind::YesNo)
                    {
                        problems.push(
                            Diagnostic::new(
                                &code::L0315,
                                condition.span(),
                                format!("`{}` is no yes/no fact, so it cannot fail to apply", fact.name.value),
                            )
                            .related(fact.name.span, "defined here")
                            .help("give it a value that says there is nothing, and write with `never` where no other can be"),
                        );
                    } else if let (Some(condition), Some(id)) =
                        (&fact.applies, library.fact_names.get(&fact.name.value))
                    {
                        applies.push((*id, scope.formula(condition, problems)));
                    }
                    for clause in &fact.only {
                        if let (Some(condition), Some(id)) = (
                            scope.formula(&clause.condition, problems),
                            library.fact_names.get(&fact.name.value),
                        ) {
                            let clause = OnlyDef {
                                role: clause.role.value,
                                condition,
                                span: clause.span,
                            };
                            only.push((*id, clause));
                        }
                    }
                }
                Item::Term(term) => {
                    // A broken term keeps its number, so that the others keep theirs.
                    let means = scope
                        .formula(&term.means, problems)
                        .unwrap_or(Formula::Or(vec![]));
                    library.terms.push(TermDef {
                        name: term.name.value.clone(),
                        instrument,
                        means,
                        label: words(
                            &term.label,
                            "label",
                            &term.name.value,
                            term.name.span,
                            problems,
                        ),
                        span: term.name.span,
                    });
                }
                Item::Never(never) => {
                    if let Some(formula) = scope.formula(&never.condition, problems) {
                        let because = never
                            .because
                            .as_ref()
                            .map_or(String::new(), |because| because.value.clone());
                        library.nevers.push(NeverDef {
                            formula,
                            because,
                            span: never.span,
                        });
                    }
                }
                _ => {}
            }
        }
    }
    library.facts = facts;
    for (id, formula) in applies {
        if let Some(fact) = library.facts.get_mut(id.index()) {
            fact.applies = formula;
        }
    }
    for (id, clause) in only {
        if let Some(fact) = library.facts.get_mut(id.index()) {
            fact.only.push(clause);
        }
    }
}

fn push_fact(fact: &ast::Fact, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    let name = &fact.name;
    let kind = match &fact.kind {
        FactKind::YesNo => ValueKind::YesNo,
        FactKind::Country => ValueKind::Country,
        FactKind::Number { unit, from, to } => ValueKind::Number {
            unit: unit.value.clone(),
            from: *from,
            to: *to,
        },
        FactKind::OneOf(values) => ValueKind::OneOf(
            values
                .iter()
                .map(|(value, label)| {
                    (
                        value.value.clone(),
                        words(label, "value", &value.value, value.span, problems),
                    )
                })
                .collect(),
        ),
    };
    library.facts.push(FactDef {
        name: name.value.clone(),
        kind,
        group: fact.group.value.clone(),
        learned: fact.learned.value,
        role: fact.role.value,
        only: Vec::new(),
        step: fact.step,
        sensitivity: fact.sensitivity.value.clone(),
        applies: None,
        label: words(&fact.label, "label", &name.value, name.span, problems),
        question: words(&fact.question, "question", &name.value, name.span, problems),
        span: name.span,
    });
}

fn push_instrument(
    instrument: &ast::Instrument,
    files: &Files,
    library: &mut Library,
    problems: &mut Vec<Diagnostic>,
) {
    let package = files
        .iter()
        .find(|(_, source, _)| *source == instrument.id.span.source)
        .map_or(String::new(), |(package, _, _)| package.clone());
    let text = |text: &Option<ast::Spanned<String>>| {
        text.as_ref()
            .map_or(String::new(), |text| text.value.clone())
    };
    library.instruments.push(InstrumentDef {
        id: instrument.id.value.clone(),
        package,
        title: words(
            &instrument.title,
            "title",
            &instrument.id.value,
            instrument.id.span,
            problems,
        ),
        number: text(&instrument.number),
        jurisdiction: instrument.jurisdiction.value.clone(),
        rank: instrument.rank.value,
        source: text(&instrument.source),
        period: period(&instrument.validity, problems),
        span: instrument.id.span,
    });
}

fn instrument_of(items: &[Item], names: &Names) -> Option<InstrumentId> {
    items.iter().find_map(|item| match item {
        Item::Instrument(instrument) => names
            .get(Kind::Instrument, &instrument.id)
            .map(InstrumentId),
        _ => None,
    })
}

pub fn norms(files: &Files, names: &Names, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    let mut result: Vec<NormDef> = Vec::new();
    // Names numbered every norm; those that do not resolve leave gaps that are closed afterwards.
    let mut places: Vec<Option<NormId>> = Vec::new();
    let mut overrides: Vec<(usize, Vec<u32>)> = Vec::new();
    for (_, source, items) in files {
        let scope = Scope {
            names,
            source: *source,
            facts: &library.facts,
        };
        let instrument = items.iter().find_map(|item| match item {
            Item::Instrument(instrument) => Some(instrument),
            _ => None,
        });
        let mut reported = false;
        for item in items {
            let Item::Norm(norm) = item else { continue };
            let Some(instrument) = instrument else {
                // An instrument with a mistake was reported already; its norms are not at fault.
                let broken = problems
                    .iter()
                    .any(|problem| problem.span().source == *source);
                if !reported && !broken {
                    problems.push(
                        Diagnostic::new(
                            &code::L0310,
                            norm.id.span,
                            "the file has norms but no instrument",
                        )
                        .help("add an `instrument` item under the title, above the first article"),
                    );
                    reported = true;
                }
                places.push(None);
                continue;
            };
            let full: Vec<u32> = norm
                .overrides
                .iter()
                .filter_map(|name| {
                    let mut full = name.clone();
                    if !full.value.contains('/') {
                        full.value = format!("{}/{}", instrument.id.value, full.value);
                    }
                    names.get(Kind::Norm, &full)
                })
                .collect();
            match norm_def(norm, instrument, &scope, problems) {
                Some(definition) => {
                    places.push(Some(NormId(
                        u32::try_from(result.len()).unwrap_or(u32::MAX),
                    )));
                    overrides.push((result.len(), full));
                    result.push(definition);
                }
                None => places.push(None),
            }
        }
    }
    for (at, numbers) in overrides {
        if let Some(norm) = result.get_mut(at) {
            norm.overrides = numbers
                .into_iter()
                .filter_map(|number| places.get(number as usize).copied().flatten())
                .collect();
        }
    }
    library.norms = result;
}

fn norm_def(
    norm: &ast::Norm,
    instrument: &ast::Instrument,
    scope: &Scope<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<NormDef> {
    let names = scope.names;
    let bearer = names.get(Kind::Actor, &norm.bearer).map(ActorId);
    let act = names.get(Kind::Act, &norm.act).map(ActId);
    let condition = norm
        .condition
        .as_ref()
        .map(|condition| scope.formula(condition, problems));
    let exceptions: Vec<Option<Formula>> = norm
        .exceptions
        .iter()
        .map(|exception| scope.formula(exception, problems))
        .collect();
    let limits: Vec<Option<LimitDef>> = norm
        .limits
        .iter()
        .map(|limit| {
            let event = names.get(Kind::Event, &limit.event).map(EventId)?;
            Some(LimitDef {
                kind: limit.kind,
                event,
            })
        })
        .collect();
    let outer = period(&instrument.validity, &mut Vec::new());
    let own = norm
        .validity
        .as_ref()
        .map_or(outer, |validity| period(validity, problems));
    if let Some(validity) = &norm.validity {
        nests(own, outer, validity, instrument, problems);
    }
    let verification = verification(norm.verification.as_ref()?);
    let instrument_id = names
        .get(Kind::Instrument, &instrument.id)
        .map(InstrumentId)?;
    Some(NormDef {
        id: norm.id.value.clone(),
        instrument: instrument_id,
        provision: norm.provision.value.clone(),
        bearer: bearer?,
        modality: norm.modality.value,
        act: act?,
        condition_span: norm
            .condition
            .as_ref()
            .map_or(norm.id.span, Condition::span),
        exception_spans: norm.exceptions.iter().map(Condition::span).collect(),
        condition: match condition {
            Some(resolved) => Some(resolved?),
            None => None,
        },
        exceptions: exceptions.into_iter().collect::<Option<_>>()?,
        limits: limits.into_iter().collect::<Option<_>>()?,
        overrides: Vec::new(),
        period: own,
        verification,
        note: norm
            .note
            .as_ref()
            .map_or(String::new(), |note| note.value.clone()),
        span: norm.id.span,
    })
}

/// A norm is in force only while its instrument is.
fn nests(
    own: Period,
    outer: Period,
    validity: &ast::Validity,
    instrument: &ast::Instrument,
    problems: &mut Vec<Diagnostic>,
) {
    if own.from < outer.from {
        problems.push(
            Diagnostic::new(
                &code::L0307,
                validity.from.span,
                "the norm begins before its instrument is in force",
            )
            .related(
                instrument.validity.from.span,
                format!("in force from {}", outer.from),
            )
            .help("a norm cannot be in force outside the days of its instrument"),
        );
    }
    if let (Some(outer_until), Some(until)) = (outer.until, &instrument.validity.until)
        && own.until.is_none_or(|own_until| own_until > outer_until)
    {
        let place = validity
            .until
            .as_ref()
            .map_or(validity.from.span, |until| until.span);
        problems.push(
            Diagnostic::new(
                &code::L0307,
                place,
                "the norm lasts longer than its instrument",
            )
            .related(until.span, format!("in force until {outer_until}"))
            .help(format!("end it with `until {outer_until}` or earlier")),
        );
    }
}

fn verification(verification: &ast::Verification) -> VerificationDef {
    match verification {
        ast::Verification::Memory => VerificationDef::Memory,
        ast::Verification::Proposed => VerificationDef::Proposed,
        ast::Verification::Seen { source, on } => VerificationDef::Seen {
            source: source.value.clone(),
            on: on.as_ref().map(|on| on.value),
        },
        ast::Verification::Reviewed { by, on } => VerificationDef::Reviewed {
            by: by.value.clone(),
            on: on.as_ref().map(|on| on.value),
        },
    }
}

pub fn orders(files: &Files, names: &Names, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    let packages: Vec<&str> = files
        .iter()
        .map(|(package, _, _)| package.as_str())
        .collect();
    for (_, _, items) in files {
        for item in items {
            let Item::Order(order) = item else { continue };
            let mut instruments: Vec<(
                InstrumentId,
                Option<jiff::civil::Date>,
                Option<jiff::civil::Date>,
            )> = Vec::new();
            for include in &order.includes {
                let from = include.from.as_ref().map(|from| from.value);
                let until = include.until.as_ref().map(|until| until.value);
                let found: Vec<InstrumentId> = match include.path.value.split_once('/') {
                    Some((_, id)) => {
                        let name = ast::Spanned::new(id.to_owned(), include.path.span);
                        names
                            .get(Kind::Instrument, &name)
                            .map(InstrumentId)
                            .into_iter()
                            .collect()
                    }
                    None => {
                        if !packages.contains(&include.path.value.as_str()) {
                            let help = nearest(&include.path.value, packages.iter().copied())
                                .map_or_else(
                                    || "a package is a folder under `laws/`".to_owned(),
                                    |near| format!("did you mean `{near}`?"),
                                );
                            problems.push(
                                Diagnostic::new(
                                    &code::L0210,
                                    include.path.span,
                                    format!("no package is called `{}`", include.path.value),
                                )
                                .help(help),
                            );
                        }
                        library
                            .instruments()
                            .filter(|(_, instrument)| instrument.package == include.path.value)
                            .map(|(id, _)| id)
                            .collect()
                    }
                };
                for id in found {
                    // A line that names one instrument decides over the line of its package.
                    instruments.retain(|(known, _, _)| *known != id);
                    instruments.push((id, from, until));
                }
            }
            let label = words(
                &order.label,
                "label",
                &order.id.value,
                order.id.span,
                problems,
            );
            library.orders.push(OrderDef {
                id: order.id.value.clone(),
                label,
                instruments,
                priority: order.priority.iter().map(|rank| rank.value).collect(),
                span: order.id.span,
            });
        }
    }
}

pub fn tests(files: &Files, names: &Names, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    let mut tests = Vec::new();
    let mut todos = Vec::new();
    for (package, source, items) in files {
        let scope = Scope {
            names,
            source: *source,
            facts: &library.facts,
        };
        for item in items {
            match item {
                Item::Test(test) => tests.extend(test_def(test, package, &scope, problems)),
                Item::Todo(todo) => todos.push(TodoDef {
                    package: package.clone(),
                    provision: todo.provision.value.clone(),
                    because: todo.because.value.clone(),
                }),
                _ => {}
            }
        }
    }
    library.tests = tests;
    library.todos = todos;
}

fn test_def(
    test: &ast::Test,
    package: &str,
    scope: &Scope<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<TestDef> {
    let names = scope.names;
    let order = names.get(Kind::Order, &test.under).map(OrderId);
    let mut given = Vec::new();
    for condition in &test.given {
        let Some(formula) = scope.formula(condition, problems) else {
            continue;
        };
        match knowledge(&formula, scope.facts) {
            Some((fact, knowledge)) => given.push((fact, knowledge, condition.span())),
            None => problems.push(
                Diagnostic::new(&code::L0209, condition.span(), "a situation is given fact by fact")
                    .help("give facts such as `detained`, `not detained`, `age is 15`, `sex is female`; terms follow from facts"),
            ),
        }
    }
    let expects: Vec<Option<ExpectDef>> = test
        .expects
        .iter()
        .map(|expect| {
            let by: Vec<Option<(InstrumentId, String, Span)>> = expect
                .by
                .iter()
                .map(|(instrument, provision)| {
                    let id = names.get(Kind::Instrument, instrument).map(InstrumentId)?;
                    Some((id, provision.value.clone(), provision.span))
                })
                .collect();
            let bearer = names.get(Kind::Actor, &expect.bearer).map(ActorId);
            let act = names.get(Kind::Act, &expect.act).map(ActId);
            Some(ExpectDef {
                status: match expect.status.value {
                    ExpectedStatus::Certain => Status::Certain,
                    ExpectedStatus::Excluded => Status::Excluded,
                    ExpectedStatus::Open => Status::Open,
                },
                bearer: bearer?,
                modality: expect.modality.value,
                act: act?,
                by: by.into_iter().collect::<Option<_>>()?,
                span: expect.span,
            })
        })
        .collect();
    Some(TestDef {
        name: test.name.value.clone(),
        package: package.to_owned(),
        order: order?,
        on: test.on.value,
        given,
        expects: expects.into_iter().flatten().collect(),
        span: test.span,
    })
}

/// A literal as knowledge of its fact.
fn knowledge(formula: &Formula, facts: &[FactDef]) -> Option<(FactId, Knowledge)> {
    use ast::Comparison;
    match formula {
        Formula::Fact(fact) => Some((*fact, Knowledge::YesNo(true))),
        Formula::Not(inner) => match inner.as_ref() {
            Formula::Fact(fact) => Some((*fact, Knowledge::YesNo(false))),
            _ => None,
        },
        Formula::Value { fact, values } => match values.as_slice() {
            [value] => Some((*fact, Knowledge::Value(*value))),
            _ => None,
        },
        Formula::Number {
            fact,
            comparison,
            value,
        } => {
            let ValueKind::Number { from, to, .. } = &facts.get(fact.index())?.kind else {
                return None;
            };
            let (low, high) = match comparison {
                Comparison::Is => (*value, *value),
                Comparison::Under => (*from, value.checked_sub(1)?),
                Comparison::AtMost => (*from, *value),
                Comparison::AtLeast => (*value, *to),
                Comparison::Over => (*value + 1, *to),
            };
            Some((*fact, Knowledge::Number(low, high)))
        }
        _ => None,
    }
}
