//! The store of headquarters: a database of a PostgreSQL server, version 15 or later.
//!
//! # How it keeps its promises
//!
//! * One task writes. It takes all commands that wait, asks the server in one go for all that their decisions need,
//!   decides in memory in the order they came, writes everything with a few statements, and commits once;
//!   only then is each answered. A command that is refused is never sent, so it disturbs nobody.
//! * Each transaction first locks the one row of `sapar_store`. So two programs on one database, such as the server and `sapar db`,
//!   cannot part the chain, and places of the log become visible in their order.
//! * The writer asks for `synchronous_commit`, and a server that runs with `fsync` off is refused: what was acknowledged survives the loss of power.
//! * Readers share a few connections; each question is one statement, and so one snapshot.
//! * A connection that was lost is opened again. If it was lost while committing, nobody knows whether the commands were stored:
//!   they are told [`StoreError::Unreachable`](sapar_store::StoreError::Unreachable), and sending the same command again stores it once.
//!
//! # What differs from the store of a post
//!
//! PostgreSQL keeps what was there before a change: in its tables until they are vacuumed, in its own log, in copies.
//! So a destroyed key can still be found by whoever has the disk, though only as it was wrapped, which opens nothing without the node key.
//! `docs/store.md` says what to do about it.
//!
//! There is no TLS in this program: reach the server through a local socket or an encrypted tunnel.
//!
//! # Where to look next
//!
//! [`PostgresStore::connect`] connects and brings the database to this program's version; `migrations/` holds the tables.

mod connection;
mod decide;
mod failure;
mod group;
mod lists;
mod migrate;
mod read;
mod rebuild;
mod receive;
mod rows;
mod store;
mod writer;

pub use connection::Options;
pub use store::PostgresStore;
