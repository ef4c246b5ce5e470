//! Bars drawn as SVG on the server, with title and description, and the same figures as a table.

use maud::{Markup, html};

use crate::frame::Frame;
use crate::parts::nothing;
use crate::text::Text;

/// What is drawn.
#[derive(Clone, Default)]
pub struct Bars {
    /// The bars, in the order in which they are drawn.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Clone, Default)]
pub struct Bar {
    /// What it is of.
    pub label: Text,
    /// How long it is, in the unit of the chart.
    pub value: u32,
    /// Whether it stands out, such as what is overdue for long; a sign says so beside the colour, and the table by a word.
    pub attention: bool,
}

const WIDTH: u32 = 420;
const ROW: u32 = 56;
const BAR: u32 = 22;
/// What is left at the right for the figure.
const FIGURE: u32 = 76;

/// The chart and its table; a sentence where there is nothing to draw.
///
/// A bar of a value that is not nought is at least three units long, so that one person is seen beside a thousand.
pub(crate) fn draw(frame: &Frame, id: &str, title: &str, unit: &str, chart: &Bars) -> Markup {
    let Some(most) = chart.bars.iter().map(|bar| bar.value).max() else {
        return nothing(frame, "dashboard-nothing");
    };
    let height = ROW * u32::try_from(chart.bars.len()).unwrap_or(u32::MAX / ROW);
    html! {
        svg class="chart" viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-labelledby={ (id) "-t " (id) "-d" } {
            title id={ (id) "-t" } { (frame.text(title)) }
            desc id={ (id) "-d" } { (frame.text("dashboard-described")) }
            @for (row, bar) in (0_u32..).zip(&chart.bars) {
                @let top = row * ROW;
                @let length = length(bar.value, most);
                text class="label" x="0" y=(top + 18) { (frame.say(&bar.label)) }
                rect class="track" x="0" y=(top + 26) width=(WIDTH - FIGURE) height=(BAR) rx="3" {}
                rect class=(if bar.attention { "bar attention" } else { "bar" }) x="0" y=(top + 26) width=(length) height=(BAR) rx="3" {}
                @if bar.attention {
                    path class="attention" d={ "M" (WIDTH - FIGURE + 17) " " (top + 29) "l9 16h-18z" } {}
                }
                text class="value" x=(WIDTH) y=(top + 44) text-anchor="end" { (bar.value) }
            }
        }
        details {
            summary { (frame.text("dashboard-table")) }
            table {
                caption class="vh" { (frame.text(title)) }
                thead { tr { th scope="col" { (frame.text("column-what")) } th scope="col" class="number" { (frame.text(unit)) } } }
                tbody {
                    @for bar in &chart.bars {
                        tr {
                            th scope="row" { (frame.say(&bar.label)) @if bar.attention { " (" (frame.text("dashboard-attention")) ")" } }
                            td class="number" { (bar.value) }
                        }
                    }
                }
            }
        }
    }
}

fn length(value: u32, most: u32) -> u32 {
    if value == 0 || most == 0 {
        return 0;
    }
    let room = u64::from(WIDTH - FIGURE);
    let length = u64::from(value) * room / u64::from(most);
    u32::try_from(length).unwrap_or(WIDTH - FIGURE).max(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_never_invisible() {
        assert_eq!(length(0, 9), 0);
        assert_eq!(length(0, 0), 0);
        assert_eq!(length(9, 9), WIDTH - FIGURE);
        assert_eq!(length(3, 9), (WIDTH - FIGURE) / 3);
        assert_eq!(length(1, u32::MAX), 3);
        assert_eq!(length(u32::MAX, u32::MAX), WIDTH - FIGURE);
    }

    #[test]
    fn a_chart_says_in_its_table_all_that_it_draws() {
        let chart = Bars {
            bars: vec![
                Bar {
                    label: "first".into(),
                    value: 41,
                    attention: true,
                },
                Bar {
                    label: "second".into(),
                    value: 0,
                    attention: false,
                },
            ],
        };
        let drawn = draw(
            &Frame::default(),
            "c",
            "nav-tasks",
            "dashboard-tasks",
            &chart,
        )
        .into_string();
        for words in ["first", "second", ">41<", ">0<"] {
            assert_eq!(drawn.matches(words).count(), 2, "{words} in {drawn}");
        }
        assert!(drawn.contains("<title id=\"c-t\">") && drawn.contains("<desc id=\"c-d\">"));
        assert!(!drawn.contains("style="));
    }
}
