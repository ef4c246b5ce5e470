//! `/administration`: users, agencies, teams and posts. Whoever sets them up sees nobody's file.

use maud::{Markup, html};

use crate::account::{Passkey, about};
use crate::form::{Fields, Form, Input, button_form};
use crate::frame::{Frame, Section};
use crate::layout::{Head, page as whole};
use crate::parts::{badge, nothing};
use crate::text::{Choice, Text};

/// What is set up.
#[derive(Clone, Default)]
pub struct View {
    /// Users.
    pub users: Vec<UserLine>,
    /// Agencies.
    pub agencies: Vec<Line>,
    /// Teams.
    pub teams: Vec<Line>,
    /// Posts.
    pub posts: Vec<Line>,
}

/// A user in a line.
#[derive(Clone, Default)]
pub struct UserLine {
    /// Which.
    pub id: String,
    /// The name colleagues see.
    pub name: String,
    /// The role.
    pub role: Text,
    /// The agency, and the team or post.
    pub agency: Text,
    /// Whether the account is closed.
    pub closed: bool,
}

/// An agency, team or post in a line.
#[derive(Clone, Default)]
pub struct Line {
    /// Where it can be changed; empty where it cannot.
    pub link: String,
    /// What it is called.
    pub name: Text,
    /// More of it: its kind, its agency, its time zone.
    pub about: Vec<Text>,
}

/// A form of the administration.
#[derive(Clone, Default)]
pub struct EditView {
    /// What is made or changed.
    pub what: What,
    /// What was typed or is set up: `name` and, by what is made, `sign_in_name`, `password`, `role`, `agency`, `team`,
    /// `post`, `kind`, `mandate[]`, `time_zone`, `closed`.
    pub form: Form,
    /// Roles.
    pub roles: Vec<Choice>,
    /// Kinds of agencies.
    pub kinds: Vec<Choice>,
    /// Purposes of a mandate.
    pub purposes: Vec<Choice>,
    /// Agencies.
    pub agencies: Vec<Choice>,
    /// Teams.
    pub teams: Vec<Choice>,
    /// Posts.
    pub posts: Vec<Choice>,
    /// Passkeys of a user there is.
    pub passkeys: Vec<Passkey>,
    /// Whom a user there is is linked to at headquarters' provider, `issuer` and `subject`; nothing where there is no provider.
    pub identity: Option<Form>,
}

/// What a form makes or changes.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum What {
    /// A new user.
    #[default]
    NewUser,
    /// A user there is.
    User {
        /// Which.
        id: String,
    },
    /// A new agency.
    NewAgency,
    /// An agency there is: its name and mandate, since its kind is what it is.
    Agency {
        /// Which.
        id: String,
    },
    /// A new post.
    NewPost,
    /// A new team.
    NewTeam,
}

/// The overview.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.text("nav-administration");
    let head = Head {
        title: &title,
        section: Some(Section::Administration),
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            p class="hint" { (frame.text("administration-hint")) }
            section class="panel" aria-labelledby="users" {
                h2 id="users" { (frame.text("administration-users")) }
                p class="actions" { a class="button primary" href="/administration/users/new" { (frame.text("administration-new-user")) } }
                @if view.users.is_empty() { (nothing(frame, "administration-empty")) }
                ul class="rows" {
                    @for user in &view.users {
                        li {
                            a class="row-link" href={ "/administration/users/" (user.id) } { (user.name) }
                            p class="meta" {
                                span { (frame.say(&user.role)) } span { (frame.say(&user.agency)) }
                                @if user.closed { (badge("quiet", &frame.text("administration-closed"))) }
                            }
                        }
                    }
                }
            }
            div class="columns below" {
                (lines(frame, "agencies", "administration-agencies", "administration-new-agency", &view.agencies))
                (lines(frame, "posts", "administration-posts", "administration-new-post", &view.posts))
                (lines(frame, "teams", "administration-teams", "administration-new-team", &view.teams))
            }
        },
    )
}

fn lines(frame: &Frame, id: &str, key: &str, new: &str, lines: &[Line]) -> Markup {
    html! {
        section class="panel" aria-labelledby=(id) {
            h2 id=(id) { (frame.text(key)) }
            p { a class="button" href={ "/administration/" (id) "/new" } { (frame.text(new)) } }
            @if lines.is_empty() { (nothing(frame, "administration-empty")) }
            ul class="rows" {
                @for line in lines {
                    li {
                        @if line.link.is_empty() { strong { (frame.say(&line.name)) } }
                        @else { a class="row-link" href=(line.link) { (frame.say(&line.name)) } }
                        p class="meta" { @for about in &line.about { span { (frame.say(about)) } } }
                    }
                }
            }
        }
    }
}

/// A form of the administration.
#[must_use]
pub fn edit_page(frame: &Frame, view: &EditView) -> Markup {
    let fields = Fields::main(frame, &view.form);
    let (key, action) = match &view.what {
        What::NewUser => (
            "administration-new-user",
            "/administration/users/new".to_owned(),
        ),
        What::User { id } => ("administration-user", format!("/administration/users/{id}")),
        What::NewAgency => (
            "administration-new-agency",
            "/administration/agencies/new".to_owned(),
        ),
        What::Agency { id } => (
            "administration-one-agency",
            format!("/administration/agencies/{id}"),
        ),
        What::NewPost => (
            "administration-new-post",
            "/administration/posts/new".to_owned(),
        ),
        What::NewTeam => (
            "administration-new-team",
            "/administration/teams/new".to_owned(),
        ),
    };
    let title = frame.text(key);
    let over = html! { a href="/administration" { (frame.text("nav-administration")) } };
    let head = Head {
        title: &title,
        section: Some(Section::Administration),
        form: Some(&view.form),
        over: Some(&over),
        shape: "narrow",
        ..Head::default()
    };
    let agency = || {
        fields.select(
            &Input::new("agency", "administration-agency"),
            &view.agencies,
        )
    };
    whole(
        frame,
        head,
        &html! {
            (fields.summary())
            (fields.form(&action, &html! {
                (fields.text(&Input::new("name", "administration-name")))
                @match &view.what {
                    What::NewUser | What::User { .. } => {
                        @if view.what == What::NewUser {
                            (fields.text(&Input::new("sign_in_name", "sign-in-name").code().hint("administration-sign-in-hint")))
                            (fields.text(&Input::new("password", "administration-password").kind("password").autocomplete("new-password").hint("account-password-hint")))
                        }
                        (fields.select(&Input::new("role", "administration-role"), &view.roles))
                        (agency())
                        (fields.select(&Input::new("team", "administration-team").optional(), &view.teams))
                        (fields.select(&Input::new("post", "encounter-post").optional(), &view.posts))
                        @if view.what != What::NewUser {
                            (fields.checks(&Input::new("closed", "administration-close").hint("administration-close-hint"), &[
                                Choice::new("yes", Text::key("administration-close-yes")),
                            ]))
                        }
                    }
                    What::NewAgency => {
                        (fields.select(&Input::new("kind", "administration-kind"), &view.kinds))
                        (fields.checks(&Input::new("mandate[]", "administration-mandate").hint("administration-mandate-hint"), &view.purposes))
                    }
                    What::Agency { .. } => {
                        (fields.checks(&Input::new("mandate[]", "administration-mandate").hint("administration-mandate-hint"), &view.purposes))
                        div class="caution" { p { (frame.text("administration-mandate-changes")) } }
                    }
                    What::NewPost => {
                        (agency())
                        (fields.text(&Input::new("time_zone", "administration-time-zone").code().short().hint("administration-time-zone-hint")))
                    }
                    What::NewTeam => (agency()),
                }
                (fields.submit("form-save"))
            }))
            @if let What::User { id } = &view.what {
                @if let Some(form) = &view.identity { (identity(frame, id, form)) }
                (passkeys(frame, id, &view.passkeys))
            }
        },
    )
}

/// Whom headquarters' provider knows a user as.
fn identity(frame: &Frame, id: &str, form: &Form) -> Markup {
    let fields = Fields::named(frame, form, "i");
    html! {
        section class="panel below" aria-labelledby="identity" {
            h2 id="identity" { (frame.text("administration-identity")) }
            p class="hint" { (frame.text("administration-identity-hint")) }
            (fields.summary())
            (fields.form(&format!("/administration/users/{id}/identity"), &html! {
                (fields.text(&Input::new("issuer", "administration-issuer").code()))
                (fields.text(&Input::new("subject", "administration-subject").code().optional().hint("administration-subject-hint")))
                (fields.submit("form-save"))
            }))
        }
    }
}

/// A user's passkeys, to be removed after a device was lost.
fn passkeys(frame: &Frame, id: &str, passkeys: &[Passkey]) -> Markup {
    html! {
        section class="panel below" aria-labelledby="passkeys" {
            h2 id="passkeys" { (frame.text("account-passkeys")) }
            p class="hint" { (frame.text("administration-passkeys-hint")) }
            @if passkeys.is_empty() { (nothing(frame, "administration-empty")) }
            @else {
                ul class="rows" { @for passkey in passkeys { li { (about(frame, passkey)) } } }
                (button_form(frame, &format!("/administration/users/{id}/passkeys"), "administration-passkeys-remove", "secondary"))
            }
        }
    }
}
