//! `/encounters/{id}`: who is present, and how they say they belong together.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::form::button_form;
use crate::frame::Frame;
use crate::layout::{Head, page as whole};
use crate::parts::{LinkLine, PersonMet, badge, links, met, nothing, written};
use crate::text::Text;

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
                section class="panel" aria-labelledby="links" {
                    h2 id="links" { (frame.text("links-title")) }
                    p class="hint" { (frame.text("links-claims")) }
                    (links(frame, &view.links))
                }
            }
            @if view.may_end {
                div class="actions" { (button_form(frame, &format!("/encounters/{}/end", view.id), "encounter-end", "secondary")) }
            }
        },
    )
}
