//! A region told to a reader: in words, with a person, and measured.

use std::collections::BTreeSet;

use oxidd::BooleanFunction;
use oxidd::bdd::BDDFunction;
use sapar_law::diagrams::{facts_of, ok};
use sapar_law::{CompileError, FactId, InstrumentId, Library, NormId};

use crate::comparison::Measures;
use crate::cover::cover;
use crate::example::example;
use crate::ground::plain;
use crate::{AnalysisError, Cover, Example, Ground, Prior, Provision, Share};

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

/// The facts that some norms speak of, which is what their regions depend on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spoken {
    /// All of them.
    pub facts: BTreeSet<FactId>,
    /// Those that a reader meets outside large terms.
    pub plain: BTreeSet<FactId>,
}

impl Spoken {
    /// The facts of these norms and of those that override them.
    pub fn of<'p>(norms: impl IntoIterator<Item = &'p Provision>) -> Self {
        let mut spoken = Self::default();
        for norm in norms {
            spoken.facts.extend(&norm.facts);
            spoken.plain.extend(&norm.plain_facts);
        }
        spoken
    }

    /// The facts of one norm's own words.
    pub fn of_words(library: &Library, norm: NormId) -> Result<Self, CompileError> {
        let norm = library.norm(norm);
        let mut spoken = Self::default();
        for formula in norm.condition.iter().chain(&norm.exceptions) {
            spoken.facts.append(&mut facts_of(library, formula)?);
            plain(library, formula, &mut spoken.plain);
        }
        Ok(spoken)
    }

    /// Adds the facts of others.
    pub fn add(&mut self, other: &Self) {
        self.facts.extend(&other.facts);
        self.plain.extend(&other.plain);
    }
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
        spoken: &Spoken,
        norms: &[NormId],
    ) -> Result<Option<Situations>, AnalysisError> {
        let world = ground.world(&spoken.facts)?;
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
        let mut flat = ground.flat(&[&region, &world]).map_err(at)?;
        let costs = &self.measures.costs;
        let Some(example) = example(ground, &self.prior, costs, &flat, &spoken.facts) else {
            return Ok(None);
        };
        let share = self.measures.share(&flat);
        let pair = (flat.root(0), flat.root(1));
        let cover = cover(
            ground,
            flat.sets_mut(),
            pair,
            &spoken.facts,
            &spoken.plain,
            &instruments,
        )
        .map_err(at)?;
        Ok(Some(Situations {
            cover,
            example,
            share,
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
