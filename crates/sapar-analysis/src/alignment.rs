//! When a national norm gives at least as much as a norm of the standard demands.
//!
//! Everything here is about the two norms' words; where they apply is a matter of diagrams.
//! The rules lean to the person's safety: what cannot be said is never counted as given.

use std::cmp::Ordering;

use sapar_law::{ActorId, Library, LimitDef, LimitKind, Modality, limits};

use crate::Provision;

/// What a norm of the standard asks of a national order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Demand {
    /// That the act is done, or can be done by the person as a right.
    Done,
    /// That the act is left undone.
    Undone,
    /// That a power of the state is not used for longer than this: a `may` with a limit.
    Bounded,
}

/// What a provision demands of another order; `None` where it only allows the state something.
#[must_use]
pub fn demand(library: &Library, provision: &Provision) -> Option<Demand> {
    match provision.modality {
        Modality::Must | Modality::Should => Some(Demand::Done),
        Modality::MustNot | Modality::ShouldNot => Some(Demand::Undone),
        Modality::May if is_right(library, provision.bearer) => Some(Demand::Done),
        Modality::May => provision
            .limits
            .iter()
            .any(|limit| matches!(limit.kind, LimitKind::AtMost(_)))
            .then_some(Demand::Bounded),
    }
}

/// Whether what this actor may do is a right against the state and not a power of it.
#[must_use]
pub fn is_right(library: &Library, bearer: ActorId) -> bool {
    library
        .actor_named("state")
        .is_none_or(|state| !library.actor_contains(state, bearer))
}

/// How one limit of the standard is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LimitAnswer {
    /// By a limit at least as strong.
    Met,
    /// The two limits cannot be compared; never counted as met.
    Unsaid,
    /// By a weaker limit, or by none.
    Weak,
}

/// What a national norm is to a norm of the standard, wherever it applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alignment {
    /// It says nothing on this act, or binds somebody else.
    Unrelated,
    /// It demands or allows the opposite.
    Opposite,
    /// Same act, same direction, strong enough; one answer for each limit of the standard.
    ///
    /// A standard without limits has one answer all the same: whether the national norm is free of limits that take away.
    Strong(Vec<LimitAnswer>),
    /// Same direction, but a weaker modality.
    Weaker,
    /// A prohibition that binds only a part of those whom the standard binds.
    NarrowBearer,
}

/// What `national` is to `standard`.
#[must_use]
pub fn align(library: &Library, standard: &Provision, national: &Provision) -> Alignment {
    let Some(wanted) = demand(library, standard) else {
        return Alignment::Unrelated;
    };
    let contains = library.actor_contains(national.bearer, standard.bearer);
    let related = contains || library.actor_contains(standard.bearer, national.bearer);
    if standard.act != national.act || !related {
        return Alignment::Unrelated;
    }
    let forbids = matches!(national.modality, Modality::MustNot | Modality::ShouldNot);
    match wanted {
        Demand::Done if forbids => {
            // Where only a part is forbidden to act, the rest can still do what the standard demands.
            if contains {
                Alignment::Opposite
            } else {
                Alignment::Unrelated
            }
        }
        Demand::Undone if !forbids => Alignment::Opposite,
        Demand::Bounded if forbids => Alignment::Unrelated,
        Demand::Bounded => Alignment::Strong(answers(library, standard, national)),
        Demand::Done | Demand::Undone => {
            if strength(national.modality) < strength(standard.modality) {
                Alignment::Weaker
            } else if wanted == Demand::Undone && !contains {
                Alignment::NarrowBearer
            } else {
                Alignment::Strong(answers(library, standard, national))
            }
        }
    }
}

fn strength(modality: Modality) -> u8 {
    match modality {
        Modality::Must | Modality::MustNot => 3,
        Modality::Should | Modality::ShouldNot => 2,
        Modality::May => 1,
    }
}

/// One answer for each demand in time that the standard makes.
fn answers(library: &Library, standard: &Provision, national: &Provision) -> Vec<LimitAnswer> {
    let right = is_right(library, standard.bearer) && standard.modality == Modality::May;
    let bounded = demand(library, standard) == Some(Demand::Bounded);
    let asked = standard
        .limits
        .iter()
        .filter(|limit| !bounded || matches!(limit.kind, LimitKind::AtMost(_)));
    let mut answers: Vec<LimitAnswer> = asked
        .map(|limit| {
            national
                .limits
                .iter()
                .map(|own| limit_answer(*own, *limit, right))
                .min()
                .unwrap_or(LimitAnswer::Weak)
        })
        .collect();
    if !bounded {
        answers.push(unasked(standard, national, right));
    }
    answers
}

/// Whether a national limit meets a limit of the standard.
///
/// `right`: the norm allows the person something, so a period *within* which it can be used is stronger when longer.
#[must_use]
pub fn limit_answer(national: LimitDef, standard: LimitDef, right: bool) -> LimitAnswer {
    let window = right
        && matches!(
            (national.kind, standard.kind),
            (LimitKind::Within(_), LimitKind::Within(_))
        );
    let compared = if window {
        limits::compare(standard, national)
    } else {
        limits::compare(national, standard)
    };
    match compared {
        Some(Ordering::Greater | Ordering::Equal) => LimitAnswer::Met,
        Some(Ordering::Less) => LimitAnswer::Weak,
        None if family(national.kind) == family(standard.kind) => LimitAnswer::Unsaid,
        None => LimitAnswer::Weak,
    }
}

/// Limits the national norm sets though the standard sets none of that sort.
///
/// A deadline or a least length on a duty adds to it. An end in time takes away from a prohibition, from a right,
/// and, where it is an event, from a duty.
fn unasked(standard: &Provision, national: &Provision, right: bool) -> LimitAnswer {
    let forbids = matches!(national.modality, Modality::MustNot | Modality::ShouldNot);
    national
        .limits
        .iter()
        .filter(|own| {
            standard
                .limits
                .iter()
                .all(|limit| family(limit.kind) != family(own.kind))
        })
        .map(|own| match (family(own.kind), forbids, right) {
            (Family::Floor | Family::Ceiling | Family::Until, true, _) => LimitAnswer::Weak,
            (Family::Ceiling | Family::Until, false, true) => LimitAnswer::Weak,
            (Family::Until, false, false) => LimitAnswer::Weak,
            // A ceiling bounds a measure against the person, and cuts short a benefit: the norm does not say which it is.
            (Family::Ceiling, false, false) => LimitAnswer::Unsaid,
            // Any right is used within some time; without a number in the standard nobody can say how much is enough.
            (Family::Deadline, _, true) => LimitAnswer::Unsaid,
            _ => LimitAnswer::Met,
        })
        .max()
        .unwrap_or(LimitAnswer::Met)
}

/// Limits that speak of the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Deadline,
    Floor,
    Ceiling,
    Rhythm,
    Until,
}

fn family(kind: LimitKind) -> Family {
    match kind {
        LimitKind::Within(_)
        | LimitKind::AtOnce
        | LimitKind::WithoutDelay
        | LimitKind::AsSoonAsPossible => Family::Deadline,
        LimitKind::AtLeast(_) => Family::Floor,
        LimitKind::AtMost(_) => Family::Ceiling,
        LimitKind::Every(_) => Family::Rhythm,
        LimitKind::Until => Family::Until,
    }
}
