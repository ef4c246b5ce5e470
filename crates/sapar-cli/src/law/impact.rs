//! `sapar law impact`: who in a table of people is treated differently by another law, or by an amended one.

use std::path::PathBuf;
use std::sync::Arc;

use sapar_batch::{Change, Impact, Program, Run, Settings, Tally};
use sapar_law::explain::position_words;
use sapar_law::{Library, Status};
use sapar_messages::{Language, Messages};
use serde_json::{Map, Value, json};

use super::amend::{drafts, first_day};
use super::packages::Packages;
use super::run::order;
use super::run::rows::Rows;
use super::run::table::{self, InputArguments};
use super::run::tell::{count, record, summary};
use super::run::{Form, found};
use crate::ending::{Ending, Failure, Report};
use crate::progress;

/// Which laws, which rows, which groups.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar law impact --law kazakhstan@2016-06-06 --with kazakhstan --in people.parquet
  sapar law impact --law kazakhstan --amendment draft.md --in people.parquet --count-by citizenship,crossing_point
  sapar law impact --law latvia@2020-01-01 --with latvia --in people.csv --id case_number --format json

A change between certain and excluded is certain, whatever is unknown; a change to or from open is not.
Ends with 1 when rows contradict themselves or values were counted as unknown.")]
pub struct Arguments {
    /// Legal order before, also with a day [default day: today, or the first day of the amendments]
    #[arg(long, value_name = "ORDER[@DATE]")]
    pub law: String,
    /// Legal order after, also with a day [default day: today]
    #[arg(
        long = "with",
        value_name = "ORDER[@DATE]",
        required_unless_present = "amendment"
    )]
    pub with: Option<String>,
    /// File of an amendment; can be given again: the law of one day without and with them
    #[arg(long, value_name = "FILE", conflicts_with = "with")]
    pub amendment: Vec<PathBuf>,
    #[command(flatten)]
    pub table: InputArguments,
    /// Columns whose values are counted apart, such as nationality or a crossing point
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub count_by: Vec<String>,
    /// Column that names a row in the examples [default: the row's number]
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
    /// Examples for each position
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    pub examples: usize,
    /// Form of the result
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub format: Form,
}

/// Compares and reports.
pub fn run(arguments: &Arguments, language: Language) -> Result<Report, Failure> {
    let Laws {
        before,
        after,
        names,
    } = Laws::of(arguments)?;
    let mut named = arguments.count_by.clone();
    named.extend(arguments.id.clone());
    let (input, columns) = arguments.table.open(&[&before, &after], &named)?;
    let [first, second] = columns.as_slice() else {
        return Err(Failure::new(
            Ending::Fault,
            "two laws have not two sets of columns",
        ));
    };
    let sign = Rows::new(input.rows);
    let settings = Settings {
        threads: arguments.table.thread_count(),
        bad_value: arguments.table.on_bad_value.into(),
        progress: &|rows| sign.done(rows),
    };
    let (impact, tally) = sapar_batch::impact(
        Run {
            program: &before,
            columns: first,
        },
        Run {
            program: &after,
            columns: second,
        },
        input,
        &arguments.count_by,
        arguments.id.as_deref(),
        arguments.examples,
        &settings,
    )
    .map_err(|error| table::failure(error, &arguments.table.input))?;
    drop(sign);
    let messages = Messages::new(language);
    let told = Told {
        arguments,
        names: &names,
        programs: [&before, &after],
        impact: &impact,
        messages: &messages,
    };
    let text = match arguments.format {
        Form::Text => {
            let mut text = told.text();
            text.push('\n');
            text.push_str(&summary(&after, second, &tally, &messages));
            text
        }
        Form::Json => told.json(&tally),
        Form::Csv => told.csv(),
    };
    Ok(Report::found(text, found(&tally)))
}

/// The texts of a group's columns; its rows, those not answered, those changed and those surely changed; and the changes of each position.
type Group<'t> = (&'t [String], [u64; 4], &'t [[u64; 7]]);

/// The two laws that are compared; positions are matched by name, so they may come from two libraries.
struct Laws {
    before: Program,
    after: Program,
    /// What each is called in the result.
    names: [String; 2],
}

impl Laws {
    fn of(arguments: &Arguments) -> Result<Self, Failure> {
        let folder = arguments.table.laws.as_deref();
        if let Some(with) = &arguments.with {
            let library = order::library(folder)?;
            return Ok(Self {
                before: order::program(&library, &arguments.law)?,
                after: order::program(&library, with)?,
                names: [arguments.law.clone(), with.clone()],
            });
        }
        let files = Packages::read(folder)?.into_files()?;
        let drafts = drafts(&arguments.amendment)?;
        let law = progress::during("reading the laws", || {
            Library::read_amended(files.clone(), drafts)
        });
        if law.read.has_errors() {
            return Err(Failure::new(
                Ending::BadInput,
                "the amendment or the laws have errors, so nothing was evaluated; `sapar law amend --check FILE` names them",
            ));
        }
        let day = first_day(&law);
        let named = match day {
            Some(day) if !arguments.law.contains('@') => format!("{}@{day}", arguments.law),
            _ => arguments.law.clone(),
        };
        let amendments: Vec<&str> = law
            .amendments
            .iter()
            .map(|amendment| amendment.id.as_str())
            .collect();
        let with = format!("{named} + {}", amendments.join(" + "));
        let without = Arc::new(Library::read_unchecked(files).library);
        Ok(Self {
            before: order::program(&without, &named)?,
            after: order::program(&Arc::new(law.read.library), &named)?,
            names: [named, with],
        })
    }
}

struct Told<'t> {
    arguments: &'t Arguments,
    names: &'t [String; 2],
    programs: [&'t Program; 2],
    impact: &'t Impact,
    messages: &'t Messages,
}

impl Told<'_> {
    /// A position in words, from whichever law has it.
    fn position(&self, place: usize) -> String {
        let Some(position) = self.impact.positions().get(place) else {
            return String::new();
        };
        let [before, after] = self.programs;
        [(before, position.before), (after, position.after)]
            .into_iter()
            .find_map(|(program, place)| {
                let engine = program.engine();
                let position = engine.positions().get(place?)?;
                Some(position_words(engine.library(), position, self.messages))
            })
            .unwrap_or_default()
    }

    fn change(&self, change: Change) -> String {
        let status = |status: Status| {
            self.messages.text(match status {
                Status::Certain => "batch-certain",
                Status::Open => "batch-open",
                Status::Excluded => "batch-excluded",
            })
        };
        match change {
            Change::Limit => self.messages.text("batch-impact-limit"),
            Change::Status { before, after } => {
                let (before, after) = (status(before), status(after));
                format!("{before} → {after}")
            }
        }
    }

    /// Groups in the order of their texts: threads meet them in another order each time.
    fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: Vec<_> = self.impact.groups().collect();
        groups.sort_by(|left, right| left.0.cmp(right.0));
        groups
    }

    fn text(&self) -> String {
        let say = |key: &str| self.messages.text(key);
        let mut text = self.messages.text_with(
            "batch-impact-laws",
            &[
                ("before", self.names[0].as_str().into()),
                ("after", self.names[1].as_str().into()),
            ],
        );
        text.push('\n');
        let (mut any, mut surely) = (0, 0);
        for (_, [_, _, changed, certain], _) in self.impact.groups() {
            any += changed;
            surely += certain;
        }
        if any == 0 {
            text.push_str(&say("batch-impact-nobody"));
            text.push('\n');
            return text;
        }
        text.push_str(&self.messages.text_with(
            "batch-impact-people",
            &[("count", count(any)), ("certain", count(surely))],
        ));
        text.push_str("\n\n");
        let groups = self.groups();
        if !self.arguments.count_by.is_empty() {
            let mut rows = Vec::new();
            let mut head = self.arguments.count_by.clone();
            head.extend(["batch-rows", "batch-impact-any", "batch-impact-surely"].map(say));
            rows.push(head);
            for (key, [all, _, changed, certain], _) in &groups {
                let mut cells = key.to_vec();
                cells.extend([all, changed, certain].map(ToString::to_string));
                rows.push(cells);
            }
            let words = self.arguments.count_by.len();
            text.push_str(&super::table::words_then_numbers(&rows, words));
            text.push('\n');
        }
        let mut rows = Vec::new();
        let mut head = vec![say("batch-position"), say("batch-impact-change")];
        head.extend(self.arguments.count_by.iter().cloned());
        head.push(say("batch-rows"));
        let words = head.len() - 1;
        rows.push(head);
        for place in 0..self.impact.positions().len() {
            for (number, change) in Change::ALL.into_iter().enumerate() {
                for (key, _, changes) in &groups {
                    let rows_changed = changes
                        .get(place)
                        .and_then(|changes| changes.get(number))
                        .copied()
                        .unwrap_or(0);
                    if rows_changed > 0 {
                        let mut cells = vec![self.position(place), self.change(change)];
                        cells.extend(key.iter().cloned());
                        cells.push(rows_changed.to_string());
                        rows.push(cells);
                    }
                }
            }
        }
        text.push_str(&super::table::words_then_numbers(&rows, words));
        let mut examples = Vec::new();
        for (place, position) in self.impact.positions().iter().enumerate() {
            if !position.examples.is_empty() {
                let rows: Vec<String> = position
                    .examples
                    .iter()
                    .map(|example| {
                        example
                            .id
                            .clone()
                            .unwrap_or_else(|| example.row.to_string())
                    })
                    .collect();
                examples.push(vec![self.position(place), rows.join(", ")]);
            }
        }
        if !examples.is_empty() {
            let head = vec![say("batch-position"), say("batch-impact-example")];
            examples.insert(0, head);
            text.push('\n');
            text.push_str(&super::table::words(&examples));
        }
        text
    }

    fn json(&self, tally: &Tally) -> String {
        let groups: Vec<Value> = self
            .groups()
            .into_iter()
            .map(|(key, [rows, contradictory, changed, surely], changes)| {
                let by: Map<String, Value> = self
                    .arguments
                    .count_by
                    .iter()
                    .cloned()
                    .zip(key.iter().cloned().map(Value::from))
                    .collect();
                let positions: Vec<Value> = self
                    .impact
                    .positions()
                    .iter()
                    .zip(changes)
                    .filter(|(_, changes)| changes.iter().any(|rows| *rows > 0))
                    .map(|(position, changes)| {
                        let changes: Vec<Value> = Change::ALL
                            .iter()
                            .zip(changes)
                            .filter(|(_, rows)| **rows > 0)
                            .map(|(change, rows)| changed_json(*change, "rows", json!(rows)))
                            .collect();
                        json!({ "position": position.name, "changes": changes })
                    })
                    .collect();
                json!({
                    "by": by,
                    "rows": rows,
                    "contradictory": contradictory,
                    "changed": changed,
                    "changed_for_certain": surely,
                    "positions": positions,
                })
            })
            .collect();
        let examples: Vec<Value> = self
            .impact
            .positions()
            .iter()
            .flat_map(|position| {
                position.examples.iter().map(|example| {
                    let mut value = changed_json(example.change, "row", json!(example.row));
                    if let Some(object) = value.as_object_mut() {
                        object.insert("position".to_owned(), json!(position.name));
                        object.insert("id".to_owned(), json!(example.id));
                    }
                    value
                })
            })
            .collect();
        format!(
            "{:#}",
            json!({
                "before": self.names[0],
                "after": self.names[1],
                "rows": tally.rows,
                "contradictory": tally.contradictory,
                "values_counted_as_unknown": tally.bad_values,
                "groups": groups,
                "examples": examples,
            })
        )
    }

    fn csv(&self) -> String {
        let mut text = String::new();
        let mut head = vec!["position".to_owned()];
        head.extend(self.arguments.count_by.iter().cloned());
        head.extend(["change", "before", "after", "rows"].map(str::to_owned));
        record(&mut text, &head);
        for (key, _, changes) in self.groups() {
            for (position, changes) in self.impact.positions().iter().zip(changes) {
                for (change, rows) in Change::ALL
                    .iter()
                    .zip(changes)
                    .filter(|(_, rows)| **rows > 0)
                {
                    let mut cells = vec![position.name.clone()];
                    cells.extend(key.iter().cloned());
                    let (kind, before, after) = words_of(*change);
                    cells.extend([kind, before, after].map(str::to_owned));
                    cells.push(rows.to_string());
                    record(&mut text, &cells);
                }
            }
        }
        text
    }
}

/// A change as scripts get it: its kind, and the status before and after.
fn words_of(change: Change) -> (&'static str, &'static str, &'static str) {
    let word = |status: Status| match status {
        Status::Certain => "certain",
        Status::Open => "open",
        Status::Excluded => "excluded",
    };
    match change {
        Change::Limit => ("limit", "certain", "certain"),
        Change::Status { before, after } => ("status", word(before), word(after)),
    }
}

fn changed_json(change: Change, name: &str, value: Value) -> Value {
    let (kind, before, after) = words_of(change);
    json!({ "change": kind, "before": before, "after": after, name: value })
}
