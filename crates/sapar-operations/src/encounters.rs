//! Encounters: where, when and how somebody was met, and who was present.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sapar_access::{Action, Protection, Purpose, Relation, Relations};
use sapar_casework::encounter::{Beginning, Encounter, EncounterCommand, Place};
use sapar_casework::event::{Body, Stream};
use sapar_casework::ids::{EncounterId, GroupId, PersonId};
use sapar_casework::stamp::Aggregate;

use crate::Operations;
use crate::caller::{Caller, Sight};
use crate::error::OperationError;
use crate::log::Loaded;
use crate::people::{LinkLine, PersonLine};
use crate::projection::encounter_desk;
use crate::relations::id;

/// An encounter as its post sees it.
#[derive(Debug, Clone)]
pub struct EncounterView {
    /// Which.
    pub id: EncounterId,
    /// Where, when and how.
    pub encounter: Encounter,
    /// Who was present, as far as the caller may see them.
    pub persons: Vec<PersonLine>,
    /// Links claimed between them, each with whose it is.
    pub links: Vec<(PersonId, LinkLine)>,
}

impl Operations {
    /// Opens an encounter.
    ///
    /// # Errors
    /// If the caller does not meet travellers, or the time or place is not possible.
    pub async fn open_encounter(
        &self,
        caller: &Caller,
        place: Place,
        beginning: Beginning,
        met: Timestamp,
    ) -> Result<EncounterId, OperationError> {
        self.meets(caller)?;
        if let Place::Post { post } | Place::AirportTransit { post } = &place
            && post.uuid() != caller.desk()
        {
            // It would be another post's, and nobody here could go on with it.
            return Err(OperationError::field("post", "encounter-own-post"));
        }
        let encounter: EncounterId = id(self.keys.id(caller.now))?;
        let mut loaded = self.load::<Encounter>(Stream::Encounter(encounter)).await?;
        let command = EncounterCommand::Open {
            place,
            beginning,
            met,
        };
        let events = loaded.state.decide(command, &caller.stamp())?;
        self.record(caller, &mut loaded, None, events, |event| {
            Body::Encounter(encounter, event)
        })
        .await?;
        Ok(encounter)
    }

    /// An encounter of the caller's own post.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] for others'.
    pub async fn encounter(
        &self,
        caller: &Caller,
        encounter: EncounterId,
    ) -> Result<EncounterView, OperationError> {
        let loaded = self.own_encounter(caller, encounter).await?;
        let (mut persons, mut links) = (Vec::new(), Vec::new());
        for person in &loaded.state.persons {
            let sight = match self.sees(caller, *person).await {
                Ok((_, sight)) => sight,
                Err(OperationError::NotThere) => continue,
                Err(error) => return Err(error),
            };
            let (line, state) = self.line_within(*person, sight).await?;
            persons.push(line);
            let between = self.links_of(caller, &state, sight).await?;
            links.extend(
                between
                    .into_iter()
                    .filter(|link| {
                        let other = link.other.as_ref();
                        other.is_some_and(|other| loaded.state.persons.contains(&other.id))
                    })
                    .map(|link| (*person, link)),
            );
        }
        Ok(EncounterView {
            id: encounter,
            encounter: loaded.state,
            persons,
            links,
        })
    }

    /// Takes somebody out of a group who does not belong to it.
    ///
    /// # Errors
    /// If the person is in none, or the encounter is closed.
    pub async fn leave_group(
        &self,
        caller: &Caller,
        encounter: EncounterId,
        person: PersonId,
    ) -> Result<(), OperationError> {
        let leave = EncounterCommand::LeaveGroup { person };
        self.encounter_step(caller, encounter, leave).await
    }

    /// Joins persons present into a group.
    ///
    /// # Errors
    /// If they are fewer than two, not present, or in a group already.
    pub async fn form_group(
        &self,
        caller: &Caller,
        encounter: EncounterId,
        persons: BTreeSet<PersonId>,
    ) -> Result<(), OperationError> {
        let group: GroupId = id(self.keys.id(caller.now))?;
        self.encounter_step(
            caller,
            encounter,
            EncounterCommand::FormGroup { group, persons },
        )
        .await
    }

    /// Adds somebody who is registered already to those present; that they may be is for the caller of this to see to.
    pub(crate) async fn add_to_encounter(
        &self,
        caller: &Caller,
        encounter: EncounterId,
        person: PersonId,
    ) -> Result<(), OperationError> {
        self.encounter_step(caller, encounter, EncounterCommand::AddPerson { person })
            .await
    }

    /// Closes an encounter.
    ///
    /// # Errors
    /// If it is closed already or not the caller's.
    pub async fn close_encounter(
        &self,
        caller: &Caller,
        encounter: EncounterId,
    ) -> Result<(), OperationError> {
        self.encounter_step(caller, encounter, EncounterCommand::Close)
            .await
    }

    async fn encounter_step(
        &self,
        caller: &Caller,
        encounter: EncounterId,
        command: EncounterCommand,
    ) -> Result<(), OperationError> {
        self.meets(caller)?;
        let mut loaded = self.own_encounter(caller, encounter).await?;
        let events = loaded.state.decide(command, &caller.stamp())?;
        self.record(caller, &mut loaded, None, events, |event| {
            Body::Encounter(encounter, event)
        })
        .await
    }

    pub(crate) async fn own_encounter(
        &self,
        caller: &Caller,
        encounter: EncounterId,
    ) -> Result<Loaded<Encounter>, OperationError> {
        let loaded = self.load::<Encounter>(Stream::Encounter(encounter)).await?;
        let own = encounter_desk(&loaded.state) == Some(caller.desk());
        if own && !self.at_own_post(caller, Action::See).is_nothing() {
            Ok(loaded)
        } else {
            Err(OperationError::NotThere)
        }
    }

    /// Whether the caller registers travellers at a border.
    pub(crate) fn meets(&self, caller: &Caller) -> Result<(), OperationError> {
        let screening = caller.acting_for(Purpose::Screening);
        let check = caller.acting_for(Purpose::BorderCheck);
        let records = |caller: &Caller| {
            let sight = self.at_own_post(caller, Action::Record);
            sight
                .classes
                .has(sapar_casework::classes::DataClass::Identity)
        };
        if records(&screening) || records(&check) {
            Ok(())
        } else {
            Err(OperationError::NotPermitted)
        }
    }

    pub(crate) fn at_own_post(&self, caller: &Caller, action: Action) -> Sight {
        Sight::of(caller.permits(&self.access).classes(
            action,
            Relations::one(Relation::OwnPost),
            Protection::NotRevealed,
        ))
    }
}
