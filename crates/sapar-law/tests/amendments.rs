//! Amendments are applied from their day on and leave every day before as it was; the consolidated text says the same.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

#[path = "exactness/laws.rs"]
mod laws;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::{Date, date};
use laws::{Law, law};
use proptest::prelude::*;
use sapar_law::{
    AmendedLaw, Edit, Engine, LawFile, Library, NormDef, Situation, Status, consolidate,
};

fn file(path: &str, text: &str) -> LawFile {
    LawFile {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

/// Every norm of a library by its full name, as far as it does not depend on the place of its words.
fn norms(library: &Library) -> BTreeMap<String, String> {
    let full = |norm: &NormDef| format!("{}/{}", library.instrument(norm.instrument).id, norm.id);
    library
        .norms()
        .map(|(_, norm)| {
            let mut overrides: Vec<String> = norm
                .overrides
                .iter()
                .map(|over| full(library.norm(*over)))
                .collect();
            overrides.sort();
            (
                full(norm),
                format!(
                    "{} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {overrides:?}",
                    norm.provision,
                    norm.bearer,
                    norm.modality,
                    norm.act,
                    norm.condition,
                    norm.exceptions,
                    norm.limits,
                    norm.period,
                    norm.verification
                ),
            )
        })
        .collect()
}

fn assert_sound(law: &AmendedLaw) {
    assert!(!law.read.has_errors(), "{:#?}", law.read.problems);
}

fn with_replaced(files: &[LawFile], changed: &[(String, String)]) -> Vec<LawFile> {
    files
        .iter()
        .map(|old| {
            changed
                .iter()
                .find(|(path, _)| *path == old.path)
                .map_or(old.clone(), |(path, text)| file(path, text))
        })
        .collect()
}

/// Reading the consolidated text gives the law that was evaluated.
fn assert_consolidated(files: &[LawFile], law: &AmendedLaw) {
    let changed = consolidate(law);
    let again = Library::read_unchecked(with_replaced(files, &changed));
    let texts: Vec<&String> = changed.iter().map(|(_, text)| text).collect();
    assert!(!again.has_errors(), "{:#?}\n{texts:#?}", again.problems);
    assert_eq!(
        norms(&again.library),
        norms(&law.read.library),
        "{texts:#?}"
    );
}

/// A random edit: which norm, what is done to it, and the shape of the new norm by numbers.
#[derive(Debug, Clone)]
struct Draft {
    at: u8,
    how: u8,
    bearer: u8,
    modality: u8,
    act: u8,
    condition: Option<u8>,
}

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    prop::collection::vec(
        (
            any::<u8>(),
            0u8..3,
            0u8..3,
            0u8..5,
            0u8..2,
            any::<Option<u8>>(),
        )
            .prop_map(|(at, how, bearer, modality, act, condition)| Draft {
                at,
                how,
                bearer,
                modality,
                act,
                condition,
            }),
        1..4,
    )
}

const FROM: Date = date(2020, 1, 1);

/// An amendment of the instrument `one` and, for each of its edits, what it is.
fn amendment(library: &Library, drafts: &[Draft]) -> String {
    let ids: Vec<String> = library
        .norms()
        .filter(|(_, norm)| library.instrument(norm.instrument).id == "one")
        .map(|(_, norm)| norm.id.clone())
        .collect();
    let terms: Vec<&str> = library
        .terms()
        .map(|(_, term)| term.name.as_str())
        .collect();
    let mut text = format!(
        "# Change\n\n```law\namendment change\n  title en \"x\" ru \"x\" kk \"x\"\n  amends one\n  in force from {FROM}\n```\n\n## Article 1. Everything\n\n```law\n"
    );
    let mut used = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let old = usize::from(draft.at)
            .checked_rem(ids.len())
            .map(|at| ids[at].clone())
            .filter(|old| !used.contains(old));
        let bearer = ["state", "border service", "court"][usize::from(draft.bearer)];
        let modality =
            ["must", "must not", "should", "should not", "may"][usize::from(draft.modality)];
        let mut norm = format!(
            "norm new{index}\n  the {bearer} {modality} do {}\n",
            draft.act
        );
        if let Some(term) = draft
            .condition
            .and_then(|condition| usize::from(condition).checked_rem(terms.len()))
        {
            norm.push_str(&format!("  when {}\n", terms[term]));
        }
        match (draft.how, old) {
            (0, Some(old)) => {
                text.push_str(&format!("repeal {old}\n"));
                used.push(old);
            }
            (1, Some(old)) => {
                text.push_str(&format!("{norm}  replaces {old}\n  proposed\n\n"));
                used.push(old);
            }
            _ => text.push_str(&format!("{norm}  proposed\n\n")),
        }
    }
    text.push_str("```\n");
    text
}

fn statuses(
    library: &Arc<Library>,
    norms: Option<&[sapar_law::NormId]>,
    on: Date,
    situation: &Situation,
) -> Option<BTreeMap<String, Status>> {
    let order = library.order_named("here").unwrap();
    let engine = match norms {
        Some(norms) => Engine::of_norms(Arc::clone(library), order, on, norms),
        None => Engine::new(Arc::clone(library), order, on),
    }
    .unwrap();
    let evaluation = engine.evaluate(situation).ok()?;
    Some(
        engine
            .position_ids()
            .map(|(id, position)| {
                (
                    format!(
                        "{:?}{:?}{:?}",
                        position.bearer, position.modality, position.act
                    ),
                    evaluation.status(id),
                )
            })
            .filter(|(_, status)| *status != Status::Excluded)
            .collect(),
    )
}

fn situation(library: &Library, hints: &[Option<bool>]) -> Situation {
    let mut situation = Situation::new();
    for ((fact, definition), hint) in library.facts().zip(hints) {
        if let (Some(yes), sapar_law::ValueKind::YesNo) = (hint, &definition.kind) {
            situation.set(fact, sapar_law::Knowledge::YesNo(*yes));
        }
    }
    situation
}

fn check(law: &Law, drafts: &[Draft], hints: &[Option<bool>]) {
    let files = law.files(false);
    let base = Library::read_unchecked(files.clone());
    let text = amendment(&base.library, drafts);
    // A random norm may never apply, which the check of the meaning reports; evaluation does not mind.
    let amended = Library::read_amended(files.clone(), [file("package/change.md", &text)]);
    let structural: Vec<_> = amended
        .read
        .problems
        .iter()
        .filter(|problem| !problem.code().name.starts_with("L03"))
        .collect();
    assert!(structural.is_empty(), "{structural:#?}\n{text}");
    assert_consolidated(&files, &amended);
    let (before, after) = (
        Arc::new(base.library),
        Arc::new(amended.read.library.clone()),
    );
    let situation = situation(&before, hints);
    // The days before are as if there were no amendment.
    for day in [date(2010, 1, 1), FROM.yesterday().unwrap()] {
        assert_eq!(
            statuses(&before, None, day, &situation),
            statuses(&after, None, day, &situation),
            "{day}\n{text}"
        );
    }
    // And what the law would be without the amendment can be asked of the amended law on every day.
    let order = after.order_named("here").unwrap();
    for day in [FROM.yesterday().unwrap(), FROM, date(2030, 1, 1)] {
        assert_eq!(
            statuses(&before, None, day, &situation),
            statuses(&after, Some(&amended.before(order, day)), day, &situation),
            "{day}\n{text}"
        );
    }
    // From its day on, each edit has happened.
    let in_force = amended.after(order, FROM);
    for edit in &amended.amendments[0].edits {
        let id = |name: &str| {
            after
                .norms()
                .find(|(_, norm)| norm.id == name)
                .map(|(id, _)| id)
                .unwrap()
        };
        for old in edit.ended() {
            assert!(!in_force.contains(&id(old)));
        }
        if let Some(new) = edit.begun() {
            assert!(in_force.contains(&id(new)));
        }
        if let Edit::Replace { old, norm, .. } = edit {
            for (_, other) in after.norms() {
                if other.overrides.contains(&id(&old[0])) {
                    assert!(other.overrides.contains(&id(norm)), "a reference is lost");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_days_before_an_amendment_stay_as_they_were(
        law in law(5),
        drafts in drafts(),
        hints in prop::collection::vec(any::<Option<bool>>(), 5),
    ) {
        check(&law, &drafts, &hints);
    }
}

fn packages() -> Vec<LawFile> {
    fn collect(folder: &Path, root: &Path, files: &mut Vec<LawFile>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, root, files);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                files.push(LawFile {
                    path: path
                        .strip_prefix(root)
                        .unwrap()
                        .to_string_lossy()
                        .replace('\\', "/"),
                    bytes: std::fs::read(&path).unwrap(),
                });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files
}

#[test]
fn amendments_beside_the_laws_are_sound_and_change_nothing_unasked() {
    let files = packages();
    let (amendments, laws): (Vec<LawFile>, Vec<LawFile>) = files
        .iter()
        .cloned()
        .partition(|file| file.path.contains("/amendments/"));
    assert!(!amendments.is_empty(), "the worked amendment is gone");
    let with = Library::read_unchecked(files.clone());
    let without = Library::read_unchecked(laws.clone());
    assert_eq!(norms(&with.library), norms(&without.library));
    assert_eq!(with.library.tests().len(), without.library.tests().len());
    assert_eq!(with.amendments.len(), amendments.len());
    for amendment in amendments {
        let path = amendment.path.clone();
        let amended = Library::read_amended(files.clone(), [amendment]);
        assert_sound(&amended);
        assert_consolidated(&laws, &amended);
        assert!(!amended.amendments[0].edits.is_empty(), "{path}");
        let library = Arc::new(amended.read.library);
        let own = sapar_law::run_tests(&library)
            .into_iter()
            .filter(|outcome| outcome.package.starts_with("amendment "))
            .inspect(|outcome| assert!(outcome.problems.is_empty(), "{path}: {outcome:#?}"))
            .count();
        assert!(own > 0, "{path} has no test of its own");
    }
}

#[test]
fn an_amendment_may_change_what_another_one_brought() {
    let law = "# T\n\n```law\ninstrument one\n  title en \"x\" ru \"x\" kk \"x\"\n  jurisdiction here\n  rank law\n  in force from 2000-01-01\n```\n\n## Article 2. A\n\nProse of two.\n\n```law\nnorm a at (1)\n  the state must act\n  memory\n\nnorm b at (2)\n  the state must not act\n  overrides a\n  seen \"x\"\n```\n\n## Article 9. Z\n\nLast.\n";
    let words = "# W\n\n```law\nactor state\n  label en \"x\" ru \"x\" kk \"x\"\n\nact act\n  severity life\n  label en \"x\" ru \"x\" kk \"x\"\n\norder here\n  label en \"x\" ru \"x\" kk \"x\"\n  includes package\n```\n";
    let change = |id: &str, from: &str, body: &str| {
        file(
            &format!("package/{id}.md"),
            &format!(
                "# C\n\n```law\namendment {id}\n  title en \"x\" ru \"x\" kk \"x\"\n  amends one\n  in force from {from}\n```\n\n{body}"
            ),
        )
    };
    let files = vec![file("package/law.md", law), file("vocabulary/w.md", words)];
    let amendments = [
        change(
            "first",
            "2020-01-01",
            "## Article 2. A\n\nNew words.\n\n```law\nnorm a-2020 at (1)\n  the state should act\n  replaces a\n  proposed\n```\n",
        ),
        change(
            "second",
            "2021-06-01",
            "## Article 3. Between\n\nOther words.\n\n```law\nnorm a-2021\n  the state may act\n  replaces a-2020\n  proposed\n```\n\n```law\nrepeal b\n  in force from 2022-01-01\n```\n",
        ),
    ];
    let amended = Library::read_amended(files.clone(), amendments);
    assert_sound(&amended);
    assert_consolidated(&files, &amended);
    let [(path, text)] = consolidate(&amended).try_into().unwrap();
    assert_eq!(path, "package/law.md");
    let expected = "# T\n\n```law\ninstrument one\n  title en \"x\" ru \"x\" kk \"x\"\n  jurisdiction here\n  rank law\n  in force from 2000-01-01\n```\n\n## Article 2. A\n\nProse of two.\n\n```law\nnorm a at (1)\n  the state must act\n  in force from 2000-01-01 until 2019-12-31\n  memory\n\nnorm b at (2)\n  the state must not act\n  overrides a\n  overrides a-2020\n  overrides a-2021\n  in force from 2000-01-01 until 2021-12-31\n  seen \"x\"\n```\n\nFrom 2020-01-01 on, by the amendment `first`:\n\nNew words.\n\n```law\nnorm a-2020 at (1)\n  the state should act\n  in force from 2020-01-01 until 2021-05-31\n  proposed\n```\n\n## Article 3. Between\nFrom 2021-06-01 on, by the amendment `second`:\n\nOther words.\n\n```law\nnorm a-2021\n  the state may act\n  in force from 2021-06-01\n  proposed\n```\n\n## Article 9. Z\n\nLast.\n";
    assert_eq!(text, expected, "\n{text}");
}

#[test]
fn an_amendment_that_never_applies_is_found() {
    let words = include_str!("vocabulary.md");
    let text = include_str!("bad/amendment-never-applies.md");
    let (law, amendment) = text
        .split_once("\n<!-- the file of the amendment -->\n")
        .unwrap();
    let amendment = amendment.split("<!-- expect").next().unwrap();
    let amended = Library::read_amended(
        [
            file("vocabulary/words.md", words),
            file("lesson/example.md", law),
        ],
        [file("lesson/change.md", amendment)],
    );
    let codes: Vec<&str> = amended
        .read
        .problems
        .iter()
        .map(|problem| problem.code().name)
        .collect();
    assert_eq!(
        codes,
        ["L0301"],
        "{:#?}",
        amended.read.library.norms().collect::<Vec<_>>()
    );
}
