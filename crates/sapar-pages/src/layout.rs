//! The page around every view: head, header, navigation, banner, foot.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sapar_messages::Language;

use crate::form::{Form, csrf};
use crate::frame::{Frame, Section};
use crate::parts::{Icon, icon};
use crate::{script_path, style_path};

/// What a page is to its frame.
#[derive(Clone, Copy, Default)]
pub(crate) struct Head<'a> {
    /// The title, which is also the one `h1`.
    pub(crate) title: &'a str,
    /// The section that the navigation marks.
    pub(crate) section: Option<Section>,
    /// The main form, if the page has one: the language buttons then belong to it.
    pub(crate) form: Option<&'a Form>,
    /// Small words above the title, such as where the page belongs.
    pub(crate) over: Option<&'a Markup>,
    /// The language of the title where it is not the page's.
    pub(crate) language: Option<&'a str>,
    /// A class of the main part, for pages of a shape of their own.
    pub(crate) shape: &'a str,
}

// Drawn as data of the page, so that no request is made for it.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect width='24' height='24' rx='5' fill='%23123a5a'/%3E%3Cpath d='M4 17 12 6l8 11z' fill='%23e9c98b'/%3E%3C/svg%3E";

/// A whole page.
pub(crate) fn page(frame: &Frame, head: Head<'_>, body: &Markup) -> Markup {
    let wrong = head.form.is_some_and(|form| !form.errors.is_empty());
    html! {
        (document(frame, head.title, wrong, &html! {
            a class="skip" href="#content" { (frame.text("skip-to-content")) }
            header {
              @if frame.demonstration {
                p class="demonstration" { strong { (frame.text("demonstration-title")) } " " (frame.text("demonstration-text")) }
              }
              div class="top" {
                a class="brand" href="/" { (icon(Icon::Crown)) span { (frame.text("product-name")) } }
                (languages(frame, head.form.is_some()))
                @if let Some(user) = &frame.user {
                    div class="who" {
                        a href="/account" { strong { (user.name) } span { (frame.say(&user.role)) } span { (frame.say(&user.agency)) } }
                        form class="inline" method="post" action="/sign-out" { (csrf(frame)) button class="on-blue" { (frame.text("sign-out")) } }
                    }
                }
              }
            }
            div class={ "body" @if frame.user.is_none() { " alone" } } {
                @if frame.user.is_some() { (side(frame, head.section)) }
                main id="content" class=(head.shape) tabindex="-1" {
                    @if let Some(alarm) = &frame.alarm {
                        p class="alarm" role="alert" { (icon(Icon::Warning)) span { (frame.say(alarm)) } }
                    }
                    @if let Some(notice) = &frame.notice {
                        p class="notice" role="status" { (icon(Icon::Done)) (frame.say(notice)) }
                    }
                    @if let Some(over) = head.over { p class="over" { (over) } }
                    h1 lang=[head.language] { (head.title) }
                    (body)
                }
            }
            footer class="foot" {
                p { (frame.text("foot-motto")) }
                @if !frame.zone_label.is_empty() {
                    p { (frame.text_with("foot-zone", &[("zone", (&frame.zone_label).into()), ("moment", frame.moment(frame.now).into())])) }
                }
                @if frame.user.is_some() { p { a href="/help" { (frame.text("nav-help")) } } }
            }
        }))
    }
}

/// The bare document, for pages without header and navigation, too.
pub(crate) fn document(frame: &Frame, title: &str, wrong: bool, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(frame.language.code()) {
            head {
                meta charset="utf-8";
                title { @if wrong { (frame.text("title-error")) " " } (title) " · " (frame.text("product-name")) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="csrf" content=(frame.csrf);
                link rel="icon" href=(PreEscaped(ICON));
                link rel="stylesheet" href=(style_path());
                script src=(script_path()) defer {}
            }
            body { (body) }
        }
    }
}

/// The three languages. They belong to the main form where there is one, so that nothing typed is lost.
pub(crate) fn languages(frame: &Frame, has_form: bool) -> Markup {
    let buttons = html! {
        @for language in Language::ALL {
            button name="language" value=(language.code()) lang=(language.code())
                form=[has_form.then_some("main")] formnovalidate[has_form]
                aria-current=[(language == frame.language).then_some("true")] {
                (language.own_name())
            }
        }
    };
    html! {
        @if has_form {
            // The Enter key presses the first button of a form in the order of the page:
            // without this one it would choose a language.
            button class="vh" form="main" tabindex="-1" aria-hidden="true" { (frame.text("form-send")) }
            div class="languages" role="group" aria-label=(frame.text("languages")) { (buttons) }
        } @else {
            form class="languages" method="post" action="/language" aria-label=(frame.text("languages")) {
                (csrf(frame))
                input type="hidden" name="back" value=(frame.path);
                (buttons)
            }
        }
    }
}

fn side(frame: &Frame, here: Option<Section>) -> Markup {
    html! {
        nav class="rail" aria-label=(frame.text("navigation")) {
            // Opens and closes the menu of a small screen without script.
            input type="checkbox" id="menu" class="menu-box vh" autocomplete="off";
            label for="menu" class="menu-label" { (frame.text("menu")) (count(frame, frame.unread + frame.overdue, "nav-waiting")) }
            div class="side" {
                @if !frame.purposes.is_empty() { (purpose(frame)) }
                ul {
                    @for section in Section::ALL.into_iter().filter(|section| frame.navigation.contains(section)) {
                        li {
                            a href=(section.path()) aria-current=[(here == Some(section)).then_some("page")] {
                                (frame.text(section.key()))
                                @match section {
                                    Section::Tasks => (count(frame, frame.overdue, "nav-overdue")),
                                    Section::Referrals => (count(frame, frame.unread, "nav-unread")),
                                    _ => {}
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn count(frame: &Frame, count: u32, key: &str) -> Markup {
    html! {
        @if count > 0 {
            " " span class="count" { span aria-hidden="true" { (count) } span class="vh" { (frame.text_with(key, &[("count", count.into())])) } }
        }
    }
}

fn purpose(frame: &Frame) -> Markup {
    html! {
        form class="purpose" method="post" action="/purpose" {
            (csrf(frame))
            input type="hidden" name="back" value=(frame.path);
            label for="purpose" { (frame.text("purpose-now")) }
            div {
                select id="purpose" name="purpose" autocomplete="off" {
                    @if frame.purpose.is_empty() { option value="" { (frame.text("form-choose")) } }
                    @for purpose in &frame.purposes {
                        option value=(purpose.value) selected[purpose.value == frame.purpose] { (frame.say(&purpose.label)) }
                    }
                }
                button { (frame.text("purpose-change")) }
            }
        }
    }
}
