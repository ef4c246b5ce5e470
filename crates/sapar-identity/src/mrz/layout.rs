//! Where each field stands in each of the five formats.
//!
//! One table serves the reader, the writer and the suggestions, so they cannot disagree.

/// The five layouts of Doc 9303.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Card of bank size: three lines of 30.
    Td1,
    /// Larger card or sheet: two lines of 36.
    Td2,
    /// Passport booklet: two lines of 44.
    Td3,
    /// Visa, large: two lines of 44.
    MrvA,
    /// Visa, small: two lines of 36.
    MrvB,
}

impl Format {
    /// How many lines the zone has.
    #[must_use]
    pub fn line_count(self) -> usize {
        if self == Self::Td1 { 3 } else { 2 }
    }

    /// How many characters each line has.
    #[must_use]
    pub fn line_length(self) -> usize {
        match self {
            Self::Td1 => 30,
            Self::Td2 | Self::MrvB => 36,
            Self::Td3 | Self::MrvA => 44,
        }
    }

    /// The short name used in Doc 9303.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Td1 => "TD1",
            Self::Td2 => "TD2",
            Self::Td3 => "TD3",
            Self::MrvA => "MRV-A",
            Self::MrvB => "MRV-B",
        }
    }

    pub(crate) fn layout(self) -> &'static Layout {
        match self {
            Self::Td1 => &TD1,
            Self::Td2 => &TD2,
            Self::Td3 => &TD3,
            Self::MrvA => &MRV_A,
            Self::MrvB => &MRV_B,
        }
    }

    /// Whether a document number too long for its field goes on in the optional data.
    ///
    /// Doc 9303 provides this for cards only (parts 5 and 6).
    pub(crate) fn number_may_overflow(self) -> bool {
        matches!(self, Self::Td1 | Self::Td2)
    }
}

/// A run of characters: the line and the first column from zero, and the length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub line: usize,
    pub start: usize,
    pub length: usize,
}

impl Place {
    /// The characters at this place; empty where the lines are too short, which they never are
    /// once the zone is cleaned.
    pub fn of<'z>(&self, lines: &'z [String]) -> &'z str {
        let line = lines.get(self.line).map(String::as_str).unwrap_or_default();
        line.get(self.start..self.start + self.length)
            .unwrap_or_default()
    }
}

pub(crate) struct Layout {
    pub document_code: Place,
    pub issuer: Place,
    pub name: Place,
    pub number: Place,
    pub number_check: Place,
    pub nationality: Place,
    pub birth: Place,
    pub birth_check: Place,
    pub sex: Place,
    pub expiry: Place,
    pub expiry_check: Place,
    pub optional: Place,
    pub optional_check: Option<Place>,
    pub second_optional: Option<Place>,
    pub composite_check: Option<Place>,
    /// The runs the composite check digit is computed over, in order.
    pub composite: &'static [Place],
}

/// Writes a place as Doc 9303 does: line and columns from one, both ends included.
const fn at(line: usize, first: usize, last: usize) -> Place {
    Place {
        line: line - 1,
        start: first - 1,
        length: last + 1 - first,
    }
}

static TD1: Layout = Layout {
    document_code: at(1, 1, 2),
    issuer: at(1, 3, 5),
    number: at(1, 6, 14),
    number_check: at(1, 15, 15),
    optional: at(1, 16, 30),
    optional_check: None,
    birth: at(2, 1, 6),
    birth_check: at(2, 7, 7),
    sex: at(2, 8, 8),
    expiry: at(2, 9, 14),
    expiry_check: at(2, 15, 15),
    nationality: at(2, 16, 18),
    second_optional: Some(at(2, 19, 29)),
    composite_check: Some(at(2, 30, 30)),
    composite: &[at(1, 6, 30), at(2, 1, 7), at(2, 9, 15), at(2, 19, 29)],
    name: at(3, 1, 30),
};

/// What TD2, TD3 and both visas share; only the ends of the lines differ.
const fn two_lines(length: usize, optional_last: usize) -> Layout {
    Layout {
        document_code: at(1, 1, 2),
        issuer: at(1, 3, 5),
        name: at(1, 6, length),
        number: at(2, 1, 9),
        number_check: at(2, 10, 10),
        nationality: at(2, 11, 13),
        birth: at(2, 14, 19),
        birth_check: at(2, 20, 20),
        sex: at(2, 21, 21),
        expiry: at(2, 22, 27),
        expiry_check: at(2, 28, 28),
        optional: at(2, 29, optional_last),
        optional_check: None,
        second_optional: None,
        composite_check: None,
        composite: &[],
    }
}

static TD2: Layout = Layout {
    composite_check: Some(at(2, 36, 36)),
    composite: &[at(2, 1, 10), at(2, 14, 20), at(2, 22, 35)],
    ..two_lines(36, 35)
};

static TD3: Layout = Layout {
    optional_check: Some(at(2, 43, 43)),
    composite_check: Some(at(2, 44, 44)),
    composite: &[at(2, 1, 10), at(2, 14, 20), at(2, 22, 43)],
    ..two_lines(44, 42)
};

static MRV_A: Layout = two_lines(44, 44);

static MRV_B: Layout = two_lines(36, 36);
