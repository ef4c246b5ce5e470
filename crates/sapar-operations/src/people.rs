//! Persons: registering, the page of a person, corrections, links, consents, erasure, and who looked.

mod history;
mod returns;
mod settle;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use sapar_access::{Action, Purpose as Acting};
use sapar_casework::case::Case;
use sapar_casework::classes::{Classes, DataClass};
use sapar_casework::duplicate::{Sign, duplicates};
use sapar_casework::encounter::{Encounter, EncounterCommand};
use sapar_casework::event::{Body, Event, Stream};
use sapar_casework::ids::{
    AgencyId, CaseId, ConsentId, EncounterId, LinkId, PersonId, ScreeningId,
};
use sapar_casework::person::{
    Basis, ConsentAnswer, Details, LinkKind, Person, PersonCommand, PersonState,
};
use sapar_casework::personal::Text;
use sapar_casework::purpose::Purpose;
use sapar_casework::referral::Referral;
use sapar_casework::screening::Screening;
use sapar_casework::stamp::Aggregate;
use sapar_identity::mrz::Reading;
use sapar_store::Query;
use uuid::Uuid;

use crate::Operations;
use crate::audit::{Audited, Looked, VIEWED, changes};
use crate::caller::{Caller, Sight};
use crate::each::each;
use crate::error::OperationError;
use crate::log::{Loaded, Other, Writing};
use crate::projection::{code, duplicate_query, lists};
use crate::relations::{Standing, id, line};

/// A person in a list: who, as far as the caller may see that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    /// Which person.
    pub id: PersonId,
    /// What is known; `None` where the caller may not see it or it was erased.
    pub details: Option<Details>,
    /// Whether the personal data was erased.
    pub erased: bool,
    /// When the person was met, registered, or what else the list is of.
    pub at: Option<Timestamp>,
}

/// Somebody who may be the person being registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateWarning {
    /// Which person.
    pub id: PersonId,
    /// Who; only where the person exists for the caller.
    pub person: Option<PersonLine>,
    /// What is alike.
    pub signs: Vec<Sign>,
}

/// What registering came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registered {
    /// Registered, and present at the encounter.
    New(PersonId),
    /// Nothing was recorded: somebody alike is registered already, and the officer must say whether it is the same person.
    Doubtful(Vec<DuplicateWarning>),
}

/// A line of a person's or a case's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// Which user.
    pub user: Uuid,
    /// Of which agency.
    pub agency: Uuid,
    /// The type of the event, such as `screening.finished`.
    pub what: String,
    /// The thing it happened to.
    pub thing: Uuid,
}

/// A link as the caller may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkLine {
    /// Which claim.
    pub id: LinkId,
    /// The other person, where they exist for the caller.
    pub other: Option<PersonLine>,
    /// What the person of this page is to the other.
    pub kind: LinkKind,
    /// What it rests on.
    pub basis: Basis,
    /// Whether it was settled.
    pub claim: sapar_casework::person::Claim,
    /// What was said, for whoever sees everything of the person: it may tell of anything.
    pub words: String,
}

/// A consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentLine {
    /// Which.
    pub id: ConsentId,
    /// For what.
    pub purpose: Purpose,
    /// Towards whom.
    pub agency: Option<AgencyId>,
    /// What was answered.
    pub answer: ConsentAnswer,
    /// When.
    pub at: Timestamp,
    /// When it was withdrawn.
    pub withdrawn: Option<Timestamp>,
    /// Referrals that rest on it and are not over, as far as the caller sees them.
    pub resting: Vec<crate::referrals::ReferralLineView>,
}

/// Somebody who looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewLine {
    /// Which user.
    pub user: Uuid,
    /// Of which agency.
    pub agency: Uuid,
    /// When.
    pub at: Timestamp,
    /// At what.
    pub what: Option<Looked>,
    /// For which purpose.
    pub purpose: String,
}

/// A person's page.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// Who.
    pub person: PersonLine,
    /// Whether papers were left out since they tell of protection.
    pub papers_hidden: bool,
    /// Versions of the record, as many as there are.
    pub corrections: usize,
    /// What the caller may see.
    pub sight: Sight,
    /// What the caller may record.
    pub records: Sight,
    /// Whether the caller may refer this person to others.
    pub may_refer: bool,
    /// Claimed links.
    pub links: Vec<LinkLine>,
    /// Consents.
    pub consents: Vec<ConsentLine>,
    /// Screenings: which, since when, and in which state.
    pub screenings: Vec<(ScreeningId, Timestamp, String)>,
    /// Tasks.
    pub tasks: Vec<crate::tasks::TaskView>,
    /// Referrals.
    pub referrals: Vec<crate::referrals::ReferralLineView>,
    /// Cases.
    pub cases: Vec<crate::cases::CaseLineView>,
    /// Documents.
    pub documents: Vec<crate::papers::DocumentLine>,
    /// Notes.
    pub notes: Vec<crate::papers::NoteView>,
    /// History, the newest first.
    pub timeline: Vec<Moment>,
    /// Who looked, the newest first.
    pub views: Vec<ViewLine>,
    /// Whether a return of this person is on hold; only where a case or referral of return is seen.
    pub return_hold: bool,
}

impl Operations {
    /// What a machine-readable zone says, for a person to confirm.
    ///
    /// # Errors
    /// If it cannot be read at all; the key says what to do.
    pub fn read_zone(&self, zone: &str) -> Result<Reading, OperationError> {
        Reading::read(zone).map_err(|_| OperationError::field("zone", "zone-not-read"))
    }

    /// Registers a person at an encounter, or says who may be the same.
    ///
    /// `different` says that all who are alike are others; for who is the same, [`Operations::register_known`].
    ///
    /// # Errors
    /// If the encounter is not the caller's or is closed, or the details cannot be taken.
    pub async fn register(
        &self,
        caller: &Caller,
        encounter: EncounterId,
        details: Details,
        different: bool,
    ) -> Result<Registered, OperationError> {
        self.meets(caller)?;
        let mut at = self.own_encounter(caller, encounter).await?;
        let person: PersonId = id(self.keys.id(caller.now))?;
        let state = Person::default();
        let stamp = caller.stamp();
        let command = PersonCommand::Register {
            person,
            details: details.clone(),
        };
        let events = state.decide(command, &stamp)?;
        if !different {
            let warnings = self.alike(caller, &details).await?;
            if !warnings.is_empty() {
                return Ok(Registered::Doubtful(warnings));
            }
        }
        let (key, wrapped) = self.keys.make(person.uuid());
        let mut loaded = Loaded {
            state,
            version: 0,
            events: Vec::new(),
            stream: Stream::Person(person),
        };
        let mut writing = Writing {
            new_keys: vec![(person.uuid(), wrapped)],
            ..Writing::default()
        };
        self.add(
            &mut writing,
            caller,
            &mut loaded,
            Some(person),
            events,
            |event| Body::Person(person, event),
        )?;
        let present = at
            .state
            .decide(EncounterCommand::AddPerson { person }, &stamp)?;
        self.add::<Encounter>(&mut writing, caller, &mut at, None, present, |event| {
            Body::Encounter(encounter, event)
        })?;
        self.write(caller, writing).await?;
        self.keys.keep(person.uuid(), &key);
        Ok(Registered::New(person))
    }

    /// Adds somebody who is registered already, as the officer says after a duplicate warning.
    ///
    /// That gives the post its relation to the person, so it is done only for who is alike to what was typed.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where nobody of that identifier is alike, and as for registering.
    pub async fn register_known(
        &self,
        caller: &Caller,
        encounter: EncounterId,
        details: &Details,
        same: PersonId,
    ) -> Result<(), OperationError> {
        self.meets(caller)?;
        self.own_encounter(caller, encounter).await?;
        let alike = self.alike(caller, details).await?;
        if !alike.iter().any(|warning| warning.id == same) {
            return Err(OperationError::NotThere);
        }
        self.add_to_encounter(caller, encounter, same).await
    }

    /// Who may be the same person, anywhere: what is shown of them is only what the caller may see.
    async fn alike(
        &self,
        caller: &Caller,
        details: &Details,
    ) -> Result<Vec<DuplicateWarning>, OperationError> {
        let mut found = BTreeSet::new();
        let this_year = self.today(caller.now).year();
        for (tokens, at_least, enough) in duplicate_query(&self.index, details, this_year) {
            if !tokens.is_empty() {
                let these = self.store.find(tokens, at_least, enough).await?;
                found.extend(these.into_iter().map(|(person, _)| person));
            }
        }
        let candidates = each(found, async |person| {
            let person: PersonId = id(person)?;
            Ok((person, self.load::<Person>(Stream::Person(person)).await?))
        })
        .await?;
        let known = candidates
            .iter()
            .filter_map(|(person, loaded)| Some((*person, loaded.state.details()?)));
        let alike = duplicates(details, known);
        let mut warnings = Vec::new();
        for duplicate in alike {
            warnings.push(DuplicateWarning {
                id: duplicate.person,
                person: self.person_line(caller, duplicate.person).await?,
                signs: duplicate.signs,
            });
        }
        Ok(warnings)
    }

    /// A person in a list; `None` where the person does not exist for the caller.
    pub(crate) async fn person_line(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Option<PersonLine>, OperationError> {
        match self.sees(caller, person).await {
            Ok((_, sight)) => Ok(Some(self.line_within(person, sight).await?.0)),
            Err(OperationError::NotThere) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The same for whom it is known already how the caller stands to the person.
    pub(crate) async fn line_standing(
        &self,
        caller: &Caller,
        person: PersonId,
        standing: Standing,
    ) -> Result<Option<PersonLine>, OperationError> {
        let sight = standing.sight(self, caller, Action::See, Classes::NONE);
        if sight.is_nothing() {
            return Ok(None);
        }
        Ok(Some(self.line_within(person, sight).await?.0))
    }

    /// A person in a line; nothing where the person does not exist for the caller.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn person_in_line(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Option<PersonLine>, OperationError> {
        self.person_line(caller, person).await
    }

    /// Consents that were given and not withdrawn, as far as the caller may see for what.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where the person does not exist for the caller.
    pub async fn given_consents(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Vec<ConsentLine>, OperationError> {
        let (_, sight) = self.sees(caller, person).await?;
        let state = self.state::<Person>(Stream::Person(person)).await?;
        let mut given = consents_within(&state, sight);
        given.retain(|consent| {
            consent.answer == ConsentAnswer::Given && consent.withdrawn.is_none()
        });
        Ok(given)
    }

    /// The classes of which the caller may write notes on a person.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where the person does not exist for the caller.
    pub async fn may_note(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Classes, OperationError> {
        let (standing, _) = self.sees(caller, person).await?;
        Ok(standing
            .sight(self, caller, Action::Record, Classes::NONE)
            .classes)
    }

    pub(crate) async fn line_within(
        &self,
        person: PersonId,
        sight: Sight,
    ) -> Result<(PersonLine, Loaded<Person>), OperationError> {
        let loaded = self.load::<Person>(Stream::Person(person)).await?;
        if loaded.state.state == PersonState::Unregistered {
            return Err(OperationError::NotThere);
        }
        let details = loaded
            .state
            .details()
            .and_then(|details| details_within(details, sight.classes));
        let line = PersonLine {
            id: person,
            details,
            erased: loaded.state.state == PersonState::Erased,
            at: loaded
                .state
                .versions
                .first()
                .map(|version| version.stamp.at),
        };
        Ok((line, loaded))
    }

    /// A person's page. That somebody looked is recorded before anything is shown.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where the person does not exist for the caller.
    pub async fn person(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<PersonView, OperationError> {
        let (standing, sight) = self.sees(caller, person).await?;
        let (line, loaded) = self.line_within(person, sight).await?;
        self.look(caller, person, Looked::Person).await?;
        let refer = caller.acting_for(Acting::Referral);
        let may_refer = standing
            .sight(self, &refer, Action::Refer, Classes::NONE)
            .classes
            .has(DataClass::Identity);
        let records = standing.sight(self, caller, Action::Record, Classes::NONE);
        let cases = self.cases_of(caller, person, standing).await?;
        let referrals = self.referrals_of(caller, person, standing).await?;
        let sees_return = cases.iter().any(|case| case.kind.removes())
            || referrals
                .iter()
                .any(|referral| matches!(referral.purpose, Purpose::Return | Purpose::Readmission));
        let return_hold = sees_return
            && self
                .return_check(person, caller.now)
                .await?
                .permits()
                .is_err();
        let mut consents = consents_within(&loaded.state, sight);
        self.add_resting(&mut consents, &referrals).await?;
        Ok(PersonView {
            papers_hidden: line.details.is_some()
                && loaded.state.details().is_some_and(|details| {
                    details.field_classes().iter().any(|(field, classes)| {
                        *field == "papers" && !classes.visible_to(sight.classes)
                    })
                })
                && sight.classes.has(DataClass::Asylum),
            corrections: loaded.state.versions.len().saturating_sub(1),
            sight,
            records,
            may_refer,
            links: self.links_of(caller, &loaded, sight).await?,
            consents,
            screenings: self.screenings_of(person, sight).await?,
            tasks: self.tasks_of(caller, person, standing).await?,
            referrals,
            cases,
            documents: self.documents_of(caller, person, standing).await?,
            notes: self.notes_of(caller, person, standing).await?,
            timeline: self.timeline(caller, person, standing, &loaded).await?,
            views: self.views_seen(caller, person).await?,
            return_hold,
            person: line,
        })
    }

    pub(crate) async fn links_of(
        &self,
        caller: &Caller,
        loaded: &Loaded<Person>,
        sight: Sight,
    ) -> Result<Vec<LinkLine>, OperationError> {
        let mut links = Vec::new();
        for (link, claim) in &loaded.state.links {
            let needed = match claim.kind {
                LinkKind::TravelsWith => Classes::one(DataClass::Travel),
                LinkKind::GuardianOf
                | LinkKind::WardOf
                | LinkKind::ParentOf
                | LinkKind::ChildOf => Classes::one(DataClass::Identity).with(DataClass::Child),
                LinkKind::Spouse | LinkKind::Sibling | LinkKind::OtherRelative => {
                    Classes::one(DataClass::Identity)
                }
            };
            if needed.visible_to(sight.classes) {
                links.push(LinkLine {
                    id: *link,
                    other: Box::pin(self.person_line(caller, claim.other)).await?,
                    kind: claim.kind,
                    basis: claim.basis,
                    claim: claim.claim,
                    words: claim
                        .words
                        .get()
                        .filter(|_| Classes::ALL.visible_to(sight.classes))
                        .map_or_else(String::new, |words| words.as_str().to_owned()),
                });
            }
        }
        Ok(links)
    }

    async fn screenings_of(
        &self,
        person: PersonId,
        sight: Sight,
    ) -> Result<Vec<(ScreeningId, Timestamp, String)>, OperationError> {
        if !sight.work {
            return Ok(Vec::new());
        }
        let asylum = sight.classes.has(DataClass::Asylum);
        let mut found = Vec::new();
        for entry in self.entries_of(lists::SCREENINGS, person).await? {
            let at = entry.at_ms.map_or(Timestamp::UNIX_EPOCH, time);
            // That an interview goes on again can tell that somebody asked for protection after all.
            let state = if asylum { entry.state.as_str() } else { "held" };
            found.push((id(entry.id)?, at, state.to_owned()));
        }
        Ok(found)
    }

    /// Corrects what is known of a person; what was known before stays.
    ///
    /// # Errors
    /// If the caller may not record it, or it cannot be taken.
    pub async fn correct(
        &self,
        caller: &Caller,
        person: PersonId,
        details: Details,
        reason: &str,
    ) -> Result<(), OperationError> {
        let needed = details
            .field_classes()
            .iter()
            .fold(Classes::NONE, |all, (_, classes)| all.and(*classes));
        let command = PersonCommand::Correct {
            details,
            reason: Text::new(reason),
        };
        self.person_step(caller, person, needed, command).await
    }

    /// Claims a link to another person of the caller's own.
    ///
    /// # Errors
    /// If either does not exist for the caller, or both are the same.
    pub async fn claim_link(
        &self,
        caller: &Caller,
        person: PersonId,
        other: PersonId,
        kind: LinkKind,
        basis: Basis,
        words: &str,
    ) -> Result<(), OperationError> {
        self.sees(caller, other).await?;
        let command = PersonCommand::ClaimLink {
            link: id(self.keys.id(caller.now))?,
            other,
            kind,
            basis,
            words: Text::new(words),
        };
        let needed = Classes::one(DataClass::Identity);
        self.person_step(caller, person, needed, command).await
    }

    /// Records what a person answered to a request for consent.
    ///
    /// # Errors
    /// If the caller may not record it.
    pub async fn answer_consent(
        &self,
        caller: &Caller,
        person: PersonId,
        purpose: Purpose,
        agency: Option<AgencyId>,
        answer: ConsentAnswer,
    ) -> Result<ConsentId, OperationError> {
        let consent: ConsentId = id(self.keys.id(caller.now))?;
        let command = PersonCommand::AnswerConsent {
            consent,
            purpose,
            agency,
            answer,
        };
        self.person_step(caller, person, purpose.tells(), command)
            .await?;
        Ok(consent)
    }

    async fn person_step(
        &self,
        caller: &Caller,
        person: PersonId,
        needed: Classes,
        command: PersonCommand,
    ) -> Result<(), OperationError> {
        self.may_record(caller, person, needed).await?;
        let mut loaded = self.load::<Person>(Stream::Person(person)).await?;
        let events = loaded.state.decide(command, &caller.stamp())?;
        self.record(caller, &mut loaded, Some(person), events, |event| {
            Body::Person(person, event)
        })
        .await
    }

    /// Refuses a caller who may not record data of all these classes of a person.
    pub(crate) async fn may_record(
        &self,
        caller: &Caller,
        person: PersonId,
        needed: Classes,
    ) -> Result<Standing, OperationError> {
        let (standing, _) = self.sees(caller, person).await?;
        let sight = standing.sight(self, caller, Action::Record, needed);
        if sight.work && needed.visible_to(sight.classes) {
            Ok(standing)
        } else {
            Err(OperationError::NotPermitted)
        }
    }

    /// Erases a person: the key is destroyed, and with it everything personal; counts survive.
    ///
    /// # Errors
    /// If the caller is no supervisor who sees the person, or protection or a case is open.
    pub async fn erase(&self, caller: &Caller, person: PersonId) -> Result<(), OperationError> {
        self.sees(caller, person).await?;
        if caller.profile.role != sapar_access::Role::Supervisor {
            return Err(OperationError::NotPermitted);
        }
        let open = self
            .entries_of(lists::CASES, person)
            .await?
            .iter()
            .any(|entry| entry.state.as_str() == "open");
        if open {
            return Err(OperationError::field("erasure", "erasure-case-open"));
        }
        let mut loaded = self.load::<Person>(Stream::Person(person)).await?;
        let events = loaded.state.decide(PersonCommand::Erase, &caller.stamp())?;
        let mut writing = Writing {
            destroyed: vec![person.uuid()],
            ..Writing::default()
        };
        self.add(
            &mut writing,
            caller,
            &mut loaded,
            Some(person),
            events,
            |event| Body::Person(person, event),
        )?;
        self.write(caller, writing).await?;
        self.forget_person(person);
        Ok(())
    }

    /// The day it is at the border.
    #[must_use]
    pub fn today(&self, now: Timestamp) -> Date {
        now.to_zoned_datetime(self.law.calendar().time_zone().clone())
            .date()
    }
}

/// What of the details somebody may see; `None` where that is not even the name.
pub(crate) fn details_within(details: &Details, seen: Classes) -> Option<Details> {
    if !Classes::one(DataClass::Identity).visible_to(seen) {
        return None;
    }
    let mut details = details.clone();
    for (field, classes) in details.field_classes() {
        if field == "papers" && !classes.visible_to(seen) {
            details.papers = sapar_casework::person::Papers::NotAsked;
        }
    }
    Some(details)
}

fn consents_within(person: &Person, sight: Sight) -> Vec<ConsentLine> {
    person
        .consents
        .iter()
        .filter(|(_, consent)| consent.purpose.tells().visible_to(sight.classes))
        .map(|(id, consent)| ConsentLine {
            id: *id,
            purpose: consent.purpose,
            agency: consent.agency,
            answer: consent.answer,
            at: consent.stamp.at,
            withdrawn: consent.withdrawn.map(|stamp| stamp.at),
            resting: Vec::new(),
        })
        .collect()
}

pub(crate) fn moment(event: &Event) -> Option<Moment> {
    Some(Moment {
        at: event.stamp.at,
        user: event.stamp.by.user.uuid(),
        agency: event.stamp.by.agency.uuid(),
        what: event.parts().ok()?.type_name,
        thing: event.body.stream().uuid(),
    })
}

/// The instant of a list's milliseconds.
pub(crate) fn time(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}
