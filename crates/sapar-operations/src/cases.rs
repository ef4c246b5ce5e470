//! Cases: opened by a team, handed over, linked to others, closed with an outcome.

use jiff::Timestamp;
use sapar_access::Action;
use sapar_casework::case::{Case, CaseCommand, CaseEvent, CaseKind, CaseOutcome};
use sapar_casework::classes::Classes;
use sapar_casework::event::{Body, Event, Stream};
use sapar_casework::ids::{CaseId, PersonId, TeamId, UserId};
use sapar_casework::personal::Text;
use sapar_casework::stamp::Aggregate;
use uuid::Uuid;

use crate::Operations;
use crate::audit::Looked;
use crate::caller::Caller;
use crate::each::each;
use crate::error::OperationError;
use crate::log::Loaded;
use crate::papers::{DocumentLine, NoteView};
use crate::people::{Moment, PersonLine, ViewLine, moment};
use crate::projection::{CASES_GOING_ON, CaseLine, lists};
use crate::referrals::ReferralLineView;
use crate::relations::{Standing, id, line};
use crate::tasks::TaskView;

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLineView {
    /// Which.
    pub id: CaseId,
    /// Of whom.
    pub person: PersonLine,
    /// Of which kind.
    pub kind: CaseKind,
    /// Of which team.
    pub team: Uuid,
    /// Of which user.
    pub owner: Uuid,
    /// Whether it is open, closed, offered to the team, or linked to another person's.
    pub state: String,
    /// Since when.
    pub opened: Timestamp,
}

/// Why a team did not take a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declined {
    /// When it said so.
    pub at: Timestamp,
    /// Which user.
    pub user: Uuid,
    /// Of which agency.
    pub agency: Uuid,
    /// Why, in words; `None` where they were erased.
    pub words: Option<String>,
}

/// A case's page.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// Its line.
    pub line: CaseLineView,
    /// The case.
    pub case: Case,
    /// Its outcomes to choose from.
    pub outcomes: &'static [CaseOutcome],
    /// Whether the caller may decide on it.
    pub may_decide: bool,
    /// Whether the caller may record on it.
    pub may_record: bool,
    /// Whether it is offered to the caller's team, which may answer.
    pub may_answer: bool,
    /// Whether the caller's team has it and may offer it.
    pub may_offer: bool,
    /// Whether the caller's team has it and may take its offer back.
    pub may_cancel: bool,
    /// Why the last team it was offered to declined; nothing once it was offered again or nobody declined.
    pub declined: Option<Declined>,
    /// Whether it sends somebody away and is on hold.
    pub hold: bool,
    /// Others it is linked to, as far as they exist for the caller.
    pub linked: Vec<PersonLine>,
    /// Tasks of the person.
    pub tasks: Vec<TaskView>,
    /// Referrals of the person.
    pub referrals: Vec<ReferralLineView>,
    /// Documents of the person.
    pub documents: Vec<DocumentLine>,
    /// Notes of the person.
    pub notes: Vec<NoteView>,
    /// History of the case, the newest first.
    pub timeline: Vec<Moment>,
    /// Who looked.
    pub views: Vec<ViewLine>,
}

impl Operations {
    /// Cases of the caller's team, open ones first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn cases(&self, caller: &Caller) -> Result<Vec<CaseLineView>, OperationError> {
        let Some(team) = caller.team else {
            return Ok(Vec::new());
        };
        let entries = self
            .going_on_first(lists::CASES, team.uuid(), &CASES_GOING_ON, &["closed"])
            .await?;
        let lines = each(entries, |entry| self.case_listed(caller, entry)).await?;
        let mut found: Vec<CaseLineView> = lines.into_iter().flatten().collect();
        found.sort_by_key(|case| case.state == "closed");
        Ok(found)
    }

    async fn case_listed(
        &self,
        caller: &Caller,
        entry: sapar_store::Entry,
    ) -> Result<Option<CaseLineView>, OperationError> {
        let Some(person) = entry.person else {
            return Ok(None);
        };
        let person: PersonId = id(person)?;
        let standing = self.standing(caller, person).await?;
        self.case_line(caller, standing, person, &entry).await
    }

    /// Cases of a person, as far as the caller may see that they exist.
    pub(crate) async fn cases_of(
        &self,
        caller: &Caller,
        person: PersonId,
        standing: Standing,
    ) -> Result<Vec<CaseLineView>, OperationError> {
        let mut found = Vec::new();
        for entry in self.entries_of(lists::CASES, person).await? {
            if matches!(entry.state.as_str(), "open" | "closed") {
                found.extend(self.case_line(caller, standing, person, &entry).await?);
            }
        }
        Ok(found)
    }

    async fn case_line(
        &self,
        caller: &Caller,
        standing: Standing,
        person: PersonId,
        entry: &sapar_store::Entry,
    ) -> Result<Option<CaseLineView>, OperationError> {
        let shown: CaseLine = line(entry)?;
        let classes = shown.kind.classes();
        let sight = standing.sight(self, caller, Action::See, classes);
        if !sight.work || !classes.visible_to(sight.classes) {
            return Ok(None);
        }
        let Some(line) = self.line_standing(caller, person, standing).await? else {
            return Ok(None);
        };
        let case = match entry.state.as_str() {
            "offered" => crate::projection::joint(entry.id, Uuid::from_u128(1)),
            "linked" | "linked-closed" => crate::projection::joint(entry.id, person.uuid()),
            _ => entry.id,
        };
        Ok(Some(CaseLineView {
            id: id(case)?,
            person: line,
            kind: shown.kind,
            team: entry.owner,
            owner: shown.owner,
            state: match entry.state.as_str() {
                // What this team offered to another.
                "open" if shown.offered_to.is_some() => "handover".to_owned(),
                state => state.to_owned(),
            },
            opened: entry
                .at_ms
                .map_or(Timestamp::UNIX_EPOCH, crate::people::time),
        }))
    }

    /// Opens a case of the caller's team.
    ///
    /// # Errors
    /// If the caller works in no team, may not record it, or a return is barred.
    pub async fn open_case(
        &self,
        caller: &Caller,
        person: PersonId,
        kind: CaseKind,
    ) -> Result<CaseId, OperationError> {
        let team = caller
            .team
            .ok_or(OperationError::field("kind", "case-team-needed"))?;
        self.may_record(caller, person, kind.classes()).await?;
        let check = self.return_check(person, caller.now).await?;
        let case: CaseId = id(self.keys.id(caller.now))?;
        let mut loaded = Loaded {
            state: Case::default(),
            version: 0,
            events: Vec::new(),
            stream: Stream::Case(case),
        };
        let (_, sight) = self.sees(caller, person).await?;
        let events = loaded
            .state
            .open(kind, person, caller.user, team, check)
            .map_err(|refusal| refusal.shown_to(sight.classes))?;
        self.record(caller, &mut loaded, Some(person), events, |event| {
            Body::Case(case, event)
        })
        .await?;
        Ok(case)
    }

    /// A case's page.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where it does not exist for the caller.
    pub async fn case(&self, caller: &Caller, case: CaseId) -> Result<CaseView, OperationError> {
        let (loaded, person, standing) = self.own_case(caller, case).await?;
        self.look(caller, person, Looked::Case).await?;
        let file = loaded.state.file.clone().ok_or(OperationError::NotThere)?;
        let classes = loaded.state.classes();
        let line = CaseLineView {
            id: case,
            person: self
                .person_line(caller, person)
                .await?
                .ok_or(OperationError::NotThere)?,
            kind: file.kind,
            team: file.team.uuid(),
            owner: file.owner.uuid(),
            state: if file.closed.is_some() {
                "closed"
            } else {
                "open"
            }
            .to_owned(),
            opened: file.opened.at,
        };
        let mut linked = Vec::new();
        for other in &file.linked {
            linked.extend(self.person_line(caller, *other).await?);
        }
        let mut timeline: Vec<Moment> = loaded.events.iter().filter_map(moment).collect();
        timeline.reverse();
        let work = |action| standing.sight(self, caller, action, classes).work;
        let ours = caller.team == Some(file.team) && file.closed.is_none() && work(Action::Record);
        Ok(CaseView {
            outcomes: file.kind.outcomes(),
            may_decide: work(Action::Decide),
            may_record: work(Action::Record),
            may_answer: file.offered_to.is_some()
                && file.offered_to == caller.team
                && work(Action::Record),
            may_offer: ours && file.offered_to.is_none(),
            may_cancel: ours && file.offered_to.is_some(),
            declined: declined(&loaded.events),
            hold: file.kind.removes()
                && self
                    .return_check(person, caller.now)
                    .await?
                    .permits()
                    .is_err(),
            linked,
            tasks: self.tasks_of(caller, person, standing).await?,
            referrals: self.referrals_of(caller, person, standing).await?,
            documents: self.documents_of(caller, person, standing).await?,
            notes: self.notes_of(caller, person, standing).await?,
            timeline,
            views: self.views_seen(caller, person).await?,
            case: loaded.state,
            line,
        })
    }

    pub(crate) async fn own_case(
        &self,
        caller: &Caller,
        case: CaseId,
    ) -> Result<(Loaded<Case>, PersonId, Standing), OperationError> {
        let loaded = self.load::<Case>(Stream::Case(case)).await?;
        let person = loaded
            .state
            .file
            .as_ref()
            .map(|file| file.person)
            .ok_or(OperationError::NotThere)?;
        let classes = loaded.state.classes();
        let (standing, sight) = self.may(caller, person, Action::See, classes).await?;
        if sight.work && classes.visible_to(sight.classes) {
            Ok((loaded, person, standing))
        } else {
            Err(OperationError::NotThere)
        }
    }

    /// Offers a case of the caller's team to another team.
    ///
    /// # Errors
    /// If the caller's team does not have it, it is offered already, or the team does not exist.
    pub async fn offer_handover(
        &self,
        caller: &Caller,
        case: CaseId,
        team: TeamId,
        words: &str,
    ) -> Result<(), OperationError> {
        if !self.directory().teams.contains_key(&team.uuid()) {
            return Err(OperationError::field("team", "refusal-not-there"));
        }
        self.of_own_team(caller, case).await?;
        let command = CaseCommand::OfferHandover {
            team,
            words: Text::new(words),
        };
        self.case_step(caller, case, Action::Record, command).await
    }

    /// Answers an offer of a case to the caller's team.
    ///
    /// # Errors
    /// If it is not offered to the caller's team.
    pub async fn answer_handover(
        &self,
        caller: &Caller,
        case: CaseId,
        accepts: bool,
        words: &str,
    ) -> Result<(), OperationError> {
        let command = if accepts {
            CaseCommand::AcceptHandover
        } else {
            CaseCommand::DeclineHandover {
                words: Text::new(words),
            }
        };
        self.case_step(caller, case, Action::Record, command).await
    }

    /// Takes an offer of a case of the caller's team back.
    ///
    /// # Errors
    /// If there is none, or the caller's team does not have the case.
    pub async fn cancel_handover(
        &self,
        caller: &Caller,
        case: CaseId,
    ) -> Result<(), OperationError> {
        self.of_own_team(caller, case).await?;
        self.case_step(caller, case, Action::Record, CaseCommand::CancelHandover)
            .await
    }

    /// Gives a case to a user of the team.
    ///
    /// # Errors
    /// If the user is not of the team, or the team does not have the case.
    pub async fn assign_case(
        &self,
        caller: &Caller,
        case: CaseId,
        owner: UserId,
    ) -> Result<(), OperationError> {
        let directory = self.directory();
        let of_team = directory
            .users
            .get(&owner.uuid())
            .and_then(|user| user.team)
            .map(|team| team.uuid())
            == caller.team.map(|team| team.uuid());
        if !of_team || caller.team.is_none() {
            return Err(OperationError::field("owner", "refusal-not-there"));
        }
        self.of_own_team(caller, case).await?;
        self.case_step(caller, case, Action::Record, CaseCommand::Assign { owner })
            .await
    }

    /// Links another person to a case.
    ///
    /// # Errors
    /// If the other does not exist for the caller or is linked already.
    pub async fn link_to_case(
        &self,
        caller: &Caller,
        case: CaseId,
        person: PersonId,
    ) -> Result<(), OperationError> {
        self.sees(caller, person).await?;
        self.case_step(
            caller,
            case,
            Action::Record,
            CaseCommand::LinkPerson { person },
        )
        .await
    }

    /// Closes a case with its outcome.
    ///
    /// # Errors
    /// If the outcome is not one of its kind, the caller may not decide it, or somebody is to be sent away while that is on hold.
    pub async fn close_case(
        &self,
        caller: &Caller,
        case: CaseId,
        outcome: CaseOutcome,
        words: &str,
    ) -> Result<(), OperationError> {
        let sends_away = matches!(outcome, CaseOutcome::Returned | CaseOutcome::Readmitted);
        if sends_away {
            let (_, person, _) = self.own_case(caller, case).await?;
            self.not_on_hold(person, caller.now).await?;
        }
        let command = CaseCommand::Close {
            outcome,
            words: Text::new(words),
        };
        self.case_step(caller, case, Action::Decide, command).await
    }

    /// Refuses a caller whose team does not have the case, such as one that it is only offered to.
    async fn of_own_team(&self, caller: &Caller, case: CaseId) -> Result<(), OperationError> {
        let (loaded, ..) = self.own_case(caller, case).await?;
        let team = loaded.state.file.as_ref().map(|file| file.team);
        if team.is_some() && team == caller.team {
            Ok(())
        } else {
            Err(OperationError::NotPermitted)
        }
    }

    async fn case_step(
        &self,
        caller: &Caller,
        case: CaseId,
        action: Action,
        command: CaseCommand,
    ) -> Result<(), OperationError> {
        let (mut loaded, person, standing) = self.own_case(caller, case).await?;
        let classes: Classes = loaded.state.classes();
        if !standing.sight(self, caller, action, classes).work {
            return Err(OperationError::NotPermitted);
        }
        let events = loaded.state.decide(command, &caller.stamp())?;
        self.record(caller, &mut loaded, Some(person), events, |event| {
            Body::Case(case, event)
        })
        .await
    }
}

/// Why the case was declined when it was last offered.
fn declined(events: &[Event]) -> Option<Declined> {
    let last = events.iter().rev().find_map(|event| match &event.body {
        Body::Case(_, told) => match told {
            CaseEvent::HandoverDeclined { personal } => Some((event, Some(personal))),
            CaseEvent::HandoverOffered { .. }
            | CaseEvent::HandoverAccepted { .. }
            | CaseEvent::HandoverCancelled {}
            | CaseEvent::Closed { .. } => Some((event, None)),
            CaseEvent::Opened { .. }
            | CaseEvent::PersonLinked { .. }
            | CaseEvent::Assigned { .. } => None,
        },
        _ => None,
    });
    let (event, personal) = last?;
    let words = personal?.get().map(|words| words.as_str().to_owned());
    Some(Declined {
        at: event.stamp.at,
        user: event.stamp.by.user.uuid(),
        agency: event.stamp.by.agency.uuid(),
        words,
    })
}
