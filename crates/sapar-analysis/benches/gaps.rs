//! All gaps between Kazakhstan and the international standard, covers and examples included.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark that cannot prepare itself has nothing to measure"
)]

use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::date;
use sapar_analysis::{Comparison, Request};
use sapar_law::{LawFile, Library};

fn library() -> Library {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws");
    let mut files = Vec::new();
    let mut todo: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|kind| kind == "md") {
                files.push(LawFile {
                    bytes: std::fs::read(&path).unwrap(),
                    path: path
                        .strip_prefix(&root)
                        .unwrap()
                        .to_string_lossy()
                        .replace('\\', "/"),
                });
            }
        }
    }
    Library::read_unchecked(files).library
}

fn gaps(criterion: &mut Criterion) {
    let library = library();
    let order = |name: &str, on| (library.order_named(name).unwrap(), on);
    let mut group = criterion.benchmark_group("gaps");
    group.sample_size(10);
    for (name, on) in [
        ("kazakhstan 2016-06-06", date(2016, 6, 6)),
        ("kazakhstan 2026-11-25", date(2026, 11, 25)),
    ] {
        let request = Request::new(order("international", on), order("kazakhstan", on));
        group.bench_function(name, |bencher| {
            bencher.iter(|| Comparison::new(&library, &request).unwrap().gaps().len());
        });
    }
    let on = date(2016, 6, 6);
    let mut request = Request::new(order("international", on), order("kazakhstan", on));
    for comparator in ["latvia", "portugal", "european-union"] {
        request.comparators.push(order(comparator, on));
    }
    group.bench_function("kazakhstan 2016-06-06, three comparators", |bencher| {
        bencher.iter(|| Comparison::new(&library, &request).unwrap().gaps().len());
    });
    group.finish();
}

criterion_group!(benches, gaps);
criterion_main!(benches);
