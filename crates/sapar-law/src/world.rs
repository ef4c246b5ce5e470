//! What can be, as far as it bears on a few facts, where others are known.

use std::cell::OnceCell;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use crate::diagram::{Classes, FALSE, NodeId, TRUE, Table, TableBuilder};
use crate::engine::Engine;
use crate::ties::{Residuals, Ties};

/// What is known, and what follows from that alone.
pub(crate) struct Known<'e> {
    from: &'e Table,
    ties: &'e Ties,
    /// For each place, the classes that are left.
    pub allowed: &'e [Classes],
    /// Invariants that can still be broken; found when they are first asked for.
    residuals: OnceCell<Residuals>,
}

impl<'e> Known<'e> {
    /// `allowed`: for each place, the classes that what is known permits.
    pub fn new(engine: &'e Engine, allowed: &'e [Classes]) -> Self {
        Self {
            from: &engine.table,
            ties: &engine.ties,
            allowed,
            residuals: OnceCell::new(),
        }
    }

    /// The invariants that can still be broken.
    pub fn residuals(&self) -> &Residuals {
        self.residuals
            .get_or_init(|| self.ties.residuals(self.from, self.allowed))
    }
}

/// Diagrams in which what is known is put in, and of the invariants only those that bear on a question.
pub(crate) struct World<'e> {
    known: &'e Known<'e>,
    into: TableBuilder,
    /// What invariants were put together, by their numbers.
    together: FxHashMap<Vec<usize>, NodeId>,
    known_in: FxHashMap<NodeId, NodeId>,
    both: FxHashMap<(NodeId, NodeId, bool), NodeId>,
    /// How many nodes there may be.
    nodes_max: usize,
}

/// How many nodes the diagrams of one position may add.
const NODES_MAX: usize = 100_000;

impl<'e> World<'e> {
    /// Nothing is made yet.
    pub fn new(known: &'e Known<'e>) -> Self {
        Self {
            known,
            into: TableBuilder::new(known.from.classes().to_vec()),
            together: FxHashMap::default(),
            known_in: FxHashMap::default(),
            both: FxHashMap::default(),
            nodes_max: 0,
        }
    }

    /// The diagrams made so far. A node other than false is true for some values allowed.
    pub fn table(&self) -> &Table {
        self.into.table()
    }

    /// Where something holds and where it does not, as far as what can be says of these facts:
    /// for each of their values, some values of the other facts make the first diagram true exactly if
    /// it can hold, and the second exactly if it can fail. `None` when they grow too large.
    pub fn split(&mut self, holds: NodeId, telling: &FixedBitSet) -> Option<(NodeId, NodeId)> {
        self.nodes_max = self.into.node_count() + NODES_MAX;
        let world = self.bearing_on(telling)?;
        let holds = self.with_known(holds)?;
        Some((
            self.both(world, holds, true)?,
            self.both(world, holds, false)?,
        ))
    }

    /// What the invariants say about these facts.
    fn bearing_on(&mut self, telling: &FixedBitSet) -> Option<NodeId> {
        let numbers = self.known.residuals().bearing_on(telling);
        if let Some(known) = self.together.get(&numbers) {
            return Some(*known);
        }
        let mut together = TRUE;
        for number in &numbers {
            if let Some(kept) = self.known.ties.kept(*number) {
                let kept = self.with_known(kept)?;
                together = self.both(together, kept, true)?;
            }
        }
        self.together.insert(numbers, together);
        Some(together)
    }

    fn classes(&self, place: u32) -> Classes {
        self.known.allowed.get(place as usize).copied().unwrap_or(0)
    }

    /// The same diagram where what is known is put in.
    fn with_known(&mut self, node: NodeId) -> Option<NodeId> {
        if node <= TRUE {
            return Some(node);
        }
        if let Some(known) = self.known_in.get(&node) {
            return Some(*known);
        }
        let from = self.known.from;
        let place = from.place(node);
        let classes = self.classes(place);
        let mut children = Vec::with_capacity(from.children(node).len());
        for (class, child) in from.children(node).iter().enumerate() {
            children.push(match classes >> class & 1 {
                0 => FALSE,
                _ => self.with_known(*child)?,
            });
        }
        let result = self.make(place, classes, children)?;
        self.known_in.insert(node, result);
        Some(result)
    }

    /// True where one diagram is true and the other has this value.
    fn both(&mut self, one: NodeId, other: NodeId, value: bool) -> Option<NodeId> {
        if one == FALSE || other == if value { FALSE } else { TRUE } {
            return Some(FALSE);
        }
        if other <= TRUE {
            return Some(one);
        }
        if value && one == TRUE {
            return Some(other);
        }
        let key = (one, other, value);
        if let Some(known) = self.both.get(&key) {
            return Some(*known);
        }
        let table = self.into.table();
        let place = table.place(one).min(table.place(other));
        let classes = self.classes(place);
        let below = |node: NodeId, class: usize| {
            if table.place(node) == place {
                table.children(node).get(class).copied().unwrap_or(FALSE)
            } else {
                node
            }
        };
        let count = table.classes().get(place as usize).copied().unwrap_or(0) as usize;
        let pairs: Vec<Option<(NodeId, NodeId)>> = (0..count)
            .map(|class| {
                (classes >> class & 1 == 1).then(|| (below(one, class), below(other, class)))
            })
            .collect();
        let mut children = Vec::with_capacity(count);
        for pair in pairs {
            children.push(match pair {
                Some((one, other)) => self.both(one, other, value)?,
                None => FALSE,
            });
        }
        let result = self.make(place, classes, children)?;
        self.both.insert(key, result);
        Some(result)
    }

    /// A node, or what all its allowed classes agree on.
    fn make(&mut self, place: u32, classes: Classes, children: Vec<NodeId>) -> Option<NodeId> {
        let mut allowed = children
            .iter()
            .enumerate()
            .filter(|(class, _)| classes >> class & 1 == 1)
            .map(|(_, child)| *child);
        let first = allowed.next().unwrap_or(FALSE);
        if allowed.all(|child| child == first) {
            return Some(first);
        }
        (self.into.node_count() < self.nodes_max).then(|| self.into.make(place, children))
    }
}
