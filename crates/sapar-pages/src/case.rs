//! `/cases/{id}`: one matter of one person, from its beginning to its end.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::form::{Form, Input, RefusedForm, button_form_with, hidden};
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
    /// Why the team it was last offered to declined; `None` where none did since.
    pub declined: Option<Declined>,
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

/// Why a team did not take a case.
#[derive(Clone, Default)]
pub struct Declined {
    /// When.
    pub at: Timestamp,
    /// Who said so.
    pub who: Text,
    /// Why.
    pub words: String,
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
    /// Take it or decline it for the own team, which it is offered to.
    pub answer: bool,
    /// Take an offer to another team back.
    pub cancel: bool,
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
    /// Teams, each with its agency.
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
            @if let Some(declined) = &view.declined {
                div class="caution" {
                    p { strong { (frame.text("case-declined")) } }
                    @if !declined.words.is_empty() { (written(&declined.words)) }
                    p class="meta" { span { (frame.say(&declined.who)) } (frame.time(declined.at)) }
                }
            }
            (handover(frame, view))
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

/// The answer to an offer, or its taking back, before everything else of the case: somebody waits for it.
fn handover(frame: &Frame, view: &View) -> Markup {
    let (base, known) = (format!("/cases/{}", view.id), Form::default());
    let address = format!("{base}/handover");
    let button = |key: &str, class: &str, answer: &str| {
        button_form_with(frame, &address, key, class, &hidden("answer", answer))
    };
    html! {
        @if view.may.answer || view.may.cancel {
            section class="panel no-print" aria-labelledby="handover" {
                @if view.may.answer {
                    h2 id="handover" { (frame.text("case-offered-here")) }
                    p class="hint" { (frame.text("case-offered-here-hint")) }
                    div class="actions" { (button("case-accept", "primary", "accept")) }
                    (act(frame, &with(view, &base, &known, "handover", "case-decline"), |fields| html! {
                        (hidden("answer", "decline"))
                        (fields.area(&Input::new("words", "case-why"), 2))
                        (fields.submit("case-decline"))
                    }))
                } @else {
                    h2 id="handover" { (frame.text("case-offered-there")) }
                    p class="hint" { (frame.text_with("case-offered-there-hint", &[("team", frame.say(&view.offered_to).into())])) }
                    div class="actions" { (button("case-cancel-offer", "secondary", "cancel")) }
                }
            }
        }
    }
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
