//! Columns of few values: each value is understood once, and each row looked up.

use arrow_buffer::ArrowNativeType;

use super::numbers::{Number, Numbers, with_slice};
use crate::bits::{self, WORD_ROWS};
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
