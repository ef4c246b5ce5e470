//! A task in a line: what, who, by when, and what can be done with it.

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::form::{Fields, Form, Input, button_form};
use crate::frame::Frame;
use crate::parts::{Icon, PersonLine, badge, icon, person_link};
use crate::text::{Choice, Prose, Text};

/// When something is due.
#[derive(Clone, Default, PartialEq)]
pub enum Due {
    /// There is no time by which to act.
    #[default]
    NoEnd,
    /// The event from which the time runs has not happened, or nobody recorded it.
    Waits {
        /// The event, in words of the law.
        event: Prose,
    },
    /// At once, without delay or as soon as possible, and no number is given.
    Promptly {
        /// Since when.
        since: Timestamp,
    },
    /// Before this instant.
    By {
        /// The instant.
        ends: Timestamp,
    },
    /// A holiday is not announced yet: the last day is one of these or between. The earlier one is safe.
    Between {
        /// The end of the earliest last day.
        ends: Timestamp,
        /// The earliest last day.
        earliest: Date,
        /// The latest.
        latest: Date,
    },
    /// The calendar could not count it; somebody must count by hand.
    NotCounted {
        /// When the starting event happened.
        since: Timestamp,
    },
}

impl Due {
    /// Whether it is past at that time.
    #[must_use]
    pub fn is_past(&self, now: Timestamp) -> bool {
        match self {
            Due::By { ends } | Due::Between { ends, .. } => *ends <= now,
            _ => false,
        }
    }
}

/// Where a task stands.
#[derive(Clone, Default, PartialEq)]
pub enum TaskState {
    /// To be done.
    #[default]
    Open,
    /// Done.
    Done {
        /// When.
        at: Timestamp,
        /// Whether after its due time.
        late: bool,
    },
    /// Not to be done.
    Waived {
        /// Why.
        reason: Text,
    },
    /// Facts or law changed.
    Replaced,
}

/// What the reader may do with a task.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct TaskActions {
    /// Say that it is done.
    pub complete: bool,
    /// Say that it need not be done.
    pub waive: bool,
}

/// A task as lists show it.
#[derive(Clone, Default, PartialEq)]
pub struct TaskLine {
    /// Which.
    pub id: String,
    /// What is to be done.
    pub what: Prose,
    /// Who must do it.
    pub bearer: Text,
    /// For whom; `None` where the list is of one person.
    pub person: Option<PersonLine>,
    /// When it is due.
    pub due: Due,
    /// Where it stands.
    pub state: TaskState,
    /// Whether it is late for so long that it stands on the supervisor's desk.
    pub escalated: bool,
    /// Since when it is late; `None` while it is not.
    pub late_since: Option<Timestamp>,
    /// The article that demands it; empty for one that a user added.
    pub article: Prose,
    /// What the reader may do with it.
    pub actions: TaskActions,
}

/// The reasons for which a task can be waived, by the codes of casework.
pub(crate) const WAIVE_REASONS: [&str; 5] = [
    "done-elsewhere",
    "person-gone",
    "person-refuses",
    "mistake",
    "other",
];

/// When something is due, in words, with how long that is from now.
pub(crate) fn due(frame: &Frame, due: &Due) -> Markup {
    let past = due.is_past(frame.now);
    html! {
        @if *due != Due::NoEnd {
            p class={ "due" @if past { " past" } } {
                (icon(if past { Icon::Warning } else { Icon::Clock }))
                @match due {
                    Due::NoEnd => {}
                    Due::Waits { event } => span { (frame.text("due-waits")) " " (event) },
                    Due::Promptly { since } => span {
                        strong { (frame.text("due-promptly")) } " "
                        (frame.text_with("due-since", &[("moment", frame.moment(*since).into())]))
                    },
                    Due::By { ends } => span {
                        strong { (frame.until_due(*ends)) } " "
                        (frame.text_with("due-by", &[("moment", frame.moment(*ends).into())]))
                    },
                    Due::Between { ends, earliest, latest } => span {
                        strong { (frame.until_due(*ends)) } " "
                        (frame.text_with("due-between", &[
                            ("earliest", frame.date(*earliest).into()),
                            ("latest", frame.date(*latest).into()),
                        ]))
                    },
                    Due::NotCounted { since } => span {
                        strong { (frame.text("due-not-counted")) } " "
                        (frame.text_with("due-since", &[("moment", frame.moment(*since).into())]))
                    },
                }
            }
        }
    }
}

/// Escalated tasks, before everything else of a supervisor: who is late with what, for whom, and since when.
pub(crate) fn escalated(frame: &Frame, tasks: &[TaskLine], more: u32) -> Markup {
    html! {
        @if !tasks.is_empty() {
            section class="caution" aria-labelledby="escalated" {
                h2 id="escalated" { (icon(Icon::Warning)) (frame.text("escalated-title")) }
                p { (frame.text("escalated-text")) }
                ul class="rows" {
                    @for task in tasks {
                        li {
                            p { strong { (frame.say(&task.bearer)) } ": " (task.what) }
                            @if let Some(since) = task.late_since {
                                p class="meta" {
                                    span { (frame.text_with("escalated-since", &[("moment", frame.moment(since).into())])) }
                                    span { (frame.until_due(since)) }
                                }
                            }
                            @if let Some(person) = &task.person { p { (person_link(frame, person)) } }
                        }
                    }
                }
                @if more > 0 { p { a href="/tasks?state=here" { (frame.text_with("tasks-more", &[("count", more.into())])) } } }
            }
        }
    }
}

/// Tasks under each other.
pub(crate) fn task_list(frame: &Frame, tasks: &[TaskLine]) -> Markup {
    html! {
        ul class="tasks" {
            @for task in tasks { li id={ "task-" (task.id) } class={ "task" @if is_late(frame, task) { " late" } } { (line(frame, task)) } }
        }
    }
}

fn is_late(frame: &Frame, task: &TaskLine) -> bool {
    task.state == TaskState::Open && task.due.is_past(frame.now)
}

fn line(frame: &Frame, task: &TaskLine) -> Markup {
    html! {
        div class="task-what" {
            p class="what" { (task.what) }
            p class="meta" {
                span { (frame.say(&task.bearer)) }
                @if !task.article.is_empty() { span { (task.article) } }
                @if task.escalated { (badge("late", &frame.text("task-escalated"))) }
                @match &task.state {
                    TaskState::Open => {}
                    TaskState::Done { at, late } => {
                        (badge("done", &frame.text(if *late { "task-done-late" } else { "task-done" }))) (frame.time(*at))
                    }
                    TaskState::Waived { reason } => { (badge("quiet", &frame.text("task-waived"))) span { (frame.say(reason)) } }
                    TaskState::Replaced => (badge("quiet", &frame.text("task-replaced"))),
                }
            }
            @if let Some(person) = &task.person { p { (person_link(frame, person)) } }
            @if task.state == TaskState::Open { (due(frame, &task.due)) }
        }
        @if task.state == TaskState::Open { (actions(frame, task)) }
    }
}

fn actions(frame: &Frame, task: &TaskLine) -> Markup {
    let empty = Form::default();
    let prefix = format!("waive-{}", task.id);
    let fields = Fields::named(frame, &empty, &prefix);
    html! {
        @if task.actions.complete || task.actions.waive {
            div class="task-actions" {
                @if task.actions.complete {
                    (button_form(frame, &format!("/tasks/{}/completion", task.id), "task-complete", "secondary"))
                }
                @if task.actions.waive {
                    details class="more" {
                        summary { (frame.text("task-waive")) }
                        (fields.form(&format!("/tasks/{}/waiver", task.id), &html! {
                            (fields.radios(&Input::new("reason", "task-waive-why"), &Choice::words("waive-reason", WAIVE_REASONS)))
                            (fields.area(&Input::new("words", "field-words").optional(), 2))
                            (fields.submit("task-waive"))
                        }))
                    }
                }
            }
        }
    }
}
