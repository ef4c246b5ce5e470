//! From Arrow columns to planes of bits.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::*;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_buffer::{ArrowNativeType, BooleanBuffer};
use arrow_schema::DataType;
use sapar_law::diagrams::{Layout, LayoutKind};
use sapar_law::{FactId, Knowledge, Library, ValueKind};

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

enum Source<'b> {
    Absent,
    YesNo(BooleanBuffer),
    Number(Numbers<'b>, Thresholds),
    /// Least and most, each with the rows in which it is given.
    Range(Option<Bound<'b>>, Option<Bound<'b>>, Thresholds),
    Coded(Coded<'b>),
}

/// One end of a range, and the rows in which it is given.
struct Bound<'b> {
    numbers: Numbers<'b>,
    valid: Option<BooleanBuffer>,
}

/// Where the classes of a number begin, and which numbers are none.
struct Thresholds {
    starts: Vec<u32>,
    from: u32,
    to: u32,
}

/// A column of numbers as it lies in memory.
enum Numbers<'b> {
    I8(&'b [i8]),
    I16(&'b [i16]),
    I32(&'b [i32]),
    I64(&'b [i64]),
    U8(&'b [u8]),
    U16(&'b [u16]),
    U32(&'b [u32]),
    U64(&'b [u64]),
    /// Whole numbers that came as floating-point ones.
    Own(Vec<i64>),
}

/// A column whose values are few: codes, and what each code means.
struct Coded<'b> {
    codes: Numbers<'b>,
    /// For each group of eight planes and each code: their bits. The plane past the last says that the value is none.
    tables: Vec<Vec<u8>>,
    /// A code stands for more than one class of values.
    has_unknown: bool,
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
    count(register.as_flattened())
}

/// How many bits are set.
pub fn count(words: &[u64]) -> u64 {
    pulp::Arch::new().dispatch(
        #[inline(always)]
        || words.iter().map(|word| u64::from(word.count_ones())).sum(),
    )
}

/// Calls `$work` with the numbers as a slice of their own type.
macro_rules! with_slice {
    ($numbers:expr, $slice:ident => $work:expr) => {
        match $numbers {
            Numbers::I8($slice) => $work,
            Numbers::I16($slice) => $work,
            Numbers::I32($slice) => $work,
            Numbers::I64($slice) => $work,
            Numbers::U8($slice) => $work,
            Numbers::U16($slice) => $work,
            Numbers::U32($slice) => $work,
            Numbers::U64($slice) => $work,
            Numbers::Own(own) => {
                let $slice = own.as_slice();
                $work
            }
        }
    };
}

/// A type of numbers a column can have.
trait Number: Copy + PartialOrd + Default {
    /// The constant in this type; `None` where every number of the type is below it.
    fn constant(value: u32) -> Option<Self>;
    /// The number, if it is one of `u32`.
    fn value(self) -> Option<u32>;
}

macro_rules! number {
    ($($type:ty)*) => {$(
        impl Number for $type {
            fn constant(value: u32) -> Option<Self> {
                Self::try_from(value).ok()
            }

            fn value(self) -> Option<u32> {
                u32::try_from(self).ok()
            }
        }
    )*};
}

number!(i8 i16 i32 i64 u8 u16 u32 u64);

impl Numbers<'_> {
    /// Fills one plane for each threshold; returns rows whose number is out of bounds, among them rows that are null.
    fn fill(&self, row: usize, thresholds: &Thresholds, registers: &mut [Register]) -> Register {
        with_slice!(self, slice => {
            let rest = slice.get(row..).unwrap_or(&[]);
            pulp::Arch::new().dispatch(
                #[inline(always)]
                || compare(rest, thresholds, registers),
            )
        })
    }

    fn get(&self, row: usize) -> Option<u32> {
        with_slice!(self, slice => slice.get(row).and_then(|number| number.value()))
    }
}

/// Compares the rows of a block with thresholds, eight thresholds at a time: each row's results are the bits of a byte.
#[inline(always)]
fn compare<N: Number>(
    numbers: &[N],
    thresholds: &Thresholds,
    registers: &mut [Register],
) -> Register {
    let mut bad = EMPTY;
    // What must hold of each number, then what must not.
    let above: Vec<Option<N>> = thresholds
        .starts
        .iter()
        .skip(1)
        .chain([&thresholds.from])
        .map(|start| N::constant(*start))
        .chain([thresholds.to.checked_add(1).and_then(N::constant)])
        .collect();
    let planes = above.len().saturating_sub(2);
    for (group, constants) in above.chunks(8).enumerate() {
        for word in 0..BLOCK_WORDS {
            let from = word * WORD_ROWS;
            let Some(left) = numbers.get(from..).filter(|left| !left.is_empty()) else {
                break;
            };
            let mut rest = [N::default(); WORD_ROWS];
            let rows: &[N; WORD_ROWS] = match left.first_chunk() {
                Some(rows) => rows,
                None => {
                    for (slot, number) in rest.iter_mut().zip(left) {
                        *slot = *number;
                    }
                    &rest
                }
            };
            let mut bytes = [0u8; WORD_ROWS];
            for (bit, constant) in constants.iter().enumerate() {
                let Some(constant) = constant else {
                    continue;
                };
                for (byte, number) in bytes.iter_mut().zip(rows) {
                    *byte |= u8::from(*number >= *constant) << bit;
                }
            }
            let found = bits::transpose(&bytes);
            for (bit, plane) in found.iter().enumerate().take(constants.len()) {
                let at = group * 8 + bit;
                let (register, value) = if at < planes {
                    (registers.get_mut(at), *plane)
                } else if at == planes {
                    // Not at least the least.
                    (Some(&mut bad), !*plane)
                } else {
                    (Some(&mut bad), *plane)
                };
                let is_bad = at >= planes;
                if let Some(slot) = register
                    .map(|register| register.as_flattened_mut())
                    .and_then(|words| words.get_mut(word))
                {
                    *slot = if is_bad { *slot | value } else { value };
                }
            }
        }
    }
    bad
}

/// Fills the planes of a range: the most a number can be, then the least.
fn fill_range(
    row: usize,
    least: Option<&Bound<'_>>,
    most: Option<&Bound<'_>>,
    thresholds: &Thresholds,
    own: &mut [Register],
) -> Register {
    let mut bad = EMPTY;
    let (can, must) = own.split_at_mut(own.len() / 2);
    for (bound, registers, missing) in [(most, can, !0u64), (least, must, 0u64)] {
        let Some(bound) = bound else {
            for register in registers {
                words(register).fill(missing);
            }
            continue;
        };
        let mut given = [[!0; 8]; BLOCK_WORDS / 8];
        if let Some(valid) = &bound.valid {
            bits::load(valid, row, &mut given);
        }
        let out = bound.numbers.fill(row, thresholds, registers);
        for (bad, (out, given)) in words(&mut bad)
            .iter_mut()
            .zip(out.as_flattened().iter().zip(given.as_flattened()))
        {
            *bad |= out & given;
        }
        for register in registers {
            for (word, given) in words(register).iter_mut().zip(given.as_flattened()) {
                *word = *word & given | missing & !given;
            }
        }
    }
    // A range whose least is above its most holds no number.
    if let (Some(least), Some(most)) = (least, most) {
        for (index, word) in words(&mut bad).iter_mut().enumerate() {
            for bit in 0..WORD_ROWS {
                let at = row + index * WORD_ROWS + bit;
                let given = |bound: &Bound<'_>| {
                    bound
                        .valid
                        .as_ref()
                        .is_none_or(|valid| at < valid.len() && valid.value(at))
                        .then(|| bound.numbers.get(at))
                        .flatten()
                };
                if let (Some(least), Some(most)) = (given(least), given(most))
                    && least > most
                {
                    *word |= 1 << bit;
                }
            }
        }
    }
    bad
}

impl Coded<'_> {
    /// Fills all planes; returns rows whose code stands for no value.
    fn fill(&self, row: usize, registers: &mut [Register]) -> Register {
        with_slice!(&self.codes, slice => {
            let rest = slice.get(row..).unwrap_or(&[]);
            pulp::Arch::new().dispatch(
                #[inline(always)]
                || look_up(rest, &self.tables, registers),
            )
        })
    }
}

/// The most codes that are compared one by one, which vectors do faster than looking each row up.
const COMPARED_MAX: usize = 16;

#[inline(always)]
fn look_up<N: Number + ArrowNativeType>(
    codes: &[N],
    tables: &[Vec<u8>],
    registers: &mut [Register],
) -> Register {
    let mut bad = EMPTY;
    for (group, table) in tables.iter().enumerate() {
        for word in 0..BLOCK_WORDS {
            let Some(left) = codes
                .get(word * WORD_ROWS..)
                .filter(|left| !left.is_empty())
            else {
                break;
            };
            let mut rest = [N::default(); WORD_ROWS];
            let rows: &[N; WORD_ROWS] = match left.first_chunk() {
                Some(rows) => rows,
                None => {
                    for (slot, number) in rest.iter_mut().zip(left) {
                        *slot = *number;
                    }
                    &rest
                }
            };
            let mut bytes = [0u8; WORD_ROWS];
            if table.len() <= COMPARED_MAX {
                for (code, meaning) in (0..).zip(table) {
                    let Some(code) = N::constant(code) else {
                        continue;
                    };
                    for (byte, row) in bytes.iter_mut().zip(rows) {
                        *byte |= if *row == code { *meaning } else { 0 };
                    }
                }
            } else {
                for (byte, row) in bytes.iter_mut().zip(rows) {
                    *byte = table.get(row.as_usize()).copied().unwrap_or(0);
                }
            }
            for (bit, plane) in bits::transpose(&bytes).iter().enumerate() {
                let at = group * 8 + bit;
                let register = if at == registers.len() {
                    Some(&mut bad)
                } else {
                    registers.get_mut(at)
                };
                if let Some(slot) = register
                    .map(|register| register.as_flattened_mut())
                    .and_then(|words| words.get_mut(word))
                {
                    *slot = *plane;
                }
            }
        }
    }
    bad
}

fn column_of(batch: &RecordBatch, column: usize) -> Result<&ArrayRef, BatchError> {
    batch.columns().get(column).ok_or_else(|| {
        BatchError::Format(format!(
            "a part of the input has {} columns, and the first part had more; write the file anew",
            batch.num_columns()
        ))
    })
}

fn thresholds(library: &Library, layout: &Layout) -> Option<Thresholds> {
    match (&layout.kind, &library.fact(layout.fact).kind) {
        (LayoutKind::Number { starts, .. }, ValueKind::Number { from, to, .. }) => {
            Some(Thresholds {
                starts: starts.clone(),
                from: *from,
                to: *to,
            })
        }
        _ => None,
    }
}

/// A column as a source of planes, and the rows in which it is given.
fn source<'b>(
    library: &Library,
    layout: &Layout,
    planes: &PlacePlanes,
    array: &'b ArrayRef,
) -> Result<(Source<'b>, Option<BooleanBuffer>), BatchError> {
    let valid = array.nulls().map(|nulls| nulls.inner().clone());
    let source = match (array.data_type(), &layout.kind) {
        (DataType::Null, _) => Source::Absent,
        (DataType::Boolean, LayoutKind::YesNo) => {
            Source::YesNo(array.as_boolean().values().clone())
        }
        (DataType::Dictionary(..), _) => {
            let dictionary = array
                .as_any_dictionary_opt()
                .ok_or_else(|| changed(array))?;
            let texts = texts_of(dictionary.values())?;
            coded(library, layout, planes, keys(array)?, &texts)
        }
        (DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View, _) => {
            let mut number_of: HashMap<&str, i64> = HashMap::new();
            let mut distinct: Vec<Option<&str>> = Vec::new();
            let codes: Vec<i64> = texts_of(array)?
                .into_iter()
                .map(|text| {
                    let Some(text) = text else {
                        return 0;
                    };
                    *number_of.entry(text).or_insert_with(|| {
                        distinct.push(Some(text));
                        distinct.len() as i64 - 1
                    })
                })
                .collect();
            coded(library, layout, planes, Numbers::Own(codes), &distinct)
        }
        _ => {
            let thresholds = thresholds(library, layout).ok_or_else(|| changed(array))?;
            Source::Number(numbers(array)?, thresholds)
        }
    };
    Ok((source, valid))
}

fn range<'b>(
    library: &Library,
    layout: &Layout,
    planes: &PlacePlanes,
    batch: &'b RecordBatch,
    least: Option<usize>,
    most: Option<usize>,
) -> Result<Source<'b>, BatchError> {
    debug_assert!(planes.kind == PlaneKind::Number);
    let bound = |column: Option<usize>| -> Result<Option<Bound<'b>>, BatchError> {
        let Some(column) = column else {
            return Ok(None);
        };
        let array = column_of(batch, column)?;
        if *array.data_type() == DataType::Null {
            return Ok(None);
        }
        Ok(Some(Bound {
            numbers: numbers(array)?,
            valid: array.nulls().map(|nulls| nulls.inner().clone()),
        }))
    };
    let (least, most) = (bound(least)?, bound(most)?);
    match thresholds(library, layout) {
        Some(thresholds) => Ok(Source::Range(least, most, thresholds)),
        None => Ok(Source::Absent),
    }
}

fn coded<'b>(
    library: &Library,
    layout: &Layout,
    planes: &PlacePlanes,
    codes: Numbers<'b>,
    values: &[Option<&str>],
) -> Source<'b> {
    let count = planes.plane_count() as usize;
    let mut tables = vec![vec![0u8; values.len()]; (count + 1).div_ceil(8)];
    let mut has_unknown = false;
    for (code, text) in values.iter().enumerate() {
        let knowledge = match text {
            // A null among a dictionary's values.
            None => Ok(Knowledge::Unknown),
            Some(text) => library.value_from_text(layout.fact, text),
        };
        let bits = match knowledge {
            Ok(knowledge) => {
                let allowed = layout.classes(knowledge);
                has_unknown |= !allowed.is_power_of_two();
                planes.bits(allowed)
            }
            Err(_) => 1 << count,
        };
        for (group, table) in tables.iter_mut().enumerate() {
            if let Some(slot) = table.get_mut(code) {
                *slot = (bits >> (8 * group)) as u8;
            }
        }
    }
    Source::Coded(Coded {
        codes,
        tables,
        has_unknown,
    })
}

fn numbers(array: &ArrayRef) -> Result<Numbers<'_>, BatchError> {
    Ok(match array.data_type() {
        DataType::Int8 => Numbers::I8(array.as_primitive::<Int8Type>().values()),
        DataType::Int16 => Numbers::I16(array.as_primitive::<Int16Type>().values()),
        DataType::Int32 => Numbers::I32(array.as_primitive::<Int32Type>().values()),
        DataType::Int64 => Numbers::I64(array.as_primitive::<Int64Type>().values()),
        DataType::UInt8 => Numbers::U8(array.as_primitive::<UInt8Type>().values()),
        DataType::UInt16 => Numbers::U16(array.as_primitive::<UInt16Type>().values()),
        DataType::UInt32 => Numbers::U32(array.as_primitive::<UInt32Type>().values()),
        DataType::UInt64 => Numbers::U64(array.as_primitive::<UInt64Type>().values()),
        DataType::Float32 => Numbers::Own(
            array
                .as_primitive::<Float32Type>()
                .values()
                .iter()
                .map(|number| whole(f64::from(*number)))
                .collect(),
        ),
        DataType::Float64 => Numbers::Own(
            array
                .as_primitive::<Float64Type>()
                .values()
                .iter()
                .map(|number| whole(*number))
                .collect(),
        ),
        _ => return Err(changed(array)),
    })
}

/// A whole number that came as a floating-point one; anything else becomes a number that no fact has.
fn whole(number: f64) -> i64 {
    if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) {
        number as i64
    } else {
        -1
    }
}

fn keys(array: &ArrayRef) -> Result<Numbers<'_>, BatchError> {
    let DataType::Dictionary(key, _) = array.data_type() else {
        return Err(changed(array));
    };
    Ok(match key.as_ref() {
        DataType::Int8 => Numbers::I8(array.as_dictionary::<Int8Type>().keys().values()),
        DataType::Int16 => Numbers::I16(array.as_dictionary::<Int16Type>().keys().values()),
        DataType::Int32 => Numbers::I32(array.as_dictionary::<Int32Type>().keys().values()),
        DataType::Int64 => Numbers::I64(array.as_dictionary::<Int64Type>().keys().values()),
        DataType::UInt8 => Numbers::U8(array.as_dictionary::<UInt8Type>().keys().values()),
        DataType::UInt16 => Numbers::U16(array.as_dictionary::<UInt16Type>().keys().values()),
        DataType::UInt32 => Numbers::U32(array.as_dictionary::<UInt32Type>().keys().values()),
        DataType::UInt64 => Numbers::U64(array.as_dictionary::<UInt64Type>().keys().values()),
        _ => return Err(changed(array)),
    })
}

/// The texts of a column, null where there is none.
pub fn texts_of(array: &ArrayRef) -> Result<Vec<Option<&str>>, BatchError> {
    Ok(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().iter().collect(),
        DataType::LargeUtf8 => array.as_string::<i64>().iter().collect(),
        DataType::Utf8View => array.as_string_view().iter().collect(),
        _ => return Err(changed(array)),
    })
}

fn changed(array: &ArrayRef) -> BatchError {
    BatchError::Format(format!(
        "a column changes its type to {} within the input; write the file anew with one type a column",
        array.data_type()
    ))
}
