//! Which conditions become columns of their own, in which step, and under which name.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use sapar_law::Engine;

use crate::condition::{Condition, ConditionId};
use crate::name::{Names, column_of_fact, name_of_position, words};
use crate::plan::Plan;
use crate::tidy::uses;

/// A condition that others refer to by name.
#[derive(Debug, Clone)]
pub struct Column {
    /// The condition.
    pub id: ConditionId,
    /// Its name.
    pub name: String,
    /// What it is, in the law's words, if there is one word for it.
    pub says: Option<String>,
}

/// All columns between the table and the answers.
#[derive(Debug, Default)]
pub struct Columns {
    /// Step by step; a column refers only to earlier steps.
    pub steps: Vec<Vec<Column>>,
    /// Name of each column.
    pub names: FxHashMap<ConditionId, String>,
}

/// The name of the column that says whether a row can occur.
pub const CAN_OCCUR: &str = "can_occur";

/// Chooses the columns.
pub fn columns(engine: &Engine, plan: &mut Plan, names: &mut Names) -> Columns {
    let library = engine.library();
    let mut wanted: BTreeMap<ConditionId, (String, Option<String>)> = BTreeMap::new();
    let mut add = |id: ConditionId, name: String, says: Option<String>| {
        wanted.entry(id).or_insert((name, says));
    };
    let terms = plan.terms.clone();
    let roots: Vec<ConditionId> = plan.roots().collect();
    let used = uses(&plan.conditions, &roots);
    for (term, so) in &terms {
        let def = library.term(*term);
        let not = plan.conditions.not(*so);
        for (id, name, says) in [
            (
                *so,
                format!("may_be_{}", words(&def.name)),
                def.label.en.clone(),
            ),
            (
                not,
                format!("may_not_be_{}", words(&def.name)),
                format!("not: {}", def.label.en),
            ),
        ] {
            if used.contains_key(&id) && weight(plan, id) > 1 {
                add(id, name, Some(says));
            }
        }
    }
    for asked in plan.asked.clone() {
        let name = name_of_position(engine, asked.position);
        for (id, suffix) in [(asked.can_hold, "can_hold"), (asked.can_fail, "can_fail")] {
            // What several positions ask bears the name of none of them.
            let own = roots.iter().filter(|root| **root == id).count() == 1;
            if own && weight(plan, id) > 3 {
                add(id, format!("{name}_{suffix}"), None);
            }
        }
    }
    for (id, count) in &used {
        if *count > 1 && weight(plan, *id) > 2 {
            add(*id, String::new(), None);
        }
    }
    wanted.remove(&plan.can_occur);
    let mut columns = Columns::default();
    let mut steps: FxHashMap<ConditionId, usize> = FxHashMap::default();
    let ids: Vec<ConditionId> = wanted.keys().copied().collect();
    for id in ids {
        step(plan, &wanted, id, &mut steps);
    }
    let mut sorted: Vec<(usize, ConditionId)> = wanted
        .keys()
        .map(|id| (steps.get(id).copied().unwrap_or(0), *id))
        .collect();
    sorted.sort();
    let mut number = 0;
    for (at, id) in sorted {
        let (name, says) = wanted.remove(&id).unwrap_or_default();
        let name = if name.is_empty() {
            number += 1;
            format!("part_{number}_{}", first_fact(engine, plan, id))
        } else {
            name
        };
        let name = names.give(&name);
        columns.names.insert(id, name.clone());
        if columns.steps.len() <= at {
            columns.steps.resize_with(at + 1, Vec::new);
        }
        if let Some(step) = columns.steps.get_mut(at) {
            step.push(Column { id, name, says });
        }
    }
    columns
}

/// How many literals a condition shows when it is written out, at most ten.
fn weight(plan: &Plan, id: ConditionId) -> usize {
    let mut weight = 0;
    let mut todo = vec![id];
    while let Some(id) = todo.pop() {
        let node = plan.conditions.get(id);
        if matches!(node, Condition::Is { .. }) {
            weight += 1;
        }
        if weight >= 10 {
            break;
        }
        todo.extend(node.parts());
    }
    weight
}

/// The step a column belongs to: after all columns it refers to.
fn step(
    plan: &Plan,
    wanted: &BTreeMap<ConditionId, (String, Option<String>)>,
    id: ConditionId,
    steps: &mut FxHashMap<ConditionId, usize>,
) -> usize {
    if let Some(known) = steps.get(&id) {
        return *known;
    }
    let mut at = 0;
    for part in plan.conditions.get(id).parts() {
        let below = step(plan, wanted, *part, steps);
        at = at.max(if wanted.contains_key(part) {
            below + 1
        } else {
            below
        });
    }
    steps.insert(id, at);
    at
}

/// The fact that stands first in a condition, to tell columns without a word of the law apart.
fn first_fact(engine: &Engine, plan: &Plan, mut id: ConditionId) -> String {
    loop {
        match plan.conditions.get(id) {
            Condition::Is { place, .. } => {
                return engine
                    .layouts()
                    .get(*place as usize)
                    .map_or_else(String::new, |layout| {
                        column_of_fact(engine.library(), layout.fact)
                    });
            }
            node => match node.parts().first() {
                Some(first) => id = *first,
                None => return String::new(),
            },
        }
    }
}
