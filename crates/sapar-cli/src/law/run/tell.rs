//! Counts as a table, as JSON and as CSV, and what else of a run must be known to read them.

use std::path::Path;

use sapar_batch::{Columns, Counts, PositionCounts, Program, Tally, position_column};
use sapar_law::explain::position_words;
use sapar_messages::{MessageValue, Messages};
use serde_json::{Map, Value, json};

use crate::law::table;

/// A finished count and what it was made of.
pub struct Told<'t> {
    /// The law.
    pub program: &'t Program,
    /// Its columns.
    pub columns: &'t Columns,
    /// What the run came to.
    pub tally: Tally,
    /// The language.
    pub messages: &'t Messages,
    /// Columns whose texts make the groups.
    pub groups: &'t [String],
    /// Whether positions are told apart.
    pub by_act: bool,
}

/// A line of a count.
struct Line<'c> {
    key: &'c [String],
    position: Option<usize>,
    rows: u64,
    contradictory: u64,
    counts: PositionCounts,
}

impl Line<'_> {
    fn excluded(&self) -> u64 {
        self.rows - self.contradictory - self.counts.certain - self.counts.open
    }
}

impl Told<'_> {
    fn lines<'c>(&self, counts: &'c Counts) -> Vec<Line<'c>> {
        let mut lines = Vec::new();
        for (key, rows, contradictory, positions) in counts.groups() {
            if self.by_act {
                lines.extend(positions.iter().enumerate().map(|(position, counts)| Line {
                    key,
                    position: Some(position),
                    rows,
                    contradictory,
                    counts: *counts,
                }));
            } else {
                lines.push(Line {
                    key,
                    position: None,
                    rows,
                    contradictory,
                    counts: PositionCounts::default(),
                });
            }
        }
        // Threads meet groups in another order each time; the table must not show it.
        lines.sort_by(|left, right| (left.position, left.key).cmp(&(right.position, right.key)));
        lines
    }

    fn position_name(&self, position: usize) -> String {
        let engine = self.program.engine();
        engine
            .positions()
            .get(position)
            .map_or_else(String::new, |position| position_column(engine, position))
    }

    /// For people: positions that hold nowhere are counted and not listed.
    pub fn text(&self, counts: &Counts) -> String {
        let say = |key: &str| self.messages.text(key);
        let engine = self.program.engine();
        let mut head: Vec<String> = Vec::new();
        if self.by_act {
            head.push(say("batch-position"));
        }
        head.extend(self.groups.iter().cloned());
        let mut rows = Vec::new();
        let names: &[&str] = if self.by_act {
            &["batch-certain", "batch-open", "batch-excluded"]
        } else {
            &["batch-rows", "batch-contradictory"]
        };
        head.extend(names.iter().map(|name| say(name)));
        let words = head.len() - names.len();
        rows.push(head);
        let mut nowhere: std::collections::BTreeSet<usize> =
            (0..engine.positions().len()).collect();
        for line in self.lines(counts) {
            let mut cells = Vec::new();
            if let Some(position) = line.position {
                if line.counts == PositionCounts::default() {
                    continue;
                }
                nowhere.remove(&position);
                cells.push(
                    engine
                        .positions()
                        .get(position)
                        .map_or_else(String::new, |position| {
                            position_words(engine.library(), position, self.messages)
                        }),
                );
            }
            cells.extend(line.key.iter().cloned());
            if line.position.is_some() {
                cells.push(line.counts.certain.to_string());
                cells.push(line.counts.open.to_string());
                cells.push(line.excluded().to_string());
            } else {
                cells.push(line.rows.to_string());
                cells.push(line.contradictory.to_string());
            }
            rows.push(cells);
        }
        let mut text = table::words_then_numbers(&rows, words);
        if self.by_act && !nowhere.is_empty() {
            text.push_str(
                &self
                    .messages
                    .text_with("batch-nowhere", &[("count", count(nowhere.len() as u64))]),
            );
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&summary(
            self.program,
            self.columns,
            &self.tally,
            self.messages,
        ));
        text
    }

    /// For scripts.
    pub fn json(&self, counts: &Counts) -> String {
        let engine = self.program.engine();
        let library = engine.library();
        let mut groups = Vec::new();
        let mut sorted: Vec<_> = counts.groups().collect();
        sorted.sort_by(|left, right| left.0.cmp(right.0));
        for (key, rows, contradictory, positions) in sorted {
            let by: Map<String, Value> = self
                .groups
                .iter()
                .cloned()
                .zip(key.iter().map(|text| Value::from(text.clone())))
                .collect();
            let mut group = json!({ "by": by, "rows": rows, "contradictory": contradictory });
            if self.by_act
                && let Some(group) = group.as_object_mut()
            {
                let positions: Vec<Value> = positions
                    .iter()
                    .enumerate()
                    .map(|(place, counts)| {
                        json!({
                            "position": self.position_name(place),
                            "certain": counts.certain,
                            "open": counts.open,
                            "excluded": rows - contradictory - counts.certain - counts.open,
                        })
                    })
                    .collect();
                group.insert("positions".to_owned(), Value::from(positions));
            }
            groups.push(group);
        }
        let names = |facts: &[sapar_law::FactId]| -> Vec<String> {
            facts
                .iter()
                .map(|fact| library.fact(*fact).name.clone())
                .collect()
        };
        format!(
            "{:#}",
            json!({
                "law": library.order(engine.order()).id,
                "on": engine.on().to_string(),
                "rows": self.tally.rows,
                "contradictory": self.tally.contradictory,
                "values_counted_as_unknown": self.tally.bad_values,
                "facts_without_column": names(&self.columns.absent),
                "columns_not_asked": self.columns.not_asked,
                "groups": groups,
            })
        )
    }

    /// For tables of other programs.
    pub fn csv(&self, counts: &Counts) -> String {
        let mut text = String::new();
        let mut head: Vec<String> = Vec::new();
        if self.by_act {
            head.push("position".to_owned());
        }
        head.extend(self.groups.iter().cloned());
        head.extend(["rows", "contradictory"].map(str::to_owned));
        if self.by_act {
            head.extend(["certain", "open", "excluded"].map(str::to_owned));
        }
        record(&mut text, &head);
        for line in self.lines(counts) {
            let mut cells: Vec<String> = line
                .position
                .map(|position| self.position_name(position))
                .into_iter()
                .collect();
            cells.extend(line.key.iter().cloned());
            cells.push(line.rows.to_string());
            cells.push(line.contradictory.to_string());
            if self.by_act {
                cells.push(line.counts.certain.to_string());
                cells.push(line.counts.open.to_string());
                cells.push(line.excluded().to_string());
            }
            record(&mut text, &cells);
        }
        text
    }
}

/// A record of CSV as RFC 4180 has it.
pub fn record(text: &mut String, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push('\n');
}

/// What was written, and what must be known to read it.
pub fn written(
    program: &Program,
    columns: &Columns,
    tally: &Tally,
    out: &Path,
    messages: &Messages,
) -> String {
    let path = out.display().to_string();
    let mut text = messages.text_with("batch-written", &[("path", path.as_str().into())]);
    text.push('\n');
    text.push_str(&summary(program, columns, tally, messages));
    text
}

/// Rows, contradictions, values that were none, and facts without a column.
pub fn summary(program: &Program, columns: &Columns, tally: &Tally, messages: &Messages) -> String {
    let library = program.engine().library();
    let language = messages.language().code();
    let mut lines = vec![messages.text_with("batch-rows-read", &[("count", count(tally.rows))])];
    if tally.contradictory > 0 {
        lines.push(messages.text_with(
            "batch-contradictory-rows",
            &[("count", count(tally.contradictory))],
        ));
    }
    if tally.bad_values > 0 {
        lines.push(messages.text_with("batch-bad-values", &[("count", count(tally.bad_values))]));
    }
    if !columns.absent.is_empty() {
        // A law asks for some two hundred facts; the first few show what kind is missing.
        const SHOWN_MAX: usize = 12;
        let mut names: Vec<&str> = columns
            .absent
            .iter()
            .take(SHOWN_MAX)
            .map(|fact| library.fact(*fact).label.get(language))
            .collect();
        if columns.absent.len() > SHOWN_MAX {
            names.push("…");
        }
        let names = names.join(", ");
        lines.push(messages.text_with(
            "batch-absent",
            &[
                ("count", count(columns.absent.len() as u64)),
                ("facts", names.as_str().into()),
            ],
        ));
    }
    lines.join("\n")
}

/// A number for a sentence.
pub fn count(number: u64) -> MessageValue<'static> {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_quotes_what_needs_it() {
        let mut text = String::new();
        record(
            &mut text,
            &["plain".to_owned(), "a \"b\", c".to_owned(), String::new()],
        );
        assert_eq!(text, "plain,\"a \"\"b\"\", c\",\n");
    }
}
