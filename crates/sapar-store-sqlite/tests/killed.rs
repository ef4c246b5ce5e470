//! A program killed in the middle of writing loses nothing that it had acknowledged.
//!
//! The parent starts this same test program again as a child that appends as fast as it can, from many tasks at once, and prints the number
//! of each command once it is acknowledged. At a random moment the parent kills it, opens the file and compares:
//! commands, events, the chain, keys, files and lines of lists.
//!
//! Each kill is one of a program; what a loss of power does to a disk that keeps its word is covered by the sync that each acknowledgement waits for,
//! and is not tried here.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests stop at the first surprise"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sapar_ledger::{Code, CommandId, NodeId};
use sapar_sealing::{DataKey, NodeKey, Token, Wrapped};
use sapar_store::story::{command, draft, node, random, v7};
use sapar_store::{
    Batch, Change, Entry, File, KeyState, Persons, Projector, Proof, Query, Recorded, Store, verify,
};
use sapar_store_sqlite::{Options, SqliteStore};
use uuid::Uuid;

const FILE: &str = "SAPAR_STORE_KILLED_FILE";
const RESTORED: &str = "SAPAR_STORE_KILLED_RESTORED";
const FIRST: &str = "SAPAR_STORE_KILLED_FIRST";
const ROUNDS: &str = "SAPAR_STORE_KILLED_ROUNDS";
const SEED: &str = "SAPAR_STORE_KILLED_SEED";
const TASKS: u64 = 16;

/// After so many commands a new file begins: one that grows without end makes each comparison slower, and proves nothing more.
const COMMANDS_A_FILE: usize = 3_000;

/// Numbers that are not divided by this register a person; the others erase the one before.
const ERASES_EVERY: u64 = 8;

/// Three events in one command, the key of a new person, a file sealed with it, and a line of a list.
fn registers(number: u64) -> Batch {
    let mut random = random(number);
    let node_key = NodeKey::make(&mut random);
    let person = v7(number);
    let mut events: Vec<_> = (0..3)
        .map(|part| draft(number * 10 + part, "person.changed", number))
        .collect();
    for event in &mut events {
        event.subject = Some(person);
        event.sealed = Some(vec![7; 200]);
    }
    Batch {
        new_keys: vec![(
            person,
            DataKey::make(person, &mut random).wrap(&node_key, &mut random),
        )],
        files: vec![File {
            id: v7(1 << 32 | number),
            subject: person,
            sealed: vec![7; 3_000],
        }],
        changes: vec![Change::Put(line(person))],
        ..Batch::new(command(number), 1_000 + number, events)
    }
}

fn line(person: Uuid) -> Entry {
    Entry {
        list: Code::new("commands").unwrap(),
        id: person,
        owner: v7(8),
        person: Some(person),
        state: Code::new("written").unwrap(),
        at_ms: None,
        classes: 0,
        open: Vec::new(),
    }
}

fn erases(number: u64, person: u64) -> Batch {
    let mut erased = draft(number * 10, "person.erased", person);
    erased.subject = Some(v7(person));
    Batch {
        destroyed_keys: vec![v7(person)],
        ..Batch::new(command(number), 1_000 + number, vec![erased])
    }
}

/// Makes the lines of lists again: one for each person.
struct Lines;

impl Projector for Lines {
    fn persons(&self) -> Persons {
        Persons {
            kind: Code::new("person").unwrap(),
            lists: Vec::new(),
        }
    }

    fn event(&mut self, event: &Recorded, _: Option<&Wrapped>) -> Result<Vec<Entry>, String> {
        Ok(vec![line(event.event.stream)])
    }

    fn ended(&mut self) -> Result<Vec<Entry>, String> {
        Ok(Vec::new())
    }

    fn found_by(&mut self, _: &BTreeSet<Uuid>) -> Result<Vec<Token>, String> {
        Ok(Vec::new())
    }
}

/// Not a test of its own: takes two backups back in turn, and makes lists again after each, until it is killed.
#[test]
fn restoring_child() {
    let Some(file) = std::env::var_os(RESTORED) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        let file = Path::new(&file);
        let store = SqliteStore::open(file, Options::new(node())).unwrap();
        // Identifiers that no earlier child has used.
        let first = u64::from(std::process::id()) << 20;
        for number in 0_u64.. {
            let backup = file.with_extension(if number % 2 == 0 { "one" } else { "two" });
            let next = NodeId::new(v7(first + number)).unwrap();
            store.restore(&backup, next).await.unwrap();
            store.rebuild(Box::new(Lines)).await.unwrap();
            // Tells the parent that there is something to kill.
            if writeln!(std::io::stdout(), "restored {number}").is_err() {
                break;
            }
        }
    });
}

/// Killed in the middle of taking a backup back, a database is what it was or what the backup is, and nothing between.
#[test]
fn a_program_killed_while_it_restores_leaves_one_or_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("post.db");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let sizes = [150, 400];
    runtime.block_on(async {
        let store = SqliteStore::open(&file, Options::new(node())).unwrap();
        let mut number = 0;
        for (size, name) in sizes.into_iter().zip(["one", "two"]) {
            while number < size {
                number += 1;
                store.append(registers(number)).await.unwrap();
            }
            store.backup(&file.with_extension(name)).await.unwrap();
        }
        store.close().await;
    });
    let mut random = random(20_261_125);
    let mut found = BTreeMap::<u64, u32>::new();
    for _ in 0..40 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["restoring_child", "--exact", "--nocapture"])
            .env(RESTORED, &file)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut bytes = [0; 2];
        random(&mut bytes);
        std::thread::sleep(Duration::from_millis(
            30 + u64::from(u16::from_le_bytes(bytes)) % 150,
        ));
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        child.kill().unwrap();
        child.wait().unwrap();
        let persons = runtime.block_on(async {
            let store = SqliteStore::open(&file, Options::new(node())).unwrap();
            store.check().await.unwrap();
            let Proof::Whole(chains) = verify(&store).await.unwrap() else {
                panic!("the chain is broken")
            };
            let events: u64 = chains.iter().map(|chain| chain.events).sum();
            let keys = store.keys(None, 10_000).await.unwrap().len() as u64;
            assert_eq!(events, 3 * keys);
            assert_eq!(lines(&store).await, keys);
            store.close().await;
            keys
        });
        assert!(sizes.contains(&persons), "{persons} persons");
        *found.entry(persons).or_default() += 1;
    }
    println!("persons found after the kill, and how often: {found:?}");
    assert_eq!(found.len(), 2, "the moments of killing are too much alike");
}

async fn lines(store: &SqliteStore) -> u64 {
    let query = Query::new(Code::new("commands").unwrap(), 0);
    let groups = store.count(query).await.unwrap();
    groups.iter().map(|group| group.count).sum()
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
    let said = |number: u64| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "acknowledged {number}").and_then(|()| out.flush())
    };
    runtime.block_on(async {
        let store = Arc::new(SqliteStore::open(Path::new(&file), Options::new(node())).unwrap());
        // The first of the tasks' numbers is one that is not divided.
        let next = Arc::new(AtomicU64::new(
            first.parse::<u64>().unwrap() / ERASES_EVERY * ERASES_EVERY + ERASES_EVERY + 1,
        ));
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..TASKS {
            let (store, next) = (store.clone(), next.clone());
            tasks.spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number.is_multiple_of(ERASES_EVERY) {
                        continue;
                    }
                    store.append(registers(number)).await.unwrap();
                    // Nobody reads any more: the parent is gone, and nobody would kill this program.
                    if said(number).is_err() {
                        break;
                    }
                    if (number + 1).is_multiple_of(ERASES_EVERY) {
                        store.append(erases(number + 1, number)).await.unwrap();
                        if said(number + 1).is_err() {
                            break;
                        }
                    }
                }
            });
        }
        tasks.join_all().await;
    });
}

fn start_and_kill(file: &Path, first: u64, after: Duration) -> BTreeSet<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["child", "--exact", "--nocapture"])
        .env(FILE, file)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let reading = std::thread::spawn(move || {
        let mut acknowledged = BTreeSet::new();
        let mut line = String::new();
        loop {
            line.clear();
            out.read_line(&mut line).unwrap();
            // A line without its end was cut by the kill: nobody was told its number.
            let Some(whole) = line.strip_suffix('\n') else {
                return acknowledged;
            };
            if let Some((_, number)) = whole.split_once("acknowledged ") {
                acknowledged.insert(number.parse::<u64>().unwrap());
            }
        }
    });
    std::thread::sleep(after);
    assert!(
        child.try_wait().unwrap().is_none(),
        "the program that writes ended by itself: something was refused"
    );
    // On Unix this is SIGKILL: the program gets no chance to finish anything.
    child.kill().unwrap();
    child.wait().unwrap();
    reading.join().unwrap()
}

/// The commands that are stored, each by the number of its events.
async fn stored(store: &SqliteStore) -> BTreeMap<CommandId, u16> {
    let mut parts = BTreeMap::new();
    let mut after = 0;
    loop {
        let log = store.log(after, 10_000).await.unwrap();
        let Some(last) = log.last() else { return parts };
        after = last.position;
        for one in &log {
            *parts.entry(one.event.command.id).or_default() += 1;
        }
    }
}

/// Compares what is in the file with what was acknowledged; numbers from `first` on are new, and `before` were stored before. Gives how many commands are stored.
async fn compare(file: &Path, acknowledged: &BTreeSet<u64>, first: u64, before: usize) -> usize {
    let store = SqliteStore::open(file, Options::new(node())).unwrap();
    store.check().await.unwrap();
    match verify(&store).await.unwrap() {
        Proof::Whole(_) => {}
        Proof::Broken(broken) => panic!("{broken}"),
    }
    let parts = stored(&store).await;
    for number in acknowledged {
        assert!(
            parts.contains_key(&command(*number).id),
            "acknowledged command {number} is lost"
        );
    }
    // A round that was killed before anything was acknowledged may have stored what it began with all the same.
    let highest = acknowledged.last().copied().unwrap_or(first).max(first);
    let mut new = 0;
    for number in first..=highest + 4 * TASKS {
        let Some(&parts_there) = parts.get(&command(number).id) else {
            continue;
        };
        new += 1;
        if number.is_multiple_of(ERASES_EVERY) {
            assert_eq!(parts_there, 1);
            continue;
        }
        assert_eq!(parts_there, 3, "command {number} is there by half");
        let erased = parts.contains_key(&command(number + 1).id)
            && (number + 1).is_multiple_of(ERASES_EVERY);
        let key = store.key(v7(number)).await.unwrap();
        let file = store.file(v7(1 << 32 | number)).await.unwrap();
        if erased {
            assert_eq!((key, file), (KeyState::Destroyed, None), "person {number}");
        } else {
            assert!(matches!(key, KeyState::Wrapped(_)), "key of {number}");
            assert_eq!(file, Some(vec![7; 3_000]), "file of {number}");
        }
    }
    let registered = parts.values().filter(|&&count| count == 3).count();
    let lines = lines(&store).await;
    assert_eq!(
        lines, registered as u64,
        "lines of lists do not fit the log"
    );
    store.close().await;
    assert_eq!(
        parts.len(),
        before + new,
        "a command is stored that nobody can have sent, or one is lost that was there"
    );
    parts.len()
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

/// 200 times, or as often as `SAPAR_STORE_KILLED_ROUNDS` says.
#[test]
fn a_program_killed_many_times_loses_nothing_acknowledged() {
    let (count, seed) = (number(ROUNDS, 200), number(SEED, 20_261_125));
    println!("seed of the moments of killing: {seed} ({SEED})");
    let started = Instant::now();
    let mut random = random(seed);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut file = folder.path().join("0.db");
    let mut acknowledged = BTreeSet::new();
    let mut first = 0;
    let (mut idle, mut all_acknowledged, mut all_stored) = (0, 0, 0);
    let mut before = 0;
    for round in 1..=count {
        let mut bytes = [0; 2];
        random(&mut bytes);
        let after = Duration::from_millis(20 + u64::from(u16::from_le_bytes(bytes)) % 150);
        let new = start_and_kill(&file, first, after);
        idle += u64::from(new.is_empty());
        all_acknowledged += new.len();
        let highest = new.last().copied().unwrap_or(first);
        acknowledged.extend(new);
        let stored = runtime.block_on(compare(&file, &acknowledged, first, before));
        all_stored += stored - before;
        before = stored;
        // What was written and not acknowledged keeps its number, so the next round begins past all of them.
        first = highest + 4 * TASKS;
        if stored > COMMANDS_A_FILE {
            std::fs::remove_file(&file).unwrap();
            file = folder.path().join(format!("{round}.db"));
            acknowledged.clear();
            (first, before) = (0, 0);
        }
    }
    println!(
        "{count} rounds in {} s, {idle} killed before the first command; {all_acknowledged} commands acknowledged, {all_stored} stored, none lost",
        started.elapsed().as_secs()
    );
    assert!(
        idle < count,
        "no round wrote anything, so nothing was tested"
    );
    assert!(all_stored >= all_acknowledged);
}
