//! The forms of a person's page.

use maud::{Markup, html};

use super::{ConsentLine, View, resting};
use crate::form::{Form, Input};
use crate::frame::Frame;
use crate::parts::{Act, LinkLine, act};
use crate::registration::{papers, who};
use crate::text::{Choice, Text};

const LINKS: [&str; 8] = [
    "spouse",
    "parent-of",
    "child-of",
    "sibling",
    "other-relative",
    "guardian-of",
    "ward-of",
    "travels-with",
];
const BASES: [&str; 5] = ["said", "said-by-other", "document", "observed", "authority"];
const DOCUMENTS: [&str; 10] = [
    "travel-document",
    "identity-paper",
    "photograph",
    "medical",
    "application",
    "decision",
    "interview-record",
    "consent",
    "evidence",
    "other",
];
/// What a document may be, as casework keeps it.
pub(crate) const FILES: &str = "application/pdf,image/jpeg,image/png,image/webp";

struct At<'a> {
    base: String,
    known: Form,
    view: &'a View,
}

impl<'a> At<'a> {
    fn of(view: &'a View) -> Self {
        Self {
            base: format!("/people/{}", view.person.id),
            known: Form::default(),
            view,
        }
    }

    fn act<'b>(&'b self, action: &'b str, key: &'b str) -> Act<'b> {
        Act {
            base: &self.base,
            action,
            key,
            refused: self.view.refused.as_ref(),
            known: &self.known,
            upload: false,
        }
    }
}

pub(super) fn happened(frame: &Frame, view: &View) -> Markup {
    let at = At::of(view);
    act(frame, &at.act("events", "event-happened-title"), |fields| {
        html! {
            p class="hint" { (frame.text("event-happened-hint")) }
            (fields.select(&Input::new("event", "event-happened-what"), &view.awaited))
            (fields.submit("event-happened-now"))
        }
    })
}

pub(super) fn correct(frame: &Frame, view: &View) -> Markup {
    let at = At::of(view);
    let what = Act {
        known: &view.details_form,
        ..at.act("corrections", "person-correct")
    };
    act(frame, &what, |fields| {
        html! {
            p class="hint" { (frame.text("person-correct-hint")) }
            (who(fields, &view.offers.countries))
            (papers(fields, &view.offers.countries))
            (fields.submit("form-save"))
        }
    })
}

pub(super) fn link(frame: &Frame, view: &View) -> Markup {
    let at = At::of(view);
    act(frame, &at.act("links", "links-add"), |fields| {
        html! {
            (fields.select(&Input::new("kind", "links-kind"), &Choice::words("link-kind", LINKS)))
            (fields.select(&Input::new("other", "links-other"), &view.offers.people))
            (fields.radios(&Input::new("basis", "links-basis"), &Choice::words("basis", BASES)))
            (fields.area(&Input::new("words", "field-words").optional(), 2))
            (fields.submit("links-add"))
        }
    })
}

/// Settling one claimed link: confirm, refute, or take it back.
pub(super) fn settle(frame: &Frame, view: &View, link: &LinkLine) -> Markup {
    let at = At::of(view);
    let action = format!("links/{}/settlement", link.id);
    act(frame, &at.act(&action, "links-settle"), |fields| {
        html! {
            (fields.radios(&Input::new("claim", "links-settle-how"), &[
                Choice::new("confirmed", Text::key("links-settle-confirmed")),
                Choice::new("refuted", Text::key("links-settle-refuted")),
                Choice::new("withdrawn", Text::key("links-settle-withdrawn")),
            ]))
            (fields.radios(&Input::new("basis", "links-settle-basis").optional().hint("links-settle-basis-hint"), &Choice::words("basis", BASES)))
            (fields.submit("links-settle"))
        }
    })
}

/// Recording that the person takes a consent back, with what follows from it.
pub(super) fn withdraw(frame: &Frame, view: &View, consent: &ConsentLine) -> Markup {
    let at = At::of(view);
    let action = format!("consents/{}/withdrawal", consent.id);
    act(frame, &at.act(&action, "consents-withdraw"), |fields| {
        html! {
            div class="caution" {
                p { (frame.text("consents-withdraw-text")) }
                @if consent.resting.is_empty() { p { (frame.text("consents-withdraw-nothing-rests")) } }
                @else {
                    p { (frame.text("consents-withdraw-rests")) }
                    (resting(frame, consent))
                }
            }
            (fields.checks(&Input::new("said", "consents-withdraw-said"), &[
                Choice::new("yes", Text::key("consents-withdraw-yes")),
            ]))
            (fields.submit("consents-withdraw"))
        }
    })
}

pub(super) fn consent(frame: &Frame, view: &View) -> Markup {
    let at = At::of(view);
    act(frame, &at.act("consents", "consents-add"), |fields| {
        html! {
            p class="hint" { (frame.text("consents-hint")) }
            (fields.select(&Input::new("purpose", "consents-purpose"), &view.offers.purposes))
            (fields.select(&Input::new("agency", "consents-agency").optional().hint("consents-agency-hint"), &view.offers.agencies))
            (fields.radios(&Input::new("answer", "consents-answer"), &Choice::words("consent-answer", ["given", "refused"])))
            (fields.submit("form-save"))
        }
    })
}

pub(super) fn note(frame: &Frame, view: &View) -> Markup {
    let at = At::of(view);
    act(frame, &at.act("notes", "notes-add"), |fields| {
        html! {
            (fields.area(&Input::new("words", "notes-words"), 4))
            (fields.checks(&Input::new("classes[]", "notes-classes").hint("notes-classes-hint"), &view.offers.classes))
            (fields.submit("form-save"))
        }
    })
}

pub(super) fn document(frame: &Frame, view: &View) -> Markup {
    let at = At::of(view);
    let what = Act {
        upload: true,
        ..at.act("documents", "documents-add")
    };
    act(frame, &what, |fields| {
        html! {
            (fields.file(&Input::new("file", "documents-file").hint("documents-file-hint"), FILES))
            (fields.select(&Input::new("kind", "documents-kind"), &Choice::words("document-type", DOCUMENTS)))
            (fields.area(&Input::new("words", "field-words").optional(), 2))
            (fields.submit("documents-add"))
        }
    })
}

pub(super) fn open_case(frame: &Frame, view: &View) -> Markup {
    let at = At::of(view);
    act(frame, &at.act("cases", "cases-open"), |fields| {
        html! {
            (fields.select(&Input::new("kind", "cases-kind"), &view.offers.case_kinds))
            (fields.submit("cases-open"))
        }
    })
}

pub(super) fn break_glass(frame: &Frame, view: &View) -> Markup {
    let at = At::of(view);
    act(
        frame,
        &at.act("break-glass", "break-glass-title"),
        |fields| {
            html! {
                div class="caution" { p { (frame.text("break-glass-text")) } }
                (fields.area(&Input::new("reason", "break-glass-reason").hint("break-glass-reason-hint"), 3))
                (fields.submit("break-glass-submit"))
            }
        },
    )
}

pub(super) fn erase(frame: &Frame, view: &View) -> Markup {
    let at = At::of(view);
    act(frame, &at.act("erasure", "erasure-title"), |fields| {
        html! {
            div class="caution" { p { (frame.text("erasure-text")) } }
            (fields.area(&Input::new("words", "erasure-reason"), 2))
            (fields.submit("erasure-submit"))
        }
    })
}
