//! Lists and search made again from the log, one stream at a time, so that memory holds one state however long the log is.

use std::collections::BTreeSet;

use sapar_ledger::{Code, StreamId};
use sapar_sealing::{Token, Wrapped};
use uuid::Uuid;

use crate::batch::{Change, Entry, check_changes};
use crate::error::StoreError;
use crate::store::Recorded;

/// Works out lists and search from the log, for [`crate::Store::rebuild`].
///
/// Streams come one after another, each from its first event to its last; those of persons come after all others.
/// Streams are in no order of time among themselves, so no two may put the same line.
pub trait Projector: Send {
    /// Which streams are persons', and in whose lists persons are found.
    fn persons(&self) -> Persons;

    /// Takes in the next event of the stream, and gives the lines that follow from this event alone;
    /// `key` is its person's key, if there is one and it was not destroyed.
    ///
    /// A line replaces an earlier one of the same list and identifier.
    ///
    /// # Errors
    /// If the event cannot be understood, with a text that holds no personal data.
    fn event(&mut self, event: &Recorded, key: Option<&Wrapped>) -> Result<Vec<Entry>, String>;

    /// The stream has ended, and it was no person's: gives the lines that follow from its last state. The next event is another stream's.
    ///
    /// # Errors
    /// If there is no saying, with a text that holds no personal data.
    fn ended(&mut self) -> Result<Vec<Entry>, String>;

    /// The stream of a person has ended: gives by what the person is found, among the owners of the lines that were made about them.
    /// The next event is another stream's.
    ///
    /// # Errors
    /// If there is no saying, with a text that holds no personal data.
    fn found_by(&mut self, owners: &BTreeSet<Uuid>) -> Result<Vec<Token>, String>;
}

/// Which streams are persons', and in whose lists persons are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persons {
    /// The kind of their streams; the identifier of such a stream is the person's.
    pub kind: Code,
    /// Lists whose owners find the persons who stand in them.
    pub lists: Vec<Code>,
}

/// What a rebuild did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// Events read.
    pub events: u64,
    /// Lines of lists written.
    pub lines: u64,
    /// Persons who are found by something.
    pub persons: u64,
}

/// A rebuild under way: what every store asks for each event, so that all of them go through the log alike.
pub struct Rebuilding {
    projector: Box<dyn Projector>,
    persons: Persons,
    /// The stream that is being read, and the place of its last event so far.
    stream: Option<(StreamId, u64)>,
    rebuilt: Rebuilt,
}

impl Rebuilding {
    /// Begins one.
    #[must_use]
    pub fn new(projector: Box<dyn Projector>) -> Self {
        Self {
            persons: projector.persons(),
            projector,
            stream: None,
            rebuilt: Rebuilt::default(),
        }
    }

    /// Which streams are to be read last, and which owners will be asked for.
    #[must_use]
    pub const fn persons(&self) -> &Persons {
        &self.persons
    }

    /// The person whose stream is being read and may end with the next event.
    #[must_use]
    pub fn person(&self) -> Option<Uuid> {
        let (stream, _) = self.stream.as_ref()?;
        (*stream.kind == *self.persons.kind.as_str()).then_some(stream.id)
    }

    /// Takes the next event in, and gives what it changes, and what the stream before it changes where that has ended.
    /// `owners` answers for a person whose stream has ended.
    ///
    /// # Errors
    /// If the projector fails, what it gives is too large, or `owners` fails.
    pub fn event(
        &mut self,
        event: &Recorded,
        key: Option<&Wrapped>,
        owners: impl FnOnce(Uuid) -> Result<BTreeSet<Uuid>, StoreError>,
    ) -> Result<Vec<Change>, StoreError> {
        let stream = event.event.stream();
        let mut changes = Vec::new();
        if self
            .stream
            .as_ref()
            .is_some_and(|(open, _)| *open != stream)
        {
            changes = self.ended(owners)?;
        }
        self.stream = Some((stream, event.position));
        self.rebuilt.events += 1;
        let lines = self
            .projector
            .event(event, key)
            .map_err(failed(event.position))?;
        self.put(lines, &mut changes)?;
        Ok(changes)
    }

    /// Gives what the stream that is being read changes, as there is nothing more of it.
    ///
    /// # Errors
    /// As [`Rebuilding::event`].
    pub fn ended(
        &mut self,
        owners: impl FnOnce(Uuid) -> Result<BTreeSet<Uuid>, StoreError>,
    ) -> Result<Vec<Change>, StoreError> {
        let person = self.person();
        let mut changes = Vec::new();
        let Some((_, position)) = self.stream.take() else {
            return Ok(changes);
        };
        let Some(person) = person else {
            let lines = self.projector.ended().map_err(failed(position))?;
            self.put(lines, &mut changes)?;
            return Ok(changes);
        };
        let tokens = self
            .projector
            .found_by(&owners(person)?)
            .map_err(failed(position))?;
        if !tokens.is_empty() {
            self.rebuilt.persons += 1;
            changes.push(Change::Tokens { person, tokens });
            check_changes(&changes)?;
        }
        Ok(changes)
    }

    /// What was done.
    #[must_use]
    pub const fn done(&self) -> Rebuilt {
        self.rebuilt
    }

    fn put(&mut self, lines: Vec<Entry>, into: &mut Vec<Change>) -> Result<(), StoreError> {
        self.rebuilt.lines += lines.len() as u64;
        let before = into.len();
        into.extend(lines.into_iter().map(Change::Put));
        check_changes(into.get(before..).unwrap_or_default())
    }
}

fn failed(position: u64) -> impl FnOnce(String) -> StoreError {
    move |why| StoreError::Projection {
        position,
        why: why.into(),
    }
}
