//! Reviews the amendments and runs the tests on the law with them.

use std::sync::Arc;

use sapar_analysis::{AmendmentCheck, Bounds, Reviewed, review, test_changes};
use sapar_law::{AmendedLaw, LawFile, Library, TestOutcome, run_tests, run_tests_on};
use sapar_messages::Language;
use serde_json::Value;

use super::{Arguments, Format, first_day, report};
use crate::ending::{Ending, Failure, Report};
use crate::law::impact;
use crate::law::order_at::analysis_failure;
use crate::law::run::Form;
use crate::law::run::table::InputArguments;
use crate::progress;

/// Examples of rows for each position that differs.
const EXAMPLES: usize = 3;

/// Everything a check found.
pub struct Checked {
    /// The law with the amendments.
    pub law: AmendedLaw,
    /// Gaps, conflicts and positions.
    pub review: AmendmentCheck,
    /// Tests of the law that pass on that day without the amendments and fail with them.
    pub broken: Vec<TestOutcome>,
    /// How many tests of the law keep their outcome.
    pub kept: usize,
    /// Tests that the amendments bring.
    pub own: Vec<TestOutcome>,
}

impl Checked {
    /// Whether anything is worse with the amendments, or a test of theirs fails.
    pub fn has_findings(&self) -> bool {
        !self.review.is_clean() || self.own.iter().any(|outcome| !outcome.problems.is_empty())
    }
}

pub fn run(
    arguments: &Arguments,
    files: Vec<LawFile>,
    law: AmendedLaw,
    language: Language,
) -> Result<Report, Failure> {
    let library = &law.read.library;
    let national = arguments.national.order(library)?;
    let standard = arguments.standard.order(library)?;
    let on = (arguments.at)
        .or_else(|| first_day(&law))
        .unwrap_or_else(|| arguments.national.on_or_today());
    let on = arguments.at.unwrap_or(arguments.national.on(on));
    let reviewed = Reviewed {
        national,
        standard: Some(standard),
        on,
        own_law_only: arguments.own_law,
        prior: None,
        bounds: Bounds {
            nodes_max: arguments.nodes_max,
        },
    };
    let review = progress::during("comparing the law with and without the amendment", || {
        review(&law, &reviewed)
    })
    .map_err(|error| analysis_failure(library, &error))?;
    let (broken, kept, own) = progress::during("running the tests of the laws", || {
        let before = Arc::new(Library::read_unchecked(files).library);
        let after = Arc::new(library.clone());
        let is_own = |outcome: &TestOutcome| outcome.package.starts_with("amendment ");
        let with: Vec<TestOutcome> = run_tests_on(&after, national, on)
            .into_iter()
            .filter(|outcome| !is_own(outcome))
            .collect();
        let broken = test_changes(&run_tests_on(&before, national, on), &with);
        let own: Vec<TestOutcome> = run_tests(&after).into_iter().filter(is_own).collect();
        let kept = with.len() - broken.len();
        (broken, kept, own)
    });
    let checked = Checked {
        law,
        review,
        broken,
        kept,
        own,
    };
    let mut findings = checked.has_findings();
    let mut affected = |format: Form| match &arguments.people {
        None => Ok(None),
        Some(people) => {
            let report = impact::run(
                &impact::Arguments {
                    law: format!("{}@{on}", arguments.national.name()),
                    with: None,
                    amendment: arguments.files.clone(),
                    table: InputArguments::of(people.clone(), arguments.laws.clone()),
                    count_by: Vec::new(),
                    id: None,
                    examples: EXAMPLES,
                    format,
                },
                language,
            )?;
            findings |= report.ending == Ending::Findings;
            Ok(Some(report.text))
        }
    };
    let text = match arguments.format {
        Format::Text => {
            let mut text = report::text(&checked, language, arguments.full);
            if let Some(affected) = affected(Form::Text)? {
                text.push('\n');
                text.push_str(&affected);
            }
            text
        }
        Format::Json => {
            let mut json = report::json(&checked);
            if let Some(affected) = affected(Form::Json)? {
                let affected: Value = serde_json::from_str(&affected)
                    .map_err(|error| Failure::new(Ending::Fault, error.to_string()))?;
                if let Some(object) = json.as_object_mut() {
                    object.insert("people".to_owned(), affected);
                }
            }
            format!("{json:#}")
        }
    };
    Ok(Report::found(text, findings))
}
