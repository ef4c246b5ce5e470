//! `/tasks`: the board of tasks, the overdue first.

use maud::{Markup, html};

use crate::form::button_form;
use crate::frame::{Frame, Section};
use crate::layout::{Head, page as whole};
use crate::parts::{TaskLine, nothing, task_list};
use crate::text::Choice;

/// The board.
#[derive(Clone, Default)]
pub struct View {
    /// Past their due time, those escalated first.
    pub overdue: Vec<TaskLine>,
    /// Open and not overdue, the next due first.
    pub open: Vec<TaskLine>,
    /// Open, and their time has not begun to run.
    pub waiting: Vec<TaskLine>,
    /// At their end, the latest first.
    pub ended: Vec<TaskLine>,
    /// Whether there are more than are shown.
    pub more: bool,
    /// Agencies to look at; empty where there is one only.
    pub agencies: Vec<Choice>,
    /// The agency looked at, by its value; empty for all.
    pub agency: String,
    /// The state looked at: `open`, `ended`, or empty for all.
    pub state: String,
    /// The address of the calendar feed, shown once after it was made; empty otherwise.
    pub feed: String,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.text("nav-tasks");
    let head = Head {
        title: &title,
        section: Some(Section::Tasks),
        ..Head::default()
    };
    let part = |id: &str, key: &str, tasks: &[TaskLine]| {
        html! {
            @if !tasks.is_empty() {
                section class={ "panel " (id) } aria-labelledby=(id) {
                    h2 id=(id) { (frame.text(key)) " " span class="count plain" { (tasks.len()) } }
                    (task_list(frame, tasks))
                }
            }
        }
    };
    let empty = [&view.overdue, &view.open, &view.waiting, &view.ended]
        .iter()
        .all(|tasks| tasks.is_empty());
    whole(
        frame,
        head,
        &html! {
            (filter(frame, view))
            @if empty { (nothing(frame, "desk-no-tasks")) }
            div class="columns" {
                (part("overdue", "tasks-overdue", &view.overdue))
                (part("open", "tasks-open", &view.open))
                (part("waiting", "tasks-waiting", &view.waiting))
                (part("ended", "tasks-ended", &view.ended))
            }
            @if view.more { p class="caution" { (frame.text("tasks-more-than-shown")) } }
            (feed(frame, &view.feed))
        },
    )
}

fn filter(frame: &Frame, view: &View) -> Markup {
    html! {
        form class="filter no-print" method="get" action="/tasks" {
            @if !view.agencies.is_empty() {
                div {
                    label for="agency" { (frame.text("tasks-agency")) }
                    select id="agency" name="agency" {
                        option value="" { (frame.text("tasks-all")) }
                        @for agency in &view.agencies {
                            option value=(agency.value) selected[agency.value == view.agency] { (frame.say(&agency.label)) }
                        }
                    }
                }
            }
            div {
                label for="state" { (frame.text("tasks-state")) }
                select id="state" name="state" {
                    option value="" { (frame.text("tasks-all")) }
                    @for state in ["open", "ended"] {
                        option value=(state) selected[state == view.state] { (frame.text(&format!("tasks-{state}"))) }
                    }
                }
            }
            button { (frame.text("tasks-show")) }
        }
    }
}

/// The calendar feed, for the board and the account.
pub(crate) fn feed(frame: &Frame, address: &str) -> Markup {
    html! {
        section class="feed no-print" aria-labelledby="feed" {
            h2 id="feed" { (frame.text("feed-title")) }
            p { (frame.text("feed-text")) }
            @if address.is_empty() { (button_form(frame, "/tasks/feed", "feed-make", "secondary")) }
            @else { p { (frame.text("feed-address")) } p { code class="address" { (address) } } }
        }
    }
}
