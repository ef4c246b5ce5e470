//! Something the reader can do on a page with several forms: closed until wanted, open where it was refused.

use maud::{Markup, html};

use crate::form::{Fields, Form, RefusedForm};
use crate::frame::Frame;

/// One of several forms on a page.
pub(crate) struct Act<'a> {
    /// The address of the page, such as `/people/…`.
    pub(crate) base: &'a str,
    /// The last part of the form's address.
    pub(crate) action: &'a str,
    /// The key of what it does.
    pub(crate) key: &'a str,
    /// What was refused on this page, if anything.
    pub(crate) refused: Option<&'a RefusedForm>,
    /// What the form shows before anything was typed.
    pub(crate) known: &'a Form,
    /// Whether it carries files.
    pub(crate) upload: bool,
}

/// The form with what `fill` makes of its fields.
pub(crate) fn act(frame: &Frame, act: &Act<'_>, fill: impl Fn(&Fields<'_>) -> Markup) -> Markup {
    let refused = act.refused.filter(|refused| refused.action == act.action);
    let form = refused.map_or(act.known, |refused| &refused.form);
    let prefix = act.action.replace('/', "-");
    let fields = Fields::named(frame, form, &prefix);
    let address = format!("{}/{}", act.base, act.action);
    let body = fill(&fields);
    html! {
        details class="act no-print" open[refused.is_some()] {
            summary { (frame.text(act.key)) }
            (fields.summary())
            @if act.upload { (fields.upload(&address, &body)) } @else { (fields.form(&address, &body)) }
        }
    }
}
