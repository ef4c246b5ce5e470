//! What goes wrong with a server is told clearly, and nothing is lost by it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at the first surprise"
)]

#[path = "support/server.rs"]
mod server;

use std::time::Duration;

use sapar_ledger::{Break, Broken, NodeId};
use sapar_sealing::{DataKey, NodeKey};
use sapar_store::story::{batch, command, draft, node, random, v7};
use sapar_store::{Batch, Change, Entry, File, Proof, Query, Store, StoreError, verify};
use sapar_store_postgres::{Options, PostgresStore};
use server::Server;

async fn try_open(address: &str) -> Result<PostgresStore, StoreError> {
    PostgresStore::connect(
        address,
        Options {
            patience: Duration::from_millis(300),
            ..Options::new(node())
        },
    )
    .await
}

async fn filled(address: &str, events: u64) -> PostgresStore {
    let store = try_open(address).await.unwrap();
    for number in 1..=events {
        store.append(batch(number, 50)).await.unwrap();
    }
    store
}

async fn broken(store: &PostgresStore) -> Broken {
    match verify(store).await.unwrap() {
        Proof::Broken(broken) => broken,
        Proof::Whole(_) => panic!("the chain is told to be whole"),
    }
}

async fn events(store: &PostgresStore) -> u64 {
    match verify(store).await.unwrap() {
        Proof::Whole(chains) => chains.iter().map(|chain| chain.events).sum(),
        Proof::Broken(broken) => panic!("{broken}"),
    }
}

/// One server for all: starting one takes longer than what is tried on it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_goes_wrong_is_told_and_nothing_is_lost() {
    let server = Server::start();
    a_database_is_there_again_after_it_was_closed(&server).await;
    two_programs_on_one_database_keep_one_chain(&server).await;
    a_newer_database_is_refused_and_left_as_it_is(&server).await;
    another_programs_database_is_refused_and_left_as_it_is(&server).await;
    a_user_without_rights_is_told(&server).await;
    a_locked_database_is_told(&server).await;
    one_command_that_the_server_refuses_disturbs_no_other(&server).await;
    a_copy_put_back_goes_on_as_another_node(&server).await;
    whatever_is_changed_in_the_tables_is_found(&server).await;
    events_that_were_moved_are_found_by_the_check(&server).await;
    a_full_disk_is_told(&server).await;
    a_server_that_would_lose_what_it_acknowledged_is_refused(&server).await;
    a_server_that_goes_away_is_told_and_found_again(&server).await;
}

async fn a_database_is_there_again_after_it_was_closed(server: &Server) {
    let address = server.place();
    filled(&address, 3).await.close().await;
    // The node is the database's own, whatever is given.
    let other = NodeId::new(v7(99)).unwrap();
    let store = PostgresStore::connect(&address, Options::new(other))
        .await
        .unwrap();
    assert_eq!(store.node(), node());
    store.append(batch(4, 50)).await.unwrap();
    assert_eq!(events(&store).await, 4);
}

async fn two_programs_on_one_database_keep_one_chain(server: &Server) {
    let address = server.place();
    // Both find it empty at once, and one of them makes the tables.
    let (one, other) = tokio::join!(
        PostgresStore::connect(&address, Options::new(node())),
        PostgresStore::connect(&address, Options::new(NodeId::new(v7(98)).unwrap())),
    );
    let stores = [
        std::sync::Arc::new(one.unwrap()),
        std::sync::Arc::new(other.unwrap()),
    ];
    assert_eq!(stores[0].node(), stores[1].node());
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..200_u64 {
        let store = stores[usize::from(number % 2 == 0)].clone();
        tasks.spawn(async move { store.append(batch(number, 50)).await.unwrap() });
    }
    // Whoever follows the log by places misses nothing, also while two programs write.
    let reader = stores[0].clone();
    let following = tokio::spawn(async move {
        let (mut after, mut seen) = (0, 0);
        while seen < 200 {
            for one in reader.log(after, 7).await.unwrap() {
                assert_eq!(one.position, after + 1);
                after = one.position;
                seen += 1;
            }
        }
    });
    tasks.join_all().await;
    following.await.unwrap();
    for store in &stores {
        assert_eq!(events(store).await, 200);
        store.check().await.unwrap();
    }
}

async fn a_newer_database_is_refused_and_left_as_it_is(server: &Server) {
    let address = server.place();
    filled(&address, 1).await.close().await;
    server.sql(&address, "UPDATE sapar_store SET version = 99");
    let refused = try_open(&address).await.unwrap_err();
    assert_eq!(
        refused,
        StoreError::Newer {
            found: 99,
            known: 2
        }
    );
    assert_eq!(
        server.sql(&address, "SELECT version FROM sapar_store"),
        "99"
    );
}

async fn another_programs_database_is_refused_and_left_as_it_is(server: &Server) {
    let address = server.place();
    server.sql(&address, "CREATE TABLE theirs (a INTEGER)");
    assert_eq!(
        try_open(&address).await.unwrap_err(),
        StoreError::OtherDatabase
    );
    let tables =
        "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace";
    assert_eq!(server.sql(&address, tables), "1");
    let none = address.replace("dbname=postgres", "dbname=none");
    assert_eq!(try_open(&none).await.unwrap_err(), StoreError::Unreachable);
    for wrong in ["postgres://nowhere.invalid:1/x", "host=/nowhere dbname=x"] {
        let told = try_open(wrong).await.unwrap_err();
        assert_eq!(told, StoreError::Unreachable, "{wrong}");
    }
    let secret = "postgres://user:a-secret@";
    for wrong in [secret, "postgres://u:a-secret@h/d?sslmode=require"] {
        let told = try_open(wrong).await.unwrap_err().to_string();
        assert!(!told.contains("a-secret"), "{told}");
    }
}

async fn a_user_without_rights_is_told(server: &Server) {
    let address = server.place();
    filled(&address, 1).await.close().await;
    server.sql(&address,
        "DO $$ BEGIN CREATE USER guest; EXECUTE format('GRANT USAGE ON SCHEMA %1$I TO guest; GRANT SELECT ON ALL TABLES IN SCHEMA %1$I TO guest', current_schema()); END $$",
    );
    let guest = address.replace("user=sapar", "user=guest");
    let store = try_open(&guest).await.unwrap();
    assert_eq!(
        store.append(batch(2, 50)).await.unwrap_err(),
        StoreError::NotPermitted
    );
    assert_eq!(events(&store).await, 1);
    let nobody = address.replace("user=sapar", "user=nobody");
    assert_eq!(
        try_open(&nobody).await.unwrap_err(),
        StoreError::NotPermitted
    );
}

async fn a_locked_database_is_told(server: &Server) {
    let address = server.place();
    let store = filled(&address, 2).await;
    let config: tokio_postgres::Config = address.parse().unwrap();
    let (other, driver) = config.connect(tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(driver);
    other
        .batch_execute("BEGIN; SELECT 1 FROM sapar_store FOR UPDATE")
        .await
        .unwrap();
    assert_eq!(
        store.append(batch(3, 50)).await.unwrap_err(),
        StoreError::Busy
    );
    // Reading goes on.
    assert_eq!(store.log(0, 10).await.unwrap().len(), 2);
    other.batch_execute("ROLLBACK").await.unwrap();
    store.append(batch(3, 50)).await.unwrap();
    assert_eq!(events(&store).await, 3);
}

/// A refusal that nobody foresaw, made by hand: the group is tried again one by one.
async fn one_command_that_the_server_refuses_disturbs_no_other(server: &Server) {
    let address = server.place();
    let store = std::sync::Arc::new(filled(&address, 0).await);
    server.sql(
        &address,
        "ALTER TABLE entries ADD CHECK (state <> 'unforeseen')",
    );
    let line = |number, state| Entry {
        list: sapar_ledger::Code::new("tasks").unwrap(),
        id: v7(number),
        owner: v7(8),
        person: None,
        state: sapar_ledger::Code::new(state).unwrap(),
        at_ms: None,
        classes: 0,
        open: Vec::new(),
    };
    let mut tasks = tokio::task::JoinSet::new();
    for number in 1..=60 {
        let store = store.clone();
        let state = if number % 20 == 7 {
            "unforeseen"
        } else {
            "open"
        };
        let one = Batch {
            changes: vec![Change::Put(line(number, state))],
            ..batch(number, 50)
        };
        tasks.spawn(async move { (number, store.append(one).await) });
    }
    for (number, done) in tasks.join_all().await {
        if number % 20 == 7 {
            assert!(matches!(done, Err(StoreError::Failed { .. })), "{done:?}");
        } else {
            done.unwrap();
        }
    }
    assert_eq!(events(&store).await, 57);
    store.check().await.unwrap();
}

fn person(number: u64) -> Batch {
    let mut random = random(number);
    let node_key = NodeKey::make(&mut random);
    let mut registered = draft(number, "person.registered", number);
    registered.subject = Some(v7(number));
    registered.sealed = Some(b"sealed bytes".to_vec());
    let mut one = Batch::new(command(number), 1_000, vec![registered]);
    one.new_keys = vec![(
        v7(number),
        DataKey::make(v7(number), &mut random).wrap(&node_key, &mut random),
    )];
    one.files = vec![File {
        id: v7(1_000 + number),
        subject: v7(number),
        sealed: vec![7; 5_000],
    }];
    one
}

async fn a_copy_put_back_goes_on_as_another_node(server: &Server) {
    let admin = server.database("postgres");
    server.sql(&admin, "CREATE DATABASE original");
    let store = filled(&server.database("original"), 3).await;
    let before = store.append(person(70)).await.unwrap();
    store.close().await;
    // As from a dump.
    server.sql(&admin, "CREATE DATABASE copy TEMPLATE original");
    let copy = try_open(&server.database("copy")).await.unwrap();
    assert_eq!(
        copy.go_on_as(node()).await.unwrap_err(),
        StoreError::IdTaken
    );
    let next = NodeId::new(v7(90)).unwrap();
    copy.go_on_as(next).await.unwrap();
    assert_eq!(copy.node(), next);
    let after = copy
        .append(Batch {
            wall_ms: 1,
            ..batch(80, 50)
        })
        .await
        .unwrap();
    assert_eq!(after.receipts[0].sequence, 1);
    assert!(after.receipts[0].clock > before.receipts[0].clock);
    assert_eq!(events(&copy).await, 5);
    copy.check().await.unwrap();
}

/// Whoever goes past this program to the tables is found; past a trigger, since these stop only mistakes.
async fn whatever_is_changed_in_the_tables_is_found(server: &Server) {
    let changes = [
        (
            "UPDATE events SET open = '{}' WHERE sequence = 5",
            5,
            Break::Altered,
        ),
        (
            "UPDATE events SET clock = clock + 1 WHERE sequence = 5",
            5,
            Break::Altered,
        ),
        (
            "UPDATE events SET purpose = 'return' WHERE sequence = 5",
            5,
            Break::Altered,
        ),
        (
            "UPDATE events SET subject = stream WHERE sequence = 5",
            5,
            Break::Altered,
        ),
        (
            "UPDATE events SET actor_user = NULL WHERE sequence = 5",
            5,
            Break::Altered,
        ),
        (
            "UPDATE events SET name = 'Aigul' WHERE sequence = 5",
            5,
            Break::Altered,
        ),
        (
            "UPDATE events SET hash = decode(repeat('00', 32), 'hex') WHERE sequence = 5",
            5,
            Break::Altered,
        ),
        (
            "DELETE FROM events WHERE sequence = 5",
            6,
            Break::Missing { count: 1 },
        ),
        (
            "DELETE FROM events WHERE sequence = 9",
            8,
            Break::OtherEnd { known: 9 },
        ),
        ("DELETE FROM events", 0, Break::OtherEnd { known: 9 }),
        (
            "UPDATE chains SET sequence = 8, hash = (SELECT hash FROM events WHERE sequence = 8)",
            9,
            Break::OtherEnd { known: 8 },
        ),
    ];
    for (sql, sequence, how) in changes {
        let address = server.place();
        let store = filled(&address, 9).await;
        if !sql.starts_with("UPDATE chains") {
            // A trigger guards against mistakes.
            let guarded = format!(
                "DO $$ BEGIN {sql}; RAISE EXCEPTION 'it was let through'; \
                 EXCEPTION WHEN raise_exception THEN IF SQLERRM NOT LIKE '%neither%' THEN RAISE; END IF; END $$"
            );
            server.sql(&address, &guarded);
        }
        server.sql(
            &address,
            &format!("ALTER TABLE events DISABLE TRIGGER ALL; {sql}"),
        );
        let found = broken(&store).await;
        assert_eq!((found.sequence, found.how), (sequence, how), "{sql}");
        store.close().await;
    }
}

/// Where an event stands in its stream and in the log is this database's own and in no hash.
async fn events_that_were_moved_are_found_by_the_check(server: &Server) {
    let changes = [
        "UPDATE events SET stream_version = 70 WHERE sequence = 5",
        "UPDATE events SET position = 70 WHERE sequence = 5",
        "UPDATE sapar_store SET position = 70",
    ];
    for sql in changes {
        let address = server.place();
        let store = filled(&address, 9).await;
        store.check().await.unwrap();
        server.sql(
            &address,
            &format!("ALTER TABLE events DISABLE TRIGGER ALL; {sql}"),
        );
        assert_eq!(
            store.check().await.unwrap_err(),
            StoreError::Corrupt,
            "{sql}"
        );
        store.close().await;
    }
}

async fn a_full_disk_is_told(server: &Server) {
    let Some((address, disk)) = server.place_on_small_disk(6) else {
        println!("NOT TRIED: no disk can be mounted here, which is for root");
        return;
    };
    let ballast = disk.0.join("ballast");
    std::fs::write(&ballast, vec![0; 2 << 20]).unwrap();
    let store = filled(&address, 2).await;
    let mut acknowledged = 2;
    let mut refused = 0;
    for number in 3..400_u64 {
        let mut large = batch(number, number);
        large.events[0].open = noise(number, 30_000);
        match store.append(large).await {
            Ok(_) => acknowledged += 1,
            Err(error) => {
                assert_eq!(error, StoreError::DiskFull);
                refused += 1;
            }
        }
        if refused > 20 {
            break;
        }
    }
    assert!(refused > 20, "the disk never got full: {acknowledged}");
    assert_eq!(events(&store).await, acknowledged);
    std::fs::remove_file(&ballast).unwrap();
    let mut large = batch(1_000, 50);
    large.events[0].open = noise(1_000, 30_000);
    store.append(large).await.unwrap();
    assert_eq!(events(&store).await, acknowledged + 1);
    store.check().await.unwrap();
    store.close().await;
    server.sql(
        &address,
        "DO $$ BEGIN EXECUTE format('DROP SCHEMA %I CASCADE', current_schema()); END $$",
    );
    server.sql(&address, "DROP TABLESPACE small");
}

/// What does not get smaller when it is compressed.
fn noise(seed: u64, bytes: usize) -> Vec<u8> {
    let mut noise = vec![0; bytes];
    random(seed)(&mut noise);
    noise
}

async fn a_server_that_would_lose_what_it_acknowledged_is_refused(server: &Server) {
    let address = server.place();
    let set = |setting: &str| {
        let admin = server.database("postgres");
        server.sql(&admin, &format!("ALTER SYSTEM SET {setting}"));
        server.sql(&admin, "SELECT pg_reload_conf()");
        std::thread::sleep(Duration::from_millis(300));
    };
    set("fsync = off");
    let refused = try_open(&address).await.unwrap_err();
    assert_eq!(refused, StoreError::NotDurable);
    set("fsync = on");
    // What a single session may choose is chosen by the store.
    set("synchronous_commit = off");
    filled(&address, 1).await.close().await;
    set("synchronous_commit = on");
}

/// Last, since it stops the server.
async fn a_server_that_goes_away_is_told_and_found_again(server: &Server) {
    let address = server.place();
    let store = filled(&address, 5).await;
    assert_eq!(store.log(0, 10).await.unwrap().len(), 5);
    server.stop();
    assert_eq!(
        store.append(batch(6, 50)).await.unwrap_err(),
        StoreError::Unreachable
    );
    assert_eq!(store.log(0, 10).await.unwrap_err(), StoreError::Unreachable);
    server.go();
    assert_eq!(store.log(0, 10).await.unwrap().len(), 5);
    store.append(batch(6, 50)).await.unwrap();
    assert_eq!(events(&store).await, 6);
    let tasks = Query::new(sapar_ledger::Code::new("tasks").unwrap(), 0);
    assert_eq!(store.count(tasks).await.unwrap(), []);
    store.close().await;
}
