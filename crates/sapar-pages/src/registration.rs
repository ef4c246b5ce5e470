//! `/encounters/{id}/people/new`: who the person is, from a document or from what they say.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::form::{Fields, Form, Input};
use crate::frame::Frame;
use crate::layout::{Head, page as whole};
use crate::parts::{Icon, PersonLine, icon, person_link};
use crate::text::{Choice, Text};

/// The registration of a person.
///
/// With candidates it asks whether the person is one of them; what was typed travels along.
#[derive(Clone, Default)]
pub struct View {
    /// The encounter.
    pub encounter: String,
    /// Where it is, for the line above the title.
    pub place: Text,
    /// Fields `zone`, `surname`, `given`, `surname_cyrillic`, `given_cyrillic`, `birth`, `nationality`, `sex`,
    /// `document_kind`, `document_number`, `issuer` and `no_document`.
    pub form: Form,
    /// The countries by their three letters, and the choice of no nationality, in the reader's order.
    pub countries: Vec<Choice>,
    /// What was read from the zone that was typed, or what is wrong with it.
    pub zone: Vec<ZoneLine>,
    /// Registered people who may be this one, the most likely first.
    pub candidates: Vec<Candidate>,
}

/// A line of what was read from a machine-readable zone.
#[derive(Clone, Default)]
pub struct ZoneLine {
    /// What it is of, or what is wrong.
    pub words: Text,
    /// Whether its check failed.
    pub failed: bool,
}

/// A registered person who may be the new one.
#[derive(Clone, Default)]
pub struct Candidate {
    /// Who.
    pub person: PersonLine,
    /// Why they may be the same, the strongest first.
    pub signs: Vec<Text>,
    /// When they were met last.
    pub last_met: Option<Timestamp>,
}

const SEXES: [&str; 3] = ["female", "male", "unspecified"];
const KINDS: [&str; 6] = [
    "passport",
    "identity-card",
    "convention-document",
    "return-certificate",
    "permit",
    "other",
];
const NO_DOCUMENT: [&str; 7] = [
    "never-had",
    "lost",
    "stolen",
    "held-by-another",
    "destroyed",
    "not-shown",
    "not-known",
];

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let fields = Fields::main(frame, &view.form);
    let asks = !view.candidates.is_empty();
    let title = frame.text(if asks {
        "duplicate-title"
    } else {
        "registration-title"
    });
    let over = html! { a href={ "/encounters/" (view.encounter) } { (frame.say(&view.place)) } };
    let head = Head {
        title: &title,
        form: Some(&view.form),
        over: Some(&over),
        shape: "narrow",
        ..Head::default()
    };
    let action = format!("/encounters/{}/people/new", view.encounter);
    whole(
        frame,
        head,
        &html! {
            (fields.summary())
            @if asks { (fields.form(&action, &candidates(frame, view))) }
            @else {
                p class="lead" { (frame.text("registration-lead")) }
                (fields.form(&action, &html! {
                    (fields.area(&Input::new("zone", "registration-zone").hint("registration-zone-hint").code(), 3))
                    (zone(frame, &view.zone))
                    (who(&fields, &view.countries))
                    (papers(&fields, &view.countries))
                    (fields.submit("registration-submit"))
                }))
            }
        },
    )
}

/// What the zone says; the script writes here what `POST /zone` answers.
fn zone(frame: &Frame, lines: &[ZoneLine]) -> Markup {
    html! {
        div class="zone" data-zone role="status" aria-label=(frame.text("registration-zone-read")) {
            @for line in lines {
                p class=(if line.failed { "error" } else { "read" }) {
                    (icon(if line.failed { Icon::Warning } else { Icon::Done }))
                    span { (frame.say(&line.words)) }
                }
            }
        }
    }
}

/// The fields of who somebody is, for the registration and for a correction.
pub(crate) fn who(fields: &Fields<'_>, countries: &[Choice]) -> Markup {
    html! {
        fieldset class="group" {
            legend { (fields.frame.text("registration-who")) }
            div class="pair" {
                (fields.text(&Input::new("surname", "field-surname").hint("field-as-in-document")))
                (fields.text(&Input::new("given", "field-given").hint("field-as-in-document")))
                (fields.text(&Input::new("surname_cyrillic", "field-surname-cyrillic").language("ru")))
                (fields.text(&Input::new("given_cyrillic", "field-given-cyrillic").language("ru")))
            }
            (fields.text(&Input::new("birth", "field-birth").hint("field-birth-hint").short()))
            (fields.select(&Input::new("nationality", "field-nationality").hint("field-nationality-hint"), countries))
            (fields.radios(&Input::new("sex", "field-sex"), &Choice::words("sex", SEXES)))
        }
    }
}

/// The fields of a travel document, or why there is none.
pub(crate) fn papers(fields: &Fields<'_>, countries: &[Choice]) -> Markup {
    html! {
        fieldset class="group" {
            legend { (fields.frame.text("registration-papers")) }
            (fields.select(&Input::new("document_kind", "field-document-kind"), &Choice::words("travel-document-kind", KINDS)))
            div class="pair" {
                (fields.text(&Input::new("document_number", "field-document-number").code()))
                (fields.select(&Input::new("issuer", "field-issuer"), countries))
            }
            (fields.select(&Input::new("no_document", "field-no-document").hint("field-no-document-hint"), &Choice::words("no-document", NO_DOCUMENT)))
        }
    }
}

fn candidates(frame: &Frame, view: &View) -> Markup {
    html! {
        // What was typed in the first step, so that nothing has to be typed twice.
        @for (field, values) in &view.form.values {
            @if !["csrf", "language", "same", "different"].contains(&field.as_str()) {
                @for value in values { input type="hidden" name=(field) value=(value); }
            }
        }
        p class="lead" { (frame.text("duplicate-lead")) }
        p {
            (frame.text("duplicate-new")) " "
            strong { (view.form.value("surname")) " " (view.form.value("given")) }
            @if !view.form.value("birth").is_empty() { ", " (view.form.value("birth")) }
        }
        ul class="rows panel" {
            @for candidate in &view.candidates {
                li {
                    (person_link(frame, &candidate.person))
                    ul class="signs" { @for sign in &candidate.signs { li { (frame.say(sign)) } } }
                    @if let Some(at) = candidate.last_met {
                        p class="meta" { span { (frame.text("duplicate-last-met")) } (frame.time(at)) }
                    }
                    p { button name="same" value=(candidate.person.id) { (frame.text("duplicate-same")) span class="vh" { ": " (candidate.person.called(frame)) } } }
                }
            }
        }
        p class="actions" { button class="primary" name="different" value="yes" { (frame.text("duplicate-different")) } }
    }
}
