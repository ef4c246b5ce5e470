//! `/account`: the user's own password, passkeys and calendar feed.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::form::{Fields, Form, Input};
use crate::frame::Frame;
use crate::layout::{Head, page as whole};
use crate::parts::nothing;

/// The user's own account.
#[derive(Clone, Default)]
pub struct View {
    /// The form of a new password: `old`, `new`, `again`; none is ever shown again.
    pub form: Form,
    /// Passkeys.
    pub passkeys: Vec<Passkey>,
    /// The address of the calendar feed, shown once after it was made; empty otherwise.
    pub feed: String,
}

/// A passkey.
#[derive(Clone, Default)]
pub struct Passkey {
    /// What the user called it.
    pub name: String,
    /// When it was added.
    pub added: Timestamp,
    /// When it was used last.
    pub used: Option<Timestamp>,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let fields = Fields::main(frame, &view.form);
    let title = frame.text("account-title");
    let head = Head {
        title: &title,
        form: Some(&view.form),
        shape: "narrow",
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            (fields.summary())
            section class="panel" aria-labelledby="password" {
                h2 id="password" { (frame.text("account-password")) }
                (fields.form("/account/password", &html! {
                    (fields.text(&Input::new("old", "account-old").kind("password").autocomplete("current-password")))
                    (fields.text(&Input::new("new", "account-new").kind("password").autocomplete("new-password").hint("account-password-hint")))
                    (fields.text(&Input::new("again", "account-again").kind("password").autocomplete("new-password")))
                    (fields.submit("account-change"))
                }))
            }
            section class="panel below" aria-labelledby="passkeys" {
                h2 id="passkeys" { (frame.text("account-passkeys")) }
                p class="hint" { (frame.text("account-passkeys-hint")) }
                @if view.passkeys.is_empty() { (nothing(frame, "account-no-passkey")) }
                ul class="rows" {
                    @for passkey in &view.passkeys {
                        li {
                            strong { (passkey.name) }
                            p class="meta" {
                                span { (frame.text("account-added")) " " (frame.time(passkey.added)) }
                                @if let Some(used) = passkey.used { span { (frame.text("account-used")) " " (frame.time(used)) } }
                            }
                        }
                    }
                }
            }
            (crate::tasks::feed(frame, &view.feed))
        },
    )
}
