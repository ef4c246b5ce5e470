//! Statuses as functions of answers: small diagrams with a leaf a status.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::status_function::STEPS_MAX;
use crate::ties::Learned;

pub(crate) const CERTAIN: u32 = 0;
pub(crate) const EXCLUDED: u32 = 1;
pub(crate) const OPEN: u32 = 2;
/// The answers so far cannot occur together.
pub(crate) const IMPOSSIBLE: u32 = 3;
const LEAVES: u32 = 4;

/// Children of a node; most facts are yes or no.
pub(crate) type Children = SmallVec<[u32; 4]>;

/// A status by answers: nodes numbered from [`LEAVES`] on, children before parents.
#[derive(Debug, Clone)]
pub(crate) struct Function {
    root: u32,
    nodes: Vec<(u32, Children)>,
}

impl Function {
    /// Places of its facts, some more than once.
    pub fn places(&self) -> impl Iterator<Item = u32> + '_ {
        self.nodes.iter().map(|(place, _)| *place)
    }
}

/// Functions in the making, in which equal ones are one node.
#[derive(Debug, Default)]
pub(crate) struct Functions {
    unique: FxHashMap<(u32, Children), u32>,
    merges: FxHashMap<(u32, u32), Option<u32>>,
    /// How many entries `merges` may grow to for the function at hand.
    merges_max: usize,
    /// Facts and children of the nodes made, after the four leaves.
    made: Vec<(u32, Children)>,
}

impl Functions {
    /// The node that asks for a fact, one child a class of its values that is left.
    pub fn make(&mut self, place: u32, children: Children) -> u32 {
        if let Some(first) = children.first()
            && children.iter().all(|child| child == first)
        {
            return *first;
        }
        let key = (place, children);
        if let Some(node) = self.unique.get(&key) {
            return *node;
        }
        let node = LEAVES + u32::try_from(self.made.len()).unwrap_or(u32::MAX - LEAVES);
        self.made.push(key.clone());
        self.unique.insert(key, node);
        node
    }

    /// A function of its own.
    pub fn taken_out(&self, root: u32) -> Function {
        let mut below: Vec<u32> = self.nodes_by_place(root).into_values().flatten().collect();
        // A node is made after its children.
        below.sort_unstable();
        let number = |node: u32| match below.binary_search(&node) {
            Ok(index) => LEAVES + u32::try_from(index).unwrap_or(u32::MAX - LEAVES),
            Err(_) => node,
        };
        let nodes = below
            .iter()
            .filter_map(|node| self.inner(*node))
            .map(|(place, children)| {
                (
                    *place,
                    children.iter().map(|child| number(*child)).collect(),
                )
            })
            .collect();
        Function {
            root: number(root),
            nodes,
        }
    }

    /// The same function where some answers are known; the children of a fact are its classes allowed before.
    pub fn taken_in(
        &mut self,
        function: &Function,
        learned: impl Fn(u32) -> Option<Learned>,
    ) -> u32 {
        let mut here: Vec<u32> = (0..LEAVES).collect();
        for (place, children) in &function.nodes {
            let child = |child: &u32| here.get(*child as usize).copied().unwrap_or(OPEN);
            let node = match learned(*place) {
                Some(learned) => children.get(learned.child).map_or(IMPOSSIBLE, child),
                None => {
                    let children = children.iter().map(child).collect();
                    self.make(*place, children)
                }
            };
            here.push(node);
        }
        here.get(function.root as usize).copied().unwrap_or(OPEN)
    }

    /// The places of a function that make a difference wherever the answers are possible; `own` are given up last.
    pub fn minimal_support(&mut self, own: &BTreeSet<u32>, mut root: u32) -> BTreeSet<u32> {
        self.merges_max = self.merges.len() + STEPS_MAX;
        // A fact can stand in the diagram only because some of its answers exclude others; then the
        // rest decides without it, and it need not be asked. The facts of the norms' own words are
        // given up last, and later facts before earlier ones.
        let mut nodes = self.nodes_by_place(root);
        let foreign: BTreeSet<u32> = nodes
            .keys()
            .copied()
            .filter(|place| !own.contains(place))
            .collect();
        if !foreign.is_empty()
            && let Some(simpler) = self.without(root, &foreign, &mut FxHashMap::default())
        {
            root = simpler;
            nodes = self.nodes_by_place(root);
        }
        // From the last fact up: what stands below a node is final when its fact's turn comes.
        let mut kept = BTreeSet::new();
        let mut now: FxHashMap<u32, u32> = FxHashMap::default();
        for (place, at) in nodes.into_iter().rev() {
            let mut below: Vec<(u32, Children)> = Vec::with_capacity(at.len());
            for node in at {
                if let Some((_, children)) = self.inner(node) {
                    let children = children.iter();
                    let children = children.map(|child| *now.get(child).unwrap_or(child));
                    below.push((node, children.collect()));
                }
            }
            let merged: Option<Vec<u32>> = below
                .iter()
                .map(|(_, children)| self.all_merged(children))
                .collect();
            match merged {
                Some(merged) => now.extend(below.iter().map(|(node, _)| *node).zip(merged)),
                None => {
                    kept.insert(place);
                    for (node, children) in below {
                        let made = self.make(place, children);
                        now.insert(node, made);
                    }
                }
            }
        }
        kept
    }

    /// Whether some answers lead to a leaf.
    pub fn has_leaf(&self, root: u32, leaf: u32) -> bool {
        let mut seen = FxHashSet::default();
        let mut todo = vec![root];
        while let Some(node) = todo.pop() {
            if node == leaf {
                return true;
            }
            if let Some((_, children)) = self.inner(node)
                && seen.insert(node)
            {
                todo.extend(children);
            }
        }
        false
    }

    /// One function that can stand for all answers to a question, if there is one.
    fn all_merged(&mut self, children: &[u32]) -> Option<u32> {
        let mut children = children.iter();
        children.try_fold(IMPOSSIBLE, |all, child| self.merged(all, *child))
    }

    /// Nodes below a root, by the place of their fact.
    fn nodes_by_place(&self, root: u32) -> BTreeMap<u32, Vec<u32>> {
        let mut nodes: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut seen = FxHashSet::default();
        let mut todo = vec![root];
        while let Some(node) = todo.pop() {
            if let Some((place, children)) = self.inner(node)
                && seen.insert(node)
            {
                nodes.entry(*place).or_default().push(node);
                todo.extend(children);
            }
        }
        nodes
    }

    fn inner(&self, node: u32) -> Option<&(u32, Children)> {
        node.checked_sub(LEAVES)
            .and_then(|made| self.made.get(made as usize))
    }

    /// The same function without these facts; `None` when they make a difference.
    fn without(
        &mut self,
        node: u32,
        places: &BTreeSet<u32>,
        done: &mut FxHashMap<u32, Option<u32>>,
    ) -> Option<u32> {
        let Some((at, children)) = self.inner(node).cloned() else {
            return Some(node);
        };
        if places.last().is_none_or(|last| at > *last) {
            return Some(node);
        }
        if let Some(known) = done.get(&node) {
            return *known;
        }
        let simpler: Option<Children> = children
            .into_iter()
            .map(|child| self.without(child, places, done))
            .collect();
        let result = match simpler {
            Some(children) if places.contains(&at) => self.all_merged(&children),
            Some(children) => Some(self.make(at, children)),
            None => None,
        };
        done.insert(node, result);
        result
    }

    /// One function that agrees with both wherever they are possible; `None` when they differ somewhere.
    fn merged(&mut self, left: u32, right: u32) -> Option<u32> {
        if left == right || right == IMPOSSIBLE {
            return Some(left);
        }
        if left == IMPOSSIBLE {
            return Some(right);
        }
        let key = (left.min(right), left.max(right));
        if let Some(known) = self.merges.get(&key) {
            return *known;
        }
        if self.merges.len() >= self.merges_max {
            return None;
        }
        let at = |node: Option<&(u32, Children)>| node.map_or(u32::MAX, |(place, _)| *place);
        let place = at(self.inner(left)).min(at(self.inner(right)));
        let result = if place == u32::MAX {
            // Two different statuses.
            None
        } else {
            let below = |status: &Self, node: u32, count: usize| match status.inner(node) {
                Some((at, children)) if *at == place => children.clone(),
                _ => SmallVec::from_elem(node, count),
            };
            let nodes = self.inner(left).into_iter().chain(self.inner(right));
            let count = nodes
                .filter(|(at, _)| *at == place)
                .map(|(_, all)| all.len())
                .max()
                .unwrap_or(0);
            let (one, other) = (below(self, left, count), below(self, right, count));
            let merged: Option<Children> = one
                .into_iter()
                .zip(other)
                .map(|(one, other)| self.merged(one, other))
                .collect();
            merged.map(|children| self.make(place, children))
        };
        self.merges.insert(key, result);
        result
    }
}
