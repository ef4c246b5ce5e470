//! From Arrow columns to planes of bits.

mod coded;
mod numbers;
mod source;

use arrow_array::RecordBatch;
use arrow_buffer::BooleanBuffer;
use sapar_law::{FactId, Library};

use self::numbers::fill_range;
use self::source::{Source, column_of, range, source};
use crate::bits::{self, WORD_ROWS};
use crate::code::{BLOCK_ROWS, BLOCK_WORDS, EMPTY, Register};
use crate::columns::{Columns, FactColumns};
use crate::error::{BatchError, ValueInRow};
use crate::planes::{PlacePlanes, PlaneKind};
use crate::program::Program;

/// What becomes of a value its fact cannot have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BadValue {
    /// The run stops and names column and row.
    #[default]
    Refuse,
    /// The fact counts as unknown in that row, and the value is counted.
    Unknown,
}

/// The columns of one batch, ready to be read block by block.
pub struct Loader<'b> {
    places: Vec<Place<'b>>,
    /// Rows of the batch.
    pub rows: usize,
    bad_value: BadValue,
    /// Values that were counted as unknown.
    pub bad_values: u64,
    /// Places of the block at hand whose second planes are not filled.
    to_complete: Vec<usize>,
}

struct Place<'b> {
    column: usize,
    planes: PlacePlanes,
    source: Source<'b>,
    valid: Option<BooleanBuffer>,
    expected: FactId,
}

impl<'b> Loader<'b> {
    /// Prepares a batch.
    ///
    /// # Errors
    /// When a column is missing that the schema had, or is of another type.
    pub fn new(
        program: &Program,
        columns: &Columns,
        batch: &'b RecordBatch,
        bad_value: BadValue,
    ) -> Result<Self, BatchError> {
        let engine = program.engine();
        let library = engine.library();
        let mut places = Vec::new();
        for ((layout, planes), found) in engine
            .layouts()
            .iter()
            .zip(program.planes.places())
            .zip(&columns.places)
        {
            let (column, source, valid) = match found {
                FactColumns::Absent => (0, Source::Absent, None),
                FactColumns::One(column) => {
                    let array = column_of(batch, *column)?;
                    let (source, valid) = source(library, layout, planes, array)?;
                    (*column, source, valid)
                }
                FactColumns::Range(least, most) => {
                    let column = least.or(*most).unwrap_or(0);
                    let source = range(library, layout, planes, batch, *least, *most)?;
                    (column, source, None)
                }
            };
            places.push(Place {
                column,
                planes: planes.clone(),
                source,
                valid: valid.filter(|valid| valid.count_set_bits() < valid.len()),
                expected: layout.fact,
            });
        }
        Ok(Self {
            places,
            rows: batch.num_rows(),
            bad_value,
            bad_values: 0,
            to_complete: Vec::new(),
        })
    }

    /// Fills the planes of the block that begins at a row; returns whether every fact of every row is known.
    ///
    /// Where all is known, only the planes for known rows are filled.
    ///
    /// # Errors
    /// When a value is none of its fact's, and such values are refused.
    pub fn fill(
        &mut self,
        program: &Program,
        batch: &RecordBatch,
        first_row: u64,
        row: usize,
        registers: &mut [Register],
    ) -> Result<bool, BatchError> {
        let exists = bits::existing(self.rows.saturating_sub(row).min(BLOCK_ROWS));
        let mut all_known = true;
        self.to_complete.clear();
        for (index, place) in self.places.iter().enumerate() {
            let filled = place.fill(row, &exists, registers);
            all_known &= filled.known;
            if !filled.complete {
                self.to_complete.push(index);
            }
            if let Some(bad) = filled.bad {
                match self.bad_value {
                    BadValue::Unknown => self.bad_values += ones(&bad),
                    BadValue::Refuse => {
                        let library = program.engine().library();
                        return Err(place.refusal(library, batch, first_row, row, &bad));
                    }
                }
            }
        }
        if !all_known {
            for place in self
                .to_complete
                .iter()
                .filter_map(|index| self.places.get(*index))
            {
                place.fill_second_half(&exists, registers);
            }
        }
        if let Some(register) = registers.get_mut(program.planes.exists() as usize) {
            *register = exists;
        }
        Ok(all_known)
    }
}

/// What became of one fact's planes in one block.
struct Filled {
    /// Rows with a value that is none; they are left unknown.
    bad: Option<Register>,
    /// Every row has one class.
    known: bool,
    /// The planes that only rows with unknown facts need are filled as well.
    complete: bool,
}

#[expect(
    clippy::indexing_slicing,
    reason = "the caller sizes the registers by the planes of all places"
)]
impl Place<'_> {
    fn fill(&self, row: usize, exists: &Register, registers: &mut [Register]) -> Filled {
        let count = self.planes.plane_count() as usize;
        let first = self.planes.first as usize;
        if let (Source::YesNo(values), None) = (&self.source, &self.valid) {
            // Most facts of most cases; its bits are copied and nothing else is done.
            bits::load(values, row, &mut registers[first]);
            return Filled {
                bad: None,
                known: true,
                complete: false,
            };
        }
        let mut known = *exists;
        if let Some(valid) = &self.valid {
            bits::load(valid, row, &mut known);
        }
        let own = &mut registers[first..first + count];
        let mut bad = EMPTY;
        match &self.source {
            Source::Absent => known = EMPTY,
            Source::YesNo(values) => bits::load(values, row, &mut own[0]),
            Source::Number(numbers, thresholds) => {
                bad = numbers.fill(row, thresholds, &mut own[..count / 2]);
            }
            Source::Range(least, most, thresholds) => {
                bad = fill_range(row, least.as_ref(), most.as_ref(), thresholds, own);
            }
            Source::Coded(coded) => bad = coded.fill(row, own),
        }
        let mut any_bad = false;
        for (bad, known) in words(&mut bad).iter_mut().zip(words(&mut known)) {
            *bad &= *known;
            any_bad |= *bad != 0;
            *known &= !*bad;
        }
        // Codes and ranges say themselves what is unknown, and so fill all planes.
        let all_planes = match &self.source {
            Source::Coded(_) | Source::Range(..) => true,
            Source::Absent | Source::YesNo(_) | Source::Number(..) => {
                self.planes.kind == PlaneKind::Values
            }
        };
        let whole = known == *exists;
        if !whole {
            self.open(&known, own, all_planes);
            if !all_planes {
                self.fill_second_half(&known, registers);
            }
        }
        let certain = match &self.source {
            Source::Coded(coded) => {
                whole && (!coded.has_unknown || self.is_known(exists, registers))
            }
            Source::Range(..) => whole && self.is_known(exists, registers),
            _ => whole,
        };
        Filled {
            bad: any_bad.then_some(bad),
            known: certain,
            complete: all_planes || !whole,
        }
    }

    /// Lets rows that are not known be anything.
    fn open(&self, known: &Register, own: &mut [Register], all_planes: bool) {
        let count = own.len();
        let can = match self.planes.kind {
            PlaneKind::YesNo if all_planes => 2,
            PlaneKind::YesNo => 1,
            PlaneKind::Number => count / 2,
            PlaneKind::Values => count,
        };
        for register in &mut own[..can] {
            for (word, known) in words(register).iter_mut().zip(known.as_flattened()) {
                *word |= !known;
            }
        }
        if self.planes.kind == PlaneKind::Number && all_planes {
            for register in &mut own[can..] {
                for (word, known) in words(register).iter_mut().zip(known.as_flattened()) {
                    *word &= known;
                }
            }
        }
    }

    /// The planes that only rows with unknown facts need, from those of rows whose fact is known.
    fn fill_second_half(&self, known: &Register, registers: &mut [Register]) {
        let first = self.planes.first as usize;
        let count = self.planes.plane_count() as usize;
        let own = &mut registers[first..first + count];
        match self.planes.kind {
            PlaneKind::Values => {}
            PlaneKind::YesNo => {
                let (can_yes, can_no) = own.split_at_mut(1);
                for ((no, yes), known) in words(&mut can_no[0])
                    .iter_mut()
                    .zip(can_yes[0].as_flattened())
                    .zip(known.as_flattened())
                {
                    *no = !yes | !known;
                }
            }
            PlaneKind::Number => {
                let (can, must) = own.split_at_mut(count / 2);
                for (must, can) in must.iter_mut().zip(can.iter()) {
                    for ((must, can), known) in words(must)
                        .iter_mut()
                        .zip(can.as_flattened())
                        .zip(known.as_flattened())
                    {
                        *must = can & known;
                    }
                }
            }
        }
    }

    /// Whether every row has one class.
    fn is_known(&self, exists: &Register, registers: &[Register]) -> bool {
        let count = self.planes.plane_count() as usize;
        let first = self.planes.first as usize;
        let registers = &registers[first..first + count];
        let mut twice = [0u64; BLOCK_WORDS];
        match self.planes.kind {
            PlaneKind::YesNo | PlaneKind::Values => {
                let mut once = [0u64; BLOCK_WORDS];
                for register in registers {
                    for ((once, twice), word) in
                        once.iter_mut().zip(&mut twice).zip(register.as_flattened())
                    {
                        *twice |= *once & word;
                        *once |= word;
                    }
                }
            }
            PlaneKind::Number => {
                let (high, low) = registers.split_at(count / 2);
                for (high, low) in high.iter().zip(low) {
                    for ((twice, high), low) in twice
                        .iter_mut()
                        .zip(high.as_flattened())
                        .zip(low.as_flattened())
                    {
                        *twice |= high & !low;
                    }
                }
            }
        }
        twice
            .iter()
            .zip(exists.as_flattened())
            .all(|(twice, exists)| twice & exists == 0)
    }

    fn refusal(
        &self,
        library: &Library,
        batch: &RecordBatch,
        first_row: u64,
        row: usize,
        bad: &Register,
    ) -> BatchError {
        let at = bad
            .as_flattened()
            .iter()
            .position(|word| *word != 0)
            .map_or(0, |word| {
                let bits = bad
                    .as_flattened()
                    .get(word)
                    .map_or(0, |bits| bits.trailing_zeros());
                word * WORD_ROWS + bits as usize
            });
        BatchError::Value(ValueInRow {
            column: batch
                .schema()
                .fields()
                .get(self.column)
                .map_or_else(String::new, |field| field.name().clone()),
            row: first_row + (row + at) as u64 + 1,
            expected: library.values_in_words(self.expected),
        })
    }
}

fn words(register: &mut Register) -> &mut [u64] {
    register.as_flattened_mut()
}

/// How many rows of a register hold.
pub fn ones(register: &Register) -> u64 {
    bits::count(register.as_flattened())
}
