//! `/law`: the instruments, and one instrument with its prose and its norms side by side.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::frame::{Frame, Section};
use crate::layout::{Head, page as whole};
use crate::outcome::{Force, Verification};
use crate::parts::{badge, nothing};
use crate::text::{Prose, Text};

/// The instruments.
#[derive(Clone, Default)]
pub struct View {
    /// Packages, each with its instruments.
    pub packages: Vec<Package>,
}

/// A package of laws.
#[derive(Clone, Default)]
pub struct Package {
    /// What it is called.
    pub title: Prose,
    /// Its instruments.
    pub instruments: Vec<InstrumentLine>,
}

/// An instrument in a line.
#[derive(Clone, Default)]
pub struct InstrumentLine {
    /// The address of its page.
    pub link: String,
    /// Its title.
    pub title: Prose,
    /// From when until when it is in force, in words.
    pub in_force: Text,
    /// How many norms are encoded.
    pub norms: u32,
}

/// One instrument.
#[derive(Clone, Default)]
pub struct InstrumentView {
    /// The address of the page without the day.
    pub link: String,
    /// The title.
    pub title: Prose,
    /// The day as of which it is shown.
    pub on: Option<Date>,
    /// What was typed as the day where it was none; empty otherwise.
    pub wrong_day: String,
    /// From when until when it is in force, in words.
    pub in_force: Text,
    /// Its articles.
    pub articles: Vec<ArticleView>,
}

/// An article.
#[derive(Clone, Default)]
pub struct ArticleView {
    /// The anchor within the page: letters, digits and hyphens.
    pub anchor: String,
    /// Its heading.
    pub heading: Prose,
    /// Its prose, a text for each paragraph.
    pub prose: Vec<Prose>,
    /// Its norms on that day.
    pub norms: Vec<NormView>,
}

/// A norm.
#[derive(Clone, Default)]
pub struct NormView {
    /// Its name.
    pub name: String,
    /// How it binds.
    pub force: Force,
    /// What it says in words: bearer and act.
    pub says: Prose,
    /// When it holds; empty for always.
    pub condition: Prose,
    /// Its limits.
    pub limits: Vec<Prose>,
    /// Its exceptions.
    pub exceptions: Vec<Prose>,
    /// How far it was checked.
    pub verification: Verification,
    /// Whether it is in force on the day, in words; empty where it is for the whole time.
    pub in_force: Text,
}

/// The instruments.
#[must_use]
pub fn page(frame: &Frame, view: &View) -> Markup {
    let title = frame.text("nav-law");
    let head = Head {
        title: &title,
        section: Some(Section::Law),
        ..Head::default()
    };
    whole(
        frame,
        head,
        &html! {
            p class="hint" { (frame.text("law-hint")) }
            @if view.packages.is_empty() { (nothing(frame, "law-none")) }
            div class="columns" {
                @for package in &view.packages {
                    section class="panel" {
                        h2 { (package.title) }
                        ul class="rows" {
                            @for line in &package.instruments {
                                li {
                                    a class="row-link" href=(line.link) { (line.title) }
                                    p class="meta" {
                                        span { (frame.say(&line.in_force)) }
                                        span { (frame.text_with("law-norms", &[("count", line.norms.into())])) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        },
    )
}

/// One instrument.
#[must_use]
pub fn instrument_page(frame: &Frame, view: &InstrumentView) -> Markup {
    let over = html! { a href="/law" { (frame.text("nav-law")) } };
    let head = Head {
        title: &view.title.words,
        section: Some(Section::Law),
        over: Some(&over),
        language: view.title.language.as_deref(),
        ..Head::default()
    };
    let day = view
        .on
        .map_or_else(|| view.wrong_day.clone(), |on| on.to_string());
    let wrong = !view.wrong_day.is_empty();
    whole(
        frame,
        head,
        &html! {
            p class="meta" { span { (frame.say(&view.in_force)) } }
            form class="filter no-print" method="get" action=(view.link) {
                div {
                    label for="on" { (frame.text("law-on")) }
                    @if wrong { p class="error" id="on-error" { (frame.text("law-on-wrong")) } }
                    input id="on" name="on" type="date" value=(day) aria-invalid=[wrong.then_some("true")] aria-describedby=[wrong.then_some("on-error")];
                }
                button { (frame.text("tasks-show")) }
            }
            @for article in &view.articles { (side_by_side(frame, article)) }
        },
    )
}

fn side_by_side(frame: &Frame, article: &ArticleView) -> Markup {
    html! {
        section class="law-article" id=(article.anchor) {
            h2 { (article.heading) }
            div class="prose" {
                @for prose in &article.prose { p lang=[prose.language.as_deref()] { (prose.words) } }
            }
            div class="norms" {
                @if article.norms.is_empty() { (nothing(frame, "law-no-norm")) }
                @for norm in &article.norms { (norm_box(frame, norm)) }
            }
        }
    }
}

fn norm_box(frame: &Frame, norm: &NormView) -> Markup {
    let (tone, checked) = match &norm.verification {
        Verification::Memory => ("late", frame.text("verification-memory")),
        Verification::Proposed => ("late", frame.text("verification-proposed")),
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
    };
    html! {
        article class=(if norm.force == Force::Prohibition { "norm forbids" } else { "norm" }) {
            p class="meta" { code { (norm.name) } @if !norm.in_force.is_empty() { span { (frame.say(&norm.in_force)) } } }
            p class="what" { (norm.says) }
            @if !norm.condition.is_empty() { p { strong { (frame.text("law-when")) } " " (norm.condition) } }
            @for limit in &norm.limits { p { strong { (frame.text("law-limit")) } " " (limit) } }
            @for exception in &norm.exceptions { p { strong { (frame.text("law-except")) } " " (exception) } }
            p { (badge(tone, &checked)) }
        }
    }
}
