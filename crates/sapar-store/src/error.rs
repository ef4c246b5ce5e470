//! What can go wrong in a database, and what to do then.

use sapar_ledger::{Broken, ExtendError, NodeId};

/// Why a store could not do what was asked.
///
/// No text repeats anything that was stored or sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Somebody else decided on the same thing first.
    #[error(
        "this {kind} was changed by somebody else meanwhile (version {found}, not {expected}); load it again and decide anew"
    )]
    Conflict {
        /// The kind of thing.
        kind: Box<str>,
        /// The version decided on.
        expected: u64,
        /// The version there is.
        found: u64,
    },
    /// A record is not at the version expected.
    #[error("this record was changed by somebody else meanwhile; load it again")]
    RecordConflict,
    /// Another program holds the database.
    #[error(
        "the database is locked by another program; nothing was written, try again, and look for a second server or a tool that has the file open"
    )]
    Busy,
    /// No room is left.
    #[error("the disk of the database is full; nothing was written, make room, then try again")]
    DiskFull,
    /// Written by a newer program.
    #[error(
        "the database is of version {found}, newer than this program's {known}; nothing was changed, install the newer program"
    )]
    Newer {
        /// The version of the database.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// Another program's database.
    #[error(
        "the file is a database of another program; nothing was changed, give the path of Sapar's database"
    )]
    OtherDatabase,
    /// The database is damaged.
    #[error(
        "the database is damaged; stop the program, keep the file, and restore the last backup"
    )]
    Corrupt,
    /// A stored event cannot be read at all.
    #[error(
        "event number {sequence} of node {node} cannot be read; run `sapar audit verify`, and restore the last backup if it was altered"
    )]
    Unreadable {
        /// Whose chain.
        node: NodeId,
        /// Its place.
        sequence: u64,
    },
    /// The server does not answer.
    #[error(
        "the database server does not answer; check that it runs and that its address is right"
    )]
    Unreachable,
    /// The server or the file system refuses.
    #[error(
        "the database may not be opened or written with these rights; check the owner of the file, or the user and password of the server"
    )]
    NotPermitted,
    /// The disk failed.
    #[error("the disk of the database reports a failure; check it, and have a backup at hand")]
    Disk,
    /// The server acknowledges what is not on its disk.
    #[error(
        "the database server runs with `fsync` or `full_page_writes` off and would lose what it acknowledged; switch both on, then try again"
    )]
    NotDurable,
    /// The store was closed.
    #[error("the database was closed; nothing was written")]
    Closed,
    /// A person has a key already.
    #[error("this person has a key already; a second one would part what was sealed")]
    KeyExists,
    /// A person's key was destroyed.
    #[error("this person was erased; nothing personal can be written or read")]
    KeyDestroyed,
    /// A personal part without a key that opens it.
    #[error(
        "a personal part was sealed for a person who has no key in this database; add the key with the event"
    )]
    KeyMissing,
    /// A wrapped key is not the one that was to be replaced.
    #[error(
        "a key was changed meanwhile; start changing the keys again, it goes on where it stopped"
    )]
    KeyChanged,
    /// A key was to be destroyed without an event that says so.
    #[error("a key may only be destroyed together with an event about its person")]
    DestructionUnrecorded,
    /// Something is too large or too many.
    #[error("{what} is over the limit of {max}")]
    TooMuch {
        /// What.
        what: &'static str,
        /// How much is allowed.
        max: usize,
    },
    /// An event cannot be recorded.
    #[error(transparent)]
    Extend(#[from] ExtendError),
    /// Events of another database do not go on where the chain ends here.
    #[error("{0}; nothing was taken over, prove both databases with `sapar audit verify`")]
    Chain(Broken),
    /// Two databases wrote on as the same node.
    #[error(
        "event number {sequence} of node {node} is another one here; two databases wrote as the same node since a copy was made, and somebody must decide which to keep"
    )]
    Forked {
        /// Whose chain.
        node: NodeId,
        /// The first number that differs among those given.
        sequence: u64,
    },
    /// An event identifier is used twice.
    #[error("an identifier was used for two different things; make a new one and try again")]
    IdTaken,
    /// Rows could not be worked out again from an event.
    #[error(
        "the tables could not be made again: at position {position} of the log, {why}; they are as they were"
    )]
    Projection {
        /// Where.
        position: u64,
        /// What the caller said; never personal data.
        why: Box<str>,
    },
    /// Anything else, by the database's own code.
    #[error("the database answered with error {code}; nothing was written")]
    Failed {
        /// The code of the driver.
        code: Box<str>,
    },
}
