//! Which events of the law's vocabulary an encounter and a screening show to have happened.
//!
//! Limits run from events. Some are plain from what was recorded; all others are recorded by a user.
//! What is not plain is left out: a clock that started wrongly is worse than one a person is asked about.

use jiff::Timestamp;

use crate::encounter::{Beginning, Encounter, Place};
use crate::screening::Screening;

/// Facts whose yes is an event: the fact, and the event of the vocabulary.
const SAID: &[(&str, &str)] = &[
    ("seeks protection", "expressed wish"),
    ("unaccompanied", "identification as child"),
    ("unaccompanied", "finding of child"),
];

/// Events of the vocabulary with when they happened, for [`crate::tasks::TaskCommand::Happened`].
///
/// * Whoever was met at a crossing point or in a transit zone arrived and presented themselves when they were met.
/// * Whoever was intercepted was apprehended when they were met.
/// * A wish for protection was expressed, and a child alone found, when the answer was recorded.
#[must_use]
pub fn happenings(
    encounter: Option<&Encounter>,
    screening: &Screening,
) -> Vec<(&'static str, Timestamp)> {
    let mut events = Vec::new();
    if let Some(opening) = encounter.and_then(|encounter| encounter.opening.as_ref()) {
        if matches!(
            opening.place,
            Place::Post { .. } | Place::AirportTransit { .. }
        ) {
            events.push(("arrival", opening.met));
            events.push(("presentation at border", opening.met));
        }
        if opening.beginning == Beginning::Interception {
            events.push(("apprehension", opening.met));
        }
    }
    for (fact, event) in SAID {
        if let Some(stamp) = screening.said_yes(fact) {
            events.push((event, stamp.at));
        }
    }
    events
}
