//! What a scanner probably misread, offered and never applied unasked.

use std::fmt;

use crate::mrz::clean::Adjustment;
use crate::mrz::field::{CheckResult, Field};
use crate::mrz::layout::Place;
use crate::mrz::partial_date::PartialDate;
use crate::mrz::reading::{Reading, check_composite, check_text};
use crate::mrz::state::{State, StateKind};

/// Characters of one field that were probably misread, and what they may be.
///
/// Offered only where the field can hold one kind of character: digits in dates and check
/// digits, letters in names and states. In a document number both are possible, so nothing is
/// suggested there.
///
/// `Debug` shows the field and the evidence, not the characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Suggestion {
    field: Field,
    changes: Vec<Change>,
    evidence: Evidence,
}

/// One character and what it may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The line, counted from one.
    pub line: usize,
    /// The place in the line, counted from one.
    pub position: usize,
    /// What was read.
    pub read: char,
    /// What it may be.
    pub suggested: char,
}

/// What speaks for a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// With it the check digit matches.
    CheckDigit,
    /// Only the kind of the field: no check digit covers it, so look at the document.
    FieldKind,
}

impl Suggestion {
    /// The field it concerns.
    #[must_use]
    pub fn field(&self) -> Field {
        self.field
    }

    /// The characters to replace; never empty.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// What speaks for it.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        self.evidence
    }
}

impl fmt::Debug for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Suggestion")
            .field("field", &self.field)
            .field("evidence", &self.evidence)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change")
            .field("line", &self.line)
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}

impl Reading {
    /// What was probably misread; empty where nothing is or nothing can be said.
    #[must_use]
    pub fn suggestions(&self) -> Vec<Suggestion> {
        let layout = self.format().layout();
        let lines = self.lines();
        let mut found = vec![
            letters(lines, Field::Issuer, &layout.issuer),
            letters(lines, Field::Name, &layout.name),
            check_only(lines, Field::Number, &layout.number, &layout.number_check),
            letters(lines, Field::Nationality, &layout.nationality),
            date(lines, Field::Birth, &layout.birth, &layout.birth_check),
            date(lines, Field::Expiry, &layout.expiry, &layout.expiry_check),
        ];
        if let Some(place) = &layout.optional_check {
            found.push(check_only(
                lines,
                Field::OptionalData,
                &layout.optional,
                place,
            ));
        }
        if let Some(place) = &layout.composite_check {
            // The composite digit is over the other fields as they would be.
            let so_far: Vec<&Suggestion> = found.iter().flatten().collect();
            let mut lines = lines.to_vec();
            so_far
                .iter()
                .for_each(|suggestion| replace(&mut lines, &suggestion.changes));
            let changes = changes_to_digits(&lines, place);
            if let Some(changes) = changes.filter(|changes| !changes.is_empty()) {
                replace(&mut lines, &changes);
                let passed = check_composite(&lines, layout, place) == CheckResult::Passed;
                let evidence = Evidence::CheckDigit;
                let field = Field::Composite;
                found.push(passed.then_some(Suggestion {
                    field,
                    changes,
                    evidence,
                }));
            }
        }
        found.into_iter().flatten().collect()
    }

    /// The reading with suggestions a person has accepted; it says so in its adjustments.
    ///
    /// A change whose character is not what this reading has there is passed over: it belongs to
    /// another document.
    #[must_use]
    pub fn accept(&self, suggestions: &[Suggestion]) -> Self {
        let mut lines = self.lines().to_vec();
        let mut characters = 0;
        for suggestion in suggestions {
            let before = lines.clone();
            replace(&mut lines, &suggestion.changes);
            characters += differences(&before, &lines);
        }
        let mut adjustments = self.adjustments().to_vec();
        if characters > 0 {
            adjustments.push(Adjustment::SuggestionAccepted { characters });
        }
        Self::of_lines(self.format(), lines, adjustments)
    }
}

/// A date in which letters stand for digits, if its check digit then matches.
fn date(lines: &[String], field: Field, place: &Place, check: &Place) -> Option<Suggestion> {
    let mut changes = changes_to_digits(lines, place)?;
    changes.extend(changes_to_digits(lines, check)?);
    let mut corrected = lines.to_vec();
    replace(&mut corrected, &changes);
    let text = place.of(&corrected);
    let sound = PartialDate::read(text).is_ok()
        && check_text(text, check.of(&corrected)) == CheckResult::Passed;
    let evidence = Evidence::CheckDigit;
    (sound && !changes.is_empty()).then_some(Suggestion {
        field,
        changes,
        evidence,
    })
}

/// A check digit read as a letter, if the digit then matches a field that may hold both.
fn check_only(lines: &[String], field: Field, place: &Place, check: &Place) -> Option<Suggestion> {
    let changes = changes_to_digits(lines, check)?;
    let mut corrected = lines.to_vec();
    replace(&mut corrected, &changes);
    let passed = check_text(place.of(lines), check.of(&corrected)) == CheckResult::Passed;
    let evidence = Evidence::CheckDigit;
    (passed && !changes.is_empty()).then_some(Suggestion {
        field,
        changes,
        evidence,
    })
}

/// A name or state in which digits stand for letters; a state must then be a known one.
fn letters(lines: &[String], field: Field, place: &Place) -> Option<Suggestion> {
    let changes = changes(lines, place, letter_for)?;
    if changes.is_empty() {
        return None;
    }
    if field != Field::Name {
        let mut corrected = lines.to_vec();
        replace(&mut corrected, &changes);
        let state = State::read(place.of(&corrected)).ok()?;
        if state.kind() == StateKind::Unlisted {
            return None;
        }
    }
    Some(Suggestion {
        field,
        changes,
        evidence: Evidence::FieldKind,
    })
}

fn changes_to_digits(lines: &[String], place: &Place) -> Option<Vec<Change>> {
    changes(lines, place, digit_for)
}

/// The changes a field needs; `None` if some character looks like nothing the field can hold.
fn changes(
    lines: &[String],
    place: &Place,
    meant: impl Fn(char) -> Option<char>,
) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    for (index, read) in place.of(lines).chars().enumerate() {
        let suggested = meant(read)?;
        if suggested != read {
            let (line, position) = (place.line + 1, place.start + index + 1);
            changes.push(Change {
                line,
                position,
                read,
                suggested,
            });
        }
    }
    Some(changes)
}

/// What a character is in a field of digits.
fn digit_for(read: char) -> Option<char> {
    match read {
        '0'..='9' | '<' => Some(read),
        'O' | 'Q' | 'D' => Some('0'),
        'I' | 'L' => Some('1'),
        'Z' => Some('2'),
        'S' => Some('5'),
        'G' => Some('6'),
        'B' => Some('8'),
        _ => None,
    }
}

/// What a character is in a field of letters.
fn letter_for(read: char) -> Option<char> {
    match read {
        'A'..='Z' | '<' => Some(read),
        '0' => Some('O'),
        '1' => Some('I'),
        '2' => Some('Z'),
        '5' => Some('S'),
        '6' => Some('G'),
        '8' => Some('B'),
        _ => None,
    }
}

fn replace(lines: &mut [String], changes: &[Change]) {
    for change in changes {
        let Some(line) = change
            .line
            .checked_sub(1)
            .and_then(|index| lines.get_mut(index))
        else {
            continue;
        };
        *line = line
            .chars()
            .enumerate()
            .map(|(index, read)| {
                let here = index + 1 == change.position && read == change.read;
                if here { change.suggested } else { read }
            })
            .collect();
    }
}

fn differences(before: &[String], after: &[String]) -> usize {
    let (before, after) = (before.concat(), after.concat());
    before
        .chars()
        .zip(after.chars())
        .filter(|(before, after)| before != after)
        .count()
}
