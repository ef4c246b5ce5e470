//! When a task is due, and how long it has been overdue.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sapar_calendar::{Calendar, DeadlineError};
use serde::{Deserialize, Serialize};

use super::{Source, Task};
use crate::outcome::{Limit, LimitRef};

/// When a limit ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Due {
    /// The starting event has not happened, or nobody recorded that it has.
    Waits {},
    /// The law says at once, without delay or as soon as possible, and gives no number.
    Promptly {
        /// When the starting event happened.
        since: Timestamp,
    },
    /// A user said: before this instant.
    At {
        /// The instant.
        ends: Timestamp,
    },
    /// Must be done before this instant.
    By {
        /// The instant.
        ends: Timestamp,
        /// The last day, by the calendar.
        last_day: Date,
    },
    /// A holiday is not announced yet: the last day is one of these or lies between. The earlier one is safe.
    Between {
        /// The end of the earliest last day.
        ends: Timestamp,
        /// The earliest last day.
        earliest: Date,
        /// The latest.
        latest: Date,
    },
    /// The calendar could not count it. Not the same as no limit: somebody must count by hand.
    NotCounted {
        /// When the starting event happened.
        since: Timestamp,
    },
    /// Not a time by which to act: a shortest time, or until an event.
    NoEnd {},
}

/// A limit of a task and when it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskLimit {
    /// The law's limit; `None` for a due time that a user set.
    pub law: Option<LimitRef>,
    /// When it ends.
    pub due: Due,
}

impl TaskLimit {
    /// Counts a limit from when its event happened, if it did.
    #[must_use]
    pub fn counted(law: &LimitRef, happened: Option<Timestamp>, calendar: &Calendar) -> Self {
        Self {
            law: Some(law.clone()),
            due: due(law.limit, happened, calendar),
        }
    }

    /// When it is overdue from.
    fn overdue_from(&self, patience: &Patience) -> Option<Timestamp> {
        let after = |since: &Timestamp, wait: SignedDuration| since.checked_add(wait).ok();
        match &self.due {
            Due::Waits {} | Due::NoEnd {} => None,
            Due::At { ends } | Due::By { ends, .. } | Due::Between { ends, .. } => Some(*ends),
            Due::Promptly { since } => match self.law.as_ref().map(|law| law.limit) {
                Some(Limit::AtOnce) => after(since, patience.at_once),
                Some(Limit::AsSoonAsPossible) => after(since, patience.as_soon_as_possible),
                _ => after(since, patience.without_delay),
            },
            Due::NotCounted { since } => after(since, patience.without_delay),
        }
    }
}

fn due(limit: Limit, happened: Option<Timestamp>, calendar: &Calendar) -> Due {
    if matches!(limit, Limit::AtLeast(_) | Limit::Until) {
        return Due::NoEnd {};
    }
    let Some(since) = happened else {
        return Due::Waits {};
    };
    let zone = calendar.time_zone();
    let event = since.to_zoned_datetime(zone.clone()).datetime();
    match sapar_screening::due_of(limit.kind(), event, calendar) {
        None => Due::Promptly { since },
        Some(Ok(deadline)) => Due::By {
            ends: deadline.ends().timestamp(),
            last_day: deadline.last_day(),
        },
        Some(Err(DeadlineError::Uncertain {
            earliest, latest, ..
        })) => {
            let end = earliest
                .tomorrow()
                .ok()
                .and_then(|day| zone.to_zoned_datetime(day.at(0, 0, 0, 0)).ok());
            match end {
                Some(end) => Due::Between {
                    ends: end.timestamp(),
                    earliest,
                    latest,
                },
                None => Due::NotCounted { since },
            }
        }
        Some(Err(_)) => Due::NotCounted { since },
    }
}

/// How long is waited where the law gives no number, before a task counts as overdue.
///
/// The law does not say, so the agency's head does; there is no default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For "at once".
    pub at_once: SignedDuration,
    /// For "without delay", and for what the calendar cannot count.
    pub without_delay: SignedDuration,
    /// For "as soon as possible".
    pub as_soon_as_possible: SignedDuration,
    /// After each further time so long, the next higher level is told.
    pub level: SignedDuration,
}

/// Levels above which nobody is.
pub const ESCALATION_MAX: u32 = 9;

impl Task {
    /// When its earliest counted limit ends; `None` where none is counted in numbers, or not yet.
    #[must_use]
    pub fn ends(&self) -> Option<Timestamp> {
        self.limits
            .iter()
            .filter_map(|limit| match &limit.due {
                Due::At { ends } | Due::By { ends, .. } | Due::Between { ends, .. } => Some(*ends),
                _ => None,
            })
            .min()
    }

    /// Whether a limit waits for its starting event.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.limits.iter().any(|limit| limit.due == Due::Waits {})
    }

    /// From when it is overdue, should it still be open then.
    #[must_use]
    pub fn overdue_from(&self, patience: &Patience) -> Option<Timestamp> {
        self.limits
            .iter()
            .filter_map(|limit| limit.overdue_from(patience))
            .min()
    }

    /// Whether it is open and overdue.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp, patience: &Patience) -> bool {
        self.escalation(now, patience) > 0
    }

    /// Whom to tell: 0 nobody, 1 as soon as it is overdue, one more after each [`Patience::level`], at most [`ESCALATION_MAX`].
    ///
    /// It never falls as time goes on while the task is open.
    #[must_use]
    pub fn escalation(&self, now: Timestamp, patience: &Patience) -> u32 {
        let Some(from) = self
            .overdue_from(patience)
            .filter(|from| self.is_open() && now >= *from)
        else {
            return 0;
        };
        levels(now.duration_since(from), patience.level)
    }

    /// Whether the words of a user's task are gone.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        matches!(&self.source, Source::User { words } if !words.is_known())
    }
}

/// One, and one more for each step.
pub(crate) fn levels(overdue: SignedDuration, step: SignedDuration) -> u32 {
    if step <= SignedDuration::ZERO {
        return 1;
    }
    let steps = overdue.as_secs() / step.as_secs().max(1);
    u32::try_from(steps)
        .unwrap_or(ESCALATION_MAX)
        .saturating_add(1)
        .min(ESCALATION_MAX)
}
