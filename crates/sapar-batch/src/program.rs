//! A law at a date, compiled for millions of rows.
//!
//! Three programs over the same planes. Where a block's facts are all known, the norms' own formulas are run.
//! Where some are not, three-valued logic decides what it can, and says for which positions it could not;
//! for these alone the engine's diagrams are run, which are exact.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use sapar_law::diagrams::{NodeId, invariants};
use sapar_law::{Engine, EngineError, Formula, LimitDef, NormId, limits};

use crate::code::Code;
use crate::gates::{Gates, Signal};
use crate::meaning::{Known, Meaning, Rails};
use crate::planes::Planes;
use crate::reach::Reaching;

/// Exact programs kept for sets of positions; past this, the one for all positions is used.
const EXACT_KEPT_MAX: usize = 16;

/// A law at a date, ready for batches. It can be shared between threads.
#[derive(Debug)]
pub struct Program {
    engine: Arc<Engine>,
    pub(crate) planes: Planes,
    /// What is worked out for each row: every position, then the norms whose limits need telling apart.
    pub(crate) items: Vec<Item>,
    pub(crate) limits: Vec<Vec<LimitPlane>>,
    /// Outputs: possible, then for each item whether it certainly holds.
    pub(crate) known: Code,
    /// Outputs: possible, then for each item whether it certainly holds, then whether that is not decided.
    pub(crate) partial: Code,
    exact: Mutex<Vec<(BTreeSet<usize>, Arc<Code>)>>,
}

/// Something that holds or not in each row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    can_hold: NodeId,
    can_fail: NodeId,
}

/// A limit that is the strongest of its position in some rows.
#[derive(Debug, Clone)]
pub struct LimitPlane {
    /// The limit.
    pub limit: LimitDef,
    /// The norm that sets it.
    pub norm: NormId,
    /// The item that must hold.
    pub(crate) item: usize,
    /// The items none of which may hold: they set a limit at least as strong.
    pub(crate) beaten_by: Vec<usize>,
}

impl Program {
    /// Compiles the engine's law for batches.
    ///
    /// # Errors
    /// When norms override each other in a circle, which the engine refuses as well.
    pub fn new(engine: Arc<Engine>) -> Result<Self, EngineError> {
        let planes = Planes::new(engine.layouts());
        let mut items: Vec<Item> = engine
            .positions()
            .iter()
            .map(|position| Item {
                can_hold: position.can_hold(),
                can_fail: position.can_fail(),
            })
            .collect();
        // Which norm an item behind the positions is.
        let mut norm_items: Vec<usize> = Vec::new();
        let limits = limit_planes(&engine, &mut items, &mut norm_items);
        let known = compile(&engine, &planes, &norm_items, Known::All)?;
        let partial = compile(&engine, &planes, &norm_items, Known::Some)?;
        Ok(Self {
            engine,
            planes,
            items,
            limits,
            known,
            partial,
            exact: Mutex::new(Vec::new()),
        })
    }

    /// The engine it was compiled from.
    #[must_use]
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// For each position, the limits that can be its strongest.
    #[must_use]
    pub fn limits(&self) -> &[Vec<LimitPlane>] {
        &self.limits
    }

    /// Steps for a block in which every fact is known, and for one in which some are not, before exact answers.
    #[must_use]
    pub fn step_counts(&self) -> (usize, usize) {
        (self.known.step_count(), self.partial.step_count())
    }

    /// The exact program for these items; its outputs are, for each, whether it can hold and whether it can fail.
    pub(crate) fn exact(&self, items: &BTreeSet<usize>) -> (BTreeSet<usize>, Arc<Code>) {
        let mut kept = self.exact.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((items, code)) = kept.iter().find(|(known, _)| known == items) {
            return (items.clone(), Arc::clone(code));
        }
        let items: BTreeSet<usize> = if kept.len() + 1 < EXACT_KEPT_MAX {
            items.clone()
        } else {
            (0..self.items.len()).collect()
        };
        if let Some((items, code)) = kept.iter().find(|(known, _)| *known == items) {
            return (items.clone(), Arc::clone(code));
        }
        let roots: Vec<NodeId> = items
            .iter()
            .filter_map(|item| self.items.get(*item))
            .flat_map(|item| [item.can_hold, item.can_fail])
            .collect();
        let mut gates = Gates::default();
        let outputs = Reaching::new(self.engine.table(), &self.planes).add(&mut gates, &roots);
        let code = Arc::new(Code::new(&gates, &outputs, self.planes.plane_count()));
        kept.push((items.clone(), Arc::clone(&code)));
        (items, code)
    }
}

/// For each position, the limits that can be its strongest; adds an item for each norm that has to be told apart.
fn limit_planes(
    engine: &Engine,
    items: &mut Vec<Item>,
    norm_items: &mut Vec<usize>,
) -> Vec<Vec<LimitPlane>> {
    let library = engine.library();
    let positions = engine.positions();
    let mut result = Vec::new();
    for (place, position) in positions.iter().enumerate() {
        let mut planes: Vec<LimitPlane> = Vec::new();
        for member in position.members() {
            let Some(norm) = engine.norm_diagrams().get(*member) else {
                continue;
            };
            let own = &library.norm(norm.norm).limits;
            if own.is_empty() {
                continue;
            }
            let item = if position.members().len() == 1 {
                place
            } else {
                items.push(Item {
                    can_hold: norm.yes,
                    can_fail: norm.no,
                });
                norm_items.push(*member);
                items.len() - 1
            };
            planes.extend(own.iter().map(|limit| LimitPlane {
                limit: *limit,
                norm: norm.norm,
                item,
                beaten_by: Vec::new(),
            }));
        }
        let beats = |left: usize, right: usize| {
            use std::cmp::Ordering::{Equal, Greater};
            let pair = planes.get(left).zip(planes.get(right));
            match pair.and_then(|(left, right)| limits::compare(left.limit, right.limit)) {
                Some(Greater) => true,
                // Of two that are as strong the first is told.
                Some(Equal) => left < right,
                _ => false,
            }
        };
        let beaten: Vec<Vec<usize>> = (0..planes.len())
            .map(|right| {
                (0..planes.len())
                    .filter(|left| beats(*left, right))
                    .collect()
            })
            .collect();
        let item_of: Vec<usize> = planes.iter().map(|plane| plane.item).collect();
        for (plane, beaten) in planes.iter_mut().zip(beaten) {
            plane.beaten_by = beaten
                .into_iter()
                .filter_map(|other| item_of.get(other).copied())
                .collect();
        }
        // What another limit of the same norm beats is never told.
        planes.retain(|plane| !plane.beaten_by.contains(&plane.item));
        result.push(planes);
    }
    result
}

fn compile(
    engine: &Engine,
    planes: &Planes,
    norm_items: &[usize],
    known: Known,
) -> Result<Code, EngineError> {
    let mut meaning = Meaning::new(engine, planes, known);
    let norms = meaning.norms(engine)?;
    let never = Rails {
        can_hold: Signal::NEVER,
        can_fail: Signal::ALWAYS,
    };
    let norm = |place: &usize| norms.get(*place).copied().unwrap_or(never);
    let mut items: Vec<Rails> = Vec::new();
    for position in engine.positions() {
        let members: Vec<Rails> = position.members().iter().map(norm).collect();
        items.push(meaning.any(&members));
    }
    items.extend(norm_items.iter().map(norm));
    let exists = meaning.gates.input(planes.exists());
    let world = match known {
        Known::All => {
            let nevers = tied_invariants(engine);
            let mut world = Signal::ALWAYS;
            for formula in &nevers {
                let never = meaning.formula(formula);
                world = meaning.gates.and(world, !never.can_hold);
            }
            world
        }
        Known::Some => {
            let roots: Vec<NodeId> = engine.invariant_roots().collect();
            let reached = Reaching::new(engine.table(), planes).add(&mut meaning.gates, &roots);
            meaning.gates.all_of(reached)
        }
    };
    let gates = &mut meaning.gates;
    let possible = gates.and(exists, world);
    let mut outputs = vec![possible];
    for item in &items {
        let certain = gates.and(item.can_hold, !item.can_fail);
        outputs.push(gates.and(certain, possible));
    }
    if known == Known::Some {
        for item in &items {
            let undecided = gates.and(item.can_hold, item.can_fail);
            outputs.push(gates.and(undecided, possible));
        }
    }
    Ok(Code::new(gates, &outputs, planes.plane_count()))
}

/// The invariants that speak of this law's facts: the engine gives a place to all facts of such an invariant, or to none.
fn tied_invariants(engine: &Engine) -> Vec<Formula> {
    let library = engine.library();
    let facts: BTreeSet<_> = engine.facts().collect();
    invariants(library)
        .into_iter()
        .filter(|formula| {
            sapar_law::diagrams::facts_of(library, formula)
                .is_ok_and(|used| used.iter().all(|fact| facts.contains(fact)))
        })
        .collect()
}
