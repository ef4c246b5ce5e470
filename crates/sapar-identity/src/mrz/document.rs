//! What kind of document it is, and the holder's sex as stated.

/// What the document code says the document is.
///
/// The second letter of a passport code was free until recently, so everything beyond passport,
/// card and visa is a hint and no more. The list is from memory of Doc 9303.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DocumentKind {
    /// An ordinary passport, or one whose second letter is the issuer's own.
    Passport,
    /// `PD`.
    DiplomaticPassport,
    /// `PO` or `PS`.
    OfficialPassport,
    /// `PE`.
    EmergencyPassport,
    /// `PR`: travel document for a refugee.
    RefugeeTravelDocument,
    /// `PT`: travel document for a foreigner or stateless person.
    AliensPassport,
    /// `PL`.
    LaissezPasser,
    /// `AC`.
    CrewCertificate,
    /// `IP`.
    PassportCard,
    /// Any other card or sheet that begins with `A`, `C` or `I`.
    TravelCard,
    /// A visa.
    Visa,
}

impl DocumentKind {
    pub(crate) fn of(code: &str) -> Self {
        match code {
            "PD" => Self::DiplomaticPassport,
            "PO" | "PS" => Self::OfficialPassport,
            "PE" => Self::EmergencyPassport,
            "PR" => Self::RefugeeTravelDocument,
            "PT" => Self::AliensPassport,
            "PL" => Self::LaissezPasser,
            "AC" => Self::CrewCertificate,
            "IP" => Self::PassportCard,
            _ if code.starts_with('P') => Self::Passport,
            _ if code.starts_with('V') => Self::Visa,
            _ => Self::TravelCard,
        }
    }
}

/// The sex as the document states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// `M`.
    Male,
    /// `F`.
    Female,
    /// The filler, or `X`, which some issuers print: stated as neither, or not stated.
    Unspecified,
}

impl Sex {
    pub(crate) fn of(mark: &str) -> Option<Self> {
        match mark {
            "M" => Some(Self::Male),
            "F" => Some(Self::Female),
            "<" | "X" => Some(Self::Unspecified),
            _ => None,
        }
    }

    /// The mark in the zone; unspecified is written as the filler.
    pub(crate) fn mark(self) -> char {
        match self {
            Self::Male => 'M',
            Self::Female => 'F',
            Self::Unspecified => '<',
        }
    }
}
