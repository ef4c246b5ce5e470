//! A post moves from its file to a server and back, a server that was put back goes on, and nothing is lost on the way.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

#[path = "../../sapar-store-postgres/tests/support/server.rs"]
mod server;

use std::collections::BTreeSet;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use sapar_access::{Purpose, User};
use sapar_casework::classes::{Classes, DataClass};
use sapar_casework::document::DocumentKind;
use sapar_casework::ids::PersonId;
use sapar_ledger::{Head, NodeId};
use sapar_operations::papers::NewDocument;
use sapar_operations::tasks::Board;
use sapar_operations::{Caller, Operations};
use sapar_server::{Config, Database, Proof, StartError, keep, operations};
use sapar_sign_in::password::Password;
use server::Server;

/// The password of every user of a demonstration.
const PASSWORD: &str = "demonstration only";

/// Who looks: at a desk, at a team, over a whole agency, at headquarters.
const SEEING: [&str; 6] = [
    "Daniyar K.",
    "Yerlan T.",
    "Askar N.",
    "Gulnara R.",
    "Nazgul E.",
    "Kamila U.",
];

/// How many people's pages are opened.
const PAGES: usize = 15;

/// What stands in no database in clear.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\na face at the gate";

fn config(database: Database, key_file: &Path) -> Config {
    Config {
        listen: ([127, 0, 0, 1], 0).into(),
        database,
        key_file: key_file.to_owned(),
        order: "kazakhstan-screening".to_owned(),
        demonstration: false,
        secure: false,
        origin: None,
        openid: None,
    }
}

async fn opened(config: &Config) -> Operations {
    let random = Box::new(|bytes: &mut [u8]| getrandom::fill(bytes).unwrap());
    operations(config, random).await.unwrap()
}

fn user(operations: &Operations, called: &str) -> User {
    let directory = operations.directory();
    let mut users = directory.users.values();
    users.find(|user| user.name == called).unwrap().clone()
}

fn by(operations: &Operations, called: &str, purpose: Purpose, now: Timestamp) -> Caller {
    let user = user(operations, called);
    operations.caller_of(&user, purpose, now).unwrap()
}

/// A week at a post, with a picture of one of its people, somebody erased, and somebody who signed in.
async fn lived(config: &Config, now: Timestamp) {
    let demonstration = Config {
        demonstration: true,
        ..config.clone()
    };
    let app = sapar_server::open(&demonstration).await.unwrap();
    let operations = &app.operations;
    let officer = by(operations, "Daniyar K.", Purpose::Screening, now);
    let board = operations.board(&officer, Board::Here, 500).await.unwrap();
    let people: BTreeSet<PersonId> = board.iter().map(|task| task.person.id).collect();
    let mut people = people.into_iter();
    let pictured = people.next().unwrap();
    let new = NewDocument {
        kind: DocumentKind::Photograph,
        title: "At the gate".to_owned(),
        classes: Classes::NONE,
        declared: None,
        bytes: PICTURE,
    };
    operations
        .keep_document(&officer, pictured, new)
        .await
        .unwrap();
    let leader = by(operations, "Yerlan T.", Purpose::Screening, now);
    let mut erased = false;
    for person in people {
        erased |= operations.erase(&leader, person).await.is_ok();
    }
    assert!(erased, "somebody can be erased");
    let signed_in = operations.sign_in("second", Password::typed(PASSWORD.to_owned()), "here", now);
    signed_in.await.unwrap();
    operations.store().close().await;
}

/// What everybody sees of everything, in words, and the people they see; that they looked is recorded.
async fn seen(operations: &Operations, now: Timestamp) -> (Vec<String>, BTreeSet<PersonId>) {
    let mut seen = Vec::new();
    let mut people = BTreeSet::new();
    let directory = operations.directory();
    let users = directory.users.values();
    for user in users.filter(|user| SEEING.contains(&&*user.name)) {
        for purpose in [
            Purpose::BorderCheck,
            Purpose::Screening,
            Purpose::Protection,
            Purpose::ChildProtection,
            Purpose::Return,
        ] {
            let Some(caller) = operations.caller_of(user, purpose, now) else {
                continue;
            };
            let mut say = |what: &str, shown: String| {
                seen.push(format!("{} {what} {shown}", user.name));
            };
            for board in [Board::Own, Board::Here, Board::Ended] {
                let tasks = operations.board(&caller, board, 500).await;
                for task in tasks.iter().flatten() {
                    people.insert(task.person.id);
                }
                say("tasks", format!("{tasks:?}"));
            }
            say("inbox", format!("{:?}", operations.inbox(&caller).await));
            say("sent", format!("{:?}", operations.sent(&caller).await));
            say("cases", format!("{:?}", operations.cases(&caller).await));
            say("desk", format!("{:?}", operations.desk(&caller).await));
            say(
                "counts",
                format!("{:?}", operations.dashboard(&caller).await),
            );
            say(
                "glass",
                format!("{:?}", operations.broken_glass(&caller).await),
            );
        }
    }
    let officer = by(operations, "Daniyar K.", Purpose::Screening, now);
    let asylum = by(operations, "Gulnara R.", Purpose::Protection, now);
    let mut names = BTreeSet::new();
    for caller in [officer, asylum] {
        for person in people.iter().take(PAGES) {
            let page = operations.person(&caller, *person).await;
            if let Ok(page) = &page
                && let Some(details) = &page.person.details
            {
                let surname = details.names[0].surname.as_ref().unwrap();
                names.insert(surname.as_str().to_owned());
            }
            seen.push(format!("{person:?} {page:?}"));
            for document in page.into_iter().flat_map(|page| page.documents) {
                let opened = operations.open_document(&caller, document.id).await;
                seen.push(format!("{opened:?}"));
            }
        }
        for name in &names {
            let found = operations.search(&caller, name).await.unwrap();
            seen.push(format!("{name} {found:?}"));
        }
    }
    assert!(names.len() > 2, "there are people to be found");
    (seen, people)
}

fn same(one: &[String], other: &[String]) {
    for (one, other) in one.iter().zip(other) {
        assert_eq!(one, other);
    }
    assert_eq!(one.len(), other.len());
}

/// The ends of the chains that have begun, each proved from its first event.
async fn heads(config: &Config) -> Vec<Head> {
    let Proof::Whole(chains) = keep::prove(config).await.unwrap() else {
        panic!("a chain is broken");
    };
    let begun = chains.into_iter().map(|chain| chain.head);
    begun.filter(|head| head.sequence > 0).collect()
}

/// Copies, and compares what everybody sees in the one and in the other.
async fn moves(from: &Config, to: &Config, now: Timestamp) {
    let before = heads(from).await;
    let (copied, rebuilt) = keep::copy(from, &to.database).await.unwrap();
    let events: u64 = before.iter().map(|head| head.sequence).sum();
    assert_eq!((copied.events, rebuilt.events), (events, events));
    assert!(copied.files > 0 && copied.records > 20, "{copied:?}");
    assert!(
        rebuilt.lines > 0 && rebuilt.persons < copied.persons,
        "{rebuilt:?}"
    );
    assert_eq!(
        heads(to).await,
        before,
        "the same chains, to the last event"
    );
    assert_eq!(heads(from).await, before, "and the first is as it was");

    // A second time nothing is taken.
    let (again, made_again) = keep::copy(from, &to.database).await.unwrap();
    assert_eq!((again.events, made_again), (0, rebuilt));
    assert_eq!(heads(to).await, before);

    let (one, other) = (opened(from).await, opened(to).await);
    assert_ne!(one.store().node(), other.store().node());
    let sessions = other.sign_in("second", Password::typed(PASSWORD.to_owned()), "there", now);
    sessions.await.unwrap();
    let (in_one, people) = seen(&one, now).await;
    let (in_other, same_people) = seen(&other, now).await;
    same(&in_one, &in_other);
    assert_eq!(people, same_people);
    let all = in_other.join("\n");
    assert!(
        all.contains("erased: true"),
        "the erased person is erased there"
    );
    assert!(all.contains(&format!("{:?}", PICTURE)), "the picture opens");
    one.store().close().await;
    other.store().close().await;

    // Work went on in both meanwhile, each in a chain of its own; what came since is taken, and what is there stays.
    let since = heads(from).await;
    let there = heads(to).await;
    assert_eq!(there.len(), before.len() + 1);
    let (copied, _) = keep::copy(from, &to.database).await.unwrap();
    let events_since: u64 = since.iter().map(|head| head.sequence).sum();
    assert_eq!(copied.events, events_since - events);
    let after = heads(to).await;
    let of = |heads: &[Head], node| heads.iter().find(|head| head.node == node).copied();
    for head in &after {
        let expected = of(&since, head.node).or(of(&there, head.node));
        assert_eq!(Some(*head), expected);
    }
    assert_eq!(after.len(), there.len());
    assert_eq!(keep::copy(from, &to.database).await.unwrap().0.events, 0);
}

/// A server that was put back goes on as a new node, and what is written then stands in a chain of its own.
async fn goes_on(headquarters: &Config, now: Timestamp) {
    let before = heads(headquarters).await;
    let latest = before.iter().map(|head| head.clock).max().unwrap();
    let node: NodeId = keep::go_on(headquarters).await.unwrap();
    assert!(before.iter().all(|head| head.node != node));
    assert_eq!(heads(headquarters).await, before, "nothing is written yet");

    let operations = opened(headquarters).await;
    assert_eq!(operations.store().node(), node);
    let officer = by(&operations, "Daniyar K.", Purpose::Screening, now);
    let board = operations.board(&officer, Board::Here, 10).await.unwrap();
    let person = board[0].person.id;
    let travel = Classes::one(DataClass::Travel);
    operations
        .write_note(&officer, person, None, travel, "After the restore.")
        .await
        .unwrap();
    let page = operations.person(&officer, person).await.unwrap();
    assert_eq!(page.notes[0].words.as_deref(), Some("After the restore."));
    operations.store().close().await;

    let mut after = heads(headquarters).await;
    let new = after.iter().position(|head| head.node == node).unwrap();
    let new = after.remove(new);
    assert!(new.sequence >= 2 && new.clock > latest);
    assert_eq!(after, before, "the other chains end where they ended");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_moves_to_a_server_which_goes_on_and_back_and_everybody_sees_the_same() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("node.key");
    let file = |name: &str| config(Database::Sqlite(folder.path().join(name)), &key);
    let post = file("post/sapar.db");
    let headquarters = config(Database::Postgres(server.place()), &key);
    let now = Timestamp::now();
    let minutes = |minutes| now + SignedDuration::from_mins(minutes);
    lived(&post, now).await;
    let refused = keep::go_on(&post).await;
    assert!(matches!(refused, Err(StartError::OnlyServers)));

    moves(&post, &headquarters, minutes(1)).await;
    goes_on(&headquarters, minutes(2)).await;
    // Its folder is made as well.
    moves(&headquarters, &file("copy/sapar.db"), minutes(3)).await;

    // Two databases of different keys are not made one: what came from the other would never open.
    let stranger = Config {
        key_file: folder.path().join("stranger.key"),
        ..file("stranger.db")
    };
    keep::add_administrator(
        &stranger,
        "arman",
        "Arman Z.",
        "seven calm horses".to_owned(),
    )
    .await
    .unwrap();
    for (from, to) in [(&post, &stranger), (&stranger, &post)] {
        let before = (heads(from).await, heads(to).await);
        let refused = keep::copy(from, &to.database).await;
        assert!(matches!(refused, Err(StartError::Operation(_))));
        assert_eq!((heads(from).await, heads(to).await), before);
    }
    let records = opened(&stranger).await.directory().users.len();
    assert_eq!(records, 1, "nobody came over");

    // Without the key a copy would be of no use, so nothing is begun.
    std::fs::rename(&key, folder.path().join("elsewhere.key")).unwrap();
    let refused = keep::copy(&headquarters, &file("none.db").database).await;
    assert!(matches!(refused, Err(StartError::KeyMissing { .. })));
    assert!(!folder.path().join("none.db").exists());
}
