//! The statement: from a table of people to one status a position.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use sapar_law::diagrams::{Layout, LayoutKind};
use sapar_law::explain::limit_words;
use sapar_law::limits::compare;
use sapar_law::{ActId, ActorId, Engine, LimitDef, PositionId, ValueKind};
use sapar_messages::{Language, Messages};

use crate::columns::{CAN_OCCUR, Columns, columns};
use crate::condition::ConditionId;
use crate::dialect::Dialect;
use crate::name::{Names, column_of_fact, name_of_position};
use crate::plan::{Asked, Plan};
use crate::text::{Writer, value_names};

/// What the statement is to answer, and for which table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What stands after `FROM`: a table, or whatever the engine reads as one.
    pub table: String,
    /// The column that tells rows apart; it is given back with the answers.
    pub key: String,
    /// Only these acts; all where none is named.
    pub acts: Vec<ActId>,
    /// Only these bearers and their parts; all where none is named.
    pub bearers: Vec<ActorId>,
    /// Whether the strongest limits of what is certain are given too.
    pub limits: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            table: "people".to_owned(),
            key: "id".to_owned(),
            acts: Vec::new(),
            bearers: Vec::new(),
            limits: false,
        }
    }
}

/// One statement, and what its answers are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The SQL text, ending in a semicolon and a line break.
    pub text: String,
    /// The column of each position.
    pub columns: Vec<(PositionId, String)>,
    /// The columns of limits, of the positions that have norms with limits, where they were asked for.
    pub limit_columns: Vec<(PositionId, String)>,
}

/// Why no statement can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SqlError {
    /// The order has no position about these acts and bearers.
    NoPosition,
    /// The engine does not take a statement with so many columns.
    TooManyColumns {
        /// Columns needed.
        columns: usize,
        /// Columns the engine takes.
        columns_max: usize,
    },
    /// The key column has the name of a fact's column.
    KeyIsFact {
        /// The name.
        key: String,
    },
}

impl std::fmt::Display for SqlError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoPosition => write!(
                formatter,
                "no norm of this order on this day is about the acts and bearers named; leave out --act or --bearer to see all positions"
            ),
            Self::TooManyColumns {
                columns,
                columns_max,
            } => write!(
                formatter,
                "the statement needs {columns} columns and the engine takes {columns_max}; ask for fewer positions with --act or --bearer"
            ),
            Self::KeyIsFact { key } => write!(
                formatter,
                "`{key}` is the column of a fact and cannot tell rows apart; name another column with --key"
            ),
        }
    }
}

impl std::error::Error for SqlError {}

/// The column that says of each row whether it can be answered.
pub const ROW_COLUMN: &str = "row_state";

/// The positions that the options ask about.
#[must_use]
pub fn positions(engine: &Engine, options: &Options) -> Vec<PositionId> {
    let library = engine.library();
    engine
        .position_ids()
        .filter(|(_, position)| {
            let act = options.acts.is_empty() || options.acts.contains(&position.act);
            let bearer = options.bearers.is_empty()
                || options
                    .bearers
                    .iter()
                    .any(|whole| library.actor_contains(*whole, position.bearer));
            act && bearer
        })
        .map(|(id, _)| id)
        .collect()
}

/// One statement that gives, for each row of a table, the status of every position asked about.
///
/// The status is `certain`, `excluded` or `open` and equals [`Engine::evaluate`] for the facts of the row, an SQL `NULL`
/// being unknown. A row that contradicts the invariants, or holds a value that a fact cannot have, is answered
/// `contradictory` throughout; [`ROW_COLUMN`] says which of the two it is.
///
/// # Errors
/// When there is nothing to ask, the key is a fact, or the engine would not take the statement.
pub fn statement(
    engine: &Engine,
    dialect: Dialect,
    options: &Options,
) -> Result<Statement, SqlError> {
    let positions = positions(engine, options);
    if positions.is_empty() {
        return Err(SqlError::NoPosition);
    }
    let mut plan = Plan::new(engine, &positions);
    if !options.limits {
        plan = plan.without_norms();
    }
    let mut names = Names::default();
    for layout in engine.layouts() {
        names.keep(&column_of_fact(engine.library(), layout.fact));
    }
    for layout in engine.layouts() {
        if column_of_fact(engine.library(), layout.fact).eq_ignore_ascii_case(&options.key) {
            return Err(SqlError::KeyIsFact {
                key: options.key.clone(),
            });
        }
    }
    for name in [options.key.as_str(), ROW_COLUMN, CAN_OCCUR, VALUES_FIT] {
        names.keep(name);
    }
    let answers: Vec<(PositionId, String)> = positions
        .iter()
        .map(|id| (*id, names.give(&name_of_position(engine, *id))))
        .collect();
    let limits: Vec<(PositionId, String)> = positions
        .iter()
        .filter(|id| options.limits && has_limits(engine, **id))
        .map(|id| {
            let wanted = format!("{}_limits", name_of_position(engine, *id));
            (*id, names.give(&wanted))
        })
        .collect();
    let columns = columns(engine, &mut plan, &mut names);
    let wide = engine.layouts().len() + columns.names.len() + 3;
    if wide > dialect.columns_max() {
        return Err(SqlError::TooManyColumns {
            columns: wide,
            columns_max: dialect.columns_max(),
        });
    }
    let places = plan.places();
    let text = Text {
        places: &places,
        engine,
        dialect,
        options,
        plan: &plan,
        columns: &columns,
        answers: &answers,
        limits: &limits,
    };
    Ok(Statement {
        text: text.write(),
        columns: answers,
        limit_columns: limits,
    })
}

const VALUES_FIT: &str = "values_fit";

struct Text<'s> {
    places: &'s BTreeSet<u32>,
    engine: &'s Engine,
    dialect: Dialect,
    options: &'s Options,
    plan: &'s Plan,
    columns: &'s Columns,
    answers: &'s [(PositionId, String)],
    limits: &'s [(PositionId, String)],
}

impl Text<'_> {
    fn write(&self) -> String {
        let writer = Writer {
            engine: self.engine,
            conditions: &self.plan.conditions,
            columns: self.columns,
            dialect: self.dialect,
        };
        let mut text = self.head();
        let fence = self.dialect.fence();
        let _ = write!(
            text,
            "WITH\n\
             -- Values that the law knows. NULL is unknown and always fits.\n\
             step_0 AS (\n  SELECT\n    {},\n    {} AS {VALUES_FIT}\n  FROM {}{fence}\n)",
            self.read_columns(),
            self.values_fit(),
            self.options.table,
        );
        for (number, step) in (1..).zip(&self.columns.steps) {
            let _ = write!(text, ",\nstep_{number} AS (\n  SELECT *");
            for column in step {
                if let Some(says) = &column.says {
                    let _ = write!(text, ",\n    -- {}\n    ", one_line(says));
                } else {
                    text.push_str(",\n    ");
                }
                let _ = write!(
                    text,
                    "{} AS {}",
                    writer.define(column.id, 4),
                    self.dialect.name(&column.name)
                );
            }
            let _ = write!(text, "\n  FROM step_{}{fence}\n)", number - 1);
        }
        let last = self.columns.steps.len();
        let _ = write!(
            text,
            ",\n-- Whether the row breaks no invariant: something that cannot be, by the meaning of the words.\n\
             answered AS (\n  SELECT *,\n    ({VALUES_FIT} AND {}) AS {CAN_OCCUR}\n  FROM step_{last}{fence}\n)\n",
            writer.refer(self.plan.can_occur, 4)
        );
        let key = self.dialect.name(&self.options.key);
        let _ = write!(
            text,
            "SELECT\n  {key},\n  CASE WHEN NOT {VALUES_FIT} THEN 'value outside its bounds' WHEN NOT {CAN_OCCUR} THEN 'contradictory' \
             ELSE 'possible' END AS {ROW_COLUMN}"
        );
        for (asked, (id, name)) in self.plan.asked.iter().zip(self.answers) {
            text.push_str(",\n");
            text.push_str(&self.norms(*id));
            let _ = write!(
                text,
                "  CASE WHEN NOT {CAN_OCCUR} THEN 'contradictory'{} END AS {}",
                self.status(&writer, *asked),
                self.dialect.name(name)
            );
        }
        for (id, name) in self.limits {
            let _ = write!(
                text,
                ",\n  CASE WHEN {CAN_OCCUR} THEN NULLIF(CONCAT_WS('; '{}), '') END AS {}",
                self.strongest(&writer, *id),
                self.dialect.name(name)
            );
        }
        text.push_str("\nFROM answered;\n");
        text
    }

    /// Each limit of a position's norms, where its norm is certain and no norm with a stronger limit is.
    fn strongest(&self, writer: &Writer<'_>, id: PositionId) -> String {
        let library = self.engine.library();
        let messages = Messages::new(Language::English);
        let limits: Vec<(LimitDef, ConditionId)> = self
            .engine
            .position(id)
            .norms
            .iter()
            .filter_map(|norm| self.plan.norms.iter().find(|(known, _)| known == norm))
            .flat_map(|(norm, can_fail)| {
                let own = library.norm(*norm).limits.iter();
                own.map(|limit| (*limit, *can_fail))
            })
            .collect();
        let mut text = String::new();
        for (at, (limit, can_fail)) in limits.iter().enumerate() {
            let mut when = vec![format!("NOT {}", writer.refer(*can_fail, 8))];
            let mut beaten = false;
            for (other_at, (other, other_can_fail)) in limits.iter().enumerate() {
                let stronger = match compare(*other, *limit) {
                    Some(Ordering::Greater) => true,
                    // Of limits as strong as each other the first is told.
                    Some(Ordering::Equal) => other_at < at,
                    _ => false,
                };
                // A norm with both limits is certain together with itself.
                beaten |= stronger && other_can_fail == can_fail;
                if stronger {
                    let other = writer.refer(*other_can_fail, 8);
                    if !when.contains(&other) {
                        when.push(other);
                    }
                }
            }
            if beaten {
                continue;
            }
            let _ = write!(
                text,
                ",\n    CASE WHEN {} THEN {} END",
                when.join(" AND "),
                self.dialect
                    .text(&one_line(&limit_words(library, *limit, &messages)))
            );
        }
        text
    }

    /// The branches that tell the status of a position in a row that can occur.
    fn status(&self, writer: &Writer<'_>, asked: Asked) -> String {
        let can_fail = writer.refer(asked.can_fail, 6);
        let can_hold = writer.refer(asked.can_hold, 6);
        match (asked.can_hold, asked.can_fail) {
            (_, ConditionId::NEVER) => "\n    ELSE 'certain'".to_owned(),
            (ConditionId::NEVER, _) => "\n    ELSE 'excluded'".to_owned(),
            (ConditionId::ALWAYS, _) => {
                format!("\n    WHEN {can_fail} THEN 'open'\n    ELSE 'certain'")
            }
            (_, ConditionId::ALWAYS) => {
                format!("\n    WHEN {can_hold} THEN 'open'\n    ELSE 'excluded'")
            }
            _ => format!(
                "\n    WHEN NOT {can_fail} THEN 'certain'\n    WHEN {can_hold} THEN 'open'\n    ELSE 'excluded'"
            ),
        }
    }

    fn head(&self) -> String {
        let library = self.engine.library();
        let order = library.order(self.engine.order());
        let name = match self.dialect {
            Dialect::Postgres => "PostgreSQL",
            Dialect::DuckDb => "DuckDB",
            Dialect::Spark => "Spark SQL",
        };
        let mut text = format!(
            "-- {} on {}, for {name}. Made by `sapar law sql`; do not edit, make it again.\n\
             -- One row in, one row out: {} and, for each position, 'certain', 'open' or 'excluded';\n\
             -- 'contradictory' throughout where the row breaks an invariant or holds a value no fact can have.\n\
             -- A NULL is an unknown fact. `x IS NOT FALSE` reads \"x may be so\", and is never unknown itself,\n\
             -- so that no NULL spoils an answer; why the answers are exact is told in docs/scale-out.md.\n\
             -- The columns that are read, and how to make the table: `sapar law sql --create-table`.\n",
            order.id,
            self.engine.on(),
            one_line(&self.options.key)
        );
        let cut: Vec<String> = self
            .answers
            .iter()
            .filter(|(id, name)| name_of_position(self.engine, *id) != *name)
            .map(|(id, name)| format!("--   {name} = {}\n", name_of_position(self.engine, *id)))
            .collect();
        if !cut.is_empty() {
            text.push_str("-- Names too long for PostgreSQL, or not free, were shortened:\n");
            text.extend(cut);
        }
        text
    }

    /// The norms of a position, each with its article.
    fn norms(&self, id: PositionId) -> String {
        let library = self.engine.library();
        let position = self.engine.position(id);
        let mut text = String::new();
        for norm in &position.norms {
            let norm = library.norm(*norm);
            let instrument = library.instrument(norm.instrument);
            let _ = writeln!(
                text,
                "  -- {}/{}: {}, {}",
                instrument.id,
                norm.id,
                one_line(&instrument.title.en),
                one_line(&norm.provision)
            );
        }
        text
    }

    /// The key and the facts that are asked about: a further column of the table, whatever its name, must not be taken
    /// for one that the statement makes.
    fn read_columns(&self) -> String {
        let mut columns = vec![self.dialect.name(&self.options.key)];
        for (place, layout) in (0u32..).zip(self.engine.layouts()) {
            if self.places.contains(&place)
                || value_check(self.engine, self.dialect, layout).is_some()
            {
                let column = column_of_fact(self.engine.library(), layout.fact);
                columns.push(self.dialect.name(&column));
            }
        }
        columns
            .chunks(4)
            .map(|line| line.join(", "))
            .collect::<Vec<_>>()
            .join(",\n    ")
    }

    fn values_fit(&self) -> String {
        let checks: Vec<String> = self
            .engine
            .layouts()
            .iter()
            .filter_map(|layout| value_check(self.engine, self.dialect, layout))
            .map(|check| format!("({check}) IS NOT FALSE"))
            .collect();
        if checks.is_empty() {
            return "TRUE".to_owned();
        }
        format!("({})", checks.join("\n      AND "))
    }
}

fn has_limits(engine: &Engine, id: PositionId) -> bool {
    let library = engine.library();
    let mut norms = engine.position(id).norms.iter();
    norms.any(|norm| !library.norm(*norm).limits.is_empty())
}

/// What the values of a column fulfil, where its type does not say it all; unknown for a `NULL`.
pub fn value_check(engine: &Engine, dialect: Dialect, layout: &Layout) -> Option<String> {
    let library = engine.library();
    let column = dialect.name(&column_of_fact(library, layout.fact));
    match (&library.fact(layout.fact).kind, &layout.kind) {
        (ValueKind::Number { from, to, .. }, LayoutKind::Number { .. }) => {
            Some(format!("{column} BETWEEN {from} AND {to}"))
        }
        (ValueKind::OneOf(_) | ValueKind::Country, _) => {
            let names: Vec<String> = value_names(engine, layout)
                .iter()
                .map(|name| dialect.text(name))
                .collect();
            Some(format!("{column} IN ({})", wrapped(&names)))
        }
        _ => None,
    }
}

/// A long list on several lines.
fn wrapped(names: &[String]) -> String {
    names
        .chunks(16)
        .map(|line| line.join(", "))
        .collect::<Vec<_>>()
        .join(",\n        ")
}

/// A text for a comment of one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
