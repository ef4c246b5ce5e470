//! The outcome for scripts.

use sapar_law::{
    Conflict, ConflictKind, Interview, Knowledge, LimitDef, NormId, PreferredBy, Role,
    VerificationDef, explain,
};
use sapar_messages::{Language, Messages};
use sapar_screening::{Entry, Outcome, due};
use serde_json::{Value, json};

use super::Moment;
use super::print::calendar_of;

/// Everything the terminal shows, by stable names; texts are English.
pub(super) fn outcome(interview: &Interview, outcome: &Outcome, now: Moment) -> String {
    let teller = Teller {
        interview,
        now,
        messages: Messages::new(Language::English),
    };
    let engine = interview.engine();
    let library = engine.library();
    let facts: serde_json::Map<String, Value> = interview
        .situation()
        .known()
        .map(|(fact, known)| {
            (
                library.fact(fact).name.clone(),
                value(library.value_to_text(fact, known), known),
            )
        })
        .collect();
    let next = interview.next().map(|question| {
        let fact = library.fact(question.fact);
        json!({
            "fact": fact.name,
            "question": { "en": fact.question.en, "ru": fact.question.ru, "kk": fact.question.kk },
            "values": library.values_in_words(question.fact),
            "decides": question.decides.len(),
            "opens": question
                .opens
                .iter()
                .map(|fact| library.fact(*fact).name.as_str())
                .collect::<Vec<_>>(),
        })
    });
    let list = |entries: &[Entry]| {
        entries
            .iter()
            .map(|entry| teller.entry(entry))
            .collect::<Vec<_>>()
    };
    let undecided: Vec<Value> = outcome
        .undecided
        .iter()
        .map(|open| {
            let facts: Vec<&str> = open
                .facts
                .iter()
                .map(|fact| library.fact(*fact).name.as_str())
                .collect();
            let mut value = teller.position(open.position);
            if let Value::Object(object) = &mut value {
                object.insert("decided_by".to_owned(), json!(facts));
                object.insert("norms".to_owned(), teller.norms(&open.norms));
                let barred: Vec<Value> = open
                    .barred_by
                    .iter()
                    .map(|position| teller.position(*position))
                    .collect();
                object.insert("barred_by".to_owned(), json!(barred));
                object.insert("lowest_role".to_owned(), json!(open.role.map(role_word)));
            }
            value
        })
        .collect();
    let conflicts = |list: &[Conflict]| -> Vec<Value> {
        list.iter()
            .map(|conflict| teller.conflict(conflict))
            .collect()
    };
    let whole = json!({
        "law": library.order(engine.order()).id,
        "at": engine.on().to_string(),
        "role": role_word(interview.role()),
        "facts": facts,
        "complete_for_role": interview.next().is_none(),
        "next_question": next,
        "conflicts": conflicts(&outcome.evaluation.conflicts),
        "possible_conflicts": conflicts(&outcome.evaluation.possible_conflicts),
        "prohibitions": list(&outcome.prohibitions),
        "duties": list(&outcome.duties),
        "recommendations": list(&outcome.recommendations),
        "permissions": list(&outcome.permissions),
        "undecided": undecided,
    });
    // Writing a value that was just built cannot fail.
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}

fn role_word(role: Role) -> &'static str {
    Role::WORDS
        .iter()
        .find(|(_, known)| *known == role)
        .map_or("", |(word, _)| word)
}

fn value(text: String, known: Knowledge) -> Value {
    match known {
        Knowledge::YesNo(yes) => json!(yes),
        Knowledge::Number(low, high) if low == high => json!(low),
        _ => json!(text),
    }
}

struct Teller<'a> {
    interview: &'a Interview,
    now: Moment,
    messages: Messages,
}

impl Teller<'_> {
    fn position(&self, id: sapar_law::PositionId) -> Value {
        let engine = self.interview.engine();
        let library = engine.library();
        let position = engine.position(id);
        json!({
            "bearer": library.actor(position.bearer).name,
            "modality": position.modality.words(),
            "act": library.act(position.act).name,
            "words": explain::position_words(library, position, &self.messages),
        })
    }

    fn conflict(&self, conflict: &Conflict) -> Value {
        json!({
            "kind": match conflict.kind {
                ConflictKind::Duty => "duty",
                ConflictKind::Permission => "permission",
            },
            "for": self.position(conflict.for_it),
            "against": self.position(conflict.against_it),
            "preferred": conflict.preferred.map(|(position, _)| self.position(position)),
            "preferred_by": conflict.preferred.map(|(_, why)| match why {
                PreferredBy::Rank => "rank",
                PreferredBy::LaterLaw => "later law",
            }),
        })
    }

    fn entry(&self, entry: &Entry) -> Value {
        let engine = self.interview.engine();
        let library = engine.library();
        let deciding = engine.deciding(self.interview.situation(), entry.position);
        let facts: Vec<&str> = deciding
            .iter()
            .map(|fact| library.fact(*fact).name.as_str())
            .collect();
        let limits: Vec<Value> = entry
            .limits
            .iter()
            .map(|(limit, norm)| self.limit(*limit, *norm))
            .collect();
        let overridden: Vec<Value> = entry
            .overridden
            .iter()
            .map(|(norm, by)| json!({ "norm": self.norm(*norm), "by": self.norm(*by) }))
            .collect();
        let barred: Vec<Value> = entry
            .barred_by
            .iter()
            .map(|position| self.position(*position))
            .collect();
        let mut value = self.position(entry.position);
        if let Value::Object(object) = &mut value {
            object.insert("norms".to_owned(), self.norms(&entry.norms));
            object.insert("because_of".to_owned(), json!(facts));
            object.insert("limits".to_owned(), json!(limits));
            object.insert("overridden".to_owned(), json!(overridden));
            object.insert("barred_by".to_owned(), json!(barred));
        }
        value
    }

    fn limit(&self, limit: LimitDef, norm: NormId) -> Value {
        let library = self.interview.engine().library();
        let calendar = calendar_of(&library.order(self.interview.engine().order()).id);
        let due = calendar
            .and_then(|calendar| due(limit, self.now, &calendar))
            .and_then(Result::ok);
        json!({
            "words": explain::limit_words(library, limit, &self.messages),
            "event": library.event(limit.event).name,
            "if_event_now": due.map(|deadline| deadline.ends().datetime().to_string()),
            "norm": self.norm(norm),
        })
    }

    fn norms(&self, norms: &[NormId]) -> Value {
        json!(
            norms
                .iter()
                .map(|norm| self.norm(*norm))
                .collect::<Vec<_>>()
        )
    }

    fn norm(&self, id: NormId) -> Value {
        let library = self.interview.engine().library();
        let norm = library.norm(id);
        let verification = match norm.verification {
            VerificationDef::Seen { .. } => "seen",
            VerificationDef::Memory => "memory",
            VerificationDef::Reviewed { .. } => "reviewed",
            VerificationDef::Proposed => "proposed",
        };
        json!({
            "instrument": library.instrument(norm.instrument).id,
            "norm": norm.id,
            "provision": norm.provision,
            "verification": verification,
        })
    }
}
