//! `/screenings/{id}/outcome`: what the law demands for this person. Prohibitions first.

mod card;

use jiff::civil::Date;
use maud::{Markup, html};

use crate::form::{Form, Input, RefusedForm, button_form};
use crate::frame::Frame;
use crate::layout::{Head, page as whole};
use crate::parts::{Act, Due, Icon, PersonLine, act, icon, person_link};
use crate::text::{Choice, Prose, Text};

pub(crate) use card::article;
use card::{card, maybe, undecided};

/// The outcome of a screening.
///
/// Prohibitions come before everything else on the page, first the certain ones, then those that are not ruled out.
#[derive(Clone, Default)]
pub struct View {
    /// The screening.
    pub screening: String,
    /// Of whom.
    pub person: PersonLine,
    /// The legal order, in words.
    pub order: Prose,
    /// The day as of which the law was read.
    pub law_as_of: Option<Date>,
    /// Why the interview was stopped before its end; empty where it was not.
    pub stopped: Text,
    /// Must not.
    pub prohibitions: Vec<Position>,
    /// Must.
    pub duties: Vec<Position>,
    /// Should and should not, the latter first.
    pub recommendations: Vec<Position>,
    /// May.
    pub rights: Vec<Position>,
    /// What is not certain.
    pub undecided: Vec<Undecided>,
    /// Where the law both demands and forbids.
    pub conflicts: Vec<Conflict>,
    /// What changed since the outcome was computed before, in words.
    pub changes: Vec<Change>,
    /// Of the norms it rests on: how many were seen in the source, written from memory, reviewed.
    pub checked: Checked,
    /// The languages in which the notice of rights can be printed; empty where the reader may not.
    pub notices: Vec<Choice>,
    /// Whether the interview can be gone on with.
    pub may_go_on: bool,
    /// The higher role in which the reader may take the interview over; empty where they may not.
    pub take_over_as: Text,
    /// The day of today, where the reader may have it evaluated under the law of another day.
    pub may_follow_law: Option<Date>,
    /// A form of this page that was refused.
    pub refused: Option<RefusedForm>,
}

/// How a position binds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Force {
    /// Must not.
    Prohibition,
    /// Must.
    #[default]
    Duty,
    /// Should not.
    AdviceAgainst,
    /// Should.
    Advice,
    /// May.
    Right,
}

/// Something that is certain.
#[derive(Clone, Default)]
pub struct Position {
    /// How it binds.
    pub force: Force,
    /// What.
    pub act: Prose,
    /// Who.
    pub bearer: Prose,
    /// In what time, each limit in words and when it ends.
    pub limits: Vec<Limit>,
    /// Prohibitions of the same act, certain or not ruled out: while one stands, this must not be acted on.
    pub barred_by: Vec<Prose>,
    /// The articles it rests on.
    pub articles: Vec<Article>,
    /// Why it holds.
    pub why: Vec<Reason>,
}

/// A limit in time.
#[derive(Clone, Default)]
pub struct Limit {
    /// As the law says it.
    pub words: Prose,
    /// When it ends.
    pub due: Due,
}

/// An article with how far its encoding was checked.
#[derive(Clone, Default)]
pub struct Article {
    /// Instrument and provision.
    pub citation: Prose,
    /// Its page in the law browser; empty for none.
    pub link: String,
    /// How far it was checked.
    pub verification: Verification,
}

/// How far an encoded norm was checked.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Verification {
    /// From memory, compared with no text.
    #[default]
    Memory,
    /// Compared with a text.
    Seen {
        /// Which.
        source: String,
        /// When.
        on: Date,
    },
    /// Reviewed by a lawyer.
    Reviewed {
        /// Who.
        by: String,
        /// When.
        on: Date,
    },
    /// A draft that nobody adopted.
    Proposed,
}

/// A reason, and what it rests on.
#[derive(Clone, Default)]
pub struct Reason {
    /// In words.
    pub words: Prose,
    /// Reasons below it.
    pub parts: Vec<Reason>,
}

/// Something that is not certain.
#[derive(Clone, Default)]
pub struct Undecided {
    /// How it would bind.
    pub force: Force,
    /// What.
    pub act: Prose,
    /// Who.
    pub bearer: Prose,
    /// The questions that would decide it, in the safe order.
    pub questions: Vec<Deciding>,
    /// The lowest role that may ask one of them; empty where nobody can.
    pub asker: Text,
    /// The articles that may apply.
    pub articles: Vec<Article>,
}

/// A question that would decide something.
#[derive(Clone, Default)]
pub struct Deciding {
    /// The fact in words.
    pub words: Prose,
    /// Where the reader can answer it; empty where the reader may not.
    pub link: String,
}

/// Where the law both demands and forbids.
#[derive(Clone, Default)]
pub struct Conflict {
    /// What is demanded or allowed, and by which articles.
    pub asks: Prose,
    /// What is forbidden, and by which articles.
    pub forbids: Prose,
    /// The side that the order prefers, in words; empty where neither.
    pub preferred: Prose,
}

/// Something that changed.
#[derive(Clone, Default)]
pub struct Change {
    /// Whether it begins or ends.
    pub begins: bool,
    /// How it binds.
    pub force: Force,
    /// What.
    pub act: Prose,
}

/// How many norms were checked how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    /// Seen in the source.
    pub seen: u32,
    /// From memory.
    pub memory: u32,
    /// Reviewed by a lawyer.
    pub reviewed: u32,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.text("outcome-title");
    let over = html! { (person_link(frame, &view.person)) };
    let head = Head {
        title: &title,
        over: Some(&over),
        shape: "outcome",
        ..Head::default()
    };
    let maybe_forbidden: Vec<&Undecided> = view
        .undecided
        .iter()
        .filter(|one| one.force == Force::Prohibition)
        .collect();
    let others: Vec<&Undecided> = view
        .undecided
        .iter()
        .filter(|one| one.force != Force::Prohibition)
        .collect();
    whole(
        frame,
        head,
        &html! {
            @if !view.stopped.is_empty() && !view.take_over_as.is_empty() {
                p class="actions no-print" { a class="button" href="#take-over" { (frame.text("interview-take-over")) } }
            }
            section class="prohibitions" aria-labelledby="prohibitions" {
                h2 id="prohibitions" { (icon(Icon::Stop)) (frame.text("heading-prohibitions")) }
                @if view.prohibitions.is_empty() { p { (frame.text("outcome-no-prohibition")) } }
                ul class="cards" { @for position in &view.prohibitions { li { (card(frame, position)) } } }
                @if !maybe_forbidden.is_empty() {
                    h3 { (frame.text("outcome-perhaps-forbidden")) }
                    p { (frame.text("outcome-perhaps-forbidden-text")) }
                    ul class="cards" { @for one in &maybe_forbidden { li { (maybe(frame, one)) } } }
                }
            }
            @if !view.stopped.is_empty() {
                div class="caution" {
                    h2 { (icon(Icon::Warning)) (frame.text("outcome-partial")) }
                    p { (frame.say(&view.stopped)) ". " (frame.text("outcome-partial-text")) }
                    // Who may go on need not read to the end first.
                    @if !view.take_over_as.is_empty() { (crate::interview::take_over(frame, &view.screening, &view.take_over_as)) }
                }
            }
            @if !view.conflicts.is_empty() { (conflicts(frame, &view.conflicts)) }
            @if !view.changes.is_empty() { (changes(frame, &view.changes)) }
            p class="actions" {
                @for language in &view.notices {
                    a class="button" href={ "/screenings/" (view.screening) "/notice.pdf?language=" (language.value) } {
                        (frame.text_with("outcome-notice", &[("language", frame.say(&language.label).into())]))
                    }
                }
                a class="button" href={ "/screenings/" (view.screening) "/answers" } { (frame.text("answers-title")) }
            }
            (group(frame, "duties", Icon::Duty, "heading-duties", &view.duties, "outcome-no-duty"))
            (group(frame, "rights", Icon::Right, "outcome-rights", &view.rights, ""))
            (group(frame, "recommendations", Icon::Advice, "heading-recommendations", &view.recommendations, ""))
            @if !others.is_empty() {
                section class="group-open" aria-labelledby="open" {
                    h2 id="open" { (icon(Icon::Question)) (frame.text("outcome-undecided")) }
                    p { (frame.text("warning-unanswered-is-not-no")) }
                    ul class="cards two" { @for one in &others { li { (undecided(frame, one)) } } }
                }
            }
            @if view.may_go_on {
                p class="actions" { a class="button" href={ "/screenings/" (view.screening) } { (frame.text("outcome-go-on")) } }
            }
            @if view.stopped.is_empty() && !view.take_over_as.is_empty() { (crate::interview::take_over(frame, &view.screening, &view.take_over_as)) }
            @if let Some(today) = view.may_follow_law { (follow_law(frame, view, today)) }
            (foot(frame, view))
        },
    )
}

fn group(
    frame: &Frame,
    id: &str,
    sign: Icon,
    key: &str,
    positions: &[Position],
    empty: &str,
) -> Markup {
    html! {
        @if !positions.is_empty() || !empty.is_empty() {
            section class={ "group-" (id) } aria-labelledby=(id) {
                h2 id=(id) { (icon(sign)) (frame.text(key)) }
                @if positions.is_empty() { p { (frame.text(empty)) } }
                ul class="cards two" { @for position in positions { li { (card(frame, position)) } } }
            }
        }
    }
}

fn conflicts(frame: &Frame, conflicts: &[Conflict]) -> Markup {
    html! {
        section class="caution" aria-labelledby="conflicts" {
            h2 id="conflicts" { (icon(Icon::Warning)) (frame.text("heading-conflicts")) }
            p { (frame.text("outcome-conflict")) }
            ul class="rows" {
                @for conflict in conflicts {
                    li {
                        p { (conflict.forbids) }
                        p { (conflict.asks) }
                        @if !conflict.preferred.is_empty() {
                            p class="meta" { span { (frame.text("outcome-preferred")) } strong { (conflict.preferred) } }
                        }
                    }
                }
            }
        }
    }
}

fn changes(frame: &Frame, changes: &[Change]) -> Markup {
    html! {
        section class="panel" aria-labelledby="changes" {
            h2 id="changes" { (frame.text("outcome-changes")) }
            ul class="rows" {
                @for change in changes {
                    li {
                        strong { (frame.text(if change.begins { "outcome-change-begins" } else { "outcome-change-ends" })) } " "
                        (card::word(frame, change.force)) ": " (change.act)
                    }
                }
            }
        }
    }
}

/// Evaluating the same answers under the law of another day.
fn follow_law(frame: &Frame, view: &View, today: Date) -> Markup {
    let base = format!("/screenings/{}", view.screening);
    let known = Form::default().with("on", today.to_string());
    let what = Act {
        base: &base,
        action: "law",
        key: "law-follow",
        refused: view.refused.as_ref(),
        known: &known,
        upload: false,
    };
    act(frame, &what, |fields| {
        html! {
            p { (frame.text("law-follow-text")) }
            (fields.text(&Input::new("on", "law-follow-day").kind("date").short().hint("law-follow-day-hint")))
            (fields.submit("law-follow"))
        }
    })
}

fn foot(frame: &Frame, view: &View) -> Markup {
    let checked = view.checked;
    html! {
        div class="outcome-foot" {
            p { strong { (frame.text("outcome-not-a-decision")) } }
            @if let Some(day) = view.law_as_of {
                p { (frame.text_with("outcome-law-as-of", &[("order", (&view.order.words).into()), ("date", frame.date(day).into())])) }
            }
            p { (frame.text_with("screen-verified", &[
                ("seen", checked.seen.into()), ("memory", checked.memory.into()), ("reviewed", checked.reviewed.into()),
            ])) }
            @if checked.memory > 0 { p { (frame.text("warning-not-checked")) } }
            @if view.may_go_on {
                div class="no-print" { (button_form(frame, &format!("/screenings/{}/finish", view.screening), "interview-finish", "secondary")) }
            }
        }
    }
}
