//! `sapar law propose`: the smallest edits that close a gap, each with its proof.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use sapar_analysis::{
    Bounds, EditKind, GapOutcome, Proposal, Proposals, ProposeError, Sought, propose,
};
use sapar_law::Library;
use sapar_messages::{Language, MessageValue, Messages};
use serde_json::{Value, json};

use super::amend::{Format, mistakes};
use super::order_at::{OrderAt, analysis_failure, order_at};
use super::packages::{Packages, unreadable};
use super::told::{self, Teller};
use crate::ending::{Ending, Failure, Report};
use crate::progress;

/// Which gap to close.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar law propose --gap coe-trafficking-convention-2005/emergency-care/silent \\
      --national kazakhstan@2016-06-06
  sapar law propose --gap ... --national kazakhstan@2016-06-06 --out drafts
  sapar law amend --check drafts/kazakhstan/amendments/*.md   confirms what was proposed

A proposal is a starting point with its proof and not legal drafting.
Names of gaps are those that `sapar law gaps` prints.
Ends with 1 when no small edit closes the gap.")]
pub struct Arguments {
    /// Name of the gap: INSTRUMENT/NORM/KIND
    #[arg(long, value_name = "GAP")]
    gap: String,
    /// The national order, with a day or as of today
    #[arg(long, value_name = "ORDER[@DATE]", value_parser = order_at, default_value = "kazakhstan")]
    national: OrderAt,
    /// The standard, read on the same day
    #[arg(long, value_name = "ORDER", value_parser = order_at, default_value = "international")]
    standard: OrderAt,
    /// Leave out national norms that are themselves norms of the standard, such as treaties
    #[arg(long)]
    own_law: bool,
    /// Write the files of the first proposal into this folder
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Folder of law packages [default: the packages inside this program]
    #[arg(long = "in", value_name = "FOLDER")]
    laws: Option<PathBuf>,
    /// Text for a reader, or JSON for a script
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The most nodes of the decision diagrams
    #[arg(long, value_name = "COUNT", default_value_t = Bounds::default().nodes_max)]
    nodes_max: usize,
}

/// Seeks and reports.
pub fn run(arguments: &Arguments, language: Language) -> Result<Report, Failure> {
    let files = Packages::read(arguments.laws.as_deref())?.into_files()?;
    let read = progress::during("reading the laws", || {
        Library::read_unchecked(files.clone())
    });
    if let Some(report) = mistakes(&read, arguments.format) {
        return Ok(report);
    }
    let library = &read.library;
    let sought = Sought {
        gap: arguments.gap.clone(),
        national: arguments.national.order(library)?,
        standard: arguments.standard.order(library)?,
        on: arguments.national.on_or_today(),
        own_law_only: arguments.own_law,
        bounds: Bounds {
            nodes_max: arguments.nodes_max,
        },
    };
    let proposals = progress::during("trying edits", || propose(&files, library, &sought))
        .map_err(|error| failure(library, &arguments.gap, sought.on, &error))?;
    if let (Some(folder), Some(first)) = (&arguments.out, proposals.found.first()) {
        write(folder, first)?;
    }
    let text = match arguments.format {
        Format::Text => as_text(&proposals, &sought, Messages::new(language)),
        Format::Json => format!("{:#}", as_json(&proposals, &sought)),
    };
    Ok(Report::found(text, proposals.found.is_empty()))
}

fn failure(library: &Library, gap: &str, on: Date, error: &ProposeError) -> Failure {
    match error {
        ProposeError::Analysis(error) => analysis_failure(library, error),
        ProposeError::NoSuchGap { near } => {
            let help = if near.is_empty() {
                "`sapar law gaps` lists the gaps of a day by name".to_owned()
            } else {
                format!("the gaps at this norm are: {}", near.join(", "))
            };
            Failure::new(
                Ending::Usage,
                format!("there is no gap `{gap}` on {on}; {help}"),
            )
        }
    }
}

fn write(folder: &Path, proposal: &Proposal) -> Result<(), Failure> {
    for file in &proposal.files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| unreadable(parent, &error))?;
        }
        fs::write(&path, &file.bytes).map_err(|error| unreadable(&path, &error))?;
    }
    Ok(())
}

fn as_text(proposals: &Proposals, sought: &Sought, messages: Messages) -> String {
    let say = |key: &str, values: &[(&str, &str)]| {
        let values: Vec<(&str, MessageValue<'_>)> = values
            .iter()
            .map(|(name, value)| (*name, MessageValue::from(*value)))
            .collect();
        messages.text_with(key, &values)
    };
    let number = |number: usize| MessageValue::from(i64::try_from(number).unwrap_or(i64::MAX));
    let mut lines = vec![say("propose-heading", &[("gap", &sought.gap)])];
    if proposals.found.is_empty() {
        lines.push(messages.text_with("propose-none", &[("count", number(proposals.tried))]));
        return lines.join("\n") + "\n";
    }
    lines.push(messages.text("propose-not-drafting"));
    for (index, proposal) in proposals.found.iter().enumerate() {
        lines.push(String::new());
        lines.push(messages.text_with(
            "propose-number",
            &[
                ("number", number(index + 1)),
                ("count", number(proposals.found.len())),
                ("weight", i64::from(proposal.weight).into()),
            ],
        ));
        for edit in &proposal.edits {
            let (key, name, value) = edit_words(edit);
            lines.push(format!("  {}", say(key, &[(name, value)])));
        }
        let on = sought.on.to_string();
        lines.push(format!("  {}", say("propose-proof", &[("date", &on)])));
        let also = also(proposal, sought);
        if !also.is_empty() {
            let also = also.join(", ");
            lines.push(format!("  {}", say("propose-also", &[("gaps", &also)])));
        }
        let teller = Teller {
            library: &proposal.law.read.library,
            messages,
            full: false,
        };
        for change in &proposal.check.positions {
            super::diff::change_lines(&teller, change, "  ", &mut lines);
        }
        for file in &proposal.files {
            lines.push(String::new());
            lines.push(say("propose-file", &[("path", &file.path)]));
            lines.push(String::new());
            lines.push(String::from_utf8_lossy(&file.bytes).trim_end().to_owned());
        }
    }
    lines.push(String::new());
    lines.push(messages.text_with("propose-tried", &[("count", number(proposals.tried))]));
    lines.join("\n") + "\n"
}

/// Key of a message, name of its value, and the value.
fn edit_words(edit: &EditKind) -> (&'static str, &'static str, &str) {
    match edit {
        EditKind::Limit(norm) => ("propose-edit-limit", "norm", norm),
        EditKind::Modality(norm) => ("propose-edit-modality", "norm", norm),
        EditKind::Widen(norm) => ("propose-edit-widen", "norm", norm),
        EditKind::NarrowException(norm) => ("propose-edit-narrow-exception", "norm", norm),
        EditKind::Except(norm) => ("propose-edit-except", "norm", norm),
        EditKind::Insert(instrument) => ("propose-edit-insert", "instrument", instrument),
    }
}

/// Norms of the standard, other than the gap's own, at which gaps are closed or narrowed.
fn also(proposal: &Proposal, sought: &Sought) -> Vec<String> {
    let library = &proposal.law.read.library;
    proposal
        .check
        .gaps
        .iter()
        .filter(|gap| matches!(gap.outcome, GapOutcome::Closed | GapOutcome::Narrowed))
        .map(|gap| told::name(library, gap.standard))
        .filter(|name| !sought.gap.starts_with(&format!("{name}/")))
        .collect()
}

fn as_json(proposals: &Proposals, sought: &Sought) -> Value {
    let found: Vec<Value> = proposals
        .found
        .iter()
        .map(|proposal| {
            let edits: Vec<Value> = proposal
                .edits
                .iter()
                .map(|edit| {
                    let (key, name, value) = edit_words(edit);
                    json!({ "edit": key.trim_start_matches("propose-edit-"), name: value })
                })
                .collect();
            let files: Vec<Value> = proposal
                .files
                .iter()
                .map(|file| json!({ "path": file.path, "text": String::from_utf8_lossy(&file.bytes) }))
                .collect();
            json!({
                "weight": proposal.weight,
                "edits": edits,
                "also": also(proposal, sought),
                "files": files,
            })
        })
        .collect();
    json!({
        "gap": sought.gap,
        "on": sought.on.to_string(),
        "tried": proposals.tried,
        "not_legal_drafting": true,
        "proposals": found,
    })
}
