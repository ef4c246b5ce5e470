//! Several legal orders compiled into diagrams over common facts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use oxidd::BooleanFunction;
use oxidd::bdd::BDDFunction;
use sapar_law::diagrams::{
    Building, Compiler, Layout, LayoutKind, base, by_override, facts_of, norms_in_force, ok,
};
use sapar_law::{
    ActId, ActorId, CompileError, DIAGRAM_NODES_MAX, FactId, Formula, Library, LimitDef, Modality,
    NormId, OrderId, Situation, TermId,
};

use crate::AnalysisError;
use crate::flat::{Flat, class_sizes};
use crate::order::found_order;

/// What a comparison may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The most nodes of all diagrams together; a node takes about 16 bytes.
    pub nodes_max: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            nodes_max: DIAGRAM_NODES_MAX,
        }
    }
}

/// A norm in force with its diagrams.
///
/// Everything a comparison looks at is in these fields, so a changed norm can be tried without writing it down.
#[derive(Clone)]
pub struct Provision {
    /// The norm.
    pub norm: NormId,
    /// What.
    pub act: ActId,
    /// Who.
    pub bearer: ActorId,
    /// How strongly, and which way.
    pub modality: Modality,
    /// Limits in time.
    pub limits: Vec<LimitDef>,
    /// It applies: its condition holds, no exception does, and no applying norm overrides it.
    pub applies: BDDFunction,
    /// Its condition holds, exceptions and overriding norms left out.
    pub worded: BDDFunction,
    /// Facts it and those that override it speak of.
    pub facts: BTreeSet<FactId>,
    /// Those of `facts` that a reader meets in its words: long lists inside a term are left to the term.
    pub plain_facts: BTreeSet<FactId>,
    /// Who overrides it: places in the side's list.
    pub overriders: Vec<usize>,
}

/// One legal order at one day, on common ground with others.
#[derive(Clone)]
pub struct Side {
    /// The order.
    pub order: OrderId,
    /// The day.
    pub on: Date,
    /// Its norms in force.
    pub provisions: Vec<Provision>,
}

impl Side {
    /// The provisions on an act.
    pub fn on_act(&self, act: ActId) -> impl Iterator<Item = &Provision> {
        self.provisions
            .iter()
            .filter(move |provision| provision.act == act)
    }
}

/// Diagrams of several orders over common facts.
pub struct Ground<'l> {
    library: &'l Library,
    pub(crate) compiler: Compiler<'l>,
    bounds: Bounds,
    /// For each place, the codes of its classes that mean something.
    valid: Vec<BDDFunction>,
    worlds: BTreeMap<BTreeSet<FactId>, BDDFunction>,
    pub(crate) terms: Vec<Word>,
    /// The terms as one table, its roots in their order.
    pub(crate) words: Flat,
}

/// A term over the facts at hand.
pub(crate) struct Word {
    pub term: TermId,
    pub facts: BTreeSet<FactId>,
    pub holds: BDDFunction,
    /// In how many of a million situations it holds, were all values equally likely.
    pub width: u32,
}

impl<'l> Ground<'l> {
    /// Prepares facts and classes for these norms together.
    ///
    /// # Errors
    /// When a fact has too many classes, a term is defined by itself, or a bound is met.
    pub fn new(
        library: &'l Library,
        norms: &BTreeSet<NormId>,
        bounds: Bounds,
    ) -> Result<Self, AnalysisError> {
        let at = |error| AnalysisError::at(error, bounds.nodes_max, &[]);
        let mut formulas: Vec<&Formula> = norms
            .iter()
            .flat_map(|id| {
                let norm = library.norm(*id);
                norm.condition.iter().chain(&norm.exceptions)
            })
            .collect();
        let order = found_order(library, &formulas).map_err(at)?;
        let placed: BTreeSet<FactId> = order.iter().copied().collect();
        // A term is a word for these situations only where all its facts are at hand.
        let mut words: Vec<(TermId, BTreeSet<FactId>)> = Vec::new();
        for (id, term) in library.terms() {
            let facts = facts_of(library, &term.means).map_err(at)?;
            if !facts.is_empty() && facts.is_subset(&placed) {
                words.push((id, facts));
                formulas.push(&term.means);
            }
        }
        let building = Building {
            nodes_max: bounds.nodes_max,
            order,
        };
        let mut compiler = Compiler::building(library, formulas, &building).map_err(at)?;
        let layouts = compiler.layouts.clone();
        let valid = layouts
            .iter()
            .map(|layout| valid_codes(&mut compiler, layout))
            .collect::<Result<_, _>>()
            .map_err(at)?;
        let even: Vec<Vec<f64>> = layouts.iter().map(even_chances).collect();
        let mut terms = Vec::new();
        for (term, facts) in words {
            let users = || -> Vec<NormId> {
                norms
                    .iter()
                    .copied()
                    .filter(|norm| uses(library, *norm, &facts))
                    .collect()
            };
            let holds = compiler
                .formula(&Formula::Term(term))
                .map_err(|error| AnalysisError::at(error, bounds.nodes_max, &users()))?;
            terms.push(Word {
                term,
                facts,
                width: 0,
                holds,
            });
        }
        let holds: Vec<&BDDFunction> = terms.iter().map(|word| &word.holds).collect();
        let words = Flat::new(&layouts, bounds.nodes_max, &holds).map_err(at)?;
        for (index, word) in terms.iter_mut().enumerate() {
            word.width = million(words.likelihood(words.root(index), &even));
        }
        Ok(Self {
            library,
            compiler,
            bounds,
            valid,
            worlds: BTreeMap::new(),
            terms,
            words,
        })
    }

    /// The library.
    #[must_use]
    pub fn library(&self) -> &'l Library {
        self.library
    }

    /// What this ground may use.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Diagrams of this ground as one table.
    pub(crate) fn flat(&self, functions: &[&BDDFunction]) -> Result<Flat, CompileError> {
        Flat::new(self.layouts(), self.bounds.nodes_max, functions)
    }

    /// The facts at hand, by place.
    #[must_use]
    pub fn layouts(&self) -> &[Layout] {
        &self.compiler.layouts
    }

    /// The diagram of a condition.
    ///
    /// Exact only where every fact of the condition, and every bound it compares with, is among the norms' own.
    ///
    /// # Errors
    /// When a bound is met.
    pub fn formula(&mut self, formula: &Formula) -> Result<BDDFunction, AnalysisError> {
        let nodes_max = self.bounds.nodes_max;
        self.compiler
            .formula(formula)
            .map_err(|error| AnalysisError::at(error, nodes_max, &[]))
    }

    /// Whether a situation lies in a region; facts that are not known exactly count as their first possible class.
    #[must_use]
    pub fn holds(&self, region: &BDDFunction, situation: &Situation) -> bool {
        let values = self.compiler.layouts.iter().flat_map(|layout| {
            let class = layout.classes(situation.get(layout.fact)).trailing_zeros();
            (1..layout.count).map(move |threshold| class >= threshold)
        });
        region.eval((0u32..).zip(values))
    }

    /// Compiles an order's norms in force on a day; `keep` leaves norms out as if they were not in force.
    ///
    /// # Errors
    /// When norms override each other in a circle, or a bound is met.
    pub fn side(
        &mut self,
        order: OrderId,
        on: Date,
        keep: impl Fn(NormId) -> bool,
    ) -> Result<Side, AnalysisError> {
        let mut norms = norms_in_force(self.library, order, on);
        norms.retain(|norm| keep(*norm));
        self.side_of(order, on, &norms)
    }

    /// Compiles these norms as if they were the ones in force; each must be among the ground's own.
    ///
    /// # Errors
    /// As [`Ground::side`].
    pub fn side_of(
        &mut self,
        order: OrderId,
        on: Date,
        norms: &[NormId],
    ) -> Result<Side, AnalysisError> {
        let sorted = by_override(self.library, norms).map_err(AnalysisError::Law)?;
        let place_of: BTreeMap<NormId, usize> = norms
            .iter()
            .enumerate()
            .map(|(place, id)| (*id, place))
            .collect();
        let mut overriders: Vec<Vec<usize>> = vec![Vec::new(); norms.len()];
        for (place, id) in norms.iter().enumerate() {
            for over in &self.library.norm(*id).overrides {
                let over = place_of
                    .get(over)
                    .and_then(|over| overriders.get_mut(*over));
                if let Some(list) = over {
                    list.push(place);
                }
            }
        }
        let mut done: Vec<Option<Provision>> = vec![None; norms.len()];
        for id in sorted {
            let Some(place) = place_of.get(&id).copied() else {
                continue;
            };
            let over = overriders.get_mut(place).map(std::mem::take);
            let provision = self
                .provision(id, over.unwrap_or_default(), &done)
                .map_err(|error| AnalysisError::at(error, self.bounds.nodes_max, &[id]))?;
            if let Some(slot) = done.get_mut(place) {
                *slot = Some(provision);
            }
        }
        Ok(Side {
            order,
            on,
            provisions: done.into_iter().flatten().collect(),
        })
    }

    fn provision(
        &mut self,
        id: NormId,
        overriders: Vec<usize>,
        done: &[Option<Provision>],
    ) -> Result<Provision, CompileError> {
        let norm = self.library.norm(id);
        let worded = match &norm.condition {
            Some(condition) => self.compiler.formula(condition)?,
            None => self.compiler.truth(),
        };
        let mut applies = base(&mut self.compiler, norm)?;
        let mut facts = BTreeSet::new();
        let mut plain_facts = BTreeSet::new();
        for formula in norm.condition.iter().chain(&norm.exceptions) {
            facts.append(&mut facts_of(self.library, formula)?);
            plain(self.library, formula, &mut plain_facts);
        }
        for over in &overriders {
            if let Some(Some(over)) = done.get(*over) {
                applies = ok(applies.and(&ok(over.applies.not())?))?;
                facts.extend(&over.facts);
                plain_facts.extend(&over.plain_facts);
            }
        }
        Ok(Provision {
            norm: id,
            act: norm.act,
            bearer: norm.bearer,
            modality: norm.modality,
            limits: norm.limits.clone(),
            applies,
            worded,
            facts,
            plain_facts,
            overriders,
        })
    }

    /// Where a norm's condition holds and no exception of it does, overriding norms left out.
    ///
    /// # Errors
    /// When a bound is met.
    pub fn base_of(&mut self, norm: NormId) -> Result<BDDFunction, AnalysisError> {
        let nodes_max = self.bounds.nodes_max;
        base(&mut self.compiler, self.library.norm(norm))
            .map_err(|error| AnalysisError::at(error, nodes_max, &[norm]))
    }

    /// The situations that can occur, as far as these facts are concerned:
    /// the invariants tied to them hold, and every fact has one of its values.
    ///
    /// # Errors
    /// When a bound is met.
    pub fn world(&mut self, facts: &BTreeSet<FactId>) -> Result<BDDFunction, AnalysisError> {
        if let Some(known) = self.worlds.get(facts) {
            return Ok(known.clone());
        }
        let nodes_max = self.bounds.nodes_max;
        let world = self
            .build_world(facts)
            .map_err(|error| AnalysisError::at(error, nodes_max, &[]))?;
        self.worlds.insert(facts.clone(), world.clone());
        Ok(world)
    }

    fn build_world(&mut self, facts: &BTreeSet<FactId>) -> Result<BDDFunction, CompileError> {
        let mut world = self.compiler.invariants_around(facts)?;
        for fact in self.compiler.tied(facts) {
            let valid = self
                .compiler
                .places
                .get(&fact)
                .and_then(|place| self.valid.get(*place as usize));
            if let Some(valid) = valid {
                world = ok(world.and(valid))?;
            }
        }
        Ok(world)
    }
}

/// Whether a norm's conditions speak of all these facts.
fn uses(library: &Library, norm: NormId, facts: &BTreeSet<FactId>) -> bool {
    let norm = library.norm(norm);
    norm.condition
        .iter()
        .chain(&norm.exceptions)
        .any(|formula| facts_of(library, formula).is_ok_and(|own| facts.is_subset(&own)))
}

/// How likely each class of a fact is, were all its values equally likely.
fn even_chances(layout: &Layout) -> Vec<f64> {
    let sizes = class_sizes(layout);
    let all: u32 = sizes.iter().sum();
    sizes
        .iter()
        .map(|size| f64::from(*size) / f64::from(all.max(1)))
        .collect()
}

/// A share from 0 to 1 in parts of a million.
pub(crate) fn million(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * 1e6).round() as u32
}

/// A term that names more facts than this is a word of its own, as "trafficking indicated" is, and is not taken apart.
const PLAIN_FACTS_MAX: usize = 12;

/// The facts a reader meets in a formula, terms opened.
pub(crate) fn plain(library: &Library, formula: &Formula, into: &mut BTreeSet<FactId>) {
    formula.walk(&mut |part| {
        into.extend(part.fact());
        if let Formula::Term(term) = part {
            let means = &library.term(*term).means;
            let mut own = BTreeSet::new();
            means.walk(&mut |part| own.extend(part.fact()));
            if own.len() <= PLAIN_FACTS_MAX {
                plain(library, means, into);
            }
        }
    });
}

/// A fact of several classes has one variable a threshold; this says that a later threshold implies the earlier.
fn valid_codes(compiler: &mut Compiler<'_>, layout: &Layout) -> Result<BDDFunction, CompileError> {
    let mut valid = compiler.truth();
    if matches!(layout.kind, LayoutKind::YesNo) {
        return Ok(valid);
    }
    for class in (1..layout.count).rev() {
        let this = compiler.at_least(layout.fact, class)?;
        let next = compiler.at_least(layout.fact, class + 1)?;
        valid = ok(valid.and(&ok(next.imp(&this))?))?;
    }
    Ok(valid)
}
