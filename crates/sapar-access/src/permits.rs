//! What one profile may do for one purpose, remembered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::break_glass::{BreakGlassReason, FollowUp};
use crate::decide::{Access, Profile, Request};
use crate::word::Word;
use crate::words::{Action, DataClass, DataClasses, Protection, Purpose, Relation, Relations};

/// What one profile may do for one purpose.
///
/// The first question of a kind asks the policies, nine times, once a class; after that an answer is one load from memory,
/// so that a page filters each of its fields by asking again.
pub struct Permits {
    access: Arc<Access>,
    who: Profile,
    purpose: Purpose,
    /// Set of classes plus [`KNOWN`], by action, relations, protection.
    answers: Vec<AtomicU32>,
}

/// Marks an answer that was decided, since no class at all is an answer too.
const KNOWN: u32 = 1 << 16;

impl Permits {
    pub(crate) fn new(access: Arc<Access>, who: Profile, purpose: Purpose) -> Self {
        let answers = Action::ALL.len() * (1 << Relation::ALL.len()) * 2;
        Self {
            access,
            who,
            purpose,
            answers: (0..answers).map(|_| AtomicU32::new(0)).collect(),
        }
    }

    /// Whose permits these are.
    #[must_use]
    pub fn who(&self) -> Profile {
        self.who
    }

    /// For what.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The classes with which the action may be done to such a record.
    ///
    /// A field is shown where all of its classes are [within](crate::Words::within) the answer to [`Action::See`].
    /// Where the answer is empty, the record does not exist for this user: not in lists, counts, search, exports or errors.
    /// Glass is not broken here; the answer to [`Action::BreakGlass`] is always empty, see [`Permits::break_glass`].
    #[must_use]
    pub fn classes(
        &self,
        action: Action,
        relations: Relations,
        protection: Protection,
    ) -> DataClasses {
        if action == Action::BreakGlass {
            return DataClasses::NONE;
        }
        self.answer(action, relations, protection)
    }

    /// The classes a user may see of such a record.
    #[must_use]
    pub fn visible_classes(&self, relations: Relations, protection: Protection) -> DataClasses {
        self.classes(Action::See, relations, protection)
    }

    /// Whether a person may be referred for return: only by somebody who may see whether protection was sought.
    ///
    /// Who may not see it would refer in ignorance of what forbids the return.
    /// The answer is about the person's record; whether the law permits this return, the caller asks of the screening too.
    #[must_use]
    pub fn may_refer_for_return(&self, relations: Relations) -> bool {
        let protection = Protection::OF_PERSON_OR_SCREENING;
        let seen = self.visible_classes(relations, protection);
        let referred = self.classes(Action::Refer, relations, protection);
        seen.has(DataClass::Asylum) && !referred.is_empty()
    }

    /// The classes of such a record that may be passed to `receiver`: what the sender may refer and the receiver may then see.
    ///
    /// None to a receiver who acts for return, unless the sender [may refer for it](Self::may_refer_for_return).
    #[must_use]
    pub fn referable_classes(
        &self,
        relations: Relations,
        protection: Protection,
        receiver: &Permits,
    ) -> DataClasses {
        if Purpose::OF_RETURN.contains(&receiver.purpose) && !self.may_refer_for_return(relations) {
            return DataClasses::NONE;
        }
        let received =
            receiver.visible_classes(Relations::one(Relation::OwnAgencyReferral), protection);
        self.classes(Action::Refer, relations, protection)
            .and(received)
    }

    /// The classes that may be seen of such a record in an emergency, and all that must follow.
    ///
    /// The reason is only asked for here; the caller records it with each follow-up before anything is shown.
    #[must_use]
    pub fn break_glass(
        &self,
        _reason: &BreakGlassReason,
        relations: Relations,
        protection: Protection,
    ) -> (DataClasses, &'static [FollowUp]) {
        let classes = self.answer(Action::BreakGlass, relations, protection);
        if classes.is_empty() {
            return (classes, &[]);
        }
        (classes, FollowUp::OF_BREAK_GLASS)
    }

    fn answer(&self, action: Action, relations: Relations, protection: Protection) -> DataClasses {
        let place = (action.index() << Relation::ALL.len() | usize::from(relations.bits())) * 2
            + usize::from(protection.may_be_revealed());
        let known = self
            .answers
            .get(place)
            .map_or(0, |answer| answer.load(Ordering::Relaxed));
        if known & KNOWN != 0 {
            return DataClasses::from_bits((known & !KNOWN) as u16);
        }
        let classes: DataClasses = DataClass::ALL
            .iter()
            .copied()
            .filter(|class| {
                let request = Request {
                    who: self.who,
                    purpose: self.purpose,
                    action,
                    class: *class,
                    relations,
                    protection,
                    reason_given: action == Action::BreakGlass,
                };
                self.access.decide(&request).is_allowed()
            })
            .collect();
        // Two threads may decide the same at once, and then write the same.
        if let Some(answer) = self.answers.get(place) {
            answer.store(u32::from(classes.bits()) | KNOWN, Ordering::Relaxed);
        }
        classes
    }
}

impl std::fmt::Debug for Permits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Permits")
            .field("who", &self.who)
            .field("purpose", &self.purpose)
            .finish_non_exhaustive()
    }
}
