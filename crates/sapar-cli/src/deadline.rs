//! `sapar deadline`: the last day of a legal period, and every day that does not count.

mod argument;
mod tell;

use sapar_calendar::civil::DateTime;
use sapar_calendar::{Calendar, Deadline, EndRule, Period};
use sapar_messages::{Language, Messages};

use crate::ending::{Ending, Failure, Report};
use argument::Event;

/// What to count.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar deadline \"3 working days\" --from 2026-03-19 --country kazakhstan
  sapar deadline \"72 hours\" --from 2026-03-19T14:00 --country kazakhstan
  sapar deadline \"1 month\" --from 2026-01-31 --country portugal --rule roll-forward
  sapar deadline \"10 working days\" --from 2026-03-19 --country latvia --lang ru --json

The day of the event is not counted; for hours, the very moment is not.
Which rule holds for the end of a period is a question of law; the rule used is printed.

Ends with 1 when the last day hangs on a holiday that is not announced yet,
and with 65 when the calendar does not reach so far.")]
pub struct Arguments {
    /// A number and a unit: hours, days, working days, weeks, months or years
    #[arg(value_parser = argument::period, value_name = "PERIOD")]
    period: Period,
    /// The event: a day, or a moment on the wall clock of the country (2026-03-19T14:00)
    #[arg(long, value_parser = argument::event, value_name = "DATE[THH:MM]")]
    from: Event,
    /// Whose weekends, holidays and clock count
    #[arg(long, value_enum)]
    country: argument::Country,
    /// What happens at the end of the period
    #[arg(long, value_enum, default_value_t = argument::Rule::AsCounted)]
    rule: argument::Rule,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Counts and tells.
pub fn run(arguments: Arguments, language: Language) -> Result<Report, Failure> {
    let messages = Messages::new(language);
    let calendar = Calendar::of_country(arguments.country.code()).map_err(|error| {
        Failure::new(
            Ending::Fault,
            format!("the calendar inside this program is damaged: {error}"),
        )
    })?;
    let event = moment(arguments.period, arguments.from, &messages)?;
    let rule: EndRule = arguments.rule.into();
    let deadline = Deadline::compute(&calendar, arguments.period, event, rule);
    tell::report(
        &calendar,
        (arguments.period, arguments.from, arguments.rule),
        deadline,
        arguments.json,
        messages,
    )
}

/// A day is enough except for hours, where the answer would be wrong by up to a day.
fn moment(period: Period, event: Event, messages: &Messages) -> Result<DateTime, Failure> {
    match event {
        Event::Moment(moment) => Ok(moment),
        Event::Day(_) if period.unit == sapar_calendar::Unit::Hours => Err(Failure::new(
            Ending::Usage,
            messages.text("deadline-hours-need-a-time"),
        )),
        Event::Day(day) => Ok(day.at(0, 0, 0, 0)),
    }
}
