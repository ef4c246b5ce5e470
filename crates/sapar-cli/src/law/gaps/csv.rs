//! The register for a spreadsheet, as RFC 4180 has it.

use super::Shown;

/// A heading, then a line a gap.
pub fn register(shown: &Shown<'_>) -> String {
    let mut text = line(&[
        "gap",
        "severity",
        "kind",
        "standard",
        "demand",
        "national",
        "when",
        "person",
        "share",
        "likely",
        "comparators",
    ]);
    for entry in &shown.entries {
        let national: Vec<String> = entry
            .national
            .iter()
            .map(|(part, norm)| format!("{} ({part})", norm.citation))
            .collect();
        let comparators: Vec<String> = entry
            .comparators
            .iter()
            .map(|beside| {
                format!(
                    "{}: {} {}",
                    beside.order,
                    beside.gives,
                    beside.not_when.join(" | ")
                )
                .trim_end()
                .to_owned()
            })
            .collect();
        text += &line(&[
            &entry.id,
            &entry.stake_words,
            &entry.kind_words,
            &entry.standard.citation,
            &entry.standard.sentence,
            &national.join("\n"),
            &entry.when.join("\n"),
            &entry.person,
            &format!("{:.6}", entry.share.counted()),
            &format!("{:.9}", entry.share.likely),
            &comparators.join("\n"),
        ]);
    }
    text
}

fn line(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    cells.join(",") + "\r\n"
}

/// A cell in quotes; one that a spreadsheet would take for a formula is made text.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_text_and_no_formula() {
        assert_eq!(quoted("a \"b\""), "\"a \"\"b\"\"\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
    }
}
