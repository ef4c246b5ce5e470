//! Sets of situations as nodes of one table, one node a fact and one child a class: what a cover is worked out with.
//!
//! The library's diagrams take one variable a threshold, a lock and a count of uses a step. A cover takes thousands
//! of small steps from one region, so the region is brought here once. Equal sets are one node, and children stand
//! before their parents. Nothing is freed on the way; [`Sets::keep`] makes room where a caller knows what it needs.
//! Compiling law stays with the library: nothing here knows formulas or reorders facts.

use std::hash::{Hash, Hasher};

use oxidd::bdd::BDDFunction;
use oxidd::{BooleanFunction, Function, HasLevel, InnerNode, Manager, Node, NodeID};
use rustc_hash::{FxHashMap, FxHasher};
use sapar_law::CompileError;
use sapar_law::diagrams::{Classes, FALSE, Layout, NodeId, TRUE};

use crate::flat::every_class;

/// Answers kept of one kind of question; older ones give way.
const KEPT_BITS: u32 = 14;

/// With fewer nodes making room costs more than it gives.
const CROWDED_NODES_MIN: usize = 1 << 16;

/// Situations as hash-consed nodes.
pub(crate) struct Sets {
    /// How many classes the fact at each place has.
    counts: Vec<u32>,
    /// For each variable of the library's diagrams: the place of its fact, and the class it asks about.
    variables: Vec<(u32, u32)>,
    nodes: Vec<Inner>,
    children: Vec<NodeId>,
    /// Nodes by what they are, found by trying one slot after another; 0 is an empty slot.
    unique: Vec<NodeId>,
    both: Kept<NodeId>,
    either: Kept<NodeId>,
    without: Kept<NodeId>,
    shared: Kept<f64>,
    /// Children being worked out.
    stack: Vec<NodeId>,
    nodes_max: usize,
    /// From how many nodes on room should be made.
    crowded: usize,
}

#[derive(Clone, Copy)]
struct Inner {
    place: u32,
    first: u32,
    /// Which share of all combinations of classes it holds.
    share: f64,
}

impl Sets {
    pub fn new(layouts: &[Layout], nodes_max: usize) -> Self {
        let counts: Vec<u32> = layouts.iter().map(|layout| layout.count).collect();
        let variables = (0u32..)
            .zip(&counts)
            .flat_map(|(place, count)| (1..*count).map(move |class| (place, class)))
            .collect();
        Self {
            counts,
            variables,
            nodes: leaves(),
            children: Vec::new(),
            unique: Vec::new(),
            both: Kept::default(),
            either: Kept::default(),
            without: Kept::default(),
            shared: Kept::default(),
            stack: Vec::new(),
            nodes_max,
            crowded: CROWDED_NODES_MIN.min(nodes_max / 2),
        }
    }

    /// How many classes the fact at each place has.
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// How many nodes there are, the two leaves counted in.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// Place of a node's fact; leaves lie below every fact.
    #[inline]
    pub fn place(&self, node: NodeId) -> u32 {
        self.nodes
            .get(node as usize)
            .map_or(u32::MAX, |node| node.place)
    }

    /// The children of a node, one a class.
    #[inline]
    pub fn children(&self, node: NodeId) -> &[NodeId] {
        let Some(Inner { place, first, .. }) = self.nodes.get(node as usize) else {
            return &[];
        };
        let count = self.counts.get(*place as usize).copied().unwrap_or(0);
        self.children
            .get(*first as usize..(*first + count) as usize)
            .unwrap_or(&[])
    }

    /// Where a node leads with a class of its fact.
    #[inline]
    pub fn child(&self, node: NodeId, class: u32) -> NodeId {
        self.children(node)
            .get(class as usize)
            .copied()
            .unwrap_or(FALSE)
    }

    /// Which share of all combinations of classes a set holds.
    pub fn share(&self, node: NodeId) -> f64 {
        self.nodes.get(node as usize).map_or(0.0, |node| node.share)
    }

    /// Brings diagrams here.
    ///
    /// # Errors
    /// When there are too many nodes.
    pub fn bring(&mut self, functions: &[&BDDFunction]) -> Result<Vec<NodeId>, CompileError> {
        // All of them are alive until the end, so a number stands for one node throughout.
        let mut brought = FxHashMap::default();
        functions
            .iter()
            .map(|function| {
                function.with_manager_shared(|manager, edge| {
                    let truth = BDDFunction::t(manager);
                    brought.insert(truth.as_edge(manager).node_id(), TRUE);
                    self.bring_edge(manager, edge, &mut brought)
                })
            })
            .collect()
    }

    fn bring_edge<M>(
        &mut self,
        manager: &M,
        edge: oxidd::util::Ref<'_, M::Edge>,
        brought: &mut FxHashMap<NodeID, NodeId>,
    ) -> Result<NodeId, CompileError>
    where
        M: Manager,
        M::InnerNode: HasLevel,
    {
        if let Some(known) = brought.get(&edge.node_id()) {
            return Ok(*known);
        }
        let Some((place, _)) = self.top(manager, edge) else {
            // Only the other leaf has no variable.
            return Ok(FALSE);
        };
        let start = self.stack.len();
        let count = self.counts.get(place as usize).copied().unwrap_or(0);
        self.spread(manager, edge, place, 0, count, brought)?;
        let node = self.make(place, start)?;
        brought.insert(edge.node_id(), node);
        Ok(node)
    }

    /// The place of a diagram's fact and the class its first variable asks about.
    fn top<M>(&self, manager: &M, edge: oxidd::util::Ref<'_, M::Edge>) -> Option<(u32, u32)>
    where
        M: Manager,
        M::InnerNode: HasLevel,
    {
        match manager.get_node(edge) {
            Node::Inner(node) => self.variables.get(node.level() as usize).copied(),
            Node::Terminal(_) => None,
        }
    }

    /// Follows a diagram through the variables of one fact, with the classes from `from` to before `to` at once.
    fn spread<M>(
        &mut self,
        manager: &M,
        edge: oxidd::util::Ref<'_, M::Edge>,
        place: u32,
        from: u32,
        to: u32,
        brought: &mut FxHashMap<NodeID, NodeId>,
    ) -> Result<(), CompileError>
    where
        M: Manager,
        M::InnerNode: HasLevel,
    {
        if from >= to {
            return Ok(());
        }
        if let Node::Inner(node) = manager.get_node(edge)
            && let Some((at, threshold)) = self.top(manager, edge)
            && at == place
        {
            let middle = threshold.clamp(from, to);
            self.spread(manager, node.child(1), place, from, middle, brought)?;
            return self.spread(manager, node.child(0), place, middle, to, brought);
        }
        let child = self.bring_edge(manager, edge, brought)?;
        self.stack.extend((from..to).map(|_| child));
        Ok(())
    }

    /// The situations of both.
    ///
    /// # Errors
    /// When there are too many nodes.
    pub fn and(&mut self, left: NodeId, right: NodeId) -> Result<NodeId, CompileError> {
        let (left, right) = (left.min(right), left.max(right));
        if left == FALSE || left == right {
            return Ok(left);
        }
        if left == TRUE {
            return Ok(right);
        }
        if let Some(known) = self.both.get(left, right) {
            return Ok(known);
        }
        let (place, start) = (self.place(left).min(self.place(right)), self.stack.len());
        for class in 0..self.counts.get(place as usize).copied().unwrap_or(0) {
            let child = self.and(self.at(left, place, class), self.at(right, place, class))?;
            self.stack.push(child);
        }
        let made = self.make(place, start)?;
        self.both.put(left, right, made);
        Ok(made)
    }

    /// What is in `left` and not in `right`.
    ///
    /// # Errors
    /// When there are too many nodes.
    pub fn minus(&mut self, left: NodeId, right: NodeId) -> Result<NodeId, CompileError> {
        if left == FALSE || right == TRUE || left == right {
            return Ok(FALSE);
        }
        if right == FALSE {
            return Ok(left);
        }
        if let Some(known) = self.without.get(left, right) {
            return Ok(known);
        }
        let (place, start) = (self.place(left).min(self.place(right)), self.stack.len());
        for class in 0..self.counts.get(place as usize).copied().unwrap_or(0) {
            let child = self.minus(self.at(left, place, class), self.at(right, place, class))?;
            self.stack.push(child);
        }
        let made = self.make(place, start)?;
        self.without.put(left, right, made);
        Ok(made)
    }

    /// What is in one of both or in both.
    ///
    /// # Errors
    /// When there are too many nodes.
    pub fn or(&mut self, left: NodeId, right: NodeId) -> Result<NodeId, CompileError> {
        let (left, right) = (left.min(right), left.max(right));
        if left == TRUE || left == right {
            return Ok(left);
        }
        if left == FALSE {
            return Ok(right);
        }
        if let Some(known) = self.either.get(left, right) {
            return Ok(known);
        }
        let (place, start) = (self.place(left).min(self.place(right)), self.stack.len());
        for class in 0..self.counts.get(place as usize).copied().unwrap_or(0) {
            let child = self.or(self.at(left, place, class), self.at(right, place, class))?;
            self.stack.push(child);
        }
        let made = self.make(place, start)?;
        self.either.put(left, right, made);
        Ok(made)
    }

    /// Which share of all combinations of classes both hold together; makes no node.
    pub fn share_of_both(&mut self, left: NodeId, right: NodeId) -> f64 {
        let (left, right) = (left.min(right), left.max(right));
        if left == FALSE {
            return 0.0;
        }
        if left == TRUE || left == right {
            return self.share(right);
        }
        if let Some(known) = self.shared.get(left, right) {
            return known;
        }
        let place = self.place(left).min(self.place(right));
        let count = self.counts.get(place as usize).copied().unwrap_or(1);
        let mut sum = 0.0;
        for class in 0..count {
            sum += self.share_of_both(self.at(left, place, class), self.at(right, place, class));
        }
        let share = sum / f64::from(count);
        self.shared.put(left, right, share);
        share
    }

    /// The situations in which the fact at each of these places is in one of the classes named with it.
    ///
    /// # Errors
    /// When there are too many nodes.
    pub fn block(&mut self, allowed: &[(u32, u64)]) -> Result<NodeId, CompileError> {
        let mut below = TRUE;
        let mut order = allowed.to_vec();
        order.sort_unstable();
        for (place, classes) in order.into_iter().rev() {
            let start = self.stack.len();
            for class in 0..self.counts.get(place as usize).copied().unwrap_or(0) {
                let inside = classes & (1 << class) != 0;
                self.stack.push(if inside { below } else { FALSE });
            }
            below = self.make(place, start)?;
        }
        Ok(below)
    }

    /// One situation of a set that has some, told by the class at each place; `high` takes yes where both are possible.
    pub fn one(&self, set: NodeId, high: bool) -> Vec<u32> {
        let mut one = vec![0; self.counts.len()];
        let mut node = set;
        while node > TRUE {
            let children = self.children(node);
            let possible = |child: &NodeId| *child != FALSE;
            let class = if high {
                let last = children.iter().rposition(possible).unwrap_or(0);
                // Of classes that lead to the same, the first says least.
                let same = |child: &NodeId| children.get(last) == Some(child);
                let before = children.iter().take(last).rposition(|child| !same(child));
                before.map_or(0, |before| before + 1)
            } else {
                children.iter().position(possible).unwrap_or(0)
            };
            if let Some(slot) = one.get_mut(self.place(node) as usize) {
                *slot = u32::try_from(class).unwrap_or(0);
            }
            node = children.get(class).copied().unwrap_or(FALSE);
        }
        one
    }

    /// Inner nodes below a root, children before parents.
    pub fn below(&self, root: NodeId) -> Vec<NodeId> {
        // Children have lower numbers, so a pass downwards meets every parent before its children.
        let mut met = vec![false; root as usize + 1];
        let mut below = Vec::new();
        let meet = |node: NodeId, met: &mut Vec<bool>| {
            if let Some(slot) = met.get_mut(node as usize) {
                *slot = true;
            }
        };
        meet(root, &mut met);
        for node in (TRUE + 1..=root).rev() {
            if met.get(node as usize).copied().unwrap_or(false) {
                below.push(node);
                for child in self.children(node) {
                    meet(*child, &mut met);
                }
            }
        }
        below.reverse();
        below
    }

    /// The classes that each fact can have where the situations of a set lie.
    pub fn possible(&self, root: NodeId) -> Vec<Classes> {
        let counts = &self.counts;
        let mut possible = vec![0; counts.len()];
        if root == FALSE {
            return possible;
        }
        // Facts that are not asked between a node and its child can have any class: those the node or the child
        // has above and below it count as asked.
        let mut reaches = vec![false; root as usize + 1];
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
            if node > TRUE { self.place(node) } else { end }
        };
        skip(0, place_of(root));
        for node in self.below(root) {
            let place = self.place(node);
            for (child, class) in self.children(node).iter().zip(0u32..) {
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

    /// Whether it is time to make room.
    pub fn is_crowded(&self) -> bool {
        self.nodes.len() > self.crowded
    }

    /// Forgets all but these, which get new numbers.
    ///
    /// # Errors
    /// Never more nodes than before, so only where there were too many already.
    pub fn keep(&mut self, nodes: Vec<&mut NodeId>) -> Result<(), CompileError> {
        let old = std::mem::replace(&mut self.nodes, leaves());
        let children = std::mem::take(&mut self.children);
        self.unique.clear();
        (self.both, self.without) = (Kept::default(), Kept::default());
        (self.either, self.shared) = (Kept::default(), Kept::default());
        let mut moved = FxHashMap::default();
        for node in nodes {
            *node = self.carry(*node, &old, &children, &mut moved)?;
        }
        // Work between two times of making room pays for the next one, and the bound is not met before.
        let alive = self.nodes.len();
        let most = alive + self.nodes_max.saturating_sub(alive) / 2;
        self.crowded = CROWDED_NODES_MIN.max(alive * 4).min(most);
        Ok(())
    }

    fn carry(
        &mut self,
        node: NodeId,
        old: &[Inner],
        children: &[NodeId],
        moved: &mut FxHashMap<NodeId, NodeId>,
    ) -> Result<NodeId, CompileError> {
        if node <= TRUE {
            return Ok(node);
        }
        if let Some(known) = moved.get(&node) {
            return Ok(*known);
        }
        let Some(Inner { place, first, .. }) = old.get(node as usize).copied() else {
            return Ok(FALSE);
        };
        let start = self.stack.len();
        for class in 0..self.counts.get(place as usize).copied().unwrap_or(0) {
            let child = children.get((first + class) as usize).copied();
            let child = self.carry(child.unwrap_or(FALSE), old, children, moved)?;
            self.stack.push(child);
        }
        let made = self.make(place, start)?;
        moved.insert(node, made);
        Ok(made)
    }

    /// Where a node leads with a class of the fact at a place no deeper than its own.
    #[inline]
    fn at(&self, node: NodeId, place: u32, class: u32) -> NodeId {
        match self.nodes.get(node as usize) {
            Some(inner) if inner.place == place => self
                .children
                .get((inner.first + class) as usize)
                .copied()
                .unwrap_or(FALSE),
            _ => node,
        }
    }

    /// The node of this place whose children stand on the stack from `start` on.
    fn make(&mut self, place: u32, start: usize) -> Result<NodeId, CompileError> {
        let made = self.find_or_add(place, start);
        self.stack.truncate(start);
        made
    }

    fn find_or_add(&mut self, place: u32, start: usize) -> Result<NodeId, CompileError> {
        let children = self.stack.get(start..).unwrap_or_default();
        let Some(first) = children.first() else {
            return Ok(FALSE);
        };
        if children.iter().all(|child| child == first) {
            return Ok(*first);
        }
        if (self.nodes.len() + 1) * 2 > self.unique.len() {
            self.grow();
        }
        let children = self.stack.get(start..).unwrap_or_default();
        let mut slot = self.slot_of(place, children);
        while let Some(node) = self.unique.get(slot).copied().filter(|node| *node != 0) {
            if self.place(node) == place && self.children(node) == children {
                return Ok(node);
            }
            slot = (slot + 1) & (self.unique.len() - 1);
        }
        let too_large = CompileError::TooLarge { norm: None };
        if self.nodes.len() >= self.nodes_max {
            return Err(too_large);
        }
        let node =
            u32::try_from(self.nodes.len()).map_err(|_| CompileError::TooLarge { norm: None })?;
        let first = u32::try_from(self.children.len()).map_err(|_| too_large)?;
        let sum: f64 = children.iter().map(|child| self.share(*child)).sum();
        let share = sum / children.len() as f64;
        self.nodes.push(Inner {
            place,
            first,
            share,
        });
        self.children
            .extend_from_slice(self.stack.get(start..).unwrap_or_default());
        if let Some(slot) = self.unique.get_mut(slot) {
            *slot = node;
        }
        Ok(node)
    }

    fn grow(&mut self) {
        let size = (self.nodes.len() * 4).next_power_of_two().max(256);
        self.unique.clear();
        self.unique.resize(size, 0);
        for node in 2..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX) {
            let mut slot = self.slot_of(self.place(node), self.children(node));
            while self.unique.get(slot).is_some_and(|taken| *taken != 0) {
                slot = (slot + 1) & (size - 1);
            }
            if let Some(slot) = self.unique.get_mut(slot) {
                *slot = node;
            }
        }
    }

    fn slot_of(&self, place: u32, children: &[NodeId]) -> usize {
        let mut hasher = FxHasher::default();
        place.hash(&mut hasher);
        children.hash(&mut hasher);
        hasher.finish() as usize & (self.unique.len() - 1)
    }
}

fn leaves() -> Vec<Inner> {
    let leaf = |share| Inner {
        place: u32::MAX,
        first: 0,
        share,
    };
    vec![leaf(0.0), leaf(1.0)]
}

/// Answers to questions about two nodes; one that falls on another's slot replaces it.
struct Kept<T>(Vec<(NodeId, NodeId, T)>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy + Default> Kept<T> {
    fn slot(left: NodeId, right: NodeId) -> usize {
        let key = (u64::from(left) << 32) | u64::from(right);
        // Fibonacci hashing: the upper bits of a product with the golden ratio spread well.
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - KEPT_BITS)) as usize
    }

    #[inline]
    fn get(&self, left: NodeId, right: NodeId) -> Option<T> {
        let (first, second, known) = self.0.get(Self::slot(left, right))?;
        (*first == left && *second == right).then_some(*known)
    }

    fn put(&mut self, left: NodeId, right: NodeId, answer: T) {
        if self.0.is_empty() {
            // No question is asked about the leaf 0, so an empty slot answers none.
            self.0.resize(1 << KEPT_BITS, (0, 0, T::default()));
        }
        if let Some(slot) = self.0.get_mut(Self::slot(left, right)) {
            *slot = (left, right, answer);
        }
    }
}
