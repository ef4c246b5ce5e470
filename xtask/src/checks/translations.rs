//! English, Russian and Kazakh have the same messages with the same variables.
//!
//! A message that exists in one language only would show an officer a key instead of a sentence, and a variable left out would drop a fact from it.
//! Terms, and attributes that messages of the same language refer to, are grammar of that language (a Russian genitive, say) and need not exist in another.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast;

use crate::finding::{Finding, Report};
use crate::repository::{Failure, Repository};

const FOLDER: &str = "crates/sapar-messages/locales/";
const LANGUAGES: [&str; 3] = ["en", "ru", "kk"];

/// An attribute is a message of its own, `key.attribute`, and a term is `-key`.
type Messages = BTreeMap<String, Uses>;

/// What the text of a message uses by name.
#[derive(Debug, Default)]
struct Uses {
    variables: BTreeSet<String>,
    /// Other messages, attributes and terms it is made of.
    references: BTreeSet<String>,
}

/// The variables of a message and of all it is made of.
fn variables_of(key: &str, messages: &Messages) -> BTreeSet<String> {
    let mut variables = BTreeSet::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut to_read = vec![key];
    while let Some(key) = to_read.pop() {
        // A message that refers to itself would otherwise be read for ever.
        if let Some(uses) = messages.get(key)
            && seen.insert(key)
        {
            variables.extend(uses.variables.iter().cloned());
            to_read.extend(uses.references.iter().map(String::as_str));
        }
    }
    variables
}

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
            let mut uses = Uses::default();
            in_pattern(&pattern, &mut uses);
            if messages.insert(key.clone(), uses).is_some() {
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
        let is_grammar = |messages: &Messages| {
            key.starts_with('-')
                || (key.contains('.')
                    && messages.values().any(|uses| uses.references.contains(key)))
        };
        if languages.values().any(is_grammar) {
            continue;
        }
        let all: BTreeSet<String> = languages
            .values()
            .flat_map(|messages| variables_of(key, messages))
            .collect();
        for language in LANGUAGES {
            let place = format!("{FOLDER}{language}");
            if !of(language).contains_key(key) {
                findings.push(Finding::of(&place, format!("`{key}` is missing")));
                continue;
            }
            for variable in all.difference(&variables_of(key, of(language))) {
                findings.push(Finding::of(
                    &place,
                    format!("`{key}` does not use `${variable}`, which another language uses"),
                ));
            }
        }
    }
    findings
}

fn in_pattern(pattern: &ast::Pattern<String>, uses: &mut Uses) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            in_expression(expression, uses);
        }
    }
}

/// The depth is that of the message's own braces, which the parser has already gone through.
fn in_expression(expression: &ast::Expression<String>, uses: &mut Uses) {
    match expression {
        ast::Expression::Select { selector, variants } => {
            in_inline(selector, uses);
            for variant in variants {
                in_pattern(&variant.value, uses);
            }
        }
        ast::Expression::Inline(inline) => in_inline(inline, uses),
    }
}

fn in_inline(inline: &ast::InlineExpression<String>, uses: &mut Uses) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            uses.variables.insert(id.name.clone());
        }
        ast::InlineExpression::FunctionReference { arguments, .. } => in_arguments(arguments, uses),
        ast::InlineExpression::MessageReference { id, attribute } => {
            uses.references.insert(key_of(&id.name, attribute.as_ref()));
        }
        ast::InlineExpression::TermReference {
            id,
            attribute,
            arguments,
        } => {
            uses.references
                .insert(format!("-{}", key_of(&id.name, attribute.as_ref())));
            if let Some(arguments) = arguments {
                in_arguments(arguments, uses);
            }
        }
        ast::InlineExpression::Placeable { expression } => in_expression(expression, uses),
        _ => {}
    }
}

fn key_of(name: &str, attribute: Option<&ast::Identifier<String>>) -> String {
    match attribute {
        Some(attribute) => format!("{name}.{}", attribute.name),
        None => name.to_owned(),
    }
}

fn in_arguments(arguments: &ast::CallArguments<String>, uses: &mut Uses) {
    for positional in &arguments.positional {
        in_inline(positional, uses);
    }
    for named in &arguments.named {
        in_inline(&named.value, uses);
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
    fn grammar_of_one_language_need_not_exist_in_another() {
        let en = "days = { $n } days\nwithin = within { days }\n";
        let ru = "days = { $n } дней\n    .genitive = { $n } дня\nwithin = в течение { days.genitive }\n";
        assert!(said(en, ru, "days = { $n } күн\nwithin = { $n } күн ішінде\n").is_empty());
        assert_eq!(
            said(en, ru, "days = { $n } күн\nwithin = бірнеше күн ішінде\n").len(),
            1,
            "the variable behind the reference is missing in kk"
        );
    }

    #[test]
    fn a_message_that_refers_to_itself_does_not_hang() {
        assert!(said("a = { a }\n", "a = { a }\n", "a = { a }\n").is_empty());
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
