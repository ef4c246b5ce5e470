//! Domain crates know no files, no network, no terminal, no clock and no async.
//!
//! Floors 0 to 3 turn values into values: events in, state out.
//! The times they reason about are passed in, so a decision can be made again years later and come out the same.
//! Tests, examples, benches, build scripts and `#[cfg(test)]` items may do as they need.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::floors::Room;
use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

/// The highest floor that must be pure.
const HIGHEST_PURE_FLOOR: u64 = 3;

/// Crates that bring a runtime, a driver or a network.
const IMPURE_CRATES: &[&str] = &[
    "tokio",
    "async-std",
    "smol",
    "futures",
    "sqlx",
    "rusqlite",
    "tokio-postgres",
    "axum",
    "hyper",
    "reqwest",
    "ureq",
];

/// Modules of the standard library that reach outside.
const IMPURE_STD_MODULES: &[&str] = &["env", "fs", "net", "process"];

/// Macros that print.
const PRINTERS: &[&str] = &["dbg", "eprint", "eprintln", "print", "println"];

/// Functions that open the terminal.
const STREAMS: &[&str] = &["stderr", "stdin", "stdout"];

/// Types whose `now` reads the machine's clock.
const CLOCKS: &[&str] = &[
    "SystemTime",
    "Instant",
    "Zoned",
    "Timestamp",
    "Utc",
    "Local",
    "OffsetDateTime",
];

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    let mut findings = Vec::new();
    for package in repository.members()? {
        let room = Room::of(package, repository);
        if !room.in_house || room.floor.is_none_or(|floor| floor > HIGHEST_PURE_FLOOR) {
            continue;
        }
        let ordinary = package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind == cargo_metadata::DependencyKind::Normal)
            .map(|dependency| dependency.name.as_str());
        findings.extend(check_dependencies(&room.name, ordinary));
        let manifest = repository.relative(package.manifest_path.as_std_path());
        let sources = format!("{}src/", manifest.trim_end_matches("Cargo.toml"));
        for path in repository.files_with_extension("rs") {
            // Outside `src/` stand tests, examples, benches and the build script.
            if path.starts_with(&sources)
                && !path.ends_with("/tests.rs")
                && !path.contains("/tests/")
            {
                findings.extend(check_source(path, &repository.read(path)?));
            }
        }
    }
    Ok(Report::from(findings))
}

fn check_dependencies<'a>(name: &str, dependencies: impl Iterator<Item = &'a str>) -> Vec<Finding> {
    dependencies
        .filter(|dependency| IMPURE_CRATES.contains(dependency))
        .map(|dependency| {
            Finding::of(
                name,
                format!("a domain crate may not depend on `{dependency}`"),
            )
        })
        .collect()
}

fn check_source(path: &str, text: &str) -> Vec<Finding> {
    let Ok(tokens) = text.parse::<TokenStream>() else {
        return vec![Finding::of(path, "is not Rust that can be read")];
    };
    let mut findings = Vec::new();
    walk(path, tokens, &mut findings);
    findings
}

/// Reads one level of tokens and goes down into groups; the depth is that of the source's own brackets, which rustc bounds.
fn walk(path: &str, tokens: TokenStream, findings: &mut Vec<Finding>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if is_test_attribute(&tokens, at) {
            at = end_of_item(&tokens, at + 2);
            continue;
        }
        match token {
            TokenTree::Ident(name) => {
                let name = name.to_string();
                let line = token.span().start().line;
                if name == "async" {
                    findings.push(Finding::at(path, line, "a domain crate has no async code"));
                }
                if talks_to_terminal(&name, tokens.get(at + 1)) {
                    findings.push(Finding::at(
                        path,
                        line,
                        format!("a domain crate does not talk to a terminal, as `{name}` does"),
                    ));
                }
                if let Some(next) = after_path_separator(&tokens, at) {
                    if matches!(name.as_str(), "std" | "tokio" | "core") {
                        for module in heads(tokens.get(next)) {
                            if IMPURE_STD_MODULES.contains(&module.as_str()) {
                                findings.push(Finding::at(
                                    path,
                                    line,
                                    format!("a domain crate may not use `{name}::{module}`; the value is passed in"),
                                ));
                            }
                        }
                    }
                    let called = tokens.get(next).map(ToString::to_string);
                    if CLOCKS.contains(&name.as_str()) && called.as_deref() == Some("now") {
                        findings.push(Finding::at(
                            path,
                            line,
                            format!("a domain crate may not read the clock with `{name}::now`; the time is passed in"),
                        ));
                    }
                }
            }
            TokenTree::Group(group) => walk(path, group.stream(), findings),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        at += 1;
    }
}

/// Whether a printing macro or a call for a stream stands here; a method may be named `print`.
fn talks_to_terminal(name: &str, next: Option<&TokenTree>) -> bool {
    match next {
        Some(TokenTree::Punct(mark)) => mark.as_char() == '!' && PRINTERS.contains(&name),
        Some(TokenTree::Group(group)) => {
            group.delimiter() == Delimiter::Parenthesis && STREAMS.contains(&name)
        }
        _ => false,
    }
}

/// The first names of a path's continuation: `fs` of `fs::read`, `fs` and `net` of `{fs, net::TcpStream}`.
fn heads(token: Option<&TokenTree>) -> Vec<String> {
    match token {
        Some(TokenTree::Ident(name)) => vec![name.to_string()],
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let mut heads = Vec::new();
            let mut at_head = true;
            for token in group.stream() {
                match token {
                    TokenTree::Ident(name) if at_head => {
                        heads.push(name.to_string());
                        at_head = false;
                    }
                    TokenTree::Punct(mark) => at_head = mark.as_char() == ',',
                    _ => at_head = false,
                }
            }
            heads
        }
        _ => Vec::new(),
    }
}

/// Where the token after `::` stands, if `::` follows `at`.
fn after_path_separator(tokens: &[TokenTree], at: usize) -> Option<usize> {
    let is_colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    (is_colon(tokens.get(at + 1)) && is_colon(tokens.get(at + 2))).then_some(at + 3)
}

/// Whether `#[test]` or `#[cfg(test)]` stands here.
fn is_test_attribute(tokens: &[TokenTree], at: usize) -> bool {
    let hash = matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == '#');
    hash && matches!(tokens.get(at + 1), Some(TokenTree::Group(group))
        if group.delimiter() == Delimiter::Bracket
            && matches!(group.stream().to_string().replace(' ', "").as_str(), "test" | "cfg(test)"))
}

/// The place after an item: after its braces or its semicolon.
fn end_of_item(tokens: &[TokenTree], from: usize) -> usize {
    let mut at = from;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => break,
            TokenTree::Punct(mark) if mark.as_char() == ';' => break,
            _ => {}
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(source: &str) -> Vec<usize> {
        check_source("src/lib.rs", source)
            .iter()
            .filter_map(|finding| finding.line)
            .collect()
    }

    #[test]
    fn a_runtime_is_refused() {
        let found = check_dependencies("sapar-law", ["thiserror", "tokio"].into_iter());
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn files_network_and_clock_are_refused() {
        assert_eq!(lines("fn f() {\n std::fs::read(\"a\");\n}"), [2]);
        assert_eq!(lines("use std::net::TcpStream;"), [1]);
        assert_eq!(lines("use std::{collections::BTreeMap, fs};"), [1]);
        assert_eq!(lines("use ::std::{fs, net::TcpStream};"), [1, 1]);
        assert_eq!(lines("fn f() { let t = SystemTime::now(); }"), [1]);
        assert_eq!(lines("fn f() { let t = std::time::Instant::now(); }"), [1]);
        assert_eq!(lines("fn f() { jiff::Zoned::now(); }"), [1]);
        assert_eq!(lines("async fn f() {}"), [1]);
        assert_eq!(lines("fn f() { println!(\"a\"); }"), [1]);
        assert_eq!(lines("fn f() { std::io::stdin().lines(); }"), [1]);
        assert_eq!(lines("fn f() { std::env::var(\"A\"); }"), [1]);
    }

    #[test]
    fn comments_texts_and_namesakes_are_left_alone() {
        assert!(
            lines("//! never std::fs\nfn f() -> &'static str { \"std::fs::read\" }").is_empty()
        );
        assert!(lines("use std::collections::BTreeMap; mod fs {} fn g() { fs::h(); }").is_empty());
        assert!(
            lines(
                "fn f(print: bool) { if print { g() } self.print(1); env!(\"CARGO_PKG_NAME\"); }"
            )
            .is_empty()
        );
        assert!(lines("use std::{fmt::{self, Write}, collections::net_like};").is_empty());
    }

    #[test]
    fn tests_may_read_files_and_what_follows_them_may_not() {
        assert!(lines("#[cfg(test)]\nmod tests { use std::fs; }").is_empty());
        assert_eq!(
            lines("#[cfg(test)]\nmod tests { use std::fs; }\nuse std::fs;"),
            [3]
        );
        assert_eq!(lines("#[cfg(test)]\nmod tests;\nuse std::fs;"), [3]);
    }

    #[test]
    fn an_unreadable_source_is_said() {
        assert_eq!(check_source("src/lib.rs", "fn f( {").len(), 1);
    }
}
