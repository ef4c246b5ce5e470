//! One position on a card: sign, word and colour together, never colour alone.

use maud::{Markup, html};

use super::{Article, Force, Position, Reason, Undecided, Verification};
use crate::frame::Frame;
use crate::parts::{Icon, badge, due, icon};

fn class(force: Force) -> &'static str {
    match force {
        Force::Prohibition => "prohibition",
        Force::Duty => "duty",
        Force::AdviceAgainst | Force::Advice => "advice",
        Force::Right => "right",
    }
}

fn sign(force: Force) -> Icon {
    match force {
        Force::Prohibition => Icon::Stop,
        Force::Duty => Icon::Duty,
        Force::AdviceAgainst | Force::Advice => Icon::Advice,
        Force::Right => Icon::Right,
    }
}

/// The word for how a position binds.
pub(super) fn word(frame: &Frame, force: Force) -> String {
    frame.text(match force {
        Force::Prohibition => "outcome-prohibition",
        Force::Duty => "outcome-duty",
        Force::AdviceAgainst => "outcome-advice-against",
        Force::Advice => "outcome-advice",
        Force::Right => "outcome-right",
    })
}

/// A certain position.
pub(super) fn card(frame: &Frame, position: &Position) -> Markup {
    html! {
        article class={ "position " (class(position.force)) } {
            (icon(sign(position.force)))
            div {
                p class="word" { strong { (word(frame, position.force)) } }
                p class="what" { (position.act) }
                p class="meta" { span { (position.bearer) } }
                @for limit in &position.limits {
                    p class="limit" { (limit.words) }
                    (due(frame, &limit.due))
                }
                @for barred in &position.barred_by {
                    p class="barred" { (icon(Icon::Stop)) span { (frame.text_with("outcome-barred", &[("act", (&barred.words).into())])) } }
                }
                (reasons(frame, &position.articles, &position.why))
            }
        }
    }
}

/// A prohibition that is not ruled out.
pub(super) fn maybe(frame: &Frame, one: &Undecided) -> Markup {
    html! {
        article class="position prohibition maybe" {
            (icon(Icon::Stop))
            div {
                p class="word" { strong { (frame.text("outcome-perhaps")) } }
                p class="what" { (one.act) }
                p class="meta" { span { (one.bearer) } }
                (deciding(frame, one))
                (reasons(frame, &one.articles, &[]))
            }
        }
    }
}

/// Another position that is not decided.
pub(super) fn undecided(frame: &Frame, one: &Undecided) -> Markup {
    html! {
        article class="position open" {
            (icon(Icon::Question))
            div {
                p class="word" { strong { (frame.text("outcome-open")) } ": " (word(frame, one.force)) }
                p class="what" { (one.act) }
                p class="meta" { span { (one.bearer) } }
                (deciding(frame, one))
                (reasons(frame, &one.articles, &[]))
            }
        }
    }
}

fn deciding(frame: &Frame, one: &Undecided) -> Markup {
    html! {
        @if !one.questions.is_empty() {
            p class="deciding" { (frame.text("outcome-decided-by")) }
            ul {
                @for question in &one.questions {
                    li { @if question.link.is_empty() { (question.words) } @else { a href=(question.link) { (question.words) } } }
                }
            }
        }
        @if !one.asker.is_empty() {
            p class="meta" { span { (frame.text_with("outcome-asker", &[("role", frame.say(&one.asker).into())])) } }
        }
    }
}

fn reasons(frame: &Frame, articles: &[Article], why: &[Reason]) -> Markup {
    html! {
        @if !articles.is_empty() || !why.is_empty() {
            details {
                summary { (frame.text("outcome-why")) }
                @for one in articles { (article(frame, one)) }
                @if !why.is_empty() { (tree(why)) }
            }
        }
    }
}

fn tree(reasons: &[Reason]) -> Markup {
    html! {
        ul class="why-tree" {
            @for reason in reasons {
                li { (reason.words) @if !reason.parts.is_empty() { (tree(&reason.parts)) } }
            }
        }
    }
}

/// An article, with how far its encoding was checked.
pub(crate) fn article(frame: &Frame, article: &Article) -> Markup {
    let (tone, words) = match &article.verification {
        Verification::Memory => ("late", frame.text("verification-memory")),
        Verification::Seen { source, on } => (
            "done",
            frame.text_with(
                "verification-seen",
                &[("source", source.into()), ("date", frame.date(*on).into())],
            ),
        ),
        Verification::Reviewed { by, on } => (
            "done",
            frame.text_with(
                "verification-reviewed",
                &[("name", by.into()), ("date", frame.date(*on).into())],
            ),
        ),
        Verification::Proposed => ("late", frame.text("verification-proposed")),
    };
    html! {
        p class="article" {
            @if article.link.is_empty() { (article.citation) } @else { a href=(article.link) { (article.citation) } }
            " " (badge(tone, &words))
        }
    }
}
