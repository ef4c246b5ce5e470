//! Who a travel document says its holder is.
//!
//! * [`mrz`] reads and writes the machine readable zone of passports, cards and visas
//!   (ICAO Doc 9303): a [`Reading`](mrz::Reading) says what stands there and which checks
//!   failed, an [`Mrz`](mrz::Mrz) is a reading whose checks all held.
//! * [`Iin`] is the individual identification number of Kazakhstan.
//!
//! What it refuses to do: it never corrects a zone by itself, it only suggests; it never fills
//! in a century, a day or a nationality that the document does not state; it has no clock, the
//! day of reading is passed in; and no error text, and no `Debug` text of a reading, a
//! zone, a draft or a number, holds what stands in the document.
//!
//! A document is evidence of who someone is, not proof, and check digits prove only that the
//! zone was read as printed.
//!
//! ```
//! use sapar_identity::mrz::Mrz;
//!
//! let pasted = "p<utoeriksson<<anna<maria<<<<<<<<<<<<<<<<<<<\r\n\
//!               L898902C36UTO7408122F1204159ZE184226B<<<<<10\r\n";
//! let mrz = Mrz::parse(pasted)?;
//! assert_eq!(mrz.reading().name().surname(), "ERIKSSON");
//! assert_eq!(mrz.reading().number().value(), "L898902C3");
//! // The lower case was accepted, and the reading says so.
//! assert_eq!(mrz.reading().adjustments().len(), 1);
//! # Ok::<(), sapar_identity::mrz::MrzError>(())
//! ```

mod iin;
pub mod mrz;

pub use iin::{Iin, IinError};
pub use jiff::civil;
