//! Numbers compared with the law's constants, many rows at a time.

use arrow_buffer::BooleanBuffer;

use super::words;
use crate::bits::{self, Collect, WORD_ROWS, Wide};
use crate::code::{BLOCK_WORDS, EMPTY, Register};

/// One end of a range, and the rows in which it is given.
pub struct Bound<'b> {
    pub numbers: Numbers<'b>,
    pub valid: Option<BooleanBuffer>,
}

/// Where the classes of a number begin, and which numbers are none.
pub struct Thresholds {
    pub starts: Vec<u32>,
    pub from: u32,
    pub to: u32,
}

/// A column of numbers as it lies in memory.
pub enum Numbers<'b> {
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
pub trait Number: Copy + PartialOrd + Default {
    /// The least number of the type.
    const LEAST: Self;
    /// The constant in this type; `None` where every number of the type is below it.
    fn constant(value: u32) -> Option<Self>;
    /// The number, if it is one of `u32`.
    fn value(self) -> Option<u32>;
}

macro_rules! number {
    ($($type:ty)*) => {$(
        impl Number for $type {
            const LEAST: Self = Self::MIN;

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
    pub fn fill(
        &self,
        row: usize,
        thresholds: &Thresholds,
        registers: &mut [Register],
    ) -> Register {
        with_slice!(self, slice => {
            let rest = slice.get(row..).unwrap_or(&[]);
            bits::widest(Compared { numbers: rest, thresholds, registers })
        })
    }

    fn get(&self, row: usize) -> Option<u32> {
        with_slice!(self, slice => slice.get(row).and_then(|number| number.value()))
    }
}

/// The rows of a block to be compared with thresholds.
struct Compared<'a, N> {
    numbers: &'a [N],
    thresholds: &'a Thresholds,
    registers: &'a mut [Register],
}

impl<N: Number> Wide for Compared<'_, N> {
    type Output = Register;

    #[inline(always)]
    fn run<C: Collect>(self, collect: C) -> Register {
        let Self {
            numbers,
            thresholds,
            registers,
        } = self;
        for (start, register) in thresholds.starts.iter().skip(1).zip(registers) {
            *register = EMPTY;
            if let Some(start) = N::constant(*start) {
                bits::each_word(numbers, register, |rows, _| {
                    which(collect, rows, |row| row >= start)
                });
            }
        }
        let mut bad = EMPTY;
        match N::constant(thresholds.from) {
            // No number of an unsigned type is below zero.
            Some(from) if from <= N::LEAST => {}
            Some(from) => {
                bits::each_word(numbers, &mut bad, |rows, _| {
                    !which(collect, rows, |row| row >= from)
                });
            }
            None => bad = [[!0; 8]; BLOCK_WORDS / 8],
        }
        if let Some(past) = thresholds.to.checked_add(1).and_then(N::constant) {
            bits::each_word(numbers, &mut bad, |rows, bad| {
                bad | which(collect, rows, |row| row >= past)
            });
        }
        bad
    }
}

/// Which of 64 rows are as wanted.
#[inline(always)]
pub fn which<N: Copy, C: Collect>(
    collect: C,
    rows: &[N; WORD_ROWS],
    wanted: impl Fn(N) -> bool,
) -> u64 {
    let mut bytes = [0u8; WORD_ROWS];
    for (byte, row) in bytes.iter_mut().zip(rows) {
        *byte = if wanted(*row) { !0 } else { 0 };
    }
    collect.collect(&bytes)
}

/// Fills the planes of a range: the most a number can be, then the least.
pub fn fill_range(
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

pub(super) use with_slice;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bits::Plain;

    /// The planes of these numbers as vectors and as any processor work them out, against plain comparisons.
    fn check<N: Number + std::fmt::Debug>(numbers: &[N], thresholds: &Thresholds) {
        let planes = thresholds.starts.len() - 1;
        let run = |plain: bool| {
            let mut registers = vec![[[!0; 8]; BLOCK_WORDS / 8]; planes];
            let work = Compared {
                numbers,
                thresholds,
                registers: &mut registers,
            };
            let bad = if plain {
                work.run(Plain)
            } else {
                bits::widest(work)
            };
            (registers, bad)
        };
        for plain in [false, true] {
            let (registers, bad) = run(plain);
            let bit = |register: &Register, row: usize| {
                register.as_flattened()[row / WORD_ROWS] >> (row % WORD_ROWS) & 1 == 1
            };
            for (row, number) in numbers.iter().take(BLOCK_WORDS * WORD_ROWS).enumerate() {
                let value = number.value();
                let is_bad =
                    value.is_none_or(|value| value < thresholds.from || value > thresholds.to);
                assert_eq!(bit(&bad, row), is_bad, "row {row}: {number:?}");
                for (register, start) in registers.iter().zip(&thresholds.starts[1..]) {
                    let reached = value.is_some_and(|value| value >= *start);
                    assert_eq!(bit(register, row), reached, "row {row}: {number:?}");
                }
            }
        }
    }

    #[test]
    fn numbers_of_every_type_reach_the_same_thresholds() {
        let mut state = 20_261_125u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 8
        };
        let thresholds = |starts: &[u32], from, to| Thresholds {
            starts: starts.to_vec(),
            from,
            to,
        };
        for thresholds in [
            thresholds(&[0, 18], 0, 120),
            thresholds(&[5, 6, 100, 128, 200, 256, 300], 5, 310),
            thresholds(&[0], 0, 255),
        ] {
            for length in [1, 63, 64, 65, 2047, 2048, 2100] {
                let numbers: Vec<u32> = (0..length).map(|_| next() % 400).collect();
                macro_rules! types {
                    ($($type:ty)*) => {$(
                        let cast: Vec<$type> = numbers.iter().map(|n| *n as $type).collect();
                        check(&cast, &thresholds);
                    )*};
                }
                types!(u8 u16 u32 u64 i8 i16 i32);
                let below: Vec<i64> = numbers.iter().map(|n| i64::from(*n) - 200).collect();
                check(&below, &thresholds);
            }
        }
    }
}
