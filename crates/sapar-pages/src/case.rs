//! `/cases/{id}`: one matter of one person, from its beginning to its end.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::form::{Form, Input, RefusedForm};
use crate::frame::{Frame, Section};
use crate::layout::{Head, page as whole};
use crate::parts::{
    Act, CaseState, DocumentLine, Entry, Look, NoteLine, PersonLine, TaskLine, act, case_badge,
    documents, looks, notes, nothing, person_link, task_list, timeline, written,
};
use crate::text::{Choice, Text};

/// A case.
#[derive(Clone, Default)]
pub struct View {
    /// Which.
    pub id: String,
    /// Its kind.
    pub kind: Text,
    /// Whose.
    pub person: PersonLine,
    /// Who owns it.
    pub owner: Text,
    /// The team that has it.
    pub team: Text,
    /// Where it stands.
    pub state: CaseState,
    /// When it was opened.
    pub opened: Timestamp,
    /// How it ended; empty while it is open.
    pub outcome: Text,
    /// What was written at its end.
    pub words: String,
    /// The team it is offered to; empty where to none.
    pub offered_to: Text,
    /// Tasks, the most urgent first.
    pub tasks: Vec<TaskLine>,
    /// What happened, the latest first.
    pub timeline: Vec<Entry>,
    /// Notes.
    pub notes: Vec<NoteLine>,
    /// Documents.
    pub documents: Vec<DocumentLine>,
    /// Other people of the case.
    pub people: Vec<PersonLine>,
    /// Who looked.
    pub looks: Vec<Look>,
    /// What the reader may do.
    pub may: Actions,
    /// What the forms offer.
    pub offers: Offers,
    /// A form of this page that was refused.
    pub refused: Option<RefusedForm>,
}

/// What the reader may do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Actions {
    /// Write a note.
    pub note: bool,
    /// Link a person.
    pub link: bool,
    /// Offer it to another team.
    pub hand_over: bool,
    /// Close it.
    pub close: bool,
    /// Open it again.
    pub reopen: bool,
}

/// What the forms of the page offer to choose.
#[derive(Clone, Default)]
pub struct Offers {
    /// People to link.
    pub people: Vec<Choice>,
    /// Agencies.
    pub agencies: Vec<Choice>,
    /// Teams.
    pub teams: Vec<Choice>,
    /// How a case of this kind can end, as the list `case-outcome`.
    pub outcomes: Vec<Choice>,
    /// Classes of data, as the list `access-class`.
    pub classes: Vec<Choice>,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.say(&view.kind);
    let over = html! { a href="/cases" { (frame.text("nav-cases")) } };
    let head = Head {
        title: &title,
        section: Some(Section::Cases),
        over: Some(&over),
        ..Head::default()
    };
    let part = |id: &str, key: &str, body: &Markup| {
        html! {
            section class="panel" aria-labelledby=(id) { h2 id=(id) { (frame.text(key)) } (body) }
        }
    };
    whole(
        frame,
        head,
        &html! {
            p { (person_link(frame, &view.person)) }
            p class="meta" {
                (case_badge(frame, view.state))
                @if !view.offered_to.is_empty() { span { (frame.say(&view.offered_to)) } }
                @if !view.outcome.is_empty() { span { (frame.say(&view.outcome)) } }
            }
            @if !view.words.is_empty() { (written(&view.words)) }
            dl class="facts" {
                div { dt { (frame.text("case-team")) } dd { (frame.say(&view.team)) } }
                div { dt { (frame.text("case-owner")) } dd { (frame.say(&view.owner)) } }
                div { dt { (frame.text("case-opened")) } dd { (frame.time(view.opened)) } }
            }
            div class="columns" {
                div class="stack" {
                    (part("tasks", "nav-tasks", &html! {
                        @if view.tasks.is_empty() { (nothing(frame, "desk-no-tasks")) } @else { (task_list(frame, &view.tasks)) }
                    }))
                    (part("timeline", "timeline-title", &timeline(frame, &view.timeline)))
                }
                div class="stack" {
                    (part("notes", "notes-title", &html! {
                        (notes(frame, &view.notes))
                        @if view.may.note { (note(frame, view)) }
                    }))
                    (part("documents", "documents-title", &documents(frame, &view.documents)))
                    (part("people", "case-people", &html! {
                        @if view.people.is_empty() { (nothing(frame, "case-no-people")) }
                        ul class="rows" { @for person in &view.people { li { (person_link(frame, person)) } } }
                        @if view.may.link { (link(frame, view)) }
                    }))
                    (steps(frame, view))
                }
            }
            (part("looks", "looks-title", &looks(frame, &view.looks)))
        },
    )
}

fn with<'a>(
    view: &'a View,
    base: &'a str,
    known: &'a Form,
    action: &'a str,
    key: &'a str,
) -> Act<'a> {
    Act {
        base,
        action,
        key,
        refused: view.refused.as_ref(),
        known,
        upload: false,
    }
}

fn note(frame: &Frame, view: &View) -> Markup {
    let (base, known) = (format!("/cases/{}", view.id), Form::default());
    act(
        frame,
        &with(view, &base, &known, "notes", "notes-add"),
        |fields| {
            html! {
                (fields.area(&Input::new("words", "notes-words"), 4))
                (fields.checks(&Input::new("classes[]", "notes-classes").hint("notes-classes-hint"), &view.offers.classes))
                (fields.submit("form-save"))
            }
        },
    )
}

fn link(frame: &Frame, view: &View) -> Markup {
    let (base, known) = (format!("/cases/{}", view.id), Form::default());
    act(
        frame,
        &with(view, &base, &known, "people", "case-link"),
        |fields| {
            html! {
                (fields.select(&Input::new("person", "case-link-person"), &view.offers.people))
                (fields.area(&Input::new("words", "field-words").optional(), 2))
                (fields.submit("case-link"))
            }
        },
    )
}

/// Handing over, closing and opening again.
fn steps(frame: &Frame, view: &View) -> Markup {
    let (base, known) = (format!("/cases/{}", view.id), Form::default());
    html! {
        @if view.may.hand_over || view.may.close || view.may.reopen {
            section class="panel no-print" aria-labelledby="steps" {
                h2 id="steps" { (frame.text("case-steps")) }
                @if view.may.hand_over {
                    (act(frame, &with(view, &base, &known, "handover", "case-hand-over"), |fields| html! {
                        (fields.select(&Input::new("agency", "case-to-agency"), &view.offers.agencies))
                        (fields.select(&Input::new("team", "case-to-team"), &view.offers.teams))
                        (fields.area(&Input::new("words", "case-why"), 2))
                        (fields.submit("case-hand-over"))
                    }))
                }
                @if view.may.close {
                    (act(frame, &with(view, &base, &known, "closure", "case-close"), |fields| html! {
                        (fields.radios(&Input::new("outcome", "case-close-how"), &view.offers.outcomes))
                        (fields.area(&Input::new("words", "field-words").optional(), 2))
                        (fields.submit("case-close"))
                    }))
                }
                @if view.may.reopen {
                    (act(frame, &with(view, &base, &known, "reopening", "case-reopen"), |fields| html! {
                        (fields.area(&Input::new("words", "case-why"), 2))
                        (fields.submit("case-reopen"))
                    }))
                }
            }
        }
    }
}
