//! Many invented persons, and how long questions about them take; for measuring, not for proving.

use std::time::Instant;

use sapar_sealing::{Field, IndexKey, Token};

use super::{code, command, draft, random, v7};
use crate::batch::{Batch, Change, Entry};
use crate::query::{Order, Query};
use crate::store::Store;

/// Bytes that look random.
type Bytes = Box<dyn FnMut(&mut [u8]) + Send>;

/// Makes persons from a seed, and asks about them.
///
/// Each has eight tokens, some of them very common, and two lines of lists.
pub struct Many {
    index: IndexKey,
    random: Bytes,
}

impl Default for Many {
    fn default() -> Self {
        Self {
            index: IndexKey::make(&mut random(7)),
            random: Box::new(random(8)),
        }
    }
}

impl Many {
    fn uniform(&mut self, end: u64) -> u64 {
        let mut bytes = [0; 8];
        (self.random)(&mut bytes);
        u64::from_le_bytes(bytes) % end
    }

    /// Numbers below an end, the small ones far more often, as with names.
    fn skewed(&mut self, end: u64) -> u64 {
        let share = self.uniform(1 << 32) as f64 / f64::from(u32::MAX);
        ((end as f64).powf(share) as u64).saturating_sub(1)
    }

    fn token(&self, field: Field, number: u64) -> Token {
        self.index.token(field, &number.to_string())
    }

    /// Registers the next person.
    ///
    /// # Panics
    /// If the number is past what a time can hold.
    pub fn person(&mut self, number: u64) -> Batch {
        let id = v7(1 << 40 | number);
        let mut tokens = Vec::new();
        for _ in 0..2 {
            let name = self.skewed(60_000);
            tokens.push(self.token(Field::NameWord, name));
            tokens.push(self.token(Field::NameBeginning, name % 4_000));
            tokens.push(self.token(Field::NameLikeness, name % 20_000));
        }
        let birth = self.uniform(25_000);
        tokens.push(self.token(Field::BirthDate, birth));
        tokens.push(self.token(Field::DocumentNumber, number));
        let line = |list: &str, bits: u64, state: &str, at_ms, classes| Entry {
            list: code(list),
            id: v7(bits << 40 | number),
            owner: v7(900 + number % 40),
            person: Some(id),
            state: code(state),
            at_ms: Some(at_ms),
            classes,
            open:
                br#"{"duty":"inform-of-rights","encounter":"01970000-0000-7000-8000-000000000000"}"#
                    .to_vec(),
        };
        let at_ms = i64::try_from(number).unwrap() * 1_000;
        let state = if number.is_multiple_of(20) {
            "open"
        } else {
            "done"
        };
        let lines = [
            line("tasks", 2, state, at_ms, [0, 1, 8, 64][number as usize % 4]),
            line("met", 3, "checked", at_ms, 0),
        ];
        Batch {
            changes: lines
                .into_iter()
                .map(Change::Put)
                .chain([Change::Tokens { person: id, tokens }])
                .collect(),
            ..Batch::new(
                command(number),
                number,
                vec![draft(number, "person.registered", 1 << 40 | number)],
            )
        }
    }

    /// Asks each question twenty times and prints how long it took.
    ///
    /// # Panics
    /// If the database fails.
    pub async fn ask(&self, store: &dyn Store, persons: u64) {
        let words = |numbers: &[u64]| -> Vec<Token> {
            numbers
                .iter()
                .map(|number| self.token(Field::NameWord, *number))
                .collect()
        };
        for (what, numbers) in [
            ("the two commonest names together", [0, 1]),
            ("a common and a rare name", [0, 40_000]),
            ("two rare names", [40_000, 40_001]),
        ] {
            let find = async || store.find(words(&numbers), 2, 21).await.unwrap();
            timed(what, find, Vec::len).await;
        }
        let find = async || store.find(words(&[0, 500]), 1, 200).await.unwrap();
        timed("one of two names, the commonest among them", find, Vec::len).await;
        let document = self.token(Field::DocumentNumber, persons / 2);
        let find = async || store.find(vec![document], 1, 21).await.unwrap();
        timed("a document", find, Vec::len).await;

        let tasks = || Query::new(code("tasks"), 1 | 8);
        let owned = |owners: std::ops::Range<u64>| Query {
            owners: owners.map(|owner| v7(900 + owner)).collect(),
            ..tasks()
        };
        let open = |query: Query| Query {
            states: vec![code("open")],
            ..query
        };
        let latest = |query: Query| Query {
            order: Order::LatestFirst,
            ..query
        };
        let pages = [
            ("open tasks of one owner", open(owned(0..1))),
            ("tasks of one owner, latest first", latest(owned(0..1))),
            ("open tasks of ten owners", open(owned(0..10))),
            ("open tasks of all", open(tasks())),
            ("all tasks, latest first", latest(tasks())),
        ];
        for (what, query) in pages {
            let page = async || store.entries(query.clone()).await.unwrap();
            timed(what, page, |page| page.entries.len()).await;
        }
        for (what, query) in [
            ("counting the tasks of one owner", owned(0..1)),
            ("counting all tasks", tasks()),
        ] {
            let count = async || store.count(query.clone()).await.unwrap();
            timed(what, count, Vec::len).await;
        }
    }
}

async fn timed<T>(what: &str, question: impl AsyncFn() -> T, size: impl Fn(&T) -> usize) {
    let mut all = Vec::new();
    let mut found = 0;
    for _ in 0..20 {
        let begun = Instant::now();
        found = size(&question().await);
        all.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    all.sort_by(f64::total_cmp);
    println!(
        "{what:<44} {found:>6} found, median {:>7.2} ms, longest {:>7.2} ms",
        all[10], all[19]
    );
}
