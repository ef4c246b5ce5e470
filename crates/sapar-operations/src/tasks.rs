//! Tasks: what the law or a user demands of an agency, until when, and who is told when it is late.

mod escalated;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use sapar_access::Action;
use sapar_casework::classes::Classes;
use sapar_casework::event::{Body, Stream};
use sapar_casework::ids::{PersonId, TaskId};
use sapar_casework::outcome::PositionKey;
use sapar_casework::personal::Text;
use sapar_casework::stamp::{Actor, Stamp};
use sapar_casework::tasks::{
    Due, Duty, Patience, Source, Task, TaskCommand, TaskLimit, TaskState, Tasks, WaiveReason,
};
use sapar_store::{Entry, Query};
use uuid::Uuid;

use crate::Operations;
use crate::caller::Caller;
use crate::each::each;
use crate::error::OperationError;
use crate::log::State;
use crate::people::PersonLine;
use crate::projection::{CASES_GOING_ON, REFERRALS_GOING_ON, code, due_at, kind_of_bearer, lists};
use crate::relations::{Standing, id};
use crate::screenings::{PLAIN_EVENTS, SeenDuty};

/// How long is waited where the law gives no number. A rule of the house, not of the law; the pages say so.
pub const PATIENCE: Patience = Patience {
    at_once: SignedDuration::from_mins(30),
    without_delay: SignedDuration::from_hours(4),
    as_soon_as_possible: SignedDuration::from_hours(24),
    level: SignedDuration::from_hours(24),
};

/// A task as somebody may see it.
#[derive(Debug, Clone)]
pub struct TaskView {
    /// Which.
    pub id: TaskId,
    /// For whom; the name only where the caller may see it.
    pub person: PersonLine,
    /// The task.
    pub task: Task,
    /// The agency that answers for the bearer; nothing where the directory has none.
    pub agency: Option<Uuid>,
    /// The earliest end of its limits, or since when it is to be done promptly.
    pub due: Option<Timestamp>,
    /// From when it counts as late, if it is still open then.
    pub late_from: Option<Timestamp>,
    /// Whom to tell: 0 nobody, 1 the agency, each further level the next higher.
    pub escalation: u32,
    /// Whether the caller may mark it done.
    pub may_complete: bool,
    /// Whether the caller may waive it.
    pub may_waive: bool,
}

/// A person whose tasks stand on a board, read once however many they are.
struct OnBoard {
    tasks: State<Tasks>,
    standing: Standing,
    seen: Seen,
    line: PersonLine,
}

/// By what the caller sees tasks.
enum Seen {
    /// Every class is seen.
    Everything,
    /// These duties follow from what is seen.
    Only(Vec<SeenDuty>),
}

/// Which tasks a board shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Board {
    /// Open ones that the caller's desk or agency must do.
    #[default]
    Own,
    /// Open ones of everybody for persons met at the caller's desk.
    Here,
    /// Done, waived and replaced ones.
    Ended,
}

/// How many lines of each list are looked at behind the firewall for tasks at their end, the latest first.
const ENDED_LOOKED_AT: u32 = 500;

impl Operations {
    /// Tasks of a board, the earliest due first; what counts as late first of all.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn board(
        &self,
        caller: &Caller,
        board: Board,
        limit: u32,
    ) -> Result<Vec<TaskView>, OperationError> {
        if self.is_behind_firewall(caller) {
            return self.board_behind_firewall(caller, board, limit).await;
        }
        let list = match board {
            Board::Own | Board::Ended => lists::TASKS,
            Board::Here => lists::TASKS_HERE,
        };
        let mut query = Query::new(code(list), u32::MAX);
        query.owners = vec![caller.desk()];
        if caller.agency.uuid() != caller.desk() {
            query.owners.push(caller.agency.uuid());
        }
        query.states = match board {
            Board::Own | Board::Here => vec![code("open")],
            Board::Ended => ["done", "done-late", "waived", "replaced"]
                .into_iter()
                .map(code)
                .collect(),
        };
        if board == Board::Ended {
            query.order = sapar_store::Order::LatestFirst;
        }
        query.limit = limit;
        let mut found = Vec::new();
        // Lines that the caller may not see take nobody's place.
        let enough = usize::try_from(limit).unwrap_or(usize::MAX);
        while found.len() < enough {
            let page = self.store.entries(query.clone()).await?;
            found.extend(self.tasks_listed(caller, page.entries).await?);
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        found.truncate(enough);
        if board != Board::Ended {
            sort(&mut found);
        }
        Ok(found)
    }

    /// Tasks that lines of a list name, as far as the caller may see them.
    async fn tasks_listed(
        &self,
        caller: &Caller,
        entries: Vec<Entry>,
    ) -> Result<Vec<TaskView>, OperationError> {
        let of_whom: BTreeSet<Uuid> = entries.iter().filter_map(|entry| entry.person).collect();
        let persons: BTreeMap<Uuid, OnBoard> =
            each(of_whom, |person| self.on_board(caller, person))
                .await?
                .into_iter()
                .flatten()
                .collect();
        let mut found = Vec::new();
        for entry in entries {
            let Some(of) = entry.person.and_then(|person| persons.get(&person)) else {
                continue;
            };
            let task: TaskId = id(entry.id)?;
            if let Some(one) = of.tasks.tasks.get(&task)
                && let Some(view) =
                    self.task_view(caller, of.standing, &of.seen, task, one, &of.line)
            {
                found.push(view);
            }
        }
        Ok(found)
    }

    /// What the board needs of a person; nothing where the person does not exist for the caller.
    async fn on_board(
        &self,
        caller: &Caller,
        person: Uuid,
    ) -> Result<Option<(Uuid, OnBoard)>, OperationError> {
        let of: PersonId = id(person)?;
        let standing = self.standing(caller, of).await?;
        if standing.relations().is_empty() {
            return Ok(None);
        }
        let Some(line) = self.line_standing(caller, of, standing).await? else {
            return Ok(None);
        };
        let on_board = OnBoard {
            tasks: self.state::<Tasks>(Stream::Tasks(of)).await?,
            seen: self.seen(caller, of, standing).await?,
            standing,
            line,
        };
        Ok(Some((person, on_board)))
    }

    /// Whether the caller may see nothing that tells of asylum, whatever the relation to the person.
    pub(crate) fn is_behind_firewall(&self, caller: &Caller) -> bool {
        let relations = sapar_access::Relations::all();
        let sight =
            crate::caller::sight(&self.access, caller, Action::See, relations, Classes::NONE);
        !sight
            .classes
            .has(sapar_casework::classes::DataClass::Asylum)
    }

    /// Tasks of the persons who were referred to the caller's agency or whose case the team has.
    ///
    /// They are not found by the tasks that were made, since that a task was made can tell of asylum.
    async fn board_behind_firewall(
        &self,
        caller: &Caller,
        board: Board,
        limit: u32,
    ) -> Result<Vec<TaskView>, OperationError> {
        let mut persons = BTreeSet::new();
        let team = caller.team.map(|team| team.uuid());
        let going_on: [&[&str]; 2] = [&REFERRALS_GOING_ON, &CASES_GOING_ON];
        let lists = [
            (lists::REFERRALS, Some(caller.agency.uuid())),
            (lists::CASES, team),
        ];
        for ((list, owner), states) in lists.into_iter().zip(going_on) {
            let Some(owner) = owner else { continue };
            let mut query = Query::new(
                code(list),
                !crate::projection::bits(Classes::one(sapar_casework::classes::DataClass::Asylum)),
            );
            query.owners = vec![owner];
            let entries = if board == Board::Ended {
                query.order = sapar_store::Order::LatestFirst;
                query.limit = ENDED_LOOKED_AT;
                self.store.entries(query).await?.entries
            } else {
                query.states = states.iter().map(|state| code(state)).collect();
                self.all_entries(query).await?
            };
            persons.extend(entries.iter().filter_map(|entry| entry.person));
        }
        let mut found = Vec::new();
        for person in persons {
            let person: PersonId = id(person)?;
            let standing = self.standing(caller, person).await?;
            for view in self.tasks_of(caller, person, standing).await? {
                let own = board == Board::Here || view.agency == Some(caller.agency.uuid());
                if own && view.task.is_open() == (board != Board::Ended) {
                    found.push(view);
                }
            }
        }
        sort(&mut found);
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found)
    }

    /// Tasks of a person, as far as the caller may see them.
    pub(crate) async fn tasks_of(
        &self,
        caller: &Caller,
        person: PersonId,
        standing: Standing,
    ) -> Result<Vec<TaskView>, OperationError> {
        let tasks = self.state::<Tasks>(Stream::Tasks(person)).await?;
        let Some(line) = self.line_standing(caller, person, standing).await? else {
            return Ok(Vec::new());
        };
        let seen = self.seen(caller, person, standing).await?;
        let known = standing.sight(self, caller, Action::See, Classes::NONE);
        let shown = match &seen {
            // Which task was made when, and what took its place, can tell of asylum; so duties are shown as they follow from what is seen.
            Seen::Only(duties)
                if !known
                    .classes
                    .has(sapar_casework::classes::DataClass::Asylum) =>
            {
                self.tasks_of_duties(person, &tasks, duties)
            }
            Seen::Only(_) | Seen::Everything => tasks.tasks.clone(),
        };
        let mut found: Vec<TaskView> = shown
            .iter()
            .filter_map(|(id, task)| self.task_view(caller, standing, &seen, *id, task, &line))
            .collect();
        found.sort_by_key(|view| {
            (
                !view.task.is_open(),
                std::cmp::Reverse(view.escalation),
                view.due.unwrap_or(Timestamp::MAX),
                view.id,
            )
        });
        Ok(found)
    }

    /// One task for each duty that follows from what is seen, and the tasks that users added.
    ///
    /// Its identifier is made of the person and the duty, its times of events that tell nothing; done is what somebody did.
    fn tasks_of_duties(
        &self,
        person: PersonId,
        tasks: &Tasks,
        duties: &[SeenDuty],
    ) -> BTreeMap<TaskId, Task> {
        let mut shown: BTreeMap<TaskId, Task> = tasks
            .tasks
            .iter()
            .filter(|(_, task)| matches!(task.source, Source::User { .. }))
            .map(|(id, task)| (*id, task.clone()))
            .collect();
        for duty in duties {
            let id = stable_id(person, &duty.position);
            let done = tasks
                .tasks
                .values()
                .filter(|task| task.duty().is_some_and(|one| one.position == duty.position))
                .find(|task| {
                    matches!(
                        task.state,
                        TaskState::Done { .. } | TaskState::Waived { .. }
                    )
                });
            let limits = duty
                .laws
                .iter()
                .map(|law| {
                    let plain = PLAIN_EVENTS.contains(&law.event.as_str());
                    let happened = tasks.happened.get(&law.event).copied().filter(|_| plain);
                    TaskLimit::counted(law, happened, self.law.calendar())
                })
                .collect();
            let made = Stamp {
                at: Timestamp::UNIX_EPOCH,
                by: nobody(),
            };
            shown.insert(
                id,
                Task {
                    source: Source::Law(Duty {
                        position: duty.position.clone(),
                        norms: duty.refs.clone(),
                        barred_by: Vec::new(),
                    }),
                    bearer: duty.position.bearer.clone(),
                    limits,
                    classes: Classes::NONE,
                    follows: std::collections::BTreeSet::new(),
                    state: done.map_or(TaskState::Open, |task| task.state),
                    made,
                    waiver: sapar_casework::personal::Personal::erased(),
                },
            );
        }
        shown
    }

    /// What the caller may see tasks by.
    async fn seen(
        &self,
        caller: &Caller,
        person: PersonId,
        standing: Standing,
    ) -> Result<Seen, OperationError> {
        let sight = standing.sight(self, caller, Action::See, Classes::NONE);
        if Classes::ALL.visible_to(sight.classes) {
            return Ok(Seen::Everything);
        }
        let duties = self.duties_seen(person, sight.classes).await?;
        Ok(Seen::Only(duties))
    }

    /// A task; nothing where it does not exist for the caller.
    ///
    /// Who sees every class sees every task.
    /// Anybody else sees a task of the law where its duty follows already from what they see, with the articles and clocks that
    /// follow from it; and a task that somebody added where they see its classes.
    fn task_view(
        &self,
        caller: &Caller,
        standing: Standing,
        seen: &Seen,
        id: TaskId,
        task: &Task,
        person: &PersonLine,
    ) -> Option<TaskView> {
        let mut task = task.clone();
        let known = standing.sight(self, caller, Action::See, Classes::NONE);
        if !known.work {
            return None;
        }
        if let Seen::Only(duties) = seen {
            match &mut task.source {
                Source::User { .. } => {
                    let sight = standing.sight(self, caller, Action::See, task.classes);
                    if !sight.work || !task.classes.visible_to(sight.classes) {
                        return None;
                    }
                }
                Source::Law(duty) => {
                    let of_this: Vec<&SeenDuty> = duties
                        .iter()
                        .filter(|seen| seen.position == duty.position)
                        .collect();
                    if of_this.is_empty() {
                        return None;
                    }
                    duty.norms
                        .retain(|norm| of_this.iter().any(|seen| seen.norms.contains(&norm.norm)));
                    duty.barred_by
                        .retain(|_| of_this.iter().any(|seen| seen.barred));
                    task.limits.retain(|limit| {
                        limit.law.as_ref().is_some_and(|law| {
                            of_this.iter().any(|seen| {
                                seen.limits
                                    .iter()
                                    .any(|(event, norm)| *event == law.event && *norm == law.norm)
                            })
                        })
                    });
                    task.classes = Classes::NONE;
                }
            }
        }
        let task = &task;
        let decides = standing.sight(self, caller, Action::Decide, task.classes);
        let records = standing.sight(self, caller, Action::Record, task.classes);
        let agency = kind_of_bearer(&task.bearer).and_then(|kind| {
            self.directory()
                .agency_for(kind)
                .map(|agency| agency.id.uuid())
        });
        Some(TaskView {
            id,
            person: person.clone(),
            task: task.clone(),
            agency,
            due: due_at(task),
            late_from: task.overdue_from(&PATIENCE),
            escalation: task.escalation(caller.now, &PATIENCE),
            may_complete: task.is_open() && records.work,
            may_waive: task.is_open() && decides.work,
        })
    }

    /// Marks a task done.
    ///
    /// # Errors
    /// If it does not exist for the caller, or is not open.
    pub async fn complete_task(
        &self,
        caller: &Caller,
        person: PersonId,
        task: TaskId,
    ) -> Result<(), OperationError> {
        let next = self.task_id(caller.now);
        self.task_step(caller, person, task, Action::Record, |task| {
            TaskCommand::Complete {
                task,
                at: caller.now,
                next: Some(next),
            }
        })
        .await
    }

    /// Says that a task need not be done, and why.
    ///
    /// # Errors
    /// If it does not exist for the caller, they may not decide it, or it is not open.
    pub async fn waive_task(
        &self,
        caller: &Caller,
        person: PersonId,
        task: TaskId,
        reason: WaiveReason,
        words: &str,
    ) -> Result<(), OperationError> {
        self.task_step(caller, person, task, Action::Decide, |task| {
            TaskCommand::Waive {
                task,
                reason,
                words: Text::new(words),
            }
        })
        .await
    }

    /// Events of the vocabulary that clocks of the person's open tasks wait for, as far as the caller sees the tasks.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where the person does not exist for the caller.
    pub async fn awaited(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Vec<String>, OperationError> {
        let (standing, _) = self.sees(caller, person).await?;
        let tasks = self.tasks_of(caller, person, standing).await?;
        let mut events: Vec<String> = tasks
            .iter()
            .filter(|view| view.task.is_open())
            .flat_map(|view| &view.task.limits)
            .filter(|limit| limit.due == Due::Waits {})
            .filter_map(|limit| limit.law.as_ref().map(|law| law.event.clone()))
            .collect();
        events.sort();
        events.dedup();
        Ok(events)
    }

    /// Records that an event happened from which clocks run, such as the registration of an application.
    ///
    /// # Errors
    /// If no clock that the caller sees waits for it, or it lies in the future.
    pub async fn happened(
        &self,
        caller: &Caller,
        person: PersonId,
        event: &str,
        at: Timestamp,
    ) -> Result<(), OperationError> {
        if !self
            .awaited(caller, person)
            .await?
            .iter()
            .any(|awaited| awaited == event)
        {
            return Err(OperationError::NotThere);
        }
        self.may_record(caller, person, Classes::NONE).await?;
        let command = TaskCommand::Happened {
            event: event.to_owned(),
            at,
            correction: None,
        };
        self.write_task(caller, person, command).await
    }

    /// Adds a step that no norm demands.
    ///
    /// # Errors
    /// If the caller may not record data of these classes of the person.
    pub async fn add_task(
        &self,
        caller: &Caller,
        person: PersonId,
        bearer: &str,
        due: Option<Timestamp>,
        classes: Classes,
        words: &str,
    ) -> Result<(), OperationError> {
        self.may_record(caller, person, classes).await?;
        let command = TaskCommand::Add {
            task: self.task_id(caller.now),
            bearer: bearer.to_owned(),
            due,
            classes,
            words: Text::new(words),
        };
        self.write_task(caller, person, command).await
    }

    async fn task_step(
        &self,
        caller: &Caller,
        person: PersonId,
        task: TaskId,
        action: Action,
        command: impl FnOnce(TaskId) -> TaskCommand,
    ) -> Result<(), OperationError> {
        let (standing, _) = self.sees(caller, person).await?;
        let visible = self
            .tasks_of(caller, person, standing)
            .await?
            .into_iter()
            .find(|view| view.id == task)
            .ok_or(OperationError::NotThere)?;
        let may = standing.sight(self, caller, action, visible.task.classes);
        if !may.work {
            return Err(OperationError::NotPermitted);
        }
        let tasks = self.state::<Tasks>(Stream::Tasks(person)).await?;
        let kept = match visible.task.duty() {
            // Behind the firewall a duty is shown under a name of its own; the task that is kept is found by the duty.
            Some(duty) if !tasks.tasks.contains_key(&task) => tasks
                .open()
                .find(|(_, kept)| kept.duty().is_some_and(|one| one.position == duty.position))
                .map(|(kept, _)| kept)
                .ok_or(OperationError::NotThere)?,
            _ => task,
        };
        self.write_task(caller, person, command(kept)).await
    }

    async fn write_task(
        &self,
        caller: &Caller,
        person: PersonId,
        command: TaskCommand,
    ) -> Result<(), OperationError> {
        let mut loaded = self.load::<Tasks>(Stream::Tasks(person)).await?;
        let events = loaded
            .state
            .decide(command, self.law.calendar(), &caller.stamp())?;
        self.record(caller, &mut loaded, Some(person), events, |event| {
            Body::Tasks(person, event)
        })
        .await
    }
}

/// What is most urgent first.
fn sort(tasks: &mut [TaskView]) {
    tasks.sort_by_key(|view| {
        (
            std::cmp::Reverse(view.escalation),
            view.due.unwrap_or(Timestamp::MAX),
            view.id,
        )
    });
}

/// A name for a duty towards a person that is the same whenever it is shown.
fn stable_id(person: PersonId, position: &PositionKey) -> TaskId {
    let bytes = format!("{person} {position}").into_bytes();
    let mut id = [0_u8; 16];
    for (to, from) in id.iter_mut().zip(sapar_ledger::Hash::of(&bytes).0) {
        *to = from;
    }
    let id = uuid::Builder::from_bytes(id)
        .with_version(uuid::Version::SortRand)
        .with_variant(uuid::Variant::RFC4122)
        .into_uuid();
    #[expect(clippy::expect_used, reason = "the version was set one line above")]
    TaskId::new(id).expect("of version 7")
}

/// Who made a task that is shown without telling who made it.
fn nobody() -> Actor {
    let id = Uuid::from_u128(0x7000_8000_0000_0000_0000);
    #[expect(clippy::expect_used, reason = "the constant is of version 7")]
    Actor {
        user: id.try_into().expect("of version 7"),
        agency: id.try_into().expect("of version 7"),
        team: None,
        post: None,
    }
}
