//! How many answers of an interview a second a PostgreSQL server on this machine records, each on the disk before it is acknowledged.
//!
//! `cargo run --release -p sapar-store-postgres --example appends -- [SECONDS] [ADDRESS]`
//! Without the address of an empty database it starts a server of its own, in a temporary folder, with PostgreSQL's own settings.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "an example stops at the first surprise"
)]

#[path = "../tests/support/server.rs"]
mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sapar_store::story::{answer, node, person_key};
use sapar_store::{Proof, Store, verify};
use sapar_store_postgres::{Options, PostgresStore};
use server::Server;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut given = std::env::args().skip(1);
    let seconds = given.next().map_or(5, |text| text.parse().unwrap());
    let (address, _own) = match given.next() {
        Some(address) => (address, None),
        None => {
            let own = Server::start();
            (own.place(), Some(own))
        }
    };
    let store = PostgresStore::connect(&address, Options::new(node()));
    let store = Arc::new(store.await.unwrap());
    store.append(person_key(0)).await.unwrap();
    let next = Arc::new(AtomicU64::new(1));
    println!("writers  answers/s  median ms  99th percentile ms");
    for writers in [1, 4, 16, 64, 256] {
        let until = Instant::now() + Duration::from_secs(seconds);
        let started = Instant::now();
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..writers {
            let (store, next) = (store.clone(), next.clone());
            tasks.spawn(async move {
                let mut took = Vec::new();
                while Instant::now() < until {
                    let begun = Instant::now();
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    store.append(answer(number)).await.unwrap();
                    took.push(begun.elapsed());
                }
                took
            });
        }
        let mut took: Vec<Duration> = tasks.join_all().await.into_iter().flatten().collect();
        let each = started.elapsed().as_secs_f64() / took.len() as f64;
        took.sort_unstable();
        let at = |part: usize| took.get(took.len() * part / 100).unwrap().as_secs_f64() * 1e3;
        println!(
            "{writers:>7}  {:>9.0}  {:>9.2}  {:>18.2}",
            1.0 / each,
            at(50),
            at(99)
        );
    }
    let started = Instant::now();
    let Proof::Whole(chains) = verify(&*store).await.unwrap() else {
        unreachable!("nobody else writes this database")
    };
    let events: u64 = chains.iter().map(|chain| chain.events).sum();
    println!(
        "{events} events proved whole in {:.1} s",
        started.elapsed().as_secs_f64()
    );
    store.close().await;
}
