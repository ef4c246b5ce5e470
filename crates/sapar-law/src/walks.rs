//! The diagrams of complete situations, laid out for walking: a step costs two reads.
//!
//! [`Table`] answers for partial situations by a pass over all nodes; where every fact is known
//! one path from root to leaf is enough. A step here holds the fact to look at together with the place
//! of its children, so that the next step is found without first looking up the node.

use rustc_hash::FxHashMap;

use crate::diagram::{NodeId, TRUE, Table};
use crate::engine::NormDiagrams;

/// Where a walk stands: at the question about a fact, or at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    /// The fact's place, or [`END`].
    place: u32,
    /// Where its children start; at an end its own place: 0 for false and 1 for true.
    first: u32,
}

const END: u32 = u32::MAX;
/// Measured on the laws of `bench/` and of Kazakhstan.
const STEPS_BETWEEN_LOOKS: usize = 4;

/// Diagrams without invariants, for complete situations.
#[derive(Debug, Clone, Default)]
pub struct Walks {
    steps: Vec<Step>,
    applies: Vec<Step>,
    base: Vec<Step>,
    groups: Vec<Step>,
}

impl Walks {
    /// Lays out the diagrams below these norms and groups.
    pub fn new(table: &Table, norms: &[NormDiagrams], groups: &[(Vec<usize>, NodeId)]) -> Self {
        let mut layout = Layouter {
            table,
            steps: vec![Step::of(false), Step::of(true)],
            done: FxHashMap::default(),
        };
        let groups = layout.all(groups.iter().map(|(_, root)| *root));
        let applies = layout.all(norms.iter().map(|norm| norm.applies));
        let base = layout.all(norms.iter().map(|norm| norm.base));
        Self {
            steps: layout.steps,
            applies,
            base,
            groups,
        }
    }

    /// Whether the invariants permit the situation.
    #[inline]
    pub fn is_possible(&self, class_of: &[u8]) -> bool {
        self.groups.iter().all(|group| self.walk(*group, class_of))
    }

    /// Whether the invariants of the group at a place permit the situation.
    #[inline]
    pub fn group(&self, place: usize, class_of: &[u8]) -> bool {
        (self.groups.get(place)).is_some_and(|group| self.walk(*group, class_of))
    }

    /// Whether the norm at a place applies.
    #[inline]
    pub fn applies(&self, place: usize, class_of: &[u8]) -> bool {
        (self.applies.get(place)).is_some_and(|norm| self.walk(*norm, class_of))
    }

    /// Whether the norm at a place would apply if nothing overrode it.
    #[inline]
    pub fn base(&self, place: usize, class_of: &[u8]) -> bool {
        (self.base.get(place)).is_some_and(|norm| self.walk(*norm, class_of))
    }

    /// Follows one class a fact to the end.
    ///
    /// Where a walk ends cannot be foretold, and a processor that guesses wrong loses more time than some steps take;
    /// therefore several steps are made between two looks, and an end is a step that leads to itself.
    #[inline]
    fn walk(&self, from: Step, class_of: &[u8]) -> bool {
        let mut at = from;
        while !at.is_end() {
            for _ in 0..STEPS_BETWEEN_LOOKS {
                let class = class_of.get(at.place as usize).copied().unwrap_or(0);
                at = self
                    .steps
                    .get(at.first as usize + usize::from(class))
                    .copied()
                    .unwrap_or(Step::of(false));
            }
        }
        at == Step::of(true)
    }
}

impl Step {
    fn of(truth: bool) -> Self {
        Self {
            place: END,
            first: u32::from(truth),
        }
    }

    fn is_end(self) -> bool {
        self.place == END
    }
}

struct Layouter<'t> {
    table: &'t Table,
    steps: Vec<Step>,
    done: FxHashMap<NodeId, Step>,
}

impl Layouter<'_> {
    fn all(&mut self, roots: impl Iterator<Item = NodeId>) -> Vec<Step> {
        roots.map(|root| self.step(root)).collect()
    }

    /// Children first, so no deeper than there are facts.
    fn step(&mut self, node: NodeId) -> Step {
        if node <= TRUE {
            return Step::of(node == TRUE);
        }
        if let Some(known) = self.done.get(&node) {
            return *known;
        }
        let children: Vec<Step> = self
            .table
            .children(node)
            .iter()
            .map(|child| self.step(*child))
            .collect();
        let step = Step {
            place: self.table.place(node),
            first: u32::try_from(self.steps.len()).unwrap_or(END),
        };
        self.steps.extend(children);
        self.done.insert(node, step);
        step
    }
}
