//! Breaking glass: seeing in an emergency what one has no relation to, with a reason, an alert, and a review.

use jiff::Timestamp;
use sapar_access::{Action, BreakGlassReason, Protection, Purpose, Relations, Role};
use sapar_casework::ids::PersonId;
use sapar_store::Query;
use uuid::Uuid;

use crate::Operations;
use crate::audit::{Audited, BROKEN, REVIEWED, changes};
use crate::caller::Caller;
use crate::error::OperationError;
use crate::log::{Other, Writing};
use crate::projection::{code, lists};
use crate::relations::line;

/// Glass that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenGlass {
    /// Which time.
    pub id: Uuid,
    /// By whom.
    pub user: Uuid,
    /// For which person.
    pub person: Option<Uuid>,
    /// When.
    pub at: Timestamp,
    /// Why, in the user's words; nothing where the person was erased.
    pub reason: Option<String>,
    /// What a supervisor found; nothing until one has looked at it.
    pub verdict: Option<Verdict>,
}

/// What a supervisor found of broken glass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it was rightful.
    pub rightful: bool,
    /// By whom it was reviewed.
    pub by: Uuid,
    /// In the supervisor's words.
    pub words: Option<String>,
}

/// The reason that was given when glass was broken is in the log; while the view lasts none is asked for again.
pub(crate) fn given_before() -> BreakGlassReason {
    #[expect(clippy::expect_used, reason = "a fixed text that is long enough")]
    BreakGlassReason::parse("recorded when the glass was broken").expect("a reason")
}

impl Operations {
    /// Breaks glass for a person: records the reason and alerts the supervisors of the agency, before anything is shown.
    ///
    /// # Errors
    /// [`OperationError::NotThere`] where even an emergency shows this user nothing, whether the person exists or not.
    pub async fn break_glass(
        &self,
        caller: &Caller,
        person: PersonId,
        reason: &str,
    ) -> Result<(), OperationError> {
        let reason = BreakGlassReason::parse(reason)
            .map_err(|_| OperationError::field("reason", "access-reason-needed"))?;
        let permits = caller.permits(&self.access);
        let (classes, _) = permits.break_glass(&reason, Relations::NONE, Protection::NotRevealed);
        let key = self.keys.of(&*self.store, person.uuid()).await?;
        if classes.is_empty() || key.is_none() {
            return Err(OperationError::NotThere);
        }
        let (id, stream) = (self.keys.event_id(caller.now)?, self.keys.id(caller.now));
        let audited = Audited {
            stamp: caller.stamp(),
            person: Some(person.uuid()),
            mandate: None,
            what: None,
            purpose: purpose_name(caller.purpose),
        };
        let other = Other {
            id,
            name: BROKEN,
            stream,
            about: Some(person.uuid()),
            open: serde_json::to_value(&audited)?,
            personal: Some(serde_json::json!({ "reason": reason.text() })),
        };
        let writing = Writing {
            changes: changes(BROKEN, id.uuid(), stream, &audited),
            others: vec![other],
            ..Writing::default()
        };
        self.write(caller, writing).await?;
        Ok(())
    }

    /// Whether an emergency would show this user anything at all.
    #[must_use]
    pub fn has_glass(&self, caller: &Caller) -> bool {
        let permits = caller.permits(&self.access);
        let (classes, _) =
            permits.break_glass(&given_before(), Relations::NONE, Protection::NotRevealed);
        !classes.is_empty()
    }

    /// Glass broken in the caller's agency, what was not reviewed first.
    ///
    /// # Errors
    /// [`OperationError::NotPermitted`] for whoever does not supervise or audit.
    pub async fn broken_glass(&self, caller: &Caller) -> Result<Vec<BrokenGlass>, OperationError> {
        self.may_review(caller)?;
        let agency = caller.agency.uuid();
        let entries = self
            .going_on_first(lists::GLASS, agency, &["open"], &["reviewed"])
            .await?;
        let mut found = Vec::new();
        for entry in entries {
            let audited: Audited = line(&entry)?;
            let (reason, verdict) = self.told(entry.id).await?;
            found.push(BrokenGlass {
                id: entry.id,
                user: audited.stamp.by.user.uuid(),
                person: entry.person,
                at: audited.stamp.at,
                reason,
                verdict,
            });
        }
        found.sort_by_key(|glass| (glass.verdict.is_some(), std::cmp::Reverse(glass.at)));
        Ok(found)
    }

    /// How many wait for a review; nothing for whoever does not review.
    pub(crate) async fn glass_waiting(&self, caller: &Caller) -> Result<u64, OperationError> {
        if self.may_review(caller).is_err() {
            return Ok(0);
        }
        let mut query = Query::new(code(lists::GLASS), u32::MAX);
        query.owners = vec![caller.agency.uuid()];
        query.states = vec![code("open")];
        Ok(self
            .store
            .count(query)
            .await?
            .iter()
            .map(|group| group.count)
            .sum())
    }

    /// Records what a supervisor found of it.
    ///
    /// # Errors
    /// As [`Operations::broken_glass`], and [`OperationError::NotThere`] for one of another agency.
    pub async fn review_glass(
        &self,
        caller: &Caller,
        id: Uuid,
        rightful: bool,
        words: &str,
    ) -> Result<(), OperationError> {
        if words.trim().is_empty() {
            return Err(OperationError::field("words", "refusal-words-needed"));
        }
        let all = self.broken_glass(caller).await?;
        let glass = all
            .into_iter()
            .find(|glass| glass.id == id)
            .ok_or(OperationError::NotThere)?;
        if glass.user == caller.user.uuid() {
            return Err(OperationError::NotPermitted);
        }
        let agency = caller.agency.uuid();
        let event = self.keys.event_id(caller.now)?;
        // The entry keeps who broke the glass, and when; who reviewed it is in the event.
        let entries = self
            .going_on_first(lists::GLASS, agency, &["open"], &["reviewed"])
            .await?;
        let broken: Audited = entries
            .iter()
            .find(|entry| entry.id == id)
            .map(line)
            .transpose()?
            .ok_or(OperationError::NotThere)?;
        let other = Other {
            id: event,
            name: REVIEWED,
            stream: id,
            about: glass.person,
            open: serde_json::to_value(Reviewed {
                broken: broken.clone(),
                by: caller.user.uuid(),
                rightful,
            })?,
            // The words may tell of the person, so they are sealed with the person's key.
            personal: Some(serde_json::json!({ "words": words.trim() })),
        };
        let writing = Writing {
            changes: changes(REVIEWED, event.uuid(), id, &broken),
            others: vec![other],
            ..Writing::default()
        };
        self.write(caller, writing).await?;
        Ok(())
    }

    /// Whether the caller reviews broken glass.
    #[must_use]
    pub fn reviews(&self, caller: &Caller) -> bool {
        self.may_review(caller).is_ok()
    }

    fn may_review(&self, caller: &Caller) -> Result<(), OperationError> {
        let audits = caller
            .acting_for(Purpose::Audit)
            .permits(&self.access)
            .classes(Action::Audit, Relations::all(), Protection::NotRevealed);
        if caller.profile.role == Role::Supervisor || !audits.is_empty() {
            Ok(())
        } else {
            Err(OperationError::NotPermitted)
        }
    }

    /// Why glass was broken, and what was found of it.
    async fn told(
        &self,
        stream: Uuid,
    ) -> Result<(Option<String>, Option<Verdict>), OperationError> {
        let events = self
            .store
            .stream(sapar_ledger::StreamId::new("glass", stream), 0)
            .await?;
        let (mut reason, mut verdict) = (None, None);
        for recorded in events {
            let event = recorded.event;
            let words = match (event.sealed.bytes(), event.subject) {
                (Some(sealed), Some(person)) => match self.keys.of(&*self.store, person).await? {
                    Some(key) => {
                        let bound = sapar_sealing::Bound::Event(event.id.uuid());
                        let opened = key.open(bound, sealed)?;
                        serde_json::from_slice(&opened)?
                    }
                    None => serde_json::Value::Null,
                },
                _ => serde_json::Value::Null,
            };
            let said = |field: &str| {
                words
                    .get(field)
                    .and_then(serde_json::Value::as_str)
                    .map(str::to_owned)
            };
            if event.name.as_str() == BROKEN {
                reason = said("reason");
            } else if event.name.as_str() == REVIEWED {
                let open: Reviewed = serde_json::from_slice(&event.open)?;
                verdict = Some(Verdict {
                    rightful: open.rightful,
                    by: open.by,
                    words: said("words"),
                });
            }
        }
        Ok((reason, verdict))
    }
}

/// The open part of a review.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Reviewed {
    /// Who broke the glass, and when, for the list.
    #[serde(flatten)]
    broken: Audited,
    by: Uuid,
    rightful: bool,
}

pub(crate) fn purpose_name(purpose: Purpose) -> String {
    sapar_access::Word::name(purpose).to_owned()
}
