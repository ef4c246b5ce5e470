//! Why a comparison could not be made.

use sapar_law::{CompileError, EngineError, Library, NormId};

/// Why a comparison could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnalysisError {
    /// The diagrams need more nodes than allowed.
    TooLarge {
        /// The bound that was met.
        nodes_max: usize,
        /// The norms that were being compared.
        norms: Vec<NormId>,
    },
    /// The law cannot be compiled for a reason that `sapar law check` reports.
    Law(EngineError),
}

impl AnalysisError {
    /// What happened and what to do, with the norms by name.
    #[must_use]
    pub fn words(&self, library: &Library) -> String {
        match self {
            AnalysisError::TooLarge { nodes_max, norms } => {
                // More than this many names help nobody find the place.
                const NAMES_MAX: usize = 8;
                let mut names: Vec<String> = norms
                    .iter()
                    .take(NAMES_MAX)
                    .map(|norm| norm_name(library, *norm))
                    .collect();
                if norms.len() > NAMES_MAX {
                    names.push(format!("{} more", norms.len() - NAMES_MAX));
                }
                let at = if names.is_empty() {
                    String::from("while the conditions were read")
                } else {
                    format!("at these norms: {}", names.join(", "))
                };
                format!(
                    "the decision diagrams need more than {nodes_max} nodes {at}; allow more with --nodes-max, or look at fewer acts with --act"
                )
            }
            AnalysisError::Law(error) => error.to_string(),
        }
    }

    /// Adds the norms at which a bound was met, where none is named yet.
    pub(crate) fn at(error: CompileError, nodes_max: usize, norms: &[NormId]) -> Self {
        match error {
            CompileError::TooLarge { norm } => AnalysisError::TooLarge {
                nodes_max,
                norms: if norms.is_empty() {
                    norm.into_iter().collect()
                } else {
                    norms.to_vec()
                },
            },
            other => AnalysisError::Law(other.into()),
        }
    }
}

impl std::fmt::Display for AnalysisError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AnalysisError::TooLarge { nodes_max, norms } => write!(
                formatter,
                "the decision diagrams of {} norms need more than {nodes_max} nodes",
                norms.len()
            ),
            AnalysisError::Law(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for AnalysisError {}

/// `instrument/norm`, as the law language names it.
pub(crate) fn norm_name(library: &Library, norm: NormId) -> String {
    let norm = library.norm(norm);
    format!("{}/{}", library.instrument(norm.instrument).id, norm.id)
}
