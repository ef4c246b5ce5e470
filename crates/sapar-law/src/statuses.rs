//! Whether positions hold, and nothing else: for callers who ask about very many situations.

use crate::cases::Found;
use crate::diagram::{Classes, Reach};
use crate::engine::{Engine, PositionId};
use crate::{Contradiction, Situation, Status};

/// The status of every position of one engine, and the room to find it in without asking for memory again.
#[derive(Debug, Clone, Default)]
pub struct Statuses {
    statuses: Vec<Status>,
    found: Found,
    allowed: Vec<Classes>,
    reach: Reach,
}

impl Statuses {
    /// Nothing found yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The status of a position in the situation asked about last; excluded before the first.
    #[must_use]
    pub fn get(&self, position: PositionId) -> Status {
        self.statuses
            .get(position.index())
            .copied()
            .unwrap_or(Status::Excluded)
    }

    /// Every status, in the order of [`Engine::positions`].
    #[must_use]
    pub fn all(&self) -> &[Status] {
        &self.statuses
    }
}

impl Engine {
    /// Finds the status of every position, exactly as [`Engine::evaluate`] does, without norms, limits and conflicts.
    ///
    /// # Errors
    /// When no completion exists: the answers contradict each other. Then `into` holds no status.
    pub fn statuses(
        &self,
        situation: &Situation,
        into: &mut Statuses,
    ) -> Result<(), Contradiction> {
        into.statuses.clear();
        if !self.cases.find(situation, &self.walks, &mut into.found) {
            return self.partial_statuses(situation, into);
        }
        let positions = into.found.positions.iter();
        into.statuses.extend(positions.map(|holds| match holds {
            true => Status::Certain,
            false => Status::Excluded,
        }));
        Ok(())
    }

    fn partial_statuses(
        &self,
        situation: &Situation,
        into: &mut Statuses,
    ) -> Result<(), Contradiction> {
        into.allowed = self.allowed(situation);
        self.table.reach(&into.allowed, &mut into.reach);
        self.check_possible(&into.reach, &into.allowed)?;
        into.statuses.extend(self.positions.iter().map(|position| {
            match (into.reach.get(position.yes), into.reach.get(position.no)) {
                (true, false) => Status::Certain,
                (true, true) => Status::Open,
                _ => Status::Excluded,
            }
        }));
        Ok(())
    }
}
