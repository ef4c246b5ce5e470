//! What may happen to tasks, and what it changes.

use jiff::Timestamp;
use sapar_calendar::Calendar;

use super::{Due, Source, Task, TaskCommand, TaskEvent, TaskLimit, TaskState, Tasks, WaiveReason};
use crate::classes::Classes;
use crate::ids::TaskId;
use crate::outcome::Limit;
use crate::person::{not_too_long, words as check_words};
use crate::personal::{Personal, Text};
use crate::refusal::Refusal;
use crate::stamp::{Fold, Stamp};

/// Events that tell nothing of the classes: they happen to anyone at a border.
const PLAIN_EVENTS: &[&str] = &[
    "arrival",
    "presentation at border",
    "apprehension",
    "disembarkation",
];

impl Tasks {
    /// What happens if the command is carried out now; the calendar is that of the country whose law is followed.
    ///
    /// # Errors
    /// When the command does not fit the state; the refusal says what to do.
    pub fn decide(
        &self,
        command: TaskCommand,
        calendar: &Calendar,
        stamp: &Stamp,
    ) -> Result<Vec<TaskEvent>, Refusal> {
        match command {
            TaskCommand::Add {
                task,
                bearer,
                due,
                classes,
                words,
            } => {
                if self.tasks.contains_key(&task) {
                    return Err(Refusal::ExistsAlready);
                }
                check_words(&words)?;
                Ok(vec![TaskEvent::Added {
                    task,
                    bearer,
                    due,
                    classes,
                    personal: Personal::known(words),
                }])
            }
            TaskCommand::Happened {
                event,
                at,
                correction,
            } => self.happened(event, at, correction, calendar, stamp),
            TaskCommand::Complete { task, at, next } => {
                self.complete(task, at, next, calendar, stamp)
            }
            TaskCommand::Waive {
                task,
                reason,
                words,
            } => {
                let classes = self.open_task(task)?.classes;
                if reason == WaiveReason::Other {
                    check_words(&words)?;
                }
                not_too_long(&words)?;
                Ok(vec![TaskEvent::Waived {
                    task,
                    reason,
                    classes,
                    personal: Personal::known(words),
                }])
            }
        }
    }

    /// Decides, and takes what happened in.
    ///
    /// # Errors
    /// As [`Tasks::decide`]; then nothing has changed.
    pub fn carry_out(
        &mut self,
        command: TaskCommand,
        calendar: &Calendar,
        stamp: &Stamp,
    ) -> Result<Vec<TaskEvent>, Refusal> {
        let events = self.decide(command, calendar, stamp)?;
        self.apply_all(&events, stamp);
        Ok(events)
    }

    fn open_task(&self, task: TaskId) -> Result<&Task, Refusal> {
        let task = self.tasks.get(&task).ok_or(Refusal::NotThere)?;
        if task.is_open() {
            Ok(task)
        } else {
            Err(Refusal::TaskEnded)
        }
    }

    fn happened(
        &self,
        event: String,
        at: Timestamp,
        correction: Option<Text>,
        calendar: &Calendar,
        stamp: &Stamp,
    ) -> Result<Vec<TaskEvent>, Refusal> {
        stamp.not_before(at)?;
        let reason = match self.happened.get(&event) {
            Some(before) if *before == at => return Ok(Vec::new()),
            Some(_) => correction.ok_or(Refusal::EventKnownOtherwise)?,
            None => correction.unwrap_or_default(),
        };
        if self.happened.contains_key(&event) {
            check_words(&reason)?;
        }
        not_too_long(&reason)?;
        let starts = |limit: &TaskLimit| limit.law.as_ref().is_some_and(|law| law.event == event);
        let touched: Vec<(TaskId, &Task)> = self
            .open()
            .filter(|(_, task)| task.limits.iter().any(&starts))
            .collect();
        let classes = if PLAIN_EVENTS.contains(&event.as_str()) {
            Classes::NONE
        } else if touched.is_empty() {
            // Nothing tells what the event is about, so it is shown to those who may see everything.
            Classes::ALL
        } else {
            touched.iter().fold(Classes::NONE, |classes, (_, task)| {
                classes.and(task.classes)
            })
        };
        let counted: Vec<TaskEvent> = touched
            .iter()
            .map(|(id, task)| TaskEvent::Counted {
                task: *id,
                limits: task
                    .limits
                    .iter()
                    .map(|limit| match &limit.law {
                        Some(law) if law.event == event => {
                            TaskLimit::counted(law, Some(at), calendar)
                        }
                        _ => limit.clone(),
                    })
                    .collect(),
                classes: task.classes,
            })
            .collect();
        let first = TaskEvent::Happened {
            event,
            at,
            classes,
            personal: Personal::known(reason),
        };
        Ok(std::iter::once(first).chain(counted).collect())
    }

    fn complete(
        &self,
        id: TaskId,
        at: Timestamp,
        next: Option<TaskId>,
        calendar: &Calendar,
        stamp: &Stamp,
    ) -> Result<Vec<TaskEvent>, Refusal> {
        let task = self.open_task(id)?;
        stamp.not_before(at)?;
        let late = task.ends().is_some_and(|ends| at >= ends);
        let mut events = vec![TaskEvent::Done {
            task: id,
            at,
            late,
            classes: task.classes,
        }];
        let again = |limit: &TaskLimit| matches!(&limit.law, Some(law) if matches!(law.limit, Limit::Every(_)));
        if let Some(duty) = task.duty()
            && task.limits.iter().any(again)
        {
            let next = next.ok_or(Refusal::IdsNeeded)?;
            if self.tasks.contains_key(&next) {
                return Err(Refusal::ExistsAlready);
            }
            // What recurs is counted from when it was done last; the other limits ended with the first time.
            let limits = task
                .limits
                .iter()
                .filter(|limit| again(limit))
                .filter_map(|limit| limit.law.as_ref())
                .map(|law| TaskLimit::counted(law, Some(at), calendar))
                .collect();
            events.push(TaskEvent::Made {
                task: next,
                duty: duty.clone(),
                limits,
                classes: task.classes,
                follows: task.follows.clone(),
            });
        }
        Ok(events)
    }

    fn change(&mut self, task: TaskId, change: impl FnOnce(&mut Task)) {
        // What has ended stays as it was recorded, whatever arrives from another post afterwards.
        if let Some(task) = self.tasks.get_mut(&task).filter(|task| task.is_open()) {
            change(task);
        }
    }
}

impl Fold for Tasks {
    type Event = TaskEvent;

    fn apply(&mut self, event: &TaskEvent, stamp: &Stamp) {
        match event {
            TaskEvent::Made {
                task,
                duty,
                limits,
                classes,
                follows,
            } => {
                self.tasks.entry(*task).or_insert_with(|| Task {
                    source: Source::Law(duty.clone()),
                    bearer: duty.position.bearer.clone(),
                    limits: limits.clone(),
                    classes: *classes,
                    follows: follows.clone(),
                    state: TaskState::Open,
                    made: *stamp,
                    waiver: Personal::erased(),
                });
            }
            TaskEvent::Added {
                task,
                bearer,
                due,
                classes,
                personal,
            } => {
                let limits = due
                    .map(|ends| TaskLimit {
                        law: None,
                        due: Due::At { ends },
                    })
                    .into_iter()
                    .collect();
                self.tasks.entry(*task).or_insert_with(|| Task {
                    source: Source::User {
                        words: personal.clone(),
                    },
                    bearer: bearer.clone(),
                    limits,
                    classes: *classes,
                    follows: std::collections::BTreeSet::new(),
                    state: TaskState::Open,
                    made: *stamp,
                    waiver: Personal::erased(),
                });
            }
            TaskEvent::Joined {
                task, screening, ..
            } => {
                self.change(*task, |task| {
                    task.follows.insert(*screening);
                });
            }
            TaskEvent::Left {
                task, screening, ..
            } => {
                self.change(*task, |task| {
                    task.follows.remove(screening);
                });
            }
            TaskEvent::Happened { event, at, .. } => {
                self.happened.insert(event.clone(), *at);
            }
            TaskEvent::Counted { task, limits, .. } => {
                self.change(*task, |task| task.limits.clone_from(limits));
            }
            TaskEvent::Done { task, at, late, .. } => {
                self.change(*task, |task| {
                    task.state = TaskState::Done {
                        at: *at,
                        late: *late,
                        stamp: *stamp,
                    };
                });
            }
            TaskEvent::Waived {
                task,
                reason,
                personal,
                ..
            } => {
                self.change(*task, |task| {
                    task.state = TaskState::Waived {
                        reason: *reason,
                        stamp: *stamp,
                    };
                    task.waiver = personal.clone();
                });
            }
            TaskEvent::Replaced { task, by, .. } => {
                self.change(*task, |task| {
                    task.state = TaskState::Replaced {
                        by: *by,
                        stamp: *stamp,
                    };
                });
            }
        }
    }
}
