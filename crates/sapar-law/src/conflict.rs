//! Norms that cannot all be followed, or of which one allows what another forbids.
//!
//! A conflict is shown and never resolved: no norm loses its force here, whatever the order prefers.
//! That a special law prevails over a general one needs judgement, and is left to people:
//! an encoder who knows it writes `overrides`.

use jiff::civil::Date;

use crate::engine::{Engine, Position, PositionId};
use crate::evaluate::{PositionAnswer, Status};
use crate::model::{NormId, OrderId};
use crate::{Library, Modality};

/// What stands against a prohibition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ConflictKind {
    /// A duty: whatever is done breaks one of the two.
    Duty,
    /// A permission: whoever uses it breaks the prohibition.
    Permission,
}

/// Why an order prefers one side of a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PreferredBy {
    /// Its best supporting norm has the higher rank in the order's priority.
    Rank,
    /// The ranks are equal, and it began to bind in this order on a later day.
    LaterLaw,
}

/// A prohibition, and a duty or permission of the same act whose bearer is the same, contains or is part of its bearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What stands against the prohibition.
    pub kind: ConflictKind,
    /// The position that demands or allows.
    pub for_it: PositionId,
    /// The position that forbids.
    pub against_it: PositionId,
    /// The side that the order prefers, and why, if it prefers one. The conflict stays a conflict.
    pub preferred: Option<(PositionId, PreferredBy)>,
}

/// Every pair of positions that would be a conflict if both held.
pub(crate) fn pairs(library: &Library, positions: &[Position]) -> Vec<Conflict> {
    let numbered = || (0..).map(PositionId).zip(positions);
    let mut pairs = Vec::new();
    for (against_it, no) in
        numbered().filter(|(_, position)| position.modality == Modality::MustNot)
    {
        for (for_it, yes) in numbered().filter(|(_, position)| position.act == no.act) {
            let kind = match yes.modality {
                Modality::Must => ConflictKind::Duty,
                Modality::May => ConflictKind::Permission,
                _ => continue,
            };
            if library.actor_contains(no.bearer, yes.bearer)
                || library.actor_contains(yes.bearer, no.bearer)
            {
                pairs.push(Conflict {
                    kind,
                    for_it,
                    against_it,
                    preferred: None,
                });
            }
        }
    }
    pairs
}

impl Engine {
    /// Conflicts that certainly stand, and those of which one side is certain and the other open.
    ///
    /// Each of the latter stands in some completion of the situation and not in all.
    /// Pairs of which both sides are open are not looked into.
    pub(crate) fn conflicts(&self, answers: &[PositionAnswer]) -> (Vec<Conflict>, Vec<Conflict>) {
        let answer = |position: PositionId| {
            answers
                .binary_search_by_key(&position, |answer| answer.position)
                .ok()
                .and_then(|place| answers.get(place))
        };
        let (mut certain, mut possible) = (Vec::new(), Vec::new());
        for pair in &self.pairs {
            let (Some(yes), Some(no)) = (answer(pair.for_it), answer(pair.against_it)) else {
                continue;
            };
            match (yes.status, no.status) {
                (Status::Certain, Status::Certain) => certain.push(Conflict {
                    preferred: self.preferred(yes, no),
                    ..pair.clone()
                }),
                (Status::Certain, Status::Open) | (Status::Open, Status::Certain) => {
                    possible.push(pair.clone());
                }
                _ => {}
            }
        }
        (certain, possible)
    }

    /// The side whose best norm has the higher rank in the order; of equal ranks, the later one.
    fn preferred(
        &self,
        left: &PositionAnswer,
        right: &PositionAnswer,
    ) -> Option<(PositionId, PreferredBy)> {
        let (left_rank, left_since) = self.best(left)?;
        let (right_rank, right_since) = self.best(right)?;
        let later = |is_left: bool| {
            if is_left {
                left.position
            } else {
                right.position
            }
        };
        if left_rank != right_rank {
            return Some((later(left_rank < right_rank), PreferredBy::Rank));
        }
        if left_since != right_since {
            return Some((later(left_since > right_since), PreferredBy::LaterLaw));
        }
        None
    }

    /// The best rank among the supporting norms, by its place in the priority, and the last day on which
    /// one of that rank began to bind; `None` where no supporting norm has a rank that the priority lists.
    fn best(&self, answer: &PositionAnswer) -> Option<(usize, Date)> {
        let library = self.library();
        let priority = &library.order(self.order()).priority;
        answer
            .supporting
            .iter()
            .filter_map(|norm| {
                let rank = library.instrument(library.norm(*norm).instrument).rank;
                let place = priority.iter().position(|known| *known == rank)?;
                Some((place, library.binds_since(self.order(), *norm)))
            })
            .min_by_key(|(place, since)| (*place, std::cmp::Reverse(*since)))
    }
}

impl Library {
    /// The day on which a norm began to bind in an order: in force, and its instrument included.
    #[must_use]
    pub fn binds_since(&self, order: OrderId, norm: NormId) -> Date {
        let norm = self.norm(norm);
        let included = self
            .order(order)
            .instruments
            .iter()
            .find(|(instrument, _, _)| *instrument == norm.instrument)
            .and_then(|(_, from, _)| *from);
        let instrument = self.instrument(norm.instrument).period.from;
        norm.period
            .from
            .max(instrument)
            .max(included.unwrap_or(instrument))
    }
}
