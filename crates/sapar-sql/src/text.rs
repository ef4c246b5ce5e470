//! Conditions as SQL text.

use sapar_law::diagrams::{Classes, Layout, LayoutKind, classes_of};
use sapar_law::{Engine, ValueKind, country};

use crate::columns::Columns;
use crate::condition::{Condition, ConditionId, Conditions};
use crate::dialect::Dialect;
use crate::name::column_of_fact;

/// Lines are broken past so many characters.
const LINE_CHARACTERS_MAX: usize = 110;

/// Writes conditions.
pub struct Writer<'p> {
    /// The order.
    pub engine: &'p Engine,
    /// The conditions.
    pub conditions: &'p Conditions,
    /// What has a name.
    pub columns: &'p Columns,
    /// How.
    pub dialect: Dialect,
}

impl Writer<'_> {
    /// A condition as an expression that is true or false, by name where it has one.
    pub fn refer(&self, id: ConditionId, indent: usize) -> String {
        match self.columns.names.get(&id) {
            Some(name) => self.dialect.name(name),
            None => self.define(id, indent),
        }
    }

    /// A condition written out one level, with names below.
    pub fn define(&self, id: ConditionId, indent: usize) -> String {
        match self.conditions.get(id) {
            Condition::Never => "FALSE".to_owned(),
            Condition::Always => "TRUE".to_owned(),
            Condition::Is { place, classes } => self.literal(*place, *classes),
            Condition::All(of) => self.joined(of, "AND", indent),
            Condition::Any(of) => self.joined(of, "OR", indent),
            Condition::AtLeast { least, of } => {
                let parts: Vec<String> = of
                    .iter()
                    .map(|part| format!("CAST({} AS INT)", self.refer(*part, indent + 4)))
                    .collect();
                format!("({} >= {least})", list(&parts, "+", indent))
            }
        }
    }

    fn joined(&self, of: &[ConditionId], word: &str, indent: usize) -> String {
        let parts: Vec<String> = of
            .iter()
            .map(|part| self.refer(*part, indent + 2 + word.len()))
            .collect();
        format!("({})", list(&parts, word, indent))
    }

    /// The fact may have one of these classes: false only when it is known to have none of them.
    fn literal(&self, place: u32, classes: Classes) -> String {
        let Some(layout) = self.engine.layouts().get(place as usize) else {
            return "FALSE".to_owned();
        };
        let column = self
            .dialect
            .name(&column_of_fact(self.engine.library(), layout.fact));
        match &layout.kind {
            LayoutKind::YesNo => {
                let other = if classes & 0b10 == 0 { "TRUE" } else { "FALSE" };
                format!("{column} IS NOT {other}")
            }
            LayoutKind::Number { starts, last } => {
                format!(
                    "({}) IS NOT FALSE",
                    numbers(&column, starts, *last, classes)
                )
            }
            LayoutKind::Values(of) => format!(
                "({}) IS NOT FALSE",
                self.values(&column, layout, of, classes)
            ),
        }
    }

    fn values(&self, column: &str, layout: &Layout, of: &[u32], classes: Classes) -> String {
        let every: Vec<String> = value_names(self.engine, layout);
        let (inside, outside): (Vec<_>, Vec<_>) = every
            .iter()
            .zip(of)
            .partition(|(_, class)| classes & (1 << **class) != 0);
        let text = |names: Vec<(&String, &u32)>| {
            names
                .into_iter()
                .map(|(name, _)| self.dialect.text(name))
                .collect::<Vec<_>>()
        };
        let (inside, outside) = (text(inside), text(outside));
        match (inside.as_slice(), outside.as_slice()) {
            ([one], _) => format!("{column} = {one}"),
            (_, [one]) => format!("{column} <> {one}"),
            _ if inside.len() <= outside.len() => {
                format!("{column} IN ({})", inside.join(", "))
            }
            _ => format!("{column} NOT IN ({})", outside.join(", ")),
        }
    }
}

/// The values of a list or the codes of countries, by number.
pub fn value_names(engine: &Engine, layout: &Layout) -> Vec<String> {
    match &engine.library().fact(layout.fact).kind {
        ValueKind::OneOf(values) => values.iter().map(|(name, _)| name.clone()).collect(),
        ValueKind::Country => country::CODES
            .iter()
            .map(|code| (*code).to_owned())
            .collect(),
        ValueKind::YesNo | ValueKind::Number { .. } => Vec::new(),
    }
}

/// Runs of neighbouring classes as comparisons.
fn numbers(column: &str, starts: &[u32], last: u32, classes: Classes) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for class in classes_of(classes) {
        let Some(first) = starts.get(class as usize) else {
            continue;
        };
        let end = starts
            .get(class as usize + 1)
            .map_or(last, |next| next.saturating_sub(1));
        match runs.last_mut() {
            Some((_, before)) if *before + 1 == *first => *before = end,
            _ => runs.push((*first, end)),
        }
    }
    let least = starts.first().copied().unwrap_or(0);
    let parts: Vec<String> = runs
        .into_iter()
        .map(|(from, to)| match (from == least, to == last) {
            _ if from == to => format!("{column} = {from}"),
            (true, _) => format!("{column} <= {to}"),
            (_, true) => format!("{column} >= {from}"),
            _ => format!("{column} BETWEEN {from} AND {to}"),
        })
        .collect();
    parts.join(" OR ")
}

/// Parts with a word between, on one line or on a line each.
fn list(parts: &[String], word: &str, indent: usize) -> String {
    let flat = parts.join(&format!(" {word} "));
    if indent + flat.len() <= LINE_CHARACTERS_MAX && !flat.contains('\n') {
        return flat;
    }
    let pad = " ".repeat(indent + 2);
    parts.join(&format!("\n{pad}{word} "))
}
