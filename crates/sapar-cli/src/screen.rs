//! `sapar screen`: a document, a few questions, and what the law requires now.
//!
//! The screen only asks and prints; what to ask and what follows comes from `sapar-law` and `sapar-screening`.
//! Answers are read as lines, so the same conversation can be typed or piped.

mod ask;
mod document;
mod json;
mod print;

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use jiff::civil::{Date, DateTime};
use sapar_law::{Engine, Interview, Knowledge, Role, Situation, facts_from_text};
use sapar_messages::{Language, Messages};
use sapar_screening::Outcome;

/// Exit codes of `sapar screen`; the same for every command, documented in `docs/cli.md`.
const BAD_USAGE: u8 = 2;
const BAD_INPUT: u8 = 65;
const NO_INPUT: u8 = 66;
const OWN_FAULT: u8 = 70;

/// Screen a person: read a travel document, answer a few questions, see what the law requires.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sapar screen
      Asks for everything, starting with the passport's machine-readable zone.
  sapar screen --lang ru --law kazakhstan --at 2016-06-06
      The law as it stood on that day, in Russian.
  sapar screen --mrz 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<' \\
               --mrz 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'
      Starts with the specimen passport of ICAO Doc 9303.
  sapar screen --facts person.json --json
      No questions: facts in, outcome and the next question out.")]
pub struct Arguments {
    /// A line of the machine-readable zone; give it once for each line.
    #[arg(long, value_name = "LINE")]
    mrz: Vec<String>,
    /// Facts that are known: JSON, or lines such as `age: 15`; `-` reads standard input.
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// The day of the screening: the law in force on it counts, and ages are counted to it.
    #[arg(long, value_name = "DATE")]
    at: Option<Date>,
    /// The legal order, also with a day, such as `kazakhstan@2016-06-06`.
    ///
    /// `kazakhstan-screening` is the law of Kazakhstan with guidance on trafficking, `kazakhstan` the law alone.
    #[arg(long, value_name = "ORDER", default_value = "kazakhstan-screening")]
    law: String,
    /// Who asks.
    #[arg(long, value_enum, default_value_t = RoleArgument::FirstLine)]
    role: RoleArgument,
    /// Print the outcome as JSON and ask nothing.
    #[arg(long)]
    json: bool,
    /// Ask nothing; say what is certain from what is given.
    #[arg(long)]
    no_questions: bool,
    /// Print one article for each thing that follows and no reasons.
    #[arg(long, conflicts_with = "json")]
    brief: bool,
    /// Show every undecided position, not only the gravest.
    #[arg(long)]
    all: bool,
}

/// Who asks.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum RoleArgument {
    /// First line: the booth.
    FirstLine,
    /// Second line.
    SecondLine,
    /// A trained specialist.
    Specialist,
}

impl From<RoleArgument> for Role {
    fn from(role: RoleArgument) -> Self {
        match role {
            RoleArgument::FirstLine => Role::FirstLine,
            RoleArgument::SecondLine => Role::SecondLine,
            RoleArgument::Specialist => Role::Specialist,
        }
    }
}

/// A message for the user and the exit code that goes with it.
#[derive(Debug)]
struct Stop {
    message: String,
    code: u8,
}

impl Stop {
    fn new(code: u8, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code,
        }
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        // A closed pipe is how `head` says that it has seen enough.
        let code = if error.kind() == std::io::ErrorKind::BrokenPipe {
            0
        } else {
            NO_INPUT
        };
        Self::new(code, format!("input or output failed: {error}"))
    }
}

/// Runs a screening; the exit code says whether an outcome was reached.
pub fn run(arguments: Arguments, language: Language) -> ExitCode {
    let stdin = std::io::stdin();
    let terminal = stdin.is_terminal() && std::io::stdout().is_terminal();
    let mut screen = Screen {
        input: Box::new(stdin.lock()),
        output: Box::new(std::io::stdout().lock()),
        messages: Messages::new(language),
        colour: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    };
    match screen.run(&arguments, terminal) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) if stop.code == 0 => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("{}", stop.message);
            ExitCode::from(stop.code)
        }
    }
}

/// Where the conversation happens.
struct Screen<'a> {
    input: Box<dyn BufRead + 'a>,
    output: Box<dyn Write + 'a>,
    messages: Messages,
    colour: bool,
}

impl Screen<'_> {
    fn run(&mut self, arguments: &Arguments, terminal: bool) -> Result<(), Stop> {
        let now = jiff::ZonedDateTime::now().datetime();
        let (order, at) = order_and_day(&arguments.law, arguments.at, now.date())?;
        // The law of another day is read as if the screening were at noon of that day.
        let now = if at == now.date() {
            now
        } else {
            at.at(12, 0, 0, 0)
        };
        let read = sapar_packages::library();
        let library = Arc::new(read.library);
        let Some(order_id) = library.order_named(&order) else {
            let known: Vec<&str> = library
                .orders()
                .map(|(_, order)| order.id.as_str())
                .collect();
            return Err(Stop::new(
                BAD_USAGE,
                format!(
                    "no legal order is called `{order}`; there are: {}",
                    known.join(", ")
                ),
            ));
        };
        let engine = Engine::new(Arc::clone(&library), order_id, at)
            .map_err(|error| Stop::new(OWN_FAULT, error.to_string()))?;
        let engine = Arc::new(engine);
        let mut known = match &arguments.facts {
            Some(path) => self.facts(&engine, path)?,
            None => Situation::new(),
        };
        let asks = !arguments.json && !arguments.no_questions;
        if asks && terminal {
            self.choose_language()?;
        }
        if !arguments.json {
            self.title(&engine)?;
        }
        let mut suggested: Vec<(sapar_law::FactId, Knowledge)> = Vec::new();
        let reading = if !arguments.mrz.is_empty() {
            Some(
                document::parse(&arguments.mrz.join("\n"), &self.messages)
                    .map_err(|message| Stop::new(BAD_INPUT, message))?,
            )
        } else if asks && arguments.facts.is_none() {
            self.read_document()?
        } else {
            None
        };
        if let Some(reading) = reading {
            let facts = sapar_screening::document_facts(&library, &reading, at);
            if !arguments.json {
                self.show_document(&engine, &reading, &facts)?;
            }
            for (fact, knowledge) in &facts.stated {
                // What was given explicitly counts more than the document.
                if known.get(*fact) == Knowledge::Unknown {
                    known.set(*fact, *knowledge);
                }
            }
            suggested = facts.suggested;
        }
        let mut interview = Interview::new(Arc::clone(&engine), arguments.role.into(), known)
            .map_err(|error| {
                Stop::new(
                    BAD_INPUT,
                    self.given_contradiction(&engine, &error.contradiction),
                )
            })?;
        let finished = if asks {
            self.ask_all(&mut interview, &suggested)?
        } else {
            interview.next().is_none()
        };
        let outcome = Outcome::of(&engine, interview.situation()).map_err(|contradiction| {
            Stop::new(BAD_INPUT, self.contradiction(&engine, &contradiction))
        })?;
        if arguments.json {
            let text = json::outcome(&interview, &outcome, now);
            writeln!(self.output, "{text}")?;
        } else {
            let shown = print::Shown {
                asked: asks,
                finished,
                all: arguments.all,
                brief: arguments.brief,
            };
            self.print_outcome(&interview, &outcome, now, shown)?;
        }
        self.output.flush()?;
        Ok(())
    }

    fn facts(&mut self, engine: &Engine, path: &PathBuf) -> Result<Situation, Stop> {
        let mut bytes = Vec::new();
        let bound = u64::try_from(sapar_law::FACTS_BYTES_MAX).unwrap_or(u64::MAX) + 1;
        let read = if path.as_os_str() == "-" {
            std::io::Read::read_to_end(&mut std::io::Read::take(&mut self.input, bound), &mut bytes)
        } else {
            std::fs::File::open(path).and_then(|file| {
                std::io::Read::read_to_end(&mut std::io::Read::take(file, bound), &mut bytes)
            })
        };
        read.map_err(|error| {
            Stop::new(
                NO_INPUT,
                format!(
                    "{}: {error}; give a file of facts, or - for standard input",
                    path.display()
                ),
            )
        })?;
        facts_from_text(engine.library(), &bytes).map_err(|errors| {
            let lines: Vec<String> = errors
                .iter()
                .map(|error| format!("{}: {error}", path.display()))
                .collect();
            Stop::new(BAD_INPUT, lines.join("\n"))
        })
    }

    /// What was given before the first question cannot be true: there is nothing to answer again.
    fn given_contradiction(
        &self,
        engine: &Engine,
        contradiction: &sapar_law::Contradiction,
    ) -> String {
        let library = engine.library();
        let language = self.messages.language().code();
        let facts: Vec<String> = contradiction
            .facts
            .iter()
            .map(|fact| {
                let fact = library.fact(*fact);
                format!("{} (`{}`)", fact.label.get(language), fact.name)
            })
            .collect();
        self.messages.text_with(
            "given-contradiction",
            &[("facts", facts.join(", ").as_str().into())],
        )
    }

    fn contradiction(&self, engine: &Engine, contradiction: &sapar_law::Contradiction) -> String {
        let library = engine.library();
        let language = self.messages.language().code();
        let facts: Vec<&str> = contradiction
            .facts
            .iter()
            .map(|fact| library.fact(*fact).label.get(language))
            .collect();
        self.messages.text_with(
            "screen-contradiction",
            &[("facts", facts.join(", ").as_str().into())],
        )
    }

    /// One line of input without its end; `None` at the end of the input.
    fn line(&mut self) -> Result<Option<String>, Stop> {
        self.output.flush()?;
        // A line longer than this is no answer and no line of a document.
        const LINE_BYTES_MAX: u64 = 10_000;
        let mut bytes = Vec::new();
        let read =
            std::io::Read::take(&mut self.input, LINE_BYTES_MAX).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned()))
    }
}

/// `kazakhstan@2016-06-06` and `--at`; the day of today where none is given.
fn order_and_day(law: &str, at: Option<Date>, today: Date) -> Result<(String, Date), Stop> {
    match law.split_once('@') {
        None => Ok((law.to_owned(), at.unwrap_or(today))),
        Some((order, day)) => {
            let day: Date = day.parse().map_err(|_| {
                Stop::new(
                    BAD_USAGE,
                    "the day after @ does not exist or is not a day; write it as in kazakhstan@2016-06-06".to_owned(),
                )
            })?;
            match at {
                Some(at) if at != day => Err(Stop::new(
                    BAD_USAGE,
                    "--at and the day after @ differ; give one of them".to_owned(),
                )),
                _ => Ok((order.to_owned(), day)),
            }
        }
    }
}

/// Moments as the calendars count them.
type Moment = DateTime;
