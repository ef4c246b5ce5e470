//! The desk: what a user sees first.

use jiff::{SignedDuration, Timestamp};
use sapar_access::Action;
use sapar_casework::ids::{EncounterId, PersonId, ScreeningId};
use sapar_store::{Entry, Order, Query};

use crate::Operations;
use crate::caller::Caller;
use crate::each::each;
use crate::error::OperationError;
use crate::people::{PersonLine, time};
use crate::projection::{EncounterLine, code, lists};
use crate::relations::{id, line};
use crate::tasks::{Board, TaskView};

/// An encounter on the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskEncounter {
    /// Which.
    pub id: EncounterId,
    /// When somebody was met.
    pub met: Timestamp,
    /// How it began.
    pub beginning: sapar_casework::encounter::Beginning,
    /// How many were present.
    pub persons: usize,
}

/// Somebody met lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskPerson {
    /// Who.
    pub person: PersonLine,
    /// When they were met.
    pub met: Timestamp,
    /// The last screening and its state.
    pub screening: Option<(ScreeningId, String)>,
}

/// What a user sees first.
#[derive(Debug, Clone)]
pub struct Desk {
    /// For a supervisor: tasks that are late for so long that they are to act, the longest late first.
    pub escalated: Vec<TaskView>,
    /// How many more of these there are.
    pub escalated_more: usize,
    /// The most urgent tasks.
    pub tasks: Vec<TaskView>,
    /// How many more there are.
    pub tasks_more: usize,
    /// Persons met within the last day.
    pub persons: Vec<DeskPerson>,
    /// Encounters that are open.
    pub encounters: Vec<DeskEncounter>,
    /// Whether the user registers travellers.
    pub meets: bool,
}

/// What the head of every page tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Referrals that wait for an answer.
    pub referrals: u64,
    /// Tasks whose due time is over.
    pub overdue: u64,
    /// Glass to be reviewed.
    pub glass: u64,
}

/// How many tasks the desk shows.
const SHOWN: usize = 12;

const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Operations {
    /// What a user sees first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn desk(&self, caller: &Caller) -> Result<Desk, OperationError> {
        let meets = self.meets(caller).is_ok();
        let mut tasks = self.board(caller, Board::Own, 60).await?;
        // What has a clock, or binds this agency by name, comes to the desk; the rest stands on the board.
        tasks.retain(|view| view.due.is_some() || view.task.bearer != "state");
        let mut escalated = self.escalated(caller).await?;
        tasks.retain(|view| {
            !escalated
                .iter()
                .any(|one| one.id == view.id && one.person.id == view.person.id)
        });
        let escalated_more = escalated.len().saturating_sub(SHOWN);
        escalated.truncate(SHOWN);
        let tasks_more = tasks.len().saturating_sub(SHOWN);
        tasks.truncate(SHOWN);
        Ok(Desk {
            escalated,
            escalated_more,
            tasks,
            tasks_more,
            persons: if meets {
                self.met_lately(caller).await?
            } else {
                Vec::new()
            },
            encounters: if meets {
                self.open_encounters(caller).await?
            } else {
                Vec::new()
            },
            meets,
        })
    }

    /// Whether the caller registers travellers.
    #[must_use]
    pub fn meets_travellers(&self, caller: &Caller) -> bool {
        self.meets(caller).is_ok()
    }

    /// Whether the caller works with tasks, referrals and cases at all.
    #[must_use]
    pub fn works(&self, caller: &Caller) -> bool {
        let permits = caller.permits(&self.access);
        permits
            .classes(
                Action::See,
                sapar_access::Relations::all(),
                sapar_access::Protection::NotRevealed,
            )
            .has(sapar_access::DataClass::Work)
    }

    /// What waits for the user, counted within what they may see.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn waits(&self, caller: &Caller) -> Result<Waiting, OperationError> {
        Ok(Waiting {
            referrals: self.waiting(caller).await?,
            overdue: self.overdue(caller).await?,
            glass: self.glass_waiting(caller).await?,
        })
    }

    /// Open tasks of the caller's desk whose due time is over, as far as the caller may see their classes.
    async fn overdue(&self, caller: &Caller) -> Result<u64, OperationError> {
        let sight = self.at_own_post(caller, Action::See);
        if !sight.work || caller.post.is_none() {
            return Ok(0);
        }
        let mut query = Query::new(code(lists::TASKS), crate::projection::bits(sight.classes));
        query.owners = vec![caller.desk()];
        query.states = vec![code("open")];
        query.before_ms = Some(caller.now.as_millisecond());
        Ok(self
            .store
            .count(query)
            .await?
            .iter()
            .map(|group| group.count)
            .sum())
    }

    async fn met_lately(&self, caller: &Caller) -> Result<Vec<DeskPerson>, OperationError> {
        let mut query = Query::new(code(lists::MET), u32::MAX);
        query.owners = vec![caller.desk()];
        query.order = Order::LatestFirst;
        query.from_ms = caller
            .now
            .checked_sub(DAY)
            .ok()
            .map(Timestamp::as_millisecond);
        query.limit = 50;
        let entries = self.store.entries(query).await?.entries;
        let found = each(entries, |entry| self.desk_person(caller, entry)).await?;
        Ok(found.into_iter().flatten().collect())
    }

    async fn desk_person(
        &self,
        caller: &Caller,
        entry: Entry,
    ) -> Result<Option<DeskPerson>, OperationError> {
        let Some(person) = entry.person else {
            return Ok(None);
        };
        let person: PersonId = id(person)?;
        let Some(line) = self.person_line(caller, person).await? else {
            return Ok(None);
        };
        let screening = self
            .entries_of(lists::SCREENINGS, person)
            .await?
            .pop()
            .map(|entry| Ok::<_, OperationError>((id(entry.id)?, entry.state.as_str().to_owned())))
            .transpose()?;
        Ok(Some(DeskPerson {
            person: line,
            met: entry.at_ms.map_or(Timestamp::UNIX_EPOCH, time),
            screening,
        }))
    }

    async fn open_encounters(&self, caller: &Caller) -> Result<Vec<DeskEncounter>, OperationError> {
        let mut query = Query::new(code(lists::ENCOUNTERS), u32::MAX);
        query.owners = vec![caller.desk()];
        query.states = vec![code("open")];
        query.order = Order::LatestFirst;
        query.limit = 20;
        let mut found = Vec::new();
        for entry in self.store.entries(query).await?.entries {
            let shown: EncounterLine = line(&entry)?;
            found.push(DeskEncounter {
                id: id(entry.id)?,
                met: entry.at_ms.map_or(Timestamp::UNIX_EPOCH, time),
                beginning: shown.beginning,
                persons: shown.persons,
            });
        }
        Ok(found)
    }
}
