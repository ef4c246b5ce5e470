//! What the documents print is what the program prints.
//!
//! Between `<!-- shown:start -->` and `<!-- shown:end -->` stands a code block: `$ ` and a command, then its output.
//! Between `<!-- shown:start as Markdown -->` and the same end the code block holds the command alone, and what it
//! prints stands below as part of the page.
//! The command is run as a newcomer would type it, with no input, and its output compared line by line.
//! README.md must show something; a page under `docs/` may.
//! `cargo run -p xtask -- fill-readme` writes the output in.
//!
//! Where `SAPAR_PROGRAM` names a program that was built already, commands run that one instead of building another:
//! what it prints does not hang on how it was optimised, and CI spares a second build of everything.

use std::process::{Command, Stdio};

use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

const README: &str = "README.md";
const START: &str = "<!-- shown:start -->";
const START_AS_MARKDOWN: &str = "<!-- shown:start as Markdown -->";
const END: &str = "<!-- shown:end -->";

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    let mut findings = Vec::new();
    for document in documents(repository) {
        let text = repository.read(&document)?;
        match all_shown(&document, &text) {
            Err(finding) => findings.push(finding),
            Ok(blocks) if blocks.is_empty() && document == README => {
                findings.push(Finding::of(README, format!("has no line `{START}`")));
            }
            Ok(blocks) => {
                for shown in blocks {
                    let printed = print(repository, &shown.command)?;
                    findings.extend(compare(&document, &shown, &printed));
                }
            }
        }
    }
    Ok(Report::from(findings))
}

/// Runs the commands and writes what they print into the documents.
pub fn fill(repository: &Repository) -> Result<Report, Failure> {
    let mut written = 0;
    for document in documents(repository) {
        let text = repository.read(&document)?;
        let blocks = match all_shown(&document, &text) {
            Ok(blocks) => blocks,
            Err(finding) => return Ok(Report::from(vec![finding])),
        };
        let mut outputs = Vec::new();
        for shown in &blocks {
            outputs.push(print(repository, &shown.command)?);
            written += 1;
        }
        if !blocks.is_empty() {
            repository.write(&document, &filled(&text, &blocks, &outputs))?;
        }
    }
    Ok(Report::default().with_note(format!("wrote what {written} commands print")))
}

fn documents(repository: &Repository) -> Vec<String> {
    let mut documents: Vec<String> = repository
        .files()
        .iter()
        .filter(|file| *file == README || (file.starts_with("docs/") && file.ends_with(".md")))
        .cloned()
        .collect();
    documents.sort();
    documents
}

/// A command and the output a document shows for it.
#[derive(Debug)]
struct Shown {
    /// The line of the command, counted from 1.
    line: usize,
    command: String,
    output: Vec<String>,
    /// The output is part of the page, not of the code block.
    as_markdown: bool,
}

/// Every command a document shows, from top to bottom.
fn all_shown(document: &str, text: &str) -> Result<Vec<Shown>, Finding> {
    let lines: Vec<&str> = text.lines().collect();
    let mut blocks = Vec::new();
    let mut from = 0;
    let find = |from: usize, is_it: &dyn Fn(&str) -> bool| {
        (lines.iter().enumerate().skip(from))
            .find(|(_, line)| is_it(line.trim()))
            .map(|(at, _)| at)
    };
    while let Some(start) = find(from, &|line| line == START || line == START_AS_MARKDOWN) {
        let as_markdown = lines.get(start).map(|line| line.trim()) == Some(START_AS_MARKDOWN);
        let Some(end) = find(start, &|line| line == END) else {
            return Err(Finding::at(
                document,
                start + 1,
                format!("no line `{END}` follows"),
            ));
        };
        let between = lines.get(start + 1..end).unwrap_or_default();
        let mut rest = between
            .iter()
            .enumerate()
            .skip_while(|(_, line)| !line.starts_with("```"))
            .skip(1);
        let command = rest
            .next()
            .and_then(|(at, line)| Some((at, line.strip_prefix("$ ")?)));
        let Some((at, command)) = command else {
            return Err(Finding::at(
                document,
                start + 1,
                "needs a code block here whose first line is `$ ` and a command",
            ));
        };
        let mut output: Vec<String> = if as_markdown {
            rest.skip_while(|(_, line)| line.starts_with("```") || line.is_empty())
                .map(|(_, line)| (*line).to_owned())
                .collect()
        } else {
            rest.take_while(|(_, line)| !line.starts_with("```"))
                .map(|(_, line)| (*line).to_owned())
                .collect()
        };
        while as_markdown && output.last().is_some_and(String::is_empty) {
            output.pop();
        }
        blocks.push(Shown {
            line: start + at + if as_markdown { 4 } else { 2 },
            command: command.to_owned(),
            output,
            as_markdown,
        });
        from = end + 1;
    }
    Ok(blocks)
}

/// How a newcomer runs the program, building it first.
const BUILT_AND_RUN: &str = "cargo run --release -q -p sapar-cli -- ";

fn print(repository: &Repository, command: &str) -> Result<String, Failure> {
    let command = match (
        std::env::var("SAPAR_PROGRAM"),
        command.strip_prefix(BUILT_AND_RUN),
    ) {
        (Ok(program), Some(arguments)) => format!("{program} {arguments}"),
        _ => command.to_owned(),
    };
    let output = Command::new("bash")
        .args(["-c", &command])
        .current_dir(repository.root())
        .stdin(Stdio::null())
        // Cargo's own progress and colours are no part of what is shown.
        .stderr(Stdio::null())
        .env("NO_COLOR", "1")
        .output()
        .map_err(|error| Failure::Command(format!("{command}: {error}")))?;
    // A command that ends with 1 has done its work and found something.
    if !matches!(output.status.code(), Some(0 | 1)) {
        return Err(Failure::Command(format!("{command}: {}", output.status)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn compare(document: &str, shown: &Shown, printed: &str) -> Vec<Finding> {
    let printed: Vec<&str> = printed.trim_end().lines().map(str::trim_end).collect();
    let shown_lines: Vec<&str> = shown.output.iter().map(|line| line.trim_end()).collect();
    if printed.is_empty() {
        return vec![Finding::at(
            document,
            shown.line,
            "the command prints nothing",
        )];
    }
    if printed == shown_lines {
        return Vec::new();
    }
    let at = printed
        .iter()
        .zip(&shown_lines)
        .position(|(printed, shown)| printed != shown)
        .unwrap_or(printed.len().min(shown_lines.len()));
    vec![Finding::at(
        document,
        shown.line + 1 + at,
        format!(
            "the program prints `{}` here; run `cargo run -p xtask -- fill-readme` and read what changed",
            printed.get(at).copied().unwrap_or("nothing more")
        ),
    )]
}

fn filled(text: &str, blocks: &[Shown], outputs: &[String]) -> String {
    let mut result = String::new();
    let mut rest = text;
    for (shown, printed) in blocks.iter().zip(outputs) {
        let mark = if shown.as_markdown {
            START_AS_MARKDOWN
        } else {
            START
        };
        let Some((before, after)) = rest.split_once(mark) else {
            break;
        };
        let after = after.split_once(END).map_or("", |(_, after)| after);
        let output: Vec<&str> = printed.trim_end().lines().map(str::trim_end).collect();
        let (command, output) = (&shown.command, output.join("\n"));
        result += before;
        result += &if shown.as_markdown {
            format!("{mark}\n```console\n$ {command}\n```\n\n{output}\n\n{END}")
        } else {
            format!("{mark}\n```console\n$ {command}\n{output}\n```\n{END}")
        };
        rest = after;
    }
    result + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# A\n\n<!-- shown:start -->\n```console\n$ echo one\none\n```\n<!-- shown:end -->\nend\n";

    fn said(text: &str, printed: &str) -> Vec<String> {
        match all_shown(README, text) {
            Ok(blocks) => blocks
                .iter()
                .flat_map(|shown| compare(README, shown, printed))
                .map(|finding| finding.to_string())
                .collect(),
            Err(finding) => vec![finding.to_string()],
        }
    }

    #[test]
    fn the_same_output_passes() {
        assert_eq!(all_shown(README, TEXT).unwrap().len(), 1);
        assert!(said(TEXT, "one\n").is_empty());
    }

    #[test]
    fn another_output_is_found_on_its_line() {
        assert!(
            said(TEXT, "two\n")
                .first()
                .unwrap()
                .starts_with("README.md:6: ")
        );
        assert!(
            said(TEXT, "one\ntwo\n")
                .first()
                .unwrap()
                .starts_with("README.md:7: ")
        );
        assert_eq!(said(TEXT, "").len(), 1);
    }

    #[test]
    fn what_is_part_of_the_page_is_compared_and_filled_too() {
        let page = "<!-- shown:start as Markdown -->\n```console\n$ table\n```\n\n| a |\n|---|\n\n<!-- shown:end -->\n";
        let text = format!("# A\n{page}{TEXT}");
        assert!(said(&format!("# A\n{page}"), "| a |\n|---|\n").is_empty());
        let found = said(&format!("# A\n{page}"), "| a |\n| b |\n");
        assert!(
            found.first().unwrap().starts_with("README.md:8: "),
            "{found:?}"
        );
        let blocks = all_shown(README, &text).unwrap();
        let text = filled(&text, &blocks, &["| c |".to_owned(), "two".to_owned()]);
        let shown: Vec<Vec<String>> = all_shown(README, &text)
            .unwrap()
            .into_iter()
            .map(|shown| shown.output)
            .collect();
        assert_eq!(shown, [vec!["| c |"], vec!["two"]]);
    }

    #[test]
    fn every_block_is_compared() {
        let twice = format!("{TEXT}\n{TEXT}");
        assert_eq!(all_shown(README, &twice).unwrap().len(), 2);
        assert_eq!(said(&twice, "two\n").len(), 2);
    }

    #[test]
    fn a_missing_mark_or_command_is_found() {
        assert!(all_shown(README, "# A\n").unwrap().is_empty());
        assert_eq!(said(&TEXT.replace(END, ""), "one").len(), 1);
        assert_eq!(said(&TEXT.replace("$ echo one\n", ""), "one").len(), 1);
    }

    #[test]
    fn filling_changes_the_blocks_only_and_then_agrees() {
        let twice = format!("{TEXT}\n{TEXT}");
        let blocks = all_shown(README, &twice).unwrap();
        let text = filled(
            &twice,
            &blocks,
            &["eins\nzwei\n".to_owned(), "drei".to_owned()],
        );
        assert!(text.starts_with("# A\n\n<!-- shown:start -->\n"));
        assert!(text.ends_with("<!-- shown:end -->\nend\n"));
        let shown: Vec<Vec<String>> = all_shown(README, &text)
            .unwrap()
            .into_iter()
            .map(|shown| shown.output)
            .collect();
        assert_eq!(shown, [vec!["eins", "zwei"], vec!["drei"]]);
    }
}
