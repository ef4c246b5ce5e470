//! `/dashboard`: how a post or an agency is doing, in charts drawn here, each with a table.

pub mod chart;

use jiff::civil::Date;
use maud::{Markup, html};

use crate::frame::{Frame, Section};
use crate::layout::{Head, page as whole};
use crate::parts::{TaskLine, escalated};
use crate::text::Text;
use chart::Bars;

/// The supervisor's overview.
#[derive(Clone, Default)]
pub struct View {
    /// The first day counted.
    pub from: Option<Date>,
    /// The last day counted.
    pub until: Option<Date>,
    /// A few figures on top.
    pub figures: Vec<Figure>,
    /// For a supervisor: escalated tasks, the longest late first.
    pub escalated: Vec<TaskLine>,
    /// How many more of these there are than are shown.
    pub escalated_more: u32,
    /// People by what the law says of them.
    pub people_by_outcome: Bars,
    /// Hours from registration to referral, by agency or by day.
    pub time_to_referral: Bars,
    /// Overdue tasks by agency.
    pub overdue_by_agency: Bars,
}

/// A figure in large type.
#[derive(Clone, Default)]
pub struct Figure {
    /// What is counted.
    pub label: Text,
    /// How many.
    pub count: u32,
    /// Whether it needs attention: then a sign says so.
    pub attention: bool,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.text("nav-dashboard");
    let head = Head {
        title: &title,
        section: Some(Section::Dashboard),
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            @if let (Some(from), Some(until)) = (view.from, view.until) {
                p class="lead" { (frame.text_with("dashboard-period", &[("from", frame.date(from).into()), ("until", frame.date(until).into())])) }
            }
            (escalated(frame, &view.escalated, view.escalated_more))
            ul class="figures" {
                @for figure in &view.figures {
                    li class="panel" {
                        strong { (figure.count) @if figure.attention { " " (crate::parts::icon(crate::parts::Icon::Warning)) } }
                        span { (frame.say(&figure.label)) }
                    }
                }
            }
            div class="columns" {
                (part(frame, "outcomes", "dashboard-outcomes", "dashboard-people", &view.people_by_outcome))
                (part(frame, "referral", "dashboard-referral", "dashboard-hours", &view.time_to_referral))
                (part(frame, "overdue", "dashboard-overdue", "dashboard-tasks", &view.overdue_by_agency))
            }
        },
    )
}

fn part(frame: &Frame, id: &str, title: &str, unit: &str, bars: &Bars) -> Markup {
    html! {
        section class="panel" aria-labelledby=(id) {
            h2 id=(id) { (frame.text(title)) }
            (chart::draw(frame, id, title, unit, bars))
        }
    }
}
