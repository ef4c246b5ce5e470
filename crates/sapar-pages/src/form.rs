//! Forms: what was typed, what was wrong, and the fields that show both.

use std::collections::BTreeMap;

use maud::{Markup, html};
use sapar_messages::Language;

use crate::frame::Frame;
use crate::text::{Choice, Text};

/// What was typed into a form and what was wrong with it.
///
/// Empty for a form that is shown for the first time, or filled with what is known already.
/// No `Debug`: what is typed is personal data.
#[derive(Clone, Default, PartialEq)]
pub struct Form {
    /// What was typed, by field.
    pub values: BTreeMap<String, Vec<String>>,
    /// What was wrong.
    pub errors: Vec<FieldError>,
}

/// One thing that was wrong.
#[derive(Clone, PartialEq)]
pub struct FieldError {
    /// The field; empty for the form as a whole.
    pub field: String,
    /// What to do, as a sentence.
    pub message: Text,
}

impl Form {
    /// A form of these fields and values, as they were posted.
    #[must_use]
    pub fn from_posted(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut form = Self::default();
        for (field, value) in pairs {
            form.values.entry(field).or_default().push(value);
        }
        form
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<String>) -> Self {
        self.values
            .entry(field.to_owned())
            .or_default()
            .push(value.into());
        self
    }

    /// Says that something was wrong; an empty field means the form as a whole.
    pub fn refuse(&mut self, field: &str, message: impl Into<Text>) {
        self.errors.push(FieldError {
            field: field.to_owned(),
            message: message.into(),
        });
    }

    /// The first value of a field, or nothing.
    #[must_use]
    pub fn value(&self, field: &str) -> &str {
        self.values
            .get(field)
            .and_then(|values| values.first())
            .map_or("", String::as_str)
    }

    /// Whether a field has this value among its values.
    #[must_use]
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.values
            .get(field)
            .is_some_and(|values| values.iter().any(|one| one == value))
    }

    fn errors_of<'f>(&'f self, field: &'f str) -> impl Iterator<Item = &'f Text> {
        self.errors
            .iter()
            .filter(move |error| error.field == field)
            .map(|error| &error.message)
    }
}

/// A form that was refused on a page with several, by the last part of its address, such as `notes`.
#[derive(Clone, Default, PartialEq)]
pub struct RefusedForm {
    /// Which.
    pub action: String,
    /// What was typed and what was wrong.
    pub form: Form,
}

/// How a field is asked for.
pub(crate) struct Input<'a> {
    name: &'a str,
    label: &'a str,
    hint: Option<&'a str>,
    kind: &'a str,
    autocomplete: &'a str,
    optional: bool,
    mode: Option<&'a str>,
    short: bool,
    code: bool,
    range: Option<(i64, i64)>,
    language: Option<&'a str>,
}

impl<'a> Input<'a> {
    pub(crate) fn new(name: &'a str, label: &'a str) -> Self {
        Self {
            name,
            label,
            hint: None,
            kind: "text",
            // Others' data must not be offered by the browser of a shared machine.
            autocomplete: "off",
            optional: false,
            mode: None,
            short: false,
            code: false,
            range: None,
            language: None,
        }
    }

    pub(crate) fn hint(mut self, key: &'a str) -> Self {
        self.hint = Some(key);
        self
    }

    pub(crate) fn kind(mut self, kind: &'a str) -> Self {
        self.kind = kind;
        self
    }

    pub(crate) fn autocomplete(mut self, value: &'a str) -> Self {
        self.autocomplete = value;
        self
    }

    pub(crate) fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    pub(crate) fn short(mut self) -> Self {
        self.short = true;
        self
    }

    /// Letters of a document: wide letters, no spelling.
    pub(crate) fn code(mut self) -> Self {
        self.code = true;
        self
    }

    pub(crate) fn range(mut self, least: i64, most: i64) -> Self {
        self.kind = "number";
        self.mode = Some("numeric");
        self.range = Some((least, most));
        self
    }

    pub(crate) fn language(mut self, language: &'a str) -> Self {
        self.language = Some(language);
        self
    }
}

/// Fields of one form, which keep what was typed.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) form: &'a Form,
    /// Before each id, so that two forms on a page do not share one.
    prefix: &'a str,
    main: bool,
}

impl<'a> Fields<'a> {
    /// The fields of the one form of a page, whose language buttons are in the header.
    pub(crate) fn main(frame: &'a Frame, form: &'a Form) -> Self {
        Self {
            frame,
            form,
            prefix: "f",
            main: true,
        }
    }

    /// The fields of one of several forms on a page, whose language buttons stand at its foot.
    pub(crate) fn named(frame: &'a Frame, form: &'a Form, prefix: &'a str) -> Self {
        Self {
            frame,
            form,
            prefix,
            main: false,
        }
    }

    fn id(&self, field: &str) -> String {
        id_of(self.prefix, field)
    }

    /// The form around its fields.
    pub(crate) fn form(&self, action: &str, body: &Markup) -> Markup {
        html! {
            form id=[self.main.then_some("main")] class="form" method="post" action=(action) novalidate {
                (csrf(self.frame))
                (body)
                @if !self.main { (self.languages()) }
            }
        }
    }

    /// The form around its fields without language buttons, for a page that has its own.
    pub(crate) fn bare(&self, action: &str, body: &Markup) -> Markup {
        html! {
            form class="form" method="post" action=(action) novalidate { (csrf(self.frame)) (body) }
        }
    }

    /// The form around its fields, able to carry files.
    pub(crate) fn upload(&self, action: &str, body: &Markup) -> Markup {
        html! {
            form class="form" method="post" action=(action) enctype="multipart/form-data" novalidate {
                (csrf(self.frame))
                (body)
                @if !self.main { (self.languages()) }
            }
        }
    }

    /// Buttons that show the same page in another language with all that was typed.
    fn languages(&self) -> Markup {
        html! {
            p class="form-languages" {
                @for language in Language::ALL {
                    @if language != self.frame.language {
                        button class="link" name="language" value=(language.code()) lang=(language.code()) formnovalidate {
                            (language.own_name())
                        }
                    }
                }
            }
        }
    }

    fn label(&self, key: &str, optional: bool) -> Markup {
        html! {
            (self.frame.text(key))
            @if optional { " " span class="optional" { (self.frame.text("form-optional")) } }
        }
    }

    fn about(&self, name: &str, hint: Option<&str>) -> (Markup, Option<String>, bool) {
        let id = self.id(name);
        let mut described = Vec::new();
        let errors: Vec<&Text> = self.form.errors_of(name).collect();
        let shown = html! {
            @if let Some(hint) = hint {
                p class="hint" id=(described_id(&id, "hint", &mut described)) { (self.frame.text(hint)) }
            }
            @if !errors.is_empty() {
                p class="error" id=(described_id(&id, "error", &mut described)) {
                    (crate::parts::icon(crate::parts::Icon::Warning))
                    span { @for error in &errors { (self.frame.say(error)) " " } }
                }
            }
        };
        let described = (!described.is_empty()).then(|| described.join(" "));
        (shown, described, !errors.is_empty())
    }

    /// A field of one line.
    pub(crate) fn text(&self, input: &Input<'_>) -> Markup {
        let id = self.id(input.name);
        let (about, described, wrong) = self.about(input.name, input.hint);
        // A password is typed anew; everything else is kept.
        let kept = (input.kind != "password").then(|| self.form.value(input.name));
        html! {
            div class="field" {
                label for=(id) { (self.label(input.label, input.optional)) }
                (about)
                input id=(id) name=(input.name) type=(input.kind) value=[kept]
                    class=[classes(input.short, input.code)]
                    autocomplete=(input.autocomplete) inputmode=[input.mode]
                    min=[input.range.map(|range| range.0)] max=[input.range.map(|range| range.1)]
                    spellcheck=[input.code.then_some("false")] lang=[input.language]
                    aria-describedby=[described] aria-invalid=[wrong.then_some("true")];
            }
        }
    }

    /// A field of several lines.
    pub(crate) fn area(&self, input: &Input<'_>, rows: u8) -> Markup {
        let id = self.id(input.name);
        let (about, described, wrong) = self.about(input.name, input.hint);
        html! {
            div class="field" {
                label for=(id) { (self.label(input.label, input.optional)) }
                (about)
                textarea id=(id) name=(input.name) rows=(rows) autocomplete="off"
                    class=[classes(false, input.code)]
                    spellcheck=[input.code.then_some("false")]
                    aria-describedby=[described] aria-invalid=[wrong.then_some("true")] {
                    // The first line break after the tag is not part of the text.
                    "\n" (self.form.value(input.name))
                }
            }
        }
    }

    /// A list to choose one from; nothing is chosen before the person chooses.
    pub(crate) fn select(&self, input: &Input<'_>, choices: &[Choice]) -> Markup {
        let id = self.id(input.name);
        let (about, described, wrong) = self.about(input.name, input.hint);
        html! {
            div class="field" {
                label for=(id) { (self.label(input.label, input.optional)) }
                (about)
                select id=(id) name=(input.name) autocomplete="off"
                    aria-describedby=[described] aria-invalid=[wrong.then_some("true")] {
                    option value="" { (self.frame.text("form-choose")) }
                    @for choice in choices {
                        option value=(choice.value) selected[self.form.has(input.name, &choice.value)] {
                            (self.frame.say(&choice.label))
                        }
                    }
                }
            }
        }
    }

    /// One of a few, all in sight.
    pub(crate) fn radios(&self, input: &Input<'_>, choices: &[Choice]) -> Markup {
        self.several(input, choices, "radio")
    }

    /// Any number of a few, all in sight.
    pub(crate) fn checks(&self, input: &Input<'_>, choices: &[Choice]) -> Markup {
        self.several(input, choices, "checkbox")
    }

    fn several(&self, input: &Input<'_>, choices: &[Choice], kind: &str) -> Markup {
        let id = self.id(input.name);
        let (about, described, wrong) = self.about(input.name, input.hint);
        html! {
            fieldset class="field choices" aria-describedby=[described] aria-invalid=[(wrong && kind == "radio").then_some("true")]
                role=[(kind == "radio").then_some("radiogroup")] {
                legend { (self.label(input.label, input.optional)) }
                (about)
                @for (at, choice) in choices.iter().enumerate() {
                    // The summary of errors leads to the first of them.
                    @let id = if at == 0 { id.clone() } else { format!("{id}-{at}") };
                    div class="choice" {
                        input id=(id) type=(kind) name=(input.name) value=(choice.value)
                            checked[self.form.has(input.name, &choice.value)];
                        label for=(id) {
                            span { (self.frame.say(&choice.label)) }
                            @if !choice.hint.is_empty() { small { (self.frame.say(&choice.hint)) } }
                        }
                    }
                }
            }
        }
    }

    /// A file to choose.
    pub(crate) fn file(&self, input: &Input<'_>, accept: &str) -> Markup {
        let id = self.id(input.name);
        let (about, described, wrong) = self.about(input.name, input.hint);
        html! {
            div class="field" {
                label for=(id) { (self.label(input.label, input.optional)) }
                (about)
                input id=(id) name=(input.name) type="file" accept=(accept)
                    aria-describedby=[described] aria-invalid=[wrong.then_some("true")];
            }
        }
    }

    /// The button that sends the form.
    pub(crate) fn submit(&self, key: &str) -> Markup {
        html! { p class="actions" { button class="primary" { (self.frame.text(key)) } } }
    }

    /// What was wrong, with links to the fields; nothing where nothing was.
    pub(crate) fn summary(&self) -> Markup {
        self.summary_headed("form-errors")
    }

    /// The same under another heading, where what was wrong is nothing that the reader typed.
    pub(crate) fn summary_headed(&self, heading: &str) -> Markup {
        html! {
            @if !self.form.errors.is_empty() {
                div class="error-summary" role="alert" tabindex="-1" id=(self.id("errors")) {
                    h2 { (crate::parts::icon(crate::parts::Icon::Warning)) (self.frame.text(heading)) }
                    ul {
                        @for error in &self.form.errors {
                            li {
                                @if error.field.is_empty() { (self.frame.say(&error.message)) }
                                @else { a href={ "#" (self.id(&error.field)) } { (self.frame.say(&error.message)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The hidden field of the token.
pub(crate) fn csrf(frame: &Frame) -> Markup {
    html! { input type="hidden" name="csrf" value=(frame.csrf); }
}

/// A field that is sent and not shown.
pub(crate) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A form of nothing but a button.
pub(crate) fn button_form(frame: &Frame, action: &str, key: &str, class: &str) -> Markup {
    button_form_with(frame, action, key, class, &html! {})
}

/// A form of a button and fields that are not shown.
pub(crate) fn button_form_with(
    frame: &Frame,
    action: &str,
    key: &str,
    class: &str,
    fields: &Markup,
) -> Markup {
    html! {
        form class="inline" method="post" action=(action) {
            (csrf(frame))
            (fields)
            button class=(class) { (frame.text(key)) }
        }
    }
}

fn described_id(id: &str, what: &str, all: &mut Vec<String>) -> String {
    let id = format!("{id}-{what}");
    all.push(id.clone());
    id
}

/// An id without the signs that a selector or an address would read otherwise.
fn id_of(prefix: &str, field: &str) -> String {
    let field: String = field
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '-'
            }
        })
        .collect();
    format!("{prefix}-{field}")
}

fn classes(short: bool, code: bool) -> Option<&'static str> {
    match (short, code) {
        (true, true) => Some("short code"),
        (true, false) => Some("short"),
        (false, true) => Some("code"),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_shown_again_and_errors_lead_to_their_fields() {
        let frame = Frame::default();
        let mut form = Form::default()
            .with("surname", "O'Neil <b>")
            .with("kind", "two")
            .with("words", "first\nsecond");
        form.refuse("surname", Text::key("refusal-name-empty"));
        form.refuse("", Text::key("refusal-encounter-closed"));
        let fields = Fields::main(&frame, &form);
        let text = fields.text(&Input::new("surname", "yes")).into_string();
        assert!(text.contains(r#"value="O'Neil &lt;b&gt;""#), "{text}");
        assert!(text.contains(r#"aria-describedby="f-surname-error""#));
        assert!(text.contains(r#"aria-invalid="true""#));
        let choices = [Choice::new("one", "1"), Choice::new("two", "2")];
        let radios = fields
            .radios(&Input::new("kind", "yes"), &choices)
            .into_string();
        assert!(radios.contains(r#"value="two" checked"#), "{radios}");
        assert!(!radios.contains(r#"value="one" checked"#));
        let select = fields
            .select(&Input::new("kind", "yes"), &choices)
            .into_string();
        assert!(select.contains(r#"value="two" selected"#));
        let area = fields.area(&Input::new("words", "yes"), 3).into_string();
        assert!(area.contains(">\nfirst\nsecond</textarea>"), "{area}");
        let summary = fields.summary().into_string();
        assert!(summary.contains(r##"href="#f-surname""##), "{summary}");
        assert!(text.contains(r#"id="f-surname""#));
        assert!(summary.contains("This encounter is closed"));
    }

    #[test]
    fn a_password_is_never_shown_again() {
        let frame = Frame::default();
        let form = Form::default().with("password", "geheim");
        let shown = Fields::main(&frame, &form)
            .text(&Input::new("password", "yes").kind("password"))
            .into_string();
        assert!(!shown.contains("geheim"));
    }

    #[test]
    fn a_field_named_by_the_law_gives_a_plain_id() {
        assert_eq!(id_of("f", "age in years"), "f-age-in-years");
    }
}
