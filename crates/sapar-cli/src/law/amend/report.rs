//! What amendments do, told to a lawyer or written for a script.

use sapar_analysis::{ConflictChange, GapChange, GapOutcome, Kind, Situations, kind_key};
use sapar_law::{Edit, Library, Modality, OrderId, TestOutcome};
use sapar_messages::{Language, Messages};
use serde_json::{Value, json};

use super::check::Checked;
use crate::law::diff::{change_json, change_lines};
use crate::law::told::{self, Teller};

/// The whole report as text.
pub fn text(checked: &Checked, language: Language, full: bool) -> String {
    let library = &checked.law.read.library;
    let teller = Teller {
        library,
        messages: Messages::new(language),
        full,
    };
    let mut lines = Vec::new();
    headings(&teller, checked, &mut lines);
    section(&teller, "amend-gaps", &mut lines);
    if checked.review.gaps.is_empty() {
        lines.push(format!("  {}", teller.messages.text("amend-no-gaps")));
    }
    for gap in &checked.review.gaps {
        gap_lines(&teller, gap, &mut lines);
    }
    section(&teller, "amend-conflicts", &mut lines);
    if checked.review.conflicts.is_empty() {
        lines.push(format!("  {}", teller.messages.text("amend-no-conflicts")));
    }
    for change in &checked.review.conflicts {
        conflict_lines(&teller, change, &mut lines);
    }
    section(&teller, "amend-positions", &mut lines);
    if checked.review.positions.is_empty() {
        lines.push(format!("  {}", teller.messages.text("amend-no-positions")));
    }
    for change in &checked.review.positions {
        change_lines(&teller, change, "  ", &mut lines);
    }
    tests(&teller, checked, &mut lines);
    lines.push(String::new());
    lines.push(teller.messages.text(if checked.has_findings() {
        "amend-not-clean"
    } else {
        "amend-clean"
    }));
    lines.join("\n") + "\n"
}

fn section(teller: &Teller<'_>, key: &str, lines: &mut Vec<String>) {
    lines.push(String::new());
    lines.push(teller.messages.text(key));
}

fn label(teller: &Teller<'_>, order: OrderId) -> String {
    let order = teller.library.order(order);
    order
        .label
        .get(teller.messages.language().code())
        .to_owned()
}

fn headings(teller: &Teller<'_>, checked: &Checked, lines: &mut Vec<String>) {
    let language = teller.messages.language().code();
    for amendment in &checked.law.amendments {
        let title = amendment.title.get(language);
        lines.push(teller.say("amend-heading", &[("id", &amendment.id), ("title", title)]));
        let amends = teller
            .library
            .instruments()
            .find(|(_, instrument)| instrument.id == amendment.amends)
            .map_or(amendment.amends.as_str(), |(_, instrument)| {
                instrument.title.get(language)
            });
        let from = amendment.from.to_string();
        lines.push(teller.say("amend-of", &[("title", amends), ("date", &from)]));
        for edit in &amendment.edits {
            let date = edit.from().to_string();
            let line = match edit {
                Edit::Insert { norm, .. } => {
                    teller.say("amend-insert", &[("norm", norm), ("date", &date)])
                }
                Edit::Replace { old, norm, .. } => teller.say(
                    "amend-replace",
                    &[("old", &old.join(", ")), ("norm", norm), ("date", &date)],
                ),
                Edit::Repeal { norm, .. } => {
                    teller.say("amend-repeal", &[("norm", norm), ("date", &date)])
                }
            };
            lines.push(format!("  {line}"));
        }
        if !amendment.note.is_empty() {
            lines.push(format!("  {}", amendment.note));
        }
    }
    let reviewed = &checked.review.reviewed;
    let order = label(teller, reviewed.national);
    let date = reviewed.on.to_string();
    lines.push(teller.say("amend-read", &[("order", &order), ("date", &date)]));
    if let Some(standard) = reviewed.standard {
        let order = label(teller, standard);
        lines.push(teller.say("amend-against", &[("order", &order)]));
    }
}

fn gap_lines(teller: &Teller<'_>, gap: &GapChange, lines: &mut Vec<String>) {
    let key = match gap.outcome {
        GapOutcome::Opened => "amend-gap-opened",
        GapOutcome::Widened => "amend-gap-widened",
        GapOutcome::Moved => "amend-gap-moved",
        GapOutcome::OtherReason => "amend-gap-other-reason",
        GapOutcome::Narrowed => "amend-gap-narrowed",
        GapOutcome::Closed => "amend-gap-closed",
    };
    let demand = teller.norm_sentence(gap.standard);
    lines.push(format!("  {}", teller.say(key, &[("demand", &demand)])));
    let kinds = |kinds: &[Kind]| {
        if kinds.is_empty() {
            return teller.messages.text("amend-nothing");
        }
        kinds
            .iter()
            .map(|kind| teller.messages.text(&kind_key(*kind)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let kinds = teller.say(
        "amend-gap-kinds",
        &[
            ("before", &kinds(&gap.before)),
            ("after", &kinds(&gap.after)),
        ],
    );
    lines.push(format!("    {kinds}"));
    for (key, part) in [
        ("amend-part-opened", &gap.opened),
        ("amend-part-closed", &gap.closed),
        ("amend-part-left", &gap.left),
    ] {
        if let Some(situations) = part {
            lines.push(format!("    {}", teller.messages.text(key)));
            teller.situations(situations, "      ", lines);
        }
    }
}

fn conflict_lines(teller: &Teller<'_>, change: &ConflictChange, lines: &mut Vec<String>) {
    let conflict = &change.conflict;
    let key = if change.made {
        "amend-conflict-made"
    } else {
        "amend-conflict-removed"
    };
    let asks = teller.position(conflict.asks.0, conflict.asks.1, conflict.act);
    let forbids = teller.position(conflict.forbids, Modality::MustNot, conflict.act);
    let head = teller.say(key, &[("asks", &asks), ("forbids", &forbids)]);
    lines.push(format!("  {head}"));
    for (key, norms) in [
        ("inspect-asking", &conflict.asking),
        ("inspect-forbidding", &conflict.forbidding),
    ] {
        let norms = teller.say(key, &[("norms", &teller.norms(norms))]);
        lines.push(format!("    {norms}"));
    }
    teller.situations(&conflict.situations, "    ", lines);
}

fn tests(teller: &Teller<'_>, checked: &Checked, lines: &mut Vec<String>) {
    section(teller, "amend-tests", lines);
    let date = checked.review.reviewed.on.to_string();
    for outcome in &checked.broken {
        let test = format!("{}: {}", outcome.package, outcome.name);
        let line = teller.say("amend-test-broken", &[("date", &date), ("test", &test)]);
        lines.push(format!("  {line}"));
        problems(outcome, lines);
    }
    let kept = teller.count("amend-tests-pass", checked.kept, &[("date", &date)]);
    lines.push(format!("  {kept}"));
    for outcome in checked
        .own
        .iter()
        .filter(|outcome| !outcome.problems.is_empty())
    {
        let line = teller.say("amend-own-test-failed", &[("test", &outcome.name)]);
        lines.push(format!("  {line}"));
        problems(outcome, lines);
    }
    let passed = checked
        .own
        .iter()
        .filter(|outcome| outcome.problems.is_empty())
        .count();
    lines.push(format!(
        "  {}",
        teller.count("amend-own-tests", passed, &[])
    ));
}

fn problems(outcome: &TestOutcome, lines: &mut Vec<String>) {
    for problem in &outcome.problems {
        let help = problem.help_text().unwrap_or_default();
        lines.push(format!("    {} ({help})", problem.message()));
    }
}

/// The whole report for a script.
pub fn json(checked: &Checked) -> Value {
    let library = &checked.law.read.library;
    let reviewed = &checked.review.reviewed;
    let amendments: Vec<Value> = checked
        .law
        .amendments
        .iter()
        .map(|amendment| {
            let edits: Vec<Value> = amendment
                .edits
                .iter()
                .map(|edit| {
                    json!({
                        "ends": edit.ended(),
                        "begins": edit.begun(),
                        "from": edit.from().to_string(),
                    })
                })
                .collect();
            json!({
                "id": amendment.id,
                "amends": amendment.amends,
                "from": amendment.from.to_string(),
                "edits": edits,
            })
        })
        .collect();
    let gaps: Vec<Value> = checked
        .review
        .gaps
        .iter()
        .map(|gap| gap_json(library, gap))
        .collect();
    let conflicts: Vec<Value> = checked
        .review
        .conflicts
        .iter()
        .map(|change| {
            let conflict = &change.conflict;
            json!({
                "made": change.made,
                "asks": told::position_json(library, conflict.asks.0, conflict.asks.1, conflict.act),
                "forbids": told::position_json(library, conflict.forbids, Modality::MustNot, conflict.act),
                "asking": told::norms_json(library, &conflict.asking),
                "forbidding": told::norms_json(library, &conflict.forbidding),
                "where": told::situations_json(library, &conflict.situations),
            })
        })
        .collect();
    let positions: Vec<Value> = checked
        .review
        .positions
        .iter()
        .map(|change| change_json(library, change))
        .collect();
    let tests = |outcomes: &mut dyn Iterator<Item = &TestOutcome>| -> Vec<Value> {
        outcomes
            .map(|outcome| json!({ "package": outcome.package, "name": outcome.name }))
            .collect()
    };
    let failed = |outcome: &&TestOutcome| !outcome.problems.is_empty();
    json!({
        "amendments": amendments,
        "national": library.order(reviewed.national).id,
        "standard": reviewed.standard.map(|order| library.order(order).id.clone()),
        "on": reviewed.on.to_string(),
        "clean": !checked.has_findings(),
        "gaps": gaps,
        "conflicts": conflicts,
        "positions": positions,
        "tests": {
            "kept": checked.kept,
            "other_outcome": tests(&mut checked.broken.iter()),
            "own_failed": tests(&mut checked.own.iter().filter(failed)),
            "own_passed": checked.own.iter().filter(|outcome| outcome.problems.is_empty()).count(),
        },
    })
}

fn gap_json(library: &Library, gap: &GapChange) -> Value {
    let kinds = |kinds: &[Kind]| kinds.iter().map(|kind| kind.slug()).collect::<Vec<_>>();
    let part = |part: &Option<Situations>| {
        part.as_ref()
            .map(|situations| told::situations_json(library, situations))
    };
    json!({
        "standard": told::name(library, gap.standard),
        "outcome": gap.outcome.slug(),
        "kinds_before": kinds(&gap.before),
        "kinds_after": kinds(&gap.after),
        "closed": part(&gap.closed),
        "opened": part(&gap.opened),
        "left": part(&gap.left),
    })
}
