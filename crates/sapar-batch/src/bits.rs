//! Bits of Arrow buffers as words, and bytes turned into planes of bits.

use arrow_buffer::BooleanBuffer;

use crate::code::{BLOCK_WORDS, EMPTY, Register};

/// Sixty-four rows.
pub const WORD_ROWS: usize = 64;

/// Reads the bits of a block that begins at `row`; bits past the end are no.
pub fn load(bits: &BooleanBuffer, row: usize, into: &mut Register) {
    let first = bits.offset() + row;
    let bytes = bits.inner().as_slice().get(first / 8..).unwrap_or(&[]);
    let shift = first % 8;
    let words = into.as_flattened_mut();
    let rows = bits.len().saturating_sub(row).min(BLOCK_WORDS * WORD_ROWS);
    let whole = rows / WORD_ROWS;
    if shift == 0 {
        for (word, eight) in words.iter_mut().zip(bytes.as_chunks::<8>().0).take(whole) {
            *word = u64::from_le_bytes(*eight);
        }
    } else {
        for (index, word) in words.iter_mut().enumerate().take(whole) {
            *word = shifted(bytes.get(index * 8..).unwrap_or(&[]), shift);
        }
    }
    if whole < words.len() {
        if let Some(rest) = words.get_mut(whole..) {
            rest.fill(0);
        }
        let left = rows % WORD_ROWS;
        if let Some(word) = words.get_mut(whole)
            && left > 0
        {
            *word = shifted(bytes.get(whole * 8..).unwrap_or(&[]), shift) & ((1 << left) - 1);
        }
    }
}

/// Sixty-four bits from `shift` on; bytes that are not there are noes.
fn shifted(bytes: &[u8], shift: usize) -> u64 {
    let mut nine = [0u8; 16];
    for (slot, byte) in nine.iter_mut().zip(bytes).take(9) {
        *slot = *byte;
    }
    // At most 64 + 7 bits of the 128 are looked at.
    (u128::from_le_bytes(nine) >> shift) as u64
}

/// The rows of a block that exist.
pub fn existing(rows: usize) -> Register {
    let mut register = EMPTY;
    for (index, word) in register.as_flattened_mut().iter_mut().enumerate() {
        let left = rows.saturating_sub(index * WORD_ROWS);
        *word = if left >= WORD_ROWS {
            !0
        } else {
            (1 << left) - 1
        };
    }
    register
}

/// Turns eight bits of each of 64 rows into 64 rows of each of eight bits.
#[inline(always)]
pub fn transpose(rows: &[u8; WORD_ROWS]) -> [u64; 8] {
    let mut lanes = [0u64; 8];
    for (lane, eight) in lanes.iter_mut().zip(rows.as_chunks::<8>().0) {
        *lane = u64::from_le_bytes(*eight);
    }
    // Within each lane: a square of eight by eight bits, mirrored on its diagonal (Warren, Hacker's Delight, 7-3).
    for lane in &mut lanes {
        let mut square = *lane;
        let swap = (square ^ (square >> 7)) & 0x00aa_00aa_00aa_00aa;
        square ^= swap ^ (swap << 7);
        let swap = (square ^ (square >> 14)) & 0x0000_cccc_0000_cccc;
        square ^= swap ^ (swap << 14);
        let swap = (square ^ (square >> 28)) & 0x0000_0000_f0f0_f0f0;
        square ^= swap ^ (swap << 28);
        *lane = square;
    }
    // Between lanes: byte `bit` of every lane belongs to plane `bit`.
    let mut planes = [0u64; 8];
    for (bit, plane) in planes.iter_mut().enumerate() {
        for (place, lane) in lanes.iter().enumerate() {
            *plane |= (lane >> (8 * bit) & 0xff) << (8 * place);
        }
    }
    planes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transposing_mirrors_rows_and_bits() {
        let mut rows = [0u8; 64];
        let mut state = 7u32;
        for row in &mut rows {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *row = (state >> 24) as u8;
        }
        let planes = transpose(&rows);
        for (row, byte) in rows.iter().enumerate() {
            for (bit, plane) in planes.iter().enumerate() {
                assert_eq!(plane >> row & 1, u64::from(byte >> bit & 1));
            }
        }
    }

    #[test]
    fn bits_are_read_from_any_offset_and_end() {
        let all: Vec<bool> = (0..5000u32).map(|row| row * row % 7 < 3).collect();
        let buffer = BooleanBuffer::from(all.clone());
        for offset in [0, 1, 7, 8, 63, 64, 65, 2049] {
            for length in [0, 1, 63, 64, 65, 2047, 2048, 2049, 2900] {
                let slice = buffer.slice(offset, length);
                for row in [0, 64, 2048] {
                    let mut register = [[!0; 8]; BLOCK_WORDS / 8];
                    load(&slice, row, &mut register);
                    let words = register.as_flattened();
                    for at in 0..BLOCK_WORDS * 64 {
                        let expected = row + at < length && all[offset + row + at];
                        assert_eq!(words[at / 64] >> (at % 64) & 1 == 1, expected);
                    }
                }
            }
        }
    }
}
