//! Whether somebody may be returned, by everything that is known of them.

use std::sync::Arc;

use jiff::Timestamp;
use sapar_casework::case::Case;
use sapar_casework::duplicate::hold_same_document;
use sapar_casework::event::Stream;
use sapar_casework::ids::{CaseId, PersonId, ReferralId};
use sapar_casework::outcome::RecordedOutcome;
use sapar_casework::person::Person;
use sapar_casework::referral::Referral;
use sapar_casework::return_check::ReturnCheck;
use sapar_casework::screening::Screening;
use sapar_law::Engine;

use crate::Operations;
use crate::error::OperationError;
use crate::projection::{lists, number_tokens};
use crate::relations::id;

/// How many records with the same number are looked at; more would be no document.
const RECORDS_MAX: u32 = 1_000;

/// Everything of a person that bears on whether a return is barred.
struct Whole {
    cases: Vec<Case>,
    referrals: Vec<Referral>,
    outcomes: Vec<RecordedOutcome>,
    /// Whether something follows from a screening that cannot be read here.
    unreadable: bool,
}

impl Operations {
    /// Whether a return is barred, by everything that is known, whoever asks.
    ///
    /// What today's law forbids is forbidden, whatever day's law a screening follows, and the other way round.
    /// Protection in another record with the same document bars it too.
    pub(crate) async fn return_check(
        &self,
        person: PersonId,
        now: Timestamp,
    ) -> Result<ReturnCheck, OperationError> {
        let whole = self.whole(person, now).await?;
        if whole.unreadable {
            // As if nobody had asked: what cannot be read is unknown, and unknown is never no.
            return Ok(ReturnCheck::of(&whole.cases, &whole.referrals, []));
        }
        let mut check = ReturnCheck::of(&whole.cases, &whole.referrals, &whole.outcomes);
        if check.permits().is_ok() {
            // Somebody may be registered twice, by mistake or so that nothing is found.
            for other in self.with_same_document(person).await? {
                let other = self.whole(other, now).await?;
                if other.unreadable {
                    // What was said there and cannot be read may have been a wish for protection.
                    return Ok(ReturnCheck::of([], [], []));
                }
                check =
                    check.and_of_another_record(&other.cases, &other.referrals, &other.outcomes);
            }
        }
        Ok(check)
    }

    /// Other records that hold a document of this person.
    async fn with_same_document(&self, person: PersonId) -> Result<Vec<PersonId>, OperationError> {
        let state = self.state::<Person>(Stream::Person(person)).await?;
        let Some(details) = state.details() else {
            return Ok(Vec::new());
        };
        let tokens = number_tokens(&self.index, details);
        if tokens.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for (other, _) in self.store.find(tokens, 1, RECORDS_MAX).await? {
            let other: PersonId = id(other)?;
            let known = self.state::<Person>(Stream::Person(other)).await?;
            let holds = known
                .details()
                .is_some_and(|known| hold_same_document(details, known));
            if other != person && holds {
                found.push(other);
            }
        }
        Ok(found)
    }

    async fn whole(&self, person: PersonId, now: Timestamp) -> Result<Whole, OperationError> {
        let mut whole = Whole {
            cases: Vec::new(),
            referrals: Vec::new(),
            outcomes: Vec::new(),
            unreadable: false,
        };
        for entry in self.entries_of(lists::CASES, person).await? {
            if matches!(entry.state.as_str(), "open" | "closed") {
                let case: CaseId = id(entry.id)?;
                let case = self.state::<Case>(Stream::Case(case)).await?;
                whole.cases.push(Case::clone(&case));
            }
        }
        for entry in self.entries_of(lists::REFERRALS, person).await? {
            let referral: ReferralId = id(entry.id)?;
            let referral = self.state::<Referral>(Stream::Referral(referral)).await?;
            whole.referrals.push(Referral::clone(&referral));
        }
        let today = self.law.engine_on(self.today(now))?;
        // What was answered counts at once, also before anybody recorded what follows.
        let follows = |screening: &Screening, engine: &Engine| {
            let situation = screening.situation(engine).ok()?;
            RecordedOutcome::of(engine, &situation).ok()
        };
        for entry in self.entries_of(lists::SCREENINGS, person).await? {
            let screening = self
                .state::<Screening>(Stream::Screening(id(entry.id)?))
                .await?;
            let Some(law) = screening.law.clone() else {
                continue;
            };
            let engine = self.law.engine_of(&law)?;
            if !Arc::ptr_eq(&engine, &today) {
                match follows(&screening, &today) {
                    Some(outcome) => whole.outcomes.push(outcome),
                    None => whole.unreadable = true,
                }
            }
            if let Some(outcome) = follows(&screening, &engine) {
                whole.outcomes.push(outcome);
            } else if let Some(recorded) = screening.outcome() {
                whole.outcomes.push(recorded.clone());
            } else {
                whole.unreadable = true;
            }
        }
        Ok(whole)
    }
}
