//! What is wrong with one legal order by itself.
//!
//! Every finding is exact for the law as it is encoded, and says nothing of law that is not.
//! The rules are in `docs/amendments.md`; each finding's own module says what it looks for.

mod bearers;
mod conflicts;
mod norms;
mod silence;

use std::collections::BTreeSet;

use jiff::civil::Date;
use sapar_law::diagrams::norms_in_force;
use sapar_law::{ActId, ActorId, Library, NormId, OrderId};

use crate::situations::Teller;
use crate::{AnalysisError, Bounds, Ground, Situations};
pub use conflicts::Conflict;
pub(crate) use conflicts::{ConflictRegion, conflict_regions, told};
pub use silence::Silence;

/// Why a norm never applies, or an exception never matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Its condition never holds within the invariants, or its exceptions take all of it.
    Impossible,
    /// These norms override it wherever it would apply.
    Overridden(Vec<NormId>),
    /// It, its instrument and the inclusion of its instrument in the order share no day.
    NoDay,
}

/// Something to look at in a legal order.
#[derive(Debug, Clone)]
pub enum Finding {
    /// Two positions that cannot both be followed.
    Conflict(Conflict),
    /// A norm that never applies.
    Dead {
        /// The norm.
        norm: NormId,
        /// Why.
        why: Why,
    },
    /// A norm whose every situation others cover with at least as much.
    Redundant {
        /// The norm.
        norm: NormId,
        /// What gives at least as much.
        by: Vec<NormId>,
    },
    /// An exception that takes nothing away.
    Exception {
        /// The norm.
        norm: NormId,
        /// Which of its exceptions, from 0.
        exception: usize,
        /// Why.
        why: Why,
    },
    /// An act on which the order has no norm, though laws that regulate a related act regulate it too.
    Silence(Silence),
    /// A duty of a public body that no law of the order's own state names.
    NoBearer {
        /// The body.
        actor: ActorId,
        /// The norms that bind it.
        norms: Vec<NormId>,
    },
}

/// One legal order at one day, looked through.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// The order.
    pub order: OrderId,
    /// The day.
    pub on: Date,
    /// Everything found: conflicts first, then by kind; the same order every time.
    pub findings: Vec<Finding>,
}

impl Inspection {
    /// Looks an order through; `acts` restricts it to these acts, none is all.
    ///
    /// # Errors
    /// When a bound is met, with the norms at which it was; or when the order cannot be compiled.
    pub fn new(
        library: &Library,
        order: OrderId,
        on: Date,
        acts: &[ActId],
        bounds: Bounds,
    ) -> Result<Self, AnalysisError> {
        let in_force = norms_in_force(library, order, on);
        let own = crate::comparison::on_acts(library, &in_force, acts);
        let elsewhere = silence::models(library, &in_force);
        let together: BTreeSet<NormId> = own
            .iter()
            .copied()
            .chain(elsewhere.iter().map(|model| model.norm))
            .collect();
        let mut ground = Ground::new(library, &together, bounds)?;
        let side = ground.side_of(order, on, &own)?;
        let teller = Teller::new(&ground, None);
        let wanted = |act: ActId| acts.is_empty() || acts.contains(&act);
        let mut findings = Vec::new();
        for conflict in conflict_regions(&mut ground, &side)? {
            if wanted(conflict.act) {
                findings.extend(
                    told(&mut ground, &teller, order, &side, conflict)?.map(Finding::Conflict),
                );
            }
        }
        findings.extend(norms::without_a_day(library, order, wanted));
        let mut of_norms = norms::dead(&mut ground, &side)?;
        of_norms.extend(norms::redundant(&mut ground, &side)?);
        of_norms.extend(norms::exceptions(&mut ground, &side)?);
        of_norms.retain(|finding| match finding {
            Finding::Dead { norm, .. }
            | Finding::Redundant { norm, .. }
            | Finding::Exception { norm, .. } => wanted(library.norm(*norm).act),
            _ => true,
        });
        findings.extend(of_norms);
        findings.extend(
            silence::silences(&mut ground, &teller, &side, &elsewhere, wanted)?
                .into_iter()
                .map(Finding::Silence),
        );
        findings.extend(bearers::without_a_law(library, order, &side, wanted));
        Ok(Self {
            order,
            on,
            findings,
        })
    }
}

/// Situations of a finding, where it is about some.
impl Finding {
    /// The situations it is about, where it is about some and not about all.
    #[must_use]
    pub fn situations(&self) -> Option<&Situations> {
        match self {
            Finding::Conflict(conflict) => Some(&conflict.situations),
            Finding::Silence(silence) => Some(&silence.situations),
            _ => None,
        }
    }
}
