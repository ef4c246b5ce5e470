//! What stands in a zone, field by field, and what is wrong with it.

use std::fmt;

use jiff::civil::Date;

use crate::iin::Iin;
use crate::mrz::check_digit::check_digit;
use crate::mrz::clean::{Adjustment, clean};
use crate::mrz::document::{DocumentKind, Sex};
use crate::mrz::error::MrzError;
use crate::mrz::field::{CheckResult, Checks, Field, Problem, ProblemKind};
use crate::mrz::layout::{Format, Layout, Place};
use crate::mrz::name::Name;
use crate::mrz::partial_date::{Expiry, PartialDate};
use crate::mrz::state::State;

/// What stands in a zone, whether or not its checks held.
///
/// A field that holds what it cannot is `None`, and [`Reading::problems`] says why; the lines
/// themselves are always at hand. Use [`Mrz`](crate::mrz::Mrz) where the checks must have held.
///
/// `Debug` shows the format and the problems, never what stands in the document.
///
/// ```
/// use sapar_identity::mrz::{Field, ProblemKind, Reading};
///
/// // The letter O was read for the zero in the date of birth.
/// let reading = Reading::read(
///     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO74O8122F1204159ZE184226B<<<<<10",
/// )?;
/// assert_eq!(reading.problems()[0].field, Field::Birth);
/// assert_eq!(reading.birth(), None);
///
/// // It is suggested, never applied unasked.
/// let suggestions = reading.suggestions();
/// assert_eq!((suggestions[0].changes()[0].read, suggestions[0].changes()[0].suggested), ('O', '0'));
/// assert!(reading.accept(&suggestions).problems().is_empty());
/// # Ok::<(), sapar_identity::mrz::MrzError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Reading {
    format: Format,
    lines: Vec<String>,
    adjustments: Vec<Adjustment>,
    issuer: Option<State>,
    name: Name,
    number: DocumentNumber,
    nationality: Option<State>,
    birth: Option<PartialDate>,
    sex: Option<Sex>,
    expiry: Option<Expiry>,
    optional_data: String,
    checks: Checks,
    problems: Vec<Problem>,
}

/// The number of a document.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DocumentNumber {
    value: String,
    overflowed: bool,
}

impl DocumentNumber {
    /// The whole number; fillers inside it are kept, for they stand for printed separators.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Whether it was too long for its field and went on in the optional data.
    #[must_use]
    pub fn overflowed(&self) -> bool {
        self.overflowed
    }
}

impl Reading {
    /// Finds the zone in a text and cuts it into fields.
    ///
    /// White space, empty lines, small letters and a zone on a single line are accepted and
    /// reported by [`Reading::adjustments`].
    ///
    /// # Errors
    /// Only where there is no zone to cut: see [`MrzError`], all but `Problems`.
    pub fn read(text: &str) -> Result<Self, MrzError> {
        let zone = clean(text)?;
        Ok(Self::of_lines(zone.format, zone.lines, zone.adjustments))
    }

    pub(crate) fn of_lines(
        format: Format,
        lines: Vec<String>,
        adjustments: Vec<Adjustment>,
    ) -> Self {
        let layout = format.layout();
        let mut problems = Vec::new();
        let (number, number_check, optional_data) = read_number(format, &lines);
        let checks = Checks {
            number: number_check,
            birth: check_field(&lines, &layout.birth, &layout.birth_check),
            expiry: check_field(&lines, &layout.expiry, &layout.expiry_check),
            optional_data: layout
                .optional_check
                .map(|place| check_optional(&lines, layout, &place)),
            composite: layout
                .composite_check
                .map(|place| check_composite(&lines, layout, &place)),
        };
        let mut note = |field, kind| problems.push(Problem { field, kind });
        let issuer = noted(
            State::read(layout.issuer.of(&lines)),
            Field::Issuer,
            &mut note,
        );
        let name = noted(Name::read(layout.name.of(&lines)), Field::Name, &mut note);
        if number.value.is_empty() || number.value.starts_with('<') {
            note(Field::Number, ProblemKind::Empty);
        }
        note_check(Some(checks.number), Field::Number, &mut note);
        let nationality = State::read(layout.nationality.of(&lines));
        let nationality = noted(nationality, Field::Nationality, &mut note);
        let birth = noted(
            PartialDate::read(layout.birth.of(&lines)),
            Field::Birth,
            &mut note,
        );
        note_check(Some(checks.birth), Field::Birth, &mut note);
        let sex = Sex::of(layout.sex.of(&lines));
        if sex.is_none() {
            note(Field::Sex, ProblemKind::UnknownSex);
        }
        let expiry = noted(
            Expiry::read(layout.expiry.of(&lines)),
            Field::Expiry,
            &mut note,
        );
        note_check(Some(checks.expiry), Field::Expiry, &mut note);
        note_check(checks.optional_data, Field::OptionalData, &mut note);
        note_check(checks.composite, Field::Composite, &mut note);
        let name = name.unwrap_or_else(|| Name::of_words(layout.name.of(&lines)));
        Self {
            format,
            lines,
            adjustments,
            issuer,
            name,
            number,
            nationality,
            birth,
            sex,
            expiry,
            optional_data,
            checks,
            problems,
        }
    }

    /// Which of the five layouts it is.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// The lines as read, in capitals and without white space.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// What was changed in the text before it was read.
    #[must_use]
    pub fn adjustments(&self) -> &[Adjustment] {
        &self.adjustments
    }

    /// The document code, without filler.
    #[must_use]
    pub fn document_code(&self) -> &str {
        self.format
            .layout()
            .document_code
            .of(&self.lines)
            .trim_end_matches('<')
    }

    /// What kind of document the code stands for.
    #[must_use]
    pub fn document_kind(&self) -> DocumentKind {
        DocumentKind::of(self.document_code())
    }

    /// Who issued it.
    #[must_use]
    pub fn issuer(&self) -> Option<&State> {
        self.issuer.as_ref()
    }

    /// The holder's name; where the field holds digits, its words are given with them.
    #[must_use]
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// The document's number.
    #[must_use]
    pub fn number(&self) -> &DocumentNumber {
        &self.number
    }

    /// The holder's nationality, or that there is none.
    #[must_use]
    pub fn nationality(&self) -> Option<&State> {
        self.nationality.as_ref()
    }

    /// The date of birth, as far as stated.
    #[must_use]
    pub fn birth(&self) -> Option<PartialDate> {
        self.birth
    }

    /// The sex.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        self.sex
    }

    /// Until when the document, or the visa, is valid.
    #[must_use]
    pub fn expiry(&self) -> Option<Expiry> {
        self.expiry
    }

    /// What the issuer put into the optional data, without what overflowed from the number;
    /// empty if nothing.
    #[must_use]
    pub fn optional_data(&self) -> &str {
        &self.optional_data
    }

    /// The second field of optional data, which only TD1 has.
    #[must_use]
    pub fn second_optional_data(&self) -> &str {
        let place = self.format.layout().second_optional;
        place.map_or("", |place| place.of(&self.lines).trim_end_matches('<'))
    }

    /// What every check digit says.
    #[must_use]
    pub fn checks(&self) -> &Checks {
        &self.checks
    }

    /// Everything that is wrong, in the order of the fields; empty for a sound zone.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The Kazakh individual number in the optional data of a document Kazakhstan issued.
    #[must_use]
    pub fn iin(&self) -> Option<Iin> {
        if self.issuer()?.code() != "KAZ" {
            return None;
        }
        [self.optional_data(), self.second_optional_data()]
            .into_iter()
            .find_map(|text| Iin::parse(text).ok())
    }

    /// The years of birth that are possible on the day of reading, the latest first.
    ///
    /// The individual number decides the century where it agrees with the date of birth; where
    /// it disagrees it is not used, for one of the two is wrong.
    #[must_use]
    pub fn possible_birth_years(&self, reading_day: Date) -> Vec<i16> {
        let Some(birth) = self.birth else {
            return Vec::new();
        };
        let stated = self
            .iin()
            .filter(|iin| iin.birth_without_century() == birth)
            .and_then(|iin| iin.birth());
        match stated {
            Some(date) if date <= reading_day => vec![date.year()],
            _ => birth.possible_years(reading_day),
        }
    }

    /// Whether the holder may be younger than a number of years on a day.
    ///
    /// True whenever the document does not exclude it: an unreadable or unknown date, and a year
    /// that may be of this century, count for the holder.
    #[must_use]
    pub fn holder_may_be_under(&self, years: i16, on: Date) -> bool {
        let ages = self
            .birth
            .filter(|_| self.checks.birth == CheckResult::Passed)
            .and_then(|birth| birth.possible_ages_in(&self.possible_birth_years(on), on));
        ages.is_none_or(|ages| *ages.start() < years)
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("format", &self.format)
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

/// Keeps what was read, or notes the problem.
fn noted<T>(
    read: Result<T, ProblemKind>,
    field: Field,
    note: &mut impl FnMut(Field, ProblemKind),
) -> Option<T> {
    read.map_err(|kind| note(field, kind)).ok()
}

fn note_check(check: Option<CheckResult>, field: Field, note: &mut impl FnMut(Field, ProblemKind)) {
    match check {
        None | Some(CheckResult::Passed) => {}
        Some(CheckResult::Failed) => note(field, ProblemKind::CheckFailed),
        Some(CheckResult::Missing) => note(field, ProblemKind::CheckMissing),
        Some(CheckResult::NotDigit) => note(field, ProblemKind::CheckNotDigit),
    }
}

/// Compares characters with the check digit printed for them.
pub(crate) fn check_text(characters: &str, printed: &str) -> CheckResult {
    if printed == "<" {
        return CheckResult::Missing;
    }
    match printed.parse::<u8>() {
        Ok(digit) if check_digit(characters) == Some(digit) => CheckResult::Passed,
        Ok(_) => CheckResult::Failed,
        Err(_) => CheckResult::NotDigit,
    }
}

fn check_field(lines: &[String], field: &Place, digit: &Place) -> CheckResult {
    check_text(field.of(lines), digit.of(lines))
}

/// An issuer that prints no personal number may print a filler for its check digit.
fn check_optional(lines: &[String], layout: &Layout, digit: &Place) -> CheckResult {
    let field = layout.optional.of(lines);
    let printed = digit.of(lines);
    if printed == "<" && field.bytes().all(|byte| byte == b'<') {
        return CheckResult::Passed;
    }
    check_text(field, printed)
}

pub(crate) fn check_composite(lines: &[String], layout: &Layout, digit: &Place) -> CheckResult {
    let covered: String = layout
        .composite
        .iter()
        .map(|place| place.of(lines))
        .collect();
    check_text(&covered, digit.of(lines))
}

/// The number, its check, and what is left of the optional data.
///
/// A number longer than nine characters is marked by a filler in the place of its check digit and
/// goes on at the beginning of the optional data, up to the next filler; the last character there
/// is the check digit over the whole number, without the filler. That the filler is left out of
/// the sum was proven on real cards, where counting it gives a wrong digit.
fn read_number(format: Format, lines: &[String]) -> (DocumentNumber, CheckResult, String) {
    let layout = format.layout();
    let field = layout.number.of(lines);
    let printed = layout.number_check.of(lines);
    let optional = layout.optional.of(lines).trim_end_matches('<');
    let full = !field.ends_with('<');
    if printed == "<" && full && format.number_may_overflow() {
        let (overflow, rest) = optional.split_once('<').unwrap_or((optional, ""));
        // At least one character of the number and its check digit.
        if let Some((more, digit)) = overflow.split_at_checked(overflow.len().saturating_sub(1))
            && !more.is_empty()
        {
            let value = format!("{field}{more}");
            let check = check_text(&value, digit);
            let number = DocumentNumber {
                value,
                overflowed: true,
            };
            return (number, check, rest.trim_start_matches('<').to_owned());
        }
    }
    let value = field.trim_end_matches('<').to_owned();
    let number = DocumentNumber {
        value,
        overflowed: false,
    };
    (number, check_text(field, printed), optional.to_owned())
}
