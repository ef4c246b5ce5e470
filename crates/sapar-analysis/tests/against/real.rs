//! The real laws, random numbers that come again, and the plain meaning of a condition: for tests that sample.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use sapar_law::{Comparison as Than, Formula, Knowledge, LawFile, Library, Situation};

/// Every file of `laws/`.
pub static FILES: LazyLock<Vec<LawFile>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws");
    let mut files = Vec::new();
    let mut todo = vec![root.clone()];
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|kind| kind == "md") {
                let inner = path.strip_prefix(&root).unwrap().to_string_lossy();
                files.push(LawFile {
                    bytes: std::fs::read(&path).unwrap(),
                    path: inner.replace('\\', "/"),
                });
            }
        }
    }
    files
});

pub static LIBRARY: LazyLock<Arc<Library>> = LazyLock::new(|| {
    let read = Library::read_unchecked(FILES.iter().cloned());
    assert!(!read.has_errors());
    Arc::new(read.library)
});

/// SplitMix64, so that a failure comes again.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }
}

pub fn exact(known: Knowledge) -> Knowledge {
    match known {
        Knowledge::Number(low, _) => Knowledge::Number(low, low),
        other => other,
    }
}

/// Whether a condition holds in a complete situation, worked out from its words.
pub fn holds(library: &Library, formula: &Formula, situation: &Situation) -> bool {
    let is = |formula: &Formula| holds(library, formula, situation);
    match formula {
        Formula::Fact(fact) => situation.get(*fact) == Knowledge::YesNo(true),
        Formula::Term(term) => is(&library.term(*term).means),
        Formula::Number {
            fact,
            comparison,
            value,
        } => match situation.get(*fact) {
            Knowledge::Number(number, _) => match comparison {
                Than::Under => number < *value,
                Than::AtMost => number <= *value,
                Than::Is => number == *value,
                Than::AtLeast => number >= *value,
                Than::Over => number > *value,
            },
            other => panic!("a number that is {other:?}"),
        },
        Formula::Value { fact, values } => match situation.get(*fact) {
            Knowledge::Value(value) => values.contains(&value),
            other => panic!("a value that is {other:?}"),
        },
        Formula::Not(inner) => !is(inner),
        Formula::And(parts) => parts.iter().all(is),
        Formula::Or(parts) => parts.iter().any(is),
        Formula::Count { least, most, of } => {
            let count = of.iter().filter(|part| is(part)).count();
            (*least as usize..=*most as usize).contains(&count)
        }
    }
}
