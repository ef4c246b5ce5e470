//! What a group of commands writes, decided in memory from what the database said; nothing is asked or sent here.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sapar_ledger::{CommandId, Event, Head, StreamId};
use sapar_sealing::{Token, Wrapped};
use sapar_store::{Appended, Batch, Change, Entry, File, KeyState, Receipt, StoreError};
use uuid::Uuid;

/// What must be known to decide.
#[derive(Debug, Default)]
pub(crate) struct Needed {
    pub commands: BTreeSet<CommandId>,
    pub streams: BTreeSet<StreamId>,
    pub subjects: BTreeSet<Uuid>,
    pub events: BTreeSet<Uuid>,
    pub files: BTreeSet<Uuid>,
}

impl Needed {
    /// All that these batches need.
    pub(crate) fn by<'b>(batches: impl IntoIterator<Item = &'b Batch>) -> Self {
        let mut needed = Self::default();
        for batch in batches {
            needed.commands.insert(batch.command.id);
            needed
                .streams
                .extend(batch.expected.iter().map(|(stream, _)| stream.clone()));
            for draft in &batch.events {
                needed.streams.insert(draft.stream());
                needed.events.insert(draft.id.uuid());
            }
            needed.subjects.extend(keys_used(batch));
            needed
                .subjects
                .extend(batch.new_keys.iter().map(|(subject, _)| *subject));
            needed.files.extend(batch.files.iter().map(|file| file.id));
        }
        needed
    }
}

/// Whatever is sealed must be openable, and whoever is erased must have been there.
fn keys_used(batch: &Batch) -> BTreeSet<Uuid> {
    let sealed = batch
        .events
        .iter()
        .filter(|draft| draft.sealed.is_some())
        .filter_map(|draft| draft.subject);
    let files = batch.files.iter().map(|file| file.subject);
    sealed
        .chain(files)
        .chain(batch.destroyed_keys.iter().copied())
        .collect()
}

/// What the database said, and what the commands decided so far have made of it.
#[derive(Debug)]
pub(crate) struct Known {
    pub head: Head,
    /// The last place of the log that was given.
    pub position: u64,
    pub receipts: HashMap<CommandId, Vec<Receipt>>,
    /// A stream that is not here has no events.
    pub versions: HashMap<StreamId, u64>,
    /// A person who is not here never had a key.
    pub keys: HashMap<Uuid, KeyState>,
    /// Identifiers of events that are taken.
    pub events: HashSet<Uuid>,
    /// Identifiers of files that are taken.
    pub files: HashSet<Uuid>,
}

/// What is to be written; borrowed from the batches as far as can be.
#[derive(Debug, Default)]
pub(crate) struct Writes<'b> {
    /// With their places in the log and in their streams.
    pub events: Vec<(Event, u64, u64)>,
    pub keys: Vec<(Uuid, &'b Wrapped)>,
    pub destroyed: Vec<Uuid>,
    pub files: Vec<&'b File>,
    pub lists: Lists<'b>,
}

/// How lists and search stand afterwards, where they change at all.
#[derive(Debug, Default)]
pub(crate) struct Lists<'b> {
    /// By list and identifier; nothing for a line that goes.
    pub lines: BTreeMap<(&'b str, Uuid), Option<&'b Entry>>,
    pub tokens: BTreeMap<Uuid, &'b [Token]>,
}

impl<'b> Lists<'b> {
    /// Takes changes in, in their order: the last of each line and each person counts.
    pub(crate) fn change(&mut self, changes: &'b [Change]) {
        for change in changes {
            match change {
                Change::Put(entry) => {
                    self.lines
                        .insert((entry.list.as_str(), entry.id), Some(entry));
                }
                Change::Remove { list, id } => {
                    self.lines.insert((list.as_str(), *id), None);
                }
                Change::Tokens { person, tokens } => {
                    self.tokens.insert(*person, tokens);
                }
            }
        }
    }
}

impl Known {
    /// Decides on a batch after all those before it.
    ///
    /// # Errors
    /// If it is refused; nothing of it is in `writes` then, and nothing is known differently.
    pub(crate) fn decide<'b>(
        &mut self,
        batch: &'b Batch,
        writes: &mut Writes<'b>,
    ) -> Result<Appended, StoreError> {
        if let Some(receipts) = self.receipts.get(&batch.command.id) {
            return Ok(Appended {
                receipts: receipts.clone(),
                behind_ms: 0,
                repeated: true,
            });
        }
        self.check_versions(batch)?;
        self.check_keys(batch)?;
        let extended = self
            .head
            .extend(&batch.command, batch.events.clone(), batch.wall_ms)?;
        let mut events = HashSet::new();
        let mut files = HashSet::new();
        let fresh = batch.events.iter().all(|draft| {
            let id = draft.id.uuid();
            !self.events.contains(&id) && events.insert(id)
        }) && batch
            .files
            .iter()
            .all(|file| !self.files.contains(&file.id) && files.insert(file.id));
        if !fresh {
            return Err(StoreError::IdTaken);
        }

        // Nothing is refused from here on.
        self.events.extend(events);
        self.files.extend(files);
        for (subject, wrapped) in &batch.new_keys {
            self.keys
                .insert(*subject, KeyState::Wrapped(wrapped.clone()));
            writes.keys.push((*subject, wrapped));
        }
        self.head = extended.head;
        let receipts: Vec<Receipt> = extended
            .events
            .into_iter()
            .map(|event| self.place(event, writes))
            .collect();
        self.receipts.insert(batch.command.id, receipts.clone());
        writes.files.extend(&batch.files);
        writes.lists.change(&batch.changes);
        // After the changes, so that none of them can make an erased person found.
        for subject in &batch.destroyed_keys {
            self.keys.insert(*subject, KeyState::Destroyed);
            writes.destroyed.push(*subject);
            writes.lists.tokens.insert(*subject, &[]);
        }
        Ok(Appended {
            receipts,
            behind_ms: extended.behind_ms,
            repeated: false,
        })
    }

    fn place(&mut self, event: Event, writes: &mut Writes<'_>) -> Receipt {
        self.position += 1;
        let version = self.versions.entry(event.stream()).or_default();
        *version += 1;
        let receipt = Receipt {
            id: event.id,
            position: self.position,
            sequence: event.sequence,
            version: *version,
            clock: event.clock,
        };
        writes.events.push((event, self.position, *version));
        receipt
    }

    fn check_versions(&self, batch: &Batch) -> Result<(), StoreError> {
        for (stream, expected) in &batch.expected {
            let found = self.versions.get(stream).copied().unwrap_or(0);
            if found != *expected {
                return Err(StoreError::Conflict {
                    kind: stream.kind.clone(),
                    expected: *expected,
                    found,
                });
            }
        }
        Ok(())
    }

    fn check_keys(&self, batch: &Batch) -> Result<(), StoreError> {
        let mut new = BTreeSet::new();
        for (subject, _) in &batch.new_keys {
            match self.keys.get(subject) {
                None | Some(KeyState::Never) if new.insert(*subject) => {}
                Some(KeyState::Destroyed) => return Err(StoreError::KeyDestroyed),
                _ => return Err(StoreError::KeyExists),
            }
        }
        for subject in keys_used(batch) {
            match self.keys.get(&subject) {
                Some(KeyState::Wrapped(_)) => {}
                Some(KeyState::Destroyed) => return Err(StoreError::KeyDestroyed),
                _ if new.contains(&subject) => {}
                _ => return Err(StoreError::KeyMissing),
            }
        }
        Ok(())
    }
}
