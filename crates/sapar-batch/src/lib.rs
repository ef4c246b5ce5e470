//! Law over millions of cases: columnar, bit-parallel, exact with unknown facts.
//!
//! [`Program::new`] compiles an engine's law; a [`Worker`] runs it over Arrow batches.

mod bits;
mod code;
mod columns;
mod counts;
mod error;
mod files;
mod gates;
mod groups;
mod impact;
mod load;
mod meaning;
mod outcomes;
mod planes;
mod program;
mod reach;
mod sample;
mod stream;
mod worker;

pub use code::{BLOCK_ROWS, BLOCK_WORDS};
pub use columns::{Columns, FactColumns, column_name, slug};
pub use counts::{Counts, PositionCounts};
pub use error::{BatchError, ColumnError, ValueInRow};
pub use files::{
    BATCH_ROWS, Batches, Format, Input, Output, Part, columns_of, read, schema_for, write,
};
pub use groups::GROUPS_MAX;
pub use impact::{Change, Example, Impact, PositionImpact};
pub use load::BadValue;
pub use outcomes::{Outcomes, position_column};
pub use program::{LimitPlane, Program};
pub use sample::{Marginals, MarginalsError, Sampler};
pub use stream::{Run, Settings, Tally, count, impact, outcomes};
pub use worker::{Block, Started, Worker};
