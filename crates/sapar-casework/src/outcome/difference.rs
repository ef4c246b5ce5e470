//! What changed between two outcomes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{PositionKey, RecordedOutcome, RecordedPosition, Standing};
use crate::classes::Classes;

/// One position that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Which.
    pub position: PositionKey,
    /// Before; `None` where it was excluded.
    pub before: Option<Standing>,
    /// After; `None` where it is excluded.
    pub after: Option<Standing>,
    /// Whether its norms, limits or bars changed while it stayed.
    pub grounds_changed: bool,
    /// What the position tells of the person.
    pub classes: Classes,
}

/// What changed between two outcomes, sorted by position; prohibitions come first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Difference(Vec<Move>);

impl Difference {
    /// From one outcome to another.
    #[must_use]
    pub fn between(before: &RecordedOutcome, after: &RecordedOutcome) -> Self {
        let mut pairs: BTreeMap<
            &PositionKey,
            (Option<&RecordedPosition>, Option<&RecordedPosition>),
        > = BTreeMap::new();
        for position in &before.positions {
            pairs.entry(&position.position).or_default().0 = Some(position);
        }
        for position in &after.positions {
            pairs.entry(&position.position).or_default().1 = Some(position);
        }
        let moves = pairs
            .into_iter()
            .filter(|(_, (before, after))| before != after);
        Self(
            moves
                .map(|(key, (before, after))| Move {
                    position: key.clone(),
                    before: before.map(|position| position.standing),
                    after: after.map(|position| position.standing),
                    grounds_changed: before.zip(after).is_some_and(|(before, after)| {
                        (&before.norms, &before.limits, &before.barred_by)
                            != (&after.norms, &after.limits, &after.barred_by)
                    }),
                    // Whether a position holds tells the same before and after, unless the law was rewritten.
                    classes: [before, after]
                        .into_iter()
                        .flatten()
                        .fold(Classes::NONE, |classes, position| {
                            classes.and(position.classes)
                        }),
                })
                .collect(),
        )
    }

    /// Every position that is not what it was.
    #[must_use]
    pub fn moves(&self) -> &[Move] {
        &self.0
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Positions that were not certain and are now.
    pub fn gained(&self) -> impl Iterator<Item = &Move> {
        let certain = Some(Standing::Certain);
        self.0
            .iter()
            .filter(move |one| one.before != certain && one.after == certain)
    }

    /// Positions that were certain and are not now.
    pub fn lost(&self) -> impl Iterator<Item = &Move> {
        let certain = Some(Standing::Certain);
        self.0
            .iter()
            .filter(move |one| one.before == certain && one.after != certain)
    }

    /// Every other change: open positions that came or went, and other norms, limits or bars.
    pub fn changed(&self) -> impl Iterator<Item = &Move> {
        let certain = Some(Standing::Certain);
        self.0
            .iter()
            .filter(move |one| (one.before == certain) == (one.after == certain))
    }

    /// What a reader of these classes may see.
    #[must_use]
    pub fn visible_to(&self, seen: Classes) -> Self {
        Self(
            self.0
                .iter()
                .filter(|one| one.classes.visible_to(seen))
                .cloned()
                .collect(),
        )
    }
}
