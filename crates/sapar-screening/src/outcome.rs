//! What follows for this person, in the order in which an officer reads it.

use std::collections::BTreeSet;

use sapar_calendar::civil::DateTime;
use sapar_calendar::{Calendar, Deadline, DeadlineError, EndRule};
use sapar_law::{
    Contradiction, Engine, Evaluation, FactId, LimitDef, LimitKind, Modality, NormId, PositionId,
    Role, Situation, Status, limits,
};

/// A position that certainly holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which.
    pub position: PositionId,
    /// The norms it rests on.
    pub norms: Vec<NormId>,
    /// Its strongest limits, each with its norm.
    pub limits: Vec<(LimitDef, NormId)>,
    /// Norms of this position that give way to another, and to which.
    pub overridden: Vec<(NormId, NormId)>,
    /// Prohibitions of the same act, certain or open, that bind the same bearer.
    /// A duty or permission with one of these must not be acted on before the prohibition is ruled out.
    pub barred_by: Vec<PositionId>,
}

/// A position that is not decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecided {
    /// Which.
    pub position: PositionId,
    /// The norms that may apply.
    pub norms: Vec<NormId>,
    /// Facts that would decide it, in the safe order.
    pub facts: Vec<FactId>,
    /// The lowest role that may ask for one of them, as things stand.
    pub role: Option<Role>,
    /// Prohibitions of the same act that certainly bind the same bearer.
    pub barred_by: Vec<PositionId>,
}

/// Everything that follows, sorted: prohibitions first, within each the gravest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Must not.
    pub prohibitions: Vec<Entry>,
    /// Must.
    pub duties: Vec<Entry>,
    /// Should and should not.
    pub recommendations: Vec<Entry>,
    /// May.
    pub permissions: Vec<Entry>,
    /// Open positions; prohibitions first.
    pub undecided: Vec<Undecided>,
    /// The whole evaluation, with its conflicts.
    pub evaluation: Evaluation,
}

impl Outcome {
    /// Evaluates a situation and sorts the answers.
    ///
    /// # Errors
    /// When what is known contradicts itself.
    pub fn of(engine: &Engine, situation: &Situation) -> Result<Self, Contradiction> {
        Self::sorted(engine, situation, |position| {
            let facts = engine.deciding(situation, position);
            let role = facts
                .iter()
                .map(|fact| engine.lowest_role(*fact, situation))
                .min();
            (facts, role)
        })
    }

    /// The same without the facts that would decide what is open, and their roles: those are left empty.
    ///
    /// Finding them is nearly all of the work, and whoever only records what holds does not need them.
    ///
    /// # Errors
    /// When what is known contradicts itself.
    pub fn without_deciding_facts(
        engine: &Engine,
        situation: &Situation,
    ) -> Result<Self, Contradiction> {
        Self::sorted(engine, situation, |_| (Vec::new(), None))
    }

    fn sorted(
        engine: &Engine,
        situation: &Situation,
        deciding: impl Fn(PositionId) -> (Vec<FactId>, Option<Role>),
    ) -> Result<Self, Contradiction> {
        let evaluation = engine.evaluate(situation)?;
        let mut outcome = Outcome {
            prohibitions: Vec::new(),
            duties: Vec::new(),
            recommendations: Vec::new(),
            permissions: Vec::new(),
            undecided: Vec::new(),
            evaluation: evaluation.clone(),
        };
        for answer in evaluation.answers {
            match answer.status {
                Status::Certain => {
                    let list = match engine.position(answer.position).modality {
                        Modality::MustNot => &mut outcome.prohibitions,
                        Modality::Must => &mut outcome.duties,
                        Modality::Should | Modality::ShouldNot => &mut outcome.recommendations,
                        Modality::May => &mut outcome.permissions,
                    };
                    list.push(Entry {
                        position: answer.position,
                        norms: if answer.supporting.is_empty() {
                            answer.possible
                        } else {
                            answer.supporting
                        },
                        limits: answer.limits,
                        overridden: answer.overridden,
                        barred_by: barred_by(engine, &outcome.evaluation, answer.position),
                    });
                }
                Status::Open => {
                    let (facts, role) = deciding(answer.position);
                    let mut norms = answer.supporting;
                    norms.extend(answer.possible);
                    let barred_by = barred_by(engine, &outcome.evaluation, answer.position)
                        .into_iter()
                        .filter(|position| outcome.evaluation.status(*position) == Status::Certain)
                        .collect();
                    outcome.undecided.push(Undecided {
                        position: answer.position,
                        norms,
                        facts,
                        role,
                        barred_by,
                    });
                }
                Status::Excluded => {}
            }
        }
        Ok(outcome)
    }

    /// Every norm that something certain or open rests on.
    #[must_use]
    pub fn norms(&self) -> BTreeSet<NormId> {
        let certain = [
            &self.prohibitions,
            &self.duties,
            &self.recommendations,
            &self.permissions,
        ];
        certain
            .into_iter()
            .flatten()
            .flat_map(|entry| entry.norms.iter().copied())
            .chain(
                self.undecided
                    .iter()
                    .flat_map(|open| open.norms.iter().copied()),
            )
            .collect()
    }
}

/// Prohibitions that stand, or may stand, against a duty or permission.
fn barred_by(engine: &Engine, evaluation: &Evaluation, position: PositionId) -> Vec<PositionId> {
    let allowed = engine.position(position);
    if !matches!(
        allowed.modality,
        Modality::Must | Modality::May | Modality::Should
    ) {
        return Vec::new();
    }
    let library = engine.library();
    engine
        .position_ids()
        .filter(|(_, other)| other.modality == Modality::MustNot && other.act == allowed.act)
        .filter(|(_, other)| {
            library.actor_contains(other.bearer, allowed.bearer)
                || library.actor_contains(allowed.bearer, other.bearer)
        })
        .map(|(id, _)| id)
        .filter(|id| evaluation.status(*id) != Status::Excluded)
        .collect()
}

/// When a limit ends if its event is at this moment, by a country's calendar; `None` for limits without a number.
///
/// The longest time a person may be held ends as counted, never later; a deadline for an authority that
/// falls on a day off moves to the next working day.
#[must_use]
pub fn due(
    limit: LimitDef,
    event: DateTime,
    calendar: &Calendar,
) -> Option<Result<Deadline, DeadlineError>> {
    due_of(limit.kind, event, calendar)
}

/// As [`due`], for a limit whose event is known by other means than its number.
#[must_use]
pub fn due_of(
    limit: LimitKind,
    event: DateTime,
    calendar: &Calendar,
) -> Option<Result<Deadline, DeadlineError>> {
    let (duration, rule) = match limit {
        LimitKind::Within(duration) => (duration, EndRule::RollForward),
        LimitKind::AtMost(duration) | LimitKind::Every(duration) | LimitKind::AtLeast(duration) => {
            (duration, EndRule::AsCounted)
        }
        LimitKind::AtOnce
        | LimitKind::WithoutDelay
        | LimitKind::AsSoonAsPossible
        | LimitKind::Until => return None,
    };
    Some(Deadline::compute(
        calendar,
        limits::period(duration),
        event,
        rule,
    ))
}
