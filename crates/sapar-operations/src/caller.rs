//! Who asks, for what, and what of a record exists for them.

use std::sync::Arc;

use jiff::Timestamp;
use sapar_access::{
    Access, Action, DataClass as AccessClass, DataClasses, Permits, Profile, Protection, Purpose,
    Relations, Word,
};
use sapar_casework::classes::{Classes, DataClass};
use sapar_casework::ids::{AgencyId, PersonId, PostId, TeamId, UserId};
use sapar_casework::stamp::{Actor, Stamp};

/// A signed-in user at one moment.
#[derive(Clone)]
pub struct Caller {
    /// Who.
    pub user: UserId,
    /// Of which agency.
    pub agency: AgencyId,
    /// In which team.
    pub team: Option<TeamId>,
    /// At which post.
    pub post: Option<PostId>,
    /// What of the user and the agency decides.
    pub profile: Profile,
    /// What for.
    pub purpose: Purpose,
    /// The moment, from whoever owns the clock.
    pub now: Timestamp,
    /// The person for whom glass was broken in this session, and is not yet cold.
    pub glass: Option<PersonId>,
}

impl Caller {
    /// Who and when, as events carry it.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp {
            at: self.now,
            by: Actor {
                user: self.user,
                agency: self.agency,
                team: self.team,
                post: self.post,
            },
        }
    }

    /// The same user acting for another purpose of the agency's mandate; as before if it is not in the mandate.
    #[must_use]
    pub fn acting_for(&self, purpose: Purpose) -> Self {
        let mut caller = self.clone();
        if self.profile.mandate.has(purpose) {
            caller.purpose = purpose;
        }
        caller
    }

    /// Whose lists are this user's own: of the post, of the team, of the agency.
    #[must_use]
    pub fn desk(&self) -> uuid::Uuid {
        self.post.map_or(self.agency.uuid(), |post| post.uuid())
    }

    pub(crate) fn permits(&self, access: &Arc<Access>) -> Arc<Permits> {
        access.permits(self.profile, self.purpose)
    }
}

/// What somebody may do with data of which classes.
///
/// `None` where the record does not exist for them at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// Classes of data that may be used so.
    pub classes: Classes,
    /// Whether tasks, states and times may be.
    pub work: bool,
}

impl Sight {
    /// Nothing at all.
    pub const NONE: Sight = Sight {
        classes: Classes::NONE,
        work: false,
    };

    pub(crate) fn of(words: DataClasses) -> Self {
        Self {
            classes: words.iter().filter_map(class_of).collect(),
            work: words.has(AccessClass::Work),
        }
    }

    /// Whether the record exists for this user.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        !self.work && self.classes.is_empty()
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            classes: self.classes.and(other.classes),
            work: self.work || other.work,
        }
    }

    pub(crate) fn only(self, classes: Classes) -> Self {
        Self {
            classes: self.classes.without(Classes::ALL.without(classes)),
            work: self.work,
        }
    }
}

/// What may be done with a record to which the caller stands so.
pub(crate) fn sight(
    access: &Arc<Access>,
    caller: &Caller,
    action: Action,
    relations: Relations,
    classes: Classes,
) -> Sight {
    Sight::of(
        caller
            .permits(access)
            .classes(action, relations, protection(classes)),
    )
}

/// Whether a record of these classes reveals that protection was sought.
pub(crate) fn protection(classes: Classes) -> Protection {
    if classes.has(DataClass::Asylum) {
        Protection::Revealed
    } else {
        Protection::NotRevealed
    }
}

/// The two crates write the classes alike; a class that only one has shows nothing.
fn class_of(class: AccessClass) -> Option<DataClass> {
    DataClass::named(class.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_casework_is_one_of_access_and_work_is_the_only_other() {
        let shared: Vec<DataClass> = AccessClass::ALL
            .iter()
            .copied()
            .filter_map(class_of)
            .collect();
        assert_eq!(shared.len(), DataClass::ALL.len());
        assert_eq!(AccessClass::ALL.len(), DataClass::ALL.len() + 1);
        let all = Sight::of(DataClasses::all());
        assert_eq!((all.classes, all.work), (Classes::ALL, true));
    }
}
