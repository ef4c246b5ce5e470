//! Signing in and out, the language, and what a session acts for.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use sapar_access::Word;
use sapar_messages::Language;
use sapar_operations::OperationError;
use sapar_pages::{Form, Text, sign_in as view};
use sapar_sign_in::password::Password;

use crate::pages::{openid, passkeys};
use crate::posted::Posted;
use crate::respond::{fault, page, refused, see_other};
use crate::state::App;
use crate::visit::{
    User, Visit, alarm_of, language_cookie, no_session_cookie, session_cookie, with_cookie,
};

/// The page to sign in.
pub(crate) async fn show(mut visit: Visit) -> Response {
    let cookie = visit.guard();
    visit.frame.alarm = alarm_of(&visit.app);
    let response = page(view::page(&visit.frame, &shown(&visit, Form::default())));
    match cookie {
        Some(cookie) => with_cookie(response, &cookie),
        None => response,
    }
}

/// The page to sign in, as this server has it set up.
pub(crate) fn shown(visit: &Visit, form: Form) -> view::View {
    let mut shown = view::View {
        form,
        passkeys: passkeys::origin(&visit.app),
        single_sign_on: openid::address(&visit.app),
        ..view::View::default()
    };
    if visit.app.demonstration {
        let directory = visit.app.operations.directory();
        shown.demonstration = crate::demo::USERS
            .iter()
            .filter_map(|invented| {
                let user = directory.users.get(&invented.id())?;
                let agency = directory.name(user.agency.uuid()).to_owned();
                let post = user
                    .post
                    .map(|post| directory.name(post.uuid()).to_owned())
                    .filter(|post| !post.is_empty());
                Some(view::DemonstrationUser {
                    name: invented.name.to_owned(),
                    called: user.name.clone(),
                    role: Text::key(user.role.label_key()),
                    agency: match post {
                        Some(post) => format!("{agency}, {post}").into(),
                        None => agency.into(),
                    },
                })
            })
            .collect();
        shown.demonstration_password = crate::demo::PASSWORD.to_owned();
    }
    shown
}

/// Signs in, and goes on to the desk.
pub(crate) async fn sign_in(mut visit: Visit, posted: Posted) -> Response {
    if let Some(language) = posted.language {
        visit.frame.language = language;
        let made = page(view::page(&visit.frame, &shown(&visit, posted.form)));
        return with_cookie(made, &language_cookie(&visit.app, language));
    }
    if !visit.is_ours(&posted) {
        // The cookie of the form ran out, or another site sent it: show a new one.
        let cookie = visit.guard();
        let mut form = posted.form;
        form.refuse("name", Text::key("sign-in-again"));
        let response = refused(view::page(&visit.frame, &shown(&visit, form)));
        return match cookie {
            Some(cookie) => with_cookie(response, &cookie),
            None => response,
        };
    }
    let operations = &visit.app.operations;
    let password = Password::typed(posted.form.value("password").to_owned());
    let signed = operations
        .sign_in(
            posted.value("name"),
            password,
            &visit.address,
            visit.app.now(),
        )
        .await;
    match signed {
        Ok(token) => with_cookie(see_other("/"), &session_cookie(&visit.app, &token)),
        Err(error @ (OperationError::WrongSignIn | OperationError::Wait(_))) => {
            let mut form = posted.form;
            let message = match error {
                OperationError::Wait(until) => Text::key("sign-in-locked").with("moment", until),
                _ => Text::key("sign-in-wrong"),
            };
            form.refuse("name", message);
            refused(view::page(&visit.frame, &shown(&visit, form)))
        }
        Err(error) => fault(&visit.app, &visit.frame, &error),
    }
}

/// Ends the session.
pub(crate) async fn sign_out(user: User, posted: Posted) -> Response {
    let step = async {
        let session = user.signed_in.session;
        user.operations().sign_out(session).await?;
        Ok("/sign-in".to_owned())
    };
    let response = user.step(&posted, step).await;
    // A form that is not ours ends nothing, and leaves the cookie.
    if response.status().is_redirection() {
        with_cookie(response, &no_session_cookie(&user.app))
    } else {
        response
    }
}

/// Switches the language of a page without a form.
pub(crate) async fn language(State(app): State<Arc<App>>, posted: Posted) -> Response {
    let language = posted.language.unwrap_or(Language::English);
    let back = own_path(posted.value("back"));
    with_cookie(see_other(back), &language_cookie(&app, language))
}

/// Acts for another purpose from now on.
pub(crate) async fn purpose(user: User, posted: Posted) -> Response {
    let step = async {
        let purpose = posted.value("purpose");
        user.operations().act_for(&user.signed_in, purpose).await?;
        // What one purpose shows another may not, so the way leads back to the desk.
        Ok("/".to_owned())
    };
    user.step(&posted, step).await
}

/// Only a path of our own: whoever made the form must not send the user elsewhere.
pub(crate) fn own_path(path: &str) -> &str {
    let own = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    if own { path } else { "/" }
}

/// There is no such address, for whoever is signed in and for others.
pub(crate) async fn nothing(user: Result<User, Response>, visit: Visit) -> Response {
    let frame = user.map_or(visit.frame, |user| user.frame);
    fault(&visit.app, &frame, &OperationError::NotThere)
}
