//! A crate depends only on lower floors.
//!
//! A crate declares its floor in its own manifest, as `[package.metadata.sapar] floor = N`.
//! The rule holds for ordinary, build and test dependencies alike: a test that needs an upper floor belongs on that floor.

use std::collections::BTreeMap;

use cargo_metadata::Package;

use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

/// The highest floor there is: the server and the command line.
const TOP_FLOOR: u64 = 8;

/// The one exception to "lower floors only".
///
/// Within a row, a crate may also use the crates that stand before it.
/// The order makes a cycle impossible; a floor without a row has no exception.
const ORDER_WITHIN_FLOOR: &[(u64, &[&str])] = &[
    (
        0,
        &["sapar-calendar", "sapar-messages", "sapar-diagnostics"],
    ),
    (
        1,
        &[
            "sapar-law-syntax",
            "sapar-law",
            "sapar-analysis",
            "sapar-batch",
            "sapar-sql",
        ],
    ),
    (3, &["sapar-screening", "sapar-casework"]),
    (
        4,
        &["sapar-store", "sapar-store-sqlite", "sapar-store-postgres"],
    ),
    (8, &["sapar-server", "sapar-cli"]),
];

/// Where a database is spoken to, and nowhere else: a crate above asks the store, and one below knows of none.
const DRIVER_FLOOR: u64 = 4;

/// Crates that speak to a database.
const DRIVERS: &[&str] = &[
    "deadpool-postgres",
    "libsqlite3-sys",
    "postgres",
    "rusqlite",
    "sqlx",
    "tokio-postgres",
];

/// What the rule needs to know of a crate.
#[derive(Debug, Clone)]
pub struct Room {
    pub name: String,
    /// `None` where the manifest declares none.
    pub floor: Option<u64>,
    /// Whether the crate is under `crates/`; `xtask` is automation and stands outside the house.
    pub in_house: bool,
    /// Names of all dependencies, of every kind.
    pub dependencies: Vec<String>,
}

impl Room {
    pub fn of(package: &Package, repository: &Repository) -> Self {
        let manifest = repository.relative(package.manifest_path.as_std_path());
        Self {
            name: package.name.to_string(),
            floor: package
                .metadata
                .pointer("/sapar/floor")
                .and_then(|floor| floor.as_u64()),
            in_house: manifest.starts_with("crates/"),
            dependencies: package
                .dependencies
                .iter()
                .map(|dependency| dependency.name.clone())
                .collect(),
        }
    }
}

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    let rooms: Vec<Room> = repository
        .members()?
        .into_iter()
        .map(|package| Room::of(package, repository))
        .collect();
    Ok(Report::from(check(&rooms)))
}

fn check(rooms: &[Room]) -> Vec<Finding> {
    let by_name: BTreeMap<&str, &Room> = rooms
        .iter()
        .map(|room| (room.name.as_str(), room))
        .collect();
    let mut findings = Vec::new();
    for room in rooms {
        if !room.in_house {
            continue;
        }
        let Some(floor) = room.floor else {
            findings.push(Finding::of(
                &room.name,
                "declares no floor; add `[package.metadata.sapar]` with `floor = N`",
            ));
            continue;
        };
        if floor > TOP_FLOOR {
            findings.push(Finding::of(
                &room.name,
                format!("floor {floor} does not exist; the top floor is {TOP_FLOOR}"),
            ));
        }
        for dependency in &room.dependencies {
            if floor != DRIVER_FLOOR && DRIVERS.contains(&dependency.as_str()) {
                findings.push(Finding::of(
                    &room.name,
                    format!("is on floor {floor} and may not depend on `{dependency}`; only stores, on floor {DRIVER_FLOOR}, speak to a database"),
                ));
                continue;
            }
            let Some(below) = by_name.get(dependency.as_str()) else {
                continue;
            };
            if !below.in_house {
                findings.push(Finding::of(
                    &room.name,
                    format!(
                        "depends on `{dependency}`, which is automation and not part of the product"
                    ),
                ));
                continue;
            }
            // A missing floor is reported once, at the crate that lacks it.
            let Some(floor_below) = below.floor else {
                continue;
            };
            if floor_below < floor || stands_before(floor, dependency, floor_below, &room.name) {
                continue;
            }
            findings.push(Finding::of(
                &room.name,
                format!("is on floor {floor} and may not depend on `{dependency}` on floor {floor_below}"),
            ));
        }
    }
    findings
}

fn stands_before(floor: u64, dependency: &str, floor_below: u64, name: &str) -> bool {
    if floor != floor_below {
        return false;
    }
    ORDER_WITHIN_FLOOR
        .iter()
        .filter(|(of, _)| *of == floor)
        .any(|(_, order)| {
            let place = |wanted: &str| order.iter().position(|name| *name == wanted);
            matches!((place(dependency), place(name)), (Some(below), Some(above)) if below < above)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(name: &str, floor: Option<u64>, dependencies: &[&str]) -> Room {
        Room {
            name: name.to_owned(),
            floor,
            in_house: name != "xtask",
            dependencies: dependencies.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    fn said(rooms: &[Room]) -> Vec<String> {
        check(rooms).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn lower_floors_and_foreign_crates_are_allowed() {
        let rooms = [
            room("sapar-calendar", Some(0), &["jiff"]),
            room("sapar-screening", Some(3), &["sapar-calendar", "thiserror"]),
        ];
        assert!(said(&rooms).is_empty());
    }

    #[test]
    fn an_upper_floor_is_refused() {
        let rooms = [
            room("sapar-calendar", Some(0), &["sapar-screening"]),
            room("sapar-screening", Some(3), &[]),
        ];
        assert_eq!(
            said(&rooms),
            ["sapar-calendar: is on floor 0 and may not depend on `sapar-screening` on floor 3"]
        );
    }

    #[test]
    fn the_same_floor_is_refused_where_no_order_is_listed() {
        let rooms = [
            room("sapar-packages", Some(2), &["sapar-identity"]),
            room("sapar-identity", Some(2), &[]),
        ];
        assert_eq!(said(&rooms).len(), 1);
    }

    #[test]
    fn the_listed_order_works_one_way_only() {
        let right = [
            room("sapar-law-syntax", Some(1), &[]),
            room("sapar-law", Some(1), &["sapar-law-syntax"]),
        ];
        assert!(said(&right).is_empty());
        let wrong = [
            room("sapar-law-syntax", Some(1), &["sapar-law"]),
            room("sapar-law", Some(1), &[]),
        ];
        assert_eq!(said(&wrong).len(), 1);
    }

    #[test]
    fn a_crate_without_a_floor_is_refused() {
        assert_eq!(said(&[room("sapar-new", None, &[])]).len(), 1);
    }

    #[test]
    fn a_floor_that_does_not_exist_is_refused() {
        assert_eq!(said(&[room("sapar-roof", Some(9), &[])]).len(), 1);
    }

    #[test]
    fn only_stores_speak_to_a_database() {
        let store = room("sapar-store-sqlite", Some(4), &["rusqlite"]);
        assert!(said(&[store]).is_empty());
        for floor in [3, 6, 8] {
            assert_eq!(
                said(&[room("sapar-x", Some(floor), &["rusqlite"])]).len(),
                1
            );
        }
    }

    #[test]
    fn nobody_depends_on_the_automation() {
        let rooms = [
            room("sapar-cli", Some(8), &["xtask"]),
            room("xtask", None, &[]),
        ];
        assert_eq!(said(&rooms).len(), 1);
    }
}
