//! How a claimed link is settled and a consent taken back, and what rests on a consent.

use sapar_casework::classes::{Classes, DataClass};
use sapar_casework::event::Stream;
use sapar_casework::ids::{ConsentId, LinkId, PersonId};
use sapar_casework::person::{Basis, Person, PersonCommand};
use sapar_casework::referral::{Permission, Referral};

use super::{ConsentLine, consents_within};
use crate::Operations;
use crate::caller::Caller;
use crate::error::OperationError;
use crate::projection::REFERRALS_GOING_ON;
use crate::referrals::ReferralLineView;

impl Operations {
    /// Settles a claimed link.
    ///
    /// # Errors
    /// If it was settled already, or would be confirmed by what is said alone.
    pub async fn settle_link(
        &self,
        caller: &Caller,
        person: PersonId,
        link: LinkId,
        holds: bool,
        basis: Basis,
    ) -> Result<(), OperationError> {
        let command = PersonCommand::SettleLink { link, holds, basis };
        self.person_step(caller, person, link_classes(), command)
            .await
    }

    /// Records that a claimed link is claimed no more, or was recorded by mistake.
    ///
    /// # Errors
    /// If it was settled already.
    pub async fn withdraw_link(
        &self,
        caller: &Caller,
        person: PersonId,
        link: LinkId,
    ) -> Result<(), OperationError> {
        let command = PersonCommand::WithdrawLink { link };
        self.person_step(caller, person, link_classes(), command)
            .await
    }

    /// Records that a person withdrew a consent.
    ///
    /// Referrals that rest on it do not end by it: who sent one sees so and takes it back.
    ///
    /// # Errors
    /// If there is none to withdraw; [`OperationError::NotThere`] for one whose purpose the caller may not see.
    pub async fn withdraw_consent(
        &self,
        caller: &Caller,
        person: PersonId,
        consent: ConsentId,
    ) -> Result<(), OperationError> {
        let (_, sight) = self.sees(caller, person).await?;
        let state = self.state::<Person>(Stream::Person(person)).await?;
        let purpose = consents_within(&state, sight)
            .iter()
            .find(|one| one.id == consent)
            .map(|one| one.purpose)
            .ok_or(OperationError::NotThere)?;
        let needed = purpose.tells().and(Classes::one(DataClass::Identity));
        let command = PersonCommand::WithdrawConsent { consent };
        self.person_step(caller, person, needed, command).await
    }

    /// Adds to consents the referrals that rest on them and are not over.
    pub(super) async fn add_resting(
        &self,
        consents: &mut [ConsentLine],
        referrals: &[ReferralLineView],
    ) -> Result<(), OperationError> {
        if consents.is_empty() {
            return Ok(());
        }
        for line in referrals {
            if !REFERRALS_GOING_ON.contains(&line.state.as_str()) {
                continue;
            }
            let referral = self.state::<Referral>(Stream::Referral(line.id)).await?;
            let Some(Permission::Consent { consent }) =
                referral.offer.as_ref().map(|offer| &offer.permission)
            else {
                continue;
            };
            if let Some(one) = consents.iter_mut().find(|one| one.id == *consent) {
                one.resting.push(line.clone());
            }
        }
        Ok(())
    }
}

fn link_classes() -> Classes {
    Classes::one(DataClass::Identity).with(DataClass::Child)
}
