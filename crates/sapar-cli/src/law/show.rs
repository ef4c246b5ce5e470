//! `sapar law show`: what the packages say, for reading.

mod item;
mod list;

use std::path::PathBuf;

use jiff::civil::Date;
use sapar_diagnostics::nearest;
use sapar_law::{ActId, ActorId, EventId, Library, ReadLibrary};
use sapar_messages::Language;

use super::packages::Packages;
use crate::clock;
use crate::ending::{Ending, Failure, Report};

/// What to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar law show                             what can be shown
  sapar law show orders                      the legal orders
  sapar law show kazakhstan --at 2016-06-06  the norms of an order in force on a day
  sapar law show refugee-convention-1951     an instrument and its norms
  sapar law show non-refoulement             a norm as it is written, with its verification
  sapar law show \"seeks protection\"          a fact, and the norms that ask for it
  sapar law show todo                        what was left out, and why

Ends with 2 when nothing has the name.")]
pub struct Arguments {
    /// facts, terms, acts, actors, events, orders, instruments, todo, or the name of one
    name: Vec<String>,
    /// Only what is in force on this day; for an order, today when not given
    #[arg(long, value_name = "DATE", value_parser = clock::date)]
    at: Option<Date>,
    /// Folder of law packages [default: the packages inside this program]
    #[arg(long = "in", value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

/// Shows it.
pub fn run(arguments: &Arguments, language: Language) -> Result<Report, Failure> {
    let read = Packages::read(arguments.folder.as_deref())?.unchecked();
    let view = View {
        read: &read,
        at: arguments.at,
        language,
    };
    // Names have several words, and a shell takes them apart.
    let name = arguments.name.join(" ").trim().to_lowercase();
    let text = match name.as_str() {
        "" => list::overview(&view),
        "facts" => list::facts(&view),
        "terms" => list::terms(&view),
        "acts" => list::acts(&view),
        "actors" => list::actors(&view),
        "events" => list::events(&view),
        "orders" => list::orders(&view),
        "instruments" => list::instruments(&view),
        "todo" | "todos" => list::todos(&view),
        name => named(&view, name)?,
    };
    let text = if read.has_errors() {
        // What was not understood is missing from every list.
        crate::output::say(
            "sapar: these laws have errors and are shown in part; run `sapar law check`",
        );
        text
    } else {
        text
    };
    Ok(Report::found(text, read.has_errors()))
}

/// What is looked at, on which day and in which language.
struct View<'a> {
    read: &'a ReadLibrary,
    at: Option<Date>,
    language: Language,
}

impl View<'_> {
    fn library(&self) -> &Library {
        &self.read.library
    }
}

fn named(view: &View<'_>, name: &str) -> Result<String, Failure> {
    let library = view.library();
    let mut parts: Vec<String> = Vec::new();
    if let Some(order) = library.order_named(name) {
        parts.push(item::order(view, order));
    }
    parts.extend(
        library
            .instruments()
            .filter(|(_, item)| item.id == name)
            .map(|(id, _)| item::instrument(view, id)),
    );
    parts.extend(
        library
            .norms()
            .filter(|(_, norm)| {
                let full = || format!("{}/{}", library.instrument(norm.instrument).id, norm.id);
                norm.id == name || full() == name
            })
            .map(|(id, _)| item::norm(view, id)),
    );
    if let Some(fact) = library.fact_named(name) {
        parts.push(item::fact(view, fact));
    }
    parts.extend(
        library
            .terms()
            .filter(|(_, term)| term.name == name)
            .map(|(id, _)| item::term(view, id)),
    );
    if let Some(act) = library.act_named(name) {
        parts.push(item::act(view, act));
    }
    if let Some(actor) = library.actor_named(name) {
        parts.push(item::actor(view, actor));
    }
    parts.extend(
        events(library)
            .into_iter()
            .filter(|event| library.event(*event).name == name)
            .map(|id| item::event(view, id)),
    );
    if parts.is_empty() {
        let hint = nearest(name, names(library).iter().map(String::as_str))
            .map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        return Err(Failure::new(
            Ending::Usage,
            format!(
                "nothing in these laws is called `{name}`; {hint}`sapar law show` says what can be shown"
            ),
        ));
    }
    Ok(parts.join("\n"))
}

/// Every name that can be shown.
fn names(library: &Library) -> Vec<String> {
    let mut names: Vec<String> = [
        "facts",
        "terms",
        "acts",
        "actors",
        "events",
        "orders",
        "instruments",
        "todo",
    ]
    .map(str::to_owned)
    .to_vec();
    names.extend(library.orders().map(|(_, order)| order.id.clone()));
    names.extend(
        library
            .instruments()
            .map(|(_, instrument)| instrument.id.clone()),
    );
    names.extend(library.norms().map(|(_, norm)| norm.id.clone()));
    names.extend(library.facts().map(|(_, fact)| fact.name.clone()));
    names.extend(library.terms().map(|(_, term)| term.name.clone()));
    names.extend(
        acts(library)
            .iter()
            .map(|act| library.act(*act).name.clone()),
    );
    names.extend(
        actors(library)
            .iter()
            .map(|actor| library.actor(*actor).name.clone()),
    );
    names.extend(
        events(library)
            .iter()
            .map(|event| library.event(*event).name.clone()),
    );
    names
}

/// The acts that norms demand, forbid or allow.
fn acts(library: &Library) -> Vec<ActId> {
    sorted(library.norms().map(|(_, norm)| norm.act))
}

/// The actors that bear norms, and those they are part of.
fn actors(library: &Library) -> Vec<ActorId> {
    let mut found = sorted(library.norms().map(|(_, norm)| norm.bearer));
    let mut at = 0;
    while let Some(actor) = found.get(at).copied() {
        if let Some(whole) = library.actor(actor).part_of
            && !found.contains(&whole)
        {
            found.push(whole);
        }
        at += 1;
    }
    sorted(found.into_iter())
}

/// The events that limits run from.
fn events(library: &Library) -> Vec<EventId> {
    sorted(
        library
            .norms()
            .flat_map(|(_, norm)| norm.limits.iter().map(|limit| limit.event)),
    )
}

fn sorted<T: Ord>(ids: impl Iterator<Item = T>) -> Vec<T> {
    ids.collect::<std::collections::BTreeSet<T>>()
        .into_iter()
        .collect()
}
