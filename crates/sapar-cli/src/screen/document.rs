//! Reading the document at the start of a screening.

use std::io::Write;

use sapar_identity::mrz::{Field, Reading};
use sapar_law::{Engine, explain};
use sapar_messages::Messages;
use sapar_screening::{DocumentFacts, DocumentNote};

use super::{Screen, Stop};

/// A zone from text; the error in the user's language, without what stands in the document.
pub(super) fn parse(text: &str, messages: &Messages) -> Result<Reading, String> {
    Reading::read(text).map_err(|error| crate::mrz::not_read(&error, messages))
}

impl Screen<'_> {
    /// Asks for the zone until it can be read or there is no document.
    pub(super) fn read_document(&mut self) -> Result<Option<Reading>, Stop> {
        writeln!(
            self.output,
            "\n{}",
            self.bold(&self.messages.text("interview-document-prompt"))
        )?;
        // Three lines are the longest zone; a fourth would be a mistake of pasting.
        const LINES_MAX: usize = 3;
        let mut lines: Vec<String> = Vec::new();
        loop {
            write!(self.output, "> ")?;
            let Some(line) = self.line()? else {
                return Ok(None);
            };
            if line.is_empty() && lines.is_empty() {
                writeln!(self.output, "{}", self.messages.text("document-none"))?;
                writeln!(
                    self.output,
                    "{}",
                    self.messages.text("document-none-is-not-a-reason")
                )?;
                return Ok(None);
            }
            let ended = line.is_empty();
            if !ended {
                lines.push(line);
            }
            // A card's first line is shorter than a passport's: two short lines wait for a third.
            let wanted = if lines
                .first()
                .is_some_and(|first| first.chars().count() <= 32)
            {
                LINES_MAX
            } else {
                2
            };
            if !ended && lines.len() < wanted {
                continue;
            }
            match parse(&lines.join("\n"), &self.messages) {
                Ok(reading) => return self.offer_suggestions(reading).map(Some),
                Err(message) => {
                    writeln!(self.output, "{message}")?;
                    lines.clear();
                }
            }
        }
    }

    /// Offers what was probably misread; nothing is applied unless a person says so.
    fn offer_suggestions(&mut self, reading: Reading) -> Result<Reading, Stop> {
        let mut accepted = Vec::new();
        for suggestion in reading.suggestions() {
            for change in suggestion.changes() {
                let (found, suggested) = (change.read.to_string(), change.suggested.to_string());
                let text = self.messages.text_with(
                    "document-suggestion",
                    &[
                        ("found", found.as_str().into()),
                        ("suggested", suggested.as_str().into()),
                    ],
                );
                writeln!(self.output, "{text}")?;
            }
            write!(
                self.output,
                "{} > ",
                self.messages.text("screen-accept-suggestion")
            )?;
            let Some(line) = self.line()? else { break };
            if matches!(line.to_lowercase().as_str(), "y" | "yes" | "да" | "иә") {
                accepted.push(suggestion);
            }
        }
        Ok(if accepted.is_empty() {
            reading
        } else {
            reading.accept(&accepted)
        })
    }

    /// What the document told, and what it did not.
    pub(super) fn show_document(
        &mut self,
        engine: &Engine,
        reading: &Reading,
        facts: &DocumentFacts,
    ) -> Result<(), Stop> {
        let library = engine.library();
        let language = self.messages.language().code();
        writeln!(
            self.output,
            "\n{}",
            self.messages.text("screen-document-read")
        )?;
        writeln!(
            self.output,
            "  {}: {} {}",
            self.messages.text("document-name"),
            reading.name().surname(),
            reading.name().given_names()
        )?;
        for (fact, known) in &facts.stated {
            let value = explain::value_words(library, *fact, *known, &self.messages);
            writeln!(
                self.output,
                "  {}: {value}",
                library.fact(*fact).label.get(language)
            )?;
        }
        for note in &facts.notes {
            let text = match note {
                DocumentNote::FieldNotUsed(field) => self.field_not_used(*field),
                DocumentNote::Expired(last) => {
                    let date = super::print::date_words(*last, &self.messages);
                    self.messages
                        .text_with("document-expired", &[("date", date.as_str().into())])
                }
                DocumentNote::NoExpiry => self.messages.text("document-no-expiry"),
                DocumentNote::AgeUncertain => self.messages.text("document-birth-date-incomplete"),
                DocumentNote::NameMayBeTruncated => self.messages.text("document-name-truncated"),
                DocumentNote::IssuedAsProtected => self.messages.text("screen-document-protected"),
                DocumentNote::NotProtected => self.messages.text("document-not-protected"),
            };
            writeln!(self.output, "  ! {text}")?;
        }
        Ok(())
    }

    fn field_not_used(&self, field: Field) -> String {
        let label = self.messages.text(field.label_key());
        self.messages
            .text_with("screen-field-not-used", &[("field", label.as_str().into())])
    }
}
