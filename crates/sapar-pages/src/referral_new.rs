//! `/people/{id}/referrals/new`: handing a person on with only the data that the purpose needs.

use maud::{Markup, html};

use crate::form::{Fields, Form, Input};
use crate::frame::Frame;
use crate::layout::{Head, page as whole};
use crate::parts::{PersonLine, person_link};
use crate::text::Choice;

/// A new referral.
#[derive(Clone, Default)]
pub struct View {
    /// Who.
    pub person: PersonLine,
    /// Fields `agency`, `purpose`, `consent`, `legal_basis` and `words`.
    pub form: Form,
    /// Agencies to refer to.
    pub agencies: Vec<Choice>,
    /// Purposes, as the list `purpose`; the hint of each may say what the receiver will see for it.
    pub purposes: Vec<Choice>,
    /// Consents of the person that stand.
    pub consents: Vec<Choice>,
    /// Articles that require a referral without consent.
    pub legal_bases: Vec<Choice>,
    /// The classes of data that the receiver will see, the hint of each with what is in it; empty where the purpose alone says it.
    pub classes: Vec<Choice>,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let fields = Fields::main(frame, &view.form);
    let title = frame.text("referral-new-title");
    let over = html! { (person_link(frame, &view.person)) };
    let head = Head {
        title: &title,
        form: Some(&view.form),
        over: Some(&over),
        shape: "narrow",
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            (fields.summary())
            (fields.form(&format!("/people/{}/referrals/new", view.person.id), &html! {
                (fields.select(&Input::new("agency", "referral-agency"), &view.agencies))
                (fields.radios(&Input::new("purpose", "referral-purpose"), &view.purposes))
                fieldset class="group" {
                    legend { (frame.text("referral-permission")) }
                    p class="hint" { (frame.text("referral-permission-hint")) }
                    (fields.select(&Input::new("consent", "referral-consent"), &view.consents))
                    (fields.select(&Input::new("legal_basis", "referral-legal-basis"), &view.legal_bases))
                }
                p class="hint" { (frame.text("referral-classes-hint")) }
                @if !view.classes.is_empty() {
                    div class="group" {
                        h2 { (frame.text("referral-receives")) }
                        ul class="rows" {
                            @for class in &view.classes {
                                li { strong { (frame.say(&class.label)) } @if !class.hint.is_empty() { " " span class="about" { (frame.say(&class.hint)) } } }
                            }
                        }
                    }
                }
                (fields.area(&Input::new("words", "referral-words").optional().hint("referral-words-hint"), 4))
                (fields.submit("referral-send"))
            }))
        },
    )
}
