//! What agencies must do for a person, and until when.
//!
//! One board a person holds all tasks, so that nothing is demanded twice: for one norm and person at most one task is open.
//! Tasks come from the certain duties of an outcome ([`Tasks::follow`]) or from a user.
//! Done tasks stay done. Whether a task is overdue is asked with the time of asking, never stored.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::classes::Classes;
use crate::ids::{ScreeningId, TaskId};
use crate::outcome::{NormRef, PositionKey};
use crate::personal::{Personal, Text, sealed_in};
use crate::stamp::Stamp;

mod decide;
mod due;
mod follow;

pub(crate) use due::levels;
pub use due::{Due, ESCALATION_MAX, Patience, TaskLimit};

/// The duty behind a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Who must do what.
    pub position: PositionKey,
    /// The norms it rests on.
    pub norms: Vec<NormRef>,
    /// Prohibitions of the same act that stand, or may stand, against it.
    /// A barred task is not to be acted on before a lawyer has settled which prevails.
    pub barred_by: Vec<PositionKey>,
}

/// Where a task comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The law.
    Law(Duty),
    /// A user added it.
    User {
        /// What is to be done.
        words: Personal<Text>,
    },
}

/// Why a task need not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaiveReason {
    /// Another agency does it.
    DoneElsewhere,
    /// The person left or cannot be found.
    PersonGone,
    /// The person refuses, and may.
    PersonRefuses,
    /// It was recorded by mistake.
    Mistake,
    /// Another reason, told in words.
    Other,
}

/// Where a task stands. Open is the only state that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    /// To be done.
    Open,
    /// Done.
    Done {
        /// When it was done.
        at: Timestamp,
        /// Whether that was after its due time.
        late: bool,
        /// Who recorded it, when.
        stamp: Stamp,
    },
    /// Not to be done, with a reason.
    Waived {
        /// Why.
        reason: WaiveReason,
        /// Who, when.
        stamp: Stamp,
    },
    /// Facts or law changed.
    Replaced {
        /// The task that took its place; `None` where the duty is gone.
        by: Option<TaskId>,
        /// When, and by whose change.
        stamp: Stamp,
    },
}

/// Something an agency must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Where it comes from.
    pub source: Source,
    /// Who must do it: an actor of the vocabulary.
    pub bearer: String,
    /// Its limits with their due times.
    pub limits: Vec<TaskLimit>,
    /// What it tells of the person.
    pub classes: Classes,
    /// The screenings whose outcomes demand it.
    pub follows: BTreeSet<ScreeningId>,
    /// Where it stands.
    pub state: TaskState,
    /// Who caused it, when.
    pub made: Stamp,
    /// Why it was waived, in words.
    pub waiver: Personal<Text>,
}

impl Task {
    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == TaskState::Open
    }

    /// Its duty, where it comes from the law.
    #[must_use]
    pub fn duty(&self) -> Option<&Duty> {
        match &self.source {
            Source::Law(duty) => Some(duty),
            Source::User { .. } => None,
        }
    }
}

/// What somebody wants of a person's tasks. Following an outcome is [`Tasks::follow`].
#[derive(Debug, Clone)]
pub enum TaskCommand {
    /// Add a step that no norm demands.
    Add {
        /// The task.
        task: TaskId,
        /// Who must do it: an actor of the vocabulary.
        bearer: String,
        /// Until when.
        due: Option<Timestamp>,
        /// What it tells of the person.
        classes: Classes,
        /// What is to be done.
        words: Text,
    },
    /// An event of the vocabulary happened to the person: limits start to run.
    Happened {
        /// Which.
        event: String,
        /// When.
        at: Timestamp,
        /// Why another time was recorded before; needed where one was.
        correction: Option<Text>,
    },
    /// A task was done.
    Complete {
        /// Which.
        task: TaskId,
        /// When it was done.
        at: Timestamp,
        /// The task for the next time, where the law says "every so often".
        next: Option<TaskId>,
    },
    /// A task need not be done.
    Waive {
        /// Which.
        task: TaskId,
        /// Why.
        reason: WaiveReason,
        /// In words.
        words: Text,
    },
}

/// What happened to a person's tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum TaskEvent {
    /// A duty became a task.
    Made {
        /// The task.
        task: TaskId,
        /// The duty.
        duty: Duty,
        /// Its limits with their due times.
        limits: Vec<TaskLimit>,
        /// What it tells of the person.
        classes: Classes,
        /// The screenings that demand it.
        follows: BTreeSet<ScreeningId>,
    },
    /// A user added a task.
    Added {
        /// The task.
        task: TaskId,
        /// Who must do it.
        bearer: String,
        /// Until when.
        due: Option<Timestamp>,
        /// What it tells of the person.
        classes: Classes,
        /// What is to be done.
        #[serde(skip)]
        personal: Personal<Text>,
    },
    /// One more screening demands an open task.
    Joined {
        /// The task.
        task: TaskId,
        /// The screening.
        screening: ScreeningId,
        /// What the task tells of the person.
        classes: Classes,
    },
    /// A screening demands a task no more, and another still does.
    Left {
        /// The task.
        task: TaskId,
        /// The screening.
        screening: ScreeningId,
        /// What the task tells of the person.
        classes: Classes,
    },
    /// An event of the vocabulary happened.
    Happened {
        /// Which.
        event: String,
        /// When.
        at: Timestamp,
        /// What that tells of the person.
        classes: Classes,
        /// Why another time was recorded before; empty where none was.
        #[serde(skip)]
        personal: Personal<Text>,
    },
    /// Due times were counted.
    Counted {
        /// The task.
        task: TaskId,
        /// All its limits.
        limits: Vec<TaskLimit>,
        /// What the task tells of the person.
        classes: Classes,
    },
    /// Done.
    Done {
        /// The task.
        task: TaskId,
        /// When.
        at: Timestamp,
        /// Whether too late.
        late: bool,
        /// What the task tells of the person.
        classes: Classes,
    },
    /// Waived.
    Waived {
        /// The task.
        task: TaskId,
        /// Why.
        reason: WaiveReason,
        /// What the task tells of the person.
        classes: Classes,
        /// In words.
        #[serde(skip)]
        personal: Personal<Text>,
    },
    /// Replaced.
    Replaced {
        /// The task.
        task: TaskId,
        /// By which; `None` where the duty is gone.
        by: Option<TaskId>,
        /// What the task tells of the person.
        classes: Classes,
    },
}

sealed_in!(TaskEvent: Added Happened Waived);

impl TaskEvent {
    /// What the event tells of the person by its open part alone.
    #[must_use]
    pub fn classes(&self) -> Classes {
        match self {
            TaskEvent::Made { classes, .. }
            | TaskEvent::Added { classes, .. }
            | TaskEvent::Joined { classes, .. }
            | TaskEvent::Left { classes, .. }
            | TaskEvent::Happened { classes, .. }
            | TaskEvent::Counted { classes, .. }
            | TaskEvent::Done { classes, .. }
            | TaskEvent::Waived { classes, .. }
            | TaskEvent::Replaced { classes, .. } => *classes,
        }
    }
}

/// All tasks of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tasks {
    /// By id, so in the order in which they were made.
    pub tasks: BTreeMap<TaskId, Task>,
    /// When events of the vocabulary happened.
    pub happened: BTreeMap<String, Timestamp>,
}

impl Tasks {
    /// Open tasks.
    pub fn open(&self) -> impl Iterator<Item = (TaskId, &Task)> {
        self.tasks
            .iter()
            .filter(|(_, task)| task.is_open())
            .map(|(id, task)| (*id, task))
    }

    /// Open tasks that demand the same of the same: two posts made them while cut off from each other.
    /// One of each pair is to be waived by a person.
    #[must_use]
    pub fn doubles(&self) -> Vec<(TaskId, TaskId)> {
        let mut first: BTreeMap<&PositionKey, TaskId> = BTreeMap::new();
        let mut doubles = Vec::new();
        for (id, task) in self.open() {
            if let Some(duty) = task.duty()
                && let Some(other) = first.insert(&duty.position, id)
            {
                doubles.push((other, id));
            }
        }
        doubles
    }

    /// What a reader of these classes may see; other tasks do not exist for them.
    ///
    /// That a task is there at all can still tell of a hidden fact by an invariant of the vocabulary,
    /// so a reader behind the firewall is shown those only that [`crate::screening::Screening::outcome_seen`] demands too.
    pub fn visible_to(&self, seen: Classes) -> impl Iterator<Item = (TaskId, &Task)> {
        self.tasks
            .iter()
            .filter(move |(_, task)| task.classes.visible_to(seen))
            .map(|(id, task)| (*id, task))
    }
}
