//! The shares of a synthetic population, as a person writes them.
//!
//! ```text
//! # half a line is a comment
//! sex: female 45%
//! age: 0-17 20%, 18-59 70%
//! nationality: UZB 40%, TJK 20%, KGZ 20%, AFG 5%
//! wants asylum: yes 4%
//! column crossing_point: Korday 60%, Dostyk 40%
//! ```

use std::collections::BTreeMap;

use sapar_diagnostics::nearest;
use sapar_law::{FactId, Knowledge, Library, ValueKind, country};

/// The share of yes where nothing is stated.
const YES_DEFAULT: f64 = 0.08;

/// Shares of the values of facts, and further columns that are no facts.
#[derive(Debug, Clone, Default)]
pub struct Marginals {
    facts: BTreeMap<FactId, Vec<f64>>,
    extras: Vec<(String, Vec<(String, f64)>)>,
}

/// What is wrong with a file of shares, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarginalsError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl std::fmt::Display for MarginalsError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for MarginalsError {}

impl Marginals {
    /// Reads shares: lines of `fact: value share%, …`; what is left of a hundred is spread evenly over the other values.
    ///
    /// # Errors
    /// The first line that cannot be understood.
    pub fn parse(library: &Library, text: &str) -> Result<Self, MarginalsError> {
        let mut result = Self::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            if line.is_empty() {
                continue;
            }
            result
                .line(library, line)
                .map_err(|message| MarginalsError {
                    line: index + 1,
                    message,
                })?;
        }
        Ok(result)
    }

    fn line(&mut self, library: &Library, line: &str) -> Result<(), String> {
        let (name, shares) = line
            .split_once(':')
            .ok_or("write a fact, a colon and its shares, such as `sex: female 45%`")?;
        let shares: Vec<(&str, f64)> = shares.split(',').map(share).collect::<Result<_, _>>()?;
        let total: f64 = shares.iter().map(|(_, share)| share).sum();
        if total > 1.000_001 {
            return Err(format!(
                "the shares come to {:.1} %; a hundred is the most",
                total * 100.0
            ));
        }
        if let Some(name) = name.trim().strip_prefix("column ") {
            if total < 0.999_999 {
                return Err("the shares of a column must come to 100 %".to_owned());
            }
            let shares = shares
                .into_iter()
                .map(|(text, share)| (text.to_owned(), share))
                .collect();
            self.extras.push((name.trim().to_owned(), shares));
            return Ok(());
        }
        let name = name.trim().replace('_', " ").to_lowercase();
        let fact = library.fact_named(&name).ok_or_else(|| {
            let known: Vec<&str> = library.facts().map(|(_, fact)| fact.name.as_str()).collect();
            nearest(&name, known).map_or_else(
                || "no such fact; `sapar law show facts` lists them, and `column NAME: …` adds a column that is no fact".to_owned(),
                |near| format!("no such fact; did you mean `{near}`?"),
            )
        })?;
        let mut result: Vec<Option<f64>> = vec![None; value_count(&library.fact(fact).kind)];
        for (value, share) in shares {
            let knowledge = library
                .value_from_text(fact, value)
                .map_err(|error| error.to_string())?;
            let (first, last) = match (knowledge, &library.fact(fact).kind) {
                (Knowledge::YesNo(yes), _) => (u32::from(yes), u32::from(yes)),
                (Knowledge::Value(value), _) => (value, value),
                (Knowledge::Number(low, high), ValueKind::Number { from, .. }) => {
                    (low - from, high - from)
                }
                _ => {
                    return Err(
                        "unknown is no value to have a share; the command's --unknown leaves values out"
                            .to_owned(),
                    );
                }
            };
            let each = share / f64::from(last - first + 1);
            for slot in result
                .iter_mut()
                .take(last as usize + 1)
                .skip(first as usize)
            {
                if slot.replace(each).is_some() {
                    return Err(format!("`{value}` has a share already"));
                }
            }
        }
        let others = result.iter().filter(|slot| slot.is_none()).count();
        if others == 0 && total < 0.999_999 {
            return Err(format!(
                "every value has a share, and they come to {:.1} %; make it 100",
                total * 100.0
            ));
        }
        let rest = (1.0 - total).max(0.0) / others.max(1) as f64;
        let result = result
            .into_iter()
            .map(|share| share.unwrap_or(rest))
            .collect();
        if self.facts.insert(fact, result).is_some() {
            return Err(format!("`{name}` stands twice"));
        }
        Ok(())
    }

    /// The share of each value of a fact, the least first; where nothing is stated, yes is 8 %, and other values are equal.
    #[must_use]
    pub fn shares(&self, library: &Library, fact: FactId) -> Vec<f64> {
        if let Some(shares) = self.facts.get(&fact) {
            return shares.clone();
        }
        let kind = &library.fact(fact).kind;
        if *kind == ValueKind::YesNo {
            return vec![1.0 - YES_DEFAULT, YES_DEFAULT];
        }
        let count = value_count(kind);
        vec![1.0 / count as f64; count]
    }

    /// Columns that are no facts: name, and each text with its share.
    #[must_use]
    pub fn extras(&self) -> &[(String, Vec<(String, f64)>)] {
        &self.extras
    }
}

fn share(part: &str) -> Result<(&str, f64), String> {
    let part = part.trim();
    let understood = part
        .rsplit_once(char::is_whitespace)
        .and_then(|(value, share)| {
            let share: f64 = share.strip_suffix('%')?.trim().parse().ok()?;
            (0.0..=100.0)
                .contains(&share)
                .then(|| (value.trim(), share / 100.0))
        });
    understood.ok_or_else(|| {
        "write each value with its share from 0 % to 100 %, such as `female 45%`".to_owned()
    })
}

fn value_count(kind: &ValueKind) -> usize {
    match kind {
        ValueKind::YesNo => 2,
        ValueKind::OneOf(values) => values.len(),
        ValueKind::Country => country::CODES.len(),
        ValueKind::Number { from, to, .. } => (to - from) as usize + 1,
    }
}
