//! What can be wrong with the meaning of a law whose words are all known.

mod circles;

use std::collections::BTreeSet;

use oxidd::BooleanFunction;
use sapar_diagnostics::{Diagnostic, code};

use crate::compile::{CompileError, Compiler, facts_of, ok};
use crate::engine::base;
use crate::{Formula, Library};

/// Reports circles, conditions that cannot hold, norms that never apply and exceptions without effect.
pub fn meaning(library: &Library, problems: &mut Vec<Diagnostic>) {
    let before = problems.len();
    circles::circles(library, problems);
    // Diagrams of a library with circles would say nothing true.
    if problems.len() > before {
        return;
    }
    let before = problems.len();
    let checked = invariants(library, problems).and_then(|()| {
        // Where nobody is possible, every condition is impossible too.
        if problems.len() > before {
            return Ok(());
        }
        only_clauses(library, problems)?;
        conditions(library, problems)
    });
    if let Err(error) = checked {
        problems.extend(too_large(library, &error));
    }
}

/// Reports invariants that leave no possible person, whether or not a norm depends on their facts.
fn invariants(library: &Library, problems: &mut Vec<Diagnostic>) -> Result<(), CompileError> {
    let mut compiler = Compiler::new(library, library.nevers.iter().map(|never| &never.formula))?;
    for (members, group) in compiler.invariant_groups()? {
        if !compiler.is_possible(&group)? {
            let clash = clash(&mut compiler, members)?;
            problems.extend(unsatisfiable(library, &clash));
        }
    }
    Ok(())
}

/// Members that leave nothing together, none of which can be left out; later ones are given up first.
fn clash(compiler: &mut Compiler<'_>, members: Vec<usize>) -> Result<Vec<usize>, CompileError> {
    let mut kept = members;
    kept.sort_unstable();
    for at in (0..kept.len()).rev() {
        let mut fewer = kept.clone();
        fewer.remove(at);
        let left = compiler.never_all(&fewer)?;
        if !compiler.is_possible(&left)? {
            kept = fewer;
        }
    }
    Ok(kept)
}

fn unsatisfiable(library: &Library, clash: &[usize]) -> Option<Diagnostic> {
    let nevers = clash.iter().filter_map(|index| library.nevers.get(*index));
    let mut spans = nevers.map(|never| never.span);
    let first = spans.next()?;
    let mut diagnostic = if clash.len() == 1 {
        Diagnostic::new(&code::L0308, first, "no situation satisfies this invariant")
            .help("it forbids every situation; say what cannot occur, and leave the rest possible")
    } else {
        Diagnostic::new(
            &code::L0308,
            first,
            "no situation satisfies this invariant and the others",
        )
        .help("one of these items forbids too much")
    };
    for span in spans {
        diagnostic = diagnostic.related(span, "together with this one");
    }
    let only = crate::compile::applicable_only(library);
    for (fact, _) in clash
        .iter()
        .filter_map(|index| only.get(index.checked_sub(library.nevers.len())?))
    {
        let fact = library.fact(*fact);
        diagnostic = diagnostic.related(
            fact.span,
            format!("together with where `{}` applies", fact.name),
        );
    }
    Some(diagnostic)
}

/// Reports `only` clauses that keep nobody from asking, or that the answer itself decides.
fn only_clauses(library: &Library, problems: &mut Vec<Diagnostic>) -> Result<(), CompileError> {
    let clauses = || {
        library
            .facts()
            .flat_map(|(id, fact)| fact.only.iter().map(move |clause| (id, fact, clause)))
    };
    let mut compiler = Compiler::new(library, clauses().map(|(_, _, clause)| &clause.condition))?;
    for (id, fact, clause) in clauses() {
        if clause.role <= fact.role {
            problems.push(
                Diagnostic::new(
                    &code::L0313,
                    clause.span,
                    format!("`{}` is for no lower role anyway", fact.name),
                )
                .help("name a role above the fact's `role`, or leave the clause out"),
            );
            continue;
        }
        let around = facts_of(library, &clause.condition)?;
        if around.contains(&id) {
            problems.push(
                Diagnostic::new(
                    &code::L0314,
                    clause.span,
                    format!("who may ask for `{}` depends on the answer", fact.name),
                )
                .help("write the condition with facts that are learned before this one"),
            );
            continue;
        }
        let holds = compiler.formula(&clause.condition)?;
        let world = compiler.invariants_around(&around)?;
        let met = ok(world.and(&holds))?;
        if !compiler.is_possible(&met)? {
            problems.push(
                Diagnostic::new(
                    &code::L0313,
                    clause.span,
                    "this condition can never hold, so it keeps nobody from asking",
                )
                .help("correct the condition; perhaps `and` should be `or`"),
            );
        }
    }
    Ok(())
}

fn conditions(library: &Library, problems: &mut Vec<Diagnostic>) -> Result<(), CompileError> {
    let formulas: Vec<&Formula> = library
        .norms
        .iter()
        .flat_map(|norm| norm.condition.iter().chain(&norm.exceptions))
        .collect();
    let mut compiler = Compiler::new(library, formulas)?;
    for (id, norm) in library.norms() {
        let at = |error: CompileError| match error {
            CompileError::TooLarge { .. } => CompileError::TooLarge { norm: Some(id) },
            other => other,
        };
        let mut around = BTreeSet::new();
        for formula in norm.condition.iter().chain(&norm.exceptions) {
            around.append(&mut facts_of(library, formula)?);
        }
        let world = compiler.invariants_around(&around).map_err(at)?;
        let mut left = world.clone();
        if let Some(condition) = &norm.condition {
            let holds = compiler.formula(condition).map_err(at)?;
            left = ok(left.and(&holds)).map_err(at)?;
            if !compiler.is_possible(&left).map_err(at)? {
                let contradicts_itself = !compiler.is_possible(&holds).map_err(at)?;
                let why = if contradicts_itself {
                    "its parts contradict each other"
                } else {
                    "the vocabulary's invariants rule it out"
                };
                problems.push(
                    Diagnostic::new(
                        &code::L0301,
                        norm.condition_span,
                        format!("this condition can never hold: {why}"),
                    )
                    .related(norm.span, format!("so `{}` never applies", norm.id))
                    .help("correct the condition; perhaps `and` should be `or`"),
                );
                continue;
            }
        }
        for (exception, span) in norm.exceptions.iter().zip(&norm.exception_spans) {
            let except = compiler.formula(exception).map_err(at)?;
            let met = ok(left.and(&except)).map_err(at)?;
            if !compiler.is_possible(&met).map_err(at)? {
                problems.push(
                    Diagnostic::new(
                        &code::L0312,
                        *span,
                        "this exception never matters: it excludes nothing that the norm covers",
                    )
                    .help("remove it, or correct it if something else was meant"),
                );
            }
        }
        let applies = base(&mut compiler, norm).map_err(at)?;
        let possible = ok(world.and(&applies)).map_err(at)?;
        if !compiler.is_possible(&possible).map_err(at)? {
            problems.push(
                Diagnostic::new(
                    &code::L0302,
                    norm.span,
                    format!(
                        "`{}` can never apply: its exceptions cover its whole condition",
                        norm.id
                    ),
                )
                .help("narrow an exception, or widen the condition"),
            );
        }
    }
    Ok(())
}

/// The diagnostic for a law that is too large to compile.
pub fn too_large(library: &Library, error: &CompileError) -> Option<Diagnostic> {
    let (span, what) = match error {
        CompileError::TooLarge { norm: Some(norm) } => {
            let norm = library.norm(*norm);
            (
                norm.span,
                format!(
                    "the decision diagram of `{}` needs more than {} nodes",
                    norm.id,
                    crate::DIAGRAM_NODES_MAX
                ),
            )
        }
        CompileError::TooManyClasses { fact } => {
            let fact = library.fact(*fact);
            (
                fact.span,
                format!(
                    "the law tells more than 64 kinds of values of `{}` apart",
                    fact.name
                ),
            )
        }
        CompileError::TermCycle { term } => (
            library.term(*term).span,
            "a term is defined by itself".to_owned(),
        ),
        CompileError::TooLarge { norm: None } => {
            let norm = library.norms.first()?;
            (
                norm.span,
                "the decision diagrams of this law grow too large".to_owned(),
            )
        }
    };
    let help = match error {
        CompileError::TooManyClasses { .. } => {
            "compare it with fewer different values; a range needs two where a list needs one for each"
        }
        _ => {
            "split counting conditions into terms over neighbouring facts, and order the steps so that facts used together stand together"
        }
    };
    Some(Diagnostic::new(&code::L0401, span, what).help(help))
}
