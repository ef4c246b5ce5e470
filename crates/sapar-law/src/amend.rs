//! Amendments: patches on instruments that are applied only when somebody asks for it.
//!
//! [`Library::read_amended`] reads packages together with amendments and works these into the law.
//! Nothing is deleted: a norm that is replaced or repealed ends the day before, a new one begins on its day,
//! and validity in time does the rest; so every day before an amendment is evaluated as if there were none.
//! What the law was on a later day without the amendments can still be asked of [`AmendedLaw::before`].
//!
//! Where another norm overrides a replaced one, it overrides the new one too:
//! a reference to an article means what the article says now.

mod apply;

use jiff::civil::Date;
use sapar_diagnostics::{SourceId, Span};
use sapar_law_syntax::ast::Item;
use sapar_law_syntax::consolidate as text;

use crate::library::{LawFile, ParsedFile, Texts, sort};
use crate::model::*;
use crate::{Library, ReadLibrary, check};
pub use apply::{apply, stray_edits};

/// An amendment as it was applied.
#[derive(Debug, Clone)]
pub struct AmendmentDef {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Words,
    /// Identifier of the instrument it changes.
    pub amends: String,
    /// First day of the changes.
    pub from: Date,
    /// What a reader should know.
    pub note: String,
    /// Its edits, in the order of the file.
    pub edits: Vec<Edit>,
    /// Its file.
    pub source: SourceId,
    /// Where it is defined.
    pub span: Span,
}

/// One change of an instrument; norms by their identifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A norm that was not there.
    Insert {
        /// The new norm.
        norm: String,
        /// Its first day.
        from: Date,
    },
    /// A norm in the place of others.
    Replace {
        /// The norms that end the day before.
        old: Vec<String>,
        /// The new norm.
        norm: String,
        /// Its first day.
        from: Date,
    },
    /// A norm that ends the day before.
    Repeal {
        /// The norm.
        norm: String,
        /// The first day without it.
        from: Date,
    },
}

impl Edit {
    /// The first day of the change.
    #[must_use]
    pub fn from(&self) -> Date {
        match self {
            Edit::Insert { from, .. } | Edit::Replace { from, .. } | Edit::Repeal { from, .. } => {
                *from
            }
        }
    }

    /// Norms that end the day before, by identifier.
    #[must_use]
    pub fn ended(&self) -> &[String] {
        match self {
            Edit::Insert { .. } => &[],
            Edit::Replace { old, .. } => old,
            Edit::Repeal { norm, .. } => std::slice::from_ref(norm),
        }
    }

    /// The norm that begins, by identifier.
    #[must_use]
    pub fn begun(&self) -> Option<&str> {
        match self {
            Edit::Insert { norm, .. } | Edit::Replace { norm, .. } => Some(norm),
            Edit::Repeal { .. } => None,
        }
    }
}

/// Law with amendments worked into it.
#[derive(Debug, Clone, Default)]
pub struct AmendedLaw {
    /// The consolidated library, and every mistake of the law and of the amendments.
    pub read: ReadLibrary,
    /// The amendments, in the order in which they were applied.
    pub amendments: Vec<AmendmentDef>,
    /// Norms of the consolidated library that the amendments brought.
    pub begun: Vec<NormId>,
    /// Norms that the amendments end, each with its validity as it was without them.
    pub ended: Vec<(NormId, Period)>,
}

impl AmendedLaw {
    /// The norms in force on a day with the amendments.
    #[must_use]
    pub fn after(&self, order: OrderId, on: Date) -> Vec<NormId> {
        crate::engine::norms_in_force(&self.read.library, order, on)
    }

    /// The norms in force on a day as if the amendments had never been made.
    #[must_use]
    pub fn before(&self, order: OrderId, on: Date) -> Vec<NormId> {
        let library = &self.read.library;
        let mut norms: Vec<NormId> = crate::engine::included_norms(library, order, on)
            .filter(|norm| !self.begun.contains(norm))
            .filter(|norm| {
                self.ended
                    .iter()
                    .find(|(ended, _)| ended == norm)
                    .map_or(library.norm(*norm).period, |(_, period)| *period)
                    .contains(on)
            })
            .collect();
        norms.sort_unstable();
        norms
    }
}

/// Takes the files of amendments out of the law.
pub fn set_aside(files: &mut Vec<ParsedFile>) -> Vec<ParsedFile> {
    let (aside, law) = std::mem::take(files).into_iter().partition(|file| {
        file.items
            .iter()
            .any(|item| matches!(item, Item::Amendment(_)))
    });
    *files = law;
    aside
}

impl Library {
    /// Reads packages and applies these amendments one after the other, a later one to what the earlier ones made.
    ///
    /// Amendments among the packages are not applied.
    /// Never fails: every mistake of the law or of an amendment is in `read.problems`,
    /// and law with an error among them is not to be relied on.
    #[must_use]
    pub fn read_amended(
        files: impl IntoIterator<Item = LawFile>,
        amendments: impl IntoIterator<Item = LawFile>,
    ) -> AmendedLaw {
        let mut texts = Texts::read(files);
        set_aside(&mut texts.files);
        let first = texts.files.len();
        for file in amendments {
            texts.add(file);
        }
        let amendments = texts.files.split_off(first);
        let applied = apply(&amendments, &mut texts);
        let mut read = texts.resolved();
        if !read.has_errors() {
            check::meaning(&read.library, &mut read.problems);
            sort(&mut read.problems);
        }
        read.amendments = amendments.iter().map(|file| file.source).collect();
        let library = &read.library;
        let norm = |amends: &str, id: &str| {
            library
                .norms()
                .find(|(_, norm)| norm.id == id && library.instrument(norm.instrument).id == amends)
                .map(|(id, _)| id)
        };
        let mut begun = Vec::new();
        let mut ended = Vec::new();
        for (amendment, periods) in &applied {
            for edit in &amendment.edits {
                begun.extend(edit.begun().and_then(|id| norm(&amendment.amends, id)));
            }
            for (id, period) in periods {
                ended.extend(norm(&amendment.amends, id).map(|norm| (norm, *period)));
            }
        }
        AmendedLaw {
            amendments: applied
                .into_iter()
                .map(|(amendment, _)| amendment)
                .collect(),
            read,
            begun,
            ended,
        }
    }
}

/// The files that the amendments change, as they read with the amendments worked in: path and text.
///
/// Reading these in the place of the old files gives the same law as [`Library::read_amended`].
#[must_use]
pub fn consolidate(law: &AmendedLaw) -> Vec<(String, String)> {
    let (library, sources) = (&law.read.library, &law.read.sources);
    let mut changed: Vec<(SourceId, String)> = Vec::new();
    for amendment in &law.amendments {
        let Some((_, instrument)) = library
            .instruments()
            .find(|(_, instrument)| instrument.id == amendment.amends)
        else {
            continue;
        };
        for (id, source) in sources.iter() {
            let here = id == instrument.span.source;
            let overriding = overriding(law, amendment, id);
            if !here && overriding.is_empty() {
                continue;
            }
            let before = changed
                .iter()
                .find(|(changed, _)| *changed == id)
                .map_or(source.text.as_str(), |(_, text)| text.as_str());
            let mut after = if here {
                let endings: Vec<text::Ending> = amendment
                    .edits
                    .iter()
                    .flat_map(|edit| edit.ended().iter().map(move |norm| (norm, edit.from())))
                    .filter_map(|(norm, from)| {
                        Some(text::Ending {
                            norm: norm.clone(),
                            from: instrument.period.from,
                            until: from.yesterday().ok()?,
                        })
                    })
                    .collect();
                let ended = text::with_endings(before, &endings, &overriding);
                let edits = sources
                    .get(amendment.source)
                    .map_or("", |source| source.text.as_str());
                text::with_insertions(&ended, edits, &amendment.id, amendment.from)
            } else {
                text::with_endings(before, &[], &overriding)
            };
            after = sapar_law_syntax::format_text(&after);
            changed.retain(|(changed, _)| *changed != id);
            changed.push((id, after));
        }
    }
    changed
        .into_iter()
        .filter_map(|(id, text)| Some((sources.get(id)?.path.clone(), text)))
        .collect()
}

/// Norms of a file that override a norm which this amendment replaces.
fn overriding(law: &AmendedLaw, amendment: &AmendmentDef, file: SourceId) -> Vec<text::Overriding> {
    let library = &law.read.library;
    let mut result = Vec::new();
    for edit in &amendment.edits {
        let Edit::Replace { old, norm: new, .. } = edit else {
            continue;
        };
        for (_, norm) in library.norms().filter(|(_, norm)| norm.span.source == file) {
            let instrument = &library.instrument(norm.instrument).id;
            let overrides_old = norm.overrides.iter().any(|over| {
                let over = library.norm(*over);
                old.contains(&over.id) && library.instrument(over.instrument).id == amendment.amends
            });
            if overrides_old {
                result.push(text::Overriding {
                    norm: norm.id.clone(),
                    also: if *instrument == amendment.amends {
                        new.clone()
                    } else {
                        format!("{}/{new}", amendment.amends)
                    },
                });
            }
        }
    }
    result
}
