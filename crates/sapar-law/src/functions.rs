//! Statuses as functions of answers: small diagrams with a leaf a status.

use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;
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
    /// Nodes whose children are known to differ.
    differing: FixedBitSet,
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
        let below = self.below(root);
        let mut numbers: Vec<u32> = (0..LEAVES + self.count()).collect();
        for (number, node) in (LEAVES..).zip(&below) {
            if let Some(slot) = numbers.get_mut(*node as usize) {
                *slot = number;
            }
        }
        let number = |node: u32| numbers.get(node as usize).copied().unwrap_or(OPEN);
        let nodes = below
            .iter()
            .filter_map(|node| self.inner(*node))
            .map(|(place, children)| {
                let children = children.iter();
                (*place, children.map(|child| number(*child)).collect())
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
    pub fn minimal_support(&mut self, own: &BTreeSet<u32>, root: u32) -> BTreeSet<u32> {
        self.merges_max = self.merges.len() + STEPS_MAX;
        // A fact can stand in the diagram only because some of its answers exclude others; then the
        // rest decides without it, and it need not be asked. The facts of the norms' own words are
        // given up last, and later facts before earlier ones.
        let foreign = |place: u32| !own.contains(&place);
        let nodes = self.nodes_upwards(root);
        let simpler = match self.simpler(root, &nodes, foreign, true) {
            Some((root, _)) if nodes.iter().any(|(place, _)| foreign(*place)) => {
                let nodes = self.nodes_upwards(root);
                self.simpler(root, &nodes, |_| true, false)
            }
            _ => self.simpler(root, &nodes, |_| true, false),
        };
        simpler.map_or_else(BTreeSet::new, |(_, kept)| kept)
    }

    /// Inner nodes from a root down with the places of their facts, the last place first.
    fn nodes_upwards(&self, root: u32) -> Vec<(u32, u32)> {
        let mut nodes: Vec<(u32, u32)> = self
            .below(root)
            .into_iter()
            .filter_map(|node| Some((self.inner(node)?.0, node)))
            .collect();
        nodes.sort_unstable_by_key(|(place, node)| (u32::MAX - place, *node));
        nodes
    }

    /// The same function without those facts that make no difference, and the places of the others.
    ///
    /// `nodes` are those of [`Functions::nodes_upwards`]. Only what `may_go` permits is given up; with `all_of_it`, `None` when some of that cannot be.
    fn simpler(
        &mut self,
        root: u32,
        nodes: &[(u32, u32)],
        may_go: impl Fn(u32) -> bool,
        all_of_it: bool,
    ) -> Option<(u32, BTreeSet<u32>)> {
        // From the last fact up: what stands below a node is final when its fact's turn comes.
        let mut kept = BTreeSet::new();
        let mut now: Vec<u32> = (0..LEAVES + self.count()).collect();
        for at in nodes.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((place, _)) = at.first().copied() else {
                continue;
            };
            // Mostly nothing changed below, and then what one node says for another position counts here too.
            let is_as_before = at.iter().all(|(_, node)| self.is_as_before(*node, &now));
            if is_as_before && (!may_go(place) || self.differs_known(at)) {
                if all_of_it && may_go(place) {
                    return None;
                }
                kept.insert(place);
                continue;
            }
            let below: Vec<(u32, Children)> = at
                .iter()
                .filter_map(|(_, node)| {
                    let (_, children) = self.inner(*node)?;
                    let children = children.iter();
                    let children = children.map(|child| now.get(*child as usize).unwrap_or(child));
                    Some((*node, children.copied().collect()))
                })
                .collect();
            let merged: Option<Vec<u32>> = match may_go(place) {
                true => below
                    .iter()
                    .map(|(node, children)| {
                        let merged = self.all_merged(children);
                        if merged.is_none() && is_as_before {
                            self.differing.grow_and_insert(*node as usize);
                        }
                        merged
                    })
                    .collect(),
                false => None,
            };
            let made: Vec<u32> = match merged {
                Some(merged) => merged,
                None if all_of_it && may_go(place) => return None,
                None => {
                    kept.insert(place);
                    let below = below.into_iter();
                    let made = below.map(|(node, children)| match self.inner(node) {
                        // Nothing changed below, as is mostly so.
                        Some((_, before)) if *before == children => node,
                        _ => self.make(place, children),
                    });
                    made.collect()
                }
            };
            for ((_, node), made) in at.iter().zip(made) {
                if let Some(slot) = now.get_mut(*node as usize) {
                    *slot = made;
                }
            }
        }
        Some((now.get(root as usize).copied().unwrap_or(root), kept))
    }

    /// Whether all children of a node stand for themselves.
    fn is_as_before(&self, node: u32, now: &[u32]) -> bool {
        self.inner(node).is_none_or(|(_, children)| {
            let mut children = children.iter();
            children.all(|child| now.get(*child as usize) == Some(child))
        })
    }

    /// Whether one of these nodes is known to make a difference.
    fn differs_known(&self, at: &[(u32, u32)]) -> bool {
        at.iter()
            .any(|(_, node)| self.differing.contains(*node as usize))
    }

    fn count(&self) -> u32 {
        u32::try_from(self.made.len()).unwrap_or(u32::MAX - LEAVES)
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

    /// Inner nodes from a root down, children before parents.
    fn below(&self, root: u32) -> Vec<u32> {
        let mut seen = FixedBitSet::with_capacity((LEAVES + self.count()) as usize);
        let mut todo = vec![root];
        while let Some(node) = todo.pop() {
            if let Some((_, children)) = self.inner(node)
                && !seen.put(node as usize)
            {
                todo.extend(children);
            }
        }
        // A node is made after its children.
        let nodes = seen.ones();
        nodes.filter_map(|node| u32::try_from(node).ok()).collect()
    }

    fn inner(&self, node: u32) -> Option<&(u32, Children)> {
        node.checked_sub(LEAVES)
            .and_then(|made| self.made.get(made as usize))
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
