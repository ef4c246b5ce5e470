//! A region and its world as tables, for counting and for finding the shortest way to true.

use std::collections::BTreeSet;

use num_bigint::BigUint;
use oxidd::bdd::BDDFunction;
use sapar_law::diagrams::{CLASSES_MAX, Classes, Compiler, FALSE, Layout, NodeId, TRUE, Table};

/// Some diagrams of one ground as one table, one node a fact.
pub(crate) struct Flat {
    table: Table,
    roots: Vec<NodeId>,
}

impl Flat {
    pub fn new(compiler: &Compiler<'_>, functions: &[&BDDFunction]) -> Self {
        let mut flattener = compiler.flattener();
        let roots = functions
            .iter()
            .map(|function| flattener.flatten(function))
            .collect();
        Self {
            table: flattener.finish(),
            roots,
        }
    }

    pub fn root(&self, index: usize) -> NodeId {
        self.roots.get(index).copied().unwrap_or(FALSE)
    }

    /// Places of the facts that any of the functions depends on.
    pub fn support(&self) -> BTreeSet<u32> {
        self.roots
            .iter()
            .flat_map(|root| self.table.support(*root))
            .collect()
    }

    /// How likely a function is when each fact takes its classes with these probabilities, independently.
    pub fn likelihood(&self, root: NodeId, chances: &[Vec<f64>]) -> f64 {
        let mut of = vec![0.0; self.table.node_count()];
        if let Some(leaf) = of.get_mut(TRUE as usize) {
            *leaf = 1.0;
        }
        for node in self.below(root) {
            let chances = chances.get(self.table.place(node) as usize);
            let likely = self
                .table
                .children(node)
                .iter()
                .zip(chances.into_iter().flatten())
                .map(|(child, chance)| chance * of.get(*child as usize).copied().unwrap_or(0.0))
                .sum();
            if let Some(slot) = of.get_mut(node as usize) {
                *slot = likely;
            }
        }
        of.get(root as usize).copied().unwrap_or(0.0)
    }

    /// How many values of the facts at these places make a function true; `sizes` says how many values each class holds.
    pub fn count(&self, root: NodeId, places: &BTreeSet<u32>, sizes: &[Vec<u32>]) -> BigUint {
        // all[i]: how many values the facts from the i-th place on have together.
        let order: Vec<u32> = places.iter().copied().collect();
        let mut all = vec![BigUint::from(1u8)];
        for place in order.iter().rev() {
            let values: u32 = sizes.get(*place as usize).into_iter().flatten().sum();
            let next = all.last().map(|rest| rest * values).unwrap_or_default();
            all.push(next);
        }
        all.reverse();
        let index_of = |node: NodeId| {
            if node <= TRUE {
                order.len()
            } else {
                order.partition_point(|place| *place < self.table.place(node))
            }
        };
        // Facts between two places can have any value.
        let skipped = |from: usize, to: usize| match (all.get(from), all.get(to)) {
            (Some(from), Some(to)) => from / to,
            _ => BigUint::from(1u8),
        };
        let mut of: Vec<BigUint> = vec![BigUint::default(); self.table.node_count()];
        if let Some(leaf) = of.get_mut(TRUE as usize) {
            *leaf = BigUint::from(1u8);
        }
        for node in self.below(root) {
            let at = index_of(node);
            let sizes = sizes.get(self.table.place(node) as usize);
            let mut total = BigUint::default();
            for (child, size) in self
                .table
                .children(node)
                .iter()
                .zip(sizes.into_iter().flatten())
            {
                if let Some(below) = of.get(*child as usize) {
                    total += below * skipped(at + 1, index_of(*child)) * *size;
                }
            }
            if let Some(slot) = of.get_mut(node as usize) {
                *slot = total;
            }
        }
        let top = of.get(root as usize).cloned().unwrap_or_default();
        top * skipped(0, index_of(root))
    }

    /// The cheapest way to true: for each place on it, the class taken.
    ///
    /// A fact that is not on the way costs nothing, so `costs` must be 0 for the class it then takes.
    /// Of ways that cost the same, the one with the lower second number is taken; it should tell all ways apart.
    pub fn cheapest(&self, root: NodeId, costs: &[Vec<(u64, u64)>]) -> Option<Vec<(u32, u32)>> {
        const NEVER: (u64, u64) = (u64::MAX, u64::MAX);
        let mut of = vec![(NEVER, 0u32); self.table.node_count()];
        if let Some(leaf) = of.get_mut(TRUE as usize) {
            *leaf = ((0, 0), 0);
        }
        for node in self.below(root) {
            let costs = costs.get(self.table.place(node) as usize);
            let best = self
                .table
                .children(node)
                .iter()
                .zip(costs.into_iter().flatten())
                .zip(0u32..)
                .filter_map(|((child, cost), class)| {
                    let (below, _) = of.get(*child as usize).copied()?;
                    (below != NEVER).then(|| {
                        let cost = (
                            below.0.saturating_add(cost.0),
                            below.1.saturating_add(cost.1),
                        );
                        (cost, class)
                    })
                })
                .min();
            if let (Some(slot), Some(best)) = (of.get_mut(node as usize), best) {
                *slot = best;
            }
        }
        let mut way = Vec::new();
        let mut node = root;
        while node > TRUE {
            let (cost, class) = of.get(node as usize).copied()?;
            if cost == NEVER {
                return None;
            }
            way.push((self.table.place(node), class));
            node = self.table.children(node).get(class as usize).copied()?;
        }
        (node == TRUE).then_some(way)
    }

    /// How many nodes the table has, the two leaves counted in.
    pub fn node_count(&self) -> usize {
        self.table.node_count()
    }

    /// Place of a node's fact; leaves lie below every fact.
    pub fn place(&self, node: NodeId) -> u32 {
        self.table.place(node)
    }

    /// Where a node leads with a class of its fact.
    pub fn child(&self, node: NodeId, class: u32) -> NodeId {
        let child = self.table.children(node).get(class as usize);
        child.copied().unwrap_or(FALSE)
    }

    /// Whether a function is true in a situation, told by the class at each place.
    pub fn holds(&self, root: NodeId, classes: &[u32]) -> bool {
        let mut node = root;
        while node > TRUE {
            let class = classes.get(self.place(node) as usize);
            node = self.child(node, class.copied().unwrap_or(0));
        }
        node == TRUE
    }

    /// The classes that each fact can have where a function is true; `counts` says how many it has.
    pub fn possible(&self, index: usize, counts: &[u32]) -> Vec<Classes> {
        let mut possible = vec![0; counts.len()];
        let root = self.root(index);
        if root == FALSE {
            return possible;
        }
        // Facts that are not asked between a node and its child can have any class: those the node or the child
        // has above and below it count as asked.
        let mut reaches = vec![false; self.table.node_count()];
        if let Some(leaf) = reaches.get_mut(TRUE as usize) {
            *leaf = true;
        }
        let mut any = vec![false; counts.len() + 1];
        let mut skip = |from: u32, to: u32| {
            for place in any.iter_mut().take(to as usize).skip(from as usize) {
                *place = true;
            }
        };
        let end = u32::try_from(counts.len()).unwrap_or(u32::MAX);
        let place_of = |node: NodeId| {
            if node > TRUE {
                self.table.place(node)
            } else {
                end
            }
        };
        skip(0, place_of(root));
        for node in self.below(root) {
            let place = self.table.place(node);
            for (child, class) in self.table.children(node).iter().zip(0u32..) {
                if !reaches.get(*child as usize).copied().unwrap_or(false) {
                    continue;
                }
                if let Some(reaches) = reaches.get_mut(node as usize) {
                    *reaches = true;
                }
                if let Some(slot) = possible.get_mut(place as usize) {
                    *slot |= 1 << class;
                }
                skip(place + 1, place_of(*child));
            }
        }
        for ((slot, count), any) in possible.iter_mut().zip(counts).zip(any) {
            if any {
                *slot = every_class(*count);
            }
        }
        possible
    }

    /// Inner nodes below a root, children before parents.
    fn below(&self, root: NodeId) -> Vec<NodeId> {
        let mut seen = BTreeSet::new();
        let mut todo = vec![root];
        while let Some(node) = todo.pop() {
            if node > TRUE && seen.insert(node) {
                todo.extend_from_slice(self.table.children(node));
            }
        }
        seen.into_iter().collect()
    }
}

/// All classes of a fact that has so many.
pub(crate) fn every_class(count: u32) -> Classes {
    if count >= CLASSES_MAX {
        Classes::MAX
    } else {
        (1 << count) - 1
    }
}

/// How many values each class of a fact holds.
pub(crate) fn class_sizes(layout: &Layout) -> Vec<u32> {
    use sapar_law::diagrams::LayoutKind;
    match &layout.kind {
        LayoutKind::YesNo => vec![1, 1],
        LayoutKind::Number { starts, last } => starts
            .iter()
            .zip(
                starts
                    .iter()
                    .skip(1)
                    .copied()
                    .chain([last.saturating_add(1)]),
            )
            .map(|(from, next)| next.saturating_sub(*from))
            .collect(),
        LayoutKind::Values(classes) => {
            let mut sizes = vec![0; layout.count as usize];
            for class in classes {
                if let Some(size) = sizes.get_mut(*class as usize) {
                    *size += 1;
                }
            }
            sizes
        }
    }
}
