//! All names of all packages, and the ones nobody defines.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use sapar_diagnostics::{Code, Diagnostic, SourceId, Sources, Span, code, nearest};
use sapar_law_syntax::{
    Broken,
    ast::{Item, Name},
};

/// What kind of thing a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Fact.
    Fact,
    /// Term of the vocabulary.
    Term,
    /// Actor.
    Actor,
    /// Act.
    Act,
    /// Event.
    Event,
    /// Instrument.
    Instrument,
    /// Order.
    Order,
    /// Norm, as `instrument/norm`.
    Norm,
}

impl Kind {
    /// The kind of name an item of this kind defines.
    fn of_item(keyword: &str) -> Option<Self> {
        Some(match keyword {
            "fact" => Kind::Fact,
            "term" => Kind::Term,
            "actor" => Kind::Actor,
            "act" => Kind::Act,
            "event" => Kind::Event,
            "instrument" => Kind::Instrument,
            "order" => Kind::Order,
            "norm" => Kind::Norm,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            Kind::Fact | Kind::Term => "fact or term",
            Kind::Actor => "actor",
            Kind::Act => "act",
            Kind::Event => "event",
            Kind::Instrument => "instrument",
            Kind::Order => "legal order",
            Kind::Norm => "norm",
        }
    }

    fn code(self) -> &'static Code {
        match self {
            Kind::Fact | Kind::Term => &code::L0201,
            Kind::Actor => &code::L0203,
            Kind::Act => &code::L0202,
            Kind::Event => &code::L0204,
            Kind::Instrument => &code::L0205,
            Kind::Order => &code::L0212,
            Kind::Norm => &code::L0206,
        }
    }
}

/// All names with their numbers.
#[derive(Debug, Default)]
pub struct Names {
    defined: HashMap<(Kind, String), (u32, Span)>,
    /// Terms that instruments define for themselves, by file.
    local_terms: HashMap<(SourceId, String), (u32, Span)>,
    /// Names nobody defines: reported once each, with the other places related.
    unknown: RefCell<BTreeMap<(Kind, String), Vec<Span>>>,
    /// Names whose defining item was reported already: `None` where even its kind is not known.
    broken: HashSet<(Option<Kind>, String)>,
}

impl Names {
    /// Numbers every definition in the order of the files.
    pub fn collect(
        files: &[(String, SourceId, Vec<Item>)],
        broken: &[Broken],
        sources: &Sources,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut names = Names::default();
        // A file has one instrument; where that is broken, its name still holds for the file's norms and terms.
        let mut instruments: HashMap<SourceId, String> = broken
            .iter()
            .filter(|item| item.kind == Some("instrument"))
            .map(|item| (item.name.span.source, item.name.value.clone()))
            .collect();
        for (_, source, items) in files {
            if let Some(instrument) = items.iter().find_map(|item| match item {
                Item::Instrument(instrument) => Some(instrument.id.value.clone()),
                _ => None,
            }) {
                instruments.insert(*source, instrument);
            }
        }
        for item in broken {
            let kind = item.kind.and_then(Kind::of_item);
            let instrument = instruments.get(&item.name.span.source);
            let name = match (kind, instrument) {
                (Some(Kind::Norm), Some(instrument)) => {
                    format!("{instrument}/{}", item.name.value)
                }
                _ => item.name.value.clone(),
            };
            names.broken.insert((kind, name));
        }
        let mut counts: HashMap<Kind, u32> = HashMap::new();
        for (_, source, items) in files {
            let instrument = instruments.get(source);
            for item in items {
                let (kind, name) = match item {
                    Item::Fact(fact) => (Kind::Fact, &fact.name),
                    Item::Term(term) => (Kind::Term, &term.name),
                    Item::Actor(actor) => (Kind::Actor, &actor.name),
                    Item::Act(act) => (Kind::Act, &act.name),
                    Item::Event(event) => (Kind::Event, &event.name),
                    Item::Instrument(instrument) => (Kind::Instrument, &instrument.id),
                    Item::Order(order) => (Kind::Order, &order.id),
                    Item::Norm(norm) => (Kind::Norm, &norm.id),
                    Item::Never(_)
                    | Item::Test(_)
                    | Item::Todo(_)
                    | Item::Amendment(_)
                    | Item::Repeal(_) => continue,
                };
                let number = counts.entry(kind).or_default();
                let place = (*number, name.span);
                *number += 1;
                let before = match (kind, instrument) {
                    (Kind::Term, Some(_)) => names
                        .local_terms
                        .insert((*source, name.value.clone()), place),
                    (Kind::Norm, Some(instrument)) => {
                        let full = format!("{instrument}/{}", name.value);
                        names.defined.insert((kind, full), place)
                    }
                    _ => names.defined.insert((kind, name.value.clone()), place),
                };
                let clash = before.or_else(|| match kind {
                    Kind::Fact => names
                        .defined
                        .get(&(Kind::Term, name.value.clone()))
                        .copied(),
                    Kind::Term if instrument.is_none() => names
                        .defined
                        .get(&(Kind::Fact, name.value.clone()))
                        .copied(),
                    _ => None,
                });
                if let Some((_, first)) = clash {
                    problems.push(defined_twice(&name.value, name.span, first, sources));
                }
            }
        }
        names
    }

    /// The number of a name; an unknown one is remembered for one report.
    pub fn get(&self, kind: Kind, name: &Name) -> Option<u32> {
        let key = (kind, name.value.clone());
        let found = self.defined.get(&key).map(|(number, _)| *number);
        if found.is_none() && !self.is_broken(kind, &name.value) {
            self.unknown
                .borrow_mut()
                .entry(key)
                .or_default()
                .push(name.span);
        }
        found
    }

    /// Whether the item that defines the name was reported already.
    fn is_broken(&self, kind: Kind, name: &str) -> bool {
        let has = |kind: Option<Kind>| self.broken.contains(&(kind, name.to_owned()));
        has(Some(kind)) || has(None) || (kind == Kind::Fact && has(Some(Kind::Term)))
    }

    /// A fact or a term: the instrument's own term first, then the vocabulary's.
    pub fn fact_or_term(&self, source: SourceId, name: &Name) -> Option<FactOrTerm> {
        if let Some((number, _)) = self.local_terms.get(&(source, name.value.clone())) {
            return Some(FactOrTerm::Term(*number));
        }
        if let Some((number, _)) = self.defined.get(&(Kind::Term, name.value.clone())) {
            return Some(FactOrTerm::Term(*number));
        }
        self.get(Kind::Fact, name).map(FactOrTerm::Fact)
    }

    /// One diagnostic for each unknown name.
    pub fn into_unknown(self) -> Vec<Diagnostic> {
        let mut known: HashMap<&'static str, Vec<&str>> = HashMap::new();
        let broken = self
            .broken
            .iter()
            .filter_map(|(kind, name)| kind.map(|kind| (kind, name)));
        for (kind, name) in self
            .defined
            .keys()
            .map(|(kind, name)| (*kind, name))
            .chain(broken)
        {
            known.entry(kind.word()).or_default().push(name);
        }
        for list in known.values_mut() {
            list.sort_unstable();
        }
        let empty = Vec::new();
        self.unknown
            .borrow()
            .iter()
            .filter_map(|((kind, name), places)| {
                let first = *places.first()?;
                let candidates = known.get(kind.word()).unwrap_or(&empty);
                let mut diagnostic = Diagnostic::new(
                    kind.code(),
                    first,
                    format!("no {} is called `{name}`", kind.word()),
                )
                .help(help(*kind, name, candidates));
                // A few other places are enough to see the pattern.
                for place in places.iter().skip(1).take(3) {
                    diagnostic = diagnostic.related(*place, "also here");
                }
                Some(diagnostic)
            })
            .collect()
    }
}

/// What a name in a condition stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactOrTerm {
    /// A fact.
    Fact(u32),
    /// A term.
    Term(u32),
}

fn help(kind: Kind, name: &str, candidates: &[&str]) -> String {
    if let Some(near) = nearest(name, candidates.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    // A name with a common word in it is often meant: show up to three.
    let similar: Vec<&str> = candidates
        .iter()
        .copied()
        .filter(|candidate| {
            name.split([' ', '-', '/'])
                .any(|word| word.len() > 4 && candidate.contains(word))
        })
        .take(3)
        .collect();
    if similar.is_empty() {
        format!(
            "define it with `{}`, or use a {} that exists",
            first_word(kind),
            kind.word()
        )
    } else {
        format!("names like it are: {}", similar.join(", "))
    }
}

fn first_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Fact | Kind::Term => "fact` or `term",
        other => other.word(),
    }
}

fn defined_twice(name: &str, span: Span, first: Span, sources: &Sources) -> Diagnostic {
    let path = sources
        .get(first.source)
        .map_or("", |source| source.path.as_str());
    Diagnostic::new(&code::L0207, span, format!("`{name}` is defined twice"))
        .label("again here")
        .related(first, "first here")
        .help(format!(
            "rename one of them, or remove it; the first stands in {path}"
        ))
}
