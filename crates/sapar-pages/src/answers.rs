//! `/screenings/{id}/answers`: what was answered, by whom and how; each can be corrected, none erased.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::frame::Frame;
use crate::layout::{Head, page as whole};
use crate::parts::{PersonLine, badge, nothing, person_link};
use crate::text::{Prose, Text};

/// The answers of a screening.
#[derive(Clone, Default)]
pub struct View {
    /// The screening.
    pub screening: String,
    /// Of whom.
    pub person: PersonLine,
    /// The answers, the latest first.
    pub answers: Vec<AnswerLine>,
    /// Whether the interview runs, so that there is a question to return to.
    pub running: bool,
}

/// An answer.
#[derive(Clone, Default)]
pub struct AnswerLine {
    /// The fact, by its name in the vocabulary.
    pub fact: String,
    /// What was asked.
    pub question: Prose,
    /// What was answered: a value, or that the person does not know or say.
    pub answer: Text,
    /// How it was learned, as a word of the list `how`.
    pub how: Text,
    /// Who recorded it.
    pub who: Text,
    /// When.
    pub at: Timestamp,
    /// Whether it was corrected.
    pub corrected: bool,
    /// Whether the reader may correct it.
    pub may_correct: bool,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.text("answers-title");
    let over = html! { (person_link(frame, &view.person)) };
    let head = Head {
        title: &title,
        over: Some(&over),
        shape: "narrow",
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            p class="hint" { (frame.text("answers-hint")) }
            @if view.answers.is_empty() { (nothing(frame, "answers-none")) }
            @else { (list(frame, &view.screening, &view.answers)) }
            p class="actions" {
                @if view.running { a class="button primary" href={ "/screenings/" (view.screening) } { (frame.text("answers-back")) } }
                a class="button" href={ "/screenings/" (view.screening) "/outcome" } { (frame.text("answers-outcome")) }
            }
        },
    )
}

/// Answers under each other.
pub(crate) fn list(frame: &Frame, screening: &str, answers: &[AnswerLine]) -> Markup {
    html! {
        ul class="rows" {
            @for answer in answers {
                li {
                    p { (answer.question) }
                    p class="answer" { strong { (frame.say(&answer.answer)) } @if answer.corrected { " " (badge("quiet", &frame.text("answers-corrected"))) } }
                    p class="meta" {
                        span { (frame.say(&answer.how)) }
                        span { (frame.say(&answer.who)) }
                        (frame.time(answer.at))
                        @if answer.may_correct {
                            a href={ "/screenings/" (screening) "/answers/" (encoded(&answer.fact)) } {
                                (frame.text("answers-correct")) span class="vh" { ": " (answer.question.words) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The name of a fact as a part of an address; names of the vocabulary have blanks.
fn encoded(fact: &str) -> String {
    let mut encoded = String::with_capacity(fact.len());
    for byte in fact.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_stands_in_an_address_as_one_part() {
        assert_eq!(encoded("age in years"), "age%20in%20years");
        assert_eq!(encoded("a/b?c"), "a%2Fb%3Fc");
        assert_eq!(encoded("жас"), "%D0%B6%D0%B0%D1%81");
    }
}
