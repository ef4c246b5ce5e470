//! What a person's record states before the first question.

use super::*;

/// What a person's record states, as answers known before the first question.
///
/// Only what leaves no doubt: one nationality, a birth date whose year is known.
pub(super) fn stated(
    library: &Library,
    details: &Details,
    today: Date,
    host: &str,
) -> Vec<AnswerGiven> {
    let read = matches!(&details.papers, Papers::Held(documents)
        if documents.iter().any(|document| document.zone_read));
    let how = if read {
        HowLearned::Document
    } else {
        HowLearned::Asked
    };
    let mut known = Vec::new();
    let mut add = |fact: &str, value: &str, how: HowLearned| {
        if let Some(fact) = library.fact_named(fact)
            && let Ok(knowledge) = library.value_from_text(fact, value)
            && knowledge != Knowledge::Unknown
        {
            known.push(AnswerGiven::of(
                library,
                fact,
                Answer::Known(knowledge),
                how,
            ));
        }
    };
    match details.nationalities.as_slice() {
        [Nationality::Of(code)] if country::index_of(code).is_some() => {
            add("citizenship", code, how);
            let outside = if code == host { "no" } else { "yes" };
            add(
                "outside country of nationality",
                outside,
                HowLearned::Derived,
            );
        }
        [Nationality::None] => add("stateless", "yes", how),
        _ => {}
    }
    match details.sex {
        Some(Sex::Female) => add("sex", "female", how),
        Some(Sex::Male) => add("sex", "male", how),
        Some(Sex::Unspecified) | None => {}
    }
    if let Some((low, high)) = ages(details, today)
        && let Some(fact) = library.fact_named("age")
    {
        let answer = Answer::Known(Knowledge::Number(low, high));
        known.push(AnswerGiven::of(library, fact, answer, how));
    }
    known
}

/// The least and the greatest age that a birth date leaves possible on a day.
fn ages(details: &Details, today: Date) -> Option<(u32, u32)> {
    let birth = details.birth;
    let years = i32::from(today.year()) - i32::from(birth.year()?);
    let passed = match (birth.month(), birth.day()) {
        (Some(month), Some(day)) => Some((month, day) <= (today.month(), today.day())),
        (Some(month), None) if month < today.month() => Some(true),
        (Some(month), None) if month > today.month() => Some(false),
        _ => None,
    };
    let (low, high) = match passed {
        Some(true) => (years, years),
        Some(false) => (years - 1, years - 1),
        None => (years - 1, years),
    };
    let clamp = |age: i32| u32::try_from(age.clamp(0, 120)).unwrap_or(0);
    Some((clamp(low), clamp(high)))
}
