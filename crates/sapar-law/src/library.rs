//! All packages read together, every name resolved.

use std::collections::HashMap;

use sapar_diagnostics::{Diagnostic, SourceId, Sources, Span, code};
use sapar_law_syntax::{Broken, ast::Item};

use crate::model::*;
use crate::{amend, check, resolve};

/// A file of a law package as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawFile {
    /// `package/file.md`, with `/` between folders; the first folder names the package.
    pub path: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// Vocabulary, instruments, norms, orders and tests of all packages.
#[derive(Debug, Clone, Default)]
pub struct Library {
    pub(crate) facts: Vec<FactDef>,
    pub(crate) terms: Vec<TermDef>,
    pub(crate) actors: Vec<ActorDef>,
    pub(crate) acts: Vec<ActDef>,
    pub(crate) events: Vec<EventDef>,
    pub(crate) nevers: Vec<NeverDef>,
    pub(crate) instruments: Vec<InstrumentDef>,
    pub(crate) norms: Vec<NormDef>,
    pub(crate) orders: Vec<OrderDef>,
    pub(crate) tests: Vec<TestDef>,
    pub(crate) todos: Vec<TodoDef>,
    pub(crate) fact_names: HashMap<String, FactId>,
}

/// A library, the texts it came from, and every mistake found.
#[derive(Debug, Clone, Default)]
pub struct ReadLibrary {
    /// What was understood.
    pub library: Library,
    /// The texts, for showing places.
    pub sources: Sources,
    /// Mistakes, sorted by place. Law with an error among them is not to be relied on.
    pub problems: Vec<Diagnostic>,
    /// Files that hold an amendment and were therefore not applied.
    pub amendments: Vec<SourceId>,
}

/// A parsed file.
#[derive(Debug, Clone)]
pub struct ParsedFile {
    pub package: String,
    pub source: SourceId,
    pub items: Vec<Item>,
}

/// Parsed files, and what was wrong with them.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    pub files: Vec<ParsedFile>,
    /// Words whose defining items could not be read.
    pub broken: Vec<Broken>,
    pub sources: Sources,
    pub problems: Vec<Diagnostic>,
}

impl Texts {
    /// Parses files in the order of their paths.
    pub fn read(files: impl IntoIterator<Item = LawFile>) -> Self {
        let mut files: Vec<LawFile> = files.into_iter().collect();
        files.sort_by(|left, right| left.path.cmp(&right.path));
        let mut texts = Self::default();
        for file in files {
            texts.add(file);
        }
        texts
    }

    /// Parses one more file.
    pub fn add(&mut self, file: LawFile) {
        let package = file.path.split('/').next().unwrap_or("").to_owned();
        let text = match String::from_utf8(file.bytes) {
            Ok(text) => text,
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let readable =
                    String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or(&[]))
                        .into_owned();
                let end = u32::try_from(readable.len()).unwrap_or(u32::MAX);
                let source = self.sources.add(file.path, readable);
                self.problems.push(
                    Diagnostic::new(
                        &code::L0001,
                        Span { source, start: end, end },
                        format!("the file stops being UTF-8 text at byte {valid}"),
                    )
                    .help("save the file as UTF-8 in your editor and check the character at this place"),
                );
                return;
            }
        };
        let source = self.sources.add(file.path, text);
        let text = self
            .sources
            .get(source)
            .map_or("", |source| source.text.as_str());
        let read = sapar_law_syntax::parse(source, text);
        self.problems.extend(read.problems);
        self.broken.extend(read.broken);
        self.files.push(ParsedFile {
            package,
            source,
            items: read.items,
        });
    }

    /// Whether something was wrong in a file.
    pub fn has_problem_in(&self, source: SourceId) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.span().source == source)
    }

    /// Gives every name its meaning.
    pub fn resolved(mut self) -> ReadLibrary {
        amend::stray_edits(&mut self);
        let files: Vec<(String, SourceId, Vec<Item>)> = self
            .files
            .into_iter()
            .map(|file| (file.package, file.source, file.items))
            .collect();
        let library = resolve::resolve(&files, &self.broken, &self.sources, &mut self.problems);
        sort(&mut self.problems);
        ReadLibrary {
            library,
            sources: self.sources,
            problems: self.problems,
            amendments: Vec::new(),
        }
    }
}

impl ReadLibrary {
    /// Whether any mistake is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.severity() == sapar_diagnostics::Severity::Error)
    }
}

impl Library {
    /// Reads packages and checks what can be checked of the words alone and of the meaning.
    ///
    /// Never fails: what is understood is in the library, every mistake in `problems`.
    /// Files of amendments change nothing: each is set aside, and its mistakes are found by applying it alone.
    #[must_use]
    pub fn read(files: impl IntoIterator<Item = LawFile>) -> ReadLibrary {
        let mut texts = Texts::read(files);
        let aside = amend::set_aside(&mut texts.files);
        let mut result = texts.clone().resolved();
        if !result.has_errors() {
            check::meaning(&result.library, &mut result.problems);
        }
        if !result.has_errors() {
            for amendment in &aside {
                let mut amended = texts.clone();
                amend::apply(std::slice::from_ref(amendment), &mut amended);
                let mut amended = amended.resolved();
                if !amended.has_errors() {
                    check::meaning(&amended.library, &mut amended.problems);
                }
                // What the law says without the amendment was reported already.
                amended
                    .problems
                    .retain(|problem| !result.problems.contains(problem));
                result.problems.append(&mut amended.problems);
            }
        }
        result.amendments = aside.iter().map(|file| file.source).collect();
        sort(&mut result.problems);
        result
    }

    /// Reads packages and resolves names, without the checks that need decision diagrams.
    ///
    /// For programs whose packages were checked when they were built: it starts faster.
    /// Files of amendments are set aside unchecked.
    #[must_use]
    pub fn read_unchecked(files: impl IntoIterator<Item = LawFile>) -> ReadLibrary {
        let mut texts = Texts::read(files);
        let aside = amend::set_aside(&mut texts.files);
        let mut result = texts.resolved();
        result.amendments = aside.iter().map(|file| file.source).collect();
        result
    }

    /// A fact.
    ///
    /// # Panics
    /// Never for an id of this library.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by this library alone"
    )]
    pub fn fact(&self, id: FactId) -> &FactDef {
        &self.facts[id.index()]
    }

    /// A term.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by this library alone"
    )]
    pub fn term(&self, id: TermId) -> &TermDef {
        &self.terms[id.index()]
    }

    /// An actor.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by this library alone"
    )]
    pub fn actor(&self, id: ActorId) -> &ActorDef {
        &self.actors[id.index()]
    }

    /// An act.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by this library alone"
    )]
    pub fn act(&self, id: ActId) -> &ActDef {
        &self.acts[id.index()]
    }

    /// An event.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by this library alone"
    )]
    pub fn event(&self, id: EventId) -> &EventDef {
        &self.events[id.index()]
    }

    /// An instrument.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by this library alone"
    )]
    pub fn instrument(&self, id: InstrumentId) -> &InstrumentDef {
        &self.instruments[id.index()]
    }

    /// A norm.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by this library alone"
    )]
    pub fn norm(&self, id: NormId) -> &NormDef {
        &self.norms[id.index()]
    }

    /// A legal order.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by this library alone"
    )]
    pub fn order(&self, id: OrderId) -> &OrderDef {
        &self.orders[id.index()]
    }

    /// The fact of that name.
    #[must_use]
    pub fn fact_named(&self, name: &str) -> Option<FactId> {
        self.fact_names.get(name).copied()
    }

    /// The act of that name.
    #[must_use]
    pub fn act_named(&self, name: &str) -> Option<ActId> {
        find(&self.acts, |act| act.name == name).map(ActId)
    }

    /// The actor of that name.
    #[must_use]
    pub fn actor_named(&self, name: &str) -> Option<ActorId> {
        find(&self.actors, |actor| actor.name == name).map(ActorId)
    }

    /// The legal order of that identifier.
    #[must_use]
    pub fn order_named(&self, id: &str) -> Option<OrderId> {
        find(&self.orders, |order| order.id == id).map(OrderId)
    }

    /// Every fact with its id.
    pub fn facts(&self) -> impl Iterator<Item = (FactId, &FactDef)> {
        (0..).map(FactId).zip(&self.facts)
    }

    /// Every legal order with its id.
    pub fn orders(&self) -> impl Iterator<Item = (OrderId, &OrderDef)> {
        (0..).map(OrderId).zip(&self.orders)
    }

    /// Every instrument with its id.
    pub fn instruments(&self) -> impl Iterator<Item = (InstrumentId, &InstrumentDef)> {
        (0..).map(InstrumentId).zip(&self.instruments)
    }

    /// Every norm with its id.
    pub fn norms(&self) -> impl Iterator<Item = (NormId, &NormDef)> {
        (0..).map(NormId).zip(&self.norms)
    }

    /// Every term with its id.
    pub fn terms(&self) -> impl Iterator<Item = (TermId, &TermDef)> {
        (0..).map(TermId).zip(&self.terms)
    }

    /// What the vocabulary says cannot occur; that a fact occurs only where it applies comes on top.
    #[must_use]
    pub fn nevers(&self) -> &[NeverDef] {
        &self.nevers
    }

    /// The tests of all packages.
    #[must_use]
    pub fn tests(&self) -> &[TestDef] {
        &self.tests
    }

    /// What the packages leave out, and why.
    #[must_use]
    pub fn todos(&self) -> &[TodoDef] {
        &self.todos
    }

    /// Whether `whole` is `part` or contains it.
    #[must_use]
    pub fn actor_contains(&self, whole: ActorId, part: ActorId) -> bool {
        let mut at = Some(part);
        // The check refuses circles; the bound keeps a library with errors from looping.
        for _ in 0..=self.actors.len() {
            match at {
                Some(actor) if actor == whole => return true,
                Some(actor) => at = self.actor(actor).part_of,
                None => return false,
            }
        }
        false
    }
}

fn find<T>(list: &[T], found: impl Fn(&T) -> bool) -> Option<u32> {
    list.iter()
        .position(found)
        .and_then(|index| u32::try_from(index).ok())
}

pub fn sort(problems: &mut [Diagnostic]) {
    problems.sort_by(|left, right| {
        (left.span(), left.code().name).cmp(&(right.span(), right.code().name))
    });
}
