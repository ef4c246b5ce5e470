//! The printed papers: the **notice of rights**, which a person takes along in a language of their own, and the
//! **form of a referral**, which goes with a person to the agency that receives them.
//!
//! Both are set by typst from templates inside the program: no file is read, no clock is asked, nothing is fetched,
//! and the same input gives the same bytes.
//! They are tagged PDF for screen readers (PDF/UA-1) and for keeping (PDF/A-2a), with their fonts inside.
//!
//! The words around what is inserted come from the catalogue of `sapar-messages`; what is inserted must already be
//! in the reader's language.
//! Inserted texts are values and never markup, so that a name such as `#[*_$` is printed as it is.
//! A character that no font here can show is printed as its number, such as `U+4E2D`, and never left out.
//!
//! This crate decides nothing of what a paper may tell: it prints what it is given.
//! What a paper holds is personal: nothing here prints it in `Debug` or in an error, and nothing of it is kept
//! in memory by this crate once the bytes are made.
//!
//! ```
//! use sapar_messages::Language;
//! use sapar_notices::{Day, Entry, Notice, notice_of_rights};
//!
//! let notice = Notice {
//!     reference: "BP-7".to_owned(),
//!     made: Day { year: 2026, month: 11, day: 25 },
//!     date: "25 November 2026".to_owned(),
//!     post: Some("Saryagash".to_owned()),
//!     must_not: vec![Entry {
//!         words: "The state must not subject the person to torture".to_owned(),
//!         articles: vec!["Convention against Torture, Article 16(1)".to_owned()],
//!         ..Entry::default()
//!     }],
//!     ..Notice::default()
//! };
//! let pdf = notice_of_rights(Language::English, &notice)?;
//! assert!(pdf.starts_with(b"%PDF-"));
//! # Ok::<(), sapar_notices::NoticeError>(())
//! ```

mod fonts;
mod inputs;
mod paper;
mod world;

use std::fmt;

use sapar_messages::Language;

pub use fonts::can_print;

/// A day of the calendar, for the date in the properties of the PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Year, 1 to 9999.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl Default for Day {
    /// The first day of the epoch, for tests and examples; papers say the day they were made on.
    fn default() -> Self {
        Self {
            year: 1970,
            month: 1,
            day: 1,
        }
    }
}

/// What the authorities must or must not do, what a person has a right to, or what the person must do.
#[derive(Clone, Default)]
pub struct Entry {
    /// In the reader's language.
    pub words: String,
    /// Limits of time, in words, each with its last day where that is known.
    pub limits: Vec<String>,
    /// The articles it rests on, each with its instrument.
    pub articles: Vec<String>,
}

/// A notice of rights, in the reader's language.
#[derive(Clone, Default)]
pub struct Notice {
    /// The person's name; `None` where it is not known or safer left out, and a line to write on is printed.
    pub person: Option<String>,
    /// The date of birth, in words, as far as it is known.
    pub born: Option<String>,
    /// By which the post finds the screening again.
    pub reference: String,
    /// The day the notice was made.
    pub made: Day,
    /// The same day in words.
    pub date: String,
    /// What kind of place: a crossing point, the green border.
    pub place: Option<String>,
    /// Which crossing point.
    pub post: Option<String>,
    /// The agency that hands the notice over.
    pub agency: Option<String>,
    /// As of which day the law was read.
    pub law: Option<String>,
    /// What the authorities must not do; printed first.
    pub must_not: Vec<Entry>,
    /// What the authorities must do.
    pub must: Vec<Entry>,
    /// What the person has a right to.
    pub may: Vec<Entry>,
    /// What the person must do.
    pub own: Vec<Entry>,
    /// Whom the person can ask, a paragraph each, before what every notice says.
    pub ask: Vec<String>,
    /// Whether the person is invented, for a demonstration.
    pub invented: bool,
}

/// What a referral rests on.
#[derive(Clone)]
pub enum Basis {
    /// The person's consent.
    Consent,
    /// An article that permits it without consent.
    Article(String),
}

/// The form that goes with a referral, in the language of its reader.
///
/// It prints what it is given: what the receiver may see is decided before.
#[derive(Clone)]
pub struct ReferralForm {
    /// By which sender and receiver find the referral.
    pub reference: String,
    /// The agency that refers.
    pub from: String,
    /// The agency that receives.
    pub to: String,
    /// What for.
    pub purpose: String,
    /// The day the form was made.
    pub made: Day,
    /// The same day in words.
    pub date: String,
    /// When the referral was offered, in words.
    pub offered: String,
    /// By when an answer is asked for, in words.
    pub reply_by: Option<String>,
    /// What the receiver may see of the person: label and value.
    pub person: Vec<(String, String)>,
    /// The classes of data that are shared, in words.
    pub shared: Vec<String>,
    /// What the referral rests on.
    pub basis: Basis,
    /// A message to the receiver; may be empty.
    pub message: String,
    /// Whether the person is invented, for a demonstration.
    pub invented: bool,
}

macro_rules! silent {
    ($($kind:ident),*) => {
        $(
            /// Names the type only: what is in it is personal.
            impl fmt::Debug for $kind {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(concat!(stringify!($kind), "(..)"))
                }
            }
        )*
    };
}

silent!(Entry, Notice, Basis, ReferralForm);

/// Why a paper could not be made. Holds nothing of what was to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeError {
    /// The day the paper was made on is in no calendar.
    NoSuchDay,
    /// More was to be printed than [`LETTERS_MAX`].
    TooLong,
    /// The pages could not be set.
    NotSet,
    /// The pages could not be written as PDF.
    NotWritten,
}

impl fmt::Display for NoticeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchDay => "the day of the paper does not exist; pass a day from the calendar",
            Self::TooLong => {
                "more is to be printed than a paper can hold; shorten the message or the list"
            }
            Self::NotSet => {
                "the pages could not be set; report this with the kind of paper and the language"
            }
            Self::NotWritten => {
                "the pages could not be written as PDF; report this with the kind of paper and the language"
            }
        })
    }
}

impl std::error::Error for NoticeError {}

/// At most so many characters are inserted into a paper: about forty pages.
pub const LETTERS_MAX: usize = 100_000;

/// The notice of rights as a PDF.
///
/// What the authorities must not do stands first.
/// A notice without entries says that nothing is certain yet, since nothing known is not no right.
///
/// # Errors
/// [`NoticeError::NoSuchDay`] where `made` is in no calendar and [`NoticeError::TooLong`] past [`LETTERS_MAX`];
/// the others would be mistakes of this crate.
pub fn notice_of_rights(language: Language, notice: &Notice) -> Result<Vec<u8>, NoticeError> {
    paper::print(
        paper::Kind::Notice,
        inputs::of_notice(language, notice)?,
        &notice.reference,
    )
}

/// The form of a referral as a PDF, with lines to sign on.
///
/// # Errors
/// As [`notice_of_rights`].
pub fn referral_form(language: Language, form: &ReferralForm) -> Result<Vec<u8>, NoticeError> {
    paper::print(
        paper::Kind::Referral,
        inputs::of_referral(language, form)?,
        &form.reference,
    )
}
