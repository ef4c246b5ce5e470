//! Gaps worked out the slow way: one complete situation after another, from the norms that apply in it.
//!
//! Nothing here is shared with the analysis but the alignment of two norms' words, which has tests of its own.

use std::collections::{BTreeMap, BTreeSet};

use sapar_analysis::{Alignment, Demand, Kind, LimitAnswer, Provision, Side, align, demand};
use sapar_law::{Library, NormId};

/// Which norms apply in one situation, and whose condition holds there.
pub struct Here {
    pub applies: BTreeSet<NormId>,
    pub worded: BTreeSet<NormId>,
}

/// National norms that give enough in at least one possible situation, by norm of the standard.
pub type GivenSomewhere = BTreeSet<NormId>;

/// Whether the norms in `there` give at least as much as `standard`.
pub fn gives(
    library: &Library,
    standard: &Provision,
    national: &Side,
    there: &BTreeSet<NormId>,
    worst: LimitAnswer,
) -> bool {
    let strong: Vec<Vec<LimitAnswer>> = national
        .provisions
        .iter()
        .filter(|norm| there.contains(&norm.norm))
        .filter_map(|norm| match align(library, standard, norm) {
            Alignment::Strong(answers) => Some(answers),
            _ => None,
        })
        .collect();
    if demand(library, standard) == Some(Demand::Bounded) {
        return strong.iter().flatten().all(|answer| *answer <= worst);
    }
    let Some(limits) = strong.first().map(Vec::len) else {
        return false;
    };
    (0..limits).all(|limit| strong.iter().any(|answers| answers[limit] <= worst))
}

/// The kind of each gap in one situation, by norm of the standard.
pub fn kinds(
    library: &Library,
    standard: &Side,
    national: &Side,
    in_standard: &BTreeSet<NormId>,
    here: &Here,
    somewhere: &GivenSomewhere,
) -> BTreeMap<NormId, Kind> {
    let mut kinds = BTreeMap::new();
    for norm in &standard.provisions {
        let Some(wanted) = demand(library, norm) else {
            continue;
        };
        if !in_standard.contains(&norm.norm) {
            continue;
        }
        let some = |which: &dyn Fn(&Alignment) -> bool| {
            national.provisions.iter().any(|other| {
                here.applies.contains(&other.norm) && which(&align(library, norm, other))
            })
        };
        let given = gives(library, norm, national, &here.applies, LimitAnswer::Met);
        let opposed = some(&|alignment| *alignment == Alignment::Opposite);
        let acting = some(&|alignment| matches!(alignment, Alignment::Strong(_)));
        let kind = match (given, opposed) {
            (true, false) => continue,
            (true, true) => Kind::Contested,
            (false, true) => Kind::Contrary,
            (false, false) => {
                if wanted != Demand::Bounded
                    && gives(library, norm, national, &here.worded, LimitAnswer::Met)
                {
                    Kind::TakenAway
                } else if acting {
                    if gives(library, norm, national, &here.applies, LimitAnswer::Unsaid) {
                        Kind::LimitUnsaid
                    } else {
                        Kind::LimitTooWeak
                    }
                } else if some(&|alignment| *alignment == Alignment::Weaker) {
                    Kind::WeakerModality
                } else if somewhere.contains(&norm.norm)
                    || some(&|alignment| *alignment == Alignment::NarrowBearer)
                {
                    Kind::TooNarrow
                } else {
                    Kind::Silent
                }
            }
        };
        kinds.insert(norm.norm, kind);
    }
    kinds
}
