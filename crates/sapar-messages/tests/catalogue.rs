//! The three catalogues say the same things, with the same variables, and leave nothing out.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use fluent_syntax::parser::parse;
use sapar_messages::{Language, Messages, files, keys};

const UNITS: [&str; 6] = ["hours", "days", "working days", "weeks", "months", "years"];
/// Sentences that are the same in every language, since all they hold is values and signs.
const SAME_EVERYWHERE: [&str; 4] = [
    "citation",
    "explanation-fact-is",
    "gaps-value",
    "gaps-number-is",
];

type Source = Message<&'static str>;

fn messages_of(language: Language) -> BTreeMap<&'static str, (&'static str, Source)> {
    let mut found = BTreeMap::new();
    for (file, source) in files(language) {
        let resource = parse(*source)
            .unwrap_or_else(|(_, errors)| panic!("{language}/{file} has mistakes: {errors:?}"));
        for entry in resource.body {
            if let Entry::Message(message) = entry {
                let key = message.id.name;
                let earlier = found.insert(key, (*file, message));
                assert!(earlier.is_none(), "{language} has {key} twice");
            }
        }
    }
    found
}

fn variables(
    key: &str,
    all: &BTreeMap<&'static str, (&'static str, Source)>,
    found: &mut BTreeSet<&'static str>,
) {
    let (_, message) = all.get(key).unwrap_or_else(|| panic!("no sentence {key}"));
    let attributes = message.attributes.iter().map(|attribute| &attribute.value);
    for pattern in message.value.iter().chain(attributes) {
        in_pattern(key, pattern, all, found);
    }
}

fn in_pattern(
    key: &str,
    pattern: &Pattern<&'static str>,
    all: &BTreeMap<&'static str, (&'static str, Source)>,
    found: &mut BTreeSet<&'static str>,
) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable {
                expression: Expression::Inline(inline),
            } => {
                in_inline(key, inline, all, found);
            }
            PatternElement::Placeable {
                expression: Expression::Select { selector, variants },
            } => {
                in_inline(key, selector, all, found);
                for variant in variants {
                    in_pattern(key, &variant.value, all, found);
                }
            }
        }
    }
}

fn in_inline(
    key: &str,
    inline: &InlineExpression<&'static str>,
    all: &BTreeMap<&'static str, (&'static str, Source)>,
    found: &mut BTreeSet<&'static str>,
) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name);
        }
        InlineExpression::MessageReference { id, .. } if id.name != key => {
            variables(id.name, all, found);
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                in_inline(key, argument, all, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_language_has_the_same_sentences_in_the_same_files() {
    let english = messages_of(Language::English);
    assert_eq!(keys().len(), english.len(), "a sentence without text");
    for language in Language::ALL {
        let other = messages_of(language);
        let listed = |all: &BTreeMap<&'static str, (&'static str, Source)>| {
            all.iter()
                .map(|(key, (file, _))| (*file, *key))
                .collect::<BTreeSet<_>>()
        };
        let (ours, theirs) = (listed(&english), listed(&other));
        let missing: Vec<_> = ours.difference(&theirs).collect();
        let extra: Vec<_> = theirs.difference(&ours).collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
        assert!(extra.is_empty(), "only {language} has {extra:?}");
    }
}

#[test]
fn every_sentence_uses_the_same_variables_in_every_language() {
    let english = messages_of(Language::English);
    for language in [Language::Russian, Language::Kazakh] {
        let other = messages_of(language);
        for key in english.keys() {
            let (mut ours, mut theirs) = (BTreeSet::new(), BTreeSet::new());
            variables(key, &english, &mut ours);
            variables(key, &other, &mut theirs);
            assert_eq!(ours, theirs, "{key} in {language}");
        }
    }
}

#[test]
fn every_sentence_is_told_without_a_gap_in_every_language() {
    for language in Language::ALL {
        let all = messages_of(language);
        let messages = Messages::new(language);
        for key in all.keys() {
            assert!(messages.has(key), "{language} does not load {key}");
            let mut names = BTreeSet::new();
            variables(key, &all, &mut names);
            for unit in UNITS {
                for count in [0_i64, 1, 2, 5, 11, 12, 21, 104, 1000] {
                    let values: Vec<_> = names
                        .iter()
                        .map(|name| match *name {
                            "unit" => (*name, unit.into()),
                            "amount" | "count" | "month" | "day" | "year" => (*name, count.into()),
                            _ => (*name, "§".into()),
                        })
                        .collect();
                    let told = messages.text_with(key, &values);
                    assert!(!told.contains(['{', '}']), "{key} in {language}: {told}");
                    assert!(
                        !told.contains(unit) || language == Language::English,
                        "{told}"
                    );
                    assert!(
                        !told.trim().is_empty() && told.trim() == told,
                        "{key}: {told:?}"
                    );
                    assert!(
                        !told.contains(['\u{2068}', '\u{2069}', '\u{200e}', '\u{200f}']),
                        "{key} in {language} holds invisible marks"
                    );
                }
            }
        }
    }
}

#[test]
fn no_sentence_was_left_untranslated() {
    let [english, russian, kazakh] = Language::ALL.map(messages_of);
    let text = |message: &Source| {
        fluent_syntax::serializer::serialize(&fluent_syntax::ast::Resource {
            body: vec![Entry::Message(Message {
                comment: None,
                ..message.clone()
            })],
        })
    };
    for (key, (_, message)) in &english {
        if SAME_EVERYWHERE.contains(key) {
            continue;
        }
        assert_ne!(text(message), text(&russian[key].1), "{key} in Russian");
        assert_ne!(text(message), text(&kazakh[key].1), "{key} in Kazakh");
    }
    // Russian and Kazakh share a few whole words, such as «паспорт», and no sentences.
    let alike: Vec<_> = russian
        .iter()
        .filter(|(key, (_, message))| text(message) == text(&kazakh[*key].1))
        .map(|(key, _)| *key)
        .collect();
    assert_eq!(
        alike,
        [
            "access-purpose-audit",
            "access-purpose-readmission",
            "access-purpose-statistics",
            "access-role-auditor",
            "citation",
            "document-kind-passport",
            "document-kind-visa",
            "explanation-fact-is",
            "gaps-column-standard",
            "gaps-number-is",
            "gaps-value",
            "product-name",
            "size-kilobytes",
            "size-megabytes"
        ]
    );
}

/// Keys stand in code as literals; a key that no catalogue has would reach an officer as it is.
#[test]
fn every_key_used_by_another_crate_exists() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let known: BTreeSet<&str> = keys().into_iter().collect();
    let mut unknown = Vec::new();
    for file in rust_files(&crates) {
        if file.starts_with(crates.join("sapar-messages")) {
            continue;
        }
        let source = fs::read_to_string(&file).unwrap();
        if !source.contains("sapar_messages") {
            continue;
        }
        for key in keys_in(&source) {
            if !known.contains(key) {
                unknown.push(format!("{key} in {}", file.display()));
            }
        }
    }
    assert!(unknown.is_empty(), "no such sentence: {unknown:#?}");
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files
}

fn keys_in(source: &str) -> impl Iterator<Item = &str> {
    [".text(", ".text_with("].into_iter().flat_map(move |call| {
        source.split(call).skip(1).filter_map(|rest| {
            let literal = rest.trim_start().strip_prefix('"')?;
            literal.split('"').next()
        })
    })
}

#[test]
fn a_key_is_found_in_code_on_the_same_or_the_next_line() {
    let source = "m.text(\"yes\"); m.text_with(\n    \"citation\",\n &[]); m.text(key)";
    assert_eq!(keys_in(source).collect::<Vec<_>>(), ["yes", "citation"]);
}
