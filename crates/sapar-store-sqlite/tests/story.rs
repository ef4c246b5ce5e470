//! The one story of tests, told of SQLite.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sapar_store::Store;
use sapar_store::story::{node, story};
use sapar_store_sqlite::{Options, SqliteStore};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_keeps_every_promise() {
    let folder = tempfile::tempdir().unwrap();
    let count = AtomicU32::new(0);
    story(async || {
        let path = folder
            .path()
            .join(format!("{}.db", count.fetch_add(1, Ordering::Relaxed)));
        Arc::new(SqliteStore::open(&path, Options::new(node())).unwrap()) as Arc<dyn Store>
    })
    .await;
    assert_eq!(count.into_inner(), 24);
}
