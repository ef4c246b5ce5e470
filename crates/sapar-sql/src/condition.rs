//! Conditions in the form that can be asked "may it be so?" with two truth values.
//!
//! A condition is built from *literals*, "this fact has one of these classes of values", by `all`, `any` and
//! `at least so many`; there is no `not`, because the negation of a literal is a literal.
//! Equal conditions are one node, so that what two positions share is worked out once.
//!
//! Read over a row in which facts may be unknown, a literal asks whether the fact *may* have one of the classes:
//! it is unknown, or it has one of them. That is true or false and never unknown.
//! The reading is exact for the whole condition where [`Conditions::torn`] finds no place; [`crate::exact`] makes it so.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use sapar_law::diagrams::Classes;

/// A condition of a [`Conditions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConditionId(u32);

impl ConditionId {
    /// Never so.
    pub const NEVER: Self = Self(0);
    /// Always so.
    pub const ALWAYS: Self = Self(1);
}

/// One node.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Condition {
    /// Never so.
    Never,
    /// Always so.
    Always,
    /// The fact at this place has one of these classes.
    Is {
        /// Place of the fact.
        place: u32,
        /// Some of its classes, never none and never all.
        classes: Classes,
    },
    /// All of these; at least two.
    All(Vec<ConditionId>),
    /// Any of these; at least two.
    Any(Vec<ConditionId>),
    /// At least so many of these, more than one and fewer than all.
    AtLeast {
        /// How many.
        least: u32,
        /// Of these.
        of: Vec<ConditionId>,
    },
}

impl Condition {
    /// The parts, one level down.
    pub fn parts(&self) -> &[ConditionId] {
        match self {
            Self::All(of) | Self::Any(of) | Self::AtLeast { of, .. } => of,
            _ => &[],
        }
    }
}

/// For each place, the different sets of classes that literals name.
pub type Literals = BTreeMap<u32, Vec<Classes>>;

/// Whether one of two sets holds the other.
pub fn nested(left: Classes, right: Classes) -> bool {
    left & right == left || left & right == right
}

/// All conditions of one law.
pub struct Conditions {
    nodes: Vec<Condition>,
    unique: FxHashMap<Condition, ConditionId>,
    /// For each place, all its classes.
    every: Vec<Classes>,
    negations: FxHashMap<ConditionId, ConditionId>,
    literals: FxHashMap<ConditionId, Rc<Literals>>,
    torn: FxHashMap<ConditionId, Rc<Vec<u32>>>,
}

impl Conditions {
    /// `counts`: how many classes the fact at each place has.
    pub fn new(counts: impl IntoIterator<Item = u32>) -> Self {
        let every = counts
            .into_iter()
            .map(|count| {
                if count >= 64 {
                    Classes::MAX
                } else {
                    (1 << count) - 1
                }
            })
            .collect();
        Self {
            nodes: vec![Condition::Never, Condition::Always],
            unique: FxHashMap::default(),
            every,
            negations: FxHashMap::default(),
            literals: FxHashMap::default(),
            torn: FxHashMap::default(),
        }
    }

    /// The node.
    #[expect(clippy::indexing_slicing, reason = "ids are made by this store alone")]
    pub fn get(&self, id: ConditionId) -> &Condition {
        &self.nodes[id.0 as usize]
    }

    /// All classes of the fact at a place.
    pub fn every(&self, place: u32) -> Classes {
        self.every.get(place as usize).copied().unwrap_or(0)
    }

    fn make(&mut self, node: Condition) -> ConditionId {
        // The order of parts is for the reader and makes no other condition.
        let mut key = node.clone();
        if let Condition::All(of) | Condition::Any(of) | Condition::AtLeast { of, .. } = &mut key {
            of.sort_unstable();
        }
        if let Some(known) = self.unique.get(&key) {
            return *known;
        }
        let id = ConditionId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        self.unique.insert(key, id);
        id
    }

    /// The fact at this place has one of these classes.
    pub fn is(&mut self, place: u32, classes: Classes) -> ConditionId {
        let every = self.every(place);
        match classes & every {
            0 => ConditionId::NEVER,
            all if all == every => ConditionId::ALWAYS,
            classes => self.make(Condition::Is { place, classes }),
        }
    }

    /// All of these.
    pub fn all(&mut self, of: impl IntoIterator<Item = ConditionId>) -> ConditionId {
        let mut parts: Vec<ConditionId> = Vec::new();
        for part in of {
            if part == ConditionId::NEVER {
                return part;
            }
            if part == ConditionId::ALWAYS || parts.contains(&part) {
                continue;
            }
            // Two literals of one fact are one.
            if let Condition::Is { place, classes } = *self.get(part)
                && let Some((at, other)) = self.literal_among(&parts, place)
            {
                let both = self.is(place, classes & other);
                if both == ConditionId::NEVER {
                    return both;
                }
                if let Some(slot) = parts.get_mut(at) {
                    *slot = both;
                }
                continue;
            }
            parts.push(part);
        }
        for part in &parts {
            if let Some(opposite) = self.negations.get(part)
                && parts.contains(opposite)
            {
                return ConditionId::NEVER;
            }
        }
        match parts.as_slice() {
            [] => ConditionId::ALWAYS,
            [one] => *one,
            _ => self.make(Condition::All(parts)),
        }
    }

    /// Any of these.
    pub fn any(&mut self, of: impl IntoIterator<Item = ConditionId>) -> ConditionId {
        let mut parts: Vec<ConditionId> = Vec::new();
        for part in of {
            if part == ConditionId::ALWAYS {
                return part;
            }
            if part == ConditionId::NEVER || parts.contains(&part) {
                continue;
            }
            if let Condition::Is { place, classes } = *self.get(part)
                && let Some((at, other)) = self.literal_among(&parts, place)
            {
                let either = self.is(place, classes | other);
                if either == ConditionId::ALWAYS {
                    return either;
                }
                if let Some(slot) = parts.get_mut(at) {
                    *slot = either;
                }
                continue;
            }
            parts.push(part);
        }
        for part in &parts {
            if let Some(opposite) = self.negations.get(part)
                && parts.contains(opposite)
            {
                return ConditionId::ALWAYS;
            }
        }
        match parts.as_slice() {
            [] => ConditionId::NEVER,
            [one] => *one,
            _ => self.make(Condition::Any(parts)),
        }
    }

    fn literal_among(&self, parts: &[ConditionId], wanted: u32) -> Option<(usize, Classes)> {
        parts
            .iter()
            .enumerate()
            .find_map(|(at, part)| match self.get(*part) {
                Condition::Is { place, classes } if *place == wanted => Some((at, *classes)),
                _ => None,
            })
    }

    /// At least so many of these; one that stands twice counts twice.
    pub fn at_least(
        &mut self,
        least: u32,
        of: impl IntoIterator<Item = ConditionId>,
    ) -> ConditionId {
        let mut least = i64::from(least);
        let mut parts = Vec::new();
        for part in of {
            match part {
                ConditionId::ALWAYS => least -= 1,
                ConditionId::NEVER => {}
                _ => parts.push(part),
            }
        }
        let count = i64::try_from(parts.len()).unwrap_or(i64::MAX);
        if least <= 0 {
            ConditionId::ALWAYS
        } else if least > count {
            ConditionId::NEVER
        } else if least == 1 {
            self.any(parts)
        } else if least == count {
            self.all(parts)
        } else {
            let least = u32::try_from(least).unwrap_or(u32::MAX);
            self.make(Condition::AtLeast { least, of: parts })
        }
    }

    /// The condition that holds where this one does not.
    pub fn not(&mut self, id: ConditionId) -> ConditionId {
        if let Some(known) = self.negations.get(&id) {
            return *known;
        }
        let result = match self.get(id).clone() {
            Condition::Never => ConditionId::ALWAYS,
            Condition::Always => ConditionId::NEVER,
            Condition::Is { place, classes } => {
                let rest = self.every(place) & !classes;
                self.is(place, rest)
            }
            Condition::All(of) => {
                let of: Vec<ConditionId> = of.into_iter().map(|part| self.not(part)).collect();
                self.any(of)
            }
            Condition::Any(of) => {
                let of: Vec<ConditionId> = of.into_iter().map(|part| self.not(part)).collect();
                self.all(of)
            }
            Condition::AtLeast { least, of } => {
                let count = u32::try_from(of.len()).unwrap_or(u32::MAX);
                let of: Vec<ConditionId> = of.into_iter().map(|part| self.not(part)).collect();
                self.at_least(count - least + 1, of)
            }
        };
        self.negations.insert(id, result);
        self.negations.insert(result, id);
        result
    }

    /// The condition among people whose fact at this place has one of these classes.
    pub fn given(
        &mut self,
        id: ConditionId,
        place: u32,
        classes: Classes,
        done: &mut FxHashMap<ConditionId, ConditionId>,
    ) -> ConditionId {
        if !self.literals(id).contains_key(&place) {
            return id;
        }
        if let Some(known) = done.get(&id) {
            return *known;
        }
        let result = match self.get(id).clone() {
            Condition::Never | Condition::Always => id,
            Condition::Is {
                place: at,
                classes: wanted,
            } => {
                if at != place {
                    id
                } else if wanted & classes == classes {
                    ConditionId::ALWAYS
                } else {
                    self.is(place, wanted & classes)
                }
            }
            Condition::All(of) => {
                let of: Vec<_> = of
                    .into_iter()
                    .map(|part| self.given(part, place, classes, done))
                    .collect();
                self.all(of)
            }
            Condition::Any(of) => {
                let of: Vec<_> = of
                    .into_iter()
                    .map(|part| self.given(part, place, classes, done))
                    .collect();
                self.any(of)
            }
            Condition::AtLeast { least, of } => {
                let of: Vec<_> = of
                    .into_iter()
                    .map(|part| self.given(part, place, classes, done))
                    .collect();
                self.at_least(least, of)
            }
        };
        done.insert(id, result);
        result
    }

    /// The condition where another condition is known to hold or not to hold.
    pub fn supposing(
        &mut self,
        id: ConditionId,
        supposed: &FxHashMap<ConditionId, ConditionId>,
        done: &mut FxHashMap<ConditionId, ConditionId>,
    ) -> ConditionId {
        if let Some(known) = supposed.get(&id).or_else(|| done.get(&id)) {
            return *known;
        }
        let result = match self.get(id).clone() {
            Condition::Never | Condition::Always | Condition::Is { .. } => id,
            Condition::All(of) => {
                let of: Vec<_> = of
                    .into_iter()
                    .map(|part| self.supposing(part, supposed, done))
                    .collect();
                self.all(of)
            }
            Condition::Any(of) => {
                let of: Vec<_> = of
                    .into_iter()
                    .map(|part| self.supposing(part, supposed, done))
                    .collect();
                self.any(of)
            }
            Condition::AtLeast { least, of } => {
                let of: Vec<_> = of
                    .into_iter()
                    .map(|part| self.supposing(part, supposed, done))
                    .collect();
                self.at_least(least, of)
            }
        };
        done.insert(id, result);
        result
    }

    /// The literals of a condition, by place.
    pub fn literals(&mut self, id: ConditionId) -> Rc<Literals> {
        if let Some(known) = self.literals.get(&id) {
            return Rc::clone(known);
        }
        let mut literals = Literals::new();
        match self.get(id).clone() {
            Condition::Is { place, classes } => {
                literals.insert(place, vec![classes]);
            }
            other => {
                for part in other.parts() {
                    let inner = self.literals(*part);
                    add_literals(&mut literals, &inner);
                }
            }
        }
        let literals = Rc::new(literals);
        self.literals.insert(id, Rc::clone(&literals));
        literals
    }

    /// Places at which "may be" is not exact for this condition: two parts that must hold together
    /// ask for sets of classes of one fact of which neither holds the other.
    ///
    /// Where there is none, reading every literal as "may be" answers exactly: whatever parts are picked at
    /// each `any` to make the condition true, the literals they ask of one fact form a chain,
    /// so the smallest set among them serves all, and it was found to be possible.
    pub fn torn(&mut self, id: ConditionId) -> Rc<Vec<u32>> {
        if let Some(known) = self.torn.get(&id) {
            return Rc::clone(known);
        }
        let node = self.get(id).clone();
        let mut torn = match &node {
            Condition::All(of) | Condition::AtLeast { of, .. } => self.torn_between(of),
            _ => Vec::new(),
        };
        for part in node.parts() {
            torn.extend(self.torn(*part).iter());
        }
        torn.sort_unstable();
        torn.dedup();
        let torn = Rc::new(torn);
        self.torn.insert(id, Rc::clone(&torn));
        torn
    }

    /// Places torn between parts that must hold together; those within a part are left out.
    pub fn torn_between(&mut self, of: &[ConditionId]) -> Vec<u32> {
        let mut torn = Vec::new();
        let mut before = Literals::new();
        for part in of {
            let own = self.literals(*part);
            for (place, sets) in own.iter() {
                if let Some(others) = before.get(place)
                    && sets
                        .iter()
                        .any(|set| others.iter().any(|other| !nested(*set, *other)))
                {
                    torn.push(*place);
                }
            }
            add_literals(&mut before, &own);
        }
        torn
    }
}

/// Adds the literals of one condition to those of others.
pub fn add_literals(into: &mut Literals, more: &Literals) {
    for (place, sets) in more {
        let known = into.entry(*place).or_default();
        for set in sets {
            if !known.contains(set) {
                known.push(*set);
            }
        }
    }
}
