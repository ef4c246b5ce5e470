//! Situations written by people and programs: lines of `fact: value`, or a JSON object.

use sapar_diagnostics::nearest;

use crate::model::ValueKind;
use crate::{Knowledge, Library, Situation};

/// The longest facts file read, in bytes.
pub const FACTS_BYTES_MAX: usize = 1 << 20;

/// What is wrong with a facts file, and what to do. Values are never repeated: they are personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactsError {
    /// Line from 1; `None` for a JSON object, whose names say where.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

impl std::fmt::Display for FactsError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "line {line}: {}", self.message),
            None => formatter.write_str(&self.message),
        }
    }
}

impl std::error::Error for FactsError {}

/// Reads a situation from bytes: a JSON object `{"age": 15, "detained": false}`, or lines `age: 15`.
///
/// `null` and `unknown` leave a fact unknown. A fact given twice with different values is an error, not a choice.
///
/// # Errors
/// Every mistake in the file, each with its place and remedy; then no situation is returned.
pub fn facts_from_text(library: &Library, bytes: &[u8]) -> Result<Situation, Vec<FactsError>> {
    let whole = |message: &str| {
        vec![FactsError {
            line: None,
            message: message.to_owned(),
        }]
    };
    if bytes.len() > FACTS_BYTES_MAX {
        return Err(whole(
            "the facts file is larger than 1 MiB; a situation needs a few kilobytes: give one person's facts, one a line",
        ));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let readable = bytes.get(..error.valid_up_to()).unwrap_or(&[]);
            let line = 1 + readable.iter().filter(|byte| **byte == b'\n').count();
            return Err(vec![FactsError {
                line: Some(line),
                message: "this is not UTF-8 text; save the facts file as UTF-8".to_owned(),
            }]);
        }
    };
    let mut reader = Reader {
        library,
        situation: Situation::new(),
        errors: Vec::new(),
    };
    if text.trim_start().starts_with('{') {
        reader.json(text);
    } else {
        for (index, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            if !line.is_empty() {
                reader.line(index + 1, line);
            }
        }
    }
    if reader.errors.is_empty() {
        Ok(reader.situation)
    } else {
        Err(reader.errors)
    }
}

struct Reader<'l> {
    library: &'l Library,
    situation: Situation,
    errors: Vec<FactsError>,
}

impl Reader<'_> {
    fn line(&mut self, number: usize, line: &str) {
        match line.split_once([':', '=']) {
            Some((name, value)) => self.set(Some(number), name, value.trim()),
            None => self.error(
                Some(number),
                "write a fact, a colon and its value, such as `age: 15`".to_owned(),
            ),
        }
    }

    fn json(&mut self, text: &str) {
        // A map of the parser would keep the last of two equal keys silently, so pairs are read one by one.
        let pairs: Pairs = match serde_json::from_str(text) {
            Ok(pairs) => pairs,
            Err(error) => {
                self.error(
                    Some(error.line()),
                    format!("this is not a JSON object of facts (column {}); write {{\"age\": 15, \"detained\": false}}", error.column()),
                );
                return;
            }
        };
        for (name, value) in pairs.0 {
            let text = match value {
                serde_json::Value::Null => "unknown".to_owned(),
                serde_json::Value::Bool(yes) => if yes { "yes" } else { "no" }.to_owned(),
                serde_json::Value::Number(number) => number.to_string(),
                serde_json::Value::String(text) => text,
                _ => {
                    self.error(
                        None,
                        format!(
                            "the value of `{}` must be a text, a number, true, false or null",
                            shown(&name)
                        ),
                    );
                    continue;
                }
            };
            self.set(None, &name, &text);
        }
    }

    fn set(&mut self, line: Option<usize>, name: &str, value: &str) {
        let name = name
            .trim()
            .trim_matches('"')
            .to_lowercase()
            .replace('_', " ");
        let Some(fact) = self.library.fact_named(&name) else {
            let known: Vec<&str> = self
                .library
                .facts
                .iter()
                .map(|fact| fact.name.as_str())
                .collect();
            let help = nearest(&name, known).map_or_else(
                || "`sapar law show facts` lists all facts".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.error(
                line,
                format!("no fact is called `{}`; {help}", shown(&name)),
            );
            return;
        };
        match self.library.value_from_text(fact, value) {
            Ok(knowledge) => {
                let before = self.situation.get(fact);
                if before != Knowledge::Unknown && knowledge != before {
                    self.error(
                        line,
                        format!(
                            "`{name}` stands twice with different values; keep the one that is true"
                        ),
                    );
                    return;
                }
                self.situation.set(fact, knowledge);
            }
            Err(error) => {
                let hint = match self.library.fact(fact).kind {
                    ValueKind::YesNo => "; if nobody knows, write unknown",
                    _ => "",
                };
                self.error(line, format!("{error}{hint}"));
            }
        }
    }

    fn error(&mut self, line: Option<usize>, message: String) {
        // A file of nothing but mistakes should not fill the screen.
        const ERRORS_MAX: usize = 50;
        if self.errors.len() < ERRORS_MAX {
            self.errors.push(FactsError { line, message });
        }
    }
}

/// A name from outside, cut short for an error text.
fn shown(name: &str) -> String {
    name.chars()
        .filter(|char| !char.is_control())
        .take(60)
        .collect()
}

/// Keys and values of a JSON object in their order, doubles kept.
struct Pairs(Vec<(String, serde_json::Value)>);

impl<'de> serde::Deserialize<'de> for Pairs {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Pairs;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object of facts")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}
