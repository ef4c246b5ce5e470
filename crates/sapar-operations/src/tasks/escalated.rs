//! Tasks that are late for so long that the supervisor is to act.
//!
//! Nothing watches the clock: what is escalated follows from the tasks and the moment somebody reads them,
//! so it is right whenever it is read, and a server that stood still for a night has missed nothing.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sapar_access::Role;

use super::{Board, TaskView};
use crate::Operations;
use crate::caller::Caller;
use crate::error::OperationError;

/// From this level on somebody above those who must do it is told.
const SUPERVISOR: u32 = 2;

/// How many tasks of each board are looked at, the earliest due first.
const LOOKED_AT: u32 = 300;

impl Operations {
    /// Tasks of the supervisor's desk and agency, and of persons met there, that are escalated; the longest late first.
    ///
    /// Nothing for who is no supervisor.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn escalated(&self, caller: &Caller) -> Result<Vec<TaskView>, OperationError> {
        if caller.profile.role != Role::Supervisor {
            return Ok(Vec::new());
        }
        let mut found = self.board(caller, Board::Own, LOOKED_AT).await?;
        found.extend(self.board(caller, Board::Here, LOOKED_AT).await?);
        let mut met = BTreeSet::new();
        found.retain(|view| view.escalation >= SUPERVISOR && met.insert((view.person.id, view.id)));
        found.sort_by_key(|view| (view.late_from.unwrap_or(Timestamp::MAX), view.id));
        Ok(found)
    }
}
