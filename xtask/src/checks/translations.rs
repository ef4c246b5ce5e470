//! English, Russian and Kazakh have the same messages with the same variables.
//!
//! A message that exists in one language only would show an officer a key instead of a sentence, and a variable left out would drop a fact from it.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast;

use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

const FOLDER: &str = "crates/sapar-messages/locales/";
const LANGUAGES: [&str; 3] = ["en", "ru", "kk"];

/// Variables by message; an attribute is a message of its own, `key.attribute`.
type Messages = BTreeMap<String, BTreeSet<String>>;

pub fn run(repository: &Repository) -> Result<Report, Failure> {
    let mut findings = Vec::new();
    let mut languages: BTreeMap<&str, Messages> = BTreeMap::new();
    for path in repository.files_with_extension("ftl") {
        let Some(language) = path
            .strip_prefix(FOLDER)
            .and_then(|rest| rest.split('/').next())
            .and_then(|folder| LANGUAGES.into_iter().find(|language| *language == folder))
        else {
            findings.push(Finding::of(
                path,
                format!("belongs under {FOLDER} in en, ru or kk"),
            ));
            continue;
        };
        let messages = languages.entry(language).or_default();
        findings.extend(read_messages(path, repository.read(path)?, messages));
    }
    let count = languages.get("en").map(BTreeMap::len).unwrap_or_default();
    findings.extend(compare(&languages));
    Ok(Report::from(findings)
        .with_note(format!("{count} messages in {} languages", LANGUAGES.len())))
}

fn read_messages(path: &str, text: String, messages: &mut Messages) -> Vec<Finding> {
    let mut findings = Vec::new();
    let resource = match fluent_syntax::parser::parse(text) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            findings.extend(
                errors
                    .iter()
                    .map(|error| Finding::of(path, format!("cannot be read: {error}"))),
            );
            resource
        }
    };
    for entry in resource.body {
        let (key, value, attributes) = match entry {
            ast::Entry::Message(message) => (message.id.name, message.value, message.attributes),
            ast::Entry::Term(term) => (
                format!("-{}", term.id.name),
                Some(term.value),
                term.attributes,
            ),
            _ => continue,
        };
        let patterns = value
            .into_iter()
            .map(|pattern| (key.clone(), pattern))
            .chain(
                attributes
                    .into_iter()
                    .map(|attribute| (format!("{key}.{}", attribute.id.name), attribute.value)),
            );
        for (key, pattern) in patterns {
            let mut variables = BTreeSet::new();
            in_pattern(&pattern, &mut variables);
            if messages.insert(key.clone(), variables).is_some() {
                findings.push(Finding::of(
                    path,
                    format!("`{key}` stands twice in this language"),
                ));
            }
        }
    }
    findings
}

fn compare(languages: &BTreeMap<&str, Messages>) -> Vec<Finding> {
    let none = Messages::new();
    let of = |language: &str| languages.get(language).unwrap_or(&none);
    let keys: BTreeSet<&String> = languages.values().flat_map(BTreeMap::keys).collect();
    let mut findings = Vec::new();
    if keys.is_empty() {
        findings.push(Finding::of(FOLDER, "holds no messages at all"));
    }
    for key in keys {
        // Terms are grammar of one language and need not exist in another.
        let is_term = key.starts_with('-');
        let all: BTreeSet<&String> = LANGUAGES
            .into_iter()
            .filter_map(|language| of(language).get(key))
            .flatten()
            .collect();
        for language in LANGUAGES {
            match of(language).get(key) {
                None if !is_term => {
                    findings.push(Finding::of(
                        &format!("{FOLDER}{language}"),
                        format!("`{key}` is missing"),
                    ));
                }
                Some(variables) if !is_term => {
                    for variable in all.iter().filter(|name| !variables.contains(**name)) {
                        findings.push(Finding::of(
                            &format!("{FOLDER}{language}"),
                            format!(
                                "`{key}` does not use `${variable}`, which another language uses"
                            ),
                        ));
                    }
                }
                _ => {}
            }
        }
    }
    findings
}

fn in_pattern(pattern: &ast::Pattern<String>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            in_expression(expression, variables);
        }
    }
}

/// The depth is that of the message's own braces, which the parser has already gone through.
fn in_expression(expression: &ast::Expression<String>, variables: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Select { selector, variants } => {
            in_inline(selector, variables);
            for variant in variants {
                in_pattern(&variant.value, variables);
            }
        }
        ast::Expression::Inline(inline) => in_inline(inline, variables),
    }
}

fn in_inline(inline: &ast::InlineExpression<String>, variables: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            variables.insert(id.name.clone());
        }
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            in_arguments(arguments, variables)
        }
        ast::InlineExpression::TermReference {
            arguments: Some(arguments),
            ..
        } => in_arguments(arguments, variables),
        ast::InlineExpression::Placeable { expression } => in_expression(expression, variables),
        _ => {}
    }
}

fn in_arguments(arguments: &ast::CallArguments<String>, variables: &mut BTreeSet<String>) {
    for positional in &arguments.positional {
        in_inline(positional, variables);
    }
    for named in &arguments.named {
        in_inline(&named.value, variables);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(en: &str, ru: &str, kk: &str) -> Vec<String> {
        let mut findings = Vec::new();
        let mut languages = BTreeMap::new();
        for (language, text) in LANGUAGES.into_iter().zip([en, ru, kk]) {
            let messages: &mut Messages = languages.entry(language).or_default();
            findings.extend(read_messages(language, text.to_owned(), messages));
        }
        findings.extend(compare(&languages));
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_same_messages_pass_whatever_their_plurals() {
        let en = "days = { $n ->\n    [one] { $n } day\n   *[other] { $n } days\n }\n";
        let ru = "days = { $n ->\n    [one] { $n } день\n    [few] { $n } дня\n   *[other] { $n } дней\n }\n";
        assert!(said(en, ru, "days = { NUMBER($n) } күн\n").is_empty());
    }

    #[test]
    fn a_missing_message_is_found() {
        assert_eq!(
            said("a = A\n", "a = А\n", "b = Б\n").len(),
            3,
            "a is missing in kk, and b in en and ru"
        );
    }

    #[test]
    fn a_missing_variable_is_found_in_the_language_that_lacks_it() {
        assert_eq!(
            said("a = { $name }\n", "a = имя\n", "a = { $name }\n"),
            [
                "crates/sapar-messages/locales/ru: `a` does not use `$name`, which another language uses"
            ]
        );
    }

    #[test]
    fn an_attribute_counts_as_a_message() {
        assert_eq!(
            said(
                "a = A\n    .hint = H\n",
                "a = А\n    .hint = П\n",
                "a = А\n"
            )
            .len(),
            1
        );
    }

    #[test]
    fn junk_and_doubles_are_found() {
        assert_eq!(
            said("a = A\nthis is not fluent\n", "a = А\n", "a = А\n").len(),
            1
        );
        assert_eq!(said("a = A\na = B\n", "a = А\n", "a = А\n").len(), 1);
    }

    #[test]
    fn no_messages_at_all_is_found() {
        assert_eq!(said("", "", "").len(), 1);
    }
}
