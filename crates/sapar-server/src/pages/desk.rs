//! The desk.

use axum::response::Response;
use sapar_operations::OperationError;
use sapar_pages::{Markup, Text, desk as view};

use crate::visit::User;
use crate::words::{Words, word};

/// What waits for the user today.
pub(crate) async fn show(user: User) -> Response {
    let made = made(&user).await;
    user.page(made)
}

async fn made(user: &User) -> Result<Markup, OperationError> {
    let operations = user.operations();
    let desk = operations.desk(user.caller()).await?;
    let directory = operations.directory();
    let words = Words {
        frame: &user.frame,
        law: operations.law(),
        library: operations.law().library(),
        directory: &directory,
    };
    let view = view::View {
        escalated: desk
            .escalated
            .iter()
            .map(|task| words.task(task, true))
            .collect(),
        escalated_more: u32::try_from(desk.escalated_more).unwrap_or(u32::MAX),
        tasks: desk
            .tasks
            .iter()
            .map(|task| words.task(task, true))
            .collect(),
        tasks_more: u32::try_from(desk.tasks_more).unwrap_or(u32::MAX),
        encounters: desk
            .encounters
            .iter()
            .map(|encounter| view::OpenEncounter {
                id: encounter.id.to_string(),
                place: user.frame.zone_label.clone().into(),
                beginning: word("beginning", &encounter.beginning),
                at: encounter.met,
                people: u32::try_from(encounter.persons).unwrap_or(u32::MAX),
            })
            .map(|mut encounter| {
                if encounter.place.is_empty() {
                    encounter.place = Text::key("encounter-title");
                }
                encounter
            })
            .collect(),
        people: desk
            .persons
            .iter()
            .map(|one| sapar_pages::PersonMet {
                person: words.person(&one.person),
                stage: stage(one.screening.as_ref().map(|(_, state)| state.as_str())),
                screening: one
                    .screening
                    .as_ref()
                    .map(|(screening, _)| screening.to_string())
                    .unwrap_or_default(),
                at: one.met,
                ..sapar_pages::PersonMet::default()
            })
            .collect(),
        may_start: desk.meets,
    };
    Ok(view::page(&user.frame, &view))
}

pub(crate) fn stage(state: Option<&str>) -> sapar_pages::Stage {
    use sapar_pages::Stage;
    match state {
        Some("running") => Stage::Running,
        Some("stopped") => Stage::Stopped,
        Some("finished") => Stage::Finished,
        _ => Stage::Registered,
    }
}
