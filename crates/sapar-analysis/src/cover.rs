//! A region as few short conjunctions that cover it exactly.
//!
//! Each conjunction is a prime implicant relative to the world: together with what can occur it implies the region,
//! and does so no longer when any one of its conditions is left out or widened.
//! No conjunction can be left out either. What a conjunction says of situations that cannot occur does not matter.
//!
//! The way there: take a situation that is not covered yet and everything a reader could say of it,
//! give up one condition after another while the region is still implied, in several orders, and keep
//! the conjunction that covers most of what is left.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use oxidd::BooleanFunction;
use oxidd::bdd::BDDFunction;
use oxidd::util::num::F64;
use oxidd::util::{OptBool, SatCountCache};
use rustc_hash::FxBuildHasher;
use sapar_law::diagrams::{Classes, Compiler, Layout, LayoutKind, NodeId, ok};
use sapar_law::{CompileError, FactId, InstrumentId, TermId};

use crate::flat::{Flat, class_sizes, every_class};
use crate::ground::million;
use crate::region::minus;
use crate::search::Search;
use crate::{Conjunction, Ground, Literal};

/// A region as conjunctions, the widest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cover {
    /// The conjunctions.
    pub conjunctions: Vec<Conjunction>,
}

impl Cover {
    /// How many conditions all conjunctions have together.
    #[must_use]
    pub fn literal_count(&self) -> usize {
        self.conjunctions
            .iter()
            .map(|conjunction| conjunction.literals.len())
            .sum()
    }
}

/// One thing that can be said of a situation, as small as possible: a number and a list are said by several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Atom {
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

/// An atom with its diagram and what decides the order in which atoms are given up.
struct Candidate {
    atom: Atom,
    holds: BDDFunction,
    /// In how many of a million situations it holds, were all values equally likely.
    width: u32,
    /// The same condition for a search through tables.
    asked: Asked,
}

/// How atoms are ordered before they are given up, first to go first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The narrowest first, so that what is left is wide.
    Narrow,
    /// Facts before terms, so that what is left is in the law's words.
    Facts,
    /// Denied terms, then facts, then terms that hold.
    Denials,
    /// Terms before facts.
    Terms,
}

impl Way {
    const ALL: [Way; 4] = [Way::Facts, Way::Denials, Way::Narrow, Way::Terms];
}

/// Covers a region with terms over `facts` and conditions on `plain` ones;
/// terms of these instruments may be used beside the vocabulary's.
///
/// The region must be a function of these terms and facts wherever `world` holds, as every region of gaps is.
pub(crate) fn cover(
    ground: &mut Ground<'_>,
    region: &BDDFunction,
    world: &BDDFunction,
    facts: &BTreeSet<FactId>,
    plain: &BTreeSet<FactId>,
    instruments: &BTreeSet<InstrumentId>,
) -> Result<Cover, CompileError> {
    let candidates = candidates(ground, facts, plain, instruments)?;
    let bad = minus(world, region)?;
    let ground = &*ground;
    let table = Arc::new(Flat::new(&ground.compiler, &[&bad]));
    let mut builder = Builder {
        compiler: &ground.compiler,
        truth: ground.compiler.truth(),
        bad: BTreeMap::from([(BTreeSet::new(), (bad, table))]),
        terms: &ground.words,
        candidates,
        counts: ground.layouts().iter().map(|layout| layout.count).collect(),
    };
    let mut chosen: Vec<(Vec<usize>, BDDFunction)> = Vec::new();
    let mut left = region.clone();
    while left.satisfiable() {
        let mut best: Option<(f64, Vec<usize>, BDDFunction)> = None;
        let most = models(&left);
        'tries: for high in [false, true] {
            let one = builder.one(&left, high);
            let said = builder.said_of(&one);
            for way in builder.ways() {
                let kept = builder.give_up(&said, &one, *way)?;
                if best.as_ref().is_some_and(|(_, known, _)| *known == kept) {
                    continue;
                }
                let cube = builder.conjunction(&kept)?;
                let gain = models(&ok(left.and(&cube))?);
                let better = best.as_ref().is_none_or(|(most, shortest, _)| {
                    gain > *most
                        || (gain == *most && builder.worth(&kept) < builder.worth(shortest))
                });
                if better {
                    best = Some((gain, kept, cube));
                }
                // Nothing is left to gain; better words are looked for below.
                if gain >= most {
                    break 'tries;
                }
            }
        }
        let Some((_, kept, cube)) = best else {
            break;
        };
        left = minus(&left, &cube)?;
        chosen.push((kept, cube));
    }
    // Say each in the fewest and best words: anything it implies may be said of it.
    for (kept, cube) in &mut chosen {
        if builder.ways().len() == 1 {
            // Without terms there are no other words.
            break;
        }
        let inside = ok(cube.and(world))?;
        let one = builder.one(&inside, false);
        let implied = builder.implied_by(&inside, &one)?;
        for way in builder.ways() {
            let other = builder.give_up(&implied, &one, *way)?;
            if builder.worth(&other) < builder.worth(kept) {
                *cube = builder.conjunction(&other)?;
                *kept = other;
            }
        }
    }
    irredundant(&mut chosen, region, &ground.compiler.falsehood())?;
    let layouts = ground.layouts();
    let mut said: Vec<(u64, Conjunction)> = chosen
        .iter()
        .map(|(kept, cube)| {
            let wide = models(&ok(region.and(cube))?);
            Ok((order_of(wide), builder.words(kept, layouts)))
        })
        .collect::<Result<_, CompileError>>()?;
    said.sort();
    Ok(Cover {
        conjunctions: said.into_iter().map(|(_, words)| words).collect(),
    })
}

/// Widest first, as a key that sorts upwards.
fn order_of(models: f64) -> u64 {
    // Non-negative floats sort as their bits do.
    u64::MAX - models.to_bits()
}

/// Drops conjunctions whose situations the others cover, the narrowest first.
fn irredundant(
    chosen: &mut Vec<(Vec<usize>, BDDFunction)>,
    region: &BDDFunction,
    nothing: &BDDFunction,
) -> Result<(), CompileError> {
    if chosen.len() < 2 {
        return Ok(());
    }
    let mut order: Vec<(f64, Vec<usize>, BDDFunction)> = Vec::new();
    for (kept, cube) in chosen.drain(..) {
        let inside = ok(region.and(&cube))?;
        order.push((models(&inside), kept, cube));
    }
    order.sort_by(|left, right| left.0.total_cmp(&right.0).then(right.1.cmp(&left.1)));
    // after[i]: what those from the i-th on cover together.
    let mut after = vec![nothing.clone()];
    for (_, _, cube) in order.iter().rev() {
        if let Some(last) = after.last() {
            after.push(ok(last.or(cube))?);
        }
    }
    after.reverse();
    let mut before = nothing.clone();
    for ((_, kept, cube), others) in order.into_iter().zip(after.iter().skip(1)) {
        let covered = ok(before.or(others))?;
        if minus(&ok(region.and(&cube))?, &covered)?.satisfiable() {
            before = ok(before.or(&cube))?;
            chosen.push((kept, cube));
        }
    }
    Ok(())
}

/// How many codes make a diagram true, as a share; comparable between diagrams of one ground.
fn models(function: &BDDFunction) -> f64 {
    let mut cache: SatCountCache<F64, FxBuildHasher> = SatCountCache::default();
    function.sat_count(0, &mut cache).0
}

/// A situation: the class of the fact at each place.
type One = Vec<u32>;

/// A condition as a search takes it.
#[derive(Clone, Copy)]
enum Asked {
    /// The fact at this place is in one of these classes.
    Fact(u32, Classes),
    /// The term at this root of the table of terms holds, or does not.
    Term(NodeId, bool),
}

struct Builder<'g, 'l> {
    compiler: &'g Compiler<'l>,
    truth: BDDFunction,
    /// Possible, and not in the region, where some atoms about terms hold; none at first.
    /// The same few terms meet again and again, so each set of them is multiplied once.
    bad: BTreeMap<BTreeSet<usize>, (BDDFunction, Arc<Flat>)>,
    /// The terms of the ground.
    terms: &'g Flat,
    candidates: Vec<Candidate>,
    /// How many classes the fact at each place has.
    counts: Vec<u32>,
}

/// Atoms that hold together, and a search through what is bad although they do.
#[derive(Clone)]
struct Held {
    terms: BTreeSet<usize>,
    search: Search,
}

impl Builder<'_, '_> {
    /// The orders that differ: without terms all are the same.
    fn ways(&self) -> &'static [Way] {
        let terms = self
            .candidates
            .iter()
            .any(|candidate| matches!(candidate.atom, Atom::Term { .. }));
        if terms { &Way::ALL } else { &[Way::Narrow] }
    }

    /// One situation of `left`; `high` takes yes where both are possible.
    fn one(&self, left: &BDDFunction, high: bool) -> One {
        let cube = left.pick_cube(|_, _, _| high).unwrap_or_default();
        // A fact's class is how many of its thresholds are passed.
        let mut rest = cube.iter();
        self.counts
            .iter()
            .map(|count| {
                let thresholds = rest.by_ref().take((*count as usize).saturating_sub(1));
                let passed = thresholds.filter(|passed| **passed == OptBool::True);
                passed.map(|_| 1).sum()
            })
            .collect()
    }

    /// Whether an atom is true of a situation.
    fn is_said(&self, index: usize, of: &One) -> bool {
        match self.candidates.get(index).map(|one| one.asked) {
            Some(Asked::Fact(place, classes)) => of
                .get(place as usize)
                .is_some_and(|class| classes & (1 << class) != 0),
            Some(Asked::Term(root, holds)) => self.terms.holds(root, of) == holds,
            None => false,
        }
    }

    /// All that is true of a situation.
    fn said_of(&self, one: &One) -> Vec<usize> {
        (0..self.candidates.len())
            .filter(|index| self.is_said(*index, one))
            .collect()
    }

    /// Everything that can be said of all situations of `inside`, of which `one` is one.
    fn implied_by(&self, inside: &BDDFunction, one: &One) -> Result<Vec<usize>, CompileError> {
        // Most atoms fail already in one of two situations.
        let high = self.one(inside, true);
        let possible = Flat::new(self.compiler, &[inside]).possible(0, &self.counts);
        let mut implied = Vec::new();
        for index in self.said_of(one) {
            let Some(candidate) = self.candidates.get(index) else {
                continue;
            };
            let always = self.is_said(index, &high)
                && match candidate.asked {
                    Asked::Fact(place, classes) => possible
                        .get(place as usize)
                        .is_some_and(|possible| possible & !classes == 0),
                    Asked::Term(..) => !minus(inside, &candidate.holds)?.satisfiable(),
                };
            if always {
                implied.push(index);
            }
        }
        Ok(implied)
    }

    /// No atom held yet.
    fn nothing_held(&mut self) -> Option<Held> {
        let terms = BTreeSet::new();
        let (_, table) = self.bad.get(&terms)?;
        Some(Held {
            search: Search::new(Arc::clone(table), &self.counts),
            terms,
        })
    }

    /// Holds one atom more.
    fn hold(&mut self, held: &mut Held, index: usize) -> Result<(), CompileError> {
        let Some(candidate) = self.candidates.get(index) else {
            return Ok(());
        };
        if let Asked::Fact(place, classes) = candidate.asked {
            held.search.narrow(place, classes);
            return Ok(());
        }
        let fewer = self.bad.get(&held.terms).map(|(bad, _)| bad.clone());
        if held.terms.insert(index)
            && let Some(fewer) = fewer
        {
            if !self.bad.contains_key(&held.terms) {
                let bad = ok(fewer.and(&candidate.holds))?;
                let table = Arc::new(Flat::new(self.compiler, &[&bad]));
                self.bad.insert(held.terms.clone(), (bad, table));
            }
            if let Some((_, table)) = self.bad.get(&held.terms) {
                held.search.change(Arc::clone(table));
            }
        }
        Ok(())
    }

    /// Gives up one atom after another while the rest still implies the region; all of them hold of `near`.
    fn give_up(
        &mut self,
        said: &[usize],
        near: &One,
        way: Way,
    ) -> Result<Vec<usize>, CompileError> {
        let mut order: Vec<usize> = said.to_vec();
        order.sort_by_key(|index| self.turn(*index, way));
        let mut kept = Vec::new();
        let mut rest = order.as_slice();
        let Some(mut held) = self.nothing_held() else {
            return Ok(order);
        };
        // The next atom to stay is the first that leaves something bad although all after it hold. What is left
        // is tried one situation at a time: the last atom that is false of it is needed or stands before one
        // that is, and most atoms are never needed, so most are never asked for.
        loop {
            let mut more = held.clone();
            let mut stays = rest.len();
            while let Some(one) = more.search.find(near) {
                let broken = rest.iter().rposition(|index| !self.is_said(*index, &one));
                let broken = broken.and_then(|place| Some((place, *rest.get(place)?)));
                let Some((place, index)) = broken else {
                    // Not even all of them imply the region, so none can be given up.
                    kept.extend_from_slice(rest);
                    kept.sort_unstable();
                    return Ok(kept);
                };
                stays = stays.min(place);
                self.hold(&mut more, index)?;
            }
            let Some((index, after)) = rest.get(stays..).and_then(<[usize]>::split_first) else {
                break;
            };
            self.hold(&mut held, *index)?;
            kept.push(*index);
            rest = after;
        }
        kept.sort_unstable();
        Ok(kept)
    }

    fn turn(&self, index: usize, way: Way) -> (u8, u32, usize) {
        let Some(candidate) = self.candidates.get(index) else {
            return (0, 0, index);
        };
        let class = match (way, candidate.atom) {
            (Way::Narrow, _) => 0,
            (Way::Facts | Way::Denials, Atom::Term { holds: true, .. })
            | (Way::Facts, Atom::Term { .. }) => 2,
            (Way::Denials, Atom::Term { .. }) => 0,
            (Way::Facts | Way::Denials, _) => 1,
            (Way::Terms, Atom::Term { .. }) => 0,
            (Way::Terms, _) => 1,
        };
        (class, candidate.width, index)
    }

    fn conjunction(&self, kept: &[usize]) -> Result<BDDFunction, CompileError> {
        let mut cube = self.truth.clone();
        let mut atoms: Vec<&Candidate> = kept
            .iter()
            .filter_map(|index| self.candidates.get(*index))
            .collect();
        // From the bottom of the diagram up each condition is one step; terms, which are larger, come last.
        atoms.sort_by_key(|candidate| {
            std::cmp::Reverse(match candidate.asked {
                Asked::Fact(place, _) => place + 1,
                Asked::Term(..) => 0,
            })
        });
        for candidate in atoms {
            cube = ok(cube.and(&candidate.holds))?;
        }
        Ok(cube)
    }

    /// Smaller is better to read: fewer conditions, fewer denied terms, more terms.
    fn worth(&self, kept: &[usize]) -> (usize, usize, usize, Vec<usize>) {
        let atoms: Vec<Atom> = kept
            .iter()
            .filter_map(|index| self.candidates.get(*index))
            .map(|candidate| candidate.atom)
            .collect();
        let mut conditions = BTreeSet::new();
        for atom in &atoms {
            conditions.insert(match atom {
                Atom::From { place, .. }
                | Atom::Before { place, .. }
                | Atom::Outside { place, .. } => (0u8, *place as usize),
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
    fn words(&self, kept: &[usize], layouts: &[Layout]) -> Conjunction {
        let mut literals = Vec::new();
        let mut classes: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for candidate in kept.iter().filter_map(|index| self.candidates.get(*index)) {
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
fn candidates(
    ground: &mut Ground<'_>,
    facts: &BTreeSet<FactId>,
    plain: &BTreeSet<FactId>,
    instruments: &BTreeSet<InstrumentId>,
) -> Result<Vec<Candidate>, CompileError> {
    let mut found: Vec<Candidate> = Vec::new();
    let library = ground.library();
    let mut add = |atom: Atom, holds: BDDFunction, width: u32, asked: Asked| {
        found.push(Candidate {
            atom,
            holds,
            width,
            asked,
        });
    };
    for (index, word) in ground.terms.iter().enumerate() {
        let term = word.term;
        let known = library
            .term(term)
            .instrument
            .is_none_or(|instrument| instruments.contains(&instrument));
        if known && word.facts.is_subset(facts) {
            let fails = ok(word.holds.not())?;
            let (yes, no) = (
                Atom::Term { term, holds: true },
                Atom::Term { term, holds: false },
            );
            let root = ground.words.root(index);
            let asked = |holds| Asked::Term(root, holds);
            add(yes, word.holds.clone(), word.width, asked(true));
            add(no, fails, WHOLE - word.width, asked(false));
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
            let from = ground.compiler.at_least(*fact, class)?;
            let under_class = (1 << class) - 1;
            match layout.kind {
                LayoutKind::YesNo if class == 1 => {
                    let no = ok(from.not())?;
                    let atom = |holds| Atom::Fact { fact: *fact, holds };
                    add(atom(true), from, WHOLE / 2, Asked::Fact(place, 2));
                    add(atom(false), no, WHOLE / 2, Asked::Fact(place, 1));
                }
                LayoutKind::Number { .. } if class > 0 => {
                    let under = ok(from.not())?;
                    let up = Asked::Fact(place, every & !under_class);
                    let down = Asked::Fact(place, under_class);
                    add(Atom::From { place, class }, from, share(all - before), up);
                    add(Atom::Before { place, class }, under, share(before), down);
                }
                LayoutKind::Values(_) => {
                    let after = ground.compiler.at_least(*fact, class + 1)?;
                    let other = ok(minus(&from, &after)?.not())?;
                    let out = Asked::Fact(place, every & !(1 << class));
                    add(
                        Atom::Outside { place, class },
                        other,
                        share(all - size),
                        out,
                    );
                }
                _ => {}
            }
            before += size;
        }
    }
    Ok(found)
}

/// Every situation, in parts of a million.
const WHOLE: u32 = 1_000_000;
