//! The smallest edits that close a gap.
//!
//! Edits are made from what the gap says of itself: a limit that is too weak is changed, a modality strengthened,
//! a condition widened, an exception narrowed or added, a norm inserted. Each is written as an amendment file,
//! read again as anybody's amendment is, and kept only if recomputing shows that it closes the gap, opens none
//! and makes no conflict. They are ranked by how little they change.
//!
//! A proposal is a starting point with its proof and not legal drafting: it knows what a law must give,
//! and nothing of how a statute is built.

mod draft;
mod edits;
mod write;

use std::collections::BTreeSet;

use jiff::civil::Date;
use sapar_law::{LawFile, Library, NormId, OrderId};

use crate::{
    AmendmentCheck, AnalysisError, Bounds, Comparison, Gap, Kind, Request, Reviewed, Scope, closes,
    review,
};
pub use edits::EditKind;

/// How many proposals are given.
pub const PROPOSALS_MAX: usize = 3;

/// Which gap is to be closed, and between which laws.
#[derive(Debug, Clone)]
pub struct Sought {
    /// Name of the gap: `instrument/norm/kind`.
    pub gap: String,
    /// The national order.
    pub national: OrderId,
    /// The standard.
    pub standard: OrderId,
    /// The day on which both are read, and on which the proposals begin.
    pub on: Date,
    /// Leaves out national norms that are themselves norms of the standard.
    pub own_law_only: bool,
    /// What the comparisons may use.
    pub bounds: Bounds,
}

/// An amendment that closes the gap, opens none and makes no conflict.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// What it does, one entry an edit.
    pub edits: Vec<EditKind>,
    /// How much it changes; less is better.
    pub weight: u32,
    /// Its files, one for each instrument it changes: path and text.
    pub files: Vec<LawFile>,
    /// Its proof.
    pub check: AmendmentCheck,
    /// The library with it worked in, in which the ids of `check` are valid.
    pub law: sapar_law::AmendedLaw,
}

/// What was found for a gap.
#[derive(Debug, Clone)]
pub struct Proposals {
    /// How many edits were tried.
    pub tried: usize,
    /// The smallest that close the gap, at most [`PROPOSALS_MAX`].
    pub found: Vec<Proposal>,
}

/// Why nothing could be sought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProposeError {
    /// There is no gap of that name on that day.
    NoSuchGap {
        /// Gaps at the same norm of the standard, or else none.
        near: Vec<String>,
    },
    /// The comparison could not be made.
    Analysis(AnalysisError),
}

impl From<AnalysisError> for ProposeError {
    fn from(error: AnalysisError) -> Self {
        ProposeError::Analysis(error)
    }
}

/// Finds the smallest edits that close a gap; `files` are those the library was read from.
///
/// # Errors
/// When there is no such gap, or a bound is met.
pub fn propose(
    files: &[LawFile],
    library: &Library,
    sought: &Sought,
) -> Result<Proposals, ProposeError> {
    let gap = find(library, sought)?;
    let mut drafts = edits::drafts(library, sought, &gap);
    drafts.sort_by_key(|draft| draft.weight());
    let mut proposals = Proposals {
        tried: 0,
        found: Vec::new(),
    };
    let mut seen = BTreeSet::new();
    for draft in drafts {
        if proposals.found.len() == PROPOSALS_MAX {
            break;
        }
        let Some(written) = write::files(library, sought, &gap, &draft) else {
            continue;
        };
        // Two ways of thinking may lead to the same words.
        if !seen.insert(
            written
                .iter()
                .map(|file| file.bytes.clone())
                .collect::<Vec<_>>(),
        ) {
            continue;
        }
        proposals.tried += 1;
        let law = Library::read_amended(files.iter().cloned(), written.iter().cloned());
        // What the law's own checks refuse, such as a condition that never holds, is no proposal.
        if law.read.has_errors() {
            continue;
        }
        let reviewed = Reviewed {
            national: sought.national,
            standard: Some(sought.standard),
            on: sought.on,
            own_law_only: sought.own_law_only,
            prior: None,
            bounds: sought.bounds,
        };
        let Some(standard) = same_norm(library, gap.standard, &law.read.library) else {
            continue;
        };
        if !closes(&law, &reviewed, standard, gap.kind)? {
            continue;
        }
        proposals.found.push(Proposal {
            edits: draft.kinds(),
            weight: draft.weight(),
            check: review(&law, &reviewed)?,
            files: written,
            law,
        });
    }
    Ok(proposals)
}

/// The gap of that name; only its act is compared.
fn find(library: &Library, sought: &Sought) -> Result<Gap, ProposeError> {
    let norm = sought.gap.rsplit_once('/').map_or("", |(norm, _)| norm);
    let act = library
        .norms()
        .find(|(id, _)| crate::literal::name_of(library, *id) == norm)
        .map(|(_, norm)| norm.act)
        .ok_or(ProposeError::NoSuchGap { near: Vec::new() })?;
    let mut request = Request::new((sought.standard, sought.on), (sought.national, sought.on));
    request.scope = Scope {
        acts: vec![act],
        own_law_only: sought.own_law_only,
        ..Scope::default()
    };
    request.bounds = sought.bounds;
    let comparison = Comparison::new(library, &request)?;
    if let Some(gap) = comparison.gap(&sought.gap) {
        return Ok(gap.clone());
    }
    let near = comparison
        .gaps()
        .iter()
        .map(|gap| gap.id.to_string())
        .filter(|id| id.starts_with(norm))
        .collect();
    Err(ProposeError::NoSuchGap { near })
}

fn same_norm(from: &Library, norm: NormId, to: &Library) -> Option<NormId> {
    let name = crate::literal::name_of(from, norm);
    to.norms()
        .map(|(id, _)| id)
        .find(|id| crate::literal::name_of(to, *id) == name)
}

/// Kinds of gaps in which a norm of the order stands against the demand.
fn is_opposed(kind: Kind) -> bool {
    matches!(kind, Kind::Contrary | Kind::Contested)
}
