//! Runs a program over the blocks of a batch; one worker a thread.

use std::collections::BTreeSet;
use std::ops::Range;

use arrow_array::RecordBatch;

use crate::bits::count;
use crate::code::{BLOCK_ROWS, BLOCK_WORDS, EMPTY, Register};
use crate::columns::Columns;
use crate::error::BatchError;
use crate::load::{BadValue, Loader, ones};
use crate::program::{LimitPlane, Program};

/// The registers of one thread.
#[derive(Debug)]
pub struct Worker<'p> {
    program: &'p Program,
    registers: Vec<Register>,
    /// Possible, then what is certain, then what is open, of a block with unknown facts.
    results: Vec<Register>,
    identity: Vec<u32>,
    /// Rows whose facts contradict each other.
    pub contradictory: u64,
    /// Values that were none of their fact's, counted as unknown.
    pub bad_values: u64,
    /// Blocks in which every fact was known, in which three-valued logic decided all, and in which diagrams were needed.
    pub blocks: [u64; 3],
}

/// A batch and how far it is answered.
pub struct Started<'b> {
    loader: Loader<'b>,
    batch: &'b RecordBatch,
    first_row: u64,
    row: usize,
}

/// The answers for one block of rows, one bit a row; the first row is the lowest bit of the first word.
#[derive(Debug)]
pub struct Block<'w> {
    program: &'w Program,
    registers: &'w [Register],
    /// Registers of: possible, then each item's certainty.
    certain: &'w [u32],
    open: &'w [u32],
    /// Rows of the batch.
    pub rows: Range<usize>,
}

static ALL_NO: Register = EMPTY;

impl<'p> Worker<'p> {
    /// A worker for a program.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        let items = program.items.len();
        let registers = program
            .known
            .register_count()
            .max(program.partial.register_count())
            .max(program.planes.plane_count());
        Self {
            program,
            registers: vec![EMPTY; registers],
            results: vec![EMPTY; 1 + 2 * items],
            identity: (0..).take(1 + 2 * items).collect(),
            contradictory: 0,
            bad_values: 0,
            blocks: [0; 3],
        }
    }

    /// Answers for every row of a batch, block by block in order.
    ///
    /// `first_row` is the number of the batch's first row in the whole input, from 0, for error texts.
    ///
    /// # Errors
    /// When a value is none of its fact's and such values are refused, or a column changes its type.
    pub fn run(
        &mut self,
        columns: &Columns,
        batch: &RecordBatch,
        first_row: u64,
        bad_value: BadValue,
        mut visit: impl FnMut(&Block<'_>),
    ) -> Result<(), BatchError> {
        let mut input = self.start(columns, batch, first_row, bad_value)?;
        while let Some(block) = self.next_block(&mut input)? {
            visit(&block);
        }
        Ok(())
    }

    /// Begins a batch whose blocks are asked for one by one.
    ///
    /// # Errors
    /// When a column changed its type.
    pub fn start<'b>(
        &self,
        columns: &Columns,
        batch: &'b RecordBatch,
        first_row: u64,
        bad_value: BadValue,
    ) -> Result<Started<'b>, BatchError> {
        Ok(Started {
            loader: Loader::new(self.program, columns, batch, bad_value)?,
            batch,
            first_row,
            row: 0,
        })
    }

    /// The answers for the next block of a batch; `None` after the last.
    ///
    /// # Errors
    /// As [`Worker::run`].
    pub fn next_block(&mut self, input: &mut Started<'_>) -> Result<Option<Block<'_>>, BatchError> {
        let loader = &mut input.loader;
        if input.row >= loader.rows {
            self.bad_values += std::mem::take(&mut loader.bad_values);
            return Ok(None);
        }
        let all_known = loader.fill(
            self.program,
            input.batch,
            input.first_row,
            input.row,
            &mut self.registers,
        )?;
        let rows = input.row..loader.rows.min(input.row + BLOCK_ROWS);
        input.row += BLOCK_ROWS;
        Ok(Some(if all_known {
            self.known(rows)
        } else {
            self.partial(rows)
        }))
    }

    fn known(&mut self, rows: Range<usize>) -> Block<'_> {
        self.blocks[0] += 1;
        let code = &self.program.known;
        code.run(&mut self.registers);
        let possible = code.outputs().first().copied().unwrap_or(0) as usize;
        let possible = self.registers.get(possible).map_or(0, ones);
        self.contradictory += rows.len() as u64 - possible;
        Block {
            program: self.program,
            registers: &self.registers,
            certain: code.outputs(),
            open: &[],
            rows,
        }
    }

    fn partial(&mut self, rows: Range<usize>) -> Block<'_> {
        let program = self.program;
        let items = program.items.len();
        program.partial.run(&mut self.registers);
        let mut undecided = BTreeSet::new();
        for (output, register) in program.partial.outputs().iter().enumerate() {
            let value = self.registers.get(*register as usize).unwrap_or(&ALL_NO);
            if let Some(slot) = self.results.get_mut(output) {
                *slot = *value;
            }
            if output > items && *value != EMPTY {
                undecided.insert(output - 1 - items);
            }
        }
        if undecided.is_empty() {
            self.blocks[1] += 1;
        } else {
            self.blocks[2] += 1;
            self.exact(&undecided);
        }
        self.contradictory += rows.len() as u64 - self.results.first().map_or(0, ones);
        Block {
            program,
            registers: &self.results,
            certain: self.identity.get(..=items).unwrap_or(&[]),
            open: self.identity.get(items + 1..).unwrap_or(&[]),
            rows,
        }
    }

    /// Replaces what three-valued logic left undecided by what the diagrams say.
    fn exact(&mut self, undecided: &BTreeSet<usize>) {
        let count = self.program.items.len();
        let (items, code) = self.program.exact(undecided);
        if self.registers.len() < code.register_count() {
            self.registers.resize(code.register_count(), EMPTY);
        }
        code.run(&mut self.registers);
        let possible = self.results.first().copied().unwrap_or(EMPTY);
        for (item, pair) in items.iter().zip(code.outputs().as_chunks::<2>().0) {
            let [can_hold, can_fail] =
                pair.map(|register| self.registers.get(register as usize).unwrap_or(&ALL_NO));
            let mut certain = EMPTY;
            let mut open = EMPTY;
            for ((certain, open), ((possible, can_hold), can_fail)) in certain
                .as_flattened_mut()
                .iter_mut()
                .zip(open.as_flattened_mut())
                .zip(
                    possible
                        .as_flattened()
                        .iter()
                        .zip(can_hold.as_flattened())
                        .zip(can_fail.as_flattened()),
                )
            {
                *certain = possible & can_hold & !can_fail;
                *open = possible & can_hold & can_fail;
            }
            for (place, value) in [(1 + item, certain), (1 + count + item, open)] {
                if let Some(slot) = self.results.get_mut(place) {
                    *slot = value;
                }
            }
        }
    }
}

impl Block<'_> {
    fn register(&self, of: &[u32], place: usize) -> &Register {
        of.get(place)
            .and_then(|register| self.registers.get(*register as usize))
            .unwrap_or(&ALL_NO)
    }

    /// Rows whose facts do not contradict each other; the others are answered nowhere.
    #[must_use]
    pub fn possible(&self) -> &[u64] {
        self.register(self.certain, 0).as_flattened()
    }

    /// How many those are.
    #[must_use]
    pub fn possible_count(&self) -> u64 {
        ones(self.register(self.certain, 0))
    }

    /// Rows in which a position, by its place in the engine's list, certainly holds.
    #[must_use]
    pub fn certain(&self, position: usize) -> &[u64] {
        self.register(self.certain, 1 + position).as_flattened()
    }

    /// Rows in which it may hold and may not.
    #[must_use]
    pub fn open(&self, position: usize) -> &[u64] {
        self.register(self.open, position).as_flattened()
    }

    /// How many rows those of [`Block::certain`] are.
    #[must_use]
    pub fn certain_count(&self, position: usize) -> u64 {
        count(self.certain(position))
    }

    /// How many rows those of [`Block::limit`] are.
    #[must_use]
    pub fn limit_count(&self, limit: &LimitPlane) -> u64 {
        count(&self.limit(limit))
    }

    /// Rows in which a limit of [`Program::limits`] is among the strongest of the norms that certainly apply.
    #[must_use]
    pub fn limit(&self, limit: &LimitPlane) -> [u64; BLOCK_WORDS] {
        let mut result = [0; BLOCK_WORDS];
        let own = self.register(self.certain, 1 + limit.item).as_flattened();
        for (result, own) in result.iter_mut().zip(own) {
            *result = *own;
        }
        for other in &limit.beaten_by {
            let other = self.register(self.certain, 1 + other).as_flattened();
            for (result, other) in result.iter_mut().zip(other) {
                *result &= !other;
            }
        }
        result
    }

    /// Rows in which it is open whether a norm that sets a limit of this position applies.
    #[must_use]
    pub fn limit_open(&self, position: usize) -> [u64; BLOCK_WORDS] {
        let mut result = [0; BLOCK_WORDS];
        for limit in self.program.limits().get(position).into_iter().flatten() {
            let open = self.register(self.open, limit.item).as_flattened();
            for (result, open) in result.iter_mut().zip(open) {
                *result |= *open;
            }
        }
        result
    }

    /// The program that answered.
    #[must_use]
    pub fn program(&self) -> &Program {
        self.program
    }
}
