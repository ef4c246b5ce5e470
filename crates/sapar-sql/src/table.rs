//! The table the statement reads.

use std::fmt::Write as _;

use sapar_law::{Engine, ValueKind};

use crate::dialect::Dialect;
use crate::name::column_of_fact;
use crate::statement::{Options, SqlError, one_line, value_check};

/// A statement that makes the table, one column a fact, each with its question and the values it takes.
///
/// Every fact that any position of the order depends on has a column, whatever positions are asked about later.
///
/// # Errors
/// When the key column has the name of a fact's column.
pub fn create_table(
    engine: &Engine,
    dialect: Dialect,
    options: &Options,
) -> Result<String, SqlError> {
    let library = engine.library();
    let order = library.order(engine.order());
    let key = dialect.name(&options.key);
    let mut text = format!(
        "-- What may be known of a person: the facts that {} on {} depends on. NULL is unknown, never no.\n\
         -- Where a fact's question does not apply to a person, it stays NULL or is no.\n",
        order.id,
        engine.on()
    );
    if dialect == Dialect::Spark {
        text.push_str(
            "-- Spark checks no values here; the statement itself refuses what no fact can have.\n",
        );
    }
    let _ = writeln!(text, "CREATE TABLE {} (", options.table);
    let key_type = match dialect {
        Dialect::Spark => "BIGINT NOT NULL",
        Dialect::Postgres | Dialect::DuckDb => "BIGINT PRIMARY KEY",
    };
    let _ = write!(text, "  {key} {key_type}");
    let mut comments = String::new();
    for layout in engine.layouts() {
        let name = column_of_fact(library, layout.fact);
        if name.eq_ignore_ascii_case(&options.key) {
            return Err(SqlError::KeyIsFact {
                key: options.key.clone(),
            });
        }
        let column = dialect.name(&name);
        let fact = library.fact(layout.fact);
        let kind = match (&fact.kind, dialect) {
            (ValueKind::YesNo, _) => "BOOLEAN",
            (ValueKind::Number { .. }, Dialect::Spark) => "INT",
            (ValueKind::Number { .. }, _) => "INTEGER",
            (_, Dialect::Spark) => "STRING",
            _ => "TEXT",
        };
        let says = format!(
            "{}. {} ({})",
            one_line(&fact.label.en),
            one_line(&fact.question.en),
            library.values_in_words(layout.fact)
        );
        let _ = write!(text, ",\n  {column} {kind}");
        if dialect == Dialect::Spark {
            let _ = write!(text, " COMMENT {}", dialect.text(&says));
            continue;
        }
        if let Some(check) = value_check(engine, dialect, layout) {
            let _ = write!(text, " CHECK ({check})");
        }
        let _ = writeln!(
            comments,
            "COMMENT ON COLUMN {}.{column} IS {};",
            options.table,
            dialect.text(&says)
        );
    }
    text.push_str("\n)");
    if dialect == Dialect::Spark {
        text.push_str(" USING PARQUET");
    }
    text.push_str(";\n");
    text.push_str(&comments);
    Ok(text)
}
