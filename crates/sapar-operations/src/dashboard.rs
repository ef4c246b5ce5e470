//! What a supervisor sees: how many, how fast, and what is late.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sapar_access::{Action, Purpose, Relations, Role};
use sapar_casework::classes::Classes;
use sapar_store::{Order, Query};
use uuid::Uuid;

use crate::Operations;
use crate::caller::{Caller, Sight};
use crate::error::OperationError;
use crate::projection::{ReferralLine, TaskLine, bits, code, kind_of_bearer, lists};
use crate::relations::line;

/// What a supervisor sees.
#[derive(Debug, Clone)]
pub struct Dashboard {
    /// Persons by what a screening found; only what the caller may count.
    pub findings: Vec<(String, u64)>,
    /// Persons met on each of the last days, the oldest first.
    pub met: Vec<(Date, u64)>,
    /// Referrals made, by state.
    pub referrals: Vec<(String, u64)>,
    /// Hours from offer to answer of referrals made on these days, by receiving agency: how many answered, and the median.
    pub answers: Vec<(Uuid, u64, TenthsOfHours)>,
    /// Hours from being met to being referred on these days: how many within each bound.
    pub to_referral: Vec<(u32, u64)>,
    /// Open tasks whose due time is over, by the agency that must do them.
    pub overdue: Vec<(Option<Uuid>, u64)>,
    /// For a supervisor: tasks that are late for so long that they are to act, the longest late first.
    pub escalated: Vec<crate::tasks::TaskView>,
}

/// Tenths of an hour.
pub type TenthsOfHours = u64;

/// How many days are shown.
const DAYS: i64 = 14;

/// How many days before those shown somebody may have been met to be counted as referred from there.
const MET_BEFORE: i64 = 30;

/// Bounds of the time to referral, in hours.
const BOUNDS: [u32; 5] = [1, 4, 12, 24, 72];

impl Operations {
    /// Figures of the caller's desk.
    ///
    /// # Errors
    /// [`OperationError::NotPermitted`] for who neither supervises nor counts.
    pub async fn dashboard(&self, caller: &Caller) -> Result<Dashboard, OperationError> {
        let (owners, classes) = self.counts(caller)?;
        Ok(Dashboard {
            findings: self.findings(&owners, classes).await?,
            met: self.met(caller, &owners).await?,
            referrals: self.referral_states(&owners, classes).await?,
            answers: self.answers(caller, &owners, classes).await?,
            to_referral: self.to_referral(caller, &owners, classes).await?,
            escalated: self.escalated(caller).await?,
            overdue: self.overdue_by_agency(caller, &owners, classes).await?,
        })
    }

    /// Whether the caller has a dashboard.
    #[must_use]
    pub fn may_count(&self, caller: &Caller) -> bool {
        self.counts(caller).is_ok()
    }

    /// Whose figures, and of which classes. All posts for an analyst; the own desk for a supervisor, and what they may see.
    fn counts(&self, caller: &Caller) -> Result<(Vec<Uuid>, Classes), OperationError> {
        let statistics = caller.acting_for(Purpose::Statistics);
        let everywhere = Sight::of(statistics.permits(&self.access).classes(
            Action::Count,
            Relations::NONE,
            sapar_access::Protection::Revealed,
        ));
        if everywhere.work {
            return Ok((Vec::new(), everywhere.classes));
        }
        if caller.profile.role != Role::Supervisor {
            return Err(OperationError::NotPermitted);
        }
        let own = Sight::of(statistics.permits(&self.access).classes(
            Action::Count,
            Relations::all(),
            sapar_access::Protection::NotRevealed,
        ));
        if !own.work {
            return Err(OperationError::NotPermitted);
        }
        let seen = self.at_own_post(caller, Action::See);
        Ok((vec![caller.desk()], seen.classes))
    }

    async fn count(
        &self,
        list: &str,
        owners: &[Uuid],
        classes: Classes,
        within: Option<(i64, i64)>,
    ) -> Result<BTreeMap<String, u64>, OperationError> {
        let mut query = Query::new(code(list), bits(classes));
        query.owners = owners.to_vec();
        if let Some((from, before)) = within {
            query.from_ms = Some(from);
            query.before_ms = Some(before);
        }
        let mut counted = BTreeMap::new();
        for group in self.store.count(query).await? {
            *counted.entry(group.state.as_str().to_owned()).or_default() += group.count;
        }
        Ok(counted)
    }

    async fn findings(
        &self,
        owners: &[Uuid],
        classes: Classes,
    ) -> Result<Vec<(String, u64)>, OperationError> {
        let counted = self.count(lists::OUTCOMES, owners, classes, None).await?;
        Ok(crate::FINDINGS
            .iter()
            .filter_map(|name| counted.get(*name).map(|count| ((*name).to_owned(), *count)))
            .collect())
    }

    async fn met(
        &self,
        caller: &Caller,
        owners: &[Uuid],
    ) -> Result<Vec<(Date, u64)>, OperationError> {
        let zone = self.law.calendar().time_zone();
        let today = self.today(caller.now);
        let mut days = Vec::new();
        for back in (0..DAYS).rev() {
            let Ok(day) = today.checked_sub(jiff::Span::new().days(back)) else {
                continue;
            };
            let start = |day: Date| {
                zone.to_zoned_datetime(day.at(0, 0, 0, 0))
                    .map(|start| start.timestamp().as_millisecond())
            };
            let (Ok(from), Ok(before)) = (start(day), day.tomorrow().and_then(start)) else {
                continue;
            };
            let counted = self
                .count(lists::MET, owners, Classes::NONE, Some((from, before)))
                .await?;
            days.push((day, counted.values().sum()));
        }
        Ok(days)
    }

    async fn referral_states(
        &self,
        owners: &[Uuid],
        classes: Classes,
    ) -> Result<Vec<(String, u64)>, OperationError> {
        Ok(self
            .count(lists::SENT, owners, classes, None)
            .await?
            .into_iter()
            .collect())
    }

    /// Referrals that were made in the days shown.
    async fn sent_lines(
        &self,
        caller: &Caller,
        owners: &[Uuid],
        classes: Classes,
    ) -> Result<Vec<(Option<Uuid>, ReferralLine)>, OperationError> {
        let from = self.days_ago(caller, DAYS - 1)?;
        let mut query = Query::new(code(lists::SENT), bits(classes));
        query.owners = owners.to_vec();
        // The list is ordered by when an answer is due, which is after they were made.
        query.from_ms = Some(from.as_millisecond());
        let mut lines: Vec<(Option<Uuid>, ReferralLine)> = self
            .all_entries(query)
            .await?
            .iter()
            .map(|entry| Ok((entry.person, line(entry)?)))
            .collect::<Result<_, OperationError>>()?;
        lines.retain(|(_, sent)| sent.offered >= from);
        Ok(lines)
    }

    /// The beginning of a day so many days ago.
    fn days_ago(&self, caller: &Caller, days: i64) -> Result<Timestamp, OperationError> {
        let day = self
            .today(caller.now)
            .checked_sub(jiff::Span::new().days(days))
            .map_err(|_| OperationError::Own("a day"))?;
        let zone = self.law.calendar().time_zone();
        Ok(zone
            .to_zoned_datetime(day.at(0, 0, 0, 0))
            .map_err(|_| OperationError::Own("a day"))?
            .timestamp())
    }

    async fn answers(
        &self,
        caller: &Caller,
        owners: &[Uuid],
        classes: Classes,
    ) -> Result<Vec<(Uuid, u64, TenthsOfHours)>, OperationError> {
        let mut waits: BTreeMap<Uuid, Vec<u64>> = BTreeMap::new();
        for (_, sent) in self.sent_lines(caller, owners, classes).await? {
            if let Some(answered) = sent.answered {
                waits
                    .entry(sent.to)
                    .or_default()
                    .push(tenths(answered.duration_since(sent.offered)));
            }
        }
        Ok(waits
            .into_iter()
            .map(|(agency, mut waits)| {
                waits.sort_unstable();
                let median = waits.get(waits.len() / 2).copied().unwrap_or(0);
                (agency, waits.len() as u64, median)
            })
            .collect())
    }

    async fn to_referral(
        &self,
        caller: &Caller,
        owners: &[Uuid],
        classes: Classes,
    ) -> Result<Vec<(u32, u64)>, OperationError> {
        let mut query = Query::new(code(lists::MET), u32::MAX);
        query.owners = owners.to_vec();
        // Who was met long before is referred for something that came later.
        let from = self.days_ago(caller, DAYS + MET_BEFORE)?;
        query.from_ms = Some(from.as_millisecond());
        query.order = Order::LatestFirst;
        let met: BTreeMap<Uuid, i64> = self
            .all_entries(query)
            .await?
            .iter()
            .filter_map(|entry| Some((entry.person?, entry.at_ms?)))
            .collect();
        let mut counts: Vec<(u32, u64)> = BOUNDS.iter().map(|bound| (*bound, 0)).collect();
        counts.push((u32::MAX, 0));
        for (person, sent) in self.sent_lines(caller, owners, classes).await? {
            let Some(met) = person.and_then(|person| met.get(&person)) else {
                continue;
            };
            let waited = sent
                .offered
                .duration_since(crate::people::time(*met))
                .as_hours();
            if let Some((_, count)) = counts
                .iter_mut()
                .find(|(bound, _)| waited < i64::from(*bound))
            {
                *count += 1;
            }
        }
        Ok(counts)
    }

    async fn overdue_by_agency(
        &self,
        caller: &Caller,
        owners: &[Uuid],
        classes: Classes,
    ) -> Result<Vec<(Option<Uuid>, u64)>, OperationError> {
        let mut query = Query::new(code(lists::TASKS_HERE), bits(classes));
        query.owners = owners.to_vec();
        query.states = vec![code("open")];
        query.before_ms = Some(caller.now.as_millisecond());
        let directory = self.directory();
        let mut counts: BTreeMap<Option<Uuid>, u64> = BTreeMap::new();
        for entry in self.all_entries(query).await? {
            let task: TaskLine = line(&entry)?;
            let agency = kind_of_bearer(&task.bearer)
                .and_then(|kind| directory.agency_for(kind))
                .map(|agency| agency.id.uuid());
            *counts.entry(agency).or_default() += 1;
        }
        let mut counts: Vec<(Option<Uuid>, u64)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Ok(counts)
    }
}

fn tenths(waited: SignedDuration) -> u64 {
    u64::try_from(waited.as_secs().max(0) / 360).unwrap_or(0)
}
