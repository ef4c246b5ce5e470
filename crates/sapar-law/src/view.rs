//! The diagrams that interviews of one role walk, in a table of their own.
//!
//! What a role never asks for stays unknown in its interviews unless it was known before.
//! A position can then hold exactly where it can for some value of such a fact. So these facts are
//! taken out of the diagrams once, instead of being stepped over with every answer.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use sapar_law_syntax::ast::Role;

use crate::compile::DIAGRAM_NODES_MAX;
use crate::diagram::{Classes, FALSE, NodeId, TRUE, Table, TableBuilder};
use crate::engine::{Bar, Engine};
use crate::permitted::Permitted;
use crate::status_function::{Aim, Settled, StatusFunction};

/// What interviews of one role walk.
#[derive(Debug, Clone)]
pub(crate) struct View {
    /// The diagrams.
    pub table: Table,
    /// The positions, in the engine's order.
    pub positions: Vec<Aim>,
    /// What keeps the role from asking for the fact at each place.
    pub bars: Vec<Option<Aim>>,
    /// What may be asked for before anything is known.
    pub askable: Vec<bool>,
    /// What matters to each position before anything is known.
    pub settled: Vec<Arc<Settled>>,
    /// Places that were taken out.
    out: Vec<u32>,
}

impl View {
    /// The view of a role; the whole one where the smaller diagrams would be too large.
    pub fn new(engine: &Engine, role: Role) -> Self {
        let out: Vec<u32> = (0u32..)
            .zip(engine.facts())
            .filter(|(_, fact)| engine.library().fact(*fact).role > role)
            .map(|(place, _)| place)
            .collect();
        Self::without(engine, role, out).unwrap_or_else(|| Self::whole(engine, role))
    }

    /// The view of a role with every fact in it.
    pub fn whole(engine: &Engine, role: Role) -> Self {
        // Nothing taken out makes nothing larger.
        Self::without(engine, role, Vec::new()).unwrap_or_else(|| Self {
            table: Table::default(),
            positions: Vec::new(),
            bars: Vec::new(),
            askable: Vec::new(),
            settled: Vec::new(),
            out: Vec::new(),
        })
    }

    /// Whether it can answer where these classes are allowed: nothing is known of what was taken out.
    pub fn fits(&self, engine: &Engine, allowed: &[Classes]) -> bool {
        self.out.iter().all(|place| {
            let place = *place as usize;
            allowed.get(place) == engine.anything.get(place)
        })
    }

    fn without(engine: &Engine, role: Role, out: Vec<u32>) -> Option<Self> {
        let mut projection = Projection {
            from: &engine.table,
            into: TableBuilder::new(engine.table.classes().to_vec()),
            is_out: vec![false; engine.layouts.len()],
            done: FxHashMap::default(),
            either: FxHashMap::default(),
        };
        for place in &out {
            if let Some(slot) = projection.is_out.get_mut(*place as usize) {
                *slot = true;
            }
        }
        let mut aim = |holds: NodeId, yes: NodeId, no: NodeId| {
            Some(Aim {
                own: engine.table.support(holds),
                yes: projection.project(yes)?,
                no: projection.project(no)?,
            })
        };
        let positions: Option<Vec<Aim>> = engine
            .positions
            .iter()
            .map(|position| aim(position.holds, position.yes, position.no))
            .collect();
        let bars: Option<Vec<Option<Aim>>> = engine
            .bars
            .iter()
            .map(|bars| match bars.of(role) {
                Some(Bar { holds, yes, no }) => aim(holds, yes, no).map(Some),
                None => Some(None),
            })
            .collect();
        let mut view = Self {
            positions: positions?,
            bars: bars?,
            table: projection.into.finish(),
            askable: Vec::new(),
            settled: Vec::new(),
            out,
        };
        let of_role = |fact| engine.library().fact(fact).role <= role;
        let open = engine.facts().map(of_role).collect();
        let permitted = Permitted::new(engine, &view, &engine.anything, open);
        view.settled = view.settle_all(engine, permitted.askable());
        view.askable = permitted.askable().to_vec();
        Some(view)
    }

    fn settle_all(&self, engine: &Engine, askable: &[bool]) -> Vec<Arc<Settled>> {
        let mut status = StatusFunction::new(&self.table, &engine.ties, &engine.anything, askable);
        // Positions with the same diagrams share one answer.
        let mut known: FxHashMap<(NodeId, NodeId), Arc<Settled>> = FxHashMap::default();
        self.positions
            .iter()
            .map(|aim| {
                let settled = known
                    .entry((aim.yes, aim.no))
                    .or_insert_with(|| Arc::new(status.settle(aim)));
                Arc::clone(settled)
            })
            .collect()
    }
}

/// Copies diagrams without some facts.
struct Projection<'e> {
    from: &'e Table,
    into: TableBuilder,
    is_out: Vec<bool>,
    done: FxHashMap<NodeId, NodeId>,
    either: FxHashMap<(NodeId, NodeId), NodeId>,
}

impl Projection<'_> {
    /// True where the diagram is true for some values of the facts left out; `None` when it grows too large.
    fn project(&mut self, node: NodeId) -> Option<NodeId> {
        if node <= TRUE {
            return Some(node);
        }
        if let Some(known) = self.done.get(&node) {
            return Some(*known);
        }
        let place = self.from.place(node);
        let from = self.from;
        let mut children = Vec::with_capacity(from.children(node).len());
        for child in from.children(node) {
            children.push(self.project(*child)?);
        }
        let result = if self.is_out.get(place as usize).copied().unwrap_or(false) {
            let mut any = FALSE;
            for child in children {
                any = self.either(any, child)?;
            }
            any
        } else {
            self.into.make(place, children)
        };
        self.done.insert(node, result);
        Some(result)
    }

    /// True where one of two diagrams of the new table is.
    fn either(&mut self, one: NodeId, other: NodeId) -> Option<NodeId> {
        if one == TRUE || other == TRUE {
            return Some(TRUE);
        }
        if one == FALSE || one == other {
            return Some(other);
        }
        if other == FALSE {
            return Some(one);
        }
        let key = (one.min(other), one.max(other));
        if let Some(known) = self.either.get(&key) {
            return Some(*known);
        }
        if self.into.node_count() > DIAGRAM_NODES_MAX {
            return None;
        }
        let table = self.into.table();
        let place = table.place(one).min(table.place(other));
        let below = |node: NodeId| -> Vec<NodeId> {
            if table.place(node) == place {
                table.children(node).to_vec()
            } else {
                vec![
                    node;
                    table
                        .classes()
                        .get(place as usize)
                        .map_or(0, |count| *count as usize)
                ]
            }
        };
        let pairs: Vec<(NodeId, NodeId)> = below(one).into_iter().zip(below(other)).collect();
        let mut children = Vec::with_capacity(pairs.len());
        for (one, other) in pairs {
            children.push(self.either(one, other)?);
        }
        let result = self.into.make(place, children);
        self.either.insert(key, result);
        Some(result)
    }
}
