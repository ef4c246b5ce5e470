//! How long questions take in a database of many persons.
//!
//! `cargo run --release -p sapar-store-sqlite --example million -- [FOLDER] [PERSONS]`
//! Each person has eight tokens, some of them very common, and two lines of lists.
#![expect(clippy::unwrap_used, reason = "an example stops at the first surprise")]

use std::path::PathBuf;
use std::time::Instant;

use sapar_store::Store;
use sapar_store::story::{Many, node};
use sapar_store_sqlite::{Options, SqliteStore};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut given = std::env::args().skip(1);
    let folder = PathBuf::from(given.next().unwrap_or_else(|| ".".to_owned()));
    let persons: u64 = given.next().map_or(1_000_000, |text| text.parse().unwrap());
    let folder = tempfile::tempdir_in(folder).unwrap();
    let path = folder.path().join("post.db");
    let store = std::sync::Arc::new(SqliteStore::open(&path, Options::new(node())).unwrap());
    let mut many = Many::default();
    let begun = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..persons {
        let one = many.person(number);
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
    many.ask(&store, persons).await;
    store.close().await;
}
