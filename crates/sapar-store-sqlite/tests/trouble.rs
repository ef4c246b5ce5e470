//! What goes wrong with files and disks is told clearly, and nothing is lost by it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests stop at the first surprise"
)]

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use sapar_ledger::{Break, Broken, Head, NodeId, StreamId};
use sapar_sealing::{DataKey, NodeKey};
use sapar_store::story::{batch, command, draft, node, random, v7};
use sapar_store::{Batch, File, KeyState, Proof, Store, StoreError, verify};
use sapar_store_sqlite::{Options, SqliteStore};

fn open(path: &Path) -> SqliteStore {
    try_open(path).unwrap()
}

fn try_open(path: &Path) -> Result<SqliteStore, StoreError> {
    SqliteStore::open(
        path,
        Options {
            busy: Duration::from_millis(100),
            ..Options::new(node())
        },
    )
}

async fn filled(path: &Path, events: u64) -> SqliteStore {
    let store = open(path);
    for number in 1..=events {
        store.append(batch(number, 50)).await.unwrap();
    }
    store
}

async fn broken(store: &SqliteStore) -> Broken {
    match verify(store).await.unwrap() {
        Proof::Broken(broken) => broken,
        Proof::Whole(_) => panic!("the chain is told to be whole"),
    }
}

async fn events(store: &SqliteStore) -> u64 {
    match verify(store).await.unwrap() {
        Proof::Whole(chains) => chains.iter().map(|chain| chain.events).sum(),
        Proof::Broken(broken) => panic!("{broken}"),
    }
}

#[tokio::test]
async fn a_file_is_there_again_after_it_was_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("post.db");
    filled(&path, 3).await.close().await;
    // The node is the file's own, whatever is given.
    let other = NodeId::new(v7(99)).unwrap();
    let store = SqliteStore::open(&path, Options::new(other)).unwrap();
    assert_eq!(store.node(), node());
    assert_eq!(events(&store).await, 3);
    store.append(batch(4, 50)).await.unwrap();
    assert_eq!(events(&store).await, 4);
}

#[tokio::test]
async fn two_programs_on_one_file_keep_one_chain() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("post.db");
    let (one, other) = (open(&path), open(&path));
    for number in 0..20 {
        let store = if number % 2 == 0 { &one } else { &other };
        store.append(batch(number, 50)).await.unwrap();
    }
    assert_eq!(events(&one).await, 20);
    assert_eq!(events(&other).await, 20);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("post.db");
    let store = filled(&path, 1).await;
    store.backup(&folder.path().join("copy.db")).await.unwrap();
    for name in ["post.db", "post.db-wal", "copy.db"] {
        let mode = std::fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "{name}");
    }
}

#[tokio::test]
async fn a_newer_database_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("post.db");
    filled(&path, 1).await.close().await;
    Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    let refused = try_open(&path).unwrap_err();
    assert_eq!(
        refused,
        StoreError::Newer {
            found: 99,
            known: 2
        }
    );
    assert!(refused.to_string().contains("install the newer program"));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn another_programs_file_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let theirs = folder.path().join("theirs.db");
    Connection::open(&theirs)
        .unwrap()
        .execute_batch("CREATE TABLE t (a)")
        .unwrap();
    let letter = folder.path().join("letter.txt");
    std::fs::write(&letter, "Dear colleagues, ".repeat(100)).unwrap();
    for path in [theirs, letter] {
        let before = std::fs::read(&path).unwrap();
        assert_eq!(try_open(&path).unwrap_err(), StoreError::OtherDatabase);
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
    assert_eq!(
        try_open(&folder.path().join("none/post.db")).unwrap_err(),
        StoreError::NotPermitted
    );
}

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("post.db");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(try_open(&path).unwrap_err(), StoreError::Busy);
    drop(other);
    open(&path);
}

#[tokio::test]
async fn a_locked_database_is_told_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("post.db");
    let store = filled(&path, 2).await;
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(
        store.append(batch(3, 50)).await.unwrap_err(),
        StoreError::Busy
    );
    // Reading goes on.
    assert_eq!(store.log(0, 10).await.unwrap().len(), 2);
    other.execute_batch("ROLLBACK").unwrap();
    store.append(batch(3, 50)).await.unwrap();
    assert_eq!(events(&store).await, 3);
}

#[tokio::test]
async fn a_full_disk_is_told_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("post.db");
    let store = filled(&path, 2).await;
    store.limit_pages(60).await.unwrap();
    let mut number = 3;
    let refused = loop {
        let mut large = batch(number, 50);
        large.events[0].open = vec![b' '; 20_000];
        match store.append(large).await {
            Ok(_) => number += 1,
            Err(error) => break error,
        }
        assert!(number < 100, "the disk never gets full");
    };
    assert_eq!(refused, StoreError::DiskFull);
    assert!(refused.to_string().contains("make room"));
    assert_eq!(events(&store).await, number - 1);
    store.limit_pages(10_000).await.unwrap();
    store.append(batch(number, 50)).await.unwrap();
    assert_eq!(events(&store).await, number);
    store.check().await.unwrap();
}

/// A disk of three megabytes; mounting one is for root, as whom CI runs.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"])
            .arg(folder.path())
            .stderr(std::process::Stdio::null())
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = std::process::Command::new("umount")
            .arg("--lazy")
            .arg(self.0.path())
            .status();
        assert!(unmounted.unwrap().success());
    }
}

/// Not only SQLite's own limit: a disk that really has no room left, also for the write-ahead log.
#[tokio::test]
async fn a_disk_that_is_really_full_is_told_and_nothing_is_lost() {
    let Some(disk) = SmallDisk::mount() else {
        println!("NOT TRIED: no disk can be mounted here, which is for root");
        return;
    };
    let ballast = disk.0.path().join("ballast");
    std::fs::write(&ballast, vec![0; 1 << 20]).unwrap();
    let path = disk.0.path().join("post.db");
    let store = filled(&path, 2).await;
    let mut acknowledged = 2;
    let mut refused = 0;
    for number in 3..300 {
        let mut large = batch(number, number);
        large.events[0].open = vec![b' '; 20_000];
        match store.append(large).await {
            Ok(_) => acknowledged += 1,
            Err(error) => {
                assert_eq!(error, StoreError::DiskFull);
                refused += 1;
            }
        }
    }
    assert!(
        acknowledged > 10 && refused > 100,
        "{acknowledged} {refused}"
    );
    assert_eq!(events(&store).await, acknowledged);
    // A program that starts on a full disk reads what is there.
    store.close().await;
    let store = open(&path);
    assert_eq!(events(&store).await, acknowledged);
    std::fs::remove_file(&ballast).unwrap();
    store.append(batch(1_000, 50)).await.unwrap();
    assert_eq!(events(&store).await, acknowledged + 1);
    store.check().await.unwrap();
    store.close().await;
}

#[tokio::test]
async fn a_damaged_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("post.db");
    filled(&path, 200).await.close().await;
    let mut bytes = std::fs::read(&path).unwrap();
    let length = bytes.len();
    bytes[4096 * 3..length - 4096].fill(0x5a);
    std::fs::write(&path, bytes).unwrap();
    // It may show when the file is opened, or when it is checked.
    let told = match try_open(&path) {
        Err(error) => error,
        Ok(store) => store.check().await.unwrap_err(),
    };
    assert_eq!(told, StoreError::Corrupt);
}

/// Whoever goes past this program to the file is found; past a trigger, since these stop only mistakes.
#[tokio::test]
async fn whatever_is_changed_in_the_file_is_found() {
    let changes = [
        (
            "UPDATE events SET open = x'7b7d' WHERE sequence = 5",
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
            "UPDATE events SET hash = zeroblob(32) WHERE sequence = 5",
            5,
            Break::Altered,
        ),
        (
            "DELETE FROM events WHERE sequence = 5",
            6,
            Break::Missing { count: 1 },
        ),
        (
            "DELETE FROM events WHERE sequence < 5",
            5,
            Break::Missing { count: 4 },
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
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("post.db");
        let store = filled(&path, 9).await;
        let intruder = Connection::open(&path).unwrap();
        if !sql.starts_with("UPDATE chains") {
            assert!(
                intruder.execute_batch(sql).is_err(),
                "a trigger guards against mistakes: {sql}"
            );
        }
        intruder
            .execute_batch(
                "DROP TRIGGER events_are_not_changed; DROP TRIGGER events_are_not_removed",
            )
            .unwrap();
        intruder.execute_batch(sql).unwrap();
        let found = broken(&store).await;
        assert_eq!((found.sequence, found.how), (sequence, how), "{sql}");
    }
}

/// Where an event stands in its stream and in the log is this database's own and in no hash.
#[tokio::test]
async fn events_that_were_moved_are_found_by_the_check() {
    for sql in [
        "UPDATE events SET stream_version = 70 WHERE sequence = 5",
        "UPDATE events SET stream_version = stream_version + 10",
        "UPDATE events SET position = 70 WHERE sequence = 5",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("post.db");
        let store = filled(&path, 9).await;
        store.check().await.unwrap();
        let intruder = Connection::open(&path).unwrap();
        intruder
            .execute_batch("DROP TRIGGER events_are_not_changed")
            .unwrap();
        intruder.execute_batch(sql).unwrap();
        assert_eq!(
            store.check().await.unwrap_err(),
            StoreError::Corrupt,
            "{sql}"
        );
    }
}

/// Swapped numbers, with hashes left: the place is part of what is hashed.
#[tokio::test]
async fn swapped_events_are_found_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("post.db");
    let store = filled(&path, 9).await;
    let intruder = Connection::open(&path).unwrap();
    intruder
        .execute_batch(
            "DROP TRIGGER events_are_not_changed;
             UPDATE events SET sequence = 100 WHERE sequence = 4;
             UPDATE events SET sequence = 4 WHERE sequence = 5;
             UPDATE events SET sequence = 5 WHERE sequence = 100;",
        )
        .unwrap();
    let found = broken(&store).await;
    assert_eq!((found.sequence, found.how), (4, Break::Altered));
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

fn erase(number: u64, person: u64) -> Batch {
    let mut erased = draft(number, "person.erased", person);
    erased.subject = Some(v7(person));
    Batch {
        destroyed_keys: vec![v7(person)],
        ..Batch::new(command(number), 2_000, vec![erased])
    }
}

fn everywhere(folder: &Path, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if std::fs::read(&path)
            .unwrap()
            .windows(bytes.len())
            .any(|window| window == bytes)
        {
            found.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    found
}

#[tokio::test]
async fn a_destroyed_key_is_nowhere_in_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("post.db"));
    for number in 50..70 {
        store.append(person(number)).await.unwrap();
    }
    let KeyState::Wrapped(wrapped) = store.key(v7(55)).await.unwrap() else {
        panic!("there is a key")
    };
    assert!(!everywhere(folder.path(), wrapped.as_bytes()).is_empty());
    store.append(erase(100, 55)).await.unwrap();
    assert_eq!(
        everywhere(folder.path(), wrapped.as_bytes()),
        Vec::<String>::new()
    );
    assert_eq!(store.key(v7(55)).await.unwrap(), KeyState::Destroyed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_a_busy_store_is_whole_and_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = std::sync::Arc::new(filled(&folder.path().join("post.db"), 300).await);
    let writing = tokio::spawn({
        let store = store.clone();
        async move {
            for number in 301..=900 {
                store.append(batch(number, 50)).await.unwrap();
            }
        }
    });
    let copy = folder.path().join("copy.db");
    for _ in 0..5 {
        store.backup(&copy).await.unwrap();
        let opened = open(&copy);
        let copied = events(&opened).await;
        assert!((300..=900).contains(&copied));
        opened.check().await.unwrap();
        opened.close().await;
    }
    writing.await.unwrap();
    // As a program leaves it that was killed with the last copy open.
    std::fs::write(folder.path().join("copy.db-wal"), b"of another copy").unwrap();
    store.backup(&copy).await.unwrap();
    for number in 901..=950 {
        store.append(batch(number, 50)).await.unwrap();
    }
    let next = NodeId::new(v7(90)).unwrap();
    let before = store.append(batch(951, 51)).await.unwrap();
    store.restore(&copy, next).await.unwrap();
    assert_eq!(store.node(), next);
    assert_eq!(events(&store).await, 900);
    // It goes on as another node, later than everything that was lost.
    let after = store
        .append(Batch {
            wall_ms: 1,
            ..batch(2_000, 50)
        })
        .await
        .unwrap();
    assert_eq!(after.receipts[0].sequence, 1);
    assert!(after.receipts[0].clock > before.receipts[0].clock);
    let heads: Vec<Head> = store.heads().await.unwrap();
    assert_eq!(
        heads.iter().map(|head| head.sequence).collect::<Vec<_>>(),
        [900, 1]
    );
    assert_eq!(events(&store).await, 901);
    assert_eq!(
        store.restore(&copy, next).await.unwrap_err(),
        StoreError::IdTaken
    );
    assert_eq!(events(&store).await, 901);
    store.close().await;
    let mut left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["copy.db", "post.db"]);
}

#[tokio::test]
async fn who_was_erased_stays_erased_when_a_backup_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("post.db"));
    store.append(person(50)).await.unwrap();
    store.append(person(51)).await.unwrap();
    let copy = folder.path().join("copy.db");
    store.backup(&copy).await.unwrap();
    store.append(erase(100, 50)).await.unwrap();
    let KeyState::Wrapped(kept) = store.key(v7(51)).await.unwrap() else {
        panic!("there is a key")
    };
    store
        .restore(&copy, NodeId::new(v7(90)).unwrap())
        .await
        .unwrap();
    assert_eq!(store.key(v7(50)).await.unwrap(), KeyState::Destroyed);
    assert_eq!(store.file(v7(1_050)).await.unwrap(), None);
    assert_eq!(store.key(v7(51)).await.unwrap(), KeyState::Wrapped(kept));
    assert_eq!(store.file(v7(1_051)).await.unwrap(), Some(vec![7; 5_000]));
    // Someone registered after the backup is gone with their key: their events are not there either.
    assert_eq!(
        store
            .stream(StreamId::new("person", v7(50)), 0)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_bad_backup_is_refused_and_what_is_stored_stays() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder.path().join("post.db"), 20).await;
    let copy = folder.path().join("copy.db");
    store.backup(&copy).await.unwrap();
    let next = NodeId::new(v7(90)).unwrap();
    let newer = folder.path().join("newer.db");
    std::fs::copy(&copy, &newer).unwrap();
    Connection::open(&newer)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    assert_eq!(
        store.restore(&newer, next).await.unwrap_err(),
        StoreError::Newer {
            found: 99,
            known: 2
        }
    );
    let letter = folder.path().join("letter.txt");
    std::fs::write(&letter, "Dear colleagues, ".repeat(100)).unwrap();
    assert_eq!(
        store.restore(&letter, next).await.unwrap_err(),
        StoreError::OtherDatabase
    );
    let none = folder.path().join("none.db");
    assert_eq!(
        store.restore(&none, next).await.unwrap_err(),
        StoreError::NotPermitted
    );
    let mut bytes = std::fs::read(&copy).unwrap();
    bytes[4096 * 2..4096 * 8].fill(0x5a);
    std::fs::write(&copy, bytes).unwrap();
    assert_eq!(
        store.restore(&copy, next).await.unwrap_err(),
        StoreError::Corrupt
    );
    assert_eq!(
        store
            .backup(&folder.path().join("none/copy.db"))
            .await
            .unwrap_err(),
        StoreError::NotPermitted
    );
    assert_eq!(events(&store).await, 20);
    assert_eq!(store.node(), node());
}
