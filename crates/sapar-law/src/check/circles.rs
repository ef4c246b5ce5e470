//! Terms, actors and norms that lead back to themselves: each circle is one mistake and one message.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use sapar_diagnostics::{Diagnostic, Span, code};

use crate::model::{ActorId, NormId, TermId};
use crate::{Formula, Library};

/// Reports every circle of actors, terms and overriding norms.
pub fn circles(library: &Library, problems: &mut Vec<Diagnostic>) {
    let parts = steps(library.actors.len(), |index| {
        let actor = library.actors.get(index);
        actor
            .and_then(|actor| actor.part_of)
            .map(ActorId::index)
            .into_iter()
            .collect()
    });
    for knot in knots(&parts) {
        problems.extend(told(&knot, Kind::Actors, |index| {
            let actor = library.actors.get(index)?;
            Some((actor.name.as_str(), actor.span))
        }));
    }
    let meanings = steps(library.terms.len(), |index| {
        let mut named = BTreeSet::new();
        if let Some(term) = library.terms.get(index) {
            term.means.walk(&mut |part| {
                if let Formula::Term(other) = part {
                    named.insert(TermId::index(*other));
                }
            });
        }
        named
    });
    for knot in knots(&meanings) {
        problems.extend(told(&knot, Kind::Terms, |index| {
            let term = library.terms.get(index)?;
            Some((term.name.as_str(), term.span))
        }));
    }
    let overrides = steps(library.norms.len(), |index| {
        let norm = library.norms.get(index);
        norm.iter()
            .flat_map(|norm| &norm.overrides)
            .map(|over| NormId::index(*over))
            .collect()
    });
    for knot in knots(&overrides) {
        problems.extend(told(&knot, Kind::Norms, |index| {
            let norm = library.norms.get(index)?;
            Some((norm.id.as_str(), norm.span))
        }));
    }
}

/// From each thing, the things it leads to.
fn steps(count: usize, from: impl Fn(usize) -> BTreeSet<usize>) -> Vec<BTreeSet<usize>> {
    (0..count).map(from).collect()
}

/// Things that all lead to each other.
struct Knot {
    /// A shortest circle through the first of them, in the order of its steps.
    circle: Vec<usize>,
    /// Those of the knot that this circle does not touch.
    others: Vec<usize>,
}

/// Every knot, by its first member. Two circles that share a member are one knot, since mending one
/// of its steps may mend both.
fn knots(steps: &[BTreeSet<usize>]) -> Vec<Knot> {
    let mut knots = Vec::new();
    let mut tied = BTreeSet::new();
    for start in endless(steps) {
        if tied.contains(&start) {
            continue;
        }
        let Some(circle) = shortest(steps, start) else {
            continue;
        };
        let members: BTreeSet<usize> = reached(steps, start)
            .into_iter()
            .filter(|member| reached(steps, *member).contains(&start))
            .collect();
        let others = members
            .iter()
            .copied()
            .filter(|member| !circle.contains(member))
            .collect();
        tied.extend(members);
        knots.push(Knot { circle, others });
    }
    knots
}

/// What has no end to its steps: the circles and what leads into them. Sound law has none, and finding that
/// out takes time linear in the steps.
fn endless(steps: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut left: Vec<usize> = steps.iter().map(BTreeSet::len).collect();
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); steps.len()];
    for (at, nexts) in steps.iter().enumerate() {
        for next in nexts {
            if let Some(list) = into.get_mut(*next) {
                list.push(at);
            }
        }
    }
    let mut ended: Vec<usize> = (0..steps.len())
        .filter(|at| left.get(*at) == Some(&0))
        .collect();
    while let Some(end) = ended.pop() {
        for at in into.get(end).into_iter().flatten() {
            if let Some(count) = left.get_mut(*at) {
                *count -= 1;
                if *count == 0 {
                    ended.push(*at);
                }
            }
        }
    }
    (0..steps.len())
        .filter(|at| left.get(*at).is_some_and(|count| *count > 0))
        .collect()
}

/// Everything that one or more steps lead to.
fn reached(steps: &[BTreeSet<usize>], start: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut todo = vec![start];
    while let Some(at) = todo.pop() {
        for next in steps.get(at).into_iter().flatten() {
            if reached.insert(*next) {
                todo.push(*next);
            }
        }
    }
    reached
}

/// A shortest way from `start` back to itself.
fn shortest(steps: &[BTreeSet<usize>], start: usize) -> Option<Vec<usize>> {
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    let mut todo = VecDeque::from([start]);
    while let Some(at) = todo.pop_front() {
        for next in steps.get(at).into_iter().flatten() {
            if *next == start {
                let mut circle = vec![at];
                let mut back = at;
                while back != start {
                    back = before.get(&back).copied()?;
                    circle.push(back);
                }
                circle.reverse();
                return Some(circle);
            }
            before.entry(*next).or_insert_with(|| {
                todo.push_back(*next);
                at
            });
        }
    }
    None
}

/// What stands in a circle.
#[derive(Clone, Copy)]
enum Kind {
    Actors,
    Terms,
    Norms,
}

/// The message at the first member, with every other member as a related place.
fn told<'l>(
    knot: &Knot,
    kind: Kind,
    named: impl Fn(usize) -> Option<(&'l str, Span)>,
) -> Option<Diagnostic> {
    let (first, span) = named(*knot.circle.first()?)?;
    let (code, what, step, help) = match kind {
        Kind::Actors => (
            &code::L0305,
            format!("`{first}` is part of itself"),
            "is part of",
            "remove the `part of` that points from the larger body to the smaller one",
        ),
        Kind::Terms => (
            &code::L0304,
            format!("the meaning of `{first}` leads back to itself"),
            "is explained by",
            "define one of the terms by facts alone",
        ),
        Kind::Norms => (
            &code::L0303,
            format!("`{first}` overrides a norm that overrides it"),
            "overrides",
            "decide which norm yields, and remove the other `overrides`",
        ),
    };
    let mut diagnostic = Diagnostic::new(code, span, what).help(help);
    let returns = knot.circle.iter().skip(1).chain(knot.circle.first());
    for (member, next) in knot.circle.iter().zip(returns).skip(1) {
        if let (Some((name, place)), Some((next, _))) = (named(*member), named(*next)) {
            diagnostic = diagnostic.related(place, format!("`{name}` {step} `{next}`"));
        }
    }
    for member in &knot.others {
        if let Some((name, place)) = named(*member) {
            diagnostic = diagnostic.related(place, format!("`{name}` is tied into it as well"));
        }
    }
    Some(diagnostic)
}
