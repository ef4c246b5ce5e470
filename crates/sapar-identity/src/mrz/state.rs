//! States, organisations and the codes for people without a nationality.

use crate::mrz::field::ProblemKind;

/// The code of an issuing state or of a nationality, brought to three letters.
///
/// Germany writes `D` and is normalised to `DEU`; every other code stays as printed.
///
/// ```
/// use sapar_identity::mrz::{Reading, StateKind};
/// let reading = Reading::read(
///     "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\nC01X0006H1D<<6408125F1710319<<<<<<<<<<<<<<<0",
/// )?;
/// let nationality = reading.nationality().unwrap();
/// assert_eq!((nationality.code(), nationality.kind()), ("DEU", StateKind::Country));
/// # Ok::<(), sapar_identity::mrz::MrzError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    code: String,
}

/// What a code stands for.
///
/// Stateless and refugee are statements of the issuer about the holder, and matter for return:
/// they are never folded into "unknown". The list beyond ISO 3166-1 is from memory of Doc 9303
/// part 3, section 5, except `D`, `UTO` and `EUE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StateKind {
    /// A country of ISO 3166-1.
    Country,
    /// `XXA`: a stateless person under the Convention of 1954.
    Stateless,
    /// `XXB`: a refugee under the Convention of 1951.
    Refugee,
    /// `XXC`: a refugee otherwise.
    OtherRefugee,
    /// `XXX`: nationality not specified.
    Unspecified,
    /// `GBD`, `GBN`, `GBO`, `GBP`, `GBS`: British, but not a British citizen.
    BritishOther,
    /// `RKS`: documents of Kosovo.
    Kosovo,
    /// The United Nations, the European Union, an order or another organisation.
    Organisation,
    /// `UTO`: the country of specimens.
    Specimen,
    /// Three letters that are in no list known here: perhaps misread, perhaps new.
    Unlisted,
}

impl State {
    pub(crate) fn read(text: &str) -> Result<Self, ProblemKind> {
        let code = text.trim_end_matches('<');
        if code.is_empty() {
            return Err(ProblemKind::Empty);
        }
        if !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(ProblemKind::NotLetters);
        }
        let code = if code == "D" { "DEU" } else { code };
        Ok(Self {
            code: code.to_owned(),
        })
    }

    /// The code as written in a zone.
    pub(crate) fn write(code: &str) -> &str {
        if code == "DEU" { "D" } else { code }
    }

    /// The code, of three letters except where the document has fewer.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What the code stands for.
    #[must_use]
    pub fn kind(&self) -> StateKind {
        match self.code.as_str() {
            "XXA" => StateKind::Stateless,
            "XXB" => StateKind::Refugee,
            "XXC" => StateKind::OtherRefugee,
            "XXX" => StateKind::Unspecified,
            "GBD" | "GBN" | "GBO" | "GBP" | "GBS" => StateKind::BritishOther,
            "RKS" => StateKind::Kosovo,
            "UTO" => StateKind::Specimen,
            "UNO" | "UNA" | "UNK" | "EUE" | "XOM" | "XPO" | "XBA" | "XIM" | "XCC" | "XCO"
            | "XEC" => StateKind::Organisation,
            code if COUNTRIES.binary_search(&code).is_ok() => StateKind::Country,
            _ => StateKind::Unlisted,
        }
    }
}

/// The codes of ISO 3166-1 alpha-3, in order.
#[rustfmt::skip]
pub(crate) static COUNTRIES: [&str; 249] = [
    "ABW", "AFG", "AGO", "AIA", "ALA", "ALB", "AND", "ARE", "ARG", "ARM", "ASM", "ATA", "ATF",
    "ATG", "AUS", "AUT", "AZE", "BDI", "BEL", "BEN", "BES", "BFA", "BGD", "BGR", "BHR", "BHS",
    "BIH", "BLM", "BLR", "BLZ", "BMU", "BOL", "BRA", "BRB", "BRN", "BTN", "BVT", "BWA", "CAF",
    "CAN", "CCK", "CHE", "CHL", "CHN", "CIV", "CMR", "COD", "COG", "COK", "COL", "COM", "CPV",
    "CRI", "CUB", "CUW", "CXR", "CYM", "CYP", "CZE", "DEU", "DJI", "DMA", "DNK", "DOM", "DZA",
    "ECU", "EGY", "ERI", "ESH", "ESP", "EST", "ETH", "FIN", "FJI", "FLK", "FRA", "FRO", "FSM",
    "GAB", "GBR", "GEO", "GGY", "GHA", "GIB", "GIN", "GLP", "GMB", "GNB", "GNQ", "GRC", "GRD",
    "GRL", "GTM", "GUF", "GUM", "GUY", "HKG", "HMD", "HND", "HRV", "HTI", "HUN", "IDN", "IMN",
    "IND", "IOT", "IRL", "IRN", "IRQ", "ISL", "ISR", "ITA", "JAM", "JEY", "JOR", "JPN", "KAZ",
    "KEN", "KGZ", "KHM", "KIR", "KNA", "KOR", "KWT", "LAO", "LBN", "LBR", "LBY", "LCA", "LIE",
    "LKA", "LSO", "LTU", "LUX", "LVA", "MAC", "MAF", "MAR", "MCO", "MDA", "MDG", "MDV", "MEX",
    "MHL", "MKD", "MLI", "MLT", "MMR", "MNE", "MNG", "MNP", "MOZ", "MRT", "MSR", "MTQ", "MUS",
    "MWI", "MYS", "MYT", "NAM", "NCL", "NER", "NFK", "NGA", "NIC", "NIU", "NLD", "NOR", "NPL",
    "NRU", "NZL", "OMN", "PAK", "PAN", "PCN", "PER", "PHL", "PLW", "PNG", "POL", "PRI", "PRK",
    "PRT", "PRY", "PSE", "PYF", "QAT", "REU", "ROU", "RUS", "RWA", "SAU", "SDN", "SEN", "SGP",
    "SGS", "SHN", "SJM", "SLB", "SLE", "SLV", "SMR", "SOM", "SPM", "SRB", "SSD", "STP", "SUR",
    "SVK", "SVN", "SWE", "SWZ", "SXM", "SYC", "SYR", "TCA", "TCD", "TGO", "THA", "TJK", "TKL",
    "TKM", "TLS", "TON", "TTO", "TUN", "TUR", "TUV", "TWN", "TZA", "UGA", "UKR", "UMI", "URY",
    "USA", "UZB", "VAT", "VCT", "VEN", "VGB", "VIR", "VNM", "VUT", "WLF", "WSM", "YEM", "ZAF",
    "ZMB", "ZWE",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<(&str, StateKind), ProblemKind>) {
        let state = State::read(text);
        let found = state.as_ref().map(|state| (state.code(), state.kind()));
        assert_eq!(found.map_err(|&problem| problem), expected, "{text}");
    }

    #[test]
    fn special_codes() {
        check("D<<", Ok(("DEU", StateKind::Country)));
        check("KAZ", Ok(("KAZ", StateKind::Country)));
        check("XXA", Ok(("XXA", StateKind::Stateless)));
        check("XXB", Ok(("XXB", StateKind::Refugee)));
        check("XXC", Ok(("XXC", StateKind::OtherRefugee)));
        check("XXX", Ok(("XXX", StateKind::Unspecified)));
        check("UTO", Ok(("UTO", StateKind::Specimen)));
        check("EUE", Ok(("EUE", StateKind::Organisation)));
        check("QQQ", Ok(("QQQ", StateKind::Unlisted)));
        check("<<<", Err(ProblemKind::Empty));
        check("KA2", Err(ProblemKind::NotLetters));
        check("<AZ", Err(ProblemKind::NotLetters));
    }

    #[test]
    fn the_list_is_in_order_and_known_to_another_library() {
        assert!(COUNTRIES.is_sorted());
        let theirs: Vec<&str> = ::mrz::codes().iter().map(|&(code, _)| code).collect();
        for code in COUNTRIES {
            assert!(theirs.contains(&code), "{code}");
        }
    }
}
