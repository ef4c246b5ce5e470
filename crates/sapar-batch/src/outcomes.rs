//! Answers as columns: for each position its status, and the strongest limits where it is certain.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Int8Builder, Int32Builder};
use arrow_array::types::{Int8Type, Int32Type};
use arrow_array::{ArrayRef, DictionaryArray, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use sapar_law::{Engine, LimitDef, Modality, Position};

use crate::bits::WORD_ROWS;
use crate::columns::slug;
use crate::error::BatchError;
use crate::program::Program;
use crate::worker::Block;

/// The name of a position's column: bearer, modality and act, with underscores for spaces.
#[must_use]
pub fn position_column(engine: &Engine, position: &Position) -> String {
    let library = engine.library();
    format!(
        "{}_{}_{}",
        slug(&library.actor(position.bearer).name),
        modality_word(position.modality),
        slug(&library.act(position.act).name)
    )
}

/// A modality as column names and tables have it.
pub fn modality_word(modality: Modality) -> &'static str {
    match modality {
        Modality::Must => "must",
        Modality::MustNot => "must_not",
        Modality::Should => "should",
        Modality::ShouldNot => "should_not",
        Modality::May => "may",
    }
}

/// What a status column can say, by key.
const STATUSES: [&str; 3] = ["certain", "open", "excluded"];
/// Key of `certain`; the next is `open`, then `excluded`.
const EXCLUDED: i8 = 2;

/// How answers become columns.
pub struct Outcomes {
    schema: SchemaRef,
    keep: Vec<String>,
    statuses: Arc<StringArray>,
    limit_words: Vec<Vec<String>>,
}

/// The columns of one batch, block after block.
pub struct Filling {
    contradictory: BooleanBuilder,
    statuses: Vec<Int8Builder>,
    limits: Vec<LimitColumn>,
}

struct LimitColumn {
    keys: Int32Builder,
    texts: Vec<String>,
    number_of: HashMap<u64, i32>,
}

impl Outcomes {
    /// Answers of a program, beside the columns of the input that are kept.
    ///
    /// `words` tells a limit in words, such as `within 3 working days from arrival`.
    ///
    /// # Errors
    /// When a kept column is not in the input or has the name of an outcome, or a position has more than 64 limits.
    pub fn new(
        program: &Program,
        input: &Schema,
        keep: &[String],
        words: impl Fn(LimitDef) -> String,
    ) -> Result<Self, BatchError> {
        let engine = program.engine();
        let mut fields: Vec<Field> = Vec::new();
        for name in keep {
            let field = input.field_with_name(name).map_err(|_| {
                BatchError::Request(format!(
                    "the input has no column `{name}` to keep; name one it has"
                ))
            })?;
            fields.push(field.clone());
        }
        fields.push(Field::new("contradictory", DataType::Boolean, false));
        let dictionary =
            |key: DataType| DataType::Dictionary(Box::new(key), Box::new(DataType::Utf8));
        let mut limit_words = Vec::new();
        for (position, limits) in engine.positions().iter().zip(program.limits()) {
            let name = position_column(engine, position);
            fields.push(Field::new(&name, dictionary(DataType::Int8), true));
            if !limits.is_empty() {
                if limits.len() > 64 {
                    return Err(BatchError::Request(format!(
                        "`{name}` can have {} limits, and 64 is the most; evaluate a part of the order",
                        limits.len()
                    )));
                }
                fields.push(Field::new(
                    format!("{name}_limit"),
                    dictionary(DataType::Int32),
                    true,
                ));
            }
            limit_words.push(limits.iter().map(|limit| words(limit.limit)).collect());
        }
        for name in keep {
            if fields.iter().filter(|field| field.name() == name).count() > 1 {
                return Err(BatchError::Request(format!(
                    "the kept column `{name}` is named twice or has the name of an outcome; rename it"
                )));
            }
        }
        Ok(Self {
            schema: Arc::new(Schema::new(fields)),
            keep: keep.to_vec(),
            statuses: Arc::new(StringArray::from_iter_values(STATUSES)),
            limit_words,
        })
    }

    /// The columns of the output.
    #[must_use]
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// An empty set of columns for the answers of one batch.
    pub fn begin(&self, rows: usize) -> Filling {
        Filling {
            contradictory: BooleanBuilder::with_capacity(rows),
            statuses: self
                .limit_words
                .iter()
                .map(|_| Int8Builder::with_capacity(rows))
                .collect(),
            limits: self
                .limit_words
                .iter()
                .map(|_| LimitColumn {
                    keys: Int32Builder::new(),
                    texts: Vec::new(),
                    number_of: HashMap::new(),
                })
                .collect(),
        }
    }

    /// Adds the answers of a block.
    pub fn add(&self, filling: &mut Filling, block: &Block<'_>) {
        let rows = block.rows.len();
        let possible = block.possible();
        for row in 0..rows {
            filling.contradictory.append_value(!bit(possible, row));
        }
        for (position, column) in filling.statuses.iter_mut().enumerate() {
            let (certain, open) = (block.certain(position), block.open(position));
            for row in 0..rows {
                if bit(possible, row) {
                    let certain = i8::from(bit(certain, row));
                    let open = i8::from(bit(open, row));
                    column.append_value(EXCLUDED - 2 * certain - open);
                } else {
                    column.append_null();
                }
            }
        }
        let program = block.program();
        for ((planes, words), column) in program
            .limits()
            .iter()
            .zip(&self.limit_words)
            .zip(&mut filling.limits)
        {
            if planes.is_empty() {
                continue;
            }
            let planes: Vec<_> = planes.iter().map(|plane| block.limit(plane)).collect();
            for row in 0..rows {
                let set = planes.iter().enumerate().fold(0u64, |set, (index, plane)| {
                    set | u64::from(bit(plane, row)) << index
                });
                if set == 0 {
                    column.keys.append_null();
                    continue;
                }
                let texts = &mut column.texts;
                let key = *column.number_of.entry(set).or_insert_with(|| {
                    let mut told: Vec<&str> = Vec::new();
                    for (index, word) in words.iter().enumerate() {
                        if set >> index & 1 == 1 && !told.contains(&word.as_str()) {
                            told.push(word);
                        }
                    }
                    texts.push(told.join("; "));
                    i32::try_from(texts.len() - 1).unwrap_or(i32::MAX)
                });
                column.keys.append_value(key);
            }
        }
    }

    /// The finished columns, beside those of the input that are kept.
    ///
    /// # Errors
    /// When the input lost a kept column.
    pub fn finish(
        &self,
        mut filling: Filling,
        input: &RecordBatch,
    ) -> Result<RecordBatch, BatchError> {
        let mut columns: Vec<ArrayRef> = Vec::new();
        for name in &self.keep {
            let column = input.column_by_name(name).ok_or_else(|| {
                BatchError::Format(format!("a part of the input has no column `{name}`"))
            })?;
            columns.push(Arc::clone(column));
        }
        columns.push(Arc::new(filling.contradictory.finish()));
        for ((mut status, mut limit), words) in filling
            .statuses
            .into_iter()
            .zip(filling.limits)
            .zip(&self.limit_words)
        {
            columns.push(Arc::new(DictionaryArray::<Int8Type>::try_new(
                status.finish(),
                Arc::clone(&self.statuses) as ArrayRef,
            )?));
            if !words.is_empty() {
                let texts = StringArray::from_iter_values(&limit.texts);
                columns.push(Arc::new(DictionaryArray::<Int32Type>::try_new(
                    limit.keys.finish(),
                    Arc::new(texts),
                )?));
            }
        }
        Ok(RecordBatch::try_new(Arc::clone(&self.schema), columns)?)
    }
}

fn bit(words: &[u64], row: usize) -> bool {
    words
        .get(row / WORD_ROWS)
        .is_some_and(|word| word >> (row % WORD_ROWS) & 1 == 1)
}
