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
//! # What a server has to know
//!
//! - [`STYLE`] and [`SCRIPT`] are served at the path of [`style_path`] and
//!   [`script_path`]; the part behind the question mark changes with their
//!   content, so a browser may keep them for ever.
//! - The content security policy that every page works under is
//!   `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;
//!   form-action 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'`.
//! - Every form posts `csrf`. Every form but those of a single button can post
//!   `language`, from a button pressed in place of sending: show the same page
//!   in that language with all that was typed, and do nothing else.
//! - Fields with several values are called `classes[]`, `values[]` and `mandate[]`.
//! - The script posts a zone to `/zone` with the header `X-CSRF-Token` (and the
//!   field `csrf`), and reads JSON: `{"ok": true, "message": "…", "fields":
//!   {"surname": "…", "sex": "male"}}`. The message is in the reader's language;
//!   the fields are those of the registration, and fill only what is empty.
//! - An answer given on the traveller's page has the field `traveller` with its
//!   language: the next question belongs on that page, too.
//! - A form that was refused on a page with several is given back as
//!   [`RefusedForm`] with the last part of its address; it is shown open.
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
