//! `/screenings/{id}/traveller`: the question turned to the traveller, in very large type and in their language.

use maud::{Markup, html};
use sapar_messages::Language;

use crate::form::{Fields, Form, Input};
use crate::frame::Frame;
use crate::interview::{Question, QuestionKind, not_said};
use crate::layout::document;
use crate::text::{Choice, Text};

/// A question for the traveller's own eyes.
///
/// Nothing else of the file is on the page: whoever stands beside may look too.
#[derive(Clone, Default)]
pub struct View {
    /// The screening.
    pub screening: String,
    /// The language of the traveller; the frame has the officer's.
    pub language: Language,
    /// The question in the traveller's language.
    pub question: Question,
    /// What was typed, if it was refused.
    pub form: Form,
}

/// The page. Its forms have one field more than the officer's, `traveller` with the language, so that the next question comes here too.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let theirs = Frame {
        language: view.language,
        ..frame.clone()
    };
    let fields = Fields::named(&theirs, &view.form, "t");
    let back = format!("/screenings/{}", view.screening);
    let own = frame.language.code();
    document(
        &theirs,
        &theirs.text("traveller-title"),
        !view.form.errors.is_empty(),
        &html! {
            main id="content" class="traveller" tabindex="-1" {
                header class="traveller-top" {
                    a class="button" href=(back) lang=(own) { (frame.text("traveller-back")) }
                    form class="traveller-languages" method="get" action={ (back) "/traveller" } aria-label=(theirs.text("languages")) {
                        @for language in Language::ALL {
                            button name="language" value=(language.code()) lang=(language.code())
                                aria-current=[(language == view.language).then_some("true")] { (language.own_name()) }
                        }
                    }
                }
                h1 lang=[view.question.words.language.as_deref()] { (view.question.words.words) }
                (fields.summary())
                (fields.bare(&format!("{back}/answers"), &html! {
                    input type="hidden" name="fact" value=(view.question.fact);
                    input type="hidden" name="how" value="asked";
                    input type="hidden" name="traveller" value=(view.language.code());
                    (answer(&fields, &view.question.kind))
                    (not_said(&theirs, "traveller-does-not-know", "traveller-does-not-want"))
                }))
                p class="lead" { (theirs.text("traveller-free")) }
            }
        },
    )
}

fn answer(fields: &Fields<'_>, kind: &QuestionKind) -> Markup {
    let yes_no = [
        Choice::new("yes", Text::key("yes")),
        Choice::new("no", Text::key("no")),
    ];
    match kind {
        QuestionKind::YesNo => buttons(fields, &yes_no),
        QuestionKind::OneOf(choices) => buttons(fields, choices),
        QuestionKind::ManyOf(choices) => html! {
            (fields.checks(&Input::new("values[]", "interview-answer-many"), choices))
            (fields.submit("interview-next"))
        },
        QuestionKind::Number { least, most } => html! {
            (fields.text(&Input::new("number", "interview-answer").range(*least, *most).short()))
            (fields.submit("interview-next"))
        },
        QuestionKind::Date => html! {
            (fields.text(&Input::new("date", "interview-answer").kind("date").short()))
            (fields.submit("interview-next"))
        },
    }
}

fn buttons(fields: &Fields<'_>, choices: &[Choice]) -> Markup {
    let frame = fields.frame;
    html! {
        div class={ "answers" @if choices.len() == 2 { " two" } } role="group" aria-label=(frame.text("interview-answer")) {
            @for choice in choices {
                button name="value" value=(choice.value) { span { (frame.say(&choice.label)) } }
            }
        }
    }
}
