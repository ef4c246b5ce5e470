//! `/sign-in`: name and password, a passkey, and the invented users of a demonstration.

use maud::{Markup, html};

use crate::form::{Fields, Form, Input, csrf};
use crate::frame::Frame;
use crate::layout::{Head, page as whole};
use crate::text::Text;

/// The page to sign in.
#[derive(Clone, Default)]
pub struct View {
    /// Fields `name` and `password`; the password is never shown again.
    pub form: Form,
    /// The invented users of a demonstration; empty outside of one.
    pub demonstration: Vec<DemonstrationUser>,
    /// The password of all of them; empty outside of a demonstration.
    pub demonstration_password: String,
    /// The address of the site that passkeys belong to, such as `https://post.example`; empty where there are none.
    pub passkeys: String,
    /// The address at which headquarters' own sign-in begins; empty where there is none.
    pub single_sign_on: String,
}

/// An invented user.
#[derive(Clone, Default)]
pub struct DemonstrationUser {
    /// The name to sign in with.
    pub name: String,
    /// The name colleagues see.
    pub called: String,
    /// The role.
    pub role: Text,
    /// The agency, and the post.
    pub agency: Text,
}

/// Where the script tells why a ceremony was refused.
pub(crate) fn refusal() -> Markup {
    html! { p class="error" role="alert" data-passkey-refused hidden {} }
}

/// Shown by the script on an address that passkeys do not belong to.
pub(crate) fn elsewhere(frame: &Frame, origin: &str) -> Markup {
    html! {
        p class="hint" data-passkey-elsewhere hidden {
            (frame.text("passkey-elsewhere")) " " a { (origin) }
        }
    }
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let fields = Fields::main(frame, &view.form);
    let title = frame.text("sign-in-title");
    let head = Head {
        title: &title,
        form: Some(&view.form),
        shape: "sign-in",
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            p class="lead" { (frame.text("sign-in-lead")) }
            (fields.summary_headed("sign-in-not-done"))
            (fields.form("/sign-in", &html! {
                (fields.text(&Input::new("name", "sign-in-name").autocomplete("username")))
                (fields.text(&Input::new("password", "sign-in-password").kind("password").autocomplete("current-password")))
                (fields.submit("sign-in-submit"))
            }))
            @if !view.passkeys.is_empty() {
                // Shown by the script, where the browser can and the address is the site's.
                div class="passkey" data-passkey="/sign-in/passkey" data-origin=(view.passkeys) data-refused=(frame.text("passkey-refused")) hidden {
                    p class="actions" { button type="button" data-passkey-start { (frame.text("sign-in-passkey")) } }
                    (refusal())
                }
                (elsewhere(frame, &view.passkeys))
            }
            @if !view.single_sign_on.is_empty() {
                p { a class="button" href=(view.single_sign_on) { (frame.text("sign-in-single")) } }
            }
            @if !view.demonstration.is_empty() {
                section class="demo-users" aria-labelledby="demo" {
                    h2 id="demo" { (frame.text("sign-in-demonstration")) }
                    p { (frame.text("sign-in-demonstration-password")) " " code { (view.demonstration_password) } }
                    ul {
                        @for user in &view.demonstration {
                            li {
                                form method="post" action="/sign-in" {
                                    (csrf(frame))
                                    input type="hidden" name="name" value=(user.name);
                                    input type="hidden" name="password" value=(view.demonstration_password);
                                    button class="card" {
                                        strong { (user.called) }
                                        span { (frame.say(&user.role)) }
                                        span { (frame.say(&user.agency)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        },
    )
}

/// What is shown for a moment after headquarters' provider sent somebody back.
#[must_use]
pub fn signed_in(frame: &Frame) -> Markup {
    let title = frame.text("sign-in-done");
    let head = Head {
        title: &title,
        shape: "sign-in",
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! { p { a class="button primary" href="/" { (frame.text("sign-in-onward")) } } },
    )
}
