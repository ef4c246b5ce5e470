//! What is stored together or not at all.

use std::collections::BTreeMap;
use std::fmt;

use sapar_ledger::{Code, Command, Draft, Event, Head, NodeId, StreamId, Verifier};
use sapar_sealing::{Token, Wrapped};
use uuid::Uuid;

use crate::StoreError;
use crate::store::{KeyState, Record};

/// The longest open data of an entry, in bytes.
pub const ENTRY_BYTES_MAX: usize = 16 << 10;

/// The longest sealed file, in bytes.
pub const FILE_BYTES_MAX: usize = 32 << 20;

const CHANGES_MAX: usize = 10_000;
const TOKENS_MAX: usize = 1_000;

/// Everything one command writes.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Who decided, and for what; the same command is stored once.
    pub command: Command,
    /// The wall time, in milliseconds since 1970; the store makes times of the log from it that never go back.
    pub wall_ms: u64,
    /// The versions decided on: how many events each stream had; 0 for a new one. A stream not named here may have any.
    pub expected: Vec<(StreamId, u64)>,
    /// What happened; at least one.
    pub events: Vec<Draft>,
    /// Keys of persons who are new.
    pub new_keys: Vec<(Uuid, Wrapped)>,
    /// Persons to erase; an event about each must be among the events. Their tokens and files go too.
    pub destroyed_keys: Vec<Uuid>,
    /// Files that the events name.
    pub files: Vec<File>,
    /// What the events change in lists and search.
    pub changes: Vec<Change>,
}

/// A sealed file.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Which file.
    pub id: Uuid,
    /// Whose key seals it.
    pub subject: Uuid,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
}

/// A change of a list or of search, which follows from an event.
#[derive(Clone, PartialEq, Eq)]
pub enum Change {
    /// Puts an entry in the place of the one with the same list and identifier.
    Put(Entry),
    /// Takes an entry off a list, if it is there.
    Remove {
        /// The list.
        list: Code,
        /// The entry.
        id: Uuid,
    },
    /// The tokens a person is found by from now on; none for a person to be found no more.
    Tokens {
        /// The person.
        person: Uuid,
        /// Every token.
        tokens: Vec<Token>,
    },
}

/// A line of a list.
///
/// It identifies nobody: what stands in it survives erasure. Names are read from the person's stream and opened with the person's key.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which list: `tasks`, `referrals`, `encounters`, `views`.
    pub list: Code,
    /// What it is of, once a list.
    pub id: Uuid,
    /// Whose list: an agency, a team, a post, a user.
    pub owner: Uuid,
    /// The person it is about.
    pub person: Option<Uuid>,
    /// The state it is in.
    pub state: Code,
    /// When it is due or was, in milliseconds since 1970; an entry without a time stands after all with one.
    pub at_ms: Option<i64>,
    /// The data classes it tells of, one bit each; the bits are the caller's.
    pub classes: u32,
    /// What the list shows besides, as the caller writes it.
    pub open: Vec<u8>,
}

/// What a store takes over from another one, as it is there.
#[derive(Debug, Clone, Default)]
pub struct Received {
    /// Events of any nodes, those of each node in the order of its chain and whole commands only.
    pub events: Vec<Event>,
    /// Keys; a destroyed one destroys the key here too.
    pub keys: Vec<(Uuid, KeyState)>,
    /// Files; those of erased persons are left out.
    pub files: Vec<File>,
    /// Records with their space and key; one that is here already stays as it is.
    pub records: Vec<(Code, Vec<u8>, Record)>,
}

impl Received {
    /// Checks the links between the events of each node, and that no command is cut; gives those that go on from the heads, in their order,
    /// and the heads afterwards. Of those that come before a head nothing is said here. Every store asks this first.
    ///
    /// # Errors
    /// If a chain does not go on where it ends here.
    pub fn new_events(&self, heads: &[Head]) -> Result<(Vec<&Event>, Vec<Head>), StoreError> {
        let mut verifiers: BTreeMap<NodeId, (u64, Verifier)> = BTreeMap::new();
        let mut new = Vec::new();
        for event in &self.events {
            let (before, verifier) = verifiers.entry(event.node).or_insert_with(|| {
                let known = heads.iter().find(|head| head.node == event.node);
                let head = known.copied().unwrap_or(Head::start(event.node));
                // A chain that only begins takes its clock from elsewhere.
                let head = if head.sequence == 0 {
                    Head::start(event.node)
                } else {
                    head
                };
                (head.sequence, Verifier::new(head))
            });
            if event.sequence > *before {
                verifier.push(event).map_err(StoreError::Chain)?;
                new.push(event);
            }
        }
        let mut ends = Vec::new();
        for (before, verifier) in verifiers.into_values() {
            let head = verifier.finish(None).map_err(StoreError::Chain)?.head;
            if head.sequence > before {
                ends.push(head);
            }
        }
        Ok((new, ends))
    }
}

impl Batch {
    /// A batch of events only.
    #[must_use]
    pub const fn new(command: Command, wall_ms: u64, events: Vec<Draft>) -> Self {
        Self {
            command,
            wall_ms,
            expected: Vec::new(),
            events,
            new_keys: Vec::new(),
            destroyed_keys: Vec::new(),
            files: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// Whether it may be stored, as far as that can be said without the database. Every store asks this first.
    ///
    /// # Errors
    /// If something is too large, or a key is destroyed without an event about its person.
    pub fn check(&self) -> Result<(), StoreError> {
        if self
            .files
            .iter()
            .any(|file| file.sealed.len() > FILE_BYTES_MAX)
        {
            return Err(StoreError::TooMuch {
                what: "a file",
                max: FILE_BYTES_MAX,
            });
        }
        check_changes(&self.changes)?;
        let about = |subject: &Uuid| {
            self.events
                .iter()
                .any(|draft| draft.subject.as_ref() == Some(subject))
        };
        if !self.destroyed_keys.iter().all(about) {
            return Err(StoreError::DestructionUnrecorded);
        }
        Ok(())
    }
}

/// Whether changes may be stored.
pub(crate) fn check_changes(changes: &[Change]) -> Result<(), StoreError> {
    if changes.len() > CHANGES_MAX {
        return Err(StoreError::TooMuch {
            what: "the number of changes of one step",
            max: CHANGES_MAX,
        });
    }
    for change in changes {
        match change {
            Change::Put(entry) if entry.open.len() > ENTRY_BYTES_MAX => {
                return Err(StoreError::TooMuch {
                    what: "an entry of a list",
                    max: ENTRY_BYTES_MAX,
                });
            }
            Change::Tokens { tokens, .. } if tokens.len() > TOKENS_MAX => {
                return Err(StoreError::TooMuch {
                    what: "the number of tokens of one person",
                    max: TOKENS_MAX,
                });
            }
            Change::Put(_) | Change::Remove { .. } | Change::Tokens { .. } => {}
        }
    }
    Ok(())
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Put(entry) => entry.fmt(f),
            Self::Remove { list, id } => write!(f, "Remove({list} {id})"),
            Self::Tokens { person, tokens } => write!(f, "Tokens({person}, {})", tokens.len()),
        }
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("list", &self.list)
            .field("id", &self.id)
            .field("state", &self.state)
            .field("at_ms", &self.at_ms)
            .finish_non_exhaustive()
    }
}
