//! `/account`: the user's own password, passkeys and calendar feed.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::form::{Fields, Form, Input, csrf};
use crate::frame::Frame;
use crate::layout::{Head, page as whole};
use crate::parts::nothing;
use crate::sign_in::{elsewhere, refusal};

/// The user's own account.
#[derive(Clone, Default)]
pub struct View {
    /// The form of a new password: `old`, `new`, `again`; none is ever shown again.
    pub form: Form,
    /// Passkeys.
    pub passkeys: Vec<Passkey>,
    /// The address of the site that passkeys belong to, such as `https://post.example`; empty where there can be none.
    pub passkeys_at: String,
    /// The form of a new passkey, `passkey_name` and `password`, or with `passkey` that of a new name for one.
    pub passkey_form: Form,
    /// The address of the calendar feed, shown once after it was made; empty otherwise.
    pub feed: String,
}

/// A passkey.
#[derive(Clone, Default)]
pub struct Passkey {
    /// Which, as its forms send it back in `passkey`.
    pub id: String,
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
                    @for (number, passkey) in view.passkeys.iter().enumerate() { li { (line(frame, view, number, passkey)) } }
                }
                @if view.passkeys_at.is_empty() { p { (frame.text("passkey-none-here")) } }
                @else { (new(frame, view)) }
            }
            (crate::tasks::feed(frame, &view.feed))
        },
    )
}

/// A passkey in a list.
pub(crate) fn about(frame: &Frame, passkey: &Passkey) -> Markup {
    html! {
        strong { (passkey.name) }
        p class="meta" {
            span { (frame.text("account-added")) " " (frame.time(passkey.added)) }
            @match passkey.used {
                Some(used) => span { (frame.text("account-used")) " " (frame.time(used)) },
                None => span { (frame.text("account-unused")) },
            }
        }
    }
}

fn line(frame: &Frame, view: &View, number: usize, passkey: &Passkey) -> Markup {
    let refused = view.passkey_form.value("passkey") == passkey.id;
    let known = Form::default().with("passkey_name", passkey.name.as_str());
    let form = if refused { &view.passkey_form } else { &known };
    let prefix = format!("r{number}");
    let fields = Fields::named(frame, form, &prefix);
    let which = html! { input type="hidden" name="passkey" value=(passkey.id); };
    html! {
        (about(frame, passkey))
        details open[refused] {
            summary { (frame.text("account-passkey-change")) span class="vh" { " " (passkey.name) } }
            (fields.summary())
            (fields.form("/account/passkeys/rename", &html! {
                (which)
                (fields.text(&Input::new("passkey_name", "account-passkey-name")))
                (fields.submit("account-passkey-rename"))
            }))
            form class="inline" method="post" action="/account/passkeys/remove" {
                (csrf(frame))
                (which)
                button class="secondary" { (frame.text("account-passkey-remove")) span class="vh" { " " (passkey.name) } }
            }
        }
    }
}

/// The form of a new passkey, shown by the script where the browser can and the address is the site's.
fn new(frame: &Frame, view: &View) -> Markup {
    let nothing = Form::default();
    let own = view.passkey_form.value("passkey").is_empty();
    let form = if own { &view.passkey_form } else { &nothing };
    let fields = Fields::named(frame, form, "k");
    html! {
        div class="passkey" data-passkey="/account/passkeys" data-origin=(view.passkeys_at) data-refused=(frame.text("passkey-refused")) hidden {
            h3 { (frame.text("account-passkey-new")) }
            p class="hint" { (frame.text("account-passkey-new-hint")) }
            (fields.form("/account/passkeys/begin", &html! {
                (fields.text(&Input::new("passkey_name", "account-passkey-name").hint("account-passkey-name-hint")))
                (fields.text(&Input::new("password", "account-old").kind("password").autocomplete("current-password")))
                (refusal())
                (fields.submit("account-passkey-add"))
            }))
        }
        (elsewhere(frame, &view.passkeys_at))
    }
}
