//! What can be said of a situation, and how a conjunction of it reads.

use std::collections::{BTreeMap, BTreeSet};

use sapar_law::diagrams::{Classes, Layout, LayoutKind, NodeId};
use sapar_law::{FactId, InstrumentId, TermId};

use crate::flat::{class_sizes, every_class};
use crate::ground::million;
use crate::{Conjunction, Ground, Literal};

/// One thing that can be said of a situation, as small as possible: a number and a list are said by several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Atom {
    Term {
        term: TermId,
        holds: bool,
    },
    Fact {
        fact: FactId,
        holds: bool,
    },
    /// The number is in this class or a later one.
    From {
        place: u32,
        class: u32,
    },
    /// The number is in an earlier class.
    Before {
        place: u32,
        class: u32,
    },
    /// The value is not in this class.
    Outside {
        place: u32,
        class: u32,
    },
}

/// An atom with what decides the order in which atoms are given up.
pub(super) struct Candidate {
    pub atom: Atom,
    /// In how many of a million situations it holds, were all values equally likely.
    pub width: u32,
    /// The same condition for a search through tables.
    pub asked: Asked,
}

/// A condition as a search takes it.
#[derive(Clone, Copy)]
pub(super) enum Asked {
    /// The fact at this place is in one of these classes.
    Fact(u32, Classes),
    /// The term at this number of the ground holds, or does not.
    Term {
        /// Its place in the ground's list of terms.
        number: usize,
        /// Its root in the ground's table of terms.
        root: NodeId,
        /// Whether it shall hold.
        holds: bool,
    },
}

/// Smaller is better to read: fewer conditions, fewer denied terms, more terms.
pub(super) fn worth(candidates: &[Candidate], kept: &[usize]) -> (usize, usize, usize, Vec<usize>) {
    let atoms: Vec<Atom> = kept
        .iter()
        .filter_map(|index| candidates.get(*index))
        .map(|candidate| candidate.atom)
        .collect();
    let mut conditions = BTreeSet::new();
    for atom in &atoms {
        conditions.insert(match atom {
            Atom::From { place, .. } | Atom::Before { place, .. } | Atom::Outside { place, .. } => {
                (0u8, *place as usize)
            }
            Atom::Term { term, .. } => (1, term.index()),
            Atom::Fact { fact, .. } => (2, fact.index()),
        });
    }
    let denied = atoms
        .iter()
        .filter(|atom| matches!(atom, Atom::Term { holds: false, .. }))
        .count();
    let facts = atoms
        .iter()
        .filter(|atom| !matches!(atom, Atom::Term { .. }))
        .count();
    (conditions.len(), denied, facts, kept.to_vec())
}

/// The atoms as conditions: those of one number or list become one.
pub(super) fn words(candidates: &[Candidate], kept: &[usize], layouts: &[Layout]) -> Conjunction {
    let mut literals = Vec::new();
    let mut classes: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for candidate in kept.iter().filter_map(|index| candidates.get(*index)) {
        let (place, keeps): (u32, Box<dyn Fn(u32) -> bool>) = match candidate.atom {
            Atom::Term { term, holds } => {
                literals.push(Literal::Term { term, holds });
                continue;
            }
            Atom::Fact { fact, holds } => {
                literals.push(Literal::Fact { fact, holds });
                continue;
            }
            Atom::From { place, class } => (place, Box::new(move |other| other >= class)),
            Atom::Before { place, class } => (place, Box::new(move |other| other < class)),
            Atom::Outside { place, class } => (place, Box::new(move |other| other != class)),
        };
        let count = layouts.get(place as usize).map_or(0, |layout| layout.count);
        classes
            .entry(place)
            .or_insert_with(|| (0..count).collect())
            .retain(|class| keeps(*class));
    }
    for (place, classes) in classes {
        let Some(layout) = layouts.get(place as usize) else {
            continue;
        };
        literals.push(literal_of(layout, &classes));
    }
    // What is so comes before what is not so, and the law's words before single facts.
    literals.sort_by_key(|literal| (literal.is_denial(), literal.clone()));
    Conjunction { literals }
}

fn literal_of(layout: &Layout, classes: &BTreeSet<u32>) -> Literal {
    let fact = layout.fact;
    match &layout.kind {
        LayoutKind::YesNo => Literal::Fact {
            fact,
            holds: classes.contains(&1),
        },
        LayoutKind::Number { starts, last } => {
            let from = classes
                .first()
                .and_then(|class| starts.get(*class as usize));
            let next = classes
                .last()
                .and_then(|class| starts.get(*class as usize + 1));
            Literal::Number {
                fact,
                from: from.copied().unwrap_or(0),
                to: next.map_or(*last, |next| next - 1),
            }
        }
        LayoutKind::Values(of) => Literal::Values {
            fact,
            values: (0u32..)
                .zip(of)
                .filter(|(_, class)| classes.contains(class))
                .map(|(value, _)| value)
                .collect(),
        },
    }
}

/// Everything that can be said with these facts, in the library's order.
pub(super) fn candidates(
    ground: &Ground<'_>,
    facts: &BTreeSet<FactId>,
    plain: &BTreeSet<FactId>,
    instruments: &BTreeSet<InstrumentId>,
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let library = ground.library();
    let mut add = |atom: Atom, width: u32, asked: Asked| {
        found.push(Candidate { atom, width, asked });
    };
    for (number, word) in ground.terms.iter().enumerate() {
        let term = word.term;
        let known = library
            .term(term)
            .instrument
            .is_none_or(|instrument| instruments.contains(&instrument));
        if known && word.facts.is_subset(facts) {
            let (yes, no) = (
                Atom::Term { term, holds: true },
                Atom::Term { term, holds: false },
            );
            let root = ground.words.root(number);
            let asked = |holds| Asked::Term {
                number,
                root,
                holds,
            };
            add(yes, word.width, asked(true));
            add(no, WHOLE - word.width, asked(false));
        }
    }
    for fact in plain {
        let Some(place) = ground.compiler.places.get(fact).copied() else {
            continue;
        };
        let Some(layout) = ground.layouts().get(place as usize).cloned() else {
            continue;
        };
        let sizes = class_sizes(&layout);
        let all: u32 = sizes.iter().sum();
        let share = |size: u32| million(f64::from(size) / f64::from(all.max(1)));
        let every = every_class(layout.count);
        let mut before = 0;
        for (class, size) in (0u32..).zip(sizes) {
            let under_class = (1 << class) - 1;
            match layout.kind {
                LayoutKind::YesNo if class == 1 => {
                    let atom = |holds| Atom::Fact { fact: *fact, holds };
                    add(atom(true), WHOLE / 2, Asked::Fact(place, 2));
                    add(atom(false), WHOLE / 2, Asked::Fact(place, 1));
                }
                LayoutKind::Number { .. } if class > 0 => {
                    let up = Asked::Fact(place, every & !under_class);
                    let down = Asked::Fact(place, under_class);
                    add(Atom::From { place, class }, share(all - before), up);
                    add(Atom::Before { place, class }, share(before), down);
                }
                LayoutKind::Values(_) => {
                    let out = Asked::Fact(place, every & !(1 << class));
                    add(Atom::Outside { place, class }, share(all - size), out);
                }
                _ => {}
            }
            before += size;
        }
    }
    found
}

/// Every situation, in parts of a million.
const WHOLE: u32 = 1_000_000;
