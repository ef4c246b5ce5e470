//! Every example of `docs/law-language.md` is read, checked and run, in the order of the page.
//!
//! The page builds a folder as its reader does. The first words after a fence say what a block is:
//!
//! | fence | meaning |
//! |---|---|
//! | `markdown PATH` | a whole file of the reader's folder; the folder then has no mistake and its tests pass |
//! | `law step` | takes the place of the last law block of the lesson's file |
//! | `law answer HEADING` | the answer to an exercise: read at the end of the lesson's file, under its heading |
//! | `law wrong CODE [PATH]` | as a step, tried on a copy; gives exactly this code |
//! | `text diagnostic` | what the mistake before it prints, to the letter |
//! | `law untidy`, `law tidy` | what the formatter is given, and what it makes of it |
//! | `law` | an example of the reference: all are read together as one instrument, and their tests pass |
//!
//! Any other `text` block is an illustration and is not looked at.

#![cfg(test)]

use std::collections::BTreeMap;
use std::sync::Arc;

use sapar_diagnostics::{Diagnostic, Sources, Style, all_codes, render_all};
use sapar_law::{LawFile, Library, run_tests};

const PAGE: &str = include_str!("../../../docs/law-language.md");
const LESSON: &str = "lesson/refugee-convention.md";

/// A fenced block: the words after the fence, and the text inside.
struct Block {
    info: String,
    text: String,
}

fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, Block)> = None;
    for line in PAGE.lines() {
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        match &mut open {
            None if ticks >= 3 => {
                open = Some((
                    ticks,
                    Block {
                        info: line[ticks..].trim().to_owned(),
                        text: String::new(),
                    },
                ));
            }
            Some((fence, _)) if ticks == *fence && line.len() == ticks => {
                blocks.extend(open.take().map(|(_, block)| block));
            }
            Some((_, block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            None => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

type Folder = BTreeMap<String, String>;

/// Mistakes of a folder: of its text, or else of its tests.
fn mistakes(folder: &Folder) -> (Sources, Vec<Diagnostic>) {
    let read = Library::read(folder.iter().map(|(path, text)| LawFile {
        path: path.clone(),
        bytes: text.clone().into_bytes(),
    }));
    let mut problems = read.problems;
    if problems.is_empty() {
        let outcomes = run_tests(&Arc::new(read.library));
        problems.extend(outcomes.into_iter().flat_map(|outcome| outcome.problems));
    }
    (read.sources, problems)
}

fn sound(folder: &Folder, after: &str) {
    let (sources, problems) = mistakes(folder);
    assert!(
        problems.is_empty(),
        "after `{after}`:\n{}",
        render_all(&sources, &problems, Style::Plain)
    );
}

/// An amendment changes nothing when the folder is read; asked for, it holds and its tests pass.
fn sound_when_applied(folder: &Folder, path: &str) {
    let file = |path: &String, text: &String| LawFile {
        path: path.clone(),
        bytes: text.clone().into_bytes(),
    };
    let laws: Vec<LawFile> = folder.iter().map(|(path, text)| file(path, text)).collect();
    let amendment = file(&path.to_owned(), &folder[path]);
    let amended = Library::read_amended(laws, [amendment]);
    let problems = &amended.read.problems;
    assert!(problems.is_empty(), "{problems:?}");
    assert!(!amended.begun.is_empty());
    let own: Vec<_> = run_tests(&Arc::new(amended.read.library))
        .into_iter()
        .filter(|outcome| outcome.package.starts_with("amendment "))
        .collect();
    assert!(!own.is_empty(), "{path} has no test");
    for outcome in own {
        assert!(outcome.problems.is_empty(), "{path}: {outcome:?}");
    }
}

/// The folder with the last law block of a file replaced.
fn with_block(folder: &Folder, path: &str, block: &str) -> Folder {
    let mut folder = folder.clone();
    let file = folder
        .get_mut(path)
        .unwrap_or_else(|| panic!("no file {path}"));
    let start = file
        .rfind("```law\n")
        .unwrap_or_else(|| panic!("no law block in {path}"))
        + "```law\n".len();
    let end = start + file[start..].find("```").expect("the block is closed");
    file.replace_range(start..end, block);
    folder
}

#[test]
fn the_tutorial_can_be_followed_step_by_step() {
    let mut folder = Folder::new();
    // The words stand at the end of the tutorial, where they do not stop the reader.
    for block in blocks() {
        if let Some(path) = block.info.strip_prefix("markdown vocabulary/") {
            folder.insert(format!("vocabulary/{path}"), block.text);
        }
    }
    let mut printed: Option<String> = None;
    let mut untidy: Option<String> = None;
    let (mut steps, mut wrongs) = (0, 0);
    for Block { info, text } in blocks() {
        let words: Vec<&str> = info.split_whitespace().collect();
        match words.as_slice() {
            ["markdown", path] => {
                folder.insert((*path).to_owned(), text);
                sound(&folder, &info);
                if path.contains("/amendments/") {
                    sound_when_applied(&folder, path);
                }
                steps += 1;
            }
            ["law", "step"] => {
                folder = with_block(&folder, LESSON, &text);
                sound(&folder, &text);
                steps += 1;
            }
            ["law", "answer", ..] => {
                let heading = info.trim_start_matches("law answer ");
                let mut folder = folder.clone();
                let file = folder.get_mut(LESSON).expect("the lesson's file");
                file.push_str(&format!("\n## {heading}\n\n```law\n{text}```\n"));
                sound(&folder, &info);
            }
            ["law", "wrong", code, path @ ..] => {
                let path = path.first().copied().unwrap_or(LESSON);
                let (sources, problems) = mistakes(&with_block(&folder, path, &text));
                let output = render_all(&sources, &problems, Style::Plain);
                let codes: Vec<&str> = problems.iter().map(|problem| problem.code().name).collect();
                assert_eq!(codes, [*code], "{output}");
                printed = Some(output);
                wrongs += 1;
            }
            ["text", "diagnostic"] => {
                let output = printed.take().expect("a mistake before it");
                assert_eq!(
                    text.trim_end(),
                    output.trim_end(),
                    "\nthe program prints:\n{output}\n"
                );
            }
            ["law", "untidy"] => untidy = Some(text),
            ["law", "tidy"] => {
                let before = untidy.take().expect("an untidy block before it");
                assert_eq!(
                    sapar_law_syntax::format_text(&format!("```law\n{before}```\n")),
                    format!("```law\n{text}```\n")
                );
            }
            _ => {}
        }
    }
    assert!(
        printed.is_none(),
        "a mistake is not followed by what it prints"
    );
    assert!(steps > 5 && wrongs > 1, "the tutorial has lost its steps");
}

#[test]
fn the_examples_of_the_reference_hold_together() {
    let mut folder = Folder::new();
    let mut page = "# Examples of the reference\n\n## Article 1. Examples\n".to_owned();
    let mut count = 0;
    for Block { info, text } in blocks() {
        if let Some(path) = info.strip_prefix("markdown vocabulary/") {
            folder.insert(format!("vocabulary/{path}"), text);
        } else if info == "law" {
            count += 1;
            page.push_str(&format!("\n```law\n{text}```\n"));
        }
    }
    folder.insert("reference/examples.md".to_owned(), page);
    assert!(count > 5, "the reference has lost its examples");
    sound(&folder, "the reference");
}

#[test]
fn the_examples_are_tidy() {
    for Block { info, text } in blocks() {
        let file = match info.split_whitespace().next() {
            Some("markdown") => text,
            Some("law") if info != "law untidy" => format!("```law\n{text}```\n"),
            _ => continue,
        };
        assert_eq!(
            sapar_law_syntax::format_text(&file),
            file,
            "`{info}` is not as the formatter writes it"
        );
    }
}

#[test]
fn the_grammar_names_every_keyword_and_the_overview_every_code() {
    let grammar: String = blocks()
        .into_iter()
        .filter(|block| block.info == "ebnf")
        .map(|block| block.text)
        .collect();
    for item in sapar_law_syntax::layout::ITEM_KEYWORDS {
        assert!(
            grammar.contains(&format!("\"{item}\"")),
            "the grammar lacks {item}"
        );
        for keyword in sapar_law_syntax::layout::keywords_of(item).unwrap_or_default() {
            assert!(
                grammar.contains(&format!("\"{keyword}\"")),
                "the grammar lacks {keyword} of {item}"
            );
        }
    }
    for code in all_codes() {
        assert!(PAGE.contains(code.name), "the overview lacks {}", code.name);
    }
}

#[test]
fn the_bounds_on_the_page_are_the_programs_own() {
    let bounds = [
        ("bytes of one file", sapar_law_syntax::FILE_BYTES_MAX),
        (
            "depth of parentheses and `not`",
            sapar_law_syntax::DEPTH_MAX,
        ),
        ("items of one file", sapar_law_syntax::ITEMS_MAX),
        (
            "nodes of the diagrams of one law",
            sapar_law::DIAGRAM_NODES_MAX,
        ),
        ("bytes of a facts file", sapar_law::FACTS_BYTES_MAX),
    ];
    for (what, bound) in bounds {
        let row = format!("| {what} | {bound} |");
        assert!(PAGE.contains(&row), "the page lacks the row `{row}`");
    }
}
