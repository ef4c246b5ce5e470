//! The printed papers of Sapar, as PDF.
//!
//! Two papers leave a post: the **notice of rights**, which a person takes along in their own language, and the
//! **form of a referral**, which goes with a person to the agency that receives them.
//! Both are set by typst from templates inside the program: no file is read, no clock is asked, and the same input
//! gives the same bytes.
//!
//! The words around what is inserted come from the catalogue of `sapar-messages`; what is inserted must already be
//! in the reader's language.
//! Inserted texts are values and never markup, so that a name such as `#[*_$` is printed as it is.
//! A character that no font here can show is printed as its number, such as `U+4E2D`, and never left out.
//!
//! What a paper holds is for one person: nothing here prints it in `Debug` or in an error, and nothing of it is kept
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
//!     place: "Post of Saryagash".to_owned(),
//!     must_not: vec![Entry {
//!         words: "Send you to where you would be tortured".to_owned(),
//!         citations: vec!["Convention against Torture, article 3".to_owned()],
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

/// What nobody may do, what the authorities must do, or what a person has a right to.
#[derive(Clone, Default)]
pub struct Entry {
    /// In the reader's language.
    pub words: String,
    /// Until when, in words, if the law sets a limit.
    pub due: Option<String>,
    /// The articles it rests on, each with its instrument.
    pub citations: Vec<String>,
}

/// A notice of rights, in the reader's language.
#[derive(Clone, Default)]
pub struct Notice {
    /// The person's name; `None` where it is not known or safer left out.
    pub person: Option<String>,
    /// By which the post finds the screening again.
    pub reference: String,
    /// The day the notice was made.
    pub made: Day,
    /// The same day in words.
    pub date: String,
    /// Where it was handed over.
    pub place: String,
    /// What nobody may do to the person; printed first.
    pub must_not: Vec<Entry>,
    /// What the authorities must do.
    pub must: Vec<Entry>,
    /// What the person has a right to.
    pub may: Vec<Entry>,
    /// Whom the person can ask, a paragraph each; the officer where nobody is named.
    pub ask: Vec<String>,
}

/// What a referral rests on.
#[derive(Clone)]
pub enum Basis {
    /// The person's consent: to what, and when it was given.
    Consent(String),
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
    /// By when an answer is asked for, in words.
    pub reply_by: Option<String>,
    /// What the receiver may see of the person: label and value.
    pub person: Vec<(String, String)>,
    /// What the referral rests on.
    pub basis: Basis,
    /// A message to the receiver; may be empty.
    pub message: String,
    /// Who signs, one line each; who hands over and who receives where nobody is named.
    pub signatures: Vec<String>,
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
    /// The pages could not be set.
    NotSet,
    /// The pages could not be written as PDF.
    NotWritten,
}

impl fmt::Display for NoticeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchDay => "the day of the paper does not exist; pass a day from the calendar",
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

/// The notice of rights as a PDF.
///
/// What nobody may do to the person stands first.
/// A part without entries says that nothing is certain yet, since nothing known is not no right.
///
/// # Errors
/// [`NoticeError::NoSuchDay`] where `made` is in no calendar; the others would be mistakes of this crate.
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
/// [`NoticeError::NoSuchDay`] where `made` is in no calendar; the others would be mistakes of this crate.
pub fn referral_form(language: Language, form: &ReferralForm) -> Result<Vec<u8>, NoticeError> {
    paper::print(
        paper::Kind::Referral,
        inputs::of_referral(language, form)?,
        &form.reference,
    )
}
