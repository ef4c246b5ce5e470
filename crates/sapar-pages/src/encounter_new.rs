//! `/encounters/new`: where and how people were met.

use maud::{Markup, html};

use crate::form::{Fields, Form, Input};
use crate::frame::{Frame, Section};
use crate::layout::{Head, page as whole};
use crate::text::Choice;

/// A new encounter.
#[derive(Clone, Default)]
pub struct View {
    /// Fields `place_kind`, `post`, `place`, `beginning` and `words`; whoever fills it may choose the user's own post.
    pub form: Form,
    /// The posts to choose from.
    pub posts: Vec<Choice>,
}

const PLACES: [&str; 4] = ["post", "green-border", "airport-transit", "inland"];
const BEGINNINGS: [&str; 4] = ["check", "interception", "voluntary-approach", "referral"];

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let fields = Fields::main(frame, &view.form);
    let title = frame.text("encounter-new-title");
    let head = Head {
        title: &title,
        section: Some(Section::NewEncounter),
        form: Some(&view.form),
        shape: "narrow",
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            (fields.summary())
            (fields.form("/encounters/new", &html! {
                (fields.radios(&Input::new("place_kind", "encounter-where"), &Choice::words("place-kind", PLACES)))
                (fields.select(&Input::new("post", "encounter-post").optional().hint("encounter-post-hint"), &view.posts))
                (fields.text(&Input::new("place", "encounter-place").optional().hint("encounter-place-hint").short()))
                (fields.radios(&Input::new("beginning", "encounter-how"), &Choice::words("beginning", BEGINNINGS)))
                (fields.submit("encounter-start"))
            }))
        },
    )
}
