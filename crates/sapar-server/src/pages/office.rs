//! Search, figures, administration, reviews, the law, the own account and help.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use sapar_access::{
    Agency, AgencyId, AgencyKind, Post, PostId, Purpose, Purposes, Role, Team, TeamId,
    TimeZoneName, User as Entry, UserId, UserState, Word,
};
use sapar_operations::OperationError;
use sapar_operations::directory::{Directory, DirectoryEntry};
use sapar_pages::dashboard::chart::{Bar, Bars};
use sapar_pages::{
    Choice, Due, Form, Markup, RefusedForm, Text, account as account_view, administration as admin,
    dashboard as dashboard_view, help as help_view, reviews as reviews_view, search as search_view,
};
use sapar_sign_in::password::Password;
use uuid::Uuid;

use crate::headquarters::Headquarters;
use crate::pages::passkeys;
use crate::posted::Posted;
use crate::respond::page;
use crate::state::App;
use crate::visit::{At, User, Visit, with_cookie};
use crate::words::Words;

mod law;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/search", get(search_form).post(search))
        .route("/dashboard", get(dashboard))
        .route("/administration", get(administration))
        .route(
            "/administration/users/new",
            get(new_user).post(add_new_user),
        )
        .route(
            "/administration/users/{id}",
            get(user_form).post(change_user),
        )
        .route(
            "/administration/agencies/new",
            get(new_agency).post(add_new_agency),
        )
        .route(
            "/administration/agencies/{id}",
            get(agency_form).post(change_agency),
        )
        .route("/administration/{what}/new", get(new_entry).post(add_entry))
        .route("/reviews", get(reviews))
        .route("/reviews/{id}", post(review))
        .route("/law", get(law::packages))
        .route("/law/{package}/{instrument}", get(law::instrument))
        .route("/account", get(account))
        .route("/account/password", post(password))
        .route("/help", get(help))
}

fn words<'a>(user: &'a User, directory: &'a Directory) -> Words<'a> {
    let law = user.operations().law();
    Words {
        frame: &user.frame,
        law,
        library: law.library(),
        directory,
    }
}

// Search.

async fn search_form(user: User) -> Response {
    if !user.operations().may_search(user.caller()) {
        return user.page(Err(OperationError::NotPermitted));
    }
    page(search_view::page(
        &user.frame,
        &search_view::View::default(),
    ))
}

/// What is searched for never stands in an address.
async fn search(mut user: User, posted: Posted) -> Response {
    if let Err(response) = user.ours(&posted) {
        return *response;
    }
    let cookie = user.switched(&posted);
    let made = async {
        let query = posted.value("q").to_owned();
        let mut view = search_view::View {
            form: posted.form.clone(),
            ..search_view::View::default()
        };
        if query
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .count()
            < 2
        {
            view.form.refuse("q", Text::key("search-too-short"));
        } else if cookie.is_none() {
            let operations = user.operations();
            let found = operations.search(user.caller(), &query).await?;
            let directory = operations.directory();
            let words = words(&user, &directory);
            view.found = Some(
                found
                    .persons
                    .iter()
                    .map(|line| words.person(line))
                    .collect(),
            );
            view.more = found.more;
        }
        Ok(search_view::page(&user.frame, &view))
    };
    let made = made.await;
    let response = user.page(made);
    match cookie {
        Some(cookie) => with_cookie(response, &cookie),
        None => response,
    }
}

// Figures.

/// How many escalated tasks the figures begin with.
const ESCALATED_SHOWN: usize = 20;

async fn dashboard(user: User) -> Response {
    let made = async {
        let operations = user.operations();
        let found = operations.dashboard(user.caller()).await?;
        let directory = operations.directory();
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let today = operations.today(user.caller().now);
        let met_today = found
            .met
            .iter()
            .find(|(day, _)| *day == today)
            .map_or(0, |(_, count)| *count);
        let late: u64 = found.overdue.iter().map(|(_, count)| count).sum();
        let waiting: u64 = found
            .referrals
            .iter()
            .filter(|(state, _)| state == "offered")
            .map(|(_, count)| count)
            .sum();
        let figure = |key: &'static str, count: u64, attention: bool| dashboard_view::Figure {
            label: Text::key(key),
            count: small(count),
            attention: attention && count > 0,
        };
        let bar = |label: Text, count: u64, attention: bool| Bar {
            label,
            value: small(count),
            attention,
        };
        let words = words(&user, &directory);
        let view = dashboard_view::View {
            escalated: found
                .escalated
                .iter()
                .take(ESCALATED_SHOWN)
                .map(|task| words.task(task, true))
                .collect(),
            escalated_more: small(found.escalated.len().saturating_sub(ESCALATED_SHOWN) as u64),
            from: found.met.first().map(|(day, _)| *day),
            until: Some(today),
            figures: vec![
                figure("figure-met-today", met_today, false),
                figure("figure-referrals-waiting", waiting, true),
                figure("figure-tasks-late", late, true),
            ],
            people_by_outcome: Bars {
                bars: found
                    .findings
                    .iter()
                    .map(|(name, count)| bar(Text::key(format!("finding-{name}")), *count, false))
                    .collect(),
            },
            time_to_referral: Bars {
                bars: found
                    .to_referral
                    .iter()
                    .map(|(hours, count)| {
                        let label = if *hours == u32::MAX {
                            Text::key("waited-longer")
                        } else {
                            Text::key("waited-under").with("count", *hours)
                        };
                        bar(label, *count, *hours == u32::MAX)
                    })
                    .collect(),
            },
            overdue_by_agency: Bars {
                bars: found
                    .overdue
                    .iter()
                    .map(|(agency, count)| {
                        let label = match agency {
                            Some(agency) => directory.name(*agency).into(),
                            None => Text::key("agency-others"),
                        };
                        bar(label, *count, true)
                    })
                    .collect(),
            },
        };
        Ok(dashboard_view::page(&user.frame, &view))
    };
    let made = made.await;
    user.page(made)
}

// Administration.

async fn administration(user: User) -> Response {
    let made = user
        .operations()
        .administer(user.caller())
        .map(|directory| admin::page(&user.frame, &administration_view(&directory)));
    user.page(made)
}

fn administration_view(directory: &Directory) -> admin::View {
    admin::View {
        users: directory
            .users
            .values()
            .map(|one| admin::UserLine {
                id: one.id.to_string(),
                name: one.name.clone(),
                role: Text::key(one.role.label_key()),
                agency: directory.name(one.agency.uuid()).into(),
                closed: one.state == UserState::Closed,
            })
            .collect(),
        agencies: directory
            .agencies
            .values()
            .map(|one| admin::Line {
                link: format!("/administration/agencies/{}", one.id),
                name: one.name.as_str().into(),
                about: vec![Text::key(one.kind.label_key())],
            })
            .collect(),
        teams: directory
            .teams
            .values()
            .map(|one| admin::Line {
                link: String::new(),
                name: one.name.as_str().into(),
                about: vec![directory.name(one.agency.uuid()).into()],
            })
            .collect(),
        posts: directory
            .posts
            .values()
            .map(|one| admin::Line {
                link: String::new(),
                name: one.name.as_str().into(),
                about: vec![one.time_zone.as_str().into()],
            })
            .collect(),
    }
}

fn what_of(word: &str) -> Result<admin::What, OperationError> {
    match word {
        "users" => Ok(admin::What::NewUser),
        "agencies" => Ok(admin::What::NewAgency),
        "posts" => Ok(admin::What::NewPost),
        "teams" => Ok(admin::What::NewTeam),
        _ => Err(OperationError::NotThere),
    }
}

fn edit_view(
    user: &User,
    what: admin::What,
    form: Form,
) -> Result<admin::EditView, OperationError> {
    let directory = user.operations().administer(user.caller())?;
    fn choices<W: Word>() -> Vec<Choice> {
        W::ALL
            .iter()
            .map(|one| Choice::new(one.name(), Text::key(one.label_key())))
            .collect()
    }
    Ok(admin::EditView {
        what,
        form,
        roles: choices::<Role>(),
        kinds: choices::<AgencyKind>(),
        purposes: choices::<Purpose>(),
        agencies: directory
            .agencies
            .values()
            .map(|one| Choice::new(one.id.to_string(), one.name.as_str()))
            .collect(),
        teams: directory
            .teams
            .values()
            .map(|one| Choice::new(one.id.to_string(), one.name.as_str()))
            .collect(),
        posts: directory
            .posts
            .values()
            .map(|one| Choice::new(one.id.to_string(), one.name.as_str()))
            .collect(),
        ..admin::EditView::default()
    })
}

fn edit_page(user: &User, what: admin::What, form: Form) -> Result<Markup, OperationError> {
    let view = edit_view(user, what, form)?;
    Ok(admin::edit_page(&user.frame, &view))
}

/// The form of a user there is, and how they sign in, with what was typed into either.
pub(crate) async fn user_page(
    user: &User,
    id: Uuid,
    form: Option<Form>,
    identity_form: Option<Form>,
) -> Result<Markup, OperationError> {
    let operations = user.operations();
    let directory = operations.administer(user.caller())?;
    let found = directory.users.get(&id).ok_or(OperationError::NotThere)?;
    let form = form.unwrap_or_else(|| form_of(found));
    let mut view = edit_view(user, admin::What::User { id: id.to_string() }, form)?;
    let passkeys = operations.passkeys_of(user.caller(), found.id).await?;
    view.passkeys = passkeys::lines(passkeys);
    let linked = operations.identity_of(user.caller(), found.id).await?;
    let issuer = user.app.headquarters.as_ref().map(Headquarters::issuer);
    view.identity = match (linked, issuer) {
        (Some(linked), _) => Some(
            Form::default()
                .with("issuer", linked.issuer())
                .with("subject", linked.subject()),
        ),
        (None, Some(issuer)) => Some(Form::default().with("issuer", issuer)),
        (None, None) => None,
    };
    if let Some(form) = identity_form {
        view.identity = Some(form);
    }
    Ok(admin::edit_page(&user.frame, &view))
}

fn form_of(user: &Entry) -> Form {
    let mut form = Form::default()
        .with("name", user.name.as_str())
        .with("agency", user.agency.to_string())
        .with("role", user.role.name());
    if let Some(team) = user.team {
        form = form.with("team", team.to_string());
    }
    if let Some(post) = user.post {
        form = form.with("post", post.to_string());
    }
    if user.state == UserState::Closed {
        form = form.with("closed", "yes");
    }
    form
}

async fn new_user(user: User) -> Response {
    new_entry(user, Path("users".to_owned())).await
}

async fn add_new_user(user: User, posted: Posted) -> Response {
    add_entry(user, Path("users".to_owned()), posted).await
}

async fn new_agency(user: User) -> Response {
    new_entry(user, Path("agencies".to_owned())).await
}

async fn add_new_agency(user: User, posted: Posted) -> Response {
    add_entry(user, Path("agencies".to_owned()), posted).await
}

/// The purposes that a form's boxes name.
fn mandate(posted: &Posted) -> Purposes {
    Purpose::ALL
        .iter()
        .copied()
        .filter(|purpose| posted.form.has("mandate[]", purpose.name()))
        .fold(Purposes::NONE, Purposes::with)
}

async fn agency_form(user: User, At(id): At) -> Response {
    let made = async {
        let directory = user.operations().administer(user.caller())?;
        let found = directory.agency(id).ok_or(OperationError::NotThere)?;
        let form = found.mandate.iter().fold(
            Form::default().with("name", found.name.as_str()),
            |form, purpose| form.with("mandate[]", purpose.name()),
        );
        edit_page(&user, admin::What::Agency { id: id.to_string() }, form)
    };
    let made = made.await;
    user.page(made)
}

async fn change_agency(user: User, At(id): At, posted: Posted) -> Response {
    user.form_step(
        posted,
        "name",
        async |user: &User, posted: &Posted| {
            let directory = user.operations().administer(user.caller())?;
            let found = directory.agency(id).ok_or(OperationError::NotThere)?;
            let entry = Agency {
                name: posted.value("name").to_owned(),
                mandate: mandate(posted),
                ..found.clone()
            };
            user.operations()
                .put_entry(user.caller(), DirectoryEntry::Agency(entry))
                .await?;
            Ok("/administration".to_owned())
        },
        async |user: &User, form: Form| {
            edit_page(user, admin::What::Agency { id: id.to_string() }, form)
        },
    )
    .await
}

async fn new_entry(user: User, Path(what): Path<String>) -> Response {
    let made = what_of(&what).and_then(|what| edit_page(&user, what, Form::default()));
    user.page(made)
}

fn required<T>(value: Option<T>, field: &'static str) -> Result<T, OperationError> {
    value.ok_or(OperationError::field(field, "form-required"))
}

fn id_of<T: TryFrom<Uuid>>(text: &str) -> Option<T> {
    text.parse::<Uuid>()
        .ok()
        .and_then(|id| T::try_from(id).ok())
}

async fn add_entry(user: User, Path(what): Path<String>, posted: Posted) -> Response {
    let again = what.clone();
    user.form_step(
        posted,
        "name",
        async |user: &User, posted: &Posted| {
            let operations = user.operations();
            let fresh = operations.fresh_id(user.caller());
            let name = posted.value("name").to_owned();
            if name.is_empty() {
                return Err(OperationError::field("name", "form-required"));
            }
            let entry = match what.as_str() {
                "users" => return add_user(user, posted, fresh).await,
                "agencies" => {
                    let kind: AgencyKind =
                        required(AgencyKind::named(posted.value("kind")), "kind")?;
                    let chosen = mandate(posted);
                    DirectoryEntry::Agency(Agency {
                        id: required(AgencyId::new(fresh).ok(), "name")?,
                        name,
                        kind,
                        mandate: if chosen.is_empty() {
                            kind.usual_mandate()
                        } else {
                            chosen
                        },
                    })
                }
                "teams" => DirectoryEntry::Team(Team {
                    id: required(TeamId::new(fresh).ok(), "name")?,
                    agency: required(id_of(posted.value("agency")), "agency")?,
                    name,
                }),
                "posts" => DirectoryEntry::Post(Post {
                    id: required(PostId::new(fresh).ok(), "name")?,
                    agency: required(id_of(posted.value("agency")), "agency")?,
                    name,
                    time_zone: TimeZoneName::parse(posted.value("time_zone"))
                        .map_err(|_| OperationError::field("time_zone", "time-zone-unknown"))?,
                }),
                _ => return Err(OperationError::NotThere),
            };
            operations.put_entry(user.caller(), entry).await?;
            Ok("/administration".to_owned())
        },
        async |user: &User, form: Form| edit_page(user, what_of(&again)?, form),
    )
    .await
}

fn entry_of(posted: &Posted, id: UserId) -> Result<Entry, OperationError> {
    Ok(Entry {
        id,
        name: posted.value("name").to_owned(),
        agency: required(id_of(posted.value("agency")), "agency")?,
        team: id_of(posted.value("team")),
        post: id_of(posted.value("post")),
        role: required(Role::named(posted.value("role")), "role")?,
        state: if posted.value("closed").is_empty() {
            UserState::Active
        } else {
            UserState::Closed
        },
    })
}

async fn add_user(user: &User, posted: &Posted, fresh: Uuid) -> Result<String, OperationError> {
    let operations = user.operations();
    let id = required(UserId::new(fresh).ok(), "name")?;
    let entry = entry_of(posted, id)?;
    let password = Password::typed(posted.form.value("password").to_owned());
    operations
        .check_sign_in(user.caller(), posted.value("sign_in_name"), &password)
        .await?;
    operations
        .put_entry(user.caller(), DirectoryEntry::User(entry))
        .await?;
    operations
        .set_password(user.caller(), id, posted.value("sign_in_name"), password)
        .await?;
    Ok("/administration".to_owned())
}

async fn user_form(user: User, At(id): At) -> Response {
    let made = user_page(&user, id, None, None).await;
    user.page(made)
}

async fn change_user(user: User, At(id): At, posted: Posted) -> Response {
    user.form_step(
        posted,
        "name",
        async |user: &User, posted: &Posted| {
            let known = user.operations().administer(user.caller())?;
            if !known.users.contains_key(&id) {
                return Err(OperationError::NotThere);
            }
            let entry = entry_of(posted, required(UserId::new(id).ok(), "name")?)?;
            user.operations()
                .put_entry(user.caller(), DirectoryEntry::User(entry))
                .await?;
            Ok("/administration".to_owned())
        },
        async |user: &User, form: Form| user_page(user, id, Some(form), None).await,
    )
    .await
}

// Reviews of broken glass.

async fn reviews(user: User) -> Response {
    let made = reviews_page(&user, None).await;
    user.page(made)
}

async fn reviews_page(user: &User, refused: Option<RefusedForm>) -> Result<Markup, OperationError> {
    let operations = user.operations();
    let found = operations.broken_glass(user.caller()).await?;
    let directory = operations.directory();
    let words = words(user, &directory);
    let mut view = reviews_view::View {
        refused,
        ..reviews_view::View::default()
    };
    for glass in &found {
        let access = reviews_view::Access {
            id: glass.id.to_string(),
            at: glass.at,
            who: words.who(glass.user, user.caller().agency.uuid()),
            person: sapar_pages::PersonLine {
                id: glass.person.map(|id| id.to_string()).unwrap_or_default(),
                ..sapar_pages::PersonLine::default()
            },
            reason: glass.reason.clone().unwrap_or_default(),
            due: match glass.verdict {
                None => Due::By {
                    ends: review_by(glass.at),
                },
                Some(_) => Due::NoEnd,
            },
            verdict: glass.verdict.as_ref().map(|verdict| reviews_view::Verdict {
                rightful: verdict.rightful,
                by: directory.name(verdict.by).into(),
                words: verdict.words.clone().unwrap_or_default(),
            }),
        };
        if glass.verdict.is_some() {
            view.reviewed.push(access);
        } else {
            view.waiting.push(access);
        }
    }
    Ok(reviews_view::page(&user.frame, &view))
}

/// Three days, as the policies of access say.
fn review_by(broken: Timestamp) -> Timestamp {
    broken
        .checked_add(jiff::SignedDuration::from_hours(72))
        .unwrap_or(broken)
}

async fn review(user: User, At(id): At, posted: Posted) -> Response {
    let action = id.to_string();
    user.form_step(
        posted,
        "verdict",
        async |user: &User, posted: &Posted| {
            let rightful = match posted.value("verdict") {
                "rightful" => true,
                "wrong" => false,
                _ => return Err(OperationError::field("verdict", "form-required")),
            };
            user.operations()
                .review_glass(user.caller(), id, rightful, posted.value("words"))
                .await?;
            Ok("/reviews".to_owned())
        },
        async |user: &User, form: Form| {
            reviews_page(user, Some(RefusedForm { action, form })).await
        },
    )
    .await
}

// The own account, and help.

async fn account(user: User) -> Response {
    let made = account_page(&user, Form::default(), Form::default()).await;
    user.page(made)
}

/// The own account, with what was typed into the form of the password or of a passkey.
pub(crate) async fn account_page(
    user: &User,
    form: Form,
    passkey_form: Form,
) -> Result<Markup, OperationError> {
    let passkeys = user.operations().passkeys(&user.signed_in).await?;
    let view = account_view::View {
        form,
        passkey_form,
        passkeys: passkeys::lines(passkeys),
        passkeys_at: passkeys::origin(&user.app),
        ..account_view::View::default()
    };
    Ok(account_view::page(&user.frame, &view))
}

async fn password(user: User, posted: Posted) -> Response {
    user.form_step(
        posted,
        "old",
        async |user: &User, posted: &Posted| {
            let typed = |field: &str| posted.form.value(field).to_owned();
            if typed("new") != typed("again") {
                return Err(OperationError::field("again", "sign-in-not-alike"));
            }
            user.operations()
                .change_password(
                    user.caller(),
                    Password::typed(typed("old")),
                    Password::typed(typed("new")),
                )
                .await?;
            Ok("/account".to_owned())
        },
        async |user: &User, form: Form| account_page(user, form, Form::default()).await,
    )
    .await
}

async fn help(visit: Visit) -> Response {
    let directory = visit.app.operations.directory();
    let view = help_view::View {
        contacts: directory
            .agencies
            .values()
            .filter(|agency| agency.kind != AgencyKind::Headquarters)
            .map(|agency| help_view::Contact {
                matter: Text::key(agency.kind.label_key()),
                name: agency.name.clone(),
                telephone: String::new(),
            })
            .collect(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    page(help_view::page(&visit.frame, &view))
}

/// The day that the law is shown of.
#[derive(serde::Deserialize, Default)]
struct Day {
    on: Option<String>,
}

/// What a query says of the day.
fn day(Query(day): &Query<Day>) -> Option<String> {
    day.on.clone().filter(|on| !on.is_empty())
}
