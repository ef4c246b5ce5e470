//! A deadline in the reader's language, or as JSON.

use sapar_calendar::civil::Date;
use sapar_calendar::{
    Calendar, Caveat, Checked, Deadline, DeadlineError, LocalName, OffKind, OffReason, Period,
    SkippedDay, SkippedWhile, Unit,
};
use sapar_messages::{Language, Messages};
use serde_json::{Value, json};

use super::argument::{Event, Rule};
use crate::ending::{Ending, Failure, Report};

/// Tells what came out; an answer that hangs on a day not announced yet is told with both ends.
pub fn report(
    calendar: &Calendar,
    (period, event, rule): (Period, Event, Rule),
    deadline: Result<Deadline, DeadlineError>,
    as_json: bool,
    messages: Messages,
) -> Result<Report, Failure> {
    let teller = Teller { messages };
    let asked = json!({
        "amount": period.amount,
        "unit": unit_words(period.unit),
        "from": event.to_string(),
        "country": calendar.code(),
        "rule": rule.name(),
    });
    match deadline {
        Ok(deadline) if as_json => Ok(Report::fine(teller.json(&asked, &deadline))),
        Ok(deadline) => Ok(Report::fine(teller.text(
            calendar,
            (period, event, rule),
            &deadline,
        ))),
        Err(DeadlineError::Uncertain {
            earliest,
            latest,
            days,
        }) => {
            let text = if as_json {
                let days: Vec<Value> = days.iter().map(|day| teller.day_json(day)).collect();
                let value = json!({
                    "asked": asked,
                    "certain": false,
                    "earliest_last_day": earliest.to_string(),
                    "latest_last_day": latest.to_string(),
                    "uncertain_days": days,
                });
                format!("{value:#}")
            } else {
                teller.uncertain(earliest, latest, &days)
            };
            Ok(Report::found(text, true))
        }
        Err(DeadlineError::OutsideCalendar { first, last, .. }) => {
            let values = [
                ("first", teller.date(first).into()),
                ("last", teller.date(last).into()),
            ];
            Err(Failure::new(
                Ending::BadInput,
                messages.text_with("deadline-outside-calendar", &values),
            ))
        }
        Err(_) => Err(Failure::new(
            Ending::BadInput,
            messages.text("deadline-too-long"),
        )),
    }
}

struct Teller {
    messages: Messages,
}

impl Teller {
    fn text(
        &self,
        calendar: &Calendar,
        (period, event, rule): (Period, Event, Rule),
        deadline: &Deadline,
    ) -> String {
        let length = self.messages.text_with(
            "duration",
            &[
                ("amount", period.amount.into()),
                ("unit", unit_words(period.unit).into()),
            ],
        );
        let from = match event {
            Event::Day(day) => self.date(day),
            Event::Moment(moment) => format!(
                "{}, {:02}:{:02}",
                self.date(moment.date()),
                moment.hour(),
                moment.minute()
            ),
        };
        let ends = deadline.ends();
        let zone = calendar.time_zone().iana_name().unwrap_or_default();
        let clock = format!(
            "{:02}:{:02}:{:02}",
            ends.hour(),
            ends.minute(),
            ends.second()
        );
        let mut lines = vec![
            self.messages.text_with(
                "deadline-asked",
                &[("period", length.into()), ("event", from.into())],
            ),
            self.messages.text_with(
                "deadline-last-day",
                &[
                    ("date", self.date(deadline.last_day()).into()),
                    ("weekday", self.weekday(deadline.last_day()).into()),
                ],
            ),
            self.messages.text_with(
                "deadline-over",
                &[
                    ("date", self.date(ends.date()).into()),
                    ("time", clock.into()),
                    ("zone", zone.into()),
                ],
            ),
            self.messages.text(match rule {
                Rule::AsCounted => "deadline-rule-as-counted",
                Rule::RollForward => "deadline-rule-roll-forward",
                Rule::Regulation1182 => "deadline-rule-regulation-1182",
            }),
        ];
        if !deadline.skipped().is_empty() {
            lines.push(String::new());
            lines.push(self.messages.text_with(
                "deadline-skipped",
                &[("count", deadline.skipped().len().into())],
            ));
            lines.extend(deadline.skipped().iter().map(|day| self.day(day)));
        }
        if !deadline.caveats().is_empty() {
            lines.push(String::new());
            lines.extend(deadline.caveats().iter().map(|caveat| self.caveat(caveat)));
        }
        lines.join("\n")
    }

    fn uncertain(&self, earliest: Date, latest: Date, days: &[SkippedDay]) -> String {
        let mut lines = vec![
            self.messages.text_with(
                "deadline-uncertain",
                &[
                    ("earliest", self.date(earliest).into()),
                    ("latest", self.date(latest).into()),
                ],
            ),
            self.messages.text("deadline-uncertain-safe"),
        ];
        lines.extend(days.iter().map(|day| self.day(day)));
        lines.join("\n")
    }

    fn day(&self, day: &SkippedDay) -> String {
        let reasons: Vec<String> = day
            .reasons
            .iter()
            .map(|reason| self.reason(reason))
            .collect();
        let mut line = format!(
            "  {}, {}: {}",
            self.date(day.date),
            self.weekday(day.date),
            reasons.join("; ")
        );
        let step = match day.skipped_while {
            SkippedWhile::Counting => None,
            SkippedWhile::RollingForward => Some("deadline-while-rolling"),
            SkippedWhile::ReachingTwoWorkingDays => Some("deadline-while-reaching-two"),
        };
        if let Some(key) = step {
            line.push_str(&format!(" ({})", self.messages.text(key)));
        }
        line
    }

    fn reason(&self, reason: &OffReason) -> String {
        let name = reason.name.as_ref().map(|name| self.local(name).to_owned());
        match reason.kind {
            OffKind::Weekend => self.messages.text("day-off-weekend"),
            OffKind::Holiday => name.unwrap_or_else(|| self.messages.text("day-off-holiday")),
            OffKind::InsteadOfHoliday { holiday } => self.messages.text_with(
                "day-off-instead",
                &[
                    ("name", name.unwrap_or_default().into()),
                    ("date", self.date(holiday).into()),
                ],
            ),
            OffKind::Transferred { worked } => self
                .messages
                .text_with("day-off-transferred", &[("date", self.date(worked).into())]),
        }
    }

    fn caveat(&self, caveat: &Caveat) -> String {
        match caveat {
            Caveat::TransfersNotRecorded { year } => self.messages.text_with(
                "deadline-caveat-transfers",
                &[("year", i32::from(*year).into())],
            ),
            Caveat::FromMemory { date } => self.messages.text_with(
                "deadline-caveat-memory",
                &[("date", self.date(*date).into())],
            ),
            _ => self.messages.text("deadline-caveat-other"),
        }
    }

    fn local<'a>(&self, name: &'a LocalName) -> &'a str {
        match self.messages.language() {
            Language::English => &name.en,
            Language::Russian => &name.ru,
            Language::Kazakh => &name.kk,
        }
    }

    fn date(&self, date: Date) -> String {
        self.messages.text_with(
            "date",
            &[
                ("year", i32::from(date.year()).into()),
                ("month", i32::from(date.month()).into()),
                ("day", i32::from(date.day()).into()),
            ],
        )
    }

    fn weekday(&self, date: Date) -> String {
        self.messages.text_with(
            "weekday",
            &[(
                "day",
                i32::from(date.weekday().to_monday_one_offset()).into(),
            )],
        )
    }

    fn json(&self, asked: &Value, deadline: &Deadline) -> String {
        let skipped: Vec<Value> = deadline
            .skipped()
            .iter()
            .map(|day| self.day_json(day))
            .collect();
        let caveats: Vec<Value> = deadline
            .caveats()
            .iter()
            .map(|caveat| {
                let kind = match caveat {
                    Caveat::TransfersNotRecorded { .. } => "transfers-not-recorded",
                    Caveat::FromMemory { .. } => "from-memory",
                    _ => "other",
                };
                json!({ "kind": kind, "text": self.caveat(caveat) })
            })
            .collect();
        let value = json!({
            "asked": asked,
            "certain": true,
            "last_day": deadline.last_day().to_string(),
            "over_at": deadline.ends().to_string(),
            "skipped": skipped,
            "caveats": caveats,
        });
        format!("{value:#}")
    }

    fn day_json(&self, day: &SkippedDay) -> Value {
        let reasons: Vec<Value> = day
            .reasons
            .iter()
            .map(|reason| {
                let kind = match reason.kind {
                    OffKind::Weekend => "weekend",
                    OffKind::Holiday => "holiday",
                    OffKind::InsteadOfHoliday { .. } => "instead-of-holiday",
                    OffKind::Transferred { .. } => "transferred",
                };
                let checked = match reason.checked {
                    Checked::Seen => "seen",
                    Checked::Memory => "memory",
                };
                json!({ "kind": kind, "text": self.reason(reason), "source": reason.source, "checked": checked })
            })
            .collect();
        let step = match day.skipped_while {
            SkippedWhile::Counting => "counting",
            SkippedWhile::RollingForward => "rolling-forward",
            SkippedWhile::ReachingTwoWorkingDays => "reaching-two-working-days",
        };
        json!({ "date": day.date.to_string(), "skipped_while": step, "reasons": reasons })
    }
}

/// A unit as the law language and the catalogue write it.
fn unit_words(unit: Unit) -> &'static str {
    match unit {
        Unit::Hours => "hours",
        Unit::Days => "days",
        Unit::WorkingDays => "working days",
        Unit::Weeks => "weeks",
        Unit::Months => "months",
        Unit::Years => "years",
    }
}
