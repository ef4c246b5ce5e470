//! The pages of Sapar.
//!
//! Each page is a *view*, plain owned data that whoever serves it has already
//! filtered by what the reader may see, and a function from a [`Frame`] and
//! that view to HTML. A view knows no store, no policy and no law, so nothing
//! here can show what it was not given.
//!
//! The guarantees: whatever stands in a view is escaped; a page works without
//! script; it holds no style and no script of its own, as a policy of
//! `default-src 'none'` demands; every sentence is in the catalogue of
//! `sapar-messages`; prohibitions stand before all else of an outcome; what was
//! typed into a refused form is shown again.
//!
//! ```
//! use sapar_pages::{Frame, help};
//! let page = help::page(&Frame::default(), &help::View::default()).into_string();
//! assert!(page.starts_with("<!DOCTYPE html>"));
//! ```

mod form;
mod frame;
mod layout;
mod parts;
mod text;

pub mod account;
pub mod administration;
pub mod answers;
pub mod case;
pub mod cases;
pub mod dashboard;
pub mod desk;
pub mod encounter;
pub mod encounter_new;
pub mod help;
pub mod interview;
pub mod law;
pub mod outcome;
pub mod person;
pub mod problem;
pub mod referral;
pub mod referral_new;
pub mod referrals;
pub mod registration;
pub mod reviews;
pub mod search;
pub mod sign_in;
pub mod tasks;
pub mod traveller;

pub use form::{FieldError, Form, RefusedForm};
pub use frame::{Frame, Section, SignedIn};
pub use maud::Markup;
pub use parts::{
    CaseLine, CaseState, DocumentLine, Due, Entry, LinkLine, Look, NoteLine, PersonLine, PersonMet,
    ReferralLine, ReferralState, Stage, StartScreening, TaskActions, TaskLine, TaskState, Tone,
};
pub use text::{Argument, Choice, Prose, Text};

/// The styles of all pages, to be served at [`style_path`] as `text/css`.
pub const STYLE: &str = concat!(
    include_str!("../assets/base.css"),
    include_str!("../assets/layout.css"),
    include_str!("../assets/parts.css"),
    include_str!("../assets/pages.css"),
    include_str!("../assets/print.css"),
);

/// The script of all pages, to be served at [`script_path`] as `text/javascript`. No page needs it.
pub const SCRIPT: &str = include_str!("../assets/script.js");

/// The address of the styles, which changes with their content: a browser may keep them for ever.
#[must_use]
pub fn style_path() -> String {
    format!("/style.css?v={:016x}", const { hash(STYLE) })
}

/// The address of the script, which changes with its content: a browser may keep it for ever.
#[must_use]
pub fn script_path() -> String {
    format!("/script.js?v={:016x}", const { hash(SCRIPT) })
}

/// FNV-1a: tells versions apart, and keeps nothing secret.
const fn hash(text: &str) -> u64 {
    let mut bytes = text.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    while let [first, rest @ ..] = bytes {
        hash = (hash ^ *first as u64).wrapping_mul(0x0100_0000_01b3);
        bytes = rest;
    }
    hash
}
