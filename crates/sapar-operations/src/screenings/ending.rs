//! How an interview stops, ends, is handed over, or follows another law.

use super::*;

/// No law of an earlier year is carried.
const FIRST_YEAR: i16 = 1950;

impl Operations {
    /// Stops an interview before its end; what is certain already becomes tasks.
    ///
    /// # Errors
    /// If it does not run.
    pub async fn stop_screening(
        &self,
        caller: &Caller,
        screening: ScreeningId,
        reason: StopReason,
    ) -> Result<(), OperationError> {
        self.end(caller, screening, ScreeningCommand::Stop { reason })
            .await
    }

    /// Ends an interview; what follows is recorded and becomes tasks.
    ///
    /// # Errors
    /// If it does not run.
    pub async fn finish_screening(
        &self,
        caller: &Caller,
        screening: ScreeningId,
    ) -> Result<(), OperationError> {
        self.end(caller, screening, ScreeningCommand::Finish).await
    }

    /// Evaluates a screening anew under the law of a day; the difference is recorded, and tasks follow.
    ///
    /// # Errors
    /// If the day is still to come, there is no law of that day, or the answers contradict each other under it.
    pub async fn follow_law(
        &self,
        caller: &Caller,
        screening: ScreeningId,
        day: Date,
    ) -> Result<(), OperationError> {
        // Nobody is treated by a law that is not in force yet.
        if day > self.today(caller.now) {
            return Err(OperationError::field("on", "law-day-to-come"));
        }
        if day.year() < FIRST_YEAR {
            return Err(OperationError::field("on", "law-day-too-early"));
        }
        let mut held = self.hold(caller, screening).await?;
        let (_, _, sight) = self.of_screening(caller, &held).await?;
        Self::sees_all_of_it(sight)?;
        held.engine = self.law.engine_on(day)?;
        held.interview = None;
        self.end_held(caller, screening, held, ScreeningCommand::FollowLaw)
            .await
    }

    /// Hands the interview to the caller's own, higher role.
    ///
    /// # Errors
    /// If the role is not higher.
    pub async fn take_over(
        &self,
        caller: &Caller,
        screening: ScreeningId,
    ) -> Result<(), OperationError> {
        let role = asks_as(caller.profile.role).ok_or(OperationError::NotPermitted)?;
        let mut held = self.hold(caller, screening).await?;
        let (person, standing, sight) = self.of_screening(caller, &held).await?;
        Self::sees_all_of_it(sight)?;
        if !standing
            .sight(self, caller, Action::Record, Classes::NONE)
            .work
        {
            return Err(OperationError::NotPermitted);
        }
        let stamp = caller.stamp();
        let mut state = held.loaded.state.clone();
        let mut events = Vec::new();
        if state.state != ScreeningState::Running {
            events = state.decide(&held.engine, ScreeningCommand::Resume, &stamp)?;
            sapar_casework::stamp::Fold::apply_all(&mut state, &events, &stamp);
        }
        events.extend(state.decide(&held.engine, ScreeningCommand::HandOver { role }, &stamp)?);
        self.write_screening(caller, screening, &mut held, person.id, events)
            .await?;
        held.interview = None;
        self.interviews.put(screening, held);
        Ok(())
    }

    /// Refuses who may not see all that an interview can tell.
    fn sees_all_of_it(sight: Sight) -> Result<(), OperationError> {
        if Classes::ALL.visible_to(sight.classes) {
            Ok(())
        } else {
            Err(OperationError::NotPermitted)
        }
    }

    /// Whether the caller asks in a higher role than who asks now, and may record it.
    pub(super) fn may_take_over(&self, caller: &Caller, held: &Held, standing: Standing) -> bool {
        let role = asks_as(caller.profile.role);
        let sees = standing.sight(self, caller, Action::See, Classes::NONE);
        // As whom it is asked can tell what was said, so it is told to nobody who may not see that.
        role.is_some()
            && Classes::ALL.visible_to(sees.classes)
            && held.loaded.state.role < role
            && standing
                .sight(self, caller, Action::Record, Classes::NONE)
                .work
    }

    async fn end(
        &self,
        caller: &Caller,
        screening: ScreeningId,
        command: ScreeningCommand,
    ) -> Result<(), OperationError> {
        let held = self.hold(caller, screening).await?;
        self.end_held(caller, screening, held, command).await
    }

    pub(super) async fn end_held(
        &self,
        caller: &Caller,
        screening: ScreeningId,
        mut held: Held,
        command: ScreeningCommand,
    ) -> Result<(), OperationError> {
        let (person, standing, _) = self.of_screening(caller, &held).await?;
        let records = standing.sight(self, caller, Action::Record, Classes::NONE);
        if !records.work {
            return Err(OperationError::NotPermitted);
        }
        let events = held
            .loaded
            .state
            .decide(&held.engine, command, &caller.stamp())?;
        if events.is_empty() {
            self.interviews.put(screening, held);
            return Ok(());
        }
        let mut writing = Writing::default();
        self.add(
            &mut writing,
            caller,
            &mut held.loaded,
            Some(person.id),
            events,
            |event| Body::Screening(screening, event),
        )?;
        self.add_tasks(caller, &mut writing, screening, &held, person.id)
            .await?;
        self.write(caller, writing).await?;
        held.interview = None;
        held.pending.clear();
        self.interviews.put(screening, held);
        Ok(())
    }
}
