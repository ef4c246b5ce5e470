//! `sapar mrz`: what stands in a machine readable zone, field by field.
//!
//! Nothing is corrected: what was probably misread is suggested, and the person compares with the document.
//! What stands in the document goes to standard output only, never into an error.

mod tell;

use std::io::{BufRead, IsTerminal, Read};

use jiff::civil::Date;
use sapar_identity::mrz::{INPUT_BYTES_MAX, MrzError, Reading};
use sapar_messages::{Language, Messages};

use crate::clock;
use crate::ending::{Ending, Failure, Report};

/// What to read.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar mrz                    type or paste the lines, then an empty line
  sapar mrz < zone.txt         read a file
  sapar mrz --json < zone.txt  fields, problems and suggestions for a script
  sapar mrz 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<' \\
            'L898902C36UTO7408122F1204159ZE184226B<<<<<10'

What is given as an argument is seen by other users of this machine and kept in the shell's history:
give the zone of a real person on standard input.

Ends with 0 when every check holds, with 1 when something is wrong with the zone,
with 65 when the text is no machine readable zone.")]
pub struct Arguments {
    /// The lines of the zone; - or nothing reads standard input
    #[arg(value_name = "LINE")]
    lines: Vec<String>,
    /// The day of reading, for the century of birth and for the expiry [default: today]
    #[arg(long, value_name = "DATE", value_parser = clock::date)]
    today: Option<Date>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Reads and tells.
pub fn run(arguments: Arguments, language: Language) -> Result<Report, Failure> {
    let messages = Messages::new(language);
    let text = match arguments.lines.as_slice() {
        [] => standard_input(&messages)?,
        [dash] if dash == "-" => standard_input(&messages)?,
        lines => lines.join("\n"),
    };
    let today = arguments.today.unwrap_or_else(clock::today);
    let reading = Reading::read(&text)
        .map_err(|error| Failure::new(Ending::BadInput, not_read(&error, &messages)))?;
    let text = if arguments.json {
        tell::json(&reading, today, messages)
    } else {
        tell::text(&reading, today, messages)
    };
    Ok(Report::found(text, !reading.problems().is_empty()))
}

fn standard_input(messages: &Messages) -> Result<String, Failure> {
    let stdin = std::io::stdin();
    let terminal = stdin.is_terminal();
    let mut input = stdin.lock().take(INPUT_BYTES_MAX as u64 + 1);
    let mut bytes = Vec::new();
    let read = if terminal {
        crate::output::say(&messages.text("mrz-prompt"));
        until_empty_line(&mut input, &mut bytes)
    } else {
        input.read_to_end(&mut bytes).map(drop)
    };
    read.map_err(|error| {
        Failure::new(
            Ending::NoInput,
            format!("standard input cannot be read: {error}"),
        )
    })?;
    if bytes.len() > INPUT_BYTES_MAX {
        return Err(Failure::new(
            Ending::BadInput,
            messages.text("mrz-too-long"),
        ));
    }
    String::from_utf8(bytes)
        .map_err(|_| Failure::new(Ending::BadInput, messages.text("mrz-not-text")))
}

fn until_empty_line(input: &mut impl BufRead, bytes: &mut Vec<u8>) -> std::io::Result<()> {
    loop {
        let before = bytes.len();
        input.read_until(b'\n', bytes)?;
        if bytes
            .get(before..)
            .is_none_or(|line| line.trim_ascii().is_empty())
        {
            return Ok(());
        }
    }
}

/// Why there is no zone, without a character of what was given.
pub(crate) fn not_read(error: &MrzError, messages: &Messages) -> String {
    let key = error.message_key();
    match error {
        MrzError::LineLength {
            line,
            found,
            expected,
        } => messages.text_with(
            key,
            &[
                ("line", (*line).into()),
                ("found", (*found).into()),
                ("expected", (*expected).into()),
            ],
        ),
        MrzError::Character {
            line, character, ..
        } => messages.text_with(
            key,
            &[
                ("line", (*line).into()),
                ("character", shown(*character).into()),
            ],
        ),
        MrzError::TooLong => messages.text("mrz-too-long"),
        _ => messages.text(key),
    }
}

/// A character that cannot be seen, or would move the cursor, is shown by its number.
fn shown(character: char) -> String {
    if character.is_control()
        || character.is_whitespace()
        || !character.is_alphanumeric() && !character.is_ascii_graphic()
    {
        format!("U+{:04X}", u32::from(character))
    } else {
        character.to_string()
    }
}
