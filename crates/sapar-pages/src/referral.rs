//! `/referrals/{id}`: an offer, its answer and its end.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::form::{Form, Input, RefusedForm, button_form};
use crate::frame::{Frame, Section};
use crate::layout::{Head, page as whole};
use crate::parts::{
    Act, Due, Entry, PersonLine, ReferralState, act, badge, due, person_link, referral_badge,
    timeline, written,
};
use crate::text::{Choice, Text};

/// A referral.
#[derive(Clone, Default)]
pub struct View {
    /// Which.
    pub id: String,
    /// For whom.
    pub person: PersonLine,
    /// Who sent it.
    pub from: Text,
    /// Who receives it.
    pub to: Text,
    /// For what.
    pub purpose: Text,
    /// Where it stands.
    pub state: ReferralState,
    /// Why it was declined or withdrawn, or how it was completed; empty where neither.
    pub ended_how: Text,
    /// When it was sent.
    pub at: Timestamp,
    /// By when an answer is wanted.
    pub reply: Due,
    /// What the sender wrote.
    pub words: String,
    /// What permits it: a consent, or an article.
    pub permission: Text,
    /// Whether the consent it rests on was taken back while it is not over.
    pub consent_lost: bool,
    /// The classes of data it discloses.
    pub discloses: Vec<Text>,
    /// What the reader may see of it, each with its label.
    pub received: Vec<(Text, Text)>,
    /// What happened, the latest first.
    pub timeline: Vec<Entry>,
    /// The languages in which the form can be printed.
    pub forms: Vec<Choice>,
    /// What the reader may do.
    pub may: Actions,
    /// A form of this page that was refused.
    pub refused: Option<RefusedForm>,
}

/// What the reader may do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Actions {
    /// Accept or decline.
    pub answer: bool,
    /// Say that the person is there.
    pub arrival: bool,
    /// Say how it ended.
    pub complete: bool,
    /// Take it back.
    pub withdraw: bool,
}

const DECLINES: [&str; 5] = [
    "no-capacity",
    "not-competent",
    "incomplete",
    "person-refuses",
    "other",
];
const COMPLETIONS: [&str; 5] = [
    "helped",
    "helped-in-part",
    "passed-on",
    "person-left",
    "not-needed",
];

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.say(&view.purpose);
    let over = html! { a href="/referrals" { (frame.text("nav-referrals")) } };
    let head = Head {
        title: &title,
        section: Some(Section::Referrals),
        over: Some(&over),
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            p { (person_link(frame, &view.person)) }
            p class="meta" {
                (referral_badge(frame, view.state))
                @if !view.ended_how.is_empty() { span { (frame.say(&view.ended_how)) } }
                (frame.time(view.at))
            }
            (due(frame, &view.reply))
            @if view.consent_lost {
                div class="caution" {
                    p { strong { (frame.text("consent-lost")) } }
                    p { (frame.text(if view.may.withdraw { "consent-lost-sender" } else { "consent-lost-others" })) }
                }
            }
            (answer(frame, view))
            div class="columns" {
                section class="panel" aria-labelledby="what" {
                    h2 id="what" { (frame.text("referral-what")) }
                    dl class="facts" {
                        div { dt { (frame.text("referral-from")) } dd { (frame.say(&view.from)) } }
                        div { dt { (frame.text("referral-to")) } dd { (frame.say(&view.to)) } }
                        div { dt { (frame.text("referral-permission")) } dd { (frame.say(&view.permission)) } }
                    }
                    @if !view.words.is_empty() { (written(&view.words)) }
                    p class="actions" {
                        @for language in &view.forms {
                            a class="button" href={ "/referrals/" (view.id) "/form.pdf?language=" (language.value) } {
                                (frame.text_with("referral-form", &[("language", frame.say(&language.label).into())]))
                            }
                        }
                    }
                }
                section class="panel" aria-labelledby="received" {
                    h2 id="received" { (frame.text("referral-receives")) }
                    p class="meta" { @for class in &view.discloses { (badge("quiet", &frame.say(class))) } }
                    dl class="facts" {
                        @for (label, words) in &view.received { div { dt { (frame.say(label)) } dd { (frame.say(words)) } } }
                    }
                }
                section class="panel" aria-labelledby="timeline" {
                    h2 id="timeline" { (frame.text("timeline-title")) }
                    (timeline(frame, &view.timeline))
                }
            }
        },
    )
}

fn answer(frame: &Frame, view: &View) -> Markup {
    let base = format!("/referrals/{}", view.id);
    let known = Form::default();
    let what = |action: &'static str, key: &'static str| Act {
        base: &base,
        action,
        key,
        refused: view.refused.as_ref(),
        known: &known,
        upload: false,
    };
    html! {
        div class="actions no-print" {
            @if view.may.answer { (button_form(frame, &format!("{base}/acceptance"), "referral-accept", "primary")) }
            @if view.may.arrival { (button_form(frame, &format!("{base}/arrival"), "referral-arrived", "primary")) }
        }
        @if view.may.answer {
            (act(frame, &what("refusal", "referral-decline"), |fields| html! {
                (fields.radios(&Input::new("reason", "referral-decline-why"), &Choice::words("decline-reason", DECLINES)))
                (fields.area(&Input::new("words", "field-words").optional(), 2))
                (fields.submit("referral-decline"))
            }))
        }
        @if view.may.complete {
            (act(frame, &what("completion", "referral-complete"), |fields| html! {
                (fields.radios(&Input::new("outcome", "referral-complete-how"), &Choice::words("completion", COMPLETIONS)))
                (fields.area(&Input::new("words", "field-words").optional(), 3))
                (fields.submit("referral-complete"))
            }))
        }
        @if view.may.withdraw {
            (act(frame, &what("withdrawal", "referral-withdraw"), |fields| html! {
                (fields.area(&Input::new("reason", "field-reason"), 2))
                (fields.submit("referral-withdraw"))
            }))
        }
    }
}
