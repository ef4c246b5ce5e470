//! The one story of tests, told of PostgreSQL.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests stop at the first surprise"
)]

#[path = "support/server.rs"]
mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sapar_store::Store;
use sapar_store::story::{node, story};
use sapar_store_postgres::{Options, PostgresStore};
use server::{GIVEN, Server};

/// New, empty places, on a server that was given or on one of our own.
enum Databases {
    Own(Server),
    Given(Box<tokio_postgres::Config>),
}

impl Databases {
    async fn fresh(&self, number: u32) -> String {
        match self {
            Self::Own(server) => server.place(),
            Self::Given(config) => {
                let (client, driver) = config.connect(tokio_postgres::NoTls).await.unwrap();
                tokio::spawn(driver);
                let name = format!("sapar_test_{}_{number}", std::process::id());
                client
                    .batch_execute(&format!("CREATE DATABASE {name}"))
                    .await
                    .unwrap();
                let given = std::env::var(GIVEN).unwrap();
                // The last of two that name a database counts.
                if given.contains("://") {
                    let (before, _) = given.rsplit_once('/').unwrap();
                    format!("{before}/{name}")
                } else {
                    format!("{given} dbname={name}")
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgresql_keeps_every_promise() {
    let databases = match std::env::var(GIVEN) {
        Ok(address) => Databases::Given(Box::new(address.parse().unwrap())),
        Err(_) => Databases::Own(Server::start()),
    };
    let count = AtomicU32::new(0);
    story(async || {
        let address = databases.fresh(count.fetch_add(1, Ordering::Relaxed)).await;
        let store = PostgresStore::connect(&address, Options::new(node())).await;
        Arc::new(store.unwrap()) as Arc<dyn Store>
    })
    .await;
    assert_eq!(count.into_inner(), 19);
}
