//! A person in a line: name, birth, nationality, and where to go on.

use maud::{Markup, html};

use crate::frame::Frame;
use crate::parts::badge;
use crate::text::Text;

/// A person as lists show one.
///
/// What the reader may not see is left out by whoever fills it: an empty text is not shown.
#[derive(Clone, Default, PartialEq)]
pub struct PersonLine {
    /// Which; empty where the reader may not open the person's page.
    pub id: String,
    /// The name as written; `None` where no name is known or it was erased.
    pub name: Option<String>,
    /// The birth date as far as it is known.
    pub birth: Text,
    /// The nationality.
    pub nationality: Text,
    /// One more word, such as where the screening stands.
    pub about: Text,
    /// Whether the person is or may be a child: shown as a word.
    pub child: bool,
    /// Whether the person's data was erased.
    pub erased: bool,
}

impl PersonLine {
    /// The name, or words in its place.
    pub(crate) fn called(&self, frame: &Frame) -> String {
        match &self.name {
            Some(name) => name.clone(),
            None if self.erased => frame.text("person-erased"),
            None => frame.text("person-unnamed"),
        }
    }
}

/// The person with a link to the page of theirs.
pub(crate) fn person_link(frame: &Frame, person: &PersonLine) -> Markup {
    html! {
        span class="person" {
            @if person.id.is_empty() { strong { (person.called(frame)) } }
            @else { a href={ "/people/" (person.id) } { (person.called(frame)) } }
            @for about in [&person.birth, &person.nationality, &person.about] {
                @if !about.is_empty() { span class="about" { (frame.say(about)) } }
            }
            @if person.child { (badge("child", &frame.text("person-child"))) }
        }
    }
}
