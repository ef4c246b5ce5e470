//! From pasted text to lines of the right length, with a note of everything that was changed.

use crate::mrz::error::MrzError;
use crate::mrz::layout::Format;

/// No zone with any amount of white space a person would paste is longer.
pub const INPUT_BYTES_MAX: usize = 2_000;

/// What was changed in the text before the zone was read.
///
/// Only the writing is touched, never what stands there: what looks like a misread character is
/// a [`Suggestion`](crate::mrz::Suggestion).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Adjustment {
    /// Small letters were read as capitals.
    LowerCase {
        /// How many.
        count: usize,
    },
    /// White space within lines, or empty lines, were passed over.
    WhiteSpace {
        /// How many characters or lines.
        count: usize,
    },
    /// One long line was cut where the lines of the zone must end.
    CutIntoLines {
        /// Into how many.
        lines: usize,
    },
    /// A suggestion was accepted by a person.
    SuggestionAccepted {
        /// How many characters were replaced.
        characters: usize,
    },
}

/// A zone of known format whose lines all have the right length and only its characters.
#[derive(Debug)]
pub(crate) struct CleanZone {
    pub format: Format,
    pub lines: Vec<String>,
    pub adjustments: Vec<Adjustment>,
}

pub(crate) fn clean(text: &str) -> Result<CleanZone, MrzError> {
    if text.len() > INPUT_BYTES_MAX {
        return Err(MrzError::TooLong);
    }
    let mut adjustments = Vec::new();
    let (lines, white_space) = without_white_space(text);
    if white_space > 0 {
        adjustments.push(Adjustment::WhiteSpace { count: white_space });
    }
    let lines = match lines.as_slice() {
        [] => return Err(MrzError::Empty),
        [single] => {
            let cut = cut_into_lines(single).ok_or(MrzError::LineCount { found: 1 })?;
            adjustments.push(Adjustment::CutIntoLines { lines: cut.len() });
            cut
        }
        [_, _] | [_, _, _] => lines,
        more => return Err(MrzError::LineCount { found: more.len() }),
    };
    check_lengths(&lines)?;
    let (lines, lower_case) = capitals(&lines)?;
    if lower_case > 0 {
        adjustments.push(Adjustment::LowerCase { count: lower_case });
    }
    let format = recognise(&lines)?;
    Ok(CleanZone {
        format,
        lines,
        adjustments,
    })
}

/// The lines that have anything on them, and how much white space was passed over.
///
/// The ends of lines, in any of the usual forms, are not counted: every zone has them.
fn without_white_space(text: &str) -> (Vec<String>, usize) {
    let mut lines = Vec::new();
    let mut passed_over = 0;
    for line in text.split(['\n', '\r', '\u{2028}']) {
        let mut kept = String::with_capacity(line.len());
        for character in line.chars() {
            // A byte order mark and a zero width space come with text copied from the web.
            if character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}') {
                passed_over += 1;
            } else {
                kept.push(character);
            }
        }
        if !kept.is_empty() {
            lines.push(kept);
        }
    }
    (lines, passed_over)
}

/// Cuts one line that holds a whole zone; its length alone says which.
fn cut_into_lines(line: &str) -> Option<Vec<String>> {
    let characters: Vec<char> = line.chars().collect();
    let length = match characters.len() {
        88 => 44,
        72 => 36,
        90 => 30,
        _ => return None,
    };
    Some(
        characters
            .chunks(length)
            .map(|chunk| chunk.iter().collect())
            .collect(),
    )
}

fn check_lengths(lines: &[String]) -> Result<(), MrzError> {
    let lengths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
    let expected = expected_length(&lengths);
    match lengths.iter().position(|&length| length != expected) {
        None => Ok(()),
        Some(index) => Err(MrzError::LineLength {
            line: index + 1,
            found: lengths.get(index).copied().unwrap_or_default(),
            expected,
        }),
    }
}

/// The length the lines should have: the one that a line has, or else the nearer one.
fn expected_length(lengths: &[usize]) -> usize {
    if lengths.len() == 3 {
        return 30;
    }
    if lengths.contains(&44) {
        return 44;
    }
    if lengths.contains(&36) {
        return 36;
    }
    let longest = lengths.iter().copied().max().unwrap_or_default();
    if longest.abs_diff(44) <= longest.abs_diff(36) {
        44
    } else {
        36
    }
}

fn capitals(lines: &[String]) -> Result<(Vec<String>, usize), MrzError> {
    let mut lower_case = 0;
    let mut clean = Vec::with_capacity(lines.len());
    for (line_index, line) in lines.iter().enumerate() {
        let mut capitals = String::with_capacity(line.len());
        for (index, character) in line.chars().enumerate() {
            match character {
                'A'..='Z' | '0'..='9' | '<' => capitals.push(character),
                'a'..='z' => {
                    lower_case += 1;
                    capitals.push(character.to_ascii_uppercase());
                }
                _ => {
                    let (line, position) = (line_index + 1, index + 1);
                    return Err(MrzError::Character {
                        line,
                        position,
                        character,
                    });
                }
            }
        }
        clean.push(capitals);
    }
    Ok((clean, lower_case))
}

fn recognise(lines: &[String]) -> Result<Format, MrzError> {
    let first = lines.first().map(String::as_str).unwrap_or_default();
    let initial = first.chars().next();
    match (lines.len(), first.len(), initial) {
        (3, 30, Some('A' | 'C' | 'I')) => Ok(Format::Td1),
        (2, 36, Some('A' | 'C' | 'I')) => Ok(Format::Td2),
        (2, 36, Some('V')) => Ok(Format::MrvB),
        (2, 44, Some('P')) => Ok(Format::Td3),
        (2, 44, Some('V')) => Ok(Format::MrvA),
        (lines, length, _) => Err(MrzError::DocumentCode { lines, length }),
    }
}
