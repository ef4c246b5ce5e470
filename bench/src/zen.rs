//! The law as a decision of zen-engine (JDM), and zen-engine.
//!
//! Written as its users write such rules: one expression node holds the norms, each an expression
//! that may refer to those before it, and a second holds the outcomes.

use std::hint::black_box;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use serde_json::{Value, json};
use zen_engine::model::DecisionContent;
use zen_engine::{Decision, DecisionEngine};
use zen_expression::variable::Variable;

use crate::Contestant;
use crate::law::{Answer, Case, Condition, DOCUMENTS, Norm, OUTCOMES};
use crate::{inputs, number_key};

/// A decision with the inputs prepared in zen-engine's own type.
pub struct Zen {
    decision: Decision,
    inputs: Vec<Variable>,
    compiled: bool,
}

impl Zen {
    /// Makes the decision once; `compiled` also turns its expressions into bytecode once.
    pub fn new(
        law: &[Norm],
        cases: &[Case],
        compiled: bool,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let content: DecisionContent = serde_json::from_value(decision(law))?;
        let mut decision = DecisionEngine::default()
            .create_decision(Arc::new(content))
            .map_err(|error| format!("{error:?}"))?;
        decision.validate().map_err(|error| format!("{error:?}"))?;
        if compiled {
            decision.compile();
        }
        let inputs = inputs(cases).into_iter().map(Variable::from).collect();
        Ok(Self {
            decision,
            inputs,
            compiled,
        })
    }
}

impl Contestant for Zen {
    fn name(&self) -> &'static str {
        if self.compiled {
            "zen-engine, compiled"
        } else {
            "zen-engine"
        }
    }

    fn contains(&self) -> &'static str {
        if self.compiled {
            "Decision::evaluate after Decision::compile, from a prepared Variable to a Variable; no trace"
        } else {
            "Decision::evaluate as its documentation shows, from a prepared Variable to a Variable; no trace"
        }
    }

    fn run(&mut self, case: usize) {
        let _ = black_box(block_on(
            self.decision.evaluate(black_box(self.inputs[case].clone())),
        ));
    }

    fn answer(&mut self, case: usize) -> Result<Answer, Box<dyn std::error::Error>> {
        let response = block_on(self.decision.evaluate(self.inputs[case].clone()))
            .map_err(|error| format!("{error:?}"))?;
        let result = response.result.to_value();
        (0..OUTCOMES).try_fold(0, |answer, outcome| {
            let key = format!("outcome_{}", outcome + 1);
            let holds = result
                .get(&key)
                .and_then(Value::as_bool)
                .ok_or_else(|| format!("{key} is missing: {result}"))?;
            Ok(answer | u32::from(holds) << outcome)
        })
    }
}

/// Nothing here waits for anything outside, so polling again is enough.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

/// The law in JDM.
pub fn decision(law: &[Norm]) -> Value {
    let norms: Vec<Value> = law
        .iter()
        .enumerate()
        .map(|(place, norm)| {
            let mut text = expression(&norm.condition);
            if let Some(exception) = &norm.exception {
                text += &format!(" and not ({})", expression(exception));
            }
            for over in &norm.overridden_by {
                text += &format!(" and not $.norm_{}", over + 1);
            }
            json!({ "id": format!("n{place}"), "key": format!("norm_{}", place + 1), "value": text })
        })
        .collect();
    let outcomes: Vec<Value> = (0..OUTCOMES)
        .map(|outcome| {
            let supporting: Vec<String> = law
                .iter()
                .enumerate()
                .filter(|(_, norm)| norm.outcome == outcome)
                .map(|(place, _)| format!("norm_{}", place + 1))
                .collect();
            json!({ "id": format!("o{outcome}"), "key": format!("outcome_{}", outcome + 1), "value": supporting.join(" or ") })
        })
        .collect();
    let node = |id: &str, kind: &str, content: Value| json!({ "id": id, "name": id, "type": kind, "content": content });
    let edge = |from: &str, to: &str| json!({ "id": format!("{from}-{to}"), "type": "edge", "sourceId": from, "targetId": to });
    json!({
        "nodes": [
            node("request", "inputNode", json!({})),
            node("norms", "expressionNode", json!({ "expressions": norms })),
            node("outcomes", "expressionNode", json!({ "expressions": outcomes })),
            node("response", "outputNode", json!({})),
        ],
        "edges": [edge("request", "norms"), edge("norms", "outcomes"), edge("outcomes", "response")],
    })
}

fn expression(condition: &Condition) -> String {
    let list = |parts: &[Condition], between: &str| {
        parts
            .iter()
            .map(expression)
            .collect::<Vec<_>>()
            .join(between)
    };
    match condition {
        Condition::Yes(fact) => format!("circumstance_{}", fact + 1),
        Condition::No(fact) => format!("not circumstance_{}", fact + 1),
        Condition::AtLeast(number, least) => format!("{} >= {least}", number_key(*number)),
        Condition::Under(number, bound) => format!("{} < {bound}", number_key(*number)),
        Condition::Document(values) => match values.as_slice() {
            [only] => format!("travel_document == '{}'", DOCUMENTS[*only]),
            several => {
                let names: Vec<_> = several
                    .iter()
                    .map(|value| format!("'{}'", DOCUMENTS[*value]))
                    .collect();
                format!("travel_document in [{}]", names.join(", "))
            }
        },
        Condition::All(parts) => list(parts, " and "),
        Condition::Any(parts) => format!("({})", list(parts, " or ")),
        Condition::Count(least, facts) => {
            let names: Vec<_> = facts
                .iter()
                .map(|fact| format!("circumstance_{}", fact + 1))
                .collect();
            format!("count([{}], #) >= {least}", names.join(", "))
        }
    }
}
