//! How long questions take in a database of many persons.
//!
//! `cargo run --release -p sapar-store-sqlite --example million -- [FOLDER] [PERSONS]`
//! Each person has eight tokens, some of them very common, and two lines of lists.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "an example stops at the first surprise"
)]

use std::path::PathBuf;
use std::time::Instant;

use sapar_ledger::Code;
use sapar_sealing::{Field, IndexKey, Token};
use sapar_store::story::{command, draft, node, random, v7};
use sapar_store::{Batch, Change, Entry, Order, Query, Store};
use sapar_store_sqlite::{Options, SqliteStore};

/// Numbers below an end, the small ones far more often, as with names.
struct Skewed<R>(R);

impl<R: FnMut(&mut [u8])> Skewed<R> {
    fn uniform(&mut self, end: u64) -> u64 {
        let mut bytes = [0; 8];
        (self.0)(&mut bytes);
        u64::from_le_bytes(bytes) % end
    }

    fn below(&mut self, end: u64) -> u64 {
        let share = self.uniform(1 << 32) as f64 / f64::from(u32::MAX);
        ((end as f64).powf(share) as u64).saturating_sub(1)
    }
}

fn person(number: u64, random: &mut Skewed<impl FnMut(&mut [u8])>, index: &IndexKey) -> Batch {
    let code = |text: &str| Code::new(text).unwrap();
    let id = v7(1 << 40 | number);
    let word = |field, name: &str, number: u64| index.token(field, &format!("{name} {number}"));
    let mut tokens = Vec::new();
    for _ in 0..2 {
        let name = random.below(60_000);
        tokens.push(word(Field::NameWord, "word", name));
        tokens.push(word(Field::NameBeginning, "beginning", name % 4_000));
        tokens.push(word(Field::NameLikeness, "likeness", name % 20_000));
    }
    tokens.push(word(Field::BirthDate, "birth", random.uniform(25_000)));
    tokens.push(word(Field::DocumentNumber, "document", number));
    let line = |list: &str, bits: u64, state: &str, at_ms, classes| Entry {
        list: code(list),
        id: v7(bits << 40 | number),
        owner: v7(900 + number % 40),
        person: Some(id),
        state: code(state),
        at_ms: Some(at_ms),
        classes,
        open: br#"{"duty":"inform-of-rights","encounter":"01970000-0000-7000-8000-000000000000"}"#
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
        "{what:<46} {found:>6} found, median {:>7.2} ms, longest {:>7.2} ms",
        all[10], all[19]
    );
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut given = std::env::args().skip(1);
    let folder = PathBuf::from(given.next().unwrap_or_else(|| ".".to_owned()));
    let persons: u64 = given.next().map_or(1_000_000, |text| text.parse().unwrap());
    let folder = tempfile::tempdir_in(folder).unwrap();
    let path = folder.path().join("post.db");
    let store = std::sync::Arc::new(SqliteStore::open(&path, Options::new(node())).unwrap());
    let index = IndexKey::make(&mut random(7));
    let mut skewed = Skewed(random(8));
    let begun = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..persons {
        let one = person(number, &mut skewed, &index);
        let store = store.clone();
        tasks.spawn(async move { store.append(one).await.unwrap() });
        if tasks.len() > 2_000 {
            tasks.join_next().await.unwrap().unwrap();
        }
    }
    tasks.join_all().await;
    println!(
        "{persons} persons in {:.0} s, {} MB",
        begun.elapsed().as_secs_f64(),
        std::fs::metadata(&path).unwrap().len() >> 20
    );
    store.close().await;

    let begun = Instant::now();
    let store = SqliteStore::open(&path, Options::new(node())).unwrap();
    println!("opened in {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    let code = |text: &str| Code::new(text).unwrap();
    let words = |numbers: &[u64]| -> Vec<Token> {
        numbers
            .iter()
            .map(|number| index.token(Field::NameWord, &format!("word {number}")))
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
    let document = index.token(Field::DocumentNumber, &format!("document {}", persons / 2));
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
    store.close().await;
}
