//! How often facts are so among the people a border meets: assumed, written down, and replaceable.
//!
//! A prior says for each fact how likely its values are. Facts are taken as independent of each other,
//! except that combinations the invariants exclude do not occur. That is not how people are, and so a
//! likelihood under a prior ranks gaps for a first reading and proves nothing.

use std::collections::BTreeMap;

use sapar_law::diagrams::{Layout, LayoutKind};
use sapar_law::{FactId, Knowledge, Library, ValueKind, country};

use crate::literal::value_count;

/// The prior that is used when none is given.
const DEFAULT: &str = include_str!("../data/prior.txt");
/// The largest prior that is read.
pub const PRIOR_BYTES_MAX: usize = 1 << 20;

/// How likely the values of each fact are.
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    /// By fact, by value; numbers count from the least.
    chances: BTreeMap<FactId, Vec<f64>>,
}

/// Why a prior cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriorError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub problem: String,
}

impl std::fmt::Display for PriorError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "line {} of the prior: {}",
            self.line, self.problem
        )
    }
}

impl std::error::Error for PriorError {}

impl Prior {
    /// The prior this crate carries, for the facts of a library.
    ///
    /// Facts it names and the library lacks are passed over, so that a small library can be compared too.
    #[must_use]
    pub fn standard(library: &Library) -> Self {
        Self::read(library, DEFAULT, false).unwrap_or_else(|_| Self::even(library))
    }

    /// Every value of every fact is equally likely.
    #[must_use]
    pub fn even(library: &Library) -> Self {
        let chances = library
            .facts()
            .map(|(id, _)| {
                let count = value_count(library, id).max(1);
                (id, vec![1.0 / f64::from(count); count as usize])
            })
            .collect();
        Self { chances }
    }

    /// Reads a prior: a line for each fact, as `age: 0 to 17 12%, 18 to 120 88%`.
    ///
    /// What a line leaves of 100% is spread evenly over the values it does not name.
    /// `any yes or no fact: yes 5%` speaks for all yes/no facts without a line of their own.
    ///
    /// # Errors
    /// The first line that cannot be understood, names an unknown fact or value, or passes 100%.
    pub fn parse(library: &Library, text: &str) -> Result<Self, PriorError> {
        Self::read(library, text, true)
    }

    fn read(library: &Library, text: &str, strict: bool) -> Result<Self, PriorError> {
        let mut prior = Self::even(library);
        let mut own = BTreeMap::new();
        let mut any_yes = None;
        for (index, line) in text.lines().enumerate() {
            let fail = |problem: String| PriorError {
                line: index + 1,
                problem,
            };
            if text.len() > PRIOR_BYTES_MAX {
                return Err(fail(format!(
                    "the file has more than {PRIOR_BYTES_MAX} bytes; a prior has a line for each fact"
                )));
            }
            let line = line.split('#').next().unwrap_or("").trim();
            if line.is_empty() {
                continue;
            }
            let (name, shares) = line.split_once(':').ok_or_else(|| {
                fail(String::from(
                    "a line reads `fact: value 5%, other value 95%`",
                ))
            })?;
            let name = name.trim();
            if name == "any yes or no fact" {
                any_yes = Some(yes_share(shares).map_err(fail)?);
                continue;
            }
            let Some(fact) = library.fact_named(name) else {
                if strict {
                    let near = sapar_law_nearest(library, name);
                    return Err(fail(format!(
                        "no fact is called `{name}`{near}; `sapar law show facts` lists them"
                    )));
                }
                continue;
            };
            let chances = spread(library, fact, shares).map_err(fail)?;
            if own.insert(fact, chances).is_some() {
                return Err(fail(format!("`{name}` has two lines; keep one")));
            }
        }
        for (id, fact) in library.facts() {
            if let (ValueKind::YesNo, Some(yes)) = (&fact.kind, any_yes) {
                prior.chances.insert(id, vec![1.0 - yes, yes]);
            }
        }
        prior.chances.extend(own);
        Ok(prior)
    }

    /// How surprising each class of a fact is beside its likeliest, in thousandths of a bit.
    ///
    /// The likeliest costs nothing; of several equally likely ones only the first does.
    #[must_use]
    pub fn surprise(&self, layout: &Layout) -> Vec<u64> {
        // What the prior holds for impossible still costs a finite amount: it may be the only way.
        const LEAST: f64 = 1e-9;
        let chances = self.of_classes(layout);
        let best = chances.iter().copied().fold(LEAST, f64::max);
        let free = chances.iter().position(|chance| *chance >= best);
        chances
            .iter()
            .enumerate()
            .map(|(class, chance)| {
                if free.unwrap_or(0) == class {
                    return 0;
                }
                let bits = (best / chance.max(LEAST)).log2() * 1000.0;
                // From 0 to about 30 000, so the rounded number is small and not negative.
                (bits.round() as u64).max(1)
            })
            .collect()
    }

    /// How likely each class of a fact is.
    #[must_use]
    pub fn of_classes(&self, layout: &Layout) -> Vec<f64> {
        let mut of = vec![0.0; layout.count as usize];
        let Some(chances) = self.chances.get(&layout.fact) else {
            return of;
        };
        for (value, chance) in (0u32..).zip(chances) {
            if let Some(slot) = of.get_mut(class_of(layout, value) as usize) {
                *slot += chance;
            }
        }
        of
    }

    /// The likeliest value of a class; of several the one in the middle.
    pub(crate) fn likeliest(&self, library: &Library, layout: &Layout, class: u32) -> Knowledge {
        let Some(chances) = self.chances.get(&layout.fact) else {
            return layout.example(class);
        };
        let inside: Vec<(u32, f64)> = (0u32..)
            .zip(chances.iter().copied())
            .filter(|(value, _)| class_of(layout, *value) == class)
            .collect();
        let best = inside.iter().map(|(_, chance)| *chance).fold(0.0, f64::max);
        let likeliest: Vec<u32> = inside
            .iter()
            .filter(|(_, chance)| *chance >= best)
            .map(|(value, _)| *value)
            .collect();
        let Some(value) = likeliest.get(likeliest.len() / 2).copied() else {
            return layout.example(class);
        };
        match library.fact(layout.fact).kind {
            ValueKind::YesNo => Knowledge::YesNo(value == 1),
            ValueKind::Number { from, .. } => Knowledge::Number(from + value, from + value),
            ValueKind::OneOf(_) | ValueKind::Country => likeliest
                .first()
                .map_or(layout.example(class), |first| Knowledge::Value(*first)),
        }
    }
}

/// The class of a value; numbers count from the least.
fn class_of(layout: &Layout, value: u32) -> u32 {
    match &layout.kind {
        LayoutKind::YesNo => value,
        LayoutKind::Number { starts, .. } => {
            let number = starts.first().copied().unwrap_or(0).saturating_add(value);
            let after = starts.partition_point(|start| *start <= number);
            u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX)
        }
        LayoutKind::Values(classes) => classes.get(value as usize).copied().unwrap_or(u32::MAX),
    }
}

fn yes_share(shares: &str) -> Result<f64, String> {
    match entries(shares)?.as_slice() {
        [(value, share)] if value == "yes" => Ok(*share),
        [(value, share)] if value == "no" => Ok(1.0 - share),
        _ => Err(String::from("a yes or no fact reads `yes 5%`")),
    }
}

/// `value 5%, value 10%` as values and shares.
fn entries(shares: &str) -> Result<Vec<(String, f64)>, String> {
    let mut entries = Vec::new();
    let mut total = 0.0;
    for entry in shares.split(',') {
        let entry = entry.trim();
        let (value, share) = entry
            .strip_suffix('%')
            .and_then(|entry| entry.rsplit_once(char::is_whitespace))
            .ok_or_else(|| format!("`{entry}` is not a value and its percentage, as `yes 5%`"))?;
        let share: f64 = share
            .parse()
            .ok()
            .filter(|share: &f64| (0.0..=100.0).contains(share))
            .ok_or_else(|| format!("`{share}%` is not a percentage from 0 to 100"))?;
        total += share;
        entries.push((value.trim().to_owned(), share / 100.0));
    }
    if total > 100.0 + 1e-9 {
        return Err(format!("the percentages add up to {total}, more than 100"));
    }
    Ok(entries)
}

fn spread(library: &Library, fact: FactId, shares: &str) -> Result<Vec<f64>, String> {
    let kind = &library.fact(fact).kind;
    if *kind == ValueKind::YesNo {
        let yes = yes_share(shares)?;
        return Ok(vec![1.0 - yes, yes]);
    }
    let count = value_count(library, fact);
    let mut chances: Vec<Option<f64>> = vec![None; count as usize];
    let mut left = 1.0;
    for (name, share) in entries(shares)? {
        let named = values_named(kind, &name)
            .ok_or_else(|| format!("`{}` has no value `{name}`", library.fact(fact).name))?;
        left -= share;
        for value in &named {
            let slot = chances
                .get_mut(*value as usize)
                .ok_or_else(|| format!("`{name}` lies outside the bounds of the fact"))?;
            if slot.is_some() {
                return Err(format!(
                    "`{name}` speaks of a value that was spoken of before"
                ));
            }
            *slot = Some(share / named.len() as f64);
        }
    }
    let others = chances.iter().filter(|chance| chance.is_none()).count();
    let each = if others == 0 {
        0.0
    } else {
        f64::max(left, 0.0) / others as f64
    };
    Ok(chances
        .into_iter()
        .map(|chance| chance.unwrap_or(each))
        .collect())
}

fn values_named(kind: &ValueKind, name: &str) -> Option<Vec<u32>> {
    match kind {
        ValueKind::YesNo => None,
        ValueKind::OneOf(values) => values
            .iter()
            .position(|(value, _)| value == name)
            .and_then(|index| u32::try_from(index).ok())
            .map(|value| vec![value]),
        ValueKind::Country => country::index_of(name).map(|value| vec![value]),
        ValueKind::Number { from, to, .. } => {
            let (low, high) = match name.split_once(" to ") {
                Some((low, high)) => (low.trim().parse().ok()?, high.trim().parse().ok()?),
                None => {
                    let number: u32 = name.parse().ok()?;
                    (number, number)
                }
            };
            (*from <= low && low <= high && high <= *to)
                .then(|| (low - from..=high - from).collect())
        }
    }
}

fn sapar_law_nearest(library: &Library, name: &str) -> String {
    let start: String = name.chars().take(4).collect();
    library
        .facts()
        .map(|(_, fact)| fact.name.as_str())
        .find(|known| known.starts_with(&start))
        .map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}
