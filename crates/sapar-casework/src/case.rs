//! A case: an owner, a team, persons, and an end that its kind permits.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::classes::{Classes, DataClass};
use crate::ids::{PersonId, TeamId, UserId};
use crate::person::{not_too_long, words as check_words};
use crate::personal::{Personal, Text, sealed_in};
use crate::refusal::Refusal;
use crate::return_check::ReturnCheck;
use crate::stamp::{Aggregate, Fold, Stamp};

/// Kinds of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseKind {
    /// An asylum procedure and what follows.
    Protection,
    /// A wish for protection that is to reach the asylum authority.
    AsylumReferral,
    /// A victim or presumed victim of trafficking.
    TraffickingVictim,
    /// A smuggled migrant.
    SmuggledMigrant,
    /// A child alone.
    UnaccompaniedChild,
    /// A person who may be stateless.
    Statelessness,
    /// Review of a detention.
    DetentionReview,
    /// Return.
    Return,
    /// Readmission.
    Readmission,
}

/// How a case can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseOutcome {
    /// Refugee status or another protection.
    ProtectionGranted,
    /// A final refusal.
    ProtectionRefused,
    /// The application was withdrawn or given up.
    ApplicationWithdrawn,
    /// The asylum authority has it.
    PassedToAsylumAuthority,
    /// Identified as trafficked and helped.
    IdentifiedAsVictim,
    /// Found not to be trafficked.
    NotIdentifiedAsVictim,
    /// A residence permit was given.
    ResidenceGranted,
    /// In the care of a guardian or family.
    InCare,
    /// Found to be of age.
    FoundAdult,
    /// A nationality was found or given.
    NationalityConfirmed,
    /// Found stateless.
    FoundStateless,
    /// Released.
    Released,
    /// Detention was upheld.
    DetentionUpheld,
    /// Left by own will.
    LeftVoluntarily,
    /// Returned.
    Returned,
    /// Readmitted by the other state.
    Readmitted,
    /// Refused by the other state.
    ReadmissionRefused,
    /// Found that return is not permitted or not possible.
    ReturnAbandoned,
    /// Another case has it.
    TakenOver,
    /// The person cannot be found.
    PersonGone,
    /// Opened by mistake.
    Mistake,
}

impl CaseOutcome {
    /// Whether protection may still be there after a case that ended so: only a final refusal or a withdrawal ends it,
    /// or that the case was opened by mistake.
    #[must_use]
    pub const fn leaves_protection(self) -> bool {
        !matches!(
            self,
            CaseOutcome::ProtectionRefused
                | CaseOutcome::ApplicationWithdrawn
                | CaseOutcome::Mistake
        )
    }
}

impl CaseKind {
    /// Every kind.
    pub const ALL: [CaseKind; 9] = [
        CaseKind::Protection,
        CaseKind::AsylumReferral,
        CaseKind::TraffickingVictim,
        CaseKind::SmuggledMigrant,
        CaseKind::UnaccompaniedChild,
        CaseKind::Statelessness,
        CaseKind::DetentionReview,
        CaseKind::Return,
        CaseKind::Readmission,
    ];

    /// How a case of this kind can end.
    #[must_use]
    pub const fn outcomes(self) -> &'static [CaseOutcome] {
        use CaseOutcome::*;
        match self {
            CaseKind::Protection => &[
                ProtectionGranted,
                ProtectionRefused,
                ApplicationWithdrawn,
                TakenOver,
                PersonGone,
                Mistake,
            ],
            CaseKind::AsylumReferral => &[
                PassedToAsylumAuthority,
                ApplicationWithdrawn,
                TakenOver,
                PersonGone,
                Mistake,
            ],
            CaseKind::TraffickingVictim => &[
                IdentifiedAsVictim,
                NotIdentifiedAsVictim,
                ResidenceGranted,
                LeftVoluntarily,
                TakenOver,
                PersonGone,
                Mistake,
            ],
            CaseKind::SmuggledMigrant => &[
                ResidenceGranted,
                LeftVoluntarily,
                TakenOver,
                PersonGone,
                Mistake,
            ],
            CaseKind::UnaccompaniedChild => &[InCare, FoundAdult, TakenOver, PersonGone, Mistake],
            CaseKind::Statelessness => &[
                NationalityConfirmed,
                FoundStateless,
                ResidenceGranted,
                TakenOver,
                PersonGone,
                Mistake,
            ],
            CaseKind::DetentionReview => &[Released, DetentionUpheld, TakenOver, Mistake],
            CaseKind::Return => &[
                Returned,
                LeftVoluntarily,
                ReturnAbandoned,
                ResidenceGranted,
                TakenOver,
                PersonGone,
                Mistake,
            ],
            CaseKind::Readmission => &[
                Readmitted,
                ReadmissionRefused,
                ReturnAbandoned,
                LeftVoluntarily,
                TakenOver,
                PersonGone,
                Mistake,
            ],
        }
    }

    /// What it tells of a person that there is such a case.
    #[must_use]
    pub const fn classes(self) -> Classes {
        match self {
            CaseKind::Protection | CaseKind::AsylumReferral => Classes::one(DataClass::Asylum),
            CaseKind::TraffickingVictim => Classes::one(DataClass::Trafficking),
            CaseKind::SmuggledMigrant => Classes::one(DataClass::Investigation),
            CaseKind::UnaccompaniedChild => Classes::one(DataClass::Child),
            CaseKind::Statelessness => Classes::one(DataClass::Identity),
            CaseKind::DetentionReview | CaseKind::Return | CaseKind::Readmission => Classes::NONE,
        }
    }

    /// Whether it leads out of the country against or without the person's wish.
    #[must_use]
    pub const fn removes(self) -> bool {
        matches!(self, CaseKind::Return | CaseKind::Readmission)
    }
}

/// What somebody wants of a case that is open. Opening one is [`Case::open`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseCommand {
    /// Link one more person.
    LinkPerson {
        /// Who.
        person: PersonId,
    },
    /// Give it to another owner of the same team.
    Assign {
        /// To whom.
        owner: UserId,
    },
    /// Offer it to another team.
    OfferHandover {
        /// To which.
        team: TeamId,
        /// What the team should know.
        words: Text,
    },
    /// The offered team takes it; whoever accepts owns it.
    AcceptHandover,
    /// The offered team does not take it.
    DeclineHandover {
        /// Why.
        words: Text,
    },
    /// The team that has it takes the offer back.
    CancelHandover,
    /// It ends.
    Close {
        /// How.
        outcome: CaseOutcome,
        /// In words.
        words: Text,
    },
}

/// What happened to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum CaseEvent {
    /// Opened.
    Opened {
        /// Kind.
        kind: CaseKind,
        /// Whose.
        person: PersonId,
        /// Who owns it.
        owner: UserId,
        /// Of which team.
        team: TeamId,
    },
    /// One more person.
    PersonLinked {
        /// Who.
        person: PersonId,
    },
    /// Another owner.
    Assigned {
        /// Who.
        owner: UserId,
    },
    /// Offered to a team.
    HandoverOffered {
        /// To which.
        team: TeamId,
        /// What the team should know.
        #[serde(skip)]
        personal: Personal<Text>,
    },
    /// The team took it.
    HandoverAccepted {
        /// Which.
        team: TeamId,
        /// Who owns it now.
        owner: UserId,
    },
    /// The team did not take it.
    HandoverDeclined {
        /// Why.
        #[serde(skip)]
        personal: Personal<Text>,
    },
    /// The offer was taken back.
    HandoverCancelled {},
    /// Closed.
    Closed {
        /// How.
        outcome: CaseOutcome,
        /// In words.
        #[serde(skip)]
        personal: Personal<Text>,
    },
}

sealed_in!(CaseEvent: HandoverOffered HandoverDeclined Closed);

/// What a case is from its opening on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// Kind.
    pub kind: CaseKind,
    /// Whose.
    pub person: PersonId,
    /// Other persons.
    pub linked: BTreeSet<PersonId>,
    /// Who owns it.
    pub owner: UserId,
    /// Which team has it.
    pub team: TeamId,
    /// The team it is offered to.
    pub offered_to: Option<TeamId>,
    /// What that team should know.
    pub message: Personal<Text>,
    /// Who opened it, when.
    pub opened: Stamp,
    /// How it ended, by whom, when.
    pub closed: Option<(CaseOutcome, Stamp)>,
    /// How it ended, in words.
    pub closing: Personal<Text>,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Case {
    /// What it is; `None` before it was opened.
    pub file: Option<CaseFile>,
}

impl Case {
    /// Opens a case. For return and readmission the check of the person's protection must permit it.
    ///
    /// # Errors
    /// The precise reason. Its class may be asylum: what a user may learn is [`Refusal::shown_to`] of their classes.
    pub fn open(
        &self,
        kind: CaseKind,
        person: PersonId,
        owner: UserId,
        team: TeamId,
        check: ReturnCheck,
    ) -> Result<Vec<CaseEvent>, Refusal> {
        if self.file.is_some() {
            return Err(Refusal::ExistsAlready);
        }
        if kind.removes() {
            check.permits()?;
        }
        Ok(vec![CaseEvent::Opened {
            kind,
            person,
            owner,
            team,
        }])
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Option<CaseKind> {
        self.file.as_ref().map(|file| file.kind)
    }

    /// Whether it was opened and not closed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.file.as_ref().is_some_and(|file| file.closed.is_none())
    }

    /// How it ended.
    #[must_use]
    pub fn closed_as(&self) -> Option<CaseOutcome> {
        self.file
            .as_ref()
            .and_then(|file| file.closed)
            .map(|(outcome, _)| outcome)
    }

    /// What it tells of a person that there is this case.
    #[must_use]
    pub fn classes(&self) -> Classes {
        self.kind().map_or(Classes::NONE, CaseKind::classes)
    }

    fn running(&self) -> Result<&CaseFile, Refusal> {
        let file = self.file.as_ref().ok_or(Refusal::NotThere)?;
        if file.closed.is_some() {
            Err(Refusal::CaseClosed)
        } else {
            Ok(file)
        }
    }
}

impl Aggregate for Case {
    type Command = CaseCommand;

    fn decide(&self, command: CaseCommand, stamp: &Stamp) -> Result<Vec<CaseEvent>, Refusal> {
        let file = self.running()?;
        let offered_here = || match file.offered_to {
            None => Err(Refusal::NoHandover),
            Some(team) if stamp.by.team == Some(team) => Ok(team),
            Some(_) => Err(Refusal::NotTheOfferedTeam),
        };
        let event = match command {
            CaseCommand::LinkPerson { person } => {
                if file.person == person || file.linked.contains(&person) {
                    return Err(Refusal::LinkedAlready);
                }
                CaseEvent::PersonLinked { person }
            }
            CaseCommand::Assign { owner } => CaseEvent::Assigned { owner },
            CaseCommand::OfferHandover { team, words } => {
                if file.offered_to.is_some() {
                    return Err(Refusal::HandoverOffered);
                }
                if file.team == team {
                    return Err(Refusal::SameTeam);
                }
                not_too_long(&words)?;
                CaseEvent::HandoverOffered {
                    team,
                    personal: Personal::known(words),
                }
            }
            CaseCommand::AcceptHandover => CaseEvent::HandoverAccepted {
                team: offered_here()?,
                owner: stamp.by.user,
            },
            CaseCommand::DeclineHandover { words } => {
                offered_here()?;
                check_words(&words)?;
                CaseEvent::HandoverDeclined {
                    personal: Personal::known(words),
                }
            }
            CaseCommand::CancelHandover => {
                if file.offered_to.is_none() {
                    return Err(Refusal::NoHandover);
                }
                CaseEvent::HandoverCancelled {}
            }
            CaseCommand::Close { outcome, words } => {
                if file.offered_to.is_some() {
                    return Err(Refusal::HandoverOffered);
                }
                if !file.kind.outcomes().contains(&outcome) {
                    return Err(Refusal::OutcomeNotOfKind);
                }
                check_words(&words)?;
                CaseEvent::Closed {
                    outcome,
                    personal: Personal::known(words),
                }
            }
        };
        Ok(vec![event])
    }
}

impl Fold for Case {
    type Event = CaseEvent;

    fn apply(&mut self, event: &CaseEvent, stamp: &Stamp) {
        if let CaseEvent::Opened {
            kind,
            person,
            owner,
            team,
        } = event
        {
            self.file.get_or_insert_with(|| CaseFile {
                kind: *kind,
                person: *person,
                linked: BTreeSet::new(),
                owner: *owner,
                team: *team,
                offered_to: None,
                message: Personal::erased(),
                opened: *stamp,
                closed: None,
                closing: Personal::erased(),
            });
        }
        let Some(file) = &mut self.file else { return };
        match event {
            CaseEvent::Opened { .. } => {}
            CaseEvent::PersonLinked { person } => {
                file.linked.insert(*person);
            }
            CaseEvent::Assigned { owner } => file.owner = *owner,
            CaseEvent::HandoverOffered { team, personal } => {
                file.offered_to = Some(*team);
                file.message = personal.clone();
            }
            CaseEvent::HandoverAccepted { team, owner } => {
                file.team = *team;
                file.owner = *owner;
                file.offered_to = None;
            }
            CaseEvent::HandoverDeclined { .. } | CaseEvent::HandoverCancelled {} => {
                file.offered_to = None
            }
            CaseEvent::Closed { outcome, personal } => {
                file.closed.get_or_insert((*outcome, *stamp));
                file.closing = personal.clone();
            }
        }
    }
}
