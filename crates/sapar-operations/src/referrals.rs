//! Referrals: offered with only what the purpose needs, accepted or declined, arrived, completed; unanswered ones escalate.

mod form;

use jiff::{SignedDuration, Timestamp};
use sapar_access::{
    Action, Agency, DataClass as AccessClass, Permits, Profile, Purpose as Acting, Relation,
    Relations, Role,
};
use sapar_casework::case::{Case, CaseKind};
use sapar_casework::classes::{Classes, DataClass};
use sapar_casework::event::{Body, Stream};
use sapar_casework::ids::{AgencyId, CaseId, ConsentId, PersonId, ReferralId, TaskId, TeamId};
use sapar_casework::outcome::NormKey;
use sapar_casework::person::{ConsentAnswer, Person, PersonCommand};
use sapar_casework::personal::Text;
use sapar_casework::purpose::Purpose;
use sapar_casework::referral::{
    Completion, DeclineReason, Offer, Permission, Referral, ReferralCommand,
};
use sapar_casework::refusal::Refusal;
use sapar_casework::stamp::Aggregate;
use sapar_casework::tasks::{TaskCommand, Tasks};
use sapar_store::Query;
use uuid::Uuid;

use crate::Operations;
use crate::audit::Looked;
use crate::caller::{Caller, Sight, protection};
use crate::each::each;
use crate::error::OperationError;
use crate::log::{Loaded, Writing};
use crate::people::PersonLine;
use crate::projection::{REFERRALS_ENDED, REFERRALS_GOING_ON, ReferralLine, bits, code, lists};
use crate::relations::{Standing, id, line};

pub use form::FormView;

/// How long an offered referral waits for an answer before it escalates. A rule of the house, not of the law.
pub const REPLY: SignedDuration = SignedDuration::from_hours(24);

/// A referral in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferralLineView {
    /// Which.
    pub id: ReferralId,
    /// Of whom.
    pub person: PersonLine,
    /// From which agency.
    pub from: Uuid,
    /// To which agency.
    pub to: Uuid,
    /// For what.
    pub purpose: Purpose,
    /// Where it stands, by the word of the lists.
    pub state: String,
    /// Until when an answer is awaited.
    pub reply_by: Option<Timestamp>,
    /// When it was offered.
    pub offered: Timestamp,
    /// Whether the answer is late.
    pub late: bool,
}

/// A referral's page.
#[derive(Debug, Clone)]
pub struct ReferralView {
    /// Its line.
    pub line: ReferralLineView,
    /// The referral.
    pub referral: Referral,
    /// Classes that the receiver sees.
    pub discloses: Classes,
    /// Whether the caller is of the agency it was made to, and may answer it.
    pub may_answer: bool,
    /// Whether the caller may record arrival and completion.
    pub may_carry: bool,
    /// Whether the caller may take it back.
    pub may_withdraw: bool,
    /// Whether it rests on a consent that the person took back, and is not over.
    pub consent_lost: bool,
    /// For a referral to return: whether it is on hold.
    pub hold: bool,
    /// The case that came of it, where the caller sees one.
    pub case: Option<CaseId>,
}

/// To whom a person could be referred for a purpose, and what they would see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// Which agency.
    pub agency: Uuid,
    /// For what.
    pub purpose: Purpose,
    /// What it would receive: needed for the purpose, seen by the sender, allowed to the receiver.
    pub discloses: Classes,
}

/// What somebody offers.
#[derive(Debug, Clone)]
pub struct NewReferral {
    /// To which agency.
    pub to: AgencyId,
    /// For what.
    pub purpose: Purpose,
    /// Consent, or the law that needs none.
    pub ground: Ground,
    /// What the receiver should know.
    pub words: String,
    /// The task this does.
    pub task: Option<TaskId>,
}

/// What a referral rests on.
#[derive(Debug, Clone)]
pub enum Ground {
    /// The person was asked just now and consents.
    ConsentNow,
    /// A consent recorded before.
    Consent(ConsentId),
    /// A norm, by name.
    Law(String),
}

/// The purpose under which a receiving agency acts on a referral.
fn acting(purpose: Purpose) -> &'static [Acting] {
    match purpose {
        Purpose::Protection | Purpose::LegalHelp | Purpose::Statelessness => &[Acting::Protection],
        Purpose::ChildCare | Purpose::FamilyTracing => &[Acting::ChildProtection],
        Purpose::TraffickingHelp | Purpose::Investigation => &[Acting::TraffickingAssistance],
        Purpose::Health | Purpose::BasicNeeds => &[
            Acting::TraffickingAssistance,
            Acting::ChildProtection,
            Acting::Protection,
        ],
        Purpose::Return => &[Acting::Return],
        Purpose::Readmission => &[Acting::Readmission],
    }
}

/// The kind of case that accepting a referral opens.
fn case_kind(purpose: Purpose) -> Option<CaseKind> {
    Some(match purpose {
        Purpose::Protection => CaseKind::AsylumReferral,
        Purpose::ChildCare | Purpose::FamilyTracing => CaseKind::UnaccompaniedChild,
        Purpose::TraffickingHelp => CaseKind::TraffickingVictim,
        Purpose::Statelessness => CaseKind::Statelessness,
        Purpose::Return => CaseKind::Return,
        Purpose::Readmission => CaseKind::Readmission,
        Purpose::Health | Purpose::BasicNeeds | Purpose::LegalHelp | Purpose::Investigation => {
            return None;
        }
    })
}

fn removes(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::Return | Purpose::Readmission)
}

impl Operations {
    /// To whom a person could be referred, and what each would receive.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where the person does not exist for the caller.
    pub async fn receivers(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Vec<Receiver>, OperationError> {
        let caller = caller.acting_for(Acting::Referral);
        let (standing, _) = self.sees(&caller, person).await?;
        let mut receivers = Vec::new();
        for agency in self.directory().agencies.values() {
            if agency.id.uuid() == caller.agency.uuid() {
                continue;
            }
            for purpose in Purpose::ALL {
                let discloses = self.disclosed(&caller, standing, agency, purpose);
                if discloses.has(DataClass::Identity) {
                    receivers.push(Receiver {
                        agency: agency.id.uuid(),
                        purpose,
                        discloses,
                    });
                }
            }
        }
        Ok(receivers)
    }

    /// Norms that a referral without consent can rest on: those behind certain duties that the last screening found.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where the person does not exist for the caller.
    pub async fn grounds(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Vec<NormKey>, OperationError> {
        let (_, sight) = self.sees(caller, person).await?;
        let mut norms: Vec<NormKey> = self
            .duties_seen(person, sight.classes)
            .await?
            .into_iter()
            .filter(|duty| {
                [
                    "refer", "call", "pass", "accept", "register", "disclose", "assist", "give",
                ]
                .iter()
                .any(|verb| duty.position.act.starts_with(verb))
            })
            .flat_map(|duty| duty.norms)
            .collect();
        norms.sort();
        norms.dedup();
        Ok(norms)
    }

    /// What an agency would receive: what the purpose needs, the sender may refer, and the receiver may see.
    fn disclosed(
        &self,
        caller: &Caller,
        standing: Standing,
        agency: &Agency,
        purpose: Purpose,
    ) -> Classes {
        let needs = purpose.needs();
        let sends = standing
            .sight(self, caller, Action::Refer, purpose.tells())
            .classes;
        let mut receives = Classes::NONE;
        for role in [Role::AgencyCaseworker, Role::CaseOfficer] {
            let profile = Profile {
                mandate: agency.mandate,
                ..Profile::usual(agency.kind, role)
            };
            for acting in acting(purpose) {
                let permits = self.access.permits(profile, *acting);
                receives = receives.and(received(&permits, purpose.tells()));
            }
        }
        if !purpose.tells().visible_to(receives) {
            return Classes::NONE;
        }
        Classes::ALL
            .iter()
            .filter(|class| needs.has(*class) && sends.has(*class) && receives.has(*class))
            .collect()
    }

    /// Offers a person to an agency.
    ///
    /// # Errors
    /// If consent or article is missing, the receiver may not act for the purpose, or a return is barred; which bar it is,
    /// is told only to who may see it.
    pub async fn refer(
        &self,
        caller: &Caller,
        person: PersonId,
        new: NewReferral,
    ) -> Result<ReferralId, OperationError> {
        let caller = caller.acting_for(Acting::Referral);
        let (standing, sight) = self.sees(&caller, person).await?;
        let directory = self.directory();
        let agency = directory
            .agency(new.to.uuid())
            .ok_or(OperationError::field("agency", "refusal-not-there"))?;
        if removes(new.purpose) {
            self.may_return(person, &sight, caller.now).await?;
        }
        let discloses = self.disclosed(&caller, standing, agency, new.purpose);
        if discloses.is_empty() {
            return Err(OperationError::field(
                "purpose",
                "referral-purpose-not-theirs",
            ));
        }
        let stamp = caller.stamp();
        let mut writing = Writing::default();
        let mut record = self.load::<Person>(Stream::Person(person)).await?;
        let permission = match new.ground {
            Ground::Consent(consent) => Permission::Consent { consent },
            Ground::ConsentNow => {
                let consent: ConsentId = id(self.keys.id(caller.now))?;
                let command = PersonCommand::AnswerConsent {
                    consent,
                    purpose: new.purpose,
                    agency: Some(new.to),
                    answer: ConsentAnswer::Given,
                };
                let events = record.state.decide(command, &stamp)?;
                self.add(
                    &mut writing,
                    &caller,
                    &mut record,
                    Some(person),
                    events,
                    |event| Body::Person(person, event),
                )?;
                Permission::Consent { consent }
            }
            Ground::Law(norm) => {
                let norm = NormKey::named(&norm);
                let library = self.law.library();
                let found = self
                    .law
                    .norm_named(&norm)
                    .ok_or(OperationError::Refused(Refusal::ArticleNeeded))?;
                Permission::Law {
                    provision: library.norm(found).provision.clone(),
                    norm,
                }
            }
        };
        let referral: ReferralId = id(self.keys.id(caller.now))?;
        let mut loaded = Loaded {
            state: Referral::default(),
            version: 0,
            events: Vec::new(),
            stream: Stream::Referral(referral),
        };
        let offer = Offer {
            referral,
            person,
            to: new.to,
            purpose: new.purpose,
            discloses,
            permission,
            reply_by: caller.now.checked_add(REPLY).unwrap_or(caller.now),
            task: new.task,
        };
        let events = loaded
            .state
            .offer(&record.state, offer, Text::new(&new.words), &stamp)?;
        self.add(
            &mut writing,
            &caller,
            &mut loaded,
            Some(person),
            events,
            |event| Body::Referral(referral, event),
        )?;
        if let Some(task) = new.task {
            self.add_done(&caller, &mut writing, person, task).await?;
        }
        self.write(&caller, writing).await?;
        Ok(referral)
    }

    async fn add_done(
        &self,
        caller: &Caller,
        writing: &mut Writing,
        person: PersonId,
        task: TaskId,
    ) -> Result<(), OperationError> {
        let mut tasks = self.load::<Tasks>(Stream::Tasks(person)).await?;
        let command = TaskCommand::Complete {
            task,
            at: caller.now,
            next: Some(self.task_id(caller.now)),
        };
        let events = tasks
            .state
            .decide(command, self.law.calendar(), &caller.stamp())?;
        self.add(writing, caller, &mut tasks, Some(person), events, |event| {
            Body::Tasks(person, event)
        })
    }

    /// Refuses whatever sends a person away while that is barred, and for who cannot know whether it is.
    pub(crate) async fn may_return(
        &self,
        person: PersonId,
        sight: &Sight,
        now: Timestamp,
    ) -> Result<(), OperationError> {
        if !sight.classes.has(DataClass::Asylum) {
            return Err(OperationError::Refused(Refusal::CannotBeOpened));
        }
        let check = self.return_check(person, now).await?;
        check
            .permits()
            .map_err(|refusal| OperationError::Refused(refusal.shown_to(sight.classes)))
    }

    /// Refuses to go on with a return that is on hold, in the same words whatever the reason is.
    pub(crate) async fn not_on_hold(
        &self,
        person: PersonId,
        now: Timestamp,
    ) -> Result<(), OperationError> {
        match self.return_check(person, now).await?.permits() {
            Ok(()) => Ok(()),
            Err(_) => Err(OperationError::Refused(Refusal::CannotBeOpened)),
        }
    }

    /// Referrals to the caller's agency, what waits for an answer first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn inbox(&self, caller: &Caller) -> Result<Vec<ReferralLineView>, OperationError> {
        self.referral_list(caller, lists::REFERRALS, caller.agency.uuid())
            .await
    }

    /// Referrals that the caller's desk made.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn sent(&self, caller: &Caller) -> Result<Vec<ReferralLineView>, OperationError> {
        self.referral_list(caller, lists::SENT, caller.desk()).await
    }

    async fn referral_list(
        &self,
        caller: &Caller,
        list: &str,
        owner: Uuid,
    ) -> Result<Vec<ReferralLineView>, OperationError> {
        let (going_on, ended) = (&REFERRALS_GOING_ON, &REFERRALS_ENDED);
        let entries = self.going_on_first(list, owner, going_on, ended).await?;
        let lines = each(entries, |entry| self.referral_listed(caller, entry)).await?;
        let mut found: Vec<ReferralLineView> = lines.into_iter().flatten().collect();
        found.sort_by_key(|line| {
            (
                line.state != "offered",
                if line.state == "offered" {
                    line.reply_by.map_or(0, |by| by.as_millisecond())
                } else {
                    -line.offered.as_millisecond()
                },
            )
        });
        Ok(found)
    }

    async fn referral_listed(
        &self,
        caller: &Caller,
        entry: sapar_store::Entry,
    ) -> Result<Option<ReferralLineView>, OperationError> {
        let Some(person) = entry.person else {
            return Ok(None);
        };
        let person: PersonId = id(person)?;
        let standing = self.standing(caller, person).await?;
        self.referral_line(caller, standing, person, &entry).await
    }

    /// How many referrals wait for the caller's agency.
    pub(crate) async fn waiting(&self, caller: &Caller) -> Result<u64, OperationError> {
        let relation = Relations::one(Relation::OwnAgencyReferral);
        let permits = caller.permits(&self.access);
        let mut waiting = 0;
        // Those that tell of asylum count only for who may see that they exist.
        for classes in [Classes::NONE, Classes::one(DataClass::Asylum)] {
            let sight = Sight::of(permits.classes(Action::See, relation, protection(classes)));
            if !sight.work {
                continue;
            }
            let seen = if classes.is_empty() {
                sight.classes.without(Classes::one(DataClass::Asylum))
            } else {
                sight.classes
            };
            let mut query = Query::new(code(lists::REFERRALS), bits(seen));
            query.owners = vec![caller.agency.uuid()];
            query.states = vec![code("offered")];
            let counted: u64 = self
                .store
                .count(query)
                .await?
                .iter()
                .map(|group| group.count)
                .sum();
            waiting = waiting.max(counted);
        }
        Ok(waiting)
    }

    /// Referrals of a person, as far as the caller may see that they exist.
    pub(crate) async fn referrals_of(
        &self,
        caller: &Caller,
        person: PersonId,
        standing: Standing,
    ) -> Result<Vec<ReferralLineView>, OperationError> {
        let mut found = Vec::new();
        for entry in self.entries_of(lists::REFERRALS, person).await? {
            found.extend(self.referral_line(caller, standing, person, &entry).await?);
        }
        Ok(found)
    }

    async fn referral_line(
        &self,
        caller: &Caller,
        standing: Standing,
        person: PersonId,
        entry: &sapar_store::Entry,
    ) -> Result<Option<ReferralLineView>, OperationError> {
        let shown: ReferralLine = line(entry)?;
        let classes = shown.purpose.tells();
        let sight = standing.sight(self, caller, Action::See, classes);
        if !sight.work || !classes.visible_to(sight.classes) {
            return Ok(None);
        }
        let Some(person) = self.line_standing(caller, person, standing).await? else {
            return Ok(None);
        };
        let reply_by = entry.at_ms.map(crate::people::time);
        let state = entry.state.as_str().to_owned();
        Ok(Some(ReferralLineView {
            id: id(entry.id)?,
            person,
            from: shown.from,
            to: shown.to,
            purpose: shown.purpose,
            late: state == "offered" && reply_by.is_some_and(|by| caller.now >= by),
            state,
            reply_by,
            offered: shown.offered,
        }))
    }

    /// A referral's page.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where it does not exist for the caller.
    pub async fn referral(
        &self,
        caller: &Caller,
        referral: ReferralId,
    ) -> Result<ReferralView, OperationError> {
        let (loaded, person, standing) = self.own_referral(caller, referral).await?;
        self.look(caller, person, Looked::Referral).await?;
        let offer = loaded
            .state
            .offer
            .as_ref()
            .ok_or(OperationError::NotThere)?;
        let classes = loaded.state.classes();
        let line = self
            .referrals_of(caller, person, standing)
            .await?
            .into_iter()
            .find(|line| line.id == referral)
            .ok_or(OperationError::NotThere)?;
        let ours = offer.to == caller.agency;
        let sent = loaded
            .state
            .offered
            .is_some_and(|offered| offered.by.agency == caller.agency);
        let work = |action| standing.sight(self, caller, action, classes).work;
        let hold = removes(offer.purpose)
            && self
                .return_check(person, caller.now)
                .await?
                .permits()
                .is_err();
        let case = self
            .cases_of(caller, person, standing)
            .await?
            .into_iter()
            .find(|case| Some(case.kind) == case_kind(offer.purpose))
            .map(|case| case.id);
        let known = self.state::<Person>(Stream::Person(person)).await?;
        Ok(ReferralView {
            consent_lost: loaded.state.has_lost_consent(&known),
            discloses: offer.discloses,
            may_answer: ours && work(Action::Accept),
            may_carry: ours && work(Action::Record),
            may_withdraw: sent && work(Action::Record),
            hold,
            case,
            referral: loaded.state,
            line,
        })
    }

    async fn own_referral(
        &self,
        caller: &Caller,
        referral: ReferralId,
    ) -> Result<(Loaded<Referral>, PersonId, Standing), OperationError> {
        let loaded = self.load::<Referral>(Stream::Referral(referral)).await?;
        let person = loaded
            .state
            .offer
            .as_ref()
            .map(|offer| offer.person)
            .ok_or(OperationError::NotThere)?;
        let classes = loaded.state.classes();
        let (standing, sight) = self.may(caller, person, Action::See, classes).await?;
        let ours = loaded
            .state
            .offer
            .as_ref()
            .is_some_and(|offer| offer.to == caller.agency);
        let here = loaded
            .state
            .offered
            .is_some_and(|offered| offered.by.agency == caller.agency);
        if sight.work
            && classes.visible_to(sight.classes)
            && (ours || here || !standing.relations().is_empty())
        {
            Ok((loaded, person, standing))
        } else {
            Err(OperationError::NotThere)
        }
    }

    /// Accepts a referral; where the caller works in a team, a case of the team is opened with it.
    ///
    /// # Errors
    /// If it is not the caller's to answer, was answered already, or is a return on hold.
    pub async fn accept(
        &self,
        caller: &Caller,
        referral: ReferralId,
    ) -> Result<Option<CaseId>, OperationError> {
        let (mut loaded, person, standing) = self.own_referral(caller, referral).await?;
        let classes = loaded.state.classes();
        if !standing.sight(self, caller, Action::Accept, classes).work {
            return Err(OperationError::NotPermitted);
        }
        let purpose = loaded.state.offer.as_ref().map(|offer| offer.purpose);
        if purpose.is_some_and(removes) {
            self.not_on_hold(person, caller.now).await?;
        }
        let stamp = caller.stamp();
        let mut writing = Writing::default();
        let events = loaded.state.decide(ReferralCommand::Accept, &stamp)?;
        self.add(
            &mut writing,
            caller,
            &mut loaded,
            Some(person),
            events,
            |event| Body::Referral(referral, event),
        )?;
        let mut opened = None;
        if let (Some(kind), Some(team)) = (purpose.and_then(case_kind), caller.team) {
            opened = self
                .add_case(caller, &mut writing, person, kind, team)
                .await?;
        }
        self.write(caller, writing).await?;
        Ok(opened)
    }

    async fn add_case(
        &self,
        caller: &Caller,
        writing: &mut Writing,
        person: PersonId,
        kind: CaseKind,
        team: TeamId,
    ) -> Result<Option<CaseId>, OperationError> {
        for entry in self.entries_of(lists::CASES, person).await? {
            let line: crate::projection::CaseLine = line(&entry)?;
            if entry.owner == team.uuid() && line.kind == kind && entry.state.as_str() == "open" {
                return Ok(None);
            }
        }
        let case: CaseId = id(self.keys.id(caller.now))?;
        let mut loaded = Loaded {
            state: Case::default(),
            version: 0,
            events: Vec::new(),
            stream: Stream::Case(case),
        };
        let check = self.return_check(person, caller.now).await?;
        let events = loaded.state.open(kind, person, caller.user, team, check)?;
        self.add(
            writing,
            caller,
            &mut loaded,
            Some(person),
            events,
            |event| Body::Case(case, event),
        )?;
        Ok(Some(case))
    }

    /// Declines a referral with a reason.
    ///
    /// # Errors
    /// If it is not the caller's to answer, or was answered already.
    pub async fn decline(
        &self,
        caller: &Caller,
        referral: ReferralId,
        reason: DeclineReason,
        words: &str,
    ) -> Result<(), OperationError> {
        let command = ReferralCommand::Decline {
            reason,
            words: Text::new(words),
        };
        self.referral_step(caller, referral, Action::Accept, command)
            .await
    }

    /// Records that the person arrived at the receiving agency.
    ///
    /// # Errors
    /// If the referral was not accepted, or is a return on hold.
    pub async fn arrived(
        &self,
        caller: &Caller,
        referral: ReferralId,
    ) -> Result<(), OperationError> {
        let command = ReferralCommand::Arrive { at: caller.now };
        self.referral_step(caller, referral, Action::Record, command)
            .await
    }

    /// Completes a referral with its outcome.
    ///
    /// # Errors
    /// If the person has not arrived.
    pub async fn complete_referral(
        &self,
        caller: &Caller,
        referral: ReferralId,
        outcome: Completion,
        words: &str,
    ) -> Result<(), OperationError> {
        let command = ReferralCommand::Complete {
            outcome,
            words: Text::new(words),
        };
        self.referral_step(caller, referral, Action::Record, command)
            .await
    }

    /// Takes a referral back that the caller's agency made.
    ///
    /// # Errors
    /// If it has ended or another agency made it.
    pub async fn withdraw(
        &self,
        caller: &Caller,
        referral: ReferralId,
        words: &str,
    ) -> Result<(), OperationError> {
        let command = ReferralCommand::Withdraw {
            words: Text::new(words),
        };
        self.referral_step(caller, referral, Action::Record, command)
            .await
    }

    async fn referral_step(
        &self,
        caller: &Caller,
        referral: ReferralId,
        action: Action,
        command: ReferralCommand,
    ) -> Result<(), OperationError> {
        let (mut loaded, person, standing) = self.own_referral(caller, referral).await?;
        let classes = loaded.state.classes();
        if !standing.sight(self, caller, action, classes).work {
            return Err(OperationError::NotPermitted);
        }
        let purpose = loaded.state.offer.as_ref().map(|offer| offer.purpose);
        if purpose.is_some_and(removes) && matches!(command, ReferralCommand::Arrive { .. }) {
            self.not_on_hold(person, caller.now).await?;
        }
        let events = loaded.state.decide(command, &caller.stamp())?;
        self.record(caller, &mut loaded, Some(person), events, |event| {
            Body::Referral(referral, event)
        })
        .await
    }
}

/// What a receiver would see of a person through a referral that tells of these classes.
fn received(permits: &Permits, tells: Classes) -> Classes {
    let relation = Relations::one(Relation::OwnAgencyReferral);
    let words = permits.classes(Action::See, relation, protection(tells));
    if !words.has(AccessClass::Work) {
        return Classes::NONE;
    }
    Sight::of(words).classes
}
