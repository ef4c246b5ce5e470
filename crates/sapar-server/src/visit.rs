//! Who makes a request, in which language, and what every page of theirs shows.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Path};
use axum::http::header;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use axum::response::{IntoResponse, Response};
use sapar_access::{Purpose, Word};
use sapar_messages::Language;
use sapar_operations::sign_in::SignedIn;
use sapar_operations::{Caller, OperationError, Operations};
use sapar_pages::{Choice, Form, Frame, Markup, Section, Text};
use sapar_sign_in::session::{SessionId, SessionToken, TOKEN_BYTES};
use uuid::Uuid;

use crate::posted::Posted;
use crate::respond::{fault, page, page_with, see_other};
use crate::state::App;

const SESSION: &str = "sapar-session";
const GUEST: &str = "sapar-guest";
const LANGUAGE: &str = "sapar-language";

/// Somebody who may not have signed in.
pub(crate) struct Visit {
    pub(crate) app: Arc<App>,
    pub(crate) frame: Frame,
    /// The token that guards the form of signing in.
    guest: Option<SessionToken>,
    pub(crate) address: String,
}

/// Somebody who is signed in.
pub(crate) struct User {
    pub(crate) app: Arc<App>,
    pub(crate) frame: Frame,
    pub(crate) signed_in: SignedIn,
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let address = address_of(app, &parts.headers, &parts.extensions);
        let guest = cookie(&parts.headers, GUEST).and_then(|text| token_of(&text));
        let mut frame = frame_of(app, parts);
        if let Some(guest) = &guest {
            frame.csrf = app.guest_key.token(&guest.id());
        }
        Ok(Self {
            app: Arc::clone(app),
            frame,
            guest,
            address,
        })
    }
}

impl Visit {
    /// Makes sure that there is a token for the form, and gives the cookie to set for a new one.
    pub(crate) fn guard(&mut self) -> Option<String> {
        if self.guest.is_some() {
            return None;
        }
        let token = SessionToken::new(random());
        self.frame.csrf = self.app.guest_key.token(&token.id());
        let cookie = set_cookie(&self.app, GUEST, &hex(token.bytes()), Some(3_600), true);
        self.guest = Some(token);
        Some(cookie)
    }

    pub(crate) fn is_ours(&self, posted: &Posted) -> bool {
        self.guest_of(posted).is_some()
    }

    /// Which visit a form belongs to, if it is one of ours.
    pub(crate) fn guest_of(&self, posted: &Posted) -> Option<SessionId> {
        self.guest
            .as_ref()
            .map(SessionToken::id)
            .filter(|guest| self.app.guest_key.is_token(guest, &posted.csrf))
    }
}

impl FromRequestParts<Arc<App>> for User {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let frame = frame_of(app, parts);
        let Some(token) = session_token(&parts.headers) else {
            return Err(see_other("/sign-in"));
        };
        let signed_in = match app.operations.signed_in(&token, app.now()).await {
            Ok(signed_in) => signed_in,
            Err(error) => return Err(fault(app, &frame, &error)),
        };
        let mut user = Self {
            app: Arc::clone(app),
            frame,
            signed_in,
        };
        if let Err(error) = user.fill_frame().await {
            return Err(fault(app, &user.frame, &error));
        }
        Ok(user)
    }
}

/// The identifier in an address.
///
/// One that is none becomes the identifier of nothing, so that its page is the one of whatever does not exist for the reader.
pub(crate) struct At(pub(crate) Uuid);

impl FromRequestParts<Arc<App>> for At {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let path = Path::<Uuid>::from_request_parts(parts, app).await;
        Ok(Self(path.map_or(Uuid::nil(), |Path(id)| id)))
    }
}

/// Two identifiers in an address: of a thing, and of a part of it. As [`At`] where one is none.
pub(crate) struct AtBoth(pub(crate) Uuid, pub(crate) Uuid);

impl FromRequestParts<Arc<App>> for AtBoth {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let path = Path::<(Uuid, Uuid)>::from_request_parts(parts, app).await;
        let (whole, part) = path.map_or((Uuid::nil(), Uuid::nil()), |Path(ids)| ids);
        Ok(Self(whole, part))
    }
}

impl User {
    pub(crate) fn caller(&self) -> &Caller {
        &self.signed_in.caller
    }

    pub(crate) fn operations(&self) -> &Operations {
        &self.app.operations
    }

    pub(crate) fn language(&self) -> Language {
        self.frame.language
    }

    /// A page, or what went wrong.
    pub(crate) fn page(&self, made: Result<Markup, OperationError>) -> Response {
        match made {
            Ok(markup) => page(markup),
            Err(error) => fault(&self.app, &self.frame, &error),
        }
    }

    /// On to another page after a step, or what went wrong.
    fn done(&self, step: Result<String, OperationError>) -> Response {
        match step {
            Ok(path) => see_other(&path),
            Err(error) => fault(&self.app, &self.frame, &error),
        }
    }

    /// Refuses a form that is not from a page of this session.
    pub(crate) fn ours(&self, posted: &Posted) -> Result<(), Box<Response>> {
        if self
            .operations()
            .is_form_token(&self.signed_in.session, &posted.csrf)
        {
            Ok(())
        } else {
            Err(Box::new(fault(
                &self.app,
                &self.frame,
                &OperationError::NotPermitted,
            )))
        }
    }

    /// Where a language was switched to in a form: takes it for this answer, and gives the cookie.
    pub(crate) fn switched(&mut self, posted: &Posted) -> Option<String> {
        let language = posted.language?;
        self.frame.language = language;
        Some(language_cookie(&self.app, language))
    }

    /// A step of a single button: on to the next page, or what went wrong.
    pub(crate) async fn step(
        &self,
        posted: &Posted,
        step: impl Future<Output = Result<String, OperationError>>,
    ) -> Response {
        if let Err(response) = self.ours(posted) {
            return *response;
        }
        self.done(step.await)
    }

    /// A form's step: on to the next page, the form again with what is wrong, or a page of its own.
    ///
    /// `again` makes the page with the form as it was typed.
    pub(crate) async fn form_step<Again>(
        mut self,
        posted: Posted,
        first_field: &str,
        step: impl AsyncFnOnce(&Self, &Posted) -> Result<String, OperationError>,
        again: Again,
    ) -> Response
    where
        Again: AsyncFnOnce(&Self, Form) -> Result<Markup, OperationError>,
    {
        if let Err(response) = self.ours(&posted) {
            return *response;
        }
        if let Some(cookie) = self.switched(&posted) {
            let made = again(&self, posted.form).await;
            return with_cookie(self.page(made), &cookie);
        }
        match step(&self, &posted).await {
            Ok(path) => see_other(&path),
            Err(error) => match crate::respond::into_form(posted.form, error, first_field) {
                Ok((status, form)) => match again(&self, form).await {
                    Ok(markup) => page_with(status, markup),
                    Err(error) => fault(&self.app, &self.frame, &error),
                },
                Err(error) => fault(&self.app, &self.frame, &error),
            },
        }
    }

    async fn fill_frame(&mut self) -> Result<(), OperationError> {
        let operations = &self.app.operations;
        let caller = &self.signed_in.caller;
        let directory = operations.directory();
        let frame = &mut self.frame;
        frame.csrf = operations.form_token(&self.signed_in.session);
        frame.user = Some(sapar_pages::SignedIn {
            name: self.signed_in.user.name.clone(),
            role: Text::key(caller.profile.role.label_key()),
            agency: directory.name(caller.agency.uuid()).into(),
        });
        frame.purpose = caller.purpose.name().to_owned();
        frame.purposes = operations
            .purposes(caller)
            .into_iter()
            .map(|purpose: Purpose| Choice::new(purpose.name(), Text::key(purpose.label_key())))
            .collect();
        let post = caller
            .post
            .and_then(|post| directory.posts.get(&post.uuid()).cloned());
        if let Some(post) = post
            && let Ok(zone) = jiff::tz::TimeZone::get(post.time_zone.as_str())
        {
            frame.zone = zone;
            frame.zone_label = post.name;
        } else {
            frame.zone = operations.law().calendar().time_zone().clone();
        }
        let waits = operations.waits(caller).await?;
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        frame.unread = small(waits.referrals);
        frame.overdue = small(waits.overdue);
        if waits.glass > 0 {
            frame.notice = Some(Text::key("glass-waits").with("count", small(waits.glass)));
        }
        frame.alarm = alarm_of(&self.app);
        frame.navigation = sections(operations, caller);
        Ok(())
    }
}

fn sections(operations: &Operations, caller: &Caller) -> Vec<Section> {
    let mut sections = vec![Section::Desk];
    if operations.meets_travellers(caller) {
        sections.push(Section::NewEncounter);
    }
    if operations.may_search(caller) {
        sections.push(Section::Search);
    }
    if operations.works(caller) {
        sections.extend([Section::Tasks, Section::Referrals]);
        if caller.team.is_some() {
            sections.push(Section::Cases);
        }
    }
    if operations.may_count(caller) {
        sections.push(Section::Dashboard);
    }
    if operations.reviews(caller) {
        sections.push(Section::Reviews);
    }
    if operations.administer(caller).is_ok() {
        sections.push(Section::Administration);
    }
    sections.extend([Section::Law, Section::Help]);
    sections
}

/// Where a request comes from.
pub(crate) fn address_of(app: &App, headers: &HeaderMap, extensions: &Extensions) -> String {
    let peer = || {
        extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or_else(|| "unknown".to_owned(), |info| info.0.ip().to_string())
    };
    // Behind a proxy everybody comes from it; the last address named is the one that the proxy itself saw.
    forwarded(headers)
        .filter(|_| app.secure)
        .unwrap_or_else(peer)
}

pub(crate) fn frame_of(app: &App, parts: &Parts) -> Frame {
    Frame {
        language: language_of(&parts.headers),
        path: parts.uri.path().to_owned(),
        demonstration: app.demonstration,
        now: app.now(),
        zone: app.operations.law().calendar().time_zone().clone(),
        ..Frame::default()
    }
}

/// What is wrong with the machine's clock, if anything: due times hang on it.
pub(crate) fn alarm_of(app: &App) -> Option<Text> {
    let newest = app.operations.clock_went_back(app.now())?;
    // With year and day, since "today" means nothing by a clock that is wrong.
    let newest = newest.to_zoned_datetime(app.operations.law().calendar().time_zone().clone());
    Some(Text::key("clock-went-back").with("moment", newest.strftime("%Y-%m-%d %H:%M").to_string()))
}

fn forwarded(headers: &HeaderMap) -> Option<String> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    let address = last.to_str().ok()?.rsplit(',').next()?.trim();
    (!address.is_empty()).then(|| address.to_owned())
}

/// The language chosen before, or the browser's first that there is.
fn language_of(headers: &HeaderMap) -> Language {
    if let Some(chosen) = cookie(headers, LANGUAGE).and_then(|code| code.parse().ok()) {
        return chosen;
    }
    let wished = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    wished
        .split(',')
        .filter_map(|wish| wish.split([';', '-']).next())
        .find_map(|code| code.trim().parse().ok())
        .unwrap_or(Language::English)
}

pub(crate) fn session_token(headers: &HeaderMap) -> Option<SessionToken> {
    cookie(headers, SESSION).and_then(|text| token_of(&text))
}

/// The cookie of a session.
pub(crate) fn session_cookie(app: &App, token: &SessionToken) -> String {
    set_cookie(app, SESSION, &hex(token.bytes()), None, true)
}

/// Ends the cookie of a session.
pub(crate) fn no_session_cookie(app: &App) -> String {
    set_cookie(app, SESSION, "", Some(0), true)
}

/// Remembers a language for a year.
pub(crate) fn language_cookie(app: &App, language: Language) -> String {
    set_cookie(app, LANGUAGE, language.code(), Some(31_536_000), false)
}

fn set_cookie(app: &App, name: &str, value: &str, seconds: Option<u64>, hidden: bool) -> String {
    let mut cookie = format!("{name}={value}; Path=/; SameSite=Strict");
    if hidden {
        cookie.push_str("; HttpOnly");
    }
    if app.secure {
        cookie.push_str("; Secure");
    }
    if let Some(seconds) = seconds {
        cookie.push_str(&format!("; Max-Age={seconds}"));
    }
    cookie
}

pub(crate) fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(value) = cookie.parse() {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response.into_response()
}

pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(one, _)| *one == name)
        .map(|(_, value)| value.to_owned())
}

/// A token as cookies and the JSON interface carry it: 64 hexadecimal digits.
pub(crate) fn token_of(text: &str) -> Option<SessionToken> {
    if text.len() != 2 * TOKEN_BYTES || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0_u8; TOKEN_BYTES];
    for (byte, place) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(text.get(place..place + 2)?, 16).ok()?;
    }
    Some(SessionToken::new(bytes))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Random bytes of the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(
        clippy::expect_used,
        reason = "a machine without random bytes must not go on"
    )]
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
