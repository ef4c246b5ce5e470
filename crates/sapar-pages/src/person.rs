//! `/people/{id}`: all that the reader may see of a person, and all the reader may do.

mod actions;

use jiff::Timestamp;
use maud::{Markup, html};

use crate::form::{Form, RefusedForm};
use crate::frame::Frame;
use crate::layout::{Head, page as whole};
use crate::parts::{
    CaseLine, DocumentLine, Due, Entry, Icon, LinkLine, Look, NoteLine, PersonLine, ReferralLine,
    StartScreening, TaskLine, badge, cases, documents, due, icon, links_with, looks, notes,
    nothing, prohibitions, referral_badge, referrals, start_screening, task_list, timeline,
};
use crate::text::{Choice, Prose, Text};

/// A person's page.
///
/// Whoever fills it leaves out what the reader may not see; an empty list is told as empty, and nothing says that more exists.
#[derive(Clone, Default)]
pub struct View {
    /// Who.
    pub person: PersonLine,
    /// What is registered, each with its label: names in other letters, birth, nationality, sex, documents.
    pub details: Vec<(Text, Text)>,
    /// The last outcome in short; `None` where there is none.
    pub outcome: Option<OutcomeInShort>,
    /// Screenings, the latest first.
    pub screenings: Vec<ScreeningLine>,
    /// Tasks for this person, the most urgent first.
    pub tasks: Vec<TaskLine>,
    /// Referrals.
    pub referrals: Vec<ReferralLine>,
    /// Cases.
    pub cases: Vec<CaseLine>,
    /// Documents.
    pub documents: Vec<DocumentLine>,
    /// Notes, the latest first.
    pub notes: Vec<NoteLine>,
    /// Links to other people.
    pub links: Vec<LinkLine>,
    /// Consents.
    pub consents: Vec<ConsentLine>,
    /// What happened, the latest first.
    pub timeline: Vec<Entry>,
    /// Who looked, the latest first.
    pub looks: Vec<Look>,
    /// Events that clocks of the tasks wait for, so that one can be recorded as happened now.
    pub awaited: Vec<Choice>,
    /// What the reader may do.
    pub may: Actions,
    /// What the forms offer.
    pub offers: Offers,
    /// The fields of a correction with what is registered.
    pub details_form: Form,
    /// A form of this page that was refused.
    pub refused: Option<RefusedForm>,
}

/// An outcome in short.
#[derive(Clone, Default)]
pub struct OutcomeInShort {
    /// The screening it is of.
    pub screening: String,
    /// What must not be done; shown first.
    pub prohibitions: Vec<Prose>,
    /// How many duties are certain.
    pub duties: u32,
    /// How many positions are not decided.
    pub open: u32,
    /// When the next duty is due.
    pub next_due: Due,
}

/// A screening in a line.
#[derive(Clone, Default)]
pub struct ScreeningLine {
    /// Which.
    pub id: String,
    /// When it began.
    pub at: Timestamp,
    /// Who asked.
    pub role: Text,
    /// Whether it has ended.
    pub ended: bool,
    /// Why it was stopped; empty where it was not.
    pub stopped: Text,
}

/// A consent in a line.
#[derive(Clone, Default)]
pub struct ConsentLine {
    /// Which; empty where nothing can be done with it.
    pub id: String,
    /// Whether the reader may record that the person takes it back.
    pub may_withdraw: bool,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// Referrals that rest on it and are not over.
    pub resting: Vec<ReferralLine>,
    /// For what.
    pub purpose: Text,
    /// Towards whom.
    pub agency: Text,
    /// Where it stands, as a word of the list `consent`.
    pub state: Text,
    /// When that was said.
    pub at: Timestamp,
}

/// What the reader may do on the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Actions {
    /// Correct what is registered.
    pub correct: bool,
    /// Claim a link.
    pub link: bool,
    /// Record an answer to a request for consent.
    pub consent: bool,
    /// Write a note.
    pub note: bool,
    /// Add a document.
    pub document: bool,
    /// Refer the person.
    pub refer: bool,
    /// Open a case.
    pub open_case: bool,
    /// Break the glass.
    pub break_glass: bool,
    /// Erase the person's data.
    pub erase: bool,
}

/// What the forms of the page offer to choose.
#[derive(Clone, Default)]
pub struct Offers {
    /// How to start a screening.
    pub screening: StartScreening,
    /// People to link to: those of the same encounters.
    pub people: Vec<Choice>,
    /// Countries.
    pub countries: Vec<Choice>,
    /// Agencies to which a consent can be limited.
    pub agencies: Vec<Choice>,
    /// Purposes of a consent, as the list `purpose`.
    pub purposes: Vec<Choice>,
    /// Classes of data that the reader may write, as the list `access-class`.
    pub classes: Vec<Choice>,
    /// Kinds of case that may be opened, as the list `case-kind`.
    pub case_kinds: Vec<Choice>,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = view.person.called(frame);
    let over = html! { (frame.text("person-title")) };
    let head = Head {
        title: &title,
        over: Some(&over),
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            p class="meta" {
                @for about in [&view.person.birth, &view.person.nationality, &view.person.about] {
                    @if !about.is_empty() { span { (frame.say(about)) } }
                }
                @if view.person.child { (badge("child", &frame.text("person-child"))) }
            }
            @if view.person.erased { p class="lead" { (frame.text("person-erased-text")) } }
            (outcome(frame, view))
            div class="actions" {
                @if !view.offers.screening.role.is_empty() { (start_screening(frame, &view.person, &view.offers.screening)) }
                @if view.may.refer { a class="button" href={ "/people/" (view.person.id) "/referrals/new" } { (frame.text("person-refer")) } }
            }
            div class="columns" {
                div class="stack" {
                    (part(frame, "tasks", "nav-tasks", &html! {
                        @if view.tasks.is_empty() { (nothing(frame, "desk-no-tasks")) } @else { (task_list(frame, &view.tasks)) }
                        @if !view.awaited.is_empty() { (actions::happened(frame, view)) }
                    }))
                    (part(frame, "referrals", "nav-referrals", &referrals(frame, &view.referrals, "referrals-none")))
                    (part(frame, "cases", "nav-cases", &html! {
                        (cases(frame, &view.cases, "cases-none"))
                        @if view.may.open_case { (actions::open_case(frame, view)) }
                    }))
                    (part(frame, "timeline", "timeline-title", &timeline(frame, &view.timeline)))
                }
                div class="stack" {
                    (part(frame, "who", "person-who", &html! {
                        dl class="facts" {
                            @for (label, words) in &view.details { div { dt { (frame.say(label)) } dd { (frame.say(words)) } } }
                        }
                        @if view.may.correct { (actions::correct(frame, view)) }
                    }))
                    (part(frame, "screenings", "person-screenings", &screenings(frame, &view.screenings)))
                    (part(frame, "notes", "notes-title", &html! {
                        (notes(frame, &view.notes))
                        @if view.may.note { (actions::note(frame, view)) }
                    }))
                    (part(frame, "documents", "documents-title", &html! {
                        (documents(frame, &view.documents))
                        @if view.may.document { (actions::document(frame, view)) }
                    }))
                    (part(frame, "links", "links-title", &html! {
                        (links_with(frame, &view.links, |line| html! {
                            @if line.may_settle { (actions::settle(frame, view, line)) }
                        }))
                        @if view.may.link { (actions::link(frame, view)) }
                    }))
                    (part(frame, "consents", "consents-title", &html! {
                        (consents(frame, view))
                        @if view.may.consent { (actions::consent(frame, view)) }
                    }))
                }
            }
            @if view.may.break_glass { (actions::break_glass(frame, view)) }
            (part(frame, "looks", "looks-title", &html! {
                p class="hint" { (frame.text("looks-hint")) }
                (looks(frame, &view.looks))
            }))
            @if view.may.erase { (actions::erase(frame, view)) }
        },
    )
}

/// A part of the page under its heading.
fn part(frame: &Frame, id: &str, key: &str, body: &Markup) -> Markup {
    html! {
        section class="panel" aria-labelledby=(id) { h2 id=(id) { (frame.text(key)) } (body) }
    }
}

fn outcome(frame: &Frame, view: &View) -> Markup {
    html! {
        @if let Some(outcome) = &view.outcome {
            section class="panel outcome-short" aria-labelledby="outcome" {
                h2 id="outcome" { (frame.text("person-outcome")) }
                (prohibitions(frame, &outcome.prohibitions))
                p class="meta" {
                    span { (icon(Icon::Duty)) " " (frame.text_with("outcome-duties-count", &[("count", outcome.duties.into())])) }
                    @if outcome.open > 0 {
                        span { (icon(Icon::Question)) " " (frame.text_with("outcome-open-count", &[("count", outcome.open.into())])) }
                    }
                }
                (due(frame, &outcome.next_due))
                p { a href={ "/screenings/" (outcome.screening) "/outcome" } { (frame.text("person-outcome-whole")) } }
            }
        }
    }
}

fn screenings(frame: &Frame, lines: &[ScreeningLine]) -> Markup {
    html! {
        @if lines.is_empty() { (nothing(frame, "screenings-none")) }
        ul class="rows" {
            @for line in lines {
                li {
                    a class="row-link" href={ "/screenings/" (line.id) @if line.ended { "/outcome" } } { (frame.moment(line.at)) }
                    p class="meta" {
                        span { (frame.say(&line.role)) }
                        @if !line.stopped.is_empty() { (badge("open", &frame.text("stage-stopped"))) span { (frame.say(&line.stopped)) } }
                        @else if line.ended { (badge("done", &frame.text("stage-finished"))) }
                        @else { (badge("open", &frame.text("stage-running"))) }
                    }
                }
            }
        }
    }
}

fn consents(frame: &Frame, view: &View) -> Markup {
    let lines = &view.consents;
    html! {
        @if lines.is_empty() { (nothing(frame, "consents-none")) }
        ul class="rows" {
            @for line in lines {
                li {
                    strong { (frame.say(&line.purpose)) }
                    p class="meta" {
                        (badge("quiet", &frame.say(&line.state)))
                        span { (frame.say(&line.agency)) }
                        (frame.time(line.at))
                    }
                    @if line.withdrawn && !line.resting.is_empty() {
                        div class="caution" {
                            p { strong { (frame.text("consent-lost")) } }
                            (resting(frame, line))
                        }
                    }
                    @if line.may_withdraw { (actions::withdraw(frame, view, line)) }
                }
            }
        }
    }
}

/// The referrals that rest on a consent, each with a link to its page, where it is taken back.
fn resting(frame: &Frame, line: &ConsentLine) -> Markup {
    html! {
        ul {
            @for referral in &line.resting {
                li {
                    a href={ "/referrals/" (referral.id) } { (frame.say(&referral.purpose)) ": " (frame.say(&referral.agency)) }
                    " " (referral_badge(frame, referral.state))
                }
            }
        }
    }
}
