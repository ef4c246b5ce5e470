//! The outcome on a terminal: prohibitions first, each with clock, articles and reason.

use std::io::Write;

use jiff::civil::Date;
use sapar_calendar::{Calendar, DeadlineError};
use sapar_law::{
    Engine, Interview, LimitDef, LimitKind, NormId, PositionId, Role, Situation, Status,
    VerificationDef, explain,
};
use sapar_messages::{MessageValue, Messages};
use sapar_screening::{Entry, Outcome, Undecided, due};

use super::{Moment, Screen, Stop};

/// A date as people of that language write it.
pub(super) fn date_words(date: Date, messages: &Messages) -> String {
    messages.text_with(
        "date",
        &[
            ("year", i64::from(date.year()).into()),
            ("month", i64::from(date.month()).into()),
            ("day", i64::from(date.day()).into()),
        ],
    )
}

/// The calendar on which the limits of a legal order are counted, where there is one.
pub(super) fn calendar_of(order: &str) -> Option<Calendar> {
    let code = match country_of(order)? {
        "KAZ" => "KZ",
        "LVA" => "LV",
        _ => "PT",
    };
    Calendar::of_country(code).ok()
}

/// The country a legal order belongs to, as travel documents write it.
pub(super) fn country_of(order: &str) -> Option<&'static str> {
    [
        ("kazakhstan", "KAZ"),
        ("latvia", "LVA"),
        ("portugal", "PRT"),
    ]
    .into_iter()
    .find(|(name, _)| order.split('-').next() == Some(*name))
    .map(|(_, code)| code)
}

/// How much of the outcome is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    /// There was an interview.
    pub asked: bool,
    /// It ended by itself.
    pub finished: bool,
    /// Every undecided position.
    pub all: bool,
    /// One article each, no reasons.
    pub brief: bool,
}

impl Screen<'_> {
    pub(super) fn bold(&self, text: &str) -> String {
        self.painted(text, "1")
    }

    pub(super) fn dim(&self, text: &str) -> String {
        self.painted(text, "2")
    }

    fn painted(&self, text: &str, style: &str) -> String {
        if self.colour {
            format!("\u{1b}[{style}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    pub(super) fn title(&mut self, engine: &Engine) -> Result<(), Stop> {
        let library = engine.library();
        let order = library
            .order(engine.order())
            .label
            .get(self.messages.language().code());
        let date = date_words(engine.on(), &self.messages);
        let title = self.messages.text_with(
            "screen-title",
            &[("order", order.into()), ("date", date.as_str().into())],
        );
        writeln!(self.output, "{}", self.bold(&title))?;
        Ok(())
    }

    pub(super) fn print_outcome(
        &mut self,
        interview: &Interview,
        outcome: &Outcome,
        now: Moment,
        shown: Shown,
    ) -> Result<(), Stop> {
        let engine = interview.engine().clone();
        let situation = interview.situation();
        if shown.asked {
            let count = i64::try_from(interview.answered().len()).unwrap_or(i64::MAX);
            let progress = self
                .messages
                .text_with("interview-progress", &[("count", count.into())]);
            let ended = self.messages.text(if shown.finished {
                "interview-finished"
            } else {
                "interview-stopped"
            });
            writeln!(self.output, "\n{progress}. {ended}")?;
        }
        if !outcome.evaluation.conflicts.is_empty() {
            self.heading("heading-conflicts", "31;1")?;
        }
        for conflict in &outcome.evaluation.conflicts {
            let lines =
                explain::conflict_lines(&engine, &outcome.evaluation, conflict, &self.messages);
            for (line, mark) in lines
                .iter()
                .zip(std::iter::once("• ").chain(std::iter::repeat("  ")))
            {
                writeln!(self.output, "{mark}{line}")?;
            }
        }
        let nothing = outcome.prohibitions.is_empty()
            && outcome.duties.is_empty()
            && outcome.permissions.is_empty();
        if nothing {
            writeln!(
                self.output,
                "\n{}",
                self.messages.text("outcome-nothing-certain")
            )?;
        }
        for (key, style, entries) in [
            ("heading-prohibitions", "31;1", &outcome.prohibitions),
            ("heading-duties", "33;1", &outcome.duties),
            ("heading-recommendations", "36;1", &outcome.recommendations),
            ("heading-permissions", "32;1", &outcome.permissions),
        ] {
            // What holds for everyone would bury what holds for this person; it follows at the end, a line each.
            let special: Vec<&Entry> = entries
                .iter()
                .filter(|entry| !is_standing(&engine, entry))
                .collect();
            if special.is_empty() {
                continue;
            }
            self.heading(key, style)?;
            for entry in special {
                self.entry(&engine, situation, outcome, entry, now, shown.brief)?;
            }
        }
        if !shown.brief {
            self.standing(&engine, outcome)?;
        }
        self.undecided(&engine, interview, &outcome.undecided, shown)?;
        self.closing(&engine, outcome)
    }

    fn standing(&mut self, engine: &Engine, outcome: &Outcome) -> Result<(), Stop> {
        let lists = [
            &outcome.prohibitions,
            &outcome.duties,
            &outcome.recommendations,
            &outcome.permissions,
        ];
        let standing: Vec<&Entry> = lists
            .into_iter()
            .flatten()
            .filter(|entry| is_standing(engine, entry))
            .collect();
        if standing.is_empty() {
            return Ok(());
        }
        self.heading("screen-standing", "1")?;
        let library = engine.library();
        for entry in standing {
            let words =
                explain::position_words(library, engine.position(entry.position), &self.messages);
            let articles: Vec<String> = entry
                .norms
                .iter()
                .take(1)
                .map(|norm| explain::citation(library, *norm, &self.messages))
                .collect();
            writeln!(
                self.output,
                "  • {words} {}",
                self.dim(&format!("({})", articles.join("; ")))
            )?;
        }
        Ok(())
    }

    fn heading(&mut self, key: &str, style: &str) -> Result<(), Stop> {
        let text = self.painted(&self.messages.text(key), style);
        writeln!(self.output, "\n{text}")?;
        Ok(())
    }

    fn entry(
        &mut self,
        engine: &Engine,
        situation: &Situation,
        outcome: &Outcome,
        entry: &Entry,
        now: Moment,
        brief: bool,
    ) -> Result<(), Stop> {
        let library = engine.library();
        let words =
            explain::position_words(library, engine.position(entry.position), &self.messages);
        let gap = if brief { "" } else { "\n" };
        writeln!(self.output, "{gap}• {}", self.bold(&words))?;
        // A conflict was told above with both its sides; what remains are prohibitions that may hold.
        let is_told =
            |barred: &PositionId| {
                outcome.evaluation.conflicts.iter().any(|conflict| {
                    conflict.for_it == entry.position && conflict.against_it == *barred
                })
            };
        if entry.barred_by.iter().any(is_told) {
            let text = self.messages.text("screen-in-conflict");
            writeln!(self.output, "  {}", self.painted(&text, "31"))?;
        }
        for barred in entry.barred_by.iter().filter(|barred| !is_told(barred)) {
            let prohibition =
                explain::position_words(library, engine.position(*barred), &self.messages);
            let text = self.messages.text_with(
                "screen-barred",
                &[("prohibition", prohibition.as_str().into())],
            );
            writeln!(self.output, "  {}", self.painted(&text, "31"))?;
        }
        for (limit, _) in &entry.limits {
            let words = explain::limit_words(library, *limit, &self.messages);
            match self.due_words(engine, *limit, now) {
                Some(due) => writeln!(self.output, "  {words}; {due}")?,
                None => writeln!(self.output, "  {words}")?,
            }
        }
        if brief {
            if let Some(norm) = entry.norms.first() {
                writeln!(
                    self.output,
                    "  {}",
                    explain::citation(library, *norm, &self.messages)
                )?;
            }
            return Ok(());
        }
        for norm in &entry.norms {
            let citation = explain::citation(library, *norm, &self.messages);
            let verified = self.verification(engine, *norm);
            writeln!(self.output, "  {citation} {}", self.dim(&verified))?;
        }
        // One reason is enough to understand; the others rest on the same facts or say the same.
        if let Some(norm) = entry.norms.first() {
            let reason = explain::explain_norm(engine, situation, *norm);
            for line in explain::reason_lines(engine, situation, &reason, &self.messages) {
                writeln!(self.output, "    {}", self.dim(&line))?;
            }
        }
        for (norm, by) in &entry.overridden {
            let (norm, by) = (
                explain::citation(library, *norm, &self.messages),
                explain::citation(library, *by, &self.messages),
            );
            let text = self.messages.text_with(
                "explanation-overridden",
                &[("norm", norm.as_str().into()), ("by", by.as_str().into())],
            );
            writeln!(self.output, "    {}", self.dim(&text))?;
        }
        Ok(())
    }

    /// "if this happens now: at the latest 27 November 2026".
    fn due_words(&self, engine: &Engine, limit: LimitDef, now: Moment) -> Option<String> {
        let calendar = calendar_of(&engine.library().order(engine.order()).id)?;
        let key = match limit.kind {
            LimitKind::AtLeast(_) => "screen-due-at-least",
            LimitKind::AtMost(_) => "screen-due-at-most",
            _ => "screen-due",
        };
        match due(limit, now, &calendar)? {
            Ok(deadline) => {
                let mut date = date_words(deadline.last_day(), &self.messages);
                if deadline.period().unit == sapar_calendar::Unit::Hours {
                    let time = deadline.ends().datetime().time();
                    date = format!("{date}, {:02}:{:02}", time.hour(), time.minute());
                }
                Some(
                    self.messages
                        .text_with(key, &[("date", date.as_str().into())]),
                )
            }
            Err(DeadlineError::Uncertain {
                earliest, latest, ..
            }) => {
                let (earliest, latest) = (
                    date_words(earliest, &self.messages),
                    date_words(latest, &self.messages),
                );
                Some(self.messages.text_with(
                    "screen-due-between",
                    &[
                        ("earliest", earliest.as_str().into()),
                        ("latest", latest.as_str().into()),
                    ],
                ))
            }
            // A date outside the calendar's table is not guessed; the words of the limit stand alone.
            Err(_) => None,
        }
    }

    fn verification(&self, engine: &Engine, norm: NormId) -> String {
        let date = |on: &Option<Date>| {
            on.map_or_else(
                || self.messages.text("unknown"),
                |on| date_words(on, &self.messages),
            )
        };
        let text = match &engine.library().norm(norm).verification {
            VerificationDef::Memory => self.messages.text("verification-memory"),
            VerificationDef::Proposed => self.messages.text("verification-proposed"),
            VerificationDef::Seen { source, on } => self.messages.text_with(
                "verification-seen",
                &[
                    ("source", source.as_str().into()),
                    ("date", date(on).as_str().into()),
                ],
            ),
            VerificationDef::Reviewed { by, on } => self.messages.text_with(
                "verification-reviewed",
                &[
                    ("name", by.as_str().into()),
                    ("date", date(on).as_str().into()),
                ],
            ),
        };
        format!("({text})")
    }

    /// Open prohibitions in full, the rest by who could decide it.
    fn undecided(
        &mut self,
        engine: &Engine,
        interview: &Interview,
        open: &[Undecided],
        shown: Shown,
    ) -> Result<(), Stop> {
        if open.is_empty() {
            return Ok(());
        }
        let most = match shown {
            Shown { all: true, .. } => usize::MAX,
            Shown { brief: true, .. } => 1,
            _ => 5,
        };
        self.heading("heading-undecided", "35;1")?;
        writeln!(
            self.output,
            "  {}",
            self.messages.text("warning-unanswered-is-not-no")
        )?;
        let groups: [(Option<Role>, &str); 3] = [
            (Some(Role::FirstLine), "role-first-line"),
            (Some(Role::SecondLine), "role-second-line"),
            (Some(Role::Specialist), "role-specialist"),
        ];
        for (role, key) in groups {
            let of_role: Vec<&Undecided> = open
                .iter()
                .filter(|open| who_can(engine, interview, open) == role)
                .collect();
            let heading = self.messages.text_with(
                "screen-undecided-by",
                &[("role", self.messages.text(key).as_str().into())],
            );
            self.undecided_group(engine, &heading, &of_role, most)?;
        }
        let answered: Vec<&Undecided> = open
            .iter()
            .filter(|open| who_can(engine, interview, open).is_none())
            .collect();
        let heading = self.messages.text("screen-undecided-answered");
        self.undecided_group(engine, &heading, &answered, most)
    }

    fn undecided_group(
        &mut self,
        engine: &Engine,
        heading: &str,
        open: &[&Undecided],
        shown: usize,
    ) -> Result<(), Stop> {
        if open.is_empty() {
            return Ok(());
        }
        let library = engine.library();
        let language = self.messages.language().code();
        writeln!(self.output, "\n  {}", self.bold(heading))?;
        for undecided in open.iter().take(shown) {
            let words = explain::position_words(
                library,
                engine.position(undecided.position),
                &self.messages,
            );
            let facts: Vec<&str> = undecided
                .facts
                .iter()
                .take(4)
                .map(|fact| library.fact(*fact).label.get(language))
                .collect();
            let depends = self.messages.text_with(
                "outcome-depends-on",
                &[("facts", facts.join(", ").as_str().into())],
            );
            writeln!(self.output, "  ? {words}\n      {}", self.dim(&depends))?;
            for barred in &undecided.barred_by {
                let prohibition =
                    explain::position_words(library, engine.position(*barred), &self.messages);
                let text = self.messages.text_with(
                    "screen-barred",
                    &[("prohibition", prohibition.as_str().into())],
                );
                writeln!(self.output, "      {}", self.painted(&text, "31"))?;
            }
        }
        if open.len() > shown {
            let more = i64::try_from(open.len() - shown).unwrap_or(i64::MAX);
            writeln!(
                self.output,
                "  {}",
                self.messages.text_with(
                    "screen-undecided-more",
                    &[("count", MessageValue::from(more))]
                )
            )?;
        }
        Ok(())
    }

    fn closing(&mut self, engine: &Engine, outcome: &Outcome) -> Result<(), Stop> {
        let (mut seen, mut memory, mut reviewed) = (0_i64, 0_i64, 0_i64);
        for norm in outcome.norms() {
            match engine.library().norm(norm).verification {
                VerificationDef::Seen { .. } => seen += 1,
                // What nobody adopted was compared with no source either.
                VerificationDef::Memory | VerificationDef::Proposed => memory += 1,
                VerificationDef::Reviewed { .. } => reviewed += 1,
            }
        }
        let verified = self.messages.text_with(
            "screen-verified",
            &[
                ("seen", seen.into()),
                ("memory", memory.into()),
                ("reviewed", reviewed.into()),
            ],
        );
        writeln!(self.output, "\n{verified}")?;
        if memory > 0 {
            writeln!(self.output, "{}", self.messages.text("warning-not-checked"))?;
        }
        writeln!(
            self.output,
            "{}",
            self.bold(&self.messages.text("outcome-not-a-decision"))
        )?;
        Ok(())
    }
}

/// Whether a position rests on norms that have no condition at all.
fn is_standing(engine: &Engine, entry: &Entry) -> bool {
    entry.barred_by.is_empty()
        && entry.norms.iter().all(|norm| {
            let norm = engine.library().norm(*norm);
            norm.condition.is_none() && norm.exceptions.is_empty()
        })
}

/// The lowest role that may still learn what would decide it; `None` when all was asked in vain.
fn who_can(engine: &Engine, interview: &Interview, open: &Undecided) -> Option<Role> {
    debug_assert_eq!(
        engine
            .evaluate(interview.situation())
            .map(|all| all.status(open.position)),
        Ok(Status::Open)
    );
    open.facts
        .iter()
        .filter(|fact| {
            !interview
                .answered()
                .iter()
                .any(|answered| answered.fact == **fact)
        })
        .map(|fact| engine.lowest_role(*fact, interview.situation()))
        .min()
}
