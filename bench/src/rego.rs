//! The law as a Rego policy, and regorus: its interpreter and its virtual machine.

use std::fmt::Write;
use std::hint::black_box;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Value};

use crate::Contestant;
use crate::law::{Answer, Case, Condition, DOCUMENTS, Norm};
use crate::{inputs, number_key};

/// The rule that is asked for.
const OUTCOMES_RULE: &str = "data.law.outcomes";

/// The interpreter with the policy added once and the inputs prepared in regorus' own type.
pub struct Interpreter {
    engine: Engine,
    inputs: Vec<Value>,
}

impl Interpreter {
    /// Adds the policy and evaluates once, which prepares the engine.
    pub fn new(law: &[Norm], cases: &[Case]) -> Result<Self, Box<dyn std::error::Error>> {
        let mut engine = Engine::new();
        engine.add_policy("law.rego".to_owned(), policy(law))?;
        Ok(Self {
            engine,
            inputs: inputs(cases).into_iter().map(Value::from).collect(),
        })
    }
}

impl Contestant for Interpreter {
    fn name(&self) -> &'static str {
        "regorus, interpreter"
    }

    fn contains(&self) -> &'static str {
        "Engine::set_input with a prepared Value and Engine::eval_rule; the policy added once"
    }

    fn run(&mut self, case: usize) {
        self.engine.set_input(black_box(self.inputs[case].clone()));
        let _ = black_box(self.engine.eval_rule(OUTCOMES_RULE.to_owned()));
    }

    fn answer(&mut self, case: usize) -> Result<Answer, Box<dyn std::error::Error>> {
        self.engine.set_input(self.inputs[case].clone());
        outcomes(&self.engine.eval_rule(OUTCOMES_RULE.to_owned())?)
    }
}

/// The virtual machine, used again for every input as regorus' own benchmark of a hot machine does.
pub struct Machine {
    machine: RegoVM,
    inputs: Vec<Value>,
}

impl Machine {
    /// Compiles the policy to a program once.
    pub fn new(law: &[Norm], cases: &[Case]) -> Result<Self, Box<dyn std::error::Error>> {
        let mut engine = Engine::new();
        engine.add_policy("law.rego".to_owned(), policy(law))?;
        let compiled = engine.compile_with_entrypoint(&OUTCOMES_RULE.into())?;
        let program = Compiler::compile_from_policy(&compiled, &[OUTCOMES_RULE])
            .map_err(|error| format!("{error:?}"))?;
        let mut machine = RegoVM::new();
        machine.load_program(program);
        Ok(Self {
            machine,
            inputs: inputs(cases).into_iter().map(Value::from).collect(),
        })
    }
}

impl Contestant for Machine {
    fn name(&self) -> &'static str {
        "regorus, virtual machine"
    }

    fn contains(&self) -> &'static str {
        "RegoVM::set_input with a prepared Value and RegoVM::execute; the program compiled once"
    }

    fn run(&mut self, case: usize) {
        self.machine.set_input(black_box(self.inputs[case].clone()));
        let _ = black_box(self.machine.execute());
    }

    fn answer(&mut self, case: usize) -> Result<Answer, Box<dyn std::error::Error>> {
        self.machine.set_input(self.inputs[case].clone());
        let value = self
            .machine
            .execute()
            .map_err(|error| format!("{error:?}"))?;
        outcomes(&value)
    }
}

fn outcomes(value: &Value) -> Result<Answer, Box<dyn std::error::Error>> {
    let json = serde_json::to_value(value)?;
    let names = json
        .as_array()
        .ok_or_else(|| format!("not a set: {json}"))?;
    names.iter().try_fold(0, |answer, name| {
        let number: usize = name
            .as_str()
            .and_then(|name| name.strip_prefix("outcome_"))
            .ok_or_else(|| format!("not an outcome: {name}"))?
            .parse()?;
        Ok(answer | 1 << (number - 1))
    })
}

/// The law in Rego.
pub fn policy(law: &[Norm]) -> String {
    let mut text = String::from("package law\n");
    for (place, norm) in law.iter().enumerate() {
        let name = format!("norm_{}", place + 1);
        let mut helpers = String::new();
        let mut body = lines(&norm.condition, &name, &mut helpers);
        if let Some(exception) = &norm.exception {
            let lines = lines(exception, &name, &mut helpers);
            let _ = write!(
                helpers,
                "\n{name}_exception if {{\n\t{}\n}}\n",
                lines.join("\n\t")
            );
            body.push(format!("not {name}_exception"));
        }
        body.extend(
            norm.overridden_by
                .iter()
                .map(|over| format!("not norm_{}", over + 1)),
        );
        let _ = write!(
            text,
            "\n{name} if {{\n\t{}\n}}\n{helpers}",
            body.join("\n\t")
        );
        let _ = write!(
            text,
            "\noutcomes contains \"outcome_{}\" if {name}\n",
            norm.outcome + 1
        );
    }
    text
}

/// Lines of a rule's body; what Rego says in a rule of several bodies goes to the helpers.
fn lines(condition: &Condition, name: &str, helpers: &mut String) -> Vec<String> {
    match condition {
        Condition::Yes(fact) => vec![format!("input.circumstance_{}", fact + 1)],
        Condition::No(fact) => vec![format!("not input.circumstance_{}", fact + 1)],
        Condition::AtLeast(number, least) => {
            vec![format!("input.{} >= {least}", number_key(*number))]
        }
        Condition::Under(number, bound) => vec![format!("input.{} < {bound}", number_key(*number))],
        Condition::Document(values) => match values.as_slice() {
            [only] => vec![format!("input.travel_document == \"{}\"", DOCUMENTS[*only])],
            several => {
                let names: Vec<_> = several
                    .iter()
                    .map(|value| format!("\"{}\"", DOCUMENTS[*value]))
                    .collect();
                vec![format!("input.travel_document in {{{}}}", names.join(", "))]
            }
        },
        Condition::All(parts) => parts
            .iter()
            .flat_map(|part| lines(part, name, helpers))
            .collect(),
        Condition::Any(parts) => {
            let number = helpers.matches("any_").count();
            let helper = format!("{name}_any_{number}");
            for part in parts {
                let part = lines(part, name, &mut String::new());
                let _ = write!(helpers, "\n{helper} if {}\n", part.join("; "));
            }
            vec![helper]
        }
        Condition::Count(least, facts) => {
            let names: Vec<_> = facts
                .iter()
                .map(|fact| format!("input.circumstance_{}", fact + 1))
                .collect();
            vec![format!(
                "count([yes | some yes in [{}]; yes]) >= {least}",
                names.join(", ")
            )]
        }
    }
}
