//! Encounters, and registering who was met.

use std::collections::BTreeMap;

use axum::Json;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use sapar_casework::birth::BirthDate;
use sapar_casework::duplicate::Sign;
use sapar_casework::encounter::{Beginning, Encounter, Place};
use sapar_casework::ids::{EncounterId, PersonId, PostId};
use sapar_casework::person::{Details, Name, Nationality, Papers, Script, TravelDocument};
use sapar_casework::personal::Text as Said;
use sapar_identity::mrz::Reading;
use sapar_operations::OperationError;
use sapar_operations::people::{DuplicateWarning, PersonLine, Registered};
use sapar_pages::{
    Choice, Form, Markup, PersonMet, RefusedForm, Text, encounter, encounter_new, registration,
};
use serde::Serialize;
use uuid::Uuid;

use crate::posted::Posted;
use crate::respond::{into_form, page, page_with, see_other};
use crate::visit::{At, User, with_cookie};
use crate::words::{Words, code_of, countries, name, named, sex_code, word};

/// The form of a new encounter.
pub(crate) async fn new(user: User) -> Response {
    let mut form = Form::default()
        .with("place_kind", "post")
        .with("beginning", "check");
    if let Some(post) = user.caller().post {
        form = form.with("post", post.to_string());
    }
    let made = new_page(&user, form).await;
    user.page(made)
}

async fn new_page(user: &User, form: Form) -> Result<Markup, OperationError> {
    let directory = user.operations().directory();
    let own = user.caller().desk();
    let posts = directory
        .posts
        .values()
        .filter(|post| post.id.uuid() == own)
        .map(|post| Choice::new(post.id.to_string(), post.name.as_str()))
        .collect();
    Ok(encounter_new::page(
        &user.frame,
        &encounter_new::View { form, posts },
    ))
}

/// Opens an encounter.
pub(crate) async fn open(user: User, posted: Posted) -> Response {
    user.form_step(posted, "place_kind", opened, new_page).await
}

async fn opened(user: &User, posted: &Posted) -> Result<String, OperationError> {
    let sector = || Some(posted.value("place").to_owned()).filter(|sector| !sector.is_empty());
    let post = || -> Result<PostId, OperationError> {
        posted
            .value("post")
            .parse::<Uuid>()
            .ok()
            .and_then(|post| post.try_into().ok())
            .or(user.caller().post)
            .ok_or(OperationError::field("post", "form-required"))
    };
    let place = match posted.value("place_kind") {
        "post" => Place::Post { post: post()? },
        "airport-transit" => Place::AirportTransit { post: post()? },
        "green-border" => Place::GreenBorder { sector: sector() },
        "inland" => Place::Inland { sector: sector() },
        _ => return Err(OperationError::field("place_kind", "form-required")),
    };
    let beginning: Beginning = named(posted.value("beginning"))
        .ok_or(OperationError::field("beginning", "form-required"))?;
    let now = user.caller().now;
    let encounter = user
        .operations()
        .open_encounter(user.caller(), place, beginning, now)
        .await?;
    Ok(format!("/encounters/{encounter}"))
}

/// An encounter's page.
pub(crate) async fn show(user: User, At(id): At) -> Response {
    let made = shown(&user, id, None).await;
    user.page(made)
}

async fn shown(
    user: &User,
    id: Uuid,
    refused: Option<RefusedForm>,
) -> Result<Markup, OperationError> {
    let operations = user.operations();
    let id: EncounterId = id.try_into().map_err(|_| OperationError::NotThere)?;
    let found = operations.encounter(user.caller(), id).await?;
    let opening = found
        .encounter
        .opening
        .as_ref()
        .ok_or(OperationError::NotThere)?;
    let directory = operations.directory();
    let words = Words {
        frame: &user.frame,
        law: operations.law(),
        library: operations.law().library(),
        directory: &directory,
    };
    let screens = operations.screens(user.caller());
    let mut people = Vec::new();
    for line in &found.persons {
        let screening = operations.last_screening(user.caller(), line.id).await?;
        people.push(PersonMet {
            person: words.person(line),
            stage: super::desk::stage(screening.as_ref().map(|(_, state)| state.as_str())),
            screening: screening
                .as_ref()
                .map(|(screening, _)| screening.to_string())
                .unwrap_or_default(),
            at: opening.met,
            start: match (&screening, screens) {
                (None, Some(role)) => sapar_pages::StartScreening {
                    encounter: id.to_string(),
                    role: role.to_owned(),
                },
                _ => sapar_pages::StartScreening::default(),
            },
        });
    }
    let in_group = |line: &PersonLine| found.encounter.group_of(line.id).is_some();
    let groups = found
        .encounter
        .groups
        .values()
        .map(|group| {
            let of_group = found.persons.iter().filter(|line| group.contains(&line.id));
            of_group.map(|line| words.person(line)).collect()
        })
        .collect();
    let ungrouped = found
        .persons
        .iter()
        .filter(|line| !in_group(line) && !found.encounter.closed)
        .map(|line| {
            let unnamed = || Choice::new(line.id.to_string(), Text::key("person-unnamed"));
            choice(&words, line).unwrap_or_else(unnamed)
        })
        .collect();
    let links = found
        .links
        .iter()
        .map(|(person, link)| {
            let of = found.persons.iter().find(|line| line.id == *person);
            sapar_pages::LinkLine {
                person: of.map(|line| words.person(line)),
                ..words.link(link)
            }
        })
        .collect();
    let view = encounter::View {
        links,
        groups,
        ungrouped,
        refused,
        id: id.to_string(),
        place: place_words(&found.encounter, &words),
        beginning: word("beginning", &opening.beginning),
        at: opening.met,
        ended: found.encounter.closed.then_some(opening.met),
        people,
        may_register: !found.encounter.closed,
        may_end: !found.encounter.closed,
        ..encounter::View::default()
    };
    Ok(encounter::page(&user.frame, &view))
}

pub(crate) fn place_words(found: &Encounter, words: &Words<'_>) -> Text {
    let Some(opening) = &found.opening else {
        return Text::default();
    };
    match &opening.place {
        Place::Post { post } | Place::AirportTransit { post } => {
            words.directory.name(post.uuid()).into()
        }
        Place::GreenBorder { sector } | Place::Inland { sector } => match sector {
            Some(sector) => sector.as_str().into(),
            None => word("place-kind", &opening.place),
        },
    }
}

/// Closes an encounter.
pub(crate) async fn end(user: User, At(id): At, posted: Posted) -> Response {
    let step = async {
        let id: EncounterId = id.try_into().map_err(|_| OperationError::NotThere)?;
        user.operations().close_encounter(user.caller(), id).await?;
        Ok(format!("/encounters/{id}"))
    };
    user.step(&posted, step).await
}

/// Joins people present into a group.
pub(crate) async fn group(user: User, At(id): At, posted: Posted) -> Response {
    user.form_step(
        posted,
        "persons[]",
        async |user: &User, posted: &Posted| {
            let encounter: EncounterId = id.try_into().map_err(|_| OperationError::NotThere)?;
            let typed = posted.form.values.get("persons[]");
            let persons = typed
                .into_iter()
                .flatten()
                .filter_map(|one| one.parse::<Uuid>().ok()?.try_into().ok())
                .collect();
            user.operations()
                .form_group(user.caller(), encounter, persons)
                .await?;
            Ok(format!("/encounters/{encounter}#groups"))
        },
        async |user: &User, form: Form| {
            let action = "groups".to_owned();
            shown(user, id, Some(RefusedForm { action, form })).await
        },
    )
    .await
}

/// Takes somebody out of a group.
pub(crate) async fn leave_group(user: User, At(id): At, posted: Posted) -> Response {
    let step = async {
        let encounter: EncounterId = id.try_into().map_err(|_| OperationError::NotThere)?;
        let person = posted.value("person").parse::<Uuid>().ok();
        let person: PersonId = person
            .and_then(|person| person.try_into().ok())
            .ok_or(OperationError::NotThere)?;
        user.operations()
            .leave_group(user.caller(), encounter, person)
            .await?;
        Ok(format!("/encounters/{encounter}#groups"))
    };
    user.step(&posted, step).await
}

/// The form to register somebody.
pub(crate) async fn person_form(user: User, At(id): At) -> Response {
    let made = person_page(&user, id, Form::default(), Vec::new()).await;
    user.page(made)
}

async fn person_page(
    user: &User,
    id: Uuid,
    form: Form,
    warnings: Vec<DuplicateWarning>,
) -> Result<Markup, OperationError> {
    let operations = user.operations();
    let id: EncounterId = id.try_into().map_err(|_| OperationError::NotThere)?;
    let found = operations.encounter(user.caller(), id).await?;
    let directory = operations.directory();
    let words = Words {
        frame: &user.frame,
        law: operations.law(),
        library: operations.law().library(),
        directory: &directory,
    };
    let typed = form.value("zone").to_owned();
    let view = registration::View {
        encounter: id.to_string(),
        place: place_words(&found.encounter, &words),
        form,
        countries: countries(),
        zone: zone_lines(user, &typed),
        candidates: warnings
            .iter()
            .map(|warning| candidate(&words, warning))
            .collect(),
    };
    Ok(registration::page(&user.frame, &view))
}

fn candidate(words: &Words<'_>, warning: &DuplicateWarning) -> registration::Candidate {
    registration::Candidate {
        person: warning.person.as_ref().map_or_else(
            // Met elsewhere: that there is somebody is told, and who it is, is not.
            || sapar_pages::PersonLine {
                id: warning.id.to_string(),
                ..sapar_pages::PersonLine::default()
            },
            |person| words.person(person),
        ),
        signs: warning.signs.iter().map(sign).collect(),
        last_met: warning.person.as_ref().and_then(|person| person.at),
    }
}

fn sign(sign: &Sign) -> Text {
    match sign {
        Sign::SameDocument {
            issuers_differ: false,
        } => Text::key("duplicate-same-document"),
        Sign::SameDocument {
            issuers_differ: true,
        } => Text::key("duplicate-same-document-other-issuer"),
        Sign::SimilarName {
            likeness_percent, ..
        } => Text::key("duplicate-similar-name")
            .with("percent", u32::from(*likeness_percent))
            .with("count", u32::from(*likeness_percent)),
    }
}

/// Registers somebody, asks whether they are registered already, or adds one who is.
pub(crate) async fn register(mut user: User, At(id): At, posted: Posted) -> Response {
    if let Err(response) = user.ours(&posted) {
        return *response;
    }
    let switched = user.switched(&posted);
    if let Some(cookie) = switched {
        let made = person_page(&user, id, posted.form, Vec::new()).await;
        return with_cookie(user.page(made), &cookie);
    }
    match registered(&user, id, &posted).await {
        Ok(Step::Done(path)) => see_other(&path),
        Ok(Step::Ask(warnings)) => match person_page(&user, id, posted.form, warnings).await {
            Ok(markup) => page(markup),
            Err(error) => user.page(Err(error)),
        },
        Err(error) => match into_form(posted.form, error, "surname") {
            Ok((status, form)) => match person_page(&user, id, form, Vec::new()).await {
                Ok(markup) => page_with(status, markup),
                Err(error) => user.page(Err(error)),
            },
            Err(error) => user.page(Err(error)),
        },
    }
}

enum Step {
    Done(String),
    Ask(Vec<DuplicateWarning>),
}

async fn registered(user: &User, id: Uuid, posted: &Posted) -> Result<Step, OperationError> {
    let operations = user.operations();
    let encounter: EncounterId = id.try_into().map_err(|_| OperationError::NotThere)?;
    let same = posted.value("same");
    if !same.is_empty() {
        let person: PersonId = same
            .parse::<Uuid>()
            .ok()
            .and_then(|person| person.try_into().ok())
            .ok_or(OperationError::NotThere)?;
        let details = details(user, posted)?;
        operations
            .register_known(user.caller(), encounter, &details, person)
            .await?;
        return Ok(Step::Done(format!("/encounters/{encounter}")));
    }
    let details = details(user, posted)?;
    let different = posted.value("different") == "yes";
    match operations
        .register(user.caller(), encounter, details, different)
        .await?
    {
        Registered::New(_) => Ok(Step::Done(format!("/encounters/{encounter}"))),
        Registered::Doubtful(warnings) => Ok(Step::Ask(warnings)),
    }
}

/// What a form says of a person: the fields, and what they leave open from the zone.
pub(crate) fn details(user: &User, posted: &Posted) -> Result<Details, OperationError> {
    let today = user.operations().today(user.caller().now);
    let zone = posted.value("zone");
    let mut details = if zone.is_empty() {
        empty()
    } else {
        Details::of_reading(&user.operations().read_zone(zone)?, today)
    };
    take_names(&mut details, posted);
    let birth = posted.value("birth");
    if !birth.is_empty() {
        details.birth = birth_of(birth).ok_or(OperationError::field(
            "birth",
            "refusal-birth-date-impossible",
        ))?;
    }
    match posted.value("nationality") {
        "" => {}
        "none" => details.nationalities = vec![Nationality::None],
        code => details.nationalities = vec![Nationality::Of(code.to_owned())],
    }
    if let Some(sex) = named(posted.value("sex")) {
        details.sex = Some(sex);
    }
    take_papers(&mut details, posted)?;
    if details.names.is_empty() {
        return Err(OperationError::field("surname", "refusal-name-needed"));
    }
    Ok(details)
}

fn empty() -> Details {
    Details {
        names: Vec::new(),
        birth: BirthDate::UNKNOWN,
        nationalities: Vec::new(),
        sex: None,
        papers: Papers::NotAsked,
    }
}

fn take_names(details: &mut Details, posted: &Posted) {
    let said = |field: &str| {
        let value = posted.value(field);
        (!value.is_empty()).then(|| Said::new(value))
    };
    for (script, surname, given) in [
        (Script::Latin, "surname", "given"),
        (Script::Cyrillic, "surname_cyrillic", "given_cyrillic"),
    ] {
        let (surname, given) = (said(surname), said(given));
        if surname.is_none() && given.is_none() {
            continue;
        }
        // Somebody may type Cyrillic letters into the first fields; the letters decide.
        let text = |part: &Option<Said>| part.as_ref().map_or("", |part| part.as_str()).to_owned();
        let letters = format!("{}{}", text(&surname), text(&given));
        let script = if letters.is_ascii() {
            Script::Latin
        } else if letters
            .chars()
            .any(|letter| ('\u{400}'..'\u{530}').contains(&letter))
        {
            Script::Cyrillic
        } else {
            script
        };
        details.names.retain(|name| name.script != script);
        details.names.push(Name {
            script,
            surname,
            given,
        });
    }
}

fn take_papers(details: &mut Details, posted: &Posted) -> Result<(), OperationError> {
    let number = posted.value("document_number");
    let absent = posted.value("no_document");
    if !number.is_empty() {
        let kind = named(posted.value("document_kind"))
            .ok_or(OperationError::field("document_kind", "form-required"))?;
        let issuer = posted.value("issuer");
        let read = match &details.papers {
            Papers::Held(documents) => documents
                .iter()
                .any(|document| document.zone_read && document.number.as_str() == number),
            Papers::NotAsked | Papers::Absent(_) => false,
        };
        details.papers = Papers::Held(vec![TravelDocument {
            kind,
            number: Said::new(number),
            issuer: (!issuer.is_empty()).then(|| Said::new(issuer)),
            zone_read: read,
        }]);
    } else if !absent.is_empty() {
        let reason = named(absent).ok_or(OperationError::field("no_document", "form-required"))?;
        details.papers = Papers::Absent(reason);
    } else if details.papers == Papers::NotAsked {
        return Err(OperationError::field(
            "document_number",
            "refusal-document-number-needed",
        ));
    }
    Ok(())
}

/// A birth date as people write it: `1988-03-14`, `14.03.1988`, `03.1988` or `1988`.
pub(crate) fn birth_of(text: &str) -> Option<BirthDate> {
    if let Ok(date) = text.parse::<Date>() {
        return Some(BirthDate::of(date));
    }
    let parts: Vec<i16> = text
        .split(['.', '/', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let small = |part: i16| i8::try_from(part).ok();
    match parts.as_slice() {
        [day, month, year] => {
            BirthDate::new(Some(*year), Some(small(*month)?), Some(small(*day)?)).ok()
        }
        [month, year] => BirthDate::new(Some(*year), Some(small(*month)?), None).ok(),
        [year] => BirthDate::new(Some(*year), None, None).ok(),
        _ => None,
    }
}

/// A form filled with what is known, to correct it.
pub(crate) fn form_of(details: &Details) -> Form {
    let mut form = Form::default();
    for name in &details.names {
        let (surname, given) = match name.script {
            Script::Cyrillic => ("surname_cyrillic", "given_cyrillic"),
            Script::Latin | Script::Original => ("surname", "given"),
        };
        for (field, part) in [(surname, &name.surname), (given, &name.given)] {
            if let Some(part) = part {
                form = form.with(field, part.as_str());
            }
        }
    }
    let birth = details.birth;
    let written = match (birth.year(), birth.month(), birth.day()) {
        (Some(year), Some(month), Some(day)) => format!("{day:02}.{month:02}.{year}"),
        (Some(year), Some(month), None) => format!("{month:02}.{year}"),
        (Some(year), None, _) => year.to_string(),
        (None, ..) => String::new(),
    };
    form = form.with("birth", written);
    match details.nationalities.first() {
        Some(Nationality::Of(code)) => form = form.with("nationality", code.as_str()),
        Some(Nationality::None) => form = form.with("nationality", "none"),
        None => {}
    }
    form = form.with("sex", sex_code(details.sex));
    match &details.papers {
        Papers::Held(documents) => {
            if let Some(document) = documents.first() {
                form = form
                    .with("document_kind", code_of(&document.kind).unwrap_or_default())
                    .with("document_number", document.number.as_str());
                if let Some(issuer) = &document.issuer {
                    form = form.with("issuer", issuer.as_str());
                }
            }
        }
        Papers::Absent(reason) => {
            form = form.with("no_document", code_of(reason).unwrap_or_default());
        }
        Papers::NotAsked => {}
    }
    form
}

fn zone_lines(user: &User, zone: &str) -> Vec<registration::ZoneLine> {
    if zone.trim().is_empty() {
        return Vec::new();
    }
    let (good, words) = zone_words(user, zone);
    vec![registration::ZoneLine {
        words,
        failed: !good,
    }]
}

/// Whether a zone is whole, and what it says.
fn zone_words(user: &User, zone: &str) -> (bool, Text) {
    let Ok(reading) = Reading::read(zone) else {
        return (false, Text::key("zone-bad"));
    };
    let details = Details::of_reading(&reading, user.operations().today(user.caller().now));
    let who = name(&details, sapar_messages::Language::English).unwrap_or_default();
    let whole = reading.problems().is_empty();
    let key = if whole { "zone-good" } else { "zone-bad" };
    (whole, Text::key(key).with("name", who))
}

/// What the script shows while a zone is typed.
#[derive(Serialize)]
struct ZoneAnswer {
    ok: bool,
    message: String,
    fields: BTreeMap<&'static str, String>,
}

/// Checks a zone while it is typed. Nothing is recorded, and nothing of it stands in an address.
pub(crate) async fn zone(user: User, posted: Posted) -> Response {
    if let Err(response) = user.ours(&posted) {
        return *response;
    }
    let zone = posted.value("zone");
    let (good, words) = zone_words(&user, zone);
    let mut fields = BTreeMap::new();
    if let Ok(reading) = Reading::read(zone) {
        let today = user.operations().today(user.caller().now);
        let form = form_of(&Details::of_reading(&reading, today));
        for field in [
            "surname",
            "given",
            "birth",
            "nationality",
            "sex",
            "document_kind",
            "document_number",
            "issuer",
        ] {
            fields.insert(field, form.value(field).to_owned());
        }
    }
    Json(ZoneAnswer {
        ok: good,
        message: user.frame.say(&words),
        fields,
    })
    .into_response()
}

/// A person as a choice in a form.
pub(crate) fn choice(words: &Words<'_>, line: &PersonLine) -> Option<Choice> {
    let details = line.details.as_ref()?;
    let name = name(details, words.frame.language)?;
    Some(Choice::new(line.id.to_string(), name))
}
