//! `sapar law diff`: which situations two legal orders, or two days of one, treat differently.

use std::path::PathBuf;

use sapar_analysis::{Bounds, Change, Diff, PositionChange};
use sapar_law::Library;
use sapar_messages::{Language, Messages};
use serde_json::{Value, json};

use super::amend::Format;
use super::order_at::{OrderAt, acts, analysis_failure, order_at};
use super::packages::Packages;
use super::told::{self, Teller};
use crate::ending::{Failure, Report};
use crate::progress;

/// What to compare.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar law diff kazakhstan@2016-06-06 kazakhstan           what changed since June 2016
  sapar law diff latvia portugal --act \"detain\"             two states on one act
  sapar law diff kazakhstan@2016-06-06 kazakhstan --format json

Not lines are compared but what becomes of a person: a position that holds on one side only,
or on both with other limits. Ends with 1 when there is a difference.")]
pub struct Arguments {
    /// The first order, with a day or as of today
    #[arg(value_name = "ORDER[@DATE]", value_parser = order_at)]
    first: OrderAt,
    /// The second order, with a day or as of today
    #[arg(value_name = "ORDER[@DATE]", value_parser = order_at)]
    second: OrderAt,
    /// Only these acts, separated by commas
    #[arg(long, value_name = "ACT", value_delimiter = ',')]
    act: Vec<String>,
    /// Folder of law packages [default: the packages inside this program]
    #[arg(long = "in", value_name = "FOLDER")]
    laws: Option<PathBuf>,
    /// Text for a reader, or JSON for a script
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Show long lists whole
    #[arg(long)]
    full: bool,
    /// The most nodes of the decision diagrams
    #[arg(long, value_name = "COUNT", default_value_t = Bounds::default().nodes_max)]
    nodes_max: usize,
}

/// Compares and reports.
pub fn run(arguments: &Arguments, language: Language) -> Result<Report, Failure> {
    let packages = Packages::read(arguments.laws.as_deref())?;
    let read = progress::during("reading the laws", || packages.unchecked());
    if let Some(report) = super::amend::mistakes(&read, arguments.format) {
        return Ok(report);
    }
    let library = &read.library;
    let first = (
        arguments.first.order(library)?,
        arguments.first.on_or_today(),
    );
    let second = (
        arguments.second.order(library)?,
        arguments.second.on_or_today(),
    );
    let wanted = acts(library, &arguments.act)?;
    let bounds = Bounds {
        nodes_max: arguments.nodes_max,
    };
    let diff = progress::during("comparing", || {
        Diff::new(library, first, second, &wanted, bounds)
    })
    .map_err(|error| analysis_failure(library, &error))?;
    let differs = !diff.changes.is_empty();
    if arguments.format == Format::Json {
        let changes: Vec<Value> = diff
            .changes
            .iter()
            .map(|change| change_json(library, change))
            .collect();
        let side = |(order, on): (sapar_law::OrderId, jiff::civil::Date)| json!({ "order": library.order(order).id, "on": on.to_string() });
        let value = json!({ "first": side(first), "second": side(second), "changes": changes });
        return Ok(Report::found(format!("{value:#}"), differs));
    }
    let teller = Teller {
        library,
        messages: Messages::new(language),
        full: arguments.full,
    };
    let label = |order| {
        let order: &sapar_law::OrderDef = library.order(order);
        order.label.get(language.code()).to_owned()
    };
    let mut lines = vec![teller.say(
        "diff-heading",
        &[
            ("first", &label(first.0)),
            ("first-date", &first.1.to_string()),
            ("second", &label(second.0)),
            ("second-date", &second.1.to_string()),
        ],
    )];
    for change in &diff.changes {
        lines.push(String::new());
        change_lines(&teller, change, "", &mut lines);
    }
    lines.push(String::new());
    lines.push(if differs {
        teller.count("diff-count", diff.changes.len(), &[])
    } else {
        teller.messages.text("diff-nothing")
    });
    Ok(Report::found(lines.join("\n") + "\n", differs))
}

/// A change of a position as indented lines.
pub fn change_lines(
    teller: &Teller<'_>,
    change: &PositionChange,
    indent: &str,
    lines: &mut Vec<String>,
) {
    let key = match change.change {
        Change::Begins => "change-begins",
        Change::Ends => "change-ends",
        Change::Stronger => "change-stronger",
        Change::Weaker => "change-weaker",
        Change::Other => "change-other-limit",
    };
    let position = teller.position(change.bearer, change.modality, change.act);
    let head = teller.say(key, &[("position", &position)]);
    lines.push(format!("{indent}{head}"));
    let indent = format!("{indent}  ");
    if !change.before.is_empty() || !change.after.is_empty() {
        let limits = teller.say(
            "change-limits",
            &[
                ("before", &teller.limits(&change.before)),
                ("after", &teller.limits(&change.after)),
            ],
        );
        lines.push(format!("{indent}{limits}"));
    }
    for (key, norms) in [
        ("change-norms-before", &change.norms_before),
        ("change-norms-after", &change.norms_after),
    ] {
        if !norms.is_empty() {
            let words = teller.say(key, &[("norms", &teller.norms(norms))]);
            lines.push(format!("{indent}{words}"));
        }
    }
    teller.situations(&change.situations, &indent, lines);
}

/// A change of a position for a script.
pub fn change_json(library: &Library, change: &PositionChange) -> Value {
    let english = Messages::new(Language::English);
    let limits = |limits: &[sapar_law::LimitDef]| -> Vec<String> {
        limits
            .iter()
            .map(|limit| sapar_law::explain::limit_words(library, *limit, &english))
            .collect()
    };
    json!({
        "change": change.change.slug(),
        "position": told::position_json(library, change.bearer, change.modality, change.act),
        "limits_before": limits(&change.before),
        "limits_after": limits(&change.after),
        "norms_before": told::norms_json(library, &change.norms_before),
        "norms_after": told::norms_json(library, &change.norms_after),
        "where": told::situations_json(library, &change.situations),
    })
}
