//! A search for one situation in which a function is true and facts are in given classes, building no diagram.

use std::sync::Arc;

use sapar_law::diagrams::{Classes, TRUE, classes_of};

use crate::flat::{Flat, every_class};

/// Situations in which the first function of a table is true and each fact is in one of the classes allowed it.
#[derive(Clone)]
pub(crate) struct Search {
    base: Arc<Flat>,
    /// The classes allowed at each place.
    allowed: Vec<Classes>,
    /// Nodes below which true cannot be reached; allowing less leaves them so.
    dead: Vec<bool>,
}

impl Search {
    /// Everything is allowed yet; `counts` says how many classes the fact at each place has.
    pub fn new(base: Arc<Flat>, counts: &[u32]) -> Self {
        Self {
            allowed: counts.iter().map(|count| every_class(*count)).collect(),
            dead: vec![false; base.node_count()],
            base,
        }
    }

    /// Allows the fact at this place only these of the classes it has so far.
    pub fn narrow(&mut self, place: u32, classes: Classes) {
        if let Some(slot) = self.allowed.get_mut(place as usize) {
            *slot &= classes;
        }
    }

    /// Searches another function, with the same classes allowed.
    pub fn change(&mut self, base: Arc<Flat>) {
        self.dead.clear();
        self.dead.resize(base.node_count(), false);
        self.base = base;
    }

    /// The class of the fact at each place in one such situation; as in `near` where the way found leaves it open.
    ///
    /// What is allowed must allow `near`. `None` only where there is no such situation.
    pub fn find(&mut self, near: &[u32]) -> Option<Vec<u32>> {
        let mut way = near.to_vec();
        let Self {
            base,
            allowed,
            dead,
        } = self;
        walk(base, base.root(0), allowed, dead, &mut way).then_some(way)
    }
}

fn walk(base: &Flat, node: u32, allowed: &[Classes], dead: &mut [bool], way: &mut [u32]) -> bool {
    if node <= TRUE {
        return node == TRUE;
    }
    if dead.get(node as usize).copied().unwrap_or(false) {
        return false;
    }
    let place = base.place(node);
    let may = allowed.get(place as usize).copied().unwrap_or(0);
    let near = way
        .get(place as usize)
        .map_or(0, |class| may & (1 << class));
    for class in classes_of(near).chain(classes_of(may & !near)) {
        if walk(base, base.child(node, class), allowed, dead, way) {
            if let Some(slot) = way.get_mut(place as usize) {
                *slot = class;
            }
            return true;
        }
    }
    if let Some(slot) = dead.get_mut(node as usize) {
        *slot = true;
    }
    false
}
