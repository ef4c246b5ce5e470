//! One legal order at one date, compiled.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use oxidd::BooleanFunction;
use oxidd::bdd::BDDFunction;
use sapar_law_syntax::ast::Role;

use crate::cases::{Cases, Parts};
use crate::compile::{CompileError, Compiler, Layout, facts_of, ok};
use crate::conflict::{self, Conflict};
use crate::diagram::{Classes, Flattener, NodeId, Reach, Table};
use crate::model::*;
use crate::start::Start;
use crate::status_function::Aim;
use crate::ties::{Invariant, Ties};
use crate::walks::Walks;
use crate::{Formula, Knowledge, Library, Modality, Situation};

/// Number of a position of an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PositionId(pub(crate) u32);

impl PositionId {
    /// Place in the engine's list.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Who must, should or may do what: all norms of the order that say so.
#[derive(Debug, Clone)]
pub struct Position {
    /// Who.
    pub bearer: ActorId,
    /// How.
    pub modality: Modality,
    /// What.
    pub act: ActId,
    /// The norms in force that can support it.
    pub norms: Vec<NormId>,
    /// Places in [`Engine`]'s list of norms.
    pub(crate) members: Vec<usize>,
    /// The position holds; invariants left out, for complete situations.
    pub(crate) holds: NodeId,
    /// Holds, within the invariants.
    pub(crate) yes: NodeId,
    /// Does not hold, within the invariants.
    pub(crate) no: NodeId,
}

/// Diagrams of one norm.
#[derive(Debug, Clone, Copy)]
pub struct NormDiagrams {
    /// The norm.
    pub norm: NormId,
    /// The norm applies; invariants left out, for complete situations.
    pub applies: NodeId,
    /// The norm does not apply; invariants left out.
    pub fails: NodeId,
    /// Applies, within the invariants.
    pub yes: NodeId,
    /// Does not apply, within the invariants.
    pub no: NodeId,
    /// Condition and exceptions hold as if nothing overrode it, without the invariants.
    pub base: NodeId,
    /// `base` and overridden, within the invariants: what must be unreachable for "not overridden".
    pub overridden: NodeId,
}

/// Where a question is not for a role.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bar {
    /// It is not for the role; invariants left out.
    pub holds: NodeId,
    /// It is not for the role, within the invariants.
    pub yes: NodeId,
    /// It may be asked, within the invariants.
    pub no: NodeId,
}

/// What keeps each role from asking for one fact; nothing keeps a specialist.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bars {
    first_line: Option<Bar>,
    second_line: Option<Bar>,
}

impl Bars {
    /// What keeps a role from asking.
    pub fn of(self, role: Role) -> Option<Bar> {
        match role {
            Role::FirstLine => self.first_line,
            Role::SecondLine => self.second_line,
            Role::Specialist => None,
        }
    }
}

/// One legal order at one date, ready to answer.
///
/// Holds no person's data; it can be shared between threads.
#[derive(Debug, Clone)]
pub struct Engine {
    library: Arc<Library>,
    order: OrderId,
    on: Date,
    pub(crate) table: Table,
    /// The diagrams of complete situations once more, for walking.
    pub(crate) walks: Walks,
    /// The same as lists of cases, for all positions at once.
    pub(crate) cases: Cases,
    pub(crate) layouts: Vec<Layout>,
    /// For each place, every class: nothing is known.
    pub(crate) anything: Vec<Classes>,
    places: Vec<Option<u32>>,
    pub(crate) norms: Vec<NormDiagrams>,
    pub(crate) positions: Vec<Position>,
    pub(crate) groups: Vec<(Vec<usize>, NodeId)>,
    /// Which facts tell about which.
    pub(crate) ties: Ties,
    /// The positions as an interview sees them, in the same order.
    pub(crate) aims: Vec<Aim>,
    /// What interviews of each role begin with, found when the first one begins.
    starts: [OnceLock<Arc<Start>>; 3],
    /// What keeps the lower roles from asking, by place.
    pub(crate) bars: Vec<Bars>,
    /// Positions that conflict where both hold.
    pub(crate) pairs: Vec<Conflict>,
    /// Who overrides a norm: places in `norms`.
    pub(crate) overriders: Vec<Vec<usize>>,
}

/// Why an engine cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineError {
    /// The order cannot be compiled.
    Compile(CompileError),
    /// Norms override each other in a circle.
    OverrideCycle(NormId),
}

impl std::fmt::Display for EngineError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = match self {
            EngineError::Compile(CompileError::TooLarge { .. }) => {
                "its decision diagrams grow too large"
            }
            EngineError::Compile(CompileError::TooManyClasses { .. }) => {
                "one fact has too many kinds of values"
            }
            EngineError::Compile(CompileError::TermCycle { .. }) => "a term is defined by itself",
            EngineError::OverrideCycle(_) => "norms override each other in a circle",
        };
        write!(
            formatter,
            "this legal order cannot be used: {what}; run `sapar law check` for the place"
        )
    }
}

impl std::error::Error for EngineError {}

impl From<CompileError> for EngineError {
    fn from(error: CompileError) -> Self {
        EngineError::Compile(error)
    }
}

impl Engine {
    /// Compiles the norms of an order that are in force on a day.
    ///
    /// # Errors
    /// When the library has a circle that its check reports, or a diagram grows past its bound.
    pub fn new(library: Arc<Library>, order: OrderId, on: Date) -> Result<Self, EngineError> {
        let in_force = norms_in_force(&library, order, on);
        Self::of_norms(library, order, on, &in_force)
    }

    /// Compiles these norms alone, as if they were an order.
    ///
    /// # Errors
    /// As [`Engine::new`].
    pub fn of_norms(
        library: Arc<Library>,
        order: OrderId,
        on: Date,
        in_force: &[NormId],
    ) -> Result<Self, EngineError> {
        let conditions: Vec<&Formula> = in_force
            .iter()
            .flat_map(|id| {
                let norm = library.norm(*id);
                norm.condition.iter().chain(&norm.exceptions)
            })
            .collect();
        let mut compiler = Compiler::with_roles(&library, conditions)?;
        let sorted = by_override(&library, in_force)?;
        let place_of: BTreeMap<NormId, usize> = in_force
            .iter()
            .enumerate()
            .map(|(place, id)| (*id, place))
            .collect();
        let mut overriders: Vec<Vec<usize>> = vec![Vec::new(); in_force.len()];
        for (place, id) in in_force.iter().enumerate() {
            for over in &library.norm(*id).overrides {
                if let Some(list) = place_of
                    .get(over)
                    .and_then(|over| overriders.get_mut(*over))
                {
                    list.push(place);
                }
            }
        }
        let mut flattener = compiler.flattener();
        let mut applies: BTreeMap<usize, BDDFunction> = BTreeMap::new();
        let mut norms: Vec<Option<NormDiagrams>> = vec![None; in_force.len()];
        let mut facts: Vec<BTreeSet<FactId>> = vec![BTreeSet::new(); in_force.len()];
        for id in sorted.iter().copied() {
            let Some(place) = place_of.get(&id).copied() else {
                continue;
            };
            let at = |error: CompileError| match error {
                CompileError::TooLarge { .. } => CompileError::TooLarge { norm: Some(id) },
                other => other,
            };
            let base = base(&mut compiler, library.norm(id)).map_err(at)?;
            let mut over = compiler.falsehood();
            let mut around = norm_facts(&library, id)?;
            for other in overriders.get(place).into_iter().flatten() {
                if let Some(diagram) = applies.get(other) {
                    over = ok(over.or(diagram)).map_err(at)?;
                }
                around.extend(facts.get(*other).into_iter().flatten());
            }
            let unbeaten = ok(over.not()).map_err(at)?;
            let holds = ok(base.and(&unbeaten)).map_err(at)?;
            let beaten = ok(base.and(&over)).map_err(at)?;
            let world = compiler.invariants_around(&around).map_err(at)?;
            let not = ok(holds.not()).map_err(at)?;
            let yes = ok(world.and(&holds)).map_err(at)?;
            let no = ok(world.and(&not)).map_err(at)?;
            let overridden = ok(world.and(&beaten)).map_err(at)?;
            let diagrams = NormDiagrams {
                norm: id,
                applies: flattener.flatten(&holds),
                fails: flattener.flatten(&not),
                yes: flattener.flatten(&yes),
                no: flattener.flatten(&no),
                base: flattener.flatten(&base),
                overridden: flattener.flatten(&overridden),
            };
            if flattener.node_count() > crate::compile::DIAGRAM_NODES_MAX {
                return Err(CompileError::TooLarge { norm: Some(id) }.into());
            }
            if let (Some(slot), Some(set)) = (norms.get_mut(place), facts.get_mut(place)) {
                *slot = Some(diagrams);
                *set = around;
            }
            applies.insert(place, holds);
        }
        let mut by_key: BTreeMap<(ActId, Modality, ActorId), Vec<usize>> = BTreeMap::new();
        for (place, id) in in_force.iter().enumerate() {
            let norm = library.norm(*id);
            by_key
                .entry((norm.act, norm.modality, norm.bearer))
                .or_default()
                .push(place);
        }
        let mut positions = Vec::new();
        for ((act, modality, bearer), members) in by_key {
            let mut any = compiler.falsehood();
            let mut around = BTreeSet::new();
            for place in &members {
                if let Some(diagram) = applies.get(place) {
                    any = ok(any.or(diagram))?;
                }
                around.extend(facts.get(*place).into_iter().flatten());
            }
            let world = compiler.invariants_around(&around)?;
            let none = ok(any.not())?;
            let yes = ok(world.and(&any))?;
            let no = ok(world.and(&none))?;
            positions.push(Position {
                bearer,
                modality,
                act,
                norms: members
                    .iter()
                    .filter_map(|place| in_force.get(*place).copied())
                    .collect(),
                members,
                holds: flattener.flatten(&any),
                yes: flattener.flatten(&yes),
                no: flattener.flatten(&no),
            });
        }
        // Gravest first, and prohibitions before duties: the order in which an officer reads them.
        positions.sort_by_key(|position| {
            (
                position.modality,
                library.act(position.act).stake,
                position.act,
                position.bearer,
            )
        });
        let mut groups = Vec::new();
        for (members, diagram) in compiler.invariant_groups()? {
            groups.push((members, flattener.flatten(&diagram)));
        }
        let bars = bars(&mut compiler, &mut flattener)?;
        let mut ties = Vec::new();
        for (places, kept) in compiler.each_invariant()? {
            ties.push(Invariant {
                places,
                kept: flattener.flatten(&kept),
                broken: flattener.flatten(&ok(kept.not())?),
            });
        }
        let mut places = vec![None; library.facts.len()];
        for (fact, place) in &compiler.places {
            if let Some(slot) = places.get_mut(fact.index()) {
                *slot = Some(*place);
            }
        }
        let layouts = std::mem::take(&mut compiler.layouts);
        drop(applies);
        let anything: Vec<Classes> = layouts
            .iter()
            .map(|layout| layout.classes(Knowledge::Unknown))
            .collect();
        let table = flattener.finish();
        let ties = Ties::new(ties, &table, anything.clone());
        let norms: Vec<NormDiagrams> = norms.into_iter().flatten().collect();
        let aims = positions
            .iter()
            .map(|position: &Position| Aim::new(&table, position.holds))
            .collect();
        let walks = Walks::new(&table, &norms, &groups);
        let override_order: Vec<usize> = (sorted.iter())
            .filter_map(|id| place_of.get(id).copied())
            .collect();
        let cases = Cases::new(&Parts {
            table: &table,
            layouts: &layouts,
            norms: &norms,
            order: &override_order,
            overriders: &overriders,
            positions: &positions,
            groups: &groups,
        });
        let pairs = conflict::pairs(&library, &positions);
        Ok(Self {
            order,
            on,
            table,
            layouts,
            anything,
            places,
            norms,
            walks,
            cases,
            positions,
            groups,
            ties,
            aims,
            starts: Default::default(),
            bars,
            pairs,
            overriders,
            library,
        })
    }

    /// The library it was made from.
    #[must_use]
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// The legal order.
    #[must_use]
    pub fn order(&self) -> OrderId {
        self.order
    }

    /// The day.
    #[must_use]
    pub fn on(&self) -> Date {
        self.on
    }

    /// Every position some norm in force can support; prohibitions first, gravest first.
    #[must_use]
    pub fn positions(&self) -> &[Position] {
        &self.positions
    }

    /// Every position with its id.
    pub fn position_ids(&self) -> impl Iterator<Item = (PositionId, &Position)> {
        (0..).map(PositionId).zip(&self.positions)
    }

    /// A position.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by this engine alone")]
    pub fn position(&self, id: PositionId) -> &Position {
        &self.positions[id.index()]
    }

    /// Norms in force.
    pub fn norm_ids(&self) -> impl Iterator<Item = NormId> + '_ {
        self.norms.iter().map(|norm| norm.norm)
    }

    /// Facts that any norm in force depends on, first-line facts first, each group in its safe order.
    pub fn facts(&self) -> impl Iterator<Item = FactId> + '_ {
        self.layouts.iter().map(|layout| layout.fact)
    }

    /// Nodes of the decision diagrams.
    #[must_use]
    pub fn diagram_nodes(&self) -> usize {
        self.table.node_count()
    }

    /// Values of a fact that stand for all others: one of each class the law tells apart.
    #[must_use]
    pub fn representative_values(&self, fact: FactId) -> Vec<Knowledge> {
        self.layout(fact)
            .map(|layout| {
                (0..layout.count)
                    .map(|class| layout.example(class))
                    .collect()
            })
            .unwrap_or_default()
    }

    pub(crate) fn place(&self, fact: FactId) -> Option<u32> {
        self.places.get(fact.index()).copied().flatten()
    }

    pub(crate) fn fact_at(&self, place: u32) -> Option<FactId> {
        self.layouts.get(place as usize).map(|layout| layout.fact)
    }

    fn layout(&self, fact: FactId) -> Option<&Layout> {
        self.place(fact)
            .and_then(|place| self.layouts.get(place as usize))
    }

    /// Whether a role may ask for a fact of a person of whom this is known.
    ///
    /// It may not if the fact is for a higher role, always or wherever one of its `only` conditions holds,
    /// in any completion of the situation: unknown is never no. A fact on which no norm in force depends
    /// has no reason to be asked for; of it only its lowest role is told.
    #[must_use]
    pub fn may_ask(&self, role: Role, fact: FactId, situation: &Situation) -> bool {
        if self.library.fact(fact).role > role {
            return false;
        }
        let bars = self
            .place(fact)
            .and_then(|place| self.bars.get(place as usize));
        let Some(bar) = bars.and_then(|bars| bars.of(role)) else {
            return true;
        };
        let allowed = self.allowed(situation);
        !self
            .table
            .can_reach(bar.yes, &allowed, &mut rustc_hash::FxHashMap::default())
    }

    /// The lowest role that may ask for a fact of a person of whom this is known.
    #[must_use]
    pub fn lowest_role(&self, fact: FactId, situation: &Situation) -> Role {
        [Role::FirstLine, Role::SecondLine]
            .into_iter()
            .find(|role| self.may_ask(*role, fact, situation))
            .unwrap_or(Role::Specialist)
    }

    /// For each place, the classes that agree with the situation.
    pub(crate) fn allowed(&self, situation: &Situation) -> Vec<Classes> {
        self.layouts
            .iter()
            .map(|layout| layout.classes(situation.get(layout.fact)))
            .collect()
    }

    /// What an interview of a role begins with.
    pub(crate) fn start(&self, role: Role) -> &Start {
        let [first_line, second_line, specialist] = &self.starts;
        let start = match role {
            Role::FirstLine => first_line,
            Role::SecondLine => second_line,
            Role::Specialist => specialist,
        };
        start.get_or_init(|| Arc::new(Start::new(self, role)))
    }

    pub(crate) fn reach(&self, allowed: &[Classes]) -> Reach {
        let mut reach = Reach::default();
        self.table.reach(allowed, &mut reach);
        reach
    }
}

/// What keeps the lower roles from asking for each fact that has a place.
fn bars(compiler: &mut Compiler<'_>, flattener: &mut Flattener) -> Result<Vec<Bars>, CompileError> {
    let library = compiler.library();
    let facts: Vec<FactId> = compiler.layouts.iter().map(|layout| layout.fact).collect();
    let mut all = Vec::new();
    for fact in facts {
        let mut bar = |role: Role| -> Result<Option<Bar>, CompileError> {
            let clauses: Vec<&OnlyDef> = library
                .fact(fact)
                .only
                .iter()
                .filter(|clause| clause.role > role)
                .collect();
            if clauses.is_empty() {
                return Ok(None);
            }
            let mut any = compiler.falsehood();
            let mut around = BTreeSet::new();
            for clause in clauses {
                any = ok(any.or(&compiler.formula(&clause.condition)?))?;
                around.append(&mut facts_of(library, &clause.condition)?);
            }
            let world = compiler.invariants_around(&around)?;
            let none = ok(any.not())?;
            Ok(Some(Bar {
                holds: flattener.flatten(&any),
                yes: flattener.flatten(&ok(world.and(&any))?),
                no: flattener.flatten(&ok(world.and(&none))?),
            }))
        };
        all.push(Bars {
            first_line: bar(Role::FirstLine)?,
            second_line: bar(Role::SecondLine)?,
        });
    }
    Ok(all)
}

/// The norms of an order in force on a day: norm, instrument and inclusion must all be.
pub fn norms_in_force(library: &Library, order: OrderId, on: Date) -> Vec<NormId> {
    included_norms(library, order, on)
        .filter(|id| library.norm(*id).period.contains(on))
        .collect()
}

/// The norms whose instrument is in force and included on a day, whether they themselves are in force or not.
pub fn included_norms(
    library: &Library,
    order: OrderId,
    on: Date,
) -> impl Iterator<Item = NormId> + '_ {
    let order = library.order(order);
    library
        .norms()
        .filter(move |(_, norm)| {
            library.instrument(norm.instrument).period.contains(on)
                && order.instruments.iter().any(|(instrument, from, until)| {
                    *instrument == norm.instrument
                        && from.is_none_or(|from| from <= on)
                        && until.is_none_or(|until| on <= until)
                })
        })
        .map(|(id, _)| id)
}

/// Condition holds and no exception does.
pub fn base(compiler: &mut Compiler<'_>, norm: &NormDef) -> Result<BDDFunction, CompileError> {
    let mut result = match &norm.condition {
        Some(condition) => compiler.formula(condition)?,
        None => compiler.truth(),
    };
    for exception in &norm.exceptions {
        let without = ok(compiler.formula(exception)?.not())?;
        result = ok(result.and(&without))?;
    }
    Ok(result)
}

fn norm_facts(library: &Library, id: NormId) -> Result<BTreeSet<FactId>, CompileError> {
    let norm = library.norm(id);
    let mut facts = BTreeSet::new();
    for formula in norm.condition.iter().chain(&norm.exceptions) {
        facts.append(&mut facts_of(library, formula)?);
    }
    Ok(facts)
}

/// Norms sorted so that whoever overrides comes before whom it overrides.
pub fn by_override(library: &Library, norms: &[NormId]) -> Result<Vec<NormId>, EngineError> {
    let present: BTreeSet<NormId> = norms.iter().copied().collect();
    let mut waiting: BTreeMap<NormId, usize> = norms.iter().map(|id| (*id, 0)).collect();
    for id in norms {
        for over in &library.norm(*id).overrides {
            if let Some(count) = waiting.get_mut(over) {
                *count += 1;
            }
        }
    }
    let mut ready: Vec<NormId> = waiting
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(id, _)| *id)
        .collect();
    let mut sorted = Vec::new();
    while let Some(id) = ready.pop() {
        sorted.push(id);
        for over in library
            .norm(id)
            .overrides
            .iter()
            .filter(|over| present.contains(over))
        {
            if let Some(count) = waiting.get_mut(over) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.push(*over);
                }
            }
        }
    }
    if sorted.len() < norms.len() {
        let stuck = waiting
            .iter()
            .find(|(_, count)| **count > 0)
            .map(|(id, _)| *id);
        if let Some(id) = stuck {
            return Err(EngineError::OverrideCycle(id));
        }
    }
    Ok(sorted)
}
