//! Taking an interview over, and following the law of another day.

use super::*;

/// Goes on in the reader's higher role.
pub(super) async fn take_over(user: User, At(id): At, posted: Posted) -> Response {
    let step = async {
        user.operations()
            .take_over(user.caller(), screening_id(id)?)
            .await?;
        Ok(format!("/screenings/{id}"))
    };
    user.step(&posted, step).await
}

/// Has the same answers evaluated under the law of another day.
pub(super) async fn follow_law(user: User, At(id): At, posted: Posted) -> Response {
    user.form_step(
        posted,
        "on",
        async |user: &User, posted: &Posted| {
            let day = posted
                .value("on")
                .parse::<jiff::civil::Date>()
                .map_err(|_| OperationError::field("on", "law-day-needed"))?;
            user.operations()
                .follow_law(user.caller(), screening_id(id)?, day)
                .await?;
            Ok(format!("/screenings/{id}/outcome"))
        },
        async |user: &User, form: Form| {
            let action = "law".to_owned();
            outcome_made(user, id, Some(RefusedForm { action, form })).await
        },
    )
    .await
}
