//! Laws, engines and situations that the tests share.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use sapar_law::diagrams::invariants;
use sapar_law::{Engine, FactId, Formula, Knowledge, LawFile, Library, Situation};

use crate::laws::Law;

/// The real orders under test, each with a day.
pub const REAL_ORDERS: [(&str, i16, i8, i8); 3] = [
    ("kazakhstan", 2016, 6, 6),
    ("kazakhstan", 2026, 11, 24),
    ("international", 2026, 11, 24),
];

/// Numbers that look random and are the same in every run.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % (bound as u64)).unwrap()
    }
}

pub fn read(law: &Law) -> Arc<Library> {
    let read = Library::read_unchecked(law.files(false));
    let errors: Vec<String> = read
        .problems
        .iter()
        .map(|problem| format!("{problem:?}"))
        .collect();
    assert!(!read.has_errors(), "{errors:#?}");
    Arc::new(read.library)
}

pub fn engine_of(library: &Arc<Library>) -> Engine {
    let order = library.order_named("here").unwrap();
    Engine::new(Arc::clone(library), order, jiff::civil::date(2026, 11, 24)).unwrap()
}

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

pub fn real_library() -> Arc<Library> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    Arc::clone(LIBRARY.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws");
        let mut files = Vec::new();
        collect(&root, &root, &mut files);
        let read = Library::read_unchecked(files);
        assert!(!read.has_errors());
        Arc::new(read.library)
    }))
}

pub fn real_engine(order: &str, on: Date) -> Engine {
    let library = real_library();
    let order = library.order_named(order).unwrap();
    Engine::new(library, order, on).unwrap()
}

/// A situation of a real order: a person about whom few or many facts are known, mostly without contradiction.
///
/// A complete person is drawn and mended until few invariants are broken, then facts are forgotten.
/// Every fifth person is not mended, so that contradictions are met too.
pub fn partial_situation(engine: &Engine, numbers: &mut Numbers, number: usize) -> Situation {
    let library = engine.library();
    let facts: Vec<FactId> = engine.facts().collect();
    let yes_percent = [3, 10, 30, 50][numbers.below(4)];
    let mut person = Situation::new();
    for fact in &facts {
        person.set(*fact, draw(engine, *fact, yes_percent, numbers));
    }
    if !number.is_multiple_of(5) {
        let nevers = invariants(library);
        for _ in 0..400 {
            let Some(broken) = nevers
                .iter()
                .find(|never| may_hold(library, never, &person) == Some(true))
            else {
                break;
            };
            let mut used = Vec::new();
            facts_of(library, broken, &mut used);
            used.retain(|fact| facts.contains(fact));
            if used.is_empty() {
                break;
            }
            let fact = used[numbers.below(used.len())];
            person.set(fact, draw(engine, fact, 50, numbers));
        }
    }
    let known_percent = [0, 5, 20, 50, 80, 95, 100][numbers.below(7)];
    let mut situation = Situation::new();
    for (fact, knowledge) in person.known() {
        if numbers.below(100) < known_percent {
            situation.set(fact, knowledge);
        }
    }
    situation
}

fn draw(engine: &Engine, fact: FactId, yes_percent: usize, numbers: &mut Numbers) -> Knowledge {
    let values = engine.representative_values(fact);
    match values[numbers.below(values.len())] {
        Knowledge::YesNo(_) => Knowledge::YesNo(numbers.below(100) < yes_percent),
        Knowledge::Number(low, high) => {
            let number = low + u32::try_from(numbers.below((high - low + 1) as usize)).unwrap();
            Knowledge::Number(number, number)
        }
        other => other,
    }
}

fn facts_of(library: &Library, formula: &Formula, into: &mut Vec<FactId>) {
    formula.walk(&mut |part| {
        into.extend(part.fact());
        if let Formula::Term(term) = part {
            facts_of(library, &library.term(*term).means, into);
        }
    });
}

/// Whether a formula holds for a complete person; `None` where a fact of it is missing.
fn may_hold(library: &Library, formula: &Formula, person: &Situation) -> Option<bool> {
    Some(match formula {
        Formula::Fact(fact) => match person.get(*fact) {
            Knowledge::YesNo(yes) => yes,
            _ => return None,
        },
        Formula::Term(term) => return may_hold(library, &library.term(*term).means, person),
        Formula::Number {
            fact,
            comparison,
            value,
        } => match person.get(*fact) {
            Knowledge::Number(number, _) => match comparison {
                sapar_law::Comparison::Under => number < *value,
                sapar_law::Comparison::AtMost => number <= *value,
                sapar_law::Comparison::Is => number == *value,
                sapar_law::Comparison::AtLeast => number >= *value,
                sapar_law::Comparison::Over => number > *value,
            },
            _ => return None,
        },
        Formula::Value { fact, values } => match person.get(*fact) {
            Knowledge::Value(value) => values.contains(&value),
            _ => return None,
        },
        Formula::Not(inner) => !may_hold(library, inner, person)?,
        Formula::And(of) => all(library, of, person)?.into_iter().all(|so| so),
        Formula::Or(of) => all(library, of, person)?.into_iter().any(|so| so),
        Formula::Count { least, most, of } => {
            let count = all(library, of, person)?
                .into_iter()
                .filter(|so| *so)
                .count();
            (*least as usize..=*most as usize).contains(&count)
        }
    })
}

fn all(library: &Library, of: &[Formula], person: &Situation) -> Option<Vec<bool>> {
    of.iter()
        .map(|part| may_hold(library, part, person))
        .collect()
}
