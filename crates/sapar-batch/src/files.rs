//! Parquet, Arrow and CSV, read in pieces and written in order.
//!
//! This crate opens no file: whoever calls hands over something that can be read, again and again for Parquet,
//! whose groups of rows are read by several threads.

use std::collections::{BTreeSet, VecDeque};
use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::ChunkReader;

use crate::error::BatchError;

/// Rows read at once: enough that a block's cost is small beside them, few enough for many in memory.
pub const BATCH_ROWS: usize = 65_536;
/// Rows of a group that is written: small enough that a reader can spread a million rows over its cores.
const GROUP_ROWS: usize = 262_144;

/// A format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Apache Parquet.
    Parquet,
    /// Arrow IPC: a file, or when reading also a stream.
    Arrow,
    /// Comma-separated values with a header.
    Csv,
}

impl Format {
    /// The format a file's ending stands for.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "parquet" | "pq" => Some(Format::Parquet),
            "arrow" | "ipc" | "feather" => Some(Format::Arrow),
            "csv" => Some(Format::Csv),
            _ => None,
        }
    }
}

/// Batches one after another.
pub type Batches = Box<dyn Iterator<Item = Result<RecordBatch, BatchError>> + Send>;

/// A part of an input that can be read by itself.
pub struct Part {
    /// The number of its first row, from 0.
    pub first_row: u64,
    open: Box<dyn FnOnce() -> Result<Batches, BatchError> + Send>,
}

impl Part {
    /// Rows that come from elsewhere than a file; `open` is called once, by the thread that takes the part.
    #[must_use]
    pub fn new(
        first_row: u64,
        open: impl FnOnce() -> Result<Batches, BatchError> + Send + 'static,
    ) -> Self {
        Self {
            first_row,
            open: Box::new(open),
        }
    }

    /// Its batches.
    ///
    /// # Errors
    /// When it cannot be opened or read.
    pub fn open(self) -> Result<Batches, BatchError> {
        (self.open)()
    }
}

/// A table to be read.
pub struct Input {
    /// Its columns, those that are read.
    pub schema: SchemaRef,
    /// Its rows, where the format tells.
    pub rows: Option<u64>,
    /// Its parts, in order.
    pub parts: VecDeque<Part>,
}

impl Input {
    /// Batches in memory, as one part.
    #[must_use]
    pub fn of_batches(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        let rows = batches.iter().map(|batch| batch.num_rows() as u64).sum();
        let open = move || Ok(Box::new(batches.into_iter().map(Ok)) as Batches);
        Self {
            schema,
            rows: Some(rows),
            parts: VecDeque::from([Part {
                first_row: 0,
                open: Box::new(open),
            }]),
        }
    }
}

/// What columns there are, before any row is read.
///
/// # Errors
/// When the input is not of this format.
pub fn columns_of<R: ChunkReader + Read + Seek + Send + 'static>(
    format: Format,
    mut file: R,
) -> Result<SchemaRef, BatchError> {
    match format {
        Format::Parquet => {
            let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())?;
            Ok(Arc::clone(metadata.schema()))
        }
        Format::Arrow => {
            if is_arrow_file(&mut file)? {
                Ok(arrow_ipc::reader::FileReader::try_new(file, None)?.schema())
            } else {
                Ok(arrow_ipc::reader::StreamReader::try_new(file, None)?.schema())
            }
        }
        Format::Csv => {
            let (schema, _) = arrow_csv::reader::Format::default()
                .with_header(true)
                .infer_schema(&mut file, Some(1))?;
            // Every value is read as text, so that `16-18` and `unknown` can be told.
            let fields: Vec<Field> = schema
                .fields()
                .iter()
                .map(|field| Field::new(field.name().trim(), DataType::Utf8, true))
                .collect();
            Ok(Arc::new(Schema::new(fields)))
        }
    }
}

/// Prepares an input of which only the columns named are read; `open` opens the file anew each time.
///
/// # Errors
/// When the input is not of this format.
pub fn read<R: ChunkReader + Read + Seek + Send + 'static>(
    format: Format,
    wanted: &BTreeSet<String>,
    open: impl Fn() -> std::io::Result<R> + Clone + Send + 'static,
) -> Result<Input, BatchError> {
    match format {
        Format::Parquet => read_parquet(wanted, open),
        Format::Arrow | Format::Csv => {
            let all = columns_of(format, open()?)?;
            let places: Vec<usize> = all
                .fields()
                .iter()
                .enumerate()
                .filter(|(_, field)| wanted.contains(field.name()))
                .map(|(place, _)| place)
                .collect();
            let schema = Arc::new(all.project(&places)?);
            let open = move || -> Result<Batches, BatchError> {
                let mut file = open()?;
                if format == Format::Csv {
                    let reader = arrow_csv::ReaderBuilder::new(all)
                        .with_header(true)
                        .with_batch_size(BATCH_ROWS / 4)
                        .with_projection(places)
                        .build(std::io::BufReader::with_capacity(1 << 20, file))?;
                    return Ok(Box::new(
                        reader.map(|batch| batch.map_err(BatchError::from)),
                    ));
                }
                if is_arrow_file(&mut file)? {
                    let reader = arrow_ipc::reader::FileReader::try_new(
                        std::io::BufReader::with_capacity(1 << 20, file),
                        Some(places),
                    )?;
                    return Ok(Box::new(
                        reader.map(|batch| batch.map_err(BatchError::from)),
                    ));
                }
                let reader = arrow_ipc::reader::StreamReader::try_new(
                    std::io::BufReader::with_capacity(1 << 20, file),
                    Some(places),
                )?;
                Ok(Box::new(
                    reader.map(|batch| batch.map_err(BatchError::from)),
                ))
            };
            Ok(Input {
                schema,
                rows: None,
                parts: VecDeque::from([Part {
                    first_row: 0,
                    open: Box::new(open),
                }]),
            })
        }
    }
}

fn read_parquet<R: ChunkReader + Send + 'static>(
    wanted: &BTreeSet<String>,
    open: impl Fn() -> std::io::Result<R> + Clone + Send + 'static,
) -> Result<Input, BatchError> {
    let file = open()?;
    let plain = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())?;
    // Texts are kept as Parquet stores them: a dictionary and numbers into it.
    let fields: Vec<Field> = plain
        .schema()
        .fields()
        .iter()
        .map(|field| match field.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Field::new(
                field.name(),
                DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
                field.is_nullable(),
            ),
            _ => field.as_ref().clone(),
        })
        .collect();
    let options = ArrowReaderOptions::new().with_schema(Arc::new(Schema::new(fields)));
    let metadata = ArrowReaderMetadata::load(&file, options)?;
    let places: Vec<usize> = metadata
        .schema()
        .fields()
        .iter()
        .enumerate()
        .filter(|(_, field)| wanted.contains(field.name()))
        .map(|(place, _)| place)
        .collect();
    let schema = Arc::new(metadata.schema().project(&places)?);
    let mask = ProjectionMask::roots(metadata.parquet_schema(), places);
    let mut parts = VecDeque::new();
    let mut first_row = 0;
    for (group, rows) in metadata
        .metadata()
        .row_groups()
        .iter()
        .map(|group| u64::try_from(group.num_rows()).unwrap_or(0))
        .enumerate()
    {
        let (open, metadata, mask) = (open.clone(), metadata.clone(), mask.clone());
        parts.push_back(Part {
            first_row,
            open: Box::new(move || {
                let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(open()?, metadata)
                    .with_projection(mask)
                    .with_row_groups(vec![group])
                    .with_batch_size(BATCH_ROWS)
                    .build()?;
                Ok(Box::new(reader.map(|batch| batch.map_err(BatchError::from))) as Batches)
            }),
        });
        first_row += rows;
    }
    Ok(Input {
        schema,
        rows: Some(first_row),
        parts,
    })
}

fn is_arrow_file(file: &mut (impl Read + Seek)) -> std::io::Result<bool> {
    let mut start = [0u8; 6];
    let mut read = 0;
    while let Some(rest) = start.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match file.read(rest)? {
            0 => break,
            more => read += more,
        }
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(&start == b"ARROW1")
}

/// A table being written.
pub struct Output<W: Write + Send>(Writer<W>);

enum Writer<W: Write + Send> {
    Parquet(Box<ArrowWriter<W>>),
    Arrow(Box<arrow_ipc::writer::FileWriter<W>>),
    Csv(Box<arrow_csv::Writer<W>>),
}

/// Begins a table; `about` is written into the file's metadata, where the format has any.
///
/// # Errors
/// When the format cannot hold such columns or the sink cannot be written.
pub fn write<W: Write + Send>(
    format: Format,
    sink: W,
    schema: &SchemaRef,
    about: &[(&str, String)],
) -> Result<Output<W>, BatchError> {
    Ok(Output(match format {
        Format::Parquet => {
            let about = about
                .iter()
                .map(|(key, value)| KeyValue::new((*key).to_owned(), value.clone()))
                .collect();
            let properties = WriterProperties::builder()
                .set_compression(Compression::SNAPPY)
                .set_max_row_group_row_count(Some(GROUP_ROWS))
                .set_key_value_metadata(Some(about))
                .build();
            let writer = ArrowWriter::try_new(sink, Arc::clone(schema), Some(properties))?;
            Writer::Parquet(Box::new(writer))
        }
        Format::Arrow => {
            let options = arrow_ipc::writer::IpcWriteOptions::default();
            let mut writer =
                arrow_ipc::writer::FileWriter::try_new_with_options(sink, schema, options)?;
            for (key, value) in about {
                writer.write_metadata(*key, value);
            }
            Writer::Arrow(Box::new(writer))
        }
        Format::Csv => Writer::Csv(Box::new(arrow_csv::Writer::new(sink))),
    }))
}

impl<W: Write + Send> Output<W> {
    /// Adds a batch.
    ///
    /// # Errors
    /// When the sink cannot be written.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), BatchError> {
        match &mut self.0 {
            Writer::Parquet(writer) => writer.write(batch)?,
            Writer::Arrow(writer) => {
                // An Arrow file holds one dictionary a column, and each batch has its own: texts are written whole.
                let (schema, columns) = unpacked(batch)?;
                writer.write(&RecordBatch::try_new(schema, columns)?)?;
            }
            Writer::Csv(writer) => writer.write(batch)?,
        }
        Ok(())
    }

    /// Ends the table and returns the sink, flushed.
    ///
    /// # Errors
    /// When the sink cannot be written.
    pub fn finish(self) -> Result<W, BatchError> {
        let mut sink = match self.0 {
            Writer::Parquet(writer) => writer.into_inner()?,
            Writer::Arrow(mut writer) => {
                writer.finish()?;
                writer.into_inner()?
            }
            Writer::Csv(writer) => writer.into_inner(),
        };
        sink.flush()?;
        Ok(sink)
    }
}

/// The schema as an Arrow file gets it: texts instead of dictionaries.
#[must_use]
pub fn schema_for(format: Format, schema: &SchemaRef) -> SchemaRef {
    if format != Format::Arrow {
        return Arc::clone(schema);
    }
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .map(|field| match field.data_type() {
            DataType::Dictionary(_, value) => {
                Field::new(field.name(), value.as_ref().clone(), field.is_nullable())
            }
            _ => field.as_ref().clone(),
        })
        .collect();
    Arc::new(Schema::new(fields))
}

fn unpacked(batch: &RecordBatch) -> Result<(SchemaRef, Vec<arrow_array::ArrayRef>), BatchError> {
    let schema = schema_for(Format::Arrow, &batch.schema());
    let columns = batch
        .columns()
        .iter()
        .zip(schema.fields())
        .map(|(column, field)| arrow_cast::cast(column, field.data_type()))
        .collect::<Result<Vec<_>, _>>()?;
    Ok((schema, columns))
}
