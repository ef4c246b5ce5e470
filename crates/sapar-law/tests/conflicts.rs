//! What conflicts, and which side an order prefers.

#![cfg(test)]

use std::sync::Arc;

use sapar_law::{
    ConflictKind, Engine, Evaluation, Knowledge, LawFile, Library, PreferredBy, Situation,
};

const WORDS: &str = include_str!("vocabulary.md");

/// An instrument with one norm.
struct Instrument {
    name: &'static str,
    rank: &'static str,
    from: &'static str,
    norm: &'static str,
}

/// Reads the instruments as one order and evaluates a detained person's situation.
fn evaluate(instruments: &[Instrument], includes: &str, priority: &str) -> (Engine, Evaluation) {
    let mut files = vec![LawFile {
        path: "vocabulary/words.md".to_owned(),
        bytes: WORDS.into(),
    }];
    for Instrument {
        name,
        rank,
        from,
        norm,
    } in instruments
    {
        let text = format!(
            "# {name}\n```law\ninstrument {name}\n  title en \"x\" ru \"x\" kk \"x\"\n  jurisdiction example\n  rank {rank}\n  in force from {from}\n```\n## Article 1. One\n```law\nnorm only\n  {norm}\n  memory\n```\n"
        );
        files.push(LawFile {
            path: format!("lesson/{name}.md"),
            bytes: text.into_bytes(),
        });
    }
    let order = format!(
        "```law\norder here\n  label en \"x\" ru \"x\" kk \"x\"\n  includes lesson\n{includes}{priority}```\n"
    );
    files.push(LawFile {
        path: "lesson/orders.md".to_owned(),
        bytes: order.into_bytes(),
    });
    let read = Library::read(files);
    assert!(!read.has_errors(), "{:?}", read.problems);
    let library = Arc::new(read.library);
    let order = library.order_named("here").unwrap();
    let engine = Engine::new(Arc::clone(&library), order, jiff::civil::date(2026, 11, 24)).unwrap();
    let mut situation = Situation::new();
    let detained = library.fact_named("detained").unwrap();
    situation.set(detained, Knowledge::YesNo(true));
    let evaluation = engine.evaluate(&situation).unwrap();
    (engine, evaluation)
}

const PRIORITY: &str = "  priority treaty, law\n";

fn forbids(rank: &'static str, from: &'static str) -> Instrument {
    Instrument {
        name: "forbidding",
        rank,
        from,
        norm: "the state must not return to danger\n  when detained",
    }
}

fn allows(rank: &'static str, from: &'static str) -> Instrument {
    Instrument {
        name: "allowing",
        rank,
        from,
        norm: "the border service may return to danger\n  when detained",
    }
}

/// The side preferred, as "for" or "against", and why.
fn preferred(evaluation: &Evaluation) -> Option<(&'static str, PreferredBy)> {
    let [conflict] = evaluation.conflicts.as_slice() else {
        panic!("not one conflict: {:?}", evaluation.conflicts);
    };
    conflict.preferred.map(|(side, why)| {
        let side = if side == conflict.for_it {
            "for"
        } else {
            "against"
        };
        (side, why)
    })
}

#[test]
fn a_permission_to_a_part_conflicts_with_a_prohibition_to_the_whole() {
    let (_, evaluation) = evaluate(
        &[forbids("treaty", "2000-01-01"), allows("law", "2010-01-01")],
        "",
        PRIORITY,
    );
    assert_eq!(evaluation.conflicts[0].kind, ConflictKind::Permission);
    assert!(evaluation.possible_conflicts.is_empty());
    // The higher rank is preferred although the lower law is later.
    assert_eq!(preferred(&evaluation), Some(("against", PreferredBy::Rank)));
}

#[test]
fn of_equal_ranks_the_later_law_is_preferred() {
    let (_, evaluation) = evaluate(
        &[forbids("law", "2000-01-01"), allows("law", "2010-01-01")],
        "",
        PRIORITY,
    );
    assert_eq!(preferred(&evaluation), Some(("for", PreferredBy::LaterLaw)));
}

#[test]
fn a_law_is_as_late_as_the_day_it_began_to_bind_here() {
    let (_, evaluation) = evaluate(
        &[forbids("law", "2000-01-01"), allows("law", "2010-01-01")],
        "  includes lesson/forbidding from 2015-01-01\n",
        PRIORITY,
    );
    assert_eq!(
        preferred(&evaluation),
        Some(("against", PreferredBy::LaterLaw))
    );
}

#[test]
fn nobody_is_preferred_on_the_same_day_or_by_ranks_that_the_order_does_not_list() {
    for (first, second, priority) in [
        (
            forbids("law", "2010-01-01"),
            allows("law", "2010-01-01"),
            PRIORITY,
        ),
        (
            forbids("law", "2000-01-01"),
            allows("law", "2010-01-01"),
            "",
        ),
        (
            forbids("treaty", "2000-01-01"),
            allows("decree", "2010-01-01"),
            PRIORITY,
        ),
    ] {
        let (_, evaluation) = evaluate(&[first, second], "", priority);
        assert_eq!(preferred(&evaluation), None);
    }
}

#[test]
fn a_conflict_of_which_one_side_is_open_is_possible() {
    let permission = Instrument {
        norm: "the border service may return to danger\n  when at crossing point",
        ..allows("law", "2010-01-01")
    };
    let (engine, evaluation) =
        evaluate(&[forbids("treaty", "2000-01-01"), permission], "", PRIORITY);
    assert!(evaluation.conflicts.is_empty());
    let [possible] = evaluation.possible_conflicts.as_slice() else {
        panic!("not one possible conflict");
    };
    assert_eq!(possible.preferred, None);
    let mut situation = Situation::new();
    for (fact, yes) in [("detained", true), ("at crossing point", false)] {
        let fact = engine.library().fact_named(fact).unwrap();
        situation.set(fact, Knowledge::YesNo(yes));
    }
    let evaluation = engine.evaluate(&situation).unwrap();
    assert!(evaluation.conflicts.is_empty() && evaluation.possible_conflicts.is_empty());
}
