//! A server killed in the middle of writing loses nothing that was acknowledged, and the store finds it again.
//!
//! All processes of the server are killed at a random moment while many tasks append. Whatever was told to be stored must be there;
//! whatever was told to be uncertain is sent again, and must then be there once.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests stop at the first surprise"
)]

#[path = "support/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sapar_ledger::CommandId;
use sapar_store::story::{answer, command, node, person_key, random};
use sapar_store::{Batch, Proof, Store, StoreError, verify};
use sapar_store_postgres::{Options, PostgresStore};
use server::Server;

const ROUNDS: &str = "SAPAR_STORE_KILLED_SERVER_ROUNDS";
const SEED: &str = "SAPAR_STORE_KILLED_SEED";
const TASKS: u64 = 16;

/// Two events, so that half a command could be seen.
fn writes(number: u64) -> Batch {
    let mut one = answer(2 * number);
    let other = answer(2 * number + 1);
    one.events.extend(other.events);
    one.command = command(number);
    one
}

/// Appends until the server is gone; gives what was acknowledged and what is uncertain.
async fn append_until_killed(
    store: Arc<PostgresStore>,
    next: Arc<AtomicU64>,
) -> (Vec<u64>, Vec<u64>) {
    let mut acknowledged = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        match store.append(writes(number)).await {
            Ok(_) => acknowledged.push(number),
            Err(StoreError::Unreachable) => return (acknowledged, vec![number]),
            Err(error) => panic!("{error}"),
        }
    }
}

async fn stored(store: &PostgresStore) -> BTreeMap<CommandId, u16> {
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

/// Ten times, or as often as `SAPAR_STORE_KILLED_SERVER_ROUNDS` says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_nothing_acknowledged() {
    let number =
        |name: &str, otherwise| std::env::var(name).map_or(otherwise, |text| text.parse().unwrap());
    let (rounds, seed) = (number(ROUNDS, 10), number(SEED, 20_261_125));
    println!("seed of the moments of killing: {seed} ({SEED})");
    let mut random = random(seed);
    let server = Server::start();
    let address = server.place();
    let store = PostgresStore::connect(&address, Options::new(node()));
    let store = Arc::new(store.await.unwrap());
    store.append(person_key(1_000_000_000)).await.unwrap();
    let next = Arc::new(AtomicU64::new(1));
    let mut expected = 0;
    let mut sent_again = 0;
    let mut had_been_stored = 0;
    for round in 1..=rounds {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..TASKS {
            tasks.spawn(append_until_killed(store.clone(), next.clone()));
        }
        let mut bytes = [0; 2];
        random(&mut bytes);
        let after = Duration::from_millis(20 + u64::from(u16::from_le_bytes(bytes)) % 150);
        tokio::time::sleep(after).await;
        server.kill();
        let mut acknowledged = Vec::new();
        let mut uncertain = Vec::new();
        for (of_one, uncertain_of_one) in tasks.join_all().await {
            acknowledged.extend(of_one);
            uncertain.extend(uncertain_of_one);
        }
        server.go();
        // The very same store, which finds the server again.
        let parts = stored(&store).await;
        for number in &acknowledged {
            assert_eq!(
                parts.get(&command(*number).id),
                Some(&2),
                "round {round}: acknowledged command {number}"
            );
        }
        for number in &uncertain {
            let there = parts.get(&command(*number).id);
            assert!(
                matches!(there, None | Some(2)),
                "round {round}: command {number} is there by half"
            );
            let again = store.append(writes(*number)).await.unwrap();
            assert_eq!(again.repeated, there.is_some());
            sent_again += 1;
            had_been_stored += u64::from(again.repeated);
        }
        expected += acknowledged.len() + uncertain.len();
        assert_eq!(stored(&store).await.len(), expected + 1);
        match verify(&*store).await.unwrap() {
            Proof::Whole(_) => {}
            Proof::Broken(broken) => panic!("round {round}: {broken}"),
        }
        store.check().await.unwrap();
    }
    println!(
        "{rounds} rounds, {expected} commands, of which {sent_again} were sent again and {had_been_stored} of those had been stored; none lost"
    );
    assert!(
        expected > 100,
        "hardly anything was written, so nothing was tested"
    );
    store.close().await;
}
