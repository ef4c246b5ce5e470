//! `sapar law gaps`: where a national law gives less than a standard demands, told and measured.

mod csv;
mod entry;
mod html;
mod json;
mod markdown;
mod text;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use jiff::civil::Date;
use sapar_analysis::{
    AnalysisError, Bounds, Comparison, Matrix, PRIOR_BYTES_MAX, Prior, Request, Scope,
};
use sapar_diagnostics::nearest;
use sapar_law::{ActId, DIAGRAM_NODES_MAX, Library, NormId, OrderId, Stake};
use sapar_messages::{Language, Messages};

use super::packages::Packages;
use crate::clock;
use crate::ending::{Ending, Failure, Report};
use crate::progress;
use entry::Entry;

/// What to compare.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  sapar law gaps --national kazakhstan@2016-06-06 --standard international
  sapar law gaps --national kazakhstan --standard international --severity life,liberty
  sapar law gaps --national kazakhstan --standard international --act \"appoint guardian\" --comparators latvia,portugal
  sapar law gaps --national kazakhstan --standard international --gap refugee-convention-1951/no-expulsion-of-lawful-refugee/contested
  sapar law gaps --national kazakhstan --standard international --own-law
  sapar law gaps --national kazakhstan --standard international --format html --matrix > gaps.html

A law is named by its order, with a day behind @ where it is not today's: kazakhstan@2016-06-06.
What the words mean is told in docs/analysis.md.

Ends with 1 when there is a gap, with 0 when there is none, with 2 when a name is unknown.")]
pub struct Arguments {
    /// The national order, with a day: kazakhstan@2016-06-06
    #[arg(long, value_name = "ORDER[@DATE]")]
    national: OrderAt,
    /// The order it is measured by; on the day of the national order where none is given
    #[arg(long, value_name = "ORDER[@DATE]", default_value = "international")]
    standard: OrderAt,
    /// Other orders, to see what they give where the national order does not
    #[arg(long, value_name = "ORDER[@DATE],...", value_delimiter = ',')]
    comparators: Vec<OrderAt>,
    /// Only these acts
    #[arg(long, value_name = "ACT,...", value_delimiter = ',')]
    act: Vec<String>,
    /// Only acts with these at stake: life, liberty, child, procedure, data, other
    #[arg(long, value_name = "STAKE,...", value_delimiter = ',', value_parser = stake)]
    severity: Vec<Stake>,
    /// Leave out national norms that are themselves norms of the standard, as treaties in force are
    #[arg(long)]
    own_law: bool,
    /// Tell one gap as a story, by its name in the register
    #[arg(long, value_name = "NAME")]
    gap: Option<String>,
    /// How often facts are so: a file in place of the assumptions of this program
    #[arg(long, value_name = "FILE")]
    prior: Option<PathBuf>,
    /// Add provision beside provision, with the degree of alignment
    #[arg(long)]
    matrix: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The most nodes of the decision diagrams; a node takes about 16 bytes
    #[arg(long, value_name = "COUNT", default_value_t = DIAGRAM_NODES_MAX)]
    nodes_max: usize,
    /// Folder of law packages [default: the packages inside this program]
    #[arg(long = "in", value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For reading in a terminal
    Text,
    /// For a script; names stay English
    Json,
    /// One page that needs nothing else, for a browser or a printer
    Html,
    /// The register for a spreadsheet
    Csv,
    /// The register as a table for a page of documentation
    Markdown,
}

/// An order, and a day where one is given.
#[derive(Debug, Clone)]
struct OrderAt {
    order: String,
    on: Option<Date>,
}

impl FromStr for OrderAt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (order, on) = match text.split_once('@') {
            Some((order, day)) => (order, Some(clock::date(day)?)),
            None => (text, None),
        };
        Ok(Self {
            order: order.trim().to_owned(),
            on,
        })
    }
}

fn stake(text: &str) -> Result<Stake, String> {
    Stake::WORDS
        .iter()
        .find(|(word, _)| *word == text.trim())
        .map(|(_, stake)| *stake)
        .ok_or_else(|| String::from("write one of life, liberty, child, procedure, data or other"))
}

/// What is shown, whatever the form.
struct Shown<'a> {
    library: &'a Library,
    messages: Messages,
    request: &'a Request,
    entries: Vec<Entry>,
    matrix: Option<Matrix>,
    /// How the command was asked, for naming the next one.
    asked: String,
}

/// Compares and reports.
pub fn run(arguments: &Arguments, language: Language) -> Result<Report, Failure> {
    let read = Packages::read(arguments.folder.as_deref())?.unchecked();
    if read.has_errors() {
        return Err(Failure::new(
            Ending::BadInput,
            "these laws have errors, and a comparison of half a law would mislead; run `sapar law check`",
        ));
    }
    let library = &read.library;
    let request = request(arguments, library)?;
    let compared = progress::during("comparing the laws", || {
        let mut comparison = Comparison::new(library, &request)?;
        let matrix = arguments.matrix.then(|| comparison.matrix()).transpose()?;
        Ok((comparison, matrix))
    });
    let (comparison, matrix) = compared.map_err(|error| failed(&error, library))?;
    let messages = Messages::new(language);
    if let Some(name) = &arguments.gap
        && comparison.gap(name).is_none()
    {
        return Err(unknown_gap(name, &comparison));
    }
    let gaps = comparison
        .gaps()
        .iter()
        .filter(|gap| arguments.gap.as_ref().is_none_or(|name| gap.id.0 == *name));
    let entries: Vec<Entry> = gaps
        .map(|gap| Entry::new(library, gap, &messages))
        .collect();
    let found = !entries.is_empty();
    let shown = Shown {
        library,
        messages,
        request: &request,
        entries,
        matrix,
        asked: asked(arguments),
    };
    let text = match arguments.format {
        Format::Text if arguments.gap.is_some() => text::story(&shown),
        Format::Text => text::register(&shown),
        Format::Json => json::register(&shown),
        Format::Html => html::page(&shown),
        Format::Csv => csv::register(&shown),
        Format::Markdown => markdown::register(&shown),
    };
    Ok(Report::found(text, found))
}

fn request(arguments: &Arguments, library: &Library) -> Result<Request, Failure> {
    let today = clock::today();
    let (national, day) = named(library, &arguments.national, today)?;
    let mut request = Request::new(named(library, &arguments.standard, day)?, (national, day));
    for comparator in &arguments.comparators {
        request.comparators.push(named(library, comparator, day)?);
    }
    request.scope = Scope {
        acts: arguments
            .act
            .iter()
            .map(|name| act(library, name))
            .collect::<Result<_, _>>()?,
        stakes: arguments.severity.clone(),
        // One gap is found without looking at the norms of the others; an unknown one is looked for among all.
        norms: arguments
            .gap
            .iter()
            .filter_map(|name| norm_of_gap(library, name))
            .collect(),
        own_law_only: arguments.own_law,
    };
    request.bounds = Bounds {
        nodes_max: arguments.nodes_max,
    };
    if let Some(path) = &arguments.prior {
        request.prior = Some(prior(library, path)?);
    }
    Ok(request)
}

/// The norm of the standard in `instrument/norm/kind`.
fn norm_of_gap(library: &Library, name: &str) -> Option<NormId> {
    let (norm, _) = name.rsplit_once('/')?;
    let (instrument, norm) = norm.split_once('/')?;
    library
        .norms()
        .find(|(_, known)| {
            known.id == norm && library.instrument(known.instrument).id == instrument
        })
        .map(|(id, _)| id)
}

fn named(library: &Library, order: &OrderAt, day: Date) -> Result<(OrderId, Date), Failure> {
    let id = library.order_named(&order.order).ok_or_else(|| {
        let near = nearest(
            &order.order,
            library.orders().map(|(_, order)| order.id.as_str()),
        );
        let hint = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        Failure::new(
            Ending::Usage,
            format!(
                "no legal order is called `{}`; {hint}`sapar law show orders` lists them",
                order.order
            ),
        )
    })?;
    Ok((id, order.on.unwrap_or(day)))
}

fn act(library: &Library, name: &str) -> Result<ActId, Failure> {
    let name = name.trim();
    library.act_named(name).ok_or_else(|| {
        let names: Vec<String> = library
            .norms()
            .map(|(_, norm)| library.act(norm.act).name.clone())
            .collect();
        let hint = nearest(name, names.iter().map(String::as_str))
            .map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        Failure::new(
            Ending::Usage,
            format!("no act is called `{name}`; {hint}`sapar law show acts` lists them"),
        )
    })
}

fn prior(library: &Library, path: &Path) -> Result<Prior, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::new(
            Ending::NoInput,
            format!(
                "{} cannot be read ({error}); check the path",
                path.display()
            ),
        )
    };
    let mut text = String::new();
    // One byte more than is read shows a file that is too long, and the parser says so.
    File::open(path)
        .map_err(unreadable)?
        .take(PRIOR_BYTES_MAX as u64 + 1)
        .read_to_string(&mut text)
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidData => Failure::new(
                Ending::BadInput,
                format!("{} is not UTF-8 text; save it as UTF-8", path.display()),
            ),
            _ => unreadable(error),
        })?;
    Prior::parse(library, &text)
        .map_err(|error| Failure::new(Ending::BadInput, format!("{}: {error}", path.display())))
}

fn failed(error: &AnalysisError, library: &Library) -> Failure {
    Failure::new(Ending::BadInput, error.words(library))
}

fn unknown_gap(name: &str, comparison: &Comparison<'_>) -> Failure {
    let hint = nearest(name, comparison.gaps().iter().map(|gap| gap.id.0.as_str()))
        .map_or_else(String::new, |near| format!("did you mean `{near}`? "));
    Failure::new(
        Ending::Usage,
        format!(
            "no gap of this comparison is called `{name}`; {hint}the register without --gap lists them"
        ),
    )
}

/// The command again, for the hint that leads to one gap.
fn asked(arguments: &Arguments) -> String {
    let order = |order: &OrderAt| match order.on {
        Some(day) => format!("{}@{day}", order.order),
        None => order.order.clone(),
    };
    let own = if arguments.own_law { " --own-law" } else { "" };
    format!(
        "sapar law gaps --national {} --standard {}{own} --gap ",
        order(&arguments.national),
        order(&arguments.standard)
    )
}
