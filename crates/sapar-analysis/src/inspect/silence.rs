//! Acts on which the order is silent, though laws that regulate a related act regulate them too.
//!
//! Which acts are related is read off the law itself and not guessed: two acts are related where an article of
//! some instrument that was read, of any state or treaty, speaks of both. An article that says a child in
//! detention is kept apart from adults and has legal help relates these two.
//! The order is silent on an act when no norm in force of it, of whatever strength and for whatever bearer,
//! is about that act. The situations are those in which the related act is regulated by the order and the
//! article elsewhere would apply.

use std::collections::{BTreeMap, BTreeSet};

use oxidd::BooleanFunction;
use oxidd::bdd::BDDFunction;
use sapar_law::diagrams::ok;
use sapar_law::{ActId, InstrumentId, Library, Modality, NormId, Stake};

use crate::situations::{Spoken, Teller, any};
use crate::{AnalysisError, Ground, Side, Situations};

/// An act on which the order is silent.
#[derive(Debug, Clone)]
pub struct Silence {
    /// The act nothing is said of.
    pub act: ActId,
    /// What is at stake.
    pub stake: Stake,
    /// Norms elsewhere that speak of it, each with the related act that its article speaks of too.
    pub elsewhere: Vec<(NormId, ActId)>,
    /// Norms of the order on the related acts.
    pub related: Vec<NormId>,
    /// Where the related act is regulated here and the act would be, elsewhere.
    pub situations: Situations,
}

/// A norm elsewhere on an act of which the order says nothing.
pub struct Model {
    /// The norm.
    pub norm: NormId,
    /// Acts of the same article of which the order does say something.
    beside: Vec<ActId>,
}

/// Norms of other law on acts that the order leaves out, beside acts that it regulates.
pub fn models(library: &Library, in_force: &[NormId]) -> Vec<Model> {
    let regulated: BTreeSet<ActId> = in_force
        .iter()
        .map(|norm| library.norm(*norm).act)
        .collect();
    let mut articles: BTreeMap<(InstrumentId, String), BTreeSet<ActId>> = BTreeMap::new();
    for (_, norm) in library.norms() {
        articles
            .entry(article(norm.instrument, &norm.provision))
            .or_default()
            .insert(norm.act);
    }
    library
        .norms()
        .filter(|(_, norm)| {
            matches!(norm.modality, Modality::Must | Modality::MustNot)
                && !regulated.contains(&norm.act)
        })
        .filter_map(|(id, norm)| {
            let beside: Vec<ActId> = articles
                .get(&article(norm.instrument, &norm.provision))
                .into_iter()
                .flatten()
                .copied()
                .filter(|act| regulated.contains(act))
                .collect();
            (!beside.is_empty()).then_some(Model { norm: id, beside })
        })
        .collect()
}

/// The article of a provision: `Article 37` of `Article 37(b)`.
fn article(instrument: InstrumentId, provision: &str) -> (InstrumentId, String) {
    let article = provision.split('(').next().unwrap_or(provision);
    (instrument, article.trim().to_owned())
}

pub fn silences(
    ground: &mut Ground<'_>,
    teller: &Teller,
    side: &Side,
    models: &[Model],
    wanted: impl Fn(ActId) -> bool,
) -> Result<Vec<Silence>, AnalysisError> {
    let library = ground.library();
    let mut by_act: BTreeMap<ActId, Vec<&Model>> = BTreeMap::new();
    for model in models {
        let act = library.norm(model.norm).act;
        if wanted(act) {
            by_act.entry(act).or_default().push(model);
        }
    }
    let mut found = Vec::new();
    for (act, models) in by_act {
        let nodes_max = ground.bounds().nodes_max;
        let norms: Vec<NormId> = models.iter().map(|model| model.norm).collect();
        let at = |error| AnalysisError::at(error, nodes_max, &norms);
        let nothing = ground.compiler.falsehood();
        let mut region = nothing.clone();
        let mut spoken = Spoken::default();
        let mut elsewhere = Vec::new();
        let mut related: BTreeSet<NormId> = BTreeSet::new();
        for model in models {
            let base = ground.base_of(model.norm)?;
            let mut own = Spoken::of_words(library, model.norm).map_err(at)?;
            for beside in &model.beside {
                let here: Vec<_> = side.on_act(*beside).collect();
                own.add(&Spoken::of(here.iter().copied()));
                let regulated = any(&nothing, here.iter().map(|norm| &norm.applies)).map_err(at)?;
                let both: BDDFunction = ok(base.and(&regulated)).map_err(at)?;
                let world = ground.world(&own.facts)?;
                let both = ok(world.and(&both)).map_err(at)?;
                if !both.satisfiable() {
                    continue;
                }
                region = ok(region.or(&both)).map_err(at)?;
                elsewhere.push((model.norm, *beside));
                for norm in here {
                    if ok(both.and(&norm.applies)).map_err(at)?.satisfiable() {
                        related.insert(norm.norm);
                    }
                }
                spoken.add(&own);
            }
        }
        if let Some(situations) = teller.tell(ground, &region, &spoken, &norms)? {
            found.push(Silence {
                act,
                stake: library.act(act).stake,
                elsewhere,
                related: related.into_iter().collect(),
                situations,
            });
        }
    }
    found.sort_by_cached_key(|silence| (silence.stake, library.act(silence.act).name.clone()));
    Ok(found)
}
