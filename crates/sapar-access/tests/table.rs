//! The table of what is permitted, held against the page a lawyer reviewed, and every policy shown to matter.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::collections::{BTreeMap, BTreeSet};

use sapar_access::{
    Access, Action, AgencyKind, DataClass, Profile, Protection, Purpose, Purposes, Relation,
    Relations, Request, Role, UserState, Verdict, Word, policy_files, table,
};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/access.md");

#[test]
fn the_page_says_what_the_policies_say() {
    let made = table(&Access::new().unwrap());
    if std::env::var_os("UPDATE_ACCESS_TABLE").is_some() {
        std::fs::write(PAGE, &made).unwrap();
    }
    let page = std::fs::read_to_string(PAGE).unwrap();
    let first_difference = made
        .lines()
        .zip(page.lines())
        .find(|(made, page)| made != page);
    assert_eq!(
        first_difference, None,
        "left: the policies, right: docs/access.md"
    );
    assert_eq!(made, page);
}

/// Requests in which each policy has a chance to decide: every kind, role and action, purposes and classes of all kinds,
/// mandates usual and with return added, closed accounts and missing reasons.
fn requests() -> Vec<Request> {
    let mut requests = Vec::new();
    for kind in AgencyKind::ALL {
        for role in Role::ALL {
            for purpose in Purpose::ALL {
                let usual = Profile::usual(*kind, *role);
                let alone = Profile {
                    mandate: Purposes::one(*purpose),
                    ..usual
                };
                let also_return = Profile {
                    mandate: alone.mandate.with(Purpose::Return),
                    ..usual
                };
                let closed = Profile {
                    state: UserState::Closed,
                    ..usual
                };
                // What differs by mandate and account differs alike for every kind that may act for the purpose.
                let whos = match (kind, usual.mandate.has(*purpose)) {
                    (AgencyKind::Ngo, true) => vec![usual, alone, also_return, closed],
                    (AgencyKind::Ngo, false) => vec![usual, alone],
                    (_, true) => vec![usual],
                    (_, false) => vec![],
                };
                for who in whos {
                    for action in Action::ALL {
                        for class in DataClass::ALL {
                            for (relations, protection) in standings() {
                                requests.push(Request {
                                    who,
                                    purpose: *purpose,
                                    action: *action,
                                    class: *class,
                                    relations,
                                    protection,
                                    reason_given: true,
                                });
                            }
                        }
                    }
                }
            }
        }
    }
    let unreasoned: Vec<Request> = requests
        .iter()
        .filter(|request| request.action == Action::BreakGlass)
        .map(|request| Request {
            reason_given: false,
            ..*request
        })
        .collect();
    requests.extend(unreasoned);
    requests
}

fn standings() -> [(Relations, Protection); 5] {
    let one = Relations::one;
    [
        (Relations::NONE, Protection::NotRevealed),
        (one(Relation::OwnPost), Protection::NotRevealed),
        (one(Relation::OwnAgencyReferral), Protection::NotRevealed),
        (one(Relation::OwnTeamCase), Protection::NotRevealed),
        (one(Relation::OwnTeamCase), Protection::NotKnown),
    ]
}

#[test]
fn no_policy_is_dead() {
    let access = Access::new().unwrap();
    // Where a policy alone decided, its loss may change the answer.
    let mut candidates: BTreeMap<String, Vec<(Request, Verdict)>> = BTreeMap::new();
    for request in requests() {
        let decision = access.decide(&request);
        if let [alone] = decision.policies.as_slice() {
            candidates
                .entry(alone.clone())
                .or_default()
                .push((request, decision.verdict));
        }
    }
    let mut names = BTreeSet::new();
    for (file, text) in policy_files() {
        for policy in policies_of(text) {
            let name = policy.split('"').nth(1).unwrap().to_owned();
            let without: Vec<(&str, String)> = policy_files()
                .iter()
                .map(|(other, text)| {
                    (
                        *other,
                        if other == file {
                            text.replace(policy, "")
                        } else {
                            (*text).to_owned()
                        },
                    )
                })
                .collect();
            let without: Vec<(&str, &str)> = without
                .iter()
                .map(|(file, text)| (*file, text.as_str()))
                .collect();
            let mutant = Access::with_policies(&without).unwrap();
            let changes = candidates.get(&name).is_some_and(|requests| {
                requests
                    .iter()
                    .any(|(request, verdict)| mutant.decide(request).verdict != *verdict)
            });
            assert!(
                changes,
                "{file}: without `{name}` every answer stays the same"
            );
            assert!(names.insert(name));
        }
    }
    // A file whose policies all matter matters; the count shows that none was skipped.
    assert_eq!(
        names.len(),
        policy_files()
            .iter()
            .map(|(_, text)| text.matches("@id(").count())
            .sum::<usize>()
    );
    assert!(names.len() >= 30, "{}", names.len());
}

/// The policies of a file, each from its name to its end.
fn policies_of(text: &str) -> Vec<&str> {
    text.match_indices("@id(")
        .map(|(start, _)| {
            let rest = &text[start..];
            &rest[..=rest.find(';').unwrap()]
        })
        .collect()
}

#[test]
fn every_policy_says_its_rule_in_plain_words() {
    for (file, text) in policy_files() {
        let lines: Vec<&str> = text.lines().collect();
        for (place, line) in lines.iter().enumerate() {
            if line.starts_with("@id(") {
                let said: Vec<&&str> = lines[..place]
                    .iter()
                    .rev()
                    .take_while(|line| line.starts_with("// "))
                    .collect();
                let first = said
                    .last()
                    .unwrap_or_else(|| panic!("{file}: {line} has no sentence"));
                assert!(first.len() > 30 && first.ends_with('.'), "{file}: {first}");
            }
        }
    }
}

#[test]
fn every_file_of_policies_is_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/policies");
    let on_disk: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".cedar"))
        .collect();
    let read: BTreeSet<String> = policy_files()
        .iter()
        .map(|(file, _)| (*file).to_owned())
        .collect();
    assert_eq!(on_disk, read);
}
