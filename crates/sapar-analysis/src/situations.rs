//! A region told to a reader: in words, with a person, and measured.

use std::collections::BTreeSet;

use oxidd::BooleanFunction;
use oxidd::bdd::BDDFunction;
use sapar_law::diagrams::ok;
use sapar_law::{CompileError, FactId, InstrumentId, NormId};

use crate::comparison::Measures;
use crate::cover::cover;
use crate::example::example;
use crate::{AnalysisError, Cover, Example, Ground, Prior, Share};

/// Situations told: exactly, by an example, and how many they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Situations {
    /// Short conjunctions that cover them exactly.
    pub cover: Cover,
    /// The least surprising person among them.
    pub example: Example,
    /// Which share of all situations they are.
    pub share: Share,
}

/// Tells regions of one ground.
pub(crate) struct Teller {
    prior: Prior,
    measures: Measures,
}

impl Teller {
    pub fn new(ground: &Ground<'_>, prior: Option<&Prior>) -> Self {
        let prior = match prior {
            Some(prior) => prior.clone(),
            None => Prior::standard(ground.library()),
        };
        let measures = Measures::new(ground, &prior);
        Self { prior, measures }
    }

    /// Tells the part of a region that can occur; `None` where nothing of it can.
    ///
    /// `norms` are those it comes from: their instruments' own terms may be used, and an error names them.
    pub fn tell(
        &self,
        ground: &mut Ground<'_>,
        region: &BDDFunction,
        facts: &BTreeSet<FactId>,
        norms: &[NormId],
    ) -> Result<Option<Situations>, AnalysisError> {
        let world = ground.world(facts)?;
        let nodes_max = ground.bounds().nodes_max;
        let at = |error| AnalysisError::at(error, nodes_max, norms);
        let region = ok(world.and(region)).map_err(at)?;
        if !region.satisfiable() {
            return Ok(None);
        }
        let library = ground.library();
        let instruments: BTreeSet<InstrumentId> = norms
            .iter()
            .map(|norm| library.norm(*norm).instrument)
            .collect();
        let cover = cover(ground, &region, &world, facts, &instruments).map_err(at)?;
        let person = example(ground, &self.prior, &self.measures.costs, &region, facts);
        Ok(person.map(|example| Situations {
            cover,
            example,
            share: self.measures.share(ground, &region, &world),
        }))
    }
}

/// Where any of these holds.
pub(crate) fn any<'a>(
    nothing: &BDDFunction,
    of: impl IntoIterator<Item = &'a BDDFunction>,
) -> Result<BDDFunction, CompileError> {
    let mut any = nothing.clone();
    for one in of {
        any = ok(any.or(one))?;
    }
    Ok(any)
}
