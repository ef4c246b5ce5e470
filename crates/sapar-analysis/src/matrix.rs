//! Provision against provision: how far each national norm answers each norm of the standard.

use oxidd::BooleanFunction;
use sapar_law::NormId;
use sapar_law::diagrams::ok;

use crate::alignment::{Alignment, LimitAnswer, align, demand};
use crate::region::minus;
use crate::{AnalysisError, Ground, Provision, Side};

/// How far one national norm answers one norm of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Degree {
    /// It gives at least as much wherever the standard demands.
    Full,
    /// It gives something: in some of these situations, or with a weaker word or limit.
    Partial,
    /// It demands or allows the opposite in some of these situations.
    Contrary,
}

/// Every pair of provisions that have to do with each other; any other pair has nothing in common.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// Norms of the standard that demand something in some situation, in the standard's order.
    pub standard: Vec<NormId>,
    /// National norms that meet one of them.
    pub national: Vec<NormId>,
    /// For each norm of the standard, the national norms that have to do with it.
    pub cells: Vec<(NormId, NormId, Degree)>,
}

impl Matrix {
    /// The best that any national norm does for a norm of the standard, and whether one opposes it.
    #[must_use]
    pub fn best(&self, standard: NormId) -> (Option<Degree>, bool) {
        let degrees = || {
            self.cells
                .iter()
                .filter(move |(row, _, _)| *row == standard)
                .map(|(_, _, degree)| *degree)
        };
        (
            degrees().filter(|degree| *degree != Degree::Contrary).min(),
            degrees().any(|degree| degree == Degree::Contrary),
        )
    }
}

/// Compares two sides provision by provision.
pub(crate) fn matrix(
    ground: &mut Ground<'_>,
    standard: &Side,
    national: &Side,
    wanted: impl Fn(&Provision) -> bool,
) -> Result<Matrix, AnalysisError> {
    let library = ground.library();
    let mut matrix = Matrix::default();
    for row in standard
        .provisions
        .iter()
        .filter(|norm| wanted(norm) && demand(library, norm).is_some())
    {
        let mut any = false;
        for column in national.on_act(row.act) {
            let degree = degree(ground, row, column)?;
            if let Some(degree) = degree {
                matrix.cells.push((row.norm, column.norm, degree));
            }
            any = true;
        }
        if any || ground.world(&row.facts)?.satisfiable() {
            matrix.standard.push(row.norm);
        }
    }
    matrix.national = matrix.cells.iter().map(|(_, norm, _)| *norm).collect();
    matrix.national.sort_unstable();
    matrix.national.dedup();
    Ok(matrix)
}

fn degree(
    ground: &mut Ground<'_>,
    row: &Provision,
    column: &Provision,
) -> Result<Option<Degree>, AnalysisError> {
    let alignment = align(ground.library(), row, column);
    if alignment == Alignment::Unrelated {
        return Ok(None);
    }
    let facts = row.facts.union(&column.facts).copied().collect();
    let world = ground.world(&facts)?;
    let nodes_max = ground.bounds().nodes_max;
    let at = |error| AnalysisError::at(error, nodes_max, &[row.norm, column.norm]);
    let demanded = ok(world.and(&row.applies)).map_err(at)?;
    let both = ok(demanded.and(&column.applies)).map_err(at)?;
    if !both.satisfiable() {
        return Ok(None);
    }
    Ok(Some(match alignment {
        Alignment::Opposite => Degree::Contrary,
        Alignment::Strong(answers)
            if answers.iter().all(|answer| *answer == LimitAnswer::Met)
                && !minus(&demanded, &column.applies).map_err(at)?.satisfiable() =>
        {
            Degree::Full
        }
        _ => Degree::Partial,
    }))
}
