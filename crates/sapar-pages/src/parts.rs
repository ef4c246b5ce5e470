//! Parts that several pages share: icons, badges, people, tasks, timelines.

mod act;
mod icon;
mod lines;
mod met;
mod person;
mod task;
mod timeline;

use maud::{Markup, html};

pub(crate) use act::{Act, act};
pub(crate) use icon::{Icon, icon};
pub use lines::{
    CaseLine, CaseState, DocumentLine, LinkLine, NoteLine, ReferralLine, ReferralState,
};
pub(crate) use lines::{
    case_badge, cases, documents, links, links_with, notes, referral_badge, referrals,
};
pub use met::{PersonMet, Stage, StartScreening};
pub(crate) use met::{met, start_screening};
pub use person::PersonLine;
pub(crate) use person::person_link;
pub use task::{Due, TaskActions, TaskLine, TaskState};
pub(crate) use task::{due, escalated, task_list};
pub use timeline::{Entry, Look, Tone};
pub(crate) use timeline::{looks, timeline};

use crate::frame::Frame;
use crate::text::Prose;

/// A short word in a box.
pub(crate) fn badge(tone: &str, words: &str) -> Markup {
    html! { span class={ "badge " (tone) } { (words) } }
}

/// Says that a list is empty, in a sentence.
pub(crate) fn nothing(frame: &Frame, key: &str) -> Markup {
    html! { p class="nothing" { (frame.text(key)) } }
}

/// Sentences of a text that a person wrote, each line break kept.
pub(crate) fn written(words: &str) -> Markup {
    html! { p class="written" { (words) } }
}

/// Acts that are forbidden, before anything else: a sign, a word and a colour say so, none of them alone.
pub(crate) fn prohibitions(frame: &Frame, acts: &[Prose]) -> Markup {
    html! {
        @if !acts.is_empty() {
            ul class="forbidden" {
                @for act in acts {
                    li {
                        (icon(Icon::Stop))
                        span { strong class="word" { (frame.text("outcome-prohibition")) } " " span class="what" { (act) } }
                    }
                }
            }
        }
    }
}
