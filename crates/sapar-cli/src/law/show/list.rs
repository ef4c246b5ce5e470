//! Everything of one kind, a line each.

use sapar_law::{InstrumentDef, Learned, Period, Role, Stake, ValueKind};

use super::View;
use crate::law::table;

/// What there is, with counts.
pub fn overview(view: &View<'_>) -> String {
    let library = view.library();
    let rows: Vec<Vec<String>> = [
        (
            "facts",
            library.facts().count(),
            "what may be known of a situation",
        ),
        ("terms", library.terms().count(), "words defined by facts"),
        (
            "acts",
            super::acts(library).len(),
            "what norms demand, forbid or allow",
        ),
        ("actors", super::actors(library).len(), "who bears norms"),
        (
            "events",
            super::events(library).len(),
            "what limits run from",
        ),
        (
            "orders",
            library.orders().count(),
            "instruments read together in one country",
        ),
        (
            "instruments",
            library.instruments().count(),
            "constitutions, treaties, laws and guidance",
        ),
        ("todo", library.todos().len(), "what was left out, and why"),
    ]
    .into_iter()
    .map(|(name, count, what)| vec![name.to_owned(), count.to_string(), what.to_owned()])
    .collect();
    format!(
        "{}\nShow one kind with `sapar law show facts`, one thing by its name with `sapar law show refugee-convention-1951`.\n",
        table::words(&rows)
    )
}

/// Facts in the safe order.
pub fn facts(view: &View<'_>) -> String {
    let mut facts: Vec<_> = view.library().facts().map(|(_, fact)| fact).collect();
    facts.sort_by_key(|fact| (fact.step, fact.name.as_str()));
    let rows = facts
        .into_iter()
        .map(|fact| {
            vec![
                fact.step.to_string(),
                fact.name.clone(),
                kind(&fact.kind),
                learned(fact.learned).to_owned(),
                role(fact.role).to_owned(),
                fact.label.get(view.language.code()).to_owned(),
            ]
        })
        .collect();
    titled(
        &["step", "fact", "values", "learned by", "role", "label"],
        rows,
    )
}

/// Terms, an instrument's own with its name.
pub fn terms(view: &View<'_>) -> String {
    let library = view.library();
    let mut rows: Vec<Vec<String>> = library
        .terms()
        .map(|(_, term)| {
            let of = term
                .instrument
                .map_or("", |instrument| library.instrument(instrument).id.as_str());
            vec![
                term.name.clone(),
                of.to_owned(),
                term.label.get(view.language.code()).to_owned(),
            ]
        })
        .collect();
    rows.sort();
    titled(&["term", "only in", "label"], rows)
}

/// Acts, with the number of norms on each.
pub fn acts(view: &View<'_>) -> String {
    let library = view.library();
    let rows = super::acts(library)
        .into_iter()
        .map(|id| {
            let act = library.act(id);
            let norms = library.norms().filter(|(_, norm)| norm.act == id).count();
            let label = act.label.get(view.language.code()).to_owned();
            vec![
                act.name.clone(),
                stake(act.stake).to_owned(),
                norms.to_string(),
                label,
            ]
        })
        .collect();
    titled(&["act", "at stake", "norms", "label"], by_name(rows))
}

/// Actors, with the number of norms each bears itself.
pub fn actors(view: &View<'_>) -> String {
    let library = view.library();
    let rows = super::actors(library)
        .into_iter()
        .map(|id| {
            let actor = library.actor(id);
            let whole = actor
                .part_of
                .map_or("", |whole| library.actor(whole).name.as_str());
            let norms = library
                .norms()
                .filter(|(_, norm)| norm.bearer == id)
                .count();
            let label = actor.label.get(view.language.code()).to_owned();
            vec![
                actor.name.clone(),
                whole.to_owned(),
                norms.to_string(),
                label,
            ]
        })
        .collect();
    titled(&["actor", "part of", "norms", "label"], by_name(rows))
}

/// Events.
pub fn events(view: &View<'_>) -> String {
    let library = view.library();
    let rows = super::events(library)
        .into_iter()
        .map(|id| {
            let event = library.event(id);
            vec![
                event.name.clone(),
                event.label.get(view.language.code()).to_owned(),
            ]
        })
        .collect();
    titled(&["event", "label"], by_name(rows))
}

/// Legal orders.
pub fn orders(view: &View<'_>) -> String {
    let rows = view
        .library()
        .orders()
        .map(|(_, order)| {
            let label = order.label.get(view.language.code()).to_owned();
            vec![order.id.clone(), order.instruments.len().to_string(), label]
        })
        .collect();
    titled(&["order", "instruments", "label"], by_name(rows))
}

/// Instruments; with a day, those in force on it.
pub fn instruments(view: &View<'_>) -> String {
    let library = view.library();
    let rows = library
        .instruments()
        .filter(|(_, instrument)| view.at.is_none_or(|day| instrument.period.contains(day)))
        .map(|(id, instrument)| {
            let norms = library
                .norms()
                .filter(|(_, norm)| norm.instrument == id)
                .count();
            instrument_row(instrument, norms, view)
        })
        .collect();
    titled(
        &[
            "package",
            "instrument",
            "rank",
            "in force",
            "norms",
            "title",
        ],
        by_name(rows),
    )
}

fn instrument_row(instrument: &InstrumentDef, norms: usize, view: &View<'_>) -> Vec<String> {
    vec![
        instrument.package.clone(),
        instrument.id.clone(),
        instrument.rank.word().to_owned(),
        period(&instrument.period),
        norms.to_string(),
        instrument.title.get(view.language.code()).to_owned(),
    ]
}

/// What was left out, and why.
pub fn todos(view: &View<'_>) -> String {
    let mut text = String::new();
    let mut package = "";
    let mut todos: Vec<_> = view.library().todos().iter().collect();
    // Stable, so that within a package the author's order stays.
    todos.sort_by(|left, right| left.package.cmp(&right.package));
    for todo in &todos {
        if todo.package != package {
            package = &todo.package;
            text.push_str(&format!("{package}\n"));
        }
        text.push_str(&format!("  {}: {}\n", todo.provision, todo.because));
    }
    text.push_str(&format!("{} provisions left out\n", todos.len()));
    text
}

/// Days in force, both counted in.
pub fn period(period: &Period) -> String {
    match period.until {
        None => format!("from {}", period.from),
        Some(until) => format!("{} to {until}", period.from),
    }
}

/// A role's words.
pub fn role(role: Role) -> &'static str {
    Role::WORDS
        .iter()
        .find(|(_, known)| *known == role)
        .map_or("", |(word, _)| word)
}

/// How a fact is learned, in a word.
pub fn learned(learned: Learned) -> &'static str {
    Learned::WORDS
        .iter()
        .find(|(_, known)| *known == learned)
        .map_or("", |(word, _)| word)
}

/// What is at stake, in a word.
pub fn stake(stake: Stake) -> &'static str {
    Stake::WORDS
        .iter()
        .find(|(_, known)| *known == stake)
        .map_or("", |(word, _)| word)
}

/// The values a fact can have.
pub fn kind(kind: &ValueKind) -> String {
    match kind {
        ValueKind::YesNo => "yes or no".to_owned(),
        ValueKind::OneOf(values) => {
            let names: Vec<&str> = values.iter().map(|(name, _)| name.as_str()).collect();
            names.join(", ")
        }
        ValueKind::Number { unit, from, to } => format!("{from} to {to} {unit}"),
        ValueKind::Country => "country".to_owned(),
    }
}

fn by_name(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    rows.sort();
    rows
}

fn titled(titles: &[&str], rows: Vec<Vec<String>>) -> String {
    let mut all = vec![titles.iter().map(|title| (*title).to_owned()).collect()];
    all.extend(rows);
    table::words(&all)
}
