//! An encounter: where, when and how officers met one person or a group.
//!
//! It holds no personal data: who was met is told by the persons' own records.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{GroupId, PersonId, PostId};
use crate::personal::sealed_in;
use crate::refusal::Refusal;
use crate::stamp::{Aggregate, Fold, Stamp};

/// Longest code of a sector, in bytes.
const SECTOR_BYTES_MAX: usize = 20;

/// Where people were met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Place {
    /// At a crossing point.
    Post {
        /// Which.
        post: PostId,
    },
    /// Between crossing points.
    GreenBorder {
        /// Code of the sector, if there is one.
        sector: Option<String>,
    },
    /// In the transit zone of an airport.
    AirportTransit {
        /// The airport's post.
        post: PostId,
    },
    /// Inland.
    Inland {
        /// Code of the district, if there is one.
        sector: Option<String>,
    },
}

/// How it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Beginning {
    /// A check.
    Check,
    /// An interception.
    Interception,
    /// The person came.
    VoluntaryApproach,
    /// Another agency sent the person.
    Referral,
}

/// What somebody wants of an encounter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EncounterCommand {
    /// Record that people were met.
    Open {
        /// Where.
        place: Place,
        /// How it began.
        beginning: Beginning,
        /// When.
        met: Timestamp,
    },
    /// A person is present.
    AddPerson {
        /// Who.
        person: PersonId,
    },
    /// A person was recorded as present by mistake.
    RemovePerson {
        /// Who.
        person: PersonId,
    },
    /// Persons present came as a group.
    FormGroup {
        /// The group.
        group: GroupId,
        /// Who.
        persons: BTreeSet<PersonId>,
    },
    /// A person does not belong to the group after all.
    LeaveGroup {
        /// Who.
        person: PersonId,
    },
    /// Nothing more happens at this encounter.
    Close,
}

/// What happened at an encounter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum EncounterEvent {
    /// People were met.
    Opened {
        /// Where.
        place: Place,
        /// How it began.
        beginning: Beginning,
        /// When.
        met: Timestamp,
    },
    /// A person is present.
    PersonAdded {
        /// Who.
        person: PersonId,
    },
    /// A person was recorded by mistake.
    PersonRemoved {
        /// Who.
        person: PersonId,
    },
    /// A group.
    GroupFormed {
        /// The group.
        group: GroupId,
        /// Who.
        persons: BTreeSet<PersonId>,
    },
    /// A person does not belong to it after all.
    GroupLeft {
        /// The group.
        group: GroupId,
        /// Who.
        person: PersonId,
    },
    /// Closed.
    Closed {},
}

// There is nothing to seal: an encounter holds identifiers and codes only.
sealed_in!(EncounterEvent:);

/// What was recorded first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Where.
    pub place: Place,
    /// How it began.
    pub beginning: Beginning,
    /// When people were met.
    pub met: Timestamp,
    /// By whom, and when it was recorded.
    pub stamp: Stamp,
}

/// An encounter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Encounter {
    /// What was recorded first; `None` before that.
    pub opening: Option<Opening>,
    /// Who is present.
    pub persons: BTreeSet<PersonId>,
    /// Who was recorded as present by mistake, and is not.
    pub removed: BTreeSet<PersonId>,
    /// Groups among them.
    pub groups: BTreeMap<GroupId, BTreeSet<PersonId>>,
    /// Whether it is closed.
    pub closed: bool,
}

impl Encounter {
    /// The group a person came in.
    #[must_use]
    pub fn group_of(&self, person: PersonId) -> Option<GroupId> {
        self.groups
            .iter()
            .find(|(_, persons)| persons.contains(&person))
            .map(|(group, _)| *group)
    }

    fn leave(&mut self, group: GroupId, person: PersonId) {
        if let Some(persons) = self.groups.get_mut(&group) {
            persons.remove(&person);
            // One person is no group.
            if persons.len() < 2 {
                self.groups.remove(&group);
            }
        }
    }

    fn open(&self) -> Result<(), Refusal> {
        if self.opening.is_none() {
            return Err(Refusal::NotThere);
        }
        if self.closed {
            Err(Refusal::EncounterClosed)
        } else {
            Ok(())
        }
    }
}

fn check(place: &Place) -> Result<(), Refusal> {
    match place {
        Place::Post { .. } | Place::AirportTransit { .. } => Ok(()),
        Place::GreenBorder { sector } | Place::Inland { sector } => match sector {
            // A code and no more: free text here would escape the sealing of personal data.
            Some(code)
                if code.is_empty()
                    || code.len() > SECTOR_BYTES_MAX
                    || !code
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') =>
            {
                Err(Refusal::SectorNotCode)
            }
            _ => Ok(()),
        },
    }
}

impl Aggregate for Encounter {
    type Command = EncounterCommand;

    fn decide(
        &self,
        command: EncounterCommand,
        stamp: &Stamp,
    ) -> Result<Vec<EncounterEvent>, Refusal> {
        let event = match command {
            EncounterCommand::Open {
                place,
                beginning,
                met,
            } => {
                if self.opening.is_some() {
                    return Err(Refusal::ExistsAlready);
                }
                check(&place)?;
                stamp.not_before(met)?;
                EncounterEvent::Opened {
                    place,
                    beginning,
                    met,
                }
            }
            EncounterCommand::AddPerson { person } => {
                self.open()?;
                if self.persons.contains(&person) {
                    return Err(Refusal::PresentAlready);
                }
                EncounterEvent::PersonAdded { person }
            }
            EncounterCommand::RemovePerson { person } => {
                self.open()?;
                if !self.persons.contains(&person) {
                    return Err(Refusal::NotPresent);
                }
                EncounterEvent::PersonRemoved { person }
            }
            EncounterCommand::FormGroup { group, persons } => {
                self.open()?;
                if self.groups.contains_key(&group) {
                    return Err(Refusal::ExistsAlready);
                }
                if persons.len() < 2 {
                    return Err(Refusal::GroupTooSmall);
                }
                if !persons.is_subset(&self.persons) {
                    return Err(Refusal::NotPresent);
                }
                if persons
                    .iter()
                    .any(|person| self.group_of(*person).is_some())
                {
                    return Err(Refusal::GroupedAlready);
                }
                EncounterEvent::GroupFormed { group, persons }
            }
            EncounterCommand::LeaveGroup { person } => {
                self.open()?;
                let group = self.group_of(person).ok_or(Refusal::NotGrouped)?;
                EncounterEvent::GroupLeft { group, person }
            }
            EncounterCommand::Close => {
                self.open()?;
                EncounterEvent::Closed {}
            }
        };
        Ok(vec![event])
    }
}

impl Fold for Encounter {
    type Event = EncounterEvent;

    fn apply(&mut self, event: &EncounterEvent, stamp: &Stamp) {
        match event {
            EncounterEvent::Opened {
                place,
                beginning,
                met,
            } => {
                self.opening.get_or_insert_with(|| Opening {
                    place: place.clone(),
                    beginning: *beginning,
                    met: *met,
                    stamp: *stamp,
                });
            }
            EncounterEvent::PersonAdded { person } => {
                self.persons.insert(*person);
                self.removed.remove(person);
            }
            EncounterEvent::PersonRemoved { person } => {
                if self.persons.remove(person) {
                    self.removed.insert(*person);
                }
                if let Some(group) = self.group_of(*person) {
                    self.leave(group, *person);
                }
            }
            EncounterEvent::GroupLeft { group, person } => self.leave(*group, *person),
            EncounterEvent::GroupFormed { group, persons } => {
                self.groups.insert(*group, persons.clone());
            }
            EncounterEvent::Closed {} => self.closed = true,
        }
    }
}
