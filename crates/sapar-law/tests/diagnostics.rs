//! Every mistake gives its own message, at its place, with its remedy, and no other.
//!
//! A file of `tests/bad` is read beside `tests/vocabulary.md` and ends with the messages it must give.
//! `UPDATE=1 cargo test -p sapar-law --test diagnostics` writes them anew; read the difference before you keep it.

#![cfg(test)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sapar_diagnostics::all_codes;
use sapar_law::{LawFile, Library, ReadLibrary, run_tests};
use sapar_law_syntax::format_text;

const WORDS: &str = include_str!("vocabulary.md");
const AMENDMENT: &str = "\n<!-- the file of the amendment -->\n";
const EXPECT: &str = "\n<!-- expect\n";

/// Codes that no small text file gives, and where they are tested.
const ELSEWHERE: [(&str, &str); 3] = [
    ("L0001", "the file would not be text; made in memory below"),
    (
        "L0002",
        "the file would be megabytes long; made in memory below",
    ),
    (
        "L0004",
        "the file would have ten thousand items; made in memory below",
    ),
];

fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.clone(), std::fs::read_to_string(path).expect("text")))
        .collect()
}

fn read(text: &str) -> ReadLibrary {
    // An amendment stands in a file of its own, below this line.
    let (text, amendment) = text.split_once(AMENDMENT).unwrap_or((text, ""));
    let files = [
        ("vocabulary/words.md", WORDS),
        ("lesson/example.md", text),
        ("lesson/amendments/example.md", amendment),
    ];
    let mut read = Library::read(files.map(|(path, text)| LawFile {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }));
    if !read.has_errors() {
        let library = Arc::new(std::mem::take(&mut read.library));
        read.problems.extend(
            run_tests(&library)
                .into_iter()
                .flat_map(|outcome| outcome.problems),
        );
        read.library = Arc::try_unwrap(library).unwrap_or_default();
    }
    read
}

/// One paragraph a message: code, place, words, remedy.
fn told(read: &ReadLibrary) -> String {
    let mut told = String::new();
    for problem in &read.problems {
        let (line, column) = read.sources.line_column(problem.span());
        let path = read
            .sources
            .get(problem.span().source)
            .map_or("", |source| source.path.as_str());
        let path = if path == "lesson/amendments/example.md" {
            "in the amendment, "
        } else if path == "lesson/example.md" {
            ""
        } else {
            path
        };
        told.push_str(&format!(
            "{} {path}{line}:{column} {}\n",
            problem.code().name,
            problem.message()
        ));
        for related in problem.related_places() {
            let (line, column) = read.sources.line_column(related.span);
            told.push_str(&format!("  {line}:{column} {}\n", related.label));
        }
        told.push_str(&format!("  help: {}\n", problem.help_text().unwrap_or("-")));
    }
    told
}

#[test]
fn every_mistake_gives_its_message_and_no_other() {
    assert_eq!(
        told(&read("# Nothing\n")),
        "",
        "the shared words have a mistake"
    );
    let update = std::env::var_os("UPDATE").is_some();
    let mut seen = BTreeSet::new();
    let mut differences = String::new();
    for (path, text) in files("bad") {
        let (law, expected) = text.split_once(EXPECT).unwrap_or((&text, ""));
        let read = read(law);
        let told = told(&read);
        let stem = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("a name");
        let codes: Vec<&str> = read
            .problems
            .iter()
            .map(|problem| problem.code().name)
            .collect();
        if stem.starts_with('L') {
            if codes != [stem] {
                differences.push_str(&format!("{stem} gives {codes:?}\n{told}"));
            }
            seen.insert(stem.to_owned());
        }
        for problem in &read.problems {
            assert!(
                problem.help_text().is_some(),
                "{stem}: a message without a remedy:\n{told}"
            );
        }
        if update {
            std::fs::write(&path, format!("{law}{EXPECT}{told}-->\n")).expect("written");
        } else if expected != format!("{told}-->\n") {
            differences.push_str(&format!("{stem}, expected:\n{expected}\ntold:\n{told}\n"));
        }
    }
    assert!(differences.is_empty(), "{differences}");
    for code in all_codes() {
        let elsewhere = ELSEWHERE.iter().any(|(name, _)| *name == code.name);
        assert!(
            elsewhere != seen.contains(code.name),
            "{} has no file in tests/bad, or needs no reason",
            code.name
        );
    }
}

#[test]
fn sound_files_give_no_message_and_formatting_changes_no_meaning() {
    for (path, text) in files("good") {
        let path = path.display();
        assert_eq!(told(&read(&text)), "", "{path}");
        let tidy = format_text(&text);
        assert_eq!(
            format_text(&tidy),
            tidy,
            "{path}: formatting twice is not formatting once"
        );
        let after = read(&tidy);
        assert_eq!(told(&after), "", "{path}: formatted");
        let meaning = |read: &ReadLibrary| -> Vec<String> {
            read.library
                .norms()
                .map(|(_, norm)| {
                    format!(
                        "{} {:?} {:?} {:?} {:?}",
                        norm.provision,
                        norm.modality,
                        norm.condition,
                        norm.exceptions,
                        norm.overrides
                    )
                })
                .collect()
        };
        assert_eq!(meaning(&read(&text)), meaning(&after), "{path}");
        assert_eq!(
            comments(&text),
            comments(&tidy),
            "{path}: a comment is lost"
        );
    }
}

/// What stands behind `#` inside law blocks.
fn comments(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```law";
        } else if inside && let Some((_, comment)) = line.split_once('#') {
            found.push(comment.trim().to_owned());
        }
    }
    found
}

#[test]
fn files_that_are_no_law_are_refused_with_one_message() {
    let codes = |bytes: Vec<u8>| -> Vec<&str> {
        let read = Library::read([LawFile {
            path: "lesson/example.md".to_owned(),
            bytes,
        }]);
        read.problems
            .iter()
            .map(|problem| problem.code().name)
            .collect()
    };
    assert_eq!(codes(b"# Title \xff".to_vec()), ["L0001"]);
    assert_eq!(codes(vec![b'('; 100_000_000]), ["L0002"]);
    let todos = "todo \"Article 1\" because \"it is long\"\n".repeat(100_000);
    assert_eq!(
        codes(format!("```law\n{todos}```\n").into_bytes()),
        ["L0004"]
    );
}
