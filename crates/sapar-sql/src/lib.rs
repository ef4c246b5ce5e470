//! A legal order as one SQL statement, so that an existing database or cluster evaluates a nation's records.
//!
//! [`statement`] writes it for PostgreSQL, DuckDB or Spark; [`create_table`] writes the table it reads.
//! A fact is a column, named as [`column_of_fact`] says, and a `NULL` is unknown.
//! The answer for every position is `certain`, `open` or `excluded` and equals [`sapar_law::Engine::evaluate`],
//! invariants included, for every row; how SQL's three truth values would fall short of that, and what is done
//! instead, is told in the module of conditions and in `docs/scale-out.md`.
//!
//! [`Plan`] is the form between the law and the text; it can be asked without a database.
//!
//! What is not said: limits in time, norms and explanations. Facts known as a range are not supported in a table:
//! a number is known exactly or not at all.

mod columns;
mod condition;
mod dialect;
mod exact;
mod name;
mod plan;
mod reading;
mod statement;
mod table;
mod text;
mod tidy;

pub use dialect::Dialect;
pub use name::{NAME_BYTES_MAX, column_of_fact, name_of_position};
pub use plan::{Asked, Plan};
pub use statement::{Options, ROW_COLUMN, SqlError, Statement, positions, statement};
pub use table::create_table;
