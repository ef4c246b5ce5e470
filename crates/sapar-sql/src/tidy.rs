//! The same conditions in a form that is shorter to read: fewer brackets, and what stands together stands once.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::condition::{Condition, ConditionId, Conditions};

/// Rewrites conditions without changing when they hold, nor what is torn.
///
/// A part that is itself an `all` is opened into the `all` around it, unless others use it or the law has a word for it;
/// the same for `any`. Then parts that always stand together become one condition, written once.
pub fn tidy(
    conditions: &mut Conditions,
    roots: &[ConditionId],
    named: &FxHashSet<ConditionId>,
) -> Vec<ConditionId> {
    let uses = uses(conditions, roots);
    let mut done = FxHashMap::default();
    let opened: Vec<ConditionId> = roots
        .iter()
        .map(|root| opened(conditions, *root, named, &uses, &mut done))
        .collect();
    let groups = groups(conditions, &opened);
    let mut done = FxHashMap::default();
    let gathered: Vec<ConditionId> = opened
        .iter()
        .map(|root| gathered(conditions, *root, &groups, &mut done))
        .collect();
    let uses = self::uses(conditions, &gathered);
    let mut done = FxHashMap::default();
    gathered
        .iter()
        .map(|root| factored(conditions, *root, named, &uses, &mut done))
        .collect()
}

/// How often each condition is a part of another, or a root.
pub fn uses(conditions: &Conditions, roots: &[ConditionId]) -> BTreeMap<ConditionId, usize> {
    let mut used: BTreeMap<ConditionId, usize> = BTreeMap::new();
    let mut todo = roots.to_vec();
    while let Some(id) = todo.pop() {
        let count = used.entry(id).or_default();
        *count += 1;
        if *count == 1 {
            todo.extend(conditions.get(id).parts());
        }
    }
    used
}

fn opened(
    conditions: &mut Conditions,
    id: ConditionId,
    named: &FxHashSet<ConditionId>,
    uses: &BTreeMap<ConditionId, usize>,
    done: &mut FxHashMap<ConditionId, ConditionId>,
) -> ConditionId {
    if let Some(known) = done.get(&id) {
        return *known;
    }
    let node = conditions.get(id).clone();
    // What the law has a word for stays as its author wrote it, inside too.
    if named.contains(&id) {
        done.insert(id, id);
        return id;
    }
    let mut parts = Vec::new();
    for part in node.parts() {
        let alone = uses.get(part) == Some(&1) && !named.contains(part);
        let now = opened(conditions, *part, named, uses, done);
        match (&node, conditions.get(now)) {
            (Condition::All(_), Condition::All(of)) if alone => parts.extend(of),
            (Condition::Any(_), Condition::Any(of)) if alone => parts.extend(of),
            _ => parts.push(now),
        }
    }
    let result = rebuilt(conditions, id, &node, parts);
    done.insert(id, result);
    result
}

fn rebuilt(
    conditions: &mut Conditions,
    id: ConditionId,
    node: &Condition,
    parts: Vec<ConditionId>,
) -> ConditionId {
    match node {
        Condition::All(_) => conditions.all(parts),
        Condition::Any(_) => conditions.any(parts),
        Condition::AtLeast { least, .. } => conditions.at_least(*least, parts),
        _ => id,
    }
}

/// For `all` and for `any`: parts that stand in exactly the same conditions, at least two in at least two.
type Groups = [FxHashMap<ConditionId, Vec<ConditionId>>; 2];

fn groups(conditions: &Conditions, roots: &[ConditionId]) -> Groups {
    let mut around: [BTreeMap<ConditionId, Vec<ConditionId>>; 2] = Default::default();
    for id in uses(conditions, roots).into_keys() {
        let side = match conditions.get(id) {
            Condition::All(_) => 0,
            Condition::Any(_) => 1,
            _ => continue,
        };
        let Some(around) = around.get_mut(side) else {
            continue;
        };
        for part in conditions.get(id).parts() {
            around.entry(*part).or_default().push(id);
        }
    }
    around.map(|around| {
        let mut together: BTreeMap<Vec<ConditionId>, Vec<ConditionId>> = BTreeMap::new();
        for (part, around) in around {
            together.entry(around).or_default().push(part);
        }
        let mut groups = FxHashMap::default();
        for (around, parts) in together {
            if around.len() > 1 && parts.len() > 1 {
                for part in &parts {
                    groups.insert(*part, parts.clone());
                }
            }
        }
        groups
    })
}

fn gathered(
    conditions: &mut Conditions,
    id: ConditionId,
    groups: &Groups,
    done: &mut FxHashMap<ConditionId, ConditionId>,
) -> ConditionId {
    if let Some(known) = done.get(&id) {
        return *known;
    }
    let node = conditions.get(id).clone();
    let [of_all, of_any] = groups;
    let groups_here = match node {
        Condition::All(_) => Some(of_all),
        Condition::Any(_) => Some(of_any),
        _ => None,
    };
    let mut parts: Vec<ConditionId> = Vec::new();
    let mut gone: FxHashSet<ConditionId> = FxHashSet::default();
    for part in node.parts() {
        if gone.contains(part) {
            continue;
        }
        match groups_here.and_then(|groups| groups.get(part)) {
            Some(group) if group.len() < node.parts().len() => {
                gone.extend(group);
                let inner: Vec<ConditionId> = group
                    .iter()
                    .map(|part| gathered(conditions, *part, groups, done))
                    .collect();
                parts.push(rebuilt(conditions, id, &node, inner));
            }
            _ => parts.push(gathered(conditions, *part, groups, done)),
        }
    }
    let result = rebuilt(conditions, id, &node, parts);
    done.insert(id, result);
    result
}

/// Takes out of the brackets what they share: `(a or b) and (a or c)` is `a or (b and c)`.
fn factored(
    conditions: &mut Conditions,
    id: ConditionId,
    named: &FxHashSet<ConditionId>,
    uses: &BTreeMap<ConditionId, usize>,
    done: &mut FxHashMap<ConditionId, ConditionId>,
) -> ConditionId {
    if let Some(known) = done.get(&id) {
        return *known;
    }
    let node = conditions.get(id).clone();
    if named.contains(&id) || node.parts().is_empty() {
        done.insert(id, id);
        return id;
    }
    // Brackets that others use too stay whole, so that they are written once.
    let mut brackets: Vec<Vec<ConditionId>> = Vec::new();
    let mut parts: Vec<ConditionId> = Vec::new();
    for part in node.parts() {
        let alone = uses.get(part) == Some(&1) && !named.contains(part);
        match (&node, conditions.get(*part)) {
            (Condition::All(_), Condition::Any(of)) | (Condition::Any(_), Condition::All(of))
                if alone =>
            {
                brackets.push(of.clone());
            }
            _ => parts.push(*part),
        }
    }
    let of_all = matches!(node, Condition::All(_));
    loop {
        let mut counts: BTreeMap<ConditionId, usize> = BTreeMap::new();
        for part in brackets.iter().flatten() {
            *counts.entry(*part).or_default() += 1;
        }
        let shared = counts
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .max_by_key(|(part, count)| (*count, std::cmp::Reverse(*part)));
        let Some((shared, _)) = shared else {
            break;
        };
        let (with, without): (Vec<_>, Vec<_>) = brackets
            .into_iter()
            .partition(|bracket| bracket.contains(&shared));
        let mut rests = Vec::new();
        for mut bracket in with {
            bracket.retain(|part| *part != shared);
            rests.push(inside(conditions, of_all, bracket));
        }
        let rest = outside(conditions, of_all, rests);
        brackets = without;
        brackets.push(vec![shared, rest]);
    }
    for bracket in brackets {
        parts.push(inside(conditions, of_all, bracket));
    }
    let parts: Vec<ConditionId> = parts
        .into_iter()
        .map(|part| factored(conditions, part, named, uses, done))
        .collect();
    let result = rebuilt(conditions, id, &node, parts);
    done.insert(id, result);
    result
}

fn inside(conditions: &mut Conditions, of_all: bool, parts: Vec<ConditionId>) -> ConditionId {
    if of_all {
        conditions.any(parts)
    } else {
        conditions.all(parts)
    }
}

fn outside(conditions: &mut Conditions, of_all: bool, parts: Vec<ConditionId>) -> ConditionId {
    if of_all {
        conditions.all(parts)
    } else {
        conditions.any(parts)
    }
}
