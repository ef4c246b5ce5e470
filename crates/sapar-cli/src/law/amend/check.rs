//! Reviews the amendments and runs the tests on the law with them.

use std::sync::Arc;

use sapar_analysis::{AmendmentCheck, Bounds, Reviewed, review, test_changes};
use sapar_law::{AmendedLaw, LawFile, Library, TestOutcome, run_tests, run_tests_on};
use sapar_messages::Language;

use super::{Arguments, Format, report};
use crate::ending::{Failure, Report};
use crate::law::order_at::analysis_failure;
use crate::progress;

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
    let first_day = law
        .amendments
        .iter()
        .flat_map(|amendment| amendment.edits.iter().map(|edit| edit.from()))
        .max();
    let on = arguments
        .at
        .or(first_day)
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
    let text = match arguments.format {
        Format::Text => report::text(&checked, language, arguments.full),
        Format::Json => format!("{:#}", report::json(&checked)),
    };
    // Who is affected, given records, is counted from the positions that differ: see `sapar law impact`.
    Ok(Report::found(text, checked.has_findings()))
}
