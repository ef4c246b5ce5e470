//! Making lists and search again from the log.

use rusqlite::{Connection, TransactionBehavior};
use sapar_store::{Change, KeyState, Projector, Rebuilt, StoreError};

use crate::append::apply;
use crate::failure::OrFailure;
use crate::read::log;
use crate::rows::key;

const PAGE: u32 = 1_000;

/// One transaction, so that readers see the old tables until all is done, and so that a failure leaves them.
pub(crate) fn rebuild(
    connection: &mut Connection,
    mut projector: Box<dyn Projector>,
) -> Result<Rebuilt, StoreError> {
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .or_failure()?;
    transaction
        .execute_batch("DELETE FROM entries; DELETE FROM tokens;")
        .or_failure()?;
    let mut rebuilt = Rebuilt {
        events: 0,
        changes: 0,
    };
    let mut after = 0;
    loop {
        let events = log(&transaction, after, PAGE)?;
        let Some(last) = events.last() else { break };
        after = last.position;
        for event in &events {
            let wrapped = match event.event.subject {
                Some(subject) => match key(&transaction, subject)? {
                    KeyState::Wrapped(wrapped) => Some(wrapped),
                    KeyState::Never | KeyState::Destroyed => None,
                },
                None => None,
            };
            let changes = projector.project(event, wrapped.as_ref()).map_err(|why| {
                StoreError::Projection {
                    position: event.position,
                    why: why.into(),
                }
            })?;
            Change::check_all(&changes)?;
            apply(&transaction, &changes)?;
            rebuilt.events += 1;
            rebuilt.changes += changes.len() as u64;
        }
    }
    transaction.commit().or_failure()?;
    Ok(rebuilt)
}
