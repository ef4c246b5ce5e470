//! Whole records: read out of the log, and brought in for persons who are new here.
//!
//! Nobody is asked whether they may: this is for whoever keeps a database, as for filling one to be measured.

use std::collections::BTreeMap;

use sapar_casework::event::{Body, Event, Stream};
use sapar_casework::stamp::{Fold, Stamp};
use sapar_store::Change;

use crate::Operations;
use crate::caller::Caller;
use crate::error::OperationError;
use crate::log::{Kept, Writing, stream_id};
use crate::projection::{self, Tables, View};

/// Events of one stream, in their order.
type Streams = BTreeMap<Stream, Vec<Event>>;

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
        let mut streams = Streams::new();
        for event in &events {
            let known = writing
                .new_keys
                .iter()
                .any(|(of, _)| Some(*of) == event.about.map(|about| about.uuid()));
            if let Some(person) = event.about.filter(|_| !known) {
                let (_, wrapped) = self.keys.make(person.uuid());
                writing.new_keys.push((person.uuid(), wrapped));
            }
            let of = streams.entry(event.body.stream()).or_default();
            of.push(event.clone());
        }
        let tables = self.tables();
        for (stream, events) in &streams {
            writing.expected.push((stream_id(*stream), 0));
            project(&tables, *stream, events, &mut writing.changes);
        }
        writing.events = events;
        self.write(caller, writing).await?;
        Ok(())
    }
}

/// What the last state of a stream means for lists.
fn project(tables: &Tables, stream: Stream, events: &[Event], into: &mut Vec<Change>) {
    match stream {
        Stream::Person(_) => {}
        Stream::Encounter(_) => {
            last::<sapar_casework::encounter::Encounter>(tables, stream, events, into);
        }
        Stream::Screening(_) => {
            last::<sapar_casework::screening::Screening>(tables, stream, events, into);
        }
        Stream::Tasks(_) => last::<sapar_casework::tasks::Tasks>(tables, stream, events, into),
        Stream::Referral(_) => {
            last::<sapar_casework::referral::Referral>(tables, stream, events, into);
        }
        Stream::Case(_) => last::<sapar_casework::case::Case>(tables, stream, events, into),
        Stream::Document(_) => {
            last::<sapar_casework::document::Document>(tables, stream, events, into);
        }
        Stream::Note(_) => last::<sapar_casework::note::Note>(tables, stream, events, into),
    }
}

fn last<T: Kept>(tables: &Tables, stream: Stream, events: &[Event], into: &mut Vec<Change>)
where
    for<'s> View<'s>: From<&'s T>,
{
    let of_this: Vec<(&<T as Fold>::Event, &Stamp)> = events
        .iter()
        .filter_map(|event: &Event| Some((T::event(&event.body as &Body)?, &event.stamp)))
        .collect();
    let state = T::fold(of_this);
    projection::changes(tables, stream, View::from(&state), into);
}
