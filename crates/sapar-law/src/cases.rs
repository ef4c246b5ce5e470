//! The norms of complete situations as short lists of cases, all of them tried at once.
//!
//! A road through a diagram to its end is a *case*: some facts, and the classes each of them may have. The condition of
//! a norm holds where one of its cases fits. One bit stands for a case; for every class of every fact a row of bits says
//! which cases it fits, and what is left when the rows of a situation are laid over each other are the cases that fit it.
//! No step waits for another and none has to be foretold, as those of a walk do.
//!
//! Who overrides whom is followed afterwards, norm by norm: worked into the conditions it would multiply their cases.
//! A condition with more cases than a word has bits is left to [`Walks`].

use rustc_hash::FxHashMap;

use crate::compile::{Layout, LayoutKind};
use crate::diagram::{Classes, FALSE, NodeId, TRUE, Table};
use crate::engine::{NormDiagrams, Position};
use crate::model::FactId;
use crate::walks::Walks;
use crate::{Knowledge, Situation};

/// Words that are laid over each other together; measured on the law of `bench/`.
const WORDS: usize = 4;
/// Cases of one diagram: as many as a word has bits.
const CASES_MAX: usize = u64::BITS as usize;
/// Numbers up to this far apart are looked up in a table; others are counted past their thresholds.
const NUMBERS_MAX: u32 = 1 << 12;
/// The most words; what has no room in them is walked, so that the rows of a large law stay in bounds.
const WORDS_MAX: usize = 512;
/// Words from here on are those of walks, until it is known how many words there are of cases.
const WALKS: u32 = 1 << 31;

/// One bit a case.
type Row = [u64; WORDS];
/// The classes that facts may have, by place; other facts may have any.
type Case = Vec<(u32, Classes)>;

/// Every norm, position and group of invariants, for complete situations.
#[derive(Debug, Clone, Default)]
pub struct Cases {
    places: Vec<Place>,
    /// [`WORDS`] words of every row.
    blocks: Vec<Vec<Row>>,
    /// What has too many cases; one bit each, in the words after those of the blocks.
    walked: Vec<Walked>,
    /// Condition and exceptions of each norm; whoever overrides stands before whom it overrides.
    norms: Vec<Test>,
    /// Numbers of a norm and of one that overrides it, in the order of `norms`.
    overrides: Vec<(u32, u32)>,
    /// The position that each norm supports.
    supports: Vec<u32>,
    groups: Vec<Test>,
    positions: usize,
}

/// What is found of one situation, and the room to find it in.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The row of the class at each place.
    rows: Vec<u32>,
    /// The class at each place, where there are diagrams to walk.
    class_of: Vec<u8>,
    /// The cases that fit, and the ends of the walks.
    fitting: Vec<u64>,
    /// Whether each norm applies, in the order of [`Cases::norms`].
    applies: Vec<bool>,
    /// Whether each position holds, in the engine's order.
    pub positions: Vec<bool>,
}

/// How the rows of one fact are found.
#[derive(Debug, Clone)]
struct Place {
    fact: FactId,
    /// The row of its class 0; the others follow.
    first: u32,
    /// Most facts are: they are known without looking anything up.
    is_yes_no: bool,
    lookup: Lookup,
}

/// The class of each value of one fact.
#[derive(Debug, Clone)]
enum Lookup {
    Values(Vec<u8>),
    /// The classes of the numbers from the first one on; greater numbers have the class of the last.
    Numbers(u32, Vec<u8>),
    Other(Layout),
}

/// How to learn whether a diagram holds: some of these cases fit, or, where they are those of its opposite, none.
#[derive(Debug, Clone, Copy)]
struct Test {
    word: u32,
    opposite: bool,
    cases: u64,
}

/// A diagram to walk.
#[derive(Debug, Clone, Copy)]
enum Walked {
    /// Condition and exceptions of the norm at a place.
    Base(usize),
    /// The invariants of the group at a place.
    Group(usize),
}

/// What cases are found of.
pub struct Parts<'e> {
    pub table: &'e Table,
    pub layouts: &'e [Layout],
    pub norms: &'e [NormDiagrams],
    /// Places of the norms; whoever overrides stands before whom it overrides.
    pub order: &'e [usize],
    /// Who overrides the norm at each place.
    pub overriders: &'e [Vec<usize>],
    pub positions: &'e [Position],
    pub groups: &'e [(Vec<usize>, NodeId)],
}

impl Cases {
    /// Finds the cases of every norm and group.
    pub fn new(parts: &Parts<'_>) -> Self {
        let mut rows = 0;
        let mut places = Vec::with_capacity(parts.layouts.len());
        for layout in parts.layouts {
            places.push(Place {
                fact: layout.fact,
                first: rows,
                is_yes_no: matches!(layout.kind, LayoutKind::YesNo),
                lookup: Lookup::new(layout),
            });
            rows += layout.count;
        }
        let mut columns = Columns {
            parts,
            places: &places,
            rows,
            words: Vec::new(),
            done: FxHashMap::default(),
            walked: Vec::new(),
        };
        let mut cases = Self {
            positions: parts.positions.len(),
            ..Self::default()
        };
        columns.norms(&mut cases);
        cases.groups = (parts.groups.iter().enumerate())
            .map(|(place, (_, permits))| columns.test(*permits, Walked::Group(place)))
            .collect();
        cases.blocks = columns.blocks();
        cases.walked = columns.walked;
        // Only now it is known where the words of the walks start.
        let first = number(cases.blocks.len() * WORDS);
        for test in cases.norms.iter_mut().chain(&mut cases.groups) {
            if let Some(word) = test.word.checked_sub(WALKS) {
                test.word = first + word;
            }
        }
        cases.places = places;
        cases
    }

    /// Finds which positions hold; no, when the situation leaves the class of a fact open or the invariants forbid it.
    #[inline]
    pub fn find(&self, situation: &Situation, walks: &Walks, into: &mut Found) -> bool {
        if !self.classify(situation, &mut into.rows) {
            return false;
        }
        self.fit(&into.rows, &mut into.fitting);
        if !self.walked.is_empty() {
            self.walk(walks, into);
        }
        if !(self.groups.iter()).all(|group| group.holds(&into.fitting)) {
            return false;
        }
        self.decide(into);
        true
    }

    /// The row at each place, or no when the class is open.
    #[inline]
    fn classify(&self, situation: &Situation, into: &mut Vec<u32>) -> bool {
        into.resize(self.places.len(), 0);
        for (place, slot) in self.places.iter().zip(into) {
            let class = match situation.get(place.fact) {
                Knowledge::YesNo(yes) if place.is_yes_no => u32::from(yes),
                other => match place.lookup.class(other) {
                    Some(class) => u32::from(class),
                    None => return false,
                },
            };
            *slot = place.first + class;
        }
        true
    }

    /// The cases that fit.
    #[inline]
    fn fit(&self, rows: &[u32], into: &mut Vec<u64>) {
        into.clear();
        for block in &self.blocks {
            let mut fitting = [u64::MAX; WORDS];
            for row in rows {
                if let Some(row) = block.get(*row as usize) {
                    for (left, fits) in fitting.iter_mut().zip(row) {
                        *left &= fits;
                    }
                }
            }
            into.extend_from_slice(&fitting);
        }
    }

    /// Where the walks end.
    fn walk(&self, walks: &Walks, into: &mut Found) {
        let Found {
            rows,
            class_of,
            fitting,
            ..
        } = into;
        class_of.clear();
        class_of.extend(
            (rows.iter().zip(&self.places))
                .map(|(row, place)| u8::try_from(row - place.first).unwrap_or(0)),
        );
        fitting.extend(self.walked.chunks(CASES_MAX).map(|chunk| {
            chunk.iter().rev().fold(0, |bits, walked| {
                let holds = match walked {
                    Walked::Base(place) => walks.base(*place, class_of),
                    Walked::Group(place) => walks.group(*place, class_of),
                };
                bits << 1 | u64::from(holds)
            })
        }));
    }

    /// Which norms apply, and so which positions hold.
    #[inline]
    fn decide(&self, found: &mut Found) {
        let Found {
            fitting,
            applies,
            positions,
            ..
        } = found;
        applies.clear();
        applies.extend(self.norms.iter().map(|norm| norm.holds(fitting)));
        for (norm, over) in &self.overrides {
            let over = applies.get(*over as usize).copied().unwrap_or(false);
            if let Some(applies) = applies.get_mut(*norm as usize) {
                *applies &= !over;
            }
        }
        positions.clear();
        positions.resize(self.positions, false);
        for (position, applies) in self.supports.iter().zip(applies) {
            if let Some(holds) = positions.get_mut(*position as usize) {
                *holds |= *applies;
            }
        }
    }
}

impl Test {
    #[inline]
    fn holds(self, fitting: &[u64]) -> bool {
        let word = fitting.get(self.word as usize).copied().unwrap_or(0);
        (word & self.cases != 0) != self.opposite
    }
}

impl Lookup {
    fn new(layout: &Layout) -> Self {
        let other = || Self::Other(layout.clone());
        let class = |knowledge| layout.class(knowledge);
        match &layout.kind {
            // What has one class needs no answer.
            _ if layout.count == 1 => other(),
            LayoutKind::YesNo => other(),
            LayoutKind::Values(classes) => (0u32..)
                .take(classes.len())
                .map(|value| class(Knowledge::Value(value)))
                .collect::<Option<_>>()
                .map_or_else(other, Self::Values),
            LayoutKind::Number { starts, last } => match starts.first() {
                Some(first) if last.saturating_sub(*first) < NUMBERS_MAX => (*first..=*last)
                    .map(|number| class(Knowledge::Number(number, number)))
                    .collect::<Option<_>>()
                    .map_or_else(other, |classes| Self::Numbers(*first, classes)),
                _ => other(),
            },
        }
    }

    /// As [`Layout::class`].
    #[inline]
    fn class(&self, knowledge: Knowledge) -> Option<u8> {
        match (self, knowledge) {
            (Self::Values(classes), Knowledge::Value(value)) => {
                classes.get(value as usize).copied()
            }
            (Self::Numbers(first, classes), Knowledge::Number(low, high)) => {
                let class_of = |number: u32| {
                    let place = number.saturating_sub(*first) as usize;
                    classes.get(place).or(classes.last()).copied()
                };
                let class = class_of(low);
                if low == high || class == class_of(high) {
                    class
                } else {
                    None
                }
            }
            (Self::Other(layout), knowledge) => layout.class(knowledge),
            _ => None,
        }
    }
}

/// The words of all rows while cases are handed their bits.
struct Columns<'e> {
    parts: &'e Parts<'e>,
    places: &'e [Place],
    rows: u32,
    words: Vec<Column>,
    done: FxHashMap<NodeId, Test>,
    walked: Vec<Walked>,
}

/// One word of every row, and how many of its bits stand for cases.
struct Column {
    used: usize,
    rows: Vec<u64>,
}

impl Columns<'_> {
    fn norms(&mut self, into: &mut Cases) {
        let parts = self.parts;
        let mut position_of = vec![u32::MAX; parts.norms.len()];
        for (position, members) in (0u32..).zip(parts.positions) {
            for member in &members.members {
                if let Some(slot) = position_of.get_mut(*member) {
                    *slot = position;
                }
            }
        }
        let mut numbers = FxHashMap::default();
        for place in parts.order {
            let (Some(norm), Some(position), Some(overriders)) = (
                parts.norms.get(*place),
                position_of.get(*place),
                parts.overriders.get(*place),
            ) else {
                continue;
            };
            let this = number(into.norms.len());
            numbers.insert(*place, this);
            into.norms.push(self.test(norm.base, Walked::Base(*place)));
            into.supports.push(*position);
            let over = overriders.iter().filter_map(|over| numbers.get(over));
            into.overrides.extend(over.map(|over| (this, *over)));
        }
    }

    fn test(&mut self, root: NodeId, walked: Walked) -> Test {
        if let Some(known) = self.done.get(&root) {
            return *known;
        }
        let [holds, fails] = [TRUE, FALSE].map(|leaf| cases(self.parts.table, root, leaf));
        let by_cases = match (holds, fails) {
            (Some(holds), Some(fails)) if fails.len() < holds.len() => self.add_all(&fails, true),
            (Some(holds), _) => self.add_all(&holds, false),
            (None, Some(fails)) => self.add_all(&fails, true),
            (None, None) => None,
        };
        let test = by_cases.unwrap_or_else(|| {
            let place = self.walked.len();
            self.walked.push(walked);
            Test {
                word: WALKS + number(place / CASES_MAX),
                opposite: false,
                cases: 1 << (place % CASES_MAX),
            }
        });
        self.done.insert(root, test);
        test
    }

    /// Gives all these cases bits of the first word that has room for them.
    fn add_all(&mut self, cases: &[Case], opposite: bool) -> Option<Test> {
        let room = (self.words.iter()).position(|word| word.used + cases.len() <= CASES_MAX);
        let place = match room {
            Some(place) => place,
            None if self.words.len() < WORDS_MAX => {
                self.words.push(Column {
                    used: 0,
                    rows: vec![u64::MAX; self.rows as usize],
                });
                self.words.len() - 1
            }
            None => return None,
        };
        let bits = (cases.iter()).fold(0, |bits, case| bits | self.add(place, case));
        Some(Test {
            word: number(place),
            opposite,
            cases: bits,
        })
    }

    /// Gives a case the next bit of a word: set in every row it fits, clear in the others.
    fn add(&mut self, word: usize, case: &Case) -> u64 {
        let Some(column) = self.words.get_mut(word) else {
            return 0;
        };
        let bit = 1 << column.used;
        column.used += 1;
        for (place, fits) in case {
            let place = *place as usize;
            let (Some(at), Some(layout)) = (self.places.get(place), self.parts.layouts.get(place))
            else {
                continue;
            };
            let rows = column.rows.iter_mut().skip(at.first as usize);
            for (class, row) in (0..layout.count).zip(rows) {
                if fits >> class & 1 == 0 {
                    *row &= !bit;
                }
            }
        }
        bit
    }

    fn blocks(&self) -> Vec<Vec<Row>> {
        self.words
            .chunks(WORDS)
            .map(|words| {
                let row = |row: usize| {
                    let mut all = [0; WORDS];
                    for (slot, word) in all.iter_mut().zip(words) {
                        *slot = word.rows.get(row).copied().unwrap_or(0);
                    }
                    all
                };
                (0..self.rows as usize).map(row).collect()
            })
            .collect()
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Every road from a root to a leaf, or nothing when there are more than [`CASES_MAX`].
fn cases(table: &Table, root: NodeId, leaf: NodeId) -> Option<Vec<Case>> {
    let mut cases = Vec::new();
    follow(table, root, leaf, &mut Vec::new(), &mut cases).then_some(cases)
}

/// No deeper than there are facts; every inner node has both leaves below it, so that each road taken is a case.
fn follow(
    table: &Table,
    node: NodeId,
    leaf: NodeId,
    road: &mut Case,
    cases: &mut Vec<Case>,
) -> bool {
    if node <= TRUE {
        if node == leaf {
            cases.push(road.clone());
        }
        return cases.len() <= CASES_MAX;
    }
    let children = table.children(node);
    for (class, child) in (0u32..).zip(children) {
        let same = |other: &NodeId| other == child;
        if children.iter().take(class as usize).any(same) {
            continue;
        }
        let classes = (0u32..).zip(children).filter(|(_, other)| same(other));
        let classes = classes.fold(0, |set, (class, _)| set | 1 << class);
        road.push((table.place(node), classes));
        let more = follow(table, *child, leaf, road, cases);
        road.pop();
        if !more {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use crate::{Engine, LawFile, Library, Status, Statuses};

    #[test]
    fn a_class_is_looked_up_as_the_layout_says() {
        let number = |starts: &[u32], last| Layout {
            fact: FactId(0),
            count: u32::try_from(starts.len()).unwrap(),
            kind: LayoutKind::Number {
                starts: starts.to_vec(),
                last,
            },
        };
        let values = |classes: &[u32], count| Layout {
            fact: FactId(0),
            count,
            kind: LayoutKind::Values(classes.to_vec()),
        };
        let layouts = [
            number(&[0, 14, 18], 120),
            number(&[5, 6, 7, 90], 90),
            number(&[3], 9),
            number(&[0, 1000, 70_000], 4_000_000_000),
            values(&[0, 1, 0, 2], 3),
            values(&[0, 0], 1),
            Layout {
                fact: FactId(0),
                count: 2,
                kind: LayoutKind::YesNo,
            },
        ];
        let numbers = [0, 3, 4, 5, 6, 13, 14, 18, 89, 90, 91, 999, 70_000, u32::MAX];
        let mut known = vec![
            Knowledge::Unknown,
            Knowledge::YesNo(true),
            Knowledge::YesNo(false),
        ];
        for low in numbers {
            known.push(Knowledge::Value(low));
            let from = |high: &u32| *high >= low;
            let highs = numbers.into_iter().filter(from);
            known.extend(highs.map(|high| Knowledge::Number(low, high)));
        }
        for layout in &layouts {
            let lookup = Lookup::new(layout);
            for knowledge in &known {
                assert_eq!(
                    lookup.class(*knowledge),
                    layout.class(*knowledge),
                    "{knowledge:?} in {layout:?}"
                );
            }
        }
    }

    const FACTS: usize = 18;

    /// More words than one block has, norms with too many cases for a word, who overrides them, and invariants of both kinds.
    fn law() -> Engine {
        let name = |fact: usize| format!("circumstance {}", fact % FACTS);
        let names = |from: usize, count: usize| {
            let all: Vec<String> = (from..from + count).map(name).collect();
            all.join(", ")
        };
        let labels = |text: &str| format!("label en \"{text}\" ru \"{text}\" kk \"{text}\"");
        let mut words = String::from("# Words\n\n```law\nactor state\n  ");
        writeln!(words, "{}\n", labels("state")).unwrap();
        for fact in 0..FACTS {
            let fact = name(fact);
            writeln!(
                words,
                "fact {fact}\n  yes or no\n  group person\n  learned by asking\n  role first line\n  step 10\n  sensitivity identity\n  {}\n  \
                 question en \"{fact}?\" ru \"{fact}?\" kk \"{fact}?\"\n",
                labels(&fact)
            )
            .unwrap();
        }
        let mut law = String::from(
            "# Law\n\n```law\ninstrument a-law\n  title en \"Law\" ru \"Закон\" kk \"Заң\"\n  number \"1\"\n  \
             jurisdiction international\n  rank law\n  source \"a test\"\n  in force from 2000-01-01\n\n\
             order tested\n  label en \"T\" ru \"T\" kk \"T\"\n  includes tested\n  priority law\n```\n",
        );
        for norm in 0..FACTS {
            writeln!(
                words,
                "act do {norm}\n  severity other\n  {}\n",
                labels(&format!("do {norm}"))
            )
            .unwrap();
            let condition = match norm % 3 {
                0 => format!("at least 5 of ({})", names(norm, 12)),
                1 => format!("at least 4 of ({})", names(norm, 7)),
                _ => format!("not {} and {}", name(norm), name(norm + 5)),
            };
            let over = (norm > 0).then(|| format!("  overrides n-{}\n", norm - 1));
            write!(
                law,
                "\n## Article {norm}. A\n```law\nnorm n-{norm}\n  the state must do {}\n  when {condition}\n{}  memory\n```\n",
                norm / 2,
                over.unwrap_or_default()
            )
            .unwrap();
        }
        writeln!(
            words,
            "never {} and {}\n\nnever at least 11 of ({})\n```",
            name(0),
            name(1),
            names(2, 16)
        )
        .unwrap();
        let files = [("vocabulary/words.md", words), ("tested/law.md", law)];
        let read = Library::read_unchecked(files.map(|(path, text)| LawFile {
            path: path.to_owned(),
            bytes: text.into_bytes(),
        }));
        let problems = sapar_diagnostics::render_all(
            &read.sources,
            &read.problems,
            sapar_diagnostics::Style::Plain,
        );
        assert!(!read.has_errors(), "{problems}");
        let library = Arc::new(read.library);
        let order = library.order_named("tested").unwrap();
        Engine::new(library, order, date(2026, 11, 24)).unwrap()
    }

    #[test]
    fn cases_and_walks_agree_with_the_whole_evaluation() {
        let engine = law();
        assert!(engine.cases.blocks.len() > 1);
        assert!(
            engine
                .cases
                .walked
                .iter()
                .any(|walked| matches!(walked, Walked::Base(_)))
        );
        assert!(
            engine
                .cases
                .walked
                .iter()
                .any(|walked| matches!(walked, Walked::Group(_)))
        );
        assert!(engine.cases.overrides.len() > 10);
        let mut statuses = Statuses::new();
        let (mut certain, mut impossible) = (0, 0);
        // Steps of a large odd number go through the bits evenly.
        for case in 0..4_000u32 {
            let bits = case.wrapping_mul(0x9e37_79b9) >> (32 - FACTS);
            let mut situation = Situation::new();
            for (bit, fact) in engine.facts().enumerate() {
                situation.set(fact, Knowledge::YesNo(bits >> bit & 1 == 1));
            }
            let answered = engine.statuses(&situation, &mut statuses);
            let Ok(evaluation) = engine.evaluate(&situation) else {
                assert!(answered.is_err());
                impossible += 1;
                continue;
            };
            assert!(answered.is_ok());
            for (id, _) in engine.position_ids() {
                assert_eq!(statuses.get(id), evaluation.status(id), "case {case}");
                certain += usize::from(statuses.get(id) == Status::Certain);
            }
        }
        assert!(
            certain > 1_000 && impossible > 100,
            "{certain}, {impossible}"
        );
    }
}
