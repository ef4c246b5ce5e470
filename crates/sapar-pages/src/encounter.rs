//! `/encounters/{id}`: who is present, and how they say they belong together.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::form::{Form, Input, RefusedForm, button_form, csrf};
use crate::frame::Frame;
use crate::layout::{Head, page as whole};
use crate::parts::{
    Act, LinkLine, PersonLine, PersonMet, act, badge, links, met, nothing, person_link, written,
};
use crate::text::{Choice, Text};

/// An encounter.
#[derive(Clone, Default)]
pub struct View {
    /// Which.
    pub id: String,
    /// Where.
    pub place: Text,
    /// How it began.
    pub beginning: Text,
    /// When it began.
    pub at: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// What was written about it.
    pub words: String,
    /// Who is present.
    pub people: Vec<PersonMet>,
    /// Groups that were formed of them.
    pub groups: Vec<Vec<PersonLine>>,
    /// People who are in no group yet, where the reader may form one.
    pub ungrouped: Vec<Choice>,
    /// A form of this page that was refused.
    pub refused: Option<RefusedForm>,
    /// Links that were claimed between them.
    pub links: Vec<LinkLine>,
    /// Whether the reader may register people here.
    pub may_register: bool,
    /// Whether the reader may end it.
    pub may_end: bool,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.say(&view.place);
    let over = html! { (frame.text("encounter-title")) };
    let head = Head {
        title: &title,
        over: Some(&over),
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            p class="meta" {
                span { (frame.say(&view.beginning)) }
                (frame.time(view.at))
                @if let Some(ended) = view.ended {
                    (badge("done", &frame.text_with("encounter-ended", &[("moment", frame.moment(ended).into())])))
                }
            }
            @if !view.words.is_empty() { (written(&view.words)) }
            @if view.may_register {
                p class="actions" { a class="button primary large" href={ "/encounters/" (view.id) "/people/new" } { (frame.text("encounter-register")) } }
            }
            div class="columns" {
                section class="panel" aria-labelledby="people" {
                    h2 id="people" { (frame.text("encounter-people")) }
                    @if view.people.is_empty() { (nothing(frame, "encounter-nobody")) }
                    ul class="rows" { @for one in &view.people { li { (met(frame, one)) } } }
                }
                div class="stack" {
                    (groups(frame, view))
                    // Whoever makes the page may know of none though there are some, so it never says that there are none.
                    @if !view.links.is_empty() {
                        section class="panel" aria-labelledby="links" {
                            h2 id="links" { (frame.text("links-title")) }
                            p class="hint" { (frame.text("links-claims")) }
                            (links(frame, &view.links))
                        }
                    }
                }
            }
            @if view.may_end {
                div class="actions" { (button_form(frame, &format!("/encounters/{}/end", view.id), "encounter-end", "secondary")) }
            }
        },
    )
}

/// Groups among those present, and the form of one more.
fn groups(frame: &Frame, view: &View) -> Markup {
    let (base, known) = (format!("/encounters/{}", view.id), Form::default());
    let what = Act {
        base: &base,
        action: "groups",
        key: "group-form",
        refused: view.refused.as_ref(),
        known: &known,
        upload: false,
    };
    html! {
        section class="panel" aria-labelledby="groups" {
            h2 id="groups" { (frame.text("group-title")) }
            p class="hint" { (frame.text("group-hint")) }
            @if view.groups.is_empty() { (nothing(frame, "group-none")) }
            ul class="rows" {
                @for group in &view.groups {
                    li {
                        ul {
                            @for person in group {
                                li {
                                    (person_link(frame, person)) " "
                                    @if view.may_end { (leave(frame, &view.id, person)) }
                                }
                            }
                        }
                    }
                }
            }
            @if view.ungrouped.len() > 1 || view.refused.is_some() {
                (act(frame, &what, |fields| html! {
                    (fields.checks(&Input::new("persons[]", "group-who"), &view.ungrouped))
                    (fields.submit("group-form"))
                }))
            }
        }
    }
}

/// The button that takes somebody out of a group.
fn leave(frame: &Frame, encounter: &str, person: &PersonLine) -> Markup {
    let action = format!("/encounters/{encounter}/groups/departures");
    let name = person.name.clone();
    let name = name.unwrap_or_else(|| frame.text("person-unnamed"));
    let label = frame.text_with("group-leave-who", &[("person", name.into())]);
    html! {
        form class="inline" method="post" action=(action) {
            (csrf(frame))
            input type="hidden" name="person" value=(person.id);
            button class="link" aria-label=(label) { (frame.text("group-leave")) }
        }
    }
}
