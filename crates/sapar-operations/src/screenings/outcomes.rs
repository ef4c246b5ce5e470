//! What follows from a screening, as far as somebody may see.

use super::*;

impl Operations {
    /// What follows for a person, as far as the caller may see: computed without what they may not see.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where the person does not exist for the caller.
    pub async fn outcome(
        &self,
        caller: &Caller,
        screening: ScreeningId,
    ) -> Result<OutcomeView, OperationError> {
        let held = self.hold_any(caller, screening).await?;
        let (person, standing, sight) = self.of_screening(caller, &held).await?;
        self.look(caller, person.id, Looked::Outcome).await?;
        let engine = Arc::clone(&held.engine);
        let state = &held.loaded.state;
        let whole = state.situation(&engine)?;
        let situation = classes::situation_seen(engine.library(), &whole, sight.classes);
        let mut outcome = Outcome::of(&engine, &situation)
            .map_err(|_| OperationError::Refused(Refusal::Contradiction))?;
        let partial = self.leave_out(&engine, &mut outcome, sight.classes);
        let tasks = self.state::<Tasks>(Stream::Tasks(person.id)).await?;
        let happened = tasks
            .happened
            .iter()
            // When somebody asked for protection tells that they did.
            .filter(|(event, _)| !partial || PLAIN_EVENTS.contains(&event.as_str()))
            .map(|(event, at)| (event.clone(), *at))
            .collect();
        let everything = standing
            .sight(self, caller, Action::See, Classes::ALL)
            .classes;
        let history = state
            .outcomes
            .iter()
            .rev()
            .filter(|evaluated| {
                evaluated
                    .outcome
                    .positions
                    .iter()
                    .all(|position| position.classes.visible_to(everything))
            })
            .filter_map(|evaluated| {
                let difference = evaluated.difference.clone()?;
                Some((evaluated.stamp.at, evaluated.occasion, difference))
            })
            .collect();
        let records = standing.sight(self, caller, Action::Record, Classes::NONE);
        let view = OutcomeView {
            may_take_over: self.may_take_over(caller, &held, standing),
            may_follow_law: !partial && records.work && asks_as(caller.profile.role).is_some(),
            screening,
            person,
            state: state.state,
            answered: if partial { 0 } else { state.current().count() },
            engine,
            situation,
            outcome,
            happened,
            history,
            partial,
        };
        self.interviews.put(screening, held);
        Ok(view)
    }

    /// What follows from a screening, as far as the caller may see, without reasons; nothing where it cannot be computed.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn outcome_in_short(
        &self,
        caller: &Caller,
        screening: ScreeningId,
    ) -> Result<Option<RecordedOutcome>, OperationError> {
        let state = self
            .state::<Screening>(Stream::Screening(screening))
            .await?;
        let (Some(person), Some(law)) = (state.person, state.law.clone()) else {
            return Ok(None);
        };
        let (_, sight) = self.sees(caller, person).await?;
        let engine = self.law.engine_of(&law)?;
        let Ok(whole) = state.situation(&engine) else {
            return Ok(None);
        };
        let situation = classes::situation_seen(engine.library(), &whole, sight.classes);
        Ok(RecordedOutcome::of(&engine, &situation).ok())
    }

    /// Whether a position rests on norms without a condition: it holds towards everybody.
    #[must_use]
    pub fn stands_for_all(&self, position: &RecordedPosition) -> bool {
        let library = self.law.library();
        position.norms.iter().all(|norm| {
            self.law.norm_named(&norm.norm).is_some_and(|norm| {
                let norm = library.norm(norm);
                norm.condition.is_none() && norm.exceptions.is_empty()
            })
        })
    }

    /// The encounter at which the caller's desk met a person last.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn last_encounter(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Option<EncounterId>, OperationError> {
        let met = self.entries_of(lists::MET, person).await?;
        let last = met
            .iter()
            .filter(|entry| entry.owner == caller.desk())
            .max_by_key(|entry| entry.at_ms);
        Ok(last.and_then(|entry| {
            crate::projection::joint(entry.id, person.uuid())
                .try_into()
                .ok()
        }))
    }

    /// Whether the caller sees less than everything; questions about what they do not see are then not named.
    ///
    /// Positions need not be left out: everything here was computed from what the caller sees, so it tells of nothing else.
    fn leave_out(&self, engine: &Engine, outcome: &mut Outcome, seen: Classes) -> bool {
        if Classes::ALL.visible_to(seen) {
            return false;
        }
        let library = engine.library();
        for open in &mut outcome.undecided {
            open.facts
                .retain(|fact| classes::of_fact(library, *fact).visible_to(seen));
        }
        true
    }

    /// What follows from what the caller sees of all screenings of a person: certain duties, each with its limits.
    pub(crate) async fn duties_seen(
        &self,
        person: PersonId,
        seen: Classes,
    ) -> Result<Vec<SeenDuty>, OperationError> {
        let mut duties = Vec::new();
        for entry in self.entries_of(lists::SCREENINGS, person).await? {
            let screening = self
                .state::<Screening>(Stream::Screening(id(entry.id)?))
                .await?;
            let Some(law) = screening.law.clone() else {
                continue;
            };
            let engine = self.law.engine_of(&law)?;
            let Ok(whole) = screening.situation(&engine) else {
                continue;
            };
            let situation = classes::situation_seen(engine.library(), &whole, seen);
            let Ok(outcome) = Outcome::without_deciding_facts(&engine, &situation) else {
                continue;
            };
            let library = engine.library();
            for entry in outcome.duties {
                duties.push(SeenDuty {
                    position: PositionKey::of(&engine, entry.position),
                    norms: entry
                        .norms
                        .iter()
                        .map(|norm| NormKey::of(library, *norm))
                        .collect(),
                    limits: entry
                        .limits
                        .iter()
                        .map(|(limit, norm)| {
                            let event = library.event(limit.event).name.clone();
                            (event, NormKey::of(library, *norm))
                        })
                        .collect(),
                    barred: !entry.barred_by.is_empty(),
                    refs: entry
                        .norms
                        .iter()
                        .map(|norm| NormRef::of(library, *norm))
                        .collect(),
                    laws: entry
                        .limits
                        .iter()
                        .map(|(limit, norm)| LimitRef::of(library, *limit, *norm))
                        .collect(),
                });
            }
        }
        Ok(duties)
    }
}
