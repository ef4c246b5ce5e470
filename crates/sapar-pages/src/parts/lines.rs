//! Referrals, cases, documents, notes and links as lists show them.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::frame::Frame;
use crate::parts::{Due, PersonLine, badge, due, nothing, person_link, written};
use crate::text::Text;

/// Where a referral stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReferralState {
    /// Waiting for an answer.
    #[default]
    Offered,
    /// Accepted, and the person has not arrived.
    Accepted,
    /// Declined.
    Declined,
    /// The person is there.
    Arrived,
    /// Over.
    Completed,
    /// Taken back.
    Withdrawn,
}

/// A referral as lists show it.
#[derive(Clone, Default, PartialEq)]
pub struct ReferralLine {
    /// Which.
    pub id: String,
    /// For whom; `None` where the list is of one person.
    pub person: Option<PersonLine>,
    /// The other agency: who sent it, or who receives it.
    pub agency: Text,
    /// For what.
    pub purpose: Text,
    /// Where it stands.
    pub state: ReferralState,
    /// When it was made.
    pub at: Timestamp,
    /// By when an answer is wanted; [`Due::NoEnd`] once it is answered.
    pub reply: Due,
}

pub(crate) fn referral_badge(frame: &Frame, state: ReferralState) -> Markup {
    let (tone, code) = match state {
        ReferralState::Offered => ("late", "offered"),
        ReferralState::Accepted => ("open", "accepted"),
        ReferralState::Declined => ("quiet", "declined"),
        ReferralState::Arrived => ("open", "arrived"),
        ReferralState::Completed => ("done", "completed"),
        ReferralState::Withdrawn => ("quiet", "withdrawn"),
    };
    badge(tone, &frame.text(&format!("referral-state-{code}")))
}

pub(crate) fn referrals(frame: &Frame, lines: &[ReferralLine], empty: &str) -> Markup {
    html! {
        @if lines.is_empty() { (nothing(frame, empty)) }
        @else {
            ul class="rows" {
                @for line in lines {
                    li {
                        a class="row-link" href={ "/referrals/" (line.id) } { (frame.say(&line.purpose)) ": " (frame.say(&line.agency)) }
                        @if let Some(person) = &line.person { p { (person_link(frame, person)) } }
                        p class="meta" { (referral_badge(frame, line.state)) span { (frame.relative(line.at)) } }
                        (due(frame, &line.reply))
                    }
                }
            }
        }
    }
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CaseState {
    /// Open.
    #[default]
    Open,
    /// Offered to another team.
    Handover,
    /// Closed.
    Closed,
}

/// A case as lists show it.
#[derive(Clone, Default, PartialEq)]
pub struct CaseLine {
    /// Which.
    pub id: String,
    /// Its kind.
    pub kind: Text,
    /// Whose; `None` where the list is of one person.
    pub person: Option<PersonLine>,
    /// Who has it.
    pub team: Text,
    /// Where it stands.
    pub state: CaseState,
    /// When something last happened.
    pub at: Timestamp,
    /// How many of its tasks are overdue.
    pub overdue: u32,
}

pub(crate) fn case_badge(frame: &Frame, state: CaseState) -> Markup {
    let (tone, code) = match state {
        CaseState::Open => ("open", "open"),
        CaseState::Handover => ("late", "handover"),
        CaseState::Closed => ("done", "closed"),
    };
    badge(tone, &frame.text(&format!("case-state-{code}")))
}

pub(crate) fn cases(frame: &Frame, lines: &[CaseLine], empty: &str) -> Markup {
    html! {
        @if lines.is_empty() { (nothing(frame, empty)) }
        @else {
            ul class="rows" {
                @for line in lines {
                    li {
                        a class="row-link" href={ "/cases/" (line.id) } { (frame.say(&line.kind)) }
                        @if let Some(person) = &line.person { p { (person_link(frame, person)) } }
                        p class="meta" {
                            (case_badge(frame, line.state))
                            span { (frame.say(&line.team)) }
                            span { (frame.relative(line.at)) }
                            @if line.overdue > 0 { (badge("late", &frame.text_with("nav-overdue", &[("count", line.overdue.into())]))) }
                        }
                    }
                }
            }
        }
    }
}

/// A document as lists show it.
#[derive(Clone, Default, PartialEq)]
pub struct DocumentLine {
    /// What it is.
    pub kind: Text,
    /// Where it can be opened; empty where the reader may not.
    pub link: String,
    /// Size in bytes.
    pub bytes: u64,
    /// What was written with it.
    pub words: String,
    /// When it was added.
    pub at: Timestamp,
    /// Who added it.
    pub who: Text,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

pub(crate) fn documents(frame: &Frame, lines: &[DocumentLine]) -> Markup {
    html! {
        @if lines.is_empty() { (nothing(frame, "documents-empty")) }
        @else {
            ul class="rows" {
                @for line in lines {
                    li {
                        @if line.link.is_empty() { strong { (frame.say(&line.kind)) } }
                        @else { a class="row-link" href=(line.link) { (frame.say(&line.kind)) } }
                        @if line.withdrawn { " " (badge("quiet", &frame.text("document-withdrawn"))) }
                        @if !line.words.is_empty() { (written(&line.words)) }
                        p class="meta" {
                            span { (size(frame, line.bytes)) }
                            span { (frame.say(&line.who)) }
                            (frame.time(line.at))
                        }
                    }
                }
            }
        }
    }
}

/// A size, rounded up: never less than it is.
fn size(frame: &Frame, bytes: u64) -> String {
    let (key, count) = if bytes < 1_000_000 {
        ("size-kilobytes", bytes.div_ceil(1_000))
    } else {
        ("size-megabytes", bytes.div_ceil(1_000_000))
    };
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    frame.text_with(key, &[("count", count.into())])
}

/// A note.
#[derive(Clone, Default, PartialEq)]
pub struct NoteLine {
    /// When.
    pub at: Timestamp,
    /// Who wrote it.
    pub who: Text,
    /// What.
    pub words: String,
    /// The classes of data in it.
    pub classes: Vec<Text>,
}

pub(crate) fn notes(frame: &Frame, lines: &[NoteLine]) -> Markup {
    html! {
        @if lines.is_empty() { (nothing(frame, "notes-empty")) }
        @else {
            ul class="rows" {
                @for line in lines {
                    li {
                        (written(&line.words))
                        p class="meta" {
                            span { (frame.say(&line.who)) }
                            (frame.time(line.at))
                            @for class in &line.classes { (badge("quiet", &frame.say(class))) }
                        }
                    }
                }
            }
        }
    }
}

/// A claimed link between two people.
#[derive(Clone, Default, PartialEq)]
pub struct LinkLine {
    /// Which; empty where nothing can be done with it.
    pub id: String,
    /// Whether the reader may settle it.
    pub may_settle: bool,
    /// Of whom; `None` where the list is of one person.
    pub person: Option<PersonLine>,
    /// What this person is said to be to the other.
    pub kind: Text,
    /// To whom.
    pub other: PersonLine,
    /// What the claim rests on.
    pub basis: Text,
    /// Whether it was settled.
    pub claim: Text,
    /// What was said.
    pub words: String,
}

pub(crate) fn links(frame: &Frame, lines: &[LinkLine]) -> Markup {
    links_with(frame, lines, |_| html! {})
}

/// Links, each with what can be done with it.
pub(crate) fn links_with(
    frame: &Frame,
    lines: &[LinkLine],
    more: impl Fn(&LinkLine) -> Markup,
) -> Markup {
    html! {
        @if lines.is_empty() { (nothing(frame, "links-empty")) }
        @else {
            ul class="rows" {
                @for line in lines {
                    li {
                        p {
                            @if let Some(person) = &line.person { (person_link(frame, person)) " " }
                            span class="kind" { (frame.say(&line.kind)) ": " }
                            (person_link(frame, &line.other))
                        }
                        p class="meta" { (badge("quiet", &frame.say(&line.claim))) span { (frame.say(&line.basis)) } }
                        @if !line.words.is_empty() { (written(&line.words)) }
                        (more(line))
                    }
                }
            }
        }
    }
}
