//! The meaning of law, worked out the slow way: every completion is gone through.
//!
//! Nothing here is shared with the engine but the formulas: no classes of values, no diagrams.

use std::collections::{BTreeMap, BTreeSet};

use sapar_law::{
    ActId, ActorId, Comparison, FactId, Formula, Knowledge, Library, Modality, NormId, Role,
    Situation, Status, ValueKind,
};

/// One value for each fact.
pub type Values = BTreeMap<FactId, u32>;

/// Whether a formula holds when every fact has a value.
pub fn holds(library: &Library, formula: &Formula, values: &Values) -> bool {
    let value_of = |fact: &FactId| *values.get(fact).expect("every fact has a value");
    match formula {
        Formula::Fact(fact) => value_of(fact) == 1,
        Formula::Term(term) => holds(library, &library.term(*term).means, values),
        Formula::Number {
            fact,
            comparison,
            value,
        } => {
            let number = value_of(fact);
            match comparison {
                Comparison::Under => number < *value,
                Comparison::AtMost => number <= *value,
                Comparison::Is => number == *value,
                Comparison::AtLeast => number >= *value,
                Comparison::Over => number > *value,
            }
        }
        Formula::Value { fact, values } => values.contains(&value_of(fact)),
        Formula::Not(inner) => !holds(library, inner, values),
        Formula::And(parts) => parts.iter().all(|part| holds(library, part, values)),
        Formula::Or(parts) => parts.iter().any(|part| holds(library, part, values)),
        Formula::Count { least, most, of } => {
            let count = of
                .iter()
                .filter(|part| holds(library, part, values))
                .count();
            (*least as usize..=*most as usize).contains(&count)
        }
    }
}

/// Facts a formula depends on by its words.
pub fn facts(library: &Library, formula: &Formula, into: &mut BTreeSet<FactId>) {
    formula.walk(&mut |part| {
        into.extend(part.fact());
        if let Formula::Term(term) = part {
            facts(library, &library.term(*term).means, into);
        }
    });
}

/// Everything that cannot be.
pub fn nevers(library: &Library) -> Vec<Formula> {
    let mut nevers: Vec<Formula> = library
        .nevers()
        .iter()
        .map(|never| never.formula.clone())
        .collect();
    for (id, fact) in library.facts() {
        if let Some(applies) = &fact.applies {
            nevers.push(Formula::And(vec![
                Formula::Fact(id),
                Formula::Not(Box::new(applies.clone())),
            ]));
        }
    }
    nevers
}

/// Facts that some norm depends on, and those tied to them by what cannot be; with the invariants over them.
pub fn relevant(library: &Library, norms: &[NormId]) -> (BTreeSet<FactId>, Vec<Formula>) {
    let mut relevant = BTreeSet::new();
    for norm in norms {
        let norm = library.norm(*norm);
        for formula in norm.condition.iter().chain(&norm.exceptions) {
            facts(library, formula, &mut relevant);
        }
    }
    let mut waiting = nevers(library);
    let mut taken = Vec::new();
    loop {
        let before = waiting.len();
        waiting.retain(|never| {
            let mut used = BTreeSet::new();
            facts(library, never, &mut used);
            let tied = !used.is_disjoint(&relevant);
            if tied {
                relevant.append(&mut used);
                taken.push(never.clone());
            }
            !tied
        });
        // Who may ask is relevant as well.
        let facts_before = relevant.len();
        for fact in relevant.clone() {
            for clause in &library.fact(fact).only {
                facts(library, &clause.condition, &mut relevant);
            }
        }
        if waiting.len() == before && relevant.len() == facts_before {
            return (relevant, taken);
        }
    }
}

/// Every value a fact can have.
pub fn domain(library: &Library, fact: FactId) -> Vec<u32> {
    match &library.fact(fact).kind {
        ValueKind::YesNo => vec![0, 1],
        ValueKind::OneOf(values) => (0..u32::try_from(values.len()).unwrap()).collect(),
        ValueKind::Number { from, to, .. } => (*from..=*to).collect(),
        // Countries that no random law names are alike; four stand for all.
        ValueKind::Country => ["KAZ", "RUS", "UZB", "NOR"]
            .iter()
            .map(|code| sapar_law::country::index_of(code).unwrap())
            .collect(),
    }
}

/// What is known when the fact has this value.
pub fn knowledge(library: &Library, fact: FactId, value: u32) -> Knowledge {
    match &library.fact(fact).kind {
        ValueKind::YesNo => Knowledge::YesNo(value == 1),
        ValueKind::Number { .. } => Knowledge::Number(value, value),
        _ => Knowledge::Value(value),
    }
}

/// Whether a value agrees with what is known.
pub fn agrees(knowledge: Knowledge, value: u32) -> bool {
    match knowledge {
        Knowledge::Unknown => true,
        Knowledge::YesNo(yes) => u32::from(yes) == value,
        Knowledge::Value(known) => known == value,
        Knowledge::Number(low, high) => (low..=high).contains(&value),
    }
}

/// Who must, should or may do what.
pub type Key = (ActorId, Modality, ActId);

/// One complete situation and the norms that apply in it.
pub struct Row {
    pub values: Values,
    pub applies: BTreeSet<NormId>,
    /// Norms whose own condition holds and no exception does.
    pub bases: BTreeSet<NormId>,
}

/// The norms that apply, and those whose own condition holds.
pub fn applying(
    library: &Library,
    norms: &[NormId],
    values: &Values,
) -> (BTreeSet<NormId>, BTreeSet<NormId>) {
    let bases: BTreeSet<NormId> = norms
        .iter()
        .copied()
        .filter(|id| {
            let norm = library.norm(*id);
            norm.condition
                .as_ref()
                .is_none_or(|condition| holds(library, condition, values))
                && !norm
                    .exceptions
                    .iter()
                    .any(|exception| holds(library, exception, values))
        })
        .collect();
    fn applies(library: &Library, bases: &BTreeSet<NormId>, norm: NormId) -> bool {
        bases.contains(&norm)
            && !bases.iter().any(|other| {
                library.norm(*other).overrides.contains(&norm) && applies(library, bases, *other)
            })
    }
    let applying = bases
        .iter()
        .copied()
        .filter(|norm| applies(library, &bases, *norm))
        .collect();
    (applying, bases)
}

/// Every complete situation that can occur.
pub struct World<'l> {
    pub library: &'l Library,
    pub rows: Vec<Row>,
    pub facts: BTreeSet<FactId>,
    pub positions: BTreeMap<Key, Vec<NormId>>,
    pub norms: Vec<NormId>,
}

impl<'l> World<'l> {
    /// All completions over the relevant facts.
    pub fn new(library: &'l Library) -> Self {
        let norms: Vec<NormId> = library.norms().map(|(id, _)| id).collect();
        Self::of(library, norms)
    }

    /// The same for some norms.
    pub fn of(library: &'l Library, norms: Vec<NormId>) -> Self {
        let (facts, nevers) = relevant(library, &norms);
        let mut all: Vec<Values> = vec![Values::new()];
        for fact in &facts {
            let domain = domain(library, *fact);
            all = all
                .iter()
                .flat_map(|values| {
                    domain.iter().map(move |value| {
                        let mut values = values.clone();
                        values.insert(*fact, *value);
                        values
                    })
                })
                .collect();
        }
        let rows = all
            .into_iter()
            .filter(|values| !nevers.iter().any(|never| holds(library, never, values)))
            .map(|values| {
                let (applies, bases) = applying(library, &norms, &values);
                Row {
                    values,
                    applies,
                    bases,
                }
            })
            .collect();
        let mut positions: BTreeMap<Key, Vec<NormId>> = BTreeMap::new();
        for id in &norms {
            let norm = library.norm(*id);
            positions
                .entry((norm.bearer, norm.modality, norm.act))
                .or_default()
                .push(*id);
        }
        Self {
            library,
            rows,
            facts,
            positions,
            norms,
        }
    }

    /// Completions of a situation.
    pub fn completions<'w>(&'w self, situation: &'w Situation) -> impl Iterator<Item = &'w Row> {
        self.rows.iter().filter(|row| {
            row.values
                .iter()
                .all(|(fact, value)| agrees(situation.get(*fact), *value))
        })
    }

    /// Whether a fact is not for this role in some of these rows, or in all situations.
    pub fn barred<'r>(
        &self,
        role: Role,
        fact: FactId,
        rows: impl IntoIterator<Item = &'r Row>,
    ) -> bool {
        let definition = self.library.fact(fact);
        definition.role > role
            || rows.into_iter().any(|row| {
                definition.only.iter().any(|clause| {
                    clause.role > role && holds(self.library, &clause.condition, &row.values)
                })
            })
    }

    /// Whether a position holds in a row.
    pub fn holds(&self, key: &Key, row: &Row) -> bool {
        self.positions[key]
            .iter()
            .any(|norm| row.applies.contains(norm))
    }

    /// The status of a position; `None` when there is no completion.
    pub fn status(&self, key: &Key, situation: &Situation) -> Option<Status> {
        status(self.completions(situation).map(|row| self.holds(key, row)))
    }

    /// The status of a norm.
    pub fn norm_status(&self, norm: NormId, situation: &Situation) -> Option<Status> {
        status(
            self.completions(situation)
                .map(|row| row.applies.contains(&norm)),
        )
    }
}

/// Certain, excluded or open; `None` of nothing.
pub fn status(truths: impl IntoIterator<Item = bool>) -> Option<Status> {
    let (mut some, mut other) = (false, false);
    for truth in truths {
        some |= truth;
        other |= !truth;
    }
    match (some, other) {
        (true, false) => Some(Status::Certain),
        (true, true) => Some(Status::Open),
        (false, true) => Some(Status::Excluded),
        (false, false) => None,
    }
}
