//! The pages of what went wrong: what happened, what was kept, what to do next.

use maud::{Markup, html};

use crate::frame::Frame;
use crate::layout::{Head, page as whole};
use crate::text::Text;

/// What went wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Problem {
    /// 403: not for this role and purpose.
    NotAllowed,
    /// 404: there is no such page, or not for this reader, which is the same to them.
    #[default]
    NotFound,
    /// 409: somebody else changed it meanwhile.
    Conflict,
    /// 413: too large.
    TooLarge,
    /// 422: the request makes no sense.
    NotUnderstood,
    /// 429: too many requests.
    TooMany,
    /// 500: our own mistake.
    OurMistake,
    /// 503: not ready, or the disk is full.
    NotReady,
}

impl Problem {
    /// Every problem.
    pub const ALL: [Problem; 8] = [
        Problem::NotAllowed,
        Problem::NotFound,
        Problem::Conflict,
        Problem::TooLarge,
        Problem::NotUnderstood,
        Problem::TooMany,
        Problem::OurMistake,
        Problem::NotReady,
    ];

    /// The status of HTTP.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Problem::NotAllowed => 403,
            Problem::NotFound => 404,
            Problem::Conflict => 409,
            Problem::TooLarge => 413,
            Problem::NotUnderstood => 422,
            Problem::TooMany => 429,
            Problem::OurMistake => 500,
            Problem::NotReady => 503,
        }
    }
}

/// A page of what went wrong.
#[derive(Clone, Default)]
pub struct View {
    /// What.
    pub problem: Problem,
    /// More of it, such as a refusal's own sentence; empty for nothing.
    pub about: Text,
    /// What to tell whoever looks after the program; identifies a log line and nobody.
    pub reference: String,
    /// After how many seconds to try again, for 429 and 503; 0 where it is not known.
    pub retry_after_seconds: u32,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let status = view.problem.status();
    let title = frame.text(&format!("problem-{status}-title"));
    let head = Head {
        title: &title,
        shape: "problem",
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            @if !view.about.is_empty() { p class="lead" { (frame.say(&view.about)) } }
            p class="lead" { (frame.text(&format!("problem-{status}-text"))) }
            @if view.retry_after_seconds > 0 {
                p { (frame.text_with("problem-retry", &[("count", view.retry_after_seconds.into())])) }
            }
            p class="actions" {
                @if frame.user.is_some() { a class="button primary" href="/" { (frame.text("problem-to-desk")) } }
                @else { a class="button primary" href="/sign-in" { (frame.text("sign-in-title")) } }
                a class="button" href="/help" { (frame.text("problem-whom-to-call")) }
            }
            p class="meta" {
                span { (frame.text_with("problem-status", &[("status", u32::from(status).into())])) }
                @if !view.reference.is_empty() {
                    span { (frame.text_with("problem-reference", &[("reference", (&view.reference).into())])) }
                }
            }
        },
    )
}
