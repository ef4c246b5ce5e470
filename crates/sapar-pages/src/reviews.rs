//! `/reviews`: emergency accesses that somebody must judge.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::form::{Fields, Form, Input, RefusedForm};
use crate::frame::{Frame, Section};
use crate::layout::{Head, page as whole};
use crate::parts::{Due, PersonLine, badge, due, nothing, person_link, written};
use crate::text::{Choice, Text};

/// Accesses to review.
#[derive(Clone, Default)]
pub struct View {
    /// Those that wait, the oldest first.
    pub waiting: Vec<Access>,
    /// Those reviewed, the latest first.
    pub reviewed: Vec<Access>,
    /// A review that was refused: its action is the access's id, its fields `verdict` and `words`.
    pub refused: Option<RefusedForm>,
}

/// An emergency access.
#[derive(Clone, Default)]
pub struct Access {
    /// Which.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: Text,
    /// Whose data.
    pub person: PersonLine,
    /// Why, as it was written.
    pub reason: String,
    /// By when it is to be reviewed.
    pub due: Due,
    /// What the review found; `None` while it waits.
    pub verdict: Option<Verdict>,
}

/// What a review found.
#[derive(Clone, Default)]
pub struct Verdict {
    /// Whether the access was rightful.
    pub rightful: bool,
    /// Who found so.
    pub by: Text,
    /// What was written.
    pub words: String,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.text("nav-reviews");
    let head = Head {
        title: &title,
        section: Some(Section::Reviews),
        shape: "narrow",
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            section class="panel" aria-labelledby="waiting" {
                h2 id="waiting" { (frame.text("reviews-waiting")) }
                @if view.waiting.is_empty() { (nothing(frame, "reviews-none")) }
                ul class="rows" { @for access in &view.waiting { li { (line(frame, access)) (review(frame, view, access)) } } }
            }
            @if !view.reviewed.is_empty() {
                section class="panel below" aria-labelledby="reviewed" {
                    h2 id="reviewed" { (frame.text("reviews-done")) }
                    ul class="rows" { @for access in &view.reviewed { li { (line(frame, access)) } } }
                }
            }
        },
    )
}

fn line(frame: &Frame, access: &Access) -> Markup {
    html! {
        p { strong { (frame.say(&access.who)) } }
        p { (person_link(frame, &access.person)) }
        (written(&access.reason))
        p class="meta" {
            (frame.time(access.at))
            @if let Some(verdict) = &access.verdict {
                (badge(if verdict.rightful { "done" } else { "late" }, &frame.text(if verdict.rightful { "review-rightful" } else { "review-wrong" })))
                span { (frame.say(&verdict.by)) }
            }
        }
        @if let Some(verdict) = &access.verdict { @if !verdict.words.is_empty() { (written(&verdict.words)) } }
        @else { (due(frame, &access.due)) }
    }
}

fn review(frame: &Frame, view: &View, access: &Access) -> Markup {
    let empty = Form::default();
    let refused = view
        .refused
        .as_ref()
        .filter(|refused| refused.action == access.id);
    let form = refused.map_or(&empty, |refused| &refused.form);
    let prefix = format!("review-{}", access.id);
    let prefix: String = prefix
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    let fields = Fields::named(frame, form, &prefix);
    html! {
        details open[refused.is_some()] {
            summary { (frame.text("reviews-review")) span class="vh" { ": " (frame.say(&access.who)) } }
            (fields.summary())
            (fields.form(&format!("/reviews/{}", access.id), &html! {
                (fields.radios(&Input::new("verdict", "reviews-verdict"), &[
                    Choice::new("rightful", Text::key("review-rightful")),
                    Choice::new("wrong", Text::key("review-wrong")),
                ]))
                (fields.area(&Input::new("words", "field-words"), 2))
                (fields.submit("form-save"))
            }))
        }
    }
}
