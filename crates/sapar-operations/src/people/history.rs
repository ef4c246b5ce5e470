//! What happened to a person, and who looked.

use super::*;

impl Operations {
    /// What happened to a person, the newest first, as far as each event's own classes are seen.
    pub(super) async fn timeline(
        &self,
        caller: &Caller,
        person: PersonId,
        standing: Standing,
        loaded: &Loaded<Person>,
    ) -> Result<Vec<Moment>, OperationError> {
        let mut moments = Vec::new();
        let mut add = |events: &[Event], of_stream: Classes| {
            for event in events {
                let classes = event.classes().and(of_stream);
                let sight = standing.sight(self, caller, Action::See, classes);
                if sight.work && classes.visible_to(sight.classes) {
                    moments.extend(moment(event));
                }
            }
        };
        add(&loaded.events, Classes::NONE);
        if self.is_behind_firewall(caller) {
            // Which tasks were made when, and when an interview went on, can tell of asylum.
            self.add_handed_over(person, &mut add).await?;
            moments.sort_by_key(|moment| std::cmp::Reverse(moment.at));
            return Ok(moments);
        }
        let tasks = self
            .load::<sapar_casework::tasks::Tasks>(Stream::Tasks(person))
            .await?;
        add(&tasks.events, Classes::NONE);
        for entry in self.entries_of(lists::SCREENINGS, person).await? {
            let screening = self
                .load::<Screening>(Stream::Screening(id(entry.id)?))
                .await?;
            // Which question was answered, and how many there were, tells of the person as the answers do.
            let events: Vec<Event> = screening
                .events
                .into_iter()
                .filter(|event| {
                    !matches!(
                        &event.body,
                        Body::Screening(
                            _,
                            sapar_casework::screening::ScreeningEvent::Answered { .. }
                                | sapar_casework::screening::ScreeningEvent::TakenBack { .. }
                        )
                    )
                })
                .collect();
            add(&events, Classes::NONE);
        }
        self.add_handed_over(person, &mut add).await?;
        moments.sort_by_key(|moment| std::cmp::Reverse(moment.at));
        Ok(moments)
    }

    /// Adds what happened to referrals and cases.
    async fn add_handed_over(
        &self,
        person: PersonId,
        add: &mut impl FnMut(&[Event], Classes),
    ) -> Result<(), OperationError> {
        for entry in self.entries_of(lists::REFERRALS, person).await? {
            let referral = self
                .load::<Referral>(Stream::Referral(id(entry.id)?))
                .await?;
            let classes = referral.state.classes();
            add(&referral.events, classes);
        }
        for entry in self.entries_of(lists::CASES, person).await? {
            if let Ok(case) = id::<CaseId>(entry.id)
                && entry.state.as_str() != "offered"
                && !entry.state.as_str().starts_with("linked")
            {
                let case = self.load::<Case>(Stream::Case(case)).await?;
                let classes = case.state.classes();
                add(&case.events, classes);
            }
        }
        Ok(())
    }

    /// Who looked at a person, as far as that tells nothing the caller may not see: behind the firewall, colleagues only.
    pub(crate) async fn views_seen(
        &self,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Vec<ViewLine>, OperationError> {
        let mut views = self.views_of(person).await?;
        if self.is_behind_firewall(caller) {
            views.retain(|view| view.agency == caller.agency.uuid());
        }
        views.sort_by_key(|view| {
            (
                std::cmp::Reverse(view.at),
                view.user,
                view.what,
                view.purpose.clone(),
            )
        });
        Ok(views)
    }

    /// Who looked at a person, the newest first.
    pub(crate) async fn views_of(&self, person: PersonId) -> Result<Vec<ViewLine>, OperationError> {
        let mut query = Query::new(code(lists::VIEWS), u32::MAX);
        query.person = Some(person.uuid());
        query.order = sapar_store::Order::LatestFirst;
        query.limit = 500;
        let mut views = Vec::new();
        for entry in self.store.entries(query).await?.entries {
            let audited: Audited = line(&entry)?;
            views.push(ViewLine {
                user: audited.stamp.by.user.uuid(),
                agency: audited.stamp.by.agency.uuid(),
                at: audited.stamp.at,
                what: audited.what,
                purpose: audited.purpose,
            });
        }
        Ok(views)
    }

    /// Records that the caller looked at a person.
    pub(crate) async fn look(
        &self,
        caller: &Caller,
        person: PersonId,
        what: Looked,
    ) -> Result<(), OperationError> {
        self.look_at_all(caller, &[person], what).await
    }

    /// Records in one step that the caller looked at each of these.
    pub(crate) async fn look_at_all(
        &self,
        caller: &Caller,
        persons: &[PersonId],
        what: Looked,
    ) -> Result<(), OperationError> {
        if persons.is_empty() {
            return Ok(());
        }
        let mut writing = Writing::default();
        for person in persons {
            let event = self.keys.event_id(caller.now)?;
            let audited = Audited {
                stamp: caller.stamp(),
                person: Some(person.uuid()),
                mandate: None,
                what: Some(what),
                purpose: crate::reviews::purpose_name(caller.purpose),
            };
            let seen = changes(VIEWED, event.uuid(), person.uuid(), &audited);
            writing.changes.extend(seen);
            writing.others.push(Other {
                id: event,
                name: VIEWED,
                stream: person.uuid(),
                about: None,
                open: serde_json::to_value(&audited)?,
                personal: None,
            });
        }
        self.write(caller, writing).await?;
        Ok(())
    }
}
