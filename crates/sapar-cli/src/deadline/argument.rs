//! The arguments of `sapar deadline`, read strictly: a wrong reading would be a wrong last day.

use sapar_calendar::civil::{Date, DateTime};
use sapar_calendar::{EndRule, Period, Unit};

/// No law's period is longer; a mistyped number ends here.
const AMOUNT_MAX: u32 = 100_000;

/// When the period begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// On a day.
    Day(Date),
    /// At a moment of the country's wall clock.
    Moment(DateTime),
}

impl std::fmt::Display for Event {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Event::Day(day) => write!(formatter, "{day}"),
            Event::Moment(moment) => write!(formatter, "{moment}"),
        }
    }
}

/// The countries with a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Country {
    /// Kazakhstan
    #[value(alias = "KZ", alias = "kz")]
    Kazakhstan,
    /// Latvia
    #[value(alias = "LV", alias = "lv")]
    Latvia,
    /// Portugal
    #[value(alias = "PT", alias = "pt")]
    Portugal,
}

impl Country {
    /// Its two letters.
    pub fn code(self) -> &'static str {
        match self {
            Country::Kazakhstan => "KZ",
            Country::Latvia => "LV",
            Country::Portugal => "PT",
        }
    }
}

/// The rules for the end of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Rule {
    /// It ends on the day it was counted to, worked or not; the safe rule for the longest detention
    AsCounted,
    /// A last day that is off moves to the next working day
    RollForward,
    /// Regulation (EEC, Euratom) No 1182/71, article 3
    #[value(name = "regulation-1182-71")]
    Regulation1182,
}

impl Rule {
    /// Its name as an argument.
    pub fn name(self) -> &'static str {
        match self {
            Rule::AsCounted => "as-counted",
            Rule::RollForward => "roll-forward",
            Rule::Regulation1182 => "regulation-1182-71",
        }
    }
}

impl From<Rule> for EndRule {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::AsCounted => EndRule::AsCounted,
            Rule::RollForward => EndRule::RollForward,
            Rule::Regulation1182 => EndRule::Regulation1182,
        }
    }
}

/// `3 working days`.
pub fn period(text: &str) -> Result<Period, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (amount, unit) = words.split_first().ok_or_else(how_to_write_a_period)?;
    let amount: u32 = amount.parse().map_err(|_| how_to_write_a_period())?;
    if amount == 0 || amount > AMOUNT_MAX {
        return Err(format!("the number must be from 1 to {AMOUNT_MAX}"));
    }
    let unit = match unit.join(" ").to_lowercase().as_str() {
        "hour" | "hours" => Unit::Hours,
        "day" | "days" => Unit::Days,
        "working day" | "working days" => Unit::WorkingDays,
        "week" | "weeks" => Unit::Weeks,
        "month" | "months" => Unit::Months,
        "year" | "years" => Unit::Years,
        _ => return Err(how_to_write_a_period()),
    };
    Ok(Period::new(amount, unit))
}

fn how_to_write_a_period() -> String {
    "write a number and a unit in quotes, for example \"3 working days\"; units are hours, days, working days, weeks, months, years".to_owned()
}

/// `2026-03-19` or `2026-03-19T14:00`.
pub fn event(text: &str) -> Result<Event, String> {
    if let Ok(day) = crate::clock::date(text) {
        return Ok(Event::Day(day));
    }
    let wrong = || "write an existing day or moment as 2026-03-19 or 2026-03-19T14:00".to_owned();
    let (day, time) = text.split_once(['T', ' ']).ok_or_else(wrong)?;
    let day = crate::clock::date(day).map_err(|_| wrong())?;
    // The clock is the country's; a zone behind the time would be dropped in silence, so it is refused.
    let only_clock = time
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b':');
    let parts: Vec<&str> = time.split(':').collect();
    let two_digits = parts.iter().all(|part| part.len() == 2);
    if !only_clock || !two_digits || !matches!(parts.len(), 2 | 3) {
        return Err(wrong());
    }
    let number = |at: usize| parts.get(at).map_or(Ok(0), |part| part.parse::<i8>());
    match (number(0), number(1), number(2)) {
        (Ok(hour), Ok(minute), Ok(second)) if hour < 24 && minute < 60 && second < 60 => {
            Ok(Event::Moment(day.at(hour, minute, second, 0)))
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods() {
        assert_eq!(period("3 working days"), Ok(Period::working_days(3)));
        assert_eq!(period(" 1  Month "), Ok(Period::months(1)));
        for wrong in [
            "",
            "3",
            "days",
            "-3 days",
            "0 days",
            "3 fortnights",
            "4294967296 days",
            "100001 days",
            "3 days ago",
        ] {
            assert!(period(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn events() {
        assert!(matches!(event("2026-03-19"), Ok(Event::Day(_))));
        assert!(matches!(event("2026-03-19T14:00"), Ok(Event::Moment(_))));
        assert!(matches!(event("2026-03-19 23:59:59"), Ok(Event::Moment(_))));
        for wrong in [
            "2026-02-30",
            "2026-03-19T24:00",
            "2026-03-19T14:60",
            "2026-03-19T14",
            "2026-03-19T14:00Z",
            "2026-03-19T14:00+05",
            "T",
            "2026-03-19T",
        ] {
            assert!(event(wrong).is_err(), "{wrong}");
        }
    }
}
