//! A norm as it shall read, before it is written down.

use sapar_law::{ActId, ActorId, Formula, InstrumentId, LimitDef, Modality, NormDef, NormId};

/// A norm as it shall read.
#[derive(Debug, Clone)]
pub struct DraftNorm {
    /// The instrument it stands in.
    pub instrument: InstrumentId,
    /// The norm whose place it takes; `None` for a new one.
    pub replaces: Option<NormId>,
    /// Who.
    pub bearer: ActorId,
    /// How strongly, and which way.
    pub modality: Modality,
    /// What.
    pub act: ActId,
    /// When.
    pub condition: Option<Formula>,
    /// Exceptions.
    pub exceptions: Vec<Formula>,
    /// Limits.
    pub limits: Vec<LimitDef>,
    /// Norms it overrides.
    pub overrides: Vec<NormId>,
}

impl DraftNorm {
    /// The norm as it reads now.
    pub fn of(id: NormId, norm: &NormDef) -> Self {
        Self {
            instrument: norm.instrument,
            replaces: Some(id),
            bearer: norm.bearer,
            modality: norm.modality,
            act: norm.act,
            condition: norm.condition.clone(),
            exceptions: norm.exceptions.clone(),
            limits: norm.limits.clone(),
            overrides: norm.overrides.clone(),
        }
    }
}
