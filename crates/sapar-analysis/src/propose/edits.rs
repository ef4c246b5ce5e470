//! Which edits a gap suggests, and how much each changes.

use std::collections::BTreeSet;

use sapar_law::diagrams::norms_in_force;
use sapar_law::{Formula, InstrumentId, Library, NormId, Rank};

use super::draft::DraftNorm;
use super::{Sought, is_opposed};
use crate::{Gap, Kind, Part};

/// What an edit does, with the norm or instrument it is made to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditKind {
    /// Changes limits: norm by name.
    Limit(String),
    /// Strengthens the modality or widens the bearer.
    Modality(String),
    /// Widens the condition.
    Widen(String),
    /// Narrows exceptions.
    NarrowException(String),
    /// Adds an exception.
    Except(String),
    /// Inserts a norm: instrument by identifier.
    Insert(String),
}

/// One edit: the norm as it shall read.
#[derive(Debug, Clone)]
pub struct Edit {
    pub kind: EditKind,
    pub norm: DraftNorm,
    pub weight: u32,
}

/// Edits that are made together.
#[derive(Debug, Clone)]
pub struct Draft {
    pub edits: Vec<Edit>,
}

impl Draft {
    /// How much is changed: words and limits of each edit, and something for each instrument more.
    pub fn weight(&self) -> u32 {
        let instruments: BTreeSet<InstrumentId> =
            self.edits.iter().map(|edit| edit.norm.instrument).collect();
        let more = u32::try_from(instruments.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let sum: u32 = self.edits.iter().map(|edit| edit.weight).sum();
        sum.saturating_add(more.saturating_mul(2))
    }

    pub fn kinds(&self) -> Vec<EditKind> {
        self.edits.iter().map(|edit| edit.kind.clone()).collect()
    }
}

/// Every draft worth trying for a gap, in no order.
pub fn drafts(library: &Library, sought: &Sought, gap: &Gap) -> Vec<Draft> {
    let maker = Maker {
        library,
        gap,
        here: region_formula(library, gap),
        size: u32::try_from(gap.cover.literal_count()).unwrap_or(u32::MAX),
    };
    let inserts = maker.inserts(sought);
    // Where the standard applies is wider than the gap, and said in fewer words.
    let mut against = vec![maker.against(&maker.here, maker.size)];
    if let Some(condition) = standard_formula(library, gap) {
        let words = atoms(&condition);
        against.push(maker.against(&condition, words));
    }
    against.retain(|edits| !edits.is_empty());
    let mut drafts = Vec::new();
    if is_opposed(gap.kind) {
        for edits in against {
            for insert in &inserts {
                let mut with = edits.clone();
                with.push(insert.clone());
                drafts.push(Draft { edits: with });
            }
            drafts.push(Draft { edits });
        }
        return drafts;
    }
    drafts.extend(
        maker
            .changes()
            .into_iter()
            .chain(inserts)
            .map(|edit| Draft { edits: vec![edit] }),
    );
    if gap.kind == Kind::TakenAway {
        drafts.extend(against.into_iter().map(|edits| Draft { edits }));
    }
    drafts
}

/// Where the norm of the standard applies by its own words; `None` where it always does.
fn standard_formula(library: &Library, gap: &Gap) -> Option<Formula> {
    let standard = library.norm(gap.standard);
    let mut parts: Vec<Formula> = standard.condition.iter().cloned().collect();
    parts.extend(
        standard
            .exceptions
            .iter()
            .map(|exception| Formula::Not(Box::new(exception.clone()))),
    );
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Formula::And(parts)),
    }
}

/// How many conditions a formula is made of.
fn atoms(formula: &Formula) -> u32 {
    let mut count = 0;
    formula.walk(&mut |part| {
        let atom = part.fact().is_some() || matches!(part, Formula::Term(_));
        count += u32::from(atom);
    });
    count
}

/// The situations of the gap as a condition.
fn region_formula(library: &Library, gap: &Gap) -> Formula {
    let mut parts: Vec<Formula> = gap
        .cover
        .conjunctions
        .iter()
        .map(|conjunction| flat(conjunction.formula(library)))
        .collect();
    match parts.len() {
        1 => parts.pop().unwrap_or(Formula::Or(Vec::new())),
        _ => Formula::Or(parts),
    }
}

/// A conjunction of one part is that part.
fn flat(formula: Formula) -> Formula {
    match formula {
        Formula::And(mut parts) if parts.len() == 1 => {
            parts.pop().unwrap_or(Formula::And(Vec::new()))
        }
        other => other,
    }
}

struct Maker<'m> {
    library: &'m Library,
    gap: &'m Gap,
    /// The gap's situations.
    here: Formula,
    /// How many conditions they take.
    size: u32,
}

impl Maker<'_> {
    fn of(&self, norm: NormId) -> DraftNorm {
        DraftNorm::of(norm, self.library.norm(norm))
    }

    fn name(&self, norm: NormId) -> String {
        crate::literal::name_of(self.library, norm)
    }

    /// Changes of one norm that nearly gives enough.
    fn changes(&self) -> Vec<Edit> {
        let standard = self.library.norm(self.gap.standard);
        let mut edits = Vec::new();
        for involved in &self.gap.involved {
            let norm = involved.norm;
            if self.is_treaty(norm) {
                // A treaty is not the legislator's to amend.
                continue;
            }
            match involved.part {
                Part::WeakLimit | Part::UnsaidLimit => {
                    let mut exactly = self.of(norm);
                    exactly.limits.clone_from(&standard.limits);
                    let changed = 1 + count(standard.limits.len());
                    edits.push(self.edit(EditKind::Limit(self.name(norm)), exactly, 2 * changed));
                    let mut both = self.of(norm);
                    let before = both.limits.len();
                    for limit in &standard.limits {
                        if !both.limits.contains(limit) {
                            both.limits.push(*limit);
                        }
                    }
                    let added = count(both.limits.len() - before);
                    if before > 0 && added > 0 {
                        edits.push(self.edit(EditKind::Limit(self.name(norm)), both, 2 * added));
                    }
                }
                Part::Weaker | Part::NarrowBearer => {
                    let mut stronger = self.of(norm);
                    stronger.modality = standard.modality;
                    if involved.part == Part::NarrowBearer {
                        stronger.bearer = standard.bearer;
                    }
                    edits.push(self.edit(EditKind::Modality(self.name(norm)), stronger, 3));
                }
                Part::GivesElsewhere => {
                    let mut wider = self.of(norm);
                    if let Some(condition) = wider.condition.take() {
                        wider.condition = Some(or(condition, self.here.clone()));
                        let weight = 3 + self.size;
                        edits.push(self.edit(
                            EditKind::Widen(self.name(norm)),
                            wider.clone(),
                            weight,
                        ));
                        if !wider.exceptions.is_empty() {
                            let more = self.narrow(&mut wider);
                            edits.push(self.edit(
                                EditKind::Widen(self.name(norm)),
                                wider,
                                weight + more,
                            ));
                        }
                    }
                }
                Part::TakenAway => {
                    let mut narrower = self.of(norm);
                    if !narrower.exceptions.is_empty() {
                        let weight = self.narrow(&mut narrower);
                        edits.push(self.edit(
                            EditKind::NarrowException(self.name(norm)),
                            narrower,
                            weight,
                        ));
                    }
                }
                Part::Opposes | Part::Gives | Part::Overrides => {}
            }
        }
        edits
    }

    /// An exception for some situations from every norm that opposes the demand or takes it away.
    ///
    /// Nothing where one of them is a treaty's: the others alone would not do.
    fn against(&self, situations: &Formula, size: u32) -> Vec<Edit> {
        let mut edits = Vec::new();
        for involved in &self.gap.involved {
            if !matches!(involved.part, Part::Opposes | Part::Overrides) {
                continue;
            }
            if self.is_treaty(involved.norm) {
                return Vec::new();
            }
            let mut norm = self.of(involved.norm);
            norm.exceptions.push(situations.clone());
            edits.push(self.edit(EditKind::Except(self.name(involved.norm)), norm, 3 + size));
        }
        edits
    }

    /// The demand as a norm of the order's own law: in the gap's situations alone, and as the standard says it.
    fn inserts(&self, sought: &Sought) -> Vec<Edit> {
        let standard = self.library.norm(self.gap.standard);
        let Some(instrument) = home(self.library, sought, self.gap) else {
            return Vec::new();
        };
        let mut here = DraftNorm::of(self.gap.standard, standard);
        here.replaces = None;
        here.instrument = instrument;
        here.overrides.clear();
        let whole = here.clone();
        here.condition = match &self.here {
            Formula::And(parts) if parts.is_empty() => None,
            condition => Some(condition.clone()),
        };
        here.exceptions.clear();
        let name = self.library.instrument(instrument).id.clone();
        let base = 6 + count(standard.limits.len());
        let mut words = count(standard.exceptions.len()) * 2;
        for formula in standard.condition.iter().chain(&standard.exceptions) {
            words += atoms(formula);
        }
        // Of two that weigh the same, the standard's own words come first: they are easier to defend.
        vec![
            self.edit(EditKind::Insert(name.clone()), whole, base + words),
            self.edit(EditKind::Insert(name), here, base + self.size),
        ]
    }

    fn edit(&self, kind: EditKind, norm: DraftNorm, weight: u32) -> Edit {
        Edit { kind, norm, weight }
    }

    /// Takes the gap's situations out of every exception; the weight of it.
    fn narrow(&self, norm: &mut DraftNorm) -> u32 {
        let outside = Formula::Not(Box::new(self.here.clone()));
        for exception in &mut norm.exceptions {
            *exception = Formula::And(vec![exception.clone(), outside.clone()]);
        }
        count(norm.exceptions.len()).saturating_mul(2 + self.size)
    }

    fn is_treaty(&self, norm: NormId) -> bool {
        let instrument = self.library.norm(norm).instrument;
        self.library.instrument(instrument).rank == Rank::Treaty
    }
}

fn or(left: Formula, right: Formula) -> Formula {
    match left {
        Formula::Or(mut parts) => {
            parts.push(right);
            Formula::Or(parts)
        }
        other => Formula::Or(vec![other, right]),
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// The instrument of the national order that a new norm is best put into: the one that says most of the act,
/// else of acts with the same stake; constitutions and treaties last of all.
fn home(library: &Library, sought: &Sought, gap: &Gap) -> Option<InstrumentId> {
    let norms = norms_in_force(library, sought.national, sought.on);
    let score = |instrument: InstrumentId| {
        norms
            .iter()
            .map(|norm| library.norm(*norm))
            .filter(|norm| norm.instrument == instrument)
            .map(|norm| {
                let same_act = norm.act == gap.act;
                let same_stake = library.act(norm.act).stake == gap.stake;
                usize::from(same_act) * 100 + usize::from(same_stake)
            })
            .sum::<usize>()
    };
    let instruments: BTreeSet<InstrumentId> = norms
        .iter()
        .map(|norm| library.norm(*norm).instrument)
        .filter(|instrument| {
            !matches!(
                library.instrument(*instrument).rank,
                Rank::Treaty | Rank::Constitution
            )
        })
        .collect();
    instruments
        .into_iter()
        .max_by_key(|instrument| (score(*instrument), std::cmp::Reverse(*instrument)))
}
