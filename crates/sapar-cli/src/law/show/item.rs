//! One thing, with everything that belongs to it.

use std::collections::BTreeSet;
use std::fmt::Write;

use sapar_diagnostics::Span;
use sapar_law::{
    ActId, ActorId, EventId, FactId, Formula, InstrumentId, Library, NormDef, NormId, OrderId,
    TermId, VerificationDef, Words,
};

use super::{View, list};
use crate::clock;
use crate::law::table;

/// An order: its instruments that bind on the day, and their norms.
pub fn order(view: &View<'_>, id: OrderId) -> String {
    let library = view.library();
    let order = library.order(id);
    let day = view.at.unwrap_or_else(clock::today);
    let priority: Vec<&str> = order.priority.iter().map(|rank| rank.word()).collect();
    let mut text = format!("order {}: {}, on {day}\n", order.id, words(&order.label));
    let _ = writeln!(text, "  priority: {}", priority.join(", "));
    let (mut bound, mut absent) = (0, Vec::new());
    for (instrument, from, until) in &order.instruments {
        let binds = from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until);
        let def = library.instrument(*instrument);
        if !binds || !def.period.contains(day) {
            absent.push(def.id.as_str());
            continue;
        }
        bound += 1;
        let since = from.map_or_else(String::new, |from| format!(", binding from {from}"));
        let _ = writeln!(
            text,
            "\n{} ({}{since}): {}",
            def.id,
            def.rank.word(),
            def.title.get(view.language.code())
        );
        text.push_str(&norm_rows(library, |_, norm| {
            norm.instrument == *instrument && norm.period.contains(day)
        }));
    }
    let _ = writeln!(text, "\n{bound} instruments in force on {day}");
    if !absent.is_empty() {
        let _ = writeln!(
            text,
            "not in force or not binding on {day}: {}",
            absent.join(", ")
        );
    }
    text
}

/// An instrument and its norms.
pub fn instrument(view: &View<'_>, id: InstrumentId) -> String {
    let library = view.library();
    let def = library.instrument(id);
    let mut text = format!("instrument {}\n", def.id);
    let period = list::period(&def.period);
    for (name, value) in [
        ("title", words(&def.title)),
        ("number", def.number.clone()),
        ("package", def.package.clone()),
        ("jurisdiction", def.jurisdiction.clone()),
        ("rank", def.rank.word().to_owned()),
        ("source", def.source.clone()),
        ("in force", period),
    ] {
        if !value.is_empty() {
            let _ = writeln!(text, "  {name}: {value}");
        }
    }
    if let Some(day) = view.at {
        let state = if def.period.contains(day) {
            "in force"
        } else {
            "not in force"
        };
        let _ = writeln!(text, "  on {day}: {state}");
    }
    text.push('\n');
    text.push_str(&norm_rows(library, |_, norm| {
        norm.instrument == id && view.at.is_none_or(|day| norm.period.contains(day))
    }));
    text
}

/// A norm as it is written, with what the file leaves implicit.
pub fn norm(view: &View<'_>, id: NormId) -> String {
    let library = view.library();
    let def = library.norm(id);
    let instrument = library.instrument(def.instrument);
    let mut text = format!("norm {}/{}\n", instrument.id, def.id);
    let _ = writeln!(
        text,
        "  provision: {}, {}",
        instrument.title.get(view.language.code()),
        def.provision
    );
    let _ = writeln!(text, "  in force: {}", list::period(&def.period));
    if let Some(day) = view.at {
        let state = if def.period.contains(day) {
            "in force"
        } else {
            "not in force"
        };
        let _ = writeln!(text, "  on {day}: {state}");
    }
    let _ = writeln!(text, "  verification: {}", verification(&def.verification));
    for (other, by) in library.norms() {
        if by.overrides.contains(&id) {
            let _ = writeln!(text, "  overridden by: {}", full_name(library, other));
        }
    }
    text.push_str(&source(view, def.span));
    text
}

/// A fact, and who asks for it.
pub fn fact(view: &View<'_>, id: FactId) -> String {
    let library = view.library();
    let def = library.fact(id);
    let mut text = format!("fact {}\n", def.name);
    for (name, value) in [
        ("label", words(&def.label)),
        ("question", words(&def.question)),
        ("values", list::kind(&def.kind)),
        ("group", def.group.clone()),
        ("learned by", list::learned(def.learned).to_owned()),
        ("role", list::role(def.role).to_owned()),
        ("step", def.step.to_string()),
        ("sensitivity", def.sensitivity.clone()),
    ] {
        let _ = writeln!(text, "  {name}: {value}");
    }
    text.push_str(&source(view, def.span));
    let terms: Vec<&str> = library
        .terms()
        .filter(|(_, term)| mentions(&term.means, |formula| fact_of(formula) == Some(id)))
        .map(|(_, term)| term.name.as_str())
        .collect();
    if !terms.is_empty() {
        let _ = writeln!(text, "  terms that use it: {}", terms.join(", "));
    }
    text.push_str(&used_by(library, |formula| {
        uses_fact(library, formula, id, &mut BTreeSet::new())
    }));
    text
}

/// A term, its meaning as written, and who uses it.
pub fn term(view: &View<'_>, id: TermId) -> String {
    let library = view.library();
    let def = library.term(id);
    let mut text = format!("term {}\n", def.name);
    if let Some(instrument) = def.instrument {
        let _ = writeln!(text, "  only in: {}", library.instrument(instrument).id);
    }
    let _ = writeln!(text, "  label: {}", words(&def.label));
    text.push_str(&source(view, def.span));
    text.push_str(&used_by(library, |formula| {
        mentions(formula, |part| *part == Formula::Term(id))
    }));
    text
}

/// An act, and every norm on it: where laws can be compared.
pub fn act(view: &View<'_>, id: ActId) -> String {
    let library = view.library();
    let def = library.act(id);
    let mut text = format!(
        "act {}\n  label: {}\n  at stake: {}\n\n",
        def.name,
        words(&def.label),
        list::stake(def.stake)
    );
    text.push_str(&norm_rows(library, |_, norm| {
        norm.act == id && view.at.is_none_or(|day| norm.period.contains(day))
    }));
    text
}

/// An actor, and every norm it bears itself.
pub fn actor(view: &View<'_>, id: ActorId) -> String {
    let library = view.library();
    let def = library.actor(id);
    let mut text = format!("actor {}\n  label: {}\n", def.name, words(&def.label));
    if let Some(whole) = def.part_of {
        let _ = writeln!(text, "  part of: {}", library.actor(whole).name);
    }
    text.push('\n');
    text.push_str(&norm_rows(library, |_, norm| {
        norm.bearer == id && view.at.is_none_or(|day| norm.period.contains(day))
    }));
    text
}

/// An event, and every norm with a limit from it.
pub fn event(view: &View<'_>, id: EventId) -> String {
    let library = view.library();
    let def = library.event(id);
    let mut text = format!("event {}\n  label: {}\n\n", def.name, words(&def.label));
    text.push_str(&norm_rows(library, |_, norm| {
        norm.limits.iter().any(|limit| limit.event == id)
    }));
    text
}

fn norm_rows(library: &Library, wanted: impl Fn(NormId, &NormDef) -> bool) -> String {
    let rows: Vec<Vec<String>> = library
        .norms()
        .filter(|(id, norm)| wanted(*id, norm))
        .map(|(id, norm)| {
            vec![
                format!("  {}", norm.provision),
                format!(
                    "{} {} {}",
                    library.actor(norm.bearer).name,
                    norm.modality.words(),
                    library.act(norm.act).name
                ),
                match norm.verification {
                    VerificationDef::Seen { .. } => "seen",
                    VerificationDef::Memory => "memory",
                    VerificationDef::Reviewed { .. } => "reviewed",
                    VerificationDef::Proposed => "proposed",
                }
                .to_owned(),
                list::period(&norm.period),
                full_name(library, id),
            ]
        })
        .collect();
    if rows.is_empty() {
        "  no norms\n".to_owned()
    } else {
        table::words(&rows)
    }
}

fn full_name(library: &Library, id: NormId) -> String {
    let norm = library.norm(id);
    format!("{}/{}", library.instrument(norm.instrument).id, norm.id)
}

fn verification(verification: &VerificationDef) -> String {
    let dated = |text: String, on: &Option<jiff::civil::Date>| match on {
        Some(on) => format!("{text} on {on}"),
        None => text,
    };
    match verification {
        VerificationDef::Seen { source, on } => dated(format!("seen in {source}"), on),
        VerificationDef::Memory => "memory, not checked against a source".to_owned(),
        VerificationDef::Reviewed { by, on } => dated(format!("reviewed by {by}"), on),
        VerificationDef::Proposed => "proposed, adopted by nobody".to_owned(),
    }
}

/// The item as it is written, with its place.
fn source(view: &View<'_>, span: Span) -> String {
    let sources = &view.read.sources;
    let (line, _) = sources.line_column(span);
    let Some(source) = sources.get(span.source) else {
        return String::new();
    };
    let mut text = format!("  {}:{line}\n\n", source.path);
    // An item reaches to the next line that begins at the first column.
    let item = source.text.lines().skip(line.saturating_sub(1)).enumerate();
    for (_, line) in item.take_while(|(at, line)| *at == 0 || line.starts_with([' ', '\t'])) {
        let _ = writeln!(text, "    {}", line.trim_end());
    }
    text.push('\n');
    text
}

fn used_by(library: &Library, uses: impl Fn(&Formula) -> bool) -> String {
    let norms = norm_rows(library, |_, norm| {
        norm.condition.iter().chain(&norm.exceptions).any(&uses)
    });
    format!("  norms that depend on it:\n{norms}")
}

fn uses_fact(
    library: &Library,
    formula: &Formula,
    fact: FactId,
    seen: &mut BTreeSet<TermId>,
) -> bool {
    let mut found = false;
    let mut terms = Vec::new();
    formula.walk(&mut |part| match part {
        Formula::Term(term) => terms.push(*term),
        part => found |= fact_of(part) == Some(fact),
    });
    // A term met before is not opened again, so terms that lead to themselves end too.
    found
        || terms.into_iter().any(|term| {
            seen.insert(term) && uses_fact(library, &library.term(term).means, fact, seen)
        })
}

fn mentions(formula: &Formula, wanted: impl Fn(&Formula) -> bool) -> bool {
    let mut found = false;
    formula.walk(&mut |part| found |= wanted(part));
    found
}

fn fact_of(formula: &Formula) -> Option<FactId> {
    match formula {
        Formula::Fact(fact) | Formula::Number { fact, .. } | Formula::Value { fact, .. } => {
            Some(*fact)
        }
        _ => None,
    }
}

fn words(words: &Words) -> String {
    [&words.en, &words.ru, &words.kk]
        .map(String::as_str)
        .join(" · ")
}
