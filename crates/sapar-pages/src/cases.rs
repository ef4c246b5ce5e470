//! `/cases`: the cases of the user's team.

use maud::{Markup, html};

use crate::frame::{Frame, Section};
use crate::layout::{Head, page as whole};
use crate::parts::{CaseLine, cases};

/// Cases.
#[derive(Clone, Default)]
pub struct View {
    /// Open ones, those with overdue tasks first.
    pub open: Vec<CaseLine>,
    /// Offered to the user's team by another.
    pub offered: Vec<CaseLine>,
    /// Closed ones, the latest first.
    pub closed: Vec<CaseLine>,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.text("nav-cases");
    let head = Head {
        title: &title,
        section: Some(Section::Cases),
        ..Head::default()
    };
    let part = |id: &str, key: &str, lines: &[CaseLine]| {
        html! {
            section class="panel" aria-labelledby=(id) { h2 id=(id) { (frame.text(key)) } (cases(frame, lines, "cases-none")) }
        }
    };
    whole(
        frame,
        head,
        &html! {
            div class="columns" {
                (part("open", "cases-of-team", &view.open))
                div class="stack" {
                    @if !view.offered.is_empty() { (part("offered", "cases-offered", &view.offered)) }
                    (part("closed", "cases-closed", &view.closed))
                }
            }
        },
    )
}
