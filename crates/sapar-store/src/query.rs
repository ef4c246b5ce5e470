//! Asking for lines of a list.

use sapar_ledger::Code;
use uuid::Uuid;

use crate::batch::Entry;

/// The most lines or events that are given at once.
pub const LIMIT_MAX: u32 = 10_000;

/// Which lines of which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The list.
    pub list: Code,
    /// Only these owners'; all owners' if empty.
    pub owners: Vec<Uuid>,
    /// Only in these states; in any if empty.
    pub states: Vec<Code>,
    /// Only about this person.
    pub person: Option<Uuid>,
    /// Only from this time on. Leaves out lines without a time.
    pub from_ms: Option<i64>,
    /// Only before this time. Leaves out lines without a time.
    pub before_ms: Option<i64>,
    /// The data classes the asker may see: a line with any other does not exist for them.
    pub classes: u32,
    /// Which come first.
    pub order: Order,
    /// Only after this line.
    pub after: Option<Cursor>,
    /// At most so many lines, and never more than [`LIMIT_MAX`].
    pub limit: u32,
}

impl Query {
    /// All lines of a list that somebody may see who may see these data classes, the earliest first, a hundred at a time.
    #[must_use]
    pub const fn new(list: Code, classes: u32) -> Self {
        Self {
            list,
            owners: Vec::new(),
            states: Vec::new(),
            person: None,
            from_ms: None,
            before_ms: None,
            classes,
            order: Order::EarliestFirst,
            after: None,
            limit: 100,
        }
    }
}

/// Which lines come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By time; those without a time last.
    EarliestFirst,
    /// By time backwards; those without a time first.
    LatestFirst,
}

/// A place in a list, from which it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The time of the last line given.
    pub at_ms: Option<i64>,
    /// The last line given.
    pub id: Uuid,
}

/// Lines of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The lines.
    pub entries: Vec<Entry>,
    /// Where to go on, if more may follow.
    pub next: Option<Cursor>,
}

impl Page {
    /// Cuts lines, of which one more than the limit was read, to a page.
    #[must_use]
    pub fn cut(mut entries: Vec<Entry>, limit: u32) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        if entries.len() <= limit {
            return Self {
                entries,
                next: None,
            };
        }
        entries.truncate(limit);
        let next = entries.last().map(|last| Cursor {
            at_ms: last.at_ms,
            id: last.id,
        });
        Self { entries, next }
    }
}

/// How many lines an owner has in a state.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// The owner.
    pub owner: Uuid,
    /// The state.
    pub state: Code,
    /// How many.
    pub count: u64,
}
