//! Why rows cannot be answered, and what to do about it. Values are never repeated: they are personal data.

use sapar_law::EngineError;

/// Why a batch run stopped.
#[derive(Debug)]
pub enum BatchError {
    /// Columns that cannot be used.
    Columns(Vec<ColumnError>),
    /// A value its fact cannot have.
    Value(ValueInRow),
    /// The law cannot be compiled.
    Engine(EngineError),
    /// A file or a batch is not what its format says.
    Format(String),
    /// The files could not be read or written.
    Io(std::io::Error),
    /// Something else that was asked for cannot be done; what, and what to do.
    Request(String),
}

/// A column that cannot be used, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnError {
    /// The column's name, or that of a column that is missing.
    pub column: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// A value its fact cannot have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueInRow {
    /// The column's name.
    pub column: String,
    /// The row, from 1, without a header.
    pub row: u64,
    /// What the column can hold.
    pub expected: String,
}

impl std::fmt::Display for BatchError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BatchError::Columns(errors) => {
                for (index, error) in errors.iter().enumerate() {
                    if index > 0 {
                        formatter.write_str("\n")?;
                    }
                    write!(formatter, "column `{}` {}", error.column, error.message)?;
                }
                Ok(())
            }
            BatchError::Value(value) => write!(
                formatter,
                "row {}, column `{}`: this fact takes {}; mend the row, or count such values as unknown with --on-bad-value unknown",
                value.row, value.column, value.expected
            ),
            BatchError::Engine(error) => error.fmt(formatter),
            BatchError::Format(message) | BatchError::Request(message) => {
                formatter.write_str(message)
            }
            BatchError::Io(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for BatchError {}

impl From<EngineError> for BatchError {
    fn from(error: EngineError) -> Self {
        BatchError::Engine(error)
    }
}

impl From<std::io::Error> for BatchError {
    fn from(error: std::io::Error) -> Self {
        BatchError::Io(error)
    }
}

impl From<arrow_schema::ArrowError> for BatchError {
    fn from(error: arrow_schema::ArrowError) -> Self {
        match error {
            arrow_schema::ArrowError::IoError(_, error) => BatchError::Io(error),
            other => BatchError::Format(other.to_string()),
        }
    }
}

impl From<parquet::errors::ParquetError> for BatchError {
    fn from(error: parquet::errors::ParquetError) -> Self {
        BatchError::Format(error.to_string())
    }
}
