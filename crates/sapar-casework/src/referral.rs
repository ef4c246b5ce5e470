//! A referral: a person's matter offered to an agency or partner with only the data that its purpose needs.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::classes::Classes;
use crate::ids::{AgencyId, ConsentId, PersonId, ReferralId, TaskId};
use crate::outcome::NormKey;
use crate::person::{ConsentState, Person, PersonState, not_too_long};
use crate::personal::{Personal, Text, sealed_in};
use crate::purpose::Purpose;
use crate::refusal::Refusal;
use crate::stamp::{Aggregate, Fold, Stamp};
use crate::tasks::levels;

/// What permits disclosing the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Permission {
    /// The person consented.
    Consent {
        /// With this answer.
        consent: ConsentId,
    },
    /// The law requires it without consent.
    Law {
        /// The norm.
        norm: NormKey,
        /// Its article, to be shown.
        provision: String,
    },
}

/// Why an offer was declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeclineReason {
    /// No place or staff.
    NoCapacity,
    /// Not this agency's matter.
    NotCompetent,
    /// Something needed is missing.
    Incomplete,
    /// The person does not want it.
    PersonRefuses,
    /// Another reason, told in words.
    Other,
}

/// How it ended after the person arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Completion {
    /// Helped as asked.
    Helped,
    /// Helped in part.
    HelpedInPart,
    /// Passed on to another agency.
    PassedOn,
    /// The person left before the end.
    PersonLeft,
    /// Found not to need it.
    NotNeeded,
}

/// An offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// The referral's own id.
    pub referral: ReferralId,
    /// Whose matter.
    pub person: PersonId,
    /// To whom.
    pub to: AgencyId,
    /// For what.
    pub purpose: Purpose,
    /// The classes of data the receiver will see.
    pub discloses: Classes,
    /// What permits it.
    pub permission: Permission,
    /// By when an answer is wanted.
    pub reply_by: Timestamp,
    /// The task it carries out, if it carries out one.
    pub task: Option<TaskId>,
}

/// What somebody wants of a referral that was offered. The offer itself is [`Referral::offer`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReferralCommand {
    /// The receiver accepts.
    Accept,
    /// The receiver declines.
    Decline {
        /// Why.
        reason: DeclineReason,
        /// In words.
        words: Text,
    },
    /// The person arrived at the receiver.
    Arrive {
        /// When.
        at: Timestamp,
    },
    /// The receiver is done.
    Complete {
        /// How it ended.
        outcome: Completion,
        /// In words.
        words: Text,
    },
    /// The sender takes it back.
    Withdraw {
        /// Why.
        words: Text,
    },
}

/// What happened to a referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ReferralEvent {
    /// Offered.
    Offered {
        /// The offer.
        offer: Offer,
        /// What the receiver should know.
        #[serde(skip)]
        personal: Personal<Text>,
    },
    /// Accepted.
    Accepted {},
    /// Declined.
    Declined {
        /// Why.
        reason: DeclineReason,
        /// In words.
        #[serde(skip)]
        personal: Personal<Text>,
    },
    /// The person arrived.
    Arrived {
        /// When.
        at: Timestamp,
    },
    /// Completed.
    Completed {
        /// How it ended.
        outcome: Completion,
        /// In words.
        #[serde(skip)]
        personal: Personal<Text>,
    },
    /// Withdrawn.
    Withdrawn {
        /// Why.
        #[serde(skip)]
        personal: Personal<Text>,
    },
}

sealed_in!(ReferralEvent: Offered Declined Completed Withdrawn);

/// Where a referral stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReferralState {
    /// Not offered yet.
    #[default]
    None,
    /// Waiting for an answer.
    Offered,
    /// Accepted, and the person has not arrived.
    Accepted,
    /// Declined.
    Declined(DeclineReason),
    /// The person is there.
    Arrived,
    /// Over.
    Completed(Completion),
    /// Taken back.
    Withdrawn,
}

/// A referral.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Referral {
    /// Where it stands.
    pub state: ReferralState,
    /// What was offered; `None` before that.
    pub offer: Option<Offer>,
    /// Who offered it, when.
    pub offered: Option<Stamp>,
    /// Who answered, when.
    pub answered: Option<Stamp>,
    /// When the person arrived.
    pub arrived: Option<Timestamp>,
    /// Who ended it, when.
    pub ended: Option<Stamp>,
    /// What the receiver should know.
    pub message: Personal<Text>,
    /// The last words of the receiver or of who withdrew it.
    pub reply: Personal<Text>,
}

impl Referral {
    /// Offers a person's matter to an agency.
    ///
    /// # Errors
    /// * [`Refusal::MoreThanNeeded`] if a class is disclosed that the purpose does not need;
    ///   for return and readmission asylum and trafficking never are.
    /// * [`Refusal::ConsentNeeded`] if it rests on a consent that is not given, was withdrawn, or is for something else.
    pub fn offer(
        &self,
        person: &Person,
        offer: Offer,
        message: Text,
        stamp: &Stamp,
    ) -> Result<Vec<ReferralEvent>, Refusal> {
        if self.state != ReferralState::None {
            return Err(Refusal::ExistsAlready);
        }
        match person.state {
            PersonState::Unregistered => return Err(Refusal::NotThere),
            PersonState::Erased => return Err(Refusal::Erased),
            PersonState::Registered => {}
        }
        // The offer says whose it is, and so does the record: they must say the same.
        if person.id != Some(offer.person) {
            return Err(Refusal::NotThere);
        }
        if offer.discloses.is_empty() {
            return Err(Refusal::NothingToDisclose);
        }
        if !offer.discloses.visible_to(offer.purpose.needs()) {
            return Err(Refusal::MoreThanNeeded);
        }
        match &offer.permission {
            Permission::Consent { consent } => {
                if person.consent(offer.purpose, offer.to) != ConsentState::Given(*consent) {
                    return Err(Refusal::ConsentNeeded);
                }
            }
            Permission::Law { norm, provision } => {
                if norm.as_str().is_empty() || provision.trim().is_empty() {
                    return Err(Refusal::ArticleNeeded);
                }
            }
        }
        if offer.reply_by <= stamp.at {
            return Err(Refusal::ReplyTooEarly);
        }
        not_too_long(&message)?;
        Ok(vec![ReferralEvent::Offered {
            offer,
            personal: Personal::known(message),
        }])
    }

    /// What the referral tells of the person by being there.
    #[must_use]
    pub fn classes(&self) -> Classes {
        self.offer.as_ref().map_or(Classes::NONE, Offer::classes)
    }

    /// Whether it waits for an answer that should have come.
    #[must_use]
    pub fn is_unanswered(&self, now: Timestamp) -> bool {
        self.state == ReferralState::Offered
            && self
                .offer
                .as_ref()
                .is_some_and(|offer| now >= offer.reply_by)
    }

    /// Whom to tell that no answer came: 0 nobody, 1 once it should have come, one more after each `step`.
    #[must_use]
    pub fn escalation(&self, now: Timestamp, step: SignedDuration) -> u32 {
        match &self.offer {
            Some(offer) if self.is_unanswered(now) => {
                levels(now.duration_since(offer.reply_by), step)
            }
            _ => 0,
        }
    }

    /// Whether it rests on a consent that is not given any more, and so is to be withdrawn.
    #[must_use]
    pub fn has_lost_consent(&self, person: &Person) -> bool {
        let live = matches!(
            self.state,
            ReferralState::Offered | ReferralState::Accepted | ReferralState::Arrived
        );
        match &self.offer {
            Some(Offer {
                permission: Permission::Consent { consent },
                ..
            }) if live => person
                .consents
                .get(consent)
                .is_none_or(|consent| consent.withdrawn.is_some()),
            _ => false,
        }
    }

    fn of_receiver(&self, stamp: &Stamp) -> Result<(), Refusal> {
        let offer = self.offer.as_ref().ok_or(Refusal::NotThere)?;
        if offer.to == stamp.by.agency {
            Ok(())
        } else {
            Err(Refusal::NotTheReceiver)
        }
    }

    fn of_sender(&self, stamp: &Stamp) -> Result<(), Refusal> {
        let offered = self.offered.ok_or(Refusal::NotThere)?;
        if offered.by.agency == stamp.by.agency {
            Ok(())
        } else {
            Err(Refusal::NotTheSender)
        }
    }
}

impl Offer {
    /// What the offer tells of the person by its open part alone.
    #[must_use]
    pub fn classes(&self) -> Classes {
        self.purpose.tells()
    }
}

/// Words that a reason of "other" needs.
fn told(other: bool, text: &Text) -> Result<(), Refusal> {
    if other && text.is_empty() {
        return Err(Refusal::WordsNeeded);
    }
    not_too_long(text)
}

impl Aggregate for Referral {
    type Command = ReferralCommand;

    fn decide(
        &self,
        command: ReferralCommand,
        stamp: &Stamp,
    ) -> Result<Vec<ReferralEvent>, Refusal> {
        let event = match command {
            ReferralCommand::Accept | ReferralCommand::Decline { .. } => {
                self.of_receiver(stamp)?;
                if self.state != ReferralState::Offered {
                    return Err(Refusal::ReferralNotOffered);
                }
                match command {
                    ReferralCommand::Decline { reason, words } => {
                        told(reason == DeclineReason::Other, &words)?;
                        ReferralEvent::Declined {
                            reason,
                            personal: Personal::known(words),
                        }
                    }
                    _ => ReferralEvent::Accepted {},
                }
            }
            ReferralCommand::Arrive { at } => {
                self.of_receiver(stamp)?;
                if self.state != ReferralState::Accepted {
                    return Err(Refusal::ReferralNotAccepted);
                }
                stamp.not_before(at)?;
                if self.offered.is_some_and(|offered| at < offered.at) {
                    return Err(Refusal::TooEarly);
                }
                ReferralEvent::Arrived { at }
            }
            ReferralCommand::Complete { outcome, words } => {
                self.of_receiver(stamp)?;
                if self.state != ReferralState::Arrived {
                    return Err(Refusal::ReferralNotArrived);
                }
                told(false, &words)?;
                ReferralEvent::Completed {
                    outcome,
                    personal: Personal::known(words),
                }
            }
            ReferralCommand::Withdraw { words } => {
                self.of_sender(stamp)?;
                if !matches!(self.state, ReferralState::Offered | ReferralState::Accepted) {
                    return Err(Refusal::ReferralEnded);
                }
                told(true, &words)?;
                ReferralEvent::Withdrawn {
                    personal: Personal::known(words),
                }
            }
        };
        Ok(vec![event])
    }
}

impl Fold for Referral {
    type Event = ReferralEvent;

    fn apply(&mut self, event: &ReferralEvent, stamp: &Stamp) {
        match event {
            ReferralEvent::Offered { offer, personal } => {
                self.state = ReferralState::Offered;
                self.offer = Some(offer.clone());
                self.offered = Some(*stamp);
                self.message = personal.clone();
            }
            ReferralEvent::Accepted {} => {
                self.state = ReferralState::Accepted;
                self.answered = Some(*stamp);
            }
            ReferralEvent::Declined { reason, personal } => {
                self.state = ReferralState::Declined(*reason);
                self.answered = Some(*stamp);
                self.ended = Some(*stamp);
                self.reply = personal.clone();
            }
            ReferralEvent::Arrived { at } => {
                self.state = ReferralState::Arrived;
                self.arrived = Some(*at);
            }
            ReferralEvent::Completed { outcome, personal } => {
                self.state = ReferralState::Completed(*outcome);
                self.ended = Some(*stamp);
                self.reply = personal.clone();
            }
            ReferralEvent::Withdrawn { personal } => {
                self.state = ReferralState::Withdrawn;
                self.ended = Some(*stamp);
                self.reply = personal.clone();
            }
        }
    }
}
