//! A note: free text with the classes of what it tells.

use serde::{Deserialize, Serialize};

use crate::classes::Classes;
use crate::ids::{CaseId, PersonId};
use crate::person::words as check_words;
use crate::personal::{Personal, Text, sealed_in};
use crate::refusal::Refusal;
use crate::stamp::{Aggregate, Fold, Stamp};

/// What somebody wants of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteCommand {
    /// Write it.
    Write {
        /// About whom.
        person: PersonId,
        /// In which case.
        case: Option<CaseId>,
        /// What it tells of the person.
        classes: Classes,
        /// The text.
        words: Text,
    },
    /// Write it anew; the earlier text stays.
    Correct {
        /// What it tells now: all it told before, and perhaps more.
        classes: Classes,
        /// The text.
        words: Text,
    },
}

/// What happened to a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum NoteEvent {
    /// Written.
    Written {
        /// About whom.
        person: PersonId,
        /// In which case.
        case: Option<CaseId>,
        /// What it tells of the person.
        classes: Classes,
        /// The text.
        #[serde(skip)]
        personal: Personal<Text>,
    },
    /// Written anew.
    Corrected {
        /// What it tells now.
        classes: Classes,
        /// The text.
        #[serde(skip)]
        personal: Personal<Text>,
    },
}

sealed_in!(NoteEvent: Written Corrected);

/// One text of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteText {
    /// Who wrote it, when.
    pub stamp: Stamp,
    /// The text.
    pub words: Personal<Text>,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Note {
    /// About whom; `None` before it was written.
    pub person: Option<PersonId>,
    /// In which case.
    pub case: Option<CaseId>,
    /// What any of its texts tells of the person.
    pub classes: Classes,
    /// Every text, the first first.
    pub texts: Vec<NoteText>,
}

impl Aggregate for Note {
    type Command = NoteCommand;

    fn decide(&self, command: NoteCommand, _: &Stamp) -> Result<Vec<NoteEvent>, Refusal> {
        let event = match command {
            NoteCommand::Write {
                person,
                case,
                classes,
                words,
            } => {
                if self.person.is_some() {
                    return Err(Refusal::ExistsAlready);
                }
                check_words(&words)?;
                NoteEvent::Written {
                    person,
                    case,
                    classes,
                    personal: Personal::known(words),
                }
            }
            NoteCommand::Correct { classes, words } => {
                if self.person.is_none() {
                    return Err(Refusal::NotThere);
                }
                // The earlier text can still be read, so fewer classes would show it to those it was kept from.
                if !self.classes.visible_to(classes) {
                    return Err(Refusal::ClassNotLowered);
                }
                check_words(&words)?;
                NoteEvent::Corrected {
                    classes,
                    personal: Personal::known(words),
                }
            }
        };
        Ok(vec![event])
    }
}

impl Fold for Note {
    type Event = NoteEvent;

    fn apply(&mut self, event: &NoteEvent, stamp: &Stamp) {
        let (classes, personal) = match event {
            NoteEvent::Written {
                person,
                case,
                classes,
                personal,
            } => {
                self.person.get_or_insert(*person);
                self.case = *case;
                (classes, personal)
            }
            NoteEvent::Corrected { classes, personal } => (classes, personal),
        };
        self.classes = self.classes.and(*classes);
        self.texts.push(NoteText {
            stamp: *stamp,
            words: personal.clone(),
        });
    }
}
