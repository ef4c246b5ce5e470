//! Runs the program as a person or a script would: each command, its success and its bad input.

#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

#[path = "cli/amend.rs"]
mod amend;
#[path = "cli/batch.rs"]
mod batch;
#[path = "cli/deadline.rs"]
mod deadline;
#[path = "cli/gaps.rs"]
mod gaps;
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/law.rs"]
mod law;
#[path = "cli/mrz.rs"]
mod mrz;
#[path = "cli/sql.rs"]
mod sql;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// What a run printed and how it ended.
struct Run {
    code: i32,
    out: String,
    err: String,
}

/// Runs `sapar` with these arguments and this standard input, in English.
fn sapar_with(input: &[u8], arguments: &[&str]) -> Run {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that refuses its arguments does not wait for the input.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    Run {
        code: output.status.code().expect("no signal"),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

fn sapar(arguments: &[&str]) -> Run {
    sapar_with(b"", arguments)
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sapar"));
    command.args(arguments);
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
}

/// A new empty folder; cargo clears its parent with the target folder.
fn folder() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "cli-{}-{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&path).expect("a folder");
    path
}

/// The laws of this repository.
fn laws() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../laws")
}

#[test]
fn without_a_command_the_help_is_shown_as_wrong_use() {
    let run = sapar(&[]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("Exit codes:"), "{}", run.err);
}

#[test]
fn help_is_no_mistake() {
    for arguments in [
        &["--help"][..],
        &["law", "--help"],
        &["law", "check", "--help"],
        &["law", "fmt", "--help"],
        &["law", "show", "--help"],
        &["law", "explain-error", "--help"],
        &["law", "test", "--help"],
        &["mrz", "--help"],
        &["deadline", "--help"],
        &["screen", "--help"],
        &["completions", "--help"],
    ] {
        let run = sapar(arguments);
        assert_eq!(run.code, 0, "{arguments:?}");
        assert!(run.out.contains("Usage:"), "{arguments:?}");
    }
}

#[test]
fn an_unknown_language_is_answered_with_the_known_ones() {
    let run = sapar(&["--lang", "kz", "law", "check"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("kk (Қазақша)"), "{}", run.err);
}

#[test]
fn the_language_comes_from_the_environment() {
    let spoken = |name: &str, value: &str| {
        let arguments = [
            "deadline",
            "1 day",
            "--from",
            "2026-03-19",
            "--country",
            "kazakhstan",
        ];
        let output = command(&arguments)
            .env("LANG", "en_GB.UTF-8")
            .env(name, value)
            .output()
            .expect("runs");
        String::from_utf8(output.stdout).expect("text")
    };
    assert!(spoken("LC_ALL", "ru_KZ.UTF-8").contains("Последний день"));
    assert!(spoken("LC_MESSAGES", "kk_KZ").contains("Соңғы күні"));
    assert!(spoken("LC_ALL", "").contains("Last day"));
    assert!(spoken("LC_ALL", "C").contains("Last day"));
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = sapar(&["completions", shell]);
        assert_eq!(run.code, 0);
        assert!(run.out.contains("deadline"), "{shell}");
    }
    assert_eq!(sapar(&["completions", "cmd"]).code, 2);
}

#[test]
fn a_reader_who_leaves_is_no_fault() {
    let mut child = command(&["law", "show", "facts"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn output_into_a_file_has_no_colours() {
    let folder = folder();
    std::fs::write(folder.join("a.md"), "# A\n\n```law\nnonsense here\n```\n").expect("written");
    let run = sapar(&["law", "check", folder.to_str().expect("text")]);
    assert_eq!(run.code, 1);
    assert!(!run.out.contains('\u{1b}'), "{}", run.out);
}
