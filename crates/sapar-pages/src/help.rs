//! `/help`: keys, colours, whom to call.

use maud::{Markup, html};

use crate::frame::{Frame, Section};
use crate::layout::{Head, page as whole};
use crate::parts::{Icon, icon};
use crate::text::Text;

/// Help.
#[derive(Clone, Default)]
pub struct View {
    /// Whom to call, as the post has entered it.
    pub contacts: Vec<Contact>,
    /// The version of the program.
    pub version: String,
}

/// Somebody to call.
#[derive(Clone, Default)]
pub struct Contact {
    /// For what.
    pub matter: Text,
    /// Who.
    pub name: String,
    /// The number, as it is dialled.
    pub telephone: String,
}

const KEYS: [(&str, &str); 5] = [
    ("Tab", "help-key-tab"),
    ("Enter", "help-key-enter"),
    ("1 – 9", "help-key-digits"),
    ("?", "help-key-unknown"),
    ("-", "help-key-refuses"),
];

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.text("help-title");
    let head = Head {
        title: &title,
        section: Some(Section::Help),
        shape: "narrow",
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            section aria-labelledby="colours" {
                h2 id="colours" { (frame.text("help-colours")) }
                ul class="legend" {
                    @for (sign, tone, name, text) in [
                        (Icon::Stop, "prohibition", "outcome-prohibition", "help-prohibition"),
                        (Icon::Duty, "duty", "outcome-duty", "help-duty"),
                        (Icon::Right, "right", "outcome-right", "help-right"),
                        (Icon::Question, "open", "outcome-open", "help-open"),
                        (Icon::Warning, "late", "help-late-word", "help-late"),
                    ] {
                        li class=(tone) { (icon(sign)) strong { (frame.text(name)) } span { (frame.text(text)) } }
                    }
                }
            }
            section aria-labelledby="three" {
                h2 id="three" { (frame.text("help-unknown-title")) }
                p { (frame.text("help-unknown-text")) }
            }
            section aria-labelledby="keys" {
                h2 id="keys" { (frame.text("help-keys")) }
                dl class="keys" {
                    @for (key, text) in KEYS { div { dt { kbd { (key) } } dd { (frame.text(text)) } } }
                }
                // Shown by the script, without which there are no keys to turn off.
                button type="button" hidden data-keys data-off=(frame.text("help-keys-turn-off")) data-on=(frame.text("help-keys-turn-on")) {}
            }
            section aria-labelledby="call" {
                h2 id="call" { (frame.text("help-call")) }
                @if view.contacts.is_empty() { p { (frame.text("help-no-contacts")) } }
                ul class="rows" {
                    @for contact in &view.contacts {
                        li {
                            strong { (frame.say(&contact.matter)) }
                            p class="meta" {
                                span { (contact.name) }
                                @if !contact.telephone.is_empty() { a href={ "tel:" (contact.telephone.replace(|c: char| !c.is_ascii_digit() && c != '+', "")) } { (contact.telephone) } }
                            }
                        }
                    }
                }
            }
            @if !view.version.is_empty() {
                p class="meta" { span { (frame.text_with("help-version", &[("version", (&view.version).into())])) } }
            }
        },
    )
}
