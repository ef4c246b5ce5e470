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
    if shift == 0
        && whole == BLOCK_WORDS
        && let Some(bytes) = bytes.first_chunk::<{ BLOCK_WORDS * 8 }>()
    {
        // Of a known length this is one copy without a loop.
        for (word, eight) in words.iter_mut().zip(bytes.as_chunks::<8>().0) {
            *word = u64::from_le_bytes(*eight);
        }
        return;
    }
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

/// Sixty-four bytes that each say yes (all bits set) or no (none) as one word; the first byte is the lowest bit.
///
/// Vector processors have an instruction for it, which the compiler does not find by itself.
pub trait Collect: Copy {
    /// The highest bit of each byte.
    fn collect(self, bytes: &[u8; WORD_ROWS]) -> u64;
}

/// Work that is compiled once for each width of vectors.
pub trait Wide {
    /// What it returns.
    type Output;
    /// Does it.
    fn run<C: Collect>(self, collect: C) -> Self::Output;
}

/// Any processor.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

impl Collect for Plain {
    #[inline(always)]
    fn collect(self, bytes: &[u8; WORD_ROWS]) -> u64 {
        let mut word = 0;
        for (place, eight) in bytes.as_chunks::<8>().0.iter().enumerate() {
            // The product brings the highest bit of byte `n` to bit `56 + n`, and no two sums meet above it.
            let highest = (u64::from_le_bytes(*eight) & 0x8080_8080_8080_8080) >> 7;
            word |= (highest.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * place);
        }
        word
    }
}

#[cfg(target_arch = "x86_64")]
impl Collect for pulp::x86::V3 {
    #[inline(always)]
    fn collect(self, bytes: &[u8; WORD_ROWS]) -> u64 {
        let halves: [[u8; 32]; 2] = pulp::cast(*bytes);
        let [low, high] = halves.map(|half| self.avx2._mm256_movemask_epi8(pulp::cast(half)));
        u64::from(low.cast_unsigned()) | u64::from(high.cast_unsigned()) << 32
    }
}

#[cfg(target_arch = "x86_64")]
impl Collect for pulp::x86::V4 {
    #[inline(always)]
    fn collect(self, bytes: &[u8; WORD_ROWS]) -> u64 {
        self.avx512bw._mm512_movepi8_mask(pulp::cast(*bytes))
    }
}

/// Does the work with the widest vectors this processor has.
pub fn widest<W: Wide>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    match pulp::Arch::new() {
        pulp::x86::Arch::V4(simd) => return simd.vectorize(OnVectors { simd, work }),
        pulp::x86::Arch::V3(simd) => return simd.vectorize(OnVectors { simd, work }),
        _ => {}
    }
    work.run(Plain)
}

#[cfg(target_arch = "x86_64")]
struct OnVectors<C, W> {
    simd: C,
    work: W,
}

#[cfg(target_arch = "x86_64")]
impl<C: Collect, W: Wide> pulp::NullaryFnOnce for OnVectors<C, W> {
    type Output = W::Output;

    #[inline(always)]
    fn call(self) -> W::Output {
        self.work.run(self.simd)
    }
}

/// How many bits are set.
pub fn count(words: &[u64]) -> u64 {
    widest(Ones(words, words))
}

/// How many bits are set in both.
pub fn both(left: &[u64], right: &[u64]) -> u64 {
    widest(Ones(left, right))
}

struct Ones<'a>(&'a [u64], &'a [u64]);

impl Wide for Ones<'_> {
    type Output = u64;

    #[inline(always)]
    fn run<C: Collect>(self, _: C) -> u64 {
        let mut ones = 0;
        for (left, right) in self.0.iter().zip(self.1) {
            ones += u64::from((left & right).count_ones());
        }
        ones
    }
}

/// Works out a word from each 64 rows of a block; rows past the last count as zeros.
#[inline(always)]
pub fn each_word<N: Copy + Default>(
    rows: &[N],
    into: &mut Register,
    word_of: impl Fn(&[N; WORD_ROWS], u64) -> u64,
) {
    let (whole, rest) = rows.as_chunks::<WORD_ROWS>();
    let words = into.as_flattened_mut();
    for (word, rows) in words.iter_mut().zip(whole) {
        *word = word_of(rows, *word);
    }
    if let Some(word) = words.get_mut(whole.len())
        && !rest.is_empty()
    {
        let mut rows = [N::default(); WORD_ROWS];
        for (slot, row) in rows.iter_mut().zip(rest) {
            *slot = *row;
        }
        *word = word_of(&rows, *word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Collected<'b>(&'b [u8; WORD_ROWS]);

    impl Wide for Collected<'_> {
        type Output = u64;

        fn run<C: Collect>(self, collect: C) -> u64 {
            collect.collect(self.0)
        }
    }

    #[test]
    fn every_processor_collects_the_highest_bits_in_order() {
        let mut state = 7u32;
        for _ in 0..100 {
            let bytes = [0u8; WORD_ROWS].map(|_: u8| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            });
            let mut expected = 0;
            for (row, byte) in bytes.iter().enumerate() {
                expected |= u64::from(byte >> 7) << row;
            }
            assert_eq!(Plain.collect(&bytes), expected);
            assert_eq!(widest(Collected(&bytes)), expected);
            #[cfg(target_arch = "x86_64")]
            if let Some(simd) = pulp::x86::V3::try_new() {
                assert_eq!(simd.collect(&bytes), expected);
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
