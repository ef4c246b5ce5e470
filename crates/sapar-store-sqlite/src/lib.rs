//! The store of a post: one SQLite file and no server.
//!
//! # How it keeps its promises
//!
//! * One thread writes. It takes all commands that wait, stores each within a savepoint of its own, and syncs the disk once for all of them;
//!   only then is each answered. So a hundred officers share one sync, and one whose command is refused disturbs nobody.
//! * The write-ahead log is synced at every commit (`synchronous = FULL`): what was acknowledged survives the loss of power, as far as the disk keeps its word.
//! * A few threads read, each from a snapshot; they never wait for the writer, nor it for them.
//! * The head of the chain is read within each transaction, so that a second program on the same file, such as `sapar db`, cannot part the chain.
//! * After a key was destroyed, what stood there is overwritten, and the write-ahead log is emptied.
//!
//! # Where to look next
//!
//! [`SqliteStore::open`] opens or makes the file and brings it to this program's version; `migrations/` holds the tables.
//! [`SqliteStore::backup`] and [`SqliteStore::restore`] work while the store is in use.

mod append;
mod backup;
mod failure;
mod lists;
mod migrate;
mod read;
mod rebuild;
mod receive;
mod records;
mod rows;
mod store;
mod threads;

pub use store::{Options, SqliteStore};
