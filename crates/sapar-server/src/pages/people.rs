//! A person's page and everything that can be recorded there.

use std::sync::Arc;

use axum::Router;
use axum::extract::Multipart;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use sapar_casework::case::CaseKind;
use sapar_casework::classes::{Classes, DataClass};
use sapar_casework::document::DocumentKind;
use sapar_casework::ids::{DocumentId, EncounterId, PersonId};
use sapar_casework::outcome::{Force, Standing};
use sapar_casework::person::{Basis, Claim, ConsentAnswer, LinkKind};
use sapar_casework::purpose::Purpose;
use sapar_operations::OperationError;
use sapar_operations::papers::NewDocument;
use sapar_operations::people::PersonView;
use sapar_pages::{Choice, Form, Markup, RefusedForm, Text, person as view};
use uuid::Uuid;

use crate::posted::Posted;
use crate::state::App;
use crate::visit::{At, AtBoth, User};
use crate::words::{Words, code_of, countries, named, word};

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/people/{id}", get(show))
        .route("/people/{id}/corrections", post(correct))
        .route("/people/{id}/links", post(link))
        .route("/people/{id}/links/{link}/settlement", post(settle_link))
        .route("/people/{id}/consents", post(consent))
        .route(
            "/people/{id}/consents/{consent}/withdrawal",
            post(withdraw_consent),
        )
        .route("/people/{id}/notes", post(note))
        .route("/people/{id}/documents", post(document))
        .route("/people/{id}/events", post(event))
        .route("/people/{id}/cases", post(case))
        .route(
            "/people/{id}/break-glass",
            get(glass_form).post(break_glass),
        )
        .route("/people/{id}/erasure", post(erase))
        .route("/people/{id}/screenings", post(start_screening))
        .route("/documents/{id}", get(open_document))
}

pub(crate) fn person_id(id: Uuid) -> Result<PersonId, OperationError> {
    id.try_into().map_err(|_| OperationError::NotThere)
}

async fn show(user: User, At(id): At) -> Response {
    let made = made(&user, id, None).await;
    match made {
        // Where even the person does not exist for the reader, an emergency may still show them.
        Err(OperationError::NotThere) if user.operations().has_glass(user.caller()) => {
            glass_form(user, At(id)).await
        }
        made => user.page(made),
    }
}

async fn made(
    user: &User,
    id: Uuid,
    refused: Option<RefusedForm>,
) -> Result<Markup, OperationError> {
    let operations = user.operations();
    let found = operations.person(user.caller(), person_id(id)?).await?;
    let directory = operations.directory();
    let words = Words {
        frame: &user.frame,
        law: operations.law(),
        library: operations.law().library(),
        directory: &directory,
    };
    let details = found.person.details.as_ref();
    let mut shown = details
        .map(|details| words.details(details))
        .unwrap_or_default();
    if found.papers_hidden {
        shown.push((
            Text::key("field-document-number"),
            Text::key("papers-hidden"),
        ));
    }
    let view = view::View {
        person: words.person(&found.person),
        details: shown,
        outcome: in_short(user, &found, &words).await?,
        screenings: found
            .screenings
            .iter()
            .map(|(id, at, state)| view::ScreeningLine {
                id: id.to_string(),
                at: *at,
                role: Text::default(),
                ended: state == "finished",
                stopped: if state == "stopped" {
                    Text::key("stage-stopped")
                } else {
                    Text::default()
                },
            })
            .collect(),
        tasks: found
            .tasks
            .iter()
            .map(|task| words.task(task, false))
            .collect(),
        referrals: found
            .referrals
            .iter()
            .map(|referral| {
                let inbox = referral.to == user.caller().agency.uuid();
                words.referral(referral, inbox, false)
            })
            .collect(),
        cases: found
            .cases
            .iter()
            .map(|case| words.case(case, false))
            .collect(),
        documents: found
            .documents
            .iter()
            .map(|one| words.document(one))
            .collect(),
        notes: found.notes.iter().map(|note| words.note(note)).collect(),
        links: links(user, &found, &words),
        consents: consents(user, &found, &words),
        timeline: words.timeline(&found.timeline),
        looks: words.looks(&found.views),
        awaited: operations
            .awaited(user.caller(), found.person.id)
            .await?
            .iter()
            .map(|event| Choice::new(event.as_str(), words.event(event).words))
            .collect(),
        may: may(user, &found),
        offers: offers(user, &found, &words).await?,
        details_form: details.map(super::encounters::form_of).unwrap_or_default(),
        refused,
    };
    Ok(view::page(&user.frame, &view))
}

fn links(user: &User, found: &PersonView, words: &Words<'_>) -> Vec<sapar_pages::LinkLine> {
    let settles = may(user, found).link && found.records.classes.has(DataClass::Child);
    found
        .links
        .iter()
        .map(|link| sapar_pages::LinkLine {
            may_settle: settles && link.claim == Claim::Claimed,
            ..words.link(link)
        })
        .collect()
}

fn consents(user: &User, found: &PersonView, words: &Words<'_>) -> Vec<view::ConsentLine> {
    let records = may(user, found).consent;
    found
        .consents
        .iter()
        .map(|consent| view::ConsentLine {
            id: consent.id.to_string(),
            may_withdraw: records
                && consent.answer == ConsentAnswer::Given
                && consent.withdrawn.is_none()
                && consent.purpose.tells().visible_to(found.records.classes),
            withdrawn: consent.withdrawn.is_some(),
            resting: consent
                .resting
                .iter()
                .map(|referral| {
                    let inbox = referral.to == user.caller().agency.uuid();
                    words.referral(referral, inbox, false)
                })
                .collect(),
            purpose: word("purpose", &consent.purpose),
            agency: consent.agency.map_or_else(Text::default, |agency| {
                words.directory.name(agency.uuid()).into()
            }),
            state: match (consent.answer, consent.withdrawn) {
                (ConsentAnswer::Refused, _) => Text::key("consent-refused"),
                (ConsentAnswer::Given, None) => Text::key("consent-given"),
                (ConsentAnswer::Given, Some(_)) => Text::key("consent-withdrawn"),
            },
            at: consent.at,
        })
        .collect()
}

/// The last outcome in short: its prohibitions, and how many duties.
async fn in_short(
    user: &User,
    found: &PersonView,
    words: &Words<'_>,
) -> Result<Option<view::OutcomeInShort>, OperationError> {
    let Some((screening, ..)) = found.screenings.last() else {
        return Ok(None);
    };
    let Some(outcome) = user
        .operations()
        .outcome_in_short(user.caller(), *screening)
        .await?
    else {
        return Ok(None);
    };
    let certain = |force: Force| {
        outcome
            .positions
            .iter()
            .filter(move |one| one.standing == Standing::Certain && one.position.force == force)
    };
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let prohibitions = certain(Force::Prohibition)
        .filter(|one| !user.operations().stands_for_all(one))
        .map(|one| {
            words
                .library
                .act_named(&one.position.act)
                .map_or_else(
                    || one.position.act.clone(),
                    |act| words.library.act(act).label.get(words.code()).to_owned(),
                )
                .into()
        })
        .collect();
    Ok(Some(view::OutcomeInShort {
        screening: screening.to_string(),
        prohibitions,
        duties: small(certain(Force::Duty).count()),
        open: small(
            outcome
                .positions
                .iter()
                .filter(|one| one.standing == Standing::Open)
                .count(),
        ),
        ..view::OutcomeInShort::default()
    }))
}

fn may(user: &User, found: &PersonView) -> view::Actions {
    let records = found.records.work && !found.person.erased;
    let identity = records && found.records.classes.has(DataClass::Identity);
    view::Actions {
        correct: identity,
        link: identity,
        consent: identity,
        note: records,
        document: identity,
        refer: found.may_refer && !found.person.erased,
        open_case: records && user.caller().team.is_some(),
        break_glass: false,
        erase: user.caller().profile.role == sapar_access::Role::Supervisor && !found.person.erased,
    }
}

async fn offers(
    user: &User,
    found: &PersonView,
    words: &Words<'_>,
) -> Result<view::Offers, OperationError> {
    let operations = user.operations();
    let role = operations.screens(user.caller());
    let encounter = operations
        .last_encounter(user.caller(), found.person.id)
        .await?;
    let screening = match (role, encounter, found.person.erased) {
        (Some(role), Some(encounter), false) => sapar_pages::StartScreening {
            encounter: encounter.to_string(),
            role: role.to_owned(),
        },
        _ => sapar_pages::StartScreening::default(),
    };
    let mut people = Vec::new();
    if let Some(encounter) = encounter {
        let present = operations.encounter(user.caller(), encounter).await?;
        people = present
            .persons
            .iter()
            .filter(|other| other.id != found.person.id)
            .filter_map(|other| super::encounters::choice(words, other))
            .collect();
    }
    let seen = found.records.classes;
    Ok(view::Offers {
        screening,
        people,
        countries: countries(),
        agencies: words
            .directory
            .agencies
            .values()
            .filter(|agency| agency.id.uuid() != user.caller().agency.uuid())
            .map(|agency| Choice::new(agency.id.to_string(), agency.name.as_str()))
            .collect(),
        purposes: Purpose::ALL
            .iter()
            .filter(|purpose| purpose.tells().visible_to(seen))
            .filter_map(code_of)
            .map(|code| Choice::word("purpose", &code))
            .collect(),
        classes: seen
            .iter()
            .map(|class| {
                Choice::new(
                    class.name(),
                    Text::key(format!("access-class-{}", class.name())),
                )
            })
            .collect(),
        case_kinds: CaseKind::ALL
            .iter()
            .filter(|kind| kind.classes().visible_to(seen))
            .filter_map(code_of)
            .map(|code| Choice::word("case-kind", &code))
            .collect(),
    })
}

/// A step on a person's page: back to the page, or the page again with the form and what is wrong.
async fn step(
    user: User,
    id: Uuid,
    action: &str,
    field: &str,
    posted: Posted,
    step: impl AsyncFnOnce(&User, PersonId, &Posted) -> Result<String, OperationError>,
) -> Response {
    let action = action.to_owned();
    user.form_step(
        posted,
        field,
        async |user: &User, posted: &Posted| step(user, person_id(id)?, posted).await,
        async |user: &User, form: Form| made(user, id, Some(RefusedForm { action, form })).await,
    )
    .await
}

async fn correct(user: User, At(id): At, posted: Posted) -> Response {
    step(
        user,
        id,
        "corrections",
        "surname",
        posted,
        async |user, person, posted| {
            let details = super::encounters::details(user, posted)?;
            user.operations()
                .correct(user.caller(), person, details, posted.value("words"))
                .await?;
            Ok(format!("/people/{person}"))
        },
    )
    .await
}

async fn link(user: User, At(id): At, posted: Posted) -> Response {
    step(
        user,
        id,
        "links",
        "other",
        posted,
        async |user, person, posted| {
            let other = posted
                .value("other")
                .parse::<Uuid>()
                .ok()
                .and_then(|other| PersonId::new(other).ok())
                .ok_or(OperationError::field("other", "form-required"))?;
            let kind: LinkKind = named(posted.value("kind"))
                .ok_or(OperationError::field("kind", "form-required"))?;
            let basis: Basis = named(posted.value("basis"))
                .ok_or(OperationError::field("basis", "form-required"))?;
            user.operations()
                .claim_link(
                    user.caller(),
                    person,
                    other,
                    kind,
                    basis,
                    posted.value("words"),
                )
                .await?;
            Ok(format!("/people/{person}#links"))
        },
    )
    .await
}

async fn settle_link(user: User, AtBoth(id, link): AtBoth, posted: Posted) -> Response {
    let action = format!("links/{link}/settlement");
    step(
        user,
        id,
        &action,
        "claim",
        posted,
        async |user, person, posted| {
            let link = link.try_into().map_err(|_| OperationError::NotThere)?;
            let (operations, caller) = (user.operations(), user.caller());
            let holds = match posted.value("claim") {
                "confirmed" => true,
                "refuted" => false,
                "withdrawn" => {
                    operations.withdraw_link(caller, person, link).await?;
                    return Ok(format!("/people/{person}#links"));
                }
                _ => return Err(OperationError::field("claim", "form-required")),
            };
            let basis: Basis = named(posted.value("basis"))
                .ok_or(OperationError::field("basis", "form-required"))?;
            operations
                .settle_link(caller, person, link, holds, basis)
                .await?;
            Ok(format!("/people/{person}#links"))
        },
    )
    .await
}

async fn withdraw_consent(user: User, AtBoth(id, consent): AtBoth, posted: Posted) -> Response {
    let action = format!("consents/{consent}/withdrawal");
    step(
        user,
        id,
        &action,
        "said",
        posted,
        async |user, person, posted| {
            let consent = consent.try_into().map_err(|_| OperationError::NotThere)?;
            if posted.value("said").is_empty() {
                return Err(OperationError::field("said", "consents-withdraw-needed"));
            }
            user.operations()
                .withdraw_consent(user.caller(), person, consent)
                .await?;
            Ok(format!("/people/{person}#consents"))
        },
    )
    .await
}

async fn consent(user: User, At(id): At, posted: Posted) -> Response {
    step(
        user,
        id,
        "consents",
        "purpose",
        posted,
        async |user, person, posted| {
            let purpose: Purpose = named(posted.value("purpose"))
                .ok_or(OperationError::field("purpose", "form-required"))?;
            let answer: ConsentAnswer = named(posted.value("answer"))
                .ok_or(OperationError::field("answer", "form-required"))?;
            let agency = posted
                .value("agency")
                .parse::<Uuid>()
                .ok()
                .and_then(|agency| agency.try_into().ok());
            user.operations()
                .answer_consent(user.caller(), person, purpose, agency, answer)
                .await?;
            Ok(format!("/people/{person}#consents"))
        },
    )
    .await
}

/// The classes that a form's boxes name.
pub(crate) fn classes(form: &Form) -> Classes {
    DataClass::ALL
        .into_iter()
        .filter(|class| form.has("classes[]", class.name()))
        .collect()
}

async fn note(user: User, At(id): At, posted: Posted) -> Response {
    step(
        user,
        id,
        "notes",
        "words",
        posted,
        async |user, person, posted| {
            user.operations()
                .write_note(
                    user.caller(),
                    person,
                    None,
                    classes(&posted.form),
                    posted.value("words"),
                )
                .await?;
            Ok(format!("/people/{person}#notes"))
        },
    )
    .await
}

async fn event(user: User, At(id): At, posted: Posted) -> Response {
    step(
        user,
        id,
        "events",
        "at",
        posted,
        async |user, person, posted| {
            let at = match posted.value("at") {
                "" => user.caller().now,
                at => crate::words::moment_in(&user.frame, at)
                    .ok_or(OperationError::field("at", "refusal-too-early"))?,
            };
            user.operations()
                .happened(user.caller(), person, posted.value("event"), at)
                .await?;
            Ok(format!("/people/{person}#tasks"))
        },
    )
    .await
}

async fn case(user: User, At(id): At, posted: Posted) -> Response {
    step(
        user,
        id,
        "cases",
        "kind",
        posted,
        async |user, person, posted| {
            let kind: CaseKind = named(posted.value("kind"))
                .ok_or(OperationError::field("kind", "form-required"))?;
            let case = user
                .operations()
                .open_case(user.caller(), person, kind)
                .await?;
            Ok(format!("/cases/{case}"))
        },
    )
    .await
}

async fn erase(user: User, At(id): At, posted: Posted) -> Response {
    step(
        user,
        id,
        "erasure",
        "words",
        posted,
        async |user, person, _| {
            user.operations().erase(user.caller(), person).await?;
            Ok(format!("/people/{person}"))
        },
    )
    .await
}

async fn start_screening(user: User, At(id): At, posted: Posted) -> Response {
    let step = async {
        let encounter = posted
            .value("encounter")
            .parse::<Uuid>()
            .ok()
            .and_then(|encounter| EncounterId::new(encounter).ok());
        let screening = user
            .operations()
            .start_screening(user.caller(), person_id(id)?, encounter)
            .await?;
        Ok(format!("/screenings/{screening}"))
    };
    user.step(&posted, step).await
}

/// The page of somebody who does not exist for the reader, but might in an emergency.
async fn glass_form(user: User, At(id): At) -> Response {
    let made = glass_page(&user, id, Form::default()).await;
    user.page(made)
}

async fn glass_page(user: &User, id: Uuid, form: Form) -> Result<Markup, OperationError> {
    if !user.operations().has_glass(user.caller()) {
        return Err(OperationError::NotThere);
    }
    let view = view::View {
        person: sapar_pages::PersonLine {
            id: id.to_string(),
            ..sapar_pages::PersonLine::default()
        },
        may: view::Actions {
            break_glass: true,
            ..view::Actions::default()
        },
        refused: (!form.errors.is_empty()).then(|| RefusedForm {
            action: "break-glass".to_owned(),
            form,
        }),
        ..view::View::default()
    };
    Ok(view::page(&user.frame, &view))
}

async fn break_glass(user: User, At(id): At, posted: Posted) -> Response {
    user.form_step(
        posted,
        "reason",
        async |user: &User, posted: &Posted| {
            let person = person_id(id)?;
            user.operations()
                .break_glass_in_session(&user.signed_in, person, posted.value("reason"))
                .await?;
            Ok(format!("/people/{person}"))
        },
        async |user: &User, form: Form| glass_page(user, id, form).await,
    )
    .await
}

/// A file that was sent with a form.
async fn document(user: User, At(id): At, mut parts: Multipart) -> Response {
    let mut fields = Vec::new();
    let mut file: Option<(Option<String>, Vec<u8>)> = None;
    while let Ok(Some(part)) = parts.next_field().await {
        let name = part.name().unwrap_or("").to_owned();
        if name == "file" {
            let declared = part.content_type().map(str::to_owned);
            match part.bytes().await {
                Ok(bytes) => file = Some((declared, bytes.to_vec())),
                Err(_) => file = Some((None, Vec::new())),
            }
        } else if let Ok(value) = part.text().await {
            fields.push((name, value));
        }
    }
    let posted = Posted::of(fields);
    step(
        user,
        id,
        "documents",
        "file",
        posted,
        async |user, person, posted| {
            let (declared, bytes) = file.unwrap_or_default();
            let kind: DocumentKind = named(posted.value("kind"))
                .ok_or(OperationError::field("kind", "form-required"))?;
            let title = match posted.value("words") {
                "" => user.frame.say(&word("document-type", &kind)),
                words => words.to_owned(),
            };
            // Browsers send this for a file whose kind they do not know.
            let declared = declared.filter(|kind| kind != "application/octet-stream");
            user.operations()
                .keep_document(
                    user.caller(),
                    person,
                    NewDocument {
                        kind,
                        title,
                        classes: classes(&posted.form),
                        declared,
                        bytes: &bytes,
                    },
                )
                .await?;
            Ok(format!("/people/{person}#documents"))
        },
    )
    .await
}

async fn open_document(user: User, At(id): At) -> Response {
    let found = async {
        let id: DocumentId = id.try_into().map_err(|_| OperationError::NotThere)?;
        user.operations().open_document(user.caller(), id).await
    };
    match found.await {
        Ok((line, bytes)) => {
            let headers = [
                (header::CONTENT_TYPE, line.media.name().to_owned()),
                // Never shown as a page of ours, whatever stands in it.
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{}\"", line.id),
                ),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => user.page(Err(error)),
    }
}
