//! Somebody who was met, and how far the screening is.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::form::csrf;
use crate::frame::Frame;
use crate::parts::{PersonLine, badge, person_link};

/// Somebody met at an encounter or today.
#[derive(Clone, Default)]
pub struct PersonMet {
    /// Who.
    pub person: PersonLine,
    /// Where the screening stands.
    pub stage: Stage,
    /// The screening; empty where there is none.
    pub screening: String,
    /// When something last happened.
    pub at: Timestamp,
    /// How to start a screening; empty where the reader may not.
    pub start: StartScreening,
}

/// What the button that starts a screening sends.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct StartScreening {
    /// The encounter.
    pub encounter: String,
    /// The role in which the reader asks, by its code; empty where the reader may not ask.
    pub role: String,
}

/// How far a person is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// Registered and not screened.
    #[default]
    Registered,
    /// The interview runs.
    Running,
    /// The interview was stopped.
    Stopped,
    /// The outcome is there.
    Finished,
}

/// A person with what comes next.
pub(crate) fn met(frame: &Frame, one: &PersonMet) -> Markup {
    let (key, tone, path) = match one.stage {
        Stage::Registered => ("stage-registered", "quiet", ""),
        Stage::Running => ("stage-running", "open", ""),
        Stage::Stopped => ("stage-stopped", "open", "/outcome"),
        Stage::Finished => ("stage-finished", "done", "/outcome"),
    };
    html! {
        (person_link(frame, &one.person))
        div class="meta" {
            (badge(tone, &frame.text(key)))
            span { (frame.relative(one.at)) }
            @if !one.screening.is_empty() {
                a href={ "/screenings/" (one.screening) (path) } {
                    (frame.text(if path.is_empty() { "desk-continue" } else { "desk-outcome" }))
                    span class="vh" { ": " (one.person.called(frame)) }
                }
            } @else if !one.start.role.is_empty() && !one.person.id.is_empty() {
                (start_screening(frame, &one.person, &one.start))
            }
        }
    }
}

/// The button that starts a screening.
pub(crate) fn start_screening(
    frame: &Frame,
    person: &PersonLine,
    start: &StartScreening,
) -> Markup {
    html! {
        form class="inline" method="post" action={ "/people/" (person.id) "/screenings" } {
            (csrf(frame))
            input type="hidden" name="encounter" value=(start.encounter);
            input type="hidden" name="role" value=(start.role);
            button class="primary" { (frame.text("screening-start")) span class="vh" { ": " (person.called(frame)) } }
        }
    }
}
