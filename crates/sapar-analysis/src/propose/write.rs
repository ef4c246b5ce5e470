//! Drafts as amendment files in the law language.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use sapar_law::{
    Comparison, FactId, Formula, InstrumentId, LawFile, Library, LimitDef, LimitKind, TermId, Unit,
    ValueKind, country,
};

use super::Sought;
use super::draft::DraftNorm;
use super::edits::Draft;
use crate::Gap;

/// One file for each instrument the draft changes; `None` where something cannot be said in the language there.
pub fn files(library: &Library, sought: &Sought, gap: &Gap, draft: &Draft) -> Option<Vec<LawFile>> {
    let mut by_instrument: BTreeMap<InstrumentId, Vec<&DraftNorm>> = BTreeMap::new();
    for edit in &draft.edits {
        by_instrument
            .entry(edit.norm.instrument)
            .or_default()
            .push(&edit.norm);
    }
    let standard = library.norm(gap.standard);
    let mut files = Vec::new();
    for (instrument, norms) in by_instrument {
        let home = library.instrument(instrument);
        let mut id = format!("close-{}-{}", standard.id, gap.kind.slug());
        if draft
            .edits
            .iter()
            .any(|edit| edit.norm.instrument != instrument)
        {
            let _ = write!(id, "-in-{}", home.id);
        }
        let mut text = format!(
            "# Closing a gap in {}\n\nA starting point made by a program and checked by recomputing.\nIt is not legal drafting: a lawyer decides what the law should say and where.\n\n```law\namendment {id}\n  title\n      en \"Closing the gap {gap}\"\n      ru \"Закрытие пробела {gap}\"\n      kk \"{gap} олқылығын жабу\"\n  amends {}\n  in force from {}\n  note \"A starting point made by a program, not legal drafting.\"\n```\n",
            home.title.en,
            home.id,
            sought.on,
            gap = gap.id,
        );
        let mut taken = BTreeSet::new();
        for norm in norms {
            text.push_str(&article(library, sought, gap, norm, &mut taken)?);
        }
        files.push(LawFile {
            path: format!("{}/amendments/{id}.md", home.package),
            bytes: sapar_law::tidy(&text).into_bytes(),
        });
    }
    Some(files)
}

/// The article with the norm as it shall read.
fn article(
    library: &Library,
    sought: &Sought,
    gap: &Gap,
    norm: &DraftNorm,
    taken: &mut BTreeSet<String>,
) -> Option<String> {
    let names = Names {
        library,
        instrument: norm.instrument,
    };
    let (heading, at, stem) = match norm.replaces {
        Some(old) => {
            let old = library.norm(old);
            let (heading, at) = match old.provision.find('(') {
                Some(open) => old.provision.split_at(open),
                None => (old.provision.as_str(), ""),
            };
            (heading.trim().to_owned(), at.to_owned(), old.id.clone())
        }
        None => (
            "New article".to_owned(),
            String::new(),
            library.norm(gap.standard).id.clone(),
        ),
    };
    let id = fresh(library, norm.instrument, &stem, sought.on.year(), taken);
    let mut text = format!("\n## {heading}\n\n```law\nnorm {id}");
    if !at.is_empty() {
        let _ = write!(text, " at {at}");
    }
    let _ = write!(
        text,
        "\n  the {} {} {}\n",
        library.actor(norm.bearer).name,
        norm.modality.words(),
        library.act(norm.act).name
    );
    if let Some(condition) = &norm.condition {
        let _ = writeln!(text, "  when {}", names.whole(condition)?);
    }
    for exception in &norm.exceptions {
        let _ = writeln!(text, "  unless {}", names.whole(exception)?);
    }
    for limit in &norm.limits {
        let _ = writeln!(text, "  {}", limit_text(library, *limit));
    }
    for over in &norm.overrides {
        let over = library.norm(*over);
        if over.instrument == norm.instrument {
            let _ = writeln!(text, "  overrides {}", over.id);
        } else {
            let of = &library.instrument(over.instrument).id;
            let _ = writeln!(text, "  overrides {of}/{}", over.id);
        }
    }
    if let Some(old) = norm.replaces {
        let _ = writeln!(text, "  replaces {}", library.norm(old).id);
    }
    text.push_str("  proposed\n```\n");
    Some(text)
}

/// An identifier that no norm of the instrument has.
fn fresh(
    library: &Library,
    instrument: InstrumentId,
    stem: &str,
    year: i16,
    taken: &mut BTreeSet<String>,
) -> String {
    let exists = |id: &str| {
        library
            .norms()
            .any(|(_, norm)| norm.instrument == instrument && norm.id == id)
    };
    let mut id = format!("{stem}-{year}");
    let mut number = 2;
    while exists(&id) || taken.contains(&id) {
        id = format!("{stem}-{year}-{number}");
        number += 1;
    }
    taken.insert(id.clone());
    id
}

fn limit_text(library: &Library, limit: LimitDef) -> String {
    let event = &library.event(limit.event).name;
    let length = |duration: sapar_law::Duration| {
        let unit = Unit::WORDS
            .iter()
            .find(|(_, unit)| *unit == duration.unit)
            .map_or("days", |(word, _)| word);
        format!("{} {unit}", duration.amount)
    };
    match limit.kind {
        LimitKind::Within(duration) => format!("within {} from {event}", length(duration)),
        LimitKind::AtLeast(duration) => format!("for at least {} from {event}", length(duration)),
        LimitKind::AtMost(duration) => format!("for at most {} from {event}", length(duration)),
        LimitKind::Every(duration) => format!("every {} from {event}", length(duration)),
        LimitKind::AtOnce => format!("at once from {event}"),
        LimitKind::WithoutDelay => format!("without delay from {event}"),
        LimitKind::AsSoonAsPossible => format!("as soon as possible from {event}"),
        LimitKind::Until => format!("until {event}"),
    }
}

/// Conditions in the words of one instrument, where a name may have a meaning of its own.
struct Names<'n> {
    library: &'n Library,
    instrument: InstrumentId,
}

impl Names<'_> {
    /// A whole condition; `None` where it cannot be said, or would be always or never so.
    fn whole(&self, formula: &Formula) -> Option<String> {
        match formula {
            Formula::And(parts) if parts.len() > 1 => self.joined(parts, " and "),
            Formula::Or(parts) if parts.len() > 1 => self.joined(parts, " or "),
            other => self.part(other),
        }
    }

    fn joined(&self, parts: &[Formula], word: &str) -> Option<String> {
        let parts: Option<Vec<String>> = parts.iter().map(|part| self.part(part)).collect();
        Some(parts?.join(word))
    }

    /// A condition that can stand beside others.
    fn part(&self, formula: &Formula) -> Option<String> {
        match formula {
            Formula::And(parts) | Formula::Or(parts) if parts.len() == 1 => {
                self.part(parts.first()?)
            }
            Formula::And(parts) | Formula::Or(parts) if parts.is_empty() => None,
            Formula::And(_) | Formula::Or(_) => Some(format!("({})", self.whole(formula)?)),
            Formula::Fact(fact) => self.fact(*fact),
            Formula::Term(term) => self.term(*term),
            Formula::Number {
                fact,
                comparison,
                value,
            } => {
                let word = match comparison {
                    Comparison::Under => "under ",
                    Comparison::AtMost => "at most ",
                    Comparison::Is => "",
                    Comparison::AtLeast => "at least ",
                    Comparison::Over => "over ",
                };
                Some(format!("{} is {word}{value}", self.fact(*fact)?))
            }
            Formula::Value { fact, values } => self.values(*fact, values, false),
            Formula::Not(inner) => match inner.as_ref() {
                Formula::Value { fact, values } if values.len() == 1 => {
                    self.values(*fact, values, true)
                }
                Formula::Fact(_) | Formula::Term(_) => {
                    let words = self.part(inner)?;
                    Some(format!("not {words}"))
                }
                _ => Some(format!("not ({})", self.whole(inner)?)),
            },
            Formula::Count { least, most, of } => {
                let list = self.joined(of, ", ")?;
                let size = u32::try_from(of.len()).ok()?;
                match (*least, *most) {
                    (0, most) if most < size => Some(format!("at most {most} of ({list})")),
                    (least, most) if most >= size && least > 0 => {
                        Some(format!("at least {least} of ({list})"))
                    }
                    (least, most) if least == most => Some(format!("exactly {least} of ({list})")),
                    (0, _) => None,
                    (least, most) => Some(format!(
                        "(at least {least} of ({list}) and at most {most} of ({list}))"
                    )),
                }
            }
        }
    }

    fn values(&self, fact: FactId, values: &[u32], negated: bool) -> Option<String> {
        let name = self.fact(fact)?;
        let value = |value: &u32| match &self.library.fact(fact).kind {
            ValueKind::OneOf(known) => known.get(*value as usize).map(|(name, _)| name.clone()),
            _ => Some(country::code_of(*value).to_owned()),
        };
        let words: Option<Vec<String>> = values.iter().map(value).collect();
        let words = words?;
        match words.as_slice() {
            [only] if negated => Some(format!("{name} is not {only}")),
            [only] => Some(format!("{name} is {only}")),
            [] => None,
            several => Some(format!("{name} is one of ({})", several.join(", "))),
        }
    }

    /// A fact, unless the instrument gives its name another meaning.
    fn fact(&self, fact: FactId) -> Option<String> {
        let name = &self.library.fact(fact).name;
        self.own(name).is_none().then(|| name.clone())
    }

    /// A term by its name where that means the same here, else by its meaning.
    fn term(&self, term: TermId) -> Option<String> {
        let definition = self.library.term(term);
        let own = self.own(&definition.name);
        let means_the_same = match definition.instrument {
            None => own.is_none(),
            Some(_) => own == Some(term),
        };
        if means_the_same {
            return Some(definition.name.clone());
        }
        let words = self.whole(&definition.means)?;
        Some(format!("({words})"))
    }

    /// The instrument's own term of that name.
    fn own(&self, name: &str) -> Option<TermId> {
        self.library
            .terms()
            .find(|(_, term)| term.instrument == Some(self.instrument) && term.name == name)
            .map(|(id, _)| id)
    }
}
