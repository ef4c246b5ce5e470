//! Lists and search: exact, filtered by class, and made again from the log.

use std::collections::BTreeMap;

use sapar_sealing::{Field, IndexKey, Token};
use uuid::Uuid;

use super::{batch, code, random, v7};
use crate::batch::{Batch, Change, ENTRY_BYTES_MAX, Entry};
use crate::error::StoreError;
use crate::query::{Cursor, Group, LIMIT_MAX, Order, Query};
use crate::store::Store;

pub(super) fn entry(list: &str, id: u64) -> Entry {
    Entry {
        list: code(list),
        id: v7(id),
        owner: v7(800),
        person: None,
        state: code("open"),
        at_ms: Some(1_000),
        classes: 0,
        open: format!(r#"{{"id":{id}}}"#).into_bytes(),
    }
}

pub(super) fn token(text: &str) -> Token {
    IndexKey::make(&mut random(77)).token(Field::NameWord, text)
}

async fn change(store: &dyn Store, number: u64, changes: Vec<Change>) {
    store
        .append(Batch {
            changes,
            ..batch(number, 50)
        })
        .await
        .unwrap();
}

async fn ids(store: &dyn Store, query: Query) -> Vec<Uuid> {
    store
        .entries(query)
        .await
        .unwrap()
        .entries
        .into_iter()
        .map(|entry| entry.id)
        .collect()
}

fn tasks() -> Query {
    Query::new(code("tasks"), u32::MAX)
}

fn v7s(numbers: &[u64]) -> Vec<Uuid> {
    numbers.iter().copied().map(v7).collect()
}

pub(super) async fn finds_lines_and_counts_them(store: &dyn Store) {
    let put = |id, owner, state: &str, at_ms, person: Option<u64>| {
        Change::Put(Entry {
            owner: v7(owner),
            state: code(state),
            at_ms,
            person: person.map(v7),
            ..entry("tasks", id)
        })
    };
    change(
        store,
        1,
        vec![
            put(1, 800, "open", Some(300), Some(50)),
            put(2, 800, "open", Some(-5), None),
            put(3, 800, "done", Some(200), None),
            put(4, 801, "open", Some(100), Some(50)),
            put(5, 800, "open", None, None),
            Change::Put(entry("referrals", 1)),
        ],
    )
    .await;
    assert_eq!(ids(store, tasks()).await, v7s(&[2, 4, 3, 1, 5]));
    assert_eq!(
        ids(
            store,
            Query {
                order: Order::LatestFirst,
                ..tasks()
            }
        )
        .await,
        v7s(&[5, 1, 3, 4, 2])
    );
    assert_eq!(
        ids(
            store,
            Query {
                owners: vec![v7(801)],
                ..tasks()
            }
        )
        .await,
        v7s(&[4])
    );
    assert_eq!(
        ids(
            store,
            Query {
                owners: vec![v7(801), v7(800)],
                states: vec![code("open"), code("late")],
                ..tasks()
            }
        )
        .await,
        v7s(&[2, 4, 1, 5])
    );
    assert_eq!(
        ids(
            store,
            Query {
                person: Some(v7(50)),
                ..tasks()
            }
        )
        .await,
        v7s(&[4, 1])
    );
    assert_eq!(
        ids(
            store,
            Query {
                from_ms: Some(100),
                before_ms: Some(300),
                ..tasks()
            }
        )
        .await,
        v7s(&[4, 3])
    );
    // Without a time there is no saying that it is before or after one.
    assert_eq!(
        ids(
            store,
            Query {
                from_ms: Some(0),
                ..tasks()
            }
        )
        .await,
        v7s(&[4, 3, 1])
    );
    assert_eq!(
        ids(
            store,
            Query {
                owners: vec![v7(802)],
                ..tasks()
            }
        )
        .await,
        v7s(&[])
    );
    let group = |owner, state: &str, count| Group {
        owner: v7(owner),
        state: code(state),
        count,
    };
    assert_eq!(
        store.count(tasks()).await.unwrap(),
        [
            group(800, "done", 1),
            group(800, "open", 3),
            group(801, "open", 1)
        ]
    );
    assert_eq!(
        store
            .count(Query {
                before_ms: Some(200),
                ..tasks()
            })
            .await
            .unwrap(),
        [group(800, "open", 1), group(801, "open", 1)]
    );

    // An entry replaces the one of the same list and identifier, whole.
    change(
        store,
        2,
        vec![
            put(1, 801, "done", Some(1), None),
            Change::Remove {
                list: code("tasks"),
                id: v7(2),
            },
        ],
    )
    .await;
    change(
        store,
        3,
        vec![Change::Remove {
            list: code("tasks"),
            id: v7(99),
        }],
    )
    .await;
    let page = store
        .entries(Query {
            owners: vec![v7(801)],
            ..tasks()
        })
        .await
        .unwrap();
    assert_eq!(
        page.entries[0],
        Entry {
            owner: v7(801),
            state: code("done"),
            at_ms: Some(1),
            ..entry("tasks", 1)
        }
    );
    assert_eq!(ids(store, tasks()).await, v7s(&[1, 4, 3, 5]));
    assert_eq!(
        ids(store, Query::new(code("referrals"), u32::MAX)).await,
        v7s(&[1])
    );
    let long = Batch {
        changes: vec![Change::Put(Entry {
            open: vec![b' '; ENTRY_BYTES_MAX + 1],
            ..entry("tasks", 1)
        })],
        ..batch(4, 50)
    };
    assert!(matches!(
        store.append(long).await,
        Err(StoreError::TooMuch { .. })
    ));
}

/// Every set of classes of an asker against every set of classes of a line.
pub(super) async fn hides_lines_of_other_classes(store: &dyn Store) {
    let high = 1 << 31;
    let of = |id: u64| u32::try_from(id % 8).unwrap() | if id >= 8 { high } else { 0 };
    let lines = (0..16)
        .map(|id| {
            Change::Put(Entry {
                classes: of(id),
                ..entry("tasks", id)
            })
        })
        .collect();
    change(store, 1, lines).await;
    for allowed in (0..8).chain((0..8).map(|classes| classes | high)) {
        let query = Query {
            classes: allowed,
            ..tasks()
        };
        let seen: Vec<_> = (0..16)
            .filter(|&id| of(id) & !allowed == 0)
            .map(v7)
            .collect();
        assert_eq!(
            ids(store, query.clone()).await,
            seen,
            "an asker of classes {allowed:b}"
        );
        let counted: u64 = store
            .count(query)
            .await
            .unwrap()
            .iter()
            .map(|group| group.count)
            .sum();
        assert_eq!(counted, seen.len() as u64);
    }
}

pub(super) async fn pages_without_loss(store: &dyn Store) {
    // Many lines of the same time, and some of none.
    let at = |id: u64| (!id.is_multiple_of(5)).then_some(i64::try_from(id % 3).unwrap());
    change(
        store,
        1,
        (0..50)
            .map(|id| {
                Change::Put(Entry {
                    at_ms: at(id),
                    ..entry("tasks", id)
                })
            })
            .collect(),
    )
    .await;
    for order in [Order::EarliestFirst, Order::LatestFirst] {
        let at_once = ids(store, Query { order, ..tasks() }).await;
        assert_eq!(at_once.len(), 50);
        let mut query = Query {
            order,
            limit: 7,
            ..tasks()
        };
        let mut by_pages = Vec::new();
        loop {
            let page = store.entries(query.clone()).await.unwrap();
            assert!(page.entries.len() <= 7);
            by_pages.extend(page.entries.iter().map(|entry| entry.id));
            query.after = page.next;
            if page.next.is_none() {
                break;
            }
        }
        assert_eq!(by_pages, at_once);
    }
    let exactly = store
        .entries(Query {
            limit: 50,
            ..tasks()
        })
        .await
        .unwrap();
    assert_eq!(exactly.next, None);
    let most = store
        .entries(Query {
            limit: u32::MAX,
            ..tasks()
        })
        .await
        .unwrap();
    assert!(most.entries.len() <= LIMIT_MAX as usize);
}

pub(super) async fn finds_persons_by_tokens(store: &dyn Store) {
    let tokens = |person, words: &[&str]| Change::Tokens {
        person: v7(person),
        tokens: words.iter().map(|word| token(word)).collect(),
    };
    change(
        store,
        1,
        vec![
            tokens(50, &["aigul", "omarova"]),
            tokens(51, &["aigul", "aigul"]),
            tokens(52, &["omarova"]),
        ],
    )
    .await;
    let find = async |words: &[&str], at_least| {
        store
            .find(words.iter().map(|word| token(word)).collect(), at_least, 10)
            .await
            .unwrap()
    };
    assert_eq!(
        find(&["aigul", "omarova"], 1).await,
        [(v7(50), 2), (v7(51), 1), (v7(52), 1)]
    );
    assert_eq!(find(&["aigul", "omarova"], 2).await, [(v7(50), 2)]);
    assert_eq!(find(&["aigul", "aigul"], 2).await, []);
    assert_eq!(find(&["nobody"], 1).await, []);
    assert_eq!(find(&[], 0).await, []);
    assert_eq!(
        store.find(vec![token("aigul")], 1, 1).await.unwrap().len(),
        1
    );
    change(store, 2, vec![tokens(50, &["saule"]), tokens(52, &[])]).await;
    assert_eq!(find(&["aigul", "omarova"], 1).await, [(v7(51), 1)]);
    assert_eq!(find(&["saule"], 1).await, [(v7(50), 1)]);
    finds_as_counting_does(store).await;
}

/// Every set of up to four of seven words, and every least number of them, against a count made here.
async fn finds_as_counting_does(store: &dyn Store) {
    let mut random = random(5);
    let mut byte = || {
        let mut one = [0];
        random(&mut one);
        one[0]
    };
    let words: Vec<Token> = (0..7).map(|word| token(&format!("word {word}"))).collect();
    // The first words are common, the last ones rare.
    let has: Vec<Vec<bool>> = (0..150)
        .map(|_| (0..7).map(|word| byte() >> word.min(5) < 6).collect())
        .collect();
    let of_person = |has: &[bool]| -> Vec<Token> {
        let having = words.iter().zip(has).filter(|(_, has)| **has);
        having.map(|(word, _)| *word).collect()
    };
    let changes = (100..).zip(&has).map(|(person, has)| Change::Tokens {
        person: v7(person),
        tokens: of_person(has),
    });
    change(store, 3, changes.collect()).await;
    for asked in 1..1_usize << 7 {
        let asked: Vec<usize> = (0..7).filter(|word| asked >> word & 1 == 1).collect();
        if asked.len() > 4 {
            continue;
        }
        for at_least in 1..=asked.len() + 1 {
            let mut expected: Vec<(Uuid, u32)> = (100..)
                .zip(&has)
                .map(|(person, has)| {
                    let hits = asked.iter().filter(|word| has[**word]).count();
                    (v7(person), u32::try_from(hits).unwrap())
                })
                .filter(|(_, hits)| *hits as usize >= at_least)
                .collect();
            expected.sort_by_key(|(person, hits)| (std::cmp::Reverse(*hits), *person));
            expected.truncate(20);
            let tokens = asked.iter().map(|word| words[*word]).collect();
            let at_least = u32::try_from(at_least).unwrap();
            assert_eq!(
                store.find(tokens, at_least, 20).await.unwrap(),
                expected,
                "{at_least} of {asked:?}"
            );
        }
    }
}

/// Random questions about random lines, against a filter written here.
pub(super) async fn answers_as_a_filter_does(store: &dyn Store) {
    let mut random = random(6);
    let mut below = |end: u64| {
        let mut bytes = [0; 4];
        random(&mut bytes);
        u64::from(u32::from_le_bytes(bytes)) % end
    };
    let states = ["done", "open", "waived"].map(code);
    let lists = ["tasks", "views"].map(code);
    let mut lines: Vec<Entry> = (0..400)
        .map(|id| Entry {
            list: lists[usize::from(below(4) == 0)].clone(),
            id: v7(id),
            owner: v7(800 + below(3)),
            person: (below(2) == 0).then(|| v7(50 + below(4))),
            state: states[usize::try_from(below(3)).unwrap()].clone(),
            at_ms: (below(8) > 0).then(|| i64::try_from(below(40)).unwrap() - 20),
            classes: u32::try_from(below(8)).unwrap(),
            open: id.to_le_bytes().to_vec(),
        })
        .collect();
    change(store, 1, lines.iter().cloned().map(Change::Put).collect()).await;
    lines.sort_by_key(|line| (line.at_ms.unwrap_or(i64::MAX), line.id));
    for _ in 0..400 {
        let mut query = Query::new(
            lists[usize::from(below(4) == 0)].clone(),
            u32::try_from(below(8)).unwrap() | 8,
        );
        query.owners = (800..803).filter(|_| below(3) == 0).map(v7).collect();
        query.states = states.iter().filter(|_| below(3) == 0).cloned().collect();
        query.person = (below(4) == 0).then(|| v7(50 + below(4)));
        query.from_ms = (below(4) == 0).then(|| i64::try_from(below(40)).unwrap() - 20);
        query.before_ms = (below(4) == 0).then(|| i64::try_from(below(40)).unwrap() - 20);
        query.limit = u32::try_from(below(60)).unwrap() + 1;
        let mut fits: Vec<&Entry> = lines.iter().filter(|line| fits(&query, line)).collect();
        let mut groups = BTreeMap::new();
        for line in &fits {
            *groups.entry((line.owner, line.state.clone())).or_default() += 1;
        }
        let counted: BTreeMap<_, u64> = store
            .count(query.clone())
            .await
            .unwrap()
            .into_iter()
            .map(|group| ((group.owner, group.state), group.count))
            .collect();
        assert_eq!(counted, groups, "{query:?}");
        if below(2) == 0 {
            query.order = Order::LatestFirst;
            fits.reverse();
        }
        let skip = usize::try_from(below(5)).unwrap();
        if let Some(last) = skip.checked_sub(1).and_then(|last| fits.get(last)) {
            query.after = Some(Cursor {
                at_ms: last.at_ms,
                id: last.id,
            });
            fits.drain(..skip);
        }
        let limit = usize::try_from(query.limit).unwrap();
        let page = store.entries(query.clone()).await.unwrap();
        assert_eq!(page.next.is_some(), fits.len() > limit, "{query:?}");
        fits.truncate(limit);
        assert_eq!(page.entries.iter().collect::<Vec<_>>(), fits, "{query:?}");
    }
}

fn fits(query: &Query, line: &Entry) -> bool {
    let within = |from: Option<i64>, holds: fn(i64, i64) -> bool| {
        from.is_none_or(|from| line.at_ms.is_some_and(|at| holds(at, from)))
    };
    line.list == query.list
        && line.classes & !query.classes == 0
        && (query.owners.is_empty() || query.owners.contains(&line.owner))
        && (query.states.is_empty() || query.states.contains(&line.state))
        && query
            .person
            .is_none_or(|person| line.person == Some(person))
        && within(query.from_ms, |at, from| at >= from)
        && within(query.before_ms, |at, before| at < before)
}
