//! No panic and no hang on any bytes, for every parser that reads text from outside.
//!
//! `docs/fuzzing.md` says how to run them longer.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use sapar_diagnostics::SourceId;
use sapar_law::{LawFile, Library, facts_from_text};

/// Longer than this for one input of a few kilobytes is a hang.
const TIME_MAX: Duration = Duration::from_secs(5);

fn vocabulary() -> LawFile {
    LawFile {
        path: "vocabulary/words.md".to_owned(),
        bytes: include_bytes!("../../crates/sapar-law/tests/vocabulary.md").to_vec(),
    }
}

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::read_unchecked([vocabulary()]).library)
}

/// Words of the language, so that inputs get past the first line.
const WORDS: [&str; 44] = [
    "norm a", "instrument i", "fact f", "term t", "test \"x\"", "order o", "never", "todo \"a\"", "\n", "\n  ", "\n    ",
    " the state must ", " must not ", " may ", "when ", "unless ", "within 3 days ", "from ", "arrival", " and ", " or ",
    " not ", "(", ")", ",", "at least 2 of ", "any of ", "age is under 18", "seeks protection", "memory", "seen \"x\"",
    "in force from 2016-06-06", " until 2016-02-30", "overrides a", "# note", "\"",
    "amendment b", "amends i", "repeal a", "replaces a", "proposed", "only specialist when ", "## Article 2. B\n", "title en \"x\" ru \"x\" kk \"x\"",
];

fn law_like(picks: &[u8]) -> String {
    let mut text = String::from("## Article 1. A\n\n```law\n");
    for pick in picks {
        text.push_str(WORDS[usize::from(*pick) % WORDS.len()]);
    }
    text.push_str("\n```\n");
    text
}

fn check_law(text: &str) {
    let started = Instant::now();
    let parsed = sapar_law_syntax::parse(SourceId(0), text);
    let formatted = sapar_law_syntax::format_text(text);
    assert_eq!(sapar_law_syntax::format_text(&formatted), formatted, "formatting twice differs from once");
    if parsed.problems.is_empty() {
        let again = sapar_law_syntax::parse(SourceId(0), &formatted);
        assert!(again.problems.is_empty());
        assert_eq!(again.items.len(), parsed.items.len());
    }
    assert!(started.elapsed() < TIME_MAX);
}

#[test]
fn law_of_any_bytes() {
    bolero::check!().for_each(|bytes: &[u8]| {
        check_law(&String::from_utf8_lossy(bytes));
        check_law(&format!("## Article 1. A\n\n```law\n{}\n```\n", String::from_utf8_lossy(bytes)));
    });
}

#[test]
fn law_of_the_languages_own_words() {
    bolero::check!().for_each(|bytes: &[u8]| check_law(&law_like(bytes)));
}

#[test]
fn packages_of_the_languages_own_words() {
    bolero::check!().for_each(|bytes: &[u8]| {
        let started = Instant::now();
        let file = LawFile { path: "a/law.md".to_owned(), bytes: law_like(bytes).into_bytes() };
        let _ = Library::read([vocabulary(), file]);
        assert!(started.elapsed() < TIME_MAX);
    });
}

#[test]
fn facts_of_any_bytes() {
    bolero::check!().for_each(|bytes: &[u8]| {
        let _ = facts_from_text(library(), bytes);
        let mut json = b"{\"age\":".to_vec();
        json.extend_from_slice(bytes);
        let _ = facts_from_text(library(), &json);
    });
}

#[test]
fn documents_of_any_bytes() {
    bolero::check!().for_each(|bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let _ = sapar_identity::Iin::parse(&text);
        let zone: String = bytes
            .iter()
            .map(|byte| char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"[usize::from(*byte) % 37]))
            .collect();
        for text in [text.into_owned(), zone.chars().chain("<".repeat(88).chars()).take(88).collect()] {
            if let Ok(reading) = sapar_identity::mrz::Reading::read(&text) {
                let suggestions = reading.suggestions();
                let _ = reading.accept(&suggestions);
                let _ = sapar_identity::mrz::Mrz::of(reading);
            }
        }
    });
}

#[test]
fn priors_and_shares_of_any_bytes() {
    bolero::check!().for_each(|bytes: &[u8]| {
        let started = Instant::now();
        let noise = String::from_utf8_lossy(bytes);
        for text in [noise.to_string(), format!("age: 0-17 {noise}"), format!("age: 0 to {noise} 5%")] {
            let _ = sapar_analysis::Prior::parse(library(), &text);
            #[cfg(feature = "tables")]
            let _ = sapar_batch::Marginals::parse(library(), &text);
        }
        assert!(started.elapsed() < TIME_MAX);
    });
}

/// A table of any bytes, and one whose rows are; either is read to its end or refused.
#[cfg(feature = "tables")]
#[test]
fn tables_of_any_bytes() {
    use sapar_batch::{Format, read};
    use std::io::Write;
    bolero::check!().for_each(|bytes: &[u8]| {
        let started = Instant::now();
        for (format, head) in [
            (Format::Csv, &b"age,seeks_protection\n"[..]),
            (Format::Csv, b""),
            (Format::Arrow, b"ARROW1\0\0"),
            (Format::Parquet, b"PAR1"),
        ] {
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(head).unwrap();
            file.write_all(bytes).unwrap();
            if format == Format::Parquet {
                file.write_all(&[12, 0, 0, 0]).unwrap();
                file.write_all(b"PAR1").unwrap();
            }
            // Opened anew each time: parts read side by side must not move each other's place in the file.
            let path = file.path().to_owned();
            let open = move || std::fs::File::open(&path);
            let wanted = ["age", "seeks_protection"].map(str::to_owned).into();
            if let Ok(input) = read(format, &wanted, open) {
                for part in input.parts {
                    if let Ok(batches) = part.open() {
                        // A reader that fails is not asked again.
                        let _ = batches.take_while(Result::is_ok).count();
                    }
                }
            }
        }
        assert!(started.elapsed() < TIME_MAX);
    });
}
