//! Fills a database with invented people by the million, and measures a server that has it.
//!
//! `bench/server/run` does both; see there and docs/benchmarks.md.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "an example stops at the first surprise"
)]

mod browser;
mod fill;
mod load;

use std::path::PathBuf;

use sapar_server::{Config, Database};

const USAGE: &str = "usage:
  post fill DATABASE KEY_FILE PEOPLE EVENTS     fill a new database
  post load ADDRESS SECONDS RATE                the officer's path, so many requests a second
  post answers ADDRESS SECONDS OFFICERS         answers as fast as they are taken
  post search ADDRESS                           searches by name and by document
DATABASE is a file or the address of a PostgreSQL database; ADDRESS is 127.0.0.1:8080 or the like.";

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    match given.as_slice() {
        ["fill", database, key_file, people, events] => {
            let config = Config {
                listen: ([127, 0, 0, 1], 0).into(),
                database: if database.starts_with("postgres") {
                    Database::Postgres((*database).to_owned())
                } else {
                    Database::Sqlite(PathBuf::from(database))
                },
                key_file: PathBuf::from(key_file),
                order: "kazakhstan-screening".to_owned(),
                demonstration: true,
                secure: false,
                origin: None,
                openid: None,
            };
            fill::fill(&config, number(people), number(events)).await;
        }
        ["load", address, seconds, rate] => {
            load::path(address, number(seconds), number(rate)).await;
        }
        ["answers", address, seconds, officers] => {
            load::answers(address, number(seconds), number(officers)).await;
        }
        ["search", address] => load::search(address).await,
        _ => {
            eprintln!("{USAGE}");
            std::process::exit(2);
        }
    }
}

fn number(text: &str) -> u64 {
    text.replace('_', "").parse().expect("a number")
}
