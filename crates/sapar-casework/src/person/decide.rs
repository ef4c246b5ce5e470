//! What may happen to a person's record, and what it changes.

use super::{
    Basis, Claim, Consent, ConsentAnswer, CorrectedDetails, Link, Person, PersonCommand,
    PersonEvent, PersonState, Version, not_too_long, words,
};
use crate::ids::LinkId;
use crate::personal::Personal;
use crate::refusal::Refusal;
use crate::stamp::{Aggregate, Fold, Stamp};

impl Aggregate for Person {
    type Command = PersonCommand;

    fn decide(&self, command: PersonCommand, _: &Stamp) -> Result<Vec<PersonEvent>, Refusal> {
        if !matches!(command, PersonCommand::Register { .. }) {
            self.registered()?;
        }
        let event = match command {
            PersonCommand::Register { person, details } => {
                match self.state {
                    PersonState::Unregistered => details.check()?,
                    PersonState::Registered => return Err(Refusal::ExistsAlready),
                    PersonState::Erased => return Err(Refusal::Erased),
                }
                PersonEvent::Registered {
                    person,
                    personal: Personal::known(details),
                }
            }
            PersonCommand::Correct { details, reason } => {
                details.check()?;
                words(&reason)?;
                PersonEvent::Corrected {
                    personal: Personal::known(CorrectedDetails { details, reason }),
                }
            }
            PersonCommand::ClaimLink {
                link,
                other,
                kind,
                basis,
                words,
            } => {
                if self.links.contains_key(&link) {
                    return Err(Refusal::ExistsAlready);
                }
                if self.id == Some(other) {
                    return Err(Refusal::LinkToSelf);
                }
                not_too_long(&words)?;
                PersonEvent::LinkClaimed {
                    link,
                    other,
                    kind,
                    basis,
                    personal: Personal::known(words),
                }
            }
            PersonCommand::SettleLink { link, holds, basis } => {
                self.claim_open(link)?;
                // Whoever brings a child as their own says so twice as easily as once.
                if holds && matches!(basis, Basis::Said | Basis::SaidByOther) {
                    return Err(Refusal::EvidenceNeeded);
                }
                PersonEvent::LinkSettled { link, holds, basis }
            }
            PersonCommand::WithdrawLink { link } => {
                self.claim_open(link)?;
                PersonEvent::LinkWithdrawn { link }
            }
            PersonCommand::AnswerConsent {
                consent,
                purpose,
                agency,
                answer,
            } => {
                if self.consents.contains_key(&consent) {
                    return Err(Refusal::ExistsAlready);
                }
                PersonEvent::ConsentAnswered {
                    consent,
                    purpose,
                    agency,
                    answer,
                }
            }
            PersonCommand::WithdrawConsent { consent } => {
                let given = self.consents.get(&consent).is_some_and(|consent| {
                    consent.answer == ConsentAnswer::Given && consent.withdrawn.is_none()
                });
                if !given {
                    return Err(Refusal::ConsentNotGiven);
                }
                PersonEvent::ConsentWithdrawn { consent }
            }
            PersonCommand::Erase => PersonEvent::Erased {},
        };
        Ok(vec![event])
    }
}

impl Person {
    /// Refuses a claim that is not there or was settled.
    fn claim_open(&self, link: LinkId) -> Result<(), Refusal> {
        match self.links.get(&link).map(|link| link.claim) {
            None => Err(Refusal::NotThere),
            Some(Claim::Claimed) => Ok(()),
            Some(Claim::Confirmed | Claim::Refuted | Claim::Withdrawn) => Err(Refusal::LinkSettled),
        }
    }
}

impl Fold for Person {
    type Event = PersonEvent;

    fn apply(&mut self, event: &PersonEvent, stamp: &Stamp) {
        match event {
            PersonEvent::Registered { person, personal } => {
                self.id.get_or_insert(*person);
                if self.state == PersonState::Unregistered {
                    self.state = PersonState::Registered;
                }
                self.versions.push(Version {
                    stamp: *stamp,
                    details: personal.clone(),
                    reason: Personal::erased(),
                });
            }
            PersonEvent::Corrected { personal } => {
                let (details, reason) = match personal.get() {
                    Some(part) => (
                        Personal::known(part.details.clone()),
                        Personal::known(part.reason.clone()),
                    ),
                    None => (Personal::erased(), Personal::erased()),
                };
                self.versions.push(Version {
                    stamp: *stamp,
                    details,
                    reason,
                });
            }
            PersonEvent::LinkClaimed {
                link,
                other,
                kind,
                basis,
                personal,
            } => {
                self.links.insert(
                    *link,
                    Link {
                        other: *other,
                        kind: *kind,
                        basis: *basis,
                        claim: Claim::Claimed,
                        words: personal.clone(),
                    },
                );
            }
            PersonEvent::LinkSettled { link, holds, basis } => {
                if let Some(link) = self.links.get_mut(link) {
                    // A settled link rests on what settled it, no more on what was claimed.
                    link.basis = *basis;
                    link.claim = if *holds {
                        Claim::Confirmed
                    } else {
                        Claim::Refuted
                    };
                }
            }
            PersonEvent::LinkWithdrawn { link } => {
                if let Some(link) = self.links.get_mut(link) {
                    link.claim = Claim::Withdrawn;
                }
            }
            PersonEvent::ConsentAnswered {
                consent,
                purpose,
                agency,
                answer,
            } => {
                self.consents.insert(
                    *consent,
                    Consent {
                        purpose: *purpose,
                        agency: *agency,
                        answer: *answer,
                        stamp: *stamp,
                        withdrawn: None,
                    },
                );
            }
            PersonEvent::ConsentWithdrawn { consent } => {
                if let Some(consent) = self.consents.get_mut(consent) {
                    consent.withdrawn = Some(*stamp);
                }
            }
            PersonEvent::Erased {} => {
                self.state = PersonState::Erased;
            }
        }
        // An event of another post may arrive after the erasure: its personal part is forgotten too.
        if self.state == PersonState::Erased {
            for version in &mut self.versions {
                version.details.erase();
                version.reason.erase();
            }
            for link in self.links.values_mut() {
                link.words.erase();
            }
        }
    }
}
