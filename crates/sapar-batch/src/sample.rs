//! Invented people for trials, with stated shares and never against the invariants.
//!
//! Each fact has shares of its values, independent of the others, and the whole is conditioned on what can be:
//! the invariants' diagrams carry the weight of everything below each node, so that a person is drawn in one walk,
//! exactly as if impossible people had been thrown away and drawn again.
//! Row `n` of a seed is the same whatever else is drawn.

mod marginals;

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, StringDictionaryBuilder, UInt32Builder};
use arrow_array::types::Int16Type;
use arrow_array::{ArrayRef, RecordBatch, UInt64Array};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use sapar_law::diagrams::{Compiler, FALSE, Layout, NodeId, TRUE, Table, invariants};
use sapar_law::{FactId, Knowledge, Library, ValueKind, country};

use crate::columns::column_name;
use crate::error::BatchError;
pub use marginals::{Marginals, MarginalsError};

/// Draws rows.
pub struct Sampler {
    schema: SchemaRef,
    seed: u64,
    unknown: f64,
    with_id: bool,
    table: Table,
    roots: Vec<NodeId>,
    /// For each node, the share of people below it that are possible.
    weights: Vec<f64>,
    /// By place in the diagrams.
    places: Vec<Classes>,
    /// Facts that are written, in the order of their columns.
    facts: Vec<Column>,
    extras: Vec<Vec<(String, f64)>>,
}

/// The classes of one fact: the share of each, and the values in it with the sums of their shares.
struct Classes {
    shares: Vec<f64>,
    values: Vec<Vec<(u32, f64)>>,
}

struct Column {
    kind: ValueKind,
    /// Place in the diagrams, or shares of its own where no invariant speaks of it.
    source: Source,
}

enum Source {
    Place(usize),
    Own(Vec<(u32, f64)>),
}

impl Sampler {
    /// Prepares to draw these facts; `unknown` is the share of values left out, from 0 to 1.
    ///
    /// # Errors
    /// When the shares leave no possible person, or the invariants cannot be compiled.
    pub fn new(
        library: &Library,
        facts: &[FactId],
        marginals: &Marginals,
        seed: u64,
        unknown: f64,
        with_id: bool,
    ) -> Result<Self, BatchError> {
        let formulas = invariants(library);
        let mut compiler =
            Compiler::new(library, &formulas).map_err(|error| BatchError::Engine(error.into()))?;
        let mut flattener = compiler.flattener();
        let roots: Vec<NodeId> = compiler
            .invariant_groups()
            .map_err(|error| BatchError::Engine(error.into()))?
            .iter()
            .map(|(_, diagram)| flattener.flatten(diagram))
            .collect();
        let layouts = std::mem::take(&mut compiler.layouts);
        let place_of: BTreeMap<FactId, usize> = layouts
            .iter()
            .enumerate()
            .map(|(place, layout)| (layout.fact, place))
            .collect();
        let table = flattener.finish();
        let places: Vec<Classes> = layouts
            .iter()
            .map(|layout| classes(library, layout, marginals))
            .collect();
        let weights = weights(&table, &places);
        for root in &roots {
            if weights
                .get(*root as usize)
                .is_none_or(|weight| *weight <= 0.0)
            {
                return Err(BatchError::Request(
                    "the shares leave no possible person: what they make certain contradicts an invariant of the vocabulary; give the rarer value a share above 0".to_owned(),
                ));
            }
        }
        let mut fields = Vec::new();
        if with_id {
            fields.push(Field::new("id", DataType::UInt64, false));
        }
        let mut columns = Vec::new();
        let texts = DataType::Dictionary(Box::new(DataType::Int16), Box::new(DataType::Utf8));
        for fact in facts {
            let definition = library.fact(*fact);
            let data_type = match definition.kind {
                ValueKind::YesNo => DataType::Boolean,
                ValueKind::Number { .. } => DataType::UInt32,
                ValueKind::OneOf(_) | ValueKind::Country => texts.clone(),
            };
            fields.push(Field::new(column_name(&definition.name), data_type, true));
            columns.push(Column {
                kind: definition.kind.clone(),
                source: match place_of.get(fact) {
                    Some(place) => Source::Place(*place),
                    None => Source::Own(sums(
                        marginals
                            .shares(library, *fact)
                            .into_iter()
                            .zip(least(&definition.kind)..)
                            .map(|(share, value)| (value, share)),
                    )),
                },
            });
        }
        for (name, _) in marginals.extras() {
            fields.push(Field::new(name, texts.clone(), false));
        }
        let extras = marginals
            .extras()
            .iter()
            .map(|(_, shares)| {
                let mut sum = 0.0;
                shares
                    .iter()
                    .map(|(text, share)| {
                        sum += share;
                        (text.clone(), sum)
                    })
                    .collect()
            })
            .collect();
        Ok(Self {
            schema: Arc::new(Schema::new(fields)),
            seed,
            unknown,
            with_id,
            table,
            roots,
            weights,
            places,
            facts: columns,
            extras,
        })
    }

    /// The columns of the rows.
    #[must_use]
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Rows from a number on.
    ///
    /// # Errors
    /// Never for a sampler that was made; Arrow's own checks are passed on.
    pub fn rows(&self, first: u64, count: usize) -> Result<RecordBatch, BatchError> {
        let mut values: Vec<Vec<Option<u32>>> = self
            .facts
            .iter()
            .map(|_| Vec::with_capacity(count))
            .collect();
        let mut extras: Vec<Vec<usize>> = self.extras.iter().map(|_| Vec::new()).collect();
        let mut drawn: Vec<Option<u32>> = vec![None; self.places.len()];
        for row in first..first + count as u64 {
            let mut random = Random::of_row(self.seed, row);
            self.draw(&mut drawn, &mut random);
            for (column, values) in self.facts.iter().zip(&mut values) {
                let value = match &column.source {
                    Source::Place(place) => drawn.get(*place).copied().flatten(),
                    Source::Own(sums) => pick(sums, &mut random),
                };
                values.push(value.filter(|_| random.share() >= self.unknown));
            }
            for (sums, extras) in self.extras.iter().zip(&mut extras) {
                let share = random.share();
                extras.push(
                    sums.iter()
                        .position(|(_, sum)| share < *sum)
                        .unwrap_or(sums.len().saturating_sub(1)),
                );
            }
        }
        let mut arrays: Vec<ArrayRef> = Vec::new();
        if self.with_id {
            arrays.push(Arc::new(UInt64Array::from_iter_values(
                first + 1..=first + count as u64,
            )));
        }
        for (column, values) in self.facts.iter().zip(values) {
            arrays.push(array(&column.kind, &values)?);
        }
        for (sums, extras) in self.extras.iter().zip(extras) {
            let mut builder = StringDictionaryBuilder::<Int16Type>::new();
            for place in extras {
                builder.append_value(sums.get(place).map_or("", |(text, _)| text));
            }
            arrays.push(Arc::new(builder.finish()));
        }
        Ok(RecordBatch::try_new(Arc::clone(&self.schema), arrays)?)
    }

    /// Draws every fact that an invariant speaks of.
    fn draw(&self, drawn: &mut [Option<u32>], random: &mut Random) {
        drawn.fill(None);
        for root in &self.roots {
            let mut node = *root;
            while node > TRUE {
                let place = self.table.place(node) as usize;
                let Some(classes) = self.places.get(place) else {
                    break;
                };
                let children = self.table.children(node);
                let weight = |class: usize| {
                    let child = children.get(class).copied().unwrap_or(FALSE);
                    let below = self.weights.get(child as usize).copied().unwrap_or(0.0);
                    classes.shares.get(class).copied().unwrap_or(0.0) * below
                };
                let whole = self.weights.get(node as usize).copied().unwrap_or(0.0);
                let mut left = random.share() * whole;
                // Rounding must never let the walk end in what cannot be, so the last possible class takes the rest.
                let mut chosen = None;
                for class in 0..children.len() {
                    let share = weight(class);
                    if share <= 0.0 {
                        continue;
                    }
                    chosen = Some(class);
                    if left < share {
                        break;
                    }
                    left -= share;
                }
                let Some(class) = chosen else {
                    break;
                };
                if let Some(slot) = drawn.get_mut(place) {
                    *slot = classes
                        .values
                        .get(class)
                        .and_then(|sums| pick(sums, random));
                }
                node = children.get(class).copied().unwrap_or(FALSE);
            }
        }
        // Where the walk passed a fact over, its value makes no difference to what can be.
        for (slot, classes) in drawn.iter_mut().zip(&self.places) {
            if slot.is_none() {
                let mut left = random.share();
                let mut chosen = None;
                for (share, values) in classes.shares.iter().zip(&classes.values) {
                    if *share <= 0.0 {
                        continue;
                    }
                    chosen = Some(values);
                    if left < *share {
                        break;
                    }
                    left -= share;
                }
                *slot = chosen.and_then(|sums| pick(sums, random));
            }
        }
    }
}

/// The share of what is possible below every node; children stand before their parents.
fn weights(table: &Table, places: &[Classes]) -> Vec<f64> {
    let mut weights = vec![0.0; table.node_count()];
    for node in 0..table.node_count() {
        let id = NodeId::try_from(node).unwrap_or(FALSE);
        let weight = match id {
            FALSE => 0.0,
            TRUE => 1.0,
            _ => {
                let shares = places
                    .get(table.place(id) as usize)
                    .map_or(&[][..], |classes| &classes.shares);
                table
                    .children(id)
                    .iter()
                    .zip(shares)
                    .map(|(child, share)| {
                        share * weights.get(*child as usize).copied().unwrap_or(0.0)
                    })
                    .sum()
            }
        };
        if let Some(slot) = weights.get_mut(node) {
            *slot = weight;
        }
    }
    weights
}

fn least(kind: &ValueKind) -> u32 {
    match kind {
        ValueKind::Number { from, .. } => *from,
        _ => 0,
    }
}

fn classes(library: &Library, layout: &Layout, marginals: &Marginals) -> Classes {
    let kind = &library.fact(layout.fact).kind;
    let shares = marginals.shares(library, layout.fact);
    let mut members: Vec<Vec<(u32, f64)>> = vec![Vec::new(); layout.count as usize];
    for (value, share) in (least(kind)..).zip(shares) {
        let knowledge = match kind {
            ValueKind::YesNo => Knowledge::YesNo(value == 1),
            ValueKind::Number { .. } => Knowledge::Number(value, value),
            ValueKind::OneOf(_) | ValueKind::Country => Knowledge::Value(value),
        };
        let class = layout.classes(knowledge).trailing_zeros() as usize;
        if let Some(members) = members.get_mut(class) {
            members.push((value, share));
        }
    }
    Classes {
        shares: members
            .iter()
            .map(|members| members.iter().map(|(_, share)| share).sum())
            .collect(),
        values: members.into_iter().map(sums).collect(),
    }
}

/// Values that have a share, each with the sum of the shares up to it, scaled so that the last is 1.
fn sums(shares: impl IntoIterator<Item = (u32, f64)>) -> Vec<(u32, f64)> {
    let mut sum = 0.0;
    let mut result: Vec<(u32, f64)> = shares
        .into_iter()
        .filter(|(_, share)| *share > 0.0)
        .map(|(value, share)| {
            sum += share;
            (value, sum)
        })
        .collect();
    for (_, upto) in &mut result {
        *upto /= sum;
    }
    result
}

fn pick(sums: &[(u32, f64)], random: &mut Random) -> Option<u32> {
    let share = random.share();
    let place = sums.partition_point(|(_, sum)| *sum <= share);
    sums.get(place).or(sums.last()).map(|(value, _)| *value)
}

fn array(kind: &ValueKind, values: &[Option<u32>]) -> Result<ArrayRef, BatchError> {
    Ok(match kind {
        ValueKind::YesNo => {
            let mut builder = BooleanBuilder::with_capacity(values.len());
            for value in values {
                builder.append_option(value.map(|value| value == 1));
            }
            Arc::new(builder.finish())
        }
        ValueKind::Number { .. } => {
            let mut builder = UInt32Builder::with_capacity(values.len());
            for value in values {
                builder.append_option(*value);
            }
            Arc::new(builder.finish())
        }
        ValueKind::OneOf(names) => {
            let mut builder = StringDictionaryBuilder::<Int16Type>::new();
            for value in values {
                builder.append_option(
                    value.and_then(|value| names.get(value as usize).map(|(name, _)| name)),
                );
            }
            Arc::new(builder.finish())
        }
        ValueKind::Country => {
            let mut builder = StringDictionaryBuilder::<Int16Type>::new();
            for value in values {
                builder.append_option(value.map(country::code_of));
            }
            Arc::new(builder.finish())
        }
    })
}

/// SplitMix64, begun anew for each row.
struct Random(u64);

impl Random {
    fn of_row(seed: u64, row: u64) -> Self {
        let mut random = Self(seed ^ row.wrapping_mul(0xd134_2543_de82_ef95));
        // Neighbouring rows begin with neighbouring states; one step mixes them.
        random.0 = random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, and without, 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}
