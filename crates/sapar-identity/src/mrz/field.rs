//! The fields of a zone, what their check digits say and what is wrong with them.

use std::fmt;

/// A field of the zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The zone as a whole.
    Zone,
    /// The first two characters.
    DocumentCode,
    /// Issuing state or organisation.
    Issuer,
    /// The holder's name.
    Name,
    /// Document number.
    Number,
    /// Nationality.
    Nationality,
    /// Date of birth.
    Birth,
    /// Sex.
    Sex,
    /// Date until which the document, or the visa, is valid.
    Expiry,
    /// Personal number or other data the issuer chose.
    OptionalData,
    /// The check digit over several fields.
    Composite,
}

impl Field {
    /// The key of the field's label in the catalogue of the interface.
    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Zone | Self::Composite => "document-whole",
            Self::DocumentCode => "document-kind",
            Self::Issuer => "document-issuing-state",
            Self::Name => "document-name",
            Self::Number => "document-number",
            Self::Nationality => "document-nationality",
            Self::Birth => "document-birth-date",
            Self::Sex => "document-sex",
            Self::Expiry => "document-expiry",
            Self::OptionalData => "document-personal-number",
        }
    }

    /// The name of the field in forms.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Zone => "mrz",
            Self::DocumentCode => "mrz.document_code",
            Self::Issuer => "mrz.issuer",
            Self::Name => "mrz.name",
            Self::Number => "mrz.number",
            Self::Nationality => "mrz.nationality",
            Self::Birth => "mrz.birth",
            Self::Sex => "mrz.sex",
            Self::Expiry => "mrz.expiry",
            Self::OptionalData => "mrz.optional_data",
            Self::Composite => "mrz.composite",
        }
    }

    fn english(self) -> &'static str {
        match self {
            Self::Zone => "machine readable zone",
            Self::DocumentCode => "document code",
            Self::Issuer => "issuing state",
            Self::Name => "name",
            Self::Number => "document number",
            Self::Nationality => "nationality",
            Self::Birth => "date of birth",
            Self::Sex => "sex",
            Self::Expiry => "date of expiry",
            Self::OptionalData => "optional data",
            Self::Composite => "line as a whole",
        }
    }
}

/// What one check digit says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckResult {
    /// It matches.
    Passed,
    /// It is a digit and does not match.
    Failed,
    /// Its place holds the filler where a digit is due.
    Missing,
    /// Its place holds a letter.
    NotDigit,
}

/// What every check digit of a zone says; `None` where the format has no such digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Checks {
    /// Document number, including the part that overflowed.
    pub number: CheckResult,
    /// Date of birth.
    pub birth: CheckResult,
    /// Date of expiry.
    pub expiry: CheckResult,
    /// Personal number of a passport.
    pub optional_data: Option<CheckResult>,
    /// Several fields together; visas have none.
    pub composite: Option<CheckResult>,
}

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The field.
    pub field: Field,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// The kinds of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The check digit does not match.
    CheckFailed,
    /// The check digit is missing.
    CheckMissing,
    /// A letter stands where the check digit is due.
    CheckNotDigit,
    /// Something other than pairs of digits or fillers stands in a date.
    NotDate,
    /// The digits of a date name no day.
    ImpossibleDate,
    /// A digit stands where only letters can.
    NotLetters,
    /// The field is empty, or begins with a filler.
    Empty,
    /// The mark for the sex is none of `M`, `F`, `X` and the filler.
    UnknownSex,
}

impl Problem {
    /// The key under which the interface keeps the text in the user's language; every text has
    /// the field's label as `$field`.
    #[must_use]
    pub fn message_key(&self) -> &'static str {
        match self.kind {
            ProblemKind::CheckFailed => "document-check-digit-failed",
            ProblemKind::CheckMissing => "document-check-digit-missing",
            ProblemKind::CheckNotDigit => "document-check-digit-not-digit",
            ProblemKind::NotDate => "document-date-not-digits",
            ProblemKind::ImpossibleDate => "document-date-impossible",
            ProblemKind::NotLetters => "document-field-not-letters",
            ProblemKind::Empty => "document-field-empty",
            ProblemKind::UnknownSex => "document-sex-unknown",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.kind {
            ProblemKind::CheckFailed => "the check digit does not match",
            ProblemKind::CheckMissing => "the check digit is missing",
            ProblemKind::CheckNotDigit => "a letter stands where the check digit is due",
            ProblemKind::NotDate => "six digits are due, or fillers for unknown parts",
            ProblemKind::ImpossibleDate => "there is no such day",
            ProblemKind::NotLetters => "a digit stands where only letters can",
            ProblemKind::Empty => "nothing is stated",
            ProblemKind::UnknownSex => "the mark is not known",
        };
        write!(f, "{}: {text}", self.field.english())
    }
}
