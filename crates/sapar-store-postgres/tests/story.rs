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

use sapar_ledger::NodeId;
use sapar_store::story::{batch, copies_everything, node, story, v7};
use sapar_store::{Proof, Store, verify};
use sapar_store_postgres::{Options, PostgresStore};
use sapar_store_sqlite::SqliteStore;
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
    assert_eq!(count.into_inner(), 24);
}

/// A post moves to a server, and a server is copied into a file; the copy then writes on as a node of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_in_one_database_is_copied_to_the_other() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let other = NodeId::new(v7(77)).unwrap();
    let file = |name: &str, node| {
        SqliteStore::open(
            &folder.path().join(name),
            sapar_store_sqlite::Options::new(node),
        )
        .unwrap()
    };
    let place = async |node| {
        PostgresStore::connect(&server.place(), Options::new(node))
            .await
            .unwrap()
    };
    let (post, headquarters) = (file("post.db", node()), place(other).await);
    copies_everything(&post, &headquarters).await;
    goes_on(&headquarters, other).await;
    let (headquarters, copy) = (place(node()).await, file("copy.db", other));
    copies_everything(&headquarters, &copy).await;
    goes_on(&copy, other).await;
}

async fn goes_on(store: &dyn Store, node: NodeId) {
    let heads = store.heads().await.unwrap();
    let latest = heads.iter().map(|head| head.clock).max().unwrap();
    let mut early = batch(9_999, 50);
    early.wall_ms = 1;
    let appended = store.append(early).await.unwrap();
    let receipt = appended.receipts.first().unwrap();
    assert_eq!((store.node(), receipt.sequence), (node, 1));
    assert!(receipt.clock > latest);
    assert!(matches!(verify(store).await.unwrap(), Proof::Whole(_)));
}
