//! Decision diagrams for the crates that prove things about law: analysis, batches and SQL.
//!
//! Two forms of the same functions. [`Compiler`] builds diagrams of formulas that can still be combined;
//! several orders compiled by one compiler share facts and classes, so that they can be compared.
//! [`Table`] holds the finished diagrams of an [`Engine`], one node a fact and one child a class, for walking.
//!
//! A *place* is a fact's number in the order of questions; a *class* is a set of values of a fact that
//! the law does not tell apart, see [`Layout`].

pub use crate::compile::{Building, Compiler, Layout, LayoutKind, facts_of, invariants, ok};
pub use crate::diagram::{
    CLASSES_MAX, Classes, FALSE, Flattener, NodeId, Reach, TRUE, Table, classes_of,
};
pub use crate::engine::{NormDiagrams, base, by_override, norms_in_force};
use crate::{Engine, Position};

impl Engine {
    /// The diagrams of all norms and positions.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Facts by place, each with its classes.
    #[must_use]
    pub fn layouts(&self) -> &[Layout] {
        &self.layouts
    }

    /// The diagrams of each norm in force.
    #[must_use]
    pub fn norm_diagrams(&self) -> &[NormDiagrams] {
        &self.norms
    }

    /// For each norm of [`Engine::norm_diagrams`], the places in that list of those that override it.
    #[must_use]
    pub fn overriders(&self) -> &[Vec<usize>] {
        &self.overriders
    }

    /// Each group of invariants that share facts: a situation in which one of these is false cannot occur.
    pub fn invariant_roots(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.groups.iter().map(|(_, root)| *root)
    }
}

impl Position {
    /// Places of its norms in [`Engine::norm_diagrams`].
    #[must_use]
    pub fn members(&self) -> &[usize] {
        &self.members
    }

    /// The position holds; invariants left out, for complete situations.
    #[must_use]
    pub fn holds(&self) -> NodeId {
        self.holds
    }

    /// The position holds, within the invariants: it can still hold where true can be reached.
    #[must_use]
    pub fn can_hold(&self) -> NodeId {
        self.yes
    }

    /// The position does not hold, within the invariants: it can still fail where true can be reached.
    #[must_use]
    pub fn can_fail(&self) -> NodeId {
        self.no
    }
}
