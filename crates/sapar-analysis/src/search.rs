//! A search for one situation of a set in which facts are in given classes, making no new set.

use sapar_law::diagrams::{Classes, FALSE, NodeId, TRUE, classes_of};

use crate::flat::every_class;
use crate::sets::Sets;

/// Situations of one set in which each fact is in one of the classes allowed it.
#[derive(Clone)]
pub(crate) struct Search {
    /// The set.
    pub root: NodeId,
    /// The classes allowed at each place.
    allowed: Vec<Classes>,
}

/// Nodes below which a search found nothing. While less and less is allowed they stay so, in whatever set they are met.
#[derive(Default)]
pub(crate) struct Dead {
    /// In which round each node was found dead.
    found: Vec<u32>,
    round: u32,
}

impl Dead {
    /// Forgets everything: more may be allowed from now on, or nodes have other numbers.
    pub fn forget(&mut self, sets: &Sets) {
        self.found
            .resize(sets.node_count().max(self.found.len()), 0);
        self.round = self.round.checked_add(1).unwrap_or_else(|| {
            self.found.fill(0);
            1
        });
    }

    fn holds(&self, node: NodeId) -> bool {
        self.found.get(node as usize) == Some(&self.round)
    }

    fn add(&mut self, node: NodeId) {
        let place = node as usize;
        if place >= self.found.len() {
            self.found.resize(place + 1, 0);
        }
        if let Some(slot) = self.found.get_mut(place) {
            *slot = self.round;
        }
    }
}

impl Search {
    /// Everything is allowed yet.
    pub fn new(root: NodeId, sets: &Sets) -> Self {
        Self {
            root,
            allowed: sets
                .counts()
                .iter()
                .map(|count| every_class(*count))
                .collect(),
        }
    }

    /// Allows the fact at this place only these of the classes it has so far.
    pub fn narrow(&mut self, place: u32, classes: Classes) {
        if let Some(slot) = self.allowed.get_mut(place as usize) {
            *slot &= classes;
        }
    }

    /// Whether there is such a situation; then `way` becomes one: the class of the fact at each place,
    /// as in `near` where the way found leaves it open.
    ///
    /// What is allowed must allow `near`, and no more than at any time since `dead` last forgot.
    pub fn find(&self, sets: &Sets, near: &[u32], dead: &mut Dead, way: &mut Vec<u32>) -> bool {
        way.clear();
        way.extend_from_slice(near);
        self.walk(sets, self.root, dead, way)
    }

    fn walk(&self, sets: &Sets, node: NodeId, dead: &mut Dead, way: &mut [u32]) -> bool {
        if node <= TRUE {
            return node == TRUE;
        }
        if dead.holds(node) {
            return false;
        }
        let place = sets.place(node) as usize;
        let children = sets.children(node);
        let may = self.allowed.get(place).copied().unwrap_or(0);
        let near = way.get(place).map_or(0, |class| may & (1 << class));
        for class in classes_of(near).chain(classes_of(may & !near)) {
            let child = children.get(class as usize).copied().unwrap_or(FALSE);
            if child != FALSE && self.walk(sets, child, dead, way) {
                if let Some(slot) = way.get_mut(place) {
                    *slot = class;
                }
                return true;
            }
        }
        dead.add(node);
        false
    }
}
