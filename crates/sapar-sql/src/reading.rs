//! An order's norms, terms and invariants as conditions.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use sapar_law::diagrams::{Classes, Layout, LayoutKind, NodeId, TRUE, facts_of, invariants};
use sapar_law::{Comparison, Engine, FactId, Formula, TermId};

use crate::condition::{ConditionId, Conditions};

/// Everything of an order that decides about a row.
pub struct Reading {
    /// The store of all conditions.
    pub conditions: Conditions,
    /// What can be, one condition for each invariant that is tied to the order's facts.
    pub invariants: Vec<ConditionId>,
    /// For each norm of [`Engine::norm_diagrams`], when it applies.
    pub norms: Vec<ConditionId>,
    /// For each position of the engine, when it holds.
    pub positions: Vec<ConditionId>,
    /// Terms that were met, with the condition each stands for.
    pub terms: BTreeMap<TermId, ConditionId>,
}

impl Reading {
    /// Reads an order.
    pub fn of(engine: &Engine) -> Self {
        let mut reader = Reader {
            engine,
            places: (0u32..)
                .zip(engine.layouts())
                .map(|(place, layout)| (layout.fact, place))
                .collect(),
            conditions: Conditions::new(engine.layouts().iter().map(|layout| layout.count)),
            terms: BTreeMap::new(),
        };
        let invariants = reader.invariants();
        let norms = reader.norms();
        let positions = engine
            .positions()
            .iter()
            .map(|position| {
                let members: Vec<ConditionId> = position
                    .members()
                    .iter()
                    .filter_map(|place| norms.get(*place).copied())
                    .collect();
                reader.conditions.any(members)
            })
            .collect();
        Self {
            conditions: reader.conditions,
            invariants,
            norms,
            positions,
            terms: reader.terms,
        }
    }
}

struct Reader<'e> {
    engine: &'e Engine,
    places: FxHashMap<FactId, u32>,
    conditions: Conditions,
    terms: BTreeMap<TermId, ConditionId>,
}

impl Reader<'_> {
    /// The invariants over facts the engine knows; it leaves out those that are tied to none of its norms.
    fn invariants(&mut self) -> Vec<ConditionId> {
        let library = self.engine.library();
        let mut result = Vec::new();
        for never in invariants(library) {
            let Ok(facts) = facts_of(library, &never) else {
                continue;
            };
            if facts.iter().any(|fact| self.places.contains_key(fact)) {
                let so = self.formula(&never);
                result.push(self.conditions.not(so));
            }
        }
        result.retain(|condition| *condition != ConditionId::ALWAYS);
        result
    }

    fn norms(&mut self) -> Vec<ConditionId> {
        let library = self.engine.library();
        let overriders = self.engine.overriders();
        let count = self.engine.norm_diagrams().len();
        let mut done: Vec<Option<ConditionId>> = vec![None; count];
        // The engine refuses circles, so a stack of open norms empties.
        for start in 0..count {
            let mut open = vec![start];
            while let Some(at) = open.last().copied() {
                let over = overriders.get(at).map_or(&[][..], Vec::as_slice);
                let waiting = over
                    .iter()
                    .find(|other| done.get(**other).is_some_and(Option::is_none));
                if let Some(other) = waiting {
                    open.push(*other);
                    continue;
                }
                open.pop();
                let Some(norm) = self.engine.norm_diagrams().get(at) else {
                    continue;
                };
                let norm = library.norm(norm.norm);
                let mut parts: Vec<ConditionId> = Vec::new();
                parts.extend(norm.condition.as_ref().map(|so| self.formula(so)));
                for exception in &norm.exceptions {
                    let so = self.formula(exception);
                    parts.push(self.conditions.not(so));
                }
                for other in over {
                    if let Some(Some(applies)) = done.get(*other).copied() {
                        parts.push(self.conditions.not(applies));
                    }
                }
                let applies = self.conditions.all(parts);
                if let Some(slot) = done.get_mut(at) {
                    *slot = Some(applies);
                }
            }
        }
        done.into_iter()
            .map(|applies| applies.unwrap_or(ConditionId::NEVER))
            .collect()
    }

    fn formula(&mut self, formula: &Formula) -> ConditionId {
        match formula {
            Formula::Fact(fact) => self.literal(*fact, |layout| match layout.kind {
                LayoutKind::YesNo => 0b10,
                _ => 0,
            }),
            Formula::Number {
                fact,
                comparison,
                value,
            } => self.literal(*fact, |layout| match &layout.kind {
                LayoutKind::Number { starts, .. } => {
                    set(starts, |start| compares(*start, *comparison, *value))
                }
                _ => 0,
            }),
            Formula::Value { fact, values } => self.literal(*fact, |layout| match &layout.kind {
                LayoutKind::Values(classes) => values
                    .iter()
                    .filter_map(|value| classes.get(*value as usize))
                    .fold(0, |set, class| set | 1 << class),
                _ => 0,
            }),
            Formula::Term(term) => {
                if let Some(known) = self.terms.get(term) {
                    return *known;
                }
                let means = self.engine.library().term(*term).means.clone();
                let result = self.formula(&means);
                self.terms.insert(*term, result);
                result
            }
            Formula::Not(inner) => {
                let inner = self.formula(inner);
                self.conditions.not(inner)
            }
            Formula::And(of) => {
                let of = self.formulas(of);
                self.conditions.all(of)
            }
            Formula::Or(of) => {
                let of = self.formulas(of);
                self.conditions.any(of)
            }
            Formula::Count { least, most, of } => {
                let of = self.formulas(of);
                let enough = self.conditions.at_least(*least, of.iter().copied());
                let too_many = self.conditions.at_least(most.saturating_add(1), of);
                let not_too_many = self.conditions.not(too_many);
                self.conditions.all([enough, not_too_many])
            }
        }
    }

    fn formulas(&mut self, of: &[Formula]) -> Vec<ConditionId> {
        of.iter().map(|part| self.formula(part)).collect()
    }

    fn literal(&mut self, fact: FactId, classes: impl Fn(&Layout) -> Classes) -> ConditionId {
        // Every fact of every formula of the order has a place in its engine.
        let Some(place) = self.places.get(&fact).copied() else {
            return ConditionId::NEVER;
        };
        let classes = self.engine.layouts().get(place as usize).map_or(0, classes);
        self.conditions.is(place, classes)
    }
}

fn compares(number: u32, comparison: Comparison, value: u32) -> bool {
    match comparison {
        Comparison::Under => number < value,
        Comparison::AtMost => number <= value,
        Comparison::Is => number == value,
        Comparison::AtLeast => number >= value,
        Comparison::Over => number > value,
    }
}

fn set<T>(of: &[T], holds: impl Fn(&T) -> bool) -> Classes {
    of.iter()
        .enumerate()
        .filter(|(_, item)| holds(item))
        .fold(0, |set, (class, _)| set | 1 << class)
}

/// A decision diagram as a condition: at each node, any class with what follows from it.
///
/// Each path asks of a fact once, so that nothing is torn: the way out where taking apart takes too long.
pub fn diagram(
    engine: &Engine,
    conditions: &mut Conditions,
    root: NodeId,
    done: &mut FxHashMap<NodeId, ConditionId>,
) -> ConditionId {
    if root <= TRUE {
        return if root == TRUE {
            ConditionId::ALWAYS
        } else {
            ConditionId::NEVER
        };
    }
    if let Some(known) = done.get(&root) {
        return *known;
    }
    let place = engine.table().place(root);
    let mut children: Vec<(NodeId, Classes)> = Vec::new();
    for (class, child) in (0u32..).zip(engine.table().children(root)) {
        match children.iter_mut().find(|(known, _)| known == child) {
            Some((_, classes)) => *classes |= 1 << class,
            None => children.push((*child, 1 << class)),
        }
    }
    let mut ways = Vec::new();
    for (child, classes) in children {
        let so = conditions.is(place, classes);
        let then = diagram(engine, conditions, child, done);
        ways.push(conditions.all([so, then]));
    }
    let result = conditions.any(ways);
    done.insert(root, result);
    result
}
