//! Who did something, and when.

use jiff::Timestamp;
use sapar_law::Role;
use serde::{Deserialize, Serialize};

use crate::ids::{AgencyId, PostId, TeamId, UserId};
use crate::refusal::Refusal;

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The user.
    pub user: UserId,
    /// The agency the user acts for.
    pub agency: AgencyId,
    /// The team, where the user acts in one.
    pub team: Option<TeamId>,
    /// The post, where the user acts at one.
    pub post: Option<PostId>,
}

/// Who and when, on every event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The instant, from whoever owns the clock.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
}

impl Stamp {
    /// Refuses an instant that lies after the one at which it is recorded.
    pub(crate) fn not_before(&self, at: Timestamp) -> Result<(), Refusal> {
        if at > self.at {
            Err(Refusal::InTheFuture)
        } else {
            Ok(())
        }
    }
}

/// A thing whose state is a fold over its events.
///
/// `apply` never fails: what was recorded, at another post perhaps, is taken as it is.
pub trait Fold: Default {
    /// What happened.
    type Event;

    /// Takes one event in.
    fn apply(&mut self, event: &Self::Event, stamp: &Stamp);

    /// The state after these events, in their order.
    #[must_use]
    fn fold<'e>(events: impl IntoIterator<Item = (&'e Self::Event, &'e Stamp)>) -> Self
    where
        Self::Event: 'e,
    {
        let mut state = Self::default();
        for (event, stamp) in events {
            state.apply(event, stamp);
        }
        state
    }

    /// Takes several events of one moment in.
    fn apply_all(&mut self, events: &[Self::Event], stamp: &Stamp) {
        for event in events {
            self.apply(event, stamp);
        }
    }
}

/// A thing whose commands need nothing but its own state.
///
/// `decide` turns what somebody wants into what happened, or refuses; it changes nothing.
pub trait Aggregate: Fold {
    /// What somebody wants.
    type Command;

    /// What happens if the command is carried out now.
    ///
    /// # Errors
    /// When the command does not fit the state; the refusal says what to do.
    fn decide(&self, command: Self::Command, stamp: &Stamp) -> Result<Vec<Self::Event>, Refusal>;

    /// Decides, and takes what happened in.
    ///
    /// # Errors
    /// As [`Aggregate::decide`]; then nothing has changed.
    fn carry_out(
        &mut self,
        command: Self::Command,
        stamp: &Stamp,
    ) -> Result<Vec<Self::Event>, Refusal> {
        let events = self.decide(command, stamp)?;
        self.apply_all(&events, stamp);
        Ok(events)
    }
}

/// A role of the law's vocabulary, as events write it.
pub(crate) mod role_json {
    use super::Role;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(role: &Role, serializer: S) -> Result<S::Ok, S::Error> {
        let name = Role::WORDS
            .iter()
            .find(|(_, other)| other == role)
            .map_or("", |(name, _)| *name);
        serializer.serialize_str(name)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Role, D::Error> {
        let name = String::deserialize(deserializer)?;
        Role::WORDS
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, role)| *role)
            .ok_or_else(|| D::Error::custom("unknown role"))
    }
}
