//! `/search`: by name or document. What is looked for is posted and stands in no address.

use maud::{Markup, html};

use crate::form::{Fields, Form, Input};
use crate::frame::{Frame, Section};
use crate::layout::{Head, page as whole};
use crate::parts::{PersonLine, person_link};

/// A search and what it found.
#[derive(Clone, Default)]
pub struct View {
    /// The field `q`.
    pub form: Form,
    /// What was found; `None` before anything was looked for.
    pub found: Option<Vec<PersonLine>>,
    /// Whether there is more than is shown.
    pub more: bool,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let fields = Fields::main(frame, &view.form);
    let title = frame.text("nav-search");
    let head = Head {
        title: &title,
        section: Some(Section::Search),
        form: Some(&view.form),
        shape: "narrow",
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            (fields.summary())
            (fields.form("/search", &html! {
                (fields.text(&Input::new("q", "search-what").hint("search-hint").kind("search")))
                (fields.submit("search-submit"))
            }))
            @if let Some(found) = &view.found {
                section class="panel" aria-labelledby="found" {
                    h2 id="found" { (frame.text_with("search-found", &[("count", found.len().into())])) }
                    @if found.is_empty() { p { (frame.text("search-nothing")) } }
                    ul class="rows" { @for person in found { li { (person_link(frame, person)) } } }
                    @if view.more { p class="hint" { (frame.text("search-more")) } }
                }
            }
        },
    )
}
