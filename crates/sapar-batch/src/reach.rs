//! Decision diagrams as gates: whether true can be reached, for every row at once.
//!
//! This is the engine's own way of answering for a partial situation: a node reaches true if a child does
//! whose class the fact can still have. It is exact, and dear: a gate or two for every edge of a diagram.

use std::collections::BTreeMap;

use sapar_law::diagrams::{Classes, FALSE, NodeId, TRUE, Table};

use crate::gates::{Gates, Signal};
use crate::planes::Planes;

/// Diagrams turned into gates so far.
pub struct Reaching<'t> {
    table: &'t Table,
    planes: &'t Planes,
    done: Vec<Option<Signal>>,
    /// What a fact can be; asked again and again.
    can_be: BTreeMap<(usize, Classes), Signal>,
}

impl<'t> Reaching<'t> {
    /// Nothing yet.
    pub fn new(table: &'t Table, planes: &'t Planes) -> Self {
        Self {
            table,
            planes,
            done: vec![None; table.node_count()],
            can_be: BTreeMap::new(),
        }
    }

    /// Adds what these diagrams need, and returns for each whether true can be reached.
    pub fn add(&mut self, gates: &mut Gates, roots: &[NodeId]) -> Vec<Signal> {
        for node in self.below(roots) {
            let signal = self.node(gates, node);
            if let Some(slot) = self.done.get_mut(node as usize) {
                *slot = Some(signal);
            }
        }
        roots.iter().map(|root| self.get(*root)).collect()
    }

    /// Nodes at and below these that are not done, children before parents.
    fn below(&self, roots: &[NodeId]) -> Vec<NodeId> {
        let mut needed = vec![false; self.table.node_count()];
        let mut todo: Vec<NodeId> = roots.to_vec();
        while let Some(node) = todo.pop() {
            let fresh = node > TRUE && self.done.get(node as usize).is_some_and(Option::is_none);
            if let (true, Some(slot)) = (fresh, needed.get_mut(node as usize))
                && !*slot
            {
                *slot = true;
                todo.extend_from_slice(self.table.children(node));
            }
        }
        (0..)
            .zip(needed)
            .filter(|(_, needed)| *needed)
            .map(|(node, _)| node)
            .collect()
    }

    fn get(&self, node: NodeId) -> Signal {
        match node {
            FALSE => Signal::NEVER,
            TRUE => Signal::ALWAYS,
            _ => self
                .done
                .get(node as usize)
                .copied()
                .flatten()
                .unwrap_or(Signal::NEVER),
        }
    }

    fn node(&mut self, gates: &mut Gates, node: NodeId) -> Signal {
        let place = self.table.place(node) as usize;
        let mut classes_to: Vec<(NodeId, Classes)> = Vec::new();
        for (class, child) in self.table.children(node).iter().enumerate() {
            match classes_to.iter_mut().find(|(known, _)| known == child) {
                Some((_, classes)) => *classes |= 1 << class,
                None => classes_to.push((*child, 1 << class)),
            }
        }
        let mut any = Signal::NEVER;
        for (child, classes) in classes_to {
            let below = self.get(child);
            if below == Signal::NEVER {
                continue;
            }
            let can = match self.can_be.get(&(place, classes)) {
                Some(known) => *known,
                None => {
                    let can = self.planes.can_be(gates, place, classes);
                    self.can_be.insert((place, classes), can);
                    can
                }
            };
            let way = gates.and(can, below);
            any = gates.or(any, way);
        }
        any
    }
}
