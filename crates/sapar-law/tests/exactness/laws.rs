//! Random small laws, written as text in the law language, so that the whole road from text to answer is tested.

use std::fmt::Write as _;

use proptest::prelude::*;
use sapar_law::LawFile;

/// The most combinations of values a random law may have: all of them are gone through.
pub const COMBINATIONS_MAX: usize = 3000;

const COUNTRIES: [&str; 3] = ["KAZ", "RUS", "UZB"];
const MODALITIES: [&str; 5] = ["must", "must not", "should", "should not", "may"];
const ROLES: [&str; 3] = ["first line", "second line", "specialist"];

/// A condition in the making: numbers are taken modulo what there is to choose from.
#[derive(Debug, Clone)]
pub enum Condition {
    Atom {
        fact: u8,
        how: u8,
        value: u8,
    },
    Term(u8),
    Not(Box<Condition>),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Count {
        how: u8,
        number: u8,
        of: Vec<Condition>,
    },
}

#[derive(Debug, Clone, Copy)]
pub enum Kind {
    YesNo,
    OneOf(u8),
    Number(u8),
    Country,
}

impl Kind {
    fn values(self) -> usize {
        match self {
            Kind::YesNo => 2,
            Kind::OneOf(count) => usize::from(count),
            Kind::Number(last) => usize::from(last) + 1,
            Kind::Country => COUNTRIES.len() + 1,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Fact {
    kind: Kind,
    role: u8,
    step: u8,
    applies: Option<Condition>,
    /// Where only a higher role may learn it.
    only: Vec<(u8, Condition)>,
}

#[derive(Debug, Clone)]
pub struct Norm {
    bearer: u8,
    modality: u8,
    act: u8,
    condition: Option<Condition>,
    exceptions: Vec<Condition>,
    /// Only norms before this one, so that there is no circle.
    overrides: Vec<u8>,
    instrument: u8,
}

/// A law before it is written down.
#[derive(Clone)]
pub struct Law {
    pub facts: Vec<Fact>,
    pub terms: Vec<Condition>,
    pub nevers: Vec<Condition>,
    pub norms: Vec<Norm>,
}

// A failing law is shown as its author would see it.
impl std::fmt::Debug for Law {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (path, text) in self.texts(false) {
            writeln!(formatter, "---- {path}\n{text}")?;
        }
        Ok(())
    }
}

fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![
        4 => (any::<u8>(), any::<u8>(), any::<u8>())
            .prop_map(|(fact, how, value)| Condition::Atom { fact, how, value }),
        1 => any::<u8>().prop_map(Condition::Term),
    ];
    leaf.prop_recursive(3, 10, 4, |inner| {
        let some = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            inner.prop_map(|inner| Condition::Not(Box::new(inner))),
            some.clone().prop_map(Condition::And),
            some.clone().prop_map(Condition::Or),
            (any::<u8>(), any::<u8>(), some).prop_map(|(how, number, of)| Condition::Count {
                how,
                number,
                of
            }),
        ]
    })
}

fn fact() -> impl Strategy<Value = Fact> {
    let kind = prop_oneof![
        6 => Just(Kind::YesNo),
        1 => (2u8..4).prop_map(Kind::OneOf),
        1 => (2u8..6).prop_map(Kind::Number),
        1 => Just(Kind::Country),
    ];
    (
        kind,
        0u8..3,
        0u8..20,
        prop::option::weighted(0.25, condition()),
        prop_oneof![
            2 => Just(vec![]),
            1 => prop::collection::vec((1u8..3, condition()), 1..3),
        ],
    )
        .prop_map(|(kind, role, step, applies, only)| Fact {
            kind,
            role,
            step,
            applies,
            only,
        })
}

fn norm() -> impl Strategy<Value = Norm> {
    (
        0u8..3,
        0u8..5,
        0u8..2,
        prop::option::weighted(0.9, condition()),
        prop::collection::vec(condition(), 0..3),
        prop::collection::vec(any::<u8>(), 0..2),
        0u8..2,
    )
        .prop_map(
            |(bearer, modality, act, condition, exceptions, overrides, instrument)| Norm {
                bearer,
                modality,
                act,
                condition,
                exceptions,
                overrides,
                instrument,
            },
        )
}

/// A random law over at most so many facts.
pub fn law(facts_max: usize) -> impl Strategy<Value = Law> {
    (
        prop::collection::vec(fact(), 1..=facts_max),
        prop::collection::vec(condition(), 0..4),
        prop::collection::vec(condition(), 0..4),
        prop::collection::vec(norm(), 1..8),
    )
        .prop_map(|(mut facts, terms, nevers, norms)| {
            let mut combinations = 1;
            facts.retain(|fact| {
                combinations *= fact.kind.values();
                let fits = combinations <= COMBINATIONS_MAX;
                if !fits {
                    combinations /= fact.kind.values();
                }
                fits
            });
            Law {
                facts,
                terms,
                nevers,
                norms,
            }
        })
}

impl Law {
    /// The packages' files; `reversed` writes files, items and norms the other way round.
    pub fn files(&self, reversed: bool) -> Vec<LawFile> {
        self.texts(reversed)
            .into_iter()
            .map(|(path, text)| LawFile {
                path,
                bytes: text.into_bytes(),
            })
            .collect()
    }

    fn texts(&self, reversed: bool) -> Vec<(String, String)> {
        let order = |mut items: Vec<String>| {
            if reversed {
                items.reverse();
            }
            items.join("\n")
        };
        // The reader sorts files by path: other names make another order.
        let name = |name: &str| if reversed { format!("package/z-{}", 9 - name.len().min(9)) } else { format!("package/{name}") } + ".md";
        let mut items = Vec::new();
        for (index, fact) in self.facts.iter().enumerate() {
            items.push(self.fact(index, fact));
        }
        for (index, term) in self.terms.iter().enumerate() {
            items.push(format!(
                "term t{index}\n  means {}\n{}",
                self.condition(term, index),
                label("t")
            ));
        }
        for never in &self.nevers {
            items.push(format!(
                "never {}\n  because \"it cannot be\"\n",
                self.condition(never, self.terms.len())
            ));
        }
        for actor in [
            "state",
            "border service\n  part of state",
            "court\n  part of state",
        ] {
            items.push(format!("actor {actor}\n{}", label("x")));
        }
        for act in 0..2 {
            items.push(format!("act do {act}\n  severity life\n{}", label("x")));
        }
        let mut files = vec![
            (name("vocabulary"), page("Vocabulary", &order(items))),
            (
                name("order"),
                page(
                    "Order",
                    &format!(
                        "order here\n{}  includes package\n  priority treaty, law\n",
                        label("here")
                    ),
                ),
            ),
        ];
        for (number, (instrument, rank)) in [("one", "treaty"), ("second", "law")]
            .into_iter()
            .enumerate()
        {
            let norms = self
                .norms
                .iter()
                .enumerate()
                .filter(|(_, norm)| usize::from(norm.instrument) == number)
                .map(|(index, norm)| self.norm(index, norm))
                .collect();
            let head = format!(
                "instrument {instrument}\n  title en \"x\" ru \"x\" kk \"x\"\n  number \"1\"\n  jurisdiction international\n  rank {rank}\n  source \"x\"\n  in force from 2000-01-01\n"
            );
            let text = format!(
                "{}\n## Article 1. Everything\n```law\n{}```\n",
                page(instrument, &head),
                order(norms)
            );
            files.push((name(instrument), text));
        }
        files
    }

    fn fact(&self, index: usize, fact: &Fact) -> String {
        let kind = match fact.kind {
            Kind::YesNo => "yes or no".to_owned(),
            Kind::OneOf(count) => format!(
                "one of ({})",
                list((0..count).map(|value| format!("v{value}")))
            ),
            Kind::Number(last) => format!("whole number of years from 0 to {last}"),
            Kind::Country => "country".to_owned(),
        };
        let mut text = format!(
            "fact f{index}\n  {kind}\n  group person\n  learned by asking\n  role {}\n  step {}\n  sensitivity identity\n",
            ROLES[usize::from(fact.role)],
            fact.step
        );
        if let (Kind::YesNo, Some(applies)) = (fact.kind, &fact.applies) {
            let _ = writeln!(text, "  applies when {}", self.condition(applies, 0));
        }
        for (role, condition) in &fact.only {
            let role = ROLES[usize::from(*role)];
            let _ = writeln!(text, "  only {role} when {}", self.condition(condition, 0));
        }
        text += &label("x");
        text += "  question en \"x\" ru \"x\" kk \"x\"\n";
        if let Kind::OneOf(count) = fact.kind {
            for value in 0..count {
                let _ = writeln!(text, "  value v{value} en \"x\" ru \"x\" kk \"x\"");
            }
        }
        text
    }

    fn norm(&self, index: usize, norm: &Norm) -> String {
        let bearer = ["state", "border service", "court"][usize::from(norm.bearer)];
        let mut text = format!(
            "norm n{index} at ({index})\n  the {bearer} {} do {}\n",
            MODALITIES[usize::from(norm.modality)],
            norm.act
        );
        if let Some(condition) = &norm.condition {
            let _ = writeln!(
                text,
                "  when {}",
                self.condition(condition, self.terms.len())
            );
        }
        for exception in &norm.exceptions {
            let _ = writeln!(
                text,
                "  unless {}",
                self.condition(exception, self.terms.len())
            );
        }
        let mut others: Vec<usize> = norm
            .overrides
            .iter()
            .filter_map(|other| usize::from(*other).checked_rem(index))
            .collect();
        others.sort_unstable();
        others.dedup();
        for other in others {
            let instrument = ["one", "second"][usize::from(self.norms[other].instrument)];
            let _ = writeln!(text, "  overrides {instrument}/n{other}");
        }
        text + "  memory\n\n"
    }

    /// The condition as text; terms below `terms` may be named.
    fn condition(&self, condition: &Condition, terms: usize) -> String {
        let all = |of: &[Condition]| {
            of.iter()
                .map(|part| self.condition(part, terms))
                .collect::<Vec<_>>()
        };
        match condition {
            Condition::Atom { fact, how, value } => self.atom(*fact, *how, *value),
            Condition::Term(term) => match usize::from(*term).checked_rem(terms) {
                Some(term) => format!("t{term}"),
                None => self.atom(*term, term.wrapping_mul(7), term.wrapping_mul(3)),
            },
            Condition::Not(inner) => format!("not ({})", self.condition(inner, terms)),
            Condition::And(of) => format!("({})", all(of).join(" and ")),
            Condition::Or(of) => format!("({})", all(of).join(" or ")),
            Condition::Count { how, number, of } => {
                let size = of.len();
                let number = usize::from(*number);
                let how = match how % 6 {
                    0 => format!("at least {}", 1 + number % size),
                    1 => format!("at most {}", number % size),
                    2 => format!("exactly {}", number % (size + 1)),
                    3 => "any of".to_owned(),
                    4 => "all of".to_owned(),
                    _ => "none of".to_owned(),
                };
                let of_word = if how.ends_with("of") { "" } else { " of" };
                format!("{how}{of_word} ({})", list(all(of)))
            }
        }
    }

    fn atom(&self, fact: u8, how: u8, value: u8) -> String {
        let index = usize::from(fact) % self.facts.len();
        match self.facts[index].kind {
            Kind::YesNo => format!("f{index}"),
            Kind::OneOf(count) => {
                let value = value % count;
                match how % 3 {
                    0 => format!("f{index} is v{value}"),
                    1 => format!("f{index} is not v{value}"),
                    _ => format!("f{index} is one of (v{value}, v{})", (value + 1) % count),
                }
            }
            Kind::Number(last) => {
                let value = value % (last + 1);
                match how % 5 {
                    0 => format!("f{index} is under {value}"),
                    1 => format!("f{index} is at most {value}"),
                    2 => format!("f{index} is {value}"),
                    3 => format!("f{index} is at least {value}"),
                    _ => format!("f{index} is over {value}"),
                }
            }
            Kind::Country => {
                let value = usize::from(value) % COUNTRIES.len();
                match how % 3 {
                    0 => format!("f{index} is {}", COUNTRIES[value]),
                    1 => format!("f{index} is not {}", COUNTRIES[value]),
                    _ => format!(
                        "f{index} is one of ({}, {})",
                        COUNTRIES[value],
                        COUNTRIES[(value + 1) % 3]
                    ),
                }
            }
        }
    }
}

fn page(title: &str, items: &str) -> String {
    format!("# {title}\n\nSome words.\n\n```law\n{items}\n```\n")
}

fn label(text: &str) -> String {
    format!("  label en \"{text}\" ru \"{text}\" kk \"{text}\"\n")
}

fn list(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(", ")
}
