//! What an Arrow column is to a fact.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::*;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_buffer::BooleanBuffer;
use arrow_schema::DataType;
use sapar_law::diagrams::{Layout, LayoutKind};
use sapar_law::{Knowledge, Library, ValueKind};

use super::coded::Coded;
use super::numbers::{Bound, Numbers, Thresholds};
use crate::error::BatchError;
use crate::planes::{PlacePlanes, PlaneKind};

/// Where the planes of a fact come from.
pub enum Source<'b> {
    Absent,
    YesNo(BooleanBuffer),
    Number(Numbers<'b>, Thresholds),
    /// Least and most, each with the rows in which it is given.
    Range(Option<Bound<'b>>, Option<Bound<'b>>, Thresholds),
    Coded(Coded<'b>),
}

pub fn column_of(batch: &RecordBatch, column: usize) -> Result<&ArrayRef, BatchError> {
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
pub fn source<'b>(
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

pub fn range<'b>(
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
