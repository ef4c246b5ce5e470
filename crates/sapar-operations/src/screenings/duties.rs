//! Tasks that follow from an outcome.

use super::*;

impl Operations {
    /// Tasks that follow from the newest outcome, and the clocks that have started.
    pub(super) async fn add_tasks(
        &self,
        caller: &Caller,
        writing: &mut Writing,
        screening: ScreeningId,
        held: &Held,
        person: PersonId,
    ) -> Result<(), OperationError> {
        let state = &held.loaded.state;
        let encounter = match state.encounter {
            Some(encounter) => Some(
                self.state::<Encounter>(Stream::Encounter(encounter))
                    .await?,
            ),
            None => None,
        };
        let calendar = self.law.calendar();
        let stamp = caller.stamp();
        let mut tasks = self.load::<Tasks>(Stream::Tasks(person)).await?;
        let mut decided = tasks.state.clone();
        let mut events = Vec::new();
        for (event, at) in happenings(encounter.as_ref(), state) {
            let command = TaskCommand::Happened {
                event: event.to_owned(),
                at,
                correction: None,
            };
            match decided.decide(command, calendar, &stamp) {
                Ok(more) => {
                    sapar_casework::stamp::Fold::apply_all(&mut decided, &more, &stamp);
                    events.extend(more);
                }
                // An earlier screening has recorded when it happened; the clocks run from that.
                Err(Refusal::EventKnownOtherwise) => {}
                Err(refusal) => return Err(refusal.into()),
            }
        }
        if let Some(outcome) = state.outcome() {
            let special = self.special(outcome);
            let follows =
                decided.follow(screening, &special, calendar, || self.task_id(caller.now));
            events.extend(follows);
        }
        self.add(writing, caller, &mut tasks, Some(person), events, |event| {
            Body::Tasks(person, event)
        })
    }

    /// The outcome without duties that bind towards everybody at any time and have no limit, such as to train officials:
    /// they stand in the outcome, and nobody can tick them off for one person.
    fn special(&self, outcome: &RecordedOutcome) -> RecordedOutcome {
        let library = self.law.library();
        let standing = |norm: &NormKey| {
            self.law.norm_named(norm).is_some_and(|norm| {
                let norm = library.norm(norm);
                norm.condition.is_none() && norm.exceptions.is_empty()
            })
        };
        let mut special = outcome.clone();
        special.positions.retain(|position| {
            !position.limits.is_empty() || !position.norms.iter().all(|norm| standing(&norm.norm))
        });
        special
    }

    pub(crate) fn task_id(&self, now: Timestamp) -> TaskId {
        loop {
            if let Ok(id) = TaskId::new(self.keys.id(now)) {
                return id;
            }
        }
    }
}
