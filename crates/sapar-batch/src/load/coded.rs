//! Columns of few values: each value is understood once, and each row looked up.

use arrow_buffer::ArrowNativeType;

use super::numbers::{Number, Numbers, which, with_slice};
use crate::bits::{self, Collect, WORD_ROWS, Wide};
use crate::code::{BLOCK_WORDS, EMPTY, Register};

/// A column whose values are few: codes, and what each code means.
pub struct Coded<'b> {
    pub codes: Numbers<'b>,
    /// For each group of eight planes and each code: their bits. The plane past the last says that the value is none.
    pub tables: Vec<Vec<u8>>,
    /// A code stands for more than one class of values.
    pub has_unknown: bool,
}

impl Coded<'_> {
    /// Fills all planes; returns rows whose code stands for no value.
    pub fn fill(&self, row: usize, registers: &mut [Register]) -> Register {
        with_slice!(&self.codes, slice => {
            let rest = slice.get(row..).unwrap_or(&[]);
            bits::widest(LookedUp { codes: rest, tables: &self.tables, registers })
        })
    }
}

/// The most codes that are compared one by one, which vectors do faster than looking each row up.
const COMPARED_MAX: usize = 16;

/// The rows of a block whose codes are to be understood.
struct LookedUp<'a, N> {
    codes: &'a [N],
    tables: &'a [Vec<u8>],
    registers: &'a mut [Register],
}

impl<N: Number + ArrowNativeType> Wide for LookedUp<'_, N> {
    type Output = Register;

    #[inline(always)]
    fn run<C: Collect>(self, collect: C) -> Register {
        let mut bad = EMPTY;
        let (groups, rest) = self.registers.as_chunks_mut::<8>();
        let mut tables = self.tables.iter();
        for (group, table) in groups.iter_mut().zip(tables.by_ref()) {
            planes_of(collect, self.codes, table, group.iter_mut());
        }
        if let Some(table) = tables.next() {
            // The plane past the last.
            planes_of(
                collect,
                self.codes,
                table,
                rest.iter_mut().chain([&mut bad]),
            );
        }
        bad
    }
}

/// Fills one plane for each of the lowest bits of the table's entries.
#[inline(always)]
fn planes_of<'r, N: Number + ArrowNativeType, C: Collect>(
    collect: C,
    codes: &[N],
    table: &[u8],
    planes: impl Iterator<Item = &'r mut Register>,
) {
    let compared = table.len() <= COMPARED_MAX;
    let mut meanings = [[0u8; WORD_ROWS]; BLOCK_WORDS];
    if !compared {
        for (meaning, code) in meanings.as_flattened_mut().iter_mut().zip(codes) {
            *meaning = table.get(code.as_usize()).copied().unwrap_or(0);
        }
    }
    for (bit, plane) in planes.enumerate() {
        let weight = 1u8 << bit;
        if compared {
            *plane = EMPTY;
            for (code, entry) in (0..).zip(table) {
                if entry & weight != 0
                    && let Some(code) = N::constant(code)
                {
                    bits::each_word(codes, plane, |rows, word| {
                        word | which(collect, rows, |row| row == code)
                    });
                }
            }
        } else {
            bits::each_word(meanings.as_flattened(), plane, |meanings, _| {
                which(collect, meanings, |meaning| meaning & weight != 0)
            });
        }
    }
}
