//! The decision printed in README.md is the one the program prints.
//!
//! Between `<!-- decision:start -->` and `<!-- decision:end -->` stands a code block: `$ ` and a command, then its output.
//! The command is run as a newcomer would type it, with no input, and its output compared line by line.
//! `cargo run -p xtask -- fill-readme` writes the output in.

use std::process::{Command, Stdio};

use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

const DOCUMENT: &str = "README.md";
const START: &str = "<!-- decision:start -->";
const END: &str = "<!-- decision:end -->";

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    let text = repository.read(DOCUMENT)?;
    let shown = match Shown::parse(&text) {
        Ok(shown) => shown,
        Err(finding) => return Ok(Report::from(vec![finding])),
    };
    let printed = print(repository, &shown.command)?;
    Ok(Report::from(compare(&shown, &printed)))
}

/// Runs the command and writes what it prints into the README.
pub fn fill(repository: &Repository) -> Result<Report, Failure> {
    let text = repository.read(DOCUMENT)?;
    let shown = match Shown::parse(&text) {
        Ok(shown) => shown,
        Err(finding) => return Ok(Report::from(vec![finding])),
    };
    let printed = print(repository, &shown.command)?;
    repository.write(DOCUMENT, &filled(&text, &shown.command, &printed))?;
    Ok(Report::default().with_note(format!("wrote {} lines", printed.lines().count())))
}

/// A command and the output the README shows for it.
#[derive(Debug)]
struct Shown {
    /// The line of the command, counted from 1.
    line: usize,
    command: String,
    output: Vec<String>,
}

impl Shown {
    fn parse(text: &str) -> Result<Self, Finding> {
        let lines: Vec<&str> = text.lines().collect();
        let place = |mark: &str| {
            lines
                .iter()
                .position(|line| line.trim() == mark)
                .ok_or_else(|| Finding::of(DOCUMENT, format!("has no line `{mark}`")))
        };
        let (start, end) = (place(START)?, place(END)?);
        let between = lines.get(start + 1..end).unwrap_or_default();
        let mut block = between
            .iter()
            .enumerate()
            .skip_while(|(_, line)| !line.starts_with("```"))
            .skip(1)
            .take_while(|(_, line)| !line.starts_with("```"));
        let command = block
            .next()
            .and_then(|(at, line)| Some((at, line.strip_prefix("$ ")?)));
        let Some((at, command)) = command else {
            return Err(Finding::at(
                DOCUMENT,
                start + 1,
                "needs a code block here whose first line is `$ ` and a command",
            ));
        };
        Ok(Self {
            line: start + at + 2,
            command: command.to_owned(),
            output: block.map(|(_, line)| (*line).to_owned()).collect(),
        })
    }
}

fn print(repository: &Repository, command: &str) -> Result<String, Failure> {
    let output = Command::new("bash")
        .args(["-c", command])
        .current_dir(repository.root())
        .stdin(Stdio::null())
        // Cargo's own progress and colours are no part of a decision.
        .stderr(Stdio::null())
        .env("NO_COLOR", "1")
        .output()
        .map_err(|error| Failure::Command(format!("{command}: {error}")))?;
    if !output.status.success() {
        return Err(Failure::Command(format!("{command}: {}", output.status)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn compare(shown: &Shown, printed: &str) -> Vec<Finding> {
    let printed: Vec<&str> = printed.trim_end().lines().map(str::trim_end).collect();
    let shown_lines: Vec<&str> = shown.output.iter().map(|line| line.trim_end()).collect();
    if printed.is_empty() {
        return vec![Finding::at(
            DOCUMENT,
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
        DOCUMENT,
        shown.line + 1 + at,
        format!(
            "the program prints `{}` here; run `cargo run -p xtask -- fill-readme` and read what changed",
            printed.get(at).copied().unwrap_or("nothing more")
        ),
    )]
}

fn filled(text: &str, command: &str, printed: &str) -> String {
    let (before, rest) = text.split_once(START).unwrap_or((text, ""));
    let after = rest
        .split_once(END)
        .map(|(_, after)| after)
        .unwrap_or_default();
    let output: Vec<&str> = printed.trim_end().lines().map(str::trim_end).collect();
    format!(
        "{before}{START}\n```console\n$ {command}\n{}\n```\n{END}{after}",
        output.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# A\n\n<!-- decision:start -->\n```console\n$ echo one\none\n```\n<!-- decision:end -->\nend\n";

    fn said(text: &str, printed: &str) -> Vec<String> {
        match Shown::parse(text) {
            Ok(shown) => compare(&shown, printed)
                .iter()
                .map(ToString::to_string)
                .collect(),
            Err(finding) => vec![finding.to_string()],
        }
    }

    #[test]
    fn the_same_output_passes() {
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
    fn a_missing_mark_or_command_is_found() {
        assert_eq!(said("# A\n", "one").len(), 1);
        assert_eq!(said(&TEXT.replace("$ echo one\n", ""), "one").len(), 1);
    }

    #[test]
    fn filling_changes_the_block_only_and_then_agrees() {
        let text = filled(TEXT, "echo one", "eins\nzwei\n");
        assert!(text.starts_with("# A\n\n<!-- decision:start -->\n"));
        assert!(text.ends_with("<!-- decision:end -->\nend\n"));
        assert!(said(&text, "eins\nzwei\n").is_empty());
    }
}
