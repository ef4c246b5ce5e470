//! `sapar law inspect`: what is wrong with one legal order by itself.

use std::path::PathBuf;

use sapar_analysis::{Bounds, Conflict, Finding, Inspection, Silence, Why};
use sapar_law::{Library, Modality, PreferredBy};
use sapar_messages::{Language, MessageValue, Messages};
use serde_json::{Value, json};

use super::amend::{Format, mistakes};
use super::order_at::{OrderAt, acts, analysis_failure, order_at};
use super::packages::Packages;
use super::told::{self, Teller};
use crate::ending::{Failure, Report};
use crate::progress;

/// What to look through.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar law inspect kazakhstan                        as of today
  sapar law inspect kazakhstan@2016-06-06             as of that day
  sapar law inspect kazakhstan --act \"detain\" --full  one act, long lists whole
  sapar law inspect latvia --format json

Ends with 1 when something is found. What each finding means is in docs/amendments.md.")]
pub struct Arguments {
    /// The order, with a day or as of today
    #[arg(value_name = "ORDER[@DATE]", value_parser = order_at)]
    order: OrderAt,
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

/// Looks through and reports.
pub fn run(arguments: &Arguments, language: Language) -> Result<Report, Failure> {
    let packages = Packages::read(arguments.laws.as_deref())?;
    let read = progress::during("reading the laws", || packages.unchecked());
    if let Some(report) = mistakes(&read, arguments.format) {
        return Ok(report);
    }
    let library = &read.library;
    let order = arguments.order.order(library)?;
    let on = arguments.order.on_or_today();
    let wanted = acts(library, &arguments.act)?;
    let bounds = Bounds {
        nodes_max: arguments.nodes_max,
    };
    let inspection = progress::during("looking the order through", || {
        Inspection::new(library, order, on, &wanted, bounds)
    })
    .map_err(|error| analysis_failure(library, &error))?;
    let found = !inspection.findings.is_empty();
    let text = match arguments.format {
        Format::Text => {
            let teller = Teller {
                library,
                messages: Messages::new(language),
                full: arguments.full,
            };
            as_text(&teller, &inspection)
        }
        Format::Json => format!("{:#}", as_json(library, &inspection)),
    };
    Ok(Report::found(text, found))
}

fn as_text(teller: &Teller<'_>, inspection: &Inspection) -> String {
    let order = teller.library.order(inspection.order);
    let label = order.label.get(teller.messages.language().code());
    let mut lines = vec![teller.say(
        "inspect-heading",
        &[("order", label), ("date", &inspection.on.to_string())],
    )];
    let mut last = "";
    for finding in &inspection.findings {
        let heading = heading(finding);
        if heading != last {
            lines.push(String::new());
            lines.push(teller.messages.text(heading));
            last = heading;
        }
        finding_lines(teller, finding, &mut lines);
    }
    lines.push(String::new());
    lines.push(if inspection.findings.is_empty() {
        teller.messages.text("inspect-nothing")
    } else {
        teller.count("inspect-count", inspection.findings.len(), &[])
    });
    lines.join("\n") + "\n"
}

fn heading(finding: &Finding) -> &'static str {
    match finding {
        Finding::Conflict(_) => "inspect-conflicts",
        Finding::Dead { .. } => "inspect-dead",
        Finding::Redundant { .. } => "inspect-redundant",
        Finding::Exception { .. } => "inspect-exceptions",
        Finding::Silence(_) => "inspect-silence",
        Finding::NoBearer { .. } => "inspect-bearers",
    }
}

fn finding_lines(teller: &Teller<'_>, finding: &Finding, lines: &mut Vec<String>) {
    let named = |norm| format!("{} ({})", teller.name(norm), teller.citation(norm));
    let line = match finding {
        Finding::Conflict(conflict) => return conflict_lines(teller, conflict, lines),
        Finding::Silence(silence) => return silence_lines(teller, silence, lines),
        Finding::Dead { norm, why } => {
            let norm = named(*norm);
            match why {
                Why::Impossible => teller.say("inspect-dead-impossible", &[("norm", &norm)]),
                Why::NoDay => teller.say("inspect-dead-no-day", &[("norm", &norm)]),
                Why::Overridden(by) => teller.say(
                    "inspect-dead-overridden",
                    &[("norm", &norm), ("norms", &teller.norms(by))],
                ),
            }
        }
        Finding::Redundant { norm, by } => teller.say(
            "inspect-redundant-norm",
            &[("norm", &named(*norm)), ("norms", &teller.norms(by))],
        ),
        Finding::Exception {
            norm,
            exception,
            why,
        } => {
            let name = named(*norm);
            let number = i64::try_from(exception + 1).unwrap_or(i64::MAX);
            let norms = match why {
                Why::Overridden(by) => teller.norms(by),
                _ => String::new(),
            };
            let key = if norms.is_empty() {
                "inspect-exception-impossible"
            } else {
                "inspect-exception-overridden"
            };
            teller.messages.text_with(
                key,
                &[
                    ("norm", name.as_str().into()),
                    ("number", MessageValue::from(number)),
                    ("norms", norms.as_str().into()),
                ],
            )
        }
        Finding::NoBearer { actor, norms } => {
            let actor = teller.library.actor(*actor);
            let label = actor.label.get(teller.messages.language().code());
            teller.say(
                "inspect-bearer",
                &[("actor", label), ("norms", &teller.norms(norms))],
            )
        }
    };
    lines.push(format!("  {line}"));
}

fn conflict_lines(teller: &Teller<'_>, conflict: &Conflict, lines: &mut Vec<String>) {
    let asks = teller.position(conflict.asks.0, conflict.asks.1, conflict.act);
    let forbids = teller.position(conflict.forbids, Modality::MustNot, conflict.act);
    let head = teller.say(
        "inspect-conflict",
        &[("asks", &asks), ("forbids", &forbids)],
    );
    lines.push(format!("  {head}"));
    for (key, norms) in [
        ("inspect-asking", &conflict.asking),
        ("inspect-forbidding", &conflict.forbidding),
    ] {
        let norms = teller.say(key, &[("norms", &teller.norms(norms))]);
        lines.push(format!("    {norms}"));
    }
    let preferred = match conflict.preferred {
        Some((side, why)) => {
            let position = match side {
                Modality::MustNot => &forbids,
                _ => &asks,
            };
            let key = match why {
                PreferredBy::Rank => "inspect-preferred",
                PreferredBy::LaterLaw => "inspect-preferred-later",
            };
            teller.say(key, &[("position", position)])
        }
        None => teller.messages.text("inspect-preferred-none"),
    };
    lines.push(format!("    {preferred}"));
    teller.situations(&conflict.situations, "    ", lines);
}

fn silence_lines(teller: &Teller<'_>, silence: &Silence, lines: &mut Vec<String>) {
    let label = |act| {
        let act: &sapar_law::ActDef = teller.library.act(act);
        act.label.get(teller.messages.language().code())
    };
    let head = teller.say("inspect-silence-act", &[("act", label(silence.act))]);
    lines.push(format!("  {head}"));
    let shown = if teller.full {
        silence.elsewhere.len()
    } else {
        2
    };
    for (norm, beside) in silence.elsewhere.iter().take(shown) {
        let line = teller.say(
            "inspect-silence-elsewhere",
            &[
                ("provision", &teller.citation(*norm)),
                ("act", label(*beside)),
            ],
        );
        lines.push(format!("    {line}"));
    }
    let related = teller.say(
        "inspect-silence-related",
        &[("norms", &teller.norms(&silence.related))],
    );
    lines.push(format!("    {related}"));
    teller.situations(&silence.situations, "    ", lines);
}

fn as_json(library: &Library, inspection: &Inspection) -> Value {
    let why = |why: &Why| match why {
        Why::Impossible => json!({ "why": "impossible" }),
        Why::NoDay => json!({ "why": "no-day" }),
        Why::Overridden(by) => {
            json!({ "why": "overridden", "by": told::norms_json(library, by) })
        }
    };
    let findings: Vec<Value> = inspection
        .findings
        .iter()
        .map(|finding| match finding {
            Finding::Conflict(conflict) => json!({
                "finding": "conflict",
                "asks": told::position_json(library, conflict.asks.0, conflict.asks.1, conflict.act),
                "forbids": told::position_json(library, conflict.forbids, Modality::MustNot, conflict.act),
                "asking": told::norms_json(library, &conflict.asking),
                "forbidding": told::norms_json(library, &conflict.forbidding),
                "preferred": conflict.preferred.map(|(side, _)| side.words()),
                "preferred_by": conflict.preferred.map(|(_, why)| match why {
                    PreferredBy::Rank => "rank",
                    PreferredBy::LaterLaw => "later law",
                }),
                "where": told::situations_json(library, &conflict.situations),
            }),
            Finding::Dead { norm, why: reason } => json!({
                "finding": "dead-norm",
                "norm": told::name(library, *norm),
                "reason": why(reason),
            }),
            Finding::Redundant { norm, by } => json!({
                "finding": "needless-norm",
                "norm": told::name(library, *norm),
                "by": told::norms_json(library, by),
            }),
            Finding::Exception { norm, exception, why: reason } => json!({
                "finding": "exception-without-effect",
                "norm": told::name(library, *norm),
                "exception": exception + 1,
                "reason": why(reason),
            }),
            Finding::Silence(silence) => json!({
                "finding": "silence",
                "act": library.act(silence.act).name,
                "elsewhere": silence.elsewhere.iter().map(|(norm, act)| json!({
                    "norm": told::name(library, *norm),
                    "beside": library.act(*act).name,
                })).collect::<Vec<_>>(),
                "related": told::norms_json(library, &silence.related),
                "where": told::situations_json(library, &silence.situations),
            }),
            Finding::NoBearer { actor, norms } => json!({
                "finding": "no-bearer",
                "actor": library.actor(*actor).name,
                "norms": told::norms_json(library, norms),
            }),
        })
        .collect();
    json!({
        "order": library.order(inspection.order).id,
        "on": inspection.on.to_string(),
        "findings": findings,
    })
}
