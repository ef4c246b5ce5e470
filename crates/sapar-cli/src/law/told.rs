//! Positions, norms and situations as lines of text and as JSON, for every command that analyses law.

use sapar_analysis::{Situations, conjunction_words, story};
use sapar_law::{ActId, ActorId, Library, LimitDef, Modality, NormId, explain};
use sapar_messages::{MessageValue, Messages};
use serde_json::{Value, json};

/// How many conjunctions, norms or findings are shown unless all are asked for.
pub const SHOWN_MAX: usize = 6;

/// Tells in one language, briefly or in full.
pub struct Teller<'t> {
    /// The library of every id.
    pub library: &'t Library,
    /// The language.
    pub messages: Messages,
    /// Whether long lists are shown whole.
    pub full: bool,
}

impl Teller<'_> {
    /// A message of values that are all texts.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let values: Vec<(&str, MessageValue<'_>)> = values
            .iter()
            .map(|(name, value)| (*name, MessageValue::from(*value)))
            .collect();
        self.messages.text_with(key, &values)
    }

    /// A message with a count, and perhaps a text.
    pub fn count(&self, key: &str, count: usize, values: &[(&str, &str)]) -> String {
        let mut all: Vec<(&str, MessageValue<'_>)> = values
            .iter()
            .map(|(name, value)| (*name, MessageValue::from(*value)))
            .collect();
        all.push(("count", i64::try_from(count).unwrap_or(i64::MAX).into()));
        self.messages.text_with(key, &all)
    }

    /// "The Border Service must not return the person to a place of danger".
    pub fn position(&self, bearer: ActorId, modality: Modality, act: ActId) -> String {
        let language = self.messages.language().code();
        let key = match modality {
            Modality::Must => "must",
            Modality::MustNot => "must-not",
            Modality::Should => "should",
            Modality::ShouldNot => "should-not",
            Modality::May => "may",
        };
        self.say(
            key,
            &[
                ("bearer", self.library.actor(bearer).label.get(language)),
                ("act", self.library.act(act).label.get(language)),
            ],
        )
    }

    /// The norm as a sentence with its citation.
    pub fn norm_sentence(&self, id: NormId) -> String {
        let norm = self.library.norm(id);
        format!(
            "{} ({})",
            self.position(norm.bearer, norm.modality, norm.act),
            self.citation(id)
        )
    }

    /// "Law on Migration, Article 60(1)".
    pub fn citation(&self, norm: NormId) -> String {
        explain::citation(self.library, norm, &self.messages)
    }

    /// `migration-law-2011/expel`.
    pub fn name(&self, norm: NormId) -> String {
        name(self.library, norm)
    }

    /// Norms with their citations, the first ones where there are many.
    pub fn norms(&self, norms: &[NormId]) -> String {
        let shown = self.shown(norms.len());
        let mut list: Vec<String> = norms
            .iter()
            .take(shown)
            .map(|norm| format!("{} ({})", self.name(*norm), self.citation(*norm)))
            .collect();
        if norms.len() > shown {
            list.push(format!("+{}", norms.len() - shown));
        }
        list.join("; ")
    }

    /// Limits in words.
    pub fn limits(&self, limits: &[LimitDef]) -> String {
        if limits.is_empty() {
            return self.messages.text("change-no-limit");
        }
        limits
            .iter()
            .map(|limit| explain::limit_words(self.library, *limit, &self.messages))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Situations as indented lines: when, for example, how many.
    pub fn situations(&self, situations: &Situations, indent: &str, lines: &mut Vec<String>) {
        let conjunctions = &situations.cover.conjunctions;
        let shown = self.shown(conjunctions.len());
        for (index, conjunction) in conjunctions.iter().take(shown).enumerate() {
            let words = conjunction_words(self.library, conjunction, &self.messages);
            let line = if conjunction.literals.is_empty() {
                self.messages.text("situations-always")
            } else if index == 0 {
                self.say("situations-when", &[("conditions", &words)])
            } else {
                self.say("situations-or", &[("conditions", &words)])
            };
            lines.push(format!("{indent}{line}"));
        }
        if conjunctions.len() > shown {
            let more = self.count("situations-more", conjunctions.len() - shown, &[]);
            lines.push(format!("{indent}{more}"));
        }
        let person = story(self.library, &situations.example, &self.messages);
        let example = self.say("situations-example", &[("story", &person)]);
        lines.push(format!("{indent}{example}"));
        let share = self.say(
            "situations-share",
            &[
                ("percent", &percent(situations.share.counted())),
                ("likely", &percent(situations.share.likely)),
            ],
        );
        lines.push(format!("{indent}{share}"));
    }

    fn shown(&self, count: usize) -> usize {
        if self.full { count } else { SHOWN_MAX }
    }
}

/// `migration-law-2011/expel`.
pub fn name(library: &Library, norm: NormId) -> String {
    let norm = library.norm(norm);
    format!("{}/{}", library.instrument(norm.instrument).id, norm.id)
}

/// A share in hundredths; small shares are not rounded to nothing.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.01 {
        "< 0.01".to_owned()
    } else {
        format!("{percent:.2}")
    }
}

/// A position for a script.
pub fn position_json(library: &Library, bearer: ActorId, modality: Modality, act: ActId) -> Value {
    json!({
        "bearer": library.actor(bearer).name,
        "modality": modality.words(),
        "act": library.act(act).name,
    })
}

/// Norms by name for a script.
pub fn norms_json(library: &Library, norms: &[NormId]) -> Value {
    norms.iter().map(|norm| name(library, *norm)).collect()
}

/// Situations for a script: conditions in the law language, facts of the example, exact counts as text.
pub fn situations_json(library: &Library, situations: &Situations) -> Value {
    let when: Vec<String> = situations
        .cover
        .conjunctions
        .iter()
        .map(|conjunction| conjunction.text(library))
        .collect();
    let example: serde_json::Map<String, Value> = situations
        .example
        .situation
        .known()
        .map(|(fact, known)| {
            (
                library.fact(fact).name.clone(),
                json!(library.value_to_text(fact, known)),
            )
        })
        .collect();
    json!({
        "when": when,
        "example": example,
        "situations": situations.share.situations.to_string(),
        "possible": situations.share.possible.to_string(),
        "likely": situations.share.likely,
    })
}
