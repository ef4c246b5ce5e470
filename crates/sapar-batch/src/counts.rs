//! Rows counted by position and group, without writing any.

use arrow_array::RecordBatch;

use crate::bits::{self, WORD_ROWS, both};
use crate::error::BatchError;
use crate::groups::Groups;
use crate::program::Program;
use crate::worker::Block;

/// How many rows a position holds in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PositionCounts {
    /// Certainly.
    pub certain: u64,
    /// Perhaps: it depends on what is unknown.
    pub open: u64,
}

/// Counts by group.
#[derive(Debug, Clone)]
pub struct Counts {
    groups: Groups,
    positions: usize,
    /// For each group: rows, then rows whose facts contradict each other.
    rows: Vec<(u64, u64)>,
    /// For each group and position.
    counts: Vec<PositionCounts>,
}

impl Counts {
    /// Nothing counted yet; without columns all rows are one group.
    #[must_use]
    pub fn new(program: &Program, columns: &[String]) -> Self {
        Self {
            groups: Groups::new(columns),
            positions: program.engine().positions().len(),
            rows: Vec::new(),
            counts: Vec::new(),
        }
    }

    /// The groups: texts of the columns, rows, rows whose facts contradict each other, and the counts of each position.
    pub fn groups(&self) -> impl Iterator<Item = (&[String], u64, u64, &[PositionCounts])> {
        self.groups.keys().iter().zip(&self.rows).enumerate().map(
            |(group, (key, (rows, contradictory)))| {
                let from = group * self.positions;
                let counts = self.counts.get(from..from + self.positions).unwrap_or(&[]);
                (key.as_slice(), *rows, *contradictory, counts)
            },
        )
    }

    /// The group of each row of a batch; empty where all rows are one.
    ///
    /// # Errors
    /// When a column is missing or there are too many groups.
    pub fn groups_of(&mut self, batch: &RecordBatch) -> Result<Vec<u32>, BatchError> {
        let of_rows = self.groups.of_rows(batch)?;
        self.fit();
        Ok(of_rows)
    }

    fn fit(&mut self) {
        let groups = self.groups.keys().len();
        self.rows.resize(groups, (0, 0));
        self.counts
            .resize(groups * self.positions, PositionCounts::default());
    }

    /// Adds a block whose batch's groups are these.
    pub fn add(&mut self, block: &Block<'_>, of_rows: &[u32]) {
        let of_block = of_rows.get(block.rows.clone()).unwrap_or(&[]);
        let masks = masks(of_block);
        for (group, mask) in &masks {
            let group = *group as usize;
            let all: u64 = mask.iter().map(|word| u64::from(word.count_ones())).sum();
            let possible = both(block.possible(), mask);
            if let Some((rows, contradictory)) = self.rows.get_mut(group) {
                *rows += all;
                *contradictory += all - possible;
            }
            let from = group * self.positions;
            let Some(counts) = self.counts.get_mut(from..from + self.positions) else {
                continue;
            };
            for (position, count) in counts.iter_mut().enumerate() {
                count.certain += both(block.certain(position), mask);
                count.open += both(block.open(position), mask);
            }
        }
    }

    /// Adds what another thread counted.
    ///
    /// # Errors
    /// When together there are too many groups.
    pub fn merge(&mut self, other: &Counts) -> Result<(), BatchError> {
        for (key, rows, contradictory, counts) in other.groups() {
            let group = self.groups.number(key.to_vec())? as usize;
            self.fit();
            if let Some(slot) = self.rows.get_mut(group) {
                slot.0 += rows;
                slot.1 += contradictory;
            }
            for (slot, count) in self
                .counts
                .iter_mut()
                .skip(group * self.positions)
                .zip(counts)
            {
                slot.certain += count.certain;
                slot.open += count.open;
            }
        }
        Ok(())
    }
}

/// The rows of each group that a block has.
pub fn masks(of_rows: &[u32]) -> Vec<(u32, Vec<u64>)> {
    let words = of_rows.len().div_ceil(WORD_ROWS);
    if let Some(only) = of_rows.first()
        && of_rows.iter().all(|group| group == only)
    {
        let all = bits::existing(of_rows.len());
        return vec![(
            *only,
            all.as_flattened().get(..words).unwrap_or(&[]).to_vec(),
        )];
    }
    let mut masks: Vec<(u32, Vec<u64>)> = Vec::new();
    let mut place_of: std::collections::HashMap<u32, usize> = std::collections::HashMap::new();
    let mut last: Option<(u32, usize)> = None;
    for (row, group) in of_rows.iter().enumerate() {
        let place = match last {
            Some((known, place)) if known == *group => place,
            _ => *place_of.entry(*group).or_insert_with(|| {
                masks.push((*group, vec![0; words]));
                masks.len() - 1
            }),
        };
        last = Some((*group, place));
        if let Some(word) = masks
            .get_mut(place)
            .and_then(|(_, mask)| mask.get_mut(row / WORD_ROWS))
        {
            *word |= 1 << (row % WORD_ROWS);
        }
    }
    masks
}
