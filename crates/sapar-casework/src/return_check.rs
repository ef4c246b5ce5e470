//! Whether a case of return or readmission may be opened for a person, and nothing about why to those who act for return.
//!
//! Protection that is open or possible bars the case. Possible means: the law's answer is not a certain no.

use crate::case::{Case, CaseKind};
use crate::outcome::{RecordedOutcome, Standing};
use crate::referral::{Referral, ReferralState};
use crate::refusal::Refusal;

/// Acts by which a person would be brought to danger; a prohibition of one, certain or open, makes protection possible.
pub const DANGER_ACTS: &[&str] = &["return to danger"];

/// Acts that send a person away: while one of them is forbidden, or may be, nobody is returned, whatever the reason is.
pub const REMOVAL_ACTS: &[&str] = &["expel", "remove", "readmit"];

/// What is known of a person's protection.
///
/// Fields are private, so that an assessment is made from records only, never by assertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnCheck(Result<(), Refusal>);

impl ReturnCheck {
    /// From everything recorded of the person: all cases, all referrals, and the last outcome of each screening.
    ///
    /// Whoever has no outcome was never asked, and unknown is not no.
    #[must_use]
    pub fn of<'r>(
        cases: impl IntoIterator<Item = &'r Case>,
        referrals: impl IntoIterator<Item = &'r Referral>,
        outcomes: impl IntoIterator<Item = &'r RecordedOutcome>,
    ) -> Self {
        if cases.into_iter().any(protects) || referrals.into_iter().any(asks_for_protection) {
            return Self(Err(Refusal::ProtectionOpen));
        }
        let mut asked = false;
        for outcome in outcomes {
            asked = true;
            let danger = DANGER_ACTS
                .iter()
                .filter_map(|act| outcome.prohibited(act))
                .min();
            if matches!(danger, Some(Standing::Certain | Standing::Open)) {
                return Self(Err(Refusal::ProtectionPossible));
            }
            if REMOVAL_ACTS
                .iter()
                .any(|act| outcome.prohibited(act).is_some())
            {
                return Self(Err(Refusal::RemovalForbidden));
            }
        }
        Self(if asked {
            Ok(())
        } else {
            Err(Refusal::ReturnNotAssessed)
        })
    }

    /// The same, where another record may be of the same person, such as one with the same document: protection that is open there,
    /// or danger and a prohibition that are certain there, bar a return here too.
    ///
    /// What is merely not known there is answered by what was asked here. The reason is told to nobody, since whoever asks may not know
    /// of the other record.
    #[must_use]
    pub fn and_of_another_record<'r>(
        self,
        cases: impl IntoIterator<Item = &'r Case>,
        referrals: impl IntoIterator<Item = &'r Referral>,
        outcomes: impl IntoIterator<Item = &'r RecordedOutcome>,
    ) -> Self {
        let certain = |outcome: &RecordedOutcome| {
            DANGER_ACTS
                .iter()
                .chain(REMOVAL_ACTS)
                .any(|act| outcome.prohibited(act) == Some(Standing::Certain))
        };
        let bars = cases.into_iter().any(protects)
            || referrals.into_iter().any(asks_for_protection)
            || outcomes.into_iter().any(certain);
        match self.0 {
            Ok(()) if bars => Self(Err(Refusal::CannotBeOpened)),
            known => Self(known),
        }
    }

    /// # Errors
    /// The precise reason, which only a reader of the class asylum may learn: show [`Refusal::shown_to`].
    pub fn permits(self) -> Result<(), Refusal> {
        self.0
    }
}

/// Whether a case is of protection, open or granted.
fn protects(case: &Case) -> bool {
    let kind = case.kind();
    // A granted status lives on after the case that granted it was closed.
    matches!(kind, Some(CaseKind::Protection | CaseKind::AsylumReferral))
        && (case.is_open()
            || case
                .closed_as()
                .is_some_and(|outcome| outcome.leaves_protection()))
}

/// Whether a referral for protection goes on.
fn asks_for_protection(referral: &Referral) -> bool {
    let live = matches!(
        referral.state,
        ReferralState::Offered | ReferralState::Accepted | ReferralState::Arrived
    );
    live && referral
        .offer
        .as_ref()
        .is_some_and(|offer| offer.purpose == crate::purpose::Purpose::Protection)
}
