//! `/`: what waits for the user today.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::frame::{Frame, Section};
use crate::layout::{Head, page as whole};
use crate::parts::{PersonMet, TaskLine, escalated, met, nothing, task_list};
use crate::text::Text;

/// The desk of a user.
#[derive(Clone, Default)]
pub struct View {
    /// For a supervisor: escalated tasks, the longest late first.
    pub escalated: Vec<TaskLine>,
    /// How many more of these there are than are shown.
    pub escalated_more: u32,
    /// Tasks of the user that are due, the most urgent first.
    pub tasks: Vec<TaskLine>,
    /// How many more tasks there are than are shown.
    pub tasks_more: u32,
    /// Encounters that are not ended.
    pub encounters: Vec<OpenEncounter>,
    /// People registered or screened today.
    pub people: Vec<PersonMet>,
    /// Whether the user may start an encounter.
    pub may_start: bool,
}

/// An encounter that is not ended.
#[derive(Clone, Default)]
pub struct OpenEncounter {
    /// Which.
    pub id: String,
    /// Where.
    pub place: Text,
    /// How it began.
    pub beginning: Text,
    /// When.
    pub at: Timestamp,
    /// How many people are present.
    pub people: u32,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.text("desk-title");
    let head = Head {
        title: &title,
        section: Some(Section::Desk),
        shape: "desk",
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            (escalated(frame, &view.escalated, view.escalated_more))
            @if view.may_start {
                p class="actions" {
                    a class="button primary large" href="/encounters/new" { (frame.text("desk-new-encounter")) }
                    a class="button large" href="/search" { (frame.text("desk-search")) }
                }
            }
            div class="columns" {
                section class="panel" aria-labelledby="tasks" {
                    h2 id="tasks" { (frame.text("desk-tasks")) }
                    @if view.tasks.is_empty() { (nothing(frame, "desk-no-tasks")) }
                    (task_list(frame, &view.tasks))
                    p { a href="/tasks" {
                        @if view.tasks_more > 0 { (frame.text_with("desk-more-tasks", &[("count", view.tasks_more.into())])) }
                        @else { (frame.text("desk-all-tasks")) }
                    } }
                }
                div class="stack" {
                    section class="panel" aria-labelledby="encounters" {
                        h2 id="encounters" { (frame.text("desk-encounters")) }
                        @if view.encounters.is_empty() { (nothing(frame, "desk-no-encounters")) }
                        ul class="rows" {
                            @for encounter in &view.encounters {
                                li {
                                    a class="row-link" href={ "/encounters/" (encounter.id) } { (frame.say(&encounter.place)) }
                                    p class="meta" {
                                        span { (frame.say(&encounter.beginning)) }
                                        span { (frame.text_with("people-count", &[("count", encounter.people.into())])) }
                                        span { (frame.relative(encounter.at)) }
                                    }
                                }
                            }
                        }
                    }
                    section class="panel" aria-labelledby="people" {
                        h2 id="people" { (frame.text("desk-people")) }
                        @if view.people.is_empty() { (nothing(frame, "desk-no-people")) }
                        ul class="rows" { @for one in &view.people { li { (met(frame, one)) } } }
                    }
                }
            }
        },
    )
}
