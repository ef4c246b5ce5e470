//! Counts, outcome columns, comparisons and invented people, against the engine row by row, and through files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

#[allow(dead_code)]
#[path = "agreement/rows.rs"]
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use jiff::civil::{Date, date};
use rows::{Random, RowAnswer, expected, random_situation};
use sapar_batch::{
    BATCH_ROWS, BadValue, BatchError, Change, Columns, Format, Input, Marginals, Outcomes, Program,
    Run, Sampler, Settings, Worker, position_column, read, schema_for, write,
};
use sapar_law::{Engine, LawFile, Library, Situation, Status};

const SEED: u64 = 20_261_125;

fn library() -> Arc<Library> {
    let laws = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws");
    let mut files = Vec::new();
    for package in std::fs::read_dir(laws).unwrap() {
        let package = package.unwrap();
        let name = package.file_name().into_string().unwrap();
        for file in std::fs::read_dir(package.path()).unwrap() {
            let file = file.unwrap();
            if file.path().extension().is_some_and(|ending| ending == "md") {
                files.push(LawFile {
                    path: format!("{name}/{}", file.file_name().into_string().unwrap()),
                    bytes: std::fs::read(file.path()).unwrap(),
                });
            }
        }
    }
    Arc::new(Library::read_unchecked(files).library)
}

fn program(library: &Arc<Library>, order: &str, on: Date) -> Program {
    let order = library.order_named(order).unwrap();
    Program::new(Arc::new(
        Engine::new(Arc::clone(library), order, on).unwrap(),
    ))
    .unwrap()
}

/// Rows drawn for the law, a few of them mended into contradictions, in batches with a group and an identifier.
struct Rows {
    situations: Vec<Situation>,
    groups: Vec<String>,
    batches: Vec<RecordBatch>,
}

fn rows(engine: &Engine, counts: &[usize]) -> Rows {
    println!("seed {SEED}");
    let mut random = Random(SEED);
    let mut all = Rows {
        situations: Vec::new(),
        groups: Vec::new(),
        batches: Vec::new(),
    };
    for count in counts {
        let situations: Vec<Situation> = (0..*count)
            .map(|_| {
                let known = [5, 30, 60][random.below(3) as usize];
                random_situation(engine, known, &mut random)
            })
            .collect();
        let groups: Vec<String> = (0..*count)
            .map(|_| ["Korday", "Dostyk", ""][random.below(3) as usize].to_owned())
            .collect();
        // Every batch of a table has the same columns, so all are texts.
        let library = engine.library();
        let mut fields = Vec::new();
        let mut arrays: Vec<ArrayRef> = Vec::new();
        for fact in engine.facts() {
            let texts: StringArray = situations
                .iter()
                .map(|situation| Some(library.value_to_text(fact, situation.get(fact))))
                .collect();
            let name = sapar_batch::column_name(&library.fact(fact).name);
            fields.push(Field::new(name, DataType::Utf8, true));
            arrays.push(Arc::new(texts));
        }
        fields.push(Field::new("post", DataType::Utf8, true));
        arrays.push(Arc::new(
            groups
                .iter()
                .map(|group| (!group.is_empty()).then_some(group))
                .collect::<StringArray>(),
        ));
        let first = all.situations.len();
        fields.push(Field::new("id", DataType::Utf8, true));
        arrays.push(Arc::new(StringArray::from_iter_values(
            (first..first + count).map(|row| format!("case {row}")),
        )));
        all.batches
            .push(RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).unwrap());
        all.situations.extend(situations);
        all.groups.extend(groups);
    }
    all
}

fn others() -> BTreeSet<String> {
    ["post", "id"].map(str::to_owned).into()
}

fn input(rows: &Rows) -> Input {
    Input::of_batches(rows.batches[0].schema(), rows.batches.clone())
}

fn settings(threads: usize) -> Settings<'static> {
    Settings {
        threads,
        bad_value: BadValue::Refuse,
        progress: &|_| {},
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn counts_are_those_of_the_engine_whatever_the_threads() {
    let library = library();
    let program = program(&library, "kazakhstan", date(2026, 11, 24));
    let rows = rows(program.engine(), &[700, 0, 1, 2100, 64]);
    let columns = Columns::find(&program, &rows.batches[0].schema(), &others()).unwrap();
    let answers: Vec<RowAnswer> = rows
        .situations
        .iter()
        .map(|situation| expected(program.engine(), situation))
        .collect();
    assert!(answers.iter().any(|answer| !answer.possible));
    for threads in [1, 3] {
        let run = Run {
            program: &program,
            columns: &columns,
        };
        let (counts, tally) =
            sapar_batch::count(run, input(&rows), &["post".to_owned()], &settings(threads))
                .unwrap();
        assert_eq!(tally.rows, rows.situations.len() as u64);
        assert_eq!(counts.groups().count(), 3);
        for (key, all, contradictory, positions) in counts.groups() {
            let of_group = || {
                answers
                    .iter()
                    .zip(&rows.groups)
                    .filter(|(_, group)| **group == key[0])
                    .map(|(answer, _)| answer)
            };
            assert_eq!(all, of_group().count() as u64);
            let impossible = of_group().filter(|answer| !answer.possible).count();
            assert_eq!(contradictory, impossible as u64);
            for (place, found) in positions.iter().enumerate() {
                let with = |status: Status| {
                    of_group()
                        .filter(|answer| answer.possible && answer.statuses[place] == status)
                        .count() as u64
                };
                assert_eq!(found.certain, with(Status::Certain));
                assert_eq!(found.open, with(Status::Open));
            }
        }
    }
}

/// The texts of a column, as any reader would see them.
fn texts(batches: &[RecordBatch], name: &str) -> Vec<Option<String>> {
    let mut result = Vec::new();
    for batch in batches {
        let column = batch.column_by_name(name).unwrap();
        let column = arrow_cast_to_text(column);
        let texts = column.as_string::<i32>();
        result.extend(
            (0..texts.len()).map(|row| texts.is_valid(row).then(|| texts.value(row).to_owned())),
        );
    }
    result
}

fn arrow_cast_to_text(column: &ArrayRef) -> ArrayRef {
    if let Some(dictionary) = column.as_any_dictionary_opt() {
        let keys = dictionary.normalized_keys();
        let values = dictionary.values().as_string::<i32>();
        return Arc::new(
            keys.iter()
                .enumerate()
                .map(|(row, key)| column.is_valid(row).then(|| values.value(*key)))
                .collect::<StringArray>(),
        );
    }
    if let Some(booleans) = column.as_boolean_opt() {
        return Arc::new(
            booleans
                .iter()
                .map(|yes| yes.map(|yes| yes.to_string()))
                .collect::<StringArray>(),
        );
    }
    Arc::clone(column)
}

#[test]
fn outcomes_stand_in_the_rows_of_their_input_in_every_format() {
    let library = library();
    let program = program(&library, "kazakhstan", date(2016, 6, 6));
    let engine = program.engine();
    let rows = rows(engine, &[900, 300, 1, 500]);
    let folder = folder("outcomes");
    let answers: Vec<RowAnswer> = rows
        .situations
        .iter()
        .step_by(7)
        .map(|situation| expected(engine, situation))
        .collect();
    let wanted: BTreeSet<String> = rows.batches[0]
        .schema()
        .fields()
        .iter()
        .map(|field| field.name().clone())
        .collect();
    for (format, ending) in [
        (Format::Parquet, "parquet"),
        (Format::Arrow, "arrow"),
        (Format::Csv, "csv"),
    ] {
        let path = folder.join(format!("people.{ending}"));
        let schema = rows.batches[0].schema();
        let mut output = write(format, File::create(&path).unwrap(), &schema, &[]).unwrap();
        for batch in &rows.batches {
            output.write(batch).unwrap();
        }
        output.finish().unwrap();
        let open = {
            let path = path.clone();
            move || File::open(&path)
        };
        let input = read(format, &wanted, open).unwrap();
        let columns = Columns::find(&program, &input.schema, &others()).unwrap();
        let outcomes = Outcomes::new(&program, &input.schema, &["id".to_owned()], |limit| {
            format!("{limit:?}")
        })
        .unwrap();
        let path = folder.join(format!("outcomes.{ending}"));
        let schema = schema_for(format, outcomes.schema());
        let mut output = write(format, File::create(&path).unwrap(), &schema, &[]).unwrap();
        let run = Run {
            program: &program,
            columns: &columns,
        };
        let tally =
            sapar_batch::outcomes(run, input, &outcomes, &mut output, &settings(3)).unwrap();
        output.finish().unwrap();
        assert_eq!(tally.rows, rows.situations.len() as u64);
        let all: BTreeSet<String> = schema
            .fields()
            .iter()
            .map(|field| field.name().clone())
            .collect();
        let written = read(format, &all, move || File::open(&path)).unwrap();
        let mut batches: Vec<RecordBatch> = Vec::new();
        for part in written.parts {
            batches.extend(part.open().unwrap().map(Result::unwrap));
        }
        let ids = texts(&batches, "id");
        assert!(
            ids.iter()
                .enumerate()
                .all(|(row, id)| *id == Some(format!("case {row}")))
        );
        let contradictory = texts(&batches, "contradictory");
        for (place, position) in engine.positions().iter().enumerate() {
            let name = position_column(engine, position);
            let statuses = texts(&batches, &name);
            let limits = (!program.limits()[place].is_empty())
                .then(|| texts(&batches, &format!("{name}_limit")));
            for (answer, row) in answers.iter().zip((0..).step_by(7)) {
                assert_eq!(
                    contradictory[row].as_deref(),
                    Some(if answer.possible { "false" } else { "true" })
                );
                let status = answer.possible.then(|| match answer.statuses[place] {
                    Status::Certain => "certain",
                    Status::Open => "open",
                    Status::Excluded => "excluded",
                });
                assert_eq!(statuses[row].as_deref(), status, "row {row}, {name}");
                if let Some(limits) = &limits {
                    let mut told: BTreeSet<String> = answer.limits[place]
                        .iter()
                        .map(|(limit, _)| format!("{limit:?}"))
                        .collect();
                    let found: BTreeSet<String> = limits[row]
                        .iter()
                        .flat_map(|text| text.split("; "))
                        .map(str::to_owned)
                        .collect();
                    told.retain(|text| !text.is_empty());
                    assert_eq!(told, found, "row {row}, {name}");
                }
            }
        }
    }
}

#[test]
fn an_impact_is_what_differs_row_by_row() {
    let library = library();
    let before = program(&library, "kazakhstan", date(2016, 6, 6));
    let after = program(&library, "kazakhstan", date(2026, 11, 24));
    let rows = rows(after.engine(), &[500, 1500]);
    let schema = rows.batches[0].schema();
    let columns =
        [&before, &after].map(|program| Columns::find(program, &schema, &others()).unwrap());
    let run = |program, columns| Run { program, columns };
    let (impact, tally) = sapar_batch::impact(
        run(&before, &columns[0]),
        run(&after, &columns[1]),
        input(&rows),
        &["post".to_owned()],
        Some("id"),
        2,
        &settings(2),
    )
    .unwrap();
    assert_eq!(tally.rows, rows.situations.len() as u64);
    let mut expected_changes: BTreeMap<(String, String, usize), u64> = BTreeMap::new();
    let mut changed_rows = 0;
    let mut impossible = 0;
    for (situation, group) in rows.situations.iter().zip(&rows.groups) {
        let answers = [&before, &after].map(|program| expected(program.engine(), situation));
        if answers.iter().any(|answer| !answer.possible) {
            impossible += 1;
            continue;
        }
        let mut any = false;
        for position in impact.positions() {
            let status = |side: usize, place: Option<usize>| {
                place.map_or(Status::Excluded, |place| answers[side].statuses[place])
            };
            let limits = |side: usize, place: Option<usize>| -> BTreeSet<String> {
                place
                    .into_iter()
                    .flat_map(|place| &answers[side].limits[place])
                    .map(|(limit, _)| format!("{limit:?}"))
                    .collect()
            };
            let pair = (status(0, position.before), status(1, position.after));
            let change = if pair.0 != pair.1 {
                Change::Status {
                    before: pair.0,
                    after: pair.1,
                }
            } else if pair.0 == Status::Certain
                && limits(0, position.before) != limits(1, position.after)
            {
                Change::Limit
            } else {
                continue;
            };
            any = true;
            let number = Change::ALL
                .iter()
                .position(|known| *known == change)
                .unwrap();
            *expected_changes
                .entry((group.clone(), position.name.clone(), number))
                .or_default() += 1;
        }
        changed_rows += u64::from(any);
    }
    let mut found_changes: BTreeMap<(String, String, usize), u64> = BTreeMap::new();
    let mut found_rows = 0;
    for (key, [_, _, changed, surely], changes) in impact.groups() {
        found_rows += changed;
        assert!(surely <= changed);
        for (position, changes) in impact.positions().iter().zip(changes) {
            for (number, rows) in changes.iter().enumerate().filter(|(_, rows)| **rows > 0) {
                found_changes.insert((key[0].clone(), position.name.clone(), number), *rows);
            }
        }
    }
    assert!(!expected_changes.is_empty());
    assert_eq!(expected_changes, found_changes);
    assert_eq!(changed_rows, found_rows);
    assert_eq!(impact.contradictory(), impossible);
    for example in impact
        .positions()
        .iter()
        .flat_map(|position| &position.examples)
    {
        assert_eq!(example.id, Some(format!("case {}", example.row - 1)));
    }
}

#[test]
fn the_same_law_has_no_impact() {
    let library = library();
    let law = program(&library, "international", date(2026, 11, 24));
    let rows = rows(law.engine(), &[300]);
    let columns = Columns::find(&law, &rows.batches[0].schema(), &others()).unwrap();
    let run = Run {
        program: &law,
        columns: &columns,
    };
    let (impact, _) =
        sapar_batch::impact(run, run, input(&rows), &[], None, 3, &settings(1)).unwrap();
    let (_, [_, _, changed, surely], _) = impact.groups().next().unwrap();
    assert_eq!((changed, surely), (0, 0));
}

#[test]
fn a_value_that_is_none_names_its_column_and_row_and_never_itself() {
    let library = library();
    let program = program(&library, "kazakhstan", date(2026, 11, 24));
    let ages =
        StringArray::from_iter_values((0..5000).map(|row| if row == 4321 { "400" } else { "30" }));
    let schema = Arc::new(Schema::new(vec![Field::new("age", DataType::Utf8, true)]));
    let batch = RecordBatch::try_new(schema, vec![Arc::new(ages)]).unwrap();
    let columns = Columns::find(&program, &batch.schema(), &BTreeSet::new()).unwrap();
    let mut worker = Worker::new(&program);
    let error = worker
        .run(&columns, &batch, 100, BadValue::Refuse, |_| {})
        .unwrap_err();
    let BatchError::Value(value) = &error else {
        panic!("{error}");
    };
    assert_eq!((value.column.as_str(), value.row), ("age", 4422));
    assert!(!error.to_string().contains("400"));
    worker
        .run(&columns, &batch, 0, BadValue::Unknown, |_| {})
        .unwrap();
    assert_eq!(worker.bad_values, 1);
}

#[test]
fn columns_that_cannot_be_used_are_all_named() {
    let library = library();
    let program = program(&library, "kazakhstan", date(2026, 11, 24));
    let schema = Schema::new(vec![
        Field::new("agee", DataType::Int32, true),
        Field::new("sex", DataType::Int32, true),
        Field::new("age", DataType::Boolean, true),
    ]);
    let error = Columns::find(&program, &schema, &BTreeSet::new()).unwrap_err();
    let BatchError::Columns(errors) = &error else {
        panic!("{error}");
    };
    assert_eq!(errors.len(), 3);
    assert!(errors[0].message.contains("did you mean `age`?"));
}

#[test]
fn invented_people_are_possible_stated_and_the_same_again() {
    println!("seed {SEED}");
    let library = library();
    let facts: Vec<_> = library.facts().map(|(id, _)| id).collect();
    let marginals = Marginals::parse(
        &library,
        "sex: female 45%  # stated\nage: 0-17 20%, 18-59 70%\ncolumn post: Korday 60%, Dostyk 40%",
    )
    .unwrap();
    let sampler = Sampler::new(&library, &facts, &marginals, SEED, 0.0, true).unwrap();
    let rows = 40_000;
    let batch = sampler.rows(0, rows).unwrap();
    for order in ["kazakhstan", "international", "european-union"] {
        let program = program(&library, order, date(2026, 11, 24));
        let others = others();
        let columns = Columns::find(&program, &batch.schema(), &others).unwrap();
        let mut worker = Worker::new(&program);
        worker
            .run(&columns, &batch, 0, BadValue::Refuse, |_| {})
            .unwrap();
        assert_eq!(worker.contradictory, 0, "{order}");
        // Nothing is unknown, so no block needed more than the formulas.
        assert_eq!(worker.blocks[1] + worker.blocks[2], 0);
    }
    let share = |name: &str, text: &str| {
        let column = batch.column_by_name(name).unwrap();
        let texts = arrow_cast_to_text(column);
        let found = texts
            .as_string::<i32>()
            .iter()
            .filter(|found| *found == Some(text))
            .count();
        found as f64 / rows as f64
    };
    // Five standard deviations of forty thousand draws are a little over one in a hundred.
    assert!((share("post", "Korday") - 0.6).abs() < 0.0125);
    let later = sampler.rows(1000, 10).unwrap();
    assert_eq!(
        texts(&[later], "post"),
        texts(&[batch.slice(1000, 10)], "post")
    );
    let _ = BATCH_ROWS;
    let _ = std::marker::PhantomData::<Int32Type>;
}

#[test]
fn shares_that_mean_nothing_are_refused_with_their_line() {
    let library = library();
    for (text, line) in [
        ("sex: female 45%\nsex: male 3%", 2),
        ("sex female", 1),
        ("\n\nsxe: female 4%", 3),
        ("sex: female 60%, male 50%", 1),
        ("age: 0-17 20%, 10-20 20%", 1),
        ("column post: Korday 60%", 1),
        ("sex: unknown 5%", 1),
    ] {
        let error = Marginals::parse(&library, text).unwrap_err();
        assert_eq!(error.line, line, "{text}: {error}");
    }
}
