//! The cases as columns.

use std::sync::Arc;

use arrow_array::types::Int8Type;
use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Int8Array, RecordBatch, StringArray, UInt8Array,
    UInt16Array,
};
use arrow_schema::{Field, Schema};

use crate::law::{CIRCUMSTANCES, Case, DOCUMENTS, NUMBERS, Random};

/// Rows of a batch, as they come from a file.
pub const BATCH_ROWS: usize = 65_536;

/// The columns, in the narrowest types that hold them.
pub struct Cases {
    /// Bits of each yes/no fact.
    pub yes: Vec<Vec<u64>>,
    pub age: Vec<u8>,
    pub days: Vec<u16>,
    pub stays: Vec<u8>,
    pub family: Vec<u8>,
    pub document: Vec<i8>,
    pub rows: usize,
}

impl Cases {
    pub fn make(rows: usize, seed: u64) -> Self {
        let mut random = Random(seed ^ 0x00ca_5e50);
        let words = rows.div_ceil(64);
        let mut numbers = |most: u32| -> Vec<u32> {
            (0..rows)
                .map(|_| random.below(most as usize + 1) as u32)
                .collect()
        };
        let [age, days, stays, family] = NUMBERS.map(|(_, _, most)| numbers(most));
        let document = numbers(DOCUMENTS.len() as u32 - 1);
        let yes = (0..CIRCUMSTANCES)
            .map(|_| {
                (0..words)
                    .map(|_| (random.below(1 << 32) as u64) << 32 | random.below(1 << 32) as u64)
                    .collect()
            })
            .collect();
        let narrow = |numbers: Vec<u32>| numbers.into_iter().map(|number| number as u8).collect();
        Self {
            yes,
            age: narrow(age),
            days: days.into_iter().map(|number| number as u16).collect(),
            stays: narrow(stays),
            family: narrow(family),
            document: document.into_iter().map(|number| number as i8).collect(),
            rows,
        }
    }

    pub fn bytes(&self) -> usize {
        self.yes.iter().map(|bits| bits.len() * 8).sum::<usize>() + self.rows * 6
    }

    /// Reads every byte once, eight at a time in as many sums: the machine's limit for one thread.
    pub fn sum_of_bytes(&self) -> u64 {
        fn words(words: &[u64]) -> u64 {
            let mut sums = [0u64; 32];
            for chunk in words.as_chunks::<32>().0 {
                for (sum, word) in sums.iter_mut().zip(chunk) {
                    *sum = sum.wrapping_add(*word);
                }
            }
            sums.iter().fold(0, |all, sum| all.wrapping_add(*sum))
        }
        fn bytes(bytes: &[u8]) -> u64 {
            let mut sums = [0u64; 32];
            for chunk in bytes.as_chunks::<8>().0.as_chunks::<32>().0 {
                for (sum, word) in sums.iter_mut().zip(chunk) {
                    *sum = sum.wrapping_add(u64::from_le_bytes(*word));
                }
            }
            sums.iter().fold(0, |all, sum| all.wrapping_add(*sum))
        }
        let mut sum = self
            .yes
            .iter()
            .fold(0u64, |sum, bits| sum.wrapping_add(words(bits)));
        for column in [&self.age, &self.stays, &self.family] {
            sum = sum.wrapping_add(bytes(column));
        }
        let mut sums = [0u64; 32];
        for chunk in self.days.as_chunks::<4>().0.as_chunks::<32>().0 {
            for (sum, four) in sums.iter_mut().zip(chunk) {
                let [a, b, c, d] = four.map(u64::from);
                *sum = sum.wrapping_add(a | b << 16 | c << 32 | d << 48);
            }
        }
        for chunk in self.document.as_chunks::<8>().0.as_chunks::<32>().0 {
            for (sum, eight) in sums.iter_mut().zip(chunk) {
                *sum = sum.wrapping_add(u64::from_le_bytes(eight.map(|code| code as u8)));
            }
        }
        sums.iter().fold(sum, |all, sum| all.wrapping_add(*sum))
    }

    pub fn case(&self, row: usize) -> Case {
        Case {
            yes: self
                .yes
                .iter()
                .map(|bits| bits[row / 64] >> (row % 64) & 1 == 1)
                .collect(),
            numbers: [
                u32::from(self.age[row]),
                u32::from(self.days[row]),
                u32::from(self.stays[row]),
                u32::from(self.family[row]),
            ],
            document: self.document[row] as usize,
        }
    }

    pub fn batches(&self) -> Vec<RecordBatch> {
        let mut fields = Vec::new();
        let mut arrays: Vec<ArrayRef> = Vec::new();
        for (place, bits) in self.yes.iter().enumerate() {
            let bytes: Vec<u8> = bits.iter().flat_map(|word| word.to_le_bytes()).collect();
            let buffer = arrow_array::builder::BooleanBufferBuilder::new_from_buffer(
                bytes.into(),
                self.rows,
            )
            .finish();
            fields.push((format!("circumstance_{}", place + 1), ()));
            arrays.push(Arc::new(BooleanArray::new(buffer, None)));
        }
        fields.push(("age".to_owned(), ()));
        arrays.push(Arc::new(UInt8Array::from(self.age.clone())));
        fields.push(("days_of_stay".to_owned(), ()));
        arrays.push(Arc::new(UInt16Array::from(self.days.clone())));
        fields.push(("earlier_stays".to_owned(), ()));
        arrays.push(Arc::new(UInt8Array::from(self.stays.clone())));
        fields.push(("family_size".to_owned(), ()));
        arrays.push(Arc::new(UInt8Array::from(self.family.clone())));
        fields.push(("travel_document".to_owned(), ()));
        let names: ArrayRef = Arc::new(StringArray::from_iter_values(DOCUMENTS));
        arrays.push(Arc::new(
            DictionaryArray::<Int8Type>::try_new(Int8Array::from(self.document.clone()), names)
                .expect("codes within the list"),
        ));
        let schema = Arc::new(Schema::new(
            fields
                .into_iter()
                .zip(&arrays)
                .map(|((name, ()), array)| Field::new(name, array.data_type().clone(), false))
                .collect::<Vec<_>>(),
        ));
        let whole = RecordBatch::try_new(schema, arrays).expect("columns of one length");
        (0..self.rows)
            .step_by(BATCH_ROWS)
            .map(|from| whole.slice(from, BATCH_ROWS.min(self.rows - from)))
            .collect()
    }
}
