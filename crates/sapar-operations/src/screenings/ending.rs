//! How an interview stops, ends, is handed over, or follows another law.

use super::*;

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

    /// Evaluates a screening anew under the law of today; the difference is recorded, and tasks follow.
    ///
    /// # Errors
    /// If the answers contradict each other under it.
    pub async fn follow_law(
        &self,
        caller: &Caller,
        screening: ScreeningId,
    ) -> Result<(), OperationError> {
        let mut held = self.hold(caller, screening).await?;
        held.engine = self.law.engine_on(self.today(caller.now))?;
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
        let (person, ..) = self.of_screening(caller, &held).await?;
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
