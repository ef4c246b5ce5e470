//! Formulas to decision diagrams: facts become places and classes, conditions become diagrams.

use std::collections::{BTreeSet, HashMap};

use oxidd::bdd::{BDDFunction, BDDManagerRef};
use oxidd::{BooleanFunction, Manager, ManagerRef};
use sapar_law_syntax::ast::{Comparison, Role};

use crate::diagram::{CLASSES_MAX, Classes, Flattener};
use crate::model::{FactId, NormId, TermId, ValueKind};
use crate::{Formula, Knowledge, Library};

/// The most nodes the diagrams of one law may have while they are built.
pub const DIAGRAM_NODES_MAX: usize = 1 << 21;
/// Entries of the table that remembers results.
const CACHE_ENTRIES: usize = 1 << 17;

/// Why a law could not be compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompileError {
    /// The diagrams need more than [`DIAGRAM_NODES_MAX`] nodes; the norm at which it happened, if one.
    TooLarge {
        /// The norm being compiled.
        norm: Option<NormId>,
    },
    /// The law tells more than 64 kinds of values of one fact apart.
    TooManyClasses {
        /// The fact.
        fact: FactId,
    },
    /// A term is defined by itself.
    TermCycle {
        /// The term.
        term: TermId,
    },
}

/// What a compiler may use, and the order in which it places the facts.
#[derive(Debug, Clone)]
pub struct Building {
    /// The most nodes of all its diagrams together.
    pub nodes_max: usize,
    /// Facts in the order of their places; the others follow in the order of questions.
    ///
    /// The order changes the size of the diagrams and nothing else. Empty is the order of questions.
    pub order: Vec<FactId>,
}

impl Default for Building {
    fn default() -> Self {
        Self {
            nodes_max: DIAGRAM_NODES_MAX,
            order: Vec::new(),
        }
    }
}

/// How the values of a fact fall into classes that the law tells apart.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The fact.
    pub fact: FactId,
    /// Number of classes.
    pub count: u32,
    /// Which values each class holds.
    pub kind: LayoutKind,
}

/// How values fall into classes.
#[derive(Debug, Clone)]
pub enum LayoutKind {
    /// No is class 0, yes is class 1.
    YesNo,
    /// First number of each class.
    Number {
        /// First number of each class.
        starts: Vec<u32>,
        /// The greatest number.
        last: u32,
    },
    /// Class of each value.
    Values(Vec<u32>),
}

impl Layout {
    /// The classes that agree with what is known.
    pub fn classes(&self, knowledge: Knowledge) -> Classes {
        let all: Classes = if self.count >= 64 {
            !0
        } else {
            (1 << self.count) - 1
        };
        match (knowledge, &self.kind) {
            (Knowledge::YesNo(yes), LayoutKind::YesNo) => 1 << u32::from(yes),
            (Knowledge::Value(value), LayoutKind::Values(classes)) => {
                classes.get(value as usize).map_or(all, |class| 1 << class)
            }
            (Knowledge::Number(low, high), LayoutKind::Number { starts, .. }) => {
                let class_of = |number: u32| {
                    starts
                        .partition_point(|start| *start <= number)
                        .saturating_sub(1)
                };
                (class_of(low)..=class_of(high)).fold(0, |set, class| set | 1 << class)
            }
            _ => all,
        }
    }

    /// The class of what is known, where it is one.
    #[inline]
    pub fn class(&self, knowledge: Knowledge) -> Option<u8> {
        match (knowledge, &self.kind) {
            (Knowledge::YesNo(yes), LayoutKind::YesNo) => Some(u8::from(yes)),
            (Knowledge::Value(value), LayoutKind::Values(classes)) => classes
                .get(value as usize)
                .and_then(|class| u8::try_from(*class).ok()),
            (Knowledge::Number(low, high), LayoutKind::Number { starts, .. }) => {
                let class_of = |number: u32| {
                    starts
                        .iter()
                        .skip(1)
                        .filter(|start| **start <= number)
                        .count()
                };
                let class = class_of(low);
                (low == high || class == class_of(high))
                    .then_some(class)
                    .and_then(|class| u8::try_from(class).ok())
            }
            _ => (self.count == 1).then_some(0),
        }
    }

    /// An example of what could be known, for each class.
    pub fn example(&self, class: u32) -> Knowledge {
        match &self.kind {
            LayoutKind::YesNo => Knowledge::YesNo(class == 1),
            LayoutKind::Number { starts, last } => {
                let from = starts.get(class as usize).copied().unwrap_or(0);
                let to = starts
                    .get(class as usize + 1)
                    .map_or(*last, |next| next - 1);
                Knowledge::Number(from, to)
            }
            LayoutKind::Values(classes) => Knowledge::Value(
                classes
                    .iter()
                    .position(|known| *known == class)
                    .and_then(|index| u32::try_from(index).ok())
                    .unwrap_or(0),
            ),
        }
    }
}

/// Builds diagrams over the facts of some formulas.
pub struct Compiler<'l> {
    library: &'l Library,
    manager: BDDManagerRef,
    /// Facts by place.
    pub layouts: Vec<Layout>,
    /// Place of a fact.
    pub places: HashMap<FactId, u32>,
    /// First variable of each place.
    first_variable: Vec<u32>,
    variables: Vec<(u32, u32)>,
    /// Thresholds stand in order: who is at least 61 is at least 18.
    ordered: Option<BDDFunction>,
    terms: HashMap<TermId, BDDFunction>,
    open_terms: Vec<TermId>,
    /// Groups of invariants that share facts, with their facts.
    groups: Vec<(BTreeSet<FactId>, Vec<usize>)>,
}

impl<'l> Compiler<'l> {
    /// Prepares places and classes for every fact in `formulas`, and in the invariants tied to them.
    ///
    /// # Errors
    /// When a fact has too many classes or a term is defined by itself.
    pub fn new<'f>(
        library: &'l Library,
        formulas: impl IntoIterator<Item = &'f Formula>,
    ) -> Result<Self, CompileError> {
        Self::prepare(library, formulas, &Building::default(), false)
    }

    /// The same, with places also for whatever decides which role may ask for these facts.
    ///
    /// # Errors
    /// As [`Compiler::new`].
    pub fn with_roles<'f>(
        library: &'l Library,
        formulas: impl IntoIterator<Item = &'f Formula>,
    ) -> Result<Self, CompileError> {
        Self::prepare(library, formulas, &Building::default(), true)
    }

    /// As [`Compiler::new`] within other bounds, or with the facts placed in another order.
    ///
    /// # Errors
    /// As [`Compiler::new`].
    pub fn building<'f>(
        library: &'l Library,
        formulas: impl IntoIterator<Item = &'f Formula>,
        building: &Building,
    ) -> Result<Self, CompileError> {
        Self::prepare(library, formulas, building, false)
    }

    fn prepare<'f>(
        library: &'l Library,
        formulas: impl IntoIterator<Item = &'f Formula>,
        building: &Building,
        roles: bool,
    ) -> Result<Self, CompileError> {
        let mut atoms = Atoms {
            library,
            facts: BTreeSet::new(),
            seen: BTreeSet::new(),
            atoms: HashMap::new(),
            stack: vec![],
        };
        for formula in formulas {
            atoms.add(formula)?;
        }
        let invariants = invariants(library);
        // Invariants matter when they share a fact with what is asked, directly or through others.
        let mut groups: Vec<(BTreeSet<FactId>, Vec<usize>)> = Vec::new();
        for (index, formula) in invariants.iter().enumerate() {
            let mut facts = facts_of(library, formula)?;
            let mut members = vec![index];
            groups.retain_mut(|(others, more)| {
                let shared = !facts.is_disjoint(others);
                if shared {
                    facts.append(others);
                    members.append(more);
                }
                !shared
            });
            groups.push((facts, members));
        }
        let mut reached = 0;
        while reached < atoms.facts.len() {
            reached = atoms.facts.len();
            for (facts, members) in &groups {
                if facts.is_disjoint(&atoms.facts) {
                    continue;
                }
                for index in members {
                    if let Some(formula) = invariants.get(*index) {
                        atoms.add(formula)?;
                    }
                }
            }
            if roles {
                for fact in atoms.facts.clone() {
                    for clause in &library.fact(fact).only {
                        atoms.add(&clause.condition)?;
                    }
                }
            }
        }
        groups.retain(|(facts, _)| !facts.is_disjoint(&atoms.facts));
        let mut facts: Vec<FactId> = atoms.facts.iter().copied().collect();
        // First-line facts come first, so that an interview's questions lie above what it cannot ask.
        let wanted: HashMap<FactId, usize> = building
            .order
            .iter()
            .enumerate()
            .map(|(place, fact)| (*fact, place))
            .collect();
        facts.sort_by_key(|id| {
            let fact = library.fact(*id);
            let wanted = wanted.get(id).copied().unwrap_or(usize::MAX);
            (wanted, fact.role != Role::FirstLine, fact.step, *id)
        });
        let mut layouts = Vec::new();
        for fact in facts {
            layouts.push(layout(
                library,
                fact,
                atoms.atoms.get(&fact).map_or(&[], Vec::as_slice),
            )?);
        }
        let mut first_variable = Vec::new();
        let mut variables = Vec::new();
        for (place, layout) in (0u32..).zip(&layouts) {
            first_variable.push(u32::try_from(variables.len()).unwrap_or(u32::MAX));
            variables.extend((1..layout.count).map(|class| (place, class)));
        }
        let manager = oxidd::bdd::new_manager(building.nodes_max, CACHE_ENTRIES, 1);
        let count = u32::try_from(variables.len()).unwrap_or(u32::MAX);
        manager.with_manager_exclusive(|manager| manager.add_vars(count));
        Ok(Self {
            library,
            manager,
            places: (0u32..)
                .zip(&layouts)
                .map(|(place, layout)| (layout.fact, place))
                .collect(),
            layouts,
            first_variable,
            variables,
            ordered: None,
            terms: HashMap::new(),
            open_terms: Vec::new(),
            groups,
        })
    }

    /// The library whose formulas it compiles.
    pub fn library(&self) -> &'l Library {
        self.library
    }

    /// A flattener for this compiler's diagrams.
    pub fn flattener(&self) -> Flattener {
        Flattener::new(
            self.layouts.iter().map(|layout| layout.count).collect(),
            self.variables.clone(),
        )
    }

    /// True.
    pub fn truth(&self) -> BDDFunction {
        self.manager.with_manager_shared(BDDFunction::t)
    }

    /// False.
    pub fn falsehood(&self) -> BDDFunction {
        self.manager.with_manager_shared(BDDFunction::f)
    }

    /// Whether some values of the facts make a diagram true; what cannot be is left to the caller.
    ///
    /// A diagram has one variable a threshold and does not itself know that thresholds stand in order:
    /// asked alone it would call `age is under 18 and age is over 60` possible.
    ///
    /// # Errors
    /// When the diagram grows too large.
    pub fn is_possible(&mut self, diagram: &BDDFunction) -> Result<bool, CompileError> {
        let ordered = match &self.ordered {
            Some(ordered) => ordered.clone(),
            None => {
                let mut ordered = self.truth();
                for layout in &self.layouts {
                    for class in 2..layout.count {
                        let lower = self.at_least(layout.fact, class - 1)?;
                        let step = ok(self.at_least(layout.fact, class)?.imp(&lower))?;
                        ordered = ok(ordered.and(&step))?;
                    }
                }
                self.ordered = Some(ordered.clone());
                ordered
            }
        };
        Ok(ok(diagram.and(&ordered))?.satisfiable())
    }

    /// The diagram of a formula.
    ///
    /// # Errors
    /// When it grows too large.
    pub fn formula(&mut self, formula: &Formula) -> Result<BDDFunction, CompileError> {
        match formula {
            Formula::Fact(fact) => self.at_least(*fact, 1),
            Formula::Number {
                fact,
                comparison,
                value,
            } => self.number(*fact, *comparison, *value),
            Formula::Value { fact, values } => self.values(*fact, values),
            Formula::Term(term) => self.term(*term),
            Formula::Not(inner) => ok(self.formula(inner)?.not()),
            Formula::And(parts) => {
                let mut result = self.truth();
                for part in parts {
                    result = ok(result.and(&self.formula(part)?))?;
                }
                Ok(result)
            }
            Formula::Or(parts) => {
                let mut result = self.falsehood();
                for part in parts {
                    result = ok(result.or(&self.formula(part)?))?;
                }
                Ok(result)
            }
            Formula::Count { least, most, of } => self.count(*least, *most, of),
        }
    }

    /// All invariants that share a fact with these, directly or through others.
    ///
    /// # Errors
    /// When the diagram grows too large.
    pub fn invariants_around(
        &mut self,
        facts: &BTreeSet<FactId>,
    ) -> Result<BDDFunction, CompileError> {
        let members: Vec<usize> = self
            .groups
            .iter()
            .filter(|(group, _)| !group.is_disjoint(facts))
            .flat_map(|(_, members)| members.iter().copied())
            .collect();
        self.never_all(&members)
    }

    /// These facts and all that invariants tie to them, directly or through others.
    pub fn tied(&self, facts: &BTreeSet<FactId>) -> BTreeSet<FactId> {
        let mut all = facts.clone();
        for (group, _) in &self.groups {
            if !group.is_disjoint(facts) {
                all.extend(group);
            }
        }
        all
    }

    /// Each group of invariants: its members (for naming them) and its diagram.
    ///
    /// # Errors
    /// When a diagram grows too large.
    pub fn invariant_groups(&mut self) -> Result<Vec<(Vec<usize>, BDDFunction)>, CompileError> {
        let groups: Vec<Vec<usize>> = self
            .groups
            .iter()
            .map(|(_, members)| members.clone())
            .collect();
        groups
            .into_iter()
            .map(|members| {
                let diagram = self.never_all(&members)?;
                Ok((members, diagram))
            })
            .collect()
    }

    /// Each invariant that has a part in these diagrams: the places of its facts, and the diagram of what it permits.
    ///
    /// # Errors
    /// When a term is defined by itself, or a diagram grows too large.
    pub fn each_invariant(&mut self) -> Result<Vec<(Vec<u32>, BDDFunction)>, CompileError> {
        let all = invariants(self.library);
        let members: Vec<usize> = self
            .groups
            .iter()
            .flat_map(|(_, members)| members.iter().copied())
            .collect();
        let mut result = Vec::new();
        for formula in members.into_iter().filter_map(|index| all.get(index)) {
            let places = facts_of(self.library, formula)?
                .iter()
                .filter_map(|fact| self.places.get(fact).copied())
                .collect();
            result.push((places, ok(self.formula(formula)?.not())?));
        }
        Ok(result)
    }

    /// The situations that none of these invariants rules out, by their numbers in [`invariants`].
    ///
    /// # Errors
    /// When the diagram grows too large.
    pub fn never_all(&mut self, members: &[usize]) -> Result<BDDFunction, CompileError> {
        let all = invariants(self.library);
        let mut result = self.truth();
        for index in members {
            if let Some(formula) = all.get(*index) {
                let never = ok(self.formula(formula)?.not())?;
                result = ok(result.and(&never))?;
            }
        }
        Ok(result)
    }

    fn variable(&self, fact: FactId, class: u32) -> Option<u32> {
        let place = *self.places.get(&fact)?;
        self.first_variable
            .get(place as usize)
            .map(|first| first + class - 1)
    }

    /// The fact's class is this one or a later one; for a fact without a place, no.
    ///
    /// # Errors
    /// When it grows too large.
    pub fn at_least(&self, fact: FactId, class: u32) -> Result<BDDFunction, CompileError> {
        let count = self
            .places
            .get(&fact)
            .and_then(|place| self.layouts.get(*place as usize))
            .map_or(0, |layout| layout.count);
        if class == 0 {
            return Ok(self.truth());
        }
        if class >= count {
            return Ok(self.falsehood());
        }
        match self.variable(fact, class) {
            Some(variable) => ok(self
                .manager
                .with_manager_shared(|manager| BDDFunction::var(manager, variable))),
            // Every fact of every formula got a place when the compiler was made.
            None => Ok(self.falsehood()),
        }
    }

    fn number(
        &self,
        fact: FactId,
        comparison: Comparison,
        value: u32,
    ) -> Result<BDDFunction, CompileError> {
        match comparison {
            Comparison::Under => ok(self.from(fact, value)?.not()),
            Comparison::AtMost => ok(self.from(fact, value.saturating_add(1))?.not()),
            Comparison::AtLeast => self.from(fact, value),
            Comparison::Over => self.from(fact, value.saturating_add(1)),
            Comparison::Is => {
                let below = ok(self.from(fact, value.saturating_add(1))?.not())?;
                ok(self.from(fact, value)?.and(&below))
            }
        }
    }

    /// The number is at least `value`.
    fn from(&self, fact: FactId, value: u32) -> Result<BDDFunction, CompileError> {
        let layout = self
            .places
            .get(&fact)
            .and_then(|place| self.layouts.get(*place as usize));
        let Some(Layout {
            kind: LayoutKind::Number { starts, last },
            ..
        }) = layout
        else {
            return Ok(self.falsehood());
        };
        if value > *last {
            return Ok(self.falsehood());
        }
        let class = starts.partition_point(|start| *start < value);
        self.at_least(fact, u32::try_from(class).unwrap_or(u32::MAX))
    }

    fn values(&self, fact: FactId, values: &[u32]) -> Result<BDDFunction, CompileError> {
        let layout = self
            .places
            .get(&fact)
            .and_then(|place| self.layouts.get(*place as usize));
        let Some(Layout {
            kind: LayoutKind::Values(classes),
            ..
        }) = layout
        else {
            return Ok(self.falsehood());
        };
        let wanted: BTreeSet<u32> = values
            .iter()
            .filter_map(|value| classes.get(*value as usize).copied())
            .collect();
        let mut result = self.falsehood();
        for class in wanted {
            let above = ok(self.at_least(fact, class + 1)?.not())?;
            let exactly = ok(self.at_least(fact, class)?.and(&above))?;
            result = ok(result.or(&exactly))?;
        }
        Ok(result)
    }

    fn term(&mut self, term: TermId) -> Result<BDDFunction, CompileError> {
        if let Some(done) = self.terms.get(&term) {
            return Ok(done.clone());
        }
        if self.open_terms.contains(&term) {
            return Err(CompileError::TermCycle { term });
        }
        self.open_terms.push(term);
        let means = &self.library.term(term).means;
        let result = self.formula(means)?;
        self.open_terms.pop();
        self.terms.insert(term, result.clone());
        Ok(result)
    }

    /// From `least` to `most` of the parts: one diagram for each number reached so far.
    fn count(
        &mut self,
        least: u32,
        most: u32,
        of: &[Formula],
    ) -> Result<BDDFunction, CompileError> {
        // reached[n]: exactly n so far; numbers past `most` need not be told apart.
        let mut reached = vec![self.truth()];
        for part in of {
            let holds = self.formula(part)?;
            let fails = ok(holds.not())?;
            let mut next = Vec::new();
            for n in 0..=reached.len() {
                let stay = match reached.get(n) {
                    Some(before) => ok(before.and(&fails))?,
                    None => self.falsehood(),
                };
                let step = match n.checked_sub(1).and_then(|below| reached.get(below)) {
                    Some(before) => ok(before.and(&holds))?,
                    None => self.falsehood(),
                };
                next.push(ok(stay.or(&step))?);
            }
            reached = next;
        }
        let mut result = self.falsehood();
        for (n, exactly) in (0u32..).zip(&reached) {
            if n >= least && n <= most {
                result = ok(result.or(exactly))?;
            }
        }
        Ok(result)
    }
}

/// A full node store is the one way the library can fail.
pub fn ok(result: oxidd::util::AllocResult<BDDFunction>) -> Result<BDDFunction, CompileError> {
    result.map_err(|_| CompileError::TooLarge { norm: None })
}

/// What can never be: the vocabulary's invariants, and facts outside where they apply.
pub fn invariants(library: &Library) -> Vec<Formula> {
    let mut result: Vec<Formula> = library
        .nevers
        .iter()
        .map(|never| never.formula.clone())
        .collect();
    result.extend(applicable_only(library).into_iter().map(|(fact, applies)| {
        Formula::And(vec![
            Formula::Fact(fact),
            Formula::Not(Box::new(applies.clone())),
        ])
    }));
    result
}

/// Yes/no facts that hold only where they apply, and where that is, in the order of [`invariants`].
pub fn applicable_only(library: &Library) -> Vec<(FactId, &Formula)> {
    library
        .facts()
        .filter(|(_, fact)| fact.kind == ValueKind::YesNo)
        .filter_map(|(id, fact)| fact.applies.as_ref().map(|applies| (id, applies)))
        .collect()
}

/// The facts of a formula, those of its terms counted in.
///
/// # Errors
/// When a term is defined by itself.
pub fn facts_of(library: &Library, formula: &Formula) -> Result<BTreeSet<FactId>, CompileError> {
    let mut atoms = Atoms {
        library,
        facts: BTreeSet::new(),
        seen: BTreeSet::new(),
        atoms: HashMap::new(),
        stack: vec![],
    };
    atoms.add(formula)?;
    Ok(atoms.facts)
}

/// Collects facts and what is asked of them.
struct Atoms<'l> {
    library: &'l Library,
    facts: BTreeSet<FactId>,
    seen: BTreeSet<TermId>,
    atoms: HashMap<FactId, Vec<Formula>>,
    stack: Vec<TermId>,
}

impl Atoms<'_> {
    fn add(&mut self, formula: &Formula) -> Result<(), CompileError> {
        if let Formula::Term(term) = formula {
            if self.stack.contains(term) {
                return Err(CompileError::TermCycle { term: *term });
            }
            if self.seen.insert(*term) {
                self.stack.push(*term);
                let means = self.library.term(*term).means.clone();
                self.add(&means)?;
                self.stack.pop();
            }
        }
        if let Some(fact) = formula.fact() {
            self.facts.insert(fact);
            let atoms = self.atoms.entry(fact).or_default();
            if !atoms.contains(formula) {
                atoms.push(formula.clone());
            }
        }
        for part in formula.parts() {
            self.add(part)?;
        }
        Ok(())
    }
}

fn layout(library: &Library, fact: FactId, atoms: &[Formula]) -> Result<Layout, CompileError> {
    let (count, kind) = match &library.fact(fact).kind {
        ValueKind::YesNo => (2, LayoutKind::YesNo),
        ValueKind::Number { from, to, .. } => {
            let mut starts = BTreeSet::from([*from]);
            for atom in atoms {
                let Formula::Number {
                    comparison, value, ..
                } = atom
                else {
                    continue;
                };
                match comparison {
                    Comparison::Under | Comparison::AtLeast => starts.extend([*value]),
                    Comparison::AtMost | Comparison::Over => starts.extend([*value + 1]),
                    Comparison::Is => starts.extend([*value, *value + 1]),
                }
            }
            starts.retain(|start| (*from..=*to).contains(start));
            (
                starts.len(),
                LayoutKind::Number {
                    starts: starts.into_iter().collect(),
                    last: *to,
                },
            )
        }
        ValueKind::OneOf(values) => classes_of_values(values.len(), atoms),
        ValueKind::Country => classes_of_values(crate::country::CODES.len(), atoms),
    };
    match u32::try_from(count) {
        Ok(count) if count <= CLASSES_MAX => Ok(Layout { fact, count, kind }),
        _ => Err(CompileError::TooManyClasses { fact }),
    }
}

/// Values that no atom tells apart share a class.
fn classes_of_values(count: usize, atoms: &[Formula]) -> (usize, LayoutKind) {
    let mut signatures: Vec<Vec<bool>> = Vec::new();
    let mut classes = Vec::new();
    for value in 0..u32::try_from(count).unwrap_or(u32::MAX) {
        let signature: Vec<bool> = atoms
            .iter()
            .map(|atom| matches!(atom, Formula::Value { values, .. } if values.contains(&value)))
            .collect();
        let class = match signatures.iter().position(|known| *known == signature) {
            Some(class) => class,
            None => {
                signatures.push(signature);
                signatures.len() - 1
            }
        };
        classes.push(u32::try_from(class).unwrap_or(u32::MAX));
    }
    (signatures.len(), LayoutKind::Values(classes))
}
