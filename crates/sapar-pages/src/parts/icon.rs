//! Small drawings beside words; each repeats what the words say, so none is read aloud.

use maud::{Markup, html};

/// What is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    /// A prohibition: an eight-sided sign with a bar.
    Stop,
    /// A duty: a sheet with a tick.
    Duty,
    /// A right: a hand that holds.
    Right,
    /// A recommendation.
    Advice,
    /// What is not known.
    Question,
    /// Something needs attention.
    Warning,
    /// A due time.
    Clock,
    /// Done.
    Done,
    /// Not to be seen by all.
    Lock,
    /// The sign of the program: a yurt's crown.
    Crown,
}

/// A drawing in the colour of the words beside it.
pub(crate) fn icon(icon: Icon) -> Markup {
    let path = match icon {
        Icon::Stop => "M8 2h8l6 6v8l-6 6H8l-6-6V8zM6 10.5v3h12v-3z",
        Icon::Duty => "M5 2h10l5 5v15H5zM14 3.5V8h4.5zM11 19l6-6-1.5-1.5L11 16l-2-2-1.5 1.5z",
        Icon::Right => {
            "M12 2l9 4v6c0 5-4 8.5-9 10-5-1.5-9-5-9-10V6zM11 16l6-6-1.5-1.5L11 13l-2.5-2.5L7 12z"
        }
        Icon::Advice => "M12 2a7 7 0 0 1 4 12.7V18H8v-3.3A7 7 0 0 1 12 2zM8.5 19.5h7V22h-7z",
        Icon::Question => {
            "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zM8 9h2.2a1.8 1.8 0 1 1 2.6 1.6c-1.2.7-1.9 1.5-1.9 3.4h2.2c0-1 .5-1.4 1.3-1.9A4 4 0 1 0 8 9zM10.9 15.5v2.2h2.2v-2.2z"
        }
        Icon::Warning => "M12 2l11 19H1zM10.9 9v6h2.2V9zM10.9 16.5v2.2h2.2v-2.2z",
        Icon::Clock => "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zM11 6v6.6l4.6 2.7 1-1.7-3.6-2.1V6z",
        Icon::Done => {
            "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zM10.5 16.5L18 9l-1.5-1.5-6 6-3-3L6 12z"
        }
        Icon::Lock => "M6 10V8a6 6 0 0 1 12 0v2h2v12H4V10zM8.5 10h7V8a3.5 3.5 0 0 0-7 0z",
        Icon::Crown => {
            "M12 1a11 11 0 1 1 0 22 11 11 0 0 1 0-22zM11 3.6V9l-4.6-3.3A9 9 0 0 0 3.2 11H9l-5.5 2.8a9 9 0 0 0 3 5L9.8 14l1.2 6.9a9 9 0 0 0 2 0l1.2-6.9 3.3 4.8a9 9 0 0 0 3-5L15 11h5.8a9 9 0 0 0-3.2-5.3L13 9V3.6z"
        }
    };
    html! {
        svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" { path fill-rule="evenodd" d=(path) {} }
    }
}
