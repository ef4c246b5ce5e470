//! Norms that never apply, norms that others make needless, and exceptions that take nothing away.

use std::collections::BTreeSet;

use jiff::civil::Date;
use oxidd::BooleanFunction;
use sapar_law::diagrams::ok;
use sapar_law::{ActId, FactId, Library, Modality, NormId, OrderId, Period, Rank};

use super::{Finding, Why};
use crate::alignment::demand;
use crate::region::{given, minus};
use crate::situations::any;
use crate::{AnalysisError, Ground, Provision, Side};

/// Norms of the order that are in force on no day of it.
pub fn without_a_day(
    library: &Library,
    order: OrderId,
    wanted: impl Fn(ActId) -> bool,
) -> Vec<Finding> {
    let included = &library.order(order).instruments;
    library
        .norms()
        .filter(|(_, norm)| wanted(norm.act))
        .filter(|(_, norm)| {
            let mut of_instrument = included
                .iter()
                .filter(|(instrument, _, _)| *instrument == norm.instrument)
                .peekable();
            of_instrument.peek().is_some()
                && of_instrument.all(|(instrument, from, until)| {
                    let inclusion = Period {
                        from: from.unwrap_or(Date::MIN),
                        until: *until,
                    };
                    !meet(&[
                        norm.period,
                        library.instrument(*instrument).period,
                        inclusion,
                    ])
                })
        })
        .map(|(norm, _)| Finding::Dead {
            norm,
            why: Why::NoDay,
        })
        .collect()
}

/// Whether some day lies in all of these.
fn meet(periods: &[Period]) -> bool {
    let first = periods.iter().map(|period| period.from).max();
    let last = periods.iter().filter_map(|period| period.until).min();
    match (first, last) {
        (Some(first), Some(last)) => first <= last,
        _ => true,
    }
}

/// Norms that apply in no situation that can occur.
pub fn dead(ground: &mut Ground<'_>, side: &Side) -> Result<Vec<Finding>, AnalysisError> {
    let mut found = Vec::new();
    for norm in &side.provisions {
        let world = ground.world(&norm.facts)?;
        let nodes_max = ground.bounds().nodes_max;
        let at = |error| AnalysisError::at(error, nodes_max, &[norm.norm]);
        if ok(world.and(&norm.applies)).map_err(at)?.satisfiable() {
            continue;
        }
        let base = ground.base_of(norm.norm)?;
        let would = ok(world.and(&base)).map_err(at)?;
        let why = if would.satisfiable() {
            let mut by = Vec::new();
            for over in norm
                .overriders
                .iter()
                .filter_map(|over| side.provisions.get(*over))
            {
                if ok(would.and(&over.applies)).map_err(at)?.satisfiable() {
                    by.push(over.norm);
                }
            }
            Why::Overridden(by)
        } else {
            Why::Impossible
        };
        found.push(Finding::Dead {
            norm: norm.norm,
            why,
        });
    }
    Ok(found)
}

/// Norms that could all be left out together without any position becoming weaker anywhere.
///
/// The lowest rank goes first, and of equal ranks the norm that stands last. A norm that overrides another does
/// more than it says, and one that never applies was found already: neither is called needless.
/// A treaty is neither needless nor makes a law needless: a law that says what a treaty demands carries it out.
pub fn redundant(ground: &mut Ground<'_>, side: &Side) -> Result<Vec<Finding>, AnalysisError> {
    let library = ground.library();
    let priority = &library.order(side.order).priority;
    let is_treaty =
        |norm: NormId| library.instrument(library.norm(norm).instrument).rank == Rank::Treaty;
    let mut candidates: Vec<&Provision> = side
        .provisions
        .iter()
        .filter(|norm| !is_treaty(norm.norm))
        .collect();
    candidates.sort_by_key(|norm| {
        let rank = library.instrument(library.norm(norm.norm).instrument).rank;
        let place = priority
            .iter()
            .position(|known| *known == rank)
            .unwrap_or(priority.len());
        (std::cmp::Reverse(place), std::cmp::Reverse(norm.norm))
    });
    let in_force: BTreeSet<NormId> = side.provisions.iter().map(|norm| norm.norm).collect();
    let mut left_out: BTreeSet<NormId> = BTreeSet::new();
    for norm in &candidates {
        let overrides = &library.norm(norm.norm).overrides;
        if !overrides.iter().any(|over| in_force.contains(over))
            && covered(ground, norm, &others(side, norm, &left_out, is_treaty))?.is_some()
        {
            left_out.insert(norm.norm);
        }
    }
    // What covered a norm may have been left out after it; so each is held against those that stay.
    loop {
        let mut found = Vec::new();
        let mut stays = None;
        for norm in candidates
            .iter()
            .filter(|norm| left_out.contains(&norm.norm))
        {
            match covered(ground, norm, &others(side, norm, &left_out, is_treaty))? {
                Some(by) => found.push((norm.norm, by)),
                None => stays = Some(norm.norm),
            }
        }
        match stays {
            Some(norm) => {
                left_out.remove(&norm);
            }
            None => {
                found.sort();
                return Ok(found
                    .into_iter()
                    .map(|(norm, by)| Finding::Redundant { norm, by })
                    .collect());
            }
        }
    }
}

/// The other norms on the act of one, without those left out and without treaties.
fn others(
    side: &Side,
    norm: &Provision,
    left_out: &BTreeSet<NormId>,
    is_treaty: impl Fn(NormId) -> bool,
) -> Side {
    Side {
        order: side.order,
        on: side.on,
        provisions: side
            .on_act(norm.act)
            .filter(|other| {
                other.norm != norm.norm && !is_treaty(other.norm) && !left_out.contains(&other.norm)
            })
            .cloned()
            .collect(),
    }
}

/// The norms that give at least as much wherever this one applies, if they do.
fn covered(
    ground: &mut Ground<'_>,
    norm: &Provision,
    others: &Side,
) -> Result<Option<Vec<NormId>>, AnalysisError> {
    let library = ground.library();
    if others.provisions.is_empty() {
        return Ok(None);
    }
    let nodes_max = ground.bounds().nodes_max;
    let at = |error| AnalysisError::at(error, nodes_max, &[norm.norm]);
    let mut facts: BTreeSet<FactId> = norm.facts.clone();
    for other in &others.provisions {
        facts.extend(&other.facts);
    }
    let world = ground.world(&facts)?;
    let here = ok(world.and(&norm.applies)).map_err(at)?;
    if !here.satisfiable() {
        return Ok(None);
    }
    let (given, able) = if norm.modality != Modality::May && demand(library, norm).is_some() {
        let (given, _, able) = given(ground, norm, others)?;
        (given, able)
    } else {
        // A power is not strengthened by another one: only the same power makes it needless.
        let same: Vec<&Provision> = others
            .provisions
            .iter()
            .filter(|other| {
                other.bearer == norm.bearer
                    && other.modality == norm.modality
                    && same_limits(other, norm)
            })
            .collect();
        let nothing = ground.compiler.falsehood();
        let given = any(&nothing, same.iter().map(|other| &other.applies)).map_err(at)?;
        (given, same.iter().map(|other| other.norm).collect())
    };
    if minus(&here, &given).map_err(at)?.satisfiable() {
        return Ok(None);
    }
    let mut by = Vec::new();
    for other in others
        .provisions
        .iter()
        .filter(|other| able.contains(&other.norm))
    {
        if ok(here.and(&other.applies)).map_err(at)?.satisfiable() {
            by.push(other.norm);
        }
    }
    Ok(Some(by))
}

fn same_limits(left: &Provision, right: &Provision) -> bool {
    left.limits.len() == right.limits.len()
        && left.limits.iter().all(|limit| right.limits.contains(limit))
}

/// Exceptions that take away nothing that the condition gives and the others leave.
pub fn exceptions(ground: &mut Ground<'_>, side: &Side) -> Result<Vec<Finding>, AnalysisError> {
    let library = ground.library();
    let mut found = Vec::new();
    for norm in &side.provisions {
        let definition = library.norm(norm.norm);
        let world = ground.world(&norm.facts)?;
        let nodes_max = ground.bounds().nodes_max;
        let at = |error| AnalysisError::at(error, nodes_max, &[norm.norm]);
        for (index, exception) in definition.exceptions.iter().enumerate() {
            let mut bites = ok(world.and(&norm.worded)).map_err(at)?;
            bites = ok(bites.and(&ground.formula(exception)?)).map_err(at)?;
            for (other, formula) in definition.exceptions.iter().enumerate() {
                if other != index {
                    bites = minus(&bites, &ground.formula(formula)?).map_err(at)?;
                }
            }
            let why = if bites.satisfiable() {
                let mut by = Vec::new();
                let mut left = bites.clone();
                for over in norm
                    .overriders
                    .iter()
                    .filter_map(|over| side.provisions.get(*over))
                {
                    if ok(bites.and(&over.applies)).map_err(at)?.satisfiable() {
                        by.push(over.norm);
                    }
                    left = minus(&left, &over.applies).map_err(at)?;
                }
                if left.satisfiable() {
                    continue;
                }
                Why::Overridden(by)
            } else {
                Why::Impossible
            };
            found.push(Finding::Exception {
                norm: norm.norm,
                exception: index,
                why,
            });
        }
    }
    Ok(found)
}
