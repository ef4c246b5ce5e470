//! What happened, and who looked, by time.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::frame::Frame;
use crate::parts::{badge, nothing, written};
use crate::text::Text;

/// How an entry of a timeline is drawn; the words say the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// As most.
    #[default]
    Plain,
    /// Something new began.
    Start,
    /// Something was brought to an end.
    Done,
    /// Something went wrong or is late.
    Late,
}

/// An entry of a timeline.
#[derive(Clone, Default, PartialEq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub what: Text,
    /// Who recorded it, with the agency.
    pub who: Text,
    /// What was written with it; empty for nothing.
    pub words: String,
    /// The page that tells more; empty for none.
    pub link: String,
    /// How it is drawn.
    pub tone: Tone,
}

/// Entries, the latest first as they are given.
pub(crate) fn timeline(frame: &Frame, entries: &[Entry]) -> Markup {
    html! {
        @if entries.is_empty() { (nothing(frame, "timeline-empty")) }
        @else {
            ol class="timeline" {
                @for entry in entries {
                    li class=[tone(entry.tone)] {
                        p class="meta" { (frame.time(entry.at)) @if !entry.who.is_empty() { span { (frame.say(&entry.who)) } } }
                        p class="what" {
                            @if entry.link.is_empty() { (frame.say(&entry.what)) }
                            @else { a href=(entry.link) { (frame.say(&entry.what)) } }
                        }
                        @if !entry.words.is_empty() { (written(&entry.words)) }
                    }
                }
            }
        }
    }
}

fn tone(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Start => Some("start"),
        Tone::Done => Some("done"),
        Tone::Late => Some("late"),
    }
}

/// One view of a person's data.
#[derive(Clone, Default, PartialEq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// Who, with the agency.
    pub who: Text,
    /// For what.
    pub purpose: Text,
    /// What was looked at.
    pub what: Text,
    /// Whether it was an emergency access.
    pub broke_glass: bool,
}

/// Who looked, as a table.
pub(crate) fn looks(frame: &Frame, looks: &[Look]) -> Markup {
    html! {
        @if looks.is_empty() { (nothing(frame, "looks-empty")) }
        @else {
            div class="table" tabindex="0" role="group" aria-label=(frame.text("looks-title")) {
                table {
                    thead { tr {
                        @for key in ["column-when", "column-who", "column-purpose", "column-what"] { th scope="col" { (frame.text(key)) } }
                    } }
                    tbody {
                        @for look in looks {
                            tr {
                                td { (frame.time(look.at)) }
                                td { (frame.say(&look.who)) }
                                td { (frame.say(&look.purpose)) }
                                td {
                                    (frame.say(&look.what))
                                    @if look.broke_glass { " " (badge("late", &frame.text("looks-break-glass"))) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
