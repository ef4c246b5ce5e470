//! Law over millions of cases: columnar, bit-parallel, exact with unknown facts.
//!
//! [`Program::new`] compiles an engine's law; a [`Worker`] runs it over Arrow batches.

mod bits;
mod code;
mod columns;
mod error;
mod gates;
mod load;
mod meaning;
mod planes;
mod program;
mod reach;
mod worker;

pub use columns::{Columns, FactColumns, column_name, slug};
pub use error::{BatchError, ColumnError, ValueInRow};
pub use load::BadValue;
pub use program::{LimitPlane, Program};
pub use worker::{Block, Worker};
