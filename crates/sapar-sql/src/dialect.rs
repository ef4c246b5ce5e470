//! What PostgreSQL, DuckDB and Spark write differently.

/// An engine's way of writing SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// PostgreSQL, from version 12.
    Postgres,
    /// DuckDB, from version 1.0.
    DuckDb,
    /// Spark SQL, from version 3.4.
    Spark,
}

/// Words that at least one of the engines keeps for itself, among those a law could use as a name.
const RESERVED: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "anti",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "column",
    "commit",
    "constraint",
    "create",
    "cross",
    "current_date",
    "current_role",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "desc",
    "describe",
    "distinct",
    "do",
    "drop",
    "else",
    "end",
    "escape",
    "except",
    "exists",
    "false",
    "fetch",
    "filter",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "intersect",
    "interval",
    "into",
    "is",
    "isnull",
    "join",
    "lambda",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "pivot",
    "placing",
    "primary",
    "qualify",
    "references",
    "returning",
    "right",
    "select",
    "semi",
    "session_user",
    "show",
    "similar",
    "some",
    "summarize",
    "symmetric",
    "table",
    "tablesample",
    "then",
    "time",
    "to",
    "trailing",
    "true",
    "union",
    "unique",
    "unknown",
    "unpivot",
    "user",
    "using",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
];

impl Dialect {
    /// A name, quoted where the engines would misread it bare.
    pub fn name(self, name: &str) -> String {
        let mut letters = name.chars();
        let plain = letters
            .next()
            .is_some_and(|first| first.is_ascii_lowercase() || first == '_')
            && letters.all(|letter| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_'
            });
        if plain && RESERVED.binary_search(&name).is_err() {
            return name.to_owned();
        }
        match self {
            Dialect::Postgres | Dialect::DuckDb => format!("\"{}\"", name.replace('"', "\"\"")),
            Dialect::Spark => format!("`{}`", name.replace('`', "``")),
        }
    }

    /// A text as a literal.
    pub fn text(self, text: &str) -> String {
        match self {
            Dialect::Postgres | Dialect::DuckDb => format!("'{}'", text.replace('\'', "''")),
            // Spark reads two quotes side by side as two texts, and a backslash as the start of an escape.
            Dialect::Spark => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        }
    }

    /// What stops an engine from writing one step's expressions into the next, where they would be repeated
    /// at every use and grow without bound.
    pub fn fence(self) -> &'static str {
        match self {
            // PostgreSQL merges plain sub-queries, but none that has an offset.
            Dialect::Postgres => " OFFSET 0",
            // DuckDB and Spark do not merge where that would repeat work.
            Dialect::DuckDb | Dialect::Spark => "",
        }
    }

    /// The most columns that one step of the statement may have.
    pub fn columns_max(self) -> usize {
        match self {
            // PostgreSQL's own limit is 1,664 entries of a target list.
            Dialect::Postgres => 1600,
            Dialect::DuckDb | Dialect::Spark => 20_000,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_are_sorted_for_the_search() {
        assert!(RESERVED.is_sorted());
    }

    #[test]
    fn names_and_texts_are_quoted_as_each_engine_reads_them() {
        assert_eq!(Dialect::Postgres.name("age"), "age");
        assert_eq!(Dialect::Postgres.name("order"), "\"order\"");
        assert_eq!(Dialect::Spark.name("2nd"), "`2nd`");
        assert_eq!(Dialect::DuckDb.text("it's"), "'it''s'");
        assert_eq!(Dialect::Spark.text("it's"), "'it\\'s'");
    }
}
