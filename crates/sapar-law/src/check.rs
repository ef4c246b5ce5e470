//! What can be wrong with the meaning of a law whose words are all known.

use std::collections::BTreeSet;

use oxidd::BooleanFunction;
use sapar_diagnostics::{Diagnostic, code};

use crate::compile::{CompileError, Compiler, facts_of, ok};
use crate::engine::base;
use crate::model::{ActorId, NormId, TermId};
use crate::{Formula, Library};

/// Reports circles, conditions that cannot hold, norms that never apply and exceptions without effect.
pub fn meaning(library: &Library, problems: &mut Vec<Diagnostic>) {
    let before = problems.len();
    actor_circles(library, problems);
    term_circles(library, problems);
    override_circles(library, problems);
    // Diagrams of a library with circles would say nothing true.
    if problems.len() > before {
        return;
    }
    if let Err(error) = conditions(library, problems) {
        problems.extend(too_large(library, &error));
    }
}

fn actor_circles(library: &Library, problems: &mut Vec<Diagnostic>) {
    for (index, actor) in (0..).zip(&library.actors) {
        let mut at = actor.part_of;
        for _ in 0..library.actors.len() {
            match at {
                Some(whole) if whole == ActorId(index) => {
                    // The actor has no place of its own in the model; its norms do.
                    if let Some((_, norm)) = library
                        .norms()
                        .find(|(_, norm)| norm.bearer == ActorId(index))
                    {
                        problems.push(
                            Diagnostic::new(
                                &code::L0305,
                                norm.span,
                                format!("`{}` is part of itself", actor.name),
                            )
                            .help("correct a `part of` line of the actors"),
                        );
                    }
                    break;
                }
                Some(whole) => at = library.actor(whole).part_of,
                None => break,
            }
        }
    }
}

fn term_circles(library: &Library, problems: &mut Vec<Diagnostic>) {
    let mut reported: BTreeSet<TermId> = BTreeSet::new();
    for (id, term) in library.terms() {
        if let Err(CompileError::TermCycle { term: at }) = facts_of(library, &Formula::Term(id))
            && reported.insert(at)
        {
            let other = library.term(at);
            problems.push(
                Diagnostic::new(
                    &code::L0304,
                    other.span,
                    format!("the meaning of `{}` leads back to itself", other.name),
                )
                .related(term.span, format!("found while reading `{}`", term.name))
                .help("define one of the terms by facts alone"),
            );
        }
    }
}

fn override_circles(library: &Library, problems: &mut Vec<Diagnostic>) {
    let mut done: BTreeSet<NormId> = BTreeSet::new();
    for (start, _) in library.norms() {
        // A walk that comes back to where it started is a circle; each circle is reported once.
        let mut todo = vec![start];
        let mut seen = BTreeSet::new();
        while let Some(at) = todo.pop() {
            for next in &library.norm(at).overrides {
                if *next == start && !done.contains(&start) {
                    let (norm, other) = (library.norm(start), library.norm(at));
                    problems.push(
                        Diagnostic::new(
                            &code::L0303,
                            norm.span,
                            format!("`{}` overrides a norm that overrides it", norm.id),
                        )
                        .related(other.span, format!("`{}` overrides it back", other.id))
                        .help("decide which norm yields, and remove the other `overrides`"),
                    );
                    done.extend(seen.iter().copied());
                    done.insert(start);
                    done.insert(at);
                }
                if seen.insert(*next) {
                    todo.push(*next);
                }
            }
        }
    }
}

fn conditions(library: &Library, problems: &mut Vec<Diagnostic>) -> Result<(), CompileError> {
    let formulas: Vec<&Formula> = library
        .norms
        .iter()
        .flat_map(|norm| norm.condition.iter().chain(&norm.exceptions))
        .collect();
    let mut compiler = Compiler::new(library, formulas)?;
    for (members, group) in compiler.invariant_groups()? {
        if !group.satisfiable() {
            for never in members
                .iter()
                .filter_map(|index| library.nevers.get(*index))
                .take(1)
            {
                problems.push(
                    Diagnostic::new(
                        &code::L0308,
                        never.span,
                        "no situation satisfies this invariant and the others",
                    )
                    .help("one of the `never` items forbids too much"),
                );
            }
            return Ok(());
        }
    }
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
            if !left.satisfiable() {
                let contradicts_itself = !holds.satisfiable();
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
            if !met.satisfiable() {
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
        if !possible.satisfiable() {
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
    Some(
        Diagnostic::new(&code::L0401, span, what)
            .help("split counting conditions into terms over neighbouring facts, and order the steps so that facts used together stand together"),
    )
}
