//! Two laws over the same rows: who is treated differently.
//!
//! Positions are matched by the names of bearer, modality and act, so that the two laws may come from two libraries,
//! such as one before and one after an amendment.

use std::collections::BTreeMap;

use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use sapar_law::{Engine, LimitDef, Status};

use crate::bits::{WORD_ROWS, both};
use crate::code::BLOCK_WORDS;
use crate::counts::masks;
use crate::error::BatchError;
use crate::groups::Groups;
use crate::load::BadValue;
use crate::outcomes::position_column;
use crate::program::Program;
use crate::stream::Run;
use crate::worker::{Block, Worker};

/// One law's worker and columns.
pub struct Side<'r> {
    run: Run<'r>,
    worker: Worker<'r>,
}

impl<'r> Side<'r> {
    /// A worker for a law.
    pub fn new(run: Run<'r>) -> Self {
        Self {
            run,
            worker: Worker::new(run.program),
        }
    }

    /// Values that were none and counted as unknown.
    pub fn bad_values(&self) -> u64 {
        self.worker.bad_values
    }
}

/// What became of a position in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// Its status is another.
    Status {
        /// Under the first law.
        before: Status,
        /// Under the second.
        after: Status,
    },
    /// It is certain under both, with other strongest limits.
    Limit,
}

impl Change {
    /// Every change, what is certain first.
    pub const ALL: [Change; 7] = {
        use Status::{Certain, Excluded, Open};
        const fn status(before: Status, after: Status) -> Change {
            Change::Status { before, after }
        }
        [
            status(Certain, Excluded),
            status(Excluded, Certain),
            status(Certain, Open),
            status(Open, Certain),
            status(Excluded, Open),
            status(Open, Excluded),
            Change::Limit,
        ]
    };
}

/// A row in which a position changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Example {
    /// Number of the row, from 1.
    pub row: u64,
    /// The text of the identifying column, if one was named.
    pub id: Option<String>,
    /// What changed.
    pub change: Change,
}

/// One position under both laws.
#[derive(Debug, Clone)]
pub struct PositionImpact {
    /// Its name as a column has it; the same for both laws.
    pub name: String,
    /// Its place among the first law's positions, if that law has it.
    pub before: Option<usize>,
    /// Its place among the second law's.
    pub after: Option<usize>,
    /// Limits of either law, each with its places in the two programs.
    limits: Vec<[Vec<usize>; 2]>,
    /// A few rows that changed, the first ones.
    pub examples: Vec<Example>,
}

/// How rows are treated differently by two laws.
#[derive(Debug, Clone)]
pub struct Impact {
    groups: Groups,
    positions: Vec<PositionImpact>,
    /// For each group: rows, rows not answered, rows with any change, rows with a certain change.
    rows: Vec<[u64; 4]>,
    /// For each group and position, each change of [`Change::ALL`].
    changes: Vec<[u64; 7]>,
    examples_max: usize,
}

impl Impact {
    /// Nothing compared yet.
    #[must_use]
    pub fn new(before: &Program, after: &Program, by: &[String], examples_max: usize) -> Self {
        let mut named: BTreeMap<String, [Option<usize>; 2]> = BTreeMap::new();
        let mut names: Vec<String> = Vec::new();
        for (side, program) in [before, after].into_iter().enumerate() {
            let engine = program.engine();
            for (place, position) in engine.positions().iter().enumerate() {
                let name = position_column(engine, position);
                let places = named.entry(name.clone()).or_insert_with(|| {
                    names.push(name);
                    [None; 2]
                });
                if let Some(slot) = places.get_mut(side) {
                    *slot = Some(place);
                }
            }
        }
        let positions = names
            .into_iter()
            .map(|name| {
                let [first, second] = named.get(&name).copied().unwrap_or_default();
                let mut limits: BTreeMap<String, [Vec<usize>; 2]> = BTreeMap::new();
                for (side, (program, place)) in
                    [(before, first), (after, second)].into_iter().enumerate()
                {
                    let planes = place.and_then(|place| program.limits().get(place));
                    for (index, plane) in planes.into_iter().flatten().enumerate() {
                        let key = limit_key(program.engine(), plane.limit);
                        if let Some(list) = limits.entry(key).or_default().get_mut(side) {
                            list.push(index);
                        }
                    }
                }
                PositionImpact {
                    name,
                    before: first,
                    after: second,
                    limits: limits.into_values().collect(),
                    examples: Vec::new(),
                }
            })
            .collect();
        Self {
            groups: Groups::new(by),
            positions,
            rows: Vec::new(),
            changes: Vec::new(),
            examples_max,
        }
    }

    /// The positions of either law.
    #[must_use]
    pub fn positions(&self) -> &[PositionImpact] {
        &self.positions
    }

    /// The groups: texts of their columns; rows, rows whose facts contradict each other under either law,
    /// rows with any change and rows with a certain one; and the changes of each position, as in [`Change::ALL`].
    pub fn groups(&self) -> impl Iterator<Item = (&[String], [u64; 4], &[[u64; 7]])> {
        let width = self.positions.len();
        self.groups
            .keys()
            .iter()
            .zip(&self.rows)
            .enumerate()
            .map(move |(group, (key, rows))| {
                let changes = self.changes.get(group * width..(group + 1) * width);
                (key.as_slice(), *rows, changes.unwrap_or(&[]))
            })
    }

    /// Rows that were not answered because their facts contradict each other.
    #[must_use]
    pub fn contradictory(&self) -> u64 {
        self.rows
            .iter()
            .map(|[_, contradictory, ..]| contradictory)
            .sum()
    }

    fn fit(&mut self) {
        let groups = self.groups.keys().len();
        self.rows.resize(groups, [0; 4]);
        self.changes.resize(groups * self.positions.len(), [0; 7]);
    }

    /// Compares the rows of a batch.
    ///
    /// # Errors
    /// As [`crate::count`].
    pub fn add(
        &mut self,
        sides: &mut [Side<'_>; 2],
        batch: &RecordBatch,
        first_row: u64,
        id: Option<&str>,
        bad_value: BadValue,
    ) -> Result<(), BatchError> {
        let groups = self.groups.of_rows(batch)?;
        self.fit();
        let [before, after] = sides;
        let mut first = before
            .worker
            .start(before.run.columns, batch, first_row, bad_value)?;
        let mut second = after
            .worker
            .start(after.run.columns, batch, first_row, bad_value)?;
        while let (Some(left), Some(right)) = (
            before.worker.next_block(&mut first)?,
            after.worker.next_block(&mut second)?,
        ) {
            self.add_block(&left, &right, batch, &groups, first_row, id)?;
        }
        Ok(())
    }

    fn add_block(
        &mut self,
        left: &Block<'_>,
        right: &Block<'_>,
        batch: &RecordBatch,
        groups: &[u32],
        first_row: u64,
        id: Option<&str>,
    ) -> Result<(), BatchError> {
        let mut possible = [0u64; BLOCK_WORDS];
        for (word, (left, right)) in possible
            .iter_mut()
            .zip(left.possible().iter().zip(right.possible()))
        {
            *word = left & right;
        }
        let masks = masks(groups.get(left.rows.clone()).unwrap_or(&[]));
        let mut any = [0u64; BLOCK_WORDS];
        let mut certain = [0u64; BLOCK_WORDS];
        let width = self.positions.len();
        for place in 0..width {
            let Some(position) = self.positions.get_mut(place) else {
                continue;
            };
            let changed = position.changed(left, right, &possible);
            for ((change, words), number) in Change::ALL.iter().zip(&changed).zip(0..) {
                if words.iter().all(|word| *word == 0) {
                    continue;
                }
                for (slot, word) in any.iter_mut().zip(words) {
                    *slot |= word;
                }
                let sure = match change {
                    // Another norm may still apply, and bring its own limit.
                    Change::Limit => position.limits_decided(left, right),
                    Change::Status { before, after } => {
                        let open = *before == Status::Open || *after == Status::Open;
                        [if open { 0 } else { !0 }; BLOCK_WORDS]
                    }
                };
                for (slot, word) in certain.iter_mut().zip(and(words, &sure)) {
                    *slot |= word;
                }
                for (group, mask) in &masks {
                    if let Some(slot) = self
                        .changes
                        .get_mut(*group as usize * width + place)
                        .and_then(|changes| changes.get_mut::<usize>(number))
                    {
                        *slot += both(words, mask);
                    }
                }
                if position.examples.len() < self.examples_max {
                    let row = left.rows.start + first(words);
                    position.examples.push(Example {
                        row: first_row + row as u64 + 1,
                        id: id.map(|column| text_at(batch, column, row)).transpose()?,
                        change: *change,
                    });
                }
            }
        }
        for (group, mask) in &masks {
            if let Some([rows, contradictory, changed, surely]) = self.rows.get_mut(*group as usize)
            {
                let all: u64 = mask.iter().map(|word| u64::from(word.count_ones())).sum();
                *rows += all;
                *contradictory += all - both(&possible, mask);
                *changed += both(&any, mask);
                *surely += both(&certain, mask);
            }
        }
        Ok(())
    }

    /// Adds what another thread compared.
    ///
    /// # Errors
    /// When together there are too many groups.
    pub fn merge(&mut self, other: &Impact) -> Result<(), BatchError> {
        let width = self.positions.len();
        for (key, rows, changes) in other.groups() {
            let group = self.groups.number(key.to_vec())? as usize;
            self.fit();
            for (slot, count) in self.rows.get_mut(group).into_iter().flatten().zip(rows) {
                *slot += count;
            }
            for (slots, counts) in self.changes.iter_mut().skip(group * width).zip(changes) {
                for (slot, count) in slots.iter_mut().zip(counts) {
                    *slot += count;
                }
            }
        }
        for (own, others) in self.positions.iter_mut().zip(&other.positions) {
            own.examples.extend(others.examples.iter().cloned());
            own.examples.sort();
            own.examples.truncate(self.examples_max);
        }
        Ok(())
    }
}

impl PositionImpact {
    /// Rows in which the limits are the same whatever is unknown.
    fn limits_decided(&self, left: &Block<'_>, right: &Block<'_>) -> [u64; BLOCK_WORDS] {
        let mut decided = [!0; BLOCK_WORDS];
        for (block, place) in [(left, self.before), (right, self.after)] {
            let open = place.map_or([0; BLOCK_WORDS], |place| block.limit_open(place));
            for (slot, open) in decided.iter_mut().zip(open) {
                *slot &= !open;
            }
        }
        decided
    }

    /// The rows of each change of [`Change::ALL`].
    fn changed(
        &self,
        left: &Block<'_>,
        right: &Block<'_>,
        possible: &[u64; BLOCK_WORDS],
    ) -> [[u64; BLOCK_WORDS]; 7] {
        static NONE: [u64; BLOCK_WORDS] = [0; BLOCK_WORDS];
        let planes = |block: &'_ Block<'_>, place: Option<usize>| {
            let mut planes = [NONE; 3];
            let [certain, open, excluded] = &mut planes;
            for (index, possible) in possible.iter().enumerate() {
                let at = |words: &[u64]| words.get(index).copied().unwrap_or(0) & possible;
                let (is_certain, is_open) = match place {
                    Some(place) => (at(block.certain(place)), at(block.open(place))),
                    None => (0, 0),
                };
                for (plane, word) in [
                    (&mut *certain, is_certain),
                    (&mut *open, is_open),
                    (&mut *excluded, possible & !is_certain & !is_open),
                ] {
                    if let Some(slot) = plane.get_mut(index) {
                        *slot = word;
                    }
                }
            }
            planes
        };
        let (one, other) = (planes(left, self.before), planes(right, self.after));
        let of = |planes: &[[u64; BLOCK_WORDS]; 3], status: Status| {
            let [certain, open, excluded] = planes;
            *match status {
                Status::Certain => certain,
                Status::Open => open,
                Status::Excluded => excluded,
            }
        };
        Change::ALL.map(|change| match change {
            Change::Status { before, after } => and(&of(&one, before), &of(&other, after)),
            Change::Limit => {
                let certain = and(&of(&one, Status::Certain), &of(&other, Status::Certain));
                if certain == NONE {
                    return NONE;
                }
                let mut differs = NONE;
                for [first, second] in &self.limits {
                    let one = any_limit(left, self.before, first);
                    let other = any_limit(right, self.after, second);
                    for (slot, (one, other)) in differs.iter_mut().zip(one.iter().zip(&other)) {
                        *slot |= one ^ other;
                    }
                }
                and(&differs, &certain)
            }
        })
    }
}

fn any_limit(block: &Block<'_>, place: Option<usize>, planes: &[usize]) -> [u64; BLOCK_WORDS] {
    let mut any = [0; BLOCK_WORDS];
    let limits = place.and_then(|place| block.program().limits().get(place));
    for plane in planes
        .iter()
        .filter_map(|plane| limits.and_then(|limits| limits.get(*plane)))
    {
        for (slot, word) in any.iter_mut().zip(block.limit(plane)) {
            *slot |= word;
        }
    }
    any
}

fn and(left: &[u64; BLOCK_WORDS], right: &[u64; BLOCK_WORDS]) -> [u64; BLOCK_WORDS] {
    let mut result = [0; BLOCK_WORDS];
    for (slot, (left, right)) in result.iter_mut().zip(left.iter().zip(right)) {
        *slot = left & right;
    }
    result
}

/// The first row of a set that is not empty.
fn first(words: &[u64]) -> usize {
    words
        .iter()
        .enumerate()
        .find(|(_, word)| **word != 0)
        .map_or(0, |(index, word)| {
            index * WORD_ROWS + word.trailing_zeros() as usize
        })
}

/// A limit as both libraries would call it.
fn limit_key(engine: &Engine, limit: LimitDef) -> String {
    let event = &engine.library().event(limit.event).name;
    format!("{:?} {event}", limit.kind)
}

fn text_at(batch: &RecordBatch, column: &str, row: usize) -> Result<String, BatchError> {
    use arrow_array::cast::AsArray;
    let array = batch.column_by_name(column).ok_or_else(|| {
        BatchError::Request(format!(
            "the input has no column `{column}`; name one it has with --id"
        ))
    })?;
    let text = arrow_cast::cast(&array.slice(row, 1), &DataType::Utf8)?;
    Ok(text
        .as_string_opt::<i32>()
        .filter(|text| text.is_valid(0))
        .map_or_else(String::new, |text| text.value(0).to_owned()))
}
