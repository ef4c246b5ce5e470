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
//! What is not said: which norm of several applies, conflicts and explanations. Facts known as a range are not
//! supported in a table: a number is known exactly or not at all.
//!
//! ```
//! use sapar_law::Engine;
//! use sapar_sql::{Dialect, Options, SqlError, create_table, statement};
//!
//! /// What a database needs: its table, and the statement that answers for it.
//! fn for_postgres(engine: &Engine) -> Result<(String, String), SqlError> {
//!     let options = Options {
//!         table: "border.people".to_owned(),
//!         key: "case_number".to_owned(),
//!         ..Options::default()
//!     };
//!     let table = create_table(engine, Dialect::Postgres, &options)?;
//!     let answers = statement(engine, Dialect::Postgres, &options)?;
//!     Ok((table, answers.text))
//! }
//! ```

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
