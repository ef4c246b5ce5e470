//! Papers to print: the notice of rights and the form of a referral.
//!
//! What they may tell is decided by operations; here it is put into words and set.

use std::sync::Arc;

use axum::Router;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use sapar_calendar::DeadlineError;
use sapar_casework::encounter::Place;
use sapar_casework::ids::{ReferralId, ScreeningId};
use sapar_casework::referral::Permission;
use sapar_law::{LimitDef, explain};
use sapar_messages::{Language, MessageValue};
use sapar_notices::{Basis, Day, Entry, Notice, NoticeError, ReferralForm};
use sapar_operations::OperationError;
use sapar_operations::referrals::FormView;
use sapar_operations::screenings::RightsView;
use sapar_pages::{Choice, Frame, Text};
use serde::Deserialize;

use crate::state::App;
use crate::visit::{At, User};
use crate::words::{Words, name, word};

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/screenings/{id}/notice.pdf", get(notice))
        .route("/referrals/{id}/form.pdf", get(form))
}

/// The languages to print in, each by its own name: it is chosen for the reader of the paper, who may be another.
pub(crate) fn languages() -> Vec<Choice> {
    Language::ALL
        .into_iter()
        .map(|language| Choice::new(language.code(), language.own_name()))
        .collect()
}

/// In which language to print; the user's own where none is named.
#[derive(Deserialize)]
struct Printed {
    language: Option<String>,
}

impl Printed {
    /// The user's frame, in the language of the paper.
    fn frame(self, user: &User) -> Frame {
        let language = self
            .language
            .and_then(|code| code.parse::<Language>().ok())
            .unwrap_or(user.language());
        Frame {
            language,
            ..user.frame.clone()
        }
    }
}

/// Sets a paper beside the requests, since setting one takes longer than a page.
async fn set<P: Send + 'static>(
    language: Language,
    paper: P,
    print: impl FnOnce(Language, &P) -> Result<Vec<u8>, NoticeError> + Send + 'static,
) -> Result<Vec<u8>, OperationError> {
    match tokio::task::spawn_blocking(move || print(language, &paper)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(NoticeError::TooLong)) => Err(OperationError::Own("a paper that is too long")),
        Ok(Err(_)) | Err(_) => Err(OperationError::Own("a paper that cannot be set")),
    }
}

/// The answer; its name says what it is and not of whom.
fn paper(
    user: &User,
    kind: &str,
    language: Language,
    made: Result<Vec<u8>, OperationError>,
) -> Response {
    match made {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, "application/pdf".to_owned()),
                // Shown at once: a file that was downloaded would stay on the desk's machine.
                (
                    header::CONTENT_DISPOSITION,
                    format!("inline; filename=\"{kind}-{language}.pdf\""),
                ),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => user.page(Err(error)),
    }
}

async fn notice(user: User, At(id): At, Query(printed): Query<Printed>) -> Response {
    let frame = printed.frame(&user);
    let language = frame.language;
    let made = async {
        let screening = ScreeningId::try_from(id).map_err(|_| OperationError::NotThere)?;
        let found = user
            .operations()
            .notice_of_rights(user.caller(), screening)
            .await?;
        let notice = notice_in_words(&user, &frame, &found);
        set(language, notice, sapar_notices::notice_of_rights).await
    };
    let made = made.await;
    paper(&user, "notice-of-rights", language, made)
}

async fn form(user: User, At(id): At, Query(printed): Query<Printed>) -> Response {
    let frame = printed.frame(&user);
    let language = frame.language;
    let made = async {
        let referral = ReferralId::try_from(id).map_err(|_| OperationError::NotThere)?;
        let found = user
            .operations()
            .referral_form(user.caller(), referral)
            .await?;
        let form = form_in_words(&user, &frame, &found);
        set(language, form, sapar_notices::referral_form).await
    };
    let made = made.await;
    paper(&user, "referral", language, made)
}

fn notice_in_words(user: &User, frame: &Frame, found: &RightsView) -> Notice {
    let operations = user.operations();
    let directory = operations.directory();
    let law = operations.law();
    let words = Words {
        frame,
        law,
        library: found.engine.library(),
        directory: &directory,
    };
    let (made, date) = today(frame);
    let details = found.person.details.as_ref();
    let entries = |list: &[sapar_screening::Entry]| -> Vec<Entry> {
        list.iter().map(|one| entry(&words, found, one)).collect()
    };
    // The legal order is not named: its name may speak of what its guidance is on.
    let law = frame.text_with(
        "notice-law-as-of",
        &[("date", frame.date(found.engine.on()).into())],
    );
    Notice {
        person: details.and_then(|details| name(details, frame.language)),
        born: details
            .map(|details| frame.say(&words.birth(details.birth)))
            .filter(|born| !born.is_empty()),
        reference: found.screening.to_string(),
        made,
        date,
        place: found
            .place
            .as_ref()
            .map(|place| frame.say(&word("place-kind", place))),
        post: match &found.place {
            Some(Place::Post { post } | Place::AirportTransit { post }) => {
                Some(directory.name(post.uuid()).to_owned())
            }
            Some(Place::GreenBorder { .. } | Place::Inland { .. }) | None => None,
        },
        agency: Some(directory.name(user.caller().agency.uuid()).to_owned()),
        law: Some(law),
        must_not: entries(&found.must_not),
        must: entries(&found.must),
        may: entries(&found.may),
        own: entries(&found.own),
        ask: Vec::new(),
        invented: user.app.demonstration,
    }
}

fn entry(words: &Words<'_>, found: &RightsView, entry: &sapar_screening::Entry) -> Entry {
    let engine = &found.engine;
    let library = engine.library();
    let messages = words.messages();
    Entry {
        words: capital(&explain::position_words(
            library,
            engine.position(entry.position),
            &messages,
        )),
        limits: entry
            .limits
            .iter()
            .map(|(limit, _)| limit_in_words(words, found, *limit))
            .collect(),
        articles: entry
            .norms
            .iter()
            .map(|norm| explain::citation(library, *norm, &messages))
            .collect(),
    }
}

/// The limit, with its last day where the event has happened.
fn limit_in_words(words: &Words<'_>, found: &RightsView, limit: LimitDef) -> String {
    let said = explain::limit_words(words.library, limit, &words.messages());
    let day = |key: &str, days: &[(&str, jiff::civil::Date)]| {
        let mut values: Vec<(&str, MessageValue<'_>)> = vec![("limit", said.as_str().into())];
        values.extend(
            days.iter()
                .map(|(name, day)| (*name, words.frame.date(*day).into())),
        );
        words.frame.text_with(key, &values)
    };
    match words.counted(words.library, &found.happened, limit) {
        Some((_, Some(Ok(deadline)))) => day("notice-until", &[("day", deadline.last_day())]),
        Some((
            _,
            Some(Err(DeadlineError::Uncertain {
                earliest, latest, ..
            })),
        )) => day(
            "notice-between",
            &[("earliest", earliest), ("latest", latest)],
        ),
        Some((_, Some(Err(_)) | None)) | None => said,
    }
}

fn form_in_words(user: &User, frame: &Frame, found: &FormView) -> ReferralForm {
    let operations = user.operations();
    let directory = operations.directory();
    let law = operations.law();
    let words = Words {
        frame,
        law,
        library: law.library(),
        directory: &directory,
    };
    let (made, date) = today(frame);
    let line = &found.line;
    let purpose: Text = word("purpose", &line.purpose);
    ReferralForm {
        reference: line.id.to_string(),
        from: directory.name(line.from).to_owned(),
        to: directory.name(line.to).to_owned(),
        purpose: frame.say(&purpose),
        made,
        date,
        offered: at(frame, line.offered),
        reply_by: (line.state == "offered")
            .then_some(line.reply_by)
            .flatten()
            .map(|by| at(frame, by)),
        person: line
            .person
            .details
            .as_ref()
            .map(|details| words.details(details))
            .unwrap_or_default()
            .iter()
            .map(|(label, value)| (frame.say(label), frame.say(value)))
            .collect(),
        shared: found
            .discloses
            .iter()
            .map(|class| frame.text(&format!("access-class-{}", class.name())))
            .collect(),
        basis: match &found.permission {
            Permission::Consent { .. } => Basis::Consent,
            Permission::Law { norm, provision } => {
                Basis::Article(law.norm_named(norm).map_or_else(
                    || provision.clone(),
                    |norm| explain::citation(words.library, norm, &words.messages()),
                ))
            }
        },
        message: found.message.clone(),
        invented: user.app.demonstration,
    }
}

/// The day at the reader's post, for the properties of the paper and in words.
fn today(frame: &Frame) -> (Day, String) {
    let day = frame.day_of(frame.now);
    let made = Day {
        year: day.year().into(),
        month: day.month().unsigned_abs(),
        day: day.day().unsigned_abs(),
    };
    (made, frame.date(day))
}

/// An instant with its date, since on paper there is no today.
fn at(frame: &Frame, at: Timestamp) -> String {
    let local = frame.zone.to_datetime(at);
    let time = format!("{:02}:{:02}", local.hour(), local.minute());
    let date = frame.date(local.date());
    frame.text_with("moment", &[("date", date.into()), ("time", time.into())])
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
