//! Explanations as sentences, in the language of a catalogue of messages.

use sapar_law_syntax::ast::{LimitKind, Modality, Unit};
use sapar_messages::{MessageValue, Messages};

use super::tree::{NormReason, Part, PartKind, Truth};
use crate::engine::{Engine, Position};
use crate::model::{FactId, LimitDef, NormId, ValueKind};
use crate::{
    Conflict, ConflictKind, Evaluation, Knowledge, Library, PreferredBy, Situation, Status, country,
};

/// A message of values that are all texts.
fn tell(messages: &Messages, key: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<(&str, MessageValue<'_>)> = values
        .iter()
        .map(|(name, value)| (*name, MessageValue::from(*value)))
        .collect();
    messages.text_with(key, &values)
}

/// "The Border Service must not return the person to a place of danger".
#[must_use]
pub fn position_words(library: &Library, position: &Position, messages: &Messages) -> String {
    let language = messages.language().code();
    let key = match position.modality {
        Modality::Must => "must",
        Modality::MustNot => "must-not",
        Modality::Should => "should",
        Modality::ShouldNot => "should-not",
        Modality::May => "may",
    };
    let bearer = library.actor(position.bearer).label.get(language);
    let act = library.act(position.act).label.get(language);
    tell(messages, key, &[("bearer", bearer), ("act", act)])
}

/// Both sides of a conflict with the norms they rest on, what to do, and which side the order prefers.
#[must_use]
pub fn conflict_lines(
    engine: &Engine,
    evaluation: &Evaluation,
    conflict: &Conflict,
    messages: &Messages,
) -> Vec<String> {
    let library = engine.library();
    let words = |side| position_words(library, engine.position(side), messages);
    let mut lines = Vec::new();
    for side in [conflict.for_it, conflict.against_it] {
        let norms = evaluation.answer(side).map_or(&[][..], |answer| {
            if answer.supporting.is_empty() {
                &answer.possible
            } else {
                &answer.supporting
            }
        });
        let cited: Vec<String> = norms
            .iter()
            .map(|norm| citation(library, *norm, messages))
            .collect();
        lines.push(format!("{} ({})", words(side), cited.join("; ")));
    }
    lines.push(messages.text(match conflict.kind {
        ConflictKind::Duty => "outcome-conflict",
        ConflictKind::Permission => "outcome-conflict-permission",
    }));
    if let Some((side, why)) = conflict.preferred {
        let key = match why {
            PreferredBy::Rank => "conflict-preferred-rank",
            PreferredBy::LaterLaw => "conflict-preferred-later",
        };
        lines.push(tell(messages, key, &[("position", &words(side))]));
    }
    lines
}

/// "within 3 working days from arrival".
#[must_use]
pub fn limit_words(library: &Library, limit: LimitDef, messages: &Messages) -> String {
    let event = library
        .event(limit.event)
        .label
        .get(messages.language().code());
    let (key, duration) = match limit.kind {
        LimitKind::Within(duration) => ("limit-within", Some(duration)),
        LimitKind::AtLeast(duration) => ("limit-at-least", Some(duration)),
        LimitKind::AtMost(duration) => ("limit-at-most", Some(duration)),
        LimitKind::Every(duration) => ("limit-every", Some(duration)),
        LimitKind::AtOnce => ("limit-at-once", None),
        LimitKind::WithoutDelay => ("limit-without-delay", None),
        LimitKind::AsSoonAsPossible => ("limit-as-soon-as-possible", None),
        LimitKind::Until => ("limit-until", None),
    };
    let mut values: Vec<(&str, MessageValue<'_>)> = vec![("event", event.into())];
    if let Some(duration) = duration {
        values.push(("amount", i64::from(duration.amount).into()));
        let unit = match duration.unit {
            Unit::Hours => "hours",
            Unit::Days => "days",
            Unit::WorkingDays => "working-days",
            Unit::Weeks => "weeks",
            Unit::Months => "months",
            Unit::Years => "years",
        };
        values.push(("unit", unit.into()));
    }
    messages.text_with(key, &values)
}

/// "Convention relating to the Status of Refugees, Article 33(1)".
#[must_use]
pub fn citation(library: &Library, norm: NormId, messages: &Messages) -> String {
    let norm = library.norm(norm);
    let title = library
        .instrument(norm.instrument)
        .title
        .get(messages.language().code());
    // Packages write `Article`; any other kind of provision is shown as its source calls it.
    let provision = match norm.provision.strip_prefix("Article ") {
        Some(number) => tell(messages, "provision-article", &[("number", number)]),
        None => norm.provision.clone(),
    };
    tell(
        messages,
        "citation",
        &[("title", title), ("provision", &provision)],
    )
}

/// A value of a fact in words.
#[must_use]
pub fn value_words(
    library: &Library,
    fact: FactId,
    known: Knowledge,
    messages: &Messages,
) -> String {
    match (known, &library.fact(fact).kind) {
        (Knowledge::Unknown, _) => messages.text("unknown"),
        (Knowledge::YesNo(true), _) => messages.text("yes"),
        (Knowledge::YesNo(false), _) => messages.text("no"),
        (Knowledge::Value(value), ValueKind::OneOf(values)) => {
            values.get(value as usize).map_or_else(
                || messages.text("unknown"),
                |(_, label)| label.get(messages.language().code()).to_owned(),
            )
        }
        (Knowledge::Value(value), _) => country::code_of(value).to_owned(),
        (Knowledge::Number(low, high), _) if low == high => low.to_string(),
        (Knowledge::Number(low, high), _) => format!("{low}–{high}"),
    }
}

/// The reason of one norm, a sentence a line, indented by two spaces a level.
#[must_use]
pub fn reason_lines(
    engine: &Engine,
    situation: &Situation,
    reason: &NormReason,
    messages: &Messages,
) -> Vec<String> {
    let library = engine.library();
    let teller = Teller {
        library,
        situation,
        messages,
    };
    let mut lines = Vec::new();
    match &reason.condition {
        None => lines.push(messages.text("explanation-always")),
        Some(condition) => {
            let key = if reason.status == Status::Certain {
                "explanation-condition-met"
            } else {
                "explanation-condition-open"
            };
            let decisive = teller.reasons(condition, reason.status == Status::Certain);
            lines.push(tell(messages, key, &[("reasons", &decisive.join("; "))]));
            teller.terms(condition, 1, &mut lines);
        }
    }
    for exception in &reason.exceptions {
        let key = match exception.truth {
            Truth::Fails => "explanation-exception-does-not-apply",
            Truth::Holds => "explanation-exception-applies",
            Truth::Open => "explanation-exception-open",
        };
        let words = teller.name(exception);
        lines.push(tell(messages, key, &[("exception", &words)]));
    }
    lines
}

struct Teller<'a> {
    library: &'a Library,
    situation: &'a Situation,
    messages: &'a Messages,
}

impl Teller<'_> {
    fn language(&self) -> &'static str {
        self.messages.language().code()
    }

    /// The parts that carry the truth of a condition, in words; terms by their names.
    fn reasons(&self, part: &Part, met: bool) -> Vec<String> {
        let carrying = |inner: &&Part| {
            if met {
                inner.truth == part.truth
            } else {
                inner.truth == Truth::Open
            }
        };
        match &part.kind {
            PartKind::And | PartKind::Or | PartKind::Count { .. } => {
                let mut reasons: Vec<String> = part
                    .parts
                    .iter()
                    .filter(carrying)
                    .flat_map(|inner| self.reasons(inner, met))
                    .collect();
                if reasons.is_empty() {
                    reasons = part
                        .parts
                        .iter()
                        .flat_map(|inner| self.reasons(inner, met))
                        .collect();
                }
                reasons.dedup();
                reasons
            }
            PartKind::Not => part
                .parts
                .iter()
                .flat_map(|inner| self.reasons(inner, met && inner.truth != Truth::Open))
                .collect(),
            PartKind::Fact { .. } | PartKind::Term(_) => vec![self.name(part)],
        }
    }

    /// A fact with its value, or a term by its label.
    fn name(&self, part: &Part) -> String {
        match &part.kind {
            PartKind::Fact {
                fact,
                known: Knowledge::Unknown,
            } => {
                let label = self.library.fact(*fact).label.get(self.language());
                tell(
                    self.messages,
                    "explanation-fact-unknown",
                    &[("fact", label)],
                )
            }
            PartKind::Fact { fact, .. } => {
                let label = self.library.fact(*fact).label.get(self.language());
                let value = value_words(
                    self.library,
                    *fact,
                    self.situation.get(*fact),
                    self.messages,
                );
                tell(
                    self.messages,
                    "explanation-fact-is",
                    &[("fact", label), ("value", &value)],
                )
            }
            PartKind::Term(term) => {
                let label = self.library.term(*term).label.get(self.language());
                let value = self.messages.text(match part.truth {
                    Truth::Holds => "yes",
                    Truth::Fails => "no",
                    Truth::Open => "unknown",
                });
                tell(
                    self.messages,
                    "explanation-fact-is",
                    &[("fact", label), ("value", &value)],
                )
            }
            _ => {
                let names: Vec<String> = part.parts.iter().map(|inner| self.name(inner)).collect();
                names.join("; ")
            }
        }
    }

    /// A line for each term that carries the condition, with what it rests on.
    fn terms(&self, part: &Part, level: usize, lines: &mut Vec<String>) {
        // Deeper than this an officer no longer reads; the tree holds the rest.
        const LEVELS_MAX: usize = 4;
        if level > LEVELS_MAX {
            return;
        }
        if let PartKind::Term(term) = &part.kind {
            let label = self.library.term(*term).label.get(self.language());
            let key = match part.truth {
                Truth::Holds => "explanation-term-holds",
                Truth::Fails => "explanation-term-fails",
                Truth::Open => "explanation-term-open",
            };
            if let Some(inner) = part.parts.first() {
                let reasons = self.reasons(inner, part.truth != Truth::Open);
                let line = tell(
                    self.messages,
                    key,
                    &[("term", label), ("reasons", &reasons.join("; "))],
                );
                lines.push(format!("{}{line}", "  ".repeat(level)));
                self.terms(inner, level + 1, lines);
            }
            return;
        }
        for inner in part.parts.iter() {
            let same = inner.truth == part.truth || part.kind == PartKind::Not;
            if same {
                self.terms(inner, level, lines);
            }
        }
    }
}
