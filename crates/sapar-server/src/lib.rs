//! The web application: pages for people, a JSON interface for programs, and the clock.
//!
//! # The road through this crate
//!
//! * [`serve`] opens the database, and listens until it is told to stop.
//! * `visit` turns a request into a user with a language, or sends to signing in.
//! * `pages/` holds a module for each group of addresses: it calls an operation, fills a view of `sapar-pages`, and nothing else.
//! * `api` is the JSON interface and its OpenAPI document.
//! * [`keep`] rebuilds, proves and copies the database.
//! * `words` puts the law and casework into views in the reader's language.
//!
//! # What holds everywhere
//!
//! * No handler asks the store; it calls an operation.
//! * Every answer has a strict content security policy and may not be kept by caches.
//! * No log line and no metric holds personal data: a route is logged by its pattern, never by its address.

mod api;
mod config;
mod demo;
mod headquarters;
mod health;
pub mod keep;
mod limits;
mod pages;
mod posted;
mod respond;
mod routes;
mod serve;
mod site;
mod state;
mod visit;
mod words;

pub use config::{Config, Database, OpenIdConfig, StartError};
pub use demo::{Filled, fill as fill_demonstration};
pub use limits::Limits;
pub use routes::router;
pub use sapar_store::Proof;
pub use serve::{open, operations, serve};
pub use state::App;
