//! A region and its world as tables, for counting and for finding the shortest way to true.

use std::collections::BTreeSet;

use num_bigint::BigUint;
use oxidd::bdd::BDDFunction;
use sapar_law::CompileError;
use sapar_law::diagrams::{CLASSES_MAX, Classes, FALSE, Layout, NodeId, TRUE};

use crate::sets::Sets;

/// Some diagrams of one ground as one table, one node a fact.
pub(crate) struct Flat {
    sets: Sets,
    roots: Vec<NodeId>,
}

impl Flat {
    /// # Errors
    /// When there are too many nodes.
    pub fn new(
        layouts: &[Layout],
        nodes_max: usize,
        functions: &[&BDDFunction],
    ) -> Result<Self, CompileError> {
        let mut sets = Sets::new(layouts, nodes_max);
        let roots = sets.bring(functions)?;
        Ok(Self { sets, roots })
    }

    /// The table itself, for combining what is in it further.
    pub fn sets_mut(&mut self) -> &mut Sets {
        &mut self.sets
    }

    pub fn root(&self, index: usize) -> NodeId {
        self.roots.get(index).copied().unwrap_or(FALSE)
    }

    /// Places of the facts that any of the functions depends on.
    pub fn support(&self) -> BTreeSet<u32> {
        self.roots
            .iter()
            .flat_map(|root| self.sets.below(*root))
            .map(|node| self.sets.place(node))
            .collect()
    }

    /// How likely a function is when each fact takes its classes with these probabilities, independently.
    pub fn likelihood(&self, root: NodeId, chances: &[Vec<f64>]) -> f64 {
        let mut of = vec![0.0; self.sets.node_count()];
        if let Some(leaf) = of.get_mut(TRUE as usize) {
            *leaf = 1.0;
        }
        for node in self.sets.below(root) {
            let chances = chances.get(self.sets.place(node) as usize);
            let likely = self
                .sets
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
                order.partition_point(|place| *place < self.sets.place(node))
            }
        };
        // Facts between two places can have any value.
        let skipped = |from: usize, to: usize| match (all.get(from), all.get(to)) {
            (Some(from), Some(to)) => from / to,
            _ => BigUint::from(1u8),
        };
        let mut of: Vec<BigUint> = vec![BigUint::default(); self.sets.node_count()];
        if let Some(leaf) = of.get_mut(TRUE as usize) {
            *leaf = BigUint::from(1u8);
        }
        for node in self.sets.below(root) {
            let at = index_of(node);
            let sizes = sizes.get(self.sets.place(node) as usize);
            let mut total = BigUint::default();
            for (child, size) in self
                .sets
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
        let mut of = vec![(NEVER, 0u32); self.sets.node_count()];
        if let Some(leaf) = of.get_mut(TRUE as usize) {
            *leaf = ((0, 0), 0);
        }
        for node in self.sets.below(root) {
            let costs = costs.get(self.sets.place(node) as usize);
            let best = self
                .sets
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
            way.push((self.sets.place(node), class));
            node = self.sets.children(node).get(class as usize).copied()?;
        }
        (node == TRUE).then_some(way)
    }

    /// Whether a function is true in a situation, told by the class at each place.
    pub fn holds(&self, root: NodeId, classes: &[u32]) -> bool {
        let mut node = root;
        while node > TRUE {
            let class = classes.get(self.sets.place(node) as usize);
            node = self.sets.child(node, class.copied().unwrap_or(0));
        }
        node == TRUE
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
