//! Cases.

use super::*;

pub(super) async fn cases(user: User) -> Response {
    let made = async {
        let operations = user.operations();
        let found = operations.cases(user.caller()).await?;
        let directory = operations.directory();
        let words = words(&user, &directory);
        let mut view = cases_view::View::default();
        for case in &found {
            let line = words.case(case, true);
            match case.state.as_str() {
                "closed" => view.closed.push(line),
                "offered" => view.offered.push(line),
                _ => view.open.push(line),
            }
        }
        Ok(cases_view::page(&user.frame, &view))
    };
    let made = made.await;
    user.page(made)
}

pub(super) async fn case(user: User, At(id): At) -> Response {
    let made = case_page(&user, id, None).await;
    user.page(made)
}

async fn case_page(
    user: &User,
    id: Uuid,
    refused: Option<RefusedForm>,
) -> Result<Markup, OperationError> {
    let operations = user.operations();
    let found = operations.case(user.caller(), of(id)?).await?;
    let directory = operations.directory();
    let words = words(user, &directory);
    let file = found.case.file.as_ref().ok_or(OperationError::NotThere)?;
    let open = file.closed.is_none();
    let seen = operations
        .may_note(user.caller(), found.line.person.id)
        .await?;
    let view = case_view::View {
        id: id.to_string(),
        kind: word("case-kind", &file.kind),
        person: words.person(&found.line.person),
        owner: directory.name(file.owner.uuid()).into(),
        team: directory.name(file.team.uuid()).into(),
        state: match (open, file.offered_to) {
            (false, _) => sapar_pages::CaseState::Closed,
            (true, Some(_)) => sapar_pages::CaseState::Handover,
            (true, None) => sapar_pages::CaseState::Open,
        },
        opened: file.opened.at,
        outcome: match file.closed {
            Some((outcome, _)) => word("case-outcome", &outcome),
            // One text for every reason, so that none is told.
            None if found.hold => Text::key("return-on-hold"),
            None => Text::default(),
        },
        words: file
            .closing
            .get()
            .or(file.message.get())
            .map_or_else(String::new, |words| words.as_str().to_owned()),
        offered_to: file
            .offered_to
            .map_or_else(Text::default, |team| directory.name(team.uuid()).into()),
        declined: found.declined.as_ref().map(|declined| case_view::Declined {
            at: declined.at,
            who: words.who(declined.user, declined.agency),
            words: declined.words.clone().unwrap_or_default(),
        }),
        tasks: found
            .tasks
            .iter()
            .map(|task| words.task(task, false))
            .collect(),
        timeline: words.timeline(&found.timeline),
        notes: found.notes.iter().map(|note| words.note(note)).collect(),
        documents: found
            .documents
            .iter()
            .map(|one| words.document(one))
            .collect(),
        people: found.linked.iter().map(|line| words.person(line)).collect(),
        looks: words.looks(&found.views),
        may: case_view::Actions {
            note: found.may_record,
            link: false,
            hand_over: found.may_offer,
            answer: found.may_answer,
            cancel: found.may_cancel,
            close: open && found.may_decide && file.offered_to.is_none(),
            reopen: false,
        },
        offers: case_view::Offers {
            people: Vec::new(),
            teams: directory
                .teams
                .values()
                .filter(|team| team.id.uuid() != file.team.uuid())
                .map(|team| {
                    let agency = directory.name(team.agency.uuid());
                    Choice::new(team.id.to_string(), format!("{agency}: {}", team.name))
                })
                .collect(),
            outcomes: found
                .outcomes
                .iter()
                .filter_map(code_of)
                .map(|code| Choice::word("case-outcome", &code))
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
        },
        refused,
    };
    Ok(case_view::page(&user.frame, &view))
}

/// A step on a case's page.
async fn case_step(
    user: User,
    id: Uuid,
    action: &'static str,
    posted: Posted,
    step: impl AsyncFnOnce(&User, CaseId, &Posted) -> Result<(), OperationError>,
) -> Response {
    user.form_step(
        posted,
        "words",
        async |user: &User, posted: &Posted| {
            step(user, of(id)?, posted).await?;
            Ok(format!("/cases/{id}"))
        },
        async |user: &User, form: Form| {
            let refused = RefusedForm {
                action: action.to_owned(),
                form,
            };
            case_page(user, id, Some(refused)).await
        },
    )
    .await
}

pub(super) async fn case_note(user: User, At(id): At, posted: Posted) -> Response {
    case_step(user, id, "notes", posted, async |user, case, posted| {
        let operations = user.operations();
        let found = operations.case(user.caller(), case).await?;
        operations
            .write_note(
                user.caller(),
                found.line.person.id,
                Some(case),
                classes(&posted.form),
                posted.value("words"),
            )
            .await?;
        Ok(())
    })
    .await
}

pub(super) async fn case_person(user: User, At(id): At, posted: Posted) -> Response {
    case_step(user, id, "people", posted, async |user, case, posted| {
        let person = parsed(posted.value("person"))
            .ok_or(OperationError::field("person", "form-required"))?;
        user.operations()
            .link_to_case(user.caller(), case, person)
            .await
    })
    .await
}

pub(super) async fn hand_over(user: User, At(id): At, posted: Posted) -> Response {
    case_step(
        user,
        id,
        "handover",
        posted,
        async |user, case, posted| match posted.value("answer") {
            "accept" => {
                user.operations()
                    .answer_handover(user.caller(), case, true, "")
                    .await
            }
            "decline" => {
                user.operations()
                    .answer_handover(user.caller(), case, false, posted.value("words"))
                    .await
            }
            "cancel" => user.operations().cancel_handover(user.caller(), case).await,
            _ => {
                let team: TeamId = parsed(posted.value("team"))
                    .ok_or(OperationError::field("team", "form-required"))?;
                user.operations()
                    .offer_handover(user.caller(), case, team, posted.value("words"))
                    .await
            }
        },
    )
    .await
}

pub(super) async fn close_case(user: User, At(id): At, posted: Posted) -> Response {
    case_step(user, id, "closure", posted, async |user, case, posted| {
        let outcome: CaseOutcome = named(posted.value("outcome"))
            .ok_or(OperationError::field("outcome", "form-required"))?;
        user.operations()
            .close_case(user.caller(), case, outcome, posted.value("words"))
            .await
    })
    .await
}
