//! Casework: persons, encounters, screenings, tasks, referrals, cases, documents and notes.
//!
//! Commands go in, events come out, and a state is a fold over its events.
//! Times, identifiers and files are passed in; nothing here reads a clock, a disk or a random number, and nothing is stored.
//!
//! # The road through this crate
//!
//! * [`person`] is who is met, as written, with every correction; [`duplicate`] warns that somebody may be registered already.
//! * [`encounter`] is where, when and how; it holds no personal data.
//! * [`screening`] is the interview of `sapar-law` as events, from which it is rebuilt exactly; [`outcome`] is what follows,
//!   recorded by name, with the difference to what followed before.
//! * [`tasks`] are the certain duties of an outcome with due times; [`happenings`] says which of their clocks have started.
//! * [`referral`] and [`case`] bring the person into the right hands; [`return_check`] bars return while protection is open or possible.
//! * [`document`] and [`note`] hold the rest.
//! * [`event`] takes every event apart into an open and a personal part and puts it together again.
//!
//! # What holds everywhere
//!
//! * Unknown, not applicable and no stay three things: a consent nobody asked for is not a refused one, a person without
//!   screening is not one whom nothing bars from return, a limit the calendar cannot count is not no limit.
//! * A correction never erases. Only [`person::PersonCommand::Erase`] takes personal parts away, and states, counts and
//!   identifiers stay.
//! * What somebody may see is said in [`classes`]; every position, task, referral, case, document and note carries its own.
//!   Deciding who sees which class is not for this crate.
//!   Leaving positions out of an outcome by their classes is **not enough** for the asylum firewall: the invariants of the
//!   vocabulary carry facts into positions that never read them, and a refused contradiction can betray a hidden answer.
//!   Whoever may not see a class is shown [`screening::Screening::outcome_seen`], evaluated without its facts.
//! * A step that does not fit is a [`refusal::Refusal`], whose text says what to do and cannot name a person.
//! * Events of two posts that were cut off from each other fold in any order their sequence gives, and never fail.
//!
//! ```
//! use sapar_casework::stamp::{Actor, Aggregate, Stamp};
//! use sapar_casework::ids::{AgencyId, NoteId, PersonId, UserId};
//! use sapar_casework::note::{Note, NoteCommand};
//! use sapar_casework::classes::{Classes, DataClass};
//! use sapar_casework::event::{Body, Event};
//! use sapar_casework::personal::Text;
//!
//! # let id = |number: u128| uuid::Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + number);
//! let by = Actor { user: UserId::new(id(1))?, agency: AgencyId::new(id(2))?, team: None, post: None };
//! let stamp = Stamp { at: "2026-11-25T05:00:00Z".parse()?, by };
//! let person = PersonId::new(id(3))?;
//!
//! let mut note = Note::default();
//! let command = NoteCommand::Write {
//!     person,
//!     case: None,
//!     classes: Classes::one(DataClass::Health),
//!     words: Text::new("Needs insulin before noon."),
//! };
//! for event in note.carry_out(command, &stamp)? {
//!     let event = Event { about: Some(person), stamp, body: Body::Note(NoteId::new(id(4))?, event) };
//!     let parts = event.parts()?;
//!     assert_eq!(parts.type_name, "note.written");
//!     assert!(!parts.open.to_string().contains("insulin"));
//!     assert_eq!(Event::from_parts(parts)?, event);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod birth;
pub mod case;
pub mod classes;
pub mod document;
pub mod duplicate;
pub mod encounter;
pub mod event;
pub mod happenings;
pub mod ids;
pub mod likeness;
pub mod note;
pub mod outcome;
pub mod person;
pub mod personal;
pub mod purpose;
pub mod referral;
pub mod refusal;
pub mod return_check;
pub mod screening;
pub mod stamp;
pub mod tasks;
