//! From fields to a zone.

use crate::mrz::check_digit::check_digit;
use crate::mrz::document::Sex;
use crate::mrz::field::Field;
use crate::mrz::layout::{Format, Place};
use crate::mrz::name::write_name;
use crate::mrz::partial_date::{Expiry, PartialDate};
use crate::mrz::state::State;

/// The fields of a zone that is to be written.
///
/// All text is in `A` to `Z`, `0` to `9`; how a name in another script is brought to that is not
/// decided here.
///
/// ```
/// use sapar_identity::mrz::{Draft, Expiry, Format, Mrz, PartialDate, Sex};
/// let draft = Draft {
///     format: Format::Td3,
///     document_code: "P".into(),
///     issuer: "KAZ".into(),
///     primary: vec!["SPECIMEN".into()],
///     secondary: vec!["AIGERIM".into()],
///     number: "N12345678".into(),
///     nationality: "KAZ".into(),
///     birth: PartialDate::new(Some(90), Some(2), Some(28)).unwrap(),
///     sex: Sex::Female,
///     expiry: Expiry::Stated(PartialDate::new(Some(30), Some(1), Some(31)).unwrap()),
///     optional_data: "900228400123".into(),
///     second_optional_data: String::new(),
/// };
/// let zone = draft.write()?;
/// assert_eq!(zone.lines().nth(1), Some("N123456785KAZ9002281F3001318900228400123<<50"));
/// assert_eq!(Mrz::parse(&zone)?.to_draft(), draft);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which layout to write.
    pub format: Format,
    /// One or two letters; the first must go with the format.
    pub document_code: String,
    /// Code of the issuer; `DEU` is written as Germany writes it.
    pub issuer: String,
    /// Words of the surname, or of the only name.
    pub primary: Vec<String>,
    /// Words of the given names.
    pub secondary: Vec<String>,
    /// Document number; longer than nine characters only on cards.
    pub number: String,
    /// Code of the nationality.
    pub nationality: String,
    /// Date of birth, as far as known.
    pub birth: PartialDate,
    /// Sex.
    pub sex: Sex,
    /// Until when it is valid.
    pub expiry: Expiry,
    /// Optional data, after what overflows from the number.
    pub optional_data: String,
    /// Second field of optional data, on TD1 only.
    pub second_optional_data: String,
}

/// Why a zone could not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A field holds a character that cannot stand in it.
    #[error("a field holds a character that cannot stand in it ({})", field.key())]
    Characters {
        /// Which field.
        field: Field,
    },
    /// A field has nothing in it and must.
    #[error("a field must not be empty ({})", field.key())]
    Empty {
        /// Which field.
        field: Field,
    },
    /// A field is longer than its place.
    #[error("a field is longer than its place ({})", field.key())]
    TooLong {
        /// Which field.
        field: Field,
    },
    /// The document code does not go with the format.
    #[error("the document code does not go with the format")]
    DocumentCode,
}

impl WriteError {
    /// The field of the zone the error belongs to.
    #[must_use]
    pub fn field(self) -> Field {
        match self {
            Self::Characters { field } | Self::Empty { field } | Self::TooLong { field } => field,
            Self::DocumentCode => Field::DocumentCode,
        }
    }

    /// The key under which the interface keeps the text in the user's language.
    #[must_use]
    pub fn message_key(self) -> &'static str {
        match self {
            Self::Characters { .. } => "document-write-characters",
            Self::Empty { .. } => "document-field-empty",
            Self::TooLong { .. } => "document-write-too-long",
            Self::DocumentCode => "document-code-unknown",
        }
    }
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft")
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

impl Draft {
    /// The lines of the zone with all check digits, separated by line feeds.
    ///
    /// A name too long is shortened so that the last place of its field holds a letter.
    ///
    /// # Errors
    /// Names the field that does not fit or holds what it cannot.
    pub fn write(&self) -> Result<String, WriteError> {
        self.check_code()?;
        let layout = self.format.layout();
        let filler = "<".repeat(self.format.line_length());
        let mut lines = vec![filler; self.format.line_count()];
        let name = self.name(layout.name.length)?;
        put(&mut lines, &layout.name, &name, Field::Name)?;
        put(
            &mut lines,
            &layout.document_code,
            &self.document_code,
            Field::DocumentCode,
        )?;
        let issuer = state(&self.issuer, Field::Issuer)?;
        put(&mut lines, &layout.issuer, issuer, Field::Issuer)?;
        let nationality = state(&self.nationality, Field::Nationality)?;
        put(
            &mut lines,
            &layout.nationality,
            nationality,
            Field::Nationality,
        )?;
        put(&mut lines, &layout.birth, &self.birth.write(), Field::Birth)?;
        put(
            &mut lines,
            &layout.expiry,
            &self.expiry.write(),
            Field::Expiry,
        )?;
        put(
            &mut lines,
            &layout.sex,
            &self.sex.mark().to_string(),
            Field::Sex,
        )?;
        self.put_number(&mut lines)?;
        if let Some(place) = &layout.second_optional {
            let text = alphanumeric(&self.second_optional_data, Field::OptionalData)?;
            put(&mut lines, place, text, Field::OptionalData)?;
        } else if !self.second_optional_data.is_empty() {
            return Err(WriteError::TooLong {
                field: Field::OptionalData,
            });
        }
        put_check(
            &mut lines,
            &[layout.birth],
            &layout.birth_check,
            Field::Birth,
        )?;
        put_check(
            &mut lines,
            &[layout.expiry],
            &layout.expiry_check,
            Field::Expiry,
        )?;
        if let Some(place) = &layout.optional_check {
            put_check(&mut lines, &[layout.optional], place, Field::OptionalData)?;
        }
        if let Some(place) = &layout.composite_check {
            put_check(&mut lines, layout.composite, place, Field::Composite)?;
        }
        Ok(lines.join("\n"))
    }

    fn check_code(&self) -> Result<(), WriteError> {
        let mut letters = self.document_code.chars();
        let first = letters.next();
        let fits = match self.format {
            Format::Td1 | Format::Td2 => matches!(first, Some('A' | 'C' | 'I')),
            Format::Td3 => first == Some('P'),
            Format::MrvA | Format::MrvB => first == Some('V'),
        };
        let rest_fits =
            letters.all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
        if fits && rest_fits {
            Ok(())
        } else {
            Err(WriteError::DocumentCode)
        }
    }

    fn name(&self, length: usize) -> Result<String, WriteError> {
        let field = Field::Name;
        if self.primary.is_empty() {
            return Err(WriteError::Empty { field });
        }
        for word in self.primary.iter().chain(&self.secondary) {
            if word.is_empty() {
                return Err(WriteError::Empty { field });
            }
            if !word.bytes().all(|byte| byte.is_ascii_uppercase()) {
                return Err(WriteError::Characters { field });
            }
        }
        write_name(&self.primary, &self.secondary, length).ok_or(WriteError::TooLong { field })
    }

    /// The number, its check digit and the optional data, which share their places on cards.
    fn put_number(&self, lines: &mut [String]) -> Result<(), WriteError> {
        let layout = self.format.layout();
        let (field, optional) = (Field::Number, Field::OptionalData);
        let number = alphanumeric(&self.number, field)?;
        let data = alphanumeric(&self.optional_data, optional)?;
        if number.is_empty() || number.starts_with('<') {
            return Err(WriteError::Empty { field });
        }
        let Some((head, tail)) = number.split_at_checked(layout.number.length) else {
            put(lines, &layout.number, number, field)?;
            put(lines, &layout.optional, data, optional)?;
            return put_check(lines, &[layout.number], &layout.number_check, field);
        };
        put(lines, &layout.number, head, field)?;
        if tail.is_empty() {
            put(lines, &layout.optional, data, optional)?;
            return put_check(lines, &[layout.number], &layout.number_check, field);
        }
        // The overflow ends at a filler, so it can neither hold one nor follow one.
        if !self.format.number_may_overflow() {
            return Err(WriteError::TooLong { field });
        }
        if tail.contains('<') || head.ends_with('<') {
            return Err(WriteError::Characters { field });
        }
        if data.starts_with('<') {
            return Err(WriteError::Characters { field: optional });
        }
        let digit = check_digit(number).ok_or(WriteError::Characters { field })?;
        let joined = format!("{tail}{digit}<{data}");
        put(
            lines,
            &layout.optional,
            joined.trim_end_matches('<'),
            optional,
        )
    }
}

fn state(code: &str, field: Field) -> Result<&str, WriteError> {
    if code.is_empty() {
        return Err(WriteError::Empty { field });
    }
    if !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(WriteError::Characters { field });
    }
    Ok(State::write(code))
}

/// Characters of the zone, with no filler at the end, where it would be lost.
fn alphanumeric(text: &str, field: Field) -> Result<&str, WriteError> {
    let known = |byte: u8| byte == b'<' || byte.is_ascii_uppercase() || byte.is_ascii_digit();
    if text.bytes().all(known) && !text.ends_with('<') {
        Ok(text)
    } else {
        Err(WriteError::Characters { field })
    }
}

fn put(lines: &mut [String], place: &Place, text: &str, field: Field) -> Result<(), WriteError> {
    if text.len() > place.length {
        return Err(WriteError::TooLong { field });
    }
    let line = lines
        .get_mut(place.line)
        .ok_or(WriteError::TooLong { field })?;
    // Everything put into a zone is one byte a character by now, and every place lies in its line.
    line.replace_range(place.start..place.start + text.len(), text);
    Ok(())
}

fn put_check(
    lines: &mut [String],
    over: &[Place],
    place: &Place,
    field: Field,
) -> Result<(), WriteError> {
    let covered: String = over.iter().map(|place| place.of(lines)).collect();
    let digit = check_digit(&covered).ok_or(WriteError::Characters { field })?;
    put(lines, place, &digit.to_string(), field)
}
