//! Classes of data: what a purpose may see is said in these words.
//!
//! Every personal field, position, task, referral, case, document and note carries its classes.
//! A reader may see a thing only with *all* of its classes, so one more class always means fewer readers.

use std::collections::BTreeSet;
use std::fmt;

use sapar_law::{Engine, FactId, Formula, Library, NormId, PositionId, Situation};
use serde::{Deserialize, Serialize};

/// What a piece of data is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataClass {
    /// Who the person is.
    Identity,
    /// Where the person can be reached.
    Contact,
    /// How the person travelled, with which documents.
    Travel,
    /// Health and disability.
    Health,
    /// Being a child, care and guardianship.
    Child,
    /// Being or perhaps being trafficked.
    Trafficking,
    /// Seeking, having had or having protection.
    Asylum,
    /// What an investigation knows.
    Investigation,
}

impl DataClass {
    /// Every class.
    pub const ALL: [DataClass; 8] = [
        DataClass::Identity,
        DataClass::Contact,
        DataClass::Travel,
        DataClass::Health,
        DataClass::Child,
        DataClass::Trafficking,
        DataClass::Asylum,
        DataClass::Investigation,
    ];

    /// The name, as the vocabulary and the policies write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            DataClass::Identity => "identity",
            DataClass::Contact => "contact",
            DataClass::Travel => "travel",
            DataClass::Health => "health",
            DataClass::Child => "child",
            DataClass::Trafficking => "trafficking",
            DataClass::Asylum => "asylum",
            DataClass::Investigation => "investigation",
        }
    }

    /// The class of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }
}

/// A set of classes, in a fixed order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Vec<DataClass>", into = "Vec<DataClass>")]
pub struct Classes(u8);

impl Classes {
    /// No class: open to whoever may see the record at all.
    pub const NONE: Classes = Classes(0);
    /// Every class.
    pub const ALL: Classes = Classes(u8::MAX);

    /// One class.
    #[must_use]
    pub const fn one(class: DataClass) -> Self {
        Self(1 << class as u8)
    }

    /// The classes in either.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These and one more.
    #[must_use]
    pub const fn with(self, class: DataClass) -> Self {
        self.and(Self::one(class))
    }

    /// The classes that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the class is among them.
    #[must_use]
    pub const fn has(self, class: DataClass) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// Whether a reader of `seen` may see something of these classes: all of them are seen.
    #[must_use]
    pub const fn visible_to(self, seen: Self) -> bool {
        self.0 & !seen.0 == 0
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each class, in order.
    pub fn iter(self) -> impl Iterator<Item = DataClass> {
        DataClass::ALL
            .into_iter()
            .filter(move |class| self.has(*class))
    }
}

impl FromIterator<DataClass> for Classes {
    fn from_iter<I: IntoIterator<Item = DataClass>>(classes: I) -> Self {
        classes.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<Vec<DataClass>> for Classes {
    fn from(classes: Vec<DataClass>) -> Self {
        classes.into_iter().collect()
    }
}

impl From<Classes> for Vec<DataClass> {
    fn from(classes: Classes) -> Self {
        classes.iter().collect()
    }
}

impl fmt::Debug for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// The classes of a fact, from the vocabulary.
///
/// A sensitivity this program does not know gives every class: what cannot be classed is shown to nobody by accident.
#[must_use]
pub fn of_fact(library: &Library, fact: FactId) -> Classes {
    DataClass::named(&library.fact(fact).sensitivity).map_or(Classes::ALL, Classes::one)
}

/// The classes of a position: those of every fact that any of its norms reads, or any norm that overrides one of them.
///
/// The answer does not depend on the person: whether a position holds tells something of each of these facts,
/// also where it rests on a norm that reads fewer.
///
/// One way is left by which a position can tell of a fact that is in none of its norms: the vocabulary's invariants.
/// Whoever may not see a class is therefore shown [`crate::screening::Screening::outcome_seen`].
#[must_use]
pub fn of_position(engine: &Engine, position: PositionId) -> Classes {
    let library = engine.library();
    let mut norms: BTreeSet<NormId> = engine.position(position).norms.iter().copied().collect();
    loop {
        let overriding: Vec<NormId> = engine
            .norm_ids()
            .filter(|norm| !norms.contains(norm))
            .filter(|norm| {
                library
                    .norm(*norm)
                    .overrides
                    .iter()
                    .any(|other| norms.contains(other))
            })
            .collect();
        if overriding.is_empty() {
            break;
        }
        norms.extend(overriding);
    }
    norms
        .into_iter()
        .map(|norm| of_norm(library, norm))
        .fold(Classes::NONE, Classes::and)
}

/// What is known without the facts that a reader of these classes may not see: they become unknown.
#[must_use]
pub fn situation_seen(library: &Library, situation: &Situation, seen: Classes) -> Situation {
    let mut visible = Situation::new();
    for (fact, knowledge) in situation.known() {
        if of_fact(library, fact).visible_to(seen) {
            visible.set(fact, knowledge);
        }
    }
    visible
}

fn of_norm(library: &Library, norm: NormId) -> Classes {
    let norm = library.norm(norm);
    norm.condition
        .iter()
        .chain(&norm.exceptions)
        .map(|formula| of_formula(library, formula, TERM_DEPTH_MAX))
        .fold(Classes::NONE, Classes::and)
}

/// The check of the law refuses circles of terms; the bound keeps a library with errors from looping.
const TERM_DEPTH_MAX: usize = 64;

fn of_formula(library: &Library, formula: &Formula, depth_left: usize) -> Classes {
    let mut classes = Classes::NONE;
    formula.walk(&mut |part| {
        if let Some(fact) = part.fact() {
            classes = classes.and(of_fact(library, fact));
        }
        if let Formula::Term(term) = part {
            classes = classes.and(match depth_left.checked_sub(1) {
                Some(left) => of_formula(library, &library.term(*term).means, left),
                None => Classes::ALL,
            });
        }
    });
    classes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_visible_only_with_all_its_classes() {
        let thing = Classes::one(DataClass::Child).with(DataClass::Asylum);
        assert!(thing.visible_to(Classes::ALL));
        assert!(thing.visible_to(thing));
        assert!(!thing.visible_to(Classes::one(DataClass::Child)));
        assert!(Classes::NONE.visible_to(Classes::NONE));
        assert_eq!(
            thing.without(Classes::one(DataClass::Child)),
            Classes::one(DataClass::Asylum)
        );
        assert_eq!(
            serde_json::to_string(&thing).unwrap(),
            r#"["child","asylum"]"#
        );
        assert_eq!(
            serde_json::from_str::<Classes>(r#"["asylum","child"]"#).unwrap(),
            thing
        );
    }

    #[test]
    fn every_sensitivity_of_the_vocabulary_is_a_class() {
        let library = sapar_packages::library().library;
        let mut seen = Classes::NONE;
        for (_, fact) in library.facts() {
            let class = DataClass::named(&fact.sensitivity);
            assert!(
                class.is_some(),
                "{} has the unknown class {}",
                fact.name,
                fact.sensitivity
            );
            seen = seen.and(class.map_or(Classes::NONE, Classes::one));
        }
        assert_eq!(seen, Classes::ALL);
    }

    #[test]
    fn a_position_has_the_classes_of_conditions_exceptions_terms_and_overriding_norms() {
        let library = std::sync::Arc::new(sapar_packages::library().library);
        let order = library.order_named("kazakhstan-screening").unwrap();
        let on = jiff::civil::date(2026, 11, 25);
        let engine = Engine::new(std::sync::Arc::clone(&library), order, on).unwrap();
        let (mut by_exception, mut by_override) = (0, 0);
        for (id, position) in engine.position_ids() {
            let classes = of_position(&engine, id);
            for norm in position.norms.iter().map(|norm| library.norm(*norm)) {
                for exception in &norm.exceptions {
                    let read = of_formula(&library, exception, TERM_DEPTH_MAX);
                    assert!(read.visible_to(classes));
                    by_exception += usize::from(!read.is_empty());
                }
            }
            let overriding = engine.norm_ids().filter(|norm| {
                library
                    .norm(*norm)
                    .overrides
                    .iter()
                    .any(|other| position.norms.contains(other))
            });
            for norm in overriding {
                assert!(of_norm(&library, norm).visible_to(classes));
                by_override += 1;
            }
        }
        assert!(by_exception > 0, "no exception in the law");
        assert!(by_override > 0, "no overriding norm in the law");
    }
}
