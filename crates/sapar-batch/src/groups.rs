//! Rows told apart by the texts of some columns.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;

use crate::error::BatchError;

/// The most groups a count may have: it is for nationality or crossing point, not for a name.
pub const GROUPS_MAX: usize = 100_000;

/// The groups seen so far, each by the texts of its columns; a missing value is an empty text.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    columns: Vec<String>,
    keys: Vec<Vec<String>>,
    number_of: HashMap<Vec<String>, u32>,
}

impl Groups {
    /// Groups by these columns; without columns all rows are one group.
    pub fn new(columns: &[String]) -> Self {
        Self {
            columns: columns.to_vec(),
            ..Self::default()
        }
    }

    /// The texts of each group.
    pub fn keys(&self) -> &[Vec<String>] {
        &self.keys
    }

    /// The number of a group, which is new if it was not seen.
    pub fn number(&mut self, key: Vec<String>) -> Result<u32, BatchError> {
        if let Some(number) = self.number_of.get(&key) {
            return Ok(*number);
        }
        if self.keys.len() >= GROUPS_MAX {
            return Err(BatchError::Request(format!(
                "the columns {} tell more than {GROUPS_MAX} groups apart; count by columns with fewer values",
                self.columns.join(", ")
            )));
        }
        let number = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        self.keys.push(key.clone());
        self.number_of.insert(key, number);
        Ok(number)
    }

    /// The group of each row.
    ///
    /// # Errors
    /// When a column is missing, cannot be told as text, or there are too many groups.
    pub fn of_rows(&mut self, batch: &RecordBatch) -> Result<Vec<u32>, BatchError> {
        let mut combined: Vec<u32> = vec![0; batch.num_rows()];
        let mut columns: Vec<Vec<String>> = Vec::new();
        // Codes of the columns so far, made dense again with each column.
        let mut pairs: Vec<Vec<u32>> = vec![Vec::new()];
        for name in self.columns.clone() {
            let array = batch.column_by_name(&name).ok_or_else(|| {
                BatchError::Request(format!("the input has no column `{name}`; name one it has"))
            })?;
            let (codes, texts) = codes(array)?;
            let mut number_of: HashMap<(u32, u32), u32> = HashMap::new();
            let mut next: Vec<Vec<u32>> = Vec::new();
            let mut last = ((u32::MAX, u32::MAX), 0);
            for (slot, code) in combined.iter_mut().zip(codes) {
                let key = (*slot, code);
                if last.0 != key {
                    let number = *number_of.entry(key).or_insert_with(|| {
                        let mut longer = pairs.get(key.0 as usize).cloned().unwrap_or_default();
                        longer.push(code);
                        next.push(longer);
                        u32::try_from(next.len() - 1).unwrap_or(u32::MAX)
                    });
                    last = (key, number);
                }
                *slot = last.1;
            }
            pairs = next;
            columns.push(texts);
        }
        if batch.num_rows() == 0 {
            return Ok(combined);
        }
        let mut numbers = Vec::new();
        for codes in &pairs {
            let key = codes
                .iter()
                .zip(&columns)
                .map(|(code, texts)| texts.get(*code as usize).cloned().unwrap_or_default())
                .collect();
            numbers.push(self.number(key)?);
        }
        for slot in &mut combined {
            *slot = numbers.get(*slot as usize).copied().unwrap_or(0);
        }
        Ok(combined)
    }
}

/// A code for each row, and the text of each code.
fn codes(array: &ArrayRef) -> Result<(Vec<u32>, Vec<String>), BatchError> {
    if let DataType::Dictionary(_, value) = array.data_type() {
        // One key type for all, so that the codes below are simple.
        let wanted = DataType::Dictionary(Box::new(DataType::Int32), value.clone());
        let array = arrow_cast::cast(array, &wanted)?;
        let dictionary = array.as_dictionary::<Int32Type>();
        let values = arrow_cast::cast(dictionary.values(), &DataType::Utf8)?;
        let mut texts: Vec<String> = values
            .as_string::<i32>()
            .iter()
            .map(|text| text.unwrap_or("").to_owned())
            .collect();
        let none = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        texts.push(String::new());
        let codes = dictionary
            .keys()
            .iter()
            .map(|key| key.and_then(|key| u32::try_from(key).ok()).unwrap_or(none))
            .collect();
        return Ok((codes, texts));
    }
    let array = arrow_cast::cast(array, &DataType::Utf8)?;
    let mut number_of: HashMap<&str, u32> = HashMap::new();
    let mut texts = Vec::new();
    let codes = array
        .as_string::<i32>()
        .iter()
        .map(|text| {
            let text = text.unwrap_or("");
            *number_of.entry(text).or_insert_with(|| {
                texts.push(text.to_owned());
                u32::try_from(texts.len() - 1).unwrap_or(u32::MAX)
            })
        })
        .collect();
    Ok((codes, texts))
}
