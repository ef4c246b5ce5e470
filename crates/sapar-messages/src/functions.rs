//! The few functions a catalogue may call, for what plural forms cannot say.

use fluent_bundle::{FluentArgs, FluentValue};

/// `THE($bearer)`: begins a sentence with "The", unless the label brings its own article.
pub(crate) fn the<'a>(positional: &[FluentValue<'a>], _: &FluentArgs<'_>) -> FluentValue<'a> {
    on_text(positional, |text| {
        let has_article = ["the ", "a ", "an "].iter().any(|article| {
            text.get(..article.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(article))
        });
        if has_article {
            capitalised(text)
        } else {
            format!("The {text}")
        }
    })
}

/// `CAPITAL($bearer)`: begins a sentence with a capital letter.
pub(crate) fn capital<'a>(positional: &[FluentValue<'a>], _: &FluentArgs<'_>) -> FluentValue<'a> {
    on_text(positional, capitalised)
}

/// `KEY($unit)`: the words of the law language as a variant's name, `working days` as `working-days`.
pub(crate) fn key<'a>(positional: &[FluentValue<'a>], _: &FluentArgs<'_>) -> FluentValue<'a> {
    on_text(positional, |text| text.trim().replace(' ', "-"))
}

fn on_text<'a>(positional: &[FluentValue<'a>], change: impl Fn(&str) -> String) -> FluentValue<'a> {
    match positional.first() {
        Some(FluentValue::String(text)) => FluentValue::from(change(text)),
        Some(other) => other.clone(),
        None => FluentValue::Error,
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(
        function: fn(&[FluentValue<'static>], &FluentArgs<'_>) -> FluentValue<'static>,
        text: &'static str,
    ) -> FluentValue<'static> {
        function(&[FluentValue::from(text)], &FluentArgs::new())
    }

    #[test]
    fn the_article_is_set_once() {
        assert_eq!(told(the, "Border Service"), "The Border Service".into());
        assert_eq!(told(the, "the state"), "The state".into());
        assert_eq!(told(the, "theatre"), "The theatre".into());
        assert_eq!(told(the, "a"), "The a".into());
        assert_eq!(told(the, "қызмет"), "The қызмет".into());
    }

    #[test]
    fn letters_of_every_language_have_a_capital() {
        assert_eq!(
            told(capital, "әлеуметтік қызмет"),
            "Әлеуметтік қызмет".into()
        );
        assert_eq!(told(capital, "іздеу тобы"), "Іздеу тобы".into());
        assert_eq!(told(capital, "ёлка"), "Ёлка".into());
        assert_eq!(told(capital, ""), "".into());
    }
}
