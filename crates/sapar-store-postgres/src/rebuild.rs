//! Making lists and search again from the log.

use sapar_store::{Change, KeyState, Projector, Rebuilt, StoreError};

use crate::connection::Connection;
use crate::decide::Lists;
use crate::group::{key, write_lists};
use crate::read::log;
use crate::writer::in_transaction;

const PAGE: u32 = 1_000;

/// One transaction, so that readers see the old tables until all is done, and so that a failure leaves them.
pub(crate) async fn rebuild(
    connection: &Connection,
    mut projector: Box<dyn Projector>,
) -> Result<Rebuilt, StoreError> {
    in_transaction(connection, async {
        // Not emptied at once (`TRUNCATE`): readers would have to wait.
        connection
            .run("DELETE FROM entries; DELETE FROM tokens")
            .await?;
        let mut rebuilt = Rebuilt {
            events: 0,
            changes: 0,
        };
        let mut after = 0;
        loop {
            let events = log(connection, after, PAGE).await?;
            let Some(last) = events.last() else { break };
            after = last.position;
            let mut changes: Vec<Vec<Change>> = Vec::with_capacity(events.len());
            for event in &events {
                let wrapped = match event.event.subject {
                    Some(subject) => match key(connection, subject).await? {
                        KeyState::Wrapped(wrapped) => Some(wrapped),
                        KeyState::Never | KeyState::Destroyed => None,
                    },
                    None => None,
                };
                let of_event = projector.project(event, wrapped.as_ref()).map_err(|why| {
                    StoreError::Projection {
                        position: event.position,
                        why: why.into(),
                    }
                })?;
                Change::check_all(&of_event)?;
                rebuilt.events += 1;
                rebuilt.changes += of_event.len() as u64;
                changes.push(of_event);
            }
            let mut lists = Lists::default();
            for of_event in &changes {
                lists.change(of_event);
            }
            write_lists(connection, &lists).await?;
        }
        Ok(rebuilt)
    })
    .await
}
