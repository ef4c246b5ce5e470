//! The register as one page: no script, nothing loaded from elsewhere, readable by ear, in print and on a small screen.

use std::fmt::Write;

use sapar_analysis::{Kind, kind_key};
use sapar_law::{NormId, Stake};

use super::Shown;
use super::entry::{Entry, NormWords, means_key, percent, stake_words};
use super::text::{as_of, degree_key, summary, title};

const STYLE: &str = include_str!("page.css");

/// The page.
pub fn page(shown: &Shown<'_>) -> String {
    let messages = &shown.messages;
    let say = |key: &str| escaped(&messages.text(key));
    let mut html = String::new();
    let _ = write!(
        html,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{}</h1>\n",
        messages.language().code(),
        escaped(&title(shown)),
        escaped(&title(shown)),
    );
    for side in [shown.request.national, shown.request.standard] {
        let _ = writeln!(
            html,
            "<p class=\"law\">{}</p>",
            escaped(&as_of(shown, side))
        );
    }
    if shown.request.scope.own_law_only {
        let _ = writeln!(html, "<p>{}</p>", say("gaps-own-law"));
    }
    let _ = writeln!(
        html,
        "<p class=\"caution\">{}</p>\n</header>\n<main>",
        say("gaps-encoded")
    );
    if shown.entries.is_empty() {
        let _ = writeln!(html, "<p>{}</p>", say("gaps-none"));
    } else {
        html += &summary_table(shown);
        html += &kinds(shown);
        html += &register(shown);
    }
    if shown.matrix.is_some() {
        html += &matrix(shown);
    }
    html += "</main>\n</body>\n</html>\n";
    html
}

fn summary_table(shown: &Shown<'_>) -> String {
    let messages = &shown.messages;
    let rows = summary(shown);
    let count = messages.text_with("gaps-count", &[("count", shown.entries.len().into())]);
    let mut html = format!(
        "<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">{}</h2>\n<div class=\"scroll\"><table class=\"summary\">\n<caption>{}</caption>\n",
        escaped(&messages.text("gaps-heading-summary")),
        escaped(&count)
    );
    for (index, row) in rows.iter().enumerate() {
        html += if index == 0 { "<thead><tr>" } else { "<tr>" };
        for (column, cell) in row.iter().enumerate() {
            let cell = escaped(cell);
            let _ = match (index, column) {
                (0, _) => write!(html, "<th scope=\"col\">{cell}</th>"),
                (_, 0) => write!(html, "<th scope=\"row\">{cell}</th>"),
                _ if cell == "0" => write!(html, "<td class=\"none\">0</td>"),
                _ => write!(html, "<td>{cell}</td>"),
            };
        }
        html += if index == 0 {
            "</tr></thead>\n<tbody>\n"
        } else {
            "</tr>\n"
        };
    }
    html += "</tbody>\n</table></div>\n</section>\n";
    html
}

fn kinds(shown: &Shown<'_>) -> String {
    let messages = &shown.messages;
    let mut html = format!(
        "<section aria-labelledby=\"kinds\">\n<h2 id=\"kinds\">{}</h2>\n<dl class=\"kinds\">\n",
        escaped(&messages.text("gaps-heading-kinds"))
    );
    for kind in Kind::ALL {
        if shown.entries.iter().any(|entry| entry.kind == kind) {
            let _ = writeln!(
                html,
                "<div><dt><span class=\"kind {}\">{}</span></dt><dd>{}</dd></div>",
                kind.slug(),
                escaped(&messages.text(&kind_key(kind))),
                escaped(&messages.text(&means_key(kind)))
            );
        }
    }
    html += "</dl>\n</section>\n";
    html
}

fn register(shown: &Shown<'_>) -> String {
    let messages = &shown.messages;
    let mut html = format!(
        "<section aria-labelledby=\"register\">\n<h2 id=\"register\">{}</h2>\n",
        escaped(&messages.text("gaps-heading-register"))
    );
    for (word, stake) in Stake::WORDS {
        let entries: Vec<&Entry> = shown
            .entries
            .iter()
            .filter(|entry| entry.stake == stake)
            .collect();
        if entries.is_empty() {
            continue;
        }
        let _ = writeln!(
            html,
            "<section class=\"stake {word}\" aria-labelledby=\"stake-{word}\">\n<h3 id=\"stake-{word}\">{} <span class=\"count\">{}</span></h3>",
            escaped(&stake_words(stake, messages)),
            entries.len()
        );
        for entry in entries {
            html += &article(shown, entry);
        }
        html += "</section>\n";
    }
    html += "</section>\n";
    html
}

fn article(shown: &Shown<'_>, entry: &Entry) -> String {
    let messages = &shown.messages;
    let say = |key: &str| escaped(&messages.text(key));
    let mut html = format!(
        "<article id=\"{0}\">\n<h4><span class=\"kind {1}\">{2}</span> {3}</h4>\n<p class=\"person\">{4}.</p>\n<dl>\n",
        escaped(&entry.id),
        entry.kind.slug(),
        escaped(&entry.kind_words),
        escaped(&entry.standard.sentence),
        escaped(&entry.person),
    );
    let _ = writeln!(
        html,
        "<div><dt>{}</dt><dd>{}</dd></div>",
        say("gaps-column-standard"),
        norm(&entry.standard, None)
    );
    let national = if entry.national.is_empty() {
        say("gaps-no-provision")
    } else {
        let items: String = entry
            .national
            .iter()
            .map(|(part, words)| format!("<li>{}</li>", norm(words, Some(part))))
            .collect();
        format!("<ul>{items}</ul>")
    };
    let _ = writeln!(
        html,
        "<div><dt>{}</dt><dd>{national}</dd></div>",
        say("gaps-column-national")
    );
    let when: String = entry
        .when
        .iter()
        .map(|line| format!("<li>{}</li>", escaped(line)))
        .collect();
    let _ = writeln!(
        html,
        "<div><dt>{}</dt><dd><p>{}</p><ul>{when}</ul></dd></div>",
        say("gaps-section-when"),
        say("gaps-when-any")
    );
    let _ = writeln!(
        html,
        "<div><dt>{}</dt><dd><div class=\"bar\" aria-hidden=\"true\"><i style=\"inline-size:{}\"></i></div><p>{}</p><p>{}</p></dd></div>",
        say("gaps-section-share"),
        percent(entry.share.counted()).trim_start_matches('<'),
        escaped(&entry.share_words(messages)),
        escaped(&entry.likely_words(messages))
    );
    if !entry.comparators.is_empty() {
        let items: String = entry
            .comparators
            .iter()
            .map(|beside| {
                let list = |items: &mut dyn Iterator<Item = String>| {
                    let items: String = items.map(|item| format!("<li>{item}</li>")).collect();
                    if items.is_empty() {
                        items
                    } else {
                        format!("<ul>{items}</ul>")
                    }
                };
                format!(
                    "<li><strong>{}</strong>: {}{}{}</li>",
                    escaped(&beside.order),
                    escaped(&beside.gives),
                    list(&mut beside.not_when.iter().map(|line| escaped(line))),
                    list(
                        &mut beside
                            .norms
                            .iter()
                            .map(|norm| format!("<cite>{}</cite>", escaped(&norm.citation)))
                    )
                )
            })
            .collect();
        let _ = writeln!(
            html,
            "<div><dt>{}</dt><dd><ul>{items}</ul></dd></div>",
            say("gaps-section-comparators")
        );
    }
    let _ = writeln!(
        html,
        "<div><dt>{}</dt><dd><code>{}</code></dd></div>\n</dl>\n</article>",
        say("gaps-section-id"),
        escaped(&entry.id)
    );
    html
}

fn norm(words: &NormWords, part: Option<&String>) -> String {
    let part = part.map_or_else(String::new, |part| {
        format!(" <span class=\"part\">{}</span>", escaped(part))
    });
    let caution = words.caution.as_ref().map_or_else(String::new, |caution| {
        format!(" <span class=\"unchecked\">{}</span>", escaped(caution))
    });
    format!(
        "{}{part} <cite>{}</cite>{caution}",
        escaped(&words.sentence),
        escaped(&words.citation)
    )
}

fn matrix(shown: &Shown<'_>) -> String {
    let messages = &shown.messages;
    let say = |key: &str| escaped(&messages.text(key));
    let cite = |norm: NormId| escaped(&NormWords::new(shown.library, norm, messages).citation);
    let mut html = format!(
        "<section aria-labelledby=\"matrix\">\n<h2 id=\"matrix\">{}</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
        say("gaps-heading-matrix"),
        say("gaps-column-standard"),
        say("gaps-column-best"),
        say("gaps-column-national")
    );
    let Some(matrix) = &shown.matrix else {
        return html;
    };
    for standard in &matrix.standard {
        let cells: Vec<_> = matrix
            .cells
            .iter()
            .filter(|(row, _, _)| row == standard)
            .collect();
        let span = cells.len().max(1);
        let _ = write!(
            html,
            "<tr><th scope=\"rowgroup\" rowspan=\"{span}\">{}</th>",
            cite(*standard)
        );
        if cells.is_empty() {
            let _ = writeln!(
                html,
                "<td class=\"degree none\">{}</td><td>—</td></tr>",
                say("gaps-degree-none")
            );
        }
        for (index, (_, national, degree)) in cells.iter().enumerate() {
            let open = if index == 0 { "" } else { "<tr>" };
            let _ = writeln!(
                html,
                "{open}<td class=\"degree {}\">{}</td><td>{}</td></tr>",
                super::json::degree_name(*degree),
                say(degree_key(*degree)),
                cite(*national)
            );
        }
    }
    html += "</tbody>\n</table></div>\n</section>\n";
    html
}

/// Text that stays text, in an element and in an attribute.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(escaped("<script>'\"&"), "&lt;script&gt;&#39;&quot;&amp;");
    }

    #[test]
    fn the_style_loads_nothing() {
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }
}
