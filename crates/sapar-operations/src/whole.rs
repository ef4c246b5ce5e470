//! Whole records: read out of the log, and brought in for persons who are new here.
//!
//! Nobody is asked whether they may: this is for whoever keeps a database, as for filling one to be measured.

use std::collections::BTreeMap;

use sapar_casework::event::{Event, Stream};

use crate::Operations;
use crate::caller::Caller;
use crate::error::OperationError;
use crate::log::{Writing, stream_id};
use crate::projection::Folded;

impl Operations {
    /// Events of casework that were recorded after a position, opened, and the position of the last event looked at.
    ///
    /// Nothing is left once the position is the one that was given.
    ///
    /// # Errors
    /// If an event cannot be read or the database fails.
    pub async fn events_unchecked(
        &self,
        after: u64,
        limit: u32,
    ) -> Result<(Vec<Event>, u64), OperationError> {
        let mut events = Vec::new();
        let mut last = after;
        for recorded in self.store.log(after, limit).await? {
            last = recorded.position;
            if crate::audit::project(&recorded.event).is_none() {
                events.push(self.read_event(&recorded).await?);
            }
        }
        Ok((events, last))
    }

    /// Brings in everything about persons who are new here, in one step: their events, keys, lists, and by what they are found.
    ///
    /// Each event keeps its own stamp; the log says that the caller brought it in.
    ///
    /// # Errors
    /// If one of the streams is there already, or the database fails; nothing is brought in then.
    pub async fn bring_in_unchecked(
        &self,
        caller: &Caller,
        events: Vec<Event>,
    ) -> Result<(), OperationError> {
        let mut writing = Writing::default();
        let mut streams: BTreeMap<Stream, Folded> = BTreeMap::new();
        for event in &events {
            let known = writing
                .new_keys
                .iter()
                .any(|(of, _)| Some(*of) == event.about.map(|about| about.uuid()));
            if let Some(person) = event.about.filter(|_| !known) {
                let (_, wrapped) = self.keys.make(person.uuid());
                writing.new_keys.push((person.uuid(), wrapped));
            }
            let stream = event.body.stream();
            let state = streams.entry(stream).or_insert_with(|| Folded::new(stream));
            state.apply(event);
        }
        let tables = self.tables();
        for (stream, state) in &streams {
            writing.expected.push((stream_id(*stream), 0));
            state.changes(&tables, *stream, &mut writing.changes);
        }
        writing.events = events;
        self.write(caller, writing).await?;
        Ok(())
    }
}
