//! Decision diagrams as flat tables: one node a fact, one child a class of its values.
//!
//! The diagrams are built by a library with one variable a threshold;
//! here they are turned into tables in which a fact is one step, which makes evaluation a walk
//! and answering for a partial situation one pass over the table.

use std::collections::BTreeSet;
use std::ops::Range;

use oxidd::bdd::BDDFunction;
use oxidd::{BooleanFunction, Function, HasLevel, Manager};
use rustc_hash::{FxHashMap, FxHashSet};

/// A node of the table; 0 is false, 1 is true.
pub type NodeId = u32;

/// False.
pub const FALSE: NodeId = 0;
/// True.
pub const TRUE: NodeId = 1;

/// A set of classes of one fact, by number.
pub type Classes = u64;

/// The most classes one fact may have.
pub const CLASSES_MAX: u32 = 64;

/// A shared table of diagrams; children stand before their parents.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Place of the fact in the order of questions, and where the children start.
    nodes: Vec<(u32, u32)>,
    children: Vec<NodeId>,
    /// How many classes the fact at each place has.
    classes: Vec<u32>,
}

/// What a reach pass found: for each node, whether true can be reached below it.
#[derive(Debug, Clone, Default)]
pub struct Reach(Vec<bool>);

impl Reach {
    /// Whether true can be reached.
    #[inline]
    pub fn get(&self, node: NodeId) -> bool {
        self.0.get(node as usize).copied().unwrap_or(false)
    }
}

impl Table {
    /// How many nodes, the two leaves counted in.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// How many classes the fact at each place has.
    pub fn classes(&self) -> &[u32] {
        &self.classes
    }

    /// Place of a node's fact; leaves lie below every fact.
    #[inline]
    pub fn place(&self, node: NodeId) -> u32 {
        self.nodes
            .get(node as usize)
            .map_or(u32::MAX, |(place, _)| *place)
    }

    /// The children of a node, one a class.
    #[inline]
    pub fn children(&self, node: NodeId) -> &[NodeId] {
        let Some((place, first)) = self.nodes.get(node as usize) else {
            return &[];
        };
        let count = self.classes.get(*place as usize).copied().unwrap_or(0);
        self.children
            .get(*first as usize..(*first + count) as usize)
            .unwrap_or(&[])
    }

    /// For every node, whether true can be reached with the classes allowed at each place.
    ///
    /// One pass over the table, since children stand before parents.
    pub fn reach(&self, allowed: &[Classes], into: &mut Reach) {
        into.0.clear();
        into.0.resize(self.nodes.len(), false);
        if let Some(leaf) = into.0.get_mut(TRUE as usize) {
            *leaf = true;
        }
        for (index, (place, first)) in self.nodes.iter().enumerate().skip(2) {
            let mut left = allowed.get(*place as usize).copied().unwrap_or(0);
            let mut found = false;
            while left != 0 {
                let class = left.trailing_zeros();
                left &= left - 1;
                let child = self
                    .children
                    .get((*first + class) as usize)
                    .copied()
                    .unwrap_or(FALSE);
                if into.0.get(child as usize).copied().unwrap_or(false) {
                    found = true;
                    break;
                }
            }
            if let Some(slot) = into.0.get_mut(index) {
                *slot = found;
            }
        }
    }

    /// Whether true can be reached from one root; for a few small diagrams cheaper than a whole pass.
    pub fn can_reach(
        &self,
        root: NodeId,
        allowed: &[Classes],
        seen: &mut FxHashMap<NodeId, bool>,
    ) -> bool {
        if root <= TRUE {
            return root == TRUE;
        }
        if let Some(known) = seen.get(&root) {
            return *known;
        }
        let mask = allowed.get(self.place(root) as usize).copied().unwrap_or(0);
        let found = classes_of(mask).any(|class| {
            let child = self
                .children(root)
                .get(class as usize)
                .copied()
                .unwrap_or(FALSE);
            self.can_reach(child, allowed, seen)
        });
        seen.insert(root, found);
        found
    }

    /// Places of all facts below a root.
    pub fn support(&self, root: NodeId) -> BTreeSet<u32> {
        let mut places = BTreeSet::new();
        let mut seen = FxHashSet::default();
        let mut todo = vec![root];
        while let Some(node) = todo.pop() {
            if node <= TRUE || !seen.insert(node) {
                continue;
            }
            places.insert(self.place(node));
            todo.extend_from_slice(self.children(node));
        }
        places
    }
}

/// The classes in a set.
pub fn classes_of(mut mask: Classes) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        (mask != 0).then(|| {
            let class = mask.trailing_zeros();
            mask &= mask - 1;
            class
        })
    })
}

/// A table in the making, in which equal diagrams are one node.
#[derive(Debug)]
pub struct TableBuilder {
    table: Table,
    unique: FxHashMap<(u32, Vec<NodeId>), NodeId>,
}

impl TableBuilder {
    /// `classes`: how many classes each place has.
    pub fn new(classes: Vec<u32>) -> Self {
        let table = Table {
            nodes: vec![(u32::MAX, 0), (u32::MAX, 0)],
            children: Vec::new(),
            classes,
        };
        Self {
            table,
            unique: FxHashMap::default(),
        }
    }

    /// The node that asks for a fact and goes on below, one child a class of its values.
    pub fn make(&mut self, place: u32, children: Vec<NodeId>) -> NodeId {
        if let Some(first) = children.first()
            && children.iter().all(|child| child == first)
        {
            return *first;
        }
        let key = (place, children);
        if let Some(node) = self.unique.get(&key) {
            return *node;
        }
        let node = u32::try_from(self.table.nodes.len()).unwrap_or(u32::MAX);
        let first = u32::try_from(self.table.children.len()).unwrap_or(u32::MAX);
        self.table.nodes.push((place, first));
        self.table.children.extend_from_slice(&key.1);
        self.unique.insert(key, node);
        node
    }

    /// What was made so far.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// How many nodes there are so far.
    pub fn node_count(&self) -> usize {
        self.table.node_count()
    }

    /// The table of all that was made.
    pub fn finish(self) -> Table {
        self.table
    }
}

/// Turns the library's diagrams into a table.
pub struct Flattener {
    builder: TableBuilder,
    /// For each variable: the place of its fact, and the class it asks about ("at least this one").
    variables: Vec<(u32, u32)>,
    done: FxHashMap<BDDFunction, NodeId>,
}

impl Flattener {
    /// `classes`: how many classes each place has; `variables`: place and class of each variable.
    pub fn new(classes: Vec<u32>, variables: Vec<(u32, u32)>) -> Self {
        Self {
            builder: TableBuilder::new(classes),
            variables,
            done: FxHashMap::default(),
        }
    }

    /// The node of a diagram.
    pub fn flatten(&mut self, function: &BDDFunction) -> NodeId {
        if let Some(node) = self.done.get(function) {
            return *node;
        }
        let node = match self.top(function) {
            None => {
                if function.satisfiable() {
                    TRUE
                } else {
                    FALSE
                }
            }
            Some((place, _)) => {
                let count = self
                    .builder
                    .table
                    .classes
                    .get(place as usize)
                    .copied()
                    .unwrap_or(0);
                let mut children = Vec::with_capacity(count as usize);
                self.spread(function, place, 0..count, &mut children);
                self.builder.make(place, children)
            }
        };
        self.done.insert(function.clone(), node);
        node
    }

    /// The table of all that was flattened.
    pub fn finish(self) -> Table {
        self.builder.finish()
    }

    /// How many nodes there are so far.
    pub fn node_count(&self) -> usize {
        self.builder.node_count()
    }

    fn top(&self, function: &BDDFunction) -> Option<(u32, u32)> {
        let level = function.with_manager_shared(|manager, edge| match manager.get_node(edge) {
            oxidd::Node::Inner(node) => Some(node.level()),
            oxidd::Node::Terminal(_) => None,
        })?;
        self.variables.get(level as usize).copied()
    }

    /// Follows a diagram through the variables of one fact, with all of these classes at once.
    fn spread(
        &mut self,
        function: &BDDFunction,
        place: u32,
        classes: Range<u32>,
        children: &mut Vec<NodeId>,
    ) {
        if classes.is_empty() {
            return;
        }
        if let Some((at, threshold)) = self.top(function)
            && at == place
            && let Some((high, low)) = function.cofactors()
        {
            let middle = threshold.clamp(classes.start, classes.end);
            self.spread(&low, place, classes.start..middle, children);
            self.spread(&high, place, middle..classes.end, children);
            return;
        }
        let child = self.flatten(function);
        children.extend(classes.map(|_| child));
    }
}
