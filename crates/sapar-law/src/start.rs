//! What an interview of a role begins with, found once.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use sapar_law_syntax::ast::Role;

use crate::diagram::NodeId;
use crate::engine::Engine;
use crate::permitted::Permitted;
use crate::status_function::{Settled, StatusFunction};
use crate::world::Known;

/// What a role may ask for and what matters to each position before anything is known.
#[derive(Debug, Clone)]
pub(crate) struct Start {
    /// For each place, whether it may be asked for at once or after other answers.
    pub askable: Vec<bool>,
    /// What matters to each position, in the engine's order.
    pub settled: Vec<Arc<Settled>>,
}

impl Start {
    /// That of a role.
    pub fn new(engine: &Engine, role: Role) -> Self {
        let of_role = |fact| engine.library().fact(fact).role <= role;
        let open = engine.facts().map(of_role).collect();
        let known = Known::new(engine, &engine.anything);
        let permitted = Permitted::new(engine, role, &known, open);
        let mut status = StatusFunction::new(engine, &known, permitted.askable());
        // Positions with the same diagrams share one answer.
        let mut found: FxHashMap<NodeId, Arc<Settled>> = FxHashMap::default();
        let settled = engine
            .aims
            .iter()
            .map(|aim| {
                let settled = found
                    .entry(aim.holds)
                    .or_insert_with(|| Arc::new(status.settle(aim)));
                Arc::clone(settled)
            })
            .collect();
        Self {
            askable: permitted.askable().to_vec(),
            settled,
        }
    }
}
