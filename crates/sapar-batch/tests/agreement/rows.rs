//! Situations as columns, in every form a column can have.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, StringBuilder, StringDictionaryBuilder, UInt8Builder, UInt16Builder,
};
use arrow_array::types::{Int8Type, Int32Type, UInt16Type};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{Field, Schema};
use sapar_batch::{BadValue, Columns, LimitPlane, Program, Worker, column_name};
use sapar_law::{
    Engine, FactId, Knowledge, LimitDef, NormId, Situation, Status, ValueKind, country,
};

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// A random value of a fact; ranges of numbers among them.
pub fn random_value(engine: &Engine, fact: FactId, random: &mut Random) -> Knowledge {
    match &engine.library().fact(fact).kind {
        // Most circumstances are absent in most people, and invariants mostly forbid what is rare.
        ValueKind::YesNo => Knowledge::YesNo(random.chance(15)),
        ValueKind::OneOf(values) => Knowledge::Value(random.below(values.len() as u64) as u32),
        ValueKind::Country => Knowledge::Value(random.below(country::CODES.len() as u64) as u32),
        ValueKind::Number { from, to, .. } => {
            let pick = |random: &mut Random| from + random.below(u64::from(to - from) + 1) as u32;
            let (a, b) = (pick(random), pick(random));
            if random.chance(70) {
                Knowledge::Number(a, a)
            } else {
                Knowledge::Number(a.min(b), a.max(b))
            }
        }
    }
}

/// A random situation over the engine's facts, of which so many of a hundred are known.
pub fn random_situation(engine: &Engine, known: u64, random: &mut Random) -> Situation {
    let mut situation = Situation::new();
    for fact in engine.facts() {
        if random.chance(known) {
            situation.set(fact, random_value(engine, fact, random));
        }
    }
    situation
}

/// Situations as a batch; the form of each column is random, and so is whether it is a slice of a longer one.
pub fn batch(engine: &Engine, situations: &[Situation], random: &mut Random) -> RecordBatch {
    let library = engine.library();
    let mut fields = Vec::new();
    let mut arrays: Vec<ArrayRef> = Vec::new();
    let lead = random.below(70) as usize * random.below(2) as usize;
    for fact in engine.facts() {
        let definition = library.fact(fact);
        let name = column_name(&definition.name);
        let mut known: Vec<Knowledge> = (0..lead)
            .map(|_| random_value(engine, fact, random))
            .collect();
        known.extend(situations.iter().map(|situation| situation.get(fact)));
        known.extend((0..random.below(3)).map(|_| Knowledge::Unknown));
        if known[lead..lead + situations.len()]
            .iter()
            .all(|known| *known == Knowledge::Unknown)
            && random.chance(50)
        {
            // A fact without a column is unknown.
            continue;
        }
        let exact = known
            .iter()
            .all(|known| !matches!(known, Knowledge::Number(low, high) if low != high));
        let (columns, names): (Vec<ArrayRef>, Vec<String>) = match &definition.kind {
            ValueKind::YesNo if random.chance(70) => {
                let mut column = BooleanBuilder::new();
                for known in &known {
                    match known {
                        Knowledge::YesNo(yes) => column.append_value(*yes),
                        _ => column.append_null(),
                    }
                }
                (vec![Arc::new(column.finish())], vec![name])
            }
            ValueKind::Number { to, .. } if exact && random.chance(70) => {
                let number = |known: &Knowledge| match known {
                    Knowledge::Number(low, _) => Some(*low),
                    _ => None,
                };
                if *to <= 255 && random.chance(50) {
                    let mut column = UInt8Builder::new();
                    for known in &known {
                        column.append_option(number(known).map(|number| number as u8));
                    }
                    (vec![Arc::new(column.finish())], vec![name])
                } else {
                    let column: arrow_array::Int64Array = known
                        .iter()
                        .map(|known| number(known).map(i64::from))
                        .collect();
                    (vec![Arc::new(column)], vec![name])
                }
            }
            ValueKind::Number { .. } if random.chance(70) => {
                let (mut least, mut most) = (UInt16Builder::new(), UInt16Builder::new());
                for known in &known {
                    match known {
                        Knowledge::Number(low, high) => {
                            least.append_value(*low as u16);
                            most.append_value(*high as u16);
                        }
                        _ => {
                            least.append_null();
                            most.append_null();
                        }
                    }
                }
                (
                    vec![Arc::new(least.finish()), Arc::new(most.finish())],
                    vec![format!("{name}_min"), format!("{name}_max")],
                )
            }
            _ => {
                let text = |known: &Knowledge, random: &mut Random| match known {
                    Knowledge::Unknown if random.chance(50) => None,
                    known => Some(library.value_to_text(fact, *known)),
                };
                let column: ArrayRef = match random.below(3) {
                    0 => {
                        let mut column = StringBuilder::new();
                        for known in &known {
                            column.append_option(text(known, random));
                        }
                        Arc::new(column.finish())
                    }
                    1 => {
                        let mut column = StringDictionaryBuilder::<Int32Type>::new();
                        for known in &known {
                            column.append_option(text(known, random));
                        }
                        Arc::new(column.finish())
                    }
                    _ => {
                        let mut column = StringDictionaryBuilder::<UInt16Type>::new();
                        for known in &known {
                            column.append_option(text(known, random));
                        }
                        Arc::new(column.finish())
                    }
                };
                (vec![column], vec![name])
            }
        };
        for (column, name) in columns.into_iter().zip(names) {
            fields.push(Field::new(name, column.data_type().clone(), true));
            arrays.push(column.slice(lead, situations.len()));
        }
    }
    let options = RecordBatchOptions::new().with_row_count(Some(situations.len()));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options).unwrap()
}

/// What a program says of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowAnswer {
    pub possible: bool,
    pub statuses: Vec<Status>,
    pub limits: Vec<Vec<(LimitDef, NormId)>>,
}

/// The answers for every row, by the program.
pub fn answers(program: &Program, batch: &RecordBatch) -> Vec<RowAnswer> {
    let columns = Columns::find(program, &batch.schema(), &Default::default()).unwrap();
    let mut worker = Worker::new(program);
    let positions = program.engine().positions().len();
    let mut result = Vec::new();
    worker
        .run(&columns, batch, 0, BadValue::Refuse, |block| {
            let bit = |words: &[u64], row: usize| words[row / 64] >> (row % 64) & 1 == 1;
            let limits: Vec<Vec<(&LimitPlane, _)>> = program
                .limits()
                .iter()
                .map(|planes| {
                    planes
                        .iter()
                        .map(|plane| (plane, block.limit(plane)))
                        .collect()
                })
                .collect();
            for row in 0..block.rows.len() {
                let statuses = (0..positions)
                    .map(|position| {
                        match (
                            bit(block.certain(position), row),
                            bit(block.open(position), row),
                        ) {
                            (true, false) => Status::Certain,
                            (false, true) => Status::Open,
                            (false, false) => Status::Excluded,
                            (true, true) => panic!("certain and open at once"),
                        }
                    })
                    .collect();
                let limits = limits
                    .iter()
                    .map(|planes| {
                        planes
                            .iter()
                            .filter(|(_, words)| bit(words, row))
                            .map(|(plane, _)| (plane.limit, plane.norm))
                            .collect()
                    })
                    .collect();
                result.push(RowAnswer {
                    possible: bit(block.possible(), row),
                    statuses,
                    limits,
                });
            }
            // Beyond the last row nothing may be told.
            for row in block.rows.len()..block.possible().len() * 64 {
                assert!(!bit(block.possible(), row), "a row that does not exist");
                for position in 0..positions {
                    assert!(!bit(block.certain(position), row) && !bit(block.open(position), row));
                }
            }
        })
        .unwrap();
    assert_eq!(result.len(), batch.num_rows());
    let impossible = result.iter().filter(|row| !row.possible).count();
    assert_eq!(worker.contradictory, impossible as u64);
    result
}

/// The answer for one situation, by the engine.
pub fn expected(engine: &Engine, situation: &Situation) -> RowAnswer {
    match engine.evaluate(situation) {
        Err(_) => RowAnswer {
            possible: false,
            statuses: vec![Status::Excluded; engine.positions().len()],
            limits: vec![Vec::new(); engine.positions().len()],
        },
        Ok(evaluation) => RowAnswer {
            possible: true,
            statuses: engine
                .position_ids()
                .map(|(id, _)| evaluation.status(id))
                .collect(),
            limits: engine
                .position_ids()
                .map(|(id, _)| {
                    evaluation
                        .answer(id)
                        .map(|answer| answer.limits.clone())
                        .unwrap_or_default()
                })
                .collect(),
        },
    }
}

/// Both must say the same of every row.
pub fn compare(program: &Program, situations: &[Situation], random: &mut Random) {
    let engine = program.engine();
    let batch = batch(engine, situations, random);
    let found = answers(program, &batch);
    for (row, (situation, found)) in situations.iter().zip(&found).enumerate() {
        let expected = expected(engine, situation);
        assert_eq!(expected.possible, found.possible, "row {row}");
        for (place, position) in engine.positions().iter().enumerate() {
            assert_eq!(
                expected.statuses[place],
                found.statuses[place],
                "row {row}, {:?} of act {:?}",
                position.modality,
                engine.library().act(position.act).name
            );
            let sorted = |limits: &[(LimitDef, NormId)]| {
                let mut limits: Vec<String> =
                    limits.iter().map(|limit| format!("{limit:?}")).collect();
                limits.sort();
                limits
            };
            assert_eq!(
                sorted(&expected.limits[place]),
                sorted(&found.limits[place]),
                "limits in row {row} of act {:?}",
                engine.library().act(position.act).name
            );
        }
    }
}

#[allow(dead_code)]
type Unused = Int8Type;
