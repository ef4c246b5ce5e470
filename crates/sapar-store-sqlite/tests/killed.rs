//! A program killed in the middle of writing loses nothing that it had acknowledged.
//!
//! The parent starts this same test program again as a child that appends as fast as it can, from many tasks at once, and prints the number
//! of each command once it is acknowledged. At a random moment the parent kills it, opens the file and compares.
//! A few rounds run with all tests; `.ci/store-killed` runs 200 or as many as asked for.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests stop at the first surprise"
)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sapar_ledger::Code;
use sapar_store::story::{command, draft, node, random, v7};
use sapar_store::{Batch, Change, Entry, Proof, Query, Store, verify};
use sapar_store_sqlite::{Options, SqliteStore};

const FILE: &str = "SAPAR_STORE_KILLED_FILE";
const FIRST: &str = "SAPAR_STORE_KILLED_FIRST";
const ROUNDS: &str = "SAPAR_STORE_KILLED_ROUNDS";
const SEED: &str = "SAPAR_STORE_KILLED_SEED";
const TASKS: u64 = 16;

/// Three events in one command, and a line of a list that follows from them.
fn writes(number: u64) -> Batch {
    let events = (0..3)
        .map(|part| draft(number * 10 + part, "person.changed", number % 5))
        .collect();
    let line = Entry {
        list: Code::new("commands").unwrap(),
        id: v7(number),
        owner: v7(8),
        person: None,
        state: Code::new("written").unwrap(),
        at_ms: None,
        classes: 0,
        open: Vec::new(),
    };
    Batch {
        changes: vec![Change::Put(line)],
        ..Batch::new(command(number), 1_000 + number, events)
    }
}

/// Not a test of its own: what the parent starts and kills. Without the variables there is nothing to do.
#[test]
fn child() {
    let (Some(file), Ok(first)) = (std::env::var_os(FILE), std::env::var(FIRST)) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = Arc::new(SqliteStore::open(Path::new(&file), Options::new(node())).unwrap());
        let next = Arc::new(AtomicU64::new(first.parse().unwrap()));
        let tasks: Vec<_> = (0..TASKS)
            .map(|_| {
                let (store, next) = (store.clone(), next.clone());
                tokio::spawn(async move {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        store.append(writes(number)).await.unwrap();
                        let mut out = std::io::stdout().lock();
                        writeln!(out, "acknowledged {number}").unwrap();
                        out.flush().unwrap();
                    }
                })
            })
            .collect();
        // None of them ends by itself, so that waiting for one is waiting to be killed.
        if let Some(task) = tasks.into_iter().next() {
            task.await.unwrap();
        }
    });
}

struct Round {
    acknowledged: BTreeSet<u64>,
    highest: u64,
}

fn start_and_kill(file: &Path, first: u64, after: Duration) -> Round {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["child", "--exact", "--nocapture"])
        .env(FILE, file)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = child.stdout.take().unwrap();
    let reading = std::thread::spawn(move || {
        let mut acknowledged = BTreeSet::new();
        for line in BufReader::new(out).split(b'\n') {
            let line = String::from_utf8(line.unwrap()).unwrap();
            // A line cut by the kill is one that nobody read, and names no or another number.
            if let Some((_, number)) = line.split_once("acknowledged ") {
                acknowledged.insert(number.parse::<u64>().unwrap());
            }
        }
        acknowledged
    });
    std::thread::sleep(after);
    // On Unix this is SIGKILL: the program gets no chance to finish anything.
    child.kill().unwrap();
    child.wait().unwrap();
    let mut acknowledged = reading.join().unwrap();
    // The last line may have lost its end; a number cut short may even be one of another.
    let highest = acknowledged.last().copied().unwrap_or(first);
    acknowledged.retain(|number| *number >= first);
    Round {
        acknowledged,
        highest,
    }
}

async fn compare(file: &Path, acknowledged: &BTreeSet<u64>) -> u64 {
    let store = SqliteStore::open(file, Options::new(node())).unwrap();
    store.check().await.unwrap();
    // The chain is whole, and with it every command: half of one would break it.
    match verify(&store).await.unwrap() {
        Proof::Whole(_) => {}
        Proof::Broken(broken) => panic!("{broken}"),
    }
    let mut parts = std::collections::BTreeMap::<_, u16>::new();
    let mut after = 0;
    loop {
        let log = store.log(after, 10_000).await.unwrap();
        let Some(last) = log.last() else { break };
        after = last.position;
        for one in &log {
            *parts.entry(one.event.command.id).or_default() += 1;
        }
    }
    assert!(
        parts.values().all(|&count| count == 3),
        "a command is there by half"
    );
    for &number in acknowledged {
        assert!(
            parts.contains_key(&command(number).id),
            "acknowledged command {number} is lost"
        );
    }
    let lines: u64 = store
        .count(Query::new(Code::new("commands").unwrap(), 0))
        .await
        .unwrap()
        .iter()
        .map(|group| group.count)
        .sum();
    assert_eq!(
        lines,
        parts.len() as u64,
        "lines of lists do not fit the log"
    );
    store.close().await;
    parts.len() as u64
}

fn rounds(count: u64, seed: u64) {
    println!("seed of the moments of killing: {seed} ({SEED})");
    let mut random = random(seed);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("post.db");
    let mut acknowledged = BTreeSet::new();
    let mut first = 1;
    let (mut stored, mut idle) = (0, 0);
    for round in 1..=count {
        let mut bytes = [0; 2];
        random(&mut bytes);
        let after = Duration::from_millis(20 + u64::from(u16::from_le_bytes(bytes)) % 180);
        let one = start_and_kill(&file, first, after);
        idle += u64::from(one.acknowledged.is_empty());
        acknowledged.extend(&one.acknowledged);
        stored = runtime.block_on(compare(&file, &acknowledged));
        // What was written and not acknowledged keeps its number, so the next round begins past all of them.
        first = one.highest + 2 * TASKS + 1;
        // A file that grows without end makes each comparison slower, and proves nothing more.
        if stored > 20_000 {
            println!(
                "round {round}: {} commands acknowledged, {stored} stored; a new file",
                acknowledged.len()
            );
            std::fs::remove_file(&file).unwrap();
            acknowledged.clear();
            first = 1;
        }
    }
    println!(
        "{count} rounds, {idle} killed before the first command; at last {} acknowledged, {stored} stored",
        acknowledged.len()
    );
    assert!(
        idle < count,
        "no round wrote anything, so nothing was tested"
    );
}

#[test]
fn a_killed_program_loses_nothing_acknowledged() {
    rounds(4, 20_261_125);
}

#[test]
#[ignore = "takes a minute; `.ci/store-killed` runs it"]
fn a_program_killed_many_times_loses_nothing_acknowledged() {
    let number =
        |name, otherwise| std::env::var(name).map_or(otherwise, |text| text.parse().unwrap());
    rounds(
        number(ROUNDS, 200),
        number(SEED, u64::from(std::process::id())),
    );
}
