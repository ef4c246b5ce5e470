//! An outcome as it is recorded: names and texts instead of numbers, so that it can be read under any later law.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use sapar_law::{
    Contradiction, Duration, Engine, Library, LimitDef, LimitKind, Modality, NormId, PositionId,
    Situation, Unit,
};
use serde::{Deserialize, Serialize};

use crate::classes::{self, Classes};

mod difference;

pub use difference::{Difference, Move};

/// A norm by name: `kazakhstan/refugees-law-2009#non-refoulement`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NormKey(String);

impl NormKey {
    /// The name of a norm of a library.
    #[must_use]
    pub fn of(library: &Library, norm: NormId) -> Self {
        let norm = library.norm(norm);
        let instrument = library.instrument(norm.instrument);
        Self(format!(
            "{}/{}#{}",
            instrument.package, instrument.id, norm.id
        ))
    }

    /// A name as it was written.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self(name.trim().to_owned())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The norm in a library, if it still has one of that name.
    #[must_use]
    pub fn find(&self, library: &Library) -> Option<NormId> {
        library
            .norms()
            .map(|(id, _)| id)
            .find(|id| NormKey::of(library, *id) == *self)
    }
}

/// A norm behind a position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormRef {
    /// Its name.
    pub norm: NormKey,
    /// The article, as the law writes it.
    pub provision: String,
}

impl NormRef {
    /// The reference to a norm of a library.
    #[must_use]
    pub fn of(library: &Library, norm: NormId) -> Self {
        Self {
            norm: NormKey::of(library, norm),
            provision: library.norm(norm).provision.clone(),
        }
    }
}

/// How a position binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// Must not.
    Prohibition,
    /// Must.
    Duty,
    /// Should not.
    AdviceAgainst,
    /// Should.
    Advice,
    /// May.
    Permission,
}

impl From<Modality> for Force {
    fn from(modality: Modality) -> Self {
        match modality {
            Modality::MustNot => Force::Prohibition,
            Modality::Must => Force::Duty,
            Modality::ShouldNot => Force::AdviceAgainst,
            Modality::Should => Force::Advice,
            Modality::May => Force::Permission,
        }
    }
}

/// Who, how and what: the same in every library that has these words. Prohibitions sort first.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PositionKey {
    /// How it binds.
    pub force: Force,
    /// Who: an actor of the vocabulary.
    pub bearer: String,
    /// What: an act of the vocabulary.
    pub act: String,
}

impl PositionKey {
    /// The key of a position.
    #[must_use]
    pub fn of(engine: &Engine, position: PositionId) -> Self {
        let position = engine.position(position);
        let library = engine.library();
        Self {
            force: position.modality.into(),
            bearer: library.actor(position.bearer).name.clone(),
            act: library.act(position.act).name.clone(),
        }
    }
}

impl fmt::Display for PositionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let force = match self.force {
            Force::Prohibition => "must not",
            Force::Duty => "must",
            Force::AdviceAgainst => "should not",
            Force::Advice => "should",
            Force::Permission => "may",
        };
        write!(f, "{} {force} {}", self.bearer, self.act)
    }
}

/// Whether a recorded position holds. An excluded one is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Certain.
    Certain,
    /// Not decided by what is known: not a no.
    Open,
}

/// Units of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitUnit {
    /// Hours.
    Hours,
    /// Calendar days.
    Days,
    /// Working days.
    WorkingDays,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

const UNITS: [(Unit, LimitUnit); 6] = [
    (Unit::Hours, LimitUnit::Hours),
    (Unit::Days, LimitUnit::Days),
    (Unit::WorkingDays, LimitUnit::WorkingDays),
    (Unit::Weeks, LimitUnit::Weeks),
    (Unit::Months, LimitUnit::Months),
    (Unit::Years, LimitUnit::Years),
];

/// A length as a law counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Length {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: LimitUnit,
}

impl Length {
    fn of(duration: Duration) -> Self {
        let unit = UNITS
            .iter()
            .find(|(unit, _)| *unit == duration.unit)
            .map_or(LimitUnit::Days, |(_, unit)| *unit);
        Self {
            amount: duration.amount,
            unit,
        }
    }

    pub(crate) fn duration(self) -> Duration {
        let unit = UNITS
            .iter()
            .find(|(_, unit)| *unit == self.unit)
            .map_or(Unit::Days, |(unit, _)| *unit);
        Duration {
            amount: self.amount,
            unit,
        }
    }
}

/// Kinds of limits, as the law's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// At the latest so long after the event.
    Within(Length),
    /// At least so long.
    AtLeast(Length),
    /// At most so long.
    AtMost(Length),
    /// Again and again, so far apart.
    Every(Length),
    /// At once.
    AtOnce,
    /// Without delay.
    WithoutDelay,
    /// As soon as possible.
    AsSoonAsPossible,
    /// Until the event.
    Until,
}

impl Limit {
    fn of(kind: LimitKind) -> Self {
        match kind {
            LimitKind::Within(length) => Limit::Within(Length::of(length)),
            LimitKind::AtLeast(length) => Limit::AtLeast(Length::of(length)),
            LimitKind::AtMost(length) => Limit::AtMost(Length::of(length)),
            LimitKind::Every(length) => Limit::Every(Length::of(length)),
            LimitKind::AtOnce => Limit::AtOnce,
            LimitKind::WithoutDelay => Limit::WithoutDelay,
            LimitKind::AsSoonAsPossible => Limit::AsSoonAsPossible,
            LimitKind::Until => Limit::Until,
        }
    }

    /// The kind as the law crates have it.
    #[must_use]
    pub fn kind(self) -> LimitKind {
        match self {
            Limit::Within(length) => LimitKind::Within(length.duration()),
            Limit::AtLeast(length) => LimitKind::AtLeast(length.duration()),
            Limit::AtMost(length) => LimitKind::AtMost(length.duration()),
            Limit::Every(length) => LimitKind::Every(length.duration()),
            Limit::AtOnce => LimitKind::AtOnce,
            Limit::WithoutDelay => LimitKind::WithoutDelay,
            Limit::AsSoonAsPossible => LimitKind::AsSoonAsPossible,
            Limit::Until => LimitKind::Until,
        }
    }
}

/// A limit of a position.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitRef {
    /// Kind and length.
    pub limit: Limit,
    /// What it runs from, or until what: an event of the vocabulary.
    pub event: String,
    /// The norm that sets it.
    pub norm: NormKey,
}

impl LimitRef {
    /// The reference to a limit of a library, and to the norm that sets it.
    #[must_use]
    pub fn of(library: &Library, limit: LimitDef, norm: NormId) -> Self {
        Self {
            limit: Limit::of(limit.kind),
            event: library.event(limit.event).name.clone(),
            norm: NormKey::of(library, norm),
        }
    }
}

/// A position of an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedPosition {
    /// Which.
    pub position: PositionKey,
    /// Whether it is certain.
    pub standing: Standing,
    /// The norms it rests on, or may rest on.
    pub norms: Vec<NormRef>,
    /// Its strongest limits.
    pub limits: Vec<LimitRef>,
    /// Prohibitions of the same act that stand, or may stand, against it.
    pub barred_by: Vec<PositionKey>,
    /// What it tells of the person.
    pub classes: Classes,
}

/// Law and day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// The legal order, by name.
    pub order: String,
    /// The day whose law it is.
    pub on: Date,
}

impl Law {
    /// Of an engine.
    #[must_use]
    pub fn of(engine: &Engine) -> Self {
        Self {
            order: engine.library().order(engine.order()).id.clone(),
            on: engine.on(),
        }
    }
}

/// A prohibition and what stands against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedConflict {
    /// What demands or allows.
    pub for_it: PositionKey,
    /// What forbids.
    pub against_it: PositionKey,
    /// The side the order prefers, if it prefers one; the conflict stays one.
    pub preferred: Option<PositionKey>,
}

/// What follows for a person under a law, as recorded. Prohibitions come first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedOutcome {
    /// Under which law.
    pub law: Law,
    /// Certain and open positions, sorted; each once.
    pub positions: Vec<RecordedPosition>,
    /// Conflicts among what is certain.
    pub conflicts: Vec<RecordedConflict>,
}

impl RecordedOutcome {
    /// Evaluates a situation and writes everything down by name.
    ///
    /// # Errors
    /// When what is known contradicts itself.
    pub fn of(engine: &Engine, situation: &Situation) -> Result<Self, Contradiction> {
        let outcome = sapar_screening::Outcome::without_deciding_facts(engine, situation)?;
        let library = engine.library();
        let keys = |positions: &[PositionId]| -> Vec<PositionKey> {
            positions
                .iter()
                .map(|position| PositionKey::of(engine, *position))
                .collect()
        };
        let norms = |norms: &[NormId]| -> Vec<NormRef> {
            let distinct: BTreeSet<NormId> = norms.iter().copied().collect();
            distinct
                .into_iter()
                .map(|norm| NormRef::of(library, norm))
                .collect()
        };
        let certain = [
            &outcome.prohibitions,
            &outcome.duties,
            &outcome.recommendations,
            &outcome.permissions,
        ]
        .into_iter()
        .flatten()
        .map(|entry| RecordedPosition {
            position: PositionKey::of(engine, entry.position),
            standing: Standing::Certain,
            norms: norms(&entry.norms),
            limits: entry
                .limits
                .iter()
                .map(|(limit, norm)| LimitRef::of(library, *limit, *norm))
                .collect(),
            barred_by: keys(&entry.barred_by),
            classes: classes::of_position(engine, entry.position),
        });
        let open = outcome.undecided.iter().map(|open| RecordedPosition {
            position: PositionKey::of(engine, open.position),
            standing: Standing::Open,
            norms: norms(&open.norms),
            limits: Vec::new(),
            barred_by: keys(&open.barred_by),
            classes: classes::of_position(engine, open.position),
        });
        let mut positions: Vec<RecordedPosition> = certain.chain(open).collect();
        positions.sort_by(|left, right| {
            (left.position.force, left.standing, &left.position).cmp(&(
                right.position.force,
                right.standing,
                &right.position,
            ))
        });
        let conflicts = outcome
            .evaluation
            .conflicts
            .iter()
            .map(|conflict| RecordedConflict {
                for_it: PositionKey::of(engine, conflict.for_it),
                against_it: PositionKey::of(engine, conflict.against_it),
                preferred: conflict
                    .preferred
                    .map(|(position, _)| PositionKey::of(engine, position)),
            })
            .collect();
        Ok(Self {
            law: Law::of(engine),
            positions,
            conflicts,
        })
    }

    /// Whether a position is certain or open; `None` where it is excluded.
    #[must_use]
    pub fn standing(&self, position: &PositionKey) -> Option<Standing> {
        self.positions
            .iter()
            .find(|other| other.position == *position)
            .map(|position| position.standing)
    }

    /// Certain positions of a force.
    pub fn certain(&self, force: Force) -> impl Iterator<Item = &RecordedPosition> {
        self.positions.iter().filter(move |position| {
            position.standing == Standing::Certain && position.position.force == force
        })
    }

    /// How any prohibition of an act stands, whoever bears it; certain before open.
    #[must_use]
    pub fn prohibited(&self, act: &str) -> Option<Standing> {
        self.positions
            .iter()
            .filter(|position| {
                position.position.force == Force::Prohibition && position.position.act == act
            })
            .map(|position| position.standing)
            .min()
    }

    /// What a reader of these classes may see: positions of other classes do not exist for them.
    ///
    /// An invariant of the vocabulary can still carry a hidden fact into a position that is left:
    /// for readers behind the firewall use [`crate::screening::Screening::outcome_seen`], which has no such way.
    #[must_use]
    pub fn visible_to(&self, seen: Classes) -> Self {
        let hidden: BTreeSet<&PositionKey> = self
            .positions
            .iter()
            .filter(|position| !position.classes.visible_to(seen))
            .map(|position| &position.position)
            .collect();
        let mut positions: Vec<RecordedPosition> = self
            .positions
            .iter()
            .filter(|position| !hidden.contains(&position.position))
            .cloned()
            .collect();
        for position in &mut positions {
            position.barred_by.retain(|bar| !hidden.contains(bar));
        }
        let conflicts = self
            .conflicts
            .iter()
            .filter(|conflict| {
                !hidden.contains(&conflict.for_it) && !hidden.contains(&conflict.against_it)
            })
            .cloned()
            .collect();
        Self {
            law: self.law.clone(),
            positions,
            conflicts,
        }
    }
}
