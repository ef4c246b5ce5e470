//! How long questions take in a database of many persons.
//!
//! `cargo run --release -p sapar-store-postgres --example million -- [PERSONS]`, on a server of its own in a temporary folder.
//! Each person has eight tokens, some of them very common, and two lines of lists.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "an example stops at the first surprise"
)]

#[path = "../tests/support/server.rs"]
mod server;

use std::time::Instant;

use sapar_store::Store;
use sapar_store::story::{Many, node};
use sapar_store_postgres::{Options, PostgresStore};
use server::Server;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut given = std::env::args().skip(1);
    let persons: u64 = given.next().map_or(1_000_000, |text| text.parse().unwrap());
    let server = Server::start();
    let address = server.place();
    let store = PostgresStore::connect(&address, Options::new(node()));
    let store = std::sync::Arc::new(store.await.unwrap());
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
        "{persons} persons in {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    // What the server does by itself after a while.
    server.sql(&address, "VACUUM ANALYZE");
    many.ask(&*store, persons).await;
    store.close().await;
}
