//! The law in Sapar's language, and Sapar's engine.

use std::fmt::Write;
use std::hint::black_box;
use std::sync::Arc;

use jiff::civil::date;
use sapar_diagnostics::{Style, render_all};
use sapar_law::{Engine, Knowledge, LawFile, Library, Situation, Status, Statuses};

use crate::Contestant;
use crate::law::{Answer, CIRCUMSTANCES, Case, Condition, DOCUMENTS, NUMBERS, Norm, OUTCOMES};

/// Sapar asked what the peers are asked: which outcomes hold.
pub struct Answering {
    sapar: Sapar,
    statuses: Statuses,
}

impl Answering {
    /// Compiles the law and prepares the situations.
    pub fn new(law: &[Norm], cases: &[Case]) -> Result<Self, Box<dyn std::error::Error>> {
        Ok(Self {
            sapar: Sapar::new(law, cases)?,
            statuses: Statuses::new(),
        })
    }
}

impl Contestant for Answering {
    fn name(&self) -> &'static str {
        "Sapar, answers"
    }

    fn contains(&self) -> &'static str {
        "Engine::statuses: the status of every position, which is what the peers answer"
    }

    fn run(&mut self, case: usize) {
        let situation = black_box(&self.sapar.situations[case]);
        let _ = black_box(self.sapar.engine.statuses(situation, &mut self.statuses));
        black_box(&mut self.statuses);
    }

    fn answer(&mut self, case: usize) -> Result<Answer, Box<dyn std::error::Error>> {
        self.sapar
            .engine
            .statuses(&self.sapar.situations[case], &mut self.statuses)
            .map_err(|contradiction| format!("{contradiction:?}"))?;
        let mut answer = 0;
        for (place, status) in self.statuses.all().iter().enumerate() {
            match status {
                Status::Certain => answer |= 1 << self.sapar.outcomes[place],
                Status::Excluded => {}
                Status::Open => return Err("a complete situation left something open".into()),
            }
        }
        Ok(answer)
    }
}

/// Sapar with the situations prepared, asked for the whole evaluation.
pub struct Sapar {
    engine: Engine,
    situations: Vec<Situation>,
    /// The outcome of each position.
    outcomes: Vec<usize>,
}

impl Sapar {
    /// Compiles the law and prepares the situations.
    pub fn new(law: &[Norm], cases: &[Case]) -> Result<Self, Box<dyn std::error::Error>> {
        let files = [
            ("vocabulary/words.md", vocabulary()),
            ("bench/law.md", statute(law)),
        ]
        .map(|(path, text)| LawFile {
            path: path.to_owned(),
            bytes: text.into_bytes(),
        });
        let read = Library::read(files);
        if read.has_errors() {
            return Err(render_all(&read.sources, &read.problems, Style::Plain).into());
        }
        let library = Arc::new(read.library);
        let order = library.order_named("bench").ok_or("the order is missing")?;
        let engine = Engine::new(Arc::clone(&library), order, date(2026, 11, 24))?;
        let outcomes = engine
            .positions()
            .iter()
            .map(|position| {
                (0..OUTCOMES)
                    .find(|outcome| library.act_named(&act(*outcome)) == Some(position.act))
                    .ok_or("unknown act")
            })
            .collect::<Result<_, _>>()?;
        let fact = |name: &str| {
            library
                .fact_named(name)
                .ok_or_else(|| format!("fact {name} is missing"))
        };
        let mut situations = Vec::new();
        for case in cases {
            let mut situation = Situation::new();
            for (place, yes) in case.yes.iter().enumerate() {
                situation.set(fact(&circumstance(place))?, Knowledge::YesNo(*yes));
            }
            for ((name, _, _), value) in NUMBERS.iter().zip(case.numbers) {
                situation.set(fact(name)?, Knowledge::Number(value, value));
            }
            situation.set(
                fact("travel document")?,
                Knowledge::Value(case.document as u32),
            );
            situations.push(situation);
        }
        Ok(Self {
            engine,
            situations,
            outcomes,
        })
    }
}

impl Contestant for Sapar {
    fn name(&self) -> &'static str {
        "Sapar, with reasons"
    }

    fn contains(&self) -> &'static str {
        "Engine::evaluate: every position with status, supporting norms, limits, overrides and conflicts"
    }

    fn run(&mut self, case: usize) {
        let _ = black_box(self.engine.evaluate(black_box(&self.situations[case])));
    }

    fn answer(&mut self, case: usize) -> Result<Answer, Box<dyn std::error::Error>> {
        let evaluation = self
            .engine
            .evaluate(&self.situations[case])
            .map_err(|contradiction| format!("{contradiction:?}"))?;
        if evaluation.with_status(Status::Open).next().is_some() {
            return Err("a complete situation left something open".into());
        }
        Ok(evaluation
            .with_status(Status::Certain)
            .fold(0, |answer, certain| {
                answer | 1 << self.outcomes[certain.position.index()]
            }))
    }
}

fn circumstance(place: usize) -> String {
    format!("circumstance {}", place + 1)
}

fn act(outcome: usize) -> String {
    format!("do act {}", outcome + 1)
}

/// The vocabulary.
pub fn vocabulary() -> String {
    let mut text = String::from("# Words\n\n```law\n");
    let fact = |name: &str, kind: &str, values: &str| {
        format!(
            "fact {name}\n  {kind}\n  group person\n  learned by asking\n  role first line\n  step 10\n  sensitivity identity\n  \
             label en \"{name}\" ru \"{name}\" kk \"{name}\"\n  question en \"{name}?\" ru \"{name}?\" kk \"{name}?\"\n{values}\n"
        )
    };
    for place in 0..CIRCUMSTANCES {
        text += &fact(&circumstance(place), "yes or no", "");
    }
    for (name, unit, most) in NUMBERS {
        text += &fact(
            name,
            &format!("whole number of {unit} from 0 to {most}"),
            "",
        );
    }
    let values: String = DOCUMENTS
        .iter()
        .map(|value| format!("  value {value} en \"{value}\" ru \"{value}\" kk \"{value}\"\n"))
        .collect();
    text += &fact(
        "travel document",
        &format!("one of ({})", DOCUMENTS.join(", ")),
        &values,
    );
    text += "actor state\n  label en \"state\" ru \"государство\" kk \"мемлекет\"\n\n";
    for outcome in 0..OUTCOMES {
        let name = act(outcome);
        let _ = writeln!(
            text,
            "act {name}\n  severity other\n  label en \"{name}\" ru \"{name}\" kk \"{name}\"\n"
        );
    }
    text + "```\n"
}

/// The law.
pub fn statute(law: &[Norm]) -> String {
    let mut text = String::from(
        "# A law made for measuring\n\n```law\ninstrument measured-law\n  title en \"Measured law\" ru \"Закон\" kk \"Заң\"\n  \
         number \"1\"\n  jurisdiction international\n  rank law\n  source \"made from a seed\"\n  in force from 2000-01-01\n\n\
         order bench\n  label en \"Bench\" ru \"Замер\" kk \"Өлшеу\"\n  includes bench\n  priority law\n```\n",
    );
    for (place, norm) in law.iter().enumerate() {
        let modality = ["must", "must not", "should", "may"][norm.outcome % 4];
        let _ = write!(
            text,
            "\n## Article {0}. Measured\n```law\nnorm norm-{0}\n  the state {modality} {1}\n  when {2}\n",
            place + 1,
            act(norm.outcome),
            words(&norm.condition),
        );
        if let Some(exception) = &norm.exception {
            let _ = writeln!(text, "  unless {}", words(exception));
        }
        for (over, _) in law
            .iter()
            .enumerate()
            .filter(|(_, other)| other.overridden_by.contains(&place))
        {
            let _ = writeln!(text, "  overrides norm-{}", over + 1);
        }
        text += "  memory\n```\n";
    }
    text
}

fn words(condition: &Condition) -> String {
    let list = |parts: &[Condition], between: &str| {
        parts.iter().map(words).collect::<Vec<_>>().join(between)
    };
    match condition {
        Condition::Yes(fact) => circumstance(*fact),
        Condition::No(fact) => format!("not {}", circumstance(*fact)),
        Condition::AtLeast(number, least) => format!("{} is at least {least}", NUMBERS[*number].0),
        Condition::Under(number, bound) => format!("{} is under {bound}", NUMBERS[*number].0),
        Condition::Document(values) => match values.as_slice() {
            [only] => format!("travel document is {}", DOCUMENTS[*only]),
            several => {
                let names: Vec<_> = several.iter().map(|value| DOCUMENTS[*value]).collect();
                format!("travel document is one of ({})", names.join(", "))
            }
        },
        Condition::All(parts) => list(parts, " and "),
        Condition::Any(parts) => format!("({})", list(parts, " or ")),
        Condition::Count(least, facts) => {
            let names: Vec<_> = facts.iter().map(|fact| circumstance(*fact)).collect();
            format!("at least {least} of ({})", names.join(", "))
        }
    }
}
