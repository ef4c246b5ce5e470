//! From an outcome to tasks.

use std::collections::BTreeSet;

use sapar_calendar::Calendar;

use super::{Duty, Task, TaskEvent, TaskLimit, TaskState, Tasks};
use crate::ids::{ScreeningId, TaskId};
use crate::outcome::{Force, Limit, LimitRef, RecordedOutcome, RecordedPosition};

impl Tasks {
    /// What the newest outcome of a screening does to the person's tasks.
    ///
    /// * Every certain duty has one open task, unless one was done or waived for this screening already.
    /// * A task whose duty is the same stays; with other limits, norms or bars it is replaced.
    /// * A task whose duty this screening demands no more is replaced by nothing, unless another screening demands it:
    ///   a second, shorter interview takes nothing away that the first found.
    ///
    /// `next_id` gives a fresh identifier each time it is called.
    #[must_use]
    pub fn follow(
        &self,
        screening: ScreeningId,
        outcome: &RecordedOutcome,
        calendar: &Calendar,
        mut next_id: impl FnMut() -> TaskId,
    ) -> Vec<TaskEvent> {
        let mut events = Vec::new();
        let mut made = Vec::new();
        let mut ended = BTreeSet::new();
        for position in outcome.certain(Force::Duty) {
            let of_this = |task: &&Task| {
                task.duty()
                    .is_some_and(|duty| duty.position == position.position)
            };
            let open = self.open().find(|(_, task)| of_this(task));
            let replaced = match open {
                Some((task, open)) if is_same(open, position) => {
                    if !open.follows.contains(&screening) {
                        events.push(TaskEvent::Joined {
                            task,
                            screening,
                            classes: open.classes,
                        });
                    }
                    continue;
                }
                Some(open) => Some(open),
                None if self
                    .tasks
                    .values()
                    .filter(of_this)
                    .any(|task| is_settled(task, screening, position)) =>
                {
                    continue;
                }
                None => None,
            };
            let task = next_id();
            let mut follows = BTreeSet::from([screening]);
            // Under another law a norm may bind somebody else: its old task gives way as well.
            let same_norm = self.open().filter(|(_, task)| shares_norm(task, position));
            for (old, open) in replaced.into_iter().chain(same_norm) {
                if ended.insert(old) {
                    follows.extend(&open.follows);
                    events.push(TaskEvent::Replaced {
                        task: old,
                        by: Some(task),
                        classes: open.classes,
                    });
                }
            }
            made.push(TaskEvent::Made {
                task,
                duty: duty(position),
                limits: self.counted(position.limits.iter(), calendar),
                classes: position.classes,
                follows,
            });
        }
        for (task, open) in self.open() {
            let Some(duty) = open.duty() else { continue };
            let demanded = outcome
                .certain(Force::Duty)
                .any(|position| position.position == duty.position);
            if demanded || ended.contains(&task) || !open.follows.contains(&screening) {
                continue;
            }
            events.push(if open.follows.len() > 1 {
                TaskEvent::Left {
                    task,
                    screening,
                    classes: open.classes,
                }
            } else {
                TaskEvent::Replaced {
                    task,
                    by: None,
                    classes: open.classes,
                }
            });
        }
        // Old ones end before new ones are made, so that no norm has two open tasks in between.
        events.append(&mut made);
        events
    }

    /// Limits counted from what has happened.
    pub(super) fn counted<'l>(
        &self,
        limits: impl Iterator<Item = &'l LimitRef>,
        calendar: &Calendar,
    ) -> Vec<TaskLimit> {
        limits
            .map(|limit| {
                TaskLimit::counted(limit, self.happened.get(&limit.event).copied(), calendar)
            })
            .collect()
    }
}

fn duty(position: &RecordedPosition) -> Duty {
    Duty {
        position: position.position.clone(),
        norms: position.norms.clone(),
        barred_by: position.barred_by.clone(),
    }
}

fn shares_norm(task: &Task, position: &RecordedPosition) -> bool {
    task.duty().is_some_and(|duty| {
        duty.norms
            .iter()
            .any(|norm| position.norms.iter().any(|other| other.norm == norm.norm))
    })
}

/// Whether an open task says what the position says.
fn is_same(task: &Task, position: &RecordedPosition) -> bool {
    let limits = || task.limits.iter().filter_map(|limit| limit.law.as_ref());
    let recurring = || {
        position
            .limits
            .iter()
            .filter(|limit| matches!(limit.limit, Limit::Every(_)))
    };
    // The task for the next time has only the limits that recur.
    let same_limits = limits().eq(position.limits.iter())
        || (recurring().next().is_some() && limits().eq(recurring()));
    task.duty() == Some(&duty(position)) && same_limits && task.classes == position.classes
}

/// Whether a task was done for this screening, or waived on the same grounds.
fn is_settled(task: &Task, screening: ScreeningId, position: &RecordedPosition) -> bool {
    task.follows.contains(&screening)
        && match task.state {
            TaskState::Done { .. } => true,
            TaskState::Waived { .. } => task.duty() == Some(&duty(position)),
            TaskState::Open | TaskState::Replaced { .. } => false,
        }
}
