//! `/screenings/{id}` and `/screenings/{id}/answers/{fact}`: one question a page.

use maud::{Markup, html};

use crate::answers::AnswerLine;
use crate::form::{Fields, Form, Input, button_form, csrf};
use crate::frame::Frame;
use crate::layout::{Head, page as whole};
use crate::outcome::{Article, article};
use crate::parts::{Icon, PersonLine, icon, person_link};
use crate::text::{Choice, Prose, Text};

/// A question of an interview.
#[derive(Clone, Default)]
pub struct View {
    /// The screening.
    pub screening: String,
    /// Of whom.
    pub person: PersonLine,
    /// What is asked; `None` where nothing more is to be asked.
    pub question: Option<Question>,
    /// Fields `value`, `values[]`, `number`, `date`, `unknown` and `how`.
    /// Where an answer is corrected, it holds the answer given before.
    pub form: Form,
    /// How many questions are answered.
    pub answered: u32,
    /// The last answers, the latest first.
    pub answers: Vec<AnswerLine>,
    /// Whether there is a question to go back to.
    pub may_go_back: bool,
    /// The higher role in which the reader may take the interview over; empty where they may not.
    pub take_over_as: Text,
    /// Who asks what the reader may not ask.
    pub left_to: LeftTo,
    /// Whether an answer given before is corrected: then nothing but this question is on the page.
    pub correcting: bool,
}

/// Who asks what the reader may not ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LeftTo {
    /// Nothing is left.
    #[default]
    Nobody,
    /// A higher role, which nobody has called yet.
    Higher,
    /// A higher role, which has taken the interview over.
    TakenOver,
}

/// What is asked.
#[derive(Clone, Default)]
pub struct Question {
    /// The fact, by its name in the vocabulary.
    pub fact: String,
    /// The question.
    pub words: Prose,
    /// What an answer can be.
    pub kind: QuestionKind,
    /// How it is learned if nothing else is said: a code of the list `how`.
    pub how: String,
    /// Other ways in which it can be learned, by their codes; `how` is among them.
    pub hows: Vec<String>,
    /// What a document suggests, as a sentence; empty for nothing.
    pub suggestion: Text,
    /// What to mind when asking, such as that a specialist should be present; empty for nothing.
    pub care: Text,
    /// What depends on the answer, and the articles that say so.
    pub because: Vec<Because>,
}

/// Something that depends on an answer.
#[derive(Clone, Default)]
pub struct Because {
    /// What.
    pub position: Prose,
    /// The articles.
    pub articles: Vec<Article>,
}

/// What an answer can be.
#[derive(Clone, Default)]
pub enum QuestionKind {
    /// Yes or no.
    #[default]
    YesNo,
    /// One of these.
    OneOf(Vec<Choice>),
    /// Any number of these.
    ManyOf(Vec<Choice>),
    /// A whole number.
    Number {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A date.
    Date,
}

/// So many choices are buttons, each an answer at one touch; more are a list.
const BUTTONS_MAX: usize = 9;

const STOP_REASONS: [&str; 5] = [
    "person-stopped",
    "needs-help-first",
    "no-interpreter",
    "circumstances",
    "passed-on",
];

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let fields = Fields::main(frame, &view.form);
    let finished = frame.text("interview-nothing-more");
    let title = view
        .question
        .as_ref()
        .map_or(finished.as_str(), |question| question.words.words.as_str());
    let over = html! {
        (person_link(frame, &view.person)) " · "
        (frame.text_with("interview-progress", &[("count", view.answered.into())]))
    };
    let head = Head {
        title,
        form: view.question.is_some().then_some(&view.form),
        over: Some(&over),
        shape: "interview",
        language: view
            .question
            .as_ref()
            .and_then(|question| question.words.language.as_deref()),
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            @match &view.question {
                Some(question) => (asked(frame, view, question, &fields)),
                None => (nothing_more(frame, view)),
            }
            @if !view.correcting { (beside(frame, view)) }
        },
    )
}

/// There is nothing that the reader may ask: what that means, and how to end it.
fn nothing_more(frame: &Frame, view: &View) -> Markup {
    let ending = html! {
        div class="actions" { (button_form(frame, &path(view, "finish"), "interview-finish", "primary")) }
    };
    html! {
        @match view.left_to {
            LeftTo::Nobody => { p class="lead" { (frame.text("interview-finished")) } (ending) }
            LeftTo::Higher => {
                p class="lead" { (frame.text("interview-finished")) }
                p { (frame.text("interview-for-others")) }
                (ending)
            }
            LeftTo::TakenOver => div class="caution" { p { (icon(Icon::Warning)) " " (frame.text("interview-taken-over")) } },
        }
    }
}

fn path(view: &View, action: &str) -> String {
    format!("/screenings/{}/{action}", view.screening)
}

fn asked(frame: &Frame, view: &View, question: &Question, fields: &Fields<'_>) -> Markup {
    html! {
        @if !question.care.is_empty() { p class="care" { (icon(Icon::Lock)) span { (frame.say(&question.care)) } } }
        @if !question.suggestion.is_empty() { p class="suggestion" { (icon(Icon::Advice)) span { (frame.say(&question.suggestion)) } } }
        (fields.summary())
        (fields.form(&path(view, "answers"), &html! {
            input type="hidden" name="fact" value=(question.fact);
            @if question.hows.len() > 1 { (how(frame, question, &view.form)) }
            @else { input type="hidden" name="how" value=(question.how); }
            (answer(fields, question))
            (not_said(frame, "does-not-know", "does-not-want-to-say"))
        }))
    }
}

fn how(frame: &Frame, question: &Question, form: &Form) -> Markup {
    let chosen = if form.value("how").is_empty() {
        &question.how
    } else {
        form.value("how")
    };
    html! {
        fieldset class="segments" {
            legend { (frame.text("interview-how")) }
            @for how in &question.hows {
                label { input type="radio" name="how" value=(how) checked[how == chosen]; span { (frame.text(&format!("how-{how}"))) } }
            }
        }
    }
}

fn answer(fields: &Fields<'_>, question: &Question) -> Markup {
    let frame = fields.frame;
    match &question.kind {
        QuestionKind::YesNo => buttons(
            fields,
            &[
                Choice::new("yes", Text::key("yes")),
                Choice::new("no", Text::key("no")),
            ],
            true,
        ),
        QuestionKind::OneOf(choices) if choices.len() <= BUTTONS_MAX => {
            buttons(fields, choices, false)
        }
        QuestionKind::OneOf(choices) => html! {
            (fields.select(&Input::new("value", "interview-answer"), choices))
            (fields.submit("interview-next"))
        },
        QuestionKind::ManyOf(choices) => html! {
            (fields.checks(&Input::new("values[]", "interview-answer-many"), choices))
            (fields.submit("interview-next"))
        },
        QuestionKind::Number { least, most } => html! {
            (fields.text(&Input::new("number", "interview-answer").range(*least, *most).short()))
            p class="hint" {
                (frame.text_with("interview-range", &[("least", (*least).into()), ("most", (*most).into())]))
            }
            (fields.submit("interview-next"))
        },
        QuestionKind::Date => html! {
            (fields.text(&Input::new("date", "interview-answer").kind("date").short()))
            (fields.submit("interview-next"))
        },
    }
}

/// Answers at one touch; the digit of each works as a key where there is script.
fn buttons(fields: &Fields<'_>, choices: &[Choice], large: bool) -> Markup {
    let frame = fields.frame;
    html! {
        div class={ "answers" @if large { " two" } } role="group" aria-label=(frame.text("interview-answer")) {
            @for (number, choice) in (1..).zip(choices) {
                @let before = fields.form.has("value", &choice.value);
                button name="value" value=(choice.value) data-key=(number) class=[before.then_some("before")] {
                    kbd aria-hidden="true" { (number) }
                    span {
                        (frame.say(&choice.label))
                        @if !choice.hint.is_empty() { small { (frame.say(&choice.hint)) } }
                        @if before { small { (frame.text("interview-before")) } }
                    }
                }
            }
        }
    }
}

/// Does not know, and does not want to say: offered with every question, and never the same as no.
pub(crate) fn not_said(frame: &Frame, does_not_know: &str, does_not_want: &str) -> Markup {
    html! {
        div class="answers not-said" role="group" aria-label=(frame.text("interview-not-said")) {
            button name="unknown" value="does-not-know" data-key="?" { kbd aria-hidden="true" { "?" } span { (frame.text(does_not_know)) } }
            button name="unknown" value="does-not-want-to-say" data-key="-" { kbd aria-hidden="true" { "-" } span { (frame.text(does_not_want)) } }
        }
    }
}

/// What stands beside the question: the reason, the way back, the traveller's view, the answers, the end.
fn beside(frame: &Frame, view: &View) -> Markup {
    html! {
        div class="beside" {
            @if view.may_go_back {
                form class="inline" method="post" action=(path(view, "back")) { (csrf(frame)) button { (frame.text("interview-back")) } }
            }
            @if view.question.is_some() {
                a class="button" href=(path(view, "traveller")) { (frame.text("interview-turn")) }
            }
            a class="button" href=(path(view, "answers")) { (frame.text("answers-title")) }
        }
        @if let Some(question) = &view.question {
            @if !question.because.is_empty() {
                details class="why" {
                    summary { (frame.text("interview-why-asked")) }
                    ul class="rows" {
                        @for because in &question.because {
                            li { p class="what" { (because.position) } @for one in &because.articles { (article(frame, one)) } }
                        }
                    }
                }
            }
        }
        @if !view.answers.is_empty() {
            details class="so-far" {
                summary { (frame.text("interview-last-answers")) }
                (crate::answers::list(frame, &view.screening, &view.answers))
            }
        }
        @if !view.take_over_as.is_empty() { (take_over(frame, &view.screening, &view.take_over_as)) }
        @if view.question.is_some() {
            details class="stop" {
                summary { (frame.text("interview-stop")) }
                (stop(frame, view))
            }
        }
    }
}

/// Taking over an interview that a colleague of a lower role began.
pub(crate) fn take_over(frame: &Frame, screening: &str, role: &Text) -> Markup {
    html! {
        div id="take-over" class="take-over no-print" {
            p class="hint" { (frame.text_with("interview-take-over-hint", &[("role", frame.say(role).into())])) }
            (button_form(frame, &format!("/screenings/{screening}/takeover"), "interview-take-over", "secondary"))
        }
    }
}

fn stop(frame: &Frame, view: &View) -> Markup {
    let empty = Form::default();
    let fields = Fields::named(frame, &empty, "stop");
    html! {
        p class="hint" { (frame.text("interview-stop-hint")) }
        (fields.form(&path(view, "stop"), &html! {
            (fields.radios(&Input::new("reason", "interview-stop-why"), &Choice::words("stop-reason", STOP_REASONS)))
            (fields.submit("interview-stop"))
        }))
    }
}
