//! The individual identification number of Kazakhstan.

use std::fmt;

use jiff::civil::Date;

use crate::mrz::{PartialDate, Sex};

/// A valid individual identification number: twelve digits, of which the first six are the date
/// of birth, the seventh the century and sex, and the last a check digit.
///
/// Source: the weights were read in two public implementations; that digit 0 in the seventh
/// place stands for a foreigner, with neither century nor sex, is from memory.
///
/// Neither `Debug` nor `Display` shows the number; ask for [`Iin::digits`].
///
/// ```
/// use sapar_identity::{Iin, civil::date};
///
/// let iin = Iin::parse("900228 400123")?;
/// assert_eq!(iin.birth(), Some(date(1990, 2, 28)));
/// assert!(Iin::parse("900228400124").is_err());
/// # Ok::<(), sapar_identity::IinError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Iin {
    digits: String,
    birth: PartialDate,
    century: Option<i16>,
    sex: Option<Sex>,
}

/// Why a text is no individual identification number.
///
/// Each has a field and a message key for the interface; the text names no digit of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum IinError {
    /// Not twelve characters, spaces aside.
    #[error("an individual identification number has 12 digits, and {found} characters were given")]
    Length {
        /// How many characters there were; counting stops at a bound.
        found: usize,
    },
    /// A character that is no digit.
    #[error("character {position} of the individual identification number is not a digit")]
    NotDigit {
        /// The place, counted from one.
        position: usize,
    },
    /// The first six digits are no day.
    #[error("the first six digits of the individual identification number are not a date")]
    Date,
    /// The seventh digit stands for no century.
    #[error("the seventh digit of the individual identification number stands for no century")]
    Century,
    /// The last digit does not follow from the others.
    #[error("the last digit of the individual identification number does not match the others")]
    CheckDigit,
}

impl IinError {
    /// The field of a form this error belongs to.
    #[must_use]
    pub fn field(self) -> &'static str {
        "iin"
    }

    /// The key under which the interface keeps the text in the user's language.
    #[must_use]
    pub fn message_key(self) -> &'static str {
        match self {
            Self::Length { .. } => "iin-length",
            Self::NotDigit { .. } => "iin-not-digit",
            Self::Date => "iin-date",
            Self::Century => "iin-century",
            Self::CheckDigit => "iin-check-digit",
        }
    }
}

/// More characters than this are not counted, so that no input costs time.
const CHARACTERS_MAX: usize = 100;

impl Iin {
    /// Reads twelve digits, with white space anywhere.
    ///
    /// # Errors
    /// Says which rule the text breaks; the first one found.
    pub fn parse(text: &str) -> Result<Self, IinError> {
        let characters: Vec<char> = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .take(CHARACTERS_MAX)
            .collect();
        if characters.len() != 12 {
            return Err(IinError::Length {
                found: characters.len(),
            });
        }
        let mut digits = [0u32; 12];
        for (index, (slot, character)) in digits.iter_mut().zip(&characters).enumerate() {
            let digit = character.to_digit(10);
            *slot = digit.ok_or(IinError::NotDigit {
                position: index + 1,
            })?;
        }
        let [y1, y2, m1, m2, d1, d2, kind, .., check] = digits;
        let (century, sex) = century_and_sex(kind).ok_or(IinError::Century)?;
        let pair = |tens, ones| u8::try_from(tens * 10 + ones).ok();
        let birth =
            PartialDate::new(pair(y1, y2), pair(m1, m2), pair(d1, d2)).ok_or(IinError::Date)?;
        let iin = Self {
            digits: characters.into_iter().collect(),
            birth,
            century,
            sex,
        };
        if century.is_some() && iin.birth().is_none() {
            // 29 February of a year that has none.
            return Err(IinError::Date);
        }
        if check_digit(&digits) == Some(check) {
            Ok(iin)
        } else {
            Err(IinError::CheckDigit)
        }
    }

    /// The twelve digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The date of birth; `None` where the number states no century.
    #[must_use]
    pub fn birth(&self) -> Option<Date> {
        let year = self.century? + i16::from(self.birth.year_of_century()?);
        let month = i8::try_from(self.birth.month()?).ok()?;
        let day = i8::try_from(self.birth.day()?).ok()?;
        Date::new(year, month, day).ok()
    }

    /// The date of birth without its century, as a machine readable zone has it.
    #[must_use]
    pub fn birth_without_century(&self) -> PartialDate {
        self.birth
    }

    /// The sex the number states; none for a foreigner's number.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        self.sex
    }
}

impl fmt::Debug for Iin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iin(withheld)")
    }
}

/// The first year of the century and the sex; the outer `None` for a digit that means neither.
fn century_and_sex(digit: u32) -> Option<(Option<i16>, Option<Sex>)> {
    let century = match digit {
        0 => return Some((None, None)),
        1 | 2 => 1800,
        3 | 4 => 1900,
        5 | 6 => 2000,
        _ => return None,
    };
    let sex = if digit % 2 == 1 {
        Sex::Male
    } else {
        Sex::Female
    };
    Some((Some(century), Some(sex)))
}

/// The last digit that belongs to the first eleven; `None` where no number is ever issued.
fn check_digit(digits: &[u32; 12]) -> Option<u32> {
    const FIRST: [u32; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    const SECOND: [u32; 11] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];
    let weigh = |weights: [u32; 11]| {
        weights
            .iter()
            .zip(digits)
            .map(|(weight, digit)| weight * digit)
            .sum::<u32>()
            % 11
    };
    // A remainder of ten does not fit one digit, so a second pass is made with other weights.
    [FIRST, SECOND]
        .map(weigh)
        .into_iter()
        .find(|&remainder| remainder < 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(text: &str, expected: Result<Date, IinError>) {
        let birth = Iin::parse(text).map(|iin| iin.birth().expect("has a century"));
        assert_eq!(birth, expected, "{text}");
    }

    #[test]
    fn numbers_of_the_fact_sheet() {
        check("061211600012", Ok(date(2006, 12, 11)));
        check("900228400123", Ok(date(1990, 2, 28)));
        // Valid only through the second pass.
        check("900228400504", Ok(date(1990, 2, 28)));
    }

    #[test]
    fn a_number_whose_passes_both_give_ten_is_never_valid() {
        for last in 0..10 {
            check(&format!("90022840053{last}"), Err(IinError::CheckDigit));
        }
    }

    #[test]
    fn mistakes_are_named() {
        check("90022840012", Err(IinError::Length { found: 11 }));
        check("", Err(IinError::Length { found: 0 }));
        check("90022840012X", Err(IinError::NotDigit { position: 12 }));
        check("901328400123", Err(IinError::Date));
        check("900229400123", Err(IinError::Date));
        check("900228900123", Err(IinError::Century));
        check("900228400124", Err(IinError::CheckDigit));
        check(
            &"1".repeat(1_000_000),
            Err(IinError::Length {
                found: CHARACTERS_MAX,
            }),
        );
    }

    #[test]
    fn sex_and_a_number_without_century() {
        assert_eq!(
            Iin::parse("061211600012").map(|iin| iin.sex()),
            Ok(Some(Sex::Female))
        );
        let foreigner = (0..10).find_map(|last| Iin::parse(&format!("90022800012{last}")).ok());
        let foreigner = foreigner.expect("one of ten digits fits");
        assert_eq!((foreigner.birth(), foreigner.sex()), (None, None));
    }

    #[test]
    fn debug_withholds_the_number() {
        assert_eq!(
            format!("{:?}", Iin::parse("900228400123")),
            "Ok(Iin(withheld))"
        );
    }

    #[test]
    fn one_wrong_digit_is_found() {
        // The weights 1 to 11 modulo 11 find every single change except in the eleventh digit,
        // whose weight is zero in the first pass.
        let valid = "900228400123";
        for position in (6..10).chain([11]) {
            for digit in b'0'..=b'9' {
                let mut bytes = valid.as_bytes().to_vec();
                if bytes[position] == digit {
                    continue;
                }
                bytes[position] = digit;
                let text = String::from_utf8(bytes).expect("ascii");
                if let Ok(found) = Iin::parse(&text) {
                    panic!("{text} passes as {found:?}");
                }
            }
        }
    }
}
