//! Columns of few values: each value is understood once, and each row looked up.

use arrow_buffer::ArrowNativeType;

use super::numbers::{Number, Numbers, with_slice};
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
    let mut meanings = [[0u8; WORD_ROWS]; BLOCK_WORDS];
    let (whole, rest) = codes.as_chunks::<WORD_ROWS>();
    for (meanings, rows) in meanings.iter_mut().zip(whole) {
        let mut found = [0u8; WORD_ROWS];
        meaning_of(rows, table, &mut found);
        *meanings = found;
    }
    if let Some(meanings) = meanings.get_mut(whole.len()) {
        meaning_of(rest, table, meanings);
    }
    for (bit, plane) in planes.enumerate() {
        let weight = 1u8 << bit;
        bits::each_word(meanings.as_flattened(), plane, |meanings, _| {
            let mut bytes = [0u8; WORD_ROWS];
            for (byte, meaning) in bytes.iter_mut().zip(meanings) {
                *byte = if meaning & weight != 0 { !0 } else { 0 };
            }
            collect.collect(&bytes)
        });
    }
}

/// The table's entry for each code; nothing for a code past its end.
#[inline(always)]
fn meaning_of<N: Number + ArrowNativeType>(codes: &[N], table: &[u8], meanings: &mut [u8]) {
    if table.len() > COMPARED_MAX {
        for (meaning, code) in meanings.iter_mut().zip(codes) {
            *meaning = table.get(code.as_usize()).copied().unwrap_or(0);
        }
        return;
    }
    for (code, entry) in (0..).zip(table) {
        let Some(code) = N::constant(code) else {
            continue;
        };
        for (meaning, row) in meanings.iter_mut().zip(codes) {
            *meaning |= if *row == code { *entry } else { 0 };
        }
    }
}
