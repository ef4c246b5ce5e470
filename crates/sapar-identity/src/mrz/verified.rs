//! A zone whose every check held.

use std::fmt;

use crate::mrz::document::Sex;
use crate::mrz::error::MrzError;
use crate::mrz::partial_date::{Expiry, PartialDate};
use crate::mrz::reading::Reading;
use crate::mrz::state::State;
use crate::mrz::write::Draft;

/// A zone without problems: every check digit matched and every field holds what it can.
///
/// It was read as printed, with the certainty check digits give; whether the document is genuine
/// or the holder's is another question.
///
/// ```
/// use sapar_identity::mrz::{Mrz, MrzError};
/// let wrong = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<20";
/// let Err(MrzError::Problems { problems, reading }) = Mrz::parse(wrong) else { panic!() };
/// assert_eq!(problems.len(), 2);
/// // What was read can still be shown.
/// assert_eq!(reading.name().given_names(), "ANNA MARIA");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Mrz {
    reading: Reading,
    issuer: State,
    nationality: State,
    birth: PartialDate,
    sex: Sex,
    expiry: Expiry,
}

impl Mrz {
    /// Reads a zone and demands that nothing is wrong with it.
    ///
    /// # Errors
    /// Where there is no zone, or where there are problems; then the reading is in the error.
    pub fn parse(text: &str) -> Result<Self, MrzError> {
        Self::of(Reading::read(text)?)
    }

    /// Takes a reading that has no problems.
    ///
    /// # Errors
    /// Gives the reading back with its problems.
    pub fn of(reading: Reading) -> Result<Self, MrzError> {
        match (
            reading.problems(),
            reading.issuer(),
            reading.nationality(),
            reading.birth(),
            reading.sex(),
            reading.expiry(),
        ) {
            ([], Some(issuer), Some(nationality), Some(birth), Some(sex), Some(expiry)) => {
                let (issuer, nationality) = (issuer.clone(), nationality.clone());
                Ok(Self {
                    issuer,
                    nationality,
                    birth,
                    sex,
                    expiry,
                    reading,
                })
            }
            (problems, ..) => {
                let problems = problems.to_vec();
                Err(MrzError::Problems {
                    problems,
                    reading: Box::new(reading),
                })
            }
        }
    }

    /// The reading: name, number, lines, optional data and everything else.
    #[must_use]
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Who issued the document.
    #[must_use]
    pub fn issuer(&self) -> &State {
        &self.issuer
    }

    /// The holder's nationality, or that there is none.
    #[must_use]
    pub fn nationality(&self) -> &State {
        &self.nationality
    }

    /// The date of birth, as far as stated.
    #[must_use]
    pub fn birth(&self) -> PartialDate {
        self.birth
    }

    /// The sex.
    #[must_use]
    pub fn sex(&self) -> Sex {
        self.sex
    }

    /// Until when the document, or the visa, is valid.
    #[must_use]
    pub fn expiry(&self) -> Expiry {
        self.expiry
    }

    /// The fields as a draft, from which the same zone is written.
    #[must_use]
    pub fn to_draft(&self) -> Draft {
        let reading = &self.reading;
        Draft {
            format: reading.format(),
            document_code: reading.document_code().to_owned(),
            issuer: self.issuer.code().to_owned(),
            primary: reading.name().primary().to_vec(),
            secondary: reading.name().secondary().to_vec(),
            number: reading.number().value().to_owned(),
            nationality: self.nationality.code().to_owned(),
            birth: self.birth,
            sex: self.sex,
            expiry: self.expiry,
            optional_data: reading.optional_data().to_owned(),
            second_optional_data: reading.second_optional_data().to_owned(),
        }
    }
}

impl fmt::Debug for Mrz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mrz")
            .field("format", &self.reading.format())
            .finish_non_exhaustive()
    }
}
