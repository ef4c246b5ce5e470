//! `/referrals`: what other agencies ask of this one, and what this one asked of others.

use maud::{Markup, html};

use crate::frame::{Frame, Section};
use crate::layout::{Head, page as whole};
use crate::parts::{ReferralLine, referrals};

/// Referrals of an agency.
#[derive(Clone, Default)]
pub struct View {
    /// Received and not at their end, those that wait for an answer first.
    pub inbox: Vec<ReferralLine>,
    /// Sent and not at their end.
    pub sent: Vec<ReferralLine>,
    /// At their end, the latest first.
    pub ended: Vec<ReferralLine>,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.text("nav-referrals");
    let head = Head {
        title: &title,
        section: Some(Section::Referrals),
        ..Head::default()
    };
    let part = |id: &str, key: &str, lines: &[ReferralLine], empty: &str| {
        html! {
            section class="panel" aria-labelledby=(id) { h2 id=(id) { (frame.text(key)) } (referrals(frame, lines, empty)) }
        }
    };
    whole(
        frame,
        head,
        &html! {
            div class="columns" {
                (part("inbox", "referrals-inbox", &view.inbox, "referrals-inbox-empty"))
                div class="stack" {
                    (part("sent", "referrals-sent", &view.sent, "referrals-none"))
                    (part("ended", "referrals-ended", &view.ended, "referrals-none"))
                }
            }
        },
    )
}
