//! What the form of a referral may tell.

use sapar_casework::referral::ReferralState;

use super::*;
use crate::people::details_within;

/// The form that goes with a referral.
#[derive(Debug, Clone)]
pub struct FormView {
    /// The referral's line; of the person it has what both the caller and the receiver may see.
    pub line: ReferralLineView,
    /// What it rests on.
    pub permission: Permission,
    /// Classes that the receiver sees.
    pub discloses: Classes,
    /// What the sender wrote for the receiver; empty where it was erased.
    pub message: String,
}

impl Operations {
    /// What the form of a referral says; recorded as printed.
    ///
    /// The paper travels to the receiver, so it holds nothing of the person that the referral does not disclose,
    /// also where whoever prints it sees more, and nothing that whoever prints it may not see.
    /// There is none for a referral that has ended, nor for a return on hold.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where the referral does not exist for the caller, or has no form.
    pub async fn referral_form(
        &self,
        caller: &Caller,
        referral: ReferralId,
    ) -> Result<FormView, OperationError> {
        let (loaded, person, standing) = self.own_referral(caller, referral).await?;
        // Before anything else, so that the list of who looked does not tell whether there was a form.
        self.look(caller, person, Looked::Print).await?;
        let state = loaded.state;
        let offer = state.offer.as_ref().ok_or(OperationError::NotThere)?;
        let lives = matches!(
            state.state,
            ReferralState::Offered | ReferralState::Accepted | ReferralState::Arrived
        );
        if !lives
            || (removes(offer.purpose)
                && self
                    .return_check(person, caller.now)
                    .await?
                    .permits()
                    .is_err())
        {
            return Err(OperationError::NotThere);
        }
        let mut line = self
            .referrals_of(caller, person, standing)
            .await?
            .into_iter()
            .find(|line| line.id == referral)
            .ok_or(OperationError::NotThere)?;
        line.person.details = line
            .person
            .details
            .as_ref()
            .and_then(|details| details_within(details, offer.discloses));
        Ok(FormView {
            line,
            permission: offer.permission.clone(),
            discloses: offer.discloses,
            message: state
                .message
                .get()
                .map_or_else(String::new, |words| words.as_str().to_owned()),
        })
    }
}
