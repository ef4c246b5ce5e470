//! A week of invented work: people are met, screened, referred, and cared for, or not in time.

use jiff::{SignedDuration, Timestamp};
use sapar_access::{AgencyKind, Purpose as Acting};
use sapar_casework::encounter::{Beginning, Place};
use sapar_casework::ids::{PersonId, ReferralId, ScreeningId};
use sapar_casework::personal::Text;
use sapar_casework::purpose::Purpose;
use sapar_casework::referral::{Completion, DeclineReason};
use sapar_casework::screening::{AnswerGiven, Given, HowLearned, StopReason};
use sapar_law::{Knowledge, ValueKind};
use sapar_operations::people::Registered;
use sapar_operations::referrals::{Ground, NewReferral};
use sapar_operations::tasks::Board;
use sapar_operations::{Caller, OperationError, Operations};

use super::people::{Invented, Journey, Seed, person};
use super::{agency_id, fill_directory, fixed, id};

/// How many people are invented.
pub const PEOPLE: u64 = 240;

/// What a demonstration was filled with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filled {
    /// People registered.
    pub people: u64,
    /// Screenings that reached an outcome.
    pub screenings: u64,
    /// Referrals made.
    pub referrals: u64,
}

/// Fills an empty database with a week that ends now. A database that has users already is left as it is.
///
/// # Errors
/// If the database fails; what was written until then stays, and the folder is to be removed.
pub async fn fill(
    operations: &Operations,
    now: Timestamp,
) -> Result<Option<Filled>, OperationError> {
    if !operations.directory().users.is_empty() {
        return Ok(None);
    }
    operations.mark_invented().await?;
    fill_directory(operations).await?;
    let mut week = Week {
        operations,
        now,
        seed: Seed(20_261_125),
        filled: Filled::default(),
    };
    let year = operations.today(now).year();
    for number in 0..PEOPLE {
        // Spread over seven days, the last of them today.
        let minutes = 7 * 24 * 60 * (PEOPLE - number) / PEOPLE;
        if let Some(invented) = person(&mut week.seed, year) {
            week.meet(&invented, i64::try_from(minutes).unwrap_or(0))
                .await?;
        }
    }
    week.do_tasks().await?;
    Ok(Some(week.filled))
}

struct Week<'o> {
    operations: &'o Operations,
    now: Timestamp,
    seed: Seed,
    filled: Filled,
}

impl Week<'_> {
    /// A user so many minutes ago; never in the future.
    fn by(&self, name: &str, purpose: Acting, minutes_ago: i64) -> Result<Caller, OperationError> {
        let invented = super::USERS
            .iter()
            .find(|user| user.name == name)
            .ok_or(OperationError::Own("an invented user"))?;
        let directory = self.operations.directory();
        let user = directory
            .users
            .get(&invented.id())
            .ok_or(OperationError::Own("an invented user"))?;
        let at = self
            .now
            .checked_sub(SignedDuration::from_mins(minutes_ago.max(0)))
            .unwrap_or(self.now);
        self.operations
            .caller_of(user, purpose, at)
            .ok_or(OperationError::Own("an invented user"))
    }

    async fn meet(&mut self, invented: &Invented, minutes: i64) -> Result<(), OperationError> {
        let post = self.seed.below(3);
        let officer = match post {
            0 => "second",
            1 => "second-nurzholy",
            _ => "second-qonysbaev",
        };
        let caller = self.by(officer, Acting::Screening, minutes)?;
        let beginning = match invented.journey {
            Journey::Smuggled => Beginning::Interception,
            Journey::Exploited if self.seed.percent(40) => Beginning::VoluntaryApproach,
            _ => Beginning::Check,
        };
        let encounter = self
            .operations
            .open_encounter(
                &caller,
                Place::Post {
                    post: id(fixed(300 + u128::from(post)))?,
                },
                beginning,
                caller.now,
            )
            .await?;
        let later = self.by(officer, Acting::Screening, minutes - 4)?;
        let Registered::New(person) = self
            .operations
            .register(&later, encounter, invented.details.clone(), true)
            .await?
        else {
            return Ok(());
        };
        self.filled.people += 1;
        // The last few of today wait for their screening.
        if minutes < 90 && self.seed.percent(60) {
            return Ok(());
        }
        let later = self.by(officer, Acting::Screening, minutes - 8)?;
        let screening = self
            .operations
            .start_screening(&later, person, Some(encounter))
            .await?;
        self.answer(&later, screening, invented).await?;
        let done = self.by(officer, Acting::Screening, minutes - 20)?;
        if self.seed.percent(7) && invented.journey != Journey::Returned {
            self.operations
                .stop_screening(&done, screening, StopReason::NoInterpreter)
                .await?;
        } else {
            self.operations.finish_screening(&done, screening).await?;
        }
        self.filled.screenings += 1;
        if minutes > 60 {
            let closes = self.by(officer, Acting::Screening, minutes - 25)?;
            self.operations.close_encounter(&closes, encounter).await?;
        }
        self.refer(officer, person, invented, minutes - 30).await
    }

    async fn answer(
        &mut self,
        caller: &Caller,
        screening: ScreeningId,
        invented: &Invented,
    ) -> Result<(), OperationError> {
        for (fact, value) in answers(invented) {
            let given = AnswerGiven {
                fact: (*fact).to_owned(),
                given: Given::Known(Text::new(value)),
                how: HowLearned::Asked,
            };
            match self.operations.answer(caller, screening, given).await {
                // What a document or another answer says already is not said again.
                Ok(_) | Err(OperationError::Contradiction(_) | OperationError::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        if invented.journey == Journey::Returned {
            self.answer_no(caller, screening).await?;
        }
        Ok(())
    }

    /// Goes through the whole interview, with "no" to whatever can be denied.
    async fn answer_no(
        &mut self,
        caller: &Caller,
        screening: ScreeningId,
    ) -> Result<(), OperationError> {
        let specialist = Caller {
            profile: self
                .operations
                .directory()
                .users
                .get(&fixed(1_003))
                .and_then(|user| self.operations.directory().profile(user))
                .unwrap_or(caller.profile),
            ..caller.clone()
        };
        self.operations.take_over(&specialist, screening).await?;
        for _ in 0..200 {
            let view = self.operations.screening(&specialist, screening).await?;
            let Some(question) = view.question else { break };
            let library = view.engine.library();
            let fact = question.question.fact;
            let no = match &library.fact(fact).kind {
                ValueKind::YesNo => Given::Known(Text::new(
                    &library.value_to_text(fact, Knowledge::YesNo(false)),
                )),
                _ => Given::DoesNotKnow,
            };
            let answer = |given: Given| AnswerGiven {
                fact: library.fact(fact).name.clone(),
                given,
                how: HowLearned::Asked,
            };
            if self
                .operations
                .answer(&specialist, screening, answer(no))
                .await
                .is_err()
            {
                self.operations
                    .answer(&specialist, screening, answer(Given::DoesNotKnow))
                    .await?;
            }
        }
        Ok(())
    }

    async fn refer(
        &mut self,
        officer: &str,
        person: PersonId,
        invented: &Invented,
        minutes: i64,
    ) -> Result<(), OperationError> {
        use AgencyKind as K;
        let to: &[(K, Purpose, &str, Acting)] = match invented.journey {
            Journey::SeeksProtection => &[
                (
                    K::AsylumAuthority,
                    Purpose::Protection,
                    "asylum",
                    Acting::Protection,
                ),
                (K::Ngo, Purpose::LegalHelp, "ngo", Acting::Protection),
            ],
            Journey::ChildAlone => &[
                (
                    K::GuardianshipAuthority,
                    Purpose::ChildCare,
                    "guardian",
                    Acting::ChildProtection,
                ),
                (
                    K::AsylumAuthority,
                    Purpose::Protection,
                    "asylum",
                    Acting::Protection,
                ),
            ],
            Journey::Exploited => &[
                (
                    K::Iom,
                    Purpose::TraffickingHelp,
                    "iom",
                    Acting::TraffickingAssistance,
                ),
                (
                    K::SocialServices,
                    Purpose::BasicNeeds,
                    "social",
                    Acting::TraffickingAssistance,
                ),
            ],
            Journey::Stateless => &[(K::Ngo, Purpose::Statelessness, "ngo", Acting::Protection)],
            Journey::Sick => &[(
                K::SocialServices,
                Purpose::Health,
                "social",
                Acting::TraffickingAssistance,
            )],
            Journey::Returned => &[(
                K::MigrationPolice,
                Purpose::Return,
                "police",
                Acting::Return,
            )],
            Journey::Worker | Journey::Visitor | Journey::Overstayer | Journey::Smuggled => &[],
        };
        for (kind, purpose, who, acting) in to {
            // Not everybody is referred at once; some wait too long.
            let waits = 10 + i64::try_from(self.seed.below(300)).unwrap_or(0);
            let at = minutes - waits;
            if at < 0 {
                continue;
            }
            let caller = self.by(officer, Acting::Screening, at)?;
            let new = NewReferral {
                to: id(agency_id(*kind))?,
                purpose: *purpose,
                ground: Ground::ConsentNow,
                words: "Please meet the person at the crossing point.".to_owned(),
                task: None,
            };
            let referral = match self.operations.refer(&caller, person, new).await {
                Ok(referral) => referral,
                // A return that is barred is not made; that is what the bar is for.
                Err(OperationError::Refused(_) | OperationError::Fields(_)) => continue,
                Err(error) => return Err(error),
            };
            self.filled.referrals += 1;
            self.carry(referral, who, *acting, at).await?;
        }
        Ok(())
    }

    /// What the receiving agency does with a referral.
    async fn carry(
        &mut self,
        referral: ReferralId,
        who: &str,
        acting: Acting,
        offered: i64,
    ) -> Result<(), OperationError> {
        let mut at = offered - 20 - i64::try_from(self.seed.below(1_200)).unwrap_or(0);
        if at < 0 || self.seed.percent(12) {
            return Ok(());
        }
        let caller = self.by(who, acting, at)?;
        if self.seed.percent(8) {
            return self
                .operations
                .decline(
                    &caller,
                    referral,
                    DeclineReason::NoCapacity,
                    "No room until Monday.",
                )
                .await;
        }
        self.operations.accept(&caller, referral).await?;
        at -= 60 + i64::try_from(self.seed.below(900)).unwrap_or(0);
        if at < 0 {
            return Ok(());
        }
        let caller = self.by(who, acting, at)?;
        self.operations.arrived(&caller, referral).await?;
        at -= 300 + i64::try_from(self.seed.below(3_000)).unwrap_or(0);
        if at < 0 || self.seed.percent(30) {
            return Ok(());
        }
        let caller = self.by(who, acting, at)?;
        self.operations
            .complete_referral(&caller, referral, Completion::Helped, "Met and helped.")
            .await
    }

    /// Most tasks are done; some are late, and some are open still.
    async fn do_tasks(&mut self) -> Result<(), OperationError> {
        for officer in ["second", "second-nurzholy", "second-qonysbaev"] {
            let caller = self.by(officer, Acting::Screening, 2)?;
            for view in self.operations.board(&caller, Board::Here, 1_000).await? {
                if view.may_complete && self.seed.percent(82) {
                    self.operations
                        .complete_task(&caller, view.person.id, view.id)
                        .await?;
                }
            }
        }
        Ok(())
    }
}

/// What the invented people answer.
fn answers(invented: &Invented) -> &'static [(&'static str, &'static str)] {
    match invented.journey {
        Journey::Worker | Journey::Visitor => &[
            ("at crossing point", "yes"),
            ("travel document", "valid"),
            ("entry conditions met", "yes"),
            ("seeks protection", "no"),
            ("fear of persecution on convention ground", "no"),
            ("danger of torture", "no"),
            ("trafficking signs", "no"),
            ("needs urgent care", "no"),
        ],
        Journey::Overstayer => &[
            ("at crossing point", "yes"),
            ("travel document", "valid"),
            ("overstayed", "yes"),
            ("seeks protection", "no"),
            ("fear of persecution on convention ground", "no"),
            ("trafficking signs", "no"),
        ],
        Journey::SeeksProtection => &[
            ("at crossing point", "yes"),
            ("needs interpreter", "yes"),
            ("seeks protection", "yes"),
            ("fear of persecution on convention ground", "yes"),
            ("trafficking signs", "no"),
        ],
        Journey::ChildAlone => &[
            ("at crossing point", "yes"),
            ("looks under 18", "yes"),
            ("unaccompanied", "yes"),
            ("needs interpreter", "yes"),
            ("seeks protection", "yes"),
        ],
        Journey::Exploited => &[
            ("at crossing point", "yes"),
            ("trafficking signs", "yes"),
            ("labour exploitation suspected", "yes"),
            ("seeks protection", "no"),
            ("needs urgent care", "no"),
        ],
        Journey::Smuggled => &[
            ("at crossing point", "no"),
            ("inside territory", "yes"),
            ("irregular entry", "yes"),
            ("smuggled", "yes"),
            ("seeks protection", "no"),
        ],
        Journey::Stateless => &[
            ("at crossing point", "yes"),
            ("stateless", "yes"),
            ("seeks protection", "no"),
        ],
        Journey::Sick => &[
            ("at crossing point", "yes"),
            ("needs urgent care", "yes"),
            ("serious illness", "yes"),
            ("seeks protection", "no"),
        ],
        Journey::Returned => &[
            ("at crossing point", "yes"),
            ("travel document", "valid"),
            ("seeks protection", "no"),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::super::people::JOURNEYS;
    use super::*;
    use sapar_law::Library;

    /// A word that the vocabulary does not have would be refused, and the demonstration would say less than it seems to.
    #[test]
    fn the_invented_people_answer_in_words_of_the_vocabulary() {
        let library: Library = sapar_packages::library().library;
        let mut seed = Seed(1);
        let mut met = Vec::new();
        while met.len() < JOURNEYS.len() {
            let invented = person(&mut seed, 2026).expect("an invented person");
            for (fact, value) in answers(&invented) {
                let id = library.fact_named(fact);
                let read = id.map(|id| library.value_from_text(id, value));
                assert!(matches!(read, Some(Ok(_))), "{fact}: {value}");
            }
            if !met.contains(&invented.journey) {
                met.push(invented.journey);
            }
        }
    }
}
